/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: steps of changes, taken back and done again in the order of a stack. Every edit of an enterprise is in it, so a
 * step that is taken back finds the enterprise just as it had left it. */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

#include "dk-document.h"

#include <string.h>

/* A change with what only this room needs. */
typedef struct
{
  DkStoreChange change;   /* first, so that it can be given out */
  gint64        id;
  gint64        position; /* of the row */
} Record;

void
dk_store_change_free (DkStoreChange *change)
{
  g_free (change->subject);
  g_free (change->source);
  g_free (change->column);
  g_free (change->old_value);
  g_free (change->new_value);
  g_free (change);
}

/* "2025", "2025-Q1", "2025-03" or nothing, as dk_period_to_string () writes them. */
DkPeriodKey
dk_store_parse_period (const char *text)
{
  DkPeriodKey period = { 0, 0, 0 };

  period.year = (int) g_ascii_strtoll (text, NULL, 10);
  if (strlen (text) == strlen ("2025-Q1") && text[5] == 'Q')
    period.quarter = text[6] - '0';
  else if (strlen (text) == strlen ("2025-03"))
    period.month = (int) g_ascii_strtoll (text + 5, NULL, 10);
  return period;
}

/* --- Taking note --- */

static gboolean
touch (DkStore  *store,
       gint64    enterprise,
       gint64    now,
       GError  **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "UPDATE enterprise SET modified = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  sqlite3_bind_int64 (statement, 2, now);
  return dk_store_run (store, statement, error);
}

/* A new edit after undoing: what was undone cannot be done again, but stays in the journal. */
static gboolean
begin_step (DkStore  *store,
            gint64    enterprise,
            GError  **error)
{
  g_autoptr(DkStatement) drop = dk_store_prepare (store, "UPDATE step SET state = 2 WHERE enterprise = ?1 AND state = 1", error);
  g_autoptr(DkStatement) insert = dk_store_prepare (store, "INSERT INTO step (enterprise, state, at) VALUES (?1, 0, ?2)", error);
  gint64 now = g_get_real_time ();

  if (drop == NULL || insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (drop, 1, enterprise);
  sqlite3_bind_int64 (insert, 1, enterprise);
  sqlite3_bind_int64 (insert, 2, now);
  if (!dk_store_run (store, drop, error) || !dk_store_run (store, insert, error))
    return FALSE;
  store->step = sqlite3_last_insert_rowid (store->db);
  return touch (store, enterprise, now, error);
}

static gboolean
keep_cells (DkStore  *store,
            gint64    change,
            gint64    row,
            GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, "INSERT INTO kept (change, name, value)"
                                " SELECT ?1, name, value FROM cell WHERE line = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, change);
  sqlite3_bind_int64 (statement, 2, row);
  return dk_store_run (store, statement, error);
}

/* Inside dk_store_enter () and dk_store_leave (); of a row that is deleted before it goes. */
gboolean
dk_store_note (DkStore              *store,
               gint64                enterprise,
               const DkStoreChange  *change,
               gint64                position,
               GError              **error)
{
  g_autofree char *when = dk_period_to_string (change->period);
  g_autoptr(DkStatement) statement = NULL;

  if (store->step == 0 && !begin_step (store, enterprise, error))
    return FALSE;
  statement = dk_store_prepare (store, "INSERT INTO change (step, kind, subject, period, layer, source, line, position, name,"
                                " old_value, new_value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, store->step);
  sqlite3_bind_int (statement, 2, change->kind);
  dk_statement_bind_text (statement, 3, change->subject != NULL ? change->subject : "");
  dk_statement_bind_text (statement, 4, when);
  sqlite3_bind_int (statement, 5, change->layer);
  dk_statement_bind_text (statement, 6, change->source != NULL ? change->source : "");
  sqlite3_bind_int64 (statement, 7, change->row);
  sqlite3_bind_int64 (statement, 8, position);
  dk_statement_bind_text (statement, 9, change->column != NULL ? change->column : "");
  dk_statement_bind_text (statement, 10, change->old_value);
  dk_statement_bind_text (statement, 11, change->new_value);
  if (!dk_store_run (store, statement, error))
    return FALSE;
  return change->kind != DK_EDIT_ROW_DELETED
         || keep_cells (store, sqlite3_last_insert_rowid (store->db), change->row, error);
}

/* --- Reading --- */

/* A name stands in the journal as it is, and is given out as JSON like all values. */
static void
quote (char **name)
{
  GString *json;

  if (*name == NULL)
    return;
  json = g_string_new (NULL);
  dk_json_append_string (json, *name);
  g_free (*name);
  *name = g_string_free (json, FALSE);
}

static gboolean
describe_row (DkStore  *store,
              Record   *record,
              GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  g_autoptr(GString) json = g_string_new (NULL);

  statement = dk_store_prepare (store, "SELECT name, value FROM kept WHERE change = ?1 ORDER BY name", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, record->id);
  if (!dk_store_append_cells (store, json, statement, error))
    return FALSE;
  *(record->change.kind == DK_EDIT_ROW_ADDED ? &record->change.new_value : &record->change.old_value) =
    g_string_free (g_steal_pointer (&json), FALSE);
  return TRUE;
}

/* The rows of @statement as changes (Record *). */
static GPtrArray *
read_changes (DkStore      *store,
              DkStatement  *statement,
              GError      **error)
{
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_store_change_free);
  gboolean is_good;

  while (dk_store_next_row (store, statement, &is_good, error))
    {
      Record *record = g_new0 (Record, 1);
      DkStoreChange *change = &record->change;
      g_autofree char *when = dk_statement_dup_text (statement, 5);

      g_ptr_array_add (changes, record);
      record->id = sqlite3_column_int64 (statement, 0);
      change->step = sqlite3_column_int64 (statement, 1);
      change->state = sqlite3_column_int (statement, 2);
      change->at = sqlite3_column_int64 (statement, 3);
      change->kind = sqlite3_column_int (statement, 4);
      change->period = dk_store_parse_period (when);
      change->subject = dk_statement_dup_text (statement, 6);
      change->layer = sqlite3_column_int (statement, 7);
      change->source = dk_statement_dup_text (statement, 8);
      change->row = sqlite3_column_int64 (statement, 9);
      record->position = sqlite3_column_int64 (statement, 10);
      change->column = dk_statement_dup_text (statement, 11);
      change->old_value = dk_statement_dup_text (statement, 12);
      change->new_value = dk_statement_dup_text (statement, 13);
      if ((change->kind == DK_EDIT_ROW_ADDED || change->kind == DK_EDIT_ROW_DELETED)
          && !describe_row (store, record, error))
        return NULL;
    }
  return is_good ? g_steal_pointer (&changes) : NULL;
}

#define SELECT_CHANGES \
  "SELECT change.id, step, state, at, kind, period, subject, layer, source, line, position, name, old_value, new_value" \
  " FROM change JOIN step ON step.id = change.step"

static void
quote_names (GPtrArray *changes)
{
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      DkStoreChange *change = g_ptr_array_index (changes, i);

      if (change->kind == DK_EDIT_NAME || change->kind == DK_EDIT_ADDED)
        {
          quote (&change->old_value);
          quote (&change->new_value);
        }
    }
}

