/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One programme for one enterprise: the verdict, its conditions, the scorecard, what to do and on what it rests. */
#pragma once

#include "dk-criterion-pane.h"
#include "dk-session.h"
#include "dk-verdict-card.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "session", "programme" (string: the pack's id; both construct-only), "title", "subtitle" (strings, read-only). */
#define DK_TYPE_PROGRAMME_PAGE (dk_programme_page_get_type ())
G_DECLARE_FINAL_TYPE (DkProgrammePage, dk_programme_page, DK, PROGRAMME_PAGE, AdwBin)

GtkWidget       *dk_programme_page_new          (DkSession *session, const char *pack);
/* Opens a result beside the list, or over it on a narrow page; NULL closes it. */
void             dk_programme_page_select       (DkProgrammePage *self, const char *id);
const char      *dk_programme_page_get_selected (DkProgrammePage *self); /* of the row that is selected, or NULL */
gboolean         dk_programme_page_is_open      (DkProgrammePage *self); /* whether a criterion is shown */
DkCriterionPane *dk_programme_page_get_pane     (DkProgrammePage *self);
DkVerdictCard   *dk_programme_page_get_card     (DkProgrammePage *self);

G_END_DECLS
