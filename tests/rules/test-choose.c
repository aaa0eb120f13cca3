/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-choose"

#include "dk-choose.h"
#include "fixture.h"

/* An invented tax: no rate of it is anybody's. */
static const char invented[] =
  PACK ("tax") ALWAYS
  "choices:\n"
  "  least: due\n"
  "  of:\n"
  "    - id: regime\n"
  "      title: {zh: 税率, en: Rate}\n"
  "      options:\n"
  "        - {id: plain, title: {zh: 一般, en: Plain}}\n"
  "        - {id: small, title: {zh: 小型, en: Small}, when: 'base <= 3000元 and staff <= 100', decided: 'wish_small'}\n"
  "        - {id: tech, title: {zh: 技术, en: Tech}, when: 'is_tech'}\n"
  "        - {id: holiday, title: {zh: 减免期, en: Holiday}, when: 'is_young'}\n"
  "    - id: claim\n"
  "      title: {zh: 加计, en: Extra deduction}\n"
  "      options: [{id: none, title: {zh: 否, en: No}}, {id: extra, title: {zh: 是, en: Yes}}]\n"
  "    - id: asset\n"
  "      title: {zh: 设备, en: Equipment}\n"
  "      options: [{id: yearly, title: {zh: 逐年, en: Yearly}, decided: 'wish_yearly'}, {id: at_once, title: {zh: 一次, en: At once}, when: 'equipment <= 5000元'}]\n"
  "    - id: sale\n"
  "      title: {zh: 转让, en: Sale}\n"
  "      options: [{id: taxed, title: {zh: 征税, en: Taxed}}, {id: exempt, title: {zh: 免税, en: Exempt}}]\n"
  "  exclusions:\n"
  "    - {id: twice, title: {zh: 不得同享, en: Not both}, source: law, when: 'sale = exempt and regime = holiday'}\n"
  "    - {id: heavy, title: {zh: 大额, en: Heavy}, source: law, when: 'asset = at_once and claim = extra and rd > 900元'}\n"
  "rules:\n"
  RULE ("tax", "value: 'due'")
  RULE ("base", "value: 'max(0, profit - (if claim = extra then rd * 80% else 0) - equipment * (if asset = at_once then 1 else 10%) - (if sale = exempt then min(sold, 400元) else 0))'")
  RULE ("due", "value: 'base * case(regime = small: 6%, regime = tech: 17%, regime = holiday: 9%, else: 23%)'")
  RULE ("after", "value: 'profit - due'")
  RULE ("is_small", "require: 'regime = small'");

/* As seen from another pack. */
static const char other[] =
  PACK ("other") ALWAYS "rules:\n"
  RULE ("other", "require: 'tax.regime in (tech, small) and tax.due <= 100元'");

