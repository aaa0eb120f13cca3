/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-export-dialog"

#include "dk-export-dialog.h"

#include "dk-settings.h"
#include "dk-sign.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DkExportDialog
{
  AdwWindow        parent_instance;
  GtkWidget       *workbook_button;
  GtkWidget       *file_button;
  GtkWidget       *programmes;
  GtkWidget       *options;
  GtkWidget       *formats;
  GtkWidget       *wan_row;
  GtkWidget       *wan_switch;
  GtkWidget       *workspace_check;
  GtkWidget       *json_check;
  GtkWidget       *gaps;
  GtkLabel        *gaps_label;
  GtkWidget       *name_row;
  AdwActionRow    *folder_row;
  GtkWidget       *error_label;
  GtkWidget       *failures_window;
  GtkListBox      *failures;
  GtkWidget       *form;
  GtkWidget       *progress;
  GtkLabel        *progress_label;
  GtkWidget       *export_button;
  DkWorkspace     *workspace;
  DkSession       *session; /* or NULL: of several enterprises */
  GArray          *ids;     /* gint64 */
  AdwToastOverlay *toasts;
  GPtrArray       *checks;  /* GtkCheckButton *, borrowed: one a pack of the rulebook */
  char            *folder;
  DkExportFormat   format;
  DkExportJob     *job;     /* at work, or NULL; it belongs to its task */
  GCancellable    *cancellable;
  char            *path;    /* that is being written; of several, the first */
  guint            tick_id;
};

/* How often the progress is looked at, in milliseconds, and how long a name may be, in bytes. */
enum { TICK = 100, MAX_NAME = 180 };

G_DEFINE_FINAL_TYPE (DkExportDialog, dk_export_dialog, ADW_TYPE_WINDOW)

static const char *const suffixes[] = { ".xlsx", ".dengke", ".json" };

/* --- What is chosen --- */

static char **
dup_packs (DkExportDialog *self)
{
  GPtrArray *packs = dk_rulebook_get_packs (dk_workspace_get_library (self->workspace)->book);
  g_autoptr(GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < packs->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_ptr_array_add (chosen, g_strdup (((const DkPack *) g_ptr_array_index (packs, i))->id));
  g_ptr_array_add (chosen, NULL);
  return (char **) g_ptr_array_steal (chosen, NULL);
}

static gboolean
has_packs (DkExportDialog *self)
{
  g_auto(GStrv) packs = dup_packs (self);

  return packs[0] != NULL;
}

static gboolean
is_name_good (DkExportDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  if (self->session == NULL)
    return TRUE;
  return *name != '\0' && *name != '.' && strchr (name, '/') == NULL;
}

/* Name-20261122.xlsx: the day whose law counts is in the name. Nothing in it leads to another folder, or is too long for one. */
static char *
propose_name (DkExportDialog *self,
              const char     *name)
{
  g_autofree char *day = dk_date_to_string (dk_workspace_get_as_of (self->workspace));
  g_autofree char *short_name = g_strdup (*name != '\0' ? name : "dengke");

  if (strlen (short_name) > MAX_NAME)
    *g_utf8_find_prev_char (short_name, short_name + MAX_NAME) = '\0';
  g_strdelimit (short_name, "/\\", '-');
  if (*short_name == '.')
    *short_name = '-';
  return self->format == DK_EXPORT_WORKBOOK ? g_strdup_printf ("%s-%s%s", short_name, day, suffixes[self->format])
                                            : g_strconcat (short_name, suffixes[self->format], NULL);
}

/* The files of several enterprises. Those of one name are told apart by a number. */
static GPtrArray *
list_paths (DkExportDialog *self)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->ids->len; i++)
    {
      DkClient *client = dk_workspace_find_client (self->workspace, g_array_index (self->ids, gint64, i));
      const char *plain = client != NULL ? dk_client_get_name (client) : "";
      g_autofree char *name = propose_name (self, plain);

      for (guint k = 2; g_hash_table_contains (names, name); k++)
        {
          g_autofree char *numbered = g_strdup_printf ("%s (%u)", plain, k);

          g_free (name);
          name = propose_name (self, numbered);
        }
      g_ptr_array_add (paths, g_build_filename (self->folder, name, NULL));
      g_hash_table_add (names, g_steal_pointer (&name));
    }
  return paths;
}

char *
dk_export_dialog_dup_path (DkExportDialog *self)
{
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  g_return_val_if_fail (DK_IS_EXPORT_DIALOG (self), NULL);

  if (self->session == NULL)
    {
      g_autoptr(GPtrArray) paths = list_paths (self);

      return g_strdup (g_ptr_array_index (paths, 0));
    }
  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  file = g_str_has_suffix (name, suffixes[self->format]) ? g_strdup (name) : g_strconcat (name, suffixes[self->format], NULL);
  return g_build_filename (self->folder, file, NULL);
}

