/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-machine"

#include "dk-machine.h"

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define FLAG_BITS (DK_UNDEFINED | DK_NA)
#define STATE_BITS (VALUE_BITS | FLAG_BITS)

static DkValue
min_of (const DkValue *a,
        const DkValue *b)
{
  guint32 flags = (a->state | b->state) & FLAG_BITS;

  if (!(a->state & VALUE_BITS) || !(b->state & VALUE_BITS))
    return dk_value_make_empty (flags);
  return dk_value_make (dk_number_min (a->low, b->low), dk_number_min (dk_value_high (a), dk_value_high (b)), flags);
}

static DkValue
max_of (const DkValue *a,
        const DkValue *b)
{
  guint32 flags = (a->state | b->state) & FLAG_BITS;

  if (!(a->state & VALUE_BITS) || !(b->state & VALUE_BITS))
    return dk_value_make_empty (flags);
  return dk_value_make (dk_number_max (a->low, b->low), dk_number_max (dk_value_high (a), dk_value_high (b)), flags);
}

static DkValue
combine (DkOp           op,
         const DkValue *a,
         const DkValue *b,
         DkArena       *arena)
{
  switch (op)
    {
    case DK_OP_MIN: case DK_OP_MIN_AVAILABLE:
      return min_of (a, b);
    case DK_OP_MAX: case DK_OP_MAX_AVAILABLE:
      return max_of (a, b);
    default:
      return dk_value_add (a, b, arena);
    }
}

/* The same where what is undefined (or does not apply) is skipped: all pairs of what the two can be. */
static DkValue
combine_available (DkOp           op,
                   const DkValue *a,
                   const DkValue *b,
                   DkArena       *arena)
{
  gboolean a_missing = (a->state & FLAG_BITS) != 0, b_missing = (b->state & FLAG_BITS) != 0;
  DkValue pure_a = { a->low, a->high, a->state & VALUE_BITS }, pure_b = { b->low, b->high, b->state & VALUE_BITS };
  DkValue result = dk_value_make_empty (0);

  if (pure_a.state && pure_b.state)
    result = combine (op, &pure_a, &pure_b, arena);
  if (a_missing && pure_b.state)
    result = result.state ? dk_value_join (&result, &pure_b, DK_KIND_NUMBER) : pure_b;
  if (b_missing && pure_a.state)
    result = result.state ? dk_value_join (&result, &pure_a, DK_KIND_NUMBER) : pure_a;
  if (a_missing && b_missing)
    result.state |= DK_UNDEFINED;
  return result;
}

/* The least, or the greatest, mean of those that are there and any of those that may be there; some are there.
 * One that may be there is taken when it is beyond the mean: round by round, until taking and leaving change nothing. */
static DkNumber
furthest_mean (DkRun         *run,
               const DkInstr *i,
               gboolean       greatest)
{
  const guint32 *list = &g_array_index (run->program->lists, guint32, i->a);
  DkNumber mean = DK_ZERO;

  for (guint round = 0;; round++)
    {
      DkNumber sum = DK_ZERO, next;
      guint n = 0;

      for (guint k = 0; k < i->n; k++)
        {
          const DkValue *v = &run->regs[list[k]];
          DkNumber end = greatest ? dk_value_high (v) : v->low;

          if (!(v->state & VALUE_BITS))
            continue;
          if (!dk_number_is_finite (end))
            return end;
          if ((v->state & FLAG_BITS)
              && (round == 0 || (greatest ? dk_number_compare (end, mean) <= 0 : dk_number_compare (end, mean) >= 0)))
            continue;
          sum = dk_number_add (sum, end, run->arena);
          n++;
        }
      next = dk_number_div (sum, DK_NUMBER (n), run->arena);
      if (round > 0 && dk_number_equal (next, mean))
        return mean;
      mean = next;
    }
}

static DkValue
mean_available (DkRun         *run,
                const DkInstr *i)
{
  const guint32 *list = &g_array_index (run->program->lists, guint32, i->a);
  DkValue hull = dk_value_make_empty (0);
  gboolean some_certain = FALSE;

  for (guint k = 0; k < i->n; k++)
    {
      const DkValue *v = &run->regs[list[k]];
      DkValue pure = { v->low, v->high, v->state & VALUE_BITS };

      if (!pure.state)
        continue;
      some_certain = some_certain || !(v->state & FLAG_BITS);
      hull = hull.state ? dk_value_join (&hull, &pure, DK_KIND_NUMBER) : pure;
    }
  if (!hull.state)
    return DK_VALUE_UNDEFINED;
  if (some_certain)
    return dk_value_make (furthest_mean (run, i, FALSE), furthest_mean (run, i, TRUE), 0);
  hull.state |= DK_UNDEFINED; /* any one may be there alone, or none */
  return hull;
}

DkValue
dk_machine_reduce (DkRun         *run,
                   const DkInstr *i)
{
  const guint32 *list = &g_array_index (run->program->lists, guint32, i->a);
  const DkValue *regs = run->regs;
  DkOp op = (DkOp) i->op;
  gboolean available = op >= DK_OP_SUM_AVAILABLE && op <= DK_OP_MEAN_AVAILABLE;

  if (i->n == 0)
    return op == DK_OP_SUM ? DK_VALUE_POINT (DK_ZERO) : DK_VALUE_UNDEFINED;
  if (op == DK_OP_MEAN_AVAILABLE)
    return mean_available (run, i);

  DkValue result = regs[list[0]];

  result.state &= STATE_BITS;
  if (available && (result.state & FLAG_BITS))
    result.state = (result.state & VALUE_BITS) | DK_UNDEFINED;
  for (guint k = 1; k < i->n; k++)
    result = available ? combine_available (op, &result, &regs[list[k]], run->arena)
                       : combine (op, &result, &regs[list[k]], run->arena);
  if (op == DK_OP_MEAN)
    {
      DkValue n = DK_VALUE_POINT (DK_NUMBER (i->n));
      result = dk_value_div (&result, &n, run->arena);
    }
  return result;
}

