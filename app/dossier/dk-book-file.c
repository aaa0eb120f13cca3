/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-book-file"

#include "dk-book-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

struct _DkBookFile
{
  char *path;      /* the target, with symbolic links followed */
  char *name;      /* the target, as people read it */
  char *temporary; /* NULL once it is in its place */
};

static gboolean
is_full (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

gboolean
dk_book_file_fail (const DkBookFile  *file,
                   int                number,
                   const char        *reason,
                   GError           **error)
{
  if (is_full (number))
    g_set_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_FULL, _("There is no room for “%s”. Nothing was changed."), file->name);
  else
    g_set_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_WRITE, _("“%s” cannot be written: %s"), file->name,
                 number != 0 ? g_strerror (number) : reason);
  return FALSE;
}

/**
 * dk_book_file_new:
 * @path: the target
 *
 * Makes the temporary file in the target's folder, so that putting it in its place is one step of the file system.
 *
 * Returns: the file; NULL with @error when nothing can be written there
 */
DkBookFile *
dk_book_file_new (const char  *path,
                  GError     **error)
{
  DkBookFile *file = g_new0 (DkBookFile, 1);
  g_autofree char *folder = NULL;
  g_autofree char *base = NULL;
  g_autofree char *temporary = NULL;
  char *real = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? realpath (path, NULL) : NULL;
  int descriptor;

  file->path = g_strdup (real != NULL ? real : path);
  file->name = g_filename_display_name (path);
  free (real);
  if (g_file_test (file->path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_WRITE, _("“%s” is a folder; the name of a file is wanted"), file->name);
      dk_book_file_discard (file);
      return NULL;
    }
  folder = g_path_get_dirname (file->path);
  base = g_strdup (".dengke-XXXXXX");
  temporary = g_build_filename (folder, base, NULL);
  /* Created as any new file is, so that who may read it is the user's choice. */
  descriptor = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (descriptor < 0)
    {
      dk_book_file_fail (file, errno, NULL, error);
      dk_book_file_discard (file);
      return NULL;
    }
  close (descriptor);
  file->temporary = g_steal_pointer (&temporary);
  return file;
}

void
dk_book_file_discard (DkBookFile *file)
{
  if (file->temporary != NULL)
    g_unlink (file->temporary);
  g_free (file->temporary);
  g_free (file->path);
  g_free (file->name);
  g_free (file);
}

const char *
dk_book_file_get_temporary (const DkBookFile *file)
{
  return file->temporary;
}

const char *
dk_book_file_get_name (const DkBookFile *file)
{
  return file->name;
}

static gboolean
sync_path (const char *path,
           int         flags)
{
  int descriptor = g_open (path, flags | O_CLOEXEC, 0);
  gboolean is_done;

  if (descriptor < 0)
    return FALSE;
  is_done = fsync (descriptor) == 0;
  if (!is_done)
    {
      int saved = errno;

      close (descriptor);
      errno = saved;
      return FALSE;
    }
  return close (descriptor) == 0;
}

gboolean
dk_book_file_finish (DkBookFile  *file,
                     GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  if (!sync_path (file->temporary, O_RDONLY) || g_rename (file->temporary, file->path) != 0)
    return dk_book_file_fail (file, errno, NULL, error);
  g_clear_pointer (&file->temporary, g_free);
  /* The file is there; that a folder cannot be synced, as on some network drives, takes nothing away from it. */
  (void) sync_path (folder, O_RDONLY | O_DIRECTORY);
  return TRUE;
}
