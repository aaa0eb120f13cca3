/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing into the workspace, and what waits because it cannot be written now: another process is writing, the disk is full. */
#define G_LOG_DOMAIN "dk-session-write"

#include "dk-session-private.h"

#include <glib/gi18n.h>
#include <string.h>

static DkStore *
get_store (DkSession *self)
{
  return dk_workspace_get_store (self->workspace);
}

/* --- Edits --- */

void
dk_edit_free (gpointer data)
{
  DkEdit *edit = data;

  g_free (edit->subject);
  g_free (edit->source);
  g_free (edit->column);
  g_free (edit->value);
  g_free (edit);
}

DkEdit *
dk_edit_new (DkEditKind  kind,
             const char *subject)
{
  DkEdit *edit = g_new0 (DkEdit, 1);

  edit->kind = kind;
  edit->subject = g_strdup (subject);
  return edit;
}

static GPtrArray *
new_step (void)
{
  return g_ptr_array_new_with_free_func (dk_edit_free);
}

/* What the workspace calls a row that we gave a number to before it was written. */
static gint64
find_row_id (DkSession *self,
             gint64     row)
{
  const gint64 *found = g_hash_table_lookup (self->row_ids, &row);

  return found != NULL ? *found : row;
}

static gboolean
add_row (DkSession  *self,
         DkEdit     *edit,
         GError    **error)
{
  gint64 row = dk_store_add_row (get_store (self), self->id, edit->subject, find_row_id (self, edit->before), error);

  if (row == 0)
    return FALSE;
  if (edit->row == 0)
    edit->row = row;
  else
    g_hash_table_insert (self->row_ids, g_memdup2 (&edit->row, sizeof (gint64)), g_memdup2 (&row, sizeof (gint64)));
  return TRUE;
}

static gboolean
run (DkSession  *self,
     DkEdit     *edit,
     GError    **error)
{
  DkStore *store = get_store (self);

  switch (edit->kind)
    {
    case DK_EDIT_FACT:
      return dk_store_set_fact (store, self->id, edit->subject, edit->period, edit->layer,
                                edit->source != NULL ? edit->source : DK_SOURCE_MAIN, edit->value, error);
    case DK_EDIT_CELL:
      return dk_store_set_cell (store, find_row_id (self, edit->row), edit->column, edit->value, error);
    case DK_EDIT_ROW_ADDED:
      return add_row (self, edit, error);
    case DK_EDIT_ROW_DELETED:
      return dk_store_delete_row (store, find_row_id (self, edit->row), error);
    case DK_EDIT_COMPLETE:
      return dk_store_set_complete (store, self->id, edit->subject, edit->value, error);
    case DK_EDIT_NAME:
      return dk_store_rename (store, self->id, edit->value, error);
    case DK_EDIT_NOTE:
      return dk_store_set_note (store, self->id, edit->subject, edit->value, error);
    case DK_EDIT_ADDED:
    default:
      g_assert_not_reached ();
    }
}

/* Whether the same may well be written a moment later: nothing is wrong with the edit itself. */
static gboolean
may_pass (DkSession    *self,
          const GError *error)
{
  return !dk_session_is_read_only (self) && error->domain == DK_STORE_ERROR
         && error->code != DK_STORE_ERROR_NOT_FOUND && error->code != DK_STORE_ERROR_INVALID;
}

/* --- What waits --- */

static char *
name_reason (const GError *error)
{
  if (g_error_matches (error, DK_STORE_ERROR, DK_STORE_ERROR_FULL))
    return g_strdup (_("The disk is full."));
  if (g_error_matches (error, DK_STORE_ERROR, DK_STORE_ERROR_BUSY))
    return g_strdup (_("Another program is writing to this workspace."));
  if (g_error_matches (error, DK_STORE_ERROR, DK_STORE_ERROR_READ_ONLY))
    return g_strdup (_("This workspace can only be read at the moment."));
  return g_strdup (error->message);
}

static void
set_reason (DkSession    *self,
            const GError *error)
{
  g_free (self->reason);
  self->reason = error != NULL ? name_reason (error) : NULL;
}

static void
push_step (DkSession *self,
           GPtrArray *step)
{
  g_queue_push_tail (&self->unsaved, step);
  dk_workspace_keep_unsaved (self->workspace, self);
}

/* Gives a row that is not written yet a number that the workspace never gives. */
static void
number_row (DkSession *self,
            DkEdit    *edit)
{
  if (edit->kind == DK_EDIT_ROW_ADDED && edit->row == 0)
    edit->row = --self->last_row;
}

/**
 * dk_session_write:
 * @self: a session
 * @edit: (transfer full): what is to be written
 * @row: (out) (optional): the id of a row that was added
 * @error: why it never can be
 *
 * Writes one edit, by itself or as a part of the group that is open. What cannot be written now waits, and is tried again by the
 * workspace.
 *
 * Returns: whether the edit holds, be it written or waiting
 */
