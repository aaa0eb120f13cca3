/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-dossier-programme"

#include "dk-dossier-private.h"

#include "dk-held.h"

#include <glib/gi18n.h>
#include <string.h>

enum { ROW_VERDICT = 1, ROW_VERSION, ROW_HEAD, N_HEAD_ROWS };
enum
{
  COLUMN_TITLE, COLUMN_VERDICT, COLUMN_LOW, COLUMN_HIGH, COLUMN_SIGN, COLUMN_ASKED, COLUMN_MARGIN, COLUMN_UNIT, COLUMN_FORMULA,
  COLUMN_SOURCE, COLUMN_TAGS, COLUMN_STEPS, N_COLUMNS
};

static const DkColumn columns[N_COLUMNS] = {
  { N_("What is judged"), 32 }, { N_("Verdict"), 9 }, { N_("Value, at least"), 14 }, { N_("at most"), 14 }, { "", 4 }, { N_("Asked"), 14 },
  { N_("Margin"), 14 }, { N_("Unit"), 6 }, { N_("Computed (at the export)"), 42 }, { N_("After"), 30 }, { N_("Remarks"), 9 }, { N_("Steps"), 6 },
};

#define ROW_FLAGS (DK_CELL_BORDER | DK_CELL_WRAP)

/* A sheet being filled. */
typedef struct
{
  const DkDossier   *dossier;
  const DkProgramme *programme;
  DkSheet           *sheet;
  guint              row; /* the next one */
} Page;

/* The line of a return, the articles, and what is uncertain about them. @item: NULL if it is no rule */
static char *
describe_source (const Page      *page,
                 const DkItem    *item,
                 const GPtrArray *citations)
{
  g_autofree char *lines = item != NULL ? dk_wording_dup_return_lines (&page->dossier->wording, item) : NULL;
  g_autofree char *articles = dk_wording_dup_citations (&page->dossier->wording, citations);
  g_autofree char *doubts = dk_dossier_describe_doubts (page->dossier, citations);

  return g_strjoin ("\n", lines != NULL ? lines : articles, lines != NULL ? articles : doubts, lines != NULL ? doubts : NULL, NULL);
}

static void
append_remark (const Page *page,
               GString    *text,
               const char *remark)
{
  if (remark == NULL || *remark == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, remark);
}

static gboolean
is_listed (GPtrArray  *ids,
           const char *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (strcmp (g_ptr_array_index (ids, i), id) == 0)
      return TRUE;
  return FALSE;
}

/* Self-rated, to be confirmed, and what a formula cannot carry. */
static char *
describe_remarks (const Page     *page,
                  const DkResult *result)
{
  const DkDossier *dossier = page->dossier;
  GString *text = g_string_new (NULL);

  if (result->is_self_rated)
    append_remark (page, text, dk_dossier_tr (dossier, N_("Self-rated")));
  if (result->certainty == DK_CERTAINTY_UNCERTAIN)
    append_remark (page, text, dk_dossier_tr (dossier, N_("To be confirmed")));
  if (is_listed (dk_calc_get_fixed (dossier->calc), result->item->id))
    append_remark (page, text, dk_dossier_tr (dossier, N_("As at the export: no formula can carry it")));
  else if (is_listed (dk_calc_get_looser (dossier->calc), result->item->id))
    append_remark (page, text, dk_dossier_tr (dossier, N_("Dengke can decide it; the formulas of the sheet alone cannot")));
  return g_string_free (text, FALSE);
}

