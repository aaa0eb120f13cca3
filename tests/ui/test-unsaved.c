/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits that cannot be written just now: they hold, are told of in words, and are written once it can be. */

#include "fixture.h"

#include "dk-application.h"
#include "dk-fact-cell.h"
#include "dk-window.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define LAST ((DkPeriodKey) { 2025, 0, 0 })

/* What a person would notice; slower under the sanitizers. */
#ifdef __SANITIZE_ADDRESS__
#define MAX_STALL (1200 * 1000)
#else
#define MAX_STALL (300 * 1000)
#endif

static DkApplication *application;

/* Another process, as far as the locks of the file go. */
static DkStore *
lock (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  DkStore *other = dk_store_open (dk_workspace_get_path (fixture->workspace), FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (dk_store_begin (other, fixture->half_filled, &error));
  g_assert_no_error (error);
  return other;
}

static gboolean
on_unlock_cb (gpointer data)
{
  dk_store_abandon (data);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  gint64 last, longest;
} Pulse;

static gboolean
on_pulse_cb (gpointer data)
{
  Pulse *pulse = data;
  gint64 now = g_get_monotonic_time ();

  pulse->longest = MAX (pulse->longest, now - pulse->last);
  pulse->last = now;
  return G_SOURCE_CONTINUE;
}

static void
set_staff (Fixture   *fixture,
           DkSession *session,
           gint64     number)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_session_set_answer (session, fixture_fact (fixture, "staff"), LAST, DK_ANSWER_VALUE,
                                        &DK_VALUE_POINT (DK_NUMBER (number)), &error));
  g_assert_no_error (error);
}

static void
assert_staff (Fixture   *fixture,
              DkSession *session,
              gint64     number)
{
  DkValue value;

  g_assert_cmpint (dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &value), ==, DK_ANSWER_VALUE);
  g_assert_cmpint (value.low.num, ==, number);
}

/* What the file has, as somebody else reads it. */
static void
assert_in_file (Fixture    *fixture,
                gint64      enterprise,
                const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) other = dk_store_open (dk_workspace_get_path (fixture->workspace), TRUE, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = dk_store_dup_fact (other, enterprise, "staff", LAST, DK_LAYER_ACTUAL, DK_SOURCE_MAIN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, wanted);
}

static void
wait_until_saved (Fixture *fixture)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *unsaved = dk_workspace_dup_unsaved (fixture->workspace);

      if (unsaved == NULL)
        return;
      fixture_wait (10);
    }
  g_assert_not_reached ();
}

static void
assert_unsaved (Fixture    *fixture,
                const char *words)
{
  g_autofree char *unsaved = dk_workspace_dup_unsaved (fixture->workspace);

  g_assert_nonnull (unsaved);
  if (strstr (unsaved, words) == NULL)
    g_error ("“%s” does not say “%s”", unsaved, words);
}

/* --- A lock --- */

static void
test_lock_passes (Fixture       *fixture,
                  gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  DkStore *other;
  Pulse pulse;
  guint id;

  dk_workspace_settle (fixture->workspace);
  other = lock (fixture);
  pulse = (Pulse) { g_get_monotonic_time (), 0 };
  id = g_timeout_add (5, on_pulse_cb, &pulse);
  g_timeout_add (3000, on_unlock_cb, other);

  set_staff (fixture, session, 81);
  assert_staff (fixture, session, 81); /* it holds at once, and is assessed */
  g_assert_true (dk_session_is_unsaved (session, fixture_fact (fixture, "staff"), LAST));
  g_assert_false (dk_session_is_unsaved (session, fixture_fact (fixture, "staff"), (DkPeriodKey) { 2024, 0, 0 }));
  assert_unsaved (fixture, "Another program is writing to this workspace. Your last change is not saved yet");
  fixture_wait (1500);
  set_staff (fixture, session, 82);
  assert_unsaved (fixture, "Your last 2 changes are not saved yet");
  wait_until_saved (fixture);
  g_source_remove (id);
  g_assert_cmpint (pulse.longest, <, MAX_STALL);
  g_assert_cmpint (pulse.longest, >, 0);

  assert_in_file (fixture, fixture->half_filled, "82");
  assert_staff (fixture, session, 82);
  g_assert_false (dk_session_is_unsaved (session, fixture_fact (fixture, "staff"), LAST));
  /* Each is a step of its own. */
  g_free (dk_session_undo (session, NULL));
  assert_staff (fixture, session, 81);
  dk_store_close (other);
  dk_session_settle (session);
  g_assert_finalize_object (session);
}

