/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the name of an enterprise. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*DkNameFunc) (const char *name, gpointer data);

/* @given is called with the name, without spaces around it, unless the dialog is cancelled; an empty name cannot be given. */
void dk_name_dialog_ask (GtkWindow *parent, const char *heading, const char *body, const char *name, const char *accept,
                         DkNameFunc given, gpointer data, GDestroyNotify destroy);

G_END_DECLS
