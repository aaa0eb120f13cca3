/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-edit"

#include "fixture.h"

#define TEST(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)

static guint
count_changes (DkStore *store,
               gint64   enterprise)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) changes = dk_store_list_changes (store, enterprise, 0, &error);

  g_assert_no_error (error);
  return changes->len;
}

static void
test_add_and_read (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(DkEnterprise) enterprise = fixture_parse (fixture, fixture_enterprise);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  g_autofree char *wanted = dk_enterprise_to_json (enterprise);
  g_autofree char *found = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_autofree char *again = NULL, *plan = NULL;
  g_autoptr(GPtrArray) changes = dk_store_list_changes (store, id, 0, NULL);
  const DkStoreChange *change;

  g_assert_cmpstr (found, ==, wanted);
  g_assert_cmpuint (changes->len, ==, 1);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpint (change->kind, ==, DK_EDIT_ADDED);
  g_assert_cmpstr (change->new_value, ==, "\"甲“乙”科技\"");
  g_assert_false (dk_store_can_undo (store, id));

  g_clear_pointer (&store, dk_store_close);
  store = fixture_open (fixture->path);
  again = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_assert_cmpstr (again, ==, wanted);
  assert_fact (store, id, "revenue", 2025, "\"1/3\"");

  /* No fact of the plan, but the rows and notes, which have no layers. */
  plan = fixture_read (fixture, store, id, DK_LAYER_PLAN, NULL);
  g_assert_null (strstr (plan, "\"staff\""));
  g_assert_nonnull (strstr (plan, "\"cost\""));
  assert_healthy (store);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) none = dk_store_list (store, &error);
  gint64 b = dk_store_add_empty (store, "  b ", &error), a = dk_store_add_empty (store, "a", &error);
  gint64 again = dk_store_add_empty (store, "a", &error);
  g_autoptr(GPtrArray) three = dk_store_list (store, &error);
  const DkStoreEntry *entry;

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (three->len, ==, 3);
  entry = g_ptr_array_index (three, 0);
  g_assert_cmpint (entry->id, ==, a);
  g_assert_cmpint (entry->created, <=, entry->modified);
  g_assert_cmpint (ABS (entry->created - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (((DkStoreEntry *) g_ptr_array_index (three, 1))->id, ==, again);
  g_assert_cmpstr (((DkStoreEntry *) g_ptr_array_index (three, 2))->name, ==, "b");
  g_assert_cmpint (((DkStoreEntry *) g_ptr_array_index (three, 2))->id, ==, b);

  g_assert_cmpint (dk_store_add_empty (store, "\xff", &error), ==, 0);
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID);
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_add (fixture, store, fixture_enterprise), other = fixture_add (fixture, store, fixture_enterprise);
  g_autofree char *before = fixture_dump (store, other);
  g_autofree char *after = NULL, *left = NULL;

  fixture_set (store, id, "staff", 2025, "7");
  g_assert_cmpint (dk_store_take_snapshot (store, id, "s", 1, &error), >, 0);
  g_assert_true (dk_store_remove (store, id, &error));
  after = fixture_dump (store, other);
  g_assert_cmpstr (after, ==, before);
  left = fixture_query (store->db, "SELECT (SELECT count(*) FROM fact WHERE enterprise <> ?1), (SELECT count(*) FROM step"
                        " WHERE enterprise <> ?1), (SELECT count(*) FROM snapshot), (SELECT count(*) FROM line WHERE enterprise <> ?1),"
                        " (SELECT count(*) FROM change)", other);
  g_assert_cmpstr (left, ==, "0|0|0|0|1\n");
  g_assert_false (dk_store_remove (store, id, &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (dk_store_add_empty (store, "new", NULL), >, other);
  assert_healthy (store);
}

static void
test_facts (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  gint64 id = dk_store_add_empty (store, "a", NULL);
  g_autoptr(GPtrArray) facts = NULL;
  const DkStoreFact *fact;

  assert_fact (store, id, "staff", 2025, NULL);
  fixture_set (store, id, "staff", 2025, "60");
  assert_fact (store, id, "staff", 2025, "60");
  assert_fact (store, id, "staff", 2024, NULL);
  g_assert_cmpuint (count_changes (store, id), ==, 2);

  /* What changes nothing leaves nothing behind. */
  fixture_set (store, id, "staff", 2025, "60");
  fixture_set (store, id, "staff", 2024, NULL);
  g_assert_cmpuint (count_changes (store, id), ==, 2);

  /* "Not known yet" is an answer; none is none. */
  fixture_set (store, id, "staff", 2025, "null");
  assert_fact (store, id, "staff", 2025, "null");
  fixture_set (store, id, "staff", 2025, NULL);
  assert_fact (store, id, "staff", 2025, NULL);

  /* Each layer and source is a place of its own. */
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_PLAN, "", "70", &error));
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "audit", "61", &error));
  g_assert_true (dk_store_set_fact (store, id, "sales_q", (DkPeriodKey) { 2025, 4, 0 }, DK_LAYER_ACTUAL, "", "4", &error));
  g_assert_true (dk_store_set_fact (store, id, "sales_m", (DkPeriodKey) { 2025, 0, 12 }, DK_LAYER_SCENARIO, "", "12", &error));
  g_assert_true (dk_store_set_fact (store, id, "resident", NO_PERIOD, DK_LAYER_ACTUAL, "", "true", &error));
  assert_fact (store, id, "staff", 2025, NULL);
  facts = dk_store_list_facts (store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->len, ==, 5);
  fact = g_ptr_array_index (facts, 1);
  g_assert_cmpstr (fact->fact, ==, "sales_m");
  g_assert_cmpint (fact->period.month, ==, 12);
  g_assert_cmpint (fact->layer, ==, DK_LAYER_SCENARIO);
  fact = g_ptr_array_index (facts, 2);
  g_assert_cmpint (fact->period.quarter, ==, 4);
  g_assert_cmpint (fact->period.year, ==, 2025);
  fact = g_ptr_array_index (facts, 3);
  g_assert_cmpstr (fact->source, ==, "audit");
  g_assert_cmpstr (fact->value, ==, "61");
}

