/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One answer of one fact in one period: shows it, takes another one, and commits it by itself. */
#pragma once

#include "dk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "problem" (string: why what was typed is no answer; NULL: it is one).
 * Signals: "navigate" (int rows: down, or up if < 0), "help" () when the definition is asked for. */
#define DK_TYPE_FACT_CELL (dk_fact_cell_get_type ())
G_DECLARE_FINAL_TYPE (DkFactCell, dk_fact_cell, DK, FACT_CELL, GtkBox)

GtkWidget     *dk_fact_cell_new         (DkSession *session, const DkFact *fact, int year); /* 0: of a fact without a period */
int            dk_fact_cell_get_year    (DkFactCell *self);
const char    *dk_fact_cell_get_problem (DkFactCell *self);
void           dk_fact_cell_set_warned  (DkFactCell *self, gboolean is_warned);
void           dk_fact_cell_set_past    (DkFactCell *self, gboolean is_past); /* drawn flat until it is hovered or focused */
gboolean       dk_fact_cell_is_computed (DkFactCell *self);                   /* shows what it is derived as */
gboolean       dk_fact_cell_grab        (DkFactCell *self);                   /* focuses it, its text selected */
gboolean       dk_fact_cell_commit      (DkFactCell *self);                   /* what was typed; FALSE if it is no answer */
/* The value that stands in the cell, answered or computed; FALSE if there is none. */
gboolean       dk_fact_cell_get_value   (DkFactCell *self, DkValue *value);
gboolean       dk_fact_cell_set_answer  (DkFactCell *self, DkAnswerState state, const DkValue *value);

G_END_DECLS
