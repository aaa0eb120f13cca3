/* SPDX-License-Identifier: GPL-3.0-or-later */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-calendar-page.h"
#include "dk-window.h"

static void
wait_for_losses (GtkWidget *page)
{
  for (guint i = 0; i < 3000 && dk_calendar_page_is_pending (DK_CALENDAR_PAGE (page)); i++)
    fixture_wait (10);
  g_assert_false (dk_calendar_page_is_pending (DK_CALENDAR_PAGE (page)));
  fixture_iterate ();
}

static char *
get_subtitle (GtkWidget *page)
{
  char *subtitle = NULL;

  g_object_get (page, "subtitle", &subtitle, NULL);
  return subtitle;
}

/* The sample has a number as a technology-based SME, that waits for this year's window. */
static void
test_held (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 id = fixture_import (fixture, "passes.json");
  g_autoptr(DkSession) session = fixture_open (fixture, id);
  g_autoptr(GArray) rows = dk_session_list_rows (session, "certificates");
  g_autofree char *held = NULL, *none = NULL;
  GtkWidget *page;
  GtkWindow *window;

  dk_session_settle (session);
  page = dk_calendar_page_new (session);
  window = fixture_show (page, 900, 700);
  held = get_subtitle (page);
  g_assert_cmpstr (held, ==, "1 title held · 2 days");
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "until 2026-08-31"));
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "in 47 days"));
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "Next, by 31 August 2026: Tech SME"));
  wait_for_losses (page);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "Without it these are not met: SRDI"));

  /* Without the certificates the page says so as soon as it is known. */
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (dk_session_delete_row (session, "certificates", g_array_index (rows, gint64, i), NULL));
  dk_session_settle (session);
  wait_for_losses (page);
  none = get_subtitle (page);
  g_assert_cmpstr (none, ==, "0 titles held · 1 day");
  g_assert_null (fixture_find (page, GTK_TYPE_LABEL, "Without it"));
  gtk_window_destroy (window);
  fixture_iterate ();
}

/* Nothing is held and nothing is due: the page says what to do. */
static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DkSession) session = NULL;
  GtkWidget *page;
  GtkWindow *window;

  /* On that day no window is open. */
  dk_workspace_set_as_of (fixture->workspace, dk_date_from_ymd (2025, 2, 3));
  session = fixture_open (fixture, fixture->half_filled);
  dk_session_settle (session);
  page = dk_calendar_page_new (session);
  window = fixture_show (page, 400, 700);
  g_assert_true (gtk_widget_get_mapped (fixture_find (page, ADW_TYPE_STATUS_PAGE, NULL)));
  g_assert_nonnull (fixture_find (page, GTK_TYPE_BUTTON, "_Enter certificates"));
  gtk_window_destroy (window);
  fixture_iterate ();
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
#define ADD(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/ui/calendar/held", test_held);
  ADD ("/ui/calendar/nothing", test_nothing);
  return g_test_run ();
}
