/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result says itself, read off the registers of a run: verdict, value, threshold, margin. */
#define G_LOG_DOMAIN "dk-assessment"

#include "dk-assessment-private.h"

const char *
dk_verdict_to_string (DkVerdict verdict)
{
  switch (verdict)
    {
    case DK_VERDICT_PASS:
      return "pass";
    case DK_VERDICT_FAIL:
      return "fail";
    case DK_VERDICT_OPEN:
      return "open";
    case DK_VERDICT_NA:
      return "na";
    case DK_VERDICT_NONE:
    default:
      return NULL;
    }
}

gboolean
dk_result_is_settled (const DkResult *result)
{
  return dk_value_is_settled_as (&result->value, result->kind);
}

static DkVerdict
to_verdict (guint32 bits)
{
  switch (bits)
    {
    case DK_TRUE:
      return DK_VERDICT_PASS;

    case DK_FALSE:
    case DK_UNDEFINED:
      return DK_VERDICT_FAIL;

    case DK_NA:
      return DK_VERDICT_NA;

    default:
      return DK_VERDICT_OPEN;
    }
}

static void
read_margin (DkAssessment *assessment,
             DkResult     *result,
             const DkValue *measured)
{
  if (result->kind != DK_KIND_NUMBER && result->kind != DK_KIND_DATE)
    return;
  if ((measured->state & (DK_POINT | DK_RANGE)) == 0 || (result->threshold.state & (DK_POINT | DK_RANGE)) == 0)
    return;

  switch (result->comparison)
    {
    case DK_GE:
    case DK_GT:
      result->margin = dk_value_sub (measured, &result->threshold, assessment->arena);
      break;

    case DK_LE:
    case DK_LT:
      result->margin = dk_value_sub (&result->threshold, measured, assessment->arena);
      break;

    case DK_EQ:
    case DK_NE:
    default:
      return;
    }
  result->has_margin = TRUE;
  result->margin_unit = result->kind == DK_KIND_DATE ? DK_UNIT_DAYS : result->unit;
}

/* The comparison that judges a rule, if it is one. */
static const DkExpr *
get_comparison (const DkItem *item)
{
  return item->require != NULL && item->require->kind == DK_EXPR_COMPARE ? item->require : NULL;
}

static void
read_value (DkAssessment *assessment,
            DkResult     *result)
{
  const DkItem *item = result->item;
  const DkValue *regs = assessment->run->regs;
  const DkExpr *comparison = get_comparison (item);
  const DkValue *value = NULL;
  const DkValue *measured = item->measured_reg == DK_NO_REGISTER ? NULL : &regs[item->measured_reg];

  result->kind = item->kind_of_value;
  result->unit = item->unit;
  result->choices = item->choices;
  result->codes = item->codes;
  if (item->value_reg != DK_NO_REGISTER)
    value = &regs[item->value_reg];
  else if (measured != NULL && comparison != NULL && comparison->args[0] != NULL)
    {
      value = measured;
      result->kind = comparison->args[0]->out_kind;
      result->unit = comparison->args[0]->out_unit;
      result->choices = comparison->args[0]->out_choices;
      result->codes = comparison->args[0]->out_codes;
    }
  if (value == NULL)
    return;

  result->has_value = TRUE;
  result->value = dk_value_copy (value, assessment->arena);
  result->value.state &= ~(guint32) DK_UNANSWERED;

  /* A threshold beside a value that it does not judge would mislead. */
  if (item->threshold_reg != DK_NO_REGISTER && measured != NULL
      && (item->value == NULL || comparison == NULL || comparison->args[0] == NULL || item->measured_reg == item->value->reg))
    {
      result->has_threshold = TRUE;
      result->threshold = dk_value_copy (&regs[item->threshold_reg], assessment->arena);
      result->threshold.state &= ~(guint32) DK_UNANSWERED;
      result->comparison = item->comparison;
      read_margin (assessment, result, measured);
    }
}

