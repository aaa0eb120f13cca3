/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A title on the ladder: sign, name, score with its pass mark, the cheapest step, how near it is. */
#pragma once

#include "dk-ladder.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_LADDER_ROW (dk_ladder_row_get_type ())
G_DECLARE_FINAL_TYPE (DkLadderRow, dk_ladder_row, DK, LADDER_ROW, GtkListBoxRow)

GtkWidget  *dk_ladder_row_new        (const char *pack);
const char *dk_ladder_row_get_pack   (DkLadderRow *self);
DkNearness     dk_ladder_row_get_nearness  (DkLadderRow *self);
gboolean    dk_ladder_row_is_uncertain (DkLadderRow *self);
/* All but the step, which takes longer to find out. */
void        dk_ladder_row_update     (DkLadderRow *self, const DkWording *wording, const DkRung *rung);
/* @more may be NULL. */
void        dk_ladder_row_set_step   (DkLadderRow *self, const char *step, const char *more);
const char *dk_ladder_row_get_step   (DkLadderRow *self);
/* Whether the rail goes on above and below. */
void        dk_ladder_row_set_rail   (DkLadderRow *self, gboolean above, gboolean below);
void        dk_ladder_row_set_narrow (DkLadderRow *self, gboolean is_narrow);
/* The word of a nearness, translated: "Near". */
const char *dk_nearness_get_name     (DkNearness nearness);

G_END_DECLS
