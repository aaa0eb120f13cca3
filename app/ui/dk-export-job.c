/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-export-job"

#include "dk-export-job.h"

#include "dk-dossier.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* Progress is kept in so many parts of an enterprise. */
#define PARTS 1000

typedef struct
{
  gint64        id;
  char         *name;
  DkEnterprise *enterprise; /* or NULL */
  char         *path;
  gboolean      is_ours;    /* it was written, and nothing was there before */
} Item;

/* All that the thread needs, as it was when it began: the window goes on meanwhile. */
struct _DkExportJob
{
  DkLibrary      *library;
  DkExportFormat  format;
  char          **packs;
  char           *language;
  char           *workspace;
  gint64          as_of;
  int             last_year;
  gboolean        in_wan;
  GArray         *items;
  GPtrArray      *failures;
  guint           current;
  int             progress; /* in parts, atomic */
  GCancellable   *cancellable;
};

/* Those that run, so that the program does not end in the middle of a file. */
static GMutex running_mutex;
static GCond running_ended;
static GPtrArray *running;

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_clear_pointer (&item->enterprise, dk_enterprise_free);
  g_free (item->path);
}

static void
free_failure (gpointer data)
{
  DkExportFailure *failure = data;

  g_free (failure->name);
  g_free (failure->reason);
  g_free (failure);
}

static void
free_job (gpointer data)
{
  DkExportJob *self = data;

  g_strfreev (self->packs);
  g_free (self->language);
  g_free (self->workspace);
  g_array_unref (self->items);
  g_ptr_array_unref (self->failures);
  g_clear_object (&self->cancellable);
  g_free (self);
}

DkExportJob *
dk_export_job_new (DkWorkspace       *workspace,
                   DkExportFormat     format,
                   const char *const *packs,
                   gboolean           in_wan)
{
  DkExportJob *self = g_new0 (DkExportJob, 1);

  self->library = dk_workspace_get_library (workspace);
  self->format = format;
  self->packs = g_strdupv ((char **) packs);
  self->language = g_strdup (dk_settings_get_language ());
  self->workspace = g_strdup (dk_workspace_get_path (workspace));
  self->as_of = dk_workspace_get_as_of (workspace);
  self->last_year = dk_workspace_get_last_year (workspace);
  self->in_wan = in_wan;
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  self->failures = g_ptr_array_new_with_free_func (free_failure);
  return self;
}

void
dk_export_job_add (DkExportJob        *self,
                   gint64              id,
                   const char         *name,
                   const DkEnterprise *enterprise,
                   const char         *path)
{
  Item item = { id, g_strdup (name), enterprise != NULL ? dk_enterprise_dup (enterprise) : NULL, g_strdup (path) };

  g_array_append_val (self->items, item);
}

double
dk_export_job_get_progress (DkExportJob *self)
{
  return (double) g_atomic_int_get (&self->progress) / (PARTS * (double) MAX (self->items->len, 1));
}

guint
dk_export_job_get_n_done (DkExportJob *self)
{
  return (guint) g_atomic_int_get (&self->progress) / PARTS;
}

guint
dk_export_job_get_n (DkExportJob *self)
{
  return self->items->len;
}

/* --- In the thread --- */

static void
on_progress_cb (double   done,
                gpointer data)
{
  DkExportJob *self = data;

  g_atomic_int_set (&self->progress, (int) (self->current * PARTS + done * PARTS));
}

static gboolean
write_workbook (DkExportJob         *self,
                const DkEnterprise  *enterprise,
                const char          *path,
                GError             **error)
{
  const char *const *packs = (const char *const *) self->packs;
  g_autoptr(DkAssessment) assessment = dk_assessment_new (self->library->book, enterprise, self->as_of, self->last_year, packs);
  DkDossierOptions options = {
    .language = self->language,
    .packs = packs,
    .in_wan = self->in_wan,
    .created = g_get_real_time () / G_USEC_PER_SEC,
    .cancellable = self->cancellable,
    .progress = on_progress_cb,
    .progress_data = self,
  };

  return dk_dossier_write (self->library, enterprise, assessment, &options, path, error);
}

static gboolean
write_json (const DkEnterprise  *enterprise,
            const char          *path,
            GError             **error)
{
  g_autofree char *json = dk_enterprise_to_json (enterprise);

  return g_file_set_contents (path, json, -1, error);
}

