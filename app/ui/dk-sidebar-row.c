/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-sidebar-row"

#include "dk-sidebar-row.h"

#include "dk-pie.h"
#include "dk-style.h"

#include <glib/gi18n.h>

struct _DkSidebarRow
{
  GtkListBoxRow  parent_instance;
  DkPlaceKind    kind;
  char          *id;
  char          *title;
  gboolean       is_in_force;
  GtkWidget     *pie;
  GtkWidget     *sign;
  GtkWidget     *image;
  GtkWidget     *label;
  GtkWidget     *figure;
};

G_DEFINE_FINAL_TYPE (DkSidebarRow, dk_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_name (DkSidebarRow *self,
          const char   *state)
{
  g_autofree char *name = *state != '\0' ? g_strdup_printf (_("%s: %s"), self->title, state) : g_strdup (self->title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  dk_style_set_tooltip (GTK_WIDGET (self), name); /* the title may be shortened */
}

static void
set_figure (DkSidebarRow *self,
            const char   *text,
            const char   *style)
{
  gtk_label_set_text (GTK_LABEL (self->figure), text);
  gtk_widget_set_visible (self->figure, *text != '\0');
  gtk_widget_set_css_classes (self->figure, (const char *[]) { "num", "dk-small", style, NULL });
}

void
dk_sidebar_row_set_progress (DkSidebarRow *self,
                             guint         n_answered,
                             guint         n_asked)
{
  g_autofree char *percent = NULL;
  g_autofree char *state = NULL;
  gboolean is_done = n_answered >= n_asked;

  g_return_if_fail (DK_IS_SIDEBAR_ROW (self));

  dk_pie_set_fraction (DK_PIE (self->pie), n_asked == 0 ? 1 : (double) n_answered / n_asked);
  /* Rounded down: 100 % is said only when nothing is left. */
  percent = is_done ? g_strdup ("") : g_strdup_printf ("%u%%", n_answered * 100 / n_asked);
  set_figure (self, percent, "dk-dim");
  state = is_done ? g_strdup (_("all answered")) : g_strdup_printf (_("%u of %u answered"), n_answered, n_asked);
  set_name (self, state);
}

void
dk_sidebar_row_set_count (DkSidebarRow *self,
                          guint         n_rows,
                          int           is_complete)
{
  g_autofree char *count = NULL;
  g_autofree char *state = NULL;

  g_return_if_fail (DK_IS_SIDEBAR_ROW (self));

  if (n_rows > 0 || is_complete < 0)
    count = n_rows > 0 ? g_strdup_printf ("%u", n_rows) : g_strdup ("");
  else
    count = g_strdup (is_complete > 0 ? C_("answer", "None") : "");
  set_figure (self, count, "dk-dim");
  state = g_strdup_printf (ngettext ("%u entry", "%u entries", n_rows), n_rows);
  set_name (self, state);
}

void
dk_sidebar_row_set_contradictions (DkSidebarRow *self,
                                   guint         n)
{
  g_autofree char *count = n > 0 ? g_strdup_printf ("%u", n) : g_strdup ("");
  g_autofree char *state = n > 0 ? g_strdup_printf (ngettext ("%u contradiction", "%u contradictions", n), n) : g_strdup (_("no contradiction"));

  g_return_if_fail (DK_IS_SIDEBAR_ROW (self));

  set_figure (self, count, "dk-fail");
  set_name (self, state);
}

void
dk_sidebar_row_set_applicable (DkSidebarRow *self,
                               guint         n)
{
  g_autofree char *count = n > 0 ? g_strdup_printf ("%u", n) : g_strdup ("");
  g_autofree char *state = n > 0 ? g_strdup_printf (ngettext ("%u can be applied for now", "%u can be applied for now", n), n) : g_strdup ("");

  g_return_if_fail (DK_IS_SIDEBAR_ROW (self));

  set_figure (self, count, "dk-met");
  set_name (self, state);
}

void
dk_sidebar_row_set_standing (DkSidebarRow *self,
                             DkSign        sign,
                             const char   *figure)
{
  g_autofree char *state = NULL;
  const char *word = sign == DK_SIGN_NONE ? "" : dk_sign_get_name (sign);
  const char *style = sign == DK_SIGN_NONE ? "dk-plain" : dk_sign_get_class (sign);

  g_return_if_fail (DK_IS_SIDEBAR_ROW (self));

  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), sign);
  set_figure (self, figure, style != NULL ? style : "dk-dim");
  state = *word != '\0' && *figure != '\0' ? g_strdup_printf (_("%s, %s"), word, figure) : g_strdup (*word != '\0' ? word : figure);
  set_name (self, state);
}

