/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-sound"

#include "dk-program-private.h"
#include "dk-refine.h"
#include "dk-rulebook.h"

#include <string.h>

/* Whatever the missing answers turn out to be, the result lies inside what was said before. Expressions are made at
 * random as text, over facts of every kind; so are partial answers, and then the answers that complete them. */

/* Whether the program is run under a sanitizer, where everything takes many times as long. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED TRUE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED TRUE
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED FALSE
#endif

/* ---- The names that expressions may use ---- */

typedef enum { MONEY, RATIO, COUNT, TRUTH, CHOICE, DATE, CODE, TEXT } Sort;

static const struct { const char *id; Sort sort; DkPeriod period; gboolean can_be_negative; } facts[] = {
  { "revenue", MONEY, DK_PERIOD_YEAR, FALSE },  { "profit", MONEY, DK_PERIOD_YEAR, TRUE },
  { "staff", COUNT, DK_PERIOD_YEAR, FALSE },    { "st_staff", COUNT, DK_PERIOD_YEAR, FALSE },
  { "capital", MONEY, DK_PERIOD_NONE, TRUE },   { "share", RATIO, DK_PERIOD_NONE, TRUE },
  { "patents", COUNT, DK_PERIOD_NONE, FALSE },  { "resident", TRUTH, DK_PERIOD_NONE, FALSE },
  { "audited", TRUTH, DK_PERIOD_YEAR, FALSE },  { "class", CHOICE, DK_PERIOD_NONE, FALSE },
  { "class_before", CHOICE, DK_PERIOD_NONE, FALSE }, { "founded", DATE, DK_PERIOD_NONE, FALSE },
  { "filed", DATE, DK_PERIOD_NONE, FALSE },     { "trade", CODE, DK_PERIOD_NONE, FALSE },
  { "turnover", MONEY, DK_PERIOD_QUARTER, FALSE }, { "both", MONEY, DK_PERIOD_YEAR, TRUE },
};

static const struct { const char *id; Sort sort; gboolean can_be_negative; } columns[2][8] = {
  { { "kind", CHOICE, FALSE }, { "cost", MONEY, FALSE }, { "gain", MONEY, TRUE }, { "n", COUNT, FALSE },
    { "used", TRUTH, FALSE }, { "granted", DATE, FALSE }, { "product", TEXT, FALSE }, { "trade", CODE, FALSE } },
  { { "id", TEXT, FALSE }, { "sales", MONEY, FALSE }, { "since", DATE, FALSE } },
};

#define N_CODES 8
static const char *const codes[N_CODES] = { "A01", "A02", "C13", "C16", "C161", "C169", "C39", "I65" };
static const char *const options[] = { "micro", "small", "medium", "large" };

/* Rules that may not apply, that have versions chosen by an uncertain day, and a parameter. */
static const char pack[] =
  "pack: pk\n"
  "kind: check\n"
  "title: {zh: 试, en: Trial}\n"
  "select: filed\n"
  "sources: {law: {title: {zh: 法, en: Law}, certainty: V}}\n"
  "parameters:\n"
  "  - {id: rate, unit: ratio, title: {zh: 率, en: Rate}, values: [{from: 2015-01-01, to: 2017-12-31, value: 50%, source: law},\n"
  "     {from: 2019-01-01, value: 75%..100%, source: law}]}\n"
  "versions:\n"
  "  - {id: a, from: 2014-01-01, to: 2016-12-31, source: law}\n"
  "  - {id: b, from: 2017-01-01, to: 2018-12-31, source: law}\n"
  "  - {id: c, from: 2020-01-01, gap_before: true, source: law}\n"
  "rules:\n"
  "  - {id: pk, title: {zh: 甲, en: A}, source: law, any: [few, rich]}\n"
  "  - {id: few, title: {zh: 甲, en: A}, source: law, require: 'staff[0] <= 2', applies: 'resident'}\n"
  "  - {id: rich, title: {zh: 甲, en: A}, source: law, require: 'capital / revenue[0] > 50%'}\n"
  "  - {id: first, title: {zh: 甲, en: A}, source: law, value: 'capital', versions: [a]}\n"
  "  - {id: some, title: {zh: 甲, en: A}, source: law, value: 'profit[0] - capital', applies: 'class != micro'}\n"
  "  - {id: points, title: {zh: 甲, en: A}, source: law, points: {of: 'profit[0] / revenue[0]', bands: [{at_least: 100%, points: 3},\n"
  "     {above: 0, points: 1..2}, {else: 0}]}, max: 2}\n"
  "  - {id: sum, title: {zh: 甲, en: A}, source: law, total: [points, more], require: '>= 3'}\n"
  "  - {id: more, title: {zh: 甲, en: A}, source: law, points: 'if share > 0 then 2 else 1', applies: 'audited[0]'}\n"
  "  - {id: size, title: {zh: 甲, en: A}, source: law, choices: size, value: 'if capital > 1万 then class else micro', applies: 'resident'}\n"
  "  - {id: two, title: {zh: 甲, en: A}, source: law, at_least: 2, of: [few, rich, sum]}\n";

static DkUnit
unit_of (Sort sort)
{
  return sort == MONEY ? DK_UNIT_YUAN : sort == RATIO ? DK_UNIT_RATIO : sort == COUNT ? DK_UNIT_COUNT : DK_UNIT_PLAIN;
}

