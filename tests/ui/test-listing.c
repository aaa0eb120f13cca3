/* SPDX-License-Identifier: GPL-3.0-or-later */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-listing-page.h"
#include "dk-value-axis.h"
#include "dk-window.h"

typedef struct
{
  DkSession     *session;
  DkListingPage *page;
  GtkWindow     *window;
  FixtureAsked asked;
} Shown;

static void
settle (Shown *shown)
{
  dk_session_settle (shown->session);
  while (dk_listing_page_is_pending (shown->page))
    g_main_context_iteration (NULL, TRUE);
  fixture_iterate ();
}

static void
show (Shown   *shown,
      Fixture *fixture,
      gint64   id,
      int      width)
{
  static const char *const names[] = { "show-programme", "show-criterion", "explain", "show-fact", NULL };

  *shown = (Shown) { .session = fixture_open (fixture, id) };
  shown->page = DK_LISTING_PAGE (dk_listing_page_new (shown->session));
  g_object_ref (shown->page);
  shown->window = fixture_show (GTK_WIDGET (shown->page), width, 900);
  fixture_record_actions (shown->window, names, &shown->asked);
  settle (shown);
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (shown->window);
  fixture_iterate ();
  g_assert_finalize_object (shown->page);
  g_object_unref (shown->session);
  fixture_forget_asked (&shown->asked);
}

/* The sample that is on its way to a board, from the folder of those that Dengke comes with. */
static gint64
import_equipment (Fixture *fixture)
{
  g_autofree char *data = dk_library_get_data_directory ();
  g_autofree char *path = g_build_filename (data, "samples", "equipment.json", NULL);
  g_autoptr(GError) error = NULL;
  gint64 id = dk_workspace_import (fixture->workspace, path, &error);

  g_assert_no_error (error);
  return id;
}

/* A label that can be seen now, with a text in it. */
static GtkWidget *
find_mapped (GtkWidget  *root,
             const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static DkListingCell *
find_cell (Shown      *shown,
           const char *pack,
           const char *id)
{
  DkListingRow *row = dk_listing_page_find_row (shown->page, pack);

  for (guint i = 0; row != NULL && i < dk_listing_row_n_cells (row); i++)
    if (g_str_equal (dk_listing_cell_get_id (dk_listing_row_get_cell (row, i)), id))
      return dk_listing_row_get_cell (row, i);
  g_error ("no cell %s", id);
}

static void
assert_cell (Shown      *shown,
             const char *pack,
             const char *id,
             const char *name)
{
  g_assert_cmpstr (dk_listing_cell_get_name (find_cell (shown, pack, id)), ==, name);
}

static gboolean
press (Shown           *shown,
       guint            keyval,
       GdkModifierType  state)
{
  GtkWidget *focus = gtk_window_get_focus (shown->window);
  gboolean is_handled = FALSE;

  /* As the toolkit does: from the window down to what has the focus. */
  for (GtkWidget *widget = focus; widget != NULL && !is_handled; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
        {
          g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
            g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &is_handled);
        }
    }
  fixture_iterate ();
  return is_handled;
}

/* What each cell says to those who do not see it. */
static void
test_cells (Fixture       *fixture,
            gconstpointer  data)
{
  Shown shown;
  g_autofree char *subtitle = NULL;

  show (&shown, fixture, import_equipment (fixture), 1180);
  assert_cell (&shown, "bse", "bse.attribute", "BSE, Positioning: Met");
  assert_cell (&shown, "bse", "bse.BSE-1A", "BSE, Standard 1A: Met; from ¥200m on");
  assert_cell (&shown, "bse", "bse.BSE-2", "BSE, Standard 2: Not met; Growth short of 18.41 percentage points");
  assert_cell (&shown, "bse", "bse.BSE-3", "BSE, Standard 3: Open; from ¥800m on");
  assert_cell (&shown, "sse_star", "sse_star.STAR-1A", "STAR, Set 1A: Not met; Value short of ¥80–280 million");
  /* It is on NEEQ already: that is not what is nearest. */
  g_assert_cmpstr (dk_listing_row_get_state (dk_listing_page_find_row (shown.page, "neeq_innovation")), ==, "Held");
  g_assert_nonnull (find_mapped (GTK_WIDGET (shown.page), "Nearest: BSE: Standard 1A is met; Time on NEEQ short of 3 months, met from 2026-10-09 on."));
  assert_cell (&shown, "sse_main", "sse_main.attribute", "SSE main board, Positioning: Not applicable");
  g_assert_cmpstr (dk_listing_row_get_state (dk_listing_page_find_row (shown.page, "bse")), ==, "Standard met");
  g_assert_cmpstr (dk_listing_row_get_state (dk_listing_page_find_row (shown.page, "szse_main")), ==, "Not yet");
  /* What is repealed has no cell: only ordinary issuers' standards of that day. */
  g_assert_cmpuint (dk_listing_row_n_cells (dk_listing_page_find_row (shown.page, "sse_main")), ==, 4);
  g_object_get (shown.page, "subtitle", &subtitle, NULL);
  g_assert_cmpstr (subtitle, ==, "7 boards · 2 ready");
  hide (&shown);
}

