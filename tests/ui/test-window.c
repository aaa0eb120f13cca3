/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include "dk-application.h"
#include "dk-day-button.h"
#include "dk-export-dialog.h"
#include "dk-form-page.h"
#include "dk-pie.h"
#include "dk-portfolio-page.h"
#include "dk-preferences-window.h"
#include "dk-programme-page.h"
#include "dk-register-page.h"
#include "dk-samples.h"
#include "dk-sidebar-heading.h"
#include "dk-sidebar-row.h"
#include "dk-sidebar.h"
#include "dk-start-page.h"
#include "dk-window.h"

#include <string.h>

static DkApplication *application; /* one for all tests: GTK takes one a process */

static DkWindow *
show_window (Fixture *fixture)
{
  DkWindow *window = dk_window_new (ADW_APPLICATION (application));

  if (fixture != NULL)
    dk_window_set_workspace (window, fixture->workspace);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  fixture_iterate ();
  return window;
}

static void
destroy_window (DkWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

static void
act (DkWindow   *window,
     const char *action,
     const char *target)
{
  if (target != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), action, "s", target);
  else
    gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
  fixture_iterate ();
}

static void
assert_place (DkWindow   *window,
              const char *wanted)
{
  gint64 client;
  g_autofree char *place = dk_window_dup_place (window, &client);

  g_assert_cmpstr (place, ==, wanted);
}

static gboolean
is_enabled (DkWindow   *window,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

/* The answer to "staff" of the last full year. */
static DkAnswerState
get_staff (Fixture   *fixture,
           DkSession *session,
           gint64    *staff)
{
  DkValue value;
  DkAnswerState state = dk_session_get_answer (session, fixture_fact (fixture, "staff"), (DkPeriodKey) { .year = 2025 }, &value);

  *staff = state == DK_ANSWER_VALUE ? value.low.num : -1;
  return state;
}

static void
set_staff (Fixture   *fixture,
           DkSession *session,
           gint64     staff)
{
  DkValue value = DK_VALUE_POINT (DK_NUMBER (staff));
  g_autoptr(GError) error = NULL;

  dk_session_set_answer (session, fixture_fact (fixture, "staff"), (DkPeriodKey) { .year = 2025 }, DK_ANSWER_VALUE, &value, &error);
  g_assert_no_error (error);
  fixture_iterate ();
}

/* --- Where the window begins --- */

static void
test_empty_workspace_starts (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  DkWindow *window;

  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->passes, &error));
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->just_misses, &error));
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->half_filled, &error));
  window = show_window (fixture);
  assert_place (window, "start");
  g_assert_null (dk_window_get_page (window));
  g_assert_nonnull (fixture_find (GTK_WIDGET (window), DK_TYPE_START_PAGE, NULL));
  g_assert_false (is_enabled (window, "export"));
  g_assert_false (is_enabled (window, "undo"));
  g_assert_false (is_enabled (window, "show-portfolio"));
  destroy_window (window);
}

static void
test_several_enterprises_are_listed (Fixture       *fixture,
                                     gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  g_autofree char *title = NULL;

  assert_place (window, "win.show-portfolio");
  g_assert_true (DK_IS_PORTFOLIO_PAGE (dk_window_get_page (window)));
  g_assert_null (dk_window_get_session (window));
  g_object_get (window, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "All enterprises");
  destroy_window (window);
}

static void
test_one_enterprise_is_opened (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  DkWindow *window;

  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->just_misses, &error));
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->half_filled, &error));
  window = show_window (fixture);
  assert_place (window, "win.show-topic identity");
  g_assert_cmpint (dk_session_get_id (dk_window_get_session (window)), ==, fixture->passes);
  destroy_window (window);
}

/* --- Going places --- */

static void
test_actions_show_their_pages (Fixture       *fixture,
                               gconstpointer  data)
{
  DkWindow *window = show_window (fixture);

  g_assert_true (dk_window_open_client (window, fixture->passes));
  act (window, "win.show-topic", "money");
  assert_place (window, "win.show-topic money");
  g_assert_true (DK_IS_FORM_PAGE (dk_window_get_page (window)));
  act (window, "win.show-fact", "staff@2025");
  assert_place (window, "win.show-topic people");
  act (window, "win.show-fact", "founded_on");
  assert_place (window, "win.show-topic identity");
  act (window, "win.show-register", "ip");
  assert_place (window, "win.show-register ip");
  g_assert_true (DK_IS_REGISTER_PAGE (dk_window_get_page (window)));
  act (window, "win.show-programme", "size");
  assert_place (window, "win.show-programme size");
  act (window, "win.show-criterion", "stsme.employees");
  assert_place (window, "win.show-programme stsme");
  g_assert_true (DK_IS_PROGRAMME_PAGE (dk_window_get_page (window)));
  act (window, "win.show-portfolio", NULL);
  assert_place (window, "win.show-portfolio");
  g_assert_null (dk_window_get_session (window));
  destroy_window (window);
}

