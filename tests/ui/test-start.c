/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The start page and the files that were opened last. */

#include "fixture.h"

#include "dk-application.h"
#include "dk-recent-list.h"
#include "dk-recent.h"
#include "dk-start-page.h"
#include "dk-window.h"

#include <string.h>

static DkApplication *application;

static void
assert_recent (const char *wanted)
{
  g_auto(GStrv) paths = dk_recent_list ();
  g_autofree char *found = g_strjoinv (" ", paths);

  g_assert_cmpstr (found, ==, wanted);
}

static void
test_order (void)
{
  dk_recent_forget (NULL);
  assert_recent ("");
  dk_recent_add ("/a");
  dk_recent_add ("/b");
  dk_recent_add ("/x/../a"); /* the same as the first */
  assert_recent ("/a /b");
  for (int i = 1; i <= DK_RECENT_MAX - 1; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%d", i);

      dk_recent_add (path);
    }
  assert_recent ("/7 /6 /5 /4 /3 /2 /1 /a");
  dk_recent_forget ("/4");
  dk_recent_forget ("/nothing");
  assert_recent ("/7 /6 /5 /3 /2 /1 /a");
  dk_recent_add ("/not\xff-utf8");
  assert_recent ("/7 /6 /5 /3 /2 /1 /a");
  dk_recent_forget (NULL);
  assert_recent ("");
}

static GtkWidget *
get_row (GtkWidget *root,
         int        index)
{
  GtkWidget *list = fixture_find (root, GTK_TYPE_LIST_BOX, NULL);

  return (GtkWidget *) gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), index);
}

static gboolean
is_gone (GtkWidget *row)
{
  return g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Not there any more") == 0;
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *gone = g_build_filename (fixture->folder, "gone & away.dengke", NULL);
  GtkWidget *page;
  GtkWindow *window;

  dk_recent_forget (NULL);
  page = dk_start_page_new ();
  window = fixture_show (page, 1000, 800);
  g_assert_false (gtk_widget_get_mapped (fixture_find (page, DK_TYPE_RECENT_LIST, NULL)));
  dk_recent_add (dk_workspace_get_path (fixture->workspace));
  dk_recent_add (gone);
  fixture_wait (200);
  g_assert_true (gtk_widget_get_mapped (fixture_find (page, DK_TYPE_RECENT_LIST, NULL)));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_row (page, 0))), ==, "gone & away.dengke");
  g_assert_true (is_gone (get_row (page, 0)));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (get_row (page, 0))));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_row (page, 1))), ==, "test.dengke");
  g_assert_false (is_gone (get_row (page, 1)));
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (get_row (page, 1))));

  /* The button forgets one, and the keyboard stays in the list. */
  g_signal_emit_by_name (fixture_find (get_row (page, 0), GTK_TYPE_BUTTON, NULL), "clicked");
  fixture_iterate ();
  assert_recent (dk_workspace_get_path (fixture->workspace));
  g_assert_true (gtk_window_get_focus (window) == get_row (page, 0));
  g_signal_emit_by_name (fixture_find (fixture_find (page, DK_TYPE_RECENT_LIST, NULL), GTK_TYPE_BUTTON, "Forget all"), "clicked");
  assert_recent ("");
  g_assert_false (gtk_widget_get_mapped (fixture_find (page, DK_TYPE_RECENT_LIST, NULL)));
  gtk_window_destroy (window);
  fixture_iterate ();
}

/* Delete on a row forgets it, as its button does. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *page, *list;
  GtkWindow *window;
  g_autoptr(GListModel) controllers = NULL;
  gboolean is_taken = FALSE;

  dk_recent_forget (NULL);
  dk_recent_add ("/a");
  dk_recent_add ("/b");
  page = dk_start_page_new ();
  window = fixture_show (page, 1000, 800);
  list = fixture_find (page, GTK_TYPE_LIST_BOX, NULL);
  controllers = gtk_widget_observe_controllers (list);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Delete, 0, 0, &is_taken);
      g_assert_false (is_taken); /* the focus is elsewhere */
      assert_recent ("/b /a");
      gtk_widget_grab_focus (get_row (page, 1));
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Delete, 0, 0, &is_taken);
      g_assert_true (is_taken);
      assert_recent ("/b");
      g_assert_true (gtk_window_get_focus (window) == get_row (page, 0));
    }
  g_assert_true (is_taken);
  dk_recent_forget (NULL);
  gtk_window_destroy (window);
  fixture_iterate ();
}

static DkWindow *
get_window (void)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (application)); item != NULL; item = item->next)
    if (DK_IS_WINDOW (item->data))
      return item->data;
  return NULL;
}

static void
settle (void)
{
  fixture_iterate ();
  if (dk_window_get_session (get_window ()) != NULL)
    dk_session_settle (dk_window_get_session (get_window ()));
  if (dk_application_get_workspace (application) != NULL)
    dk_workspace_settle (dk_application_get_workspace (application));
}

/* What is opened is remembered, what was opened opens again, and what is gone is not made anew. */
static void
test_application (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *home = g_build_filename (fixture->folder, "home.dengke", NULL);
  g_autofree char *sample = test_dup_sample ("passes.json");
  g_autofree char *full = g_canonicalize_filename (sample, NULL);
  g_autofree char *bad = g_build_filename (fixture->folder, "bad.json", NULL);
  const char *path = dk_workspace_get_path (fixture->workspace);
  g_autofree char *both = g_strconcat (full, " ", path, NULL);
  GtkWidget *row;

  dk_recent_forget (NULL);
  g_settings_set_string (dk_settings_get (), DK_SETTING_WORKSPACE, home);
  g_application_activate (G_APPLICATION (application));
  for (guint i = 0; i < 2000 && dk_application_get_workspace (application) == NULL; i++)
    fixture_wait (10);
  settle ();
  assert_recent (""); /* one's own workspace is at home */

  dk_recent_add (path);
  fixture_wait (100);
  row = get_row (GTK_WIDGET (get_window ()), 0);
  gtk_widget_grab_focus (row);
  g_signal_emit_by_name (row, "activate");
  settle ();
  g_assert_cmpstr (dk_workspace_get_path (dk_application_get_workspace (application)), ==, path);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GFile) file = g_file_new_for_path (i == 0 ? sample : bad);

      g_assert_true (g_file_set_contents (bad, "{ nothing", -1, NULL));
      g_application_open (G_APPLICATION (application), &file, 1, "");
      settle ();
      assert_recent (both); /* what could not be opened is not in it */
    }

  g_action_group_activate_action (G_ACTION_GROUP (application), "open-home", NULL);
  settle ();
  dk_recent_forget (NULL);
  gtk_window_destroy (GTK_WINDOW (get_window ()));
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (application)); item != NULL; item = gtk_application_get_windows (GTK_APPLICATION (application)))
    gtk_window_destroy (item->data);
  fixture_iterate ();
  g_settings_set_string (dk_settings_get (), DK_SETTING_WORKSPACE, "");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

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

  g_test_add_func ("/ui/start/recent-order", test_order);
  ADD ("/ui/start/recent-list", test_list);
  ADD ("/ui/start/recent-keys", test_keys);
  ADD ("/ui/start/recent-application", test_application);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
