/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

/* A sheet computes with 15 to 16 digits. What differs by less than that is meant to be equal: differences are snapped to 0,
 * and comparisons (dk_calc_is_less ()) look at 13 digits. An open end is a figure that no amount comes near. */
#define TOLERANCE "1E-13"

/* A mean of years that may be missing is found among all ways in which they can be: 2^n - 1 of them. */
#define MAX_OPTIONAL 4

static gboolean
is_from_zero (const DkStep *step)
{
  return !(step->hull.state & DK_VALUE_BITS) || dk_number_sign (step->hull.low) >= 0;
}

static gboolean
reaches_down (const DkStep *step)
{
  return (step->hull.state & DK_VALUE_BITS) && !dk_number_is_finite (step->hull.low);
}

static gboolean
reaches_up (const DkStep *step)
{
  return (step->hull.state & DK_VALUE_BITS) && !dk_number_is_finite (dk_value_high (&step->hull));
}

/* An open end stays one, by whatever it was multiplied. */
const char *
dk_calc_limit (DkCalc       *calc,
               const DkStep *dst,
               const char   *term)
{
  if (reaches_down (dst))
    return dk_calc_text (calc, "IF(ABS(%s)>=" DK_SHEET_HUGE ",IF(%s>0," DK_SHEET_INFINITY ",-" DK_SHEET_INFINITY "),%s)", term, term, term);
  if (reaches_up (dst))
    return dk_calc_text (calc, "IF(%s>=" DK_SHEET_HUGE "," DK_SHEET_INFINITY ",%s)", term, term);
  return term;
}

/* Two open ends together are one. */
static const char *
clamp (DkCalc       *calc,
       const DkStep *dst,
       const char   *term)
{
  if (reaches_down (dst))
    term = dk_calc_text (calc, "MAX(-" DK_SHEET_INFINITY ",%s)", term);
  if (reaches_up (dst))
    term = dk_calc_text (calc, "MIN(" DK_SHEET_INFINITY ",%s)", term);
  return term;
}

/* a - b, 0 where nothing but the error of the sheet is left. */
static const char *
subtract (DkCalc     *calc,
          const char *a,
          const char *b)
{
  return dk_calc_text (calc, "IF(ABS(%s-%s)<=" TOLERANCE "*MAX(ABS(%s),ABS(%s)),0,%s-%s)", a, b, a, b, a, b);
}

/* What has no value holds 0. */
void
dk_calc_set_bounds (DkCalc       *calc,
                    const DkStep *dst,
                    DkFormulas   *out,
                    const char   *low,
                    const char   *high)
{
  const char *has = dk_calc_part (calc, dst, DK_PART_HAS);

  if (!g_str_equal (has, "1"))
    {
      low = dk_calc_text (calc, "IF(%s=0,0,%s)", has, low);
      high = dk_calc_text (calc, "IF(%s=0,0,%s)", has, high);
    }
  out->parts[DK_PART_LOW] = low;
  out->parts[DK_PART_HIGH] = high;
}

/* A value where all operands have one; what one may lack, the result may. */
void
dk_calc_carry (DkCalc              *calc,
               const DkStep *const *steps,
               guint                n,
               DkFormulas          *out)
{
  g_autoptr(GPtrArray) bits = g_ptr_array_new ();

  for (DkPart part = DK_PART_HAS; part <= DK_PART_NA; part++)
    {
      g_ptr_array_set_size (bits, 0);
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (bits, (gpointer) dk_calc_part (calc, steps[i], part));
      out->parts[part] = part == DK_PART_HAS ? dk_calc_and_all (calc, bits) : dk_calc_or_all (calc, bits);
    }
}

#define L(step) dk_calc_part (calc, step, DK_PART_LOW)
#define H(step) dk_calc_part (calc, step, DK_PART_HIGH)
#define V(step) dk_calc_part (calc, step, DK_PART_HAS)
#define U(step) dk_calc_part (calc, step, DK_PART_UNDEFINED)
#define N(step) dk_calc_part (calc, step, DK_PART_NA)

