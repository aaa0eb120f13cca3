/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-tag"

#include "dk-tag.h"

/**
 * dk_tag_new:
 * @text: a word or two, translated
 * @kind: how it looks
 *
 * Returns: (transfer floating): a label
 */
GtkWidget *
dk_tag_new (const char *text,
            DkTagKind   kind)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dk-tag");
  if (kind == DK_TAG_DOUBT)
    gtk_widget_add_css_class (label, "unconfirmed");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (label, FALSE);
  return label;
}
