/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": the word of a list that a mistyped one was most likely meant to be. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *word;     /* what was written */
  const char *best;     /* the likest word so far, or NULL */
  guint       distance; /* how many letters apart it is */
} DkSuggestion;

void  dk_suggestion_begin (DkSuggestion *suggestion, const char *word);
void  dk_suggestion_offer (DkSuggestion *suggestion, const char *candidate);
/* "; did you mean staff?", or an empty text. (transfer full) */
char *dk_suggestion_end   (const DkSuggestion *suggestion);
/* The same over a list that ends with NULL. */
char *dk_suggest_word     (const char *word, const char *const *words);

G_END_DECLS
