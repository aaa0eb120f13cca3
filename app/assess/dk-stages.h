/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a pack on the calendar: which are over, which are on their way, and from when to when the others will be. */
#pragma once

#include "dk-wording.h"

G_BEGIN_DECLS

typedef enum { DK_STAGE_OVER, DK_STAGE_RUNNING, DK_STAGE_AHEAD } DkStageState;

typedef struct
{
  const DkStage *stage;
  DkStageState   state;
  gboolean       has_begin, has_end; /* of what is over the days may not be known */
  gint64         begin[2], end[2];   /* days: the earliest and the latest; alike where the day is known */
} DkStagePlan;

/* The steps of a pack, in its order: DkStagePlan. Steps that nobody said to be over begin on the as-of date at the earliest, and take what they
 * usually do. (transfer full) */
GArray     *dk_assessment_plan_stages (const DkAssessment *assessment, const DkPack *pack);
/* When all of them are over that are not optional; FALSE: they are, or there are none. */
gboolean    dk_stages_get_end         (const GArray *stages, gint64 *earliest, gint64 *latest);
const char *dk_stage_state_to_string  (DkStageState state); /* "over", "running", "ahead" */

/* For people. (transfer full) */
char       *dk_stage_dup_length       (const DkWording *wording, const DkStage *stage); /* "2–6 months" */
char       *dk_stage_plan_dup_when    (const DkWording *wording, const DkStagePlan *plan); /* "2027-05 – 2028-02", "over since 2026-03-01" */
char       *dk_stages_dup_end         (const DkWording *wording, const GArray *stages); /* "2027-05 – 2028-02"; NULL: see dk_stages_get_end () */

G_END_DECLS