static void
test_unknown_places_change_nothing (Fixture       *fixture,
                                    gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  GtkWidget *page;

  act (window, "win.show-topic", "money"); /* no enterprise is open */
  assert_place (window, "win.show-portfolio");
  g_assert_true (dk_window_open_client (window, fixture->passes));
  page = dk_window_get_page (window);
  act (window, "win.show-topic", "nowhere");
  act (window, "win.show-topic", "");
  act (window, "win.show-fact", "nothing@2025");
  act (window, "win.show-fact", "");
  act (window, "win.show-register", "nothing");
  act (window, "win.show-programme", "nothing");
  act (window, "win.show-criterion", "nothing.at_all");
  act (window, "win.show-criterion", "");
  assert_place (window, "win.show-topic identity");
  g_assert_true (dk_window_get_page (window) == page);
  g_assert_false (dk_window_open_client (window, 999));
  destroy_window (window);
}

static void
test_the_same_place_keeps_its_page (Fixture       *fixture,
                                    gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  GtkWidget *page;

  g_assert_true (dk_window_open_client (window, fixture->passes));
  act (window, "win.show-topic", "people");
  page = dk_window_get_page (window);
  act (window, "win.show-fact", "staff");
  g_assert_true (dk_window_get_page (window) == page);
  destroy_window (window);
}

static void
test_next_and_previous_stop_at_the_ends (Fixture       *fixture,
                                         gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  g_autofree char *last = NULL;
  gint64 client;

  g_assert_true (dk_window_open_client (window, fixture->passes));
  act (window, "win.previous", NULL);
  assert_place (window, "win.show-topic identity");
  act (window, "win.next", NULL);
  assert_place (window, "win.show-topic people");
  act (window, "win.previous", NULL);
  assert_place (window, "win.show-topic identity");
  for (guint i = 0; i < 100; i++)
    act (window, "win.next", NULL);
  last = dk_window_dup_place (window, &client);
  g_assert_true (g_str_has_prefix (last, "win.show-programme "));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-nth", "i", 2);
  assert_place (window, "win.show-topic people");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-nth", "i", 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-nth", "i", 99);
  assert_place (window, "win.show-topic people");
  destroy_window (window);
}

static void
test_place_is_found_again (Fixture       *fixture,
                           gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  DkWindow *other;
  g_autofree char *place = NULL;
  gint64 client = 0;

  g_assert_true (dk_window_open_client (window, fixture->half_filled));
  act (window, "win.show-programme", "stsme");
  place = dk_window_dup_place (window, &client);
  other = show_window (fixture);
  dk_window_restore_place (other, client, place);
  assert_place (other, "win.show-programme stsme");
  g_assert_true (dk_window_get_session (other) == dk_window_get_session (window));
  dk_window_restore_place (other, 0, "win.show-portfolio");
  assert_place (other, "win.show-portfolio");
  dk_window_restore_place (other, client, "win.show-topic nowhere");
  assert_place (other, "win.show-topic identity");
  destroy_window (other);
  destroy_window (window);
}

