/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-catalogue"

#include "dk-catalogue-private.h"

#include "dk-rulebook.h"
#include "dk-suggest.h"

#include <string.h>

static const char *const document_keys[] = { "founded", "sources", "pages", "facts", "registers", "choices", "codes", NULL };
static const char *const facts_keys[] = { "founded", "sources", "pages", "facts", NULL };
static const char *const registers_keys[] = { "registers", NULL };
static const char *const choices_keys[] = { "choices", "codes", NULL };
static const char *const page_keys[] = { "id", "title", "results", NULL };
static const char *const register_keys[] = { "id", "label", "columns", NULL };
static const char *const column_keys[] = { "id", "kind", "unit", "min", "max", "step", "choices", "codes", "label",
                                           "judged", "may_be_none", NULL };
static const char *const fact_keys[] = { "id", "page", "kind", "unit", "period", "min", "max", "step", "choices",
                                         "codes", "format", "change",
                                         "part_of", "grows_with", "same_as", "label", "definition", "example", "source",
                                           "derive", "presumed", "judged",
                                         "may_be_none", "heading", "grades", NULL };

static const char *const kinds[] = { "number", "truth", "choice", "date", "code", "text", NULL };
static const char *const periods[] = { "none", "year", "quarter", "month", NULL };
static const char *const changes[] = { "none", "up", "down", "both", NULL };
static const char *const units[] = { "plain", "yuan", "ratio", "count", "days", "months", "years", "points", NULL };
static const char *const formats[] = { "uscc", NULL };

static gboolean
read_day (DkCatalogueReader *self,
          const DkNode      *mapping,
          const char        *what,
          const char        *key,
          DkNumber          *number)
{
  const DkNode *node = dk_entry_read_scalar (self, mapping, what, key, FALSE);
  gint64 day;

  if (node == NULL)
    return FALSE;
  if (!dk_date_parse (node->text, -1, &day))
    {
      dk_problems_add (self->problems, node->place, "%s: \"%s\": \"%s\" is no date such as 2019-03-04", what, key,
                       node->text);
      return FALSE;
    }
  *number = DK_NUMBER (day);
  return TRUE;
}

static void
read_domain (DkCatalogueReader *self,
             const DkNode      *mapping,
             const char        *what,
             DkSymbol          *symbol)
{
  DkNumber low = symbol->domain.low, high = symbol->domain.high;

  if (symbol->kind == DK_KIND_NUMBER)
    {
      dk_entry_read_number (self, mapping, what, "min", &low);
      dk_entry_read_number (self, mapping, what, "max", &high);
      if (dk_entry_read_number (self, mapping, what, "step", &symbol->step) && dk_number_sign (symbol->step) <= 0)
        dk_problems_add (self->problems, dk_node_get (mapping, "step")->place, "%s: \"step\" must be more than 0",
                         what);
    }
  else if (symbol->kind == DK_KIND_DATE)
    {
      read_day (self, mapping, what, "min", &low);
      read_day (self, mapping, what, "max", &high);
      dk_entry_refuse_key (self, mapping, what, "step", "numbers");
    }
  else
    {
      dk_entry_refuse_key (self, mapping, what, "min", "numbers and dates");
      dk_entry_refuse_key (self, mapping, what, "max", "numbers and dates");
      dk_entry_refuse_key (self, mapping, what, "step", "numbers");
      dk_entry_refuse_key (self, mapping, what, "may_be_none", "numbers and dates");
      return;
    }
  if (dk_number_compare (low, high) >= 0)
    dk_problems_add (self->problems, mapping->place, "%s: \"min\" must be less than \"max\"", what);
  symbol->domain = DK_VALUE_RANGE (low, high);
  if (dk_entry_read_truth (self, mapping, what, "may_be_none"))
    symbol->domain.state |= DK_UNDEFINED;
}

