/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-json"

#include "dk-assessment-private.h"

#include "dk-choice.h"
#include "dk-cross-check.h"
#include "dk-form.h"
#include "dk-held.h"
#include "dk-json-parts.h"
#include "dk-json-builder.h"
#include "dk-provenance.h"

/* An assessment being written as data/schema/assessment.schema.json describes it. */
typedef struct
{
  DkAssessment *assessment;
  const char   *language;
  DkJsonBuilder  *builder;
} Writer;

/* A text in the language asked for; nothing is written of one that is empty. */
static void
add_text (Writer       *writer,
          const char   *name,
          const DkText *text)
{
  const char *value = dk_text_get (text, writer->language);

  if (*value != '\0')
    dk_json_add_string (writer->builder, name, value);
}

static void
add_date_end (Writer     *writer,
              const char *name,
              DkNumber    number)
{
  gint64 day;

  dk_json_add_date (writer->builder, name, dk_number_to_int64 (number, &day) ? day : G_MAXINT64);
}

/* So many possibilities are listed; more are a range. */
#define MAX_LISTED 64

static void
write_possibilities (Writer          *writer,
                     const DkValue   *value,
                     DkKind           kind,
                     const DkChoices *choices,
                     const DkCodes   *codes)
{
  gint64 low, high;

  switch (kind)
    {
    case DK_KIND_TRUTH:
      dk_json_begin_list (writer->builder, "one_of");
      if (value->state & DK_FALSE)
        dk_json_builder_add_boolean_value (writer->builder, FALSE);
      if (value->state & DK_TRUE)
        dk_json_builder_add_boolean_value (writer->builder, TRUE);
      dk_json_builder_end_array (writer->builder);
      break;

    case DK_KIND_CHOICE:
      dk_json_begin_list (writer->builder, "one_of");
      for (guint i = 0; choices != NULL && i < choices->options->len && i < 64; i++)
        if ((guint64) value->low.num >> i & 1)
          dk_json_builder_add_string_value (writer->builder, g_ptr_array_index (choices->options, i));
      dk_json_builder_end_array (writer->builder);
      break;

    case DK_KIND_CODE:
      if (codes == NULL || !dk_number_to_int64 (value->low, &low) || !dk_number_to_int64 (dk_value_high (value), &high)
          || low < 0 || high >= codes->codes->len)
        {
          dk_json_add_string (writer->builder, "low", NULL);
          dk_json_add_string (writer->builder, "high", NULL);
        }
      else if (high - low < MAX_LISTED)
        {
          dk_json_begin_list (writer->builder, "one_of");
          for (gint64 i = low; i <= high; i++)
            dk_json_builder_add_string_value (writer->builder, g_ptr_array_index (codes->codes, i));
          dk_json_builder_end_array (writer->builder);
        }
      else
        {
          dk_json_add_string (writer->builder, "low", g_ptr_array_index (codes->codes, low));
          dk_json_add_string (writer->builder, "high", g_ptr_array_index (codes->codes, high));
        }
      break;

    case DK_KIND_DATE:
      if ((value->state & DK_RANGE) == 0 && dk_number_to_int64 (value->low, &low))
        {
          g_autofree char *day = dk_date_to_string (low);

          dk_json_begin_list (writer->builder, "one_of");
          dk_json_builder_add_string_value (writer->builder, day);
          dk_json_builder_end_array (writer->builder);
        }
      else
        {
          add_date_end (writer, "low", value->low);
          add_date_end (writer, "high", dk_value_high (value));
        }
      break;

    case DK_KIND_TEXT:
      if ((value->state & DK_RANGE) == 0 && dk_number_to_int64 (value->low, &low) && dk_text_lookup (low) != NULL)
        {
          dk_json_begin_list (writer->builder, "one_of");
          dk_json_builder_add_string_value (writer->builder, dk_text_lookup (low));
          dk_json_builder_end_array (writer->builder);
        }
      else
        {
          dk_json_add_string (writer->builder, "low", NULL);
          dk_json_add_string (writer->builder, "high", NULL);
        }
      break;

    case DK_KIND_NUMBER:
    default:
      dk_json_add_number (writer->builder, "low", value->low);
      dk_json_add_number (writer->builder, "high", dk_value_high (value));
      break;
    }
}

