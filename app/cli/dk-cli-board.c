/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to a board, as text for people: the checklist, and the steps on the calendar. */
#define G_LOG_DOMAIN "dk-cli-board"

#include "dk-cli-report.h"

#include "dk-board-checks.h"
#include "dk-stages.h"

#include <glib/gi18n.h>

/* Where the steps' lengths and days begin. */
#define MAX_TITLE 36
#define LENGTH_WIDTH 14

static void
add_head (DkLayout   *layout,
          const char *title,
          const char *remark)
{
  dk_layout_start (layout, 2, 4);
  dk_layout_add (layout, DK_STYLE_STRONG, title);
  if (remark != NULL)
    {
      dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (layout, DK_STYLE_FAINT, remark);
    }
  dk_layout_end (layout);
}

/* What is noted, and what is still open: items that the figures settle stand among the conditions already. */
static void
add_checklist (const DkWording *wording,
               DkLayout        *layout,
               const DkPack    *pack)
{
  g_autoptr(GArray) list = dk_assessment_list_checklist (wording->assessment, pack);
  g_autofree char *summary = dk_checklist_dup_summary (wording, list);

  add_head (layout, _("Checklist"), summary);
  for (guint i = 0; i < list->len; i++)
    {
      const DkCheckItem *item = &g_array_index (list, DkCheckItem, i);

      if (item->is_looked_into && item->note == NULL)
        continue;
      dk_layout_start (layout, 4, 6);
      dk_layout_add (layout, item->is_looked_into ? DK_STYLE_PLAIN : DK_STYLE_WAITING, dk_wording_get_sign (item->result->verdict));
      dk_layout_add (layout, DK_STYLE_PLAIN, " ");
      dk_layout_add (layout, DK_STYLE_PLAIN, dk_wording_get_title (wording, item->result));
      if (item->note != NULL)
        {
          g_autofree char *note = g_strjoin (*item->note->finding != '\0' && *item->note->evidence != '\0' ? " · " : "", item->note->finding,
                                             item->note->evidence, NULL);

          dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
          dk_layout_add (layout, DK_STYLE_FAINT, note);
        }
      dk_layout_end (layout);
    }
}

static void
add_stages (const DkWording *wording,
            DkLayout        *layout,
            const DkPack    *pack)
{
  g_autoptr(GArray) stages = dk_assessment_plan_stages (wording->assessment, pack);
  g_autofree char *end = dk_stages_dup_end (wording, stages);
  /* TRANSLATORS: when all steps to a listing are over at the earliest and the latest, by what they usually take. */
  g_autofree char *remark = end != NULL ? g_strdup_printf (_("by usual lengths %s"), end) : NULL;
  int column = 0;

  for (guint i = 0; i < stages->len; i++)
    column = MAX (column, dk_layout_measure (dk_text_get (&g_array_index (stages, DkStagePlan, i).stage->title, wording->language)));
  column = 6 + MIN (column, MAX_TITLE) + 2;
  add_head (layout, _("Steps"), remark);
  for (guint i = 0; i < stages->len; i++)
    {
      const DkStagePlan *plan = &g_array_index (stages, DkStagePlan, i);
      g_autofree char *length = dk_stage_dup_length (wording, plan->stage), *when = dk_stage_plan_dup_when (wording, plan);
      DkStyle style = plan->state == DK_STAGE_OVER || plan->stage->is_optional ? DK_STYLE_FAINT : DK_STYLE_PLAIN;

      dk_layout_start (layout, 4, 6);
      dk_layout_add (layout, style, plan->state == DK_STAGE_OVER ? dk_wording_get_sign (DK_VERDICT_PASS) : "·");
      dk_layout_tab (layout, 6);
      dk_layout_add (layout, style, dk_text_get (&plan->stage->title, wording->language));
      dk_layout_tab (layout, column);
      dk_layout_add_whole (layout, DK_STYLE_FAINT, length);
      dk_layout_tab (layout, column + LENGTH_WIDTH);
      dk_layout_add_whole (layout, style, when);
      dk_layout_end (layout);
    }
}

void
dk_report_board (const DkWording *wording,
                 DkLayout        *layout,
                 const DkPack    *pack)
{
  if (pack->checklist->len > 0)
    add_checklist (wording, layout, pack);
  if (pack->stages->len > 0)
    add_stages (wording, layout, pack);
}
