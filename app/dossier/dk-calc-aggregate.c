/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

/* What aggregates need of each row besides what the rule computes there, and their formulas on the calculation sheet: as the
 * machine has it, where a row may count or not, and where rows may be missing. */

enum { COLUMN_A = DK_COLUMN_CERTAIN + 1, COLUMN_B, COLUMN_C, COLUMN_D, COLUMN_E, COLUMN_F, COLUMN_G, COLUMN_H };

/* A helper's column over all rows; over those in the book; and in the row that stands for those not yet entered. */
static const char *
all_rows (DkCalc             *calc,
          const DkRowColumns *columns,
          guint               column)
{
  return dk_calc_range (calc, columns->rows->sheet, DK_ROWS_FIRST, columns->first + column,
                        DK_ROWS_FIRST + columns->rows->n_rows, columns->first + column);
}

static const char *
known_rows (DkCalc             *calc,
            const DkRowColumns *columns,
            guint               column)
{
  guint last = DK_ROWS_FIRST + MAX (columns->rows->n_rows, 1) - 1;

  return dk_calc_range (calc, columns->rows->sheet, DK_ROWS_FIRST, columns->first + column, last, columns->first + column);
}

static const char *
row_not_entered (DkCalc             *calc,
                 const DkRowColumns *columns,
                 guint               column)
{
  return dk_calc_cell (calc, columns->rows->sheet, DK_ROWS_FIRST + columns->rows->n_rows, columns->first + column);
}

/* The rows above the present one; NULL in the first. */
static const char *
rows_above (DkCalc             *calc,
            const DkRowColumns *columns,
            guint               column)
{
  if (calc->here_row == DK_ROWS_FIRST)
    return NULL;
  return dk_calc_range (calc, columns->rows->sheet, DK_ROWS_FIRST, columns->first + column, DK_ROW_ABOVE, columns->first + column);
}

static const char *
own (DkCalc             *calc,
     const DkRowColumns *columns,
     guint               column)
{
  return dk_calc_cell (calc, columns->rows->sheet, DK_ROW_HERE, columns->first + column);
}

static void
set_helper (DkCalc             *calc,
            const DkRowColumns *columns,
            guint               column,
            const char         *formula,
            const char         *now)
{
  dk_calc_set_formula (calc, columns->rows->sheet, calc->here_row, columns->first + column, formula, now, FALSE, DK_LOOK_NUMBER);
}

static const char *
to_bit (gboolean bit)
{
  return bit ? "1" : "0";
}

/* Whether the row counts; as in the machine, a condition that cannot be computed is not met. */
static void
write_condition (DkCalc             *calc,
                 const DkRowColumns *columns,
                 const DkRowState   *state)
{
  const char *exists = dk_calc_cell (calc, columns->rows->sheet, DK_ROW_HERE, DK_ROWS_EXISTS);
  const char *t = "1", *f = "0", *u = "0", *n = "0";

  if (columns->aggregate->where != DK_NO_REGISTER)
    {
      const DkStep *where = calc->steps[columns->aggregate->where];

      t = dk_calc_part (calc, where, DK_PART_MET);
      f = dk_calc_part (calc, where, DK_PART_NOT_MET);
      u = dk_calc_part (calc, where, DK_PART_UNDEFINED);
      n = dk_calc_part (calc, where, DK_PART_NA);
    }
  set_helper (calc, columns, DK_COLUMN_POSSIBLE, dk_calc_and (calc, exists, t, NULL), to_bit (state->possible));
  if (!state->is_phantom)
    set_helper (calc, columns, DK_COLUMN_CERTAIN, dk_calc_and (calc, exists, t, dk_calc_not (calc, f), dk_calc_not (calc, u), dk_calc_not (calc, n), NULL),
                to_bit (state->certain));
}

static void
write_all (DkCalc             *calc,
           const DkRowColumns *columns,
           const DkRowState   *state)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *p = own (calc, columns, DK_COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, DK_COLUMN_CERTAIN);
  const char *f = dk_calc_part (calc, body, DK_PART_NOT_MET), *t = dk_calc_part (calc, body, DK_PART_MET);
  const char *u = dk_calc_part (calc, body, DK_PART_UNDEFINED), *n = dk_calc_part (calc, body, DK_PART_NA);
  guint32 bits = state->possible ? state->body.state & DK_STATE_BITS : 0;
  gboolean met = !state->certain || (bits & DK_TRUE);

  set_helper (calc, columns, COLUMN_A, dk_calc_and (calc, p, f, NULL), to_bit (bits & DK_FALSE));
  set_helper (calc, columns, COLUMN_B, dk_calc_or (calc, dk_calc_not (calc, k), t, NULL), to_bit (met));
  set_helper (calc, columns, COLUMN_C, dk_calc_and (calc, p, u, NULL), to_bit (bits & DK_UNDEFINED));
  set_helper (calc, columns, COLUMN_D, dk_calc_and (calc, p, n, NULL), to_bit (bits & DK_NA));
  set_helper (calc, columns, COLUMN_E, dk_calc_or (calc, own (calc, columns, COLUMN_B), own (calc, columns, COLUMN_C), own (calc, columns, COLUMN_D), NULL),
              to_bit (met || (bits & (DK_UNDEFINED | DK_NA))));
  set_helper (calc, columns, COLUMN_F, dk_calc_or (calc, own (calc, columns, COLUMN_B), own (calc, columns, COLUMN_D), NULL),
              to_bit (met || (bits & DK_NA)));
}

