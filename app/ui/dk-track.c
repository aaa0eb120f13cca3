/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-track"

#include "dk-track.h"

#include "dk-style.h"

#include <math.h>

#define LINE_HEIGHT 10
#define BRACKET_HEIGHT 9
#define GAP 4

/* The line, its limit, and a bracket over what lies between. */
struct _DkTrack
{
  GtkWidget    parent_instance;
  double       value, limit;
  PangoLayout *value_layout, *limit_layout, *gap_layout;
  gboolean     is_good;
};

G_DEFINE_FINAL_TYPE (DkTrack, dk_track, GTK_TYPE_WIDGET)

static int
get_text_height (DkTrack *self)
{
  int height = 0;

  if (self->value_layout != NULL)
    pango_layout_get_pixel_size (self->value_layout, NULL, &height);
  return height;
}

static void
dk_track_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  DkTrack *self = DK_TRACK (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 160;
      *natural = 320;
    }
  else
    {
      *minimum = *natural = 2 * get_text_height (self) + LINE_HEIGHT + BRACKET_HEIGHT + 3 * GAP;
    }
}

static void
append_box (GtkSnapshot   *snapshot,
            double         x,
            double         y,
            double         width,
            double         height,
            const GdkRGBA *color)
{
  GskRoundedRect rect;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (x, y, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, color, &rect.bounds);
  gtk_snapshot_pop (snapshot);
}

/* The two labels over the line may not run into each other: the left one gives way to the left. */
static void
place_labels (DkTrack *self,
              double   value_x,
              double   limit_x,
              double   width,
              double  *value_at,
              double  *limit_at)
{
  int value_width, limit_width;
  gboolean is_value_left = value_x < limit_x;
  double *left = is_value_left ? value_at : limit_at;
  double *right = is_value_left ? limit_at : value_at;
  int left_width, right_width;

  pango_layout_get_pixel_size (self->value_layout, &value_width, NULL);
  pango_layout_get_pixel_size (self->limit_layout, &limit_width, NULL);
  left_width = is_value_left ? value_width : limit_width;
  right_width = is_value_left ? limit_width : value_width;
  *value_at = dk_style_centre_text (self->value_layout, value_x, width);
  *limit_at = dk_style_centre_text (self->limit_layout, limit_x, width);
  if (*left + left_width + 12 <= *right)
    return;
  *left = MAX (0, *right - 12 - left_width);
  *right = MIN (width - right_width, MAX (*right, *left + left_width + 12));
}

static void
dk_track_snapshot (GtkWidget   *widget,
                   GtkSnapshot *snapshot)
{
  DkTrack *self = DK_TRACK (widget);
  double width = gtk_widget_get_width (widget);
  double height = get_text_height (self);
  double most = MAX (fabs (self->value), fabs (self->limit)) * 1.12;
  double y = height + GAP;
  double value_x, limit_x, value_at, limit_at;
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA track, fill, text, dim, word;

  if (self->value_layout == NULL || most <= 0 || width <= 0)
    return;
  dk_style_get_color (widget, "dk_track", &track);
  dk_style_get_color (widget, self->is_good ? "dk_met_fill" : "dk_fail_fill", &fill);
  dk_style_get_color (widget, self->is_good ? "dk_met_text" : "dk_fail_text", &word);
  dk_style_get_color (widget, "dk_text", &text);
  dk_style_get_color (widget, "dk_dim", &dim);

  value_x = width * MAX (0, self->value) / most;
  limit_x = width * MAX (0, self->limit) / most;
  if (is_mirrored)
    {
      value_x = width - value_x;
      limit_x = width - limit_x;
    }
  append_box (snapshot, 0, y, width, LINE_HEIGHT, &track);
  append_box (snapshot, is_mirrored ? value_x : 0, y, is_mirrored ? width - value_x : value_x, LINE_HEIGHT, &fill);
  gtk_snapshot_append_color (snapshot, &track, &GRAPHENE_RECT_INIT (limit_x - 2, y - 3, 4, LINE_HEIGHT + 6));
  gtk_snapshot_append_color (snapshot, &text, &GRAPHENE_RECT_INIT (limit_x - 1, y - 3, 2, LINE_HEIGHT + 6));

  place_labels (self, value_x, limit_x, width, &value_at, &limit_at);
  dk_style_append_text (snapshot, self->limit_layout, limit_at, 0, &dim);
  dk_style_append_text (snapshot, self->value_layout, value_at, 0, &word);
  if (self->gap_layout != NULL)
    {
      double left = MIN (value_x, limit_x);
      double right = MAX (value_x, limit_x);
      double top = y + LINE_HEIGHT + GAP;

      gtk_snapshot_append_color (snapshot, &word, &GRAPHENE_RECT_INIT (left, top, 1.5, 5));
      gtk_snapshot_append_color (snapshot, &word, &GRAPHENE_RECT_INIT (right - 1.5, top, 1.5, 5));
      gtk_snapshot_append_color (snapshot, &word, &GRAPHENE_RECT_INIT (left, top + 4, MAX (1.5, right - left), 1.5));
      dk_style_append_text (snapshot, self->gap_layout, dk_style_centre_text (self->gap_layout, (left + right) / 2, width), top + BRACKET_HEIGHT, &word);
    }
}

static void
dk_track_dispose (GObject *object)
{
  DkTrack *self = DK_TRACK (object);

  g_clear_object (&self->value_layout);
  g_clear_object (&self->limit_layout);
  g_clear_object (&self->gap_layout);
  G_OBJECT_CLASS (dk_track_parent_class)->dispose (object);
}

static void
dk_track_class_init (DkTrackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dk_track_dispose;
  widget_class->measure = dk_track_measure;
  widget_class->snapshot = dk_track_snapshot;
  gtk_widget_class_set_css_name (widget_class, "dktrack");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dk_track_init (DkTrack *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-track");
}

GtkWidget *
dk_track_new (void)
{
  return g_object_new (DK_TYPE_TRACK, NULL);
}

void
dk_track_set (DkTrack    *self,
              double      value,
              double      limit,
              const char *value_text,
              const char *limit_text,
              const char *gap,
              gboolean    is_good)
{
  g_autofree char *name = NULL;

  g_return_if_fail (DK_IS_TRACK (self));

  self->value = value;
  self->limit = limit;
  self->is_good = is_good;
  g_clear_object (&self->value_layout);
  g_clear_object (&self->limit_layout);
  g_clear_object (&self->gap_layout);
  self->value_layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), value_text);
  self->limit_layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), limit_text);
  if (*gap != '\0')
    self->gap_layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), gap);
  name = g_strdup_printf ("%s · %s%s%s", value_text, limit_text, *gap != '\0' ? " · " : "", gap);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
