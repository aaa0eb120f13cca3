/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-refine"

#include "fixture.h"

static Fixture *
new_fixture (void)
{
  Fixture *f = fixture_new ();
  const DkChoices *size = fixture_add_choices (f, "size", "micro small medium large");
  DkRegister *items = fixture_add_register (f, "items");

  fixture_add_column (items, "cost", DK_KIND_NUMBER, DK_UNIT_PLAIN)->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  for (char name[] = "x"; name[0] <= 'z'; name[0]++)
    fixture_add_number (f, name, DK_UNIT_PLAIN, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_add_number (f, "p", DK_UNIT_PLAIN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "n", DK_UNIT_COUNT, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "staff", DK_UNIT_COUNT, DK_PERIOD_NONE, DK_ONE, DK_INFINITY);
  fixture_add_number (f, "rev", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "st", DK_UNIT_COUNT, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY)->part_of = g_strdup ("staff");
  fixture_add_number (f, "s", DK_UNIT_PLAIN, DK_PERIOD_YEAR, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_add_number (f, "worked_out", DK_UNIT_PLAIN, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY)->derive = g_strdup ("x * 2");
  fixture_add_fact (f, "t", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_fact (f, "u", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_fact (f, "d", DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_as_choice (fixture_add_fact (f, "k", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE), size);
  return f;
}

typedef struct
{
  const char *text;
  const char *answers;
  const char *plain;   /* what a run says */
  const char *refined; /* and what there is to it */
} RefineCase;

static void
check_refined (const RefineCase *cases,
               guint             n)
{
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < n; i++)
    {
      const DkItem *item = fixture_expression (f, cases[i].text);
      DkValue before, value;
      g_autofree char *plain = NULL, *refined = NULL;

      fixture_begin (f, cases[i].answers);
      dk_run_all (f->run);
      plain = fixture_value (f, item);
      before = f->run->regs[item->value_reg];
      value = dk_run_refine (f->run, item->value_reg);
      g_assert_true (dk_value_contains (&before, &value, item->kind_of_value));
      refined = fixture_value (f, item);
      if (strcmp (plain, cases[i].plain) != 0 || strcmp (refined, cases[i].refined) != 0)
        {
          g_test_message ("%s with %s is %s, refined %s instead of %s, refined %s", cases[i].text, cases[i].answers, plain, refined,
                          cases[i].plain, cases[i].refined);
          g_test_fail ();
        }
    }
}

static void
test_exact (void)
{
  static const RefineCase cases[] = {
    /* Figures in steps of one are cut down to the last. */
    { "n * 0.25 - n * 0.1", "n=0..100", "-10..25", "0..15" },
    { "n - n", "n=0..20", "-20..20", "0" },
    { "(n - 3) * (n - 5)", "n=0..10", "-35..35", "-1..35" },
    { "n * 2 >= n + 3", "n=0..2", "open", "false" },
    { "n * 2 >= n + 3", "n=3..100", "open", "true" },
    { "n * 2 >= n + 3", "n=2..3", "open", "open" },
    /* Where the rules compare a figure, it is cut there. */
    { "if n >= 10 then n - 10 else 10 - n", "n=0..30", "-20..20", "0..20" },
    { "t and not t", "", "open", "false" },
    { "t or not t", "", "open", "true" },
    { "t = u or t != u", "", "open", "true" },
    { "t = u and t != u", "", "open", "false" },
    { "if t then x else -x", "x=1..3", "-3..3", "-3..3" },
    { "(if t then x else -x) * (if t then 1 else -1)", "x=1..3", "-3..3", "1..3" },
    { "k = small and k = large", "", "open", "false" },
    { "k in (micro, small) or k in (medium, large)", "", "open", "true" },
    { "if k = small then 1 else if k = large then 2 else if k in (micro, medium) then 3 else 4", "", "1..4", "1..3" },
    { "if_undefined(x, 0) - if_undefined(x, 0)", "x=5|undefined", "-5..5", "0" },
    { "if is_defined(x) then 1 else 2", "x=0..5|undefined", "1..2", "1..2" },
    { "is_defined(x) and if_undefined(x, -1) < 0", "x=0..5|undefined", "open", "false" },
    { "worked_out - x * 2", "x=3", "0", "0" },
    { "d >= 2026-01-01 and d < 2026-01-01", "", "open", "false" },
    { "n * n - 6 * n + 9 >= 0", "n=0..20", "open", "true" },
    { "max(n, 5) - min(n, 5)", "n=0..9", "0..9", "0..5" },
  };

  check_refined (cases, G_N_ELEMENTS (cases));
}

/* The class of an enterprise by two figures, as a choice: no class that no pair of figures gives. */
#define CLASS                                                                                                  \
  "case(staff >= 1000 and rev >= 4亿: large, staff >= 300 and rev >= 2000万: medium, staff >= 20 and rev >= 300万: small, else: micro)"

static void
test_classes (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  static const struct { const char *answers, *wanted; } cases[] = {
    { "staff=1000 rev=400000000", "large" },
    { "staff=1000", "micro|small|medium|large" },
    { "rev=400000000", "micro|small|medium|large" },
    { "", "micro|small|medium|large" },
    { "staff=999", "micro|small|medium" },
    { "staff=20..299", "micro|small" },
    { "staff=20..299 rev=3000000..400000000", "small" },
    { "staff=300..999 rev=3000000..400000000", "small|medium" },
    { "staff=1000..5000 rev=3000000..399999999", "small|medium" },
    { "staff=19 rev=0..400000000", "micro" },
    { "staff=999..1000 rev=399999999..400000000", "medium|large" },
  };
  const DkItem *item;

  fixture_take (f, PACK ("p") ALWAYS "rules:\n" RULE ("p", "choices: size, value: '" CLASS "'"));
  fixture_compile (f);
  item = fixture_rule (f, "p", 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *is = NULL;

      fixture_begin (f, cases[i].answers);
      dk_run_all (f->run);
      dk_run_refine (f->run, item->value_reg);
      is = fixture_value (f, item);
      if (strcmp (is, cases[i].wanted) != 0)
        {
          g_test_message ("with %s the class is %s instead of %s", cases[i].answers, is, cases[i].wanted);
          g_test_fail ();
        }
    }
}

/* Without steps: never less than what there is, and hardly more. */
static void
test_tight (void)
{
  static const struct { const char *text, *answers; int low, high; double slack; } cases[] = {
    { "25% * x - 10% * x", "x=0..100", 0, 15, 1e-6 },
    { "if x < 10 then 10 - x else x - 10", "x=0..30", 0, 20, 1e-6 },
    { "if x >= 0 then x else -x", "x=-3..5", 0, 5, 1e-6 },
    { "x * x - 2 * x", "x=0..4", -1, 8, 0.02 },
    { "x * y - x", "x=0..2 y=0..3", -2, 4, 0.02 },
    { "100 * x / (x + y)", "x=1..3 y=1..3", 25, 75, 0.01 },
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DkItem *item = fixture_expression (f, cases[i].text);
      DkValue truth = dk_value_make (DK_NUMBER (cases[i].low), DK_NUMBER (cases[i].high), 0), value;
      double slack;

      fixture_begin (f, cases[i].answers);
      dk_run_all (f->run);
      g_assert_true (dk_run_is_loose (f->run, item->value_reg));
      value = dk_run_refine (f->run, item->value_reg);
      g_assert_true (dk_value_contains (&value, &truth, DK_KIND_NUMBER));
      g_assert_true (dk_value_equal (&f->run->regs[item->value_reg], &value, DK_KIND_NUMBER));
      slack = (cases[i].high - cases[i].low) * cases[i].slack;
      if (dk_number_to_double (value.low) < cases[i].low - slack || dk_number_to_double (dk_value_high (&value)) > cases[i].high + slack)
        {
          g_autofree char *is = fixture_value (f, item);

          g_test_message ("%s with %s is %s instead of %d..%d", cases[i].text, cases[i].answers, is, cases[i].low, cases[i].high);
          g_test_fail ();
        }
    }
}

/* Any answer that is possible lies inside what a refined result says; slots keep what they were. */
static void
test_sound (void)
{
  static const char *const texts[] = {
    "x * y - x + y * y", "if x > y then x - y else y - x", "(x + y) / (x * x + 1)", "max(x, y) - min(x, y)", "band(x - y, >= 5: y, >= 0: x, else: x - 2)",
    "x / y + y", "(if x * y > 6 then x else y) * (if x > 2 then 1 else -1)", "round(x * y / 3) - round(x / 3)",
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const DkItem *item = fixture_expression (f, texts[i]);

      for (guint turn = 0; turn < 6; turn++)
        {
          int x = g_test_rand_int_range (-6, 6), y = g_test_rand_int_range (-6, 6);
          int dx = g_test_rand_int_range (0, 6), dy = g_test_rand_int_range (0, 6);
          g_autofree char *answers = g_strdup_printf ("x=%d..%d y=%d..%d", x, x + dx, y, y + dy);
          DkValue outer;
          g_autofree char *kept = NULL;

          fixture_begin (f, answers);
          dk_run_all (f->run);
          outer = dk_run_refine (f->run, item->value_reg);
          outer = dk_value_copy (&outer, f->arena);
          kept = fixture_to_text (&f->run->regs[dk_program_get_slots (f->run->program)[fixture_slot (f, "x")].reg], DK_KIND_NUMBER, NULL, NULL);
          g_assert_true (g_str_has_prefix (answers + 2, kept));
          for (int a = x; a <= x + dx; a++)
            for (int b = y; b <= y + dy; b++)
              {
                g_autofree char *point = g_strdup_printf ("x=%d y=%d", a, b);

                fixture_begin (f, point);
                dk_run_all (f->run);
                g_assert_true (dk_value_is_settled (&f->run->regs[item->value_reg]));
                g_assert_true (dk_value_contains (&outer, &f->run->regs[item->value_reg], DK_KIND_NUMBER));
              }
        }
    }
}

/* Rules in which each fact pulls one way are exact as they are. */
static void
test_not_loose (void)
{
  static const char *const monotone[] = {
    "x + y", "x * 2 + x", "st / staff", "band(st / staff, >= 30%: 20, >= 20%: 12, else: 0) + band(rev, <= 5000万: 3, <= 2亿: 4, else: 5)", "x >= 5 and x >= 7",
    "min(x, y) + x", "(x + y) * 3 - z", "mean(s[-2..0])", "if x > 5 then 1 else 2", "abs(n) + n", "p ^ 2 + p", "not (x < 3) and x > 1",
    "round(x) + floor(x) + ceil(x)", "at_least(1, x > 3, x > 5)", "count(x > 3, x > 5)", "months_between(d, as_of) > 5 months",
  };
  static const struct { const char *text, *settling; } mixed[] = {
    { "x - x * 2", "x=4" }, { "x * x", "x=4" }, { "if x > 5 then x else 2", "x=4" }, { "t and not t", "t=true" },
    { "rev / (rev + 1万)", "rev=5" }, { "x > 3 and x < 9", "x=4" }, { "band(x, >= 5: 1, >= 3: 2, else: 0) + x", "x=4" },
    { "abs(x) + x", "x=4" }, { "k = small or k = large", "k=small" }, { "d + 30 days >= d", "d=2026-01-01" },
    { "x > 3 and x < 9", "x=0..2" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (monotone); i++)
    {
      const DkItem *item = fixture_expression (f, monotone[i]);

      fixture_begin (f, "");
      dk_run_all (f->run);
      if (dk_run_is_loose (f->run, item->value_reg))
        {
          g_test_message ("%s is exact, but taken for loose", monotone[i]);
          g_test_fail ();
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    {
      const DkItem *item = fixture_expression (f, mixed[i].text);

      fixture_begin (f, "");
      dk_run_all (f->run);
      if (!dk_run_is_loose (f->run, item->value_reg))
        {
          g_test_message ("%s is loose, but taken for exact", mixed[i].text);
          g_test_fail ();
        }
      /* Nothing is loose once everything is known, or the result is. */
      fixture_begin (f, mixed[i].settling);
      dk_run_all (f->run);
      g_assert_false (dk_run_is_loose (f->run, item->value_reg));
    }
}

static void
test_follows (void)
{
  static const struct { const char *text, *slot; guint follows; } cases[] = {
    { "x", "x", DK_FOLLOWS_UP },
    { "-x", "x", DK_FOLLOWS_DOWN },
    { "3 - x", "x", DK_FOLLOWS_DOWN },
    { "x + y", "z", 0 },
    { "x + x", "x", DK_FOLLOWS_UP | DK_FOLLOWS_OFTEN },
    { "x - x * 2", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN | DK_FOLLOWS_OFTEN },
    { "n * rev", "n", DK_FOLLOWS_UP },
    { "n * x", "n", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "n * x", "x", DK_FOLLOWS_UP },
    { "rev / n", "n", DK_FOLLOWS_DOWN },
    { "rev / n", "rev", DK_FOLLOWS_UP },
    { "rev / x", "rev", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "st / staff", "staff", DK_FOLLOWS_DOWN },
    { "x < 5", "x", DK_FOLLOWS_DOWN },
    { "x >= 5", "x", DK_FOLLOWS_UP },
    { "not (x >= 5)", "x", DK_FOLLOWS_DOWN },
    { "x = 5", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "band(x, >= 5: 3, >= 2: 2, else: 1)", "x", DK_FOLLOWS_UP },
    { "band(x, >= 5: 1, >= 2: 2, else: 3)", "x", DK_FOLLOWS_DOWN },
    { "band(x, <= 2: 1, <= 5: 2, else: 3)", "x", DK_FOLLOWS_UP },
    { "band(x, <= 2: 3, <= 5: 2, else: 1)", "x", DK_FOLLOWS_DOWN },
    { "band(x, >= 5: 3, >= 2: 1, else: 2)", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "band(x, >= 5: true, else: false)", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "band(x, >= 5: 3..4, >= 2: 1..5, else: 0)", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "band(x, > 5: 9, <= 2: 1, else: 3)", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "band(x, > 5: y, else: 3)", "y", DK_FOLLOWS_UP },
    { "x ^ 2", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "p ^ 2", "p", DK_FOLLOWS_UP },
    { "abs(n)", "n", DK_FOLLOWS_UP },
    { "max(x, 5)", "x", DK_FOLLOWS_UP },
    { "best(x, 5)", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN },
    { "months_between(d, as_of)", "d", DK_FOLLOWS_DOWN },
    { "years_between(as_of, d)", "d", DK_FOLLOWS_UP },
    { "year_of(d + 1 months)", "d", DK_FOLLOWS_UP },
    { "if t then x else -x", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN | DK_FOLLOWS_OFTEN },
    { "if_undefined(x, 0)", "x", DK_FOLLOWS_UP },
    { "worked_out", "x", DK_FOLLOWS_UP },
    { "worked_out", "worked_out", DK_FOLLOWS_UP },
    { "count(items where row.cost > x)", "x", DK_FOLLOWS_UP | DK_FOLLOWS_DOWN | DK_FOLLOWS_OFTEN },
    { "sum(items: row.cost)", "x", 0 },
  };
  g_autoptr(Fixture) f = new_fixture ();

  fixture_expression (f, "x + y + z");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DkItem *item = fixture_expression (f, cases[i].text);
      guint is = dk_program_follows (dk_rulebook_get_program (f->book), item->value_reg, fixture_slot (f, cases[i].slot));

      if (is != cases[i].follows)
        {
          g_test_message ("%s follows %s by %u instead of %u", cases[i].text, cases[i].slot, is, cases[i].follows);
          g_test_fail ();
        }
    }
}

#define MANY_RULES                                                                          \
  PACK ("p") ALWAYS "rules:\n"                                                              \
  RULE ("p", "all: [few, score, rows_ok]")                                                  \
  RULE ("few", "require: 'staff <= 500'")                                                   \
  RULE ("share", "value: 'st / staff'")                                                     \
  RULE ("s1", "points: {of: 'share', bands: [{at_least: 30%, points: 20}, {else: 5}]}")     \
  RULE ("s2", "points: {of: 'x * 3 - x', bands: [{at_least: 10, points: 50}, {else: 0}]}")  \
  RULE ("score", "total: [s1, s2], require: '>= 60'")                                       \
  RULE ("rows", "value: 'sum(items: row.cost * y)'")                                        \
  RULE ("rows_ok", "require: 'rows >= 10'")                                                 \
  RULE ("big", "value: 'z ^ 40'")                                                           \
  RULE ("class", "choices: size, value: '" CLASS "'")                                       \
  RULE ("held", "value: 'x', applies: 't'")

static void
assert_same_registers (const DkRun *a,
                       const DkRun *b,
                       const guint *regs,
                       guint        n)
{
  for (guint i = 0; i < n; i++)
    {
      guint reg = regs != NULL ? regs[i] : i;
      DkKind kind = dk_program_get_kind (a->program, reg);

      g_assert_true (dk_value_equal (&a->regs[reg], &b->regs[reg], kind));
      g_assert_cmpuint (a->regs[reg].state & 15, ==, b->regs[reg].state & 15);
    }
}

/* Registers that are computed anew by parts are as if all had been computed. */
static void
test_changed (void)
{
  static const struct { const char *slot, *answer; } changes[] = {
    { "staff", "400" }, { "st", "150" }, { "x", "4.9" }, { "x", "5" }, { "y", "2..3" }, { "z", "123456789" }, { "staff", "501" },
    { "staff", "unknown" }, { "st", "undefined" }, { "rev", "400000000" }, { "t", "true" }, { "t", "false" }, { "z", "2" }, { "as_of", "2020-01-01" },
    { "y", "na" }, { "staff", "1000" }, { "rev", "0..3000000" }, { "x", "unknown" },
  };
  g_autoptr(Fixture) f = new_fixture ();
  DkRun *by_parts;
  g_autoptr(GString) answers = g_string_new (NULL);
  guint n;

  fixture_take (f, MANY_RULES);
  fixture_compile (f);
  fixture_rows (f, "items", TRUE, "cost=1; cost=4");
  n = dk_program_n_registers (dk_rulebook_get_program (f->book));
  fixture_begin (f, "");
  dk_run_all (f->run);
  by_parts = g_steal_pointer (&f->run);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_string_append_printf (answers, "%s=%s ", changes[i].slot, changes[i].answer);
      g_clear_pointer (&f->run, dk_run_free);
      f->run = by_parts;
      fixture_answer (f, changes[i].slot, changes[i].answer);
      dk_run_changed (f->run, fixture_slot (f, changes[i].slot));
      f->run = NULL;
      fixture_begin (f, answers->str);
      dk_run_all (f->run);
      assert_same_registers (f->run, by_parts, NULL, n);
    }
  dk_run_free (by_parts);
}

static void
test_slices (void)
{
  static const char *const rules[] = { "p", "p.share", "p.score", "p.rows", "p.big", "p.class", "p.held" };
  g_autoptr(Fixture) f = new_fixture ();
  const DkProgram *program;
  DkSlice *nothing;
  guint none = DK_NO_REGISTER;

  fixture_take (f, MANY_RULES);
  fixture_compile (f);
  program = dk_rulebook_get_program (f->book);
  fixture_rows (f, "items", TRUE, "cost=1; cost=4");
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const DkItem *item = fixture_rule (f, rules[i], 0);
      guint regs[2] = { item->value_reg != DK_NO_REGISTER ? item->value_reg : item->verdict_reg, item->verdict_reg };
      guint n = regs[1] != DK_NO_REGISTER ? 2 : 1;
      g_autoptr(DkSlice) slice = dk_slice_new (program, regs, 2);
      g_autoptr(DkRun) whole = NULL;

      g_assert_cmpuint (dk_slice_get_length (slice), >, 0);
      g_assert_cmpuint (dk_slice_get_length (slice), <, dk_program_n_instructions (program));
      fixture_begin (f, "staff=400 st=150 x=5..6 y=2 z=123456789");
      dk_run_all (f->run);
      whole = g_steal_pointer (&f->run);
      fixture_begin (f, "staff=400 st=150 x=5..6 y=2 z=123456789");
      dk_run_slice (f->run, slice);
      assert_same_registers (f->run, whole, regs, n);
    }
  nothing = dk_slice_new (program, &none, 1);
  g_assert_cmpuint (dk_slice_get_length (nothing), ==, 0);
  dk_slice_free (nothing);
}

/* What was loose is tight afterwards, and all the rest as it was. */
static void
test_refine_all (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *class, *points, *share, *score;
  guint regs[5], n;
  g_autoptr(DkRun) before = NULL;

  fixture_take (f, MANY_RULES);
  fixture_compile (f);
  class = fixture_rule (f, "p.class", 0);
  points = fixture_rule (f, "p.s2", 0);
  share = fixture_rule (f, "p.share", 0);
  score = fixture_rule (f, "p.score", 0);
  regs[0] = class->value_reg;
  regs[1] = DK_NO_REGISTER;
  regs[2] = points->value_reg;
  regs[3] = share->value_reg;
  regs[4] = score->value_reg;
  n = dk_program_n_registers (dk_rulebook_get_program (f->book));
  fixture_begin (f, "x=6..20 st=30 staff=100 rev=1000000");
  dk_run_all (f->run);
  before = g_steal_pointer (&f->run);
  fixture_begin (f, "x=6..20 st=30 staff=100 rev=1000000");
  dk_run_all (f->run);
  {
    g_autofree char *is = fixture_value (f, points);
    g_assert_cmpstr (is, ==, "0..50");
  }
  dk_run_refine_all (f->run, regs, G_N_ELEMENTS (regs));
  {
    g_autofree char *is = fixture_value (f, points), *total = fixture_value (f, score);
    g_assert_cmpstr (is, ==, "50");
    g_assert_cmpstr (total, ==, "70");
  }
  for (guint reg = 0; reg < n; reg++)
    g_assert_true (dk_value_contains (&before->regs[reg], &f->run->regs[reg], dk_program_get_kind (f->run->program, reg)));
  /* Where nothing is loose there is nothing to do. */
  fixture_begin (f, "x=6 st=30 staff=100 rev=1000000");
  dk_run_all (f->run);
  dk_run_refine_all (f->run, regs, G_N_ELEMENTS (regs));
  {
    g_autofree char *is = fixture_value (f, points);
    g_assert_cmpstr (is, ==, "50");
  }
}

/* A search that is too much work ends, and says no less than the run did before. */
static void
test_work_is_limited (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *item = fixture_expression (f, "count(items as i where any(items as j where j.cost > i.cost + x)) + x - x");
  const guint n_rows = 1500;
  DkValue *cells = g_new0 (DkValue, n_rows);
  DkValue before;

  for (guint r = 0; r < n_rows; r++)
    cells[r] = DK_VALUE_POINT (DK_NUMBER (r));
  fixture_rows (f, "items", TRUE, "");
  g_ptr_array_add (f->owned, cells);
  f->rows[0] = (DkRows) { cells, n_rows, TRUE };
  fixture_begin (f, "x=0..10");
  dk_run_all (f->run);
  g_assert_false (f->run->exhausted);
  before = f->run->regs[item->value_reg];
  g_assert_true (dk_run_is_loose (f->run, item->value_reg));
  dk_run_refine_all (f->run, &item->value_reg, 1);
  g_assert_false (f->run->exhausted);
  g_assert_true (dk_value_contains (&before, &f->run->regs[item->value_reg], DK_KIND_NUMBER));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/refine/exact", test_exact);
  g_test_add_func ("/rules/refine/classes", test_classes);
  g_test_add_func ("/rules/refine/tight", test_tight);
  g_test_add_func ("/rules/refine/sound", test_sound);
  g_test_add_func ("/rules/refine/not-loose", test_not_loose);
  g_test_add_func ("/rules/refine/follows", test_follows);
  g_test_add_func ("/rules/refine/changed-is-as-good-as-all", test_changed);
  g_test_add_func ("/rules/refine/slice-is-as-good-as-all", test_slices);
  g_test_add_func ("/rules/refine/refine-all", test_refine_all);
  g_test_add_func ("/rules/refine/work-is-limited", test_work_is_limited);
  return g_test_run ();
}
