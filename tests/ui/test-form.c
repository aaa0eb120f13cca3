/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-fact-cell.h"
#include "dk-fact-row.h"
#include "dk-form-page.h"
#include "dk-grade-list.h"
#include "dk-question-strip.h"
#include "dk-sources-popover.h"
#include "dk-verdict-bar.h"
#include "dk-verdict-panel.h"
#include "fixture.h"

#define YEAR 2025
#define NEVER ((DkPeriodKey) { 0, 0, 0 })
#define LAST_OF_MONEY "rd_hnte" /* the last yearly figure of that page */

/* A page in a window, wide enough for all years and the results. */
typedef struct
{
  DkSession  *session;
  DkFormPage *page;
  GtkWindow  *window;
} Form;

static void
open_form (Fixture    *fixture,
           Form       *form,
           gint64      id,
           const char *topic,
           int         width)
{
  form->session = fixture_open (fixture, id);
  form->page = DK_FORM_PAGE (dk_form_page_new (form->session, topic));
  form->window = fixture_show (GTK_WIDGET (form->page), width, 700);
  fixture_wait (50);
}

static void
close_form (Form *form)
{
  gtk_window_destroy (form->window);
  fixture_iterate ();
  dk_session_settle (form->session);
  g_clear_object (&form->session);
  fixture_iterate ();
}

static DkFactRow *
find_row (GtkWidget  *root,
          const char *fact)
{
  if (DK_IS_FACT_ROW (root) && g_str_equal (dk_fact_row_get_fact (DK_FACT_ROW (root))->id, fact))
    return DK_FACT_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      DkFactRow *row = find_row (child, fact);

      if (row != NULL)
        return row;
    }
  return NULL;
}

static DkFactCell *
get_cell (Form       *form,
          const char *fact,
          int         year)
{
  DkFactRow *row = find_row (GTK_WIDGET (form->page), fact);
  DkFactCell *cell;

  g_assert_nonnull (row);
  cell = dk_fact_row_find_cell (row, year);
  g_assert_nonnull (cell);
  return cell;
}

static GtkEditable *
get_entry (DkFactCell *cell)
{
  GtkWidget *entry = fixture_find (GTK_WIDGET (cell), GTK_TYPE_ENTRY, NULL);

  g_assert_nonnull (entry);
  return GTK_EDITABLE (entry);
}

static const char *
get_text (DkFactCell *cell)
{
  return gtk_editable_get_text (get_entry (cell));
}

static void
type_text (DkFactCell *cell,
           const char *text)
{
  g_assert_true (dk_fact_cell_grab (cell));
  gtk_editable_set_text (get_entry (cell), text);
}

/* As if a key were pressed in the cell. */
static gboolean
press (DkFactCell      *cell,
       guint            keyval,
       GdkModifierType  modifiers)
{
  GtkWidget *editor = gtk_widget_get_last_child (GTK_WIDGET (cell));
  g_autoptr(GListModel) controllers = NULL;
  gboolean is_handled = FALSE;

  while (!GTK_IS_ENTRY (editor) && !gtk_widget_has_css_class (editor, "dk-seg"))
    editor = gtk_widget_get_prev_sibling (editor);
  controllers = gtk_widget_observe_controllers (editor);
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, modifiers, &is_handled);
    }
  return is_handled;
}

static char *
read_answer (Form       *form,
             Fixture    *fixture,
             const char *fact,
             int         year)
{
  const DkSymbol *symbol = fixture_fact (fixture, fact);
  DkValue value;

  switch (dk_session_get_answer (form->session, symbol, (DkPeriodKey) { year, 0, 0 }, &value))
    {
    case DK_ANSWER_VALUE:
      return dk_fact_value_to_string (symbol, &value);
    case DK_ANSWER_UNKNOWN:
      return g_strdup ("?");
    case DK_ANSWER_NONE:
    default:
      return g_strdup ("");
    }
}

#define assert_answer(form, fixture, fact, year, wanted) \
  G_STMT_START { \
    g_autofree char *_answer = read_answer (form, fixture, fact, year); \
    g_assert_cmpstr (_answer, ==, wanted); \
  } G_STMT_END

static void
test_commit_after_pause (Fixture       *fixture,
                         gconstpointer  data)
{
  Form form;
  DkFactCell *cell;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "assets", YEAR);
  assert_answer (&form, fixture, "assets", YEAR, "");
  type_text (cell, "5000");
  assert_answer (&form, fixture, "assets", YEAR, "");
  fixture_wait (300);
  type_text (cell, "50000"); /* each key starts the pause again */
  fixture_wait (300);
  assert_answer (&form, fixture, "assets", YEAR, "");
  fixture_wait (400);
  assert_answer (&form, fixture, "assets", YEAR, "50000");
  /* While somebody is in the field the text stays as it was typed. */
  g_assert_cmpstr (get_text (cell), ==, "50000");
  dk_session_settle (form.session);
  g_assert_cmpstr (get_text (cell), ==, "50000");
  g_assert_true (gtk_widget_get_state_flags (GTK_WIDGET (get_entry (cell))) & GTK_STATE_FLAG_FOCUS_WITHIN);
  close_form (&form);
}

