/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-plan"

#include "fixture.h"

#include "dk-enterprise-plan.h"

#define TEST(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)

static const char with_plan[] =
  "{\"name\": \"甲\", \"facts\": {\"staff\": {\"2025\": 60}, \"resident\": true},\n"
  " \"plan\": {\"facts\": {\"resident\": {\"2026\": false}, \"town\": {\"2027\": \"厦门\"}, \"paint\": {\"2028\": {\"one_of\": [\"red\", \"blue\"]}},\n"
  "  \"revenue\": {\"2026\": \"1/3\", \"2027\": {\"from\": 5}}, \"sales_q\": {\"2026-Q1\": 6}, \"sales_m\": {\"2026-12\": 2}},\n"
  "  \"growth\": {\"staff\": \"1/7\", \"revenue\": {\"from\": -0.5, \"to\": 123456789012345678901234567890}, \"sales_m\": -1}, \"growth_of_others\": 0.05}}";

static void
set_plan (DkStore    *store,
          gint64      id,
          const char *fact,
          DkPeriodKey period,
          const char *value)
{
  g_autoptr(GError) error = NULL;

  dk_store_set_fact (store, id, fact, period, DK_LAYER_PLAN, DK_SOURCE_MAIN, value, &error);
  g_assert_no_error (error);
}

/* All that a file can plan comes back the same, from the workspace, from one that was extracted, and from a snapshot. */
static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *single = fixture_build_path (fixture, "one.dengke"), *other_path = fixture_build_path (fixture, "other.dengke");
  g_autoptr(DkStore) store = fixture_open (fixture->path), other = fixture_open (other_path);
  g_autoptr(DkEnterprise) enterprise = fixture_parse (fixture, with_plan), kept = NULL;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  gint64 id = fixture_add (fixture, store, with_plan), snapshot;
  g_autofree char *wanted = dk_enterprise_to_json (enterprise);
  g_autofree char *found = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL), *away = NULL, *before = NULL;
  g_autoptr(GArray) planned = dk_enterprise_list_planned (enterprise), taken = NULL;

  g_assert_cmpuint (planned->len, ==, 11);
  g_assert_cmpstr (found, ==, wanted);
  g_assert_false (dk_store_can_undo (store, id));

  snapshot = dk_store_take_snapshot (store, id, "早", 20000, NULL);
  g_assert_cmpint (snapshot, >, 0);
  set_plan (store, id, "staff", NO_PERIOD, NULL);
  kept = dk_store_read_snapshot (store, snapshot, fixture->catalogue, problems, NULL);
  before = dk_enterprise_to_json (kept);
  g_assert_cmpstr (before, ==, wanted);

  g_ptr_array_unref (dk_store_undo (store, id, NULL));
  g_assert_true (dk_store_extract (store, id, single, NULL));
  taken = dk_store_import (other, single, NULL);
  g_assert_nonnull (taken);
  away = fixture_read (fixture, other, g_array_index (taken, gint64, 0), DK_LAYER_ACTUAL, NULL);
  g_assert_cmpstr (away, ==, wanted);
  assert_healthy (store);
  assert_healthy (other);
}

/* A plan is edited like an answer, and taken back like one; the answers stay. */
static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, "{\"name\": \"甲\", \"facts\": {\"staff\": {\"2025\": 60}}}");
  g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free), changes = NULL;
  const DkStoreChange *change;

  g_ptr_array_add (states, fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL));
  set_plan (store, id, "staff", NO_PERIOD, "0.1");
  g_ptr_array_add (states, fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL));
  set_plan (store, id, DK_PLAN_OTHERS, NO_PERIOD, "0");
  g_ptr_array_add (states, fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL));
  set_plan (store, id, "resident", IN_YEAR (2027), "true");
  g_ptr_array_add (states, fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL));
  set_plan (store, id, "staff", NO_PERIOD, NULL);
  g_ptr_array_add (states, fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL));
  for (guint i = 1; i < states->len; i++)
    g_assert_cmpstr (g_ptr_array_index (states, i), !=, g_ptr_array_index (states, i - 1));
  assert_fact (store, id, "staff", 2025, "60");

  changes = dk_store_list_changes (store, id, 0, NULL);
  g_assert_cmpuint (changes->len, ==, 5);
  change = g_ptr_array_index (changes, 2);
  g_assert_cmpstr (change->subject, ==, "*");
  g_assert_cmpint (change->layer, ==, DK_LAYER_PLAN);
  for (guint i = states->len - 1; i > 0; i--)
    {
      g_autofree char *now = NULL;

      g_ptr_array_unref (dk_store_undo (store, id, NULL));
      now = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
      g_assert_cmpstr (now, ==, g_ptr_array_index (states, i - 1));
    }
  for (guint i = 1; i < states->len; i++)
    {
      g_autofree char *now = NULL;

      g_ptr_array_unref (dk_store_redo (store, id, NULL));
      now = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
      g_assert_cmpstr (now, ==, g_ptr_array_index (states, i));
    }
}

/* What cannot be read is kept, left out and told of; the rest is taken. */
static void
test_strange (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, with_plan);
  g_autofree char *before = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL), *after = NULL, *said = NULL;
  g_autoptr(GPtrArray) facts = NULL;

  set_plan (store, id, "unheard_of", IN_YEAR (2026), "1");
  set_plan (store, id, "unheard_of", NO_PERIOD, "0.1");
  set_plan (store, id, DK_PLAN_OTHERS, IN_YEAR (2026), "1");
  set_plan (store, id, "staff", IN_YEAR (2026), "-5");
  set_plan (store, id, "resident", NO_PERIOD, "0.1");
  after = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, &said);
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (said, "the fact “unheard_of” is not known (any more); what is planned of it is kept and left out"));
  g_assert_nonnull (strstr (said, "plan: staff 2026: -5 is below 1"));
  g_assert_nonnull (strstr (said, "plan: resident: this fact has no years"));
  facts = dk_store_list_facts (store, id, NULL);
  g_assert_cmpuint (facts->len, ==, 2 + 11 + 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/plan/round-trip", test_round_trip);
  TEST ("/store/plan/undo", test_undo);
  TEST ("/store/plan/strange", test_strange);
  return g_test_run ();
}
