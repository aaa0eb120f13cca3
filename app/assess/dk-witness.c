/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-witness"

#include "dk-witness.h"

/* All low, all high, and whatever gives the fewest points. */
#define N_WITNESSES 3

/* More than any threshold, for a fact without upper limit. */
#define FAR DK_NUMBER (G_GINT64_CONSTANT (1000000000000000))

struct _DkWitnesses
{
  DkAssessment   *assessment;
  const DkResult *result;
  DkTrial        *fixed[N_WITNESSES];  /* the answers of each, given */
  DkTrial        *trials[N_WITNESSES]; /* and what is tried besides */
};

/* Whether @slot is answered neither itself nor by what it is derived from, and no other fact limits what it may be at the end asked for:
 * 0 low, 1 high. */
static gboolean
has_end (DkAssessment *assessment,
         guint         slot,
         guint         end)
{
  const DkSlot *info = &dk_program_get_slots (assessment->program)[slot];
  const GArray *moves = dk_assessment_get_moves (assessment, slot);

  if (info->kind != DK_SLOT_FACT || info->fact->kind == DK_KIND_TEXT || info->fact->kind == DK_KIND_CODE)
    return FALSE;
  if (assessment->scope->founded != NULL && g_str_equal (info->fact->id, assessment->scope->founded))
    return FALSE; /* it decides which years there are */
  if (dk_value_is_settled_as (&assessment->run->regs[assessment->known_reg[slot]], info->fact->kind)
      || dk_value_is_settled_as (&assessment->inputs[slot], info->fact->kind))
    return FALSE;
  for (guint i = 0; i < moves->len; i++)
    {
      DkMoveKind kind = g_array_index (moves, DkMove, i).kind;

      /* A part may be nothing, and a whole as much as one likes, but not the other way round. */
      if ((kind == DK_MOVE_WHOLE && end == 1) || (kind == DK_MOVE_PART && end == 0))
        return FALSE;
    }
  return TRUE;
}

/* One thing that an input may be: its low end (0), or its high one (1). */
static DkValue
get_end (const DkValue *input,
         DkKind         kind,
         guint          end)
{
  DkNumber at;

  if (kind == DK_KIND_TRUTH)
    return DK_VALUE_TRUTH (end == 1 ? DK_TRUE : DK_FALSE);
  if (kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) input->low.num;

      return DK_VALUE_CHOICE (end == 1 ? (guint64) 1 << (63 - __builtin_clzll (set)) : set & (~set + 1));
    }
  at = end == 1 ? dk_value_high (input) : input->low;
  if (!dk_number_is_finite (at))
    at = end == 1 ? dk_number_max (FAR, input->low) : dk_number_min (dk_number_negate (FAR, NULL), dk_value_high (input));
  return DK_VALUE_POINT (at);
}

/* Gives the canonical slot @slot the answer at one end, or leaves it open. */
static void
give (DkAssessment *assessment,
      DkTrial      *trial,
      guint         slot,
      guint         end)
{
  const DkSlot *info = &dk_program_get_slots (assessment->program)[slot];
  const GArray *moves = dk_assessment_get_moves (assessment, slot);
  DkValue value = assessment->inputs[slot];

  if (has_end (assessment, slot, end) && ((value.state & (DK_POINT | DK_RANGE)) || info->fact->kind == DK_KIND_TRUTH))
    value = get_end (&value, info->fact->kind, end);
  for (guint i = 0; i < moves->len; i++)
    if (g_array_index (moves, DkMove, i).kind == DK_MOVE_SAME)
      dk_trial_set (trial, g_array_index (moves, DkMove, i).slot, &value);
}

static void
add_totals (const DkResult *result,
            GArray         *totals)
{
  if (result->item->kind == DK_ITEM_TOTAL && result->item->value_reg != DK_NO_REGISTER)
    g_array_append_val (totals, result->item->value_reg);
  for (guint i = 0; i < dk_result_n_children (result); i++)
    add_totals (dk_result_get_child (result, i), totals);
}

/* Whether the totals come to less, at most, than the least so far, which they then become. */
static gboolean
is_less (const DkTrial *trial,
         const GArray  *totals,
         DkNumber      *least,
         DkArena       *arena)
{
  DkNumber sum = DK_ZERO;

  for (guint i = 0; i < totals->len; i++)
    {
      const DkValue *value = &dk_trial_get_run (trial)->regs[g_array_index (totals, guint, i)];

      if (!(value->state & (DK_POINT | DK_RANGE)) || !dk_number_is_finite (dk_value_high (value)))
        return FALSE;
      sum = dk_number_add (sum, dk_value_high (value), arena);
    }
  if (dk_number_compare (sum, *least) >= 0)
    return FALSE;
  *least = dk_number_copy (sum, arena);
  return TRUE;
}