static DkSymbol *
make_symbol (const DkScope *scope,
             const char    *id,
             Sort           sort,
             DkPeriod       period,
             gboolean       can_be_negative)
{
  static const DkKind kinds[] = { DK_KIND_NUMBER, DK_KIND_NUMBER, DK_KIND_NUMBER, DK_KIND_TRUTH, DK_KIND_CHOICE, DK_KIND_DATE, DK_KIND_CODE, DK_KIND_TEXT };
  DkSymbol *symbol = dk_symbol_new (id, kinds[sort], unit_of (sort), period);

  if (kinds[sort] == DK_KIND_NUMBER && !can_be_negative)
    symbol->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  if (sort == CHOICE)
    {
      symbol->choices = g_ptr_array_index (scope->choices, 0);
      symbol->domain = DK_VALUE_CHOICE (15);
    }
  if (sort == CODE)
    {
      symbol->codes = g_ptr_array_index (scope->codes, 0);
      symbol->domain = DK_VALUE_RANGE (DK_ZERO, DK_NUMBER (N_CODES - 1));
    }
  return symbol;
}

/* Cells of which a row yet to come may have none. */
static gboolean
may_be_none (const char *id)
{
  return strcmp (id, "since") == 0 || strcmp (id, "gain") == 0 || strcmp (id, "used") == 0;
}

static DkScope *
make_scope (void)
{
  DkScope *scope = dk_scope_new ();
  DkChoices *choices = g_new0 (DkChoices, 1);
  DkCodes *table = g_new0 (DkCodes, 1);

  choices->id = g_strdup ("size");
  choices->options = g_ptr_array_new ();
  choices->labels = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_ptr_array_add (choices->options, g_strdup (options[i]));
      g_ptr_array_add (choices->labels, g_new0 (DkText, 1));
    }
  g_ptr_array_add (scope->choices, choices);
  table->id = g_strdup ("trades");
  table->codes = g_ptr_array_new ();
  table->labels = g_ptr_array_new ();
  for (guint i = 0; i < N_CODES; i++)
    {
      g_ptr_array_add (table->codes, g_strdup (codes[i]));
      g_ptr_array_add (table->labels, g_new0 (DkText, 1));
    }
  g_ptr_array_add (scope->codes, table);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      DkSymbol *fact = make_symbol (scope, facts[i].id, facts[i].sort, facts[i].period, facts[i].can_be_negative);

      if (strcmp (fact->id, "st_staff") == 0)
        fact->part_of = g_strdup ("staff");
      if (strcmp (fact->id, "both") == 0)
        fact->derive = g_strdup ("revenue[0] + profit[0]");
      dk_scope_take_fact (scope, fact);
    }
  for (guint r = 0; r < 2; r++)
    {
      DkRegister *reg = dk_register_new (r == 0 ? "ip" : "products");

      for (guint c = 0; c < 8 && columns[r][c].id != NULL; c++)
        {
          DkSymbol *column = make_symbol (scope, columns[r][c].id, columns[r][c].sort, DK_PERIOD_NONE, columns[r][c].can_be_negative);

          column->index = c;
          if (may_be_none (columns[r][c].id))
            column->domain.state |= DK_UNDEFINED;
          g_ptr_array_add (reg->columns, column);
        }
      g_ptr_array_add (scope->registers, reg);
    }
  return scope;
}

/* ---- Expressions as text ---- */

static GStringChunk *chunk; /* owns the texts of one batch */
static struct { const char *alias; guint reg; } loops[4];
static guint n_loops;

static gboolean
chance (int percent)
{
  return g_test_rand_int_range (0, 100) < percent;
}

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

static const char *say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static const char *
say (const char *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_string_chunk_insert (chunk, text);
}

static const char *expression (Sort sort, int depth);
static const char *truth (int depth);

static const char *
constant (Sort sort)
{
  static const char *const texts[][6] = {
    [MONEY] = { "0", "1万", "2万", "-1万", "3万", "10000元" }, [RATIO] = { "0", "1", "50%", "200%", "-50%", "100%" },
    [COUNT] = { "0", "1", "2", "3", "5", "-1" },             [TRUTH] = { "true", "false", "true", "false", "false", "true" },
    [CHOICE] = { "micro", "small", "medium", "large", "micro", "small" },
    [DATE] = { "2016-02-29", "2016-12-31", "2017-01-01", "2019-06-15", "2020-02-28", "as_of" },
  };

  return texts[sort][pick (6)];
}

static const char *
atom (Sort sort)
{
  for (guint i = 0; i < 20; i++)
    {
      guint f = (guint) pick (G_N_ELEMENTS (facts));

      if (n_loops > 0 && chance (60))
        {
          guint loop = (guint) pick ((int) n_loops), c = (guint) pick (8);

          if (columns[loops[loop].reg][c].id != NULL && columns[loops[loop].reg][c].sort == sort)
            return say ("%s.%s", loops[loop].alias, columns[loops[loop].reg][c].id);
          continue;
        }
      if (facts[f].sort != sort)
        continue;
      if (facts[f].period == DK_PERIOD_QUARTER)
        return say ("%s[0 Q%d]", facts[f].id, 1 + pick (4));
      return facts[f].period == DK_PERIOD_NONE ? facts[f].id : say ("%s[%d]", facts[f].id, -pick (3));
    }
  return constant (sort);
}

/* A series of three years. */
static const char *
series (Sort sort,
        int  depth)
{
  static const char *const names[][3] = { [MONEY] = { "revenue", "profit", "both" }, [COUNT] = { "staff", "st_staff", "staff" } };

  if (depth <= 0)
    return sort == RATIO ? say ("(profit[-2..0] / revenue[-2..0])") : say ("%s[-2..0]", names[sort][pick (3)]);
  switch (pick (8))
    {
    case 0: return say ("(%s + %s)", series (sort, depth - 1), expression (sort, depth - 1));
    case 1: return say ("(%s - %s)", expression (sort, depth - 1), series (sort, depth - 1));
    case 2: return say ("%s(%s, %s)", chance (50) ? "max" : "min", series (sort, depth - 1), series (sort, depth - 1));
    case 3: return say ("if_undefined(%s, 0)", series (sort, depth - 1));
    case 4: return say ("abs(%s)", series (sort, depth - 1));
    case 5: return say ("(%s * %s)", series (sort, depth - 1), expression (RATIO, depth - 1));
    default:
      return sort == RATIO ? say ("(%s / %s)", series (MONEY, depth - 1), series (MONEY, depth - 1)) : series (sort, 0);
    }
}

