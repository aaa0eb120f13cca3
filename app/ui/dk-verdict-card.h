/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A programme's answer at a glance: the number or the word, the bar with its pass mark, and what settles it. */
#pragma once

#include "dk-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: "opened" (): the reader wants to know how the whole is decided. */
#define DK_TYPE_VERDICT_CARD (dk_verdict_card_get_type ())
G_DECLARE_FINAL_TYPE (DkVerdictCard, dk_verdict_card, DK, VERDICT_CARD, AdwBin)

GtkWidget  *dk_verdict_card_new        (DkSession *session, const char *programme);
void        dk_verdict_card_update     (DkVerdictCard *self); /* from the session's assessment */
void        dk_verdict_card_set_narrow (DkVerdictCard *self, gboolean is_narrow);
gboolean    dk_verdict_card_is_pending (DkVerdictCard *self); /* what is slow to find out is on its way */
const char *dk_verdict_card_get_hero   (DkVerdictCard *self); /* "66–81", "Pass", "Small" */
const char *dk_verdict_card_get_advice (DkVerdictCard *self); /* what settles it; "" until known */

G_END_DECLS
