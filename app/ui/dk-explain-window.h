/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a number comes about: a tree from a result down to the answers that it rests on, as it was when the window opened. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DK_TYPE_EXPLAIN_WINDOW (dk_explain_window_get_type ())
G_DECLARE_FINAL_TYPE (DkExplainWindow, dk_explain_window, DK, EXPLAIN_WINDOW, AdwWindow)

/* Of the result @id; NULL if there is none of that name, or no assessment yet. It calls win.show-fact and win.show-register of @parent. */
GtkWidget  *dk_explain_window_new       (GtkWindow *parent, DkSession *session, const char *id);
GListModel *dk_explain_window_get_lines (DkExplainWindow *self); /* GtkTreeListRow *: what is unfolded. (transfer none) */
char       *dk_explain_window_dup_text  (DkExplainWindow *self);
/* Chooses the line at @position, as Enter and a click do. */
void        dk_explain_window_activate  (DkExplainWindow *self, guint position);

/* Opens it by the window's action "win.explain"; FALSE: @id is NULL, or there is no such action. */
gboolean    dk_explain_open             (GtkWidget *widget, const char *id);
/* Alt+Enter in a widget of this class calls @open. */
void        dk_explain_add_binding      (GtkWidgetClass *klass, GtkShortcutFunc open);

G_END_DECLS