static void
test_commit_on_leaving (Fixture       *fixture,
                        gconstpointer  data)
{
  Form form;
  DkFactCell *cell;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "assets", YEAR);
  type_text (cell, "1200+350");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_tax", YEAR)));
  assert_answer (&form, fixture, "assets", YEAR, "1550");
  g_assert_cmpstr (get_text (cell), ==, "1,550.00");
  /* Nothing typed, nothing written. */
  g_assert_true (dk_fact_cell_grab (cell));
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_tax", YEAR)));
  g_free (dk_session_undo (form.session, NULL));
  assert_answer (&form, fixture, "assets", YEAR, "");
  close_form (&form);
}

static void
test_try_while_typing (Fixture       *fixture,
                       gconstpointer  data)
{
  Form form;
  DkAssessment *before;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  before = dk_session_get_assessment (form.session);
  type_text (get_cell (&form, "cost_total", YEAR), "9000000");
  fixture_wait (20);
  dk_session_settle (form.session);
  g_assert_true (dk_session_get_assessment (form.session) != before);
  assert_answer (&form, fixture, "cost_total", YEAR, "");
  close_form (&form);
}

static void
test_error_keeps_text (Fixture       *fixture,
                       gconstpointer  data)
{
  Form form;
  DkFactCell *cell;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "rd_tax", YEAR);
  assert_answer (&form, fixture, "rd_tax", YEAR, "900000");
  type_text (cell, "lots");
  g_assert_null (dk_fact_cell_get_problem (cell)); /* not before a pause */
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "assets", YEAR)));
  g_assert_nonnull (dk_fact_cell_get_problem (cell));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (cell), "error"));
  g_assert_cmpstr (dk_fact_row_get_message (find_row (GTK_WIDGET (form.page), "rd_tax")), ==, dk_fact_cell_get_problem (cell));
  g_assert_cmpstr (get_text (cell), ==, "lots");
  assert_answer (&form, fixture, "rd_tax", YEAR, "900000");
  /* It stays through whatever happens elsewhere. */
  type_text (get_cell (&form, "assets", YEAR), "7");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_hnte", YEAR)));
  dk_session_settle (form.session);
  g_assert_cmpstr (get_text (cell), ==, "lots");
  type_text (cell, "800000");
  g_assert_null (dk_fact_cell_get_problem (cell));
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "assets", YEAR)));
  g_assert_null (dk_fact_row_get_message (find_row (GTK_WIDGET (form.page), "rd_tax")));
  assert_answer (&form, fixture, "rd_tax", YEAR, "800000");
  close_form (&form);
}

static void
test_out_of_domain (Fixture       *fixture,
                    gconstpointer  data)
{
  Form form;
  DkFactCell *cell;

  open_form (fixture, &form, fixture->half_filled, "people", 1200);
  cell = get_cell (&form, "staff", YEAR);
  assert_answer (&form, fixture, "staff", YEAR, "45..55");
  type_text (cell, "0");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "employees", YEAR)));
  g_assert_nonnull (dk_fact_cell_get_problem (cell));
  g_assert_cmpstr (get_text (cell), ==, "0");
  assert_answer (&form, fixture, "staff", YEAR, "45..55");
  close_form (&form);
}

static void
test_four_answers (Fixture       *fixture,
                   gconstpointer  data)
{
  Form form;
  DkFactCell *cell, *other;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "rd_hnte", YEAR);
  other = get_cell (&form, "assets", YEAR);
  g_assert_cmpstr (get_text (cell), ==, "");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (cell), "unknown"));

  type_text (cell, "?");
  g_assert_true (dk_fact_cell_grab (other));
  assert_answer (&form, fixture, "rd_hnte", YEAR, "?");
  g_assert_cmpstr (get_text (cell), ==, "Not known yet");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (cell), "unknown"));

  type_text (cell, "none");
  g_assert_true (dk_fact_cell_grab (other));
  assert_answer (&form, fixture, "rd_hnte", YEAR, "0");
  g_assert_cmpstr (get_text (cell), ==, "None");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (cell), "unknown"));

  type_text (cell, "about 50");
  g_assert_true (dk_fact_cell_grab (other));
  assert_answer (&form, fixture, "rd_hnte", YEAR, "45..55");
  g_assert_cmpstr (get_text (cell), ==, "45–55");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (fixture_find (GTK_WIDGET (cell), GTK_TYPE_ENTRY, NULL)), ==, "¥45 to ¥55");

  /* What a figure reads like, so that a zero too many is seen; and a long one is written smaller. */
  type_text (cell, "14000000-16000000");
  g_assert_true (dk_fact_cell_grab (other));
  g_assert_cmpstr (get_text (cell), ==, "14,000,000–16,000,000");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (fixture_find (GTK_WIDGET (cell), GTK_TYPE_ENTRY, NULL)), ==, "¥14 million to ¥16 million");
  g_assert_true (gtk_widget_has_css_class (fixture_find (GTK_WIDGET (cell), GTK_TYPE_ENTRY, NULL), "dk-least"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (cell), "range"));

  type_text (cell, "50.5");
  g_assert_true (dk_fact_cell_grab (other));
  assert_answer (&form, fixture, "rd_hnte", YEAR, "50.5");
  g_assert_cmpstr (get_text (cell), ==, "50.50");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (cell), "range"));

  type_text (cell, "");
  g_assert_true (dk_fact_cell_grab (other));
  assert_answer (&form, fixture, "rd_hnte", YEAR, "");
  g_assert_cmpstr (get_text (cell), ==, "");
  close_form (&form);
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  Form form;
  DkFactCell *cell;
  g_autofree char *undone = NULL, *redone = NULL;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "rd_tax", YEAR);
  type_text (cell, "1000000");
  fixture_wait (600);
  assert_answer (&form, fixture, "rd_tax", YEAR, "1000000");
  undone = dk_session_undo (form.session, NULL); /* the focus is still there */
  g_assert_nonnull (undone);
  g_assert_cmpstr (get_text (cell), ==, "900,000.00");
  redone = dk_session_redo (form.session, NULL);
  g_assert_nonnull (redone);
  g_assert_cmpstr (get_text (cell), ==, "1,000,000.00");
  close_form (&form);
}

