/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-page"

#include "dk-register-page.h"

#include "dk-register-cell.h"
#include "dk-register-paste-window.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

#define NARROW 560       /* pixels: below it rows are cards */
#define JUMP 10          /* rows for Page Up and Page Down */
#define MOST_TRIES 20    /* frames until a row that was scrolled to must have its widgets */

/* Keeps an empty row at the end, moves a cell cursor over the table (the list view itself knows of rows only), and writes what
 * the cells tell it. Only the row that an edit is of reads its answers again. */
struct _DkRegisterPage
{
  AdwBin            parent_instance;
  DkSession        *session;
  char             *reg_id;
  const DkRegister *reg;
  DkRegisterRows   *rows;
  GtkSelectionModel *selection;

  GtkWidget *toasts, *content, *toolbar, *add, *paste, *copy, *delete, *sort, *stack, *empty, *empty_add, *empty_none;
  GtkWidget *scroller, *table, *cards, *strip, *reason, *go, *footer, *count, *switch_box, *all, *not_all, *none;

  char           *title, *subtitle;
  gboolean        is_narrow;
  gboolean        is_started;   /* the table is shown although it has no rows */
  gboolean        is_writing;   /* "changed" tells of what we know */
  guint           layout_id;
  DkRegisterRow  *target;       /* the cell to have the keyboard once it is there */
  guint           target_column;
  guint           target_tries;
  guint           target_id;
  int             probed_column;
  DkRegisterRow  *current;      /* the row that had the keyboard last */
  guint           current_column;
};

enum { PROP_0, PROP_SESSION, PROP_REGISTER, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkRegisterPage, dk_register_page, ADW_TYPE_BIN)

static void update_state (DkRegisterPage *self);

static void
tell (DkRegisterPage *self,
      const char     *message,
      gboolean        can_undo)
{
  AdwToast *toast = adw_toast_new (message);

  if (can_undo)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      adw_toast_set_action_name (toast, "register.undo");
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static void
tell_error (DkRegisterPage *self,
            const GError   *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1); /* toasts read markup */

  tell (self, escaped, FALSE);
}

static const DkSymbol *
get_column (DkRegisterPage *self,
            guint           column)
{
  return g_ptr_array_index (self->reg->columns, column);
}

static const char *
get_label (const DkText *text)
{
  return dk_text_get (text, dk_settings_get_language ());
}

/* --- Writing --- */

/* A register of which it was said that there are none has one now: what that said holds no longer. */
static gboolean
before_adding (DkRegisterPage  *self,
               GError         **error)
{
  gboolean is_complete = FALSE;

  if (dk_register_rows_get_n (self->rows) > 0
      || dk_session_get_complete (self->session, self->reg_id, &is_complete) != DK_ANSWER_VALUE || !is_complete)
    return TRUE;
  return dk_session_set_complete (self->session, self->reg_id, DK_ANSWER_VALUE, FALSE, error);
}

/* Ends what dk_session_begin () began, or takes it back. */
static gboolean
end_step (DkRegisterPage  *self,
          gboolean         is_good,
          GError         **error)
{
  if (is_good)
    return dk_session_end (self->session, error);
  dk_session_abandon (self->session);
  return FALSE;
}

static gboolean
write_cell (DkRegisterPage  *self,
            DkRegisterRow   *row,
            guint            column,
            DkAnswerState    state,
            const DkValue   *value,
            GError         **error)
{
  gint64 id = dk_register_row_get_id (row);
  gboolean is_good;

  if (id != 0)
    return dk_session_set_cell (self->session, self->reg_id, id, get_column (self, column), state, value, error);
  if (!dk_session_begin (self->session, error))
    return FALSE;
  is_good = before_adding (self, error) && (id = dk_session_add_row (self->session, self->reg_id, 0, error)) != 0
            && (state == DK_ANSWER_NONE
                || dk_session_set_cell (self->session, self->reg_id, id, get_column (self, column), state, value, error));
  if (!end_step (self, is_good, error))
    return FALSE;
  dk_register_rows_settle (self->rows, id);
  return TRUE;
}