static void
update (DkExportDialog *self)
{
  gboolean is_workbook = self->format == DK_EXPORT_WORKBOOK;
  gboolean is_at_work = self->job != NULL;
  gboolean is_ready = !is_at_work && is_name_good (self) && (!is_workbook || has_packs (self));
  g_autofree char *folder = g_filename_display_name (self->folder);

  gtk_widget_set_visible (self->programmes, is_workbook);
  gtk_widget_set_visible (self->options, is_workbook && g_strcmp0 (dk_settings_get_language (), "zh") == 0);
  gtk_widget_set_visible (self->formats, !is_workbook);
  gtk_widget_set_visible (self->gaps, is_workbook && *gtk_label_get_text (self->gaps_label) != '\0');
  gtk_widget_set_sensitive (self->export_button, is_ready);
  gtk_widget_set_sensitive (self->form, !is_at_work);
  gtk_widget_set_visible (self->progress, is_at_work);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_label), is_at_work && self->ids->len > 1);
  adw_action_row_set_subtitle (self->folder_row, folder);
}

static void
fill_name (DkExportDialog *self)
{
  g_autofree char *name = propose_name (self, self->session != NULL ? dk_session_get_name (self->session) : "");

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
}

static void
hide_problems (DkExportDialog *self)
{
  gtk_widget_set_visible (self->error_label, FALSE);
  gtk_widget_set_visible (self->failures_window, FALSE);
}

void
dk_export_dialog_set_format (DkExportDialog *self,
                             DkExportFormat  format)
{
  g_return_if_fail (DK_IS_EXPORT_DIALOG (self));

  if (self->format == format)
    return;
  self->format = format;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (format == DK_EXPORT_WORKBOOK ? self->workbook_button : self->file_button), TRUE);
  if (format == DK_EXPORT_JSON)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->json_check), TRUE);
  if (format == DK_EXPORT_WORKSPACE)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->workspace_check), TRUE);
  hide_problems (self);
  fill_name (self);
  update (self);
}

void
dk_export_dialog_set_folder (DkExportDialog *self,
                             const char     *folder)
{
  g_return_if_fail (DK_IS_EXPORT_DIALOG (self));

  g_free (self->folder);
  self->folder = g_strdup (folder);
  update (self);
}

static void
on_format_toggled_cb (DkExportDialog *self)
{
  if (self->workspace == NULL)
    return;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->workbook_button)))
    dk_export_dialog_set_format (self, DK_EXPORT_WORKBOOK);
  else
    dk_export_dialog_set_format (self, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->json_check)) ? DK_EXPORT_JSON
                                                                                                         : DK_EXPORT_WORKSPACE);
}

static void
on_changed_cb (DkExportDialog *self)
{
  if (self->workspace != NULL)
    update (self);
}

/* --- The folder --- */

static void
on_folder_chosen_cb (GtkNativeDialog *dialog,
                     int              response,
                     DkExportDialog  *self)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = g_file_get_path (file);
  if (path != NULL)
    dk_export_dialog_set_folder (self, path);
}

static void
on_choose_folder_cb (DkExportDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Folder of the export"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), _("_Cancel"));
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);

  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_folder_chosen_cb), self, 0);
  g_signal_connect_after (dialog, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- Writing --- */

static void
on_open_folder_cb (AdwToast   *toast,
                   const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (NULL, uri, GDK_CURRENT_TIME);
}

static void
free_path (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

static void
tell_problem (DkExportDialog *self,
              const char     *text)
{
  gtk_label_set_text (GTK_LABEL (self->error_label), text);
  gtk_widget_set_visible (self->error_label, TRUE);
  update (self);
}

static void
update_title (DkExportDialog *self)
{
  g_autofree char *title = g_strdup_printf (ngettext ("Export %u enterprise", "Export %u enterprises", self->ids->len), self->ids->len);

  if (self->session == NULL)
    gtk_window_set_title (GTK_WINDOW (self), title);
}

static GtkWidget *
new_failure_row (const DkExportFailure *failure)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), failure->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), failure->reason);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* All others are written: those that are named here are left to be tried again. */
static void
tell_failures (DkExportDialog *self,
               GPtrArray      *failures,
               const char     *text)
{
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->failures, 0)) != NULL;)
    gtk_list_box_remove (self->failures, GTK_WIDGET (row));
  g_array_set_size (self->ids, 0);
  for (guint i = 0; i < failures->len; i++)
    {
      const DkExportFailure *failure = g_ptr_array_index (failures, i);

      g_array_append_val (self->ids, failure->id);
      gtk_list_box_append (self->failures, new_failure_row (failure));
    }
  update_title (self);
  gtk_button_set_label (GTK_BUTTON (self->export_button), _("_Try again"));
  gtk_widget_set_visible (self->failures_window, TRUE);
  tell_problem (self, text);
}

