/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "dk-criterion-row.h"
#include "dk-digest.h"
#include "dk-link.h"
#include "dk-programme-page.h"
#include "dk-track.h"
#include "dk-width-bin.h"

#include <string.h>

#define LAST ((DkPeriodKey) { 2025, 0, 0 })
#define NEVER ((DkPeriodKey) { 0, 0, 0 })

/* A page in a window that has the actions of the program's window, and what they were called with. */
typedef struct
{
  DkSession       *session;
  DkProgrammePage *page;
  GtkWindow       *window;
  FixtureAsked asked;
} Shown;

static void
settle (Shown *shown)
{
  dk_session_settle (shown->session);
  while (dk_verdict_card_is_pending (dk_programme_page_get_card (shown->page))
         || dk_criterion_pane_is_pending (dk_programme_page_get_pane (shown->page)))
    g_main_context_iteration (NULL, TRUE);
  fixture_iterate ();
}

static void
show (Shown      *shown,
      Fixture    *fixture,
      gint64      id,
      const char *pack,
      int         width)
{
  static const char *const names[] = { "show-fact", "show-register", "show-criterion", "show-programme", "explain", "toast", NULL };

  *shown = (Shown) { .session = fixture_open (fixture, id) };
  shown->page = DK_PROGRAMME_PAGE (dk_programme_page_new (shown->session, pack));
  g_object_ref (shown->page);
  shown->window = fixture_show (GTK_WIDGET (shown->page), width, 780);
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

static void
answer (Shown      *shown,
        Fixture    *fixture,
        const char *fact,
        DkValue     value)
{
  const DkSymbol *symbol = fixture_fact (fixture, fact);
  g_autoptr(GError) error = NULL;

  dk_session_set_answer (shown->session, symbol, symbol->period == DK_PERIOD_NONE ? NEVER : LAST, DK_ANSWER_VALUE, &value, &error);
  g_assert_no_error (error);
  settle (shown);
}

static void
collect_rows (GtkWidget *root,
              GPtrArray *rows)
{
  if (DK_IS_CRITERION_ROW (root))
    g_ptr_array_add (rows, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static GtkWidget *
find_row (Shown      *shown,
          const char *id)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (shown->page), rows);
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (dk_criterion_row_get_id (g_ptr_array_index (rows, i)), id))
      return g_ptr_array_index (rows, i);
  return NULL;
}

/* Whether some label in there has the text. */
static gboolean
reads (gpointer    root,
       const char *text)
{
  return fixture_find (GTK_WIDGET (root), GTK_TYPE_LABEL, text) != NULL;
}

static GtkWidget *
find_link (GtkWidget  *root,
           const char *action,
           const char *target)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (dk_link_get_action (root), action) == 0 && g_strcmp0 (dk_link_get_target (root), target) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_link (child, action, target);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
follow (Shown      *shown,
        gpointer    root,
        const char *action,
        const char *target)
{
  g_autofree char *full = g_strconcat ("win.", action, NULL);
  GtkWidget *link = find_link (GTK_WIDGET (root), full, target);

  g_assert_nonnull (link);
  g_signal_emit_by_name (link, "clicked");
  g_assert_cmpstr (shown->asked.action, ==, action);
  g_assert_cmpstr (shown->asked.target, ==, target);
}

static const char *
hero (Shown *shown)
{
  return dk_verdict_card_get_hero (dk_programme_page_get_card (shown->page));
}

static gpointer
pane (Shown *shown)
{
  return dk_programme_page_get_pane (shown->page);
}

static void
select_result (Shown      *shown,
               const char *id)
{
  dk_programme_page_select (shown->page, id);
  settle (shown);
}

/* Does what a key of the widget's own bindings does. */
static gboolean
press (GtkWidget *widget,
       guint      key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
              && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut)))
            return TRUE;
        }
    }
  return FALSE;
}

/* --- Verdicts --- */

