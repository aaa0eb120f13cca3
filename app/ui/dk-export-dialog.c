/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-export-dialog"

#include "dk-export-dialog.h"

#include "dk-dossier.h"
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
  GtkWidget       *spinner;
  GtkWidget       *cancel_button;
  GtkWidget       *export_button;
  DkSession       *session;
  AdwToastOverlay *toasts;
  GPtrArray       *checks;  /* GtkCheckButton *, borrowed: one a pack of the rulebook */
  char            *folder;
  DkExportFormat   format;
  gboolean         is_at_work;
};

G_DEFINE_FINAL_TYPE (DkExportDialog, dk_export_dialog, ADW_TYPE_WINDOW)

static const char *const suffixes[] = { ".xlsx", ".dengke", ".json" };

/* --- What is chosen --- */

static char **
dup_packs (DkExportDialog *self)
{
  GPtrArray *packs = dk_rulebook_get_packs (dk_session_get_library (self->session)->book);
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

  return *name != '\0' && *name != '.' && strchr (name, '/') == NULL;
}

char *
dk_export_dialog_dup_path (DkExportDialog *self)
{
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  g_return_val_if_fail (DK_IS_EXPORT_DIALOG (self), NULL);

  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  file = g_str_has_suffix (name, suffixes[self->format]) ? g_strdup (name) : g_strconcat (name, suffixes[self->format], NULL);
  return g_build_filename (self->folder, file, NULL);
}

static void
update (DkExportDialog *self)
{
  gboolean is_workbook = self->format == DK_EXPORT_WORKBOOK;
  gboolean is_ready = !self->is_at_work && is_name_good (self) && (!is_workbook || has_packs (self));
  g_autofree char *folder = g_filename_display_name (self->folder);

  gtk_widget_set_visible (self->programmes, is_workbook);
  gtk_widget_set_visible (self->options, is_workbook && g_strcmp0 (dk_settings_get_language (), "zh") == 0);
  gtk_widget_set_visible (self->formats, !is_workbook);
  gtk_widget_set_visible (self->gaps, is_workbook && *gtk_label_get_text (self->gaps_label) != '\0');
  gtk_widget_set_sensitive (self->export_button, is_ready);
  gtk_widget_set_sensitive (self->cancel_button, !self->is_at_work);
  gtk_widget_set_visible (self->spinner, self->is_at_work);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->is_at_work);
  adw_action_row_set_subtitle (self->folder_row, folder);
}

