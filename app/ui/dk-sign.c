/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-sign"

#include "dk-sign.h"

#include "dk-held.h"
#include "dk-style.h"

#include <glib/gi18n.h>
#include <math.h>

struct _DkSignImage
{
  GtkWidget parent_instance;
  DkSign    sign;
  int       pixel_size;
};

enum { PROP_0, PROP_SIGN, PROP_PIXEL_SIZE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkSignImage, dk_sign_image, GTK_TYPE_WIDGET)

DkSign
dk_sign_of_result (const DkAssessment *assessment,
                   const DkResult     *result)
{
  gboolean is_complete;

  switch (result->verdict)
    {
    case DK_VERDICT_PASS:
      is_complete = dk_assessment_count_unanswered (assessment, result) == 0;
      return is_complete ? DK_SIGN_MET : DK_SIGN_CERTAINLY_MET;
    case DK_VERDICT_FAIL:
      is_complete = dk_assessment_count_unanswered (assessment, result) == 0;
      return is_complete ? DK_SIGN_NOT_MET : DK_SIGN_CERTAINLY_NOT_MET;
    case DK_VERDICT_OPEN:
      return DK_SIGN_OPEN;
    case DK_VERDICT_NA:
      return DK_SIGN_NA;
    case DK_VERDICT_NONE:
    default:
      return DK_SIGN_NONE;
    }
}

DkSign
dk_sign_of_programme (const DkAssessment *assessment,
                      const DkResult     *result)
{
  return dk_assessment_get_held (assessment, result->item->pack) == DK_HELD_YES ? DK_SIGN_HELD : dk_sign_of_result (assessment, result);
}

const char *
dk_sign_get_name (DkSign sign)
{
  static const char *const names[] = {
    "", N_("Met"), N_("Not met"), N_("Open"), N_("Certainly met"), N_("Certainly not met"), N_("Held"), N_("To be confirmed"),
    N_("Not applicable"),
  };

  return *names[sign] != '\0' ? _(names[sign]) : "";
}

const char *
dk_sign_get_class (DkSign sign)
{
  static const char *const classes[] = {
    "dk-plain", "dk-met", "dk-fail", "dk-open", "dk-met", "dk-fail", "dk-held", "dk-warn", "dk-dim",
  };

  return classes[sign];
}

/* What a drawing needs. All coordinates are on a grid of 20 × 20. */
typedef struct
{
  cairo_t *cr;
  GdkRGBA  fill;
  GdkRGBA  glyph;
} Pen;

static void
set_source (cairo_t       *cr,
            const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
}

