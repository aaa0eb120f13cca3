/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-number"

#include "dk-number.h"

#include <gmp.h>
#include <math.h>
#include <string.h>

static DkNumber
parse (const char *text,
       DkArena    *arena)
{
  g_autoptr(GError) error = NULL;
  DkNumber number = DK_ZERO;

  dk_number_parse (text, -1, &number, arena, &error);
  g_assert_no_error (error);
  return number;
}

static void
assert_text (DkNumber    a,
             const char *expected)
{
  g_autofree char *text = dk_number_to_string (a);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_equal (DkNumber a,
              DkNumber b)
{
  g_autofree char *left = dk_number_to_string (a);
  g_autofree char *right = dk_number_to_string (b);

  g_assert_cmpint (dk_number_compare (a, b), ==, 0);
  g_assert_cmpstr (left, ==, right);
}

static void
test_at_the_limit (void) /* (120 - 100) / 100 >= 20 % */
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber growth = dk_number_div (dk_number_sub (DK_NUMBER (120), DK_NUMBER (100), arena), DK_NUMBER (100), arena);

  g_assert_cmpint (dk_number_compare (growth, (DkNumber) { 1, 5 }), ==, 0);
  g_assert_cmpint (dk_number_compare (growth, parse ("0.2", arena)), ==, 0);
  g_assert_cmpint (dk_number_compare (growth, parse ("0.20000000000000000000000000000001", arena)), ==, -1);
  g_assert_cmpint (dk_number_compare (growth, parse ("0.19999999999999999999999999999999", arena)), ==, 1);
}

static void
test_decimals_are_exact (void) /* binary floating point has 1.2 - 1 < 0.2 */
{
  g_autoptr(DkArena) arena = dk_arena_new ();

  assert_equal (dk_number_sub (parse ("1.2", arena), DK_ONE, arena), parse ("0.2", arena));
  assert_equal (dk_number_add (parse ("0.1", arena), parse ("0.2", arena), arena), parse ("0.3", arena));
  assert_equal (dk_number_mul (parse ("1.1", arena), parse ("1.1", arena), arena), parse ("1.21", arena));
}

static void
test_text_round_trip (void)
{
  static const struct { const char *text; const char *expected; } cases[] = {
    { "0", "0" }, { "-0", "0" }, { "0.0", "0" }, { "0e5", "0" }, { "150", "150" }, { "+7", "7" }, { "-12", "-12" },
    { "0.50", "0.5" }, { "1.00", "1" }, { "1e-3", "0.001" }, { "1E+3", "1000" }, { "12.5e1", "125" },
    { "-0.05", "-0.05" }, { "0.1", "0.1" }, { "007", "7" },
    { "1e40", "10000000000000000000000000000000000000000" },
    { "12345678901234567890", "12345678901234567890" },
    { "-12345678901234567890.0987654321", "-12345678901234567890.0987654321" },
    { "9223372036854775807", "9223372036854775807" },
    { "-9223372036854775807", "-9223372036854775807" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "9223372036854775808", "9223372036854775808" },
    { "18446744073709551616", "18446744073709551616" },
    { "1e-19", "0.0000000000000000001" },
    { "999999999999999999.999999999999999999", "999999999999999999.999999999999999999" },
    { "10e18", "10000000000000000000" },
  };
  g_autoptr(DkArena) arena = dk_arena_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (parse (cases[i].text, arena), cases[i].expected);
}

static void
test_text_of_fractions (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();

  assert_text ((DkNumber) { 1, 3 }, "1/3");
  assert_text ((DkNumber) { -10, 30 }, "-1/3");
  assert_text ((DkNumber) { 5, 100 }, "0.05");
  assert_text ((DkNumber) { 300, 2 }, "150");
  assert_text ((DkNumber) { 1, 1024 }, "0.0009765625");
  assert_text ((DkNumber) { -7, 4 }, "-1.75");
  assert_text (dk_number_div (DK_ONE, parse ("3e30", arena), arena), "1/3000000000000000000000000000000");
  assert_text (DK_INFINITY, "inf");
  assert_text (DK_MINUS_INFINITY, "-inf");
}

