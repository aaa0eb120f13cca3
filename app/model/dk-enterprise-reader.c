/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise.h"

#include "dk-catalogue-private.h"
#include "dk-enterprise-private.h"
#include "dk-fact-value.h"
#include "dk-suggest.h"

#include <string.h>

static const char *const top_keys[] = { "name", "facts", "sources", "plan", "registers", "notes", "note", "$schema", NULL };
static const char *const register_keys[] = { "complete", "rows", NULL };

/* Where an answer was given, so that what contradicts another can be pointed at. */
typedef struct
{
  guint   index;
  gint64  key;
  DkPlace place;
} Given;

/* A fact that takes the answers of another, once all are read. */
typedef struct
{
  const DkSymbol *fact;
  const DkSymbol *other;
  DkPlace         place;
} Link;

typedef struct
{
  DkValueReader values;
  DkEnterprise *enterprise;
  DkReadMode    mode;
  int           base_year;
  DkProblems   *problems;
  guint         source; /* of the facts that are read, or DK_NO_SOURCE: the answers */
  GArray       *given; /* Given */
  GArray       *links; /* Link */
} Reader;

static const DkScope *
get_scope (const Reader *self)
{
  return self->enterprise->catalogue->scope;
}

char *
dk_suggest_symbol (const char      *word,
                   const GPtrArray *symbols)
{
  DkSuggestion suggestion;

  dk_suggestion_begin (&suggestion, word);
  for (guint i = 0; i < symbols->len; i++)
    dk_suggestion_offer (&suggestion, ((DkSymbol *) g_ptr_array_index (symbols, i))->id);
  return dk_suggestion_end (&suggestion);
}

static void
note_given (Reader       *self,
            guint         index,
            gint64        key,
            const DkNode *node)
{
  Given given = { index, key, node->place };

  g_array_append_val (self->given, given);
}

static const Given *
find_given (const Reader *self,
            guint         index,
            gint64        key)
{
  for (guint i = 0; i < self->given->len; i++)
    {
      const Given *given = &g_array_index (self->given, Given, i);

      if (given->index == index && given->key == key)
        return given;
    }
  return NULL;
}

static void
read_answer (Reader         *self,
             const DkSymbol *fact,
             DkPeriodKey     period,
             const DkNode   *node)
{
  const DkFact *entry = dk_catalogue_get_fact_of (self->enterprise->catalogue, fact);
  g_autofree char *when = dk_period_to_string (period);
  g_autofree char *what = *when != '\0' ? g_strdup_printf ("%s %s", fact->id, when) : g_strdup (fact->id);
  gint64 key = dk_period_to_key (period);
  DkValue value;

  DkOutcome outcome = dk_value_reader_read (&self->values, fact, entry->format, node, what, &value);

  if (self->source != DK_NO_SOURCE)
    {
      /* A source whose figure nobody knows yet says nothing. */
      if (outcome == DK_OUTCOME_VALUE)
        dk_answers_store (&self->enterprise->figures[fact->index], dk_figure_key (key, self->source), &value, self->enterprise->arena);
      return;
    }
  switch (outcome)
    {
    case DK_OUTCOME_VALUE:
      dk_enterprise_store (self->enterprise, fact->index, key, &value);
      note_given (self, fact->index, key, node);
      break;
    case DK_OUTCOME_UNKNOWN:
      dk_enterprise_store (self->enterprise, fact->index, key, &DK_ANSWER_IS_UNKNOWN);
      note_given (self, fact->index, key, node);
      break;
    case DK_OUTCOME_FAILED:
    default:
      break;
    }
}

static void
read_periods (Reader         *self,
              const DkSymbol *fact,
              const DkNode   *node)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];
      DkPeriodKey period;
      gint64 number;

      if (!dk_period_parse (key->text, fact->period, self->mode, self->base_year, &period))
        {
          const char *example, *name = dk_period_describe (fact->period, &example);

          dk_problems_add (self->problems, key->place, "%s: \"%s\" is no %s; a key such as \"%s\" is wanted", fact->id,
                           key->text, name, example);
          continue;
        }
      number = dk_period_to_key (period);
      if (!g_hash_table_add (seen, g_memdup2 (&number, sizeof number)))
        {
          dk_problems_add (self->problems, key->place, "%s: \"%s\" is a period that was given before", fact->id,
                           key->text);
          continue;
        }
      read_answer (self, fact, period, node->children[i + 1]);
    }
}

