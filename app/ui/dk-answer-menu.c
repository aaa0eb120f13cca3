/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-answer-menu"

#include "dk-answer-menu.h"

struct _DkAnswerMenu
{
  GtkPopover  parent_instance;
  GtkWidget  *box;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkAnswerMenu, dk_answer_menu, GTK_TYPE_POPOVER)

static void
on_clicked_cb (GtkButton    *button,
               DkAnswerMenu *self)
{
  g_autofree char *key = g_strdup (g_object_get_data (G_OBJECT (button), "key"));
  g_autoptr(DkAnswerMenu) alive = g_object_ref (self);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (alive, signals[CHOSEN], 0, key);
}

static void
dk_answer_menu_class_init (DkAnswerMenuClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dk_answer_menu_init (DkAnswerMenu *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_popover_set_child (GTK_POPOVER (self), self->box);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-answer-menu");
}

GtkWidget *
dk_answer_menu_new (void)
{
  return g_object_new (DK_TYPE_ANSWER_MENU, NULL);
}

/**
 * dk_answer_menu_add:
 * @self: the menu
 * @key: what "chosen" tells
 * @title: the way to answer
 * @subtitle: (nullable): what it means
 */
void
dk_answer_menu_add (DkAnswerMenu *self,
                    const char   *key,
                    const char   *title,
                    const char   *subtitle)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  if (subtitle != NULL)
    {
      label = gtk_label_new (subtitle);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dk-small");
      gtk_widget_add_css_class (label, "dk-dim");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (key), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked_cb), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

void
dk_answer_menu_add_separator (DkAnswerMenu *self)
{
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
}
