/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-formula"

#include "dk-formula.h"

#include <glib/gi18n.h>

static int
get_level (const DkExpr *expr)
{
  switch (expr->kind)
    {
    case DK_EXPR_OR:
      return DK_LEVEL_OR;
    case DK_EXPR_AND:
      return DK_LEVEL_AND;
    case DK_EXPR_NOT:
      return DK_LEVEL_NOT;
    case DK_EXPR_COMPARE:
    case DK_EXPR_IN:
      return DK_LEVEL_COMPARE;
    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
      return DK_LEVEL_SUM;
    case DK_EXPR_MUL:
    case DK_EXPR_DIV:
      return DK_LEVEL_PRODUCT;
    case DK_EXPR_NEGATE:
    case DK_EXPR_POWER:
      return DK_LEVEL_POWER;
    case DK_EXPR_IF:
    case DK_EXPR_CASE:
    case DK_EXPR_BAND:
    case DK_EXPR_CALL:
    case DK_EXPR_AGGREGATE:
    case DK_EXPR_NUMBER:
    case DK_EXPR_RANGE:
    case DK_EXPR_DATE:
    case DK_EXPR_STRING:
    case DK_EXPR_NAME:
    case DK_EXPR_INDEX:
    case DK_EXPR_AT:
    default:
      return DK_LEVEL_ATOM;
    }
}

static char *
value_to_text (const DkFormula *formula,
               const DkExpr    *expr,
               const DkValue   *value)
{
  if (expr->fact != NULL)
    return dk_fact_value_to_display (expr->fact, value, formula->digits, formula->language);
  return dk_value_to_display_digits (value, expr->out_kind, expr->out_unit, expr->out_choices, expr->out_codes,
                                     formula->digits, formula->language);
}

static void
write_value_of (const DkFormula *formula,
                const DkExpr    *expr,
                GString         *out)
{
  DkValue value;
  g_autofree char *shown = NULL;

  if (!dk_expr_get_value (expr, 0, formula->regs, &value))
    return;
  shown = value_to_text (formula, expr, &value);
  g_string_append (out, shown);
}

/* Titles may have commas of their own. */
const char *
dk_formula_get_separator (const DkFormula *formula)
{
  /* TRANSLATORS: between titles, or between parts of a formula */
  return dk_tr_context (formula->language, "list", NC_ ("list", "; "));
}

/* A word in brackets behind the name that it belongs to: "listed as abnormal (no)". Figures need none. */
static void
write_word (const DkFormula *formula,
            const char      *name,
            const char      *word,
            GString         *out)
{
  /* TRANSLATORS: in a formula, a name and what is true of it: "listed as abnormal (no)" */
  g_string_append_printf (out, dk_tr_context (formula->language, "formula", NC_ ("formula", "%s (%s)")), name, word);
}

/* "2023–2025 (1 + 2 + 3)" with @joint between the values. */
static void
write_series (const DkFormula *formula,
              const DkExpr    *expr,
              const char      *name,
              const char      *first,
              const char      *last,
              const char      *joint,
              GString         *out)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < expr->n_regs; i++)
    {
      DkValue value;
      g_autofree char *shown = NULL;

      if (!dk_expr_get_value (expr, i, formula->regs, &value))
        continue;
      shown = value_to_text (formula, expr, &value);
      g_string_append_printf (list, "%s%s", i > 0 ? joint : "", shown);
    }
  /* TRANSLATORS: a name, its first and last period, the values: "revenue 2023–2025 (1 + 2 + 3)" */
  g_string_append_printf (out, dk_tr_context (formula->language, "formula", NC_ ("formula", "%s %s–%s (%s)")), name, first, last, list->str);
}

/* "revenue" or "revenue (2023)": the year is said when it is not the last one. */
static char *
name_fact (const DkFormula *formula,
           const DkSymbol  *fact,
           DkPeriodKey      period)
{
  if (fact->period == DK_PERIOD_NONE || (fact->period == DK_PERIOD_YEAR && period.year == formula->assessment->last_year))
    return g_strdup (dk_text_get (&fact->label, formula->language));
  return dk_fact_to_display (fact, period, formula->language);
}