static void
read_link (Reader         *self,
           const DkSymbol *fact,
           const DkNode   *node)
{
  const DkCatalogue *catalogue = self->enterprise->catalogue;
  const DkNode *other = dk_node_get (node, "same_as");
  Link link = { fact, NULL, other->place };

  if (node->n_children != 2 || other->kind != DK_NODE_SCALAR)
    {
      dk_problems_add (self->problems, other->place, "%s: \"same_as\" stands alone and names one fact", fact->id);
      return;
    }
  link.other = dk_scope_find_fact (catalogue->scope, other->text);
  if (link.other == NULL)
    {
      g_autofree char *hint = dk_suggest_symbol (other->text, catalogue->scope->facts);

      dk_problems_add (self->problems, other->place, "%s: same_as: there is no fact \"%s\"%s", fact->id, other->text,
                       hint);
      return;
    }
  if (!dk_facts_are_alike (dk_catalogue_get_fact_of (catalogue, fact),
                           dk_catalogue_get_fact_of (catalogue, link.other)))
    {
      dk_problems_add (self->problems, other->place, "%s: same_as: the catalogue does not let it stand for %s",
                       fact->id, other->text);
      return;
    }
  g_array_append_val (self->links, link);
}

static void
read_fact (Reader         *self,
           const DkSymbol *fact,
           const DkNode   *node)
{
  gboolean is_mapping = node->kind == DK_NODE_MAPPING;
  const char *name, *example;

  if (is_mapping && dk_node_get (node, "same_as") != NULL)
    {
      if (self->source == DK_NO_SOURCE)
        read_link (self, fact, node);
      else
        dk_problems_add (self->problems, node->place, "%s: \"same_as\" is for answers; the figure that the source has is wanted", fact->id);
      return;
    }
  if (fact->period == DK_PERIOD_NONE)
    {
      if (is_mapping && node->n_children > 0 && !dk_node_is_value (node) && g_ascii_isdigit (*node->children[0]->text))
        dk_problems_add (self->problems, node->place, "%s: this fact has no years; one value is wanted", fact->id);
      else
        read_answer (self, fact, (DkPeriodKey) { 0, 0, 0 }, node);
      return;
    }
  if (is_mapping && !dk_node_is_value (node))
    {
      read_periods (self, fact, node);
      return;
    }
  if (node->kind == DK_NODE_SCALAR && dk_node_is_null (node))
    {
      if (self->source == DK_NO_SOURCE)
        dk_enterprise_forget_all (self->enterprise, fact->index);
      return;
    }
  if (self->mode == DK_READ_LENIENT && fact->period == DK_PERIOD_YEAR)
    {
      read_answer (self, fact, (DkPeriodKey) { self->base_year, 0, 0 }, node);
      return;
    }
  name = dk_period_describe (fact->period, &example);
  dk_problems_add (self->problems, node->place, "%s: a figure needs its %s; write {\"%s\": %s}", fact->id, name, example,
                   node->kind == DK_NODE_SCALAR ? node->text : "…");
}

static void
copy_answers (Reader     *self,
              const Link *link)
{
  const DkAnswers *source = &self->enterprise->facts[link->other->index];

  dk_enterprise_forget_all (self->enterprise, link->fact->index);
  for (guint i = 0; i < source->n_answers; i++)
    {
      g_autoptr(GError) error = NULL;
      Given given = { link->fact->index, source->answers[i].key, link->place };

      if (!dk_answer_is_unknown (&source->answers[i]) && !dk_fact_check (link->fact, &source->answers[i].value, TRUE, &error))
        {
          g_autofree char *when = dk_period_to_string (dk_period_from_key (source->answers[i].key));

          dk_problems_add (self->problems, link->place, "%s: the answer of %s %s cannot be taken: %s",
                           link->fact->id, link->other->id, when, error->message);
          continue;
        }
      dk_enterprise_store (self->enterprise, link->fact->index, given.key, &source->answers[i].value);
      g_array_append_val (self->given, given);
    }
}

