/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles that an enterprise has, what each carries, and the days that come up: what is to be done by when, and which title ends. */
#pragma once

#include "dk-held.h"

G_BEGIN_DECLS

/* A day that comes up: something of a programme is to be done by it, or its title ends. */
typedef struct
{
  gint64          day;
  const DkResult *programme;
  const DkNotice *duty;      /* NULL: the title ends with that day, and no duty says what to do about it */
  gboolean        is_past;   /* before the day of the assessment */
} DkDeadline;

/* A programme that stands worse once a title is gone. */
typedef struct
{
  const DkResult *programme; /* as it stands with the title */
  DkVerdict       verdict;   /* without it */
  gboolean        ends;      /* a title that is held by it, and would be held no longer */
} DkLoss;

/* A title that the enterprise certainly has. */
typedef struct
{
  const DkResult *programme;
  gboolean        has_until;
  gint64          until;     /* its last day */
  GArray         *losses;    /* DkLoss, in the order of the ladder; NULL until dk_calendar_find_losses (), and if it cannot be told */
  gboolean        is_by_answer; /* found then: an answer says that it is held, which nothing else could say */
} DkHolding;

/* The days that come up of all programmes of @assessment, by day, those of one day in the order of the ladder. (transfer full): DkDeadline */
GArray    *dk_calendar_list_deadlines (DkAssessment *assessment);
/* The titles held, in the order of the ladder. (transfer full): DkHolding * */
GPtrArray *dk_calendar_list_holdings  (DkAssessment *assessment);
/* Fills what would be lost with each title: the assessment is made again without the rows of registers (certificates) that a title is
 * held by, and without answers given by hand to what those rows say. @book and @enterprise are those of @assessment, to which @holdings belong. Takes as long as an assessment for each such row
 * and each title. */
void       dk_calendar_find_losses    (GPtrArray *holdings, DkAssessment *assessment, DkRulebook *book, const DkEnterprise *enterprise);
/* What @deadline asks for, in words: the duty, or that the title ends. */
const char *dk_deadline_get_title     (const DkDeadline *deadline, const char *language);
/* "Without it these end too: …; not met: …", that nothing else rests on it, or that it cannot be told; NULL before the losses are known. (transfer full) */
char      *dk_holding_describe_losses (const DkHolding *holding, const char *language);

G_END_DECLS