static Fixture *
new_fixture (void)
{
  Fixture *f = fixture_new ();

  fixture_add_number (f, "profit", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_add_number (f, "rd", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "equipment", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "sold", DK_UNIT_YUAN, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "staff", DK_UNIT_COUNT, DK_PERIOD_NONE, DK_ZERO, DK_INFINITY);
  fixture_add_fact (f, "is_tech", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_fact (f, "is_young", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_fact (f, "wish_small", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_fact (f, "wish_yearly", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  return f;
}

static Fixture *
new_tax (void)
{
  Fixture *f = new_fixture ();

  fixture_take (f, invented);
  fixture_take (f, other);
  fixture_compile (f);
  return f;
}

static const DkDecisions *
get_decisions (Fixture *f)
{
  return ((DkVersion *) g_ptr_array_index (dk_rulebook_find_pack (f->book, "tax")->versions, 0))->decisions;
}

/* What the enterprise is. */
typedef struct
{
  int  profit, rd, equipment, sold, staff;
  gboolean is_tech, is_young, wish_small, wish_yearly;
} Firm;

/* One combination, worked out by hand: 10000 times the tax; -1 where it is not lawful. */
static gint64
work_out (const Firm *firm,
          guint       regime,
          guint       claim,
          guint       asset,
          guint       sale)
{
  static const int rates[] = { 23, 6, 17, 9 };
  gint64 base = 100 * (gint64) firm->profit - (claim ? 80 * (gint64) firm->rd : 0) - (asset ? 100 : 10) * (gint64) firm->equipment
                - (sale ? 100 * (gint64) MIN (firm->sold, 400) : 0);

  base = MAX (base, 0);
  if ((regime == 1 && (base > 300000 || firm->staff > 100)) || (regime == 2 && !firm->is_tech) || (regime == 3 && !firm->is_young)
      || (asset && firm->equipment > 5000) || (sale && regime == 3) || (asset && claim && firm->rd > 900))
    return -1;
  return base * rates[regime];
}

typedef struct { gint64 value; guint options; gboolean is_there; } Best;

/* The best, and the next, by trying all in the order in which they are listed. */
static void
try_all (const Firm *firm,
         gboolean    obeys,
         Best       *best,
         Best       *next)
{
  best->is_there = next->is_there = FALSE;
  for (guint i = 0; i < 32; i++)
    {
      guint regime = i / 8, claim = i / 4 % 2, asset = i / 2 % 2, sale = i % 2;
      Best one = { work_out (firm, regime, claim, asset, sale), 1u << regime | 16u << claim | 64u << asset | 256u << sale, TRUE };

      if (one.value < 0 || (obeys && ((firm->wish_small && regime != 1) || (firm->wish_yearly && asset != 0))))
        continue;
      if (!best->is_there || one.value < best->value)
        {
          *next = *best;
          *best = one;
        }
      else if (!next->is_there || one.value < next->value)
        *next = one;
    }
}

static int
random_amount (GRand *rand)
{
  static const int amounts[] = { 0, 400, 900, 901, 1000, 3000, 3001, 5000, 5001, 10000 };

  return g_rand_int_range (rand, 0, 3) == 0 ? g_rand_int_range (rand, 0, 12000) : amounts[g_rand_int_range (rand, 0, 10)];
}

static Firm
random_firm (GRand *rand)
{
  Firm firm = { random_amount (rand) - 500, random_amount (rand), random_amount (rand), random_amount (rand), g_rand_int_range (rand, 99, 102),
                g_rand_boolean (rand), g_rand_int_range (rand, 0, 4) == 0, g_rand_int_range (rand, 0, 8) == 0, g_rand_int_range (rand, 0, 8) == 0 };

  return firm;
}

static void
set_number (Fixture    *f,
            const char *name,
            int         low,
            int         high)
{
  const DkSlot *slot = &dk_program_get_slots (dk_rulebook_get_program (f->book))[fixture_slot (f, name)];

  f->run->regs[slot->reg] = dk_value_make (DK_NUMBER (low), DK_NUMBER (high), 0);
}

static void
set_truth (Fixture    *f,
           const char *name,
           guint32     bits)
{
  const DkSlot *slot = &dk_program_get_slots (dk_rulebook_get_program (f->book))[fixture_slot (f, name)];

  f->run->regs[slot->reg] = DK_VALUE_TRUTH (bits);
}

static void
set_firm (Fixture    *f,
          const Firm *firm)
{
  set_number (f, "profit", firm->profit, firm->profit);
  set_number (f, "rd", firm->rd, firm->rd);
  set_number (f, "equipment", firm->equipment, firm->equipment);
  set_number (f, "sold", firm->sold, firm->sold);
  set_number (f, "staff", firm->staff, firm->staff);
  set_truth (f, "is_tech", firm->is_tech ? DK_TRUE : DK_FALSE);
  set_truth (f, "is_young", firm->is_young ? DK_TRUE : DK_FALSE);
  set_truth (f, "wish_small", firm->wish_small ? DK_TRUE : DK_FALSE);
  set_truth (f, "wish_yearly", firm->wish_yearly ? DK_TRUE : DK_FALSE);
}

/* The options that the registers of the four choices name, as bits in the order in which they are listed. */
static guint
get_options (Fixture *f)
{
  static const char *const ids[] = { "tax.regime", "tax.claim", "tax.asset", "tax.sale" };
  static const guint first[] = { 0, 4, 6, 8 };
  guint options = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const DkValue *value = &f->run->regs[fixture_rule (f, ids[i], 0)->value_reg];

      if (value->state & (DK_POINT | DK_RANGE))
        options |= (guint) value->low.num << first[i];
    }
  return options;
}

static gboolean
is_amount (const DkValue *value,
           gint64         times_10000)
{
  DkNumber wanted = dk_number_div (DK_NUMBER (times_10000), DK_NUMBER (10000), NULL);

  return value->state == DK_POINT && dk_number_equal (value->low, wanted);
}

static void
test_against_trying (void)
{
  g_autoptr(Fixture) f = new_tax ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261128);
  const DkDecisions *decisions = get_decisions (f);
  guint due = fixture_rule (f, "tax.due", 0)->value_reg, n_impossible = 0, n_ties = 0, n_costly = 0;

  fixture_begin (f, "");
  for (guint round = 0; round < 10000; round++)
    {
      Firm firm = random_firm (rand);
      Best best, next, free_best, free_next;
      g_autoptr(GArray) found = NULL;
      gboolean is_whole, ok;

      set_firm (f, &firm);
      dk_run_all (f->run);
      try_all (&firm, TRUE, &best, &next);
      try_all (&firm, FALSE, &free_best, &free_next);
      ok = best.is_there ? is_amount (&f->run->regs[due], best.value) && get_options (f) == best.options
                         : f->run->regs[due].state == DK_UNDEFINED && get_options (f) == 0;
      /* And what comes next, and what a decision costs. */
      found = dk_run_find_combinations (f->run, decisions->choosing, 2, FALSE, &is_whole);
      ok = ok && is_whole && found->len == (guint) best.is_there + (guint) next.is_there;
      for (guint i = 0; ok && i < found->len; i++)
        {
          const DkCombination *one = &g_array_index (found, DkCombination, i);
          const Best *wanted = i == 0 ? &best : &next;

          ok = is_amount (&one->key, wanted->value) && one->options == wanted->options && one->lawful == DK_TRUE;
        }
      g_array_unref (found);
      found = dk_run_find_combinations (f->run, decisions->choosing, 1, TRUE, &is_whole);
      ok = ok && found->len == 1 && is_amount (&g_array_index (found, DkCombination, 0).key, free_best.value)
           && g_array_index (found, DkCombination, 0).options == free_best.options;
      if (!ok)
        {
          g_test_fail_printf ("firm %u: profit %d rd %d equipment %d sold %d staff %d tech %d young %d wishes %d %d: options %x instead of %x", round,
                              firm.profit, firm.rd, firm.equipment, firm.sold, firm.staff, firm.is_tech, firm.is_young, firm.wish_small,
                              firm.wish_yearly, get_options (f), best.options);
          return;
        }
      n_impossible += !best.is_there;
      n_ties += best.is_there && next.is_there && best.value == next.value;
      n_costly += best.is_there && best.value > free_best.value;
    }
  /* It was worth trying. */
  g_assert_cmpuint (n_impossible, >, 100);
  g_assert_cmpuint (n_ties, >, 1000);
  g_assert_cmpuint (n_costly, >, 100);
}

/* What is unknown: whatever it turns out to be, the best lies within the bounds, and its options are among those named. */
static void
test_unknown (void)
{
  g_autoptr(Fixture) f = new_tax ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  guint due = fixture_rule (f, "tax.due", 0)->value_reg, n_tight = 0, n_named = 0, n = 0;
  static const char *const ids[] = { "tax.regime", "tax.claim", "tax.asset", "tax.sale" };
  guint asked[5] = { due };

  for (guint i = 0; i < 4; i++)
    asked[i + 1] = fixture_rule (f, ids[i], 0)->value_reg;
  fixture_begin (f, "");
  for (guint round = 0; round < (g_test_slow () ? 2000u : 300u); round++)
    {
      Firm firm = random_firm (rand);
      int profit = firm.profit + g_rand_int_range (rand, 0, 2) * g_rand_int_range (rand, 0, 3000);
      int rd = firm.rd + g_rand_int_range (rand, 0, 2) * g_rand_int_range (rand, 0, 500);
      gboolean asks_tech = g_rand_boolean (rand), asks_young = g_rand_boolean (rand);
      gint64 low = G_MAXINT64, high = -1;
      guint options = 0, named;
      gboolean may_lack = FALSE;
      DkValue hull;

      firm.wish_small = firm.wish_yearly = FALSE;
      set_firm (f, &firm);
      set_number (f, "profit", firm.profit, profit);
      set_number (f, "rd", firm.rd, rd);
      if (asks_tech)
        set_truth (f, "is_tech", DK_OPEN);
      if (asks_young)
        set_truth (f, "is_young", DK_OPEN);
      set_truth (f, "wish_small", DK_OPEN); /* not decided yet */
      dk_run_all (f->run);
      dk_run_refine_all (f->run, asked, 5);
      named = get_options (f);
      for (guint i = 0; i < 400; i++)
        {
          Firm one = firm;
          Best best, next;

          one.profit = i < 8 ? (i & 1 ? profit : firm.profit) : firm.profit + (profit > firm.profit ? g_rand_int_range (rand, 0, profit - firm.profit + 1) : 0);
          one.rd = i < 8 ? (i & 2 ? rd : firm.rd) : firm.rd + (rd > firm.rd ? g_rand_int_range (rand, 0, rd - firm.rd + 1) : 0);
          if (asks_tech)
            one.is_tech = i & 4 ? TRUE : g_rand_boolean (rand);
          if (asks_young)
            one.is_young = g_rand_boolean (rand);
          try_all (&one, TRUE, &best, &next);
          if (!best.is_there)
            {
              may_lack = TRUE;
              continue;
            }
          low = MIN (low, best.value);
          high = MAX (high, best.value);
          options |= best.options;
        }
      hull = dk_value_make (dk_number_div (DK_NUMBER (low), DK_NUMBER (10000), f->arena), dk_number_div (DK_NUMBER (high), DK_NUMBER (10000), f->arena),
                            may_lack ? DK_UNDEFINED : 0);
      if (!dk_value_contains (&f->run->regs[due], &hull, DK_KIND_NUMBER) || (options & ~named) != 0)
        {
          g_test_fail_printf ("round %u: %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT " and options %x are possible, but not all of it is said (%x)", round, low,
                              high, options, named);
          return;
        }
      n++;
      n_tight += dk_value_contains (&hull, &f->run->regs[due], DK_KIND_NUMBER);
      n_named += options == named;
    }
  g_test_message ("of %u with unknown facts the bounds of the best are the hull in %u, the options are all possible in %u", n, n_tight, n_named);
  g_assert_cmpuint (n_tight * 100, >=, n * 80);
  g_assert_cmpuint (n_named * 100, >=, n * 80);
}

/* What is named by rules of the pack and of others. */
static void
test_named (void)
{
  static const struct { const char *answers, *due, *regime, *claim, *after, *small, *other; } cases[] = {
    { "profit=1000 rd=0 equipment=0 sold=0 staff=50 is_tech=true is_young=false", "60", "small", "none", "940", "true", "true" },
    { "profit=1000 rd=100 equipment=0 sold=0 staff=101 is_tech=true is_young=false", "156.4", "tech", "extra", "843.6", "false", "false" },
    { "profit=1000 rd=100 equipment=0 sold=0 staff=101 is_tech=unknown is_young=false", "156.4..211.6", "plain|tech", "extra", "788.4..843.6",
      "false", "false" },
    /* Nothing to gain: what is listed first. */
    { "profit=0 rd=100 equipment=0 sold=0 staff=50 is_tech=true is_young=true", "0", "plain", "none", "0", "false", "false" },
    /* Decided, and against the law. */
    { "profit=1000 rd=0 equipment=0 sold=0 staff=101 is_tech=true is_young=false wish_small=true", "undefined", "undefined", "undefined",
      "undefined", "false", "false" },
    { "profit=1000 rd=0 equipment=1000 sold=0 staff=101 is_tech=true is_young=false wish_yearly=true", "153", "tech", "none", "847", "false",
      "false" },
  };
  g_autoptr(Fixture) f = new_tax ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *due = NULL, *regime = NULL, *claim = NULL, *after = NULL, *small = NULL, *verdict = NULL;

      guint asked[] = { fixture_rule (f, "tax.due", 0)->value_reg, fixture_rule (f, "tax.regime", 0)->value_reg,
                        fixture_rule (f, "tax.claim", 0)->value_reg, fixture_rule (f, "tax.after", 0)->value_reg };

      fixture_begin (f, cases[i].answers);
      dk_run_all (f->run);
      dk_run_refine_all (f->run, asked, G_N_ELEMENTS (asked));
      due = fixture_value (f, fixture_rule (f, "tax.due", 0));
      regime = fixture_value (f, fixture_rule (f, "tax.regime", 0));
      claim = fixture_value (f, fixture_rule (f, "tax.claim", 0));
      after = fixture_value (f, fixture_rule (f, "tax.after", 0));
      small = fixture_verdict (f, fixture_rule (f, "tax.is_small", 0));
      verdict = fixture_verdict (f, fixture_rule (f, "other", 0));
      g_assert_cmpstr (due, ==, cases[i].due);
      g_assert_cmpstr (regime, ==, cases[i].regime);
      g_assert_cmpstr (claim, ==, cases[i].claim);
      g_assert_cmpstr (after, ==, cases[i].after);
      g_assert_cmpstr (small, ==, cases[i].small);
      g_assert_cmpstr (verdict, ==, cases[i].other);
    }
}

typedef struct { guint n_false, n_open; guint options; } Reasons;

static void
note_reason (guint64           options,
             const DkLawCheck *check,
             guint32           bits,
             gpointer          data)
{
  Reasons *reasons = data;

  if (!check->is_exclusion)
    return;
  g_assert_cmpuint (check->which, <, 2);
  if (check->which == 0)
    {
      reasons->options |= (guint) options;
      *(bits == DK_FALSE ? &reasons->n_false : &reasons->n_open) += 1;
    }
}

static void
test_reasons (void)
{
  g_autoptr(Fixture) f = new_tax ();
  Reasons reasons = { 0 };
  g_autofree DkValue *before = NULL;
  guint n = dk_program_n_registers (dk_rulebook_get_program (f->book));

  fixture_begin (f, "profit=1000 rd=0 equipment=0 sold=0 staff=50 is_tech=true is_young=true");
  dk_run_all (f->run);
  before = g_memdup2 (f->run->regs, n * sizeof (DkValue));
  g_assert_true (dk_run_ask_law (f->run, get_decisions (f)->choosing, note_reason, &reasons));
  /* Holiday and exempt, with each of two claims and two ways of the equipment. */
  g_assert_cmpuint (reasons.n_false, ==, 4);
  g_assert_cmpuint (reasons.n_open, ==, 0);
  g_assert_cmphex (reasons.options, ==, 8 | 16 | 32 | 64 | 128 | 512);
  /* To ask changes nothing. */
  for (guint i = 0; i < n; i++)
    g_assert_true (f->run->regs[i].state == before[i].state && dk_number_equal (f->run->regs[i].low, before[i].low));
}

/* Two-way choices, of which some pay only together: as many as are asked for. */
static char *
write_many (guint    n,
            gboolean most)
{
  GString *yaml = g_string_new (PACK ("many") ALWAYS "choices:\n");

  g_string_append_printf (yaml, "  %s: total\n  of:\n", most ? "most" : "least");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (yaml, "    - {id: c%u, title: {zh: 选, en: Choice}, options: [{id: no, title: {zh: 否, en: No}}, {id: yes, title: {zh: 是, en: Yes}}]}\n", i);
  g_string_append (yaml, "  exclusions:\n");
  for (guint i = 0; i + 3 < n; i += 3)
    g_string_append_printf (yaml, "    - {id: x%u, title: {zh: 不得, en: Not}, source: law, when: 'c%u = yes and c%u = yes'}\n", i, i, i + 3);
  g_string_append (yaml, "rules:\n" RULE ("many", "value: 'total'"));
  for (guint i = 0; i < n; i++)
    g_string_append_printf (yaml, RULE ("part%u", "value: 'if c%u = yes then x * %d - %d else 0'"), i, i, (int) (i * 7 % 5) - 2, (int) (i * 5 % 11) - 5);
  g_string_append (yaml, "  - {id: total, title: {zh: 计, en: Total}, source: law, value: 'max(");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (yaml, "%spart%u", i > 0 ? " + " : "", i);
  g_string_append_printf (yaml, ", -40) + (if c0 = yes and c%u = yes then %s else 0)'}\n", n - 1, most ? "9" : "-9");
  return g_string_free (yaml, FALSE);
}

static int
work_out_many (guint  n,
               guint  set,
               int    x,
               gboolean most)
{
  int total = 0;

  for (guint i = 0; i + 3 < n; i += 3)
    if ((set >> i & 1) && (set >> (i + 3) & 1))
      return G_MAXINT;
  for (guint i = 0; i < n; i++)
    if (set >> i & 1)
      total += x * ((int) (i * 7 % 5) - 2) - ((int) (i * 5 % 11) - 5);
  total = MAX (total, -40);
  if ((set & 1) && (set >> (n - 1) & 1))
    total += most ? 9 : -9;
  return total;
}

static void
check_many (guint    n,
            gboolean most,
            guint64  limit)
{
  g_autoptr(Fixture) f = new_fixture ();
  g_autofree char *yaml = write_many (n, most);
  guint value;

  fixture_add_number (f, "x", DK_UNIT_PLAIN, DK_PERIOD_NONE, DK_MINUS_INFINITY, DK_INFINITY);
  fixture_take (f, yaml);
  fixture_compile (f);
  value = fixture_rule (f, "many.total", 0)->value_reg;
  fixture_begin (f, "");
  for (int x = -3; x <= 3; x++)
    {
      int best = 0;
      gboolean any = FALSE;
      DkNumber is;
      double before;

      for (guint set = 0; set < 1u << n; set++)
        {
          int one = work_out_many (n, set, x, most);

          if (one == G_MAXINT)
            continue;
          best = !any ? one : most ? MAX (best, one) : MIN (best, one);
          any = TRUE;
        }
      set_number (f, "x", x, x);
      g_test_timer_start ();
      dk_run_all (f->run);
      before = g_test_timer_elapsed ();
      is = f->run->regs[value].low;
      g_test_message ("%u choices, x = %d: %.2f ms, %" G_GUINT64_FORMAT " instructions", n, x, before * 1000, DK_RUN_MAX_WORK - f->run->work);
      g_assert_cmpuint (f->run->regs[value].state, ==, DK_POINT);
      g_assert_true (dk_number_equal (is, DK_NUMBER (best)));
      g_assert_cmpuint (DK_RUN_MAX_WORK - f->run->work, <, limit);
    }
}

static void
test_a_dozen (void)
{
  check_many (12, FALSE, 150000);
  check_many (12, TRUE, 150000);
}

/* More than can all be tried: what was left out is proved to be no better. */
static void
test_more (void)
{
  check_many (20, FALSE, 3000000);
  check_many (20, TRUE, 3000000);
}

static void
check_refused (const char *yaml,
               const char *wanted)
{
  g_autoptr(Fixture) f = new_fixture ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkDocument *document = dk_document_parse ("pack.yaml", yaml, strlen (yaml), DK_FORMAT_YAML, problems);
  g_autofree char *said = NULL;

  f->book = dk_rulebook_new (f->scope);
  if (document != NULL && dk_rulebook_take_document (f->book, document, TRUE, problems))
    dk_rulebook_compile (f->book, problems);
  said = dk_problems_to_string (problems);
  if (strstr (said, wanted) == NULL)
    g_test_fail_printf ("%s\nis refused for this:\n%s\nand not for this: %s", yaml, said, wanted);
}

#define TWO(keys) "options: [{id: no, title: {zh: 否, en: No}}, {id: yes, title: {zh: 是, en: Yes}" keys "}]"
#define CHOICE(id, keys) "    - {id: " id ", title: {zh: 选, en: Choice}, " TWO (keys) "}\n"
#define HEAD PACK ("p") ALWAYS "choices:\n"

static void
test_refused (void)
{
  check_refused (HEAD "  of:\n" CHOICE ("c", "") "rules:\n" RULE ("p", "value: 'profit'"), "for the `least` or the `most`");
  check_refused (HEAD "  least: q\n  of:\n" CHOICE ("c", "") "rules:\n" RULE ("p", "value: 'profit'"), "there is no rule p.q");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", "") "rules:\n" RULE ("p", "value: 'c = yes'"), "the least or the most of a number");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", "") "rules:\n" RULE ("p", "applies: 'is_tech', value: 'profit'"), "that always applies");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", ", when: 'profit'") "rules:\n" RULE ("p", "value: 'profit'"), "must be a condition");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", ", when: 'p > 1元'") "rules:\n" RULE ("p", "value: 'if c = yes then profit else rd'"),
                 "the choices rest on what is chosen");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", ", decided: 'd = yes'") CHOICE ("d", "") "rules:\n" RULE ("p", "value: 'profit'"),
                 "cannot rest on a choice");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", "") CHOICE ("c", "") "rules:\n" RULE ("p", "value: 'profit'"), "is there already");
  check_refused (HEAD "  least: p\n  of:\n    - {id: c, title: {zh: 选, en: Choice}, options: [{id: no, title: {zh: 否, en: No}}]}\nrules:\n"
                 RULE ("p", "value: 'profit'"), "needs `options`, two or more");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", "") "rules:\n" RULE ("p", "value: 'if c = maybe then profit else rd'"), "maybe is no option");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", "") "  exclusions: [{id: x, title: {zh: 不得, en: Not}, source: law}]\nrules:\n"
                 RULE ("p", "value: 'profit'"), "needs `when`");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", "") "  exclusions: [{id: x, title: {zh: 不得, en: Not}, when: 'c = yes'}]\nrules:\n"
                 RULE ("p", "value: 'profit'"), "must say on which source");
  check_refused (HEAD "  least: p\n  of:\n" CHOICE ("c", "") "rules:\n" RULE ("p", "value: 'if c = yes then profit else rd'")
                 RULE ("q", "value: 'p[-1] + profit'"), "is a choice of this year");
}

