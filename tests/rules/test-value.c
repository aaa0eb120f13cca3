/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-value"

#include "dk-value.h"

#include <string.h>

#define UNDEFINED_OR_NA (DK_UNDEFINED | DK_NA)

static DkValue
between (DkNumber low,
         DkNumber high)
{
  return dk_value_make (low, high, 0);
}

static void
assert_value (const DkValue *value,
              DkNumber       low,
              DkNumber       high,
              guint32        flags)
{
  DkValue wanted = dk_value_make (low, high, flags);
  g_autofree char *is_low = dk_number_to_string (value->low), *is_high = dk_number_to_string (dk_value_high (value));

  if (!dk_value_equal (value, &wanted, DK_KIND_NUMBER) || value->state != wanted.state)
    g_error ("%s..%s with state %u", is_low, is_high, (guint) value->state);
}

static void
test_make (void)
{
  DkValue point = dk_value_make ((DkNumber) { 1, 2 }, (DkNumber) { 2, 4 }, DK_NA);
  DkValue range = dk_value_make (DK_ZERO, DK_ONE, 0);
  DkValue endless = dk_value_make (DK_MINUS_INFINITY, DK_INFINITY, DK_UNDEFINED);

  g_assert_cmpuint (point.state, ==, DK_POINT | DK_NA);
  g_assert_cmpuint (range.state, ==, DK_RANGE);
  g_assert_cmpuint (endless.state, ==, DK_RANGE | DK_UNDEFINED);
  g_assert_true (dk_number_equal (dk_value_high (&range), DK_ONE));
  point.state = DK_POINT;
  point.high = DK_NUMBER (99); /* of a point only low counts */
  g_assert_true (dk_number_equal (dk_value_high (&point), (DkNumber) { 1, 2 }));
  g_assert_true (dk_value_is_point (&point));
  g_assert_false (dk_value_is_point (&range));
}

