/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-recent-list"

#include "dk-recent-list.h"

#include "dk-recent.h"
#include "dk-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define PATH "dk-path"

struct _DkRecentList
{
  GtkBox        parent_instance;
  GtkListBox   *list;
  GCancellable *looking; /* which of them are still there */
};

G_DEFINE_FINAL_TYPE (DkRecentList, dk_recent_list, GTK_TYPE_BOX)

static const char *
get_path (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), PATH);
}

static void
on_row_activated_cb (DkRecentList  *self,
                     GtkListBoxRow *row)
{
  g_autofree char *uri = g_filename_to_uri (get_path (GTK_WIDGET (row)), NULL, NULL);

  if (uri != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-uri", "s", uri);
}

/* The folder, with the home folder as ~. */
static char *
dup_place (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (folder, home) && (folder[strlen (home)] == '\0' || folder[strlen (home)] == G_DIR_SEPARATOR))
    return g_strconcat ("~", folder + strlen (home), NULL);
  return g_steal_pointer (&folder);
}

/* A file that is gone is said to be, and can only be forgotten: opening its name would make a new one. */
static void
on_looked_cb (GObject      *file,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GtkWidget) row = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (file), result, &error);

  if (info != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_get_parent (row) == NULL)
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Not there any more"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "dk-gone");
}

/* The keyboard stays in the list while there is something in it. */
static void
forget (DkRecentList *self,
        GtkWidget    *row)
{
  g_autofree char *path = g_strdup (get_path (row));
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  GtkListBoxRow *next;

  dk_recent_forget (path);
  next = gtk_list_box_get_row_at_index (self->list, index);
  if (next == NULL)
    next = gtk_list_box_get_row_at_index (self->list, index - 1);
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

static void
on_forget_clicked_cb (DkRecentList *self,
                      GtkWidget    *button)
{
  forget (self, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));
}

static void
on_forget_all_cb (DkRecentList *self)
{
  dk_recent_forget (NULL);
}

static gboolean
on_key_pressed_cb (DkRecentList *self,
                   guint         key)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_ACTION_ROW) : NULL;

  if ((key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete) || row == NULL)
    return FALSE;
  forget (self, row);
  return TRUE;
}

static void
add_row (DkRecentList *self,
         const char   *path)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path), *place = dup_place (path);
  g_autofree char *open = g_strdup_printf (_("Open “%s”"), name), *forget_text = g_strdup_printf (_("Forget “%s”"), name);

  g_object_set_data_full (G_OBJECT (row), PATH, g_strdup (path), g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, open, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, place, -1);

  gtk_widget_set_css_classes (button, (const char *[]) { "flat", "circular", NULL });
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, forget_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, forget_text, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_forget_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->looking, on_looked_cb,
                           g_object_ref (row));
}

static void
stop_looking (DkRecentList *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
fill (DkRecentList *self)
{
  g_auto(GStrv) paths = dk_recent_list ();
  GtkListBoxRow *row;

  stop_looking (self);
  self->looking = g_cancellable_new ();
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; paths[i] != NULL && i < DK_RECENT_MAX; i++)
    add_row (self, paths[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), paths[0] != NULL);
}

static void
dk_recent_list_dispose (GObject *object)
{
  stop_looking (DK_RECENT_LIST (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), DK_TYPE_RECENT_LIST);
  G_OBJECT_CLASS (dk_recent_list_parent_class)->dispose (object);
}

static void
dk_recent_list_class_init (DkRecentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_recent_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-recent-list.ui");
  gtk_widget_class_bind_template_child (widget_class, DkRecentList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
}

static void
dk_recent_list_init (DkRecentList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (dk_settings_get (), "changed::" DK_SETTING_RECENT, G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}
