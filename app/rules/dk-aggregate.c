/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-aggregate"

#include "dk-machine.h"

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define FLAG_BITS (DK_UNDEFINED | DK_NA)
#define STATE_BITS (VALUE_BITS | FLAG_BITS)

/* The lesser, or the greater, of two values. */
static DkValue
further (DkAggregateKind kind,
         const DkValue  *a,
         const DkValue  *b)
{
  DkNumber ah = dk_value_high (a), bh = dk_value_high (b);
  guint32 flags = (a->state | b->state) & FLAG_BITS;

  if (kind == DK_AGG_MIN)
    return dk_value_make (dk_number_min (a->low, b->low), dk_number_min (ah, bh), flags);
  return dk_value_make (dk_number_max (a->low, b->low), dk_number_max (ah, bh), flags);
}

/* What one row, or a row not yet entered, adds to an aggregate. */
typedef struct
{
  gint64   certain, possible; /* rows that count, or may count */
  DkValue  acc;               /* state 0: nothing yet */
  guint32  truth;
  guint32  flags;             /* of bodies that may be undefined */
  gboolean must_be_undefined;
} Tally;

guint32
dk_machine_get_condition (DkRun             *run,
                          const DkAggregate *aggregate)
{
  guint32 bits = aggregate->where == DK_NO_REGISTER ? DK_TRUE : run->regs[aggregate->where].state & STATE_BITS;

  /* A condition that cannot be computed is not met. */
  if (bits & FLAG_BITS)
    bits = (bits & DK_OPEN) | DK_FALSE;
  return bits;
}

static void
tally_row (DkRun             *run,
           const DkAggregate *aggregate,
           Tally             *tally,
           gboolean           is_phantom)
{
  guint32 condition = dk_machine_get_condition (run, aggregate);
  gboolean certain = condition == DK_TRUE && !is_phantom;
  const DkValue *body = aggregate->body == DK_NO_REGISTER ? NULL : &run->regs[aggregate->body];
  DkValue pure;

  if (!(condition & DK_TRUE))
    return;
  tally->possible++;
  tally->certain += certain;
  switch (aggregate->kind)
    {
    case DK_AGG_ANY:
      tally->truth = dk_truth_or (tally->truth, certain ? DK_TRUE : DK_OPEN);
      return;
    case DK_AGG_ALL:
      {
        guint32 bits = body->state & STATE_BITS;

        tally->truth = dk_truth_and (tally->truth, certain ? bits : bits | DK_TRUE);
        return;
      }
    case DK_AGG_COUNT:
    case DK_AGG_DISTINCT:
    case DK_AGG_FIRST:
    case DK_AGG_ALLOCATE:
    case DK_AGG_ROWS_LEFT:
    case DK_AGG_AMOUNT_LEFT:
      return;
    default:
      break;
    }

  pure = (DkValue) { body->low, body->high, body->state & VALUE_BITS };
  if (body->state & FLAG_BITS)
    {
      tally->flags |= DK_UNDEFINED;
      tally->must_be_undefined |= certain && !pure.state;
    }
  if (!pure.state)
    return;
  if (aggregate->kind == DK_AGG_SUM || aggregate->kind == DK_AGG_MEAN)
    {
      DkValue zero = DK_VALUE_POINT (DK_ZERO);

      if (is_phantom)
        {
          /* Any number of such rows: nothing is known but the sign. */
          pure = dk_value_make (dk_number_sign (pure.low) >= 0 ? DK_ZERO : DK_MINUS_INFINITY,
                        dk_number_sign (dk_value_high (&pure)) <= 0 ? DK_ZERO : DK_INFINITY, 0);
        }
      else if (!certain)
        pure = dk_value_join (&pure, &zero, DK_KIND_NUMBER);
      tally->acc = tally->acc.state ? dk_value_add (&tally->acc, &pure, run->arena) : pure;
      return;
    }
  /* min, max: a row that may not count can only widen towards what it would give. */
  if (!tally->acc.state)
    tally->acc = pure;
  else if (certain)
    {
      if (tally->certain == 1)
        {
          /* Until now nothing was certain: this one bounds, the others may reach further. */
          DkValue both = further (aggregate->kind, &tally->acc, &pure);
          tally->acc = dk_value_join (&both, &pure, DK_KIND_NUMBER);
        }
      else
        tally->acc = further (aggregate->kind, &tally->acc, &pure);
    }
  else if (tally->certain == 0)
    tally->acc = dk_value_join (&tally->acc, &pure, DK_KIND_NUMBER);
  else
    {
      DkValue both = further (aggregate->kind, &tally->acc, &pure);
      tally->acc = dk_value_join (&tally->acc, &both, DK_KIND_NUMBER);
    }
}

