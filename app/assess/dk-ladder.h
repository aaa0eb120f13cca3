/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ladder: all titles side by side, from the lowest rung up, and how near each is. */
#pragma once

#include "dk-held.h"
#include "dk-wording.h"

G_BEGIN_DECLS

typedef enum
{
  DK_NEARNESS_HELD,  /* the enterprise has the title */
  DK_NEARNESS_NOW,   /* its conditions are met */
  DK_NEARNESS_NEAR,  /* one change away: a single figure or condition, or answers that are missing */
  DK_NEARNESS_FAR,   /* more than that is wanting */
  DK_NEARNESS_NONE,  /* no rule is in force on that day, or none applies */
  DK_N_NEARNESSES,
} DkNearness;

/* A title and how it stands. */
typedef struct
{
  const DkResult *result;       /* of the programme */
  DkNearness      nearness;
  DkHeld          held;
  gboolean        has_until;    /* held, and its last day is known */
  gint64          until;
  gboolean        is_uncertain; /* what decides rests on a source that is not confirmed */
  guint           n_conditions; /* those that the verdict joins; a choice of routes or a total of points is one */
  guint           n_met, n_failed, n_open;
  const DkResult *first_failed; /* of those, in the order of the pack; NULL if none fails */
} DkRung;

/* The titles of an assessment: those with a rung from the lowest up, then what stands beside the ladder (rung 0) in the order of the
 * packs. Listing, incentives and checks are no titles. (transfer full): DkRung * */
GPtrArray *dk_ladder_new           (DkAssessment *assessment);
/* The cheapest step towards the title, or to keep it, in a sentence without full stop; @more: what else there is to say, or NULL. May
 * take as long as a search for levers. (transfer full) */
char      *dk_ladder_dup_next_step (const DkWording *wording, const DkRung *rung, char **more);

G_END_DECLS
