/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-ladder.h"

#include "fixture.h"

/* Three titles, a yardstick and a check; figures are made up. */
static const char *const packs[] = {
  "pack: upper\n"
  "kind: certification\n"
  "title: {zh: 上级, en: Upper}\n"
  "rung: 2\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules:\n"
  "  - {id: upper, title: {zh: 上级, en: Upper}, source: law, all: [many, rich, either, old]}\n"
  "  - {id: many, title: {zh: 人多, en: Many people}, source: law, require: 'staff[0] >= 50'}\n"
  "  - {id: rich, title: {zh: 收入, en: Much revenue}, source: law, require: 'revenue[0] >= 2000万'}\n"
  "  - {id: either, title: {zh: 两条路, en: Two routes}, source: law, any: [route_a, route_b]}\n"
  "  - {id: route_a, title: {zh: 甲, en: Route A}, source: law, require: 'resident'}\n"
  "  - {id: route_b, title: {zh: 乙, en: Route B}, source: law, require: 'patents >= 1'}\n"
  "  - {id: old, title: {zh: 旧, en: Old}, source: law, applies: 'as_of < 2020-01-01', require: 'resident'}\n"
  "  - {id: few, title: {zh: 少, en: Few}, source: law, warn: 'staff[0] < 3'}\n",

  "pack: lower\n"
  "kind: certification\n"
  "title: {zh: 下级, en: Lower}\n"
  "rung: 1\n"
  "held: 'any(ip where row.kind = design and row.granted_on <= as_of)'\n"
  "held_until: 'max(ip: row.granted_on where row.kind = design) + 3 years'\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: {ref: law, certainty: '?'}}]\n"
  "rules:\n"
  "  - {id: lower, title: {zh: 下级, en: Lower}, source: {ref: law, certainty: '?'}, require: 'staff[0] >= 10'}\n"
  "duties:\n"
  "  - {id: past, title: {zh: 过去, en: Past}, source: law, due: '2026-07-14'}\n"
  "  - {id: late, title: {zh: 年报, en: Report}, source: law, due: '2026-12-31'}\n"
  "  - {id: soon, title: {zh: 更新, en: Update}, source: law, due: '2026-07-15'}\n",

  "pack: gone\n"
  "kind: certification\n"
  "title: {zh: 已废, en: Gone}\n"
  "rung: 3\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, to: 2020-12-31, source: law}]\n"
  "rules: [{id: gone, title: {zh: 已废, en: Gone}, source: law, require: 'resident'}]\n",

  "pack: gated\n"
  "kind: certification\n"
  "title: {zh: 有门, en: Gated}\n"
  "rung: 4\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules:\n"
  "  - {id: gated, title: {zh: 有门, en: Gated}, source: law, applies: 'not exempt', all: [many]}\n"
  "  - {id: exempt, title: {zh: 豁免, en: Exempt}, source: law, value: 'staff[0] < 20'}\n"
  "  - {id: many, title: {zh: 人多, en: Many people}, source: law, require: 'staff[0] >= 50'}\n",

  "pack: yard\n"
  "kind: profile\n"
  "title: {zh: 尺子, en: Yardstick}\n"
  "summary: {zh: 一把尺子, en: A yardstick}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules: [{id: yard, title: {zh: 尺子, en: Yardstick}, source: law, value: 'staff[0]'}]\n",

  "pack: look\n"
  "kind: check\n"
  "title: {zh: 核对, en: Look}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules: [{id: look, title: {zh: 核对, en: Look}, source: law, require: 'st_staff[0] <= staff[0]'}]\n",
};

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (packs); i++)
    fixture_add_pack (fixture, packs[i]);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

static const DkRung *
find_rung (GPtrArray  *ladder,
           const char *id)
{
  for (guint i = 0; i < ladder->len; i++)
    {
      const DkRung *rung = g_ptr_array_index (ladder, i);

      if (strcmp (rung->result->item->pack->id, id) == 0)
        return rung;
    }
  g_assert_not_reached ();
}

/* "REACH met/conditions step | more" of a title. */
static char *
describe (Fixture    *fixture,
          const char *facts,
          const char *id)
{
  static const char *const names[] = { "held", "now", "near", "far", "none" };
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, facts);
  g_autoptr(GPtrArray) ladder = dk_ladder_new (assessment);
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { assessment, fixture->book, arena, "en" };
  const DkRung *rung = find_rung (ladder, id);
  g_autofree char *more = NULL;
  g_autofree char *step = dk_ladder_dup_next_step (&wording, rung, &more);

  g_assert_cmpuint (rung->n_met + rung->n_failed + rung->n_open, ==, rung->n_conditions);
  g_assert_true ((rung->first_failed != NULL) == (rung->n_failed > 0));
  return g_strdup_printf ("%s %u/%u %s | %s", names[rung->nearness], rung->n_met, rung->n_conditions, step, more != NULL ? more : "");
}

#define assert_rung(facts, id, expected) \
  G_STMT_START { g_autofree char *is = describe (fixture, facts, id); g_assert_cmpstr (is, ==, expected); } G_STMT_END

/* From the lowest up; what has no rung, behind; what is no title, not at all. */
static void
test_order (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const ids[] = { "lower", "upper", "gone", "gated", "yard" };
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {staff: 100}\n");
  g_autoptr(GPtrArray) ladder = dk_ladder_new (assessment);

  g_assert_cmpuint (ladder->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < ladder->len; i++)
    g_assert_cmpstr (((const DkRung *) g_ptr_array_index (ladder, i))->result->item->pack->id, ==, ids[i]);
}

