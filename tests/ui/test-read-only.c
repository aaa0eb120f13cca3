/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace that can only be read: one can look at all of it, edits nothing, is told why, and can export. */

#include "fixture.h"

#include "dk-application.h"
#include "dk-export-dialog.h"
#include "dk-fact-cell.h"
#include "dk-portfolio-page.h"
#include "dk-start-page.h"
#include "dk-window.h"

#include <glib/gstdio.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static DkApplication *application;

/* Root may write whatever the permissions say. Gives that up, so that they count for this process as for anybody. */
static void
give_up_privileges (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct none[2] = { { 0, 0, 0 }, { 0, 0, 0 } };

  g_assert_cmpint (syscall (SYS_capset, &header, none), ==, 0);
}

typedef struct
{
  int file, folder; /* permissions */
} Case;

static const Case cases[] = { { 0444, 0755 }, { 0644, 0555 }, { 0444, 0555 } };

static char *
dup_path (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "test.dengke", NULL);
}

/* Opens the workspace of the fixture again as one that can only be read. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const Case *wanted = data;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  gint64 day;

  fixture_set_up (fixture, NULL);
  path = dup_path (fixture);
  dk_workspace_settle (fixture->workspace);
  for (guint i = 0; i < 500 && G_OBJECT (fixture->workspace)->ref_count > 1; i++)
    fixture_wait (10);
  fixture_iterate ();
  g_assert_finalize_object (fixture->workspace);
  g_assert_cmpint (g_chmod (path, wanted->file), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, wanted->folder), ==, 0);
  /* The test would prove nothing otherwise. */
  g_assert_true (g_access (path, W_OK) != 0 || g_access (fixture->folder, W_OK) != 0);
  g_assert_true (dk_date_parse (FIXTURE_DAY, -1, &day));
  fixture->workspace = dk_workspace_new (fixture->library, path, day, &error);
  g_assert_no_error (error);
  g_assert_true (dk_workspace_is_read_only (fixture->workspace));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = dup_path (fixture);

  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  fixture_tear_down (fixture, NULL);
}

static DkWindow *
show_window (Fixture *fixture)
{
  DkWindow *window = dk_window_new (ADW_APPLICATION (application));

  dk_window_set_workspace (window, fixture->workspace);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  fixture_iterate ();
  dk_workspace_settle (fixture->workspace);
  return window;
}

static void
destroy_window (DkWindow *window)
{
  if (dk_window_get_session (window) != NULL)
    dk_session_settle (dk_window_get_session (window));
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

/* Nothing in @root that one could type into or switch. @n counts what was found not to. */
static void
assert_no_editor (GtkWidget *root,
                  guint     *n)
{
  gboolean is_editor = GTK_IS_ENTRY (root) || GTK_IS_TEXT (root) || GTK_IS_DROP_DOWN (root) || GTK_IS_SWITCH (root)
                       || GTK_IS_CHECK_BUTTON (root) || (GTK_IS_TOGGLE_BUTTON (root) && gtk_widget_get_ancestor (root, DK_TYPE_FACT_CELL) != NULL);

  /* To search for something or to mark it changes nothing. */
  if (GTK_IS_SEARCH_ENTRY (root) || GTK_IS_POPOVER (root) || gtk_widget_has_css_class (root, "dk-mark-check"))
    return;
  if (is_editor)
    {
      gboolean is_locked = !gtk_widget_is_sensitive (root) || (GTK_IS_EDITABLE (root) && !gtk_editable_get_editable (GTK_EDITABLE (root)));

      if (!is_locked)
        g_error ("a %s in %s can be edited", G_OBJECT_TYPE_NAME (root), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (root)));
      *n += 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_no_editor (child, n);
}

static void
act (DkWindow   *window,
     const char *action,
     const char *target)
{
  if (target != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), action, "s", target);
  else
    gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
  fixture_iterate ();
  dk_session_settle (dk_window_get_session (window));
  fixture_iterate ();
}

static void
assert_line (DkWindow *window)
{
  GtkWidget *line = fixture_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "This workspace can only be read: you can look but not edit.");

  g_assert_nonnull (line);
  g_assert_true (gtk_widget_get_mapped (line));
}

static void
test_every_page (Fixture       *fixture,
                 gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  const DkCatalogue *catalogue = fixture->library->catalogue;
  GPtrArray *packs = dk_rulebook_get_packs (fixture->library->book);
  GPtrArray *registers = dk_catalogue_get_scope (catalogue)->registers;
  g_autoptr(GHashTable) topics = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  assert_line (window);
  g_assert_true (dk_window_open_client (window, fixture->half_filled));
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const char *topic = dk_catalogue_get_fact (catalogue, i)->page;

      if (topic == NULL || !g_hash_table_add (topics, (gpointer) topic))
        continue;
      act (window, "win.show-topic", topic);
      assert_line (window);
      assert_no_editor (dk_window_get_page (window), &n);
    }
  g_assert_cmpuint (g_hash_table_size (topics), >, 3);
  g_assert_cmpuint (n, >, 50);
  for (guint i = 0; i < registers->len; i++)
    {
      act (window, "win.show-register", ((const DkRegister *) g_ptr_array_index (registers, i))->id);
      assert_no_editor (dk_window_get_page (window), &n);
    }
  for (guint i = 0; i < packs->len; i++)
    {
      act (window, "win.show-programme", ((const DkPack *) g_ptr_array_index (packs, i))->id);
      assert_line (window);
      assert_no_editor (dk_window_get_page (window), &n);
    }
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "redo"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export"));
  destroy_window (window);
}

