/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures held against each other: what contradicts, what single sources say, and measures side by side. */
#define G_LOG_DOMAIN "dk-dossier-checks"

#include "dk-dossier-private.h"

#include "dk-cross-check.h"

#include <glib/gi18n.h>

#define ROW_FLAGS (DK_CELL_BORDER | DK_CELL_WRAP)

enum { ROW_NOTE = 1, N_HEAD_ROWS };
enum { CHECK_WHAT, CHECK_LINK, CHECK_WHO, CHECK_FIGURE, CHECK_AGAINST, CHECK_OTHER, CHECK_AMOUNT, CHECK_ADVICE, CHECK_REASON, N_CHECK };

static const DkColumn check_columns[N_CHECK] = {
  { N_("What"), 46 }, { N_("Where"), 14 }, { N_("Who says it"), 26 }, { N_("Figure"), 18 }, { N_("Against"), 26 }, { N_("Figure"), 18 },
  { N_("Difference"), 24 }, { N_("What to do"), 56 }, { N_("Explanation and evidence"), 44 },
};

/* What the columns of the table of measures begin with; a year each. */
#define FIRST_YEAR_COLUMN CHECK_WHO

static const DkInputTable *
find_table (const DkDossier  *dossier,
            const DkRegister *reg)
{
  for (guint i = 0; i < dossier->inputs.tables->len; i++)
    {
      const DkInputTable *table = &g_array_index (dossier->inputs.tables, DkInputTable, i);

      if (table->reg == reg)
        return table;
    }
  return NULL;
}

/* A link to where it can be put right: the first row at fault, the answer, or the list. */
static void
set_link (const DkDossier      *dossier,
          guint                 row,
          const DkDisagreement *one)
{
  const DkInputTable *table = one->reg != NULL ? find_table (dossier, one->reg) : NULL;
  const DkInputCell *cell = NULL;

  if (one->result == NULL)
    {
      DkFactRef ref = { one->sides[0].fact, one->period, 0 };

      cell = dk_dossier_find_cell (dossier, &ref);
    }
  else if (one->rows == NULL && one->result->facts->len > 0)
    {
      cell = dk_dossier_find_cell (dossier, &g_array_index (one->result->facts, DkFactRef, 0));
    }
  if (one->rows != NULL && table != NULL)
    {
      g_autoptr(GString) numbers = g_string_new (NULL);
      g_autofree char *text = NULL;

      for (guint i = 0; i < one->rows->len; i++)
        g_string_append_printf (numbers, "%s%u", i > 0 ? dk_wording_get_comma (&dossier->wording) : "", g_array_index (one->rows, guint, i) + 1);
      /* TRANSLATORS: numbers of rows of a list */
      text = g_strdup_printf (dk_dossier_tr (dossier, N_("Row %s")), numbers->str);
      dk_sheet_set_link_to_cell (dossier->checks, row, CHECK_LINK, table->sheet, table->first_row + g_array_index (one->rows, guint, 0),
                                 table->first_column, text, ROW_FLAGS);
    }
  else if (cell != NULL)
    {
      dk_sheet_set_link_to_cell (dossier->checks, row, CHECK_LINK, cell->sheet, cell->row, cell->from_column,
                                 dk_dossier_tr (dossier, N_("Go to the cell")), ROW_FLAGS);
    }
  else if (table != NULL)
    {
      dk_sheet_set_link_to_cell (dossier->checks, row, CHECK_LINK, table->sheet, table->first_row, table->first_column,
                                 dk_dossier_tr (dossier, N_("Go to the cell")), ROW_FLAGS);
    }
  else
    {
      dk_sheet_set_blank (dossier->checks, row, CHECK_LINK, DK_LOOK_TEXT, ROW_FLAGS);
    }
}

