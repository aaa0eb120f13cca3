/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-board-checks.h"
#include "dk-stages.h"

#include "fixture.h"

#include <string.h>

/* A board with a way to it; figures are made up. */
static const char board[] =
  "pack: board\n"
  "kind: listing\n"
  "title: {zh: 板, en: Board}\n"
  "sources: {law: {title: {zh: 法, en: Law}, certainty: V}}\n"
  "checklist: [checks, lone]\n"
  "versions: [{id: a, from: 2017-05-03, source: law}]\n"
  "rules:\n"
  "  - {id: board, title: {zh: 板, en: Board}, source: law, all: [checks, lone]}\n"
  "  - id: checks\n"
  "    title: {zh: 查, en: Checks}\n"
  "    source: law\n"
  "    all:\n"
  "      - {id: asked, title: {zh: 问, en: Asked}, source: 'law#3', require: 'not exempt'}\n"
  "      - {id: told, title: {zh: 知, en: Told}, source: law, require: 'old'}\n"
  "      - {id: gone, title: {zh: 无, en: Gone}, source: law, applies: 'false', require: 'exempt'}\n"
  "  - {id: lone, title: {zh: 单, en: Lone}, source: law, require: 'staff[0] > staff[-1]'}\n"
  "materials: [{id: paper, title: {zh: 纸, en: Paper}, source: law}]\n"
  "steps:\n"
  "  - {id: clean, title: {zh: 整, en: Clean}, takes: 6..24 months, source: law}\n"
  "  - {id: extra, title: {zh: 选, en: Extra}, takes: 1..2 months, optional: true, source: law}\n"
  "  - {id: reform, title: {zh: 改, en: Reform}, takes: 2..6 months, after: [clean], done: founded_on, source: law}\n"
  "  - {id: year, title: {zh: 年, en: Year}, takes: 12 months, after: [reform], began: quoted_on, done: 'quoted_on + 12 months', source: law}\n"
  "  - {id: tutor, title: {zh: 导, en: Tutor}, takes: 3..9 months, after: [year], overlaps: 6 months, over: exempt, needs: [paper], source: law}\n"
  "  - {id: file, title: {zh: 报, en: File}, takes: 2..10 weeks, after: [tutor, year], source: law}\n"
  "examples: []\n";

static const char with_facts[] =
  "  - {id: exempt, page: base, kind: truth, label: {zh: 豁免, en: Exempt}}\n"
  "  - {id: old, page: base, kind: truth, derive: 'founded_on < 2020-01-01', label: {zh: 老, en: Old}}\n"
  "  - {id: quoted_on, page: base, kind: date, may_be_none: true, label: {zh: 挂, en: Quoted}}\n"
  "registers:\n";

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GString) text = g_string_new (fixture_catalogue);

  g_string_replace (text, "registers:\n", with_facts, 1);
  fixture->document = dk_document_parse ("facts.yaml", text->str, text->len, DK_FORMAT_YAML, problems);
  fixture->catalogue = dk_catalogue_load_document (dk_document_get_root (fixture->document), NULL, problems);
  g_assert_nonnull (fixture->catalogue);
  fixture->book = dk_rulebook_new (dk_catalogue_get_scope (fixture->catalogue));
  fixture_add_pack (fixture, board);
  fixture_compile (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  fixture_tear_down (fixture);
}