static void
add (DkCalc       *calc,
     const DkStep *a,
     const DkStep *b,
     const DkStep *dst,
     DkFormulas   *out)
{
  gboolean plain = is_from_zero (a) && is_from_zero (b);
  const char *ends[2];

  for (guint i = 0; i < 2; i++)
    {
      const char *x = dk_calc_part (calc, a, i), *y = dk_calc_part (calc, b, i);

      ends[i] = clamp (calc, dst, plain ? dk_calc_text (calc, "%s+%s", x, y) : subtract (calc, x, dk_calc_text (calc, "(-%s)", y)));
    }
  dk_calc_set_bounds (calc, dst, out, ends[0], ends[1]);
}

static void
sub (DkCalc       *calc,
     const DkStep *a,
     const DkStep *b,
     const DkStep *dst,
     DkFormulas   *out)
{
  dk_calc_set_bounds (calc, dst, out, clamp (calc, dst, subtract (calc, L (a), H (b))), clamp (calc, dst, subtract (calc, H (a), L (b))));
}

static void
mul (DkCalc       *calc,
     const DkStep *a,
     const DkStep *b,
     const DkStep *dst,
     DkFormulas   *out)
{
  const char *as[2] = { L (a), H (a) }, *bs[2] = { L (b), H (b) };
  g_autoptr(GPtrArray) corners = g_ptr_array_new ();

  if (is_from_zero (a) && is_from_zero (b))
    {
      dk_calc_set_bounds (calc, dst, out, dk_calc_limit (calc, dst, dk_calc_text (calc, "%s*%s", as[0], bs[0])),
                          dk_calc_limit (calc, dst, dk_calc_text (calc, "%s*%s", as[1], bs[1])));
      return;
    }
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      g_ptr_array_add (corners, (gpointer) dk_calc_text (calc, "%s*%s", as[i], bs[j]));
  dk_calc_set_bounds (calc, dst, out, dk_calc_limit (calc, dst, dk_calc_join (calc, "MIN", corners)), dk_calc_limit (calc, dst, dk_calc_join (calc, "MAX", corners)));
}

/* a / b for a b that is not 0: nothing is left of it beside an open end. */
static const char *
quotient (DkCalc       *calc,
          const DkStep *b,
          const char   *x,
          const char   *y)
{
  if (reaches_up (b) || reaches_down (b))
    return dk_calc_text (calc, "IF(ABS(%s)>=" DK_SHEET_HUGE ",0,%s/%s)", y, x, y);
  return dk_calc_text (calc, "%s/%s", x, y);
}

