/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-aggregate"

#include "fixture.h"

static Fixture *
new_fixture (void)
{
  Fixture *f = fixture_new ();
  const DkChoices *kinds = fixture_add_choices (f, "ip_kind", "invention design software");
  DkRegister *ip = fixture_add_register (f, "ip"), *products = fixture_add_register (f, "products");

  fixture_as_choice (fixture_add_column (ip, "kind", DK_KIND_CHOICE, DK_UNIT_PLAIN), kinds);
  fixture_add_column (ip, "cost", DK_KIND_NUMBER, DK_UNIT_YUAN)->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  fixture_add_column (ip, "delta", DK_KIND_NUMBER, DK_UNIT_PLAIN);
  fixture_add_column (ip, "share", DK_KIND_NUMBER, DK_UNIT_RATIO)->domain = DK_VALUE_RANGE (DK_ZERO, DK_ONE);
  fixture_add_column (ip, "granted", DK_KIND_DATE, DK_UNIT_PLAIN);
  fixture_add_column (ip, "ended", DK_KIND_DATE, DK_UNIT_PLAIN)->domain.state |= DK_UNDEFINED; /* may be none */
  fixture_add_column (ip, "valid", DK_KIND_TRUTH, DK_UNIT_PLAIN);
  fixture_add_column (ip, "product", DK_KIND_TEXT, DK_UNIT_PLAIN);
  fixture_add_column (products, "id", DK_KIND_TEXT, DK_UNIT_PLAIN);
  fixture_add_column (products, "main", DK_KIND_TRUTH, DK_UNIT_PLAIN);
  fixture_add_column (products, "income", DK_KIND_NUMBER, DK_UNIT_YUAN)->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "x", DK_UNIT_PLAIN, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_add_number (f, "limit", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  return f;
}

typedef struct
{
  const char *rows;
  const char *complete;   /* what it is when these are all the rows */
  const char *incomplete; /* and when there may be more */
} RowsCase;

static void
check_rows (const char     *text,
            const RowsCase *cases,
            guint           n)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_rows (f, "products", TRUE, "");
  for (guint i = 0; i < n; i++)
    for (guint complete = 0; complete < 2; complete++)
      {
        const char *wanted = complete ? cases[i].complete : cases[i].incomplete;
        g_autofree char *is = NULL;

        fixture_rows (f, "ip", complete, cases[i].rows);
        is = fixture_eval (f, text, "");
        if (strcmp (is, wanted) != 0)
          {
            g_test_message ("%s of %s rows %s is %s instead of %s", text, complete ? "the" : "some", cases[i].rows, is, wanted);
            g_test_fail ();
          }
      }
}

#define CHECK(text, ...)                                        \
  do                                                            \
    {                                                           \
      static const RowsCase cases[] = { __VA_ARGS__ };          \
      check_rows (text, cases, G_N_ELEMENTS (cases));           \
    }                                                           \
  while (0)

static void
test_count (void)
{
  CHECK ("count(ip)", { "", "0", "0..inf" }, { "kind=design; kind=design", "2", "2..inf" });
  CHECK ("count(ip where row.kind = invention)",
         { "", "0", "0..inf" },
         { "kind=invention; kind=design; kind=invention", "2", "2..inf" },
         { "kind=invention; kind=design|invention", "1..2", "1..inf" },
         { "kind=unknown; kind=unknown", "0..2", "0..inf" });
  CHECK ("count(ip where row.kind in (invention, software) and row.valid)",
         { "kind=software valid=true; kind=invention valid=unknown; kind=design valid=true", "1..2", "1..inf" });
  CHECK ("count(ip where row.granted <= as_of)",
         { "granted=2026-07-15; granted=2026-07-16; granted=2026-07-01..2026-08-01", "1..2", "1..inf" });
  /* A condition that cannot be computed is not met, nor is its contrary. */
  CHECK ("count(ip where row.ended <= as_of)", { "ended=undefined; ended=2026-01-01", "1", "1..inf" });
  CHECK ("count(ip where not (row.ended <= as_of))", { "ended=undefined; ended=2026-01-01", "0", "0..inf" });
  CHECK ("count(ip where if_undefined(row.ended > as_of, true))", { "ended=undefined; ended=2026-01-01", "1", "1..inf" });
  /* No further row can fit. */
  CHECK ("count(ip where row.cost < 0)", { "cost=5", "0", "0" });
  CHECK ("count(ip where false)", { "cost=5", "0", "0" });
}

