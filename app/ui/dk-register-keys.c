/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-keys"

#include "dk-register-page-private.h"

#include <glib/gi18n.h>

#define JUMP 10       /* rows for Page Up and Page Down */
#define MOST_TRIES 20 /* frames until a row that was scrolled to must have its widgets */

/* --- The cell that has the keyboard --- */

DkRegisterCell *
dk_register_page_get_focus_cell (DkRegisterPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *cell = focus != NULL ? gtk_widget_get_ancestor (focus, DK_TYPE_REGISTER_CELL) : NULL;

  return cell != NULL && gtk_widget_is_ancestor (cell, GTK_WIDGET (self)) ? DK_REGISTER_CELL (cell) : NULL;
}

/* The amber line: the reason at the cell with the keyboard, else how many wait for one. */
void
dk_register_page_update_strip (DkRegisterPage *self)
{
  DkRegisterCell *cell = dk_register_page_get_focus_cell (self);
  DkRegisterRow *row = NULL;
  guint column = 0;
  guint n = dk_register_rows_count_bad (self->rows, &row, &column);
  const char *reason = cell != NULL ? dk_register_row_get_reason (dk_register_cell_get_row (cell), dk_register_cell_get_column (cell)) : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->strip, n > 0);
  if (n == 0)
    return;
  if (reason != NULL)
    text = g_strdup (reason);
  else
    text = g_strdup_printf (ngettext ("%u cell cannot be read and counts as not answered.", "%u cells cannot be read and count as not answered.", n),
                            n);
  gtk_label_set_text (GTK_LABEL (self->reason), text);
  gtk_widget_set_visible (self->go, reason == NULL || n > 1);
}

void
dk_register_page_on_entered_cb (DkRegisterPage *self,
                                DkRegisterCell *cell)
{
  g_set_object (&self->current, dk_register_cell_get_row (cell));
  self->current_column = dk_register_cell_get_column (cell);
  dk_register_page_update_strip (self);
}

/* The list inside a column view, which alone can scroll to a row. */
static GtkWidget *
get_list (DkRegisterPage *self)
{
  if (self->is_narrow)
    return self->cards;
  for (GtkWidget *child = gtk_widget_get_first_child (self->table); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      return child;
  return NULL;
}

static void
show_column (DkRegisterPage *self,
             GtkWidget      *cell)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (self->is_narrow || !gtk_widget_compute_bounds (cell, self->scroller, &bounds))
    return;
  if (bounds.origin.x < 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.x);
  else if (bounds.origin.x + bounds.size.width > gtk_widget_get_width (self->scroller))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.x + bounds.size.width
                                            - gtk_widget_get_width (self->scroller));
}

static gboolean
on_target_tick_cb (GtkWidget     *widget,
                   GdkFrameClock *clock,
                   gpointer       data)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  GtkWidget *cell = self->target != NULL ? dk_register_row_get_cell (self->target, self->target_column) : NULL;
  GtkWidget *list = get_list (self);
  guint n;

  if (cell != NULL && gtk_widget_get_mapped (cell) && gtk_widget_grab_focus (cell))
    show_column (self, cell);
  else if (self->target != NULL && self->target_tries++ < MOST_TRIES && dk_register_rows_find (self->rows, self->target, &n))
    {
      if (list != NULL)
        gtk_widget_activate_action (list, "list.scroll-to-item", "u", n);
      return G_SOURCE_CONTINUE;
    }
  self->target_id = 0;
  g_clear_object (&self->target);
  return G_SOURCE_REMOVE;
}

void
dk_register_page_focus_cell (DkRegisterPage *self,
                             guint           row,
                             guint           column)
{
  DkRegisterRow *target = dk_register_rows_peek (self->rows, row);
  GtkWidget *list = get_list (self);
  GtkWidget *cell;

  g_return_if_fail (target != NULL && column < self->reg->columns->len);
  g_set_object (&self->target, target);
  self->target_column = column;
  self->target_tries = 0;
  if (list != NULL && gtk_widget_get_mapped (list))
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", row);
  cell = dk_register_row_get_cell (target, column);
  if (cell != NULL && gtk_widget_get_mapped (cell) && gtk_widget_grab_focus (cell))
    {
      show_column (self, cell);
      g_clear_object (&self->target);
      return;
    }
  if (self->target_id == 0)
    self->target_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_target_tick_cb, NULL, NULL);
}