static void
write_disagreement (const DkDossier      *dossier,
                    guint                 row,
                    const DkDisagreement *one)
{
  DkSheet *sheet = dossier->checks;
  const DkResult *result = one->result;
  g_autofree char *title = dk_disagreement_dup_title (&dossier->wording, one);

  for (guint column = CHECK_WHO; column < N_CHECK; column++)
    dk_sheet_set_blank (sheet, row, column, DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, CHECK_WHAT, title, DK_LOOK_TEXT, ROW_FLAGS);
  set_link (dossier, row, one);
  for (guint i = 0; one->has_sides && i < 2; i++)
    {
      g_autofree char *name = result == NULL ? dk_disagreement_dup_side (&dossier->wording, one, i)
                                             : g_strdup (dk_dossier_tr (dossier, i == 0 ? N_("Value") : N_("Bound")));
      g_autofree char *text = dk_disagreement_dup_value (&dossier->wording, one, i);

      dk_sheet_set_text (sheet, row, i == 0 ? CHECK_WHO : CHECK_AGAINST, name, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, i == 0 ? CHECK_FIGURE : CHECK_OTHER, text, DK_LOOK_TEXT, ROW_FLAGS);
    }
  if (one->has_amount)
    {
      g_autofree char *text = dk_disagreement_dup_amount (&dossier->wording, one);

      dk_sheet_set_text (sheet, row, CHECK_AMOUNT, text, DK_LOOK_TEXT, ROW_FLAGS);
    }
  if (one->note != NULL)
    {
      g_autofree char *text = g_strjoin (*one->note->finding != '\0' && *one->note->evidence != '\0' ? "\n" : "", one->note->finding, one->note->evidence, NULL);

      dk_sheet_set_text (sheet, row, CHECK_REASON, text, DK_LOOK_TEXT, ROW_FLAGS);
    }
  if (result != NULL)
    {
      const char *advice = dk_text_get (&result->item->advice, dossier->language);
      g_autofree char *formula = *advice == '\0' && one->rows == NULL ? dk_result_explain (dossier->assessment, result, dossier->language) : NULL;

      dk_sheet_set_text (sheet, row, CHECK_ADVICE, formula != NULL ? formula : advice, formula != NULL ? DK_LOOK_NOTE : DK_LOOK_TEXT, ROW_FLAGS);
    }
}

static guint
write_disagreements (const DkDossier *dossier,
                     guint            row)
{
  g_autoptr(GArray) found = dk_assessment_list_disagreements (dossier->assessment);

  dk_dossier_add_section (dossier->checks, row++, N_CHECK, dk_dossier_tr (dossier, N_("Contradictions")));
  if (found->len == 0)
    {
      dk_sheet_merge_text (dossier->checks, row++, 0, N_CHECK - 1, dk_dossier_tr (dossier, N_("No figures contradict each other.")), DK_LOOK_TEXT, 0);
      return row + 1;
    }
  dk_dossier_add_head (dossier, dossier->checks, row++, check_columns, N_CHECK);
  for (guint i = 0; i < found->len; i++)
    {
      const DkDisagreement *one = &g_array_index (found, DkDisagreement, i);

      if (one->is_explained && (i == 0 || !one[-1].is_explained))
        dk_dossier_add_section (dossier->checks, row++, N_CHECK, dk_dossier_tr (dossier, N_("Explained differences")));
      write_disagreement (dossier, row++, one);
    }
  return row + 1;
}

/* The difference between what a source says and the cell of the answer, which follows both. */
static void
set_difference (const DkDossier   *dossier,
                guint              row,
                const DkFigure    *figure,
                const DkInputCell *cell,
                const DkValue     *answer)
{
  g_autofree char *own = dk_sheet_get_ref (dossier->checks, row, CHECK_FIGURE);
  g_autofree char *ref = dk_sheet_get_ref (cell->sheet, cell->row, cell->from_column);
  g_autofree char *formula = g_strdup_printf ("IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s-%s,\"\")", own, ref, own, ref);
  g_autofree char *now = NULL;
  DkLook look = dk_dossier_get_look (dossier, DK_KIND_NUMBER, figure->fact->kind == DK_KIND_DATE ? DK_UNIT_DAYS : figure->fact->unit);

  if (answer != NULL && dk_value_is_point (answer))
    now = dk_number_to_decimal (dk_number_sub (figure->value.low, answer->low, dossier->wording.arena), 25);
  dk_sheet_set_formula (dossier->checks, row, CHECK_AMOUNT, formula, now != NULL ? now : "", now == NULL, look, ROW_FLAGS);
}

/* What stands in the cell of the answer. */
static void
set_answer (const DkDossier   *dossier,
            guint              row,
            const DkSymbol    *fact,
            const DkInputCell *cell,
            const DkValue     *answer)
{
  DkLook look = dk_dossier_get_look (dossier, fact->kind, fact->unit);
  gboolean is_figure = answer != NULL && (fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE) && dk_value_is_point (answer);
  g_autofree char *now = NULL, *ref = NULL, *formula = NULL;
  gint64 day;

  if (answer == NULL)
    now = g_strdup ("");
  else if (!is_figure)
    now = dk_value_to_display (answer, fact->kind, fact->unit, fact->choices, fact->codes, dossier->language);
  else if (fact->kind == DK_KIND_DATE && dk_number_to_int64 (answer->low, &day))
    now = g_strdup_printf ("%" G_GINT64_FORMAT, dk_book_get_serial (day));
  else
    now = dk_number_to_decimal (answer->low, 25);
  if (cell == NULL)
    {
      dk_sheet_set_text (dossier->checks, row, CHECK_OTHER, now, DK_LOOK_TEXT, ROW_FLAGS);
      return;
    }
  ref = dk_sheet_get_ref (cell->sheet, cell->row, cell->from_column);
  formula = g_strdup_printf ("IF(%s=\"\",\"\",%s)", ref, ref);
  dk_sheet_set_formula (dossier->checks, row, CHECK_OTHER, formula, now, !is_figure, look, ROW_FLAGS);
}

