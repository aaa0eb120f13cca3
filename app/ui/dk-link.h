/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that leads somewhere: a name, perhaps a figure behind it, and an action of the window with a text. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @value may be NULL. @action: such as "win.show-fact"; an action that nobody has does nothing. @name: what those hear who do not see it. */
GtkWidget  *dk_link_new        (const char *text, const char *value, const char *action, const char *target, const char *name);
const char *dk_link_get_action (GtkWidget *link);
const char *dk_link_get_target (GtkWidget *link);

G_END_DECLS