static void
test_panes_are_walked (Fixture       *fixture,
                       gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_assert_true (dk_window_open_client (window, fixture->passes));
  fixture_iterate ();
  for (guint i = 0; i < 6; i++)
    {
      act (window, "win.next-pane", NULL);
      g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
      g_hash_table_add (seen, gtk_window_get_focus (GTK_WINDOW (window)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), >=, 3); /* sidebar, page, header */
  destroy_window (window);
}

/* --- What changes meanwhile --- */

static void
test_undo_and_redo (Fixture       *fixture,
                    gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  DkSession *session;
  gint64 before, now;

  g_assert_true (dk_window_open_client (window, fixture->passes));
  session = dk_window_get_session (window);
  get_staff (fixture, session, &before);
  g_assert_cmpint (before, ==, 86);
  g_assert_false (is_enabled (window, "undo"));
  set_staff (fixture, session, 90);
  g_assert_true (is_enabled (window, "undo"));
  g_assert_false (is_enabled (window, "redo"));
  act (window, "win.undo", NULL);
  get_staff (fixture, session, &now);
  g_assert_cmpint (now, ==, 86);
  g_assert_false (is_enabled (window, "undo"));
  g_assert_true (is_enabled (window, "redo"));
  act (window, "win.redo", NULL);
  get_staff (fixture, session, &now);
  g_assert_cmpint (now, ==, 90);
  dk_session_settle (session);
  destroy_window (window);
}

/* Going elsewhere is leaving the cell: what was typed there is kept. */
static void
test_typed_answer_survives_going_elsewhere (Fixture       *fixture,
                                            gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  gint64 staff;

  g_assert_true (dk_window_open_client (window, fixture->passes));
  act (window, "win.show-fact", "staff@2025");
  fixture_wait (50);
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (window))));
  gtk_editable_set_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (window))), "91");
  act (window, "win.show-topic", "money");
  get_staff (fixture, dk_window_get_session (window), &staff);
  g_assert_cmpint (staff, ==, 91);
  dk_session_settle (dk_window_get_session (window));
  destroy_window (window);
}

static void
test_deleted_enterprise_is_left (Fixture       *fixture,
                                 gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_window_open_client (window, fixture->passes));
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->passes, &error));
  g_assert_no_error (error);
  fixture_iterate ();
  g_assert_null (dk_window_get_session (window));
  assert_place (window, "win.show-portfolio");
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->just_misses, &error));
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->half_filled, &error));
  fixture_iterate ();
  assert_place (window, "start");
  destroy_window (window);
}

static void
test_problem_takes_the_place_of_pages (Fixture       *fixture,
                                       gconstpointer  data)
{
  DkWindow *window = show_window (fixture);

  g_assert_true (dk_window_open_client (window, fixture->passes));
  dk_window_show_problem (window, "No & good", "<b>What was found</b>", DK_PROBLEM_OF_FILE);
  fixture_iterate ();
  assert_place (window, "problem");
  g_assert_null (dk_window_get_session (window));
  g_assert_null (dk_window_get_page (window));
  g_assert_nonnull (fixture_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "<b>What was found</b>"));
  g_assert_false (is_enabled (window, "export"));
  dk_window_set_workspace (window, fixture->workspace);
  assert_place (window, "win.show-portfolio");
  destroy_window (window);
}

static void
test_day_is_chosen (Fixture       *fixture,
                    gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  GtkWidget *button = fixture_find (GTK_WIDGET (window), DK_TYPE_DAY_BUTTON, NULL);
  gint64 day, shown = 0;

  g_assert_nonnull (button);
  g_assert_true (dk_date_parse ("2025-03-31", -1, &day));
  g_signal_emit_by_name (button, "day-chosen", day);
  g_assert_cmpint (dk_workspace_get_as_of (fixture->workspace), ==, day);
  g_assert_cmpint (dk_workspace_get_last_year (fixture->workspace), ==, 2024);
  g_object_get (button, "as-of", &shown, NULL);
  g_assert_cmpint (shown, ==, day);
  destroy_window (window);
}

static void
test_day_in_prose (void)
{
  gint64 day;
  g_autofree char *text = NULL;

  g_assert_true (dk_date_parse ("2028-02-29", -1, &day));
  text = dk_day_to_prose (day);
  g_assert_cmpstr (text, ==, "29 February 2028");
}

static void
test_day_is_said_once (void)
{
  g_autoptr(GtkWidget) button = g_object_ref_sink (dk_day_button_new ());
  GtkWidget *title = fixture_find (button, ADW_TYPE_WINDOW_TITLE, NULL);
  gint64 day;

  g_assert_true (dk_date_parse ("2026-07-15", -1, &day));
  g_object_set (button, "title", "A", "subtitle", "Page 1 of 5", "as-of", day, NULL);
  g_assert_cmpstr (adw_window_title_get_subtitle (ADW_WINDOW_TITLE (title)), ==, "Page 1 of 5 · as of 15 July 2026");
  g_object_set (button, "subtitle", "No. 115 · as of 2026-07-15", NULL);
  g_assert_cmpstr (adw_window_title_get_subtitle (ADW_WINDOW_TITLE (title)), ==, "No. 115 · as of 2026-07-15");
  g_object_set (button, "subtitle", NULL, NULL);
  g_assert_cmpstr (adw_window_title_get_subtitle (ADW_WINDOW_TITLE (title)), ==, "as of 15 July 2026");
  g_object_set (button, "as-of", G_MININT64, NULL);
  g_assert_cmpstr (adw_window_title_get_subtitle (ADW_WINDOW_TITLE (title)), ==, "");
}

