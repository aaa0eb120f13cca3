/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-application"

#include "dk-application.h"

#include "dk-export-job.h"
#include "dk-name-dialog.h"
#include "dk-preferences-window.h"
#include "dk-recent.h"
#include "dk-samples.h"
#include "dk-settings.h"
#include "dk-style.h"
#include "dk-unsaved-dialog.h"
#include "dk-window.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* The rules are loaded in a thread of their own, so that the window is there before them; what was to be opened waits until then. */
struct _DkApplication
{
  AdwApplication  parent_instance;
  DkLibrary      *library;   /* NULL until loaded */
  DkWorkspace    *workspace; /* NULL until opened */
  DkWindow       *window;    /* borrowed */
  GPtrArray      *waiting;   /* GFile *: to open once the rules are there */
  char           *problem;   /* why the rules cannot be used */
  gboolean        is_loading;
  gint64          as_of;     /* the day whose law counts */
};

G_DEFINE_FINAL_TYPE (DkApplication, dk_application, ADW_TYPE_APPLICATION)

static gint64
get_today (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  return dk_date_from_ymd (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
}

char *
dk_application_dup_home_path (void)
{
  g_autofree char *set = g_settings_get_string (dk_settings_get (), DK_SETTING_WORKSPACE);

  if (*set != '\0')
    return g_steal_pointer (&set);
  return g_build_filename (g_get_user_data_dir (), "dengke", "workspace.dengke", NULL);
}

DkWorkspace *
dk_application_get_workspace (DkApplication *self)
{
  g_return_val_if_fail (DK_IS_APPLICATION (self), NULL);

  return self->workspace;
}

static void
set_enabled (DkApplication *self,
             const char    *name,
             gboolean       is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), is_enabled);
}

static void
update_actions (DkApplication *self)
{
  g_autofree char *home = dk_application_dup_home_path ();
  gboolean is_away = self->library != NULL
                     && (self->workspace == NULL || strcmp (dk_workspace_get_path (self->workspace), home) != 0);

  set_enabled (self, "open-home", is_away);
  set_enabled (self, "open", self->library != NULL);
  set_enabled (self, "open-samples", self->library != NULL);
  set_enabled (self, "new-enterprise", self->workspace != NULL && !dk_workspace_is_read_only (self->workspace));
}

static char *
dup_samples_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "dengke", "samples.dengke", NULL);
}

/* What has a door of its own needs no place in the list. */
static void
remember (const char *path)
{
  g_autofree char *home = dk_application_dup_home_path ();
  g_autofree char *samples = dup_samples_path ();

  if (strcmp (path, home) != 0 && strcmp (path, samples) != 0)
    dk_recent_add (path);
}

static DkWindow *
ensure_window (DkApplication *self)
{
  if (self->window == NULL)
    {
      self->window = dk_window_new (ADW_APPLICATION (self));
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      if (self->workspace != NULL)
        dk_window_set_workspace (self->window, self->workspace);
      else if (self->problem != NULL)
        dk_window_show_problem (self->window, _("The rules cannot be read"), self->problem, DK_PROBLEM_FINAL);
    }
  return self->window;
}

static const char *
name_problem (const GError *error)
{
  if (g_error_matches (error, DK_STORE_ERROR, DK_STORE_ERROR_FOREIGN))
    return _("This file is not a workspace of Dengke");
  if (g_error_matches (error, DK_STORE_ERROR, DK_STORE_ERROR_DAMAGED))
    return _("This workspace is damaged");
  if (g_error_matches (error, DK_STORE_ERROR, DK_STORE_ERROR_TOO_NEW))
    return _("This workspace was written by a newer Dengke");
  if (g_error_matches (error, DK_STORE_ERROR, DK_STORE_ERROR_BUSY))
    return _("This workspace is in use elsewhere");
  return _("This file cannot be opened");
}

typedef struct
{
  DkApplication *application;
  char          *path;
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->application);
  g_free (opening->path);
  g_free (opening);
}

static void
open_again (gpointer data)
{
  Opening *opening = data;

  dk_application_open_workspace (opening->application, opening->path);
}

/* What is being typed is written, and nothing is left behind that could not be. FALSE: not now; it is opened once that is settled. */
static gboolean
may_leave (DkApplication *self,
           const char    *path)
{
  Opening *opening;

  if (self->workspace == NULL || self->window == NULL)
    return TRUE;
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  opening = g_new0 (Opening, 1);
  *opening = (Opening) { g_object_ref (self), g_strdup (path) };
  return dk_unsaved_dialog_check (GTK_WINDOW (self->window), self->workspace, open_again, opening, free_opening);
}