/* A: least, B: most that the row adds; C: it may be without a value; D: it certainly is. */
static void
write_sum (DkCalc             *calc,
           const DkRowColumns *columns,
           const DkRowState   *state)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *p = own (calc, columns, DK_COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, DK_COLUMN_CERTAIN);
  const char *l = dk_calc_part (calc, body, DK_PART_LOW), *h = dk_calc_part (calc, body, DK_PART_HIGH), *v = dk_calc_part (calc, body, DK_PART_HAS);
  const char *flags = dk_calc_or (calc, dk_calc_part (calc, body, DK_PART_UNDEFINED), dk_calc_part (calc, body, DK_PART_NA), NULL);
  gboolean has = state->possible && (state->body.state & DK_VALUE_BITS);
  DkNumber low = has ? state->body.low : DK_ZERO, high = has ? dk_value_high (&state->body) : DK_ZERO;
  g_autofree char *low_now = NULL, *high_now = NULL;

  if (state->is_phantom)
    {
      /* Any number of such rows: nothing is known but the sign. */
      l = dk_calc_text (calc, "IF(%s>=0,0,-" DK_SHEET_INFINITY ")", l);
      h = dk_calc_text (calc, "IF(%s<=0,0," DK_SHEET_INFINITY ")", h);
      low = dk_number_sign (low) >= 0 ? DK_ZERO : DK_MINUS_INFINITY;
      high = dk_number_sign (high) <= 0 ? DK_ZERO : DK_INFINITY;
    }
  else
    {
      l = dk_calc_text (calc, "IF(%s=1,%s,MIN(0,%s))", k, l, l);
      h = dk_calc_text (calc, "IF(%s=1,%s,MAX(0,%s))", k, h, h);
      if (!state->certain)
        {
          low = dk_number_min (low, DK_ZERO);
          high = dk_number_max (high, DK_ZERO);
        }
    }
  low_now = dk_calc_number (calc, low, DK_KIND_NUMBER);
  high_now = dk_calc_number (calc, high, DK_KIND_NUMBER);
  set_helper (calc, columns, COLUMN_A, dk_calc_text (calc, "IF(%s=0,0,%s)", dk_calc_and (calc, p, v, NULL), l), low_now);
  set_helper (calc, columns, COLUMN_B, dk_calc_text (calc, "IF(%s=0,0,%s)", dk_calc_and (calc, p, v, NULL), h), high_now);
  set_helper (calc, columns, COLUMN_C, dk_calc_and (calc, p, flags, NULL), to_bit (state->possible && (state->body.state & (DK_UNDEFINED | DK_NA))));
  set_helper (calc, columns, COLUMN_D, dk_calc_and (calc, k, dk_calc_not (calc, v), NULL), to_bit (state->certain && !has));
}

/* A: least of what may count, B: most of it; C: least of what counts, D: most of it; E and F as C and D of a sum. */
static void
write_extreme (DkCalc             *calc,
               const DkRowColumns *columns,
               const DkRowState   *state)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *p = own (calc, columns, DK_COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, DK_COLUMN_CERTAIN);
  const char *l = dk_calc_part (calc, body, DK_PART_LOW), *h = dk_calc_part (calc, body, DK_PART_HIGH), *v = dk_calc_part (calc, body, DK_PART_HAS);
  const char *flags = dk_calc_or (calc, dk_calc_part (calc, body, DK_PART_UNDEFINED), dk_calc_part (calc, body, DK_PART_NA), NULL);
  gboolean has = (state->body.state & DK_VALUE_BITS) != 0;
  const char *counts[2] = { dk_calc_and (calc, p, v, NULL), dk_calc_and (calc, k, v, NULL) };
  gboolean counts_now[2] = { state->possible && has, state->certain && has };

  for (guint i = 0; i < 2; i++)
    {
      /* Of what may count the least of all is asked, and the most; of what counts, the greatest least and the least most. */
      const char *no_low = i == 0 ? DK_SHEET_BEYOND : "-" DK_SHEET_BEYOND, *no_high = i == 0 ? "-" DK_SHEET_BEYOND : DK_SHEET_BEYOND;
      g_autofree char *low = counts_now[i] ? dk_calc_value (calc, &state->body, body->kind, DK_PART_LOW) : g_strdup (no_low);
      g_autofree char *high = counts_now[i] ? dk_calc_value (calc, &state->body, body->kind, DK_PART_HIGH) : g_strdup (no_high);

      set_helper (calc, columns, COLUMN_A + 2 * i, dk_calc_text (calc, "IF(%s=1,%s,%s)", counts[i], l, no_low), low);
      set_helper (calc, columns, COLUMN_B + 2 * i, dk_calc_text (calc, "IF(%s=1,%s,%s)", counts[i], h, no_high), high);
    }
  set_helper (calc, columns, COLUMN_E, dk_calc_and (calc, p, flags, NULL), to_bit (state->possible && (state->body.state & (DK_UNDEFINED | DK_NA))));
  set_helper (calc, columns, COLUMN_F, dk_calc_and (calc, k, dk_calc_not (calc, v), NULL), to_bit (state->certain && !has));
}