/* Nothing but the version of the day is tried, and choices may differ from one to the next. */
static void
test_versions (void)
{
  static const char yaml[] =
    PACK ("p") "versions:\n  - {id: a, from: 2020-01-01, to: 2025-12-31, source: law}\n  - {id: b, from: 2026-01-01, source: law}\n"
    "choices:\n  most: gain\n  of:\n" CHOICE ("c", "")
    "    - {id: d, title: {zh: 选, en: Choice}, versions: [b], " TWO ("") "}\n"
    "rules:\n" RULE ("p", "value: 'gain'") RULE ("gain", "versions: [a], value: 'if c = yes then profit else rd'")
    RULE ("gain", "versions: [b], value: '(if c = yes then profit else rd) + (if d = yes then sold else equipment)'");
  static const struct { const char *answers, *gain, *c; } cases[] = {
    { "as_of=2026-01-01 profit=5 rd=7 sold=1 equipment=2", "9", "no" },
    { "as_of=2025-12-31 profit=5 rd=7 sold=1 equipment=2", "7", "no" },
    { "as_of=2025-12-31..2026-01-01 profit=8 rd=7 sold=1 equipment=2", "8..10", "yes" },
    { "as_of=2019-12-31 profit=5 rd=7 sold=1 equipment=2", "na", "na" },
  };
  g_autoptr(Fixture) f = new_fixture ();

  fixture_take (f, yaml);
  fixture_compile (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *gain = fixture_eval (f, "p.gain", cases[i].answers);
      g_autofree char *c = NULL;

      g_assert_cmpstr (gain, ==, cases[i].gain);
      c = fixture_eval (f, "p.c", cases[i].answers);
      g_assert_cmpstr (c, ==, cases[i].c);
    }
}

