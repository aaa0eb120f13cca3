/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-migrate"

#include "fixture.h"

#include <sys/wait.h>

#define TEST(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)

/* A later program: its third step adds a column and makes a table anew, as steps do that change one. */
#define LATER_STEP \
  "ALTER TABLE enterprise ADD COLUMN town TEXT NOT NULL DEFAULT 'x';" \
  "CREATE TABLE new_fact (enterprise INTEGER NOT NULL REFERENCES enterprise (id) ON DELETE CASCADE, id TEXT NOT NULL," \
  " period TEXT NOT NULL, layer INTEGER NOT NULL, source TEXT NOT NULL, value TEXT NOT NULL," \
  " PRIMARY KEY (enterprise, id, period, layer, source)) STRICT, WITHOUT ROWID;" \
  "INSERT INTO new_fact SELECT * FROM fact; DROP TABLE fact; ALTER TABLE new_fact RENAME TO fact;"

#define COUNT_TABLES "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

/* A copy of what the first version of the program wrote. */
static void
copy_old (Fixture *fixture)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "workspace-v1.dengke", NULL);
  gsize length;
  g_autofree char *bytes = fixture_load_bytes (source, &length);

  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
}

/* The known record. */
static void
assert_old_content (Fixture *fixture,
                    DkStore *store)
{
  g_autoptr(GPtrArray) entries = dk_store_list (store, NULL), changes = NULL, snapshots = NULL;
  g_autoptr(GArray) rows = NULL;
  g_autofree char *json = NULL, *plan = NULL, *before = NULL, *cell = NULL, *uuid = NULL;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkEnterprise) snapshot = NULL;

  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((DkStoreEntry *) g_ptr_array_index (entries, 0))->name, ==, "丙公司");
  g_assert_cmpint (((DkStoreEntry *) g_ptr_array_index (entries, 0))->id, ==, 1);
  assert_fact (store, 1, "staff", 2025, "3");
  g_assert_cmpstr (((DkStoreEntry *) g_ptr_array_index (entries, 1))->name, ==, "乙");
  assert_fact (store, 2, "staff", 2024, "{\"from\": 45, \"to\": 55}");
  assert_fact (store, 2, "revenue", 2024, "123456789012345678901234567890.12");
  assert_fact (store, 2, "revenue", 2025, "\"1/3\"");
  plan = dk_store_dup_fact (store, 2, "staff", IN_YEAR (2025), DK_LAYER_PLAN, "board", NULL);
  g_assert_cmpstr (plan, ==, "1");
  rows = dk_store_list_rows (store, 2, "ip", NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  cell = dk_store_dup_cell (store, g_array_index (rows, gint64, 2), "cost", NULL);
  g_assert_cmpstr (cell, ==, "{\"from\": 1}");
  json = fixture_read (fixture, store, 1, DK_LAYER_ACTUAL, NULL);
  g_assert_nonnull (strstr (json, "\"staff\": {\"2025\": 3}"));
  uuid = fixture_query (store->db, "SELECT uuid FROM enterprise WHERE id = 1", 0);
  g_assert_true (g_uuid_string_is_valid (g_strchomp (uuid)));

  changes = dk_store_list_changes (store, 2, 0, NULL);
  g_assert_cmpuint (changes->len, ==, 12);
  g_assert_cmpint (((DkStoreChange *) g_ptr_array_index (changes, 11))->state, ==, DK_STEP_UNDONE);
  g_assert_cmpstr (((DkStoreChange *) g_ptr_array_index (changes, 4))->old_value, ==, "{\"name\": \"gone\"}");
  snapshots = dk_store_list_snapshots (store, 2, NULL);
  g_assert_cmpuint (snapshots->len, ==, 2);
  g_assert_cmpstr (((DkStoreSnapshot *) g_ptr_array_index (snapshots, 0))->name, ==, "早");
  g_assert_cmpint (((DkStoreSnapshot *) g_ptr_array_index (snapshots, 0))->as_of, ==, 20000);
  snapshot = dk_store_read_snapshot (store, ((DkStoreSnapshot *) g_ptr_array_index (snapshots, 0))->id, fixture->catalogue,
                                     problems, NULL);
  before = dk_enterprise_to_json (snapshot);
  g_assert_nonnull (strstr (before, "\"name\": \"甲“乙”科技\""));
  assert_healthy (store);
}

