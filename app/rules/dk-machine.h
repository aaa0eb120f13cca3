/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the machine: lists, rows, and what a run that gave up says. */
#pragma once

#include "dk-program-private.h"

G_BEGIN_DECLS

/* An aggregate over the rows of a register: body and condition are run for each, and once for the rows not yet entered. */
DkValue dk_machine_aggregate (DkRun *run, const DkAggregate *aggregate);
/* Lists: sums, least and greatest, means; truths; how many are true. */
DkValue dk_machine_reduce        (DkRun *run, const DkInstr *i);
guint32 dk_machine_reduce_truths (DkRun *run, const DkInstr *i);
DkValue dk_machine_count_true    (DkRun *run, const DkInstr *i);
/* All that a value of the kind can be. */
DkValue dk_machine_anything  (DkKind kind);

G_END_DECLS
