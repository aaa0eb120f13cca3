/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-assessment-private.h"
#include "dk-ladder.h"

#include "fixture.h"

/* A sheet of figures, in two lists, one of which is in the other; and a title with a list for information. */
static const char sheet[] =
  "pack: sheet\n"
  "kind: profile\n"
  "title: {zh: 数据表, en: Sheet}\n"
  "summary: {zh: 一张表, en: A sheet}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules:\n"
  "  - {id: sheet, title: {zh: 数据表, en: Sheet}, source: law, list: [people, money]}\n"
  "  - id: people\n"
  "    title: {zh: 人员, en: People}\n"
  "    source: law\n"
  "    list:\n"
  "      - {id: staff, title: {zh: 职工, en: Staff}, source: law, value: 'staff[0]'}\n"
  "      - {id: small, title: {zh: 人少, en: Small}, source: law, require: 'staff[0] <= 50'}\n"
  "      - {id: old, title: {zh: 旧, en: Old}, source: law, applies: 'as_of < 2020-01-01', value: 'st_staff[0]'}\n"
  "  - id: money\n"
  "    title: {zh: 财务, en: Money}\n"
  "    source: {ref: law, certainty: '?'}\n"
  "    list: [growth, both]\n"
  "  - {id: growth, title: {zh: 增长, en: Growth}, source: law, value: 'revenue[0] / revenue[-1] - 1'}\n"
  "  - {id: both, title: {zh: 两项, en: Both}, source: law, all: [resident_ok, small]}\n"
  "  - {id: resident_ok, title: {zh: 居民, en: Resident}, source: law, require: 'resident'}\n";

static const char title[] =
  "pack: town\n"
  "kind: certification\n"
  "title: {zh: 称号, en: Town}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules:\n"
  "  - {id: town, title: {zh: 称号, en: Town}, source: law, require: 'resident'}\n"
  "  - {id: more, title: {zh: 其他, en: More}, source: law, list: [patents]}\n"
  "  - {id: patents, title: {zh: 专利, en: Patents}, source: law, value: 'patents'}\n";

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
  fixture_add_pack (fixture, sheet);
  fixture_add_pack (fixture, title);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

/* "known/figures final" of a list. */
static char *
describe (DkAssessment *assessment,
          const char   *id)
{
  const DkResult *result = fixture_find (assessment, id);
  guint n, n_known;

  g_assert_cmpint (result->item->kind, ==, DK_ITEM_LIST);
  g_assert_cmpint (result->verdict, ==, DK_VERDICT_NONE);
  g_assert_false (result->has_value);
  dk_assessment_count_figures (assessment, result->item, &n, &n_known);
  return g_strdup_printf ("%u/%u %s", n_known, n, result->is_final ? "final" : "open");
}