static const char *
truths (int depth)
{
  static const char *const operators[] = { "<", "<=", ">", ">=", "=", "!=" };
  Sort sort = (Sort) pick (3);

  switch (pick (6))
    {
    case 0: return "audited[-2..0]";
    case 1: return depth > 0 ? say ("(%s and %s)", truths (depth - 1), truths (depth - 1)) : "audited[-2..0]";
    case 2: return depth > 0 ? say ("(not (%s))", truths (depth - 1)) : "audited[-2..0]";
    case 3: return say ("is_defined(%s)", series (sort, depth - 1));
    default: return say ("%s %s %s", series (sort, depth - 1), operators[pick (6)], expression (sort, depth - 1));
    }
}

static const char *
in_rows (Sort sort,
         int  depth)
{
  static const char *const names[] = { "row", "i", "k" };
  guint reg = (guint) pick (2);
  const char *alias = names[n_loops], *open, *where, *result, *amount = sort <= COUNT ? expression (sort, depth - 1) : "";
  static const char *const functions[] = { "sum", "min", "max", "mean" };

  open = say ("%s%s%s", reg == 0 ? "ip" : "products", n_loops > 0 ? " as " : "", n_loops > 0 ? alias : "");
  loops[n_loops].alias = alias;
  loops[n_loops++].reg = reg;
  where = chance (70) ? say (" where %s", truth (depth - 1)) : "";
  if (sort == TRUTH)
    result = chance (50) ? say ("any(%s%s)", open, where) : say ("all(%s: %s%s)", open, truth (depth - 1), where);
  else if (sort == COUNT && chance (70))
    result = chance (50)   ? say ("count(%s%s)", open, where)
             : chance (50) ? say ("distinct(%s: %s%s)", open, reg == 0 ? say ("%s.product", alias) : say ("%s.id", alias), where)
                           : say ("distinct(%s: %s%s)", open, expression ((Sort) pick (3), depth - 1), where);
  else if (sort <= COUNT && chance (30))
    {
      static const char *const allocations[] = { "allocate", "rows_left", "amount_left" };
      int which = pick (3);

      result = say ("%s(%s: %s by %s%s, against: %s%s)", allocations[which], open, expression (sort, depth - 1),
                    expression (chance (50) ? DATE : MONEY, depth - 1), where, amount,
                    which < 2 && chance (50) ? say (", of: %s", truth (depth - 1)) : "");
    }
  else if (sort == CHOICE || (sort != TRUTH && chance (25)))
    result = say ("first(%s: %s by %s%s)", open, sort == CHOICE ? atom (CHOICE) : expression (sort, depth - 1),
                  expression (chance (50) ? DATE : MONEY, depth - 1), where);
  else
    result = say ("%s(%s: %s%s)", sort == DATE ? functions[1 + pick (2)] : functions[pick (4)], open, expression (sort, depth - 1), where);
  n_loops--;
  return result;
}

static const char *
choice (int depth)
{
  if (depth <= 0 || chance (40))
    return atom (CHOICE)[0] == 's' || chance (30) ? "class" : chance (50) ? "class_before" : "pk.size";
  switch (pick (4))
    {
    case 0: return say ("(if %s then class else %s)", truth (depth - 1), choice (depth - 1));
    case 1: return say ("case(%s: class_before, %s: %s, else: class)", truth (depth - 1), truth (depth - 1), constant (CHOICE));
    case 2: return say ("if_na(pk.size, %s)", constant (CHOICE));
    default: return n_loops < 2 ? in_rows (CHOICE, depth) : "class";
    }
}

static const char *
truth (int depth)
{
  static const char *const operators[] = { "<", "<=", ">", ">=", "=", "!=" };
  Sort sort = (Sort) pick (3);

  if (depth <= 0)
    return chance (20) ? constant (TRUTH) : atom (TRUTH);
  switch (pick (24))
    {
    case 0: case 1: return say ("(%s and %s)", truth (depth - 1), truth (depth - 1));
    case 2: case 3: return say ("(%s or %s)", truth (depth - 1), truth (depth - 1));
    case 4: return say ("(not (%s))", truth (depth - 1));
    case 5: return say ("at_least(%d, %s, %s, %s)", pick (4), truth (depth - 1), truth (depth - 1), truth (depth - 1));
    case 6: return say ("%s(%s)", chance (50) ? "all" : "any", truths (depth - 1));
    case 7: return say ("%s(available(%s) %s %s)", chance (50) ? "all" : "any", series (sort, depth - 1), operators[pick (6)], constant (sort));
    case 8: return say ("rising(%s)", series (sort, depth - 1));
    case 9: return say ("is_defined(%s)", expression (sort, depth - 1));
    case 10: return say ("(%s %s %s)", expression (DATE, depth - 1), operators[pick (6)], expression (DATE, depth - 1));
    case 11: return say ("(%s in (%s, %s))", choice (depth - 1), constant (CHOICE), constant (CHOICE));
    case 12: return say ("(%s %s %s)", choice (depth - 1), chance (50) ? "=" : "!=", chance (60) ? constant (CHOICE) : choice (depth - 1));
    case 13: return say ("(trade %s ('C', 'A01') except ('C16'))", chance (50) ? "in" : "not in");
    case 14: return say ("(if %s then %s else %s)", truth (depth - 1), truth (depth - 1), truth (depth - 1));
    case 15: return say ("if_undefined(%s, %s)", truth (depth - 1), truth (depth - 1));
    case 16: return chance (50) ? say ("if_na(pk.few, %s)", truth (depth - 1)) : chance (50) ? "pk" : "pk.two";
    case 17:
      {
        const char *unit = chance (40) ? "months" : chance (50) ? "years" : "days";

        return say ("(%s_between(%s, %s) %s %d %s)", unit, expression (DATE, depth - 1), expression (DATE, depth - 1), operators[pick (6)],
                    pick (5) - 1, unit);
      }
    case 18: return say ("(%s in (%s, %s))", expression (sort, depth - 1), constant (sort), constant (sort));
    case 19: return n_loops < 3 ? in_rows (TRUTH, depth) : atom (TRUTH);
    case 20:
      if (n_loops == 0)
        return "any(ip as i where any(products where row.id = i.product))";
      return say ("(%s %s %s)", truth (depth - 1), chance (50) ? "=" : "!=", truth (depth - 1));
    default: return say ("(%s %s %s)", expression (sort, depth - 1), operators[pick (6)], expression (sort, depth - 1));
    }
}