/* The members of a value, inside an object that is open. */
static void
write_value (Writer          *writer,
             const DkValue   *value,
             DkKind           kind,
             DkUnit           unit,
             const DkChoices *choices,
             const DkCodes   *codes)
{
  if (value->state & (DK_POINT | DK_RANGE))
    write_possibilities (writer, value, kind, choices, codes);
  if (kind == DK_KIND_NUMBER)
    dk_json_add_string (writer->builder, "unit", dk_unit_to_string (unit));
  if (value->state & DK_UNDEFINED)
    dk_json_add_flag (writer->builder, "undefined", TRUE);
  if (value->state & DK_NA)
    dk_json_add_flag (writer->builder, "na", TRUE);
}

static void
add_value (Writer          *writer,
           const char      *name,
           const DkValue   *value,
           DkKind           kind,
           DkUnit           unit,
           const DkChoices *choices,
           const DkCodes   *codes)
{
  dk_json_builder_set_member_name (writer->builder, name);
  dk_json_builder_begin_object (writer->builder);
  write_value (writer, value, kind, unit, choices, codes);
  dk_json_builder_end_object (writer->builder);
}

static const char *
comparison_to_string (DkComparison comparison)
{
  switch (comparison)
    {
    case DK_LT:
      return "<";
    case DK_LE:
      return "<=";
    case DK_GT:
      return ">";
    case DK_GE:
      return ">=";
    case DK_NE:
      return "!=";
    case DK_EQ:
    default:
      return "=";
    }
}

static const char *
kind_to_string (const DkResult *result)
{
  if (result->is_programme)
    return "programme";
  switch (result->item->kind)
    {
    case DK_ITEM_CRITERION:
      return "criterion";
    case DK_ITEM_SCORE:
      return "score";
    case DK_ITEM_TOTAL:
      return "total";
    case DK_ITEM_ALL:
      return "all";
    case DK_ITEM_ANY:
      return "any";
    case DK_ITEM_AT_LEAST:
      return "at_least";
    case DK_ITEM_LIST:
      return "list";
    case DK_ITEM_CHOICE:
      return "choice";
    case DK_ITEM_WARNING:
      return "warning";
    case DK_ITEM_VALUE:
    default:
      return "value";
    }
}

/* "fact", "period", "label": how a fact is named everywhere. */
static void
write_ref (Writer          *writer,
           const DkFactRef *ref)
{
  g_autofree char *period = ref->fact->period != DK_PERIOD_NONE ? dk_period_to_string (ref->period) : NULL;

  dk_json_add_string (writer->builder, "fact", ref->fact->id);
  dk_json_add_string (writer->builder, "period", period);
  dk_json_add_string (writer->builder, "label", dk_text_get (&ref->fact->label, writer->language));
}

static void
add_missing (Writer         *writer,
             const DkResult *result)
{
  dk_json_begin_list (writer->builder, "missing");
  for (guint i = 0; i < result->missing->len; i++)
    {
      dk_json_builder_begin_object (writer->builder);
      write_ref (writer, &g_array_index (result->missing, DkFactRef, i));
      dk_json_builder_end_object (writer->builder);
    }
  dk_json_builder_end_array (writer->builder);

  if (result->registers->len == 0)
    return;
  dk_json_begin_list (writer->builder, "missing_registers");
  for (guint i = 0; i < result->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (writer->assessment->scope->registers, g_array_index (result->registers, guint, i));

      dk_json_builder_begin_object (writer->builder);
      dk_json_add_string (writer->builder, "register", reg->id);
      dk_json_add_string (writer->builder, "label", dk_text_get (&reg->label, writer->language));
      dk_json_builder_end_object (writer->builder);
    }
  dk_json_builder_end_array (writer->builder);
}