static void
divide (DkCalc       *calc,
        const DkStep *a,
        const DkStep *b,
        const DkStep *dst,
        gboolean      is_share,
        DkFormulas   *out)
{
  const char *al = L (a), *ah = H (a), *bl = L (b), *bh = H (b), *low, *high, *both = dk_calc_and (calc, V (a), V (b), NULL);
  g_autoptr(GPtrArray) corners = g_ptr_array_new ();
  gboolean is_positive = dk_number_sign (b->hull.low) > 0;

  if (!is_positive)
    {
      gboolean one_sided = is_from_zero (b);

      out->parts[DK_PART_HAS] = dk_calc_and (calc, both, one_sided ? dk_calc_bit (calc, "%s>0", bh)
                                                                   : dk_calc_bit (calc, "OR(%s<>0,%s<>0)", bl, bh), NULL);
      out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, U (a), U (b), dk_calc_and (calc, both, one_sided ? dk_calc_bit (calc, "%s<=0", bl)
                                                                                   : dk_calc_bit (calc, "AND(%s<=0,%s>=0)", bl, bh), NULL), NULL);
    }
  if (is_from_zero (a) && is_from_zero (b))
    {
      low = quotient (calc, b, al, bh);
      high = dk_calc_limit (calc, dst, dk_calc_text (calc, "%s/%s", ah, bl));
      if (!is_positive)
        high = dk_calc_text (calc, "IF(%s=0,0,IF(%s<=0," DK_SHEET_INFINITY ",%s))", ah, bl, high);
    }
  else
    {
      const char *as[2] = { al, ah }, *bs[2] = { bl, bh };

      for (guint i = 0; i < 2; i++)
        for (guint j = 0; j < 2; j++)
          g_ptr_array_add (corners, (gpointer) quotient (calc, b, as[i], bs[j]));
      low = dk_calc_limit (calc, dst, dk_calc_join (calc, "MIN", corners));
      high = dk_calc_limit (calc, dst, dk_calc_join (calc, "MAX", corners));
      if (!is_positive)
        {
          /* The divisor can be 0 and something else besides: no bound but the sign, if that. */
          low = dk_calc_text (calc, "IF(OR(%s>0,%s<0),%s,IF(AND(%s=0,%s=0),0,IF(AND(%s=0,%s>=0),%s,IF(AND(%s=0,%s<=0),%s,-" DK_SHEET_INFINITY "))))",
                              bl, bh, low, al, ah, bl, al, quotient (calc, b, al, bh), bh, ah, quotient (calc, b, ah, bl));
          high = dk_calc_text (calc, "IF(OR(%s>0,%s<0),%s,IF(AND(%s=0,%s=0),0,IF(AND(%s=0,%s<=0),%s,IF(AND(%s=0,%s>=0),%s," DK_SHEET_INFINITY "))))",
                               bl, bh, high, al, ah, bl, ah, quotient (calc, b, ah, bh), bh, al, quotient (calc, b, al, bl));
        }
    }
  /* A part of a whole is at most all of it, as long as both are not known. */
  if (is_share)
    high = dk_calc_text (calc, "IF(%s<=1,MIN(1,%s),%s)", dk_calc_part (calc, dst, DK_PART_LOW), high, high);
  dk_calc_set_bounds (calc, dst, out, low, high);
}

/* A figure that the sheet computes as 2.9999999999999996 is 3. */
static const char *
apply (DkCalc       *calc,
       const DkInstr *instr,
       const DkStep *a,
       const char   *digits,
       const char   *x)
{
  const char *term;

  switch ((DkOp) instr->op)
    {
    case DK_OP_FLOOR:
      term = dk_calc_text (calc, "IF(ABS(%s-ROUND(%s,0))<=" TOLERANCE "*MAX(1,ABS(%s)),ROUND(%s,0),INT(%s))", x, x, x, x, x);
      break;

    case DK_OP_CEIL:
      term = dk_calc_text (calc, "IF(ABS(%s-ROUND(%s,0))<=" TOLERANCE "*MAX(1,ABS(%s)),ROUND(%s,0),-INT(-%s))", x, x, x, x, x);
      break;

    default:
      term = dk_calc_text (calc, "ROUND(%s,%s)", x, digits);
      break;
    }
  if (reaches_up (a) || reaches_down (a))
    return dk_calc_text (calc, "IF(ABS(%s)>=" DK_SHEET_HUGE ",%s,%s)", x, x, term);
  return term;
}

static gboolean
power (DkCalc       *calc,
       guint         exponent,
       const DkStep *a,
       const DkStep *dst,
       DkFormulas   *out)
{
  const char *ends[2] = { L (a), H (a) };

  if (exponent == 0)
    return FALSE;
  if (exponent % 2 == 0 && !is_from_zero (a))
    {
      ends[0] = dk_calc_text (calc, "IF(%s>=0,%s,IF(%s<=0,-%s,0))", L (a), L (a), H (a), H (a));
      ends[1] = dk_calc_text (calc, "MAX(ABS(%s),ABS(%s))", L (a), H (a));
    }
  for (guint i = 0; i < 2; i++)
    {
      const char *term = dk_calc_text (calc, "(%s)^%u", ends[i], exponent);

      if (reaches_up (a) || reaches_down (a))
        term = dk_calc_text (calc, "IF(ABS(%s)>=" DK_SHEET_HUGE ",IF(%s>0," DK_SHEET_INFINITY ",-" DK_SHEET_INFINITY "),%s)", ends[i], ends[i], term);
      ends[i] = term;
    }
  dk_calc_set_bounds (calc, dst, out, ends[0], ends[1]);
  return TRUE;
}

