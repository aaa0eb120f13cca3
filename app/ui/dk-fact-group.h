/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts that are asked together, in a card: a table by years, or one answer each. */
#pragma once

#include "dk-fact-row.h"

G_BEGIN_DECLS

#define DK_TYPE_FACT_GROUP (dk_fact_group_get_type ())
G_DECLARE_FINAL_TYPE (DkFactGroup, dk_fact_group, DK, FACT_GROUP, GtkBox)

/* @facts: DkFact *, alike in period and unit of money. */
GtkWidget *dk_fact_group_new        (DkSession *session, const GPtrArray *facts, int last_year, const char *title);
GPtrArray *dk_fact_group_get_rows   (DkFactGroup *self); /* DkFactRow *. (transfer none) */
gboolean   dk_fact_group_is_yearly  (DkFactGroup *self);
void       dk_fact_group_set_narrow (DkFactGroup *self, int year); /* 0: all years */

G_END_DECLS
