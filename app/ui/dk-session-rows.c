/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-session-rows"

#include "dk-session-private.h"

#include "dk-fact-value.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
dk_session_read_rows (DkSession  *self,
                      guint       index,
                      GError    **error)
{
  const DkRegister *reg = g_ptr_array_index (dk_catalogue_get_scope (dk_session_get_library (self)->catalogue)->registers, index);
  GArray *ids = dk_store_list_rows (dk_workspace_get_store (self->workspace), self->id, reg->id, error);

  if (ids == NULL)
    return FALSE;
  g_hash_table_insert (self->rows, reg->id, ids);
  return TRUE;
}

static const DkRegister *
find_register (DkSession  *self,
               const char *reg,
               guint      *index)
{
  return dk_scope_find_register (dk_catalogue_get_scope (dk_session_get_library (self)->catalogue), reg, index);
}

static gboolean
find_row (DkSession  *self,
          const char *reg,
          gint64      row,
          guint      *place)
{
  const GArray *ids = g_hash_table_lookup (self->rows, reg);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == row)
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

GArray *
dk_session_list_rows (DkSession  *self,
                      const char *reg)
{
  const GArray *ids = g_hash_table_lookup (self->rows, reg);
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (ids != NULL && ids->len > 0)
    g_array_append_vals (copy, ids->data, ids->len);
  return copy;
}

DkAnswerState
dk_session_get_cell (DkSession      *self,
                     const char     *reg,
                     gint64          row,
                     const DkSymbol *column,
                     DkValue        *value)
{
  const DkRegister *found;
  const DkRows *rows;
  const DkValue *cell;
  guint index, place;

  found = find_register (self, reg, &index);
  if (found == NULL || !find_row (self, reg, row, &place))
    return DK_ANSWER_NONE;
  rows = dk_enterprise_get_rows (self->enterprise, index);
  cell = &rows->cells[place * found->columns->len + column->index];
  if (cell->state & DK_UNANSWERED)
    return DK_ANSWER_UNKNOWN;
  if (dk_value_equal (cell, &column->domain, column->kind))
    return DK_ANSWER_NONE;
  *value = *cell;
  return DK_ANSWER_VALUE;
}

static gboolean
fail_no_row (GError **error)
{
  g_set_error_literal (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND, _("This row is not there any more."));
  return FALSE;
}

gboolean
dk_session_set_cell (DkSession       *self,
                     const char      *reg,
                     gint64           row,
                     const DkSymbol  *column,
                     DkAnswerState    state,
                     const DkValue   *value,
                     GError         **error)
{
  const DkRegister *found;
  DkEdit *edit;
  DkValue cell;
  guint index, place;

  found = find_register (self, reg, &index);
  g_return_val_if_fail (found != NULL, FALSE);
  if (!find_row (self, reg, row, &place))
    return fail_no_row (error);
  if (state == DK_ANSWER_VALUE && !dk_fact_check (column, value, TRUE, error))
    return FALSE;
  edit = dk_edit_new (DK_EDIT_CELL, found->id);
  edit->row = row;
  edit->column = g_strdup (column->id);
  edit->value = dk_session_write_answer (column, state, value);
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  cell = state == DK_ANSWER_VALUE ? *value : column->domain;
  if (state == DK_ANSWER_UNKNOWN)
    cell.state |= DK_UNANSWERED;
  dk_enterprise_set_cell (self->enterprise, index, place, column->index, &cell);
  dk_session_edit_done (self, found->id);
  return TRUE;
}

gint64
dk_session_add_row (DkSession   *self,
                    const char  *reg,
                    gint64       before,
                    GError     **error)
{
  const DkRegister *found;
  DkEdit *edit;
  GArray *ids;
  guint index, place;
  gint64 row = 0;

  found = find_register (self, reg, &index);
  g_return_val_if_fail (found != NULL, 0);
  edit = dk_edit_new (DK_EDIT_ROW_ADDED, found->id);
  edit->before = before;
  if (!dk_session_write (self, edit, &row, error))
    return 0;
  ids = g_hash_table_lookup (self->rows, reg);
  if (before == 0 || !find_row (self, reg, before, &place))
    place = ids->len;
  dk_enterprise_insert_row (self->enterprise, index, place);
  g_array_insert_val (ids, place, row);
  dk_session_edit_done (self, found->id);
  return row;
}

gboolean
dk_session_delete_row (DkSession   *self,
                       const char  *reg,
                       gint64       row,
                       GError     **error)
{
  const DkRegister *found;
  DkEdit *edit;
  guint index, place;

  found = find_register (self, reg, &index);
  g_return_val_if_fail (found != NULL, FALSE);
  if (!find_row (self, reg, row, &place))
    return fail_no_row (error);
  edit = dk_edit_new (DK_EDIT_ROW_DELETED, found->id);
  edit->row = row;
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  dk_enterprise_remove_row (self->enterprise, index, place);
  g_array_remove_index (g_hash_table_lookup (self->rows, reg), place);
  dk_session_edit_done (self, found->id);
  return TRUE;
}

DkAnswerState
dk_session_get_complete (DkSession  *self,
                         const char *reg,
                         gboolean   *is_complete)
{
  const DkRows *rows;
  guint index;

  *is_complete = FALSE;
  if (find_register (self, reg, &index) == NULL)
    return DK_ANSWER_NONE;
  rows = dk_enterprise_get_rows (self->enterprise, index);
  *is_complete = rows->is_complete;
  return rows->is_complete || rows->is_partial ? DK_ANSWER_VALUE : DK_ANSWER_NONE;
}

gboolean
dk_session_set_complete (DkSession      *self,
                         const char     *reg,
                         DkAnswerState   state,
                         gboolean        is_complete,
                         GError        **error)
{
  g_autoptr(DkEnterprise) changed = NULL;
  const DkRegister *found;
  const DkRows *rows;
  DkEdit *edit;
  guint index;

  found = find_register (self, reg, &index);
  g_return_val_if_fail (found != NULL, FALSE);
  edit = dk_edit_new (DK_EDIT_COMPLETE, found->id);
  edit->value = state != DK_ANSWER_VALUE ? NULL : g_strdup (is_complete ? "true" : "false");
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  changed = dk_enterprise_dup (self->enterprise);
  rows = dk_enterprise_get_rows (self->enterprise, index);
  dk_enterprise_set_rows (changed, index, rows->cells, rows->n_rows, state == DK_ANSWER_VALUE && is_complete);
  if (state == DK_ANSWER_VALUE && !is_complete)
    dk_enterprise_set_partial (changed, index);
  dk_enterprise_free (self->enterprise);
  self->enterprise = g_steal_pointer (&changed);
  dk_session_edit_done (self, found->id);
  return TRUE;
}
