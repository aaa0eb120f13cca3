/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-enterprise-plan"

#include "dk-enterprise-plan.h"

#include <string.h>

static const char catalogue_text[] =
  "choices:\n"
  "  - id: opinion\n"
  "    label: {zh: 意见, en: Opinion}\n"
  "    options: [{id: clean, zh: 无, en: Clean}, {id: qualified, zh: 保, en: Qualified}]\n"
  "facts:\n"
  "  - {id: shares, kind: number, unit: count, min: 0, step: 1, label: {zh: 股, en: Shares}}\n"
  "  - {id: plan_board, kind: truth, label: {zh: 板, en: Board}}\n"
  "  - {id: opinion, kind: choice, choices: opinion, period: year, label: {zh: 意见, en: Opinion}}\n"
  "  - {id: revenue, kind: number, unit: yuan, period: year, min: 0, step: 0.01, label: {zh: 收入, en: Revenue}}\n"
  "  - {id: profit, kind: number, unit: yuan, period: year, step: 0.01, label: {zh: 利, en: Profit}}\n"
  "  - {id: staff, kind: number, unit: count, period: year, min: 0, max: 20, step: 1, label: {zh: 人, en: Staff}}\n"
  "  - {id: share, kind: number, unit: ratio, period: year, min: 0, max: 1, step: 0.0001, label: {zh: 占比, en: Share}}\n"
  "  - {id: rate, kind: number, unit: ratio, period: year, label: {zh: 率, en: Rate}}\n"
  "  - {id: sales_q, kind: number, unit: yuan, period: quarter, min: 0, label: {zh: 季, en: Quarterly}}\n"
  "  - {id: sales_m, kind: number, unit: yuan, period: month, min: 0, label: {zh: 月, en: Monthly}}\n"
  "registers:\n"
  "  - id: ip\n"
  "    label: {zh: 知识产权, en: IP}\n"
  "    columns: [{id: name, kind: text, label: {zh: 名, en: Name}}]\n";

static DkDocument *catalogue_document;
static DkCatalogue *catalogue;

static void
load_catalogue (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = NULL;

  catalogue_document = dk_document_parse ("c.yaml", catalogue_text, strlen (catalogue_text), DK_FORMAT_YAML, problems);
  catalogue = dk_catalogue_load_document (dk_document_get_root (catalogue_document), NULL, problems);
  text = dk_problems_to_string (problems);
  g_assert_cmpstr (text, ==, "");
}

static const DkSymbol *
fact (const char *id)
{
  const DkSymbol *symbol = dk_scope_find_fact (dk_catalogue_get_scope (catalogue), id);

  g_assert_nonnull (symbol);
  return symbol;
}

static DkPeriodKey
in_year (int year)
{
  return (DkPeriodKey) { year, 0, 0 };
}

static DkEnterprise *
read_text (const char  *json,
           char       **said)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("e.json", json, strlen (json), DK_FORMAT_JSON, problems);
  DkEnterprise *enterprise = dk_enterprise_new (catalogue);
  g_autofree char *text = NULL;

  g_assert_nonnull (document);
  dk_enterprise_read (enterprise, dk_document_get_root (document), DK_READ_STRICT, 0, problems);
  text = dk_problems_to_string (problems);
  if (said != NULL)
    *said = g_steal_pointer (&text);
  else
    g_assert_cmpstr (text, ==, "");
  return enterprise;
}

/* What is said of a fact in a year to come, and by what. */
static void
assert_projected (const DkEnterprise *enterprise,
                  const char         *id,
                  DkPeriodKey         period,
                  DkPlannedBy         by,
                  const char         *wanted)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *text = NULL;
  DkValue value;
  DkPlannedBy found = dk_enterprise_get_projected (enterprise, fact (id), period, 2025, &value, arena);

  g_assert_cmpint (found, ==, by);
  if (by == DK_PLANNED_NOTHING)
    return;
  text = dk_fact_value_to_json (fact (id), &value);
  g_assert_cmpstr (text, ==, wanted);
}

static void
assert_answer (const DkEnterprise *enterprise,
               const char         *id,
               DkPeriodKey         period,
               const char         *wanted)
{
  g_autofree char *text = NULL;
  DkValue value;

  if (dk_enterprise_get (enterprise, fact (id), period, &value))
    text = dk_fact_value_to_json (fact (id), &value);
  g_assert_cmpstr (text, ==, wanted);
}

