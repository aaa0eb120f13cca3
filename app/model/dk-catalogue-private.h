/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the catalogue share: its insides, and how one document is read into it. */
#pragma once

#include "dk-catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  char   *id;
  DkText  title;
  char   *results; /* the kind of packs whose results stand beside the page; NULL: of the titles */
} DkPage;

struct _DkCatalogue
{
  DkScope    *scope;
  GPtrArray  *documents; /* DkDocument *: derive_node of the symbols points into them */
  GPtrArray  *pages;     /* DkPage * */
  GPtrArray  *facts;     /* DkFact *, by the index of their symbols */
  GArray     *relations; /* DkRelation */
  const DkChoices *sources; /* of figures; NULL: none are told apart */
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

/* What is being read. Messages begin with what they are of: "fact staff". */
typedef struct
{
  DkCatalogue *catalogue;
  const char  *directory; /* where tables of codes are, or NULL */
  DkProblems  *problems;
} DkCatalogueReader;

void dk_catalogue_read_roots   (DkCatalogue *catalogue, const DkCatalogueRoots *roots, const char *directory,
                                DkProblems *problems);
void dk_catalogue_read_choices (DkCatalogueReader *self, const DkNode *list);
void dk_catalogue_read_codes   (DkCatalogueReader *self, const DkNode *list);
void dk_catalogue_read_grades  (DkCatalogueReader *self, const DkNode *entry, const char *what, DkFact *fact);
void dk_grade_free             (gpointer grade);
const DkChoices *dk_catalogue_find_choices (const DkCatalogueReader *self, const char *id);
const DkCodes   *dk_catalogue_find_codes   (const DkCatalogueReader *self, const char *id);

/* An entry of the catalogue is a mapping; these read what is at its keys and report what is wrong with it. */
gboolean      dk_entry_is_kind     (DkCatalogueReader *self, const DkNode *node, DkNodeKind kind, const char *what);
void          dk_entry_check_keys  (DkCatalogueReader *self, const DkNode *entry, const char *what,
                                    const char *const *keys);
void          dk_entry_refuse_key  (DkCatalogueReader *self, const DkNode *entry, const char *what, const char *key,
                                    const char *of_what);
const DkNode *dk_entry_read_id     (DkCatalogueReader *self, const DkNode *entry, const char *what);
const DkNode *dk_entry_read_scalar (DkCatalogueReader *self, const DkNode *entry, const char *what, const char *key,
                                    gboolean required);
const DkNode *dk_entry_read_list   (DkCatalogueReader *self, const DkNode *entry, const char *what, const char *key,
                                    gboolean required);
int           dk_entry_read_word   (DkCatalogueReader *self, const DkNode *entry, const char *what, const char *key,
                                    const char *const *words, gboolean required); /* -1: none, or a wrong one */
gboolean      dk_entry_read_number (DkCatalogueReader *self, const DkNode *entry, const char *what, const char *key,
                                    DkNumber *number);
gboolean      dk_entry_read_truth  (DkCatalogueReader *self, const DkNode *entry, const char *what, const char *key);
void          dk_entry_read_text   (DkCatalogueReader *self, const DkNode *entry, const char *what, const char *key,
                                    gboolean required, DkText *text);

const DkFact *dk_catalogue_get_fact_of (const DkCatalogue *catalogue, const DkSymbol *symbol);
/* Whether one of the two facts lists the other as a like measure. */
gboolean      dk_facts_are_alike       (const DkFact *a, const DkFact *b);

G_END_DECLS
