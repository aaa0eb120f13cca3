/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register as a table that is filled like a spreadsheet. */
#pragma once

#include "dk-register-row.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "session" (DkSession), "register" (string: its id), "title", "subtitle" (string, to be read). */
#define DK_TYPE_REGISTER_PAGE (dk_register_page_get_type ())
G_DECLARE_FINAL_TYPE (DkRegisterPage, dk_register_page, DK, REGISTER_PAGE, AdwBin)

GtkWidget      *dk_register_page_new        (DkSession *session, const char *reg);
DkRegisterRows *dk_register_page_get_rows   (DkRegisterPage *self); /* as shown, the empty one last. (transfer none) */
/* Scrolls to a cell and gives it the keyboard; the row counts as shown, the empty one included. */
void            dk_register_page_focus_cell (DkRegisterPage *self, guint row, guint column);
/* Shows what a text from the clipboard would become, and inserts it if that is agreed. */
GtkWidget      *dk_register_page_paste_text (DkRegisterPage *self, const char *text);
/* The marked rows, or all, as a spreadsheet takes them. (transfer full) */
char           *dk_register_page_copy_text  (DkRegisterPage *self);

G_END_DECLS
