/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Language, amounts, workspace. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DK_TYPE_PREFERENCES_WINDOW (dk_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (DkPreferencesWindow, dk_preferences_window, DK, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *dk_preferences_window_new (void);

G_END_DECLS
