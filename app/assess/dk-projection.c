/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-projection"

#include "dk-projection.h"

#include "dk-assessment-private.h"

/* The same assessments if nothing was planned; the first one is that of now. */
typedef struct
{
  DkAssessment *assessments[DK_PROJECTION_YEARS];
} Bare;

static const DkResult *
find_verdict (const DkAssessment *assessment,
              const char         *id)
{
  const DkResult *result = dk_assessment_find (assessment, id);

  return result != NULL && result->verdict != DK_VERDICT_NA && result->verdict != DK_VERDICT_NONE ? result : NULL;
}

static void
finish_course (DkCourse   *course,
               const Bare *bare)
{
  course->first_met = course->first_open = DK_NO_YEAR;
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      const DkResult *result = course->results[year], *without;

      if (result == NULL)
        continue;
      without = find_verdict (bare->assessments[year], result->item->id);
      course->by_plan[year] = year > 0 && (without == NULL || without->verdict != result->verdict);
      if (result->verdict == DK_VERDICT_PASS && course->first_met == DK_NO_YEAR)
        course->first_met = year;
      if (result->verdict != DK_VERDICT_FAIL && course->first_open == DK_NO_YEAR)
        course->first_open = year;
    }
}

static DkCourse *
find_course (GPtrArray  *courses,
             const char *id)
{
  for (guint i = 0; i < courses->len; i++)
    if (g_strcmp0 (((DkCourse *) g_ptr_array_index (courses, i))->item->id, id) == 0)
      return g_ptr_array_index (courses, i);
  return NULL;
}

/* A standard of one year; that which comes new stands behind those that were there before. */
static void
add_standards (DkOutlook     *self,
               const DkBoard *board,
               guint          year)
{
  for (guint i = 0; i < board->standards->len; i++)
    {
      const DkStandard *standard = g_ptr_array_index (board->standards, i);
      DkCourse *course = find_course (self->standards, standard->result->item->id);

      if (course == NULL)
        {
          course = g_new0 (DkCourse, 1);
          course->item = standard->result->item;
          g_ptr_array_add (self->standards, course);
        }
      course->results[year] = standard->result;
      course->against[year] = &standard->against;
    }
}

static const DkBoard *
find_board (const GPtrArray *boards,
            const char      *id)
{
  for (guint i = 0; i < boards->len; i++)
    {
      const DkBoard *board = g_ptr_array_index (boards, i);

      if (g_strcmp0 (board->programme->item->id, id) == 0)
        return board;
    }
  return NULL;
}

static DkOutlook *
new_outlook (const DkProjection *projection,
             const DkResult     *now,
             const Bare         *bare)
{
  DkOutlook *self = g_new0 (DkOutlook, 1);

  self->course.item = now->item;
  self->pack = now->item->pack;
  self->held = dk_assessment_get_held (projection->assessments[0], self->pack);
  self->standards = g_ptr_array_new_with_free_func (g_free);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      const DkResult *result = find_verdict (projection->assessments[year], now->item->id);

      if (result != NULL && result->is_programme && result->in_force != NULL)
        self->course.results[year] = result;
      self->boards[year] = find_board (projection->boards[year], now->item->id);
      if (self->boards[year] != NULL)
        {
          const DkStandard *nearest = self->boards[year]->nearest;

          add_standards (self, self->boards[year], year);
          self->course.against[year] = nearest != NULL && nearest->result->verdict != DK_VERDICT_PASS ? &nearest->against
                                                                                                      : &self->boards[year]->against;
        }
    }
  finish_course (&self->course, bare);
  for (guint i = 0; i < self->standards->len; i++)
    finish_course (g_ptr_array_index (self->standards, i), bare);
  return self;
}

static void
free_outlook (gpointer data)
{
  DkOutlook *self = data;

  g_ptr_array_unref (self->standards);
  g_free (self);
}

gboolean
dk_outlook_is_board (const DkOutlook *outlook)
{
  return dk_pack_is_listing (outlook->pack);
}

static int
compare_outlooks (gconstpointer a,
                  gconstpointer b)
{
  const DkOutlook *left = *(const DkOutlook *const *) a, *right = *(const DkOutlook *const *) b;

  if (dk_outlook_is_board (left) != dk_outlook_is_board (right))
    return dk_outlook_is_board (left) ? -1 : 1;
  return dk_pack_compare_rungs (left->pack, right->pack);
}