static const char whole[] =
  "{\"facts\": {\"shares\": 100, \"opinion\": {\"2025\": \"clean\"}, \"revenue\": {\"2024\": 1, \"2025\": 100.01},\n"
  "  \"profit\": {\"2025\": -5}, \"staff\": {\"2025\": 10, \"2026\": null}, \"share\": {\"2025\": 0.5}, \"sales_q\": {\"2025-Q2\": 7}},\n"
  " \"plan\": {\n"
  "  \"facts\": {\"shares\": {\"2027\": 200}, \"plan_board\": {\"2026\": true}, \"opinion\": {\"2027\": {\"one_of\": [\"clean\", \"qualified\"]}},\n"
  "   \"profit\": {\"2026\": 3, \"2028\": {\"from\": 4, \"to\": 9}}, \"sales_q\": {\"2026-Q1\": 6}, \"sales_m\": {\"2026-12\": 2}},\n"
  "  \"growth\": {\"revenue\": \"1/3\", \"staff\": {\"from\": 0.04, \"to\": 0.5}},\n"
  "  \"growth_of_others\": 0}}";

static void
test_round_trip (void)
{
  g_autoptr(DkEnterprise) enterprise = read_text (whole, NULL);
  g_autofree char *json = dk_enterprise_to_json (enterprise);
  g_autoptr(DkEnterprise) again = read_text (json, NULL), copy = dk_enterprise_dup (enterprise);
  g_autofree char *second = dk_enterprise_to_json (again), *third = dk_enterprise_to_json (copy), *fourth = NULL;
  g_autoptr(GArray) planned = dk_enterprise_list_planned (again), none = NULL;

  g_assert_cmpstr (json, ==, second);
  g_assert_cmpstr (json, ==, third);
  g_assert_cmpuint (planned->len, ==, 10);
  g_assert_null (g_array_index (planned, DkPlanned, 9).fact);
  g_assert_nonnull (strstr (json, "  \"plan\": {\n    \"facts\": {\n      \"shares\": {\"2027\": 200},\n"));
  g_assert_nonnull (strstr (json, "    \"growth\": {\n      \"revenue\": \"1/3\",\n      \"staff\": {\"from\": 0.04, \"to\": 0.5}\n    },\n"
                                  "    \"growth_of_others\": 0\n  },\n  \"registers\""));

  /* Without a plan there is no word of it. */
  dk_enterprise_clear_plan (copy);
  fourth = dk_enterprise_to_json (copy);
  g_assert_null (strstr (fourth, "plan\":"));
  none = dk_enterprise_list_planned (copy);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_where_from (void)
{
  g_autoptr(DkEnterprise) enterprise = read_text (whole, NULL);

  /* Answers come first; a year that is over is not planned. */
  assert_projected (enterprise, "revenue", in_year (2025), DK_PLANNED_ANSWERED, "100.01");
  assert_projected (enterprise, "revenue", in_year (2023), DK_PLANNED_NOTHING, NULL);
  /* Thirds compound exactly, and are rounded to the fen once. */
  assert_projected (enterprise, "revenue", in_year (2026), DK_PLANNED_GROWN, "133.35");
  assert_projected (enterprise, "revenue", in_year (2027), DK_PLANNED_GROWN, "177.8");
  assert_projected (enterprise, "revenue", in_year (2028), DK_PLANNED_GROWN, "237.06");
  assert_projected (enterprise, "revenue", in_year (2029), DK_PLANNED_NOTHING, NULL);
  /* "Not known yet" is no answer; ranges grow at both ends, whole people, and no further than the domain. */
  assert_projected (enterprise, "staff", in_year (2026), DK_PLANNED_GROWN, "{\"from\": 10, \"to\": 15}");
  assert_projected (enterprise, "staff", in_year (2027), DK_PLANNED_GROWN, "{\"from\": 11, \"to\": 20}");
  assert_projected (enterprise, "staff", in_year (2028), DK_PLANNED_GROWN, "{\"from\": 11, \"to\": 20}");
  /* What was typed, and others as last year: from the last one that was typed. */
  assert_projected (enterprise, "profit", in_year (2026), DK_PLANNED_TYPED, "3");
  assert_projected (enterprise, "profit", in_year (2027), DK_PLANNED_OTHERS, "3");
  assert_projected (enterprise, "profit", in_year (2028), DK_PLANNED_TYPED, "{\"from\": 4, \"to\": 9}");
  assert_projected (enterprise, "opinion", in_year (2026), DK_PLANNED_OTHERS, "\"clean\"");
  assert_projected (enterprise, "opinion", in_year (2028), DK_PLANNED_OTHERS, "{\"one_of\": [\"clean\", \"qualified\"]}");
  /* No base, no growth. */
  assert_projected (enterprise, "rate", in_year (2026), DK_PLANNED_NOTHING, NULL);
  /* The same quarter of the year before. */
  assert_projected (enterprise, "sales_q", (DkPeriodKey) { 2026, 1, 0 }, DK_PLANNED_TYPED, "6");
  assert_projected (enterprise, "sales_q", (DkPeriodKey) { 2027, 1, 0 }, DK_PLANNED_OTHERS, "6");
  assert_projected (enterprise, "sales_q", (DkPeriodKey) { 2027, 2, 0 }, DK_PLANNED_OTHERS, "7");
  assert_projected (enterprise, "sales_q", (DkPeriodKey) { 2027, 3, 0 }, DK_PLANNED_NOTHING, NULL);
  assert_projected (enterprise, "sales_m", (DkPeriodKey) { 2028, 0, 12 }, DK_PLANNED_OTHERS, "2");
  /* From the end of a year on. */
  assert_projected (enterprise, "shares", in_year (2026), DK_PLANNED_ANSWERED, "100");
  assert_projected (enterprise, "shares", in_year (2027), DK_PLANNED_TYPED, "200");
  assert_projected (enterprise, "shares", in_year (2028), DK_PLANNED_TYPED, "200");
  assert_projected (enterprise, "plan_board", in_year (2025), DK_PLANNED_NOTHING, NULL);
  assert_projected (enterprise, "plan_board", in_year (2026), DK_PLANNED_TYPED, "true");
}

static void
set_growth (DkEnterprise *enterprise,
            const char   *id,
            const char   *text)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GError) error = NULL;
  DkNumber number;
  DkValue value;

  g_assert_true (dk_number_parse (text, -1, &number, arena, NULL));
  value = DK_VALUE_POINT (number);
  dk_enterprise_set_planned (enterprise, id != NULL ? fact (id) : NULL, DK_PLAN_GROWTH, &value, &error);
  g_assert_no_error (error);
}