static void
root (DkCalc       *calc,
      guint         degree,
      const DkStep *a,
      const DkStep *dst,
      DkFormulas   *out)
{
  const char *ends[2] = { dk_calc_text (calc, "MAX(0,%s)", L (a)), H (a) };

  out->parts[DK_PART_HAS] = dk_calc_and (calc, V (a), dk_calc_bit (calc, "%s>=0", H (a)), NULL);
  out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, U (a), dk_calc_and (calc, V (a), dk_calc_bit (calc, "%s<0", L (a)), NULL), NULL);
  for (guint i = 0; i < 2; i++)
    {
      /* Down and up to nine digits, unless so many say it exactly. */
      const char *x = ends[i], *near = dk_calc_text (calc, "ROUND(%s^(1/%u),9)", x, degree);

      ends[i] = dk_calc_text (calc, "IF(ABS(%s^%u-%s)<=3E-15*%s,%s,INT(%s^(1/%u)*1E+9)/1E+9%s)", near, degree, x, x, near, x, degree,
                              i == 0 ? "" : "+1E-9");
      if (reaches_up (a))
        ends[i] = dk_calc_text (calc, "IF(%s>=" DK_SHEET_HUGE "," DK_SHEET_INFINITY ",%s)", x, ends[i]);
    }
  dk_calc_set_bounds (calc, dst, out, ends[0], ends[1]);
}

/* Sums, least and greatest of several steps. */
static void
reduce (DkCalc              *calc,
        DkOp                 op,
        const DkStep *const *steps,
        guint                n,
        const DkStep        *dst,
        DkFormulas          *out)
{
  const char *function = op == DK_OP_MIN ? "MIN" : op == DK_OP_MAX ? "MAX" : "SUM", *ends[2];
  gboolean plain = TRUE;

  dk_calc_carry (calc, steps, n, out);
  for (guint k = 0; k < n; k++)
    plain = plain && is_from_zero (steps[k]);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GPtrArray) terms = g_ptr_array_new (), sizes = g_ptr_array_new ();

      for (guint k = 0; k < n; k++)
        {
          const char *term = dk_calc_part (calc, steps[k], i);

          g_ptr_array_add (terms, (gpointer) term);
          g_ptr_array_add (sizes, (gpointer) dk_calc_text (calc, "ABS(%s)", term));
        }
      ends[i] = dk_calc_join (calc, function, terms);
      if (op != DK_OP_SUM && op != DK_OP_MEAN)
        continue;
      if (!plain)
        ends[i] = dk_calc_text (calc, "IF(ABS(%s)<=" TOLERANCE "*%s,0,%s)", ends[i], dk_calc_join (calc, "SUM", sizes), ends[i]);
      ends[i] = op == DK_OP_MEAN ? dk_calc_limit (calc, dst, dk_calc_text (calc, "%s/%u", ends[i], n)) : clamp (calc, dst, ends[i]);
    }
  dk_calc_set_bounds (calc, dst, out, ends[0], ends[1]);
}

/* What is missing is skipped: step by step, all pairs of what the two can be. The cells between hold the least, the most,
 * whether there is a value, and whether there may be none. */