/* Ids of changes go on where they were, though the last of them are gone with their enterprise. */
static void
test_ids_go_on (Fixture       *fixture,
                gconstpointer  data)
{
  const DkStoreLadder first = { dk_store_ladder.steps, 1 };
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) store = NULL;
  g_autofree char *before = NULL, *after = NULL, *kinds = NULL;

  copy_old (fixture);
  store = dk_store_open_with (fixture->path, FALSE, DK_STORE_PATIENCE, &first, &error);
  g_assert_no_error (error);
  g_assert_true (dk_store_remove (store, dk_store_add_empty (store, "gone", NULL), NULL));
  before = fixture_query (store->db, "SELECT seq FROM sqlite_sequence WHERE name = 'change'", 0);
  g_clear_pointer (&store, dk_store_close);
  store = fixture_open (fixture->path);
  after = fixture_query (store->db, "SELECT seq FROM sqlite_sequence WHERE name LIKE '%change%'", 0);
  g_assert_cmpstr (after, ==, before);

  /* And the journal takes notes. */
  g_assert_true (dk_store_set_note (store, 2, "staff@2025", "{\"finding\": \"a\"}", &error));
  g_assert_no_error (error);
  kinds = fixture_query (store->db, "SELECT kind FROM change ORDER BY id DESC LIMIT 1", 0);
  g_assert_cmpstr (kinds, ==, "7\n");
  g_ptr_array_unref (dk_store_undo (store, 2, NULL));
  g_assert_null (dk_store_dup_note (store, 2, "staff@2025", NULL));
  assert_healthy (store);
}

/* The known record of the second version: what the program wrote that first knew notes. */
static void
test_version_2 (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "workspace-v2.dengke", NULL), *json = NULL, *before = NULL, *said = NULL;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkStore) store = NULL;
  g_autoptr(GPtrArray) changes = NULL, snapshots = NULL;
  g_autoptr(DkEnterprise) snapshot = NULL;
  const DkStoreChange *last;
  gsize length;
  g_autofree char *bytes = fixture_load_bytes (source, &length);

  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  store = fixture_open (fixture->path);
  json = fixture_read (fixture, store, 1, DK_LAYER_ACTUAL, &said);
  g_assert_nonnull (strstr (said, "“unheard_of”"));
  g_assert_nonnull (strstr (json, "\"staff@2025\": {\"finding\": \"花名册\", \"evidence\": \"社保 第3页\"}"));
  g_assert_nonnull (strstr (json, "\"derived:staff@2025\": {\"explains\": \"1 | 2\"}"));
  changes = dk_store_list_changes (store, 1, 0, NULL);
  last = g_ptr_array_index (changes, changes->len - 1);
  g_assert_cmpint (last->kind, ==, DK_EDIT_NOTE);
  g_assert_cmpstr (last->subject, ==, "staff@2025");
  g_assert_cmpstr (last->old_value, ==, "{\"finding\": \"花名册\"}");
  g_assert_cmpstr (last->new_value, ==, "{\"finding\": \"花名册\", \"evidence\": \"社保 第3页\"}");
  snapshots = dk_store_list_snapshots (store, 1, NULL);
  snapshot = dk_store_read_snapshot (store, ((DkStoreSnapshot *) g_ptr_array_index (snapshots, 0))->id, fixture->catalogue, problems, NULL);
  g_assert_cmpstr (dk_enterprise_get_note (snapshot, "staff@2025")->finding, ==, "花名册");
  g_assert_cmpstr (dk_enterprise_get_note (snapshot, "staff@2025")->evidence, ==, "");
  g_ptr_array_unref (dk_store_undo (store, 1, NULL));
  before = dk_store_dup_note (store, 1, "staff@2025", NULL);
  g_assert_cmpstr (before, ==, "{\"finding\": \"花名册\"}");
  assert_healthy (store);
}

