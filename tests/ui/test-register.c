/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a register: cells, keys, rows, what is pasted. */
#include "dk-register-page-private.h"
#include "dk-register-paste-window.h"

#include "fixture.h"

#define N_COLUMNS 19
#define MANY 500

enum { NAME, KIND, NUMBER, GRANTED_ON, VALID_TO, OBTAINED, TRANSFERRED_ON, RANK, PRODUCT, FOR_MAIN_PRODUCT };

typedef struct
{
  Fixture         fixture;
  DkSession      *session;
  DkRegisterPage *page;
  GtkWindow      *window;
} Table;

static void
open_table (Table      *table,
            const char *reg,
            int         width)
{
  table->page = DK_REGISTER_PAGE (dk_register_page_new (table->session, reg));
  table->window = fixture_show (GTK_WIDGET (table->page), width, 700);
  fixture_iterate ();
}

static void
close_table (Table *table)
{
  gtk_window_destroy (table->window);
  fixture_iterate ();
}

static void
set_up (Table         *table,
        gconstpointer  data)
{
  fixture_set_up (&table->fixture, data);
  table->session = fixture_open (&table->fixture, table->fixture.passes);
  open_table (table, data != NULL ? data : "ip", 1200);
}

static void
tear_down (Table         *table,
           gconstpointer  data)
{
  close_table (table);
  dk_session_settle (table->session);
  g_object_unref (table->session);
  fixture_tear_down (&table->fixture, data);
}

static guint
count_rows (Table      *table,
            const char *reg)
{
  g_autoptr(GArray) ids = dk_session_list_rows (table->session, reg);

  return ids->len;
}

/* (transfer full) */
static char *
read_cell (Table *table,
           guint  row,
           guint  column)
{
  return dk_register_row_dup_text (dk_register_rows_peek (table->page->rows, row), column);
}

static void
assert_cell (Table      *table,
             guint       row,
             guint       column,
             const char *wanted)
{
  g_autofree char *text = read_cell (table, row, column);

  g_assert_cmpstr (text, ==, wanted);
}

static void
go_to (Table *table,
       guint  row,
       guint  column)
{
  dk_register_page_focus_cell (table->page, row, column);
  for (guint i = 0; i < 50 && table->page->target != NULL; i++)
    fixture_wait (10);
  fixture_iterate ();
}

static void
assert_at (Table *table,
           guint  row,
           guint  column)
{
  DkRegisterCell *cell;
  guint place;

  for (guint i = 0; i < 50 && table->page->target != NULL; i++)
    fixture_wait (10);
  fixture_iterate ();
  cell = dk_register_page_get_focus_cell (table->page);
  g_assert_nonnull (cell);
  g_assert_true (dk_register_rows_find (table->page->rows, dk_register_cell_get_row (cell), &place));
  g_assert_cmpuint (place, ==, row);
  g_assert_cmpuint (dk_register_cell_get_column (cell), ==, column);
}

static gboolean
press (Table           *table,
       guint            key,
       GdkModifierType  modifiers)
{
  gboolean is_taken = dk_register_page_on_key_pressed_cb (NULL, key, 0, modifiers, table->page);

  fixture_iterate ();
  return is_taken;
}

