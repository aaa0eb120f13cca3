/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a window that F6 walks through. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds a pane that is on the screen, and the panes in it: the panel of results, and what has the style class "dk-pane". */
void     dk_panes_add        (GPtrArray *panes, GtkWidget *pane);
/* Moves the focus from the pane that holds @focus to the next one that takes it. FALSE: none does. */
gboolean dk_panes_focus_next (GPtrArray *panes, GtkWidget *focus);

G_END_DECLS
