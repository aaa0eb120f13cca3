/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>

/* The cells of results on other sheets: words and figures read off the calculation sheet. */

/* Where a cell is to be written. */
typedef struct
{
  DkSheet *sheet;
  guint    row, column;
  DkLook   look;
  guint    flags;
} Target;

const char *
dk_calc_get_none_word (const char *language)
{
  /* TRANSLATORS: written in a cell for what does not exist, such as a certificate without an end */
  return dk_tr_context (language, "sheet", NC_ ("sheet", "none"));
}

const char *
dk_calc_get_truth_word (gboolean    truth,
                        const char *language)
{
  return truth ? dk_tr_context (language, "value", NC_ ("value", "yes")) : dk_tr_context (language, "value", NC_ ("value", "no"));
}

const char *
dk_calc_get_verdict_word (DkVerdict   verdict,
                          const char *language)
{
  static const char *const words[] = { "", NC_ ("sheet", "met"), NC_ ("sheet", "not met"), NC_ ("sheet", "open"), NC_ ("sheet", "not applicable") };

  return verdict == DK_VERDICT_NONE ? "" : dk_tr_context (language, "sheet", words[verdict]);
}

const char *
dk_calc_get_open_word (const char *language)
{
  return dk_calc_get_verdict_word (DK_VERDICT_OPEN, language);
}

const char *
dk_calc_get_undefined_word (const char *language)
{
  return dk_tr_context (language, "value", NC_ ("value", "not computable"));
}

static const char *
quote_verdict (DkCalc   *calc,
               DkVerdict verdict)
{
  return dk_calc_quote (calc, dk_calc_get_verdict_word (verdict, calc->language));
}

static void
write_formula (const Target *target,
               const char   *formula,
               const char   *now,
               gboolean      is_text)
{
  dk_sheet_set_formula (target->sheet, target->row, target->column, formula, now, is_text, target->look, target->flags);
}

/* The sum of those parts that can be at all: 1 if only one of them is possible. */
static const char *
count_parts (DkCalc       *calc,
             const DkStep *step)
{
  const DkPart all[] = { DK_PART_NOT_MET, DK_PART_MET, DK_PART_UNDEFINED, DK_PART_NA };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      const char *part = dk_calc_part (calc, step, all[i]);

      if (!g_str_equal (part, "0"))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "+" : "", part);
    }
  return dk_calc_text (calc, "%s", text->len > 0 ? text->str : "0");
}

static void
write_truth (DkCalc       *calc,
             const DkStep *step,
             guint32       bits,
             gboolean      is_verdict,
             const Target *target)
{
  const char *met = is_verdict ? dk_calc_get_verdict_word (DK_VERDICT_PASS, calc->language) : dk_calc_get_truth_word (TRUE, calc->language);
  const char *not_met = is_verdict ? dk_calc_get_verdict_word (DK_VERDICT_FAIL, calc->language) : dk_calc_get_truth_word (FALSE, calc->language);
  const char *undefined = is_verdict ? not_met : dk_calc_get_undefined_word (calc->language);
  const char *na = dk_calc_get_verdict_word (DK_VERDICT_NA, calc->language), *open = dk_calc_get_open_word (calc->language);
  const char *now = open, *term = dk_calc_quote (calc, not_met), *u = dk_calc_part (calc, step, DK_PART_UNDEFINED), *n = dk_calc_part (calc, step, DK_PART_NA);

  bits &= DK_STATE_BITS;
  if (dk_truth_is_settled (bits))
    now = bits == DK_TRUE ? met : bits == DK_FALSE ? not_met : bits == DK_NA ? na : undefined;
  if (!g_str_equal (u, "0"))
    term = dk_calc_text (calc, "IF(%s=1,%s,%s)", u, dk_calc_quote (calc, undefined), term);
  if (!g_str_equal (n, "0"))
    term = dk_calc_text (calc, "IF(%s=1,%s,%s)", n, dk_calc_quote (calc, na), term);
  term = dk_calc_text (calc, "IF(%s<>1,%s,IF(%s=1,%s,%s))", count_parts (calc, step), dk_calc_quote (calc, open),
                       dk_calc_part (calc, step, DK_PART_MET), dk_calc_quote (calc, met), term);
  write_formula (target, term, now, TRUE);
}