static void
test_passes (Fixture       *fixture,
             gconstpointer  data)
{
  Shown shown;
  g_autofree char *title = NULL, *subtitle = NULL;

  show (&shown, fixture, fixture->passes, "stsme", 1064);
  g_object_get (shown.page, "title", &title, "subtitle", &subtitle, NULL);
  g_assert_cmpstr (title, ==, "Technology-based SME evaluation");
  g_assert_nonnull (strstr (subtitle, "115"));
  g_assert_cmpstr (hero (&shown), ==, "90");
  g_assert_true (reads (shown.page, "60 points or more needed"));
  g_assert_true (g_str_has_prefix (dk_verdict_card_get_advice (dk_programme_page_get_card (shown.page)), "Weakest figure: "));
  g_assert_true (reads (shown.page, "7 conditions · 7 met"));
  g_assert_true (reads (find_row (&shown, "stsme.employees"), "86 ≤ 500"));
  g_assert_true (reads (find_row (&shown, "stsme.employees"), "414 to spare"));
  g_assert_true (reads (find_row (&shown, "stsme.rd_points"), "40 / 50"));
  g_assert_true (reads (shown.page, "Online information form"));
  g_assert_true (reads (shown.page, "Update the form and rate yourself by the end of March each year"));
  g_assert_true (reads (shown.page, "version 2026, from 2026-04-01 on"));

  select_result (&shown, "stsme.employees");
  g_assert_true (reads (pane (&shown), "How safe it is"));
  g_assert_true (reads (pane (&shown), "may rise to 500"));
  g_assert_nonnull (fixture_find (pane (&shown), DK_TYPE_TRACK, NULL));
  g_assert_true (reads (pane (&shown), "115"));
  hide (&shown);
}

/* The figures that are shown are applied: there it passes, one step less it does not. */
static void
test_levers_are_exact (Fixture       *fixture,
                       gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  g_assert_cmpstr (hero (&shown), ==, "58");
  g_assert_nonnull (strstr (dk_verdict_card_get_advice (dk_programme_page_get_card (shown.page)), "29 → 30"));
  g_assert_true (reads (find_row (&shown, "stsme.score"), "2 points short"));
  select_result (&shown, "stsme.score");
  g_assert_true (reads (pane (&shown), "What would make it pass"));
  g_assert_true (reads (pane (&shown), "S&T staff (2025): 29 → 30"));
  g_assert_false (reads (pane (&shown), "How safe it is"));
  follow (&shown, pane (&shown), "show-fact", "st_staff@2025");

  answer (&shown, fixture, "st_staff", DK_VALUE_POINT (DK_NUMBER (30)));
  g_assert_cmpstr (hero (&shown), ==, "62");
  g_assert_true (reads (shown.page, "7 conditions · 7 met"));
  g_assert_true (reads (pane (&shown), "How safe it is"));
  g_assert_false (reads (pane (&shown), "What would make it pass"));
  answer (&shown, fixture, "st_staff", DK_VALUE_POINT (DK_NUMBER (29)));
  g_assert_cmpstr (hero (&shown), ==, "58");
  g_assert_true (reads (pane (&shown), "What would make it pass"));
  hide (&shown);
}

static void
test_half_filled (Fixture       *fixture,
                  gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->half_filled, "stsme", 1064);
  g_assert_cmpstr (hero (&shown), ==, "46–100");
  g_assert_true (reads (shown.page, "20 answers are missing"));
  g_assert_true (reads (shown.page, "3 open"));
  g_assert_nonnull (fixture_find (GTK_WIDGET (dk_programme_page_get_card (shown.page)), GTK_TYPE_LABEL, "Answer this next: "));
  g_assert_true (reads (find_row (&shown, "stsme.employees"), "45–55 ≤ 500"));
  g_assert_true (reads (find_row (&shown, "stsme.staff_points"), "0–20 points > 0 points"));

  select_result (&shown, "stsme.assets");
  g_assert_true (reads (pane (&shown), "What is missing"));
  g_assert_false (reads (pane (&shown), "What would make it pass"));
  follow (&shown, pane (&shown), "show-fact", "assets@2025");
  select_result (&shown, "stsme.integrity.safety");
  follow (&shown, pane (&shown), "show-fact", "major_safety_accident");
  follow (&shown, pane (&shown), "show-register", "incidents");
  select_result (&shown, "stsme.integrity");
  follow (&shown, pane (&shown), "show-criterion", "stsme.integrity.quality");
  hide (&shown);
}

