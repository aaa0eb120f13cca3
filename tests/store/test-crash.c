/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-crash"

#include "fixture.h"

#include <signal.h>
#include <sys/wait.h>

#define TEST(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)

#define N_KILLS 200
#define N_NEW_FILES 40
#define N_YEARS 20

static int
year_of (int number)
{
  return 2000 + number % N_YEARS;
}

static void
set_number (DkStore    *store,
            gint64      enterprise,
            const char *fact,
            int         number)
{
  g_autofree char *value = g_strdup_printf ("%d", number);

  fixture_set (store, enterprise, fact, year_of (number), value);
}

static void
report (int descriptor,
        int number)
{
  if (write (descriptor, &number, sizeof number) != sizeof number)
    _exit (98);
}

/* Edits @number, @number + 1, ... until it is killed, and reports each as soon as it is written. Each number stands in two facts,
 * which are set as one step; every seventh step is taken back and done again; now and then the workspace is closed and opened. */
static void
edit_until_killed (Fixture *fixture,
                   gint64   enterprise,
                   int      number,
                   int      descriptor)
{
  DkStore *store = fixture_open (fixture->path);

  for (;; number++)
    {
      g_assert_true (dk_store_begin (store, enterprise, NULL));
      set_number (store, enterprise, "staff", number);
      set_number (store, enterprise, "revenue", number);
      g_assert_true (dk_store_end (store, NULL));
      report (descriptor, number);
      if (number % 7 == 0)
        {
          g_ptr_array_unref (dk_store_undo (store, enterprise, NULL));
          g_ptr_array_unref (dk_store_redo (store, enterprise, NULL));
        }
      if (number % 11 == 0)
        {
          dk_store_close (store);
          store = fixture_open (fixture->path);
        }
    }
}

/* The last number that the child reported before it was killed, or @number - 1. It lives until it has reported @n_reports, and
 * @microseconds more: so it gets somewhere on a slow machine too. */
static int
run_and_kill (Fixture *fixture,
              gint64   enterprise,
              int      number,
              int      n_reports,
              int      microseconds)
{
  int ends[2], status, last = number - 1, next;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (ends[0]);
      edit_until_killed (fixture, enterprise, number, ends[1]);
    }
  close (ends[1]);
  for (int i = 0; i < n_reports && read (ends[0], &next, sizeof next) == sizeof next; i++)
    {
      g_assert_cmpint (next, ==, last + 1);
      last = next;
    }
  g_usleep ((gulong) microseconds);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  while (read (ends[0], &next, sizeof next) == sizeof next)
    {
      g_assert_cmpint (next, ==, last + 1);
      last = next;
    }
  close (ends[0]);
  return last;
}

/* The number that the facts say was written last, and that each step is there as a whole. */
static int
find_last (DkStore *store,
           gint64   enterprise)
{
  int last = -1;

  for (int year = 2000; year < 2000 + N_YEARS; year++)
    {
      g_autofree char *staff = fixture_get (store, enterprise, "staff", year);
      g_autofree char *revenue = fixture_get (store, enterprise, "revenue", year);

      g_assert_cmpstr (staff, ==, revenue);
      if (staff != NULL)
        last = MAX (last, (int) g_ascii_strtoll (staff, NULL, 10));
    }
  for (int number = MAX (last - N_YEARS + 1, 1); number <= last; number++)
    {
      g_autofree char *staff = fixture_get (store, enterprise, "staff", year_of (number));

      g_assert_cmpint ((int) g_ascii_strtoll (staff, NULL, 10), ==, number);
    }
  return last;
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  DkStore *store = fixture_open (fixture->path);
  gint64 id = dk_store_add_empty (store, "a", NULL);
  int number = 1, n_unreported = 0, n_undone = 0;
  g_autoptr(GPtrArray) changes = NULL;

  set_number (store, id, "staff", number);
  set_number (store, id, "revenue", number);
  dk_store_close (store);
  for (int i = 0; i < N_KILLS; i++)
    {
      int reported = run_and_kill (fixture, id, number + 1, g_test_rand_int_range (0, 6), g_test_rand_int_range (0, 8000)), found;

      store = fixture_open (fixture->path);
      assert_healthy (store);

      /* Killed between taking a step back and doing it again: doing it again is still there to be had. */
      if (dk_store_can_redo (store, id))
        {
          g_ptr_array_unref (dk_store_redo (store, id, NULL));
          n_undone++;
        }
      found = find_last (store, id);
      g_assert_cmpint (found, >=, reported);
      g_assert_cmpint (found, <=, reported + 1); /* written, and killed before it could say so */
      n_unreported += found > reported;
      number = found;
      dk_store_close (store);
    }

  /* The journal tells all of it, in order. */
  store = fixture_open (fixture->path);
  changes = dk_store_list_changes (store, id, 0, NULL);
  g_assert_cmpuint (changes->len, ==, 1 + 2 * (guint) number);
  for (guint i = 1; i < changes->len; i++)
    {
      const DkStoreChange *change = g_ptr_array_index (changes, i);

      g_assert_cmpint (g_ascii_strtoll (change->new_value, NULL, 10), ==, (i + 1) / 2);
      g_assert_cmpint (change->state, ==, DK_STEP_DONE);
    }
  dk_store_close (store);
  g_test_message ("%d steps written in %d lives; %d of them unreported, %d taken back", number, N_KILLS, n_unreported, n_undone);
  g_assert_cmpint (number, >, N_KILLS);
}

