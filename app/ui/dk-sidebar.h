/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one can go in an enterprise: the topics of its facts, its lists, the programmes and the boards, and how it stands in them.
 * These sections can be folded away; the section of the place that is shown unfolds. */
#pragma once

#include "dk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: "session" (DkSession). Going somewhere is an action of the window: win.show-topic and the like. */
#define DK_TYPE_SIDEBAR (dk_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (DkSidebar, dk_sidebar, DK, SIDEBAR, GtkWidget)

GtkWidget  *dk_sidebar_new         (void);
void        dk_sidebar_set_session (DkSidebar *self, DkSession *session);
/* Marks the place that is shown: its action and id, such as "win.show-topic", "money"; NULL: none. */
void        dk_sidebar_mark        (DkSidebar *self, const char *action, const char *id);
/* Goes to the nth place, from 0, those of folded sections included. FALSE if there are fewer. */
gboolean    dk_sidebar_go_to       (DkSidebar *self, guint nth);
/* Goes @by places on from the marked one. */
gboolean    dk_sidebar_go_by       (DkSidebar *self, int by);
/* The first place of its kind that is there; for a new enterprise. */
gboolean    dk_sidebar_go_first    (DkSidebar *self);

G_END_DECLS
