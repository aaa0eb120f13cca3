/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds that are useful as well as sound: what interval arithmetic loses where a fact occurs more than once. */
#pragma once

#include "dk-program.h"

G_BEGIN_DECLS

/* How a register follows a slot. Bounds are exact where a slot is met once, or always in the same direction. */
enum
{
  DK_FOLLOWS_UP = 1 << 0,   /* more of the slot can give more */
  DK_FOLLOWS_DOWN = 1 << 1, /* more of the slot can give less */
  DK_FOLLOWS_OFTEN = 1 << 2,/* by more than one way */
};

guint    dk_program_follows   (const DkProgram *program, guint reg, guint slot);
/* Whether what run->regs[reg] says after a run may be wider than it need be. */
gboolean dk_run_is_loose      (const DkRun *run, guint reg);
/* All that @reg can be, at least as tight as run->regs[reg], which it replaces; what @reg rests on may have been tightened on the way. */
DkValue  dk_run_refine        (DkRun *run, guint reg);
/* After a run: tightens those of @regs that are loose, from what they rest on upwards, and computes again what rests on that. All
 * registers of the run stay in order. */
void     dk_run_refine_all    (DkRun *run, const guint *regs, guint n_regs);

G_END_DECLS
