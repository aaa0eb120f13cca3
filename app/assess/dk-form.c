/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-form"

#include "dk-form.h"

#include "dk-assessment-private.h"
#include "dk-formula.h"

#include <glib/gi18n.h>
#include <string.h>

GArray *
dk_assessment_list_forms (const DkAssessment *assessment)
{
  GArray *forms = g_array_new (FALSE, FALSE, sizeof (DkFilledForm));

  for (guint i = 0; i < assessment->results->len; i++)
    {
      const DkResult *programme = g_ptr_array_index (assessment->results, i);

      for (guint k = 0; programme->in_force != NULL && k < programme->in_force->forms->len; k++)
        {
          DkFilledForm filled = { g_ptr_array_index (programme->in_force->forms, k), programme };

          g_array_append_val (forms, filled);
        }
    }
  return forms;
}

gboolean
dk_form_is_heading (const DkFormRow *row)
{
  return row->item == NULL && row->fact == NULL;
}

guint
dk_form_get_number (const DkForm *form,
                    guint         row)
{
  guint number = 0;

  if (dk_form_is_heading (g_ptr_array_index (form->rows, row)))
    return 0;
  for (guint i = 0; i <= row; i++)
    number += !dk_form_is_heading (g_ptr_array_index (form->rows, i));
  return number;
}

const char *
dk_form_get_short_title (const DkForm *form,
                         const char   *language)
{
  const char *title = dk_text_get (&form->short_title, language);

  return *title != '\0' ? title : dk_text_get (&form->title, language);
}

const DkResult *
dk_form_find_result (const DkAssessment *assessment,
                     const DkFormRow    *row,
                     const DkFormColumn *column)
{
  int year = row->year + column->year;
  g_autofree char *id = NULL;

  if (row->item == NULL || year == 0)
    return row->item != NULL ? dk_assessment_find (assessment, row->item->id) : NULL;
  id = g_strdup_printf ("%s[%d]", row->item->id, year);
  return dk_assessment_find (assessment, id);
}

DkPeriodKey
dk_form_get_period (const DkAssessment *assessment,
                    const DkFormRow    *row,
                    const DkFormColumn *column)
{
  DkPeriodKey period = { 0, 0, 0 };

  if (row->fact != NULL && row->fact->period == DK_PERIOD_YEAR)
    period.year = assessment->last_year + row->year + column->year;
  return period;
}

char *
dk_form_dup_title (const DkWording *wording,
                   const DkFormRow *row)
{
  const DkText *titles[] = { &row->title, row->item != NULL ? &row->item->title : NULL, row->fact != NULL ? &row->fact->label : NULL };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i] != NULL && *dk_text_get (titles[i], wording->language) != '\0')
      return g_strdup (dk_text_get (titles[i], wording->language));
  return g_strdup (row->item != NULL ? row->item->id : row->fact != NULL ? row->fact->id : "");
}

/* The years of the figures: "2023–2025", or nothing of what has none. */
static char *
dup_period (const DkWording    *wording,
            const DkFormRow    *row,
            const DkFormColumn *column)
{
  const char *written = dk_text_get (&row->period, wording->language);
  const DkResult *result = dk_form_find_result (wording->assessment, row, column);
  int first = 0, last = 0;

  if (*written != '\0')
    return g_strdup (written);
  if (row->fact != NULL)
    first = last = dk_form_get_period (wording->assessment, row, column).year;
  for (guint i = 0; result != NULL && i < result->facts->len; i++)
    {
      int year = g_array_index (result->facts, DkFactRef, i).period.year;

      if (year == 0)
        continue;
      first = first == 0 ? year : MIN (first, year);
      last = MAX (last, year);
    }
  if (last == 0)
    return g_strdup ("");
  return first == last ? g_strdup_printf ("%d", last) : g_strdup_printf ("%d–%d", first, last);
}

static char *
dup_threshold (const DkWording *wording,
               const DkResult  *result)
{
  g_autofree char *shown = NULL;

  if (result == NULL || !result->has_threshold)
    return g_strdup ("");
  shown = dk_value_to_display_digits (&result->threshold, result->kind, result->unit, result->choices, result->codes, -1, wording->language);
  return g_strdup_printf ("%s %s", dk_comparison_to_symbol (result->comparison), shown);
}

/* As it was answered, or else as it follows from other answers. */
static char *
dup_answer (const DkWording *wording,
            const DkSymbol  *fact,
            DkPeriodKey      period)
{
  const DkAssessment *assessment = wording->assessment;
  guint slot = dk_assessment_find_slot (assessment, fact, period);
  DkValue value;

  if (slot != G_MAXUINT)
    value = assessment->run->regs[assessment->known_reg[slot]];
  else if (!dk_enterprise_get (assessment->enterprise, fact, period, &value))
    return g_strdup ("");
  value.state &= ~(guint32) DK_UNANSWERED;
  return dk_fact_value_to_display (fact, &value, 2, wording->language);
}

