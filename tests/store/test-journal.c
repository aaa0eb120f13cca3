/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-journal"

#include "fixture.h"

#define TEST(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)

/* What the workspace must hold after each step that can still be taken back or done again. */
typedef struct
{
  GPtrArray *states; /* char *: dumps; the first is that before any step */
  guint      at;
} Model;

static const char *const registers[] = { "ip", "awards" };
static const char *const facts[] = { "staff", "revenue", "town" };
static const char *const columns[] = { "name", "kind", "cost" };
static const char *const values[] = { "1", "\"二\"", "null", "{\"from\": 45, \"to\": 55}", "123456789012345678901.5", "1e3", NULL };

#define PICK(list_) (list_)[g_test_rand_int_range (0, G_N_ELEMENTS (list_))]

/* A row of either register, or 0. */
static gint64
pick_row (DkStore *store,
          gint64   enterprise)
{
  g_autoptr(GArray) rows = dk_store_list_rows (store, enterprise, PICK (registers), NULL);

  return rows->len > 0 ? g_array_index (rows, gint64, g_test_rand_int_range (0, rows->len)) : 0;
}

static void
edit (DkStore *store,
      gint64   enterprise)
{
  g_autoptr(GError) error = NULL;
  gint64 row;

  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
    case 1:
      dk_store_set_fact (store, enterprise, PICK (facts), IN_YEAR (g_test_rand_int_range (2023, 2026)),
                         g_test_rand_int_range (0, 3), g_test_rand_bit () ? "" : "audit", PICK (values), &error);
      break;
    case 2:
      {
        const char *reg = PICK (registers);
        g_autoptr(GArray) rows = dk_store_list_rows (store, enterprise, reg, NULL);

        row = rows->len > 0 && g_test_rand_bit () ? g_array_index (rows, gint64, g_test_rand_int_range (0, rows->len)) : 0;
        dk_store_add_row (store, enterprise, reg, row, &error);
      }
      break;
    case 3:
      row = pick_row (store, enterprise);
      if (row != 0)
        dk_store_delete_row (store, row, &error);
      break;
    case 4:
    case 5:
      row = pick_row (store, enterprise);
      if (row != 0)
        dk_store_set_cell (store, row, PICK (columns), PICK (values), &error);
      break;
    case 6:
      dk_store_set_complete (store, enterprise, PICK (registers),
                             g_test_rand_bit () ? "true" : g_test_rand_bit () ? "false" : NULL, &error);
      break;
    case 8:
      dk_store_set_note (store, enterprise, PICK (facts), g_test_rand_bit () ? "{\"finding\": \"a\"}" : g_test_rand_bit () ? "{\"evidence\": \"b\"}" : NULL,
                         &error);
      break;
    case 7:
      dk_store_rename (store, enterprise, g_test_rand_bit () ? "甲" : g_test_rand_bit () ? "乙 \"\\" : "", &error);
      break;
    }
  g_assert_no_error (error);
}

static void
edit_as_one (DkStore *store,
             gint64   enterprise,
             gboolean is_kept)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_store_begin (store, enterprise, &error));
  for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
    edit (store, enterprise);
  if (is_kept)
    g_assert_true (dk_store_end (store, &error));
  else
    dk_store_abandon (store);
}

static gint64
get_last_step (DkStore *store)
{
  g_autofree char *text = fixture_query (store->db, "SELECT ifnull (max (id), 0) FROM step", 0);

  return g_ascii_strtoll (text, NULL, 10);
}

static void
walk_randomly (Fixture *fixture,
               int      n_moves)
{
  DkStore *store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise), other = fixture_add (fixture, store, fixture_enterprise);
  Model model = { g_ptr_array_new_with_free_func (g_free), 0 };
  guint n_undone = 0, n_redone = 0;

  g_ptr_array_add (model.states, fixture_dump (store, id));
  for (int i = 0; i < n_moves; i++)
    {
      int move = g_test_rand_int_range (0, 20);
      gint64 last = get_last_step (store);
      g_autoptr(GPtrArray) changes = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *found = NULL;

      if (move == 0)
        {
          dk_store_close (store);
          store = fixture_open (fixture->path);
        }
      else if (move == 1)
        {
          edit (store, other); /* its journal is its own */
          last = get_last_step (store);
        }
      else if (move < 8)
        {
          g_assert_cmpint (dk_store_can_undo (store, id), ==, model.at > 0);
          changes = dk_store_undo (store, id, &error);
          g_assert_no_error (error);
          g_assert_cmpint (changes != NULL, ==, model.at > 0);
          n_undone += changes != NULL;
          model.at -= changes != NULL;
        }
      else if (move < 11)
        {
          g_assert_cmpint (dk_store_can_redo (store, id), ==, model.at + 1 < model.states->len);
          changes = dk_store_redo (store, id, &error);
          g_assert_no_error (error);
          g_assert_cmpint (changes != NULL, ==, model.at + 1 < model.states->len);
          n_redone += changes != NULL;
          model.at += changes != NULL;
        }
      else if (move < 13)
        {
          edit_as_one (store, id, move == 11);
        }
      else
        {
          edit (store, id);
        }

      found = fixture_dump (store, id);
      if (get_last_step (store) != last)
        {
          g_ptr_array_set_size (model.states, model.at + 1);
          g_ptr_array_add (model.states, g_strdup (found));
          model.at++;
        }
      g_assert_cmpstr (found, ==, g_ptr_array_index (model.states, model.at));
    }
  g_assert_cmpuint (n_undone, >, 0);
  g_assert_cmpuint (n_redone, >, 0);
  assert_healthy (store);

  /* All the way back, and all the way forth. */
  while (dk_store_can_undo (store, id))
    {
      g_autofree char *found = NULL;

      g_ptr_array_unref (dk_store_undo (store, id, NULL));
      found = fixture_dump (store, id);
      g_assert_cmpstr (found, ==, g_ptr_array_index (model.states, --model.at));
    }
  g_assert_cmpuint (model.at, ==, 0);
  while (dk_store_can_redo (store, id))
    {
      g_autofree char *found = NULL;

      g_ptr_array_unref (dk_store_redo (store, id, NULL));
      found = fixture_dump (store, id);
      g_assert_cmpstr (found, ==, g_ptr_array_index (model.states, ++model.at));
    }
  g_assert_cmpuint (model.at + 1, ==, model.states->len);
  dk_store_close (store);
  g_ptr_array_unref (model.states);
}

