/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-window"

#include "dk-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

void
dk_window_toast_with_button (DkWindow   *self,
                             const char *text,
                             const char *button,
                             const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_detailed_action_name (toast, action);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* What is being typed is taken back first, as in any entry: TRUE if there was such. */
static gboolean
undo_typing (DkWindow   *self,
             const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *before = NULL;

  if (!GTK_IS_TEXT (focus))
    return FALSE;
  before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  gtk_widget_activate_action (focus, action, NULL);
  return strcmp (before, gtk_editable_get_text (GTK_EDITABLE (focus))) != 0;
}

/* @format takes what was changed; @again: the button that makes the step the other way round. */
static void
go_back (DkWindow   *self,
         char     *(*step) (DkSession *session, GError **error),
         const char *format,
         const char *again,
         const char *action)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *what = step (self->session, &error);
  g_autoptr(GString) text = g_string_new (format);

  if (error != NULL)
    dk_window_toast (self, error->message);
  if (what == NULL)
    return;
  g_string_replace (text, "%s", what, 1);
  dk_window_toast_with_button (self, text->str, again, action);
}

void
dk_window_on_undo_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  DkWindow *self = data;

  if (self->session != NULL && !undo_typing (self, "text.undo"))
    go_back (self, dk_session_undo, _("Undone: %s"), _("Redo"), "win.redo");
}

void
dk_window_on_redo_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  DkWindow *self = data;

  if (self->session != NULL && !undo_typing (self, "text.redo"))
    go_back (self, dk_session_redo, _("Done again: %s"), _("Undo"), "win.undo");
}

void
dk_window_on_toast_undo_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       data)
{
  dk_window_toast_with_button (data, g_variant_get_string (parameter, NULL), _("Undo"), "win.undo");
}
