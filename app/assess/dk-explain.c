/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-explain"

#include "dk-choice.h"
#include "dk-formula.h"

#include <glib/gi18n.h>
#include <string.h>

/* Names of the children of a group whose verdict is @bits. */
static void
write_children (const DkFormula *formula,
                const DkItem    *group,
                guint32          wanted,
                guint           *n_wanted,
                GString         *out)
{
  *n_wanted = 0;
  for (guint i = 0; i < group->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (formula->assessment, g_ptr_array_index (group->children, i), group);
      guint32 bits = child->verdict_reg == DK_NO_REGISTER ? DK_OPEN
                     : formula->regs[child->verdict_reg].state & (DK_OPEN | DK_UNDEFINED | DK_NA);

      if (bits == DK_UNDEFINED)
        bits = DK_FALSE;
      else if (!dk_truth_is_settled (bits))
        bits = DK_OPEN;
      if (bits != wanted)
        continue;
      if ((*n_wanted)++ > 0)
        g_string_append (out, dk_formula_get_separator (formula));
      g_string_append (out, dk_text_get (&child->title, formula->language));
    }
}

static void
write_group (DkFormula      *formula,
             const DkResult *result,
             GString        *out)
{
  g_autoptr(GString) passed = g_string_new (NULL), failed = g_string_new (NULL), open = g_string_new (NULL);
  guint n_passed, n_failed, n_open;

  write_children (formula, formula->item, DK_TRUE, &n_passed, passed);
  write_children (formula, formula->item, DK_FALSE, &n_failed, failed);
  write_children (formula, formula->item, DK_OPEN, &n_open, open);

  g_string_append_printf (out, dk_tr (formula->language, N_("conditions met: %u of %u")), n_passed, n_passed + n_failed + n_open);
  if (result->verdict == DK_VERDICT_PASS && formula->item->kind == DK_ITEM_ANY)
    g_string_append_printf (out, dk_tr (formula->language, N_("; met: %s")), passed->str);
  else if (result->verdict == DK_VERDICT_FAIL)
    g_string_append_printf (out, dk_tr (formula->language, N_("; not met: %s")), failed->str);
  else if (result->verdict == DK_VERDICT_OPEN)
    g_string_append_printf (out, dk_tr (formula->language, N_("; open: %s")), open->str);
}

static void
write_list (const DkFormula *formula,
            GString         *out)
{
  guint n, n_known;

  dk_assessment_count_figures (formula->assessment, formula->item, &n, &n_known);
  g_string_append_printf (out, dk_tr (formula->language, N_("figures known: %u of %u")), n_known, n);
}

/* What is chosen, and for what; how it was found stands there. */
static void
write_option (const DkFormula *formula,
              const DkResult  *result,
              GString         *out)
{
  const DkDecisions *decisions = formula->item->version->decisions;
  g_autofree char *shown = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, formula->language);

  g_string_append (out, shown);
  if (decisions->objective != NULL)
    g_string_append_printf (out, dk_tr (formula->language, decisions->is_most ? N_(", for the most of: %s") : N_(", for the least of: %s")),
                            dk_text_get (&decisions->objective->title, formula->language));
}

/* What came of the choices of the pack. */
static void
write_choice (const DkFormula *formula,
              const DkResult  *result,
              GString         *out)
{
  g_autoptr(DkChoiceReport) report = dk_choice_report_new (formula->assessment, result);
  g_autofree char *text = report != NULL ? dk_choice_report_to_text (report, formula->language) : NULL;

  if (text != NULL)
    g_string_append (out, text);
}