gint64
dk_projection_get_as_of (const DkProjection *projection,
                         guint               year)
{
  return dk_date_add_months (projection->as_of, 12 * (gint64) year);
}

int
dk_projection_get_year (const DkProjection *projection,
                        guint               year)
{
  return (int) dk_date_year (dk_projection_get_as_of (projection, year));
}

static void
assess (DkProjection       *self,
        DkRulebook         *book,
        const char *const  *packs,
        Bare               *bare)
{
  g_autoptr(DkEnterprise) without = dk_enterprise_dup (self->enterprise);

  dk_enterprise_clear_plan (without);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      g_autoptr(DkEnterprise) projected = dk_enterprise_project (self->enterprise, self->last_year, year);
      gint64 as_of = dk_projection_get_as_of (self, year);
      int last_year = self->last_year + (int) year;

      self->assessments[year] = dk_assessment_new (book, projected, as_of, last_year, packs);
      self->boards[year] = dk_boards_new (self->assessments[year]);
      bare->assessments[year] = year > 0 && self->has_plan ? dk_assessment_new (book, without, as_of, last_year, packs)
                                                          : self->assessments[year];
    }
}

/**
 * dk_projection_new:
 * @book: compiled; must outlive the projection
 * @enterprise: is copied
 * @as_of: the day that is now
 * @last_year: the last full accounting year on it
 * @packs: (nullable): ids of what is to be in it, NULL-terminated, or %NULL for all
 *
 * Assesses the enterprise now and in each of the coming years, with its plan and without: takes as long as seven assessments.
 *
 * Returns: (transfer full): what becomes of it
 */
DkProjection *
dk_projection_new (DkRulebook         *book,
                   const DkEnterprise *enterprise,
                   gint64              as_of,
                   int                 last_year,
                   const char *const  *packs)
{
  DkProjection *self = g_new0 (DkProjection, 1);
  g_autoptr(GArray) planned = dk_enterprise_list_planned (enterprise);
  GPtrArray *now;
  Bare bare;

  self->enterprise = dk_enterprise_dup (enterprise);
  self->as_of = as_of;
  self->last_year = last_year;
  self->has_plan = planned->len > 0;
  self->outlooks = g_ptr_array_new_with_free_func (free_outlook);
  assess (self, book, packs, &bare);
  now = dk_assessment_get_results (self->assessments[0]);
  for (guint i = 0; i < now->len; i++)
    g_ptr_array_add (self->outlooks, new_outlook (self, g_ptr_array_index (now, i), &bare));
  g_ptr_array_sort (self->outlooks, compare_outlooks);
  for (guint year = 1; year < DK_PROJECTION_YEARS; year++)
    if (bare.assessments[year] != self->assessments[year])
      dk_assessment_free (bare.assessments[year]);
  return self;
}

void
dk_projection_free (DkProjection *projection)
{
  if (projection == NULL)
    return;
  g_ptr_array_unref (projection->outlooks);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      g_ptr_array_unref (projection->boards[year]);
      dk_assessment_free (projection->assessments[year]);
    }
  dk_enterprise_free (projection->enterprise);
  g_free (projection);
}

/* --- What it rests on --- */

/* Where the value that a year's assessment has of a fact is from. */
static DkPlannedBy
find_origin (const DkProjection *projection,
             const DkFactRef    *ref,
             guint               year)
{
  DkPeriodKey period = ref->period;
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkValue value;

  if (ref->fact->period == DK_PERIOD_NONE)
    period.year = projection->last_year + (int) year;
  else if (period.year > projection->last_year + (int) year)
    return DK_PLANNED_NOTHING;
  return dk_enterprise_get_projected (projection->enterprise, ref->fact, period, projection->last_year, &value, arena);
}

/* By fact and period, whatever the order is in which rules name them. */
static int
compare_refs (gconstpointer a,
              gconstpointer b)
{
  const DkFactRef *left = a, *right = b;

  if (left->fact != right->fact)
    return left->fact->index < right->fact->index ? -1 : 1;
  if (left->period.year != right->period.year)
    return left->period.year - right->period.year;
  return left->period.quarter != right->period.quarter ? left->period.quarter - right->period.quarter : left->period.month - right->period.month;
}

