/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scorecard such as the law has them: many indicators over many facts, some of which several of them share. */
#include "fixture.h"

#define N_FACTS 40
#define N_INDICATORS 20
#define LAST_YEAR 2025

/* All levers of two results, in milliseconds: a hundred times what they take, and a tenth of what they took by trying all. */
#define MOST_MS 2000

typedef struct
{
  DkDocument  *document;
  DkCatalogue *catalogue;
  DkRulebook  *book;
} Many;

static DkDocument *
parse (const char *name,
       const char *text)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkDocument *document = dk_document_parse (name, text, strlen (text), DK_FORMAT_YAML, problems);

  if (document == NULL)
    {
      g_autofree char *list = dk_problems_to_string (problems);

      g_error ("%s", list);
    }
  return document;
}

static void
fail_on (const DkProblems *problems)
{
  g_autofree char *list = dk_problems_to_string (problems);

  if (dk_problems_count (problems) > 0)
    g_error ("%s", list);
}

static char *
write_catalogue (void)
{
  GString *text = g_string_new ("pages: [{id: base, title: {zh: 基本, en: Basics}}]\nfacts:\n");

  for (guint i = 0; i < N_FACTS; i++)
    g_string_append_printf (text, "  - {id: f%u, page: base, kind: number, unit: %s, period: year, min: 0, step: %u, change: both, label: {zh: 数, en: F}}\n",
                            i, i % 4 == 0 ? "count" : "yuan", i % 4 == 0 ? 1 : 10000);
  g_string_append (text, "  - {id: clean, page: base, kind: truth, label: {zh: 信用, en: Clean}}\n");
  return g_string_free (text, FALSE);
}

/* Shares, growth, amounts by turns; the total must reach 60 of 100. */
static char *
write_pack (void)
{
  GString *text = g_string_new ("pack: many\nkind: certification\ntitle: {zh: 多, en: Many}\n"
                                "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
                                "versions: [{id: a, from: 2017-01-01, source: law}]\nrules:\n"
                                "  - {id: many, title: {zh: 多, en: Many}, source: law, all: [clean_ok, least, score]}\n"
                                "  - {id: clean_ok, title: {zh: 信用, en: Clean}, source: law, require: 'clean'}\n"
                                "  - {id: least, title: {zh: 门槛, en: Least}, source: law, require: 'f1[0] >= 500万'}\n"
                                "  - {id: score, title: {zh: 总分, en: Score}, source: law, require: '>= 60', total: [");

  for (guint i = 0; i < N_INDICATORS; i++)
    g_string_append_printf (text, "%ss%u", i > 0 ? ", " : "", i);
  g_string_append (text, "]}\n");
  for (guint i = 0; i < N_INDICATORS; i++)
    {
      guint a = 2 * i + 1, b = i % 2 == 0 ? 2 : 2 * i + 3;

      a += a % 4 == 0;
      b += b % 4 == 0;
      g_string_append_printf (text, "  - {id: s%u, title: {zh: 分, en: Points}, source: law, points: {of: '", i);
      if (i % 3 == 0)
        g_string_append_printf (text, "f%u[0] / f%u[0]', bands: [{at_least: 30%%, points: 5}, {at_least: 10%%, points: 3}", a % N_FACTS, b % N_FACTS);
      else if (i % 3 == 1)
        g_string_append_printf (text, "(f%u[0] - f%u[-1]) / f%u[-1]', bands: [{at_least: 20%%, points: 5}, {at_least: 5%%, points: 2}", a % N_FACTS, a % N_FACTS, a % N_FACTS);
      else
        g_string_append_printf (text, "f%u[0]', bands: [{at_least: 5000万, points: 5}, {at_least: 1000万, points: 3}", a % N_FACTS);
      g_string_append (text, ", {else: 0}]}}\n");
    }
  return g_string_free (text, FALSE);
}

static void
set_up (Many         *many,
        gconstpointer data)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *catalogue = write_catalogue (), *pack = write_pack ();

  many->document = parse ("facts.yaml", catalogue);
  many->catalogue = dk_catalogue_load_document (dk_document_get_root (many->document), NULL, problems);
  fail_on (problems);
  many->book = dk_rulebook_new (dk_catalogue_get_scope (many->catalogue));
  dk_rulebook_take_document (many->book, parse ("pack.yaml", pack), TRUE, problems);
  fail_on (problems);
  dk_rulebook_compile (many->book, problems);
  fail_on (problems);
}

static void
tear_down (Many         *many,
           gconstpointer data)
{
  dk_rulebook_free (many->book);
  dk_catalogue_free (many->catalogue);
  dk_document_free (many->document);
}

/* @percent of the figures are known, each 2 to 5 million times 2 at random. */
static DkEnterprise *
make_enterprise (Many  *many,
                 guint  percent)
{
  DkEnterprise *enterprise = dk_enterprise_new (many->catalogue);

  for (guint i = 0; i < dk_catalogue_n_facts (many->catalogue); i++)
    {
      const DkSymbol *fact = dk_catalogue_get_fact (many->catalogue, i)->symbol;

      for (int year = 0; year < (fact->period == DK_PERIOD_YEAR ? 2 : 1); year++)
        {
          DkPeriodKey period = { fact->period == DK_PERIOD_YEAR ? LAST_YEAR - year : 0, 0, 0 };
          gint64 amount = (gint64) g_test_rand_int_range (2, 6) << g_test_rand_int_range (0, 6);
          DkValue value = fact->kind == DK_KIND_TRUTH ? DK_VALUE_TRUTH (DK_TRUE)
                          : DK_VALUE_POINT (DK_NUMBER (fact->unit == DK_UNIT_COUNT ? amount : amount * 1000000));

          if ((guint) g_test_rand_int_range (0, 100) < percent)
            g_assert_true (dk_enterprise_set (enterprise, fact, period, &value, NULL));
        }
    }
  return enterprise;
}