/* A fact may take the answers of one that takes them itself: the sources come first. */
static void
resolve_links (Reader *self)
{
  while (self->links->len > 0)
    {
      gboolean moved = FALSE;

      for (guint i = 0; i < self->links->len; i++)
        {
          const Link *link = &g_array_index (self->links, Link, i);
          gboolean waits = FALSE;

          for (guint j = 0; j < self->links->len; j++)
            waits |= g_array_index (self->links, Link, j).fact == link->other;
          if (waits)
            continue;
          copy_answers (self, link);
          g_array_remove_index (self->links, i--);
          moved = TRUE;
        }
      if (!moved)
        {
          const Link *link = &g_array_index (self->links, Link, 0);

          dk_problems_add (self->problems, link->place, "%s: same_as goes in a circle", link->fact->id);
          return;
        }
    }
}

static void
read_facts (Reader       *self,
            const DkNode *node)
{
  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (self->problems, node->place, "facts: a mapping of facts and their answers is wanted");
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];
      const DkSymbol *fact = dk_scope_find_fact (get_scope (self), key->text);

      if (fact == NULL)
        {
          g_autofree char *hint = dk_suggest_symbol (key->text, get_scope (self)->facts);

          dk_problems_add (self->problems, key->place, "there is no fact \"%s\"%s", key->text, hint);
          continue;
        }
      read_fact (self, fact, node->children[i + 1]);
    }
  resolve_links (self);
}

static void
read_sources (Reader       *self,
              const DkNode *node)
{
  const DkChoices *sources = self->enterprise->catalogue->sources;

  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (self->problems, node->place, "sources: a mapping of sources, each with its facts, is wanted");
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i], *facts = node->children[i + 1];
      int source = sources != NULL ? dk_choices_find (sources, key->text) : -1;

      if (source < 0)
        {
          g_autofree char *hint = NULL;
          DkSuggestion suggestion;

          dk_suggestion_begin (&suggestion, key->text);
          for (guint j = 0; sources != NULL && j < sources->options->len; j++)
            dk_suggestion_offer (&suggestion, g_ptr_array_index (sources->options, j));
          hint = dk_suggestion_end (&suggestion);
          dk_problems_add (self->problems, key->place, "there is no source of figures \"%s\"%s", key->text, hint);
          continue;
        }
      self->source = (guint) source;
      if (!dk_node_is_null (facts))
        read_facts (self, facts);
      self->source = DK_NO_SOURCE;
    }
}

static void
read_row (Reader           *self,
          const DkRegister *reg,
          guint             number,
          const DkNode     *node,
          DkValue          *cells)
{
  for (guint i = 0; i < reg->columns->len; i++)
    cells[i] = ((const DkSymbol *) g_ptr_array_index (reg->columns, i))->domain;
  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (self->problems, node->place, "%s row %u: a mapping of columns and cells is wanted", reg->id,
                       number);
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];
      guint index = 0;
      const DkSymbol *column = dk_register_find_column (reg, key->text, &index);
      g_autofree char *what = NULL;
      DkValue value;
      DkOutcome outcome;

      if (column == NULL)
        {
          g_autofree char *hint = dk_suggest_symbol (key->text, reg->columns);

          dk_problems_add (self->problems, key->place, "%s row %u: there is no column \"%s\"%s", reg->id, number,
                           key->text, hint);
          continue;
        }
      what = g_strdup_printf ("%s row %u, %s", reg->id, number, column->id);
      outcome = dk_value_reader_read (&self->values, column, NULL, node->children[i + 1], what, &value);
      if (outcome == DK_OUTCOME_VALUE)
        cells[index] = value;
      else if (outcome == DK_OUTCOME_UNKNOWN)
        cells[index].state |= DK_UNANSWERED;
    }
}

