/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All titles side by side, the hardest on top: how each stands and the cheapest step to it. */
#pragma once

#include "dk-ladder-row.h"
#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  DK_LADDER_ALL, /* all that are in force */
  DK_LADDER_NOW, DK_LADDER_NEAR, DK_LADDER_FAR, DK_LADDER_HELD,
  DK_LADDER_UNCERTAIN,
  DK_LADDER_NONE,
  DK_N_LADDER_FILTERS,
} DkLadderFilter;

/* Properties: "session" (construct-only), "title", "subtitle" (strings, read-only). A row activates win.show-programme. */
#define DK_TYPE_LADDER_PAGE (dk_ladder_page_get_type ())
G_DECLARE_FINAL_TYPE (DkLadderPage, dk_ladder_page, DK, LADDER_PAGE, AdwBin)

GtkWidget   *dk_ladder_page_new        (DkSession *session);
void         dk_ladder_page_set_filter (DkLadderPage *self, DkLadderFilter filter);
/* The row of a programme, or NULL. */
DkLadderRow *dk_ladder_page_find_row   (DkLadderPage *self, const char *pack);
/* Whether some steps are still being found out. */
gboolean     dk_ladder_page_is_pending (DkLadderPage *self);

G_END_DECLS