/**
 * dk_store_list_changes:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @after_step: only steps later than this one; 0 for all
 *
 * Returns: (transfer full): the changes (DkStoreChange *, owned), oldest first
 */
GPtrArray *
dk_store_list_changes (DkStore  *store,
                       gint64    enterprise,
                       gint64    after_step,
                       GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  GPtrArray *changes;

  g_return_val_if_fail (store != NULL, NULL);

  statement = dk_store_prepare (store, SELECT_CHANGES " WHERE step.enterprise = ?1 AND step.id > ?2 ORDER BY change.id", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, enterprise);
  sqlite3_bind_int64 (statement, 2, after_step);
  changes = read_changes (store, statement, error);
  quote_names (changes);
  return changes;
}

/* --- Undo and redo --- */

/* The step to take back: the last that is done, unless the enterprise came with it. Or the one to do again: the first undone. */
static gboolean
find_step (DkStore   *store,
           gint64     enterprise,
           gboolean   is_redo,
           gint64    *step,
           GError   **error)
{
  g_autoptr(DkStatement) statement = NULL;
  gboolean is_good;

  *step = 0;
  statement = dk_store_prepare (store, is_redo
    ? "SELECT id FROM step WHERE enterprise = ?1 AND state = 1 ORDER BY id LIMIT 1"
    : "SELECT id FROM (SELECT id FROM step WHERE enterprise = ?1 AND state = 0 ORDER BY id DESC LIMIT 1) AS last"
      " WHERE NOT EXISTS (SELECT 1 FROM change WHERE step = last.id AND kind = 6)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  if (dk_store_next_row (store, statement, &is_good, error))
    *step = sqlite3_column_int64 (statement, 0);
  return is_good;
}

gboolean
dk_store_can_undo (DkStore *store,
                   gint64   enterprise)
{
  gint64 step;

  g_return_val_if_fail (store != NULL, FALSE);

  return !store->is_read_only && find_step (store, enterprise, FALSE, &step, NULL) && step != 0;
}

gboolean
dk_store_can_redo (DkStore *store,
                   gint64   enterprise)
{
  gint64 step;

  g_return_val_if_fail (store != NULL, FALSE);

  return !store->is_read_only && find_step (store, enterprise, TRUE, &step, NULL) && step != 0;
}

static gboolean
put_back_row (DkStore       *store,
              gint64         enterprise,
              const Record  *record,
              GError       **error)
{
  g_autoptr(DkStatement) statement = NULL;

  if (dk_store_put_row (store, enterprise, record->change.subject, record->change.row, record->position, FALSE, error) == 0)
    return FALSE;
  statement = dk_store_prepare (store, "INSERT INTO cell (line, name, value) SELECT ?1, name, value FROM kept WHERE change = ?2",
                                error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, record->change.row);
  sqlite3_bind_int64 (statement, 2, record->id);
  return dk_store_run (store, statement, error);
}

static gboolean
apply (DkStore       *store,
       gint64         enterprise,
       const Record  *record,
       gboolean       is_redo,
       GError       **error)
{
  const DkStoreChange *change = &record->change;

  switch (change->kind)
    {
    case DK_EDIT_FACT:
    case DK_EDIT_CELL:
    case DK_EDIT_COMPLETE:
    case DK_EDIT_NAME:
    case DK_EDIT_NOTE:
      return dk_store_put_value (store, enterprise, change, is_redo ? change->new_value : change->old_value, error);
    case DK_EDIT_ROW_ADDED:
      if (is_redo)
        return dk_store_put_row (store, enterprise, change->subject, change->row, record->position, TRUE, error) != 0;
      return dk_store_drop_row (store, change->row, TRUE, error);
    case DK_EDIT_ROW_DELETED:
      if (is_redo)
        return dk_store_drop_row (store, change->row, FALSE, error);
      return put_back_row (store, enterprise, record, error);
    case DK_EDIT_ADDED:
    default:
      return TRUE;
    }
}

static gboolean
mark_step (DkStore      *store,
           gint64        enterprise,
           gint64        step,
           DkStepState   state,
           GError      **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "UPDATE step SET state = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, step);
  sqlite3_bind_int (statement, 2, state);
  return dk_store_run (store, statement, error) && touch (store, enterprise, g_get_real_time (), error);
}

/* @changes: (out): of the step that was found, or NULL: there is none */
static gboolean
walk (DkStore    *store,
      gint64      enterprise,
      gboolean    is_redo,
      GPtrArray **changes,
      GError    **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, SELECT_CHANGES " WHERE step = ?1 ORDER BY change.id", error);
  DkStepState state = is_redo ? DK_STEP_DONE : DK_STEP_UNDONE;
  g_autoptr(GPtrArray) list = NULL;
  gint64 step = 0;

  if (statement == NULL
      || !dk_store_check_enterprise (store, enterprise, error)
      || !find_step (store, enterprise, is_redo, &step, error))
    return FALSE;
  if (step == 0)
    return TRUE;
  sqlite3_bind_int64 (statement, 1, step);
  list = read_changes (store, statement, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      Record *record = g_ptr_array_index (list, is_redo ? i : list->len - 1 - i);

      if (!apply (store, enterprise, record, is_redo, error))
        return FALSE;
      record->change.state = state;
    }
  if (!mark_step (store, enterprise, step, state, error))
    return FALSE;
  *changes = g_steal_pointer (&list);
  return TRUE;
}

static GPtrArray *
undo_or_redo (DkStore   *store,
              gint64     enterprise,
              gboolean   is_redo,
              GError   **error)
{
  g_autoptr(GPtrArray) changes = NULL;

  if (!dk_store_enter (store, error)
      || !dk_store_leave (store, walk (store, enterprise, is_redo, &changes, error), error))
    return NULL;
  quote_names (changes);
  return g_steal_pointer (&changes);
}

/**
 * dk_store_undo:
 * @store: a workspace
 * @enterprise: an enterprise in it
 *
 * Takes the last step back, whoever did it and whenever: it need not be of this session.
 *
 * Returns: (transfer full) (nullable): the changes of that step (DkStoreChange *, owned), %NULL when there is none, or on error
 */
GPtrArray *
dk_store_undo (DkStore  *store,
               gint64    enterprise,
               GError  **error)
{
  g_return_val_if_fail (store != NULL && store->group == 0, NULL);

  return undo_or_redo (store, enterprise, FALSE, error);
}

GPtrArray *
dk_store_redo (DkStore  *store,
               gint64    enterprise,
               GError  **error)
{
  g_return_val_if_fail (store != NULL && store->group == 0, NULL);

  return undo_or_redo (store, enterprise, TRUE, error);
}
