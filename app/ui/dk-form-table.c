/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-form-table"

#include "dk-form-table.h"

#include "dk-basis.h"

/* Columns for which a pane has room. */
static gboolean
is_shown (const DkFormColumn *column)
{
  switch (column->part)
    {
    case DK_FORM_TITLE:
    case DK_FORM_THRESHOLD:
    case DK_FORM_VALUE:
    case DK_FORM_VERDICT:
      return TRUE;

    case DK_FORM_NUMBER:
    case DK_FORM_PERIOD:
    case DK_FORM_FORMULA:
    case DK_FORM_EVIDENCE:
    case DK_FORM_SOURCE:
    default:
      return FALSE;
    }
}

static void
add_label (GtkGrid            *grid,
           const char         *text,
           const char         *style,
           const DkFormColumn *column,
           int                 at,
           int                 row)
{
  GtkWidget *label = dk_basis_new_label (text, style);

  gtk_widget_add_css_class (label, "dk-small");
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (label, column->part == DK_FORM_TITLE);
  if (column->part == DK_FORM_THRESHOLD || column->part == DK_FORM_VALUE)
    {
      gtk_widget_add_css_class (label, "num");
      gtk_label_set_xalign (GTK_LABEL (label), 1);
    }
  gtk_grid_attach (grid, label, at, row, 1, 1);
}

static void
add_row (GtkGrid         *grid,
         const DkWording *wording,
         const DkForm    *form,
         guint            row, /* form->rows->len: the head */
         int              line,
         int              n_columns)
{
  const DkFormRow *one = row < form->rows->len ? g_ptr_array_index (form->rows, row) : NULL;
  int at = 0;

  if (one != NULL && dk_form_is_heading (one))
    {
      g_autofree char *title = dk_form_dup_title (wording, one);
      GtkWidget *label = dk_basis_new_label (title, "dk-strong");

      gtk_widget_add_css_class (label, "dk-small");
      gtk_grid_attach (grid, label, 0, line, n_columns, 1);
      return;
    }
  for (guint i = 0; i < form->columns->len; i++)
    {
      const DkFormColumn *column = g_ptr_array_index (form->columns, i);
      g_autofree char *text = NULL;

      if (!is_shown (column))
        continue;
      text = one != NULL ? dk_form_dup_cell (wording, form, row, column) : g_strdup (dk_text_get (&column->title, wording->language));
      add_label (grid, text, one == NULL ? "dk-dim" : NULL, column, at++, line);
    }
}

GtkWidget *
dk_form_table_new (const DkWording *wording,
                   const DkForm    *form)
{
  GtkWidget *expander = gtk_expander_new (dk_text_get (&form->title, wording->language));
  GtkWidget *grid = gtk_grid_new ();
  const char *note = dk_text_get (&form->note, wording->language);
  int n_columns = 0, line = 0;

  for (guint i = 0; i < form->columns->len; i++)
    n_columns += is_shown (g_ptr_array_index (form->columns, i));
  n_columns = MAX (n_columns, 1);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_widget_set_margin_top (grid, 6);
  add_row (GTK_GRID (grid), wording, form, form->rows->len, line++, n_columns);
  for (guint i = 0; i < form->rows->len; i++)
    add_row (GTK_GRID (grid), wording, form, i, line++, n_columns);
  if (*note != '\0')
    {
      GtkWidget *label = dk_basis_new_label (note, "dk-dim");

      gtk_widget_add_css_class (label, "dk-small");
      gtk_grid_attach (GTK_GRID (grid), label, 0, line, n_columns, 1);
    }
  gtk_expander_set_child (GTK_EXPANDER (expander), grid);
  return expander;
}

void
dk_form_table_append (GtkBox          *box,
                      const DkWording *wording,
                      const DkResult  *programme)
{
  for (guint i = 0; programme->in_force != NULL && i < programme->in_force->forms->len; i++)
    gtk_box_append (box, dk_form_table_new (wording, g_ptr_array_index (programme->in_force->forms, i)));
}
