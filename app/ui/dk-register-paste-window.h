/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was pasted, before it becomes rows: cells that cannot be read are marked, and nothing is taken in without being seen. */
#pragma once

#include "dk-register-text.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: "accepted" (): the rows are to be inserted, the marked cells left empty. */
#define DK_TYPE_REGISTER_PASTE_WINDOW (dk_register_paste_window_get_type ())
G_DECLARE_FINAL_TYPE (DkRegisterPasteWindow, dk_register_paste_window, DK, REGISTER_PASTE_WINDOW, AdwWindow)

GtkWidget     *dk_register_paste_window_new       (DkPaste *paste); /* (transfer full) of @paste */
const DkPaste *dk_register_paste_window_get_paste (DkRegisterPasteWindow *self);

G_END_DECLS
