/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one best next question, or that nothing is left to ask. */
#pragma once

#include "dk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DK_TYPE_QUESTION_STRIP (dk_question_strip_get_type ())
G_DECLARE_FINAL_TYPE (DkQuestionStrip, dk_question_strip, DK, QUESTION_STRIP, GtkBox)

GtkWidget *dk_question_strip_new (DkSession *session);

G_END_DECLS
