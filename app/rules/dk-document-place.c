/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-document-place"

#include "dk-document-private.h"

#include <string.h>

/**
 * dk_cursor_step:
 * @cursor: a cursor
 *
 * Moves one character on. A line break of two characters is one.
 */
void
dk_cursor_step (DkCursor *cursor)
{
  char c = *cursor->at;

  if (c == '\0')
    return;
  if (dk_is_break (c))
    {
      cursor->at += c == '\r' && cursor->at[1] == '\n' ? 2 : 1;
      cursor->line++;
      cursor->column = 1;
      return;
    }
  cursor->at = g_utf8_next_char (cursor->at);
  cursor->column++;
}

void
dk_cursor_skip_blanks (DkCursor *cursor)
{
  while (dk_is_blank (*cursor->at))
    dk_cursor_step (cursor);
}

/**
 * dk_cursor_move:
 * @cursor: a cursor
 * @text: the beginning of what it runs through
 * @target: where to go in there
 *
 * Moves to a place known by its address. Going back is meant for short ways only, such as to the beginning of a
 * key: every line that it crosses is counted anew.
 */
void
dk_cursor_move (DkCursor   *cursor,
                const char *text,
                const char *target)
{
  while (cursor->at < target)
    dk_cursor_step (cursor);
  while (cursor->at > target)
    {
      cursor->at = g_utf8_prev_char (cursor->at);
      cursor->column--;
      if (dk_is_break (*cursor->at))
        {
          const char *start;

          if (*cursor->at == '\n' && cursor->at > text && cursor->at[-1] == '\r')
            cursor->at--;
          for (start = cursor->at; start > text && !dk_is_break (start[-1]); start--)
            ;
          cursor->line--;
          cursor->column = 1 + g_utf8_strlen (start, cursor->at - start);
        }
    }
}

/* Retraces how a scalar's text came out of what is written in the file. Each step says how many bytes of the text
 * the next piece of the file gives. */

