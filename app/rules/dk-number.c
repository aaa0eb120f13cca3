/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-number"

#include "dk-number-private.h"

#include <math.h>
#include <string.h>

/* A big number is always in lowest terms and never fits the small form, so that equal results have one form
 * and memory is taken only where nothing else will do. */

G_DEFINE_QUARK (dk-number-error-quark, dk_number_error)

#define CHUNK_SIZE 64

/* Big numbers never move: a DkNumber points at them. */
typedef struct _Chunk Chunk;
struct _Chunk
{
  Chunk *next;
  guint  n_used;
  mpq_t  numbers[CHUNK_SIZE];
};

struct _DkArena
{
  Chunk *chunks; /* only the first one has room */
};

/**
 * dk_arena_new:
 *
 * Returns: (transfer full): an arena without numbers. Takes no more memory until a number needs it.
 */
DkArena *
dk_arena_new (void)
{
  return g_new0 (DkArena, 1);
}

/**
 * dk_arena_clear:
 * @arena: an arena
 *
 * Frees all its big numbers. Every #DkNumber that was computed with @arena is invalid afterwards, except
 * small ones.
 */
void
dk_arena_clear (DkArena *arena)
{
  g_return_if_fail (arena != NULL);

  while (arena->chunks != NULL)
    {
      Chunk *chunk = arena->chunks;

      for (guint i = 0; i < chunk->n_used; i++)
        mpq_clear (chunk->numbers[i]);
      chunk->n_used = 0;
      if (chunk->next == NULL)
        break; /* one stays: an arena that was needed once is needed again */
      arena->chunks = chunk->next;
      g_free (chunk);
    }
}

void
dk_arena_free (DkArena *arena)
{
  if (arena == NULL)
    return;
  dk_arena_clear (arena);
  g_free (arena->chunks);
  g_free (arena);
}

/* Takes over @value. */
static mpq_ptr
arena_take (DkArena *arena,
            mpq_ptr  value)
{
  Chunk *chunk = arena->chunks;

  if (chunk == NULL || chunk->n_used == CHUNK_SIZE)
    {
      chunk = g_new (Chunk, 1);
      chunk->next = arena->chunks;
      chunk->n_used = 0;
      arena->chunks = chunk;
    }
  chunk->numbers[chunk->n_used][0] = *value;
  return chunk->numbers[chunk->n_used++];
}

static DkNumber
infinity (int sign)
{
  return sign < 0 ? DK_MINUS_INFINITY : DK_INFINITY;
}

/* A long is not 64 bits everywhere, so numbers cross over to GMP as magnitudes. */
static void
set_int64 (mpz_ptr z,
           gint64  value)
{
  guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;

  mpz_import (z, 1, -1, sizeof magnitude, 0, 0, &magnitude);
  if (value < 0)
    mpz_neg (z, z);
}

/* FALSE unless @z is in [-G_MAXINT64, G_MAXINT64]. */
static gboolean
get_int64 (mpz_srcptr  z,
           gint64     *value)
{
  guint64 magnitude = 0;

  if (mpz_sizeinbase (z, 2) > 63)
    return FALSE;
  mpz_export (&magnitude, NULL, -1, sizeof magnitude, 0, 0, z);
  *value = mpz_sgn (z) < 0 ? -(gint64) magnitude : (gint64) magnitude;
  return TRUE;
}

void
dk_operand_init (DkOperand *operand,
                 DkNumber   a)
{
  if (dk_number_is_big (a))
    {
      operand->value = (mpq_srcptr) (gintptr) a.num;
      return;
    }
  mpq_init (operand->own);
  set_int64 (mpq_numref (operand->own), a.num);
  set_int64 (mpq_denref (operand->own), a.den);
  mpq_canonicalize (operand->own);
  operand->value = operand->own;
}

void
dk_operand_clear (DkOperand *operand)
{
  if (operand->value == operand->own)
    mpq_clear (operand->own);
}

