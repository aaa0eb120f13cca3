/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise-diff.h"

#include <string.h>

/* A period of a fact, and who says it: a source or (DK_NO_SOURCE) the answer. */
typedef struct
{
  DkPeriodKey period;
  guint       source;
} Place;

static DkDiffSide
get_side (const DkEnterprise *enterprise,
          const DkSymbol     *fact,
          const Place        *place)
{
  DkDiffSide side = { 0 };

  if (place->source != DK_NO_SOURCE)
    {
      side.has_value = dk_enterprise_get_figure (enterprise, fact, place->period, place->source, &side.value);
      return side;
    }
  side.has_value = dk_enterprise_get (enterprise, fact, place->period, &side.value);
  side.is_unknown = !side.has_value && dk_enterprise_is_unknown (enterprise, fact, place->period);
  return side;
}

static gboolean
is_same (const DkFactDiff *diff)
{
  const DkDiffSide *before = &diff->before, *now = &diff->now;

  if (before->has_value != now->has_value || before->is_unknown != now->is_unknown)
    return FALSE;
  return !before->has_value || dk_value_equal (&before->value, &now->value, diff->fact->kind);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a, *right = b;

  if (left->period.year != right->period.year)
    return left->period.year - right->period.year;
  if (left->period.quarter != right->period.quarter)
    return left->period.quarter - right->period.quarter;
  if (left->period.month != right->period.month)
    return left->period.month - right->period.month;
  /* The answer comes first: the number after that of no source is 0. */
  return (int) (left->source + 1) - (int) (right->source + 1);
}

static void
add_places (GArray             *places,
            const DkEnterprise *enterprise,
            const DkSymbol     *fact)
{
  g_autoptr(GArray) periods = dk_enterprise_list_periods (enterprise, fact);
  g_autoptr(GArray) figures = dk_enterprise_list_figures (enterprise, fact);

  for (guint i = 0; i < periods->len; i++)
    {
      Place place = { g_array_index (periods, DkPeriodKey, i), DK_NO_SOURCE };

      g_array_append_val (places, place);
    }
  for (guint i = 0; i < figures->len; i++)
    {
      const DkFigure *figure = &g_array_index (figures, DkFigure, i);
      Place place = { figure->period, figure->source };

      g_array_append_val (places, place);
    }
}

static void
diff_fact (DkEnterpriseDiff   *self,
           const DkSymbol     *fact,
           const DkEnterprise *before,
           const DkEnterprise *now)
{
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  add_places (places, before, fact);
  add_places (places, now, fact);
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      DkFactDiff diff = { fact, place->period, place->source, get_side (before, fact, place), get_side (now, fact, place) };

      if ((i == 0 || compare_places (place, place - 1) != 0) && !is_same (&diff))
        g_array_append_val (self->facts, diff);
    }
}

/* All that is in a row, as one text. */
static char *
describe_row (const DkRegister *reg,
              const DkRows     *rows,
              guint             row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reg->columns->len; i++)
    {
      g_autofree char *cell = dk_cell_to_json (g_ptr_array_index (reg->columns, i), &rows->cells[row * reg->columns->len + i]);

      g_string_append (text, cell != NULL ? cell : "");
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* How often each row is there. */
static GHashTable *
count_rows (const DkRegister *reg,
            const DkRows     *rows)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->n_rows; i++)
    {
      char *row = describe_row (reg, rows, i);

      g_hash_table_insert (counts, row, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, row)) + 1));
    }
  return counts;
}

/* How many rows are in @counts and not in @others. */
static guint
count_missing (GHashTable *counts,
               GHashTable *others)
{
  GHashTableIter iter;
  gpointer row, n;
  guint n_missing = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &row, &n))
    {
      guint n_other = GPOINTER_TO_UINT (g_hash_table_lookup (others, row));

      n_missing += GPOINTER_TO_UINT (n) > n_other ? GPOINTER_TO_UINT (n) - n_other : 0;
    }
  return n_missing;
}