static void
test_narrow_window_folds (Fixture       *fixture,
                          gconstpointer  data)
{
  static const int widths[] = { 1000, 899, 900, 909, 910, 400 }; /* of the window with its frame, which takes some of it */
  DkWindow *window = dk_window_new (ADW_APPLICATION (application));
  GtkWidget *leaflet;

  dk_window_set_workspace (window, fixture->workspace);
  g_assert_true (dk_window_open_client (window, fixture->passes));
  leaflet = fixture_find (GTK_WIDGET (window), ADW_TYPE_LEAFLET, NULL);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      int before = gtk_widget_get_width (GTK_WIDGET (window));
      int width;

      gtk_window_set_default_size (GTK_WINDOW (window), widths[i], 700);
      for (guint j = 0; j < 100 && gtk_widget_get_width (GTK_WIDGET (window)) == before; j++)
        fixture_wait (10);
      fixture_iterate ();
      width = gtk_widget_get_width (GTK_WIDGET (window));
      g_assert_cmpint (ABS (width - widths[i]), <=, 20);
      g_assert_cmpint (adw_leaflet_get_folded (ADW_LEAFLET (leaflet)), ==, width < 900);
    }
  destroy_window (window);
}

/* --- The sidebar --- */

static DkSidebarRow *
find_row (GtkWidget  *root,
          const char *id)
{
  if (DK_IS_SIDEBAR_ROW (root) && strcmp (dk_sidebar_row_get_id (DK_SIDEBAR_ROW (root)), id) == 0)
    return DK_SIDEBAR_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      DkSidebarRow *found = find_row (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_sidebar_says_how_far_one_is (Fixture       *fixture,
                                  gconstpointer  data)
{
  DkWindow *window = show_window (fixture);
  DkSidebarRow *people, *size;
  g_autofree char *before = NULL;

  g_assert_true (dk_window_open_client (window, fixture->half_filled));
  dk_session_settle (dk_window_get_session (window));
  fixture_iterate ();
  people = find_row (GTK_WIDGET (window), "people");
  size = find_row (GTK_WIDGET (window), "size");
  g_assert_nonnull (people);
  g_assert_nonnull (size);
  g_assert_cmpint (dk_sidebar_row_get_kind (people), ==, DK_PLACE_TOPIC);
  before = g_strdup (dk_sidebar_row_get_figure (people));
  g_assert_true (g_str_has_suffix (before, "%"));
  g_assert_cmpstr (dk_sidebar_row_get_figure (size), !=, "");
  {
    DkValue value = DK_VALUE_POINT (DK_NUMBER (12));
    g_autoptr(GError) error = NULL;

    dk_session_set_answer (dk_window_get_session (window), fixture_fact (fixture, "st_staff"), (DkPeriodKey) { .year = 2025 },
                           DK_ANSWER_VALUE, &value, &error);
    g_assert_no_error (error);
  }
  fixture_iterate ();
  g_assert_cmpstr (dk_sidebar_row_get_figure (people), !=, before);
  dk_session_settle (dk_window_get_session (window));
  destroy_window (window);
}

static DkSidebarHeading *
find_heading (GtkWidget *root,
              DkSection  section)
{
  if (DK_IS_SIDEBAR_HEADING (root) && dk_sidebar_heading_get_section (DK_SIDEBAR_HEADING (root)) == section)
    return DK_SIDEBAR_HEADING (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      DkSidebarHeading *found = find_heading (child, section);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
activate_heading (DkWindow  *window,
                  DkSection  section)
{
  g_signal_emit_by_name (find_heading (GTK_WIDGET (window), section), "activate");
  fixture_iterate ();
}

static gboolean
is_folded (DkWindow  *window,
           DkSection  section)
{
  return dk_sidebar_heading_get_folded (find_heading (GTK_WIDGET (window), section));
}

/* Whether the row is on the screen. */
static gboolean
is_seen (DkWindow   *window,
         const char *id)
{
  return gtk_widget_get_mapped (GTK_WIDGET (find_row (GTK_WIDGET (window), id)));
}

static gboolean
press_in_sidebar (DkWindow *window,
                  guint     keyval)
{
  GtkWidget *places = gtk_widget_get_parent (GTK_WIDGET (find_heading (GTK_WIDGET (window), DK_SECTION_FACTS)));
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (places);
  gboolean is_handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &is_handled);
    }
  fixture_iterate ();
  return is_handled;
}

static void
test_sections_fold (Fixture       *fixture,
                    gconstpointer  data)
{
  DkWindow *window, *later;

  g_settings_reset (dk_settings_get (), DK_SETTING_FOLDED);
  window = show_window (fixture);
  g_assert_true (dk_window_open_client (window, fixture->half_filled));
  dk_session_settle (dk_window_get_session (window));
  fixture_iterate ();
  g_assert_true (is_folded (window, DK_SECTION_LISTS)); /* who is in a hurry sees what to answer, and what follows */
  g_assert_false (is_seen (window, "ip"));
  g_assert_true (is_seen (window, "people"));
  g_assert_true (is_seen (window, "stsme"));
  g_assert_true (g_str_has_prefix (dk_sidebar_heading_get_figure (find_heading (GTK_WIDGET (window), DK_SECTION_LISTS)), "2/"));
  g_assert_cmpstr (dk_sidebar_heading_get_figure (find_heading (GTK_WIDGET (window), DK_SECTION_FACTS)), ==, "");
  activate_heading (window, DK_SECTION_LISTS);
  g_assert_true (is_seen (window, "ip"));
  g_assert_cmpstr (dk_sidebar_heading_get_figure (find_heading (GTK_WIDGET (window), DK_SECTION_LISTS)), ==, "");
  activate_heading (window, DK_SECTION_FACTS);
  g_assert_false (is_seen (window, "people"));
  g_assert_true (g_str_has_suffix (dk_sidebar_heading_get_figure (find_heading (GTK_WIDGET (window), DK_SECTION_FACTS)), "%"));
  activate_heading (window, DK_SECTION_PROGRAMMES);
  g_assert_false (is_seen (window, "stsme"));
  g_assert_false (is_seen (window, "all"));
  g_assert_cmpstr (dk_sidebar_heading_get_figure (find_heading (GTK_WIDGET (window), DK_SECTION_PROGRAMMES)), ==, "4");
  later = show_window (fixture);
  g_assert_true (dk_window_open_client (later, fixture->passes)); /* which shows a topic */
  dk_session_settle (dk_window_get_session (later));
  fixture_iterate ();
  g_assert_false (is_folded (later, DK_SECTION_FACTS));
  g_assert_false (is_folded (later, DK_SECTION_LISTS));
  g_assert_true (is_folded (later, DK_SECTION_PROGRAMMES));
  g_assert_cmpstr (dk_sidebar_heading_get_figure (find_heading (GTK_WIDGET (later), DK_SECTION_PROGRAMMES)), ==, "1 to apply for");
  g_settings_reset (dk_settings_get (), DK_SETTING_FOLDED);
  destroy_window (later);
  destroy_window (window);
}

/* Going to a folded place unfolds its section, for now: what was folded by hand is so the next time. */
static void
test_shown_place_is_unfolded (Fixture       *fixture,
                              gconstpointer  data)
{
  DkWindow *window;
  g_auto(GStrv) folded = NULL;

  g_settings_reset (dk_settings_get (), DK_SETTING_FOLDED);
  window = show_window (fixture);
  g_assert_true (dk_window_open_client (window, fixture->passes));
  act (window, "win.show-register", "ip");
  g_assert_false (is_folded (window, DK_SECTION_LISTS));
  g_assert_true (is_seen (window, "ip"));
  folded = g_settings_get_strv (dk_settings_get (), DK_SETTING_FOLDED);
  g_assert_true (g_strv_equal ((const char *const *) folded, (const char *[]) { "lists", NULL }));
  activate_heading (window, DK_SECTION_LISTS); /* folds it over the place that is shown: the head says so */
  g_assert_false (is_seen (window, "ip"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (find_heading (GTK_WIDGET (window), DK_SECTION_LISTS)), "current"));
  act (window, "win.next", NULL);
  g_assert_false (is_folded (window, DK_SECTION_LISTS));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (find_heading (GTK_WIDGET (window), DK_SECTION_LISTS)), "current"));
  destroy_window (window);
}

