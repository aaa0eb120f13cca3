/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits: each finds out what was there, writes what is new, and notes both in the journal. */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

#include "dk-document.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- Transactions --- */

/* An edit by itself is a transaction; one of a group is a part of the group's, that can fail alone. */
gboolean
dk_store_enter (DkStore  *store,
                GError  **error)
{
  if (store->is_read_only)
    {
      store->failure = DK_STORE_ERROR_READ_ONLY;
      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY, _("The workspace “%s” can only be read, not changed."),
                   store->path);
      return FALSE;
    }
  if (store->has_failed)
    {
      g_set_error (error, DK_STORE_ERROR, store->failure,
                   _("The changes to “%s” were not written, because one of them could not be."), store->path);
      return FALSE;
    }
  store->step_before = store->step;
  return dk_store_exec (store, store->group != 0 ? "SAVEPOINT edit" : "BEGIN IMMEDIATE", error);
}

gboolean
dk_store_leave (DkStore   *store,
                gboolean   is_good,
                GError   **error)
{
  if (is_good)
    is_good = dk_store_exec (store, store->group != 0 ? "RELEASE edit" : "COMMIT", error);
  if (!is_good)
    {
      /* With no room left, SQLite may already have taken everything back, the group included. */
      if (store->group != 0 && sqlite3_get_autocommit (store->db))
        store->has_failed = TRUE;
      else if (store->group != 0)
        sqlite3_exec (store->db, "ROLLBACK TO edit; RELEASE edit", NULL, NULL, NULL);
      else if (!sqlite3_get_autocommit (store->db))
        sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
      store->step = store->step_before;
    }
  if (store->group == 0)
    store->step = 0;
  return is_good;
}

/**
 * dk_store_begin:
 * @store: a workspace
 * @enterprise: whose edits follow
 *
 * Begins a step of several edits. Nobody else can write to the file until dk_store_end () or dk_store_abandon (): do not wait
 * for people in between.
 *
 * Returns: whether it began
 */
gboolean
dk_store_begin (DkStore  *store,
                gint64    enterprise,
                GError  **error)
{
  g_return_val_if_fail (store != NULL && store->group == 0, FALSE);

  if (!dk_store_enter (store, error))
    return FALSE;
  if (!dk_store_check_enterprise (store, enterprise, error))
    return dk_store_leave (store, FALSE, error);
  store->group = enterprise;
  return TRUE;
}

/**
 * dk_store_end:
 * @store: a workspace with a step begun
 *
 * Writes what was changed since dk_store_begin ().
 *
 * Returns: whether all of it was written; else none of it was
 */
gboolean
dk_store_end (DkStore  *store,
              GError  **error)
{
  gboolean is_good;

  g_return_val_if_fail (store != NULL && store->group != 0, FALSE);

  is_good = !store->has_failed;
  if (!is_good)
    g_set_error (error, DK_STORE_ERROR, store->failure,
                 _("The changes to “%s” were not written, because one of them could not be."), store->path);
  store->group = 0;
  store->has_failed = FALSE;
  store->step_before = 0;
  return dk_store_leave (store, is_good, error);
}

void
dk_store_abandon (DkStore *store)
{
  g_return_if_fail (store != NULL && store->group != 0);

  store->group = 0;
  store->has_failed = FALSE;
  store->step_before = 0;
  dk_store_leave (store, FALSE, NULL);
}

/* --- Checks --- */

gboolean
dk_store_check_enterprise (DkStore  *store,
                           gint64    enterprise,
                           GError  **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "SELECT id FROM enterprise WHERE id = ?1", error);
  gboolean is_good;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  if (dk_store_next_row (store, statement, &is_good, error))
    return TRUE;
  return is_good && dk_store_fail_not_found (store, error);
}

static gboolean
fail_value (const char  *value,
            const char  *wanted,
            GError     **error)
{
  g_autofree char *valid = g_utf8_make_valid (value, MIN (strlen (value), 80));

  g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID, _("“%s” cannot be kept; %s is wanted."), valid, wanted);
  return FALSE;
}

