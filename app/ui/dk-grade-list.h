/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The official scale of a fact that is judged: its grades to choose from, in the words of the rules. */
#pragma once

#include "dk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_GRADE_LIST (dk_grade_list_get_type ())
G_DECLARE_FINAL_TYPE (DkGradeList, dk_grade_list, DK, GRADE_LIST, GtkBox)

/* @fact must have grades and no period. A choice is committed at once: the figure of the grade, or its range. */
GtkWidget *dk_grade_list_new      (DkSession *session, const DkFact *fact);
/* The row of a grade, in the order of the catalogue; the one behind the last says "not known yet". */
GtkWidget *dk_grade_list_get_row  (DkGradeList *self, guint i);

G_END_DECLS