static void
test_sections_by_keys (Fixture       *fixture,
                       gconstpointer  data)
{
  DkWindow *window;
  GtkWidget *heading;

  g_settings_reset (dk_settings_get (), DK_SETTING_FOLDED);
  window = show_window (fixture);
  g_assert_true (dk_window_open_client (window, fixture->passes));
  fixture_iterate ();
  gtk_widget_grab_focus (GTK_WIDGET (find_row (GTK_WIDGET (window), "people")));
  heading = GTK_WIDGET (find_heading (GTK_WIDGET (window), DK_SECTION_FACTS));
  g_assert_false (press_in_sidebar (window, GDK_KEY_Right));
  g_assert_true (press_in_sidebar (window, GDK_KEY_Left)); /* to the head */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == heading);
  g_assert_true (press_in_sidebar (window, GDK_KEY_Left)); /* folds */
  g_assert_true (is_folded (window, DK_SECTION_FACTS));
  g_assert_false (press_in_sidebar (window, GDK_KEY_Left));
  g_assert_true (press_in_sidebar (window, GDK_KEY_Right));
  g_assert_false (is_folded (window, DK_SECTION_FACTS));
  g_assert_false (press_in_sidebar (window, GDK_KEY_Up)); /* the list's own */
  /* What has the focus does not vanish with it. */
  gtk_widget_grab_focus (GTK_WIDGET (find_row (GTK_WIDGET (window), "people")));
  activate_heading (window, DK_SECTION_FACTS);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == heading);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  gtk_widget_grab_focus (fixture_find (GTK_WIDGET (window), DK_TYPE_SIDEBAR, NULL));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == heading);
  g_settings_reset (dk_settings_get (), DK_SETTING_FOLDED);
  destroy_window (window);
}