/* A: least of what may count, B: most of it; C and D: least and most that a row adds that counts; E and F as of a sum. */
static void
write_mean (DkCalc             *calc,
            const DkRowColumns *columns,
            const DkRowState   *state)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *k = state->is_phantom ? "0" : own (calc, columns, DK_COLUMN_CERTAIN), *v = dk_calc_part (calc, body, DK_PART_HAS);
  const char *ends[2] = { dk_calc_part (calc, body, DK_PART_LOW), dk_calc_part (calc, body, DK_PART_HIGH) };
  gboolean counts = state->certain && (state->body.state & DK_VALUE_BITS);

  write_extreme (calc, columns, state);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *now = counts ? dk_calc_value (calc, &state->body, body->kind, i) : g_strdup ("0");

      set_helper (calc, columns, COLUMN_C + i, dk_calc_text (calc, "IF(%s=1,%s,0)", dk_calc_and (calc, k, v, NULL), ends[i]), now);
    }
}

/* A value for certain, and which: what can be told apart from others. */
static void
get_identity (DkCalc       *calc,
              const DkStep *body,
              const char  **key,
              const char  **is_point)
{
  const char *options;

  switch (body->kind)
    {
    case DK_KIND_TEXT:
      *key = dk_calc_cell (calc, body->sheet, DK_ROW_HERE, body->columns[DK_PART_LOW]);
      *is_point = dk_calc_bit (calc, "%s<>\"\"", *key);
      return;

    case DK_KIND_CHOICE:
      options = dk_calc_range (calc, body->sheet, DK_ROW_HERE, body->first_extra, DK_ROW_HERE, body->first_extra + body->n_options - 1);
      *key = dk_calc_text (calc, "IFERROR(MATCH(1,%s,0),0)", options);
      *is_point = dk_calc_bit (calc, "SUM(%s)=1", options);
      return;

    default:
      *key = dk_calc_part (calc, body, DK_PART_LOW);
      *is_point = dk_calc_bit (calc, "%s=%s", *key, dk_calc_part (calc, body, DK_PART_HIGH));
      return;
    }
}

static gboolean
is_plain_point (const DkRowState *state)
{
  return (state->body.state & DK_STATE_BITS) == DK_POINT;
}

/* Whether an earlier row of the same standing, or any that counts, holds the same value. */
static gboolean
is_known_before (const DkRowColumns *columns,
                 guint               row,
                 gboolean            certain)
{
  const DkRowState *self = &g_array_index (columns->states, DkRowState, row);

  for (guint r = 0; r < columns->states->len; r++)
    {
      const DkRowState *other = &g_array_index (columns->states, DkRowState, r);

      if (r == row || other->is_phantom || !is_plain_point (other) || !dk_number_equal (other->body.low, self->body.low))
        continue;
      if (other->certain ? !certain || r < row : !certain && other->possible && r < row)
        return TRUE;
    }
  return FALSE;
}

/* A: what it is; B: it counts and is one value, C: it may count and is one value, D: it may count and could be another, E: it
 * counts and could be another; F: the first of its value that counts, G: the first that may, where none does. */
static void
write_distinct (DkCalc             *calc,
                const DkRowColumns *columns,
                const DkRowState   *state,
                guint               row)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *p = own (calc, columns, DK_COLUMN_POSSIBLE), *k = own (calc, columns, DK_COLUMN_CERTAIN);
  const char *v = dk_calc_part (calc, body, DK_PART_HAS), *key, *is_point, *same, *above, *clear;
  gboolean has = (state->body.state & DK_VALUE_BITS) != 0, point = is_plain_point (state), flagged = (state->body.state & (DK_UNDEFINED | DK_NA)) != 0;
  g_autofree char *now = NULL;
  gint64 number = 0;

  if (state->is_phantom)
    return;
  clear = dk_calc_not (calc, dk_calc_or (calc, dk_calc_part (calc, body, DK_PART_UNDEFINED), dk_calc_part (calc, body, DK_PART_NA), NULL));
  get_identity (calc, body, &key, &is_point);
  if (body->kind == DK_KIND_TEXT)
    {
      const char *text = point && dk_number_to_int64 (state->body.low, &number) ? dk_text_lookup (number) : "";

      dk_calc_set_formula (calc, columns->rows->sheet, calc->here_row, columns->first + COLUMN_A, key, text, TRUE, DK_LOOK_TEXT);
    }
  else
    {
      if (body->kind == DK_KIND_CHOICE)
        {
          guint64 set = has ? (guint64) state->body.low.num : 0;

          now = g_strdup_printf ("%d", set == 0 ? 0 : g_bit_nth_lsf ((gulong) set, -1) + 1);
        }
      else
        now = dk_calc_value (calc, &state->body, body->kind, DK_PART_LOW);
      set_helper (calc, columns, COLUMN_A, key, now);
    }
  is_point = dk_calc_and (calc, is_point, v, clear, NULL);
  set_helper (calc, columns, COLUMN_B, dk_calc_and (calc, k, is_point, NULL), to_bit (state->certain && point));
  set_helper (calc, columns, COLUMN_C, dk_calc_and (calc, p, dk_calc_not (calc, k), is_point, NULL), to_bit (state->possible && !state->certain && point));
  set_helper (calc, columns, COLUMN_D, dk_calc_and (calc, p, v, dk_calc_not (calc, is_point), NULL), to_bit (state->possible && has && !point));
  set_helper (calc, columns, COLUMN_E, dk_calc_and (calc, k, v, clear, dk_calc_not (calc, is_point), NULL), to_bit (state->certain && has && !point && !flagged));

  key = own (calc, columns, COLUMN_A);
  above = rows_above (calc, columns, COLUMN_B);
  same = above != NULL ? dk_calc_bit (calc, "SUMPRODUCT((%s=1)*(%s=%s))=0", above, rows_above (calc, columns, COLUMN_A), key) : "1";
  set_helper (calc, columns, COLUMN_F, dk_calc_and (calc, own (calc, columns, COLUMN_B), same, NULL),
              to_bit (state->certain && point && !is_known_before (columns, row, TRUE)));
  same = dk_calc_bit (calc, "SUMPRODUCT((%s=1)*(%s=%s))=0", known_rows (calc, columns, COLUMN_B), known_rows (calc, columns, COLUMN_A), key);
  above = rows_above (calc, columns, COLUMN_C);
  if (above != NULL)
    same = dk_calc_and (calc, same, dk_calc_bit (calc, "SUMPRODUCT((%s=1)*(%s=%s))=0", above, rows_above (calc, columns, COLUMN_A), key), NULL);
  set_helper (calc, columns, COLUMN_G, dk_calc_and (calc, own (calc, columns, COLUMN_C), same, NULL),
              to_bit (state->possible && !state->certain && point && !is_known_before (columns, row, FALSE)));
}

