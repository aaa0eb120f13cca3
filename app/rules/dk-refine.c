/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-refine"

#include "dk-refine.h"
#include "dk-program-private.h"

#include <string.h>

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define BOTH (DK_FOLLOWS_UP | DK_FOLLOWS_DOWN)

/* How often a part of the program may be run to tighten one register, and how many facts may be split at once. */
#define MAX_RUNS 160
#define MAX_SPLIT 6
#define ALL_SIDES MAX_SPLIT

static guint8 *
follows_of (const DkProgram *program,
            guint            reg)
{
  return program->follows + (gsize) reg * program->slots->len;
}

/* Adds what @from follows to what @to follows, turned and doubled as asked. */
static void
follow (DkProgram *program,
        guint      to,
        guint      from,
        gboolean   flip,
        gboolean   both)
{
  guint8 *target = follows_of (program, to);
  const guint8 *source = follows_of (program, from);

  for (guint s = 0; s < program->slots->len; s++)
    {
      guint8 bits = source[s];

      if ((bits & BOTH) == 0)
        continue;
      if (both)
        bits |= BOTH;
      else if (flip)
        bits = (guint8) ((bits & DK_FOLLOWS_OFTEN) | (bits & DK_FOLLOWS_UP ? DK_FOLLOWS_DOWN : 0) | (bits & DK_FOLLOWS_DOWN ? DK_FOLLOWS_UP : 0));
      if (target[s] & BOTH)
        bits |= DK_FOLLOWS_OFTEN;
      target[s] |= bits;
    }
}

static gboolean
is_at_least_zero (const DkRun *run,
                  guint        reg)
{
  const DkValue *v = &run->regs[reg];

  return (v->state & VALUE_BITS) && dk_number_sign (v->low) >= 0;
}

/* Whether a band gives more for more (1), less for more (-1), or neither (0). */
static int
band_direction (const DkBandTable *table)
{
  gboolean up = TRUE, down = TRUE;

  if (table->kind != DK_KIND_NUMBER)
    return 0;
  for (guint i = 0; i < table->n + (table->has_else ? 1 : 0); i++)
    {
      const DkValue *result = i < table->n ? &table->rows[i].result : &table->otherwise;
      const DkValue *last = i > 0 ? &table->rows[i - 1].result : NULL;
      gboolean lower_edge;

      if (i < table->n)
        {
          if (table->rows[i].op == DK_EQ || table->rows[i].op == DK_NE)
            return 0;
          lower_edge = table->rows[i].op == DK_GE || table->rows[i].op == DK_GT;
          if (i > 0 && lower_edge != (table->rows[i - 1].op == DK_GE || table->rows[i - 1].op == DK_GT))
            return 0;
        }
      else
        lower_edge = i > 0 && (table->rows[i - 1].op == DK_GE || table->rows[i - 1].op == DK_GT);
      if (last == NULL)
        continue;
      /* Going down the rows of a lower edge, x goes down. */
      int low = dk_number_compare (result->low, last->low), high = dk_number_compare (dk_value_high (result), dk_value_high (last));

      if (lower_edge ? low > 0 || high > 0 : low < 0 || high < 0)
        up = FALSE;
      if (lower_edge ? low < 0 || high < 0 : low > 0 || high > 0)
        down = FALSE;
    }
  return up ? 1 : down ? -1 : 0;
}

static void
add_break (DkProgram *program,
           guint      reg,
           DkNumber   number)
{
  for (guint s = 0; s < program->slots->len; s++)
    if (g_array_index (program->slots, DkSlot, s).reg == reg)
      {
        GArray *breaks = g_ptr_array_index (program->breaks, s);

        for (guint i = 0; i < breaks->len; i++)
          if (dk_number_equal (g_array_index (breaks, DkNumber, i), number))
            return;
        g_array_append_val (breaks, number);
      }
}

