/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-plan"

#include "dk-plan.h"

#include "dk-digest.h"

#include <glib/gi18n.h>

#define MAX_DEPTH 6

static DkPlanEntry *
add_entry (GArray         *entries,
           DkRowKind       kind,
           const DkResult *result,
           guint           depth,
           guint           list)
{
  DkPlanEntry entry = { .kind = kind, .result = result, .depth = depth, .list = list };

  g_array_append_val (entries, entry);
  return &g_array_index (entries, DkPlanEntry, entries->len - 1);
}

static gboolean
has_conditions (const DkResult *result)
{
  return dk_wording_is_group (result) && result->item->children->len > 0;
}

static void plan_conditions (GArray *entries, const DkWording *wording, const DkResult *parent, guint depth);

static void
plan_condition (GArray          *entries,
                const DkWording *wording,
                const DkResult  *parent,
                const DkResult  *child,
                guint            depth)
{
  guint place = entries->len;
  gboolean has_members = has_conditions (child);

  if (!dk_digest_is_condition (parent, child))
    return;
  add_entry (entries, DK_ROW_CONDITION, child, depth, 0);
  g_array_index (entries, DkPlanEntry, place).is_faint = dk_digest_is_spare (parent, child) || child->verdict == DK_VERDICT_NA;
  g_array_index (entries, DkPlanEntry, place).has_members = has_members;
  if (has_members && depth < MAX_DEPTH)
    plan_conditions (entries, wording, child, depth + 1);
}

/* Groups unfold, with members that stand elsewhere in the tree too. Of a rule that computes, what it uses is part of its derivation,
 * not a condition of its own. */
static void
plan_conditions (GArray          *entries,
                 const DkWording *wording,
                 const DkResult  *parent,
                 guint            depth)
{
  if (!dk_wording_is_group (parent))
    {
      for (guint i = 0; i < dk_result_n_children (parent); i++)
        plan_condition (entries, wording, parent, dk_result_get_child (parent, i), depth);
      return;
    }
  for (guint i = 0; i < parent->item->children->len; i++)
    {
      const DkItem *item = dk_assessment_resolve (wording->assessment, g_ptr_array_index (parent->item->children, i), parent->item);
      const DkResult *child = dk_assessment_find (wording->assessment, item->id);

      if (child != NULL)
        plan_condition (entries, wording, parent, child, depth);
    }
}

static void
plan_score (const DkWording *wording,
            GArray          *entries,
            const DkResult  *score,
            guint            depth,
            guint            list,
            gboolean         is_faint)
{
  add_entry (entries, DK_ROW_SCORE, score, depth, list)->is_faint = is_faint;
  for (guint i = 0; depth < 2 && i < dk_result_n_children (score); i++)
    {
      const DkResult *child = dk_result_get_child (score, i);

      if (child->item->kind == DK_ITEM_SCORE && child->verdict != DK_VERDICT_NA && !child->is_aside)
        plan_score (wording, entries, child, depth + 1, list, is_faint);
    }
}

static void
plan_scorecards (const DkWording *wording,
                 GArray          *entries,
                 const DkResult  *programme,
                 const DkResult  *result,
                 guint           *list)
{
  if (result->item->kind == DK_ITEM_TOTAL)
    {
      guint first = entries->len;
      gboolean is_faint = programme->verdict == DK_VERDICT_PASS && result->verdict != DK_VERDICT_PASS && result->verdict != DK_VERDICT_NONE;

      (*list)++;
      for (guint i = 0; i < result->item->children->len; i++)
        {
          const DkItem *item = dk_assessment_resolve (wording->assessment, g_ptr_array_index (result->item->children, i), result->item);
          const DkResult *score = dk_assessment_find (wording->assessment, item->id);

          if (score != NULL && score->verdict != DK_VERDICT_NA)
            plan_score (wording, entries, score, 0, *list, is_faint);
        }
      if (entries->len > first)
        g_array_index (entries, DkPlanEntry, first).heading = dk_wording_get_title (wording, result);
    }
  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);

      if (!child->is_aside)
        plan_scorecards (wording, entries, programme, child, list);
    }
}

/* A remark; a list unfolds. */
static void
plan_remark (GArray         *entries,
             DkRowKind       kind,
             const DkResult *result,
             guint           depth,
             guint           list)
{
  add_entry (entries, kind, result, depth, list);
  if (result->item->kind != DK_ITEM_LIST || depth >= MAX_DEPTH)
    return;
  for (guint i = 0; i < dk_result_n_children (result); i++)
    if (dk_result_get_child (result, i)->verdict != DK_VERDICT_NA)
      plan_remark (entries, kind, dk_result_get_child (result, i), depth + 1, list);
}

/* Warnings with cause, and then what is only said for information. */
static void
plan_remarks (GArray         *entries,
              const DkResult *programme,
              DkRowKind       kind,
              const char     *heading,
              guint          *list)
{
  guint first = entries->len;

  (*list)++;
  for (guint i = 0; i < dk_result_n_children (programme); i++)
    {
      const DkResult *child = dk_result_get_child (programme, i);
      gboolean is_warning = child->item->kind == DK_ITEM_WARNING;

      if (kind == DK_ROW_WARNING ? is_warning && child->verdict == DK_VERDICT_FAIL
                                 : !is_warning && child->is_aside && child->verdict != DK_VERDICT_NA)
        plan_remark (entries, kind, child, 0, *list);
    }
  if (entries->len > first)
    g_array_index (entries, DkPlanEntry, first).heading = heading;
}

GArray *
dk_plan_new (const DkWording *wording,
             const DkResult  *programme)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (DkPlanEntry));
  guint list = 0;

  if (programme->verdict == DK_VERDICT_NA && programme->in_force == NULL && programme->n_versions == 0)
    return entries;
  plan_conditions (entries, wording, programme, 0);
  if (entries->len > 0)
    g_array_index (entries, DkPlanEntry, 0).heading = programme->item->kind == DK_ITEM_LIST ? _("Indicators")
                                                      : programme->verdict == DK_VERDICT_NONE ? _("How it is found") : _("Conditions");
  plan_remarks (entries, programme, DK_ROW_WARNING, _("Warnings; they refuse nothing"), &list);
  plan_scorecards (wording, entries, programme, programme, &list);
  plan_remarks (entries, programme, DK_ROW_ASIDE, _("For information; the verdict does not rest on it"), &list);
  return entries;
}

char *
dk_plan_to_string (const GArray   *entries,
                   const DkResult *programme)
{
  GString *text = g_string_new (programme->in_force != NULL ? programme->in_force->id : "-");

  g_string_append_printf (text, " %u", programme->n_versions);
  for (guint i = 0; i < entries->len; i++)
    {
      const DkPlanEntry *entry = &g_array_index (entries, DkPlanEntry, i);

      g_string_append_printf (text, "\n%u %d %u %d %s", entry->list, entry->kind, entry->depth, entry->has_members, entry->result->item->id);
    }
  return g_string_free (text, FALSE);
}
