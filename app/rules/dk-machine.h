/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the machine: lists, rows, and what a run that gave up says. */
#pragma once

#include "dk-program-private.h"

G_BEGIN_DECLS

/* An aggregate over the rows of a register: body and condition are run for each, and once for the rows not yet entered. */
DkValue dk_machine_aggregate (DkRun *run, const DkAggregate *aggregate);
/* Loads a row, or with @cells NULL one that is not entered, and runs the code of the aggregate; whether the row counts. */
void    dk_machine_load_row      (DkRun *run, const DkAggregate *aggregate, const DkValue *cells);
guint32 dk_machine_get_condition (DkRun *run, const DkAggregate *aggregate);
/* An amount that goes to the rows in their order, as far as each can take it. */
DkValue dk_machine_allocate  (DkRun *run, const DkAggregate *aggregate, const DkRows *rows);
/* Tries the lawful combinations of a pack's choices. */
DkValue dk_machine_choose    (DkRun *run, const DkChoosing *choosing);
/* Lists: sums, least and greatest, means; truths; how many are true. */
DkValue dk_machine_reduce        (DkRun *run, const DkInstr *i);
guint32 dk_machine_reduce_truths (DkRun *run, const DkInstr *i);
DkValue dk_machine_count_true    (DkRun *run, const DkInstr *i);
/* All that a value of the kind can be. */
DkValue dk_machine_anything  (DkKind kind);

G_END_DECLS
