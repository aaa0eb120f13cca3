/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-explain"

#include "dk-assessment-private.h"

#include <string.h>

#define N_(text) (text)
#define NC_(context, text) (text)

/* A formula being written out: what decides, with the figures that stood in the registers after the run. */
typedef struct
{
  const DkAssessment *assessment;
  const DkItem       *item;     /* the rule whose formula it is */
  const char         *language;
  const DkValue      *regs;
  int                 digits;   /* after the point of percentages: more where two figures would look alike */
} Text;

enum { LEVEL_OR, LEVEL_AND, LEVEL_NOT, LEVEL_COMPARE, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_POWER, LEVEL_ATOM };

static void write_expr (Text *text, const DkExpr *expr, int level, GString *out);

static const char *translate (const Text *text, const char *message) G_GNUC_FORMAT (2);

static const char *
translate (const Text *text,
           const char *message)
{
  return dk_tr (text->language, message);
}

static int
get_level (const DkExpr *expr)
{
  switch (expr->kind)
    {
    case DK_EXPR_OR:
      return LEVEL_OR;
    case DK_EXPR_AND:
      return LEVEL_AND;
    case DK_EXPR_NOT:
      return LEVEL_NOT;
    case DK_EXPR_COMPARE:
    case DK_EXPR_IN:
      return LEVEL_COMPARE;
    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
      return LEVEL_SUM;
    case DK_EXPR_MUL:
    case DK_EXPR_DIV:
      return LEVEL_PRODUCT;
    case DK_EXPR_NEGATE:
    case DK_EXPR_POWER:
      return LEVEL_POWER;
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
      return LEVEL_ATOM;
    }
}

static char *
value_to_text (const Text    *text,
               const DkExpr  *expr,
               const DkValue *value)
{
  return dk_value_to_display_digits (value, expr->out_kind, expr->out_unit, expr->out_choices, expr->out_codes,
                                     text->digits, text->language);
}

static void
write_value_of (const Text   *text,
                const DkExpr *expr,
                GString      *out)
{
  DkValue value;
  g_autofree char *shown = NULL;

  if (!dk_expr_get_value (expr, 0, text->regs, &value))
    return;
  shown = value_to_text (text, expr, &value);
  g_string_append (out, shown);
}

/* "revenue" or "revenue (2023)": the year is said when it is not the last one. */
static void
write_label (const Text     *text,
             const DkSymbol *fact,
             DkPeriodKey     period,
             GString        *out)
{
  g_string_append (out, dk_text_get (&fact->label, text->language));
  if (fact->period != DK_PERIOD_NONE && (fact->period != DK_PERIOD_YEAR || period.year != text->assessment->last_year))
    {
      g_autofree char *name = dk_fact_period_to_text (fact, period);

      g_string_append_printf (out, " (%s)", name);
    }
}

/* A fact with its value, or a series: "revenue 2023–2025 (1 + 2 + 3)" with @joint between the values. */
static void
write_fact (Text         *text,
            const DkExpr *expr,
            const char   *joint,
            GString      *out)
{
  const DkAssessment *assessment = text->assessment;

  if (expr->slots == NULL)
    {
      g_string_append (out, dk_text_get (&expr->fact->label, text->language));
      return;
    }
  if (expr->n_regs <= 1)
    {
      write_label (text, expr->fact, dk_assessment_get_period (assessment, expr->slots[0]), out);
      g_string_append_c (out, ' ');
      write_value_of (text, expr, out);
      return;
    }

  {
    g_autofree char *first = dk_fact_period_to_text (expr->fact, dk_assessment_get_period (assessment, expr->slots[0]));
    g_autofree char *last = dk_fact_period_to_text (expr->fact, dk_assessment_get_period (assessment, expr->slots[expr->n_regs - 1]));

    g_string_append_printf (out, "%s %s–%s (", dk_text_get (&expr->fact->label, text->language), first, last);
  }
  for (guint i = 0; i < expr->n_regs; i++)
    {
      DkValue value;
      g_autofree char *shown = NULL;

      if (!dk_expr_get_value (expr, i, text->regs, &value))
        continue;
      shown = value_to_text (text, expr, &value);
      g_string_append_printf (out, "%s%s", i > 0 ? joint : "", shown);
    }
  g_string_append_c (out, ')');
}

