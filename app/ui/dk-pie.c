/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-pie"

#include "dk-pie.h"

#include "dk-sign.h"

#include <math.h>

struct _DkPie
{
  GtkWidget parent_instance;
  double    fraction;
};

G_DEFINE_FINAL_TYPE (DkPie, dk_pie, GTK_TYPE_WIDGET)

enum { SIZE = 14 };

static void
dk_pie_measure (GtkWidget      *widget,
                GtkOrientation  orientation,
                int             for_size,
                int            *minimum,
                int            *natural,
                int            *minimum_baseline,
                int            *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
dk_pie_snapshot (GtkWidget   *widget,
                 GtkSnapshot *snapshot)
{
  DkPie *self = DK_PIE (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  GdkRGBA color = { 0.5, 0.5, 0.5, 1 };
  cairo_t *cr;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - SIZE) / 2, (height - SIZE) / 2));
  if (self->fraction >= 1)
    {
      dk_sign_snapshot (DK_SIGN_MET, widget, snapshot, SIZE);
      gtk_snapshot_restore (snapshot);
      return;
    }
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "dk_open_fill", &color);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, SIZE, SIZE));
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1.5);
  cairo_arc (cr, SIZE / 2.0, SIZE / 2.0, SIZE / 2.0 - 1.25, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (self->fraction > 0)
    {
      cairo_move_to (cr, SIZE / 2.0, SIZE / 2.0);
      cairo_arc (cr, SIZE / 2.0, SIZE / 2.0, SIZE / 2.0 - 3.25, -G_PI / 2, -G_PI / 2 + 2 * G_PI * self->fraction);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
  gtk_snapshot_restore (snapshot);
}

static void
dk_pie_class_init (DkPieClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = dk_pie_measure;
  widget_class->snapshot = dk_pie_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pie");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dk_pie_init (DkPie *self)
{
}

GtkWidget *
dk_pie_new (void)
{
  return g_object_new (DK_TYPE_PIE, NULL);
}

void
dk_pie_set_fraction (DkPie  *self,
                     double  fraction)
{
  g_return_if_fail (DK_IS_PIE (self));

  fraction = CLAMP (fraction, 0, 1);
  if (fabs (self->fraction - fraction) < 1e-9)
    return;
  self->fraction = fraction;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
dk_pie_get_fraction (DkPie *self)
{
  g_return_val_if_fail (DK_IS_PIE (self), 0);

  return self->fraction;
}
