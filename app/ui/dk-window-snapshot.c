/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping the enterprise that is open as it is now. */
#define G_LOG_DOMAIN "dk-window"

#include "dk-window-private.h"

#include "dk-name-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* The enterprise about which was asked: another one may be open by the time of the answer. */
typedef struct
{
  DkWindow  *window;
  DkSession *session;
} Asked;

static void
free_asked (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->window);
  g_object_unref (asked->session);
  g_free (asked);
}

static void
on_named_cb (const char *name,
             gpointer    data)
{
  Asked *asked = data;
  g_autofree char *text = g_strdup_printf (_("Snapshot taken: %s"), name);
  g_autoptr(GError) error = NULL;

  if (dk_session_take_snapshot (asked->session, name, &error) == 0)
    dk_window_toast (asked->window, error->message);
  else if (asked->session == asked->window->session)
    dk_window_toast_with_button (asked->window, text, _("Show"), "win.show-snapshots::all");
  else
    dk_window_toast (asked->window, text);
}

static gboolean
has_name (GPtrArray  *snapshots,
          const char *name)
{
  for (guint i = 0; snapshots != NULL && i < snapshots->len; i++)
    if (strcmp (((const DkStoreSnapshot *) g_ptr_array_index (snapshots, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* The day, as people write it; with a number, if there is a snapshot of that name. */
static char *
propose_name (DkSession *session)
{
  g_autofree char *day = dk_day_to_prose (dk_session_get_as_of (session));
  g_autoptr(GPtrArray) snapshots = dk_session_list_snapshots (session, NULL);
  char *name = g_strdup (day);

  for (guint n = 2; has_name (snapshots, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%u)", day, n);
    }
  return name;
}

void
dk_window_on_snapshot_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       data)
{
  DkWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *name = NULL;
  Asked *asked;

  if (self->session == NULL || dk_session_is_read_only (self->session))
    return;
  /* Whatever is being typed belongs to it. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
  name = propose_name (self->session);
  asked = g_new0 (Asked, 1);
  *asked = (Asked) { g_object_ref (self), g_object_ref (self->session) };
  dk_name_dialog_ask (GTK_WINDOW (self), _("Take a snapshot"),
                      _("Every change is already saved. A snapshot keeps answers and lists as they are now, to compare with or to go back to."), name,
                      _("_Take"), on_named_cb, asked, free_asked);
}