static void
apply (DkRegisterPage *self,
       DkRegisterRow  *row,
       guint           column,
       DkAnswerState   state,
       const DkValue  *value,
       const char     *typed)
{
  g_autoptr(GError) error = NULL;
  gboolean is_good;

  self->is_writing = TRUE;
  is_good = write_cell (self, row, column, state, value, &error);
  self->is_writing = FALSE;
  if (is_good)
    dk_register_row_set_draft (row, column, NULL, NULL);
  else
    {
      if (typed != NULL)
        dk_register_row_set_draft (row, column, typed, error->message);
      tell_error (self, error);
    }
  dk_register_row_changed (row);
  update_state (self);
}

/* Text that cannot be read makes a row of the empty one, too: it would be lost otherwise. */
static void
keep_draft (DkRegisterPage *self,
            DkRegisterRow  *row,
            guint           column,
            const char     *text,
            const char     *reason)
{
  g_autoptr(GError) error = NULL;

  if (dk_register_row_get_id (row) == 0)
    {
      self->is_writing = TRUE;
      if (!write_cell (self, row, column, DK_ANSWER_NONE, NULL, &error))
        tell_error (self, error);
      self->is_writing = FALSE;
    }
  dk_register_row_set_draft (row, column, text, reason);
  dk_register_row_changed (row);
  update_state (self);
}

static void
on_commit_cb (DkRegisterPage *self,
              const char     *text,
              DkRegisterCell *cell)
{
  g_autoptr(DkRegisterRow) row = g_object_ref (dk_register_cell_get_row (cell));
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GError) error = NULL;
  guint column = dk_register_cell_get_column (cell);
  DkAnswerState state;
  DkValue value = { 0 };

  if (!dk_cell_parse (get_column (self, column), text, dk_settings_is_in_wan (), &state, &value, arena, &error))
    keep_draft (self, row, column, text, error->message);
  else if (state != DK_ANSWER_NONE || dk_register_row_get_id (row) != 0)
    apply (self, row, column, state, &value, text);
}

static void
on_answer_cb (DkRegisterPage *self,
              int             state,
              gpointer        value,
              DkRegisterCell *cell)
{
  g_autoptr(DkRegisterRow) row = g_object_ref (dk_register_cell_get_row (cell));

  if (state != DK_ANSWER_NONE || dk_register_row_get_id (row) != 0)
    apply (self, row, dk_register_cell_get_column (cell), state, value, NULL);
}

/* --- The cell that has the keyboard --- */

static DkRegisterCell *
get_focus_cell (DkRegisterPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *cell = focus != NULL ? gtk_widget_get_ancestor (focus, DK_TYPE_REGISTER_CELL) : NULL;

  return cell != NULL && gtk_widget_is_ancestor (cell, GTK_WIDGET (self)) ? DK_REGISTER_CELL (cell) : NULL;
}

