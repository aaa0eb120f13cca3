/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks what was found out, and where that stands written. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*DkNoteFunc) (const char *finding, const char *evidence, gpointer data);

/* @label: what the first text is called, such as "Finding"; the second is the evidence. Both may be left empty. @given is called unless the
 * dialog is cancelled. */
void dk_note_dialog_ask (GtkWindow *parent, const char *heading, const char *body, const char *label, const char *finding, const char *evidence,
                         DkNoteFunc given, gpointer data, GDestroyNotify destroy);

G_END_DECLS