static void
test_refused_texts (void)
{
  static const char *const texts[] = {
    "", " ", "-", "+", ".", ".5", "1.", "1.e5", "1e", "1e+", "e5", "1 ", " 1", "1,000", "0x10", "--1", "+-1", "1.2.3",
    "1e5.5", "nan", "inf", "１", "5%", "1e99999999999999999999x",
  };
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber untouched = { 42, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (dk_number_parse (texts[i], -1, &untouched, arena, &error));
      g_assert_error (error, DK_NUMBER_ERROR, DK_NUMBER_ERROR_SYNTAX);
    }
  g_assert_false (dk_number_parse ("1\0002", 3, &untouched, arena, NULL));
  g_assert_cmpint (untouched.num, ==, 42);

  g_assert_true (dk_number_parse ("12x", 2, &untouched, arena, NULL));
  g_assert_cmpint (untouched.num, ==, 12);
}

static void
test_longest_text (void)
{
  static const char *const too_long[] = { "1e1001", "1e-1001", "1e99999999999999999999", "0e1001" };
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *nines = g_strnfill (DK_NUMBER_MAX_DIGITS, '9');
  g_autofree char *more = g_strconcat (nines, "9", NULL);
  g_autofree char *fraction = g_strconcat ("0.", nines, NULL);
  g_autofree char *tiny = g_strconcat (nines, "e-1000", NULL);
  g_autofree char *tiny_plain = g_strconcat ("0.", nines, NULL);
  g_autoptr(GError) error = NULL;
  DkNumber number = DK_ZERO;

  assert_text (parse (nines, arena), nines);
  assert_text (parse (tiny, arena), tiny_plain);
  assert_text (dk_number_mul (parse ("1e1000", arena), parse ("1e-1000", arena), arena), "1");
  g_assert_cmpint (dk_number_mul (parse ("1e1000", arena), parse ("1e-1000", arena), arena).den, ==, 1);

  g_assert_false (dk_number_parse (more, -1, &number, arena, &error));
  g_assert_error (error, DK_NUMBER_ERROR, DK_NUMBER_ERROR_SIZE);
  g_clear_error (&error);
  g_assert_false (dk_number_parse (fraction, -1, &number, arena, &error));
  g_assert_error (error, DK_NUMBER_ERROR, DK_NUMBER_ERROR_SIZE);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (too_long); i++)
    {
      g_assert_false (dk_number_parse (too_long[i], -1, &number, arena, &error));
      g_assert_error (error, DK_NUMBER_ERROR, DK_NUMBER_ERROR_SIZE);
      g_clear_error (&error);
    }
}

static void
test_rounding (void)
{
  static const struct { const char *value; int digits; const char *rounded; const char *decimal; } cases[] = {
    { "2.5", 0, "3", "3" }, { "-2.5", 0, "-3", "-3" }, { "2.4999", 0, "2", "2" }, { "0.5", 0, "1", "1" },
    { "-0.5", 0, "-1", "-1" }, { "-0.49", 0, "0", "0" }, { "1.005", 2, "1.01", "1.01" },
    { "-0.004", 2, "0", "0.00" }, { "1.2", 3, "1.2", "1.200" }, { "1250", -2, "1300", "1300" },
    { "-1250", -2, "-1300", "-1300" }, { "1249.99", -2, "1200", "1200" }, { "49", -2, "0", "0" },
    { "50", -2, "100", "100" }, { "9223372036854775807", -1, "9223372036854775810", "9223372036854775810" },
    { "9223372036854775807", 18, "9223372036854775807", "9223372036854775807.000000000000000000" },
    { "9223372036854775807", -18, "9000000000000000000", "9000000000000000000" },
    { "9223372036854775807", -19, "10000000000000000000", "10000000000000000000" },
    { "4999999999999999999", -19, "0", "0" },
    { "0.00000000000000000049999", 18, "0", "0.000000000000000000" },
    { "0.0000000000000000005", 18, "0.000000000000000001", "0.000000000000000001" },
    { "123456789012345678901234567890.5", 0, "123456789012345678901234567891", "123456789012345678901234567891" },
    { "-123456789012345678901234567890.45", 1, "-123456789012345678901234567890.5",
      "-123456789012345678901234567890.5" },
  };
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *third = dk_number_to_decimal ((DkNumber) { 1, 3 }, 4);
  g_autofree char *two_thirds = dk_number_to_decimal ((DkNumber) { -2, 3 }, 2);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DkNumber value = parse (cases[i].value, arena);
      g_autofree char *decimal = dk_number_to_decimal (value, cases[i].digits);

      assert_text (dk_number_round (value, cases[i].digits, arena), cases[i].rounded);
      g_assert_cmpstr (decimal, ==, cases[i].decimal);
    }
  g_assert_cmpstr (third, ==, "0.3333");
  g_assert_cmpstr (two_thirds, ==, "-0.67");
}