static void
test_row_rounds_down (void)
{
  g_autoptr(GtkWidget) row = g_object_ref_sink (dk_sidebar_row_new (DK_PLACE_TOPIC, "money", "Money & R&D"));

  dk_sidebar_row_set_progress (DK_SIDEBAR_ROW (row), 199, 200);
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "99%");
  dk_sidebar_row_set_progress (DK_SIDEBAR_ROW (row), 0, 3);
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "0%");
  dk_sidebar_row_set_progress (DK_SIDEBAR_ROW (row), 3, 3);
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "");
  dk_sidebar_row_set_progress (DK_SIDEBAR_ROW (row), 0, 0); /* nothing is asked: nothing is missing */
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "");
}

static void
test_none_is_not_untouched (void) /* an empty list that is complete, and one of which nothing is known */
{
  g_autoptr(GtkWidget) row = g_object_ref_sink (dk_sidebar_row_new (DK_PLACE_REGISTER, "ip", "IP"));

  dk_sidebar_row_set_count (DK_SIDEBAR_ROW (row), 0, TRUE);
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "None");
  dk_sidebar_row_set_count (DK_SIDEBAR_ROW (row), 0, -1);
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "");
  dk_sidebar_row_set_count (DK_SIDEBAR_ROW (row), 0, FALSE);
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "");
  dk_sidebar_row_set_count (DK_SIDEBAR_ROW (row), 7, FALSE);
  g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "7");
}

static void
test_pie_stays_within (void)
{
  g_autoptr(GtkWidget) pie = g_object_ref_sink (dk_pie_new ());

  dk_pie_set_fraction (DK_PIE (pie), 1.5);
  g_assert_cmpfloat (dk_pie_get_fraction (DK_PIE (pie)), ==, 1);
  dk_pie_set_fraction (DK_PIE (pie), -1);
  g_assert_cmpfloat (dk_pie_get_fraction (DK_PIE (pie)), ==, 0);
}

/* --- Export --- */

static void
wait_for_file (const char *path)
{
  for (guint i = 0; i < 1000 && !g_file_test (path, G_FILE_TEST_EXISTS); i++)
    fixture_wait (10);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
export_as (Fixture        *fixture,
           DkExportFormat  format,
           const char     *name,
           const char     *wanted)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->half_filled);
  AdwToastOverlay *toasts = g_object_ref_sink (ADW_TOAST_OVERLAY (adw_toast_overlay_new ()));
  GtkWidget *dialog = dk_export_dialog_new (session, toasts);
  GtkWidget *entry = fixture_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));
  g_autofree char *path = NULL;
  g_autofree char *expected = g_build_filename (fixture->folder, wanted, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  dk_export_dialog_set_folder (DK_EXPORT_DIALOG (dialog), fixture->folder);
  dk_export_dialog_set_format (DK_EXPORT_DIALOG (dialog), format);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "a/b");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_assert_true (gtk_widget_get_sensitive (button));
  path = dk_export_dialog_dup_path (DK_EXPORT_DIALOG (dialog));
  g_assert_cmpstr (path, ==, expected);
  g_signal_emit_by_name (button, "clicked");
  wait_for_file (path);
  fixture_wait (50);
  g_object_unref (toasts);
}

