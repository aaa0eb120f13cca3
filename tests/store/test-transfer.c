/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-transfer"

#include "fixture.h"

#define TEST(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)

/* All tables of one enterprise, with each id as a place: the n-th of its kind. What is equal here is equal but for the ids. */
static char *
dump_tables (DkStore *store,
             gint64   enterprise)
{
  static const char *const queries[] = {
    "SELECT uuid, name, created, modified FROM enterprise WHERE id = ?1",
    "SELECT id, period, layer, source, value FROM fact WHERE enterprise = ?1 ORDER BY id, period, layer, source",
    "SELECT subject, value FROM note WHERE enterprise = ?1 ORDER BY subject",
    "SELECT id, complete FROM register WHERE enterprise = ?1 ORDER BY id",
    "SELECT place, register, position FROM line JOIN lines USING (id) WHERE enterprise = ?1 ORDER BY place",
    "SELECT place, name, value FROM cell JOIN lines ON id = line ORDER BY place, name",
    "SELECT row_number () OVER (ORDER BY id), state, at FROM step WHERE enterprise = ?1 ORDER BY id",
    "SELECT dense_rank () OVER (ORDER BY step), row_number () OVER (ORDER BY change.id), kind, subject, period, layer, source,"
    " ifnull (place, 0), position, name, old_value, new_value FROM change LEFT JOIN lines ON lines.id = line"
    " WHERE step IN (SELECT id FROM step WHERE enterprise = ?1) ORDER BY change.id",
    "SELECT dense_rank () OVER (ORDER BY change), name, value FROM kept"
    " WHERE change IN (SELECT id FROM change WHERE step IN (SELECT id FROM step WHERE enterprise = ?1)) ORDER BY change, name",
    "SELECT name, as_of, taken, content, (SELECT count(*) FROM step WHERE step.enterprise = ?1 AND step.id <= snapshot.step)"
    " FROM snapshot WHERE enterprise = ?1 ORDER BY id",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *sql = g_strconcat ("WITH lines AS (SELECT id, row_number () OVER (ORDER BY id) AS place FROM"
                                          " (SELECT id FROM line WHERE enterprise = ?1 UNION SELECT line FROM change"
                                          " JOIN step ON step.id = step WHERE line <> 0 AND enterprise = ?1)) ",
                                          queries[i], NULL);
      g_autofree char *part = fixture_query (store->db, sql, enterprise);

      g_string_append_printf (text, "%s--\n", part);
    }
  return g_string_free (text, FALSE);
}

/* An enterprise with all that there can be: rows that came and went, steps of all states, layers, snapshots. */
static gint64
make_rich (Fixture *fixture,
           DkStore *store)
{
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  gint64 one = dk_store_add_row (store, id, "ip", 0, NULL), two = dk_store_add_row (store, id, "ip", one, NULL);

  g_assert_true (dk_store_set_cell (store, two, "name", "\"gone\"", NULL));
  g_assert_true (dk_store_delete_row (store, two, NULL));
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_PLAN, "board", "1", NULL));
  g_assert_true (dk_store_set_fact (store, id, "unheard_of", (DkPeriodKey) { 2025, 2, 0 }, DK_LAYER_SCENARIO, "", "[1, {}]", NULL));
  g_assert_cmpint (dk_store_take_snapshot (store, id, "早", 20000, NULL), >, 0);
  fixture_set (store, id, "staff", 2020, "1");
  g_ptr_array_unref (dk_store_undo (store, id, NULL));
  fixture_set (store, id, "staff", 2021, "1");
  g_assert_true (dk_store_begin (store, id, NULL));
  g_assert_true (dk_store_rename (store, id, "乙", NULL));
  g_assert_true (dk_store_delete_row (store, one, NULL));
  g_assert_true (dk_store_set_note (store, id, "staff@2025", "{\"finding\": \"花名册\"}", NULL));
  g_assert_true (dk_store_set_note (store, id, "unheard_of", "{\"finding\": \"x\"}", NULL));
  g_assert_true (dk_store_end (store, NULL));
  g_assert_cmpint (dk_store_take_snapshot (store, id, "晚", 20001, NULL), >, 0);
  g_assert_cmpint (dk_store_add_row (store, id, "awards", 0, NULL), >, 0);
  g_ptr_array_unref (dk_store_undo (store, id, NULL));
  return id;
}

static gint64
import_one (DkStore    *store,
            const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = dk_store_import (store, path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 1);
  return g_array_index (ids, gint64, 0);
}

