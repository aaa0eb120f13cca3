/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-levers"

#include "dk-witness.h"

/* What is looked for along the grid of a fact: the first place where a result surely passes, or the first
 * where it no longer does. */
typedef enum { GOAL_PASS, GOAL_TURN } Goal;

/* A search over from + direction * k * step, k = 1 ... n. */
typedef struct
{
  DkAssessment   *assessment;
  const DkResult *result;
  GArray         *regs;        /* guint: what the verdict is read from */
  gboolean       *matters;     /* by slot: whether the verdict can depend on the fact */
  Goal            goal;
  guint           slot;
  guint           partner;     /* grows by the same amount; G_MAXUINT: none */
  DkNumber        from, partner_from;
  DkNumber        step;
  int             direction;   /* 1 or -1 */
  gint64          n;
  guint           budget;      /* runs left */
  gboolean        has_unknowns;/* other facts that matter are not known either */
  DkReach        *reach;       /* of the slots that are tried, while a search goes on */
  GArray         *slots;       /* guint: those */
  DkWitnesses    *witnesses;   /* NULL until they are wanted */
} Search;

#define NO_SLOT G_MAXUINT
#define BUDGET 3000
/* Where other facts are missing each run takes longer, and says less. */
#define SMALL_BUDGET 150
/* How far a fact without upper limit is followed. */
#define FARTHEST 1000000

static DkNumber
at_place (const Search *search,
          DkNumber      from,
          gint64        k)
{
  DkArena *arena = search->assessment->arena;

  return dk_number_add (from, dk_number_mul (search->step, DK_NUMBER (search->direction * k), arena), arena);
}

/* The fact somewhere on the grid from place @first to place @last. */
static DkValue
get_stretch (const Search *search,
             DkNumber      from,
             gint64        first,
             gint64        last)
{
  DkNumber a = at_place (search, from, first), b;

  if (first == last)
    return DK_VALUE_POINT (a);
  b = at_place (search, from, last);
  return search->direction > 0 ? DK_VALUE_RANGE (a, b) : DK_VALUE_RANGE (b, a);
}

static guint32
evaluate (Search *search,
          gint64  first,
          gint64  last)
{
  DkAssessment *assessment = search->assessment;
  DkTrial *trial = dk_assessment_get_trial (assessment);
  DkValue value = get_stretch (search, search->from, first, last);

  if (search->budget > 0)
    search->budget--;
  dk_trial_forget (trial);
  for (guint i = 0; i < search->slots->len; i++)
    {
      guint slot = g_array_index (search->slots, guint, i);

      dk_trial_set (trial, slot, &assessment->inputs[slot]);
    }
  dk_assessment_try (assessment, search->slot, &value);
  if (search->partner != NO_SLOT)
    {
      DkValue partner = get_stretch (search, search->partner_from, first, last);

      dk_assessment_try (assessment, search->partner, &partner);
    }
  dk_trial_run (trial, search->reach);
  return dk_assessment_read_truth (assessment, dk_trial_get_run (trial), search->result);
}

/* What was evaluated last, more exactly: the verdict itself was tightened, and what is tried must not seem less sure for want of it. */
static guint32
tighten (Search  *search,
         guint32  bits)
{
  DkTrial *trial = dk_assessment_get_trial (search->assessment);

  if (dk_truth_is_settled (bits) || (search->result->is_programme && search->result->n_versions != 1))
    return bits;
  dk_trial_refine (trial, search->reach);
  return dk_assessment_read_truth (search->assessment, dk_trial_get_run (trial), search->result);
}

/* Whether all, or none, of the places in a stretch with these truth bits are what is looked for. */
static gboolean
is_hit (Goal    goal,
        guint32 bits)
{
  return goal == GOAL_PASS ? bits == DK_TRUE : (bits & DK_TRUE) == 0;
}

static gboolean
is_miss (Goal    goal,
         guint32 bits)
{
  return goal == GOAL_PASS ? (bits & DK_TRUE) == 0 : bits == DK_TRUE;
}

/* The register of the verdict, if one alone decides: DK_NO_REGISTER when the version depends on facts. */
static guint
get_only_register (const Search *search)
{
  return search->regs->len == 1 ? g_array_index (search->regs, guint, 0) : DK_NO_REGISTER;
}