/* "Not known yet" is no figure, and 0 is one. */
static void
test_unknown_and_none (Fixture       *fixture,
                       gconstpointer  data)
{
  const DkSymbol *assets = fixture_fact (fixture, "assets");
  g_autoptr(GError) error = NULL;
  Shown shown;

  show (&shown, fixture, fixture->passes, "stsme", 1064);
  dk_session_set_answer (shown.session, assets, LAST, DK_ANSWER_UNKNOWN, NULL, &error);
  g_assert_no_error (error);
  settle (&shown);
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "not known yet"));
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "1 missing"));
  g_assert_true (reads (shown.page, "6 met · 1 open"));
  answer (&shown, fixture, "assets", DK_VALUE_POINT (DK_ZERO));
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "¥0 ≤ ¥200,000,000"));
  answer (&shown, fixture, "assets", DK_VALUE_RANGE (DK_NUMBER (1), DK_NUMBER (200000000)));
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "¥1–200,000,000 ≤ ¥200,000,000"));
  g_assert_false (reads (find_row (&shown, "stsme.assets"), "spare"));
  answer (&shown, fixture, "assets", DK_VALUE_RANGE (DK_NUMBER (1), DK_NUMBER (199999999)));
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "at least ¥1 to spare"));
  answer (&shown, fixture, "assets", DK_VALUE_RANGE (DK_NUMBER (1), DK_NUMBER (200000001)));
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "1 missing"));
  answer (&shown, fixture, "assets", DK_VALUE_POINT (DK_NUMBER (200000000)));
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "at the limit"));
  answer (&shown, fixture, "assets", DK_VALUE_POINT (DK_NUMBER (200000001)));
  g_assert_true (reads (find_row (&shown, "stsme.assets"), "¥1 too much"));
  hide (&shown);
}

/* Answers are missing, and yet it is certain. */
static void
test_certain (Fixture       *fixture,
              gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->half_filled, "stsme", 1064);
  answer (&shown, fixture, "st_staff", DK_VALUE_POINT (DK_NUMBER (20)));
  g_assert_cmpstr (hero (&shown), ==, "66–100");
  g_assert_true (reads (find_row (&shown, "stsme.score"), "open, no matter"));
  select_result (&shown, "stsme.score");
  g_assert_true (reads (pane (&shown), "Certainly met"));
  g_assert_true (reads (pane (&shown), "How safe it is"));
  hide (&shown);
}

static void
test_direct_route (Fixture       *fixture,
                   gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  answer (&shown, fixture, "hnte_valid", DK_VALUE_TRUTH (DK_TRUE));
  g_assert_cmpstr (hero (&shown), ==, "Pass");
  g_assert_true (reads (shown.page, "By the direct route: A valid HNTE certificate"));
  g_assert_true (reads (shown.page, "the score is not needed"));
  g_assert_true (gtk_widget_has_css_class (find_row (&shown, "stsme.route_score"), "dk-faint"));
  hide (&shown);
}

/* A programme that gives a value rather than a verdict. */
static void
test_value (Fixture       *fixture,
            gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->passes, "size", 1064);
  g_assert_cmpstr (hero (&shown), ==, "Small");
  g_assert_true (reads (find_row (&shown, "size.small_or_micro"), "yes"));
  select_result (&shown, "size.class");
  follow (&shown, pane (&shown), "explain", "size.class");
  hide (&shown);
}

static void
test_does_not_apply (Fixture       *fixture,
                     gconstpointer  data)
{
  const DkSymbol *industry = fixture_fact (fixture, "industry");
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GError) error = NULL;
  DkValue value;
  Shown shown;

  show (&shown, fixture, fixture->passes, "size", 1064);
  g_assert_true (dk_fact_parse_value (industry, "P8310", &value, arena, &error)); /* education: not classified */
  g_assert_no_error (error);
  answer (&shown, fixture, "industry", value);
  g_assert_cmpstr (hero (&shown), ==, "Not applicable");
  hide (&shown);
}

