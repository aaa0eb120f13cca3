/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running program: one process, the rules it works by, and the workspace that is open. */
#pragma once

#include "dk-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DK_TYPE_APPLICATION (dk_application_get_type ())
G_DECLARE_FINAL_TYPE (DkApplication, dk_application, DK, APPLICATION, AdwApplication)

DkApplication *dk_application_new             (void);
/* Where the workspace is that opens at start: as set, or else in the user's data folder. (transfer full) */
char          *dk_application_dup_home_path   (void);
/* Opens the workspace at @path in the window; what is wrong with it is shown there. */
gboolean       dk_application_open_workspace  (DkApplication *self, const char *path);
/* The workspace that is open, or NULL. (transfer none) */
DkWorkspace   *dk_application_get_workspace   (DkApplication *self);

G_END_DECLS
