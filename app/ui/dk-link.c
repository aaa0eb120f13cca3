/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-link"

#include "dk-link.h"

#define ACTION_KEY "dk-link-action"
#define TARGET_KEY "dk-link-target"
#define MAX_WHOLE 18 /* characters of a figure that are kept on one line */

/* No actionable button: that would be insensitive wherever a page stands in a window without these actions. */
static void
on_clicked_cb (GtkWidget *link)
{
  gtk_widget_activate_action (link, dk_link_get_action (link), "s", dk_link_get_target (link));
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

GtkWidget *
dk_link_new (const char *text,
             const char *value,
             const char *action,
             const char *target,
             const char *name)
{
  GtkWidget *link = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = new_label (text);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (value != NULL)
    {
      GtkWidget *figure = new_label (value);

      gtk_label_set_wrap (GTK_LABEL (figure), g_utf8_strlen (value, -1) > MAX_WHOLE);
      gtk_label_set_xalign (GTK_LABEL (figure), 1);
      gtk_label_set_justify (GTK_LABEL (figure), GTK_JUSTIFY_RIGHT);
      gtk_widget_add_css_class (figure, "num");
      gtk_box_append (GTK_BOX (box), figure);
    }
  gtk_button_set_child (GTK_BUTTON (link), box);
  gtk_widget_add_css_class (link, "flat");
  gtk_widget_add_css_class (link, "dk-link");
  gtk_accessible_update_property (GTK_ACCESSIBLE (link), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (link), ACTION_KEY, g_strdup (action), g_free);
  g_object_set_data_full (G_OBJECT (link), TARGET_KEY, g_strdup (target), g_free);
  g_signal_connect (link, "clicked", G_CALLBACK (on_clicked_cb), NULL);
  return link;
}

const char *
dk_link_get_action (GtkWidget *link)
{
  return g_object_get_data (G_OBJECT (link), ACTION_KEY);
}

const char *
dk_link_get_target (GtkWidget *link)
{
  return g_object_get_data (G_OBJECT (link), TARGET_KEY);
}
