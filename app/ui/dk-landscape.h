/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blue-green mountains, faded into the paper: the only ornament of the program. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_LANDSCAPE (dk_landscape_get_type ())
G_DECLARE_FINAL_TYPE (DkLandscape, dk_landscape, DK, LANDSCAPE, GtkWidget)

GtkWidget *dk_landscape_new (void);

G_END_DECLS