static void
read_options_of (DkCatalogueReader *self,
                 const DkNode      *mapping,
                 const char        *what,
                 DkSymbol          *symbol)
{
  const DkNode *node;

  if (symbol->kind != DK_KIND_CHOICE)
    {
      dk_entry_refuse_key (self, mapping, what, "choices", "choices");
    }
  else if ((node = dk_entry_read_scalar (self, mapping, what, "choices", TRUE)) != NULL)
    {
      symbol->choices = dk_catalogue_find_choices (self, node->text);
      if (symbol->choices == NULL)
        {
          dk_problems_add (self->problems, node->place, "%s: there is no choice %s", what, node->text);
        }
      else
        {
          guint n = symbol->choices->options->len;

          symbol->domain = DK_VALUE_CHOICE (n >= 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << n) - 1);
        }
    }
  if (symbol->kind != DK_KIND_CODE)
    {
      dk_entry_refuse_key (self, mapping, what, "codes", "codes");
    }
  else if ((node = dk_entry_read_scalar (self, mapping, what, "codes", TRUE)) != NULL)
    {
      symbol->codes = dk_catalogue_find_codes (self, node->text);
      if (symbol->codes == NULL)
        dk_problems_add (self->problems, node->place, "%s: there is no table of codes %s", what, node->text);
      else if (symbol->codes->codes->len > 1)
        symbol->domain = DK_VALUE_RANGE (DK_ZERO, DK_NUMBER (symbol->codes->codes->len - 1));
      else
        symbol->domain = DK_VALUE_POINT (DK_ZERO);
    }
}

/* What facts and columns have in common; %NULL if the kind itself is wrong. */
static DkSymbol *
read_symbol (DkCatalogueReader *self,
             const DkNode      *mapping,
             const DkNode      *id,
             const char        *what,
             DkPeriod           period)
{
  int kind = dk_entry_read_word (self, mapping, what, "kind", kinds, TRUE);
  DkUnit unit = DK_UNIT_PLAIN;
  DkSymbol *symbol;

  if (kind < 0)
    return NULL;
  if (kind == DK_KIND_NUMBER)
    {
      int word = dk_entry_read_word (self, mapping, what, "unit", units, TRUE);

      if (word >= 0)
        dk_unit_from_string (units[word], &unit);
    }
  else
    {
      dk_entry_refuse_key (self, mapping, what, "unit", "numbers");
    }
  symbol = dk_symbol_new (id->text, (DkKind) kind, unit, period);
  symbol->place = id->place;
  dk_entry_read_text (self, mapping, what, "label", TRUE, &symbol->label);
  symbol->is_judged = dk_entry_read_truth (self, mapping, what, "judged");
  read_domain (self, mapping, what, symbol);
  read_options_of (self, mapping, what, symbol);
  return symbol;
}

static void
read_columns (DkCatalogueReader *self,
              const DkNode      *list,
              DkRegister        *reg)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id;
      g_autofree char *nameless = g_strdup_printf ("register %s: column %u", reg->id, i + 1);
      g_autofree char *what = NULL;
      DkSymbol *column;

      if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = dk_entry_read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("column %s.%s", reg->id, id->text);
      dk_entry_check_keys (self, node, what, column_keys);
      if (dk_register_find_column (reg, id->text, NULL) != NULL)
        {
          dk_problems_add (self->problems, id->place, "%s is defined twice", what);
          continue;
        }
      column = read_symbol (self, node, id, what, DK_PERIOD_NONE);
      if (column == NULL)
        continue;
      column->index = reg->columns->len;
      g_ptr_array_add (reg->columns, column);
    }
  if (list->n_children == 0)
    dk_problems_add (self->problems, list->place, "register %s: at least one column is wanted", reg->id);
}

static void
read_registers (DkCatalogueReader *self,
                const DkNode      *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id, *columns;
      g_autofree char *nameless = g_strdup_printf ("register %u", i + 1);
      g_autofree char *what = NULL;
      DkRegister *reg;

      if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = dk_entry_read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("register %s", id->text);
      dk_entry_check_keys (self, node, what, register_keys);
      if (dk_scope_find_register (self->catalogue->scope, id->text, NULL) != NULL)
        {
          dk_problems_add (self->problems, id->place, "%s is defined twice", what);
          continue;
        }
      reg = dk_register_new (id->text);
      g_ptr_array_add (self->catalogue->scope->registers, reg);
      dk_entry_read_text (self, node, what, "label", TRUE, &reg->label);
      columns = dk_entry_read_list (self, node, what, "columns", TRUE);
      if (columns != NULL)
        read_columns (self, columns, reg);
    }
}