static void
test_floor_and_ceil (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();

  assert_text (dk_number_floor ((DkNumber) { 7, 2 }, arena), "3");
  assert_text (dk_number_ceil ((DkNumber) { 7, 2 }, arena), "4");
  assert_text (dk_number_floor ((DkNumber) { -7, 2 }, arena), "-4");
  assert_text (dk_number_ceil ((DkNumber) { -7, 2 }, arena), "-3");
  assert_text (dk_number_floor ((DkNumber) { -8, 2 }, arena), "-4");
  assert_text (dk_number_ceil ((DkNumber) { 8, 2 }, arena), "4");
  assert_text (dk_number_floor (parse ("-1e20", arena), arena), "-100000000000000000000");
  assert_text (dk_number_floor (parse ("-100000000000000000000.1", arena), arena), "-100000000000000000001");
  assert_text (dk_number_ceil (parse ("100000000000000000000.1", arena), arena), "100000000000000000001");
}

static void
test_roots (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber low, high;

  dk_number_root ((DkNumber) { 9, 4 }, 2, &low, &high, arena);
  assert_text (low, "1.5");
  assert_text (high, "1.5");
  dk_number_root ((DkNumber) { 18, 8 }, 2, &low, &high, arena); /* not in lowest terms */
  assert_text (low, "1.5");
  assert_text (high, "1.5");
  dk_number_root (DK_ZERO, 3, &low, &high, arena);
  assert_text (low, "0");
  assert_text (high, "0");
  dk_number_root ((DkNumber) { 5, 3 }, 1, &low, &high, arena);
  assert_text (low, "5/3");
  assert_text (high, "5/3");
  dk_number_root (DK_NUMBER (2), 2, &low, &high, arena);
  assert_text (low, "1.414213562");
  assert_text (high, "1.414213563");
  dk_number_root (parse ("1e-40", arena), 3, &low, &high, arena);
  assert_text (low, "0");
  assert_text (high, "0.000000001");
  dk_number_root (parse ("1e60", arena), 2, &low, &high, arena);
  assert_text (low, "1000000000000000000000000000000");
  assert_equal (low, high);
  dk_number_root (DK_INFINITY, 2, &low, &high, arena);
  assert_text (low, "inf");
  assert_text (high, "inf");
}

