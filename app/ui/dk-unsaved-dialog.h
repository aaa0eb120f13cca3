/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks what is to become of edits that could not be written, before they are left behind. */
#pragma once

#include "dk-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tries to write them first. TRUE: nothing waits, go on at once. FALSE: the dialog asks, and @go_on is called when it may be done;
 * it does not come while people want to stay. */
gboolean dk_unsaved_dialog_check (GtkWindow *parent, DkWorkspace *workspace, void (*go_on) (gpointer data), gpointer data, GDestroyNotify destroy);

G_END_DECLS
