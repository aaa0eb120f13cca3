/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-document-place"

#include "dk-document-private.h"

#include <string.h>

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

/* How the text of a scalar comes out of what is written in the file. libfyaml knows that too, but not which byte of
 * the text stands where; and its own way takes quadratic time on empty lines. */
typedef struct
{
  DkCursor    cursor;
  GString    *text;    /* takes the text, or NULL */
  gsize       done;    /* bytes of the text so far */
  gsize       stop;    /* the byte that is looked for */
  DkCursor    place;   /* where that byte stands, once it is found */
  gboolean    is_found;
} Tracer;

/* @n bytes that come from what stands at @place. */
static void
emit (Tracer     *tracer,
      DkCursor    place,
      const char *bytes,
      gsize       n)
{
  if (tracer->text != NULL)
    g_string_append_len (tracer->text, bytes, n);
  if (!tracer->is_found && tracer->done + n > tracer->stop)
    {
      tracer->place = place;
      tracer->is_found = TRUE;
    }
  tracer->done += n;
}

static void
emit_character (Tracer *tracer)
{
  DkCursor place = tracer->cursor;

  dk_cursor_step (&tracer->cursor);
  emit (tracer, place, place.at, tracer->cursor.at - place.at);
}

/* Line breaks in a quoted or plain text: one is a space, more are one less. */
static void
trace_fold (Tracer *tracer)
{
  DkCursor first;
  guint n = 0;

  dk_cursor_skip_blanks (&tracer->cursor);
  first = tracer->cursor;
  while (dk_is_break (*tracer->cursor.at))
    {
      DkCursor place = tracer->cursor;

      dk_cursor_step (&tracer->cursor);
      dk_cursor_skip_blanks (&tracer->cursor);
      if (n++ > 0)
        emit (tracer, place, "\n", 1);
    }
  if (n == 1)
    emit (tracer, first, " ", 1);
}

/* The digits after \x, \u or \U, and the other half of a pair. */
static gunichar
read_code (DkCursor *cursor,
           int       n_digits)
{
  gunichar value = 0;

  for (; n_digits > 0 && g_ascii_isxdigit (*cursor->at); n_digits--)
    {
      value = value * 16 + g_ascii_xdigit_value (*cursor->at);
      dk_cursor_step (cursor);
    }
  if (value >= 0xd800 && value <= 0xdbff && cursor->at[0] == '\\' && cursor->at[1] == 'u')
    {
      gunichar low;

      dk_cursor_step (cursor);
      dk_cursor_step (cursor);
      low = read_code (cursor, 4);
      value = low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00) : 0;
    }
  return value;
}