gboolean
dk_application_open_workspace (DkApplication *self,
                               const char    *path)
{
  g_autoptr(DkWorkspace) workspace = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  g_return_val_if_fail (DK_IS_APPLICATION (self), FALSE);
  g_return_val_if_fail (self->library != NULL, FALSE);

  if (!may_leave (self, path))
    return FALSE;
  /* Only the usual place has a folder that may have to be made; anything else says itself what is wrong. */
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_debug ("Cannot make the folder %s: %s", folder, g_strerror (errno));
  workspace = dk_workspace_new (self->library, path, self->as_of, &error);
  if (workspace == NULL)
    {
      g_clear_object (&self->workspace);
      update_actions (self);
      dk_window_show_problem (ensure_window (self), name_problem (error), error->message, DK_PROBLEM_OF_FILE);
      return FALSE;
    }
  g_set_object (&self->workspace, workspace);
  remember (path);
  update_actions (self);
  dk_window_set_workspace (ensure_window (self), workspace);
  return TRUE;
}

static void
on_import_problem_cb (DkApplication *self,
                      const char    *response)
{
  if (strcmp (response, "again") == 0)
    g_action_group_activate_action (G_ACTION_GROUP (self), "open", NULL);
}

/* What is open stays open: a file that cannot be taken in is no reason to leave it. */
static void
complain_of_import (DkApplication *self,
                    const GError  *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (ensure_window (self)), _("This file cannot be opened"), error->message);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "again", _("Choose _another file"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "again");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_import_problem_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_path (DkApplication *self,
           const char    *path)
{
  g_autoptr(GError) error = NULL;
  gint64 id;

  if (dk_store_is_workspace (path) || g_str_has_suffix (path, ".dengke"))
    {
      dk_application_open_workspace (self, path);
      return;
    }
  if (self->workspace == NULL)
    {
      g_autofree char *home = dk_application_dup_home_path ();

      if (!dk_application_open_workspace (self, home))
        return;
    }
  id = dk_workspace_import (self->workspace, path, &error);
  if (id == 0)
    {
      complain_of_import (self, error);
      return;
    }
  remember (path);
  dk_window_open_client (ensure_window (self), id);
}

static void
open_waiting (DkApplication *self)
{
  g_autoptr(GPtrArray) files = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_file_get_path (g_ptr_array_index (files, i));

      if (path != NULL)
        open_path (self, path);
      else
        {
          g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("The file is not on this computer."));

          complain_of_import (self, error);
        }
    }
  if (files->len == 0 && self->workspace == NULL)
    {
      g_autofree char *home = dk_application_dup_home_path ();

      dk_application_open_workspace (self, home);
    }
}

/* --- Loading the rules --- */

typedef struct
{
  DkLibrary *library;
  char      *problem;
} Loaded;

static void
free_loaded (gpointer data)
{
  Loaded *loaded = data;

  g_clear_pointer (&loaded->library, dk_library_free);
  g_free (loaded->problem);
  g_free (loaded);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  Loaded *loaded = g_new0 (Loaded, 1);

  loaded->library = dk_library_load (problems);
  if (loaded->library != NULL)
    dk_library_compile_derived (loaded->library);
  if (dk_problems_length (problems) > 0)
    loaded->problem = dk_problems_to_string (problems);
  g_task_return_pointer (task, loaded, free_loaded);
}

/* Not before the first window is there: to draw the icon in all its sizes takes as long as to build the window. */
static gboolean
on_icon_cb (gpointer data)
{
  gtk_window_set_default_icon_name (DK_APPLICATION_ID);
  return G_SOURCE_REMOVE;
}

static void
on_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  DkApplication *self = DK_APPLICATION (source);
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean has_faulty_packs;

  self->is_loading = FALSE;
  g_idle_add_full (G_PRIORITY_LOW, on_icon_cb, NULL, NULL);
  self->library = g_steal_pointer (&loaded->library);
  g_free (self->problem);
  self->problem = g_steal_pointer (&loaded->problem);
  free_loaded (loaded);
  update_actions (self);
  if (self->window != NULL && self->library == NULL)
    dk_window_show_problem (self->window, _("The rules cannot be read"), self->problem != NULL ? self->problem : "", DK_PROBLEM_FINAL);
  else if (self->window != NULL)
    {
      has_faulty_packs = self->library->has_faulty_packs;
      open_waiting (self);
      if (has_faulty_packs && self->window != NULL)
        dk_window_toast (self->window, _("A pack of yours has faults and was left out"));
    }
  g_application_release (G_APPLICATION (self));
}

