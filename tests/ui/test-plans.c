/* SPDX-License-Identifier: GPL-3.0-or-later */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-plans-page.h"

typedef struct
{
  DkSession   *session;
  DkPlansPage *page;
  GtkWindow   *window;
} Shown;

static void
settle (Shown *shown)
{
  dk_session_settle (shown->session);
  while (dk_plans_page_is_pending (shown->page))
    g_main_context_iteration (NULL, TRUE);
  fixture_iterate ();
}

static void
show (Shown   *shown,
      Fixture *fixture,
      gint64   id,
      int      width)
{
  *shown = (Shown) { .session = fixture_open (fixture, id) };
  shown->page = DK_PLANS_PAGE (dk_plans_page_new (shown->session));
  g_object_ref (shown->page);
  shown->window = fixture_show (GTK_WIDGET (shown->page), width, 900);
  settle (shown);
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (shown->window);
  fixture_iterate ();
  g_assert_finalize_object (shown->page);
  g_object_unref (shown->session);
}

/* The sample that plans, from the folder of those that Dengke comes with. */
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

static GtkWidget *
get_entry (Shown      *shown,
           const char *fact,
           guint       column)
{
  DkPlanLine *line = dk_plans_page_find_line (shown->page, fact);
  DkPlanCell *cell = line != NULL ? dk_plan_line_get_cell (line, column) : NULL;

  if (cell == NULL)
    g_error ("no cell %s %u", fact != NULL ? fact : "others", column);
  return gtk_widget_get_first_child (GTK_WIDGET (cell));
}

static gboolean
type (Shown      *shown,
      const char *fact,
      guint       column,
      const char *text)
{
  DkPlanCell *cell = dk_plan_line_get_cell (dk_plans_page_find_line (shown->page, fact), column);
  gboolean is_good;

  gtk_editable_set_text (GTK_EDITABLE (get_entry (shown, fact, column)), text);
  is_good = dk_plan_cell_commit (cell);
  settle (shown);
  return is_good;
}

#define assert_typed(fact_, column_, wanted_) \
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (&shown, fact_, column_))), ==, wanted_)
#define assert_implied(fact_, column_, wanted_) \
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (get_entry (&shown, fact_, column_))), ==, wanted_)

static void
assert_lane (Shown      *shown,
             const char *id,
             const char *drawing,
             const char *words)
{
  DkPlanLane *lane = dk_plans_page_find_lane (shown->page, id);
  char drawn[DK_PROJECTION_YEARS + 1] = { 0 };

  g_assert_nonnull (lane);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    drawn[year] = " oP?"[dk_plan_lane_get_state (lane, year)];
  g_assert_cmpstr (drawn, ==, drawing);
  g_assert_cmpstr (dk_plan_lane_get_words (lane), ==, words);
}

static char *
dup_present (Shown *shown)
{
  return dk_assessment_to_json (dk_session_get_assessment (shown->session), "en");
}

static void
test_sample (Fixture       *fixture,
             gconstpointer  data)
{
  Shown shown;
  g_autofree char *title = NULL, *subtitle = NULL;

  show (&shown, fixture, import_equipment (fixture), 1000);
  g_object_get (shown.page, "title", &title, "subtitle", &subtitle, NULL);
  g_assert_cmpstr (title, ==, "Plans");
  g_assert_cmpstr (subtitle, ==, "2026 to 2028");
  g_assert_cmpstr (dk_plans_page_get_headline (shown.page), ==, "By your plans: BSE opens in 2027; ChiNext opens in 2028.");
  assert_lane (&shown, "neeq", "oPPP", "met now");
  assert_lane (&shown, "bse", " PPP", "from 2027 on, by the plan");
  assert_lane (&shown, "szse_chinext", "  PP", "from 2028 on, by the plan");
  assert_lane (&shown, "sse_star", "    ", "not met by 2029");
  assert_lane (&shown, "bse.BSE-3", "??  ", "not known yet; waits for: Expected market value; not in 2028 any more");
  assert_typed (NULL, 0, "20.00%");
  assert_typed ("revenue", 0, "35.00%");
  assert_typed ("revenue", 1, "");
  assert_implied ("revenue", 1, "333,855,000");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (dk_plans_page_find_line (shown.page, "board_fit"))));
  assert_typed ("board_fit", 1, "Yes");
  assert_implied ("board_fit", 2, "");
  g_assert_null (dk_plan_line_get_cell (dk_plans_page_find_line (shown.page, "board_fit"), 0));
  /* Others that boards read wait behind a button. */
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (dk_plans_page_find_line (shown.page, "rd_expensed"))));
  hide (&shown);
}

