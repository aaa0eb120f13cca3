/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-trial"

#include "dk-trial.h"

#include "dk-search.h"

#define STATE_BITS (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA)

struct _DkReach
{
  GArray  *slots; /* guint */
  GArray  *regs;  /* guint: that were asked for, and depend on the slots */
  GArray  *code;  /* DkInstr */
  guint64 *mask;  /* words: the slots as a bit set */
};

struct _DkTrial
{
  const DkRun *base;
  DkRun       *run;
};

/**
 * dk_reach_new:
 * @slots: what is going to change
 * @regs: what is going to be asked; %DK_NO_REGISTER is skipped
 *
 * Returns: (transfer full): what must be computed again, and nothing else
 */
DkReach *
dk_reach_new (const DkProgram *program,
              const guint     *slots,
              guint            n_slots,
              const guint     *regs,
              guint            n_regs)
{
  DkReach *reach = g_new0 (DkReach, 1);

  reach->slots = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_slots);
  reach->regs = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_regs);
  reach->code = g_array_new (FALSE, FALSE, sizeof (DkInstr));
  reach->mask = g_new0 (guint64, MAX (1, program->words));
  g_array_append_vals (reach->slots, slots, n_slots);
  for (guint i = 0; i < n_slots; i++)
    reach->mask[slots[i] / 64] |= (guint64) 1 << (slots[i] % 64);
  for (guint i = 0; i < n_regs; i++)
    if (regs[i] != DK_NO_REGISTER && dk_program_has_any (program, program->depends, regs[i], reach->mask))
      g_array_append_val (reach->regs, regs[i]);
  dk_program_collect (program, (const guint *) (gpointer) reach->regs->data, reach->regs->len, program->depends, reach->mask, reach->code);
  return reach;
}

void
dk_reach_free (DkReach *reach)
{
  if (reach == NULL)
    return;
  g_array_unref (reach->slots);
  g_array_unref (reach->regs);
  g_array_unref (reach->code);
  g_free (reach->mask);
  g_free (reach);
}

gboolean
dk_reach_is_empty (const DkReach *reach)
{
  return reach->regs->len == 0;
}

DkTrial *
dk_trial_new (const DkRun *base)
{
  DkTrial *trial = g_new0 (DkTrial, 1);

  trial->base = base;
  trial->run = dk_run_copy (base);
  dk_search_remember (trial->run);
  return trial;
}

void
dk_trial_free (DkTrial *trial)
{
  if (trial == NULL)
    return;
  dk_run_free (trial->run);
  g_free (trial);
}

const DkRun *
dk_trial_get_run (const DkTrial *trial)
{
  return trial->run;
}

static guint
slot_reg (const DkTrial *trial,
          guint          slot)
{
  return g_array_index (trial->run->program->slots, DkSlot, slot).reg;
}

void
dk_trial_set (DkTrial       *trial,
              guint          slot,
              const DkValue *value)
{
  trial->run->regs[slot_reg (trial, slot)] = *value;
}

void
dk_trial_run (DkTrial       *trial,
              const DkReach *reach)
{
  trial->run->work = DK_RUN_MAX_WORK;
  trial->run->exhausted = FALSE;
  dk_machine_execute (trial->run, (const DkInstr *) (gpointer) reach->code->data, reach->code->len);
}

void
dk_trial_refine (DkTrial       *trial,
                 const DkReach *reach)
{
  dk_run_refine_code (trial->run, (const DkInstr *) (gpointer) reach->code->data, reach->code->len,
                      (const guint *) (gpointer) reach->regs->data, reach->regs->len);
}

static void
reset_reg (DkTrial *trial,
           guint    reg)
{
  trial->run->regs[reg] = trial->base->regs[reg];
  trial->run->exactness[reg] = trial->base->exactness[reg];
}

void
dk_trial_reset (DkTrial       *trial,
                const DkReach *reach)
{
  for (guint i = 0; i < reach->slots->len; i++)
    reset_reg (trial, slot_reg (trial, g_array_index (reach->slots, guint, i)));
  for (guint i = 0; i < reach->code->len; i++)
    reset_reg (trial, g_array_index (reach->code, DkInstr, i).dst);
}