static void
test_escape (Fixture       *fixture,
             gconstpointer  data)
{
  Form form;
  DkFactCell *cell;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "rd_tax", YEAR);
  type_text (cell, "17");
  g_assert_true (press (cell, GDK_KEY_Escape, 0));
  g_assert_cmpstr (get_text (cell), ==, "900,000.00");
  type_text (cell, "18");
  fixture_wait (600); /* even after it was written */
  assert_answer (&form, fixture, "rd_tax", YEAR, "18");
  g_assert_true (press (cell, GDK_KEY_Escape, 0));
  assert_answer (&form, fixture, "rd_tax", YEAR, "900000");
  g_assert_false (press (cell, GDK_KEY_Escape, 0)); /* somebody else's then */
  type_text (cell, "19");
  g_assert_true (press (cell, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_cmpstr (get_text (cell), ==, "900,000.00");
  g_assert_false (press (cell, GDK_KEY_z, GDK_CONTROL_MASK));
  close_form (&form);
}

static GtkWidget *
get_focus (Form *form)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (form->window));

  return focus != NULL ? gtk_widget_get_ancestor (focus, DK_TYPE_FACT_CELL) : NULL;
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  Form form;
  DkFactCell *cell;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "assets", YEAR - 1);
  type_text (cell, "77");
  g_assert_true (press (cell, GDK_KEY_Down, 0));
  assert_answer (&form, fixture, "assets", YEAR - 1, "77");
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "rd_tax", YEAR - 1)));
  g_signal_emit_by_name (get_entry (get_cell (&form, "rd_tax", YEAR - 1)), "activate"); /* Enter */
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "rd_hnte", YEAR - 1)));
  cell = get_cell (&form, LAST_OF_MONEY, YEAR - 1);
  g_assert_true (dk_fact_cell_grab (cell));
  g_assert_true (press (cell, GDK_KEY_Down, 0)); /* the last row */
  g_assert_true (get_focus (&form) == GTK_WIDGET (cell));
  g_assert_true (press (get_cell (&form, "rd_hnte", YEAR - 1), GDK_KEY_Up, 0));
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "rd_tax", YEAR - 1)));
  /* Enter on what is no answer stays. */
  type_text (get_cell (&form, "rd_tax", YEAR - 1), "x");
  g_signal_emit_by_name (get_entry (get_cell (&form, "rd_tax", YEAR - 1)), "activate");
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "rd_tax", YEAR - 1)));
  g_assert_nonnull (dk_fact_cell_get_problem (get_cell (&form, "rd_tax", YEAR - 1)));
  /* Tab goes from cell to cell, not to what explains them. */
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "revenue", YEAR - 1)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (form.window), GTK_DIR_TAB_FORWARD));
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "revenue", YEAR)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (form.window), GTK_DIR_TAB_FORWARD));
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "main_revenue", YEAR - 2)));
  close_form (&form);
}

static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  Form form;
  DkFactCell *cell;
  GtkWidget *popover;

  open_form (fixture, &form, fixture->half_filled, "people", 1200);
  cell = get_cell (&form, "staff_hnte", YEAR);
  g_assert_true (dk_fact_cell_grab (cell));
  g_assert_true (press (cell, GDK_KEY_Down, GDK_ALT_MASK));
  popover = fixture_find (GTK_WIDGET (cell), GTK_TYPE_POPOVER, NULL);
  g_assert_nonnull (popover);
  g_signal_emit_by_name (popover, "chosen", "unknown");
  assert_answer (&form, fixture, "staff_hnte", YEAR, "?");
  g_signal_emit_by_name (popover, "chosen", "none");
  assert_answer (&form, fixture, "staff_hnte", YEAR, "0");
  g_signal_emit_by_name (popover, "chosen", "same:staff");
  assert_answer (&form, fixture, "staff_hnte", YEAR, "45..55");
  g_signal_emit_by_name (popover, "chosen", "clear");
  assert_answer (&form, fixture, "staff_hnte", YEAR, "");
  g_signal_emit_by_name (popover, "chosen", "number");
  g_assert_true (get_focus (&form) == GTK_WIDGET (cell));
  gtk_popover_popdown (GTK_POPOVER (popover));
  close_form (&form);
}