static const char *
truth_to_word (const Text *text,
               guint32     bits)
{
  switch (bits)
    {
    case DK_TRUE:
      return translate (text, N_("met"));

    case DK_FALSE:
    case DK_UNDEFINED:
      return translate (text, N_("not met"));

    case DK_NA:
      return translate (text, N_("does not apply"));

    default:
      return translate (text, N_("open"));
    }
}

static void
write_rule (Text         *text,
            const DkExpr *expr,
            const char   *joint,
            GString      *out)
{
  g_string_append (out, dk_text_get (&expr->item->title, text->language));
  if (expr->kind == DK_EXPR_INDEX)
    {
      gint64 base = expr->is_absolute ? 0 : text->assessment->last_year;

      if (expr->low != expr->high)
        g_string_append_printf (out, " %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, base + expr->low, base + expr->high);
      else if (base + expr->low != text->assessment->last_year)
        g_string_append_printf (out, " (%" G_GINT64_FORMAT ")", base + expr->low);
    }
  g_string_append_c (out, ' ');
  if (expr->n_regs > 1)
    {
      g_string_append_c (out, '(');
      for (guint i = 0; i < expr->n_regs; i++)
        {
          DkValue value;
          g_autofree char *shown = NULL;

          if (!dk_expr_get_value (expr, i, text->regs, &value))
            continue;
          shown = value_to_text (text, expr, &value);
          g_string_append_printf (out, "%s%s", i > 0 ? joint : "", shown);
        }
      g_string_append_c (out, ')');
    }
  else if (expr->out_kind == DK_KIND_TRUTH)
    g_string_append (out, truth_to_word (text, dk_expr_get_truth (expr, text->regs)));
  else
    write_value_of (text, expr, out);
}

static void
write_name (Text         *text,
            const DkExpr *expr,
            GString      *out)
{
  if (expr->fact != NULL)
    write_fact (text, expr, ", ", out);
  else if (expr->item != NULL)
    write_rule (text, expr, ", ", out);
  else if (expr->parameter != NULL)
    {
      g_string_append_printf (out, "%s ", dk_text_get (&expr->parameter->title, text->language));
      write_value_of (text, expr, out);
    }
  else if (expr->text != NULL && g_str_equal (expr->text, "as_of"))
    {
      g_autofree char *day = dk_date_to_string (text->assessment->as_of);

      /* TRANSLATORS: the day of an assessment, followed by the date */
      g_string_append_printf (out, "%s %s", translate (text, N_("day of assessment")), day);
    }
  else if (expr->text != NULL && g_str_equal (expr->text, "year"))
    g_string_append_printf (out, "%s %d", translate (text, N_("year")), text->assessment->last_year);
  else
    {
      gsize length = out->len;

      /* An option of a choice, true, false, unknown. */
      write_value_of (text, expr, out);
      if (out->len == length && expr->text != NULL)
        {
          int option = expr->out_choices != NULL ? dk_choices_find (expr->out_choices, expr->text) : -1;

          g_string_append (out, option >= 0 ? dk_text_get (g_ptr_array_index (expr->out_choices->labels, option), text->language)
                                            : expr->text);
        }
    }
}

static const char *
comparison_to_symbol (DkComparison comparison)
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
static gboolean
is_simple (const DkExpr *expr)
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

/* "research 1 ÷ revenue 20 = 5.00 %": what is computed is followed by what comes out. */
static void
write_with_value (Text         *text,
                  const DkExpr *expr,
                  int           level,
                  GString      *out)
{
  write_expr (text, expr, level, out);
  if (!is_simple (expr) && expr->out_kind != DK_KIND_TRUTH)
    {
      g_string_append (out, " = ");
      write_value_of (text, expr, out);
    }
}

static void
write_binary (Text         *text,
              const DkExpr *expr,
              const char   *symbol,
              int           level,
              GString      *out)
{
  write_expr (text, expr->args[0], level, out);
  g_string_append_printf (out, " %s ", symbol);
  /* a - (b - c), a / (b / c) */
  write_expr (text, expr->args[1], expr->kind == DK_EXPR_SUB || expr->kind == DK_EXPR_DIV ? level + 1 : level, out);
}

static void
write_number (const Text   *text,
              const DkExpr *expr,
              GString      *out)
{
  DkUnit unit = expr->has_unit ? expr->unit : expr->out_unit;
  g_autofree char *shown = dk_number_to_display (expr->value, unit, -1, text->language);

  g_string_append (out, shown);
}

/* The parts of "and" or "or" that decide. */
static void
write_logic (Text         *text,
             const DkExpr *expr,
             int           level,
             GString      *out)
{
  guint32 state = dk_expr_get_truth (expr, text->regs);
  guint32 neutral = expr->kind == DK_EXPR_AND ? DK_TRUE : DK_FALSE;
  guint32 decides = expr->kind == DK_EXPR_AND ? DK_FALSE : DK_TRUE;
  gboolean is_first = TRUE;

  for (guint i = 0; i < expr->n_args; i++)
    {
      guint32 arg = dk_expr_get_truth (expr->args[i], text->regs);

      if (state == decides ? arg != decides : state != neutral && arg == neutral)
        continue;
      if (!is_first)
        g_string_append_printf (out, " %s ", expr->kind == DK_EXPR_AND ? translate (text, N_("and")) : translate (text, N_("or")));
      is_first = FALSE;
      write_expr (text, expr->args[i], level + 1, out);
    }
}

#define MAX_OPTIONS 8

static void
write_in (Text         *text,
          const DkExpr *expr,
          GString      *out)
{
  g_autoptr(GString) left = g_string_new (NULL), list = g_string_new (NULL);
  guint n = MIN (expr->n_positive, expr->n_args - 1);
  gboolean is_outside;
  guint32 state;

  write_with_value (text, expr->args[0], LEVEL_SUM, left);
  for (guint i = 1; i <= MIN (n, MAX_OPTIONS); i++)
    {
      if (i > 1)
        /* TRANSLATORS: between the entries of a list */
        g_string_append (list, dk_tr_context (text->language, "list", NC_ ("list", ", ")));
      if (expr->args[i]->kind == DK_EXPR_STRING)
        g_string_append (list, expr->args[i]->text);
      else
        write_expr (text, expr->args[i], LEVEL_SUM, list);
    }
  if (n > MAX_OPTIONS)
    g_string_append (list, " …");
  /* What is so is said, not what was asked. */
  state = dk_expr_get_truth (expr, text->regs);
  is_outside = expr->negated;
  if (state == DK_TRUE || state == DK_FALSE)
    is_outside = (state == DK_FALSE) != expr->negated;
  if (is_outside)
    /* TRANSLATORS: "industry C39 none of C16, K" */
    g_string_append_printf (out, translate (text, N_("%s none of %s")), left->str, list->str);
  else
    /* TRANSLATORS: "industry C39 one of C39, I65" */
    g_string_append_printf (out, translate (text, N_("%s one of %s")), left->str, list->str);
}

static void
write_band (Text         *text,
            const DkExpr *expr,
            GString      *out)
{
  write_with_value (text, expr->args[0], LEVEL_SUM, out);
  g_string_append (out, " → ");
  write_value_of (text, expr, out);
}

/* The branch that is taken; where that is open, the condition says why. */
static void
write_branches (Text         *text,
                const DkExpr *expr,
                int           level,
                GString      *out)
{
  for (guint i = 0; i < expr->n_args; i += 2)
    {
      guint32 condition;

      if (expr->kind == DK_EXPR_CASE && i + 1 == expr->n_args)
        {
          write_expr (text, expr->args[i], level, out);
          return;
        }
      condition = dk_expr_get_truth (expr->args[i], text->regs);
      if (condition == DK_TRUE)
        {
          write_expr (text, expr->args[i + 1], level, out);
          return;
        }
      if ((condition & DK_TRUE) != 0 || condition == DK_UNDEFINED || condition == DK_NA)
        {
          g_autoptr(GString) inner = g_string_new (NULL);

          write_expr (text, expr->args[i], LEVEL_OR, inner);
          /* TRANSLATORS: a value that depends on a condition: "(by whether staff ≤ 500)" */
          g_string_append_printf (out, translate (text, N_("(by whether %s)")), inner->str);
          return;
        }
      if (expr->kind == DK_EXPR_IF)
        {
          write_expr (text, expr->args[2], level, out);
          return;
        }
    }
}

static void
write_arguments (Text         *text,
                 const DkExpr *expr,
                 GString      *out)
{
  for (guint i = 0; i < expr->n_args; i++)
    {
      if (i > 0)
        g_string_append (out, dk_tr_context (text->language, "list", NC_ ("list", ", ")));
      write_expr (text, expr->args[i], LEVEL_OR, out);
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
  { "compound_growth", N_("compound growth (%s)") },
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
write_call (Text         *text,
            const DkExpr *expr,
            int           level,
            GString      *out)
{
  g_autoptr(GString) inner = NULL;

  if (expr->n_args == 2 && (g_str_equal (expr->text, "if_undefined") || g_str_equal (expr->text, "if_na")))
    {
      DkValue first;
      guint32 bit = g_str_equal (expr->text, "if_na") ? DK_NA : DK_UNDEFINED;
      gboolean falls_back = dk_expr_get_value (expr->args[0], 0, text->regs, &first) && (first.state & 15) == bit;

      write_expr (text, expr->args[falls_back ? 1 : 0], level, out);
      return;
    }
  if (expr->n_args == 1 && g_str_equal (expr->text, "available"))
    {
      write_expr (text, expr->args[0], level, out);
      return;
    }
  if (expr->n_args == 1 && g_str_equal (expr->text, "sum"))
    {
      const DkExpr *series = expr->args[0];

      if (series->kind == DK_EXPR_CALL && g_str_equal (series->text, "available") && series->n_args == 1)
        series = series->args[0];
      if (series->fact != NULL && series->n_regs > 1)
        {
          write_fact (text, series, " + ", out);
          return;
        }
      if (series->item != NULL && series->n_regs > 1)
        {
          write_rule (text, series, " + ", out);
          return;
        }
    }

  inner = g_string_new (NULL);
  write_arguments (text, expr, inner);
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, expr->text))
      {
        g_string_append_printf (out, translate (text, functions[i].message), inner->str);
        return;
      }
  g_string_append_printf (out, "%s (%s)", expr->text, inner->str);
}

static void
write_aggregate (Text         *text,
                 const DkExpr *expr,
                 GString      *out)
{
  const DkRegister *reg = dk_scope_find_register (text->assessment->scope, expr->name, NULL);
  const char *label = reg != NULL ? dk_text_get (&reg->label, text->language) : expr->name;
  g_autoptr(GString) value = g_string_new (NULL);
  const char *format;

  write_value_of (text, expr, value);
  if (g_str_equal (expr->text, "count"))
    /* TRANSLATORS: a register's name, then how many of its rows meet the condition */
    format = N_("%s, rows that count: %s");
  else if (g_str_equal (expr->text, "any"))
    /* TRANSLATORS: a register's name, then yes or no */
    format = N_("%s, a row that counts: %s");
  else if (g_str_equal (expr->text, "all"))
    format = N_("%s, all rows meet it: %s");
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
  else
    format = N_("%s, the first that counts: %s");
  g_string_append_printf (out, translate (text, format), label, value->str);
}

/* Percentages get digits until two figures that differ look different. */
static int
find_digits (const Text    *text,
             const DkExpr  *left,
             const DkValue *a,
             const DkValue *b)
{
  if (left->out_kind != DK_KIND_NUMBER || !dk_value_is_point (a) || !dk_value_is_point (b) || dk_number_equal (a->low, b->low))
    return 2;
  for (int digits = 2; digits < 12; digits++)
    {
      g_autofree char *first = dk_number_to_display (a->low, left->out_unit, digits, text->language);
      g_autofree char *second = dk_number_to_display (b->low, left->out_unit, digits, text->language);

      if (!g_str_equal (first, second))
        return digits;
    }
  return 12;
}

static void
write_comparison (Text         *text,
                  const DkExpr *expr,
                  GString      *out)
{
  const DkExpr *left = expr->args[0] != NULL ? expr->args[0] : text->item->value;
  const DkExpr *right = expr->args[1];
  int outer = text->digits;
  DkValue a, b;

  if (left != NULL && dk_expr_get_value (left, 0, text->regs, &a) && dk_expr_get_value (right, 0, text->regs, &b))
    text->digits = find_digits (text, left, &a, &b);

  /* "x = y = z" would read as one chain. */
  if (left != NULL && expr->comparison == DK_EQ && !is_simple (left))
    {
      write_expr (text, left, LEVEL_SUM, out);
      g_string_append (out, " (");
      write_value_of (text, left, out);
      g_string_append_c (out, ')');
    }
  else if (left != NULL)
    write_with_value (text, left, LEVEL_SUM, out);
  else if (text->item->value_reg != DK_NO_REGISTER)
    {
      g_autofree char *shown = dk_value_to_display_digits (&text->regs[text->item->value_reg], text->item->kind_of_value,
                                                           text->item->unit, text->item->choices, text->item->codes,
                                                           text->digits, text->language);

      g_string_append (out, shown);
    }

  g_string_append_printf (out, " %s ", comparison_to_symbol (expr->comparison));
  write_with_value (text, right, LEVEL_SUM, out);
  text->digits = outer;
}

static void
write_expr (Text         *text,
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
      write_number (text, expr, out);
      break;

    case DK_EXPR_RANGE:
      write_number (text, expr->args[0], out);
      g_string_append (out, "–");
      write_number (text, expr->args[1], out);
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
      write_name (text, expr, out);
      break;

    case DK_EXPR_NEGATE:
      g_string_append (out, "−");
      write_expr (text, expr->args[0], LEVEL_POWER + 1, out);
      break;

    case DK_EXPR_NOT:
      /* A name comes with its value, which says it: "listed as abnormal: no". */
      if (expr->args[0]->kind != DK_EXPR_NAME && expr->args[0]->kind != DK_EXPR_INDEX)
        g_string_append_printf (out, "%s ", translate (text, N_("not")));
      write_expr (text, expr->args[0], LEVEL_ATOM, out);
      break;

    case DK_EXPR_ADD:
      write_binary (text, expr, "+", LEVEL_SUM, out);
      break;

    case DK_EXPR_SUB:
      write_binary (text, expr, "−", LEVEL_SUM, out);
      break;

    case DK_EXPR_MUL:
      write_binary (text, expr, "×", LEVEL_PRODUCT, out);
      break;

    case DK_EXPR_DIV:
      write_binary (text, expr, "÷", LEVEL_PRODUCT, out);
      break;

    case DK_EXPR_POWER:
      write_expr (text, expr->args[0], LEVEL_ATOM, out);
      g_string_append (out, "^");
      write_expr (text, expr->args[1], LEVEL_ATOM, out);
      break;

    case DK_EXPR_COMPARE:
      write_comparison (text, expr, out);
      break;

    case DK_EXPR_IN:
      write_in (text, expr, out);
      break;

    case DK_EXPR_AND:
    case DK_EXPR_OR:
      write_logic (text, expr, own, out);
      break;

    case DK_EXPR_IF:
    case DK_EXPR_CASE:
      write_branches (text, expr, level, out);
      break;

    case DK_EXPR_BAND:
      write_band (text, expr, out);
      break;

    case DK_EXPR_CALL:
      write_call (text, expr, level, out);
      break;

    case DK_EXPR_AGGREGATE:
      write_aggregate (text, expr, out);
      break;

    case DK_EXPR_AT:
      write_expr (text, expr->args[0], LEVEL_ATOM, out);
      break;

    default:
      break;
    }

  if (needs_brackets)
    g_string_append_c (out, ')');
}

