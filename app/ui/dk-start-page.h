/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there before any enterprise is: three doors. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_START_PAGE (dk_start_page_get_type ())
G_DECLARE_FINAL_TYPE (DkStartPage, dk_start_page, DK, START_PAGE, GtkWidget)

GtkWidget *dk_start_page_new (void);

G_END_DECLS
