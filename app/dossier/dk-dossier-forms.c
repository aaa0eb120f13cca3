/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Official tables filled in, a sheet each: what is computed reads the calculation sheets, and what was answered the sheet of facts. */
#define G_LOG_DOMAIN "dk-dossier-forms"

#include "dk-dossier-private.h"

#include "dk-assessment-private.h"
#include "dk-fact-value.h"

#include <glib/gi18n.h>

enum { ROW_SOURCE = 1, ROW_HEAD, N_HEAD_ROWS };

#define ROW_FLAGS (DK_CELL_BORDER | DK_CELL_WRAP)

/* How many characters are seen of a column. A threshold has a cell for the sign before it. */
static const double widths[] = {
  [DK_FORM_NUMBER] = 6, [DK_FORM_TITLE] = 40, [DK_FORM_PERIOD] = 12, [DK_FORM_THRESHOLD] = 14, [DK_FORM_VALUE] = 20, [DK_FORM_FORMULA] = 46,
  [DK_FORM_VERDICT] = 10, [DK_FORM_EVIDENCE] = 36, [DK_FORM_SOURCE] = 30,
};
#define SIGN_WIDTH 4

/* A sheet being filled. */
typedef struct
{
  const DkDossier *dossier;
  const DkForm    *form;
  DkSheet         *sheet;
  guint            row; /* of the sheet */
} Page;

static guint
count_cells (const DkFormColumn *column)
{
  return column->part == DK_FORM_THRESHOLD ? 2 : 1;
}

static guint
count_columns (const DkForm *form)
{
  guint n = 0;

  for (guint i = 0; i < form->columns->len; i++)
    n += count_cells (g_ptr_array_index (form->columns, i));
  return n;
}

static void
add_top (const Page *page)
{
  const DkDossier *dossier = page->dossier;
  const char *language = dossier->language, *note = dk_text_get (&page->form->note, language);
  guint n = count_columns (page->form), at = 0;
  g_autofree char *sources = dk_form_dup_sources (&dossier->wording, page->form);
  g_autofree char *text = *note != '\0' ? g_strdup_printf ("%s\n%s", sources, note) : g_strdup (sources);

  for (guint i = 0; i < page->form->columns->len; i++)
    {
      const DkFormColumn *column = g_ptr_array_index (page->form->columns, i);
      const char *title = dk_text_get (&column->title, language);

      if (column->part == DK_FORM_THRESHOLD)
        {
          dk_sheet_set_width (page->sheet, at, at, SIGN_WIDTH);
          dk_sheet_merge_text (page->sheet, ROW_HEAD, at, at + 1, title, DK_LOOK_HEAD, ROW_FLAGS);
        }
      else
        {
          dk_sheet_set_text (page->sheet, ROW_HEAD, at, title, DK_LOOK_HEAD, ROW_FLAGS);
        }
      at += count_cells (column);
      dk_sheet_set_width (page->sheet, at - 1, at - 1, widths[column->part]);
    }
  if (n > 1)
    {
      dk_dossier_add_title (dossier, page->sheet, n, dk_text_get (&page->form->title, language));
      dk_sheet_merge_text (page->sheet, ROW_SOURCE, 0, n - 1, text, DK_LOOK_NOTE, DK_CELL_WRAP);
    }
  dk_sheet_freeze (page->sheet, N_HEAD_ROWS, 0);
  dk_sheet_set_print (page->sheet, TRUE, N_HEAD_ROWS);
}

