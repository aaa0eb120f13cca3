/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an enterprise plans for the coming years: kept beside its answers, and read by nothing but dk_enterprise_project (). */
#pragma once

#include "dk-enterprise.h"

G_BEGIN_DECLS

/* How many years ahead a plan reaches. */
#define DK_PLAN_YEARS 3

/* The period of a growth rate, which has none. */
#define DK_PLAN_GROWTH ((DkPeriodKey) { 0, 0, 0 })

/* A thing that is planned: of a fact, its value in a period to come, or (DK_PLAN_GROWTH) by how much it grows from year to year, a ratio
 * that may be a range. A fact without a period is planned by year: what it is from the end of that year on. Without a fact: the growth of
 * all other yearly lines. */
typedef struct { const DkSymbol *fact; DkPeriodKey period; DkValue value; } DkPlanned;

/* Where a value in a year to come is from. */
typedef enum
{
  DK_PLANNED_NOTHING,  /* it is unknown */
  DK_PLANNED_ANSWERED, /* it is answered already: no plan is wanted */
  DK_PLANNED_TYPED,
  DK_PLANNED_GROWN,    /* by the fact's own rate */
  DK_PLANNED_OTHERS,   /* by the rate of the other lines */
} DkPlannedBy;

/* @fact: (nullable): NULL, with DK_PLAN_GROWTH: the other lines */
gboolean        dk_enterprise_get_planned   (const DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, DkValue *value);
gboolean        dk_enterprise_set_planned   (DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, const DkValue *value, GError **error);
GArray         *dk_enterprise_list_planned  (const DkEnterprise *enterprise); /* DkPlanned, the other lines last; (transfer full) */
void            dk_enterprise_clear_plan    (DkEnterprise *enterprise);
/* What a planned value is a value of: the fact itself, or a rate of growth. */
const DkSymbol *dk_planned_get_symbol       (const DkSymbol *fact, DkPeriodKey period);
/* Whether a rate of growth means anything of a fact. */
gboolean        dk_fact_may_grow            (const DkSymbol *fact);

/* The value of @fact in @period (of a fact without periods: at the end of its year) as answers and plan have it when @last_year is the last
 * full accounting year. */
DkPlannedBy     dk_enterprise_get_projected (const DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, int last_year,
                                             DkValue *value, DkArena *arena);
/* The enterprise as it is to be when @n_years more accounting years are full, without a plan; (transfer full) */
DkEnterprise   *dk_enterprise_project       (const DkEnterprise *enterprise, int last_year, guint n_years);

G_END_DECLS
