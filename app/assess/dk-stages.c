/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-stages"

#include "dk-stages.h"

#include "dk-assessment-private.h"

#include <glib/gi18n.h>

/* Year and month of "2027-05-18": what is only estimated is not said to the day. */
#define MONTH_LENGTH 7

static gint64
add_span (gint64        day,
          const DkSpan *span)
{
  return dk_date_add_months (day, span->months) + span->days;
}

static gint64
subtract_span (gint64        day,
               const DkSpan *span)
{
  return dk_date_add_months (day, -(gint64) span->months) - span->days;
}

/* The date in a register; FALSE unless it is one certain day. */
static gboolean
read_day (const DkAssessment *assessment,
          guint               reg,
          gint64             *day)
{
  const DkValue *value;

  if (reg == DK_NO_REGISTER || assessment->run->exhausted)
    return FALSE;
  value = &assessment->run->regs[reg];
  return (value->state & (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA)) == DK_POINT && dk_number_to_int64 (value->low, day);
}

static gboolean
is_true (const DkAssessment *assessment,
         guint               reg)
{
  return reg != DK_NO_REGISTER && !assessment->run->exhausted && assessment->run->regs[reg].state == DK_TRUE;
}

static DkStagePlan *
get_plan (const GArray *stages,
          guint         i)
{
  return &g_array_index ((GArray *) stages, DkStagePlan, i);
}

/* What the answers say of a step by itself. */
static void
read_plan (const DkAssessment *assessment,
           const DkStage      *stage,
           DkStagePlan        *plan)
{
  gint64 day;

  *plan = (DkStagePlan) { .stage = stage, .state = DK_STAGE_AHEAD };
  if (read_day (assessment, stage->began_reg, &day))
    {
      plan->has_begin = TRUE;
      plan->begin[0] = plan->begin[1] = day;
      plan->state = day <= assessment->as_of ? DK_STAGE_RUNNING : DK_STAGE_AHEAD;
    }
  if (read_day (assessment, stage->done_reg, &day))
    {
      plan->has_end = TRUE;
      plan->end[0] = plan->end[1] = day;
      if (day <= assessment->as_of)
        plan->state = DK_STAGE_OVER;
    }
  if (is_true (assessment, stage->over_reg))
    plan->state = DK_STAGE_OVER;
}

/* What a step waited for is over once the step has begun; one that overlaps it only says that it has begun, too. */
static void
conclude (GArray *stages)
{
  for (guint i = stages->len; i > 0; i--)
    {
      const DkStagePlan *plan = get_plan (stages, i - 1);
      gboolean overlaps = plan->stage->overlap.months + plan->stage->overlap.days > 0;

      for (guint k = 0; plan->state != DK_STAGE_AHEAD && k < plan->stage->after->len; k++)
        {
          DkStagePlan *before = get_plan (stages, g_array_index (plan->stage->after, guint, k));

          before->state = overlaps ? MIN (before->state, DK_STAGE_RUNNING) : DK_STAGE_OVER;
        }
    }
}

static void
place (const DkAssessment *assessment,
       GArray             *stages,
       DkStagePlan        *plan)
{
  const DkStage *stage = plan->stage;
  gint64 today = assessment->as_of;
  gboolean is_underway = plan->state == DK_STAGE_RUNNING && !plan->has_begin; /* since when nobody said */

  if (plan->state == DK_STAGE_OVER)
    return;
  if (!plan->has_begin)
    {
      plan->begin[0] = plan->begin[1] = today;
      for (guint k = 0; !is_underway && k < stage->after->len; k++)
        {
          const DkStagePlan *before = get_plan (stages, g_array_index (stage->after, guint, k));

          if (before->state == DK_STAGE_OVER)
            continue;
          for (guint e = 0; e < 2; e++)
            plan->begin[e] = MAX (plan->begin[e], subtract_span (before->end[e], &stage->overlap));
        }
      plan->has_begin = TRUE;
      /* One that is known to end begins no later than usual before that. */
      if (plan->has_end)
        for (guint e = 0; e < 2; e++)
          plan->begin[e] = MIN (plan->begin[e], plan->end[e]);
    }
  if (!plan->has_end)
    {
      /* One that takes longer than usual may end any day. */
      plan->end[0] = is_underway ? today : MAX (today, add_span (plan->begin[0], &stage->least));
      plan->end[1] = MAX (today, add_span (plan->begin[1], &stage->most));
      plan->has_end = TRUE;
    }
}

