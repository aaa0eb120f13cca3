/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-calendar.h"

#include "fixture.h"

/* A title held by an invention of the last three years, whose renewal falls on its last day; invented. */
static const char badge[] =
  "pack: badge\n"
  "kind: certification\n"
  "title: {zh: 徽章企业认定, en: Recognition as a Badge enterprise}\n"
  "short: {zh: 徽章, en: Badge}\n"
  "rung: 3\n"
  "held: 'badge.held'\n"
  "held_until: 'badge.until'\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, source: 'law'}\n"
  "rules:\n"
  "  - {id: badge, title: {zh: 徽章, en: Badge}, source: 'law#1', require: 'resident'}\n"
  "  - {id: held, title: {zh: 持有, en: Held}, source: 'law#1',\n"
  "     value: 'any(ip where row.kind = invention and row.granted_on <= as_of and row.granted_on + 3 years > as_of)'}\n"
  "  - {id: until, title: {zh: 到期, en: Until}, source: 'law#2', value: 'max(ip: row.granted_on + 3 years where row.kind = invention) - 1 days'}\n"
  "duties:\n"
  "  - {id: report, title: {zh: 年报, en: Report}, source: 'law#2', due: 'date(year_of(as_of), 12, 31)'}\n"
  "  - {id: keep, title: {zh: 保管, en: Keep}, source: 'law#2'}\n"
  "  - {id: renew, title: {zh: 复核, en: Renew}, source: 'law#2', due: 'badge.until'}\n";

/* One rung down, a title that a design holds, and whose last day no duty names; its conditions ask for the badge. A duty of it is late. */
static const char button[] =
  "pack: button\n"
  "kind: certification\n"
  "title: {zh: 纽扣企业认定, en: Recognition as a Button enterprise}\n"
  "short: {zh: 纽扣, en: Button}\n"
  "rung: 2\n"
  "held: 'any(ip where row.kind = design and row.granted_on + 1 years > as_of)'\n"
  "held_until: 'max(ip: row.granted_on + 1 years where row.kind = design) - 1 days'\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, source: 'law'}\n"
  "rules:\n"
  "  - {id: button, title: {zh: 纽扣, en: Button}, source: 'law#1', require: 'badge.held'}\n"
  "duties:\n"
  "  - {id: late, title: {zh: 早该做的, en: Late}, source: 'law#2', due: 'date(year_of(as_of), 1, 31)'}\n";

/* Whoever has the badge has the ribbon. */
static const char ribbon[] =
  "pack: ribbon\n"
  "kind: certification\n"
  "title: {zh: 绶带, en: Ribbon}\n"
  "rung: 4\n"
  "held: 'badge.held'\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, source: 'law'}\n"
  "rules:\n"
  "  - {id: ribbon, title: {zh: 绶带, en: Ribbon}, source: 'law#1', require: 'resident'}\n";

/* Held by a number that the list gives, or an answer by hand; and by an answer that no list gives. Both are asked for elsewhere. */
static const char pin[] =
  "pack: pin\n"
  "kind: certification\n"
  "title: {zh: 别针, en: Pin}\n"
  "rung: 5\n"
  "held: 'patents >= 1'\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules: [{id: pin, title: {zh: 别针, en: Pin}, source: law, require: 'resident'}]\n";
static const char clasp[] =
  "pack: clasp\n"
  "kind: certification\n"
  "title: {zh: 扣, en: Clasp}\n"
  "rung: 6\n"
  "held: 'grade = good'\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules: [{id: clasp, title: {zh: 扣, en: Clasp}, source: law, require: 'patents >= 1'}]\n";

/* Nothing that one has, and nothing that rests on a title. */
static const char plain[] =
  "pack: plain\n"
  "kind: certification\n"
  "title: {zh: 普通, en: Plain}\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, source: 'law'}\n"
  "rules:\n"
  "  - {id: plain, title: {zh: 普通, en: Plain}, source: 'law#1', require: 'resident'}\n";

#define BADGE_LOST "Without it these end too: Ribbon; Without it these are not met: Button"
#define RIBBON "ribbon -: Without it these end too: Badge; Without it these are not met: Button"
#define BADGE "{kind: invention, granted_on: 2024-03-01}"
#define OLD_BADGE "{kind: invention, granted_on: 2023-09-01}"
#define BUTTON "{kind: design, granted_on: 2026-01-10}"
#define WITH(rows) "facts: {resident: true}\nregisters: {ip: {complete: true, rows: [" rows "]}}\n"

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
  fixture_add_pack (fixture, plain);
  fixture_add_pack (fixture, ribbon);
  fixture_add_pack (fixture, badge);
  fixture_add_pack (fixture, button);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