static void
test_not_in_force (Fixture       *fixture,
                   gconstpointer  data)
{
  Shown shown;
  gint64 early, day;

  g_assert_true (dk_date_parse ("2015-01-01", -1, &early));
  g_assert_true (dk_date_parse (FIXTURE_DAY, -1, &day));
  show (&shown, fixture, fixture->passes, "stsme", 1064);
  select_result (&shown, "stsme.employees");
  dk_workspace_set_as_of (fixture->workspace, early);
  settle (&shown);
  g_assert_cmpstr (hero (&shown), ==, "Not in force");
  g_assert_true (reads (shown.page, "the nearest is in force from 2017-05-03"));
  g_assert_true (reads (shown.page, "Nearest version"));
  g_assert_null (find_row (&shown, "stsme.employees"));
  g_assert_true (reads (pane (&shown), "not part of the programme any more"));

  dk_workspace_set_as_of (fixture->workspace, day);
  settle (&shown);
  g_assert_cmpstr (hero (&shown), ==, "90");
  g_assert_nonnull (find_row (&shown, "stsme.employees"));
  g_assert_cmpstr (dk_programme_page_get_selected (shown.page), ==, "stsme.employees");
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (find_row (&shown, "stsme.employees"))));
  hide (&shown);
}

static void
test_readings (Fixture       *fixture,
               gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->passes, "sike", 1064);
  g_assert_cmpstr (hero (&shown), ==, "Fail");
  g_assert_true (reads (find_row (&shown, "sike.product"), "Self-rated"));
  g_assert_true (reads (find_row (&shown, "sike.intensity"), "To be confirmed"));
  follow (&shown, shown.page, "show-programme", "sike_b");
  hide (&shown);
}

/* --- In place --- */

static double
get_scroll (GtkWidget *widget)
{
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW))));
}

static void
test_kept_over_reassessment (Fixture       *fixture,
                             gconstpointer  data)
{
  Shown shown;
  GtkWidget *row;
  GtkScrolledWindow *scroll;

  show (&shown, fixture, fixture->passes, "stsme", 1064);
  select_result (&shown, "stsme.employees");
  row = find_row (&shown, "stsme.employees");
  g_assert_true (gtk_widget_grab_focus (row));
  scroll = GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (scroll), 120);
  fixture_iterate ();

  answer (&shown, fixture, "staff", DK_VALUE_POINT (DK_NUMBER (501)));
  g_assert_true (find_row (&shown, "stsme.employees") == row);
  g_assert_true (reads (row, "501 ≤ 500"));
  g_assert_true (reads (row, "1 too much"));
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (row)));
  g_assert_cmpstr (dk_programme_page_get_selected (shown.page), ==, "stsme.employees");
  g_assert_cmpstr (dk_criterion_pane_get_id (pane (&shown)), ==, "stsme.employees");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (shown.window)) == row);
  g_assert_cmpfloat (get_scroll (row), ==, 120);
  g_assert_true (reads (pane (&shown), "What would make it pass"));
  g_assert_true (reads (pane (&shown), "501 → 500"));
  hide (&shown);
}

/* A link of the pane that has the focus has it still when its text was written again. */
static void
test_focus_in_pane (Fixture       *fixture,
                    gconstpointer  data)
{
  Shown shown;
  GtkWidget *link, *focus;

  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  select_result (&shown, "stsme.staff_points");
  link = find_link (pane (&shown), "win.show-fact", "staff@2025");
  g_assert_nonnull (link);
  g_assert_true (gtk_widget_grab_focus (link));
  answer (&shown, fixture, "st_staff", DK_VALUE_POINT (DK_NUMBER (28)));
  focus = gtk_root_get_focus (GTK_ROOT (shown.window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, pane (&shown)));
  g_assert_cmpstr (dk_link_get_target (focus), ==, "staff@2025");
  hide (&shown);
}

/* A warning comes and goes: the rows are made anew, and the selection stays. */
static void
test_rows_come_and_go (Fixture       *fixture,
                       gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->passes, "stsme", 1064);
  select_result (&shown, "stsme.assets");
  g_assert_null (find_row (&shown, "stsme.accounts"));
  answer (&shown, fixture, "taxed_on_accounts", DK_VALUE_TRUTH (DK_FALSE));
  g_assert_nonnull (find_row (&shown, "stsme.accounts"));
  g_assert_true (reads (find_row (&shown, "stsme.accounts"), "Keep full accounts"));
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (find_row (&shown, "stsme.assets"))));
  answer (&shown, fixture, "taxed_on_accounts", DK_VALUE_TRUTH (DK_TRUE));
  g_assert_null (find_row (&shown, "stsme.accounts"));
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (find_row (&shown, "stsme.assets"))));
  g_assert_cmpstr (dk_criterion_pane_get_id (pane (&shown)), ==, "stsme.assets");
  hide (&shown);
}