/* Names of the children of a group whose verdict is @bits. */
static void
write_children (const Text   *text,
                const DkItem *group,
                guint32       wanted,
                guint        *n_wanted,
                GString      *out)
{
  *n_wanted = 0;
  for (guint i = 0; i < group->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (text->assessment, g_ptr_array_index (group->children, i), group);
      guint32 bits = child->verdict_reg == DK_NO_REGISTER ? DK_OPEN
                     : text->regs[child->verdict_reg].state & (DK_OPEN | DK_UNDEFINED | DK_NA);

      if (bits == DK_UNDEFINED)
        bits = DK_FALSE;
      else if (!dk_truth_is_settled (bits))
        bits = DK_OPEN;
      if (bits != wanted)
        continue;
      if ((*n_wanted)++ > 0)
        g_string_append (out, dk_tr_context (text->language, "list", NC_ ("list", ", ")));
      g_string_append (out, dk_text_get (&child->title, text->language));
    }
}

static void
write_group (Text           *text,
             const DkResult *result,
             GString        *out)
{
  g_autoptr(GString) passed = g_string_new (NULL), failed = g_string_new (NULL), open = g_string_new (NULL);
  guint n_passed, n_failed, n_open;

  write_children (text, text->item, DK_TRUE, &n_passed, passed);
  write_children (text, text->item, DK_FALSE, &n_failed, failed);
  write_children (text, text->item, DK_OPEN, &n_open, open);

  g_string_append_printf (out, translate (text, N_("conditions met: %u of %u")), n_passed, n_passed + n_failed + n_open);
  if (result->verdict == DK_VERDICT_PASS && text->item->kind == DK_ITEM_ANY)
    g_string_append_printf (out, translate (text, N_("; met: %s")), passed->str);
  else if (result->verdict == DK_VERDICT_FAIL)
    g_string_append_printf (out, translate (text, N_("; not met: %s")), failed->str);
  else if (result->verdict == DK_VERDICT_OPEN)
    g_string_append_printf (out, translate (text, N_("; open: %s")), open->str);
}

