/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the catalogue share: its insides, and how one document is read into it. */
#pragma once

#include "dk-catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  char   *id;
  DkText  title;
} DkPage;

struct _DkCatalogue
{
  DkScope    *scope;
  GPtrArray  *documents; /* DkDocument *: derive_node of the symbols points into them */
  GPtrArray  *pages;     /* DkPage * */
  GPtrArray  *facts;     /* DkFact *, by the index of their symbols */
  GArray     *relations; /* DkRelation */
  GArray    **wholes;    /* by index: guint, all that the fact is a part of, directly or not; NULL if none */
  GArray    **parts;     /* by index: guint, all that are parts of the fact; NULL if none */
};

/* The documents that a catalogue is read from; all of them may be the same one. */
typedef struct
{
  const DkNode *facts;
  const DkNode *registers;
  const DkNode *choices;
} DkCatalogueRoots;

void dk_catalogue_read_roots (DkCatalogue *catalogue, const DkCatalogueRoots *roots, const char *directory, DkProblems *problems);
/* Reads lines of "code,name" below a line of column names into @codes, sorted. */
void dk_codes_read_table     (DkCodes *codes, const char *path, DkProblems *problems);
void dk_codes_sort           (DkCodes *codes);

const DkFact *dk_catalogue_get_fact_of (const DkCatalogue *catalogue, const DkSymbol *symbol);
/* Whether one of the two facts lists the other as a like measure. */
gboolean      dk_facts_are_alike       (const DkFact *a, const DkFact *b);

G_END_DECLS
