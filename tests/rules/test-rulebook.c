/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-rulebook"

#include "fixture.h"

#include <glib/gstdio.h>

static Fixture *
new_fixture (void)
{
  Fixture *f = fixture_new ();
  const DkChoices *size = fixture_add_choices (f, "size", "small medium large");
  DkRegister *ip = fixture_add_register (f, "ip");

  fixture_as_choice (fixture_add_column (ip, "kind", DK_KIND_CHOICE, DK_UNIT_PLAIN), fixture_add_choices (f, "ip_kind", "invention design"));
  fixture_add_column (ip, "bought", DK_KIND_DATE, DK_UNIT_PLAIN);
  fixture_add_column (ip, "cost", DK_KIND_NUMBER, DK_UNIT_YUAN)->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "staff", DK_UNIT_COUNT, DK_PERIOD_YEAR, DK_ONE, DK_INFINITY);
  fixture_add_number (f, "st", DK_UNIT_COUNT, DK_PERIOD_YEAR, DK_ZERO, DK_INFINITY)->part_of = g_strdup ("staff");
  fixture_add_number (f, "rev", DK_UNIT_YUAN, DK_PERIOD_YEAR, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "rd", DK_UNIT_YUAN, DK_PERIOD_YEAR, DK_ZERO, DK_INFINITY);
  fixture_add_number (f, "patents", DK_UNIT_COUNT, DK_PERIOD_NONE, DK_ZERO, DK_NUMBER (50))->derive =
    g_strdup ("count(ip where row.kind = invention)");
  fixture_add_fact (f, "has_patent", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE)->derive = g_strdup ("patents > 0");
  fixture_as_choice (fixture_add_fact (f, "main_kind", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE), size)->derive =
    g_strdup ("if has_patent then large else small");
  fixture_add_number (f, "profit", DK_UNIT_YUAN, DK_PERIOD_YEAR, DK_MINUS_INFINITY, DK_INFINITY)->derive = g_strdup ("rev[0] - rd[0]");
  fixture_add_fact (f, "passed_on", DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE)->domain =
    DK_VALUE_RANGE (DK_NUMBER (dk_date_from_ymd (2000, 1, 1)), DK_NUMBER (dk_date_from_ymd (2030, 12, 31)));
  {
    DkSymbol *bought_on = fixture_add_fact (f, "bought_on", DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE); /* may be none */

    bought_on->domain = DK_VALUE_RANGE (DK_NUMBER (dk_date_from_ymd (2000, 1, 1)), DK_NUMBER (dk_date_from_ymd (2030, 12, 31)));
    bought_on->domain.state |= DK_UNDEFINED;
    bought_on->derive = g_strdup ("max(ip: row.bought where row.kind = invention)");
  }
  fixture_add_fact (f, "resident", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_fact (f, "honest", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_add_fact (f, "safe", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fixture_as_choice (fixture_add_fact (f, "class", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE), size);
  return f;
}

/* Runs with these answers, and says of each rule what it is worth and how it stands: "5 true; 0.3; false". */
static void
assert_rules (Fixture    *f,
              const char *answers,
              const char *rules,
              const char *wanted)
{
  g_auto(GStrv) names = g_strsplit (rules, " ", 0);
  g_autoptr(GString) is = g_string_new (NULL);

  fixture_begin (f, answers);
  dk_run_all (f->run);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (names[i], "@", 2); /* id@version */
      const DkItem *item = fixture_rule (f, parts[0], parts[1] != NULL ? (guint) atoi (parts[1]) : 0);
      gboolean has_value = item->value_reg != DK_NO_REGISTER && item->kind != DK_ITEM_CRITERION && item->kind != DK_ITEM_WARNING;

      if (i > 0)
        g_string_append (is, "; ");
      if (has_value)
        {
          g_autofree char *value = fixture_value (f, item);
          g_string_append (is, value);
        }
      if (item->verdict_reg != DK_NO_REGISTER && item->kind != DK_ITEM_VALUE)
        {
          g_autofree char *verdict = fixture_verdict (f, item);
          g_string_append_printf (is, "%s%s", has_value ? " " : "", verdict);
        }
    }
  if (strcmp (is->str, wanted) != 0)
    {
      g_test_message ("with %s: %s are %s instead of %s", answers, rules, is->str, wanted);
      g_test_fail ();
    }
}

#define TWO_VERSIONS                                              \
  "versions:\n"                                                   \
  "  - {id: old, from: 2017-05-03, to: 2022-12-31, source: law}\n" \
  "  - {id: new, from: 2025-01-01, gap_before: true, source: law}\n"

#define VERSIONED                                                                       \
  PACK ("cert") TWO_VERSIONS "rules:\n"                                                 \
  RULE ("cert", "require: 'staff[0] <= limit'")                                         \
  RULE ("limit", "versions: [old], value: '500'")                                       \
  "  - {id: limit, title: {zh: 上限, en: Limit}, source: law, versions: [new], value: '300'}\n" \
  RULE ("only_new", "versions: [new], value: 'staff[0]'")                               \
  RULE ("grade", "choices: size, value: 'if staff[0] > limit then large else small'")

static void
test_versions (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_take (f, VERSIONED);
  fixture_take (f, PACK ("user") ALWAYS "rules:\n"
                   RULE ("user", "require: 'cert'")
                   RULE ("limit", "value: 'cert.limit'")
                   RULE ("fresh", "value: 'cert.only_new'")
                   RULE ("grade", "value: 'cert.grade'")
                   RULE ("without", "require: 'if_na(cert, true)'"));
  fixture_compile (f);
  /* Each version stands on its own feet. */
  assert_rules (f, "as_of=2020-01-01 staff[0]=400", "cert@0 cert@1 cert.limit@0 cert.limit@1", "true; false; 500; 300");
  /* From outside it is the one in force. */
  assert_rules (f, "as_of=2017-05-03 staff[0]=400", "user user.limit user.grade", "true; 500; small");
  assert_rules (f, "as_of=2022-12-31 staff[0]=400", "user user.limit user.grade", "true; 500; small");
  assert_rules (f, "as_of=2025-01-01 staff[0]=400", "user user.limit user.grade", "false; 300; large");
  assert_rules (f, "as_of=2099-01-01 staff[0]=400", "user user.limit user.grade", "false; 300; large");
  /* Before, and in the gap between, there is none: what rests on it stays open. */
  assert_rules (f, "as_of=2017-05-02 staff[0]=400", "user user.limit user.grade user.without", "open; na; na; true");
  assert_rules (f, "as_of=2023-01-01 staff[0]=400", "user user.limit user.grade user.without", "open; na; na; true");
  assert_rules (f, "as_of=2024-12-31 staff[0]=900", "user user.limit user.grade user.without", "open; na; na; true");
  /* A rule that only one version has. */
  assert_rules (f, "as_of=2020-01-01 staff[0]=400", "user.fresh", "na");
  assert_rules (f, "as_of=2025-01-01 staff[0]=400", "user.fresh", "400");
  /* On a day that is not known, all that it can be. */
  assert_rules (f, "as_of=2020-01-01..2021-01-01 staff[0]=400", "user user.limit user.fresh", "true; 500; na");
  assert_rules (f, "as_of=2022-12-31..2025-01-01 staff[0]=400", "user user.limit user.grade user.fresh",
                "open; 300..500|na; small|large|na; 400|na");
  assert_rules (f, "as_of=2022-01-01..2024-01-01 staff[0]=400", "user.limit", "500|na");
  assert_rules (f, "as_of=unknown staff[0]=200", "user user.limit user.without", "open; 300..500|na; true");
}

static void
test_find_version (void)
{
  static const struct { int year, month, day; const char *id; } cases[] = {
    { 2017, 5, 2, NULL }, { 2017, 5, 3, "old" }, { 2022, 12, 31, "old" }, { 2023, 1, 1, NULL }, { 2024, 12, 31, NULL },
    { 2025, 1, 1, "new" }, { 9999, 12, 31, "new" },
  };
  g_autoptr(Fixture) f = new_fixture ();
  const DkPack *pack;

  fixture_take (f, VERSIONED);
  pack = dk_rulebook_find_pack (f->book, "cert");
  g_assert_null (dk_rulebook_find_pack (f->book, "cer"));
  g_assert_true (dk_rulebook_get_scope (f->book) == f->scope);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DkVersion *version = dk_pack_find_version (pack, dk_date_from_ymd (cases[i].year, cases[i].month, cases[i].day));
      g_assert_cmpstr (version != NULL ? version->id : NULL, ==, cases[i].id);
    }
}

