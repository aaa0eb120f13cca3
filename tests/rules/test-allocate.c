/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-allocate"

#include "fixture.h"

#define LOSSES "losses: row.amount by row.year where row.year >= 2021, against: income"

static Fixture *
new_fixture (void)
{
  Fixture *f = fixture_new ();
  DkRegister *losses = fixture_add_register (f, "losses");

  fixture_add_column (losses, "amount", DK_KIND_NUMBER, DK_UNIT_YUAN)->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  fixture_add_column (losses, "change", DK_KIND_NUMBER, DK_UNIT_YUAN);
  fixture_add_column (losses, "year", DK_KIND_NUMBER, DK_UNIT_PLAIN)->domain = DK_VALUE_RANGE (DK_NUMBER (2000), DK_NUMBER (2100));
  fixture_add_column (losses, "asked", DK_KIND_TRUTH, DK_UNIT_PLAIN);
  fixture_add_column (losses, "valid", DK_KIND_TRUTH, DK_UNIT_PLAIN);
  fixture_add_number (f, "income", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_add_number (f, "limit", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "x", DK_UNIT_PLAIN, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY);
  return f;
}

/* What is known to the last, then what is not, is open, or has no value. */
static void
test_known (void)
{
  static const FixtureCase cases[] = {
    { "allocate(" LOSSES ")", "income=100", "100" },
    { "allocate(" LOSSES ")", "income=500", "360" },
    { "allocate(" LOSSES ")", "income=0", "0" },
    { "allocate(" LOSSES ")", "income=-5", "0" },
    { "rows_left(" LOSSES ")", "income=100", "260" },
    { "rows_left(" LOSSES ")", "income=500", "0" },
    { "rows_left(" LOSSES ")", "income=-5", "360" },
    { "amount_left(" LOSSES ")", "income=100", "0" },
    { "amount_left(" LOSSES ")", "income=500", "140" },
    { "amount_left(" LOSSES ")", "income=-5", "-5" },
    /* Each row: the oldest first, of one year the upper one. */
    { "allocate(" LOSSES ", of: row.year = 2021)", "income=100", "60" },
    { "allocate(" LOSSES ", of: row.year = 2023)", "income=100", "40" },
    { "allocate(" LOSSES ", of: row.year = 2023 and row.amount = 100元)", "income=100", "40" },
    { "allocate(" LOSSES ", of: row.year = 2023 and row.amount = 200元)", "income=100", "0" },
    { "allocate(" LOSSES ", of: row.year = 2023 and row.amount = 200元)", "income=161", "1" },
    { "rows_left(" LOSSES ", of: row.year = 2021)", "income=59.99", "0.01" },
    { "rows_left(" LOSSES ", of: row.year = 2023)", "income=100", "260" },
    /* What lapsed takes nothing, and has nothing left. */
    { "allocate(" LOSSES ", of: row.year = 2020)", "income=1000", "0" },
    { "rows_left(" LOSSES ", of: row.year = 2020)", "income=0", "0" },
    /* The other way round. */
    { "allocate(losses: row.amount by -row.year, against: income, of: row.year = 2020)", "income=370", "10" },
    /* What is computed of the row and of the enterprise. */
    { "allocate(losses: min(row.amount, 50元) by row.year, against: income * 80%)", "income=1000", "200" },
    { "allocate(losses: row.amount - 60元 by row.year, against: income)", "income=1000", "180" }, /* below 0 is 0 */
    { "allocate(losses: limit by row.year where row.valid, against: 100元)", "limit=30", "90" },
    { "sum(losses as l: allocate(losses: row.amount by row.year, against: l.amount))", "", "1370" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup (cases[i].text);
      FixtureCase one = { text, cases[i].answers, cases[i].wanted };

      fixture_rows (f, "losses", TRUE, "amount=100 year=2023 valid=true; amount=60 year=2021 valid=true; amount=50 year=2020 valid=true; amount=200 year=2023");
      if (strstr (text, "row.valid") != NULL)
        fixture_rows (f, "losses", TRUE, "year=2023 valid=true; year=2021 valid=true; year=2020 valid=true; year=2023 valid=false");
      if (strstr (text, "as l") != NULL)
        fixture_rows (f, "losses", TRUE, "amount=100 year=2023; amount=60 year=2021; amount=1210 year=2020");
      fixture_check (f, &one, 1);
    }
}

static void
test_unknown (void)
{
  static const struct { const char *rows; gboolean is_complete; FixtureCase check; } cases[] = {
    { "amount=100 year=2021", TRUE, { "allocate(" LOSSES ")", "income=50..300", "50..100" } },
    { "amount=100 year=2021", TRUE, { "amount_left(" LOSSES ")", "income=50..300", "0..200" } },
    { "amount=100 year=2021", TRUE, { "amount_left(" LOSSES ")", "", "-inf..inf" } },
    { "amount=100 year=2021", TRUE, { "allocate(" LOSSES ")", "", "0..100" } },
    { "amount=100 year=2021", TRUE, { "rows_left(" LOSSES ")", "", "0..100" } },
    { "amount=100 year=2020..2021", TRUE, { "allocate(" LOSSES ")", "income=70", "0..70" } },
    { "amount=50..100 year=2020..2021", TRUE, { "rows_left(" LOSSES ")", "income=70", "0..30" } },
    { "amount=50..100 year=2021", TRUE, { "rows_left(" LOSSES ")", "income=70..80", "0..30" } },
    { "amount=unknown year=2021", TRUE, { "allocate(" LOSSES ")", "income=70", "0..70" } },
    { "amount=unknown year=2021", TRUE, { "rows_left(" LOSSES ")", "income=70", "0..inf" } },
    { "amount=unknown year=2021", TRUE, { "allocate(" LOSSES ")", "", "0..inf" } },
    /* An older row whose capacity is open. */
    { "amount=10..40 year=2021; amount=100 year=2022", TRUE, { "allocate(" LOSSES ", of: row.year = 2022)", "income=90", "50..80" } },
    { "amount=10..40 year=2021; amount=100 year=2022", TRUE, { "rows_left(" LOSSES ", of: row.year = 2022)", "income=90", "20..50" } },
    /* Which comes first is open. */
    { "amount=40 year=2021..2023 asked=true; amount=100 year=2022 asked=false", TRUE,
      { "allocate(" LOSSES ", of: row.asked)", "income=90", "0..40" } },
    { "amount=40 year=2021..2022 asked=true; amount=100 year=2022 asked=false", TRUE,
      { "allocate(" LOSSES ", of: row.asked)", "income=90", "40" } }, /* of one year the upper one */
    { "amount=100 year=2022 asked=false; amount=40 year=2021..2022 asked=true", TRUE,
      { "allocate(" LOSSES ", of: row.asked)", "income=90", "0..40" } },
    { "amount=40 year=2021; amount=100 year=2022 asked=unknown", TRUE, { "allocate(" LOSSES ", of: row.asked)", "income=90", "0..90" } },
    /* There may be more rows. */
    { "amount=100 year=2021", FALSE, { "allocate(" LOSSES ")", "income=300", "100..300" } },
    { "amount=100 year=2021", FALSE, { "allocate(" LOSSES ")", "income=80", "80" } },
    { "amount=100 year=2021", FALSE, { "rows_left(" LOSSES ")", "income=80", "20..inf" } },
    { "amount=100 year=2021", FALSE, { "amount_left(" LOSSES ")", "income=300", "0..200" } },
    { "amount=100 year=2021 valid=true", FALSE, { "allocate(losses: row.amount by row.year where row.year >= 2021, against: income, of: true)", "income=80", "80" } },
    { "amount=100 year=2022", FALSE, { "allocate(" LOSSES ", of: row.year = 2022)", "income=80", "0..80" } }, /* of 2021 there may be one */
    { "amount=100 year=2022", FALSE, { "rows_left(" LOSSES ", of: row.year = 2022)", "income=80", "20..inf" } },
    { "amount=100 year=2022", FALSE, { "allocate(losses: row.amount by row.year where row.valid and not row.valid, against: income)", "income=80", "0..80" } },
    { "", FALSE, { "allocate(" LOSSES ")", "income=80", "0..80" } },
    { "", TRUE, { "allocate(" LOSSES ")", "income=80", "0" } },
    { "", TRUE, { "rows_left(" LOSSES ")", "income=80", "0" } },
    { "", TRUE, { "amount_left(" LOSSES ")", "income=80", "80" } },
    /* Undefined runs through, unless the row does not count. */
    { "amount=100 year=2021", TRUE, { "allocate(" LOSSES ")", "income=undefined", "undefined" } },
    { "amount=100 year=2021", TRUE, { "amount_left(" LOSSES ")", "income=80|undefined", "0|undefined" } },
    { "amount=100 change=0 year=2021", TRUE, { "allocate(losses: row.amount / (row.change / 1元) by row.year, against: income)", "income=9", "undefined" } },
    { "amount=100 change=0 year=2021 valid=false", TRUE,
      { "allocate(losses: row.amount / (row.change / 1元) by row.year where row.valid, against: income)", "income=9", "0" } },
    { "amount=100 change=0 year=2021", TRUE,
      { "allocate(losses: row.amount / (row.change / 1元) by row.year where row.valid, against: income)", "income=9", "0|undefined" } },
    { "amount=100 change=0..4 year=2021", TRUE,
      { "allocate(losses: row.amount / (row.change / 1元) by row.year, against: income)", "income=30", "25..30|undefined" } },
    { "amount=100 change=0 year=2021", TRUE,
      { "allocate(losses: row.amount by row.year / (row.change / 1元), against: income)", "income=9", "undefined" } },
    { "amount=100 change=0 year=2021", TRUE,
      { "allocate(losses: row.amount by row.year, against: income, of: row.year / (row.change / 1元) > 1)", "income=9", "0" } },
    /* The rest is an amount of its own, so that what is left is no wider than it has to be. */
    { "amount=100 year=2021", TRUE, { "income - allocate(" LOSSES ") - amount_left(" LOSSES ")", "income=120", "0" } },
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("rows %s", cases[i].rows);
      fixture_rows (f, "losses", cases[i].is_complete, cases[i].rows);
      fixture_check (f, &cases[i].check, 1);
    }
}

/* A random register, what it can be, and all that it can come to, found by trying. */

#define MAX_TRIED_ROWS 4

typedef struct
{
  int least, most, first, last; /* of capacity and of year */
  guint asked, valid;           /* DK_FALSE, DK_TRUE or both */
} Row;

typedef struct
{
  int     amount;
  int     capacity[MAX_TRIED_ROWS], order[MAX_TRIED_ROWS];
  gboolean asked[MAX_TRIED_ROWS], valid[MAX_TRIED_ROWS];
} Case;

/* One case, as a clerk would do it: again and again the oldest row that is left. */
static int
work_out (const Case *c,
          guint       n,
          int         which)
{
  gboolean done[MAX_TRIED_ROWS] = { FALSE };
  int amount = MAX (c->amount, 0), taken = 0, left = 0;

  for (;;)
    {
      int next = -1, capacity, part;

      for (guint i = 0; i < n; i++)
        if (!done[i] && c->valid[i] && (next < 0 || c->order[i] < c->order[next]))
          next = (int) i;
      if (next < 0)
        break;
      done[next] = TRUE;
      capacity = MAX (c->capacity[next], 0);
      part = MIN (capacity, amount);
      amount -= part;
      if (c->asked[next])
        {
          taken += part;
          left += capacity - part;
        }
    }
  return which == 0 ? taken : which == 1 ? left : c->amount < 0 ? c->amount : amount;
}

static void
try_all (const Row *rows,
         guint      n,
         guint      at,
         Case      *c,
         int       *low,
         int       *high)
{
  if (at == n)
    {
      for (int which = 0; which < 3; which++)
        {
          int result = work_out (c, n, which);

          low[which] = MIN (low[which], result);
          high[which] = MAX (high[which], result);
        }
      return;
    }
  for (c->capacity[at] = rows[at].least; c->capacity[at] <= rows[at].most; c->capacity[at]++)
    for (c->order[at] = rows[at].first; c->order[at] <= rows[at].last; c->order[at]++)
      for (guint bits = 0; bits < 4; bits++)
        {
          c->asked[at] = (bits & 1) != 0;
          c->valid[at] = (bits & 2) != 0;
          if (((c->asked[at] ? DK_TRUE : DK_FALSE) & rows[at].asked) && ((c->valid[at] ? DK_TRUE : DK_FALSE) & rows[at].valid))
            try_all (rows, n, at + 1, c, low, high);
        }
}

static void
append_range (GString    *text,
              const char *name,
              int         low,
              int         high)
{
  g_string_append_printf (text, low == high ? "%s=%d " : "%s=%d..%d ", name, low, high);
}

static const char *
truth_to_text (guint bits)
{
  return bits == DK_OPEN ? "unknown" : bits == DK_TRUE ? "true" : "false";
}

static guint
random_truth (GRand *rand)
{
  int i = g_rand_int_range (rand, 0, 6);

  return i == 0 ? DK_FALSE : i == 1 ? DK_OPEN : i == 2 ? DK_FALSE : DK_TRUE;
}

/* Often 0: the rest is known. */
static int
random_width (GRand *rand,
              int    low,
              int    high)
{
  int width = g_rand_int_range (rand, low, high);

  return MAX (width, 0);
}

/* Every bound is reached, and none is passed: exactly what trying everything finds. A register that is not complete holds that too. */
static void
test_against_trying (void)
{
  static const char *const texts[] = {
    "allocate(losses: row.change by row.year where row.valid, against: income, of: row.asked)",
    "rows_left(losses: row.change by row.year where row.valid, against: income, of: row.asked)",
    "amount_left(losses: row.change by row.year where row.valid, against: income)",
  };
  g_autoptr(Fixture) f = new_fixture ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261128);
  const DkItem *items[G_N_ELEMENTS (texts)];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    items[i] = fixture_expression (f, texts[i]);
  for (guint round = 0; round < (g_test_slow () ? 20000u : 3000u); round++)
    {
      guint n = (guint) g_rand_int_range (rand, 0, MAX_TRIED_ROWS + 1);
      Row rows[MAX_TRIED_ROWS];
      Case c = { 0 };
      int low[3] = { 1000, 1000, 1000 }, high[3] = { -1000, -1000, -1000 };
      int least = g_rand_int_range (rand, -2, 10), most = least + random_width (rand, -3, 6);
      g_autoptr(GString) text = g_string_new (NULL), answers = g_string_new (NULL);

      for (guint i = 0; i < n; i++)
        {
          rows[i].least = g_rand_int_range (rand, -1, 6);
          rows[i].most = rows[i].least + random_width (rand, -4, 3);
          rows[i].first = g_rand_int_range (rand, 2020, 2024);
          rows[i].last = rows[i].first + random_width (rand, -4, 3);
          rows[i].asked = random_truth (rand);
          rows[i].valid = random_truth (rand);
          g_string_append (text, i > 0 ? ";" : "");
          append_range (text, "change", rows[i].least, rows[i].most);
          append_range (text, "year", rows[i].first, rows[i].last);
          g_string_append_printf (text, "asked=%s valid=%s", truth_to_text (rows[i].asked), truth_to_text (rows[i].valid));
        }
      for (c.amount = least; c.amount <= most; c.amount++)
        try_all (rows, n, 0, &c, low, high);
      append_range (answers, "income", least, most);
      for (guint complete = 0; complete < 2; complete++)
        {
          fixture_rows (f, "losses", complete, text->str);
          fixture_begin (f, answers->str);
          dk_run_all (f->run);
          for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
            {
              const DkValue *is = &f->run->regs[items[i]->value_reg];
              DkValue found = dk_value_make (DK_NUMBER (low[i]), DK_NUMBER (high[i]), 0);

              if (complete ? dk_value_equal (is, &found, DK_KIND_NUMBER) : dk_value_contains (is, &found, DK_KIND_NUMBER))
                continue;
              g_test_message ("%s with %s of rows %s is %s, and can be %d..%d", texts[i], answers->str, text->str,
                              fixture_value (f, items[i]), low[i], high[i]);
              g_test_fail ();
              return;
            }
        }
    }
}

/* The parts are the whole, whatever the rows: row by row, and the amount. */
static void
test_parts_add_up (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  g_autoptr(GString) rows = g_string_new (NULL);
  static const FixtureCase cases[] = {
    { "sum(losses as l: allocate(losses: row.amount by row.year, against: income, of: row.change = l.change)) - allocate(losses: row.amount by row.year, against: income)", "income=12345.67", "0" },
    { "sum(losses as l: rows_left(losses: row.amount by row.year, against: income, of: row.change = l.change)) - rows_left(losses: row.amount by row.year, against: income)", "income=12345.67", "0" },
    { "allocate(losses: row.amount by row.year, against: income) + rows_left(losses: row.amount by row.year, against: income) - sum(losses: row.amount)", "income=12345.67", "0" },
    { "allocate(losses: row.amount by row.year, against: income) + amount_left(losses: row.amount by row.year, against: income) - income", "income=99999.99", "0" },
  };

  /* More than the few that need no memory. */
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (rows, "%samount=%u.%02u year=%u change=%u", i > 0 ? ";" : "", 7919 * i % 1000, i, 2000 + 31 * i % 17, i);
  fixture_rows (f, "losses", TRUE, rows->str);
  fixture_check (f, cases, G_N_ELEMENTS (cases));
}

/* The amount moves what is allocated one way: no search is needed to bound it. */
static void
test_follows (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *taken = fixture_expression (f, "allocate(" LOSSES ")");
  const DkItem *left = fixture_expression (f, "rows_left(" LOSSES ")");
  const DkItem *rest = fixture_expression (f, "amount_left(" LOSSES ")");
  const DkItem *both = fixture_expression (f, "allocate(losses: limit by row.year, against: limit * 2)");
  const DkProgram *program = dk_rulebook_get_program (f->book);
  guint income = fixture_slot (f, "income"), limit = fixture_slot (f, "limit");

  g_assert_cmpuint (dk_program_follows (program, taken->value_reg, income), ==, DK_FOLLOWS_UP);
  g_assert_cmpuint (dk_program_follows (program, left->value_reg, income), ==, DK_FOLLOWS_DOWN);
  g_assert_cmpuint (dk_program_follows (program, rest->value_reg, income), ==, DK_FOLLOWS_UP);
  g_assert_cmpuint (dk_program_follows (program, both->value_reg, limit), ==, DK_FOLLOWS_UP | DK_FOLLOWS_DOWN | DK_FOLLOWS_OFTEN);
  g_assert_true (dk_program_reads_rows (program, taken->value_reg, 0));
  g_assert_true (dk_program_depends (program, taken->value_reg, income));
}

static void
test_refused (void)
{
  static const struct { const char *text; int column; const char *wanted; } cases[] = {
    { "allocate(losses: row.amount by row.year)", 40, "against" },
    { "allocate(losses: row.amount, against: income)", 28, "what the rows are ordered by is missing" },
    { "allocate(losses by row.year, against: income)", 17, "allocate needs an expression of the row" },
    { "allocate(losses: row.amount by row.year, against: income, against: income)", 59, "stands there already" },
    { "allocate(losses: row.amount by row.year, upto: income)", 42, "\"against:\" or \"of:\" is missing" },
    { "allocate(losses: row.amount by row.year, against: x)", 51, "an amount of money such as 100万 is wanted" },
    { "allocate(losses: row.amount by row.year, against: row.amount)", 51, "there is no row here" },
    { "allocate(losses: row.amount by row.valid, against: income)", 32, "ordered by a number or a date" },
    { "allocate(losses: row.valid by row.year, against: income)", 18, "takes a number of each row" },
    { "allocate(losses: row.amount by row.year, against: income, of: row.amount)", 63, "the condition after `of` must be a condition" },
    { "amount_left(losses: row.amount by row.year, against: income, of: row.asked)", 62, "takes no \"of\"" },
    { "amount_left(losses: row.amount by row.year, of: row.asked)", 45, "takes no \"of\"" },
    { "sum(losses: row.amount, against: income)", 23, "" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_refuse (f, cases[i].text, cases[i].column, cases[i].wanted);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/allocate/known", test_known);
  g_test_add_func ("/rules/allocate/unknown", test_unknown);
  g_test_add_func ("/rules/allocate/against-trying", test_against_trying);
  g_test_add_func ("/rules/allocate/parts-add-up", test_parts_add_up);
  g_test_add_func ("/rules/allocate/follows", test_follows);
  g_test_add_func ("/rules/allocate/refused", test_refused);
  return g_test_run ();
}
