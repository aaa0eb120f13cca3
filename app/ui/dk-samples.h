/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented enterprises that come with the program, in a workspace of their own. */
#pragma once

#include "dk-library.h"

G_BEGIN_DECLS

/* Makes the workspace at @path with the samples in it, unless it is there already. */
gboolean dk_samples_ensure (DkLibrary *library, const char *path, GError **error);

G_END_DECLS
