/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-projection.h"

#include "fixture.h"
#include "samples.h"

#include <string.h>

/* Sales to the fen, and what nobody plans by growth. */
static const char more_facts[] =
  "facts:\n"
  "  - {id: sales, page: money, kind: number, unit: yuan, period: year, min: 0, step: 0.01, label: {zh: 收入额, en: Sales}}\n"
  "  - {id: worth, page: money, kind: number, unit: yuan, min: 0, step: 0.01, change: both, label: {zh: 市值, en: Worth}}\n"
  "  - {id: ratio, page: money, kind: number, unit: ratio, min: 0, step: 0.0001, label: {zh: 比率, en: Ratio}}\n";

static const char hill[] =
  "pack: hill\n"
  "kind: listing\n"
  "title: {zh: 山市上市条件, en: Listing on the Hill}\n"
  "short: {zh: 山市, en: Hill}\n"
  "rung: 2\n"
  "standards: standard\n"
  "sources:\n"
  "  rule: {title: {zh: 规则, en: Rules}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2020-01-01, source: 'rule'}\n"
  "rules:\n"
  "  - {id: hill, title: {zh: 山市, en: Hill}, source: 'rule#1', all: [standard, clean, age]}\n"
  "  - id: standard\n"
  "    title: {zh: 标准, en: Standards}\n"
  "    source: 'rule#1'\n"
  "    any:\n"
  "      - {id: h1, title: {zh: 一, en: One}, source: 'rule#1', value: 'sales[0]', require: '>= 1.21亿'}\n"
  "      - {id: h2, title: {zh: 二, en: Two}, source: 'rule#1', value: 'worth', require: '>= 9亿'}\n"
  "  - {id: clean, title: {zh: 无异常, en: Clean}, source: 'rule#1', require: 'not listed_abnormal'}\n"
  "  - {id: age, title: {zh: 存续, en: Age}, source: 'rule#1', value: 'months_between(founded_on, as_of)', require: '>= 36 months'}\n";

/* Gone after 2026. */
static const char dale[] =
  "pack: dale\n"
  "kind: listing\n"
  "title: {zh: 谷市, en: Dale}\n"
  "rung: 1\n"
  "standards: standard\n"
  "sources:\n"
  "  rule: {title: {zh: 规则, en: Rules}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2020-01-01, to: 2026-12-31, source: 'rule'}\n"
  "rules:\n"
  "  - {id: dale, title: {zh: 谷市, en: Dale}, source: 'rule#1', all: [standard]}\n"
  "  - id: standard\n"
  "    title: {zh: 标准, en: Standards}\n"
  "    source: 'rule#1'\n"
  "    any:\n"
  "      - {id: d1, title: {zh: 甲, en: A}, source: 'rule#1', value: 'sales[0]', require: '>= 1万'}\n";

typedef struct
{
  Fixture       base;
  DkArena      *arena;
  DkProjection *projection;
  DkWording     wording;
} Projections;

static void
set_up (Projections  *self,
        gconstpointer data)
{
  g_autoptr(GString) catalogue = g_string_new (fixture_catalogue);

  g_string_replace (catalogue, "facts:\n", more_facts, 1);
  fixture_set_up_with (&self->base, catalogue->str);
  fixture_add_pack (&self->base, hill);
  fixture_add_pack (&self->base, dale);
  fixture_add_pack (&self->base, fixture_demo);
  fixture_compile (&self->base);
  self->arena = dk_arena_new ();
}

static void
tear_down (Projections  *self,
           gconstpointer data)
{
  g_clear_pointer (&self->projection, dk_projection_free);
  dk_arena_free (self->arena);
  fixture_tear_down (&self->base);
}

#define OLD_AND_CLEAN "founded_on: 2015-01-01, listed_abnormal: false"

static void
look_at (Projections *self,
         const char  *facts,
         const char  *plan)
{
  g_autofree char *text = g_strdup_printf ("facts: {%s}\nplan: {%s}\n", facts, plan);
  g_autoptr(DkEnterprise) enterprise = fixture_read (&self->base, text);

  g_clear_pointer (&self->projection, dk_projection_free);
  self->projection = dk_projection_new (self->base.book, enterprise, dk_date_from_ymd (2026, 7, 15), 2025, NULL);
  self->wording = (DkWording) { self->projection->assessments[0], self->base.book, self->arena, "en" };
}

static const DkOutlook *
get_outlook (Projections *self,
             const char  *pack)
{
  for (guint i = 0; i < self->projection->outlooks->len; i++)
    {
      const DkOutlook *outlook = g_ptr_array_index (self->projection->outlooks, i);

      if (g_str_equal (outlook->pack->id, pack))
        return outlook;
    }
  g_error ("no outlook %s", pack);
}

