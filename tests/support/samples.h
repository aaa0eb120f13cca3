/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the enterprises are that tests look at. */
#pragma once

#include "dk-library.h"

#include <stdlib.h>

/* The file of sample @name, such as "passes.json": one of the tests' own, or else one that Dengke comes with. Both are in the
 * source tree. The way leads through the data directory, which a test may have replaced by a folder of links. (transfer full) */
static inline char *
test_dup_sample (const char *name)
{
  g_autofree char *data = dk_library_get_data_directory ();
  g_autofree char *own = g_build_filename (data, "samples", "..", "..", "tests", "samples", name, NULL);
  g_autofree char *shipped = g_build_filename (data, "samples", name, NULL);
  char *real = realpath (own, NULL), *path;

  path = g_strdup (real != NULL ? real : shipped);
  free (real);
  return path;
}