/* A pack whose version is chosen by a fact rather than by the day of the application. */
static void
test_select (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_take (f, PACK ("ipo") "select: 'passed_on'\n"
                   "parameters:\n"
                   "  - id: floor\n    unit: yuan\n    title: {zh: 下限, en: Floor}\n    values:\n"
                   "      - {from: 2000-01-01, to: 2024-12-31, value: 100万, source: law}\n"
                   "      - {from: 2025-01-01, value: 300万, source: law}\n"
                   TWO_VERSIONS "rules:\n"
                   RULE ("ipo", "require: 'rev[0] >= need'")
                   "  - {id: need, title: {zh: 要求, en: Need}, source: law, versions: [old], value: '1万'}\n"
                   "  - {id: need, title: {zh: 要求, en: Need}, source: law, versions: [new], value: '2万'}\n"
                   RULE ("least", "value: 'floor'"));
  fixture_take (f, PACK ("user") ALWAYS "rules:\n"
                   RULE ("user", "value: 'ipo.need'")
                   RULE ("verdict", "require: 'ipo'")
                   RULE ("least", "value: 'ipo.floor'"));
  fixture_compile (f);
  assert_rules (f, "as_of=2020-01-01 passed_on=2026-01-01 rev[0]=15000", "user user.verdict ipo.least@0 ipo.least@1",
                "20000; false; 3000000; 3000000");
  assert_rules (f, "passed_on=2020-01-01 rev[0]=15000", "user user.verdict ipo.least@0", "10000; true; 1000000");
  assert_rules (f, "passed_on=2022-06-01..2022-07-01 rev[0]=15000", "user user.verdict", "10000; true");
  assert_rules (f, "passed_on=2022-06-01..2025-06-01 rev[0]=15000", "user user.verdict ipo.least@0",
                "10000..20000|na; open; 1000000..3000000");
  assert_rules (f, "rev[0]=15000", "user user.verdict ipo.least@0", "10000..20000|na; open; 1000000..3000000");
  assert_rules (f, "passed_on=undefined rev[0]=15000", "user ipo.least@0", "na; undefined");
  /* A parameter of another pack is read on the reader's day. */
  assert_rules (f, "as_of=2024-12-31 passed_on=2026-01-01", "user.least", "1000000");
}

