/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#define F(step) dk_calc_part (calc, step, DK_PART_NOT_MET)
#define T(step) dk_calc_part (calc, step, DK_PART_MET)
#define V(step) dk_calc_part (calc, step, DK_PART_HAS)
#define U(step) dk_calc_part (calc, step, DK_PART_UNDEFINED)
#define N(step) dk_calc_part (calc, step, DK_PART_NA)

/* A condition of the sheet for "a < b" or "a <= b". Figures that differ by less than what a sheet computes with are equal. */
const char *
dk_calc_is_less (DkCalc     *calc,
                 const char *a,
                 const char *b,
                 gboolean    or_equal,
                 gboolean    is_exact)
{
  const char *sign = or_equal ? "<=" : "<";

  if (is_exact)
    return dk_calc_text (calc, "%s%s%s", a, sign, b);
  if (g_str_equal (b, "0"))
    return dk_calc_text (calc, "ROUND(%s/MAX(1,ABS(%s)),13)%s0", a, a, sign);
  return dk_calc_text (calc, "ROUND((%s-%s)/MAX(1,ABS(%s),ABS(%s)),13)%s0", a, b, a, b, sign);
}

void
dk_calc_compare (DkCalc        *calc,
                 DkComparison   op,
                 gboolean       is_exact,
                 const char    *al,
                 const char    *ah,
                 const char    *bl,
                 const char    *bh,
                 const char   **can,
                 const char   **cannot)
{
  const char *equal, *other;

  switch (op)
    {
    case DK_LT:
    case DK_LE:
      *can = dk_calc_is_less (calc, al, bh, op == DK_LE, is_exact);
      *cannot = dk_calc_is_less (calc, bl, ah, op == DK_LT, is_exact);
      return;

    case DK_GT:
    case DK_GE:
      *can = dk_calc_is_less (calc, bl, ah, op == DK_GE, is_exact);
      *cannot = dk_calc_is_less (calc, al, bh, op == DK_GT, is_exact);
      return;

    case DK_EQ:
    case DK_NE:
    default:
      equal = dk_calc_text (calc, "AND(%s,%s)", dk_calc_is_less (calc, al, bh, TRUE, is_exact), dk_calc_is_less (calc, bl, ah, TRUE, is_exact));
      other = dk_calc_text (calc, "NOT(AND(%s=%s,%s=%s,%s))", al, ah, bl, bh, equal);
      *can = op == DK_EQ ? equal : other;
      *cannot = op == DK_EQ ? other : equal;
      return;
    }
}

static void
compare (DkCalc        *calc,
         const DkInstr *instr,
         const DkStep  *a,
         const DkStep  *b,
         DkFormulas    *out)
{
  const char *can, *cannot, *both = dk_calc_and (calc, V (a), V (b), NULL);
  gboolean is_exact = a->kind != DK_KIND_NUMBER;

  dk_calc_compare (calc, (DkComparison) (instr->op - DK_OP_LT), is_exact, dk_calc_part (calc, a, DK_PART_LOW), dk_calc_part (calc, a, DK_PART_HIGH),
                   dk_calc_part (calc, b, DK_PART_LOW), dk_calc_part (calc, b, DK_PART_HIGH), &can, &cannot);
  out->parts[DK_PART_MET] = dk_calc_and (calc, both, dk_calc_bit (calc, "%s", can), NULL);
  out->parts[DK_PART_NOT_MET] = dk_calc_and (calc, both, dk_calc_bit (calc, "%s", cannot), NULL);
}

static void
compare_choices (DkCalc       *calc,
                 const DkStep *a,
                 const DkStep *b,
                 DkFormulas   *out)
{
  g_autoptr(GPtrArray) same = g_ptr_array_new (), different = g_ptr_array_new (), others = g_ptr_array_new ();

  for (guint i = 0; i < MAX (a->n_options, b->n_options); i++)
    {
      const char *mine = dk_calc_option (calc, a, i);

      g_ptr_array_add (same, (gpointer) dk_calc_and (calc, mine, dk_calc_option (calc, b, i), NULL));
      g_ptr_array_set_size (others, 0);
      for (guint k = 0; k < b->n_options; k++)
        if (k != i)
          g_ptr_array_add (others, (gpointer) dk_calc_option (calc, b, k));
      g_ptr_array_add (different, (gpointer) dk_calc_and (calc, mine, dk_calc_or_all (calc, others), NULL));
    }
  out->parts[DK_PART_MET] = dk_calc_or_all (calc, same);
  out->parts[DK_PART_NOT_MET] = dk_calc_or_all (calc, different);
}

