/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The snapshots of an enterprise: each unfolds to what has changed since, and can be gone back to. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "title", "subtitle" (strings). Actions: snapshots.restore, snapshots.delete (x: an id). */
#define DK_TYPE_SNAPSHOTS_PAGE (dk_snapshots_page_get_type ())
G_DECLARE_FINAL_TYPE (DkSnapshotsPage, dk_snapshots_page, DK, SNAPSHOTS_PAGE, AdwBin)

GtkWidget *dk_snapshots_page_new      (DkSession *session);
/* Unfolds a snapshot, or folds it. FALSE: there is no such. */
gboolean   dk_snapshots_page_unfold   (DkSnapshotsPage *self, gint64 id, gboolean is_unfolded);
/* For tests: whether the comparison of an unfolded snapshot is still on its way. */
gboolean   dk_snapshots_page_is_pending (DkSnapshotsPage *self);

G_END_DECLS