/* The amber line: the reason at the cell with the keyboard, else how many wait for one. */
static void
update_strip (DkRegisterPage *self)
{
  DkRegisterCell *cell = get_focus_cell (self);
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

static void
on_entered_cb (DkRegisterPage *self,
               DkRegisterCell *cell)
{
  g_set_object (&self->current, dk_register_cell_get_row (cell));
  self->current_column = dk_register_cell_get_column (cell);
  update_strip (self);
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

static void
on_clipboard_read_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      data)
{
  g_autoptr(DkRegisterPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  DkRegisterCell *cell;

  if (self->session == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (text == NULL || *text == '\0')
    {
      tell (self, _("There is no text on the clipboard."), FALSE);
      return;
    }
  cell = get_focus_cell (self);
  if (cell != NULL && !dk_text_is_table (text))
    {
      g_strchomp (text);
      dk_register_cell_insert (cell, text);
    }
  else
    dk_register_page_paste_text (self, text);
}

static void
read_clipboard (DkRegisterPage *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, on_clipboard_read_cb, g_object_ref (self));
}

/* Alt+Shift+↑ ↓: the column with the keyboard orders the rows. */
static void
sort_by (DkRegisterPage *self,
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
      update_state (self);
      return TRUE;
    case GDK_KEY_space:
      if (is_typing)
        return FALSE;
      if (get_column (self, dk_register_cell_get_column (cell))->kind != DK_KIND_TRUTH
          && get_column (self, dk_register_cell_get_column (cell))->kind != DK_KIND_CHOICE)
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

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint                  key,
                   guint                  code,
                   GdkModifierType        modifiers,
                   DkRegisterPage        *self)
{
  DkRegisterCell *cell = get_focus_cell (self);
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
      sort_by (self, (int) dk_register_cell_get_column (cell), key == GDK_KEY_Down);
      return TRUE;
    }
  if (held & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  return on_plain_key (self, cell, key, (held & GDK_SHIFT_MASK) != 0);
}

/* --- Actions --- */

static void
add_row (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  DkRegisterCell *cell = get_focus_cell (self);

  if (cell != NULL)
    dk_register_cell_commit (cell);
  self->is_started = TRUE;
  update_state (self);
  dk_register_page_focus_cell (self, dk_register_rows_get_n (self->rows), 0);
}

/* Places of the rows to act on, the last first: those marked, else the one with the keyboard. */
static GArray *
list_marked (DkRegisterPage *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = dk_register_rows_get_n (self->rows);

  for (guint i = n; i > 0; i--)
    {
      guint place = i - 1;

      if (gtk_selection_model_is_selected (self->selection, place))
        g_array_append_val (places, place);
    }
  if (places->len == 0 && self->current != NULL)
    {
      guint place;

      if (dk_register_rows_find (self->rows, self->current, &place) && place < n)
        g_array_append_val (places, place);
    }
  return places;
}

static gboolean
delete_ids (DkRegisterPage  *self,
            const GArray    *ids,
            GError         **error)
{
  gboolean is_complete = FALSE, is_good = TRUE;

  if (!dk_session_begin (self->session, error))
    return FALSE;
  for (guint i = 0; i < ids->len && is_good; i++)
    is_good = dk_session_delete_row (self->session, self->reg_id, g_array_index (ids, gint64, i), error);
  /* That all are listed does not say that there are none. */
  if (is_good && ids->len == dk_register_rows_get_n (self->rows)
      && dk_session_get_complete (self->session, self->reg_id, &is_complete) == DK_ANSWER_VALUE && is_complete)
    is_good = dk_session_set_complete (self->session, self->reg_id, DK_ANSWER_NONE, FALSE, error);
  return end_step (self, is_good, error);
}

static void
delete_rows (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  g_autoptr(GArray) places = list_marked (self);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;
  guint first;

  if (places->len == 0)
    {
      tell (self, _("Go to a row first, or mark some."), FALSE);
      return;
    }
  for (guint i = 0; i < places->len; i++)
    {
      gint64 id = dk_register_row_get_id (dk_register_rows_peek (self->rows, g_array_index (places, guint, i)));

      g_array_append_val (ids, id);
    }
  first = g_array_index (places, guint, places->len - 1);
  self->is_writing = TRUE;
  if (!delete_ids (self, ids, &error))
    {
      self->is_writing = FALSE;
      tell_error (self, error);
      return;
    }
  self->is_writing = FALSE;
  gtk_selection_model_unselect_all (self->selection);
  self->is_started = TRUE;
  dk_register_rows_reload (self->rows);
  update_state (self);
  dk_register_page_focus_cell (self, MIN (first, dk_register_rows_get_n (self->rows)), self->current_column);
  message = g_strdup_printf (ngettext ("%u row deleted", "%u rows deleted", ids->len), ids->len);
  tell (self, message, TRUE);
}

char *
dk_register_page_copy_text (DkRegisterPage *self)
{
  GString *table = g_string_new (NULL);
  guint n = dk_register_rows_get_n (self->rows);
  gboolean has_marked = FALSE;

  for (guint i = 0; i < n && !has_marked; i++)
    has_marked = gtk_selection_model_is_selected (self->selection, i);
  for (guint i = 0; i < self->reg->columns->len; i++)
    dk_table_append (table, get_label (&get_column (self, i)->label));
  g_string_append_c (table, '\n');
  for (guint row = 0; row < n; row++)
    {
      if (has_marked && !gtk_selection_model_is_selected (self->selection, row))
        continue;
      for (guint i = 0; i < self->reg->columns->len; i++)
        {
          g_autofree char *text = dk_register_row_dup_text (dk_register_rows_peek (self->rows, row), i);

          dk_table_append (table, text);
          if (i == 0 && *text == '\0' && self->reg->columns->len > 1)
            g_string_append_c (table, '\t'); /* the tab that an empty beginning of a line leaves out */
        }
      g_string_append_c (table, '\n');
    }
  return g_string_free (table, FALSE);
}

static void
copy_rows (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  g_autofree char *text = dk_register_page_copy_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  tell (self, _("The rows are on the clipboard."), FALSE);
}

static void
paste_rows (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  read_clipboard (DK_REGISTER_PAGE (widget));
}

static gboolean
insert_pasted (DkRegisterPage  *self,
               const DkPaste   *paste,
               GArray          *ids,
               GError         **error)
{
  gboolean is_good;

  if (!dk_session_begin (self->session, error))
    return FALSE;
  is_good = before_adding (self, error);
  for (guint row = 0; row < paste->n_rows && is_good; row++)
    {
      gint64 id = dk_session_add_row (self->session, self->reg_id, 0, error);

      is_good = id != 0;
      g_array_append_val (ids, id);
      for (guint i = 0; i < self->reg->columns->len && is_good; i++)
        {
          const DkPastedCell *cell = dk_paste_get_cell (paste, row, i);

          if (cell->state != DK_ANSWER_NONE)
            is_good = dk_session_set_cell (self->session, self->reg_id, id, get_column (self, i), cell->state, &cell->value, error);
        }
    }
  return end_step (self, is_good, error);
}

static void
on_accepted_cb (DkRegisterPasteWindow *window,
                DkRegisterPage        *self)
{
  const DkPaste *paste = dk_register_paste_window_get_paste (window);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;
  guint n_before = dk_register_rows_get_n (self->rows);

  self->is_writing = TRUE;
  if (!insert_pasted (self, paste, ids, &error))
    {
      self->is_writing = FALSE;
      tell_error (self, error);
      return;
    }
  self->is_writing = FALSE;
  dk_register_rows_reload (self->rows);
  for (guint i = 0; i < dk_register_rows_get_n (self->rows); i++)
    {
      DkRegisterRow *row = dk_register_rows_peek (self->rows, i);

      for (guint k = 0; k < ids->len; k++)
        if (dk_register_row_get_id (row) == g_array_index (ids, gint64, k))
          {
            for (guint column = 0; column < self->reg->columns->len; column++)
              {
                const DkPastedCell *cell = dk_paste_get_cell (paste, k, column);

                if (cell->reason != NULL)
                  dk_register_row_set_draft (row, column, cell->text, cell->reason);
              }
            dk_register_row_changed (row);
          }
    }
  update_state (self);
  dk_register_page_focus_cell (self, n_before, 0);
  message = g_strdup_printf (ngettext ("%u row inserted", "%u rows inserted", ids->len), ids->len);
  tell (self, message, TRUE);
}

GtkWidget *
dk_register_page_paste_text (DkRegisterPage *self,
                             const char     *text)
{
  DkRegisterCell *cell = get_focus_cell (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  DkPaste *paste;
  GtkWidget *window;

  g_return_val_if_fail (DK_IS_REGISTER_PAGE (self) && text != NULL, NULL);
  paste = dk_paste_new (self->reg, text, cell != NULL ? dk_register_cell_get_column (cell) : 0, dk_settings_is_in_wan ());
  if (paste->n_rows == 0)
    {
      dk_paste_free (paste);
      tell (self, _("There are no rows on the clipboard."), FALSE);
      return NULL;
    }
  window = dk_register_paste_window_new (paste);
  g_signal_connect_object (window, "accepted", G_CALLBACK (on_accepted_cb), self, 0);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
undo (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  g_autoptr(GError) error = NULL;
  g_autofree char *done = dk_session_undo (self->session, &error);

  if (error != NULL)
    tell_error (self, error);
}

static void
set_none (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  g_autoptr(GError) error = NULL;

  if (!dk_session_set_complete (self->session, self->reg_id, DK_ANSWER_VALUE, TRUE, &error))
    tell_error (self, error);
  update_state (self);
}

static void
go_to_problem (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  DkRegisterRow *row = NULL;
  guint column = 0, place;

  if (dk_register_rows_count_bad (self->rows, &row, &column) > 0 && dk_register_rows_find (self->rows, row, &place))
    dk_register_page_focus_cell (self, place, column);
}

/* "granted_on" sorts by that column, "-granted_on" the other way round, "" as it is kept. */
static void
sort_rows (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  const char *by = g_variant_get_string (parameter, NULL);
  gboolean is_descending = *by == '-';
  guint column;

  if (*by == '\0')
    sort_by (self, -1, FALSE);
  else if (dk_register_find_column (self->reg, by + (is_descending ? 1 : 0), &column) != NULL)
    sort_by (self, (int) column, is_descending);
}

/* All listed, not all listed yet, none: pressing what is pressed already takes the answer away. */
static void
on_switch_clicked_cb (GtkToggleButton *button,
                      DkRegisterPage  *self)
{
  g_autoptr(GError) error = NULL;
  gboolean is_on = gtk_toggle_button_get_active (button);

  if (!dk_session_set_complete (self->session, self->reg_id, is_on ? DK_ANSWER_VALUE : DK_ANSWER_NONE,
                                GTK_WIDGET (button) != self->not_all, &error))
    tell_error (self, error);
  if (GTK_WIDGET (button) != self->none || !is_on)
    self->is_started = self->is_started || is_on;
  else
    self->is_started = FALSE;
  update_state (self);
}

/* --- What is shown --- */

static void
set_text (DkRegisterPage *self,
          char          **field,
          const char     *text,
          int             property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Programmes whose result the register can still change: what it is for. */
static void
describe_purpose (DkRegisterPage *self,
                  gboolean        is_none)
{
  DkAssessment *assessment = dk_session_get_assessment (self->session);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  DkWording wording;
  guint index;

  if (is_none)
    {
      adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), _("There are none"));
      adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), _("You said so. Add a row if there is one after all."));
      return;
    }
  if (assessment != NULL && dk_session_get_wording (self->session, &wording)
      && dk_scope_find_register (dk_catalogue_get_scope (dk_session_get_library (self->session)->catalogue), self->reg_id, &index) != NULL)
    {
      GPtrArray *results = dk_assessment_get_results (assessment);

      for (guint i = 0; i < results->len; i++)
        {
          const DkResult *result = g_ptr_array_index (results, i);

          for (guint k = 0; result->registers != NULL && k < result->registers->len; k++)
            if (g_array_index (result->registers, guint, k) == index)
              {
                g_autofree char *name = dk_wording_dup_programme_title (&wording, result);

                g_string_append_printf (names, "%s%s", names->len > 0 ? dk_wording_get_comma (&wording) : "", name);
              }
        }
    }
  text = names->len > 0 ? g_strdup_printf (_("One row for each. It can still change the result of %s."), names->str)
                        : g_strdup (_("One row for each. Leave a cell empty while it is not known."));
  {
    g_autofree char *escaped = g_markup_escape_text (text, -1);

    adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), get_label (&self->reg->label));
    adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), escaped);
  }
}

