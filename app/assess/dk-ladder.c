/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-ladder"

#include "dk-ladder.h"

#include <glib/gi18n.h>
#include <string.h>

/* How many conditions count as "one change away". */
#define NEAR_CONDITIONS 1

static gboolean
is_title (const DkPack *pack)
{
  return strcmp (pack->kind, "certification") == 0 || strcmp (pack->kind, "profile") == 0;
}

/* Counts what the verdict joins. Only "all of" is looked into: whoever may choose a route has one condition to meet. */
static void
count_conditions (const DkResult *result,
                  DkRung         *rung)
{
  if (result->is_aside || result->item->kind == DK_ITEM_WARNING || result->verdict == DK_VERDICT_NA || result->verdict == DK_VERDICT_NONE)
    return;
  if (result->item->kind == DK_ITEM_ALL && dk_result_n_children (result) > 0)
    {
      for (guint i = 0; i < dk_result_n_children (result); i++)
        count_conditions (dk_result_get_child (result, i), rung);
      return;
    }
  rung->n_conditions++;
  switch (result->verdict)
    {
    case DK_VERDICT_PASS:
      rung->n_met++;
      break;
    case DK_VERDICT_FAIL:
      rung->n_failed++;
      if (rung->first_failed == NULL)
        rung->first_failed = result;
      break;
    case DK_VERDICT_OPEN:
    case DK_VERDICT_NA:
    case DK_VERDICT_NONE:
    default:
      rung->n_open++;
      break;
    }
}

static DkNearness
find_nearness (const DkRung *rung)
{
  const DkResult *result = rung->result;

  if (rung->held == DK_HELD_YES)
    return DK_NEARNESS_HELD;
  switch (result->verdict)
    {
    case DK_VERDICT_PASS:
      return DK_NEARNESS_NOW;
    case DK_VERDICT_OPEN:
      return DK_NEARNESS_NEAR;
    case DK_VERDICT_FAIL:
      return rung->n_failed <= NEAR_CONDITIONS && rung->n_open == 0 ? DK_NEARNESS_NEAR : DK_NEARNESS_FAR;
    case DK_VERDICT_NONE:
    case DK_VERDICT_NA:
    default:
      return DK_NEARNESS_NONE;
    }
}

static DkRung *
new_rung (const DkAssessment *assessment,
          const DkResult     *result)
{
  DkRung *rung = g_new0 (DkRung, 1);

  rung->result = result;
  rung->held = dk_assessment_get_held (assessment, result->item->pack);
  rung->has_until = dk_assessment_get_held_until (assessment, result->item->pack, &rung->until);
  rung->is_uncertain = result->certainty == DK_CERTAINTY_UNCERTAIN && result->in_force != NULL;
  count_conditions (result, rung);
  rung->nearness = find_nearness (rung);
  return rung;
}

static int
compare_rungs (gconstpointer a,
               gconstpointer b)
{
  return dk_pack_compare_rungs ((*(const DkRung *const *) a)->result->item->pack, (*(const DkRung *const *) b)->result->item->pack);
}

GPtrArray *
dk_ladder_new (DkAssessment *assessment)
{
  GPtrArray *results = dk_assessment_get_results (assessment);
  GPtrArray *rungs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);

      if (is_title (result->item->pack))
        g_ptr_array_add (rungs, new_rung (assessment, result));
    }
  g_ptr_array_sort (rungs, compare_rungs);
  return rungs;
}

/* The duty that comes up first of those whose day is known. */
static const DkNotice *
find_next_duty (const DkWording *wording,
                const DkPack    *pack,
                gint64          *day)
{
  const DkNotice *next = NULL;

  *day = 0;

  for (guint i = 0; i < pack->duties->len; i++)
    {
      const DkNotice *duty = g_ptr_array_index (pack->duties, i);
      gint64 due;

      if (dk_assessment_get_due (wording->assessment, duty, &due) && due >= dk_assessment_get_as_of (wording->assessment)
          && (next == NULL || due < *day))
        {
          next = duty;
          *day = due;
        }
    }
  return next;
}

static char *
describe_upkeep (const DkWording *wording,
                 const DkRung    *rung,
                 char           **more)
{
  gint64 day = 0;
  const DkNotice *duty = find_next_duty (wording, rung->result->item->pack, &day);
  g_autofree char *date = duty != NULL ? dk_date_to_string (day) : NULL;

  if (rung->result->verdict == DK_VERDICT_FAIL)
    *more = rung->first_failed != NULL
              ? g_strdup_printf (dk_tr (wording->language, N_("No longer met: %s")), dk_wording_get_title (wording, rung->first_failed))
              : g_strdup (dk_tr (wording->language, N_("Its conditions are no longer met")));
  else if (rung->result->verdict == DK_VERDICT_PASS)
    {
      g_autofree char *safety = dk_wording_describe_safety (wording, rung->result);

      if (safety != NULL)
        *more = g_strdup_printf (dk_tr (wording->language, N_("Weakest figure: %s")), safety);
    }
  if (duty != NULL)
    /* TRANSLATORS: a day, and what is to be done by then. */
    return g_strdup_printf (dk_tr (wording->language, N_("By %s: %s")), date, dk_text_get (&duty->title, wording->language));
  return g_strdup (dk_tr (wording->language, N_("Nothing falls due that is known")));
}

