/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-verdict-bar"

#include "dk-verdict-bar.h"

#include <glib/gi18n.h>

struct _DkVerdictBar
{
  GtkBox          parent_instance;
  DkVerdictPanel *panel;
  GtkWidget      *button;
  GtkWidget      *image;
  GtkWidget      *title;
  GtkWidget      *subtitle;
  GtkWidget      *pill;
  GtkWidget      *arrow;
  GtkWidget      *revealer;
  guint           timer;
};

G_DEFINE_FINAL_TYPE (DkVerdictBar, dk_verdict_bar, GTK_TYPE_BOX)

static void
update_pill (DkVerdictBar *self)
{
  DkVerdictRow *row = dk_verdict_panel_get_latest (self->panel);
  const char *text = row != NULL ? dk_verdict_row_get_pill (row) : "";

  gtk_label_set_label (GTK_LABEL (self->pill), text);
  gtk_widget_set_visible (self->pill, *text != '\0');
  if (row != NULL && dk_verdict_row_is_better (row))
    gtk_widget_remove_css_class (self->pill, "fail");
  else
    gtk_widget_add_css_class (self->pill, "fail");
}

static gboolean
on_pill_timeout_cb (gpointer data)
{
  DkVerdictBar *self = data;

  self->timer = 0;
  update_pill (self);
  return G_SOURCE_REMOVE;
}

static void
on_updated_cb (DkVerdictBar *self)
{
  DkVerdictRow *row = dk_verdict_panel_get_latest (self->panel);
  g_autofree char *title = NULL, *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->button), row != NULL);
  if (row == NULL)
    return;
  title = g_strdup_printf ("%s  %s", dk_verdict_row_get_title (row), dk_verdict_row_get_figure (row));
  spoken = g_strdup_printf (_("Show all results. %s: %s, %s"), dk_verdict_row_get_title (row), dk_sign_get_name (dk_verdict_row_get_sign (row)),
                            dk_verdict_row_get_figure (row));
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->image), dk_verdict_row_get_sign (row));
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  update_pill (self);
  /* A moment after the row's own pill has gone. */
  g_clear_handle_id (&self->timer, g_source_remove);
  if (gtk_widget_get_visible (self->pill))
    self->timer = g_timeout_add (5200, on_pill_timeout_cb, self);
}

static void
on_clicked_cb (DkVerdictBar *self)
{
  dk_verdict_bar_set_expanded (self, !gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)));
}

static void
dk_verdict_bar_dispose (GObject *object)
{
  g_clear_handle_id (&DK_VERDICT_BAR (object)->timer, g_source_remove);
  G_OBJECT_CLASS (dk_verdict_bar_parent_class)->dispose (object);
}

static void
dk_verdict_bar_class_init (DkVerdictBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_verdict_bar_dispose;
}

static void
dk_verdict_bar_init (DkVerdictBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-verdict-bar");
  self->image = dk_sign_image_new (DK_SIGN_OPEN, 20);
  gtk_widget_set_valign (self->image, GTK_ALIGN_CENTER);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "dk-strong");
  gtk_widget_add_css_class (self->title, "num");
  self->subtitle = gtk_label_new (_("Open all results"));
  gtk_label_set_xalign (GTK_LABEL (self->subtitle), 0);
  gtk_widget_add_css_class (self->subtitle, "dk-small");
  gtk_widget_add_css_class (self->subtitle, "dk-dim");
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->subtitle);
  gtk_widget_set_hexpand (texts, TRUE);
  self->pill = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->pill, "dk-pill");
  gtk_widget_set_valign (self->pill, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->pill, FALSE);
  self->arrow = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "pan-up-symbolic", NULL);
  gtk_box_append (GTK_BOX (box), self->image);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), self->pill);
  gtk_box_append (GTK_BOX (box), self->arrow);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked_cb), self);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_box_append (GTK_BOX (self), self->button);
  gtk_box_append (GTK_BOX (self), self->revealer);
}

GtkWidget *
dk_verdict_bar_new (DkSession  *session,
                    const char *kind)
{
  DkVerdictBar *self = g_object_new (DK_TYPE_VERDICT_BAR, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->panel = DK_VERDICT_PANEL (dk_verdict_panel_new (session, kind));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->panel));
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), scrolled);
  g_signal_connect_object (self->panel, "updated", G_CALLBACK (on_updated_cb), self, G_CONNECT_SWAPPED);
  on_updated_cb (self);
  return GTK_WIDGET (self);
}

void
dk_verdict_bar_set_expanded (DkVerdictBar *self,
                             gboolean      is_expanded)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), is_expanded);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), is_expanded ? "pan-down-symbolic" : "pan-up-symbolic");
  gtk_label_set_label (GTK_LABEL (self->subtitle), is_expanded ? _("Close the results") : _("Open all results"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, is_expanded, -1);
}
