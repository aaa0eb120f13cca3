/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the machine: rows, and what a run that gave up says. */
#pragma once

#include "dk-program-private.h"

G_BEGIN_DECLS

/* An aggregate over the rows of a register: body and condition are run for each, and once for the rows not yet entered. */
DkValue dk_machine_aggregate (DkRun *run, const DkAggregate *aggregate);
/* All that a value of the kind can be. */
DkValue dk_machine_anything  (DkKind kind);

G_END_DECLS