static void
add_square (cairo_t *cr,
            double   inset,
            double   radius)
{
  double low = inset + radius, high = 20 - inset - radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, high, low, radius, -G_PI_2, 0);
  cairo_arc (cr, high, high, radius, 0, G_PI_2);
  cairo_arc (cr, low, high, radius, G_PI_2, G_PI);
  cairo_arc (cr, low, low, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_tick (const Pen *pen,
           double     scale)
{
  set_source (pen->cr, &pen->glyph);
  cairo_move_to (pen->cr, 10 - 4.2 * scale, 10 + .3 * scale);
  cairo_line_to (pen->cr, 10 - 1.2 * scale, 10 + 3.2 * scale);
  cairo_line_to (pen->cr, 10 + 4.4 * scale, 10 - 3. * scale);
  cairo_set_line_width (pen->cr, 2.2 * scale);
  cairo_stroke (pen->cr);
}

static void
draw_cross (const Pen *pen,
            double     scale)
{
  double arm = 3.4 * scale;

  set_source (pen->cr, &pen->glyph);
  cairo_move_to (pen->cr, 10 - arm, 10 - arm);
  cairo_line_to (pen->cr, 10 + arm, 10 + arm);
  cairo_move_to (pen->cr, 10 + arm, 10 - arm);
  cairo_line_to (pen->cr, 10 - arm, 10 + arm);
  cairo_set_line_width (pen->cr, 2.3 * scale);
  cairo_stroke (pen->cr);
}

static void
draw_circle (const Pen *pen,
             gboolean   is_ringed)
{
  set_source (pen->cr, &pen->fill);
  if (is_ringed)
    {
      cairo_arc (pen->cr, 10, 10, 8.9, 0, 2 * G_PI);
      cairo_set_line_width (pen->cr, 1.5);
      cairo_stroke (pen->cr);
    }
  cairo_arc (pen->cr, 10, 10, is_ringed ? 6.4 : 9, 0, 2 * G_PI);
  cairo_fill (pen->cr);
  draw_tick (pen, is_ringed ? .78 : 1);
}

static void
draw_square (const Pen *pen,
             gboolean   is_framed)
{
  set_source (pen->cr, &pen->fill);
  if (is_framed)
    {
      add_square (pen->cr, 1.2, 4);
      cairo_set_line_width (pen->cr, 1.5);
      cairo_stroke (pen->cr);
    }
  add_square (pen->cr, is_framed ? 4 : 1.6, is_framed ? 1.8 : 3.6);
  cairo_fill (pen->cr);
  draw_cross (pen, is_framed ? .74 : 1);
}

static void
draw_ring (const Pen *pen,
           double     size)
{
  double dash = 2 * G_PI * 8.4 / 12;

  set_source (pen->cr, &pen->fill);
  cairo_set_line_cap (pen->cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (pen->cr, (double[]) { dash * .6, dash * .4 }, 2, 0);
  cairo_arc (pen->cr, 10, 10, 8.4, 0, 2 * G_PI);
  cairo_set_line_width (pen->cr, 1.9);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
  for (int i = -1; size >= 18 && i <= 1; i++)
    {
      cairo_arc (pen->cr, 10 + i * 3.6, 10, 1.15, 0, 2 * G_PI);
      cairo_fill (pen->cr);
    }
}

static void
draw_seal (const Pen *pen)
{
  cairo_t *cr = pen->cr;

  set_source (cr, &pen->fill);
  for (int i = 0; i < 20; i++)
    {
      double radius = i % 2 == 0 ? 9.6 : 7.9, angle = i * G_PI / 10 - G_PI_2;

      cairo_line_to (cr, 10 + radius * cos (angle), 10 + radius * sin (angle));
    }
  cairo_close_path (cr);
  cairo_fill (cr);
  set_source (cr, &pen->glyph);
  for (int i = 0; i < 10; i++)
    {
      double radius = i % 2 == 0 ? 4.8 : 2.1, angle = i * G_PI / 5 - G_PI_2;

      cairo_line_to (cr, 10 + radius * cos (angle), 10 + radius * sin (angle));
    }
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_diamond (const Pen *pen)
{
  cairo_t *cr = pen->cr;

  set_source (cr, &pen->fill);
  cairo_move_to (cr, 10, 1.4);
  cairo_line_to (cr, 18.6, 10);
  cairo_line_to (cr, 10, 18.6);
  cairo_line_to (cr, 1.4, 10);
  cairo_close_path (cr);
  cairo_set_line_width (cr, 1.8);
  cairo_stroke (cr);
  cairo_move_to (cr, 10, 6);
  cairo_line_to (cr, 10, 11);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_arc (cr, 10, 13.8, 1.2, 0, 2 * G_PI);
  cairo_fill (cr);
}

void
dk_sign_snapshot (DkSign       sign,
                  GtkWidget   *widget,
                  GtkSnapshot *snapshot,
                  double       size)
{
  static const char *const fills[] = {
    NULL, "dk_met_fill", "dk_fail_fill", "dk_open_fill", "dk_met_fill", "dk_fail_fill", "dk_held_fill", "dk_warn_fill", "dk_open_fill",
  };
  Pen pen;

  if (sign == DK_SIGN_NONE || size <= 0)
    return;
  pen.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) size, (float) size));
  cairo_scale (pen.cr, size / 20, size / 20);
  cairo_set_line_cap (pen.cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (pen.cr, CAIRO_LINE_JOIN_ROUND);
  dk_style_get_color (widget, fills[sign], &pen.fill);
  dk_style_get_color (widget, "dk_glyph", &pen.glyph);
  switch (sign)
    {
    case DK_SIGN_MET:
    case DK_SIGN_CERTAINLY_MET:
      draw_circle (&pen, sign == DK_SIGN_CERTAINLY_MET);
      break;
    case DK_SIGN_NOT_MET:
    case DK_SIGN_CERTAINLY_NOT_MET:
      draw_square (&pen, sign == DK_SIGN_CERTAINLY_NOT_MET);
      break;
    case DK_SIGN_OPEN:
      draw_ring (&pen, size);
      break;
    case DK_SIGN_HELD:
      draw_seal (&pen);
      break;
    case DK_SIGN_UNCONFIRMED:
      draw_diamond (&pen);
      break;
    case DK_SIGN_NA:
    case DK_SIGN_NONE:
    default:
      set_source (pen.cr, &pen.fill);
      cairo_move_to (pen.cr, 6, 10);
      cairo_line_to (pen.cr, 14, 10);
      cairo_set_line_width (pen.cr, 2.2);
      cairo_stroke (pen.cr);
    }
  cairo_destroy (pen.cr);
}

static void
dk_sign_image_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  DkSignImage *self = DK_SIGN_IMAGE (widget);
  int x = (gtk_widget_get_width (widget) - self->pixel_size) / 2, y = (gtk_widget_get_height (widget) - self->pixel_size) / 2;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  dk_sign_snapshot (self->sign, widget, snapshot, self->pixel_size);
  gtk_snapshot_restore (snapshot);
}

