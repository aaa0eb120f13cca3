/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A projection as data/schema/project.schema.json describes it. */
#define G_LOG_DOMAIN "dk-projection"

#include "dk-projection.h"

#include "dk-json-builder.h"

typedef struct
{
  const DkProjection *projection;
  const char         *language;
  DkJsonBuilder      *builder;
} Writer;

static void
write_ref (Writer         *self,
           const DkSymbol *fact,
           DkPeriodKey     period)
{
  g_autofree char *when = period.year != 0 ? dk_period_to_string (period) : NULL;

  dk_json_add_string (self->builder, "fact", fact->id);
  dk_json_add_string (self->builder, "period", when);
  dk_json_add_string (self->builder, "label", dk_text_get (&fact->label, self->language));
}

static void
add_refs (Writer     *self,
          const char *name,
          GArray     *refs)
{
  dk_json_begin_list (self->builder, name);
  for (guint i = 0; i < refs->len; i++)
    {
      const DkFactRef *ref = &g_array_index (refs, DkFactRef, i);

      dk_json_builder_begin_object (self->builder);
      write_ref (self, ref->fact, ref->period);
      dk_json_builder_end_object (self->builder);
    }
  dk_json_builder_end_array (self->builder);
  g_array_unref (refs);
}

static void
add_year (Writer     *self,
          const char *name,
          guint       year)
{
  if (year != DK_NO_YEAR)
    {
      dk_json_add_int (self->builder, name, year);
      return;
    }
  dk_json_builder_set_member_name (self->builder, name);
  dk_json_builder_add_null_value (self->builder);
}

/* The members of a programme or a standard. */
static void
write_course (Writer         *self,
              const DkCourse *course)
{
  dk_json_add_string (self->builder, "id", course->item->id);
  dk_json_add_string (self->builder, "title", dk_text_get (&course->item->title, self->language));
  add_year (self, "first_met", course->first_met);
  add_year (self, "first_open", course->first_open);
  dk_json_begin_list (self->builder, "verdicts");
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      const DkResult *result = course->results[year];

      dk_json_builder_begin_object (self->builder);
      dk_json_add_string (self->builder, "verdict", dk_verdict_to_string (result != NULL ? result->verdict : DK_VERDICT_NA));
      dk_json_add_flag (self->builder, "by_plan", course->by_plan[year]);
      dk_json_add_string (self->builder, "against", course->against[year] != NULL && course->against[year]->limb != NULL
                                                      ? course->against[year]->limb->item->id : NULL);
      add_refs (self, "planned", dk_projection_list_planned (self->projection, course, year));
      add_refs (self, "unplanned", dk_projection_list_unplanned (self->projection, course, year));
      dk_json_builder_end_object (self->builder);
    }
  dk_json_builder_end_array (self->builder);
}

static void
write_outlook (Writer          *self,
               const DkOutlook *outlook)
{
  dk_json_builder_begin_object (self->builder);
  write_course (self, &outlook->course);
  dk_json_add_flag (self->builder, "board", dk_outlook_is_board (outlook));
  dk_json_add_flag (self->builder, "held", outlook->held == DK_HELD_YES);
  dk_json_begin_list (self->builder, "standards");
  for (guint i = 0; i < outlook->standards->len; i++)
    {
      dk_json_builder_begin_object (self->builder);
      write_course (self, g_ptr_array_index (outlook->standards, i));
      dk_json_builder_end_object (self->builder);
    }
  dk_json_builder_end_array (self->builder);
  dk_json_builder_end_object (self->builder);
}

/* What is planned, as it was given: a rate of growth has no period. */
static void
add_plan (Writer *self)
{
  g_autoptr(GArray) planned = dk_enterprise_list_planned (self->projection->enterprise);

  dk_json_begin_list (self->builder, "plan");
  for (guint i = 0; i < planned->len; i++)
    {
      const DkPlanned *one = &g_array_index (planned, DkPlanned, i);
      const DkSymbol *symbol = dk_planned_get_symbol (one->fact, one->period);
      g_autofree char *when = one->period.year != 0 ? dk_period_to_string (one->period) : NULL;
      g_autofree char *value = dk_fact_value_to_string (symbol, &one->value);

      dk_json_builder_begin_object (self->builder);
      dk_json_add_string (self->builder, "fact", one->fact != NULL ? one->fact->id : NULL);
      dk_json_add_string (self->builder, "period", when);
      dk_json_add_flag (self->builder, "growth", symbol != one->fact);
      dk_json_add_string (self->builder, "value", value);
      dk_json_builder_end_object (self->builder);
    }
  dk_json_builder_end_array (self->builder);
}

/**
 * dk_projection_to_json:
 * @projection: a projection
 * @language: "zh" or "en", of titles and labels
 *
 * Returns: (transfer full): one JSON object and a line end
 */
char *
dk_projection_to_json (const DkProjection *projection,
                       const char         *language)
{
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();
  Writer self = { projection, language, builder };

  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "enterprise", dk_enterprise_get_name (projection->enterprise));
  dk_json_begin_list (builder, "years");
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      dk_json_builder_begin_object (builder);
      dk_json_add_date (builder, "as_of", dk_projection_get_as_of (projection, year));
      dk_json_add_int (builder, "year", projection->last_year + (int) year);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  add_plan (&self);
  dk_json_begin_list (builder, "programmes");
  for (guint i = 0; i < projection->outlooks->len; i++)
    write_outlook (&self, g_ptr_array_index (projection->outlooks, i));
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
  return dk_json_finish (builder);
}
