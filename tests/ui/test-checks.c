/* SPDX-License-Identifier: GPL-3.0-or-later */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-checks-page.h"
#include "dk-sidebar.h"
#include "dk-sidebar-row.h"
#include "dk-window.h"

#include <string.h>

#define LAST ((DkPeriodKey) { 2025, 0, 0 })

enum { AUDIT_REPORT, TAX_RETURN };

static void
set_figure (Fixture    *fixture,
            DkSession  *session,
            const char *fact,
            guint       source,
            gint64      number)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_session_set_figure (session, fixture_fact (fixture, fact), LAST, source, &DK_VALUE_POINT (DK_NUMBER (number)), &error));
  g_assert_no_error (error);
  dk_session_settle (session);
}

static guint
count_rows (GtkWidget *page)
{
  GtkWidget *list = fixture_find (page, GTK_TYPE_LIST_BOX, NULL);
  guint n = 0;

  while (list != NULL && gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n) != NULL)
    n++;
  return n;
}

static GtkWidget *
get_row (GtkWidget *page,
         int        index)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (fixture_find (page, GTK_TYPE_LIST_BOX, NULL)), index));
}

/* What contradicts is listed with both figures and the way to the field; choosing a source answers with its figure, which can be undone. */
static void
test_page (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GError) error = NULL;
  GtkWidget *page, *row;
  g_autofree char *none = NULL, *subtitle = NULL, *undone = NULL, *target = NULL;
  DkValue before, value;

  dk_session_settle (session);
  page = g_object_ref_sink (dk_checks_page_new (session));
  g_object_get (page, "subtitle", &none, NULL);
  g_assert_cmpstr (none, ==, "no contradiction");
  g_assert_cmpuint (count_rows (page), ==, 0);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_GRID, NULL)); /* measures of what the sample has */

  g_assert_cmpint (dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &before), ==, DK_ANSWER_VALUE);
  set_figure (fixture, session, "staff", TAX_RETURN, 77);
  g_object_get (page, "subtitle", &subtitle, NULL);
  g_assert_cmpstr (subtitle, ==, "1 contradiction");
  g_assert_cmpuint (count_rows (page), ==, 1);
  row = get_row (page, 0);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Staff (2025)");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Yearly income tax return 77 · Answer "));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, "win.show-fact");
  target = g_variant_dup_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (row)), NULL);
  g_assert_cmpstr (target, ==, "staff@2025");

  gtk_widget_activate_action (page, "checks.choose", "u", 7); /* there is no such */
  gtk_widget_activate_action (page, "checks.choose", "u", 0);
  dk_session_settle (session);
  g_assert_cmpint (dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &value), ==, DK_ANSWER_VALUE);
  g_assert_cmpint (value.low.num, ==, 77);
  undone = dk_session_undo (session, &error);
  dk_session_settle (session);
  dk_session_get_answer (session, fixture_fact (fixture, "staff"), LAST, &value);
  g_assert_true (dk_value_equal (&value, &before, DK_KIND_NUMBER));
  g_assert_cmpuint (count_rows (page), >=, 1);
  g_object_unref (page);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* A difference that is explained moves to a group of its own, is no contradiction any more, and comes back when its figures change. */
