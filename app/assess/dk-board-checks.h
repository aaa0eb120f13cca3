/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people look into, one by one, before an application: the rules that a pack names by `checklist`, with what was found out. */
#pragma once

#include "dk-enterprise-note.h"
#include "dk-wording.h"

G_BEGIN_DECLS

typedef struct
{
  const DkResult *result;         /* one rule, no group */
  const DkSymbol *fact;           /* by which it is answered, and by which it is noted what was found out; NULL: by none */
  DkPeriodKey     period;         /* of it */
  gboolean        is_asked;       /* somebody has to answer @fact, and that decides; FALSE: other answers or several figures do */
  gboolean        is_looked_into; /* it is settled either way */
  const DkNote   *note;           /* lent by the enterprise that was assessed; NULL: nothing is noted */
} DkCheckItem;

/* Those that apply in the version that is in force: DkCheckItem, in the order of the pack. (transfer full) */
GArray *dk_assessment_list_checklist  (const DkAssessment *assessment, const DkPack *pack);
guint   dk_checklist_count_looked_into (const GArray *checklist);
/* "3 of 12 looked into" (transfer full) */
char   *dk_checklist_dup_summary      (const DkWording *wording, const GArray *checklist);
/* The clauses on which a rule rests, in a line. (transfer full) */
char   *dk_check_item_dup_clause      (const DkWording *wording, const DkCheckItem *item);
/* The answer of its fact as it stands, or ""; (transfer full) */
char   *dk_check_item_dup_answer      (const DkWording *wording, const DkCheckItem *item);

G_END_DECLS