static void
test_sum (void)
{
  CHECK ("sum(ip: row.cost)",
         { "", "0", "0..inf" },
         { "cost=1.5; cost=2.5", "4", "4..inf" },
         { "cost=1; cost=2..5", "3..6", "3..inf" },
         { "cost=1; cost=unknown", "1..inf", "1..inf" });
  CHECK ("sum(ip: row.cost where row.kind = invention)",
         { "cost=1 kind=invention; cost=2 kind=design; cost=4 kind=unknown", "1..5", "1..inf" });
  CHECK ("sum(ip: row.delta)", { "delta=1; delta=-5", "-4", "-inf..inf" }, { "", "0", "-inf..inf" });
  CHECK ("sum(ip: -row.cost)", { "cost=1", "-1", "-inf..-1" });
  CHECK ("sum(ip: row.delta where row.valid)", { "delta=-5 valid=unknown; delta=3 valid=true", "-2..3", "-inf..inf" });
  CHECK ("sum(ip: row.cost * row.share)", { "cost=100 share=0.25; cost=10 share=0.5", "30", "30..inf" });
  CHECK ("sum(ip: min(row.cost, 10万))", { "cost=5; cost=200000", "100005", "100005..inf" });
  /* What has no value has no sum: unless the row does not count. */
  CHECK ("sum(ip: row.cost / row.delta)",
         { "cost=6 delta=3; cost=1 delta=0", "undefined", "undefined" },
         { "cost=6 delta=3; cost=1 delta=-1..1", "-inf..inf|undefined", "-inf..inf|undefined" });
  CHECK ("sum(ip: row.cost / row.delta where row.delta > 0)",
         { "cost=6 delta=3; cost=1 delta=0", "2", "-inf..inf|undefined" });
  CHECK ("sum(ip: if_undefined(row.cost / row.delta, 0))", { "cost=6 delta=3; cost=1 delta=0", "2", "-inf..inf" });
  /* A row that may count and has no value. */
  CHECK ("sum(ip: row.cost / row.delta where row.valid)",
         { "cost=6 delta=3 valid=true; cost=1 delta=0 valid=unknown", "2|undefined", "-inf..inf|undefined" });
}

static void
test_min_max (void)
{
  CHECK ("min(ip: row.cost)",
         { "", "undefined", "0..inf|undefined" },
         { "cost=5; cost=3; cost=4", "3", "0..3" },
         { "cost=5; cost=3..9", "3..5", "0..5" });
  CHECK ("max(ip: row.cost)",
         { "", "undefined", "0..inf|undefined" },
         { "cost=5; cost=3; cost=4", "5", "5..inf" },
         { "cost=5; cost=3..9", "5..9", "5..inf" });
  /* Rows that may count, before and after one that does. */
  CHECK ("min(ip: row.cost where row.valid)",
         { "cost=1..2 valid=unknown; cost=10..20 valid=unknown; cost=5..6 valid=true", "1..6", "0..6" },
         { "cost=5..6 valid=true; cost=1..2 valid=unknown; cost=10..20 valid=unknown", "1..6", "0..6" },
         { "cost=7 valid=true; cost=1..2 valid=unknown; cost=4 valid=true", "1..4", "0..4" },
         { "cost=7 valid=unknown; cost=3 valid=unknown", "3..7|undefined", "0..inf|undefined" },
         { "cost=7 valid=false", "undefined", "0..inf|undefined" });
  CHECK ("max(ip: row.cost where row.valid)",
         { "cost=1..2 valid=unknown; cost=10..20 valid=unknown; cost=5..6 valid=true", "5..20", "5..inf" },
         { "cost=5..6 valid=true; cost=1..2 valid=unknown; cost=10..20 valid=unknown", "5..20", "5..inf" });
  CHECK ("max(ip: row.granted)",
         { "granted=2024-02-29; granted=2026-01-01", "2026-01-01", "2026-01-01..2199-12-31" },
         { "", "undefined", "1900-01-01..2199-12-31|undefined" });
  CHECK ("max(ip: row.share)", { "share=0.5", "0.5", "0.5..1" });
  /* One row without a value leaves nothing to compare. */
  CHECK ("max(ip: row.cost / row.delta)", { "cost=1 delta=0; cost=2 delta=1", "undefined", "undefined" });
}

