/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of the matrix of boards: one standard, or the positioning of the board: its sign, how far it is, and which condition says so. */
#pragma once

#include "dk-boards.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_LISTING_CELL (dk_listing_cell_get_type ())
G_DECLARE_FINAL_TYPE (DkListingCell, dk_listing_cell, DK, LISTING_CELL, GtkButton)

GtkWidget  *dk_listing_cell_new          (void);
/* @standard: NULL for the positioning. */
void        dk_listing_cell_update       (DkListingCell *self, const DkWording *wording, const DkBoard *board, const DkStandard *standard);
const char *dk_listing_cell_get_id       (DkListingCell *self); /* of the rule */
const char *dk_listing_cell_get_name     (DkListingCell *self); /* all that it says, for those who do not see it */
void        dk_listing_cell_set_selected (DkListingCell *self, gboolean is_selected);

G_END_DECLS
