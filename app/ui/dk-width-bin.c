/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-width-bin"

#include "dk-width-bin.h"

struct _DkWidthBin
{
  GtkWidget  parent_instance;
  GtkWidget *child;
  int        natural;
  gboolean   is_narrow;
  gboolean   will_be_narrow;
  guint      idle;
};

enum { PROP_0, PROP_IS_NARROW, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkWidthBin, dk_width_bin, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
dk_width_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dk_width_bin_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  DkWidthBin *self = DK_WIDTH_BIN (widget);
  int least;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (least, DK_WIDTH_LEAST);
      *natural = MAX (*minimum, self->natural);
      return;
    }
  gtk_widget_measure (self->child, orientation, for_size < 0 ? for_size : MAX (for_size, least), minimum, natural, NULL, NULL);
}

static void
set_narrow (DkWidthBin *self,
            gboolean    is_narrow)
{
  if (self->is_narrow == is_narrow)
    return;
  self->is_narrow = is_narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_NARROW]);
}

static gboolean
on_idle_cb (gpointer data)
{
  DkWidthBin *self = data;

  self->idle = 0;
  set_narrow (self, self->will_be_narrow);
  return G_SOURCE_REMOVE;
}

/* In a narrow window it is narrow from its first frame on: laid out wide it would be seen cut until the next. */
static void
dk_width_bin_root (GtkWidget *widget)
{
  GtkWidget *root;
  int width, height;

  GTK_WIDGET_CLASS (dk_width_bin_parent_class)->root (widget);
  root = GTK_WIDGET (gtk_widget_get_root (widget));
  width = gtk_widget_get_width (root);
  if (width <= 0 && GTK_IS_WINDOW (root))
    gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  if (width > 0 && width < DK_WIDTH_NARROW)
    set_narrow (DK_WIDTH_BIN (widget), TRUE);
}

static void
dk_width_bin_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  DkWidthBin *self = DK_WIDTH_BIN (widget);
  int least;

  /* Until the child knows that it is narrow it may want more than there is. */
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->child, &(GtkAllocation) { 0, 0, MAX (width, least), height }, baseline);
  self->will_be_narrow = width < DK_WIDTH_NARROW;
  /* Nothing may ask for another size while sizes are given. */
  if (self->will_be_narrow != self->is_narrow && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle_cb, self, NULL);
}

static void
dk_width_bin_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_IS_NARROW:
      g_value_set_boolean (value, DK_WIDTH_BIN (object)->is_narrow);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dk_width_bin_dispose (GObject *object)
{
  DkWidthBin *self = DK_WIDTH_BIN (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (dk_width_bin_parent_class)->dispose (object);
}

static void
dk_width_bin_class_init (DkWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dk_width_bin_dispose;
  object_class->get_property = dk_width_bin_get_property;
  widget_class->get_request_mode = dk_width_bin_get_request_mode;
  widget_class->measure = dk_width_bin_measure;
  widget_class->root = dk_width_bin_root;
  widget_class->size_allocate = dk_width_bin_size_allocate;
  properties[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dk_width_bin_init (DkWidthBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * dk_width_bin_new:
 * @natural: the width it asks for
 * @child: (transfer floating): what it shows
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
dk_width_bin_new (int        natural,
                  GtkWidget *child)
{
  DkWidthBin *self = g_object_new (DK_TYPE_WIDTH_BIN, NULL);

  self->natural = natural;
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

gboolean
dk_width_bin_is_narrow (DkWidthBin *self)
{
  return self->is_narrow;
}