static void
test_growth (void)
{
  g_autoptr(DkEnterprise) enterprise = read_text ("{\"facts\": {\"revenue\": {\"2025\": 0.05}, \"profit\": {\"2025\": -5}, \"staff\": {\"2025\": 10},"
                                                  " \"share\": {\"2025\": 0.5}, \"rate\": {\"2025\": {\"to\": 3}}}}", NULL);

  /* Unset: nothing is known. */
  assert_projected (enterprise, "revenue", in_year (2026), DK_PLANNED_NOTHING, NULL);
  set_growth (enterprise, NULL, "0.1");
  /* 0.055: half a fen goes up. */
  assert_projected (enterprise, "revenue", in_year (2026), DK_PLANNED_OTHERS, "0.06");
  assert_projected (enterprise, "staff", in_year (2026), DK_PLANNED_OTHERS, "11");
  /* A share does not grow with the rest; on a rate of its own it does, to its end. */
  assert_projected (enterprise, "share", in_year (2028), DK_PLANNED_OTHERS, "0.5");
  set_growth (enterprise, "share", "0.33333");
  assert_projected (enterprise, "share", in_year (2026), DK_PLANNED_GROWN, "0.6667");
  assert_projected (enterprise, "share", in_year (2028), DK_PLANNED_GROWN, "1");
  /* Nobody can say what becomes of a loss that grows, or of what may be one; as last year it stays what it was. */
  assert_projected (enterprise, "profit", in_year (2026), DK_PLANNED_NOTHING, NULL);
  set_growth (enterprise, "profit", "0");
  assert_projected (enterprise, "profit", in_year (2028), DK_PLANNED_GROWN, "-5");
  set_growth (enterprise, "rate", "1");
  assert_projected (enterprise, "rate", in_year (2026), DK_PLANNED_NOTHING, NULL);
  /* All of it is lost; absurd rates are numbers like others. */
  set_growth (enterprise, "revenue", "-1");
  assert_projected (enterprise, "revenue", in_year (2026), DK_PLANNED_GROWN, "0");
  set_growth (enterprise, "revenue", "1e20");
  assert_projected (enterprise, "revenue", in_year (2028), DK_PLANNED_GROWN,
                    "50000000000000000001500000000000000000015000000000000000000.05");
}