static void
read_pages (DkCatalogueReader *self,
            const DkNode      *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id, *results;
      g_autofree char *what = g_strdup_printf ("page %u", i + 1);
      DkPage *page;

      if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, what))
        continue;
      dk_entry_check_keys (self, node, what, page_keys);
      id = dk_entry_read_id (self, node, what);
      if (id == NULL)
        continue;
      if (dk_catalogue_get_page_title (self->catalogue, id->text) != NULL)
        {
          dk_problems_add (self->problems, id->place, "page %s is defined twice", id->text);
          continue;
        }
      page = g_new0 (DkPage, 1);
      page->id = g_strdup (id->text);
      dk_entry_read_text (self, node, what, "title", TRUE, &page->title);
      results = dk_entry_read_scalar (self, node, what, "results", FALSE);
      page->results = results != NULL ? g_strdup (results->text) : NULL;
      if (results != NULL && !dk_pack_is_kind (results->text))
        dk_problems_add (self->problems, results->place, "%s: there are no packs of kind %s", what, results->text);
      g_ptr_array_add (self->catalogue->pages, page);
    }
}

/* A fact with the node it was read from: references are checked once all facts are known. */
typedef struct
{
  DkFact       *fact;
  const DkNode *node;
  guint         page; /* place of its page */
} Draft;

static int
compare_drafts (gconstpointer a,
                gconstpointer b)
{
  const Draft *left = a, *right = b;

  if (left->page != right->page)
    return left->page < right->page ? -1 : 1;
  return left->fact->order < right->fact->order ? -1 : left->fact->order > right->fact->order;
}

static void
read_derive (DkCatalogueReader *self,
             const DkNode      *mapping,
             const char        *what,
             DkSymbol          *symbol)
{
  const DkNode *node = dk_entry_read_scalar (self, mapping, what, "derive", FALSE);

  symbol->is_presumed = dk_entry_read_truth (self, mapping, what, "presumed");
  if (node == NULL && symbol->is_presumed)
    dk_problems_add (self->problems, dk_node_get (mapping, "presumed")->place, "%s: what is presumed stands in `derive`", what);
  if (node == NULL)
    return;
  if (node->style == DK_SCALAR_PLAIN)
    dk_problems_add (self->problems, node->place, "%s: an expression stands in quotes or below a |", what);
  symbol->derive = g_strdup (node->text);
  symbol->derive_node = node;
}

static void
read_fact (DkCatalogueReader *self,
           const DkNode      *node,
           guint              number,
           GHashTable        *seen,
           GArray            *drafts)
{
  g_autofree char *nameless = g_strdup_printf ("fact %u", number + 1);
  g_autofree char *what = NULL;
  const DkNode *id, *page, *word, *same_as;
  Draft draft = { .node = node, .page = G_MAXUINT };
  DkSymbol *symbol;
  int period, change;

  if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, nameless))
    return;
  id = dk_entry_read_id (self, node, nameless);
  if (id == NULL)
    return;
  what = g_strdup_printf ("fact %s", id->text);
  dk_entry_check_keys (self, node, what, fact_keys);
  if (!g_hash_table_add (seen, id->text))
    {
      dk_problems_add (self->problems, id->place, "%s is defined twice", what);
      return;
    }
  period = dk_entry_read_word (self, node, what, "period", periods, FALSE);
  symbol = read_symbol (self, node, id, what, period < 0 ? DK_PERIOD_NONE : (DkPeriod) period);
  if (symbol == NULL)
    return;
  if (symbol->period != DK_PERIOD_NONE)
    dk_entry_refuse_key (self, node, what, "may_be_none", "facts without period and for columns");
  read_derive (self, node, what, symbol);

  draft.fact = g_new0 (DkFact, 1);
  draft.fact->symbol = symbol;
  draft.fact->order = number;
  dk_entry_read_text (self, node, what, "heading", FALSE, &draft.fact->heading);
  dk_entry_read_text (self, node, what, "definition", FALSE, &draft.fact->definition);
  dk_entry_read_text (self, node, what, "example", FALSE, &draft.fact->example);
  dk_entry_read_text (self, node, what, "source", FALSE, &draft.fact->source);
  change = dk_entry_read_word (self, node, what, "change", changes, FALSE);
  draft.fact->change = change < 0 ? DK_CHANGE_NONE : (guint) change;
  dk_catalogue_read_grades (self, node, what, draft.fact);
  word = dk_entry_read_scalar (self, node, what, "part_of", FALSE);
  symbol->part_of = word != NULL ? g_strdup (word->text) : NULL;
  word = dk_entry_read_scalar (self, node, what, "grows_with", FALSE);
  draft.fact->grows_with = word != NULL ? g_strdup (word->text) : NULL;
  if (symbol->kind != DK_KIND_TEXT)
    dk_entry_refuse_key (self, node, what, "format", "texts");
  else if (dk_entry_read_word (self, node, what, "format", formats, FALSE) == 0)
    draft.fact->format = g_strdup (formats[0]);
  page = dk_entry_read_scalar (self, node, what, "page", FALSE);
  if (page != NULL)
    {
      draft.fact->page = g_strdup (page->text);
      for (guint i = 0; i < self->catalogue->pages->len; i++)
        if (strcmp (((DkPage *) g_ptr_array_index (self->catalogue->pages, i))->id, page->text) == 0)
          draft.page = i;
      if (draft.page == G_MAXUINT)
        dk_problems_add (self->problems, page->place, "%s: there is no page %s", what, page->text);
    }
  same_as = dk_node_get (node, "same_as") != NULL ? dk_entry_read_list (self, node, what, "same_as", FALSE) : NULL;
  if (same_as != NULL)
    {
      draft.fact->same_as = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < same_as->n_children; i++)
        if (dk_entry_is_kind (self, same_as->children[i], DK_NODE_SCALAR, what))
          g_ptr_array_add (draft.fact->same_as, g_strdup (same_as->children[i]->text));
    }
  g_array_append_val (drafts, draft);
}

