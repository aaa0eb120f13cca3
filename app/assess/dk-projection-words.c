/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A projection for people. */
#define G_LOG_DOMAIN "dk-projection"

#include "dk-projection.h"

#include <glib/gi18n.h>

/* The first year after the one in which it is, or may be, met of which it is certain that it is not; DK_NO_YEAR: none. */
static guint
find_end (const DkCourse *course)
{
  guint first = course->first_met != DK_NO_YEAR ? course->first_met : course->first_open;

  for (guint year = first + 1; first != DK_NO_YEAR && year < DK_PROJECTION_YEARS; year++)
    if (course->results[year] != NULL && course->results[year]->verdict == DK_VERDICT_FAIL)
      return year;
  return DK_NO_YEAR;
}

/* So many figures are named; more are counted. */
#define MAX_NAMES 3

/* Figures by name, each once, whatever the years are. */
static char *
list_labels (const DkWording *wording,
             const GArray    *refs)
{
  g_autoptr(GPtrArray) facts = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < refs->len; i++)
    {
      const DkSymbol *fact = g_array_index (refs, DkFactRef, i).fact;

      if (g_ptr_array_find (facts, fact, NULL))
        continue;
      g_ptr_array_add (facts, (gpointer) fact);
      if (facts->len <= MAX_NAMES)
        g_string_append_printf (text, "%s%s", facts->len > 1 ? dk_wording_get_separator (wording) : "",
                                dk_text_get (&fact->label, wording->language));
    }
  if (facts->len > MAX_NAMES)
    g_string_append_printf (text, dk_tr (wording->language, N_("; and %u more")), facts->len - MAX_NAMES);
  return g_string_free (text, FALSE);
}

/* What a verdict that is open waits for: what could be planned, or else what could be answered; NULL: neither. */
static char *
list_waiting (const DkWording    *wording,
              const DkProjection *projection,
              const DkCourse     *course)
{
  const DkResult *result = course->results[course->first_open];
  g_autoptr(GArray) unplanned = dk_projection_list_unplanned (projection, course, course->first_open);

  if (unplanned->len > 0)
    return list_labels (wording, unplanned);
  return result->missing->len > 0 ? list_labels (wording, result->missing) : dk_wording_list_missing (wording, NULL, result->registers);
}

static char *
describe_open (const DkWording    *wording,
               const DkProjection *projection,
               const DkCourse     *course)
{
  guint year = course->first_open;
  g_autofree char *waiting = list_waiting (wording, projection, course);

  if (year == 0)
    return waiting != NULL ? g_strdup_printf (dk_tr (wording->language, N_("not known yet; waits for: %s")), waiting)
                           : g_strdup (dk_tr (wording->language, N_("not known yet")));
  if (waiting == NULL)
    return g_strdup_printf (dk_tr (wording->language, N_("may be met from %d on")), dk_projection_get_year (projection, year));
  /* TRANSLATORS: a year, and the figures that are not planned. */
  return g_strdup_printf (dk_tr (wording->language, N_("may be met from %d on; waits for: %s")), dk_projection_get_year (projection, year), waiting);
}

/**
 * dk_projection_dup_course:
 * @wording: any assessment of the projection's book, and the language
 * @projection: a projection
 * @course: one of its programmes or standards
 *
 * Returns: (transfer full): from which year on it is met, and whether that is by the plan or with time alone
 */
char *
dk_projection_dup_course (const DkWording    *wording,
                          const DkProjection *projection,
                          const DkCourse     *course)
{
  guint end = find_end (course);
  g_autofree char *text = NULL;

  if (course->first_open == DK_NO_YEAR)
    {
      for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
        if (course->results[year] != NULL)
          return g_strdup_printf (dk_tr (wording->language, N_("not met by %d")), dk_projection_get_year (projection, DK_PLAN_YEARS));
      return g_strdup (dk_tr (wording->language, N_("no rule in force, or none applies")));
    }
  if (course->first_met == DK_NO_YEAR)
    text = describe_open (wording, projection, course);
  else if (course->first_met == 0)
    text = g_strdup (dk_tr (wording->language, N_("met now")));
  else
    text = g_strdup_printf (course->by_plan[course->first_met] ? dk_tr (wording->language, N_("from %d on, by the plan"))
                                                               : dk_tr (wording->language, N_("from %d on, whatever is planned")),
                            dk_projection_get_year (projection, course->first_met));
  if (end == DK_NO_YEAR)
    return g_steal_pointer (&text);
  /* TRANSLATORS: from when on a condition is met, and the year in which it is not any more. */
  return g_strdup_printf (dk_tr (wording->language, N_("%s; not in %d any more")), text, dk_projection_get_year (projection, end));
}

