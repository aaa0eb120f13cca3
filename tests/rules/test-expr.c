/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-expr"

#include "dk-expr.h"

#include <string.h>

static const char *const kind_names[] = {
  [DK_EXPR_NEGATE] = "-", [DK_EXPR_NOT] = "not", [DK_EXPR_ADD] = "+", [DK_EXPR_SUB] = "-", [DK_EXPR_MUL] = "*",
  [DK_EXPR_DIV] = "/", [DK_EXPR_POWER] = "^", [DK_EXPR_AND] = "and", [DK_EXPR_OR] = "or", [DK_EXPR_IF] = "if",
  [DK_EXPR_CASE] = "case", [DK_EXPR_AT] = "at", [DK_EXPR_RANGE] = "..",
};
static const char *const comparison_names[] = { "<", "<=", ">", ">=", "=", "!=" };

static void append_tree (GString *string, const DkExpr *expr);

static void
append_arguments (GString      *string,
                  const DkExpr *expr,
                  guint         first)
{
  for (guint i = first; i < expr->n_args; i++)
    {
      g_string_append_c (string, ' ');
      append_tree (string, expr->args[i]);
    }
  g_string_append_c (string, ')');
}

/* A tree as text: (operator argument …), _ for an argument that is not there. */
static void
append_tree (GString      *string,
             const DkExpr *expr)
{
  g_autofree char *number = NULL;

  if (expr == NULL)
    {
      g_string_append_c (string, '_');
      return;
    }
  switch (expr->kind)
    {
    case DK_EXPR_NUMBER:
      number = dk_number_to_string (expr->value);
      g_string_append (string, number);
      if (expr->has_unit)
        g_string_append_printf (string, ":%d", expr->unit);
      else
        g_assert_cmpint (expr->unit, ==, DK_UNIT_PLAIN);
      break;
    case DK_EXPR_DATE:
      number = dk_date_to_string (expr->value.num);
      g_string_append_printf (string, "@%s", number);
      break;
    case DK_EXPR_STRING:
      g_string_append_printf (string, "'%s'", expr->text);
      break;
    case DK_EXPR_NAME:
      g_string_append (string, expr->text);
      break;
    case DK_EXPR_INDEX:
      g_assert_cmpuint (expr->n_args, ==, 1);
      append_tree (string, expr->args[0]);
      g_string_append_printf (string, "[%s%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT, expr->is_absolute ? "=" : "", expr->low,
                              expr->high);
      if (expr->sub != 0)
        g_string_append_printf (string, " %c%d..%d", expr->sub, expr->sub_low, expr->sub_high);
      g_string_append_c (string, ']');
      break;
    case DK_EXPR_COMPARE:
      g_string_append_printf (string, "(%s", comparison_names[expr->comparison]);
      append_arguments (string, expr, 0);
      break;
    case DK_EXPR_IN:
      g_string_append_printf (string, "(%s%u", expr->negated ? "not-in:" : "in:", expr->n_positive);
      append_arguments (string, expr, 0);
      break;
    case DK_EXPR_BAND:
      g_string_append (string, "(band ");
      append_tree (string, expr->args[0]);
      for (guint i = 0; i < expr->n_rows; i++)
        {
          g_string_append_printf (string, " [%s ", expr->rows[i].edge != NULL ? comparison_names[expr->rows[i].op] : "else");
          if (expr->rows[i].edge != NULL)
            {
              append_tree (string, expr->rows[i].edge);
              g_string_append_c (string, ' ');
            }
          append_tree (string, expr->rows[i].result);
          g_string_append_c (string, ']');
        }
      g_string_append_c (string, ')');
      break;
    case DK_EXPR_CALL:
      g_string_append_printf (string, "(%s()", expr->text);
      append_arguments (string, expr, 0);
      break;
    case DK_EXPR_AGGREGATE:
      g_assert_true (expr->n_args == 3 || expr->n_args == 5);
      g_string_append_printf (string, "(%s{%s %s}", expr->text, expr->name, expr->alias);
      append_arguments (string, expr, 0);
      break;
    default:
      g_string_append_printf (string, "(%s", kind_names[expr->kind]);
      append_arguments (string, expr, 0);
    }
}

static void
assert_tree (const char *text,
             const char *wanted)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkExpr) expr = dk_expr_parse (text, NULL, arena, problems);
  g_autofree char *said = dk_problems_to_string (problems);
  g_autoptr(GString) tree = g_string_new (NULL);

  if (expr == NULL)
    g_error ("%s: %s", text, said);
  g_assert_cmpuint (dk_problems_length (problems), ==, 0);
  append_tree (tree, expr);
  if (strcmp (tree->str, wanted) != 0)
    g_error ("%s\n  is read as %s\n  instead of %s", text, tree->str, wanted);
}

/* The first problem is the only one, says @wanted and stands in @column. */
static void
assert_error (const char *text,
              int         column,
              const char *wanted)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkExpr) expr = dk_expr_parse (text, NULL, arena, problems);
  const DkProblem *problem;

  if (expr != NULL)
    g_error ("%s is read, but should be refused: %s", text, wanted);
  g_assert_cmpuint (dk_problems_length (problems), ==, 1);
  problem = dk_problems_get (problems, 0);
  if (strstr (problem->message, wanted) == NULL || problem->place.column != column)
    g_error ("%s\n  is refused in column %d: %s\n  instead of in column %d: %s", text, problem->place.column,
             problem->message, column, wanted);
  g_assert_false (problem->is_warning);
}

