/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-recent"

#include "dk-recent.h"

#include "dk-settings.h"

#include <string.h>

char **
dk_recent_list (void)
{
  return g_settings_get_strv (dk_settings_get (), DK_SETTING_RECENT);
}

/* The list without @path, with @first before it. */
static void
keep (const char *first,
      const char *without)
{
  g_auto(GStrv) paths = dk_recent_list ();
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();

  if (first != NULL)
    g_ptr_array_add (kept, (gpointer) first);
  for (guint i = 0; paths[i] != NULL && kept->len < DK_RECENT_MAX; i++)
    if (strcmp (paths[i], without) != 0)
      g_ptr_array_add (kept, paths[i]);
  g_ptr_array_add (kept, NULL);
  g_settings_set_strv (dk_settings_get (), DK_SETTING_RECENT, (const char *const *) kept->pdata);
}

void
dk_recent_add (const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  /* Settings hold text; a name in another encoding would not come back as it was. */
  if (g_utf8_validate (full, -1, NULL))
    keep (full, full);
}

void
dk_recent_forget (const char *path)
{
  if (path != NULL)
    keep (NULL, path);
  else
    g_settings_reset (dk_settings_get (), DK_SETTING_RECENT);
}
