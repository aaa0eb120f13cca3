/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a plan: what a fact was, by how much it grows, and what it is to be in each of the coming years. */
#pragma once

#include "dk-plan-cell.h"
#include "dk-projection.h"

G_BEGIN_DECLS

/* Pixels of its columns, in a wide page. */
enum { DK_PLAN_LAST_WIDTH = 104, DK_PLAN_GROWTH_WIDTH = 92, DK_PLAN_YEAR_WIDTH = 108, DK_PLAN_GAP = 8 };

#define DK_TYPE_PLAN_LINE (dk_plan_line_get_type ())
G_DECLARE_FINAL_TYPE (DkPlanLine, dk_plan_line, DK, PLAN_LINE, GtkGrid)

/* @fact: NULL: all other lines, which have a rate of growth only. */
GtkWidget    *dk_plan_line_new          (DkSession *session, const DkFact *fact, int last_year);
const DkFact *dk_plan_line_get_fact     (DkPlanLine *self);
/* What follows for the years that nobody typed. @is_open: boards wait for it. */
void          dk_plan_line_update       (DkPlanLine *self, gboolean is_open);
void          dk_plan_line_set_narrow   (DkPlanLine *self, gboolean is_narrow);
/* 0: growth, 1 …: the years; NULL: there is none. */
DkPlanCell   *dk_plan_line_get_cell     (DkPlanLine *self, guint column);

G_END_DECLS
