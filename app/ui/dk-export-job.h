/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing enterprises out, in a thread of its own. */
#pragma once

#include "dk-workspace.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum { DK_EXPORT_WORKBOOK, DK_EXPORT_WORKSPACE, DK_EXPORT_JSON } DkExportFormat;

typedef struct _DkExportJob DkExportJob;

/* An enterprise that could not be written, and why. */
typedef struct
{
  gint64  id;
  char   *name;
  char   *reason;
} DkExportFailure;

DkExportJob *dk_export_job_new          (DkWorkspace *workspace, DkExportFormat format, const char *const *packs, gboolean in_wan);
/* @enterprise: as it is now (copied); NULL: it is read from the file when its turn comes. */
void         dk_export_job_add          (DkExportJob *self, gint64 id, const char *name, const DkEnterprise *enterprise, const char *path);
/* Takes the job over, which lives as long as the task. One that is cancelled leaves nothing that it wrote. */
void         dk_export_job_start        (DkExportJob *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* FALSE: it was cancelled, or something could not be written: @error says how many, and @failures (DkExportFailure *, in their order) which; all else
 * was. @failures is empty if the job could not begin. (out) (transfer full) */
gboolean     dk_export_job_finish       (GAsyncResult *result, GPtrArray **failures, GError **error);
double       dk_export_job_get_progress (DkExportJob *self); /* 0 to 1; from any thread, while the job lives */
/* How many of how many enterprises are done; likewise. */
guint        dk_export_job_get_n_done   (DkExportJob *self);
guint        dk_export_job_get_n        (DkExportJob *self);
/* Cancels all that run, and waits for them: before the program ends. */
void         dk_export_job_stop_all     (void);

G_END_DECLS