gboolean
dk_session_write (DkSession  *self,
                  DkEdit     *edit,
                  gint64     *row,
                  GError    **error)
{
  g_autoptr(GPtrArray) step = self->group != NULL ? g_ptr_array_ref (self->group) : new_step ();
  g_autoptr(GError) problem = NULL;
  gboolean waits = self->group != NULL ? self->group_waits : !g_queue_is_empty (&self->unsaved);

  g_ptr_array_add (step, edit);
  if (!waits && !run (self, edit, &problem))
    {
      if (!may_pass (self, problem))
        {
          g_ptr_array_remove_index (step, step->len - 1);
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      waits = TRUE;
      set_reason (self, problem);
      /* All of a group waits then, so that it stays one step. */
      if (self->group != NULL)
        {
          dk_store_abandon (get_store (self));
          self->group_waits = TRUE;
        }
    }
  if (waits)
    number_row (self, edit);
  if (row != NULL)
    *row = edit->row;
  if (waits && self->group == NULL)
    push_step (self, g_steal_pointer (&step));
  return TRUE;
}

static gboolean
save_step (DkSession  *self,
           GPtrArray  *step,
           GError    **error)
{
  DkStore *store = get_store (self);

  if (!dk_store_begin (store, self->id, error))
    return FALSE;
  for (guint i = 0; i < step->len; i++)
    if (!run (self, g_ptr_array_index (step, i), error))
      {
        dk_store_abandon (store);
        return FALSE;
      }
  return dk_store_end (store, error);
}

gboolean
dk_session_save (DkSession *self)
{
  gboolean has_lost = FALSE;

  g_return_val_if_fail (self->group == NULL, FALSE);

  while (!g_queue_is_empty (&self->unsaved))
    {
      g_autoptr(GError) error = NULL;
      gboolean is_saved = save_step (self, g_queue_peek_head (&self->unsaved), &error);

      if (!is_saved && may_pass (self, error))
        {
          set_reason (self, error);
          break;
        }
      if (!is_saved)
        {
          /* Somebody else has deleted the row, or the enterprise: there is no place for it any more. */
          g_autofree char *text = g_strdup_printf (_("A change of “%s” could not be kept: %s"), self->name, error->message);

          has_lost = TRUE;
          dk_workspace_tell_lost (self->workspace, text);
        }
      g_ptr_array_unref (g_queue_pop_head (&self->unsaved));
    }
  self->must_reload = self->must_reload || has_lost;
  if (!g_queue_is_empty (&self->unsaved))
    return FALSE;
  set_reason (self, NULL);
  if (self->must_reload)
    dk_session_reload (self);
  else
    dk_session_tell_saved (self);
  return TRUE;
}

void
dk_session_drop_unsaved (DkSession *self)
{
  if (g_queue_is_empty (&self->unsaved))
    return;
  g_queue_clear_full (&self->unsaved, (GDestroyNotify) g_ptr_array_unref);
  set_reason (self, NULL);
  dk_session_reload (self);
}

guint
dk_session_count_unsaved (DkSession *self)
{
  return g_queue_get_length (&self->unsaved);
}

const char *
dk_session_get_reason (DkSession *self)
{
  return self->reason;
}

static gboolean
is_in_step (GPtrArray   *step,
            const char  *fact,
            DkPeriodKey  period)
{
  for (guint i = 0; i < step->len; i++)
    {
      const DkEdit *edit = g_ptr_array_index (step, i);

      if (edit->kind == DK_EDIT_FACT && edit->source == NULL && edit->layer == DK_LAYER_ACTUAL
          && g_str_equal (edit->subject, fact) && dk_period_equal (edit->period, period))
        return TRUE;
    }
  return FALSE;
}

gboolean
dk_session_is_unsaved (DkSession      *self,
                       const DkSymbol *fact,
                       DkPeriodKey     period)
{
  gboolean is_found = self->group != NULL && self->group_waits && is_in_step (self->group, fact->id, period);

  for (GList *item = self->unsaved.head; item != NULL && !is_found; item = item->next)
    is_found = is_in_step (item->data, fact->id, period);
  return is_found;
}

/* --- Groups of edits --- */

static GHashTable *
copy_rows (GHashTable *rows)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer reg, ids;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &reg, &ids))
    g_hash_table_insert (copy, reg, g_array_copy (ids));
  return copy;
}

static void
clear_group (DkSession *self)
{
  g_clear_pointer (&self->group, g_ptr_array_unref);
  g_clear_pointer (&self->enterprise_before, dk_enterprise_free);
  g_clear_pointer (&self->rows_before, g_hash_table_unref);
}

gboolean
dk_session_begin (DkSession  *self,
                  GError    **error)
{
  g_autoptr(GError) problem = NULL;

  g_return_val_if_fail (self->group == NULL, FALSE);

  self->group_waits = !g_queue_is_empty (&self->unsaved);
  if (!self->group_waits && !dk_store_begin (get_store (self), self->id, &problem))
    {
      if (!may_pass (self, problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      set_reason (self, problem);
      self->group_waits = TRUE;
    }
  self->group = new_step ();
  self->enterprise_before = dk_enterprise_dup (self->enterprise);
  self->rows_before = copy_rows (self->rows);
  return TRUE;
}

/* As it was when the group began. */
static void
restore (DkSession *self)
{
  dk_enterprise_free (self->enterprise);
  self->enterprise = g_steal_pointer (&self->enterprise_before);
  g_hash_table_unref (self->rows);
  self->rows = g_steal_pointer (&self->rows_before);
}

gboolean
dk_session_end (DkSession  *self,
                GError    **error)
{
  g_autoptr(GError) problem = NULL;
  gboolean is_good = TRUE;

  g_return_val_if_fail (self->group != NULL, FALSE);

  if (!self->group_waits && !dk_store_end (get_store (self), &problem))
    {
      is_good = self->group_waits = may_pass (self, problem);
      set_reason (self, is_good ? problem : NULL);
    }
  if (!is_good)
    {
      restore (self);
      g_propagate_error (error, g_steal_pointer (&problem));
    }
  else if (self->group_waits && self->group->len > 0)
    push_step (self, g_steal_pointer (&self->group));
  clear_group (self);
  dk_session_edit_done (self, NULL);
  return is_good;
}

void
dk_session_abandon (DkSession *self)
{
  g_return_if_fail (self->group != NULL);

  if (!self->group_waits)
    dk_store_abandon (get_store (self));
  restore (self);
  clear_group (self);
  dk_session_edit_done (self, NULL);
}
