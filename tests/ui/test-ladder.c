/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "dk-ladder-page.h"
#include "dk-sidebar.h"
#include "dk-sign.h"
#include "dk-window.h"

#include <string.h>

typedef struct
{
  DkSession    *session;
  DkLadderPage *page;
  GtkWindow    *window;
  FixtureAsked asked;
} Shown;

static void
settle (Shown *shown)
{
  dk_session_settle (shown->session);
  while (dk_ladder_page_is_pending (shown->page))
    g_main_context_iteration (NULL, TRUE);
  fixture_iterate ();
}

static void
show (Shown   *shown,
      Fixture *fixture,
      gint64   id,
      int      width)
{
  static const char *const names[] = { "show-programme", NULL };

  *shown = (Shown) { .session = fixture_open (fixture, id) };
  shown->page = DK_LADDER_PAGE (dk_ladder_page_new (shown->session));
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

static DkNearness
get_nearness (Shown      *shown,
           const char *pack)
{
  return dk_ladder_row_get_nearness (dk_ladder_page_find_row (shown->page, pack));
}

static gboolean
is_listed (Shown      *shown,
           const char *pack)
{
  GtkWidget *row = GTK_WIDGET (dk_ladder_page_find_row (shown->page, pack));

  return gtk_widget_get_child_visible (row) && gtk_widget_get_visible (row) && gtk_widget_get_visible (gtk_widget_get_parent (row));
}

static void
test_nearness (Fixture       *fixture,
            gconstpointer  data)
{
  Shown shown;
  g_autofree char *subtitle = NULL;

  show (&shown, fixture, fixture->passes, 1000);
  g_assert_cmpint (get_nearness (&shown, "stsme"), ==, DK_NEARNESS_NOW);
  g_assert_cmpstr (dk_ladder_row_get_step (dk_ladder_page_find_row (shown.page, "stsme")), ==, "Can be applied for now");
  g_object_get (shown.page, "subtitle", &subtitle, NULL);
  g_assert_true (g_str_has_suffix (subtitle, " titles"));
  hide (&shown);

  show (&shown, fixture, fixture->just_misses, 1000);
  g_assert_cmpint (get_nearness (&shown, "stsme"), ==, DK_NEARNESS_NEAR);
  g_assert_cmpstr (dk_ladder_row_get_step (dk_ladder_page_find_row (shown.page, "stsme")), !=, "");
  hide (&shown);

  show (&shown, fixture, fixture_import (fixture, "passes.json"), 1000);
  g_assert_cmpint (get_nearness (&shown, "stsme"), ==, DK_NEARNESS_HELD);
  hide (&shown);

  show (&shown, fixture, fixture->half_filled, 1000);
  g_assert_cmpint (get_nearness (&shown, "stsme"), ==, DK_NEARNESS_NEAR);
  g_assert_true (g_str_has_prefix (dk_ladder_row_get_step (dk_ladder_page_find_row (shown.page, "stsme")), "Answer: "));
  hide (&shown);
}

/* The pills leave in what they say, and count it. */
static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->passes, 1000);
  g_assert_true (is_listed (&shown, "stsme"));
  g_assert_true (is_listed (&shown, "size"));
  dk_ladder_page_set_filter (shown.page, DK_LADDER_NOW);
  fixture_iterate ();
  g_assert_true (is_listed (&shown, "stsme"));
  g_assert_false (is_listed (&shown, "size"));
  dk_ladder_page_set_filter (shown.page, DK_LADDER_HELD);
  fixture_iterate ();
  g_assert_false (is_listed (&shown, "stsme"));
  dk_ladder_page_set_filter (shown.page, DK_LADDER_ALL);
  fixture_iterate ();
  g_assert_true (is_listed (&shown, "stsme"));
  hide (&shown);
}

