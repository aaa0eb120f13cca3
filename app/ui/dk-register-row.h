/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a register as the table shows it, and the list of all of them with an empty one at the end. */
#pragma once

#include "dk-register-text.h"

G_BEGIN_DECLS

/* Signal: "changed" (): its cells may read otherwise now. */
#define DK_TYPE_REGISTER_ROW (dk_register_row_get_type ())
G_DECLARE_FINAL_TYPE (DkRegisterRow, dk_register_row, DK, REGISTER_ROW, GObject)

gint64            dk_register_row_get_id     (DkRegisterRow *self); /* 0: the empty row at the end, which is in no file yet */
const DkRegister *dk_register_row_get_register (DkRegisterRow *self);
DkSession        *dk_register_row_get_session (DkRegisterRow *self);
DkAnswerState     dk_register_row_get_answer (DkRegisterRow *self, guint column, DkValue *value);
/* What the cell shows: what was typed if that cannot be read, else the answer. (transfer full) */
char             *dk_register_row_dup_text   (DkRegisterRow *self, guint column);
const char       *dk_register_row_get_reason (DkRegisterRow *self, guint column); /* why what was typed cannot be read; NULL: it can */
/* Keeps what was typed and cannot be read, as long as the session lives; @text NULL: forgets it. */
void              dk_register_row_set_draft  (DkRegisterRow *self, guint column, const char *text, const char *reason);
void              dk_register_row_changed    (DkRegisterRow *self);
/* The widget that shows a cell at the moment, or NULL. */
gpointer          dk_register_row_get_cell   (DkRegisterRow *self, guint column);
void              dk_register_row_set_cell   (DkRegisterRow *self, guint column, gpointer cell);

/* A GListModel of DkRegisterRow. */
#define DK_TYPE_REGISTER_ROWS (dk_register_rows_get_type ())
G_DECLARE_FINAL_TYPE (DkRegisterRows, dk_register_rows, DK, REGISTER_ROWS, GObject)

DkRegisterRows *dk_register_rows_new       (DkSession *session, const DkRegister *reg);
guint           dk_register_rows_get_n     (DkRegisterRows *self); /* that are shown, without the empty one */
guint           dk_register_rows_get_n_all (DkRegisterRows *self); /* shown or not, without the empty one */
DkRegisterRow  *dk_register_rows_peek      (DkRegisterRows *self, guint n); /* (transfer none) */
gboolean        dk_register_rows_find      (DkRegisterRows *self, DkRegisterRow *row, guint *n);
/* Reads the session again. Rows that stay keep their object. */
void            dk_register_rows_reload    (DkRegisterRows *self);
/* The empty row becomes the row @id, in its place, and a new empty one follows it. */
void            dk_register_rows_settle    (DkRegisterRows *self, gint64 id);
/* Orders what is shown by a column, or, with @column < 0, as it is kept. Rows that change later stay where they are. */
void            dk_register_rows_sort      (DkRegisterRows *self, int column, gboolean is_descending);
int             dk_register_rows_get_sort  (DkRegisterRows *self, gboolean *is_descending);
/* Shows only rows that have all words of @text, in whichever cells, and those with a cell that cannot be read; "": all. Rows that change
 * later, or come, stay shown until it is asked again. */
void            dk_register_rows_filter    (DkRegisterRows *self, const char *text);
gboolean        dk_register_rows_is_filtered (DkRegisterRows *self);
/* The first cell that cannot be read, and how many there are. */
guint           dk_register_rows_count_bad (DkRegisterRows *self, DkRegisterRow **row, guint *column);

G_END_DECLS
