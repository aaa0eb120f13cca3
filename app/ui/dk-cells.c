/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cells"

#include "dk-cells.h"

#define GAP 6

struct _DkCells
{
  GtkWidget parent_instance;
  int       least;
  guint     n_columns;
  guint     lead;
};

G_DEFINE_FINAL_TYPE (DkCells, dk_cells, GTK_TYPE_WIDGET)

static guint
count_columns (DkCells *self,
               int      width)
{
  guint fitting = (guint) MAX (1, (width + GAP) / (self->least + GAP));

  return MIN (MAX (self->n_columns, 1), fitting);
}

static int
get_cell_width (DkCells *self,
                int      width)
{
  int n = (int) count_columns (self, width);

  return (width - (n - 1) * GAP) / n;
}

/* The height of the line that begins with @first, and the cell that the next line begins with. */
static int
measure_line (GtkWidget  *first,
              guint       n_columns,
              int         cell_width,
              GtkWidget **next)
{
  int height = 0;
  guint n = 0;

  for (*next = first; *next != NULL && n < n_columns; *next = gtk_widget_get_next_sibling (*next))
    {
      int natural;

      if (!gtk_widget_should_layout (*next))
        continue;
      gtk_widget_measure (*next, GTK_ORIENTATION_VERTICAL, cell_width, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
      n++;
    }
  return height;
}

static GtkSizeRequestMode
dk_cells_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dk_cells_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  DkCells *self = DK_CELLS (widget);
  int n = (int) MAX (self->n_columns, 1);
  int width = for_size >= 0 ? for_size : n * (self->least + GAP) - GAP;
  GtkWidget *next = gtk_widget_get_first_child (widget);
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->least;
      *natural = n * (self->least + GAP) - GAP;
      return;
    }
  while (next != NULL)
    {
      int line = measure_line (next, count_columns (self, width), get_cell_width (self, width), &next);

      height += line > 0 && height > 0 ? line + GAP : line;
    }
  *minimum = *natural = height;
}

static void
dk_cells_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  DkCells *self = DK_CELLS (widget);
  guint n_columns = count_columns (self, width);
  int cell_width = get_cell_width (self, width);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *cell = gtk_widget_get_first_child (widget);
  int x = n_columns == self->n_columns ? (int) self->lead * (cell_width + GAP) : 0;
  int y = 0;

  while (cell != NULL)
    {
      GtkWidget *next;
      int line = measure_line (cell, n_columns, cell_width, &next);

      for (; cell != next; cell = gtk_widget_get_next_sibling (cell))
        if (gtk_widget_should_layout (cell))
          {
            gtk_widget_size_allocate (cell, &(GtkAllocation) { is_rtl ? width - x - cell_width : x, y, cell_width, line }, -1);
            x += cell_width + GAP;
          }
      x = 0;
      y += line > 0 ? line + GAP : 0;
    }
}

static void
dk_cells_dispose (GObject *object)
{
  dk_cells_clear (DK_CELLS (object));
  G_OBJECT_CLASS (dk_cells_parent_class)->dispose (object);
}

static void
dk_cells_class_init (DkCellsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_cells_dispose;
  widget_class->get_request_mode = dk_cells_get_request_mode;
  widget_class->measure = dk_cells_measure;
  widget_class->size_allocate = dk_cells_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "dkcells");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dk_cells_init (DkCells *self)
{
  self->n_columns = 1;
}

GtkWidget *
dk_cells_new (int least)
{
  DkCells *self = g_object_new (DK_TYPE_CELLS, NULL);

  self->least = least;
  return GTK_WIDGET (self);
}

void
dk_cells_append (DkCells   *self,
                 GtkWidget *cell)
{
  g_return_if_fail (DK_IS_CELLS (self));

  gtk_widget_insert_before (cell, GTK_WIDGET (self), NULL);
}

void
dk_cells_clear (DkCells *self)
{
  g_return_if_fail (DK_IS_CELLS (self));

  for (GtkWidget *cell; (cell = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (cell);
}

void
dk_cells_set_n_columns (DkCells *self,
                        guint    n)
{
  g_return_if_fail (DK_IS_CELLS (self));

  if (self->n_columns == n)
    return;
  self->n_columns = n;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
dk_cells_set_lead (DkCells *self,
                   guint    n)
{
  g_return_if_fail (DK_IS_CELLS (self));

  if (self->lead == n)
    return;
  self->lead = n;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
