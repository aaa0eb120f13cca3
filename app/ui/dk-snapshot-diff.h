/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has changed since a snapshot: the results, and the answers and lists behind them. Worked out in a thread of its own. */
#pragma once

#include "dk-enterprise-diff.h"
#include "dk-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A programme that stands otherwise. The standings are the comparison's. */
typedef struct
{
  const DkStanding *before; /* on the day of the snapshot */
  const DkStanding *now;
  gboolean          is_of_day; /* the answers did not bring it about: the old ones give the same today, by other rules or another year */
} DkStandingDiff;

typedef struct
{
  DkEnterprise     *before, *now;
  DkEnterpriseDiff *diff;
  GArray           *standings; /* DkStandingDiff, in the order in which lists show programmes */
  /*< private >*/
  GPtrArray        *standings_before, *standings_now;
} DkSnapshotDiff;

/* Compares the enterprise of @session with itself as it was on the day @as_of. @before: (transfer full) */
void            dk_snapshot_diff_start  (DkSession *session, DkEnterprise *before, gint64 as_of, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);
DkSnapshotDiff *dk_snapshot_diff_finish (GAsyncResult *result, GError **error); /* (transfer full); the only error: it was cancelled */
void            dk_snapshot_diff_free   (DkSnapshotDiff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkSnapshotDiff, dk_snapshot_diff_free)

G_END_DECLS
