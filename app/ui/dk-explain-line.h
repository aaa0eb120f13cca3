/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of how a number comes about: what joins it to the line before, its name, on what it rests, its value. */
#pragma once

#include "dk-provenance.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A node as an item of a list. */
#define DK_TYPE_EXPLAIN_STEP (dk_explain_step_get_type ())
G_DECLARE_FINAL_TYPE (DkExplainStep, dk_explain_step, DK, EXPLAIN_STEP, GObject)

DkExplainStep      *dk_explain_step_new      (const DkProvenance *node); /* borrows it */
const DkProvenance *dk_explain_step_get_node (DkExplainStep *self);

#define DK_TYPE_EXPLAIN_LINE (dk_explain_line_get_type ())
G_DECLARE_FINAL_TYPE (DkExplainLine, dk_explain_line, DK, EXPLAIN_LINE, GtkWidget)

GtkWidget *dk_explain_line_new      (void);
void       dk_explain_line_set_node (DkExplainLine *self, const DkProvenance *node); /* read at once; NULL: empty */

G_END_DECLS
