/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-problem"

#include "dk-problem.h"

#include <string.h>

/* What was found wrong so far, in the order of finding. */
struct _DkProblems
{
  GPtrArray *list;      /* DkProblem */
  guint      n_errors;  /* of all that were found, listed or not */
  guint      n_dropped; /* found after the list was full */
};

static void
free_problem (gpointer data)
{
  DkProblem *problem = data;

  g_free (problem->message);
  g_free (problem);
}

DkProblems *
dk_problems_new (void)
{
  DkProblems *problems = g_new0 (DkProblems, 1);

  problems->list = g_ptr_array_new_with_free_func (free_problem);
  return problems;
}

void
dk_problems_free (DkProblems *problems)
{
  if (problems == NULL)
    return;
  g_ptr_array_unref (problems->list);
  g_free (problems);
}

/* A message quotes what the file says. A line break or an escape sequence in there must neither look like
 * another problem nor reach the terminal. */
static char *
clean_message (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (clean, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (clean, FALSE);
}

/* An error that finds the list full of warnings takes the place of the last of them: a file that is refused
 * says why. */
static gboolean
make_room (DkProblems *problems,
           gboolean    is_warning)
{
  if (problems->list->len < DK_PROBLEMS_MAX)
    return TRUE;

  problems->n_dropped++;
  if (is_warning)
    return FALSE;
  for (guint i = problems->list->len; i-- > 0;)
    {
      const DkProblem *other = g_ptr_array_index (problems->list, i);

      if (other->is_warning)
        {
          g_ptr_array_remove_index (problems->list, i);
          return TRUE;
        }
    }
  return FALSE;
}

/* A rule that several versions have in common is read for each of them, and is wrong once. */
static gboolean
is_listed (const DkProblems *problems,
           const DkPlace    *place,
           const char       *message)
{
  if (place->line == 0)
    return FALSE;
  for (guint i = 0; i < problems->list->len; i++)
    {
      const DkProblem *other = g_ptr_array_index (problems->list, i);

      if (other->place.line == place->line && other->place.column == place->column
          && g_strcmp0 (other->place.file, place->file) == 0 && strcmp (other->message, message) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add (DkProblems *problems,
     DkPlace     place,
     gboolean    is_warning,
     const char *format,
     va_list     args)
{
  g_autofree char *message = g_strdup_vprintf (format, args);
  g_autofree char *clean = clean_message (message);
  DkProblem *problem;

  if (is_listed (problems, &place, clean))
    return;
  if (!is_warning)
    problems->n_errors++;
  if (!make_room (problems, is_warning))
    return;

  problem = g_new0 (DkProblem, 1);
  problem->place = place;
  problem->is_warning = is_warning;
  problem->message = g_steal_pointer (&clean);
  g_ptr_array_add (problems->list, problem);
}

/**
 * dk_problems_add:
 * @problems: the list
 * @place: where it stands, as far as that is known
 * @format: what is wrong and what was wanted
 *
 * Adds an error, unless the same is listed of the same place. When the list is full the error still counts, but is no longer listed.
 */
void
dk_problems_add (DkProblems *problems,
                 DkPlace     place,
                 const char *format,
                 ...)
{
  va_list args;

  g_return_if_fail (problems != NULL);

  va_start (args, format);
  add (problems, place, FALSE, format, args);
  va_end (args);
}

/**
 * dk_problems_add_warning:
 * @problems: the list
 * @place: where it stands, as far as that is known
 * @format: what looks wrong
 *
 * Adds a warning, which does not count as an error.
 */
void
dk_problems_add_warning (DkProblems *problems,
                         DkPlace     place,
                         const char *format,
                         ...)
{
  va_list args;

  g_return_if_fail (problems != NULL);

  va_start (args, format);
  add (problems, place, TRUE, format, args);
  va_end (args);
}

/**
 * dk_problems_count:
 * @problems: the list
 *
 * Returns: how many errors were added, those beyond %DK_PROBLEMS_MAX included
 */
guint
dk_problems_count (const DkProblems *problems)
{
  g_return_val_if_fail (problems != NULL, 0);

  return problems->n_errors;
}

/**
 * dk_problems_length:
 * @problems: the list
 *
 * Returns: how many errors and warnings are listed
 */
guint
dk_problems_length (const DkProblems *problems)
{
  g_return_val_if_fail (problems != NULL, 0);

  return problems->list->len;
}

/**
 * dk_problems_get:
 * @problems: the list
 * @index: less than dk_problems_length ()
 *
 * Returns: (transfer none): one error or warning
 */
const DkProblem *
dk_problems_get (const DkProblems *problems,
                 guint             index)
{
  g_return_val_if_fail (problems != NULL, NULL);
  g_return_val_if_fail (index < problems->list->len, NULL);

  return g_ptr_array_index (problems->list, index);
}

static void
append_place (GString       *text,
              const DkPlace *place)
{
  if (place->file != NULL)
    g_string_append (text, place->file);
  if (place->line > 0)
    {
      g_string_append_printf (text, "%s%d", place->file != NULL ? ":" : "", place->line);
      if (place->column > 0)
        g_string_append_printf (text, ":%d", place->column);
    }
  if (place->file != NULL || place->line > 0)
    g_string_append (text, ": ");
}

/**
 * dk_problems_to_string:
 * @problems: the list
 *
 * Writes the list as compilers do, `file:line:column: message`, so that editors jump to the place.
 *
 * Returns: (transfer full): a line for each error and warning; empty when there is none
 */
char *
dk_problems_to_string (const DkProblems *problems)
{
  GString *text;

  g_return_val_if_fail (problems != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < problems->list->len; i++)
    {
      const DkProblem *problem = g_ptr_array_index (problems->list, i);

      append_place (text, &problem->place);
      if (problem->is_warning)
        g_string_append (text, "warning: ");
      g_string_append (text, problem->message);
      g_string_append_c (text, '\n');
    }
  if (problems->n_dropped > 0)
    g_string_append_printf (text, "%u more problems are not listed\n", problems->n_dropped);
  return g_string_free (text, FALSE);
}
