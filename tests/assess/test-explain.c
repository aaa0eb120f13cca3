/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "dk-wording.h"

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
assert_text (const DkAssessment *assessment,
             const char         *id,
             const char         *language,
             const char         *expected)
{
  g_autofree char *text = dk_result_explain (assessment, fixture_find (assessment, id), language);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_scores (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);

  assert_text (assessment, "demo.rd_points", "en", "R&D expense CNY 1,500,000 ÷ Revenue CNY 30,000,000 = 5.00 % → 40 points");
  assert_text (assessment, "demo.staff_points", "en", "Share of S&T staff 30.00 % → 20 points");
  assert_text (assessment, "demo.share", "en", "S&T staff 30 ÷ Staff 100 = 30.00 %");
  assert_text (assessment, "demo.ip_points", "en", "Inventions 0 → 0 points");
  assert_text (assessment, "demo.score", "en", "Staff points 20 points + R&D points 40 points + IP points 0 points = 60 points ≥ 60 points: met");
  assert_text (assessment, "demo", "en", "conditions met: 2 of 2");
  /* Without a catalogue of translations, labels and signs still are those of the language. */
  assert_text (assessment, "demo.share", "zh", "科技人员数 30 ÷ 职工总数 100 = 30.00 %");
}

static void
test_criteria (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(DkAssessment) assessment =
    fixture_assess (fixture, "facts: {staff: 501, revenue: {'0': 2200万, '-1': 2000万}, listed_abnormal: true, founded_on: 2015-01-01}\n");

  assert_text (assessment, "demo.employees", "en", "Staff 501 ≤ 500: not met, 1 too much");
  assert_text (assessment, "demo.money", "en", "Revenue CNY 22,000,000 ≤ CNY 200,000,000: met");
  assert_text (assessment, "demo.record", "en", "Listed as abnormal (yes): not met");
  assert_text (assessment, "demo.resident_ok", "en", "Resident (not answered): open");
  /* The year before is named, the last one is not. */
  assert_text (assessment, "demo.growth", "en",
               "(Revenue CNY 22,000,000 − Revenue (2024) CNY 20,000,000) ÷ Revenue (2024) CNY 20,000,000 = 10.00 % ≥ 20 %: not met, short by 10.00 percentage points");
  assert_text (assessment, "demo.small", "en", "Staff 501 ≤ 5: nothing to warn of");
  assert_text (assessment, "demo.entry", "en", "conditions met: 1 of 4; not met: Record; Employees");
}

/* What fails by a hair must not look as if it passed. */
static void
test_edges_look_different (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr(DkAssessment) assessment =
    fixture_assess (fixture, "facts: {revenue: {'0': 1199999999, '-1': 1000000000}, founded_on: 2015-01-01}\n");

  assert_text (assessment, "demo.growth", "en",
               "(Revenue CNY 1,199,999,999 − Revenue (2024) CNY 1,000,000,000) ÷ Revenue (2024) CNY 1,000,000,000 = 19.9999999 % ≥ 20 %: "
               "not met, short by 0.0000001 percentage points");
}

static void
test_undefined (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {rd: 0, revenue: {'0': 0, '-1': 0}, founded_on: 2015-01-01}\n");

  assert_text (assessment, "demo.rd_points", "en", "R&D expense CNY 0 ÷ Revenue CNY 0 = not computable → 0 points");
  assert_text (assessment, "demo.growth", "en",
               "(Revenue CNY 0 − Revenue (2024) CNY 0) ÷ Revenue (2024) CNY 0 = not computable ≥ 20 %: not met, not computable");
}

/* What founders read of a listing: thresholds that depend, growth, what there is not, whom it is not for. */
static const char listing[] =
  "pack: forms\n"
  "kind: profile\n"
  "title: {zh: 式, en: Forms}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2020-01-01, source: 'law'}]\n"
  "rules:\n"
  "  - {id: forms, title: {zh: 式, en: Forms}, source: 'law', any: [ratio]}\n"
  "  - {id: ratio, title: {zh: 比, en: Ratio}, source: 'law', value: 'rd[0] / revenue[0]', require: '>= (if staff[0] > 400 then 10% else 25%)'}\n"
  "  - {id: growth, title: {zh: 增, en: Growth}, source: 'law', value: 'if_undefined(compound_growth(revenue[-2], revenue[0], 2), unknown)', require: '>= 25%'}\n"
  "  - {id: clean, title: {zh: 净, en: Clean}, source: 'law', require: 'if_undefined(months_between(penalty_on, as_of) >= 36 months, true)'}\n"
  "  - {id: day, title: {zh: 日, en: Day}, source: 'law', value: 'if if_undefined(penalty_on < 2024-04-30, false) then penalty_on else as_of'}\n"
  "  - {id: graded, title: {zh: 级, en: Graded}, source: 'law', applies: 'grade = poor', require: 'resident'}\n"
  "  - {id: nobody, title: {zh: 无, en: Nobody}, source: 'law', applies: 'false', require: 'true'}\n"
  "  - {id: group, title: {zh: 组, en: Group}, source: 'law', applies: 'grade = poor', all: [clean, growth]}\n";