static void
test_numbers (void)
{
  assert_tree ("500", "500");
  assert_tree (" 0.50 ", "0.5");
  assert_tree ("5%", "0.05:2");
  assert_tree ("5 %", "0.05:2");
  assert_tree ("2.5‰", "0.0025:2");
  assert_tree ("5000万", "50000000:1");
  assert_tree ("2亿", "200000000:1");
  assert_tree ("1.5亿元", "150000000:1");
  assert_tree ("300 万元", "3000000:1");
  assert_tree ("5千万", "50000000:1");
  assert_tree ("3百万元", "3000000:1");
  assert_tree ("1万亿", "1000000000000:1");
  assert_tree ("12.34元", "12.34:1");
  assert_tree ("30 days", "30:4");
  assert_tree ("1day", "1:4");
  assert_tree ("30天", "30:4");
  assert_tree ("30日", "30:4");
  assert_tree ("6 months", "6:5");
  assert_tree ("1 month", "1:5");
  assert_tree ("6个月", "6:5");
  assert_tree ("6月", "6:5");
  assert_tree ("3 years", "3:6");
  assert_tree ("1 year", "1:6");
  assert_tree ("3年", "3:6");
  assert_tree ("60 points", "60:7");
  assert_tree ("1 point", "1:7");
  assert_tree ("60分", "60:7");
  assert_tree ("123456789012345678901234567890", "123456789012345678901234567890");
  assert_tree ("12345678901234567890123456789万", "123456789012345678901234567890000:1");
  assert_tree ("-123456789012345678901234567890..1", "(.. -123456789012345678901234567890 1)");
}

static void
test_ranges (void)
{
  assert_tree ("25..30", "(.. 25 30)");
  assert_tree ("25 .. 30", "(.. 25 30)");
  assert_tree ("25..30 points", "(.. 25:7 30:7)");
  assert_tree ("25 points..30 points", "(.. 25:7 30:7)");
  assert_tree ("50%..60%", "(.. 0.5:2 0.6:2)");
  assert_tree ("0..60%", "(.. 0:2 0.6:2)");
  assert_tree ("-5..-1", "(.. -5 -1)");
  assert_tree ("1.5..2.5", "(.. 1.5 2.5)");
  assert_tree ("5..5", "(.. 5 5)");
  assert_error ("50..60%", 1, "different units");
  assert_error ("50%..60", 1, "different units");
  assert_error ("5 days..6 months", 1, "different units");
  assert_error ("1 + 30..25", 5, "the range is empty");
  assert_error ("25..x", 5, "the upper number of the range is missing before \"x\"");
  assert_error ("25..", 5, "the upper number of the range is missing");
  assert_error ("a..b", 2, "a range has two written numbers");
}

static void
test_dates (void)
{
  assert_tree ("2026-07-15", "@2026-07-15");
  assert_tree ("2024-02-29", "@2024-02-29");
  assert_tree ("２０２６－０７－１５", "@2026-07-15");
  assert_tree ("2026 - 07 - 15", "(- (- 2026 7) 15)");
  assert_tree ("2026-07", "(- 2026 7)");
  assert_tree ("12026-07-15", "(- (- 12026 7) 15)");
  assert_tree ("as_of - 2026-07-15", "(- as_of @2026-07-15)");
  assert_tree ("2026-07-15-1 day", "(- @2026-07-15 1:4)");
  assert_error ("x + 2026-02-30", 5, "\"2026-02-30\" is no date");
  assert_error ("2023-02-29", 1, "\"2023-02-29\" is no date");
  assert_error ("2026-7-15", 1, "a date is written 2026-07-15");
  assert_error ("2026-07-155", 1, "\"2026-07-155\" is no date");
}

static void
test_strings_and_names (void)
{
  assert_tree ("'C39'", "'C39'");
  assert_tree ("''", "''");
  assert_tree ("'it''s'", "'it's'");
  assert_tree ("“北京（市）”", "'北京（市）'");
  assert_tree ("‘北京’", "'北京'");
  assert_tree ("staff", "staff");
  assert_tree ("stsme.score", "stsme.score");
  assert_tree ("a.b.c_1", "a.b.c_1");
  assert_tree ("row.by", "row.by");
  assert_tree ("orange + notes + inside", "(+ (+ orange notes) inside)");
  assert_tree ("true or unknown", "(or true unknown)");
  assert_tree ("undefined", "undefined");
  assert_tree ("ａｂ", "ab");
  assert_error ("x = 'C39", 5, "the closing quote of this text is missing");
  assert_error ("x = “C39'", 5, "the closing quote of this text is missing");
  assert_error ("x = \"C39\"", 5, "single quotes");
  assert_error ("职工总数 > 5", 1, "\"职工总数\" is no name");
  assert_error ("a . b", 3, "\".\" has no meaning here");
  assert_error ("a.1", 2, "a number begins with a digit");
}