/* Whether at no place of the stretch that was evaluated last the result can be sure, for want of other facts. */
static gboolean
is_hopeless (Search *search)
{
  guint reg = get_only_register (search);
  DkTrial *trial = dk_assessment_get_trial (search->assessment);

  if (search->goal != GOAL_PASS || !search->has_unknowns)
    return FALSE;
  if (reg != DK_NO_REGISTER && !dk_trial_can_be_sure (trial, search->reach, reg))
    return TRUE;
  if (search->witnesses == NULL)
    search->witnesses = dk_witnesses_new (search->assessment, search->result, search->regs);
  return dk_witnesses_refute (search->witnesses, trial, search->slots, search->reach);
}

/* The first place in [first, last] that is a hit, or 0. Stretches without one are left out as a whole, so that
 * neither a threshold nor a hole in the law is stepped over. */
static gint64
find_first (Search *search,
            gint64  first,
            gint64  last)
{
  guint32 bits;
  gint64 middle, found;

  /* Out of time: nothing is claimed of what was not looked at. */
  if (search->budget == 0)
    return search->goal == GOAL_TURN ? first : 0;
  bits = evaluate (search, first, last);
  if (is_miss (search->goal, bits))
    return 0;
  if (!is_hit (search->goal, bits))
    {
      if (is_hopeless (search))
        return 0;
      /* A stretch that is loose only for its own width is split anyway; but one that surely passes is not to be split for nothing. */
      if (first == last || (search->has_unknowns && search->goal == GOAL_TURN))
        bits = tighten (search, bits);
      if (is_miss (search->goal, bits))
        return 0;
    }
  if (is_hit (search->goal, bits))
    return first;
  if (first == last)
    return search->goal == GOAL_TURN ? first : 0;
  middle = first + (last - first) / 2;
  found = find_first (search, first, middle);
  return found != 0 ? found : find_first (search, middle + 1, last);
}

static gboolean
is_hit_at (Search *search,
           gint64  k)
{
  guint32 bits = evaluate (search, k, k);

  if (!is_hit (search->goal, bits) && !is_miss (search->goal, bits) && !is_hopeless (search))
    bits = tighten (search, bits);
  return search->goal == GOAL_PASS ? bits == DK_TRUE : bits != DK_TRUE;
}

/* Where other facts are missing no stretch says enough: tries 1, 2, 4 ... and halves what lies between. */
static gint64
find_by_trying (Search *search)
{
  gint64 miss = 0, hit = 0;

  for (gint64 k = 1; k > 0 && hit == 0; k = k > G_MAXINT64 / 4 ? 0 : k * 2)
    {
      k = MIN (k, search->n);
      if (is_hit_at (search, k))
        hit = k;
      else
        miss = k;
      if (k == search->n)
        break;
    }
  if (hit == 0)
    return 0;
  while (hit - miss > 1)
    {
      gint64 middle = miss + (hit - miss) / 2;

      if (is_hit_at (search, middle))
        hit = middle;
      else
        miss = middle;
    }
  return hit;
}

static gint64
find (Search *search)
{
  gint64 found;

  if (search->n < 1)
    return 0;
  search->budget = search->has_unknowns ? SMALL_BUDGET : BUDGET;
  found = find_first (search, 1, search->n);
  return found != 0 || search->budget > 0 || search->goal == GOAL_TURN ? found : find_by_trying (search);
}

/* What is tried, and what it reaches, for the slots of the search. */
static void
begin_trying (Search *search)
{
  g_array_set_size (search->slots, 0);
  for (guint k = 0; k < 2; k++)
    {
      guint slot = k == 0 ? search->slot : search->partner;
      const GArray *moves = slot != NO_SLOT ? dk_assessment_get_moves (search->assessment, slot) : NULL;

      for (guint i = 0; moves != NULL && i < moves->len; i++)
        g_array_append_val (search->slots, g_array_index (moves, DkMove, i).slot);
    }
}

/* Whether it may be worth running anything for the slots of the search. */
static gboolean
is_promising (const Search *search)
{
  guint reg = get_only_register (search);

  return search->goal != GOAL_PASS || reg == DK_NO_REGISTER
         || dk_trial_may_become_sure (dk_assessment_get_trial (search->assessment),
                                      (const guint *) (gpointer) search->slots->data, search->slots->len, reg);
}

static void
open_reach (Search *search)
{
  search->reach = dk_reach_new (search->assessment->program, (const guint *) (gpointer) search->slots->data, search->slots->len,
                                (const guint *) (gpointer) search->regs->data, search->regs->len);
}

