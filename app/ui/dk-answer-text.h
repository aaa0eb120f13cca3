/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person types as the answer to a fact: "150万", "15-20", "about 50", "?", "none", "1200+350". Exact, without a display. */
#pragma once

#include "dk-session.h"

G_BEGIN_DECLS

gboolean dk_answer_parse (const DkSymbol *fact, const char *text, gboolean in_wan, DkArena *arena, DkAnswerState *state, DkValue *value, GError **error);
/* The same, and the fact's format is looked at, too: a credit code has a check character. */
gboolean dk_answer_parse_fact (const DkFact *fact, const char *text, gboolean in_wan, DkArena *arena, DkAnswerState *state, DkValue *value, GError **error);

G_END_DECLS