/* The figure of a source is typed beside the answer, which it only becomes when it is chosen. */
static void
test_sources (Fixture       *fixture,
              gconstpointer  data)
{
  Form form;
  DkFactCell *cell;
  GtkWidget *popover, *entry, *button;
  const DkSymbol *symbol = fixture_fact (fixture, "rd_tax");
  DkPeriodKey period = { YEAR, 0, 0 };
  DkValue value;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "rd_tax", YEAR);
  g_assert_true (dk_fact_cell_grab (cell));
  g_assert_null (fixture_find (GTK_WIDGET (cell), DK_TYPE_SOURCES_POPOVER, NULL)); /* nothing is built before it is asked for */
  g_assert_true (press (cell, GDK_KEY_Down, GDK_ALT_MASK));
  g_signal_emit_by_name (fixture_find (GTK_WIDGET (cell), GTK_TYPE_POPOVER, NULL), "chosen", "sources");
  popover = fixture_find (GTK_WIDGET (cell), DK_TYPE_SOURCES_POPOVER, NULL);
  g_assert_nonnull (popover);
  entry = fixture_find (popover, GTK_TYPE_ENTRY, NULL);
  button = fixture_find (popover, GTK_TYPE_BUTTON, "Use it");
  g_assert_false (gtk_widget_get_visible (button));

  gtk_editable_set_text (GTK_EDITABLE (entry), "950,000");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (dk_enterprise_get_figure (dk_session_get_enterprise (form.session), symbol, period, 0, &value));
  g_assert_cmpint (value.low.num, ==, 950000);
  assert_answer (&form, fixture, "rd_tax", YEAR, "900000");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "950,000.00");
  g_assert_true (gtk_widget_get_visible (button) && gtk_widget_get_sensitive (button));

  gtk_editable_set_text (GTK_EDITABLE (entry), "much");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_true (dk_enterprise_get_figure (dk_session_get_enterprise (form.session), symbol, period, 0, &value));
  g_assert_cmpint (value.low.num, ==, 950000);
  gtk_editable_set_text (GTK_EDITABLE (entry), "950,000.00");
  g_signal_emit_by_name (entry, "activate");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  g_signal_emit_by_name (button, "clicked");
  assert_answer (&form, fixture, "rd_tax", YEAR, "950000");
  g_assert_false (gtk_widget_get_sensitive (button)); /* it is the answer */
  g_assert_cmpstr (get_text (cell), ==, "950,000.00");

  gtk_editable_set_text (GTK_EDITABLE (entry), " ");
  g_signal_emit_by_name (entry, "activate");
  g_assert_false (dk_enterprise_get_figure (dk_session_get_enterprise (form.session), symbol, period, 0, &value));
  assert_answer (&form, fixture, "rd_tax", YEAR, "950000");
  gtk_popover_popdown (GTK_POPOVER (popover));
  close_form (&form);
}

static void
test_help (Fixture       *fixture,
           gconstpointer  data)
{
  Form form;
  DkFactCell *cell;
  DkFactRow *row;
  GtkWidget *popover;

  open_form (fixture, &form, fixture->half_filled, "people", 1200);
  cell = get_cell (&form, "staff", YEAR);
  row = find_row (GTK_WIDGET (form.page), "staff");
  g_assert_true (dk_fact_cell_grab (cell));
  g_assert_true (press (cell, GDK_KEY_F1, 0));
  popover = fixture_find (GTK_WIDGET (row), GTK_TYPE_POPOVER, NULL);
  g_assert_nonnull (popover);
  g_assert_true (gtk_widget_get_visible (popover));
  g_assert_nonnull (fixture_find (popover, GTK_TYPE_LABEL, "labour contract"));
  g_assert_nonnull (fixture_find (popover, GTK_TYPE_LABEL, "No. 115"));
  /* Where it counts: the programmes whose results rest on it, and no others. */
  g_assert_nonnull (fixture_find (popover, GTK_TYPE_LABEL, "Counts for"));
  g_assert_nonnull (fixture_find (popover, GTK_TYPE_LABEL, "Tech SME"));
  gtk_popover_popdown (GTK_POPOVER (popover));
  fixture_wait (50);
  g_assert_true (get_focus (&form) == GTK_WIDGET (cell));
  close_form (&form);
}

static void
test_truths (Fixture       *fixture,
             gconstpointer  data)
{
  Form form;
  DkFactCell *cell;
  GtkWidget *yes, *no, *unknown;

  open_form (fixture, &form, fixture->half_filled, "record", 1200);
  cell = get_cell (&form, "listed_dishonest", 0);
  yes = fixture_find (GTK_WIDGET (cell), GTK_TYPE_TOGGLE_BUTTON, "Yes");
  no = fixture_find (GTK_WIDGET (cell), GTK_TYPE_TOGGLE_BUTTON, "No");
  unknown = fixture_find (GTK_WIDGET (cell), GTK_TYPE_TOGGLE_BUTTON, "Not known yet");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (yes)) || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (no))
                  || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (unknown)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (yes), TRUE);
  assert_answer (&form, fixture, "listed_dishonest", 0, "true");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (no), TRUE);
  assert_answer (&form, fixture, "listed_dishonest", 0, "false");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (unknown), TRUE);
  assert_answer (&form, fixture, "listed_dishonest", 0, "?");
  g_free (dk_session_undo (form.session, NULL));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (no)));
  g_assert_true (press (cell, GDK_KEY_Delete, 0));
  assert_answer (&form, fixture, "listed_dishonest", 0, "");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (no)));
  close_form (&form);
}