/* A fact with its value, or a series of values. */
static void
write_fact (DkFormula    *formula,
            const DkExpr *expr,
            const char   *joint,
            GString      *out)
{
  const DkAssessment *assessment = formula->assessment;
  g_autofree char *name = NULL, *shown = NULL;
  DkValue value;

  if (expr->slots == NULL)
    {
      g_string_append (out, dk_text_get (&expr->fact->label, formula->language));
      return;
    }
  if (expr->n_regs > 1)
    {
      g_autofree char *first = dk_period_to_string (dk_assessment_get_period (assessment, expr->slots[0]));
      g_autofree char *last = dk_period_to_string (dk_assessment_get_period (assessment, expr->slots[expr->n_regs - 1]));

      write_series (formula, expr, dk_text_get (&expr->fact->label, formula->language), first, last, joint, out);
      return;
    }
  name = name_fact (formula, expr->fact, dk_assessment_get_period (assessment, expr->slots[0]));
  if (!dk_expr_get_value (expr, 0, formula->regs, &value))
    {
      g_string_append (out, name);
      return;
    }
  shown = value_to_text (formula, expr, &value);
  if (expr->fact->kind == DK_KIND_TRUTH || g_str_equal (shown, dk_get_unanswered_word (formula->language)))
    write_word (formula, name, shown, out);
  else
    g_string_append_printf (out, "%s %s", name, shown);
}

static const char *
truth_to_word (const DkFormula *formula,
               guint32          bits)
{
  switch (bits)
    {
    case DK_TRUE:
      return dk_tr (formula->language, N_("met"));

    case DK_FALSE:
    case DK_UNDEFINED:
      return dk_tr (formula->language, N_("not met"));

    case DK_NA:
      return dk_tr (formula->language, N_("does not apply"));

    default:
      return dk_tr (formula->language, N_("open"));
    }
}

static void
write_rule (DkFormula    *formula,
            const DkExpr *expr,
            const char   *joint,
            GString      *out)
{
  const char *title = dk_text_get (&expr->item->title, formula->language);
  gint64 base = expr->is_absolute ? 0 : formula->assessment->last_year;
  g_autofree char *name = NULL;

  if (expr->n_regs > 1)
    {
      g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, base + expr->low);
      g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, base + expr->high);

      write_series (formula, expr, title, first, last, joint, out);
      return;
    }
  if (expr->kind == DK_EXPR_INDEX && base + expr->low != formula->assessment->last_year)
    name = g_strdup_printf (dk_tr (formula->language, N_("%s (%d)")), title, (int) (base + expr->low));
  else
    name = g_strdup (title);
  if (expr->out_kind == DK_KIND_TRUTH)
    {
      write_word (formula, name, truth_to_word (formula, dk_expr_get_truth (expr, formula->regs)), out);
      return;
    }
  g_string_append_printf (out, "%s ", name);
  write_value_of (formula, expr, out);
}

static void
write_name (DkFormula    *formula,
            const DkExpr *expr,
            GString      *out)
{
  if (expr->fact != NULL)
    write_fact (formula, expr, ", ", out);
  else if (expr->item != NULL)
    write_rule (formula, expr, ", ", out);
  else if (expr->parameter != NULL)
    {
      g_string_append_printf (out, "%s ", dk_text_get (&expr->parameter->title, formula->language));
      write_value_of (formula, expr, out);
    }
  else if (expr->text != NULL && g_str_equal (expr->text, "as_of"))
    {
      g_autofree char *day = dk_date_to_string (formula->assessment->as_of);

      /* TRANSLATORS: the day of an assessment, followed by the date */
      g_string_append_printf (out, "%s %s", dk_tr (formula->language, N_("day of assessment")), day);
    }
  else if (expr->text != NULL && g_str_equal (expr->text, "year"))
    g_string_append_printf (out, "%s %d", dk_tr (formula->language, N_("year")), formula->assessment->last_year);
  else if (expr->text != NULL && g_str_equal (expr->text, "unknown"))
    /* TRANSLATORS: of a condition that a panel or an authority judges: "no figure decides it: open" */
    g_string_append (out, dk_tr (formula->language, N_("no figure decides it")));
  else
    {
      gsize length = out->len;

      /* An option of a choice, true, false. */
      write_value_of (formula, expr, out);
      if (out->len == length && expr->text != NULL)
        {
          int option = expr->out_choices != NULL ? dk_choices_find (expr->out_choices, expr->text) : -1;

          g_string_append (out, option >= 0 ? dk_text_get (g_ptr_array_index (expr->out_choices->labels, option), formula->language)
                                            : expr->text);
        }
    }
}