/* The figures of a result. What has no live cell is said as a text, so that no figure looks computed that is not. */
static void
add_figures (const Page     *page,
             const DkResult *result)
{
  const DkDossier *dossier = page->dossier;
  DkSheet *sheet = page->sheet;
  DkLook look = dk_dossier_get_look (dossier, result->kind, result->unit);
  DkLook margin_look = dk_dossier_get_look (dossier, DK_KIND_NUMBER, result->margin_unit);
  guint row = page->row;
  gboolean has_numbers = result->kind == DK_KIND_NUMBER && (result->has_value || result->has_threshold);

  for (guint column = COLUMN_LOW; column <= COLUMN_UNIT; column++)
    dk_sheet_set_blank (sheet, row, column, DK_LOOK_TEXT, ROW_FLAGS);
  if (result->has_value)
    {
      dk_dossier_add_value (dossier, sheet, row, COLUMN_LOW, result, look, DK_CELL_BORDER);
      dk_calc_write (dossier->calc, result, DK_CALC_HIGH, sheet, row, COLUMN_HIGH, look, DK_CELL_BORDER);
    }
  if (result->has_threshold)
    {
      dk_sheet_set_text (sheet, row, COLUMN_SIGN, dk_dossier_get_sign (result), DK_LOOK_TEXT, DK_CELL_BORDER);
      if (!dk_calc_write (dossier->calc, result, DK_CALC_THRESHOLD, sheet, row, COLUMN_ASKED, look, DK_CELL_BORDER))
        {
          g_autofree char *text = dk_value_to_display (&result->threshold, result->kind, result->unit, result->choices, result->codes,
                                                       dossier->language);

          dk_sheet_set_text (sheet, row, COLUMN_ASKED, text, DK_LOOK_TEXT, ROW_FLAGS);
        }
    }
  if (result->has_margin
      && !dk_calc_write (dossier->calc, result, DK_CALC_MARGIN, sheet, row, COLUMN_MARGIN, margin_look, DK_CELL_BORDER))
    {
      g_autofree char *text = dk_value_to_display (&result->margin, DK_KIND_NUMBER, result->margin_unit, NULL, NULL, dossier->language);

      dk_sheet_set_text (sheet, row, COLUMN_MARGIN, text, DK_LOOK_TEXT, ROW_FLAGS);
    }
  if (has_numbers)
    dk_sheet_set_text (sheet, row, COLUMN_UNIT, dk_dossier_name_unit (dossier, result->kind, result->unit, dossier->in_wan), DK_LOOK_TEXT,
                       ROW_FLAGS);
}

static void
add_result (Page           *page,
            const DkResult *result,
            guint           depth)
{
  const DkDossier *dossier = page->dossier;
  DkSheet *sheet = page->sheet;
  gboolean is_group = dk_wording_is_group (result);
  g_autoptr(GString) title = g_string_new (NULL);
  g_autofree char *formula = dk_wording_describe_result (&dossier->wording, result);
  g_autofree char *source = describe_source (page, result->item, result->item->citations);
  g_autofree char *remarks = describe_remarks (page, result);
  const DkSheet *calc_sheet;
  guint calc_row;

  for (guint i = 0; i < depth; i++)
    g_string_append (title, "    ");
  g_string_append (title, dk_wording_get_title (&dossier->wording, result));
  dk_sheet_set_text (sheet, page->row, COLUMN_TITLE, title->str, DK_LOOK_TEXT, ROW_FLAGS | (is_group ? DK_CELL_STRONG : 0));
  /* Of what is only said for information, "registered accidents: no" is clearer than "not met". */
  if (result->is_aside && result->has_value)
    dk_sheet_set_blank (sheet, page->row, COLUMN_VERDICT, DK_LOOK_TEXT, DK_CELL_BORDER);
  else
    dk_dossier_add_verdict (dossier, sheet, page->row, COLUMN_VERDICT, result, DK_CELL_BORDER);
  add_figures (page, result);
  dk_sheet_set_text (sheet, page->row, COLUMN_FORMULA, formula, DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, page->row, COLUMN_SOURCE, source, DK_LOOK_NOTE, ROW_FLAGS);
  dk_sheet_set_text (sheet, page->row, COLUMN_TAGS, remarks, DK_LOOK_NOTE, ROW_FLAGS);
  if (dk_calc_get_place (dossier->calc, result, &calc_sheet, &calc_row))
    {
      g_autofree char *steps = g_strdup_printf ("%u", calc_row + 1);

      dk_sheet_set_link_to_cell (sheet, page->row, COLUMN_STEPS, calc_sheet, calc_row, 0, steps, DK_CELL_BORDER);
    }
  else
    {
      dk_sheet_set_blank (sheet, page->row, COLUMN_STEPS, DK_LOOK_TEXT, DK_CELL_BORDER);
    }
  page->row++;
}