static void
test_derived (Fixture       *fixture,
              gconstpointer  data)
{
  Form form;
  DkFactCell *cell;
  GtkWidget *hand, *entry;

  open_form (fixture, &form, fixture->passes, "technology", 1200);
  cell = get_cell (&form, "ip_class2", 0);
  assert_answer (&form, fixture, "ip_class2", 0, "");
  g_assert_true (dk_fact_cell_is_computed (cell));
  g_assert_nonnull (fixture_find (GTK_WIDGET (cell), GTK_TYPE_LABEL, "3"));
  entry = GTK_WIDGET (get_entry (cell));
  g_assert_false (gtk_widget_get_visible (entry));
  hand = fixture_find (gtk_widget_get_last_child (GTK_WIDGET (cell)), GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (hand, "clicked");
  g_assert_true (gtk_widget_get_visible (entry));
  type_text (cell, "5");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "core_product_share", 0)));
  assert_answer (&form, fixture, "ip_class2", 0, "5");
  g_assert_false (dk_fact_cell_is_computed (cell));
  g_signal_emit_by_name (hand, "clicked");
  assert_answer (&form, fixture, "ip_class2", 0, "");
  g_assert_true (dk_fact_cell_is_computed (cell));
  close_form (&form);
}

static void
test_warnings (Fixture       *fixture,
               gconstpointer  data)
{
  Form form;
  DkFactRow *row;
  GtkWidget *fix;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  type_text (get_cell (&form, "assets", YEAR - 1), "2000");
  type_text (get_cell (&form, "assets", YEAR), "1999999"); /* 999.9995 times: growth, however odd */
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_tax", YEAR)));
  row = find_row (GTK_WIDGET (form.page), "assets");
  g_assert_null (dk_fact_row_get_message (row));
  type_text (get_cell (&form, "assets", YEAR), "20000000");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_tax", YEAR)));
  g_assert_nonnull (g_strstr_len (dk_fact_row_get_message (row), -1, "10,000 times"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_cell (&form, "assets", YEAR)), "warned"));
  fix = fixture_find (GTK_WIDGET (row), GTK_TYPE_BUTTON, "Divide by 10,000");
  g_assert_true (gtk_widget_get_visible (fix));
  g_signal_emit_by_name (fix, "clicked");
  assert_answer (&form, fixture, "assets", YEAR, "2000");
  g_assert_null (dk_fact_row_get_message (row));

  /* A part that is more than the whole; equal is right. */
  row = find_row (GTK_WIDGET (form.page), "main_revenue");
  type_text (get_cell (&form, "revenue", YEAR), "100");
  type_text (get_cell (&form, "main_revenue", YEAR), "100");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_tax", YEAR)));
  g_assert_null (dk_fact_row_get_message (row));
  type_text (get_cell (&form, "main_revenue", YEAR), "100.01");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_tax", YEAR)));
  g_assert_nonnull (dk_fact_row_get_message (row));
  type_text (get_cell (&form, "revenue", YEAR), "100.01"); /* the whole's edit settles it */
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "rd_tax", YEAR)));
  g_assert_null (dk_fact_row_get_message (row));
  close_form (&form);
}

static void
test_credit_code (Fixture       *fixture,
                  gconstpointer  data)
{
  Form form;
  DkFactRow *row;

  open_form (fixture, &form, fixture->half_filled, "identity", 1200);
  row = find_row (GTK_WIDGET (form.page), "uscc");
  type_text (get_cell (&form, "uscc", 0), "91350211M00013FG18");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "district", 0)));
  g_assert_nonnull (dk_fact_row_get_message (row));
  g_assert_cmpstr (get_text (get_cell (&form, "uscc", 0)), ==, "91350211M00013FG18");
  type_text (get_cell (&form, "uscc", 0), "91350211M00013FG1");
  fixture_wait (600); /* still being typed, perhaps */
  g_assert_null (dk_fact_row_get_message (row));
  type_text (get_cell (&form, "uscc", 0), " 91350211m00013fg19");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "district", 0)));
  g_assert_null (dk_fact_row_get_message (row));
  assert_answer (&form, fixture, "uscc", 0, "91350211M00013FG19");
  g_assert_cmpstr (get_text (get_cell (&form, "uscc", 0)), ==, "91350211M00013FG19");
  type_text (get_cell (&form, "founded_on", 0), "2019/3/4");
  type_text (get_cell (&form, "industry", 0), "C39");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "district", 0)));
  assert_answer (&form, fixture, "founded_on", 0, "2019-03-04");
  assert_answer (&form, fixture, "industry", 0, "C39");
  close_form (&form);
}