static void
type (Table      *table,
      const char *text)
{
  GtkWidget *entry = gtk_root_get_focus (GTK_ROOT (table->window));

  g_assert_true (GTK_IS_TEXT (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
undo (Table *table)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *done = dk_session_undo (table->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (done);
  fixture_iterate ();
}

static void
test_shows_rows (Table         *table,
                 gconstpointer  data)
{
  g_autofree char *title = NULL, *subtitle = NULL;

  g_object_get (table->page, "title", &title, "subtitle", &subtitle, NULL);
  g_assert_cmpstr (title, ==, "Intellectual property");
  g_assert_cmpstr (subtitle, ==, "6 rows · complete");
  g_assert_cmpuint (dk_register_rows_get_n (table->page->rows), ==, 6);
  assert_cell (table, 0, KIND, "Invention patent");
  assert_cell (table, 0, GRANTED_ON, "2021-09-14");
  assert_cell (table, 0, TRANSFERRED_ON, "None");
  assert_cell (table, 6, NAME, "");
}

static void
test_keys_move (Table         *table,
                gconstpointer  data)
{
  go_to (table, 0, NAME);
  assert_at (table, 0, NAME);
  g_assert_true (press (table, GDK_KEY_Tab, 0));
  assert_at (table, 0, KIND);
  press (table, GDK_KEY_Down, 0);
  assert_at (table, 1, KIND);
  press (table, GDK_KEY_Right, 0);
  assert_at (table, 1, NUMBER);
  press (table, GDK_KEY_Return, 0);
  assert_at (table, 2, NUMBER);
  press (table, GDK_KEY_Return, GDK_SHIFT_MASK);
  assert_at (table, 1, NUMBER);
  press (table, GDK_KEY_End, 0);
  assert_at (table, 1, N_COLUMNS - 1);
  press (table, GDK_KEY_Tab, 0); /* on to the next row */
  assert_at (table, 2, NAME);
  press (table, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK);
  assert_at (table, 1, N_COLUMNS - 1);
  press (table, GDK_KEY_Home, GDK_CONTROL_MASK);
  assert_at (table, 0, NAME);
  g_assert_false (press (table, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK)); /* out of the table */
  press (table, GDK_KEY_End, GDK_CONTROL_MASK);
  assert_at (table, 6, N_COLUMNS - 1);
  g_assert_false (press (table, GDK_KEY_Tab, 0));
  press (table, GDK_KEY_Down, 0); /* there is nothing below */
  assert_at (table, 6, N_COLUMNS - 1);
}

static void
test_arrows_in_a_text (Table         *table,
                       gconstpointer  data)
{
  go_to (table, 0, NUMBER);
  g_assert_true (press (table, GDK_KEY_F2, 0));
  g_assert_false (press (table, GDK_KEY_Left, 0)); /* moves in the text now */
  assert_at (table, 0, NUMBER);
  g_assert_true (press (table, GDK_KEY_Down, 0));
  assert_at (table, 1, NUMBER);
}

static void
test_edit_is_written (Table         *table,
                      gconstpointer  data)
{
  go_to (table, 1, GRANTED_ON);
  type (table, "2021/3/4");
  press (table, GDK_KEY_Return, 0);
  assert_at (table, 2, GRANTED_ON);
  assert_cell (table, 1, GRANTED_ON, "2021-03-04");
  undo (table);
  assert_cell (table, 1, GRANTED_ON, "2020-11-03");
}

static void
test_leaving_without_typing_writes_nothing (Table         *table,
                                            gconstpointer  data)
{
  gboolean can_undo;

  g_object_get (table->session, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      go_to (table, 0, i);
      press (table, GDK_KEY_F2, 0);
    }
  go_to (table, 6, 0);
  press (table, GDK_KEY_Tab, 0);
  g_object_get (table->session, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 6);
}

static void
test_four_answers (Table         *table,
                   gconstpointer  data)
{
  static const struct { const char *typed; DkAnswerState state; const char *shown; } answers[] = {
    { "?", DK_ANSWER_UNKNOWN, "Not known yet" }, { "none", DK_ANSWER_VALUE, "None" }, { "2030-02", DK_ANSWER_VALUE, "2030-02" },
    { "", DK_ANSWER_NONE, "" }, { "2031-01-02", DK_ANSWER_VALUE, "2031-01-02" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      DkRegisterRow *row = dk_register_rows_peek (table->page->rows, 2);
      DkValue value;

      go_to (table, 2, VALID_TO);
      type (table, answers[i].typed);
      press (table, GDK_KEY_Tab, 0);
      g_assert_cmpint (dk_register_row_get_answer (row, VALID_TO, &value), ==, answers[i].state);
      assert_cell (table, 2, VALID_TO, answers[i].shown);
    }
}

static void
test_bad_text_stays (Table         *table,
                     gconstpointer  data)
{
  DkRegisterRow *row = dk_register_rows_peek (table->page->rows, 1);
  DkValue value;

  go_to (table, 1, GRANTED_ON);
  type (table, "soon");
  press (table, GDK_KEY_Tab, 0);
  assert_at (table, 1, VALID_TO); /* the keyboard may leave */
  assert_cell (table, 1, GRANTED_ON, "soon");
  g_assert_cmpstr (dk_register_row_get_reason (row, GRANTED_ON), ==, "“soon” is no date. Write it like 2026-11-22.");
  g_assert_true (gtk_widget_has_css_class (dk_register_row_get_cell (row, GRANTED_ON), "bad"));
  g_assert_true (gtk_widget_get_visible (table->page->strip));
  g_assert_cmpint (dk_register_row_get_answer (row, GRANTED_ON, &value), ==, DK_ANSWER_VALUE); /* what was there counts on */

  /* It is there still when the page is shown again. */
  close_table (table);
  open_table (table, "ip", 1200);
  assert_cell (table, 1, GRANTED_ON, "soon");
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.next-problem", NULL);
  assert_at (table, 1, GRANTED_ON);
  type (table, "2020-11-04");
  press (table, GDK_KEY_Return, 0);
  assert_cell (table, 1, GRANTED_ON, "2020-11-04");
  g_assert_false (gtk_widget_get_visible (table->page->strip));
}

static void
test_escape_takes_back (Table         *table,
                        gconstpointer  data)
{
  go_to (table, 1, GRANTED_ON);
  type (table, "soon");
  g_assert_true (press (table, GDK_KEY_Escape, 0));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (table->window)))), ==, "2020-11-03");
  g_assert_false (press (table, GDK_KEY_Escape, 0));
}

