/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-cross-check.h"

#include "fixture.h"

/* What must agree, and two measures side by side; figures are made up. */
static const char checks[] =
  "pack: agree\n"
  "kind: check\n"
  "title: {zh: 核对, en: Agree}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: K}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules:\n"
  "  - {id: agree, title: {zh: 核对, en: Agree}, list: [must, measures]}\n"
  "  - id: must\n"
  "    title: {zh: 须一致, en: Must agree}\n"
  "    list:\n"
  "      - {id: spent, title: {zh: 研发, en: R&D within revenue}, years: 2, require: 'rd[0] <= revenue[0]', advice: {zh: 看, en: Look}}\n"
  "      - {id: rows, title: {zh: 授权, en: Granted by now}, require: 'all(ip: row.granted_on <= as_of)'}\n"
  "      - {id: count, title: {zh: 件数, en: Two rights}, value: 'count(ip) - 2', require: '= 0', source: law}\n"
  "  - id: measures\n"
  "    title: {zh: 口径, en: Measures}\n"
  "    list:\n"
  "      - {id: rd, title: {zh: 研发, en: R&D}, years: 2, value: 'rd[0]'}\n"
  "      - {id: assets, title: {zh: 资产, en: Assets}, years: 2, value: 'assets[0]'}\n"
  "      - {id: less, title: {zh: 差, en: Less}, value: 'assets[0] - rd[0]'}\n"
  "  - {id: free, title: {zh: 豁免, en: Exempt}, value: 'if exempt and old or young then assets[-1] else assets[0]'}\n";

/* One that is taken for granted, one that follows from another answer, and one that another answer lets one presume. */
static const char with_assumption[] =
  "  - {id: exempt, page: base, kind: truth, derive: 'false', label: {zh: 豁免, en: Exempt}}\n"
  "  - {id: young, page: base, kind: truth, derive: 'founded_on >= 2020-01-01', presumed: true, label: {zh: 新, en: Young}}\n"
  "  - {id: old, page: base, kind: truth, derive: 'founded_on < 2020-01-01', label: {zh: 老, en: Old}}\n"
  "registers:\n";

static const char with_sources[] =
  "founded: founded_on\n"
  "sources: paper\n";

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GString) text = g_string_new (fixture_catalogue);

  g_string_replace (text, "founded: founded_on\n", with_sources, 1);
  g_string_replace (text, "registers:\n", with_assumption, 1);
  g_string_append (text, "  - {id: paper, label: {zh: 来源, en: Paper}, options: [{id: audit, zh: 审计报告, en: Audit report}, {id: tax, zh: 纳税申报, en: Tax return}]}\n");
  fixture->document = dk_document_parse ("facts.yaml", text->str, text->len, DK_FORMAT_YAML, problems);
  fixture->catalogue = dk_catalogue_load_document (dk_document_get_root (fixture->document), NULL, problems);
  g_assert_nonnull (fixture->catalogue);
  fixture->book = dk_rulebook_new (dk_catalogue_get_scope (fixture->catalogue));
  fixture_add_pack (fixture, fixture_demo);
  fixture_add_pack (fixture, checks);
  fixture_compile (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  fixture_tear_down (fixture);
}

/* "kind title: side value / side value = amount @rows >target; " of each. */
static char *
describe (Fixture    *fixture,
          const char *facts)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, facts);
  g_autoptr(GArray) found = dk_assessment_list_disagreements (assessment);
  DkWording wording = { assessment, fixture->book, NULL, "en" };
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (dk_assessment_count_disagreements (assessment), ==, found->len);
  for (guint i = 0; i < found->len; i++)
    {
      const DkDisagreement *one = &g_array_index (found, DkDisagreement, i);
      g_autofree char *title = dk_disagreement_dup_title (&wording, one), *amount = dk_disagreement_dup_amount (&wording, one);
      g_autofree char *rows = dk_disagreement_dup_rows (&wording, one), *target = dk_disagreement_dup_target (one);

      g_string_append_printf (text, "%s%s %s:", i > 0 ? "; " : "", dk_disagreement_get_kind (one), title);
      for (guint k = 0; k < 2 && one->has_sides; k++)
        {
          g_autofree char *side = one->result == NULL ? dk_disagreement_dup_side (&wording, one, k) : NULL;
          g_autofree char *value = dk_disagreement_dup_value (&wording, one, k);

          g_string_append_printf (text, "%s%s%s %s", k > 0 ? " /" : "", side != NULL ? " " : "", side != NULL ? side : "", value);
        }
      g_string_append_printf (text, " = %s", amount != NULL ? amount : "-");
      if (rows != NULL)
        g_string_append_printf (text, " @%s", rows);
      g_string_append_printf (text, " >%s", target);
    }
  return g_string_free (text, FALSE);
}

