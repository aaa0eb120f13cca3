/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
  fixture_add_pack (fixture, data != NULL ? data : fixture_demo);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

static void
assert_number (const DkValue *value,
               gint64         num,
               gint64         den)
{
  g_assert_cmpuint (value->state, ==, DK_POINT);
  g_assert_true (dk_number_equal (value->low, (DkNumber) { num, den }));
}

static void
test_passes (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);
  const DkResult *score = fixture_find (assessment, "demo.score");

  assert_verdict (assessment, "demo", DK_VERDICT_PASS);
  g_assert_true (fixture_find (assessment, "demo")->is_programme);
  g_assert_cmpstr (fixture_find (assessment, "demo")->in_force->id, ==, "a");
  assert_number (&score->value, 60, 1);
  g_assert_true (score->has_margin);
  assert_number (&score->margin, 0, 1);
  g_assert_cmpint (score->unit, ==, DK_UNIT_POINTS);
  assert_verdict (assessment, "demo.share", DK_VERDICT_NONE);
  assert_number (&fixture_find (assessment, "demo.share")->value, 3, 10);
  assert_missing (assessment, "demo", "");
}

static void
test_one_point_short (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);
  g_autoptr(DkEnterprise) enterprise = fixture_read (fixture, FIXTURE_PASSES);
  g_autoptr(DkAssessment) changed = NULL;
  const DkSymbol *rd = dk_scope_find_fact (dk_rulebook_get_scope (fixture->book), "rd");
  DkValue value = DK_VALUE_POINT (DK_NUMBER (1490000));

  assert_verdict (assessment, "demo", DK_VERDICT_PASS);
  g_assert_true (dk_enterprise_set (enterprise, rd, (DkPeriodKey) { 2025, 0, 0 }, &value, NULL));
  changed = fixture_assess_enterprise (fixture, enterprise);
  assert_verdict (changed, "demo", DK_VERDICT_FAIL);
  assert_verdict (changed, "demo.entry", DK_VERDICT_PASS);
  assert_number (&fixture_find (changed, "demo.score")->margin, -20, 1);
}

/* Every id once; what is named twice is listed where it does not stand. */
static void
count_ids (const DkResult *result,
           GHashTable     *seen)
{
  g_assert_true (g_hash_table_add (seen, result->item->id));
  for (guint i = 0; i < dk_result_n_children (result); i++)
    count_ids (dk_result_get_child (result, i), seen);
}

static const char twice[] =
  "pack: twice\n"
  "kind: certification\n"
  "title: {zh: 两次, en: Twice}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-01-01, source: 'law'}]\n"
  "rules:\n"
  "  - {id: twice, title: {zh: 两次, en: Twice}, source: 'law', all: [left, right]}\n"
  "  - {id: right, title: {zh: 右, en: Right}, source: 'law', any: [common, other]}\n"
  "  - {id: left, title: {zh: 左, en: Left}, source: 'law', at_least: 2, of: [common, other, third]}\n"
  "  - {id: common, title: {zh: 同, en: Common}, source: 'law', require: 'ratio > 10%'}\n"
  "  - {id: other, title: {zh: 他, en: Other}, source: 'law', require: 'resident'}\n"
  "  - {id: third, title: {zh: 三, en: Third}, source: 'law', require: 'grade in (good, fair)'}\n"
  "  - {id: ratio, title: {zh: 比, en: Ratio}, source: 'law', value: 'rd[0] / revenue[0]'}\n"
  "  - {id: extra, title: {zh: 附, en: Extra}, source: 'law', require: 'ratio > 20%'}\n";

static void
test_tree (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {resident: true, grade: poor}\n");
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const DkResult *root = fixture_find (assessment, "twice");
  const DkResult *left = fixture_find (assessment, "twice.left");
  const DkResult *right = fixture_find (assessment, "twice.right");
  const DkResult *extra = fixture_find (assessment, "twice.extra");

  count_ids (root, seen);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 8);
  g_assert_cmpuint (dk_result_n_children (left), ==, 3);
  g_assert_cmpuint (dk_result_n_children (right), ==, 0);
  g_assert_cmpuint (dk_result_get_uses (right)->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (dk_result_get_uses (right), 0), ==, "twice.common");
  /* The named value stands below the rule that names it first. */
  g_assert_cmpuint (dk_result_n_children (fixture_find (assessment, "twice.common")), ==, 1);
  g_assert_true (extra->is_aside);
  g_assert_cmpstr (g_ptr_array_index (dk_result_get_uses (extra), 0), ==, "twice.ratio");
  g_assert_false (left->is_aside);

  /* k of n: 1 passes, 1 is open. */
  g_assert_cmpint (left->verdict, ==, DK_VERDICT_OPEN);
  g_assert_true (dk_number_equal (left->value.low, DK_ONE));
  g_assert_true (dk_number_equal (dk_value_high (&left->value), DK_NUMBER (2)));
  assert_number (&left->threshold, 2, 1);
}

