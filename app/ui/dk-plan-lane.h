/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One lane of the timeline: a board or a standard over the years of a projection. */
#pragma once

#include "dk-projection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Met: a solid outline; met by the plan: a dashed one; what may be: slate, dashed; not met: nothing. The text says it in words. */
typedef enum { DK_LANE_NONE, DK_LANE_MET, DK_LANE_PLANNED, DK_LANE_OPEN } DkLaneState;

#define DK_TYPE_PLAN_LANE (dk_plan_lane_get_type ())
G_DECLARE_FINAL_TYPE (DkPlanLane, dk_plan_lane, DK, PLAN_LANE, GtkWidget)

GtkWidget  *dk_plan_lane_new       (gboolean is_thin);
/* @words: what the lane says, drawn where there is room for it, and the whole of it for those who do not see it. */
void        dk_plan_lane_set       (DkPlanLane *self, const DkCourse *course, const char *words);
DkLaneState dk_plan_lane_get_state (DkPlanLane *self, guint year);
const char *dk_plan_lane_get_words (DkPlanLane *self);

G_END_DECLS