static void
test_settled (void)
{
  const struct { guint32 state; gboolean value, truth; } cases[] = {
    { DK_POINT, TRUE, TRUE },
    { DK_RANGE, FALSE, TRUE }, /* of a truth: true */
    { DK_UNDEFINED, TRUE, TRUE },
    { DK_NA, TRUE, TRUE },
    { DK_POINT | DK_RANGE, FALSE, FALSE },
    { DK_POINT | DK_UNDEFINED, FALSE, FALSE },
    { DK_RANGE | DK_NA, FALSE, FALSE },
    { DK_UNDEFINED | DK_NA, FALSE, FALSE },
    { DK_POINT | DK_UNANSWERED, TRUE, TRUE },
    { 0, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DkValue value = { DK_ZERO, DK_ONE, cases[i].state };

      g_assert_cmpint (dk_value_is_settled (&value), ==, cases[i].value);
      g_assert_cmpint (dk_truth_is_settled (cases[i].state), ==, cases[i].truth);
    }
}

static void
test_join_numbers (void)
{
  DkValue two = DK_VALUE_POINT (DK_NUMBER (2)), five = DK_VALUE_POINT (DK_NUMBER (5));
  DkValue undefined = DK_VALUE_UNDEFINED, na = DK_VALUE_NA;
  DkValue same = DK_VALUE_POINT (((DkNumber) { 4, 2 }));
  DkValue open = between (DK_NUMBER (3), DK_INFINITY);
  DkValue join;

  join = dk_value_join (&two, &five, DK_KIND_NUMBER);
  assert_value (&join, DK_NUMBER (2), DK_NUMBER (5), 0);
  join = dk_value_join (&five, &two, DK_KIND_DATE);
  assert_value (&join, DK_NUMBER (2), DK_NUMBER (5), 0);
  join = dk_value_join (&two, &same, DK_KIND_NUMBER);
  assert_value (&join, DK_NUMBER (2), DK_NUMBER (2), 0);
  join = dk_value_join (&two, &open, DK_KIND_NUMBER);
  assert_value (&join, DK_NUMBER (2), DK_INFINITY, 0);
  join = dk_value_join (&undefined, &two, DK_KIND_NUMBER);
  assert_value (&join, DK_NUMBER (2), DK_NUMBER (2), DK_UNDEFINED);
  join = dk_value_join (&open, &na, DK_KIND_NUMBER);
  assert_value (&join, DK_NUMBER (3), DK_INFINITY, DK_NA);
  join = dk_value_join (&undefined, &na, DK_KIND_NUMBER);
  g_assert_cmpuint (join.state, ==, UNDEFINED_OR_NA);
  /* Whether a fact was answered is a matter of the fact, not of what is made of it. */
  two.state |= DK_UNANSWERED;
  join = dk_value_join (&two, &undefined, DK_KIND_NUMBER);
  assert_value (&join, DK_NUMBER (2), DK_NUMBER (2), DK_UNDEFINED);
}

static void
test_join_others (void)
{
  DkValue a = DK_VALUE_CHOICE (1 << 0), c = DK_VALUE_CHOICE (1 << 2), undefined = DK_VALUE_UNDEFINED;
  DkValue met = DK_VALUE_TRUTH (DK_TRUE), not_met = DK_VALUE_TRUTH (DK_FALSE | DK_NA);
  DkValue join;

  join = dk_value_join (&a, &c, DK_KIND_CHOICE);
  g_assert_cmpint (join.low.num, ==, 5);
  g_assert_cmpuint (join.state, ==, DK_RANGE);
  join = dk_value_join (&a, &a, DK_KIND_CHOICE);
  g_assert_cmpint (join.low.num, ==, 1);
  g_assert_cmpuint (join.state, ==, DK_POINT);
  join = dk_value_join (&join, &undefined, DK_KIND_CHOICE);
  g_assert_cmpint (join.low.num, ==, 1);
  g_assert_cmpuint (join.state, ==, DK_POINT | DK_UNDEFINED);
  join = dk_value_join (&join, &c, DK_KIND_CHOICE);
  g_assert_cmpint (join.low.num, ==, 5);
  g_assert_cmpuint (join.state, ==, DK_RANGE | DK_UNDEFINED);
  join = dk_value_join (&met, &not_met, DK_KIND_TRUTH);
  g_assert_cmpuint (join.state, ==, DK_OPEN | DK_NA);
}

static void
test_contains (void)
{
  DkValue inner = between (DK_NUMBER (2), DK_NUMBER (5)), outer = between (DK_NUMBER (2), DK_NUMBER (6));
  DkValue point = DK_VALUE_POINT (DK_NUMBER (5)), undefined = DK_VALUE_UNDEFINED, na = DK_VALUE_NA;
  DkValue all = between (DK_MINUS_INFINITY, DK_INFINITY), maybe = dk_value_make (DK_NUMBER (2), DK_NUMBER (5), DK_UNDEFINED);
  DkValue set = DK_VALUE_CHOICE (6), one = DK_VALUE_CHOICE (4), other = DK_VALUE_CHOICE (1);
  DkValue open = DK_VALUE_TRUTH (DK_OPEN), met = DK_VALUE_TRUTH (DK_TRUE), odd = DK_VALUE_TRUTH (DK_TRUE | DK_UNDEFINED);

  g_assert_true (dk_value_contains (&outer, &inner, DK_KIND_NUMBER));
  g_assert_false (dk_value_contains (&inner, &outer, DK_KIND_NUMBER));
  g_assert_true (dk_value_contains (&inner, &point, DK_KIND_NUMBER));
  g_assert_false (dk_value_contains (&point, &inner, DK_KIND_NUMBER));
  g_assert_true (dk_value_contains (&all, &outer, DK_KIND_NUMBER));
  g_assert_false (dk_value_contains (&outer, &all, DK_KIND_NUMBER));
  g_assert_true (dk_value_contains (&maybe, &inner, DK_KIND_NUMBER));
  g_assert_false (dk_value_contains (&inner, &maybe, DK_KIND_NUMBER));
  g_assert_true (dk_value_contains (&maybe, &undefined, DK_KIND_NUMBER));
  g_assert_false (dk_value_contains (&all, &undefined, DK_KIND_NUMBER));
  g_assert_false (dk_value_contains (&maybe, &na, DK_KIND_NUMBER));
  g_assert_false (dk_value_contains (&undefined, &point, DK_KIND_NUMBER));
  g_assert_true (dk_value_equal (&maybe, &maybe, DK_KIND_NUMBER));
  g_assert_false (dk_value_equal (&maybe, &inner, DK_KIND_NUMBER));
  g_assert_true (dk_value_contains (&set, &one, DK_KIND_CHOICE));
  g_assert_false (dk_value_contains (&one, &set, DK_KIND_CHOICE));
  g_assert_false (dk_value_contains (&set, &other, DK_KIND_CHOICE));
  g_assert_true (dk_value_contains (&open, &met, DK_KIND_TRUTH));
  g_assert_false (dk_value_contains (&open, &odd, DK_KIND_TRUTH));
  g_assert_false (dk_value_contains (&met, &open, DK_KIND_TRUTH));
}

static void
test_copy (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkArena *short_lived = dk_arena_new ();
  DkNumber big = dk_number_power (DK_NUMBER (10), 40, short_lived);
  DkValue range = dk_value_make (DK_ZERO, big, DK_UNDEFINED), point = DK_VALUE_POINT (big);
  DkValue range_copy = dk_value_copy (&range, arena), point_copy = dk_value_copy (&point, arena);
  g_autofree char *high = NULL, *low = NULL;

  dk_arena_free (short_lived);
  high = dk_number_to_string (dk_value_high (&range_copy));
  low = dk_number_to_string (point_copy.low);
  g_assert_cmpstr (high, ==, "10000000000000000000000000000000000000000");
  g_assert_cmpstr (low, ==, high);
  g_assert_cmpuint (range_copy.state, ==, DK_RANGE | DK_UNDEFINED);
  g_assert_cmpuint (point_copy.state, ==, DK_POINT);
}

/* Ends of ranges; infinities are stood for by very large numbers, and what is near 0 by very small ones. */
static const DkNumber grid[] = { { -1, -1 }, { -3, 1 }, { -1, 2 }, { 0, 1 }, { 1, 2 }, { 2, 1 }, { 1, -1 } };
static const DkNumber near_and_far[] = { { -1000000000, 1 }, { -100000000, 1 }, { -1, 1000000000 }, { 1, 1000000000 },
                                         { 100000000, 1 }, { 1000000000, 1 } };

static GArray *
samples_of (const DkValue *value,
            DkArena       *arena)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (DkNumber));
  DkNumber low = dk_number_is_finite (value->low) ? value->low : near_and_far[0];
  DkNumber high = dk_number_is_finite (dk_value_high (value)) ? dk_value_high (value) : near_and_far[5];
  DkNumber middle = dk_number_div (dk_number_add (low, high, arena), DK_NUMBER (2), arena);
  DkNumber candidates[G_N_ELEMENTS (grid) + G_N_ELEMENTS (near_and_far) + 1];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (grid); i++)
    if (dk_number_is_finite (grid[i]))
      candidates[n++] = grid[i];
  for (guint i = 0; i < G_N_ELEMENTS (near_and_far); i++)
    candidates[n++] = near_and_far[i];
  candidates[n++] = middle;
  for (guint i = 0; i < n; i++)
    if (dk_number_compare (value->low, candidates[i]) <= 0 && dk_number_compare (candidates[i], dk_value_high (value)) <= 0)
      g_array_append_val (samples, candidates[i]);
  return samples;
}

