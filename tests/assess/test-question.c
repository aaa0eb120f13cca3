/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <math.h>

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
  fixture_add_pack (fixture, fixture_demo);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

static void
test_a_veto_first (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {staff: 100, st_staff: 30, revenue: 3000万, rd: 200万, patents: 0}\n");
  DkQuestion question;

  g_assert_true (dk_assessment_get_next_question (assessment, &question));
  /* Either of the two decides; in the order of the pages. */
  g_assert_cmpstr (question.ref.fact->id, ==, "resident");
  g_assert_cmpuint (question.n_open, ==, 3);
}

static void
test_nothing_left (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);
  DkQuestion question;

  g_assert_false (dk_assessment_get_next_question (assessment, &question));
}

/* A board that lacks less than a title, and is asked about after it all the same. */
static void
test_boards_last (void)
{
  Fixture fixture = { NULL };
  const char *const enterprises[] = { "facts: {staff: 10}\n", "facts: {staff: 10, resident: true}\n", "facts: {staff: 10, listed_abnormal: false}\n",
                                      "facts: {staff: 10, resident: true, listed_abnormal: false}\n" };
  const char *const wanted[] = { "resident", "listed_abnormal", "resident", NULL };

  fixture_set_up (&fixture);
  fixture_add_pack (&fixture, "pack: title\nkind: certification\ntitle: {zh: 称号, en: Title}\nsources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
                              "versions: [{id: a, from: 2017-05-03, source: law}]\n"
                              "rules: [{id: title, title: {zh: 称号, en: Title}, source: law, require: 'resident'}]\n");
  fixture_add_pack (&fixture, "pack: board\nkind: listing\ntitle: {zh: 板块, en: Board}\nsources: {law: {title: {zh: 规则, en: Rules}, certainty: V}}\n"
                              "versions: [{id: a, from: 2017-05-03, source: law}]\n"
                              "rules: [{id: board, title: {zh: 板块, en: Board}, source: law, require: 'not listed_abnormal'}]\n");
  fixture_compile (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (enterprises); i++)
    {
      g_autoptr(DkAssessment) assessment = fixture_assess (&fixture, enterprises[i]);
      DkQuestion question;

      g_assert_true (dk_assessment_get_next_question (assessment, &question) == (wanted[i] != NULL));
      if (wanted[i] != NULL)
        g_assert_cmpstr (question.ref.fact->id, ==, wanted[i]);
    }
  fixture_tear_down (&fixture);
}

static void
collect_verdicts (const DkResult *result,
                  GArray         *verdicts)
{
  g_array_append_val (verdicts, result->verdict);
  for (guint i = 0; i < dk_result_n_children (result); i++)
    collect_verdicts (dk_result_get_child (result, i), verdicts);
}

/* Answers that stand on both sides of every edge of the pack. */
static const struct { const char *id; int year; const char *answers[5]; } edges[] = {
  { "resident", 0, { "true", "false" } },
  { "listed_abnormal", 0, { "true", "false" } },
  { "staff", 2025, { "3", "100", "600" } },
  { "st_staff", 2025, { "0", "25", "30", "180" } },
  { "revenue", 2025, { "30000000", "300000000" } },
  { "revenue", 2024, { "20000000", "28000000", "290000000" } },
  { "rd", 2025, { "0", "900000", "1500000", "1800000", "18000000" } },
  { "patents", 0, { "0", "1" } },
};

static void
set_answer (Fixture      *fixture,
            DkEnterprise *enterprise,
            guint         fact,
            const char   *answer)
{
  const DkSymbol *symbol = dk_scope_find_fact (dk_rulebook_get_scope (fixture->book), edges[fact].id);
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GError) error = NULL;
  DkValue value;

  if (!dk_fact_parse_value (symbol, answer, &value, arena, &error)
      || !dk_enterprise_set (enterprise, symbol, (DkPeriodKey) { edges[fact].year, 0, 0 }, &value, &error))
    g_error ("%s: %s", edges[fact].id, error->message);
}