/* Left out: what does not apply where a rule picks one of several, as one of many industries; warnings and remarks come later. */
static gboolean
is_shown (const DkResult *parent,
          const DkResult *result)
{
  if (result->item->kind == DK_ITEM_WARNING || result->is_aside)
    return FALSE;
  return result->verdict != DK_VERDICT_NA || dk_wording_is_group (parent);
}

static void
add_tree (Page           *page,
          const DkResult *parent,
          guint           depth)
{
  for (guint i = 0; i < dk_result_n_children (parent); i++)
    {
      const DkResult *child = dk_result_get_child (parent, i);

      if (!is_shown (parent, child))
        continue;
      add_result (page, child, depth);
      /* What a group that does not apply is made of would look like faults. */
      if (child->verdict != DK_VERDICT_NA)
        add_tree (page, child, depth + 1);
    }
}

static void
add_section (Page       *page,
             const char *title)
{
  page->row++;
  dk_dossier_add_section (page->sheet, page->row++, N_COLUMNS, title);
}

/* A line of text over all columns. */
static void
add_line (Page       *page,
          const char *text,
          DkLook      look)
{
  dk_sheet_merge_text (page->sheet, page->row++, 0, N_COLUMNS - 1, text, look, DK_CELL_WRAP);
}

/* ———————————————————————————————————————— The scorecard ———————————————————————————————————————— */

static gboolean
has_scores (const DkResult *result)
{
  if (result->item->kind == DK_ITEM_TOTAL || result->item->kind == DK_ITEM_SCORE)
    return TRUE;
  for (guint i = 0; i < dk_result_n_children (result); i++)
    if (has_scores (dk_result_get_child (result, i)))
      return TRUE;
  return FALSE;
}

static void
add_score (Page           *page,
           const DkResult *result,
           guint           depth)
{
  const DkDossier *dossier = page->dossier;
  DkSheet *sheet = page->sheet;
  g_autoptr(GString) title = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (title, "    ");
  g_string_append (title, dk_wording_get_title (&dossier->wording, result));
  dk_sheet_set_text (sheet, page->row, COLUMN_TITLE, title->str, DK_LOOK_TEXT, ROW_FLAGS | (depth == 0 ? DK_CELL_STRONG : 0));
  dk_sheet_set_blank (sheet, page->row, COLUMN_VERDICT, DK_LOOK_TEXT, DK_CELL_BORDER);
  add_figures (page, result);
  dk_sheet_set_blank (sheet, page->row, COLUMN_SIGN, DK_LOOK_TEXT, DK_CELL_BORDER);
  dk_sheet_set_blank (sheet, page->row, COLUMN_ASKED, DK_LOOK_TEXT, DK_CELL_BORDER);
  dk_sheet_set_blank (sheet, page->row, COLUMN_MARGIN, DK_LOOK_TEXT, DK_CELL_BORDER);
  if (dk_number_sign (result->item->max) >= 0)
    {
      DkValue value = DK_VALUE_POINT (result->item->max);
      g_autofree char *most = dk_value_to_display (&value, DK_KIND_NUMBER, DK_UNIT_POINTS, NULL, NULL, dossier->language);
      g_autofree char *text = g_strdup_printf (dk_dossier_tr (dossier, N_("of %s")), most);

      dk_sheet_set_text (sheet, page->row, COLUMN_ASKED, text, DK_LOOK_TEXT, DK_CELL_BORDER);
    }
  page->row++;
}

/* The totals and their parts, without what these are made of. */
static void
add_scores (Page           *page,
            const DkResult *result,
            guint           depth)
{
  gboolean is_score = result->item->kind == DK_ITEM_TOTAL || result->item->kind == DK_ITEM_SCORE;

  if (is_score && result->verdict != DK_VERDICT_NA)
    add_score (page, result, depth);
  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);

      if (!child->is_aside)
        add_scores (page, child, depth + (is_score ? 1 : 0));
    }
}

/* ———————————————————————————————————————— Around it ———————————————————————————————————————— */

