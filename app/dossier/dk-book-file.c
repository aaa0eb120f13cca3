/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-book-file"

#include "dk-book-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
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

/* ———————————————————————————————————————— Is it whole? ———————————————————————————————————————— */

/* The library writes each part to a file of its own first and does not look whether that worked: on a full disk a part ends
 * somewhere, and the archive around it is fine. So the parts are read once more: each has to end with the end of its root element,
 * and to have as many ends of tags as beginnings. */
typedef struct
{
  gsize    n_open, n_close; /* "<" and ">" */
  GString *head;
  char     tail[128];
  gsize    n_tail;
} Part;

#define HEAD_LENGTH 512

static void
feed_part (Part       *part,
           const char *bytes,
           gsize       length)
{
  gsize kept = MIN (length, sizeof part->tail);

  for (gsize i = 0; i < length; i++)
    {
      part->n_open += bytes[i] == '<';
      part->n_close += bytes[i] == '>';
    }
  if (part->head->len < HEAD_LENGTH)
    g_string_append_len (part->head, bytes, MIN (length, HEAD_LENGTH - part->head->len));
  if (kept < sizeof part->tail)
    {
      gsize old = MIN (part->n_tail, sizeof part->tail - kept);

      memmove (part->tail, part->tail + part->n_tail - old, old);
      part->n_tail = old;
    }
  else
    {
      part->n_tail = 0;
    }
  memcpy (part->tail + part->n_tail, bytes + length - kept, kept);
  part->n_tail += kept;
}

static gboolean
is_whole (const Part *part)
{
  const char *root = part->head->str;
  g_autofree char *end = NULL;

  while ((root = strchr (root, '<')) != NULL && (root[1] == '?' || root[1] == '!'))
    root++;
  if (root == NULL || part->n_open != part->n_close)
    return FALSE;
  root++;
  end = g_strdup_printf ("</%.*s>", (int) strcspn (root, " />\n\r"), root);
  for (gsize n = part->n_tail; n > 0; n--)
    if (!g_ascii_isspace (part->tail[n - 1]))
      return n >= strlen (end) && memcmp (part->tail + n - strlen (end), end, strlen (end)) == 0;
  return FALSE;
}

static gboolean
is_part_whole (const char *packed,
               gsize       length)
{
  g_autoptr(GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  g_autoptr(GString) head = g_string_new (NULL);
  g_autofree char *buffer = g_malloc (1 << 16);
  Part part = { .head = head };
  gsize done = 0;

  for (;;)
    {
      gsize n_read, n_written;
      GConverterResult result = g_converter_convert (G_CONVERTER (inflater), packed + done, length - done, buffer, 1 << 16,
                                                     G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

      if (result == G_CONVERTER_ERROR)
        return FALSE;
      done += n_read;
      feed_part (&part, buffer, n_written);
      if (result == G_CONVERTER_FINISHED)
        return is_whole (&part);
    }
}

static guint32
read_number (const guint8 *bytes,
             guint         n)
{
  guint32 number = 0;

  while (n-- > 0)
    number = number << 8 | bytes[n];
  return number;
}

/* The end of a zip archive, its list of parts, and the head of a part: their marks and lengths. */
#define END_MARK 0x06054b50
#define END_LENGTH 22
#define ENTRY_MARK 0x02014b50
#define ENTRY_LENGTH 46
#define LOCAL_LENGTH 30
#define DEFLATED 8

static gboolean
is_archive_whole (const guint8 *bytes,
                  gsize         length)
{
  const guint8 *end = bytes + length - END_LENGTH;
  gsize place;
  guint n;

  if (length < END_LENGTH || read_number (end, 4) != END_MARK)
    return FALSE;
  n = read_number (end + 10, 2);
  place = read_number (end + 16, 4);
  for (guint i = 0; i < n; i++)
    {
      const guint8 *entry = bytes + place;
      gsize start, packed;

      if (place + ENTRY_LENGTH > length || read_number (entry, 4) != ENTRY_MARK || read_number (entry + 10, 2) != DEFLATED)
        return FALSE;
      packed = read_number (entry + 20, 4);
      start = read_number (entry + 42, 4);
      if (start + LOCAL_LENGTH > length)
        return FALSE;
      start += LOCAL_LENGTH + read_number (bytes + start + 26, 2) + read_number (bytes + start + 28, 2);
      if (start + packed > length || !is_part_whole ((const char *) bytes + start, packed))
        return FALSE;
      place += ENTRY_LENGTH + read_number (entry + 28, 2) + read_number (entry + 30, 2) + read_number (entry + 32, 2);
    }
  return n > 0;
}

static gboolean
check_file (const char *path)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  return file != NULL && is_archive_whole ((const guint8 *) g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
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

  if (!check_file (file->temporary))
    return dk_book_file_fail (file, ENOSPC, NULL, error);
  if (!sync_path (file->temporary, O_RDONLY) || g_rename (file->temporary, file->path) != 0)
    return dk_book_file_fail (file, errno, NULL, error);
  g_clear_pointer (&file->temporary, g_free);
  /* The file is there; that a folder cannot be synced, as on some network drives, takes nothing away from it. */
  (void) sync_path (folder, O_RDONLY | O_DIRECTORY);
  return TRUE;
}
