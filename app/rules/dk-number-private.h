/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in GMP's form, for arithmetic and for text. */
#pragma once

#include "dk-number.h"

#include <gmp.h>

G_BEGIN_DECLS

static inline gboolean
dk_number_is_big (DkNumber a)
{
  return a.den == 0;
}

static inline gboolean
dk_number_is_infinite (DkNumber a)
{
  return a.den < 0;
}

/* An operand in GMP's form. A big number is only lent. */
typedef struct
{
  mpq_srcptr value;
  mpq_t      own;
} DkOperand;

void     dk_operand_init    (DkOperand *operand, DkNumber a);
void     dk_operand_clear   (DkOperand *operand);
DkNumber dk_number_take_mpq (mpq_ptr result, DkArena *arena); /* takes over @result, which is in lowest terms */
void     dk_number_scale    (mpz_ptr scaled, DkNumber a, int digits); /* a × 10^digits, rounded half away from zero */

/* 10^18 is the largest power of ten that leaves room for a 64-bit factor in 128 bits. */
#define DK_MAX_FAST_DIGITS 18

static inline gint64
dk_power_of_ten (guint exponent)
{
  gint64 power = 1;

  g_assert (exponent <= DK_MAX_FAST_DIGITS);
  while (exponent-- > 0)
    power *= 10;
  return power;
}

G_END_DECLS
