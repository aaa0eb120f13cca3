/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trees of where numbers come from: their figures have to come out of one another, for all rules of the packs and all samples. */
#include "fixture.h"

#include "dk-library.h"
#include "dk-provenance.h"

#include "../support/samples.h"

#define DAY "2026-07-15"

typedef struct
{
  DkArena *arena;
  guint    n_computed, n_limits, n_facts, n_registers, n_nodes;
} Walk;

/* Whether a part is the most that the parts before it may come to. */
static gboolean
is_limit (const DkProvenance *part)
{
  return (g_str_equal (part->joint, "or, if less,") || g_str_equal (part->joint, "\346\210\226\357\274\210\345\217\226\345\260\217\357\274\211")) && part->has_value &&
         (part->number.state & 15) == DK_POINT;
}

static gboolean
is_arithmetic (const char *joint)
{
  return g_str_equal (joint, "+") || g_str_equal (joint, "−") || g_str_equal (joint, "×") || g_str_equal (joint, "÷");
}

/* What the parts of a node come to; FALSE if it is not made of points by arithmetic. */
static gboolean
compute (Walk               *walk,
         const DkProvenance *node,
         DkNumber           *number)
{
  guint n_terms = 0;

  for (guint i = 0; i < node->children->len; i++)
    {
      const DkProvenance *part = g_ptr_array_index (node->children, i);

      /* The threshold stands behind what it judges, and conditions before. */
      if (n_terms > 1 && is_limit (part))
        *number = dk_number_min (*number, part->number.low);
      if (n_terms > 0 && !is_arithmetic (part->joint))
        break;
      if ((n_terms == 0 && *part->joint != '\0') || !part->has_value || (part->number.state & 15) != DK_POINT)
        return FALSE;
      if (n_terms++ == 0)
        *number = part->number.low;
      else if (g_str_equal (part->joint, "+"))
        *number = dk_number_add (*number, part->number.low, walk->arena);
      else if (g_str_equal (part->joint, "−"))
        *number = dk_number_sub (*number, part->number.low, walk->arena);
      else if (g_str_equal (part->joint, "×"))
        *number = dk_number_mul (*number, part->number.low, walk->arena);
      else if (dk_number_sign (part->number.low) != 0)
        *number = dk_number_div (*number, part->number.low, walk->arena);
      else
        return FALSE;
    }
  return n_terms > 1;
}

static void
check (Walk               *walk,
       const DkProvenance *node,
       guint               depth)
{
  DkNumber number = DK_ZERO;

  walk->n_nodes++;
  g_assert_nonnull (node->name);
  g_assert_cmpstr (node->name, !=, "");
  g_assert_true (g_utf8_validate (node->name, -1, NULL) && g_utf8_validate (node->value, -1, NULL) && g_utf8_validate (node->note, -1, NULL));
  g_assert_cmpuint (depth, <, 64);
  g_assert_true (node->has_value || *node->value == '\0' || node->kind == DK_PROVENANCE_STEP);
  walk->n_facts += node->kind == DK_PROVENANCE_FACT;
  walk->n_registers += node->kind == DK_PROVENANCE_REGISTER;
  if (node->kind != DK_PROVENANCE_STEP)
    g_assert_nonnull (node->target);
  if (node->has_value && (node->number.state & 15) == DK_POINT && compute (walk, node, &number))
    {
      g_assert_true (dk_number_equal (number, node->number.low));
      walk->n_computed++;
      for (guint i = 0; i < node->children->len; i++)
        walk->n_limits += is_limit (g_ptr_array_index (node->children, i));
    }
  for (guint i = 0; i < node->children->len; i++)
    check (walk, g_ptr_array_index (node->children, i), depth + 1);
}

static void
check_result (Walk            *walk,
              const DkWording *wording,
              const DkResult  *result)
{
  g_autoptr(DkProvenance) tree = dk_provenance_new (wording, result);
  g_autofree char *text = dk_provenance_to_text (tree);

  g_assert_cmpstr (tree->target, ==, result->item->id);
  g_assert_cmpint (tree->verdict, ==, result->verdict);
  g_assert_cmpstr (tree->joint, ==, "");
  check (walk, tree, 0);
  g_assert_null (strstr (text, "(null)"));
  for (guint i = 0; i < result->children->len; i++)
    check_result (walk, wording, g_ptr_array_index (result->children, i));
}

static void
test_samples (void)
{
  static const char *const samples[] = { "passes.json", "just-misses.json", "half-filled.json", "agritech.json", "biotech.json",
                                         "equipment.json", "services.json", "software.json", NULL };
  static const char *const languages[] = { "zh", "en", NULL };
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkLibrary) library = dk_library_load (problems);
  Walk walk = { dk_arena_new (), 0, 0, 0, 0, 0 };
  gint64 day;

  g_assert_nonnull (library);
  g_assert_true (dk_date_parse (DAY, -1, &day));
  for (guint s = 0; samples[s] != NULL; s++)
    {
      g_autofree char *path = test_dup_sample (samples[s]);
      g_autoptr(DkEnterprise) enterprise = dk_enterprise_load (library->catalogue, path, problems);
      g_autoptr(DkAssessment) assessment = dk_assessment_new (library->book, enterprise, day, 2025, NULL);
      GPtrArray *results = dk_assessment_get_results (assessment);

      for (guint l = 0; languages[l] != NULL; l++)
        {
          DkWording wording = { assessment, library->book, walk.arena, languages[l] };

          for (guint i = 0; i < results->len; i++)
            check_result (&walk, &wording, g_ptr_array_index (results, i));
        }
    }
  g_test_message ("%u nodes, %u computed, %u answers, %u counts", walk.n_nodes, walk.n_computed, walk.n_facts, walk.n_registers);
  g_assert_cmpuint (walk.n_computed, >, 50);
  g_assert_cmpuint (walk.n_limits, >, 2);
  g_assert_cmpuint (walk.n_facts, >, 500);
  dk_arena_free (walk.arena);
}

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

static char *
tell (Fixture      *fixture,
      DkAssessment *assessment,
      const char   *id)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { assessment, fixture->book, arena, "en" };
  g_autoptr(DkProvenance) tree = dk_provenance_new (&wording, dk_assessment_find (assessment, id));

  return dk_provenance_to_text (tree);
}

static void
test_text (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(DkAssessment) passes = fixture_assess (fixture, FIXTURE_PASSES);
  g_autoptr(DkAssessment) empty = fixture_assess (fixture, "facts: {staff: 100}\n");
  g_autofree char *share = tell (fixture, passes, "demo.share"), *growth = tell (fixture, passes, "demo.growth");
  g_autofree char *points = tell (fixture, passes, "demo.staff_points"), *open = tell (fixture, empty, "demo.share");

  g_test_message ("%s%s%s%s", share, growth, points, open);
  g_assert_nonnull (strstr (share, "  S&T staff (2025): 30\n  ÷ Staff (2025): 100\n"));
  g_assert_nonnull (strstr (growth, "≥ 20 %"));
  g_assert_nonnull (strstr (points, "→ ≥ 30 %: 20"));
  /* What is not answered is told from what is. */
  g_assert_nonnull (strstr (open, "S&T staff (2025): "));
  g_assert_nonnull (strstr (open, "[not answered exactly yet]\n  ÷ Staff (2025): 100\n"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assess/provenance/samples", test_samples);
  g_test_add ("/assess/provenance/text", Fixture, NULL, set_up, test_text, tear_down);
  return g_test_run ();
}