static void
test_plans_never_leak (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  g_autofree char *before = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_autofree char *after = NULL, *plan = NULL, *beside = NULL, *planned = NULL;
  g_auto(GStrv) halves = NULL;

  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_SCENARIO, "", "998", NULL));
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_PLAN, "audit", "996", NULL));
  after = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_assert_cmpstr (after, ==, before);
  /* A plan of the main source is a plan, and changes nothing else. */
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_PLAN, "", "999", NULL));
  planned = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  halves = g_strsplit (planned, ",\n  \"plan\": {\n    \"facts\": {\n      \"staff\": {\"2025\": 999}\n    }\n  }", 2);
  g_assert_cmpuint (g_strv_length (halves), ==, 2);
  g_free (planned);
  planned = g_strconcat (halves[0], halves[1], NULL);
  g_assert_cmpstr (planned, ==, before);
  /* What a source says stands beside the answer and is none. */
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "audit", "997", NULL));
  beside = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_assert_nonnull (strstr (beside, "    \"staff\": {\"2024\": {\"from\": 45, \"to\": 55}, \"2025\": 60},\n"));
  g_assert_nonnull (strstr (beside, "      \"staff\": {\"2025\": 997},\n"));
  plan = fixture_read (fixture, store, id, DK_LAYER_PLAN, NULL);
  g_assert_nonnull (strstr (plan, "\"staff\": {\"2025\": 999}"));
}

/* What a source says is an edit like an answer: undone, redone, and read as what it is; a source that the catalogue does not have
 * is kept and told of. */
static void
test_figures (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DkEnterprise) enterprise = NULL;
  gint64 id = fixture_add (fixture, store, "{\"name\": \"甲\", \"facts\": {\"staff\": {\"2025\": 60}}}");
  const DkSymbol *staff = dk_scope_find_fact (dk_catalogue_get_scope (fixture->catalogue), "staff");
  g_autofree char *before = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL), *undone = NULL, *dump = NULL, *said = NULL;
  DkValue value;

  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "tax", "61", &error));
  g_ptr_array_unref (dk_store_undo (store, id, &error));
  undone = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_assert_cmpstr (undone, ==, before);
  g_ptr_array_unref (dk_store_redo (store, id, &error));
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "board", "62", &error));
  g_assert_no_error (error);

  enterprise = dk_store_read (store, id, DK_LAYER_ACTUAL, fixture->catalogue, problems, &error);
  g_assert_no_error (error);
  said = dk_problems_to_string (problems);
  g_assert_nonnull (strstr (said, "the source “board” is not known (any more); its figures are kept and left out"));
  g_assert_cmpuint (dk_problems_length (problems), ==, 1);
  g_assert_true (dk_enterprise_get (enterprise, staff, IN_YEAR (2025), &value));
  g_assert_cmpint (value.low.num, ==, 60);
  g_assert_true (dk_enterprise_get_figure (enterprise, staff, IN_YEAR (2025), 1, &value));
  g_assert_cmpint (value.low.num, ==, 61);
  g_assert_false (dk_enterprise_get_figure (enterprise, staff, IN_YEAR (2025), 0, &value));
  dump = fixture_dump (store, id);
  g_assert_nonnull (strstr (dump, "staff|2025|0|board|62"));
}