static void
test_parameters (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_rows (f, "ip", TRUE, "kind=design cost=100 bought=2022-12-31; kind=design cost=10 bought=2023-01-01");
  fixture_take (f, PACK ("tax")
                   "parameters:\n"
                   "  - id: rate\n    unit: ratio\n    title: {zh: 比例, en: Rate}\n    values:\n"
                   "      - {from: 2018-01-01, to: 2022-12-31, value: 75%, source: law}\n"
                   "      - {from: 2023-01-01, to: 2025-12-31, value: 100%, source: law}\n"
                   "      - {from: 2027-01-01, value: 50%..60%, source: law}\n"
                   "  - id: local\n    unit: yuan\n    title: {zh: 地方, en: Local}\n    values:\n"
                   "      - {from: 2018-01-01, value: unknown, source: law}\n"
                   ALWAYS "rules:\n"
                   RULE ("tax", "value: 'rate'")
                   RULE ("then", "value: 'rate at 2018-01-01'")
                   RULE ("passed", "value: 'rate at passed_on'")
                   RULE ("rows", "value: 'sum(ip: row.cost * (rate at row.bought))'")
                   RULE ("grant", "value: 'local'")
                   RULE ("bonus", "value: 'rev[0] * rate'"));
  fixture_compile (f);
  /* The first and the last day of each value, and a day without. */
  assert_rules (f, "as_of=2017-12-31", "tax", "undefined");
  assert_rules (f, "as_of=2018-01-01", "tax", "0.75");
  assert_rules (f, "as_of=2022-12-31", "tax", "0.75");
  assert_rules (f, "as_of=2023-01-01", "tax", "1");
  assert_rules (f, "as_of=2025-12-31", "tax", "1");
  assert_rules (f, "as_of=2026-01-01", "tax", "undefined");
  assert_rules (f, "as_of=2026-12-31", "tax", "undefined");
  assert_rules (f, "as_of=2027-01-01", "tax", "0.5..0.6");
  assert_rules (f, "as_of=2022-12-31..2023-01-01", "tax", "0.75..1");
  assert_rules (f, "as_of=2025-12-31..2026-01-01", "tax", "1|undefined");
  assert_rules (f, "as_of=2025-12-31..2027-01-01", "tax", "0.5..1|undefined");
  assert_rules (f, "as_of=unknown", "tax", "0.5..1|undefined");
  assert_rules (f, "as_of=2026-06-01", "tax.then tax.grant", "0.75; -inf..inf");
  assert_rules (f, "passed_on=2024-01-01", "tax.passed", "1");
  assert_rules (f, "passed_on=2022-12-31..2023-01-01", "tax.passed", "0.75..1");
  assert_rules (f, "", "tax.passed", "0.5..1|undefined");
  /* Each row on its own day. */
  assert_rules (f, "", "tax.rows", "85");
  assert_rules (f, "as_of=2024-01-01 rev[0]=200", "tax.bonus", "200");
  fixture_rows (f, "ip", TRUE, "cost=100 bought=2022-01-01..2024-01-01");
  assert_rules (f, "", "tax.rows", "75..100");
}

static void
test_other_years (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_take (f, PACK ("p") ALWAYS "rules:\n"
                   RULE ("p", "value: 'sum(counted[-2..0])'")
                   RULE ("counted", "value: 'rd[0] * 80% + rd[-1] * 20%'")
                   RULE ("share", "value: 'counted / rev[0]'")
                   RULE ("before", "value: 'share[-1]'")
                   RULE ("rise", "require: 'share > share[-1]'")
                   RULE ("steady", "require: 'all(share[-1..0] >= 5%)'")
                   RULE ("band_points", "points: {of: 'share', bands: [{at_least: 10%, points: 10}, {at_least: 5%, points: 5}, {else: 0}]}")
                   RULE ("last_points", "value: 'band_points[-1]'")
                   RULE ("capped", "max: 7, points: 'if share >= 10% then 10 else 5'")
                   RULE ("last_capped", "value: 'capped[-1]'")
                   RULE ("grade", "choices: size, value: 'if share >= 10% then large else small'")
                   RULE ("last_grade", "value: 'grade[-1]'")
                   RULE ("the_year", "value: 'year'")
                   RULE ("last_year", "value: 'the_year[-1]'")
                   RULE ("both", "value: 'before[-1]'"));
  fixture_compile (f);
  assert_rules (f, "rd[0]=100 rd[-1]=50 rd[-2]=10 rd[-3]=0", "p p.counted", "140; 90");
  assert_rules (f, "rd[-1]=50 rd[-2]=100 rev[-1]=600", "p.before p.last_points p.last_grade p.last_year", "0.1; 10; large; 2024");
  assert_rules (f, "rd[-1]=50 rd[-2]=99 rev[-1]=600", "p.last_points p.last_grade", "5; small");
  /* The most points are the same in every year. */
  assert_rules (f, "rd[-1]=50 rd[-2]=100 rev[-1]=600", "p.last_capped", "7");
  assert_rules (f, "rd[-1]=50 rd[-2]=99 rev[-1]=600", "p.last_capped", "5");
  /* A quotient by nothing gives no points in any year. */
  assert_rules (f, "rd[-1]=50 rd[-2]=99 rev[-1]=0", "p.before p.last_points p.last_grade", "undefined; 0; undefined");
  assert_rules (f, "rd[0]=10 rd[-1]=10 rd[-2]=10 rev[0]=99 rev[-1]=100", "p.rise p.steady", "true; true");
  assert_rules (f, "rd[0]=10 rd[-1]=10 rd[-2]=10 rev[0]=100 rev[-1]=100", "p.rise p.steady", "false; true");
  assert_rules (f, "rd[0]=10 rd[-1]=10 rd[-2]=10 rev[0]=99 rev[-1]=300", "p.rise p.steady", "true; false");
  assert_rules (f, "rd[0]=10 rd[-1]=10 rd[-2]=10 rev[0]=99 rev[-1]=undefined", "p.rise p.steady", "false; false");
  assert_rules (f, "rd[-2]=50 rd[-3]=100 rev[-2]=600", "p.both", "0.1");
}