void
dk_trial_forget (DkTrial *trial)
{
  dk_arena_clear (trial->run->arena);
}

/* What could be had at best */

typedef struct
{
  const DkRun   *run;
  const guint64 *mask;     /* of the slots that are tried */
  gboolean       is_blind; /* nothing was run yet: what they reach may be anything */
  guint          depth;
  guint          n_steps;
} Hope;

/* Deeper than any law, and not too deep for the stack; and not more work than running would be. Beyond, the best is taken for possible. */
#define MAX_DEPTH 200
#define MAX_STEPS 4000

static gboolean can_be (Hope *hope, guint reg, guint32 wanted);
static gboolean can_be_of (Hope *hope, guint reg, guint64 options);

static gboolean
is_reached (const Hope *hope,
            guint       reg)
{
  const DkProgram *program = hope->run->program;

  return dk_program_has_any (program, program->depends, reg, hope->mask);
}

/* Whether a fact that is neither known nor tried comes to a register by several ways, so that what is lost by one is won by another. */
static gboolean
has_joined_ways (const Hope *hope,
                 guint       reg)
{
  const DkProgram *program = hope->run->program;
  const guint64 *origins = program->origins + (gsize) reg * program->words;

  for (guint w = 0; w < program->words; w++)
    for (guint64 bits = origins[w] & ~hope->mask[w]; bits != 0; bits &= bits - 1)
      {
        guint slot = g_array_index (program->slots, DkSlot, w * 64 + (guint) __builtin_ctzll (bits)).reg;
        const DkValue *value = &hope->run->regs[slot];

        if (dk_program_get_kind (program, slot) == DK_KIND_TRUTH ? !dk_truth_is_settled (value->state) : !dk_value_is_settled (value))
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_at_least_zero (const Hope *hope,
                  guint       reg)
{
  const DkValue *value = &hope->run->regs[reg];

  return (value->state & (DK_POINT | DK_RANGE)) && dk_number_sign (value->low) >= 0;
}

/* Which way a band goes whose rows are edges all of one side: 1 up, -1 down, 0 neither. */
static int
find_direction (const DkBandTable *table)
{
  gboolean is_lower = table->n > 0 && (table->rows[0].op == DK_GE || table->rows[0].op == DK_GT);
  gboolean falls = TRUE, rises = TRUE;

  if (!table->has_else || table->n == 0)
    return 0;
  for (guint i = 0; i < table->n; i++)
    {
      const DkValue *next = i + 1 < table->n ? &table->rows[i + 1].result : &table->otherwise;
      DkComparison op = table->rows[i].op;

      if (op == DK_EQ || op == DK_NE || is_lower != (op == DK_GE || op == DK_GT))
        return 0;
      falls = falls && dk_number_compare (next->low, table->rows[i].result.low) <= 0
              && dk_number_compare (dk_value_high (next), dk_value_high (&table->rows[i].result)) <= 0;
      rises = rises && dk_number_compare (next->low, table->rows[i].result.low) >= 0
              && dk_number_compare (dk_value_high (next), dk_value_high (&table->rows[i].result)) >= 0;
    }
  /* Read from above, the rows of a lower edge go down. */
  if (falls)
    return is_lower ? 1 : -1;
  return rises ? (is_lower ? -1 : 1) : 0;
}

static DkNumber find_best_bound (Hope *hope, guint reg, gboolean is_least);

/* The bound of a band, by that of what it is read by. */
static DkNumber
find_band_bound (Hope          *hope,
                 const DkInstr *instr,
                 gboolean       is_least,
                 DkNumber       far)
{
  const DkBandTable *table = g_ptr_array_index (hope->run->program->bands, instr->b);
  const DkValue *x = &hope->run->regs[instr->a];
  int direction = table->kind == DK_KIND_NUMBER ? find_direction (table) : 0;
  DkNumber at;

  if (direction == 0 || !(x->state & (DK_POINT | DK_RANGE)))
    return far;
  at = find_best_bound (hope, instr->a, direction > 0 ? is_least : !is_least);
  for (guint i = 0; i < table->n; i++)
    {
      int order = dk_number_compare (at, table->rows[i].edge);
      DkComparison op = table->rows[i].op;

      if (op == DK_GE ? order >= 0 : op == DK_GT ? order > 0 : op == DK_LE ? order <= 0 : order < 0)
        return is_least ? dk_value_high (&table->rows[i].result) : table->rows[i].result.low;
    }
  return is_least ? dk_value_high (&table->otherwise) : table->otherwise.low;
}

/* The bound of a quotient of what is never below 0. */
static DkNumber
find_quotient_bound (Hope          *hope,
                     const DkInstr *instr,
                     gboolean       is_least,
                     DkNumber       far)
{
  DkNumber dividend, divisor;

  if (!is_at_least_zero (hope, instr->a) || !is_at_least_zero (hope, instr->b))
    return far;
  dividend = find_best_bound (hope, instr->a, is_least);
  divisor = find_best_bound (hope, instr->b, !is_least);
  if (dk_number_sign (divisor) == 0 || !dk_number_is_finite (dividend))
    return far;
  return dk_number_is_finite (divisor) ? dk_number_div (dividend, divisor, hope->run->arena) : DK_ZERO;
}

/* The bound of a sum, or of a difference. */
static DkNumber
find_sum_bound (Hope          *hope,
                const guint32 *operands,
                guint          n,
                gboolean       is_difference,
                gboolean       is_least,
                DkNumber       far)
{
  DkNumber sum = DK_ZERO;

  for (guint k = 0; k < n; k++)
    {
      gboolean is_taken_off = is_difference && k > 0;
      DkNumber bound = find_best_bound (hope, operands[k], is_taken_off ? !is_least : is_least);

      if (!dk_number_is_finite (bound))
        return far;
      sum = is_taken_off ? dk_number_sub (sum, bound, hope->run->arena) : dk_number_add (sum, bound, hope->run->arena);
    }
  return sum;
}

/* The most that is sure of @reg with the best of the values tried: the greatest of all lows, or with @is_least the least of all highs.
 * Where it cannot be told, what the register reaches at all. */
static DkNumber
find_best_bound (Hope     *hope,
                 guint     reg,
                 gboolean  is_least)
{
  const DkProgram *program = hope->run->program;
  const DkValue *value = &hope->run->regs[reg];
  DkNumber high = dk_value_high (value), far = is_least ? value->low : high;
  const DkInstr *instr;
  const guint32 *list;

  if (!is_reached (hope, reg))
    return is_least ? high : value->low;
  if (program->producers[reg] == DK_NO_REGISTER || has_joined_ways (hope, reg) || hope->depth > MAX_DEPTH || ++hope->n_steps > MAX_STEPS)
    return far;
  instr = &g_array_index (program->code, DkInstr, program->producers[reg]);
  list = instr->n > 0 ? &g_array_index (program->lists, guint32, instr->a) : NULL;
  hope->depth++;
  switch ((DkOp) instr->op)
    {
    case DK_OP_SUM:
      far = find_sum_bound (hope, list, instr->n, FALSE, is_least, far);
      break;

    case DK_OP_ADD:
    case DK_OP_SUB:
      far = find_sum_bound (hope, (const guint32[]) { instr->a, instr->b }, 2, instr->op == DK_OP_SUB, is_least, far);
      break;

    case DK_OP_DIV:
    case DK_OP_SHARE:
      far = find_quotient_bound (hope, instr, is_least, far);
      break;

    case DK_OP_BAND:
      far = find_band_bound (hope, instr, is_least, far);
      break;

    case DK_OP_SCORE:
      if (hope->run->regs[instr->a].state & (DK_POINT | DK_RANGE))
        {
          /* What is not computable gives no points. */
          DkNumber bound = find_best_bound (hope, instr->a, is_least);

          if (hope->run->regs[instr->a].state & DK_UNDEFINED)
            bound = is_least ? dk_number_min (bound, DK_ZERO) : dk_number_max (bound, DK_ZERO);
          far = bound;
        }
      break;

    default:
      break;
    }
  hope->depth--;
  return far;
}

static gboolean
can_compare (Hope          *hope,
             const DkInstr *instr,
             guint32        wanted)
{
  DkOp op = instr->op;
  guint more = instr->a, less = instr->b;
  gboolean is_strict;
  const DkValue *regs = hope->run->regs;
  int order;

  if (hope->is_blind)
    return TRUE;
  if (!(regs[instr->a].state & (DK_POINT | DK_RANGE)) || !(regs[instr->b].state & (DK_POINT | DK_RANGE)))
    return TRUE;
  if (op == DK_OP_LT || op == DK_OP_LE)
    {
      more = instr->b;
      less = instr->a;
    }
  is_strict = op == DK_OP_GT || op == DK_OP_LT;
  if (wanted == DK_FALSE)
    {
      guint swap = more;

      more = less;
      less = swap;
      is_strict = !is_strict;
    }
  order = dk_number_compare (find_best_bound (hope, more, FALSE), find_best_bound (hope, less, TRUE));
  return is_strict ? order > 0 : order >= 0;
}

/* Whether what is wanted can be sure of a list: of each operand, or of any. */
static gboolean
can_list (Hope          *hope,
          const DkInstr *instr,
          guint32        wanted,
          gboolean       of_each)
{
  const DkProgram *program = hope->run->program;
  const guint32 *list = &g_array_index (program->lists, guint32, instr->a);
  gboolean skips = instr->op == DK_OP_ALL || instr->op == DK_OP_ANY;

  for (guint k = 0; k < instr->n; k++)
    {
      gboolean can = can_be (hope, list[k], wanted);

      /* What does not apply is left out of a group. */
      if (!can && of_each && skips && ((hope->run->regs[list[k]].state & DK_NA) || (hope->is_blind && is_reached (hope, list[k]))))
        can = TRUE;
      if (can != of_each)
        return !of_each;
    }
  return of_each;
}

/* Whether what is wanted can be sure of what a condition chooses; @options as in can_be_of (). */
static gboolean
can_select (Hope          *hope,
            const DkInstr *instr,
            guint32        wanted,
            guint64        options)
{
  guint32 condition = hope->run->regs[instr->a].state & STATE_BITS;
  gboolean is_choice = instr->op == DK_OP_SELECT_CHOICE;
  gboolean can_then = is_choice ? can_be_of (hope, instr->b, options) : can_be (hope, instr->b, wanted);
  gboolean can_else = is_choice ? can_be_of (hope, instr->c, options) : can_be (hope, instr->c, wanted);

  if (is_reached (hope, instr->a))
    return (can_then && can_else) || (can_then && can_be (hope, instr->a, DK_TRUE)) || (can_else && can_be (hope, instr->a, DK_FALSE));
  return (can_then || !(condition & DK_TRUE)) && (can_else || !(condition & DK_FALSE)) && !(condition & (DK_UNDEFINED | DK_NA));
}

/* Whether some of the values tried may make the choice @reg surely one of @options. */
static gboolean
can_be_of (Hope    *hope,
           guint    reg,
           guint64  options)
{
  const DkProgram *program = hope->run->program;
  const DkValue *value = &hope->run->regs[reg];
  guint64 set = value->state & (DK_POINT | DK_RANGE) ? (guint64) value->low.num : 0;
  gboolean is_sure = !(value->state & (DK_UNDEFINED | DK_NA)) && (set & ~options) == 0;
  const DkInstr *instr;
  gboolean can = TRUE;

  if (!is_reached (hope, reg))
    return is_sure;
  if (!hope->is_blind && is_sure)
    return TRUE;
  if (!hope->is_blind && (set & options) == 0)
    return FALSE;
  if (program->producers[reg] == DK_NO_REGISTER || hope->depth > MAX_DEPTH || ++hope->n_steps > MAX_STEPS)
    return TRUE;
  instr = &g_array_index (program->code, DkInstr, program->producers[reg]);
  hope->depth++;
  if (instr->op == DK_OP_SELECT_CHOICE)
    can = can_select (hope, instr, 0, options);
  else if (instr->op == DK_OP_APPLIES_CHOICE)
    can = can_be (hope, instr->a, DK_TRUE) && can_be_of (hope, instr->b, options);
  hope->depth--;
  return can;
}

/* Whether some of the values tried may make the truth @reg surely @wanted. */
static gboolean
can_be (Hope   *hope,
        guint   reg,
        guint32 wanted)
{
  const DkProgram *program = hope->run->program;
  guint32 bits = hope->run->regs[reg].state & STATE_BITS;
  const DkInstr *instr;
  gboolean can = TRUE;

  if (!is_reached (hope, reg))
    return bits == wanted;
  if (!hope->is_blind && bits == wanted)
    return TRUE;
  if (!hope->is_blind && !(bits & wanted))
    return FALSE;
  if (program->producers[reg] == DK_NO_REGISTER || hope->depth > MAX_DEPTH || ++hope->n_steps > MAX_STEPS)
    return TRUE;
  instr = &g_array_index (program->code, DkInstr, program->producers[reg]);
  hope->depth++;
  switch ((DkOp) instr->op)
    {
    case DK_OP_VERDICT:
      /* What is not computable is not met. */
      can = wanted == DK_FALSE || can_be (hope, instr->a, wanted);
      break;

    case DK_OP_NOT:
      can = can_be (hope, instr->a, wanted == DK_TRUE ? DK_FALSE : DK_TRUE);
      break;

    case DK_OP_AND:
    case DK_OP_ALL:
      /* Of several members that fail by turns, none may be sure by itself. */
      can = wanted == DK_FALSE || can_list (hope, instr, wanted, TRUE);
      break;

    case DK_OP_OR:
    case DK_OP_ANY:
      can = wanted == DK_FALSE || has_joined_ways (hope, reg) || can_list (hope, instr, wanted, FALSE);
      break;

    case DK_OP_GE:
    case DK_OP_GT:
    case DK_OP_LE:
    case DK_OP_LT:
      can = can_compare (hope, instr, wanted);
      break;

    case DK_OP_SELECT_TRUTH:
      can = can_select (hope, instr, wanted, 0);
      break;

    case DK_OP_APPLIES_TRUTH:
      can = can_be (hope, instr->a, DK_TRUE) && can_be (hope, instr->b, wanted);
      break;

    case DK_OP_CHOICE_EQ:
      {
        const DkValue *option = &g_array_index (program->constants, DkValue, instr->b);

        if (option->state == DK_POINT)
          can = can_be_of (hope, instr->a, wanted == DK_TRUE ? (guint64) option->low.num : ~(guint64) option->low.num);
        break;
      }

    case DK_OP_CHOICE_IN:
      {
        guint64 mask = g_array_index (program->masks, guint64, instr->b);

        can = can_be_of (hope, instr->a, wanted == DK_TRUE ? mask : ~mask);
        break;
      }

    default:
      break;
    }
  hope->depth--;
  return can;
}

gboolean
dk_trial_can_be_sure (const DkTrial *trial,
                      const DkReach *reach,
                      guint          reg)
{
  Hope hope = { trial->run, reach->mask, FALSE, 0, 0 };

  return can_be (&hope, reg, DK_TRUE);
}

gboolean
dk_trial_may_become_sure (const DkTrial *trial,
                          const guint   *slots,
                          guint          n_slots,
                          guint          reg)
{
  g_autofree guint64 *mask = g_new0 (guint64, MAX (1, trial->base->program->words));
  Hope hope = { trial->base, mask, TRUE, 0, 0 };

  for (guint i = 0; i < n_slots; i++)
    mask[slots[i] / 64] |= (guint64) 1 << (slots[i] % 64);
  return can_be (&hope, reg, DK_TRUE);
}