static void
note_breaks (DkProgram     *program,
             const DkInstr *instr)
{
  if (instr->op >= DK_OP_LT && instr->op <= DK_OP_NE)
    {
      const DkValue *a = &g_array_index (program->constants, DkValue, instr->a);
      const DkValue *b = &g_array_index (program->constants, DkValue, instr->b);

      if (b->state == DK_POINT)
        add_break (program, instr->a, b->low);
      if (a->state == DK_POINT)
        add_break (program, instr->b, a->low);
    }
  else if (instr->op == DK_OP_BAND)
    {
      const DkBandTable *table = g_ptr_array_index (program->bands, instr->b);

      for (guint i = 0; i < table->n; i++)
        add_break (program, instr->a, table->rows[i].edge);
    }
}

static void
analyse (DkProgram     *program,
         const DkRun   *widest,
         const DkInstr *i)
{
  const guint32 *list = i->n > 0 ? &g_array_index (program->lists, guint32, i->a) : NULL;

  note_breaks (program, i);
  switch ((DkOp) i->op)
    {
    case DK_OP_ADD: case DK_OP_ADD_MONTHS:
      follow (program, i->dst, i->a, FALSE, FALSE);
      follow (program, i->dst, i->b, FALSE, FALSE);
      break;
    case DK_OP_SUB: case DK_OP_GT: case DK_OP_GE:
      follow (program, i->dst, i->a, FALSE, FALSE);
      follow (program, i->dst, i->b, TRUE, FALSE);
      break;
    case DK_OP_LT: case DK_OP_LE: case DK_OP_MONTHS_BETWEEN: case DK_OP_YEARS_BETWEEN:
      follow (program, i->dst, i->a, TRUE, FALSE);
      follow (program, i->dst, i->b, FALSE, FALSE);
      break;
    case DK_OP_MUL:
      follow (program, i->dst, i->a, FALSE, !is_at_least_zero (widest, i->b));
      follow (program, i->dst, i->b, FALSE, !is_at_least_zero (widest, i->a));
      break;
    case DK_OP_DIV: case DK_OP_SHARE:
      {
        gboolean divisor = is_at_least_zero (widest, i->b), dividend = is_at_least_zero (widest, i->a);

        follow (program, i->dst, i->a, FALSE, !divisor);
        follow (program, i->dst, i->b, TRUE, !divisor || !dividend);
        break;
      }
    case DK_OP_NEGATE: case DK_OP_NOT:
      follow (program, i->dst, i->a, TRUE, FALSE);
      break;
    case DK_OP_FLOOR: case DK_OP_CEIL: case DK_OP_ROUND: case DK_OP_ROOT: case DK_OP_SCORE: case DK_OP_VERDICT: case DK_OP_YEAR_OF:
      follow (program, i->dst, i->a, FALSE, FALSE);
      break;
    case DK_OP_ABS: case DK_OP_POWER:
      follow (program, i->dst, i->a, FALSE, !is_at_least_zero (widest, i->a));
      break;
    case DK_OP_BAND:
      {
        int direction = band_direction (g_ptr_array_index (program->bands, i->b));

        follow (program, i->dst, i->a, direction < 0, direction == 0);
        break;
      }
    case DK_OP_SUM: case DK_OP_MIN: case DK_OP_MAX: case DK_OP_MEAN:
    case DK_OP_AND: case DK_OP_OR: case DK_OP_ALL: case DK_OP_ANY: case DK_OP_AT_LEAST: case DK_OP_COUNT_TRUE:
      for (guint k = 0; k < i->n; k++)
        follow (program, i->dst, list[k], FALSE, FALSE);
      break;
    case DK_OP_SELECT: case DK_OP_SELECT_CHOICE: case DK_OP_SELECT_TRUTH:
      follow (program, i->dst, i->a, FALSE, TRUE);
      follow (program, i->dst, i->b, FALSE, FALSE);
      follow (program, i->dst, i->c, FALSE, FALSE);
      break;
    case DK_OP_DERIVE: case DK_OP_DERIVE_CHOICE: case DK_OP_DERIVE_TRUTH:
      follow (program, i->dst, i->a, FALSE, FALSE);
      follow (program, i->dst, i->b, FALSE, FALSE);
      break;
    case DK_OP_IF_UNDEFINED: case DK_OP_IF_UNDEFINED_CHOICE: case DK_OP_IF_UNDEFINED_TRUTH:
    case DK_OP_IF_NA: case DK_OP_IF_NA_CHOICE: case DK_OP_IF_NA_TRUTH:
      follow (program, i->dst, i->a, FALSE, FALSE);
      follow (program, i->dst, i->b, FALSE, FALSE);
      break;
    case DK_OP_APPLIES: case DK_OP_APPLIES_CHOICE: case DK_OP_APPLIES_TRUTH:
      follow (program, i->dst, i->a, FALSE, TRUE);
      follow (program, i->dst, i->b, FALSE, FALSE);
      break;
    default:
      {
        /* Everything else may go either way: lists of what is skipped, choices, codes, versions, rows. */
        guint32 few[32];
        guint n = dk_instr_get_operands (program, i, few, G_N_ELEMENTS (few));
        g_autofree guint32 *all = n > G_N_ELEMENTS (few) ? g_new (guint32, n) : NULL;

        if (all != NULL)
          dk_instr_get_operands (program, i, all, n);
        for (guint k = 0; k < n; k++)
          follow (program, i->dst, (all != NULL ? all : few)[k], FALSE, TRUE);
        if (i->op == DK_OP_AGGREGATE)
          {
            guint8 *target = follows_of (program, i->dst);

            for (guint s = 0; s < program->slots->len; s++)
              if (target[s] != 0)
                target[s] |= DK_FOLLOWS_OFTEN;
          }
        break;
      }
    }
}