/* The fact that @id names, which has to be measured like @symbol. */
static const DkSymbol *
check_reference (DkCatalogueReader *self,
                 const DkSymbol    *symbol,
                 const DkNode      *node,
                 const char        *key,
                 const char        *id)
{
  const DkSymbol *other = dk_scope_find_fact (self->catalogue->scope, id);

  if (other == NULL)
    {
      g_autofree char *hint = NULL;
      DkSuggestion suggestion;

      dk_suggestion_begin (&suggestion, id);
      for (guint i = 0; i < self->catalogue->facts->len; i++)
        dk_suggestion_offer (&suggestion, ((DkFact *) g_ptr_array_index (self->catalogue->facts, i))->symbol->id);
      hint = dk_suggestion_end (&suggestion);
      dk_problems_add (self->problems, node->place, "fact %s: %s: there is no fact %s%s", symbol->id, key, id, hint);
      return NULL;
    }
  if (other == symbol)
    {
      dk_problems_add (self->problems, node->place, "fact %s: %s: a fact cannot name itself", symbol->id, key);
      return NULL;
    }
  if (other->kind != symbol->kind || other->unit != symbol->unit || other->period != symbol->period)
    {
      dk_problems_add (self->problems, node->place, "fact %s: %s: %s is of another kind, unit or period", symbol->id,
                       key, id);
      return NULL;
    }
  return other;
}

static void
check_part_of (DkCatalogueReader *self,
               const DkSymbol    *symbol,
               const DkNode      *node)
{
  const DkSymbol *whole = check_reference (self, symbol, node, "part_of", symbol->part_of);
  guint n_steps = 0;

  if (symbol->kind != DK_KIND_NUMBER)
    dk_problems_add (self->problems, node->place, "fact %s: \"part_of\" is only for numbers", symbol->id);
  for (; whole != NULL && whole->part_of != NULL; whole = dk_scope_find_fact (self->catalogue->scope, whole->part_of))
    if (whole == symbol || n_steps++ > self->catalogue->facts->len)
      {
        dk_problems_add (self->problems, node->place, "fact %s: part_of goes in a circle", symbol->id);
        return;
      }
}

static void
check_references (DkCatalogueReader *self,
                  const Draft       *draft)
{
  const DkSymbol *symbol = draft->fact->symbol;

  if (symbol->part_of != NULL)
    check_part_of (self, symbol, dk_node_get (draft->node, "part_of"));
  if (draft->fact->grows_with != NULL)
    {
      const DkNode *node = dk_node_get (draft->node, "grows_with");

      if (symbol->kind != DK_KIND_NUMBER)
        dk_problems_add (self->problems, node->place, "fact %s: \"grows_with\" is only for numbers", symbol->id);
      check_reference (self, symbol, node, "grows_with", draft->fact->grows_with);
    }
  for (guint i = 0; draft->fact->same_as != NULL && i < draft->fact->same_as->len; i++)
    check_reference (self, symbol, dk_node_get (draft->node, "same_as"), "same_as",
                     g_ptr_array_index (draft->fact->same_as, i));
}