/* What the cell of an answer holds now, as dk_dossier_write_value () wrote it. (transfer full) */
static char *
dup_cell_now (const DkDossier   *dossier,
              const DkFactRef   *ref,
              const DkInputCell *cell,
              gboolean          *is_text)
{
  const DkSymbol *fact = ref->fact;
  DkValue value;
  gint64 day;

  *is_text = TRUE;
  if (!dk_enterprise_get (dossier->enterprise, fact, ref->period, &value))
    return g_strdup ("");
  switch (fact->kind)
    {
    case DK_KIND_CODE:
      {
        char *code = dk_fact_code_to_string (fact, &value);

        return code != NULL ? code : g_strdup ("");
      }

    case DK_KIND_TRUTH:
      return g_strdup (dk_value_is_settled_as (&value, fact->kind) ? dk_calc_get_truth_word ((value.state & DK_TRUE) != 0, dossier->language) : "");

    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      if (value.state & DK_UNDEFINED)
        return g_strdup (value.state & (DK_POINT | DK_RANGE) ? "" : dk_calc_get_none_word (dossier->language));
      if (value.state & DK_RANGE)
        return g_strdup (dk_number_is_finite (value.low) && dk_number_is_finite (dk_value_high (&value)) && cell->to_column != cell->from_column
                           ? dk_calc_get_open_word (dossier->language) : "");
      *is_text = FALSE;
      if (fact->kind == DK_KIND_DATE && dk_number_to_int64 (value.low, &day))
        return g_strdup_printf ("%" G_GINT64_FORMAT, dk_book_get_serial (day));
      return dk_number_to_decimal (value.low, 12);

    case DK_KIND_CHOICE:
    case DK_KIND_TEXT:
    default:
      return dk_value_is_point (&value) ? dk_value_to_display (&value, fact->kind, fact->unit, fact->choices, fact->codes, dossier->language)
                                        : g_strdup ("");
    }
}

/* What was answered, or follows from other answers; of what no rule asks for, read off the sheet of facts: blank while that is, and open
 * while a figure has two ends. */
static void
add_answer (const Page      *page,
            guint            at,
            const DkFactRef *ref)
{
  const DkDossier *dossier = page->dossier;
  const DkInputCell *cell = dk_dossier_find_cell (dossier, ref);
  DkLook look = dk_dossier_get_look (dossier, ref->fact->kind, ref->fact->unit);
  g_autofree char *from = NULL, *to = NULL, *formula = NULL, *now = NULL;
  const char *open = dk_calc_get_open_word (dossier->language);
  gboolean is_text;

  if (dk_calc_write_fact (dossier->calc, ref, page->sheet, page->row, at, look, ROW_FLAGS))
    return;
  if (cell == NULL)
    {
      dk_sheet_set_blank (page->sheet, page->row, at, look, ROW_FLAGS);
      return;
    }
  from = dk_sheet_get_ref (cell->sheet, cell->row, cell->from_column);
  if (cell->to_column != cell->from_column)
    {
      to = dk_sheet_get_ref (cell->sheet, cell->row, cell->to_column);
      formula = g_strdup_printf ("IF(AND(ISBLANK(%s),ISBLANK(%s)),\"\",IF(OR(ISBLANK(%s),%s=%s),%s,\"%s\"))", from, to, to, from, to, from, open);
    }
  else
    {
      formula = g_strdup_printf ("IF(ISBLANK(%s),\"\",%s)", from, from);
    }
  now = dup_cell_now (dossier, ref, cell, &is_text);
  dk_sheet_set_formula (page->sheet, page->row, at, formula, now, is_text, look, ROW_FLAGS);
}

