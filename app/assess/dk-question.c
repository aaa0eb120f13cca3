/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-question"

#include "dk-assessment-private.h"

#include <string.h>

/* A verdict, or the value of a programme that judges nothing, that is still open. */
typedef struct
{
  const DkResult *result;
  double          weight;
  gboolean        is_programme;
} Target;

/* One unanswered fact, and what answering it would do. */
typedef struct
{
  DkFactRef ref;
  guint     n_open;
  double    gain;  /* the weight of verdicts that an answer decides, over likely answers */
  double    share; /* how much of what the open verdicts lack it is */
} Candidate;

static gboolean
has_verdict (const DkResult *result)
{
  return result->item->verdict_reg != DK_NO_REGISTER;
}

/* A programme without a verdict, such as a size class, is open until its value is known. */
static gboolean
is_open (const DkResult *result)
{
  return has_verdict (result) ? result->verdict == DK_VERDICT_OPEN
                              : result->is_programme && result->verdict == DK_VERDICT_NONE && result->has_value && !result->is_final;
}

static gboolean
is_decided (const DkAssessment *assessment,
            const DkResult     *result)
{
  const DkValue *value;

  if (has_verdict (result))
    return dk_truth_is_settled (dk_assessment_read_truth (assessment, assessment->trial, result));
  value = &assessment->trial->regs[result->item->value_reg];
  return result->kind == DK_KIND_TRUTH ? dk_truth_is_settled (value->state) : dk_value_is_settled (value);
}

/* Open criteria below a programme; asides decide nothing of it. */
static void
collect_targets (const DkResult *result,
                 gboolean        takes_programme,
                 gboolean        takes_asides,
                 GArray         *targets)
{
  if (result->is_aside && !takes_asides)
    return;
  if (is_open (result) && (takes_programme || !result->is_programme))
    {
      Target target = { result, result->is_programme ? 8 : 1, result->is_programme };

      g_array_append_val (targets, target);
    }
  for (guint i = 0; i < result->children->len; i++)
    collect_targets (g_ptr_array_index (result->children, i), takes_programme, takes_asides, targets);
}

static Candidate *
find_candidate (GArray          *candidates,
                const DkFactRef *ref)
{
  Candidate candidate = { *ref, 0, 0, 0 };

  for (guint i = 0; i < candidates->len; i++)
    if (g_array_index (candidates, Candidate, i).ref.slot == ref->slot)
      return &g_array_index (candidates, Candidate, i);
  g_array_append_val (candidates, candidate);
  return &g_array_index (candidates, Candidate, candidates->len - 1);
}

static void
add_sample (GArray         *samples,
            const DkValue  *inside,
            DkNumber        number)
{
  DkValue value = DK_VALUE_POINT (number);

  if (dk_number_is_finite (number) && dk_number_compare (number, inside->low) >= 0
      && dk_number_compare (number, dk_value_high (inside)) <= 0)
    g_array_append_val (samples, value);
}

/* 0, and 1, 2, 5 times each power of ten from the fact's usual size on: thresholds are not known here, and need not be. */
static void
add_numbers (GArray         *samples,
             const DkSymbol *fact,
             const DkValue  *inside)
{
  static const gint64 leads[] = { 1, 2, 5 };
  gint64 den = fact->unit == DK_UNIT_RATIO ? 100 : 1;
  gint64 first = fact->unit == DK_UNIT_YUAN ? 100000 : 1;
  gint64 last = fact->unit == DK_UNIT_YUAN ? 1000000000 : fact->unit == DK_UNIT_RATIO ? 100 : 1000;

  add_sample (samples, inside, DK_ZERO);
  for (gint64 power = first; power <= last; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
      add_sample (samples, inside, (DkNumber) { leads[i] * power, den });
  if (samples->len == 0)
    {
      add_sample (samples, inside, inside->low);
      add_sample (samples, inside, dk_value_high (inside));
    }
}

#define N_SPREAD 8

/* Some places spread evenly over a range of whole numbers. */
static void
add_spread (GArray        *samples,
            const DkValue *inside,
            gint64         least,
            gint64         most)
{
  gint64 low, high;

  if (!dk_number_to_int64 (inside->low, &low))
    low = least;
  if (!dk_number_to_int64 (dk_value_high (inside), &high))
    high = most;
  low = MAX (low, least);
  high = MIN (high, most);
  for (gint64 i = 0; i < N_SPREAD && low <= high; i++)
    add_sample (samples, inside, DK_NUMBER (low + (high - low) * i / (N_SPREAD - 1)));
}

/* Answers that the fact may get. */
static GArray *
make_samples (const DkAssessment *assessment,
              guint               slot)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (DkValue));
  const DkSymbol *fact = dk_program_get_slots (assessment->program)[slot].fact;
  const DkValue *inside = &assessment->inputs[slot];

  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      for (guint32 bits = DK_FALSE; bits <= DK_TRUE; bits++)
        {
          DkValue value = DK_VALUE_TRUTH (bits);

          g_array_append_val (samples, value);
        }
      break;

    case DK_KIND_CHOICE:
      for (guint i = 0; i < 64; i++)
        if ((guint64) inside->low.num >> i & 1)
          {
            DkValue value = DK_VALUE_CHOICE ((guint64) 1 << i);

            g_array_append_val (samples, value);
          }
      break;

    case DK_KIND_DATE:
      /* The last twenty years. */
      add_spread (samples, inside, assessment->as_of - 7305, assessment->as_of);
      break;

    case DK_KIND_CODE:
      add_spread (samples, inside, 0, fact->codes != NULL ? (gint64) fact->codes->codes->len - 1 : 0);
      break;

    case DK_KIND_NUMBER:
      add_numbers (samples, fact, inside);
      break;

    case DK_KIND_TEXT:
    default:
      {
        DkValue value = DK_VALUE_POINT (DK_NUMBER (dk_text_intern ("")));

        g_array_append_val (samples, value);
      }
      break;
    }
  return samples;
}

