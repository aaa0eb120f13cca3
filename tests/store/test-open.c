/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-open"

#include "fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEST(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)

/* A number of this header's fields, as SQLite keeps it. */
static void
put_number (char   *bytes,
            gsize   at,
            guint32 number)
{
  for (guint i = 0; i < 4; i++)
    bytes[at + i] = (char) (number >> (24 - 8 * i));
}

/* Opening must fail so, for writing and for reading, and leave the file and its folder as they were. */
static void
assert_refused (Fixture      *fixture,
                const char   *bytes,
                gsize         length,
                DkStoreError  wanted)
{
  for (int read_only = 0; read_only < 2; read_only++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DkStore) store = NULL;
      g_autofree char *after = NULL;
      gsize n;

      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
      store = dk_store_open (fixture->path, read_only, &error);
      g_assert_null (store);
      g_assert_error (error, DK_STORE_ERROR, (int) wanted);
      g_assert_nonnull (strstr (error->message, fixture->path));
      after = fixture_load_bytes (fixture->path, &n);
      g_assert_cmpmem (after, n, bytes, length);
      g_assert_cmpint (g_remove (fixture->path), ==, 0);
    }
}

/* A closed workspace with two enterprises, as bytes. */
static char *
make_bytes (Fixture *fixture,
            gsize   *length)
{
  DkStore *store = fixture_open (fixture->path);
  char *bytes;

  fixture_add (fixture, store, fixture_enterprise);
  fixture_add (fixture, store, fixture_enterprise);
  dk_store_close (store);
  bytes = fixture_load_bytes (fixture->path, length);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  return bytes;
}

static void
test_new (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *nowhere = fixture_build_path (fixture, "no/such/folder.dengke");
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(GError) missing = NULL, folder = NULL, empty = NULL, absent = NULL;
  g_autofree char *settings = NULL;

  g_assert_cmpstr (dk_store_get_path (store), ==, fixture->path);
  settings = fixture_query (store->db, "SELECT (SELECT journal_mode FROM pragma_journal_mode), (SELECT synchronous FROM pragma_synchronous),"
                            " (SELECT foreign_keys FROM pragma_foreign_keys), (SELECT timeout FROM pragma_busy_timeout),"
                            " (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM pragma_table_list"
                            " WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND strict = 0)", 0);
  g_assert_cmpstr (settings, ==, "wal|2|1|5000|2|0\n");
  g_clear_pointer (&store, dk_store_close);

  /* One file, whenever it is closed. */
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  store = dk_store_open (fixture->path, TRUE, NULL);
  g_assert_true (dk_store_is_read_only (store));
  g_clear_pointer (&store, dk_store_close);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  g_assert_null (dk_store_open (nowhere, FALSE, &missing));
  g_assert_error (missing, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);
  g_assert_null (dk_store_open (nowhere, TRUE, &absent));
  g_assert_error (absent, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);
  g_assert_null (dk_store_open (fixture->folder, FALSE, &folder));
  g_assert_error (folder, DK_STORE_ERROR, DK_STORE_ERROR_FOREIGN);

  /* Nothing yet is as good as not there. */
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_false (dk_store_is_workspace (fixture->path));
  g_assert_null (dk_store_open (fixture->path, TRUE, &empty));
  g_assert_error (empty, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);
  store = fixture_open (fixture->path);
  g_assert_true (dk_store_is_workspace (fixture->path));
  g_assert_cmpint (dk_store_add_empty (store, "a", NULL), ==, 1);
}

