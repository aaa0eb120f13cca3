/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise-plan.h"

#include "dk-catalogue-private.h"
#include "dk-enterprise-private.h"
#include "dk-fact-value.h"

/* A rate of growth is read, checked and written as a fact is. No line shrinks by more than all of it. */
static const DkSymbol growth = {
  .id = (char *) "growth",
  .kind = DK_KIND_NUMBER,
  .unit = DK_UNIT_RATIO,
  .domain = { .low = { -1, 1 }, .high = { 1, -1 }, .state = DK_RANGE },
  .step = { 0, 1 },
};

const DkSymbol *
dk_planned_get_symbol (const DkSymbol *fact,
                       DkPeriodKey     period)
{
  return dk_period_equal (period, DK_PLAN_GROWTH) ? &growth : fact;
}

gboolean
dk_fact_may_grow (const DkSymbol *fact)
{
  return fact->kind == DK_KIND_NUMBER && fact->period != DK_PERIOD_NONE;
}

/* The plans of all facts, and behind them that of the other lines. */
static DkAnswers *
get_plans (const DkEnterprise *enterprise,
           const DkSymbol     *fact)
{
  return &enterprise->plans[fact != NULL ? fact->index : enterprise->catalogue->facts->len];
}

static const DkAnswer *
find_planned (const DkEnterprise *enterprise,
              const DkSymbol     *fact,
              gint64              key)
{
  const DkAnswers *plans = get_plans (enterprise, fact);
  guint i = dk_answers_search (plans, key);

  return i < plans->n_answers && plans->answers[i].key == key ? &plans->answers[i] : NULL;
}

/**
 * dk_enterprise_get_planned:
 * @enterprise: an enterprise
 * @fact: (nullable): a fact of its catalogue, or %NULL: the other lines
 * @period: what is planned: see #DkPlanned
 * @value: (out): the plan; untouched if there is none
 *
 * Returns: whether anything is planned there
 */
gboolean
dk_enterprise_get_planned (const DkEnterprise *enterprise,
                           const DkSymbol     *fact,
                           DkPeriodKey         period,
                           DkValue            *value)
{
  const DkAnswer *planned;

  g_return_val_if_fail (fact == NULL || fact->index < enterprise->catalogue->facts->len, FALSE);

  planned = find_planned (enterprise, fact, dk_period_to_key (period));
  if (planned == NULL)
    return FALSE;
  *value = planned->value;
  return TRUE;
}

static gboolean
check_place (const DkSymbol  *fact,
             DkPeriodKey      period,
             GError         **error)
{
  g_autofree char *when = dk_period_to_string (period);

  if (dk_period_equal (period, DK_PLAN_GROWTH))
    {
      if (fact == NULL || dk_fact_may_grow (fact))
        return TRUE;
      g_set_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_PERIOD,
                   fact->period == DK_PERIOD_NONE ? "%s: this fact has no years, so that nothing of it grows from year to year"
                                                  : "%s: only numbers grow", fact->id);
      return FALSE;
    }
  if (fact != NULL && fact->period != DK_PERIOD_NONE)
    return dk_period_is_of (fact, period, error);
  if (fact != NULL && period.quarter == 0 && period.month == 0 && period.year >= DK_FIRST_YEAR && period.year <= DK_LAST_YEAR)
    return TRUE;
  g_set_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_PERIOD, "%s: \"%s\" is no year from which on a plan could hold",
               fact != NULL ? fact->id : "plan", when);
  return FALSE;
}

/**
 * dk_enterprise_set_planned:
 * @enterprise: an enterprise
 * @fact: (nullable): a fact of its catalogue, or %NULL: the other lines
 * @period: what is planned: see #DkPlanned
 * @value: (nullable): the plan, which may be a range; %NULL, or a value that says nothing, takes it away
 * @error: what does not fit
 *
 * The answers stay as they are, whatever is planned.
 *
 * Returns: %FALSE, and nothing changed, if that cannot be planned
 */
gboolean
dk_enterprise_set_planned (DkEnterprise    *enterprise,
                           const DkSymbol  *fact,
                           DkPeriodKey      period,
                           const DkValue   *value,
                           GError         **error)
{
  const DkSymbol *symbol = dk_planned_get_symbol (fact, period);
  gint64 key = dk_period_to_key (period);
  gboolean is_good;
  DkValue taken;

  g_return_val_if_fail (fact == NULL || fact->index < enterprise->catalogue->facts->len, FALSE);

  if (!check_place (fact, period, error))
    return FALSE;
  if (value == NULL || dk_fact_says_nothing (symbol, value))
    {
      dk_answers_forget (get_plans (enterprise, fact), key);
      return TRUE;
    }
  taken = *value;
  is_good = symbol == fact ? dk_fact_take_value (dk_catalogue_get_fact_of (enterprise->catalogue, fact), &taken, error)
                           : dk_fact_check (symbol, &taken, FALSE, error);
  if (!is_good)
    {
      g_prefix_error (error, "%s: ", fact != NULL ? fact->id : "plan");
      return FALSE;
    }
  dk_answers_store (get_plans (enterprise, fact), key, &taken, enterprise->arena);
  return TRUE;
}