static void
add_facts (Writer         *writer,
           const DkResult *result)
{
  const DkAssessment *assessment = writer->assessment;

  dk_json_begin_list (writer->builder, "facts");
  for (guint i = 0; i < result->facts->len; i++)
    {
      const DkFactRef *ref = &g_array_index (result->facts, DkFactRef, i);
      const DkValue *value = &assessment->run->regs[assessment->known_reg[ref->slot]];

      dk_json_builder_begin_object (writer->builder);
      write_ref (writer, ref);
      add_value (writer, "value", value, ref->fact->kind, ref->fact->unit, ref->fact->choices, ref->fact->codes);
      dk_json_add_flag (writer->builder, "answered", (assessment->inputs[ref->slot].state & DK_UNANSWERED) == 0);
      dk_json_builder_end_object (writer->builder);
    }
  dk_json_builder_end_array (writer->builder);
}

static void
write_citation (Writer           *writer,
                const DkCitation *citation)
{
  g_autofree char *ref = citation->article != NULL ? g_strdup_printf ("%s#%s", citation->source->id, citation->article)
                                                   : g_strdup (citation->source->id);

  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "ref", ref);
  add_text (writer, "title", &citation->source->title);
  if (citation->source->number != NULL)
    dk_json_add_string (writer->builder, "number", citation->source->number);
  if (citation->article != NULL)
    dk_json_add_string (writer->builder, "article", citation->article);
  dk_json_add_string (writer->builder, "certainty", dk_certainty_to_string (citation->certainty));
  add_text (writer, "note", &citation->note);
  dk_json_builder_end_object (writer->builder);
}

/* The sources of the rule, then those of the rows of its bands that may fit. */
static void
add_sources (Writer          *writer,
             const char      *name,
             const GPtrArray *citations,
             const DkItem    *item)
{
  dk_json_begin_list (writer->builder, name);
  for (guint i = 0; citations != NULL && i < citations->len; i++)
    write_citation (writer, g_ptr_array_index (citations, i));
  if (item != NULL && item->row_citations != NULL && item->value != NULL && item->value->kind == DK_EXPR_BAND)
    {
      g_autofree guint8 *fits = dk_expr_fit_rows (item->value, writer->assessment->run->regs);

      for (guint i = 0; i < item->row_citations->len && i < item->value->n_rows; i++)
        {
          const GPtrArray *own = g_ptr_array_index (item->row_citations, i);

          for (guint k = 0; fits[i] != 0 && own != NULL && k < own->len; k++)
            write_citation (writer, g_ptr_array_index (own, k));
        }
    }
  dk_json_builder_end_array (writer->builder);
}

static void
add_levers (Writer     *writer,
            const char *name,
            GArray     *levers)
{
  dk_json_begin_list (writer->builder, name);
  for (guint i = 0; i < levers->len; i++)
    {
      const DkLever *lever = &g_array_index (levers, DkLever, i);

      dk_json_builder_begin_object (writer->builder);
      write_ref (writer, &lever->ref);
      dk_json_add_number (writer->builder, "from", lever->from);
      dk_json_add_number (writer->builder, "to", lever->to);
      dk_json_add_string (writer->builder, "unit", dk_unit_to_string (lever->ref.fact->unit));
      dk_json_add_number (writer->builder, "relative", lever->relative);
      if (lever->grows_with.fact != NULL)
        {
          dk_json_builder_set_member_name (writer->builder, "grows_with");
          dk_json_builder_begin_object (writer->builder);
          write_ref (writer, &lever->grows_with);
          dk_json_builder_end_object (writer->builder);
        }
      dk_json_add_flag (writer->builder, "closed", lever->is_closed);
      dk_json_builder_end_object (writer->builder);
    }
  dk_json_builder_end_array (writer->builder);
}

static void
add_notices (Writer          *writer,
             const char      *name,
             const GPtrArray *notices)
{
  if (notices == NULL || notices->len == 0)
    return;
  dk_json_begin_list (writer->builder, name);
  for (guint i = 0; i < notices->len; i++)
    {
      const DkNotice *notice = g_ptr_array_index (notices, i);
      gint64 due;

      dk_json_builder_begin_object (writer->builder);
      dk_json_add_string (writer->builder, "id", notice->id);
      add_text (writer, "title", &notice->title);
      add_text (writer, "note", &notice->note);
      if (dk_assessment_get_due (writer->assessment, notice, &due))
        dk_json_add_date (writer->builder, "due", due);
      add_sources (writer, "sources", notice->citations, NULL);
      dk_json_builder_end_object (writer->builder);
    }
  dk_json_builder_end_array (writer->builder);
}

