/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enterprises that move from file to file. The other file is read into memory first, where an older one is brought up to date
 * and neither is touched; then all that belongs to an enterprise is copied with new ids in the old order. */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Which ids become which: the n-th old one the n-th behind all that were ever given. Rows that only the journal still knows
 * count too, so that undoing brings them back under an id of their own. ?1: the enterprise, or 0: all. */
static const char *const map_ids[] = {
  "INSERT INTO temp.map SELECT 'enterprise', id, row_number () OVER (ORDER BY id)"
  " + ifnull ((SELECT seq FROM main.sqlite_sequence WHERE name = 'enterprise'), 0)"
  " FROM other.enterprise WHERE ?1 IN (0, id)",

  "INSERT INTO temp.map SELECT 'step', id, row_number () OVER (ORDER BY id)"
  " + ifnull ((SELECT seq FROM main.sqlite_sequence WHERE name = 'step'), 0)"
  " FROM other.step WHERE ?1 IN (0, enterprise)",

  "INSERT INTO temp.map SELECT 'change', change.id, row_number () OVER (ORDER BY change.id)"
  " + ifnull ((SELECT seq FROM main.sqlite_sequence WHERE name = 'change'), 0)"
  " FROM other.change JOIN other.step ON step.id = change.step WHERE ?1 IN (0, enterprise)",

  "INSERT INTO temp.map SELECT 'line', id, row_number () OVER (ORDER BY id)"
  " + ifnull ((SELECT seq FROM main.sqlite_sequence WHERE name = 'line'), 0)"
  " FROM (SELECT id FROM other.line WHERE ?1 IN (0, enterprise)"
  "       UNION SELECT line FROM other.change JOIN other.step ON step.id = change.step"
  "       WHERE line <> 0 AND ?1 IN (0, enterprise))",
};

/* Snapshots are named by nothing else, so they may take the ids that come. */
static const char *const copy_tables[] = {
  "INSERT INTO main.enterprise (id, uuid, name, created, modified)"
  " SELECT new, uuid, name, created, modified FROM other.enterprise JOIN temp.map ON kind = 'enterprise' AND old = id ORDER BY new",

  "INSERT INTO main.fact (enterprise, id, period, layer, source, value)"
  " SELECT new, id, period, layer, source, value FROM other.fact JOIN temp.map ON kind = 'enterprise' AND old = enterprise",

  "INSERT INTO main.note (enterprise, subject, value)"
  " SELECT new, subject, value FROM other.note JOIN temp.map ON kind = 'enterprise' AND old = enterprise",

  "INSERT INTO main.register (enterprise, id, complete)"
  " SELECT new, id, complete FROM other.register JOIN temp.map ON kind = 'enterprise' AND old = enterprise",

  "INSERT INTO main.line (id, enterprise, register, position)"
  " SELECT row.new, owner.new, register, position FROM other.line"
  " JOIN temp.map AS row ON row.kind = 'line' AND row.old = id"
  " JOIN temp.map AS owner ON owner.kind = 'enterprise' AND owner.old = enterprise ORDER BY row.new",

  "INSERT INTO main.cell (line, name, value)"
  " SELECT new, name, value FROM other.cell JOIN temp.map ON kind = 'line' AND old = line",

  "INSERT INTO main.step (id, enterprise, state, at)"
  " SELECT own.new, owner.new, state, at FROM other.step"
  " JOIN temp.map AS own ON own.kind = 'step' AND own.old = id"
  " JOIN temp.map AS owner ON owner.kind = 'enterprise' AND owner.old = enterprise ORDER BY own.new",

  "INSERT INTO main.change (id, step, kind, subject, period, layer, source, line, position, name, old_value, new_value)"
  " SELECT own.new, owner.new, change.kind, subject, period, layer, source, ifnull (row.new, 0), position, name, old_value,"
  " new_value FROM other.change"
  " JOIN temp.map AS own ON own.kind = 'change' AND own.old = id"
  " JOIN temp.map AS owner ON owner.kind = 'step' AND owner.old = step"
  " LEFT JOIN temp.map AS row ON row.kind = 'line' AND row.old = line ORDER BY own.new",

  "INSERT INTO main.kept (change, name, value)"
  " SELECT new, name, value FROM other.kept JOIN temp.map ON kind = 'change' AND old = change",

  "INSERT INTO main.snapshot (enterprise, name, as_of, taken, step, content)"
  " SELECT owner.new, name, as_of, taken, ifnull (last.new, 0), content FROM other.snapshot"
  " JOIN temp.map AS owner ON owner.kind = 'enterprise' AND owner.old = enterprise"
  " LEFT JOIN temp.map AS last ON last.kind = 'step' AND last.old = step ORDER BY snapshot.id",

  /* Rows that only the journal knows have had their ids for good. */
  "INSERT INTO main.sqlite_sequence (name, seq) SELECT 'line', 0"
  " WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_sequence WHERE name = 'line')",
  "UPDATE main.sqlite_sequence SET seq = max (seq, ifnull ((SELECT max (new) FROM temp.map WHERE kind = 'line'), 0))"
  " WHERE name = 'line'",
};

/* Statements over an attached file are made for the one time. */
static gboolean
run_once (DkStore     *store,
          const char  *sql,
          gint64       enterprise,
          GError     **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_good = sqlite3_prepare_v2 (store->db, sql, -1, &statement, NULL) == SQLITE_OK;

  if (is_good && sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, enterprise);
  is_good = is_good && sqlite3_step (statement) == SQLITE_DONE;
  if (!is_good)
    dk_store_fail (store, error);
  sqlite3_finalize (statement);
  return is_good;
}