/* Bytes that a character takes in the text. */
static gsize
utf8_length (gunichar c)
{
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* Line breaks in a quoted or plain text: one is a space, more are one less. */
static gsize
step_fold (DkCursor *cursor)
{
  gsize n = 0;

  dk_cursor_skip_blanks (cursor);
  while (dk_is_break (*cursor->at))
    {
      dk_cursor_step (cursor);
      dk_cursor_skip_blanks (cursor);
      n++;
    }
  return n == 1 ? 1 : n - 1;
}

static gsize
step_escape (DkCursor *cursor)
{
  gunichar value = 0;
  int n_digits = 0;
  gsize n = 0;

  dk_cursor_step (cursor);
  if (dk_is_break (*cursor->at))
    {
      /* A line that goes on in the next one: only further empty lines count. */
      dk_cursor_step (cursor);
      dk_cursor_skip_blanks (cursor);
      for (; dk_is_break (*cursor->at); n++)
        {
          dk_cursor_step (cursor);
          dk_cursor_skip_blanks (cursor);
        }
      return n;
    }
  switch (*cursor->at)
    {
    case 'x':
      n_digits = 2;
      break;
    case 'u':
      n_digits = 4;
      break;
    case 'U':
      n_digits = 8;
      break;
    case 'N': /* next line */
    case '_': /* no-break space */
      value = 0xa0;
      break;
    case 'L': /* line separator */
    case 'P': /* paragraph separator */
      value = 0x2028;
      break;
    default:
      break;
    }
  dk_cursor_step (cursor);
  for (; n_digits > 0 && g_ascii_isxdigit (*cursor->at); n_digits--)
    {
      value = value * 16 + g_ascii_xdigit_value (*cursor->at);
      dk_cursor_step (cursor);
    }
  if (value >= 0xd800 && value <= 0xdbff)
    {
      for (int i = 0; i < 6; i++)
        dk_cursor_step (cursor); /* the other half */
      value = 0x10000;
    }
  return utf8_length (value);
}

static gsize
step_character (DkCursor *cursor)
{
  gsize n = dk_is_break (*cursor->at) ? 1 : utf8_length (g_utf8_get_char (cursor->at));

  dk_cursor_step (cursor);
  return n;
}

/* @quote is 0 in a plain text. */
static gsize
step_flow (DkCursor *cursor,
           char      quote)
{
  const char *p = cursor->at;

  if (quote == '"' && *p == '\\')
    return step_escape (cursor);
  if (quote == '\'' && *p == '\'' && p[1] == '\'')
    {
      dk_cursor_step (cursor);
      dk_cursor_step (cursor);
      return 1;
    }
  while (dk_is_blank (*p))
    p++;
  return dk_is_break (*p) ? step_fold (cursor) : step_character (cursor);
}

static DkPlace
cursor_place (const DkCursor *cursor,
              const DkNode   *scalar)
{
  return (DkPlace) { scalar->place.file, cursor->line, cursor->column };
}

static DkPlace
place_in_flow (const DkNode *scalar,
               DkCursor     *cursor,
               gsize         offset)
{
  gsize length = strlen (scalar->text);
  char quote = 0;
  gsize done = 0;

  if (scalar->style == DK_SCALAR_QUOTED)
    {
      quote = *cursor->at;
      dk_cursor_step (cursor);
    }
  while (done < length && *cursor->at != '\0')
    {
      DkCursor before = *cursor;
      gsize n = step_flow (cursor, quote);

      if (done + n > offset)
        return cursor_place (&before, scalar);
      done += n;
    }
  return cursor_place (cursor, scalar);
}

/* Spaces before the first character of the first line that has one; G_MAXUINT if no line has. */
static guint
first_indent (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    {
      if (dk_is_break (*text))
        n = 0;
      else if (*text == ' ')
        n++;
      else
        return n;
    }
  return G_MAXUINT;
}

static void
skip_indent (DkCursor *cursor,
             guint     indent)
{
  for (; indent > 0 && *cursor->at == ' '; indent--)
    dk_cursor_step (cursor);
}

/* Line breaks in a folded block: what they become depends on the lines around them, so the text itself tells. */
static gsize
step_block_fold (DkCursor   *cursor,
                 guint       indent,
                 const char *text)
{
  gsize n = 0;

  for (;;)
    {
      dk_cursor_step (cursor);
      skip_indent (cursor, indent);
      if (text[n] == '\n')
        n++;
      if (!dk_is_break (*cursor->at))
        break;
    }
  return MAX (n, 1);
}

static DkPlace
place_in_block (const DkNode *scalar,
                DkCursor     *cursor,
                gsize         offset)
{
  gboolean is_folded = *cursor->at == '>';
  gsize length = strlen (scalar->text);
  gsize done = 0;
  guint indent, kept;

  while (*cursor->at != '\0' && !dk_is_break (*cursor->at))
    dk_cursor_step (cursor);
  dk_cursor_step (cursor);

  indent = first_indent (cursor->at);
  kept = first_indent (scalar->text);
  if (indent != G_MAXUINT && kept != G_MAXUINT)
    indent -= MIN (kept, indent);
  skip_indent (cursor, indent);

  while (done < length && *cursor->at != '\0')
    {
      DkCursor before = *cursor;
      gsize n;

      if (is_folded && dk_is_break (*cursor->at) && done > 0)
        {
          n = step_block_fold (cursor, indent, scalar->text + done);
        }
      else
        {
          n = step_character (cursor);
          if (before.line != cursor->line)
            skip_indent (cursor, indent);
        }
      if (done + n > offset)
        return cursor_place (&before, scalar);
      done += n;
    }
  return cursor_place (cursor, scalar);
}

/**
 * dk_node_place_at:
 * @scalar: a node
 * @offset: a byte of its text
 *
 * Goes back through quotes, escapes, folded lines and indentation, so that an error in an expression is shown at
 * the very character.
 *
 * Returns: where the file says that byte; the end of the scalar if @offset is not in the text; for other nodes
 *   than scalars, their place
 */
DkPlace
dk_node_place_at (const DkNode *scalar,
                  gsize         offset)
{
  DkCursor cursor;

  g_return_val_if_fail (scalar != NULL, DK_PLACE_NONE);

  if (scalar->kind != DK_NODE_SCALAR || scalar->source == NULL)
    return scalar->place;
  cursor = (DkCursor) { scalar->source, scalar->place.line, scalar->place.column };
  return scalar->style == DK_SCALAR_BLOCK ? place_in_block (scalar, &cursor, offset)
                                          : place_in_flow (scalar, &cursor, offset);
}