static void
test_coming_back_saves (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->half_filled);
  DkStore *other = lock (fixture);
  g_autoptr(GError) error = NULL;

  set_staff (fixture, session, 83);
  /* The other one had something to write as well. */
  g_assert_true (dk_store_set_fact (other, fixture->half_filled, "staff", (DkPeriodKey) { 2024, 0, 0 }, DK_LAYER_ACTUAL, DK_SOURCE_MAIN, "55", &error));
  g_assert_true (dk_store_end (other, &error));
  dk_workspace_refresh (fixture->workspace);
  assert_in_file (fixture, fixture->half_filled, "83");
  assert_staff (fixture, session, 83);
  {
    DkValue value;

    g_assert_cmpint (dk_session_get_answer (session, fixture_fact (fixture, "staff"), (DkPeriodKey) { 2024, 0, 0 }, &value), ==, DK_ANSWER_VALUE);
    g_assert_cmpint (value.low.num, ==, 55);
  }
  dk_store_close (other);
  dk_session_settle (session);
}

/* A session that nobody holds any more still writes what it has. */
static void
test_session_is_left (Fixture       *fixture,
                      gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->half_filled), *again;
  DkStore *other = lock (fixture);

  set_staff (fixture, session, 84);
  dk_session_settle (session);
  g_object_unref (session);
  again = fixture_open (fixture, fixture->half_filled);
  assert_staff (fixture, again, 84);
  g_assert_true (again == session);
  g_object_unref (again);
  dk_store_abandon (other);
  dk_store_close (other);
  wait_until_saved (fixture);
  assert_in_file (fixture, fixture->half_filled, "84");
}

static void
test_undo_waits (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->half_filled);
  g_autoptr(GError) error = NULL;
  DkStore *other;
  DkValue before;

  dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &before);
  other = lock (fixture);
  set_staff (fixture, session, 85);
  g_assert_null (dk_session_undo (session, &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_BUSY);
  assert_staff (fixture, session, 85);
  g_clear_error (&error);
  dk_store_abandon (other);
  g_free (dk_session_undo (session, &error));
  g_assert_no_error (error);
  g_assert_false (dk_session_is_unsaved (session, fixture_fact (fixture, "staff"), LAST));
  {
    DkValue value;
    DkAnswerState state = dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &value);

    g_assert_true (state != DK_ANSWER_VALUE || value.low.num != 85);
  }
  dk_store_close (other);
  dk_session_settle (session);
}

static void
test_dropped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  DkStore *other;
  DkValue value;
  gint64 before;

  dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &value);
  before = value.low.num;
  other = lock (fixture);
  set_staff (fixture, session, 86);
  dk_workspace_drop_unsaved (fixture->workspace);
  assert_staff (fixture, session, before);
  g_assert_true (dk_workspace_save (fixture->workspace));
  dk_store_abandon (other);
  dk_store_close (other);
  dk_session_settle (session);
}

/* --- Rows --- */

static const DkSymbol *
find_column (Fixture    *fixture,
             const char *id)
{
  guint index, place;
  const DkRegister *reg = dk_scope_find_register (dk_catalogue_get_scope (fixture->library->catalogue), "ip", &index);

  return dk_register_find_column (reg, id, &place);
}

static void
set_name (Fixture    *fixture,
          DkSession  *session,
          gint64      row,
          const char *name)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_session_set_cell (session, "ip", row, find_column (fixture, "name"), DK_ANSWER_VALUE,
                                      &DK_VALUE_POINT (DK_NUMBER (dk_text_intern (name))), &error));
  g_assert_no_error (error);
}

