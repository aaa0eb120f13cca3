/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two options of a choice, compared whatever the facts that are not known turn out to be, and whatever is chosen for the rest.
 *
 * What each comes to may be anything within wide bounds, and yet the one may always be better than the other: 15 % of an income is
 * less than 25 % of it. So the difference is followed through the code: what does not rest on the choice is the same for both. */
#define G_LOG_DOMAIN "dk-choose"

#include "dk-choose-private.h"

#include "dk-machine.h"

#include <string.h>

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define FLAG_BITS (DK_UNDEFINED | DK_NA)
#define STATE_BITS (VALUE_BITS | FLAG_BITS)

/* What a register differs by: nothing; or of a number, the second less the first, where both have a value. */
typedef struct
{
  gboolean is_same;
  DkValue  by;
} Difference;

struct _DkChoiceComparer
{
  DkRun            *run;
  const DkChoosing *choosing;
  DkValue          *values[DK_MAX_OPTIONS]; /* by option: the registers that are written, as they are with it */
  Difference       *differences;            /* by register that is written */
  const DkValue    *first, *second;         /* of the two that are compared */
};

DkChoiceComparer *
dk_choice_comparer_new (DkRun            *run,
                        const DkChoosing *choosing)
{
  DkChoiceComparer *self = g_new0 (DkChoiceComparer, 1);

  self->run = run;
  self->choosing = choosing;
  self->differences = g_new (Difference, choosing->written->len);
  return self;
}

void
dk_choice_comparer_free (DkChoiceComparer *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < DK_MAX_OPTIONS; i++)
    g_free (self->values[i]);
  g_free (self->differences);
  g_free (self);
}

void
dk_choice_comparer_keep (DkChoiceComparer *self,
                         guint             option)
{
  const GArray *written = self->choosing->written;

  if (self->values[option] == NULL)
    self->values[option] = g_new (DkValue, written->len);
  for (guint i = 0; i < written->len; i++)
    self->values[option][i] = self->run->regs[g_array_index (written, guint32, i)];
}

/* The place of a register among those that are written; G_MAXUINT if it rests on no choice. */
static guint
place_of (const DkChoiceComparer *self,
          guint                   reg)
{
  return reg < self->choosing->n_places && self->choosing->places[reg] != 0 ? self->choosing->places[reg] - 1 : G_MAXUINT;
}

static DkValue
value_of (const DkChoiceComparer *self,
          const DkValue          *values,
          guint                   reg)
{
  guint place = place_of (self, reg);
  DkValue value = place == G_MAXUINT ? self->run->regs[reg] : values[place];

  value.state &= VALUE_BITS;
  return value;
}

static gboolean
is_same (const DkChoiceComparer *self,
         guint                   reg)
{
  guint place = place_of (self, reg);

  return place == G_MAXUINT || self->differences[place].is_same;
}

static DkValue
difference_of (const DkChoiceComparer *self,
               guint                   reg)
{
  return is_same (self, reg) ? DK_VALUE_POINT (DK_ZERO) : self->differences[place_of (self, reg)].by;
}

/* Both hold. */
static DkValue
narrow (const DkValue *a,
        const DkValue *b)
{
  DkNumber low, high;

  if (!(a->state & VALUE_BITS))
    return *b;
  if (!(b->state & VALUE_BITS))
    return *a;
  low = dk_number_max (a->low, b->low);
  high = dk_number_min (dk_value_high (a), dk_value_high (b));
  return dk_number_compare (low, high) <= 0 ? dk_value_make (low, high, 0) : *a;
}

/* Of what moves the way of what it rests on, and no further: a greatest or least value, or what an amount leaves. */
static DkValue
widen_to_zero (const DkValue *by,
               gboolean       is_turned,
               DkArena       *arena)
{
  DkNumber low = dk_number_min (by->low, DK_ZERO), high = dk_number_max (dk_value_high (by), DK_ZERO);

  if (is_turned)
    return dk_value_make (dk_number_negate (high, arena), dk_number_negate (low, arena), 0);
  return dk_value_make (low, high, 0);
}

/* b1 x2 - a1 x1, of x and of what it is multiplied by. */
static DkValue
multiply (const DkChoiceComparer *self,
          guint                   a,
          guint                   b)
{
  DkArena *arena = self->run->arena;
  DkValue by_a = difference_of (self, a), by_b = difference_of (self, b), one, other, both[2];

  for (guint i = 0; i < 2; i++)
    {
      DkValue x = value_of (self, i == 0 ? self->second : self->first, a), y = value_of (self, i == 0 ? self->first : self->second, b);

      one = dk_value_mul (&x, &by_b, arena);
      other = dk_value_mul (&by_a, &y, arena);
      both[i] = dk_value_add (&one, &other, arena);
    }
  return narrow (&both[0], &both[1]);
}

