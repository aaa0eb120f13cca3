/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several enterprises at once: which ones, a file each, and what is told when some cannot be written. */

#include "fixture.h"

#include "dk-export-dialog.h"
#include "dk-portfolio-page.h"

#include <string.h>

/* --- Marking --- */

typedef struct
{
  GtkWindow *window;
  GtkWidget *page;
  GArray    *exported; /* ids that win.export-enterprises was asked for */
} Shown;

static void
on_export_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  Shown *shown = data;
  gsize n;
  const gint64 *ids = g_variant_get_fixed_array (parameter, &n, sizeof (gint64));

  g_array_set_size (shown->exported, 0);
  g_array_append_vals (shown->exported, ids, (guint) n);
}

static void
show (Shown   *shown,
      Fixture *fixture)
{
  static const GActionEntry entries[] = { { "export-enterprises", on_export_cb, "ax" } };
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();

  dk_workspace_settle (fixture->workspace);
  shown->exported = g_array_new (FALSE, FALSE, sizeof (gint64));
  shown->page = dk_portfolio_page_new (fixture->workspace);
  shown->window = fixture_show (shown->page, 1200, 700);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), shown);
  gtk_widget_insert_action_group (GTK_WIDGET (shown->window), "win", G_ACTION_GROUP (actions));
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (shown->window);
  fixture_iterate ();
  g_array_unref (shown->exported);
}

static void
act (Shown      *shown,
     const char *action)
{
  gtk_widget_activate_action (shown->page, action, NULL);
  fixture_iterate ();
}

