/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to dk-expr.c: the words of an expression. */
#pragma once

#include "dk-value.h"

G_BEGIN_DECLS

typedef enum
{
  DK_TOKEN_END,
  DK_TOKEN_ERROR,  /* text is what is wrong; no token follows */
  DK_TOKEN_NUMBER, /* value, unit, has_unit, is_scaled */
  DK_TOKEN_DATE,   /* value is the day */
  DK_TOKEN_STRING, /* text, without quotes */
  DK_TOKEN_NAME,   /* text */
  DK_TOKEN_OR, DK_TOKEN_AND, DK_TOKEN_NOT, DK_TOKEN_IN, DK_TOKEN_EXCEPT,
  DK_TOKEN_IF, DK_TOKEN_THEN, DK_TOKEN_ELSE, DK_TOKEN_CASE, DK_TOKEN_BAND,
  DK_TOKEN_WHERE, DK_TOKEN_BY, DK_TOKEN_AS, DK_TOKEN_AT,
  DK_TOKEN_LT, DK_TOKEN_LE, DK_TOKEN_GT, DK_TOKEN_GE, DK_TOKEN_EQ, DK_TOKEN_NE,
  DK_TOKEN_PLUS, DK_TOKEN_MINUS, DK_TOKEN_TIMES, DK_TOKEN_DIVIDE, DK_TOKEN_POWER,
  DK_TOKEN_OPEN, DK_TOKEN_CLOSE, DK_TOKEN_OPEN_YEARS, DK_TOKEN_CLOSE_YEARS,
  DK_TOKEN_COMMA, DK_TOKEN_COLON, DK_TOKEN_DOTS,
} DkTokenKind;

/* One word, and the bytes of the text that it stands in. */
typedef struct
{
  DkTokenKind  kind;
  gsize        offset;
  gsize        end;
  char        *text;
  DkNumber     value;
  DkUnit       unit;
  gboolean     has_unit;
  gboolean     is_scaled; /* the unit changed the figure (5%, 3万): it cannot be lent to another number */
} DkToken;

GArray     *dk_lexer_read         (const char *text, DkArena *arena);
const char *dk_token_kind_to_string (DkTokenKind kind);

G_END_DECLS
