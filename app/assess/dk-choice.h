/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of the choices of a pack: the best, what comes next, and what may not go together. */
#pragma once

#include "dk-assessment.h"

G_BEGIN_DECLS

/* One option of each choice, and what that comes to. */
typedef struct
{
  guint64  options; /* bits, counted through all choices of the version */
  gboolean is_open; /* it may not be lawful */
  DkValue  value;   /* of the kind and unit of what the choices are made for */
} DkWay;

/* A condition of an option, or an exclusion, and how much it rules out. */
typedef struct
{
  const DkItem      *choice;    /* of a condition: the choice, and which of its options; NULL of an exclusion */
  guint              option;
  const DkExclusion *exclusion; /* or NULL */
  guint              n_excluded, n_open; /* combinations that it excludes, or may exclude */
} DkReason;

typedef struct
{
  const DkDecisions *decisions;
  const DkItem      *objective;
  gboolean  is_whole;   /* nothing was left untried that might be better */
  gboolean  is_settled; /* whatever is missing, the first of @best is the best */
  GArray   *best;       /* DkWay: the best, or all that can still be */
  GArray   *next;       /* DkWay: what comes next, or all that can; empty while the best is not settled */
  gboolean  has_gap;
  DkValue   gap;        /* by how much the next is worse, from 0 */
  guint64   decided;    /* options for which the enterprise has decided */
  gboolean  has_cost;
  DkWay     free_way;   /* what would be the best without them */
  DkValue   cost;       /* by how much that is better, from 0 */
  gboolean  has_reasons;/* FALSE: too many combinations to look at each */
  GArray   *reasons;    /* DkReason: of all combinations, decided or not */
} DkChoiceReport;

/* Of the version of @result's rule, if that is what choices are made for, or is one of them; otherwise NULL. */
DkChoiceReport *dk_choice_report_new  (const DkAssessment *assessment, const DkResult *result);
void            dk_choice_report_free (DkChoiceReport *report);
/* "Rate: Small; Equipment: At once" */
char           *dk_choice_report_name_way    (const DkChoiceReport *report, guint64 options, const char *language);
char           *dk_choice_report_name_reason (const DkReason *reason, const char *language);
/* The best, what comes next and by how much, what a decision costs, and what is excluded, as one line. */
char           *dk_choice_report_to_text     (const DkChoiceReport *report, const char *language);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkChoiceReport, dk_choice_report_free)

G_END_DECLS
