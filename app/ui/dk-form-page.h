/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of the fact catalogue to answer: the next question, groups of facts, and the results beside them. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "session", "topic" (construct only), "title", "subtitle" (strings for the window's head). */
#define DK_TYPE_FORM_PAGE (dk_form_page_get_type ())
G_DECLARE_FINAL_TYPE (DkFormPage, dk_form_page, DK, FORM_PAGE, AdwBin)

GtkWidget *dk_form_page_new        (DkSession *session, const char *topic);
/* Focuses the field of a fact; year 0: of the last full year. FALSE if the page does not ask it. */
gboolean   dk_form_page_focus_fact (DkFormPage *self, const char *fact, int year);

G_END_DECLS