/* Takes over @result, which is in lowest terms. */
DkNumber
dk_number_take_mpq (mpq_ptr  result,
                    DkArena *arena)
{
  DkNumber small;

  if (get_int64 (mpq_numref (result), &small.num) && get_int64 (mpq_denref (result), &small.den))
    {
      mpq_clear (result);
      return small;
    }
  g_assert (arena != NULL);
  return (DkNumber) { (gintptr) arena_take (arena, result), 0 };
}

/* Takes over @result, an integer. */
static DkNumber
finish_integer (mpz_ptr  result,
                DkArena *arena)
{
  mpq_t quotient;

  mpq_init (quotient);
  mpz_swap (mpq_numref (quotient), result);
  mpz_clear (result);
  return dk_number_take_mpq (quotient, arena);
}

static unsigned __int128
gcd_wide (unsigned __int128 a,
          unsigned __int128 b)
{
  while (b != 0)
    {
      unsigned __int128 rest;

      if (a <= G_MAXUINT64 && b <= G_MAXUINT64)
        rest = (guint64) a % (guint64) b;
      else
        rest = a % b;
      a = b;
      b = rest;
    }
  return a;
}

/* FALSE if num/den does not fit the small form, not even in lowest terms. @den > 0. */
static gboolean
narrow (__int128           num,
        unsigned __int128  den,
        DkNumber          *small)
{
  unsigned __int128 magnitude = num < 0 ? -(unsigned __int128) num : (unsigned __int128) num;

  if (magnitude > G_MAXINT64 || den > G_MAXINT64)
    {
      unsigned __int128 divisor = gcd_wide (magnitude, den);

      magnitude /= divisor;
      den /= divisor;
      if (magnitude > G_MAXINT64 || den > G_MAXINT64)
        return FALSE;
    }
  small->num = num < 0 ? -(gint64) magnitude : (gint64) magnitude;
  small->den = (gint64) den;
  return TRUE;
}

typedef void (*Operation) (mpq_ptr, mpq_srcptr, mpq_srcptr);

static DkNumber
operate (Operation  operation,
         DkNumber   a,
         DkNumber   b,
         DkArena   *arena)
{
  DkOperand left, right;
  mpq_t result;

  dk_operand_init (&left, a);
  dk_operand_init (&right, b);
  mpq_init (result);
  operation (result, left.value, right.value);
  dk_operand_clear (&left);
  dk_operand_clear (&right);
  return dk_number_take_mpq (result, arena);
}

/**
 * dk_number_add_slow:
 * @a: a number
 * @b: a number; not the other infinity
 * @arena: owns the sum if it is big
 *
 * Returns: a + b
 */
DkNumber
dk_number_add_slow (DkNumber  a,
                    DkNumber  b,
                    DkArena  *arena)
{
  if (DK_BOTH_SMALL (a, b))
    {
      DkNumber sum;

      if (narrow ((__int128) a.num * b.den + (__int128) b.num * a.den, (unsigned __int128) a.den * b.den, &sum))
        return sum;
    }
  else if (dk_number_is_infinite (a) || dk_number_is_infinite (b))
    {
      g_return_val_if_fail (!dk_number_is_infinite (a) || !dk_number_is_infinite (b) || (a.num < 0) == (b.num < 0), DK_ZERO);
      return infinity (dk_number_is_infinite (a) ? dk_number_sign (a) : dk_number_sign (b));
    }
  return operate (mpq_add, a, b, arena);
}

/**
 * dk_number_sub_slow:
 * @a: a number
 * @b: a number; not the same infinity
 * @arena: owns the difference if it is big
 *
 * Returns: a - b
 */