/* What stands for a value that is not there. */
static const char *
without_value (DkCalc       *calc,
               const DkStep *step,
               const char   *term)
{
  const char *has = dk_calc_part (calc, step, DK_PART_HAS), *u = dk_calc_part (calc, step, DK_PART_UNDEFINED), *n = dk_calc_part (calc, step, DK_PART_NA);
  const char *word;

  if (g_str_equal (has, "1"))
    return term;
  word = dk_calc_quote (calc, dk_calc_get_undefined_word (calc->language));
  if (!g_str_equal (n, "0"))
    word = dk_calc_text (calc, "IF(%s=0,%s,%s)", dk_calc_and (calc, n, dk_calc_not (calc, u), NULL), word, quote_verdict (calc, DK_VERDICT_NA));
  return dk_calc_text (calc, "IF(%s=0,%s,%s)", has, word, term);
}

static const char *
word_without_value (DkCalc        *calc,
                    const DkValue *value)
{
  if ((value->state & DK_STATE_BITS) == DK_NA)
    return dk_calc_get_verdict_word (DK_VERDICT_NA, calc->language);
  return dk_calc_get_undefined_word (calc->language);
}

/* Ends as near as those of a root, which are 10^-9 apart, are one figure to read. */
#define MOST_APART "2*1E-9"

static gboolean
is_wide (DkCalc        *calc,
         const DkValue *value)
{
  DkNumber high = dk_value_high (value);

  if ((value->state & DK_RANGE) == 0)
    return FALSE;
  return !dk_number_is_finite (value->low) || !dk_number_is_finite (high)
         || dk_number_compare (dk_number_sub (high, value->low, calc->arena), (DkNumber) { 2, 1000000000 }) > 0;
}

/* A figure, or the word for one that is open. */
static void
write_figure (DkCalc        *calc,
              const DkStep  *step,
              const DkValue *value,
              DkPart         part,
              gboolean       must_be_point,
              const Target  *target)
{
  const char *cell = dk_calc_part (calc, step, part), *open = quote_verdict (calc, DK_VERDICT_OPEN), *term = cell;
  DkNumber number = part == DK_PART_LOW ? value->low : dk_value_high (value);
  gboolean has = (value->state & DK_VALUE_BITS) != 0;
  gboolean is_open = has && (!dk_number_is_finite (number) || (must_be_point && is_wide (calc, value)));
  g_autofree char *now = has && !is_open ? dk_calc_number (calc, number, step->kind) : NULL;

  if (!dk_number_is_finite (step->hull.low) || !dk_number_is_finite (dk_value_high (&step->hull)))
    term = dk_calc_text (calc, "IF(ABS(%s)>=" DK_SHEET_HUGE ",%s,%s)", cell, open, cell);
  if (must_be_point && (step->hull.state & DK_RANGE))
    term = dk_calc_text (calc, "IF(%s-%s>" MOST_APART ",%s,%s)", dk_calc_part (calc, step, DK_PART_HIGH), dk_calc_part (calc, step, DK_PART_LOW), open,
                         term);
  term = without_value (calc, step, term);
  if (!has)
    write_formula (target, term, word_without_value (calc, value), TRUE);
  else if (is_open)
    write_formula (target, term, dk_calc_get_open_word (calc->language), TRUE);
  else
    write_formula (target, term, now, FALSE);
}

