/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-trial"

#include "dk-trial.h"

#include "dk-program-private.h"

#include <string.h>

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
  guint n_regs = base->program->kinds->len;

  trial->base = base;
  trial->run = dk_run_new (base->program);
  trial->run->rows = base->rows;
  memcpy (trial->run->regs, base->regs, n_regs * sizeof (DkValue));
  memcpy (trial->run->exactness, base->exactness, n_regs);
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
} Hope;

/* Deeper than any law, and not too deep for the stack: below, the best is taken for possible. */
#define MAX_DEPTH 200

static gboolean can_be (Hope *hope, guint reg, guint32 wanted);

static gboolean
is_reached (const Hope *hope,
            guint       reg)
{
  const DkProgram *program = hope->run->program;

  return dk_program_has_any (program, program->depends, reg, hope->mask);
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
  DkNumber sum = DK_ZERO;

  if (!is_reached (hope, reg))
    return is_least ? high : value->low;
  if (program->producers[reg] == DK_NO_REGISTER)
    return far;
  instr = &g_array_index (program->code, DkInstr, program->producers[reg]);
  if (instr->op != DK_OP_SUM || (value->state & (DK_UNDEFINED | DK_NA)) || hope->depth > MAX_DEPTH)
    return far;
  list = &g_array_index (program->lists, guint32, instr->a);
  hope->depth++;
  for (guint k = 0; k < instr->n; k++)
    {
      DkNumber bound = find_best_bound (hope, list[k], is_least);

      if (!dk_number_is_finite (bound))
        {
          sum = far;
          break;
        }
      sum = dk_number_add (sum, bound, hope->run->arena);
    }
  hope->depth--;
  return sum;
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

/* Whether a fact that is not known may make one member true or another, so that one of them is, and neither is sure. */
static gboolean
has_joined_ways (const DkRun *run,
                 guint        reg)
{
  const DkProgram *program = run->program;
  const guint64 *origins = program->origins + (gsize) reg * program->words;

  for (guint w = 0; w < program->words; w++)
    for (guint64 bits = origins[w]; bits != 0; bits &= bits - 1)
      {
        const DkValue *value = &run->regs[g_array_index (program->slots, DkSlot, w * 64 + (guint) __builtin_ctzll (bits)).reg];

        if (!dk_value_is_settled (value) && !dk_truth_is_settled (value->state))
          return TRUE;
      }
  return FALSE;
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
  if (program->producers[reg] == DK_NO_REGISTER || hope->depth > MAX_DEPTH)
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
      can = wanted == DK_FALSE || has_joined_ways (hope->run, reg) || can_list (hope, instr, wanted, FALSE);
      break;

    case DK_OP_GE:
    case DK_OP_GT:
    case DK_OP_LE:
    case DK_OP_LT:
      can = can_compare (hope, instr, wanted);
      break;

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
  Hope hope = { trial->run, reach->mask, FALSE, 0 };

  return can_be (&hope, reg, DK_TRUE);
}

gboolean
dk_trial_may_become_sure (const DkTrial *trial,
                          const guint   *slots,
                          guint          n_slots,
                          guint          reg)
{
  g_autofree guint64 *mask = g_new0 (guint64, MAX (1, trial->base->program->words));
  Hope hope = { trial->base, mask, TRUE, 0 };

  for (guint i = 0; i < n_slots; i++)
    mask[slots[i] / 64] |= (guint64) 1 << (slots[i] % 64);
  return can_be (&hope, reg, DK_TRUE);
}
