/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-suggest"

#include "dk-suggest.h"

#include <string.h>

/* No id is longer; what is longer gets no suggestion. */
#define MAX_WORD 64

/* Letters to insert, delete, replace or swap with the neighbour to get from one word to the other. */
static guint
measure_distance (const char *a,
                  const char *b)
{
  gsize n = strlen (a), m = strlen (b);
  guint rows[3][MAX_WORD + 1];
  guint *before = rows[0], *last = rows[1], *current = rows[2];

  if (n > MAX_WORD || m > MAX_WORD)
    return G_MAXUINT;
  for (gsize j = 0; j <= m; j++)
    last[j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *spare = before;

      current[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          guint best = last[j - 1] + (a[i - 1] != b[j - 1]);

          best = MIN (best, last[j] + 1);
          best = MIN (best, current[j - 1] + 1);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = MIN (best, before[j - 2] + 1);
          current[j] = best;
        }
      before = last;
      last = current;
      current = spare;
    }
  return last[m];
}

void
dk_suggestion_begin (DkSuggestion *suggestion,
                     const char   *word)
{
  suggestion->word = word;
  suggestion->best = NULL;
  /* A third of the letters, at least one: more would suggest what has nothing to do with the word. */
  suggestion->distance = (guint) MIN (strlen (word), MAX_WORD) / 3 + 1;
}

void
dk_suggestion_offer (DkSuggestion *suggestion,
                     const char   *candidate)
{
  guint distance = measure_distance (suggestion->word, candidate);

  if (distance > suggestion->distance || (suggestion->best != NULL && distance == suggestion->distance))
    return;
  suggestion->best = candidate;
  suggestion->distance = distance;
}

char *
dk_suggestion_end (const DkSuggestion *suggestion)
{
  return suggestion->best != NULL ? g_strdup_printf ("; did you mean %s?", suggestion->best) : g_strdup ("");
}

char *
dk_suggest_word (const char        *word,
                 const char *const *words)
{
  DkSuggestion suggestion;

  dk_suggestion_begin (&suggestion, word);
  for (guint i = 0; words[i] != NULL; i++)
    dk_suggestion_offer (&suggestion, words[i]);
  return dk_suggestion_end (&suggestion);
}
