/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place in the sidebar: a topic of the facts, a register, the cross-checks, the ladder of titles, a programme, the boards side by side,
 * what is planned, or one of the boards. */
#pragma once

#include "dk-sign.h"

G_BEGIN_DECLS

typedef enum
{
  DK_PLACE_TOPIC,
  DK_PLACE_REGISTER,
  DK_PLACE_CHECKS,
  DK_PLACE_LADDER,
  DK_PLACE_CALENDAR,
  DK_PLACE_PROGRAMME,
  DK_PLACE_LISTING,
  DK_PLACE_PLANS,
  DK_PLACE_BOARD,
} DkPlaceKind;

#define DK_TYPE_SIDEBAR_ROW (dk_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (DkSidebarRow, dk_sidebar_row, DK, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget   *dk_sidebar_row_new          (DkPlaceKind kind, const char *id, const char *title);
DkPlaceKind  dk_sidebar_row_get_kind     (DkSidebarRow *self);
const char  *dk_sidebar_row_get_id       (DkSidebarRow *self);
const char  *dk_sidebar_row_get_title    (DkSidebarRow *self);
/* What stands at the end of the row. */
const char  *dk_sidebar_row_get_figure   (DkSidebarRow *self);
/* Of a topic: how many of its facts are answered. */
void         dk_sidebar_row_set_progress (DkSidebarRow *self, guint n_answered, guint n_asked);
/* Of a register: how many rows it has, and whether all are there (-1: not said). */
void         dk_sidebar_row_set_count    (DkSidebarRow *self, guint n_rows, int is_complete);
/* Of the cross-checks: how many figures contradict others. */
void         dk_sidebar_row_set_contradictions (DkSidebarRow *self, guint n);
/* Of the ladder: how many titles can be applied for now. */
void         dk_sidebar_row_set_applicable (DkSidebarRow *self, guint n);
/* Of a programme or board: how it stands. */
void         dk_sidebar_row_set_standing (DkSidebarRow *self, DkSign sign, const char *figure);
/* Whether there is such a place that day: a programme may not be in force. Such a row is to be hidden. */
gboolean     dk_sidebar_row_get_in_force (DkSidebarRow *self);
void         dk_sidebar_row_set_in_force (DkSidebarRow *self, gboolean is_in_force);

G_END_DECLS
