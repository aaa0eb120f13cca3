/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snapshots of the enterprise: keeping it as it is, and going back to how it was. */
#define G_LOG_DOMAIN "dk-session-snapshot"

#include "dk-session-private.h"

#include "dk-enterprise-diff.h"
#include "dk-enterprise-plan.h"

static DkStore *
get_store (DkSession *self)
{
  return dk_workspace_get_store (self->workspace);
}

/* What waits would not be in it. */
static gboolean
save (DkSession  *self,
      GError    **error)
{
  if (dk_workspace_save (self->workspace) || self->reason == NULL)
    return TRUE;
  g_set_error_literal (error, DK_STORE_ERROR, DK_STORE_ERROR_BUSY, self->reason);
  return FALSE;
}

gint64
dk_session_take_snapshot (DkSession   *self,
                          const char  *name,
                          GError     **error)
{
  gint64 id;

  g_return_val_if_fail (DK_IS_SESSION (self) && self->group == NULL, 0);

  if (!save (self, error))
    return 0;
  id = dk_store_take_snapshot (get_store (self), self->id, name, dk_session_get_as_of (self), error);
  if (id != 0)
    dk_session_tell_snapshots (self);
  return id;
}

GPtrArray *
dk_session_list_snapshots (DkSession  *self,
                           GError    **error)
{
  return dk_store_list_snapshots (get_store (self), self->id, error);
}

DkEnterprise *
dk_session_read_snapshot (DkSession  *self,
                          gint64      id,
                          GError    **error)
{
  g_autoptr(DkProblems) problems = dk_problems_new (); /* what the catalogue does not know any more cannot be compared, or brought back */

  return dk_store_read_snapshot (get_store (self), id, dk_session_get_library (self)->catalogue, problems, error);
}

gboolean
dk_session_delete_snapshot (DkSession  *self,
                            gint64      id,
                            GError    **error)
{
  g_return_val_if_fail (DK_IS_SESSION (self) && self->group == NULL, FALSE);

  if (!dk_store_delete_snapshot (get_store (self), id, error))
    return FALSE;
  dk_session_tell_snapshots (self);
  return TRUE;
}

/* --- Going back --- */

static gboolean
put_answer (DkSession         *self,
            const DkFactDiff  *diff,
            GError           **error)
{
  DkAnswerState state = diff->before.has_value ? DK_ANSWER_VALUE : diff->before.is_unknown ? DK_ANSWER_UNKNOWN : DK_ANSWER_NONE;

  if (diff->source != DK_NO_SOURCE)
    return dk_session_set_figure (self, diff->fact, diff->period, diff->source, diff->before.has_value ? &diff->before.value : NULL, error);

  return dk_session_set_answer (self, diff->fact, diff->period, state, &diff->before.value, error);
}

/* Whether @other plans that, and the same. */
static gboolean
has_planned (const DkEnterprise *other,
             const DkPlanned    *one)
{
  DkValue value;

  return dk_enterprise_get_planned (other, one->fact, one->period, &value)
         && dk_value_equal (&value, &one->value, dk_planned_get_symbol (one->fact, one->period)->kind);
}

static gboolean
has_same_plan (const DkEnterprise *before,
               const DkEnterprise *now)
{
  g_autoptr(GArray) was = dk_enterprise_list_planned (before), is = dk_enterprise_list_planned (now);
  gboolean is_same = was->len == is->len;

  for (guint i = 0; i < was->len && is_same; i++)
    is_same = has_planned (now, &g_array_index (was, DkPlanned, i));
  return is_same;
}