static void
test_project (void)
{
  g_autoptr(DkEnterprise) enterprise = read_text (whole, NULL);
  g_autofree char *before = dk_enterprise_to_json (enterprise), *after = NULL;

  for (guint years = 0; years <= DK_PLAN_YEARS; years++)
    {
      g_autoptr(DkEnterprise) projected = dk_enterprise_project (enterprise, 2025, years);
      g_autoptr(GArray) planned = dk_enterprise_list_planned (projected);

      g_assert_cmpuint (planned->len, ==, 0);
      assert_answer (projected, "revenue", in_year (2025), "100.01");
      assert_answer (projected, "revenue", in_year (2026), years >= 1 ? "133.35" : NULL);
      assert_answer (projected, "revenue", in_year (2027), years >= 2 ? "177.8" : NULL);
      assert_answer (projected, "revenue", in_year (2028), years >= 3 ? "237.06" : NULL);
      assert_answer (projected, "sales_m", (DkPeriodKey) { 2026, 0, 12 }, years >= 1 ? "2" : NULL);
      assert_answer (projected, "sales_q", (DkPeriodKey) { 2026, 2, 0 }, years >= 1 ? "7" : NULL);
      assert_answer (projected, "shares", in_year (0), years >= 2 ? "200" : "100");
      assert_answer (projected, "plan_board", in_year (0), years >= 1 ? "true" : NULL);
      g_assert_cmpint (dk_enterprise_is_unknown (projected, fact ("staff"), in_year (2026)), ==, years == 0);
    }
  after = dk_enterprise_to_json (enterprise);
  g_assert_cmpstr (before, ==, after);
}

/* What was planned for a year that has become full by now does not count any more. */
static void
test_past_plans (void)
{
  g_autoptr(DkEnterprise) enterprise = read_text ("{\"plan\": {\"facts\": {\"revenue\": {\"2026\": 5}, \"shares\": {\"2026\": 5}}, \"growth\": {\"revenue\": 0}}}", NULL);
  g_autoptr(DkEnterprise) early = dk_enterprise_project (enterprise, 2025, 2), late = dk_enterprise_project (enterprise, 2026, 1);

  assert_answer (early, "revenue", in_year (2027), "5");
  assert_answer (early, "shares", in_year (0), "5");
  assert_answer (late, "revenue", in_year (2026), NULL);
  assert_answer (late, "revenue", in_year (2027), NULL);
  assert_answer (late, "shares", in_year (0), NULL);
}

