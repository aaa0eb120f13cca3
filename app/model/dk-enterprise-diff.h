/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two enterprises of one catalogue, or between one enterprise now and as it was once. */
#pragma once

#include "dk-enterprise-note.h"

G_BEGIN_DECLS

/* An answer, or what a source says, as it stands on one side: a value, "not known yet", or (neither) nothing. */
typedef struct
{
  gboolean has_value;
  gboolean is_unknown;
  DkValue  value; /* what it points to is the enterprise's */
} DkDiffSide;

typedef struct
{
  const DkSymbol *fact;
  DkPeriodKey     period;
  guint           source; /* that says it; DK_NO_SOURCE: the answer */
  DkDiffSide      before, now;
} DkFactDiff;

/* A register of which rows, or what was said of their completeness, differ. Rows are told apart by all that is in them: one with
 * another cell is gone, and another one has come. */
typedef struct
{
  const DkRegister *reg;
  guint             index;            /* of the register in its scope */
  guint             n_before, n_now;  /* rows */
  guint             n_gone, n_come;   /* those that only one side has; 0 and 0: in another order at most */
} DkRegisterDiff;

/* What was found out about an answer or a cross-check; NULL: nothing. */
typedef struct { const char *subject; const DkNote *before, *now; } DkNoteDiff;

typedef struct
{
  GArray *facts;     /* DkFactDiff, in the order of the catalogue, then of periods; the answer before the sources */
  GArray *registers; /* DkRegisterDiff */
  GArray *notes;     /* DkNoteDiff, by subject */
} DkEnterpriseDiff;

/* Both enterprises are of one catalogue, and must outlive the result. The name does not count. (transfer full) */
DkEnterpriseDiff *dk_enterprise_diff      (const DkEnterprise *before, const DkEnterprise *now);
void              dk_enterprise_diff_free (DkEnterpriseDiff *diff);
/* Whether two cells of a column say the same. */
gboolean          dk_cell_equal           (const DkSymbol *column, const DkValue *a, const DkValue *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkEnterpriseDiff, dk_enterprise_diff_free)

G_END_DECLS