/* A tree is the same whatever in it was asked for first. */
static void
test_order_of_asking (Fixture      *fixture,
                      gconstpointer data)
{
  static const char *const first[] = { "twice", "twice.extra", "twice.common", "twice.ratio", "twice.nothing", "nothing.at.all" };
  const char *answers = "facts: {resident: true, grade: poor}\n";
  g_autoptr(DkAssessment) whole = fixture_assess (fixture, answers);
  g_autofree char *expected = dk_assessment_to_json (whole, "en");

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_autoptr(DkAssessment) assessment = fixture_assess (fixture, answers);
      const DkResult *result = dk_assessment_find (assessment, first[i]);
      g_autofree char *json = NULL;

      if (i < 4)
        g_assert_cmpstr (result->item->id, ==, first[i]);
      else
        g_assert_null (result);
      json = dk_assessment_to_json (assessment, "en");
      g_assert_cmpstr (json, ==, expected);
    }
}

static void
test_missing_only_what_decides (Fixture      *fixture,
                                gconstpointer data)
{
  g_autoptr(DkAssessment) nothing = fixture_assess (fixture, "facts: {}\n");
  g_autoptr(DkAssessment) refused = fixture_assess (fixture, "facts: {listed_abnormal: true}\n");
  g_autoptr(DkAssessment) ratio = fixture_assess (fixture, "facts: {st_staff: 10, staff: 500, patents: 1, rd: 100万}\n");
  g_autofree char *facts = NULL;

  assert_verdict (nothing, "demo", DK_VERDICT_OPEN);
  assert_missing (nothing, "demo", "resident listed_abnormal staff revenue st_staff rd patents");
  assert_missing (nothing, "demo.growth", "revenue revenue");
  g_assert_cmpuint (fixture_find (nothing, "demo")->registers->len, ==, 1); /* from which the patents may come */

  /* Nothing that is still missing can help. */
  assert_verdict (refused, "demo", DK_VERDICT_FAIL);
  assert_missing (refused, "demo", "");
  g_assert_true (fixture_find (refused, "demo")->is_final);
  facts = fixture_list_refs (fixture_find (refused, "demo")->facts);
  g_assert_cmpstr (facts, ==, "listed_abnormal");
  assert_missing (refused, "demo.entry", "");
  assert_missing (refused, "demo.resident_ok", "resident");

  /* Points that are known ask for nothing, though the total is open. */
  assert_missing (ratio, "demo.staff_points", "");
  assert_missing (ratio, "demo.score", "revenue");
  assert_missing (ratio, "demo.employees", "");
}

static void
test_undefined (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr(DkAssessment) assessment =
    fixture_assess (fixture, "facts: {staff: 10, st_staff: 3, rd: 0, revenue: {'0': 0, '-1': 0}, patents: 1}\n");
  const DkResult *growth = fixture_find (assessment, "demo.growth");
  const DkResult *points = fixture_find (assessment, "demo.rd_points");

  g_assert_cmpint (growth->verdict, ==, DK_VERDICT_FAIL);
  g_assert_true (growth->is_undefined);
  g_assert_false (growth->has_margin);
  g_assert_true (points->is_undefined);
  assert_number (&points->value, 0, 1);
}

static void
test_before_founding (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {founded_on: 2025-02-01, revenue: 100万}\n");

  assert_verdict (assessment, "demo.growth", DK_VERDICT_FAIL);
  g_assert_true (fixture_find (assessment, "demo.growth")->is_undefined);
}

static void
test_certainty_of_the_row (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr(DkAssessment) high = fixture_assess (fixture, FIXTURE_PASSES);
  g_autoptr(DkAssessment) low = fixture_assess (fixture, "facts: {staff: 100, st_staff: 25}\n");

  g_assert_cmpint (fixture_find (high, "demo.staff_points")->certainty, ==, DK_CERTAINTY_READ);
  g_assert_cmpint (fixture_find (high, "demo")->certainty, ==, DK_CERTAINTY_READ);
  g_assert_cmpint (fixture_find (low, "demo.staff_points")->certainty, ==, DK_CERTAINTY_UNCERTAIN);
  g_assert_cmpint (fixture_find (low, "demo.score")->certainty, ==, DK_CERTAINTY_UNCERTAIN);
}