static void
free_breaks (gpointer breaks)
{
  g_array_unref (breaks);
}

void
dk_program_analyse (DkProgram *program)
{
  g_autoptr(DkRun) widest = dk_run_new (program);

  g_clear_pointer (&program->follows, g_free);
  g_clear_pointer (&program->breaks, g_ptr_array_unref);
  program->follows = g_new0 (guint8, (gsize) MAX (1, program->kinds->len) * MAX (1, program->slots->len));
  program->breaks = g_ptr_array_new_with_free_func (free_breaks);
  for (guint s = 0; s < program->slots->len; s++)
    {
      const DkSlot *slot = &g_array_index (program->slots, DkSlot, s);

      g_ptr_array_add (program->breaks, g_array_new (FALSE, FALSE, sizeof (DkNumber)));
      follows_of (program, slot->reg)[s] = DK_FOLLOWS_UP;
      if (slot->kind == DK_SLOT_FACT)
        widest->regs[slot->reg] = slot->fact->domain;
      else
        widest->regs[slot->reg] = DK_VALUE_RANGE (DK_ONE, DK_NUMBER (3652059));
    }
  dk_run_all (widest);
  for (guint i = 0; i < program->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (program->code, DkInstr, i);

      /* What is computed inside a loop follows what the loop's own instructions say. */
      if (instr->op == DK_OP_AGGREGATE)
        {
          const DkAggregate *aggregate = g_ptr_array_index (program->aggregates, instr->b);

          for (guint k = 0; k < aggregate->code->len; k++)
            analyse (program, widest, &g_array_index (aggregate->code, DkInstr, k));
        }
      analyse (program, widest, instr);
    }
}

guint
dk_program_follows (const DkProgram *program,
                    guint            reg,
                    guint            slot)
{
  return follows_of (program, reg)[slot];
}

static gboolean
is_settled (const DkRun *run,
            guint        reg)
{
  if (dk_program_get_kind (run->program, reg) == DK_KIND_TRUTH)
    return dk_truth_is_settled (run->regs[reg].state);
  return dk_value_is_settled (&run->regs[reg]);
}

static gboolean
is_mixed (guint8 follows)
{
  return (follows & DK_FOLLOWS_OFTEN) && (follows & BOTH) == BOTH;
}

gboolean
dk_run_is_loose (const DkRun *run,
                 guint        reg)
{
  const guint8 *follows = follows_of (run->program, reg);

  if (is_settled (run, reg))
    return FALSE;
  for (guint s = 0; s < run->program->slots->len; s++)
    if (is_mixed (follows[s]) && !is_settled (run, g_array_index (run->program->slots, DkSlot, s).reg))
      return TRUE;
  return FALSE;
}

/* A fact that is split: its slot, and what it can be in the box at hand. */
typedef struct { DkValue sides[MAX_SPLIT]; DkValue result; } Box;

