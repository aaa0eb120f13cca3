/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program is shipped with, and what the user added: the catalogue of facts and the packs, loaded and compiled. */
#pragma once

#include "dk-catalogue.h"
#include "dk-rulebook.h"

G_BEGIN_DECLS

typedef struct
{
  DkCatalogue *catalogue;
  DkRulebook  *book;
  gboolean     has_faulty_packs; /* of the user: left out */
  GHashTable  *derived;          /* private: of dk_library_compile_derived () */
} DkLibrary;

/* The folder with catalogue, tables, packs and samples: DK_DATA_DIR, else that of the source tree above the program, else that of
 * the installation. (transfer full) */
char      *dk_library_get_data_directory   (void);
/* The folder with the translations, found likewise (DK_LOCALE_DIR). (transfer full) */
char      *dk_library_get_locale_directory (void);
/* Makes gettext speak @language, "zh" or "en", whatever the locale is called. */
void       dk_library_set_language         (const char *language);
/* The pack files below a folder, sorted (char *, owned). A missing folder has none. */
GPtrArray *dk_library_list_packs           (const char *directory);
/* Loads all of it. A faulty pack of the user is told of in @problems and left out; NULL if what is shipped cannot be used. */
DkLibrary *dk_library_load                 (DkProblems *problems);
/* Compiles what the catalogue derives facts by, so that assessments can say what those facts are. Before anything is assessed. */
void       dk_library_compile_derived (DkLibrary *library);
/* What gives a derived fact, @year being 0, -1 … before the last full year (0 for a fact without a period); NULL if nothing does. */
const DkItem *dk_library_find_derived (const DkLibrary *library, const DkSymbol *fact, int year);
void       dk_library_free                 (DkLibrary *library);
/* The files in a folder whose names end so, sorted by name; hidden ones are left out. FALSE if a folder cannot be read. */
gboolean   dk_library_list_files           (const char *directory, const char *const *suffixes, gboolean is_deep, GPtrArray *paths, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkLibrary, dk_library_free)

G_END_DECLS