static void
reduce_available (DkCalc              *calc,
                  DkOp                 op,
                  const DkStep *const *steps,
                  guint                n,
                  const DkStep        *dst,
                  DkFormulas          *out)
{
  const char *low = L (steps[0]), *high = H (steps[0]), *has = V (steps[0]), *missing = dk_calc_or (calc, U (steps[0]), N (steps[0]), NULL);

  for (guint k = 1; k < n; k++)
    {
      const DkStep *b = steps[k];
      const char *b_missing = dk_calc_or (calc, U (b), N (b), NULL), *ends[2];
      const char *both = dk_calc_and (calc, has, V (b), NULL);
      const char *only_a = dk_calc_and (calc, has, b_missing, NULL), *only_b = dk_calc_and (calc, missing, V (b), NULL);

      for (guint i = 0; i < 2; i++)
        {
          const char *x = i == 0 ? low : high, *y = dk_calc_part (calc, b, i), *together;
          const char *none = i == 0 ? DK_SHEET_BEYOND : "-" DK_SHEET_BEYOND;

          if (op == DK_OP_MIN_AVAILABLE || op == DK_OP_MAX_AVAILABLE)
            together = dk_calc_text (calc, "%s(%s,%s)", op == DK_OP_MIN_AVAILABLE ? "MIN" : "MAX", x, y);
          else
            together = clamp (calc, dst, dk_calc_text (calc, "%s+%s", x, y));
          ends[i] = dk_calc_text (calc, "IF(%s+%s+%s=0,0,%s(IF(%s=1,%s,%s),IF(%s=1,%s,%s),IF(%s=1,%s,%s)))", both, only_a, only_b,
                                  i == 0 ? "MIN" : "MAX", both, together, none, only_a, x, none, only_b, y, none);
        }
      low = ends[0];
      high = ends[1];
      has = dk_calc_or (calc, both, only_a, only_b, NULL);
      missing = dk_calc_and (calc, missing, b_missing, NULL);
      if (k + 1 < n)
        {
          const char *cells[4] = { low, high, has, missing };

          for (guint i = 0; i < 4; i++)
            {
              out->extra[4 * (k - 1) + i] = cells[i];
              cells[i] = dk_calc_extra (calc, dst, 4 * (k - 1) + i);
            }
          low = cells[0];
          high = cells[1];
          has = cells[2];
          missing = cells[3];
        }
    }
  out->parts[DK_PART_HAS] = has;
  out->parts[DK_PART_UNDEFINED] = missing;
  dk_calc_set_bounds (calc, dst, out, low, high);
}

static gboolean
mean_available (DkCalc              *calc,
                const DkStep *const *steps,
                guint                n,
                const DkStep        *dst,
                DkFormulas          *out)
{
  const char *ends[2];
  g_autoptr(GPtrArray) all_has = g_ptr_array_new (), all_missing = g_ptr_array_new ();

  if (n > MAX_OPTIONAL)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GPtrArray) means = g_ptr_array_new ();

      for (guint set = 1; set < 1u << n; set++)
        {
          g_autoptr(GPtrArray) bits = g_ptr_array_new (), terms = g_ptr_array_new ();
          const char *possible, *mean;

          for (guint k = 0; k < n; k++)
            if (set & (1u << k))
              {
                g_ptr_array_add (bits, (gpointer) V (steps[k]));
                g_ptr_array_add (terms, (gpointer) dk_calc_part (calc, steps[k], i));
              }
            else
              g_ptr_array_add (bits, (gpointer) dk_calc_or (calc, U (steps[k]), N (steps[k]), NULL));
          possible = dk_calc_and_all (calc, bits);
          if (g_str_equal (possible, "0"))
            continue;
          mean = dk_calc_text (calc, "%s/%u", dk_calc_join (calc, "SUM", terms), terms->len);
          if (!g_str_equal (possible, "1"))
            mean = dk_calc_text (calc, "IF(%s=1,%s,%s)", possible, mean, i == 0 ? DK_SHEET_BEYOND : "-" DK_SHEET_BEYOND);
          g_ptr_array_add (means, (gpointer) mean);
        }
      if (means->len == 0)
        g_ptr_array_add (means, (gpointer) "0");
      ends[i] = dk_calc_limit (calc, dst, dk_calc_join (calc, i == 0 ? "MIN" : "MAX", means));
    }
  for (guint k = 0; k < n; k++)
    {
      g_ptr_array_add (all_has, (gpointer) V (steps[k]));
      g_ptr_array_add (all_missing, (gpointer) dk_calc_or (calc, U (steps[k]), N (steps[k]), NULL));
    }
  out->parts[DK_PART_HAS] = dk_calc_or_all (calc, all_has);
  out->parts[DK_PART_UNDEFINED] = dk_calc_and_all (calc, all_missing);
  dk_calc_set_bounds (calc, dst, out, ends[0], ends[1]);
  return TRUE;
}

