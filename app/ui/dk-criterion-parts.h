/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a criterion's pane, each built from a result and never changed. */
#pragma once

#include "dk-wording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A heading with what stands below it. */
GtkWidget *dk_criterion_parts_new_section (const char *title, GtkWidget *child);
/* The formula with the figures put in, links where they are answers, and how it ended. */
GtkWidget *dk_criterion_parts_new_formula (const DkWording *wording, const DkResult *result);
/* The bands that give it its points or its threshold, the one that counts filled; NULL if there are none. */
GtkWidget *dk_criterion_parts_new_bands   (const DkWording *wording, const DkResult *result, char **title);
/* The members of a group as links with their signs; NULL for anything else. */
GtkWidget *dk_criterion_parts_new_members (const DkWording *wording, const DkResult *result);
/* The answers and lists that it rests on, as links; NULL if there are none. */
GtkWidget *dk_criterion_parts_new_answers (const DkWording *wording, const DkResult *result);
/* The answers and lists that are missing, as links. */
GtkWidget *dk_criterion_parts_new_missing (const DkWording *wording, const DkResult *result);
/* What would make it pass, cheapest first: slow. Adds a line each to @text. */
GtkWidget *dk_criterion_parts_new_levers  (const DkWording *wording, const DkResult *result, GString *text);
/* How far each figure may go before it no longer passes: slow. Adds a line each to @text. */
GtkWidget *dk_criterion_parts_new_safety  (const DkWording *wording, const DkResult *result, GString *text);

G_END_DECLS