typedef DkValue (*Operation) (const DkValue *a, const DkValue *b, DkArena *arena);

/* The end of a result: reached, or as good as reached, by the samples, and passed by none. */
static void
assert_end (DkNumber end,
            DkNumber reached,
            DkArena *arena)
{
  if (dk_number_is_finite (end))
    {
      double gap = dk_number_to_double (dk_number_sub (end, reached, arena));
      g_assert_true (gap < 1e-6 && gap > -1e-6);
    }
  else if (end.num < 0)
    g_assert_cmpint (dk_number_compare (reached, DK_NUMBER (-100000)), <, 0);
  else
    g_assert_cmpint (dk_number_compare (reached, DK_NUMBER (100000)), >, 0);
}

/* All that the operation can give from the samples lies inside, and reaches as far as the result says. */
static void
check_operation (Operation      operation,
                 const DkValue *a,
                 const DkValue *b,
                 DkArena       *arena)
{
  DkValue result = operation (a, b, arena), hull = dk_value_make_empty (0);
  g_autoptr(GArray) of_a = samples_of (a, arena), of_b = samples_of (b, arena);

  for (guint i = 0; i < of_a->len; i++)
    for (guint j = 0; j < of_b->len; j++)
      {
        DkValue x = DK_VALUE_POINT (g_array_index (of_a, DkNumber, i)), y = DK_VALUE_POINT (g_array_index (of_b, DkNumber, j));
        DkValue one = operation (&x, &y, arena);

        g_assert_true (dk_value_is_settled (&one));
        g_assert_true (dk_value_contains (&result, &one, DK_KIND_NUMBER));
        hull = hull.state == 0 ? one : dk_value_join (&hull, &one, DK_KIND_NUMBER);
      }
  g_assert_cmpuint (hull.state & UNDEFINED_OR_NA, ==, result.state & UNDEFINED_OR_NA);
  g_assert_cmpint ((hull.state & (DK_POINT | DK_RANGE)) != 0, ==, (result.state & (DK_POINT | DK_RANGE)) != 0);
  if (result.state & (DK_POINT | DK_RANGE))
    {
      assert_end (result.low, hull.low, arena);
      assert_end (dk_value_high (&result), dk_value_high (&hull), arena);
    }
}