/* "id state begin[..begin] end[..end]; " of each, on 2026-07-15. */
static char *
describe (Fixture    *fixture,
          const char *facts)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, facts);
  g_autoptr(GArray) stages = dk_assessment_plan_stages (assessment, dk_rulebook_find_pack (fixture->book, "board"));
  GString *text = g_string_new (NULL);
  gint64 end[2];

  for (guint i = 0; i < stages->len; i++)
    {
      const DkStagePlan *plan = &g_array_index (stages, DkStagePlan, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "", plan->stage->id, dk_stage_state_to_string (plan->state));
      for (guint k = 0; k < 2; k++)
        {
          const gint64 *days = k == 0 ? plan->begin : plan->end;
          g_autofree char *first = dk_date_to_string (days[0]), *last = dk_date_to_string (days[1]);

          if (k == 0 ? plan->has_begin : plan->has_end)
            g_string_append_printf (text, " %s%s%s", first, days[0] != days[1] ? ".." : "", days[0] != days[1] ? last : "");
        }
    }
  if (dk_stages_get_end (stages, &end[0], &end[1]))
    {
      g_autofree char *first = dk_date_to_string (end[0]), *last = dk_date_to_string (end[1]);

      g_string_append_printf (text, " = %s..%s", first, last);
    }
  return g_string_free (text, FALSE);
}

#define assert_stages(facts, expected) \
  G_STMT_START { g_autofree char *is_ = describe (fixture, facts); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

/* From today when nothing is known; the optional step delays nothing; tutoring begins six months before the year is over. */
static void
test_from_today (Fixture       *fixture,
                 gconstpointer  data)
{
  assert_stages ("facts: {}",
                 "clean ahead 2026-07-15 2027-01-15..2028-07-15; extra ahead 2026-07-15 2026-08-15..2026-09-15; "
                 "reform ahead 2027-01-15..2028-07-15 2027-03-15..2029-01-15; year ahead 2027-03-15..2029-01-15 2028-03-15..2030-01-15; "
                 "tutor ahead 2027-09-15..2029-07-15 2027-12-15..2030-04-15; file ahead 2028-03-15..2030-04-15 2028-03-29..2030-06-24"
                 " = 2028-03-29..2030-06-24");
}

/* What is done ends what it waited for; what has begun goes on; a day to come is taken as it is. */
static void
test_from_facts (Fixture       *fixture,
                 gconstpointer  data)
{
  assert_stages ("facts: {founded_on: 2025-01-01}",
                 "clean over; reform over 2025-01-01; year ahead 2026-07-15 2027-07-15; tutor ahead 2027-01-15 2027-04-15..2027-10-15; "
                 "file ahead 2027-07-15..2027-10-15 2027-07-29..2027-12-24 = 2027-07-29..2027-12-24");
  assert_stages ("facts: {founded_on: 2025-01-01, quoted_on: 2026-01-10}",
                 "clean over; reform over 2025-01-01; year running 2026-01-10 2027-01-10; tutor ahead 2026-07-15 2026-10-15..2027-04-15; "
                 "file ahead 2027-01-10..2027-04-15 2027-01-24..2027-06-24 = 2027-01-24..2027-06-24");
  /* The last day of the year, and the day before it. */
  assert_stages ("facts: {founded_on: 2025-01-01, quoted_on: 2025-07-15, exempt: true}",
                 "clean over; reform over 2025-01-01; year over 2025-07-15 2026-07-15; tutor over; file ahead 2026-07-15 2026-07-29..2026-09-23"
                 " = 2026-07-29..2026-09-23");
  assert_stages ("facts: {founded_on: 2025-01-01, quoted_on: 2025-07-16, exempt: true}",
                 "clean over; reform over 2025-01-01; year running 2025-07-16 2026-07-16; tutor over; file ahead 2026-07-16 2026-07-30..2026-09-24"
                 " = 2026-07-30..2026-09-24");
  assert_stages ("facts: {founded_on: 2026-09-01}",
                 "clean ahead 2026-07-15 2027-01-15..2028-07-15; extra ahead 2026-07-15 2026-08-15..2026-09-15; reform ahead 2026-09-01 2026-09-01; "
                 "year ahead 2026-09-01 2027-09-01; tutor ahead 2027-03-01 2027-06-01..2027-12-01; file ahead 2027-09-01..2027-12-01 2027-09-15..2028-02-09"
                 " = 2027-09-15..2028-07-15");
  /* A range is no day; "none" neither. */
  assert_stages ("facts: {founded_on: 2025-01-01, quoted_on: none}",
                 "clean over; reform over 2025-01-01; year ahead 2026-07-15 2027-07-15; tutor ahead 2027-01-15 2027-04-15..2027-10-15; "
                 "file ahead 2027-07-15..2027-10-15 2027-07-29..2027-12-24 = 2027-07-29..2027-12-24");
}

static char *
describe_checks (Fixture    *fixture,
                 const char *facts)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, facts);
  g_autoptr(GArray) list = dk_assessment_list_checklist (assessment, dk_rulebook_find_pack (fixture->book, "board"));
  DkWording wording = { assessment, fixture->book, NULL, "en" };
  g_autofree char *summary = dk_checklist_dup_summary (&wording, list);
  GString *text = g_string_new (summary);

  for (guint i = 0; i < list->len; i++)
    {
      const DkCheckItem *item = &g_array_index (list, DkCheckItem, i);
      g_autofree char *subject = dk_note_dup_subject (item->fact, item->period), *answer = dk_check_item_dup_answer (&wording, item);

      g_string_append_printf (text, "; %s %s%s '%s'%s%s", item->result->item->id + strlen ("board."), subject, item->is_asked ? "" : " told", answer,
                              item->note != NULL ? " " : "", item->note != NULL ? item->note->finding : "");
    }
  return g_string_free (text, FALSE);
}

