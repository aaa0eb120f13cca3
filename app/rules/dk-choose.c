/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choices of the enterprise, tried together for the best that is lawful.
 *
 * One choice is made after the other, and with each only what rests on it and on none that follows is computed: so that most of the
 * code is run seldom. Where there are too many combinations to try all, the choices that are still open are taken as "any of
 * these", which bounds whatever can follow; what cannot be better than what was found is left out, and that is a proof. */
#define G_LOG_DOMAIN "dk-choose"

#include "dk-choose.h"

#include "dk-machine.h"

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define FLAG_BITS (DK_UNDEFINED | DK_NA)
#define STATE_BITS (VALUE_BITS | FLAG_BITS)
#define FEW 64

/* Up to so many combinations all are tried. */
#define MAX_TRIED 4096
/* Beyond, so many steps may be taken before the rest is left as it is bounded. */
#define MAX_STEPS 20000

typedef struct
{
  DkRun            *run;
  const DkChoosing *choosing;
  guint             n_wanted;    /* how many of the best are to be found: 1, or 2 with the one that comes next */
  guint64           allowed[DK_MAX_OPTIONS]; /* by choice: options that may be tried, its first as bit 0 */
  guint64           taken;       /* options made so far, of all choices */
  guint64           rank;        /* place of the combination among all, as they are listed */
  guint64           places[DK_MAX_OPTIONS + 1]; /* by choice: how many combinations those from it on have */
  gboolean          is_bounded;  /* too many to try all */
  guint             n_steps;
  GArray           *found;       /* DkCombination: those that may be among the best */
  guint             n_best;
  DkNumber          best[2];     /* the least of what is certain: of the best, and of the next */
  guint64           best_rank[2];
  gboolean          has_rest;    /* not all was tried */
  DkNumber          rest_low;
  guint64           rest;        /* options in it */
} Hunt;

/* The value as it is to be as little as possible. */
static DkValue
get_key (Hunt *hunt)
{
  const DkValue *value = &hunt->run->regs[hunt->choosing->objective];

  if (!hunt->choosing->is_most || !(value->state & VALUE_BITS))
    return *value;
  return dk_value_make (dk_number_negate (dk_value_high (value), hunt->run->arena), dk_number_negate (value->low, hunt->run->arena),
                        value->state & FLAG_BITS);
}

/* Whether something that comes to @low at the least, the combination @rank or a later one, cannot be among the wanted. */
static gboolean
is_beaten (const Hunt *hunt,
           DkNumber    low,
           guint64     rank)
{
  guint last = hunt->n_wanted - 1;
  int order;

  if (hunt->n_best < hunt->n_wanted)
    return FALSE;
  order = dk_number_compare (low, hunt->best[last]);
  return order > 0 || (order == 0 && rank > hunt->best_rank[last]);
}

static void
note_best (Hunt    *hunt,
           DkNumber high,
           guint64  rank)
{
  guint at = hunt->n_best;

  while (at > 0 && (dk_number_compare (high, hunt->best[at - 1]) < 0
                    || (dk_number_equal (high, hunt->best[at - 1]) && rank < hunt->best_rank[at - 1])))
    at--;
  if (at >= hunt->n_wanted)
    return;
  for (guint i = MIN (hunt->n_best, hunt->n_wanted - 1); i > at; i--)
    {
      hunt->best[i] = hunt->best[i - 1];
      hunt->best_rank[i] = hunt->best_rank[i - 1];
    }
  hunt->best[at] = high;
  hunt->best_rank[at] = rank;
  hunt->n_best = MIN (hunt->n_best + 1, hunt->n_wanted);
}

static void
run_level (Hunt *hunt,
           guint at)
{
  const GArray *code = hunt->choosing->levels[at].code;

  dk_machine_execute (hunt->run, (const DkInstr *) (gpointer) code->data, code->len);
}