/* One wrong value would make the enterprise unreadable, so what cannot be read again is not written. */
static gboolean
check_value (const char  *value,
             GError     **error)
{
  g_autoptr(DkProblems) problems = NULL;
  g_autoptr(DkDocument) document = NULL;

  if (value == NULL)
    return TRUE;
  if (strlen (value) <= DK_STORE_MAX_VALUE && g_utf8_validate (value, -1, NULL))
    {
      problems = dk_problems_new ();
      document = dk_document_parse (NULL, value, strlen (value), DK_FORMAT_JSON, problems);
    }
  return document != NULL || fail_value (value, _("a value in JSON"), error);
}

/* @sql deletes one thing, of the id ?1. */
gboolean
dk_store_delete (DkStore     *store,
                 const char  *sql,
                 gint64       id,
                 GError     **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return dk_store_run (store, statement, error)
         && (sqlite3_changes (store->db) > 0 || dk_store_fail_not_found (store, error));
}

/* (transfer full): @name without blanks around it. */
char *
dk_store_check_name (const char  *name,
                     GError     **error)
{
  if (strlen (name) <= DK_STORE_MAX_VALUE && g_utf8_validate (name, -1, NULL))
    return g_strstrip (g_strdup (name));
  fail_value (name, _("a name in UTF-8"), error);
  return NULL;
}

/* --- Writing: also what undoing does --- */

gboolean
dk_store_put_fact (DkStore              *store,
                   gint64                enterprise,
                   const DkStoreChange  *change,
                   const char           *value,
                   GError              **error)
{
  g_autofree char *when = dk_period_to_string (change->period);
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, value != NULL
    ? "INSERT INTO fact (enterprise, id, period, layer, source, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT DO UPDATE SET value = excluded.value"
    : "DELETE FROM fact WHERE enterprise = ?1 AND id = ?2 AND period = ?3 AND layer = ?4 AND source = ?5", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, change->subject);
  dk_statement_bind_text (statement, 3, when);
  sqlite3_bind_int (statement, 4, change->layer);
  dk_statement_bind_text (statement, 5, change->source);
  if (value != NULL)
    dk_statement_bind_text (statement, 6, value);
  return dk_store_run (store, statement, error);
}

gboolean
dk_store_put_cell (DkStore     *store,
                   gint64       row,
                   const char  *column,
                   const char  *value,
                   GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, value != NULL
    ? "INSERT INTO cell (line, name, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value"
    : "DELETE FROM cell WHERE line = ?1 AND name = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);
  dk_statement_bind_text (statement, 2, column);
  if (value != NULL)
    dk_statement_bind_text (statement, 3, value);
  return dk_store_run (store, statement, error);
}

gboolean
dk_store_put_complete (DkStore     *store,
                       gint64       enterprise,
                       const char  *reg,
                       const char  *value,
                       GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, value != NULL
    ? "INSERT INTO register (enterprise, id, complete) VALUES (?1, ?2, ?3)"
      " ON CONFLICT DO UPDATE SET complete = excluded.complete"
    : "DELETE FROM register WHERE enterprise = ?1 AND id = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, reg);
  if (value != NULL)
    dk_statement_bind_text (statement, 3, value);
  return dk_store_run (store, statement, error);
}

gboolean
dk_store_put_note (DkStore     *store,
                   gint64       enterprise,
                   const char  *subject,
                   const char  *value,
                   GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, value != NULL
    ? "INSERT INTO note (enterprise, subject, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value"
    : "DELETE FROM note WHERE enterprise = ?1 AND subject = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, subject);
  if (value != NULL)
    dk_statement_bind_text (statement, 3, value);
  return dk_store_run (store, statement, error);
}

static gboolean
put_name (DkStore     *store,
          gint64       enterprise,
          const char  *name,
          GError     **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "UPDATE enterprise SET name = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, name);
  return dk_store_run (store, statement, error);
}