static DkValue
choose_branch (const DkChoiceComparer *self,
               const DkInstr          *instr)
{
  guint32 first = value_of (self, self->first, instr->a).state, second = value_of (self, self->second, instr->a).state;
  DkValue then = difference_of (self, instr->b), otherwise = difference_of (self, instr->c);

  if ((first & DK_OPEN) == DK_TRUE && (second & DK_OPEN) == DK_TRUE)
    return then;
  if ((first & DK_OPEN) == DK_FALSE && (second & DK_OPEN) == DK_FALSE)
    return otherwise;
  if (is_same (self, instr->a))
    return dk_value_join (&then, &otherwise, DK_KIND_NUMBER);
  return dk_value_make_empty (0);
}

/* What follows of the operands' differences; nothing (no value) where that is not known. */
static DkValue
follow (const DkChoiceComparer *self,
        const DkInstr          *instr)
{
  const DkProgram *program = self->run->program;
  DkArena *arena = self->run->arena;
  const guint32 *list = instr->n > 0 ? &g_array_index (program->lists, guint32, instr->a) : NULL;
  DkValue a, b, by;

  switch ((DkOp) instr->op)
    {
    case DK_OP_ADD:
    case DK_OP_SUB:
      a = difference_of (self, instr->a);
      b = difference_of (self, instr->b);
      return instr->op == DK_OP_ADD ? dk_value_add (&a, &b, arena) : dk_value_sub (&a, &b, arena);

    case DK_OP_MUL:
      return multiply (self, instr->a, instr->b);

    case DK_OP_DIV:
      if (!is_same (self, instr->b))
        return dk_value_make_empty (0);
      a = difference_of (self, instr->a);
      b = value_of (self, self->first, instr->b);
      by = dk_value_div (&a, &b, arena);
      by.state &= VALUE_BITS;
      return by;

    case DK_OP_NEGATE:
      a = difference_of (self, instr->a);
      b = DK_VALUE_POINT (DK_ZERO);
      return dk_value_sub (&b, &a, arena);

    case DK_OP_SUM:
      by = DK_VALUE_POINT (DK_ZERO);
      for (guint k = 0; k < instr->n; k++)
        {
          a = difference_of (self, list[k]);
          by = dk_value_add (&by, &a, arena);
        }
      return by;

    case DK_OP_MIN:
    case DK_OP_MAX:
      by = difference_of (self, list[0]);
      for (guint k = 1; k < instr->n; k++)
        {
          a = difference_of (self, list[k]);
          if (!(a.state & VALUE_BITS) || !(by.state & VALUE_BITS))
            return dk_value_make_empty (0);
          by = dk_value_join (&by, &a, DK_KIND_NUMBER);
        }
      return by;

    case DK_OP_SELECT:
      return choose_branch (self, instr);

    case DK_OP_ROUND: case DK_OP_FLOOR: case DK_OP_CEIL: case DK_OP_SCORE:
      /* More never becomes less. */
      a = difference_of (self, instr->a);
      if (!(a.state & VALUE_BITS))
        return a;
      if (dk_number_sign (a.low) >= 0)
        return DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
      return dk_number_sign (dk_value_high (&a)) <= 0 ? DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_ZERO) : dk_value_make_empty (0);

    case DK_OP_AGGREGATE:
      {
        const DkAggregate *aggregate = g_ptr_array_index (program->aggregates, instr->b);
        g_autofree guint32 *operands = NULL;
        guint n;

        if (!dk_aggregate_is_allocation (aggregate))
          return dk_value_make_empty (0);
        n = dk_instr_get_operands (program, instr, NULL, 0);
        operands = g_new (guint32, n);
        dk_instr_get_operands (program, instr, operands, n);
        for (guint k = 0, n_amounts = 0; k < n; k++)
          if (operands[k] == aggregate->amount ? n_amounts++ > 0 && !is_same (self, operands[k]) : !is_same (self, operands[k]))
            return dk_value_make_empty (0);
        a = difference_of (self, aggregate->amount);
        return a.state & VALUE_BITS ? widen_to_zero (&a, aggregate->kind == DK_AGG_ROWS_LEFT, arena) : a;
      }

    default:
      return dk_value_make_empty (0);
    }
}