static void
read_facts (DkCatalogueReader *self,
            const DkNode      *list)
{
  g_autoptr(GArray) drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < list->n_children; i++)
    read_fact (self, list->children[i], i, seen, drafts);
  g_array_sort (drafts, compare_drafts);
  for (guint i = 0; i < drafts->len; i++)
    {
      DkFact *fact = g_array_index (drafts, Draft, i).fact;

      fact->order = i;
      dk_scope_take_fact (self->catalogue->scope, fact->symbol);
      g_ptr_array_add (self->catalogue->facts, fact);
    }
  for (guint i = 0; i < drafts->len; i++)
    check_references (self, &g_array_index (drafts, Draft, i));
}

static void
read_founded (DkCatalogueReader *self,
              const DkNode      *root)
{
  const DkNode *node = dk_entry_read_scalar (self, root, "catalogue", "founded", FALSE);
  const DkSymbol *fact;

  if (node == NULL)
    return;
  fact = dk_scope_find_fact (self->catalogue->scope, node->text);
  if (fact == NULL || fact->kind != DK_KIND_DATE || fact->period != DK_PERIOD_NONE || fact->domain.state & DK_UNDEFINED)
    dk_problems_add (self->problems, node->place,
                     "founded: \"%s\" is no fact that is always a date; the day of founding is wanted", node->text);
  else
    self->catalogue->scope->founded = g_strdup (node->text);
}

static void
read_sources (DkCatalogueReader *self,
              const DkNode      *root)
{
  const DkNode *node = dk_entry_read_scalar (self, root, "catalogue", "sources", FALSE);

  if (node == NULL)
    return;
  self->catalogue->sources = dk_catalogue_find_choices (self, node->text);
  if (self->catalogue->sources == NULL)
    dk_problems_add (self->problems, node->place, "sources: there is no choice %s; the list of documents that figures are taken from is wanted",
                     node->text);
}

/**
 * dk_catalogue_read_roots:
 * @catalogue: an empty catalogue
 * @roots: its documents
 * @directory: (nullable): where the tables of codes are
 * @problems: takes all that is wrong
 */
void
dk_catalogue_read_roots (DkCatalogue            *catalogue,
                         const DkCatalogueRoots *roots,
                         const char             *directory,
                         DkProblems             *problems)
{
  DkCatalogueReader self = { catalogue, directory, problems };
  gboolean is_one = roots->facts == roots->registers;
  const DkNode *list;

  if (!dk_entry_is_kind (&self, roots->facts, DK_NODE_MAPPING, "catalogue")
      || !dk_entry_is_kind (&self, roots->registers, DK_NODE_MAPPING, "catalogue")
      || !dk_entry_is_kind (&self, roots->choices, DK_NODE_MAPPING, "catalogue"))
    return;
  dk_entry_check_keys (&self, roots->facts, "catalogue", is_one ? document_keys : facts_keys);
  if (!is_one)
    {
      dk_entry_check_keys (&self, roots->registers, "catalogue", registers_keys);
      dk_entry_check_keys (&self, roots->choices, "catalogue", choices_keys);
    }
  if ((list = dk_entry_read_list (&self, roots->choices, "catalogue", "choices", !is_one)) != NULL)
    dk_catalogue_read_choices (&self, list);
  if ((list = dk_entry_read_list (&self, roots->choices, "catalogue", "codes", !is_one)) != NULL)
    dk_catalogue_read_codes (&self, list);
  if ((list = dk_entry_read_list (&self, roots->facts, "catalogue", "pages", !is_one)) != NULL)
    read_pages (&self, list);
  if ((list = dk_entry_read_list (&self, roots->facts, "catalogue", "facts", TRUE)) != NULL)
    read_facts (&self, list);
  if ((list = dk_entry_read_list (&self, roots->registers, "catalogue", "registers", !is_one)) != NULL)
    read_registers (&self, list);
  read_founded (&self, roots->facts);
  read_sources (&self, roots->facts);
}