#define assert_found(facts, expected) \
  G_STMT_START { g_autofree char *is_ = describe (fixture, facts); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

/* The answer is held to every source; without one, the sources to the first of them. What may still agree is no disagreement. */
static void
test_sources (Fixture       *fixture,
              gconstpointer  data)
{
  assert_found ("facts: {staff: 50}\nsources: {audit: {staff: 50}, tax: {staff: 49}}",
                "source Staff (2025): Tax return 49 / Answer 50 = −1 (−2.00 %) >staff@2025");
  assert_found ("facts: {staff: 50}\nsources: {audit: {staff: 51}, tax: {staff: {'-1': 49}}}",
                "source Staff (2025): Audit report 51 / Answer 50 = +1 (2.00 %) >staff@2025");
  assert_found ("facts: {staff: 50}\nsources: {audit: {staff: 50}, tax: {staff: 50}}", "");
  assert_found ("sources: {audit: {staff: 50}, tax: {staff: 60}}",
                "source Staff (2025): Tax return 60 / Audit report 50 = +10 (20.00 %) >staff@2025");
  assert_found ("sources: {audit: {staff: 50}}", "");
  assert_found ("facts: {staff: {0: 45..55}}\nsources: {audit: {staff: 55}}", "");
  assert_found ("facts: {staff: {0: 45..55}}\nsources: {audit: {staff: 56}}",
                "source Staff (2025): Audit report 56 / Answer 45–55 = +1–11 >staff@2025");
  /* Of other kinds there is a difference, but mostly no amount. */
  assert_found ("facts: {resident: true, grade: good, founded_on: 2020-03-01}\nsources: {audit: {resident: false, grade: good, founded_on: 2020-02-28}}",
                "source Founded on: Audit report 2020-02-28 / Answer 2020-03-01 = −2 days >founded_on; "
                "source Resident: Audit report no / Answer yes = - >resident");
}

/* A register against the answer that it would give; an incomplete one contradicts only what is less than its rows. */
static void
test_derived (Fixture       *fixture,
              gconstpointer  data)
{
#define ROWS "[{kind: invention, granted_on: 2020-01-01}, {kind: invention, granted_on: 2020-01-01}]"
  assert_found ("facts: {patents: 3}\nregisters: {ip: {complete: true, rows: " ROWS "}}",
                "derived Inventions: Answer 3 / IP 2 = +1 (50.00 %) @IP >patents");
  assert_found ("facts: {patents: 2}\nregisters: {ip: {complete: true, rows: " ROWS "}}", "");
  assert_found ("facts: {patents: 3}\nregisters: {ip: {complete: false, rows: " ROWS "}}", "");
  assert_found ("facts: {patents: 1}\nregisters: {ip: {complete: false, rows: " ROWS "}}",
                "derived Inventions: Answer 1 / IP at least 2 = - @IP >patents");
  /* What is only taken for granted contradicts no answer; what another answer says does. */
  assert_found ("facts: {exempt: true}", "");
  assert_found ("facts: {exempt: false}", "");
  assert_found ("facts: {old: true, founded_on: 2020-01-01}", "derived Old: Answer yes / Computed no = - >old");
  assert_found ("facts: {old: true, founded_on: 2019-12-31}", "");
  /* What is presumed bows to an answer, and is held to no source. */
  assert_found ("facts: {young: false, founded_on: 2020-01-01}", "");
  assert_found ("facts: {founded_on: 2020-01-01}\nsources: {audit: {young: false}}", "");
  assert_found ("facts: {young: true, founded_on: 2020-01-01}\nsources: {audit: {young: false}}", "source Young: Audit report no / Answer yes = - >young");
  /* What is derived and not answered is what a source is held to. */
  assert_found ("sources: {tax: {patents: 4}}\nregisters: {ip: {complete: true, rows: " ROWS "}}",
                "source Inventions: Tax return 4 / Computed 2 = +2 (100.00 %) >patents");
}

static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  assert_found ("facts: {st_staff: 10, staff: 10}", "");
  assert_found ("facts: {st_staff: {0: 11, '-3': 5}, staff: {0: 10, '-3': 4}}",
                "part S&T staff (2022): S&T staff 5 / Staff 4 = +1 (25.00 %) >st_staff@2022; "
                "part S&T staff (2025): S&T staff 11 / Staff 10 = +1 (10.00 %) >st_staff@2025");
  assert_found ("facts: {st_staff: 11, staff: {0: 8..11}}", "");
}

