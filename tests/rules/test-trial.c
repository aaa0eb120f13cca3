/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-trial"

#include "fixture.h"

#include "dk-program-private.h"
#include "dk-trial.h"

/* Facts are whole numbers from 0 to MOST, and truths: few enough to try all that they can be. */
#define MOST 5

static const char *const facts[] = { "x", "y", "z", "t", "u" };
#define N_FACTS G_N_ELEMENTS (facts)

static const char *const truths[] = {
  "x >= 3 and y <= 2",
  "x >= 3 or t",
  "not (x > y)",
  "x - y >= 2 and (t or z = 1)",
  "x + y + z >= 9",
  "band(x, >= 4: 3, >= 2: 1, else: 0) + band(y, >= 3: 4, else: 0) >= 4",
  "x + band(y, >= 3: 4, else: 0) + band(y, >= 3: 0, else: 4) >= 5",
  "x + y - y >= 3",
  "x + z >= 3 or x - z >= 1",
  "(if t then x else y) >= 3",
  "if u then x >= 2 else y >= 2",
  "if x >= 2 then y >= 3 else z >= 1",
  "p.class in (large, medium)",
  "p.class != micro",
  "p.other = medium",
  "p.held in (micro, medium)",
  "at_least(2, x >= 2, y >= 2, t)",
  "max(x, y) >= 4 and min(x, z) <= 1",
  "(x - y) / y >= 50%",
  "x / y >= 200% or u",
  "x * y >= 6 and not u",
  "(x >= 1 or y >= 1) and (t or x <= 3)",
  "count(items where row.cost >= x) >= 1 and y >= 2",
};

/* Choices are made by rules. */
static const char pack[] =
  PACK ("p") ALWAYS "rules:\n"
  RULE ("p", "value: 'x'")
  RULE ("class", "choices: size, value: 'case(x >= 4 and y >= 2: large, x >= 2: medium, else: micro)'")
  RULE ("other", "choices: size, value: 'case(t: large, x >= 2: medium, else: micro)'")
  RULE ("held", "choices: size, applies: 'u', value: 'case(x + y >= 4: large, x >= 2: medium, else: micro)'");

static Fixture *
new_fixture (void)
{
  Fixture *f = fixture_new ();
  DkRegister *items = fixture_add_register (f, "items");

  fixture_add_choices (f, "size", "micro medium large");
  fixture_add_column (items, "cost", DK_KIND_NUMBER, DK_UNIT_COUNT)->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  for (guint i = 0; i < N_FACTS; i++)
    {
      if (i < 3)
        fixture_add_number (f, facts[i], DK_UNIT_COUNT, DK_PERIOD_NONE, DK_ZERO, DK_NUMBER (MOST));
      else
        fixture_add_fact (f, facts[i], DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
    }
  fixture_take (f, pack);
  fixture_compile (f);
  return f;
}

/* The slots of the facts in the program; G_MAXUINT where no rule asks for one. */
static void
find_slots (const Fixture *f,
            guint         *slots)
{
  const DkProgram *program = dk_rulebook_get_program (f->book);

  for (guint i = 0; i < N_FACTS; i++)
    {
      slots[i] = G_MAXUINT;
      for (guint s = 0; s < dk_program_n_slots (program); s++)
        if (dk_program_get_slots (program)[s].kind == DK_SLOT_FACT && g_str_equal (dk_program_get_slots (program)[s].fact->id, facts[i]))
          slots[i] = s;
    }
}

/* Known, known roughly, or not known. */
static DkValue
draw (guint fact)
{
  int low = g_test_rand_int_range (0, MOST + 1), high = g_test_rand_int_range (low, MOST + 1);

  if (fact >= 3)
    return DK_VALUE_TRUTH (g_test_rand_int_range (1, 4));
  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return DK_VALUE_RANGE (DK_ZERO, DK_NUMBER (MOST));
    case 1:
      return dk_value_make (DK_NUMBER (low), DK_NUMBER (high), 0);
    default:
      return DK_VALUE_POINT (DK_NUMBER (low));
    }
}