static void
add_threshold (const Page     *page,
               guint           at,
               const DkResult *result)
{
  const DkDossier *dossier = page->dossier;
  DkSheet *sheet = page->sheet;

  if (result == NULL || !result->has_threshold)
    {
      dk_sheet_set_blank (sheet, page->row, at, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_blank (sheet, page->row, at + 1, DK_LOOK_TEXT, ROW_FLAGS);
      return;
    }
  dk_sheet_set_text (sheet, page->row, at, dk_dossier_get_sign (result), DK_LOOK_TEXT, ROW_FLAGS);
  if (!dk_calc_write (dossier->calc, result, DK_CALC_THRESHOLD, sheet, page->row, at + 1, dk_dossier_get_look (dossier, result->kind, result->unit),
                      ROW_FLAGS))
    {
      g_autofree char *text = dk_value_to_display (&result->threshold, result->kind, result->unit, result->choices, result->codes, dossier->language);

      dk_sheet_set_text (sheet, page->row, at + 1, text, DK_LOOK_TEXT, ROW_FLAGS);
    }
}

static void
add_value (const Page     *page,
           guint           at,
           const DkResult *result)
{
  const DkDossier *dossier = page->dossier;
  DkLook look = result != NULL ? dk_dossier_get_look (dossier, result->kind, result->unit) : DK_LOOK_TEXT;

  if (result == NULL || !result->has_value
      || !dk_calc_write (dossier->calc, result, DK_CALC_POINT, page->sheet, page->row, at, look, ROW_FLAGS))
    dk_sheet_set_blank (page->sheet, page->row, at, DK_LOOK_TEXT, ROW_FLAGS);
}

static void
add_cell (const Page         *page,
          guint               row, /* of the form */
          const DkFormColumn *column,
          guint               at)
{
  const DkDossier *dossier = page->dossier;
  const DkFormRow *one = g_ptr_array_index (page->form->rows, row);
  const DkResult *result = dk_form_find_result (dossier->assessment, one, column);
  g_autofree char *text = NULL;

  switch (column->part)
    {
    case DK_FORM_THRESHOLD:
      add_threshold (page, at, result);
      return;

    case DK_FORM_VALUE:
      if (one->fact != NULL)
        add_answer (page, at, &(DkFactRef) { one->fact, dk_form_get_period (dossier->assessment, one, column), 0 });
      else
        add_value (page, at, result);
      return;

    case DK_FORM_VERDICT:
      if (dk_form_get_verdict (result) != DK_VERDICT_NONE)
        dk_dossier_add_verdict (dossier, page->sheet, page->row, at, result, DK_CELL_BORDER);
      else
        dk_sheet_set_blank (page->sheet, page->row, at, DK_LOOK_TEXT, ROW_FLAGS);
      return;

    case DK_FORM_NUMBER:
    case DK_FORM_TITLE:
    case DK_FORM_PERIOD:
    case DK_FORM_FORMULA:
    case DK_FORM_EVIDENCE:
    case DK_FORM_SOURCE:
    default:
      text = dk_form_dup_cell (&dossier->wording, page->form, row, column);
      dk_sheet_set_text (page->sheet, page->row, at, text,
                         column->part == DK_FORM_EVIDENCE || column->part == DK_FORM_SOURCE ? DK_LOOK_NOTE : DK_LOOK_TEXT, ROW_FLAGS);
      return;
    }
}

/* Fills the sheet of a form. */
static void
write_form (const DkDossier   *dossier,
            const DkFormSheet *one)
{
  Page page = { dossier, one->filled.form, one->sheet, N_HEAD_ROWS };
  const DkForm *form = page.form;

  add_top (&page);
  for (guint i = 0; i < form->rows->len; i++, page.row++)
    {
      guint at = 0;

      if (dk_form_is_heading (g_ptr_array_index (form->rows, i)))
        {
          g_autofree char *title = dk_form_dup_title (&dossier->wording, g_ptr_array_index (form->rows, i));

          dk_dossier_add_section (page.sheet, page.row, count_columns (form), title);
          continue;
        }
      for (guint k = 0; k < form->columns->len; k++)
        {
          const DkFormColumn *column = g_ptr_array_index (form->columns, k);

          add_cell (&page, i, column, at);
          at += count_cells (column);
        }
    }
  for (guint k = 0, at = 0; k < form->columns->len; at += count_cells (g_ptr_array_index (form->columns, k)), k++)
    if (((const DkFormColumn *) g_ptr_array_index (form->columns, k))->part == DK_FORM_VERDICT)
      dk_dossier_colour (dossier, page.sheet, page.row, at);
}

void
dk_dossier_write_forms (const DkDossier *dossier)
{
  for (guint i = 0; i < dossier->forms->len; i++)
    write_form (dossier, &g_array_index (dossier->forms, DkFormSheet, i));
}
