/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to answer a fact, each with a word on what it means. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "chosen" (const char *key), after it has closed. */
#define DK_TYPE_ANSWER_MENU (dk_answer_menu_get_type ())
G_DECLARE_FINAL_TYPE (DkAnswerMenu, dk_answer_menu, DK, ANSWER_MENU, GtkPopover)

GtkWidget *dk_answer_menu_new           (void);
void       dk_answer_menu_add           (DkAnswerMenu *self, const char *key, const char *title, const char *subtitle); /* subtitle or NULL */
void       dk_answer_menu_add_separator (DkAnswerMenu *self);

G_END_DECLS