/* Losses by year of origin, against an income that a choice lessens: claimed where there is no loss to be used up. */
static void
test_with_rows (void)
{
  static const char yaml[] =
    PACK ("p") ALWAYS "choices:\n  least: due\n  of:\n" CHOICE ("c", "")
    CHOICE ("d", ", when: 'allocate(losses: row.amount by row.in_year, against: income) < 70元'")
    "rules:\n" RULE ("p", "value: 'due'") RULE ("income", "value: 'profit - (if c = yes then rd else 0)'")
    RULE ("left", "value: 'rows_left(losses: row.amount by row.in_year where row.in_year > 2020, against: income)'")
    RULE ("due", "value: 'amount_left(losses: row.amount by row.in_year where row.in_year > 2020, against: income) * 20% - left * 10% - (if d = yes then 1元 else 0)'");
  static const struct { const char *answers, *due, *c, *d, *left; } cases[] = {
    { "profit=100 rd=50", "-6", "yes", "yes", "50" },  /* 50 of losses are worth more than what 50 of income cost: nothing is due on them */
    { "profit=200 rd=50", "10", "yes", "no", "0" },
    { "profit=100 rd=0", "0", "no", "no", "0" },
    /* That the two are always alike is not seen while the income is open: neither can be ruled out. */
    { "profit=100..200 rd=0", "0..20", "no|yes", "no", "0" },
    { "profit=40..200 rd=0", "-7..20", "no|yes", "no|yes", "0..60" },
  };
  g_autoptr(Fixture) f = new_fixture ();
  DkRegister *losses = fixture_add_register (f, "losses");

  fixture_add_column (losses, "amount", DK_KIND_NUMBER, DK_UNIT_YUAN)->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  fixture_add_column (losses, "in_year", DK_KIND_NUMBER, DK_UNIT_PLAIN);
  fixture_take (f, yaml);
  fixture_compile (f);
  fixture_rows (f, "losses", TRUE, "amount=60 in_year=2022; amount=40 in_year=2021; amount=500 in_year=2020");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint asked[] = { fixture_rule (f, "p.due", 0)->value_reg, fixture_rule (f, "p.c", 0)->value_reg, fixture_rule (f, "p.d", 0)->value_reg,
                        fixture_rule (f, "p.left", 0)->value_reg };
      const char *wanted[] = { cases[i].due, cases[i].c, cases[i].d, cases[i].left };
      static const char *const ids[] = { "p.due", "p.c", "p.d", "p.left" };

      fixture_begin (f, cases[i].answers);
      dk_run_all (f->run);
      dk_run_refine_all (f->run, asked, G_N_ELEMENTS (asked));
      for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
        {
          g_autofree char *is = fixture_value (f, fixture_rule (f, ids[k], 0));

          if (strcmp (is, wanted[k]) != 0)
            g_test_fail_printf ("%s with %s is %s instead of %s", ids[k], cases[i].answers, is, wanted[k]);
        }
    }
}

