/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single sources say of a fact in a period: a field for each, and the way to make one of them the answer. */
#pragma once

#include "dk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_SOURCES_POPOVER (dk_sources_popover_get_type ())
G_DECLARE_FINAL_TYPE (DkSourcesPopover, dk_sources_popover, DK, SOURCES_POPOVER, GtkPopover)

/* Whether a fact is such that it can be typed here: a number or a date, and the catalogue tells sources apart. */
gboolean   dk_sources_popover_takes (DkSession *session, const DkSymbol *fact);
GtkWidget *dk_sources_popover_new   (DkSession *session, const DkFact *fact, DkPeriodKey period);
/* "Audit report, Tax return": the sources that say something; NULL: none. (transfer full) */
char      *dk_sources_dup_names     (DkSession *session, const DkSymbol *fact, DkPeriodKey period);

G_END_DECLS