/* What single sources say, beside the answer. */
static guint
write_figures (const DkDossier *dossier,
               guint            row)
{
  static const DkColumn columns[] = {
    { N_("What"), 0 }, { N_("Where"), 0 }, { N_("Source"), 0 }, { N_("Figure"), 0 }, { N_("Against"), 0 }, { N_("Figure"), 0 }, { N_("Difference"), 0 },
  };
  g_autoptr(GArray) figures = dk_enterprise_list_figures (dossier->enterprise, NULL);
  const DkChoices *sources = dk_catalogue_get_sources (dossier->library->catalogue);
  DkSheet *sheet = dossier->checks;

  if (figures->len == 0)
    return row;
  dk_dossier_add_section (sheet, row++, N_CHECK, dk_dossier_tr (dossier, N_("Figures of single sources")));
  dk_dossier_add_head (dossier, sheet, row++, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < figures->len; i++, row++)
    {
      const DkFigure *figure = &g_array_index (figures, DkFigure, i);
      const DkSymbol *fact = figure->fact;
      DkFactRef ref = { fact, figure->period, 0 };
      const DkInputCell *cell = dk_dossier_find_cell (dossier, &ref);
      g_autofree char *title = dk_fact_to_display (fact, figure->period, dossier->language);
      DkValue answer;
      gboolean is_answered = dk_enterprise_get (dossier->enterprise, fact, figure->period, &answer);

      dk_sheet_set_text (sheet, row, CHECK_WHAT, title, DK_LOOK_TEXT, ROW_FLAGS);
      if (cell != NULL)
        dk_sheet_set_link_to_cell (sheet, row, CHECK_LINK, cell->sheet, cell->row, cell->from_column, dk_dossier_tr (dossier, N_("Go to the cell")),
                                   ROW_FLAGS);
      else
        dk_sheet_set_blank (sheet, row, CHECK_LINK, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, CHECK_WHO, dk_text_get (g_ptr_array_index (sources->labels, figure->source), dossier->language), DK_LOOK_TEXT, ROW_FLAGS);
      dk_dossier_write_value (dossier, sheet, row, CHECK_FIGURE, CHECK_FIGURE, fact, &figure->value);
      dk_sheet_set_text (sheet, row, CHECK_AGAINST, dk_tr_context (dossier->language, "figure", NC_("figure", "Answer")), DK_LOOK_TEXT, ROW_FLAGS);
      set_answer (dossier, row, fact, cell, is_answered ? &answer : NULL);
      if (cell != NULL && (fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE) && dk_value_is_point (&figure->value))
        set_difference (dossier, row, figure, cell, is_answered ? &answer : NULL);
      else
        dk_sheet_set_blank (sheet, row, CHECK_AMOUNT, DK_LOOK_TEXT, ROW_FLAGS);
    }
  return row + 1;
}

/* A figure that is one, or the word for what is open; text as it is now where no formula can say it. */
static void
set_point (const DkDossier *dossier,
           guint            row,
           guint            column,
           const DkResult  *result)
{
  DkLook look = dk_dossier_get_look (dossier, result->kind, result->unit);
  g_autofree char *text = NULL;

  if (dk_calc_write (dossier->calc, result, DK_CALC_POINT, dossier->checks, row, column, look, ROW_FLAGS))
    return;
  text = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, dossier->language);
  dk_sheet_set_text (dossier->checks, row, column, text, DK_LOOK_TEXT, ROW_FLAGS);
}

/* Every rule that judges, and how it stands. */
static guint
write_rules (const DkDossier *dossier,
             const DkResult  *result,
             guint            row)
{
  g_autofree char *title = NULL;
  DkLook look = dk_dossier_get_look (dossier, result->kind, result->unit);

  if (result->item->kind == DK_ITEM_LIST)
    {
      for (guint i = 0; i < dk_result_n_children (result); i++)
        row = write_rules (dossier, dk_result_get_child (result, i), row);
      return row;
    }
  if (result->item->verdict_reg == DK_NO_REGISTER)
    return row;
  title = dk_wording_dup_title_of_year (&dossier->wording, result);
  dk_sheet_merge_text (dossier->checks, row, CHECK_WHAT, CHECK_LINK, title, DK_LOOK_TEXT, ROW_FLAGS);
  dk_dossier_add_verdict (dossier, dossier->checks, row, CHECK_WHO, result, DK_CELL_BORDER);
  if (result->has_value && result->kind != DK_KIND_TRUTH)
    set_point (dossier, row, CHECK_FIGURE, result);
  else
    dk_sheet_set_blank (dossier->checks, row, CHECK_FIGURE, DK_LOOK_TEXT, ROW_FLAGS);
  if (!dk_calc_write (dossier->calc, result, DK_CALC_THRESHOLD, dossier->checks, row, CHECK_AGAINST, look, ROW_FLAGS))
    dk_sheet_set_blank (dossier->checks, row, CHECK_AGAINST, DK_LOOK_TEXT, ROW_FLAGS);
  return row + 1;
}