DkNumber
dk_number_sub_slow (DkNumber  a,
                    DkNumber  b,
                    DkArena  *arena)
{
  if (DK_BOTH_SMALL (a, b))
    {
      DkNumber difference;

      if (narrow ((__int128) a.num * b.den - (__int128) b.num * a.den, (unsigned __int128) a.den * b.den,
                  &difference))
        return difference;
    }
  else if (dk_number_is_infinite (a) || dk_number_is_infinite (b))
    {
      g_return_val_if_fail (!dk_number_is_infinite (a) || !dk_number_is_infinite (b) || (a.num < 0) != (b.num < 0), DK_ZERO);
      return infinity (dk_number_is_infinite (a) ? dk_number_sign (a) : -dk_number_sign (b));
    }
  return operate (mpq_sub, a, b, arena);
}

/**
 * dk_number_mul_slow:
 * @a: a number
 * @b: a number
 * @arena: owns the product if it is big
 *
 * Returns: a × b, where 0 × ∞ is 0
 */
DkNumber
dk_number_mul_slow (DkNumber  a,
                    DkNumber  b,
                    DkArena  *arena)
{
  if (DK_BOTH_SMALL (a, b))
    {
      DkNumber product;

      if (narrow ((__int128) a.num * b.num, (unsigned __int128) a.den * b.den, &product))
        return product;
    }
  else if (dk_number_is_infinite (a) || dk_number_is_infinite (b))
    {
      int sign = dk_number_sign (a) * dk_number_sign (b);

      return sign == 0 ? DK_ZERO : infinity (sign);
    }
  return operate (mpq_mul, a, b, arena);
}

/**
 * dk_number_div_slow:
 * @a: a number
 * @b: a number; not 0
 * @arena: owns the quotient if it is big
 *
 * Returns: a / b, where x / ∞ is 0 for any x
 */
DkNumber
dk_number_div_slow (DkNumber  a,
                    DkNumber  b,
                    DkArena  *arena)
{
  if (dk_number_is_infinite (b))
    return DK_ZERO;
  g_return_val_if_fail (dk_number_sign (b) != 0, DK_ZERO);

  if (DK_BOTH_SMALL (a, b))
    {
      DkNumber quotient;
      gint64 sign = b.num < 0 ? -1 : 1;

      if (narrow ((__int128) a.num * (sign * b.den), (unsigned __int128) a.den * (guint64) (sign * b.num), &quotient))
        return quotient;
    }
  else if (dk_number_is_infinite (a))
    {
      return infinity (dk_number_sign (a) * dk_number_sign (b));
    }
  return operate (mpq_div, a, b, arena);
}

/**
 * dk_number_compare_slow:
 * @a: a number
 * @b: a number
 *
 * Returns: -1, 0 or 1 as a is less than, equal to or greater than b
 */
int
dk_number_compare_slow (DkNumber a,
                        DkNumber b)
{
  DkOperand left, right;
  int order;

  if (dk_number_is_infinite (a) || dk_number_is_infinite (b))
    {
      int rank_a = dk_number_is_infinite (a) ? dk_number_sign (a) : 0;
      int rank_b = dk_number_is_infinite (b) ? dk_number_sign (b) : 0;

      return (rank_a > rank_b) - (rank_a < rank_b);
    }
  dk_operand_init (&left, a);
  dk_operand_init (&right, b);
  order = mpq_cmp (left.value, right.value);
  dk_operand_clear (&left);
  dk_operand_clear (&right);
  return (order > 0) - (order < 0);
}

/**
 * dk_number_negate_slow:
 * @a: a number
 * @arena: owns the result if it is big
 *
 * Returns: -a
 */
DkNumber
dk_number_negate_slow (DkNumber  a,
                       DkArena  *arena)
{
  DkOperand operand;
  mpq_t result;

  if (dk_number_is_infinite (a))
    return infinity (-dk_number_sign (a));

  dk_operand_init (&operand, a);
  mpq_init (result);
  mpq_neg (result, operand.value);
  dk_operand_clear (&operand);
  return dk_number_take_mpq (result, arena);
}

