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

static const DkLever *
find_lever (const GArray *levers,
            const char   *fact,
            int           direction)
{
  for (guint i = 0; i < levers->len; i++)
    {
      const DkLever *lever = &g_array_index (levers, DkLever, i);

      if (g_str_equal (lever->ref.fact->id, fact) && (direction == 0 || dk_number_compare (lever->to, lever->from) == direction))
        return lever;
    }
  return NULL;
}

static void
assert_to (const GArray *levers,
           const char   *fact,
           gint64        to)
{
  const DkLever *lever = find_lever (levers, fact, 0);
  g_autofree char *text = NULL;
  g_autofree char *wanted = g_strdup_printf ("%" G_GINT64_FORMAT, to);

  if (lever == NULL)
    g_error ("no lever %s", fact);
  text = dk_number_to_string (lever->to);
  g_assert_cmpstr (text, ==, wanted);
}

/* The verdict of @id once @fact, and @partner by the same amount, stand at @to. */
static DkVerdict
apply (Fixture            *fixture,
       const DkEnterprise *enterprise,
       const DkFactRef    *ref,
       const DkFactRef    *partner,
       DkNumber            from,
       DkNumber            to,
       const char         *id)
{
  g_autoptr(DkEnterprise) changed = dk_enterprise_dup (enterprise);
  g_autoptr(DkAssessment) assessment = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkValue value = DK_VALUE_POINT (to);

  if (!dk_enterprise_set (changed, ref->fact, ref->period, &value, &error))
    g_error ("%s", error->message);
  if (partner != NULL && partner->fact != NULL)
    {
      DkValue whole;

      g_assert_true (dk_enterprise_get (changed, partner->fact, partner->period, &whole));
      value = DK_VALUE_POINT (dk_number_add (whole.low, dk_number_sub (to, from, arena), arena));
      g_assert_true (dk_enterprise_set (changed, partner->fact, partner->period, &value, &error));
    }
  assessment = fixture_assess_enterprise (fixture, changed);
  return fixture_find (assessment, id)->verdict;
}

static DkNumber
one_step_back (const DkLever *lever,
               DkArena       *arena)
{
  return dk_number_compare (lever->to, lever->from) > 0 ? dk_number_sub (lever->to, lever->ref.fact->step, arena)
                                                         : dk_number_add (lever->to, lever->ref.fact->step, arena);
}

static void
test_each_edge (Fixture      *fixture,
                gconstpointer data)
{
  /* 12 + 40 + 0: staff points, R&D points or a patent would do. */
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture,
    "facts: {resident: true, listed_abnormal: false, staff: 100, st_staff: 29, revenue: 3000万, rd: 150万, patents: 0}\n");
  g_autoptr(GArray) levers = dk_assessment_get_levers (assessment, fixture_find (assessment, "demo"));

  g_assert_cmpuint (levers->len, ==, 6);
  assert_to (levers, "st_staff", 30);
  assert_to (levers, "staff", 96);
  assert_to (levers, "revenue", 25000000);
  assert_to (levers, "rd", 1800000);
  assert_to (levers, "patents", 1);
  /* The cheapest first: one of 29 moved, 4 of 100 fewer, 2 hired (31 of 102), 1/6, 1/5, and from nothing. */
  g_assert_cmpstr (g_array_index (levers, DkLever, 0).ref.fact->id, ==, "st_staff");
  g_assert_cmpstr (g_array_index (levers, DkLever, 1).ref.fact->id, ==, "staff");
  g_assert_cmpstr (g_array_index (levers, DkLever, 2).ref.fact->id, ==, "st_staff");
  g_assert_cmpstr (g_array_index (levers, DkLever, 2).grows_with.fact->id, ==, "staff");
  g_assert_true (dk_number_equal (g_array_index (levers, DkLever, 2).to, DK_NUMBER (31)));
  g_assert_cmpstr (g_array_index (levers, DkLever, 3).ref.fact->id, ==, "revenue");
  g_assert_cmpstr (g_array_index (levers, DkLever, 5).ref.fact->id, ==, "patents");
  g_assert_false (dk_number_is_finite (g_array_index (levers, DkLever, 5).relative));
  g_assert_true (find_lever (levers, "rd", 0)->is_closed);
  g_assert_false (find_lever (levers, "patents", 0)->is_closed);
  g_assert_null (find_lever (levers, "assets", 0));
}