static void
update_state (DkRegisterPage *self)
{
  guint n = dk_register_rows_get_n (self->rows);
  gboolean is_complete = FALSE;
  gboolean is_said = dk_session_get_complete (self->session, self->reg_id, &is_complete) == DK_ANSWER_VALUE;
  gboolean is_none = is_said && is_complete && n == 0;
  gboolean can_edit = !dk_session_is_read_only (self->session);
  g_autofree char *count = g_strdup_printf (ngettext ("%u row", "%u rows", n), n);
  g_autofree char *subtitle = NULL;
  const char *child;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all), is_said && is_complete && n > 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->not_all), is_said && !is_complete);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->none), is_none);
  gtk_widget_set_sensitive (self->all, n > 0);
  gtk_widget_set_sensitive (self->none, n == 0);
  gtk_widget_set_tooltip_text (self->none, n > 0 ? _("There are rows. Delete them first.") : NULL);
  gtk_widget_set_sensitive (self->switch_box, can_edit);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  subtitle = g_strdup_printf ("%s · %s", count, is_none ? _("there are none") : is_said && is_complete ? _("complete")
                                                : is_said ? _("not complete yet") : _("not said whether complete"));
  set_text (self, &self->title, get_label (&self->reg->label), PROP_TITLE);
  set_text (self, &self->subtitle, subtitle, PROP_SUBTITLE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.add", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.paste", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.delete", can_edit && n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.none", can_edit && n == 0 && !is_none);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.copy", n > 0);

  child = n == 0 && !self->is_started ? "empty" : self->is_narrow ? "cards" : "table";
  if (g_str_equal (child, "empty"))
    describe_purpose (self, is_none);
  gtk_widget_set_visible (self->toolbar, !g_str_equal (child, "empty"));
  gtk_widget_set_visible (self->empty_none, !is_none);
  /* The view that is not shown has no rows: a row has one widget for each cell. */
  if (!self->is_narrow)
    {
      gtk_list_view_set_model (GTK_LIST_VIEW (self->cards), NULL);
      gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), self->selection);
    }
  else
    {
      gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), NULL);
      gtk_list_view_set_model (GTK_LIST_VIEW (self->cards), self->selection);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), child);
  update_strip (self);
}

