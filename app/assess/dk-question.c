/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-question"

#include "dk-assessment-private.h"

#include <string.h>

/* How many whole sets of answers are drawn. */
#define N_DRAWS 24

/* Weights are compared, never shown: whole millionths are fine enough. */
#define MILLION G_GINT64_CONSTANT (1000000)

/* A verdict, or the value of a programme that judges nothing, that is still open. */
typedef struct
{
  const DkResult *result;
  gint64          weight; /* in millionths */
  gboolean        counts; /* is to be proved; otherwise it only breaks ties */
} Target;

/* One unanswered fact, and what answering it would do. */
typedef struct
{
  DkFactRef ref;
  guint     n_open;
  guint     n_proofs; /* of all answers drawn, in how many it is needed */
  gint64    gain;     /* in millionths: the weight of verdicts that it decides alone, over the answers it may get */
  gint64    share;    /* in millionths: how much of what the open verdicts lack it is */
  GArray   *samples;  /* DkValue: answers that it may get */
  DkReach  *reach;    /* what answering it makes to be computed again */
  GArray   *targets;  /* guint: the targets that it can decide */
  GArray   *beside;   /* guint: candidates whose answers change the same slots, itself included; in order */
} Candidate;

/* Everything that a question is chosen by. */
typedef struct
{
  DkAssessment *assessment;
  DkTrial      *trial;
  DkReach      *all;        /* what all candidates together reach */
  GArray       *targets;    /* Target */
  GArray       *candidates; /* Candidate */
  DkValue      *answers;    /* by candidate: what is drawn for it */
  gboolean     *is_taken;   /* by candidate: whether that answer is given */
  gboolean     *is_decided; /* by target */
  DkValue      *ground;     /* by slot: what is known without the answers; the founding day decides which years there are */
} Survey;

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
    return dk_truth_is_settled (dk_assessment_read_truth (assessment, dk_trial_get_run (assessment->trial), result));
  value = &dk_trial_get_run (assessment->trial)->regs[result->item->value_reg];
  return dk_value_is_settled_as (value, result->kind);
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
      Target target = { result, (result->is_programme ? 8 : 1) * MILLION, result->is_programme };

      g_array_append_val (targets, target);
    }
  for (guint i = 0; i < dk_result_n_children (result); i++)
    collect_targets (dk_result_get_child (result, i), takes_programme, takes_asides, targets);
}