static void
add_version (Writer          *writer,
             const char      *name,
             const DkVersion *version)
{
  dk_json_builder_set_member_name (writer->builder, name);
  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "id", version->id);
  dk_json_add_date (writer->builder, "from", version->from);
  dk_json_add_date (writer->builder, "to", version->to);
  add_text (writer, "note", &version->note);
  dk_json_builder_end_object (writer->builder);
}

static void
add_what_to_do (Writer         *writer,
                const DkResult *result)
{
  g_autoptr(GArray) levers = NULL;

  if (!result->is_programme && result->item->kind != DK_ITEM_CRITERION)
    return;
  if (result->verdict == DK_VERDICT_FAIL || result->verdict == DK_VERDICT_OPEN)
    {
      levers = dk_assessment_get_levers (writer->assessment, result);
      add_levers (writer, "levers", levers);
    }
  else if (result->verdict == DK_VERDICT_PASS && result->is_programme)
    {
      levers = dk_assessment_get_safety (writer->assessment, result);
      add_levers (writer, "safety", levers);
    }
}

static void
write_way (Writer               *writer,
           const DkChoiceReport *report,
           const DkWay          *way)
{
  guint first = 0;

  dk_json_builder_begin_object (writer->builder);
  dk_json_builder_set_member_name (writer->builder, "options");
  dk_json_builder_begin_object (writer->builder);
  for (guint i = 0; i < report->decisions->choices->len; i++)
    {
      const DkItem *choice = g_ptr_array_index (report->decisions->choices, i);

      for (guint k = 0; k < choice->options->len; k++)
        if ((way->options >> (first + k)) & 1)
          dk_json_add_string (writer->builder, choice->id, g_ptr_array_index (choice->choices->options, k));
      first += choice->options->len;
    }
  dk_json_builder_end_object (writer->builder);
  dk_json_add_flag (writer->builder, "lawful", !way->is_open);
  add_value (writer, "value", &way->value, DK_KIND_NUMBER, report->objective->unit, NULL, NULL);
  dk_json_builder_end_object (writer->builder);
}

static void
add_ways (Writer               *writer,
          const char           *name,
          const DkChoiceReport *report,
          const GArray         *ways)
{
  dk_json_begin_list (writer->builder, name);
  for (guint i = 0; i < ways->len; i++)
    write_way (writer, report, &g_array_index (ways, DkWay, i));
  dk_json_builder_end_array (writer->builder);
}

static void
add_reasons (Writer               *writer,
             const DkChoiceReport *report)
{
  if (!report->has_reasons)
    return;
  dk_json_begin_list (writer->builder, "excluded");
  for (guint i = 0; i < report->reasons->len; i++)
    {
      const DkReason *reason = &g_array_index (report->reasons, DkReason, i);
      g_autofree char *title = dk_choice_report_name_reason (reason, writer->language);
      const DkOption *option = reason->choice != NULL ? g_ptr_array_index (reason->choice->options, reason->option) : NULL;

      dk_json_builder_begin_object (writer->builder);
      dk_json_add_string (writer->builder, "id", option != NULL ? reason->choice->id : reason->exclusion->id);
      if (option != NULL)
        dk_json_add_string (writer->builder, "option", g_ptr_array_index (reason->choice->choices->options, reason->option));
      dk_json_add_string (writer->builder, "title", title);
      dk_json_add_int (writer->builder, "excluded", reason->n_excluded);
      dk_json_add_int (writer->builder, "open", reason->n_open);
      add_sources (writer, "sources", option != NULL ? option->citations : reason->exclusion->citations, NULL);
      dk_json_builder_end_object (writer->builder);
    }
  dk_json_builder_end_array (writer->builder);
}

