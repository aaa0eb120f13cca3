/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On what something rests: the documents with their articles, how well they are known, and what is uncertain about them. */
#pragma once

#include "dk-wording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One paragraph a citation; NULL if there is none. @is_short: only number and article, and what is uncertain. */
GtkWidget *dk_basis_new_citations (const DkWording *wording, const GPtrArray *citations, gboolean is_short);
/* All documents of a pack, with their titles. */
GtkWidget *dk_basis_new_sources   (const DkWording *wording, const GPtrArray *sources);
/* Duties or materials: title, note, source; numbered at need. */
GtkWidget *dk_basis_new_notices   (const DkWording *wording, const GPtrArray *notices, gboolean is_numbered);
/* A wrapped label of a style class, NULL for plain text. */
/* A day that is no further off is amber. */
#define DK_SOON_DAYS 60

GtkWidget *dk_basis_new_label     (const char *text, const char *style);

G_END_DECLS