static void
test_full_width (void)
{
  assert_tree ("（ｘ［－１］＋１５％）×２÷３−１．５", "(- (/ (* (+ x[-1..-1] 0.15:2) 2) 3) 1.5)");
  assert_tree ("max（a，b、c）", "(max() a b c)");
  assert_tree ("case（a：1，else：2）", "(case a 1 2)");
  assert_tree ("a≥5", "(>= a 5)");
  assert_tree ("a ≤ 5", "(<= a 5)");
  assert_tree ("a ≠ 5", "(!= a 5)");
  assert_tree ("a ＞＝ 5", "(>= a 5)");
  assert_tree ("a　＝ 5", "(= a 5)");
}

static void
test_years (void)
{
  assert_tree ("x[0]", "x[0..0]");
  assert_tree ("x [ - 1 ]", "x[-1..-1]");
  assert_tree ("x[1]", "x[1..1]");
  assert_tree ("x[-2..0]", "x[-2..0]");
  assert_tree ("x[2024]", "x[=2024..2024]");
  assert_tree ("x[2022..2024]", "x[=2022..2024]");
  assert_tree ("x[0 Q1]", "x[0..0 Q1..1]");
  assert_tree ("x[-1 Q1..Q4]", "x[-1..-1 Q1..4]");
  assert_tree ("x[0 M3]", "x[0..0 M3..3]");
  assert_tree ("x[2024 M1..M12]", "x[=2024..2024 M1..12]");
  assert_tree ("size.value[-1]", "size.value[-1..-1]");
  assert_tree ("x[-100]", "x[-100..-100]");

  assert_error ("x[]", 3, "a year is a whole number");
  assert_error ("x[a]", 3, "a year is a whole number");
  assert_error ("x[0.5]", 3, "a year is a whole number");
  assert_error ("x[1 year]", 3, "a year is a whole number");
  assert_error ("x[-101]", 3, "-101 is no year");
  assert_error ("x[101]", 3, "101 is no year");
  assert_error ("x[1899]", 3, "1899 is no year");
  assert_error ("x[2200]", 3, "2200 is no year");
  assert_error ("x[99999999999999999999]", 3, "a year is a whole number");
  assert_error ("x[0..-2]", 3, "the earlier year stands first");
  assert_error ("x[-2..2024]", 3, "relative years or calendar years, not both");
  assert_error ("x[-100..0]", 3, "at most 100 years");
  assert_error ("x[0", 4, "\"]\" is missing");
  assert_error ("x[0 1]", 5, "expected Q1 to Q4, M1 to M12 or \"]\", found \"1\"");
  assert_error ("x[0 Q5]", 5, "\"Q5\" is no part of a year");
  assert_error ("x[0 M13]", 5, "\"M13\" is no part of a year");
  assert_error ("x[0 M0]", 5, "\"M0\" is no part of a year");
  assert_error ("x[0 Q1..M3]", 5, "quarters or months, not both");
  assert_error ("x[0 Q4..Q1]", 5, "the earlier part of the year stands first");
  assert_error ("x[-1..0 Q1]", 9, "quarters and months are those of one year");
  assert_error ("x[0 Q1 2]", 8, "\"]\" is missing before \"2\"");
  assert_error ("(a + b)[0]", 8, "only a name can have a year");
  assert_error ("x[0][1]", 5, "only a name can have a year");
}

static void
test_precedence (void)
{
  assert_tree ("a + b * c", "(+ a (* b c))");
  assert_tree ("(a + b) * c", "(* (+ a b) c)");
  assert_tree ("a - b - c", "(- (- a b) c)");
  assert_tree ("a / b * c", "(* (/ a b) c)");
  assert_tree ("a - (b - c)", "(- a (- b c))");
  assert_tree ("a * b ^ 2", "(* a (^ b 2))");
  assert_tree ("-a * b", "(* (- a) b)");
  assert_tree ("a - -b", "(- a (- b))");
  assert_tree ("(-a) ^ 2", "(^ (- a) 2)");
  assert_tree ("-(a ^ 2)", "(- (^ a 2))");
  assert_tree ("(1 + 25%)^2", "(^ (+ 1 0.25:2) 2)");
  assert_tree ("x[0] ^ 0", "(^ x[0..0] 0)");
  assert_tree ("a + b > c * d", "(> (+ a b) (* c d))");
  assert_tree ("not a = b", "(not (= a b))");
  assert_tree ("not not a", "(not (not a))");
  assert_tree ("not a and b", "(and (not a) b)");
  assert_tree ("a or b and c", "(or a (and b c))");
  assert_tree ("(a or b) and c", "(and (or a b) c)");
  assert_tree ("a and b and c", "(and a b c)");
  assert_tree ("a or b or c or d", "(or a b c d)");
  assert_tree ("a and b or c and d", "(or (and a b) (and c d))");
  assert_tree ("(a and b) and c", "(and (and a b) c)");
  assert_tree ("if a then b else c + 1", "(if a b (+ c 1))");
  assert_tree ("(if a then b else c) + 1", "(+ (if a b c) 1)");
  assert_tree ("1 + if a or b then 2 else 3", "(+ 1 (if (or a b) 2 3))");
  assert_tree ("if a then 1 else if b then 2 else 3", "(if a 1 (if b 2 3))");
  assert_tree ("rd_rate at row.bought_on * 2", "(* (at rd_rate row.bought_on) 2)");
  assert_tree ("rd_rate at (as_of - 1 year)", "(at rd_rate (- as_of 1:6))");
  assert_tree ("-rate at 2024-01-01 + 1", "(+ (- (at rate @2024-01-01)) 1)");

  assert_error ("-a ^ 2", 1, "write (-x)^2 or -(x^2)");
  assert_error ("a ^ 2 ^ 3", 7, "a power of a power");
  assert_error ("a ^ b", 5, "a power is a whole number from 0 to 64");
  assert_error ("a ^ -1", 5, "a power is a whole number");
  assert_error ("a ^ 0.5", 5, "a power is a whole number");
  assert_error ("a ^ 65", 5, "a power is a whole number");
  assert_error ("a ^ 2%", 5, "a power is a whole number");
  assert_error ("a ^ 2..3", 5, "a power is a whole number");
  assert_tree ("a ^ 64", "(^ a 64)");
  assert_error ("a[0] at b", 6, "only a parameter can be read on another day");
  assert_error ("a at b at c", 8, "only a parameter");
  assert_error ("a + not b", 5, "put the negation in parentheses");
}