static void
write_choice (DkCalc          *calc,
              const DkStep    *step,
              const DkValue   *value,
              const DkChoices *choices,
              const Target    *target)
{
  const char *labels = dk_calc_labels (calc, choices), *open = quote_verdict (calc, DK_VERDICT_OPEN), *options, *term;
  const char *u = dk_calc_part (calc, step, DK_PART_UNDEFINED), *n = dk_calc_part (calc, step, DK_PART_NA), *flags = dk_calc_or (calc, u, n, NULL);
  guint64 set = (guint64) value->low.num;
  const char *now = dk_calc_get_open_word (calc->language);

  if (step->sheet == NULL || dk_value_is_point (&step->hull))
    term = dk_calc_text (calc, "INDEX(%s,%d)", labels, MAX (1, g_bit_nth_lsf ((gulong) step->hull.low.num, -1) + 1));
  else
    {
      options = dk_calc_range (calc, step->sheet, step->row, step->first_extra, step->row, step->first_extra + step->n_options - 1);
      term = dk_calc_text (calc, "IF(SUM(%s)=1,INDEX(%s,MATCH(1,%s,0)),%s)", options, labels, options, open);
    }
  if (!g_str_equal (flags, "0"))
    term = dk_calc_text (calc, "IF(%s=1,%s,%s)", flags, open, term);
  term = without_value (calc, step, term);
  if (!(value->state & DK_VALUE_BITS))
    now = word_without_value (calc, value);
  else if (dk_value_is_point (value))
    now = dk_text_get (g_ptr_array_index (choices->labels, g_bit_nth_lsf (set, -1)), calc->language);
  write_formula (target, term, now, TRUE);
}

/* How many members of "k of n" are met, and how many may be. */
static void
write_count (DkCalc         *calc,
             const DkResult *result,
             DkCalcPart      part,
             const Target   *target)
{
  g_autoptr(GPtrArray) met = g_ptr_array_new (), open = g_ptr_array_new ();
  gint64 n_met = 0, n_open = 0, k = result->item->at_least;
  g_autofree char *now = NULL;
  const char *low, *high, *wanted;

  for (guint i = 0; i < result->item->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (calc->assessment, g_ptr_array_index (result->item->children, i), result->item);
      const DkStep *step = calc->steps[child->verdict_reg];
      guint32 bits = calc->run->regs[child->verdict_reg].state & DK_STATE_BITS;
      const char *parts = count_parts (calc, step);

      g_ptr_array_add (met, (gpointer) dk_calc_text (calc, "IF(%s=1,%s,0)", parts, dk_calc_part (calc, step, DK_PART_MET)));
      g_ptr_array_add (open, (gpointer) dk_calc_text (calc, "IF(%s=1,0,1)", parts));
      n_met += bits == DK_TRUE;
      n_open += !dk_truth_is_settled (bits);
    }
  low = dk_calc_join (calc, "SUM", met);
  high = dk_calc_text (calc, "%s+%s", low, dk_calc_join (calc, "SUM", open));
  wanted = dk_calc_figure (calc, dk_calc_add_figure (calc, dk_text_get (&result->item->title, calc->language)), 1, DK_NUMBER (k), DK_KIND_NUMBER);
  switch (part)
    {
    case DK_CALC_LOW:
      now = g_strdup_printf ("%" G_GINT64_FORMAT, n_met);
      write_formula (target, low, now, FALSE);
      return;

    case DK_CALC_HIGH:
      now = g_strdup_printf ("%" G_GINT64_FORMAT, n_met + n_open);
      write_formula (target, high, now, FALSE);
      return;

    case DK_CALC_THRESHOLD:
      now = g_strdup_printf ("%" G_GINT64_FORMAT, k);
      write_formula (target, wanted, now, FALSE);
      return;

    case DK_CALC_MARGIN:
    case DK_CALC_VERDICT:
    default:
      now = g_strdup_printf ("%" G_GINT64_FORMAT, n_met - k);
      write_formula (target, dk_calc_text (calc, "IF(%s>0,%s,%s-%s)", dk_calc_join (calc, "SUM", open), quote_verdict (calc, DK_VERDICT_OPEN), low, wanted),
                     n_open > 0 ? dk_calc_get_open_word (calc->language) : now, n_open > 0);
      return;
    }
}

static gboolean
is_ordered (const DkResult *result)
{
  return (result->kind == DK_KIND_NUMBER || result->kind == DK_KIND_DATE) && result->comparison != DK_EQ && result->comparison != DK_NE;
}

