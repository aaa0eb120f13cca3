/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The enterprises of a workspace, as wholes and as lists. */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

#include "dk-enterprise-plan.h"

#include <string.h>

void
dk_store_entry_free (DkStoreEntry *entry)
{
  g_free (entry->name);
  g_free (entry);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const DkStoreEntry *left = *(const DkStoreEntry *const *) a, *right = *(const DkStoreEntry *const *) b;
  int order = g_utf8_collate (left->name, right->name);

  return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

/**
 * dk_store_list:
 * @store: a workspace
 *
 * Returns: (transfer full): the enterprises (DkStoreEntry *, owned), by name in the order of the user's language
 */
GPtrArray *
dk_store_list (DkStore  *store,
               GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_store_entry_free);
  gboolean is_good;

  g_return_val_if_fail (store != NULL, NULL);

  statement = dk_store_prepare (store, "SELECT id, name, created, modified FROM enterprise", error);
  if (statement == NULL)
    return NULL;
  while (dk_store_next_row (store, statement, &is_good, error))
    {
      DkStoreEntry *entry = g_new0 (DkStoreEntry, 1);

      entry->id = sqlite3_column_int64 (statement, 0);
      entry->name = dk_statement_dup_text (statement, 1);
      entry->created = sqlite3_column_int64 (statement, 2);
      entry->modified = sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_entries);
  return is_good ? g_steal_pointer (&entries) : NULL;
}

/* --- Adding and removing --- */

static gint64
insert_enterprise (DkStore     *store,
                   const char  *name,
                   GError     **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr(DkStatement) statement = NULL;
  DkStoreChange change = { .kind = DK_EDIT_ADDED, .new_value = (char *) name };
  gint64 now = g_get_real_time ();
  gint64 id;

  statement = dk_store_prepare (store, "INSERT INTO enterprise (uuid, name, created, modified) VALUES (?1, ?2, ?3, ?3)", error);
  if (statement == NULL)
    return 0;
  dk_statement_bind_text (statement, 1, uuid);
  dk_statement_bind_text (statement, 2, name);
  sqlite3_bind_int64 (statement, 3, now);
  if (!dk_store_run (store, statement, error))
    return 0;
  id = sqlite3_last_insert_rowid (store->db);
  return dk_store_note (store, id, &change, 0, error) ? id : 0;
}