static void
test_comparisons (void)
{
  assert_tree ("a < 1", "(< a 1)");
  assert_tree ("a <= 1", "(<= a 1)");
  assert_tree ("a > 1", "(> a 1)");
  assert_tree ("a >= 1", "(>= a 1)");
  assert_tree ("a = 1", "(= a 1)");
  assert_tree ("a != 1", "(!= a 1)");
  assert_tree (">= 60", "(>= _ 60)");
  assert_tree ("<= 5% and a > 3", "(and (<= _ 0.05:2) (> a 3))");
  assert_tree ("(a < b) = c", "(= (< a b) c)");
  assert_error ("a < b < c", 7, "write a < b and b < c");
  assert_error ("a = b = c", 7, "comparisons do not chain");
  assert_error (">= 5 <= 7", 6, "comparisons do not chain");
  assert_error ("a in (b) = c", 10, "comparisons do not chain");
  assert_error ("a = b not in (c)", 7, "comparisons do not chain");
  assert_error ("a >= 5 and <= 7", 12, "only a whole rule can begin with a comparison");
  assert_error ("(>= 5)", 2, "expected a value, found \">=\"");
}

static void
test_membership (void)
{
  assert_tree ("x in (a, b)", "(in:2 x a b)");
  assert_tree ("x not in (a)", "(not-in:1 x a)");
  assert_tree ("industry in ('C', 'I65') except ('C16', 'C2')", "(in:2 industry 'C' 'I65' 'C16' 'C2')");
  assert_tree ("a + 1 in (1, -2, 5%)", "(in:3 (+ a 1) 1 -2 0.05:2)");
  assert_tree ("d in (2026-07-15)", "(in:1 d @2026-07-15)");
  assert_tree ("not x in (a) and b", "(and (not (in:1 x a)) b)");
  assert_error ("x in 'C'", 6, "\"(\" is missing before \"'C'\"");
  assert_error ("x in ()", 7, "a list holds names, texts and numbers, not \")\"");
  assert_error ("x in (a, (b))", 10, "a list holds names, texts and numbers, not \"(\"");
  assert_error ("x in (a b)", 9, "\",\" or \")\" is missing before \"b\"");
  assert_error ("x in (a", 8, "\")\" is missing");
  assert_error ("x in (a,", 9, "a member of the list is missing");
  assert_error ("x in (a) except b", 17, "\"(\" is missing before \"b\"");
  assert_error ("in (a)", 1, "expected a value, found \"in\"");
  assert_error ("x = (a, b)", 7, "a list can stand only behind");
}