static const char *
date (int depth)
{
  switch (pick (9))
    {
    case 0: return say ("(%s + %d days)", expression (DATE, depth - 1), pick (60));
    case 1: return say ("(%s %s %d months)", expression (DATE, depth - 1), chance (50) ? "+" : "-", pick (15));
    case 2: return say ("(%s + months_between(%s, %s))", expression (DATE, depth - 1), expression (DATE, depth - 1), expression (DATE, depth - 1));
    case 3: return say ("date(year_of(%s) + %d, %d, %d)", expression (DATE, depth - 1), pick (3), 1 + pick (12), 27 + pick (4));
    case 4: return say ("date(%d, %s, %d)", 2015 + pick (6), expression (COUNT, depth - 1), 28 + pick (4));
    case 5: return say ("%s(%s, %s)", chance (50) ? "max" : "min", expression (DATE, depth - 1), expression (DATE, depth - 1));
    case 6: return say ("(if %s then %s else %s)", truth (depth - 1), expression (DATE, depth - 1), expression (DATE, depth - 1));
    case 7: return say ("(%s + (%s - %s))", expression (DATE, depth - 1), expression (DATE, depth - 1), expression (DATE, depth - 1));
    default: return n_loops < 2 ? in_rows (DATE, depth) : atom (DATE);
    }
}

static const char *
expression (Sort sort,
            int  depth)
{
  static const char *const reductions[] = { "sum", "mean", "min", "max" };
  const int d = depth - 1;

  if (sort == TRUTH)
    return truth (depth);
  if (depth <= 0)
    return chance (20) ? constant (sort) : atom (sort);
  if (sort == DATE)
    return date (depth);
  switch (pick (25))
    {
    case 0: case 1: return say ("(%s + %s)", expression (sort, d), expression (sort, d));
    case 2: case 3: return say ("(%s - %s)", expression (sort, d), expression (sort, d));
    case 4: return say ("(%s * %s)", expression (sort, d), expression (RATIO, d));
    case 5: return say ("(%s / %s)", expression (sort, d), expression (RATIO, d));
    case 6: return say ("(-(%s))", expression (sort, d));
    case 7: return say ("%s(%s, %s, %s)", chance (30) ? "best" : reductions[pick (4)], expression (sort, d), expression (sort, d), expression (sort, d));
    case 8: return say ("%s(%s)", reductions[pick (4)], series (sort, d));
    case 9: return say ("%s(available(%s))", reductions[pick (4)], series (sort, d));
    case 10: return say ("(if %s then %s else %s)", truth (d), expression (sort, d), expression (sort, d));
    case 11: return say ("case(%s: %s, %s: %s, else: %s)", truth (d), expression (sort, d), truth (d), expression (sort, d),
                          chance (40) ? "undefined" : expression (sort, d));
    case 12: return say ("band(%s, >= %d: %s, > %d: %s%s)", expression (COUNT, d), 1 + pick (4), constant (sort), pick (1), constant (sort),
                         chance (50) ? say (", else: %s", constant (sort)) : "");
    case 13: return say ("band(%s, <= -1万: %s, < 2万: %s, else: %s)", expression (MONEY, d), constant (sort), constant (sort), constant (sort));
    case 14: return say ("band(%s, >= %s: %s, >= %s: %s, else: %s)", expression (RATIO, d), expression (RATIO, d), expression (sort, d),
                         expression (RATIO, d), expression (sort, d), expression (sort, d));
    case 15: return say ("if_undefined(%s, %s)", expression (sort, d), expression (sort, d));
    case 16: return sort == MONEY   ? say ("round(%s, -4)", expression (sort, d))
                    : sort == RATIO ? say ("round(%s, 1)", expression (sort, d))
                                    : say ("%s(%s)", chance (50) ? "floor" : "ceil", expression (sort, d));
    case 17: return say ("abs(%s)", expression (sort, d));
    case 18: case 19: return n_loops < 2 ? in_rows (sort, depth) : atom (sort);
    case 20:
      return sort == MONEY   ? (chance (50) ? say ("if_na(pk.some, %s)", expression (sort, d)) : chance (50) ? "pk.first" : "sum(turnover[0 Q1..Q4])")
             : sort == RATIO ? (chance (50) ? say ("(pk.rate at %s)", expression (DATE, d)) : "pk.rate")
                             : (chance (50) ? say ("count(%s)", truths (d)) : "count(available(staff[-2..0]) > 1)");
    default:
      if (sort == RATIO)
        switch (pick (6))
          {
          case 0: return say ("(%s / %s)", expression (MONEY, d), expression (MONEY, d));
          case 5: return "(if_na(pk.sum, 1) / 2 points)";
          case 1: return say ("(%s ^ %d)", expression (RATIO, d), pick (4));
          case 2: return say ("(st_staff[0] / staff[0])");
          case 3: return say ("compound_growth(%s, %s, %d)", expression (MONEY, d), expression (MONEY, d), 1 + pick (3));
          default: return say ("(%s / %s)", expression (COUNT, d), expression (COUNT, d));
          }
      if (sort == COUNT)
        return say ("(%s + %s)", atom (COUNT), chance (50) ? "1..2" : "patents");
      return say ("(%s * %s)", expression (COUNT, d), expression (MONEY, d));
    }
}

