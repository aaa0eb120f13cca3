/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#define L(step) dk_calc_part (calc, step, DK_PART_LOW)
#define H(step) dk_calc_part (calc, step, DK_PART_HIGH)

/* The years for which a sheet has dates of its own. */
#define FIRST_YEAR "1900"
#define LAST_YEAR "9999"

/* A constant that lies in a range: nothing needs to be asked. */
static gboolean
is_within (const DkStep *step,
           gint64        low,
           gint64        high)
{
  return (step->hull.state & DK_VALUE_BITS) != 0 && dk_number_compare (step->hull.low, DK_NUMBER (low)) >= 0
         && dk_number_compare (dk_value_high (&step->hull), DK_NUMBER (high)) <= 0;
}

static void
add_months (DkCalc       *calc,
            const DkStep *date,
            const DkStep *months,
            const DkStep *dst,
            DkFormulas   *out)
{
  dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "IFERROR(EDATE(%s,%s),-" DK_SHEET_INFINITY ")", L (date), L (months)),
                      dk_calc_text (calc, "IFERROR(EDATE(%s,%s)," DK_SHEET_INFINITY ")", H (date), H (months)));
}

/* The largest n with from + n months <= to: months are added with clamping to a month's end, which DATEDIF does not know. */
static const char *
count_months (DkCalc     *calc,
              const char *from,
              const char *to,
              gboolean    is_years)
{
  const char *after = dk_calc_text (calc, "DATEDIF(%s,%s,\"m\")", from, to), *before = dk_calc_text (calc, "DATEDIF(%s,%s,\"m\")", to, from);
  const char *months = dk_calc_text (calc, "IF(%s<=%s,%s+IF(EDATE(%s,%s+1)<=%s,1,0),-%s-IF(EDATE(%s,-%s)<=%s,0,1))",
                                     from, to, after, from, after, to, before, from, before, to);

  return is_years ? dk_calc_text (calc, "INT(%s/12)", months) : months;
}

/* The nearest day that there is to one that may not be. */
static const char *
get_nearest_day (DkCalc       *calc,
                 const DkStep *months,
                 const char   *year,
                 const char   *month,
                 const char   *day)
{
  const char *first;

  year = dk_calc_text (calc, "MIN(" LAST_YEAR ",MAX(" FIRST_YEAR ",%s))", year);
  if (!is_within (months, 1, 12))
    month = dk_calc_text (calc, "MIN(12,MAX(1,%s))", month);
  first = dk_calc_text (calc, "DATE(%s,%s,1)", year, month);
  return dk_calc_text (calc, "MIN(%s+MAX(%s,1)-1,EDATE(%s,1)-1)", first, day, first);
}

static const char *
is_day (DkCalc     *calc,
        const char *year,
        const char *month,
        const char *day)
{
  return dk_calc_text (calc, "AND(%s>=1,%s<=" LAST_YEAR ",%s>=1,%s<=12,%s>=1,%s<=EDATE(DATE(%s,%s,1),1)-DATE(%s,%s,1))",
                       year, year, month, month, day, day, year, month, year, month);
}

static void
make_date (DkCalc       *calc,
           const DkStep *year,
           const DkStep *month,
           const DkStep *day,
           const DkStep *dst,
           DkFormulas   *out)
{
  const DkStep *steps[] = { year, month, day };
  const char *valid = dk_calc_text (calc, "AND(IFERROR(%s,FALSE),IFERROR(%s,FALSE))", is_day (calc, L (year), L (month), L (day)),
                                    is_day (calc, H (year), H (month), H (day)));
  const char *points = dk_calc_text (calc, "AND(%s=%s,%s=%s,%s=%s)", L (year), H (year), L (month), H (month), L (day), H (day));
  const char *all;

  dk_calc_carry (calc, steps, 3, out);
  all = out->parts[DK_PART_HAS];
  /* Between two real days there may be days that are none, such as the 31st of a month of 30, or 29 February. */
  out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, out->parts[DK_PART_UNDEFINED],
                                              dk_calc_and (calc, all, dk_calc_bit (calc, "OR(NOT(%s),AND(NOT(%s),%s>28))", valid, points, H (day)), NULL), NULL);
  out->parts[DK_PART_HAS] = dk_calc_and (calc, all, dk_calc_bit (calc, "OR(%s,NOT(%s))", valid, points), NULL);
  dk_calc_set_bounds (calc, dst, out, get_nearest_day (calc, month, L (year), L (month), L (day)),
                      get_nearest_day (calc, month, H (year), H (month), H (day)));
}

gboolean
dk_calc_translate_date (DkCalc        *calc,
                        const DkInstr *instr,
                        const DkStep  *dst,
                        DkFormulas    *out)
{
  DkOp op = (DkOp) instr->op;
  guint32 operands[3] = { DK_NO_REGISTER, DK_NO_REGISTER, DK_NO_REGISTER };
  const DkStep *a, *b;
  guint n;

  if (op < DK_OP_ADD_MONTHS || op > DK_OP_MAKE_DATE)
    return FALSE;
  n = dk_instr_get_operands (calc->program, instr, operands, 3);
  a = dk_calc_step (calc, operands[0]);
  b = n > 1 ? dk_calc_step (calc, operands[1]) : a;
  dk_calc_carry (calc, (const DkStep *[]) { a, b }, 2, out);
  switch (op)
    {
    case DK_OP_ADD_MONTHS:
      add_months (calc, a, b, dst, out);
      return TRUE;

    case DK_OP_MONTHS_BETWEEN:
    case DK_OP_YEARS_BETWEEN:
      dk_calc_set_bounds (calc, dst, out, count_months (calc, H (a), L (b), op == DK_OP_YEARS_BETWEEN),
                          count_months (calc, L (a), H (b), op == DK_OP_YEARS_BETWEEN));
      return TRUE;

    case DK_OP_YEAR_OF:
      dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "YEAR(%s)", L (a)), dk_calc_text (calc, "YEAR(%s)", H (a)));
      return TRUE;

    case DK_OP_MAKE_DATE:
    default:
      make_date (calc, a, b, dk_calc_step (calc, operands[2]), dst, out);
      return TRUE;
    }
}