static void
test_case_and_band (void)
{
  assert_tree ("case(a: 1, b > 2: 2, else: 3)", "(case a 1 (> b 2) 2 3)");
  assert_tree ("band(x, >= 6%: 50, > 5%: 40, else: 0)", "(band x [>= 0.06:2 50] [> 0.05:2 40] [else 0])");
  assert_tree ("band(a/b, < 1 + 1: 12..15)", "(band (/ a b) [< (+ 1 1) (.. 12 15)])");
  assert_tree ("band(x, <= 5000万: 5%, <= 2亿: 4%, else: if a then 3% else 2%)",
               "(band x [<= 50000000:1 0.05:2] [<= 200000000:1 0.04:2] [else (if a 0.03:2 0.02:2)])");

  assert_error ("case(a: 1)", 10, "case has no else");
  assert_error ("case(else: 1)", 6, "case needs a condition before else");
  assert_error ("case(a: 1, else: 2, b: 3)", 19, "nothing can stand behind else");
  assert_error ("case(a, 1)", 7, "\":\" is missing before \",\"");
  assert_error ("case(a: 1 b: 2, else: 3)", 11, "\",\" is missing before \"b\"");
  assert_error ("case a", 6, "\"(\" is missing before \"a\"");
  assert_error ("case(a: 1, else 2)", 17, "\":\" is missing before \"2\"");
  assert_error ("case(a: 1, else: 2", 19, "\")\" is missing");
  assert_error ("band(x)", 7, "the band has no rows");
  assert_error ("band(x, else: 1)", 9, "the band needs a row before else");
  assert_error ("band(x, 6%: 50)", 9, "a row of a band begins with <, <=, >, >= or else, not with \"6%\"");
  assert_error ("band(x, = 6%: 50)", 9, "not with \"=\"");
  assert_error ("band(x, != 6%: 50)", 9, "not with \"!=\"");
  assert_error ("band(x, >= 6% 50)", 15, "\":\" is missing before \"50\"");
  assert_error ("band(x, >= 6%: 50, else: 0, < 1: 2)", 27, "nothing can stand behind else");
  assert_error ("band(x >= 6%: 50)", 13, "\",\" is missing before \":\"");
  assert_error ("band(x, >= 6%: 50,", 19, "a row of the band is missing");
  assert_error ("band(x, => 6%: 50)", 9, "\"=>\" is no operator; did you mean >=?");
  assert_error ("if a then b", 12, "\"else\" is missing");
  assert_error ("if a b", 6, "\"then\" is missing before \"b\"");
}

static void
test_calls (void)
{
  assert_tree ("sum(rd[-2..0])", "(sum() rd[-2..0])");
  assert_tree ("sum(x)", "(sum() x)");
  assert_tree ("max(a, b + 1)", "(max() a (+ b 1))");
  assert_tree ("today()", "(today())");
  assert_tree ("at_least(2, a, b > 1, c)", "(at_least() 2 a (> b 1) c)");
  assert_tree ("count(s > 0)", "(count() (> s 0))");
  assert_tree ("any(x[-1..0])", "(any() x[-1..0])");
  assert_tree ("count(a.b)", "(count() a.b)");
  assert_tree ("round(x / 3, 2)", "(round() (/ x 3) 2)");
  assert_tree ("case(sum(x): 1, else: 2)", "(case (sum() x) 1 2)");
  assert_tree ("f((a), (b))", "(f() a b)");
  assert_error ("max(a b)", 7, "\",\" or \")\" is missing before \"b\"");
  assert_error ("max(a,", 7, "expected a value, found nothing");
  assert_error ("max(a,)", 7, "expected a value, found \")\"");
  assert_error ("max(a", 6, "\")\" is missing");
}

static void
test_aggregates (void)
{
  assert_tree ("count(ip)", "(count{ip row} _ _ _)");
  assert_tree ("any(ip)", "(any{ip row} _ _ _)");
  assert_tree ("count(ip where row.kind = invention)", "(count{ip row} _ (= row.kind invention) _)");
  assert_tree ("sum(ip: row.cost)", "(sum{ip row} row.cost _ _)");
  assert_tree ("sum(ip: row.cost * 2 where row.cost > 0 and a)", "(sum{ip row} (* row.cost 2) (and (> row.cost 0) a) _)");
  assert_tree ("min(ip: row.a)", "(min{ip row} row.a _ _)");
  assert_tree ("max(ip: row.a)", "(max{ip row} row.a _ _)");
  assert_tree ("mean(ip: row.a)", "(mean{ip row} row.a _ _)");
  assert_tree ("all(ip: row.a where row.b)", "(all{ip row} row.a row.b _)");
  assert_tree ("any(ip: row.a)", "(any{ip row} row.a _ _)");
  assert_tree ("distinct(ip: row.product where a)", "(distinct{ip row} row.product a _)");
  assert_tree ("first(certificates: row.valid_to by row.valid_from where row.kind = hnte)",
               "(first{certificates row} row.valid_to (= row.kind hnte) row.valid_from)");
  assert_tree ("count(ip as i where any(products where row.id = i.product))",
               "(count{ip i} _ (any{products row} _ (= row.id i.product) _) _)");
  assert_tree ("sum(ip as i: i.cost)", "(sum{ip i} i.cost _ _)");
  assert_tree ("sum(ip: if row.a then 1 else 2 where row.b)", "(sum{ip row} (if row.a 1 2) row.b _)");

  assert_error ("count(ip: row.a)", 9, "count takes no expression of the row");
  assert_error ("sum(ip where a)", 8, "sum needs an expression of the row");
  assert_error ("sum(ip as i)", 12, "sum needs an expression of the row");
  assert_error ("sum(ip: row.a by row.b)", 15, "sum takes no \"by\"");
  assert_tree ("allocate(losses as l: l.left by l.year where l.valid, against: income - 1, of: l.year = 1)",
               "(allocate{losses l} l.left l.valid l.year (- income 1) (= l.year 1))");
  assert_error ("first(ip: row.a where row.b)", 17, "\"by\" and what the rows are ordered by is missing");
  assert_error ("count(ip where a by b)", 18, "\"by\" stands before \"where\"");
  assert_error ("count(ip as where a)", 13, "a name for the row is missing before \"where\"");
  assert_error ("count(ip as a.b where c)", 13, "\"a.b\" cannot name a row");
  assert_error ("count(ip where", 15, "expected a value, found nothing");
  assert_error ("count(ip where a", 17, "\")\" is missing");
  assert_error ("count(ip where a, b)", 17, "\")\" is missing before \",\"");
  assert_error ("round(ip: row.a)", 9, "\",\" or \")\" is missing before \":\"");
}