GArray *
dk_projection_list_planned (const DkProjection *projection,
                            const DkCourse     *course,
                            guint               year)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DkFactRef));
  const DkResult *result;

  g_return_val_if_fail (year < DK_PROJECTION_YEARS, list);

  result = course->results[year];
  for (guint i = 0; year > 0 && result != NULL && i < result->facts->len; i++)
    {
      const DkFactRef *ref = &g_array_index (result->facts, DkFactRef, i);
      DkPlannedBy by = find_origin (projection, ref, year);

      if (by == DK_PLANNED_TYPED || by == DK_PLANNED_GROWN || by == DK_PLANNED_OTHERS)
        g_array_append_val (list, *ref);
    }
  g_array_sort (list, compare_refs);
  return list;
}

static gboolean
is_to_come (const DkProjection *projection,
            const DkFactRef    *ref)
{
  return ref->fact->period != DK_PERIOD_NONE && ref->period.year > projection->last_year;
}

GArray *
dk_projection_list_unplanned (const DkProjection *projection,
                              const DkCourse     *course,
                              guint               year)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DkFactRef));
  const DkResult *result;

  g_return_val_if_fail (year < DK_PROJECTION_YEARS, list);

  result = course->results[year];
  for (guint i = 0; result != NULL && result->verdict == DK_VERDICT_OPEN && i < result->missing->len; i++)
    {
      const DkFactRef *ref = &g_array_index (result->missing, DkFactRef, i);

      if (is_to_come (projection, ref))
        g_array_append_val (list, *ref);
    }
  g_array_sort (list, compare_refs);
  return list;
}

/* What a plan can say: figures by year, and amounts and counts that hold until they change. Rates of one day and dates are no plan. */
static gboolean
is_line (const DkSymbol *fact)
{
  return fact->kind == DK_KIND_NUMBER && (fact->period == DK_PERIOD_YEAR
                                          || (fact->period == DK_PERIOD_NONE && (fact->unit == DK_UNIT_YUAN || fact->unit == DK_UNIT_COUNT)));
}

/* All that a verdict can depend on, however other things stand. */
static void
collect_read (const DkAssessment *assessment,
              const DkResult     *result,
              gint8              *found)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);

  for (guint slot = 0; slot < dk_program_n_slots (assessment->program); slot++)
    if (slots[slot].kind == DK_SLOT_FACT && is_line (slots[slot].fact) && found[slots[slot].fact->index] == 0
        && dk_program_depends (assessment->program, result->item->verdict_reg, slot))
      found[slots[slot].fact->index] = 1;
}

/* What it waits for, be it a figure, or a day or condition that may come to be. */
static void
collect_open (const DkProjection *projection,
              const DkResult     *result,
              gint8              *found)
{
  for (guint i = 0; i < result->missing->len; i++)
    {
      const DkFactRef *ref = &g_array_index (result->missing, DkFactRef, i);

      if (ref->fact->kind != DK_KIND_TEXT && ref->fact->kind != DK_KIND_CODE && (ref->fact->period == DK_PERIOD_NONE || is_to_come (projection, ref)))
        found[ref->fact->index] = 2;
    }
}

static void
collect_planned (const DkEnterprise *enterprise,
                 gint8              *found)
{
  g_autoptr(GArray) planned = dk_enterprise_list_planned (enterprise);

  for (guint i = 0; i < planned->len; i++)
    {
      const DkSymbol *fact = g_array_index (planned, DkPlanned, i).fact;

      if (fact != NULL)
        found[fact->index] = MAX (found[fact->index], 1);
    }
}

GArray *
dk_projection_list_lines (const DkProjection *projection)
{
  const DkCatalogue *catalogue = dk_enterprise_get_catalogue (projection->enterprise);
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (DkPlannable));
  g_autofree gint8 *found = g_new0 (gint8, dk_catalogue_n_facts (catalogue));

  for (guint i = 0; i < projection->outlooks->len; i++)
    {
      const DkOutlook *outlook = g_ptr_array_index (projection->outlooks, i);

      for (guint year = 1; dk_outlook_is_board (outlook) && year < DK_PROJECTION_YEARS; year++)
        {
          const DkResult *result = outlook->course.results[year];

          if (result == NULL || result->item->verdict_reg == DK_NO_REGISTER)
            continue;
          collect_read (projection->assessments[year], result, found);
          collect_open (projection, result, found);
        }
    }
  collect_planned (projection->enterprise, found);
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (catalogue, i);
      DkPlannable line = { fact, found[fact->symbol->index] == 2 };

      if (found[fact->symbol->index] > 0)
        g_array_append_val (lines, line);
    }
  return lines;
}