static const DkCourse *
get_standard (Projections *self,
              const char  *pack,
              guint        i)
{
  return g_ptr_array_index (get_outlook (self, pack)->standards, i);
}

/* "x": not met, "?": open, "o": met, "-": not there; "P" behind it: by the plan. */
static char *
draw (const DkCourse *course)
{
  GString *text = g_string_new (NULL);

  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      DkVerdict verdict = course->results[year] != NULL ? course->results[year]->verdict : DK_VERDICT_NA;

      g_string_append (text, verdict == DK_VERDICT_PASS ? "o" : verdict == DK_VERDICT_FAIL ? "x" : verdict == DK_VERDICT_OPEN ? "?" : "-");
      g_string_append (text, course->by_plan[year] ? "P" : "");
    }
  return g_string_free (text, FALSE);
}

#define assert_course(course_, drawing, words) \
  G_STMT_START { \
    const DkCourse *one_ = course_; \
    g_autofree char *drawn_ = draw (one_), *said_ = dk_projection_dup_course (&self->wording, self->projection, one_); \
    g_assert_cmpstr (drawn_, ==, drawing); \
    g_assert_cmpstr (said_, ==, words); \
  } G_STMT_END

#define assert_sentence(words) \
  G_STMT_START { \
    g_autofree char *said_ = dk_projection_dup_sentence (&self->wording, self->projection); \
    g_assert_cmpstr (said_, ==, words); \
  } G_STMT_END

#define assert_refs(list, wanted) \
  G_STMT_START { \
    g_autoptr(GArray) refs_ = list; \
    g_autofree char *text_ = fixture_list_refs (refs_); \
    g_assert_cmpstr (text_, ==, wanted); \
  } G_STMT_END

/* 10 % a year make 1.21 of 1 in the second year: a fen less at the start, and it is the third. */
static void
test_boundary (Projections  *self,
               gconstpointer data)
{
  look_at (self, OLD_AND_CLEAN ", sales: 1亿, worth: 0", "growth: {sales: 10%}");
  assert_course (get_standard (self, "hill", 0), "xxPoPoP", "from 2028 on, by the plan");
  assert_course (get_standard (self, "hill", 1), "xxxx", "not met by 2029");
  assert_course (&get_outlook (self, "hill")->course, "xxPoPoP", "from 2028 on, by the plan");
  g_assert_cmpuint (get_outlook (self, "hill")->course.first_met, ==, 2);
  g_assert_cmpuint (get_outlook (self, "hill")->course.first_open, ==, 2);
  assert_refs (dk_projection_list_planned (self->projection, &get_outlook (self, "hill")->course, 2), "sales");
  assert_refs (dk_projection_list_planned (self->projection, &get_outlook (self, "hill")->course, 0), "");
  assert_sentence ("By your plans: Hill opens in 2028; Dale is open now");

  look_at (self, OLD_AND_CLEAN ", sales: 99999999.99, worth: 0", "growth: {sales: 10%}");
  assert_course (&get_outlook (self, "hill")->course, "xxPxPoP", "from 2029 on, by the plan");

  look_at (self, OLD_AND_CLEAN ", sales: 1亿, worth: 0", "facts: {sales: {'1': 1.21亿, '2': 120999999.99}}");
  assert_course (&get_outlook (self, "hill")->course, "xoPxP?", "from 2027 on, by the plan; not in 2028 any more");
}

/* Boards come first, by rung; what ends is not there afterwards; the day moves on by whole years. */
static void
test_shape (Projections  *self,
            gconstpointer data)
{
  look_at (self, OLD_AND_CLEAN ", sales: 1亿, worth: 0", "growth_of_others: 0");
  g_assert_cmpuint (self->projection->outlooks->len, ==, 3);
  g_assert_true (g_ptr_array_index (self->projection->outlooks, 0) == get_outlook (self, "dale"));
  g_assert_true (g_ptr_array_index (self->projection->outlooks, 1) == get_outlook (self, "hill"));
  g_assert_false (dk_outlook_is_board (g_ptr_array_index (self->projection->outlooks, 2)));
  assert_course (&get_outlook (self, "dale")->course, "o---", "met now");
  assert_course (get_standard (self, "dale", 0), "o---", "met now");
  assert_course (get_standard (self, "hill", 0), "xxPxPxP", "not met by 2029");
  assert_sentence ("By your plans: no further board opens by 2029; Dale is open now");
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      g_assert_cmpint (dk_assessment_get_as_of (self->projection->assessments[year]), ==, dk_date_from_ymd (2026 + year, 7, 15));
      g_assert_cmpint (dk_assessment_get_year (self->projection->assessments[year]), ==, 2025 + (int) year);
    }

  /* Nothing is said of a board that is not there at all. */
  look_at (self, OLD_AND_CLEAN, "");
  g_clear_pointer (&self->projection, dk_projection_free);
  {
    g_autoptr(DkEnterprise) enterprise = fixture_read (&self->base, "facts: {}");

    self->projection = dk_projection_new (self->base.book, enterprise, dk_date_from_ymd (2028, 2, 29), 2027, NULL);
  }
  assert_course (&get_outlook (self, "dale")->course, "----", "no rule in force, or none applies");
  g_assert_cmpint (dk_projection_get_as_of (self->projection, 1), ==, dk_date_from_ymd (2029, 2, 28));
}