const char *
dk_comparison_to_symbol (DkComparison comparison)
{
  switch (comparison)
    {
    case DK_LT:
      return "<";
    case DK_LE:
      return "≤";
    case DK_GT:
      return ">";
    case DK_GE:
      return "≥";
    case DK_NE:
      return "≠";
    case DK_EQ:
    default:
      return "=";
    }
}

/* What needs no " = value" behind it: it ends in its value, or has none of its own. */
gboolean
dk_formula_is_simple (const DkExpr *expr)
{
  if (expr->n_regs > 1)
    return TRUE;
  switch (expr->kind)
    {
    case DK_EXPR_NUMBER:
    case DK_EXPR_RANGE:
    case DK_EXPR_DATE:
    case DK_EXPR_STRING:
      return TRUE;

    case DK_EXPR_NAME:
    case DK_EXPR_INDEX:
    case DK_EXPR_BAND:
    case DK_EXPR_AGGREGATE:
      return TRUE;

    case DK_EXPR_NEGATE:
      return expr->args[0]->kind == DK_EXPR_NUMBER;

    case DK_EXPR_IF:
      return FALSE;

    case DK_EXPR_NOT:
    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
    case DK_EXPR_MUL:
    case DK_EXPR_DIV:
    case DK_EXPR_POWER:
    case DK_EXPR_COMPARE:
    case DK_EXPR_IN:
    case DK_EXPR_AND:
    case DK_EXPR_OR:
    case DK_EXPR_CASE:
    case DK_EXPR_CALL:
    case DK_EXPR_AT:
    default:
      return FALSE;
    }
}

/* Whether what stands in for a value that is not there says nothing but that: `unknown`. */
static gboolean
is_unknown_word (const DkExpr *expr)
{
  return expr->kind == DK_EXPR_NAME && expr->fact == NULL && expr->item == NULL && expr->parameter == NULL && g_strcmp0 (expr->text, "unknown") == 0;
}

/* Of if_undefined () and if_na () the argument that counts. Where nothing better is known, why there is no value says more than that. */
static const DkExpr *
follow_fallback (const DkFormula *formula,
                 const DkExpr    *expr)
{
  guint32 bit = g_str_equal (expr->text, "if_na") ? DK_NA : DK_UNDEFINED;
  DkValue first;
  gboolean falls_back = dk_expr_get_value (expr->args[0], 0, formula->regs, &first) && (first.state & 15) == bit;

  return expr->args[falls_back && !is_unknown_word (expr->args[1]) ? 1 : 0];
}

static gboolean
is_fallback (const DkExpr *expr)
{
  return expr->kind == DK_EXPR_CALL && expr->n_args == 2 && (g_str_equal (expr->text, "if_undefined") || g_str_equal (expr->text, "if_na"));
}

/* What is written of an expression: of branches, the one that is taken. */
static const DkExpr *
follow (const DkFormula *formula,
        const DkExpr    *expr)
{
  guint32 condition;

  if (is_fallback (expr))
    return follow (formula, follow_fallback (formula, expr));
  if (expr->kind != DK_EXPR_IF && expr->kind != DK_EXPR_CASE)
    return expr;
  for (guint i = 0; i + 1 < expr->n_args; i += 2)
    {
      condition = dk_expr_get_truth (expr->args[i], formula->regs);
      if (condition == DK_TRUE)
        return follow (formula, expr->args[i + 1]);
      if (condition != DK_FALSE)
        return expr;
      if (expr->kind == DK_EXPR_IF)
        return follow (formula, expr->args[2]);
    }
  return follow (formula, expr->args[expr->n_args - 1]);
}

/* "research 1 ÷ revenue 20 = 5.00 %": what is computed is followed by what comes out. */
void
dk_formula_write_with_value (DkFormula    *formula,
                             const DkExpr *expr,
                             int           level,
                             GString      *out)
{
  const DkExpr *spoken = follow (formula, expr);

  dk_formula_write (formula, expr, level, out);
  if (!dk_formula_is_simple (spoken) && spoken->out_kind != DK_KIND_TRUTH)
    {
      g_string_append (out, " = ");
      write_value_of (formula, spoken, out);
    }
}