/* What @change is about, by its kind, gets @value: a value of a fact or a cell, whether a register is complete, a note, or a name. */
gboolean
dk_store_put_value (DkStore              *store,
                    gint64                enterprise,
                    const DkStoreChange  *change,
                    const char           *value,
                    GError              **error)
{
  switch (change->kind)
    {
    case DK_EDIT_FACT:
      return dk_store_put_fact (store, enterprise, change, value, error);
    case DK_EDIT_CELL:
      return dk_store_put_cell (store, change->row, change->column, value, error);
    case DK_EDIT_COMPLETE:
      return dk_store_put_complete (store, enterprise, change->subject, value, error);
    case DK_EDIT_NAME:
      return put_name (store, enterprise, value, error);
    case DK_EDIT_NOTE:
      return dk_store_put_note (store, enterprise, change->subject, value, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
move_rows (DkStore     *store,
           gint64       enterprise,
           const char  *reg,
           gint64       from,
           int          by,
           GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, "UPDATE line SET position = position + ?4"
                                " WHERE enterprise = ?1 AND register = ?2 AND position >= ?3", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, reg);
  sqlite3_bind_int64 (statement, 3, from);
  sqlite3_bind_int (statement, 4, by);
  return dk_store_run (store, statement, error);
}

gint64
dk_store_put_row (DkStore     *store,
                  gint64       enterprise,
                  const char  *reg,
                  gint64       row,
                  gint64       position,
                  gboolean     moves,
                  GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;

  if (moves && !move_rows (store, enterprise, reg, position, 1, error))
    return 0;
  statement = dk_store_prepare (store, "INSERT INTO line (id, enterprise, register, position) VALUES (?1, ?2, ?3, ?4)", error);
  if (statement == NULL)
    return 0;
  if (row != 0)
    sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_int64 (statement, 2, enterprise);
  dk_statement_bind_text (statement, 3, reg);
  sqlite3_bind_int64 (statement, 4, position);
  return dk_store_run (store, statement, error) ? sqlite3_last_insert_rowid (store->db) : 0;
}

/* Where a row stands. */
typedef struct
{
  gint64  enterprise;
  char   *reg;
  gint64  position;
} Line;

static void
line_clear (Line *line)
{
  g_free (line->reg);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static gboolean
find_line (DkStore  *store,
           gint64    row,
           Line     *line,
           GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  gboolean is_good;

  statement = dk_store_prepare (store, "SELECT enterprise, register, position FROM line WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);
  if (!dk_store_next_row (store, statement, &is_good, error))
    return is_good && dk_store_fail_not_found (store, error);
  line->enterprise = sqlite3_column_int64 (statement, 0);
  line->reg = dk_statement_dup_text (statement, 1);
  line->position = sqlite3_column_int64 (statement, 2);
  return TRUE;
}

gboolean
dk_store_drop_row (DkStore   *store,
                   gint64     row,
                   gboolean   moves,
                   GError   **error)
{
  g_auto(Line) line = { 0 };
  g_autoptr(DkStatement) statement = NULL;

  if (!find_line (store, row, &line, error))
    return FALSE;
  statement = dk_store_prepare (store, "DELETE FROM line WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);
  return dk_store_run (store, statement, error)
         && (!moves || move_rows (store, line.enterprise, line.reg, line.position + 1, -1, error));
}

/* --- Reading single values --- */

/* TRUE and @text, which is NULL if there is none. */
static gboolean
get_text (DkStore      *store,
          DkStatement  *statement,
          char        **text,
          GError      **error)
{
  gboolean is_good;

  *text = NULL;
  if (dk_store_next_row (store, statement, &is_good, error))
    *text = dk_statement_dup_text (statement, 0);
  return is_good;
}

static gboolean
get_fact (DkStore              *store,
          gint64                enterprise,
          const DkStoreChange  *change,
          char                **value,
          GError              **error)
{
  g_autofree char *when = dk_period_to_string (change->period);
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, "SELECT value FROM fact WHERE enterprise = ?1 AND id = ?2 AND period = ?3"
                                " AND layer = ?4 AND source = ?5", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, change->subject);
  dk_statement_bind_text (statement, 3, when);
  sqlite3_bind_int (statement, 4, change->layer);
  dk_statement_bind_text (statement, 5, change->source);
  return get_text (store, statement, value, error);
}

static gboolean
get_cell (DkStore     *store,
          gint64       row,
          const char  *column,
          char       **value,
          GError     **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "SELECT value FROM cell WHERE line = ?1 AND name = ?2", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);
  dk_statement_bind_text (statement, 2, column);
  return get_text (store, statement, value, error);
}

static gboolean
get_complete (DkStore     *store,
              gint64       enterprise,
              const char  *reg,
              char       **value,
              GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, "SELECT complete FROM register WHERE enterprise = ?1 AND id = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, reg);
  return get_text (store, statement, value, error);
}

static gboolean
get_note (DkStore     *store,
          gint64       enterprise,
          const char  *subject,
          char       **value,
          GError     **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "SELECT value FROM note WHERE enterprise = ?1 AND subject = ?2", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, subject);
  return get_text (store, statement, value, error);
}

static gboolean
get_name (DkStore  *store,
          gint64    enterprise,
          char    **name,
          GError  **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "SELECT name FROM enterprise WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  return get_text (store, statement, name, error);
}

static gboolean
get_value (DkStore              *store,
           gint64                enterprise,
           const DkStoreChange  *change,
           char                **value,
           GError              **error)
{
  switch (change->kind)
    {
    case DK_EDIT_FACT:
      return get_fact (store, enterprise, change, value, error);
    case DK_EDIT_CELL:
      return get_cell (store, change->row, change->column, value, error);
    case DK_EDIT_COMPLETE:
      return get_complete (store, enterprise, change->subject, value, error);
    case DK_EDIT_NAME:
      return get_name (store, enterprise, value, error);
    case DK_EDIT_NOTE:
      return get_note (store, enterprise, change->subject, value, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* --- Edits --- */

/* Writes the new value of @change, with what was there before in the journal; the same value again is no edit. */
static gboolean
write_value (DkStore        *store,
             gint64          enterprise,
             DkStoreChange  *change,
             GError        **error)
{
  g_autofree char *before = NULL;

  if (!dk_store_check_enterprise (store, enterprise, error) || !get_value (store, enterprise, change, &before, error))
    return FALSE;
  if (g_strcmp0 (before, change->new_value) == 0)
    return TRUE;
  change->old_value = before;
  return dk_store_put_value (store, enterprise, change, change->new_value, error)
         && dk_store_note (store, enterprise, change, 0, error);
}

/**
 * dk_store_set_fact:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @fact: id of a fact
 * @period: its period; all 0 for a fact without
 * @layer: actual, plan or scenario
 * @source: where the figure comes from, %DK_SOURCE_MAIN if nobody said
 * @value: (nullable): the answer in JSON, %NULL to take it away
 *
 * Returns: whether it was written, down to the disk
 */
gboolean
dk_store_set_fact (DkStore      *store,
                   gint64        enterprise,
                   const char   *fact,
                   DkPeriodKey   period,
                   DkLayer       layer,
                   const char   *source,
                   const char   *value,
                   GError      **error)
{
  DkStoreChange change = {
    .kind = DK_EDIT_FACT,
    .subject = (char *) fact,
    .period = period,
    .layer = layer,
    .source = (char *) source,
    .new_value = (char *) value,
  };

  g_return_val_if_fail (store != NULL && (store->group == 0 || store->group == enterprise), FALSE);
  g_return_val_if_fail (fact != NULL && *fact != '\0' && source != NULL, FALSE);
  g_return_val_if_fail (layer <= DK_LAYER_SCENARIO, FALSE);

  return check_value (value, error)
         && dk_store_enter (store, error)
         && dk_store_leave (store, write_value (store, enterprise, &change, error), error);
}

char *
dk_store_dup_fact (DkStore      *store,
                   gint64        enterprise,
                   const char   *fact,
                   DkPeriodKey   period,
                   DkLayer       layer,
                   const char   *source,
                   GError      **error)
{
  const DkStoreChange change = { .subject = (char *) fact, .period = period, .layer = layer, .source = (char *) source };
  char *value = NULL;

  g_return_val_if_fail (store != NULL && fact != NULL && source != NULL, NULL);

  get_fact (store, enterprise, &change, &value, error);
  return value;
}

/**
 * dk_store_set_note:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @subject: what it is about: #DkNote
 * @value: (nullable): the note in JSON, %NULL to take it away
 *
 * Returns: whether it was written, down to the disk
 */
gboolean
dk_store_set_note (DkStore     *store,
                   gint64       enterprise,
                   const char  *subject,
                   const char  *value,
                   GError     **error)
{
  DkStoreChange change = { .kind = DK_EDIT_NOTE, .subject = (char *) subject, .new_value = (char *) value };

  g_return_val_if_fail (store != NULL && (store->group == 0 || store->group == enterprise), FALSE);
  g_return_val_if_fail (subject != NULL && *subject != '\0', FALSE);

  if (value != NULL)
    {
      g_autoptr(DkNote) note = check_value (value, NULL) ? dk_note_parse_json (subject, value) : NULL;

      if (note == NULL)
        return fail_value (value, "{\"finding\": \"…\"}", error);
    }
  return dk_store_enter (store, error)
         && dk_store_leave (store, write_value (store, enterprise, &change, error), error);
}

char *
dk_store_dup_note (DkStore     *store,
                   gint64       enterprise,
                   const char  *subject,
                   GError     **error)
{
  char *value = NULL;

  g_return_val_if_fail (store != NULL && subject != NULL, NULL);

  get_note (store, enterprise, subject, &value, error);
  return value;
}

/* Where a new row goes: the place of @before, or behind the last. */
static gboolean
find_position (DkStore     *store,
               gint64       enterprise,
               const char  *reg,
               gint64       before,
               gint64      *position,
               GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;
  g_auto(Line) line = { 0 };
  gboolean is_good;

  if (before != 0)
    {
      if (!find_line (store, before, &line, error))
        return FALSE;
      if (line.enterprise != enterprise || strcmp (line.reg, reg) != 0)
        return dk_store_fail_not_found (store, error);
      *position = line.position;
      return TRUE;
    }
  statement = dk_store_prepare (store, "SELECT ifnull (max (position) + 1, 0) FROM line"
                                " WHERE enterprise = ?1 AND register = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, reg);
  if (dk_store_next_row (store, statement, &is_good, error))
    *position = sqlite3_column_int64 (statement, 0);
  return is_good;
}

static gboolean
write_row (DkStore        *store,
           gint64          enterprise,
           DkStoreChange  *change,
           gint64          before,
           GError        **error)
{
  gint64 position = 0;

  if (!dk_store_check_enterprise (store, enterprise, error)
      || !find_position (store, enterprise, change->subject, before, &position, error))
    return FALSE;
  change->row = dk_store_put_row (store, enterprise, change->subject, 0, position, TRUE, error);
  return change->row != 0 && dk_store_note (store, enterprise, change, position, error);
}

/**
 * dk_store_add_row:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @reg: id of a register
 * @before: the row that is to follow, or 0
 *
 * Returns: the id of a new row without cells, or 0
 */
gint64
dk_store_add_row (DkStore     *store,
                  gint64       enterprise,
                  const char  *reg,
                  gint64       before,
                  GError     **error)
{
  DkStoreChange change = { .kind = DK_EDIT_ROW_ADDED, .subject = (char *) reg };

  g_return_val_if_fail (store != NULL && (store->group == 0 || store->group == enterprise), 0);
  g_return_val_if_fail (reg != NULL && *reg != '\0', 0);

  if (!dk_store_enter (store, error)
      || !dk_store_leave (store, write_row (store, enterprise, &change, before, error), error))
    return 0;
  return change.row;
}

/* A step belongs to one enterprise. */
static gboolean
find_line_of_group (DkStore  *store,
                    gint64    row,
                    Line     *line,
                    GError  **error)
{
  if (!find_line (store, row, line, error))
    return FALSE;
  return store->group == 0 || store->group == line->enterprise || dk_store_fail_not_found (store, error);
}

static gboolean
write_deletion (DkStore  *store,
                gint64    row,
                GError  **error)
{
  g_auto(Line) line = { 0 };
  DkStoreChange change = { .kind = DK_EDIT_ROW_DELETED, .row = row };

  if (!find_line_of_group (store, row, &line, error))
    return FALSE;
  change.subject = line.reg;
  return dk_store_note (store, line.enterprise, &change, line.position, error)
         && dk_store_drop_row (store, row, FALSE, error);
}

gboolean
dk_store_delete_row (DkStore  *store,
                     gint64    row,
                     GError  **error)
{
  g_return_val_if_fail (store != NULL, FALSE);

  return dk_store_enter (store, error) && dk_store_leave (store, write_deletion (store, row, error), error);
}

static gboolean
write_cell (DkStore        *store,
            DkStoreChange  *change,
            GError        **error)
{
  g_auto(Line) line = { 0 };

  if (!find_line_of_group (store, change->row, &line, error))
    return FALSE;
  change->subject = line.reg;
  return write_value (store, line.enterprise, change, error);
}

gboolean
dk_store_set_cell (DkStore     *store,
                   gint64       row,
                   const char  *column,
                   const char  *value,
                   GError     **error)
{
  DkStoreChange change = { .kind = DK_EDIT_CELL, .row = row, .column = (char *) column, .new_value = (char *) value };

  g_return_val_if_fail (store != NULL && column != NULL && *column != '\0', FALSE);

  return check_value (value, error)
         && dk_store_enter (store, error)
         && dk_store_leave (store, write_cell (store, &change, error), error);
}

char *
dk_store_dup_cell (DkStore     *store,
                   gint64       row,
                   const char  *column,
                   GError     **error)
{
  char *value = NULL;

  g_return_val_if_fail (store != NULL && column != NULL, NULL);

  get_cell (store, row, column, &value, error);
  return value;
}

gboolean
dk_store_set_complete (DkStore     *store,
                       gint64       enterprise,
                       const char  *reg,
                       const char  *value,
                       GError     **error)
{
  DkStoreChange change = { .kind = DK_EDIT_COMPLETE, .subject = (char *) reg, .new_value = (char *) value };

  g_return_val_if_fail (store != NULL && (store->group == 0 || store->group == enterprise), FALSE);
  g_return_val_if_fail (reg != NULL && *reg != '\0', FALSE);

  if (value != NULL && strcmp (value, "true") != 0 && strcmp (value, "false") != 0)
    return fail_value (value, "true/false", error);
  return dk_store_enter (store, error)
         && dk_store_leave (store, write_value (store, enterprise, &change, error), error);
}

char *
dk_store_dup_complete (DkStore     *store,
                       gint64       enterprise,
                       const char  *reg,
                       GError     **error)
{
  char *value = NULL;

  g_return_val_if_fail (store != NULL && reg != NULL, NULL);

  get_complete (store, enterprise, reg, &value, error);
  return value;
}

gboolean
dk_store_rename (DkStore     *store,
                 gint64       enterprise,
                 const char  *name,
                 GError     **error)
{
  g_autofree char *clean = NULL;
  DkStoreChange change = { .kind = DK_EDIT_NAME };

  g_return_val_if_fail (store != NULL && (store->group == 0 || store->group == enterprise), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  clean = dk_store_check_name (name, error);
  change.new_value = clean;
  return clean != NULL
         && dk_store_enter (store, error)
         && dk_store_leave (store, write_value (store, enterprise, &change, error), error);
}
