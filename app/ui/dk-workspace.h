/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open workspace file: a list of its enterprises (DkClient), each with how it stands in every programme on the day looked at. */
#pragma once

#include "dk-client.h"
#include "dk-library.h"
#include "dk-store.h"

G_BEGIN_DECLS

typedef struct _DkSession DkSession;

/* A GListModel of DkClient, sorted by name. Properties: "as-of" (int64, a day), "n-unassessed" (uint: clients whose standings are still
 * being worked out, in a thread of its own), "unsaved" (string: which edits could not be written yet, and why, in words; NULL: none).
 * Signals: "lost" (const char *text: an edit that waited can never be written, in words). */
#define DK_TYPE_WORKSPACE (dk_workspace_get_type ())
G_DECLARE_FINAL_TYPE (DkWorkspace, dk_workspace, DK, WORKSPACE, GObject)

/* Opens the file, or makes it. @library is borrowed and must outlive the workspace; @as_of is the day whose law counts. */
DkWorkspace *dk_workspace_new            (DkLibrary *library, const char *path, gint64 as_of, GError **error);
DkLibrary   *dk_workspace_get_library    (DkWorkspace *self);
DkStore     *dk_workspace_get_store      (DkWorkspace *self);
const char  *dk_workspace_get_path       (DkWorkspace *self);
gboolean     dk_workspace_is_read_only   (DkWorkspace *self);
gint64       dk_workspace_get_as_of      (DkWorkspace *self);
void         dk_workspace_set_as_of      (DkWorkspace *self, gint64 as_of); /* everything is assessed again */
int          dk_workspace_get_last_year  (DkWorkspace *self); /* the last full accounting year, x[0] */
/* The client with that id, or NULL. (transfer none) */
DkClient    *dk_workspace_find_client    (DkWorkspace *self, gint64 id);
/* Opens an enterprise; while somebody holds its session the same one is given. (transfer full) */
DkSession   *dk_workspace_open_session   (DkWorkspace *self, gint64 id, GError **error);
gint64       dk_workspace_add            (DkWorkspace *self, const char *name, GError **error); /* its id, or 0 */
/* Takes in an enterprise in JSON, or all enterprises of another workspace. The id of the (first) new one, or 0. */
gint64       dk_workspace_import         (DkWorkspace *self, const char *path, GError **error);
gboolean     dk_workspace_remove         (DkWorkspace *self, gint64 id, GError **error);
gboolean     dk_workspace_rename         (DkWorkspace *self, gint64 id, const char *name, GError **error);
/* A session has assessed its enterprise: the list shows the same. */
void         dk_workspace_show_assessment (DkWorkspace *self, DkClient *client, DkAssessment *assessment, const DkEnterprise *enterprise);
/* Edits that could not be written because another process was writing, the disk is full or the like: they hold, and are tried again
 * each second. Tries at once; TRUE: all is in the file. */
gboolean     dk_workspace_save           (DkWorkspace *self);
char        *dk_workspace_dup_unsaved    (DkWorkspace *self); /* "unsaved" */
void         dk_workspace_drop_unsaved   (DkWorkspace *self); /* gives them up */
/* Sessions call these. */
void         dk_workspace_keep_unsaved   (DkWorkspace *self, DkSession *session);
void         dk_workspace_tell_lost      (DkWorkspace *self, const char *text);
/* Looks whether another process changed the file, and reads it again if so. */
void         dk_workspace_refresh        (DkWorkspace *self);
/* For tests and pictures: runs the main loop until all clients are assessed. */
void         dk_workspace_settle         (DkWorkspace *self);

G_END_DECLS
