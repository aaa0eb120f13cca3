/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to a whole board, behind two doors: the checklist, answered and noted in place, and the steps on the calendar. */
#pragma once

#include "dk-boards.h"
#include "dk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_LISTING_BOARD (dk_listing_board_get_type ())
G_DECLARE_FINAL_TYPE (DkListingBoard, dk_listing_board, DK, LISTING_BOARD, GtkBox)

GtkWidget *dk_listing_board_new    (DkSession *session);
/* What is behind a door that is closed is not built. */
void       dk_listing_board_show   (DkListingBoard *self, const DkWording *wording, const DkBoard *board);
/* For tests and pictures. */
void       dk_listing_board_expand (DkListingBoard *self);

G_END_DECLS
