/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-catalogue"

#include "dk-catalogue.h"

#include "dk-catalogue-private.h"

#include <string.h>

static void
free_page (gpointer data)
{
  DkPage *page = data;

  g_free (page->id);
  dk_text_clear (&page->title);
  g_free (page->results);
  g_free (page);
}

static void
free_fact (gpointer data)
{
  DkFact *fact = data;

  dk_text_clear (&fact->heading);
  dk_text_clear (&fact->definition);
  dk_text_clear (&fact->example);
  dk_text_clear (&fact->source);
  g_free (fact->page);
  g_free (fact->grows_with);
  g_clear_pointer (&fact->same_as, g_ptr_array_unref);
  g_free (fact->format);
  g_clear_pointer (&fact->grades, g_ptr_array_unref);
  g_free (fact);
}

static DkCatalogue *
create_catalogue (void)
{
  DkCatalogue *catalogue = g_new0 (DkCatalogue, 1);

  catalogue->scope = dk_scope_new ();
  catalogue->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_document_free);
  catalogue->pages = g_ptr_array_new_with_free_func (free_page);
  catalogue->facts = g_ptr_array_new_with_free_func (free_fact);
  catalogue->relations = g_array_new (FALSE, FALSE, sizeof (DkRelation));
  return catalogue;
}

void
dk_catalogue_free (DkCatalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  for (guint i = 0; i < catalogue->facts->len; i++)
    {
      if (catalogue->wholes != NULL && catalogue->wholes[i] != NULL)
        g_array_unref (catalogue->wholes[i]);
      if (catalogue->parts != NULL && catalogue->parts[i] != NULL)
        g_array_unref (catalogue->parts[i]);
    }
  g_free (catalogue->wholes);
  g_free (catalogue->parts);
  g_array_unref (catalogue->relations);
  g_ptr_array_unref (catalogue->facts);
  g_ptr_array_unref (catalogue->pages);
  dk_scope_free (catalogue->scope);
  g_ptr_array_unref (catalogue->documents);
  g_free (catalogue);
}

static void
note_related (GArray **lists,
              guint    of,
              guint    index)
{
  if (lists[of] == NULL)
    lists[of] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (lists[of], index);
}

/* Lists the relations, and for each fact what it is a part of through all levels, so that a fact is
 * clipped by its whole's whole even where nothing is asked of the one between. */
static void
index_relations (DkCatalogue *catalogue)
{
  guint n = catalogue->facts->len;

  catalogue->wholes = g_new0 (GArray *, n);
  catalogue->parts = g_new0 (GArray *, n);
  for (guint i = 0; i < n; i++)
    {
      const DkSymbol *part = g_ptr_array_index (catalogue->scope->facts, i);
      const DkSymbol *whole = part;

      while (whole->part_of != NULL)
        {
          whole = dk_scope_find_fact (catalogue->scope, whole->part_of);
          note_related (catalogue->wholes, i, whole->index);
          note_related (catalogue->parts, whole->index, i);
        }
      if (part->part_of != NULL)
        {
          DkRelation relation = { part, dk_scope_find_fact (catalogue->scope, part->part_of) };

          g_array_append_val (catalogue->relations, relation);
        }
    }
}

static DkCatalogue *
finish (DkCatalogue *catalogue,
        guint        n_before,
        DkProblems  *problems)
{
  if (dk_problems_count (problems) > n_before)
    {
      dk_catalogue_free (catalogue);
      return NULL;
    }
  index_relations (catalogue);
  return catalogue;
}

/**
 * dk_catalogue_load:
 * @directory: the data directory, with `catalogue/facts.yaml`, `registers.yaml` and `choices.yaml`
 * @problems: takes all that is wrong
 *
 * Returns: (transfer full) (nullable): the catalogue, %NULL if there is an error
 */
DkCatalogue *
dk_catalogue_load (const char *directory,
                   DkProblems *problems)
{
  static const char *const names[] = { "facts.yaml", "registers.yaml", "choices.yaml" };
  const DkNode *nodes[G_N_ELEMENTS (names)] = { NULL };
  DkCatalogue *catalogue;
  guint n_before = dk_problems_count (problems);

  g_return_val_if_fail (directory != NULL, NULL);

  catalogue = create_catalogue ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, "catalogue", names[i], NULL);
      DkDocument *document = dk_document_load (path, DK_FORMAT_YAML, problems);

      if (document == NULL)
        continue;
      g_ptr_array_add (catalogue->documents, document);
      nodes[i] = dk_document_get_root (document);
    }
  /* With one file missing, every name of it would be reported as unknown. */
  if (dk_problems_count (problems) == n_before)
    dk_catalogue_read_roots (catalogue, &(DkCatalogueRoots) { nodes[0], nodes[1], nodes[2] }, directory, problems);
  return finish (catalogue, n_before, problems);
}