static const char dated[] =
  "pack: dated\n"
  "kind: listing\n"
  "title: {zh: 分期, en: Dated}\n"
  "select: 'passed_on'\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions:\n"
  "  - {id: old, from: 2010-01-01, to: 2019-12-31, source: 'law', rules: [{id: limit, title: {zh: 限, en: Limit}, source: 'law', require: 'staff[0] <= 100'}]}\n"
  "  - {id: new, from: 2020-01-01, source: 'law', rules: [{id: limit, title: {zh: 限, en: Limit}, source: 'law', require: 'staff[0] <= 200'}]}\n"
  "rules:\n"
  "  - {id: dated, title: {zh: 分期, en: Dated}, source: 'law', all: [limit]}\n";

static void
test_versions (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(DkAssessment) old = fixture_assess (fixture, "facts: {passed_on: 2019-12-31, staff: 150}\n");
  g_autoptr(DkAssessment) new = fixture_assess (fixture, "facts: {passed_on: 2020-01-01, staff: 150}\n");
  g_autoptr(DkAssessment) before = fixture_assess (fixture, "facts: {passed_on: 2009-12-31, staff: 150}\n");
  g_autoptr(DkAssessment) any = fixture_assess (fixture, "facts: {passed_on: {from: 2015-01-01, to: 2025-01-01}, staff: 150}\n");
  g_autoptr(DkAssessment) sure = fixture_assess (fixture, "facts: {passed_on: {from: 2015-01-01, to: 2025-01-01}, staff: 50}\n");
  const DkResult *root = fixture_find (before, "dated");

  assert_verdict (old, "dated", DK_VERDICT_FAIL);
  g_assert_cmpstr (fixture_find (old, "dated")->in_force->id, ==, "old");
  assert_verdict (new, "dated", DK_VERDICT_PASS);

  g_assert_cmpint (root->verdict, ==, DK_VERDICT_NA);
  g_assert_null (root->in_force);
  g_assert_cmpstr (root->item->version->id, ==, "old");
  g_assert_cmpuint (dk_result_n_children (root), ==, 0);

  /* The day is not known: what both versions say. */
  assert_verdict (any, "dated", DK_VERDICT_OPEN);
  assert_missing (any, "dated", "passed_on");
  g_assert_cmpuint (fixture_find (any, "dated")->n_versions, ==, 2);
  assert_verdict (sure, "dated", DK_VERDICT_PASS);
}

static const char discretion[] =
  "pack: panel\n"
  "kind: certification\n"
  "title: {zh: 专家, en: Panel}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-01-01, source: 'law'}]\n"
  "rules:\n"
  "  - {id: panel, title: {zh: 专家, en: Panel}, source: 'law', total: [judged, given], require: '> 70'}\n"
  "  - {id: judged, title: {zh: 自评, en: Judged}, source: 'law', points: 'quality * 5'}\n"
  "  - {id: given, title: {zh: 裁量, en: Given}, source: 'law', points: {of: 'staff[0]', bands: [{at_least: 10, points: '25..30'}, {else: 0}]}}\n"
  "  - {id: other, title: {zh: 不适用, en: Not here}, source: 'law', applies: 'resident', require: 'staff[0] > 5'}\n";

static void
test_panel (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {quality: 9, staff: 10, resident: false}\n");
  const DkResult *root = fixture_find (assessment, "panel");

  g_assert_cmpint (root->verdict, ==, DK_VERDICT_OPEN);
  g_assert_cmpuint (root->missing->len, ==, 0);
  g_assert_cmpuint (root->registers->len, ==, 0);
  g_assert_true (root->is_self_rated);
  g_assert_false (fixture_find (assessment, "panel.given")->is_self_rated);
  assert_verdict (assessment, "panel.other", DK_VERDICT_NA);
  assert_missing (assessment, "panel.other", "");
}

static const char twofold[] =
  "pack: tax\n"
  "kind: incentive\n"
  "title: {zh: 税, en: Tax}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-01-01, source: 'law'}]\n"
  "rules:\n"
  "  - {id: tax, title: {zh: 税, en: Tax}, source: 'law', require: 'saved >= 59万 and rd[0] <= 1亿'}\n"
  "  - {id: saved, title: {zh: 省, en: Saved}, source: 'law', value: 'revenue[0] * 25% - revenue[0] * 10%'}\n"
  "  - {id: enough, title: {zh: 够, en: Enough}, source: 'law', require: 'saved + rd[0] >= 59万'}\n";