/* Takes away what is planned now and was not, and plans what was. */
static gboolean
put_plan (DkSession           *self,
          const DkEnterprise  *before,
          GError             **error)
{
  g_autoptr(GArray) was = dk_enterprise_list_planned (before), is = dk_enterprise_list_planned (self->enterprise);
  DkValue value;

  for (guint i = 0; i < is->len; i++)
    {
      const DkPlanned *one = &g_array_index (is, DkPlanned, i);

      if (!dk_enterprise_get_planned (before, one->fact, one->period, &value)
          && !dk_session_set_planned (self, one->fact, one->period, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < was->len; i++)
    {
      const DkPlanned *one = &g_array_index (was, DkPlanned, i);

      if (!has_planned (self->enterprise, one) && !dk_session_set_planned (self, one->fact, one->period, &one->value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_cell (DkSession         *self,
          const DkRegister  *reg,
          gint64             row,
          guint              column,
          const DkValue     *cell,
          GError           **error)
{
  const DkSymbol *symbol = g_ptr_array_index (reg->columns, column);
  DkAnswerState state = (cell->state & DK_UNANSWERED) ? DK_ANSWER_UNKNOWN
                        : dk_value_equal (cell, &symbol->domain, symbol->kind) ? DK_ANSWER_NONE : DK_ANSWER_VALUE;

  return dk_session_set_cell (self, reg->id, row, symbol, state, cell, error);
}

static gboolean
is_same_row (const DkRegister *reg,
             const DkRows     *before,
             guint             row,
             const DkRows     *now,
             guint             place)
{
  for (guint i = 0; i < reg->columns->len; i++)
    if (!dk_cell_equal (g_ptr_array_index (reg->columns, i), &before->cells[row * reg->columns->len + i], &now->cells[place * reg->columns->len + i]))
      return FALSE;
  return TRUE;
}

/* The cells of a row that is there become those of one of @before. */
static gboolean
put_row (DkSession         *self,
         const DkRegister  *reg,
         guint              index,
         const DkRows      *before,
         guint              row,
         guint              place,
         gint64             id,
         GError           **error)
{
  for (guint i = 0; i < reg->columns->len; i++)
    {
      const DkValue *cell = &before->cells[row * reg->columns->len + i];
      const DkValue *now = &dk_enterprise_get_rows (self->enterprise, index)->cells[place * reg->columns->len + i];

      if (!dk_cell_equal (g_ptr_array_index (reg->columns, i), cell, now) && !put_cell (self, reg, id, i, cell, error))
        return FALSE;
    }
  return TRUE;
}

/* What both begin and end with stays; between, rows are written over, put in, or taken out. */
static gboolean
put_rows (DkSession         *self,
          const DkRegister  *reg,
          guint              index,
          const DkRows      *before,
          GError           **error)
{
  const DkRows *now = dk_enterprise_get_rows (self->enterprise, index);
  g_autoptr(GArray) ids = dk_session_list_rows (self, reg->id);
  guint n_now = now->n_rows, n_same_first = 0, n_same_last = 0;

  while (n_same_first < MIN (before->n_rows, n_now) && is_same_row (reg, before, n_same_first, now, n_same_first))
    n_same_first++;
  while (n_same_last < MIN (before->n_rows, n_now) - n_same_first
         && is_same_row (reg, before, before->n_rows - 1 - n_same_last, now, n_now - 1 - n_same_last))
    n_same_last++;
  for (guint i = n_same_first; i < before->n_rows - n_same_last; i++)
    {
      gint64 next = n_same_last > 0 ? g_array_index (ids, gint64, n_now - n_same_last) : 0;
      gint64 id = i < n_now - n_same_last ? g_array_index (ids, gint64, i) : dk_session_add_row (self, reg->id, next, error);

      if (id == 0 || !put_row (self, reg, index, before, i, i, id, error))
        return FALSE;
    }
  for (guint i = before->n_rows - n_same_last; i < n_now - n_same_last; i++)
    if (!dk_session_delete_row (self, reg->id, g_array_index (ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
put_register (DkSession             *self,
              const DkRegisterDiff  *diff,
              const DkEnterprise    *before,
              GError               **error)
{
  const DkRows *rows = dk_enterprise_get_rows (before, diff->index);
  const DkRows *now = dk_enterprise_get_rows (self->enterprise, diff->index);
  gboolean says_same = rows->is_complete == now->is_complete && rows->is_partial == now->is_partial;

  if (!put_rows (self, diff->reg, diff->index, rows, error))
    return FALSE;
  return says_same || dk_session_set_complete (self, diff->reg->id, rows->is_complete || rows->is_partial ? DK_ANSWER_VALUE : DK_ANSWER_NONE,
                                               rows->is_complete, error);
}

static gboolean
put_note (DkSession         *self,
          const DkNoteDiff  *diff,
          GError           **error)
{
  g_autoptr(DkNote) none = dk_note_new (diff->subject, NULL, NULL, NULL);

  return dk_session_set_note (self, diff->before != NULL ? diff->before : none, error);
}

/**
 * dk_session_restore:
 * @self: a session
 * @before: the enterprise as it was, such as a snapshot holds it
 * @error: why it could not be
 *
 * Makes all answers, lists, notes and plans what they were; the name stays. One step of the journal, so that it can be taken back.
 *
 * Returns: whether it is so; if not, nothing has changed
 */
gboolean
dk_session_restore (DkSession           *self,
                    const DkEnterprise  *before,
                    GError             **error)
{
  g_autoptr(DkEnterprise) now = NULL;
  g_autoptr(DkEnterpriseDiff) diff = NULL;
  gboolean is_good = TRUE;

  g_return_val_if_fail (DK_IS_SESSION (self) && self->group == NULL, FALSE);

  now = dk_enterprise_dup (self->enterprise);
  diff = dk_enterprise_diff (before, now);
  if (diff->facts->len + diff->registers->len + diff->notes->len == 0 && has_same_plan (before, now))
    return TRUE;
  if (!dk_session_begin (self, error))
    return FALSE;
  for (guint i = 0; i < diff->facts->len && is_good; i++)
    is_good = put_answer (self, &g_array_index (diff->facts, DkFactDiff, i), error);
  for (guint i = 0; i < diff->registers->len && is_good; i++)
    is_good = put_register (self, &g_array_index (diff->registers, DkRegisterDiff, i), before, error);
  for (guint i = 0; i < diff->notes->len && is_good; i++)
    is_good = put_note (self, &g_array_index (diff->notes, DkNoteDiff, i), error);
  if (is_good && put_plan (self, before, error))
    return dk_session_end (self, error);
  dk_session_abandon (self);
  return FALSE;
}
