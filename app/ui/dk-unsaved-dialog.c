/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-unsaved-dialog"

#include "dk-unsaved-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  DkWorkspace    *workspace;
  void          (*go_on) (gpointer data);
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
  g_object_unref (asked->workspace);
  g_free (asked);
}

static void ask (GtkWindow *parent, Asked *asked);

static void
on_response_cb (GtkWidget  *dialog,
                const char *response,
                gpointer    data)
{
  Asked *asked = data;

  if (strcmp (response, "drop") == 0)
    dk_workspace_drop_unsaved (asked->workspace);
  else if (strcmp (response, "again") != 0)
    return;
  if (dk_workspace_save (asked->workspace))
    asked->go_on (asked->data);
  else
    {
      Asked *again = g_memdup2 (asked, sizeof *asked);

      /* The next dialog owns what this one did. */
      g_object_ref (again->workspace);
      asked->destroy = NULL;
      ask (gtk_window_get_transient_for (GTK_WINDOW (dialog)), again);
    }
}

static void
ask (GtkWindow *parent,
     Asked     *asked)
{
  g_autofree char *text = dk_workspace_dup_unsaved (asked->workspace);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Not everything is saved"), text);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _("_Stay here"), "drop", _("_Leave without saving"),
                                    "again", _("_Try again"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "drop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "again", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "again");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), asked, free_asked, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
dk_unsaved_dialog_check (GtkWindow       *parent,
                         DkWorkspace     *workspace,
                         void           (*go_on) (gpointer data),
                         gpointer         data,
                         GDestroyNotify   destroy)
{
  Asked *asked;

  if (workspace == NULL || dk_workspace_save (workspace))
    {
      if (destroy != NULL)
        destroy (data);
      return TRUE;
    }
  asked = g_new0 (Asked, 1);
  *asked = (Asked) { g_object_ref (workspace), go_on, data, destroy };
  ask (parent, asked);
  return FALSE;
}