static void
on_session_changed_cb (DkRegisterPage *self,
                       const char     *id)
{
  if (self->is_writing || (id != NULL && strcmp (id, self->reg_id) != 0))
    return;
  dk_register_rows_reload (self->rows);
  update_state (self);
}

static gboolean
on_layout_cb (gpointer data)
{
  DkRegisterPage *self = data;

  self->layout_id = 0;
  if (self->is_narrow)
    gtk_widget_add_css_class (self->content, "narrow");
  else
    gtk_widget_remove_css_class (self->content, "narrow");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->footer), self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (self->rows != NULL)
    update_state (self);
  return G_SOURCE_REMOVE;
}

static void
dk_register_page_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);

  GTK_WIDGET_CLASS (dk_register_page_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->is_narrow == (width < NARROW))
    return;
  self->is_narrow = width < NARROW;
  if (self->layout_id == 0)
    self->layout_id = g_idle_add (on_layout_cb, self); /* not while sizes are being handed out */
}

/* --- Cells of both views --- */

static GtkWidget *
make_cell (DkRegisterPage *self,
           guint           column)
{
  GtkWidget *cell = dk_register_cell_new (column);

  g_signal_connect_object (cell, "commit", G_CALLBACK (on_commit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "answer", G_CALLBACK (on_answer_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "entered", G_CALLBACK (on_entered_cb), self, G_CONNECT_SWAPPED);
  return cell;
}

static guint
get_factory_column (GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
on_cell_setup_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  DkRegisterPage     *self)
{
  gtk_list_item_set_child (item, make_cell (self, get_factory_column (factory)));
}

static void
on_cell_bind_cb (GtkListItemFactory *factory,
                 GtkListItem        *item)
{
  dk_register_cell_set_row (DK_REGISTER_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item), gtk_list_item_get_position (item));
}

static void
on_cell_unbind_cb (GtkListItemFactory *factory,
                   GtkListItem        *item)
{
  dk_register_cell_set_row (DK_REGISTER_CELL (gtk_list_item_get_child (item)), NULL, 0);
}

/* The number of a row; the empty one has a plus. */
static void
update_number (GtkListItem *item)
{
  DkRegisterRow *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (row == NULL || label == NULL)
    return;
  text = dk_register_row_get_id (row) == 0 ? g_strdup ("+") : g_strdup_printf ("%u", gtk_list_item_get_position (item) + 1);
  name = dk_register_row_get_id (row) == 0 ? g_strdup (_("New row")) : g_strdup_printf (_("Row %u"), gtk_list_item_get_position (item) + 1);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_number_setup_cb (GtkListItemFactory *factory,
                    GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "dk-row-number");
  gtk_widget_add_css_class (label, "num");
  gtk_list_item_set_child (item, label);
  g_signal_connect (item, "notify::position", G_CALLBACK (update_number), NULL);
}

static void
on_number_bind_cb (GtkListItemFactory *factory,
                   GtkListItem        *item)
{
  DkRegisterRow *row = gtk_list_item_get_item (item);

  update_number (item);
  g_signal_connect_object (row, "changed", G_CALLBACK (update_number), item, G_CONNECT_SWAPPED);
}

static void
on_number_unbind_cb (GtkListItemFactory *factory,
                     GtkListItem        *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), update_number, item);
}