/* A copy of @source in memory, as "other" of @store. */
static gboolean
attach_copy (DkStore  *store,
             DkStore  *source,
             GError  **error)
{
  sqlite3_backup *backup;

  if (!dk_store_exec (store, "ATTACH ':memory:' AS other;"
                      "CREATE TEMP TABLE map (kind TEXT, old INTEGER, new INTEGER, PRIMARY KEY (kind, old)) WITHOUT ROWID", error))
    return FALSE;
  backup = sqlite3_backup_init (store->db, "other", source->db, "main");
  if (backup == NULL)
    return dk_store_fail (store, error);
  sqlite3_backup_step (backup, -1);
  return sqlite3_backup_finish (backup) == SQLITE_OK || dk_store_fail (store, error);
}

static void
detach (DkStore *store)
{
  sqlite3_exec (store->db, "DROP TABLE IF EXISTS temp.map", NULL, NULL, NULL);
  sqlite3_exec (store->db, "DETACH other", NULL, NULL, NULL);
}

/* Inside dk_store_enter () and dk_store_leave (). */
static gboolean
copy (DkStore  *store,
      gint64    enterprise,
      GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (map_ids); i++)
    if (!run_once (store, map_ids[i], enterprise, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (copy_tables); i++)
    if (!run_once (store, copy_tables[i], 0, error))
      return FALSE;
  return TRUE;
}

/* The new ids of all enterprises that were copied, in the old order. */
static GArray *
list_new_ids (DkStore  *store,
              GError  **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = NULL;
  int status;

  status = sqlite3_prepare_v2 (store->db, "SELECT new FROM temp.map WHERE kind = 'enterprise' ORDER BY new", -1, &statement, NULL);
  while (status == SQLITE_OK || status == SQLITE_ROW)
    {
      gint64 id;

      status = sqlite3_step (statement);
      id = status == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
      if (status == SQLITE_ROW)
        g_array_append_val (ids, id);
    }
  if (status != SQLITE_DONE)
    dk_store_fail (store, error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE ? g_steal_pointer (&ids) : NULL;
}

static GArray *
copy_from (DkStore  *store,
           DkStore  *source,
           gint64    enterprise,
           GError  **error)
{
  g_autoptr(GArray) ids = NULL;

  if (attach_copy (store, source, error) && dk_store_enter (store, error))
    {
      gboolean is_good = copy (store, enterprise, error) && (ids = list_new_ids (store, error)) != NULL;

      if (!dk_store_leave (store, is_good, error))
        g_clear_pointer (&ids, g_array_unref);
    }
  detach (store);
  return g_steal_pointer (&ids);
}

/**
 * dk_store_import:
 * @store: a workspace
 * @path: another, or a file that dk_store_extract () wrote
 *
 * Takes in all enterprises of it. One that is there already is not written over: it is there twice then.
 *
 * Returns: (transfer full): their new ids (gint64), or %NULL
 */
GArray *
dk_store_import (DkStore     *store,
                 const char  *path,
                 GError     **error)
{
  g_autoptr(DkStore) source = NULL;

  g_return_val_if_fail (store != NULL && store->group == 0 && path != NULL, NULL);

  source = dk_store_open_with (path, TRUE, store->patience, store->ladder, error);
  return source != NULL ? copy_from (store, source, 0, error) : NULL;
}

/* --- Extracting --- */

static gboolean
fail_write (const char  *path,
            int          number,
            GError     **error)
{
  DkStoreError code = number == ENOSPC || number == EDQUOT ? DK_STORE_ERROR_FULL : DK_STORE_ERROR_OPEN;

  g_set_error (error, DK_STORE_ERROR, code, _("“%s” cannot be written: %s."), path, g_strerror (number));
  return FALSE;
}

/* A log beside @path belongs to what is there now; it would be taken for one of the file that takes its place. */
static gboolean
check_target (DkStore     *store,
              const char  *path,
              GError     **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
  GStatBuf own, other;

  if (g_stat (store->path, &own) == 0 && g_stat (path, &other) == 0 && own.st_dev == other.st_dev && own.st_ino == other.st_ino)
    {
      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID,
                   _("“%s” is the workspace itself; another name is wanted."), path);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *companion = g_strconcat (path, suffixes[i], NULL);

      if (g_file_test (companion, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_BUSY,
                       _("“%s” is open in a program, which has to close it first."), path);
          return FALSE;
        }
    }
  return TRUE;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int descriptor = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (descriptor < 0)
    return;
  fsync (descriptor);
  close (descriptor);
}

static gboolean
write_extract (DkStore     *store,
               gint64       enterprise,
               const char  *path,
               GError     **error)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(DkStore) target = dk_store_make_file (path, store->ladder, error);

  if (target != NULL)
    ids = copy_from (target, store, enterprise, error);
  return ids != NULL;
}

/**
 * dk_store_extract:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @path: the file to write; what was there is replaced at once, or not at all
 *
 * Writes a workspace with that enterprise alone: its journal, layers and snapshots come along.
 *
 * Returns: whether it was written
 */
gboolean
dk_store_extract (DkStore     *store,
                  gint64       enterprise,
                  const char  *path,
                  GError     **error)
{
  g_autofree char *beside = g_strconcat (path, ".XXXXXX", NULL);
  gboolean is_good;
  int descriptor;

  g_return_val_if_fail (store != NULL && store->group == 0 && path != NULL, FALSE);

  if (!dk_store_check_enterprise (store, enterprise, error) || !check_target (store, path, error))
    return FALSE;
  descriptor = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return fail_write (path, errno, error);
  close (descriptor);
  is_good = write_extract (store, enterprise, beside, error);
  if (is_good && g_rename (beside, path) != 0)
    is_good = fail_write (path, errno, error);
  if (is_good)
    sync_folder (path);
  else
    g_unlink (beside);
  return is_good;
}
