/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the enterprise plans for the coming years, and in which of them each board opens by that. */
#pragma once

#include "dk-plan-lane.h"
#include "dk-plan-line.h"
#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "title", "subtitle" (strings, read-only). */
#define DK_TYPE_PLANS_PAGE (dk_plans_page_get_type ())
G_DECLARE_FINAL_TYPE (DkPlansPage, dk_plans_page, DK, PLANS_PAGE, AdwBin)

GtkWidget  *dk_plans_page_new          (DkSession *session);
/* Whether it is still being worked out what becomes of the plan. */
gboolean    dk_plans_page_is_pending   (DkPlansPage *self);
const char *dk_plans_page_get_headline (DkPlansPage *self);
/* The lane of a board or standard, by the id of its rule; NULL: there is none. */
DkPlanLane *dk_plans_page_find_lane    (DkPlansPage *self, const char *id);
/* The line of a fact, or (NULL) of all others; NULL: there is none. */
DkPlanLine *dk_plans_page_find_line    (DkPlansPage *self, const char *fact);

G_END_DECLS