typedef struct
{
  DkRun         *run;
  const DkSlice *slice;
  guint          reg;
  DkKind         kind;
  guint          n;             /* slots to split */
  guint          slots[MAX_SPLIT];
  guint          runs;
} Search;

static DkValue
evaluate (Search        *self,
          const DkValue *sides)
{
  DkRun *run = self->run;

  for (guint i = 0; i < self->n; i++)
    run->regs[g_array_index (run->program->slots, DkSlot, self->slots[i]).reg] = sides[i];
  dk_machine_execute (run, (const DkInstr *) (gpointer) dk_slice_get_code (self->slice), dk_slice_get_length (self->slice));
  self->runs++;
  return run->regs[self->reg];
}

/* Whether there is nothing between one whole number and the next: heads, days, places in a table. */
static gboolean
is_whole (Search *self,
          guint   side)
{
  const DkSymbol *fact = g_array_index (self->run->program->slots, DkSlot, self->slots[side]).fact;

  return fact == NULL || fact->kind != DK_KIND_NUMBER || dk_number_equal (fact->step, DK_ONE);
}

/* Where to cut a range: at a figure that the rules compare it with, or else in the middle. */
static gboolean
choose_cut (Search        *self,
            guint          side,
            const DkValue *v,
            DkNumber      *left_end,
            DkNumber      *right_begin)
{
  const GArray *breaks = g_ptr_array_index (self->run->program->breaks, self->slots[side]);
  gboolean has_step = is_whole (self, side);
  DkArena *arena = self->run->arena;
  g_autoptr(GArray) inside = g_array_new (FALSE, FALSE, sizeof (DkNumber));
  DkNumber cut;

  for (guint i = 0; i < breaks->len; i++)
    {
      DkNumber at = g_array_index (breaks, DkNumber, i);

      if (dk_number_compare (v->low, at) < 0 && dk_number_compare (at, v->high) < 0)
        g_array_append_val (inside, at);
      else if (has_step && dk_number_equal (v->low, at))
        {
          /* Between the figure itself and what is above it. */
          *left_end = at;
          *right_begin = dk_number_add (at, DK_ONE, arena);
          return dk_number_compare (*right_begin, v->high) <= 0;
        }
      else if (has_step && dk_number_equal (v->high, at))
        {
          *left_end = dk_number_sub (at, DK_ONE, arena);
          *right_begin = at;
          return dk_number_compare (v->low, *left_end) <= 0;
        }
    }
  if (inside->len > 0)
    {
      cut = g_array_index (inside, DkNumber, inside->len / 2);
      *left_end = has_step ? dk_number_sub (cut, DK_ONE, arena) : cut;
      *right_begin = cut;
      return dk_number_compare (v->low, *left_end) <= 0;
    }
  if (!dk_number_is_finite (v->low) && !dk_number_is_finite (v->high))
    cut = DK_ZERO;
  else if (!dk_number_is_finite (v->high))
    cut = dk_number_add (dk_number_mul (dk_number_max (v->low, DK_ONE), DK_NUMBER (4), arena), DK_ONE, arena);
  else if (!dk_number_is_finite (v->low))
    cut = dk_number_sub (dk_number_mul (dk_number_min (v->high, DK_NUMBER (-1)), DK_NUMBER (4), arena), DK_ONE, arena);
  else
    cut = dk_number_div (dk_number_add (v->low, v->high, arena), DK_NUMBER (2), arena);
  if (has_step)
    {
      cut = dk_number_floor (cut, arena);
      *left_end = cut;
      *right_begin = dk_number_add (cut, DK_ONE, arena);
      return dk_number_compare (v->low, *left_end) <= 0 && dk_number_compare (*right_begin, v->high) <= 0;
    }
  *left_end = *right_begin = cut;
  return dk_number_compare (v->low, cut) < 0 && dk_number_compare (cut, v->high) < 0;
}

static gboolean
has_few_states (Search        *self,
                guint          side,
                const DkValue *v)
{
  guint reg = g_array_index (self->run->program->slots, DkSlot, self->slots[side]).reg;

  return dk_program_get_kind (self->run->program, reg) == DK_KIND_TRUTH || (v->state & (DK_UNDEFINED | DK_NA));
}

