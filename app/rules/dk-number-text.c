/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-number"

#include "dk-number-private.h"

#include <string.h>

/* The parts of a decimal text. */
typedef struct
{
  gboolean    is_negative;
  const char *whole;
  gsize       n_whole;
  const char *fraction;
  gsize       n_fraction;
  gint64      exponent; /* saturates far above what is taken */
} Decimal;

static gsize
count_digits (const char *text,
              const char *end)
{
  const char *p = text;

  while (p < end && g_ascii_isdigit (*p))
    p++;
  return p - text;
}

static gboolean
split_decimal (const char *text,
               gsize       length,
               Decimal    *decimal)
{
  const char *end = text + length;

  *decimal = (Decimal) { 0 };
  if (text < end && (*text == '-' || *text == '+'))
    decimal->is_negative = *text++ == '-';

  decimal->whole = text;
  decimal->n_whole = count_digits (text, end);
  if (decimal->n_whole == 0)
    return FALSE;
  text += decimal->n_whole;

  decimal->fraction = text;
  if (text < end && *text == '.')
    {
      decimal->fraction = ++text;
      decimal->n_fraction = count_digits (text, end);
      if (decimal->n_fraction == 0)
        return FALSE;
      text += decimal->n_fraction;
    }

  if (text < end && (*text == 'e' || *text == 'E'))
    {
      gboolean is_negative = FALSE;
      gsize n_digits;

      text++;
      if (text < end && (*text == '-' || *text == '+'))
        is_negative = *text++ == '-';
      n_digits = count_digits (text, end);
      if (n_digits == 0)
        return FALSE;
      for (; n_digits > 0; n_digits--, text++)
        decimal->exponent = MIN (decimal->exponent * 10 + (*text - '0'), G_MAXINT32);
      if (is_negative)
        decimal->exponent = -decimal->exponent;
    }
  return text == end;
}

/* FALSE if it has too many digits for a machine word. */
static gboolean
read_small (const Decimal *decimal,
            gint64         exponent,
            DkNumber      *number)
{
  gint64 value = 0;
  DkNumber small = { 0, 1 };

  if (decimal->n_whole + decimal->n_fraction > DK_MAX_FAST_DIGITS || ABS (exponent) > DK_MAX_FAST_DIGITS)
    return FALSE;
  for (gsize i = 0; i < decimal->n_whole; i++)
    value = value * 10 + (decimal->whole[i] - '0');
  for (gsize i = 0; i < decimal->n_fraction; i++)
    value = value * 10 + (decimal->fraction[i] - '0');
  if (exponent < 0)
    small.den = dk_power_of_ten (-exponent);
  else if (__builtin_mul_overflow (value, dk_power_of_ten (exponent), &value))
    return FALSE;
  small.num = decimal->is_negative ? -value : value;
  *number = small;
  return TRUE;
}

static DkNumber
read_big (const Decimal *decimal,
          gint64         exponent,
          DkArena       *arena)
{
  g_autoptr(GString) digits = g_string_new_len (decimal->whole, decimal->n_whole);
  mpq_t result;
  mpz_t power;

  g_string_append_len (digits, decimal->fraction, decimal->n_fraction);
  mpq_init (result);
  mpz_set_str (mpq_numref (result), digits->str, 10);
  mpz_init (power);
  mpz_ui_pow_ui (power, 10, ABS (exponent));
  if (exponent >= 0)
    mpz_mul (mpq_numref (result), mpq_numref (result), power);
  else
    mpz_swap (mpq_denref (result), power);
  mpz_clear (power);
  if (decimal->is_negative)
    mpq_neg (result, result);
  mpq_canonicalize (result);
  return dk_number_take_mpq (result, arena);
}

/**
 * dk_number_parse:
 * @text: a decimal number: an optional sign, digits, a fraction and an exponent as in JSON
 * @length: bytes of @text, or -1 if it ends in NUL
 * @number: (out): what it says, exactly; untouched on error
 * @arena: owns the number if it is big
 * @error: a place for a #DkNumberError
 *
 * Reads a whole text as a number. No space, group mark or unit is taken.
 *
 * Returns: %FALSE on error
 */
gboolean
dk_number_parse (const char  *text,
                 gssize       length,
                 DkNumber    *number,
                 DkArena     *arena,
                 GError     **error)
{
  Decimal decimal;
  gint64 exponent;

  g_return_val_if_fail (text != NULL, FALSE);

  if (length < 0)
    length = strlen (text);
  if (!split_decimal (text, length, &decimal))
    {
      g_autofree char *shown = g_utf8_make_valid (text, MIN (length, 40));

      g_set_error (error, DK_NUMBER_ERROR, DK_NUMBER_ERROR_SYNTAX,
                   "“%s” is no number; digits such as 1200, 0.05 or 1e6 are wanted", shown);
      return FALSE;
    }
  if (decimal.n_whole + decimal.n_fraction > DK_NUMBER_MAX_DIGITS || ABS (decimal.exponent) > DK_NUMBER_MAX_DIGITS)
    {
      g_set_error (error, DK_NUMBER_ERROR, DK_NUMBER_ERROR_SIZE,
                   "The number is too long; at most %d digits, and exponents up to %d, are taken",
                   DK_NUMBER_MAX_DIGITS, DK_NUMBER_MAX_DIGITS);
      return FALSE;
    }

  /* 1.00 is 1: whole numbers share a denominator with all others. */
  while (decimal.n_fraction > 0 && decimal.fraction[decimal.n_fraction - 1] == '0')
    decimal.n_fraction--;
  exponent = decimal.exponent - (gint64) decimal.n_fraction;
  if (!read_small (&decimal, exponent, number))
    *number = read_big (&decimal, exponent, arena);
  return TRUE;
}

