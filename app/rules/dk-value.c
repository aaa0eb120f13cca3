/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-value"

#include "dk-value.h"

#include <string.h>

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define STATE_BITS (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA)

static gboolean
has_value (const DkValue *v)
{
  return (v->state & VALUE_BITS) != 0;
}

/* The flags that run through every operation: once an operand may be undefined, so may the result. */
static guint32
carried (const DkValue *a,
         const DkValue *b)
{
  return (a->state | b->state) & (DK_UNDEFINED | DK_NA);
}

DkValue
dk_value_join (const DkValue *a,
               const DkValue *b,
               DkKind         kind)
{
  guint32 flags = (a->state | b->state) & (DK_UNDEFINED | DK_NA);

  if (kind == DK_KIND_TRUTH)
    return DK_VALUE_TRUTH ((a->state | b->state) & STATE_BITS);
  if (!has_value (a) && !has_value (b))
    return dk_value_make_empty (flags);
  if (!has_value (a) || !has_value (b))
    {
      DkValue value = has_value (a) ? *a : *b;
      value.state = (value.state & VALUE_BITS) | flags;
      return value;
    }
  if (kind == DK_KIND_CHOICE)
    {
      DkValue value = DK_VALUE_CHOICE ((guint64) a->low.num | (guint64) b->low.num);
      value.state |= flags;
      return value;
    }
  return dk_value_make (dk_number_min (a->low, b->low), dk_number_max (dk_value_high (a), dk_value_high (b)), flags);
}

gboolean
dk_value_contains (const DkValue *outer,
                   const DkValue *inner,
                   DkKind         kind)
{
  if (kind == DK_KIND_TRUTH)
    return (inner->state & STATE_BITS & ~outer->state) == 0;
  if (inner->state & (DK_UNDEFINED | DK_NA) & ~outer->state)
    return FALSE;
  if (!has_value (inner))
    return TRUE;
  if (!has_value (outer))
    return FALSE;
  if (kind == DK_KIND_CHOICE)
    return ((guint64) inner->low.num & ~(guint64) outer->low.num) == 0;
  return dk_number_compare (outer->low, inner->low) <= 0
         && dk_number_compare (dk_value_high (inner), dk_value_high (outer)) <= 0;
}

gboolean
dk_value_equal (const DkValue *a,
                const DkValue *b,
                DkKind         kind)
{
  return dk_value_contains (a, b, kind) && dk_value_contains (b, a, kind);
}

DkValue
dk_value_copy (const DkValue *value,
               DkArena       *arena)
{
  DkValue copy = *value;

  copy.low = dk_number_copy (value->low, arena);
  copy.high = value->state & DK_RANGE ? dk_number_copy (value->high, arena) : copy.low;
  return copy;
}

DkValue
dk_value_add (const DkValue *a,
              const DkValue *b,
              DkArena       *arena)
{
  if (!has_value (a) || !has_value (b))
    return dk_value_make_empty (carried (a, b));
  return dk_value_make (dk_number_add (a->low, b->low, arena),
                     dk_number_add (dk_value_high (a), dk_value_high (b), arena), carried (a, b));
}

DkValue
dk_value_sub (const DkValue *a,
              const DkValue *b,
              DkArena       *arena)
{
  if (!has_value (a) || !has_value (b))
    return dk_value_make_empty (carried (a, b));
  return dk_value_make (dk_number_sub (a->low, dk_value_high (b), arena),
                     dk_number_sub (dk_value_high (a), b->low, arena), carried (a, b));
}

DkValue
dk_value_mul (const DkValue *a,
              const DkValue *b,
              DkArena       *arena)
{
  if (!has_value (a) || !has_value (b))
    return dk_value_make_empty (carried (a, b));

  DkNumber ah = dk_value_high (a), bh = dk_value_high (b);

  if (dk_number_sign (a->low) >= 0 && dk_number_sign (b->low) >= 0)
    return dk_value_make (dk_number_mul (a->low, b->low, arena), dk_number_mul (ah, bh, arena), carried (a, b));

  DkNumber p[4] = { dk_number_mul (a->low, b->low, arena), dk_number_mul (a->low, bh, arena),
                    dk_number_mul (ah, b->low, arena), dk_number_mul (ah, bh, arena) };
  DkNumber low = p[0], high = p[0];

  for (guint i = 1; i < 4; i++)
    {
      low = dk_number_min (low, p[i]);
      high = dk_number_max (high, p[i]);
    }
  return dk_value_make (low, high, carried (a, b));
}

