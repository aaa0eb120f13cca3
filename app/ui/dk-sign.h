/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign language of verdicts: shape, word, colour, in that order (one drawing function for all sizes). */
#pragma once

#include "dk-assessment.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  DK_SIGN_NONE,            /* a plain value: nothing is drawn */
  DK_SIGN_MET,
  DK_SIGN_NOT_MET,
  DK_SIGN_OPEN,
  DK_SIGN_CERTAINLY_MET,   /* facts are missing that cannot change it */
  DK_SIGN_CERTAINLY_NOT_MET,
  DK_SIGN_HELD,
  DK_SIGN_UNCONFIRMED,     /* rests on a source that is not confirmed */
  DK_SIGN_NA,
} DkSign;

/* A plain value has none. Tags (self-rated, to be confirmed) are no sign: a verdict can have both. */
DkSign      dk_sign_of_result (const DkAssessment *assessment, const DkResult *result);
/* Of a programme: a title that is held is held, whatever its conditions are by now. */
DkSign      dk_sign_of_programme (const DkAssessment *assessment, const DkResult *result);
const char *dk_sign_get_name  (DkSign sign);  /* its word, translated: "Met" */
const char *dk_sign_get_class (DkSign sign);  /* the style class of text beside it: "dk-met", "dk-fail", "dk-open", "dk-held", "dk-warn" */
/* Draws into @size × @size pixels at 0, 0, in the colours that the style of @widget defines (dk_met_fill and so on). */
void        dk_sign_snapshot  (DkSign sign, GtkWidget *widget, GtkSnapshot *snapshot, double size);

/* A widget that shows one. Properties: "sign" (int), "pixel-size" (int, 17). It is decoration for those who hear: its name is the word. */
#define DK_TYPE_SIGN_IMAGE (dk_sign_image_get_type ())
G_DECLARE_FINAL_TYPE (DkSignImage, dk_sign_image, DK, SIGN_IMAGE, GtkWidget)

GtkWidget  *dk_sign_image_new      (DkSign sign, int pixel_size);
void        dk_sign_image_set_sign (DkSignImage *self, DkSign sign);
DkSign      dk_sign_image_get_sign (DkSignImage *self);

G_END_DECLS
