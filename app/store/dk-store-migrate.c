/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

#include <glib/gi18n.h>

/* A step is never edited once it has shipped: what changes afterwards is a step of its own.
 *
 *   1  the first that shipped
 *   2  notes: what was found out about an answer or a cross-check, and where that stands written
 *
 * Values are JSON text exactly as they were given, never REAL: a figure of the law is exact. Times are microseconds since
 * 1970, days are counted as DkValue counts them. */
static const char *const steps[] = {
  /* The uuid stays with an enterprise through extracting and importing; the same one may be there twice. */
  "CREATE TABLE enterprise ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " uuid TEXT NOT NULL,"
  " name TEXT NOT NULL,"
  " created INTEGER NOT NULL,"
  " modified INTEGER NOT NULL) STRICT;"

  /* period: '', '2025', '2025-Q1' or '2025-03'; layer: 0 actual, 1 plan, 2 scenario; source: '' is the main one. In
   * a plan, a fact with periods has its rate of growth where the period is '', a fact without has the year from whose end on a value holds,
   * and the id '*' is that of all other lines. */
  "CREATE TABLE fact ("
  " enterprise INTEGER NOT NULL REFERENCES enterprise (id) ON DELETE CASCADE,"
  " id TEXT NOT NULL,"
  " period TEXT NOT NULL,"
  " layer INTEGER NOT NULL CHECK (layer BETWEEN 0 AND 2),"
  " source TEXT NOT NULL,"
  " value TEXT NOT NULL,"
  " PRIMARY KEY (enterprise, id, period, layer, source)) STRICT, WITHOUT ROWID;"

  "CREATE TABLE register ("
  " enterprise INTEGER NOT NULL REFERENCES enterprise (id) ON DELETE CASCADE,"
  " id TEXT NOT NULL,"
  " complete TEXT NOT NULL,"
  " PRIMARY KEY (enterprise, id)) STRICT, WITHOUT ROWID;"

  /* Positions order the rows of a register; a deleted row leaves a gap, into which undoing puts it back. */
  "CREATE TABLE line ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " enterprise INTEGER NOT NULL REFERENCES enterprise (id) ON DELETE CASCADE,"
  " register TEXT NOT NULL,"
  " position INTEGER NOT NULL) STRICT;"
  "CREATE INDEX line_by_position ON line (enterprise, register, position);"

  "CREATE TABLE cell ("
  " line INTEGER NOT NULL REFERENCES line (id) ON DELETE CASCADE,"
  " name TEXT NOT NULL,"
  " value TEXT NOT NULL,"
  " PRIMARY KEY (line, name)) STRICT, WITHOUT ROWID;"

  /* state: 0 done, 1 undone, 2 dropped */
  "CREATE TABLE step ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " enterprise INTEGER NOT NULL REFERENCES enterprise (id) ON DELETE CASCADE,"
  " state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),"
  " at INTEGER NOT NULL) STRICT;"
  "CREATE INDEX step_by_enterprise ON step (enterprise, id);"

  /* kind: 0 fact, 1 cell, 2 row added, 3 row deleted, 4 complete, 5 name, 6 enterprise added. Names stand as they are, values
   * as JSON. line is no reference: the row may be gone. */
  "CREATE TABLE change ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " step INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,"
  " kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 6),"
  " subject TEXT NOT NULL,"
  " period TEXT NOT NULL,"
  " layer INTEGER NOT NULL,"
  " source TEXT NOT NULL,"
  " line INTEGER NOT NULL,"
  " position INTEGER NOT NULL,"
  " name TEXT NOT NULL,"
  " old_value TEXT,"
  " new_value TEXT) STRICT;"
  "CREATE INDEX change_by_step ON change (step);"

  /* The cells of a row that was deleted. */
  "CREATE TABLE kept ("
  " change INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,"
  " name TEXT NOT NULL,"
  " value TEXT NOT NULL,"
  " PRIMARY KEY (change, name)) STRICT, WITHOUT ROWID;"

  /* step: the last one of the journal when it was taken, 0 if there was none. */
  "CREATE TABLE snapshot ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " enterprise INTEGER NOT NULL REFERENCES enterprise (id) ON DELETE CASCADE,"
  " name TEXT NOT NULL,"
  " as_of INTEGER NOT NULL,"
  " taken INTEGER NOT NULL,"
  " step INTEGER NOT NULL,"
  " content TEXT NOT NULL) STRICT;"
  "CREATE INDEX snapshot_by_enterprise ON snapshot (enterprise, id);",

  /* subject: an answer ('fact', 'fact@2025') or a cross-check, as dk_note_find_fact () takes it apart; value: the note in JSON. */
  "CREATE TABLE note ("
  " enterprise INTEGER NOT NULL REFERENCES enterprise (id) ON DELETE CASCADE,"
  " subject TEXT NOT NULL,"
  " value TEXT NOT NULL,"
  " PRIMARY KEY (enterprise, subject)) STRICT, WITHOUT ROWID;"

  /* The journal takes one more kind, 7 note. Its ids go on where they were. */
  "CREATE TABLE new_change ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " step INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,"
  " kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 7),"
  " subject TEXT NOT NULL,"
  " period TEXT NOT NULL,"
  " layer INTEGER NOT NULL,"
  " source TEXT NOT NULL,"
  " line INTEGER NOT NULL,"
  " position INTEGER NOT NULL,"
  " name TEXT NOT NULL,"
  " old_value TEXT,"
  " new_value TEXT) STRICT;"
  "INSERT INTO new_change SELECT * FROM change;"
  "INSERT INTO sqlite_sequence (name, seq) SELECT 'new_change', 0"
  " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_change');"
  "UPDATE sqlite_sequence SET seq = max (seq, ifnull ((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0))"
  " WHERE name = 'new_change';"
  "DROP TABLE change;"
  "ALTER TABLE new_change RENAME TO change;"
  "CREATE INDEX change_by_step ON change (step);",
};