/* Killed while the workspace is made: the next start makes it, or finds it whole. */
static void
test_killed_in_the_making (Fixture       *fixture,
                           gconstpointer  data)
{
  gint64 longest = g_get_monotonic_time ();

  /* How long it takes here. */
  dk_store_close (fixture_open (fixture->path));
  longest = 2 * (g_get_monotonic_time () - longest);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  for (int i = 0; i < N_NEW_FILES; i++)
    {
      g_autoptr(DkStore) store = NULL;
      pid_t child = fork ();
      int status;

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          dk_store_add_empty (fixture_open (fixture->path), "a", NULL);
          for (;;)
            pause ();
        }
      g_usleep ((gulong) g_test_rand_int_range (0, (int) longest));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      store = fixture_open (fixture->path);
      assert_healthy (store);
      g_assert_cmpint (dk_store_add_empty (store, "b", NULL), <=, 2);
      g_clear_pointer (&store, dk_store_close);
      g_assert_cmpint (g_remove (fixture->path), ==, 0);
    }
}

/* Programs that write to one file at the same time: nothing is lost, and no step is mixed with another. */
static void
test_at_the_same_time (Fixture       *fixture,
                       gconstpointer  data)
{
  DkStore *store = fixture_open (fixture->path);
  gint64 shared = dk_store_add_empty (store, "shared", NULL), own[3];
  pid_t children[G_N_ELEMENTS (own)];
  const int n_edits = 60;
  g_autoptr(GPtrArray) changes = NULL;
  g_autoptr(GHashTable) steps = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    own[i] = dk_store_add_empty (store, "own", NULL);
  dk_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        {
          g_autofree char *fact = g_strdup_printf ("fact_%u", i);
          g_autoptr(GError) error = NULL;

          store = fixture_open (fixture->path);
          for (int j = 1; j <= n_edits; j++)
            {
              gint64 row;

              g_assert_true (dk_store_begin (store, shared, &error));
              set_number (store, shared, fact, j);
              row = dk_store_add_row (store, shared, "ip", 0, &error);
              g_assert_true (dk_store_set_cell (store, row, "name", "\"x\"", &error));
              g_assert_true (dk_store_end (store, &error));
              set_number (store, own[i], "staff", j);
            }
          dk_store_close (store);
          _exit (0);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      int status = -1;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }

  store = fixture_open (fixture->path);
  assert_healthy (store);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autofree char *fact = g_strdup_printf ("fact_%u", i);

      for (int j = n_edits - N_YEARS + 1; j <= n_edits; j++)
        {
          g_autofree char *value = g_strdup_printf ("%d", j);

          assert_fact (store, shared, fact, year_of (j), value);
          assert_fact (store, own[i], "staff", year_of (j), value);
        }
    }
  changes = dk_store_list_changes (store, shared, 0, NULL);
  g_assert_cmpuint (changes->len, ==, 1 + 3 * n_edits * G_N_ELEMENTS (own));
  for (guint i = 1; i < changes->len; i++)
    g_hash_table_add (steps, GINT_TO_POINTER (((DkStoreChange *) g_ptr_array_index (changes, i))->step));
  g_assert_cmpuint (g_hash_table_size (steps), ==, n_edits * G_N_ELEMENTS (own));

  /* All of it goes back, whoever did it. */
  while (dk_store_can_undo (store, shared))
    {
      g_autoptr(GPtrArray) undone = dk_store_undo (store, shared, NULL);

      g_assert_cmpuint (undone->len, ==, 3);
    }
  {
    g_autoptr(GArray) rows = dk_store_list_rows (store, shared, "ip", NULL);
    g_autoptr(GPtrArray) facts = dk_store_list_facts (store, shared, NULL);

    g_assert_cmpuint (rows->len, ==, 0);
    g_assert_cmpuint (facts->len, ==, 0);
  }
  dk_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/crash/killed", test_killed);
  TEST ("/store/crash/killed-in-the-making", test_killed_in_the_making);
  TEST ("/store/crash/at-the-same-time", test_at_the_same_time);
  return g_test_run ();
}