static void
test_mean (void)
{
  CHECK ("mean(ip: row.cost)",
         { "", "undefined", "0..inf|undefined" },
         { "cost=1; cost=2", "1.5", "0..inf" },
         { "cost=1..3; cost=2", "1.5..2.5", "0..inf" });
  CHECK ("mean(ip: row.cost where row.kind = design)",
         { "cost=1 kind=design; cost=9 kind=invention; cost=4 kind=design", "2.5", "0..inf" },
         { "cost=1 kind=invention", "undefined", "0..inf|undefined" });
  CHECK ("mean(ip: row.share)", { "share=0.5; share=1", "0.75", "0..1" });
  /* Which rows count is open: between the least and the greatest. */
  CHECK ("mean(ip: row.cost where row.valid)",
         { "cost=2 valid=true; cost=8 valid=unknown", "2..8", "0..inf" },
         { "cost=2 valid=unknown; cost=8 valid=unknown", "2..8|undefined", "0..inf|undefined" });
  CHECK ("mean(ip: row.cost / row.delta)", { "cost=1 delta=0; cost=2 delta=1", "undefined", "undefined" });
}

static void
test_any_all (void)
{
  CHECK ("any(ip where row.kind = invention)",
         { "", "false", "open" },
         { "kind=design", "false", "open" },
         { "kind=design; kind=invention", "true", "true" },
         { "kind=design; kind=unknown", "open", "open" });
  CHECK ("any(ip)", { "", "false", "open" }, { "cost=1", "true", "true" });
  CHECK ("any(ip where row.ended <= as_of)", { "ended=undefined", "false", "open" });
  CHECK ("any(ip where row.cost < 0)", { "cost=1", "false", "false" }); /* no row can */
  CHECK ("all(ip: row.valid)",
         { "", "true", "open" },
         { "valid=true; valid=true", "true", "open" },
         { "valid=true; valid=false", "false", "false" },
         { "valid=true; valid=unknown", "open", "open" });
  CHECK ("all(ip: row.valid where row.kind = design)",
         { "valid=false kind=invention", "true", "open" },
         { "valid=false kind=unknown", "open", "open" },
         { "valid=false kind=design", "false", "false" });
  CHECK ("all(ip: row.cost >= 0)", { "cost=1", "true", "true" }); /* no row can be otherwise */
  /* What cannot be computed is neither met nor not met. */
  CHECK ("all(ip: row.ended > as_of)",
         { "ended=undefined", "undefined", "false|undefined" },
         { "ended=undefined; ended=2020-01-01", "false", "false" });
  CHECK ("not all(ip: row.ended > as_of)", { "ended=undefined", "undefined", "true|undefined" });
}

static void
test_distinct (void)
{
  CHECK ("distinct(ip: row.product)",
         { "", "0", "0..inf" },
         { "product=a; product=b; product=a", "2", "2..inf" },
         { "product=a; product=unknown", "1..2", "1..inf" },
         { "product=unknown; product=unknown", "1..2", "1..inf" });
  CHECK ("distinct(ip: row.kind where row.valid)",
         { "kind=design valid=true; kind=design valid=unknown; kind=invention valid=unknown", "1..2", "1..inf" },
         { "kind=design valid=unknown; kind=design valid=unknown", "0..1", "0..inf" },
         { "kind=design valid=false", "0", "0..inf" });
  CHECK ("distinct(ip: row.cost)", { "cost=1/2; cost=0.5; cost=1", "2", "2..inf" });
  CHECK ("distinct(ip: year_of(row.granted))", { "granted=2024-01-01; granted=2024-12-31; granted=2025-01-01", "2", "2..inf" });
  CHECK ("distinct(ip: row.ended)", { "ended=undefined; ended=2024-01-01", "1", "1..inf" });
  CHECK ("distinct(ip: row.ended where row.valid)",
         { "ended=2024-01-01|undefined valid=true; ended=2024-01-02 valid=false", "0..1", "0..inf" });
}

static void
test_first (void)
{
  CHECK ("first(ip: row.cost by row.granted)",
         { "", "undefined", "0..inf|undefined" },
         { "cost=5 granted=2025-01-01; cost=7 granted=2024-01-01", "7", "0..inf" },
         { "cost=5 granted=2025-01-01; cost=7 granted=2024-06-01..2025-06-01", "5..7", "0..inf" },
         { "cost=5 granted=2024-01-01; cost=7 granted=2024-01-01", "5", "0..inf" }, /* of equals, the upper row */
         { "cost=7 granted=2024-01-01..2024-02-01; cost=5 granted=2024-01-01", "5..7", "0..inf" },
         { "cost=7 granted=2024-01-01; cost=5 granted=2024-01-01..2024-02-01", "7", "0..inf" },
         { "cost=5 granted=2025-01-01; cost=7 granted=unknown", "5..7", "0..inf" });
  CHECK ("first(ip: row.kind by row.cost where row.valid)",
         { "kind=design cost=5 valid=true; kind=invention cost=3 valid=false", "design", "invention|design|software" },
         { "kind=design cost=5 valid=true; kind=invention cost=3 valid=unknown", "invention|design", "invention|design|software" },
         { "kind=design cost=5 valid=unknown", "design|undefined", "invention|design|software|undefined" },
         { "kind=design cost=5 valid=false", "undefined", "invention|design|software|undefined" });
  CHECK ("first(ip: row.granted by row.granted where row.kind = design)",
         { "kind=design granted=2025-01-01; kind=design granted=2024-02-29", "2024-02-29", "1900-01-01..2199-12-31" });
  CHECK ("first(ip: row.valid by -row.cost)", { "valid=true cost=5; valid=false cost=9", "false", "open" });
  /* A row without an order stands nowhere; one without a value has none. */
  CHECK ("first(ip: row.cost by row.ended)", { "cost=5 ended=undefined; cost=7 ended=2024-01-01", "7", "0..inf" });
  CHECK ("first(ip: row.ended by row.cost)", { "cost=5 ended=undefined; cost=7 ended=2024-01-01", "undefined", "1900-01-01..2199-12-31|undefined" });
}

