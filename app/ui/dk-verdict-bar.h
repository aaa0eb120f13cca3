/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programme that changed last, in a bar at the bottom that unfolds into all of them. */
#pragma once

#include "dk-verdict-panel.h"

G_BEGIN_DECLS

#define DK_TYPE_VERDICT_BAR (dk_verdict_bar_get_type ())
G_DECLARE_FINAL_TYPE (DkVerdictBar, dk_verdict_bar, DK, VERDICT_BAR, GtkBox)

/* @kind: as of dk_verdict_panel_new (). */
GtkWidget *dk_verdict_bar_new          (DkSession *session, const char *kind);
void       dk_verdict_bar_set_expanded (DkVerdictBar *self, gboolean is_expanded);

G_END_DECLS
