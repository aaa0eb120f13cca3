/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with an enterprise of the list. */
#define G_LOG_DOMAIN "dk-portfolio-page"

#include "dk-portfolio-page-private.h"

#include "dk-name-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

DkClient *
dk_portfolio_page_get_selected (DkPortfolioPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
toast (DkPortfolioPage *self,
       const char      *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

/* An enterprise about which something was asked: the page and the list may have changed by the time of the answer. */
typedef struct
{
  DkPortfolioPage *page;
  gint64           id;
} Asked;

static Asked *
new_asked (DkPortfolioPage *self,
           DkClient        *client)
{
  Asked *asked = g_new0 (Asked, 1);

  *asked = (Asked) { g_object_ref (self), dk_client_get_id (client) };
  return asked;
}

static void
free_asked (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->page);
  g_free (asked);
}

static void
free_asked_closure (gpointer  data,
                    GClosure *closure)
{
  free_asked (data);
}

static void
on_renamed_cb (const char *name,
               gpointer    data)
{
  Asked *asked = data;
  g_autoptr(GError) error = NULL;

  if (!dk_workspace_rename (asked->page->workspace, asked->id, name, &error))
    toast (asked->page, error->message);
  else
    dk_portfolio_page_queue_update (asked->page);
}

void
dk_portfolio_page_on_rename_cb (GtkWidget  *widget,
                                const char *action,
                                GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);
  DkClient *client = dk_portfolio_page_get_selected (self);

  if (client != NULL)
    dk_name_dialog_ask (GTK_WINDOW (gtk_widget_get_root (widget)), _("Rename the enterprise"), "", dk_client_get_name (client), _("_Rename"),
                        on_renamed_cb, new_asked (self, client), free_asked);
}

static void
on_delete_response_cb (AdwMessageDialog *dialog,
                       const char       *response,
                       gpointer          data)
{
  Asked *asked = data;
  g_autoptr(GError) error = NULL;

  if (strcmp (response, "delete") == 0 && !dk_workspace_remove (asked->page->workspace, asked->id, &error))
    toast (asked->page, error->message);
}

void
dk_portfolio_page_on_delete_cb (GtkWidget  *widget,
                                const char *action,
                                GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);
  DkClient *client = dk_portfolio_page_get_selected (self);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  if (client == NULL)
    return;
  heading = g_strdup_printf (_("Delete “%s”?"), dk_client_get_name (client));
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                                   _("Its answers, lists, history and snapshots are deleted with it. This cannot be undone."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_delete_response_cb), new_asked (self, client), free_asked_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_extract_chosen_cb (GtkNativeDialog *dialog,
                      int              response,
                      gpointer         data)
{
  Asked *asked = data;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = g_file_get_path (file);
  if (path == NULL)
    toast (asked->page, _("The file is not on this computer."));
  else if (!dk_store_extract (dk_workspace_get_store (asked->page->workspace), asked->id, path, &error))
    toast (asked->page, error->message);
  else
    toast (asked->page, _("Saved as a file of its own"));
}

void
dk_portfolio_page_on_extract_cb (GtkWidget  *widget,
                                 const char *action,
                                 GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);
  DkClient *client = dk_portfolio_page_get_selected (self);
  GtkFileChooserNative *dialog;
  g_autofree char *name = NULL;

  if (client == NULL)
    return;
  name = g_strconcat (dk_client_get_name (client), ".dengke", NULL);
  g_strdelimit (name, "/\\", '-');
  dialog = gtk_file_chooser_native_new (_("Save the enterprise as a file"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_extract_chosen_cb), new_asked (self, client), free_asked_closure, 0);
  g_signal_connect_after (dialog, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
