/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that were opened last, kept in the program's own settings: no other program sees them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DK_RECENT_MAX 8

void   dk_recent_add    (const char *path);
void   dk_recent_forget (const char *path); /* NULL: all of them */
char **dk_recent_list   (void);             /* the newest first (transfer full) */

G_END_DECLS