/* The row that certainly counts and stands first, at the latest; FALSE if none does. */
static gboolean
find_bound (const DkRowColumns *columns,
            guint              *row)
{
  gboolean any = FALSE;

  for (guint r = 0; r < columns->states->len; r++)
    {
      const DkRowState *state = &g_array_index (columns->states, DkRowState, r), *best = &g_array_index (columns->states, DkRowState, *row);
      DkNumber high = dk_value_high (&state->order);

      if (!state->certain || !(state->order.state & DK_VALUE_BITS) || (state->order.state & (DK_UNDEFINED | DK_NA)))
        continue;
      if (!any || dk_number_compare (high, dk_value_high (&best->order)) < 0)
        *row = r;
      any = TRUE;
    }
  return any;
}

/* A: where it stands at the latest, if it counts; B: it may be the first, C: it may be and has a value, D: it may be without, E: it
 * may not apply; then its least and most, or its options. */
static void
write_first (DkCalc             *calc,
             const DkRowColumns *columns,
             const DkRowState   *state,
             guint               row)
{
  const DkStep *body = calc->steps[columns->aggregate->body], *order = calc->steps[columns->aggregate->order];
  const char *p = own (calc, columns, DK_COLUMN_POSSIBLE), *k = own (calc, columns, DK_COLUMN_CERTAIN), *has = dk_calc_part (calc, order, DK_PART_HAS);
  const char *low = dk_calc_part (calc, order, DK_PART_LOW), *bounds = all_rows (calc, columns, COLUMN_A), *b = own (calc, columns, COLUMN_B);
  const char *can_be_first = dk_calc_text (calc, "IF(%s<MIN(%s),1,0)", low, bounds);
  guint bound = 0;
  gboolean has_order = (state->order.state & DK_VALUE_BITS) != 0, is_bounded = find_bound (columns, &bound), is_first;
  guint32 bits;

  if (state->is_phantom)
    set_helper (calc, columns, COLUMN_A, DK_SHEET_BEYOND, DK_SHEET_BEYOND);
  else
    {
      gboolean is_bound = state->certain && has_order && !(state->order.state & (DK_UNDEFINED | DK_NA));
      g_autofree char *now = is_bound ? dk_calc_value (calc, &state->order, order->kind, DK_PART_HIGH) : g_strdup (DK_SHEET_BEYOND);

      set_helper (calc, columns, COLUMN_A,
                  dk_calc_text (calc, "IF(%s=1,%s," DK_SHEET_BEYOND ")",
                                dk_calc_and (calc, k, has, dk_calc_not (calc, dk_calc_part (calc, order, DK_PART_UNDEFINED)),
                                             dk_calc_not (calc, dk_calc_part (calc, order, DK_PART_NA)), NULL),
                                dk_calc_part (calc, order, DK_PART_HIGH)), now);
      /* Of equals the upper one: no row above has as little. */
      can_be_first = dk_calc_text (calc, "IF(%s<MIN(%s),1,IF(%s>MIN(%s),0,%s))", low, bounds, low, bounds,
                                   row == 0 ? "1" : dk_calc_bit (calc, "MIN(%s)>%s", rows_above (calc, columns, COLUMN_A), low));
    }
  is_first = state->possible && has_order;
  if (is_first && is_bounded)
    {
      int beyond = dk_number_compare (state->order.low, dk_value_high (&g_array_index (columns->states, DkRowState, bound).order));

      is_first = beyond < 0 || (beyond == 0 && row <= bound);
    }
  bits = is_first ? state->body.state & DK_STATE_BITS : 0;
  set_helper (calc, columns, COLUMN_B, dk_calc_and (calc, p, has, can_be_first, NULL), to_bit (is_first));
  set_helper (calc, columns, COLUMN_D, dk_calc_and (calc, b, dk_calc_part (calc, body, DK_PART_UNDEFINED), NULL), to_bit (bits & DK_UNDEFINED));
  set_helper (calc, columns, COLUMN_E, dk_calc_and (calc, b, dk_calc_part (calc, body, DK_PART_NA), NULL), to_bit (bits & DK_NA));
  if (body->kind == DK_KIND_TRUTH)
    {
      set_helper (calc, columns, COLUMN_F, dk_calc_and (calc, b, dk_calc_part (calc, body, DK_PART_NOT_MET), NULL), to_bit (bits & DK_FALSE));
      set_helper (calc, columns, COLUMN_G, dk_calc_and (calc, b, dk_calc_part (calc, body, DK_PART_MET), NULL), to_bit (bits & DK_TRUE));
      return;
    }
  set_helper (calc, columns, COLUMN_C, dk_calc_and (calc, b, dk_calc_part (calc, body, DK_PART_HAS), NULL), to_bit (bits & DK_VALUE_BITS));
  if (body->kind == DK_KIND_CHOICE)
    for (guint i = 0; i < body->n_options; i++)
      set_helper (calc, columns, COLUMN_F + i, dk_calc_and (calc, b, dk_calc_option (calc, body, i), NULL),
                  to_bit ((bits & DK_VALUE_BITS) && ((guint64) state->body.low.num & ((guint64) 1 << i))));
  else
    for (guint i = 0; i < 2; i++)
      {
        const char *none = i == 0 ? DK_SHEET_BEYOND : "-" DK_SHEET_BEYOND;
        g_autofree char *now = bits & DK_VALUE_BITS ? dk_calc_value (calc, &state->body, body->kind, i) : g_strdup (none);

        set_helper (calc, columns, COLUMN_F + i, dk_calc_text (calc, "IF(%s=1,%s,%s)", own (calc, columns, COLUMN_C), dk_calc_part (calc, body, i), none), now);
      }
}