/* FALSE if the escape gives no character, or NUL. */
static gboolean
trace_escape (Tracer *tracer)
{
  static const struct { char letter; gunichar value; } letters[] = {
    { 'a', '\a' }, { 'b', '\b' }, { 't', '\t' }, { '\t', '\t' }, { 'n', '\n' }, { 'v', '\v' }, { 'f', '\f' },
    { 'r', '\r' }, { 'e', 0x1b }, { ' ', ' ' }, { '"', '"' }, { '/', '/' }, { '\\', '\\' },
    { 'N', 0x85 }, { '_', 0xa0 }, { 'L', 0x2028 }, { 'P', 0x2029 },
  };
  DkCursor *cursor = &tracer->cursor;
  DkCursor place = *cursor;
  gunichar value = 0;
  char bytes[6];
  char letter;

  dk_cursor_step (cursor);
  letter = *cursor->at;
  if (dk_is_break (letter))
    {
      /* The line goes on in the next one: only further empty lines count. */
      dk_cursor_step (cursor);
      dk_cursor_skip_blanks (cursor);
      while (dk_is_break (*cursor->at))
        {
          place = *cursor;
          dk_cursor_step (cursor);
          dk_cursor_skip_blanks (cursor);
          emit (tracer, place, "\n", 1);
        }
      return TRUE;
    }

  dk_cursor_step (cursor);
  if (letter == 'x' || letter == 'u' || letter == 'U')
    value = read_code (cursor, letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
  else
    for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
      if (letters[i].letter == letter)
        value = letters[i].value;
  if (value == 0 || !g_unichar_validate (value))
    return FALSE;
  emit (tracer, place, bytes, g_unichar_to_utf8 (value, bytes));
  return TRUE;
}

static gboolean
is_before_break (const char *p)
{
  while (dk_is_blank (*p))
    p++;
  return dk_is_break (*p);
}

/* Up to @end in a plain text, or else up to the closing quote. */
static gboolean
trace_flow (Tracer     *tracer,
            char        quote,
            const char *end)
{
  DkCursor *cursor = &tracer->cursor;

  while (*cursor->at != '\0' && (quote != 0 || cursor->at < end) && !tracer->is_found)
    {
      if (quote == '\'' && cursor->at[0] == '\'' && cursor->at[1] == '\'')
        {
          DkCursor place = *cursor;

          dk_cursor_step (cursor);
          dk_cursor_step (cursor);
          emit (tracer, place, "'", 1);
        }
      else if (quote != 0 && *cursor->at == quote)
        {
          break;
        }
      else if (quote == '"' && *cursor->at == '\\')
        {
          if (!trace_escape (tracer))
            return FALSE;
        }
      else if (is_before_break (cursor->at))
        {
          trace_fold (tracer);
        }
      else
        {
          emit_character (tracer);
        }
    }
  return TRUE;
}

/* Empty lines, and the indentation of the next one. Returns: how many lines */
static guint
skip_empty_lines (DkCursor *cursor,
                  int       indent)
{
  guint n = 0;

  for (;;)
    {
      while (*cursor->at == ' ' && cursor->column <= indent)
        dk_cursor_step (cursor);
      if (!dk_is_break (*cursor->at))
        return n;
      dk_cursor_step (cursor);
      n++;
    }
}

static void
emit_empty_lines (Tracer   *tracer,
                  DkCursor  cursor,
                  guint     n,
                  int       indent)
{
  while (n-- > 0)
    {
      while (*cursor.at == ' ' && cursor.column <= indent)
        dk_cursor_step (&cursor);
      emit (tracer, cursor, "\n", 1);
      dk_cursor_step (&cursor);
    }
}

/* A line that ends a document, where a block has no indentation. */
static gboolean
is_document_mark (const DkCursor *cursor)
{
  return cursor->column == 1
         && (strncmp (cursor->at, "---", 3) == 0 || strncmp (cursor->at, "...", 3) == 0)
         && (cursor->at[3] == '\0' || dk_is_blank (cursor->at[3]) || dk_is_break (cursor->at[3]));
}

/* From the | or > on. */
static void
trace_block (Tracer *tracer,
             int     indent)
{
  DkCursor *cursor = &tracer->cursor;
  gboolean is_folded = *cursor->at == '>';
  gboolean was_blank = FALSE, has_line = FALSE;
  DkCursor line_end, empty_lines;
  char chomp = 0;
  guint n_empty;

  for (; *cursor->at != '\0' && !dk_is_break (*cursor->at); dk_cursor_step (cursor))
    {
      if (*cursor->at == '#')
        chomp = chomp == 0 ? '#' : chomp; /* the rest is a comment */
      else if (chomp == 0 && (*cursor->at == '-' || *cursor->at == '+'))
        chomp = *cursor->at;
    }
  dk_cursor_step (cursor);

  line_end = *cursor;
  empty_lines = *cursor;
  n_empty = skip_empty_lines (cursor, indent);
  while (*cursor->at != '\0' && cursor->column == indent + 1 && !is_document_mark (cursor) && !tracer->is_found)
    {
      gboolean is_blank = dk_is_blank (*cursor->at);

      if (has_line && is_folded && !was_blank && !is_blank)
        {
          if (n_empty == 0)
            emit (tracer, line_end, " ", 1);
        }
      else if (has_line)
        {
          emit (tracer, line_end, "\n", 1);
        }
      emit_empty_lines (tracer, empty_lines, n_empty, indent);

      while (*cursor->at != '\0' && !dk_is_break (*cursor->at))
        emit_character (tracer);
      was_blank = is_blank;
      has_line = TRUE; /* the end of the file ends a line, too */
      line_end = *cursor;
      dk_cursor_step (cursor);
      empty_lines = *cursor;
      n_empty = skip_empty_lines (cursor, indent);
    }
  if (has_line && chomp != '-')
    emit (tracer, line_end, "\n", 1);
  if (chomp == '+')
    emit_empty_lines (tracer, empty_lines, n_empty, indent);
  else if (has_line)
    *cursor = chomp == '-' ? line_end : empty_lines; /* the text ends here */
}

/* What follows a block's | or > as its indentation: "|2". 0 if there is none. */
static int
read_indent (const char *p)
{
  for (p++; *p == '-' || *p == '+'; p++)
    ;
  return g_ascii_isdigit (*p) ? *p - '0' : 0;
}

/**
 * dk_scalar_find_indent:
 * @source: the | or > of a block in a text
 * @parent: indentation of what the block is in; -1 if it is the whole document
 *
 * Returns: how many spaces its lines begin with
 */
int
dk_scalar_find_indent (const char *source,
                       int         parent)
{
  int given = read_indent (source);
  int n = 0, widest = parent + 1;
  const char *p = source + strcspn (source, "\r\n");

  if (given > 0)
    return MAX (parent, 0) + given;
  for (; *p == ' ' || dk_is_break (*p); p++)
    {
      if (*p == ' ')
        n++;
      else
        {
          widest = MAX (widest, n);
          n = 0;
        }
    }
  return *p != '\0' && n > parent ? n : widest; /* without any line, the empty ones say it */
}

/* Where a scalar is over that stands in one line and is written as it is meant; NULL for all others. Nearly all are like that. */
static const char *
find_plain_end (const char *start,
                char        quote,
                const char *end)
{
  const char *p;

  if (quote == 0)
    {
      for (p = start; p < end; p++)
        if (dk_is_break (*p))
          return NULL;
      return end;
    }
  for (p = start; *p != quote; p++)
    if (*p == '\0' || dk_is_break (*p) || (*p == '\\' && quote == '"'))
      return NULL;
  return quote == '\'' && p[1] == quote ? NULL : p;
}

/**
 * dk_scalar_read:
 * @scalar: a scalar whose place, style, source and indent are known
 * @end: where a plain scalar ends
 * @text: takes the text
 *
 * Returns: %FALSE if it has an escape that is no character
 */
gboolean
dk_scalar_read (const DkNode *scalar,
                const char   *end,
                GString      *text)
{
  Tracer tracer = {
    .cursor = { scalar->source, scalar->place.line, scalar->place.column }, .text = text, .stop = G_MAXSIZE,
  };
  char quote = 0;
  const char *plain_end;

  if (scalar->style == DK_SCALAR_BLOCK)
    {
      trace_block (&tracer, scalar->indent);
      return TRUE;
    }
  if (scalar->style == DK_SCALAR_QUOTED)
    {
      quote = *tracer.cursor.at;
      dk_cursor_step (&tracer.cursor);
    }
  plain_end = find_plain_end (tracer.cursor.at, quote, end);
  if (plain_end != NULL)
    {
      g_string_append_len (text, tracer.cursor.at, plain_end - tracer.cursor.at);
      return TRUE;
    }
  return trace_flow (&tracer, quote, end);
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
  Tracer tracer;
  gsize length;

  g_return_val_if_fail (scalar != NULL, DK_PLACE_NONE);

  if (scalar->kind != DK_NODE_SCALAR || scalar->source == NULL)
    return scalar->place;

  length = strlen (scalar->text);
  if (length == 0 && scalar->style == DK_SCALAR_PLAIN)
    return scalar->place;
  tracer = (Tracer) {
    .cursor = { scalar->source, scalar->place.line, scalar->place.column },
    .stop = scalar->style == DK_SCALAR_PLAIN ? MIN (offset, length - 1) : offset,
  };
  if (scalar->style == DK_SCALAR_BLOCK)
    {
      trace_block (&tracer, scalar->indent);
    }
  else
    {
      char quote = 0;

      if (scalar->style == DK_SCALAR_QUOTED)
        {
          quote = *tracer.cursor.at;
          dk_cursor_step (&tracer.cursor);
        }
      trace_flow (&tracer, quote, scalar->source + strlen (scalar->source));
    }
  if (!tracer.is_found)
    tracer.place = tracer.cursor;
  else if (offset >= length)
    dk_cursor_step (&tracer.place); /* behind the last character */
  return (DkPlace) { scalar->place.file, tracer.place.line, tracer.place.column };
}
