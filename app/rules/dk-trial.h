/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What if: a run with some inputs changed, of which only what they reach is computed again. */
#pragma once

#include "dk-program.h"

G_BEGIN_DECLS

/* What some slots reach on the way to some registers. */
typedef struct _DkReach DkReach;

DkReach     *dk_reach_new        (const DkProgram *program, const guint *slots, guint n_slots, const guint *regs, guint n_regs);
void         dk_reach_free       (DkReach *reach);
gboolean     dk_reach_is_empty   (const DkReach *reach); /* the registers do not depend on the slots */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkReach, dk_reach_free)

typedef struct _DkTrial DkTrial;

/* @base has been run, perhaps tightened; it must outlive the trial, and not be run meanwhile. One a thread. */
DkTrial     *dk_trial_new        (const DkRun *base);
void         dk_trial_free       (DkTrial *trial);
const DkRun *dk_trial_get_run    (const DkTrial *trial); /* its registers are what they are to be read from */
void         dk_trial_set        (DkTrial *trial, guint slot, const DkValue *value);
/* Computes again what the reach names. Numbers made earlier stay valid until dk_trial_forget (). */
void         dk_trial_run        (DkTrial *trial, const DkReach *reach);
/* After dk_trial_run () of the same reach: tightens the registers that it was made for. */
void         dk_trial_refine     (DkTrial *trial, const DkReach *reach);
/* Puts the slots of the reach, and what they reach, back as they are in the base. */
void         dk_trial_reset      (DkTrial *trial, const DkReach *reach);
/* Frees the numbers made so far: what was computed and not reset must be computed again before it is read. */
void         dk_trial_forget     (DkTrial *trial);
/* After dk_trial_run (), with the slots of the reach set to all that they are to be tried with: FALSE if with none of these values
 * the truth @reg is sure, whatever else is not known. */
gboolean     dk_trial_can_be_sure (const DkTrial *trial, const DkReach *reach, guint reg);
/* The same before anything is run: FALSE if no value at all of the slots makes the truth @reg sure. */
gboolean     dk_trial_may_become_sure (const DkTrial *trial, const guint *slots, guint n_slots, guint reg);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkTrial, dk_trial_free)

G_END_DECLS