/* What is typed is kept, worked out, and taken back; the present stays what it is, to the byte. */
static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  Shown shown;
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;
  g_autoptr(GError) error = NULL;

  show (&shown, fixture, import_equipment (fixture), 1000);
  before = dup_present (&shown);
  g_assert_true (type (&shown, "net_profit_core", 0, "10"));
  g_assert_cmpstr (dk_plans_page_get_headline (shown.page), ==, "By your plans: BSE opens in 2027.");
  assert_lane (&shown, "szse_chinext", "    ", "not met by 2029");
  /* A year that is typed comes before growth, and what grows behind it grows from there. */
  g_assert_true (type (&shown, "revenue", 2, "50000万"));
  assert_implied ("revenue", 1, "333,855,000");
  assert_typed ("revenue", 2, "50000万");
  assert_implied ("revenue", 3, "675,000,000");
  g_assert_true (type (&shown, "revenue", 3, "600000000-700000000"));
  after = dup_present (&shown);
  g_assert_cmpstr (after, ==, before);

  for (guint i = 0; i < 3; i++)
    {
      g_free (undone);
      undone = dk_session_undo (shown.session, &error);
      g_assert_no_error (error);
      settle (&shown);
    }
  g_assert_cmpstr (undone, ==, "Net profit without non-recurring items, growth a year: 60.00 %");
  g_assert_cmpstr (dk_plans_page_get_headline (shown.page), ==, "By your plans: BSE opens in 2027; ChiNext opens in 2028.");
  assert_typed ("net_profit_core", 0, "60.00%");
  assert_typed ("revenue", 2, "");
  hide (&shown);
}

static void
test_bad (Fixture       *fixture,
          gconstpointer  data)
{
  Shown shown;
  DkPlanCell *cell;

  show (&shown, fixture, import_equipment (fixture), 1000);
  g_assert_false (type (&shown, "revenue", 0, "much"));
  cell = dk_plan_line_get_cell (dk_plans_page_find_line (shown.page, "revenue"), 0);
  g_assert_cmpstr (dk_plan_cell_get_problem (cell), ==, "A figure such as 1200, 15-20 or 1200+350 is wanted");
  g_assert_false (type (&shown, "revenue", 0, "-101"));
  g_assert_false (type (&shown, "revenue", 1, "-5"));
  g_assert_false (type (&shown, "board_fit", 1, "perhaps"));
  /* What was typed stays for somebody to mend; what was planned holds. */
  assert_typed ("board_fit", 1, "perhaps");
  g_assert_cmpstr (dk_plans_page_get_headline (shown.page), ==, "By your plans: BSE opens in 2027; ChiNext opens in 2028.");
  g_assert_true (type (&shown, "revenue", 0, "35"));
  g_assert_null (dk_plan_cell_get_problem (cell));
  g_assert_true (type (&shown, "revenue", 0, ""));
  assert_implied ("revenue", 0, "20.00%");
  assert_implied ("revenue", 1, "296,760,000");
  hide (&shown);
}

/* Without a plan the page says what time alone does, and offers to leave all as it was. */
static void
test_unplanned (Fixture       *fixture,
                gconstpointer  data)
{
  Shown shown;
  g_autoptr(DkEnterprise) bare = NULL;
  g_autoptr(GError) error = NULL;
  DkValue value;

  show (&shown, fixture, import_equipment (fixture), 1000);
  bare = dk_enterprise_dup (dk_session_get_enterprise (shown.session));
  dk_enterprise_clear_plan (bare);
  g_assert_true (dk_session_restore (shown.session, bare, &error));
  g_assert_no_error (error);
  settle (&shown);
  g_assert_true (g_str_has_prefix (dk_plans_page_get_headline (shown.page), "With nothing planned: "));
  assert_lane (&shown, "bse.BSE-1B", "o???", "met now");
  assert_typed (NULL, 0, "");
  g_signal_emit_by_name (fixture_find (GTK_WIDGET (shown.page), GTK_TYPE_BUTTON, "_Everything else as last year"), "clicked");
  settle (&shown);
  g_assert_true (dk_enterprise_get_planned (dk_session_get_enterprise (shown.session), NULL, DK_PLAN_GROWTH, &value));
  g_assert_true (g_str_has_prefix (dk_plans_page_get_headline (shown.page), "By your plans: "));
  assert_typed (NULL, 0, "0.00%");
  hide (&shown);
}

/* Nothing to plan from: the page says so. */
static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  Shown shown;
  g_autoptr(GError) error = NULL;
  gint64 id = dk_store_add_empty (dk_workspace_get_store (fixture->workspace), "空", &error);

  g_assert_no_error (error);
  show (&shown, fixture, id, 1000);
  g_assert_true (gtk_widget_get_mapped (fixture_find (GTK_WIDGET (shown.page), GTK_TYPE_BUTTON, "_Fill in the accounts")));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (dk_plans_page_find_line (shown.page, NULL))));
  hide (&shown);
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  Shown shown;
  int minimum;

  show (&shown, fixture, import_equipment (fixture), 400);
  fixture_wait (100);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (shown.page)), <=, 400);
  gtk_widget_measure (GTK_WIDGET (dk_plans_page_find_line (shown.page, "revenue")), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 340);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (dk_plans_page_find_line (shown.page, "revenue")), "narrow"));
  hide (&shown);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/ui/plans/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("sample", test_sample);
  ADD ("edit", test_edit);
  ADD ("bad", test_bad);
  ADD ("unplanned", test_unplanned);
  ADD ("empty", test_empty);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