static void
test_no_lever (Fixture      *fixture,
               gconstpointer data)
{
  /* Refused for what no figure changes. */
  g_autoptr(DkAssessment) refused = fixture_assess (fixture,
    "facts: {resident: true, listed_abnormal: true, staff: 100, st_staff: 29, revenue: 3000万, rd: 150万, patents: 0}\n");
  /* Not answered: nothing to change yet. */
  g_autoptr(DkAssessment) open = fixture_assess (fixture,
    "facts: {resident: true, listed_abnormal: false, staff: 100, revenue: 3000万, rd: 150万, patents: 0}\n");
  g_autoptr(DkAssessment) passes = fixture_assess (fixture, FIXTURE_PASSES);
  g_autoptr(GArray) of_refused = dk_assessment_get_levers (refused, fixture_find (refused, "demo"));
  g_autoptr(GArray) of_open = dk_assessment_get_levers (open, fixture_find (open, "demo"));
  g_autoptr(GArray) of_passes = dk_assessment_get_levers (passes, fixture_find (passes, "demo"));

  g_assert_cmpuint (of_refused->len, ==, 0);
  g_assert_null (find_lever (of_open, "st_staff", 0));
  /* Whatever the S&T staff are, 30 or 50 points more make 60 or more only with both. */
  g_assert_null (find_lever (of_open, "rd", 0));
  assert_to (of_open, "patents", 1);
  g_assert_cmpuint (of_passes->len, ==, 0);
}

static const char hiring[] =
  "pack: hire\n"
  "kind: certification\n"
  "title: {zh: 招聘, en: Hire}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "versions: [{id: a, from: 2017-01-01, source: 'law'}]\n"
  "rules:\n"
  "  - {id: hire, title: {zh: 招聘, en: Hire}, source: 'law', all: [people, others]}\n"
  "  - {id: people, title: {zh: 人, en: People}, source: 'law', require: 'st_staff[0] >= 12'}\n"
  "  - {id: others, title: {zh: 其他, en: Others}, source: 'law', require: 'staff[0] - st_staff[0] >= 2'}\n"
  "  - {id: hole, title: {zh: 洞, en: Hole}, source: 'law', require: 'patents >= 3 and patents <= 4 or patents >= 20'}\n"
  "  - {id: capped, title: {zh: 限, en: Capped}, source: 'law', require: 'rd[0] / revenue[0] >= 5% and rd[0] <= 100万'}\n";

static void
test_hiring (Fixture      *fixture,
             gconstpointer data)
{
  /* All 10 are S&T staff but 2: to have 12, people must be hired. */
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {staff: 10, st_staff: 8}\n");
  g_autoptr(GArray) levers = dk_assessment_get_levers (assessment, fixture_find (assessment, "hire"));
  const DkLever *lever = find_lever (levers, "st_staff", 0);

  g_assert_nonnull (lever);
  assert_to (levers, "st_staff", 12);
  g_assert_cmpstr (lever->grows_with.fact->id, ==, "staff");
  g_assert_null (lever->keeps);
  g_assert_null (find_lever (levers, "staff", 0));
}

static void
test_part_of_the_whole (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr(DkAssessment) enough = fixture_assess (fixture, "facts: {staff: 20, st_staff: 8}\n");
  g_autoptr(DkAssessment) few = fixture_assess (fixture, "facts: {staff: 10, st_staff: 8}\n");
  g_autoptr(GArray) retrained = dk_assessment_get_levers (enough, fixture_find (enough, "hire.people"));
  g_autoptr(GArray) hired = dk_assessment_get_levers (few, fixture_find (few, "hire.people"));

  /* Staff of other work may do S&T work instead; where there are none left, they are hired. */
  g_assert_null (find_lever (retrained, "st_staff", 0)->grows_with.fact);
  g_assert_cmpstr (find_lever (retrained, "st_staff", 0)->keeps->id, ==, "staff");
  assert_to (retrained, "st_staff", 12);
  g_assert_nonnull (find_lever (hired, "st_staff", 0)->grows_with.fact);
}

static void
test_holes (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(DkAssessment) below = fixture_assess (fixture, "facts: {patents: 0}\n");
  g_autoptr(DkAssessment) between = fixture_assess (fixture, "facts: {patents: 5}\n");
  g_autoptr(DkAssessment) inside = fixture_assess (fixture, "facts: {patents: 4}\n");
  g_autoptr(GArray) first = dk_assessment_get_levers (below, fixture_find (below, "hire.hole"));
  g_autoptr(GArray) second = dk_assessment_get_levers (between, fixture_find (between, "hire.hole"));
  g_autoptr(GArray) safety = dk_assessment_get_safety (inside, fixture_find (inside, "hire.hole"));

  assert_to (first, "patents", 3);
  assert_to (second, "patents", 20);
  /* On the upper edge, and one above the lower one. */
  g_assert_cmpuint (safety->len, ==, 2);
  g_assert_cmpint (dk_number_sign (g_array_index (safety, DkLever, 0).relative), ==, 0);
  g_assert_true (dk_number_equal (g_array_index (safety, DkLever, 1).to, DK_NUMBER (3)));
}

