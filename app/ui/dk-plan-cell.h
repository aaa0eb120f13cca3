/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One figure of a plan: what a fact is to be in a year to come, or by how much it grows. Commits by itself. */
#pragma once

#include "dk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Looks like a cell of the form. An empty one shows in grey what follows from growth. */
#define DK_TYPE_PLAN_CELL (dk_plan_cell_get_type ())
G_DECLARE_FINAL_TYPE (DkPlanCell, dk_plan_cell, DK, PLAN_CELL, GtkBox)

/* @fact, @period: as in dk_session_set_planned () */
GtkWidget  *dk_plan_cell_new         (DkSession *session, const DkSymbol *fact, DkPeriodKey period);
/* What stands there while nothing is typed. */
void        dk_plan_cell_set_implied (DkPlanCell *self, const char *text);
const char *dk_plan_cell_get_problem (DkPlanCell *self); /* why what was typed is no plan; NULL: it is one */
/* What was typed becomes the plan; FALSE if it is none. */
gboolean    dk_plan_cell_commit      (DkPlanCell *self);

G_END_DECLS
