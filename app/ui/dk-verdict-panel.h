/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the enterprise stands in all programmes, or on all boards, as one answers. */
#pragma once

#include "dk-session.h"
#include "dk-verdict-row.h"

G_BEGIN_DECLS

/* Signal: "updated" (): the rows show a new assessment. A row activates win.show-programme. */
#define DK_TYPE_VERDICT_PANEL (dk_verdict_panel_get_type ())
G_DECLARE_FINAL_TYPE (DkVerdictPanel, dk_verdict_panel, DK, VERDICT_PANEL, GtkBox)

/* @kind: of the packs whose results are shown, such as "listing"; NULL: all but the boards. */
GtkWidget    *dk_verdict_panel_new        (DkSession *session, const char *kind);
/* Whether a panel of that kind shows the pack. */
gboolean      dk_verdict_panel_takes      (const DkPack *pack, const char *kind);
/* The programme that changed last; the first one until then; NULL: nothing is assessed yet. */
DkVerdictRow *dk_verdict_panel_get_latest (DkVerdictPanel *self);
DkVerdictRow *dk_verdict_panel_find_row   (DkVerdictPanel *self, const char *pack);

G_END_DECLS
