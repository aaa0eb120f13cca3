/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-plan-lane"

#include "dk-plan-lane.h"

#include "dk-style.h"

#include <math.h>

enum { HEIGHT = 26, THIN_HEIGHT = 20, RADIUS = 6, PAD = 8, INSET = 2 };

struct _DkPlanLane
{
  GtkWidget    parent_instance;
  gboolean     is_thin;
  DkLaneState  states[DK_PROJECTION_YEARS];
  char        *words;
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (DkPlanLane, dk_plan_lane, GTK_TYPE_WIDGET)

static void
dk_plan_lane_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  DkPlanLane *self = DK_PLAN_LANE (widget);
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 480;
      return;
    }
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  *minimum = *natural = MAX (self->is_thin ? THIN_HEIGHT : HEIGHT, height + 4);
}

/* Where a year begins; the lane runs as people read. */
static double
place (DkPlanLane *self,
       guint       year,
       double      width)
{
  double x = width * year / DK_PROJECTION_YEARS;

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - x : x;
}

static void
round_path (cairo_t *cr,
            double   x,
            double   y,
            double   width,
            double   height)
{
  double r = MIN (RADIUS, MIN (width, height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI / 2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
append_bar (DkPlanLane  *self,
            GtkSnapshot *snapshot,
            DkLaneState  state,
            double       x,
            double       width)
{
  static const double dashes[] = { 5, 3.5 };
  GtkWidget *widget = GTK_WIDGET (self);
  double height = gtk_widget_get_height (widget) - 2 * INSET;
  GdkRGBA soft, outline;
  cairo_t *cr;

  dk_style_get_color (widget, state == DK_LANE_OPEN ? "dk_open_soft" : "dk_met_soft", &soft);
  dk_style_get_color (widget, state == DK_LANE_OPEN ? "dk_open_fill" : "dk_met_fill", &outline);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, 0, (float) width, (float) gtk_widget_get_height (widget)));
  round_path (cr, x + 1, INSET + .75, width - 2, height - 1.5);
  gdk_cairo_set_source_rgba (cr, &soft);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &outline);
  cairo_set_line_width (cr, 1.5);
  if (state != DK_LANE_MET)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Thin lines between the years. */
static void
append_years (DkPlanLane  *self,
              GtkSnapshot *snapshot,
              double       width)
{
  GdkRGBA line;

  dk_style_get_color (GTK_WIDGET (self), "dk_line", &line);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT ((float) round (place (self, year, width - 1)), 0, 1, (float) gtk_widget_get_height (GTK_WIDGET (self))));
}

/* Where the bar that begins in a year ends. */
static guint
find_end (DkPlanLane *self,
          guint       year)
{
  guint end = year + 1;

  while (end < DK_PROJECTION_YEARS && self->states[end] == self->states[year])
    end++;
  return end;
}

/* The words begin where the first bar does, in it as far as it reaches and behind it; where the next bar has room for them and this one
 * has not, in that; where all of that leaves too little room, before it. */
static void
append_words (DkPlanLane  *self,
              GtkSnapshot *snapshot,
              guint        first,
              double       width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  DkLaneState state = first < DK_PROJECTION_YEARS ? self->states[first] : DK_LANE_NONE;
  double start = width * MIN (first, DK_PROJECTION_YEARS) / DK_PROJECTION_YEARS, room, text_width;
  int pixels, height;
  GdkRGBA color;

  if (state == DK_LANE_NONE)
    start = 0;
  pango_layout_set_width (self->layout, -1);
  pango_layout_get_pixel_size (self->layout, &pixels, &height);
  if (state != DK_LANE_NONE)
    {
      guint end = find_end (self, first);
      double one = width / DK_PROJECTION_YEARS;

      if (pixels > (end - first) * one - 2 * PAD && end < DK_PROJECTION_YEARS && self->states[end] != DK_LANE_NONE
          && pixels <= (find_end (self, end) - end) * one - 2 * PAD)
        {
          start = one * end;
          state = self->states[end];
          first = end;
        }
    }
  room = width - start - 2 * PAD;
  /* Before the bar there may be more room than in it. */
  if (pixels > room && start - 2 * PAD > room)
    {
      start = MAX (0, start - pixels - 2 * PAD);
      room = width * first / DK_PROJECTION_YEARS - start - 2 * PAD;
      state = DK_LANE_NONE;
    }
  text_width = MIN (pixels, room);
  pango_layout_set_width (self->layout, (int) MAX (0, room) * PANGO_SCALE);
  dk_style_get_color (widget, state == DK_LANE_NONE ? "dk_dim" : state == DK_LANE_OPEN ? "dk_open_text" : "dk_met_text", &color);
  if (room > 24)
    dk_style_append_text (snapshot, self->layout, is_rtl ? width - start - PAD - text_width : start + PAD,
                          (gtk_widget_get_height (widget) - height) / 2., &color);
}