static void
test_listing (void)
{
  Fixture fixture = { NULL };
  g_autoptr(GString) catalogue = g_string_new (fixture_catalogue);

  g_string_replace (catalogue, "facts:\n",
                    "facts:\n  - {id: penalty_on, page: base, kind: date, min: 1980-01-01, may_be_none: true, label: {zh: 处罚日, en: Penalty on}}\n", 1);
  fixture_set_up_with (&fixture, catalogue->str);
  fixture_add_pack (&fixture, listing);
  fixture_compile (&fixture);
  {
    g_autoptr(DkAssessment) assessment =
      fixture_assess (&fixture, "facts: {founded_on: 2010-01-01, penalty_on: none, grade: good, staff: 400, rd: 25万, revenue: {'-2': 64万, '0': 100万}}\n");
    const DkWording wording = { assessment, fixture.book, NULL, "en" };
    g_autofree char *group = dk_wording_describe_result (&wording, fixture_find (assessment, "forms.group"));

    assert_text (assessment, "forms.ratio", "en", "R&D expense CNY 250,000 ÷ Revenue CNY 1,000,000 = 25.00 % ≥ 25 %: met");
    assert_text (assessment, "forms.growth", "en", "compound growth (Revenue (2023) CNY 640,000 → Revenue CNY 1,000,000, over 2 years) = 25.00 % ≥ 25 %: met");
    assert_text (assessment, "forms.clean", "en", "Penalty on none: met");
    assert_text (assessment, "forms.day", "en", "Penalty on none → 2026-07-15");
    assert_text (assessment, "forms.graded", "en", "Grade Good ≠ Poor: does not apply");
    assert_text (assessment, "forms.nobody", "en", "does not apply");
    g_assert_cmpstr (group, ==, "Grade Good ≠ Poor: does not apply");
  }
  {
    /* A hair below, and a base of nothing: the sum of it is not computable, and no figure decides it. */
    g_autoptr(DkAssessment) below = fixture_assess (&fixture, "facts: {founded_on: 2010-01-01, staff: 401, rd: 10万, revenue: {'-2': 64万, '0': 99.9999万}}\n");
    g_autoptr(DkAssessment) nothing = fixture_assess (&fixture, "facts: {founded_on: 2010-01-01, revenue: {'-2': 0, '0': 100万}}\n");

    assert_text (below, "forms.growth", "en",
                 "compound growth (Revenue (2023) CNY 640,000 → Revenue CNY 999,999, over 2 years) = 24.9999 % ≥ 25 %: not met");
    assert_text (below, "forms.ratio", "en", "R&D expense CNY 100,000 ÷ Revenue CNY 999,999 = 10.00001 % ≥ 10 %: met");
    assert_text (below, "forms.clean", "en", "whole months between (Penalty on (not answered); day of assessment 2026-07-15) = not known yet ≥ 36 months: open");
    assert_text (nothing, "forms.growth", "en",
                 "compound growth (Revenue (2023) CNY 0 → Revenue CNY 1,000,000, over 2 years) = not computable ≥ 25 %: open");
  }
  fixture_tear_down (&fixture);
}

static const char forms[] =
  "pack: forms\n"
  "kind: profile\n"
  "title: {zh: 式, en: Forms}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2020-01-01, to: 2026-12-31, source: 'law'}]\n"
  "rules:\n"
  "  - {id: forms, title: {zh: 式, en: Forms}, source: 'law', any: [logic, member]}\n"
  "  - {id: logic, title: {zh: 逻辑, en: Logic}, source: 'law', require: 'resident and staff[0] > 5 or grade = good'}\n"
  "  - {id: member, title: {zh: 之一, en: Member}, source: 'law', require: 'grade in (good, fair)'}\n"
  "  - {id: panel, title: {zh: 评审, en: Panel}, source: 'law', require: 'unknown'}\n"
  "  - {id: total, title: {zh: 合计, en: Three years}, source: 'law', value: 'sum(rd[-2..0])'}\n"
  "  - {id: branch, title: {zh: 分支, en: Branch}, source: 'law', value: 'if staff[0] > 10 then 5% else 3%'}\n"
  "  - {id: cases, title: {zh: 情形, en: Cases}, source: 'law', choices: grade, value: 'case(staff[0] > 100: fair, staff[0] > 50: poor, else: good)'}\n"
  "  - {id: extreme, title: {zh: 较大, en: Larger}, source: 'law', value: 'max(rd[0], revenue[0] - 1万)'}\n"
  "  - {id: rows, title: {zh: 行, en: Rows}, source: 'law', value: 'count(ip where row.kind = invention)'}\n"
  "  - {id: age, title: {zh: 年限, en: Age}, source: 'law', value: 'years_between(founded_on, date(year, 12, 31))'}\n"
  "  - {id: choice, title: {zh: 取, en: Choice}, source: 'law', applies: 'resident', require: 'grade = good'}\n";