static void
is_one_of (DkCalc       *calc,
           const DkStep *a,
           guint64       mask,
           DkFormulas   *out)
{
  g_autoptr(GPtrArray) inside = g_ptr_array_new (), outside = g_ptr_array_new ();

  for (guint i = 0; i < a->n_options; i++)
    g_ptr_array_add (mask & ((guint64) 1 << i) ? inside : outside, (gpointer) dk_calc_option (calc, a, i));
  out->parts[DK_PART_MET] = dk_calc_or_all (calc, inside);
  out->parts[DK_PART_NOT_MET] = dk_calc_or_all (calc, outside);
}

/* Bits of each operand, joined over all of them. */
typedef struct
{
  GPtrArray *met, *not_met, *undefined, *na;
  GPtrArray *can_go;    /* the operand does not stop: it goes on, or is undefined or na */
  GPtrArray *goes_or_na;
  GPtrArray *flagged;   /* undefined or na */
} Bits;

static void
clear_bits (Bits *bits)
{
  g_ptr_array_unref (bits->met);
  g_ptr_array_unref (bits->not_met);
  g_ptr_array_unref (bits->undefined);
  g_ptr_array_unref (bits->na);
  g_ptr_array_unref (bits->can_go);
  g_ptr_array_unref (bits->goes_or_na);
  g_ptr_array_unref (bits->flagged);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bits, clear_bits)

static Bits
collect_bits (DkCalc              *calc,
              const DkStep *const *steps,
              guint                n,
              gboolean             stops_at_met)
{
  Bits bits = { g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new () };

  for (guint i = 0; i < n; i++)
    {
      const char *go = stops_at_met ? F (steps[i]) : T (steps[i]);

      g_ptr_array_add (bits.met, (gpointer) T (steps[i]));
      g_ptr_array_add (bits.not_met, (gpointer) F (steps[i]));
      g_ptr_array_add (bits.undefined, (gpointer) U (steps[i]));
      g_ptr_array_add (bits.na, (gpointer) N (steps[i]));
      g_ptr_array_add (bits.can_go, (gpointer) dk_calc_or (calc, go, U (steps[i]), N (steps[i]), NULL));
      g_ptr_array_add (bits.goes_or_na, (gpointer) dk_calc_or (calc, go, N (steps[i]), NULL));
      g_ptr_array_add (bits.flagged, (gpointer) dk_calc_or (calc, U (steps[i]), N (steps[i]), NULL));
    }
  return bits;
}

/* and, or: one that stops decides; otherwise undefined comes before na, and na before what goes on. */
static void
join_truths (DkCalc              *calc,
             DkOp                 op,
             const DkStep *const *steps,
             guint                n,
             DkFormulas          *out)
{
  gboolean is_or = op == DK_OP_OR || op == DK_OP_OR_AVAILABLE || op == DK_OP_ANY;
  g_auto(Bits) bits = collect_bits (calc, steps, n, is_or);
  GPtrArray *stops = is_or ? bits.met : bits.not_met, *goes = is_or ? bits.not_met : bits.met;
  DkPart stop = is_or ? DK_PART_MET : DK_PART_NOT_MET, go = is_or ? DK_PART_NOT_MET : DK_PART_MET;

  out->parts[stop] = dk_calc_or_all (calc, stops);
  switch (op)
    {
    case DK_OP_ALL:
    case DK_OP_ANY:
      /* What is na is skipped; of nothing but that the group is na. */
      out->parts[go] = dk_calc_and_all (calc, goes);
      if (!g_str_equal (dk_calc_or_all (calc, bits.na), "0"))
        out->parts[go] = dk_calc_and (calc, dk_calc_or_all (calc, goes), dk_calc_and_all (calc, bits.goes_or_na), NULL);
      out->parts[DK_PART_UNDEFINED] = "0";
      out->parts[DK_PART_NA] = dk_calc_and_all (calc, bits.na);
      break;

    case DK_OP_AND_AVAILABLE:
    case DK_OP_OR_AVAILABLE:
      out->parts[go] = dk_calc_and (calc, dk_calc_or_all (calc, goes), dk_calc_and_all (calc, bits.can_go), NULL);
      out->parts[DK_PART_UNDEFINED] = dk_calc_and_all (calc, bits.flagged);
      out->parts[DK_PART_NA] = "0";
      break;

    default:
      out->parts[go] = dk_calc_and_all (calc, goes);
      out->parts[DK_PART_UNDEFINED] = dk_calc_and (calc, dk_calc_or_all (calc, bits.undefined), dk_calc_and_all (calc, bits.can_go), NULL);
      out->parts[DK_PART_NA] = dk_calc_and (calc, dk_calc_or_all (calc, bits.na), dk_calc_and_all (calc, bits.goes_or_na), NULL);
      break;
    }
}

static const char *
compare_sum (DkCalc     *calc,
             GPtrArray  *terms,
             const char *sign,
             const char *k)
{
  return dk_calc_bit (calc, "%s%s%s", dk_calc_join (calc, "SUM", terms), sign, k);
}

