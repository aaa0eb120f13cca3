/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount that is allocated to rows in a stated order: each takes what those before it have left, up to its capacity.
 *
 * What some rows take rises with the amount and with their own capacities, falls with those of the others, and is the less the
 * later they stand: so each end of it is that of one allocation, in which every row stands where it counts most, or least. */
#define G_LOG_DOMAIN "dk-allocate"

#include "dk-machine.h"

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define FLAG_BITS (DK_UNDEFINED | DK_NA)
#define FEW_CLAIMS 16

static DkNumber
at_least_zero (DkNumber number)
{
  return dk_number_max (number, DK_ZERO);
}

/**
 * dk_claim_make:
 * @is_phantom: it stands for any number of rows that are not yet entered
 * @is_certain: the condition is met
 * @of: (nullable): whether it is one of the rows asked for
 *
 * Returns: %FALSE if it takes no part: it has no capacity, or no place in the order
 */
gboolean
dk_claim_make (DkClaim       *claim,
               gboolean       is_phantom,
               gboolean       is_certain,
               const DkValue *body,
               const DkValue *order,
               const DkValue *of)
{
  guint32 asked = of != NULL ? of->state & (VALUE_BITS | FLAG_BITS) : DK_TRUE;

  if (!(body->state & VALUE_BITS) || !(order->state & VALUE_BITS))
    return FALSE;
  claim->is_certain = is_certain && !is_phantom;
  claim->may_be_asked = (asked & DK_TRUE) != 0;
  claim->must_be_asked = asked == DK_TRUE;
  claim->least = claim->is_certain ? at_least_zero (body->low) : DK_ZERO;
  claim->most = at_least_zero (dk_value_high (body));
  if (is_phantom && dk_number_sign (claim->most) > 0)
    claim->most = DK_INFINITY;
  claim->first = order->low;
  claim->last = dk_value_high (order);
  return TRUE;
}

static int
compare_shares (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const DkShare *shares = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  int order = dk_number_compare (shares[x].order, shares[y].order);

  return order != 0 ? order : x < y ? -1 : 1;
}

/* Gives the amount to the shares, in their order. */
static void
fill (DkShare  *shares,
      guint     n,
      DkNumber  amount,
      DkArena  *arena)
{
  guint few[FEW_CLAIMS];
  g_autofree guint *many = n > FEW_CLAIMS ? g_new (guint, n) : NULL;
  guint *sorted = many != NULL ? many : few;
  DkNumber left = at_least_zero (amount);

  for (guint i = 0; i < n; i++)
    sorted[i] = i;
  if (n > 1)
    g_qsort_with_data (sorted, (int) n, sizeof *sorted, compare_shares, shares);
  for (guint i = 0; i < n; i++)
    {
      DkShare *share = &shares[sorted[i]];

      share->taken = dk_number_min (share->capacity, left);
      /* What has no end has been taken by what has none: the sum has no end either, whatever comes after. */
      left = dk_number_is_finite (share->taken) ? dk_number_sub (left, share->taken, arena) : DK_ZERO;
    }
}

DkNumber
dk_claims_share (DkAggregateKind  kind,
                 gboolean         high,
                 const DkClaim   *claims,
                 guint            n,
                 const DkValue   *amount,
                 DkShare         *shares,
                 DkArena         *arena)
{
  DkNumber total = DK_ZERO;
  /* What rows have left is the more the less there is to take. */
  DkNumber given = (kind == DK_AGG_ROWS_LEFT) != (high != FALSE) ? dk_value_high (amount) : amount->low;

  for (guint i = 0; i < n; i++)
    {
      DkShare *share = &shares[i];
      gboolean favoured;

      share->is_asked = high && kind != DK_AGG_AMOUNT_LEFT ? claims[i].may_be_asked : claims[i].must_be_asked;
      favoured = share->is_asked == (high != FALSE);
      switch (kind)
        {
        case DK_AGG_ROWS_LEFT:
          share->capacity = high ? claims[i].most : claims[i].least;
          share->order = favoured ? claims[i].last : claims[i].first;
          break;
        case DK_AGG_AMOUNT_LEFT:
          share->capacity = high ? claims[i].least : claims[i].most;
          share->order = claims[i].first;
          break;
        default:
          share->capacity = favoured ? claims[i].most : claims[i].least;
          share->order = favoured ? claims[i].first : claims[i].last;
          break;
        }
    }
  fill (shares, n, given, arena);
  for (guint i = 0; i < n; i++)
    {
      DkNumber part = shares[i].taken;

      if (!shares[i].is_asked)
        continue;
      if (kind == DK_AGG_ROWS_LEFT)
        part = dk_number_is_finite (shares[i].capacity) ? dk_number_sub (shares[i].capacity, part, arena) : DK_INFINITY;
      total = dk_number_add (total, part, arena);
    }
  if (kind != DK_AGG_AMOUNT_LEFT)
    return total;
  return dk_number_is_finite (given) ? dk_number_sub (given, total, arena) : given;
}

DkValue
dk_machine_allocate (DkRun             *run,
                     const DkAggregate *aggregate,
                     const DkRows      *rows)
{
  DkClaim few[FEW_CLAIMS];
  DkShare few_shares[FEW_CLAIMS];
  const DkValue *amount = &run->regs[aggregate->amount];
  guint n = rows->n_rows + (rows->is_complete ? 0 : 1), n_claims = 0;
  g_autofree DkClaim *many = n > FEW_CLAIMS ? g_new (DkClaim, n) : NULL;
  g_autofree DkShare *many_shares = n > FEW_CLAIMS ? g_new (DkShare, n) : NULL;
  DkClaim *claims = many != NULL ? many : few;
  DkShare *shares = many_shares != NULL ? many_shares : few_shares;
  guint32 flags = amount->state & FLAG_BITS;
  DkNumber low, high;

  for (guint r = 0; r < n && !run->exhausted; r++)
    {
      gboolean is_phantom = r == rows->n_rows, is_certain;
      const DkValue *body, *order;
      guint32 condition;

      dk_machine_load_row (run, aggregate, is_phantom ? NULL : rows->cells + (gsize) r * aggregate->n_columns);
      condition = dk_machine_get_condition (run, aggregate);
      if (!(condition & DK_TRUE))
        continue;
      is_certain = condition == DK_TRUE && !is_phantom;
      body = &run->regs[aggregate->body];
      order = &run->regs[aggregate->order];
      if ((body->state | order->state) & FLAG_BITS)
        flags |= DK_UNDEFINED;
      /* A row that counts and has no capacity, or no place in the order. */
      if (is_certain && (!(body->state & VALUE_BITS) || !(order->state & VALUE_BITS)))
        return dk_value_make_empty (DK_UNDEFINED);
      n_claims += dk_claim_make (&claims[n_claims], is_phantom, is_certain, body, order,
                                 aggregate->of != DK_NO_REGISTER ? &run->regs[aggregate->of] : NULL);
    }
  if (!(amount->state & VALUE_BITS))
    return dk_value_make_empty (flags);
  low = dk_claims_share (aggregate->kind, FALSE, claims, n_claims, amount, shares, run->arena);
  high = dk_claims_share (aggregate->kind, TRUE, claims, n_claims, amount, shares, run->arena);
  return dk_value_make (low, high, flags);
}
