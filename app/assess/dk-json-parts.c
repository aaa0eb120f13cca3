/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to some programmes only, in the JSON of an assessment: lines of returns, the checklist, the steps on the calendar. */
#define G_LOG_DOMAIN "dk-json"

#include "dk-json-parts.h"

#include "dk-board-checks.h"
#include "dk-stages.h"

void
dk_json_add_return_lines (DkJsonBuilder      *builder,
                          const DkAssessment *assessment,
                          const DkItem       *item)
{
  const DkReturnLine *line;

  for (guint i = 0; (line = dk_assessment_find_return_line (assessment, item, i)) != NULL; i++)
    {
      DkCertainty certainty = DK_CERTAINTY_READ;

      if (i == 0)
        dk_json_begin_list (builder, "lines");
      for (guint k = 0; k < line->edition->citations->len; k++)
        certainty = MAX (certainty, ((const DkCitation *) g_ptr_array_index (line->edition->citations, k))->certainty);
      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "form", line->form->id);
      dk_json_add_string (builder, "version", line->edition->id);
      dk_json_add_string (builder, "line", line->line);
      dk_json_add_string (builder, "certainty", dk_certainty_to_string (certainty));
      dk_json_builder_end_object (builder);
    }
  if (dk_assessment_find_return_line (assessment, item, 0) != NULL)
    dk_json_builder_end_array (builder);
}

/* On what something rests, as people cite it. */
static void
add_clauses (DkJsonBuilder   *builder,
             const DkWording *wording,
             const GPtrArray *citations)
{
  dk_json_begin_list (builder, "clauses");
  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index ((GPtrArray *) citations, i);
      g_autofree char *text = dk_wording_dup_citation (wording, citation);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "clause", text);
      dk_json_add_string (builder, "certainty", dk_certainty_to_string (citation->certainty));
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
}

void
dk_json_add_checklist (DkJsonBuilder   *builder,
                       const DkWording *wording,
                       const DkPack    *pack)
{
  g_autoptr(GArray) list = NULL;

  if (pack->checklist->len == 0)
    return;
  list = dk_assessment_list_checklist (wording->assessment, pack);
  dk_json_begin_list (builder, "checklist");
  for (guint i = 0; i < list->len; i++)
    {
      const DkCheckItem *item = &g_array_index (list, DkCheckItem, i);
      g_autofree char *answer = dk_check_item_dup_answer (wording, item);
      g_autofree char *subject = item->fact != NULL ? dk_note_dup_subject (item->fact, item->period) : NULL;

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "rule", item->result->item->id);
      dk_json_add_string (builder, "title", dk_wording_get_title (wording, item->result));
      dk_json_add_string (builder, "verdict", dk_verdict_to_string (item->result->verdict));
      dk_json_add_flag (builder, "looked_into", item->is_looked_into);
      dk_json_add_string (builder, "fact", item->fact != NULL ? item->fact->id : NULL);
      dk_json_add_flag (builder, "asked", item->is_asked);
      dk_json_add_string (builder, "answer", *answer != '\0' ? answer : NULL);
      dk_json_add_string (builder, "subject", subject);
      dk_json_add_note (builder, item->note);
      add_clauses (builder, wording, item->result->item->citations);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
}

static void
add_days (DkJsonBuilder *builder,
          const char    *name,
          const gint64  *days)
{
  dk_json_builder_set_member_name (builder, name);
  if (days == NULL)
    {
      dk_json_builder_add_null_value (builder);
      return;
    }
  dk_json_builder_begin_object (builder);
  dk_json_add_date (builder, "earliest", days[0]);
  dk_json_add_date (builder, "latest", days[1]);
  dk_json_builder_end_object (builder);
}

static void
add_stage (DkJsonBuilder     *builder,
           const DkWording   *wording,
           const DkStagePlan *plan)
{
  const DkStage *stage = plan->stage;
  g_autofree char *length = dk_stage_dup_length (wording, stage);
  const char *limit = dk_text_get (&stage->limit, wording->language), *note = dk_text_get (&stage->note, wording->language);

  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "id", stage->id);
  dk_json_add_string (builder, "title", dk_text_get (&stage->title, wording->language));
  dk_json_add_string (builder, "state", dk_stage_state_to_string (plan->state));
  dk_json_add_flag (builder, "optional", stage->is_optional);
  dk_json_add_string (builder, "takes", length);
  dk_json_add_string (builder, "limit", *limit != '\0' ? limit : NULL);
  dk_json_add_string (builder, "note", *note != '\0' ? note : NULL);
  add_days (builder, "begins", plan->has_begin ? plan->begin : NULL);
  add_days (builder, "ends", plan->has_end ? plan->end : NULL);
  dk_json_begin_list (builder, "needs");
  for (guint i = 0; i < stage->needs->len; i++)
    dk_json_builder_add_string_value (builder, ((const DkNotice *) g_ptr_array_index (stage->needs, i))->id);
  dk_json_builder_end_array (builder);
  add_clauses (builder, wording, stage->citations);
  dk_json_builder_end_object (builder);
}

void
dk_json_add_stages (DkJsonBuilder   *builder,
                    const DkWording *wording,
                    const DkPack    *pack)
{
  g_autoptr(GArray) stages = NULL;
  gint64 end[2];

  if (pack->stages->len == 0)
    return;
  stages = dk_assessment_plan_stages (wording->assessment, pack);
  dk_json_begin_list (builder, "steps");
  for (guint i = 0; i < stages->len; i++)
    add_stage (builder, wording, &g_array_index (stages, DkStagePlan, i));
  dk_json_builder_end_array (builder);
  add_days (builder, "steps_end", dk_stages_get_end (stages, &end[0], &end[1]) ? end : NULL);
}