/* The amount that one end of an allocation gives out: what rows have left is the more the less there is to take. */
static DkPart
get_given (DkAggregateKind kind,
           gboolean        high)
{
  return (kind == DK_AGG_ROWS_LEFT) != (high != FALSE) ? DK_PART_HIGH : DK_PART_LOW;
}

/* How the row fares at one end of an allocation: as dk_claims_share () has it. */
static gboolean
find_share (DkCalc             *calc,
            const DkRowColumns *columns,
            guint               row,
            gboolean            high,
            DkShare            *share)
{
  guint n = columns->states->len, n_claims = 0, at = G_MAXUINT;
  g_autofree DkClaim *claims = g_new (DkClaim, n);
  g_autofree DkShare *shares = g_new (DkShare, n);

  for (guint r = 0; r < n; r++)
    {
      const DkRowState *state = &g_array_index (columns->states, DkRowState, r);

      if (!state->possible || !dk_claim_make (&claims[n_claims], state->is_phantom, state->certain, &state->body, &state->order, &state->of))
        continue;
      if (r == row)
        at = n_claims;
      n_claims++;
    }
  if (at == G_MAXUINT)
    return FALSE;
  dk_claims_share (columns->aggregate->kind, high, claims, n_claims, &calc->run->regs[columns->aggregate->amount], shares, calc->arena);
  *share = shares[at];
  return TRUE;
}

