/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-note-dialog"

#include "dk-note-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#define WIDTH 360

typedef struct
{
  GtkWidget      *finding, *evidence; /* borrowed: the dialog owns them */
  DkNoteFunc      given;
  gpointer        data;
  GDestroyNotify  destroy;
} Asked;

static void
free_asked (gpointer  data,
            GClosure *closure)
{
  Asked *asked = data;

  if (asked->destroy != NULL)
    asked->destroy (asked->data);
  g_free (asked);
}

static void
on_response_cb (GtkWidget  *dialog,
                const char *response,
                gpointer    data)
{
  Asked *asked = data;

  if (strcmp (response, "accept") == 0)
    asked->given (gtk_editable_get_text (GTK_EDITABLE (asked->finding)), gtk_editable_get_text (GTK_EDITABLE (asked->evidence)), asked->data);
}

static GtkWidget *
add_row (GtkWidget  *group,
         const char *title,
         const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

void
dk_note_dialog_ask (GtkWindow      *parent,
                    const char     *heading,
                    const char     *body,
                    const char     *label,
                    const char     *finding,
                    const char     *evidence,
                    DkNoteFunc      given,
                    gpointer        data,
                    GDestroyNotify  destroy)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  GtkWidget *group = adw_preferences_group_new ();
  Asked *asked = g_new0 (Asked, 1);

  *asked = (Asked) { add_row (group, label, finding), add_row (group, _("Evidence (file, page)"), evidence), given, data, destroy };
  gtk_widget_set_size_request (group, WIDTH, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "accept", _("_Keep"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), asked, free_asked, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (asked->finding);
}
