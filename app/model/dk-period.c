/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods as they are written. */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise-private.h"

#include <string.h>

/* Years closer to 0 than this are relative: "-1" is the year before the last full one. */
#define MAX_RELATIVE 99

/* Up to two digits at @text; -1 if there are none or more. */
static int
read_digits (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n >= 1 && n <= 2 && text[n] == '\0' ? (int) g_ascii_strtoll (text, NULL, 10) : -1;
}

gboolean
dk_period_parse (const char  *text,
                 DkPeriod     kind,
                 DkReadMode   mode,
                 int          base_year,
                 DkPeriodKey *period)
{
  gboolean is_lenient = mode == DK_READ_LENIENT;
  const char *p = *text == '-' ? text + 1 : text;
  gsize n_digits = strspn (p, "0123456789");
  gint64 year;

  if (n_digits == 0 || n_digits > 4)
    return FALSE;
  year = g_ascii_strtoll (text, NULL, 10);
  p += n_digits;
  if (is_lenient && n_digits <= 2 && ABS (year) <= MAX_RELATIVE)
    year += base_year;
  else if (*text == '-' || n_digits != 4)
    return FALSE;
  if (year < DK_FIRST_YEAR || year > DK_LAST_YEAR)
    return FALSE;
  *period = (DkPeriodKey) { (int) year, 0, 0 };
  if (kind == DK_PERIOD_YEAR)
    return *p == '\0';
  if (*p != '-' && !(is_lenient && *p == ' '))
    return FALSE;
  p++;
  if (kind == DK_PERIOD_QUARTER)
    {
      period->quarter = *p == 'Q' ? read_digits (p + 1) : -1;
      return period->quarter >= 1 && period->quarter <= 4;
    }
  if (is_lenient && *p == 'M')
    p++;
  else if (strlen (p) != 2)
    return FALSE;
  period->month = read_digits (p);
  return period->month >= 1 && period->month <= 12;
}

const char *
dk_period_describe (DkPeriod     kind,
                    const char **example)
{
  *example = kind == DK_PERIOD_YEAR ? "2024" : kind == DK_PERIOD_QUARTER ? "2024-Q1" : "2024-03";
  return kind == DK_PERIOD_YEAR ? "year" : kind == DK_PERIOD_QUARTER ? "quarter" : "month";
}