/* Cuts one side of a box in two. Undefined is a part of its own. FALSE, and both halves untouched, if it cannot be cut. */
static gboolean
cut_side (Search        *self,
          guint          side,
          const DkValue *v,
          DkValue       *left,
          DkValue       *right)
{
  DkKind kind = dk_program_get_kind (self->run->program, g_array_index (self->run->program->slots, DkSlot, self->slots[side]).reg);
  guint32 flags = v->state & (DK_UNDEFINED | DK_NA), unanswered = v->state & DK_UNANSWERED;

  if (kind == DK_KIND_TRUTH)
    {
      guint32 bits = v->state & 15, lowest = bits & (~bits + 1);

      if (bits == lowest)
        return FALSE;
      *left = DK_VALUE_TRUTH (lowest | unanswered);
      *right = DK_VALUE_TRUTH ((bits & ~lowest) | unanswered);
      return TRUE;
    }
  if (flags && (v->state & VALUE_BITS))
    {
      *left = *v;
      left->state &= ~(guint32) (DK_UNDEFINED | DK_NA);
      *right = (DkValue) { DK_ZERO, DK_ZERO, flags };
      return TRUE;
    }
  if (!(v->state & DK_RANGE))
    return FALSE;
  if (kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) v->low.num, lowest = set & (~set + 1);

      if (set == lowest)
        return FALSE;
      *left = DK_VALUE_CHOICE (lowest);
      *right = DK_VALUE_CHOICE (set & ~lowest);
      left->state |= unanswered;
      right->state |= unanswered;
      return TRUE;
    }
  {
    DkNumber left_end, right_begin;

    if (!choose_cut (self, side, v, &left_end, &right_begin))
      return FALSE;
    *left = dk_value_make (v->low, left_end, unanswered);
    *right = dk_value_make (right_begin, v->high, unanswered);
    return TRUE;
  }
}

/* One thing that a side can be: its low (0), its high (1); FALSE when it has no such end. */
static gboolean
end_of (const DkValue *v,
        DkKind         kind,
        gboolean       high,
        DkValue       *end)
{
  if (kind == DK_KIND_TRUTH)
    {
      guint32 bits = v->state & 15;

      *end = DK_VALUE_TRUTH (high && (bits & DK_TRUE) ? (guint32) DK_TRUE : bits & (~bits + 1));
      return bits != 0;
    }
  if (!(v->state & VALUE_BITS))
    {
      *end = *v;
      return TRUE;
    }
  if (kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) v->low.num;

      *end = DK_VALUE_CHOICE (high ? (guint64) 1 << (63 - __builtin_clzll (set)) : set & (~set + 1));
      return TRUE;
    }
  *end = DK_VALUE_POINT (high ? dk_value_high (v) : v->low);
  return dk_number_is_finite (end->low);
}

/* Values that are certainly possible: at the corners of a box, the facts that are split are points, and the others bound exactly.
 * Only those at one end of the side @only, unless that is ALL_SIDES. */
static void
probe_corners (Search    *self,
               const Box *box,
               guint      only,
               gboolean   high,
               DkValue   *inner,
               gboolean  *any)
{
  for (guint corner = 0; corner < (1u << self->n) && self->runs < MAX_RUNS; corner++)
    {
      DkValue sides[MAX_SPLIT];
      gboolean ok = only == ALL_SIDES || ((corner >> only) & 1) == (guint) high;
      DkValue result;

      for (guint i = 0; i < self->n && ok; i++)
        ok = end_of (&box->sides[i],
                     dk_program_get_kind (self->run->program, g_array_index (self->run->program->slots, DkSlot, self->slots[i]).reg),
                     (corner >> i) & 1, &sides[i]);
      if (!ok)
        continue;
      result = evaluate (self, sides);
      if (self->run->exhausted)
        return;
      *inner = *any ? dk_value_join (inner, &result, self->kind) : result;
      *any = TRUE;
    }
}

/* The box to cut next: one that says more than is known to be possible, and of numbers the one that reaches furthest.
 * G_MAXUINT when there is none. */
