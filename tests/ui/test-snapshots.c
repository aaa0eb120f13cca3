/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snapshots: taking one, what has changed since, and going back. */

#include "fixture.h"

#include "dk-enterprise-diff.h"
#include "dk-snapshots-page.h"
#include "dk-window.h"

#include <string.h>

#define LAST ((DkPeriodKey) { 2025, 0, 0 })

static void
set_number (Fixture    *fixture,
            DkSession  *session,
            const char *fact,
            gint64      number)
{
  g_autoptr(GError) error = NULL;

  dk_session_set_answer (session, fixture_fact (fixture, fact), LAST, DK_ANSWER_VALUE, &DK_VALUE_POINT (DK_NUMBER (number)), &error);
  g_assert_no_error (error);
}

static gint64
take (DkSession  *session,
      const char *name)
{
  g_autoptr(GError) error = NULL;
  gint64 id = dk_session_take_snapshot (session, name, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, !=, 0);
  return id;
}

static DkEnterprise *
read_kept (DkSession *session,
           gint64     id)
{
  g_autoptr(GError) error = NULL;
  DkEnterprise *enterprise = dk_session_read_snapshot (session, id, &error);

  g_assert_no_error (error);
  return enterprise;
}

/* Of answers and registers that are not what they were. */
static guint
count_differences (DkSession *session,
                   gint64     id)
{
  g_autoptr(DkEnterprise) before = read_kept (session, id);
  g_autoptr(DkEnterpriseDiff) diff = dk_enterprise_diff (before, dk_session_get_enterprise (session));

  return diff->facts->len + diff->registers->len;
}

static void
restore (DkSession *session,
         gint64     id)
{
  g_autoptr(DkEnterprise) before = read_kept (session, id);
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_session_restore (session, before, &error));
  g_assert_no_error (error);
}

static void
on_told_cb (DkSession *session,
            guint     *n)
{
  ++*n;
}

/* --- The session --- */

static void
test_take_and_delete (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GPtrArray) snapshots = NULL, rest = NULL;
  g_autoptr(GError) error = NULL;
  const DkStoreSnapshot *snapshot;
  guint n_told = 0;
  gint64 first, second;

  g_signal_connect (session, "snapshots", G_CALLBACK (on_told_cb), &n_told);
  first = take (session, "  Filed in July ");
  second = take (session, "Filed in July"); /* a name may be there twice */
  g_assert_cmpuint (n_told, ==, 2);
  snapshots = dk_session_list_snapshots (session, &error);
  g_assert_cmpuint (snapshots->len, ==, 2);
  snapshot = g_ptr_array_index (snapshots, 0);
  g_assert_cmpint (snapshot->id, ==, first);
  g_assert_cmpstr (snapshot->name, ==, "Filed in July");
  g_assert_cmpint (snapshot->as_of, ==, dk_workspace_get_as_of (fixture->workspace));
  g_assert_true (dk_session_delete_snapshot (session, first, &error));
  g_assert_cmpuint (n_told, ==, 3);
  g_assert_false (dk_session_delete_snapshot (session, first, &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (dk_session_read_snapshot (session, first, &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  rest = dk_session_list_snapshots (session, NULL);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpint (((const DkStoreSnapshot *) g_ptr_array_index (rest, 0))->id, ==, second);
}

static void
test_restore_is_one_step (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GError) error = NULL;
  g_autofree char *undone = NULL, *again = NULL;
  DkValue value;
  gint64 id = take (session, "before"), later;

  set_number (fixture, session, "staff", 90);
  dk_session_set_answer (session, fixture_fact (fixture, "st_staff"), LAST, DK_ANSWER_UNKNOWN, NULL, &error);
  dk_session_set_answer (session, fixture_fact (fixture, "is_resident"), (DkPeriodKey) { 0 }, DK_ANSWER_NONE, NULL, &error);
  g_assert_true (dk_session_set_name (session, "Another name", &error));
  g_assert_no_error (error);
  later = take (session, "after");
  g_assert_cmpuint (count_differences (session, id), ==, 3);
  restore (session, id);
  g_assert_cmpuint (count_differences (session, id), ==, 0);
  g_assert_cmpstr (dk_session_get_name (session), ==, "Another name");
  undone = dk_session_undo (session, &error);
  g_assert_no_error (error);
  g_assert_nonnull (undone);
  g_assert_cmpuint (count_differences (session, later), ==, 0);
  again = dk_session_redo (session, &error);
  g_assert_nonnull (again);
  g_assert_cmpint (dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &value), ==, DK_ANSWER_VALUE);
  g_assert_cmpint (value.low.num, ==, 86);
  restore (session, id); /* nothing to do is no step */
  g_assert_cmpuint (count_differences (session, id), ==, 0);
  dk_session_settle (session);
}

/* What is in the file is what the session believes. */
static void
assert_written (Fixture   *fixture,
                DkSession *session)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DkEnterprise) written = dk_store_read (dk_workspace_get_store (fixture->workspace), dk_session_get_id (session), DK_LAYER_ACTUAL,
                                                   fixture->library->catalogue, problems, &error);
  g_autoptr(DkEnterpriseDiff) diff = NULL;

  g_assert_no_error (error);
  diff = dk_enterprise_diff (written, dk_session_get_enterprise (session));
  g_assert_cmpuint (diff->facts->len + diff->registers->len, ==, 0);
}

