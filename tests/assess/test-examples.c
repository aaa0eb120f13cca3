/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#define PACK \
  "pack: ex\n" \
  "kind: certification\n" \
  "title: {zh: 例, en: Ex}\n" \
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n" \
  "versions: [{id: a, from: 2017-01-01, source: 'law'}]\n" \
  "rules:\n" \
  "  - {id: ex, title: {zh: 例, en: Ex}, source: 'law', all: [few, share_ok]}\n" \
  "  - {id: few, title: {zh: 少, en: Few}, source: 'law', require: 'staff[0] <= 500'}\n" \
  "  - {id: share, title: {zh: 比, en: Share}, source: 'law', value: 'rd[0] / revenue[0]'}\n" \
  "  - {id: share_ok, title: {zh: 比够, en: Share met}, source: 'law', value: 'share', require: '>= 5%'}\n" \
  "  - {id: points, title: {zh: 分, en: Points}, source: 'law', points: {of: 'staff[0]', bands: [{at_least: 10, points: '25..30'}, {else: 0}]}}\n" \
  "  - {id: mark, title: {zh: 等, en: Mark}, source: 'law', choices: grade, value: 'if staff[0] > 10 then good else fair'}\n" \
  "  - {id: day, title: {zh: 日, en: Day}, source: 'law', value: 'passed_on + 1 years'}\n" \
  "  - {id: only, title: {zh: 限, en: Only}, source: 'law', applies: 'resident', require: 'staff[0] > 1'}\n"

#define GOOD \
  "examples:\n" \
  "  - title: All kinds of expectation\n" \
  "    as_of: 2026-07-15\n" \
  "    facts: {staff: 500, revenue: 3亿, rd: 1亿, passed_on: 2020-02-29, resident: false}\n" \
  "    expect: {ex: pass, few: pass, ex.share: 1/3, share_ok: {verdict: pass, value: 1/3}, ex.points: 25..30, ex.mark: good,\n" \
  "             ex.day: 2021-02-28, ex.only: na}\n" \
  "    cases:\n" \
  "      - {facts: {staff: 501}, expect: {ex: fail, ex.few: {verdict: fail, value: 501}}}\n" \
  "      - {title: Zero, facts: {revenue: 0}, expect: {ex: fail, ex.share: undefined}}\n" \
  "      - {as_of: 2025-07-15, expect: {ex: open, ex.share: unknown}}\n"

static gboolean
run (const char *text,
     DkProblems *problems,
     guint      *n_run)
{
  Fixture fixture = { NULL, NULL, NULL };
  gboolean is_good;

  fixture_set_up (&fixture);
  fixture_add_pack (&fixture, text);
  fixture_compile (&fixture);
  is_good = dk_examples_run (fixture.book, fixture.catalogue, dk_rulebook_find_pack (fixture.book, "ex"), problems, n_run);
  fixture_tear_down (&fixture);
  return is_good;
}

static void
assert_refused (const char *examples,
                const char *expected)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = g_strconcat (PACK, examples, NULL);
  g_autofree char *list = NULL;
  guint n_run;

  g_assert_false (run (text, problems, &n_run));
  list = dk_problems_to_string (problems);
  if (strstr (list, expected) == NULL)
    g_error ("%s\nis not in\n%s", expected, list);
}

static void
test_all_kinds (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *list = NULL;
  guint n_run = 0;
  gboolean is_good = run (PACK GOOD, problems, &n_run);

  list = dk_problems_to_string (problems);
  g_assert_cmpstr (list, ==, "");
  g_assert_true (is_good);
  g_assert_cmpuint (n_run, ==, 4);
}

static void
test_mismatch (void)
{
  /* Where it is expected, what was expected, what came out. */
  assert_refused ("examples:\n  - {title: One, as_of: 2026-07-15, facts: {staff: 501}, expect: {ex.few: pass}}\n",
                  "pack.yaml:16:75: One: ex.few is expected to be pass; the rules give fail (501 count)");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {revenue: 3, rd: 1}, expect: {ex.share: 0.33}}\n",
                  "example 1: ex.share is expected to be 0.33; the rules give 1/3 ratio");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {staff: 10}, expect: {ex.points: 25}}\n", "the rules give 25..30 points");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {staff: 10}, expect: {ex.mark: good}}\n", "the rules give Fair");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {staff: 10}, expect: {ex.few: {verdict: pass, value: 11}}}\n",
                  "ex.few is expected to be 11; the rules give 10 count");
  assert_refused ("examples:\n  - {title: T, as_of: 2026-07-15, facts: {staff: 10}, cases: [{expect: {ex.few: fail}}]}\n",
                  "T, case 1: ex.few is expected to be fail; the rules give pass");
}

static void
test_what_says_nothing (void)
{
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {staff: 10}, expect: {ex.fex: pass}}\n", "there is no rule \"ex.fex\"");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {staff: 10}}\n", "an example that expects nothing shows nothing");
  assert_refused ("examples:\n  - {facts: {staff: 10}, expect: {ex: fail}}\n", "as_of is missing");
  assert_refused ("examples:\n  - {as_of: tomorrow, facts: {staff: 10}, expect: {ex: fail}}\n", "a date such as 2026-07-15 is wanted");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, fact: {staff: 10}, expect: {ex: fail}}\n", "\"fact\" is no key of an example");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {staff: 10}, expect: {ex.mark: splendid}}\n", "\"splendid\" is nothing that ex.mark can be");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {staff: 10}, expect: {ex.few: {verdict: maybe}}}\n", "\"maybe\" is no verdict");
  assert_refused ("examples:\n  - {as_of: 2026-07-15, facts: {people: 10}, expect: {ex: fail}}\n", "people");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/assess/examples/all-kinds", test_all_kinds);
  g_test_add_func ("/assess/examples/a-mismatch-is-told", test_mismatch);
  g_test_add_func ("/assess/examples/nothing-is-passed-over", test_what_says_nothing);
  return g_test_run ();
}
