/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-landscape"

#include "dk-landscape.h"

#include <adwaita.h>
#include <math.h>

/* The picture is painted once for a size and a theme, and kept. */
struct _DkLandscape
{
  GtkWidget      parent_instance;
  GskRenderNode *node;
  int            width, height;
  gboolean       is_dark;
};

G_DEFINE_FINAL_TYPE (DkLandscape, dk_landscape, GTK_TYPE_WIDGET)

/* A hill: where its top is and how wide it is in parts of the width, how high in parts of the height. */
typedef struct { double at, width, height; } Hill;

static const Hill far_hills[] = { { 0.80, 0.080, 0.56 }, { 0.98, 0.065, 0.50 }, { 0.41, 0.090, 0.34 }, { 0.60, 0.060, 0.46 }, { 0.14, 0.075, 0.24 } };
static const Hill middle_hills[] = { { 0.91, 0.055, 0.41 }, { 0.51, 0.075, 0.26 }, { 0.30, 0.055, 0.21 }, { 0.72, 0.060, 0.33 } };
static const Hill near_hills[] = { { 0.05, 0.055, 0.11 }, { 0.39, 0.075, 0.085 }, { 0.62, 0.050, 0.15 }, { 0.80, 0.045, 0.25 }, { 1.00, 0.060, 0.285 } };

static double
get_ridge (const Hill *hills,
           guint       n_hills,
           double      x)
{
  double ridge = 0;

  for (guint i = 0; i < n_hills; i++)
    ridge = MAX (ridge, hills[i].height * exp (-pow ((x - hills[i].at) / hills[i].width, 2) / 2));
  return ridge;
}

static void
paint_hills (cairo_t    *cr,
             const Hill *hills,
             guint       n_hills,
             int         width,
             int         height,
             gboolean    is_dark,
             double      alpha)
{
  static const double light[3][3] = { { 0x4f, 0x93, 0xc4 }, { 0x86, 0xc3, 0xad }, { 0xef, 0xe3, 0xc6 } };
  static const double dark[3][3] = { { 0x2b, 0x58, 0x76 }, { 0x2c, 0x5f, 0x5c }, { 0x2a, 0x3a, 0x3c } };
  const double (*colors)[3] = is_dark ? dark : light;

  for (guint i = 0; i < n_hills; i++)
    {
      double top = height * (1 - hills[i].height);
      cairo_pattern_t *paint = cairo_pattern_create_linear (0, top, 0, height);

      cairo_pattern_add_color_stop_rgba (paint, 0, colors[0][0] / 255, colors[0][1] / 255, colors[0][2] / 255, alpha);
      cairo_pattern_add_color_stop_rgba (paint, 0.4, colors[1][0] / 255, colors[1][1] / 255, colors[1][2] / 255, alpha * 0.7);
      cairo_pattern_add_color_stop_rgba (paint, 1, colors[2][0] / 255, colors[2][1] / 255, colors[2][2] / 255, alpha * 0.5);
      cairo_move_to (cr, 0, height);
      for (int x = 0; x <= width; x += 4)
        cairo_line_to (cr, x, height * (1 - get_ridge (&hills[i], 1, (double) x / width)));
      cairo_line_to (cr, width, height);
      cairo_close_path (cr);
      cairo_set_source (cr, paint);
      cairo_fill (cr);
      cairo_pattern_destroy (paint);
    }
}

static void
paint_sun (cairo_t  *cr,
           int       width,
           int       height,
           gboolean  is_dark)
{
  double x = width * 0.907;
  double y = height * 0.47;
  double radius = MIN (width, height) * 0.055;

  if (is_dark)
    cairo_set_source_rgba (cr, 0.85, 0.88, 0.92, 0.10);
  else
    cairo_set_source_rgba (cr, 0xf6 / 255.0, 0xb8 / 255.0, 0x8f / 255.0, 0.16);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
dk_landscape_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  DkLandscape *self = DK_LANDSCAPE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (width <= 0 || height <= 0)
    return;
  if (self->node == NULL || self->width != width || self->height != height || self->is_dark != is_dark)
    {
      cairo_t *cr;

      g_clear_pointer (&self->node, gsk_render_node_unref);
      self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, width, height));
      self->width = width;
      self->height = height;
      self->is_dark = is_dark;
      cr = gsk_cairo_node_get_draw_context (self->node);
      paint_sun (cr, width, height, is_dark);
      paint_hills (cr, far_hills, G_N_ELEMENTS (far_hills), width, height, is_dark, is_dark ? 0.16 : 0.09);
      paint_hills (cr, middle_hills, G_N_ELEMENTS (middle_hills), width, height, is_dark, is_dark ? 0.24 : 0.14);
      paint_hills (cr, near_hills, G_N_ELEMENTS (near_hills), width, height, is_dark, is_dark ? 0.34 : 0.20);
      cairo_destroy (cr);
    }
  gtk_snapshot_append_node (snapshot, self->node);
}

static void
dk_landscape_dispose (GObject *object)
{
  DkLandscape *self = DK_LANDSCAPE (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  G_OBJECT_CLASS (dk_landscape_parent_class)->dispose (object);
}

static void
dk_landscape_class_init (DkLandscapeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_landscape_dispose;
  widget_class->snapshot = dk_landscape_snapshot;
  gtk_widget_class_set_css_name (widget_class, "landscape");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dk_landscape_init (DkLandscape *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
dk_landscape_new (void)
{
  return g_object_new (DK_TYPE_LANDSCAPE, NULL);
}