static void
tell_exported (DkExportDialog *self)
{
  g_autofree char *many = g_strdup_printf (ngettext ("%u enterprise exported", "%u enterprises exported", self->ids->len), self->ids->len);
  AdwToast *toast = adw_toast_new (self->session != NULL ? _("Exported") : many);

  adw_toast_set_button_label (toast, _("Open folder"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_open_folder_cb), g_strdup (self->path), free_path, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(DkExportDialog) self = data;
  g_autoptr(GPtrArray) failures = NULL;
  g_autoptr(GError) error = NULL;

  dk_export_job_finish (result, &failures, &error);
  self->job = NULL;
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->workspace == NULL)
    return; /* closed meanwhile */
  if (error == NULL)
    {
      tell_exported (self);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      update (self);
      gtk_widget_grab_focus (self->export_button);
    }
  else if (self->ids->len > 1 && failures->len > 0)
    tell_failures (self, failures, error->message);
  else
    tell_problem (self, error->message);
}

static gboolean
on_tick_cb (gpointer data)
{
  DkExportDialog *self = data;
  g_autofree char *text = g_strdup_printf (_("%u of %u"), dk_export_job_get_n_done (self->job), dk_export_job_get_n (self->job));

  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), CLAMP (dk_export_job_get_progress (self->job), 0, 1));
  return G_SOURCE_CONTINUE;
}

static void
start (DkExportDialog *self)
{
  g_auto(GStrv) packs = dup_packs (self);
  gboolean in_wan = gtk_switch_get_active (GTK_SWITCH (self->wan_switch)) && g_strcmp0 (dk_settings_get_language (), "zh") == 0;

  hide_problems (self);
  /* What is read from the file has to be in it. */
  if ((self->session == NULL || self->format == DK_EXPORT_WORKSPACE) && !dk_workspace_save (self->workspace))
    {
      g_autofree char *unsaved = dk_workspace_dup_unsaved (self->workspace);

      tell_problem (self, unsaved);
      return;
    }
  g_free (self->path);
  self->path = dk_export_dialog_dup_path (self);
  self->job = dk_export_job_new (self->workspace, self->format, (const char *const *) packs, in_wan);
  self->cancellable = g_cancellable_new ();
  if (self->session != NULL)
    dk_export_job_add (self->job, dk_session_get_id (self->session), dk_session_get_name (self->session),
                       dk_session_get_enterprise (self->session), self->path);
  else
    {
      g_autoptr(GPtrArray) paths = list_paths (self);

      for (guint i = 0; i < self->ids->len; i++)
        {
          gint64 id = g_array_index (self->ids, gint64, i);
          DkClient *client = dk_workspace_find_client (self->workspace, id);

          dk_export_job_add (self->job, id, client != NULL ? dk_client_get_name (client) : "", NULL, g_ptr_array_index (paths, i));
        }
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  gtk_label_set_text (self->progress_label, "");
  self->tick_id = g_timeout_add (TICK, on_tick_cb, self);
  dk_export_job_start (self->job, self->cancellable, on_written_cb, g_object_ref (self));
  update (self);
}

static void
on_overwrite_cb (DkExportDialog *self,
                 const char     *response)
{
  if (strcmp (response, "replace") == 0 && self->workspace != NULL && self->job == NULL)
    start (self);
}

/* The files that are there already; a folder in the place of one is no such, and is found out by writing. */
static guint
count_existing (DkExportDialog *self)
{
  g_autofree char *path = dk_export_dialog_dup_path (self);
  g_autoptr(GPtrArray) paths = NULL;
  guint n = 0;

  if (self->session != NULL)
    return g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_DIR);
  paths = list_paths (self);
  for (guint i = 0; i < paths->len; i++)
    n += g_file_test (g_ptr_array_index (paths, i), G_FILE_TEST_IS_REGULAR);
  return n;
}