static void
test_derived (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_take (f, PACK ("p") ALWAYS "rules:\n"
                   RULE ("p", "value: 'patents'")
                   RULE ("has", "require: 'has_patent'")
                   RULE ("kind", "value: 'main_kind'")
                   RULE ("gain", "value: 'profit[0]'")
                   RULE ("gains", "value: 'sum(profit[-1..0])'")
                   RULE ("absolute", "value: 'profit[2024]'")
                   RULE ("long_ago", "require: 'if_undefined(bought_on < 2020-01-01, true)'"));
  fixture_compile (f);
  fixture_rows (f, "ip", TRUE, "kind=invention; kind=design; kind=invention");
  assert_rules (f, "", "p p.has p.kind", "2; true; large");
  /* What was answered is not worked out. */
  assert_rules (f, "patents=7", "p p.has p.kind", "7; true; large");
  assert_rules (f, "patents=0", "p p.has p.kind", "0; false; small");
  assert_rules (f, "patents=0..3", "p p.has p.kind", "0..3; open; small|large");
  assert_rules (f, "patents=undefined", "p p.has", "undefined; false");
  assert_rules (f, "has_patent=false", "p p.has p.kind", "2; false; small");
  assert_rules (f, "main_kind=medium", "p.kind", "medium");
  /* What the rows say, but not more than the fact can be. */
  fixture_rows (f, "ip", FALSE, "kind=invention; kind=design");
  assert_rules (f, "", "p p.has", "1..50; true");
  fixture_rows (f, "ip", FALSE, "kind=design");
  assert_rules (f, "", "p p.has p.kind", "0..50; open; small|large");
  fixture_rows (f, "ip", TRUE, "kind=unknown");
  assert_rules (f, "", "p p.has p.kind", "0..1; open; small|large");
  /* In another year from that year's figures; an absolute year is answered or unknown. */
  assert_rules (f, "rev[0]=10 rd[0]=4 rev[-1]=5 rd[-1]=7", "p.gain p.gains p.absolute", "6; 4; -inf..inf");
  assert_rules (f, "rev[0]=10 rd[0]=4 profit[-1]=100", "p.gains", "106");
  assert_rules (f, "profit[2024]=3", "p.absolute", "3");
  /* One that may be none is none only where that is what comes out. */
  fixture_rows (f, "ip", TRUE, "kind=invention bought=2020-01-01");
  assert_rules (f, "", "p.long_ago", "false");
  fixture_rows (f, "ip", TRUE, "kind=design bought=2020-01-01");
  assert_rules (f, "", "p.long_ago", "true");
  fixture_rows (f, "ip", FALSE, "kind=invention bought=2020-01-01");
  assert_rules (f, "", "p.long_ago", "false");
  fixture_rows (f, "ip", FALSE, "kind=invention bought=2019-12-31");
  assert_rules (f, "", "p.long_ago", "open");
  assert_rules (f, "bought_on=2019-12-31", "p.long_ago", "true");
}

/* What a fact is derived from may be a rule: that of the version in force, whichever version asks, and in the year of the fact. */
static void
test_derived_from_rules (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_add_number (f, "counted", DK_UNIT_YUAN, DK_PERIOD_YEAR, DK_ZERO, DK_INFINITY)->derive = g_strdup ("cert.counted");
  fixture_take (f, PACK ("cert") TWO_VERSIONS "rules:\n"
                   RULE ("cert", "value: 'counted[0]'")
                   RULE ("together", "value: 'sum(counted[-1..0])'")
                   RULE ("counted", "value: 'rd[0] * weight'")
                   RULE ("weight", "versions: [old], value: '1'")
                   RULE ("weight", "versions: [new], value: '2'"));
  fixture_take (f, PACK ("user") ALWAYS "rules:\n"
                   RULE ("user", "value: 'counted[0]'")
                   RULE ("before", "value: 'counted[-1]'"));
  fixture_compile (f);
  assert_rules (f, "as_of=2020-01-01 rd[0]=10 rd[-1]=100", "cert@0 cert.together@0 user user.before", "10; 110; 10; 100");
  assert_rules (f, "as_of=2026-01-01 rd[0]=10 rd[-1]=100", "cert@1 cert.together@1 user user.before", "20; 220; 20; 200");
  assert_rules (f, "as_of=2026-01-01 rd[0]=10 rd[-1]=100 counted[-1]=7", "cert@1 cert.together@1 user user.before", "20; 27; 20; 7");
}

/* While no version is in force, such a fact is not answered, which is another thing than that it does not apply. */
static void
test_derived_not_in_force (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_add_number (f, "counted", DK_UNIT_YUAN, DK_PERIOD_YEAR, DK_ZERO, DK_INFINITY)->derive = g_strdup ("cert.counted * 2");
  fixture_add_fact (f, "had_fraud", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE)->derive = g_strdup ("cert.fraud");
  fixture_take (f, PACK ("cert") "versions: [{id: new, from: 2025-01-01, source: law}]\nrules:\n"
                   RULE ("cert", "value: 'rd[0]'")
                   RULE ("counted", "value: 'rd[0]'")
                   RULE ("fraud", "value: 'rd[0] < 0'"));
  fixture_take (f, PACK ("user") ALWAYS "rules:\n"
                   RULE ("user", "all: [honest, enough]")
                   RULE ("honest", "require: 'not had_fraud'")
                   RULE ("enough", "require: 'counted[0] >= 20元'")
                   RULE ("figure", "value: 'counted[0]'"));
  fixture_compile (f);
  assert_rules (f, "as_of=2025-01-01 rd[0]=10", "user user.honest user.figure", "true; true; 20");
  assert_rules (f, "as_of=2024-12-31 rd[0]=10", "user user.honest user.figure", "open; open; 0..inf");
  assert_rules (f, "as_of=2024-12-31 rd[0]=10 had_fraud=true", "user user.honest", "false; false");
  assert_rules (f, "as_of=2024-12-31 rd[0]=10 had_fraud=false counted[0]=19", "user user.honest user.enough", "false; true; false");
}

