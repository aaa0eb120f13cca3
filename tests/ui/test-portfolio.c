/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include "dk-client-cell.h"
#include "dk-portfolio-page.h"

#include <string.h>

static GtkWindow *
show_page (Fixture    *fixture,
           GtkWidget **page)
{
  dk_workspace_settle (fixture->workspace);
  *page = dk_portfolio_page_new (fixture->workspace);
  return fixture_show (*page, 1200, 700);
}

static DkClient *
get_listed (GtkWidget *page,
            guint      position)
{
  DkClient *client = g_list_model_get_item (dk_portfolio_page_get_listed (DK_PORTFOLIO_PAGE (page)), position);

  g_assert_nonnull (client);
  g_object_unref (client); /* the workspace holds it */
  return client;
}

static guint
count_listed (GtkWidget *page)
{
  return g_list_model_get_n_items (dk_portfolio_page_get_listed (DK_PORTFOLIO_PAGE (page)));
}

static void
close_page (GtkWindow *window)
{
  gtk_window_destroy (window);
  fixture_iterate ();
}

/* --- What is listed --- */

/* The number that a filter's button says. */
static guint
get_count (GtkWidget  *page,
           const char *name)
{
  g_autofree char *words = g_strconcat (name, " ", NULL);
  GtkWidget *pill = fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, words);

  g_assert_nonnull (pill);
  return (guint) g_ascii_strtoull (gtk_button_get_label (GTK_BUTTON (pill)) + strlen (words), NULL, 10);
}

static gboolean
lists (GtkWidget *page,
       gint64     client)
{
  for (guint i = 0; i < count_listed (page); i++)
    if (dk_client_get_id (get_listed (page, i)) == client)
      return TRUE;
  return FALSE;
}

static void
test_filters_count_and_list (Fixture       *fixture,
                             gconstpointer  data)
{
  GtkWidget *page;
  GtkWindow *window = show_page (fixture, &page);

  g_assert_cmpuint (count_listed (page), ==, 3);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "All 3"));
  g_assert_cmpuint (get_count (page, "Met") + get_count (page, "Open") + get_count (page, "Not met"), ==, 3);

  dk_portfolio_page_set_filter (DK_PORTFOLIO_PAGE (page), DK_FILTER_MET);
  g_assert_cmpuint (count_listed (page), ==, get_count (page, "Met"));
  g_assert_true (lists (page, fixture->passes));
  g_assert_false (lists (page, fixture->half_filled));
  dk_portfolio_page_set_filter (DK_PORTFOLIO_PAGE (page), DK_FILTER_OPEN);
  g_assert_cmpuint (count_listed (page), ==, get_count (page, "Open"));
  g_assert_true (lists (page, fixture->half_filled));
  g_assert_false (lists (page, fixture->passes));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "Not met ")), TRUE);
  g_assert_cmpuint (count_listed (page), ==, get_count (page, "Not met"));
  g_assert_false (lists (page, fixture->half_filled));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "All 3")), TRUE);
  g_assert_cmpuint (count_listed (page), ==, 3);
  close_page (window);
}

static void
test_search_finds_names_and_industries (Fixture       *fixture,
                                        gconstpointer  data)
{
  GtkWidget *page;
  GtkWindow *window = show_page (fixture, &page);
  DkClient *client = dk_workspace_find_client (fixture->workspace, fixture->just_misses);
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_workspace_rename (fixture->workspace, fixture->just_misses, "Cloud Stack Ltd.", &error));
  g_assert_no_error (error);
  dk_workspace_settle (fixture->workspace);
  dk_portfolio_page_set_search (DK_PORTFOLIO_PAGE (page), "  cloud STACK ");
  g_assert_cmpuint (count_listed (page), ==, 1);
  g_assert_cmpint (dk_client_get_id (get_listed (page, 0)), ==, fixture->just_misses);
  g_assert_cmpstr (dk_client_get_industry (client), !=, "");
  dk_portfolio_page_set_search (DK_PORTFOLIO_PAGE (page), dk_client_get_industry (client));
  g_assert_cmpuint (count_listed (page), >=, 1);
  dk_portfolio_page_set_search (DK_PORTFOLIO_PAGE (page), "no such name");
  g_assert_cmpuint (count_listed (page), ==, 0);
  fixture_iterate ();
  g_assert_true (gtk_widget_get_mapped (fixture_find (page, ADW_TYPE_STATUS_PAGE, NULL)));
  dk_portfolio_page_set_search (DK_PORTFOLIO_PAGE (page), "");
  g_assert_cmpuint (count_listed (page), ==, 3);

  /* Both at once: the search narrows the filter. */
  dk_portfolio_page_set_search (DK_PORTFOLIO_PAGE (page), "cloud");
  dk_portfolio_page_set_filter (DK_PORTFOLIO_PAGE (page), DK_FILTER_MET);
  g_assert_cmpuint (count_listed (page), ==, 0);
  close_page (window);
}

