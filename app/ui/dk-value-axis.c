/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-value-axis"

#include "dk-value-axis.h"

#include "dk-style.h"

#include <math.h>

enum { TRACK = 8, TICK = 14, GAP = 4, BETWEEN = 10, STRIPE = 6, N_LANES = 3 };
/* How much of the line lies before the first and behind the last mark. */
#define MARGIN .06

typedef struct
{
  double       at;
  char        *amount, *words;
  PangoLayout *above, *below;
  double       x, above_x, below_x; /* where they were drawn last */
  int          lane;
  gboolean     has_above, has_below;
} Mark;

struct _DkValueAxis
{
  GtkWidget  parent_instance;
  GPtrArray *marks;
  double     low, high;
  char      *value_text;
  char      *name;
  int        caret;      /* the mark that the keys are at; -1: none */
};

G_DEFINE_FINAL_TYPE (DkValueAxis, dk_value_axis, GTK_TYPE_WIDGET)

static void
free_mark (gpointer data)
{
  Mark *mark = data;

  g_free (mark->amount);
  g_free (mark->words);
  g_clear_object (&mark->above);
  g_clear_object (&mark->below);
  g_free (mark);
}

static Mark *
get_mark (DkValueAxis *self,
          guint        i)
{
  return g_ptr_array_index (self->marks, i);
}

static int
get_text_height (DkValueAxis *self)
{
  int height = 0;

  if (self->marks->len > 0)
    pango_layout_get_pixel_size (get_mark (self, 0)->above, NULL, &height);
  return height;
}

/* The ends of the line: the marks, and what is assumed. */
static void
get_ends (DkValueAxis *self,
          double      *from,
          double      *to)
{
  double low = INFINITY, high = 0;

  for (guint i = 0; i < self->marks->len; i++)
    {
      low = MIN (low, get_mark (self, i)->at);
      high = MAX (high, get_mark (self, i)->at);
    }
  if (self->low > 0)
    low = MIN (low, self->low);
  if (self->high > 0 && isfinite (self->high))
    high = MAX (high, self->high);
  high = MAX (high, low * 2);
  *from = log (low) - MARGIN * (log (high) - log (low));
  *to = log (high) + MARGIN * (log (high) - log (low));
}

static double
place (DkValueAxis *self,
       double       value,
       double       width)
{
  double from, to, x;

  get_ends (self, &from, &to);
  x = value <= 0 ? 0 : isfinite (value) ? CLAMP ((log (value) - from) / (to - from), 0, 1) * width : width;
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - x : x;
}

/* Texts that would touch go to another lane; what has no room anywhere is left to the tooltip. Returns how many lanes there are. */
static int
lay_out (DkValueAxis *self,
         double       width)
{
  double ends[N_LANES], last_amount = -INFINITY;
  int n_lanes = 1;

  for (int lane = 0; lane < N_LANES; lane++)
    ends[lane] = -INFINITY;
  for (guint i = 0; i < self->marks->len; i++)
    {
      gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
      Mark *mark = get_mark (self, is_rtl ? self->marks->len - 1 - i : i);
      int above, below, lane = 0;

      pango_layout_get_pixel_size (mark->above, &above, NULL);
      pango_layout_get_pixel_size (mark->below, &below, NULL);
      mark->x = place (self, mark->at, width);
      mark->above_x = dk_style_centre_text (mark->above, mark->x, width);
      mark->below_x = dk_style_centre_text (mark->below, mark->x, width);
      mark->has_above = mark->above_x >= last_amount + BETWEEN;
      if (mark->has_above)
        last_amount = mark->above_x + above;
      while (lane < N_LANES && mark->below_x < ends[lane] + BETWEEN)
        lane++;
      mark->has_below = lane < N_LANES;
      if (!mark->has_below)
        continue;
      mark->lane = lane;
      ends[lane] = mark->below_x + below;
      n_lanes = MAX (n_lanes, lane + 1);
    }
  return n_lanes;
}