/* What no row and no fact changes is computed outside the loop; what a fact changes, with the fact. */
static void
test_with_facts (void)
{
  static const FixtureCase cases[] = {
    { "sum(ip: row.cost * x)", "x=2", "6" },
    { "sum(ip: row.cost * x)", "x=2..3", "6..9" },
    { "sum(ip: row.cost * x)", "x=undefined", "undefined" },
    { "count(ip where row.cost >= limit)", "limit=2", "1" },
    { "count(ip where row.cost >= limit)", "limit=2..3", "0..1" },
    { "count(ip where row.cost >= limit * 2)", "limit=0.5", "2" },
    { "sum(ip: row.cost) / sum(ip: row.cost where row.kind = design)", "", "3" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  fixture_rows (f, "ip", TRUE, "cost=1 kind=design; cost=2 kind=invention");
  fixture_check (f, cases, G_N_ELEMENTS (cases));
}

static void
test_nested (void)
{
  static const FixtureCase cases[] = {
    { "count(ip as i where any(products where row.id = i.product and row.main))", "", "2" },
    { "sum(products as p: p.income where any(ip where row.product = p.id))", "", "30" },
    { "max(products as p: count(ip where row.product = p.id))", "", "2" },
    { "sum(products as p: p.income * count(ip where row.product = p.id))", "", "40" },
    { "all(products as p: any(ip where row.product = p.id) where p.main)", "", "true" },
    { "all(products as p: any(ip where row.product = p.id))", "", "false" },
    { "distinct(ip: row.product where any(products as p where p.main and p.id = row.product))", "", "1" },
    { "count(ip as a where count(ip as b where a.product = b.product and a.cost < b.cost) = 0)", "", "2" },
    { "sum(ip as a: a.cost where a.cost * x > sum(products as p: p.income where p.id = a.product))", "x=5", "3" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  fixture_rows (f, "ip", TRUE, "product=a cost=1 kind=design; product=a cost=2 kind=design; product=b cost=9; product=c cost=4");
  fixture_rows (f, "products", TRUE, "id=a main=true income=10; id=b main=false income=20; id=d main=false income=40");
  fixture_check (f, cases, 7);

  fixture_rows (f, "ip", TRUE, "product=a cost=1; product=a cost=3; product=b cost=2");
  fixture_check (f, cases + 7, 2);
  /* The inner register may have more rows. */
  fixture_rows (f, "products", FALSE, "id=a main=true income=10");
  fixture_check (f, (FixtureCase[]) { { cases[0].text, "", "2..3" } }, 1);
  fixture_rows (f, "products", TRUE, "id=a main=true; id=unknown main=true");
  fixture_check (f, (FixtureCase[]) { { cases[0].text, "", "2..3" } }, 1);
}

static void
test_without_rows (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  static const FixtureCase cases[] = {
    { "count(ip)", "", "0..inf" },
    { "any(ip where row.valid)", "", "open" },
    { "count(ip where row.valid) >= 0", "", "true" },
  };

  /* A run without registers has them all incomplete and empty. */
  fixture_check (f, cases, G_N_ELEMENTS (cases));
}

static void
test_dependence (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *item = fixture_expression (f, "sum(ip: row.cost * x where any(products as p where p.main))");
  const DkItem *other = fixture_expression (f, "limit + 1万");
  const DkProgram *program = dk_rulebook_get_program (f->book);

  g_assert_true (dk_program_reads_rows (program, item->value_reg, 0));
  g_assert_true (dk_program_reads_rows (program, item->value_reg, 1));
  g_assert_false (dk_program_reads_rows (program, other->value_reg, 0));
  g_assert_true (dk_program_depends (program, item->value_reg, fixture_slot (f, "x")));
  g_assert_false (dk_program_depends (program, item->value_reg, fixture_slot (f, "limit")));
  g_assert_true (dk_program_depends (program, other->value_reg, fixture_slot (f, "limit")));
}

static void
test_refused (void)
{
  static const struct { const char *text; int column; const char *wanted; } cases[] = {
    { "count(nothing where row.x > 1)", 1, "there is no register nothing" },
    { "count(x)", 1, "x is a fact" },
    { "count(ip where row.nothing)", 16, "the register ip has no column nothing" },
    { "count(ip where row.cost)", 16, "must be a condition" },
    { "sum(ip where row.valid)", 8, "sum needs an expression of the row" },
    { "count(ip: row.cost)", 9, "count takes no expression of the row" },
    { "sum(ip: row.valid)", 9, "sum takes a number of each row" },
    { "sum(ip: row.granted)", 9, "sum takes a number of each row" },
    { "all(ip: row.cost)", 9, "all takes a condition" },
    { "distinct(ip: row.valid)", 14, "distinct counts different values" },
    { "first(ip: row.cost)", 19, "what the rows are ordered by is missing" },
    { "first(ip: row.cost by row.kind)", 23, "ordered by a number or a date" },
    { "sum(ip: row.cost by row.granted)", 18, "only first and allocations ask for an order" },
    { "count(ip where any(products where row.id = row.product))", 16, "the row outside is called row too" },
    { "count(ip as a where any(ip as b where any(ip as c where any(ip as d where any(ip as e where e.valid)))))", 75,
      "at most 4 registers" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_refuse (f, cases[i].text, cases[i].column, cases[i].wanted);
}

/* A register with many rows and a loop within a loop ends with everything open, and soon. */
static void
test_work_is_limited (void)
{
  static const char *const texts[] = {
    "count(ip as i where any(ip where row.cost = i.cost + 1万))",
    "sum(ip: row.cost)",
    "any(ip where row.valid)",
    "first(ip: row.kind by row.cost)",
    "distinct(ip: row.cost)",
  };
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *items[G_N_ELEMENTS (texts)];
  const guint n_rows = 20000, n_columns = 8;
  DkValue *cells = g_new0 (DkValue, n_rows * n_columns);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    items[i] = fixture_expression (f, texts[i]);
  fixture_rows (f, "ip", TRUE, "cost=1 kind=design valid=true granted=2024-01-01 delta=1 share=1 ended=undefined product=a");
  for (guint r = 0; r < n_rows; r++)
    for (guint c = 0; c < n_columns; c++)
      cells[r * n_columns + c] = f->rows[0].cells[c];
  g_ptr_array_add (f->owned, cells);
  f->rows[0] = (DkRows) { cells, n_rows, TRUE };
  fixture_begin (f, "");
  dk_run_all (f->run);
  g_assert_true (f->run->exhausted);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      static const char *const wanted[] = { "-inf..inf|undefined|na", "-inf..inf|undefined|na", "open|undefined|na",
                                            "invention|design|software|undefined|na", "-inf..inf|undefined|na" };
      g_autofree char *is = fixture_value (f, items[i]);

      g_assert_cmpstr (is, ==, wanted[i]);
    }
  /* The next run is as good as new. */
  f->rows[0].n_rows = 3;
  dk_run_all (f->run);
  g_assert_false (f->run->exhausted);
  {
    g_autofree char *is = fixture_value (f, items[1]);
    g_assert_cmpstr (is, ==, "3");
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/aggregate/count", test_count);
  g_test_add_func ("/rules/aggregate/sum", test_sum);
  g_test_add_func ("/rules/aggregate/min-and-max", test_min_max);
  g_test_add_func ("/rules/aggregate/mean", test_mean);
  g_test_add_func ("/rules/aggregate/any-and-all", test_any_all);
  g_test_add_func ("/rules/aggregate/distinct", test_distinct);
  g_test_add_func ("/rules/aggregate/first", test_first);
  g_test_add_func ("/rules/aggregate/with-facts", test_with_facts);
  g_test_add_func ("/rules/aggregate/nested", test_nested);
  g_test_add_func ("/rules/aggregate/without-rows", test_without_rows);
  g_test_add_func ("/rules/aggregate/dependence", test_dependence);
  g_test_add_func ("/rules/aggregate/refused-with-reason-and-place", test_refused);
  g_test_add_func ("/rules/aggregate/work-is-limited", test_work_is_limited);
  return g_test_run ();
}
