/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of an enterprise held against each other: what contradicts, each leading to where it can be put right, and measures side by
 * side. Shows, and answers a fact with the figure of a source when asked to. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "title", "subtitle" (strings). Actions: checks.choose (u: which disagreement, from 0): the figure of the source becomes
 * the answer. */
#define DK_TYPE_CHECKS_PAGE (dk_checks_page_get_type ())
G_DECLARE_FINAL_TYPE (DkChecksPage, dk_checks_page, DK, CHECKS_PAGE, AdwBin)

GtkWidget *dk_checks_page_new (DkSession *session);

G_END_DECLS