/* Of what choices are made for: what came of them. */
static void
add_choice (Writer         *writer,
            const DkResult *result)
{
  const DkItem *item = result->item;
  g_autoptr(DkChoiceReport) report = NULL;

  if (item->version == NULL || item->version->decisions == NULL || item->version->decisions->objective != item)
    return;
  report = dk_choice_report_new (writer->assessment, result);
  if (report == NULL)
    return;
  dk_json_builder_set_member_name (writer->builder, "choice");
  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "aim", report->decisions->is_most ? "most" : "least");
  dk_json_add_flag (writer->builder, "settled", report->is_settled);
  dk_json_add_flag (writer->builder, "complete", report->is_whole);
  add_ways (writer, "best", report, report->best);
  add_ways (writer, "next", report, report->next);
  if (report->has_gap)
    add_value (writer, "difference", &report->gap, DK_KIND_NUMBER, item->unit, NULL, NULL);
  if (report->has_cost)
    {
      dk_json_builder_set_member_name (writer->builder, "without_decisions");
      write_way (writer, report, &report->free_way);
      add_value (writer, "cost_of_decisions", &report->cost, DK_KIND_NUMBER, item->unit, NULL, NULL);
    }
  add_reasons (writer, report);
  dk_json_builder_end_object (writer->builder);
}

static void
write_result (Writer         *writer,
              const DkResult *result)
{
  const DkItem *item = result->item;
  gboolean is_out = result->is_programme && result->in_force == NULL;
  g_autofree char *formula = dk_result_explain (writer->assessment, result, writer->language);

  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "id", item->id);
  dk_json_add_string (writer->builder, "kind", kind_to_string (result));
  dk_json_add_string (writer->builder, "title", dk_text_get (&item->title, writer->language));
  dk_json_add_string (writer->builder, "verdict", dk_verdict_to_string (result->verdict));
  dk_json_add_flag (writer->builder, "final", result->is_final);
  if (result->is_undefined)
    dk_json_add_flag (writer->builder, "undefined", TRUE);
  if (result->is_aside)
    dk_json_add_flag (writer->builder, "aside", TRUE);
  if (result->is_self_rated)
    dk_json_add_flag (writer->builder, "self_rated", TRUE);
  if (result->has_value)
    add_value (writer, "value", &result->value, result->kind, result->unit, result->choices, result->codes);
  if (result->has_threshold)
    {
      dk_json_builder_set_member_name (writer->builder, "threshold");
      dk_json_builder_begin_object (writer->builder);
      dk_json_add_string (writer->builder, "op", comparison_to_string (result->comparison));
      write_value (writer, &result->threshold, result->kind, result->unit, result->choices, result->codes);
      dk_json_builder_end_object (writer->builder);
    }
  if (result->has_margin)
    add_value (writer, "margin", &result->margin, DK_KIND_NUMBER, result->margin_unit, NULL, NULL);
  add_missing (writer, result);
  add_facts (writer, result);
  add_choice (writer, result);
  dk_json_add_string (writer->builder, "formula", formula);
  add_sources (writer, "sources", item->citations, is_out ? NULL : item);
  dk_json_add_string (writer->builder, "certainty", dk_certainty_to_string (result->certainty));
  dk_json_add_return_lines (writer->builder, writer->assessment, item);
  add_text (writer, "advice", &item->advice);
  add_text (writer, "note", &item->note);
  if (is_out)
    add_version (writer, "nearest_version", item->version);
  else
    add_what_to_do (writer, result);
  if (result->is_programme)
    {
      DkWording wording = { writer->assessment, writer->assessment->book, writer->assessment->arena, writer->language };

      add_notices (writer, "duties", item->pack->duties);
      add_notices (writer, "materials", item->pack->materials);
      dk_json_add_checklist (writer->builder, &wording, item->pack);
      dk_json_add_stages (writer->builder, &wording, item->pack);
    }
  if (dk_result_get_uses (result)->len > 0)
    {
      dk_json_begin_list (writer->builder, "uses");
      for (guint i = 0; i < dk_result_get_uses (result)->len; i++)
        dk_json_builder_add_string_value (writer->builder, g_ptr_array_index (dk_result_get_uses (result), i));
      dk_json_builder_end_array (writer->builder);
    }
  dk_json_begin_list (writer->builder, "children");
  for (guint i = 0; i < dk_result_n_children (result); i++)
    write_result (writer, dk_result_get_child (result, i));
  dk_json_builder_end_array (writer->builder);
  dk_json_builder_end_object (writer->builder);
}

