/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of packs, for the rulebook. */
#pragma once

#include "dk-rulebook.h"

G_BEGIN_DECLS

/* Reads a pack; NULL with problems when it cannot be used at all. Takes the document. */
DkPack *dk_pack_read       (DkDocument *document, const DkScope *scope, DkArena *arena, DkProblems *problems);
void    dk_pack_free       (DkPack *pack);
/* The points or value of a rule once more, as a tree of its own: rules are compiled anew for other years. */
DkExpr *dk_pack_read_value (const DkNode *node, DkArena *arena, DkProblems *problems);

G_END_DECLS