static void
test_explain (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  GtkWidget *page, *dialog, *finding, *evidence, *lists[2];
  g_autofree char *subtitle = NULL, *again = NULL, *undone = NULL;
  const DkNote *note;

  set_figure (fixture, session, "staff", TAX_RETURN, 77);
  page = g_object_ref_sink (dk_checks_page_new (session));
  gtk_widget_activate_action (page, "checks.explain", "u", 7); /* there is no such */
  g_assert_null (find_dialog ());
  gtk_widget_activate_action (page, "checks.explain", "u", 0);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  finding = fixture_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);
  evidence = gtk_widget_get_next_sibling (finding);
  gtk_editable_set_text (GTK_EDITABLE (finding), " seconded ");
  gtk_editable_set_text (GTK_EDITABLE (evidence), "contract p. 3");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  dk_session_settle (session);
  note = dk_session_get_note (session, "source:staff@2025:tax_return");
  g_assert_cmpstr (note->finding, ==, "seconded");
  g_assert_cmpstr (note->evidence, ==, "contract p. 3");
  g_object_get (page, "subtitle", &subtitle, NULL);
  g_assert_cmpstr (subtitle, ==, "no contradiction");
  g_assert_cmpuint (count_rows (page), ==, 0);
  lists[0] = fixture_find (page, GTK_TYPE_LIST_BOX, NULL);
  lists[1] = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (lists[0]));
  g_assert_true (GTK_IS_LIST_BOX (lists[1]) && gtk_widget_get_visible (lists[1]) && !gtk_widget_get_visible (lists[0]));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (lists[1]), 0))),
                                   "seconded · contract p. 3\n"));

  set_figure (fixture, session, "staff", TAX_RETURN, 78);
  g_object_get (page, "subtitle", &again, NULL);
  g_assert_cmpstr (again, ==, "1 contradiction");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (page, 0))), "Explained when the figures were others: seconded"));
  g_assert_false (gtk_widget_get_visible (lists[1]));

  g_free (dk_session_undo (session, NULL));
  undone = dk_session_undo (session, NULL);
  g_assert_cmpstr (undone, ==, "Staff (2025): explanation");
  dk_session_settle (session);
  g_assert_null (dk_session_get_note (session, "source:staff@2025:tax_return"));
  g_assert_cmpuint (count_rows (page), ==, 1);
  g_object_unref (page);
}

/* A rule that rows violate leads to their list. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->half_filled);
  const DkRegister *reg = dk_scope_find_register (dk_catalogue_get_scope (fixture->library->catalogue), "rd_projects", NULL);
  const DkSymbol *from = dk_register_find_column (reg, "started_on", NULL), *to = dk_register_find_column (reg, "ended_on", NULL);
  g_autoptr(GError) error = NULL;
  GtkWidget *page, *row;
  gint64 id = dk_session_add_row (session, "rd_projects", 0, &error);

  g_assert_true (dk_session_set_cell (session, "rd_projects", id, from, DK_ANSWER_VALUE, &DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2025, 2, 2))), &error));
  g_assert_true (dk_session_set_cell (session, "rd_projects", id, to, DK_ANSWER_VALUE, &DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2025, 2, 1))), &error));
  dk_session_settle (session);
  page = g_object_ref_sink (dk_checks_page_new (session));
  g_assert_cmpuint (count_rows (page), ==, 1);
  row = get_row (page, 0);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "R&D projects, row 1");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, "win.show-register");
  g_object_unref (page);
}

/* In the window: a place of its own, whose row says how many figures contradict others. */
static void
test_window (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autofree char *place = NULL;
  DkWindow *window;
  DkSession *session;
  GtkWidget *list;
  gint64 client;
  gboolean is_found = FALSE;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = dk_window_new (application);
  dk_window_set_workspace (window, fixture->workspace);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (dk_window_open_client (window, fixture->passes));
  session = dk_window_get_session (window);
  set_figure (fixture, session, "staff", AUDIT_REPORT, 78);
  fixture_wait (50);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-checks", "s", "checks");
  g_assert_true (DK_IS_CHECKS_PAGE (dk_window_get_page (window)));
  place = dk_window_dup_place (window, &client);
  g_assert_cmpstr (place, ==, "win.show-checks checks");
  fixture_iterate ();
  list = gtk_widget_get_ancestor (fixture_find (GTK_WIDGET (window), DK_TYPE_SIDEBAR_ROW, NULL), GTK_TYPE_LIST_BOX);
  for (int i = 0; gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i);

      if (!DK_IS_SIDEBAR_ROW (row) || dk_sidebar_row_get_kind (DK_SIDEBAR_ROW (row)) != DK_PLACE_CHECKS)
        continue;
      is_found = TRUE;
      g_assert_cmpstr (dk_sidebar_row_get_figure (DK_SIDEBAR_ROW (row)), ==, "1");
      g_assert_true (gtk_list_box_row_is_selected (row));
    }
  g_assert_true (is_found);
  gtk_widget_activate_action (get_row (dk_window_get_page (window), 0), "win.show-fact", "s", "staff@2025");
  fixture_wait (50);
  g_assert_false (DK_IS_CHECKS_PAGE (dk_window_get_page (window)));
  dk_session_settle (session);
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  ADD ("/ui/checks/page", test_page);
  ADD ("/ui/checks/rows", test_rows);
  ADD ("/ui/checks/explain", test_explain);
  ADD ("/ui/checks/window", test_window);
  return g_test_run ();
}
