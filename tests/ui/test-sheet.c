/* SPDX-License-Identifier: GPL-3.0-or-later */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-criterion-row.h"
#include "dk-ladder-page.h"
#include "dk-programme-page.h"
#include "dk-sidebar.h"
#include "dk-sidebar-row.h"
#include "dk-verdict-panel.h"

/* A sheet of figures, which judges nothing: the innovation points, wherever a programme is shown. */

static gboolean
reads (gpointer    root,
       const char *text)
{
  return fixture_find (GTK_WIDGET (root), GTK_TYPE_LABEL, text) != NULL;
}

static DkCriterionRow *
find_row (GtkWidget  *root,
          const char *id)
{
  if (DK_IS_CRITERION_ROW (root) && g_str_equal (dk_criterion_row_get_id (DK_CRITERION_ROW (root)), id))
    return DK_CRITERION_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      DkCriterionRow *found = find_row (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
settle (DkSession       *session,
        DkProgrammePage *page)
{
  dk_session_settle (session);
  while (dk_verdict_card_is_pending (dk_programme_page_get_card (page)) || dk_criterion_pane_is_pending (dk_programme_page_get_pane (page)))
    g_main_context_iteration (NULL, TRUE);
  fixture_iterate ();
}

static void
test_page (Fixture       *fixture,
           gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  DkProgrammePage *page = DK_PROGRAMME_PAGE (g_object_ref_sink (dk_programme_page_new (session, "innovation_points")));
  GtkWindow *window = fixture_show (GTK_WIDGET (page), 1064, 780);
  DkValue value = DK_VALUE_POINT (DK_NUMBER (3));
  g_autoptr(GError) error = NULL;

  settle (session, page);
  g_assert_cmpstr (dk_verdict_card_get_hero (dk_programme_page_get_card (page)), ==, "2 / 18");
  g_assert_true (reads (page, "figures known"));
  g_assert_true (reads (page, "no score is computed"));
  g_assert_true (reads (page, "Answer this next: "));
  g_assert_true (reads (page, "Indicators"));
  g_assert_false (reads (page, "Conditions"));
  g_assert_true (reads (find_row (GTK_WIDGET (page), "innovation_points.technology"), "figures known: 1 of 7"));
  g_assert_true (reads (find_row (GTK_WIDGET (page), "innovation_points.rd"), "900,000"));
  g_assert_nonnull (find_row (GTK_WIDGET (page), "innovation_points.venture_capital"));
  g_assert_nonnull (find_row (GTK_WIDGET (page), "innovation_points.stage"));

  dk_session_set_answer (session, fixture_fact (fixture, "pct_applications"), (DkPeriodKey) { 2025, 0, 0 }, DK_ANSWER_VALUE, &value, &error);
  g_assert_no_error (error);
  settle (session, page);
  g_assert_cmpstr (dk_verdict_card_get_hero (dk_programme_page_get_card (page)), ==, "3 / 18");
  g_assert_true (reads (find_row (GTK_WIDGET (page), "innovation_points.technology"), "figures known: 2 of 7"));
  g_assert_true (reads (find_row (GTK_WIDGET (page), "innovation_points.pct"), "3"));

  dk_programme_page_select (page, "innovation_points.technology");
  settle (session, page);
  g_assert_true (reads (dk_programme_page_get_pane (page), "Its members"));
  g_assert_true (reads (dk_programme_page_get_pane (page), "figures known: 2 of 7"));

  gtk_window_destroy (window);
  fixture_iterate ();
  g_assert_finalize_object (page);
  g_object_unref (session);
}

static void
test_panel (Fixture       *fixture,
            gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  GtkWidget *panel = g_object_ref_sink (dk_verdict_panel_new (session, NULL));
  GtkWindow *window = fixture_show (panel, 400, 900);

  dk_session_settle (session);
  fixture_iterate ();
  g_assert_true (reads (panel, "2 / 18"));
  gtk_window_destroy (window);
  fixture_iterate ();
  g_assert_finalize_object (panel);
  g_object_unref (session);
}

static void
test_ladder (Fixture       *fixture,
             gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  DkLadderPage *page = DK_LADDER_PAGE (g_object_ref_sink (dk_ladder_page_new (session)));
  GtkWindow *window = fixture_show (GTK_WIDGET (page), 1000, 780);
  DkLadderRow *row;

  dk_session_settle (session);
  while (dk_ladder_page_is_pending (page))
    g_main_context_iteration (NULL, TRUE);
  fixture_iterate ();
  row = dk_ladder_page_find_row (page, "innovation_points");
  g_assert_cmpint (dk_ladder_row_get_nearness (row), ==, DK_NEARNESS_NONE);
  g_assert_true (reads (row, "figures known: 2 of 18"));
  g_assert_false (reads (row, "Not applicable"));
  gtk_window_destroy (window);
  fixture_iterate ();
  g_assert_finalize_object (page);
  g_object_unref (session);
}

/* The ids of the boards below @root, in their order. */
static void
list_boards (GtkWidget *root,
             GPtrArray *ids)
{
  if (DK_IS_SIDEBAR_ROW (root) && dk_sidebar_row_get_kind (DK_SIDEBAR_ROW (root)) == DK_PLACE_BOARD)
    g_ptr_array_add (ids, (gpointer) dk_sidebar_row_get_id (DK_SIDEBAR_ROW (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_boards (child, ids);
}

/* Beside a page stand the titles, or, beside a page about a listing, the boards; and the sidebar has them apart. */
static void
test_boards (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { const char *kind, *has, *has_not; } cases[] = { { NULL, "stsme", "bse" }, { "listing", "bse", "stsme" } };
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  GtkWidget *sidebar = g_object_ref_sink (dk_sidebar_new ());
  GtkWindow *window;
  const char *const boards[] = { "neeq", "neeq_innovation", "bse", "szse_main", "szse_chinext", "sse_main", "sse_star", "move_chinext", "move_star" };
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();

  dk_session_settle (session);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *panel = g_object_ref_sink (dk_verdict_panel_new (session, cases[i].kind));

      window = fixture_show (panel, 400, 900);
      fixture_iterate ();
      g_assert_nonnull (dk_verdict_panel_find_row (DK_VERDICT_PANEL (panel), cases[i].has));
      g_assert_null (dk_verdict_panel_find_row (DK_VERDICT_PANEL (panel), cases[i].has_not));
      gtk_window_destroy (window);
      fixture_iterate ();
      g_assert_finalize_object (panel);
    }
  dk_sidebar_set_session (DK_SIDEBAR (sidebar), session);
  window = fixture_show (sidebar, 240, 900);
  g_assert_true (reads (sidebar, "Listing"));
  list_boards (sidebar, shown);
  g_assert_cmpuint (shown->len, ==, G_N_ELEMENTS (boards));
  for (guint i = 0; i < shown->len; i++)
    g_assert_cmpstr (g_ptr_array_index (shown, i), ==, boards[i]);
  gtk_window_destroy (window);
  fixture_iterate ();
  g_assert_finalize_object (sidebar);
  g_object_unref (session);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add ("/ui/sheet/boards", Fixture, NULL, fixture_set_up, test_boards, fixture_tear_down);
  g_test_add ("/ui/sheet/page", Fixture, NULL, fixture_set_up, test_page, fixture_tear_down);
  g_test_add ("/ui/sheet/panel", Fixture, NULL, fixture_set_up, test_panel, fixture_tear_down);
  g_test_add ("/ui/sheet/ladder", Fixture, NULL, fixture_set_up, test_ladder, fixture_tear_down);
  return g_test_run ();
}