static void
test_arithmetic (void)
{
  const Operation operations[] = { dk_value_add, dk_value_sub, dk_value_mul, dk_value_div };
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (DkValue));

  for (guint i = 0; i < G_N_ELEMENTS (grid); i++)
    for (guint j = i; j < G_N_ELEMENTS (grid); j++)
      if (i != j || dk_number_is_finite (grid[i]))
        {
          DkValue value = between (grid[i], grid[j]);
          g_array_append_val (ranges, value);
        }
  for (guint i = 0; i < ranges->len; i++)
    for (guint j = 0; j < ranges->len; j++)
      {
        for (guint o = 0; o < G_N_ELEMENTS (operations); o++)
          check_operation (operations[o], &g_array_index (ranges, DkValue, i), &g_array_index (ranges, DkValue, j), arena);
        dk_arena_clear (arena);
      }
}

static void
test_quotient (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkValue one = DK_VALUE_POINT (DK_ONE), zero = DK_VALUE_POINT (DK_ZERO), up = between (DK_ZERO, DK_INFINITY);
  DkValue across = between (DK_NUMBER (-1), DK_NUMBER (4));
  DkValue result;

  result = dk_value_div (&one, &zero, arena);
  g_assert_cmpuint (result.state, ==, DK_UNDEFINED);
  result = dk_value_div (&zero, &zero, arena);
  g_assert_cmpuint (result.state, ==, DK_UNDEFINED);
  /* Nothing by a figure that may be 0: nothing, or undefined. */
  result = dk_value_div (&zero, &across, arena);
  assert_value (&result, DK_ZERO, DK_ZERO, DK_UNDEFINED);
  result = dk_value_div (&one, &up, arena);
  assert_value (&result, DK_ZERO, DK_INFINITY, DK_UNDEFINED);
  result = dk_value_div (&one, &across, arena);
  assert_value (&result, DK_MINUS_INFINITY, DK_INFINITY, DK_UNDEFINED);
}