/* How far the figure is from what is asked, where both are known. Rounded to what is left of the digits of large amounts. */
static void
write_margin (DkCalc         *calc,
              const DkResult *result,
              const DkStep   *measured,
              const DkStep   *threshold,
              const Target   *target)
{
  const DkValue *m = &calc->run->regs[result->item->measured_reg], *t = &calc->run->regs[result->item->threshold_reg];
  gboolean rises = result->comparison == DK_GE || result->comparison == DK_GT;
  const char *a = dk_calc_part (calc, rises ? measured : threshold, DK_PART_LOW), *b = dk_calc_part (calc, rises ? threshold : measured, DK_PART_LOW);
  int digits = result->margin_unit == DK_UNIT_YUAN ? 4 : 10;
  const char *term = dk_calc_text (calc, "ROUND(%s-%s,%d)", a, b, digits);
  const DkStep *steps[] = { measured, threshold };
  const DkValue *values[] = { m, t };

  for (guint i = 0; i < 2; i++)
    if (steps[i]->hull.state & DK_RANGE)
      term = dk_calc_text (calc, "IF(%s<>%s,%s,%s)", dk_calc_part (calc, steps[i], DK_PART_LOW), dk_calc_part (calc, steps[i], DK_PART_HIGH),
                           quote_verdict (calc, DK_VERDICT_OPEN), term);
  for (guint i = 0; i < 2; i++)
    term = without_value (calc, steps[i], term);
  for (guint i = 2; i-- > 0;)
    if (!(values[i]->state & DK_VALUE_BITS))
      {
        write_formula (target, term, word_without_value (calc, values[i]), TRUE);
        return;
      }
  if ((m->state | t->state) & DK_RANGE)
    write_formula (target, term, dk_calc_get_open_word (calc->language), TRUE);
  else
    {
      DkNumber margin = rises ? dk_number_sub (m->low, t->low, calc->arena) : dk_number_sub (t->low, m->low, calc->arena);
      g_autofree char *now = dk_calc_number (calc, dk_number_round (margin, digits, calc->arena), DK_KIND_NUMBER);

      write_formula (target, term, now, FALSE);
    }
}

/* What no formula could carry stands as it is. */
static void
write_fixed (DkCalc         *calc,
             const DkResult *result,
             DkCalcPart      part,
             const Target   *target)
{
  g_autofree char *text = NULL;
  const DkValue *value = part == DK_CALC_THRESHOLD ? &result->threshold : part == DK_CALC_MARGIN ? &result->margin : &result->value;

  if (part == DK_CALC_VERDICT)
    text = g_strdup (dk_calc_get_verdict_word (result->verdict, calc->language));
  else
    text = dk_value_to_display (value, result->kind, part == DK_CALC_MARGIN ? result->margin_unit : result->unit, result->choices, result->codes,
                                calc->language);
  dk_sheet_set_text (target->sheet, target->row, target->column, text, DK_LOOK_TEXT, target->flags);
}

static DkStep *
get_step (DkCalc *calc,
          guint   reg)
{
  return reg != DK_NO_REGISTER ? calc->steps[reg] : NULL;
}

/* The verdict of a programme whose version is not settled rests on a date that selects: it is not computed here. */
static gboolean
has_no_formula (const DkResult *result,
                const DkStep   *step)
{
  return step->is_fixed || (result->is_programme && result->n_versions > 1);
}

static gboolean
write_value (DkCalc         *calc,
             const DkResult *result,
             DkCalcPart      part,
             const Target   *target)
{
  guint reg = result->item->value_reg != DK_NO_REGISTER ? result->item->value_reg : result->item->measured_reg;
  const DkStep *step = get_step (calc, reg);
  const DkValue *value;

  if (!result->has_value || step == NULL || (part == DK_CALC_HIGH && result->kind != DK_KIND_NUMBER && result->kind != DK_KIND_DATE))
    return FALSE;
  if (has_no_formula (result, step))
    {
      write_fixed (calc, result, part, target);
      return TRUE;
    }
  value = &calc->run->regs[reg];
  switch (result->kind)
    {
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      write_figure (calc, step, value, part == DK_CALC_HIGH ? DK_PART_HIGH : DK_PART_LOW, part == DK_CALC_POINT, target);
      return TRUE;

    case DK_KIND_TRUTH:
      write_truth (calc, step, value->state, FALSE, target);
      return TRUE;

    case DK_KIND_CHOICE:
      write_choice (calc, step, value, result->choices, target);
      return TRUE;

    case DK_KIND_CODE:
    case DK_KIND_TEXT:
    default:
      write_fixed (calc, result, part, target);
      return TRUE;
    }
}

