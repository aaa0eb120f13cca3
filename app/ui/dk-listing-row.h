/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the matrix of boards: the board, its positioning and its standards, what follows. Narrow, the three stand below each other. */
#pragma once

#include "dk-listing-cell.h"

G_BEGIN_DECLS

#define DK_TYPE_LISTING_ROW (dk_listing_row_get_type ())
G_DECLARE_FINAL_TYPE (DkListingRow, dk_listing_row, DK, LISTING_ROW, GtkBox)

GtkWidget     *dk_listing_row_new        (const char *pack);
const char    *dk_listing_row_get_pack   (DkListingRow *self);
/* Cells stay the same widgets as long as there are as many. */
void           dk_listing_row_update     (DkListingRow *self, const DkWording *wording, const DkBoard *board);
void           dk_listing_row_set_layout (DkListingRow *self, guint n_columns, gboolean is_narrow);
guint          dk_listing_row_n_cells    (DkListingRow *self);
DkListingCell *dk_listing_row_get_cell   (DkListingRow *self, guint i); /* NULL: there are fewer */
const char    *dk_listing_row_get_state  (DkListingRow *self); /* the words of the last column */

G_END_DECLS