DkPlaceKind
dk_sidebar_row_get_kind (DkSidebarRow *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_ROW (self), DK_PLACE_TOPIC);

  return self->kind;
}

const char *
dk_sidebar_row_get_id (DkSidebarRow *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_ROW (self), NULL);

  return self->id;
}

const char *
dk_sidebar_row_get_title (DkSidebarRow *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_ROW (self), NULL);

  return self->title;
}

const char *
dk_sidebar_row_get_figure (DkSidebarRow *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_ROW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->figure));
}

gboolean
dk_sidebar_row_get_in_force (DkSidebarRow *self)
{
  g_return_val_if_fail (DK_IS_SIDEBAR_ROW (self), FALSE);

  return self->is_in_force;
}

void
dk_sidebar_row_set_in_force (DkSidebarRow *self,
                             gboolean      is_in_force)
{
  g_return_if_fail (DK_IS_SIDEBAR_ROW (self));

  self->is_in_force = is_in_force;
}

static void
dk_sidebar_row_finalize (GObject *object)
{
  DkSidebarRow *self = DK_SIDEBAR_ROW (object);

  g_free (self->id);
  g_free (self->title);
  G_OBJECT_CLASS (dk_sidebar_row_parent_class)->finalize (object);
}

static void
dk_sidebar_row_class_init (DkSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_sidebar_row_finalize;
}

static void
dk_sidebar_row_init (DkSidebarRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->is_in_force = TRUE;
  self->pie = dk_pie_new ();
  self->sign = dk_sign_image_new (DK_SIGN_NONE, 14);
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "dk-table-symbolic", NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                              "max-width-chars", 10, NULL); /* it takes what there is, and asks for little */
  self->figure = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 3, "max-width-chars", 12, "xalign", 1.0, NULL);
  gtk_box_append (GTK_BOX (box), self->pie);
  gtk_box_append (GTK_BOX (box), self->sign);
  gtk_box_append (GTK_BOX (box), self->image);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->figure);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
dk_sidebar_row_new (DkPlaceKind  kind,
                    const char  *id,
                    const char  *title)
{
  static const char *const icons[] = {
    [DK_PLACE_REGISTER] = "dk-table-symbolic", [DK_PLACE_CHECKS] = "dk-checks-symbolic", [DK_PLACE_LADDER] = "dk-ladder-symbolic",
    [DK_PLACE_CALENDAR] = "x-office-calendar-symbolic", [DK_PLACE_LISTING] = "dk-listing-symbolic", [DK_PLACE_PLANS] = "dk-plans-symbolic",
    [DK_PLACE_BOARD] = NULL,
  };
  DkSidebarRow *self = g_object_new (DK_TYPE_SIDEBAR_ROW, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  gtk_widget_set_visible (self->pie, kind == DK_PLACE_TOPIC);
  gtk_widget_set_visible (self->sign, kind == DK_PLACE_PROGRAMME || kind == DK_PLACE_BOARD);
  gtk_widget_set_visible (self->image, icons[kind] != NULL);
  if (icons[kind] != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->image), icons[kind]);
  gtk_label_set_text (GTK_LABEL (self->label), title);
  set_name (self, "");
  return GTK_WIDGET (self);
}
