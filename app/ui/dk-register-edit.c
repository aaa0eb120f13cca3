/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-edit"

#include "dk-register-page-private.h"

#include "dk-register-paste-window.h"
#include "dk-settings.h"

#include <glib/gi18n.h>

/* --- Writing --- */

/* A register of which it was said that there are none has one now: what that said holds no longer. */
static gboolean
before_adding (DkRegisterPage  *self,
               GError         **error)
{
  gboolean is_complete = FALSE;

  if (dk_register_rows_get_n_all (self->rows) > 0
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
    return dk_session_set_cell (self->session, self->reg_id, id, dk_register_page_get_column (self, column), state, value, error);
  if (!dk_session_begin (self->session, error))
    return FALSE;
  is_good = before_adding (self, error) && (id = dk_session_add_row (self->session, self->reg_id, 0, error)) != 0
            && (state == DK_ANSWER_NONE
                || dk_session_set_cell (self->session, self->reg_id, id, dk_register_page_get_column (self, column), state, value, error));
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
      dk_register_page_tell_error (self, error);
    }
  dk_register_row_changed (row);
  dk_register_page_update_state (self);
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
        dk_register_page_tell_error (self, error);
      self->is_writing = FALSE;
    }
  dk_register_row_set_draft (row, column, text, reason);
  dk_register_row_changed (row);
  dk_register_page_update_state (self);
}

void
dk_register_page_on_commit_cb (DkRegisterPage *self,
                               const char     *text,
                               DkRegisterCell *cell)
{
  g_autoptr(DkRegisterRow) row = g_object_ref (dk_register_cell_get_row (cell));
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GError) error = NULL;
  guint column = dk_register_cell_get_column (cell);
  DkAnswerState state;
  DkValue value = { 0 };

  if (!dk_cell_parse (dk_register_page_get_column (self, column), text, dk_settings_is_in_wan (), &state, &value, arena, &error))
    keep_draft (self, row, column, text, error->message);
  else if (state != DK_ANSWER_NONE || dk_register_row_get_id (row) != 0)
    apply (self, row, column, state, &value, text);
}

void
dk_register_page_on_answer_cb (DkRegisterPage *self,
                               int             state,
                               gpointer        value,
                               DkRegisterCell *cell)
{
  g_autoptr(DkRegisterRow) row = g_object_ref (dk_register_cell_get_row (cell));

  if (state != DK_ANSWER_NONE || dk_register_row_get_id (row) != 0)
    apply (self, row, dk_register_cell_get_column (cell), state, value, NULL);
}

/* --- The clipboard --- */

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
      dk_register_page_tell (self, _("There is no text on the clipboard."), FALSE);
      return;
    }
  cell = dk_register_page_get_focus_cell (self);
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

/* --- Actions --- */

static void
add_row (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  DkRegisterCell *cell = dk_register_page_get_focus_cell (self);

  if (cell != NULL)
    dk_register_cell_commit (cell);
  self->is_started = TRUE;
  dk_register_page_update_state (self);
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
  if (is_good && ids->len == dk_register_rows_get_n_all (self->rows)
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
      dk_register_page_tell (self, _("Go to a row first, or mark some."), FALSE);
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
      dk_register_page_tell_error (self, error);
      return;
    }
  self->is_writing = FALSE;
  gtk_selection_model_unselect_all (self->selection);
  self->is_started = TRUE;
  dk_register_rows_reload (self->rows);
  dk_register_page_update_state (self);
  dk_register_page_focus_cell (self, MIN (first, dk_register_rows_get_n (self->rows)), self->current_column);
  message = g_strdup_printf (ngettext ("%u row deleted", "%u rows deleted", ids->len), ids->len);
  dk_register_page_tell (self, message, TRUE);
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
    dk_table_append (table, dk_text_get (&dk_register_page_get_column (self, i)->label, dk_settings_get_language ()));
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
  dk_register_page_tell (self, _("The rows are on the clipboard."), FALSE);
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
            is_good = dk_session_set_cell (self->session, self->reg_id, id, dk_register_page_get_column (self, i), cell->state, &cell->value, error);
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
  guint n_before;

  /* What is pasted is to be seen. */
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  dk_register_rows_filter (self->rows, "");
  n_before = dk_register_rows_get_n (self->rows);
  self->is_writing = TRUE;
  if (!insert_pasted (self, paste, ids, &error))
    {
      self->is_writing = FALSE;
      dk_register_page_tell_error (self, error);
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
  dk_register_page_update_state (self);
  dk_register_page_focus_cell (self, n_before, 0);
  message = g_strdup_printf (ngettext ("%u row inserted", "%u rows inserted", ids->len), ids->len);
  dk_register_page_tell (self, message, TRUE);
}

GtkWidget *
dk_register_page_paste_text (DkRegisterPage *self,
                             const char     *text)
{
  DkRegisterCell *cell = dk_register_page_get_focus_cell (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  DkPaste *paste;
  GtkWidget *window;

  g_return_val_if_fail (DK_IS_REGISTER_PAGE (self) && text != NULL, NULL);
  paste = dk_paste_new (self->reg, text, cell != NULL ? dk_register_cell_get_column (cell) : 0, dk_settings_is_in_wan ());
  if (paste->n_rows == 0)
    {
      dk_paste_free (paste);
      dk_register_page_tell (self, _("There are no rows on the clipboard."), FALSE);
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
    dk_register_page_tell_error (self, error);
  else if (done != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (done, -1);

      dk_register_page_tell (self, escaped, FALSE);
    }
}

static void
set_none (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);
  g_autoptr(GError) error = NULL;

  if (!dk_session_set_complete (self->session, self->reg_id, DK_ANSWER_VALUE, TRUE, &error))
    dk_register_page_tell_error (self, error);
  dk_register_page_update_state (self);
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
    dk_register_page_sort_by (self, -1, FALSE);
  else if (dk_register_find_column (self->reg, by + (is_descending ? 1 : 0), &column) != NULL)
    dk_register_page_sort_by (self, (int) column, is_descending);
}

static void
search (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);

  if (gtk_widget_get_mapped (self->search))
    gtk_widget_grab_focus (self->search);
}

void
dk_register_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "register.add", NULL, add_row);
  gtk_widget_class_install_action (widget_class, "register.delete", NULL, delete_rows);
  gtk_widget_class_install_action (widget_class, "register.copy", NULL, copy_rows);
  gtk_widget_class_install_action (widget_class, "register.paste", NULL, paste_rows);
  gtk_widget_class_install_action (widget_class, "register.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "register.none", NULL, set_none);
  gtk_widget_class_install_action (widget_class, "register.next-problem", NULL, go_to_problem);
  gtk_widget_class_install_action (widget_class, "register.sort", "s", sort_rows);
  gtk_widget_class_install_action (widget_class, "register.search", NULL, search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "register.search", NULL);
}