static void
test_markup_in_a_name_is_a_name (Fixture       *fixture,
                                 gconstpointer  data)
{
  GtkWidget *page;
  GtkWindow *window;
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_workspace_rename (fixture->workspace, fixture->passes, "A <b>&</b> B", &error));
  window = show_page (fixture, &page);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_LABEL, "A <b>&</b> B"));
  close_page (window);
}

static void
sort_by (GtkWidget   *page,
         const char  *title,
         GtkSortType  order)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (fixture_find (page, GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        {
          gtk_column_view_sort_by_column (view, column, order);
          fixture_iterate ();
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_sorts_by_standing (Fixture       *fixture,
                        gconstpointer  data)
{
  const DkPack *pack = dk_rulebook_find_pack (fixture->library->book, "stsme");
  GtkWidget *page;
  GtkWindow *window = show_page (fixture, &page);

  sort_by (page, dk_pack_get_short_title (pack, "en"), GTK_SORT_ASCENDING); /* met, open, not met */
  g_assert_cmpint (dk_client_get_id (get_listed (page, 0)), ==, fixture->passes);
  g_assert_cmpint (dk_client_get_id (get_listed (page, 1)), ==, fixture->half_filled);
  g_assert_cmpint (dk_client_get_id (get_listed (page, 2)), ==, fixture->just_misses);
  sort_by (page, dk_pack_get_short_title (pack, "en"), GTK_SORT_DESCENDING);
  g_assert_cmpint (dk_client_get_id (get_listed (page, 0)), ==, fixture->just_misses);
  close_page (window);
}

static void
test_list_follows_the_workspace (Fixture       *fixture,
                                 gconstpointer  data)
{
  GtkWidget *page;
  GtkWindow *window = show_page (fixture, &page);
  guint n_met = get_count (page, "Met");
  gint64 added;
  g_autofree char *subtitle = NULL;
  g_autoptr(GError) error = NULL;

  g_object_get (page, "subtitle", &subtitle, NULL);
  g_assert_nonnull (strstr (subtitle, "3 enterprises"));
  added = dk_workspace_add (fixture->workspace, "New one", &error);
  g_assert_cmpint (added, >, 0);
  g_assert_no_error (error);
  dk_workspace_settle (fixture->workspace);
  fixture_iterate ();
  g_assert_cmpuint (count_listed (page), ==, 4);
  g_assert_nonnull (fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "All 4"));
  dk_portfolio_page_set_filter (DK_PORTFOLIO_PAGE (page), DK_FILTER_OPEN);
  g_assert_true (lists (page, added)); /* nothing answered: open, not refused */
  g_assert_true (dk_workspace_remove (fixture->workspace, fixture->passes, &error));
  fixture_iterate ();
  g_assert_cmpuint (get_count (page, "Met"), ==, n_met - 1);
  close_page (window);
}

static void
test_columns_leave_when_narrow (Fixture       *fixture,
                                gconstpointer  data)
{
  /* The check mark, the name and the menu; the next step and the last change where there is room; of the programmes, what fits, and one at least. */
  static const struct { int width; guint n_others, n_programmes; } cases[] = { { 1200, 5, 4 }, { 760, 3, 4 }, { 400, 3, 1 } };
  g_autoptr(GPtrArray) packs = dk_client_list_packs (fixture->library->book);
  guint n_current = 0;


  for (guint i = 0; i < packs->len; i++)
    n_current += dk_pack_find_version (g_ptr_array_index (packs, i), dk_workspace_get_as_of (fixture->workspace)) != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *page = dk_portfolio_page_new (fixture->workspace);
      GtkWindow *window = fixture_show (page, cases[i].width, 600);
      GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (fixture_find (page, GTK_TYPE_COLUMN_VIEW, NULL)));
      guint n_visible = 0;

      fixture_wait (50);
      for (guint j = 0; j < g_list_model_get_n_items (columns); j++)
        {
          g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, j);

          n_visible += gtk_column_view_column_get_visible (column);
        }
      g_assert_cmpuint (n_visible, ==, cases[i].n_others + MIN (cases[i].n_programmes, n_current));
      close_page (window);
    }
}