/* Time passes whatever is planned: thirty-six months since 2025-07-15 are over on 2028-07-15, the day itself. */
static void
test_time (Projections  *self,
           gconstpointer data)
{
  look_at (self, "founded_on: 2025-07-15, listed_abnormal: false, worth: 9亿", "");
  assert_course (&get_outlook (self, "hill")->course, "xxoo", "from 2028 on, whatever is planned");
  assert_sentence ("With nothing planned: Hill opens in 2028");
  look_at (self, "founded_on: 2025-07-16, listed_abnormal: false, worth: 9亿", "growth: {sales: 1}");
  assert_course (&get_outlook (self, "hill")->course, "xxxo", "from 2029 on, whatever is planned");
  /* What was checked stays as it was answered. */
  look_at (self, "founded_on: 2015-01-01, listed_abnormal: true, worth: 9亿", "growth_of_others: 0");
  assert_course (&get_outlook (self, "hill")->course, "xxxx", "not met by 2029");
  look_at (self, "founded_on: 2015-01-01, worth: 9亿", "growth_of_others: 0");
  assert_course (&get_outlook (self, "hill")->course, "????", "not known yet; waits for: Listed as abnormal");
}

/* What is not planned is open, and said to be so; a range that reaches the threshold may open. */
static void
test_open (Projections  *self,
           gconstpointer data)
{
  look_at (self, OLD_AND_CLEAN ", sales: 1亿, worth: 0", "");
  assert_course (&get_outlook (self, "hill")->course, "x???", "may be met from 2027 on; waits for: Sales");
  assert_refs (dk_projection_list_unplanned (self->projection, &get_outlook (self, "hill")->course, 1), "sales");
  assert_refs (dk_projection_list_unplanned (self->projection, &get_outlook (self, "hill")->course, 0), "");
  assert_sentence ("With nothing planned: Hill may open in 2027; Dale is open now");

  look_at (self, OLD_AND_CLEAN ", sales: 1亿, worth: 0", "growth: {sales: {from: 5%, to: 10%}}");
  assert_course (&get_outlook (self, "hill")->course, "xxP??", "may be met from 2028 on; waits for: Sales");
  look_at (self, OLD_AND_CLEAN ", sales: 1亿, worth: 0", "growth: {sales: {from: 5%, to: 9.99%}}");
  assert_course (&get_outlook (self, "hill")->course, "xxPxP?", "may be met from 2029 on; waits for: Sales");
  /* Facts without years are planned from the end of a year on. */
  look_at (self, OLD_AND_CLEAN ", sales: 1亿, worth: 8.9亿", "facts: {worth: {'2': 9亿}}, growth_of_others: 0");
  assert_course (get_standard (self, "hill", 1), "xxoPoP", "from 2028 on, by the plan");
  assert_refs (dk_projection_list_planned (self->projection, get_standard (self, "hill", 1), 3), "worth");
  assert_refs (dk_projection_list_planned (self->projection, get_standard (self, "hill", 1), 1), "");
}

static void
test_lines (Projections  *self,
            gconstpointer data)
{
  g_autoptr(GArray) lines = NULL, planned = NULL;

  look_at (self, OLD_AND_CLEAN ", worth: 0", "");
  lines = dk_projection_list_lines (self->projection);
  g_assert_cmpuint (lines->len, ==, 2); /* neither what titles alone read, nor what is no figure */
  g_assert_cmpstr (g_array_index (lines, DkPlannable, 0).fact->symbol->id, ==, "sales");
  g_assert_true (g_array_index (lines, DkPlannable, 0).is_open);
  g_assert_cmpstr (g_array_index (lines, DkPlannable, 1).fact->symbol->id, ==, "worth");
  g_assert_false (g_array_index (lines, DkPlannable, 1).is_open);

  look_at (self, OLD_AND_CLEAN ", sales: 1", "growth: {sales: 0}");
  planned = dk_projection_list_lines (self->projection);
  g_assert_false (g_array_index (planned, DkPlannable, 0).is_open);
  g_assert_true (g_array_index (planned, DkPlannable, 1).is_open);

  /* A check that a board waits for, and whatever else is planned, are lines, too. */
  g_clear_pointer (&lines, g_array_unref);
  look_at (self, "founded_on: 2015-01-01, sales: 2亿, worth: 0", "growth: {idle: 0, sales: 0}");
  lines = dk_projection_list_lines (self->projection);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpstr (g_array_index (lines, DkPlannable, 0).fact->symbol->id, ==, "listed_abnormal");
  g_assert_true (g_array_index (lines, DkPlannable, 0).is_open);
  g_assert_cmpstr (g_array_index (lines, DkPlannable, 3).fact->symbol->id, ==, "idle");
  g_assert_false (g_array_index (lines, DkPlannable, 3).is_open);
}

