/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure beside its limit, drawn on a line from 0: how far it may still go. Doubles: it is a drawing. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_TRACK (dk_track_get_type ())
G_DECLARE_FINAL_TYPE (DkTrack, dk_track, DK, TRACK, GtkWidget)

GtkWidget *dk_track_new (void);
/* @value and @limit with what is written at them; @gap: what lies between, or "". @is_good: the value is on the side that passes. */
void       dk_track_set (DkTrack *self, double value, double limit, const char *value_text, const char *limit_text, const char *gap, gboolean is_good);

G_END_DECLS