/* What one end of an allocation needs of a row, in three columns: its capacity, its place in the order, and what it takes or has left. */
static void
write_share (DkCalc             *calc,
             const DkRowColumns *columns,
             const DkRowState   *state,
             guint               row,
             gboolean            high)
{
  const DkAggregate *aggregate = columns->aggregate;
  const DkStep *body = calc->steps[aggregate->body], *order = calc->steps[aggregate->order], *amount = calc->steps[aggregate->amount];
  guint first = high ? COLUMN_D : COLUMN_A;
  const char *p = own (calc, columns, DK_COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, DK_COLUMN_CERTAIN);
  const char *claims = dk_calc_and (calc, p, dk_calc_part (calc, body, DK_PART_HAS), dk_calc_part (calc, order, DK_PART_HAS), NULL);
  const char *least = dk_calc_text (calc, "IF(%s=1,MAX(0,%s),0)", dk_calc_and (calc, k, claims, NULL), dk_calc_part (calc, body, DK_PART_LOW));
  const char *most = dk_calc_text (calc, state->is_phantom ? "IF(%s=0,0,IF(%s>0," DK_SHEET_INFINITY ",0))" : "IF(%s=0,0,MAX(0,%s))", claims,
                                   dk_calc_part (calc, body, DK_PART_HIGH));
  const char *early = dk_calc_part (calc, order, DK_PART_LOW), *late = dk_calc_part (calc, order, DK_PART_HIGH);
  const char *asked = "1", *capacity, *key, *before, *part, *mine = own (calc, columns, first), *place = own (calc, columns, first + 1);
  DkShare share = { .is_asked = FALSE };
  gboolean has_share = find_share (calc, columns, row, high, &share);
  g_autofree char *capacity_now = NULL, *key_now = NULL, *part_now = NULL;

  if (aggregate->of != DK_NO_REGISTER)
    {
      const DkStep *of = calc->steps[aggregate->of];

      asked = dk_calc_part (calc, of, DK_PART_MET);
      if (!high)
        asked = dk_calc_and (calc, asked, dk_calc_not (calc, dk_calc_part (calc, of, DK_PART_NOT_MET)),
                             dk_calc_not (calc, dk_calc_part (calc, of, DK_PART_UNDEFINED)),
                             dk_calc_not (calc, dk_calc_part (calc, of, DK_PART_NA)), NULL);
    }
  switch (aggregate->kind)
    {
    case DK_AGG_ROWS_LEFT:
      capacity = high ? most : least;
      key = dk_calc_text (calc, "IF(%s=1,%s,%s)", asked, high ? late : early, high ? early : late);
      break;

    case DK_AGG_AMOUNT_LEFT:
      capacity = high ? least : most;
      key = early;
      break;

    default:
      capacity = dk_calc_text (calc, "IF(%s=1,%s,%s)", asked, high ? most : least, high ? least : most);
      key = dk_calc_text (calc, "IF(%s=1,%s,%s)", asked, high ? early : late, high ? late : early);
      break;
    }
  before = dk_calc_text (calc, "SUMPRODUCT((%s<%s)*%s)", all_rows (calc, columns, first + 1), place, all_rows (calc, columns, first));
  if (rows_above (calc, columns, first) != NULL)
    before = dk_calc_text (calc, "%s-SUMPRODUCT((%s=%s)*%s)", before, rows_above (calc, columns, first + 1), place,
                           rows_above (calc, columns, first));
  part = dk_calc_text (calc, "MIN(%s,MAX(0,%s-%s))", mine, dk_calc_part (calc, amount, get_given (aggregate->kind, high)), before);
  if (aggregate->kind == DK_AGG_ROWS_LEFT)
    part = dk_calc_text (calc, "%s-%s", mine, part);

  if (has_share)
    {
      DkNumber now = share.taken;

      if (aggregate->kind == DK_AGG_ROWS_LEFT)
        now = dk_number_is_finite (share.capacity) ? dk_number_sub (share.capacity, now, calc->arena) : DK_INFINITY;
      capacity_now = dk_calc_number (calc, share.capacity, body->kind);
      key_now = dk_calc_number (calc, share.order, order->kind);
      part_now = dk_calc_number (calc, share.is_asked ? now : DK_ZERO, body->kind);
    }
  set_helper (calc, columns, first, capacity, has_share ? capacity_now : "0");
  set_helper (calc, columns, first + 1, dk_calc_text (calc, "IF(%s=1,%s,0)", claims, key), has_share ? key_now : "0");
  set_helper (calc, columns, first + 2, dk_calc_text (calc, "IF(%s=1,%s,0)", dk_calc_and (calc, claims, asked, NULL), part),
              has_share ? part_now : "0");
}

/* A to C: the least end; D to F: the most; G: it may be without a capacity or a place; H: it certainly is. */
static void
write_allocation (DkCalc             *calc,
                  const DkRowColumns *columns,
                  const DkRowState   *state,
                  guint               row)
{
  const DkStep *body = calc->steps[columns->aggregate->body], *order = calc->steps[columns->aggregate->order];
  const char *p = own (calc, columns, DK_COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, DK_COLUMN_CERTAIN);
  const char *flags = dk_calc_or (calc, dk_calc_part (calc, body, DK_PART_UNDEFINED), dk_calc_part (calc, body, DK_PART_NA),
                                  dk_calc_part (calc, order, DK_PART_UNDEFINED), dk_calc_part (calc, order, DK_PART_NA), NULL);
  const char *has = dk_calc_and (calc, dk_calc_part (calc, body, DK_PART_HAS), dk_calc_part (calc, order, DK_PART_HAS), NULL);
  gboolean has_now = (state->body.state & DK_VALUE_BITS) && (state->order.state & DK_VALUE_BITS);

  write_share (calc, columns, state, row, FALSE);
  write_share (calc, columns, state, row, TRUE);
  set_helper (calc, columns, COLUMN_G, dk_calc_and (calc, p, flags, NULL),
              to_bit (state->possible && ((state->body.state | state->order.state) & (DK_UNDEFINED | DK_NA))));
  set_helper (calc, columns, COLUMN_H, dk_calc_and (calc, k, dk_calc_not (calc, has), NULL), to_bit (state->certain && !has_now));
}