static gboolean
insert_facts (DkStore             *store,
              gint64               id,
              const DkEnterprise  *enterprise,
              GError             **error)
{
  const DkScope *scope = dk_catalogue_get_scope (dk_enterprise_get_catalogue (enterprise));

  for (guint i = 0; i < scope->facts->len; i++)
    {
      const DkSymbol *fact = g_ptr_array_index (scope->facts, i);
      g_autoptr(GArray) periods = dk_enterprise_list_periods (enterprise, fact);

      for (guint j = 0; j < periods->len; j++)
        {
          DkStoreChange change = {
            .subject = fact->id,
            .period = g_array_index (periods, DkPeriodKey, j),
            .layer = DK_LAYER_ACTUAL,
            .source = (char *) DK_SOURCE_MAIN,
          };
          g_autofree char *json = NULL;
          DkValue value;

          json = dk_enterprise_get (enterprise, fact, change.period, &value) ? dk_fact_value_to_json (fact, &value) : g_strdup ("null");
          if (!dk_store_put_fact (store, id, &change, json, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* What single sources say. */
static gboolean
insert_figures (DkStore             *store,
                gint64               id,
                const DkEnterprise  *enterprise,
                GError             **error)
{
  const DkChoices *sources = dk_catalogue_get_sources (dk_enterprise_get_catalogue (enterprise));
  g_autoptr(GArray) figures = dk_enterprise_list_figures (enterprise, NULL);

  for (guint i = 0; i < figures->len; i++)
    {
      const DkFigure *figure = &g_array_index (figures, DkFigure, i);
      DkStoreChange change = {
        .subject = figure->fact->id,
        .period = figure->period,
        .layer = DK_LAYER_ACTUAL,
        .source = g_ptr_array_index (sources->options, figure->source),
      };
      g_autofree char *json = dk_fact_value_to_json (figure->fact, &figure->value);

      if (!dk_store_put_fact (store, id, &change, json, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_notes (DkStore             *store,
              gint64               id,
              const DkEnterprise  *enterprise,
              GError             **error)
{
  GPtrArray *notes = dk_enterprise_get_notes (enterprise);

  for (guint i = 0; i < notes->len; i++)
    {
      const DkNote *note = g_ptr_array_index (notes, i);
      g_autofree char *json = dk_note_to_json (note);

      if (!dk_store_put_note (store, id, note->subject, json, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_plan (DkStore             *store,
             gint64               id,
             const DkEnterprise  *enterprise,
             GError             **error)
{
  g_autoptr(GArray) planned = dk_enterprise_list_planned (enterprise);

  for (guint i = 0; i < planned->len; i++)
    {
      const DkPlanned *one = &g_array_index (planned, DkPlanned, i);
      DkStoreChange change = {
        .subject = one->fact != NULL ? one->fact->id : (char *) DK_PLAN_OTHERS,
        .period = one->period,
        .layer = DK_LAYER_PLAN,
        .source = (char *) DK_SOURCE_MAIN,
      };
      g_autofree char *json = dk_fact_value_to_json (dk_planned_get_symbol (one->fact, one->period), &one->value);

      if (!dk_store_put_fact (store, id, &change, json, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_rows (DkStore           *store,
             gint64             id,
             const DkRegister  *reg,
             const DkRows      *rows,
             GError           **error)
{
  if ((rows->is_complete || rows->is_partial)
      && !dk_store_put_complete (store, id, reg->id, rows->is_complete ? "true" : "false", error))
    return FALSE;
  for (guint i = 0; i < rows->n_rows; i++)
    {
      gint64 row = dk_store_put_row (store, id, reg->id, 0, i, FALSE, error);

      if (row == 0)
        return FALSE;
      for (guint j = 0; j < reg->columns->len; j++)
        {
          const DkSymbol *column = g_ptr_array_index (reg->columns, j);
          g_autofree char *json = dk_cell_to_json (column, &rows->cells[i * reg->columns->len + j]);

          if (json != NULL && !dk_store_put_cell (store, row, column->id, json, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gint64
insert_content (DkStore             *store,
                const DkEnterprise  *enterprise,
                const char          *name,
                GError             **error)
{
  const DkScope *scope = dk_catalogue_get_scope (dk_enterprise_get_catalogue (enterprise));
  gint64 id = insert_enterprise (store, name, error);

  if (id == 0 || !insert_facts (store, id, enterprise, error) || !insert_figures (store, id, enterprise, error)
      || !insert_notes (store, id, enterprise, error) || !insert_plan (store, id, enterprise, error))
    return 0;
  for (guint i = 0; i < scope->registers->len; i++)
    if (!insert_rows (store, id, g_ptr_array_index (scope->registers, i), dk_enterprise_get_rows (enterprise, i), error))
      return 0;
  return id;
}

/**
 * dk_store_add:
 * @store: a workspace
 * @enterprise: what is known: its answers are taken as actual, by the main source, and beside them what the other sources say and what
 *   is planned
 *
 * Adds an enterprise. That is one step of the journal, which cannot be taken back: dk_store_remove () does that.
 *
 * Returns: its id, or 0
 */
gint64
dk_store_add (DkStore             *store,
              const DkEnterprise  *enterprise,
              GError             **error)
{
  g_autofree char *name = NULL;
  gint64 id;

  g_return_val_if_fail (store != NULL && store->group == 0 && enterprise != NULL, 0);

  name = dk_store_check_name (dk_enterprise_get_name (enterprise), error);
  if (name == NULL || !dk_store_enter (store, error))
    return 0;
  id = insert_content (store, enterprise, name, error);
  return dk_store_leave (store, id != 0, error) ? id : 0;
}

gint64
dk_store_add_empty (DkStore     *store,
                    const char  *name,
                    GError     **error)
{
  g_autofree char *clean = NULL;
  gint64 id;

  g_return_val_if_fail (store != NULL && store->group == 0 && name != NULL, 0);

  clean = dk_store_check_name (name, error);
  if (clean == NULL || !dk_store_enter (store, error))
    return 0;
  id = insert_enterprise (store, clean, error);
  return dk_store_leave (store, id != 0, error) ? id : 0;
}

gboolean
dk_store_remove (DkStore  *store,
                 gint64    enterprise,
                 GError  **error)
{
  g_return_val_if_fail (store != NULL && store->group == 0, FALSE);

  return dk_store_enter (store, error)
         && dk_store_leave (store, dk_store_delete (store, "DELETE FROM enterprise WHERE id = ?1", enterprise, error), error);
}

/* --- Lists of what an enterprise has --- */

static void
free_fact (DkStoreFact *fact)
{
  g_free (fact->fact);
  g_free (fact->source);
  g_free (fact->value);
  g_free (fact);
}

/**
 * dk_store_list_facts:
 * @store: a workspace
 * @enterprise: an enterprise in it
 *
 * Returns: (transfer full): its answers (DkStoreFact *, owned) of all layers and sources, by fact and period
 */
GPtrArray *
dk_store_list_facts (DkStore  *store,
                     gint64    enterprise,
                     GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) free_fact);
  gboolean is_good;

  g_return_val_if_fail (store != NULL, NULL);

  statement = dk_store_prepare (store, "SELECT id, period, layer, source, value FROM fact WHERE enterprise = ?1"
                                " ORDER BY id, period, layer, source", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, enterprise);
  while (dk_store_next_row (store, statement, &is_good, error))
    {
      DkStoreFact *fact = g_new0 (DkStoreFact, 1);
      g_autofree char *when = dk_statement_dup_text (statement, 1);

      fact->fact = dk_statement_dup_text (statement, 0);
      fact->period = dk_store_parse_period (when);
      fact->layer = sqlite3_column_int (statement, 2);
      fact->source = dk_statement_dup_text (statement, 3);
      fact->value = dk_statement_dup_text (statement, 4);
      g_ptr_array_add (facts, fact);
    }
  return is_good ? g_steal_pointer (&facts) : NULL;
}

/**
 * dk_store_list_rows:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @reg: id of a register
 *
 * Returns: (transfer full): the ids (gint64) of its rows, in order
 */
GArray *
dk_store_list_rows (DkStore     *store,
                    gint64       enterprise,
                    const char  *reg,
                    GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean is_good;

  g_return_val_if_fail (store != NULL && reg != NULL, NULL);

  statement = dk_store_prepare (store, "SELECT id FROM line WHERE enterprise = ?1 AND register = ?2 ORDER BY position, id", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, reg);
  while (dk_store_next_row (store, statement, &is_good, error))
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rows, row);
    }
  return is_good ? g_steal_pointer (&rows) : NULL;
}