static void
test_bad_files (void)
{
  static const struct { const char *json, *said; } cases[] = {
    { "{\"plan\": 5}", "e.json:1:10: plan: a mapping with \"facts\", \"growth\" and \"growth_of_others\" is wanted\n" },
    { "{\"plan\": {\"growht\": {}}}", "e.json:1:11: plan: unknown key \"growht\"; did you mean growth?\n" },
    { "{\"plan\": {\"facts\": []}}", "e.json:1:20: plan: a mapping of facts is wanted\n" },
    { "{\"plan\": {\"facts\": {\"revenu\": {}}}}", "e.json:1:21: plan: there is no fact \"revenu\"; did you mean revenue?\n" },
    { "{\"plan\": {\"facts\": {\"revenue\": 5}}}", "e.json:1:32: plan: revenue: what is planned needs its year; write {\"2024\": 5}\n" },
    { "{\"plan\": {\"facts\": {\"shares\": {\"from\": 5}}}}", "e.json:1:31: plan: shares: what is planned needs its year; write {\"2024\": …}\n" },
    { "{\"plan\": {\"facts\": {\"shares\": {\"2026-Q1\": 5}}}}", "e.json:1:32: plan: shares: \"2026-Q1\" is no year; a key such as \"2024\" is wanted\n" },
    { "{\"plan\": {\"facts\": {\"sales_q\": {\"2026\": 5}}}}", "e.json:1:33: plan: sales_q: \"2026\" is no quarter; a key such as \"2024-Q1\" is wanted\n" },
    { "{\"plan\": {\"facts\": {\"revenue\": {\"2026\": -1}}}}", "e.json:1:41: plan: revenue 2026: -1 is below 0\n" },
    { "{\"plan\": {\"facts\": {\"staff\": {\"2026\": 1.5}}}}", NULL },
    { "{\"plan\": {\"facts\": {\"plan_board\": {\"2026\": 1}}}}", NULL },
    { "{\"plan\": {\"facts\": {\"opinion\": {\"2026\": \"dirty\"}}}}", NULL },
    { "{\"plan\": {\"growth\": {\"revenue\": -1.01}}}", NULL },
    { "{\"plan\": {\"growth\": {\"revenue\": {\"2026\": 1}}}}", NULL },
    { "{\"plan\": {\"growth\": {\"shares\": 0.1}}}", "e.json:1:32: plan: shares: this fact has no years, so that nothing of it grows from year to year\n" },
    { "{\"plan\": {\"growth\": {\"opinion\": 0.1}}}", "e.json:1:33: plan: opinion: only numbers grow\n" },
    { "{\"plan\": {\"growth_of_others\": \"much\"}}", NULL },
    { "{\"plan\": {\"growth_of_others\": true}}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = NULL;
      g_autoptr(DkEnterprise) enterprise = read_text (cases[i].json, &said);
      g_autoptr(GArray) planned = dk_enterprise_list_planned (enterprise);

      g_test_message ("%s -> %s", cases[i].json, said);
      g_assert_cmpuint (planned->len, ==, 0);
      if (cases[i].said != NULL)
        g_assert_cmpstr (said, ==, cases[i].said);
      g_assert_true (g_str_has_prefix (said, "e.json:1:"));
      g_assert_nonnull (strstr (said, "plan: "));
    }
}

static void
test_setting (void)
{
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (catalogue);
  DkValue one = DK_VALUE_POINT (DK_ONE), minus = DK_VALUE_POINT (DK_NUMBER (-1)), value, all = fact ("rate")->domain;
  static const struct { const char *id; DkPeriodKey period; } wrong[] = {
    { NULL, { 2026, 0, 0 } }, { "revenue", { 2026, 1, 0 } }, { "shares", { 0, 0, 0 } }, { "shares", { 2026, 1, 0 } },
    { "shares", { 999, 0, 0 } }, { "shares", { 10000, 0, 0 } }, { "opinion", { 0, 0, 0 } }, { "sales_q", { 2026, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (dk_enterprise_set_planned (enterprise, wrong[i].id != NULL ? fact (wrong[i].id) : NULL, wrong[i].period, &one, &error));
      g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_PERIOD);
    }
  g_assert_false (dk_enterprise_set_planned (enterprise, fact ("revenue"), in_year (2026), &minus, NULL));
  g_assert_true (dk_enterprise_set_planned (enterprise, fact ("revenue"), DK_PLAN_GROWTH, &minus, NULL));
  g_assert_true (dk_enterprise_get_planned (enterprise, fact ("revenue"), DK_PLAN_GROWTH, &value));
  g_assert_true (dk_enterprise_set_planned (enterprise, fact ("revenue"), DK_PLAN_GROWTH, NULL, NULL));
  g_assert_false (dk_enterprise_get_planned (enterprise, fact ("revenue"), DK_PLAN_GROWTH, &value));
  g_assert_true (dk_enterprise_set_planned (enterprise, fact ("rate"), in_year (2026), &one, NULL));
  g_assert_true (dk_enterprise_set_planned (enterprise, fact ("rate"), in_year (2026), &all, NULL));
  g_assert_false (dk_enterprise_get_planned (enterprise, fact ("rate"), in_year (2026), &value));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  load_catalogue ();
  g_test_add_func ("/model/enterprise-plan/round-trip", test_round_trip);
  g_test_add_func ("/model/enterprise-plan/where-from", test_where_from);
  g_test_add_func ("/model/enterprise-plan/growth", test_growth);
  g_test_add_func ("/model/enterprise-plan/project", test_project);
  g_test_add_func ("/model/enterprise-plan/past-plans", test_past_plans);
  g_test_add_func ("/model/enterprise-plan/bad-files", test_bad_files);
  g_test_add_func ("/model/enterprise-plan/setting", test_setting);
  status = g_test_run ();
  dk_catalogue_free (catalogue);
  dk_document_free (catalogue_document);
  return status;
}