static void
test_infinity (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber big = parse ("1e30", arena);
  DkNumber values[] = { DK_NUMBER (-3), DK_ZERO, { 1, 3 }, DK_NUMBER (G_MAXINT64), big,
                        dk_number_negate (big, arena) };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      DkNumber x = values[i];
      int sign = dk_number_sign (x);

      assert_text (dk_number_add (DK_INFINITY, x, arena), "inf");
      assert_text (dk_number_add (x, DK_MINUS_INFINITY, arena), "-inf");
      assert_text (dk_number_sub (x, DK_INFINITY, arena), "-inf");
      assert_text (dk_number_sub (DK_INFINITY, x, arena), "inf");
      assert_text (dk_number_sub (x, DK_MINUS_INFINITY, arena), "inf");
      assert_text (dk_number_mul (x, DK_INFINITY, arena), sign == 0 ? "0" : sign > 0 ? "inf" : "-inf");
      assert_text (dk_number_mul (DK_MINUS_INFINITY, x, arena), sign == 0 ? "0" : sign > 0 ? "-inf" : "inf");
      assert_text (dk_number_div (x, DK_INFINITY, arena), "0");
      assert_text (dk_number_div (x, DK_MINUS_INFINITY, arena), "0");
      if (sign != 0)
        assert_text (dk_number_div (DK_INFINITY, x, arena), sign > 0 ? "inf" : "-inf");
      g_assert_cmpint (dk_number_compare (x, DK_INFINITY), ==, -1);
      g_assert_cmpint (dk_number_compare (DK_INFINITY, x), ==, 1);
      g_assert_cmpint (dk_number_compare (x, DK_MINUS_INFINITY), ==, 1);
      g_assert_cmpint (dk_number_compare (DK_MINUS_INFINITY, x), ==, -1);
      g_assert_true (dk_number_is_finite (x));
    }
  g_assert_cmpint (dk_number_compare (DK_INFINITY, DK_INFINITY), ==, 0);
  g_assert_cmpint (dk_number_compare (DK_MINUS_INFINITY, DK_INFINITY), ==, -1);
  g_assert_cmpint (dk_number_compare (DK_MINUS_INFINITY, DK_MINUS_INFINITY), ==, 0);
  assert_text (dk_number_add (DK_INFINITY, DK_INFINITY, arena), "inf");
  assert_text (dk_number_sub (DK_MINUS_INFINITY, DK_INFINITY, arena), "-inf");
  assert_text (dk_number_mul (DK_MINUS_INFINITY, DK_MINUS_INFINITY, arena), "inf");
  assert_text (dk_number_div (DK_INFINITY, DK_INFINITY, arena), "0");
  assert_text (dk_number_negate (DK_INFINITY, arena), "-inf");
  assert_text (dk_number_floor (DK_INFINITY, arena), "inf");
  assert_text (dk_number_ceil (DK_MINUS_INFINITY, arena), "-inf");
  assert_text (dk_number_round (DK_MINUS_INFINITY, 2, arena), "-inf");
  assert_text (dk_number_power (DK_MINUS_INFINITY, 3, arena), "-inf");
  assert_text (dk_number_power (DK_MINUS_INFINITY, 2, arena), "inf");
  assert_text (dk_number_power (DK_INFINITY, 0, arena), "1");
  assert_text (dk_number_copy (DK_INFINITY, arena), "inf");
  assert_text (dk_number_reduce (DK_MINUS_INFINITY, arena), "-inf");
  g_assert_cmpint (dk_number_sign (DK_INFINITY), ==, 1);
  g_assert_cmpint (dk_number_sign (DK_MINUS_INFINITY), ==, -1);
  g_assert_false (dk_number_is_finite (DK_INFINITY));
  g_assert_false (dk_number_is_integer (DK_INFINITY));
  g_assert_false (dk_number_to_int64 (DK_INFINITY, NULL));
  g_assert_true (isinf (dk_number_to_double (DK_INFINITY)));
}

static void
test_to_int64 (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  gint64 value = 5;

  g_assert_true (dk_number_to_int64 ((DkNumber) { 300, 2 }, &value));
  g_assert_cmpint (value, ==, 150);
  g_assert_true (dk_number_to_int64 (DK_NUMBER (-G_MAXINT64), &value));
  g_assert_cmpint (value, ==, -G_MAXINT64);
  g_assert_false (dk_number_to_int64 ((DkNumber) { 3, 2 }, &value));
  g_assert_false (dk_number_to_int64 (parse ("9223372036854775808", arena), &value));
  g_assert_false (dk_number_to_int64 (parse ("-9223372036854775808", arena), &value)); /* has no negative */
  g_assert_cmpint (value, ==, -G_MAXINT64);
  g_assert_true (dk_number_is_integer (parse ("1e30", arena)));
  g_assert_false (dk_number_is_integer (parse ("1e-30", arena)));
  g_assert_true (dk_number_is_integer ((DkNumber) { 4, 2 }));
  g_assert_cmpfloat (dk_number_to_double (parse ("1e22", arena)), ==, 1e22);
  g_assert_cmpfloat (dk_number_to_double ((DkNumber) { -1, 4 }), ==, -0.25);
}