/* A choice of routes is one condition; what does not apply and what only warns is none. */
static void
test_nearness (Fixture      *fixture,
            gconstpointer data)
{
  assert_rung ("facts: {staff: 100, revenue: 3000万, resident: true, patents: 0}\n", "upper",
               "now 3/3 Can be applied for now | Weakest figure: Revenue (2025) CNY 30,000,000 may fall to CNY 20,000,000 (−33.3 %)");
  assert_rung ("facts: {staff: 40, revenue: 3000万, resident: true, patents: 0}\n", "upper",
               "near 2/3 Staff (2025): 40 → 50 (+25.0 %); for the next application, as that year is closed | This change alone makes it pass");
  assert_rung ("facts: {staff: 100, revenue: 3000万, resident: false, patents: 0}\n", "upper",
               "near 2/3 Inventions: 0 → 1 | This change alone makes it pass");
  assert_rung ("facts: {staff: 40, revenue: 1000万, resident: true, patents: 0}\n", "upper",
               "far 1/3 Staff (2025): 40 → 50 (+25.0 %); for the next application, as that year is closed | Other conditions not met: 1");
}

static void
test_open (Fixture      *fixture,
           gconstpointer data)
{
  assert_rung ("facts: {staff: 100, revenue: 3000万}\n", "upper", "near 2/3 Answer: Inventions | Answers that can still change it: 3");
  assert_rung ("facts: {staff: 100, resident: true}\n", "upper", "near 2/3 Answer: Revenue (2025) | ");
  /* One condition fails for sure, another is open: not near. */
  assert_rung ("facts: {staff: 40, resident: true}\n", "upper", "far 1/3 Staff (2025): 40 → 50 (+25.0 %); for the next application, as that year is closed | ");
}

/* What says whether a title applies is no condition of it. */
static void
test_applies (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {staff: 40}\n");
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { assessment, fixture->book, arena, "en" };
  g_autofree char *why = dk_wording_describe_programme (&wording, dk_assessment_find (assessment, "gated"));

  g_assert_true (dk_assessment_find (assessment, "gated.exempt")->is_aside);
  g_assert_false (dk_assessment_find (assessment, "gated.many")->is_aside);
  g_assert_cmpstr (why, ==, "not met: Many people");
  assert_rung ("facts: {staff: 40}\n", "gated", "near 0/1 Staff (2025): 40 → 50 (+25.0 %); for the next application, as that year is closed | This change alone makes it pass");
  assert_rung ("facts: {staff: 100}\n", "gated", "now 1/1 Can be applied for now | Weakest figure: Staff (2025) 100 may fall to 50 (−50.0 %)");
  assert_rung ("facts: {staff: 10}\n", "gated", "none 0/0 Does not apply to this enterprise | ");
}

static void
test_held (Fixture      *fixture,
           gconstpointer data)
{
  assert_rung ("facts: {staff: 100}\nregisters: {ip: {complete: true, rows: [{kind: design, granted_on: 2025-01-01}]}}\n", "lower",
               "held 1/1 By 2026-07-15: Update | Weakest figure: Staff (2025) 100 may fall to 10 (−90.0 %)");
  assert_rung ("facts: {staff: 5}\nregisters: {ip: {complete: true, rows: [{kind: design, granted_on: 2025-01-01}]}}\n", "lower",
               "held 0/1 By 2026-07-15: Update | No longer met: Lower");
  assert_rung ("facts: {staff: 5}\nregisters: {ip: {complete: true, rows: []}}\n", "lower", "near 0/1 Staff (2025): 5 → 10 (+100.0 %); for the next application, as that year is closed | This change alone makes it pass");
}

static void
test_until (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "registers: {ip: {complete: true, rows: [{kind: design, granted_on: 2025-01-01}]}}\n");
  g_autoptr(GPtrArray) ladder = dk_ladder_new (assessment);
  const DkRung *lower = find_rung (ladder, "lower");

  g_assert_true (lower->has_until);
  g_assert_cmpint (lower->until, ==, dk_date_from_ymd (2028, 1, 1));
  g_assert_true (lower->is_uncertain);
  g_assert_false (find_rung (ladder, "upper")->is_uncertain);
  g_assert_false (find_rung (ladder, "upper")->has_until);
}

static void
test_none (Fixture      *fixture,
           gconstpointer data)
{
  assert_rung ("facts: {staff: 100}\n", "gone", "none 0/0 No rule of it is in force on that day | ");
  assert_rung ("facts: {staff: 100}\n", "yard", "none 0/0 A yardstick | ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/ladder/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/assess/ladder/nearness", Fixture, NULL, set_up, test_nearness, tear_down);
  g_test_add ("/assess/ladder/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/assess/ladder/applies", Fixture, NULL, set_up, test_applies, tear_down);
  g_test_add ("/assess/ladder/held", Fixture, NULL, set_up, test_held, tear_down);
  g_test_add ("/assess/ladder/until", Fixture, NULL, set_up, test_until, tear_down);
  g_test_add ("/assess/ladder/none", Fixture, NULL, set_up, test_none, tear_down);
  return g_test_run ();
}
