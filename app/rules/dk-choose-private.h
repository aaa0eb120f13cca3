/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the search for the best: options that are worse than another, whatever else is. */
#pragma once

#include "dk-program-private.h"

G_BEGIN_DECLS

typedef struct _DkChoiceComparer DkChoiceComparer;

DkChoiceComparer *dk_choice_comparer_new  (DkRun *run, const DkChoosing *choosing);
void              dk_choice_comparer_free (DkChoiceComparer *self);
/* Keeps the registers as they are with an option of a choice, and with any of those that may be taken in the choices behind it. */
void              dk_choice_comparer_keep (DkChoiceComparer *self, guint option);
/* Whether @other of the choice @at is never better than @option and need not be tried, all else being alike: so it comes to no better a
 * value, and @option is lawful wherever @other may be. @taken: the options of the choices before. Both must have been kept. */
gboolean          dk_choice_comparer_is_worse (DkChoiceComparer *self, guint at, guint64 taken, guint option, guint other);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkChoiceComparer, dk_choice_comparer_free)

G_END_DECLS