static void
on_card_setup_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  DkRegisterPage     *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (card, "dk-card");
  gtk_widget_add_css_class (card, "dk-register-card");
  for (guint i = 0; i < self->reg->columns->len; i++)
    {
      GtkWidget *label = gtk_label_new (get_label (&get_column (self, i)->label));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "dk-dim");
      gtk_widget_add_css_class (label, "dk-small");
      gtk_box_append (GTK_BOX (card), label);
      gtk_box_append (GTK_BOX (card), make_cell (self, i));
    }
  gtk_list_item_set_child (item, card);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
bind_card (GtkListItem   *item,
           DkRegisterRow *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_list_item_get_child (item)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (DK_IS_REGISTER_CELL (child))
      dk_register_cell_set_row (DK_REGISTER_CELL (child), row, gtk_list_item_get_position (item));
}

static void
on_card_bind_cb (GtkListItemFactory *factory,
                 GtkListItem        *item)
{
  bind_card (item, gtk_list_item_get_item (item));
}

static void
on_card_unbind_cb (GtkListItemFactory *factory,
                   GtkListItem        *item)
{
  bind_card (item, NULL);
}

/* What a head's sorter is asked is not for rows, which order themselves, but to find out which head was pressed and whether it is
 * the other way round: the view's sorter does not tell. */