static void
write_total (DkFormula      *formula,
             const DkResult *result,
             GString        *out)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < formula->item->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (formula->assessment, g_ptr_array_index (formula->item->children, i), formula->item);
      g_autofree char *shown = NULL;

      if (child->value_reg == DK_NO_REGISTER)
        continue;
      shown = dk_value_to_display_digits (&formula->regs[child->value_reg], DK_KIND_NUMBER, child->unit, NULL, NULL, 2, formula->language);
      g_string_append_printf (out, "%s%s %s", is_first ? "" : " + ", dk_text_get (&child->title, formula->language), shown);
      is_first = FALSE;
    }
  if (result->has_value)
    {
      g_autofree char *shown = dk_value_to_display_digits (&result->value, result->kind, result->unit, NULL, NULL, 2, formula->language);

      g_string_append_printf (out, " = %s", shown);
    }
  if (result->has_threshold)
    {
      g_autofree char *shown = dk_value_to_display_digits (&result->threshold, result->kind, result->unit, NULL, NULL, -1, formula->language);

      g_string_append_printf (out, " %s %s", dk_comparison_to_symbol (result->comparison), shown);
    }
}

/* As many digits as keep a gap from looking like none. */
static int
get_gap_digits (DkNumber gap,
                DkUnit   unit)
{
  int digits = 2;

  while (unit == DK_UNIT_RATIO && digits < 12)
    {
      g_autofree char *shown = dk_number_to_decimal (gap, digits + 2);

      if (strpbrk (shown, "123456789") != NULL)
        break;
      digits++;
    }
  return digits;
}

/* How a formula ended. */
static void
write_ending (const DkFormula *formula,
              guint32          bits,
              GString         *out)
{
  switch (bits)
    {
    case DK_TRUE:
      /* TRANSLATORS: after a formula: "staff 500 ≤ 500: met" */
      g_string_append (out, dk_tr (formula->language, N_(": met")));
      break;

    case DK_FALSE:
      g_string_append (out, dk_tr (formula->language, N_(": not met")));
      break;

    case DK_UNDEFINED:
      g_string_append (out, dk_tr (formula->language, N_(": not met, not computable")));
      break;

    case DK_NA:
      g_string_append (out, dk_tr (formula->language, N_(": does not apply")));
      break;

    default:
      g_string_append (out, dk_tr (formula->language, N_(": open")));
      break;
    }
}

/* What is missing to the threshold. Between two ratios it is points of a percentage: 31 % short could mean of the threshold. */
static char *
show_gap (const DkFormula *formula,
          DkNumber         gap,
          DkUnit           unit)
{
  int digits = get_gap_digits (gap, unit);
  g_autofree char *points = NULL;

  if (unit != DK_UNIT_RATIO)
    return dk_number_to_display (gap, unit, digits, formula->language);
  points = dk_number_to_decimal (dk_number_mul (gap, DK_NUMBER (100), formula->assessment->arena), digits);
  return g_strdup_printf (dk_tr_context (formula->language, "quantity", NC_ ("quantity", "%s percentage points")), points);
}

/* How a comparison ended, and by how much it missed. */
static void
write_verdict (const DkFormula *formula,
               const DkResult  *result,
               GString         *out)
{
  gboolean is_warning = result->item->kind == DK_ITEM_WARNING;
  const char *format = NULL;
  g_autofree char *shown = NULL;

  switch (result->verdict)
    {
    case DK_VERDICT_PASS:
      if (is_warning)
        g_string_append (out, dk_tr (formula->language, N_(": nothing to warn of")));
      else
        write_ending (formula, DK_TRUE, out);
      return;

    case DK_VERDICT_OPEN:
      write_ending (formula, DK_OPEN, out);
      return;

    case DK_VERDICT_NA:
      write_ending (formula, DK_NA, out);
      return;

    case DK_VERDICT_NONE:
      return;

    case DK_VERDICT_FAIL:
    default:
      break;
    }

  if (result->is_undefined || is_warning || !result->has_margin || !dk_value_is_point (&result->margin)
      || dk_number_sign (result->margin.low) == 0)
    {
      if (is_warning && !result->is_undefined)
        g_string_append (out, dk_tr (formula->language, N_(": a warning")));
      else
        write_ending (formula, result->is_undefined ? DK_UNDEFINED : DK_FALSE, out);
      return;
    }

  shown = show_gap (formula, dk_number_negate (result->margin.low, formula->assessment->arena), result->margin_unit);
  format = result->comparison == DK_LE || result->comparison == DK_LT
             /* TRANSLATORS: "staff 501 ≤ 500: not met, 1 too much" */
             ? dk_tr (formula->language, N_(": not met, %s too much"))
             /* TRANSLATORS: "score 55 ≥ 60: not met, short by 5" */
             : dk_tr (formula->language, N_(": not met, short by %s"));
  g_string_append_printf (out, format, shown);
}

