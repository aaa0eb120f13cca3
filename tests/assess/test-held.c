/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-held.h"

#include "fixture.h"

/* A title that is held while a right of its kind is on the list and three years have not passed; invented. */
static const char badge_pack[] =
  "pack: badge\n"
  "kind: certification\n"
  "title: {zh: 徽章企业认定, en: Recognition as a Badge enterprise}\n"
  "short: {zh: 徽章, en: Badge}\n"
  "rung: 3\n"
  "held: 'any(ip where row.kind = invention and row.granted_on <= as_of and row.granted_on + 3 years > as_of)'\n"
  "held_until: 'max(ip: row.granted_on + 3 years where row.kind = invention) - 1 days'\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, source: 'law'}\n"
  "rules:\n"
  "  - {id: badge, title: {zh: 徽章, en: Badge}, source: 'law#1', require: 'resident'}\n"
  "duties:\n"
  "  - {id: report, title: {zh: 年报, en: Report}, source: 'law#2', due: 'date(year_of(as_of), 12, 31)'}\n"
  "  - {id: keep, title: {zh: 保管, en: Keep}, source: 'law#2'}\n"
  "  - {id: renew, title: {zh: 复核, en: Renew}, source: 'law#2', due: 'badge.until'}\n";

static const char badge_rules[] =
  "  - {id: until, title: {zh: 到期, en: Until}, source: 'law#2', value: 'first(ip: row.granted_on + 3 years by row.granted_on)'}\n";

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_auto(GStrv) halves = g_strsplit (badge_pack, "duties:", 2);
  g_autofree char *pack = g_strconcat (halves[0], badge_rules, "duties:", halves[1], NULL);

  fixture_set_up (fixture);
  fixture_add_pack (fixture, fixture_demo);
  fixture_add_pack (fixture, pack);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

/* Assesses on 2026-07-15 an enterprise with these rows of IP, and says how the title stands: "yes 2028-01-01". */
static char *
describe (Fixture    *fixture,
          const char *register_yaml)
{
  g_autofree char *text = g_strdup_printf ("registers: {ip: %s}\n", register_yaml);
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, text);
  const DkPack *pack = dk_rulebook_find_pack (fixture->book, "badge");
  DkHeld held = dk_assessment_get_held (assessment, pack);
  const char *word = held == DK_HELD_YES ? "yes" : held == DK_HELD_NO ? "no" : held == DK_HELD_OPEN ? "open" : "unsaid";
  g_autofree char *day = NULL;
  gint64 until;

  if (!dk_assessment_get_held_until (assessment, pack, &until))
    return g_strdup (word);
  day = dk_date_to_string (until);
  return g_strdup_printf ("%s %s", word, day);
}

static void
assert_held (Fixture    *fixture,
             const char *register_yaml,
             const char *expected)
{
  g_autofree char *is = describe (fixture, register_yaml);

  g_assert_cmpstr (is, ==, expected);
}

static void
test_held (Fixture      *fixture,
           gconstpointer data)
{
  assert_held (fixture, "{complete: true, rows: [{kind: invention, granted_on: 2023-07-16}]}", "yes 2026-07-15");
  assert_held (fixture, "{complete: true, rows: [{kind: invention, granted_on: 2026-07-15}]}", "yes 2029-07-14");
  assert_held (fixture, "{complete: true, rows: [{kind: invention, granted_on: 2023-07-15}]}", "no");
  assert_held (fixture, "{complete: true, rows: [{kind: invention, granted_on: 2026-07-16}]}", "no");
  assert_held (fixture, "{complete: true, rows: []}", "no");
}

/* What is not known is not taken for held, nor for not held; and a day that may be another is none. */
static void
test_open (Fixture      *fixture,
           gconstpointer data)
{
  assert_held (fixture, "{complete: false, rows: []}", "open");
  assert_held (fixture, "{complete: true, rows: [{kind: invention}]}", "open");
  assert_held (fixture, "{complete: false, rows: [{kind: invention, granted_on: 2025-01-01}]}", "yes");
}

static void
test_unsaid (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);
  const DkPack *pack = dk_rulebook_find_pack (fixture->book, "demo");
  gint64 day;

  g_assert_cmpint (dk_assessment_get_held (assessment, pack), ==, DK_HELD_UNSAID);
  g_assert_false (dk_assessment_get_held_until (assessment, pack, &day));
  g_assert_cmpuint (pack->rung, ==, 0);
  g_assert_cmpstr (dk_pack_get_short_title (pack, "zh"), ==, "示例");
}

static void
test_due (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "registers: {ip: {complete: true, rows: [{kind: design, granted_on: 2024-02-29}]}}\n");
  g_autoptr(DkAssessment) bare = fixture_assess (fixture, "registers: {ip: {complete: true, rows: []}}\n");
  const DkPack *pack = dk_rulebook_find_pack (fixture->book, "badge");
  const DkNotice *report = g_ptr_array_index (pack->duties, 0);
  const DkNotice *keep = g_ptr_array_index (pack->duties, 1);
  const DkNotice *renew = g_ptr_array_index (pack->duties, 2);
  gint64 day;

  g_assert_true (dk_assessment_get_due (assessment, report, &day));
  g_assert_cmpint (day, ==, dk_date_from_ymd (2026, 12, 31));
  g_assert_false (dk_assessment_get_due (assessment, keep, &day));
  g_assert_true (dk_assessment_get_due (assessment, renew, &day));
  g_assert_cmpint (day, ==, dk_date_from_ymd (2027, 2, 28));
  /* Without a row nothing is due. */
  g_assert_false (dk_assessment_get_due (bare, renew, &day));
}

static void
test_names (Fixture      *fixture,
            gconstpointer data)
{
  const DkPack *pack = dk_rulebook_find_pack (fixture->book, "badge");

  g_assert_cmpuint (pack->rung, ==, 3);
  g_assert_cmpstr (dk_pack_get_short_title (pack, "zh"), ==, "徽章");
  g_assert_cmpstr (dk_pack_get_short_title (pack, "en"), ==, "Badge");
}

static void
test_json (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(DkAssessment) held = fixture_assess (fixture, "registers: {ip: {complete: true, rows: [{kind: invention, granted_on: 2025-01-01}]}}\n");
  g_autoptr(DkAssessment) open = fixture_assess (fixture, "registers: {ip: {complete: false, rows: []}}\n");
  g_autofree char *json = dk_assessment_to_json (held, "en");
  g_autofree char *open_json = dk_assessment_to_json (open, "en");

  g_assert_nonnull (strstr (json, "\"rung\" : 3"));
  g_assert_nonnull (strstr (json, "\"short_title\" : \"Badge\""));
  g_assert_nonnull (strstr (json, "\"held\" : true"));
  g_assert_nonnull (strstr (json, "\"held_until\" : \"2027-12-31\""));
  g_assert_nonnull (strstr (json, "\"due\" : \"2026-12-31\""));
  g_assert_nonnull (strstr (open_json, "\"held\" : null"));
  g_assert_null (strstr (open_json, "held_until"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/held/held", Fixture, NULL, set_up, test_held, tear_down);
  g_test_add ("/assess/held/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/assess/held/unsaid", Fixture, NULL, set_up, test_unsaid, tear_down);
  g_test_add ("/assess/held/due", Fixture, NULL, set_up, test_due, tear_down);
  g_test_add ("/assess/held/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/assess/held/json", Fixture, NULL, set_up, test_json, tear_down);
  return g_test_run ();
}