static void
close_reach (Search *search)
{
  if (search->reach == NULL)
    return;
  dk_trial_reset (dk_assessment_get_trial (search->assessment), search->reach);
  if (search->witnesses != NULL)
    dk_witnesses_reset (search->witnesses, search->reach);
  g_clear_pointer (&search->reach, dk_reach_free);
}

/* Facts as they stand */

static const DkSlot *
get_slot (const DkAssessment *assessment,
          guint               slot)
{
  return &dk_program_get_slots (assessment->program)[slot];
}

/* The slot of another fact in the same period. */
static guint
find_beside (const DkAssessment *assessment,
             guint               slot,
             const DkSymbol     *fact)
{
  return dk_assessment_find_slot (assessment, fact, assessment->answers[slot].period);
}

/* A fact that is answered, or known from other answers. */
static gboolean
get_known (const DkAssessment *assessment,
           guint               slot,
           DkValue            *value)
{
  *value = assessment->inputs[slot];
  if (value->state & DK_UNANSWERED)
    {
      if (assessment->known_reg[slot] == get_slot (assessment, slot)->reg)
        return FALSE;
      *value = assessment->run->regs[assessment->known_reg[slot]];
      return dk_value_is_point (value);
    }
  return (value->state & (DK_POINT | DK_RANGE)) != 0;
}

static DkNumber
get_step (const DkSymbol *fact)
{
  if (dk_number_sign (fact->step) > 0)
    return fact->step;
  return fact->unit == DK_UNIT_YUAN ? (DkNumber) { 1, 100 } : fact->unit == DK_UNIT_RATIO ? (DkNumber) { 1, 10000 } : DK_ONE;
}

/* The farthest that @slot may go: its domain, and the parts and wholes that are answered. @moves_too moves along. */
static DkNumber
get_limit (const DkAssessment *assessment,
           guint               slot,
           int                 direction,
           guint               moves_too)
{
  const DkSymbol *fact = get_slot (assessment, slot)->fact;
  GArray *relations = dk_catalogue_get_relations (assessment->catalogue);
  DkNumber limit = direction > 0 ? dk_value_high (&fact->domain) : fact->domain.low;

  for (guint r = 0; r < relations->len; r++)
    {
      const DkRelation *relation = &g_array_index (relations, DkRelation, r);
      const DkSymbol *other = direction > 0 && relation->part == fact ? relation->whole
                              : direction < 0 && relation->whole == fact ? relation->part : NULL;
      guint beside = other == NULL ? NO_SLOT : find_beside (assessment, slot, other);
      DkValue value;

      if (other == NULL || (beside != NO_SLOT && beside == moves_too))
        continue;
      /* A relation holds whether or not the rules ask for the other fact. */
      if (beside != NO_SLOT ? !get_known (assessment, beside, &value)
                            : !dk_enterprise_get (assessment->enterprise, other, dk_assessment_get_period (assessment, slot), &value)
                              || (value.state & (DK_POINT | DK_RANGE)) == 0)
        continue;
      limit = direction > 0 ? dk_number_min (limit, value.low) : dk_number_max (limit, dk_value_high (&value));
    }
  return limit;
}

/* How many steps lie between @from and @limit. */
static gint64
count_steps (const Search *search,
             DkNumber      from,
             DkNumber      limit)
{
  DkArena *arena = search->assessment->arena;
  DkNumber magnitude = dk_number_sign (from) < 0 ? dk_number_negate (from, arena) : from;
  DkNumber farthest = dk_number_mul (dk_number_max (magnitude, DK_NUMBER (FARTHEST)), DK_NUMBER (FARTHEST), arena);
  DkNumber way;
  gint64 n;

  if (!dk_number_is_finite (limit))
    way = farthest;
  else
    way = search->direction > 0 ? dk_number_sub (limit, from, arena) : dk_number_sub (from, limit, arena);
  way = dk_number_min (way, farthest);
  if (dk_number_sign (way) <= 0)
    return 0;
  if (!dk_number_to_int64 (dk_number_floor (dk_number_div (way, search->step, arena), arena), &n))
    return G_MAXINT64 / 8;
  return MIN (n, G_MAXINT64 / 8);
}

