/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: a sidebar and one page at a time, with what belongs to all pages around it. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DK_TYPE_WINDOW (dk_window_get_type ())
G_DECLARE_FINAL_TYPE (DkWindow, dk_window, DK, WINDOW, AdwApplicationWindow)

/* What can be done about a problem that keeps the window from showing anything. */
typedef enum
{
  DK_PROBLEM_OF_FILE, /* another file may be chosen */
  DK_PROBLEM_FINAL,   /* nothing, from here */
} DkProblemKind;

DkWindow   *dk_window_new           (AdwApplication *application);
/* Shows what is wrong instead of a page. */
void        dk_window_show_problem  (DkWindow *self, const char *title, const char *details, DkProblemKind kind);
/* Shows the workspace: where to begin if it is empty, its only enterprise, or all of them. */
void        dk_window_set_workspace (DkWindow *self, DkWorkspace *workspace);
DkSession  *dk_window_get_session   (DkWindow *self); /* of the enterprise that is open, or NULL */
GtkWidget  *dk_window_get_page      (DkWindow *self); /* what is shown, or NULL */
/* Opens an enterprise at its first topic. FALSE: it cannot be; the window says why. */
gboolean    dk_window_open_client   (DkWindow *self, gint64 id);
void        dk_window_toast         (DkWindow *self, const char *text);
/* Where the window is: an action with its target, and the enterprise (0: none). (transfer full) */
char       *dk_window_dup_place     (DkWindow *self, gint64 *client);
void        dk_window_restore_place (DkWindow *self, gint64 client, const char *place);

G_END_DECLS