static void
test_rules (Fixture       *fixture,
            gconstpointer  data)
{
  assert_found ("facts: {rd: {0: 5万, '-1': 3万}, revenue: {0: 5万, '-1': 2万}}",
                "rule R&D within revenue (2024): CNY 30,000 / CNY 20,000 = +CNY 10,000 (50.00 %) >rd@2024");
  /* The rows that are at fault are named; a count that falls short is nobody's fault. */
  assert_found ("registers: {ip: {complete: true, rows: [{kind: design, granted_on: 2026-07-15}, {kind: design, granted_on: 2026-07-16}, {kind: design, granted_on: 2027-01-01}]}}",
                "rule Granted by now: = - @IP, row 2, 3 >ip; rule Two rights: 1 / 0 = +1 @IP >ip");
  assert_found ("registers: {ip: {complete: false, rows: [{kind: design}, {kind: design, granted_on: 2026-07-16}]}}",
                "rule Granted by now: = - @IP, row 2 >ip");
}

/* Check packs are no programmes: nothing asks for their sake, and no list of programmes has them. */
static void
test_no_programme (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {staff: 10}");
  const char *only[] = { "agree", NULL };
  g_autoptr(DkEnterprise) enterprise = fixture_read (fixture, "facts: {rd: 5万, revenue: 5万}");
  g_autoptr(DkAssessment) alone = dk_assessment_new (fixture->book, enterprise, dk_date_from_ymd (2026, 7, 15), 2025, only);
  DkQuestion question;
  DkCheckTally tally;

  g_assert_cmpuint (dk_assessment_get_results (assessment)->len, ==, 1);
  g_assert_cmpuint (dk_assessment_get_checks (assessment)->len, ==, 1);
  g_assert_nonnull (dk_assessment_find (assessment, "agree.spent[-1]"));
  dk_assessment_count_checks (assessment, &tally);
  g_assert_cmpuint (tally.n_met + tally.n_violated + tally.n_na, ==, 0);
  g_assert_cmpuint (tally.n_open, ==, 4);

  g_assert_cmpuint (dk_assessment_get_results (alone)->len, ==, 0);
  g_assert_cmpuint (dk_assessment_get_checks (alone)->len, ==, 1);
  g_assert_false (dk_assessment_get_next_question (alone, &question));
  dk_assessment_count_checks (alone, &tally);
  g_assert_cmpuint (tally.n_met, ==, 1);
  g_assert_cmpuint (tally.n_open, ==, 3);
}

static void
test_measures (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {rd: {'-1': 5万}}"), nothing = fixture_assess (fixture, "facts: {}");
  g_autoptr(GPtrArray) lists = dk_assessment_list_measures (assessment), none = dk_assessment_list_measures (nothing);
  const DkResult *list;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (lists->len, ==, 1);
  list = g_ptr_array_index (lists, 0);
  g_assert_cmpstr (list->item->id, ==, "agree.measures");
  g_assert_cmpuint (list->children->len, ==, 5);
  g_assert_cmpuint (dk_measures_count_years (list), ==, 2);
  g_assert_true (dk_measures_is_line (list, 0));
  g_assert_false (dk_measures_is_line (list, 1)); /* the year before, in the line of the first */
  g_assert_false (dk_measures_is_line (list, 2)); /* nothing known */
  g_assert_false (dk_measures_is_line (list, 4));
  g_assert_cmpstr (dk_measures_find (list, 0, -1)->item->id, ==, "agree.rd[-1]");
  g_assert_null (dk_measures_find (list, 4, -1));
}

/* "subject explained|open" of each. */
static char *
describe_notes (Fixture    *fixture,
                const char *facts)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, facts);
  g_autoptr(GArray) found = dk_assessment_list_disagreements (assessment);
  GString *text = g_string_new (NULL);
  guint n_open = 0;

  for (guint i = 0; i < found->len; i++)
    {
      const DkDisagreement *one = &g_array_index (found, DkDisagreement, i);
      g_autofree char *subject = dk_disagreement_dup_subject (assessment, one);

      n_open += !one->is_explained;
      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "", subject, one->is_explained ? one->note->finding : one->note != NULL ? "open again" : "open");
    }
  g_assert_cmpuint (dk_assessment_count_disagreements (assessment), ==, n_open);
  return g_string_free (text, FALSE);
}