static void
read_register (Reader       *self,
               guint         index,
               const DkNode *node)
{
  const DkRegister *reg = g_ptr_array_index (get_scope (self)->registers, index);
  const DkNode *complete, *rows;
  gboolean is_complete = FALSE;
  guint n_rows;
  DkValue *cells;

  if (dk_node_is_null (node))
    {
      dk_enterprise_take_rows (self->enterprise, index, NULL, 0, FALSE);
      return;
    }
  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (self->problems, node->place, "%s: {\"complete\": true, \"rows\": [{…}]} is wanted", reg->id);
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    if (!g_strv_contains (register_keys, node->children[i]->text))
      {
        g_autofree char *hint = dk_suggest_word (node->children[i]->text, register_keys);

        dk_problems_add (self->problems, node->children[i]->place, "%s: unknown key \"%s\"%s", reg->id,
                         node->children[i]->text, hint);
      }
  complete = dk_node_get (node, "complete");
  if (complete != NULL)
    {
      is_complete = complete->kind == DK_NODE_SCALAR && strcmp (complete->text, "true") == 0;
      if (complete->kind != DK_NODE_SCALAR || complete->style != DK_SCALAR_PLAIN
          || (!is_complete && strcmp (complete->text, "false") != 0))
        dk_problems_add (self->problems, complete->place, "%s: \"complete\" is true or false", reg->id);
    }
  rows = dk_node_get (node, "rows");
  if (rows != NULL && rows->kind != DK_NODE_SEQUENCE)
    {
      dk_problems_add (self->problems, rows->place, "%s: \"rows\" is a list of rows", reg->id);
      return;
    }
  n_rows = rows != NULL ? rows->n_children : 0;
  cells = g_new0 (DkValue, (gsize) n_rows * reg->columns->len);
  for (guint i = 0; i < n_rows; i++)
    {
      DkValue *row = cells + (gsize) i * reg->columns->len;

      read_row (self, reg, i + 1, rows->children[i], row);
      for (guint j = 0; j < reg->columns->len; j++)
        row[j] = dk_value_copy (&row[j], self->enterprise->arena);
    }
  dk_enterprise_take_rows (self->enterprise, index, cells, n_rows, is_complete);
  if (complete != NULL && !is_complete)
    dk_enterprise_set_partial (self->enterprise, index);
}

static void
read_registers (Reader       *self,
                const DkNode *node)
{
  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (self->problems, node->place, "registers: a mapping of registers is wanted");
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];
      guint index = 0;

      if (dk_scope_find_register (get_scope (self), key->text, &index) == NULL)
        {
          g_autofree char *hint = NULL;
          DkSuggestion suggestion;

          dk_suggestion_begin (&suggestion, key->text);
          for (guint j = 0; j < get_scope (self)->registers->len; j++)
            dk_suggestion_offer (&suggestion, ((DkRegister *) g_ptr_array_index (get_scope (self)->registers, j))->id);
          hint = dk_suggestion_end (&suggestion);
          dk_problems_add (self->problems, key->place, "there is no register \"%s\"%s", key->text, hint);
          continue;
        }
      read_register (self, index, node->children[i + 1]);
    }
}

/* Warns of a part that is certainly more than its whole: the figures contradict each other, but which one is wrong
 * is not known, and the enterprise is assessed all the same. */
static void
warn_of_contradictions (Reader *self)
{
  const DkCatalogue *catalogue = self->enterprise->catalogue;

  for (guint i = 0; i < catalogue->facts->len; i++)
    {
      const DkSymbol *part = g_ptr_array_index (catalogue->scope->facts, i);
      const DkAnswers *answers = &self->enterprise->facts[i];
      const GArray *wholes = catalogue->wholes[i];

      for (guint j = 0; wholes != NULL && j < answers->n_answers * wholes->len; j++)
        {
          const DkAnswer *answer = &answers->answers[j / wholes->len];
          const DkSymbol *whole = g_ptr_array_index (catalogue->scope->facts,
                                                     g_array_index (wholes, guint, j % wholes->len));
          const DkAnswer *limit = dk_enterprise_find (self->enterprise, whole->index, answer->key);
          const Given *given;
          g_autofree char *when = NULL, *more = NULL, *less = NULL;

          if (limit == NULL || !(limit->value.state & (DK_POINT | DK_RANGE))
              || !(answer->value.state & (DK_POINT | DK_RANGE))
              || dk_number_compare (answer->value.low, dk_value_high (&limit->value)) <= 0)
            continue;
          given = find_given (self, i, answer->key);
          if (given == NULL)
            given = find_given (self, whole->index, answer->key);
          if (given == NULL)
            continue; /* said when it was read */
          when = dk_period_to_string (dk_period_from_key (answer->key));
          more = dk_number_to_string (answer->value.low);
          less = dk_number_to_string (dk_value_high (&limit->value));
          dk_problems_add_warning (self->problems, given->place,
                                   "%s%s%s: %s is more than %s, which is %s; a part cannot be more than the whole",
                                   part->id, *when != '\0' ? " " : "", when, more, whole->id, less);
        }
    }
}