static void
test_without_loss (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *single = fixture_build_path (fixture, "one.dengke"), *other_path = fixture_build_path (fixture, "other.dengke");
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(DkStore) other = fixture_open (other_path), extract = NULL;
  g_autoptr(GError) error = NULL;
  gint64 before_it = fixture_add (fixture, store, fixture_enterprise), id = make_rich (fixture, store);
  g_autofree char *wanted = dump_tables (store, id), *neighbour = dump_tables (store, before_it);
  g_autofree char *in_extract = NULL, *in_other = NULL, *in_store = NULL, *after = NULL, *strangers = NULL;
  gint64 taken, twice;

  g_assert_true (dk_store_extract (store, id, single, &error));
  g_assert_no_error (error);
  extract = fixture_open (single);
  assert_healthy (extract);
  in_extract = dump_tables (extract, 1);
  g_assert_cmpstr (in_extract, ==, wanted);
  strangers = fixture_query (extract->db, "SELECT count(*) FROM enterprise", 0);
  g_assert_cmpstr (strangers, ==, "1\n");
  g_clear_pointer (&extract, dk_store_close);

  make_rich (fixture, other);
  taken = import_one (other, single);
  in_other = dump_tables (other, taken);
  g_assert_cmpstr (in_other, ==, wanted);
  assert_healthy (other);

  /* Into where it came from: it is there twice, and nothing is written over. */
  twice = import_one (store, single);
  g_assert_cmpint (twice, >, id);
  in_store = dump_tables (store, twice);
  g_assert_cmpstr (in_store, ==, wanted);
  g_free (in_store);
  in_store = dump_tables (store, id);
  g_assert_cmpstr (in_store, ==, wanted);
  after = dump_tables (store, before_it);
  g_assert_cmpstr (after, ==, neighbour);
  assert_healthy (store);
}

/* What a file says not to know, or not to be all, is still said by the file that is written of it. */
static void
test_not_known_in_rows (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, "{\"name\": \"甲\", \"registers\": {\"ip\": {\"complete\": false, \"rows\": [{\"name\": null}, {}]}}}");
  g_autofree char *said = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL), *complete = dk_store_dup_complete (store, id, "ip", NULL);

  g_assert_cmpstr (complete, ==, "false");
  g_assert_nonnull (strstr (said, "\"ip\": {\"complete\": false, \"rows\": [\n      {\"name\": null},\n      {}\n    ]}"));
}

/* The journal works on where it came to: all the way back, in the same states as at home. */
static void
test_undo_after_import (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *single = fixture_build_path (fixture, "one.dengke"), *other_path = fixture_build_path (fixture, "other.dengke");
  g_autoptr(DkStore) store = fixture_open (fixture->path), other = fixture_open (other_path);
  gint64 id = make_rich (fixture, store), taken, fresh;
  g_autoptr(GPtrArray) redone = NULL;
  g_autofree char *rows = NULL;
  guint n = 0;

  make_rich (fixture, other);
  g_assert_true (dk_store_extract (store, id, single, NULL));
  taken = import_one (other, single);

  /* A row that only the journal knows has its number for good. */
  fresh = dk_store_add_row (other, taken, "ip", 0, NULL);
  rows = fixture_query (other->db, "SELECT max (line) FROM change WHERE line <> ?1", fresh);
  g_assert_cmpint (fresh, >, g_ascii_strtoll (rows, NULL, 10));
  g_ptr_array_unref (dk_store_undo (other, taken, NULL));
  for (;;)
    {
      g_autoptr(GPtrArray) left = dk_store_undo (store, id, NULL), right = dk_store_undo (other, taken, NULL);
      g_autofree char *home = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
      g_autofree char *away = fixture_read (fixture, other, taken, DK_LAYER_ACTUAL, NULL);

      g_assert_cmpint (left != NULL, ==, right != NULL);
      g_assert_cmpstr (home, ==, away);
      if (left == NULL)
        break;
      g_assert_cmpuint (left->len, ==, right->len);
      n++;
    }
  g_assert_cmpuint (n, >, 5);
  redone = dk_store_redo (other, taken, NULL);
  g_assert_nonnull (redone);
  assert_healthy (other);
}

