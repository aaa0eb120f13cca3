/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snapshots: the whole enterprise as one text, kept for good and read by whatever catalogue there is by then. */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

static void
free_snapshot (DkStoreSnapshot *snapshot)
{
  g_free (snapshot->name);
  g_free (snapshot);
}

static gint64
insert_snapshot (DkStore     *store,
                 gint64       enterprise,
                 const char  *name,
                 gint64       as_of,
                 GError     **error)
{
  g_autofree char *content = dk_store_write_content (store, enterprise, -1, error);
  g_autoptr(DkStatement) statement = NULL;

  if (content == NULL)
    return 0;
  statement = dk_store_prepare (store, "INSERT INTO snapshot (enterprise, name, as_of, taken, step, content)"
                                " VALUES (?1, ?2, ?3, ?4,"
                                " (SELECT ifnull (max (id), 0) FROM step WHERE enterprise = ?1), ?5)", error);
  if (statement == NULL)
    return 0;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, name);
  sqlite3_bind_int64 (statement, 3, as_of);
  sqlite3_bind_int64 (statement, 4, g_get_real_time ());
  dk_statement_bind_text (statement, 5, content);
  return dk_store_run (store, statement, error) ? sqlite3_last_insert_rowid (store->db) : 0;
}

/**
 * dk_store_take_snapshot:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @name: what people call it
 * @as_of: the day it is for
 *
 * Keeps the enterprise as it is now: all layers, sources and rows. Not a step of the journal.
 *
 * Returns: the id of the snapshot, or 0
 */
gint64
dk_store_take_snapshot (DkStore     *store,
                        gint64       enterprise,
                        const char  *name,
                        gint64       as_of,
                        GError     **error)
{
  g_autofree char *clean = NULL;
  gint64 id;

  g_return_val_if_fail (store != NULL && store->group == 0 && name != NULL, 0);

  clean = dk_store_check_name (name, error);
  if (clean == NULL || !dk_store_enter (store, error))
    return 0;
  id = insert_snapshot (store, enterprise, clean, as_of, error);
  return dk_store_leave (store, id != 0, error) ? id : 0;
}

GPtrArray *
dk_store_list_snapshots (DkStore  *store,
                         gint64    enterprise,
                         GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  g_autoptr(GPtrArray) snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) free_snapshot);
  gboolean is_good;

  g_return_val_if_fail (store != NULL, NULL);

  statement = dk_store_prepare (store, "SELECT id, name, as_of, taken, step FROM snapshot WHERE enterprise = ?1 ORDER BY id", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, enterprise);
  while (dk_store_next_row (store, statement, &is_good, error))
    {
      DkStoreSnapshot *snapshot = g_new0 (DkStoreSnapshot, 1);

      snapshot->id = sqlite3_column_int64 (statement, 0);
      snapshot->name = dk_statement_dup_text (statement, 1);
      snapshot->as_of = sqlite3_column_int64 (statement, 2);
      snapshot->taken = sqlite3_column_int64 (statement, 3);
      snapshot->step = sqlite3_column_int64 (statement, 4);
      g_ptr_array_add (snapshots, snapshot);
    }
  return is_good ? g_steal_pointer (&snapshots) : NULL;
}

/**
 * dk_store_read_snapshot:
 * @store: a workspace
 * @snapshot: a snapshot in it
 * @catalogue: what may be known; must outlive the enterprise
 * @problems: takes a warning for each thing that cannot be read (any more)
 *
 * Returns: (transfer full): the enterprise as it actually was, by the main source; or %NULL
 */
DkEnterprise *
dk_store_read_snapshot (DkStore            *store,
                        gint64              snapshot,
                        const DkCatalogue  *catalogue,
                        DkProblems         *problems,
                        GError            **error)
{
  g_autoptr(DkStatement) statement = NULL;
  gboolean is_good;

  g_return_val_if_fail (store != NULL && catalogue != NULL && problems != NULL, NULL);

  statement = dk_store_prepare (store, "SELECT content FROM snapshot WHERE id = ?1", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, snapshot);
  if (!dk_store_next_row (store, statement, &is_good, error))
    {
      if (is_good)
        dk_store_fail_not_found (store, error);
      return NULL;
    }
  return dk_store_read_content (store->path, (const char *) sqlite3_column_text (statement, 0), DK_LAYER_ACTUAL, catalogue,
                                problems, error);
}

gboolean
dk_store_delete_snapshot (DkStore  *store,
                          gint64    snapshot,
                          GError  **error)
{
  g_return_val_if_fail (store != NULL && store->group == 0, FALSE);

  return dk_store_enter (store, error)
         && dk_store_leave (store, dk_store_delete (store, "DELETE FROM snapshot WHERE id = ?1", snapshot, error), error);
}