typedef struct { DkRegisterPage *self; int column; } Probe;

static int
answer_probe (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  Probe *probe = data;

  probe->self->probed_column = probe->column;
  return -1;
}

static void
on_sorter_changed_cb (DkRegisterPage *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->table));
  GtkOrdering ordering;
  DkRegisterCell *cell = get_focus_cell (self);
  guint place;

  if (self->rows == NULL)
    return;
  self->probed_column = -1;
  ordering = gtk_sorter_compare (sorter, self, self->rows);
  if (cell != NULL)
    dk_register_cell_commit (cell);
  dk_register_rows_sort (self->rows, self->probed_column, ordering == GTK_ORDERING_LARGER);
  if (cell != NULL && self->current != NULL && dk_register_rows_find (self->rows, self->current, &place))
    dk_register_page_focus_cell (self, place, self->current_column);
}

static int
get_width (const DkSymbol *column,
           guint           n)
{
  switch (column->kind)
    {
    case DK_KIND_TEXT:
      return n == 0 ? 220 : 170;
    case DK_KIND_CHOICE:
    case DK_KIND_CODE:
      return 160;
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    case DK_KIND_TRUTH:
    default:
      return 132;
    }
}

static void
add_column (DkRegisterPage *self,
            int             n)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const DkSymbol *column = n >= 0 ? get_column (self, (guint) n) : NULL;
  const char *unit = column != NULL && column->kind == DK_KIND_NUMBER ? dk_format_unit (column->unit) : "";
  g_autofree char *title = NULL;
  g_autoptr(GtkColumnViewColumn) view_column = NULL;
  g_autoptr(GtkSorter) sorter = NULL;

  if (column != NULL)
    title = *unit != '\0' ? g_strdup_printf ("%s · %s", get_label (&column->label), unit) : g_strdup (get_label (&column->label));
  view_column = gtk_column_view_column_new (title != NULL ? title : "#", factory);
  if (column == NULL)
    {
      g_signal_connect (factory, "setup", G_CALLBACK (on_number_setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_number_bind_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_number_unbind_cb), NULL);
      gtk_column_view_column_set_fixed_width (view_column, 48);
    }
  else
    {
      Probe *probe = g_new0 (Probe, 1);

      probe->self = self;
      probe->column = n;
      sorter = GTK_SORTER (gtk_custom_sorter_new (answer_probe, probe, g_free));
      g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (n));
      g_signal_connect_object (factory, "setup", G_CALLBACK (on_cell_setup_cb), self, 0);
      g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bind_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_cell_unbind_cb), NULL);
      gtk_column_view_column_set_sorter (view_column, sorter);
      gtk_column_view_column_set_fixed_width (view_column, get_width (column, (guint) n));
      gtk_column_view_column_set_resizable (view_column, TRUE);
    }
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->table), view_column);
}

static void
fill_sort_menu (DkRegisterPage *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) ascending = g_menu_new ();
  g_autoptr(GMenu) descending = g_menu_new ();
  g_autoptr(GMenu) kept = g_menu_new ();

  for (guint i = 0; i < self->reg->columns->len; i++)
    {
      const DkSymbol *column = get_column (self, i);
      g_autofree char *down = g_strconcat ("-", column->id, NULL);
      g_autoptr(GMenuItem) first = g_menu_item_new (get_label (&column->label), NULL);
      g_autoptr(GMenuItem) second = g_menu_item_new (get_label (&column->label), NULL);

      g_menu_item_set_action_and_target (first, "register.sort", "s", column->id);
      g_menu_append_item (ascending, first);
      g_menu_item_set_action_and_target (second, "register.sort", "s", down);
      g_menu_append_item (descending, second);
    }
  g_menu_append (kept, _("As entered"), "register.sort::");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (kept));
  g_menu_append_submenu (menu, _("Smallest or earliest first"), G_MENU_MODEL (ascending));
  g_menu_append_submenu (menu, _("Largest or latest first"), G_MENU_MODEL (descending));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->sort), G_MENU_MODEL (menu));
}