gboolean
dk_cell_equal (const DkSymbol *column,
               const DkValue  *a,
               const DkValue  *b)
{
  return (a->state & DK_UNANSWERED) == (b->state & DK_UNANSWERED) && dk_value_equal (a, b, column->kind);
}

static gboolean
has_same_order (const DkRegister *reg,
                const DkRows     *before,
                const DkRows     *now)
{
  guint n = reg->columns->len;

  for (guint i = 0; i < before->n_rows * n; i++)
    if (!dk_cell_equal (g_ptr_array_index (reg->columns, i % n), &before->cells[i], &now->cells[i]))
      return FALSE;
  return TRUE;
}

static void
diff_register (DkEnterpriseDiff   *self,
               const DkRegister   *reg,
               guint               index,
               const DkEnterprise *before,
               const DkEnterprise *now)
{
  const DkRows *left = dk_enterprise_get_rows (before, index), *right = dk_enterprise_get_rows (now, index);
  gboolean says_same = left->is_complete == right->is_complete && left->is_partial == right->is_partial;
  DkRegisterDiff diff = { reg, index, left->n_rows, right->n_rows, 0, 0 };
  g_autoptr(GHashTable) old = NULL, new = NULL;

  if (says_same && left->n_rows == right->n_rows && has_same_order (reg, left, right))
    return;
  old = count_rows (reg, left);
  new = count_rows (reg, right);
  diff.n_gone = count_missing (old, new);
  diff.n_come = count_missing (new, old);
  g_array_append_val (self->registers, diff);
}

/* Both lists are sorted by subject. */
static void
diff_notes (DkEnterpriseDiff   *self,
            const DkEnterprise *before,
            const DkEnterprise *now)
{
  GPtrArray *left = dk_enterprise_get_notes (before), *right = dk_enterprise_get_notes (now);

  for (guint i = 0, k = 0; i < left->len || k < right->len;)
    {
      const DkNote *old = i < left->len ? g_ptr_array_index (left, i) : NULL;
      const DkNote *new = k < right->len ? g_ptr_array_index (right, k) : NULL;
      int order = old == NULL ? 1 : new == NULL ? -1 : strcmp (old->subject, new->subject);
      DkNoteDiff diff = { order <= 0 ? old->subject : new->subject, order <= 0 ? old : NULL, order >= 0 ? new : NULL };

      if (!dk_note_equal (diff.before, diff.now))
        g_array_append_val (self->notes, diff);
      i += order <= 0;
      k += order >= 0;
    }
}

/**
 * dk_enterprise_diff:
 * @before: how it was
 * @now: how it is
 *
 * Returns: (transfer full): every answer, every figure of a source, every register and every note, that is not the same in both
 */
DkEnterpriseDiff *
dk_enterprise_diff (const DkEnterprise *before,
                    const DkEnterprise *now)
{
  const DkCatalogue *catalogue = dk_enterprise_get_catalogue (now);
  GPtrArray *registers = dk_catalogue_get_scope (catalogue)->registers;
  DkEnterpriseDiff *self;

  g_return_val_if_fail (dk_enterprise_get_catalogue (before) == catalogue, NULL);

  self = g_new0 (DkEnterpriseDiff, 1);
  self->facts = g_array_new (FALSE, FALSE, sizeof (DkFactDiff));
  self->registers = g_array_new (FALSE, FALSE, sizeof (DkRegisterDiff));
  self->notes = g_array_new (FALSE, FALSE, sizeof (DkNoteDiff));
  diff_notes (self, before, now);
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    diff_fact (self, dk_catalogue_get_fact (catalogue, i)->symbol, before, now);
  for (guint i = 0; i < registers->len; i++)
    diff_register (self, g_ptr_array_index (registers, i), i, before, now);
  return self;
}

void
dk_enterprise_diff_free (DkEnterpriseDiff *diff)
{
  g_array_unref (diff->facts);
  g_array_unref (diff->registers);
  g_array_unref (diff->notes);
  g_free (diff);
}