static void
add_holding (Writer       *writer,
             const DkPack *pack)
{
  DkHeld held = dk_assessment_get_held (writer->assessment, pack);
  gint64 day;

  if (pack->rung > 0)
    dk_json_add_int (writer->builder, "rung", pack->rung);
  if (held == DK_HELD_UNSAID)
    return;
  dk_json_builder_set_member_name (writer->builder, "held");
  if (held == DK_HELD_OPEN)
    dk_json_builder_add_null_value (writer->builder);
  else
    dk_json_builder_add_boolean_value (writer->builder, held == DK_HELD_YES);
  if (dk_assessment_get_held_until (writer->assessment, pack, &day))
    dk_json_add_date (writer->builder, "held_until", day);
}

static void
write_pack (Writer         *writer,
            const DkResult *root)
{
  const DkPack *pack = root->item->pack;

  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "id", pack->id);
  dk_json_add_string (writer->builder, "kind", pack->kind);
  dk_json_add_string (writer->builder, "title", dk_text_get (&pack->title, writer->language));
  add_text (writer, "short_title", &pack->short_title);
  add_text (writer, "summary", &pack->summary);
  add_holding (writer, pack);
  dk_json_add_string (writer->builder, "version", root->in_force != NULL ? root->in_force->id : NULL);
  dk_json_add_date (writer->builder, "from", root->in_force != NULL ? root->in_force->from : G_MININT64);
  dk_json_add_date (writer->builder, "to", root->in_force != NULL ? root->in_force->to : G_MAXINT64);
  if (root->n_versions > 1)
    dk_json_add_int (writer->builder, "possible_versions", root->n_versions);
  if (pack->reading_of != NULL)
    {
      dk_json_add_string (writer->builder, "reading_of", pack->reading_of);
      add_text (writer, "reading", &pack->reading);
    }
  dk_json_add_flag (writer->builder, "builtin", pack->is_builtin);
  dk_json_builder_end_object (writer->builder);
}

static void
add_next_question (Writer *writer)
{
  DkQuestion question;
  const DkFact *fact;

  dk_json_builder_set_member_name (writer->builder, "next_question");
  if (!dk_assessment_get_next_question (writer->assessment, &question))
    {
      dk_json_builder_add_null_value (writer->builder);
      return;
    }
  fact = dk_catalogue_find_fact (writer->assessment->catalogue, question.ref.fact->id);
  dk_json_builder_begin_object (writer->builder);
  write_ref (writer, &question.ref);
  if (fact != NULL && fact->page != NULL)
    dk_json_add_string (writer->builder, "page", fact->page);
  dk_json_add_int (writer->builder, "verdicts", question.n_open);
  dk_json_builder_end_object (writer->builder);
}

static void
write_side (Writer               *writer,
            const DkWording      *wording,
            const DkDisagreement *one,
            guint                 number)
{
  const DkChoices *sources = dk_catalogue_get_sources (writer->assessment->catalogue);
  const DkSide *side = &one->sides[number];
  const DkResult *result = one->result;
  g_autofree char *name = dk_disagreement_dup_side (wording, one, number);

  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "name", name);
  if (side->fact != NULL)
    dk_json_add_string (writer->builder, "fact", side->fact->id);
  if (side->source != DK_NO_SOURCE)
    dk_json_add_string (writer->builder, "source", g_ptr_array_index (sources->options, side->source));
  if (number == 1 && one->is_computed)
    dk_json_add_flag (writer->builder, "computed", TRUE);
  if (result != NULL)
    add_value (writer, "value", &side->value, result->kind, result->unit, result->choices, result->codes);
  else
    add_value (writer, "value", &side->value, side->fact->kind, side->fact->unit, side->fact->choices, side->fact->codes);
  dk_json_builder_end_object (writer->builder);
}