static void
set_choice (Hunt   *hunt,
            guint   at,
            guint64 set)
{
  hunt->run->regs[hunt->choosing->levels[at].reg] = DK_VALUE_CHOICE (set);
}

/* What the law says of a check as things stand: met, not met, or open. What cannot be computed is not met. */
static guint32
look_at_check (const Hunt       *hunt,
               const DkLawCheck *check)
{
  guint32 bits = hunt->run->regs[check->reg].state & STATE_BITS;

  if (bits & FLAG_BITS)
    bits = (bits & DK_OPEN) | DK_FALSE;
  return check->is_exclusion ? dk_truth_not (bits) : bits;
}

/* Whether what has been chosen so far is lawful, as far as can be told at this choice and could be told before. */
static guint32
look_at_law (const Hunt *hunt,
             guint       at,
             guint32     lawful)
{
  const GArray *checks = hunt->choosing->levels[at].checks;

  for (guint i = 0; i < checks->len && (lawful & DK_TRUE); i++)
    {
      const DkLawCheck *check = &g_array_index (checks, DkLawCheck, i);

      if (check->is_exclusion || ((hunt->taken >> check->which) & 1))
        lawful = dk_truth_and (lawful, look_at_check (hunt, check));
    }
  return lawful;
}

static void
take_combination (Hunt   *hunt,
                  guint32 lawful)
{
  DkValue key = get_key (hunt);
  DkCombination combination = { hunt->taken, hunt->rank, lawful, key };

  if (!(key.state & VALUE_BITS) || is_beaten (hunt, key.low, hunt->rank))
    return;
  if (lawful == DK_TRUE && !(key.state & FLAG_BITS))
    note_best (hunt, dk_value_high (&key), hunt->rank);
  g_array_append_val (hunt->found, combination);
}

/* Leaves a part untried: all that it can come to, and all options in it. */
static void
leave_rest (Hunt    *hunt,
            guint    at,
            DkNumber low)
{
  hunt->rest_low = hunt->has_rest ? dk_number_min (hunt->rest_low, low) : low;
  hunt->has_rest = TRUE;
  hunt->rest |= hunt->taken;
  for (guint k = at; k < hunt->choosing->n_levels; k++)
    hunt->rest |= hunt->allowed[k] << hunt->choosing->levels[k].first;
}

static void try_from (Hunt *hunt, guint at, guint32 lawful);

/* The least that can come of what is chosen so far, whatever is chosen for the rest. FALSE if nothing lawful with a value can. */
static gboolean
bound_rest (Hunt     *hunt,
            guint     at,
            guint32   lawful,
            DkNumber *low)
{
  DkValue key;

  for (guint k = at; k < hunt->choosing->n_levels; k++)
    {
      set_choice (hunt, k, hunt->allowed[k]);
      run_level (hunt, k);
    }
  /* Exclusions of what is open may hold whatever is chosen. */
  for (guint k = at; k < hunt->choosing->n_levels; k++)
    for (guint i = 0; i < hunt->choosing->levels[k].checks->len; i++)
      {
        const DkLawCheck *check = &g_array_index (hunt->choosing->levels[k].checks, DkLawCheck, i);

        if (check->is_exclusion)
          lawful = dk_truth_and (lawful, look_at_check (hunt, check));
      }
  key = get_key (hunt);
  *low = key.low;
  return (lawful & DK_TRUE) && (key.state & VALUE_BITS);
}

/* Makes one choice, and then those that follow. */
static void
try_option (Hunt   *hunt,
            guint   at,
            guint   option,
            guint32 lawful)
{
  const DkChoiceLevel *level = &hunt->choosing->levels[at];
  guint64 bit = (guint64) 1 << (level->first + option), rank = hunt->rank;

  hunt->taken |= bit;
  hunt->rank += option * hunt->places[at + 1];
  set_choice (hunt, at, (guint64) 1 << option);
  run_level (hunt, at);
  lawful = look_at_law (hunt, at, lawful);
  if ((lawful & DK_TRUE) && !hunt->run->exhausted)
    try_from (hunt, at + 1, lawful);
  hunt->taken &= ~bit;
  hunt->rank = rank;
}

