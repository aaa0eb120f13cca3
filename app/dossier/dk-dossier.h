/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dossier: a workbook with everything that was asked, found and computed, and live formulas. */
#pragma once

#include "dk-assessment.h"
#include "dk-library.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char        *language;  /* "zh" or "en" */
  const char *const *packs;     /* ids of the programmes to put in, NULL-terminated, or NULL for all */
  gboolean           in_wan;    /* amounts are shown in 10,000 yuan; the cells hold yuan */
  gint64             created;   /* seconds since 1970, said in the file */
  GCancellable      *cancellable; /* or NULL; looked at between the sheets */
  void             (*progress) (double done, gpointer data); /* or NULL; told between the sheets, 0 to 1 */
  gpointer           progress_data;
} DkDossierOptions;

/* Writes the dossier of an assessment to @path, by way of a temporary file beside it. */
gboolean dk_dossier_write (DkLibrary *library, const DkEnterprise *enterprise, DkAssessment *assessment, const DkDossierOptions *options,
                           const char *path, GError **error);

G_END_DECLS