/* Fifteen marks for some thirty standards, whatever is assumed. */
static void
test_axis (Fixture       *fixture,
           gconstpointer  data)
{
  const DkSymbol *worth = fixture_fact (fixture, "market_cap");
  DkValue value = DK_VALUE_POINT (DK_NUMBER (2000000000));
  GtkWidget *axis;
  guint n_marks;
  Shown shown;

  show (&shown, fixture, import_equipment (fixture), 1180);
  axis = fixture_find (GTK_WIDGET (shown.page), DK_TYPE_VALUE_AXIS, NULL);
  n_marks = dk_value_axis_n_marks (DK_VALUE_AXIS (axis));
  g_assert_cmpuint (n_marks, ==, 10);
  g_assert_true (g_str_has_prefix (dk_value_axis_get_name (DK_VALUE_AXIS (axis)),
                                   "Expected market value: ¥720 million to ¥920 million; ¥200 million: BSE Standard 1A, BSE Standard 1B; ¥400 million: BSE Standard 2; "));
  g_assert_true (dk_session_set_answer (shown.session, worth, (DkPeriodKey) { 0 }, DK_ANSWER_VALUE, &value, NULL));
  settle (&shown);
  assert_cell (&shown, "sse_star", "sse_star.STAR-1A", "STAR, Set 1A: Met; from ¥1bn on");
  g_assert_cmpuint (dk_value_axis_n_marks (DK_VALUE_AXIS (axis)), ==, n_marks);
  g_assert_true (g_str_has_prefix (dk_value_axis_get_name (DK_VALUE_AXIS (axis)), "Expected market value: ¥2 billion; "));
  /* Not answered the standards that wait for it are open, and open at the same amounts. */
  g_assert_true (dk_session_set_answer (shown.session, worth, (DkPeriodKey) { 0 }, DK_ANSWER_NONE, NULL, NULL));
  settle (&shown);
  assert_cell (&shown, "sse_star", "sse_star.STAR-1A", "STAR, Set 1A: Open; from ¥1bn on");
  g_assert_cmpuint (dk_value_axis_n_marks (DK_VALUE_AXIS (axis)), ==, n_marks);
  hide (&shown);
}

static void
assert_selected (Shown      *shown,
                 const char *id)
{
  GtkWidget *focus = gtk_window_get_focus (shown->window);

  g_assert_cmpstr (dk_listing_page_get_selected (shown->page), ==, id);
  g_assert_true (DK_IS_LISTING_CELL (focus));
  g_assert_cmpstr (dk_listing_cell_get_id (DK_LISTING_CELL (focus)), ==, id);
}

/* Arrows walk the cells, Enter opens the board, Alt+Enter its derivation; one stop for Tab. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  Shown shown;
  guint n_focusable = 0;

  show (&shown, fixture, import_equipment (fixture), 1180);
  dk_listing_page_select (shown.page, "bse.BSE-3");
  fixture_iterate ();
  assert_selected (&shown, "bse.BSE-3");
  g_assert_true (press (&shown, GDK_KEY_Right, 0));
  assert_selected (&shown, "bse.BSE-4");
  g_assert_false (press (&shown, GDK_KEY_Right, 0));
  g_assert_true (press (&shown, GDK_KEY_Home, 0));
  assert_selected (&shown, "bse.attribute");
  g_assert_false (press (&shown, GDK_KEY_Left, 0));
  g_assert_true (press (&shown, GDK_KEY_Down, 0));
  assert_selected (&shown, "szse_main.attribute");
  g_assert_true (press (&shown, GDK_KEY_End, 0));
  assert_selected (&shown, "szse_main.MB-3");
  g_assert_true (press (&shown, GDK_KEY_Up, 0));
  assert_selected (&shown, "bse.BSE-2");
  g_assert_true (press (&shown, GDK_KEY_End, 0));
  /* A shorter row has its last cell for it. */
  g_assert_true (press (&shown, GDK_KEY_Down, 0));
  assert_selected (&shown, "szse_main.MB-3");
  dk_listing_page_select (shown.page, "bse.BSE-4");
  g_assert_true (press (&shown, GDK_KEY_Return, 0));
  g_assert_cmpstr (shown.asked.action, ==, "show-criterion");
  g_assert_cmpstr (shown.asked.target, ==, "bse.BSE-4");
  g_assert_true (press (&shown, GDK_KEY_Return, GDK_ALT_MASK));
  g_assert_cmpstr (shown.asked.action, ==, "explain");
  g_assert_true (press (&shown, GDK_KEY_Escape, 0));
  g_assert_null (find_mapped (GTK_WIDGET (shown.page), "How it comes about"));
  for (guint i = 0; i < dk_listing_row_n_cells (dk_listing_page_find_row (shown.page, "bse")); i++)
    n_focusable += gtk_widget_get_focusable (GTK_WIDGET (dk_listing_row_get_cell (dk_listing_page_find_row (shown.page, "bse"), i)));
  g_assert_cmpuint (n_focusable, ==, 1);
  hide (&shown);
}

