/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a register as text: what somebody types or pastes, and how it is shown. Both languages are read whatever is spoken. */
#pragma once

#include "dk-session.h"

G_BEGIN_DECLS

/* Reads a cell. An empty text takes the answer away, "?" is "not known yet", "none" is none where the column has it.
 * @in_wan: bare amounts are in 10,000 yuan. FALSE, with the reason for people, if it cannot be read. */
gboolean    dk_cell_parse     (const DkSymbol *column, const char *text, gboolean in_wan, DkAnswerState *state, DkValue *value, DkArena *arena,
                               GError **error);
/* How a cell reads; dk_cell_parse () reads it back. @language: "zh" or "en". (transfer full) */
char       *dk_cell_to_text   (const DkSymbol *column, DkAnswerState state, const DkValue *value, gboolean in_wan, const char *language);
/* The words for the answers that are no values. */
const char *dk_cell_get_unknown (const char *language);
const char *dk_cell_get_none    (const char *language);
const char *dk_cell_get_truth   (gboolean truth, const char *language);
/* Whether "none" can be said in a column, and the value by which it is kept: no value at all, or 0. */
gboolean    dk_cell_can_be_none (const DkSymbol *column, DkValue *none);
gboolean    dk_cell_is_none     (const DkSymbol *column, DkAnswerState state, const DkValue *value);

/* The place of a cell among others of its column: what is not known comes last. */
typedef struct { int rank; double number; char *key; } DkCellOrder;
void        dk_cell_get_order   (const DkSymbol *column, DkAnswerState state, const DkValue *value, DkCellOrder *order);
void        dk_cell_order_clear (DkCellOrder *order);
int         dk_cell_order_compare (const DkCellOrder *a, const DkCellOrder *b);

/* A cell of a table that was pasted. */
typedef struct
{
  char         *text;
  DkAnswerState state;
  DkValue       value;
  char         *reason; /* why it cannot be read; NULL: it can */
} DkPastedCell;

/* A table from the clipboard, read for a register. */
typedef struct
{
  const DkRegister *reg;
  DkArena          *arena;
  guint             n_rows;
  guint             n_bad;
  DkPastedCell     *cells;      /* n_rows × columns of the register */
  gboolean          has_header;
  GPtrArray        *left_out;   /* char *: columns of the table that belong to no column of the register, by head or content */
} DkPaste;

/* Reads tab-separated lines as spreadsheets put them on the clipboard. A first line with heads of columns, in either language, says
 * where each belongs; without it they are taken in order, from @first_column. */
DkPaste      *dk_paste_new      (const DkRegister *reg, const char *text, guint first_column, gboolean in_wan);
void          dk_paste_free     (DkPaste *paste);
DkPastedCell *dk_paste_get_cell (const DkPaste *paste, guint row, guint column);
/* Whether a text is more than one cell. */
gboolean      dk_text_is_table  (const char *text);
/* Splits into lines and cells; quoted cells may hold tabs, breaks and quotes. GPtrArray of GPtrArray of char *. (transfer full) */
GPtrArray    *dk_table_split    (const char *text);
/* Adds a cell to a line that dk_table_split () reads; a tab comes before it unless the line begins here. */
void          dk_table_append   (GString *table, const char *cell);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkPaste, dk_paste_free)

G_END_DECLS