static void
test_flags_run_through (void)
{
  const Operation operations[] = { dk_value_add, dk_value_sub, dk_value_mul, dk_value_div };
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkValue undefined = DK_VALUE_UNDEFINED, na = DK_VALUE_NA, two = DK_VALUE_POINT (DK_NUMBER (2));
  DkValue maybe = dk_value_make (DK_NUMBER (4), DK_NUMBER (6), DK_UNDEFINED);

  for (guint o = 0; o < G_N_ELEMENTS (operations); o++)
    {
      DkValue result;

      result = operations[o] (&undefined, &two, arena);
      g_assert_cmpuint (result.state, ==, DK_UNDEFINED);
      result = operations[o] (&two, &undefined, arena);
      g_assert_cmpuint (result.state, ==, DK_UNDEFINED);
      result = operations[o] (&na, &two, arena);
      g_assert_cmpuint (result.state, ==, DK_NA);
      result = operations[o] (&two, &na, arena);
      g_assert_cmpuint (result.state, ==, DK_NA);
      result = operations[o] (&maybe, &two, arena);
      g_assert_cmpuint (result.state, ==, DK_RANGE | DK_UNDEFINED);
      result = operations[o] (&two, &maybe, arena);
      g_assert_cmpuint (result.state, ==, DK_RANGE | DK_UNDEFINED);
      result = operations[o] (&maybe, &na, arena);
      g_assert_cmpuint (result.state, ==, UNDEFINED_OR_NA);
    }
}

static guint32
outcome (DkComparison op,
         int          order)
{
  const gboolean met[] = { order < 0, order <= 0, order > 0, order >= 0, order == 0, order != 0 };

  return met[op] ? DK_TRUE : DK_FALSE;
}

static void
test_compare (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  guint n = 0;

  for (guint a = 0; a < G_N_ELEMENTS (grid); a++)
    for (guint b = a; b < G_N_ELEMENTS (grid); b++)
      for (guint c = 0; c < G_N_ELEMENTS (grid); c++)
        for (guint d = c; d < G_N_ELEMENTS (grid); d++)
          {
            DkValue x = between (grid[a], grid[b]), y = between (grid[c], grid[d]);
            g_autoptr(GArray) of_x = samples_of (&x, arena), of_y = samples_of (&y, arena);

            if (of_x->len == 0 || of_y->len == 0)
              continue;
            for (DkComparison op = DK_LT; op <= DK_NE; op++)
              {
                guint32 bits = 0;

                for (guint i = 0; i < of_x->len; i++)
                  for (guint j = 0; j < of_y->len; j++)
                    bits |= outcome (op, dk_number_compare (g_array_index (of_x, DkNumber, i), g_array_index (of_y, DkNumber, j)));
                g_assert_cmpuint (dk_value_compare (op, &x, &y), ==, bits);
                n++;
              }
          }
  g_assert_cmpuint (n, >, 3000);
}

static void
test_compare_flags (void)
{
  DkValue undefined = DK_VALUE_UNDEFINED, na = DK_VALUE_NA, two = DK_VALUE_POINT (DK_NUMBER (2));
  DkValue maybe = dk_value_make (DK_NUMBER (3), DK_NUMBER (6), DK_UNDEFINED);

  for (DkComparison op = DK_LT; op <= DK_NE; op++)
    {
      g_assert_cmpuint (dk_value_compare (op, &undefined, &two), ==, DK_UNDEFINED);
      g_assert_cmpuint (dk_value_compare (op, &two, &na), ==, DK_NA);
      g_assert_cmpuint (dk_value_compare (op, &na, &undefined), ==, UNDEFINED_OR_NA);
    }
  g_assert_cmpuint (dk_value_compare (DK_LT, &two, &maybe), ==, DK_TRUE | DK_UNDEFINED);
  g_assert_cmpuint (dk_value_compare (DK_EQ, &two, &maybe), ==, DK_FALSE | DK_UNDEFINED);
}