static void
test_invalid_values (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *const wrong[] = { "", "12 13", "{\"a\": ", "nul", "\xff", "'a'", "1}, \"b\": {\"2025\": 2", "\"\t\"", "[1,]" };
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  g_autofree char *before = fixture_dump (store, id);
  g_autofree char *after = NULL;
  g_autofree char *limit = g_strnfill (DK_STORE_MAX_VALUE, '1'), *beyond = g_strnfill (DK_STORE_MAX_VALUE + 1, '1');
  g_autoptr(GArray) rows = dk_store_list_rows (store, id, "ip", NULL);
  gint64 row = g_array_index (rows, gint64, 0);

  limit[0] = limit[DK_STORE_MAX_VALUE - 1] = '"';
  beyond[0] = beyond[DK_STORE_MAX_VALUE] = '"';
  for (guint i = 0; i <= G_N_ELEMENTS (wrong); i++)
    {
      const char *value = i < G_N_ELEMENTS (wrong) ? wrong[i] : beyond;
      g_autoptr(GError) error = NULL, other = NULL;

      g_assert_false (dk_store_set_fact (store, id, "town", NO_PERIOD, DK_LAYER_ACTUAL, "", value, &error));
      g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID);
      g_assert_cmpuint (strlen (error->message), <, 300);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_false (dk_store_set_cell (store, row, "name", value, &other));
      g_assert_error (other, DK_STORE_ERROR, DK_STORE_ERROR_INVALID);
    }
  g_assert_false (dk_store_set_complete (store, id, "ip", "1", NULL));
  g_assert_false (dk_store_rename (store, id, "\xff", NULL));
  after = fixture_dump (store, id);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (dk_store_set_fact (store, id, "town", NO_PERIOD, DK_LAYER_ACTUAL, "", limit, NULL));
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  gint64 row = dk_store_add_row (store, id, "ip", 0, NULL), award = dk_store_add_row (store, id, "awards", 0, NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();

#define assert_not_found(call_) \
  G_STMT_START { \
    g_autoptr(GError) error = NULL; \
    g_assert_true ((call_) == 0); \
    g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND); \
  } G_STMT_END

  g_assert_true (dk_store_delete_row (store, row, NULL));
  assert_not_found (dk_store_set_fact (store, id + 1, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "", "1", &error));
  assert_not_found (dk_store_set_fact (store, id + 1, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "", NULL, &error));
  assert_not_found (dk_store_rename (store, id + 1, "x", &error));
  assert_not_found (dk_store_set_complete (store, id + 1, "ip", "true", &error));
  assert_not_found (dk_store_add_row (store, id + 1, "ip", 0, &error));
  assert_not_found (dk_store_add_row (store, id, "ip", row, &error));
  assert_not_found (dk_store_add_row (store, id, "ip", award, &error));
  assert_not_found (dk_store_delete_row (store, row, &error));
  assert_not_found (dk_store_set_cell (store, row, "name", "\"x\"", &error));
  assert_not_found (dk_store_begin (store, id + 1, &error));
  assert_not_found (dk_store_undo (store, id + 1, &error));
  assert_not_found (dk_store_take_snapshot (store, id + 1, "x", 1, &error));
  assert_not_found (dk_store_delete_snapshot (store, 99, &error));
  assert_not_found (dk_store_read_snapshot (store, 99, fixture->catalogue, problems, &error));
  assert_not_found (dk_store_read (store, id + 1, DK_LAYER_ACTUAL, fixture->catalogue, problems, &error));
  assert_not_found (dk_store_extract (store, id + 1, fixture->path, &error));
  g_assert_true (sqlite3_get_autocommit (store->db));
}