static void
test_unit_switch (Fixture       *fixture,
                  gconstpointer  data)
{
  Form form;
  DkFactCell *cell;

  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "zh");
  g_settings_set_boolean (dk_settings_get (), DK_SETTING_IN_WAN, TRUE);
  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "rd_tax", YEAR);
  g_assert_cmpstr (get_text (cell), ==, "90.00");
  g_settings_set_boolean (dk_settings_get (), DK_SETTING_IN_WAN, FALSE);
  g_assert_cmpstr (get_text (cell), ==, "900,000.00");
  assert_answer (&form, fixture, "rd_tax", YEAR, "900000"); /* shown otherwise, not changed */
  type_text (cell, "1000000");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "assets", YEAR)));
  g_settings_set_boolean (dk_settings_get (), DK_SETTING_IN_WAN, TRUE);
  g_assert_cmpstr (get_text (cell), ==, "100.00");
  type_text (cell, "101");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "assets", YEAR)));
  assert_answer (&form, fixture, "rd_tax", YEAR, "1010000");
  close_form (&form);
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "en");
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  Form form;
  GtkWidget *bar, *panel, *year;

  open_form (fixture, &form, fixture->half_filled, "money", 400);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (form.page)), <=, 400);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_cell (&form, "revenue", YEAR))));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_cell (&form, "revenue", YEAR - 1))));
  g_assert_nonnull (fixture_find (GTK_WIDGET (find_row (GTK_WIDGET (form.page), "revenue")), GTK_TYPE_LABEL, "Year before: 9,200,000.00"));
  bar = fixture_find (GTK_WIDGET (form.page), DK_TYPE_VERDICT_BAR, NULL);
  panel = fixture_find (GTK_WIDGET (form.page), DK_TYPE_VERDICT_PANEL, NULL);
  g_assert_true (gtk_widget_get_mapped (bar));
  g_assert_false (gtk_widget_get_mapped (panel));
  year = fixture_find (GTK_WIDGET (form.page), GTK_TYPE_TOGGLE_BUTTON, "2024");
  g_assert_true (gtk_widget_get_mapped (year));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (year), TRUE);
  fixture_wait (50);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_cell (&form, "revenue", YEAR - 1))));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_cell (&form, "revenue", YEAR))));
  /* A fact of another year is shown in its year. */
  g_assert_true (dk_form_page_focus_fact (form.page, "assets", YEAR));
  fixture_wait (50);
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "assets", YEAR)));
  dk_verdict_bar_set_expanded (DK_VERDICT_BAR (bar), TRUE);
  fixture_wait (50);
  g_assert_true (gtk_widget_get_mapped (fixture_find (bar, DK_TYPE_VERDICT_PANEL, NULL)));

  gtk_window_set_default_size (form.window, 1200, 700);
  for (guint i = 0; i < 40 && !gtk_widget_get_mapped (panel); i++)
    fixture_wait (50);
  if (gtk_widget_get_width (GTK_WIDGET (form.page)) >= 1000) /* no window manager need obey */
    {
      g_assert_true (gtk_widget_get_mapped (panel));
      g_assert_false (gtk_widget_get_mapped (bar));
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_cell (&form, "revenue", YEAR - 2))));
      g_assert_false (gtk_widget_get_mapped (year));
    }
  close_form (&form);
}

static void
test_focus_fact (Fixture       *fixture,
                 gconstpointer  data)
{
  Form form;
  GtkWidget *page;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  g_assert_false (dk_form_page_focus_fact (form.page, "staff", 0));
  g_assert_true (dk_form_page_focus_fact (form.page, "revenue", 0));
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "revenue", YEAR)));
  g_assert_true (dk_form_page_focus_fact (form.page, "revenue", YEAR - 2));
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "revenue", YEAR - 2)));
  g_assert_true (dk_form_page_focus_fact (form.page, "revenue", 1999)); /* has no column */
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "revenue", YEAR)));
  g_assert_true (dk_form_page_focus_fact (form.page, "taxed_on_accounts", 0));
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "taxed_on_accounts", 0)));
  /* Before the page is shown it is remembered. */
  page = dk_form_page_new (form.session, "people");
  g_assert_true (dk_form_page_focus_fact (DK_FORM_PAGE (page), "employees", 0));
  adw_window_set_content (ADW_WINDOW (form.window), page);
  form.page = DK_FORM_PAGE (page);
  fixture_wait (50);
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "employees", YEAR)));
  close_form (&form);
}

static void
test_heads (Fixture       *fixture,
            gconstpointer  data)
{
  const DkCatalogue *catalogue = fixture->library->catalogue;
  Form form;
  g_autofree char *title = NULL, *before = NULL, *after = NULL;
  guint n_answered, n_asked, n_pages = 0;
  g_autofree char *wanted = NULL;

  /* Facts stand page by page. */
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    n_pages += i == 0 || strcmp (dk_catalogue_get_fact (catalogue, i)->page, dk_catalogue_get_fact (catalogue, i - 1)->page) != 0;
  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  g_object_get (form.page, "title", &title, "subtitle", &before, NULL);
  g_assert_cmpstr (title, ==, "Money and R&D");
  dk_session_count_answers (form.session, "money", &n_answered, &n_asked);
  wanted = g_strdup_printf ("Page 3 of %u · %u of %u answered", n_pages, n_answered, n_asked);
  g_assert_cmpstr (before, ==, wanted);
  type_text (get_cell (&form, "assets", YEAR), "1");
  fixture_wait (600);
  g_object_get (form.page, "subtitle", &after, NULL);
  g_free (wanted);
  wanted = g_strdup_printf ("Page 3 of %u · %u of %u answered", n_pages, n_answered + 1, n_asked);
  g_assert_cmpstr (after, ==, wanted);
  close_form (&form);
}