static void
test_errors (void)
{
  assert_error ("", 1, "the expression is empty");
  assert_error ("  \n ", 2, "the expression is empty");
  assert_error ("a => b", 3, "\"=>\" is no operator; did you mean >=?");
  assert_error ("a =< b", 3, "\"=<\" is no operator; did you mean <=?");
  assert_error ("a == b", 3, "\"==\" is no operator; did you mean =?");
  assert_error ("a <> b", 3, "\"<>\" is no operator; did you mean !=?");
  assert_error ("a && b", 3, "\"&&\" is no operator; did you mean and?");
  assert_error ("a || b", 3, "\"||\" is no operator; did you mean or?");
  assert_error ("a & b", 3, "\"&\" is no operator; did you mean and?");
  assert_error ("a | b", 3, "\"|\" is no operator; did you mean or?");
  assert_error ("!a", 1, "\"!\" is no operator; did you mean not?");
  assert_error ("a ** 2", 3, "\"**\" is no operator; did you mean ^?");
  assert_error ("a AND b", 3, "did you mean and?");
  assert_error ("(a + b", 7, "\")\" is missing");
  assert_error ("(a b)", 4, "\")\" is missing before \"b\"");
  assert_error ("a + b)", 6, "\")\" closes no \"(\"");
  assert_error ("a]", 2, "\"]\" closes no \"[\"");
  assert_error ("a + and b", 5, "expected a value, found \"and\"");
  assert_error ("a +", 4, "expected a value, found nothing");
  assert_error ("* a", 1, "expected a value, found \"*\"");
  assert_error ("()", 2, "expected a value, found \")\"");
  assert_error ("a b", 3, "expected an operator, found \"b\"");
  assert_error ("a then b", 3, "expected an operator, found \"then\"");
  assert_error ("1_000", 2, "expected an operator, found \"_000\"");
  assert_error ("5(3)", 2, "expected an operator, found \"(\"");
  assert_error ("5人", 2, "\"人\" is no unit");
  assert_error ("5 个", 3, "\"个\" is no unit");
  assert_error ("a%", 2, "stands only behind a number");
  assert_error (".5", 1, "a number begins with a digit");
  assert_error ("a # b", 3, "\"#\" has no meaning here");
  assert_error ("a; b", 2, "\";\" has no meaning here");
  assert_error ("a \x01", 3, "\"U+0001\" has no meaning here");
  assert_error ("a + \xff", 1, "no valid UTF-8 from byte 5 on");
  assert_error ("a abcdefghijabcdefghijabcdefghijabcdefghijX", 3, "found \"abcdefghijabcdefghijabcdefghijabcdefghij…\"");
}

/* Columns count characters, whatever their bytes. */
static void
test_columns (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkExpr) expr = dk_expr_parse ("x = '北京' and\n (5000万 <= y[0])", NULL, arena, problems);
  const DkExpr *right;

  assert_error ("x = '北京市' + + +", 13, "expected a value, found \"+\"");
  assert_error ("5000万 => y", 7, "\"=>\" is no operator");
  assert_error ("（ａ＋ｂ", 5, "\")\" is missing");

  g_assert_nonnull (expr);
  g_assert_cmpint (expr->kind, ==, DK_EXPR_AND);
  g_assert_cmpint (dk_expr_get_place (expr).line, ==, 1);
  g_assert_cmpint (dk_expr_get_place (expr).column, ==, 10);
  g_assert_cmpuint (expr->offset, ==, 0);
  g_assert_cmpuint (expr->end, ==, strlen ("x = '北京' and\n (5000万 <= y[0])"));
  right = expr->args[1];
  g_assert_cmpint (dk_expr_get_place (right).line, ==, 2);
  g_assert_cmpint (dk_expr_get_place (right).column, ==, 9);
  g_assert_cmpuint (right->offset, ==, strlen ("x = '北京' and\n "));
  g_assert_cmpint (dk_expr_get_place (right->args[1]).column, ==, 12);
  g_assert_cmpuint (right->args[1]->end, ==, expr->end - 1);
}

/* What the bytes from offset to end say of each node is the node again. (Alone, a number of a list below 0 is
 * a negation, and an end of a range has no unit: these are only where they belong.) */