static guint
choose_box (Search        *self,
            const GArray  *boxes,
            const DkValue *inner, /* or NULL: nothing is known to be possible */
            guint          turn)
{
  gboolean is_choice = self->kind == DK_KIND_TRUTH || self->kind == DK_KIND_CHOICE;
  guint lowest = G_MAXUINT, highest = G_MAXUINT;

  for (guint i = 0; i < boxes->len; i++)
    {
      guint b = (i + turn) % boxes->len;
      const DkValue *result = &g_array_index (boxes, Box, b).result;

      if (inner != NULL && dk_value_contains (inner, result, self->kind))
        continue;
      if (is_choice || inner == NULL || !(result->state & inner->state & VALUE_BITS) || (result->state & ~inner->state & (DK_UNDEFINED | DK_NA)))
        return b;
      if (dk_number_compare (result->low, inner->low) < 0
          && (lowest == G_MAXUINT || dk_number_compare (result->low, g_array_index (boxes, Box, lowest).result.low) < 0))
        lowest = b;
      if (dk_number_compare (dk_value_high (result), dk_value_high (inner)) > 0
          && (highest == G_MAXUINT || dk_number_compare (dk_value_high (result), dk_value_high (&g_array_index (boxes, Box, highest).result)) > 0))
        highest = b;
    }
  if (lowest == G_MAXUINT || (highest != G_MAXUINT && turn % 2 == 1))
    return highest;
  return lowest;
}

static void
search (Search  *self,
        DkValue *best)
{
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  Box whole = { .result = *best };
  DkValue inner = DK_VALUE_UNDEFINED;
  gboolean any = FALSE;
  guint turn = 0;

  for (guint i = 0; i < self->n; i++)
    whole.sides[i] = self->run->regs[g_array_index (self->run->program->slots, DkSlot, self->slots[i]).reg];
  g_array_append_val (boxes, whole);
  probe_corners (self, &whole, ALL_SIDES, FALSE, &inner, &any);
  while (self->runs < MAX_RUNS && !self->run->exhausted)
    {
      DkValue outer = g_array_index (boxes, Box, 0).result;
      guint worst, side = 0;
      Box left, right;
      gboolean cut = FALSE;

      for (guint b = 1; b < boxes->len; b++)
        outer = dk_value_join (&outer, &g_array_index (boxes, Box, b).result, self->kind);
      *best = outer;
      if (any && dk_value_contains (&inner, &outer, self->kind))
        break;
      worst = choose_box (self, boxes, any ? &inner : NULL, turn);
      if (worst == G_MAXUINT)
        break;
      left = right = g_array_index (boxes, Box, worst);
      /* First what has few states, and is then settled for good. */
      for (guint i = 0; i < 2 * self->n && !cut; i++)
        {
          side = (i + turn) % self->n;
          if (i < self->n && !has_few_states (self, side, &g_array_index (boxes, Box, worst).sides[side]))
            continue;
          cut = cut_side (self, side, &g_array_index (boxes, Box, worst).sides[side], &left.sides[side], &right.sides[side]);
        }
      turn++;
      if (!cut)
        {
          /* As fine as it goes: what it says is so. */
          inner = any ? dk_value_join (&inner, &g_array_index (boxes, Box, worst).result, self->kind) : g_array_index (boxes, Box, worst).result;
          any = TRUE;
          continue;
        }
      left.result = evaluate (self, left.sides);
      right.result = evaluate (self, right.sides);
      if (self->run->exhausted)
        break; /* they say nothing */
      g_array_index (boxes, Box, worst) = left;
      g_array_append_val (boxes, right);
      if (self->n <= 3)
        {
          /* The other corners are those of the box that was cut. */
          probe_corners (self, &left, side, TRUE, &inner, &any);
          probe_corners (self, &right, side, FALSE, &inner, &any);
        }
    }
  for (guint i = 0; i < self->n; i++)
    self->run->regs[g_array_index (self->run->program->slots, DkSlot, self->slots[i]).reg] = whole.sides[i];
}