static gboolean
says (Shown      *shown,
      const char *text)
{
  GtkWidget *label = fixture_find (shown->page, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static guint
count_marked (Shown *shown)
{
  g_autoptr(GArray) ids = dk_portfolio_page_list_marked (DK_PORTFOLIO_PAGE (shown->page));

  return ids->len;
}

/* How many of the rows that are there show a check mark. */
static guint
count_checks (GtkWidget *root)
{
  guint n = GTK_IS_CHECK_BUTTON (root) && gtk_check_button_get_active (GTK_CHECK_BUTTON (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_checks (child);
  return n;
}

static void
test_marks_stay_while_one_searches (Fixture       *fixture,
                                    gconstpointer  data)
{
  DkPortfolioPage *page;
  Shown shown;
  g_autoptr(GError) error = NULL;

  show (&shown, fixture);
  page = DK_PORTFOLIO_PAGE (shown.page);
  g_assert_false (says (&shown, "marked"));
  dk_portfolio_page_set_marked (page, fixture->passes, TRUE);
  dk_portfolio_page_set_marked (page, fixture->half_filled, TRUE);
  dk_portfolio_page_set_marked (page, fixture->half_filled, TRUE); /* once is enough */
  fixture_iterate ();
  g_assert_true (says (&shown, "2 enterprises marked"));
  g_assert_cmpuint (count_checks (shown.page), ==, 2);
  dk_portfolio_page_set_search (page, dk_client_get_name (dk_workspace_find_client (fixture->workspace, fixture->passes)));
  fixture_iterate ();
  g_assert_true (says (&shown, "2 enterprises marked, 1 of them not shown here"));
  act (&shown, "portfolio.export");
  g_assert_cmpuint (shown.exported->len, ==, 2); /* those out of sight, too: they are told of */
  dk_portfolio_page_set_search (page, "");
  act (&shown, "portfolio.mark-all");
  g_assert_cmpuint (count_marked (&shown), ==, 3);
  g_assert_cmpuint (count_checks (shown.page), ==, 3);
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->passes, &error));
  fixture_iterate ();
  g_assert_cmpuint (count_marked (&shown), ==, 2);
  g_assert_true (says (&shown, "2 enterprises marked"));
  act (&shown, "portfolio.unmark-all");
  g_assert_cmpuint (count_marked (&shown), ==, 0);
  g_assert_cmpuint (count_checks (shown.page), ==, 0);
  g_assert_false (says (&shown, "marked"));
  hide (&shown);
}

static GtkWidget *
find_row (GtkWidget *root) /* the first of the table */
{
  if (strcmp (gtk_widget_get_css_name (root), "row") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
press (Shown           *shown,
       guint            keyval,
       GdkModifierType  state)
{
  GtkWidget *view = fixture_find (shown->page, GTK_TYPE_COLUMN_VIEW, NULL);
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (view);
  gboolean is_handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &is_handled);
    }
  fixture_iterate ();
  return is_handled;
}

static void
test_keys_mark (Fixture       *fixture,
                gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture);
  g_assert_true (gtk_widget_grab_focus (find_row (fixture_find (shown.page, GTK_TYPE_LIST_VIEW, NULL))));
  fixture_iterate ();
  g_assert_true (press (&shown, GDK_KEY_space, 0));
  g_assert_cmpuint (count_marked (&shown), ==, 1);
  g_assert_true (press (&shown, GDK_KEY_space, 0));
  g_assert_cmpuint (count_marked (&shown), ==, 0);
  act (&shown, "portfolio.export"); /* nothing is marked: the one of the row */
  g_assert_cmpuint (shown.exported->len, ==, 1);
  g_assert_true (press (&shown, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_cmpuint (count_marked (&shown), ==, 2);
  g_assert_true (press (&shown, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_true (press (&shown, GDK_KEY_Down, GDK_SHIFT_MASK)); /* there is no more */
  g_assert_cmpuint (count_marked (&shown), ==, 3);
  act (&shown, "portfolio.export-row");
  g_assert_cmpuint (shown.exported->len, ==, 1);
  g_assert_true (press (&shown, GDK_KEY_Escape, 0));
  g_assert_cmpuint (count_marked (&shown), ==, 0);
  g_assert_false (press (&shown, GDK_KEY_Escape, 0));
  g_assert_true (press (&shown, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_cmpuint (count_marked (&shown), ==, 3);
  g_assert_false (press (&shown, GDK_KEY_Down, 0)); /* the list's own */
  gtk_widget_grab_focus (fixture_find (shown.page, GTK_TYPE_SEARCH_ENTRY, NULL));
  g_assert_false (press (&shown, GDK_KEY_space, 0)); /* a space that is typed */
  hide (&shown);
}

static void
test_a_check_marks (Fixture       *fixture,
                    gconstpointer  data)
{
  Shown shown;
  GtkWidget *check;

  show (&shown, fixture);
  check = fixture_find (shown.page, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  fixture_iterate ();
  g_assert_cmpuint (count_marked (&shown), ==, 1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_cmpuint (count_marked (&shown), ==, 0);
  hide (&shown);
}

/* --- Writing --- */

typedef struct
{
  GtkWidget       *dialog;
  AdwToastOverlay *toasts;
  char            *folder;
} Writing;

static void
begin (Writing        *writing,
       Fixture        *fixture,
       DkExportFormat  format)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  dk_workspace_settle (fixture->workspace);
  g_array_append_val (ids, fixture->passes);
  g_array_append_val (ids, fixture->just_misses);
  g_array_append_val (ids, fixture->half_filled);
  writing->toasts = g_object_ref_sink (ADW_TOAST_OVERLAY (adw_toast_overlay_new ()));
  writing->folder = g_build_filename (fixture->folder, "out", NULL);
  g_assert_cmpint (g_mkdir (writing->folder, 0700), ==, 0);
  writing->dialog = dk_export_dialog_new_many (fixture->workspace, ids, writing->toasts);
  g_object_add_weak_pointer (G_OBJECT (writing->dialog), (gpointer *) &writing->dialog);
  dk_export_dialog_set_folder (DK_EXPORT_DIALOG (writing->dialog), writing->folder);
  dk_export_dialog_set_format (DK_EXPORT_DIALOG (writing->dialog), format);
  gtk_window_present (GTK_WINDOW (writing->dialog));
  fixture_iterate ();
}

static void
end (Writing *writing)
{
  if (writing->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (writing->dialog));
  fixture_iterate ();
  g_assert_true (fixture_remove_folder (writing->folder));
  g_free (writing->folder);
  g_object_unref (writing->toasts);
}

/* Presses "Export", and waits until the dialog has gone or asks for more. */
static void
write_out (Writing *writing)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (writing->dialog));

  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (button)); /* at work */
  for (guint i = 0; i < 6000 && writing->dialog != NULL && !gtk_widget_get_sensitive (button); i++)
    fixture_wait (10);
  fixture_iterate ();
}

/* What is in the folder, hidden files included. */
static guint
count_files (Writing *writing)
{
  g_autoptr(GDir) folder = g_dir_open (writing->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static char *
get_path (Fixture *fixture,
          Writing *writing,
          gint64   client)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.xlsx", dk_client_get_name (dk_workspace_find_client (fixture->workspace, client)), FIXTURE_DAY);

  return g_build_filename (writing->folder, name, NULL);
}

static void
test_a_workbook_each (Fixture       *fixture,
                      gconstpointer  data)
{
  const gint64 ids[] = { fixture->passes, fixture->just_misses, fixture->half_filled };
  Writing writing;

  begin (&writing, fixture, DK_EXPORT_WORKBOOK);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (writing.dialog)), ==, "Export 3 enterprises");
  write_out (&writing);
  g_assert_null (writing.dialog);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = get_path (fixture, &writing, ids[i]);
      g_autofree char *content = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_assert_cmpmem (content, 2, "PK", 2);
    }
  g_assert_cmpuint (count_files (&writing), ==, 3);
  end (&writing);
}

static void
test_same_names_are_numbered (Fixture       *fixture,
                              gconstpointer  data)
{
  Writing writing;
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_workspace_rename (fixture->workspace, fixture->passes, "Same", &error));
  g_assert_true (dk_workspace_rename (fixture->workspace, fixture->just_misses, "Same", &error));
  g_assert_true (dk_workspace_rename (fixture->workspace, fixture->half_filled, "../Same", &error));
  begin (&writing, fixture, DK_EXPORT_JSON);
  write_out (&writing);
  g_assert_null (writing.dialog);
  g_assert_cmpuint (count_files (&writing), ==, 3); /* none over another, and none outside */
  end (&writing);
}

static void
test_what_fails_is_named (Fixture       *fixture,
                          gconstpointer  data)
{
  Writing writing;
  g_autofree char *path = NULL;
  GtkWidget *row;

  begin (&writing, fixture, DK_EXPORT_WORKBOOK);
  path = get_path (fixture, &writing, fixture->just_misses);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0); /* a folder in the place of the file */
  write_out (&writing);
  g_assert_nonnull (writing.dialog);
  g_assert_nonnull (fixture_find (writing.dialog, GTK_TYPE_LABEL, "1 of 3 enterprises could not be exported"));
  row = fixture_find (writing.dialog, GTK_TYPE_LABEL, dk_client_get_name (dk_workspace_find_client (fixture->workspace, fixture->just_misses)));
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_get_mapped (row));
  g_assert_null (fixture_find (writing.dialog, GTK_TYPE_LABEL, dk_client_get_name (dk_workspace_find_client (fixture->workspace, fixture->passes))));
  g_assert_cmpuint (count_files (&writing), ==, 3); /* two files, and the folder: nothing half-written beside them */
  /* What is left is tried again, alone. */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (writing.dialog)), ==, "Export 1 enterprise");
  g_assert_cmpint (g_rmdir (path), ==, 0);
  write_out (&writing);
  g_assert_null (writing.dialog);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (count_files (&writing), ==, 3);
  end (&writing);
}

