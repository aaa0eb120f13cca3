/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-samples"

#include "dk-samples.h"

#include "dk-store.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

static gboolean
add_sample (DkLibrary   *library,
            DkStore     *store,
            const char  *path,
            GError     **error)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_load (library->catalogue, path, problems);
  g_autofree char *lines = NULL;

  if (enterprise != NULL)
    return dk_store_add (store, enterprise, error) != 0;
  lines = dk_problems_to_string (problems);
  g_set_error_literal (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID, lines);
  return FALSE;
}

static gboolean
fill (DkLibrary   *library,
      const char  *path,
      GError     **error)
{
  g_autofree char *data = dk_library_get_data_directory ();
  g_autofree char *folder = g_build_filename (data, "samples", NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DkStore) store = NULL;

  if (!dk_library_list_files (folder, (const char *const[]) { ".json", NULL }, FALSE, files, error))
    return FALSE;
  store = dk_store_open (path, FALSE, error);
  if (store == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (!add_sample (library, store, g_ptr_array_index (files, i), error))
      return FALSE;
  return TRUE;
}

gboolean
dk_samples_ensure (DkLibrary   *library,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *draft = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("The folder “%s” cannot be made: %s"), folder, g_strerror (code));
      return FALSE;
    }
  /* Filled beside its place and then renamed, so that a crash leaves no workspace with half of the samples. */
  draft = g_strconcat (path, ".part", NULL);
  g_unlink (draft);
  if (!fill (library, draft, error))
    {
      g_unlink (draft);
      return FALSE;
    }
  if (g_rename (draft, path) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("The file “%s” cannot be written: %s"), path, g_strerror (code));
      g_unlink (draft);
      return FALSE;
    }
  return TRUE;
}