static char *
describe_application (const DkWording *wording,
                      const DkRung    *rung,
                      char           **more)
{
  g_autofree char *safety = dk_wording_describe_safety (wording, rung->result);
  gboolean is_profile = strcmp (rung->result->item->pack->kind, "profile") == 0;

  if (safety != NULL)
    *more = g_strdup_printf (dk_tr (wording->language, N_("Weakest figure: %s")), safety);
  return g_strdup (is_profile ? dk_tr (wording->language, N_("Its conditions are met")) : dk_tr (wording->language, N_("Can be applied for now")));
}

static gboolean
is_missing (const DkResult  *result,
            const DkFactRef *ref)
{
  for (guint i = 0; i < result->missing->len; i++)
    {
      const DkFactRef *other = &g_array_index (result->missing, DkFactRef, i);

      if (other->fact == ref->fact && dk_period_equal (other->period, ref->period))
        return TRUE;
    }
  return FALSE;
}

/* What to find out: the question that decides most, if it is one of this title's, or else its first. */
static char *
describe_question (const DkWording *wording,
                   const DkRung    *rung,
                   char           **more)
{
  const DkResult *result = rung->result;
  guint n = result->missing->len + result->registers->len;
  DkQuestion question;
  g_autofree char *name = NULL;

  if (rung->n_failed > 0 && rung->first_failed != NULL)
    *more = g_strdup_printf (dk_tr (wording->language, N_("Not met as it is: %s")), dk_wording_get_title (wording, rung->first_failed));
  else if (n > 1)
    *more = g_strdup_printf (dk_tr (wording->language, N_("Answers that can still change it: %u")), n);
  if (result->missing->len > 0)
    {
      gboolean has = dk_assessment_get_next_question (wording->assessment, &question) && is_missing (result, &question.ref);

      name = dk_wording_name_fact (wording, has ? &question.ref : &g_array_index (result->missing, DkFactRef, 0));
      /* TRANSLATORS: a fact that is not answered yet. */
      return g_strdup_printf (dk_tr (wording->language, N_("Answer: %s")), name);
    }
  if (result->registers->len > 0)
    {
      const DkScope *scope = dk_rulebook_get_scope (wording->book);
      const DkRegister *reg = g_ptr_array_index (scope->registers, g_array_index (result->registers, guint, 0));

      return g_strdup_printf (dk_tr (wording->language, N_("Complete the list: %s")), dk_text_get (&reg->label, wording->language));
    }
  return g_strdup (dk_tr (wording->language, N_("A panel decides")));
}

static char *
describe_gap (const DkWording *wording,
              const DkRung    *rung,
              char           **more)
{
  g_autoptr(GArray) levers = dk_assessment_get_levers (wording->assessment, rung->result);
  const DkResult *failed = rung->first_failed;
  guint n_others;

  if (levers->len > 0)
    {
      *more = g_strdup (dk_tr (wording->language, N_("This change alone makes it pass")));
      return dk_wording_describe_lever (wording, &g_array_index (levers, DkLever, 0));
    }
  if (failed == NULL)
    return g_strdup (dk_tr (wording->language, N_("Its conditions are not met")));
  n_others = rung->n_failed - 1;
  if (n_others > 0)
    *more = g_strdup_printf (dk_tr (wording->language, N_("Other conditions not met: %u")), n_others);
  if (failed != rung->result)
    {
      g_clear_pointer (&levers, g_array_unref);
      levers = dk_assessment_get_levers (wording->assessment, failed);
      if (levers->len > 0)
        return dk_wording_describe_lever (wording, &g_array_index (levers, DkLever, 0));
    }
  /* What no figure mends: the title of the condition, and what its pack advises. */
  if (n_others == 0 && *dk_text_get (&failed->item->advice, wording->language) != '\0')
    *more = g_strdup (dk_text_get (&failed->item->advice, wording->language));
  return g_strdup_printf (dk_tr (wording->language, N_("Not met: %s")), dk_wording_get_title (wording, failed));
}

char *
dk_ladder_dup_next_step (const DkWording *wording,
                         const DkRung    *rung,
                         char           **more)
{
  const DkResult *result = rung->result;

  *more = NULL;
  switch (rung->nearness)
    {
    case DK_NEARNESS_HELD:
      return describe_upkeep (wording, rung, more);
    case DK_NEARNESS_NOW:
      return describe_application (wording, rung, more);
    case DK_NEARNESS_NEAR:
      return result->verdict == DK_VERDICT_OPEN ? describe_question (wording, rung, more) : describe_gap (wording, rung, more);
    case DK_NEARNESS_FAR:
      return describe_gap (wording, rung, more);
    case DK_NEARNESS_NONE:
    case DK_N_NEARNESSES:
    default:
      if (result->verdict == DK_VERDICT_NONE)
        return g_strdup (dk_text_get (&result->item->pack->summary, wording->language));
      return g_strdup (result->in_force == NULL ? dk_tr (wording->language, N_("No rule of it is in force on that day"))
                                                : dk_tr (wording->language, N_("Does not apply to this enterprise")));
    }
}
