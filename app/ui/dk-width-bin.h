/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a child to a natural width, whatever its texts would like, and tells when it gets narrow. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Below this a page shows one column. */
#define DK_WIDTH_NARROW 560
/* The least that it asks for, so that a page can get narrow at all while its child is still laid out for a wide one. */
#define DK_WIDTH_LEAST 340

/* Properties: "is-narrow" (boolean; notified after the layout, so that handlers may change it). */
#define DK_TYPE_WIDTH_BIN (dk_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (DkWidthBin, dk_width_bin, DK, WIDTH_BIN, GtkWidget)

GtkWidget *dk_width_bin_new       (int natural, GtkWidget *child);
gboolean   dk_width_bin_is_narrow (DkWidthBin *self);

G_END_DECLS