/* The helpers that each kind of aggregate needs of a row. */
void
dk_calc_write_helpers (DkCalc             *calc,
                       const DkRowColumns *columns,
                       guint               row)
{
  const DkRowState *state = &g_array_index (columns->states, DkRowState, row);

  write_condition (calc, columns, state);
  switch (columns->aggregate->kind)
    {
    case DK_AGG_ALL:
      write_all (calc, columns, state);
      return;

    case DK_AGG_SUM:
      write_sum (calc, columns, state);
      return;

    case DK_AGG_MIN:
    case DK_AGG_MAX:
      write_extreme (calc, columns, state);
      return;

    case DK_AGG_MEAN:
      write_mean (calc, columns, state);
      return;

    case DK_AGG_DISTINCT:
      write_distinct (calc, columns, state, row);
      return;

    case DK_AGG_FIRST:
      write_first (calc, columns, state, row);
      return;

    case DK_AGG_ALLOCATE:
    case DK_AGG_ROWS_LEFT:
    case DK_AGG_AMOUNT_LEFT:
      write_allocation (calc, columns, state, row);
      return;

    case DK_AGG_COUNT:
    case DK_AGG_ANY:
    default:
      return;
    }
}

static void
finish_allocation (DkCalc             *calc,
                   const DkRowColumns *columns,
                   const DkStep       *dst,
                   DkFormulas         *out)
{
  const DkAggregate *aggregate = columns->aggregate;
  const DkStep *amount = calc->steps[aggregate->amount];
  const char *must_lack = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_H));
  const char *ends[2];

  for (guint i = 0; i < 2; i++)
    {
      const char *sum = dk_calc_text (calc, "MIN(" DK_SHEET_INFINITY ",SUM(%s))", all_rows (calc, columns, i == 0 ? COLUMN_C : COLUMN_F));

      if (aggregate->kind == DK_AGG_AMOUNT_LEFT)
        sum = dk_calc_text (calc, "%s-%s", dk_calc_part (calc, amount, get_given (aggregate->kind, i == 1)), sum);
      ends[i] = sum;
    }
  out->parts[DK_PART_HAS] = dk_calc_and (calc, dk_calc_part (calc, amount, DK_PART_HAS), dk_calc_not (calc, must_lack), NULL);
  out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, dk_calc_part (calc, amount, DK_PART_UNDEFINED),
                                              dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_G)), NULL);
  out->parts[DK_PART_NA] = dk_calc_and (calc, dk_calc_part (calc, amount, DK_PART_NA), dk_calc_not (calc, must_lack), NULL);
  dk_calc_set_bounds (calc, dst, out, ends[0], ends[1]);
}

