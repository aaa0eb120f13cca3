/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-name-dialog"

#include "dk-name-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkWidget      *dialog; /* borrowed: it owns this */
  GtkWidget      *entry;
  DkNameFunc      given;
  gpointer        data;
  GDestroyNotify  destroy;
} Asked;

static void
free_asked (gpointer data,
            GClosure *closure)
{
  Asked *asked = data;

  if (asked->destroy != NULL)
    asked->destroy (asked->data);
  g_free (asked);
}

static char *
dup_name (Asked *asked)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asked->entry))));
}

static void
on_changed_cb (GtkEditable *entry,
               gpointer     data)
{
  Asked *asked = data;
  g_autofree char *name = dup_name (asked);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (asked->dialog), "accept", *name != '\0');
}

static void
on_response_cb (GtkWidget  *dialog,
                const char *response,
                gpointer    data)
{
  Asked *asked = data;
  g_autofree char *name = dup_name (asked);

  if (strcmp (response, "accept") == 0 && *name != '\0')
    asked->given (name, asked->data);
}

void
dk_name_dialog_ask (GtkWindow      *parent,
                    const char     *heading,
                    const char     *body,
                    const char     *name,
                    const char     *accept,
                    DkNameFunc      given,
                    gpointer        data,
                    GDestroyNotify  destroy)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *entry = adw_entry_row_new ();
  Asked *asked = g_new0 (Asked, 1);

  *asked = (Asked) { dialog, entry, given, data, destroy };
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  gtk_widget_set_size_request (group, 300, -1);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed_cb), asked);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), asked, free_asked, 0);
  on_changed_cb (GTK_EDITABLE (entry), asked);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