/* ---- Answers ---- */

static DkNumber
random_number (Sort     sort,
               gboolean can_be_negative)
{
  int low = can_be_negative ? -3 : 0;

  switch (sort)
    {
    case MONEY:
      return chance (80) ? DK_NUMBER (5000 * (gint64) g_test_rand_int_range (2 * low, 8)) : DK_NUMBER (g_test_rand_int_range (low * 30000, 100000));
    case RATIO: return (DkNumber) { g_test_rand_int_range (2 * low, 9), 4 };
    case COUNT: return DK_NUMBER (g_test_rand_int_range (low, 7));
    case DATE: return DK_NUMBER (dk_date_from_ymd (g_test_rand_int_range (2013, 2023), 1 + pick (12), 1) + (chance (40) ? -1 : pick (28)));
    case CODE: return DK_NUMBER (pick (N_CODES));
    default: return DK_NUMBER (dk_text_intern (chance (50) ? "x" : chance (50) ? "y" : "z"));
    }
}

static Sort
sort_of (const DkSymbol *symbol)
{
  switch (symbol->kind)
    {
    case DK_KIND_TRUTH: return TRUTH;
    case DK_KIND_CHOICE: return CHOICE;
    case DK_KIND_DATE: return DATE;
    case DK_KIND_CODE: return CODE;
    case DK_KIND_TEXT: return TEXT;
    default: return symbol->unit == DK_UNIT_YUAN ? MONEY : symbol->unit == DK_UNIT_RATIO ? RATIO : COUNT;
    }
}

static DkValue
random_point (const DkSymbol *symbol)
{
  gboolean negative = symbol->kind == DK_KIND_NUMBER && dk_number_sign (symbol->domain.low) < 0;

  if (symbol->kind == DK_KIND_TRUTH)
    return DK_VALUE_TRUTH (chance (50) ? DK_TRUE : DK_FALSE);
  if (symbol->kind == DK_KIND_CHOICE)
    return DK_VALUE_CHOICE ((guint64) 1 << pick (4));
  return DK_VALUE_POINT (random_number (sort_of (symbol), negative));
}

/* An answer: one value, a range, nothing yet; and perhaps no value at all. */
static DkValue
random_answer (const DkSymbol *symbol)
{
  DkValue value = random_point (symbol);
  int how = pick (100);

  if (how < 4)
    return DK_VALUE_UNDEFINED;
  if (how < 24)
    {
      value = symbol->domain;
      value.state |= DK_UNANSWERED;
    }
  else if (how < 55 && symbol->kind != DK_KIND_TEXT)
    {
      DkValue other = random_point (symbol);
      value = dk_value_join (&value, &other, symbol->kind);
    }
  if (chance (8))
    value.state |= DK_UNDEFINED;
  return value;
}

/* One of the values that an answer leaves open. */
static DkValue
random_completion (const DkSymbol *symbol,
                   const DkValue  *answer)
{
  guint32 bits = answer->state & (DK_POINT | DK_RANGE);
  DkValue value;

  if ((answer->state & DK_UNDEFINED) && (bits == 0 || chance (30)))
    return DK_VALUE_UNDEFINED;
  if (symbol->kind == DK_KIND_TRUTH)
    return DK_VALUE_TRUTH (bits == DK_OPEN ? (chance (50) ? DK_TRUE : DK_FALSE) : bits);
  if (symbol->kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) answer->low.num, bit;

      do
        bit = (guint64) 1 << pick (4);
      while (!(set & bit));
      return DK_VALUE_CHOICE (bit);
    }
  if (bits == DK_POINT)
    return DK_VALUE_POINT (answer->low);
  if (chance (20) && dk_number_is_finite (answer->low))
    return DK_VALUE_POINT (answer->low);
  if (chance (20) && dk_number_is_finite (answer->high))
    return DK_VALUE_POINT (answer->high);
  value = random_point (symbol);
  value.low = dk_number_max (dk_number_min (value.low, answer->high), answer->low);
  return DK_VALUE_POINT (value.low);
}

/* The parts and wholes of the same year, which a completion has to respect. */
static gboolean
respect_wholes (const DkProgram *program,
                const DkValue   *answers,
                DkValue         *chosen)
{
  const DkSlot *slots = dk_program_get_slots (program);

  for (guint s = 0; s < dk_program_n_slots (program); s++)
    for (guint w = 0; w < dk_program_n_slots (program); w++)
      if (slots[s].kind == DK_SLOT_FACT && slots[w].kind == DK_SLOT_FACT && slots[s].fact->part_of != NULL
          && strcmp (slots[s].fact->part_of, slots[w].fact->id) == 0 && slots[s].year == slots[w].year
          && (chosen[s].state & DK_POINT) && (chosen[w].state & DK_POINT) && dk_number_compare (chosen[s].low, chosen[w].low) > 0)
        {
          if (dk_number_compare (dk_value_high (&answers[w]), chosen[s].low) >= 0)
            chosen[w].low = chosen[s].low;
          else if (dk_number_compare (answers[s].low, chosen[w].low) <= 0)
            chosen[s].low = chosen[w].low;
          else
            return FALSE;
        }
  return TRUE;
}

/* ---- The law ---- */