static void
write_binary (DkFormula    *formula,
              const DkExpr *expr,
              const char   *symbol,
              int           level,
              GString      *out)
{
  dk_formula_write (formula, expr->args[0], level, out);
  g_string_append_printf (out, " %s ", symbol);
  /* a - (b - c), a / (b / c) */
  dk_formula_write (formula, expr->args[1], expr->kind == DK_EXPR_SUB || expr->kind == DK_EXPR_DIV ? level + 1 : level, out);
}

static void
write_number (const DkFormula *formula,
              const DkExpr    *expr,
              GString         *out)
{
  DkUnit unit = expr->has_unit ? expr->unit : expr->out_unit;
  g_autofree char *shown = dk_number_to_display (expr->value, unit, -1, formula->language);

  g_string_append (out, shown);
}

/* The parts of "and" or "or" that decide. */
static void
write_logic (DkFormula    *formula,
             const DkExpr *expr,
             int           level,
             GString      *out)
{
  guint32 state = dk_expr_get_truth (expr, formula->regs);
  guint32 neutral = expr->kind == DK_EXPR_AND ? DK_TRUE : DK_FALSE;
  guint32 decides = expr->kind == DK_EXPR_AND ? DK_FALSE : DK_TRUE;
  gboolean is_first = TRUE;

  for (guint i = 0; i < expr->n_args; i++)
    {
      guint32 arg = dk_expr_get_truth (expr->args[i], formula->regs);

      if (state == decides ? arg != decides : state != neutral && arg == neutral)
        continue;
      if (!is_first)
        g_string_append_printf (out, " %s ", expr->kind == DK_EXPR_AND ? dk_tr (formula->language, N_("and")) : dk_tr (formula->language, N_("or")));
      is_first = FALSE;
      dk_formula_write (formula, expr->args[i], level + 1, out);
    }
}

#define MAX_OPTIONS 8

static void
write_in (DkFormula    *formula,
          const DkExpr *expr,
          GString      *out)
{
  g_autoptr(GString) left = g_string_new (NULL), list = g_string_new (NULL);
  guint n = MIN (expr->n_positive, expr->n_args - 1);
  gboolean is_outside;
  guint32 state;

  dk_formula_write_with_value (formula, expr->args[0], DK_LEVEL_SUM, left);
  for (guint i = 1; i <= MIN (n, MAX_OPTIONS); i++)
    {
      if (i > 1)
        /* TRANSLATORS: between the entries of a list */
        g_string_append (list, dk_tr_context (formula->language, "list", NC_ ("list", ", ")));
      if (expr->args[i]->kind == DK_EXPR_STRING)
        g_string_append (list, expr->args[i]->text);
      else
        dk_formula_write (formula, expr->args[i], DK_LEVEL_SUM, list);
    }
  if (n > MAX_OPTIONS)
    g_string_append (list, " …");
  /* What is so is said, not what was asked. */
  state = dk_expr_get_truth (expr, formula->regs);
  is_outside = expr->negated;
  if (state == DK_TRUE || state == DK_FALSE)
    is_outside = (state == DK_FALSE) != expr->negated;
  if (is_outside)
    /* TRANSLATORS: "industry C39 none of C16, K" */
    g_string_append_printf (out, dk_tr (formula->language, N_("%s none of %s")), left->str, list->str);
  else
    /* TRANSLATORS: "industry C39 one of C39, I65" */
    g_string_append_printf (out, dk_tr (formula->language, N_("%s one of %s")), left->str, list->str);
}

static void
write_band (DkFormula    *formula,
            const DkExpr *expr,
            GString      *out)
{
  dk_formula_write_with_value (formula, expr->args[0], DK_LEVEL_SUM, out);
  g_string_append (out, " → ");
  write_value_of (formula, expr, out);
}