/**
 * dk_number_sign_slow:
 * @a: a number
 *
 * Returns: -1, 0 or 1
 */
int
dk_number_sign_slow (DkNumber a)
{
  if (dk_number_is_big (a))
    return mpq_sgn ((mpq_srcptr) (gintptr) a.num);
  if (dk_number_is_infinite (a))
    return a.num < 0 ? -1 : 1;
  return (a.num > 0) - (a.num < 0);
}

/**
 * dk_number_floor:
 * @a: a number
 * @arena: owns the result if it is big
 *
 * Returns: the greatest integer that is not greater than @a
 */
DkNumber
dk_number_floor (DkNumber  a,
                 DkArena  *arena)
{
  mpq_srcptr big;
  mpz_t result;

  if (dk_number_is_infinite (a))
    return a;
  if (!dk_number_is_big (a))
    return DK_NUMBER (a.num / a.den - (a.num % a.den < 0));

  big = (mpq_srcptr) (gintptr) a.num;
  mpz_init (result);
  mpz_fdiv_q (result, mpq_numref (big), mpq_denref (big));
  return finish_integer (result, arena);
}

/**
 * dk_number_ceil:
 * @a: a number
 * @arena: owns the result if it is big
 *
 * Returns: the least integer that is not less than @a
 */
DkNumber
dk_number_ceil (DkNumber  a,
                DkArena  *arena)
{
  mpq_srcptr big;
  mpz_t result;

  if (dk_number_is_infinite (a))
    return a;
  if (!dk_number_is_big (a))
    return DK_NUMBER (a.num / a.den + (a.num % a.den > 0));

  big = (mpq_srcptr) (gintptr) a.num;
  mpz_init (result);
  mpz_cdiv_q (result, mpq_numref (big), mpq_denref (big));
  return finish_integer (result, arena);
}

/* num/den to the nearest integer, half away from zero. */
static __int128
divide_rounded (__int128 num,
                __int128 den)
{
  __int128 quotient = num / den;
  __int128 rest = num % den;

  if (rest < 0 ? -rest >= den + rest : rest >= den - rest)
    quotient += num < 0 ? -1 : 1;
  return quotient;
}

/* Sets @scaled to a × 10^digits, rounded half away from zero. */
void
dk_number_scale (mpz_ptr  scaled,
                 DkNumber a,
                 int      digits)
{
  DkOperand operand;
  mpz_t num, den, power;
  gboolean is_negative;

  dk_operand_init (&operand, a);
  mpz_init (power);
  mpz_ui_pow_ui (power, 10, ABS (digits));
  mpz_init (num);
  mpz_abs (num, mpq_numref (operand.value));
  mpz_init_set (den, mpq_denref (operand.value));
  is_negative = mpq_sgn (operand.value) < 0;
  if (digits >= 0)
    mpz_mul (num, num, power);
  else
    mpz_mul (den, den, power);

  /* floor (x + 1/2), on the magnitude */
  mpz_mul_2exp (num, num, 1);
  mpz_add (num, num, den);
  mpz_mul_2exp (den, den, 1);
  mpz_fdiv_q (scaled, num, den);
  if (is_negative)
    mpz_neg (scaled, scaled);

  mpz_clear (num);
  mpz_clear (den);
  mpz_clear (power);
  dk_operand_clear (&operand);
}

/**
 * dk_number_round:
 * @a: a number
 * @digits: digits after the point; -3 rounds to thousands. At most %DK_NUMBER_MAX_DIGITS either way
 * @arena: owns the result if it is big
 *
 * Rounds half away from zero, as tax forms and spreadsheets do.
 *
 * Returns: the rounded number
 */
