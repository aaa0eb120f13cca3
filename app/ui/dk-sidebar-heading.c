/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-sidebar-heading"

#include "dk-sidebar-heading.h"

#include <glib/gi18n.h>

struct _DkSidebarHeading
{
  GtkListBoxRow  parent_instance;
  DkSection      section;
  gboolean       is_folded;
  gboolean       is_current;
  char          *words;       /* what the figure means */
  GtkWidget     *label;
  GtkWidget     *figure;
  GtkWidget     *arrow;
};

G_DEFINE_FINAL_TYPE (DkSidebarHeading, dk_sidebar_heading, GTK_TYPE_LIST_BOX_ROW)

static const char *const titles[] = { NC_("sidebar", "Facts"), NC_("sidebar", "Lists"), NC_("sidebar", "Programmes"),
                                      NC_("sidebar", "Listing") };

static void
update (DkSidebarHeading *self)
{
  const char *title = g_dpgettext2 (NULL, "sidebar", titles[self->section]);
  g_autofree char *name = NULL;

  name = self->is_folded && *self->words != '\0' ? g_strdup_printf (_("%s: %s"), title, self->words) : g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, !self->is_folded, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->is_folded ? name : NULL);
  gtk_widget_set_visible (self->figure, self->is_folded && *gtk_label_get_text (GTK_LABEL (self->figure)) != '\0');
  if (self->is_folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");
  if (self->is_folded && self->is_current)
    gtk_widget_add_css_class (GTK_WIDGET (self), "current");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "current");
}

const char *
dk_section_get_id (DkSection section)
{
  static const char *const ids[] = { "facts", "lists", "programmes", "listing" };

  return ids[section];
}

DkSection
dk_sidebar_heading_get_section (DkSidebarHeading *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_HEADING (self), DK_SECTION_FACTS);

  return self->section;
}

gboolean
dk_sidebar_heading_get_folded (DkSidebarHeading *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_HEADING (self), FALSE);

  return self->is_folded;
}

void
dk_sidebar_heading_set_folded (DkSidebarHeading *self,
                               gboolean          is_folded)
{
  g_return_if_fail (DK_IS_SIDEBAR_HEADING (self));

  self->is_folded = is_folded;
  update (self);
}

void
dk_sidebar_heading_set_figure (DkSidebarHeading *self,
                               const char       *figure,
                               const char       *words,
                               const char       *style)
{
  g_return_if_fail (DK_IS_SIDEBAR_HEADING (self));

  gtk_label_set_text (GTK_LABEL (self->figure), figure);
  gtk_widget_set_css_classes (self->figure, (const char *[]) { "num", "dk-small", style, NULL });
  g_free (self->words);
  self->words = g_strdup (words);
  update (self);
}

const char *
dk_sidebar_heading_get_figure (DkSidebarHeading *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_HEADING (self), NULL);

  return self->is_folded ? gtk_label_get_text (GTK_LABEL (self->figure)) : "";
}

void
dk_sidebar_heading_set_current (DkSidebarHeading *self,
                                gboolean          is_current)
{
  g_return_if_fail (DK_IS_SIDEBAR_HEADING (self));

  self->is_current = is_current;
  update (self);
}

static void
dk_sidebar_heading_finalize (GObject *object)
{
  g_free (DK_SIDEBAR_HEADING (object)->words);
  G_OBJECT_CLASS (dk_sidebar_heading_parent_class)->finalize (object);
}

static void
dk_sidebar_heading_class_init (DkSidebarHeadingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_sidebar_heading_finalize;
}

static void
dk_sidebar_heading_init (DkSidebarHeading *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->words = g_strdup ("");
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, "css-classes",
                              (const char *[]) { "dk-small", NULL }, NULL);
  self->figure = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);
  self->arrow = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "pan-down-symbolic", "css-classes",
                              (const char *[]) { "dk-side-arrow", NULL }, NULL);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->figure);
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-side-heading");
}

GtkWidget *
dk_sidebar_heading_new (DkSection section)
{
  DkSidebarHeading *self = g_object_new (DK_TYPE_SIDEBAR_HEADING, NULL);

  self->section = section;
  gtk_label_set_text (GTK_LABEL (self->label), g_dpgettext2 (NULL, "sidebar", titles[section]));
  update (self);
  return GTK_WIDGET (self);
}
