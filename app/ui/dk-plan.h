/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows a programme's page shows, in which lists. */
#pragma once

#include "dk-criterion-row.h"

G_BEGIN_DECLS

/* A row to be: its place among the lists, and what it shows. */
typedef struct
{
  DkRowKind       kind;
  const DkResult *result;
  guint           depth;
  gboolean        has_members;
  gboolean        is_faint;
  guint           list;      /* 0: the conditions, 1: the first scorecard … */
  const char     *heading;   /* of the first row of a list */
} DkPlanEntry;

GArray *dk_plan_new       (const DkWording *wording, const DkResult *programme); /* DkPlanEntry, from top to bottom. (transfer full) */
/* The plan as a text, to tell whether the rows that stand there still fit. (transfer full) */
char   *dk_plan_to_string (const GArray *plan, const DkResult *programme);

G_END_DECLS