/* Whether, under some answers to all that is open, two answers to @asked give different verdicts. */
static gboolean
can_change (Fixture            *fixture,
            const DkEnterprise *enterprise,
            guint               asked,
            guint               from)
{
  g_autoptr(DkEnterprise) copy = dk_enterprise_dup (enterprise);
  DkValue known;

  for (guint i = from; i < G_N_ELEMENTS (edges); i++)
    {
      const DkSymbol *symbol = dk_scope_find_fact (dk_rulebook_get_scope (fixture->book), edges[i].id);

      if (i == asked || dk_enterprise_get (copy, symbol, (DkPeriodKey) { edges[i].year, 0, 0 }, &known))
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (edges[i].answers) && edges[i].answers[k] != NULL; k++)
        {
          set_answer (fixture, copy, i, edges[i].answers[k]);
          if (can_change (fixture, copy, asked, i + 1))
            return TRUE;
        }
      return FALSE;
    }

  {
    g_autoptr(GArray) first = NULL;

    for (guint k = 0; k < G_N_ELEMENTS (edges[asked].answers) && edges[asked].answers[k] != NULL; k++)
      {
        g_autoptr(DkAssessment) assessment = NULL;
        g_autoptr(GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (DkVerdict));

        set_answer (fixture, copy, asked, edges[asked].answers[k]);
        assessment = fixture_assess_enterprise (fixture, copy);
        collect_verdicts (fixture_find (assessment, "demo"), verdicts);
        if (first == NULL)
          first = g_steal_pointer (&verdicts);
        else if (memcmp (first->data, verdicts->data, first->len * sizeof (DkVerdict)) != 0)
          return TRUE;
      }
  }
  return FALSE;
}

static void
test_asks_nothing_in_vain (Fixture      *fixture,
                           gconstpointer data)
{
  for (guint n = 0; n < 12; n++)
    {
      g_autoptr(DkEnterprise) enterprise = fixture_read (fixture, "facts: {founded_on: 2015-01-01}\n");
      guint n_asked = 0;

      for (;;)
        {
          g_autoptr(DkAssessment) assessment = fixture_assess_enterprise (fixture, enterprise);
          DkQuestion question;
          guint asked, n_answers = 0;

          if (!dk_assessment_get_next_question (assessment, &question))
            {
              assert_missing (assessment, "demo", "");
              assert_missing (assessment, "demo.growth", "");
              break;
            }
          for (asked = 0; asked < G_N_ELEMENTS (edges); asked++)
            if (g_str_equal (edges[asked].id, question.ref.fact->id) && edges[asked].year == question.ref.period.year)
              break;
          g_assert_cmpuint (asked, <, G_N_ELEMENTS (edges));
          g_assert_cmpuint (question.n_open, >, 0);
          g_assert_true (can_change (fixture, enterprise, asked, 0));
          while (n_answers < G_N_ELEMENTS (edges[asked].answers) && edges[asked].answers[n_answers] != NULL)
            n_answers++;
          set_answer (fixture, enterprise, asked, edges[asked].answers[g_test_rand_int_range (0, (int) n_answers)]);
          g_assert_cmpuint (++n_asked, <=, G_N_ELEMENTS (edges));
        }
    }
}

/* The packs as they are shipped, and the enterprises that apply for them. */
typedef struct
{
  DkCatalogue *catalogue;
  DkRulebook  *book;
} Shipped;

static gboolean
load_shipped (Shipped *shipped)
{
  const char *directory = g_getenv ("DK_DATA_DIR") != NULL ? g_getenv ("DK_DATA_DIR") : "data";
  static const char *const packs[] = { "stsme.yaml", "size.yaml", "sike.yaml", "sike_b.yaml" };
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *list = NULL;
  gboolean is_good;

  shipped->catalogue = dk_catalogue_load (directory, problems);
  is_good = shipped->catalogue != NULL;
  if (is_good)
    {
      shipped->book = dk_rulebook_new (dk_catalogue_get_scope (shipped->catalogue));
      for (guint i = 0; i < G_N_ELEMENTS (packs); i++)
        {
          g_autofree char *path = g_build_filename (directory, "packs", packs[i], NULL);

          is_good = dk_rulebook_load (shipped->book, path, TRUE, problems) && is_good;
        }
      is_good = is_good && dk_rulebook_compile (shipped->book, problems);
    }
  if (!is_good)
    {
      list = dk_problems_to_string (problems);
      g_error ("%s", list);
    }
  return TRUE;
}

static gint64
pick_size (GRand *rand,
           double least,
           double most)
{
  return (gint64) exp (g_rand_double_range (rand, log (least), log (most)));
}