/* Moves by rows and columns; from the last column on to the next row if @wraps. FALSE: there is nothing that way. */
static gboolean
move (DkRegisterPage *self,
      DkRegisterCell *cell,
      int             rows,
      int             columns,
      gboolean        wraps)
{
  int n_columns = (int) self->reg->columns->len, n_rows = (int) dk_register_rows_get_n (self->rows) + 1;
  int column = (int) dk_register_cell_get_column (cell) + columns;
  guint place;
  int row;

  dk_register_cell_commit (cell); /* the empty row may have become one */
  n_rows = (int) dk_register_rows_get_n (self->rows) + 1;
  if (!dk_register_rows_find (self->rows, dk_register_cell_get_row (cell), &place))
    return FALSE;
  row = (int) place + rows;
  if (wraps && column >= n_columns)
    {
      column = 0;
      row++;
    }
  else if (wraps && column < 0)
    {
      column = n_columns - 1;
      row--;
    }
  if (wraps && (row < 0 || row >= n_rows))
    return FALSE;
  row = CLAMP (row, 0, n_rows - 1);
  column = CLAMP (column, 0, n_columns - 1);
  dk_register_page_focus_cell (self, (guint) row, (guint) column);
  return TRUE;
}

/* Alt+Shift+↑ ↓: the column with the keyboard orders the rows. */
void
dk_register_page_sort_by (DkRegisterPage *self,
                          int             column,
                          gboolean        is_descending)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->table));
  g_autoptr(GtkColumnViewColumn) view_column = column >= 0 ? g_list_model_get_item (columns, (guint) column + 1) : NULL;

  /* The view's own sorter tells us, which shows the arrow in the head as well. */
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->table), NULL, GTK_SORT_ASCENDING);
  if (view_column != NULL)
    gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->table), view_column, is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/* Marks the rows from the one with the keyboard on, as Shift and an arrow do in a list. */
static void
mark (DkRegisterPage *self,
      DkRegisterCell *cell,
      int             rows)
{
  guint place;

  if (!dk_register_rows_find (self->rows, dk_register_cell_get_row (cell), &place))
    return;
  gtk_selection_model_select_item (self->selection, place, FALSE);
  if (move (self, cell, rows, 0, FALSE))
    gtk_selection_model_select_item (self->selection, (guint) CLAMP ((int) place + rows, 0, (int) dk_register_rows_get_n (self->rows)), FALSE);
}