static char *
dup_value (const DkWording    *wording,
           const DkFormRow    *row,
           const DkFormColumn *column)
{
  const DkResult *result = dk_form_find_result (wording->assessment, row, column);

  if (row->fact != NULL)
    return dup_answer (wording, row->fact, dk_form_get_period (wording->assessment, row, column));
  if (result == NULL || !result->has_value || result->verdict == DK_VERDICT_NA)
    return g_strdup ("");
  return dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, wording->language);
}

/* A question, which is answered and not judged. */
static gboolean
is_question (const DkResult *result)
{
  return result->item->kind == DK_ITEM_VALUE && result->kind == DK_KIND_TRUTH;
}

DkVerdict
dk_form_get_verdict (const DkResult *result)
{
  return result != NULL && !is_question (result) ? result->verdict : DK_VERDICT_NONE;
}

static char *
dup_formula (const DkWording *wording,
             const DkResult  *result)
{
  /* A verdict alone is no formula. */
  if (result == NULL || is_question (result) || (!result->has_value && !result->has_threshold && !dk_wording_is_group (result)))
    return g_strdup ("");
  return dk_wording_describe_result (wording, result);
}

/* The documents that say the answer itself, joined; "" where none was recorded. */
static char *
dup_documents (const DkWording *wording,
               const DkFactRef *ref)
{
  const DkCatalogue *catalogue = wording->assessment->catalogue;
  const DkChoices *sources = dk_catalogue_get_sources (catalogue);
  g_autoptr(GArray) figures = dk_enterprise_list_figures (wording->assessment->enterprise, ref->fact);
  g_autoptr(GString) text = g_string_new (NULL);
  DkValue answer;
  gboolean is_answered = dk_enterprise_get (wording->assessment->enterprise, ref->fact, ref->period, &answer);

  for (guint i = 0; is_answered && sources != NULL && i < figures->len; i++)
    {
      const DkFigure *figure = &g_array_index (figures, DkFigure, i);

      if (!dk_period_equal (figure->period, ref->period) || !dk_value_is_point (&figure->value) || !dk_value_is_point (&answer)
          || dk_number_compare (figure->value.low, answer.low) != 0)
        continue;
      if (text->len > 0)
        g_string_append (text, dk_wording_get_comma (wording));
      g_string_append (text, dk_text_get (g_ptr_array_index (sources->labels, figure->source), wording->language));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether the documents are those of all years of the fact. */
static gboolean
are_alike (const DkWording *wording,
           const GArray    *facts,
           const DkFactRef *one,
           const char      *documents)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const DkFactRef *other = &g_array_index (facts, DkFactRef, i);
      g_autofree char *text = other->fact == one->fact ? dup_documents (wording, other) : NULL;

      if (text != NULL && strcmp (text, documents) != 0)
        return FALSE;
    }
  return TRUE;
}

/* The facts behind a row and where they stand: "Revenue: audit report"; each once, but by years where these have different documents. A
 * group says nothing: its members do. */
static char *
dup_evidence (const DkWording    *wording,
              const DkFormRow    *row,
              const DkFormColumn *column)
{
  const DkResult *result = dk_form_find_result (wording->assessment, row, column);
  g_autoptr(GArray) own = g_array_new (FALSE, FALSE, sizeof (DkFactRef));
  const GArray *facts = result != NULL && !dk_wording_is_group (result) ? result->facts : own;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

  if (row->fact != NULL)
    {
      DkFactRef ref = { row->fact, dk_form_get_period (wording->assessment, row, column), 0 };

      g_array_append_val (own, ref);
    }
  for (guint i = 0; i < facts->len; i++)
    {
      const DkFactRef *ref = &g_array_index (facts, DkFactRef, i);
      const char *label = dk_text_get (&ref->fact->label, wording->language);
      g_autofree char *documents = dup_documents (wording, ref);
      g_autofree char *name = are_alike (wording, facts, ref, documents) ? g_strdup (*label != '\0' ? label : ref->fact->id)
                                                                         : dk_fact_to_display (ref->fact, ref->period, wording->language);
      g_autofree char *line = *documents == '\0' ? g_strdup (name)
                                /* TRANSLATORS: a figure and the documents that it is taken from: "Revenue: audit report". */
                                : g_strdup_printf (dk_tr (wording->language, N_("%s: %s")), name, documents);

      if (!g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
        g_ptr_array_add (lines, g_steal_pointer (&line));
    }
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? dk_wording_get_separator (wording) : "", (const char *) g_ptr_array_index (lines, i));
  return g_string_free (text, FALSE);
}