/* --- No plan reaches the present --- */

/* Plans all that can be planned, absurdly: @pick chooses how. */
static void
plan_absurdly (DkEnterprise *enterprise,
               guint         pick)
{
  const DkCatalogue *catalogue = dk_enterprise_get_catalogue (enterprise);
  static const gint64 numbers[] = { 0, 1, 1000000000000 };
  DkValue rate = DK_VALUE_POINT (pick == 0 ? DK_NUMBER (-1) : DK_NUMBER (1000000)), all = DK_VALUE_TRUTH (pick == 0 ? DK_FALSE : DK_TRUE);

  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkSymbol *fact = dk_catalogue_get_fact (catalogue, i)->symbol;
      DkValue value = fact->kind == DK_KIND_NUMBER ? DK_VALUE_POINT (DK_NUMBER (numbers[pick]))
                      : fact->kind == DK_KIND_TRUTH ? all
                      : fact->kind == DK_KIND_CHOICE ? DK_VALUE_CHOICE (G_GUINT64_CONSTANT (1) << MIN (pick, fact->choices->options->len - 1))
                      : DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2030, 1, 1)));

      if (fact->kind == DK_KIND_TEXT || fact->kind == DK_KIND_CODE)
        continue;
      /* Of the past and the present too. What the domain does not hold is as absurd as can be, and not taken. */
      for (int year = 2020; year <= 2030; year++)
        dk_enterprise_set_planned (enterprise, fact, (DkPeriodKey) { year, 0, 0 }, &value, NULL);
      dk_enterprise_set_planned (enterprise, fact, DK_PLAN_GROWTH, &rate, NULL);
    }
  g_assert_true (dk_enterprise_set_planned (enterprise, NULL, DK_PLAN_GROWTH, &rate, NULL));
}

static void
test_present (void)
{
  static const char *const samples[] = {
    "agritech.json", "biotech.json", "equipment.json", "half-filled.json", "services.json", "software.json", "passes.json", "just-misses.json",
  };
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkLibrary) library = dk_library_load (problems);
  DkCatalogue *catalogue = library->catalogue;
  DkRulebook *book = library->book;
  gint64 as_of = dk_date_from_ymd (2026, 7, 15);
  guint n_moved = 0;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = test_dup_sample (samples[i]);
      g_autoptr(DkEnterprise) plain = dk_enterprise_load (catalogue, path, problems);
      g_autoptr(DkAssessment) before = NULL;
      g_autofree char *wanted = NULL;

      g_assert_nonnull (plain);
      dk_enterprise_clear_plan (plain);
      before = dk_assessment_new (book, plain, as_of, 2025, NULL);
      wanted = dk_assessment_to_json (before, "zh");
      for (guint pick = 0; pick < 3; pick++)
        {
          g_autoptr(DkEnterprise) absurd = dk_enterprise_dup (plain);
          g_autoptr(DkAssessment) after = NULL;
          g_autoptr(DkProjection) projection = NULL;
          g_autofree char *found = NULL, *now = NULL;

          plan_absurdly (absurd, pick);
          after = dk_assessment_new (book, absurd, as_of, 2025, NULL);
          found = dk_assessment_to_json (after, "zh");
          g_assert_cmpstr (found, ==, wanted);
          /* The present within the projection is no other one, though what is to come is. */
          projection = dk_projection_new (book, absurd, as_of, 2025, NULL);
          now = dk_assessment_to_json (projection->assessments[0], "zh");
          g_assert_cmpstr (now, ==, wanted);
          for (guint o = 0; o < projection->outlooks->len; o++)
            {
              const DkOutlook *outlook = g_ptr_array_index (projection->outlooks, o);

              g_assert_false (outlook->course.by_plan[0]);
              n_moved += outlook->course.by_plan[1];
            }
        }
    }
  g_assert_cmpuint (n_moved, >, 50);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/assess/projection/" name, Projections, NULL, set_up, function, tear_down)
  ADD ("boundary", test_boundary);
  ADD ("shape", test_shape);
  ADD ("time", test_time);
  ADD ("open", test_open);
  ADD ("lines", test_lines);
  g_test_add_func ("/assess/projection/present", test_present);
  return g_test_run ();
}