static void
dk_plan_lane_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  DkPlanLane *self = DK_PLAN_LANE (widget);
  double width = gtk_widget_get_width (widget);
  guint first = DK_PROJECTION_YEARS;

  append_years (self, snapshot, width);
  for (guint year = 0; year < DK_PROJECTION_YEARS;)
    {
      DkLaneState state = self->states[year];
      guint end = find_end (self, year);
      double from, to;

      from = place (self, year, width);
      to = place (self, end, width);
      if (state != DK_LANE_NONE)
        {
          append_bar (self, snapshot, state, MIN (from, to), fabs (to - from));
          first = MIN (first, year);
        }
      year = end;
    }
  append_words (self, snapshot, first, width);
}

static void
dk_plan_lane_finalize (GObject *object)
{
  DkPlanLane *self = DK_PLAN_LANE (object);

  g_clear_object (&self->layout);
  g_free (self->words);
  G_OBJECT_CLASS (dk_plan_lane_parent_class)->finalize (object);
}

/* The font, or its size, is another one. */
static void
dk_plan_lane_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  DkPlanLane *self = DK_PLAN_LANE (widget);

  GTK_WIDGET_CLASS (dk_plan_lane_parent_class)->css_changed (widget, change);
  pango_layout_context_changed (self->layout);
  gtk_widget_queue_resize (widget);
}

static void
dk_plan_lane_class_init (DkPlanLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dk_plan_lane_finalize;
  widget_class->measure = dk_plan_lane_measure;
  widget_class->snapshot = dk_plan_lane_snapshot;
  widget_class->css_changed = dk_plan_lane_css_changed;
  gtk_widget_class_set_css_name (widget_class, "dklane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dk_plan_lane_init (DkPlanLane *self)
{
  self->words = g_strdup ("");
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "");
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "num");
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
dk_plan_lane_new (gboolean is_thin)
{
  DkPlanLane *self = g_object_new (DK_TYPE_PLAN_LANE, NULL);

  self->is_thin = is_thin;
  if (is_thin)
    gtk_widget_add_css_class (GTK_WIDGET (self), "thin");
  return GTK_WIDGET (self);
}

static DkLaneState
find_state (const DkCourse *course,
            guint           year)
{
  const DkResult *result = course->results[year];

  if (result == NULL || result->verdict == DK_VERDICT_FAIL)
    return DK_LANE_NONE;
  if (result->verdict == DK_VERDICT_OPEN)
    return DK_LANE_OPEN;
  return course->by_plan[year] ? DK_LANE_PLANNED : DK_LANE_MET;
}

void
dk_plan_lane_set (DkPlanLane     *self,
                  const DkCourse *course,
                  const char     *words)
{
  g_return_if_fail (DK_IS_PLAN_LANE (self));

  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    self->states[year] = find_state (course, year);
  g_free (self->words);
  self->words = g_strdup (words);
  pango_layout_set_text (self->layout, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  dk_style_set_tooltip (GTK_WIDGET (self), words);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

DkLaneState
dk_plan_lane_get_state (DkPlanLane *self,
                        guint       year)
{
  g_return_val_if_fail (DK_IS_PLAN_LANE (self) && year < DK_PROJECTION_YEARS, DK_LANE_NONE);

  return self->states[year];
}

const char *
dk_plan_lane_get_words (DkPlanLane *self)
{
  g_return_val_if_fail (DK_IS_PLAN_LANE (self), NULL);

  return self->words;
}