/* The branch that is taken; where that is open, the condition says why. */
void
dk_formula_write_branches (DkFormula    *formula,
                           const DkExpr *expr,
                           int           level,
                           GString      *out)
{
  for (guint i = 0; i < expr->n_args; i += 2)
    {
      guint32 condition;

      if (expr->kind == DK_EXPR_CASE && i + 1 == expr->n_args)
        {
          dk_formula_write (formula, expr->args[i], level, out);
          return;
        }
      condition = dk_expr_get_truth (expr->args[i], formula->regs);
      if (condition == DK_TRUE)
        {
          dk_formula_write (formula, expr->args[i + 1], level, out);
          return;
        }
      if ((condition & DK_TRUE) != 0 || condition == DK_UNDEFINED || condition == DK_NA)
        {
          g_autoptr(GString) inner = g_string_new (NULL);

          dk_formula_write (formula, expr->args[i], DK_LEVEL_OR, inner);
          /* TRANSLATORS: a value that depends on a condition: "(by whether staff ≤ 500)" */
          g_string_append_printf (out, dk_tr (formula->language, N_("(by whether %s)")), inner->str);
          return;
        }
      if (expr->kind == DK_EXPR_IF)
        {
          dk_formula_write (formula, expr->args[2], level, out);
          return;
        }
    }
}

static void
write_arguments (DkFormula    *formula,
                 const DkExpr *expr,
                 GString      *out)
{
  for (guint i = 0; i < expr->n_args; i++)
    {
      if (i > 0)
        g_string_append (out, dk_formula_get_separator (formula));
      dk_formula_write (formula, expr->args[i], DK_LEVEL_OR, out);
    }
}

static const struct { const char *name, *message; } functions[] = {
  { "sum", N_("sum of (%s)") },
  { "mean", N_("mean of (%s)") },
  { "min", N_("least of (%s)") },
  { "max", N_("greatest of (%s)") },
  { "best", N_("best of (%s)") },
  { "all", N_("all of (%s)") },
  { "any", N_("any of (%s)") },
  { "count", N_("number of (%s)") },
  /* TRANSLATORS: of a series of years: each year more than the one before */
  { "rising", N_("%s rising every year") },
  { "round", N_("rounded (%s)") },
  { "floor", N_("rounded down (%s)") },
  { "ceil", N_("rounded up (%s)") },
  { "abs", N_("amount of (%s)") },
  { "at_least", N_("at least so many of (%s)") },
  { "year_of", N_("year of %s") },
  { "months_between", N_("whole months between (%s)") },
  { "years_between", N_("whole years between (%s)") },
  { "days_between", N_("days between (%s)") },
  { "is_defined", N_("%s can be computed") },
};

static void
write_call (DkFormula    *formula,
            const DkExpr *expr,
            int           level,
            GString      *out)
{
  g_autoptr(GString) inner = NULL;

  if (is_fallback (expr))
    {
      dk_formula_write (formula, follow_fallback (formula, expr), level, out);
      return;
    }
  if (expr->n_args == 1 && g_str_equal (expr->text, "available"))
    {
      dk_formula_write (formula, expr->args[0], level, out);
      return;
    }
  if (expr->n_args == 3 && g_str_equal (expr->text, "compound_growth"))
    {
      g_autoptr(GString) first = g_string_new (NULL), last = g_string_new (NULL), periods = g_string_new (NULL);

      dk_formula_write (formula, expr->args[0], DK_LEVEL_OR, first);
      dk_formula_write (formula, expr->args[1], DK_LEVEL_OR, last);
      dk_formula_write (formula, expr->args[2], DK_LEVEL_OR, periods);
      /* TRANSLATORS: a yearly rate of growth: the first figure, the last one, how many years lie between them */
      g_string_append_printf (out, dk_tr (formula->language, N_("compound growth (%s → %s, over %s years)")), first->str, last->str, periods->str);
      return;
    }
  /* The day that it comes to says it all. */
  if (g_str_equal (expr->text, "date"))
    {
      write_value_of (formula, expr, out);
      return;
    }
  if (expr->n_args == 1 && g_str_equal (expr->text, "sum"))
    {
      const DkExpr *series = expr->args[0];

      if (series->kind == DK_EXPR_CALL && g_str_equal (series->text, "available") && series->n_args == 1)
        series = series->args[0];
      if (series->fact != NULL && series->n_regs > 1)
        {
          write_fact (formula, series, " + ", out);
          return;
        }
      if (series->item != NULL && series->n_regs > 1)
        {
          write_rule (formula, series, " + ", out);
          return;
        }
    }

  inner = g_string_new (NULL);
  write_arguments (formula, expr, inner);
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, expr->text))
      {
        g_string_append_printf (out, dk_tr (formula->language, functions[i].message), inner->str);
        return;
      }
  g_string_append_printf (out, "%s (%s)", expr->text, inner->str);
}

