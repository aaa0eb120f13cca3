/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-document"

#include "dk-document-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* One byte more than is allowed is read, to notice that there is one, and no more: a file may have no end. */
static GByteArray *
load_bytes (const char *path)
{
  FILE *stream = g_fopen (path, "rb");
  g_autoptr(GByteArray) bytes = NULL;
  int saved_errno;

  if (stream == NULL)
    return NULL;
  bytes = g_byte_array_new ();
  while (bytes->len <= DK_DOCUMENT_MAX_BYTES)
    {
      guint8 buffer[65536];
      gsize n = fread (buffer, 1, MIN (sizeof buffer, DK_DOCUMENT_MAX_BYTES + 1 - bytes->len), stream);

      if (n == 0)
        break;
      g_byte_array_append (bytes, buffer, n);
    }
  saved_errno = ferror (stream) ? errno : 0;
  fclose (stream);
  errno = saved_errno;
  return saved_errno == 0 ? g_steal_pointer (&bytes) : NULL;
}

/* A file's text, with a NUL behind it; NULL, reported, if it cannot be read. @file is what places call it. */
static char *
load_text (const char  *path,
           const char **file,
           gsize       *length,
           DkProblems  *problems)
{
  g_autofree char *name = g_filename_display_name (path);
  GByteArray *bytes = load_bytes (path);

  *file = g_intern_string (name);
  if (bytes == NULL)
    {
      dk_problems_add (problems, (DkPlace) { *file, 0, 0 }, "The file cannot be read: %s", g_strerror (errno));
      return NULL;
    }
  *length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (bytes, FALSE);
}

/**
 * dk_document_load:
 * @path: a file
 * @format: YAML or JSON
 * @problems: takes what is wrong
 *
 * Reads a file as dk_document_parse () reads a text.
 *
 * Returns: (transfer full) (nullable): the tree; %NULL if there is any error
 */
DkDocument *
dk_document_load (const char *path,
                  DkFormat    format,
                  DkProblems *problems)
{
  const char *file;
  char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  text = load_text (path, &file, &length, problems);
  return text != NULL ? dk_document_read_text (file, text, length, format, problems) : NULL;
}

/* Where the outermost key @key begins, provided that no other one comes after it; NULL otherwise. In a block mapping only
 * outermost keys stand in the first column: what belongs to a value is indented, or begins with a dash. */
static const char *
find_last_key (const char *text,
               const char *key)
{
  gsize length = strlen (key);
  const char *found = NULL;

  for (const char *line = text; line != NULL && *line != '\0';)
    {
      const char *next = strpbrk (line, "\r\n");

      if (found == NULL && strncmp (line, key, length) == 0 && line[length] == ':')
        found = line;
      else if (found != NULL && *line != ' ' && *line != '-' && *line != '#' && !dk_is_break (*line))
        return NULL;
      line = next != NULL ? next + 1 : NULL;
    }
  return found;
}

/* The rest of a text behind as many line breaks as come before it, so that its places are those of the file. */
static char *
dup_rest (const char *text,
          const char *rest)
{
  GString *copy = g_string_new (NULL);

  for (const char *p = text; p < rest; p++)
    if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
      g_string_append_c (copy, '\n');
  g_string_append (copy, rest);
  return g_string_free (copy, FALSE);
}

/**
 * dk_document_load_before:
 * @path: a file
 * @last_key: an outermost key
 * @problems: takes what is wrong
 *
 * Reads a YAML file without its last part, such as the worked examples of a pack, which are most of it and which only a
 * check asks for. A file in which that key does not come last is read as a whole, and so is one that is not written line by line.
 *
 * Returns: (transfer full) (nullable): the tree; %NULL if there is any error
 */
DkDocument *
dk_document_load_before (const char *path,
                         const char *last_key,
                         DkProblems *problems)
{
  g_autofree char *rest = NULL;
  DkDocument *document;
  const char *file, *found;
  char *text;
  gsize length;

  g_return_val_if_fail (path != NULL && last_key != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  text = load_text (path, &file, &length, problems);
  if (text == NULL)
    return NULL;
  /* A text with a NUL in it is refused as a whole. */
  found = strlen (text) == length && length <= DK_DOCUMENT_MAX_YAML_BYTES ? find_last_key (text, last_key) : NULL;
  if (found != NULL)
    {
      rest = dup_rest (text, found);
      length = (gsize) (found - text);
      text[length] = '\0';
    }
  document = dk_document_read_text (file, text, length, DK_FORMAT_YAML, problems);
  if (document != NULL && found != NULL)
    {
      document->last_key = g_strdup (last_key);
      document->last_text = g_steal_pointer (&rest);
    }
  return document;
}

gboolean
dk_document_has_last (const DkDocument *document)
{
  return document->last_key != NULL;
}

/**
 * dk_document_get_last:
 * @document: a document
 * @problems: takes what is wrong with the part that is read now
 *
 * Returns: (transfer none) (nullable): the value of the key that dk_document_load_before () left for later
 */
const DkNode *
dk_document_get_last (DkDocument *document,
                      DkProblems *problems)
{
  if (document->last_text != NULL)
    {
      char *text = g_steal_pointer (&document->last_text);

      document->last = dk_document_read_text (document->file, text, strlen (text), DK_FORMAT_YAML, problems);
    }
  if (document->last == NULL || document->last->root->kind != DK_NODE_MAPPING)
    return NULL;
  return dk_node_get (document->last->root, document->last_key);
}
