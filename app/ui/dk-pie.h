/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of something is done: a ring that fills like a clock, a tick at the end. It is decoration: the words stand beside it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_PIE (dk_pie_get_type ())
G_DECLARE_FINAL_TYPE (DkPie, dk_pie, DK, PIE, GtkWidget)

GtkWidget *dk_pie_new          (void);
void       dk_pie_set_fraction (DkPie *self, double fraction); /* 0 to 1 */
double     dk_pie_get_fraction (DkPie *self);

G_END_DECLS