void
dk_machine_load_row (DkRun             *run,
                     const DkAggregate *aggregate,
                     const DkValue     *cells)
{
  for (guint c = 0; c < aggregate->n_used; c++)
    {
      DkValue *reg = &run->regs[aggregate->column_regs[c]];

      if (cells != NULL)
        *reg = cells[aggregate->columns[c]];
      else
        {
          const DkRegister *table = g_ptr_array_index (run->program->scope->registers, aggregate->reg);
          const DkSymbol *column = g_ptr_array_index (table->columns, aggregate->columns[c]);

          *reg = column->domain; /* a row not yet entered can hold anything */
        }
      reg->state &= STATE_BITS;
    }
  dk_machine_execute (run, (const DkInstr *) (gpointer) aggregate->code->data, aggregate->code->len);
}

/* distinct: equal points are one; what is not a point may be one of those, or another. */
static DkValue
count_distinct (DkRun             *run,
                const DkAggregate *aggregate,
                const DkRows      *rows)
{
  g_autoptr(GArray) known = g_array_new (FALSE, FALSE, sizeof (DkNumber));
  g_autoptr(GArray) maybe = g_array_new (FALSE, FALSE, sizeof (DkNumber));
  gint64 vague = 0;
  gboolean vague_is_certain = FALSE;
  gint64 low, high;

  for (guint r = 0; r < rows->n_rows && !run->exhausted; r++)
    {
      guint32 condition;
      const DkValue *body;
      GArray *into;
      gboolean found = FALSE;

      dk_machine_load_row (run, aggregate, rows->cells + (gsize) r * aggregate->n_columns);
      condition = dk_machine_get_condition (run, aggregate);
      body = &run->regs[aggregate->body];
      if (!(condition & DK_TRUE) || !(body->state & VALUE_BITS))
        continue;
      if (!(body->state & DK_POINT) || (body->state & FLAG_BITS))
        {
          vague++;
          vague_is_certain |= condition == DK_TRUE && !(body->state & FLAG_BITS);
          continue;
        }
      into = condition == DK_TRUE ? known : maybe;
      if (run->work < into->len)
        run->exhausted = TRUE;
      else
        run->work -= into->len;
      for (guint k = 0; k < into->len && !found; k++)
        found = dk_number_equal (g_array_index (into, DkNumber, k), body->low);
      if (!found)
        g_array_append_val (into, body->low);
    }
  low = known->len > 0 ? (gint64) known->len : vague_is_certain ? 1 : 0;
  high = (gint64) known->len + vague;
  for (guint k = 0; k < maybe->len; k++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < known->len && !found; j++)
        found = dk_number_equal (g_array_index (known, DkNumber, j), g_array_index (maybe, DkNumber, k));
      high += !found;
    }
  return dk_value_make (DK_NUMBER (low), rows->is_complete ? DK_NUMBER (high) : DK_INFINITY, 0);
}

/* first: the body of the row with the least order, the upper one of equals; of those that may be it when orders or
 * conditions are open. */
static DkValue
find_first (DkRun             *run,
            const DkAggregate *aggregate,
            const DkRows      *rows)
{
  DkValue result = dk_value_make_empty (0);
  gboolean any = FALSE, some_certain = FALSE;
  DkNumber bound = DK_INFINITY; /* some certain row stands at or before this: the row @bound_row is the first of them */
  guint bound_row = G_MAXUINT;

  for (guint pass = 0; pass < 2; pass++)
    for (guint r = 0; r < rows->n_rows + (rows->is_complete ? 0 : 1) && !run->exhausted; r++)
      {
        gboolean phantom = r == rows->n_rows;
        guint32 condition;
        const DkValue *order, *body;
        int beyond;

        dk_machine_load_row (run, aggregate, phantom ? NULL : rows->cells + (gsize) r * aggregate->n_columns);
        condition = dk_machine_get_condition (run, aggregate);
        order = &run->regs[aggregate->order];
        body = &run->regs[aggregate->body];
        if (!(condition & DK_TRUE) || !(order->state & VALUE_BITS))
          continue;
        if (pass == 0)
          {
            if (condition == DK_TRUE && !phantom && !(order->state & FLAG_BITS))
              {
                if (!some_certain || dk_number_compare (dk_value_high (order), bound) < 0)
                  {
                    bound = dk_value_high (order);
                    bound_row = r;
                  }
                some_certain = TRUE;
              }
            continue;
          }
        beyond = dk_number_compare (order->low, bound);
        if (beyond > 0 || (beyond == 0 && r > bound_row))
          continue;
        result = any ? dk_value_join (&result, body, aggregate->body_kind) : *body;
        any = TRUE;
      }
  result.state &= STATE_BITS;
  if (!some_certain || !any)
    result.state |= DK_UNDEFINED;
  return result;
}

