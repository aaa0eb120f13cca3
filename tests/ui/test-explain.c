/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that says how a number comes about: unfolding, going to what was entered, copying. Its keys are pressed by e2e. */
#include "fixture.h"

#include "dk-criterion-row.h"
#include "dk-explain-line.h"
#include "dk-explain-window.h"
#include "dk-window.h"

#include <string.h>

static AdwApplication *application;

static const DkProvenance *
get_node (DkExplainWindow *window,
          guint            position)
{
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (dk_explain_window_get_lines (window), position);
  g_autoptr(DkExplainStep) step = gtk_tree_list_row_get_item (row);

  return dk_explain_step_get_node (step);
}

static guint
count (DkExplainWindow *window)
{
  return g_list_model_get_n_items (dk_explain_window_get_lines (window));
}

/* The first line that is what is wanted, after everything above it is unfolded; G_MAXUINT: none. */
static guint
find_line (DkExplainWindow *window,
           DkProvenanceKind kind)
{
  for (guint i = 0; i < count (window); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (dk_explain_window_get_lines (window), i);

      if (get_node (window, i)->kind == kind)
        return i;
      gtk_tree_list_row_set_expanded (row, TRUE);
    }
  return G_MAXUINT;
}

static DkWindow *
show_window (Fixture *fixture,
             gint64   id)
{
  DkWindow *window = dk_window_new (application);

  dk_window_set_workspace (window, fixture->workspace);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (dk_window_open_client (window, id));
  dk_session_settle (dk_window_get_session (window));
  fixture_iterate ();
  return window;
}

static void
hide_window (DkWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

static DkExplainWindow *
find_explain (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (DK_IS_EXPLAIN_WINDOW (link->data))
      return link->data;
  return NULL;
}

static void
test_unfold (Fixture       *fixture,
             gconstpointer  data)
{
  DkWindow *window = show_window (fixture, fixture->passes);
  DkExplainWindow *explain;
  guint n;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.explain", "s", "stsme.score"));
  fixture_iterate ();
  explain = find_explain ();
  g_assert_nonnull (explain);
  g_assert_cmpstr (get_node (explain, 0)->target, ==, "stsme.score");
  g_assert_cmpint (get_node (explain, 0)->verdict, ==, DK_VERDICT_PASS);
  n = count (explain);
  g_assert_cmpuint (n, >, 3);
  /* Choosing the root folds all of it, choosing it again shows what there was. */
  dk_explain_window_activate (explain, 0);
  g_assert_cmpuint (count (explain), ==, 1);
  dk_explain_window_activate (explain, 0);
  g_assert_cmpuint (count (explain), >, 1);
  gtk_window_close (GTK_WINDOW (explain));
  fixture_iterate ();
  g_assert_null (find_explain ());
  hide_window (window);
}

/* An answer leads to its field, a list to its rows; the window goes. */
static void
test_go_there (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { DkProvenanceKind kind; const char *result, *place; } cases[] = {
    { DK_PROVENANCE_FACT, "stsme.employees", "win.show-topic" },
    { DK_PROVENANCE_REGISTER, "stsme.score", "win.show-register" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DkWindow *window = show_window (fixture, fixture->passes);
      DkExplainWindow *explain;
      g_autofree char *place = NULL;
      guint line;
      gint64 client;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.explain", "s", cases[i].result));
      explain = find_explain ();
      line = find_line (explain, cases[i].kind);
      g_assert_cmpuint (line, !=, G_MAXUINT);
      dk_explain_window_activate (explain, line);
      fixture_iterate ();
      g_assert_null (find_explain ());
      place = dk_window_dup_place (window, &client);
      g_assert_true (g_str_has_prefix (place, cases[i].place));
      hide_window (window);
    }
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->passes);
  GtkWidget *explain;
  g_autofree char *text = NULL;

  dk_session_settle (session);
  explain = dk_explain_window_new (NULL, session, "stsme.employees");
  text = dk_explain_window_dup_text (DK_EXPLAIN_WINDOW (explain));
  g_assert_nonnull (strstr (text, "Staff"));
  g_assert_nonnull (strstr (text, "500"));
  g_assert_nonnull (strstr (text, "2017"));
  g_assert_nonnull (strstr (text, "2026"));
  gtk_window_destroy (GTK_WINDOW (explain));
  /* What is nothing explains nothing. */
  g_assert_null (dk_explain_window_new (NULL, session, "stsme.no_such_rule"));
  g_object_unref (session);
}

/* A window stays as it was when the answers change behind it, and after them: what it shows is a copy. */
static void
test_outlives (Fixture       *fixture,
               gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->passes);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;
  DkValue none = { .state = DK_POINT };
  GtkWidget *explain;

  dk_session_settle (session);
  explain = dk_explain_window_new (NULL, session, "stsme.score");
  gtk_window_present (GTK_WINDOW (explain));
  before = dk_explain_window_dup_text (DK_EXPLAIN_WINDOW (explain));
  none.low = DK_ZERO;
  g_assert_true (dk_session_set_answer (session, fixture_fact (fixture, "rd_tax"), (DkPeriodKey) { 2025, 0, 0 }, DK_ANSWER_VALUE, &none, &error));
  g_assert_no_error (error);
  dk_session_settle (session);
  g_object_unref (session);
  fixture_iterate ();
  after = dk_explain_window_dup_text (DK_EXPLAIN_WINDOW (explain));
  g_assert_cmpstr (before, ==, after);
  gtk_window_destroy (GTK_WINDOW (explain));
}