#define assert_notes(facts, expected) \
  G_STMT_START { g_autofree char *is_ = describe_notes (fixture, facts); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

/* What is explained comes last and does not count, and comes back when the figures are others. */
static void
test_explained (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DkAssessment) assessment = NULL;
  g_autoptr(GArray) found = NULL;
  g_autoptr(DkNote) note = NULL, blank = NULL;
  g_autofree char *facts = NULL, *again = NULL, *later = NULL;

  assert_notes ("facts: {staff: 50}\nsources: {tax: {staff: 49}}", "source:staff@2025:tax open");
  assert_notes ("facts: {staff: 50}\nsources: {tax: {staff: 49}}\nnotes: {'source:staff@2025:tax': {finding: 'seconded', explains: '49 | 50'}}",
                "source:staff@2025:tax seconded");
  /* Another figure of either side; no reason; of another source. */
  assert_notes ("facts: {staff: 50}\nsources: {tax: {staff: 48}}\nnotes: {'source:staff@2025:tax': {finding: 'seconded', explains: '49 | 50'}}",
                "source:staff@2025:tax open again");
  assert_notes ("facts: {staff: 51}\nsources: {tax: {staff: 49}}\nnotes: {'source:staff@2025:tax': {finding: 'seconded', explains: '49 | 50'}}",
                "source:staff@2025:tax open again");
  assert_notes ("facts: {staff: 50}\nsources: {tax: {staff: 49}}\nnotes: {'source:staff@2025:tax': {evidence: 'p. 3', explains: '49 | 50'}}",
                "source:staff@2025:tax open again");
  assert_notes ("facts: {staff: 50}\nsources: {audit: {staff: 49}}\nnotes: {'source:staff@2025:tax': {finding: 'seconded', explains: '49 | 50'}}",
                "source:staff@2025:audit open");
  assert_notes ("facts: {staff: 50}\nsources: {audit: {staff: 49}, tax: {staff: 48}}\nnotes: {'source:staff@2025:audit': {finding: 'a', explains: '49 | 50'}}",
                "source:staff@2025:tax open; source:staff@2025:audit a");

  /* A rule is explained for all that it reads, also where its outcome stays the same: of its year, and by its rows. */
  assessment = fixture_assess (fixture, "facts: {rd: {'-1': 30, '0': 20}, revenue: {'-1': 20, '0': 30}}");
  found = dk_assessment_list_disagreements (assessment);
  g_assert_cmpuint (found->len, ==, 1);
  note = dk_disagreement_explain (assessment, &g_array_index (found, DkDisagreement, 0), " agency ", "p. 3");
  blank = dk_disagreement_explain (assessment, &g_array_index (found, DkDisagreement, 0), " ", "p. 3");
  g_assert_cmpstr (blank->explains, ==, "");
  g_assert_cmpstr (note->subject, ==, "rule:agree.spent@2024");
  g_assert_cmpstr (note->finding, ==, "agency");
  facts = g_strdup_printf ("facts: {rd: {'-1': 30, '0': 20}, revenue: {'-1': 20, '0': 30}, staff: 3}\nnotes: {'%s': {finding: 'agency', explains: '%s'}}",
                           note->subject, note->explains);
  again = g_strdup_printf ("facts: {rd: {'-1': 31, '0': 20}, revenue: {'-1': 21, '0': 30}}\nnotes: {'%s': {finding: 'agency', explains: '%s'}}",
                           note->subject, note->explains);
  later = g_strdup_printf ("facts: {rd: {'-1': 30, '0': 20}, revenue: {'-1': 20, '0': 19}}\nnotes: {'%s': {finding: 'agency', explains: '%s'}}",
                           note->subject, note->explains);
  assert_notes (facts, "rule:agree.spent@2024 agency");
  assert_notes (again, "rule:agree.spent@2024 open again");
  assert_notes (later, "rule:agree.spent@2025 open; rule:agree.spent@2024 agency");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, set_up, function_, tear_down)
  ADD ("/assess/cross-check/sources", test_sources);
  ADD ("/assess/cross-check/derived", test_derived);
  ADD ("/assess/cross-check/parts", test_parts);
  ADD ("/assess/cross-check/rules", test_rules);
  ADD ("/assess/cross-check/no-programme", test_no_programme);
  ADD ("/assess/cross-check/measures", test_measures);
  ADD ("/assess/cross-check/explained", test_explained);
  return g_test_run ();
}