static void
dk_sign_image_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = DK_SIGN_IMAGE (widget)->pixel_size;
}

static void
dk_sign_image_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DkSignImage *self = DK_SIGN_IMAGE (object);

  switch (id)
    {
    case PROP_SIGN:
      g_value_set_int (value, (int) self->sign);
      break;
    case PROP_PIXEL_SIZE:
      g_value_set_int (value, self->pixel_size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_sign_image_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DkSignImage *self = DK_SIGN_IMAGE (object);

  switch (id)
    {
    case PROP_SIGN:
      dk_sign_image_set_sign (self, (DkSign) g_value_get_int (value));
      break;
    case PROP_PIXEL_SIZE:
      self->pixel_size = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_sign_image_class_init (DkSignImageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dk_sign_image_get_property;
  object_class->set_property = dk_sign_image_set_property;
  widget_class->snapshot = dk_sign_image_snapshot;
  widget_class->measure = dk_sign_image_measure;
  properties[PROP_SIGN] = g_param_spec_int ("sign", NULL, NULL, 0, DK_SIGN_NA, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PIXEL_SIZE] = g_param_spec_int ("pixel-size", NULL, NULL, 8, 128, 17, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "dksign");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dk_sign_image_init (DkSignImage *self)
{
  self->pixel_size = 17;
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
dk_sign_image_new (DkSign sign,
                   int    pixel_size)
{
  return g_object_new (DK_TYPE_SIGN_IMAGE, "pixel-size", pixel_size, "sign", (int) sign, NULL);
}

void
dk_sign_image_set_sign (DkSignImage *self,
                        DkSign       sign)
{
  g_return_if_fail (DK_IS_SIGN_IMAGE (self));

  if (self->sign == sign)
    return;
  self->sign = sign;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, dk_sign_get_name (sign), -1);
  dk_style_set_tooltip (GTK_WIDGET (self), sign == DK_SIGN_NONE ? NULL : dk_sign_get_name (sign));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGN]);
}

DkSign
dk_sign_image_get_sign (DkSignImage *self)
{
  return self->sign;
}