static GtkSizeRequestMode
dk_value_axis_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dk_value_axis_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  DkValueAxis *self = DK_VALUE_AXIS (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 600;
      return;
    }
  *minimum = *natural = self->marks->len == 0 ? 0
                          : get_text_height (self) * (1 + lay_out (self, for_size > 0 ? for_size : 600)) + 2 * GAP + TICK;
}

static void
append_pill (GtkSnapshot   *snapshot,
             double         x,
             double         y,
             double         width,
             const GdkRGBA *color)
{
  GskRoundedRect rect;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, TRACK), TRACK / 2.f);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, color, &rect.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
append_hatch (GtkSnapshot   *snapshot,
              double         x,
              double         y,
              double         width,
              const GdkRGBA *color)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, TRACK);
  cairo_t *cr;

  if (width <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_rectangle (cr, x, y, width, TRACK);
  cairo_clip (cr);
  cairo_push_group (cr);
  cairo_paint_with_alpha (cr, .28);
  cairo_set_line_width (cr, 1.8);
  for (double at = floor (x / STRIPE) * STRIPE - TRACK; at < x + width + TRACK; at += STRIPE)
    {
      cairo_move_to (cr, at, y + TRACK);
      cairo_line_to (cr, at + TRACK, y);
    }
  cairo_stroke (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
append_mark (DkValueAxis *self,
             GtkSnapshot *snapshot,
             const Mark  *mark,
             double       y,
             gboolean     is_at_caret)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int height = get_text_height (self);
  gboolean is_certain = self->low > 0 && mark->at <= self->low, is_possible = !is_certain && self->high > 0 && mark->at <= self->high;
  GdkRGBA text, tick, paper;

  dk_style_get_color (widget, is_certain ? "dk_met_text" : is_possible ? "dk_held_text" : "dk_dim", &text);
  dk_style_get_color (widget, is_certain ? "dk_met_text" : is_possible ? "dk_held_fill" : "dk_open_fill", &tick);
  dk_style_get_color (widget, "dk_card", &paper);
  gtk_snapshot_append_color (snapshot, &paper, &GRAPHENE_RECT_INIT ((float) round (mark->x) - 2, (float) y - (TICK - TRACK) / 2.f, 4, TICK));
  gtk_snapshot_append_color (snapshot, &tick, &GRAPHENE_RECT_INIT ((float) round (mark->x) - 1, (float) y - (TICK - TRACK) / 2.f, 2, TICK));
  if (mark->has_above)
    dk_style_append_text (snapshot, mark->above, round (mark->above_x), 0, &text);
  if (mark->has_below)
    dk_style_append_text (snapshot, mark->below, round (mark->below_x), round (y + TRACK + (TICK - TRACK) / 2. + GAP + mark->lane * height), &text);
  if (is_at_caret && gtk_widget_has_focus (widget))
    gtk_snapshot_render_focus (snapshot, gtk_widget_get_style_context (widget), mark->x - 6, y - 6, 12, TRACK + 12);
}

static void
dk_value_axis_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  DkValueAxis *self = DK_VALUE_AXIS (widget);
  double width = gtk_widget_get_width (widget);
  double y = get_text_height (self) + GAP + (TICK - TRACK) / 2.;
  GdkRGBA track, met, accent;
  double low, high;

  if (self->marks->len == 0 || width <= 0)
    return;
  lay_out (self, width);
  dk_style_get_color (widget, "dk_track", &track);
  dk_style_get_color (widget, "dk_met_fill", &met);
  dk_style_get_color (widget, "dk_held_fill", &accent);
  append_pill (snapshot, 0, y, width, &track);
  if (self->high > 0)
    {
      gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

      low = place (self, self->low, width);
      high = place (self, self->high, width);
      append_pill (snapshot, is_rtl ? low : 0, y, is_rtl ? width - low : low, &met);
      append_hatch (snapshot, MIN (low, high), y, fabs (high - low), &accent);
    }
  for (guint i = 0; i < self->marks->len; i++)
    append_mark (self, snapshot, get_mark (self, i), y, (int) i == self->caret);
}

