/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside dk-refine.c: all that one register can be, searched by splitting the facts that it meets by more than one way. */
#pragma once

#include "dk-program-private.h"

G_BEGIN_DECLS

/* How many facts may be split at once. */
#define DK_MAX_SPLIT 6

/* What each of the facts that are split can be, and what follows. */
typedef struct { DkValue sides[DK_MAX_SPLIT]; DkValue result; } DkBox;

typedef struct
{
  DkRun         *run;
  guint64       *unsettled;     /* slots; words */
  guint64       *mask;          /* the slots to split; words */
  struct _DkAim *aim;           /* what is run for them; borrowed from the run, or one's own */
  struct _DkAim *own_aim;
  GArray        *kept;          /* DkValue: what that code had written before */
  GArray        *boxes;         /* DkBox: those that say more than is known to be possible */
  guint          reg;
  DkKind         kind;
  guint          n;             /* slots to split */
  guint          slots[DK_MAX_SPLIT];
  const GArray  *breaks[DK_MAX_SPLIT]; /* DkNumber: figures with which the code compares them; the aim's, or one's own */
  GArray        *own_breaks[DK_MAX_SPLIT];
  gboolean       has_more;      /* there are more slots that it is loose by */
  guint          runs;
  guint          max_runs;
} DkSearch;

/* @unsettled: the slots of which something is left to be found out, as a bit set; (transfer full) */
void     dk_search_open  (DkSearch *self, DkRun *run, guint64 *unsettled);
void     dk_search_close (DkSearch *self);
/* From now on @run remembers what its searches run: worth it where the same registers are searched again and again. */
void     dk_search_remember (DkRun *run);
/* What @reg is loose by, of which as much as can be will be split. FALSE if there is nothing. */
gboolean dk_search_aim   (DkSearch *self, guint reg);
/* Tightens @best, and says whether it is as tight as can be. All registers of the run stay as they are. */
gboolean dk_search_run   (DkSearch *self, DkValue *best);

G_END_DECLS