/* Rows that are deleted, added, changed and moved come back exactly, whatever was done to them. */
static void
test_restore_brings_rows_back (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  const DkRegister *reg = dk_scope_find_register (dk_catalogue_get_scope (fixture->library->catalogue), "ip", NULL);
  const DkSymbol *kind = dk_register_find_column (reg, "kind", NULL);
  gint64 id = take (session, "before");

  g_assert_nonnull (kind);
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr(GError) error = NULL;
      guint n_edits = (guint) g_test_rand_int_range (1, 6);

      for (guint i = 0; i < n_edits; i++)
        {
          g_autoptr(GArray) rows = dk_session_list_rows (session, "ip");
          gint64 row = rows->len > 0 ? g_array_index (rows, gint64, (guint) g_test_rand_int_range (0, (int) rows->len)) : 0;

          switch (g_test_rand_int_range (0, 4))
            {
            case 0:
              g_assert_cmpint (dk_session_add_row (session, "ip", row, &error), !=, 0);
              break;
            case 1:
              g_assert_true (row == 0 || dk_session_delete_row (session, "ip", row, &error));
              break;
            case 2:
              g_assert_true (row == 0 || dk_session_set_cell (session, "ip", row, kind, DK_ANSWER_UNKNOWN, NULL, &error));
              break;
            default:
              g_assert_true (dk_session_set_complete (session, "ip", DK_ANSWER_VALUE, g_test_rand_bit (), &error));
              break;
            }
          g_assert_no_error (error);
        }
      restore (session, id);
      g_assert_cmpuint (count_differences (session, id), ==, 0);
      assert_written (fixture, session);
    }
  dk_session_settle (session);
}

/* --- The page --- */

static void
wait_for_comparison (GtkWidget *page)
{
  for (guint i = 0; i < 3000 && dk_snapshots_page_is_pending (DK_SNAPSHOTS_PAGE (page)); i++)
    fixture_wait (10);
  g_assert_false (dk_snapshots_page_is_pending (DK_SNAPSHOTS_PAGE (page)));
  fixture_iterate ();
}

static void
test_page_says_what_has_changed (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  GtkWidget *page = dk_snapshots_page_new (session);
  GtkWindow *window = fixture_show (page, 900, 700);
  gint64 id;

  g_assert_true (gtk_widget_get_mapped (fixture_find (page, ADW_TYPE_STATUS_PAGE, NULL)));
  g_assert_false (dk_snapshots_page_unfold (DK_SNAPSHOTS_PAGE (page), 1, TRUE));
  id = take (session, "A <b>&</b> C");
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "A <b>&</b> C"));
  g_assert_true (dk_snapshots_page_unfold (DK_SNAPSHOTS_PAGE (page), id, TRUE));
  wait_for_comparison (page);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "All answers and lists are as they were then."));
  set_number (fixture, session, "staff", 500); /* while it is unfolded */
  dk_session_settle (session);
  wait_for_comparison (page);
  g_assert_null (fixture_find (page, GTK_TYPE_LABEL, "All answers and lists are as they were then."));
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "500"));
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "86"));
  gtk_widget_activate_action (page, "snapshots.restore", "x", id);
  dk_session_settle (session);
  wait_for_comparison (page);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "All answers and lists are as they were then."));
  g_assert_true (dk_session_delete_snapshot (session, id, NULL));
  fixture_iterate ();
  g_assert_true (gtk_widget_get_mapped (fixture_find (page, ADW_TYPE_STATUS_PAGE, NULL)));
  gtk_window_destroy (window);
  fixture_iterate ();
}

