/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checklist of a board: what people looked into, what they found, and where that stands written; below it the steps. */
#define G_LOG_DOMAIN "dk-dossier-board"

#include "dk-dossier-private.h"

#include "dk-board-checks.h"
#include "dk-stages.h"

#include <glib/gi18n.h>

#define ROW_FLAGS (DK_CELL_BORDER | DK_CELL_WRAP)

enum { ROW_NOTE = 1, N_HEAD_ROWS };
enum { ITEM_NUMBER, ITEM_TITLE, ITEM_CLAUSE, ITEM_ANSWER, ITEM_VERDICT, ITEM_STATE, ITEM_FINDING, ITEM_EVIDENCE, N_ITEM };

static const DkColumn item_columns[N_ITEM] = {
  { N_("No."), 6 }, { N_("What to look into"), 44 }, { N_("Clause"), 30 }, { N_("Answer"), 18 }, { N_("How it stands"), 16 }, { N_("Looked into"), 12 },
  { N_("Finding"), 44 }, { N_("Evidence"), 34 },
};

gboolean
dk_dossier_has_checklist (const DkDossier *dossier,
                          const DkPack    *pack)
{
  g_autoptr(GArray) list = dk_assessment_list_checklist (dossier->assessment, pack);
  DkValue value;

  for (guint i = 0; i < list->len; i++)
    {
      const DkCheckItem *item = &g_array_index (list, DkCheckItem, i);

      if (item->note != NULL || (item->is_asked && dk_enterprise_get (dossier->enterprise, item->fact, item->period, &value)))
        return TRUE;
    }
  return FALSE;
}

static void
write_item (const DkDossier   *dossier,
            DkSheet           *sheet,
            guint              row,
            guint              number,
            const DkCheckItem *item)
{
  g_autofree char *text = g_strdup_printf ("%u", number), *clause = dk_check_item_dup_clause (&dossier->wording, item);
  g_autofree char *answer = dk_check_item_dup_answer (&dossier->wording, item);

  dk_sheet_set_text (sheet, row, ITEM_NUMBER, text, DK_LOOK_NOTE, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, ITEM_TITLE, dk_wording_get_title (&dossier->wording, item->result), DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, ITEM_CLAUSE, clause, DK_LOOK_NOTE, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, ITEM_ANSWER, answer, DK_LOOK_TEXT, ROW_FLAGS);
  dk_dossier_add_verdict (dossier, sheet, row, ITEM_VERDICT, item->result, DK_CELL_BORDER);
  dk_sheet_set_text (sheet, row, ITEM_STATE, dk_tr_context (dossier->language, "check", item->is_looked_into ? NC_("check", "looked into")
                                                                                                             : NC_("check", "to be looked into")),
                     DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, ITEM_FINDING, item->note != NULL ? item->note->finding : "", DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, ITEM_EVIDENCE, item->note != NULL ? item->note->evidence : "", DK_LOOK_TEXT, ROW_FLAGS);
}

static void
write_stages (const DkDossier *dossier,
              DkSheet         *sheet,
              guint            row,
              const DkPack    *pack)
{
  static const DkColumn columns[] = {
    { N_("No."), 0 }, { N_("Step"), 0 }, { N_("Clause"), 0 }, { N_("Usual length"), 0 }, { N_("When"), 0 }, { "", 0 }, { N_("Limit"), 0 }, { N_("Remarks"), 0 },
  };
  g_autoptr(GArray) stages = dk_assessment_plan_stages (dossier->assessment, pack);

  if (stages->len == 0)
    return;
  dk_dossier_add_section (sheet, row++, N_ITEM, dk_dossier_tr (dossier, N_("Steps, by what they usually take, as of the day of the export")));
  dk_dossier_add_head (dossier, sheet, row++, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < stages->len; i++, row++)
    {
      const DkStagePlan *plan = &g_array_index (stages, DkStagePlan, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1), *length = dk_stage_dup_length (&dossier->wording, plan->stage);
      g_autofree char *when = dk_stage_plan_dup_when (&dossier->wording, plan), *clause = dk_wording_dup_citations (&dossier->wording, plan->stage->citations);

      dk_sheet_set_text (sheet, row, ITEM_NUMBER, number, DK_LOOK_NOTE, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, ITEM_TITLE, dk_text_get (&plan->stage->title, dossier->language), DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, ITEM_CLAUSE, clause, DK_LOOK_NOTE, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, ITEM_ANSWER, length, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_merge_text (sheet, row, ITEM_VERDICT, ITEM_STATE, when, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, ITEM_FINDING, dk_text_get (&plan->stage->limit, dossier->language), DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, ITEM_EVIDENCE, dk_text_get (&plan->stage->note, dossier->language), DK_LOOK_TEXT, ROW_FLAGS);
    }
}

void
dk_dossier_write_checklist (const DkDossier   *dossier,
                            const DkProgramme *programme)
{
  DkSheet *sheet = programme->checklist;
  const DkPack *pack = programme->result->item->pack;
  g_autoptr(GArray) list = NULL;
  g_autofree char *summary = NULL;
  guint row = N_HEAD_ROWS;

  if (sheet == NULL)
    return;
  list = dk_assessment_list_checklist (dossier->assessment, pack);
  summary = dk_checklist_dup_summary (&dossier->wording, list);
  dk_dossier_set_columns (dossier, sheet, item_columns, N_ITEM);
  dk_dossier_add_title (dossier, sheet, N_ITEM, dk_sheet_get_name (sheet));
  dk_sheet_merge_text (sheet, ROW_NOTE, 0, N_ITEM - 1, summary, DK_LOOK_NOTE, DK_CELL_WRAP);
  dk_dossier_add_head (dossier, sheet, row++, item_columns, N_ITEM);
  for (guint i = 0; i < list->len; i++)
    write_item (dossier, sheet, row++, i + 1, &g_array_index (list, DkCheckItem, i));
  if (list->len > 0)
    dk_dossier_colour (dossier, sheet, row - 1, ITEM_VERDICT);
  write_stages (dossier, sheet, row + 1, pack);
  dk_sheet_freeze (sheet, N_HEAD_ROWS + 1, 2);
  dk_sheet_set_print (sheet, TRUE, N_HEAD_ROWS + 1);
}