/* A cell says below its row what it stands for, and what would make it pass; again, and it is closed. */
static void
test_detail (Fixture       *fixture,
             gconstpointer  data)
{
  DkListingCell *cell;
  Shown shown;

  show (&shown, fixture, import_equipment (fixture), 1180);
  g_assert_null (find_mapped (GTK_WIDGET (shown.page), "Cheapest step"));
  cell = find_cell (&shown, "bse", "bse.BSE-2");
  g_signal_emit_by_name (cell, "clicked");
  settle (&shown);
  g_assert_nonnull (find_mapped (GTK_WIDGET (shown.page), "BSE · Standard 2"));
  g_assert_nonnull (find_mapped (GTK_WIDGET (shown.page), "11.60 % ≥ 30 %"));
  g_assert_nonnull (find_mapped (GTK_WIDGET (shown.page), "Cheapest step: "));
  g_assert_nonnull (find_mapped (GTK_WIDGET (shown.page), "2.1.3(2)"));
  /* It is still there after an answer. */
  dk_session_reassess (shown.session);
  settle (&shown);
  g_assert_nonnull (find_mapped (GTK_WIDGET (shown.page), "Cheapest step: "));
  g_signal_emit_by_name (cell, "clicked");
  fixture_iterate ();
  g_assert_null (find_mapped (GTK_WIDGET (shown.page), "BSE · Standard 2"));
  hide (&shown);
}

/* Without accounts: what to answer first. */
static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 id = dk_workspace_add (fixture->workspace, "New", &error);
  GtkWidget *button;
  Shown shown;

  g_assert_no_error (error);
  show (&shown, fixture, id, 400);
  button = fixture_find (GTK_WIDGET (shown.page), GTK_TYPE_BUTTON, "_Fill in the accounts");
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
  fixture_iterate ();
  g_assert_cmpstr (shown.asked.action, ==, "show-fact");
  g_assert_cmpuint (strlen (shown.asked.target), >, 0);
  hide (&shown);
}

static void
assert_within (GtkWidget *widget,
               int        width)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      assert_within (child, width);
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    {
      double x, y;

      g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (gtk_widget_get_root (widget)), gtk_widget_get_width (widget), 0, &x, &y));
      g_assert_cmpfloat (x, <=, width);
    }
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *door;
  double x, y;
  Shown shown;

  show (&shown, fixture, import_equipment (fixture), 360);
  dk_listing_page_select (shown.page, "bse.BSE-3");
  settle (&shown);
  fixture_wait (200); /* the rows change after the first layout */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (shown.page)), <=, 360);
  assert_within (GTK_WIDGET (shown.page), 360);
  /* What was opened can be read without scrolling. */
  door = find_mapped (GTK_WIDGET (shown.page), "Open the board");
  g_assert_nonnull (door);
  g_assert_true (gtk_widget_translate_coordinates (door, GTK_WIDGET (shown.page), 0, gtk_widget_get_height (door), &x, &y));
  g_assert_cmpfloat (y, <=, gtk_widget_get_height (GTK_WIDGET (shown.page)));
  hide (&shown);
}

/* In the window; opening it again keeps the page, and a rule's id opens its cell. */
static void
test_window (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autofree char *place = NULL;
  GtkWidget *page;
  DkWindow *window;
  gint64 client, id = import_equipment (fixture);

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = dk_window_new (application);
  dk_window_set_workspace (window, fixture->workspace);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (dk_window_open_client (window, id));
  dk_session_settle (dk_window_get_session (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-listing", "s", "all");
  page = dk_window_get_page (window);
  g_assert_true (DK_IS_LISTING_PAGE (page));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-listing", "s", "bse.BSE-4");
  g_assert_true (dk_window_get_page (window) == page);
  g_assert_cmpstr (dk_listing_page_get_selected (DK_LISTING_PAGE (page)), ==, "bse.BSE-4");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-listing", "s", "nonsense");
  g_assert_cmpstr (dk_listing_page_get_selected (DK_LISTING_PAGE (page)), ==, "bse.BSE-4");
  place = dk_window_dup_place (window, &client);
  g_assert_cmpstr (place, ==, "win.show-listing all");
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
#define ADD(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/ui/listing/cells", test_cells);
  ADD ("/ui/listing/axis", test_axis);
  ADD ("/ui/listing/keys", test_keys);
  ADD ("/ui/listing/detail", test_detail);
  ADD ("/ui/listing/nothing", test_nothing);
  ADD ("/ui/listing/narrow", test_narrow);
  ADD ("/ui/listing/window", test_window);
  return g_test_run ();
}