/* Facts may rest on one another, but not on themselves; and must be what they are derived from. */
static void
test_derived_wrongly (void)
{
  static const struct { const char *derive, *wanted; } cases[] = {
    { "a + 1", "a is derived from itself" },
    { "b", "a is derived from itself" },
    { "resident", "a is a number, but what it is derived from is a condition" },
    { "nothing", "nothing is no fact, rule or parameter" },
    { "1 +", "expected a value, found nothing" },
    { "rev[-1..0]", "what it is derived from" },
    { "rev[0]", "a is a number, but what it is derived from is an amount of money" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Fixture) f = new_fixture ();
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autofree char *said = NULL;

      fixture_add_fact (f, "a", DK_KIND_NUMBER, DK_UNIT_PLAIN, DK_PERIOD_NONE)->derive = g_strdup (cases[i].derive);
      fixture_add_fact (f, "b", DK_KIND_NUMBER, DK_UNIT_PLAIN, DK_PERIOD_NONE)->derive = g_strdup ("a");
      fixture_take (f, PACK ("p") ALWAYS "rules:\n" RULE ("p", "value: 'a'"));
      g_assert_false (dk_rulebook_compile (f->book, problems));
      said = dk_problems_to_string (problems);
      if (strstr (said, cases[i].wanted) == NULL)
        g_error ("%s: %s instead of %s", cases[i].derive, said, cases[i].wanted);
    }
}

/* A mistake in what a fact is derived from is told, not mistaken for a circle. */
static void
test_derived_twice (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *said = NULL;

  fixture_add_fact (f, "a", DK_KIND_NUMBER, DK_UNIT_PLAIN, DK_PERIOD_NONE)->derive = g_strdup ("nothing");
  fixture_take (f, PACK ("p") ALWAYS "rules:\n" RULE ("p", "value: 'a'") RULE ("q", "value: 'a'"));
  g_assert_false (dk_rulebook_compile (f->book, problems));
  said = dk_problems_to_string (problems);
  g_assert_nonnull (strstr (said, "nothing is no fact"));
  g_assert_null (strstr (said, "derived from itself"));
}

static void
test_groups (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_take (f, PACK ("g") ALWAYS "rules:\n"
                   RULE ("g", "all: [a, b, c]")
                   RULE ("some", "any: [a, b, c]")
                   RULE ("two", "at_least: 2, of: [a, b, c]")
                   RULE ("a", "require: 'resident'")
                   RULE ("b", "require: 'honest'")
                   RULE ("c", "require: 'safe', applies: 'class = large'")
                   RULE ("named", "value: 'resident and honest'")
                   RULE ("of_named", "all: [named, g]")
                   RULE ("inner", "any: [a, {id: inner.all, title: {zh: 全, en: All}, all: [b, c]}]")
                   RULE ("alone", "all: [c]")
                   RULE ("alone_any", "any: [c]")
                   RULE ("alone_two", "at_least: 1, of: [c]"));
  fixture_compile (f);
  assert_rules (f, "resident=true honest=true safe=true class=large", "g g.some g.two g.of_named g.inner", "true; true; true; true; true");
  assert_rules (f, "resident=true honest=true safe=false class=large", "g g.some g.two g.c", "false; true; true; false");
  /* What does not apply is skipped. */
  assert_rules (f, "resident=true honest=true safe=false class=small", "g g.some g.two g.c", "true; true; true; na");
  assert_rules (f, "resident=true honest=false class=small", "g g.some g.two", "false; true; false");
  assert_rules (f, "class=small", "g.alone g.alone_any g.alone_two", "na; na; false");
  assert_rules (f, "resident=true honest=true safe=false", "g g.c g.alone", "open; false|na; false|na");
  assert_rules (f, "resident=true honest=true safe=true", "g g.c g.alone", "true; true|na; true|na");
  /* One is enough to refuse, or to pass; one that is open leaves the rest open. */
  assert_rules (f, "resident=false class=small", "g g.some g.two", "false; open; false");
  assert_rules (f, "resident=true class=small", "g g.some g.two", "open; true; open");
  assert_rules (f, "resident=true honest=true", "g.two g.named g.of_named", "true; true; open");
  assert_rules (f, "resident=false honest=true safe=true class=large", "g.inner g.inner.all", "true; true");
  assert_rules (f, "resident=false honest=true safe=true class=undefined", "g.inner.all g.c", "true; na");
  assert_rules (f, "resident=undefined honest=true", "g.a g g.named", "false; false; undefined");
}