static void
write_aggregate (DkFormula    *formula,
                 const DkExpr *expr,
                 GString      *out)
{
  const DkRegister *reg = dk_scope_find_register (formula->assessment->scope, expr->name, NULL);
  const char *label = reg != NULL ? dk_text_get (&reg->label, formula->language) : expr->name;
  g_autoptr(GString) value = g_string_new (NULL);
  const char *format;

  write_value_of (formula, expr, value);
  if (g_str_equal (expr->text, "count"))
    /* TRANSLATORS: a register's name, then how many of its rows meet the condition */
    format = N_("%s, rows that count: %s");
  else if (g_str_equal (expr->text, "any"))
    /* TRANSLATORS: a register's name, then yes or no */
    format = N_("%s, a row that counts (%s)");
  else if (g_str_equal (expr->text, "all"))
    format = N_("%s, all rows meet it (%s)");
  else if (g_str_equal (expr->text, "distinct"))
    format = N_("%s, different ones that count: %s");
  else if (g_str_equal (expr->text, "sum"))
    format = N_("%s, total: %s");
  else if (g_str_equal (expr->text, "mean"))
    format = N_("%s, mean: %s");
  else if (g_str_equal (expr->text, "min"))
    format = N_("%s, least: %s");
  else if (g_str_equal (expr->text, "max"))
    format = N_("%s, greatest: %s");
  else if (g_str_equal (expr->text, "allocate"))
    /* TRANSLATORS: a register's name, then how much of an amount its rows take, one after the other, each up to what it can take */
    format = N_("%s, taken row by row: %s");
  else if (g_str_equal (expr->text, "rows_left"))
    /* TRANSLATORS: what its rows have left once an amount has been allocated to them */
    format = N_("%s, left in the rows: %s");
  else if (g_str_equal (expr->text, "amount_left"))
    /* TRANSLATORS: what is left of the amount once the rows have taken theirs */
    format = N_("%s, amount left by the rows: %s");
  else
    format = N_("%s, the first that counts: %s");
  g_string_append_printf (out, dk_tr (formula->language, format), label, value->str);
}

/* Percentages get digits until two figures that differ look different. */
static int
find_digits (const DkFormula *formula,
             const DkExpr    *left,
             const DkValue   *a,
             const DkValue   *b)
{
  DkNumber nearest = a->low;

  if (left->out_kind != DK_KIND_NUMBER || !dk_value_is_point (b) || (a->state & (DK_POINT | DK_RANGE)) == 0)
    return 2;
  /* Of what lies between two ends, as a root does, the nearer one. */
  if (a->state & DK_RANGE && dk_number_compare (dk_value_high (a), b->low) < 0)
    nearest = dk_value_high (a);
  else if (a->state & DK_RANGE && dk_number_compare (a->low, b->low) <= 0)
    return 2;
  if (!dk_number_is_finite (nearest) || dk_number_equal (nearest, b->low))
    return 2;
  for (int digits = 2; digits < 12; digits++)
    {
      g_autofree char *first = dk_number_to_display (nearest, left->out_unit, digits, formula->language);
      g_autofree char *second = dk_number_to_display (b->low, left->out_unit, digits, formula->language);

      if (!g_str_equal (first, second))
        return digits;
    }
  return 12;
}