/* What need not be done, and has been passed by, is no step any more. No other step names it. */
static void
drop_passed (GArray *stages)
{
  gboolean is_passed = FALSE;

  for (guint i = stages->len; i > 0; i--)
    {
      const DkStagePlan *plan = get_plan (stages, i - 1);

      if (plan->stage->is_optional && plan->state == DK_STAGE_AHEAD && is_passed)
        g_array_remove_index (stages, i - 1);
      else
        is_passed = is_passed || plan->state != DK_STAGE_AHEAD;
    }
}

GArray *
dk_assessment_plan_stages (const DkAssessment *assessment,
                           const DkPack       *pack)
{
  GArray *stages = g_array_sized_new (FALSE, TRUE, sizeof (DkStagePlan), pack->stages->len);

  g_array_set_size (stages, pack->stages->len);
  for (guint i = 0; i < stages->len; i++)
    read_plan (assessment, g_ptr_array_index (pack->stages, i), get_plan (stages, i));
  conclude (stages);
  for (guint i = 0; i < stages->len; i++)
    place (assessment, stages, get_plan (stages, i));
  drop_passed (stages);
  return stages;
}

gboolean
dk_stages_get_end (const GArray *stages,
                   gint64       *earliest,
                   gint64       *latest)
{
  gboolean has_any = FALSE;

  *earliest = *latest = G_MININT64;
  for (guint i = 0; i < stages->len; i++)
    {
      const DkStagePlan *plan = get_plan (stages, i);

      if (plan->state == DK_STAGE_OVER || plan->stage->is_optional)
        continue;
      has_any = TRUE;
      *earliest = MAX (*earliest, plan->end[0]);
      *latest = MAX (*latest, plan->end[1]);
    }
  return has_any;
}

const char *
dk_stage_state_to_string (DkStageState state)
{
  static const char *const names[] = { "over", "running", "ahead" };

  return names[state];
}

/* --- Words --- */

static char *
describe_month (gint64 day)
{
  g_autofree char *text = dk_date_to_string (day);

  return g_strndup (text, MONTH_LENGTH);
}

static char *
describe_months (const gint64 *days)
{
  g_autofree char *first = NULL, *last = NULL;

  if (days[0] == days[1])
    return dk_date_to_string (days[0]);
  first = describe_month (days[0]);
  last = describe_month (days[1]);
  return g_str_equal (first, last) ? g_steal_pointer (&first) : g_strdup_printf ("%s – %s", first, last);
}

char *
dk_stage_dup_length (const DkWording *wording,
                     const DkStage   *stage)
{
  gboolean is_days = stage->most.days > 0, is_weeks = is_days && stage->least.days % 7 == 0 && stage->most.days % 7 == 0;
  guint divisor = is_weeks ? 7 : 1;
  guint low = is_days ? stage->least.days / divisor : stage->least.months, high = is_days ? stage->most.days / divisor : stage->most.months;
  g_autofree char *number = low == high ? g_strdup_printf ("%u", low) : g_strdup_printf ("%u–%u", low, high);

  return g_strdup_printf (!is_days  ? dk_tr_context (wording->language, "length", NC_("length", "%s months"))
                          : is_weeks ? dk_tr_context (wording->language, "length", NC_("length", "%s weeks"))
                                     : dk_tr_context (wording->language, "length", NC_("length", "%s days")), number);
}

char *
dk_stage_plan_dup_when (const DkWording   *wording,
                        const DkStagePlan *plan)
{
  g_autofree char *begin = NULL, *end = NULL;

  if (plan->state == DK_STAGE_OVER)
    {
      end = plan->has_end ? dk_date_to_string (plan->end[0]) : NULL;
      /* TRANSLATORS: a step on the way to a listing, and the day on which it ended. */
      return end != NULL ? g_strdup_printf (dk_tr (wording->language, N_("done %s")), end)
                         : g_strdup (dk_tr_context (wording->language, "step", NC_("step", "done")));
    }
  end = describe_months (plan->end);
  if (plan->state == DK_STAGE_RUNNING)
    {
      begin = plan->begin[0] < dk_assessment_get_as_of (wording->assessment) ? dk_date_to_string (plan->begin[0]) : NULL;
      /* TRANSLATORS: a step on the way to a listing: since when it goes on, and when it is expected to end. */
      if (begin != NULL)
        return g_strdup_printf (dk_tr (wording->language, N_("since %s, done by %s")), begin, end);
    }
  /* TRANSLATORS: a step on the way to a listing, and when it is expected to end: a month, or a span of months. */
  return g_strdup_printf (dk_tr (wording->language, N_("done by %s")), end);
}

char *
dk_stages_dup_end (const DkWording *wording,
                   const GArray    *stages)
{
  gint64 days[2];

  return dk_stages_get_end (stages, &days[0], &days[1]) ? describe_months (days) : NULL;
}
