/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of one width beside each other, which wrap where there is no room: those of several such rows stand in columns. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_CELLS (dk_cells_get_type ())
G_DECLARE_FINAL_TYPE (DkCells, dk_cells, DK, CELLS, GtkWidget)

GtkWidget *dk_cells_new           (int least); /* least: the width of a cell, in pixels */
void       dk_cells_append        (DkCells *self, GtkWidget *cell);
void       dk_cells_clear         (DkCells *self);
/* How many columns there are at most, be there cells for all of them or not. */
void       dk_cells_set_n_columns (DkCells *self, guint n);
/* How many columns stay empty before the first cell, as long as there is room for all columns beside each other. */
void       dk_cells_set_lead      (DkCells *self, guint n);

G_END_DECLS