typedef struct
{
  DkScope    *scope;
  DkDocument *document;
  DkRulebook *book;
  GPtrArray  *texts;
  GPtrArray  *items; /* const DkItem * */
} Batch;

static guint64 n_taken, n_refused, n_cases, n_open, n_refined;

static void
batch_init (Batch         *batch,
            DkScope       *scope,
            guint          n)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  gboolean ok;

  batch->scope = scope;
  batch->book = dk_rulebook_new (scope);
  batch->texts = g_ptr_array_new ();
  batch->items = g_ptr_array_new ();
  batch->document = dk_document_parse ("pk.yaml", pack, strlen (pack), DK_FORMAT_YAML, problems);
  ok = batch->document != NULL && dk_rulebook_take_document (batch->book, batch->document, TRUE, problems) && dk_rulebook_compile (batch->book, problems);
  if (!ok)
    {
      g_autofree char *list = dk_problems_to_string (problems);
      g_error ("%s", list);
    }
  chunk = g_string_chunk_new (4096);
  while (batch->texts->len < n)
    {
      g_autoptr(DkProblems) list = dk_problems_new ();
      const char *text;
      const DkItem *item;

      n_loops = 0;
      text = chance (45) ? truth (1 + pick (4)) : expression ((Sort) (chance (85) ? pick (3) : (int) DATE), 1 + pick (4));
      item = dk_rulebook_compile_expression (batch->book, text, list);
      if (item == NULL)
        {
          /* A few are too long, or have only figures where a unit is wanted. */
          n_refused++;
          continue;
        }
      n_taken++;
      g_ptr_array_add (batch->texts, (gpointer) text);
      g_ptr_array_add (batch->items, (gpointer) item);
    }
}

static void
batch_clear (Batch *batch)
{
  dk_rulebook_free (batch->book);
  g_ptr_array_unref (batch->texts);
  g_ptr_array_unref (batch->items);
  g_clear_pointer (&chunk, g_string_chunk_free);
}

static char *
show (const DkValue *value,
      DkKind         kind)
{
  g_autofree char *low = NULL, *high = NULL;
  const char *flags = value->state & DK_UNDEFINED ? (value->state & DK_NA ? " undefined na" : " undefined") : value->state & DK_NA ? " na" : "";

  if (kind == DK_KIND_TRUTH)
    return g_strdup_printf ("%s%s%s", value->state & DK_FALSE ? "false " : "", value->state & DK_TRUE ? "true" : "", flags);
  if (kind == DK_KIND_CHOICE)
    return g_strdup_printf ("{%" G_GINT64_FORMAT "}%s", value->state & (DK_POINT | DK_RANGE) ? value->low.num : 0, flags);
  if (!(value->state & (DK_POINT | DK_RANGE)))
    return g_strdup (flags);
  if (kind == DK_KIND_DATE && value->state & DK_POINT)
    low = dk_date_to_string (value->low.num);
  else
    low = dk_number_to_string (value->low);
  if (value->state & DK_POINT)
    return g_strconcat (low, flags, NULL);
  high = dk_number_to_string (value->high);
  return g_strdup_printf ("[%s, %s]%s", low, high, flags);
}

static void
show_inputs (const DkProgram *program,
             const DkValue   *values,
             const DkRows    *rows)
{
  const DkSlot *slots = dk_program_get_slots (program);

  for (guint s = 0; s < dk_program_n_slots (program); s++)
    if (slots[s].kind == DK_SLOT_FACT)
      {
        g_autofree char *text = show (&values[s], slots[s].fact->kind);

        g_printerr ("  %s[%d Q%d] = %s\n", slots[s].fact->id, (int) slots[s].year, slots[s].sub, text);
      }
  for (guint r = 0; r < 2; r++)
    {
      const DkRegister *reg = g_ptr_array_index (program->scope->registers, r);

      g_printerr ("  %s%s\n", reg->id, rows[r].is_complete ? "" : ", incomplete");
      for (guint i = 0; i < rows[r].n_rows; i++)
        for (guint c = 0; c < reg->columns->len; c++)
          {
            const DkSymbol *column = g_ptr_array_index (reg->columns, c);
            g_autofree char *text = show (&rows[r].cells[i * reg->columns->len + c], column->kind);

            g_printerr ("    %u %s = %s\n", i, column->id, text);
          }
    }
}

/* An enclosure of a root is as wide as 1e-9 and not the same for every bound that it is taken of; all else is exact. */
static gboolean
holds (const char    *text,
       const DkValue *outer,
       const DkValue *inner,
       DkKind         kind)
{
  DkValue a = *outer, b = *inner;

  if (dk_value_contains (outer, inner, kind))
    return TRUE;
  if (strstr (text, "compound_growth") == NULL)
    return FALSE;
  if (kind == DK_KIND_TRUTH)
    return (a.state & b.state & 15) != 0;
  if (!(a.state & b.state & (DK_UNDEFINED | DK_NA)) && !((a.state & 3) && (b.state & 3)))
    return FALSE;
  return !((a.state & 3) && (b.state & 3)) || (dk_value_compare (DK_EQ, &a, &b) & DK_TRUE);
}

#define N_ROWS 4

static void
fill_rows (const DkRegister *reg,
           DkRows           *rows,
           DkValue          *cells)
{
  rows->cells = cells;
  rows->n_rows = (guint) pick (N_ROWS);
  rows->is_complete = chance (60);
  for (guint r = 0; r < rows->n_rows; r++)
    for (guint c = 0; c < reg->columns->len; c++)
      {
        DkValue value = random_answer (g_ptr_array_index (reg->columns, c));

        value.state &= ~(guint32) DK_UNANSWERED;
        cells[r * reg->columns->len + c] = value;
      }
}