static void
test_version_1 (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DkStore) store = NULL;
  g_autofree char *schema = NULL, *fresh_schema = NULL, *fresh_path = fixture_build_path (fixture, "fresh.dengke");
  g_autoptr(DkStore) fresh = fixture_open (fresh_path);

  copy_old (fixture);
  g_assert_true (dk_store_is_workspace (fixture->path));
  store = fixture_open (fixture->path);
  assert_old_content (fixture, store);

  /* What the ladder makes of an old file is what it makes of nothing. */
  schema = fixture_query (store->db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name", 0);
  fresh_schema = fixture_query (fresh->db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name", 0);
  g_assert_cmpstr (schema, ==, fresh_schema);

  /* And its journal goes on. */
  g_ptr_array_unref (dk_store_redo (store, 2, NULL));
  while (dk_store_can_undo (store, 2))
    g_ptr_array_unref (dk_store_undo (store, 2, NULL));
  g_assert_cmpint (dk_store_add_row (store, 2, "ip", 0, NULL), >, 6);
}

static void
test_climb (Fixture       *fixture,
            gconstpointer  data)
{
  const char *const steps[] = { dk_store_ladder.steps[0], dk_store_ladder.steps[1], LATER_STEP, "CREATE TABLE fourth (x INTEGER) STRICT;" };
  const DkStoreLadder ladder = { steps, 4 };
  g_autoptr(DkStore) store = NULL;
  g_autoptr(GError) error = NULL, too_new = NULL;
  g_autofree char *version = NULL, *town = NULL, *references = NULL;

  copy_old (fixture);
  store = dk_store_open_with (fixture->path, FALSE, DK_STORE_PATIENCE, &ladder, &error);
  g_assert_no_error (error);
  assert_old_content (fixture, store);
  version = fixture_query (store->db, "SELECT user_version FROM pragma_user_version", 0);
  g_assert_cmpstr (version, ==, "4\n");
  town = fixture_query (store->db, "SELECT town FROM enterprise WHERE id = 2", 0);
  g_assert_cmpstr (town, ==, "x\n");
  references = fixture_query (store->db, "SELECT foreign_keys FROM pragma_foreign_keys", 0);
  g_assert_cmpstr (references, ==, "1\n");
  g_clear_pointer (&store, dk_store_close);

  /* This program cannot open it any more, and says why. */
  g_assert_null (dk_store_open (fixture->path, FALSE, &too_new));
  g_assert_error (too_new, DK_STORE_ERROR, DK_STORE_ERROR_TOO_NEW);
}

static void
test_failure_leaves_the_file (Fixture       *fixture,
                              gconstpointer  data)
{
  /* Wrong from the start, half way, by references that lead nowhere, and behind a step that went well. */
  static const char *const bad[] = {
    "SELECT * FROM no_such_table;",
    "DROP TABLE fact; DROP TABLE snapshot; CREATE TABLE wrong (x NO_SUCH_TYPE) STRICT;",
    "DELETE FROM enterprise;",
  };
  static const int wanted[] = { DK_STORE_ERROR_FAILED, DK_STORE_ERROR_FAILED, DK_STORE_ERROR_DAMAGED };
  g_autofree char *before = NULL;
  gsize n_before;

  copy_old (fixture);
  before = fixture_load_bytes (fixture->path, &n_before);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (bad); i++)
    {
      gboolean comes_third = i >= G_N_ELEMENTS (bad);
      const char *const steps[] = { dk_store_ladder.steps[0], comes_third ? dk_store_ladder.steps[1] : bad[i], bad[i % G_N_ELEMENTS (bad)] };
      const DkStoreLadder ladder = { steps, comes_third ? 3 : 2 };
      g_autoptr(GError) error = NULL;
      g_autoptr(DkStore) store = dk_store_open_with (fixture->path, FALSE, DK_STORE_PATIENCE, &ladder, &error);
      g_autofree char *after = NULL;
      gsize n_after;

      g_assert_null (store);
      g_assert_error (error, DK_STORE_ERROR, wanted[i % G_N_ELEMENTS (bad)]);
      g_assert_nonnull (strstr (error->message, comes_third ? "version 3" : "version 2"));
      after = fixture_load_bytes (fixture->path, &n_after);
      g_assert_cmpmem (before, n_before, after, n_after);
      store = fixture_open (fixture->path);
      assert_old_content (fixture, store);
      g_clear_pointer (&store, dk_store_close);
      copy_old (fixture);
    }
}