/* One out of each: what it is for single states, from the strongest down; a set gives the outcomes of its members. */
static void
test_truths (void)
{
  static const guint32 and_order[] = { DK_FALSE, DK_UNDEFINED, DK_NA, DK_TRUE };
  static const guint32 or_order[] = { DK_TRUE, DK_UNDEFINED, DK_NA, DK_FALSE };

  for (guint32 a = 1; a < 16; a++)
    for (guint32 b = 1; b < 16; b++)
      {
        guint32 both = 0, either = 0;

        for (guint32 x = 1; x < 16; x <<= 1)
          for (guint32 y = 1; y < 16; y <<= 1)
            {
              guint i = 0, j = 0;

              if (!(a & x) || !(b & y))
                continue;
              while (and_order[i] != x && and_order[i] != y)
                i++;
              while (or_order[j] != x && or_order[j] != y)
                j++;
              both |= and_order[i];
              either |= or_order[j];
            }
        g_assert_cmpuint (dk_truth_and (a, b), ==, both);
        g_assert_cmpuint (dk_truth_or (a, b), ==, either);
      }
  g_assert_cmpuint (dk_truth_not (DK_TRUE), ==, DK_FALSE);
  g_assert_cmpuint (dk_truth_not (DK_FALSE), ==, DK_TRUE);
  g_assert_cmpuint (dk_truth_not (DK_OPEN), ==, DK_OPEN);
  g_assert_cmpuint (dk_truth_not (DK_UNDEFINED), ==, DK_UNDEFINED);
  g_assert_cmpuint (dk_truth_not (DK_NA), ==, DK_NA);
  g_assert_cmpuint (dk_truth_not (DK_TRUE | DK_UNDEFINED), ==, DK_FALSE | DK_UNDEFINED);
}

static gint64
day_of (const char *text)
{
  gint64 day = 0;

  g_assert_true (dk_date_parse (text, -1, &day));
  return day;
}

static void
test_date_parse (void)
{
  static const char *const wrong[] = {
    "", "2026", "2026-7-15", "2026-07-5", "26-07-15", "2026/07/15", "2026-07-15 ", " 2026-07-15", "2026-13-01", "2026-00-01",
    "2026-07-00", "2026-07-32", "2026-06-31", "2025-02-29", "1900-02-29", "0000-01-01", "2026-0a-01", "20260715", "-026-07-15",
  };
  static const char *const right[] = { "0001-01-01", "1900-02-28", "2000-02-29", "2024-02-29", "2026-07-15", "9999-12-31" };
  gint64 day = 42;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (dk_date_parse (wrong[i], -1, &day));
  g_assert_cmpint (day, ==, 42);
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *again = dk_date_to_string (day_of (right[i]));
      g_assert_cmpstr (again, ==, right[i]);
    }
  /* Only so many bytes are looked at. */
  g_assert_true (dk_date_parse ("2026-07-15T00:00", 10, &day));
  g_assert_cmpint (day, ==, day_of ("2026-07-15"));
  g_assert_false (dk_date_parse ("2026-07-15", 9, &day));
}