static char *
list_rows (DkStore *store,
           gint64   enterprise)
{
  g_autoptr(GArray) rows = dk_store_list_rows (store, enterprise, "ip", NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *name = dk_store_dup_cell (store, g_array_index (rows, gint64, i), "name", NULL);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT "%s", i > 0 ? " " : "", g_array_index (rows, gint64, i),
                              name != NULL ? name : "");
    }
  return g_string_free (text, FALSE);
}

#define assert_rows(store, id, wanted) \
  G_STMT_START { \
    g_autofree char *rows_ = list_rows (store, id); \
    g_assert_cmpstr (rows_, ==, wanted); \
  } G_STMT_END

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = dk_store_add_empty (store, "a", NULL);
  gint64 one = dk_store_add_row (store, id, "ip", 0, NULL);
  gint64 two = dk_store_add_row (store, id, "ip", 0, NULL);
  gint64 three = dk_store_add_row (store, id, "ip", two, NULL);
  gint64 four = dk_store_add_row (store, id, "ip", one, NULL);
  g_autofree char *complete = NULL, *said = NULL;

  assert_rows (store, id, "4 1 3 2");
  g_assert_true (dk_store_set_cell (store, three, "name", "\"c\"", NULL));
  g_assert_true (dk_store_set_cell (store, three, "cost", "null", NULL));
  assert_rows (store, id, "4 1 3\"c\" 2");
  g_assert_true (dk_store_delete_row (store, three, NULL));
  assert_rows (store, id, "4 1 2");

  /* The same row again, under its own number, with its cells, in its place; also after a restart. */
  g_clear_pointer (&store, dk_store_close);
  store = fixture_open (fixture->path);
  g_ptr_array_unref (dk_store_undo (store, id, NULL));
  assert_rows (store, id, "4 1 3\"c\" 2");
  g_ptr_array_unref (dk_store_redo (store, id, NULL));
  assert_rows (store, id, "4 1 2");

  /* A number is never given twice. */
  g_assert_true (dk_store_delete_row (store, four, NULL));
  g_assert_cmpint (dk_store_add_row (store, id, "ip", 0, NULL), ==, 5);
  g_ptr_array_unref (dk_store_undo (store, id, NULL));
  g_assert_cmpint (dk_store_add_row (store, id, "ip", 0, NULL), ==, 6);
  assert_rows (store, id, "1 2 6");

  g_assert_null (dk_store_dup_complete (store, id, "ip", NULL));
  g_assert_true (dk_store_set_complete (store, id, "ip", "true", NULL));
  complete = dk_store_dup_complete (store, id, "ip", NULL);
  g_assert_cmpstr (complete, ==, "true");
  said = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_assert_nonnull (strstr (said, "{\"complete\": true, \"rows\": [\n      {},\n      {},\n      {}\n    ]}"));
}

static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_add (fixture, store, fixture_enterprise), other = dk_store_add_empty (store, "b", NULL);
  gint64 strange = dk_store_add_row (store, other, "ip", 0, NULL);
  g_autofree char *before = fixture_dump (store, id);
  g_autofree char *after = NULL, *again = NULL, *whole = NULL;
  g_autoptr(GPtrArray) changes = NULL;
  gint64 row;

  /* Given up: nothing is left of it. */
  g_assert_true (dk_store_begin (store, id, &error));
  fixture_set (store, id, "staff", 2025, "1");
  dk_store_abandon (store);
  after = fixture_dump (store, id);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (dk_store_can_undo (store, id));

  /* One of the edits is refused: the others are one step. */
  g_assert_true (dk_store_begin (store, id, &error));
  g_assert_false (dk_store_set_cell (store, strange, "name", "\"x\"", NULL));
  g_assert_false (dk_store_delete_row (store, strange, NULL));
  g_assert_false (dk_store_add_row (store, id, "ip", strange, NULL) != 0);
  fixture_set (store, id, "staff", 2025, "1");
  g_assert_false (dk_store_set_cell (store, 999, "name", "\"x\"", NULL));
  row = dk_store_add_row (store, id, "ip", 0, &error);
  g_assert_true (dk_store_set_cell (store, row, "name", "\"x\"", &error));
  g_assert_true (dk_store_rename (store, id, "乙", &error));
  g_assert_true (dk_store_end (store, &error));
  whole = fixture_dump (store, id);
  changes = dk_store_undo (store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 4);
  g_assert_cmpint (((DkStoreChange *) g_ptr_array_index (changes, 0))->step, ==,
                   ((DkStoreChange *) g_ptr_array_index (changes, 3))->step);
  g_assert_cmpstr (((DkStoreChange *) g_ptr_array_index (changes, 3))->old_value, ==, "\"甲“乙”科技\"");
  g_free (after);
  after = fixture_dump (store, id);
  g_assert_cmpstr (after, ==, before);
  g_ptr_array_unref (dk_store_redo (store, id, &error));
  again = fixture_dump (store, id);
  g_assert_cmpstr (again, ==, whole);

  /* A group without a change is no step. */
  g_assert_true (dk_store_begin (store, id, &error));
  fixture_set (store, id, "staff", 2025, "1");
  g_assert_true (dk_store_end (store, &error));
  g_assert_cmpuint (count_changes (store, id), ==, 5);

  /* Closing in the middle gives up. */
  g_assert_true (dk_store_begin (store, id, &error));
  fixture_set (store, id, "staff", 2025, "2");
  g_clear_pointer (&store, dk_store_close);
  store = fixture_open (fixture->path);
  assert_fact (store, id, "staff", 2025, "1");
}