static void
test_failure_to_make (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *const steps[] = { dk_store_ladder.steps[0], "SELECT * FROM no_such_table;" };
  const DkStoreLadder ladder = { steps, 2 };
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) store = dk_store_open_with (fixture->path, FALSE, DK_STORE_PATIENCE, &ladder, &error);

  g_assert_null (store);
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_FAILED);
  store = fixture_open (fixture->path);
  g_assert_cmpint (dk_store_add_empty (store, "a", NULL), ==, 1);
}

/* Older ones that may not be written are read all the same, and stay as they are. */
static void
test_reading_an_older_one (Fixture       *fixture,
                           gconstpointer  data)
{
  const char *const steps[] = { dk_store_ladder.steps[0], dk_store_ladder.steps[1], LATER_STEP };
  const DkStoreLadder ladder = { steps, 3 };
  g_autofree char *new_path = fixture_build_path (fixture, "new.dengke");
  g_autoptr(DkStore) reader = NULL, store = NULL;
  g_autoptr(GError) error = NULL, write = NULL;
  g_autofree char *before = NULL, *after = NULL, *town = NULL;
  g_autoptr(GArray) ids = NULL;
  gsize n_before, n_after;

  copy_old (fixture);
  before = fixture_load_bytes (fixture->path, &n_before);
  reader = dk_store_open_with (fixture->path, TRUE, DK_STORE_PATIENCE, &ladder, &error);
  g_assert_no_error (error);
  assert_old_content (fixture, reader);
  town = fixture_query (reader->db, "SELECT town FROM enterprise WHERE id = 1", 0);
  g_assert_cmpstr (town, ==, "x\n");
  g_assert_true (dk_store_is_read_only (reader));
  g_assert_false (dk_store_rename (reader, 1, "x", &write));
  g_assert_error (write, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY);
  g_clear_pointer (&reader, dk_store_close);

  store = dk_store_open_with (new_path, FALSE, DK_STORE_PATIENCE, &ladder, &error);
  ids = dk_store_import (store, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);
  assert_old_content (fixture, store);
  after = fixture_load_bytes (fixture->path, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
}

/* Several programs start at once over an old file: one climbs, the others wait for it. */
static void
test_at_once (Fixture       *fixture,
              gconstpointer  data)
{
  const char *const steps[] = { dk_store_ladder.steps[0], dk_store_ladder.steps[1], LATER_STEP };
  const DkStoreLadder ladder = { steps, 3 };

  for (guint i = 0; i < 10; i++)
    {
      pid_t children[4];

      if (i % 2 == 0)
        copy_old (fixture);
      else
        g_remove (fixture->path);
      for (guint j = 0; j < G_N_ELEMENTS (children); j++)
        {
          children[j] = fork ();
          g_assert_cmpint (children[j], >=, 0);
          if (children[j] == 0)
            {
              g_autoptr(GError) error = NULL;
              DkStore *store = dk_store_open_with (fixture->path, FALSE, DK_STORE_PATIENCE, &ladder, &error);

              g_assert_no_error (error);
              g_assert_cmpint (dk_store_add_empty (store, "a", &error), >, 0);
              g_assert_no_error (error);
              dk_store_close (store);
              _exit (0);
            }
        }
      for (guint j = 0; j < G_N_ELEMENTS (children); j++)
        {
          int status = -1;

          g_assert_cmpint (waitpid (children[j], &status, 0), ==, children[j]);
          g_assert_cmpint (status, ==, 0);
        }
      {
        g_autoptr(DkStore) store = dk_store_open_with (fixture->path, FALSE, DK_STORE_PATIENCE, &ladder, NULL);
        g_autoptr(GPtrArray) entries = dk_store_list (store, NULL);

        g_assert_cmpuint (entries->len, ==, (i % 2 == 0 ? 2 : 0) + G_N_ELEMENTS (children));
        assert_healthy (store);
      }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/migrate/version-1", test_version_1);
  TEST ("/store/migrate/version-2", test_version_2);
  TEST ("/store/migrate/ids-go-on", test_ids_go_on);
  TEST ("/store/migrate/climb", test_climb);
  TEST ("/store/migrate/failure-leaves-the-file", test_failure_leaves_the_file);
  TEST ("/store/migrate/failure-to-make", test_failure_to_make);
  TEST ("/store/migrate/reading-an-older-one", test_reading_an_older_one);
  TEST ("/store/migrate/at-once", test_at_once);
  return g_test_run ();
}