const DkStoreLadder dk_store_ladder = { steps, G_N_ELEMENTS (steps) };

static gboolean
fail_step (DkStore  *store,
           guint     version,
           GError  **error)
{
  g_autoptr(GError) reason = NULL;

  dk_store_fail (store, &reason);
  /* TRANSLATORS: %u is the number of a version of the file format, %s a sentence that says what went wrong. */
  g_set_error (error, reason->domain, reason->code, _("Cannot bring the workspace to version %u. %s"), version, reason->message);
  return FALSE;
}

/* Inside the transaction. */
static gboolean
climb (DkStore  *store,
       GError  **error)
{
  const DkStoreLadder *ladder = store->ladder;
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u;",
                                            DK_STORE_APPLICATION_ID, ladder->n_steps);
  sqlite3_stmt *dangling = NULL;
  int version = 0, status;

  /* Another process may have done it while this one waited. */
  if (!dk_store_get_pragma (store, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version >= (int) ladder->n_steps)
    return TRUE;
  for (guint i = MAX (version, 0); i < ladder->n_steps; i++)
    if (sqlite3_exec (store->db, ladder->steps[i], NULL, NULL, NULL) != SQLITE_OK)
      return fail_step (store, i + 1, error);

  /* Steps run without checks of references, so that tables can be made anew; here is where they are checked. */
  status = sqlite3_prepare_v2 (store->db, "PRAGMA foreign_key_check", -1, &dangling, NULL);
  if (status == SQLITE_OK)
    status = sqlite3_step (dangling);
  sqlite3_finalize (dangling);
  if (status == SQLITE_ROW)
    {
      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_DAMAGED,
                   _("Cannot bring the workspace to version %u: there are parts that belong to nothing."), ladder->n_steps);
      return FALSE;
    }
  if (status != SQLITE_DONE || sqlite3_exec (store->db, stamp, NULL, NULL, NULL) != SQLITE_OK)
    return fail_step (store, ladder->n_steps, error);
  return TRUE;
}

/* Brings the schema up to date, all steps or none: a failure leaves the file as it was, at its old version. */
gboolean
dk_store_migrate (DkStore  *store,
                  GError  **error)
{
  gboolean is_good;

  if (!dk_store_exec (store, "PRAGMA foreign_keys = OFF", error)
      || !dk_store_exec (store, "BEGIN IMMEDIATE", error))
    return FALSE;
  is_good = climb (store, error);
  if (is_good && sqlite3_exec (store->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    is_good = fail_step (store, store->ladder->n_steps, error);
  if (!is_good && !sqlite3_get_autocommit (store->db))
    sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
  return is_good && dk_store_exec (store, "PRAGMA foreign_keys = ON", error);
}