/* Behind another page it waits, and is up to date when it comes to the front. */
static void
test_behind (Fixture       *fixture,
             gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  gtk_widget_set_visible (GTK_WIDGET (shown.page), FALSE);
  answer (&shown, fixture, "st_staff", DK_VALUE_POINT (DK_NUMBER (30)));
  g_assert_cmpstr (hero (&shown), ==, "58");
  gtk_widget_set_visible (GTK_WIDGET (shown.page), TRUE);
  settle (&shown);
  g_assert_cmpstr (hero (&shown), ==, "62");
  hide (&shown);
}

/* --- Ways through it --- */

static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  Shown shown;
  GtkWidget *group, *member;

  show (&shown, fixture, fixture->passes, "stsme", 1064);
  group = find_row (&shown, "stsme.integrity");
  member = find_row (&shown, "stsme.integrity.safety");
  g_assert_true (reads (group, "met: 6 of 6"));
  g_assert_false (gtk_widget_get_visible (member)); /* all is well in there */
  g_assert_true (press (group, GDK_KEY_Right));
  g_assert_true (gtk_widget_get_visible (member));
  g_assert_false (press (group, GDK_KEY_Right));
  g_assert_true (press (group, GDK_KEY_Left));
  g_assert_false (gtk_widget_get_visible (member));
  select_result (&shown, "stsme.integrity.safety");
  g_assert_true (gtk_widget_get_visible (member));
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (member)));
  hide (&shown);
}

static void
test_keyboard (Fixture       *fixture,
               gconstpointer  data)
{
  Shown shown;
  GtkWidget *row, *list, *focus;

  show (&shown, fixture, fixture->passes, "stsme", 1064);
  row = find_row (&shown, "stsme.resident");
  list = gtk_widget_get_parent (row);
  gtk_widget_grab_focus (row);
  g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  settle (&shown);
  g_assert_cmpstr (dk_programme_page_get_selected (shown.page), ==, "stsme.employees");
  g_assert_cmpstr (dk_criterion_pane_get_id (pane (&shown)), ==, "stsme.employees"); /* there is room for both */
  g_assert_true (press (GTK_WIDGET (shown.page), GDK_KEY_Escape));
  g_assert_false (dk_programme_page_is_open (shown.page));
  g_assert_false (press (GTK_WIDGET (shown.page), GDK_KEY_Escape)); /* left to the window */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (shown.window)) == find_row (&shown, "stsme.employees"));
  g_signal_emit_by_name (list, "activate-cursor-row");
  settle (&shown);
  g_assert_true (dk_programme_page_is_open (shown.page));

  /* From the last row of a list down to the next list, and back. */
  row = find_row (&shown, "stsme.direct");
  for (GtkWidget *next = row; next != NULL; next = gtk_widget_get_next_sibling (next))
    if (DK_IS_CRITERION_ROW (next) && gtk_widget_get_mapped (next))
      row = next;
  gtk_widget_grab_focus (row);
  gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (row));
  g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  focus = gtk_root_get_focus (GTK_ROOT (shown.window));
  g_assert_true (DK_IS_CRITERION_ROW (focus));
  g_assert_true (gtk_widget_get_parent (focus) != list);
  g_signal_emit_by_name (gtk_widget_get_parent (focus), "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, -1, FALSE, FALSE);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (shown.window)) == row);
  settle (&shown);
  hide (&shown);
}

