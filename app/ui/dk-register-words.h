/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words by which answers are typed, in every language whatever is spoken: a table that is pasted has its own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DK_WORDS_NONE,
  DK_WORDS_UNKNOWN,
  DK_WORDS_YES,
  DK_WORDS_NO,
  DK_WORDS_RANGE, /* what stands between the ends of a range */
  DK_WORDS_DATE,  /* what stands behind year, month and day */
  DK_N_WORDS
} DkWords;

/* The words of a list, in English and in Chinese. (transfer none) */
const char *const *dk_words_get (DkWords words);

G_END_DECLS
