/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-bar"

#include "dk-bar.h"

#include "dk-style.h"

#include <adwaita.h>
#include <math.h>

#define TRACK    10. /* pixels high */
#define STRIPE   6.  /* from one hatch line to the next */
#define OVERSHOT 4.  /* the pass mark stands out by so much */

struct _DkBar
{
  GtkWidget     parent_instance;
  double        low, high, mark; /* shares of the whole; mark < 0: none */
  double        from_low, from_high;
  double        progress;        /* of the way from there: 0 to 1 */
  gboolean      is_set;
  DkBarColor    color;
  AdwAnimation *animation;
};

G_DEFINE_FINAL_TYPE (DkBar, dk_bar, GTK_TYPE_WIDGET)

static double
between (double from,
         double to,
         double progress)
{
  return from + (to - from) * progress;
}

static void
add_pill (cairo_t *cr,
          double   width,
          double   height)
{
  double radius = height / 2;

  cairo_new_sub_path (cr);
  cairo_arc (cr, MAX (width - radius, radius), radius, radius, -G_PI_2, G_PI_2);
  cairo_arc (cr, radius, radius, radius, G_PI_2, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_hatch (cairo_t *cr,
            double   from,
            double   to)
{
  cairo_save (cr);
  cairo_rectangle (cr, from, 0, to - from, TRACK);
  cairo_clip (cr);
  cairo_push_group (cr);
  cairo_paint_with_alpha (cr, .28);
  cairo_set_line_width (cr, 1.8);
  for (double x = floor (from / STRIPE) * STRIPE - TRACK; x < to + TRACK; x += STRIPE)
    {
      cairo_move_to (cr, x, TRACK);
      cairo_line_to (cr, x + TRACK, 0);
    }
  cairo_stroke (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
  cairo_restore (cr);
}

static void
dk_bar_snapshot (GtkWidget   *widget,
                 GtkSnapshot *snapshot)
{
  static const char *const names[] = { "dk_held_fill", "dk_met_fill", "dk_fail_fill", "dk_open_fill" };
  DkBar *self = DK_BAR (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double low = width * between (self->from_low, self->low, self->progress), high = width * between (self->from_high, self->high, self->progress);
  GdkRGBA fill, track, text, paper;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  dk_style_get_color (widget, names[self->color], &fill);
  dk_style_get_color (widget, "dk_track", &track);
  dk_style_get_color (widget, "dk_text", &text);
  dk_style_get_color (widget, "dk_card", &paper);
  cairo_translate (cr, 0, (height - TRACK) / 2);
  cairo_save (cr);
  add_pill (cr, width, TRACK);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, &track);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, &fill);
  if (high > low + .5)
    draw_hatch (cr, low, high);
  gdk_cairo_set_source_rgba (cr, &fill);
  if (low > .5)
    {
      /* Rounded at its end, unless it goes on hatched. */
      add_pill (cr, low, TRACK);
      if (high > low + .5)
        cairo_rectangle (cr, MAX (low - TRACK / 2, 0), 0, MIN (TRACK / 2, low), TRACK);
      cairo_fill (cr);
    }
  cairo_restore (cr);
  if (self->mark >= 0)
    {
      double x = round (width * self->mark);

      gdk_cairo_set_source_rgba (cr, &paper);
      cairo_rectangle (cr, x - 2, -OVERSHOT - 1, 4, TRACK + 2 * OVERSHOT + 2);
      cairo_fill (cr);
      gdk_cairo_set_source_rgba (cr, &text);
      cairo_rectangle (cr, x - 1, -OVERSHOT, 2, TRACK + 2 * OVERSHOT);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
dk_bar_measure (GtkWidget      *widget,
                GtkOrientation  orientation,
                int             for_size,
                int            *minimum,
                int            *natural,
                int            *minimum_baseline,
                int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : (int) (TRACK + 2 * OVERSHOT + 2);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : *minimum;
}

static void
on_progress_cb (double   value,
                gpointer data)
{
  DkBar *self = data;

  self->progress = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
dk_bar_dispose (GObject *object)
{
  DkBar *self = DK_BAR (object);

  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  G_OBJECT_CLASS (dk_bar_parent_class)->dispose (object);
}

static void
dk_bar_class_init (DkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_bar_dispose;
  widget_class->snapshot = dk_bar_snapshot;
  widget_class->measure = dk_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "dkbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dk_bar_init (DkBar *self)
{
  self->mark = -1;
  self->progress = 1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
dk_bar_new (void)
{
  return g_object_new (DK_TYPE_BAR, NULL);
}

static double
get_share (double value,
           double max)
{
  return max > 0 ? CLAMP (value / max, 0, 1) : 0;
}

void
dk_bar_set (DkBar      *self,
            double      low,
            double      high,
            double      max,
            double      mark,
            DkBarColor  color)
{
  double new_low = get_share (low, max), new_high = get_share (high, max);
  gboolean moves = self->is_set && (fabs (new_low - self->low) > .001 || fabs (new_high - self->high) > .001);

  g_return_if_fail (DK_IS_BAR (self));

  self->from_low = moves ? between (self->from_low, self->low, self->progress) : new_low;
  self->from_high = moves ? between (self->from_high, self->high, self->progress) : new_high;
  self->low = new_low;
  self->high = new_high;
  self->mark = mark < 0 ? -1 : get_share (mark, max);
  self->color = color;
  self->is_set = TRUE;
  if (moves && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      if (self->animation == NULL)
        self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, 200, adw_callback_animation_target_new (on_progress_cb, self, NULL));
      adw_animation_reset (self->animation);
      adw_animation_play (self->animation);
    }
  else
    {
      self->progress = 1;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dk_bar_set_text (DkBar      *self,
                 const char *text)
{
  g_return_if_fail (DK_IS_BAR (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  dk_style_set_tooltip (GTK_WIDGET (self), text);
}