/* Nothing below @widget is wider than the window: what is would be cut. */
static void
assert_fits (GtkWidget *widget,
             int        width)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child))
        continue;
      if (gtk_widget_get_width (child) > width)
        g_test_message ("%s is %d wide", G_OBJECT_TYPE_NAME (child), gtk_widget_get_width (child));
      assert_fits (child, width);
      g_assert_cmpint (gtk_widget_get_width (child), <=, width);
    }
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  Shown shown;
  GtkWidget *row, *list;
  int least;

  show (&shown, fixture, fixture->half_filled, "stsme", 400);
  gtk_widget_measure (GTK_WIDGET (shown.page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (shown.page)), <=, 400);
  assert_fits (GTK_WIDGET (shown.page), 400);

  /* Walking does not leave the list; Enter does. */
  row = find_row (&shown, "stsme.resident");
  list = gtk_widget_get_parent (row);
  gtk_widget_grab_focus (row);
  g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_false (dk_programme_page_is_open (shown.page));
  g_signal_emit_by_name (list, "activate-cursor-row");
  settle (&shown);
  fixture_wait (50);
  g_assert_true (dk_programme_page_is_open (shown.page));
  g_assert_cmpstr (dk_criterion_pane_get_id (pane (&shown)), ==, "stsme.employees");
  g_assert_true (gtk_widget_get_mapped (pane (&shown)));
  g_assert_false (gtk_widget_get_child_visible (gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (shown.page)))));
  g_assert_true (press (GTK_WIDGET (shown.page), GDK_KEY_Escape));
  fixture_wait (50);
  g_assert_false (dk_programme_page_is_open (shown.page));
  g_assert_false (gtk_widget_get_mapped (pane (&shown)));
  hide (&shown);
}

/* A page that opens in a narrow window is narrow before its first frame. */
static void
test_narrow_at_once (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->half_filled);
  GtkWindow *window = fixture_show (gtk_label_new (NULL), 400, 780);
  GtkWidget *page = g_object_ref_sink (dk_programme_page_new (session, "stsme"));
  GtkWidget *bin;

  dk_session_settle (session);
  adw_window_set_content (ADW_WINDOW (window), page);
  bin = fixture_find (page, DK_TYPE_WIDTH_BIN, NULL);
  g_assert_nonnull (bin);
  g_assert_true (dk_width_bin_is_narrow (DK_WIDTH_BIN (bin)));
  gtk_window_destroy (window);
  fixture_iterate ();
  g_assert_finalize_object (page);
}

static void
test_formula_links (Fixture       *fixture,
                    gconstpointer  data)
{
  Shown shown;
  DkWording wording;
  const DkResult *result;
  g_autofree char *formula = NULL, *markup = NULL;

  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  g_assert_true (dk_session_get_wording (shown.session, &wording));
  result = dk_assessment_find (wording.assessment, "stsme.staff_share");
  formula = dk_wording_describe_result (&wording, result);
  markup = dk_digest_link_formula (&wording, result, formula);
  g_assert_nonnull (strstr (markup, "<a href=\"fact:st_staff@2025\""));
  g_assert_nonnull (strstr (markup, "<a href=\"fact:staff@2025\""));
  g_assert_nonnull (strstr (markup, ">29</a>"));
  g_assert_nonnull (strstr (markup, ">100</a>"));
  g_assert_nonnull (strstr (markup, "S&amp;T staff "));

  select_result (&shown, "stsme.staff_share");
  {
    GtkWidget *label = fixture_find (pane (&shown), GTK_TYPE_LABEL, "S&T staff 29");
    gboolean is_done = FALSE;

    g_assert_nonnull (label);
    g_signal_emit_by_name (label, "activate-link", "fact:st_staff@2025", &is_done);
    g_assert_true (is_done);
    g_assert_cmpstr (shown.asked.action, ==, "show-fact");
    g_assert_cmpstr (shown.asked.target, ==, "st_staff@2025");
  }
  hide (&shown);
}

static void
test_bands (Fixture       *fixture,
            gconstpointer  data)
{
  Shown shown;
  GtkWidget *band;

  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  select_result (&shown, "stsme.staff_points");
  g_assert_true (reads (pane (&shown), "Why 16 points"));
  /* What is above "≥ 25 %". */
  band = gtk_widget_get_prev_sibling (fixture_find (pane (&shown), GTK_TYPE_LABEL, "≥ 25 %"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (band)), ==, "16");
  g_assert_true (gtk_widget_has_css_class (band, "active"));
  answer (&shown, fixture, "st_staff", DK_VALUE_RANGE (DK_NUMBER (29), DK_NUMBER (30)));
  g_assert_true (reads (pane (&shown), "What it can be"));
  band = gtk_widget_get_prev_sibling (fixture_find (pane (&shown), GTK_TYPE_LABEL, "≥ 30 %"));
  g_assert_true (gtk_widget_has_css_class (band, "possible"));
  hide (&shown);
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  Shown shown;
  g_autofree char *text = NULL;

  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  g_assert_null (dk_criterion_pane_dup_text (pane (&shown)));
  select_result (&shown, "stsme.score");
  text = dk_criterion_pane_dup_text (pane (&shown));
  g_assert_true (g_str_has_prefix (text, "Total score · Not met\n"));
  g_assert_nonnull (strstr (text, "58 points ≥ 60 points: not met, short by 2 points"));
  g_assert_nonnull (strstr (text, "Least change: S&T staff (2025): 29 → 30"));
  g_assert_nonnull (strstr (text, "115"));
  g_assert_nonnull (strstr (text, "as of 2026-07-15"));
  hide (&shown);
}