/* A code that no other one refines. */
static DkValue
pick_code (GRand         *rand,
           const DkCodes *codes)
{
  for (;;)
    {
      gint32 place = g_rand_int_range (rand, 0, (gint32) codes->codes->len);
      gint64 first, last;

      if (dk_codes_find_prefix (codes, g_ptr_array_index (codes->codes, place), &first, &last) && first == last)
        return DK_VALUE_POINT (DK_NUMBER (place));
    }
}

/* An answer to everything that the packs ask. */
static DkEnterprise *
make_enterprise (Shipped *shipped,
                 GRand   *rand)
{
  const DkProgram *program = dk_rulebook_get_program (shipped->book);
  DkEnterprise *enterprise = dk_enterprise_new (shipped->catalogue);
  gint64 staff = pick_size (rand, 5, 800), revenue = pick_size (rand, 100, 40000) * 10000;

  for (guint i = 0; i < dk_program_n_slots (program); i++)
    {
      const DkSlot *slot = &dk_program_get_slots (program)[i];
      const DkSymbol *fact = slot->fact;
      DkPeriodKey period = { 0, 0, 0 };
      DkValue value;
      g_autoptr(GError) error = NULL;

      if (slot->kind != DK_SLOT_FACT)
        continue;
      if (fact->period == DK_PERIOD_YEAR)
        period.year = slot->is_absolute ? (int) slot->year : 2025 + (int) slot->year;
      switch (fact->kind)
        {
        case DK_KIND_TRUTH:
          {
            /* Most enterprises are in good standing, and few hold great titles. */
            gboolean is_usual = g_rand_double (rand) < 0.85;
            gboolean usual = g_str_equal (fact->id, "is_resident") || g_str_equal (fact->id, "taxed_on_accounts");

            if (g_str_equal (fact->id, "has_core_product"))
              is_usual = g_rand_boolean (rand);
            value = DK_VALUE_TRUTH (is_usual == usual ? DK_TRUE : DK_FALSE);
          }
          break;

        case DK_KIND_NUMBER:
          {
            gint64 number;

            if (g_str_equal (fact->id, "staff") || g_str_equal (fact->id, "employees"))
              number = staff;
            else if (g_str_equal (fact->id, "st_staff"))
              number = g_rand_int_range (rand, 0, (gint32) staff + 1);
            else if (fact->unit == DK_UNIT_COUNT)
              number = g_rand_int_range (rand, 0, 8);
            else if (g_str_equal (fact->id, "revenue"))
              number = revenue;
            else if (g_str_equal (fact->id, "assets") || g_str_equal (fact->id, "cost_total"))
              number = revenue / 100 * g_rand_int_range (rand, 60, 160);
            else if (fact->unit == DK_UNIT_YUAN)
              number = revenue / 1000 * g_rand_int_range (rand, 0, 120);
            else
              number = g_rand_int_range (rand, 0, 101);
            value = DK_VALUE_POINT (((DkNumber) { number, fact->unit == DK_UNIT_RATIO ? 100 : 1 }));
          }
          break;

        case DK_KIND_CODE:
          value = pick_code (rand, fact->codes);
          break;

        case DK_KIND_CHOICE:
          value = DK_VALUE_CHOICE ((guint64) 1 << g_rand_int_range (rand, 0, (gint32) fact->choices->options->len));
          break;

        case DK_KIND_DATE:
          value = DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2010, 3, 4)));
          break;

        case DK_KIND_TEXT:
        default:
          value = DK_VALUE_POINT (DK_NUMBER (dk_text_intern ("x")));
          break;
        }
      if (!dk_enterprise_set (enterprise, fact, period, &value, &error))
        g_error ("%s: %s", fact->id, error->message);
    }
  return enterprise;
}

static gboolean
is_decided (const DkAssessment *assessment)
{
  GPtrArray *results = dk_assessment_get_results (assessment);

  for (guint i = 0; i < results->len; i++)
    if (!((const DkResult *) g_ptr_array_index (results, i))->is_final)
      return FALSE;
  return TRUE;
}

static DkAssessment *
assess (Shipped            *shipped,
        const DkEnterprise *enterprise)
{
  return dk_assessment_new (shipped->book, enterprise, dk_date_from_ymd (2026, 7, 15), 2025, NULL);
}

