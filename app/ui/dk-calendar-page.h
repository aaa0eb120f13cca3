/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles that an enterprise has, until when and what each carries; and the days that come up. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "title", "subtitle" (strings). */
#define DK_TYPE_CALENDAR_PAGE (dk_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (DkCalendarPage, dk_calendar_page, DK, CALENDAR_PAGE, AdwBin)

GtkWidget *dk_calendar_page_new        (DkSession *session);
/* For tests: whether it is still being worked out what each title carries. */
gboolean   dk_calendar_page_is_pending (DkCalendarPage *self);

G_END_DECLS
