/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to all that is missing that speak against a result: where it does not pass with them, it does not surely pass. */
#pragma once

#include "dk-assessment-private.h"

G_BEGIN_DECLS

typedef struct _DkWitnesses DkWitnesses;

/* @regs: guint, what the verdict is read from. */
DkWitnesses *dk_witnesses_new     (DkAssessment *assessment, const DkResult *result, const GArray *regs);
void         dk_witnesses_free    (DkWitnesses *witnesses);
/* Whether one of them refutes the result with @slots (guint) as they are in @trial; @reach: what those reach. */
gboolean     dk_witnesses_refute  (DkWitnesses *witnesses, const DkTrial *trial, const GArray *slots, const DkReach *reach);
/* After the last time for a reach. */
void         dk_witnesses_reset   (DkWitnesses *witnesses, const DkReach *reach);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkWitnesses, dk_witnesses_free)

G_END_DECLS