#define SECOND "pack: q\nkind: profile\ntitle: {zh: 乙, en: Second}\nsources:\n  law: {title: {zh: 办法, en: Measures}, certainty: V}\n" ALWAYS "choices:\n"

/* A pack may go on with what another has found; not the two with each other. */
static void
test_two_packs (void)
{
  static const char first[] = HEAD "  least: p\n  of:\n" CHOICE ("c", "") "rules:\n" RULE ("p", "value: 'if c = yes then profit else rd'");
  static const char second[] = SECOND "  most: q\n  of:\n" CHOICE ("d", ", when: 'p.c = yes'") "rules:\n" RULE ("q", "value: 'if d = yes then p * 2 else p'");
  static const char back[] = HEAD "  least: p\n  of:\n" CHOICE ("c", ", when: 'q > 1元'") "rules:\n" RULE ("p", "value: 'if c = yes then profit else rd'");
  static const char third[] = SECOND "  most: q\n  of:\n" CHOICE ("d", "") "rules:\n" RULE ("q", "value: 'if d = yes then rd else (if p.c = yes then profit else rd)'");
  g_autoptr(Fixture) f = new_fixture ();
  g_autoptr(Fixture) wrong = new_fixture ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *q = NULL, *d = NULL, *said = NULL;
  DkValue both;

  /* The second stands first, and is computed after it. */
  fixture_take (f, second);
  fixture_take (f, first);
  fixture_compile (f);
  q = fixture_eval (f, "q", "profit=5 rd=7");
  g_assert_cmpstr (q, ==, "10");
  d = fixture_eval (f, "q.d", "profit=8 rd=7");
  g_assert_cmpstr (d, ==, "no");
  fixture_begin (f, "profit=5..8 rd=7");
  dk_run_all (f->run);
  both = dk_run_refine (f->run, fixture_rule (f, "q", 0)->value_reg);
  /* Below 7 it is twice as much, and at 7 there is nothing to gain: from 7 on, to any closeness. */
  g_assert_true (dk_number_compare (both.low, DK_NUMBER (7)) <= 0);
  g_assert_true (dk_number_compare (dk_number_mul (both.low, DK_NUMBER (100), f->arena), DK_NUMBER (699)) > 0);
  g_assert_true (dk_number_equal (both.high, DK_NUMBER (14)));

  fixture_take (wrong, third);
  fixture_take (wrong, back);
  g_assert_false (dk_rulebook_compile (wrong->book, problems));
  said = dk_problems_to_string (problems);
  g_assert_nonnull (strstr (said, "must stand in one pack"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/choose/named", test_named);
  g_test_add_func ("/rules/choose/against-trying", test_against_trying);
  g_test_add_func ("/rules/choose/unknown", test_unknown);
  g_test_add_func ("/rules/choose/reasons", test_reasons);
  g_test_add_func ("/rules/choose/a-dozen", test_a_dozen);
  g_test_add_func ("/rules/choose/more", test_more);
  g_test_add_func ("/rules/choose/versions", test_versions);
  g_test_add_func ("/rules/choose/refused", test_refused);
  g_test_add_func ("/rules/choose/with-rows", test_with_rows);
  g_test_add_func ("/rules/choose/two-packs", test_two_packs);
  return g_test_run ();
}
