/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the reader of documents share. */
#pragma once

#include "dk-document.h"

G_BEGIN_DECLS

struct _DkDocument
{
  char         *text;      /* the file without byte order mark, ends in NUL */
  gsize         length;
  GPtrArray    *blocks;    /* DkNode[BLOCK_SIZE] */
  guint         n_nodes;
  GStringChunk *texts;     /* of the scalars */
  DkNode       *root;
  const char   *file;      /* interned */
  char         *last_key;  /* what was left for later, or NULL */
  char         *last_text; /* the rest of the file, behind as many empty lines as came before it; NULL once it is read */
  DkDocument   *last;      /* that rest as read */
};

/* Reads a text that has a NUL after @length bytes, and takes it over; @file is interned, or NULL. */
DkDocument *dk_document_read_text (const char *file, char *text, gsize length, DkFormat format, DkProblems *problems);

/* A place in a text that moves on with what is read from it. The text is valid UTF-8 and ends in NUL. */
typedef struct
{
  const char *at;
  int         line;
  int         column;
} DkCursor;

static inline gboolean
dk_is_break (char c)
{
  return c == '\n' || c == '\r';
}

static inline gboolean
dk_is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* One character on, where \r\n is one; stays at the end. */
static inline void
dk_cursor_step (DkCursor *cursor)
{
  char c = *cursor->at;

  if (G_LIKELY (c != '\0' && !dk_is_break (c)))
    {
      cursor->at = g_utf8_next_char (cursor->at);
      cursor->column++;
    }
  else if (c != '\0')
    {
      cursor->at += c == '\r' && cursor->at[1] == '\n' ? 2 : 1;
      cursor->line++;
      cursor->column = 1;
    }
}

void dk_cursor_skip_blanks (DkCursor *cursor);
void dk_cursor_move        (DkCursor *cursor, const char *text, const char *target); /* @text is where it all begins */

/* Reading a text: where it stands, and what is wrong with it. */
typedef struct
{
  const char *file; /* interned, or NULL */
  const char *text;
  DkFormat    format;
  DkDocument *document;
  DkProblems *problems;
  DkCursor    cursor;
  guint       n_values; /* of a JSON text, keys included */
  GArray     *breaks; /* gsize: where a JSON text may have a line break, about every thousand bytes */
} DkReader;

/* Report at the cursor, and return FALSE for the caller to pass on. */
gboolean dk_reader_fail        (DkReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean dk_reader_check_depth (DkReader *reader, guint depth); /* one more level than @depth */

char *dk_quote_text (const char *text, gsize length); /* for a message: in quotes, and short */

/* Checks that a text is JSON to the letter of RFC 8259. */
gboolean dk_json_check (DkReader *reader);

/* From what is written to what is meant. */
int      dk_scalar_find_indent (const char *source, int parent);
gboolean dk_scalar_read        (const DkNode *scalar, const char *end, GString *text);

G_END_DECLS