/**
 * dk_enterprise_read:
 * @enterprise: what is known so far; what @node says comes over it, fact by period, a register as a whole
 * @node: a mapping with "facts", "sources", "plan", "registers" and "notes"; its other keys are the caller's
 * @mode: how figures and years may be written
 * @base_year: the last full accounting year, "0" when lenient
 * @problems: takes all that is wrong
 *
 * Returns: whether there was no error; what has no error is taken even so
 */
gboolean
dk_enterprise_read (DkEnterprise *enterprise,
                    const DkNode *node,
                    DkReadMode    mode,
                    int           base_year,
                    DkProblems   *problems)
{
  g_autoptr(GArray) given = g_array_new (FALSE, FALSE, sizeof (Given));
  g_autoptr(GArray) links = g_array_new (FALSE, FALSE, sizeof (Link));
  Reader self = { { mode, enterprise->arena, problems }, enterprise, mode, base_year, problems, DK_NO_SOURCE, given, links };
  guint n_before = dk_problems_count (problems);
  const DkNode *child;

  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (problems, node->place, "a mapping with \"facts\" and \"registers\" is wanted");
      return FALSE;
    }
  if ((child = dk_node_get (node, "facts")) != NULL && !dk_node_is_null (child))
    read_facts (&self, child);
  if ((child = dk_node_get (node, "sources")) != NULL && !dk_node_is_null (child))
    read_sources (&self, child);
  if ((child = dk_node_get (node, "plan")) != NULL && !dk_node_is_null (child))
    dk_plan_read (enterprise, &self.values, base_year, child);
  if ((child = dk_node_get (node, "registers")) != NULL && !dk_node_is_null (child))
    read_registers (&self, child);
  if ((child = dk_node_get (node, "notes")) != NULL && !dk_node_is_null (child))
    dk_enterprise_read_notes (enterprise, child, problems);
  warn_of_contradictions (&self);
  return dk_problems_count (problems) == n_before;
}

static void
check_top_keys (const DkNode *root,
                DkProblems   *problems)
{
  for (guint i = 0; i + 1 < root->n_children; i += 2)
    {
      const DkNode *key = root->children[i];
      g_autofree char *hint = NULL;

      if (g_strv_contains (top_keys, key->text))
        continue;
      if (strcmp (key->text, "as_of") == 0 || strcmp (key->text, "year") == 0)
        {
          dk_problems_add (problems, key->place,
                           "\"%s\" is nothing of the enterprise; the day is given to the program", key->text);
          continue;
        }
      hint = dk_suggest_word (key->text, top_keys);
      dk_problems_add (problems, key->place, "unknown key \"%s\"%s", key->text, hint);
    }
}

/**
 * dk_enterprise_load:
 * @catalogue: what may be known of it; must outlive the enterprise
 * @path: a JSON file
 * @problems: takes all that is wrong
 *
 * Returns: (transfer full) (nullable): the enterprise, %NULL if there is an error
 */
DkEnterprise *
dk_enterprise_load (const DkCatalogue *catalogue,
                    const char        *path,
                    DkProblems        *problems)
{
  g_autoptr(DkDocument) document = dk_document_load (path, DK_FORMAT_JSON, problems);
  g_autoptr(DkEnterprise) enterprise = NULL;
  guint n_before = dk_problems_count (problems);
  const DkNode *root, *name;

  if (document == NULL)
    return NULL;
  root = dk_document_get_root (document);
  enterprise = dk_enterprise_new (catalogue);
  if (root->kind == DK_NODE_MAPPING)
    {
      check_top_keys (root, problems);
      name = dk_node_get (root, "name");
      if (name != NULL && (name->kind != DK_NODE_SCALAR || name->style == DK_SCALAR_PLAIN))
        dk_problems_add (problems, name->place, "name: a text in quotes is wanted");
      else if (name != NULL)
        dk_enterprise_set_name (enterprise, name->text);
    }
  dk_enterprise_read (enterprise, root, DK_READ_STRICT, 0, problems);
  return dk_problems_count (problems) == n_before ? g_steal_pointer (&enterprise) : NULL;
}