static void
test_copy_outlives_the_arena (void)
{
  g_autoptr(DkArena) kept = dk_arena_new ();
  DkArena *arena = dk_arena_new ();
  DkNumber copies[200];

  for (int i = 0; i < 200; i++) /* more than one chunk */
    copies[i] = dk_number_copy (dk_number_add (parse ("1e30", arena), DK_NUMBER (i), arena), kept);
  dk_arena_clear (arena);
  assert_text (parse ("1e20", arena), "100000000000000000000"); /* usable again */
  dk_arena_free (arena);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *expected = g_strdup_printf ("1000000000000000000000000000%03d", i);

      expected[0] = '1';
      g_assert_cmpuint (strlen (expected), ==, 31);
      assert_text (copies[i], expected);
    }
}

/* Laws, against GMP. */

static void
set_integer (mpz_ptr z,
             gint64  value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  mpz_set_str (z, text, 10);
}

/* Reads the fields of a small number, and the text of a big one: so the test needs no look inside. */
static void
to_mpq (mpq_ptr  q,
        DkNumber a)
{
  g_autofree char *text = NULL;
  char *point;

  if (a.den > 0)
    {
      set_integer (mpq_numref (q), a.num);
      set_integer (mpq_denref (q), a.den);
      mpq_canonicalize (q);
      return;
    }
  text = dk_number_to_string (a);
  point = strchr (text, '.');
  if (point == NULL)
    {
      g_assert_cmpint (mpq_set_str (q, text, 10), ==, 0);
      return;
    }
  mpz_ui_pow_ui (mpq_denref (q), 10, strlen (point + 1));
  memmove (point, point + 1, strlen (point));
  g_assert_cmpint (mpz_set_str (mpq_numref (q), text, 10), ==, 0);
  mpq_canonicalize (q);
}

static gboolean
fits (mpq_srcptr q)
{
  return mpz_sizeinbase (mpq_numref (q), 2) <= 63 && mpz_sizeinbase (mpq_denref (q), 2) <= 63;
}

static void
assert_is (DkNumber   a,
           mpq_srcptr expected)
{
  mpq_t actual;

  /* One form for one size: what fits is small, so that nothing is lost by going through GMP once. */
  g_assert_true (a.den >= 0);
  g_assert_cmpint (a.den > 0, ==, fits (expected));
  if (a.den > 0)
    g_assert_cmpint (a.num, !=, G_MININT64);
  mpq_init (actual);
  to_mpq (actual, a);
  if (!mpq_equal (actual, expected))
    {
      g_autofree char *left = mpq_get_str (NULL, 10, actual);
      g_autofree char *right = mpq_get_str (NULL, 10, expected);

      g_assert_cmpstr (left, ==, right);
    }
  mpq_clear (actual);
}

