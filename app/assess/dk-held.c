/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-held"

#include "dk-held.h"

#include "dk-assessment-private.h"

#include <glib/gi18n.h>

DkHeld
dk_assessment_get_held (const DkAssessment *assessment,
                        const DkPack       *pack)
{
  guint32 state;

  if (pack->held_reg == DK_NO_REGISTER)
    return DK_HELD_UNSAID;
  if (assessment->run->exhausted)
    return DK_HELD_OPEN;
  state = assessment->run->regs[pack->held_reg].state;
  if ((state & DK_TRUE) == 0)
    return DK_HELD_NO;
  return (state & (DK_FALSE | DK_UNDEFINED | DK_NA)) == 0 ? DK_HELD_YES : DK_HELD_OPEN;
}

/* The date in a register; FALSE unless it is one certain day. */
static gboolean
read_day (const DkAssessment *assessment,
          guint               reg,
          gint64             *day)
{
  const DkValue *value;

  if (reg == DK_NO_REGISTER || assessment->run->exhausted)
    return FALSE;
  value = &assessment->run->regs[reg];
  return (value->state & (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA)) == DK_POINT && dk_number_to_int64 (value->low, day);
}

gboolean
dk_assessment_get_held_until (const DkAssessment *assessment,
                              const DkPack       *pack,
                              gint64             *day)
{
  return dk_assessment_get_held (assessment, pack) == DK_HELD_YES && read_day (assessment, pack->held_until_reg, day);
}

gboolean
dk_assessment_get_due (const DkAssessment *assessment,
                       const DkNotice     *duty,
                       gint64             *day)
{
  return read_day (assessment, duty->due_reg, day);
}

char *
dk_held_describe (const DkWording *wording,
                  const DkResult  *programme)
{
  const DkPack *pack = programme->item->pack;
  g_autofree char *date = NULL;
  gint64 day;

  if (dk_assessment_get_held (wording->assessment, pack) != DK_HELD_YES)
    return NULL;
  if (!dk_assessment_get_held_until (wording->assessment, pack, &day))
    return g_strdup (programme->verdict == DK_VERDICT_FAIL ? dk_tr (wording->language, N_("Held, though its conditions are no longer met"))
                                                           : dk_tr_context (wording->language, "ladder", NC_("ladder", "Held")));
  date = dk_date_to_string (day);
  return g_strdup_printf (programme->verdict == DK_VERDICT_FAIL ? dk_tr (wording->language, N_("Held until %s, though its conditions are no longer met"))
                                                                : dk_tr (wording->language, N_("Held until %s")), date);
}

char *
dk_held_describe_due (const DkWording *wording,
                      const DkNotice  *duty)
{
  g_autofree char *date = NULL;
  gint64 day;

  if (!dk_assessment_get_due (wording->assessment, duty, &day))
    return NULL;
  date = dk_date_to_string (day);
  /* TRANSLATORS: the day by which a duty is to be done. */
  return g_strdup_printf (dk_tr (wording->language, N_("by %s")), date);
}