static Candidate *
find_candidate (GArray          *candidates,
                const DkFactRef *ref)
{
  Candidate candidate = { *ref };

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

/* Codes spread over the table, such as no other code refines. */
static void
add_codes (GArray        *samples,
           const DkCodes *codes,
           const DkValue *inside)
{
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (DkValue));

  if (codes == NULL)
    return;
  add_spread (places, inside, 0, (gint64) codes->codes->len - 1);
  for (guint i = 0; i < places->len; i++)
    {
      gint64 place = g_array_index (places, DkValue, i).low.num, first, last;

      while (dk_codes_find_prefix (codes, g_ptr_array_index (codes->codes, place), &first, &last) && last > place
             && dk_number_compare (DK_NUMBER (place + 1), dk_value_high (inside)) <= 0)
        place++;
      add_sample (samples, inside, DK_NUMBER (place));
    }
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
      add_codes (samples, fact->codes, inside);
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

static gboolean
is_founding (const DkAssessment *assessment,
             const Candidate    *candidate)
{
  return assessment->scope->founded != NULL && g_str_equal (candidate->ref.fact->id, assessment->scope->founded);
}

/* What is known once @value is the founding day, which decides what years there are; or, with %NULL, as it is. */
static void
lay_ground (Survey        *survey,
            guint          slot,
            const DkValue *value)
{
  const DkAssessment *assessment = survey->assessment;
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  guint n = dk_program_n_slots (assessment->program);
  g_autoptr(DkEnterprise) changed = NULL;
  g_autoptr(DkRun) run = NULL;

  memcpy (survey->ground, assessment->inputs, n * sizeof (DkValue));
  if (value == NULL)
    return;
  changed = dk_enterprise_dup (assessment->enterprise);
  if (!dk_enterprise_set (changed, slots[slot].fact, (DkPeriodKey) { 0, 0, 0 }, value, NULL))
    return;
  run = dk_run_new (assessment->program);
  dk_enterprise_bind (changed, slots, n, assessment->as_of, assessment->last_year, run->regs);
  for (guint i = 0; i < n; i++)
    survey->ground[i] = run->regs[slots[i].reg];
}

/* Puts the slots that the answer to a candidate changes where the answers taken now put them. */
static void
set_slots (Survey          *survey,
           const Candidate *candidate)
{
  DkAssessment *assessment = survey->assessment;
  const GArray *moves = dk_assessment_get_moves (assessment, candidate->ref.slot);

  for (guint i = 0; i < moves->len; i++)
    {
      guint slot = g_array_index (moves, DkMove, i).slot;

      dk_trial_set (survey->trial, slot, &survey->ground[slot]);
    }
  for (guint i = 0; i < candidate->beside->len; i++)
    {
      guint other = g_array_index (candidate->beside, guint, i);

      if (survey->is_taken[other])
        dk_assessment_try (assessment, g_array_index (survey->candidates, Candidate, other).ref.slot, &survey->answers[other]);
    }
}

/* The same for all slots; everything is computed again. */
static void
set_all_slots (Survey *survey)
{
  DkAssessment *assessment = survey->assessment;
  guint n = dk_program_n_slots (assessment->program);

  lay_ground (survey, 0, NULL);
  for (guint i = 0; i < survey->candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (survey->candidates, Candidate, i);

      if (survey->is_taken[i] && is_founding (assessment, candidate))
        lay_ground (survey, candidate->ref.slot, &survey->answers[i]);
    }
  dk_trial_forget (survey->trial);
  for (guint slot = 0; slot < n; slot++)
    dk_trial_set (survey->trial, slot, &survey->ground[slot]);
  for (guint i = 0; i < survey->candidates->len; i++)
    if (survey->is_taken[i])
      dk_assessment_try (assessment, g_array_index (survey->candidates, Candidate, i).ref.slot, &survey->answers[i]);
  dk_trial_run (survey->trial, survey->all);
}

/* Reads which targets are decided, of those that a candidate can decide. Returns how many of them that are asked for. */
static guint
read_decided (Survey          *survey,
              const Candidate *candidate)
{
  guint n = 0;

  for (guint i = 0; i < candidate->targets->len; i++)
    {
      guint t = g_array_index (candidate->targets, guint, i);
      const Target *target = &g_array_index (survey->targets, Target, t);

      survey->is_decided[t] = is_decided (survey->assessment, target->result);
      n += target->counts && survey->is_decided[t];
    }
  return n;
}

/* What one answer alone decides. */
static void
weigh (Survey *survey,
       guint   at)
{
  Candidate *candidate = &g_array_index (survey->candidates, Candidate, at);

  survey->is_taken[at] = TRUE;
  for (guint i = 0; i < candidate->samples->len; i++)
    {
      survey->answers[at] = g_array_index (candidate->samples, DkValue, i);
      if (is_founding (survey->assessment, candidate))
        {
          set_all_slots (survey);
        }
      else
        {
          dk_trial_forget (survey->trial);
          set_slots (survey, candidate);
          dk_trial_run (survey->trial, candidate->reach);
        }
      read_decided (survey, candidate);
      for (guint k = 0; k < candidate->targets->len; k++)
        {
          guint t = g_array_index (candidate->targets, guint, k);

          if (survey->is_decided[t])
            candidate->gain += g_array_index (survey->targets, Target, t).weight / candidate->samples->len;
        }
    }
  survey->is_taken[at] = FALSE;
  lay_ground (survey, 0, NULL);
  dk_trial_reset (survey->trial, is_founding (survey->assessment, candidate) ? survey->all : candidate->reach);
}

/* Takes the answer to one candidate away; or gives it back, if fewer verdicts are decided without it. */
static void
try_without (Survey *survey,
             guint   at)
{
  const Candidate *candidate = &g_array_index (survey->candidates, Candidate, at);
  guint before = 0, after;

  for (guint i = 0; i < candidate->targets->len; i++)
    {
      guint t = g_array_index (candidate->targets, guint, i);

      before += g_array_index (survey->targets, Target, t).counts && survey->is_decided[t];
    }
  for (guint turn = 0; turn < 2; turn++)
    {
      survey->is_taken[at] = turn == 1;
      if (is_founding (survey->assessment, candidate))
        {
          set_all_slots (survey);
        }
      else
        {
          set_slots (survey, candidate);
          dk_trial_run (survey->trial, candidate->reach);
        }
      after = read_decided (survey, candidate);
      if (after >= before)
        break;
    }
}

static int
compare_weight (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  GArray *candidates = data;
  const Candidate *left = &g_array_index (candidates, Candidate, *(const guint *) a);
  const Candidate *right = &g_array_index (candidates, Candidate, *(const guint *) b);
  gint64 first = left->gain + left->share, second = right->gain + right->share;

  /* Of equals, the later one goes first. */
  return first != second ? (first > second) - (first < second) : (int) *(const guint *) b - (int) *(const guint *) a;
}

/* Draws answers to all that is missing, and takes away one after another, the weakest first, as long as no verdict
 * opens again: what is left is a proof. A fact that stands in many proofs is worth its question. The seed is
 * always the same, and so is the question. */
static void
count_proofs (Survey *survey)
{
  GArray *candidates = survey->candidates;
  guint n = candidates->len;
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autofree guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) n, sizeof (guint), compare_weight, candidates);

  for (guint draw = 0; draw < N_DRAWS; draw++)
    {
      for (guint i = 0; i < n; i++)
        {
          const GArray *samples = g_array_index (candidates, Candidate, i).samples;

          survey->is_taken[i] = samples->len > 0;
          if (survey->is_taken[i])
            survey->answers[i] = g_array_index (samples, DkValue, g_rand_int_range (rand, 0, (gint32) samples->len));
        }
      set_all_slots (survey);
      for (guint t = 0; t < survey->targets->len; t++)
        survey->is_decided[t] = is_decided (survey->assessment, g_array_index (survey->targets, Target, t).result);
      for (guint i = 0; i < n; i++)
        if (survey->is_taken[order[i]])
          try_without (survey, order[i]);
      for (guint i = 0; i < n; i++)
        g_array_index (candidates, Candidate, i).n_proofs += survey->is_taken[i];
    }
}