static const char *
name_outcome (const DkWording *wording,
              DkVerdict        verdict)
{
  static const char *const names[] = { "", N_("met"), N_("not met"), N_("open"), N_("does not apply") };

  return *names[verdict] != '\0' ? dk_tr (wording->language, names[verdict]) : "";
}

char *
dk_form_dup_cell (const DkWording    *wording,
                  const DkForm       *form,
                  guint               row,
                  const DkFormColumn *column)
{
  const DkFormRow *one = g_ptr_array_index (form->rows, row);
  const DkResult *result = dk_form_find_result (wording->assessment, one, column);

  if (column->part == DK_FORM_TITLE)
    return dk_form_dup_title (wording, one);
  if (dk_form_is_heading (one))
    return g_strdup ("");
  switch (column->part)
    {
    case DK_FORM_NUMBER:
      return g_strdup_printf ("%u", dk_form_get_number (form, row));

    case DK_FORM_PERIOD:
      return dup_period (wording, one, column);

    case DK_FORM_THRESHOLD:
      return dup_threshold (wording, result);

    case DK_FORM_VALUE:
      return dup_value (wording, one, column);

    case DK_FORM_FORMULA:
      return dup_formula (wording, result);

    case DK_FORM_VERDICT:
      return g_strdup (name_outcome (wording, dk_form_get_verdict (result)));

    case DK_FORM_EVIDENCE:
      return dup_evidence (wording, one, column);

    case DK_FORM_SOURCE:
      return one->item != NULL ? dk_wording_dup_citations (wording, one->item->citations) : g_strdup ("");

    case DK_FORM_TITLE:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
dk_form_dup_sources (const DkWording *wording,
                     const DkForm    *form)
{
  return dk_wording_dup_citations (wording, form->citations);
}

static void
write_columns (const DkWording *wording,
               const DkForm    *form,
               DkJsonBuilder   *builder)
{
  dk_json_begin_list (builder, "columns");
  for (guint i = 0; i < form->columns->len; i++)
    {
      const DkFormColumn *column = g_ptr_array_index (form->columns, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "shows", dk_form_part_to_string (column->part));
      dk_json_add_string (builder, "title", dk_text_get (&column->title, wording->language));
      dk_json_add_int (builder, "year", column->year);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
}

static void
write_rows (const DkWording *wording,
            const DkForm    *form,
            DkJsonBuilder   *builder)
{
  dk_json_begin_list (builder, "rows");
  for (guint i = 0; i < form->rows->len; i++)
    {
      const DkFormRow *row = g_ptr_array_index (form->rows, i);
      g_autofree char *title = dk_form_dup_title (wording, row);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "title", title);
      if (row->item != NULL)
        dk_json_add_string (builder, "rule", row->item->id);
      if (row->fact != NULL)
        dk_json_add_string (builder, "fact", row->fact->id);
      dk_json_add_flag (builder, "heading", dk_form_is_heading (row));
      dk_json_begin_list (builder, "cells");
      for (guint k = 0; k < form->columns->len; k++)
        {
          g_autofree char *cell = dk_form_dup_cell (wording, form, i, g_ptr_array_index (form->columns, k));

          dk_json_builder_add_string_value (builder, cell);
        }
      dk_json_builder_end_array (builder);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
}

/* The member "forms" of the object that is being built; nothing where there are none. */
void
dk_forms_add_to_json (const DkWording *wording,
                      DkJsonBuilder   *builder)
{
  g_autoptr(GArray) forms = dk_assessment_list_forms (wording->assessment);

  if (forms->len == 0)
    return;
  dk_json_begin_list (builder, "forms");
  for (guint i = 0; i < forms->len; i++)
    {
      const DkFilledForm *filled = &g_array_index (forms, DkFilledForm, i);
      const char *note = dk_text_get (&filled->form->note, wording->language);
      g_autofree char *sources = dk_form_dup_sources (wording, filled->form);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "id", filled->form->id);
      dk_json_add_string (builder, "pack", filled->programme->item->pack->id);
      dk_json_add_string (builder, "version", filled->programme->in_force->id);
      dk_json_add_string (builder, "title", dk_text_get (&filled->form->title, wording->language));
      dk_json_add_string (builder, "source", sources);
      if (*note != '\0')
        dk_json_add_string (builder, "note", note);
      write_columns (wording, filled->form, builder);
      write_rows (wording, filled->form, builder);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
}
