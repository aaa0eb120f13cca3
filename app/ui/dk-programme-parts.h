/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a programme page says besides its conditions: that the title is held, what is in doubt, which version and readings there are. */
#pragma once

#include "dk-wording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dk_programme_new_caution  (const char *text); /* amber */
/* A strip with the seal; NULL unless the title is certainly held. */
GtkWidget *dk_programme_new_holding  (const DkWording *wording, const DkResult *programme);
/* Appends what is uncertain about the sources of the whole. */
void       dk_programme_add_doubts   (GtkBox *box, const DkWording *wording, const DkResult *programme);
GtkWidget *dk_programme_new_version  (const DkWording *wording, const DkResult *programme);
/* Packs that read the same law otherwise; NULL if there is none. */
GtkWidget *dk_programme_new_readings (const DkWording *wording, const DkPack *pack);

G_END_DECLS