static guint
write_checks (const DkDossier *dossier,
              guint            row)
{
  static const DkColumn columns[] = { { N_("What"), 0 }, { "", 0 }, { N_("How it stands"), 0 }, { N_("Value"), 0 }, { N_("Bound"), 0 } };
  GPtrArray *checks = dk_assessment_get_checks (dossier->assessment);
  guint first;

  dk_dossier_add_section (dossier->checks, row++, N_CHECK, dk_dossier_tr (dossier, N_("All checks")));
  dk_dossier_add_head (dossier, dossier->checks, row++, columns, G_N_ELEMENTS (columns));
  first = row;
  for (guint i = 0; i < checks->len; i++)
    row = write_rules (dossier, g_ptr_array_index (checks, i), row);
  if (row > first)
    dk_dossier_colour (dossier, dossier->checks, row - 1, CHECK_WHO);
  return row + 1;
}

static guint
write_measures (const DkDossier *dossier,
                const DkResult  *list,
                guint            row)
{
  DkSheet *sheet = dossier->checks;
  guint n_years = MIN (dk_measures_count_years (list), N_CHECK - FIRST_YEAR_COLUMN);

  dk_sheet_merge_text (sheet, row, CHECK_WHAT, CHECK_LINK, dk_wording_get_title (&dossier->wording, list), DK_LOOK_HEAD, DK_CELL_BORDER | DK_CELL_WRAP);
  for (guint k = 0; k < n_years; k++)
    {
      g_autofree char *year = g_strdup_printf ("%d", dk_assessment_get_year (dossier->assessment) - (int) k);

      dk_sheet_set_text (sheet, row, FIRST_YEAR_COLUMN + k, year, DK_LOOK_HEAD, DK_CELL_BORDER | DK_CELL_WRAP);
    }
  row++;
  for (guint i = 0; i < list->children->len; i++)
    {
      const DkResult *first = g_ptr_array_index (list->children, i);

      /* Also those of which nothing is known yet: that may be filled in. */
      if (first->item->kind == DK_ITEM_LIST || first->item->year != 0)
        continue;
      dk_sheet_merge_text (sheet, row, CHECK_WHAT, CHECK_LINK, dk_wording_get_title (&dossier->wording, first), DK_LOOK_TEXT, ROW_FLAGS);
      for (guint k = 0; k < n_years; k++)
        {
          const DkResult *result = dk_measures_find (list, i, -(int) k);

          if (result != NULL && result->has_value)
            set_point (dossier, row, FIRST_YEAR_COLUMN + k, result);
          else
            dk_sheet_set_blank (sheet, row, FIRST_YEAR_COLUMN + k, DK_LOOK_TEXT, ROW_FLAGS);
        }
      row++;
    }
  return row + 1;
}

void
dk_dossier_write_checks (const DkDossier *dossier)
{
  DkSheet *sheet = dossier->checks;
  g_autoptr(GPtrArray) measures = NULL;
  guint row = N_HEAD_ROWS;

  if (sheet == NULL)
    return;
  measures = dk_assessment_list_measures (dossier->assessment);
  dk_dossier_set_columns (dossier, sheet, check_columns, N_CHECK);
  dk_dossier_add_title (dossier, sheet, N_CHECK, dk_sheet_get_name (sheet));
  dk_sheet_merge_text (sheet, ROW_NOTE, 0, N_CHECK - 1,
                       dk_dossier_tr (dossier, N_("Contradictions are those of the export; all below follows changes in this workbook, except checks of lists "
                                                  "row by row. No verdict rests on it.")),
                       DK_LOOK_NOTE, DK_CELL_WRAP);
  row = write_disagreements (dossier, row);
  row = write_figures (dossier, row);
  if (measures->len > 0)
    {
      dk_dossier_add_section (sheet, row++, N_CHECK, dk_dossier_tr (dossier, N_("Measures side by side")));
      dk_sheet_merge_text (sheet, row++, 0, N_CHECK - 1, dk_dossier_tr (dossier, N_("They may differ; be able to explain by how much.")), DK_LOOK_NOTE, 0);
    }
  for (guint i = 0; i < measures->len; i++)
    row = write_measures (dossier, g_ptr_array_index (measures, i), row);
  write_checks (dossier, row);
  dk_sheet_freeze (sheet, N_HEAD_ROWS, 1);
  dk_sheet_set_print (sheet, TRUE, N_HEAD_ROWS);
}
