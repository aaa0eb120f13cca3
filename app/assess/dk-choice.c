/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-choice"

#include "dk-choice.h"

#include "dk-assessment-private.h"
#include "dk-choose.h"

#include <glib/gi18n.h>

/* So many are named in a line. */
#define MAX_NAMED 3

void
dk_choice_report_free (DkChoiceReport *report)
{
  if (report == NULL)
    return;
  g_array_unref (report->best);
  g_array_unref (report->next);
  g_array_unref (report->reasons);
  g_free (report);
}

/* Options that the results still name: facts that are open together may rule out more than each combination knows. */
static guint64
get_named (const DkAssessment *assessment,
           const DkDecisions  *decisions)
{
  guint64 named = 0;
  guint first = 0;

  for (guint i = 0; i < decisions->choices->len; i++)
    {
      const DkItem *choice = g_ptr_array_index (decisions->choices, i);
      const DkValue *value = &assessment->run->regs[choice->value_reg];

      if (value->state & (DK_POINT | DK_RANGE))
        named |= (guint64) value->low.num << first;
      first += choice->options->len;
    }
  return named;
}

static guint64
get_decided (const DkAssessment *assessment,
             const DkChoosing   *choosing)
{
  guint64 decided = 0;

  for (guint i = 0; i < choosing->n_options; i++)
    if (choosing->decided[i] != DK_NO_REGISTER
        && (assessment->run->regs[choosing->decided[i]].state & (DK_OPEN | DK_UNDEFINED | DK_NA)) == DK_TRUE)
      decided |= (guint64) 1 << i;
  return decided;
}

static DkWay
to_way (const DkAssessment  *assessment,
        const DkCombination *combination)
{
  return (DkWay) { combination->options, combination->lawful != DK_TRUE, dk_value_copy (&combination->key, assessment->arena) };
}

/* How much worse @worse is than @better, which is no worse. */
static DkValue
get_distance (const DkChoiceReport *report,
              const DkAssessment   *assessment,
              const DkValue        *better,
              const DkValue        *worse)
{
  DkValue gap = report->decisions->is_most ? dk_value_sub (better, worse, assessment->arena) : dk_value_sub (worse, better, assessment->arena);

  if (!(gap.state & (DK_POINT | DK_RANGE)))
    return gap;
  return dk_value_make (dk_number_max (gap.low, DK_ZERO), dk_number_max (dk_value_high (&gap), DK_ZERO), gap.state & DK_UNDEFINED);
}

/* The best, and what comes next. */
static void
rank (DkChoiceReport     *report,
      const DkAssessment *assessment)
{
  const DkChoosing *choosing = report->decisions->choosing;
  guint64 named = get_named (assessment, report->decisions);
  g_autoptr(GArray) best = dk_run_find_combinations (assessment->run, choosing, 1, FALSE, &report->is_whole);
  g_autoptr(GArray) both = NULL;
  gboolean is_whole;

  for (guint i = 0; i < best->len; i++)
    {
      DkWay way = to_way (assessment, &g_array_index (best, DkCombination, i));

      if ((way.options & ~named) == 0)
        g_array_append_val (report->best, way);
    }
  report->is_settled = report->is_whole && report->best->len == 1 && !g_array_index (report->best, DkWay, 0).is_open
                       && !(g_array_index (report->best, DkWay, 0).value.state & (DK_UNDEFINED | DK_NA));
  if (!report->is_settled)
    return;
  both = dk_run_find_combinations (assessment->run, choosing, 2, FALSE, &is_whole);
  for (guint i = 0; i < both->len; i++)
    {
      DkWay way = to_way (assessment, &g_array_index (both, DkCombination, i));

      if (way.options != g_array_index (report->best, DkWay, 0).options)
        g_array_append_val (report->next, way);
    }
  report->has_gap = is_whole && report->next->len == 1;
  if (report->has_gap)
    report->gap = get_distance (report, assessment, &g_array_index (report->best, DkWay, 0).value, &g_array_index (report->next, DkWay, 0).value);
}

