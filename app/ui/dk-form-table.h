/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Official tables of a programme as the window shows them: what is asked, what there is, whether it is met. Formulas and documents stand
 * in the workbook, where there is room. */
#pragma once

#include "dk-form.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A form, folded up to its title. */
GtkWidget *dk_form_table_new    (const DkWording *wording, const DkForm *form);
/* Adds those of a programme at the end of @box; nothing where it has none. */
void       dk_form_table_append (GtkBox *box, const DkWording *wording, const DkResult *programme);

G_END_DECLS