static gboolean
is_better (const DkAssessment *assessment,
           const Candidate    *a,
           const Candidate    *b)
{
  /* Between facts of equally many proofs, what decides more by itself. */
  gint64 left = a->n_proofs * MILLION + (a->gain + a->share) * 3 / 10, right = b->n_proofs * MILLION + (b->gain + b->share) * 3 / 10;
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

/* The verdicts that are open. While programmes are, only they count. */
static GArray *
find_targets (const DkAssessment *assessment)
{
  GArray *targets = g_array_new (FALSE, FALSE, sizeof (Target));

  /* Boards come once the titles are decided: they would drown them. */
  for (guint boards = 0; boards < 2; boards++)
    {
      for (guint i = 0; i < assessment->results->len; i++)
        {
          const DkResult *root = g_ptr_array_index (assessment->results, i);

          if (dk_pack_is_listing (root->item->pack) == (boards == 1) && is_open (root) && root->missing->len > 0)
            collect_targets (root, TRUE, FALSE, targets);
        }
      if (targets->len > 0)
        return targets;
    }
  for (guint i = 0; i < assessment->results->len; i++)
    collect_targets (g_ptr_array_index (assessment->results, i), FALSE, TRUE, targets);
  for (guint t = 0; t < targets->len; t++)
    g_array_index (targets, Target, t).counts = TRUE;
  return targets;
}

static GArray *
find_candidates (const DkAssessment *assessment,
                 const GArray       *targets)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint t = 0; t < targets->len; t++)
    {
      const Target *target = &g_array_index (targets, Target, t);
      const GArray *missing = target->result->missing;

      for (guint i = 0; i < missing->len; i++)
        {
          Candidate *candidate = find_candidate (candidates, &g_array_index (missing, DkFactRef, i));

          candidate->n_open++;
          if (!target->result->is_programme)
            candidate->share += MILLION / missing->len / missing->len;
          if (candidate->samples == NULL)
            candidate->samples = make_samples (assessment, candidate->ref.slot);
        }
    }
  return candidates;
}

/* The registers that a target is read from. */
static GArray *
find_registers (const DkAssessment *assessment,
                const Target       *target)
{
  GArray *regs = g_array_new (FALSE, FALSE, sizeof (guint));

  if (has_verdict (target->result))
    dk_assessment_add_registers (assessment, target->result, regs);
  else
    g_array_append_val (regs, target->result->item->value_reg);
  return regs;
}

static gboolean
share_a_slot (DkAssessment *assessment,
              guint         a,
              guint         b)
{
  const GArray *first = dk_assessment_get_moves (assessment, a), *second = dk_assessment_get_moves (assessment, b);

  for (guint i = 0; i < first->len; i++)
    for (guint k = 0; k < second->len; k++)
      if (g_array_index (first, DkMove, i).slot == g_array_index (second, DkMove, k).slot)
        return TRUE;
  return FALSE;
}

