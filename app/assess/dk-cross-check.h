/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures held against each other: where two of them, which should say the same, do not. Judges no programme. */
#pragma once

#include "dk-enterprise-note.h"
#include "dk-wording.h"

G_BEGIN_DECLS

typedef enum
{
  DK_DISAGREEMENT_SOURCE,  /* a source says something else than the answer, or than another source */
  DK_DISAGREEMENT_DERIVED, /* a fact was answered, and follows otherwise from a register or from other answers */
  DK_DISAGREEMENT_PART,    /* a part is more than its whole */
  DK_DISAGREEMENT_RULE,    /* a rule of a check pack is not met */
} DkDisagreementKind;

/* One side of a disagreement: what is said, and by whom. */
typedef struct
{
  const DkSymbol *fact;   /* NULL of a rule */
  guint           source; /* DK_NO_SOURCE: no single one */
  DkValue         value;  /* what it points to is the assessment's */
} DkSide;

typedef struct
{
  DkDisagreementKind kind;
  DkPeriodKey        period;      /* of the facts */
  DkSide             sides[2];    /* of a rule: its value and what that is compared with; see has_sides */
  gboolean           has_sides;
  gboolean           is_computed; /* the second side is derived, not said */
  gboolean           has_amount, has_share;
  DkValue            amount;      /* the first less the second */
  DkValue            share;       /* of the second */
  DkUnit             amount_unit;
  const DkResult    *result;      /* of a rule */
  const DkRegister  *reg;         /* whose rows it rests on, or NULL */
  GArray            *rows;        /* guint: which of them (0 is the first) are each at fault alone; NULL: nobody can say */
  const DkNote      *note;        /* what was said about it, or NULL; lent by the enterprise that was assessed */
  gboolean           is_explained; /* it gives a reason, and the figures are still those that it explained */
} DkDisagreement;

/* Every disagreement that is certain, whatever is still unknown: DkDisagreement, in the order of their kinds, of the catalogue and of the
 * packs; those that are explained come last. Of facts that are derived, those that some rule reads; dk_library_compile_derived () makes that all of them, for three years.
 * (transfer full) */
GArray *dk_assessment_list_disagreements (DkAssessment *assessment);

/* How many of them are not explained, without finding out which rows are at fault. */
guint   dk_assessment_count_disagreements (DkAssessment *assessment);

/* The subject of the note that explains a disagreement, and the figures for which it does. (transfer full) */
char   *dk_disagreement_dup_subject       (const DkAssessment *assessment, const DkDisagreement *self);
char   *dk_disagreement_dup_figures       (const DkAssessment *assessment, const DkDisagreement *self);
/* Fills @note and @is_explained. */
void    dk_disagreement_find_note         (const DkAssessment *assessment, DkDisagreement *self);
/* A note that explains it as it is now; without @finding, nothing but the evidence is kept. (transfer full) */
DkNote *dk_disagreement_explain           (const DkAssessment *assessment, const DkDisagreement *self, const char *finding, const char *evidence);

/* How the rules of check packs stand that judge anything, be they explained or not. */
typedef struct { guint n_met, n_violated, n_open, n_na; } DkCheckTally;

void    dk_assessment_count_checks       (const DkAssessment *assessment, DkCheckTally *tally);

/* The lists of check packs that show figures side by side and judge nothing, as far as any of theirs is known: const DkResult *. Members
 * that stand for several years follow each other, the last full year (item->year 0) first. (transfer container) */
GPtrArray *dk_assessment_list_measures   (const DkAssessment *assessment);
/* How many years the members of such a list stand for, at most; 1 for those that stand for one day. */
guint   dk_measures_count_years          (const DkResult *list);
/* Whether @children[@i] begins a line: it is a figure of the last full year, or of one day, and is known in any year. */
gboolean dk_measures_is_line             (const DkResult *list, guint i);
/* The member that says the same as @children[@i] in a year, or NULL. */
const DkResult *dk_measures_find         (const DkResult *list, guint i, int year);
const char *dk_disagreement_get_kind     (const DkDisagreement *self); /* "source", "derived", "part", "rule" */

/* For people. (transfer full) */
char   *dk_disagreement_dup_title        (const DkWording *wording, const DkDisagreement *self); /* "Revenue (2025)" */
char   *dk_disagreement_dup_side         (const DkWording *wording, const DkDisagreement *self, guint side); /* who says it: "Tax return" */
char   *dk_disagreement_dup_value        (const DkWording *wording, const DkDisagreement *self, guint side);
char   *dk_disagreement_dup_amount       (const DkWording *wording, const DkDisagreement *self); /* "+1万元 (2.50 %)"; NULL: none can be given */
char   *dk_disagreement_dup_rows         (const DkWording *wording, const DkDisagreement *self); /* "R&D projects, rows 2 and 5"; NULL: no register */
/* The title of a rule that stands for several years says which. (transfer full) */
char   *dk_wording_dup_title_of_year     (const DkWording *wording, const DkResult *result);
/* "fact", "fact@2025" or a register: where it can be put right. (transfer full) (nullable) */
char   *dk_disagreement_dup_target       (const DkDisagreement *self);

G_END_DECLS