static void
test_export_writes_a_workbook (Fixture       *fixture,
                               gconstpointer  data)
{
  export_as (fixture, DK_EXPORT_WORKBOOK, "out", "out.xlsx");
}

static void
test_export_writes_json_that_reads_back (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(DkEnterprise) enterprise = NULL;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *path = g_build_filename (fixture->folder, "out.json", NULL);

  export_as (fixture, DK_EXPORT_JSON, "out.json", "out.json");
  enterprise = dk_enterprise_load (fixture->library->catalogue, path, problems);
  g_assert_nonnull (enterprise);
  g_assert_cmpuint (dk_problems_length (problems), ==, 0);
}

static void
test_export_writes_a_workspace (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.dengke", NULL);

  export_as (fixture, DK_EXPORT_WORKSPACE, "out", "out.dengke");
  g_assert_true (dk_store_is_workspace (path));
}

static GtkWidget *
find_mapped (GtkWidget  *root,
             const char *style)
{
  if (gtk_widget_has_css_class (root, style) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, style);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_export_tells_what_is_wrong (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  AdwToastOverlay *toasts = g_object_ref_sink (ADW_TOAST_OVERLAY (adw_toast_overlay_new ()));
  GtkWidget *dialog = dk_export_dialog_new (session, toasts);
  g_autofree char *missing = g_build_filename (fixture->folder, "no", "such", "folder", NULL);
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));

  dk_export_dialog_set_folder (DK_EXPORT_DIALOG (dialog), missing);
  gtk_window_present (GTK_WINDOW (dialog));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (button)); /* at work */
  for (guint i = 0; i < 1000 && !gtk_widget_get_sensitive (button); i++)
    fixture_wait (10);
  g_assert_nonnull (find_mapped (dialog, "dk-fail"));
  g_assert_true (gtk_widget_get_mapped (dialog)); /* it stays open, so that another folder can be chosen */
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (toasts);
}

/* --- The application --- */

static void
wait_for_workspace (void)
{
  for (guint i = 0; i < 2000 && dk_application_get_workspace (application) == NULL; i++)
    fixture_wait (10);
  g_assert_nonnull (dk_application_get_workspace (application));
}

static DkWindow *
get_window (void)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (application)); item != NULL; item = item->next)
    if (DK_IS_WINDOW (item->data))
      return item->data;
  return NULL;
}

static void
test_samples_are_made_once (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "samples.dengke", NULL);
  g_autofree char *below_file = g_build_filename (path, "samples.dengke", NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(DkStore) store = NULL;
      g_autoptr(GPtrArray) entries = NULL;

      g_assert_true (dk_samples_ensure (fixture->library, path, &error));
      g_assert_no_error (error);
      store = dk_store_open (path, TRUE, &error);
      g_assert_no_error (error);
      entries = dk_store_list (store, &error);
      g_assert_cmpuint (entries->len, ==, 6); /* five in full, and the half-filled one */
    }
  g_assert_false (dk_samples_ensure (fixture->library, below_file, &error));
  g_assert_nonnull (error);
}

static void
open_file (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_application_open (G_APPLICATION (application), &file, 1, "");
  fixture_iterate ();
}

/* Opens what is given, shows what is wrong with what cannot be, and speaks another language in another window. */
static void
test_application (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *home = g_build_filename (fixture->folder, "home.dengke", NULL);
  g_autofree char *foreign = g_build_filename (fixture->folder, "foreign.dengke", NULL);
  g_autofree char *sample = test_dup_sample ("passes.json");
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  DkWindow *window;

  g_settings_set_string (dk_settings_get (), DK_SETTING_WORKSPACE, home);
  path = dk_application_dup_home_path ();
  g_assert_cmpstr (path, ==, home);
  g_application_activate (G_APPLICATION (application));
  g_assert_nonnull (get_window ()); /* before the rules are there */
  wait_for_workspace ();
  assert_place (get_window (), "start");

  open_file (sample);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dk_application_get_workspace (application))), ==, 1);
  assert_place (get_window (), "win.show-topic identity");
  dk_session_settle (dk_window_get_session (get_window ()));

  window = get_window ();
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "zh");
  fixture_iterate ();
  g_assert_true (get_window () != window);
  assert_place (get_window (), "win.show-topic identity");
  g_assert_nonnull (fixture_find (GTK_WIDGET (get_window ()), GTK_TYPE_LABEL, "\345\257\274\345\207\272"));
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "en");
  fixture_iterate ();
  g_assert_nonnull (fixture_find (GTK_WIDGET (get_window ()), GTK_TYPE_LABEL, "Export"));

  g_assert_true (g_file_set_contents (foreign, "no database at all, whatever its name says", -1, &error));
  open_file (foreign);
  assert_place (get_window (), "problem");
  g_assert_null (dk_application_get_workspace (application));
  g_action_group_activate_action (G_ACTION_GROUP (application), "open-home", NULL);
  fixture_iterate ();
  assert_place (get_window (), "win.show-topic identity");

  dk_session_settle (dk_window_get_session (get_window ()));
  dk_workspace_settle (dk_application_get_workspace (application));
  destroy_window (get_window ());
  g_settings_set_string (dk_settings_get (), DK_SETTING_WORKSPACE, "");
}