static void
write_disagreement (Writer               *writer,
                    const DkWording      *wording,
                    const DkDisagreement *one)
{
  g_autofree char *title = dk_disagreement_dup_title (wording, one);
  g_autofree char *subject = dk_disagreement_dup_subject (writer->assessment, one);
  g_autofree char *period = one->result == NULL && one->period.year != 0 ? dk_period_to_string (one->period) : NULL;

  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "kind", dk_disagreement_get_kind (one));
  dk_json_add_string (writer->builder, "title", title);
  dk_json_add_string (writer->builder, "fact", one->result == NULL ? one->sides[0].fact->id : NULL);
  dk_json_add_string (writer->builder, "period", period);
  dk_json_add_string (writer->builder, "rule", one->result != NULL ? one->result->item->id : NULL);
  dk_json_add_string (writer->builder, "register", one->reg != NULL ? one->reg->id : NULL);
  dk_json_begin_list (writer->builder, "rows");
  for (guint i = 0; one->rows != NULL && i < one->rows->len; i++)
    dk_json_builder_add_int_value (writer->builder, (gint64) g_array_index (one->rows, guint, i) + 1);
  dk_json_builder_end_array (writer->builder);
  dk_json_begin_list (writer->builder, "sides");
  for (guint i = 0; one->has_sides && i < 2; i++)
    write_side (writer, wording, one, i);
  dk_json_builder_end_array (writer->builder);
  if (one->has_amount)
    add_value (writer, "amount", &one->amount, DK_KIND_NUMBER, one->amount_unit, NULL, NULL);
  if (one->has_share)
    add_value (writer, "share", &one->share, DK_KIND_NUMBER, DK_UNIT_RATIO, NULL, NULL);
  if (one->result != NULL)
    {
      g_autofree char *formula = dk_result_explain (writer->assessment, one->result, writer->language);

      dk_json_add_string (writer->builder, "formula", formula);
      add_facts (writer, one->result);
      add_text (writer, "advice", &one->result->item->advice);
    }
  dk_json_add_string (writer->builder, "subject", subject);
  dk_json_add_flag (writer->builder, "explained", one->is_explained);
  dk_json_add_note (writer->builder, one->note);
  dk_json_builder_end_object (writer->builder);
}

static void
write_measures (Writer         *writer,
                const DkResult *list)
{
  guint n_years = dk_measures_count_years (list);

  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "id", list->item->id);
  dk_json_add_string (writer->builder, "title", dk_text_get (&list->item->title, writer->language));
  dk_json_begin_list (writer->builder, "lines");
  for (guint i = 0; i < list->children->len; i++)
    {
      const DkResult *first = g_ptr_array_index (list->children, i);

      if (!dk_measures_is_line (list, i))
        continue;
      dk_json_builder_begin_object (writer->builder);
      dk_json_add_string (writer->builder, "id", first->item->id);
      dk_json_add_string (writer->builder, "title", dk_text_get (&first->item->title, writer->language));
      dk_json_begin_list (writer->builder, "figures");
      for (guint k = 0; k < n_years; k++)
        {
          const DkResult *result = dk_measures_find (list, i, -(int) k);

          if (result == NULL || !result->has_value)
            continue;
          dk_json_builder_begin_object (writer->builder);
          dk_json_add_int (writer->builder, "year", writer->assessment->last_year - (int) k);
          add_value (writer, "value", &result->value, result->kind, result->unit, result->choices, result->codes);
          dk_json_builder_end_object (writer->builder);
        }
      dk_json_builder_end_array (writer->builder);
      dk_json_builder_end_object (writer->builder);
    }
  dk_json_builder_end_array (writer->builder);
  dk_json_builder_end_object (writer->builder);
}

/* Figures held against each other; nothing where no pack asks for it. */
static void
add_checks (Writer *writer)
{
  DkWording wording = { writer->assessment, writer->assessment->book, writer->assessment->arena, writer->language };
  g_autoptr(GArray) found = NULL;
  g_autoptr(GPtrArray) measures = NULL;
  DkCheckTally tally;

  if (writer->assessment->checks->len == 0)
    return;
  found = dk_assessment_list_disagreements (writer->assessment);
  measures = dk_assessment_list_measures (writer->assessment);
  dk_assessment_count_checks (writer->assessment, &tally);
  dk_json_builder_set_member_name (writer->builder, "checks");
  dk_json_builder_begin_object (writer->builder);
  dk_json_add_int (writer->builder, "met", tally.n_met);
  dk_json_add_int (writer->builder, "violated", tally.n_violated);
  dk_json_add_int (writer->builder, "open", tally.n_open);
  dk_json_add_int (writer->builder, "na", tally.n_na);
  dk_json_begin_list (writer->builder, "disagreements");
  for (guint i = 0; i < found->len; i++)
    write_disagreement (writer, &wording, &g_array_index (found, DkDisagreement, i));
  dk_json_builder_end_array (writer->builder);
  dk_json_begin_list (writer->builder, "measures");
  for (guint i = 0; i < measures->len; i++)
    write_measures (writer, g_ptr_array_index (measures, i));
  dk_json_builder_end_array (writer->builder);
  dk_json_builder_end_object (writer->builder);
}