static void
test_row_opens (Fixture       *fixture,
                gconstpointer  data)
{
  Shown shown;
  DkLadderRow *row;

  show (&shown, fixture, fixture->passes, 1000);
  row = dk_ladder_page_find_row (shown.page, "stsme");
  gtk_widget_activate (GTK_WIDGET (row));
  fixture_iterate ();
  g_assert_cmpstr (shown.asked.target, ==, "stsme");
  hide (&shown);
}

/* Rows stay the same widgets when what they say changes. */
static void
test_follows (Fixture       *fixture,
              gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  DkValue value = DK_VALUE_POINT (DK_NUMBER (501));
  g_autoptr(GError) error = NULL;
  DkLadderRow *row;
  Shown shown;

  show (&shown, fixture, fixture->passes, 1000);
  row = dk_ladder_page_find_row (shown.page, "stsme");
  g_assert_true (dk_session_set_answer (shown.session, staff, (DkPeriodKey) { 2025, 0, 0 }, DK_ANSWER_VALUE, &value, &error));
  g_assert_no_error (error);
  settle (&shown);
  g_assert_true (dk_ladder_page_find_row (shown.page, "stsme") == row);
  g_assert_cmpint (dk_ladder_row_get_nearness (row), !=, DK_NEARNESS_NOW);
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
      GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));
      double x, y;

      g_assert_true (gtk_widget_translate_coordinates (widget, root, gtk_widget_get_width (widget), 0, &x, &y));
      g_assert_cmpfloat (x, <=, width);
    }
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  Shown shown;

  show (&shown, fixture, fixture->just_misses, 400);
  settle (&shown);
  fixture_wait (200); /* the rows change after the first layout */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (shown.page)), <=, 400);
  assert_within (GTK_WIDGET (dk_ladder_page_find_row (shown.page, "stsme")), 400);
  hide (&shown);
}

/* In the window, from the sidebar; the place is remembered, and opening it again keeps the page. */
static void
test_window (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  DkWindow *window;
  GtkWidget *page;
  g_autofree char *place = NULL;
  gint64 client;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = dk_window_new (application);
  dk_window_set_workspace (window, fixture->workspace);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (dk_window_open_client (window, fixture->passes));
  dk_session_settle (dk_window_get_session (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-ladder", "s", "held");
  page = dk_window_get_page (window);
  g_assert_true (DK_IS_LADDER_PAGE (page));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-ladder", "s", "all");
  g_assert_true (dk_window_get_page (window) == page);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-ladder", "s", "nonsense");
  g_assert_true (dk_window_get_page (window) == page);
  place = dk_window_dup_place (window, &client);
  g_assert_cmpstr (place, ==, "win.show-ladder all");
  g_assert_cmpint (client, ==, fixture->passes);
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

static void
test_signs (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  DkAssessment *assessment = dk_session_get_assessment (session);
  const DkResult *result = dk_assessment_find (assessment, "stsme");

  /* Its conditions are met, and no certificate says that it is held. */
  g_assert_cmpint (dk_sign_of_programme (assessment, result), ==, dk_sign_of_result (assessment, result));
  for (guint i = 0; i < DK_N_NEARNESSES; i++)
    g_assert_cmpuint (strlen (dk_nearness_get_name ((DkNearness) i)), >, 0);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add ("/ui/ladder/nearness", Fixture, NULL, fixture_set_up, test_nearness, fixture_tear_down);
  g_test_add ("/ui/ladder/filters", Fixture, NULL, fixture_set_up, test_filters, fixture_tear_down);
  g_test_add ("/ui/ladder/row-opens", Fixture, NULL, fixture_set_up, test_row_opens, fixture_tear_down);
  g_test_add ("/ui/ladder/follows", Fixture, NULL, fixture_set_up, test_follows, fixture_tear_down);
  g_test_add ("/ui/ladder/narrow", Fixture, NULL, fixture_set_up, test_narrow, fixture_tear_down);
  g_test_add ("/ui/ladder/window", Fixture, NULL, fixture_set_up, test_window, fixture_tear_down);
  g_test_add ("/ui/ladder/signs", Fixture, NULL, fixture_set_up, test_signs, fixture_tear_down);
  return g_test_run ();
}