static gboolean
has_same_operands (const DkChoiceComparer *self,
                   const DkInstr          *instr)
{
  guint32 few[32];
  guint n = dk_instr_get_operands (self->run->program, instr, few, G_N_ELEMENTS (few));

  if (n > G_N_ELEMENTS (few))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_same (self, few[i]))
      return FALSE;
  return TRUE;
}

static void
compare_instr (DkChoiceComparer *self,
               const DkInstr    *instr)
{
  guint place = place_of (self, instr->dst);
  Difference *difference = &self->differences[place];
  const DkValue *a = &self->first[place], *b = &self->second[place];
  DkKind kind = dk_program_get_kind (self->run->program, instr->dst);

  difference->by = dk_value_make_empty (0);
  difference->is_same = has_same_operands (self, instr);
  if (difference->is_same)
    return;
  if (kind == DK_KIND_TRUTH)
    {
      difference->is_same = dk_truth_is_settled ((guint32) a->state) && (a->state & STATE_BITS) == (b->state & STATE_BITS);
      return;
    }
  if (dk_value_is_settled (a) && dk_value_equal (a, b, kind))
    {
      difference->is_same = TRUE;
      return;
    }
  if (kind == DK_KIND_NUMBER && (a->state & VALUE_BITS) && (b->state & VALUE_BITS))
    {
      DkValue x = { a->low, a->high, a->state & VALUE_BITS }, y = { b->low, b->high, b->state & VALUE_BITS };
      DkValue apart = dk_value_sub (&y, &x, self->run->arena), by = follow (self, instr);

      by.state &= VALUE_BITS;
      difference->by = narrow (&apart, &by);
    }
}

/* Whether the first is lawful for certain wherever the second may be. */
static gboolean
is_as_lawful (const DkChoiceComparer *self,
              guint                   at,
              guint64                 taken,
              guint                   option)
{
  const DkChoosing *choosing = self->choosing;
  guint mine = choosing->levels[at].first + option;

  for (guint k = at; k < choosing->n_levels; k++)
    for (guint i = 0; i < choosing->levels[k].checks->len; i++)
      {
        const DkLawCheck *check = &g_array_index (choosing->levels[k].checks, DkLawCheck, i);
        gboolean is_own = !check->is_exclusion && check->which == mine;
        gboolean is_later = !check->is_exclusion && check->which >= choosing->levels[at].first + choosing->levels[at].n_options;
        guint place = place_of (self, check->reg);
        guint32 bits = (guint32) (place == G_MAXUINT ? self->run->regs[check->reg].state : self->first[place].state) & STATE_BITS;

        if (!check->is_exclusion && !is_own && !is_later && !((taken >> check->which) & 1))
          continue;
        if (!is_own && is_same (self, check->reg))
          continue;
        if (bits != (guint32) (check->is_exclusion ? DK_FALSE : DK_TRUE))
          return FALSE;
      }
  return TRUE;
}

gboolean
dk_choice_comparer_is_worse (DkChoiceComparer *self,
                             guint             at,
                             guint64           taken,
                             guint             option,
                             guint             other)
{
  const DkChoosing *choosing = self->choosing;
  guint place = place_of (self, choosing->objective);
  DkValue by;

  self->first = self->values[option];
  self->second = self->values[other];
  if (place == G_MAXUINT || (self->first[place].state & FLAG_BITS) || !(self->first[place].state & VALUE_BITS))
    return FALSE;
  /* What was chosen before, and what will be, is chosen for both alike. */
  for (guint i = 0; i < choosing->written->len; i++)
    self->differences[i].is_same = TRUE;
  self->differences[place_of (self, choosing->levels[at].reg)].is_same = FALSE;
  self->differences[place_of (self, choosing->levels[at].reg)].by = dk_value_make_empty (0);
  for (guint k = at; k < choosing->n_levels; k++)
    {
      const GArray *code = choosing->levels[k].code;

      if (self->run->work < code->len + 1)
        return FALSE;
      self->run->work -= code->len;
      for (guint i = 0; i < code->len; i++)
        compare_instr (self, &g_array_index (code, DkInstr, i));
    }
  by = difference_of (self, choosing->objective);
  if (!(by.state & VALUE_BITS) || !is_as_lawful (self, at, taken, option))
    return FALSE;
  if (choosing->is_most)
    by = dk_value_make (dk_number_negate (dk_value_high (&by), self->run->arena), dk_number_negate (by.low, self->run->arena), 0);
  /* Of equals the one that is listed first. */
  return dk_number_sign (by.low) > 0 || (dk_number_sign (by.low) == 0 && other > option);
}
