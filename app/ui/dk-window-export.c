/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window does to write enterprises out. */
#define G_LOG_DOMAIN "dk-window"

#include "dk-window-private.h"

#include "dk-export-dialog.h"
#include "dk-portfolio-page.h"

static void
show_dialog (DkWindow  *self,
             GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dk_window_on_export_cb (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       data)
{
  DkWindow *self = data;

  if (self->session != NULL)
    show_dialog (self, dk_export_dialog_new (self->session, self->toasts));
  else if (self->page != NULL && DK_IS_PORTFOLIO_PAGE (self->page))
    gtk_widget_activate_action (self->page, "portfolio.export", NULL);
}

void
dk_window_on_export_enterprises_cb (GSimpleAction *action,
                                    GVariant      *parameter,
                                    gpointer       data)
{
  DkWindow *self = data;
  g_autoptr(GArray) known = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n = 0;
  const gint64 *ids = g_variant_get_fixed_array (parameter, &n, sizeof (gint64));

  for (gsize i = 0; i < n; i++)
    if (self->workspace != NULL && dk_workspace_find_client (self->workspace, ids[i]) != NULL)
      g_array_append_val (known, ids[i]);
  if (known->len > 0)
    show_dialog (self, dk_export_dialog_new_many (self->workspace, known, self->toasts));
}
