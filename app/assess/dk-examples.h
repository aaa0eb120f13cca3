/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worked examples of a pack: facts, and what the rules must make of them. */
#pragma once

#include "dk-assessment.h"

G_BEGIN_DECLS

gboolean dk_examples_run (DkRulebook        *book,
                          const DkCatalogue *catalogue,
                          const DkPack      *pack,
                          DkProblems        *problems,
                          guint             *n_run);

G_END_DECLS
