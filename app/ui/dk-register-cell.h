/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of a register's table: text until it has the focus, an entry while it has it. */
#pragma once

#include "dk-register-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "commit" (const char *text): somebody left the cell having typed;
 *          "answer" (int state, gpointer value): somebody chose an answer from the menu (DkAnswerState, const DkValue *);
 *          "entered" (): it has the focus now. */
#define DK_TYPE_REGISTER_CELL (dk_register_cell_get_type ())
G_DECLARE_FINAL_TYPE (DkRegisterCell, dk_register_cell, DK, REGISTER_CELL, GtkWidget)

GtkWidget     *dk_register_cell_new          (guint column);
void           dk_register_cell_set_row      (DkRegisterCell *self, DkRegisterRow *row, guint place); /* NULL: none */
DkRegisterRow *dk_register_cell_get_row      (DkRegisterCell *self);
guint          dk_register_cell_get_column   (DkRegisterCell *self);
gboolean       dk_register_cell_is_typing    (DkRegisterCell *self); /* arrow keys move in the text */
gboolean       dk_register_cell_is_composing (DkRegisterCell *self); /* an input method has the keys */
gboolean       dk_register_cell_has_menu_open (DkRegisterCell *self);
void           dk_register_cell_start_typing (DkRegisterCell *self);
void           dk_register_cell_insert       (DkRegisterCell *self, const char *text);
void           dk_register_cell_commit       (DkRegisterCell *self); /* what was typed, if anything */
gboolean       dk_register_cell_revert       (DkRegisterCell *self); /* FALSE: nothing was typed */
gboolean       dk_register_cell_press        (DkRegisterCell *self, int n); /* with the pointer, for the n-th time; FALSE: the entry's business */
void           dk_register_cell_open_menu    (DkRegisterCell *self);

G_END_DECLS
