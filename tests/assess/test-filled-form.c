/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-form.h"

#include "fixture.h"

/* A title with a table in each of its versions; only the later has the row of years. */
static const char town[] =
  "pack: town\n"
  "kind: certification\n"
  "title: {zh: 称号, en: Town}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, number: 示例1号, certainty: V}}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, to: 2024-12-31, source: law}\n"
  "  - {id: b, from: 2025-01-01, source: law}\n"
  "rules:\n"
  "  - {id: town, title: {zh: 称号, en: Town}, source: law, all: [share, growth, resident_ok]}\n"
  "  - {id: share, title: {zh: 占比, en: Share}, source: 'law#3', value: 'sum(rd[-2..0]) / sum(revenue[-2..0])', require: '>= (if resident then 5% else 10%)'}\n"
  "  - {id: growth, title: {zh: 增长, en: Growth}, source: 'law#3', versions: [b], value: 'compound_growth(revenue[-2], revenue[0], 2)', require: '>= 25%'}\n"
  "  - {id: growth, title: {zh: 增长, en: Growth}, source: 'law#3', versions: [a], value: 'compound_growth(revenue[-2], revenue[0], 2)', require: '>= 20%'}\n"
  "  - {id: resident_ok, title: {zh: 居民, en: Resident}, source: 'law#4', require: 'resident'}\n"
  "  - {id: inventions, title: {zh: 专利, en: Patents}, source: 'law#5', value: 'patents'}\n"
  "  - {id: abnormal, title: {zh: 异常, en: Abnormal}, source: 'law#4', value: 'listed_abnormal'}\n"
  "  - {id: spending, title: {zh: 研发, en: Spending}, source: 'law#5', years: 2, value: 'rd[0]'}\n"
  "forms:\n"
  "  - id: table\n"
  "    title: {zh: 自评表, en: Table}\n"
  "    source: 'law#9'\n"
  "    note: {zh: 说明, en: Note}\n"
  "    columns:\n"
  "      - {shows: number, title: {zh: 序号, en: No.}}\n"
  "      - {shows: title, title: {zh: 指标, en: Indicator}}\n"
  "      - {shows: period, title: {zh: 期间, en: Period}}\n"
  "      - {shows: threshold, title: {zh: 门槛, en: Threshold}}\n"
  "      - {shows: value, title: {zh: 值, en: Value}}\n"
  "      - {shows: verdict, title: {zh: 符合, en: Met}}\n"
  "      - {shows: source, title: {zh: 依据, en: Rests on}}\n"
  "    rows:\n"
  "      - heading: {zh: 一, en: One}\n"
  "      - {rule: share}\n"
  "      - {rule: growth, title: {zh: 复合增长率, en: Compound}, period: {zh: 三年, en: Three years}}\n"
  "      - heading: {zh: 二, en: Two}\n"
  "      - {rule: abnormal}\n"
  "      - {fact: revenue, year: -1}\n"
  "      - {fact: patents}\n"
  "      - {fact: idle}\n"
  "      - {rule: town}\n"
  "  - id: years\n"
  "    versions: [b]\n"
  "    title: {zh: 两年表, en: Years}\n"
  "    source: 'law#9'\n"
  "    columns:\n"
  "      - {shows: value, year: -1, title: {zh: 前一年, en: Before}}\n"
  "      - {shows: value, title: {zh: 上年, en: Last}}\n"
  "      - {shows: formula, title: {zh: 公式, en: Formula}}\n"
  "      - {shows: evidence, title: {zh: 来源, en: From}}\n"
  "    rows:\n"
  "      - {rule: spending}\n"
  "      - {rule: share}\n";

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *catalogue = g_strconcat (fixture_catalogue,
                                            "  - id: paper\n"
                                            "    label: {zh: 来源, en: Source}\n"
                                            "    options: [{id: audit, zh: 审计报告, en: Audit report}, {id: tax, zh: 申报表, en: Tax return}]\n"
                                            "sources: paper\n", NULL);

  fixture_set_up_with (fixture, catalogue);
  fixture_add_pack (fixture, town);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

