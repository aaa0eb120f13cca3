/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boards on which an enterprise may list, side by side: which are open, which are near, and from which market value on. */
#pragma once

#include "dk-listing-row.h"
#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "session" (construct-only), "title", "subtitle" (strings, read-only). */
#define DK_TYPE_LISTING_PAGE (dk_listing_page_get_type ())
G_DECLARE_FINAL_TYPE (DkListingPage, dk_listing_page, DK, LISTING_PAGE, AdwBin)

GtkWidget    *dk_listing_page_new          (DkSession *session);
/* The row of a board, or NULL. */
DkListingRow *dk_listing_page_find_row     (DkListingPage *self, const char *pack);
const char   *dk_listing_page_get_selected (DkListingPage *self); /* the id of the rule whose cell is selected, or NULL */
/* Says below its row what the cell of a rule stands for; NULL: says nothing more. */
void          dk_listing_page_select       (DkListingPage *self, const char *id);
/* Whether it is still being found out from which value on the standards open. */
gboolean      dk_listing_page_is_pending   (DkListingPage *self);

G_END_DECLS