static void
test_window (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) reachable = fixture_assess (fixture, "facts: {revenue: 1900万, rd: 90万}\n");
  g_autoptr(DkAssessment) beyond = fixture_assess (fixture, "facts: {revenue: 2100万, rd: 90万}\n");
  g_autoptr(GArray) some = dk_assessment_get_levers (reachable, fixture_find (reachable, "hire.capped"));
  g_autoptr(GArray) none = dk_assessment_get_levers (beyond, fixture_find (beyond, "hire.capped"));

  assert_to (some, "rd", 950000);
  assert_to (some, "revenue", 18000000);
  g_assert_null (find_lever (none, "rd", 0));
}

static void
test_ranges (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {staff: 50, st_staff: {from: 6, to: 9}}\n");
  g_autoptr(GArray) levers = dk_assessment_get_levers (assessment, fixture_find (assessment, "hire.people"));

  g_assert_true (dk_number_equal (find_lever (levers, "st_staff", 0)->from, DK_NUMBER (6)));
  assert_to (levers, "st_staff", 12);
}

static void
test_safety (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);
  g_autoptr(GArray) safety = dk_assessment_get_safety (assessment, fixture_find (assessment, "demo"));
  const DkLever *first;

  /* 30 of 100 staff and 5 %, just: one less and the points are gone. */
  g_assert_cmpuint (safety->len, >=, 4);
  first = &g_array_index (safety, DkLever, 0);
  g_assert_cmpint (dk_number_sign (first->relative), ==, 0);
  g_assert_true (dk_number_equal (find_lever (safety, "rd", 0)->to, DK_NUMBER (1500000)));
  g_assert_true (dk_number_equal (find_lever (safety, "st_staff", 0)->to, DK_NUMBER (30)));
  g_assert_null (find_lever (safety, "idle", 0));
  for (guint i = 1; i < safety->len; i++)
    g_assert_cmpint (dk_number_compare (g_array_index (safety, DkLever, i - 1).relative, g_array_index (safety, DkLever, i).relative), <=, 0);
}

static DkEnterprise *
make_random (Fixture *fixture)
{
  gint64 staff = g_test_rand_int_range (20, 120);
  g_autofree char *text =
    g_strdup_printf ("facts: {resident: true, listed_abnormal: false, staff: %d, st_staff: %d, revenue: %d0000, rd: %d0000, patents: %d}\n",
                     (int) staff, g_test_rand_int_range (0, (int) staff + 1), g_test_rand_int_range (50, 400),
                     g_test_rand_int_range (0, 30), g_test_rand_int_range (0, 8) == 0);

  return fixture_read (fixture, text);
}

static int
compare_to_cheapest (DkNumber      from,
                     DkNumber      to,
                     const DkLever *cheapest,
                     DkArena       *arena)
{
  DkNumber way;

  if (dk_number_sign (from) == 0)
    return dk_number_is_finite (cheapest->relative) ? 1 : 0;
  way = dk_number_div (dk_number_sub (to, from, arena), from, arena);
  if (dk_number_sign (way) < 0)
    way = dk_number_negate (way, arena);
  return dk_number_compare (way, cheapest->relative);
}