/* The truth bits of @reg over all that the facts from @at on can be, each by itself. */
static guint32
try_all (Fixture     *f,
         const guint *slots,
         DkValue     *values,
         guint        at,
         guint        reg)
{
  guint32 bits = 0;
  DkValue whole;

  while (at < N_FACTS && slots[at] == G_MAXUINT)
    at++;
  if (at == N_FACTS)
    {
      for (guint i = 0; i < N_FACTS; i++)
        if (slots[i] != G_MAXUINT)
          f->run->regs[dk_program_get_slots (f->run->program)[slots[i]].reg] = values[i];
      dk_run_all (f->run);
      return f->run->regs[reg].state & 15;
    }
  whole = values[at];
  if (at >= 3)
    {
      for (guint32 bit = DK_FALSE; bit <= DK_TRUE; bit++)
        if (whole.state & bit)
          {
            values[at] = DK_VALUE_TRUTH (bit);
            bits |= try_all (f, slots, values, at + 1, reg);
          }
    }
  else
    {
      for (gint64 i = whole.low.num; i <= dk_value_high (&whole).num; i++)
        {
          values[at] = DK_VALUE_POINT (DK_NUMBER (i));
          bits |= try_all (f, slots, values, at + 1, reg);
        }
    }
  values[at] = whole;
  return bits;
}

/* What loops leave behind of their last row is nobody's. */
static void
assert_same (const DkRun *a,
             const DkRun *b)
{
  const DkProgram *program = a->program;

  for (guint s = 0; s < dk_program_n_slots (program); s++)
    {
      guint reg = dk_program_get_slots (program)[s].reg;

      g_assert_true (dk_value_equal (&a->regs[reg], &b->regs[reg], dk_program_get_kind (program, reg)));
    }
  for (guint reg = 0; reg < dk_program_n_registers (program); reg++)
    g_assert_true (program->producers[reg] == DK_NO_REGISTER
                   || dk_value_equal (&a->regs[reg], &b->regs[reg], dk_program_get_kind (program, reg)));
}

/* Trying x from 0 on: what is said at each place holds all that is possible; nothing that is sure somewhere is held for hopeless; and
 * afterwards all is as it was. */
static void
check_trial (Fixture      *f,
             const char   *text,
             const DkItem *item,
             const guint  *slots,
             DkValue      *values,
             guint        *n_hopeless,
             guint        *n_sure)
{
  const DkProgram *program = dk_rulebook_get_program (f->book);
  g_autoptr(DkRun) base = dk_run_new (program);
  g_autoptr(DkTrial) trial = NULL;
  g_autoptr(DkReach) reach = dk_reach_new (program, &slots[0], 1, &item->value_reg, 1);
  DkValue stretch = DK_VALUE_RANGE (DK_ZERO, DK_NUMBER (MOST));
  gboolean may, can, is_sure = FALSE;

  base->rows = f->rows;
  for (guint s = 0; s < dk_program_n_slots (program); s++)
    base->regs[dk_program_get_slots (program)[s].reg] = f->run->regs[dk_program_get_slots (program)[s].reg];
  for (guint i = 0; i < N_FACTS; i++)
    if (slots[i] != G_MAXUINT)
      base->regs[dk_program_get_slots (program)[slots[i]].reg] = values[i];
  dk_run_all (base);
  dk_run_refine_all (base, &item->value_reg, 1);
  trial = dk_trial_new (base);
  g_assert_false (dk_reach_is_empty (reach));
  assert_same (base, dk_trial_get_run (trial));

  may = dk_trial_may_become_sure (trial, &slots[0], 1, item->value_reg);
  dk_trial_set (trial, slots[0], &stretch);
  dk_trial_run (trial, reach);
  can = dk_trial_can_be_sure (trial, reach, item->value_reg);
  for (gint64 i = 0; i <= MOST; i++)
    {
      DkValue kept = values[0], place = DK_VALUE_POINT (DK_NUMBER (i));
      guint32 said, possible;

      dk_trial_forget (trial);
      dk_trial_set (trial, slots[0], &place);
      dk_trial_run (trial, reach);
      dk_trial_refine (trial, reach);
      said = dk_trial_get_run (trial)->regs[item->value_reg].state & 15;
      values[0] = place;
      possible = try_all (f, slots, values, 1, item->value_reg);
      values[0] = kept;
      if ((possible & ~said) != 0)
        {
          g_test_message ("%s is %u with x = %d, but %u is possible", text, said, (int) i, possible);
          g_test_fail ();
        }
      is_sure = is_sure || possible == DK_TRUE;
    }
  if (is_sure && !(may && can))
    {
      g_test_message ("%s can be sure, and was held for hopeless", text);
      g_test_fail ();
    }
  g_assert_true (may || !can);
  *n_hopeless += !can;
  *n_sure += is_sure;
  dk_trial_reset (trial, reach);
  assert_same (base, dk_trial_get_run (trial));
}