static void
test_points (void)
{
  g_autoptr(Fixture) f = new_fixture ();

  fixture_take (f, PACK ("s") ALWAYS "rules:\n"
                   RULE ("s", "total: [staff_points, rd_points, extra, panel], require: '>= 60', max: 70")
                   RULE ("share", "value: 'st[0] / staff[0]'")
                   RULE ("staff_points", "points: {of: 'share', bands: [{at_least: 30%, points: 20}, {above: 10%, points: 12}, {else: 0}]}, require: '> 0'")
                   RULE ("rd_points", "points: {of: 'rd[0]', bands: [{at_most: 1万, points: 5}, {below: 2万, points: 30}, {else: 50}]}")
                   RULE ("extra", "points: 'patents * 2 points', max: 5, applies: 'resident'")
                   RULE ("panel", "points: '0..10', applies: 'honest'"));
  fixture_compile (f);
  assert_rules (f, "st[0]=30 staff[0]=100 rd[0]=20000 resident=false honest=false", "s s.staff_points s.rd_points s.extra s.panel",
                "70 true; 20 true; 50; na; na");
  assert_rules (f, "st[0]=29 staff[0]=100 rd[0]=19999 resident=false honest=false", "s s.staff_points s.rd_points", "42 false; 12 true; 30");
  assert_rules (f, "st[0]=10 staff[0]=100 rd[0]=10000 resident=true patents=2 honest=false", "s s.staff_points s.rd_points s.extra",
                "9 false; 0 false; 5; 4");
  /* No more than the most that there is. */
  assert_rules (f, "st[0]=30 staff[0]=100 rd[0]=20000 resident=true patents=3 honest=true", "s s.extra s.panel", "70 true; 5; 0..10");
  assert_rules (f, "st[0]=30 staff[0]=100 rd[0]=15000 resident=true patents=3 honest=true", "s", "55..65 open");
  /* Nothing to divide by: no points. */
  assert_rules (f, "st[0]=0 staff[0]=undefined rd[0]=20000 resident=false honest=false", "s.share s.staff_points s", "undefined; 0 false; 50 false");
  assert_rules (f, "st[0]=30 staff[0]=100|undefined rd[0]=20000 resident=false honest=false", "s.staff_points s", "0..20 open; 50..70 open");
  assert_rules (f, "st[0]=30 staff[0]=100 rd[0]=20000 patents=50 honest=false", "s s.extra", "70 true; 5|na");
}

static void
test_criteria (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *item;

  fixture_take (f, PACK ("c") ALWAYS "rules:\n"
                   RULE ("c", "require: 'staff[0] <= 500'")
                   RULE ("value", "value: 'st[0] / staff[0]', require: '>= 10%'")
                   RULE ("growth", "value: 'compound_growth(rev[-2], rev[0], 2)', require: '>= 35%'")
                   RULE ("class", "choices: size, value: 'if staff[0] > 300 then large else small', require: '= small'")
                   RULE ("truth", "require: 'resident and honest'")
                   RULE ("few", "warn: 'staff[0] <= 5'")
                   RULE ("some", "value: 'rev[0]', applies: 'resident'")
                   RULE ("kind", "choices: size, value: 'if staff[0] > 300 then large else small', applies: 'resident'"));
  fixture_compile (f);
  assert_rules (f, "staff[0]=500 st[0]=50", "c c.value c.class c.few", "true; true; false; true");
  assert_rules (f, "staff[0]=501 st[0]=50", "c c.value c.few", "false; false; true");
  assert_rules (f, "staff[0]=5", "c.few c.class", "false; true"); /* warned of, not refused */
  assert_rules (f, "staff[0]=1..9", "c.few", "open");
  assert_rules (f, "staff[0]=undefined st[0]=5", "c c.value c.few", "false; false; true");
  assert_rules (f, "staff[0]=100..1000", "c", "open");
  assert_rules (f, "rev[-2]=100 rev[0]=182.25", "c.growth", "true");
  assert_rules (f, "rev[-2]=100 rev[0]=182.2499999999999", "c.growth", "false");
  assert_rules (f, "rev[-2]=0 rev[0]=182", "c.growth", "false");
  assert_rules (f, "resident=true rev[0]=5 staff[0]=9", "c.some c.kind", "5; small");
  assert_rules (f, "resident=false rev[0]=5 staff[0]=9", "c.some c.kind", "na; na");
  assert_rules (f, "rev[0]=5 staff[0]=9", "c.some c.kind", "5|na; small|na");
  assert_rules (f, "resident=undefined rev[0]=5", "c.some", "na");

  /* What an explanation needs: what was measured, and with what it was compared. */
  item = fixture_rule (f, "c", 0);
  g_assert_cmpint (item->kind, ==, DK_ITEM_CRITERION);
  g_assert_cmpint (item->comparison, ==, DK_LE);
  g_assert_cmpint (item->unit, ==, DK_UNIT_COUNT);
  fixture_begin (f, "staff[0]=7 st[0]=1");
  dk_run_all (f->run);
  g_assert_cmpint (f->run->regs[item->measured_reg].low.num, ==, 7);
  g_assert_cmpint (f->run->regs[item->value_reg].low.num, ==, 7);
  g_assert_cmpint (f->run->regs[item->threshold_reg].low.num, ==, 500);
  item = fixture_rule (f, "c.value", 0);
  g_assert_cmpint (item->unit, ==, DK_UNIT_RATIO);
  g_assert_cmpuint (item->measured_reg, ==, item->value_reg);
  g_assert_cmpint (item->comparison, ==, DK_GE);
  item = fixture_rule (f, "c.truth", 0);
  g_assert_cmpuint (item->threshold_reg, ==, DK_NO_REGISTER);
  g_assert_cmpuint (item->value_reg, ==, DK_NO_REGISTER);
}