/* What the answer to a candidate reaches: slots, instructions, targets. */
static void
find_reach (Survey       *survey,
            Candidate    *candidate,
            const GArray *regs_of_all) /* GArray *, by target */
{
  DkAssessment *assessment = survey->assessment;
  guint n_slots = dk_program_n_slots (assessment->program);
  const GArray *moves = dk_assessment_get_moves (assessment, candidate->ref.slot);
  g_autoptr(GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; is_founding (assessment, candidate) ? i < n_slots : i < moves->len; i++)
    {
      guint slot = is_founding (assessment, candidate) ? i : g_array_index (moves, DkMove, i).slot;

      g_array_append_val (slots, slot);
    }
  candidate->targets = g_array_new (FALSE, FALSE, sizeof (guint));
  candidate->beside = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint t = 0; t < survey->targets->len; t++)
    {
      const GArray *regs = g_array_index (regs_of_all, GArray *, t);
      gboolean can = FALSE;

      for (guint k = 0; k < regs->len && !can; k++)
        for (guint i = 0; i < slots->len && !can; i++)
          can = g_array_index (regs, guint, k) != DK_NO_REGISTER
                && dk_program_depends (assessment->program, g_array_index (regs, guint, k), g_array_index (slots, guint, i));
      if (!can)
        continue;
      g_array_append_val (candidate->targets, t);
      g_array_append_vals (asked, regs->data, regs->len);
    }
  for (guint i = 0; i < survey->candidates->len; i++)
    if (share_a_slot (assessment, candidate->ref.slot, g_array_index (survey->candidates, Candidate, i).ref.slot))
      g_array_append_val (candidate->beside, i);
  candidate->reach = dk_reach_new (assessment->program, (const guint *) (gpointer) slots->data, slots->len,
                                   (const guint *) (gpointer) asked->data, asked->len);
}

static void
open_survey (Survey *survey)
{
  DkAssessment *assessment = survey->assessment;
  guint n_slots = dk_program_n_slots (assessment->program);
  guint n = survey->candidates->len;
  g_autoptr(GArray) regs_of_all = g_array_new (FALSE, FALSE, sizeof (GArray *));
  g_autoptr(GArray) every = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *slots = g_new (guint, n_slots + 1);

  survey->trial = dk_assessment_get_trial (assessment);
  survey->answers = g_new0 (DkValue, n);
  survey->is_taken = g_new0 (gboolean, n);
  survey->is_decided = g_new0 (gboolean, survey->targets->len);
  survey->ground = g_new0 (DkValue, n_slots + 1);
  lay_ground (survey, 0, NULL);
  for (guint t = 0; t < survey->targets->len; t++)
    {
      GArray *regs = find_registers (assessment, &g_array_index (survey->targets, Target, t));

      g_array_append_val (regs_of_all, regs);
      g_array_append_vals (every, regs->data, regs->len);
    }
  for (guint slot = 0; slot < n_slots; slot++)
    slots[slot] = slot;
  survey->all = dk_reach_new (assessment->program, slots, n_slots, (const guint *) (gpointer) every->data, every->len);
  for (guint i = 0; i < n; i++)
    find_reach (survey, &g_array_index (survey->candidates, Candidate, i), regs_of_all);
  for (guint t = 0; t < survey->targets->len; t++)
    g_array_unref (g_array_index (regs_of_all, GArray *, t));
}

static void
close_survey (Survey *survey)
{
  dk_trial_reset (survey->trial, survey->all);
  for (guint i = 0; i < survey->candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (survey->candidates, Candidate, i);

      g_array_unref (candidate->samples);
      dk_reach_free (candidate->reach);
      g_array_unref (candidate->targets);
      g_array_unref (candidate->beside);
    }
  dk_reach_free (survey->all);
  g_free (survey->answers);
  g_free (survey->is_taken);
  g_free (survey->is_decided);
  g_free (survey->ground);
}

/**
 * dk_assessment_get_next_question:
 *
 * While programmes are open, only what can change a programme is asked; then what can change a criterion
 * that is still open in it. What is asked is the fact that most proofs need.
 *
 * Returns: FALSE if nothing that is missing can change a verdict
 */
gboolean
dk_assessment_get_next_question (DkAssessment *assessment,
                                 DkQuestion   *question)
{
  g_autoptr(GArray) targets = find_targets (assessment);
  g_autoptr(GArray) candidates = find_candidates (assessment, targets);
  const Candidate *best = NULL;
  Survey survey = { .assessment = assessment, .targets = targets, .candidates = candidates };

  if (candidates->len == 0)
    return FALSE;

  open_survey (&survey);
  for (guint i = 0; i < candidates->len; i++)
    weigh (&survey, i);
  count_proofs (&survey);

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (best == NULL || is_better (assessment, candidate, best))
        best = candidate;
    }
  question->ref = best->ref;
  question->n_open = best->n_open;
  close_survey (&survey);
  return TRUE;
}