/* The official scale: a choice is the grade's range, a figure typed is its grade's, and the row says that it is self-rated. */
static void
test_grades (Fixture       *fixture,
             gconstpointer  data)
{
  const DkSymbol *fact = fixture_fact (fixture, "panel_advancedness");
  Form form;
  DkGradeList *list;
  GtkWidget *row;
  DkValue value;

  open_form (fixture, &form, fixture->half_filled, "panel", 1200);
  row = gtk_widget_get_ancestor (GTK_WIDGET (get_cell (&form, "panel_advancedness", 0)), DK_TYPE_FACT_ROW);
  list = DK_GRADE_LIST (fixture_find (row, DK_TYPE_GRADE_LIST, NULL));
  g_assert_nonnull (fixture_find (row, GTK_TYPE_LABEL, "Self-rated"));
  g_assert_nonnull (fixture_find (GTK_WIDGET (list), GTK_TYPE_LABEL, "Fairly high"));
  for (guint i = 0; i < 6; i++)
    g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (dk_grade_list_get_row (list, i))));
  g_assert_null (dk_grade_list_get_row (list, 6));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (dk_grade_list_get_row (list, 1)), TRUE);
  g_assert_cmpint (dk_session_get_answer (form.session, fact, NEVER, &value), ==, DK_ANSWER_VALUE);
  g_assert_true (dk_number_equal (value.low, DK_NUMBER (5)) && dk_number_equal (dk_value_high (&value), DK_NUMBER (6)));
  type_text (get_cell (&form, "panel_advancedness", 0), "8");
  g_assert_true (dk_fact_cell_commit (get_cell (&form, "panel_advancedness", 0)));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (dk_grade_list_get_row (list, 0))));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (dk_grade_list_get_row (list, 1))));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (dk_grade_list_get_row (list, 4)), TRUE);
  g_assert_cmpint (dk_session_get_answer (form.session, fact, NEVER, &value), ==, DK_ANSWER_VALUE);
  g_assert_true (dk_value_is_point (&value) && dk_number_sign (value.low) == 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (dk_grade_list_get_row (list, 5)), TRUE);
  g_assert_cmpint (dk_session_get_answer (form.session, fact, NEVER, &value), ==, DK_ANSWER_UNKNOWN);
  close_form (&form);
}

/* Stands for the window's actions. */
static void
on_show_cb (GSimpleAction *action,
            GVariant      *parameter,
            char         **shown)
{
  g_free (*shown);
  *shown = g_strdup_printf ("%s %s", g_action_get_name (G_ACTION (action)), g_variant_get_string (parameter, NULL));
}

static void
add_actions (Form  *form,
             char **shown)
{
  static const char *const names[] = { "show-fact", "show-programme", "show-topic" };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (names[i], G_VARIANT_TYPE_STRING);

      g_signal_connect (action, "activate", G_CALLBACK (on_show_cb), shown);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (form->window), "win", G_ACTION_GROUP (group));
}

static void
test_verdicts (Fixture       *fixture,
               gconstpointer  data)
{
  Form form;
  DkVerdictPanel *panel;
  DkVerdictRow *row;
  g_autofree char *shown = NULL, *before = NULL;

  open_form (fixture, &form, fixture->just_misses, "money", 1200);
  add_actions (&form, &shown);
  panel = DK_VERDICT_PANEL (fixture_find (GTK_WIDGET (form.page), DK_TYPE_VERDICT_PANEL, NULL));
  row = dk_verdict_panel_find_row (panel, "stsme");
  g_assert_nonnull (row);
  before = g_strdup (dk_verdict_row_get_figure (row));
  g_assert_cmpstr (dk_verdict_row_get_pill (row), ==, "");
  type_text (get_cell (&form, "rd_tax", YEAR), "0");
  fixture_wait (30);
  dk_session_settle (form.session);
  /* The same row, another score, and by how much. */
  g_assert_true (row == dk_verdict_panel_find_row (panel, "stsme"));
  g_assert_cmpstr (dk_verdict_row_get_figure (row), !=, before);
  g_assert_true (g_str_has_prefix (dk_verdict_row_get_pill (row), "\u2212"));
  g_assert_false (dk_verdict_row_is_better (row));
  g_assert_true (dk_verdict_panel_get_latest (panel) == row);
  g_assert_true (press (get_cell (&form, "rd_tax", YEAR), GDK_KEY_Escape, 0));
  dk_session_settle (form.session);
  g_assert_cmpstr (dk_verdict_row_get_figure (row), ==, before);
  g_assert_true (dk_verdict_row_is_better (row));
  /* It goes after some seconds. */
  for (guint i = 0; i < 150 && *dk_verdict_row_get_pill (row) != '\0'; i++)
    fixture_wait (100);
  g_assert_cmpstr (dk_verdict_row_get_pill (row), ==, "");
  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
  g_assert_cmpstr (shown, ==, "show-programme stsme");
  close_form (&form);
}

static void
test_question (Fixture       *fixture,
               gconstpointer  data)
{
  Form form;
  GtkWidget *strip, *button;
  g_autofree char *shown = NULL;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  add_actions (&form, &shown);
  strip = fixture_find (GTK_WIDGET (form.page), DK_TYPE_QUESTION_STRIP, NULL);
  g_assert_nonnull (fixture_find (strip, GTK_TYPE_LABEL, "Most worth answering next: S&T staff"));
  button = fixture_find (strip, GTK_TYPE_BUTTON, "Answer it");
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (shown, ==, "show-fact st_staff@2025");
  close_form (&form);

  /* On a day on which no rule of any pack was in force nothing is left to decide. */
  dk_workspace_set_as_of (fixture->workspace, dk_date_from_ymd (1990, 1, 1));
  open_form (fixture, &form, fixture->passes, "money", 1200);
  strip = fixture_find (GTK_WIDGET (form.page), DK_TYPE_QUESTION_STRIP, NULL);
  g_assert_nonnull (fixture_find (strip, GTK_TYPE_LABEL, "Everything that can be decided is decided."));
  g_assert_false (gtk_widget_get_visible (fixture_find (strip, GTK_TYPE_BUTTON, "Answer it")));
  close_form (&form);
}

