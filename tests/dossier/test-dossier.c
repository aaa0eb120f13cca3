/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dossiers of the samples: that they are written, or not at all. What stands in them is read back by test-workbook.py. */
#include "dk-dossier.h"

#include "dk-book.h"
#include "dk-value.h"

#include "../support/samples.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_SMALL 3 /* of the samples have few rows */

static const char *const samples[] = { "half-filled", "just-misses", "passes", "agritech", "biotech", "equipment", "services", "software" };
static DkLibrary *library;
static char *folder;

static gboolean
write_sample (const char              *sample,
              const DkDossierOptions  *options,
              const char              *path,
              GError                 **error)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *name = g_strconcat (sample, ".json", NULL);
  g_autofree char *file = test_dup_sample (name);
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_load (library->catalogue, file, problems);
  g_autoptr(DkAssessment) assessment = NULL;

  g_assert_nonnull (enterprise);
  assessment = dk_assessment_new (library->book, enterprise, dk_date_from_ymd (2026, 7, 15), 2025, NULL);
  return dk_dossier_write (library, enterprise, assessment, options, path, error);
}

static void
assert_written (const char             *sample,
                const DkDossierOptions *options,
                const char             *path)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (write_sample (sample, options, path, &error));
  g_assert_no_error (error);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  return g_bytes_new_take (text, length);
}

static void
test_same_bytes (void)
{
  static const char *const languages[] = { "zh", "en" };
  g_autofree char *path = g_build_filename (folder, "dossier.xlsx", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    for (guint k = 0; k < G_N_ELEMENTS (languages); k++)
      {
        DkDossierOptions options = { languages[k], NULL, k == 1, 1700000000 };
        g_autoptr(GBytes) first = NULL;
        g_autoptr(GBytes) second = NULL;

        if (i >= N_SMALL && k != i % 2)
          continue; /* the long ones in one language each */
        assert_written (samples[i], &options, path);
        first = read_file (path);
        assert_written (samples[i], &options, path);
        second = read_file (path);
        g_assert_true (g_bytes_equal (first, second));
      }
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* The time that the file says it was made is the only thing that differs. */
static void
test_created_is_kept (void)
{
  g_autofree char *path = g_build_filename (folder, "dossier.xlsx", NULL);
  DkDossierOptions options = { "en", NULL, FALSE, 1700000000 };
  g_autoptr(GBytes) first = NULL;
  g_autoptr(GBytes) second = NULL;

  assert_written ("passes", &options, path);
  first = read_file (path);
  options.created++;
  assert_written ("passes", &options, path);
  second = read_file (path);
  g_assert_false (g_bytes_equal (first, second));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A dossier of one programme is smaller, and one of none is a dossier all the same. */
static void
test_programmes_are_chosen (void)
{
  static const char *const one[] = { "stsme", NULL };
  static const char *const none[] = { NULL };
  g_autofree char *path = g_build_filename (folder, "dossier.xlsx", NULL);
  DkDossierOptions options = { "zh", NULL, FALSE, 1 };
  g_autoptr(GBytes) all_bytes = NULL;
  g_autoptr(GBytes) one_bytes = NULL;
  g_autoptr(GBytes) no_bytes = NULL;

  assert_written ("just-misses", &options, path);
  all_bytes = read_file (path);
  options.packs = one;
  assert_written ("just-misses", &options, path);
  one_bytes = read_file (path);
  options.packs = none;
  assert_written ("just-misses", &options, path);
  no_bytes = read_file (path);
  g_assert_cmpuint (g_bytes_get_size (all_bytes), >, g_bytes_get_size (one_bytes));
  g_assert_cmpuint (g_bytes_get_size (one_bytes), >, g_bytes_get_size (no_bytes));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_no_folder (void)
{
  g_autofree char *path = g_build_filename (folder, "missing", "dossier.xlsx", NULL);
  DkDossierOptions options = { "zh", NULL, FALSE, 1 };
  g_autoptr(GError) error = NULL;

  g_assert_false (write_sample ("passes", &options, path, &error));
  g_assert_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, path));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  int status;

  g_test_init (&argc, &argv, NULL);
  dk_library_set_language ("zh");
  library = dk_library_load (problems);
  g_assert_nonnull (library);
  folder = g_dir_make_tmp ("dengke-dossier-XXXXXX", NULL);
  g_test_add_func ("/dossier/dossier/same-bytes", test_same_bytes);
  g_test_add_func ("/dossier/dossier/created-is-kept", test_created_is_kept);
  g_test_add_func ("/dossier/dossier/programmes-are-chosen", test_programmes_are_chosen);
  g_test_add_func ("/dossier/dossier/no-folder", test_no_folder);
  status = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  dk_library_free (library);
  return status;
}