static void
at_least (DkCalc              *calc,
          const DkInstr       *instr,
          const DkStep *const *steps,
          guint                n,
          DkFormulas          *out)
{
  g_autoptr(GPtrArray) can_be_met = g_ptr_array_new (), must_be_met = g_ptr_array_new (), cannot_fail = g_ptr_array_new ();
  g_autoptr(GPtrArray) can_help = g_ptr_array_new (), can_help_defined = g_ptr_array_new (), must_defined = g_ptr_array_new ();
  g_autoptr(GPtrArray) undefined = g_ptr_array_new (), na = g_ptr_array_new (), only_undefined = g_ptr_array_new ();
  guint line = dk_calc_add_figure (calc, "k");
  const char *k = dk_calc_figure (calc, line, 1, DK_NUMBER (instr->b), DK_KIND_NUMBER);

  for (guint i = 0; i < n; i++)
    {
      const char *t = T (steps[i]), *u = U (steps[i]), *x = instr->c != 0 ? "0" : N (steps[i]);
      const char *f = instr->c != 0 ? dk_calc_or (calc, F (steps[i]), N (steps[i]), NULL) : F (steps[i]);

      g_ptr_array_add (can_be_met, (gpointer) t);
      g_ptr_array_add (must_be_met, (gpointer) dk_calc_and (calc, t, dk_calc_not (calc, f), dk_calc_not (calc, u), dk_calc_not (calc, x), NULL));
      g_ptr_array_add (cannot_fail, (gpointer) dk_calc_not (calc, f));
      g_ptr_array_add (can_help, (gpointer) dk_calc_or (calc, t, u, x, NULL));
      g_ptr_array_add (can_help_defined, (gpointer) dk_calc_or (calc, t, x, NULL));
      g_ptr_array_add (must_defined, (gpointer) dk_calc_and (calc, t, dk_calc_not (calc, f), dk_calc_not (calc, x), NULL));
      g_ptr_array_add (undefined, (gpointer) u);
      g_ptr_array_add (na, (gpointer) x);
      g_ptr_array_add (only_undefined, (gpointer) dk_calc_and (calc, u, dk_calc_not (calc, t), dk_calc_not (calc, f), dk_calc_not (calc, x), NULL));
    }
  out->parts[DK_PART_MET] = compare_sum (calc, can_be_met, ">=", k);
  out->parts[DK_PART_NOT_MET] = compare_sum (calc, cannot_fail, "<", k);
  out->parts[DK_PART_UNDEFINED] = dk_calc_and (calc, dk_calc_or_all (calc, undefined), compare_sum (calc, must_be_met, "<", k),
                                               compare_sum (calc, can_help, ">=", k), NULL);
  out->parts[DK_PART_NA] = dk_calc_and (calc, dk_calc_or_all (calc, na), dk_calc_not (calc, dk_calc_or_all (calc, only_undefined)),
                                        compare_sum (calc, must_defined, "<", k), compare_sum (calc, can_help_defined, ">=", k), NULL);
}

/* A part of what a choice between two steps is. */
static const char *
pick (DkCalc     *calc,
      const char *t,
      const char *then,
      const char *f,
      const char *otherwise)
{
  return dk_calc_or (calc, dk_calc_and (calc, t, then, NULL), dk_calc_and (calc, f, otherwise, NULL), NULL);
}