static void
test_typing_in_the_empty_row (Table         *table,
                              gconstpointer  data)
{
  g_assert_true (press (table, GDK_KEY_Return, GDK_CONTROL_MASK));
  assert_at (table, 6, NAME);
  type (table, "New");
  press (table, GDK_KEY_Tab, 0);
  assert_at (table, 6, KIND);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 7);
  assert_cell (table, 6, NAME, "New");
  assert_cell (table, 7, NAME, "");
  type (table, "utility model patent");
  press (table, GDK_KEY_Down, 0);
  assert_at (table, 7, KIND);
  assert_cell (table, 6, KIND, "Utility model patent");
  type (table, "invention");
  press (table, GDK_KEY_Down, 0);
  assert_at (table, 8, KIND);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 8);
  undo (table); /* row and cell together */
  g_assert_cmpuint (count_rows (table, "ip"), ==, 7);
  g_assert_cmpuint (dk_register_rows_get_n (table->page->rows), ==, 7);
}

static void
test_bad_text_in_the_empty_row (Table         *table,
                                gconstpointer  data)
{
  go_to (table, 6, GRANTED_ON);
  type (table, "soon");
  press (table, GDK_KEY_Tab, 0);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 7);
  assert_cell (table, 6, GRANTED_ON, "soon");
  assert_cell (table, 7, GRANTED_ON, "");
}

static void
test_delete_and_undo (Table         *table,
                      gconstpointer  data)
{
  g_autofree char *second = read_cell (table, 1, NAME);

  go_to (table, 1, NAME);
  press (table, GDK_KEY_Delete, GDK_CONTROL_MASK);
  g_assert_cmpuint (dk_register_rows_get_n (table->page->rows), ==, 5);
  assert_at (table, 1, NAME);
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.undo", NULL);
  g_assert_cmpuint (dk_register_rows_get_n (table->page->rows), ==, 6);
  assert_cell (table, 1, NAME, second);

  /* Those that are marked, in one step. */
  gtk_selection_model_select_item (table->page->selection, 0, TRUE);
  gtk_selection_model_select_item (table->page->selection, 3, FALSE);
  gtk_selection_model_select_item (table->page->selection, 6, FALSE); /* the empty one */
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.delete", NULL);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 4);
  undo (table);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 6);
}

