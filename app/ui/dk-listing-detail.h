/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell of the matrix of boards stands for: the standard in a sentence, its conditions with their figures, what would make it pass. */
#pragma once

#include "dk-boards.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_LISTING_DETAIL (dk_listing_detail_get_type ())
G_DECLARE_FINAL_TYPE (DkListingDetail, dk_listing_detail, DK, LISTING_DETAIL, GtkBox)

GtkWidget *dk_listing_detail_new     (void);
/* @standard: NULL for the positioning. */
void       dk_listing_detail_show    (DkListingDetail *self, const DkWording *wording, const DkBoard *board, const DkStandard *standard);
/* What would make it pass, which may take a while to find out. */
void       dk_listing_detail_add_way (DkListingDetail *self, const DkWording *wording);

G_END_DECLS