GArray *
dk_enterprise_list_planned (const DkEnterprise *enterprise)
{
  const GPtrArray *facts = enterprise->catalogue->scope->facts;
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DkPlanned));

  for (guint i = 0; i <= enterprise->catalogue->facts->len; i++)
    {
      const DkSymbol *fact = i < enterprise->catalogue->facts->len ? g_ptr_array_index (facts, i) : NULL;

      for (guint j = 0; j < enterprise->plans[i].n_answers; j++)
        {
          const DkAnswer *answer = &enterprise->plans[i].answers[j];
          DkPlanned planned = { fact, dk_period_from_key (answer->key), answer->value };

          g_array_append_val (list, planned);
        }
    }
  return list;
}

void
dk_enterprise_clear_plan (DkEnterprise *enterprise)
{
  for (guint i = 0; i <= enterprise->catalogue->facts->len; i++)
    {
      g_clear_pointer (&enterprise->plans[i].answers, g_free);
      enterprise->plans[i].n_answers = 0;
    }
}

/* --- What will be --- */

static DkNumber
grow_end (const DkSymbol *fact,
          DkNumber        end,
          DkNumber        rate,
          guint           n_years,
          DkArena        *arena)
{
  DkNumber grown = end;

  /* From the figure that is known, not from one that was rounded on the way: ten people who become 4 % more are eleven in the third year. */
  if (dk_number_is_finite (rate))
    grown = dk_number_mul (end, dk_number_power (dk_number_add (DK_ONE, rate, arena), n_years, arena), arena);
  else if (dk_number_sign (end) > 0)
    grown = DK_INFINITY;
  if (dk_number_sign (fact->step) > 0 && dk_number_is_finite (grown))
    grown = dk_number_mul (dk_number_round (dk_number_div (grown, fact->step, arena), 0, arena), fact->step, arena);
  return dk_number_max (fact->domain.low, dk_number_min (grown, dk_value_high (&fact->domain)));
}

/* FALSE: what becomes of it cannot be said. */
static gboolean
grow (const DkSymbol *fact,
      const DkValue  *base,
      const DkValue  *rate,
      guint           n_years,
      DkValue        *value,
      DkArena        *arena)
{
  gboolean stays = dk_value_is_point (rate) && dk_number_sign (rate->low) == 0;

  *value = *base;
  if (stays || fact->kind != DK_KIND_NUMBER || !(base->state & (DK_POINT | DK_RANGE)))
    return TRUE;
  /* A loss that grows may be meant either way. */
  if (dk_number_sign (base->low) < 0)
    return FALSE;
  *value = dk_value_make (grow_end (fact, base->low, rate->low, n_years, arena),
                          grow_end (fact, dk_value_high (base), dk_value_high (rate), n_years, arena),
                          (guint32) base->state & DK_UNDEFINED);
  return TRUE;
}

/* What holds from the end of a year on is what was planned last until then. */
static DkPlannedBy
project_timeless (const DkEnterprise *enterprise,
                  const DkSymbol     *fact,
                  int                 year,
                  int                 last_year,
                  DkValue            *value)
{
  const DkAnswer *answer;

  for (int at = year; at > last_year; at--)
    if ((answer = find_planned (enterprise, fact, dk_period_to_key ((DkPeriodKey) { at, 0, 0 }))) != NULL)
      {
        *value = answer->value;
        return DK_PLANNED_TYPED;
      }
  answer = dk_enterprise_find (enterprise, fact->index, 0);
  if (answer == NULL)
    return DK_PLANNED_NOTHING;
  *value = answer->value;
  return DK_PLANNED_ANSWERED;
}

/* What is answered or typed for the period itself. */
static DkPlannedBy
find_given (const DkEnterprise *enterprise,
            const DkSymbol     *fact,
            DkPeriodKey         period,
            int                 last_year,
            DkValue            *value)
{
  gint64 key = dk_period_to_key (period);
  const DkAnswer *answer = dk_enterprise_find (enterprise, fact->index, key);
  DkPlannedBy by = DK_PLANNED_ANSWERED;

  if (answer == NULL && period.year > last_year)
    {
      answer = find_planned (enterprise, fact, key);
      by = DK_PLANNED_TYPED;
    }
  if (answer == NULL)
    return DK_PLANNED_NOTHING;
  *value = answer->value;
  return by;
}