static void
add_top (Page *page)
{
  const DkDossier *dossier = page->dossier;
  const DkResult *result = page->programme->result;
  DkSheet *sheet = page->sheet;
  g_autofree char *sentence = dk_wording_describe_programme (&dossier->wording, result);
  g_autofree char *held = dk_held_describe (&dossier->wording, result);
  g_autoptr(GString) version = g_string_new (held);

  if (held != NULL)
    g_string_append (version, " · ");
  dk_dossier_set_columns (dossier, sheet, columns, N_COLUMNS);
  dk_dossier_add_title (dossier, sheet, N_COLUMNS, page->programme->title);
  dk_sheet_set_text (sheet, ROW_VERDICT, COLUMN_TITLE, dk_dossier_tr (dossier, N_("Verdict")), DK_LOOK_TEXT, DK_CELL_STRONG);
  dk_dossier_add_verdict (dossier, sheet, ROW_VERDICT, COLUMN_VERDICT, result, DK_CELL_BORDER);
  dk_sheet_merge_text (sheet, ROW_VERDICT, COLUMN_LOW, N_COLUMNS - 1, sentence, DK_LOOK_TEXT, DK_CELL_STRONG | DK_CELL_WRAP);
  dk_sheet_set_text (sheet, ROW_VERSION, COLUMN_TITLE, dk_dossier_tr (dossier, N_("Rules")), DK_LOOK_TEXT, DK_CELL_STRONG);
  if (result->in_force != NULL)
    {
      g_autofree char *span = dk_dossier_describe_span (dossier, result->in_force);
      g_autofree char *source = dk_wording_dup_citations (&dossier->wording, result->in_force->citations);
      g_autofree char *doubts = dk_dossier_describe_doubts (dossier, result->in_force->citations);

      g_string_append_printf (version, "%s · %s", span, source);
      if (doubts != NULL)
        g_string_append_printf (version, " · %s", doubts);
    }
  else
    {
      g_string_append (version, dk_dossier_tr (dossier, result->n_versions > 1 ? N_("Which version is in force is not known yet")
                                                                               : N_("No version is in force on that day")));
    }
  dk_sheet_merge_text (sheet, ROW_VERSION, COLUMN_VERDICT, N_COLUMNS - 1, version->str, DK_LOOK_NOTE, DK_CELL_WRAP);
  dk_dossier_add_head (dossier, sheet, ROW_HEAD, columns, N_COLUMNS);
  dk_sheet_freeze (sheet, N_HEAD_ROWS, 1);
  dk_sheet_set_print (sheet, TRUE, N_HEAD_ROWS);
}

static void
add_warnings (Page *page)
{
  const DkDossier *dossier = page->dossier;
  const DkResult *programme = page->programme->result;
  gboolean has_head = FALSE;

  for (guint i = 0; i < dk_result_n_children (programme); i++)
    {
      const DkResult *child = dk_result_get_child (programme, i);
      const char *advice = dk_text_get (&child->item->advice, dossier->language);

      if (child->item->kind != DK_ITEM_WARNING || (child->verdict != DK_VERDICT_FAIL && child->verdict != DK_VERDICT_OPEN))
        continue;
      if (!has_head)
        add_section (page, dk_dossier_tr (dossier, N_("To be careful of")));
      has_head = TRUE;
      dk_sheet_set_text (page->sheet, page->row, COLUMN_TITLE, dk_wording_get_title (&dossier->wording, child), DK_LOOK_TEXT, ROW_FLAGS);
      /* A warning that passes says nothing, so its verdict is said in words of its own. */
      dk_sheet_set_text (page->sheet, page->row, COLUMN_VERDICT,
                         dk_dossier_tr (dossier, child->verdict == DK_VERDICT_FAIL ? N_("Warning") : N_("Perhaps")), DK_LOOK_VERDICT,
                         DK_CELL_BORDER);
      {
        g_autofree char *formula = dk_wording_describe_result (&dossier->wording, child);
        g_autofree char *source = describe_source (page, child->item, child->item->citations);

        for (guint column = COLUMN_LOW; column <= COLUMN_UNIT; column++)
          dk_sheet_set_blank (page->sheet, page->row, column, DK_LOOK_TEXT, ROW_FLAGS);
        dk_sheet_set_text (page->sheet, page->row, COLUMN_FORMULA, formula, DK_LOOK_TEXT, ROW_FLAGS);
        dk_sheet_set_text (page->sheet, page->row, COLUMN_SOURCE, source, DK_LOOK_NOTE, ROW_FLAGS);
      }
      dk_sheet_merge_text (page->sheet, page->row, COLUMN_TAGS, N_COLUMNS - 1, advice, DK_LOOK_NOTE, ROW_FLAGS);
      page->row++;
    }
}

