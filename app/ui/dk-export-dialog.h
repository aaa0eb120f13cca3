/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes an enterprise out: a workbook with everything that was asked, found and computed, or a file to take along. */
#pragma once

#include "dk-export-job.h"
#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DK_TYPE_EXPORT_DIALOG (dk_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DkExportDialog, dk_export_dialog, DK, EXPORT_DIALOG, AdwWindow)

/* What was written is told on @toasts when the dialog has gone. */
GtkWidget  *dk_export_dialog_new        (DkSession *session, AdwToastOverlay *toasts);
/* Several enterprises of a workspace at once, a file each. @ids: gint64. */
GtkWidget  *dk_export_dialog_new_many   (DkWorkspace *workspace, const GArray *ids, AdwToastOverlay *toasts);
void        dk_export_dialog_set_format (DkExportDialog *self, DkExportFormat format);
/* The file that will be written; of several, the first. (transfer full) */
char       *dk_export_dialog_dup_path   (DkExportDialog *self);
void        dk_export_dialog_set_folder (DkExportDialog *self, const char *folder);

G_END_DECLS
