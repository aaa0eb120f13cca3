/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule is to the expressions that name it. */
#pragma once

#include "dk-compiler.h"
#include "dk-rulebook.h"

G_BEGIN_DECLS

/* The type under which others read it: that of its value, or a truth where it judges. */
DkType   dk_item_get_type     (const DkItem *item);
/* The register that others read; DK_NO_REGISTER until it is compiled. */
guint    dk_item_get_register (const DkItem *item);
/* Whether a rule may rest on it; reports at @expr, which names it, when not. */
gboolean dk_item_may_be_named (const DkItem *item, const DkExpr *expr, DkProblems *problems);

G_END_DECLS