/* The options of a choice, the most promising first; of equals in their order. */
static void
try_best_first (Hunt   *hunt,
                guint   at,
                guint32 lawful)
{
  const DkChoiceLevel *level = &hunt->choosing->levels[at];
  struct { guint option; DkNumber low; } order[DK_MAX_OPTIONS];
  guint n = 0;

  for (guint64 rest = hunt->allowed[at]; rest != 0 && !hunt->run->exhausted; rest &= rest - 1)
    {
      guint option = (guint) __builtin_ctzll (rest), k = n;
      guint64 bit = (guint64) 1 << (level->first + option);
      guint32 here;
      DkNumber low;

      hunt->taken |= bit;
      hunt->n_steps++;
      set_choice (hunt, at, (guint64) 1 << option);
      run_level (hunt, at);
      here = look_at_law (hunt, at, lawful);
      if ((here & DK_TRUE) && bound_rest (hunt, at + 1, here, &low))
        {
          for (; k > 0 && dk_number_compare (low, order[k - 1].low) < 0; k--)
            order[k] = order[k - 1];
          order[k].option = option;
          order[k].low = low;
          n++;
        }
      hunt->taken &= ~bit;
    }
  for (guint i = 0; i < n && !hunt->run->exhausted; i++)
    {
      if (is_beaten (hunt, order[i].low, hunt->rank + order[i].option * hunt->places[at + 1]))
        continue;
      if (hunt->n_steps <= MAX_STEPS)
        try_option (hunt, at, order[i].option, lawful);
      else
        {
          guint64 bit = (guint64) 1 << (level->first + order[i].option);

          hunt->taken |= bit;
          leave_rest (hunt, at + 1, order[i].low);
          hunt->taken &= ~bit;
        }
    }
}

static void
try_from (Hunt   *hunt,
          guint   at,
          guint32 lawful)
{
  if (at == hunt->choosing->n_levels)
    {
      take_combination (hunt, lawful);
      return;
    }
  /* The last choices are few: to bound them would be as much work as to try them. */
  if (hunt->is_bounded && hunt->places[at] > 4)
    {
      try_best_first (hunt, at, lawful);
      return;
    }
  for (guint64 rest = hunt->allowed[at]; rest != 0 && !hunt->run->exhausted; rest &= rest - 1)
    {
      hunt->n_steps++;
      try_option (hunt, at, (guint) __builtin_ctzll (rest), lawful);
    }
}

/* Which options are left: all, or the one for which the enterprise has decided. */
static void
find_allowed (Hunt     *hunt,
              gboolean  ignores_decisions)
{
  const DkChoosing *choosing = hunt->choosing;
  guint64 n_allowed = 1;

  hunt->places[choosing->n_levels] = 1;
  for (guint k = choosing->n_levels; k-- > 0;)
    {
      const DkChoiceLevel *level = &choosing->levels[k];

      hunt->allowed[k] = ((guint64) 1 << level->n_options) - 1;
      for (guint i = level->n_options; i-- > 0 && !ignores_decisions;)
        if (choosing->decided[level->first + i] != DK_NO_REGISTER
            && (hunt->run->regs[choosing->decided[level->first + i]].state & STATE_BITS) == DK_TRUE)
          hunt->allowed[k] = (guint64) 1 << i;
      /* With so many the ranks of the last are no longer told apart, and need not be: ties are then broken among the others. */
      hunt->places[k] = hunt->places[k + 1] > G_MAXUINT64 / (level->n_options + 1) ? hunt->places[k + 1] : hunt->places[k + 1] * level->n_options;
      n_allowed = MIN (n_allowed * (guint64) __builtin_popcountll (hunt->allowed[k]), MAX_TRIED + 1);
    }
  hunt->is_bounded = n_allowed > MAX_TRIED;
}

