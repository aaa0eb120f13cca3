/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that were opened last, to open again or to forget. Hidden while there are none. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_RECENT_LIST (dk_recent_list_get_type ())
G_DECLARE_FINAL_TYPE (DkRecentList, dk_recent_list, DK, RECENT_LIST, GtkBox)

G_END_DECLS