static void
assert_covers (const char   *text,
               const DkExpr *expr)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *slice = g_strndup (text + expr->offset, expr->end - expr->offset);
  g_autoptr(DkExpr) again = dk_expr_parse (slice, NULL, arena, problems);
  g_autoptr(GString) tree = g_string_new (NULL);
  g_autoptr(GString) tree_again = g_string_new (NULL);

  g_assert_nonnull (again);
  if (expr->kind == DK_EXPR_NUMBER && dk_number_sign (expr->value) < 0)
    {
      g_assert_cmpint (slice[0], ==, '-');
      return;
    }
  append_tree (tree, expr);
  append_tree (tree_again, again);
  g_assert_cmpstr (tree->str, ==, tree_again->str);
  if (expr->kind == DK_EXPR_RANGE)
    return;
  for (guint i = 0; i < expr->n_args; i++)
    if (expr->args[i] != NULL)
      assert_covers (text, expr->args[i]);
  for (guint i = 0; i < expr->n_rows; i++)
    {
      if (expr->rows[i].edge != NULL)
        assert_covers (text, expr->rows[i].edge);
      assert_covers (text, expr->rows[i].result);
    }
}

static void
test_covering (void)
{
  static const char *const texts[] = {
    "(a + b) * -(c ^ 2) / x[-2..0] >= 5%",
    "not ((a)) and b or c in ('C', 5, -2) except ('C16') and d not in (e)",
    "if a then case(b: 1, else: 2) else band( x , >= 6% : 25..30 points , else : -5..5 )",
    "first(c as i: i.a + 1 by i.b where count(ip) > 0 ) + f( ) + f( a , ( b ) ) + rate at (2026-07-15)",
    "allocate(c: row.a by row.b where row.c , against: (a - b), of: not (row.d) ) + amount_left( c : row.a by -row.b, against: 1)",
    ">= 60分",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(DkArena) arena = dk_arena_new ();
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autoptr(DkExpr) expr = dk_expr_parse (texts[i], NULL, arena, problems);

      g_assert_nonnull (expr);
      assert_covers (texts[i], expr);
    }
}

/* Places are those of the file, through block indentation. */
static void
test_places_in_a_file (void)
{
  static const char text[] = "title: 标题\n"
                             "require: |\n"
                             "  x = '北京'\n"
                             "    and y => 5\n"
                             "quoted: \"a = '中文' ++ b\"\n"
                             "good: |\n"
                             "  x\n"
                             "   + 市\n"
                             "doubled: 'a = ''中文'' and (b + ''x'' => c) and d > 5'\n"
                             "escaped: \"a = '\\u4e2d' and b or c and d and \\\"x\"\n"
                             "folded: >\n"
                             "  a + 1 >= 5 and b\n"
                             "  or c + 5 > )\n";
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("p.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  static const struct { const char *key; int line, column; } wanted[] = {
    { "require", 4, 11 }, { "quoted", 5, 20 }, { "good", 8, 6 }, { "doubled", 9, 37 },
    { "escaped", 10, 45 }, { "folded", 13, 14 },
  };

  g_assert_nonnull (document);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const DkNode *node = dk_node_get (dk_document_get_root (document), wanted[i].key);
      g_autoptr(DkExpr) expr = dk_expr_parse (node->text, node, arena, problems);
      const DkProblem *problem;

      g_assert_null (expr);
      g_assert_cmpuint (dk_problems_length (problems), ==, i + 1);
      problem = dk_problems_get (problems, i);
      g_assert_cmpstr (problem->place.file, ==, "p.yaml");
      g_assert_cmpint (problem->place.line, ==, wanted[i].line);
      g_assert_cmpint (problem->place.column, ==, wanted[i].column);
    }
}

static void
assert_places (const DkExpr *expr,
               const DkNode *node)
{
  gboolean is_leaf = expr->n_args == 0 && expr->n_rows == 0;

  if (is_leaf)
    {
      DkPlace place = dk_node_place_at (node, expr->offset);

      g_assert_cmpint (dk_expr_get_place (expr).line, ==, place.line);
      g_assert_cmpint (dk_expr_get_place (expr).column, ==, place.column);
    }
  for (guint i = 0; i < expr->n_args; i++)
    assert_places (expr->args[i], node);
}

/* Every node stands where its document says, however the text is quoted. */
static void
test_places_of_all_nodes (void)
{
  static const char text[] = "- a + b * c = d and e\n"
                             "- 'a = ''x'' and b = ''y'' or c in (''z'', d)'\n"
                             "- \"a = '\\u4e2d' and\\n b\\t= '\\x41' or c < d\n"
                             "   + e\n\n   + f\"\n"
                             "- |\n"
                             "    a = '北京' and b\n"
                             "      or c = 5\n"
                             "\n"
                             "    or d < e + f\n"
                             "- >\n"
                             "    a = '北京' and b\n"
                             "    or c = 5 or d\n";
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("p.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  const DkNode *root;

  g_assert_nonnull (document);
  root = dk_document_get_root (document);
  g_assert_cmpuint (root->n_children, ==, 5);
  for (guint i = 0; i < root->n_children; i++)
    {
      const DkNode *node = root->children[i];
      g_autoptr(DkExpr) expr = dk_expr_parse (node->text, node, arena, problems);

      g_assert_nonnull (expr);
      assert_places (expr, node);
    }
}

static char *
repeat (const char *before,
        guint       count,
        const char *middle,
        const char *after)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append (string, before);
  g_string_append (string, middle);
  for (guint i = 0; i < count; i++)
    g_string_append (string, after);
  return g_string_free (string, FALSE);
}