static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const texts[] = { "x", "{\"name\": \"甲\", \"facts\": {}}", "SQLite format 4 and so on", "PK\003\004" };
  g_autofree char *long_text = g_strnfill (20000, 'a');
  g_autofree char *zeros = g_malloc0 (8192);
  g_autofree char *bytes = NULL;
  sqlite3 *db = NULL;
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (fixture, texts[i], strlen (texts[i]), DK_STORE_ERROR_FOREIGN);
  assert_refused (fixture, long_text, 20000, DK_STORE_ERROR_FOREIGN);
  assert_refused (fixture, zeros, 8192, DK_STORE_ERROR_FOREIGN);

  /* Another program's database: without a mark, with another one, and with our version and another mark. */
  for (int i = 0; i < 3; i++)
    {
      static const char *const marks[] = { "", "PRAGMA application_id = 77;", "PRAGMA application_id = 77; PRAGMA user_version = 1;" };
      g_autofree char *sql = g_strconcat (marks[i], "CREATE TABLE enterprise (id); PRAGMA journal_mode = ", i == 1 ? "WAL" : "DELETE", NULL);

      g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      sqlite3_close (db);
      g_assert_false (dk_store_is_workspace (fixture->path));
      g_free (bytes);
      bytes = fixture_load_bytes (fixture->path, &length);
      assert_refused (fixture, bytes, length, DK_STORE_ERROR_FOREIGN);
    }
}

static void
test_too_new (Fixture       *fixture,
              gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = make_bytes (fixture, &length);
  g_autoptr(DkStore) store = NULL, other = NULL;
  g_autoptr(GError) in_log = NULL;

  put_number (bytes, 60, (int) dk_store_ladder.n_steps + 1);
  assert_refused (fixture, bytes, length, DK_STORE_ERROR_TOO_NEW);
  put_number (bytes, 60, G_MAXINT32);
  assert_refused (fixture, bytes, length, DK_STORE_ERROR_TOO_NEW);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  g_assert_true (dk_store_is_workspace (fixture->path));
  put_number (bytes, 60, (int) dk_store_ladder.n_steps);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  store = fixture_open (fixture->path);

  /* The version that counts may still be in the log. */
  g_assert_cmpint (sqlite3_exec (store->db, "PRAGMA user_version = 3", NULL, NULL, NULL), ==, SQLITE_OK);
  other = dk_store_open (fixture->path, FALSE, &in_log);
  g_assert_null (other);
  g_assert_error (in_log, DK_STORE_ERROR, DK_STORE_ERROR_TOO_NEW);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = make_bytes (fixture, &length);
  g_autofree char *broken = NULL;
  guint n_pages = (guint) (length / 4096), n_noticed = 0;

  /* Cut short: anywhere behind what says whose it is, to the last byte. */
  assert_refused (fixture, bytes, 99, DK_STORE_ERROR_DAMAGED);
  assert_refused (fixture, bytes, 100, DK_STORE_ERROR_DAMAGED);
  assert_refused (fixture, bytes, 4095, DK_STORE_ERROR_DAMAGED);
  assert_refused (fixture, bytes, 4096, DK_STORE_ERROR_DAMAGED);
  assert_refused (fixture, bytes, length - 4096, DK_STORE_ERROR_DAMAGED);
  assert_refused (fixture, bytes, length - 1, DK_STORE_ERROR_DAMAGED);

  /* A page that holds something else. */
  for (guint page = 1; page < n_pages; page++)
    {
      g_autoptr(DkStore) store = NULL;
      g_autoptr(GError) error = NULL;

      broken = g_memdup2 (bytes, length);
      memset (broken + page * 4096, 0x55, 4096);
      g_assert_true (g_file_set_contents (fixture->path, broken, (gssize) length, NULL));
      store = dk_store_open (fixture->path, FALSE, &error);
      if (store == NULL)
        {
          g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_DAMAGED);
          assert_refused (fixture, broken, length, DK_STORE_ERROR_DAMAGED);
          n_noticed++;
        }
      g_clear_pointer (&broken, g_free);
    }
  g_assert_cmpuint (n_noticed, ==, n_pages - 1);

  /* The header alone. */
  broken = g_memdup2 (bytes, length);
  memset (broken + 100, 0x55, 300);
  assert_refused (fixture, broken, length, DK_STORE_ERROR_DAMAGED);
}

