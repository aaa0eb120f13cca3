/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One result opened: what it asks, how it was computed, how safe it is or what would turn it, and on what law it rests. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: "closed" (): the reader wants it away. */
#define DK_TYPE_CRITERION_PANE (dk_criterion_pane_get_type ())
G_DECLARE_FINAL_TYPE (DkCriterionPane, dk_criterion_pane, DK, CRITERION_PANE, AdwBin)

GtkWidget  *dk_criterion_pane_new        (DkSession *session);
/* NULL empties it. The same id again brings it up to date, and keeps scroll and focus. */
void        dk_criterion_pane_show       (DkCriterionPane *self, const char *id);
const char *dk_criterion_pane_get_id     (DkCriterionPane *self);
void        dk_criterion_pane_set_folded (DkCriterionPane *self, gboolean is_folded); /* back instead of close */
gboolean    dk_criterion_pane_is_pending (DkCriterionPane *self); /* what is slow to find out is on its way */
char       *dk_criterion_pane_dup_text   (DkCriterionPane *self); /* what "Copy as text" gives. (transfer full) */

G_END_DECLS