/* Whether there is anywhere to go, and what that would reach. */
static gboolean
set_up (Search *search,
        guint   slot,
        guint   partner,
        int     direction)
{
  const DkAssessment *assessment = search->assessment;
  gboolean is_range;
  DkValue value;

  close_reach (search);
  search->slot = slot;
  search->partner = partner;
  search->direction = direction;
  search->step = get_step (get_slot (assessment, slot)->fact);
  search->n = 0;
  if (!get_known (assessment, slot, &value))
    return FALSE;
  is_range = !dk_value_is_point (&value);
  search->from = direction > 0 ? value.low : dk_value_high (&value);
  if (!dk_number_is_finite (search->from))
    return FALSE;
  begin_trying (search);
  if (!is_promising (search))
    return FALSE;
  search->n = count_steps (search, search->from, get_limit (assessment, slot, direction, partner));
  if (partner != NO_SLOT)
    {
      if (!get_known (assessment, partner, &value) || !dk_number_is_finite (value.low))
        return FALSE;
      search->partner_from = direction > 0 ? value.low : dk_value_high (&value);
      search->n = MIN (search->n, count_steps (search, search->partner_from, get_limit (assessment, partner, direction, slot)));
    }
  if (search->n < 1)
    return FALSE;
  open_reach (search);
  /* An answer that is a range, and passes at its near end, wants to be made exact, not to be changed. */
  return !(search->goal == GOAL_PASS && is_range && partner == NO_SLOT && is_hit_at (search, 0));
}

static DkNumber
get_relative (const Search *search,
              DkNumber      to)
{
  DkArena *arena = search->assessment->arena;
  DkNumber difference = dk_number_sub (to, search->from, arena);
  DkNumber ratio;

  if (dk_number_sign (difference) == 0)
    return DK_ZERO;
  if (dk_number_sign (search->from) == 0)
    return DK_INFINITY;
  ratio = dk_number_div (difference, search->from, arena);
  return dk_number_sign (ratio) < 0 ? dk_number_negate (ratio, arena) : ratio;
}

static DkFactRef
get_ref (const DkAssessment *assessment,
         guint               slot)
{
  DkFactRef ref = { get_slot (assessment, slot)->fact, dk_assessment_get_period (assessment, slot), slot };

  return ref;
}

static DkLever
make_lever (const Search *search,
            gint64        k)
{
  const DkAssessment *assessment = search->assessment;
  DkLever lever = { 0 };

  lever.ref = get_ref (assessment, search->slot);
  if (search->partner != NO_SLOT)
    lever.grows_with = get_ref (assessment, search->partner);
  lever.from = search->from;
  lever.to = at_place (search, search->from, k);
  lever.relative = get_relative (search, lever.to);
  lever.is_closed = lever.ref.fact->period != DK_PERIOD_NONE && lever.ref.period.year <= assessment->last_year;
  return lever;
}

static int
compare_levers (gconstpointer a,
                gconstpointer b)
{
  const DkLever *left = a, *right = b;
  int order = dk_number_compare (left->relative, right->relative);

  if (order == 0)
    order = g_strcmp0 (left->ref.fact->id, right->ref.fact->id);
  if (order == 0)
    order = right->ref.period.year - left->ref.period.year;
  return order != 0 ? order : dk_number_compare (left->to, right->to);
}

/* What the verdict is read from: of a programme whose version is certain, that version's alone. */
static GArray *
find_registers (const DkAssessment *assessment,
                const DkResult     *result)
{
  GArray *regs = g_array_new (FALSE, FALSE, sizeof (guint));

  if (result->is_programme && result->in_force != NULL && (result->item->pack->select == NULL || result->item->pack->select_reg == DK_NO_REGISTER))
    g_array_append_val (regs, result->in_force->root->verdict_reg);
  else
    dk_assessment_add_registers (assessment, result, regs);
  return regs;
}

/* By canonical slot: whether the verdict can depend on the fact at all, in any slot of its period. */
static gboolean *
find_what_matters (const DkAssessment *assessment,
                   const GArray       *regs)
{
  guint n = dk_program_n_slots (assessment->program);
  gboolean *matters = g_new0 (gboolean, n + 1);

  for (guint slot = 0; slot < n; slot++)
    for (guint k = 0; k < regs->len && !matters[assessment->canonical[slot]]; k++)
      {
        guint reg = g_array_index (regs, guint, k);

        matters[assessment->canonical[slot]] = reg != DK_NO_REGISTER && dk_program_depends (assessment->program, reg, slot);
      }
  return matters;
}

