/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts on a logarithmic line: what is assumed, solid up to its low end and hatched to its high end, and marks with what opens at them.
 * Doubles: it is a drawing. The arrow keys go from mark to mark. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_VALUE_AXIS (dk_value_axis_get_type ())
G_DECLARE_FINAL_TYPE (DkValueAxis, dk_value_axis, DK, VALUE_AXIS, GtkWidget)

GtkWidget  *dk_value_axis_new       (void);
void        dk_value_axis_clear     (DkValueAxis *self);
/* From low to high. @amount stands above, @text below; @words say it in full. */
void        dk_value_axis_add_mark  (DkValueAxis *self, double at, const char *amount, const char *text, const char *words);
/* @low and @high: 0: nothing is known; @high may be infinite. @text: the same in words. */
void        dk_value_axis_set_value (DkValueAxis *self, double low, double high, const char *text);
guint       dk_value_axis_n_marks   (DkValueAxis *self);
const char *dk_value_axis_get_name  (DkValueAxis *self); /* what those hear who do not see it */

G_END_DECLS
