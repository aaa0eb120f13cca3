/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line over the pages that says what is the matter with the file: that it can only be read, or that edits wait to be written. */
#pragma once

#include "dk-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Hidden while there is nothing to say. */
#define DK_TYPE_WORKSPACE_LINE (dk_workspace_line_get_type ())
G_DECLARE_FINAL_TYPE (DkWorkspaceLine, dk_workspace_line, DK, WORKSPACE_LINE, GtkBox)

void dk_workspace_line_set_workspace (DkWorkspaceLine *self, DkWorkspace *workspace); /* NULL: none */

G_END_DECLS
