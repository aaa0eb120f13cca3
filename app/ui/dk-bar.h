/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A score on its track: solid to the low end, hatched to the high end, with the pass mark. Doubles: it is a drawing. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_BAR (dk_bar_get_type ())
G_DECLARE_FINAL_TYPE (DkBar, dk_bar, DK, BAR, GtkWidget)

typedef enum { DK_BAR_ACCENT, DK_BAR_MET, DK_BAR_FAIL, DK_BAR_OPEN } DkBarColor;

GtkWidget *dk_bar_new      (void);
/* All are on the scale from 0 to @max; @mark < 0: no pass mark. Moves to the new place in 200 ms unless animations are off. */
void       dk_bar_set      (DkBar *self, double low, double high, double max, double mark, DkBarColor color);
/* What those hear who do not see it: "66 to 81 points of 100, more than 70 needed". */
void       dk_bar_set_text (DkBar *self, const char *text);

G_END_DECLS