static guint32
all_verdicts (guint32 a,
              guint32 b,
              gboolean any)
{
  guint32 stop = any ? DK_TRUE : DK_FALSE, go = any ? DK_FALSE : DK_TRUE;
  guint32 bits = (a | b) & stop;

  if (((a & go) && (b & (go | DK_NA))) || ((b & go) && (a & (go | DK_NA))))
    bits |= go;
  if (a & b & DK_NA)
    bits |= DK_NA;
  return bits;
}

/* k of n: met when k are met; not met when too few can be, even with those that are undefined or na; and in between as
 * the others are, undefined before na, as for `or`. A group skips what is na: there it is as good as not met. */
static guint32
at_least (DkRun         *run,
          const DkInstr *i)
{
  const guint32 *list = &g_array_index (run->program->lists, guint32, i->a);
  guint32 skipped = i->c != 0 ? DK_NA : 0, bits = 0, any = 0;
  guint can_be_met = 0, must_be_met = 0, cannot_fail = 0, can_help = 0, can_help_defined = 0, must_be_met_defined = 0;
  gboolean must_be_undefined = FALSE;

  for (guint k = 0; k < i->n; k++)
    {
      guint32 one = run->regs[list[k]].state & STATE_BITS;

      if (one & skipped)
        one = (one & ~skipped) | DK_FALSE;
      any |= one;
      can_be_met += (one & DK_TRUE) != 0;
      must_be_met += one == DK_TRUE;
      cannot_fail += !(one & DK_FALSE);
      can_help += (one & ~(guint32) DK_FALSE) != 0;
      can_help_defined += (one & (DK_TRUE | DK_NA)) != 0;
      must_be_met_defined += (one & ~(guint32) DK_UNDEFINED) == DK_TRUE;
      must_be_undefined = must_be_undefined || one == DK_UNDEFINED;
    }
  if (can_be_met >= i->b)
    bits |= DK_TRUE;
  if (cannot_fail < i->b)
    bits |= DK_FALSE;
  if ((any & DK_UNDEFINED) && must_be_met < i->b && can_help >= i->b)
    bits |= DK_UNDEFINED;
  if ((any & DK_NA) && !must_be_undefined && must_be_met_defined < i->b && can_help_defined >= i->b)
    bits |= DK_NA;
  return bits;
}

guint32
dk_machine_reduce_truths (DkRun         *run,
                          const DkInstr *i)
{
  const guint32 *list = &g_array_index (run->program->lists, guint32, i->a);
  const DkValue *regs = run->regs;
  guint32 bits;

  switch ((DkOp) i->op)
    {
    case DK_OP_AND_AVAILABLE:
    case DK_OP_OR_AVAILABLE:
      {
        guint32 stop = i->op == DK_OP_OR_AVAILABLE ? DK_TRUE : DK_FALSE, go = DK_OPEN & ~stop;
        gboolean can_all_go = TRUE, can_be_empty = TRUE;

        bits = 0;
        for (guint k = 0; k < i->n; k++)
          {
            guint32 one = regs[list[k]].state & STATE_BITS;

            bits |= one & DK_OPEN;
            can_all_go = can_all_go && (one & (go | FLAG_BITS));
            can_be_empty = can_be_empty && (one & FLAG_BITS);
          }
        /* One that stops is enough; to go on, none may stop, and one must be there; of nothing there is nothing to say. */
        return (bits & stop) | (can_all_go ? bits & go : 0) | (can_be_empty ? DK_UNDEFINED : 0);
      }
    case DK_OP_ALL:
    case DK_OP_ANY:
      bits = DK_NA;
      for (guint k = 0; k < i->n; k++)
        bits = all_verdicts (bits, regs[list[k]].state & STATE_BITS, i->op == DK_OP_ANY);
      return bits;
    case DK_OP_AT_LEAST:
      return at_least (run, i);
    case DK_OP_OR:
      bits = DK_FALSE;
      for (guint k = 0; k < i->n; k++)
        bits = dk_truth_or (bits, regs[list[k]].state & STATE_BITS);
      return bits;
    default:
      bits = DK_TRUE;
      for (guint k = 0; k < i->n; k++)
        bits = dk_truth_and (bits, regs[list[k]].state & STATE_BITS);
      return bits;
    }
}

DkValue
dk_machine_count_true (DkRun         *run,
                       const DkInstr *i)
{
  const guint32 *list = &g_array_index (run->program->lists, guint32, i->a);
  gint64 certain = 0, possible = 0;
  guint32 flags = 0;
  gboolean always = FALSE;

  for (guint k = 0; k < i->n; k++)
    {
      guint32 one = run->regs[list[k]].state & STATE_BITS;

      certain += one == DK_TRUE;
      possible += (one & DK_TRUE) != 0;
      if (i->op == DK_OP_COUNT_TRUE && (one & FLAG_BITS))
        {
          flags |= one & FLAG_BITS;
          always |= !(one & DK_OPEN);
        }
    }
  if (always)
    return dk_value_make_empty (flags);
  return dk_value_make (DK_NUMBER (certain), DK_NUMBER (possible), flags);
}