static void
test_deleting_all_does_not_say_none (Table         *table,
                                     gconstpointer  data)
{
  gboolean is_complete;

  gtk_selection_model_select_all (table->page->selection);
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.delete", NULL);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 0);
  g_assert_cmpint (dk_session_get_complete (table->session, "ip", &is_complete), ==, DK_ANSWER_NONE);
  undo (table);
  g_assert_cmpuint (count_rows (table, "ip"), ==, 6);
  g_assert_cmpint (dk_session_get_complete (table->session, "ip", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_true (is_complete);
}

static void
test_sort (Table         *table,
           gconstpointer  data)
{
  g_autofree char *first = read_cell (table, 0, NAME);
  g_autoptr(GArray) before = dk_session_list_rows (table->session, "ip");
  g_autoptr(GArray) after = NULL;
  gboolean is_descending;

  go_to (table, 0, GRANTED_ON);
  press (table, GDK_KEY_Up, GDK_ALT_MASK | GDK_SHIFT_MASK);
  g_assert_cmpint (dk_register_rows_get_sort (table->page->rows, &is_descending), ==, GRANTED_ON);
  g_assert_false (is_descending);
  for (guint i = 0; i + 1 < 6; i++)
    {
      g_autofree char *one = read_cell (table, i, GRANTED_ON);
      g_autofree char *next = read_cell (table, i + 1, GRANTED_ON);

      g_assert_cmpstr (one, <=, next);
    }
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.sort", "s", "-granted_on");
  g_assert_cmpint (dk_register_rows_get_sort (table->page->rows, &is_descending), ==, GRANTED_ON);
  g_assert_true (is_descending);
  assert_cell (table, 0, GRANTED_ON, "2024-05-16");
  assert_cell (table, 6, NAME, ""); /* the empty row stays at the end */

  /* A cell that changes does not carry its row away from under the hands. */
  go_to (table, 0, GRANTED_ON);
  type (table, "2001-01-01");
  press (table, GDK_KEY_Tab, 0);
  assert_cell (table, 0, GRANTED_ON, "2001-01-01");
  assert_at (table, 0, VALID_TO);

  after = dk_session_list_rows (table->session, "ip");
  g_assert_cmpmem (after->data, after->len * sizeof (gint64), before->data, before->len * sizeof (gint64));
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.sort", "s", "");
  assert_cell (table, 0, NAME, first);
}

static void
test_completeness (Table         *table,
                   gconstpointer  data)
{
  gboolean is_complete;

  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (table->page->all)));
  g_assert_false (gtk_widget_get_sensitive (table->page->none)); /* there are rows */
  g_signal_emit_by_name (table->page->not_all, "clicked");
  g_assert_cmpint (dk_session_get_complete (table->session, "ip", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_false (is_complete);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (table->page->all)));
  g_signal_emit_by_name (table->page->not_all, "clicked"); /* again: not said */
  g_assert_cmpint (dk_session_get_complete (table->session, "ip", &is_complete), ==, DK_ANSWER_NONE);
}

