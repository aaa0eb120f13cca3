/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of facts as text, and whether a value is one of the fact's. */
#pragma once

#include "dk-enterprise.h"

G_BEGIN_DECLS

/* How much a text may say: EXACT is a decimal or fraction, as enterprise files have it; FREE also 150万, 5%, 45..55. */
typedef enum { DK_TEXT_EXACT, DK_TEXT_FREE } DkTextMode;

/* What a text means for a fact, without any check against the domain. */
gboolean dk_fact_parse_scalar (const DkSymbol *fact, const char *text, DkTextMode mode, DkValue *value, DkArena *arena,
                               GError **error);
/* One end of a range of numbers or dates. */
gboolean dk_fact_parse_end    (const DkSymbol *fact, const char *text, DkTextMode mode, DkNumber *number,
                               DkArena *arena, GError **error);
/* A range from its ends. FALSE if low > high. */
gboolean dk_fact_make_range   (const DkSymbol *fact, DkNumber low, DkNumber high, DkValue *value, GError **error);
/* Whether a value lies in the domain; @whole_steps asks too that counts are whole. */
gboolean dk_fact_check        (const DkSymbol *fact, const DkValue *value, gboolean whole_steps, GError **error);
/* Adds the option @text to the set @bits. */
gboolean dk_fact_add_option   (const DkSymbol *fact, const char *text, guint64 *bits, GError **error);

/* A number or date for people and files. */
char    *dk_fact_end_to_string (const DkSymbol *fact, DkNumber number);
/* The code, or the prefix that all codes of the value have in common; NULL if the value is no such set. */
char    *dk_fact_code_to_string (const DkSymbol *fact, const DkValue *value);

G_END_DECLS