/* What comes past the controls all the same is refused in words, changes nothing, and does not wait for better days. */
static void
test_edits_are_refused (Fixture       *fixture,
                        gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->passes);
  g_autoptr(GArray) rows = dk_session_list_rows (session, "ip"), after = NULL;
  g_autofree char *path = test_dup_sample ("passes.json");
  DkValue before, value;

  dk_session_get_answer (session, fixture_fact (fixture, "staff"), (DkPeriodKey) { 2025, 0, 0 }, &before);
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean is_done = FALSE;

      switch (i)
        {
        case 0:
          is_done = dk_session_set_answer (session, fixture_fact (fixture, "staff"), (DkPeriodKey) { 2025, 0, 0 }, DK_ANSWER_UNKNOWN, NULL, &error);
          break;
        case 1:
          is_done = dk_session_add_row (session, "ip", 0, &error) != 0;
          break;
        case 2:
          is_done = dk_session_delete_row (session, "ip", g_array_index (rows, gint64, 0), &error);
          break;
        case 3:
          is_done = dk_session_set_complete (session, "ip", DK_ANSWER_NONE, FALSE, &error);
          break;
        case 4:
          is_done = dk_session_begin (session, &error);
          break;
        case 5:
          is_done = dk_workspace_rename (fixture->workspace, fixture->passes, "x", &error);
          break;
        case 6:
          is_done = dk_workspace_add (fixture->workspace, "x", &error) != 0;
          break;
        case 7:
          is_done = dk_workspace_import (fixture->workspace, path, &error) != 0;
          break;
        default:
          is_done = dk_workspace_remove (fixture->workspace, fixture->passes, &error);
        }
      g_assert_false (is_done);
      g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY);
    }
  g_assert_true (dk_workspace_save (fixture->workspace));
  dk_session_get_answer (session, fixture_fact (fixture, "staff"), (DkPeriodKey) { 2025, 0, 0 }, &value);
  g_assert_true (dk_number_equal (value.low, before.low));
  after = dk_session_list_rows (session, "ip");
  g_assert_cmpuint (after->len, ==, rows->len);
  dk_session_settle (session);
  g_assert_finalize_object (session);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  GtkWidget *page = dk_window_get_page (window);
  guint n = 0;

  assert_line (window);
  g_assert_true (DK_IS_PORTFOLIO_PAGE (page));
  assert_no_editor (page, &n);
  /* Neither does anything. */
  gtk_widget_activate_action (page, "portfolio.rename", NULL);
  gtk_widget_activate_action (page, "portfolio.delete", NULL);
  fixture_iterate ();
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  destroy_window (window);
}

static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  static const DkExportFormat formats[] = { DK_EXPORT_WORKBOOK, DK_EXPORT_WORKSPACE, DK_EXPORT_JSON };
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  AdwToastOverlay *toasts = g_object_ref_sink (ADW_TOAST_OVERLAY (adw_toast_overlay_new ()));
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("dk-out-XXXXXX", &error);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      GtkWidget *dialog = dk_export_dialog_new (session, toasts);
      g_autofree char *path = NULL;

      dk_export_dialog_set_folder (DK_EXPORT_DIALOG (dialog), folder);
      dk_export_dialog_set_format (DK_EXPORT_DIALOG (dialog), formats[i]);
      path = dk_export_dialog_dup_path (DK_EXPORT_DIALOG (dialog));
      g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
      g_signal_emit_by_name (gtk_window_get_default_widget (GTK_WINDOW (dialog)), "clicked");
      for (guint k = 0; k < 1000 && dialog != NULL; k++)
        fixture_wait (10);
      g_assert_null (dialog);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_object_unref (toasts);
}

/* By way of the program itself: what makes new enterprises is off, what opens others is on. */
static void
test_application (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = dup_path (fixture);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GActionGroup *actions = G_ACTION_GROUP (application);
  DkWindow *window = NULL;

  g_application_open (G_APPLICATION (application), &file, 1, "");
  for (guint i = 0; i < 2000 && dk_application_get_workspace (application) == NULL; i++)
    fixture_wait (10);
  g_assert_nonnull (dk_application_get_workspace (application));
  g_assert_false (g_action_group_get_action_enabled (actions, "new-enterprise"));
  g_assert_true (g_action_group_get_action_enabled (actions, "open"));
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (application)); item != NULL; item = item->next)
    if (DK_IS_WINDOW (item->data))
      window = item->data;
  fixture_iterate ();
  assert_line (window);
  dk_workspace_settle (dk_application_get_workspace (application));
  destroy_window (window);
}

#define ADD(path, function) \
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) \
    { \
      g_autofree char *full = g_strdup_printf (path "/%o-%o", (guint) cases[i].file, (guint) cases[i].folder); \
      g_test_add (full, Fixture, &cases[i], set_up, function, tear_down); \
    }

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  int status;

  give_up_privileges ();
  fixture_init (&argc, &argv);
  application = dk_application_new ();
  dk_settings_apply_language ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

  ADD ("/ui/read-only/every-page", test_every_page);
  ADD ("/ui/read-only/edits-are-refused", test_edits_are_refused);
  ADD ("/ui/read-only/list", test_list);
  ADD ("/ui/read-only/export", test_export);
  g_test_add ("/ui/read-only/application", Fixture, &cases[0], set_up, test_application, tear_down);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