static void
test_what_the_catalogue_does_not_know (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  gint64 id = fixture_add (fixture, store, fixture_enterprise);
  g_autofree char *before = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  g_autofree char *after = NULL, *said = NULL, *kept = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GArray) rows = dk_store_list_rows (store, id, "ip", NULL);
  static const char *const wanted[] = {
    "the fact “oldfact” is not known", "“old_column” is not known", "the register “cars” is not known",
    "staff: the answer of the period “”", "resident: the answer of the period “2025”", "staff 2023: \"many\"", "staff 2022: ",
    "\"2025-Q1\" is no year", "ip row 2, kind: ",
  };

  fixture_set (store, id, "oldfact", 2025, "1");
  fixture_set (store, id, "staff", 2023, "\"many\"");
  fixture_set (store, id, "staff", 2022, "0.5");
  fixture_set (store, id, "staff", 0, "5");
  fixture_set (store, id, "resident", 2025, "false");
  g_assert_true (dk_store_set_fact (store, id, "staff", (DkPeriodKey) { 2025, 1, 0 }, DK_LAYER_ACTUAL, "", "3", NULL));
  for (guint i = 0; i < 2; i++)
    g_assert_true (dk_store_set_cell (store, g_array_index (rows, gint64, i), "old_column", "1", NULL));
  g_assert_true (dk_store_set_cell (store, g_array_index (rows, gint64, 1), "kind", "\"green\"", NULL));
  g_assert_cmpint (dk_store_add_row (store, id, "cars", 0, NULL), >, 0);

  after = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, &said);
  g_assert_cmpstr (after, ==, before);
  lines = g_strsplit (g_strchomp (said), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_nonnull (strstr (said, wanted[i]));
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_nonnull (strstr (lines[i], "甲“乙”科技: "));

  /* Left out, not thrown away. */
  kept = fixture_get (store, id, "oldfact", 2025);
  g_assert_cmpstr (kept, ==, "1");
}

static void
test_two_at_a_time (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DkStore) left = fixture_open (fixture->path), right = fixture_open (fixture->path);
  gint64 id = dk_store_add_empty (left, "a", NULL);
  g_autoptr(GPtrArray) changes = NULL;

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *value = g_strdup_printf ("%d", i);

      fixture_set (i % 2 == 0 ? left : right, id, "revenue", 2000 + i, value);
      assert_fact (i % 2 == 0 ? right : left, id, "revenue", 2000 + i, value);
    }
  g_assert_true (dk_store_was_changed_elsewhere (left));
  g_assert_false (dk_store_was_changed_elsewhere (left));
  fixture_set (left, id, "staff", 2025, "1");
  g_assert_false (dk_store_was_changed_elsewhere (left));
  g_assert_true (dk_store_was_changed_elsewhere (right));

  /* One journal for both: what one did, the other takes back. */
  changes = dk_store_undo (right, id, NULL);
  g_assert_cmpstr (((DkStoreChange *) g_ptr_array_index (changes, 0))->subject, ==, "staff");
  g_assert_true (dk_store_can_redo (left, id));
  assert_fact (left, id, "staff", 2025, NULL);
}

