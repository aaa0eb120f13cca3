/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of codes to search: by the code's first characters or by any part of its name. */
#pragma once

#include "dk-scope.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "picked" (const char *code). */
#define DK_TYPE_CODE_POPOVER (dk_code_popover_get_type ())
G_DECLARE_FINAL_TYPE (DkCodePopover, dk_code_popover, DK, CODE_POPOVER, GtkPopover)

GtkWidget *dk_code_popover_new (const DkCodes *codes, const char *title);

G_END_DECLS