static void
start_loading (DkApplication *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->library != NULL || self->is_loading)
    return;
  self->is_loading = TRUE;
  g_application_hold (G_APPLICATION (self));
  task = g_task_new (self, NULL, on_loaded_cb, NULL);
  g_task_set_source_tag (task, start_loading);
  g_task_run_in_thread (task, load_in_thread);
}

/* --- Actions --- */

static void
on_quit_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  DkApplication *self = data;

  /* Closed rather than dropped: the window keeps its size then. */
  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  /* It stays while it has something to ask; the program ends with it. */
  if (self->window == NULL || !gtk_widget_get_realized (GTK_WIDGET (self->window)))
    g_application_quit (G_APPLICATION (self));
}

static void
on_about_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  DkApplication *self = data;

  adw_show_about_window (GTK_WINDOW (ensure_window (self)),
                         "application-name", _("Dengke"),
                         "application-icon", DK_APPLICATION_ID,
                         "version", PACKAGE_VERSION,
                         "developer-name", _("The Dengke contributors"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* TRANSLATORS: names of the translators, a line each. */
                         "translator-credits", _("translator-credits"),
                         "comments", _("Checks an enterprise against the rules of certifications. Works offline; what you enter stays on this computer."),
                         NULL);
}

static void
on_preferences_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  DkApplication *self = data;
  GtkWidget *window = dk_preferences_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (ensure_window (self)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_shortcuts_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  DkApplication *self = data;
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource (DK_RESOURCES "/ui/dk-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (ensure_window (self)));
  gtk_window_present (window);
}

static void ask_for_name (DkApplication *self, const char *name, const char *body);

static void
on_name_given_cb (const char *name,
                  gpointer    data)
{
  DkApplication *self = data;
  g_autoptr(GError) error = NULL;
  gint64 id;

  if (self->workspace == NULL)
    return;
  id = dk_workspace_add (self->workspace, name, &error);
  if (id == 0)
    ask_for_name (self, name, error->message); /* what was typed stays */
  else
    dk_window_open_client (ensure_window (self), id);
}

static void
ask_for_name (DkApplication *self,
              const char    *name,
              const char    *body)
{
  dk_name_dialog_ask (GTK_WINDOW (ensure_window (self)), _("New enterprise"), body, name, _("C_reate"), on_name_given_cb,
                      g_object_ref (self), g_object_unref);
}

static void
on_new_enterprise_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  ask_for_name (data, "", _("The name as on the business licence. It can be changed later."));
}

static void
on_file_chosen_cb (GtkNativeDialog *dialog,
                   int              response,
                   gpointer         data)
{
  DkApplication *self = data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_ptr_array_add (self->waiting, g_object_ref (file));
      open_waiting (self);
    }
  gtk_native_dialog_destroy (dialog);
}

static void
on_open_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  DkApplication *self = data;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Open a workspace or an enterprise"), GTK_WINDOW (ensure_window (self)),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  g_autoptr(GtkFileFilter) known = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (known, _("Workspaces and enterprises"));
  gtk_file_filter_add_pattern (known, "*.dengke");
  gtk_file_filter_add_pattern (known, "*.json");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), known);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  /* It is destroyed by its answer, and owned by nobody until then. */
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen_cb), self, 0);
  g_signal_connect_after (dialog, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_open_home_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  DkApplication *self = data;
  g_autofree char *home = dk_application_dup_home_path ();

  dk_application_open_workspace (self, home);
}

static void
on_open_samples_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  DkApplication *self = data;
  g_autofree char *path = dup_samples_path ();
  g_autoptr(GError) error = NULL;

  if (dk_samples_ensure (self->library, path, &error))
    dk_application_open_workspace (self, path);
  else
    complain_of_import (self, error);
}

static void
on_open_path_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  DkApplication *self = data;

  g_ptr_array_add (self->waiting, g_file_new_for_uri (g_variant_get_string (parameter, NULL)));
  if (self->library != NULL)
    open_waiting (self);
}

/* Texts are made when widgets are: another language needs another window, which goes on where the old one was. */
static void
on_language_changed_cb (DkApplication *self)
{
  DkWindow *old = self->window;
  g_autofree char *place = NULL;
  gint64 client = 0;
  GtkWidget *preferences = NULL;
  DkWindow *window;

  dk_settings_apply_language ();
  if (old == NULL)
    return;
  place = dk_window_dup_place (old, &client);
  g_object_remove_weak_pointer (G_OBJECT (old), (gpointer *) &self->window);
  self->window = NULL;
  window = ensure_window (self);
  if (self->workspace != NULL)
    dk_window_restore_place (window, client, place);
  gtk_window_present (GTK_WINDOW (window));

  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    if (DK_IS_PREFERENCES_WINDOW (item->data))
      preferences = item->data;
  if (preferences != NULL)
    {
      GtkWidget *again = dk_preferences_window_new ();

      gtk_window_destroy (GTK_WINDOW (preferences));
      gtk_window_set_transient_for (GTK_WINDOW (again), GTK_WINDOW (window));
      gtk_window_present (GTK_WINDOW (again));
    }
  gtk_window_destroy (GTK_WINDOW (old));
}