static char *
dup_names (Fixture   *fixture,
           DkSession *session)
{
  g_autoptr(GArray) ids = dk_session_list_rows (session, "ip");
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      DkValue value;

      if (dk_session_get_cell (session, "ip", g_array_index (ids, gint64, i), find_column (fixture, "name"), &value) == DK_ANSWER_VALUE)
        g_string_append_printf (names, "%s;", dk_text_lookup (value.low.num));
      else
        g_string_append (names, "-;");
    }
  return g_string_free (names, FALSE);
}

/* A whole sheet can be filled while the file is locked; its rows get their true numbers later and keep their places. */
static void
test_rows_wait (Fixture       *fixture,
                gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  g_autofree char *names_before = dup_names (fixture, session), *names = NULL, *names_saved = NULL, *names_again = NULL, *names_undone = NULL;
  g_autoptr(GError) error = NULL;
  DkStore *other = lock (fixture);
  gint64 first, second, third;
  gboolean is_complete;

  g_assert_true (dk_session_begin (session, &error));
  first = dk_session_add_row (session, "ip", 0, &error);
  set_name (fixture, session, first, "first");
  second = dk_session_add_row (session, "ip", first, &error);
  set_name (fixture, session, second, "second");
  g_assert_true (dk_session_end (session, &error));
  third = dk_session_add_row (session, "ip", second, &error);
  set_name (fixture, session, third, "third");
  g_assert_true (dk_session_delete_row (session, "ip", first, &error));
  g_assert_true (dk_session_set_complete (session, "ip", DK_ANSWER_VALUE, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (dk_session_get_complete (session, "ip", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_true (is_complete);
  assert_unsaved (fixture, "Your last 5 changes");

  /* One that is given up leaves the others alone. */
  g_assert_true (dk_session_begin (session, &error));
  set_name (fixture, session, dk_session_add_row (session, "ip", 0, &error), "never");
  dk_session_abandon (session);
  names = dup_names (fixture, session);
  g_assert_true (g_str_has_suffix (names, "third;second;"));
  assert_unsaved (fixture, "Your last 5 changes");

  dk_store_abandon (other);
  dk_store_close (other);
  wait_until_saved (fixture);
  names_saved = dup_names (fixture, session);
  g_assert_cmpstr (names_saved, ==, names);
  set_name (fixture, session, third, "third again"); /* by the number that it had */
  dk_session_settle (session);
  g_assert_finalize_object (session);
  session = fixture_open (fixture, fixture->half_filled);
  names_again = dup_names (fixture, session);
  g_assert_true (g_str_has_suffix (names_again, "third again;second;"));
  for (guint i = 0; i < 6; i++)
    g_free (dk_session_undo (session, &error));
  g_assert_no_error (error);
  names_undone = dup_names (fixture, session);
  g_assert_cmpstr (names_undone, ==, names_before);
  dk_session_settle (session);
  g_assert_finalize_object (session);
}

static void
on_lost_cb (DkWorkspace  *workspace,
            const char   *text,
            char        **lost)
{
  g_free (*lost);
  *lost = g_strdup (text);
}

/* What somebody else deleted meanwhile cannot be changed any more: that is said, and all else is kept. */
static void
test_row_is_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GArray) ids = dk_session_list_rows (session, "ip"), after = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *lost = NULL;
  DkStore *other = lock (fixture);
  gulong id = g_signal_connect (fixture->workspace, "lost", G_CALLBACK (on_lost_cb), &lost);

  g_assert_cmpuint (ids->len, >, 1);
  set_name (fixture, session, g_array_index (ids, gint64, 0), "gone");
  set_staff (fixture, session, 87);
  dk_store_abandon (other);
  g_assert_true (dk_store_delete_row (other, g_array_index (ids, gint64, 0), &error));
  g_assert_no_error (error);
  wait_until_saved (fixture);
  g_assert_nonnull (lost);
  g_assert_nonnull (strstr (lost, "not in the workspace"));
  assert_in_file (fixture, fixture->passes, "87");
  after = dk_session_list_rows (session, "ip");
  g_assert_cmpuint (after->len, ==, ids->len - 1);
  g_signal_handler_disconnect (fixture->workspace, id);
  dk_store_close (other);
  dk_session_settle (session);
}

static void
test_name_waits (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GError) error = NULL;
  DkClient *client = dk_workspace_find_client (fixture->workspace, fixture->passes);
  DkStore *other = lock (fixture);

  g_assert_true (dk_workspace_rename (fixture->workspace, fixture->passes, "Another name", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (dk_client_get_name (client), ==, "Another name");
  dk_store_abandon (other);
  dk_store_close (other);
  wait_until_saved (fixture);
  dk_workspace_refresh (fixture->workspace);
  g_assert_cmpstr (dk_client_get_name (client), ==, "Another name");
  dk_session_settle (session);
}

/* --- A full disk --- */

static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* Files that may not grow are a full disk for all that the program can tell. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->half_filled);
  g_autofree char *much = g_strnfill (8000, 'x');
  g_autofree char *names = NULL;
  g_autoptr(GError) error = NULL;
  gint64 row;

  dk_workspace_settle (fixture->workspace);
  signal (SIGXFSZ, SIG_IGN);
  set_file_limit (1);
  set_staff (fixture, session, 88);
  assert_unsaved (fixture, "The disk is full. Your last change is not saved yet; it is kept here.");

  /* A group that meets it waits as a whole. */
  g_assert_true (dk_session_begin (session, &error));
  row = dk_session_add_row (session, "ip", 0, &error);
  set_name (fixture, session, row, much);
  g_assert_true (dk_session_end (session, &error));
  g_assert_no_error (error);
  g_assert_false (dk_workspace_save (fixture->workspace));
  assert_unsaved (fixture, "The disk is full. Your last 2 changes are not saved yet");

  set_file_limit (RLIM_INFINITY);
  wait_until_saved (fixture);
  assert_in_file (fixture, fixture->half_filled, "88");
  names = dup_names (fixture, session);
  g_assert_nonnull (strstr (names, much));
  dk_session_settle (session);
}

/* It fills up in the middle of a group whose first rows have numbers already. */
static void
test_full_disk_in_a_group (Fixture       *fixture,
                           gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  g_autoptr(GError) error = NULL;
  g_autofree char *names = NULL, *again = NULL;
  gint64 row;

  dk_workspace_settle (fixture->workspace);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_true (dk_session_begin (session, &error));
  row = dk_session_add_row (session, "ip", 0, &error);
  g_assert_cmpint (row, >, 0);
  set_file_limit (1);
  set_name (fixture, session, row, "in the middle");
  g_assert_true (dk_session_end (session, &error));
  g_assert_no_error (error);
  assert_unsaved (fixture, "The disk is full.");
  set_name (fixture, session, row, "and after");
  set_file_limit (RLIM_INFINITY);
  wait_until_saved (fixture);
  names = dup_names (fixture, session);
  g_assert_true (g_str_has_suffix (names, "and after;"));
  dk_session_settle (session);
  g_assert_finalize_object (session);
  session = fixture_open (fixture, fixture->half_filled);
  again = dup_names (fixture, session);
  g_assert_cmpstr (again, ==, names);
  dk_session_settle (session);
  g_assert_finalize_object (session);
}

/* --- The window --- */

static DkWindow *
show_window (Fixture *fixture)
{
  DkWindow *window = dk_window_new (ADW_APPLICATION (application));

  dk_window_set_workspace (window, fixture->workspace);
  g_assert_true (dk_window_open_client (window, fixture->half_filled));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-fact", "s", "staff@2025");
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  fixture_iterate ();
  dk_session_settle (dk_window_get_session (window));
  dk_workspace_settle (fixture->workspace);
  return window;
}

static GtkWidget *
find_dialog (DkWindow *window)
{
  g_autoptr(GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) found = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (found) && gtk_window_get_transient_for (GTK_WINDOW (found)) == GTK_WINDOW (window))
        return found;
    }
  return NULL;
}