gboolean
dk_calc_write (DkCalc         *calc,
               const DkResult *result,
               DkCalcPart      part,
               DkSheet        *sheet,
               guint           row,
               guint           column,
               DkLook          look,
               guint           flags)
{
  Target target = { sheet, row, column, look, flags };
  const DkStep *measured = get_step (calc, result->item->measured_reg), *threshold = get_step (calc, result->item->threshold_reg);
  const DkStep *verdict = get_step (calc, result->item->verdict_reg);

  if (result->is_programme && result->in_force == NULL)
    return FALSE;
  g_string_chunk_clear (calc->chunk);
  calc->here = sheet;
  if (part != DK_CALC_VERDICT && result->item->kind == DK_ITEM_AT_LEAST)
    {
      write_count (calc, result, part, &target);
      return TRUE;
    }
  switch (part)
    {
    case DK_CALC_VERDICT:
      if (verdict == NULL)
        return FALSE;
      if (has_no_formula (result, verdict))
        write_fixed (calc, result, part, &target);
      else
        write_truth (calc, verdict, calc->run->regs[result->item->verdict_reg].state, TRUE, &target);
      return TRUE;

    case DK_CALC_LOW:
    case DK_CALC_HIGH:
    case DK_CALC_POINT:
      return write_value (calc, result, part, &target);

    case DK_CALC_THRESHOLD:
      if (!result->has_threshold || threshold == NULL || threshold->kind == DK_KIND_TRUTH)
        return FALSE;
      if (threshold->is_fixed || threshold->kind == DK_KIND_TEXT || threshold->kind == DK_KIND_CODE)
        write_fixed (calc, result, part, &target);
      else if (threshold->kind == DK_KIND_CHOICE)
        write_choice (calc, threshold, &calc->run->regs[result->item->threshold_reg], result->choices, &target);
      else
        write_figure (calc, threshold, &calc->run->regs[result->item->threshold_reg], DK_PART_LOW, TRUE, &target);
      return TRUE;

    case DK_CALC_MARGIN:
    default:
      if (!result->has_threshold || threshold == NULL || measured == NULL || !is_ordered (result))
        return FALSE;
      if (threshold->is_fixed || measured->is_fixed)
        write_fixed (calc, result, part, &target);
      else
        write_margin (calc, result, measured, threshold, &target);
      return TRUE;
    }
}

gboolean
dk_calc_write_fact (DkCalc          *calc,
                    const DkFactRef *ref,
                    DkSheet         *sheet,
                    guint            row,
                    guint            column,
                    DkLook           look,
                    guint            flags)
{
  Target target = { sheet, row, column, look, flags };
  guint slot = dk_assessment_find_slot (calc->assessment, ref->fact, ref->period);
  guint reg = slot != G_MAXUINT ? calc->assessment->known_reg[slot] : DK_NO_REGISTER;
  const DkStep *step = get_step (calc, reg);

  if (step == NULL || step->is_fixed)
    return FALSE;
  g_string_chunk_clear (calc->chunk);
  calc->here = sheet;
  switch (ref->fact->kind)
    {
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      write_figure (calc, step, &calc->run->regs[reg], DK_PART_LOW, TRUE, &target);
      return TRUE;

    case DK_KIND_TRUTH:
      write_truth (calc, step, calc->run->regs[reg].state, FALSE, &target);
      return TRUE;

    case DK_KIND_CHOICE:
      write_choice (calc, step, &calc->run->regs[reg], ref->fact->choices, &target);
      return TRUE;

    case DK_KIND_CODE:
    case DK_KIND_TEXT:
    default:
      return FALSE;
    }
}

gboolean
dk_calc_get_place (DkCalc         *calc,
                   const DkResult *result,
                   const DkSheet **sheet,
                   guint          *row)
{
  const guint regs[] = { result->item->verdict_reg, result->item->value_reg, result->item->measured_reg };

  for (guint i = 0; i < G_N_ELEMENTS (regs); i++)
    {
      const DkStep *step = get_step (calc, regs[i]);

      if (step == NULL || step->sheet == NULL)
        continue;
      *sheet = step->sheet;
      *row = step->row;
      return TRUE;
    }
  return FALSE;
}
