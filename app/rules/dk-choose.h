/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of trying the choices of a pack, for explanations: results themselves stand in registers. */
#pragma once

#include "dk-program-private.h"

G_BEGIN_DECLS

/* One option of each choice. */
typedef struct
{
  guint64 options; /* bits, counted through all choices */
  guint64 rank;    /* its place as they are listed */
  guint32 lawful;  /* truth: DK_TRUE or DK_OPEN */
  DkValue key;     /* what it comes to */
} DkCombination;

/**
 * dk_run_find_combinations:
 * @run: a run whose registers stand; they do afterwards too
 * @n_best: 1: those that may be the best; 2: and those that may come next
 * @ignores_decisions: what would be the best if the enterprise had decided nothing
 * @is_whole: whether it is certain that there are no others
 *
 * Returns: (transfer full): #DkCombination, the best first; numbers are good until the run is run again. The first is the best only
 *   where it is lawful for certain and all are points
 */
GArray *dk_run_find_combinations (DkRun *run, const DkChoosing *choosing, guint n_best, gboolean ignores_decisions, gboolean *is_whole);

/* A combination, a check that it fails (%DK_FALSE) or may fail, and which of the two. */
typedef void (*DkReasonFunc) (guint64 options, const DkLawCheck *check, guint32 bits, gpointer data);

/* Calls @func for each combination and each check that speaks against it. FALSE if there are too many combinations. */
gboolean dk_run_ask_law (DkRun *run, const DkChoosing *choosing, DkReasonFunc func, gpointer data);

G_END_DECLS