static void
complete_rows (const DkRegister *reg,
               const DkRows     *from,
               DkRows           *rows,
               DkValue          *cells)
{
  rows->cells = cells;
  rows->n_rows = from->n_rows;
  rows->is_complete = TRUE;
  for (guint i = 0; i < from->n_rows * reg->columns->len; i++)
    cells[i] = random_completion (g_ptr_array_index (reg->columns, i % reg->columns->len), &from->cells[i]);
  if (from->is_complete)
    return;
  for (guint extra = (guint) pick (3); extra > 0; extra--, rows->n_rows++)
    for (guint c = 0; c < reg->columns->len; c++)
      cells[rows->n_rows * reg->columns->len + c] =
        random_completion (g_ptr_array_index (reg->columns, c), &((const DkSymbol *) g_ptr_array_index (reg->columns, c))->domain);
}

static void
set_inputs (DkRun           *run,
            const DkProgram *program,
            const DkValue   *values)
{
  const DkSlot *slots = dk_program_get_slots (program);

  for (guint s = 0; s < dk_program_n_slots (program); s++)
    run->regs[slots[s].reg] = values[s];
}

typedef enum { PLAIN, REFINED } How;

/* @outer as said before, @inner as it turned out. */
static void
assert_holds (const Batch   *batch,
              guint          item,
              How            how,
              const DkValue *outer,
              const DkValue *inner,
              const DkValue *answers,
              const DkRows  *rows,
              const DkValue *chosen,
              const DkRows  *chosen_rows)
{
  const DkItem *it = g_ptr_array_index (batch->items, item);
  const char *text = g_ptr_array_index (batch->texts, item);
  const DkProgram *program = dk_rulebook_get_program (batch->book);
  g_autofree char *before = NULL, *after = NULL;

  if (holds (text, outer, inner, it->kind_of_value))
    return;
  before = show (outer, it->kind_of_value);
  after = show (inner, it->kind_of_value);
  g_printerr ("%s\n%s was said to be %s and is %s\nanswers:\n", text, how == REFINED ? "refined, it" : chosen == answers ? "before refining, it" : "it", before, after);
  show_inputs (program, answers, rows);
  g_printerr ("turned out as:\n");
  show_inputs (program, chosen, chosen_rows);
  g_abort ();
}

/* Known facts give a known value; but what a panel decides stays open, so does the verdict of what does not apply, and which of two rows
 * of one day is the first. */
static gboolean
may_stay_open (const char    *text,
               const DkValue *value)
{
  return (value->state & (DK_POINT | DK_RANGE)) == 0 || strstr (text, "..2") != NULL || strstr (text, "pk") != NULL
         || strstr (text, "compound_growth") != NULL || strstr (text, "first(") != NULL;
}

static void
try_answers (const Batch *batch,
             guint        n_completions,
             gboolean     refine)
{
  const DkProgram *program = dk_rulebook_get_program (batch->book);
  const DkSlot *slots = dk_program_get_slots (program);
  guint n_slots = dk_program_n_slots (program);
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkRun) run = dk_run_new (program);
  g_autoptr(DkRun) inner = dk_run_new (program);
  g_autofree DkValue *answers = g_new0 (DkValue, n_slots);
  g_autofree DkValue *chosen = g_new0 (DkValue, n_slots);
  g_autofree DkValue *outer = g_new0 (DkValue, batch->items->len);
  g_autofree DkValue *refined = g_new0 (DkValue, batch->items->len);
  DkValue cells[2][N_ROWS * 8], chosen_cells[2][(N_ROWS + 2) * 8];
  DkRows rows[2], chosen_rows[2];

  for (guint s = 0; s < n_slots; s++)
    {
      answers[s] = slots[s].kind == DK_SLOT_FACT ? random_answer (slots[s].fact)
                   : slots[s].kind == DK_SLOT_YEAR ? DK_VALUE_POINT (DK_NUMBER (2019))
                                                   : DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2020, 7, 15)));
      /* A fact that follows from others is either answered for good, or follows. */
      if (slots[s].kind == DK_SLOT_FACT && slots[s].fact->derive != NULL && (answers[s].state & DK_UNANSWERED))
        answers[s].state &= ~(guint32) DK_UNDEFINED;
    }
  for (guint r = 0; r < 2; r++)
    fill_rows (g_ptr_array_index (batch->scope->registers, r), &rows[r], cells[r]);

  set_inputs (run, program, answers);
  run->rows = rows;
  dk_run_all (run);
  g_assert_false (run->exhausted);
  for (guint i = 0; i < batch->items->len; i++)
    {
      const DkItem *item = g_ptr_array_index (batch->items, i);

      outer[i] = dk_value_copy (&run->regs[item->value_reg], arena);
    }
  n_cases += batch->items->len;
  if (refine)
    {
      g_autofree guint *regs = g_new (guint, batch->items->len);

      for (guint i = 0; i < batch->items->len; i++)
        regs[i] = ((const DkItem *) g_ptr_array_index (batch->items, i))->value_reg;
      dk_run_refine_all (run, regs, batch->items->len);
      for (guint i = 0; i < batch->items->len; i++)
        {
          const DkItem *item = g_ptr_array_index (batch->items, i);

          refined[i] = dk_value_copy (&run->regs[item->value_reg], arena);
          assert_holds (batch, i, PLAIN, &outer[i], &refined[i], answers, rows, answers, rows);
          n_refined += !dk_value_contains (&refined[i], &outer[i], item->kind_of_value);
        }
      set_inputs (run, program, answers);
      dk_run_all (run);
    }

  for (guint k = 0; k < n_completions; k++)
    {
      for (guint s = 0; s < n_slots; s++)
        if (slots[s].kind != DK_SLOT_FACT || (slots[s].fact->derive != NULL && (answers[s].state & DK_UNANSWERED)))
          chosen[s] = answers[s];
        else
          chosen[s] = random_completion (slots[s].fact, &answers[s]);
      if (!respect_wholes (program, answers, chosen))
        continue;
      for (guint r = 0; r < 2; r++)
        complete_rows (g_ptr_array_index (batch->scope->registers, r), &rows[r], &chosen_rows[r], chosen_cells[r]);
      set_inputs (inner, program, chosen);
      inner->rows = chosen_rows;
      dk_run_all (inner);
      for (guint i = 0; i < batch->items->len; i++)
        {
          const DkItem *item = g_ptr_array_index (batch->items, i);
          const char *text = g_ptr_array_index (batch->texts, i);
          const DkValue *result = &inner->regs[item->value_reg];
          gboolean settled = item->kind_of_value == DK_KIND_TRUTH ? dk_truth_is_settled (result->state) : dk_value_is_settled (result);

          assert_holds (batch, i, PLAIN, &outer[i], result, answers, rows, chosen, chosen_rows);
          if (refine)
            assert_holds (batch, i, REFINED, &refined[i], result, answers, rows, chosen, chosen_rows);
          if (!settled)
            {
              n_open++;
              if (!may_stay_open (text, result))
                {
                  g_autofree char *shown = show (result, item->kind_of_value);

                  g_printerr ("%s: %s though everything is known\n", text, shown);
                  show_inputs (program, chosen, chosen_rows);
                  g_abort ();
                }
            }
        }
    }

  /* One fact changes: what is computed again equals a whole run. */
  for (guint k = 0; k < 3; k++)
    {
      guint s = (guint) pick ((int) n_slots);

      if (slots[s].kind != DK_SLOT_FACT)
        continue;
      answers[s] = random_answer (slots[s].fact);
      run->regs[slots[s].reg] = answers[s];
      dk_run_changed (run, s);
      set_inputs (inner, program, answers);
      inner->rows = rows;
      dk_run_all (inner);
      for (guint i = 0; i < program->code->len; i++)
        {
          guint reg = g_array_index (program->code, DkInstr, i).dst;

          if (!dk_value_equal (&run->regs[reg], &inner->regs[reg], dk_program_get_kind (program, reg)))
            g_error ("register %u differs after %s has changed", reg, slots[s].fact->id);
        }
    }
}

