/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-follows"

#include "dk-refine.h"
#include "dk-program-private.h"

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define BOTH (DK_FOLLOWS_UP | DK_FOLLOWS_DOWN)

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
        const DkAggregate *aggregate = i->op == DK_OP_AGGREGATE ? g_ptr_array_index (program->aggregates, i->b) : NULL;
        gboolean skips_amount = aggregate != NULL && dk_aggregate_is_allocation (aggregate);
        guint32 few[32];
        guint n = dk_instr_get_operands (program, i, few, G_N_ELEMENTS (few));
        g_autofree guint32 *all = n > G_N_ELEMENTS (few) ? g_new (guint32, n) : NULL;

        if (all != NULL)
          dk_instr_get_operands (program, i, all, n);
        for (guint k = 0; k < n; k++)
          {
            guint reg = (all != NULL ? all : few)[k];

            /* The rows may read it as well: only the amount itself is followed otherwise. */
            if (skips_amount && reg == aggregate->amount)
              skips_amount = FALSE;
            else
              follow (program, i->dst, reg, FALSE, TRUE);
          }
        if (aggregate != NULL || i->op == DK_OP_CHOOSE)
          {
            guint8 *target = follows_of (program, i->dst);

            for (guint s = 0; s < program->slots->len; s++)
              if (target[s] != 0)
                target[s] |= DK_FOLLOWS_OFTEN;
            if (aggregate != NULL && dk_aggregate_is_allocation (aggregate))
              follow (program, i->dst, aggregate->amount, aggregate->kind == DK_AGG_ROWS_LEFT, FALSE);
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

static gboolean
is_mixed (guint8 follows)
{
  return (follows & DK_FOLLOWS_OFTEN) && (follows & BOTH) == BOTH;
}

/* Notes which slots each register may be loose by, and whether that begins with it: where only one operand follows a slot, and was
 * loose by it already, nothing is lost here. */
static void
note_origins (DkProgram *program)
{
  gsize size = (gsize) MAX (1, program->kinds->len) * MAX (1, program->words);

  g_free (program->mixed);
  g_free (program->origins);
  program->mixed = g_new0 (guint64, size);
  program->origins = g_new0 (guint64, size);
  for (guint i = 0; i < program->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (program->code, DkInstr, i);
      const guint8 *follows = follows_of (program, instr->dst);
      const guint32 *operands = (const guint32 *) (gpointer) program->operands->data;
      gsize row = (gsize) instr->dst * program->words;

      for (guint s = 0; s < program->slots->len; s++)
        {
          guint n = 0, n_mixed = 0;

          if (!is_mixed (follows[s]))
            continue;
          program->mixed[row + s / 64] |= (guint64) 1 << (s % 64);
          for (guint32 k = program->operand_starts[i]; k < program->operand_starts[i + 1]; k++)
            {
              guint8 bits = follows_of (program, operands[k])[s];

              n += (bits & BOTH) != 0;
              n_mixed += is_mixed (bits);
            }
          if (n != 1 || n_mixed != 1 || instr->op == DK_OP_AGGREGATE || instr->op == DK_OP_CHOOSE)
            program->origins[row + s / 64] |= (guint64) 1 << (s % 64);
        }
    }
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
  note_origins (program);
}

guint
dk_program_follows (const DkProgram *program,
                    guint            reg,
                    guint            slot)
{
  return follows_of (program, reg)[slot];
}