DkValue
dk_value_div (const DkValue *a,
              const DkValue *b,
              DkArena       *arena)
{
  guint32 flags = carried (a, b);

  if (!has_value (a) || !has_value (b))
    return dk_value_make_empty (flags);

  DkNumber bl = b->low, bh = dk_value_high (b), al = a->low, ah = dk_value_high (a);
  int low_sign = dk_number_sign (bl), high_sign = dk_number_sign (bh);

  if (low_sign == 0 && high_sign == 0)
    return dk_value_make_empty (flags | DK_UNDEFINED);
  if (low_sign > 0 || high_sign < 0)
    {
      if (low_sign > 0 && dk_number_sign (al) >= 0)
        return dk_value_make (dk_number_div (al, bh, arena), dk_number_div (ah, bl, arena), flags);

      /* ∞ / ∞ stays within what the finite quotients near it can be: its ends are 0 and ∞. */
      DkNumber low = DK_INFINITY, high = DK_MINUS_INFINITY;
      const DkNumber as[2] = { al, ah }, bs[2] = { bl, bh };

      for (guint i = 0; i < 2; i++)
        for (guint j = 0; j < 2; j++)
          {
            DkNumber q = DK_ZERO;

            if (dk_number_is_finite (bs[j]))
              q = dk_number_div (as[i], bs[j], arena);
            low = dk_number_min (low, q);
            high = dk_number_max (high, q);
          }
      return dk_value_make (low, high, flags);
    }

  /* The divisor can be 0 and can be something else: undefined, or arbitrarily large. */
  flags |= DK_UNDEFINED;
  if (dk_number_sign (al) == 0 && dk_number_sign (ah) == 0)
    return dk_value_make (DK_ZERO, DK_ZERO, flags);
  if (low_sign == 0 && dk_number_sign (al) >= 0)
    return dk_value_make (dk_number_is_finite (bh) ? dk_number_div (al, bh, arena) : DK_ZERO, DK_INFINITY, flags);
  if (low_sign == 0 && dk_number_sign (ah) <= 0)
    return dk_value_make (DK_MINUS_INFINITY, dk_number_is_finite (bh) ? dk_number_div (ah, bh, arena) : DK_ZERO, flags);
  if (high_sign == 0 && dk_number_sign (al) >= 0)
    return dk_value_make (DK_MINUS_INFINITY, dk_number_is_finite (bl) ? dk_number_div (al, bl, arena) : DK_ZERO, flags);
  if (high_sign == 0 && dk_number_sign (ah) <= 0)
    return dk_value_make (dk_number_is_finite (bl) ? dk_number_div (ah, bl, arena) : DK_ZERO, DK_INFINITY, flags);
  return dk_value_make (DK_MINUS_INFINITY, DK_INFINITY, flags);
}

static guint32
compare_ranges (DkComparison   op,
                const DkValue *a,
                const DkValue *b)
{
  DkNumber ah = dk_value_high (a), bh = dk_value_high (b);
  gboolean can, cannot;

  switch (op)
    {
    case DK_LT:
      can = dk_number_compare (a->low, bh) < 0;
      cannot = dk_number_compare (ah, b->low) >= 0;
      break;
    case DK_LE:
      can = dk_number_compare (a->low, bh) <= 0;
      cannot = dk_number_compare (ah, b->low) > 0;
      break;
    case DK_GT:
      can = dk_number_compare (ah, b->low) > 0;
      cannot = dk_number_compare (a->low, bh) <= 0;
      break;
    case DK_GE:
      can = dk_number_compare (ah, b->low) >= 0;
      cannot = dk_number_compare (a->low, bh) < 0;
      break;
    case DK_EQ:
    case DK_NE:
    default:
      can = dk_number_compare (a->low, bh) <= 0 && dk_number_compare (b->low, ah) <= 0;
      cannot = !((a->state & DK_POINT) && (b->state & DK_POINT) && can);
      if (op == DK_NE)
        return (can ? DK_FALSE : 0) | (cannot ? DK_TRUE : 0);
      break;
    }
  return (can ? DK_TRUE : 0) | (cannot ? DK_FALSE : 0);
}