static void
test_none_and_first_row (Table         *table, /* of incidents, of which there are none */
                         gconstpointer  data)
{
  gboolean is_complete;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (table->page->stack)), ==, "empty");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (table->page->none)));
  g_assert_cmpint (dk_session_get_complete (table->session, "incidents", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_true (is_complete);
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.add", NULL);
  assert_at (table, 0, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (table->page->stack)), ==, "table");
  type (table, "data fraud");
  press (table, GDK_KEY_Tab, 0);
  g_assert_cmpuint (count_rows (table, "incidents"), ==, 1);
  /* That there are none holds no longer, and nobody said that this is all. */
  g_assert_cmpint (dk_session_get_complete (table->session, "incidents", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_false (is_complete);
  undo (table);
  g_assert_cmpuint (count_rows (table, "incidents"), ==, 0);
  g_assert_cmpint (dk_session_get_complete (table->session, "incidents", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_true (is_complete);
}

static void
test_paste (Table         *table,
            gconstpointer  data)
{
  GtkWidget *window = dk_register_page_paste_text (table->page, "Kind\tName\tGranted or registered on\tRemark\n"
                                                                "Design patent\tA\t2024-01-02\tx\nDesign patent\tB\tsoon\t\n");
  GtkWidget *insert = fixture_find (window, GTK_TYPE_BUTTON, "Insert 2 rows");
  GtkWidget *agree = fixture_find (window, GTK_TYPE_CHECK_BUTTON, NULL);

  fixture_iterate ();
  g_assert_nonnull (insert);
  g_assert_nonnull (fixture_find (window, GTK_TYPE_LABEL, "There is no place here for: Remark."));
  g_assert_nonnull (fixture_find (window, GTK_TYPE_LABEL, "Row 2, Granted or registered on: “soon” is no date."));
  g_assert_false (gtk_widget_get_sensitive (insert)); /* a cell would be left out, and nobody agreed */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (agree), TRUE);
  g_assert_true (gtk_widget_get_sensitive (insert));
  g_signal_emit_by_name (insert, "clicked");
  fixture_iterate ();
  g_assert_cmpuint (count_rows (table, "ip"), ==, 8);
  assert_cell (table, 6, NAME, "A");
  assert_cell (table, 6, KIND, "Design patent");
  assert_cell (table, 6, GRANTED_ON, "2024-01-02");
  assert_cell (table, 7, GRANTED_ON, "soon"); /* nothing is lost */
  g_assert_nonnull (dk_register_row_get_reason (dk_register_rows_peek (table->page->rows, 7), GRANTED_ON));
  undo (table); /* one step */
  g_assert_cmpuint (count_rows (table, "ip"), ==, 6);
  g_assert_null (dk_register_page_paste_text (table->page, "\n\n"));
}

static void
test_cancelled_paste_writes_nothing (Table         *table,
                                     gconstpointer  data)
{
  GtkWidget *window = dk_register_page_paste_text (table->page, "A\tDesign patent\nB\tDesign patent\n");

  fixture_iterate ();
  gtk_window_close (GTK_WINDOW (window));
  fixture_iterate ();
  g_assert_cmpuint (count_rows (table, "ip"), ==, 6);
}

/* The window that shows what was pasted, or NULL. */
static GtkWidget *
find_paste_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (DK_IS_REGISTER_PASTE_WINDOW (window))
        return window;
    }
  return NULL;
}

static void
test_control_v (Table         *table,
                gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (table->page));
  GtkWidget *window;

  go_to (table, 1, NUMBER);
  gdk_clipboard_set_text (clipboard, "ZL-9\r\n"); /* one cell, as a spreadsheet copies it */
  g_assert_true (press (table, GDK_KEY_v, GDK_CONTROL_MASK));
  fixture_wait (100);
  g_assert_null (find_paste_window ());
  press (table, GDK_KEY_Return, 0);
  assert_cell (table, 1, NUMBER, "ZL-9");

  go_to (table, 1, KIND);
  gdk_clipboard_set_text (clipboard, "Design patent\tD-1\nTrade mark\tT-1\n");
  press (table, GDK_KEY_v, GDK_CONTROL_MASK);
  fixture_wait (100);
  window = find_paste_window ();
  g_assert_nonnull (window);
  g_signal_emit_by_name (fixture_find (window, GTK_TYPE_BUTTON, "Insert 2 rows"), "clicked");
  fixture_iterate ();
  assert_cell (table, 6, KIND, "Design patent"); /* from the column with the keyboard on */
  assert_cell (table, 7, NUMBER, "T-1");
  assert_cell (table, 7, NAME, "");
}

static void
test_copy_reads_back (Table         *table,
                      gconstpointer  data)
{
  g_autofree char *all = dk_register_page_copy_text (table->page);
  g_autofree char *marked = NULL;
  g_autoptr(DkPaste) paste = dk_paste_new (table->page->reg, all, 0, FALSE);
  g_autoptr(DkPaste) one = NULL;

  g_assert_true (paste->has_header);
  g_assert_cmpuint (paste->n_rows, ==, 6);
  g_assert_cmpuint (paste->n_bad, ==, 0);
  for (guint row = 0; row < 6; row++)
    for (guint i = 0; i < N_COLUMNS; i++)
      {
        DkValue value;
        DkAnswerState state = dk_register_row_get_answer (dk_register_rows_peek (table->page->rows, row), i, &value);
        const DkPastedCell *cell = dk_paste_get_cell (paste, row, i);

        g_assert_cmpint (cell->state, ==, state);
        if (state == DK_ANSWER_VALUE)
          g_assert_true (dk_value_equal (&cell->value, &value, dk_register_page_get_column (table->page, i)->kind));
      }
  gtk_selection_model_select_item (table->page->selection, 2, TRUE);
  marked = dk_register_page_copy_text (table->page);
  one = dk_paste_new (table->page->reg, marked, 0, FALSE);
  g_assert_cmpuint (one->n_rows, ==, 1);
}

