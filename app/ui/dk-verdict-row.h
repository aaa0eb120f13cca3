/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the enterprise stands in one programme: sign, title, figure, and the score on its bar. */
#pragma once

#include "dk-sign.h"
#include "dk-wording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_VERDICT_ROW (dk_verdict_row_get_type ())
G_DECLARE_FINAL_TYPE (DkVerdictRow, dk_verdict_row, DK, VERDICT_ROW, GtkListBoxRow)

GtkWidget  *dk_verdict_row_new         (void);
/* Whether it changed what could be seen. The change of the score stands in a pill for four seconds. */
gboolean    dk_verdict_row_update      (DkVerdictRow *self, const DkWording *wording, const DkResult *result);
const char *dk_verdict_row_get_pack    (DkVerdictRow *self);
const char *dk_verdict_row_get_title   (DkVerdictRow *self);
const char *dk_verdict_row_get_figure  (DkVerdictRow *self);
const char *dk_verdict_row_get_pill    (DkVerdictRow *self); /* "+2"; "" when there is none */
gboolean    dk_verdict_row_is_better   (DkVerdictRow *self); /* what the pill tells is good */
gboolean    dk_verdict_row_has_score   (DkVerdictRow *self);
DkSign      dk_verdict_row_get_sign    (DkVerdictRow *self);

G_END_DECLS