/* What two bounds of the same thing have in common; the first where they have nothing, as with answers that contradict one another. */
static DkValue
intersect (const DkValue *a,
           const DkValue *b,
           DkKind         kind)
{
  DkValue both = *a;
  guint32 flags = a->state & b->state & (DK_UNDEFINED | DK_NA);

  if (kind == DK_KIND_TRUTH)
    {
      both.state = a->state & b->state & 15;
      return both.state != 0 ? both : *a;
    }
  if (!(a->state & VALUE_BITS) || !(b->state & VALUE_BITS))
    both = dk_value_make_empty (flags);
  else if (kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) a->low.num & (guint64) b->low.num;

      both = set != 0 ? DK_VALUE_CHOICE (set) : dk_value_make_empty (0);
      both.state |= flags;
    }
  else
    {
      DkNumber low = dk_number_max (a->low, b->low), high = dk_number_min (dk_value_high (a), dk_value_high (b));

      both = dk_number_compare (low, high) <= 0 ? dk_value_make (low, high, flags) : dk_value_make_empty (flags);
    }
  return both.state != 0 ? both : *a;
}

/* @budget: instructions that may be spent, lessened by those that are. */
static DkValue
refine (DkRun   *run,
        guint    reg,
        guint64 *budget)
{
  const DkProgram *program = run->program;
  const guint8 *follows = follows_of (program, reg);
  Search self = { .run = run, .reg = reg, .kind = dk_program_get_kind (program, reg) };
  const DkValue whole = run->regs[reg];
  DkValue result = whole;
  g_autoptr(DkSlice) slice = NULL;
  guint64 work = run->work;

  if (run->exhausted || *budget == 0 || !dk_run_is_loose (run, reg))
    return result;
  for (guint s = 0; s < program->slots->len && self.n < MAX_SPLIT; s++)
    if (is_mixed (follows[s]) && !is_settled (run, g_array_index (program->slots, DkSlot, s).reg))
      self.slots[self.n++] = s;
  slice = dk_slice_new (program, &reg, 1);
  self.slice = slice;
  run->work = *budget;
  search (&self, &result);
  /* A search that gave up has found what it found: the run itself did not. */
  *budget = run->exhausted ? 0 : run->work;
  run->exhausted = FALSE;
  run->work = work;
  /* A box may hold a part that is greater than its whole, where a share is more than the bound that it has otherwise. */
  result = intersect (&whole, &result, self.kind);
  result = dk_value_copy (&result, run->arena);
  run->regs[reg] = result;
  return result;
}

DkValue
dk_run_refine (DkRun *run,
               guint  reg)
{
  guint64 budget = DK_RUN_MAX_WORK;

  return refine (run, reg, &budget);
}

void
dk_run_refine_all (DkRun       *run,
                   const guint *regs,
                   guint        n_regs)
{
  const GArray *code = run->program->code;
  g_autoptr(GArray) loose = NULL;
  g_autoptr(GArray) values = NULL;
  guint64 budget = DK_RUN_MAX_WORK; /* of all together: a hundred searches may not take a hundred times as long */

  for (guint i = 0; i < n_regs; i++)
    if (regs[i] != DK_NO_REGISTER && dk_run_is_loose (run, regs[i]))
      {
        if (loose == NULL)
          {
            loose = g_array_new (FALSE, FALSE, sizeof (guint));
            values = g_array_new (FALSE, FALSE, sizeof (DkValue));
          }
        g_array_append_val (loose, regs[i]);
        g_array_append_val (values, run->regs[regs[i]]);
      }
  if (loose == NULL)
    return;
  for (guint i = 0; i < loose->len; i++)
    {
      guint reg = g_array_index (loose, guint, i);

      run->regs[reg] = g_array_index (values, DkValue, i);
      g_array_index (values, DkValue, i) = refine (run, reg, &budget);
    }
  /* The boxes have left their mark on what the registers rest on: once more as a whole, and then what was found. */
  run->work = DK_RUN_MAX_WORK;
  dk_machine_execute (run, (const DkInstr *) (gpointer) code->data, code->len);
  for (guint i = 0; i < loose->len; i++)
    run->regs[g_array_index (loose, guint, i)] = g_array_index (values, DkValue, i);
}