static void
write_out_of_force (const DkFormula *formula,
                    const DkResult  *result,
                    GString         *out)
{
  const DkVersion *nearest = result->item->version;
  g_autofree char *from = dk_date_to_string (nearest->from);

  if (nearest->to == G_MAXINT64)
    /* TRANSLATORS: a programme's dates */
    g_string_append_printf (out, dk_tr (formula->language, N_("no version is in force on this day; the nearest is in force from %s")), from);
  else
    {
      g_autofree char *to = dk_date_to_string (nearest->to);

      g_string_append_printf (out, dk_tr (formula->language, N_("no version is in force on this day; the nearest is in force from %s to %s")), from, to);
    }
}

/* A literal or an option: it needs the condition beside it to say something. */
static gboolean
is_bare (const DkExpr *expr)
{
  switch (expr->kind)
    {
    case DK_EXPR_NUMBER:
    case DK_EXPR_RANGE:
    case DK_EXPR_DATE:
    case DK_EXPR_STRING:
      return TRUE;

    case DK_EXPR_NAME:
      return expr->fact == NULL && expr->item == NULL && expr->parameter == NULL;

    default:
      return FALSE;
    }
}

#define MAX_CONDITIONS 3

/* Why the last branch was taken. */
static void
write_refused (DkFormula    *formula,
               const DkExpr *expr,
               GString      *out)
{
  g_autoptr(GString) list = g_string_new (NULL);
  guint step = expr->kind == DK_EXPR_IF ? 3 : 2;
  guint n = expr->n_args / 2;
  const DkExpr *reason = n == 1 ? dk_formula_find_reason (formula, expr->args[0]) : NULL;

  if (reason != NULL)
    {
      dk_formula_write (formula, reason, DK_LEVEL_OR, out);
      return;
    }

  for (guint i = 0; i < MIN (n, MAX_CONDITIONS) && i * step < expr->n_args; i++)
    {
      if (i > 0)
        g_string_append (list, dk_formula_get_separator (formula));
      dk_formula_write (formula, expr->args[i * step], DK_LEVEL_OR, list);
    }
  if (n > MAX_CONDITIONS)
    g_string_append (list, " …");
  /* TRANSLATORS: conditions that do not hold */
  g_string_append_printf (out, dk_tr (formula->language, N_("none of: %s")), list->str);
}

/* Of branches at the top of a rule, the one that is taken; writes the condition, and gives %NULL, if it is a bare value or open. */
static const DkExpr *
follow_branch (DkFormula    *formula,
               const DkExpr *expr,
               GString      *out)
{
  for (guint i = 0; i + 1 < expr->n_args; i += 2)
    {
      guint32 condition = dk_expr_get_truth (expr->args[i], formula->regs);

      if (condition == DK_TRUE && !is_bare (expr->args[i + 1]))
        return expr->args[i + 1];
      if (condition == DK_TRUE)
        {
          dk_formula_write (formula, expr->args[i], DK_LEVEL_OR, out);
          return NULL;
        }
      if (condition != DK_FALSE)
        {
          dk_formula_write_branches (formula, expr, DK_LEVEL_OR, out);
          return NULL;
        }
      if (expr->kind == DK_EXPR_IF)
        break;
    }
  if (!is_bare (expr->args[expr->n_args - 1]))
    return expr->args[expr->n_args - 1];
  write_refused (formula, expr, out);
  return NULL;
}