static void
test_menu_of_answers (Table         *table,
                      gconstpointer  data)
{
  DkRegisterCell *cell;
  GtkWidget *list;

  go_to (table, 0, FOR_MAIN_PRODUCT);
  fixture_wait (100); /* a popover wants a cell that is on the screen */
  g_assert_true (press (table, GDK_KEY_Down, GDK_ALT_MASK));
  cell = dk_register_row_get_cell (dk_register_rows_peek (table->page->rows, 0), FOR_MAIN_PRODUCT);
  g_assert_true (dk_register_cell_has_menu_open (cell));
  g_assert_false (press (table, GDK_KEY_Down, 0)); /* moves in the menu */
  list = fixture_find (GTK_WIDGET (cell), GTK_TYPE_LIST_BOX, NULL);
  g_assert_nonnull (list);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  fixture_iterate ();
  assert_cell (table, 0, FOR_MAIN_PRODUCT, "No");
  g_assert_false (dk_register_cell_has_menu_open (cell));
  assert_at (table, 0, FOR_MAIN_PRODUCT);
}

static void
test_narrow (Table         *table,
             gconstpointer  data)
{
  close_table (table);
  open_table (table, "ip", 400);
  fixture_wait (50);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (table->page->stack)), ==, "cards");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (table->page)), <=, 400);
  go_to (table, 1, NAME);
  assert_at (table, 1, NAME);
  type (table, "Other");
  press (table, GDK_KEY_Tab, 0);
  assert_at (table, 1, KIND);
  assert_cell (table, 1, NAME, "Other");
}

static void
count (guint *n)
{
  (*n)++;
}

static void
look_for (Table      *table,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (table->page->search), text);
  fixture_wait (300); /* the entry waits a little for more letters */
}

static void
assert_count (Table      *table,
              const char *wanted)
{
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (table->page->count)), ==, wanted);
}

static void
test_search (Table         *table,
             gconstpointer  data)
{
  gboolean is_complete;
  GtkWidget *window;

  assert_count (table, "6 rows");
  look_for (table, "INVENTION");
  assert_count (table, "1 of 6 rows shown");
  assert_cell (table, 0, NAME, "一种微机电压力传感器的温漂补偿方法");
  assert_cell (table, 1, NAME, ""); /* the empty row is always there */
  look_for (table, " 2020 封装 "); /* both, in whichever cells */
  assert_count (table, "1 of 6 rows shown");
  look_for (table, "2020 invention");
  assert_count (table, "0 of 6 rows shown");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (table->page->stack)), ==, "table");
  g_assert_true (gtk_widget_get_sensitive (table->page->all));
  g_assert_false (gtk_widget_get_sensitive (table->page->none));

  /* A row that is typed now stays in sight, whatever was looked for. */
  go_to (table, 0, NAME);
  type (table, "Another one");
  press (table, GDK_KEY_Tab, 0);
  assert_count (table, "1 of 7 rows shown");
  g_assert_cmpuint (count_rows (table, "ip"), ==, 7);

  /* So does a row with a cell that cannot be read. */
  go_to (table, 0, GRANTED_ON);
  type (table, "some day");
  press (table, GDK_KEY_Tab, 0);
  look_for (table, "invention");
  assert_count (table, "2 of 7 rows shown");
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.next-problem", NULL);
  fixture_iterate ();
  assert_at (table, 1, GRANTED_ON);

  /* To delete all rows that are shown is not to delete all rows: that all are listed still holds. */
  g_assert_true (dk_session_set_complete (table->session, "ip", DK_ANSWER_VALUE, TRUE, NULL));
  gtk_selection_model_select_all (table->page->selection);
  gtk_widget_activate_action (GTK_WIDGET (table->page), "register.delete", NULL);
  fixture_iterate ();
  g_assert_cmpuint (count_rows (table, "ip"), ==, 5);
  g_assert_cmpint (dk_session_get_complete (table->session, "ip", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_true (is_complete);
  assert_count (table, "0 of 5 rows shown");

  /* What is pasted is shown. */
  window = dk_register_page_paste_text (table->page, "Right\tDesign patent\t7\t2024-01-02\n");
  g_signal_emit_by_name (fixture_find (window, GTK_TYPE_BUTTON, "Insert"), "clicked");
  fixture_wait (300);
  assert_count (table, "6 rows");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (table->page->search)), ==, "");

  /* Escape ends the search. */
  look_for (table, "nothing like it");
  g_signal_emit_by_name (table->page->search, "stop-search");
  fixture_wait (300);
  assert_count (table, "6 rows");
}

