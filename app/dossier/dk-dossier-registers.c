/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-dossier-registers"

#include "dk-dossier-private.h"

#include <glib/gi18n.h>
#include <string.h>

enum { ROW_COMPLETE = 1, ROW_HEAD, N_HEAD_ROWS };

/* Rows that are left blank below those that are filled. */
#define N_SPARE_ROWS 30

/* So many characters are well read on upright paper. */
#define PORTRAIT_WIDTH 95

/* A cell that nobody filled in holds the domain of its column. */
static gboolean
is_answered (const DkSymbol *column,
             const DkValue  *value)
{
  if (value->state & DK_UNANSWERED)
    return FALSE;
  return !dk_value_equal (value, &column->domain, column->kind);
}

static double
get_width (const DkDossier *dossier,
           const DkSymbol  *column)
{
  switch (column->kind)
    {
    case DK_KIND_TEXT:
      return 30;
    case DK_KIND_CHOICE:
      return 22;
    case DK_KIND_NUMBER:
      return column->unit == DK_UNIT_YUAN ? 18 : 12;
    case DK_KIND_DATE:
      return 13;
    case DK_KIND_TRUTH:
    case DK_KIND_CODE:
    default:
      return 12;
    }
}

static DkColumn *
make_columns (const DkDossier  *dossier,
              const DkRegister *reg)
{
  DkColumn *columns = g_new0 (DkColumn, reg->columns->len + 1);

  columns[0] = (DkColumn) { "", 5 };
  for (guint i = 0; i < reg->columns->len; i++)
    columns[i + 1].width = get_width (dossier, g_ptr_array_index (reg->columns, i));
  return columns;
}

static double
get_total_width (const DkColumn *columns,
                 guint           n)
{
  double width = 0;

  for (guint i = 0; i < n; i++)
    width += columns[i].width;
  return width;
}

static void
write_head (const DkDossier  *dossier,
            DkSheet          *sheet,
            const DkRegister *reg)
{
  dk_sheet_set_text (sheet, ROW_HEAD, 0, dk_dossier_tr (dossier, N_("No.")), DK_LOOK_HEAD, DK_CELL_BORDER | DK_CELL_WRAP);
  for (guint i = 0; i < reg->columns->len; i++)
    {
      const DkSymbol *column = g_ptr_array_index (reg->columns, i);
      const char *label = dk_text_get (&column->label, dossier->language);
      g_autoptr(GString) text = g_string_new (*label != '\0' ? label : column->id);

      if (column->kind == DK_KIND_NUMBER && column->unit == DK_UNIT_YUAN)
        g_string_append_printf (text, dk_dossier_tr (dossier, N_(" (%s)")), dk_dossier_name_unit (dossier, column->kind, column->unit, FALSE));
      if ((column->kind == DK_KIND_DATE || column->kind == DK_KIND_NUMBER) && (column->domain.state & DK_UNDEFINED))
        g_string_append_printf (text, dk_dossier_tr (dossier, N_(" (or “%s”)")), dk_calc_get_none_word (dossier->language));
      dk_sheet_set_text (sheet, ROW_HEAD, i + 1, text->str, DK_LOOK_HEAD, DK_CELL_BORDER | DK_CELL_WRAP);
    }
}

static void
write_complete (const DkDossier *dossier,
                DkSheet         *sheet,
                const DkColumn  *columns,
                guint            n,
                gboolean         is_complete)
{
  const char *const options[] = { dk_calc_get_truth_word (TRUE, dossier->language), dk_calc_get_truth_word (FALSE, dossier->language), NULL };

  dk_sheet_set_text (sheet, ROW_COMPLETE, 1, dk_dossier_tr (dossier, N_("Is the list complete?")), DK_LOOK_TEXT, DK_CELL_STRONG);
  dk_sheet_set_text (sheet, ROW_COMPLETE, 2, options[is_complete ? 0 : 1], DK_LOOK_TEXT, DK_CELL_BORDER | DK_CELL_INPUT);
  dk_sheet_set_choices (sheet, ROW_COMPLETE, 2, options);
  if (n > 3)
    dk_sheet_merge_text (sheet, ROW_COMPLETE, 3, n - 1,
                         dk_dossier_tr (dossier, N_("A row each; the blank rows may be filled in. While the list is not complete, there may be "
                                                    "more of everything. A blank cell means that it is not known.")),
                         DK_LOOK_NOTE, DK_CELL_WRAP);
}

/* A row of which nothing is known is one row all the same: a mark keeps it from being taken for a blank one. */
static gboolean
is_unknown_row (const DkRegister *reg,
                const DkValue    *cells)
{
  for (guint k = 0; k < reg->columns->len; k++)
    if (is_answered (g_ptr_array_index (reg->columns, k), &cells[k]))
      return FALSE;
  return TRUE;
}

static void
write_register (DkDossier        *dossier,
                guint             index,
                const DkRegister *reg)
{
  DkSheet *sheet = g_ptr_array_index (dossier->registers, index);
  const DkRows *rows = dk_enterprise_get_rows (dossier->enterprise, index);
  g_autofree DkColumn *columns = make_columns (dossier, reg);
  guint n_columns = reg->columns->len;
  guint n_rows = rows != NULL ? rows->n_rows : 0;
  DkInputTable table = { reg, sheet, N_HEAD_ROWS, n_rows + N_SPARE_ROWS, 1, ROW_COMPLETE, 2 };

  dk_dossier_set_columns (dossier, sheet, columns, n_columns + 1);
  dk_dossier_add_title (dossier, sheet, n_columns + 1, dk_text_get (&reg->label, dossier->language));
  write_complete (dossier, sheet, columns, n_columns + 1, rows != NULL && rows->is_complete);
  write_head (dossier, sheet, reg);
  for (guint i = 0; i < table.n_rows; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      dk_sheet_set_text (sheet, N_HEAD_ROWS + i, 0, number, DK_LOOK_NOTE, DK_CELL_BORDER);
      for (guint k = 0; k < n_columns; k++)
        {
          const DkSymbol *column = g_ptr_array_index (reg->columns, k);
          const DkValue *value = i < n_rows ? &rows->cells[i * n_columns + k] : NULL;

          dk_dossier_write_value (dossier, sheet, N_HEAD_ROWS + i, k + 1, k + 1, column,
                                  value != NULL && is_answered (column, value) ? value : NULL);
        }
      if (i < n_rows && is_unknown_row (reg, &rows->cells[i * n_columns]))
        dk_sheet_set_text (sheet, N_HEAD_ROWS + i, 1, "?", DK_LOOK_TEXT, DK_CELL_BORDER | DK_CELL_INPUT);
    }
  for (guint k = 0; k < n_columns; k++)
    {
      g_autofree const char **options = dk_dossier_get_options (dossier, g_ptr_array_index (reg->columns, k));

      if (options != NULL)
        dk_sheet_set_choices_range (sheet, N_HEAD_ROWS, N_HEAD_ROWS + table.n_rows - 1, k + 1, options);
    }
  dk_sheet_freeze (sheet, N_HEAD_ROWS, 2);
  dk_sheet_set_print (sheet, get_total_width (columns, n_columns + 1) > PORTRAIT_WIDTH, N_HEAD_ROWS);
  g_array_append_val (dossier->inputs.tables, table);
}

/* A sheet each, with room for more rows. */
void
dk_dossier_write_registers (DkDossier *dossier)
{
  const DkScope *scope = dk_rulebook_get_scope (dossier->library->book);

  for (guint i = 0; i < scope->registers->len; i++)
    write_register (dossier, i, g_ptr_array_index (scope->registers, i));
}