static void
write_formula (DkFormula      *formula,
               const DkResult *result,
               GString        *out)
{
  const DkExpr *expr = result->item->value;
  const char *arrow = result->item->kind == DK_ITEM_SCORE ? " → " : " = ";
  g_autofree char *shown = dk_value_to_display_digits (&result->value, result->kind, result->unit, result->choices, result->codes,
                                                       2, formula->language);

  while (expr != NULL && (expr->kind == DK_EXPR_IF || expr->kind == DK_EXPR_CASE))
    {
      expr = follow_branch (formula, expr, out);
      if (expr == NULL)
        {
          g_string_append_printf (out, " → %s", shown);
          return;
        }
    }
  if (expr->kind == DK_EXPR_BAND)
    {
      dk_formula_write_with_value (formula, expr->args[0], DK_LEVEL_SUM, out);
      arrow = " → ";
    }
  else
    dk_formula_write (formula, expr, DK_LEVEL_SUM, out);
  if (expr->kind == DK_EXPR_BAND || !dk_formula_is_simple (expr) || result->item->kind == DK_ITEM_SCORE)
    g_string_append_printf (out, "%s%s", arrow, shown);
}

/**
 * dk_result_explain:
 *
 * Read off the registers of the run when it is asked for. Only what decides is named.
 *
 * Returns: (transfer full): one line of text
 */
char *
dk_result_explain (const DkAssessment *assessment,
                   const DkResult     *result,
                   const char         *language)
{
  const DkItem *item = result->item;
  DkFormula formula = { assessment, item, language, assessment->run->regs, 2 };
  GString *out = g_string_new (NULL);

  if (result->is_programme && result->in_force == NULL)
    {
      write_out_of_force (&formula, result, out);
      return g_string_free (out, FALSE);
    }
  if (item->applies != NULL && (dk_expr_get_truth (item->applies, formula.regs) & DK_TRUE) == 0)
    {
      /* A rule that applies to nobody gives no reason but its title. */
      if (is_bare (item->applies))
        {
          g_string_append (out, dk_tr (language, N_("does not apply")));
          return g_string_free (out, FALSE);
        }
      dk_formula_write (&formula, item->applies, DK_LEVEL_OR, out);
      write_ending (&formula, DK_NA, out);
      return g_string_free (out, FALSE);
    }

  switch (item->kind)
    {
    case DK_ITEM_ALL:
    case DK_ITEM_ANY:
    case DK_ITEM_AT_LEAST:
      write_group (&formula, result, out);
      break;

    case DK_ITEM_LIST:
      write_list (&formula, out);
      break;

    case DK_ITEM_CHOICE:
      write_option (&formula, result, out);
      break;

    case DK_ITEM_TOTAL:
      write_total (&formula, result, out);
      write_verdict (&formula, result, out);
      break;

    case DK_ITEM_SCORE:
      write_formula (&formula, result, out);
      write_verdict (&formula, result, out);
      break;

    case DK_ITEM_VALUE:
    case DK_ITEM_CRITERION:
    case DK_ITEM_WARNING:
    default:
      if (item->require != NULL)
        {
          dk_formula_write (&formula, item->require, DK_LEVEL_OR, out);
          write_verdict (&formula, result, out);
        }
      else if (item->value != NULL)
        {
          if (item->value->out_kind == DK_KIND_TRUTH)
            {
              dk_formula_write (&formula, item->value, DK_LEVEL_OR, out);
              write_ending (&formula, dk_expr_get_truth (item->value, formula.regs), out);
            }
          else
            {
              write_formula (&formula, result, out);
              write_verdict (&formula, result, out);
              if (item->version != NULL && item->version->decisions != NULL && item->version->decisions->objective == item)
                {
                  g_string_append (out, dk_formula_get_separator (&formula));
                  write_choice (&formula, result, out);
                }
            }
        }
      break;
    }
  return g_string_free (out, FALSE);
}