/**
 * dk_enterprise_get_projected:
 * @enterprise: an enterprise with a plan
 * @fact: a fact of its catalogue
 * @period: a period of the fact; of one without, a year
 * @last_year: the last full accounting year
 * @value: (out): the value; untouched if there is none
 * @arena: takes numbers that do not fit a machine word
 *
 * An answer comes before what was typed for the period, and that before growth: of the fact's own rate, or else of that of the other lines,
 * which moves amounts of money and counts, while other facts stay as they are in the year before. What grows is the last figure that is
 * answered or typed, exactly; the result is then rounded to the step of the fact, half away from zero, and goes no further than its
 * domain. What is negative does not grow. Nothing that was planned for a year that is over counts.
 *
 * Returns: where the value is from
 */
DkPlannedBy
dk_enterprise_get_projected (const DkEnterprise *enterprise,
                             const DkSymbol     *fact,
                             DkPeriodKey         period,
                             int                 last_year,
                             DkValue            *value,
                             DkArena            *arena)
{
  DkValue base, rate = { 0 };
  DkPlannedBy by;
  gboolean is_own, is_amount = fact->unit == DK_UNIT_YUAN || fact->unit == DK_UNIT_COUNT;

  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, DK_PLANNED_NOTHING);

  if (period.year > last_year + DK_PLAN_YEARS)
    return DK_PLANNED_NOTHING;
  if (fact->period == DK_PERIOD_NONE)
    return project_timeless (enterprise, fact, period.year, last_year, value);
  by = find_given (enterprise, fact, period, last_year, value);
  if (by != DK_PLANNED_NOTHING)
    return by;
  is_own = dk_enterprise_get_planned (enterprise, fact, DK_PLAN_GROWTH, &rate);
  if (!is_own && !dk_enterprise_get_planned (enterprise, NULL, DK_PLAN_GROWTH, &rate))
    return DK_PLANNED_NOTHING;
  if (!is_own && !is_amount)
    rate = DK_VALUE_POINT (DK_ZERO);
  for (DkPeriodKey at = { period.year - 1, period.quarter, period.month }; at.year >= last_year; at.year--)
    if (find_given (enterprise, fact, at, last_year, &base) != DK_PLANNED_NOTHING)
      {
        if (!grow (fact, &base, &rate, (guint) (period.year - at.year), &base, arena))
          return DK_PLANNED_NOTHING;
        *value = base;
        return is_own ? DK_PLANNED_GROWN : DK_PLANNED_OTHERS;
      }
  return DK_PLANNED_NOTHING;
}

static void
project_fact (const DkEnterprise *enterprise,
              const DkSymbol     *fact,
              DkPeriodKey         period,
              int                 last_year,
              DkEnterprise       *projected)
{
  DkValue value;
  DkPlannedBy by = dk_enterprise_get_projected (enterprise, fact, period, last_year, &value, projected->arena);

  if (by != DK_PLANNED_NOTHING && by != DK_PLANNED_ANSWERED)
    dk_enterprise_store (projected, fact->index, fact->period != DK_PERIOD_NONE ? dk_period_to_key (period) : 0, &value);
}

/**
 * dk_enterprise_project:
 * @enterprise: an enterprise with a plan
 * @last_year: the last full accounting year
 * @n_years: how many more are to be full, up to %DK_PLAN_YEARS; with 0 the enterprise is as it is
 *
 * Answers of years to come stay; what is planned for them is answered. Facts without a period change where they are planned, and registers
 * stay as they are.
 *
 * Returns: (transfer full): the enterprise, which has no plan
 */
DkEnterprise *
dk_enterprise_project (const DkEnterprise *enterprise,
                       int                 last_year,
                       guint               n_years)
{
  const GPtrArray *facts = enterprise->catalogue->scope->facts;
  DkEnterprise *projected = dk_enterprise_dup (enterprise);

  g_return_val_if_fail (n_years <= DK_PLAN_YEARS, projected);

  dk_enterprise_clear_plan (projected);
  for (guint i = 0; i < enterprise->catalogue->facts->len; i++)
    {
      const DkSymbol *fact = g_ptr_array_index (facts, i);
      int n_subs = fact->period == DK_PERIOD_MONTH ? 12 : fact->period == DK_PERIOD_QUARTER ? 4 : 1;
      /* Of a fact without a period the last year says it all. */
      int first = fact->period == DK_PERIOD_NONE ? last_year + (int) n_years : last_year + 1;

      for (int year = first; year > last_year && year <= last_year + (int) n_years; year++)
        for (int sub = 1; sub <= n_subs; sub++)
          {
            DkPeriodKey period = { year, fact->period == DK_PERIOD_QUARTER ? sub : 0, fact->period == DK_PERIOD_MONTH ? sub : 0 };

            project_fact (enterprise, fact, period, last_year, projected);
          }
    }
  return projected;
}