static char *
list_deadlines (DkAssessment *assessment)
{
  g_autoptr(GArray) deadlines = dk_calendar_list_deadlines (assessment);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < deadlines->len; i++)
    {
      const DkDeadline *deadline = &g_array_index (deadlines, DkDeadline, i);
      g_autofree char *day = dk_date_to_string (deadline->day);

      g_string_append_printf (text, "%s%s %s %s%s", i > 0 ? "; " : "", day, deadline->programme->item->pack->id,
                              dk_deadline_get_title (deadline, "en"), deadline->is_past ? " (past)" : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_deadlines (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr(DkAssessment) both = fixture_assess (fixture, WITH (BADGE ", " BUTTON));
  g_autoptr(DkAssessment) neither = fixture_assess (fixture, WITH (""));
  g_autoptr(DkAssessment) open = fixture_assess (fixture, "registers: {ip: {complete: false, rows: []}}\n");
  g_autofree char *with = list_deadlines (both), *without = list_deadlines (neither), *unknown = list_deadlines (open);

  /* The end of the badge is not said twice: its renewal says it. */
  g_assert_cmpstr (with, ==, "2026-01-31 button Late (past); 2026-12-31 badge Report; 2027-01-09 button The title ends; 2027-02-28 badge Renew");
  g_assert_cmpstr (without, ==, "2026-01-31 button Late (past); 2026-12-31 badge Report");
  g_assert_cmpstr (unknown, ==, without);
}

/* "badge 2027-02-28: button ends; …" */
static char *
list_holdings (Fixture    *fixture,
               const char *text,
               const char *language)
{
  g_autoptr(DkEnterprise) enterprise = fixture_read (fixture, text);
  g_autoptr(DkAssessment) assessment = fixture_assess_enterprise (fixture, enterprise);
  g_autoptr(GPtrArray) holdings = dk_calendar_list_holdings (assessment);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < holdings->len; i++)
    g_assert_null (dk_holding_describe_losses (g_ptr_array_index (holdings, i), "en"));
  dk_calendar_find_losses (holdings, assessment, fixture->book, enterprise);
  for (guint i = 0; i < holdings->len; i++)
    {
      const DkHolding *holding = g_ptr_array_index (holdings, i);
      g_autofree char *day = holding->has_until ? dk_date_to_string (holding->until) : g_strdup ("-");
      g_autofree char *losses = dk_holding_describe_losses (holding, language);

      g_string_append_printf (list, "%s%s %s: %s", i > 0 ? " | " : "", holding->programme->item->pack->id, day, losses);
    }
  return g_string_free (list, FALSE);
}

static void
test_holdings (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *none = list_holdings (fixture, WITH (""), "en");
  g_autofree char *one = list_holdings (fixture, WITH (BADGE), "en");
  g_autofree char *both = list_holdings (fixture, WITH (BADGE ", " BUTTON), "en");
  /* Either holds the badge: without the title both rows are gone. */
  g_autofree char *twice = list_holdings (fixture, WITH (OLD_BADGE ", " BADGE ", {kind: invention, granted_on: 2020-01-01}"), "en");
  g_autofree char *unknown = list_holdings (fixture, "registers: {ip: {complete: false, rows: [{kind: design}]}}\n", "en");

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (one, ==, "badge 2027-02-28: " BADGE_LOST " | " RIBBON);
  g_assert_cmpstr (both, ==, "button 2027-01-09: No other result rests on it | badge 2027-02-28: " BADGE_LOST " | " RIBBON);
  g_assert_cmpstr (twice, ==, "badge 2027-02-28: " BADGE_LOST " | " RIBBON);
  g_assert_cmpstr (unknown, ==, "");
}

static void
set_up_answers (Fixture      *fixture,
                gconstpointer data)
{
  fixture_set_up (fixture);
  fixture_add_pack (fixture, pin);
  fixture_add_pack (fixture, clasp);
  fixture_compile (fixture);
}

/* An answer by hand does not hide what rests on a title; and what cannot be told is not said to be nothing. */
static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *listed = list_holdings (fixture, WITH (BADGE), "en");
  g_autofree char *by_hand = list_holdings (fixture, "facts: {resident: true, patents: 2}\nregisters: {ip: {complete: true, rows: []}}\n", "en");
  g_autofree char *both = list_holdings (fixture, "facts: {resident: true, patents: 2}\nregisters: {ip: {complete: true, rows: [" BADGE "]}}\n", "en");
  g_autofree char *answered = list_holdings (fixture, "facts: {grade: good}\nregisters: {ip: {complete: true, rows: [" BADGE "]}}\n", "en");

  g_assert_cmpstr (listed, ==, "pin -: Without it these are not met: Clasp");
  g_assert_cmpstr (by_hand, ==, listed);
  g_assert_cmpstr (both, ==, listed);
  g_assert_nonnull (strstr (answered, "pin -: Without it these are not met: Clasp | clasp -: Known from an answer alone"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/calendar/deadlines", Fixture, NULL, set_up, test_deadlines, tear_down);
  g_test_add ("/assess/calendar/holdings", Fixture, NULL, set_up, test_holdings, tear_down);
  g_test_add ("/assess/calendar/answers", Fixture, NULL, set_up_answers, test_answers, tear_down);
  return g_test_run ();
}
