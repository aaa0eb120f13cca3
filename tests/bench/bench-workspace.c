/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long it takes to open a workspace with hundreds of enterprises: until they are listed, and until all are assessed. */
#define G_LOG_DOMAIN "dk-bench-workspace"

#include "dk-settings.h"
#include "dk-workspace.h"

#include "../support/samples.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define N_ENTERPRISES 500
#define TIMES 5
#define DAY "2026-07-15"

static const char *const samples[] = { "passes.json", "just-misses.json", "half-filled.json" };

static guint32 stream = 20240101;

static guint32
draw (void)
{
  stream ^= stream << 13;
  stream ^= stream >> 17;
  stream ^= stream << 5;
  return stream;
}

/* Another enterprise of the kind: figures are half to one and a half of what they were, and one in ten is missing. What would leave
 * a fact's domain stays. */
static DkEnterprise *
vary (const DkCatalogue  *catalogue,
      const DkEnterprise *sample,
      guint               n,
      DkArena            *arena)
{
  DkEnterprise *enterprise = dk_enterprise_dup (sample);
  g_autofree char *name = g_strdup_printf ("Enterprise %u", n);

  dk_enterprise_set_name (enterprise, name);
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkSymbol *fact = dk_catalogue_get_fact (catalogue, i)->symbol;
      g_autoptr(GArray) periods = dk_enterprise_list_periods (enterprise, fact);

      for (guint k = 0; fact->kind == DK_KIND_NUMBER && k < periods->len; k++)
        {
          DkPeriodKey period = g_array_index (periods, DkPeriodKey, k);
          DkValue value;

          if (draw () % 10 == 0)
            {
              dk_enterprise_set (enterprise, fact, period, NULL, NULL);
              continue;
            }
          if (!dk_enterprise_get (enterprise, fact, period, &value) || !dk_value_is_point (&value))
            continue;
          value.low = dk_number_div (dk_number_mul (value.low, DK_NUMBER (50 + draw () % 100), arena), DK_NUMBER (100), arena);
          if (dk_number_is_integer (fact->step))
            value.low = dk_number_round (value.low, 0, arena);
          value.high = value.low;
          dk_enterprise_set (enterprise, fact, period, &value, NULL);
        }
    }
  return enterprise;
}

static void
fill (DkLibrary  *library,
      const char *path)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) store = dk_store_open (path, FALSE, &error);
  DkEnterprise *models[G_N_ELEMENTS (samples)];

  if (store == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *file = test_dup_sample (samples[i]);

      models[i] = dk_enterprise_load (library->catalogue, file, problems);
      if (models[i] == NULL)
        g_error ("%s could not be read", file);
    }
  for (guint i = 0; i < N_ENTERPRISES; i++)
    {
      g_autoptr(DkEnterprise) enterprise = vary (library->catalogue, models[i % G_N_ELEMENTS (samples)], i, arena);

      if (dk_store_add (store, enterprise, &error) == 0)
        g_error ("%s", error->message);
    }
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    dk_enterprise_free (models[i]);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
get_median_ms (gint64 *times)
{
  qsort (times, TIMES, sizeof *times, compare_times);
  return (double) times[TIMES / 2] / 1000;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkLibrary) library = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL, *path = NULL;
  gint64 load_time, listed[TIMES], assessed[TIMES], start, day;

  dk_settings_apply_language ();
  start = g_get_monotonic_time ();
  library = dk_library_load (problems);
  load_time = g_get_monotonic_time () - start;
  folder = g_dir_make_tmp ("dk-bench-XXXXXX", &error);
  if (library == NULL || folder == NULL || !dk_date_parse (DAY, -1, &day))
    g_error ("the catalogue and the packs, or a folder, could not be had");
  path = g_build_filename (folder, "many.dengke", NULL);
  fill (library, path);
  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr(DkWorkspace) workspace = NULL;

      start = g_get_monotonic_time ();
      workspace = dk_workspace_new (library, path, day, &error);
      if (workspace == NULL)
        g_error ("%s", error->message);
      if (g_list_model_get_n_items (G_LIST_MODEL (workspace)) != N_ENTERPRISES)
        g_error ("not all enterprises are listed");
      listed[i] = g_get_monotonic_time () - start;
      dk_workspace_settle (workspace);
      assessed[i] = g_get_monotonic_time () - start;
    }
  printf ("library_load_ms %.1f ms\n", (double) load_time / 1000);
  printf ("workspace_enterprises %d enterprises\n", N_ENTERPRISES);
  printf ("workspace_listed_ms %.1f ms\n", get_median_ms (listed));
  printf ("workspace_assessed_ms %.1f ms\n", get_median_ms (assessed));
  {
    g_autoptr(GDir) directory = g_dir_open (folder, 0, NULL);

    for (const char *name; (name = g_dir_read_name (directory)) != NULL;)
      {
        g_autofree char *file = g_build_filename (folder, name, NULL);

        g_unlink (file);
      }
  }
  g_rmdir (folder);
  return 0;
}