/* Tries, and leaves all registers of the run as they were. */
static void
hunt_down (Hunt *hunt)
{
  const GArray *written = hunt->choosing->written;
  DkValue few[FEW];
  g_autofree DkValue *many = written->len > FEW ? g_new (DkValue, written->len) : NULL;
  DkValue *kept = many != NULL ? many : few, *regs = hunt->run->regs;
  guint n = 0;

  for (guint i = 0; i < written->len; i++)
    kept[i] = regs[g_array_index (written, guint32, i)];
  try_from (hunt, 0, DK_TRUE);
  for (guint i = 0; i < written->len; i++)
    regs[g_array_index (written, guint32, i)] = kept[i];
  /* What was kept before something better was found. */
  for (guint i = 0; i < hunt->found->len; i++)
    {
      DkCombination *one = &g_array_index (hunt->found, DkCombination, i);

      if (!is_beaten (hunt, one->key.low, one->rank))
        g_array_index (hunt->found, DkCombination, n++) = *one;
    }
  g_array_set_size (hunt->found, n);
}

/* Whether the version of these choices may be in force. */
static gboolean
may_be_in_force (const DkRun      *run,
                 const DkChoosing *choosing)
{
  const DkValue *day = &run->regs[choosing->day];

  if (!(day->state & VALUE_BITS))
    return FALSE;
  if (dk_number_compare (dk_value_high (day), DK_NUMBER (choosing->from)) < 0)
    return FALSE;
  return choosing->to == G_MAXINT64 || dk_number_compare (day->low, DK_NUMBER (choosing->to)) <= 0;
}

DkValue
dk_machine_choose (DkRun            *run,
                   const DkChoosing *choosing)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (DkCombination));
  Hunt hunt = { .run = run, .choosing = choosing, .n_wanted = 1, .found = found };
  const guint64 all = ((guint64) 1 << choosing->n_options) - 1;
  DkValue result;
  guint64 options = 0;
  DkNumber low = DK_ZERO, high = DK_ZERO;
  gboolean any = FALSE;

  if (!may_be_in_force (run, choosing))
    return DK_VALUE_UNDEFINED;
  find_allowed (&hunt, FALSE);
  hunt_down (&hunt);
  if (run->exhausted)
    {
      result = (DkValue) { DK_MINUS_INFINITY, DK_INFINITY, DK_RANGE | DK_UNDEFINED };
      result.state |= all << DK_CHOSEN_SHIFT;
      return result;
    }
  for (guint i = 0; i < found->len; i++)
    {
      const DkCombination *one = &g_array_index (found, DkCombination, i);
      DkNumber most = dk_value_high (&one->key);

      options |= one->options;
      low = any ? dk_number_min (low, one->key.low) : one->key.low;
      high = any ? dk_number_max (high, most) : most;
      any = TRUE;
    }
  if (hunt.has_rest && !is_beaten (&hunt, hunt.rest_low, 0))
    {
      options |= hunt.rest;
      low = any ? dk_number_min (low, hunt.rest_low) : hunt.rest_low;
      high = DK_INFINITY;
      any = TRUE;
    }
  if (!any)
    return DK_VALUE_UNDEFINED;
  if (hunt.n_best > 0)
    high = hunt.best[0];
  result = choosing->is_most ? dk_value_make (dk_number_negate (high, run->arena), dk_number_negate (low, run->arena), 0)
                             : dk_value_make (low, high, 0);
  if (hunt.n_best == 0)
    result.state |= DK_UNDEFINED; /* none may be lawful */
  result.state |= options << DK_CHOSEN_SHIFT;
  return result;
}