static void
count_true (DkCalc              *calc,
            const DkStep *const *steps,
            guint                n,
            gboolean             available,
            const DkStep        *dst,
            DkFormulas          *out)
{
  g_autoptr(GPtrArray) certain = g_ptr_array_new (), possible = g_ptr_array_new (), has = g_ptr_array_new ();
  g_autoptr(GPtrArray) undefined = g_ptr_array_new (), na = g_ptr_array_new ();

  for (guint k = 0; k < n; k++)
    {
      const char *f = L (steps[k]), *t = H (steps[k]), *u = U (steps[k]), *x = N (steps[k]);

      g_ptr_array_add (possible, (gpointer) t);
      g_ptr_array_add (certain, (gpointer) dk_calc_and (calc, t, dk_calc_not (calc, f), dk_calc_not (calc, u), dk_calc_not (calc, x), NULL));
      g_ptr_array_add (undefined, (gpointer) u);
      g_ptr_array_add (na, (gpointer) x);
      g_ptr_array_add (has, (gpointer) dk_calc_or (calc, f, t, NULL));
    }
  if (!available)
    {
      out->parts[DK_PART_HAS] = dk_calc_and_all (calc, has);
      out->parts[DK_PART_UNDEFINED] = dk_calc_or_all (calc, undefined);
      out->parts[DK_PART_NA] = dk_calc_or_all (calc, na);
    }
  dk_calc_set_bounds (calc, dst, out, dk_calc_join (calc, "SUM", certain), dk_calc_join (calc, "SUM", possible));
}

/* The lesser, or greater, end of two values of which each may be there. */
static const char *
join_ends (DkCalc     *calc,
           const char *function,
           const char *a_is_there,
           const char *a,
           const char *b_is_there,
           const char *b)
{
  const char *both = g_str_equal (a, b) ? a : dk_calc_text (calc, "%s(%s,%s)", function, a, b);

  if (g_str_equal (a_is_there, "0") || g_str_equal (b_is_there, "0"))
    return g_str_equal (b_is_there, "0") ? a : b;
  if (!g_str_equal (b_is_there, "1"))
    both = dk_calc_text (calc, "IF(%s=0,%s,%s)", b_is_there, a, both);
  if (!g_str_equal (a_is_there, "1"))
    both = dk_calc_text (calc, "IF(%s=0,%s,%s)", a_is_there, b, both);
  return both;
}

static void
choose (DkCalc       *calc,
        const DkStep *condition,
        const DkStep *then,
        const DkStep *otherwise,
        const DkStep *dst,
        DkFormulas   *out)
{
  const char *t = H (condition), *f = L (condition);
  const char *first = dk_calc_and (calc, t, V (then), NULL), *second = dk_calc_and (calc, f, V (otherwise), NULL);

  out->parts[DK_PART_HAS] = dk_calc_or (calc, first, second, NULL);
  out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, U (condition), dk_calc_and (calc, t, U (then), NULL), dk_calc_and (calc, f, U (otherwise), NULL), NULL);
  out->parts[DK_PART_NA] = dk_calc_or (calc, N (condition), dk_calc_and (calc, t, N (then), NULL), dk_calc_and (calc, f, N (otherwise), NULL), NULL);
  dk_calc_set_bounds (calc, dst, out, join_ends (calc, "MIN", first, L (then), second, L (otherwise)),
                      join_ends (calc, "MAX", first, H (then), second, H (otherwise)));
}

