/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-machine"

#include "fixture.h"

static Fixture *
new_fixture (void)
{
  Fixture *f = fixture_new ();
  const DkChoices *size = fixture_add_choices (f, "size", "small medium large");
  const DkCodes *codes = fixture_add_codes (f, "industry", "A C C13 C16 C1610 C1620 C17 C39 C3911 C3912 I I65");
  static const char *const plain[] = { "x", "y", "z" }, *const truths[] = { "t", "u", "v" }, *const dates[] = { "d", "e" };

  for (guint i = 0; i < 3; i++)
    {
      fixture_add_fact (f, plain[i], DK_KIND_NUMBER, DK_UNIT_PLAIN, DK_PERIOD_NONE);
      fixture_add_fact (f, truths[i], DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
    }
  for (guint i = 0; i < 2; i++)
    fixture_add_fact (f, dates[i], DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_number (f, "p", DK_UNIT_PLAIN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "ratio", DK_UNIT_RATIO, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_add_number (f, "n", DK_UNIT_COUNT, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "money", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "term", DK_UNIT_MONTHS, DK_PERIOD_NONE, DK_ZERO, DK_NUMBER (120));
  fixture_add_number (f, "s", DK_UNIT_PLAIN, DK_PERIOD_YEAR, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_add_number (f, "rev", DK_UNIT_YUAN, DK_PERIOD_YEAR, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "rd", DK_UNIT_YUAN, DK_PERIOD_YEAR, DK_ZERO, DK_INFINITY)->part_of = g_strdup ("rev");
  fixture_add_number (f, "sales", DK_UNIT_YUAN, DK_PERIOD_QUARTER, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "wage", DK_UNIT_YUAN, DK_PERIOD_MONTH, DK_ZERO, DK_INFINITY);
  fixture_as_choice (fixture_add_fact (f, "k", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE), size);
  fixture_as_choice (fixture_add_fact (f, "l", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE), size);
  fixture_as_code (fixture_add_fact (f, "trade", DK_KIND_CODE, DK_UNIT_PLAIN, DK_PERIOD_NONE), codes);
  fixture_add_fact (f, "name", DK_KIND_TEXT, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  return f;
}

static void
check (const FixtureCase *cases,
       guint              n)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_check (f, cases, n);
}

#define CHECK(cases) check (cases, G_N_ELEMENTS (cases))

static void
test_literals (void)
{
  static const FixtureCase cases[] = {
    { "5", "", "5" },
    { "-5", "", "-5" },
    { "12.5%", "", "0.125" },
    { "5000万", "", "50000000" },
    { "2亿元", "", "200000000" },
    { "25..30", "", "25..30" },
    { "5..5", "", "5" },
    { "60 points", "", "60" },
    { "2024-02-29", "", "2024-02-29" },
    { "true", "", "true" },
    { "false", "", "false" },
    { "unknown", "", "open" },
    { "undefined", "", "undefined" },
    { "'a text'", "", "a text" },
    { "as_of", "", "2026-07-15" },
    { "as_of", "as_of=2024-02-29", "2024-02-29" },
    { "year", "", "2025" },
    { "rev[0]", "rev[0]=5", "5" },
    { "rev[2024]", "rev[2024]=7", "7" },
    { "rev[0]", "", "0..inf" },
    { "k", "", "small|medium|large" },
    { "k", "k=small|large", "small|large" },
    { "trade", "trade=C39*", "C39..C3912" },
    { "name", "name=甲", "甲" },
    { "x", "x=undefined", "undefined" },
    { "x", "x=na", "na" },
    { "x", "x=1..3|undefined|na", "1..3|undefined|na" },
  };

  CHECK (cases);
}

static void
test_arithmetic (void)
{
  static const FixtureCase cases[] = {
    { "x + y", "x=1/3 y=1/6", "0.5" },
    { "x + y", "x=1..2 y=10..20", "11..22" },
    { "x + y", "x=1", "-inf..inf" },
    { "x + y", "x=1 y=undefined", "undefined" },
    { "x + y", "x=1 y=na", "na" },
    { "x + y", "x=1..2|undefined y=1", "2..3|undefined" },
    { "x - y", "x=5 y=7", "-2" },
    { "x - y", "x=1..2 y=10..20", "-19..-8" },
    { "x - y", "x=undefined", "undefined" },
    { "x * y", "x=1/2 y=4", "2" },
    { "x * y", "x=-2..3 y=-5..7", "-15..21" },
    { "p * x", "x=0", "0" }, /* nothing of anything */
    { "x * y", "x=2 y=na", "na" },
    { "x / y", "x=1 y=3", "1/3" },
    { "x / y", "x=1 y=0", "undefined" },
    { "x / y", "x=0 y=0", "undefined" },
    { "x / y", "x=6..12 y=2..3", "2..6" },
    { "x / p", "x=1", "0..inf|undefined" },
    { "x / p", "x=1 p=0..4", "0.25..inf|undefined" },
    { "x / y", "x=1 y=undefined", "undefined" },
    { "(120 - 100) / 100", "", "0.2" },
    { "-x", "x=5", "-5" },
    { "-x", "x=1..3", "-3..-1" },
    { "-p", "", "-inf..0" },
    { "-x", "x=undefined", "undefined" },
    { "-x", "x=na", "na" },
    { "x ^ 2", "x=1.5", "2.25" },
    { "x ^ 2", "x=-3..2", "0..9" },
    { "x ^ 2", "x=-3..-2", "4..9" },
    { "x ^ 3", "x=-3..2", "-27..8" },
    { "x ^ 0", "x=-3..2", "1" },
    { "x ^ 0", "x=undefined", "undefined" },
    { "x ^ 0", "", "1" },
    { "x ^ 2", "", "0..inf" },
    { "x ^ 3", "", "-inf..inf" },
    { "x ^ 2", "x=na", "na" },
    { "(1 + 25%) ^ 2", "", "1.5625" },
    { "2 ^ 64", "", "18446744073709551616" },
    { "x * y * z", "x=9223372036854775807 y=9223372036854775807 z=2", "170141183460469231694793815568465002498" },
    { "2 + 3 * 4 ^ 2 / 8 - 1", "", "7" },
    { "-(2 ^ 2)", "", "-4" },
    { "n * 5000万", "n=3", "150000000" },
    { "money * 75%", "money=200", "150" },
    { "money / n", "money=10 n=4", "2.5" },
    { "rev[0] / rev[-1] - 1", "rev[0]=120 rev[-1]=100", "0.2" },
  };

  CHECK (cases);
}

/* A part divided by its whole is never more than all of it, whatever is not known. */
static void
test_share (void)
{
  static const FixtureCase cases[] = {
    { "rd[0] / rev[0]", "rd[0]=5 rev[0]=20", "0.25" },
    { "rd[0] / rev[0]", "rd[0]=5..50 rev[0]=20..100", "0.05..1" },
    { "rd[0] / rev[0]", "", "0..1|undefined" },
    { "rd[0] / rev[0]", "rd[0]=5 rev[0]=0", "undefined" },
    { "rd[0] / rev[0]", "rev[0]=na", "na" },
    { "rd[0] / rev[-1]", "", "0..inf|undefined" }, /* another year is another whole */
    { "rev[0] / rd[0]", "", "0..inf|undefined" },
    { "rd[0] / rev[0]", "rd[0]=30 rev[0]=20", "1.5" }, /* answers that contradict one another are taken as they are */
    { "rd[0] / rev[0]", "rd[0]=30 rev[0]=10..20", "1.5..3" },
  };

  CHECK (cases);
}

static void
test_comparisons (void)
{
  static const FixtureCase cases[] = {
    { "(rev[0] - rev[-1]) / rev[-1] >= 20%", "rev[0]=120 rev[-1]=100", "true" }, /* in binary it is less */
    { "x < 5", "x=4.999", "true" },
    { "x < 5", "x=5", "false" },
    { "x <= 5", "x=5", "true" },
    { "x <= 5", "x=5.001", "false" },
    { "x > 5", "x=5", "false" },
    { "x > 5", "x=5.001", "true" },
    { "x >= 5", "x=5", "true" },
    { "x >= 5", "x=4.999", "false" },
    { "x = 5", "x=10/2", "true" },
    { "x = 5", "x=5.001", "false" },
    { "x != 5", "x=5", "false" },
    { "x != 5", "x=6", "true" },
    { "x ≥ 5", "x=5", "true" },
    { "x ≤ 5", "x=6", "false" },
    { "x ≠ 5", "x=6", "true" },
    { "x < 5", "x=1..4", "true" },
    { "x < 5", "x=1..5", "open" },
    { "x <= 5", "x=1..5", "true" },
    { "x > 5", "x=1..5", "false" },
    { "x >= 5", "x=1..5", "open" },
    { "x = 5", "x=1..5", "open" },
    { "x = 5", "x=6..8", "false" },
    { "x != 5", "x=6..8", "true" },
    { "x < y", "x=1..2 y=3..4", "true" },
    { "x < y", "x=3..4 y=1..2", "false" },
    { "x < y", "x=1..3 y=2..4", "open" },
    { "p >= 0", "", "true" },
    { "p < 0", "", "false" },
    { "x > 0", "", "open" },
    { "x < 5", "x=undefined", "undefined" },
    { "not (x < 5)", "x=undefined", "undefined" }, /* what cannot be computed does not pass either way */
    { "x < 5", "x=na", "na" },
    { "x < 5", "x=1..3|undefined", "true|undefined" },
    { "x < 5", "x=1..9|undefined", "open|undefined" },
    { "5% < ratio", "ratio=0.05", "false" },
    { "ratio = 100%", "ratio=1", "true" },
    { "t = u", "t=true u=true", "true" },
    { "t = u", "t=false u=false", "true" },
    { "t = u", "t=false u=true", "false" },
    { "t != u", "t=false u=true", "true" },
    { "t = u", "t=false", "open" },
    { "t = u", "t=false u=undefined", "undefined" },
    { "t = true", "t=na", "na" },
    { "k = small", "k=small", "true" },
    { "k = small", "k=large", "false" },
    { "k = small", "k=small|large", "open" },
    { "k = small", "k=medium|large", "false" },
    { "k = small", "", "open" },
    { "k != small", "k=medium|large", "true" },
    { "k = small", "k=undefined", "undefined" },
    { "k != small", "k=na", "na" },
    { "k = l", "k=small l=small", "true" },
    { "k = l", "k=small|medium l=large", "false" },
    { "k = l", "k=small|medium l=small|medium", "open" },
    { "d < 2026-07-15", "d=2026-07-14", "true" },
    { "d < 2026-07-15", "d=2026-07-15", "false" },
    { "d <= as_of", "d=2026-07-15", "true" },
    { "d = e", "d=2026-07-15 e=2026-07-15", "true" },
    { "d > e", "d=2026-07-15..2026-12-31 e=2026-07-14", "true" },
    { "d > as_of", "", "open" },
    { "name = '甲'", "name=甲", "true" },
    { "name = '甲'", "name=乙", "false" },
    { "name != '甲'", "name=乙", "true" },
    { "name = '甲'", "", "open" },
    { "name = '甲'", "name=undefined", "undefined" },
    { "trade = 'C1610'", "trade=C1610", "true" },
    { "trade = 'C1610'", "trade=C1620", "false" },
    { "trade = 'C1610'", "trade=C16*", "open" },
  };

  CHECK (cases);
}

static void
test_membership (void)
{
  static const FixtureCase cases[] = {
    { "k in (small, medium)", "k=medium", "true" },
    { "k in (small, medium)", "k=large", "false" },
    { "k in (small, medium)", "k=small|medium", "true" },
    { "k in (small, medium)", "k=small|large", "open" },
    { "k not in (small, medium)", "k=large", "true" },
    { "k not in (small, medium)", "", "open" },
    { "k in (small, medium, large) except (medium)", "k=medium", "false" },
    { "k in (small)", "k=undefined", "undefined" },
    { "k not in (small)", "k=undefined", "undefined" },
    { "k in (small)", "k=na", "na" },
    { "trade in ('C', 'I65') except ('C16')", "trade=C13", "true" },
    { "trade in ('C', 'I65') except ('C16')", "trade=C1610", "false" },
    { "trade in ('C', 'I65') except ('C16')", "trade=C16", "false" },
    { "trade in ('C', 'I65') except ('C16')", "trade=I65", "true" },
    { "trade in ('C', 'I65') except ('C16')", "trade=A", "false" },
    { "trade in ('C', 'I65') except ('C16')", "trade=C*", "open" },
    { "trade in ('C', 'I65') except ('C16')", "trade=C39*", "true" },
    { "trade in ('C', 'I65') except ('C16')", "trade=C16*", "false" },
    { "trade not in ('C')", "trade=A", "true" },
    { "trade not in ('C')", "trade=C39*", "false" },
    { "trade in ('C')", "", "open" },
    { "trade in ('C')", "trade=undefined", "undefined" },
    { "trade in ('C')", "trade=na", "na" },
    { "x in (1, 2, 3)", "x=2", "true" },
    { "x in (1, 2, 3)", "x=2.5", "false" },
    { "x in (1, 2, 3)", "x=2..3", "open" },
    { "x in (1, 2, 3)", "x=4..9", "false" },
    { "x not in (1, 2)", "x=3", "true" },
    { "x in (1, 2)", "x=undefined", "undefined" },
    { "d in (2026-01-01, 2026-07-01)", "d=2026-07-01", "true" },
    { "name in ('甲', '乙')", "name=乙", "true" },
    { "name not in ('甲', '乙')", "name=丙", "true" },
  };

  CHECK (cases);
}

/* All states that a truth can be in, alone and together. */
static const char *const state_names[16] = {
  [1] = "false", [2] = "true", [3] = "open", [4] = "undefined", [5] = "false|undefined", [6] = "true|undefined",
  [7] = "open|undefined", [8] = "na", [9] = "false|na", [10] = "true|na", [11] = "open|na", [12] = "undefined|na",
  [13] = "false|undefined|na", [14] = "true|undefined|na", [15] = "open|undefined|na",
};

typedef guint32 (*Pointwise) (guint32 a, guint32 b, guint32 c);

/* The first of the states in @order that one of the three is in. */
static guint32
strongest (const char *order,
           guint32     a,
           guint32     b,
           guint32     c)
{
  static const char letters[] = "-FT-U---N";

  for (; *order != '\0'; order++)
    if (letters[a] == *order || letters[b] == *order || letters[c] == *order)
      return *order == 'F' ? DK_FALSE : *order == 'T' ? DK_TRUE : *order == 'U' ? DK_UNDEFINED : DK_NA;
  g_assert_not_reached ();
}

static guint
count_state (guint32 state,
             guint32 a,
             guint32 b,
             guint32 c)
{
  return (a == state) + (b == state) + (c == state);
}

static guint32
three_and (guint32 a,
           guint32 b,
           guint32 c)
{
  return strongest ("FUNT", a, b, c);
}

static guint32
three_or (guint32 a,
          guint32 b,
          guint32 c)
{
  return strongest ("TUNF", a, b, c);
}

static guint32
two_of_three (guint32 a,
              guint32 b,
              guint32 c)
{
  guint met = count_state (DK_TRUE, a, b, c), undefined = count_state (DK_UNDEFINED, a, b, c), na = count_state (DK_NA, a, b, c);

  if (met >= 2)
    return DK_TRUE;
  if (met + undefined + na < 2)
    return DK_FALSE;
  return undefined > 0 ? DK_UNDEFINED : DK_NA;
}

static guint32
none_of_three (guint32 a,
               guint32 b,
               guint32 c)
{
  return DK_TRUE;
}

static guint32
four_of_three (guint32 a,
               guint32 b,
               guint32 c)
{
  return DK_FALSE;
}

/* For every set of states of three operands: the union of what the states give, neither less nor more. */
static void
check_truths (const char *text,
              Pointwise   pointwise)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *item = fixture_expression (f, text);
  guint regs[3];

  fixture_begin (f, "");
  for (guint i = 0; i < 3; i++)
    {
      const char *const names[] = { "t", "u", "v" };
      regs[i] = dk_program_get_slots (f->run->program)[fixture_slot (f, names[i])].reg;
    }
  for (guint32 a = 1; a < 16; a++)
    for (guint32 b = 1; b < 16; b++)
      for (guint32 c = 1; c < 16; c++)
        {
          guint32 wanted = 0;

          for (guint32 x = 1; x < 16; x <<= 1)
            for (guint32 y = 1; y < 16; y <<= 1)
              for (guint32 z = 1; z < 16; z <<= 1)
                if (a & x && b & y && c & z)
                  wanted |= pointwise (x, y, z);
          f->run->regs[regs[0]] = DK_VALUE_TRUTH (a);
          f->run->regs[regs[1]] = DK_VALUE_TRUTH (b);
          f->run->regs[regs[2]] = DK_VALUE_TRUTH (c);
          dk_run_all (f->run);
          if (f->run->regs[item->value_reg].state != wanted)
            {
              g_test_message ("%s of %s, %s, %s is %s instead of %s", text, state_names[a], state_names[b], state_names[c],
                              state_names[f->run->regs[item->value_reg].state & 15], state_names[wanted]);
              g_test_fail ();
              return;
            }
        }
}

static guint32
not_any (guint32 a,
         guint32 b,
         guint32 c)
{
  return dk_truth_not (three_or (a, b, c));
}

/* What is undefined or does not apply is left out; of nothing there is nothing to say. */
static guint32
all_available (guint32 a,
               guint32 b,
               guint32 c)
{
  if (count_state (DK_FALSE, a, b, c) > 0)
    return DK_FALSE;
  return count_state (DK_TRUE, a, b, c) > 0 ? DK_TRUE : DK_UNDEFINED;
}

static guint32
any_available (guint32 a,
               guint32 b,
               guint32 c)
{
  if (count_state (DK_TRUE, a, b, c) > 0)
    return DK_TRUE;
  return count_state (DK_FALSE, a, b, c) > 0 ? DK_FALSE : DK_UNDEFINED;
}

static guint32
two_counted (guint32 a,
             guint32 b,
             guint32 c)
{
  return count_state (DK_TRUE, a, b, c) >= 2 ? DK_TRUE : DK_FALSE;
}

static guint32
if_then_else (guint32 a,
              guint32 b,
              guint32 c)
{
  return a == DK_TRUE ? b : a == DK_FALSE ? c : a;
}

static guint32
replaced (guint32 a,
          guint32 b,
          guint32 c)
{
  guint32 defined = c == DK_UNDEFINED ? dk_truth_not (b) : c;

  return defined == DK_NA ? a : defined;
}

static void
test_truths (void)
{
  check_truths ("t and u and v", three_and);
  check_truths ("t or u or v", three_or);
  check_truths ("not t and not u and not v", not_any);
  check_truths ("all(t, u, v)", three_and);
  check_truths ("any(t, u, v)", three_or);
  check_truths ("at_least(0, t, u, v)", none_of_three);
  check_truths ("at_least(1, t, u, v)", three_or);
  check_truths ("at_least(2, t, u, v)", two_of_three);
  check_truths ("at_least(3, t, u, v)", three_and);
  check_truths ("not at_least(2, not t, not u, not v)", two_of_three);
  check_truths ("at_least(4, t, u, v)", four_of_three);
  check_truths ("all(available(t), available(u), available(v))", all_available);
  check_truths ("any(available(t), available(u), available(v))", any_available);
  check_truths ("count(available(t), available(u), available(v)) >= 2", two_counted);
  check_truths ("if t then u else v", if_then_else);
  check_truths ("if_na(if_undefined(v, not u), t)", replaced);
}

static void
test_counts (void)
{
  static const FixtureCase cases[] = {
    { "count(t, u, v)", "t=true u=true v=false", "2" },
    { "count(t, u, v)", "t=true", "1..3" },
    { "count(t, u, v)", "t=true u=undefined v=true", "undefined" },
    { "count(t, u, v)", "t=true u=true|undefined v=false", "1..2|undefined" },
    { "count(t, u, v)", "u=na", "na" },
    { "count(s[-2..0] > 0)", "s[-2]=1 s[-1]=-1 s[0]=2", "2" },
    { "count(s[-2..0] > 0)", "s[-2]=undefined s[-1]=1 s[0]=2", "undefined" },
    { "count(available(s[-2..0]) > 0)", "s[-2]=undefined s[-1]=1 s[0]=2", "2" },
    { "count(available(s[-2..0]) > 0)", "s[-2]=1|undefined s[-1]=1 s[0]=-1..2", "1..3" },
  };

  CHECK (cases);
}

static void
test_choices_between (void)
{
  static const FixtureCase cases[] = {
    { "if t then x else y", "t=true x=1 y=2", "1" },
    { "if t then x else y", "t=false x=1 y=2", "2" },
    { "if t then x else y", "x=1 y=2", "1..2" },
    { "if t then x else y", "t=true x=1", "1" },
    { "if t then x else y", "t=true x=undefined y=2", "undefined" },
    { "if t then x else y", "t=undefined x=1 y=2", "undefined" },
    { "if t then x else y", "t=true|undefined x=1 y=2", "1|undefined" },
    { "if t then x else y", "t=na x=1 y=2", "na" },
    { "if t then x else y", "x=na y=2", "2|na" },
    { "if t then k else l", "k=small l=medium|large", "small|medium|large" },
    { "if t then k else small", "t=false", "small" },
    { "if t then d else e", "d=2026-01-01 e=2026-02-01", "2026-01-01..2026-02-01" },
    { "if t then 5 else undefined", "t=false", "undefined" },
    { "if t then undefined else 5", "t=false", "5" },
    { "if t then undefined else 5", "t=true", "undefined" },
    { "if t then unknown else k", "t=true", "small|medium|large" },
    { "if t then money else 0", "t=false money=5", "0" },
    { "case(t: 1, u: 2, else: 3)", "t=true u=true", "1" },
    { "case(t: 1, u: 2, else: 3)", "t=false u=true", "2" },
    { "case(t: 1, u: 2, else: 3)", "t=false u=false", "3" },
    { "case(t: 1, u: 2, else: 3)", "t=false", "2..3" },
    { "case(t: 1, u: 2, else: 3)", "u=true", "1..2" },
    { "case(t: 1, u: 2, else: undefined)", "t=false u=false", "undefined" },
    { "case(t: 1, u: 2, else: undefined)", "t=false", "2|undefined" },
    { "case(t: 1, u: 2, else: 3)", "t=undefined u=true", "undefined" },
    { "case(t: u, else: v)", "t=false v=true", "true" },
    { "case(k = small: 1, k = medium: 2, else: 3)", "k=medium", "2" },
    { "case(k = small: 1, k = medium: 2, else: 3)", "k=large", "3" },
  };

  CHECK (cases);
}

#define LOWER "band(ratio, >= 30%: 20, > 20%: 12, >= 10%: 4, else: 0)"
#define UPPER "band(x, < 10: 1, <= 20: 2, <= 30: 3, else: 4)"

static void
test_bands (void)
{
  static const FixtureCase cases[] = {
    { LOWER, "ratio=0.30", "20" },
    { LOWER, "ratio=0.2999999999999999999999", "12" },
    { LOWER, "ratio=0.2000000000000000000001", "12" },
    { LOWER, "ratio=0.2", "4" },
    { LOWER, "ratio=0.1", "4" },
    { LOWER, "ratio=0.0999999999999999999999", "0" },
    { LOWER, "ratio=-1", "0" },
    { LOWER, "ratio=0.15..0.25", "4..12" },
    { LOWER, "ratio=0.2..0.29", "4..12" },
    { LOWER, "ratio=0.21..0.3", "12..20" },
    { LOWER, "", "0..20" },
    { LOWER, "ratio=undefined", "undefined" },
    { LOWER, "ratio=0.4|undefined", "20|undefined" },
    { LOWER, "ratio=na", "na" },
    { UPPER, "x=9.99", "1" },
    { UPPER, "x=10", "2" },
    { UPPER, "x=20", "2" },
    { UPPER, "x=20.01", "3" },
    { UPPER, "x=30", "3" },
    { UPPER, "x=30.01", "4" },
    { UPPER, "x=10..20", "2" },
    { UPPER, "x=9..20", "1..2" },
    { UPPER, "", "1..4" },
    { "band(x, >= 5: 1, >= 3: 2)", "x=2", "undefined" }, /* no row fits */
    { "band(x, >= 5: 1, >= 3: 2)", "x=2..4", "2|undefined" },
    { "band(x, >= 5: 1, >= 3: 2)", "x=4..9", "1..2" },
    { "band(x, >= 5: 25..30, else: 0)", "x=5", "25..30" }, /* a panel's discretion */
    { "band(x, >= 5: 25..30, else: 0)", "x=0..9", "0..30" },
    { "band(d, >= 2026-01-01: 1, else: 2)", "d=2025-12-31", "2" },
    { "band(d, >= 2026-01-01: 1, else: 2)", "d=2026-01-01", "1" },
    { "band(n, >= 3: true, else: false)", "n=3", "true" },
    { "band(n, >= 3: true, else: false)", "n=2..3", "open" },
    /* With edges and rows that are computed. */
    { "band(x, >= y: 1, >= y - 5: 2, else: 3)", "x=10 y=10", "1" },
    { "band(x, >= y: 1, >= y - 5: 2, else: 3)", "x=5 y=10", "2" },
    { "band(x, >= y: 1, >= y - 5: 2, else: 3)", "x=4 y=10", "3" },
    { "band(x, >= y: 1, >= y - 5: 2, else: 3)", "x=7..12 y=10", "1..2" },
    { "band(x, >= 5: y, else: z)", "x=5 y=7 z=8", "7" },
    { "band(x, >= 5: y, else: z)", "y=7 z=8", "7..8" },
    { "band(x, >= 5: y)", "x=4 y=7", "undefined" },
    { "band(x, >= 5: y, else: z)", "x=undefined y=7 z=8", "undefined" },
    { "band(x, >= 5: k, else: l)", "x=4 l=medium", "medium" },
    { "band(money, <= 5000万: 5%, <= 2亿: 4%, else: 3%)", "money=50000000", "0.05" },
    { "band(money, <= 5000万: 5%, <= 2亿: 4%, else: 3%)", "money=50000000.01", "0.04" },
    { "band(money, <= 5000万: 5%, <= 2亿: 4%, else: 3%)", "money=200000001", "0.03" },
  };

  CHECK (cases);
}

static void
test_series (void)
{
  static const FixtureCase cases[] = {
    { "sum(s[-2..0])", "s[-2]=1 s[-1]=2 s[0]=3", "6" },
    { "sum(s[-2..0])", "s[-2]=1 s[-1]=2..5 s[0]=3", "6..9" },
    { "sum(s[-2..0])", "s[-2]=undefined s[-1]=2 s[0]=3", "undefined" },
    { "sum(s[-2..0])", "s[-2]=1|undefined s[-1]=2 s[0]=3", "6|undefined" },
    { "sum(s[-2..0])", "s[-2]=na s[-1]=2 s[0]=3", "na" },
    { "sum(s[2023..2025])", "s[2023]=1 s[2024]=2 s[2025]=3", "6" },
    { "sum(s[0])", "s[0]=3", "3" },
    { "sum(x, y, 2)", "x=1 y=1", "4" },
    { "sum(available(s[-2..0]))", "s[-2]=undefined s[-1]=2 s[0]=3", "5" },
    { "sum(available(s[-2..0]))", "s[-2]=1|undefined s[-1]=2 s[0]=3", "5..6" },
    { "sum(available(s[-2..0]))", "s[-2]=undefined s[-1]=undefined s[0]=undefined", "undefined" },
    { "sum(available(s[-2..0]))", "s[-2]=undefined s[-1]=undefined s[0]=5|undefined", "5|undefined" },
    { "sum(available(s[-2..0]))", "s[-2]=1|undefined s[-1]=undefined s[0]=5|undefined", "1..6|undefined" },
    { "sum(available(s[-2..0] * 2))", "s[-2]=undefined s[-1]=2 s[0]=3", "10" },
    { "sum(available(s[-2..0]) * 2)", "s[-2]=undefined s[-1]=2 s[0]=3", "10" },
    { "sum(available(s[0]))", "s[0]=undefined", "undefined" },
    { "mean(s[-2..0])", "s[-2]=1 s[-1]=2 s[0]=6", "3" },
    { "mean(s[-1..0])", "s[-1]=1 s[0]=2", "1.5" },
    { "mean(s[-1..0])", "s[-1]=1 s[0]=undefined", "undefined" },
    { "mean(s[-1..0])", "s[-1]=1..3 s[0]=5", "3..4" },
    { "mean(available(s[-2..0]))", "s[-2]=undefined s[-1]=1 s[0]=2", "1.5" },
    { "mean(available(s[-2..0]))", "s[-2]=undefined s[-1]=undefined s[0]=undefined", "undefined" },
    { "mean(available(s[-2..0]))", "s[-2]=9|undefined s[-1]=1 s[0]=2", "1.5..4" }, /* 1.5 without it, 4 with it */
    { "mean(available(s[-2..0]))", "s[-2]=-6|undefined s[-1]=9|undefined s[0]=3", "-1.5..6" },
    { "mean(available(s[-1..0]))", "s[-1]=1|undefined s[0]=2..4|undefined", "1..4|undefined" },
    { "mean(available(s[-1..0]))", "s[-1]=1..3 s[0]=5", "3..4" },
    { "mean(available(s[-1..0]))", "s[-1]=5|undefined", "-inf..inf" },
    { "min(s[-2..0])", "s[-2]=4 s[-1]=2 s[0]=3", "2" },
    { "min(s[-2..0])", "s[-2]=4 s[-1]=2..9 s[0]=3", "2..3" },
    { "min(s[-2..0])", "s[-2]=4 s[-1]=undefined s[0]=3", "undefined" },
    { "min(available(s[-2..0]))", "s[-2]=4 s[-1]=undefined s[0]=3", "3" },
    { "min(available(s[-2..0]))", "s[-2]=4 s[-1]=1|undefined s[0]=3", "1..3" },
    { "max(s[-2..0])", "s[-2]=4 s[-1]=2 s[0]=3", "4" },
    { "max(s[-2..0])", "s[-2]=4 s[-1]=2..9 s[0]=3", "4..9" },
    { "max(available(s[-2..0]))", "s[-2]=4 s[-1]=undefined s[0]=na", "4" },
    { "max(available(s[-2..0]))", "s[-2]=undefined s[-1]=undefined s[0]=undefined", "undefined" },
    { "min(x, y, z)", "x=3 y=1 z=2", "1" },
    { "max(x, 0)", "x=-5", "0" },
    { "max(0, x)", "", "0..inf" },
    { "min(x, y)", "x=na y=1", "na" },
    { "max(d, e)", "d=2026-01-01 e=2026-02-01", "2026-02-01" },
    { "min(money, 5万)", "money=60000", "50000" },
    { "sum(max(0, s[-1..0]))", "s[-1]=-5 s[0]=3", "3" },
    { "sum(min(s[-1..0], s[-2..-1]))", "s[-2]=1 s[-1]=2 s[0]=5", "3" }, /* year by year */
    { "best(x, y)", "x=1 y=2", "2" },
    { "best(x, y)", "x=1 y=undefined", "1" },
    { "best(x, y)", "x=undefined y=undefined", "undefined" },
    { "best(x, y)", "x=1 y=2|undefined", "1..2" },
    { "best(x, y)", "x=1..3 y=2|undefined", "1..3" },
    { "best(x, y)", "x=na y=2", "2" },
    { "best(s[-1..0])", "s[-1]=undefined s[0]=7", "7" },
    { "all(s[-2..0] > 0)", "s[-2]=1 s[-1]=2 s[0]=3", "true" },
    { "all(s[-2..0] > 0)", "s[-2]=1 s[-1]=0 s[0]=3", "false" },
    { "all(s[-2..0] > 0)", "s[-2]=1 s[-1]=2", "open" },
    { "all(s[-2..0] > 0)", "s[-2]=undefined s[-1]=2 s[0]=3", "undefined" },
    { "all(s[-2..0] > 0)", "s[-2]=undefined s[-1]=-2 s[0]=3", "false" },
    { "all(available(s[-2..0]) > 0)", "s[-2]=undefined s[-1]=2 s[0]=3", "true" },
    { "all(available(s[-2..0]) > 0)", "s[-2]=undefined s[-1]=undefined s[0]=undefined", "undefined" },
    { "any(s[-2..0] > 0)", "s[-2]=-1 s[-1]=0 s[0]=3", "true" },
    { "any(s[-2..0] > 0)", "s[-2]=undefined s[-1]=0 s[0]=0", "undefined" },
    { "any(available(s[-2..0]) > 0)", "s[-2]=undefined s[-1]=0 s[0]=0", "false" },
    { "all(s[-1..0] > 0 and s[-2..-1] > 0)", "s[-2]=1 s[-1]=2 s[0]=3", "true" },
    { "all(not (s[-1..0] > 5))", "s[-1]=2 s[0]=3", "true" },
    { "any(s[-1..0] > 5 or s[-2..-1] > 5)", "s[-2]=9 s[-1]=2 s[0]=3", "true" },
    { "all(s[-1..0] > s[-2..-1])", "s[-2]=1 s[-1]=2 s[0]=2", "false" },
    { "rising(s[-2..0])", "s[-2]=1 s[-1]=2 s[0]=3", "true" },
    { "rising(s[-2..0])", "s[-2]=1 s[-1]=2 s[0]=2", "false" },
    { "rising(s[-2..0])", "s[-2]=1 s[-1]=2 s[0]=2..9", "open" },
    { "rising(s[-2..0])", "s[-2]=3 s[-1]=2", "false" },
    { "rising(s[-2..0])", "s[-2]=undefined s[-1]=2 s[0]=3", "undefined" },
    { "sum(-s[-1..0])", "s[-1]=1 s[0]=2", "-3" },
    { "sum(s[-1..0] / 2)", "s[-1]=1 s[0]=2", "1.5" },
    { "sum(s[-1..0] - s[-2..-1])", "s[-2]=1 s[-1]=2 s[0]=4", "3" },
    { "sum(rd[-2..0]) / sum(rev[-2..0]) >= 5%", "rd[-2]=1 rd[-1]=1 rd[0]=1 rev[-2]=20 rev[-1]=20 rev[0]=20", "true" },
    { "sum(rd[-2..0]) / sum(rev[-2..0]) >= 5%", "rd[-2]=1 rd[-1]=1 rd[0]=0.99 rev[-2]=20 rev[-1]=20 rev[0]=20", "false" },
    { "sum(sales[0Q1..Q4])", "sales[0Q1]=1 sales[0Q2]=2 sales[0Q3]=3 sales[0Q4]=4", "10" },
    { "sum(sales[0 Q2..Q3])", "sales[0Q2]=2 sales[0Q3]=3", "5" },
    { "wage[-1 M12]", "wage[-1M12]=7", "7" },
  };

  CHECK (cases);
}

static void
test_growth (void)
{
  static const FixtureCase cases[] = {
    /* 135 % two years running, exactly. */
    { "compound_growth(x, y, 2) >= 35%", "x=100 y=182.25", "true" },
    { "compound_growth(x, y, 2) >= 35%", "x=100 y=182.2499999999999999999", "false" },
    { "compound_growth(x, y, 2) > 35%", "x=100 y=182.25", "false" },
    { "compound_growth(x, y, 2) > 35%", "x=100 y=182.2500000000000000001", "true" },
    { "compound_growth(x, y, 2) = 35%", "x=100 y=182.25", "true" },
    { "compound_growth(x, y, 2) != 35%", "x=100 y=182.25", "false" },
    { "compound_growth(x, y, 2) <= 35%", "x=100 y=182.25", "true" },
    { "compound_growth(x, y, 2) < 35%", "x=100 y=182.25", "false" },
    { "compound_growth(x, y, 3) >= 20%", "x=1000 y=1728", "true" },
    { "compound_growth(x, y, 1) >= 0", "x=100 y=100", "true" },
    { "compound_growth(x, y, 2) >= 0", "x=100 y=99", "false" },
    { "compound_growth(x, y, 2) >= 100%", "x=100 y=400", "true" },
    { "compound_growth(x, y, 2) > -50%", "x=100 y=25", "false" },
    { "compound_growth(x, y, 2) >= -50%", "x=100 y=25", "true" },
    { "compound_growth(x, y, 2) >= -100%", "x=100 y=0", "true" },
    /* Nothing grows by less than minus 100 %. */
    { "compound_growth(x, y, 2) >= -300%", "x=100 y=10", "true" },
    { "compound_growth(x, y, 2) > -300%", "x=100 y=0", "true" },
    { "compound_growth(x, y, 2) < -300%", "x=100 y=10", "false" },
    { "compound_growth(x, y, 3) > -300%", "x=100 y=0", "true" },
    { "compound_growth(x, y, 2) = -300%", "x=100 y=400", "false" },
    { "if_undefined(compound_growth(x, y, 2), unknown) >= 35%", "x=100 y=182.25", "true" },
    { "if_undefined(compound_growth(x, y, 2), unknown) >= 35%", "x=100 y=182.2499999999999999999", "false" },
    { "if_undefined(compound_growth(x, y, 2), unknown) > 35%", "x=100 y=182.25", "false" },
    { "if_undefined(compound_growth(x, y, 2), unknown) >= 35%", "x=0 y=182.25", "open" },
    { "if_undefined(compound_growth(x, y, 2), unknown) >= 35%", "x=-1 y=182.25", "open" },
    { "if_undefined(compound_growth(x, y, 2), unknown) >= 35%", "x=100 y=-1", "open" },
    { "if_undefined(compound_growth(x, y, 2), 40%) >= 35%", "x=0 y=182.25", "true" },
    { "if_undefined(compound_growth(x, y, 2), 30%) >= 35%", "x=0 y=182.25", "false" },
    { "compound_growth(x, y, 2) >= ratio", "x=100 y=10 ratio=-3", "true" },
    { "compound_growth(x, y, 2) >= ratio", "x=100 y=400 ratio=0..1", "true" },
    { "compound_growth(x, y, 2) >= ratio", "x=100 y=400 ratio=0..1.1", "open" },
    { "compound_growth(x, y, 2) >= ratio", "x=100 y=400 ratio=undefined", "undefined" },
    /* From nothing, from a loss or to a loss. */
    { "compound_growth(x, y, 2) >= 35%", "x=0 y=100", "undefined" },
    { "compound_growth(x, y, 2) >= 35%", "x=-5 y=100", "undefined" },
    { "compound_growth(x, y, 2) >= 35%", "x=5 y=-100", "undefined" },
    { "compound_growth(x, y, 2) >= 35%", "x=0..10 y=100", "true|undefined" },
    { "compound_growth(x, y, 2) >= 35%", "x=undefined y=100", "undefined" },
    { "compound_growth(x, y, 2) >= 35%", "x=100 y=na", "na" },
    { "compound_growth(x, y, 2) >= 35%", "x=100 y=150..200", "open" },
    { "compound_growth(rev[-2], rev[0], 2) >= 25%", "rev[-2]=16 rev[0]=25", "true" },
    { "compound_growth(x, y, 2)", "x=100 y=225", "0.5" },
    { "compound_growth(x, y, 2)", "x=100 y=0", "-1" },
    { "compound_growth(x, y, 2)", "x=0 y=100", "undefined" },
    { "compound_growth(x, y, 2)", "x=100 y=-100", "undefined" },
    { "compound_growth(x, y, 2)", "x=100 y=100..225", "0..0.5" },
    { "compound_growth(x, y, 2)", "x=100 y=-5..225", "-1..0.5|undefined" },
  };

  CHECK (cases);
}

/* What has no decimals is enclosed, and narrowly. */
static void
test_growth_is_enclosed (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *item = fixture_expression (f, "compound_growth(x, y, 2)");
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber low, high, width;

  fixture_begin (f, "x=1 y=2");
  dk_run_all (f->run);
  g_assert_cmpuint (f->run->regs[item->value_reg].state, ==, DK_RANGE);
  low = dk_number_add (f->run->regs[item->value_reg].low, DK_ONE, arena);
  high = dk_number_add (f->run->regs[item->value_reg].high, DK_ONE, arena);
  g_assert_cmpint (dk_number_compare (dk_number_mul (low, low, arena), DK_NUMBER (2)), <, 0);
  g_assert_cmpint (dk_number_compare (dk_number_mul (high, high, arena), DK_NUMBER (2)), >, 0);
  width = dk_number_sub (high, low, arena);
  g_assert_cmpint (dk_number_compare (width, (DkNumber) { 1, 1000000000 }), <=, 0);
}

static void
test_rounding (void)
{
  static const FixtureCase cases[] = {
    { "round(x)", "x=2.5", "3" },
    { "round(x)", "x=-2.5", "-3" }, /* away from zero */
    { "round(x)", "x=2.4999999999999999999999", "2" },
    { "round(x, 2)", "x=1.005", "1.01" },
    { "round(x, 2)", "x=-1.005", "-1.01" },
    { "round(x, 2)", "x=1/3", "0.33" },
    { "round(x, -2)", "x=1250", "1300" },
    { "round(x, -2)", "x=1249", "1200" },
    { "round(x)", "x=1.2..2.7", "1..3" },
    { "round(x)", "", "-inf..inf" },
    { "round(x)", "x=0.4..inf", "0..inf" },
    { "round(x)", "x=undefined", "undefined" },
    { "round(x)", "x=na", "na" },
    { "round(x, 2)", "x=1.005|undefined", "1.01|undefined" },
    { "floor(x)", "x=2.9", "2" },
    { "floor(x)", "x=-2.1", "-3" },
    { "floor(x)", "x=3", "3" },
    { "floor(x)", "x=1.5..2.5", "1..2" },
    { "floor(x)", "x=1.5..1.7", "1" },
    { "floor(x)", "", "-inf..inf" },
    { "floor(x)", "x=undefined", "undefined" },
    { "ceil(x)", "x=2.1", "3" },
    { "ceil(x)", "x=-2.9", "-2" },
    { "ceil(x)", "x=2", "2" },
    { "ceil(x)", "x=na", "na" },
    { "abs(x)", "x=-5", "5" },
    { "abs(x)", "x=5", "5" },
    { "abs(x)", "x=-5..3", "0..5" },
    { "abs(x)", "x=-5..-3", "3..5" },
    { "abs(x)", "", "0..inf" },
    { "abs(x)", "x=undefined", "undefined" },
    { "abs(x)", "x=-2|undefined", "2|undefined" },
    { "sum(round(s[-1..0]))", "s[-1]=1.5 s[0]=2.5", "5" },
    { "round(money / 3, 2)", "money=100", "33.33" },
  };

  CHECK (cases);
}

static void
test_undefined (void)
{
  static const FixtureCase cases[] = {
    { "if_undefined(x, 7)", "x=5", "5" },
    { "if_undefined(x, 7)", "x=undefined", "7" },
    { "if_undefined(x, 7)", "x=5|undefined", "5..7" },
    { "if_undefined(x, 7)", "x=na", "na" },
    { "if_undefined(x, 7)", "x=undefined|na", "7|na" },
    { "if_undefined(x, y)", "x=undefined y=undefined", "undefined" },
    { "if_undefined(x / y, 0)", "x=1 y=0", "0" },
    { "if_undefined(k, small)", "k=undefined", "small" },
    { "if_undefined(k, small)", "k=large|undefined", "small|large" },
    { "if_undefined(t, true)", "t=undefined", "true" },
    { "if_undefined(t, true)", "t=false|undefined", "open" },
    { "if_undefined(d, as_of)", "d=undefined", "2026-07-15" },
    { "if_undefined(name, '甲')", "name=undefined", "甲" },
    { "sum(if_undefined(s[-1..0], 0))", "s[-1]=undefined s[0]=4", "4" },
    { "if_na(x, 7)", "x=na", "7" },
    { "if_na(x, 7)", "x=5", "5" },
    { "if_na(x, 7)", "x=5|na", "5..7" },
    { "if_na(x, 7)", "x=undefined", "undefined" },
    { "if_na(k, small)", "k=na", "small" },
    { "if_na(t, false)", "t=na", "false" },
    { "is_defined(x)", "x=5", "true" },
    { "is_defined(x)", "", "true" },
    { "is_defined(x)", "x=undefined", "false" },
    { "is_defined(x)", "x=1..2|undefined", "open" },
    { "is_defined(x)", "x=na", "na" },
    { "is_defined(k)", "k=undefined", "false" },
    { "is_defined(d)", "d=2026-01-01", "true" },
    { "all(is_defined(s[-1..0]))", "s[-1]=undefined s[0]=1", "false" },
  };

  CHECK (cases);
}

static void
test_dates (void)
{
  static const FixtureCase cases[] = {
    { "d + 30 days", "d=2026-01-31", "2026-03-02" },
    { "d - 1 days", "d=2026-03-01", "2026-02-28" },
    { "d + 1 months", "d=2026-01-31", "2026-02-28" },
    { "d - 1 months", "d=2026-03-31", "2026-02-28" },
    { "d + 1 years", "d=2024-02-29", "2025-02-28" },
    { "as_of - 3 years", "", "2023-07-15" },
    { "as_of - 36 months", "", "2023-07-15" },
    { "d + 1 months", "d=2026-01-30..2026-02-15", "2026-02-28..2026-03-15" },
    { "d + term", "d=2026-01-31 term=1..2", "2026-02-28..2026-03-31" },
    { "d - term", "d=2026-03-31 term=1", "2026-02-28" },
    { "d + 1 months", "d=undefined", "undefined" },
    { "d + 1 months", "d=na", "na" },
    { "d + 1 days", "d=2026-01-31|undefined", "2026-02-01|undefined" },
    { "d - e", "d=2026-07-15 e=2026-07-01", "14" },
    { "d - e <= 14 days", "d=2026-07-15 e=2026-07-01", "true" },
    { "days_between(d, e)", "d=2026-07-01 e=2026-07-15", "14" },
    { "days_between(d, e)", "d=2026-07-15 e=2026-07-01", "-14" },
    { "days_between(d, e)", "d=2024-02-28 e=2024-03-01", "2" },
    { "months_between(d, e)", "d=2026-01-31 e=2026-02-28", "1" },
    { "months_between(d, e)", "d=2026-01-31 e=2026-02-27", "0" },
    { "months_between(d, e)", "d=2026-02-28 e=2026-01-31", "-1" },
    { "months_between(d, as_of) >= 12 months", "d=2025-07-15", "true" },
    { "months_between(d, as_of) >= 12 months", "d=2025-07-16", "false" },
    { "months_between(d, e)", "d=2026-01-15..2026-02-15 e=2026-07-15", "5..6" },
    { "months_between(d, e)", "d=undefined e=2026-07-15", "undefined" },
    { "years_between(d, e)", "d=2024-02-29 e=2025-02-28", "1" },
    { "years_between(d, e)", "d=2024-03-01 e=2025-02-28", "0" },
    { "years_between(d, e)", "d=2026-07-16 e=2026-07-15", "-1" },
    { "years_between(d, e)", "d=2026-07-15 e=2025-07-15", "-1" },
    { "years_between(d, e)", "d=2026-07-15 e=2025-07-14", "-2" },
    { "years_between(d, e)", "d=2020-01-01..2022-01-01 e=2026-07-15", "4..6" },
    { "year_of(d)", "d=2026-01-01", "2026" },
    { "year_of(d)", "d=2025-12-31..2026-01-01", "2025..2026" },
    { "year_of(d)", "d=undefined", "undefined" },
    { "year_of(as_of) - year", "", "1" },
    { "date(2026, 7, 15)", "", "2026-07-15" },
    { "date(year, 12, 31)", "", "2025-12-31" },
    { "date(2026, 2, 29)", "", "undefined" },
    { "date(2026, 13, 1)", "", "undefined" },
    { "date(2026, 0, 1)", "", "undefined" },
    { "date(2026, 1, 0)", "", "undefined" },
    { "date(0, 1, 1)", "", "undefined" },
    { "date(10000, 1, 1)", "", "undefined" },
    { "date(x, 5, 1)", "x=2025..2027", "2025-05-01..2027-05-01" },
    { "date(x, 2, 29)", "x=2024..2028", "2024-02-29..2028-02-29|undefined" }, /* in between there is no such day */
    { "date(2026, x, 31)", "x=1..2", "2026-01-31..2026-02-28|undefined" },
    { "date(2026, x, 1)", "x=1..2", "2026-01-01..2026-02-01" },
    { "date(2026, 1, x)", "x=30..32", "2026-01-30..2026-01-31|undefined" },
    { "date(x, 1, 1)", "x=undefined", "undefined" },
    { "date(x, 1, 1)", "", "0001-01-01..9999-01-01|undefined" },
    { "d + 1 months", "", "1900-02-01..2200-01-31" },
  };

  CHECK (cases);
}

/* What does not load, and where the message points. */
static void
test_refused (void)
{
  static const struct { const char *text; int column; const char *wanted; } cases[] = {
    { "money + ratio", 9, "a ratio" },
    { "money >= 5", 10, "this is a number; an amount of money such as 100万 is wanted" },
    { "5 <= money", 1, "this is a number; an amount of money" },
    { "ratio >= 5", 10, "a ratio such as 5% is wanted" },
    { "ratio < 0.5", 9, "a ratio such as 5% is wanted" },
    { "money * money", 7, "cannot be multiplied" },
    { "n / money", 3, "cannot be divided" },
    { "t + 1", 1, "a number is wanted here, but this is a condition" },
    { "x and t", 1, "`and` joins conditions, but this is a number" },
    { "t or k", 6, "`or` joins conditions" },
    { "not x", 5, "a condition is wanted here" },
    { "-t", 2, "a number is wanted here" },
    { "k < small", 3, "neither more nor less" },
    { "k = huge", 5, "huge is no option of size, which has small, medium, large" },
    { "k = t", 5, "this is a condition, but the other side is an option of size" },
    { "t = x", 5, "this is a number, but the other side is a condition" },
    { "k in (small, huge)", 14, "huge is no option" },
    { "k in (small, l)", 14, "only options may stand in the list" },
    { "t in (true)", 1, "a condition is in no list" },
    { "x in (1, 2) except (2)", 3, "`except` is for codes and choices" },
    { "s[-1..0] in (1)", 1, "single value" },
    { "trade in ('Z')", 11, "no code of industry begins with Z" },
    { "trade in (C39)", 11, "a code stands in single quotes" },
    { "trade = 'C16'", 9, "finer codes below it" },
    { "trade = 'C9'", 9, "no code of industry" },
    { "nothing", 1, "nothing is no fact, rule or parameter" },
    { "rev", 1, "rev is a yearly figure; say which year" },
    { "x[0]", 1, "x has no years" },
    { "rev[0 Q1]", 1, "has no quarters or months" },
    { "sales[0]", 1, "needs its quarters or months" },
    { "sales[0 M1]", 1, "is kept by the quarter" },
    { "row.kind = small", 1, "there is no row here" },
    { "s[-1..0] + s[-2..0]", 10, "series of 2 and of 3 years" },
    { "s[-1..0]", 1, "a single value, not a series of years" },
    { "if x then 1 else 2", 4, "the condition must be a condition" },
    { "if t then 1 else k", 18, "other side" },
    { "if t then s[-1..0] else 1", 11, "a single value is wanted here" },
    { "case(t: money, u: 0, else: 5%)", 28, "a ratio" },
    { "case(t: 0, u: money, else: 5%)", 28, "a ratio" }, /* 0 fits everything, but the others must fit one another */
    { "band(k, >= 1: 2, else: 3)", 6, "a number or a date" },
    { "band(s[-1..0], >= 1: 2, else: 3)", 6, "not with a series" },
    { "band(x, >= s[-1..0]: 2, else: 3)", 12, "an edge is a single value" },
    { "band(money, >= 5: 2, else: 3)", 16, "an amount of money" },
    { "band(x, >= 3: 1, >= 5: 2, else: 3)", 21, "can never be reached" },
    { "band(x, >= 3: 1, >= 3: 2, else: 3)", 21, "can never be reached" },
    { "band(x, >= 3: 1, > 3: 2, else: 3)", 20, "can never be reached" },
    { "band(x, <= 5: 1, <= 3: 2, else: 3)", 21, "can never be reached" },
    { "band(x, <= 5: 1, < 5: 2, else: 3)", 20, "can never be reached" },
    { "sum(t)", 5, "sum takes numbers, but this is a condition" },
    { "max(money, 5%)", 12, "a ratio" },
    { "max(0, money, 5%)", 15, "a ratio" },
    { "max(k, l)", 5, "max takes numbers" },
    { "min()", 1, "at least 1 value" },
    { "all(x)", 5, "all takes conditions" },
    { "count(x, y)", 7, "count takes conditions" },
    { "rising(s[0])", 8, "a series of at least two years" },
    { "rising(available(s[-2..0]))", 8, "available" },
    { "at_least(t, u)", 1, "at_least takes a whole number" },
    { "at_least(1.5, t, u)", 1, "at_least takes a whole number" },
    { "compound_growth(x, y)", 1, "compound_growth takes 3 values, not 2" },
    { "compound_growth(x, y, 0)", 23, "a whole number from 1 to 64" },
    { "compound_growth(x, y, x)", 23, "a whole number from 1 to 64" },
    { "compound_growth(x, money, 2)", 17, "an amount of money" },
    { "compound_growth(d, e, 2)", 1, "the first and the last figure" },
    { "compound_growth(x, y, 2) >= 5", 29, "compared with a ratio" },
    { "x ^ 65", 5, "from 0 to 64" },
    { "x ^ 0.5", 5, "from 0 to 64" },
    { "money ^ 2", 7, "only numbers and ratios have powers" },
    { "round(t)", 7, "round takes a number" },
    { "round(x, y)", 10, "a whole number, written out" },
    { "round(x, 0.5)", 10, "a whole number, written out" },
    { "round(x, t)", 10, "a whole number, written out" },
    { "round(x, 1, 2)", 1, "round takes at most 2 values, not 3" },
    { "abs(x, y)", 1, "abs takes 1 value, not 2" },
    { "if_undefined(x)", 1, "if_undefined takes two values" },
    { "if_undefined(x, k)", 17, "other side" },
    { "is_defined(t)", 12, "not of a condition" },
    { "available(x, y)", 1, "available takes 1 value, not 2" },
    { "year_of(x)", 9, "must be a date" },
    { "year_of(d, e)", 1, "year_of takes one date" },
    { "months_between(d)", 1, "takes two dates" },
    { "months_between(d, x)", 19, "must be a date" },
    { "date(2026, 1)", 1, "date takes a year, a month and a day" },
    { "date(2026, d, 1)", 12, "must be a number" },
    { "d + e", 3, "two dates cannot be added" },
    { "d + 30", 3, "days, months or years can be added" },
    { "30 days + d", 9, "days, months or years can be added" },
    { "d + s[-1..0]", 3, "not taken year by year" },
    { "frobnicate(x)", 1, "there is no function frobnicate" },
    { "x at as_of", 1, "x is no parameter" },
    { "x at 5", 6, "must be a date" },
    { "> 5", 1, "what is compared is missing" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_refuse (f, cases[i].text, cases[i].column, cases[i].wanted);
}

/* What is known when it is loaded is computed then: nothing of it is left to run. */
static void
test_constants_are_folded (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkProgram *program;

  fixture_compile (f);
  program = dk_rulebook_get_program (f->book);
  fixture_expression (f, "round(1.25 ^ 2 * 100, 1) + max(1, 2) + band(5, >= 3: 7, else: 8)");
  g_assert_cmpuint (dk_program_n_instructions (program), ==, 0);
  fixture_expression (f, "x + 1");
  g_assert_cmpuint (dk_program_n_instructions (program), ==, 1);
}

/* One after another, expressions in the same program leave one another alone, and share what they have in common. */
static void
test_expressions_share (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *first = fixture_expression (f, "x / y + 1"), *second = fixture_expression (f, "x / y + 2");
  g_autofree char *one = NULL, *two = NULL;

  g_assert_cmpuint (dk_program_n_instructions (dk_rulebook_get_program (f->book)), ==, 3);
  fixture_begin (f, "x=6 y=3");
  dk_run_all (f->run);
  one = fixture_value (f, first);
  two = fixture_value (f, second);
  g_assert_cmpstr (one, ==, "3");
  g_assert_cmpstr (two, ==, "4");
}

/* A truth is also a verdict: undefined is not met, what does not apply leaves it open. */
static void
test_verdicts (void)
{
  static const struct { const char *is, *wanted; } cases[] = {
    { "true", "true" }, { "false", "false" }, { "open", "open" }, { "undefined", "false" }, { "na", "open" },
    { "true|undefined", "open" }, { "false|undefined", "false" }, { "false|na", "open" },
  };
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *item = fixture_expression (f, "t");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answers = g_strdup_printf ("t=%s", cases[i].is);
      g_autofree char *verdict = NULL;

      fixture_begin (f, answers);
      dk_run_all (f->run);
      verdict = fixture_verdict (f, item);
      g_assert_cmpstr (verdict, ==, cases[i].wanted);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/machine/literals-and-names", test_literals);
  g_test_add_func ("/rules/machine/arithmetic", test_arithmetic);
  g_test_add_func ("/rules/machine/share-of-a-whole", test_share);
  g_test_add_func ("/rules/machine/comparisons", test_comparisons);
  g_test_add_func ("/rules/machine/membership", test_membership);
  g_test_add_func ("/rules/machine/truth-tables", test_truths);
  g_test_add_func ("/rules/machine/counts", test_counts);
  g_test_add_func ("/rules/machine/choices-between", test_choices_between);
  g_test_add_func ("/rules/machine/bands-at-each-edge", test_bands);
  g_test_add_func ("/rules/machine/series", test_series);
  g_test_add_func ("/rules/machine/growth-is-compared-exactly", test_growth);
  g_test_add_func ("/rules/machine/growth-is-enclosed", test_growth_is_enclosed);
  g_test_add_func ("/rules/machine/rounding", test_rounding);
  g_test_add_func ("/rules/machine/undefined-and-na", test_undefined);
  g_test_add_func ("/rules/machine/dates", test_dates);
  g_test_add_func ("/rules/machine/refused-with-reason-and-place", test_refused);
  g_test_add_func ("/rules/machine/constants-are-folded", test_constants_are_folded);
  g_test_add_func ("/rules/machine/expressions-share", test_expressions_share);
  g_test_add_func ("/rules/machine/verdicts", test_verdicts);
  return g_test_run ();
}
