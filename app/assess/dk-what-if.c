/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-what-if"

#include "dk-assessment-private.h"

DkTrial *
dk_assessment_get_trial (DkAssessment *assessment)
{
  if (assessment->trial == NULL)
    assessment->trial = dk_trial_new (assessment->run);
  return assessment->trial;
}

/* All slots of the answer that the canonical slot @slot stands for, as moves of @target. */
static void
add_moves (const DkAssessment *assessment,
           guint               target,
           guint               slot,
           DkMoveKind          kind)
{
  GArray *moves = g_ptr_array_index (assessment->moves, target);

  for (guint i = slot; i < dk_program_n_slots (assessment->program); i++)
    if (assessment->canonical[i] == slot)
      {
        DkMove move = { i, kind };

        g_array_append_val (moves, move);
      }
}

static void
find_moves (DkAssessment *assessment)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  GArray *relations = dk_catalogue_get_relations (assessment->catalogue);
  guint n = dk_program_n_slots (assessment->program);

  assessment->moves = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < n; i++)
    {
      guint canonical = assessment->canonical[i];
      DkMove move = { i, DK_MOVE_SAME };

      g_ptr_array_add (assessment->moves, g_array_new (FALSE, FALSE, sizeof (DkMove)));
      g_array_append_val ((GArray *) g_ptr_array_index (assessment->moves, canonical), move);
    }
  for (guint i = 0; i < n; i++)
    for (guint r = 0; slots[i].kind == DK_SLOT_FACT && slots[i].fact->kind == DK_KIND_NUMBER && assessment->canonical[i] == i && r < relations->len; r++)
      {
        const DkRelation *relation = &g_array_index (relations, DkRelation, r);
        const DkSymbol *other = relation->part == slots[i].fact ? relation->whole : relation->whole == slots[i].fact ? relation->part : NULL;
        guint slot = other != NULL ? dk_assessment_find_slot (assessment, other, assessment->answers[i].period) : G_MAXUINT;

        if (slot != G_MAXUINT)
          add_moves (assessment, i, slot, other == relation->whole ? DK_MOVE_WHOLE : DK_MOVE_PART);
      }
}

const GArray *
dk_assessment_get_moves (DkAssessment *assessment,
                         guint         slot)
{
  if (assessment->moves == NULL)
    find_moves (assessment);
  return g_ptr_array_index (assessment->moves, assessment->canonical[slot]);
}

void
dk_assessment_try (DkAssessment  *assessment,
                   guint          slot,
                   const DkValue *value)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  const GArray *moves = dk_assessment_get_moves (assessment, slot);
  DkTrial *trial = dk_assessment_get_trial (assessment);
  gboolean has_ends = (value->state & (DK_POINT | DK_RANGE)) != 0;

  for (guint i = 0; i < moves->len; i++)
    {
      const DkMove *move = &g_array_index (moves, DkMove, i);
      const DkSymbol *other = slots[move->slot].fact;
      DkValue clipped = dk_trial_get_run (trial)->regs[slots[move->slot].reg];

      if (move->kind == DK_MOVE_SAME)
        {
          dk_trial_set (trial, move->slot, value);
          continue;
        }
      if (!has_ends || (clipped.state & DK_UNANSWERED) == 0 || (clipped.state & DK_RANGE) == 0)
        continue;
      /* Counted from the domain again: the old clip was by the old value. */
      clipped.low = other->domain.low;
      clipped.high = dk_value_high (&other->domain);
      if (move->kind == DK_MOVE_WHOLE)
        clipped.low = dk_number_max (clipped.low, value->low);
      else
        clipped.high = dk_number_min (clipped.high, dk_value_high (value));
      if (dk_number_compare (clipped.low, clipped.high) <= 0)
        dk_trial_set (trial, move->slot, &clipped);
    }
}
