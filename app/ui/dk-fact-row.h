/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fact on its page: what is asked, its cells, the change against the year before, and what is odd about the answers. */
#pragma once

#include "dk-fact-cell.h"
#include "dk-settings.h"

G_BEGIN_DECLS

/* Signals: "navigate" (DkFactCell *, int rows). */
#define DK_TYPE_FACT_ROW (dk_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (DkFactRow, dk_fact_row, DK, FACT_ROW, GtkBox)

/* Widths of the columns, in pixels, so that all rows and their head stand in line. */
#define DK_FACT_CELL_WIDTH   (dk_settings_is_in_wan () ? 116 : 136)
#define DK_FACT_CHANGE_WIDTH 68
/* A yearly fact is asked for so many years. */
#define DK_FACT_YEARS        3

/* @last_year: the last of the years of a yearly fact. */
GtkWidget      *dk_fact_row_new         (DkSession *session, const DkFact *fact, int last_year);
const DkSymbol *dk_fact_row_get_fact    (DkFactRow *self);
DkFactCell     *dk_fact_row_find_cell   (DkFactRow *self, int year); /* the year's; of a fact without a period the only one */
/* Only one year is shown, the year before it in words; 0: all years. */
void            dk_fact_row_set_narrow  (DkFactRow *self, int year);
void            dk_fact_row_show_help   (DkFactRow *self);
const char     *dk_fact_row_get_message (DkFactRow *self); /* what is odd or wrong; NULL: nothing */

G_END_DECLS