guint32
dk_value_compare (DkComparison   op,
                  const DkValue *a,
                  const DkValue *b)
{
  guint32 bits = carried (a, b);

  if (has_value (a) && has_value (b))
    bits |= compare_ranges (op, a, b);
  return bits;
}

guint32
dk_truth_and (guint32 a,
              guint32 b)
{
  guint32 bits = (a | b) & DK_FALSE;

  bits |= a & b & DK_TRUE;
  if (((a & DK_UNDEFINED) && (b & ~(guint32) DK_FALSE)) || ((b & DK_UNDEFINED) && (a & ~(guint32) DK_FALSE)))
    bits |= DK_UNDEFINED;
  if (((a & DK_NA) && (b & (DK_TRUE | DK_NA))) || ((b & DK_NA) && (a & (DK_TRUE | DK_NA))))
    bits |= DK_NA;
  return bits;
}

guint32
dk_truth_or (guint32 a,
             guint32 b)
{
  return dk_truth_not (dk_truth_and (dk_truth_not (a), dk_truth_not (b)));
}

guint32
dk_truth_not (guint32 a)
{
  return (a & (DK_UNDEFINED | DK_NA)) | (a & DK_FALSE ? DK_TRUE : 0) | (a & DK_TRUE ? DK_FALSE : 0);
}

/* Days from 1 March of year 0, proleptic Gregorian: the usual count by eras of 400 years, shifted so that
 * 0001-01-01 is day 1 as for GDate. */
gint64
dk_date_from_ymd (gint64 year,
                  int    month,
                  int    day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 yoe = y - era * 400;
  gint64 doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

  return era * 146097 + doe - 305;
}

static void
split_date (gint64  date,
            gint64 *year,
            int    *month,
            int    *day)
{
  gint64 z = date + 305;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;

  *day = (int) (doy - (153 * mp + 2) / 5 + 1);
  *month = (int) (mp < 10 ? mp + 3 : mp - 9);
  *year = yoe + era * 400 + (*month <= 2);
}

static int
days_in_month (gint64 year,
               int    month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    return 29;
  return days[month - 1];
}

gint64
dk_date_year (gint64 day)
{
  gint64 year;
  int month, d;

  split_date (day, &year, &month, &d);
  return year;
}

gint64
dk_date_add_months (gint64 date,
                    gint64 months)
{
  gint64 year, total;
  int month, day;

  split_date (date, &year, &month, &day);
  total = year * 12 + month - 1 + CLAMP (months, -120000, 120000);
  year = total >= 0 ? total / 12 : -((11 - total) / 12);
  month = (int) (total - year * 12) + 1;
  return dk_date_from_ymd (year, month, MIN (day, days_in_month (year, month)));
}

gint64
dk_date_months_between (gint64 from,
                        gint64 to)
{
  gint64 y1, y2, n;
  int m1, m2, d1, d2;

  split_date (from, &y1, &m1, &d1);
  split_date (to, &y2, &m2, &d2);
  n = (y2 - y1) * 12 + m2 - m1;
  /* A month's end clamps: 31 January + 1 month is 28 February, which is not after it. */
  while (dk_date_add_months (from, n) > to)
    n--;
  while (dk_date_add_months (from, n + 1) <= to)
    n++;
  return n;
}

gboolean
dk_date_parse (const char *text,
               gssize      length,
               gint64     *day)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  int year, month, d;

  if (n != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (guint i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return FALSE;
  year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
  month = (text[5] - '0') * 10 + (text[6] - '0');
  d = (text[8] - '0') * 10 + (text[9] - '0');
  if (year < 1 || month < 1 || month > 12 || d < 1 || d > days_in_month (year, month))
    return FALSE;
  *day = dk_date_from_ymd (year, month, d);
  return TRUE;
}

char *
dk_date_to_string (gint64 date)
{
  gint64 year;
  int month, day;

  split_date (date, &year, &month, &day);
  return g_strdup_printf ("%04" G_GINT64_FORMAT "-%02d-%02d", year, month, day);
}
