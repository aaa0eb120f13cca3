/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fact catalogue: what is asked of an enterprise, read from data/catalogue. */
#pragma once

#include "dk-scope.h"

G_BEGIN_DECLS

typedef enum { DK_CHANGE_NONE = 0, DK_CHANGE_UP = 1 << 0, DK_CHANGE_DOWN = 1 << 1 } DkChange;

/* A step of an official scale: what a panel calls it, and the figures that go with it. */
typedef struct
{
  DkNumber low, high; /* alike where it stands for one figure */
  DkText   label;
} DkGrade;

/* What the catalogue says of a fact beyond what expressions need. */
typedef struct
{
  DkSymbol   *symbol;     /* owned by the scope */
  DkText      heading;    /* above this fact and those that follow on its page; empty: it goes on as before */
  DkText      definition;
  DkText      example;
  DkText      source;
  char       *page;       /* id of the guided page */
  guint       order;      /* place in the order of the pages */
  guint       change;     /* DkChange: whether, and which way, the enterprise can change it */
  char       *grows_with; /* hiring: raising this fact raises that one by the same amount, or NULL */
  GPtrArray  *same_as;    /* char *: other facts that measure a like thing */
  char       *format;     /* "uscc" or NULL */
  GPtrArray  *grades;     /* DkGrade *: the scale by which it is judged, as it is written, or NULL */
} DkFact;

/* Part <= whole; part and whole are yearly alike or both timeless. */
typedef struct { const DkSymbol *part, *whole; } DkRelation;

typedef struct _DkCatalogue DkCatalogue;

/* Reads facts.yaml, registers.yaml, choices.yaml and the code tables below @directory (data/). */
DkCatalogue   *dk_catalogue_load         (const char *directory, DkProblems *problems);
DkCatalogue   *dk_catalogue_load_document (const DkNode *root, const char *directory, DkProblems *problems); /* one document with facts, registers, choices; no code tables if @directory is NULL */
void           dk_catalogue_free         (DkCatalogue *catalogue);
DkScope       *dk_catalogue_get_scope    (const DkCatalogue *catalogue);
guint          dk_catalogue_n_facts      (const DkCatalogue *catalogue);
const DkFact  *dk_catalogue_get_fact     (const DkCatalogue *catalogue, guint index); /* in page order */
const DkFact  *dk_catalogue_find_fact    (const DkCatalogue *catalogue, const char *id);
GArray        *dk_catalogue_get_relations (const DkCatalogue *catalogue); /* DkRelation, (transfer none) */
const DkText  *dk_catalogue_get_page_title (const DkCatalogue *catalogue, const char *page);
const char    *dk_catalogue_get_page_results (const DkCatalogue *catalogue, const char *page);
const DkChoices *dk_catalogue_get_sources  (const DkCatalogue *catalogue); /* the documents that figures are taken from; NULL: none are told apart */
const DkGrade *dk_fact_find_grade        (const DkFact *fact, const DkValue *value); /* NULL if no grade holds all of it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkCatalogue, dk_catalogue_free)

/* GB 32100-2015: 18 characters, the last one a check character. Sets @message (untranslated) when wrong. */
gboolean       dk_uscc_check             (const char *code, const char **message);

G_END_DECLS