/* The formulas on the calculation sheet. */
gboolean
dk_calc_finish_aggregate (DkCalc             *calc,
                          const DkRowColumns *columns,
                          const DkStep       *dst,
                          DkFormulas         *out)
{
  const char *must_lack, *low, *high, *certain;

  switch (columns->aggregate->kind)
    {
    case DK_AGG_COUNT:
      dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "SUM(%s)", known_rows (calc, columns, DK_COLUMN_CERTAIN)),
                          dk_calc_text (calc, "IF(%s>0," DK_SHEET_INFINITY ",SUM(%s))", row_not_entered (calc, columns, DK_COLUMN_POSSIBLE),
                                        known_rows (calc, columns, DK_COLUMN_POSSIBLE)));
      return TRUE;

    case DK_AGG_ANY:
      out->parts[DK_PART_MET] = dk_calc_bit (calc, "SUM(%s)>0", all_rows (calc, columns, DK_COLUMN_POSSIBLE));
      out->parts[DK_PART_NOT_MET] = dk_calc_bit (calc, "SUM(%s)=0", known_rows (calc, columns, DK_COLUMN_CERTAIN));
      return TRUE;

    case DK_AGG_ALL:
      out->parts[DK_PART_NOT_MET] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_A));
      out->parts[DK_PART_MET] = dk_calc_text (calc, "MIN(%s)", all_rows (calc, columns, COLUMN_B));
      out->parts[DK_PART_UNDEFINED] = dk_calc_text (calc, "MAX(%s)*MIN(%s)", all_rows (calc, columns, COLUMN_C), all_rows (calc, columns, COLUMN_E));
      out->parts[DK_PART_NA] = dk_calc_text (calc, "MAX(%s)*MIN(%s)", all_rows (calc, columns, COLUMN_D), all_rows (calc, columns, COLUMN_F));
      return TRUE;

    case DK_AGG_SUM:
      must_lack = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_D));
      out->parts[DK_PART_HAS] = dk_calc_not (calc, must_lack);
      out->parts[DK_PART_UNDEFINED] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_C));
      low = dk_calc_text (calc, "MAX(-" DK_SHEET_INFINITY ",SUM(%s))", all_rows (calc, columns, COLUMN_A));
      high = dk_calc_text (calc, "MIN(" DK_SHEET_INFINITY ",SUM(%s))", all_rows (calc, columns, COLUMN_B));
      dk_calc_set_bounds (calc, dst, out, low, high);
      return TRUE;

    case DK_AGG_MIN:
    case DK_AGG_MAX:
      must_lack = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_F));
      certain = dk_calc_text (calc, "SUM(%s)", known_rows (calc, columns, DK_COLUMN_CERTAIN));
      out->parts[DK_PART_HAS] = dk_calc_and (calc, dk_calc_not (calc, must_lack),
                                             dk_calc_bit (calc, "MIN(%s)<" DK_SHEET_BEYOND, all_rows (calc, columns, COLUMN_A)), NULL);
      out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_E)),
                                                  dk_calc_bit (calc, "%s=0", certain), must_lack,
                                                  dk_calc_bit (calc, "MIN(%s)=" DK_SHEET_BEYOND, all_rows (calc, columns, COLUMN_A)), NULL);
      low = dk_calc_text (calc, "MIN(%s)", all_rows (calc, columns, COLUMN_A));
      high = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_B));
      if (columns->aggregate->kind == DK_AGG_MIN)
        high = dk_calc_text (calc, "IF(%s>0,MIN(%s),%s)", certain, all_rows (calc, columns, COLUMN_D), high);
      else
        low = dk_calc_text (calc, "IF(%s>0,MAX(%s),%s)", certain, all_rows (calc, columns, COLUMN_C), low);
      dk_calc_set_bounds (calc, dst, out, low, high);
      return TRUE;

    case DK_AGG_MEAN:
      must_lack = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_F));
      certain = dk_calc_text (calc, "SUM(%s)", known_rows (calc, columns, DK_COLUMN_CERTAIN));
      out->parts[DK_PART_HAS] = dk_calc_and (calc, dk_calc_not (calc, must_lack),
                                             dk_calc_bit (calc, "MIN(%s)<" DK_SHEET_BEYOND, all_rows (calc, columns, COLUMN_A)), NULL);
      out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_E)),
                                                  dk_calc_bit (calc, "%s=0", certain), must_lack, NULL);
      /* Which rows count is open: somewhere between the least and the greatest of them. */
      low = dk_calc_text (calc, "IF(%s=SUM(%s),SUM(%s)/%s,MIN(%s))", certain, all_rows (calc, columns, DK_COLUMN_POSSIBLE),
                          all_rows (calc, columns, COLUMN_C), certain, all_rows (calc, columns, COLUMN_A));
      high = dk_calc_text (calc, "IF(%s=SUM(%s),SUM(%s)/%s,MAX(%s))", certain, all_rows (calc, columns, DK_COLUMN_POSSIBLE),
                           all_rows (calc, columns, COLUMN_D), certain, all_rows (calc, columns, COLUMN_B));
      dk_calc_set_bounds (calc, dst, out, dk_calc_limit (calc, dst, low), dk_calc_limit (calc, dst, high));
      return TRUE;

    case DK_AGG_DISTINCT:
      low = dk_calc_text (calc, "MAX(SUM(%s),MAX(%s))", known_rows (calc, columns, COLUMN_F), known_rows (calc, columns, COLUMN_E));
      high = dk_calc_text (calc, "IF(%s=1," DK_SHEET_INFINITY ",SUM(%s)+SUM(%s)+SUM(%s))",
                           dk_calc_cell (calc, columns->rows->sheet, DK_ROWS_FIRST + columns->rows->n_rows, DK_ROWS_EXISTS),
                           known_rows (calc, columns, COLUMN_D), known_rows (calc, columns, COLUMN_F), known_rows (calc, columns, COLUMN_G));
      dk_calc_set_bounds (calc, dst, out, low, high);
      return TRUE;

    case DK_AGG_FIRST:
      out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_D)),
                                                  dk_calc_bit (calc, "MIN(%s)=" DK_SHEET_BEYOND, all_rows (calc, columns, COLUMN_A)), NULL);
      out->parts[DK_PART_NA] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_E));
      if (dst->kind == DK_KIND_TRUTH)
        {
          out->parts[DK_PART_NOT_MET] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_F));
          out->parts[DK_PART_MET] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_G));
          return TRUE;
        }
      out->parts[DK_PART_HAS] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_C));
      if (dst->kind == DK_KIND_CHOICE)
        for (guint i = 0; i < dst->n_options; i++)
          out->extra[i] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_F + i));
      else
        dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "MIN(%s)", all_rows (calc, columns, COLUMN_F)),
                            dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_G)));
      return TRUE;

    case DK_AGG_ALLOCATE:
    case DK_AGG_ROWS_LEFT:
    case DK_AGG_AMOUNT_LEFT:
      finish_allocation (calc, columns, dst, out);
      return TRUE;

    default:
      return FALSE;
    }
}

/* 0: no formula can say it. */
guint
dk_calc_count_helpers (DkCalc            *calc,
                       const DkAggregate *aggregate)
{
  const DkStep *body = aggregate->body != DK_NO_REGISTER ? calc->steps[aggregate->body] : NULL;

  switch (aggregate->kind)
    {
    case DK_AGG_COUNT:
    case DK_AGG_ANY:
      return COLUMN_A;

    case DK_AGG_SUM:
      return COLUMN_E;

    case DK_AGG_ALL:
    case DK_AGG_MIN:
    case DK_AGG_MAX:
    case DK_AGG_MEAN:
      return COLUMN_G;

    case DK_AGG_DISTINCT:
      /* What stands in no cells of the row cannot be told apart there. */
      return body->kind == DK_KIND_CHOICE && (body->sheet == NULL || body->n_extra == 0) ? 0 : COLUMN_G + 1;

    case DK_AGG_FIRST:
      return body->kind == DK_KIND_CHOICE ? COLUMN_F + body->n_options : COLUMN_G + 1;

    case DK_AGG_ALLOCATE:
    case DK_AGG_ROWS_LEFT:
    case DK_AGG_AMOUNT_LEFT:
      return COLUMN_H + 1;

    default:
      return 0;
    }
}