/* Any bytes at all: refused, or a workspace that answers. */
static void
test_noise (Fixture       *fixture,
            gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = make_bytes (fixture, &length);
  guint n_refused = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *noisy = g_memdup2 (bytes, length);
      g_autoptr(GError) error = NULL;
      g_autoptr(DkStore) store = NULL;
      g_autoptr(GPtrArray) entries = NULL;

      for (int n = g_test_rand_int_range (1, 30); n > 0; n--)
        noisy[g_test_rand_int_range (0, (int) length)] = (char) g_test_rand_int_range (0, 256);
      g_assert_true (g_file_set_contents (fixture->path, noisy, (gssize) length, NULL));
      store = dk_store_open (fixture->path, i % 2 == 0, &error);
      n_refused += store == NULL;
      if (store == NULL)
        {
          g_assert_nonnull (error);
          continue;
        }
      entries = dk_store_list (store, NULL);
      for (guint j = 0; entries != NULL && j < entries->len; j++)
        {
          g_autoptr(DkProblems) problems = dk_problems_new ();
          gint64 id = ((DkStoreEntry *) g_ptr_array_index (entries, j))->id;
          g_autoptr(DkEnterprise) enterprise = dk_store_read (store, id, DK_LAYER_ACTUAL, fixture->catalogue, problems, NULL);
          g_autoptr(GPtrArray) changes = dk_store_list_changes (store, id, 0, NULL);

          n_refused += enterprise == NULL || changes == NULL;
        }
    }
  g_assert_cmpuint (n_refused, >, 0);
}

static void
assert_read_only (DkStore *store,
                  gint64   id)
{
  g_autoptr(GError) error = NULL, step = NULL, add = NULL, undo = NULL, import = NULL;

  g_assert_true (dk_store_is_read_only (store));
  g_assert_false (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "", "1", &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY);
  g_assert_false (dk_store_begin (store, id, &step));
  g_assert_error (step, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (dk_store_add_empty (store, "x", &add), ==, 0);
  g_assert_error (add, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY);
  g_assert_null (dk_store_undo (store, id, &undo));
  g_assert_error (undo, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY);
  g_assert_null (dk_store_import (store, dk_store_get_path (store), &import));
  g_assert_error (import, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY);
  g_assert_false (dk_store_can_undo (store, id));
  assert_fact (store, id, "staff", 2025, "60");
  assert_fact (store, id, "staff", 2020, "7");
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path), reader = NULL;
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  fixture_set (store, id, "staff", 2020, "7");

  /* Beside somebody who writes, and alone. */
  reader = dk_store_open (fixture->path, TRUE, NULL);
  assert_read_only (reader, id);
  fixture_set (store, id, "staff", 2019, "9");
  assert_fact (reader, id, "staff", 2019, "9");
  g_clear_pointer (&reader, dk_store_close);
  g_clear_pointer (&store, dk_store_close);
  before = fixture_load_bytes (fixture->path, &n_before);
  reader = dk_store_open (fixture->path, TRUE, NULL);
  assert_read_only (reader, id);
  g_clear_pointer (&reader, dk_store_close);
  after = fixture_load_bytes (fixture->path, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
}

/* What @function says in a child that permissions hold for: root gives up being root. */
static void
run_as_nobody (Fixture *fixture,
               void   (*function) (Fixture *fixture, gint64 id),
               gint64   id)
{
  int status = -1;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
        _exit (99);
      function (fixture, id);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static void
open_without_permission (Fixture *fixture,
                         gint64   id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) store = dk_store_open (fixture->path, FALSE, &error);

  g_assert_no_error (error);
  assert_read_only (store, id);
}

static void
fail_to_make (Fixture *fixture,
              gint64   id)
{
  g_autofree char *path = fixture_build_path (fixture, "new.dengke");
  g_autoptr(GError) error = NULL, extract = NULL;
  g_autoptr(DkStore) store = dk_store_open (path, FALSE, &error), reader = NULL;

  g_assert_null (store);
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);
  reader = dk_store_open (fixture->path, FALSE, NULL);
  g_assert_false (dk_store_extract (reader, id, path, &extract));
  g_assert_error (extract, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);
}