DkValue
dk_machine_aggregate (DkRun             *run,
                      const DkAggregate *aggregate)
{
  static const DkRows nothing = { NULL, 0, FALSE };
  const DkRows *rows = run->rows != NULL ? &run->rows[aggregate->reg] : &nothing;
  gboolean is_truth = aggregate->kind == DK_AGG_ANY || aggregate->kind == DK_AGG_ALL;
  Tally tally = { 0, 0, { DK_ZERO, DK_ZERO, 0 }, aggregate->kind == DK_AGG_ANY ? DK_FALSE : DK_TRUE, 0, FALSE };
  DkValue result;

  if (aggregate->kind == DK_AGG_DISTINCT)
    result = count_distinct (run, aggregate, rows);
  else if (aggregate->kind == DK_AGG_FIRST)
    result = find_first (run, aggregate, rows);
  else if (dk_aggregate_is_allocation (aggregate))
    result = dk_machine_allocate (run, aggregate, rows);
  else
    {
      gint64 certain;

      for (guint r = 0; r < rows->n_rows && !run->exhausted; r++)
        {
          dk_machine_load_row (run, aggregate, rows->cells + (gsize) r * aggregate->n_columns);
          tally_row (run, aggregate, &tally, FALSE);
        }
      certain = tally.certain;
      if (!rows->is_complete && !run->exhausted)
        {
          gint64 before = tally.possible;

          dk_machine_load_row (run, aggregate, NULL);
          tally_row (run, aggregate, &tally, TRUE);
          /* There may be any number of them. */
          if (tally.possible > before)
            tally.possible = G_MAXINT64;
        }
      switch (aggregate->kind)
        {
        case DK_AGG_COUNT:
          result = dk_value_make (DK_NUMBER (certain), tally.possible == G_MAXINT64 ? DK_INFINITY : DK_NUMBER (tally.possible), 0);
          break;
        case DK_AGG_ANY:
        case DK_AGG_ALL:
          result = DK_VALUE_TRUTH (tally.truth);
          break;
        case DK_AGG_SUM:
          result = tally.acc.state ? tally.acc : DK_VALUE_POINT (DK_ZERO);
          result.state |= tally.flags;
          if (tally.must_be_undefined)
            result = DK_VALUE_UNDEFINED;
          break;
        case DK_AGG_MEAN:
          if (!tally.acc.state)
            result = DK_VALUE_UNDEFINED;
          else if (certain == tally.possible)
            {
              DkValue n = DK_VALUE_POINT (DK_NUMBER (certain));
              result = dk_value_div (&tally.acc, &n, run->arena);
            }
          else
            {
              /* Which rows count is open: somewhere between the least and the greatest of them. */
              DkAggregate least = *aggregate, greatest = *aggregate;
              DkValue low, high;

              least.kind = DK_AGG_MIN;
              greatest.kind = DK_AGG_MAX;
              low = dk_machine_aggregate (run, &least);
              high = dk_machine_aggregate (run, &greatest);
              result = dk_value_join (&low, &high, DK_KIND_NUMBER);
            }
          result.state |= tally.flags;
          if (tally.must_be_undefined)
            result = DK_VALUE_UNDEFINED;
          break;
        default:
          result = tally.acc.state ? tally.acc : DK_VALUE_UNDEFINED;
          result.state |= tally.flags;
          if (certain == 0)
            result.state |= DK_UNDEFINED;
          if (tally.must_be_undefined)
            result = DK_VALUE_UNDEFINED;
          break;
        }
    }
  if (run->exhausted)
    return dk_machine_anything (is_truth ? DK_KIND_TRUTH : aggregate->kind == DK_AGG_FIRST ? aggregate->body_kind : DK_KIND_NUMBER);
  return result;
}
