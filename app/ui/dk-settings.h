/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences, and how values are written by them. */
#pragma once

#include "dk-enterprise.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DK_APPLICATION_ID "io.github.dengke.Dengke"
#define DK_RESOURCES      "/io/github/dengke/Dengke"

/* Names of keys. */
#define DK_SETTING_LANGUAGE  "language"      /* "system", "zh", "en" */
#define DK_SETTING_IN_WAN    "amounts-in-wan" /* boolean: amounts in 10,000 yuan */
#define DK_SETTING_WORKSPACE "workspace"     /* path of the workspace that opens at start; "": the usual place */
#define DK_SETTING_RECENT    "recent-files"  /* paths: dk-recent.h */
#define DK_SETTING_WIDTH     "window-width"
#define DK_SETTING_HEIGHT    "window-height"
#define DK_SETTING_MAXIMIZED "window-maximized"
#define DK_SETTING_FOLDED    "folded-sections" /* of the sidebar: dk_section_get_id () */

GSettings  *dk_settings_get          (void); /* (transfer none) */
const char *dk_settings_get_language (void); /* "zh" or "en": what the program speaks */
void        dk_settings_apply_language (void); /* makes gettext and packs speak what is set; before GTK starts, and after a change */
void        dk_settings_apply_money (void); /* makes all texts write amounts as is set; likewise */
/* Whether amounts are shown in 10,000 yuan. English never is: it has no such unit. */
gboolean    dk_settings_is_in_wan    (void);

/* A number of a unit for people by the preferences: yuan as "4,180.00" (in_wan) or "41,800,000.00"; a ratio "5.40%"; a count "1,200". Without the unit's word;
 * U+2212 for minus; exact up to two decimals, more if it is finer. (transfer full) */
char       *dk_format_number         (DkNumber number, DkUnit unit);
/* A fact's answer for a cell: number, "15.00–20.00", ≥ 5, Yes, an option's label, a date, a code with its label, "None". (transfer full) */
char       *dk_format_value          (const DkSymbol *fact, const DkValue *value);
/* The unit's word for a column head or behind a figure: "万元", "元", "人"...; "" where there is none. */
const char *dk_format_unit           (DkUnit unit);

G_END_DECLS