static void
write_head (Writer *writer)
{
  const DkAssessment *assessment = writer->assessment;

  dk_json_builder_set_member_name (writer->builder, "enterprise");
  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "name", dk_enterprise_get_name (assessment->enterprise));
  dk_json_builder_end_object (writer->builder);
  dk_json_add_date (writer->builder, "as_of", assessment->as_of);
  dk_json_add_int (writer->builder, "year", assessment->last_year);
  dk_json_add_string (writer->builder, "language", writer->language);
}

/**
 * dk_assessment_to_json:
 * @language: "zh" or "en", of titles and formulas; ids and numbers are the same in both
 *
 * Returns: (transfer full): one JSON object and a line end
 */
char *
dk_assessment_to_json (const DkAssessment *assessment,
                       const char         *language)
{
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();
  /* Levers and questions are tried out in a run of their own: the assessment itself stays as it is. */
  Writer writer = { (DkAssessment *) assessment, language, builder };
  DkWording wording = { writer.assessment, assessment->book, assessment->arena, language };

  dk_json_builder_begin_object (builder);
  write_head (&writer);

  dk_json_begin_list (builder, "packs");
  for (guint i = 0; i < assessment->results->len; i++)
    write_pack (&writer, g_ptr_array_index (assessment->results, i));
  dk_json_builder_end_array (builder);

  dk_json_begin_list (builder, "results");
  for (guint i = 0; i < assessment->results->len; i++)
    write_result (&writer, g_ptr_array_index (assessment->results, i));
  dk_json_builder_end_array (builder);

  dk_forms_add_to_json (&wording, builder);
  add_checks (&writer);
  add_next_question (&writer);
  dk_json_builder_end_object (builder);
  return dk_json_finish (builder);
}

static void
write_tree (Writer             *writer,
            const DkProvenance *node)
{
  static const char *const kinds[] = {
    [DK_PROVENANCE_RULE] = "rule", [DK_PROVENANCE_STEP] = "step", [DK_PROVENANCE_FACT] = "fact", [DK_PROVENANCE_REGISTER] = "register",
  };

  dk_json_builder_begin_object (writer->builder);
  dk_json_add_string (writer->builder, "kind", kinds[node->kind]);
  dk_json_add_string (writer->builder, "joint", node->joint);
  dk_json_add_string (writer->builder, "name", node->name);
  dk_json_add_string (writer->builder, "note", node->note);
  dk_json_add_string (writer->builder, "value", node->value);
  dk_json_add_string (writer->builder, "verdict", dk_verdict_to_string (node->verdict));
  dk_json_add_string (writer->builder, "target", node->target);
  dk_json_begin_list (writer->builder, "children");
  for (guint i = 0; i < node->children->len; i++)
    write_tree (writer, g_ptr_array_index (node->children, i));
  dk_json_builder_end_array (writer->builder);
  dk_json_builder_end_object (writer->builder);
}

/**
 * dk_result_to_json:
 * @result: of dk_assessment_evaluate ()
 * @tree: (nullable): where it comes from
 * @expression: what was evaluated
 * @language: as in dk_assessment_to_json ()
 *
 * Writes one result in the same shape as in an assessment.
 *
 * Returns: (transfer full): one JSON object and a line end
 */
char *
dk_result_to_json (const DkAssessment *assessment,
                   const DkResult     *result,
                   const DkProvenance *tree,
                   const char         *expression,
                   const char         *language)
{
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();
  Writer writer = { (DkAssessment *) assessment, language, builder };

  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "expression", expression);
  write_head (&writer);
  dk_json_builder_set_member_name (builder, "result");
  write_result (&writer, result);
  if (tree != NULL)
    {
      dk_json_builder_set_member_name (builder, "tree");
      write_tree (&writer, tree);
    }
  dk_json_builder_end_object (builder);
  return dk_json_finish (builder);
}
