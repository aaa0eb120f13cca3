/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-files"

#include "dk-cli.h"

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
