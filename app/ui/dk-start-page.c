/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-start-page"

#include "dk-start-page.h"

#include "dk-landscape.h"
#include "dk-recent-list.h"
#include "dk-settings.h"

/* Its doors are actions of the application; the page knows nothing itself. */
struct _DkStartPage
{
  GtkWidget  parent_instance;
  GtkWidget *content;
  GtkWidget *doors;
  GtkWidget *new_door;
};

G_DEFINE_FINAL_TYPE (DkStartPage, dk_start_page, GTK_TYPE_WIDGET)

static gboolean
dk_start_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DK_START_PAGE (widget)->new_door);
}

static void
dk_start_page_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object)); /* the template's own */
  gtk_widget_dispose_template (GTK_WIDGET (object), DK_TYPE_START_PAGE);
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (dk_start_page_parent_class)->dispose (object);
}

static void
dk_start_page_class_init (DkStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_start_page_dispose;
  widget_class->grab_focus = dk_start_page_grab_focus;
  g_type_ensure (DK_TYPE_LANDSCAPE);
  g_type_ensure (DK_TYPE_RECENT_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DkStartPage, content);
  gtk_widget_class_bind_template_child (widget_class, DkStartPage, doors);
  gtk_widget_class_bind_template_child (widget_class, DkStartPage, new_door);
}

static void
dk_start_page_init (DkStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The buttons take the focus, not the cells around them. */
  for (GtkWidget *child = gtk_widget_get_first_child (self->doors); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
}

GtkWidget *
dk_start_page_new (void)
{
  return g_object_new (DK_TYPE_START_PAGE, NULL);
}