static void
fail_to_open (Fixture *fixture,
              gint64   id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) store = dk_store_open (fixture->path, FALSE, &error);

  g_assert_null (store);
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_OPEN);
}

static void
test_without_permission (Fixture       *fixture,
                         gconstpointer  data)
{
  DkStore *store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);

  fixture_set (store, id, "staff", 2020, "7");
  dk_store_close (store);

  /* A folder and a file that may only be read; then the one or the other. */
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  run_as_nobody (fixture, open_without_permission, id);
  run_as_nobody (fixture, fail_to_make, id);
  g_assert_cmpint (g_chmod (fixture->path, 0666), ==, 0);
  run_as_nobody (fixture, open_without_permission, id);
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  run_as_nobody (fixture, open_without_permission, id);
  g_assert_cmpint (g_chmod (fixture->path, 0000), ==, 0);
  run_as_nobody (fixture, fail_to_open, id);
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
}

static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* In a child whose files may not grow beyond a limit, which is a full disk for all that it can tell. */
static void
fill_the_disk (Fixture *fixture,
               gint64   id)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autofree char *much = g_strnfill (200 * 1000, 'x');
  g_autofree char *before = fixture_dump (store, id), *after = NULL, *at_last = NULL, *changes_before = NULL, *changes_after = NULL;
  g_autoptr(GError) alone = NULL, inside = NULL, next = NULL, end = NULL, add = NULL, error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  much[0] = much[200 * 1000 - 1] = '"';
  changes_before = fixture_query (store->db, "SELECT count(*), (SELECT count(*) FROM step) FROM change", 0);
  set_file_limit (64 * 1024);
  g_assert_false (dk_store_set_fact (store, id, "town", NO_PERIOD, DK_LAYER_ACTUAL, "", much, &alone));
  g_assert_error (alone, DK_STORE_ERROR, DK_STORE_ERROR_FULL);
  g_assert_cmpint (dk_store_add_empty (store, much, &add), ==, 0);
  g_assert_error (add, DK_STORE_ERROR, DK_STORE_ERROR_FULL);

  /* A group that meets it is lost as a whole, and says so to the end. */
  g_assert_true (dk_store_begin (store, id, &error));
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (1999), DK_LAYER_ACTUAL, "", "1", &error));
  if (dk_store_set_fact (store, id, "town", NO_PERIOD, DK_LAYER_ACTUAL, "", much, &inside))
    dk_store_set_fact (store, id, "staff", IN_YEAR (1998), DK_LAYER_ACTUAL, "", "1", &next);
  g_assert_false (dk_store_end (store, &end));
  g_assert_error (end, DK_STORE_ERROR, DK_STORE_ERROR_FULL);
  after = fixture_dump (store, id);
  g_assert_cmpstr (after, ==, before);
  changes_after = fixture_query (store->db, "SELECT count(*), (SELECT count(*) FROM step) FROM change", 0);
  g_assert_cmpstr (changes_after, ==, changes_before);

  /* Once there is room, it goes on. */
  set_file_limit (RLIM_INFINITY);
  g_assert_true (dk_store_set_fact (store, id, "town", NO_PERIOD, DK_LAYER_ACTUAL, "", much, &error));
  g_assert_no_error (error);
  g_ptr_array_unref (dk_store_undo (store, id, &error));
  at_last = fixture_dump (store, id);
  g_assert_cmpstr (at_last, ==, before);
  assert_healthy (store);
}

