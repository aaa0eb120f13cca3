/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a section of the sidebar: its name and an arrow that folds it away. Folded, it says what is in it by a figure. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { DK_SECTION_FACTS, DK_SECTION_LISTS, DK_SECTION_PROGRAMMES, DK_SECTION_LISTING } DkSection;

#define DK_N_SECTIONS (DK_SECTION_LISTING + 1)

#define DK_TYPE_SIDEBAR_HEADING (dk_sidebar_heading_get_type ())
G_DECLARE_FINAL_TYPE (DkSidebarHeading, dk_sidebar_heading, DK, SIDEBAR_HEADING, GtkListBoxRow)

GtkWidget  *dk_sidebar_heading_new         (DkSection section);
DkSection   dk_sidebar_heading_get_section (DkSidebarHeading *self);
/* Whether the rows of the section are out of sight. */
gboolean    dk_sidebar_heading_get_folded  (DkSidebarHeading *self);
void        dk_sidebar_heading_set_folded  (DkSidebarHeading *self, gboolean is_folded);
/* What stands for the rows while they are folded, the same in words, and a style class for it. */
void        dk_sidebar_heading_set_figure  (DkSidebarHeading *self, const char *figure, const char *words, const char *style);
const char *dk_sidebar_heading_get_figure  (DkSidebarHeading *self); /* "" while unfolded */
/* Whether the place that is shown is in the section: seen only while it is folded. */
void        dk_sidebar_heading_set_current (DkSidebarHeading *self, gboolean is_current);

/* The name of a section in settings: "facts", "lists", "programmes", "listing". */
const char *dk_section_get_id              (DkSection section);

G_END_DECLS