#define assert_list(assessment, id, expected) \
  G_STMT_START { g_autofree char *is_ = describe (assessment, id); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

/* Members are shown in order; what does not apply is no figure of the sheet, and nothing that is undefined is missing. */
static void
test_known (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {founded_on: 2010-01-01, staff: 40, revenue: {'0': 120, '-1': 100}, resident: true}\n");
  g_autoptr(DkAssessment) undefined = fixture_assess (fixture, "facts: {founded_on: 2010-01-01, staff: 40, revenue: {'0': 120, '-1': 0}, resident: true}\n");
  const DkResult *root = fixture_find (assessment, "sheet");

  assert_list (assessment, "sheet", "4/4 final");
  assert_list (assessment, "sheet.people", "2/2 final");
  assert_list (assessment, "sheet.money", "2/2 final");
  assert_list (undefined, "sheet", "4/4 final");
  assert_missing (assessment, "sheet", "");
  g_assert_cmpuint (dk_result_n_children (root), ==, 2);
  g_assert_cmpstr (dk_result_get_child (root, 0)->item->id, ==, "sheet.people");
  g_assert_cmpstr (dk_result_get_child (root, 1)->item->id, ==, "sheet.money");
  g_assert_cmpint (root->certainty, ==, DK_CERTAINTY_UNCERTAIN);
  g_assert_cmpint (fixture_find (assessment, "sheet.people")->certainty, ==, DK_CERTAINTY_READ);
}

/* What is missing of the members is missing of the list, whether they judge or not. */
static void
test_missing (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {founded_on: 2010-01-01, revenue: {'0': 120}}\n");
  g_autoptr(DkAssessment) half = fixture_assess (fixture, "facts: {founded_on: 2010-01-01, staff: {from: 10, to: 20}}\n");

  assert_list (assessment, "sheet", "0/4 open");
  assert_missing (assessment, "sheet", "staff revenue resident");
  assert_missing (assessment, "sheet.money", "revenue resident staff");
  assert_list (half, "sheet.people", "1/2 open");
  assert_missing (half, "sheet.people", "staff");
  assert_missing (half, "sheet.small", "");
}

static void
test_words (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {founded_on: 2010-01-01, staff: 40}\n");
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { assessment, fixture->book, arena, "en" };
  const DkResult *root = fixture_find (assessment, "sheet");
  g_autofree char *programme = dk_wording_describe_programme (&wording, root);
  g_autofree char *group = dk_wording_describe_result (&wording, fixture_find (assessment, "sheet.people"));
  g_autofree char *formula = dk_result_explain (assessment, root, "en");
  g_autofree char *json = dk_assessment_to_json (assessment, "en");

  g_assert_true (dk_wording_is_group (root));
  g_assert_cmpstr (programme, ==, "figures known: 2 of 4");
  g_assert_cmpstr (group, ==, "figures known: 2 of 2");
  g_assert_cmpstr (formula, ==, "figures known: 2 of 4");
  g_assert_nonnull (strstr (json, "\"kind\" : \"list\""));
}

/* It has no nearness on the ladder, and is not asked for: no answer can change a verdict of it. */
static void
test_ladder (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {founded_on: 2010-01-01, staff: 40, resident: true}\n");
  g_autoptr(GPtrArray) ladder = dk_ladder_new (assessment);
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { assessment, fixture->book, arena, "en" };
  g_autofree char *step = NULL, *more = NULL;
  DkQuestion question;

  for (guint i = 0; i < ladder->len; i++)
    {
      const DkRung *rung = g_ptr_array_index (ladder, i);

      if (!g_str_equal (rung->result->item->pack->id, "sheet"))
        continue;
      g_assert_cmpint (rung->nearness, ==, DK_NEARNESS_NONE);
      g_assert_cmpuint (rung->n_conditions, ==, 0);
      step = dk_ladder_dup_next_step (&wording, rung, &more);
    }
  g_assert_cmpstr (step, ==, "A sheet");
  g_assert_false (dk_assessment_get_next_question (assessment, &question));
}

/* In a title a list stands beside the verdict. */
static void
test_aside (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {resident: true, patents: 3}\n");
  const DkResult *more = fixture_find (assessment, "town.more");

  assert_verdict (assessment, "town", DK_VERDICT_PASS);
  g_assert_true (more->is_aside);
  g_assert_cmpuint (dk_result_n_children (more), ==, 1);
  assert_list (assessment, "town.more", "1/1 final");
}

/* Nothing can be expected of a list but that it does not apply yet. */
static void
test_example (Fixture      *fixture,
              gconstpointer data)
{
  static const char text[] =
    "- {title: In force, as_of: 2026-07-15, facts: {staff: 40}, expect: {sheet: pass, sheet.staff: 40}}\n"
    "- {title: Not in force, as_of: 2017-05-02, expect: {sheet: na}}\n";
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("examples.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  DkPack *pack = dk_rulebook_find_pack (fixture->book, "sheet");
  guint n = 0;

  pack->examples = dk_document_get_root (document);
  g_assert_false (dk_examples_run (fixture->book, fixture->catalogue, pack, problems, &n));
  pack->examples = NULL;
  g_assert_cmpuint (dk_problems_length (problems), ==, 1);
  g_assert_nonnull (strstr (dk_problems_get (problems, 0)->message, "sheet is a list"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/list/known", Fixture, NULL, set_up, test_known, tear_down);
  g_test_add ("/assess/list/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/assess/list/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/assess/list/ladder", Fixture, NULL, set_up, test_ladder, tear_down);
  g_test_add ("/assess/list/aside", Fixture, NULL, set_up, test_aside, tear_down);
  g_test_add ("/assess/list/example", Fixture, NULL, set_up, test_example, tear_down);
  return g_test_run ();
}
