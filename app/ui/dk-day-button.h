/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The title of the page and, below it, the day whose law counts, which can be changed here. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "title", "subtitle" (strings), "as-of" (int64, a day; G_MININT64: none, and the title is no button). Signal: "day-chosen" (int64). */
#define DK_TYPE_DAY_BUTTON (dk_day_button_get_type ())
G_DECLARE_FINAL_TYPE (DkDayButton, dk_day_button, DK, DAY_BUTTON, GtkWidget)

GtkWidget *dk_day_button_new (void);
/* A day in prose: "2026年7月15日", "15 July 2026". (transfer full) */
char      *dk_day_to_prose   (gint64 day);

G_END_DECLS