static void
test_forms (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(DkAssessment) assessment =
    fixture_assess (fixture, "facts: {founded_on: 2015-01-01, resident: true, grade: poor, staff: 20, rd: {'0': 3万, '-1': 2万, '-2': 1万}, revenue: 9万}\n"
                             "registers: {ip: {complete: true, rows: [{kind: invention}, {kind: design}]}}\n");
  g_autoptr(DkAssessment) abroad = fixture_assess (fixture, "facts: {resident: false, grade: good, staff: 60}\n");

  assert_text (assessment, "forms.logic", "en", "Resident (yes) and Staff 20 > 5: met");
  assert_text (abroad, "forms.logic", "en", "Grade Good = Good: met");
  assert_text (assessment, "forms.member", "en", "Grade Poor none of Good, Fair: not met");
  assert_text (abroad, "forms.member", "en", "Grade Good one of Good, Fair: met");
  assert_text (assessment, "forms.panel", "en", "no figure decides it: open");
  assert_missing (assessment, "forms.panel", "");
  assert_text (assessment, "forms.total", "en", "R&D expense 2023–2025 (CNY 10,000 + CNY 20,000 + CNY 30,000) = CNY 60,000");
  assert_text (assessment, "forms.branch", "en", "Staff 20 > 10 → 5.00 %");
  assert_text (assessment, "forms.cases", "en", "none of: Staff 20 > 100; Staff 20 > 50 → Good");
  assert_text (abroad, "forms.cases", "en", "Staff 60 > 50 → Poor");
  assert_text (assessment, "forms.extreme", "en", "greatest of (R&D expense CNY 30,000; Revenue CNY 90,000 − CNY 10,000) = CNY 80,000");
  assert_text (assessment, "forms.rows", "en", "IP, rows that count: 1");
  assert_text (assessment, "forms.age", "en", "whole years between (Founded on 2015-01-01; 2025-12-31) = 10 years");
  assert_text (abroad, "forms.choice", "en", "Resident (no): does not apply");
  assert_text (assessment, "forms", "en", "conditions met: 1 of 2; met: Logic");
}

static void
test_not_in_force (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (fixture->catalogue);
  g_autoptr(DkAssessment) assessment = dk_assessment_new (fixture->book, enterprise, dk_date_from_ymd (2019, 12, 31), 2018, NULL);

  assert_text (assessment, "forms", "en", "no version is in force on this day; the nearest is in force from 2020-01-01 to 2026-12-31");
}

static void
test_expression (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const DkItem *item = dk_rulebook_compile_expression (fixture->book, "st_staff[0] / staff[0]", problems);
  g_autoptr(DkAssessment) assessment = NULL;
  const DkResult *result;
  g_autofree char *text = NULL;

  g_assert_nonnull (item);
  assessment = fixture_assess (fixture, "facts: {staff: 8, st_staff: 1}\n");
  result = dk_assessment_evaluate (assessment, item);
  text = dk_result_explain (assessment, result, "en");
  g_assert_cmpstr (text, ==, "S&T staff 1 ÷ Staff 8 = 12.50 %");
  g_assert_cmpuint (result->facts->len, ==, 2);
  g_assert_true (result->is_final);
}

/* A truth that is only computed ends in the same words as a criterion. */
static void
test_truth_expression (Fixture      *fixture,
                       gconstpointer data)
{
  static const struct { const char *facts, *expected; } cases[] = {
    { "facts: {staff: 8, st_staff: 4}\n", "S&T staff 4 ÷ Staff 8 = 50.00 % ≥ 50 %: met" },
    { "facts: {staff: 8, st_staff: 1}\n", "S&T staff 1 ÷ Staff 8 = 12.50 % ≥ 50 %: not met" },
    { "facts: {founded_on: 2015-01-01, staff: 8}\n", "S&T staff 0–8 ÷ Staff 8 = 0.00 % – 100.00 % ≥ 50 %: open" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DkProblems) problems = dk_problems_new ();
      const DkItem *item = dk_rulebook_compile_expression (fixture->book, "st_staff[0] / staff[0] >= 50%", problems);
      g_autoptr(DkAssessment) assessment = fixture_assess (fixture, cases[i].facts);
      g_autofree char *text = dk_result_explain (assessment, dk_assessment_evaluate (assessment, item), "en");

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/assess/explain/listing", test_listing);
  g_test_add ("/assess/explain/scores", Fixture, NULL, set_up, test_scores, tear_down);
  g_test_add ("/assess/explain/criteria", Fixture, NULL, set_up, test_criteria, tear_down);
  g_test_add ("/assess/explain/edges-look-different", Fixture, NULL, set_up, test_edges_look_different, tear_down);
  g_test_add ("/assess/explain/undefined", Fixture, NULL, set_up, test_undefined, tear_down);
  g_test_add ("/assess/explain/forms", Fixture, forms, set_up, test_forms, tear_down);
  g_test_add ("/assess/explain/not-in-force", Fixture, forms, set_up, test_not_in_force, tear_down);
  g_test_add ("/assess/explain/an-expression", Fixture, NULL, set_up, test_expression, tear_down);
  g_test_add ("/assess/explain/a-truth-ends-like-a-criterion", Fixture, NULL, set_up, test_truth_expression, tear_down);
  return g_test_run ();
}