static void
write_total (Text           *text,
             const DkResult *result,
             GString        *out)
{
  gboolean is_first = TRUE;
  int outer = text->digits;

  for (guint i = 0; i < text->item->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (text->assessment, g_ptr_array_index (text->item->children, i), text->item);
      g_autofree char *shown = NULL;

      if (child->value_reg == DK_NO_REGISTER)
        continue;
      shown = dk_value_to_display_digits (&text->regs[child->value_reg], DK_KIND_NUMBER, child->unit, NULL, NULL, 2, text->language);
      g_string_append_printf (out, "%s%s %s", is_first ? "" : " + ", dk_text_get (&child->title, text->language), shown);
      is_first = FALSE;
    }
  text->digits = outer;
  if (result->has_value)
    {
      g_autofree char *shown = dk_value_to_display_digits (&result->value, result->kind, result->unit, NULL, NULL, 2, text->language);

      g_string_append_printf (out, " = %s", shown);
    }
  if (result->has_threshold)
    {
      g_autofree char *shown = dk_value_to_display_digits (&result->threshold, result->kind, result->unit, NULL, NULL, -1, text->language);

      g_string_append_printf (out, " %s %s", comparison_to_symbol (result->comparison), shown);
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

/* How a comparison ended, and by how much it missed. */
static void
write_verdict (const Text     *text,
               const DkResult *result,
               GString        *out)
{
  const char *format = NULL;
  DkNumber gap;
  g_autofree char *shown = NULL;

  switch (result->verdict)
    {
    case DK_VERDICT_PASS:
      if (result->item->kind == DK_ITEM_WARNING)
        g_string_append (out, translate (text, N_(": nothing to warn of")));
      else
        /* TRANSLATORS: after a formula: "staff 500 ≤ 500: met" */
        g_string_append (out, translate (text, N_(": met")));
      return;

    case DK_VERDICT_OPEN:
      g_string_append (out, translate (text, N_(": open")));
      return;

    case DK_VERDICT_NA:
      g_string_append (out, translate (text, N_(": does not apply")));
      return;

    case DK_VERDICT_NONE:
      return;

    case DK_VERDICT_FAIL:
    default:
      break;
    }

  if (result->is_undefined)
    {
      g_string_append (out, translate (text, N_(": not met, not computable")));
      return;
    }
  if (result->item->kind == DK_ITEM_WARNING)
    {
      g_string_append (out, translate (text, N_(": a warning")));
      return;
    }
  if (!result->has_margin || !dk_value_is_point (&result->margin) || dk_number_sign (result->margin.low) == 0)
    {
      g_string_append (out, translate (text, N_(": not met")));
      return;
    }

  gap = dk_number_negate (result->margin.low, text->assessment->arena);
  shown = dk_number_to_display (gap, result->margin_unit, get_gap_digits (gap, result->margin_unit), text->language);
  format = result->comparison == DK_LE || result->comparison == DK_LT
             /* TRANSLATORS: "staff 501 ≤ 500: not met, 1 too much" */
             ? translate (text, N_(": not met, %s too much"))
             /* TRANSLATORS: "score 55 ≥ 60: not met, short by 5" */
             : translate (text, N_(": not met, short by %s"));
  g_string_append_printf (out, format, shown);
}

static void
write_out_of_force (const Text     *text,
                    const DkResult *result,
                    GString        *out)
{
  const DkVersion *nearest = result->item->version;
  g_autofree char *from = dk_date_to_string (nearest->from);

  if (nearest->to == G_MAXINT64)
    /* TRANSLATORS: a programme's dates */
    g_string_append_printf (out, translate (text, N_("no version is in force on this day; the nearest is in force from %s")), from);
  else
    {
      g_autofree char *to = dk_date_to_string (nearest->to);

      g_string_append_printf (out, translate (text, N_("no version is in force on this day; the nearest was in force from %s to %s")), from, to);
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
write_refused (Text         *text,
               const DkExpr *expr,
               GString      *out)
{
  g_autoptr(GString) list = g_string_new (NULL);
  guint step = expr->kind == DK_EXPR_IF ? 3 : 2;
  guint n = expr->n_args / 2;

  for (guint i = 0; i < MIN (n, MAX_CONDITIONS) && i * step < expr->n_args; i++)
    {
      if (i > 0)
        g_string_append (list, "; ");
      write_expr (text, expr->args[i * step], LEVEL_OR, list);
    }
  if (n > MAX_CONDITIONS)
    g_string_append (list, " …");
  /* TRANSLATORS: conditions that do not hold */
  g_string_append_printf (out, translate (text, N_("none of: %s")), list->str);
}

/* Of branches at the top of a rule, the one that is taken; writes the condition, and gives %NULL, if it is a bare value or open. */
static const DkExpr *
follow_branch (Text         *text,
               const DkExpr *expr,
               GString      *out)
{
  for (guint i = 0; i + 1 < expr->n_args; i += 2)
    {
      guint32 condition = dk_expr_get_truth (expr->args[i], text->regs);

      if (condition == DK_TRUE && !is_bare (expr->args[i + 1]))
        return expr->args[i + 1];
      if (condition == DK_TRUE)
        {
          write_expr (text, expr->args[i], LEVEL_OR, out);
          return NULL;
        }
      if (condition != DK_FALSE)
        {
          write_branches (text, expr, LEVEL_OR, out);
          return NULL;
        }
      if (expr->kind == DK_EXPR_IF)
        break;
    }
  if (!is_bare (expr->args[expr->n_args - 1]))
    return expr->args[expr->n_args - 1];
  write_refused (text, expr, out);
  return NULL;
}

static void
write_formula (Text           *text,
               const DkResult *result,
               GString        *out)
{
  const DkExpr *expr = result->item->value;
  const char *arrow = result->item->kind == DK_ITEM_SCORE ? " → " : " = ";
  g_autofree char *shown = dk_value_to_display_digits (&result->value, result->kind, result->unit, result->choices, result->codes,
                                                       2, text->language);

  while (expr != NULL && (expr->kind == DK_EXPR_IF || expr->kind == DK_EXPR_CASE))
    {
      expr = follow_branch (text, expr, out);
      if (expr == NULL)
        {
          g_string_append_printf (out, " → %s", shown);
          return;
        }
    }
  if (expr->kind == DK_EXPR_BAND)
    {
      write_with_value (text, expr->args[0], LEVEL_SUM, out);
      arrow = " → ";
    }
  else
    write_expr (text, expr, LEVEL_SUM, out);
  if (expr->kind == DK_EXPR_BAND || !is_simple (expr) || result->item->kind == DK_ITEM_SCORE)
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
  Text text = { assessment, item, language, assessment->run->regs, 2 };
  GString *out = g_string_new (NULL);

  if (result->is_programme && result->in_force == NULL)
    {
      write_out_of_force (&text, result, out);
      return g_string_free (out, FALSE);
    }
  if (item->applies != NULL && (dk_expr_get_truth (item->applies, text.regs) & DK_TRUE) == 0)
    {
      write_expr (&text, item->applies, LEVEL_OR, out);
      g_string_append (out, translate (&text, N_(": does not apply")));
      return g_string_free (out, FALSE);
    }

  switch (item->kind)
    {
    case DK_ITEM_ALL:
    case DK_ITEM_ANY:
    case DK_ITEM_AT_LEAST:
      write_group (&text, result, out);
      break;

    case DK_ITEM_TOTAL:
      write_total (&text, result, out);
      write_verdict (&text, result, out);
      break;

    case DK_ITEM_SCORE:
      write_formula (&text, result, out);
      write_verdict (&text, result, out);
      break;

    case DK_ITEM_VALUE:
    case DK_ITEM_CRITERION:
    case DK_ITEM_WARNING:
    default:
      if (item->require != NULL)
        {
          write_expr (&text, item->require, LEVEL_OR, out);
          write_verdict (&text, result, out);
        }
      else if (item->value != NULL)
        {
          if (item->value->out_kind == DK_KIND_TRUTH)
            {
              write_expr (&text, item->value, LEVEL_OR, out);
              g_string_append_printf (out, ": %s", truth_to_word (&text, dk_expr_get_truth (item->value, text.regs)));
            }
          else
            {
              write_formula (&text, result, out);
              write_verdict (&text, result, out);
            }
        }
      break;
    }
  return g_string_free (out, FALSE);
}
