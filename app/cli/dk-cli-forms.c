/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Official tables filled in, as text for people: too wide for a terminal, so that the columns of a row stand below each other. */
#define G_LOG_DOMAIN "dk-cli-forms"

#include "dk-cli-report.h"

#include "dk-form.h"

static void
add_row (const DkWording *wording,
         DkLayout        *layout,
         const DkForm    *form,
         guint            row)
{
  const DkFormRow *one = g_ptr_array_index (form->rows, row);
  g_autofree char *title = dk_form_dup_title (wording, one);
  g_autofree char *number = g_strdup_printf ("%u", dk_form_get_number (form, row));
  gboolean is_heading = dk_form_is_heading (one);

  dk_layout_start (layout, 2, 6);
  dk_layout_add (layout, DK_STYLE_FAINT, is_heading ? "" : number);
  dk_layout_tab (layout, is_heading ? 2 : 6);
  dk_layout_add (layout, is_heading ? DK_STYLE_STRONG : DK_STYLE_PLAIN, title);
  dk_layout_end (layout);
  for (guint i = 0; i < form->columns->len; i++)
    {
      const DkFormColumn *column = g_ptr_array_index (form->columns, i);
      g_autofree char *cell = dk_form_dup_cell (wording, form, row, column);

      if (column->part == DK_FORM_NUMBER || column->part == DK_FORM_TITLE || *cell == '\0')
        continue;
      dk_layout_start (layout, 8, 10);
      dk_layout_add (layout, DK_STYLE_FAINT, dk_text_get (&column->title, wording->language));
      dk_layout_tab (layout, 20);
      dk_layout_add (layout, column->part == DK_FORM_VERDICT ? DK_STYLE_STRONG : DK_STYLE_PLAIN, cell);
      dk_layout_end (layout);
    }
}

void
dk_report_forms (const DkWording *wording,
                 DkLayout        *layout)
{
  g_autoptr(GArray) forms = dk_assessment_list_forms (wording->assessment);

  for (guint i = 0; i < forms->len; i++)
    {
      const DkForm *form = g_array_index (forms, DkFilledForm, i).form;
      const char *note = dk_text_get (&form->note, wording->language);
      g_autofree char *sources = dk_form_dup_sources (wording, form);

      dk_layout_gap (layout);
      dk_layout_start (layout, 0, 2);
      dk_layout_add (layout, DK_STYLE_STRONG, dk_text_get (&form->title, wording->language));
      dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (layout, DK_STYLE_FAINT, sources);
      dk_layout_end (layout);
      for (guint row = 0; row < form->rows->len; row++)
        add_row (wording, layout, form, row);
      if (*note == '\0')
        continue;
      dk_layout_start (layout, 2, 4);
      dk_layout_add (layout, DK_STYLE_FAINT, note);
      dk_layout_end (layout);
    }
}
