/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-code-popover"

#include "dk-code-popover.h"

#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DkCodePopover
{
  GtkPopover          parent_instance;
  GtkWidget          *search;
  GtkStack           *stack;
  GtkStringFilter    *filter;
  GtkSingleSelection *selection;
};

enum { PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkCodePopover, dk_code_popover, GTK_TYPE_POPOVER)

static void
pick (DkCodePopover *self,
      guint          position)
{
  g_autoptr(GtkStringObject) object = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autofree char *code = NULL;
  const char *text;

  if (object == NULL)
    return;
  text = gtk_string_object_get_string (object);
  code = g_strndup (text, strcspn (text, " "));
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, code);
}

static void
on_activate_cb (DkCodePopover *self,
                guint          position)
{
  pick (self, position);
}

static void
on_entry_activate_cb (DkCodePopover *self)
{
  pick (self, gtk_single_selection_get_selected (self->selection));
}

static void
on_search_changed_cb (DkCodePopover *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0 ? "list" : "empty");
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
dk_code_popover_show (GtkWidget *widget)
{
  DkCodePopover *self = DK_CODE_POPOVER (widget);

  GTK_WIDGET_CLASS (dk_code_popover_parent_class)->show (widget);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
}

static void
dk_code_popover_class_init (DkCodePopoverClass *klass)
{
  GTK_WIDGET_CLASS (klass)->show = dk_code_popover_show;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dk_code_popover_init (DkCodePopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *empty = gtk_label_new (_("No code or name contains this"));

  self->search = gtk_search_entry_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), 320, 300);
  gtk_widget_add_css_class (empty, "dk-dim");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_entry_activate_cb), self);
}

/**
 * dk_code_popover_new:
 * @codes: the table, which must outlive the popover
 * @title: what is looked for, for those who hear
 */
GtkWidget *
dk_code_popover_new (const DkCodes *codes,
                     const char    *title)
{
  DkCodePopover *self = g_object_new (DK_TYPE_CODE_POPOVER, NULL);
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view, *scrolled = gtk_scrolled_window_new ();
  const char *language = dk_settings_get_language ();

  for (guint i = 0; i < codes->codes->len; i++)
    {
      const char *label = i < codes->labels->len ? dk_text_get (g_ptr_array_index (codes->labels, i), language) : "";

      gtk_string_list_take (list, g_strdup_printf ("%s %s", (const char *) g_ptr_array_index (codes->codes, i), label));
    }
  self->filter = gtk_string_filter_new (gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_string_filter_set_match_mode (self->filter, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (list), GTK_FILTER (self->filter))));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (on_activate_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_set_visible_child_name (self->stack, "list");
  return GTK_WIDGET (self);
}