/* What is wrong with rules that are well written, each for itself. */
static void
test_refused (void)
{
  static const struct { const char *rules, *wanted; } cases[] = {
    { RULE ("p", "value: 'q'") RULE ("q", "value: 'p + 1'"), "rests on itself" },
    { RULE ("p", "value: 'p[-1]'"), "p rests on itself" },
    { RULE ("p", "all: [q]") RULE ("q", "all: [p]"), "rests on itself" },
    { RULE ("p", "total: [q]") RULE ("q", "total: [p]"), "rests on itself" },
    { RULE ("p", "value: 'another'"), "another is no fact, rule or parameter" },
    { RULE ("p", "value: 'q.other'"), "q.other is no fact, rule or parameter" },
    { RULE ("p", "value: 'q'") RULE ("q", "warn: 'resident'"), "q is a warning" },
    { RULE ("p", "require: 'staff[0]'"), "`require` must be a condition, such as staff[0] <= 500; this is a count" },
    { RULE ("p", "require: 'staff[-1..0] > 0'"), "of several years: say all(...) or any(...)" },
    { RULE ("p", "value: 'staff[-1..0]'"), "a rule has a single value, not a series of years" },
    { RULE ("p", "value: 'staff[0]', require: '<= 5%'"), "a count" },
    { RULE ("p", "require: '<= 5'"), "what is compared is missing" },
    { RULE ("p", "value: 'staff[0]', applies: 'rev[0]'"), "`applies` must be a condition" },
    { RULE ("p", "value: '5'") RULE ("w", "warn: 'staff[0]'"), "`warn` must be a condition" },
    { RULE ("p", "points: 'rev[0]'"), "points are a plain number; this is an amount of money" },
    { RULE ("p", "all: [q]") RULE ("q", "value: 'staff[0]'"), "q has no verdict" },
    { RULE ("p", "value: 'q[2024]'") RULE ("q", "value: 'staff[0]'"), "in years counted from the last full one" },
    { RULE ("p", "value: 'q[0 Q1]'") RULE ("q", "value: 'staff[0]'"), "in years counted from the last full one" },
    { RULE ("p", "require: 'q[-1]'") RULE ("q", "require: 'resident'"), "q has no value of its own in other years" },
    { RULE ("p", "value: 'q[-1]'") RULE ("q", "applies: 'resident', value: 'staff[0]'"), "q has an `applies`, which speaks of one year" },
    { RULE ("p", "value: 'other.x[-1]'"), "a rule of another pack is read as it is, without years" },
    { RULE ("p", "value: 'other.y'"), "other.y is no fact, rule or parameter" },
    { RULE ("p", "value: 'other.changing'"), "is of another type in version new than in the first" },
    { RULE ("p", "value: 'other.broken'"), "nothing is no fact" },
    { RULE ("p", "choices: size, value: 'if resident then huge else small'"), "huge is no option of size" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Fixture) f = new_fixture ();
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autofree char *pack = g_strconcat (PACK ("p") ALWAYS "rules:\n", cases[i].rules, NULL);
      g_autofree char *said = NULL;

      fixture_take (f, pack);
      fixture_take (f, PACK ("other") TWO_VERSIONS "rules:\n"
                       RULE ("other", "value: 'x'") RULE ("x", "value: 'staff[0]'")
                       "  - {id: changing, title: {zh: 变, en: Changing}, source: law, versions: [old], value: 'staff[0]'}\n"
                       "  - {id: changing, title: {zh: 变, en: Changing}, source: law, versions: [new], value: 'rev[0]'}\n"
                       RULE ("broken", "versions: [new], value: 'if false then nothing else 5'"));
      g_assert_false (dk_rulebook_compile (f->book, problems));
      said = dk_problems_to_string (problems);
      if (strstr (said, cases[i].wanted) == NULL)
        {
          g_test_message ("%s is refused: %s instead of: %s", cases[i].rules, said, cases[i].wanted);
          g_test_fail ();
        }
    }
}

/* Packs as a whole. */
static void
test_packs_refused (void)
{
  static const struct { const char *yaml, *wanted; } cases[] = {
    { PACK ("p") ALWAYS "reading: {of: nothing, zh: 甲, en: A}\nrules:\n" RULE ("p", "value: '5'"), "there is no such pack" },
    { PACK ("p") ALWAYS "select: 'resident'\nrules:\n" RULE ("p", "value: '5'"), "`select` must be a date" },
    { PACK ("p") ALWAYS "select: 'nothing'\nrules:\n" RULE ("p", "value: '5'"), "nothing is no fact" },
    { "pack: p\nkind: certification\ntitle: {zh: 甲, en: A}\nsources: {law: {title: {zh: 法, en: Law}, certainty: V}}\n" ALWAYS
      "rules:\n" RULE ("p", "value: 'staff[0]'"), "p has no verdict" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Fixture) f = new_fixture ();
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autofree char *said = NULL;

      fixture_take (f, cases[i].yaml);
      g_assert_false (dk_rulebook_compile (f->book, problems));
      said = dk_problems_to_string (problems);
      if (strstr (said, cases[i].wanted) == NULL)
        g_error ("%s instead of: %s", said, cases[i].wanted);
    }
}

static gboolean
take (DkRulebook *book,
      const char *name,
      gboolean    is_builtin,
      DkProblems *problems)
{
  static const char yaml[] = PACK ("p") ALWAYS "rules:\n" RULE ("p", "value: '5'");

  return dk_rulebook_take_document (book, dk_document_parse (name, yaml, strlen (yaml), DK_FORMAT_YAML, problems), is_builtin, problems);
}

static void
test_not_replaced (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *said = NULL;

  f->book = dk_rulebook_new (f->scope);
  g_assert_true (take (f->book, "built-in.yaml", TRUE, problems));
  g_assert_false (take (f->book, "mine.yaml", FALSE, problems));
  g_assert_false (take (f->book, "again.yaml", TRUE, problems));
  g_assert_cmpuint (dk_rulebook_get_packs (f->book)->len, ==, 1);
  g_assert_true (((DkPack *) g_ptr_array_index (dk_rulebook_get_packs (f->book), 0))->is_builtin);
  said = dk_problems_to_string (problems);
  g_assert_nonnull (strstr (said, "mine.yaml:1:7: the pack p comes with Dengke (built-in.yaml) and cannot be replaced"));
  g_assert_nonnull (strstr (said, "again.yaml:1:7: the pack p is there already (built-in.yaml)"));
}