#define assert_checks(facts, expected) \
  G_STMT_START { g_autofree char *is_ = describe_checks (fixture, facts); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

/* What follows from other answers is asked of nobody; what is not known yet stays open. */
static void
test_checklist (Fixture       *fixture,
                gconstpointer  data)
{
  assert_checks ("facts: {}", "0 of 3 looked into; asked exempt ''; told old ''; lone staff@2025 told ''");
  assert_checks ("facts: {founded_on: 2019-12-31, exempt: null}", "1 of 3 looked into; asked exempt 'not known yet'; told old told 'yes'; lone staff@2025 told ''");
  assert_checks ("facts: {founded_on: 2020-01-01, exempt: false, staff: {'-1': 1, '0': 2}}\n"
                 "notes: {exempt: {finding: 'no such'}, 'staff@2024': {finding: 'not here'}}",
                 "3 of 3 looked into; asked exempt 'no' no such; told old told 'no'; lone staff@2025 told '2'");
}

/* No note changes anything that is judged. */
static void
test_notes_change_nothing (Fixture       *fixture,
                           gconstpointer  data)
{
#define FACTS "facts: {founded_on: 2019-12-31, exempt: false, staff: {'0': 2}}\n"
  g_autoptr(DkAssessment) without = fixture_assess (fixture, FACTS);
  g_autoptr(DkAssessment) with = fixture_assess (fixture, FACTS "notes: {exempt: {finding: 'yes'}, old: {evidence: 'p'}, 'staff@2024': {finding: '7'}}");
  g_autofree char *plain = dk_assessment_to_json (without, "en"), *noted = dk_assessment_to_json (with, "en");
  const char *first = strstr (plain, "\"results\""), *second = strstr (noted, "\"results\"");
  g_autofree char *before = g_strndup (first, (gsize) (strstr (first, "\"checklist\"") - first));
  g_autofree char *after = g_strndup (second, (gsize) (strstr (second, "\"checklist\"") - second));
  g_autofree char *rest = g_strdup (strstr (first, "\"steps\"")), *rest_noted = g_strdup (strstr (second, "\"steps\""));

  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (rest, ==, rest_noted);
  g_assert_cmpstr (plain, !=, noted);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, set_up, function_, tear_down)
  ADD ("/assess/stages/from-today", test_from_today);
  ADD ("/assess/stages/from-facts", test_from_facts);
  ADD ("/assess/stages/checklist", test_checklist);
  ADD ("/assess/stages/notes-change-nothing", test_notes_change_nothing);
  return g_test_run ();
}