static gint64
random_edge (void)
{
  static const guint64 edges[] = {
    0, 1, 2, 3, 5, 7, 10, 100, 10000, 1000000000, G_GUINT64_CONSTANT (1) << 31, G_GUINT64_CONSTANT (1) << 32,
    G_GUINT64_CONSTANT (3037000499), G_GUINT64_CONSTANT (1) << 62, G_MAXINT64, G_GUINT64_CONSTANT (1000000000000000000),
  };
  guint64 edge = edges[g_test_rand_int_range (0, G_N_ELEMENTS (edges))];
  gint64 value;

  if (g_test_rand_int_range (0, 4) == 0)
    edge = (((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ())
           >> g_test_rand_int_range (1, 63);
  edge += g_test_rand_int_range (-1, 2);
  if (edge > G_MAXINT64)
    edge = edge == G_MAXUINT64 ? 1 : G_MAXINT64;
  value = edge;
  return g_test_rand_bit () ? -value : value;
}

#define N_EARLIER 64

/* Edges of all sizes, and what came out of earlier operations. */
static DkNumber
random_number (const DkNumber *earlier)
{
  gint64 num = random_edge (), den = random_edge ();

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      return DK_NUMBER (num);
    case 1:
      return (DkNumber) { num, g_test_rand_int_range (1, 101) };
    case 2:
      return (DkNumber) { g_test_rand_int_range (-1000, 1000), 100 };
    case 3:
    case 4:
      return (DkNumber) { num, MAX (ABS (den), 1) };
    default:
      return earlier[g_test_rand_int_range (0, N_EARLIER)];
    }
}

/* 10^digits as a rational number. */
static void
set_power_of_ten (mpq_ptr q,
                  int     digits)
{
  mpq_set_ui (q, 1, 1);
  mpz_ui_pow_ui (mpq_numref (q), 10, ABS (digits));
  if (digits < 0)
    mpq_inv (q, q);
}

static void
check_round (DkNumber   a,
             mpq_srcptr value,
             int        digits,
             DkArena   *arena)
{
  mpq_t scale, expected, half;

  mpq_init (scale);
  mpq_init (expected);
  mpq_init (half);
  set_power_of_ten (scale, digits);
  mpq_set_ui (half, 1, 2);
  mpq_abs (expected, value);
  mpq_mul (expected, expected, scale);
  mpq_add (expected, expected, half);
  mpz_fdiv_q (mpq_numref (expected), mpq_numref (expected), mpq_denref (expected));
  mpz_set_ui (mpq_denref (expected), 1);
  mpq_div (expected, expected, scale);
  if (mpq_sgn (value) < 0)
    mpq_neg (expected, expected);
  assert_is (dk_number_round (a, digits, arena), expected);
  mpq_clear (scale);
  mpq_clear (expected);
  mpq_clear (half);
}

static void
check_one (DkNumber   a,
           mpq_srcptr value,
           mpq_ptr    expected,
           DkArena   *arena)
{
  DkNumber reduced = dk_number_reduce (a, arena);
  guint exponent = g_test_rand_int_range (0, 8);

  assert_is (reduced, value);
  if (reduced.den > 0)
    {
      gint64 denominator;

      g_assert_cmpuint (mpz_sizeinbase (mpq_denref (value), 2), <=, 63);
      denominator = mpz_get_si (mpq_denref (value));
      g_assert_cmpint (reduced.den, ==, denominator);
    }
  mpq_neg (expected, value);
  assert_is (dk_number_negate (a, arena), expected);
  g_assert_cmpint (dk_number_sign (a), ==, mpq_sgn (value));
  assert_is (dk_number_copy (a, arena), value);
  g_assert_cmpint (dk_number_is_integer (a), ==, mpz_cmp_ui (mpq_denref (value), 1) == 0);

  mpz_fdiv_q (mpq_numref (expected), mpq_numref (value), mpq_denref (value));
  mpz_set_ui (mpq_denref (expected), 1);
  assert_is (dk_number_floor (a, arena), expected);
  mpz_cdiv_q (mpq_numref (expected), mpq_numref (value), mpq_denref (value));
  assert_is (dk_number_ceil (a, arena), expected);

  mpz_pow_ui (mpq_numref (expected), mpq_numref (value), exponent);
  mpz_pow_ui (mpq_denref (expected), mpq_denref (value), exponent);
  assert_is (dk_number_power (a, exponent, arena), expected);
  check_round (a, value, g_test_rand_int_range (-22, 23), arena);
}

static void
check_text (DkNumber   a,
            mpq_srcptr value,
            DkArena   *arena)
{
  g_autofree char *text = dk_number_to_string (a);
  DkNumber back = DK_ZERO;

  if (strchr (text, '/') != NULL)
    {
      g_autofree char *expected = mpq_get_str (NULL, 10, value);

      g_assert_cmpstr (text, ==, expected);
      return;
    }
  g_assert_true (dk_number_parse (text, -1, &back, arena, NULL));
  assert_is (back, value);
}

static void
check_root (DkNumber a,
            DkArena *arena)
{
  guint degree = g_test_rand_int_range (1, 6);
  DkNumber low, high;

  if (dk_number_sign (a) < 0)
    return;
  dk_number_root (a, degree, &low, &high, arena);
  g_assert_cmpint (dk_number_compare (dk_number_power (low, degree, arena), a), <=, 0);
  g_assert_cmpint (dk_number_compare (dk_number_power (high, degree, arena), a), >=, 0);
  g_assert_cmpint (dk_number_compare (dk_number_sub (high, low, arena), (DkNumber) { 1, 1000000000 }), <=, 0);

  /* A power has an exact root. */
  dk_number_root (dk_number_power (a, degree, arena), degree, &low, &high, arena);
  assert_equal (low, a);
  assert_equal (high, a);
}

static void
test_laws (void)
{
  const int n = 13000; /* times sixteen operations */
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkArena) kept = dk_arena_new ();
  DkNumber earlier[N_EARLIER];
  int n_big = 0;
  mpq_t x, y, expected;

  mpq_init (x);
  mpq_init (y);
  mpq_init (expected);
  for (int i = 0; i < N_EARLIER; i++)
    earlier[i] = DK_NUMBER (i - N_EARLIER / 2);

  for (int i = 0; i < n; i++)
    {
      DkNumber a = random_number (earlier), b = random_number (earlier), result;
      int order;

      to_mpq (x, a);
      to_mpq (y, b);
      mpq_add (expected, x, y);
      result = dk_number_add (a, b, arena);
      assert_is (result, expected);
      mpq_sub (expected, x, y);
      assert_is (dk_number_sub (a, b, arena), expected);
      mpq_mul (expected, x, y);
      if (i % 2 == 0)
        result = dk_number_mul (a, b, arena);
      assert_is (dk_number_mul (a, b, arena), expected);
      if (mpq_sgn (y) != 0)
        {
          mpq_div (expected, x, y);
          assert_is (dk_number_div (a, b, arena), expected);
          if (i % 3 == 0)
            result = dk_number_div (a, b, arena);
        }
      order = mpq_cmp (x, y);
      g_assert_cmpint (dk_number_compare (a, b), ==, (order > 0) - (order < 0));
      g_assert_cmpint (dk_number_compare (a, a), ==, 0);

      /* The inline functions take the fast way when they can; the general way must agree with it. */
      mpq_add (expected, x, y);
      assert_is (dk_number_add_slow (a, b, arena), expected);
      mpq_sub (expected, x, y);
      assert_is (dk_number_sub_slow (a, b, arena), expected);
      mpq_mul (expected, x, y);
      assert_is (dk_number_mul_slow (a, b, arena), expected);
      g_assert_cmpint (dk_number_compare_slow (a, b), ==, (order > 0) - (order < 0));

      check_one (a, x, expected, arena);
      if (i % 8 == 0)
        check_text (a, x, arena);
      if (i % 16 == 0)
        check_root (a, arena);

      n_big += result.den == 0;
      to_mpq (expected, result);
      if (mpz_sizeinbase (mpq_numref (expected), 2) + mpz_sizeinbase (mpq_denref (expected), 2) < 600)
        earlier[i % N_EARLIER] = dk_number_copy (result, kept);
      dk_arena_clear (arena);
    }
  g_assert_cmpint (n_big, >, n / 20); /* the general way was really gone */
  mpq_clear (x);
  mpq_clear (y);
  mpq_clear (expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/rules/number/at-the-limit", test_at_the_limit);
  g_test_add_func ("/rules/number/decimals-are-exact", test_decimals_are_exact);
  g_test_add_func ("/rules/number/text-round-trip", test_text_round_trip);
  g_test_add_func ("/rules/number/text-of-fractions", test_text_of_fractions);
  g_test_add_func ("/rules/number/refused-texts", test_refused_texts);
  g_test_add_func ("/rules/number/longest-text", test_longest_text);
  g_test_add_func ("/rules/number/rounding", test_rounding);
  g_test_add_func ("/rules/number/floor-and-ceil", test_floor_and_ceil);
  g_test_add_func ("/rules/number/roots", test_roots);
  g_test_add_func ("/rules/number/infinity", test_infinity);
  g_test_add_func ("/rules/number/to-int64", test_to_int64);
  g_test_add_func ("/rules/number/copy-outlives-the-arena", test_copy_outlives_the_arena);
  g_test_add_func ("/rules/number/laws", test_laws);
  return g_test_run ();
}