static void
add_clause (const DkWording *wording,
            GString         *text,
            char            *clause)
{
  if (text->len > 0)
    g_string_append (text, dk_wording_get_separator (wording));
  g_string_append (text, clause);
  g_free (clause);
}

/* The boards, but for those that the enterprise is on already, which @year opens, or (may) might open. */
static void
add_boards (const DkWording    *wording,
            const DkProjection *projection,
            guint               year,
            gboolean            may,
            GString            *text)
{
  for (guint i = 0; i < projection->outlooks->len; i++)
    {
      const DkOutlook *outlook = g_ptr_array_index (projection->outlooks, i);
      const char *board = dk_pack_get_short_title (outlook->pack, wording->language);
      int number = dk_projection_get_year (projection, year);

      if (!dk_outlook_is_board (outlook) || outlook->held == DK_HELD_YES)
        continue;
      if (may && outlook->course.first_met == DK_NO_YEAR && outlook->course.first_open == year)
        add_clause (wording, text, g_strdup_printf (dk_tr (wording->language, N_("%s may open in %d")), board, number));
      if (may || outlook->course.first_met != year)
        continue;
      add_clause (wording, text, year == 0 ? g_strdup_printf (dk_tr (wording->language, N_("%s is open now")), board)
                                           : g_strdup_printf (dk_tr (wording->language, N_("%s opens in %d")), board, number));
    }
}

/**
 * dk_projection_dup_sentence:
 * @wording: any assessment of the projection's book, and the language
 * @projection: a projection
 *
 * Returns: (transfer full): which boards open in which year; of those that may only while none surely does
 */
char *
dk_projection_dup_sentence (const DkWording    *wording,
                            const DkProjection *projection)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint year = 1; year < DK_PROJECTION_YEARS; year++)
    add_boards (wording, projection, year, FALSE, text);
  for (guint year = 1; year < DK_PROJECTION_YEARS && text->len == 0; year++)
    add_boards (wording, projection, year, TRUE, text);
  if (text->len == 0)
    add_clause (wording, text, g_strdup_printf (dk_tr (wording->language, N_("no further board opens by %d")),
                                                dk_projection_get_year (projection, DK_PLAN_YEARS)));
  add_boards (wording, projection, 0, FALSE, text);
  /* TRANSLATORS: %s is a list such as "BSE opens in 2027, ChiNext opens in 2028". */
  return g_strdup_printf (projection->has_plan ? dk_tr (wording->language, N_("By your plans: %s"))
                                               : dk_tr (wording->language, N_("With nothing planned: %s")), text->str);
}

char *
dk_planned_dup_name (const DkSymbol *fact,
                     DkPeriodKey     period,
                     const char     *language)
{
  const char *label = fact != NULL ? dk_text_get (&fact->label, language) : NULL;

  if (fact == NULL)
    return g_strdup (dk_tr (language, N_("all other lines, growth a year")));
  if (dk_period_equal (period, DK_PLAN_GROWTH))
    /* TRANSLATORS: %s is a figure such as revenue. */
    return g_strdup_printf (dk_tr (language, N_("%s, growth a year")), label);
  if (fact->period == DK_PERIOD_NONE)
    /* TRANSLATORS: a figure such as the share capital, and the year at whose end a plan comes into force. */
    return g_strdup_printf (dk_tr (language, N_("%s, from the end of %d on")), label, period.year);
  return dk_fact_to_display (fact, period, language);
}