static void
test_random (void)
{
  DkScope *scope = make_scope ();
  const guint n_batches = g_test_slow () ? 4000 : IS_SANITIZED ? 60 : 400;

  for (guint b = 0; b < n_batches; b++)
    {
      Batch batch;

      batch_init (&batch, scope, 10);
      for (guint a = 0; a < 6; a++)
        try_answers (&batch, 8, a == 0);
      batch_clear (&batch);
    }
  g_test_message ("%" G_GUINT64_FORMAT " expressions with answers; %" G_GUINT64_FORMAT " of them refined; %" G_GUINT64_FORMAT " open to the end",
                  n_cases, n_refined, n_open);
  g_assert_cmpuint (n_cases, >=, IS_SANITIZED ? 3000 : 20000);
  g_assert_cmpuint (n_refused, <, n_taken / 20);
  dk_scope_free (scope);
}

/* A compound growth is compared without its root, and agrees with the growth that is shown, below -100 % too. */
static void
test_growth (void)
{
  static const char *const operators[] = { "<", "<=", ">", ">=", "=", "!=" };
  DkScope *scope = make_scope ();
  g_autoptr(DkRulebook) book = dk_rulebook_new (scope);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const DkItem *items[6 * 3], *shown[3];
  const DkProgram *program;

  g_assert_true (dk_rulebook_compile (book, problems));
  for (guint n = 1; n <= 3; n++)
    {
      g_autofree char *text = g_strdup_printf ("compound_growth(revenue[-%u], revenue[0], %u)", n, n);

      shown[n - 1] = dk_rulebook_compile_expression (book, text, problems);
      g_assert_nonnull (shown[n - 1]);
      for (guint o = 0; o < 6; o++)
        {
          g_autofree char *comparison = g_strdup_printf ("%s %s share", text, operators[o]);

          items[6 * (n - 1) + o] = dk_rulebook_compile_expression (book, comparison, problems);
          g_assert_nonnull (items[6 * (n - 1) + o]);
        }
    }
  program = dk_rulebook_get_program (book);
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr(DkRun) run = dk_run_new (program);
      const DkSlot *slots = dk_program_get_slots (program);
      DkValue share = DK_VALUE_UNDEFINED;

      for (guint s = 0; s < dk_program_n_slots (program); s++)
        if (slots[s].kind == DK_SLOT_FACT)
          {
            run->regs[slots[s].reg] = strcmp (slots[s].fact->id, "share") == 0 ? DK_VALUE_POINT (((DkNumber) { g_test_rand_int_range (-12, 9), 4 }))
                                                                               : DK_VALUE_POINT (DK_NUMBER (g_test_rand_int_range (-2, 28)));
            if (strcmp (slots[s].fact->id, "share") == 0)
              share = run->regs[slots[s].reg];
          }
      dk_run_all (run);
      for (guint k = 0; k < 18; k++)
        {
          const DkValue *growth = &run->regs[shown[k / 6]->value_reg];
          guint32 exact = run->regs[items[k]->value_reg].state & 15, wanted = dk_value_compare ((DkComparison) (k % 6), growth, &share);

          /* Where the enclosure of the root tells, it tells the same. */
          g_assert_true (dk_truth_is_settled (exact));
          g_assert_cmpuint (exact & wanted, ==, exact);
        }
    }
  dk_scope_free (scope);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rules/sound/random-expressions", test_random);
  g_test_add_func ("/rules/sound/compound-growth", test_growth);

  return g_test_run ();
}