DkNumber
dk_number_round (DkNumber  a,
                 int       digits,
                 DkArena  *arena)
{
  mpz_t scaled, power;
  mpq_t result;

  g_return_val_if_fail (digits >= -DK_NUMBER_MAX_DIGITS && digits <= DK_NUMBER_MAX_DIGITS, a);

  if (dk_number_is_infinite (a))
    return a;
  if (!dk_number_is_big (a) && digits >= -DK_MAX_FAST_DIGITS && digits <= DK_MAX_FAST_DIGITS)
    {
      DkNumber rounded;
      gint64 unit = dk_power_of_ten (ABS (digits));

      if (digits >= 0 && narrow (divide_rounded ((__int128) a.num * unit, a.den), unit, &rounded))
        return rounded;
      if (digits < 0 && narrow (divide_rounded (a.num, (__int128) a.den * unit) * unit, 1, &rounded))
        return rounded;
    }

  mpz_init (scaled);
  dk_number_scale (scaled, a, digits);
  mpz_init (power);
  mpz_ui_pow_ui (power, 10, ABS (digits));
  if (digits < 0)
    {
      mpz_mul (scaled, scaled, power);
      mpz_clear (power);
      return finish_integer (scaled, arena);
    }
  mpq_init (result);
  mpz_swap (mpq_numref (result), scaled);
  mpz_swap (mpq_denref (result), power);
  mpz_clear (scaled);
  mpz_clear (power);
  mpq_canonicalize (result);
  return dk_number_take_mpq (result, arena);
}

/* FALSE if a power of @base does not fit. */
static gboolean
power_int64 (gint64  base,
             guint   exponent,
             gint64 *power)
{
  *power = 1;
  if (base == 0 || base == 1 || base == -1)
    {
      if (exponent > 0)
        *power = exponent % 2 == 0 ? base * base : base;
      return TRUE;
    }
  if (exponent > 62)
    return FALSE;
  while (exponent-- > 0)
    if (__builtin_mul_overflow (*power, base, power) || *power == G_MININT64)
      return FALSE;
  return TRUE;
}

/**
 * dk_number_power:
 * @a: a number
 * @exponent: a whole exponent. The result takes memory in proportion to it
 * @arena: owns the result if it is big
 *
 * Returns: @a multiplied by itself; 1 if @exponent is 0
 */
DkNumber
dk_number_power (DkNumber  a,
                 guint     exponent,
                 DkArena  *arena)
{
  DkOperand operand;
  mpq_t result;

  if (exponent == 0)
    return DK_ONE;
  if (dk_number_is_infinite (a))
    return infinity (exponent % 2 == 0 ? 1 : dk_number_sign (a));
  if (!dk_number_is_big (a))
    {
      DkNumber power;

      if (power_int64 (a.num, exponent, &power.num) && power_int64 (a.den, exponent, &power.den))
        return power;
    }

  dk_operand_init (&operand, a);
  mpq_init (result);
  /* Powers of what has no common divisor have none. */
  mpz_pow_ui (mpq_numref (result), mpq_numref (operand.value), exponent);
  mpz_pow_ui (mpq_denref (result), mpq_denref (operand.value), exponent);
  dk_operand_clear (&operand);
  return dk_number_take_mpq (result, arena);
}

/* How fine an enclosure of a root is: 10^-9. */
#define ROOT_DIGITS 9

static gboolean
root_exact (mpq_ptr    root,
            mpq_srcptr value,
            guint      degree)
{
  return mpz_root (mpq_numref (root), mpq_numref (value), degree)
         && mpz_root (mpq_denref (root), mpq_denref (value), degree);
}

/**
 * dk_number_root:
 * @a: a number, not negative
 * @degree: 2 for the square root; at least 1. The work grows with it
 * @low: (out): not greater than the root
 * @high: (out): not less than the root, and at most 10^-9 greater than @low
 * @arena: owns the ends if they are big
 *
 * Encloses a root. Both ends are the root if that is a rational number.
 */