static void
test_actions (Fixture       *fixture,
              gconstpointer  data)
{
  const DkCatalogue *catalogue = fixture->library->catalogue;
  Form form;
  GtkWidget *page, *list;
  g_autofree char *shown = NULL;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  add_actions (&form, &shown);
  page = GTK_WIDGET (form.page);
  g_assert_true (gtk_widget_activate_action (page, "form.next-page", NULL));
  g_assert_cmpstr (shown, ==, "show-topic accounts");
  g_assert_true (gtk_widget_activate_action (page, "form.previous-page", NULL));
  g_assert_cmpstr (shown, ==, "show-topic people");

  /* From warning to warning, around. */
  type_text (get_cell (&form, "main_revenue", YEAR), "99999999");
  type_text (get_cell (&form, "rd_tax", YEAR), "x");
  g_assert_true (dk_fact_cell_grab (get_cell (&form, "assets", YEAR)));
  gtk_widget_activate_action (page, "form.next-message", NULL);
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "rd_tax", YEAR)));
  gtk_widget_activate_action (page, "form.next-message", NULL);
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "main_revenue", YEAR)));

  list = fixture_find (page, DK_TYPE_VERDICT_PANEL, NULL);
  gtk_widget_activate_action (page, "form.other-side", NULL);
  g_assert_true (gtk_widget_get_state_flags (list) & GTK_STATE_FLAG_FOCUS_WITHIN);
  gtk_widget_activate_action (page, "form.other-side", NULL);
  g_assert_false (gtk_widget_get_state_flags (list) & GTK_STATE_FLAG_FOCUS_WITHIN);
  g_assert_true (get_focus (&form) == GTK_WIDGET (get_cell (&form, "main_revenue", YEAR)));
  close_form (&form);

  g_clear_pointer (&shown, g_free);
  open_form (fixture, &form, fixture->half_filled, dk_catalogue_get_fact (catalogue, dk_catalogue_n_facts (catalogue) - 1)->page, 1200); /* the last page */
  add_actions (&form, &shown);
  gtk_widget_activate_action (GTK_WIDGET (form.page), "form.next-page", NULL);
  g_assert_null (shown);
  close_form (&form);
}

/* What cannot be written just now stays in its field, with the reason, and is written once it can be. */
static void
test_write_failure (Fixture       *fixture,
                    gconstpointer  data)
{
  Form form;
  DkFactCell *cell, *truth;
  g_autoptr(GError) error = NULL;
  DkStore *other;
  GtkWidget *yes;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  cell = get_cell (&form, "rd_tax", YEAR);
  truth = get_cell (&form, "taxed_on_accounts", 0);
  yes = fixture_find (GTK_WIDGET (truth), GTK_TYPE_TOGGLE_BUTTON, "Yes");
  other = dk_store_open (dk_workspace_get_path (fixture->workspace), FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (dk_store_begin (other, fixture->half_filled, &error));
  g_assert_no_error (error);

  type_text (cell, "950000");
  g_assert_true (dk_fact_cell_commit (cell));
  g_assert_nonnull (fixture_find (GTK_WIDGET (form.page), GTK_TYPE_LABEL, "not saved yet"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (yes), TRUE);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (yes)));

  dk_store_abandon (other);
  g_assert_true (dk_workspace_save (fixture->workspace));
  g_assert_null (fixture_find (GTK_WIDGET (form.page), GTK_TYPE_LABEL, "not saved yet"));
  assert_answer (&form, fixture, "rd_tax", YEAR, "950000");
  assert_answer (&form, fixture, "taxed_on_accounts", 0, "true");
  dk_store_close (other);
  close_form (&form);
}

/* A page that goes takes along what was typed: it is written. */
static void
test_leave_page (Fixture       *fixture,
                 gconstpointer  data)
{
  Form form;

  open_form (fixture, &form, fixture->half_filled, "money", 1200);
  type_text (get_cell (&form, "assets", YEAR), "4321");
  adw_window_set_content (ADW_WINDOW (form.window), gtk_label_new (NULL));
  assert_answer (&form, fixture, "assets", YEAR, "4321");
  close_form (&form);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/ui/form/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("commit-after-pause", test_commit_after_pause);
  ADD ("commit-on-leaving", test_commit_on_leaving);
  ADD ("try-while-typing", test_try_while_typing);
  ADD ("error-keeps-text", test_error_keeps_text);
  ADD ("out-of-domain", test_out_of_domain);
  ADD ("four-answers", test_four_answers);
  ADD ("undo", test_undo);
  ADD ("escape", test_escape);
  ADD ("keys", test_keys);
  ADD ("menu", test_menu);
  ADD ("sources", test_sources);
  ADD ("help", test_help);
  ADD ("truths", test_truths);
  ADD ("derived", test_derived);
  ADD ("warnings", test_warnings);
  ADD ("credit-code", test_credit_code);
  ADD ("unit-switch", test_unit_switch);
  ADD ("narrow", test_narrow);
  ADD ("focus-fact", test_focus_fact);
  ADD ("heads", test_heads);
  ADD ("grades", test_grades);
  ADD ("verdicts", test_verdicts);
  ADD ("question", test_question);
  ADD ("actions", test_actions);
  ADD ("write-failure", test_write_failure);
  ADD ("leave-page", test_leave_page);
#undef ADD
  return g_test_run ();
}