/* How many children of "k of n" pass. */
static void
read_count (DkAssessment *assessment,
            DkResult     *result)
{
  const DkItem *item = result->item;
  gint64 n_passed = 0, n_open = 0;

  for (guint i = 0; i < item->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (assessment, g_ptr_array_index (item->children, i), item);
      DkVerdict verdict = child->verdict_reg == DK_NO_REGISTER
                            ? DK_VERDICT_OPEN : to_verdict (dk_assessment_read_truth_of (assessment->run, child));

      n_passed += verdict == DK_VERDICT_PASS;
      n_open += verdict == DK_VERDICT_OPEN;
    }
  result->kind = DK_KIND_NUMBER;
  result->unit = DK_UNIT_COUNT;
  result->has_value = result->has_threshold = TRUE;
  result->value = n_open == 0 ? DK_VALUE_POINT (DK_NUMBER (n_passed))
                              : DK_VALUE_RANGE (DK_NUMBER (n_passed), DK_NUMBER (n_passed + n_open));
  result->threshold = DK_VALUE_POINT (DK_NUMBER ((gint64) item->at_least));
  result->comparison = DK_GE;
  read_margin (assessment, result, &result->value);
}

void
dk_assessment_count_figures (const DkAssessment *assessment,
                             const DkItem       *list,
                             guint              *n,
                             guint              *n_known)
{
  *n = *n_known = 0;
  for (guint i = 0; i < list->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (assessment, g_ptr_array_index (list->children, i), list);
      guint n_more = 1, n_more_known;

      if (child->kind == DK_ITEM_LIST)
        {
          dk_assessment_count_figures (assessment, child, &n_more, &n_more_known);
        }
      else if (child->verdict_reg != DK_NO_REGISTER)
        {
          guint32 truth = dk_assessment_read_truth_of (assessment->run, child);

          n_more = truth != DK_NA;
          n_more_known = n_more > 0 && dk_truth_is_settled (truth);
        }
      else
        {
          const DkValue *value = &assessment->run->regs[child->value_reg];

          n_more = (value->state & (DK_OPEN | DK_UNDEFINED | DK_NA)) != DK_NA;
          n_more_known = n_more > 0 && dk_value_is_settled_as (value, child->kind_of_value);
        }
      *n += n_more;
      *n_known += n_more_known;
    }
}

static void
judge (DkAssessment *assessment,
       DkResult     *result)
{
  const DkItem *item = result->item;

  if (item->kind == DK_ITEM_LIST)
    {
      guint n, n_known;

      dk_assessment_count_figures (assessment, item, &n, &n_known);
      result->is_final = n_known == n;
    }
  else if (item->verdict_reg == DK_NO_REGISTER)
    {
      result->verdict = result->has_value && (result->value.state & (DK_OPEN | DK_UNDEFINED | DK_NA)) == DK_NA
                          ? DK_VERDICT_NA : DK_VERDICT_NONE;
      result->is_final = !result->has_value
                         || dk_result_is_settled (result);
    }
  else
    {
      result->verdict = to_verdict (dk_assessment_read_truth (assessment, assessment->run, result));
      result->is_final = result->verdict != DK_VERDICT_OPEN;
    }

  if (item->kind == DK_ITEM_SCORE && item->value != NULL)
    {
      DkValue raw;

      result->is_undefined = dk_expr_get_value (item->value, 0, assessment->run->regs, &raw)
                             && (raw.state & (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA)) == DK_UNDEFINED;
    }
  else if (item->truth_reg != DK_NO_REGISTER)
    result->is_undefined = (assessment->run->regs[item->truth_reg].state & (DK_OPEN | DK_UNDEFINED | DK_NA)) == DK_UNDEFINED;
  else if (result->has_value)
    result->is_undefined = (result->value.state & (DK_OPEN | DK_UNDEFINED | DK_NA)) == DK_UNDEFINED;
}

void
dk_assessment_read_result (DkAssessment *assessment,
                           DkResult     *result)
{
  if (result->item->kind == DK_ITEM_AT_LEAST)
    read_count (assessment, result);
  else
    read_value (assessment, result);
  judge (assessment, result);
  dk_assessment_trace (assessment, result);
}