static void
add_asides (Page *page)
{
  const DkDossier *dossier = page->dossier;
  const DkResult *programme = page->programme->result;
  gboolean has_head = FALSE;

  for (guint i = 0; i < dk_result_n_children (programme); i++)
    {
      const DkResult *child = dk_result_get_child (programme, i);

      if (!child->is_aside || child->item->kind == DK_ITEM_WARNING || child->verdict == DK_VERDICT_NA)
        continue;
      if (!has_head)
        add_section (page, dk_dossier_tr (dossier, N_("For information; the verdict does not rest on it")));
      has_head = TRUE;
      add_result (page, child, 0);
      if (child->item->kind == DK_ITEM_LIST)
        add_tree (page, child, 1);
    }
}

static void
add_notices (Page            *page,
             const GPtrArray *notices,
             const char      *title)
{
  const DkDossier *dossier = page->dossier;

  if (notices == NULL || notices->len == 0)
    return;
  add_section (page, title);
  for (guint i = 0; i < notices->len; i++)
    {
      const DkNotice *notice = g_ptr_array_index (notices, i);
      g_autofree char *source = describe_source (page, NULL, notice->citations);
      const char *note = dk_text_get (&notice->note, dossier->language);
      const char *heading = dk_text_get (&notice->title, dossier->language);
      g_autofree char *due = dk_held_describe_due (&dossier->wording, notice);
      g_autofree char *text = g_strdup_printf ("%s%s%s%s%s", heading, due != NULL ? "\n" : "", due != NULL ? due : "", *note != '\0' ? "\n" : "", note);

      dk_sheet_merge_text (page->sheet, page->row, COLUMN_TITLE, COLUMN_FORMULA, text, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_merge_text (page->sheet, page->row, COLUMN_SOURCE, N_COLUMNS - 1, source, DK_LOOK_NOTE, ROW_FLAGS);
      page->row++;
    }
}

/* What the pack says of itself. */
static void
add_about (Page *page)
{
  const DkDossier *dossier = page->dossier;
  const DkResult *result = page->programme->result;
  const char *summary = dk_text_get (&result->item->pack->summary, dossier->language);
  const char *note = dk_text_get (&result->item->note, dossier->language);

  if (*summary == '\0' && *note == '\0')
    return;
  add_section (page, dk_dossier_tr (dossier, N_("What it is")));
  if (*summary != '\0')
    add_line (page, summary, DK_LOOK_TEXT);
  if (*note != '\0')
    add_line (page, note, DK_LOOK_NOTE);
}

/**
 * dk_dossier_write_programme:
 *
 * The sheet of a programme: what it asks, how the enterprise stands, how that was computed and after which articles; then what goes
 * with it.
 */
void
dk_dossier_write_programme (const DkDossier   *dossier,
                            const DkProgramme *programme)
{
  const DkResult *result = programme->result;
  Page page = { dossier, programme, programme->sheet, N_HEAD_ROWS };

  add_top (&page);
  if (result->has_value || dk_result_n_children (result) == 0)
    add_result (&page, result, 0);
  add_tree (&page, result, 0);
  dk_dossier_colour (dossier, programme->sheet, page.row, COLUMN_VERDICT);
  if (has_scores (result))
    {
      add_section (&page, dk_dossier_tr (dossier, N_("Scorecard")));
      add_scores (&page, result, 0);
    }
  add_warnings (&page);
  add_asides (&page);
  add_about (&page);
  add_notices (&page, result->item->pack->duties, dk_dossier_tr (dossier, N_("Duties and dates")));
  add_notices (&page, result->item->pack->materials, dk_dossier_tr (dossier, N_("What to hand in")));
}