/* @scaled / 10^digits as text. */
static char *
write_decimal (mpz_srcptr scaled,
               guint      digits)
{
  g_autofree char *text = g_malloc (mpz_sizeinbase (scaled, 10) + 2);
  GString *decimal = g_string_new (NULL);
  const char *magnitude = text;
  gsize length;

  mpz_get_str (text, 10, scaled);
  if (*magnitude == '-')
    {
      g_string_append_c (decimal, '-');
      magnitude++;
    }
  length = strlen (magnitude);
  if (digits == 0)
    {
      g_string_append (decimal, magnitude);
      return g_string_free (decimal, FALSE);
    }
  if (length <= digits)
    {
      g_string_append (decimal, "0.");
      for (gsize i = length; i < digits; i++)
        g_string_append_c (decimal, '0');
      g_string_append (decimal, magnitude);
    }
  else
    {
      g_string_append_len (decimal, magnitude, length - digits);
      g_string_append_c (decimal, '.');
      g_string_append (decimal, magnitude + length - digits);
    }
  return g_string_free (decimal, FALSE);
}

/* FALSE if a fraction of this denominator does not end in decimals. */
static gboolean
count_decimals (mpz_srcptr  den,
                guint      *digits)
{
  mpz_t rest, five;
  mp_bitcnt_t twos, fives;
  gboolean ends;

  mpz_init (rest);
  twos = mpz_scan1 (den, 0);
  mpz_fdiv_q_2exp (rest, den, twos);
  mpz_init_set_ui (five, 5);
  fives = mpz_remove (rest, rest, five);
  ends = mpz_cmp_ui (rest, 1) == 0;
  mpz_clear (five);
  mpz_clear (rest);
  *digits = MAX (twos, fives);
  return ends;
}

/**
 * dk_number_to_string:
 * @a: a number
 *
 * Writes a number exactly: as a plain decimal where that ends, otherwise as a fraction in lowest terms.
 *
 * Returns: (transfer full): the text, such as "150", "0.05", "1/3" or "-inf"
 */
char *
dk_number_to_string (DkNumber a)
{
  DkOperand operand;
  guint digits;
  char *text;

  if (dk_number_is_infinite (a))
    return g_strdup (a.num < 0 ? "-inf" : "inf");
  if (!dk_number_is_big (a) && a.num % a.den == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, a.num / a.den);

  dk_operand_init (&operand, a);
  if (count_decimals (mpq_denref (operand.value), &digits))
    {
      mpz_t scaled;

      mpz_init (scaled);
      mpz_ui_pow_ui (scaled, 10, digits);
      mpz_divexact (scaled, scaled, mpq_denref (operand.value));
      mpz_mul (scaled, scaled, mpq_numref (operand.value));
      text = write_decimal (scaled, digits);
      mpz_clear (scaled);
    }
  else
    {
      text = g_malloc (mpz_sizeinbase (mpq_numref (operand.value), 10)
                       + mpz_sizeinbase (mpq_denref (operand.value), 10) + 3);
      mpq_get_str (text, 10, operand.value);
    }
  dk_operand_clear (&operand);
  return text;
}

/**
 * dk_number_to_decimal:
 * @a: a number
 * @digits: how many digits to write after the point; -3 rounds to thousands
 *
 * Writes a number for display, rounded half away from zero.
 *
 * Returns: (transfer full): the text, such as "0.33"; what is rounded to zero has no sign
 */
char *
dk_number_to_decimal (DkNumber a,
                      int      digits)
{
  mpz_t scaled;
  char *text;

  g_return_val_if_fail (digits >= -DK_NUMBER_MAX_DIGITS && digits <= DK_NUMBER_MAX_DIGITS, NULL);

  if (dk_number_is_infinite (a))
    return g_strdup (a.num < 0 ? "-inf" : "inf");

  mpz_init (scaled);
  dk_number_scale (scaled, a, digits);
  if (digits < 0)
    {
      mpz_t power;

      mpz_init (power);
      mpz_ui_pow_ui (power, 10, -digits);
      mpz_mul (scaled, scaled, power);
      mpz_clear (power);
    }
  text = write_decimal (scaled, MAX (digits, 0));
  mpz_clear (scaled);
  return text;
}
