/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a figure comes from: the results that it uses, and the answers below them, each a link. */
#pragma once

#include "dk-wording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A box of links, the tree written top down; NULL if the result rests on nothing that could be shown. */
GtkWidget *dk_derivation_new (const DkWording *wording, const DkResult *result);

G_END_DECLS