/* A row as one text: "1|Share|2023–2025|≥ 5 %|…". */
static char *
join_row (DkAssessment *assessment,
          DkRulebook   *book,
          const DkForm *form,
          guint         row,
          const char   *language)
{
  DkArena *arena = dk_arena_new ();
  const DkWording wording = { assessment, book, arena, language };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < form->columns->len; i++)
    {
      g_autofree char *cell = dk_form_dup_cell (&wording, form, row, g_ptr_array_index (form->columns, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", cell);
    }
  dk_arena_free (arena);
  return g_string_free (text, FALSE);
}

#define assert_row(form, row, expected) \
  G_STMT_START { g_autofree char *is_ = join_row (assessment, fixture->book, form, row, "en"); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

static DkAssessment *
assess (Fixture    *fixture,
        const char *text,
        gint64      as_of)
{
  g_autoptr(DkEnterprise) enterprise = fixture_read (fixture, text);

  return dk_assessment_new (fixture->book, enterprise, as_of, 2025, NULL);
}

static const char known[] = "facts: {rd: {'-2': 5万, '-1': 10万, '0': 15万}, revenue: {'-2': 100万, '-1': 200万, '0': 300万}, resident: true, "
                            "listed_abnormal: false, staff: 10}\n"
                            "registers: {ip: {complete: true, rows: [{kind: invention, granted_on: 2020-01-01}]}}\n";

static void
test_filled (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = assess (fixture, known, dk_date_from_ymd (2026, 7, 15));
  g_autoptr(GArray) forms = dk_assessment_list_forms (assessment);
  const DkForm *form, *years;

  g_assert_cmpuint (forms->len, ==, 2);
  form = g_array_index (forms, DkFilledForm, 0).form;
  years = g_array_index (forms, DkFilledForm, 1).form;
  g_assert_cmpstr (form->id, ==, "town.table");
  assert_row (form, 0, "|One|||||");
  assert_row (form, 1, "1|Share|2023–2025|≥ 5 %|5.00 %|met|示例1号 art. 3");
  assert_row (form, 2, "2|Compound|Three years|≥ 25 %|73.21 %|met|示例1号 art. 3");
  assert_row (form, 4, "3|Abnormal|||no||示例1号 art. 4");
  assert_row (form, 5, "4|Revenue|2024||CNY 2,000,000||");
  assert_row (form, 6, "5|Inventions|||1||");
  assert_row (form, 7, "6|Idle|2025||||");
  assert_row (form, 8, "7|Town|2023–2025|||met|示例1号");
  /* What has no years is blank in those of other years. */
  assert_row (years, 0, "CNY 100,000|CNY 150,000|R&D expense CNY 150,000|R&D expense");
  assert_row (years, 1, "|5.00 %|R&D expense 2023–2025 (CNY 50,000 + CNY 100,000 + CNY 150,000) ÷ Revenue 2023–2025 (CNY 1,000,000 + CNY 2,000,000 + "
                        "CNY 3,000,000) = 5.00 % ≥ 5 %: met|R&D expense; Revenue; Resident");
}

/* The version of the day says what is asked, and which forms there are. */
static void
test_versions (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = assess (fixture, known, dk_date_from_ymd (2024, 12, 31));
  g_autoptr(DkAssessment) before = assess (fixture, known, dk_date_from_ymd (2017, 5, 2));
  g_autoptr(GArray) forms = dk_assessment_list_forms (assessment), none = dk_assessment_list_forms (before);

  g_assert_cmpuint (forms->len, ==, 1);
  assert_row (g_array_index (forms, DkFilledForm, 0).form, 2, "2|Compound|Three years|≥ 20 %|73.21 %|met|示例1号 art. 3");
  g_assert_cmpuint (none->len, ==, 0);
}

/* What is not known is open or blank, and never a figure; what is known of it is said. */
static void
test_unknown (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = assess (fixture, "facts: {revenue: {'-2': 0, '-1': 1万, '0': {from: 10000, to: 20000}}}\n", dk_date_from_ymd (2026, 7, 15));
  g_autoptr(GArray) forms = dk_assessment_list_forms (assessment);
  const DkForm *form = g_array_index (forms, DkFilledForm, 0).form;

  assert_row (form, 1, "1|Share|2023–2025|≥ 5 % – 10 %|not known yet|open|示例1号 art. 3");
  assert_row (form, 2, "2|Compound|Three years|≥ 25 %|not computable|not met|示例1号 art. 3");
  assert_row (form, 4, "3|Abnormal|||not known yet||示例1号 art. 4");
  assert_row (form, 6, "5|Inventions|||not answered||");
}

/* Documents that say another figure are no evidence for the answer. */
/* Documents that say another figure are no evidence for the answer; one that says it in one year only is named for that. */
static void
test_evidence (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = assess (fixture,
                                               "facts: {rd: {'-1': 10万, '0': 15万}}\n"
                                               "sources: {audit: {rd: {'-1': 10万, '0': 15万}}, tax: {rd: {'-1': 9万, '0': 15万}}}\n",
                                               dk_date_from_ymd (2026, 7, 15));
  g_autoptr(GArray) forms = dk_assessment_list_forms (assessment);
  const DkForm *years = g_array_index (forms, DkFilledForm, 1).form;

  assert_row (years, 0, "CNY 100,000|CNY 150,000|R&D expense CNY 150,000|R&D expense: Audit report, Tax return");
  assert_row (years, 1, "|not known yet|R&D expense 2023–2025 (not answered + CNY 100,000 + CNY 150,000) ÷ Revenue 2023–2025 "
                        "(not answered + not answered + not answered) = not known yet ≥ (by whether Resident (not answered)) = "
                        "5.00 % – 10.00 %: open|R&D expense (2023); R&D expense (2024): Audit report; R&D expense (2025): Audit report, Tax return; "
                        "Revenue; Resident");
}

static void
test_json (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = assess (fixture, known, dk_date_from_ymd (2026, 7, 15));
  g_autofree char *json = dk_assessment_to_json (assessment, "zh");

  g_assert_nonnull (strstr (json, "\"forms\""));
  g_assert_nonnull (strstr (json, "\"town.table\""));
  g_assert_nonnull (strstr (json, "\"复合增长率\""));
  g_assert_nonnull (strstr (json, "\"town.growth\""));
}

#define add(name, function) g_test_add ("/assess/filled-form/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("filled", test_filled);
  add ("versions", test_versions);
  add ("unknown", test_unknown);
  add ("evidence", test_evidence);
  add ("json", test_json);
  return g_test_run ();
}
