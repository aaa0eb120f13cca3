/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of every programme in the coming years, if the enterprise does as it plans: it is assessed as of the same day of each year,
 * when one more accounting year is full, by the law that packs know for that day. What was checked stays as it was answered. */
#pragma once

#include "dk-boards.h"
#include "dk-enterprise-plan.h"

G_BEGIN_DECLS

/* Now, and the years of a plan. */
#define DK_PROJECTION_YEARS (DK_PLAN_YEARS + 1)
#define DK_NO_YEAR          G_MAXUINT

/* A programme or a standard over the years. */
typedef struct
{
  const DkItem   *item;
  const DkResult *results[DK_PROJECTION_YEARS]; /* NULL: it is not there that year: no rule of it is in force, or it does not apply */
  gboolean        by_plan[DK_PROJECTION_YEARS]; /* the verdict would be another one if nothing was planned */
  const DkAgainst *against[DK_PROJECTION_YEARS]; /* what stands against it, of boards and standards; else NULL */
  guint           first_met;                    /* the first year, from 0: now, in which it is met; or DK_NO_YEAR */
  guint           first_open;                   /* the first in which it is met or may be; or DK_NO_YEAR */
} DkCourse;

typedef struct
{
  DkCourse       course;
  const DkPack  *pack;
  const DkBoard *boards[DK_PROJECTION_YEARS]; /* NULL: of a title */
  DkHeld         held;                        /* now */
  GPtrArray     *standards;                   /* DkCourse *, owned: of a board, those of any year, in the order of the pack */
} DkOutlook;

/* What a plan is made of: a figure that boards read, something that one waits for, or what is planned already. */
typedef struct
{
  const DkFact *fact;
  gboolean      is_open; /* boards wait for it in one of the coming years */
} DkPlannable;

typedef struct
{
  DkEnterprise *enterprise;                       /* as it is, with its plan */
  gint64        as_of;
  int           last_year;
  gboolean      has_plan;
  DkAssessment *assessments[DK_PROJECTION_YEARS]; /* the first one: now */
  GPtrArray    *boards[DK_PROJECTION_YEARS];      /* DkBoard * */
  GPtrArray    *outlooks;                         /* DkOutlook *, owned: the boards by rung, then all other programmes by theirs */
} DkProjection;

/* @packs: ids, NULL-terminated, or NULL for all. (transfer full) */
DkProjection *dk_projection_new           (DkRulebook *book, const DkEnterprise *enterprise, gint64 as_of, int last_year, const char *const *packs);
void          dk_projection_free          (DkProjection *projection);
gint64        dk_projection_get_as_of     (const DkProjection *projection, guint year);
int           dk_projection_get_year      (const DkProjection *projection, guint year); /* of the calendar, on the day */
gboolean      dk_outlook_is_board         (const DkOutlook *outlook);
/* The planned figures on which the verdict of a year rests, as they are of that year; DkFactRef, (transfer full) */
GArray       *dk_projection_list_planned  (const DkProjection *projection, const DkCourse *course, guint year);
/* What a verdict that is open waits for and a plan could say: figures of years to come; DkFactRef, (transfer full) */
GArray       *dk_projection_list_unplanned (const DkProjection *projection, const DkCourse *course, guint year);
/* The lines of a plan, in the order of the pages; DkPlannable, (transfer full) */
GArray       *dk_projection_list_lines    (const DkProjection *projection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkProjection, dk_projection_free)

/* For people, in a sentence without full stop. (transfer full) */
/* When the boards open. */
char         *dk_projection_dup_sentence  (const DkWording *wording, const DkProjection *projection);
/* When this programme or standard is met: "from 2028 on, by the plan". */
char         *dk_projection_dup_course    (const DkWording *wording, const DkProjection *projection, const DkCourse *course);
/* What is planned: "Revenue (2026)", "Revenue, growth a year", "all other lines, growth a year", "Share capital, from the end of 2027 on". */
char         *dk_planned_dup_name         (const DkSymbol *fact, DkPeriodKey period, const char *language);

/* The stable format of data/schema/project.schema.json. (transfer full) */
char         *dk_projection_to_json       (const DkProjection *projection, const char *language);

G_END_DECLS