static void
write_comparison (DkFormula    *formula,
                  const DkExpr *expr,
                  GString      *out)
{
  const DkExpr *left = expr->args[0] != NULL ? expr->args[0] : formula->item->value;
  const DkExpr *right = expr->args[1];
  int outer = formula->digits;
  DkValue a, b;

  if (left != NULL && dk_expr_get_value (left, 0, formula->regs, &a) && dk_expr_get_value (right, 0, formula->regs, &b))
    formula->digits = find_digits (formula, left, &a, &b);

  /* "x = y = z" would read as one chain. */
  if (left != NULL && expr->comparison == DK_EQ && !dk_formula_is_simple (left))
    {
      g_autoptr(GString) name = g_string_new (NULL), value = g_string_new (NULL);

      dk_formula_write (formula, left, DK_LEVEL_SUM, name);
      write_value_of (formula, left, value);
      write_word (formula, name->str, value->str, out);
    }
  else if (left != NULL)
    dk_formula_write_with_value (formula, left, DK_LEVEL_SUM, out);
  else if (formula->item->value_reg != DK_NO_REGISTER)
    {
      g_autofree char *shown = dk_value_to_display_digits (&formula->regs[formula->item->value_reg], formula->item->kind_of_value,
                                                           formula->item->unit, formula->item->choices, formula->item->codes,
                                                           formula->digits, formula->language);

      g_string_append (out, shown);
    }

  g_string_append_printf (out, " %s ", dk_comparison_to_symbol (expr->comparison));
  dk_formula_write_with_value (formula, right, DK_LEVEL_SUM, out);
  formula->digits = outer;
}

void
dk_formula_write (DkFormula    *formula,
                  const DkExpr *expr,
                  int           level,
                  GString      *out)
{
  int own = get_level (expr);
  gboolean needs_brackets = own < level;

  if (needs_brackets)
    g_string_append_c (out, '(');

  switch (expr->kind)
    {
    case DK_EXPR_NUMBER:
      write_number (formula, expr, out);
      break;

    case DK_EXPR_RANGE:
      write_number (formula, expr->args[0], out);
      g_string_append (out, "–");
      write_number (formula, expr->args[1], out);
      break;

    case DK_EXPR_DATE:
      {
        gint64 day;

        if (dk_number_to_int64 (expr->value, &day))
          {
            g_autofree char *shown = dk_date_to_string (day);

            g_string_append (out, shown);
          }
      }
      break;

    case DK_EXPR_STRING:
      g_string_append (out, expr->text);
      break;

    case DK_EXPR_NAME:
    case DK_EXPR_INDEX:
      write_name (formula, expr, out);
      break;

    case DK_EXPR_NEGATE:
      g_string_append (out, "−");
      dk_formula_write (formula, expr->args[0], DK_LEVEL_POWER + 1, out);
      break;

    case DK_EXPR_NOT:
      /* A name comes with its value, which says it: "listed as abnormal: no". */
      if (expr->args[0]->kind != DK_EXPR_NAME && expr->args[0]->kind != DK_EXPR_INDEX)
        g_string_append_printf (out, "%s ", dk_tr (formula->language, N_("not")));
      dk_formula_write (formula, expr->args[0], DK_LEVEL_ATOM, out);
      break;

    case DK_EXPR_ADD:
      write_binary (formula, expr, "+", DK_LEVEL_SUM, out);
      break;

    case DK_EXPR_SUB:
      write_binary (formula, expr, "−", DK_LEVEL_SUM, out);
      break;

    case DK_EXPR_MUL:
      write_binary (formula, expr, "×", DK_LEVEL_PRODUCT, out);
      break;

    case DK_EXPR_DIV:
      write_binary (formula, expr, "÷", DK_LEVEL_PRODUCT, out);
      break;

    case DK_EXPR_POWER:
      dk_formula_write (formula, expr->args[0], DK_LEVEL_ATOM, out);
      g_string_append (out, "^");
      dk_formula_write (formula, expr->args[1], DK_LEVEL_ATOM, out);
      break;

    case DK_EXPR_COMPARE:
      write_comparison (formula, expr, out);
      break;

    case DK_EXPR_IN:
      write_in (formula, expr, out);
      break;

    case DK_EXPR_AND:
    case DK_EXPR_OR:
      write_logic (formula, expr, own, out);
      break;

    case DK_EXPR_IF:
    case DK_EXPR_CASE:
      dk_formula_write_branches (formula, expr, level, out);
      break;

    case DK_EXPR_BAND:
      write_band (formula, expr, out);
      break;

    case DK_EXPR_CALL:
      write_call (formula, expr, level, out);
      break;

    case DK_EXPR_AGGREGATE:
      write_aggregate (formula, expr, out);
      break;

    case DK_EXPR_AT:
      dk_formula_write (formula, expr->args[0], DK_LEVEL_ATOM, out);
      break;

    default:
      break;
    }

  if (needs_brackets)
    g_string_append_c (out, ')');
}