/* --- What a row says --- */

static void
test_next_step (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *open = NULL;
  g_autofree char *missed = NULL;
  g_autofree char *met = NULL;
  g_autofree char *unassessed = NULL;
  g_autoptr(DkClient) fresh = dk_client_new (7, "Fresh", 0);

  dk_workspace_settle (fixture->workspace);
  open = dk_client_describe_step (dk_workspace_find_client (fixture->workspace, fixture->half_filled), "en");
  g_assert_true (g_str_has_prefix (open, "Answer "));
  missed = dk_client_describe_step (dk_workspace_find_client (fixture->workspace, fixture->just_misses), "en");
  g_assert_cmpstr (missed, !=, "");
  g_assert_false (g_str_has_prefix (missed, "Answer "));
  met = dk_client_describe_step (dk_workspace_find_client (fixture->workspace, fixture->passes), "en");
  g_assert_true (g_str_has_prefix (met, "Conditions met: ")); /* yardsticks that it misses are no step */
  unassessed = dk_client_describe_step (fresh, "en");
  g_assert_cmpstr (unassessed, ==, "");
}

static DkStanding *
new_standing (const DkPack *pack,
              DkSign        sign,
              guint         n_missing)
{
  DkStanding *standing = g_new0 (DkStanding, 1);

  standing->pack = pack;
  standing->sign = sign;
  standing->figure = g_strdup ("");
  standing->sentence = g_strdup ("why");
  standing->n_missing = n_missing;
  standing->is_in_force = TRUE;
  return standing;
}

/* The lowest rung that is not held; what stands beside the ladder only after it; a yardstick never. */
static void
test_next_rung (void)
{
  char kind[] = "certification", profile[] = "profile";
  char low_title[] = "Low", high_title[] = "High", beside_title[] = "Beside", yard_title[] = "Yard";
  const DkPack low = { .kind = kind, .rung = 1, .title = { .en = low_title } };
  const DkPack high = { .kind = kind, .rung = 2, .title = { .en = high_title } };
  const DkPack beside = { .kind = kind, .title = { .en = beside_title } };
  const DkPack yard = { .kind = profile, .title = { .en = yard_title } };
  static const struct { DkSign low, high; guint n_missing; const char *step; } cases[] = {
    { DK_SIGN_HELD, DK_SIGN_MET, 0, "Conditions met: High" },
    { DK_SIGN_NOT_MET, DK_SIGN_MET, 0, "Low: why" },
    { DK_SIGN_HELD, DK_SIGN_OPEN, 3, "Answer 3 questions: High" },
    { DK_SIGN_HELD, DK_SIGN_OPEN, 0, "High: why" },
    { DK_SIGN_HELD, DK_SIGN_HELD, 0, "Conditions met: Beside" },
    { DK_SIGN_NA, DK_SIGN_CERTAINLY_NOT_MET, 0, "High: why" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DkClient) client = dk_client_new (1, "One", 0);
      GPtrArray *standings = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_standing_free);
      g_autofree char *step = NULL;

      g_ptr_array_add (standings, new_standing (&yard, DK_SIGN_MET, 0));
      g_ptr_array_add (standings, new_standing (&beside, DK_SIGN_MET, 0));
      g_ptr_array_add (standings, new_standing (&high, cases[i].high, cases[i].n_missing));
      g_ptr_array_add (standings, new_standing (&low, cases[i].low, cases[i].n_missing));
      dk_client_take_standings (client, standings, NULL);
      step = dk_client_describe_step (client, "en");
      g_assert_cmpstr (step, ==, cases[i].step);
    }
}