static void
test_load (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("dengke-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "p.yaml", NULL);

  g_assert_no_error (error);
  f->book = dk_rulebook_new (f->scope);
  g_assert_false (dk_rulebook_load (f->book, path, FALSE, problems));
  g_assert_cmpuint (dk_problems_count (problems), ==, 1);
  g_file_set_contents (path, PACK ("p") ALWAYS "rules:\n" RULE ("p", "value: '5'"), -1, &error);
  g_assert_no_error (error);
  g_assert_true (dk_rulebook_load (f->book, path, FALSE, problems));
  g_assert_true (dk_rulebook_compile (f->book, problems));
  g_assert_nonnull (dk_rulebook_find_pack (f->book, "p"));
  g_remove (path);
  g_rmdir (dir);
}

/* A rule that stands for several years is a rule for each: with its facts, the word `year` and the rules it names moved. */
static void
test_for_each_year (void)
{
  g_autoptr(Fixture) f = new_fixture ();
  const DkItem *list;

  fixture_take (f, PACK ("p") ALWAYS "rules:\n"
                   RULE ("p", "list: [low, share, {id: nested, title: {zh: 内, en: Nested}, source: law, years: 2, value: 'year'}]")
                   RULE ("low", "years: 3, require: 'rd[0] <= rev[0]'")
                   RULE ("share", "years: 2, value: 'twice - rd[0]', require: '>= 0'")
                   RULE ("both", "all: [low, share]")
                   RULE ("twice", "value: '2 * rd[-1]'")
                   RULE ("when", "years: 2, applies: 'rev[0] > 0', value: 'rd[0]'"));
  fixture_compile (f);
  assert_rules (f, "rd[0]=5 rd[-1]=3 rd[-2]=9 rev[0]=5 rev[-1]=2 rev[-2]=0", "p.low p.low[-1] p.low[-2] p.both", "true; false; false; false");
  assert_rules (f, "rd[0]=5 rd[-1]=3 rd[-2]=1 rev[0]=5 rev[-1]=3", "p.low p.low[-1] p.low[-2] p.share p.share[-1] p.both",
                "true; true; open; true; false; false");
  assert_rules (f, "rd[0]=5 rd[-1]=3 rev[0]=0 rev[-1]=1", "p.when p.when[-1]", "na; 3");
  list = fixture_rule (f, "p", 0);
  g_assert_cmpuint (list->children->len, ==, 7);
  for (guint i = 0; i < list->children->len; i++)
    {
      static const char *const ids[] = { "p.low", "p.low[-1]", "p.low[-2]", "p.share", "p.share[-1]", "p.nested", "p.nested[-1]" };
      const DkItem *item = g_ptr_array_index (list->children, i);

      g_assert_cmpstr (item->id, ==, ids[i]);
      g_assert_cmpuint (item->n_years, ==, i < 3 ? 3 : 2);
    }
}

/* Deep, but not too deep, chains of rules are followed; hostile ones are refused. */
static void
test_long_chains (void)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      guint n = pass == 0 ? 60 : 400;
      g_autoptr(Fixture) f = new_fixture ();
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autoptr(GString) yaml = g_string_new (PACK ("p") ALWAYS "rules:\n" RULE ("p", "value: 'r0'"));
      g_autofree char *said = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (yaml, RULE ("r%u", "value: 'r%u + 1'"), i, i + 1);
      g_string_append_printf (yaml, RULE ("r%u", "value: 'rev[0] / 1万'"), n);
      fixture_take (f, yaml->str);
      if (pass == 0)
        {
          g_assert_true (dk_rulebook_compile (f->book, problems));
          assert_rules (f, "rev[0]=20000", "p", "62");
          continue;
        }
      g_assert_false (dk_rulebook_compile (f->book, problems));
      said = dk_problems_to_string (problems);
      g_assert_nonnull (strstr (said, "too"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/rulebook/versions-by-the-day", test_versions);
  g_test_add_func ("/rules/rulebook/find-version", test_find_version);
  g_test_add_func ("/rules/rulebook/select", test_select);
  g_test_add_func ("/rules/rulebook/parameters", test_parameters);
  g_test_add_func ("/rules/rulebook/values-of-other-years", test_other_years);
  g_test_add_func ("/rules/rulebook/derived-facts", test_derived);
  g_test_add_func ("/rules/rulebook/derived-from-rules", test_derived_from_rules);
  g_test_add_func ("/rules/rulebook/derived-not-in-force", test_derived_not_in_force);
  g_test_add_func ("/rules/rulebook/derived-wrongly", test_derived_wrongly);
  g_test_add_func ("/rules/rulebook/derived-twice", test_derived_twice);
  g_test_add_func ("/rules/rulebook/groups", test_groups);
  g_test_add_func ("/rules/rulebook/points-and-totals", test_points);
  g_test_add_func ("/rules/rulebook/criteria-and-warnings", test_criteria);
  g_test_add_func ("/rules/rulebook/rules-refused", test_refused);
  g_test_add_func ("/rules/rulebook/packs-refused", test_packs_refused);
  g_test_add_func ("/rules/rulebook/built-in-packs-stay", test_not_replaced);
  g_test_add_func ("/rules/rulebook/load", test_load);
  g_test_add_func ("/rules/rulebook/for-each-year", test_for_each_year);
  g_test_add_func ("/rules/rulebook/long-chains", test_long_chains);
  return g_test_run ();
}