static GtkWidget *
find_row (GtkWidget  *root,
          const char *id)
{
  if (DK_IS_CRITERION_ROW (root) && g_str_equal (dk_criterion_row_get_id (DK_CRITERION_ROW (root)), id))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Every programme of every sample can be explained, in a window of 400 pixels. */
static void
test_every_programme (Fixture       *fixture,
                   gconstpointer  data)
{
  gint64 ids[] = { fixture->passes, fixture->just_misses, fixture->half_filled };
  guint n_windows = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      DkSession *session = fixture_open (fixture, ids[i]);
      GPtrArray *results;
      DkWording wording;

      dk_session_settle (session);
      g_assert_true (dk_session_get_wording (session, &wording));
      results = dk_assessment_get_results (wording.assessment);
      for (guint k = 0; k < results->len; k++)
        {
          const DkResult *result = g_ptr_array_index (results, k);
          GtkWidget *explain = dk_explain_window_new (NULL, session, result->item->id);
          int minimum;

          g_assert_nonnull (explain);
          gtk_window_present (GTK_WINDOW (explain));
          fixture_iterate ();
          gtk_widget_measure (explain, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
          g_assert_cmpint (minimum, <=, 400);
          gtk_window_destroy (GTK_WINDOW (explain));
          n_windows++;
        }
      g_object_unref (session);
    }
  g_assert_cmpuint (n_windows, >=, 9);
}

static void
test_row_action (Fixture       *fixture,
                 gconstpointer  data)
{
  DkWindow *window = show_window (fixture, fixture->just_misses);
  GtkWidget *row;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show-programme", "s", "stsme"));
  fixture_iterate ();
  row = find_row (GTK_WIDGET (window), "stsme.score");
  g_assert_nonnull (row);
  g_assert_true (dk_explain_open (row, dk_criterion_row_get_id (DK_CRITERION_ROW (row))));
  g_assert_nonnull (find_explain ());
  g_assert_false (dk_explain_open (row, NULL));
  gtk_window_destroy (GTK_WINDOW (find_explain ()));
  hide_window (window);
}

int
main (int    argc,
      char **argv)
{
  int status;

  fixture_init (&argc, &argv);
  application = adw_application_new ("io.github.dengke.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
#define ADD(name, function) g_test_add ("/ui/explain/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("unfold", test_unfold);
  ADD ("go-there", test_go_there);
  ADD ("copy", test_copy);
  ADD ("outlives", test_outlives);
  ADD ("every-programme", test_every_programme);
  ADD ("row-action", test_row_action);
#undef ADD
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