/* What the decisions of the enterprise cost. */
static void
price_decisions (DkChoiceReport     *report,
                 const DkAssessment *assessment)
{
  const DkChoosing *choosing = report->decisions->choosing;
  g_autoptr(GArray) found = NULL;
  gboolean is_whole;

  report->decided = get_decided (assessment, choosing);
  if (report->decided == 0 || !report->is_settled)
    return;
  found = dk_run_find_combinations (assessment->run, choosing, 1, TRUE, &is_whole);
  if (!is_whole || found->len != 1)
    return;
  report->free_way = to_way (assessment, &g_array_index (found, DkCombination, 0));
  report->cost = get_distance (report, assessment, &report->free_way.value, &g_array_index (report->best, DkWay, 0).value);
  report->has_cost = TRUE;
}

static void
note_reason (guint64           options,
             const DkLawCheck *check,
             guint32           bits,
             gpointer          data)
{
  DkChoiceReport *report = data;
  DkReason reason = { NULL, 0, NULL, 0, 0 };
  DkReason *known = NULL;

  if (check->is_exclusion)
    reason.exclusion = g_ptr_array_index (report->decisions->exclusions, check->which);
  else
    {
      reason.option = check->which;
      for (guint i = 0; reason.choice == NULL; i++)
        {
          const DkItem *choice = g_ptr_array_index (report->decisions->choices, i);

          if (reason.option < choice->options->len)
            reason.choice = choice;
          else
            reason.option -= choice->options->len;
        }
    }
  for (guint i = 0; i < report->reasons->len && known == NULL; i++)
    {
      DkReason *one = &g_array_index (report->reasons, DkReason, i);

      if (one->choice == reason.choice && one->option == reason.option && one->exclusion == reason.exclusion)
        known = one;
    }
  if (known == NULL)
    {
      g_array_append_val (report->reasons, reason);
      known = &g_array_index (report->reasons, DkReason, report->reasons->len - 1);
    }
  if (bits == DK_FALSE)
    known->n_excluded++;
  else
    known->n_open++;
}

DkChoiceReport *
dk_choice_report_new (const DkAssessment *assessment,
                      const DkResult     *result)
{
  const DkItem *item = result->item;
  const DkDecisions *decisions = item->version != NULL ? item->version->decisions : NULL;
  DkChoiceReport *report;

  if (decisions == NULL || decisions->choosing == NULL || (item != decisions->objective && item->kind != DK_ITEM_CHOICE))
    return NULL;
  report = g_new0 (DkChoiceReport, 1);
  report->decisions = decisions;
  report->objective = decisions->objective;
  report->best = g_array_new (FALSE, FALSE, sizeof (DkWay));
  report->next = g_array_new (FALSE, FALSE, sizeof (DkWay));
  report->reasons = g_array_new (FALSE, FALSE, sizeof (DkReason));
  rank (report, assessment);
  price_decisions (report, assessment);
  report->has_reasons = dk_run_ask_law (assessment->run, decisions->choosing, note_reason, report);
  return report;
}

char *
dk_choice_report_name_way (const DkChoiceReport *report,
                           guint64               options,
                           const char           *language)
{
  GString *out = g_string_new (NULL);
  guint first = 0;

  for (guint i = 0; i < report->decisions->choices->len; i++)
    {
      const DkItem *choice = g_ptr_array_index (report->decisions->choices, i);

      for (guint k = 0; k < choice->options->len; k++)
        if ((options >> (first + k)) & 1)
          {
            if (out->len > 0)
              g_string_append (out, dk_tr_context (language, "list", NC_ ("list", "; ")));
            /* TRANSLATORS: a choice, then the option that is taken, such as "Tax rate: Small enterprise" */
            g_string_append_printf (out, dk_tr (language, N_("%s: %s")), dk_text_get (&choice->title, language),
                                    dk_text_get (g_ptr_array_index (choice->choices->labels, k), language));
          }
      first += choice->options->len;
    }
  return g_string_free (out, FALSE);
}