static void
test_what_if (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  guint n_hopeless = 0, n_sure = 0;

  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    {
      const DkItem *item = fixture_expression (f, truths[i]);
      guint slots[N_FACTS];

      find_slots (f, slots);
      for (guint turn = 0; turn < (g_test_thorough () ? 200 : 30); turn++)
        {
          DkValue values[N_FACTS];

          fixture_rows (f, "items", turn % 2 == 0, "cost=1; cost=4");
          fixture_begin (f, "");
          for (guint k = 0; k < N_FACTS; k++)
            values[k] = draw (k);
          /* Facts that this rule does not ask for need not be tried out. */
          for (guint k = 0; k < N_FACTS; k++)
            if (slots[k] != G_MAXUINT && !dk_program_depends (dk_rulebook_get_program (f->book), item->value_reg, slots[k]))
              values[k] = k < 3 ? DK_VALUE_POINT (DK_ZERO) : DK_VALUE_TRUTH (DK_FALSE);
          check_trial (f, truths[i], item, slots, values, &n_hopeless, &n_sure);
        }
    }
  g_test_message ("%u hopeless, %u sure", n_hopeless, n_sure);
  g_assert_cmpuint (n_hopeless, >, 50);
  g_assert_cmpuint (n_sure, >, 50);
}

/* What does not depend on the slots is no part of the reach. */
static void
test_reach (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *one = fixture_expression (f, "x + z"), *other = fixture_expression (f, "y * y");
  const DkProgram *program = dk_rulebook_get_program (f->book);
  guint slots[N_FACTS], regs[] = { one->value_reg, DK_NO_REGISTER, other->value_reg };
  g_autoptr(DkReach) reach = NULL;
  g_autoptr(DkReach) nothing = NULL;
  g_autoptr(DkTrial) trial = NULL;
  DkValue value = DK_VALUE_POINT (DK_NUMBER (4));

  find_slots (f, slots);
  fixture_begin (f, "x=1 y=2 z=3");
  dk_run_all (f->run);
  trial = dk_trial_new (f->run);
  reach = dk_reach_new (program, &slots[0], 1, regs, G_N_ELEMENTS (regs));
  nothing = dk_reach_new (program, &slots[0], 1, &other->value_reg, 1);
  g_assert_true (dk_reach_is_empty (nothing));
  g_assert_false (dk_reach_is_empty (reach));
  dk_trial_set (trial, slots[0], &value);
  dk_trial_set (trial, slots[1], &value);
  dk_trial_run (trial, reach);
  g_assert_true (dk_number_equal (dk_trial_get_run (trial)->regs[one->value_reg].low, DK_NUMBER (7)));
  g_assert_true (dk_number_equal (dk_trial_get_run (trial)->regs[other->value_reg].low, DK_NUMBER (4)));
  dk_trial_reset (trial, reach);
  g_assert_true (dk_number_equal (dk_trial_get_run (trial)->regs[one->value_reg].low, DK_NUMBER (4)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/trial/reach", test_reach);
  g_test_add_func ("/rules/trial/what-if", test_what_if);
  return g_test_run ();
}
