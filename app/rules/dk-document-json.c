/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-document-json"

#include "dk-document-private.h"

#include <string.h>

/* RFC 8259 to the letter. libfyaml reads the values, but as a reader of YAML it is more lenient than JSON is, and
 * says what is wrong in terms of YAML. */

static void
skip_space (DkCursor *cursor)
{
  while (dk_is_blank (*cursor->at) || dk_is_break (*cursor->at))
    dk_cursor_step (cursor);
}

/* Reads \uXXXX at @p. */
static gboolean
read_unit (const char *p,
           guint      *unit)
{
  *unit = 0;
  if (p[0] != '\\' || p[1] != 'u')
    return FALSE;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return FALSE;
      *unit = *unit * 16 + g_ascii_xdigit_value (p[i]);
    }
  return TRUE;
}

static gboolean
check_escape (DkReader *reader)
{
  DkCursor *cursor = &reader->cursor;
  guint unit, low;
  int length = 2;

  if (cursor->at[1] == 'u')
    {
      if (!read_unit (cursor->at, &unit))
        return dk_reader_fail (reader, "Four hexadecimal digits are wanted after \\u");
      if (unit == 0)
        return dk_reader_fail (reader, "A text with a NUL character (\\u0000) is not taken");
      length = 6;
      if (unit >= 0xd800 && unit <= 0xdfff)
        {
          if (unit >= 0xdc00 || !read_unit (cursor->at + 6, &low) || low < 0xdc00 || low > 0xdfff)
            return dk_reader_fail (reader, "\\u%04X is half a character; it is wanted together with its other half",
                                   unit);
          length = 12;
        }
    }
  else if (cursor->at[1] == '\0' || strchr ("\"\\/bfnrt", cursor->at[1]) == NULL)
    {
      return dk_reader_fail (reader, "JSON has no such escape; a backslash itself is written \\\\");
    }
  while (length-- > 0)
    dk_cursor_step (cursor);
  return TRUE;
}

static gboolean
check_string (DkReader *reader)
{
  DkCursor *cursor = &reader->cursor;
  DkCursor start = *cursor;

  for (dk_cursor_step (cursor); *cursor->at != '"';)
    {
      if (*cursor->at == '\0' || dk_is_break (*cursor->at))
        {
          *cursor = start;
          return dk_reader_fail (reader, "This text has no closing quote in its line");
        }
      if ((guint8) *cursor->at < 0x20)
        return dk_reader_fail (reader, "The control character U+%04X must be written as an escape", *cursor->at);
      if (*cursor->at == '\\')
        {
          if (!check_escape (reader))
            return FALSE;
        }
      else
        {
          dk_cursor_step (cursor);
        }
    }
  dk_cursor_step (cursor);
  return TRUE;
}

static gsize
skip_digits (const char **p)
{
  const char *start = *p;

  while (g_ascii_isdigit (**p))
    (*p)++;
  return *p - start;
}

static gboolean
is_number (const char *p,
           const char *end)
{
  if (*p == '-')
    p++;
  if (*p == '0')
    p++;
  else if (skip_digits (&p) == 0)
    return FALSE;
  if (*p == '.' && (p++, skip_digits (&p) == 0))
    return FALSE;
  if (*p == 'e' || *p == 'E')
    {
      p++;
      if (*p == '-' || *p == '+')
        p++;
      if (skip_digits (&p) == 0)
        return FALSE;
    }
  return p == end;
}

static gboolean
ends_plain (char c)
{
  switch (c)
    {
    case '\0': case ' ': case '\t': case '\r': case '\n':
    case ',': case ':': case '[': case ']': case '{': case '}': case '"': case '\'': case '#':
      return TRUE;
    default:
      return FALSE;
    }
}

/* Says why what stands from @start on, for @length bytes, is no value. */
static gboolean
refuse_plain (DkReader   *reader,
              const char *start,
              gsize       length)
{
  g_autofree char *shown = dk_quote_text (start, MAX (length, 1));

  if (*start == '\'')
    return dk_reader_fail (reader, "JSON writes texts in double quotes");
  if (*start == '#' || *start == '/')
    return dk_reader_fail (reader, "JSON has no comments");
  if (strchr ("-+.0123456789", *start) != NULL)
    return dk_reader_fail (reader, "%s is no JSON number; digits such as 1200, 0.05 or 1e6 are wanted", shown);
  return dk_reader_fail (reader, "%s is no JSON value; a number, a text in double quotes, true, false, null, "
                         "[ or { is wanted", shown);
}

