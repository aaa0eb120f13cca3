/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds of the shipped packs against brute force: never unsound, and nearly always as tight as can be. */
#define G_LOG_DOMAIN "test-tight"

#include "dk-catalogue.h"
#include "dk-hull.h"

/* Of the open results of random partial assessments, so many percent must be bounded exactly. */
#define LEAST_SHARE 95

static void
test_shipped_packs (void)
{
  const char *data = g_getenv ("DK_DATA_DIR") != NULL ? g_getenv ("DK_DATA_DIR") : "data";
  g_autofree char *packs = g_build_filename (data, "packs", NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkCatalogue) catalogue = dk_catalogue_load (data, problems);
  g_autoptr(DkRulebook) book = NULL;
  g_autoptr(GDir) dir = g_dir_open (packs, 0, NULL);
  const char *name;
  DkHullCount count;
  guint share;

  g_assert_nonnull (catalogue);
  g_assert_nonnull (dir);
  book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".yaml"))
      {
        g_autofree char *path = g_build_filename (packs, name, NULL);

        g_assert_true (dk_rulebook_load (book, path, TRUE, problems));
      }
  g_assert_true (dk_rulebook_compile (book, problems));
  count = dk_hull_measure (book, g_test_thorough () ? 400 : 60, 7, FALSE);
  g_assert_cmpuint (count.compared, >, 100);
  g_assert_cmpuint (count.unsound, ==, 0);
  share = 100 * count.equal / count.compared;
  g_test_message ("%u of %u open results are bounded exactly: %u %%", count.equal, count.compared, share);
  g_assert_cmpuint (share, >=, LEAST_SHARE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assess/tight/shipped-packs", test_shipped_packs);
  return g_test_run ();
}