static gboolean
write_item (DkExportJob  *self,
            DkStore      *store,
            Item         *item,
            GError      **error)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  if (self->format == DK_EXPORT_WORKSPACE)
    return dk_store_extract (store, item->id, item->path, error);
  if (item->enterprise == NULL)
    item->enterprise = dk_store_read (store, item->id, DK_LAYER_ACTUAL, self->library->catalogue, problems, error);
  if (item->enterprise == NULL)
    return FALSE;
  return self->format == DK_EXPORT_JSON ? write_json (item->enterprise, item->path, error)
                                        : write_workbook (self, item->enterprise, item->path, error);
}

static void
note_ended (GCancellable *cancellable)
{
  g_mutex_lock (&running_mutex);
  g_ptr_array_remove_fast (running, cancellable);
  g_cond_signal (&running_ended);
  g_mutex_unlock (&running_mutex);
}

static void
add_failure (DkExportJob  *self,
             const Item   *item,
             const GError *error)
{
  DkExportFailure *failure = g_new0 (DkExportFailure, 1);

  *failure = (DkExportFailure) { item->id, g_strdup (item->name), g_strdup (error->message) };
  g_ptr_array_add (self->failures, failure);
}

/* What went wrong, or with how many. */
static GError *
sum_up (DkExportJob  *self,
        const GError *first)
{
  if (self->items->len == 1)
    return g_error_copy (first);
  return g_error_new (first->domain, first->code, ngettext ("%u of %u enterprises could not be exported", "%u of %u enterprises could not be exported",
                                                            self->failures->len),
                      self->failures->len, self->items->len);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  DkExportJob *self = data;
  g_autoptr(GError) first = NULL;
  g_autoptr(DkStore) store = dk_store_open (self->workspace, TRUE, &first);

  for (self->current = 0; store != NULL && self->current < self->items->len && !g_cancellable_is_cancelled (cancellable); self->current++)
    {
      Item *item = &g_array_index (self->items, Item, self->current);
      g_autoptr(GError) error = NULL;
      gboolean is_new = !g_file_test (item->path, G_FILE_TEST_EXISTS);

      on_progress_cb (0, self);
      item->is_ours = write_item (self, store, item, &error) && is_new;
      if (error != NULL)
        {
          add_failure (self, item, error);
          if (first == NULL)
            first = g_steal_pointer (&error);
        }
      g_clear_pointer (&item->enterprise, dk_enterprise_free);
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      for (guint i = 0; i < self->current; i++)
        if (g_array_index (self->items, Item, i).is_ours)
          g_unlink (g_array_index (self->items, Item, i).path);
      g_clear_error (&first);
      g_cancellable_set_error_if_cancelled (cancellable, &first);
      g_task_return_error (task, g_steal_pointer (&first));
    }
  else if (store == NULL)
    g_task_return_error (task, g_steal_pointer (&first));
  else if (first != NULL)
    g_task_return_error (task, sum_up (self, first));
  else
    g_task_return_boolean (task, TRUE);
  note_ended (cancellable);
}

void
dk_export_job_start (DkExportJob         *self,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_return_if_fail (G_IS_CANCELLABLE (cancellable));

  self->cancellable = g_object_ref (cancellable);
  g_task_set_source_tag (task, dk_export_job_start);
  g_task_set_check_cancellable (task, FALSE); /* it says itself what became of it */
  g_task_set_task_data (task, self, free_job);
  g_mutex_lock (&running_mutex);
  if (running == NULL)
    running = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (running, g_object_ref (cancellable));
  g_mutex_unlock (&running_mutex);
  g_task_run_in_thread (task, write_in_thread);
}

gboolean
dk_export_job_finish (GAsyncResult  *result,
                      GPtrArray    **failures,
                      GError       **error)
{
  DkExportJob *self = g_task_get_task_data (G_TASK (result));

  *failures = g_ptr_array_ref (self->failures);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dk_export_job_stop_all (void)
{
  g_mutex_lock (&running_mutex);
  if (running != NULL)
    {
      g_ptr_array_foreach (running, (GFunc) (GCallback) g_cancellable_cancel, NULL);
      while (running->len > 0)
        g_cond_wait (&running_ended, &running_mutex);
    }
  g_mutex_unlock (&running_mutex);
}