static void
test_cancelled_leaves_nothing (Fixture       *fixture,
                               gconstpointer  data)
{
  Writing writing;
  GtkWidget *button;

  begin (&writing, fixture, DK_EXPORT_WORKBOOK);
  button = gtk_window_get_default_widget (GTK_WINDOW (writing.dialog));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_window_close (GTK_WINDOW (writing.dialog)); /* gives up what is being written, and stays */
  for (guint i = 0; i < 6000 && !gtk_widget_get_sensitive (button); i++)
    fixture_wait (10);
  g_assert_nonnull (writing.dialog);
  g_assert_cmpuint (count_files (&writing), ==, 0);
  end (&writing);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  ADD ("/ui/export/marks-stay-while-one-searches", test_marks_stay_while_one_searches);
  ADD ("/ui/export/keys-mark", test_keys_mark);
  ADD ("/ui/export/a-check-marks", test_a_check_marks);
  ADD ("/ui/export/a-workbook-each", test_a_workbook_each);
  ADD ("/ui/export/same-names-are-numbered", test_same_names_are_numbered);
  ADD ("/ui/export/what-fails-is-named", test_what_fails_is_named);
  ADD ("/ui/export/cancelled-leaves-nothing", test_cancelled_leaves_nothing);
  return g_test_run ();
}