static void
on_export_cb (DkExportDialog *self)
{
  g_autofree char *path = dk_export_dialog_dup_path (self);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *heading = NULL;
  guint n = count_existing (self);
  GtkWidget *dialog;

  if (self->job != NULL)
    return;
  if (n == 0)
    {
      start (self);
      return;
    }
  heading = self->session != NULL ? g_strdup_printf (_("Replace “%s”?"), name)
                                  : g_strdup_printf (ngettext ("Replace %u file?", "Replace %u files?", n), n);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                   self->session != NULL ? _("A file of that name is there already. Its content will be lost.")
                                                         : _("Files of these names are there already. Their content will be lost."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "replace", _("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_overwrite_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The life of the dialog --- */

static guint
add_programme (DkExportDialog   *self,
               const DkPack     *pack,
               const DkStanding *standing)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *title = dk_text_get (&pack->title, dk_settings_get_language ());
  g_autofree char *name = g_strdup_printf (_("Put in “%s”"), title);
  guint n_missing = standing != NULL && standing->sign == DK_SIGN_OPEN ? standing->n_missing : 0;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (standing != NULL && standing->sentence != NULL && *standing->sentence != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), standing->sentence);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  if (n_missing > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u answer missing", "%u answers missing", n_missing), n_missing);
      GtkWidget *pill = gtk_label_new (text);

      gtk_widget_set_css_classes (pill, (const char *[]) { "dk-pill", "open", NULL });
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->programmes), row);
  g_ptr_array_add (self->checks, check);
  return n_missing;
}

static void
build (DkExportDialog *self)
{
  DkLibrary *library = dk_workspace_get_library (self->workspace);
  DkAssessment *assessment = self->session != NULL ? dk_session_get_assessment (self->session) : NULL;
  GPtrArray *packs = dk_rulebook_get_packs (library->book);
  g_autoptr(GPtrArray) standings = NULL;
  guint n_missing = 0;

  if (assessment != NULL)
    standings = dk_standings_of (assessment, library->book, dk_settings_get_language ());
  for (guint i = 0; i < packs->len; i++)
    {
      const DkPack *pack = g_ptr_array_index (packs, i);
      const DkStanding *standing = NULL;

      for (guint j = 0; standings != NULL && j < standings->len; j++)
        if (strcmp (((const DkStanding *) g_ptr_array_index (standings, j))->pack->id, pack->id) == 0)
          standing = g_ptr_array_index (standings, j);
      n_missing += add_programme (self, pack, standing);
    }
  gtk_label_set_text (self->gaps_label, n_missing > 0 || self->session == NULL ? _("What is not answered stays blank in the file, and is listed there.") : "");
  gtk_switch_set_active (GTK_SWITCH (self->wan_switch), g_settings_get_boolean (dk_settings_get (), DK_SETTING_IN_WAN));
  if (self->session == NULL)
    {
      update_title (self);
      gtk_widget_set_visible (self->name_row, FALSE);
    }
}

static void
dk_export_dialog_dispose (GObject *object)
{
  DkExportDialog *self = DK_EXPORT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_object (&self->session);
  g_clear_object (&self->toasts);
  G_OBJECT_CLASS (dk_export_dialog_parent_class)->dispose (object);
}

static void
dk_export_dialog_finalize (GObject *object)
{
  DkExportDialog *self = DK_EXPORT_DIALOG (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->folder);
  g_free (self->path);
  G_OBJECT_CLASS (dk_export_dialog_parent_class)->finalize (object);
}

/* The first time, what is being written is given up; the dialog stays for another try. */
static gboolean
dk_export_dialog_close_request (GtkWindow *window)
{
  DkExportDialog *self = DK_EXPORT_DIALOG (window);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (dk_export_dialog_parent_class)->close_request (window);
}

static void
dk_export_dialog_class_init (DkExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dk_export_dialog_dispose;
  object_class->finalize = dk_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dk_export_dialog_close_request;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, workbook_button);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, file_button);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, programmes);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, options);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, formats);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, wan_row);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, wan_switch);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, workspace_check);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, json_check);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, gaps);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, gaps_label);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, failures_window);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, failures);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, on_format_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_export_cb);
}

static void
dk_export_dialog_init (DkExportDialog *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  self->checks = g_ptr_array_new ();
  self->folder = g_strdup (documents != NULL && g_file_test (documents, G_FILE_TEST_IS_DIR) ? documents : g_get_home_dir ());
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
new_dialog (DkWorkspace     *workspace,
            DkSession       *session,
            const GArray    *ids,
            AdwToastOverlay *toasts)
{
  DkExportDialog *self = g_object_new (DK_TYPE_EXPORT_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->session = session != NULL ? g_object_ref (session) : NULL;
  self->ids = g_array_copy ((GArray *) ids);
  self->toasts = g_object_ref (toasts);
  build (self);
  fill_name (self);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->export_button);
  return GTK_WIDGET (self);
}

GtkWidget *
dk_export_dialog_new (DkSession       *session,
                      AdwToastOverlay *toasts)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = dk_session_get_id (session);

  g_array_append_val (ids, id);
  return new_dialog (dk_session_get_workspace (session), session, ids, toasts);
}

GtkWidget *
dk_export_dialog_new_many (DkWorkspace     *workspace,
                           const GArray    *ids,
                           AdwToastOverlay *toasts)
{
  g_return_val_if_fail (ids->len > 0, NULL);

  return new_dialog (workspace, NULL, ids, toasts);
}