/* A fact that occurs twice makes no verdict less sure than it is. */
static void
test_bounds_are_tight (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {revenue: {from: 400万, to: 1000万}, rd: 1万}\n");
  const DkResult *saved = fixture_find (assessment, "tax.saved");
  g_autoptr(GArray) safety = dk_assessment_get_safety (assessment, fixture_find (assessment, "tax"));

  /* Between 60 and 150, to a yuan; interval by interval it is 0 to 210. */
  g_assert_cmpint (dk_number_compare (saved->value.low, DK_NUMBER (599999)), >, 0);
  g_assert_cmpint (dk_number_compare (saved->value.low, DK_NUMBER (600000)), <=, 0);
  g_assert_cmpint (dk_number_compare (dk_value_high (&saved->value), DK_NUMBER (1500000)), >=, 0);
  g_assert_cmpint (dk_number_compare (dk_value_high (&saved->value), DK_NUMBER (1500001)), <, 0);
  assert_verdict (assessment, "tax", DK_VERDICT_PASS);
  assert_verdict (assessment, "tax.enough", DK_VERDICT_PASS);
  assert_missing (assessment, "tax", "");
  /* What is tried is seen as sharply. */
  g_assert_cmpuint (safety->len, ==, 1);
  g_assert_true (dk_number_equal (g_array_index (safety, DkLever, 0).to, DK_NUMBER (100000000)));
}

static void
test_chosen_packs (Fixture      *fixture,
                   gconstpointer data)
{
  static const char *const none[] = { NULL };
  g_autoptr(DkEnterprise) enterprise = fixture_read (fixture, FIXTURE_PASSES);
  g_autoptr(DkAssessment) assessment = dk_assessment_new (fixture->book, enterprise, dk_date_from_ymd (2026, 7, 15), 2025, none);

  g_assert_cmpuint (dk_assessment_get_results (assessment)->len, ==, 0);
  g_assert_null (dk_assessment_find (assessment, "demo"));
}

/* What is answered needs nothing of what it would follow from; what is derived does, and two names of one answer are one. */
static void
test_unanswered (Fixture      *fixture,
                 gconstpointer data)
{
  static const struct { const char *enterprise, *id; guint n; } cases[] = {
    { "facts: {patents: 1}\n", "demo.ip_points", 0 },
    { "facts: {patents: 1}\nregisters: {ip: {complete: false, rows: [{kind: invention}]}}\n", "demo.ip_points", 0 },
    { "facts: {patents: {from: 1, to: 2}}\n", "demo.ip_points", 0 },
    { "registers: {ip: {complete: false, rows: [{kind: invention}]}}\n", "demo.ip_points", 2 }, /* the figure, and the rest of the list */
    { "registers: {ip: {complete: true, rows: [{kind: invention}]}}\n", "demo.ip_points", 0 },
    { "facts: {patents: 1, rd: 200万, revenue: 3000万, st_staff: 30}\n", "demo.score", 1 },     /* staff, whatever the list says */
    { "facts: {rd: 200万, revenue: 3000万, st_staff: 30}\n", "demo.score", 3 },
    { "facts: {resident: false}\n", "demo.entry", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DkAssessment) assessment = fixture_assess (fixture, cases[i].enterprise);

      g_assert_cmpuint (dk_assessment_count_unanswered (assessment, fixture_find (assessment, cases[i].id)), ==, cases[i].n);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/assess/assessment/passes", Fixture, NULL, set_up, test_passes, tear_down);
  g_test_add ("/assess/assessment/below-an-edge", Fixture, NULL, set_up, test_one_point_short, tear_down);
  g_test_add ("/assess/assessment/every-id-once", Fixture, twice, set_up, test_tree, tear_down);
  g_test_add ("/assess/assessment/order-of-asking", Fixture, twice, set_up, test_order_of_asking, tear_down);
  g_test_add ("/assess/assessment/missing-is-what-decides", Fixture, NULL, set_up, test_missing_only_what_decides, tear_down);
  g_test_add ("/assess/assessment/undefined-fails", Fixture, NULL, set_up, test_undefined, tear_down);
  g_test_add ("/assess/assessment/no-year-before-founding", Fixture, NULL, set_up, test_before_founding, tear_down);
  g_test_add ("/assess/assessment/certainty-of-the-row", Fixture, NULL, set_up, test_certainty_of_the_row, tear_down);
  g_test_add ("/assess/assessment/versions", Fixture, dated, set_up, test_versions, tear_down);
  g_test_add ("/assess/assessment/a-panel-decides", Fixture, discretion, set_up, test_panel, tear_down);
  g_test_add ("/assess/assessment/bounds-are-tight", Fixture, twofold, set_up, test_bounds_are_tight, tear_down);
  g_test_add ("/assess/assessment/unanswered", Fixture, NULL, set_up, test_unanswered, tear_down);
  g_test_add ("/assess/assessment/chosen-packs", Fixture, NULL, set_up, test_chosen_packs, tear_down);
  return g_test_run ();
}