static void
test_snapshots (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  gint64 id = fixture_add (fixture, store, fixture_enterprise), snapshot, later;
  g_autofree char *before = NULL, *found = NULL, *content = NULL;
  g_autoptr(GPtrArray) snapshots = NULL, changes = NULL, fewer = NULL;
  g_autoptr(DkEnterprise) enterprise = NULL;
  const DkStoreSnapshot *first;

  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_PLAN, "", "70", &error));
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_PLAN, "board", "71", &error));
  g_assert_true (dk_store_set_fact (store, id, "staff", IN_YEAR (2025), DK_LAYER_ACTUAL, "audit", "61", &error));
  before = fixture_read (fixture, store, id, DK_LAYER_ACTUAL, NULL);
  snapshot = dk_store_take_snapshot (store, id, " 2026 申报 ", 20000, &error);
  g_assert_no_error (error);
  fixture_set (store, id, "staff", 2025, "1");
  later = dk_store_take_snapshot (store, id, "later", 20001, &error);

  snapshots = dk_store_list_snapshots (store, id, &error);
  g_assert_cmpuint (snapshots->len, ==, 2);
  first = g_ptr_array_index (snapshots, 0);
  g_assert_cmpint (first->id, ==, snapshot);
  g_assert_cmpstr (first->name, ==, "2026 申报");
  g_assert_cmpint (first->as_of, ==, 20000);
  changes = dk_store_list_changes (store, id, first->step, &error);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpstr (((DkStoreChange *) g_ptr_array_index (changes, 0))->old_value, ==, "60");

  enterprise = dk_store_read_snapshot (store, snapshot, fixture->catalogue, problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dk_problems_length (problems), ==, 0);
  found = dk_enterprise_to_json (enterprise);
  g_assert_cmpstr (found, ==, before);
  content = fixture_query (store->db, "SELECT content FROM snapshot WHERE id = ?1", snapshot);
  g_assert_nonnull (strstr (content, "\"actual\": {\"\": {"));
  g_assert_nonnull (strstr (content, "\"staff\": {\"2025\": 61}"));
  g_assert_nonnull (strstr (content, "\"plan\": {\"\": {\"staff\": {\"2025\": 70}},\n\"board\": {\"staff\": {\"2025\": 71}}}"));

  g_assert_true (dk_store_delete_snapshot (store, later, &error));
  fewer = dk_store_list_snapshots (store, id, &error);
  g_assert_cmpuint (fewer->len, ==, 1);
}

/* What a portfolio costs at every start of the program. */
static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkStore) store = fixture_open (fixture->path);
  g_autoptr(DkEnterprise) enterprise = fixture_parse (fixture, fixture_enterprise);
  g_autoptr(GTimer) timer = NULL;
  gint64 ids[500];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      ids[i] = dk_store_add (store, enterprise, NULL);
      g_assert_true (dk_store_begin (store, ids[i], NULL));
      for (int year = 1975; year < 2024; year++)
        fixture_set (store, ids[i], "revenue", year, "12345678.9");
      g_assert_true (dk_store_end (store, NULL));
    }
  g_clear_pointer (&store, dk_store_close);
  timer = g_timer_new ();
  store = fixture_open (fixture->path);
  g_test_message ("opened in %.0f ms", g_timer_elapsed (timer, NULL) * 1000);
  g_timer_start (timer);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autoptr(DkEnterprise) one = dk_store_read (store, ids[i], DK_LAYER_ACTUAL, fixture->catalogue, problems, NULL);

      g_assert_nonnull (one);
      g_assert_cmpuint (dk_problems_length (problems), ==, 0);
    }
  g_test_message ("read 500 enterprises in %.0f ms", g_timer_elapsed (timer, NULL) * 1000);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 30); /* far more than it takes, even under sanitizers */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/edit/add-and-read", test_add_and_read);
  TEST ("/store/edit/figures", test_figures);
  TEST ("/store/edit/list", test_list);
  TEST ("/store/edit/remove", test_remove);
  TEST ("/store/edit/facts", test_facts);
  TEST ("/store/edit/plans-never-leak", test_plans_never_leak);
  TEST ("/store/edit/invalid-values", test_invalid_values);
  TEST ("/store/edit/missing", test_missing);
  TEST ("/store/edit/rows", test_rows);
  TEST ("/store/edit/groups", test_groups);
  TEST ("/store/edit/what-the-catalogue-does-not-know", test_what_the_catalogue_does_not_know);
  TEST ("/store/edit/two-at-a-time", test_two_at_a_time);
  TEST ("/store/edit/snapshots", test_snapshots);
  TEST ("/store/edit/many", test_many);
  return g_test_run ();
}