/* The text of the label with those words that is on the screen. */
static GtkWidget *
find_shown (GtkWidget  *root,
            const char *words)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_shown (child, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* At the field and over the page it is said in words; both go when it is written. */
static void
test_window_tells (Fixture       *fixture,
                   gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  DkStore *other = lock (fixture);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *cell = gtk_widget_get_ancestor (focus, DK_TYPE_FACT_CELL);

  g_assert_true (GTK_IS_TEXT (focus));
  gtk_editable_set_text (GTK_EDITABLE (focus), "89");
  g_assert_true (dk_fact_cell_commit (DK_FACT_CELL (cell)));
  fixture_wait (50);
  g_assert_nonnull (find_shown (GTK_WIDGET (window), "Another program is writing"));
  g_assert_nonnull (find_shown (dk_window_get_page (window), "Another program is writing"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "89");
  dk_store_abandon (other);
  dk_store_close (other);
  wait_until_saved (fixture);
  fixture_wait (50);
  g_assert_null (find_shown (GTK_WIDGET (window), "Another program is writing"));
  g_assert_nonnull (fixture_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "Your changes are saved now."));
  assert_in_file (fixture, fixture->half_filled, "89");
  dk_session_settle (dk_window_get_session (window));
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

/* A lock that never ends: the window asks before it goes. */
static void
test_closing_asks (Fixture       *fixture,
                   gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  DkStore *other = lock (fixture);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window)), *dialog;
  gboolean is_gone = FALSE;

  g_signal_connect_swapped (window, "unrealize", G_CALLBACK (fixture_on_time_cb), &is_gone);
  gtk_editable_set_text (GTK_EDITABLE (focus), "90");
  gtk_window_close (GTK_WINDOW (window));
  fixture_iterate ();
  g_assert_false (is_gone);
  dialog = find_dialog (window);
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "Another program is writing"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  gtk_window_destroy (GTK_WINDOW (dialog));
  fixture_iterate ();
  g_assert_false (is_gone);

  /* Nothing has changed: it asks again. */
  gtk_window_close (GTK_WINDOW (window));
  dialog = find_dialog (window);
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "again");
  gtk_window_destroy (GTK_WINDOW (dialog));
  fixture_iterate ();
  g_assert_false (is_gone);
  dialog = find_dialog (window);
  g_assert_nonnull (dialog);

  dk_session_settle (dk_window_get_session (window));
  if (data != NULL)
    {
      dk_store_abandon (other);
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "again");
    }
  else
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "drop");
  gtk_window_destroy (GTK_WINDOW (dialog));
  fixture_iterate ();
  g_assert_true (is_gone);
  g_assert_true (dk_workspace_save (fixture->workspace));
  if (data != NULL)
    assert_in_file (fixture, fixture->half_filled, "90");
  else
    dk_store_abandon (other);
  dk_store_close (other);
  fixture_wait (100);
}

