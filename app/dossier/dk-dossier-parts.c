/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-dossier-parts"

#include "dk-dossier-private.h"

#include <glib/gi18n.h>

void
dk_dossier_set_columns (const DkDossier *dossier,
                        DkSheet         *sheet,
                        const DkColumn  *columns,
                        guint            n)
{
  for (guint i = 0; i < n; i++)
    dk_sheet_set_width (sheet, i, i, columns[i].width);
}

void
dk_dossier_add_head (const DkDossier *dossier,
                     DkSheet         *sheet,
                     guint            row,
                     const DkColumn  *columns,
                     guint            n)
{
  for (guint i = 0; i < n; i++)
    dk_sheet_set_text (sheet, row, i, *columns[i].title != '\0' ? dk_dossier_tr (dossier, columns[i].title) : "", DK_LOOK_HEAD,
                       DK_CELL_BORDER | DK_CELL_WRAP);
}

/* The title, and at its end the way back. */
void
dk_dossier_add_title (const DkDossier *dossier,
                      DkSheet         *sheet,
                      guint            n,
                      const char      *title)
{
  dk_sheet_merge_text (sheet, 0, 0, n - 2, title, DK_LOOK_TITLE, 0);
  dk_sheet_set_link (sheet, 0, n - 1, dossier->contents, 0, dk_sheet_get_name (dossier->contents));
  dk_sheet_set_height (sheet, 0, 34);
}

void
dk_dossier_add_section (DkSheet    *sheet,
                        guint       row,
                        guint       n,
                        const char *title)
{
  dk_sheet_merge_text (sheet, row, 0, n - 1, title, DK_LOOK_HEADING, 0);
  dk_sheet_set_height (sheet, row, 24);
}

DkLook
dk_dossier_get_look (const DkDossier *dossier,
                     DkKind           kind,
                     DkUnit           unit)
{
  if (kind == DK_KIND_DATE)
    return DK_LOOK_DATE;
  if (kind != DK_KIND_NUMBER)
    return DK_LOOK_TEXT;
  switch (unit)
    {
    case DK_UNIT_YUAN:
      return dossier->in_wan ? DK_LOOK_WAN : DK_LOOK_YUAN;
    case DK_UNIT_RATIO:
      return DK_LOOK_RATIO;
    case DK_UNIT_COUNT:
    case DK_UNIT_DAYS:
    case DK_UNIT_MONTHS:
    case DK_UNIT_YEARS:
      return DK_LOOK_COUNT;
    case DK_UNIT_POINTS:
      return DK_LOOK_POINTS;
    case DK_UNIT_PLAIN:
    default:
      return DK_LOOK_NUMBER;
    }
}

/* What stands beside a figure; of a cell that is no number, what it takes. */
const char *
dk_dossier_name_unit (const DkDossier *dossier,
                      DkKind           kind,
                      DkUnit           unit,
                      gboolean         in_wan)
{
  static const char *const kinds[] = {
    "", NC_ ("unit", "yes or no"), NC_ ("unit", "choice"), NC_ ("unit", "date"), NC_ ("unit", "code"), NC_ ("unit", "text"),
  };
  static const char *const units[] = {
    NC_ ("unit", "number"), NC_ ("unit", "yuan"), NC_ ("unit", "%"), NC_ ("unit", "count"),
    NC_ ("unit", "days"), NC_ ("unit", "months"), NC_ ("unit", "years"), NC_ ("unit", "points"),
  };

  if (kind != DK_KIND_NUMBER)
    return dk_tr_context (dossier->language, "unit", kinds[kind]);
  if (unit == DK_UNIT_YUAN && in_wan)
    return dk_tr_context (dossier->language, "unit", NC_ ("unit", "10,000 yuan"));
  return dk_tr_context (dossier->language, "unit", units[unit]);
}

/* What is uncertain about sources, in words; NULL when nothing is. */
char *
dk_dossier_describe_doubts (const DkDossier *dossier,
                            const GPtrArray *citations)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);
      const char *note = dk_text_get (&citation->note, dossier->language);

      if (citation->certainty != DK_CERTAINTY_UNCERTAIN || *note == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, dk_wording_get_separator (&dossier->wording));
      g_string_append (text, note);
    }
  return text->len > 0 ? g_strdup_printf (dk_dossier_tr (dossier, N_("To be confirmed: %s")), text->str) : NULL;
}

char *
dk_dossier_describe_span (const DkDossier *dossier,
                          const DkVersion *version)
{
  g_autofree char *from = dk_date_to_string (version->from);
  g_autofree char *to = version->to != G_MAXINT64 ? dk_date_to_string (version->to) : NULL;

  return to != NULL ? g_strdup_printf (dk_dossier_tr (dossier, N_("version %s, from %s to %s")), version->id, from, to)
                    : g_strdup_printf (dk_dossier_tr (dossier, N_("version %s, from %s on")), version->id, from);
}

const char *
dk_dossier_name_certainty (const DkDossier *dossier,
                           DkCertainty      certainty)
{
  static const char *const names[] = {
    N_("The document itself was read"), N_("Read in secondary sources"), N_("Known, not read again"), N_("To be confirmed"),
  };

  return dk_dossier_tr (dossier, names[certainty]);
}

const char *
dk_dossier_get_sign (const DkResult *result)
{
  static const char *const signs[] = { "<", "≤", ">", "≥", "=", "≠" };

  return signs[result->comparison];
}

void
dk_dossier_add_verdict (const DkDossier *dossier,
                        DkSheet         *sheet,
                        guint            row,
                        guint            column,
                        const DkResult  *result,
                        guint            flags)
{
  if (!dk_calc_write (dossier->calc, result, DK_CALC_VERDICT, sheet, row, column, DK_LOOK_VERDICT, flags))
    dk_sheet_set_text (sheet, row, column, result->verdict != DK_VERDICT_NONE ? dk_calc_get_verdict_word (result->verdict, dossier->language) : "",
                       DK_LOOK_VERDICT, flags);
}

/* The least of a value likewise, or what it is where that is no number. */
void
dk_dossier_add_value (const DkDossier *dossier,
                      DkSheet         *sheet,
                      guint            row,
                      guint            column,
                      const DkResult  *result,
                      DkLook           look,
                      guint            flags)
{
  g_autofree char *text = NULL;

  if (dk_calc_write (dossier->calc, result, DK_CALC_LOW, sheet, row, column, look, flags))
    return;
  text = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, dossier->language);
  dk_sheet_set_text (sheet, row, column, text, look, flags | DK_CELL_WRAP);
}

void
dk_dossier_colour (const DkDossier *dossier,
                   DkSheet         *sheet,
                   guint            last_row,
                   guint            column)
{
  dk_sheet_colour_verdicts (sheet, 0, last_row, column, dk_calc_get_verdict_word (DK_VERDICT_PASS, dossier->language),
                            dk_calc_get_verdict_word (DK_VERDICT_FAIL, dossier->language), dk_calc_get_verdict_word (DK_VERDICT_OPEN, dossier->language));
}

const DkInputCell *
dk_dossier_find_cell (const DkDossier *dossier,
                      const DkFactRef *ref)
{
  for (guint i = 0; i < dossier->inputs.cells->len; i++)
    {
      const DkInputCell *cell = &g_array_index (dossier->inputs.cells, DkInputCell, i);

      if (cell->fact == ref->fact && cell->period.year == ref->period.year && cell->period.quarter == ref->period.quarter
          && cell->period.month == ref->period.month)
        return cell;
    }
  return NULL;
}