/* 名称-20261122.xlsx: the day whose law counts is in the name. */
static void
propose_name (DkExportDialog *self)
{
  g_autofree char *day = dk_date_to_string (dk_session_get_as_of (self->session));
  g_autofree char *name = NULL;

  name = self->format == DK_EXPORT_WORKBOOK ? g_strdup_printf ("%s-%s%s", dk_session_get_name (self->session), day, suffixes[self->format])
                                            : g_strconcat (dk_session_get_name (self->session), suffixes[self->format], NULL);
  g_strdelimit (name, "/\\", '-');
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
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
  gtk_widget_set_visible (self->error_label, FALSE);
  propose_name (self);
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
  if (self->session == NULL)
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
  if (self->session != NULL)
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

/* All that the thread needs, as it was when it began: the session goes on meanwhile. */
typedef struct
{
  DkLibrary    *library;
  DkEnterprise *enterprise;
  char        **packs;
  char         *language;
  char         *path;
  gint64        as_of;
  int           last_year;
  gboolean      in_wan;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  dk_enterprise_free (job->enterprise);
  g_strfreev (job->packs);
  g_free (job->language);
  g_free (job->path);
  g_free (job);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr(DkAssessment) assessment = NULL;
  GError *error = NULL;
  DkDossierOptions options = {
    .language = job->language,
    .packs = (const char *const *) job->packs,
    .in_wan = job->in_wan,
    .created = g_get_real_time () / G_USEC_PER_SEC,
  };

  assessment = dk_assessment_new (job->library->book, job->enterprise, job->as_of, job->last_year, (const char *const *) job->packs);
  if (dk_dossier_write (job->library, job->enterprise, assessment, &options, job->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

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
finish (DkExportDialog *self,
        const char     *path,
        const GError   *error)
{
  AdwToast *toast;

  self->is_at_work = FALSE;
  if (error != NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->error_label), error->message);
      gtk_widget_set_visible (self->error_label, TRUE);
      update (self);
      return;
    }
  toast = adw_toast_new (_("Exported"));
  adw_toast_set_button_label (toast, _("Open folder"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_open_folder_cb), g_strdup (path), free_path, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  DkExportDialog *self = DK_EXPORT_DIALOG (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  finish (self, job->path, error);
}

static void
write_workbook (DkExportDialog *self,
                const char     *path)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr(GTask) task = g_task_new (self, NULL, on_written_cb, NULL);

  job->library = dk_session_get_library (self->session);
  job->enterprise = dk_enterprise_dup (dk_session_get_enterprise (self->session));
  job->packs = dup_packs (self);
  job->language = g_strdup (dk_settings_get_language ());
  job->path = g_strdup (path);
  job->as_of = dk_session_get_as_of (self->session);
  job->last_year = dk_session_get_last_year (self->session);
  job->in_wan = gtk_switch_get_active (GTK_SWITCH (self->wan_switch)) && g_strcmp0 (job->language, "zh") == 0;
  self->is_at_work = TRUE;
  update (self);
  g_task_set_source_tag (task, write_workbook);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, write_in_thread);
}

static void
write_file (DkExportDialog *self,
            const char     *path)
{
  g_autoptr(GError) error = NULL;

  if (self->format == DK_EXPORT_WORKSPACE)
    dk_store_extract (dk_workspace_get_store (dk_session_get_workspace (self->session)), dk_session_get_id (self->session), path, &error);
  else
    {
      g_autofree char *json = dk_enterprise_to_json (dk_session_get_enterprise (self->session));

      g_file_set_contents (path, json, -1, &error);
    }
  finish (self, path, error);
}

static void
start (DkExportDialog *self)
{
  g_autofree char *path = dk_export_dialog_dup_path (self);

  gtk_widget_set_visible (self->error_label, FALSE);
  if (self->format == DK_EXPORT_WORKBOOK)
    write_workbook (self, path);
  else
    write_file (self, path);
}

static void
on_overwrite_cb (DkExportDialog *self,
                 const char     *response)
{
  if (strcmp (response, "replace") == 0)
    start (self);
}

static void
on_export_cb (DkExportDialog *self)
{
  g_autofree char *path = dk_export_dialog_dup_path (self);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  if (self->is_at_work)
    return;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      start (self);
      return;
    }
  heading = g_strdup_printf (_("Replace “%s”?"), name);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, _("A file of that name is there already. Its content will be lost."));
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
  if (standing != NULL && standing->sentence != NULL)
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
  DkLibrary *library = dk_session_get_library (self->session);
  DkAssessment *assessment = dk_session_get_assessment (self->session);
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
  gtk_label_set_text (self->gaps_label, n_missing > 0 ? _("What is not answered stays blank in the file, and is listed there.") : "");
  gtk_switch_set_active (GTK_SWITCH (self->wan_switch), g_settings_get_boolean (dk_settings_get (), DK_SETTING_IN_WAN));
}

static void
dk_export_dialog_dispose (GObject *object)
{
  DkExportDialog *self = DK_EXPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->toasts);
  G_OBJECT_CLASS (dk_export_dialog_parent_class)->dispose (object);
}

static void
dk_export_dialog_finalize (GObject *object)
{
  DkExportDialog *self = DK_EXPORT_DIALOG (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self->folder);
  G_OBJECT_CLASS (dk_export_dialog_parent_class)->finalize (object);
}

/* What is being written is finished first; its file would be left half otherwise. */
static gboolean
dk_export_dialog_close_request (GtkWindow *window)
{
  if (DK_EXPORT_DIALOG (window)->is_at_work)
    return TRUE;
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
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DkExportDialog, cancel_button);
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

GtkWidget *
dk_export_dialog_new (DkSession       *session,
                      AdwToastOverlay *toasts)
{
  DkExportDialog *self = g_object_new (DK_TYPE_EXPORT_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->toasts = g_object_ref (toasts);
  build (self);
  propose_name (self);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->export_button);
  return GTK_WIDGET (self);
}