/* A number or a word. */
static gboolean
check_plain (DkReader *reader)
{
  DkCursor *cursor = &reader->cursor;
  const char *start = cursor->at;
  const char *end = start;
  gsize length;

  if (*start == '\0')
    return dk_reader_fail (reader, "The file ends where a value is wanted");
  while (!ends_plain (*end))
    end++;
  length = end - start;
  if (!is_number (start, end)
      && !(length == 4 && (strncmp (start, "true", 4) == 0 || strncmp (start, "null", 4) == 0))
      && !(length == 5 && strncmp (start, "false", 5) == 0))
    return refuse_plain (reader, start, length);

  cursor->at = end;
  cursor->column += length;
  return TRUE;
}

/* A YAML text is too short to have too many. */
static gboolean
count_value (DkReader *reader)
{
  return ++reader->n_values <= DK_DOCUMENT_MAX_NODES
         || dk_reader_fail (reader, "Too many values; at most %d are taken", DK_DOCUMENT_MAX_NODES);
}

static gboolean
check_key (DkReader *reader)
{
  DkCursor *cursor = &reader->cursor;

  if (!count_value (reader))
    return FALSE;
  if (*cursor->at == '\0')
    return dk_reader_fail (reader, "The file ends where a key is wanted");
  if (*cursor->at != '"')
    return dk_reader_fail (reader, "A key in double quotes is wanted");
  if (!check_string (reader))
    return FALSE;
  skip_space (cursor);
  if (*cursor->at != ':')
    return dk_reader_fail (reader, "“:” is wanted after a key");
  dk_cursor_step (cursor);
  return TRUE;
}

/* A file of one line is read as if it had many, see feed_lines (). */
#define BREAK_DISTANCE 1000

/* Behind a comma between values. */
static void
note_break (DkReader *reader)
{
  gsize offset = reader->cursor.at - reader->text;
  guint n = reader->breaks->len;

  if (offset - (n > 0 ? g_array_index (reader->breaks, gsize, n - 1) : 0) >= BREAK_DISTANCE)
    g_array_append_val (reader->breaks, offset);
}

/* After a value: closes what ends here. Sets @is_done when that was all, otherwise stands before a value. */
static gboolean
check_after (DkReader *reader,
             char     *closers,
             guint    *depth,
             gboolean *is_done)
{
  DkCursor *cursor = &reader->cursor;

  for (;;)
    {
      char closer;
      DkCursor comma;

      skip_space (cursor);
      if (*depth == 0)
        {
          *is_done = TRUE;
          return *cursor->at == '\0'
                 || dk_reader_fail (reader, "The JSON value ends before this; nothing more is wanted");
        }
      closer = closers[*depth - 1];
      if (*cursor->at == closer)
        {
          (*depth)--;
          dk_cursor_step (cursor);
          continue;
        }
      if (*cursor->at == '\0')
        return dk_reader_fail (reader, "The file ends before a “%c”", closer);
      if (*cursor->at != ',')
        return dk_reader_fail (reader, "“,” or “%c” is wanted here", closer);

      comma = *cursor;
      dk_cursor_step (cursor);
      note_break (reader);
      skip_space (cursor);
      if (*cursor->at == closer)
        {
          *cursor = comma;
          return dk_reader_fail (reader, "JSON has no comma before “%c”", closer);
        }
      return closer == ']' || check_key (reader);
    }
}

/**
 * dk_json_check:
 * @reader: stands at the beginning of a text
 *
 * Checks that a text is JSON and nothing more. Keys given twice are left to who makes the tree.
 *
 * Returns: %FALSE, with one problem reported, if it is not
 */
gboolean
dk_json_check (DkReader *reader)
{
  DkCursor *cursor = &reader->cursor;
  char closers[DK_DOCUMENT_MAX_DEPTH];
  guint depth = 0;
  gboolean is_done = FALSE;

  while (!is_done)
    {
      skip_space (cursor);
      if (!count_value (reader))
        return FALSE;
      if (*cursor->at == '[' || *cursor->at == '{')
        {
          char closer = *cursor->at == '[' ? ']' : '}';

          if (!dk_reader_check_depth (reader, depth))
            return FALSE;
          closers[depth++] = closer;
          dk_cursor_step (cursor);
          skip_space (cursor);
          if (*cursor->at != closer)
            {
              if (closer == '}' && !check_key (reader))
                return FALSE;
              continue;
            }
        }
      else if (*cursor->at == '"')
        {
          if (!check_string (reader))
            return FALSE;
        }
      else if (!check_plain (reader))
        {
          return FALSE;
        }
      if (!check_after (reader, closers, &depth, &is_done))
        return FALSE;
    }
  return TRUE;
}