static void
test_modified (void)
{
  g_autoptr(DkClient) never = dk_client_new (1, "Never", 0);
  g_autoptr(DkClient) now = dk_client_new (2, "Now", g_get_real_time ());
  g_autoptr(DkClient) once = dk_client_new (3, "Once", G_GINT64_CONSTANT (1704067200000000)); /* 2024-01-01 */
  g_autofree char *empty = dk_client_describe_modified (never);
  g_autofree char *time = dk_client_describe_modified (now);
  g_autofree char *day = dk_client_describe_modified (once);

  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpuint (strlen (time), ==, strlen ("12:34"));
  g_assert_cmpstr (day, ==, "2024-01-01");
}

/* A programme that is a group of conditions shows the points on which it rests. */
static void
test_figures (Fixture       *fixture,
              gconstpointer  data)
{
  const DkStanding *passes, *misses, *half;

  dk_workspace_settle (fixture->workspace);
  passes = dk_client_find_standing (dk_workspace_find_client (fixture->workspace, fixture->passes), "stsme");
  misses = dk_client_find_standing (dk_workspace_find_client (fixture->workspace, fixture->just_misses), "stsme");
  half = dk_client_find_standing (dk_workspace_find_client (fixture->workspace, fixture->half_filled), "stsme");
  g_assert_nonnull (strstr (passes->figure, "90"));
  g_assert_cmpfloat (passes->level, ==, 90);
  g_assert_nonnull (strstr (misses->figure, "58"));
  g_assert_nonnull (strstr (half->figure, "–")); /* a range */
  g_assert_null (dk_client_find_standing (dk_workspace_find_client (fixture->workspace, fixture->passes), "nothing"));
}

static void
test_cell_follows_its_client (Fixture       *fixture,
                              gconstpointer  data)
{
  DkClient *client = dk_workspace_find_client (fixture->workspace, fixture->passes);
  GtkWidget *cell = g_object_ref_sink (dk_client_cell_new (DK_CELL_STANDING, "stsme"));
  GtkWidget *name = g_object_ref_sink (dk_client_cell_new (DK_CELL_NAME, NULL));

  dk_client_cell_set_client (DK_CLIENT_CELL (cell), client);
  dk_client_cell_set_client (DK_CLIENT_CELL (name), client);
  dk_workspace_settle (fixture->workspace);
  g_assert_cmpint (dk_sign_image_get_sign (DK_SIGN_IMAGE (fixture_find (cell, DK_TYPE_SIGN_IMAGE, NULL))), ==,
                   dk_client_find_standing (client, "stsme")->sign);
  dk_client_set_name (client, "Another");
  g_assert_nonnull (fixture_find (name, GTK_TYPE_LABEL, "Another"));
  dk_client_cell_set_client (DK_CLIENT_CELL (name), NULL);
  dk_client_set_name (client, "A third"); /* the cell has let go of it */
  g_assert_nonnull (fixture_find (name, GTK_TYPE_LABEL, "Another"));
  g_object_unref (cell);
  g_object_unref (name);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  ADD ("/ui/portfolio/filters-count-and-list", test_filters_count_and_list);
  ADD ("/ui/portfolio/search-finds-names-and-industries", test_search_finds_names_and_industries);
  ADD ("/ui/portfolio/markup-in-a-name-is-a-name", test_markup_in_a_name_is_a_name);
  ADD ("/ui/portfolio/sorts-by-standing", test_sorts_by_standing);
  ADD ("/ui/portfolio/list-follows-the-workspace", test_list_follows_the_workspace);
  ADD ("/ui/portfolio/columns-leave-when-narrow", test_columns_leave_when_narrow);
  ADD ("/ui/portfolio/next-step", test_next_step);
  ADD ("/ui/portfolio/figures", test_figures);
  g_test_add_func ("/ui/portfolio/next-rung", test_next_rung);
  g_test_add_func ("/ui/portfolio/modified", test_modified);
  ADD ("/ui/portfolio/cell-follows-its-client", test_cell_follows_its_client);
  return g_test_run ();
}