static void
dk_value_axis_update_name (DkValueAxis *self)
{
  g_autoptr(GString) name = g_string_new (self->value_text != NULL ? self->value_text : "");

  for (guint i = 0; i < self->marks->len; i++)
    g_string_append_printf (name, "%s%s: %s", name->len > 0 ? "; " : "", get_mark (self, i)->amount, get_mark (self, i)->words);
  g_free (self->name);
  self->name = g_strdup (name->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->caret >= 0 ? get_mark (self, (guint) self->caret)->words : self->name, -1);
}

static gboolean
on_move_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  DkValueAxis *self = DK_VALUE_AXIS (widget);
  int by = g_variant_get_int32 (args);
  int caret = self->caret < 0 ? (by > 0 ? 0 : (int) self->marks->len - 1) : self->caret + by;
  g_autofree char *text = NULL;

  if (caret < 0 || caret >= (int) self->marks->len)
    return FALSE;
  self->caret = caret;
  text = g_strdup_printf ("%s: %s", get_mark (self, (guint) caret)->amount, get_mark (self, (guint) caret)->words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (widget);
  return TRUE;
}

static gboolean
on_query_tooltip_cb (DkValueAxis *self,
                     int          x,
                     int          y,
                     gboolean     by_keyboard,
                     GtkTooltip  *tooltip)
{
  const Mark *nearest = by_keyboard && self->caret >= 0 ? get_mark (self, (guint) self->caret) : NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->marks->len && !by_keyboard; i++)
    if (fabs (get_mark (self, i)->x - x) < 24 && (nearest == NULL || fabs (get_mark (self, i)->x - x) < fabs (nearest->x - x)))
      nearest = get_mark (self, i);
  if (nearest == NULL)
    return FALSE;
  text = g_strdup_printf ("%s: %s", nearest->amount, nearest->words);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
dk_value_axis_finalize (GObject *object)
{
  DkValueAxis *self = DK_VALUE_AXIS (object);

  g_ptr_array_unref (self->marks);
  g_free (self->value_text);
  g_free (self->name);
  G_OBJECT_CLASS (dk_value_axis_parent_class)->finalize (object);
}

static void
dk_value_axis_class_init (DkValueAxisClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dk_value_axis_finalize;
  widget_class->get_request_mode = dk_value_axis_get_request_mode;
  widget_class->measure = dk_value_axis_measure;
  widget_class->snapshot = dk_value_axis_snapshot;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, on_move_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, on_move_cb, "i", -1);
  gtk_widget_class_set_css_name (widget_class, "dkaxis");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dk_value_axis_init (DkValueAxis *self)
{
  self->marks = g_ptr_array_new_with_free_func (free_mark);
  self->name = g_strdup ("");
  self->caret = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-value-axis");
  gtk_widget_add_css_class (GTK_WIDGET (self), "num");
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);
}

GtkWidget *
dk_value_axis_new (void)
{
  return g_object_new (DK_TYPE_VALUE_AXIS, NULL);
}

void
dk_value_axis_clear (DkValueAxis *self)
{
  g_return_if_fail (DK_IS_VALUE_AXIS (self));

  g_ptr_array_set_size (self->marks, 0);
  self->caret = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
dk_value_axis_add_mark (DkValueAxis *self,
                        double       at,
                        const char  *amount,
                        const char  *text,
                        const char  *words)
{
  Mark *mark;

  g_return_if_fail (DK_IS_VALUE_AXIS (self));
  g_return_if_fail (at > 0);

  mark = g_new0 (Mark, 1);
  mark->at = at;
  mark->amount = g_strdup (amount);
  mark->words = g_strdup (words);
  mark->above = gtk_widget_create_pango_layout (GTK_WIDGET (self), amount);
  mark->below = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_ptr_array_add (self->marks, mark);
  dk_value_axis_update_name (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
dk_value_axis_set_value (DkValueAxis *self,
                         double       low,
                         double       high,
                         const char  *text)
{
  g_return_if_fail (DK_IS_VALUE_AXIS (self));

  self->low = low;
  self->high = high;
  g_free (self->value_text);
  self->value_text = g_strdup (text);
  dk_value_axis_update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
dk_value_axis_n_marks (DkValueAxis *self)
{
  return self->marks->len;
}

const char *
dk_value_axis_get_name (DkValueAxis *self)
{
  return self->name;
}
