/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-choice"

#include "dk-choice.h"
#include "fixture.h"

/* An invented levy, made smaller by deciding well. */
static const char levy[] =
  "pack: levy\n"
  "kind: profile\n"
  "title: {zh: 税, en: Levy}\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, source: 'law'}\n"
  "choices:\n"
  "  least: due\n"
  "  of:\n"
  "    - id: regime\n"
  "      title: {zh: 税率, en: Rate}\n"
  "      source: 'law#2'\n"
  "      options:\n"
  "        - {id: plain, title: {zh: 一般, en: Plain}}\n"
  "        - {id: small, title: {zh: 小型, en: Small}, when: 'few', decided: 'grade = good', source: 'law#3'}\n"
  "        - {id: fine, title: {zh: 优惠, en: Fine}, when: 'resident'}\n"
  "    - id: asset\n"
  "      title: {zh: 资产, en: Asset}\n"
  "      options: [{id: yearly, title: {zh: 逐年, en: Yearly}}, {id: at_once, title: {zh: 一次, en: At once}}]\n"
  "  exclusions:\n"
  "    - {id: both, title: {zh: 不得同享, en: Not both}, source: 'law#4', when: 'regime = fine and asset = at_once'}\n"
  "rules:\n"
  "  - {id: levy, title: {zh: 税, en: Levy}, source: 'law', list: [regime, asset, due, few]}\n"
  "  - {id: few, title: {zh: 人少, en: Few people}, source: 'law', require: 'staff[0] <= 10'}\n"
  "  - {id: due, title: {zh: 应纳, en: Due}, source: 'law',\n"
  "     value: 'max(0, revenue[0] - assets[0] * (if asset = at_once then 1 else 10%)) * case(regime = small: 10%, regime = fine: 8%, else: 20%)'}\n";

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
  fixture_add_pack (fixture, levy);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

#define FACTS(rest) "facts: {founded_on: 2010-01-01, revenue: 1000, " rest "}"

static void
check_text (Fixture    *f,
            const char *facts,
            const char *wanted)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (f, facts);
  g_autoptr(DkChoiceReport) report = dk_choice_report_new (assessment, fixture_find (assessment, "levy.due"));
  g_autofree char *text = dk_choice_report_to_text (report, "en");

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_texts (Fixture      *f,
            gconstpointer data)
{
  check_text (f, FACTS ("assets: 500, staff: 5, resident: true"),
              "Best: Rate: Small; Asset: At once (CNY 50). Next: Rate: Fine; Asset: Yearly (CNY 76). Difference: CNY 26. Excluded: Not both");
  check_text (f, FACTS ("assets: 500, staff: 11, resident: true"),
              "Best: Rate: Fine; Asset: Yearly (CNY 76). Next: Rate: Plain; Asset: At once (CNY 100). Difference: CNY 24. "
              "Excluded: Rate: Small; Not both");
  check_text (f, FACTS ("assets: 500, staff: 11"),
              "The best can still be: Rate: Fine; Asset: Yearly (CNY 76) or Rate: Plain; Asset: At once (CNY 100). "
              "Excluded: Rate: Small; Not both");
  /* What it costs to have decided. */
  check_text (f, FACTS ("assets: 0, staff: 5, resident: true, grade: good"),
              "Best: Rate: Small; Asset: Yearly (CNY 100). Next: Rate: Small; Asset: At once (CNY 100). Difference: CNY 0. "
              "Decided: Rate: Small, which costs CNY 20. Excluded: Not both");
  check_text (f, FACTS ("assets: 500, staff: 11, grade: good"),
              "Nothing that can be chosen is lawful, or it cannot be computed. Excluded: Rate: Small; Not both");
}

static void
test_report (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (f, FACTS ("assets: 500, staff: 5"));
  g_autoptr(DkChoiceReport) report = dk_choice_report_new (assessment, fixture_find (assessment, "levy.due"));
  const DkResult *regime = dk_assessment_find (assessment, "levy.regime"), *few = dk_assessment_find (assessment, "levy.few");

  /* Small for certain, and nothing that is missing changes that; what comes next is open. */
  g_assert_true (report->is_settled);
  g_assert_true (report->is_whole);
  g_assert_cmpuint (report->best->len, ==, 1);
  g_assert_cmphex (g_array_index (report->best, DkWay, 0).options, ==, 2 | 16);
  g_assert_cmpuint (report->next->len, ==, 2);
  g_assert_false (report->has_gap);
  g_assert_false (report->has_cost);
  g_assert_true (report->has_reasons);
  g_assert_cmpuint (report->reasons->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const DkReason *reason = &g_array_index (report->reasons, DkReason, i);

      if (reason->exclusion != NULL)
        {
          g_assert_cmpstr (reason->exclusion->id, ==, "levy.both");
          g_assert_cmpuint (reason->n_excluded, ==, 1);
          g_assert_cmpuint (reason->n_open, ==, 0);
        }
      else
        {
          g_assert_cmpstr (reason->choice->id, ==, "levy.regime");
          g_assert_cmpuint (reason->option, ==, 2);
          g_assert_cmpuint (reason->n_excluded, ==, 0);
          g_assert_cmpuint (reason->n_open, ==, 2);
        }
    }
  g_assert_true (regime->is_final);
  g_assert_cmpuint (regime->missing->len, ==, 0);
  g_assert_cmpuint (regime->facts->len, >=, 4);
  g_assert_true (dk_choice_report_new (assessment, few) == NULL);
}

/* What is missing is what decides, and deciding is no question. */
static void
test_missing (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (f, FACTS ("assets: 500, staff: 11"));
  g_autoptr(DkChoiceReport) report = dk_choice_report_new (assessment, fixture_find (assessment, "levy.regime"));
  const DkResult *due = dk_assessment_find (assessment, "levy.due"), *regime = dk_assessment_find (assessment, "levy.regime");
  g_autofree char *text = dk_result_explain (assessment, regime, "en");

  g_assert_nonnull (report);
  g_assert_false (report->is_settled);
  g_assert_cmpuint (report->best->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const DkResult *result = i == 0 ? due : regime;

      g_assert_false (result->is_final);
      g_assert_cmpuint (result->missing->len, ==, 1);
      g_assert_cmpstr (g_array_index (result->missing, DkFactRef, 0).fact->id, ==, "resident");
    }
  g_assert_cmpstr (text, ==, "Plain or Fine, for the least of: Due");
}

static void
test_json (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (f, FACTS ("assets: 500, staff: 5, resident: true"));
  g_autoptr(DkChoiceReport) report = dk_choice_report_new (assessment, fixture_find (assessment, "levy.due"));
  g_autofree char *json = dk_assessment_to_json (assessment, "en");
  static const char *const wanted[] = {
    "\"kind\" : \"choice\"", "\"one_of\" : [\n", "\"aim\" : \"least\"", "\"settled\" : true", "\"levy.regime\" : \"small\"", "\"levy.asset\" : \"at_once\"",
    "\"difference\"", "\"low\" : \"26\"", "\"id\" : \"levy.both\"",
  };

  g_assert_nonnull (report);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (json, wanted[i]) == NULL)
      g_test_fail_printf ("the JSON has no %s", wanted[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/choice/texts", Fixture, NULL, set_up, test_texts, tear_down);
  g_test_add ("/assess/choice/report", Fixture, NULL, set_up, test_report, tear_down);
  g_test_add ("/assess/choice/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/assess/choice/json", Fixture, NULL, set_up, test_json, tear_down);
  return g_test_run ();
}