/* Turns the answers one by one from low to high where that gives fewer points. */
static void
lessen (DkAssessment *assessment,
        DkTrial      *trial,
        const GArray *slots,
        const GArray *regs,
        const GArray *totals)
{
  g_autoptr(GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber least = DK_INFINITY;

  g_array_append_vals (asked, regs->data, regs->len);
  g_array_append_vals (asked, totals->data, totals->len);
  is_less (trial, totals, &least, arena);
  for (guint i = 0; i < slots->len; i++)
    {
      guint slot = g_array_index (slots, guint, i);
      const GArray *moves = dk_assessment_get_moves (assessment, slot);
      g_autoptr(GArray) same = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr(DkReach) reach = NULL;

      for (guint k = 0; k < moves->len; k++)
        if (g_array_index (moves, DkMove, k).kind == DK_MOVE_SAME)
          g_array_append_val (same, g_array_index (moves, DkMove, k).slot);
      reach = dk_reach_new (assessment->program, (const guint *) (gpointer) same->data, same->len,
                            (const guint *) (gpointer) asked->data, asked->len);
      give (assessment, trial, slot, 1);
      dk_trial_run (trial, reach);
      if (is_less (trial, totals, &least, arena))
        continue;
      give (assessment, trial, slot, 0);
      dk_trial_run (trial, reach);
    }
}

/**
 * dk_witnesses_new:
 * @result: rests on facts that are not known
 *
 * Returns: (transfer full): some ways how what is missing may turn out, all of them possible
 */
DkWitnesses *
dk_witnesses_new (DkAssessment   *assessment,
                  const DkResult *result,
                  const GArray   *regs)
{
  DkWitnesses *self = g_new0 (DkWitnesses, 1);
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (guint)); /* canonical slots */
  g_autoptr(GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint)); /* and all theirs */
  g_autoptr(GArray) totals = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(DkReach) reach = NULL;

  self->assessment = assessment;
  self->result = result;
  add_totals (result, totals);
  g_array_append_vals (asked, regs->data, regs->len);
  g_array_append_vals (asked, totals->data, totals->len);
  for (guint slot = 0; slot < dk_program_n_slots (assessment->program); slot++)
    {
      guint canonical = assessment->canonical[slot];

      if (!has_end (assessment, canonical, 0) && !has_end (assessment, canonical, 1))
        continue;
      g_array_append_val (slots, slot);
      if (canonical == slot)
        g_array_append_val (open, slot);
    }
  reach = dk_reach_new (assessment->program, (const guint *) (gpointer) slots->data, slots->len, (const guint *) (gpointer) asked->data, asked->len);
  for (guint w = 0; w < N_WITNESSES; w++)
    {
      self->fixed[w] = dk_trial_new (assessment->run);
      for (guint i = 0; i < open->len; i++)
        give (assessment, self->fixed[w], g_array_index (open, guint, i), w == 1 ? 1 : 0);
      dk_trial_run (self->fixed[w], reach);
      if (w == 2)
        lessen (assessment, self->fixed[w], open, regs, totals);
      self->trials[w] = dk_trial_new (dk_trial_get_run (self->fixed[w]));
    }
  return self;
}

void
dk_witnesses_free (DkWitnesses *self)
{
  if (self == NULL)
    return;
  for (guint w = 0; w < N_WITNESSES; w++)
    {
      dk_trial_free (self->trials[w]);
      dk_trial_free (self->fixed[w]);
    }
  g_free (self);
}

gboolean
dk_witnesses_refute (DkWitnesses   *self,
                     const DkTrial *trial,
                     const GArray  *slots,
                     const DkReach *reach)
{
  const DkSlot *all = dk_program_get_slots (self->assessment->program);

  for (guint w = 0; w < N_WITNESSES; w++)
    {
      guint32 bits;

      dk_trial_forget (self->trials[w]);
      for (guint i = 0; i < slots->len; i++)
        {
          guint slot = g_array_index (slots, guint, i);

          dk_trial_set (self->trials[w], slot, &dk_trial_get_run (trial)->regs[all[slot].reg]);
        }
      dk_trial_run (self->trials[w], reach);
      bits = dk_assessment_read_truth (self->assessment, dk_trial_get_run (self->trials[w]), self->result);
      if (!(bits & DK_TRUE))
        return TRUE;
    }
  return FALSE;
}

void
dk_witnesses_reset (DkWitnesses   *self,
                    const DkReach *reach)
{
  for (guint w = 0; w < N_WITNESSES; w++)
    dk_trial_reset (self->trials[w], reach);
}