static void
test_date_round_trip (void)
{
  g_assert_cmpint (dk_date_from_ymd (1, 1, 1), ==, 1);
  g_assert_cmpint (dk_date_from_ymd (9999, 12, 31), ==, 3652059);
  for (int year = 1; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      {
        int last = g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
        const int days[] = { 1, 1 + (year * 7 + month) % last, last };

        for (guint i = 0; i < G_N_ELEMENTS (days); i++)
          {
            GDate date;
            gint64 day = dk_date_from_ymd (year, month, days[i]);

            g_date_clear (&date, 1);
            g_date_set_dmy (&date, (GDateDay) days[i], (GDateMonth) month, (GDateYear) year);
            g_assert_cmpint (day, ==, g_date_get_julian (&date));
            g_assert_cmpint (dk_date_year (day), ==, year);
            if (year % 97 == 0 || year == 1 || year == 9999)
              {
                g_autofree char *text = dk_date_to_string (day);
                g_autofree char *wanted = g_strdup_printf ("%04d-%02d-%02d", year, month, days[i]);

                g_assert_cmpstr (text, ==, wanted);
              }
          }
      }
}

static void
test_add_months (void)
{
  static const struct { const char *from; int months; const char *to; } cases[] = {
    { "2026-01-31", 1, "2026-02-28" },   { "2024-01-31", 1, "2024-02-29" },  { "2024-02-29", 12, "2025-02-28" },
    { "2024-02-29", 48, "2028-02-29" },  { "2024-02-29", -12, "2023-02-28" },{ "2026-03-31", -1, "2026-02-28" },
    { "2026-05-31", 1, "2026-06-30" },   { "2026-12-15", 1, "2027-01-15" },  { "2026-01-15", -1, "2025-12-15" },
    { "2026-07-15", 0, "2026-07-15" },   { "1900-01-31", 1, "1900-02-28" },  { "2000-01-31", 1, "2000-02-29" },
    { "2026-08-31", -18, "2025-02-28" }, { "2026-07-15", -36, "2023-07-15" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *to = dk_date_to_string (dk_date_add_months (day_of (cases[i].from), cases[i].months));
      g_assert_cmpstr (to, ==, cases[i].to);
    }
  for (guint i = 0; i < 20000; i++)
    {
      guint32 julian = (guint32) g_test_rand_int_range (1, 3000000);
      int months = g_test_rand_int_range (0, 4000);
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, julian);
      g_date_add_months (&date, (guint) months);
      g_assert_cmpint (dk_date_add_months (julian, months), ==, g_date_get_julian (&date));
    }
}

static void
test_months_between (void)
{
  static const struct { const char *from, *to; int months; } cases[] = {
    { "2026-01-31", "2026-02-28", 1 },  { "2026-01-31", "2026-02-27", 0 },  { "2024-01-31", "2024-02-28", 0 },
    { "2024-02-29", "2025-02-28", 12 }, { "2025-02-28", "2024-02-29", -12 },{ "2026-07-15", "2026-07-15", 0 },
    { "2026-07-15", "2026-07-14", -1 }, { "2023-07-15", "2026-07-14", 35 }, { "2023-07-15", "2026-07-15", 36 },
    { "2026-03-31", "2026-02-28", -1 }, { "2026-03-31", "2026-02-27", -2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (dk_date_months_between (day_of (cases[i].from), day_of (cases[i].to)), ==, cases[i].months);
  for (guint i = 0; i < 50000; i++)
    {
      gint64 from = g_test_rand_int_range (700000, 760000);
      gint64 to = i % 2 == 0 ? g_test_rand_int_range (700000, 760000) : from + g_test_rand_int_range (-70, 70);
      gint64 n = dk_date_months_between (from, to);

      g_assert_cmpint (dk_date_add_months (from, n), <=, to);
      g_assert_cmpint (dk_date_add_months (from, n + 1), >, to);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/value/make", test_make);
  g_test_add_func ("/rules/value/settled", test_settled);
  g_test_add_func ("/rules/value/join-numbers", test_join_numbers);
  g_test_add_func ("/rules/value/join-others", test_join_others);
  g_test_add_func ("/rules/value/contains", test_contains);
  g_test_add_func ("/rules/value/copy-outlives-the-arena", test_copy);
  g_test_add_func ("/rules/value/arithmetic-is-sound-and-tight", test_arithmetic);
  g_test_add_func ("/rules/value/quotient-by-zero", test_quotient);
  g_test_add_func ("/rules/value/undefined-and-na-run-through", test_flags_run_through);
  g_test_add_func ("/rules/value/compare-says-all-outcomes", test_compare);
  g_test_add_func ("/rules/value/compare-undefined-and-na", test_compare_flags);
  g_test_add_func ("/rules/value/truth-tables", test_truths);
  g_test_add_func ("/rules/value/date-parse", test_date_parse);
  g_test_add_func ("/rules/value/date-round-trip", test_date_round_trip);
  g_test_add_func ("/rules/value/add-months", test_add_months);
  g_test_add_func ("/rules/value/months-between", test_months_between);
  return g_test_run ();
}