static void
test_edit_among_many (Table         *table, /* touches its own row only */
                      gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GtkWidget *window;
  guint n_changed = 0, n_others = 0, n_items = 0;

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "Right %u\tDesign patent\t%u\t2024-01-02\n", i, i);
  window = dk_register_page_paste_text (table->page, text->str);
  g_signal_emit_by_name (fixture_find (window, GTK_TYPE_BUTTON, "Insert"), "clicked");
  fixture_iterate ();
  g_assert_cmpuint (count_rows (table, "ip"), ==, MANY + 6);
  go_to (table, MANY + 5, NAME);
  assert_at (table, MANY + 5, NAME);
  go_to (table, 250, NUMBER);
  assert_at (table, 250, NUMBER);

  g_signal_connect_swapped (table->page->rows, "items-changed", G_CALLBACK (count), &n_items);
  for (guint i = 0; i <= MANY + 6; i++)
    g_signal_connect_swapped (dk_register_rows_peek (table->page->rows, i), "changed", G_CALLBACK (count), i == 250 ? &n_changed : &n_others);
  type (table, "changed");
  {
    gint64 start = g_get_monotonic_time ();

    press (table, GDK_KEY_Tab, 0);
    g_test_message ("an edit among %u rows took %.2f ms", MANY + 6, (double) (g_get_monotonic_time () - start) / 1000);
  }
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_others, ==, 0);
  g_assert_cmpuint (n_items, ==, 0);
  assert_cell (table, 250, NUMBER, "changed");
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *name, *reg; void (*run) (Table *, gconstpointer); } tests[] = {
    { "shows-rows", NULL, test_shows_rows },
    { "keys-move", NULL, test_keys_move },
    { "search", NULL, test_search },
    { "arrows-in-a-text", NULL, test_arrows_in_a_text },
    { "edit-is-written", NULL, test_edit_is_written },
    { "leaving-without-typing-writes-nothing", NULL, test_leaving_without_typing_writes_nothing },
    { "four-answers", NULL, test_four_answers },
    { "bad-text-stays", NULL, test_bad_text_stays },
    { "escape-takes-back", NULL, test_escape_takes_back },
    { "typing-in-the-empty-row", NULL, test_typing_in_the_empty_row },
    { "bad-text-in-the-empty-row", NULL, test_bad_text_in_the_empty_row },
    { "delete-and-undo", NULL, test_delete_and_undo },
    { "deleting-all-does-not-say-none", NULL, test_deleting_all_does_not_say_none },
    { "sort", NULL, test_sort },
    { "completeness", NULL, test_completeness },
    { "none-and-first-row", "incidents", test_none_and_first_row },
    { "paste", NULL, test_paste },
    { "cancelled-paste-writes-nothing", NULL, test_cancelled_paste_writes_nothing },
    { "control-v", NULL, test_control_v },
    { "copy-reads-back", NULL, test_copy_reads_back },
    { "menu-of-answers", NULL, test_menu_of_answers },
    { "narrow", NULL, test_narrow },
    { "edit-among-many", NULL, test_edit_among_many },
  };

  fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/register/", tests[i].name, NULL);

      g_test_add (path, Table, tests[i].reg, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