static void
if_flag (DkCalc       *calc,
         const DkStep *a,
         DkPart        flag,
         const char   *b_has,
         const char   *b_low,
         const char   *b_high,
         const DkStep *b,
         const DkStep *dst,
         DkFormulas   *out)
{
  const char *missing = dk_calc_part (calc, a, flag), *taken = dk_calc_and (calc, missing, b_has, NULL);

  out->parts[DK_PART_HAS] = dk_calc_or (calc, V (a), taken, NULL);
  for (DkPart part = DK_PART_UNDEFINED; part <= DK_PART_NA; part++)
    out->parts[part] = dk_calc_or (calc, part == flag ? "0" : dk_calc_part (calc, a, part),
                                   b != NULL ? dk_calc_and (calc, missing, dk_calc_part (calc, b, part), NULL) : "0", NULL);
  dk_calc_set_bounds (calc, dst, out, join_ends (calc, "MIN", V (a), L (a), taken, b_low), join_ends (calc, "MAX", V (a), H (a), taken, b_high));
}

/* What nobody answered is what it is derived from, as far as the domain allows. */
static void
derive (DkCalc       *calc,
        const DkStep *slot,
        const DkStep *derived,
        const DkStep *domain,
        const DkStep *dst,
        DkFormulas   *out)
{
  const char *answered = dk_calc_part (calc, slot, DK_PART_ANSWERED), *open = dk_calc_not (calc, answered);
  const char *low = L (derived), *high = H (derived);
  /* A year that there may not be; of what may be none the derivation says whether it is. */
  const char *missing = domain->hull.state & DK_UNDEFINED ? "0" : dk_calc_part (calc, slot, DK_PART_UNDEFINED);

  for (DkPart part = DK_PART_HAS; part <= DK_PART_NA; part++)
    out->parts[part] = dk_calc_or (calc, dk_calc_and (calc, answered, dk_calc_part (calc, slot, part), NULL),
                                   dk_calc_and (calc, open, dk_calc_part (calc, derived, part), NULL),
                                   part == DK_PART_UNDEFINED ? missing : "0", NULL);
  if ((dst->kind == DK_KIND_NUMBER || dst->kind == DK_KIND_DATE) && (dk_number_is_finite (domain->hull.low) || dk_number_is_finite (dk_value_high (&domain->hull))))
    {
      gboolean has_low = dk_number_is_finite (domain->hull.low), has_high = dk_number_is_finite (dk_value_high (&domain->hull));
      const char *clipped_low = has_low ? dk_calc_text (calc, "MAX(%s,%s)", low, L (domain)) : low;
      const char *clipped_high = has_high ? dk_calc_text (calc, "MIN(%s,%s)", high, H (domain)) : high;

      low = dk_calc_text (calc, "IF(%s<=%s,%s,%s)", clipped_low, clipped_high, clipped_low, low);
      high = dk_calc_text (calc, "IF(%s<=%s,%s,%s)", clipped_low, clipped_high, clipped_high, high);
    }
  dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "IF(%s=1,%s,%s)", answered, L (slot), low),
                      dk_calc_text (calc, "IF(%s=1,%s,%s)", answered, H (slot), high));
}

static void
apply_if (DkCalc       *calc,
          const DkStep *condition,
          const DkStep *value,
          const DkStep *dst,
          DkFormulas   *out)
{
  const char *t = H (condition);

  out->parts[DK_PART_HAS] = dk_calc_and (calc, t, V (value), NULL);
  out->parts[DK_PART_UNDEFINED] = dk_calc_and (calc, t, U (value), NULL);
  out->parts[DK_PART_NA] = dk_calc_or (calc, L (condition), U (condition), N (condition), dk_calc_and (calc, t, N (value), NULL), NULL);
  dk_calc_set_bounds (calc, dst, out, L (value), H (value));
}