/* Whether a fact that matters is not known: by its answer, or derived from others. */
static gboolean
has_unknowns (const DkAssessment *assessment,
              const gboolean     *matters)
{
  for (guint slot = 0; slot < dk_program_n_slots (assessment->program); slot++)
    {
      const DkSlot *info = get_slot (assessment, slot);

      if (matters[slot] && info->kind == DK_SLOT_FACT
          && !dk_value_is_settled_as (&assessment->run->regs[assessment->known_reg[slot]], info->fact->kind))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_verdict (const DkResult *result)
{
  return result->item->verdict_reg != DK_NO_REGISTER && !(result->is_programme && result->in_force == NULL);
}

static void
begin_search (Search         *search,
              DkAssessment   *assessment,
              const DkResult *result,
              Goal            goal)
{
  GArray *regs = find_registers (assessment, result);
  gboolean *matters = find_what_matters (assessment, regs);

  *search = (Search) {
    .assessment = assessment,
    .result = result,
    .regs = regs,
    .matters = matters,
    .goal = goal,
    .has_unknowns = has_unknowns (assessment, matters),
    .slots = g_array_new (FALSE, FALSE, sizeof (guint)),
  };
}

static void
end_search (Search *search)
{
  close_reach (search);
  g_array_unref (search->regs);
  g_free (search->matters);
  dk_witnesses_free (search->witnesses);
  g_array_unref (search->slots);
}

/* The nearest place in one direction. Where another fact grows along there are two ways, and both are told: moving people who are
 * there already, and hiring, which raises the whole as well. */
static void
look_for_lever (Search *search,
                guint   slot,
                guint   partner,
                int     direction,
                GArray *levers)
{
  const guint partners[] = { NO_SLOT, partner };

  for (guint i = 0; i < (partner != NO_SLOT && direction > 0 ? 2 : 1); i++)
    {
      gint64 place;

      if (!set_up (search, slot, partners[i], direction))
        continue;
      place = find (search);
      if (place != 0)
        {
          DkLever lever = make_lever (search, place);

          if (partners[i] == NO_SLOT && partner != NO_SLOT && direction > 0)
            lever.keeps = get_slot (search->assessment, partner)->fact;
          g_array_append_val (levers, lever);
        }
    }
}

/**
 * dk_assessment_get_levers:
 * @result: fails or is open
 *
 * What would make the result pass: for each fact that the enterprise knows and can change, the nearest
 * figure with which it surely passes. Exact: with @to it passes, and nowhere on the grid between @from and @to.
 *
 * Returns: (transfer full): #DkLever, cheapest first; empty if no single fact does it
 */
GArray *
dk_assessment_get_levers (DkAssessment   *assessment,
                          const DkResult *result)
{
  GArray *levers = g_array_new (FALSE, TRUE, sizeof (DkLever));
  Search search;

  if (!has_verdict (result) || (result->verdict != DK_VERDICT_FAIL && result->verdict != DK_VERDICT_OPEN))
    return levers;

  begin_search (&search, assessment, result, GOAL_PASS);
  for (guint slot = 0; slot < dk_program_n_slots (assessment->program); slot++)
    {
      const DkSlot *info = get_slot (assessment, slot);
      const DkFact *fact;
      const DkSymbol *grows_with;
      guint partner = NO_SLOT;

      if (info->kind != DK_SLOT_FACT || assessment->canonical[slot] != slot || info->fact->kind != DK_KIND_NUMBER)
        continue;
      fact = dk_catalogue_find_fact (assessment->catalogue, info->fact->id);
      if (fact == NULL || fact->change == DK_CHANGE_NONE || !search.matters[slot])
        continue;
      grows_with = fact->grows_with != NULL ? dk_scope_find_fact (assessment->scope, fact->grows_with) : NULL;
      if (grows_with != NULL && grows_with->kind == DK_KIND_NUMBER)
        partner = find_beside (assessment, slot, grows_with);
      if (fact->change & DK_CHANGE_UP)
        look_for_lever (&search, slot, partner, 1, levers);
      if (fact->change & DK_CHANGE_DOWN)
        look_for_lever (&search, slot, NO_SLOT, -1, levers);
    }
  end_search (&search);
  g_array_sort (levers, compare_levers);
  return levers;
}

/**
 * dk_assessment_find_least:
 * @result: of any verdict
 * @slot: of a fact that is a number, answered or not
 * @least: where to put the least value of the fact's grid with which @result surely passes, all else as it is
 *
 * Looks from the lowest value that the fact may have, whatever it is now.
 *
 * Returns: FALSE if no value does it, or the fact has no lowest value
 */
gboolean
dk_assessment_find_least (DkAssessment   *assessment,
                          const DkResult *result,
                          guint           slot,
                          DkNumber       *least)
{
  const DkSymbol *fact = get_slot (assessment, slot)->fact;
  gboolean found = FALSE;
  Search search;

  if (!has_verdict (result) || fact == NULL || !dk_number_is_finite (fact->domain.low))
    return FALSE;
  begin_search (&search, assessment, result, GOAL_PASS);
  search.slot = assessment->canonical[slot];
  search.partner = NO_SLOT;
  search.direction = 1;
  search.step = get_step (fact);
  search.from = fact->domain.low;
  search.n = count_steps (&search, search.from, dk_value_high (&fact->domain));
  /* What is not known of the fact itself is just what is tried. */
  search.matters[search.slot] = FALSE;
  search.has_unknowns = has_unknowns (assessment, search.matters);
  begin_trying (&search);
  if (is_promising (&search))
    {
      gint64 place;

      open_reach (&search);
      search.budget = BUDGET;
      if (is_hit_at (&search, 0))
        {
          *least = search.from;
          found = TRUE;
        }
      else if ((place = find (&search)) != 0)
        {
          *least = at_place (&search, search.from, place);
          found = TRUE;
        }
    }
  end_search (&search);
  return found;
}

/* How far days are followed: an answer does not stay true for longer without anybody looking at it. */
#define DAYS_AHEAD (3 * 366)

/**
 * dk_assessment_find_first_day:
 * @result: fails
 * @day: where to put the first day after that of the assessment on which @result surely passes, all answers as they are
 *
 * The last full year stays what it is, and so do the rules.
 *
 * Returns: FALSE if time alone does not mend it, within three years
 */
gboolean
dk_assessment_find_first_day (DkAssessment   *assessment,
                              const DkResult *result,
                              gint64         *day)
{
  gint64 place = 0;
  Search search;

  if (!has_verdict (result) || result->verdict != DK_VERDICT_FAIL)
    return FALSE;
  begin_search (&search, assessment, result, GOAL_PASS);
  search.slot = NO_SLOT;
  for (guint slot = 0; slot < dk_program_n_slots (assessment->program) && search.slot == NO_SLOT; slot++)
    if (get_slot (assessment, slot)->kind == DK_SLOT_AS_OF && search.matters[slot])
      search.slot = slot;
  if (search.slot != NO_SLOT)
    {
      search.partner = NO_SLOT;
      search.direction = 1;
      search.step = DK_ONE;
      search.from = DK_NUMBER (assessment->as_of);
      search.n = DAYS_AHEAD;
      begin_trying (&search);
      if (is_promising (&search))
        {
          open_reach (&search);
          place = find (&search);
        }
    }
  end_search (&search);
  *day = assessment->as_of + place;
  return place != 0;
}

/**
 * dk_assessment_get_safety:
 * @result: passes
 *
 * How far each figure may go, either way, before the result no longer surely passes; @to is the last
 * place of the grid that still passes.
 *
 * Returns: (transfer full): #DkLever, weakest first; figures that cannot turn the verdict are left out
 */
GArray *
dk_assessment_get_safety (DkAssessment   *assessment,
                          const DkResult *result)
{
  GArray *levers = g_array_new (FALSE, TRUE, sizeof (DkLever));
  Search search;

  if (!has_verdict (result) || result->verdict != DK_VERDICT_PASS)
    return levers;

  begin_search (&search, assessment, result, GOAL_TURN);
  for (guint slot = 0; slot < dk_program_n_slots (assessment->program); slot++)
    {
      const DkSlot *info = get_slot (assessment, slot);
      DkValue value;

      if (info->kind != DK_SLOT_FACT || assessment->canonical[slot] != slot || info->fact->kind != DK_KIND_NUMBER)
        continue;
      if (!get_known (assessment, slot, &value) || !dk_value_is_point (&value) || !search.matters[slot])
        continue;
      for (int direction = -1; direction <= 1; direction += 2)
        {
          gint64 turn;

          if (!set_up (&search, slot, NO_SLOT, direction))
            continue;
          turn = find (&search);
          if (turn != 0)
            {
              DkLever lever = make_lever (&search, turn - 1);

              g_array_append_val (levers, lever);
            }
        }
    }
  end_search (&search);
  g_array_sort (levers, compare_levers);
  return levers;
}