/* Truths and choices are joined part by part, and option by option. */
static gboolean
choose (DkCalc       *calc,
        DkOp          op,
        const DkStep *a,
        const DkStep *b,
        const DkStep *c,
        const DkStep *dst,
        DkFormulas   *out)
{
  const char *first = "0", *second = "0", *flag[DK_N_PARTS];
  const DkStep *x = NULL, *y = NULL;

  for (guint i = 0; i < DK_N_PARTS; i++)
    flag[i] = "0";
  switch (op)
    {
    case DK_OP_SELECT_TRUTH:
    case DK_OP_SELECT_CHOICE:
      first = T (a);
      second = F (a);
      x = b;
      y = c;
      flag[DK_PART_UNDEFINED] = U (a);
      flag[DK_PART_NA] = N (a);
      break;

    case DK_OP_APPLIES_TRUTH:
    case DK_OP_APPLIES_CHOICE:
      first = T (a);
      x = y = b;
      flag[DK_PART_NA] = dk_calc_or (calc, F (a), U (a), N (a), NULL);
      break;

    case DK_OP_DERIVE_TRUTH:
    case DK_OP_DERIVE_CHOICE:
      first = dk_calc_part (calc, a, DK_PART_ANSWERED);
      second = dk_calc_not (calc, first);
      x = a;
      y = b;
      flag[DK_PART_UNDEFINED] = U (a);
      break;

    case DK_OP_IF_UNDEFINED_TRUTH:
    case DK_OP_IF_UNDEFINED_CHOICE:
    case DK_OP_IF_NA_TRUTH:
    case DK_OP_IF_NA_CHOICE:
      first = "1";
      second = dk_calc_part (calc, a, op == DK_OP_IF_UNDEFINED_TRUTH || op == DK_OP_IF_UNDEFINED_CHOICE ? DK_PART_UNDEFINED : DK_PART_NA);
      x = a;
      y = b;
      break;

    default:
      return FALSE;
    }

  for (DkPart part = DK_PART_LOW; part <= DK_PART_NA; part++)
    {
      const char *mine = dk_calc_part (calc, x, part);

      if ((op == DK_OP_IF_UNDEFINED_TRUTH || op == DK_OP_IF_UNDEFINED_CHOICE) && part == DK_PART_UNDEFINED)
        mine = "0";
      if ((op == DK_OP_IF_NA_TRUTH || op == DK_OP_IF_NA_CHOICE) && part == DK_PART_NA)
        mine = "0";
      out->parts[part] = dk_calc_or (calc, pick (calc, first, mine, second, dk_calc_part (calc, y, part)), flag[part], NULL);
    }
  for (guint i = 0; i < dst->n_options; i++)
    if (dst->n_extra > 0)
      out->extra[i] = pick (calc, first, dk_calc_option (calc, x, i), second, dk_calc_option (calc, y, i));
  return TRUE;
}

gboolean
dk_calc_translate_truth (DkCalc        *calc,
                         const DkInstr *instr,
                         const DkStep  *dst,
                         DkFormulas    *out)
{
  g_autofree const DkStep **steps = NULL;
  DkOp op = (DkOp) instr->op;
  guint32 operands[3] = { DK_NO_REGISTER, DK_NO_REGISTER, DK_NO_REGISTER };
  const DkStep *a = NULL, *b = NULL, *c = NULL;
  guint n;

  switch (op)
    {
    case DK_OP_AND:
    case DK_OP_OR:
    case DK_OP_AND_AVAILABLE:
    case DK_OP_OR_AVAILABLE:
    case DK_OP_ALL:
    case DK_OP_ANY:
    case DK_OP_AT_LEAST:
      steps = g_new0 (const DkStep *, instr->n + 1);
      for (guint i = 0; i < instr->n; i++)
        steps[i] = dk_calc_step (calc, g_array_index (calc->program->lists, guint32, instr->a + i));
      if (op == DK_OP_AT_LEAST)
        at_least (calc, instr, steps, instr->n, out);
      else
        join_truths (calc, op, steps, instr->n, out);
      return TRUE;

    default:
      break;
    }

  n = dk_instr_get_operands (calc->program, instr, operands, 3);
  a = n > 0 ? dk_calc_step (calc, operands[0]) : NULL;
  b = n > 1 ? dk_calc_step (calc, operands[1]) : NULL;
  c = n > 2 ? dk_calc_step (calc, operands[2]) : NULL;
  if (a == NULL)
    return FALSE;
  out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, U (a), b != NULL ? U (b) : "0", NULL);
  out->parts[DK_PART_NA] = dk_calc_or (calc, N (a), b != NULL ? N (b) : "0", NULL);
  switch (op)
    {
    case DK_OP_LT:
    case DK_OP_LE:
    case DK_OP_GT:
    case DK_OP_GE:
    case DK_OP_EQ:
    case DK_OP_NE:
      compare (calc, instr, a, b, out);
      return TRUE;

    case DK_OP_CHOICE_EQ:
      compare_choices (calc, a, b, out);
      return TRUE;

    case DK_OP_CHOICE_IN:
      is_one_of (calc, a, g_array_index (calc->program->masks, guint64, instr->b), out);
      return TRUE;

    case DK_OP_NOT:
      out->parts[DK_PART_MET] = F (a);
      out->parts[DK_PART_NOT_MET] = T (a);
      return TRUE;

    case DK_OP_VERDICT:
      /* What cannot be computed is not met. */
      out->parts[DK_PART_MET] = dk_calc_or (calc, T (a), N (a), NULL);
      out->parts[DK_PART_NOT_MET] = dk_calc_or (calc, F (a), U (a), N (a), NULL);
      out->parts[DK_PART_UNDEFINED] = out->parts[DK_PART_NA] = "0";
      return TRUE;

    case DK_OP_IS_DEFINED:
      out->parts[DK_PART_MET] = V (a);
      out->parts[DK_PART_NOT_MET] = U (a);
      out->parts[DK_PART_UNDEFINED] = "0";
      return TRUE;

    default:
      return choose (calc, op, a, b, c, dst, out);
    }
}