void
dk_number_root (DkNumber  a,
                guint     degree,
                DkNumber *low,
                DkNumber *high,
                DkArena  *arena)
{
  DkOperand operand;
  mpq_t root, above;
  mpz_t scale, scaled;

  *low = *high = a;
  g_return_if_fail (degree >= 1);
  g_return_if_fail (dk_number_sign (a) >= 0);

  if (dk_number_is_infinite (a) || degree == 1)
    return;

  dk_operand_init (&operand, a);
  mpq_init (root);
  if (root_exact (root, operand.value, degree))
    {
      dk_operand_clear (&operand);
      *low = *high = dk_number_take_mpq (root, arena);
      return;
    }

  /* The root of a × 10^(9 × degree), cut to an integer. Not exact, so the true one lies strictly above. */
  mpz_init (scale);
  mpz_init (scaled);
  mpz_ui_pow_ui (scale, 10, ROOT_DIGITS);
  mpz_pow_ui (scaled, scale, degree);
  mpz_mul (scaled, scaled, mpq_numref (operand.value));
  mpz_fdiv_q (scaled, scaled, mpq_denref (operand.value));
  mpz_root (scaled, scaled, degree);

  mpz_set (mpq_numref (root), scaled);
  mpz_set (mpq_denref (root), scale);
  mpq_canonicalize (root);
  mpq_init (above);
  mpz_add_ui (mpq_numref (above), scaled, 1);
  mpz_set (mpq_denref (above), scale);
  mpq_canonicalize (above);

  mpz_clear (scale);
  mpz_clear (scaled);
  dk_operand_clear (&operand);
  *low = dk_number_take_mpq (root, arena);
  *high = dk_number_take_mpq (above, arena);
}

/**
 * dk_number_copy:
 * @a: a number
 * @arena: owns the copy if it is big
 *
 * Returns: the same number, which no longer needs the arena that @a came from
 */
DkNumber
dk_number_copy (DkNumber  a,
                DkArena  *arena)
{
  mpq_t copy;

  if (!dk_number_is_big (a))
    return a;
  mpq_init (copy);
  mpq_set (copy, (mpq_srcptr) (gintptr) a.num);
  return dk_number_take_mpq (copy, arena);
}

/**
 * dk_number_reduce:
 * @a: a number
 * @arena: not used by big numbers, which are always in lowest terms
 *
 * Returns: @a in lowest terms; a big number itself
 */
DkNumber
dk_number_reduce (DkNumber  a,
                  DkArena  *arena)
{
  gint64 divisor;

  if (a.den <= 0)
    return a;
  divisor = (gint64) gcd_wide (ABS (a.num), a.den);
  return (DkNumber) { a.num / divisor, a.den / divisor };
}

/**
 * dk_number_is_integer:
 * @a: a number
 *
 * Returns: %TRUE if @a is finite and whole
 */
gboolean
dk_number_is_integer (DkNumber a)
{
  if (dk_number_is_big (a))
    return mpz_cmp_ui (mpq_denref ((mpq_srcptr) (gintptr) a.num), 1) == 0;
  return a.den > 0 && a.num % a.den == 0;
}

/**
 * dk_number_to_int64:
 * @a: a number
 * @value: (out): the same as a machine word; untouched on failure
 *
 * Returns: %FALSE unless @a is whole and in [-G_MAXINT64, G_MAXINT64], so that @value can be negated and
 *   made a small number again
 */
gboolean
dk_number_to_int64 (DkNumber  a,
                    gint64   *value)
{
  if (a.den <= 0 || a.num % a.den != 0)
    return FALSE;
  *value = a.num / a.den;
  return TRUE;
}

/**
 * dk_number_to_double:
 * @a: a number
 *
 * Returns: about the same, to draw with; nothing may be decided on it
 */
double
dk_number_to_double (DkNumber a)
{
  if (dk_number_is_infinite (a))
    return a.num < 0 ? -INFINITY : INFINITY;
  if (dk_number_is_big (a))
    return mpq_get_d ((mpq_srcptr) (gintptr) a.num);
  return (double) a.num / (double) a.den;
}