static gboolean
on_plain_key (DkRegisterPage *self,
              DkRegisterCell *cell,
              guint           key,
              gboolean        is_shifted)
{
  gboolean is_typing = dk_register_cell_is_typing (cell);

  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      return move (self, cell, 0, is_shifted || key == GDK_KEY_ISO_Left_Tab ? -1 : 1, TRUE);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return move (self, cell, is_shifted ? -1 : 1, 0, FALSE);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      {
        int step = key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? -1 : 1;

        if (is_shifted)
          mark (self, cell, step);
        else
          move (self, cell, step, 0, FALSE);
        return TRUE;
      }
    case GDK_KEY_Page_Up:
      return move (self, cell, -JUMP, 0, FALSE);
    case GDK_KEY_Page_Down:
      return move (self, cell, JUMP, 0, FALSE);
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return !is_typing && !is_shifted && move (self, cell, 0, -1, FALSE);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return !is_typing && !is_shifted && move (self, cell, 0, 1, FALSE);
    case GDK_KEY_Home:
      return !is_typing && !is_shifted && move (self, cell, 0, -G_MAXINT16, FALSE);
    case GDK_KEY_End:
      return !is_typing && !is_shifted && move (self, cell, 0, G_MAXINT16, FALSE);
    case GDK_KEY_F2:
      dk_register_cell_start_typing (cell);
      return TRUE;
    case GDK_KEY_F4:
      dk_register_cell_open_menu (cell);
      return TRUE;
    case GDK_KEY_Escape:
      if (!dk_register_cell_revert (cell))
        return FALSE;
      dk_register_page_update_state (self);
      return TRUE;
    case GDK_KEY_space:
      if (is_typing)
        return FALSE;
      if (dk_register_page_get_column (self, dk_register_cell_get_column (cell))->kind != DK_KIND_TRUTH
          && dk_register_page_get_column (self, dk_register_cell_get_column (cell))->kind != DK_KIND_CHOICE)
        return FALSE;
      dk_register_cell_open_menu (cell);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_control_key (DkRegisterPage *self,
                DkRegisterCell *cell,
                guint           key)
{
  gboolean is_typing = cell != NULL && dk_register_cell_is_typing (cell);

  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      gtk_widget_activate_action (GTK_WIDGET (self), "register.add", NULL);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      gtk_widget_activate_action (GTK_WIDGET (self), "register.delete", NULL);
      return TRUE;
    case GDK_KEY_v:
    case GDK_KEY_V:
      gtk_widget_activate_action (GTK_WIDGET (self), "register.paste", NULL);
      return TRUE;
    case GDK_KEY_c:
    case GDK_KEY_C:
      if (is_typing)
        return FALSE;
      gtk_widget_activate_action (GTK_WIDGET (self), "register.copy", NULL);
      return TRUE;
    case GDK_KEY_a:
      if (is_typing)
        return FALSE;
      gtk_selection_model_select_all (self->selection);
      return TRUE;
    case GDK_KEY_Home:
      return cell != NULL && move (self, cell, -G_MAXINT16, -G_MAXINT16, FALSE);
    case GDK_KEY_End:
      return cell != NULL && move (self, cell, G_MAXINT16, G_MAXINT16, FALSE);
    default:
      return FALSE;
    }
}

gboolean
dk_register_page_on_key_pressed_cb (GtkEventControllerKey *controller,
                                    guint                  key,
                                    guint                  code,
                                    GdkModifierType        modifiers,
                                    DkRegisterPage        *self)
{
  DkRegisterCell *cell = dk_register_page_get_focus_cell (self);
  GdkModifierType held = modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK);

  if (self->rows == NULL || (cell != NULL && (dk_register_cell_is_composing (cell) || dk_register_cell_has_menu_open (cell))))
    return FALSE;
  if (held == GDK_CONTROL_MASK)
    return on_control_key (self, cell, key);
  if (cell == NULL)
    {
      /* A row itself has the keyboard, or a head: go on into the cells. */
      if (held == 0 && (key == GDK_KEY_Return || key == GDK_KEY_F2) && self->current != NULL
          && gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->scroller)
        {
          guint place;

          if (!dk_register_rows_find (self->rows, self->current, &place))
            place = 0;
          dk_register_page_focus_cell (self, place, self->current_column);
          return TRUE;
        }
      return FALSE;
    }
  if (held == GDK_ALT_MASK && (key == GDK_KEY_Down || key == GDK_KEY_KP_Down))
    {
      dk_register_cell_open_menu (cell);
      return TRUE;
    }
  if (held == (GDK_ALT_MASK | GDK_SHIFT_MASK) && (key == GDK_KEY_Up || key == GDK_KEY_Down))
    {
      dk_register_cell_commit (cell);
      dk_register_page_sort_by (self, (int) dk_register_cell_get_column (cell), key == GDK_KEY_Down);
      return TRUE;
    }
  if (held & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  return on_plain_key (self, cell, key, (held & GDK_SHIFT_MASK) != 0);
}

/* One gesture for all cells, of which there are thousands. A row is marked by its number, not by its cells. */
void
dk_register_page_on_pressed_cb (GtkGestureClick *gesture,
                                int              n,
                                double           x,
                                double           y,
                                DkRegisterPage  *self)
{
  GtkWidget *picked = gtk_widget_pick (self->stack, x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell = picked != NULL ? gtk_widget_get_ancestor (picked, DK_TYPE_REGISTER_CELL) : NULL;

  if (cell != NULL && dk_register_cell_press (DK_REGISTER_CELL (cell), n))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}