static void
set_up (DkRegisterPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->reg = dk_scope_find_register (dk_catalogue_get_scope (dk_session_get_library (self->session)->catalogue), self->reg_id, NULL);
  g_return_if_fail (self->reg != NULL);
  self->rows = dk_register_rows_new (self->session, self->reg);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->rows))));
  for (int i = -1; i < (int) self->reg->columns->len; i++)
    add_column (self, i);
  fill_sort_menu (self);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_card_setup_cb), self, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_card_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_card_unbind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->cards), factory);
  g_object_unref (factory);
  g_signal_connect_object (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->table)), "changed", G_CALLBACK (on_sorter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "assessed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  update_state (self);
}

static void
dk_register_page_constructed (GObject *object)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  G_OBJECT_CLASS (dk_register_page_parent_class)->constructed (object);
  if (self->session != NULL && self->reg_id != NULL)
    set_up (self);
}

static void
dk_register_page_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_REGISTER:
      g_value_set_string (value, self->reg_id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_register_page_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_REGISTER:
      self->reg_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_register_page_dispose (GObject *object)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);
  DkRegisterCell *cell = self->rows != NULL ? get_focus_cell (self) : NULL;

  if (cell != NULL)
    dk_register_cell_commit (cell);
  g_clear_handle_id (&self->layout_id, g_source_remove);
  if (self->target_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->target_id);
      self->target_id = 0;
    }
  g_clear_object (&self->target);
  g_clear_object (&self->current);
  if (self->table != NULL)
    {
      gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), NULL);
      gtk_list_view_set_model (GTK_LIST_VIEW (self->cards), NULL);
    }
  adw_bin_set_child (ADW_BIN (self), NULL); /* before the template goes, which would not tell the bin */
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_REGISTER_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_register_page_parent_class)->dispose (object);
}

static void
dk_register_page_finalize (GObject *object)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  g_free (self->reg_id);
  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_register_page_parent_class)->finalize (object);
}

static void
dk_register_page_class_init (DkRegisterPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = dk_register_page_constructed;
  object_class->get_property = dk_register_page_get_property;
  object_class->set_property = dk_register_page_set_property;
  object_class->dispose = dk_register_page_dispose;
  object_class->finalize = dk_register_page_finalize;
  widget_class->size_allocate = dk_register_page_size_allocate;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DK_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REGISTER] = g_param_spec_string ("register", NULL, NULL, NULL,
                                                   G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-register-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, DkRegisterPage, name)
  BIND (toasts);
  BIND (content);
  BIND (toolbar);
  BIND (add);
  BIND (paste);
  BIND (copy);
  BIND (delete);
  BIND (sort);
  BIND (stack);
  BIND (empty);
  BIND (empty_add);
  BIND (empty_none);
  BIND (scroller);
  BIND (table);
  BIND (cards);
  BIND (strip);
  BIND (reason);
  BIND (go);
  BIND (footer);
  BIND (count);
  BIND (switch_box);
  BIND (all);
  BIND (not_all);
  BIND (none);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_switch_clicked_cb);
  gtk_widget_class_install_action (widget_class, "register.add", NULL, add_row);
  gtk_widget_class_install_action (widget_class, "register.delete", NULL, delete_rows);
  gtk_widget_class_install_action (widget_class, "register.copy", NULL, copy_rows);
  gtk_widget_class_install_action (widget_class, "register.paste", NULL, paste_rows);
  gtk_widget_class_install_action (widget_class, "register.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "register.none", NULL, set_none);
  gtk_widget_class_install_action (widget_class, "register.next-problem", NULL, go_to_problem);
  gtk_widget_class_install_action (widget_class, "register.sort", "s", sort_rows);
}

static void
dk_register_page_init (DkRegisterPage *self)
{
  GtkEventController *keys;
  const struct { GtkWidget **widget; const char *name; } names[] = {
    { &self->paste, N_("Paste rows from a spreadsheet") },
    { &self->copy, N_("Copy the marked rows") },
    { &self->delete, N_("Delete the marked rows") },
    { &self->sort, N_("Sort the rows") },
    { &self->add, N_("Add a row") },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (*names[i].widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _(names[i].name), -1);
  /* Before the list view and the entry, which have other uses for arrows, Tab and Enter. */
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (self->stack, keys);
}

GtkWidget *
dk_register_page_new (DkSession  *session,
                      const char *reg)
{
  return g_object_new (DK_TYPE_REGISTER_PAGE, "session", session, "register", reg, NULL);
}

DkRegisterRows *
dk_register_page_get_rows (DkRegisterPage *self)
{
  return self->rows;
}