/* Applied, a lever passes; one step less, it does not; and no place on the grid of any fact is cheaper. */
static void
test_none_cheaper (Fixture      *fixture,
                   gconstpointer data)
{
  static const char *const facts[] = { "staff", "st_staff", "revenue", "rd" };
  guint n_levers = 0;

  /* Few of the random ones fail by so little that a lever is left: some seeds need more of them. */
  for (guint n = 0; n < 40 || (n_levers <= 20 && n < 400); n++)
    {
      g_autoptr(DkEnterprise) enterprise = make_random (fixture);
      g_autoptr(DkAssessment) assessment = fixture_assess_enterprise (fixture, enterprise);
      g_autoptr(GArray) levers = dk_assessment_get_levers (assessment, fixture_find (assessment, "demo"));
      g_autoptr(DkArena) arena = dk_arena_new ();

      if (fixture_find (assessment, "demo")->verdict != DK_VERDICT_FAIL)
        continue;
      for (guint i = 0; i < levers->len; i++)
        {
          const DkLever *lever = &g_array_index (levers, DkLever, i);
          DkNumber back = one_step_back (lever, arena);

          n_levers++;
          g_assert_cmpint (apply (fixture, enterprise, &lever->ref, &lever->grows_with, lever->from, lever->to, "demo"), ==, DK_VERDICT_PASS);
          if (!dk_number_equal (back, lever->from))
            g_assert_cmpint (apply (fixture, enterprise, &lever->ref, &lever->grows_with, lever->from, back, "demo"), !=, DK_VERDICT_PASS);
          if (i > 0)
            g_assert_cmpint (dk_number_compare (lever[-1].relative, lever->relative), <=, 0);
        }

      for (guint f = 0; f < G_N_ELEMENTS (facts); f++)
        {
          const DkFact *fact = dk_catalogue_find_fact (fixture->catalogue, facts[f]);
          DkFactRef ref = { fact->symbol, { 2025, 0, 0 }, 0 };
          DkValue value, whole, part;
          const DkSymbol *staff = dk_scope_find_fact (dk_rulebook_get_scope (fixture->book), "staff");
          const DkSymbol *st_staff = dk_scope_find_fact (dk_rulebook_get_scope (fixture->book), "st_staff");

          g_assert_true (dk_enterprise_get (enterprise, fact->symbol, ref.period, &value));
          g_assert_true (dk_enterprise_get (enterprise, staff, ref.period, &whole));
          g_assert_true (dk_enterprise_get (enterprise, st_staff, ref.period, &part));
          for (int direction = -1; direction <= 1; direction += 2)
            {
              if ((fact->change & (direction > 0 ? DK_CHANGE_UP : DK_CHANGE_DOWN)) == 0)
                continue;
              for (gint64 k = 1; k <= 60; k++)
                {
                  DkNumber to = dk_number_add (value.low, dk_number_mul (fact->symbol->step, DK_NUMBER (direction * k), arena), arena);

                  if (dk_number_compare (to, fact->symbol->domain.low) < 0
                      || (fact->symbol == st_staff && dk_number_compare (to, whole.low) > 0)
                      || (fact->symbol == staff && dk_number_compare (to, part.low) < 0))
                    break;
                  if (levers->len > 0 && compare_to_cheapest (value.low, to, &g_array_index (levers, DkLever, 0), arena) >= 0)
                    break;
                  g_assert_cmpint (apply (fixture, enterprise, &ref, NULL, value.low, to, "demo"), !=, DK_VERDICT_PASS);
                }
            }
        }
    }
  g_assert_cmpuint (n_levers, >, 20);
}

/* At the last place it passes; one step farther it does not. */
static void
test_safety_is_exact (Fixture      *fixture,
                      gconstpointer data)
{
  guint n_checked = 0;

  for (guint n = 0; n < 200; n++)
    {
      g_autoptr(DkEnterprise) enterprise = make_random (fixture);
      g_autoptr(DkAssessment) assessment = fixture_assess_enterprise (fixture, enterprise);
      g_autoptr(GArray) safety = dk_assessment_get_safety (assessment, fixture_find (assessment, "demo"));
      g_autoptr(DkArena) arena = dk_arena_new ();

      for (guint i = 0; i < safety->len; i++)
        {
          const DkLever *lever = &g_array_index (safety, DkLever, i);
          int direction = dk_number_compare (lever->to, lever->from);
          DkNumber step = lever->ref.fact->step;

          g_assert_cmpint (apply (fixture, enterprise, &lever->ref, NULL, lever->from, lever->to, "demo"), ==, DK_VERDICT_PASS);
          if (direction == 0)
            continue;
          if (direction < 0)
            step = dk_number_negate (step, arena);
          g_assert_cmpint (apply (fixture, enterprise, &lever->ref, NULL, lever->from, dk_number_add (lever->to, step, arena), "demo"),
                           !=, DK_VERDICT_PASS);
          n_checked++;
        }
    }
  g_assert_cmpuint (n_checked, >, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/assess/levers/each-edge", Fixture, NULL, set_up, test_each_edge, tear_down);
  g_test_add ("/assess/levers/none-where-none-helps", Fixture, NULL, set_up, test_no_lever, tear_down);
  g_test_add ("/assess/levers/hiring-raises-both", Fixture, hiring, set_up, test_hiring, tear_down);
  g_test_add ("/assess/levers/part-of-the-whole", Fixture, hiring, set_up, test_part_of_the_whole, tear_down);
  g_test_add ("/assess/levers/holes-are-seen", Fixture, hiring, set_up, test_holes, tear_down);
  g_test_add ("/assess/levers/a-window-closes", Fixture, hiring, set_up, test_window, tear_down);
  g_test_add ("/assess/levers/from-a-range", Fixture, hiring, set_up, test_ranges, tear_down);
  g_test_add ("/assess/levers/none-cheaper", Fixture, NULL, set_up, test_none_cheaper, tear_down);
  g_test_add ("/assess/levers/safety", Fixture, NULL, set_up, test_safety, tear_down);
  g_test_add ("/assess/levers/safety-is-exact", Fixture, NULL, set_up, test_safety_is_exact, tear_down);
  return g_test_run ();
}
