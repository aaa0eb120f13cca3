/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact numbers: what every figure, threshold and rate of the law is kept in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DkArena:
 *
 * Owns the big numbers that do not fit in a machine word. A #DkNumber is plain data and is copied freely;
 * it stays valid as long as the arena that its computation was given. Not thread-safe: one arena a thread.
 */
typedef struct _DkArena DkArena;

DkArena *dk_arena_new   (void);
void     dk_arena_clear (DkArena *arena); /* forgets all big numbers, keeps the arena */
void     dk_arena_free  (DkArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkArena, dk_arena_free)

/**
 * DkNumber:
 * @num: the numerator, in [-G_MAXINT64, G_MAXINT64]
 * @den: the denominator when > 0 (not necessarily in lowest terms)
 *
 * An exact rational, or an infinity. @den > 0: num/den. @den == 0: a big number owned by an arena (only
 * dk-number.c looks inside). @den < 0: plus or minus infinity by the sign of @num, as an open end of a range.
 */
typedef struct
{
  gint64 num;
  gint64 den;
} DkNumber;

#define DK_NUMBER(i)      ((DkNumber) { (i), 1 })
#define DK_ZERO           DK_NUMBER (0)
#define DK_ONE            DK_NUMBER (1)
#define DK_INFINITY       ((DkNumber) { 1, -1 })
#define DK_MINUS_INFINITY ((DkNumber) { -1, -1 })

#define DK_NUMBER_ERROR (dk_number_error_quark ())
GQuark dk_number_error_quark (void);

typedef enum
{
  DK_NUMBER_ERROR_SYNTAX, /* not a decimal number */
  DK_NUMBER_ERROR_SIZE,   /* more digits than DK_NUMBER_MAX_DIGITS */
} DkNumberError;

/* The longest decimal text, and the largest exponent, that is read. */
#define DK_NUMBER_MAX_DIGITS 1000

/* The general way: any operands. The inline functions below call these when the fast way does not fit.
 * Infinity follows the conventions of interval ends: 0 × ∞ = 0, x / ∞ = 0. ∞ - ∞ and x / 0 are caller's bugs. */
DkNumber dk_number_add_slow     (DkNumber a, DkNumber b, DkArena *arena);
DkNumber dk_number_sub_slow     (DkNumber a, DkNumber b, DkArena *arena);
DkNumber dk_number_mul_slow     (DkNumber a, DkNumber b, DkArena *arena);
DkNumber dk_number_div_slow     (DkNumber a, DkNumber b, DkArena *arena);
int      dk_number_compare_slow (DkNumber a, DkNumber b);
DkNumber dk_number_negate_slow  (DkNumber a, DkArena *arena);
int      dk_number_sign_slow    (DkNumber a);

DkNumber dk_number_floor   (DkNumber a, DkArena *arena);
DkNumber dk_number_ceil    (DkNumber a, DkArena *arena);
DkNumber dk_number_round   (DkNumber a, int digits, DkArena *arena); /* half away from zero; digits after the point, may be < 0 */
DkNumber dk_number_power   (DkNumber a, guint exponent, DkArena *arena);
void     dk_number_root    (DkNumber a, guint degree, DkNumber *low, DkNumber *high, DkArena *arena); /* a >= 0; low <= root <= high, at most 1e-9 apart, equal if exact */
DkNumber dk_number_copy    (DkNumber a, DkArena *arena); /* same value, owned by @arena */
DkNumber dk_number_reduce  (DkNumber a, DkArena *arena); /* lowest terms; small if it fits */

gboolean dk_number_is_integer (DkNumber a);
gboolean dk_number_to_int64   (DkNumber a, gint64 *value); /* FALSE if no integer or too large */
double   dk_number_to_double  (DkNumber a);                /* for drawing only */

gboolean dk_number_parse (const char *text, gssize length, DkNumber *number, DkArena *arena, GError **error); /* decimal: -12, 0.50, 1e-3 */
char    *dk_number_to_string  (DkNumber a);             /* exact: "150", "0.05", "1/3", "inf", "-inf" */
char    *dk_number_to_decimal (DkNumber a, int digits); /* rounded for display, half away from zero, exactly @digits after the point */

static inline gboolean
dk_number_is_finite (DkNumber a)
{
  return a.den >= 0;
}

/* Both operands are small rationals: the way nearly every computation goes. */
#define DK_BOTH_SMALL(a, b) G_LIKELY ((a).den > 0 && (b).den > 0)

static inline DkNumber
dk_number_add (DkNumber a, DkNumber b, DkArena *arena)
{
  DkNumber sum = { 0, a.den };
  if (DK_BOTH_SMALL (a, b) && a.den == b.den && !__builtin_add_overflow (a.num, b.num, &sum.num)
      && sum.num != G_MININT64)
    return sum;
  return dk_number_add_slow (a, b, arena);
}

static inline DkNumber
dk_number_sub (DkNumber a, DkNumber b, DkArena *arena)
{
  DkNumber difference = { 0, a.den };
  if (DK_BOTH_SMALL (a, b) && a.den == b.den && !__builtin_sub_overflow (a.num, b.num, &difference.num)
      && difference.num != G_MININT64)
    return difference;
  return dk_number_sub_slow (a, b, arena);
}

static inline DkNumber
dk_number_mul (DkNumber a, DkNumber b, DkArena *arena)
{
  DkNumber product;
  if (DK_BOTH_SMALL (a, b) && !__builtin_mul_overflow (a.num, b.num, &product.num) && product.num != G_MININT64
      && !__builtin_mul_overflow (a.den, b.den, &product.den))
    return product;
  return dk_number_mul_slow (a, b, arena);
}

/* @b must not be 0: a quotient by 0 is undefined, which is a matter of values, not of numbers. */
static inline DkNumber
dk_number_div (DkNumber a, DkNumber b, DkArena *arena)
{
  if (DK_BOTH_SMALL (a, b))
    {
      DkNumber quotient;
      gint64 sign = b.num < 0 ? -1 : 1;
      if (!__builtin_mul_overflow (a.num, sign * b.den, &quotient.num) && quotient.num != G_MININT64
          && !__builtin_mul_overflow (a.den, sign * b.num, &quotient.den))
        return quotient;
    }
  return dk_number_div_slow (a, b, arena);
}

static inline int
dk_number_compare (DkNumber a, DkNumber b)
{
  if (DK_BOTH_SMALL (a, b))
    {
      if (G_LIKELY (a.den == b.den))
        return (a.num > b.num) - (a.num < b.num);
      /* Cross-multiplied: a quotient would be rounded just where the law draws its line. */
      __int128 left = (__int128) a.num * b.den;
      __int128 right = (__int128) b.num * a.den;
      return (left > right) - (left < right);
    }
  return dk_number_compare_slow (a, b);
}

static inline int
dk_number_sign (DkNumber a)
{
  return G_LIKELY (a.den > 0) ? (a.num > 0) - (a.num < 0) : dk_number_sign_slow (a);
}

static inline DkNumber
dk_number_negate (DkNumber a, DkArena *arena)
{
  return G_LIKELY (a.den > 0) ? (DkNumber) { -a.num, a.den } : dk_number_negate_slow (a, arena);
}

static inline gboolean dk_number_equal (DkNumber a, DkNumber b) { return dk_number_compare (a, b) == 0; }
static inline DkNumber dk_number_min (DkNumber a, DkNumber b) { return dk_number_compare (a, b) <= 0 ? a : b; }
static inline DkNumber dk_number_max (DkNumber a, DkNumber b) { return dk_number_compare (a, b) >= 0 ? a : b; }

G_END_DECLS
