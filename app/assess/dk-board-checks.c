/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-board-checks"

#include "dk-board-checks.h"

#include "dk-assessment-private.h"

#include <glib/gi18n.h>

/* Groups within groups: no pack goes deeper. */
#define MAX_DEPTH 16

/* Whether a slot is of a fact by which a rule may be answered: whether it applies is no question of its own. */
static gboolean
is_candidate (const DkAssessment *assessment,
              const DkItem       *rule,
              guint               slot)
{
  return dk_program_get_slots (assessment->program)[slot].kind == DK_SLOT_FACT && assessment->canonical[slot] == slot
         && dk_program_depends (assessment->program, rule->verdict_reg, slot)
         && (rule->applies == NULL || !dk_program_depends (assessment->program, rule->applies->reg, slot));
}

/* Whether a rule reads more than one fact, besides what that is derived from: figures decide then, and no single answer does. */
static gboolean
rests_on_others (const DkAssessment *assessment,
                 const DkCheckItem  *item,
                 guint               found)
{
  const DkSlot *slot = &dk_program_get_slots (assessment->program)[found];

  for (guint i = 0; i < dk_program_n_slots (assessment->program); i++)
    if (is_candidate (assessment, item->result->item, i) && assessment->answers[i].fact != item->fact
        && (slot->derivation == NULL || !dk_program_depends (assessment->program, slot->derivation->reg, i)))
      return TRUE;
  return FALSE;
}

/* By which fact a rule is answered: a question of yes or no, or else the last of the catalogue that it reads, which what it is derived from stands
 * before. The last year of one that is asked by the year. */
static void
find_fact (const DkAssessment *assessment,
           DkCheckItem        *item)
{
  guint found = G_MAXUINT;

  for (guint i = 0; i < dk_program_n_slots (assessment->program); i++)
    {
      const DkFactRef *ref = &assessment->answers[i];
      gboolean is_truth, was_truth;

      if (!is_candidate (assessment, item->result->item, i))
        continue;
      is_truth = ref->fact->kind == DK_KIND_TRUTH;
      was_truth = item->fact != NULL && item->fact->kind == DK_KIND_TRUTH;
      if (item->fact == NULL || (is_truth && !was_truth) || (is_truth == was_truth && ref->fact->index > item->fact->index)
          || (ref->fact == item->fact && ref->period.year > item->period.year))
        {
          item->fact = ref->fact;
          item->period = ref->period;
          found = i;
        }
    }
  if (found == G_MAXUINT || item->period.year != 0 || rests_on_others (assessment, item, found))
    return;
  /* What follows from other answers is asked of nobody. */
  item->is_asked = (assessment->inputs[found].state & DK_UNANSWERED) == 0
                   || !dk_value_is_settled_as (&assessment->run->regs[assessment->known_reg[found]], item->fact->kind);
}

static void
add_rules (const DkAssessment *assessment,
           const DkResult     *result,
           guint               depth,
           GArray             *list)
{
  const DkItem *rule = result->item;
  DkCheckItem item = { .result = result };

  if (result->verdict == DK_VERDICT_NA || result->verdict == DK_VERDICT_NONE || rule->verdict_reg == DK_NO_REGISTER)
    return;
  if (rule->kind == DK_ITEM_ALL)
    {
      for (guint i = 0; depth > 0 && i < rule->children->len; i++)
        {
          const DkResult *child = dk_assessment_find (assessment, ((const DkItem *) g_ptr_array_index (rule->children, i))->id);

          if (child != NULL)
            add_rules (assessment, child, depth - 1, list);
        }
      return;
    }
  find_fact (assessment, &item);
  item.is_looked_into = result->verdict != DK_VERDICT_OPEN;
  if (item.fact != NULL)
    {
      g_autofree char *subject = dk_note_dup_subject (item.fact, item.period);

      item.note = dk_enterprise_get_note (assessment->enterprise, subject);
    }
  g_array_append_val (list, item);
}

GArray *
dk_assessment_list_checklist (const DkAssessment *assessment,
                              const DkPack       *pack)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DkCheckItem));

  for (guint i = 0; i < pack->checklist->len; i++)
    {
      const DkResult *result = dk_assessment_find (assessment, g_ptr_array_index (pack->checklist, i));

      if (result != NULL)
        add_rules (assessment, result, MAX_DEPTH, list);
    }
  return list;
}

guint
dk_checklist_count_looked_into (const GArray *checklist)
{
  guint n = 0;

  for (guint i = 0; i < checklist->len; i++)
    n += g_array_index ((GArray *) checklist, DkCheckItem, i).is_looked_into;
  return n;
}

char *
dk_checklist_dup_summary (const DkWording *wording,
                          const GArray    *checklist)
{
  /* TRANSLATORS: of the items of a checklist, how many are settled either way. */
  return g_strdup_printf (dk_tr (wording->language, N_("%u of %u looked into")), dk_checklist_count_looked_into (checklist), checklist->len);
}

char *
dk_check_item_dup_clause (const DkWording   *wording,
                          const DkCheckItem *item)
{
  return dk_wording_dup_citations (wording, item->result->item->citations);
}

char *
dk_check_item_dup_answer (const DkWording   *wording,
                          const DkCheckItem *item)
{
  const DkAssessment *assessment = wording->assessment;
  DkValue value;

  if (item->fact == NULL)
    return g_strdup ("");
  if (!dk_enterprise_get (assessment->enterprise, item->fact, item->period, &value))
    {
      guint slot = dk_assessment_find_slot (assessment, item->fact, item->period);

      if (dk_enterprise_is_unknown (assessment->enterprise, item->fact, item->period))
        return g_strdup (dk_tr (wording->language, N_("not known yet")));
      if (item->is_asked || slot == G_MAXUINT)
        return g_strdup ("");
      value = assessment->run->regs[assessment->known_reg[slot]];
      if (!dk_value_is_settled_as (&value, item->fact->kind))
        return g_strdup ("");
    }
  if (value.state == DK_UNDEFINED)
    /* TRANSLATORS: the answer that something never happened. */
    return g_strdup (dk_tr_context (wording->language, "answer", NC_("answer", "never")));
  return dk_value_to_display (&value, item->fact->kind, item->fact->unit, item->fact->choices, item->fact->codes, wording->language);
}
