/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that may be unknown or undefined, and three-valued truth: the meaning of engine.md chapter 1. */
#pragma once

#include "dk-number.h"

G_BEGIN_DECLS

/* What a value is made of. */
typedef enum
{
  DK_KIND_NUMBER, /* an exact number with a unit */
  DK_KIND_TRUTH,  /* met, not met */
  DK_KIND_CHOICE, /* one option of a list: a bit set of what it can be in low.num */
  DK_KIND_DATE,   /* a number: days since 0001-01-01 as g_date_get_julian () counts */
  DK_KIND_CODE,   /* a number: the place in a sorted table of codes; a prefix is a range */
  DK_KIND_TEXT,   /* a number: an interned text; only equality means something */
} DkKind;

typedef enum
{
  DK_UNIT_PLAIN,
  DK_UNIT_YUAN,
  DK_UNIT_RATIO,
  DK_UNIT_COUNT,
  DK_UNIT_DAYS,
  DK_UNIT_MONTHS,
  DK_UNIT_YEARS,
  DK_UNIT_POINTS,
} DkUnit;

/* Bits of DkValue.state. A number, choice, date, code or text is a POINT or a RANGE (or neither), and may besides be
 * undefined or not apply. A truth uses the first two bits as "can be false" and "can be true". */
enum
{
  DK_POINT = 1 << 0,      /* exactly one value: low */
  DK_RANGE = 1 << 1,      /* some value from low to high (a choice: of the set low.num) */
  DK_UNDEFINED = 1 << 2,  /* may have no value: a quotient by 0, a year before founding */
  DK_NA = 1 << 3,         /* may not apply */
  DK_UNANSWERED = 1 << 4, /* a fact that was not answered: for `derive`, never comes out of an operation. Of a cell: looked at, and not known yet */

  DK_FALSE = 1 << 0,
  DK_TRUE = 1 << 1,
  DK_OPEN = DK_FALSE | DK_TRUE,
};

typedef struct
{
  DkNumber low;
  DkNumber high; /* only of a RANGE; see dk_value_high () */
  guint64  state; /* as wide as it is aligned: a part of a word that was written is slow to read with the whole */
} DkValue;

#define DK_VALUE_POINT(n)      ((DkValue) { .low = (n), .high = (n), .state = DK_POINT })
#define DK_VALUE_RANGE(l, h)   ((DkValue) { .low = (l), .high = (h), .state = DK_RANGE })
#define DK_VALUE_UNDEFINED     ((DkValue) { .low = { 0, 1 }, .high = { 0, 1 }, .state = DK_UNDEFINED })
#define DK_VALUE_NA            ((DkValue) { .low = { 0, 1 }, .high = { 0, 1 }, .state = DK_NA })
#define DK_VALUE_TRUTH(bits)   ((DkValue) { .low = { 0, 1 }, .high = { 0, 1 }, .state = (bits) })
#define DK_VALUE_CHOICE(set)   ((DkValue) { .low = { (gint64) (set), 1 }, .high = { 0, 1 }, \
                                 .state = ((set) & ((set) - 1)) == 0 ? DK_POINT : DK_RANGE })

static inline DkNumber dk_value_high (const DkValue *v) { return v->state & DK_RANGE ? v->high : v->low; }
static inline gboolean dk_value_is_point (const DkValue *v) { return v->state == DK_POINT; }
/* Nothing is left to be found out: one value, or certainly undefined, or certainly na. (Not for truths.) */
static inline gboolean dk_value_is_settled (const DkValue *v)
{
  guint32 s = v->state & (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA);
  return !(s & DK_RANGE) && (s & (s - 1)) == 0;
}
static inline gboolean dk_truth_is_settled (guint32 state)
{
  guint32 s = state & 15;
  return s != 0 && (s & (s - 1)) == 0;
}

/* From @low to @high, a point if they are equal, with the flags UNDEFINED and NA as given. */
static inline DkValue
dk_value_make (DkNumber low,
               DkNumber high,
               guint32  flags)
{
  gboolean point = dk_number_is_finite (low) && dk_number_equal (low, high);

  return (DkValue) { low, high, flags | (guint32) (point ? DK_POINT : DK_RANGE) };
}

/* No value, for the reasons given. */
static inline DkValue
dk_value_make_empty (guint32 flags)
{
  return (DkValue) { DK_ZERO, DK_ZERO, flags };
}

DkValue  dk_value_join     (const DkValue *a, const DkValue *b, DkKind kind); /* all that either can be */
gboolean dk_value_contains (const DkValue *outer, const DkValue *inner, DkKind kind);
gboolean dk_value_equal    (const DkValue *a, const DkValue *b, DkKind kind);
DkValue  dk_value_copy     (const DkValue *value, DkArena *arena);

/* Sound arithmetic on all that the operands can be; UNDEFINED and NA run through. Numbers and dates. */
DkValue dk_value_add (const DkValue *a, const DkValue *b, DkArena *arena);
DkValue dk_value_sub (const DkValue *a, const DkValue *b, DkArena *arena);
DkValue dk_value_mul (const DkValue *a, const DkValue *b, DkArena *arena);
DkValue dk_value_div (const DkValue *a, const DkValue *b, DkArena *arena); /* by 0: undefined */

typedef enum { DK_LT, DK_LE, DK_GT, DK_GE, DK_EQ, DK_NE } DkComparison;

/* Truth bits of "a op b". */
guint32 dk_value_compare (DkComparison op, const DkValue *a, const DkValue *b);

/* Kleene logic on truth bits; in `and` false beats undefined beats na beats true, in `or` true comes first and false last.
 * (A group of criteria skips what is na; and/or do not.) */
guint32 dk_truth_and (guint32 a, guint32 b);
guint32 dk_truth_or  (guint32 a, guint32 b);
guint32 dk_truth_not (guint32 a);

/* Dates as numbers of days. */
gboolean dk_date_parse      (const char *text, gssize length, gint64 *day); /* 2026-07-15 */
char    *dk_date_to_string  (gint64 day);
gint64   dk_date_add_months (gint64 day, gint64 months);     /* clamped to the month's end */
gint64   dk_date_months_between (gint64 from, gint64 to);    /* the largest n with from + n months <= to */
gint64   dk_date_year       (gint64 day);
gint64   dk_date_from_ymd   (gint64 year, int month, int day);

G_END_DECLS