/* An id that no rule has, a programme that no pack has, and nothing assessed yet: said or empty, never a crash. */
static void
test_wrong_ids (Fixture       *fixture,
                gconstpointer  data)
{
  Shown shown;
  GtkWidget *page;
  g_autoptr(DkSession) session = NULL;
  g_autoptr(GError) error = NULL;

  show (&shown, fixture, fixture->passes, "stsme", 1064);
  select_result (&shown, "stsme.no_such_rule");
  g_assert_true (reads (pane (&shown), "not part of the programme any more"));
  g_assert_null (dk_programme_page_get_selected (shown.page));
  select_result (&shown, "stsme.rd_share_a"); /* no row of its own */
  g_assert_true (reads (pane (&shown), "5.51 %"));
  select_result (&shown, "stsme");
  g_assert_true (reads (pane (&shown), "Its members"));
  dk_programme_page_select (shown.page, NULL);
  dk_programme_page_select (shown.page, NULL);
  g_assert_false (dk_programme_page_is_open (shown.page));
  hide (&shown);

  session = dk_workspace_open_session (fixture->workspace, fixture->half_filled, &error); /* not settled */
  g_assert_no_error (error);
  page = g_object_ref_sink (dk_programme_page_new (session, "no_such_pack"));
  g_assert_cmpstr (dk_verdict_card_get_hero (dk_programme_page_get_card (DK_PROGRAMME_PAGE (page))), ==, "…");
  dk_session_settle (session);
  g_assert_finalize_object (page);
}

static void
test_chinese (Fixture       *fixture,
              gconstpointer  data)
{
  Shown shown;
  g_autofree char *title = NULL;

  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "zh");
  dk_settings_apply_language ();
  show (&shown, fixture, fixture->just_misses, "stsme", 1064);
  g_object_get (shown.page, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "科技型中小企业评价");
  g_assert_true (reads (find_row (&shown, "stsme.score"), "差 2分"));
  select_result (&shown, "stsme.score");
  g_assert_true (reads (pane (&shown), "怎样才能通过"));
  g_assert_true (reads (pane (&shown), "科技人员数（2025年）：29 → 30"));
  hide (&shown);
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "en");
  dk_settings_apply_language ();
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  add ("/ui/programme/passes", test_passes);
  add ("/ui/programme/levers-are-exact", test_levers_are_exact);
  add ("/ui/programme/half-filled", test_half_filled);
  add ("/ui/programme/unknown-and-none", test_unknown_and_none);
  add ("/ui/programme/certain", test_certain);
  add ("/ui/programme/direct-route", test_direct_route);
  add ("/ui/programme/value", test_value);
  add ("/ui/programme/does-not-apply", test_does_not_apply);
  add ("/ui/programme/not-in-force", test_not_in_force);
  add ("/ui/programme/readings", test_readings);
  add ("/ui/programme/kept-over-reassessment", test_kept_over_reassessment);
  add ("/ui/programme/focus-in-pane", test_focus_in_pane);
  add ("/ui/programme/rows-come-and-go", test_rows_come_and_go);
  add ("/ui/programme/behind", test_behind);
  add ("/ui/programme/groups", test_groups);
  add ("/ui/programme/keyboard", test_keyboard);
  add ("/ui/programme/narrow", test_narrow);
  add ("/ui/programme/narrow-at-once", test_narrow_at_once);
  add ("/ui/programme/formula-links", test_formula_links);
  add ("/ui/programme/bands", test_bands);
  add ("/ui/programme/copy", test_copy);
  add ("/ui/programme/wrong-ids", test_wrong_ids);
  add ("/ui/programme/chinese", test_chinese);
  return g_test_run ();
}
