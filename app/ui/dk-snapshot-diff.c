/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-snapshot-diff"

#include "dk-snapshot-diff.h"

#include "dk-settings.h"

#include <string.h>

/* All that the thread needs. */
typedef struct
{
  DkRulebook   *book;
  DkEnterprise *before, *now;
  gint64        day_before, day_now;
  const char   *language;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->before, dk_enterprise_free);
  g_clear_pointer (&work->now, dk_enterprise_free);
  g_free (work);
}

void
dk_snapshot_diff_free (DkSnapshotDiff *self)
{
  g_clear_pointer (&self->diff, dk_enterprise_diff_free);
  g_clear_pointer (&self->standings, g_array_unref);
  g_clear_pointer (&self->standings_before, g_ptr_array_unref);
  g_clear_pointer (&self->standings_now, g_ptr_array_unref);
  g_clear_pointer (&self->before, dk_enterprise_free);
  g_clear_pointer (&self->now, dk_enterprise_free);
  g_free (self);
}

static GPtrArray *
assess (const Work         *work,
        const DkEnterprise *enterprise,
        gint64              day)
{
  g_autoptr(DkAssessment) assessment = dk_assessment_new (work->book, enterprise, day, (int) dk_date_year (day) - 1, NULL);

  return dk_standings_of (assessment, work->book, work->language);
}

static const DkStanding *
find (GPtrArray    *standings,
      const DkPack *pack)
{
  for (guint i = 0; i < standings->len; i++)
    {
      const DkStanding *standing = g_ptr_array_index (standings, i);

      if (standing->pack == pack)
        return standing;
    }
  return NULL;
}

static gboolean
is_same (const DkStanding *a,
         const DkStanding *b)
{
  if (a->is_in_force != b->is_in_force)
    return FALSE;
  return !a->is_in_force || (a->sign == b->sign && strcmp (a->figure, b->figure) == 0);
}

static void
compare_standings (DkSnapshotDiff *self,
                   const Work     *work)
{
  g_autoptr(GPtrArray) packs = dk_client_list_packs (work->book);
  g_autoptr(GPtrArray) of_day = NULL; /* the old answers, today */

  self->standings_before = assess (work, self->before, work->day_before);
  self->standings_now = assess (work, self->now, work->day_now);
  if (work->day_before != work->day_now)
    of_day = assess (work, self->before, work->day_now);
  for (guint i = 0; i < packs->len; i++)
    {
      const DkPack *pack = g_ptr_array_index (packs, i);
      DkStandingDiff diff = { find (self->standings_before, pack), find (self->standings_now, pack), FALSE };
      const DkStanding *same = of_day != NULL ? find (of_day, pack) : NULL;

      if (diff.before == NULL || diff.now == NULL || is_same (diff.before, diff.now))
        continue;
      diff.is_of_day = same != NULL && is_same (same, diff.now);
      g_array_append_val (self->standings, diff);
    }
}

static void
compare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  Work *work = data;
  DkSnapshotDiff *self = g_new0 (DkSnapshotDiff, 1);

  self->before = g_steal_pointer (&work->before);
  self->now = g_steal_pointer (&work->now);
  self->standings = g_array_new (FALSE, FALSE, sizeof (DkStandingDiff));
  self->diff = dk_enterprise_diff (self->before, self->now);
  compare_standings (self, work);
  g_task_return_pointer (task, self, (GDestroyNotify) dk_snapshot_diff_free);
}

void
dk_snapshot_diff_start (DkSession           *session,
                        DkEnterprise        *before,
                        gint64               as_of,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Work *work = g_new0 (Work, 1);

  *work = (Work) {
    .book = dk_session_get_library (session)->book,
    .before = before,
    .now = dk_enterprise_dup (dk_session_get_enterprise (session)),
    .day_before = as_of,
    .day_now = dk_session_get_as_of (session),
    .language = dk_settings_get_language (),
  };
  g_task_set_source_tag (task, dk_snapshot_diff_start);
  g_task_set_task_data (task, work, free_work);
  g_task_run_in_thread (task, compare_in_thread);
}

DkSnapshotDiff *
dk_snapshot_diff_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