/* Only the founding day is known: it says which years there are. */
static DkEnterprise *
start (Shipped *shipped)
{
  DkEnterprise *enterprise = dk_enterprise_new (shipped->catalogue);
  const DkScope *scope = dk_rulebook_get_scope (shipped->book);
  DkValue founded = DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2010, 3, 4)));

  if (scope->founded != NULL)
    g_assert_true (dk_enterprise_set (enterprise, dk_scope_find_fact (scope, scope->founded), (DkPeriodKey) { 0, 0, 0 }, &founded, NULL));
  return enterprise;
}

static guint
count_by_questions (Shipped            *shipped,
                    const DkEnterprise *whole)
{
  g_autoptr(DkEnterprise) enterprise = start (shipped);
  guint n = 0;

  for (;;)
    {
      g_autoptr(DkAssessment) assessment = assess (shipped, enterprise);
      DkQuestion question;
      DkValue answer, before;

      if (is_decided (assessment))
        return n;
      g_assert_true (dk_assessment_get_next_question (assessment, &question));
      g_assert_false (dk_enterprise_get (enterprise, question.ref.fact, question.ref.period, &before));
      g_assert_true (dk_enterprise_get (whole, question.ref.fact, question.ref.period, &answer));
      g_assert_true (dk_enterprise_set (enterprise, question.ref.fact, question.ref.period, &answer, NULL));
      n++;
    }
}

/* Page after page, all that stands on them, or only what a pack asks for. */
static guint
count_by_pages (Shipped            *shipped,
                const DkEnterprise *whole,
                gboolean            is_whole_page)
{
  g_autoptr(DkEnterprise) enterprise = start (shipped);
  guint n = 0;

  for (guint i = 0; i < dk_catalogue_n_facts (shipped->catalogue); i++)
    for (int year = 2025; year >= 2020; year--)
      {
        const DkSymbol *fact = dk_catalogue_get_fact (shipped->catalogue, i)->symbol;
        DkPeriodKey period = { fact->period == DK_PERIOD_YEAR ? year : 0, 0, 0 };
        DkValue answer, before;

        if (dk_enterprise_get (enterprise, fact, period, &before))
          continue;
        if (dk_enterprise_get (whole, fact, period, &answer))
          {
            g_autoptr(DkAssessment) assessment = NULL;

            g_assert_true (dk_enterprise_set (enterprise, fact, period, &answer, NULL));
            assessment = assess (shipped, enterprise);
            n++;
            if (is_decided (assessment))
              return n;
          }
        else if (is_whole_page && year == 2025)
          n++; /* the pages ask it, though no pack does */
      }
  return n;
}

static void
test_fewer_than_the_pages (void)
{
  Shipped shipped = { NULL, NULL };
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260715);
  guint n_questions = 0, n_pages = 0, n_used = 0, n_enterprises = 40;

  load_shipped (&shipped);
  for (guint i = 0; i < n_enterprises; i++)
    {
      g_autoptr(DkEnterprise) whole = make_enterprise (&shipped, rand);

      n_questions += count_by_questions (&shipped, whole);
      n_pages += count_by_pages (&shipped, whole, TRUE);
      n_used += count_by_pages (&shipped, whole, FALSE);
    }
  g_test_message ("answers that decide an enterprise: %.1f by questions; %.1f by pages, %.0f %% fewer; %.1f by what the packs use of "
                  "the pages, %.0f %% fewer",
                  (double) n_questions / n_enterprises, (double) n_pages / n_enterprises, 100 - 100.0 * n_questions / n_pages,
                  (double) n_used / n_enterprises, 100 - 100.0 * n_questions / n_used);
  g_assert_cmpuint (n_questions * 10, <=, n_pages * 6);
  g_assert_cmpuint (n_questions * 3, <=, n_used * 2);
  dk_rulebook_free (shipped.book);
  dk_catalogue_free (shipped.catalogue);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/assess/question/boards-last", test_boards_last);
  g_test_add ("/assess/question/a-veto-first", Fixture, NULL, set_up, test_a_veto_first, tear_down);
  g_test_add ("/assess/question/nothing-left", Fixture, NULL, set_up, test_nothing_left, tear_down);
  g_test_add ("/assess/question/nothing-in-vain", Fixture, NULL, set_up, test_asks_nothing_in_vain, tear_down);
  g_test_add_func ("/assess/question/fewer-than-the-pages", test_fewer_than_the_pages);
  return g_test_run ();
}
