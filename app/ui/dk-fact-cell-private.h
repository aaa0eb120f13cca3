/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of DkFactCell share: the cell itself, and its ways to answer beside typing (dk-fact-cell-menu.c). */
#pragma once

#include "dk-fact-cell.h"

G_BEGIN_DECLS

/* Longer figures than the first are written small, than the second as small as can be read. */
enum { DK_FACT_CELL_LONG = 13, DK_FACT_CELL_LONGEST = 17 };

enum { SEGMENT_YES, SEGMENT_NO, SEGMENT_UNKNOWN, N_SEGMENTS };

typedef struct
{
  DkAnswerState state;
  DkValue       value;
  DkArena      *arena; /* of the value */
} Answer;

struct _DkFactCell
{
  GtkBox        parent_instance;
  DkSession    *session;
  const DkFact *fact;
  DkPeriodKey   period;

  GtkWidget    *entry;    /* of numbers, dates, texts and codes */
  GtkWidget    *segments[N_SEGMENTS];
  GtkWidget    *editor;   /* whichever there is of entry, segments and drop-down */
  GtkWidget    *drop;
  GtkWidget    *computed; /* of a derived fact */
  GtkWidget    *computed_label;
  GtkWidget    *hand;
  GtkWidget    *popover;

  DkArena      *scratch;
  Answer        known;    /* for which the text stands */
  Answer        before;   /* when the focus came: Escape goes back to it */
  char         *problem;
  guint         timer;
  gboolean      is_dirty;     /* something was typed that is not committed */
  gboolean      is_filling;   /* the text changes, but nobody types */
  gboolean      is_writing;
  gboolean      is_by_hand;   /* a derived fact whose field is open though it has no answer yet */
  gboolean      is_trying;
};

/* Commits what was typed and shows it as it is written; nothing happens if it is no answer. */
void dk_fact_cell_finish    (DkFactCell *self);
/* Puts @text into the field for somebody to go on with; it is not an answer yet. NULL: selects what is there. */
void dk_fact_cell_offer     (DkFactCell *self, const char *text);
void dk_fact_cell_open_menu (DkFactCell *self);
/* What stands in the field for an answer. (transfer full) */
char *dk_fact_cell_dup_text    (DkFactCell *self, DkAnswerState state, const DkValue *value);
/* The known answer as an amount in words, by which a zero too many is seen; else @text, if it does not fit in the field; else NULL.
 * (transfer full) */
char *dk_fact_cell_dup_reading (DkFactCell *self, const char *text);

G_END_DECLS
