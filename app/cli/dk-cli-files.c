/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-files"

#include "dk-cli.h"

#include "dk-store.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * dk_cli_collect_files:
 * @path: a file, a folder, or "-"
 * @paths: takes the paths of the enterprise files that it means: itself, or those in the folder
 *
 * Returns: FALSE, having said why, when the folder cannot be read or has none
 */
gboolean
dk_cli_collect_files (const char *path,
                      GPtrArray  *paths)
{
  static const char *const suffixes[] = { ".json", NULL };
  g_autoptr(GError) error = NULL;
  guint n_before = paths->len;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_ptr_array_add (paths, g_strdup (strcmp (path, "-") == 0 ? "/dev/stdin" : path));
      return TRUE;
    }
  if (!dk_library_list_files (path, suffixes, FALSE, paths, &error))
    {
      dk_cli_complain ("%s", error->message);
      return FALSE;
    }
  if (paths->len == n_before)
    {
      dk_cli_complain (_("there is no enterprise file (*.json) in the folder “%s”"), path);
      return FALSE;
    }
  return TRUE;
}

void
dk_cli_source_free (DkCliSource *source)
{
  g_free (source->path);
  g_clear_pointer (&source->enterprise, dk_enterprise_free);
  dk_problems_free (source->problems);
  g_free (source);
}

static DkCliSource *
add_source (GPtrArray  *sources,
            const char *path)
{
  DkCliSource *source = g_new0 (DkCliSource, 1);

  source->path = g_strdup (path);
  source->problems = dk_problems_new ();
  g_ptr_array_add (sources, source);
  return source;
}

static gboolean
collect_workspace (const DkCli *cli,
                   const char  *path,
                   GPtrArray   *sources)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) store = dk_store_open (path, TRUE, &error);
  g_autoptr(GPtrArray) list = store != NULL ? dk_store_list (store, &error) : NULL;

  for (guint i = 0; list != NULL && i < list->len && error == NULL; i++)
    {
      const DkStoreEntry *entry = g_ptr_array_index (list, i);
      DkCliSource *source = add_source (sources, path);

      source->is_of_workspace = TRUE;
      source->enterprise = dk_store_read (store, entry->id, DK_LAYER_ACTUAL, cli->catalogue, source->problems, &error);
    }
  if (error != NULL && list != NULL)
    g_ptr_array_remove_index (sources, sources->len - 1);
  if (error != NULL)
    dk_cli_complain ("%s", error->message);
  return error == NULL;
}

gboolean
dk_cli_collect_sources (const DkCli *cli,
                        const char  *path,
                        GPtrArray   *sources)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (dk_store_is_workspace (path))
    return collect_workspace (cli, path, sources);
  if (!dk_cli_collect_files (path, paths))
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    add_source (sources, g_ptr_array_index (paths, i));
  return TRUE;
}

DkEnterprise *
dk_cli_source_take (DkCliSource *source,
                    const DkCli *cli)
{
  if (source->is_of_workspace)
    return g_steal_pointer (&source->enterprise);
  return dk_enterprise_load (cli->catalogue, source->path, source->problems);
}

/**
 * dk_cli_check_packs:
 * @cli: with its rulebook loaded
 * @ids: (nullable): the values of --pack
 *
 * Returns: FALSE, having said why, when one is no pack
 */
gboolean
dk_cli_check_packs (const DkCli  *cli,
                    char        **ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      GPtrArray *packs = dk_rulebook_get_packs (cli->book);
      g_autoptr(GString) known = NULL;

      if (dk_rulebook_find_pack (cli->book, ids[i]) != NULL)
        continue;
      known = g_string_new (NULL);
      for (guint j = 0; j < packs->len; j++)
        g_string_append_printf (known, "%s%s", j > 0 ? ", " : "", ((DkPack *) g_ptr_array_index (packs, j))->id);
      dk_cli_complain_usage (_("there is no pack “%s”; loaded are: %s"), ids[i], known->str);
      return FALSE;
    }
  return TRUE;
}
