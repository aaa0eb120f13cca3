/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for a terminal: lines that wrap with a hanging indent, in columns of narrow and wide characters. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DK_STYLE_PLAIN,
  DK_STYLE_STRONG,
  DK_STYLE_FAINT,
  DK_STYLE_GOOD,
  DK_STYLE_BAD,
  DK_STYLE_WAITING,
} DkStyle;

/* Where the next word goes. Plain data; the text is the caller's. */
typedef struct
{
  GString  *text;
  int       width;       /* columns of a line */
  int       column;      /* from 0 */
  int       indent;      /* of the lines that follow when a line is full */
  gboolean  has_colours;
} DkLayout;

#define DK_LAYOUT_WIDTH 100

void dk_layout_join (GString *line, const char *part); /* "a · b · c"; nothing of a part that is NULL or empty */
int  dk_layout_measure (const char *text); /* columns that @text takes */
void dk_layout_start   (DkLayout *layout, int indent, int hanging); /* a line begins at @indent, and goes on at @hanging */
void dk_layout_tab     (DkLayout *layout, int column); /* fills up to @column, in a new line if it has been passed; lines go on there */
void dk_layout_add     (DkLayout *layout, DkStyle style, const char *text); /* wraps; control characters become blanks */
void dk_layout_add_whole (DkLayout *layout, DkStyle style, const char *text); /* wraps inside @text only if no line could hold it */
void dk_layout_end     (DkLayout *layout); /* ends the line */
void dk_layout_rule    (DkLayout *layout); /* a line across */
void dk_layout_gap     (DkLayout *layout); /* an empty line, unless there is one or nothing yet */

G_END_DECLS