static DkExpr *
parse_repeated (const char *before,
                guint       count,
                const char *middle,
                const char *after,
                char      **message)
{
  g_autofree char *text = repeat (before, count, middle, after);
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkExpr *expr = dk_expr_parse (text, NULL, arena, problems);

  g_assert_cmpuint (dk_problems_length (problems), ==, expr == NULL ? 1 : 0);
  *message = expr == NULL ? g_strdup (dk_problems_get (problems, 0)->message) : NULL;
  return expr;
}

static guint
get_depth (const DkExpr *expr)
{
  guint deepest = 0;

  if (expr == NULL)
    return 0;
  for (guint i = 0; i < expr->n_args + 2 * expr->n_rows; i++)
    {
      guint row = i < expr->n_args ? 0 : (i - expr->n_args) / 2;
      const DkExpr *child = i < expr->n_args ? expr->args[i]
                            : (i - expr->n_args) % 2 == 0 ? expr->rows[row].edge : expr->rows[row].result;
      guint depth = get_depth (child);

      deepest = MAX (deepest, depth);
    }
  return deepest + 1;
}

static void
test_depth (void)
{
  static const struct { const char *before, *middle, *after; } forms[] = {
    { "(", "1", ")" }, { "not ", "a", "" }, { "- ", "a", "" }, { "if a then b else ", "c", "" },
    { "if ", "a", " then b else c" }, { "case(a: 1, else: ", "2", ")" }, { "band(", "x", ", > 1: 2)" }, { "f(", "x", ")" },
    { "1 + ", "2", "" }, { "2 * ", "2", "" }, { "count(a where ", "b", ")" }, { "not(", "a", ")" }, { "x at (", "d", ")" },
    { "(a + ", "1", ")" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      static const guint counts[] = { 40, 99, 101, 2000 };

      for (guint j = 0; j < G_N_ELEMENTS (counts); j++)
        {
          g_autofree char *message = NULL;
          g_autoptr(DkExpr) expr = parse_repeated (forms[i].before, counts[j], forms[i].middle, forms[i].after, &message);

          if (expr != NULL)
            g_assert_cmpuint (get_depth (expr), <=, DK_EXPR_MAX_DEPTH);
          if (counts[j] == 40)
            g_assert_nonnull (expr);
          if (counts[j] >= 101)
            {
              g_assert_null (expr);
              g_assert_nonnull (strstr (message, "nested too deep"));
            }
        }
    }
}

static void
test_size (void)
{
  g_autofree char *message = NULL;
  g_autofree char *message_nodes = NULL;
  g_autofree char *message_fits = NULL;
  g_autofree char *message_parentheses = NULL;
  g_autoptr(DkExpr) too_long = parse_repeated ("(", 100000, "1", ")", &message);
  g_autoptr(DkExpr) most_parentheses = parse_repeated ("(", 32767, "1", ")", &message_parentheses);
  g_autoptr(DkExpr) too_many = parse_repeated ("a or ", 10000, "1", " or a", &message_nodes);
  g_autoptr(DkExpr) fits = parse_repeated ("a or ", 4000, "1", " or a", &message_fits);

  g_assert_null (too_long);
  g_assert_cmpstr (message, ==, "the expression is too long: at most 65536 bytes are read");
  g_assert_null (most_parentheses);
  g_assert_nonnull (strstr (message_parentheses, "nested too deep"));
  g_assert_null (too_many);
  g_assert_nonnull (strstr (message_nodes, "too long"));
  g_assert_nonnull (fits);
  g_assert_cmpuint (fits->n_args, ==, 8001);

  {
    g_autofree char *digits = repeat ("1", DK_NUMBER_MAX_DIGITS + 1, "", "");

    assert_error (digits, 1, "");
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/expr/numbers", test_numbers);
  g_test_add_func ("/rules/expr/ranges", test_ranges);
  g_test_add_func ("/rules/expr/dates", test_dates);
  g_test_add_func ("/rules/expr/strings-and-names", test_strings_and_names);
  g_test_add_func ("/rules/expr/full-width", test_full_width);
  g_test_add_func ("/rules/expr/years", test_years);
  g_test_add_func ("/rules/expr/precedence", test_precedence);
  g_test_add_func ("/rules/expr/comparisons", test_comparisons);
  g_test_add_func ("/rules/expr/membership", test_membership);
  g_test_add_func ("/rules/expr/case-and-band", test_case_and_band);
  g_test_add_func ("/rules/expr/calls", test_calls);
  g_test_add_func ("/rules/expr/aggregates", test_aggregates);
  g_test_add_func ("/rules/expr/errors", test_errors);
  g_test_add_func ("/rules/expr/columns-count-characters", test_columns);
  g_test_add_func ("/rules/expr/nodes-cover-their-text", test_covering);
  g_test_add_func ("/rules/expr/places-are-those-of-the-file", test_places_in_a_file);
  g_test_add_func ("/rules/expr/places-of-all-nodes", test_places_of_all_nodes);
  g_test_add_func ("/rules/expr/depth-is-an-error", test_depth);
  g_test_add_func ("/rules/expr/size-is-an-error", test_size);
  return g_test_run ();
}