static void
test_random_walk (Fixture       *fixture,
                  gconstpointer  data)
{
  for (int i = 0; i < 3; i++)
    {
      walk_randomly (fixture, 250);
      g_assert_cmpint (g_remove (fixture->path), ==, 0);
    }
}

static void
test_states (Fixture       *fixture,
             gconstpointer  data)
{
  static const DkStepState wanted[] = { DK_STEP_DONE, DK_STEP_DONE, DK_STEP_DROPPED, DK_STEP_DROPPED, DK_STEP_DONE };
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = dk_store_add_empty (store, "a", NULL);
  g_autoptr(GPtrArray) changes = NULL, tail = NULL, undone = NULL;
  const DkStoreChange *change;

  for (int year = 2021; year <= 2023; year++)
    fixture_set (store, id, "staff", year, "1");
  g_ptr_array_unref (dk_store_undo (store, id, NULL));
  undone = dk_store_undo (store, id, NULL);
  g_assert_cmpint (((DkStoreChange *) g_ptr_array_index (undone, 0))->state, ==, DK_STEP_UNDONE);
  g_assert_true (dk_store_can_redo (store, id));

  /* A new edit writes over what was undone; the journal keeps it. */
  fixture_set (store, id, "staff", 2024, "{\"from\": 1, \"to\": 2}");
  g_assert_false (dk_store_can_redo (store, id));
  g_assert_null (dk_store_redo (store, id, NULL));
  changes = dk_store_list_changes (store, id, 0, NULL);
  g_assert_cmpuint (changes->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < changes->len; i++)
    g_assert_cmpint (((DkStoreChange *) g_ptr_array_index (changes, i))->state, ==, wanted[i]);
  change = g_ptr_array_index (changes, 4);
  g_assert_cmpint (change->kind, ==, DK_EDIT_FACT);
  g_assert_cmpstr (change->subject, ==, "staff");
  g_assert_cmpint (change->period.year, ==, 2024);
  g_assert_null (change->old_value);
  g_assert_cmpstr (change->new_value, ==, "{\"from\": 1, \"to\": 2}");
  g_assert_cmpint (ABS (change->at - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);

  tail = dk_store_list_changes (store, id, ((DkStoreChange *) g_ptr_array_index (changes, 3))->step, NULL);
  g_assert_cmpuint (tail->len, ==, 1);
}

static void
test_rows_in_the_journal (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = dk_store_add_empty (store, "a", NULL), row = dk_store_add_row (store, id, "ip", 0, NULL);
  g_autoptr(GPtrArray) changes = NULL;
  const DkStoreChange *change;

  g_assert_true (dk_store_set_cell (store, row, "name", "\"甲\"", NULL));
  g_assert_true (dk_store_set_cell (store, row, "cost", "1.50", NULL));
  g_assert_true (dk_store_delete_row (store, row, NULL));
  changes = dk_store_list_changes (store, id, 0, NULL);
  g_assert_cmpuint (changes->len, ==, 5);
  change = g_ptr_array_index (changes, 1);
  g_assert_cmpint (change->kind, ==, DK_EDIT_ROW_ADDED);
  g_assert_cmpstr (change->new_value, ==, "{}");
  g_assert_null (change->old_value);
  change = g_ptr_array_index (changes, 2);
  g_assert_cmpint (change->kind, ==, DK_EDIT_CELL);
  g_assert_cmpstr (change->subject, ==, "ip");
  g_assert_cmpstr (change->column, ==, "name");
  g_assert_cmpint (change->row, ==, row);
  change = g_ptr_array_index (changes, 4);
  g_assert_cmpint (change->kind, ==, DK_EDIT_ROW_DELETED);
  g_assert_cmpstr (change->subject, ==, "ip");
  g_assert_cmpstr (change->old_value, ==, "{\"cost\": 1.50, \"name\": \"甲\"}");
  g_assert_null (change->new_value);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/journal/states", test_states);
  TEST ("/store/journal/rows", test_rows_in_the_journal);
  TEST ("/store/journal/random-walk", test_random_walk);
  return g_test_run ();
}