static int
compare_combinations (gconstpointer a,
                      gconstpointer b)
{
  const DkCombination *x = a, *y = b;
  int order = dk_number_compare (x->key.low, y->key.low);

  if (order == 0)
    order = dk_number_compare (dk_value_high (&x->key), dk_value_high (&y->key));
  return order != 0 ? order : x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* The values as they are, not as they are compared. */
static void
turn_back (Hunt *hunt)
{
  for (guint i = 0; hunt->choosing->is_most && i < hunt->found->len; i++)
    {
      DkValue *key = &g_array_index (hunt->found, DkCombination, i).key;

      *key = dk_value_make (dk_number_negate (dk_value_high (key), hunt->run->arena), dk_number_negate (key->low, hunt->run->arena),
                            key->state & FLAG_BITS);
    }
}

GArray *
dk_run_find_combinations (DkRun            *run,
                          const DkChoosing *choosing,
                          guint             n_best,
                          gboolean          ignores_decisions,
                          gboolean         *is_whole)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (DkCombination));
  Hunt hunt = { .run = run, .choosing = choosing, .n_wanted = CLAMP (n_best, 1, 2), .found = found };

  if (may_be_in_force (run, choosing))
    {
      run->work = DK_RUN_MAX_WORK;
      run->exhausted = FALSE;
      find_allowed (&hunt, ignores_decisions);
      hunt_down (&hunt);
    }
  g_array_sort (found, compare_combinations);
  turn_back (&hunt);
  *is_whole = !run->exhausted && !hunt.has_rest;
  run->exhausted = FALSE;
  return found;
}

/* Why a combination is not lawful: the checks that are not met, or may not be. */
typedef struct
{
  Hunt              hunt;
  DkReasonFunc      func;
  gpointer          data;
} Inquiry;

static void
inquire_from (Inquiry *inquiry,
              guint    at)
{
  Hunt *hunt = &inquiry->hunt;
  const DkChoosing *choosing = hunt->choosing;

  if (at == choosing->n_levels)
    {
      for (guint k = 0; k < at; k++)
        for (guint i = 0; i < choosing->levels[k].checks->len; i++)
          {
            const DkLawCheck *check = &g_array_index (choosing->levels[k].checks, DkLawCheck, i);
            guint32 bits = check->is_exclusion || ((hunt->taken >> check->which) & 1) ? look_at_check (hunt, check) : DK_TRUE;

            if (bits != DK_TRUE)
              inquiry->func (hunt->taken, check, bits, inquiry->data);
          }
      return;
    }
  for (guint64 rest = hunt->allowed[at]; rest != 0 && !hunt->run->exhausted; rest &= rest - 1)
    {
      guint option = (guint) __builtin_ctzll (rest);
      guint64 bit = (guint64) 1 << (choosing->levels[at].first + option);

      hunt->taken |= bit;
      set_choice (hunt, at, (guint64) 1 << option);
      run_level (hunt, at);
      inquire_from (inquiry, at + 1);
      hunt->taken &= ~bit;
    }
}

gboolean
dk_run_ask_law (DkRun            *run,
                const DkChoosing *choosing,
                DkReasonFunc      func,
                gpointer          data)
{
  Inquiry inquiry = { { .run = run, .choosing = choosing, .n_wanted = 1 }, func, data };
  g_autofree DkValue *kept = g_new (DkValue, choosing->written->len + 1);

  if (!may_be_in_force (run, choosing))
    return TRUE;
  run->work = DK_RUN_MAX_WORK;
  find_allowed (&inquiry.hunt, TRUE);
  if (inquiry.hunt.is_bounded)
    return FALSE;
  for (guint i = 0; i < choosing->written->len; i++)
    kept[i] = run->regs[g_array_index (choosing->written, guint32, i)];
  inquire_from (&inquiry, 0);
  for (guint i = 0; i < choosing->written->len; i++)
    run->regs[g_array_index (choosing->written, guint32, i)] = kept[i];
  run->exhausted = FALSE;
  return TRUE;
}