#define ADD(path_, data_, function_) g_test_add (path_, Fixture, data_, fixture_set_up, function_, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  int status;

  fixture_init (&argc, &argv);
  application = dk_application_new ();
  dk_settings_apply_language ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

  ADD ("/ui/unsaved/lock-passes", NULL, test_lock_passes);
  ADD ("/ui/unsaved/coming-back-saves", NULL, test_coming_back_saves);
  ADD ("/ui/unsaved/session-is-left", NULL, test_session_is_left);
  ADD ("/ui/unsaved/undo-waits", NULL, test_undo_waits);
  ADD ("/ui/unsaved/dropped", NULL, test_dropped);
  ADD ("/ui/unsaved/rows-wait", NULL, test_rows_wait);
  ADD ("/ui/unsaved/row-is-gone", NULL, test_row_is_gone);
  ADD ("/ui/unsaved/name-waits", NULL, test_name_waits);
  ADD ("/ui/unsaved/full-disk", NULL, test_full_disk);
  ADD ("/ui/unsaved/full-disk-in-a-group", NULL, test_full_disk_in_a_group);
  ADD ("/ui/unsaved/window-tells", NULL, test_window_tells);
  ADD ("/ui/unsaved/closing-asks", NULL, test_closing_asks);
  ADD ("/ui/unsaved/closing-saves", "saves", test_closing_asks);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
