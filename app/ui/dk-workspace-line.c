/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-workspace-line"

#include "dk-workspace-line.h"

#include "dk-settings.h"

#include <glib/gi18n.h>

struct _DkWorkspaceLine
{
  GtkBox       parent_instance;
  GtkWidget   *icon;
  GtkWidget   *label;
  GtkWidget   *button;
  DkWorkspace *workspace;
  gboolean     is_waiting; /* edits waited when it was looked last */
};

G_DEFINE_FINAL_TYPE (DkWorkspaceLine, dk_workspace_line, GTK_TYPE_BOX)

static void
update (DkWorkspaceLine *self)
{
  g_autofree char *unsaved = self->workspace != NULL ? dk_workspace_dup_unsaved (self->workspace) : NULL;
  gboolean is_read_only = self->workspace != NULL && dk_workspace_is_read_only (self->workspace);
  gboolean was_waiting = self->is_waiting;

  self->is_waiting = unsaved != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), unsaved != NULL || is_read_only);
  gtk_widget_set_visible (self->button, unsaved != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), unsaved != NULL ? "dk-warning-symbolic" : "dk-lock-symbolic");
  gtk_label_set_text (GTK_LABEL (self->label), unsaved != NULL ? unsaved : _("This workspace can only be read: you can look but not edit."));
  if (was_waiting && unsaved == NULL && self->workspace != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Your changes are saved now."));
}

static void
on_lost_cb (DkWorkspaceLine *self,
            const char      *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
on_clicked_cb (DkWorkspaceLine *self)
{
  if (self->workspace != NULL)
    dk_workspace_save (self->workspace);
}

void
dk_workspace_line_set_workspace (DkWorkspaceLine *self,
                                 DkWorkspace     *workspace)
{
  g_return_if_fail (DK_IS_WORKSPACE_LINE (self));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  self->is_waiting = FALSE;
  if (workspace != NULL)
    {
      g_signal_connect_object (workspace, "notify::unsaved", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace, "lost", G_CALLBACK (on_lost_cb), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
dk_workspace_line_dispose (GObject *object)
{
  DkWorkspaceLine *self = DK_WORKSPACE_LINE (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_WORKSPACE_LINE);
  G_OBJECT_CLASS (dk_workspace_line_parent_class)->dispose (object);
}

static void
dk_workspace_line_class_init (DkWorkspaceLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_workspace_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-workspace-line.ui");
  gtk_widget_class_bind_template_child (widget_class, DkWorkspaceLine, icon);
  gtk_widget_class_bind_template_child (widget_class, DkWorkspaceLine, label);
  gtk_widget_class_bind_template_child (widget_class, DkWorkspaceLine, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
}

static void
dk_workspace_line_init (DkWorkspaceLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