/* Another day changes results without any answer: that is told apart. */
static void
test_page_tells_days_apart (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  GtkWidget *page = dk_snapshots_page_new (session);
  GtkWindow *window = fixture_show (page, 900, 700);
  gint64 id = take (session, "July"), day;

  g_assert_true (dk_date_parse ("2031-07-15", -1, &day)); /* years of which nothing is answered */
  dk_workspace_set_as_of (fixture->workspace, day);
  dk_session_settle (session);
  g_assert_true (dk_snapshots_page_unfold (DK_SNAPSHOTS_PAGE (page), id, TRUE));
  wait_for_comparison (page);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "By the rules and figures of another day"));
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "All answers and lists are as they were then."));
  gtk_window_destroy (window);
  fixture_iterate ();
}

/* --- The window --- */

static GtkWidget *
find_dialog (DkWindow *window)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data) && gtk_window_get_transient_for (item->data) == GTK_WINDOW (window))
      return item->data;
  return NULL;
}

static void
test_window_takes_one (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autoptr(GPtrArray) snapshots = NULL;
  g_autofree char *place = NULL;
  DkWindow *window;
  GtkWidget *dialog;
  gint64 client;
  DkValue value;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = dk_window_new (application);
  dk_window_set_workspace (window, fixture->workspace);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "snapshot"));
  g_assert_true (dk_window_open_client (window, fixture->passes));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-fact", "s", "staff@2025");
  fixture_wait (50);
  gtk_editable_set_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (window))), "91"); /* is in it, although the field is not left */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.snapshot", NULL);
  fixture_iterate ();
  dialog = find_dialog (window);
  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture_find (dialog, ADW_TYPE_ENTRY_ROW, NULL))), ==, "15 July 2026");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  fixture_iterate ();
  snapshots = dk_session_list_snapshots (dk_window_get_session (window), NULL);
  g_assert_cmpuint (snapshots->len, ==, 1);
  {
    g_autoptr(DkEnterprise) kept = read_kept (dk_window_get_session (window), ((const DkStoreSnapshot *) g_ptr_array_index (snapshots, 0))->id);

    g_assert_true (dk_enterprise_get (kept, fixture_fact (fixture, "staff"), LAST, &value));
    g_assert_cmpint (value.low.num, ==, 91);
  }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.snapshot", NULL);
  dialog = find_dialog (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture_find (dialog, ADW_TYPE_ENTRY_ROW, NULL))), ==, "15 July 2026 (2)");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  fixture_iterate ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-snapshots", "s", "all");
  g_assert_true (DK_IS_SNAPSHOTS_PAGE (dk_window_get_page (window)));
  place = dk_window_dup_place (window, &client);
  g_assert_cmpstr (place, ==, "win.show-snapshots all");
  dk_session_settle (dk_window_get_session (window));
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  ADD ("/ui/snapshots/take-and-delete", test_take_and_delete);
  ADD ("/ui/snapshots/restore-is-one-step", test_restore_is_one_step);
  ADD ("/ui/snapshots/restore-brings-rows-back", test_restore_brings_rows_back);
  ADD ("/ui/snapshots/page-says-what-has-changed", test_page_says_what_has_changed);
  ADD ("/ui/snapshots/page-tells-days-apart", test_page_tells_days_apart);
  ADD ("/ui/snapshots/window-takes-one", test_window_takes_one);
  return g_test_run ();
}