/**
 * dk_catalogue_load_document:
 * @root: a mapping with the keys of all the catalogue's files
 * @directory: (nullable): where tables of codes are, or %NULL if there are none but those written in place
 * @problems: takes all that is wrong
 *
 * For small catalogues in one piece. The document of @root must outlive the catalogue.
 *
 * Returns: (transfer full) (nullable): the catalogue, %NULL if there is an error
 */
DkCatalogue *
dk_catalogue_load_document (const DkNode *root,
                            const char   *directory,
                            DkProblems   *problems)
{
  DkCatalogue *catalogue;
  guint n_before = dk_problems_count (problems);

  g_return_val_if_fail (root != NULL, NULL);

  catalogue = create_catalogue ();
  dk_catalogue_read_roots (catalogue, &(DkCatalogueRoots) { root, root, root }, directory, problems);
  return finish (catalogue, n_before, problems);
}

DkScope *
dk_catalogue_get_scope (const DkCatalogue *catalogue)
{
  return catalogue->scope;
}

guint
dk_catalogue_n_facts (const DkCatalogue *catalogue)
{
  return catalogue->facts->len;
}

const DkFact *
dk_catalogue_get_fact (const DkCatalogue *catalogue,
                       guint              index)
{
  g_return_val_if_fail (index < catalogue->facts->len, NULL);
  return g_ptr_array_index (catalogue->facts, index);
}

const DkFact *
dk_catalogue_find_fact (const DkCatalogue *catalogue,
                        const char        *id)
{
  const DkSymbol *symbol = dk_scope_find_fact (catalogue->scope, id);

  return symbol != NULL ? g_ptr_array_index (catalogue->facts, symbol->index) : NULL;
}

const DkFact *
dk_catalogue_get_fact_of (const DkCatalogue *catalogue,
                          const DkSymbol    *symbol)
{
  g_return_val_if_fail (symbol->index < catalogue->facts->len, NULL);
  return g_ptr_array_index (catalogue->facts, symbol->index);
}

GArray *
dk_catalogue_get_relations (const DkCatalogue *catalogue)
{
  return catalogue->relations;
}

const DkChoices *
dk_catalogue_get_sources (const DkCatalogue *catalogue)
{
  return catalogue->sources;
}

/**
 * dk_catalogue_get_page_title:
 *
 * Returns: (transfer none) (nullable): the title of a page, %NULL if there is no such page
 */
const DkText *
dk_catalogue_get_page_title (const DkCatalogue *catalogue,
                             const char        *page)
{
  for (guint i = 0; i < catalogue->pages->len; i++)
    {
      const DkPage *candidate = g_ptr_array_index (catalogue->pages, i);

      if (strcmp (candidate->id, page) == 0)
        return &candidate->title;
    }
  return NULL;
}

/**
 * dk_catalogue_get_page_results:
 *
 * Returns: (transfer none) (nullable): the kind of packs, such as "listing", whose results stand beside a page; %NULL if no kind is named
 *   and what is shown everywhere is
 */
const char *
dk_catalogue_get_page_results (const DkCatalogue *catalogue,
                               const char        *page)
{
  for (guint i = 0; i < catalogue->pages->len; i++)
    {
      const DkPage *candidate = g_ptr_array_index (catalogue->pages, i);

      if (strcmp (candidate->id, page) == 0)
        return candidate->results;
    }
  return NULL;
}

static gboolean
lists (const DkFact *fact,
       const char   *id)
{
  if (fact->same_as == NULL)
    return FALSE;
  for (guint i = 0; i < fact->same_as->len; i++)
    if (strcmp (g_ptr_array_index (fact->same_as, i), id) == 0)
      return TRUE;
  return FALSE;
}

gboolean
dk_facts_are_alike (const DkFact *a,
                    const DkFact *b)
{
  return lists (a, b->symbol->id) || lists (b, a->symbol->id);
}