static DkAssessment *
assess (Many               *many,
        const DkEnterprise *enterprise)
{
  return dk_assessment_new (many->book, enterprise, dk_date_from_ymd (2026, 7, 15), LAST_YEAR, NULL);
}

/* Whether the programme passes once a fact stands at @to. */
static gboolean
passes_at (Many               *many,
           const DkEnterprise *enterprise,
           const DkFactRef    *ref,
           DkNumber            to)
{
  g_autoptr(DkEnterprise) changed = dk_enterprise_dup (enterprise);
  g_autoptr(DkAssessment) assessment = NULL;
  DkValue value = DK_VALUE_POINT (to);

  g_assert_true (dk_enterprise_set (changed, ref->fact, ref->period, &value, NULL));
  assessment = assess (many, changed);
  return fixture_find (assessment, "many")->verdict == DK_VERDICT_PASS;
}

static gboolean
has_lever (const GArray    *levers,
           const DkFactRef *ref,
           int              direction)
{
  for (guint i = 0; i < levers->len; i++)
    {
      const DkLever *lever = &g_array_index (levers, DkLever, i);

      if (lever->ref.fact == ref->fact && dk_period_equal (lever->ref.period, ref->period)
          && dk_number_compare (lever->to, lever->from) == direction)
        return TRUE;
    }
  return FALSE;
}

/* Each lever passes, one step less does not; and where none is named, none of many places passes. */
static void
check_levers (Many               *many,
              const DkEnterprise *enterprise,
              guint              *n_levers)
{
  g_autoptr(DkAssessment) assessment = assess (many, enterprise);
  const DkResult *root = fixture_find (assessment, "many");
  g_autoptr(GArray) levers = dk_assessment_get_levers (assessment, root);
  g_autoptr(DkArena) arena = dk_arena_new ();

  if (root->verdict == DK_VERDICT_PASS)
    return;
  for (guint i = 0; i < levers->len; i++)
    {
      const DkLever *lever = &g_array_index (levers, DkLever, i);
      int direction = dk_number_compare (lever->to, lever->from);
      DkNumber step = direction > 0 ? lever->ref.fact->step : dk_number_negate (lever->ref.fact->step, arena);

      g_assert_true (passes_at (many, enterprise, &lever->ref, lever->to));
      g_assert_false (passes_at (many, enterprise, &lever->ref, dk_number_sub (lever->to, step, arena)));
      (*n_levers)++;
    }
  for (guint i = 0; i < root->facts->len; i++)
    {
      const DkFactRef *ref = &g_array_index (root->facts, DkFactRef, i);
      DkValue value;

      if (ref->fact->kind != DK_KIND_NUMBER || !dk_enterprise_get (enterprise, ref->fact, ref->period, &value))
        continue;
      for (int direction = -1; direction <= 1; direction += 2)
        for (gint64 k = 1; k < 100000 && !has_lever (levers, ref, direction); k += 1 + k / 3)
          {
            DkNumber to = dk_number_add (value.low, dk_number_mul (ref->fact->step, DK_NUMBER (direction * k), arena), arena);

            if (dk_number_sign (to) >= 0)
              g_assert_false (passes_at (many, enterprise, ref, to));
          }
    }
}

static void
test_exact (Many         *many,
            gconstpointer data)
{
  guint percent = GPOINTER_TO_UINT (data);
  guint n_levers = 0;

  /* Many of the random ones fail by more than one figure can make good: some seeds need more of them. */
  for (guint turn = 0; turn < (g_test_thorough () ? 60 : 10) || (n_levers < 10 && turn < 300); turn++)
    {
      g_autoptr(DkEnterprise) enterprise = make_enterprise (many, percent);

      check_levers (many, enterprise, &n_levers);
    }
  g_test_message ("%u levers", n_levers);
  g_assert_cmpuint (n_levers, >=, 10);
}

/* With answers missing, nothing is tried that cannot help. */
static void
test_soon (Many         *many,
           gconstpointer data)
{
  for (guint percent = 50; percent <= 100; percent += 10)
    {
      g_autoptr(DkEnterprise) enterprise = make_enterprise (many, percent);
      g_autoptr(DkAssessment) assessment = assess (many, enterprise);
      gint64 start = g_get_monotonic_time ();
      g_autoptr(GArray) levers = dk_assessment_get_levers (assessment, fixture_find (assessment, "many"));
      g_autoptr(GArray) of_score = dk_assessment_get_levers (assessment, fixture_find (assessment, "many.score"));
      gint64 took = (g_get_monotonic_time () - start) / 1000;

      g_test_message ("%u %% known: %u and %u levers in %d ms", percent, levers->len, of_score->len, (int) took);
      g_assert_cmpint (took, <, MOST_MS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/many/exact", Many, GUINT_TO_POINTER (100), set_up, test_exact, tear_down);
  g_test_add ("/assess/many/exact-with-answers-missing", Many, GUINT_TO_POINTER (97), set_up, test_exact, tear_down);
  g_test_add ("/assess/many/soon", Many, NULL, set_up, test_soon, tear_down);
  return g_test_run ();
}
