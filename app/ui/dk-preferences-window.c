/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-preferences-window"

#include "dk-preferences-window.h"

#include "dk-settings.h"

#include <glib/gi18n.h>

struct _DkPreferencesWindow
{
  AdwPreferencesWindow parent_instance;
  AdwComboRow         *language_row;
  GtkWidget           *wan_row;
  GtkSwitch           *wan_switch;
  AdwActionRow        *workspace_row;
  GtkWidget           *usual_button;
};

G_DEFINE_FINAL_TYPE (DkPreferencesWindow, dk_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the list in the template. */
static const char *const languages[] = { "system", "zh", "en" };

static gboolean
on_language_cb (gpointer data)
{
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, data);
  return G_SOURCE_REMOVE;
}

/* Not at once: another language makes another window, while the list of this one is still at work. */
static void
on_language_selected_cb (DkPreferencesWindow *self)
{
  g_autofree char *set = g_settings_get_string (dk_settings_get (), DK_SETTING_LANGUAGE);
  guint selected = adw_combo_row_get_selected (self->language_row);

  if (selected < G_N_ELEMENTS (languages) && g_strcmp0 (set, languages[selected]) != 0)
    g_idle_add (on_language_cb, (gpointer) languages[selected]);
}

static void
show_workspace (DkPreferencesWindow *self)
{
  g_autofree char *path = g_settings_get_string (dk_settings_get (), DK_SETTING_WORKSPACE);
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "dengke", "workspace.dengke", NULL);
  g_autofree char *name = g_filename_display_name (*path != '\0' ? path : usual);

  adw_action_row_set_subtitle (self->workspace_row, name);
  gtk_widget_set_visible (self->usual_button, *path != '\0');
}

static void
on_usual_cb (DkPreferencesWindow *self)
{
  g_settings_set_string (dk_settings_get (), DK_SETTING_WORKSPACE, "");
  show_workspace (self);
}

static void
on_workspace_chosen_cb (GtkNativeDialog     *dialog,
                        int                  response,
                        DkPreferencesWindow *self)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = g_file_get_path (file);
  if (path == NULL)
    {
      adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (_("The file is not on this computer.")));
      return;
    }
  g_settings_set_string (dk_settings_get (), DK_SETTING_WORKSPACE, path);
  show_workspace (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-home", NULL);
}

static void
on_choose_cb (DkPreferencesWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("The workspace that opens at start"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Choose"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "workspace.dengke");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_workspace_chosen_cb), self, 0);
  g_signal_connect_after (dialog, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
dk_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DK_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (dk_preferences_window_parent_class)->dispose (object);
}

static void
dk_preferences_window_class_init (DkPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DkPreferencesWindow, language_row);
  gtk_widget_class_bind_template_child (widget_class, DkPreferencesWindow, wan_row);
  gtk_widget_class_bind_template_child (widget_class, DkPreferencesWindow, wan_switch);
  gtk_widget_class_bind_template_child (widget_class, DkPreferencesWindow, workspace_row);
  gtk_widget_class_bind_template_child (widget_class, DkPreferencesWindow, usual_button);
  gtk_widget_class_bind_template_callback (widget_class, on_language_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_usual_cb);
}

static void
dk_preferences_window_init (DkPreferencesWindow *self)
{
  g_autofree char *set = g_settings_get_string (dk_settings_get (), DK_SETTING_LANGUAGE);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (set, languages[i]) == 0)
      adw_combo_row_set_selected (self->language_row, i);
  g_signal_connect_object (self->language_row, "notify::selected", G_CALLBACK (on_language_selected_cb), self, G_CONNECT_SWAPPED);
  g_settings_bind (dk_settings_get (), DK_SETTING_IN_WAN, self->wan_switch, "active", G_SETTINGS_BIND_DEFAULT);
  /* English has no such unit. */
  gtk_widget_set_visible (self->wan_row, g_strcmp0 (dk_settings_get_language (), "zh") == 0);
  show_workspace (self);
}

GtkWidget *
dk_preferences_window_new (void)
{
  return g_object_new (DK_TYPE_PREFERENCES_WINDOW, NULL);
}