/* The founding day decides which years there are: all of them are bound again. */
static void
try_founding (DkAssessment  *assessment,
              guint          slot,
              const DkValue *value)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  g_autoptr(DkEnterprise) changed = dk_enterprise_dup (assessment->enterprise);

  if (!dk_enterprise_set (changed, slots[slot].fact, (DkPeriodKey) { 0, 0, 0 }, value, NULL))
    return;
  dk_enterprise_bind (changed, slots, dk_program_n_slots (assessment->program), assessment->as_of, assessment->last_year,
                      assessment->trial->regs);
}

static void
weigh (DkAssessment  *assessment,
       const DkSlice *slice,
       GArray        *targets,
       Candidate     *candidate)
{
  const DkSymbol *fact = candidate->ref.fact;
  g_autoptr(GArray) samples = make_samples (assessment, candidate->ref.slot);
  gboolean is_founding = assessment->scope->founded != NULL && g_str_equal (fact->id, assessment->scope->founded);

  for (guint i = 0; i < samples->len; i++)
    {
      const DkValue *value = &g_array_index (samples, DkValue, i);

      dk_assessment_reset_trial (assessment);
      if (is_founding)
        try_founding (assessment, candidate->ref.slot, value);
      else
        dk_assessment_try (assessment, candidate->ref.slot, value);
      dk_run_slice (assessment->trial, slice);
      for (guint t = 0; t < targets->len; t++)
        {
          const Target *target = &g_array_index (targets, Target, t);

          if (is_decided (assessment, target->result))
            candidate->gain += target->weight / samples->len;
        }
    }
}

static gboolean
is_better (const DkAssessment *assessment,
           const Candidate    *a,
           const Candidate    *b)
{
  double left = a->gain + a->share, right = b->gain + b->share;
  const DkFact *first, *second;

  if (left != right)
    return left > right;
  if (a->n_open != b->n_open)
    return a->n_open > b->n_open;
  first = dk_catalogue_find_fact (assessment->catalogue, a->ref.fact->id);
  second = dk_catalogue_find_fact (assessment->catalogue, b->ref.fact->id);
  if (first != NULL && second != NULL && first->order != second->order)
    return first->order < second->order;
  return a->ref.period.year > b->ref.period.year;
}

/**
 * dk_assessment_get_next_question:
 *
 * While programmes are open, only what can change a programme is asked; then what can change a criterion
 * that is still open in it. Every candidate is tried with answers that it may get: the one that decides most
 * is asked, where what decides a whole programme at once counts more than one criterion of it.
 *
 * Returns: FALSE if nothing that is missing can change a verdict
 */
gboolean
dk_assessment_get_next_question (DkAssessment *assessment,
                                 DkQuestion   *question)
{
  g_autoptr(GArray) targets = g_array_new (FALSE, FALSE, sizeof (Target));
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  const Candidate *best = NULL;
  DkSlice *slice;

  for (guint i = 0; i < assessment->results->len; i++)
    {
      const DkResult *root = g_ptr_array_index (assessment->results, i);

      if (is_open (root) && root->missing->len > 0)
        collect_targets (root, TRUE, FALSE, targets);
    }
  if (targets->len == 0)
    for (guint i = 0; i < assessment->results->len; i++)
      collect_targets (g_ptr_array_index (assessment->results, i), FALSE, TRUE, targets);

  for (guint t = 0; t < targets->len; t++)
    {
      const Target *target = &g_array_index (targets, Target, t);
      const GArray *missing = target->result->missing;

      for (guint i = 0; i < missing->len; i++)
        {
          Candidate *candidate = find_candidate (candidates, &g_array_index (missing, DkFactRef, i));

          candidate->n_open++;
          candidate->share += target->is_programme ? 0 : 1.0 / missing->len / missing->len;
        }
      if (has_verdict (target->result))
        dk_assessment_add_registers (assessment, target->result, regs);
      else
        g_array_append_val (regs, target->result->item->value_reg);
    }
  if (candidates->len == 0)
    return FALSE;

  slice = dk_slice_new (assessment->program, (const guint *) (gpointer) regs->data, regs->len);
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      weigh (assessment, slice, targets, candidate);
      if (best == NULL || is_better (assessment, candidate, best))
        best = candidate;
    }
  dk_slice_free (slice);

  question->ref = best->ref;
  question->n_open = best->n_open;
  return TRUE;
}