static void
make_on_a_full_disk (Fixture *fixture,
                     gint64   id)
{
  g_autofree char *path = fixture_build_path (fixture, "new.dengke");
  g_autoptr(GError) error = NULL, extract = NULL;
  g_autoptr(DkStore) store = NULL, old = fixture_open (fixture->path);

  signal (SIGXFSZ, SIG_IGN);
  set_file_limit (4096);
  g_assert_false (dk_store_extract (old, id, path, &extract));
  g_assert_error (extract, DK_STORE_ERROR, DK_STORE_ERROR_FULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_null (dk_store_open (path, FALSE, &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_FULL);
  set_file_limit (RLIM_INFINITY);
  store = fixture_open (path);
  assert_healthy (store);
  g_clear_pointer (&store, dk_store_close);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  DkStore *store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);

  fixture_set (store, id, "staff", 2020, "7");
  dk_store_close (store);
  g_assert_cmpint (g_chmod (fixture->path, 0666), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  run_as_nobody (fixture, fill_the_disk, id);
  run_as_nobody (fixture, make_on_a_full_disk, id);
}

/* The limit of SQLite itself, which takes a whole transaction back at once. */
static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  g_autofree char *before = fixture_dump (store, id), *after = NULL, *much = g_strnfill (500 * 1000, 'x');
  g_autoptr(GError) inside = NULL, next = NULL, end = NULL;

  much[0] = much[500 * 1000 - 1] = '"';
  g_assert_cmpint (sqlite3_exec (store->db, "PRAGMA max_page_count = 40", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (dk_store_begin (store, id, NULL));
  fixture_set (store, id, "staff", 1999, "1");
  g_assert_false (dk_store_set_fact (store, id, "town", NO_PERIOD, DK_LAYER_ACTUAL, "", much, &inside));
  g_assert_error (inside, DK_STORE_ERROR, DK_STORE_ERROR_FULL);
  if (store->has_failed)
    {
      g_assert_false (dk_store_set_fact (store, id, "staff", IN_YEAR (1998), DK_LAYER_ACTUAL, "", "1", &next));
      g_assert_error (next, DK_STORE_ERROR, DK_STORE_ERROR_FULL);
      g_assert_false (dk_store_end (store, &end));
      g_assert_error (end, DK_STORE_ERROR, DK_STORE_ERROR_FULL);
    }
  else
    {
      dk_store_abandon (store);
    }
  after = fixture_dump (store, id);
  g_assert_cmpstr (after, ==, before);
  fixture_set (store, id, "staff", 1998, "1");
  assert_healthy (store);
}

static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path), other = fixture_open (fixture->path), third = NULL;
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  g_autoptr(GError) error = NULL, step = NULL, opening = NULL;

  gint64 start;

  dk_store_set_patience (other, 50);
  g_assert_true (dk_store_begin (store, id, NULL));
  fixture_set (store, id, "staff", 2025, "1");
  start = g_get_monotonic_time ();
  g_assert_false (dk_store_set_fact (other, id, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "", "2", &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 40 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2000 * 1000);
  g_assert_false (dk_store_begin (other, id, &step));
  g_assert_error (step, DK_STORE_ERROR, DK_STORE_ERROR_BUSY);

  /* Reading and opening wait for nobody, and see nothing unfinished. */
  assert_fact (other, id, "staff", 2025, "60");
  third = dk_store_open_within (fixture->path, FALSE, 0, &opening);
  g_assert_no_error (opening);
  assert_fact (third, id, "staff", 2025, "60");
  g_assert_true (dk_store_end (store, NULL));
  assert_fact (other, id, "staff", 2025, "1");
  fixture_set (other, id, "staff", 2025, "2");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/open/new", test_new);
  TEST ("/store/open/foreign", test_foreign);
  TEST ("/store/open/too-new", test_too_new);
  TEST ("/store/open/damaged", test_damaged);
  TEST ("/store/open/noise", test_noise);
  TEST ("/store/open/read-only", test_read_only);
  TEST ("/store/open/without-permission", test_without_permission);
  TEST ("/store/open/full-disk", test_full_disk);
  TEST ("/store/open/full", test_full);
  TEST ("/store/open/busy", test_busy);
  return g_test_run ();
}