static void
test_preferences (void)
{
  GtkWidget *window = dk_preferences_window_new ();
  GtkWidget *row = fixture_find (window, ADW_TYPE_COMBO_ROW, NULL);

  gtk_window_present (GTK_WINDOW (window));
  fixture_iterate ();
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 2); /* English, as the fixture has it */
  g_assert_false (gtk_widget_get_mapped (fixture_find (window, GTK_TYPE_SWITCH, NULL))); /* English has no unit of 10,000 yuan */
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  fixture_iterate ();
  {
    g_autofree char *language = g_settings_get_string (dk_settings_get (), DK_SETTING_LANGUAGE);

    g_assert_cmpstr (language, ==, "system");
  }
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "en");
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  int status;

  fixture_init (&argc, &argv);
  application = dk_application_new ();
  dk_settings_apply_language ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

  ADD ("/ui/window/empty-workspace-starts", test_empty_workspace_starts);
  ADD ("/ui/window/several-enterprises-are-listed", test_several_enterprises_are_listed);
  ADD ("/ui/window/one-enterprise-is-opened", test_one_enterprise_is_opened);
  ADD ("/ui/window/actions-show-their-pages", test_actions_show_their_pages);
  ADD ("/ui/window/unknown-places-change-nothing", test_unknown_places_change_nothing);
  ADD ("/ui/window/the-same-place-keeps-its-page", test_the_same_place_keeps_its_page);
  ADD ("/ui/window/next-and-previous-stop-at-the-ends", test_next_and_previous_stop_at_the_ends);
  ADD ("/ui/window/place-is-found-again", test_place_is_found_again);
  ADD ("/ui/window/panes-are-walked", test_panes_are_walked);
  ADD ("/ui/window/undo-and-redo", test_undo_and_redo);
  ADD ("/ui/window/typed-answer-survives-going-elsewhere", test_typed_answer_survives_going_elsewhere);
  ADD ("/ui/window/deleted-enterprise-is-left", test_deleted_enterprise_is_left);
  ADD ("/ui/window/problem-takes-the-place-of-pages", test_problem_takes_the_place_of_pages);
  ADD ("/ui/window/day-is-chosen", test_day_is_chosen);
  g_test_add_func ("/ui/window/day-in-prose", test_day_in_prose);
  g_test_add_func ("/ui/window/day-is-said-once", test_day_is_said_once);
  ADD ("/ui/window/narrow-window-folds", test_narrow_window_folds);
  ADD ("/ui/sidebar/says-how-far-one-is", test_sidebar_says_how_far_one_is);
  ADD ("/ui/sidebar/sections-fold", test_sections_fold);
  ADD ("/ui/sidebar/shown-place-is-unfolded", test_shown_place_is_unfolded);
  ADD ("/ui/sidebar/sections-by-keys", test_sections_by_keys);
  g_test_add_func ("/ui/sidebar/row-rounds-down", test_row_rounds_down);
  g_test_add_func ("/ui/sidebar/none-is-not-untouched", test_none_is_not_untouched);
  g_test_add_func ("/ui/sidebar/pie-stays-within", test_pie_stays_within);
  ADD ("/ui/export/writes-a-workbook", test_export_writes_a_workbook);
  ADD ("/ui/export/writes-json-that-reads-back", test_export_writes_json_that_reads_back);
  ADD ("/ui/export/writes-a-workspace", test_export_writes_a_workspace);
  ADD ("/ui/export/tells-what-is-wrong", test_export_tells_what_is_wrong);
  g_test_add_func ("/ui/preferences/language-and-amounts", test_preferences);
  ADD ("/ui/application/samples-are-made-once", test_samples_are_made_once);
  ADD ("/ui/application/opens-what-is-given", test_application);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
