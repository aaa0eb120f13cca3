/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount of money as people say it, so that a zero too many is noticed: 12345678.9 is 约1,234.57万元, about ¥12.35 million. */
#pragma once

#include "dk-value.h"

G_BEGIN_DECLS

/* @yuan in the largest unit that it reaches, to two digits after the point; what is rounded says so. @language: "zh" or "en".
 * NULL if it is not finite. (transfer full) */
char *dk_amount_to_words       (DkNumber yuan, const char *language);
/* The same for an answer: a range has two ends, of which one may be open. NULL if nothing is known. (transfer full) */
char *dk_amount_value_to_words (const DkValue *value, const char *language);
/* What is wanting, from the least to the most, in one unit and rounded outward to three digits or more (brief: two): "2–8亿元", "¥200–800 million"; brief: "2–8亿",
 * "¥200–800m". @most may be infinite.
 * (transfer full) */
char *dk_amount_span_to_words  (DkNumber least, DkNumber most, gboolean is_brief, const char *language);

G_END_DECLS