static void
test_targets (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *target = fixture_build_path (fixture, "out.dengke"), *nowhere = fixture_build_path (fixture, "no/out.dengke");
  g_autofree char *link = fixture_build_path (fixture, "link.dengke");
  g_autoptr(DkStore) store = fixture_open (fixture->path), busy = NULL, reader = NULL;
  g_autoptr(GError) itself = NULL, open = NULL, missing = NULL, error = NULL;
  gint64 id = make_rich (fixture, store);
  g_autofree char *wanted = dump_tables (store, id), *found = NULL;
  g_autoptr(GDir) folder = NULL;
  guint n_files = 0;

  g_assert_false (dk_store_extract (store, id, fixture->path, &itself));
  g_assert_error (itself, DK_STORE_ERROR, DK_STORE_ERROR_INVALID);
  g_assert_false (dk_store_extract (store, id, nowhere, &missing));
  g_assert_error (missing, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);

  /* The log of an open workspace would be taken for that of the one that takes its place. */
  busy = fixture_open (target);
  g_assert_cmpint (dk_store_add_empty (busy, "a", NULL), >, 0);
  g_assert_false (dk_store_extract (store, id, target, &open));
  g_assert_error (open, DK_STORE_ERROR, DK_STORE_ERROR_BUSY);
  g_clear_pointer (&busy, dk_store_close);

  /* What was there is replaced; one that can only be read can be extracted from. */
  g_clear_pointer (&store, dk_store_close);
  reader = dk_store_open (fixture->path, TRUE, &error);
  g_assert_true (dk_store_extract (reader, id, target, &error));
  g_assert_no_error (error);
  busy = fixture_open (target);
  found = dump_tables (busy, 1);
  g_assert_cmpstr (found, ==, wanted);
  g_clear_pointer (&busy, dk_store_close);
  g_clear_pointer (&reader, dk_store_close);

  /* Another name for the same file is the file itself. */
  store = fixture_open (fixture->path);
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  g_assert_false (dk_store_extract (store, id, link, NULL));
  g_clear_pointer (&store, dk_store_close);

  /* Nothing lies about. */
  folder = g_dir_open (fixture->folder, 0, NULL);
  while (g_dir_read_name (folder) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, 3);
}

static void
test_import_of_other_things (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *strange = fixture_build_path (fixture, "strange"), *empty = fixture_build_path (fixture, "empty.dengke");
  g_autofree char *missing = fixture_build_path (fixture, "missing"), *crafted = fixture_build_path (fixture, "crafted");
  g_autoptr(DkStore) store = fixture_open (fixture->path), none = NULL;
  g_autoptr(GError) foreign = NULL, open = NULL, odd = NULL, error = NULL;
  g_autoptr(GArray) ids = NULL;
  gint64 id = make_rich (fixture, store);
  g_autofree char *before = dump_tables (store, id), *after = NULL, *n = NULL;
  sqlite3 *db = NULL;

  g_assert_true (g_file_set_contents (strange, "{\"name\": \"x\"}", -1, NULL));
  g_assert_null (dk_store_import (store, strange, &foreign));
  g_assert_error (foreign, DK_STORE_ERROR, DK_STORE_ERROR_FOREIGN);
  g_assert_null (dk_store_import (store, missing, &open));
  g_assert_error (open, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);

  /* It says it is one of ours, and is not. */
  g_assert_cmpint (sqlite3_open (crafted, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA application_id = 1147885427; PRAGMA user_version = 1; CREATE TABLE enterprise (id, name)",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_null (dk_store_import (store, crafted, &odd));
  g_assert_error (odd, DK_STORE_ERROR, DK_STORE_ERROR_FAILED);

  /* A workspace without enterprises has none to give. */
  none = fixture_open (empty);
  ids = dk_store_import (store, empty, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 0);

  after = dump_tables (store, id);
  g_assert_cmpstr (after, ==, before);
  n = fixture_query (store->db, "SELECT count(*) FROM enterprise", 0);
  g_assert_cmpstr (n, ==, "1\n");
  fixture_set (store, id, "staff", 1999, "1"); /* and it goes on working */
  g_assert_null (dk_store_import (store, strange, NULL));
}

/* A workspace that is open elsewhere gives what is in its log too, and itself is one to import from. */
static void
test_import_of_an_open_one (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = NULL;
  gint64 first = make_rich (fixture, store), second = make_rich (fixture, store);
  g_autofree char *wanted = dump_tables (store, second), *found = NULL;

  ids = dk_store_import (store, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpint (g_array_index (ids, gint64, 0), >, MAX (first, second));
  found = dump_tables (store, g_array_index (ids, gint64, 1));
  g_assert_cmpstr (found, ==, wanted);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/transfer/not-known-in-rows", test_not_known_in_rows);
  TEST ("/store/transfer/without-loss", test_without_loss);
  TEST ("/store/transfer/undo-after-import", test_undo_after_import);
  TEST ("/store/transfer/targets", test_targets);
  TEST ("/store/transfer/import-of-other-things", test_import_of_other_things);
  TEST ("/store/transfer/import-of-an-open-one", test_import_of_an_open_one);
  return g_test_run ();
}