char *
dk_choice_report_name_reason (const DkReason *reason,
                              const char     *language)
{
  if (reason->exclusion != NULL)
    return g_strdup (dk_text_get (&reason->exclusion->title, language));
  return g_strdup_printf (dk_tr (language, N_("%s: %s")), dk_text_get (&reason->choice->title, language),
                          dk_text_get (g_ptr_array_index (reason->choice->choices->labels, reason->option), language));
}

static char *
show_value (const DkChoiceReport *report,
            const DkValue        *value,
            const char           *language)
{
  return dk_value_to_display (value, DK_KIND_NUMBER, report->objective->unit, NULL, NULL, language);
}

static void
append_way (const DkChoiceReport *report,
            const DkWay          *way,
            const char           *language,
            GString              *out)
{
  g_autofree char *name = dk_choice_report_name_way (report, way->options, language), *value = show_value (report, &way->value, language);

  /* TRANSLATORS: what is chosen, then what that comes to: "Tax rate: Small enterprise (CNY 60)" */
  g_string_append_printf (out, dk_tr (language, N_("%s (%s)")), name, value);
}

/* The first few, and how many more there are. */
static void
append_ways (const DkChoiceReport *report,
             const GArray         *ways,
             const char           *language,
             GString              *out)
{
  for (guint i = 0; i < MIN (ways->len, MAX_NAMED); i++)
    {
      if (i > 0)
        /* TRANSLATORS: between ways of choosing, of which any may turn out the best */
        g_string_append (out, dk_tr (language, N_(" or ")));
      append_way (report, &g_array_index (ways, DkWay, i), language, out);
    }
  if (ways->len > MAX_NAMED)
    /* TRANSLATORS: behind the first few of a list */
    g_string_append_printf (out, dk_tr (language, N_(" and %u more")), ways->len - MAX_NAMED);
}

static void
append_reasons (const DkChoiceReport *report,
                const char           *language,
                GString              *out)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < report->reasons->len; i++)
    {
      const DkReason *reason = &g_array_index (report->reasons, DkReason, i);
      g_autofree char *name = dk_choice_report_name_reason (reason, language);

      if (reason->n_excluded == 0)
        continue;
      if (names->len > 0)
        g_string_append (names, dk_tr_context (language, "list", NC_ ("list", "; ")));
      g_string_append (names, name);
    }
  if (names->len > 0)
    g_string_append_printf (out, dk_tr (language, N_(". Excluded: %s")), names->str);
}

char *
dk_choice_report_to_text (const DkChoiceReport *report,
                          const char           *language)
{
  GString *out = g_string_new (NULL);

  if (report->best->len == 0)
    g_string_append (out, dk_tr (language, N_("Nothing that can be chosen is lawful, or it cannot be computed")));
  else
    {
      g_string_append (out, report->is_settled ? dk_tr (language, N_("Best: ")) : dk_tr (language, N_("The best can still be: ")));
      append_ways (report, report->best, language, out);
    }
  if (report->next->len > 0)
    {
      g_string_append (out, report->has_gap ? dk_tr (language, N_(". Next: ")) : dk_tr (language, N_(". Next can be: ")));
      append_ways (report, report->next, language, out);
    }
  if (report->has_gap)
    {
      g_autofree char *gap = show_value (report, &report->gap, language);

      g_string_append_printf (out, dk_tr (language, N_(". Difference: %s")), gap);
    }
  if (report->has_cost)
    {
      g_autofree char *decided = dk_choice_report_name_way (report, report->decided, language), *cost = show_value (report, &report->cost, language);

      /* TRANSLATORS: options for which the enterprise has decided, and how much better the best without them would be */
      g_string_append_printf (out, dk_tr (language, N_(". Decided: %s, which costs %s")), decided, cost);
    }
  append_reasons (report, language, out);
  return g_string_free (out, FALSE);
}