gboolean
dk_calc_translate_number (DkCalc        *calc,
                          const DkInstr *instr,
                          const DkStep  *dst,
                          DkFormulas    *out)
{
  g_autofree const DkStep **steps = NULL;
  const DkStep *a = NULL, *b = NULL, *c = NULL;
  DkOp op = (DkOp) instr->op;

  if (op == DK_OP_SUM || op == DK_OP_MIN || op == DK_OP_MAX || op == DK_OP_MEAN || (op >= DK_OP_SUM_AVAILABLE && op <= DK_OP_MEAN_AVAILABLE)
      || op == DK_OP_COUNT_TRUE || op == DK_OP_COUNT_TRUE_AVAILABLE)
    {
      steps = g_new0 (const DkStep *, instr->n + 1);
      for (guint i = 0; i < instr->n; i++)
        steps[i] = dk_calc_step (calc, g_array_index (calc->program->lists, guint32, instr->a + i));
      if (instr->n == 0)
        return FALSE;
    }
  else
    {
      guint32 operands[3] = { DK_NO_REGISTER, DK_NO_REGISTER, DK_NO_REGISTER };
      guint n = dk_instr_get_operands (calc->program, instr, operands, 3);

      a = n > 0 ? dk_calc_step (calc, operands[0]) : NULL;
      b = n > 1 ? dk_calc_step (calc, operands[1]) : NULL;
      c = n > 2 ? dk_calc_step (calc, operands[2]) : NULL;
      if (a != NULL)
        dk_calc_carry (calc, (const DkStep *[]) { a, b }, b != NULL ? 2 : 1, out);
    }

  switch (op)
    {
    case DK_OP_ADD:
      add (calc, a, b, dst, out);
      return TRUE;

    case DK_OP_SUB:
      sub (calc, a, b, dst, out);
      return TRUE;

    case DK_OP_MUL:
      mul (calc, a, b, dst, out);
      return TRUE;

    case DK_OP_DIV:
    case DK_OP_SHARE:
      divide (calc, a, b, dst, op == DK_OP_SHARE, out);
      return TRUE;

    case DK_OP_NEGATE:
      dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "-%s", H (a)), dk_calc_text (calc, "-%s", L (a)));
      return TRUE;

    case DK_OP_ABS:
      dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "IF(%s>=0,%s,IF(%s<=0,-%s,0))", L (a), L (a), H (a), H (a)),
                          dk_calc_text (calc, "MAX(ABS(%s),ABS(%s))", L (a), H (a)));
      return TRUE;

    case DK_OP_FLOOR:
    case DK_OP_CEIL:
    case DK_OP_ROUND:
      dk_calc_set_bounds (calc, dst, out, apply (calc, instr, a, b != NULL ? L (b) : NULL, L (a)), apply (calc, instr, a, b != NULL ? L (b) : NULL, H (a)));
      return TRUE;

    case DK_OP_POWER:
      return power (calc, instr->b, a, dst, out);

    case DK_OP_ROOT:
      root (calc, instr->b, a, dst, out);
      return TRUE;

    case DK_OP_SUM:
    case DK_OP_MIN:
    case DK_OP_MAX:
    case DK_OP_MEAN:
      reduce (calc, op, steps, instr->n, dst, out);
      return TRUE;

    case DK_OP_SUM_AVAILABLE:
    case DK_OP_MIN_AVAILABLE:
    case DK_OP_MAX_AVAILABLE:
      reduce_available (calc, op, steps, instr->n, dst, out);
      return TRUE;

    case DK_OP_MEAN_AVAILABLE:
      return mean_available (calc, steps, instr->n, dst, out);

    case DK_OP_COUNT_TRUE:
    case DK_OP_COUNT_TRUE_AVAILABLE:
      count_true (calc, steps, instr->n, op == DK_OP_COUNT_TRUE_AVAILABLE, dst, out);
      return TRUE;

    case DK_OP_SELECT:
      choose (calc, a, b, c, dst, out);
      return TRUE;

    case DK_OP_DERIVE:
      derive (calc, a, b, c, dst, out);
      return TRUE;

    case DK_OP_IF_UNDEFINED:
    case DK_OP_IF_NA:
      if_flag (calc, a, op == DK_OP_IF_NA ? DK_PART_NA : DK_PART_UNDEFINED, V (b), L (b), H (b), b, dst, out);
      return TRUE;

    case DK_OP_SCORE:
      if_flag (calc, a, DK_PART_UNDEFINED, "1", "0", "0", NULL, dst, out);
      return TRUE;

    case DK_OP_APPLIES:
      apply_if (calc, a, b, dst, out);
      return TRUE;

    default:
      return FALSE;
    }
}