static const GActionEntry actions[] = {
  { "quit", on_quit_cb },
  { "about", on_about_cb },
  { "preferences", on_preferences_cb },
  { "shortcuts", on_shortcuts_cb },
  { "new-enterprise", on_new_enterprise_cb },
  { "open", on_open_cb },
  { "open-home", on_open_home_cb },
  { "open-samples", on_open_samples_cb },
  { "open-uri", on_open_path_cb, "s" },
};

static const struct
{
  const char *action;
  const char *keys[3];
} accels[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.new-enterprise", { "<Control>n" } },
  { "app.open", { "<Control>o" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Shift><Control>z", "<Control>y" } },
  { "win.export", { "<Control>e" } },
  { "win.snapshot", { "<Control>s" } },
  { "win.show-snapshots::all", { "<Shift><Control>s" } },
  { "win.previous", { "<Alt>Left" } },
  { "win.next", { "<Alt>Right" } },
  { "win.next-pane", { "F6" } },
  { "win.show-portfolio", { "<Control>0" } },
  { "win.menu", { "F10" } },
  { "window.close", { "<Control>w" } },
};

/* --- The life of the program --- */

static void
dk_application_startup (GApplication *application)
{
  DkApplication *self = DK_APPLICATION (application);

  G_APPLICATION_CLASS (dk_application_parent_class)->startup (application);
  dk_style_load (gdk_display_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].keys);
  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-nth(%d)", i);
      g_autofree char *key = g_strdup_printf ("<Control>%d", i);

      gtk_application_set_accels_for_action (GTK_APPLICATION (self), action, (const char *const[]) { key, NULL });
    }
  g_signal_connect_object (dk_settings_get (), "changed::" DK_SETTING_LANGUAGE, G_CALLBACK (on_language_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dk_settings_get (), "changed::" DK_SETTING_WORKSPACE, G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

static void
dk_application_shutdown (GApplication *application)
{
  dk_export_job_stop_all ();
  G_APPLICATION_CLASS (dk_application_parent_class)->shutdown (application);
}

static void
dk_application_activate (GApplication *application)
{
  DkApplication *self = DK_APPLICATION (application);

  gtk_window_present (GTK_WINDOW (ensure_window (self)));
  start_loading (self);
}

static void
dk_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  DkApplication *self = DK_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (self->waiting, g_object_ref (files[i]));
  dk_application_activate (application);
  if (self->library != NULL)
    open_waiting (self);
}

static int
dk_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  DkApplication *self = DK_APPLICATION (application);
  const char *day = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "as-of", "&s", &day) && !dk_date_parse (day, -1, &self->as_of))
    {
      g_printerr (_("“%s” is no date; one such as 2026-07-15 is wanted\n"), day);
      return 2;
    }
  return -1;
}

static void
dk_application_finalize (GObject *object)
{
  DkApplication *self = DK_APPLICATION (object);

  if (self->window != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->library, dk_library_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (dk_application_parent_class)->finalize (object);
}

static void
dk_application_class_init (DkApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = dk_application_finalize;
  application_class->startup = dk_application_startup;
  application_class->shutdown = dk_application_shutdown;
  application_class->activate = dk_application_activate;
  application_class->open = dk_application_open;
  application_class->handle_local_options = dk_application_handle_local_options;
}

static void
dk_application_init (DkApplication *self)
{
  const GOptionEntry options[] = {
    { "as-of", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Apply the rules of this day (today)"), N_("DATE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version of the program"), NULL },
    { NULL },
  };

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->as_of = get_today ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* GLib decides once, at the first text, whether it translates at all, and a program that started in English would never get its
 * templates in Chinese again: so the first text is asked for in Chinese. */
static void
prepare_languages (void)
{
  const char *language = dk_settings_get_language (); /* first, so that it sees what the desktop speaks */

  /* Chinese glyphs, not Japanese ones, for the names of enterprises under any language. */
  g_setenv ("PANGO_LANGUAGE", "en:zh-cn", FALSE);
  dk_library_set_language ("zh");
  g_dgettext (GETTEXT_PACKAGE, "Dengke");
  dk_library_set_language (language);
}

DkApplication *
dk_application_new (void)
{
  prepare_languages ();
  return g_object_new (DK_TYPE_APPLICATION,
                       "application-id", DK_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", DK_RESOURCES,
                       NULL);
}
