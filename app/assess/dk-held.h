/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles that the enterprise has: whether, until when, and what is to be done by which day. */
#pragma once

#include "dk-wording.h"

G_BEGIN_DECLS

typedef enum
{
  DK_HELD_UNSAID, /* the pack does not say what it is to have the title: a profile, a check */
  DK_HELD_NO,
  DK_HELD_OPEN,   /* what is missing decides */
  DK_HELD_YES,
} DkHeld;

/* Whether the enterprise has the title of @pack on the day of the assessment. */
DkHeld   dk_assessment_get_held       (const DkAssessment *assessment, const DkPack *pack);
/* The last day of the title. FALSE unless it is certainly held and the day is certain; a title without end has none. */
gboolean dk_assessment_get_held_until (const DkAssessment *assessment, const DkPack *pack, gint64 *day);
/* The day by which @duty, one of a pack assessed, is to be done. FALSE when the pack names none, none comes up, or it is not known. */
gboolean dk_assessment_get_due        (const DkAssessment *assessment, const DkNotice *duty, gint64 *day);
/* In words: that the title of a programme is held, and until when; NULL unless it certainly is. (transfer full) */
char    *dk_held_describe             (const DkWording *wording, const DkResult *programme);
/* "by 2027-03-31" of a duty; NULL without a day. (transfer full) */
char    *dk_held_describe_due         (const DkWording *wording, const DkNotice *duty);

G_END_DECLS
