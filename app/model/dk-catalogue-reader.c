/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-catalogue"

#include "dk-catalogue-private.h"

#include "dk-suggest.h"

#include <string.h>

/* What is being read, and what it is called in messages: "fact staff". */
typedef struct
{
  DkCatalogue *catalogue;
  const char  *directory;
  DkProblems  *problems;
} Reader;

static const char *const document_keys[] = { "founded", "pages", "facts", "registers", "choices", "codes", NULL };
static const char *const facts_keys[] = { "founded", "pages", "facts", NULL };
static const char *const registers_keys[] = { "registers", NULL };
static const char *const choices_keys[] = { "choices", "codes", NULL };
static const char *const page_keys[] = { "id", "title", NULL };
static const char *const text_keys[] = { "zh", "en", NULL };
static const char *const choice_keys[] = { "id", "label", "options", NULL };
static const char *const option_keys[] = { "id", "zh", "en", NULL };
static const char *const code_keys[] = { "id", "label", "file", "entries", NULL };
static const char *const register_keys[] = { "id", "label", "columns", NULL };
static const char *const column_keys[] = { "id", "kind", "unit", "min", "max", "step", "choices", "codes", "label", "judged", "may_be_none", NULL };
static const char *const fact_keys[] = { "id", "page", "kind", "unit", "period", "min", "max", "step", "choices", "codes", "format", "change",
                                         "part_of", "grows_with", "same_as", "label", "definition", "example", "source", "derive", "judged",
                                         "may_be_none", NULL };

static const char *const kinds[] = { "number", "truth", "choice", "date", "code", "text", NULL };
static const char *const periods[] = { "none", "year", "quarter", "month", NULL };
static const char *const changes[] = { "none", "up", "down", "both", NULL };
static const char *const units[] = { "plain", "yuan", "ratio", "count", "days", "months", "years", "points", NULL };
static const char *const formats[] = { "uscc", NULL };

/* Words that mean something else in an expression. */
static const char *const reserved[] = { "and", "or", "not", "in", "except", "if", "then", "else", "where", "as", "by", "at", "true", "false",
                                        "unknown", "undefined", "as_of", "year", "row", "days", "months", "years", "points", NULL };

static gboolean
is_of_kind (Reader       *self,
            const DkNode *node,
            DkNodeKind    kind,
            const char   *what)
{
  static const char *const wanted[] = { "a text", "a list", "a mapping of keys and values" };

  if (node->kind == kind)
    return TRUE;
  dk_problems_add (self->problems, node->place, "%s: %s is wanted", what, wanted[kind]);
  return FALSE;
}

static void
check_keys (Reader             *self,
            const DkNode       *mapping,
            const char         *what,
            const char *const  *keys)
{
  for (guint i = 0; i + 1 < mapping->n_children; i += 2)
    {
      const DkNode *key = mapping->children[i];
      g_autofree char *hint = NULL;
      DkSuggestion suggestion;

      if (g_strv_contains (keys, key->text))
        continue;
      dk_suggestion_begin (&suggestion, key->text);
      for (guint j = 0; keys[j] != NULL; j++)
        dk_suggestion_offer (&suggestion, keys[j]);
      hint = dk_suggestion_end (&suggestion);
      dk_problems_add (self->problems, key->place, "%s: unknown key \"%s\"%s", what, key->text, hint);
    }
}

/* The scalar at @key, which has to say something. %NULL if it does not, which is an error if @required. */
static const DkNode *
read_scalar (Reader       *self,
             const DkNode *mapping,
             const char   *what,
             const char   *key,
             gboolean      required)
{
  const DkNode *node = dk_node_get (mapping, key);

  if (node == NULL)
    {
      if (required)
        dk_problems_add (self->problems, mapping->place, "%s: \"%s\" is missing", what, key);
      return NULL;
    }
  if (node->kind != DK_NODE_SCALAR || dk_node_is_null (node) || *node->text == '\0')
    {
      dk_problems_add (self->problems, node->place, "%s: \"%s\" must say something", what, key);
      return NULL;
    }
  return node;
}

static int
read_word (Reader            *self,
           const DkNode      *mapping,
           const char        *what,
           const char        *key,
           const char *const *words,
           gboolean           required)
{
  const DkNode *node = read_scalar (self, mapping, what, key, required);
  g_autofree char *list = NULL;

  if (node == NULL)
    return -1;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], node->text) == 0)
      return i;
  list = g_strjoinv (", ", (char **) words);
  dk_problems_add (self->problems, node->place, "%s: \"%s\" is no %s; one of %s is wanted", what, node->text, key, list);
  return -1;
}

static gboolean
read_truth (Reader       *self,
            const DkNode *mapping,
            const char   *what,
            const char   *key)
{
  static const char *const words[] = { "false", "true", NULL };

  return read_word (self, mapping, what, key, words, FALSE) == 1;
}

static void
read_text (Reader       *self,
           const DkNode *mapping,
           const char   *what,
           const char   *key,
           gboolean      required,
           DkText       *text)
{
  const DkNode *node = dk_node_get (mapping, key);
  g_autofree char *inside = g_strdup_printf ("%s: %s", what, key);
  const DkNode *zh, *en;

  if (node == NULL)
    {
      if (required)
        dk_problems_add (self->problems, mapping->place, "%s: \"%s\" is missing; {zh: …, en: …} is wanted", what, key);
      return;
    }
  if (!is_of_kind (self, node, DK_NODE_MAPPING, inside))
    return;
  check_keys (self, node, inside, text_keys);
  zh = read_scalar (self, node, inside, "zh", TRUE);
  en = read_scalar (self, node, inside, "en", TRUE);
  text->zh = zh != NULL ? g_strdup (zh->text) : NULL;
  text->en = en != NULL ? g_strdup (en->text) : NULL;
}

/* An id, or %NULL after an error. Options of choices may be reserved words no less than facts: both stand in expressions. */
static const DkNode *
read_id (Reader       *self,
         const DkNode *mapping,
         const char   *what)
{
  const DkNode *node = read_scalar (self, mapping, what, "id", TRUE);

  if (node == NULL)
    return NULL;
  for (const char *p = node->text; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && (p == node->text || (!g_ascii_isdigit (*p) && *p != '_')))
      {
        dk_problems_add (self->problems, node->place, "%s: \"%s\" is no id: small letters, then also digits and _ are wanted", what, node->text);
        return NULL;
      }
  if (g_strv_contains (reserved, node->text))
    {
      dk_problems_add (self->problems, node->place, "%s: \"%s\" is a word of the expression language and cannot be an id", what, node->text);
      return NULL;
    }
  return node;
}

/* The list at @key of a document, %NULL if there is none. */
static const DkNode *
read_list (Reader       *self,
           const DkNode *mapping,
           const char   *what,
           const char   *key,
           gboolean      required)
{
  const DkNode *node = dk_node_get (mapping, key);
  g_autofree char *inside = g_strdup_printf ("%s: %s", what, key);

  if (node == NULL)
    {
      if (required)
        dk_problems_add (self->problems, mapping->place, "%s: the list \"%s\" is missing", what, key);
      return NULL;
    }
  return is_of_kind (self, node, DK_NODE_SEQUENCE, inside) ? node : NULL;
}

static const DkChoices *
find_choices (const Reader *self,
              const char   *id)
{
  for (guint i = 0; i < self->catalogue->scope->choices->len; i++)
    {
      const DkChoices *choices = g_ptr_array_index (self->catalogue->scope->choices, i);

      if (strcmp (choices->id, id) == 0)
        return choices;
    }
  return NULL;
}

static const DkCodes *
find_codes (const Reader *self,
            const char   *id)
{
  for (guint i = 0; i < self->catalogue->scope->codes->len; i++)
    {
      const DkCodes *codes = g_ptr_array_index (self->catalogue->scope->codes, i);

      if (strcmp (codes->id, id) == 0)
        return codes;
    }
  return NULL;
}

static void
read_options (Reader       *self,
              const DkNode *list,
              const char   *what,
              DkChoices    *choices)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i];
      g_autofree char *inside = g_strdup_printf ("%s: option %u", what, i + 1);
      const DkNode *id, *zh, *en;
      DkText *label;

      if (!is_of_kind (self, node, DK_NODE_MAPPING, inside))
        continue;
      check_keys (self, node, inside, option_keys);
      id = read_id (self, node, inside);
      zh = read_scalar (self, node, inside, "zh", TRUE);
      en = read_scalar (self, node, inside, "en", TRUE);
      if (id == NULL || zh == NULL || en == NULL)
        continue;
      if (dk_choices_find (choices, id->text) >= 0)
        {
          dk_problems_add (self->problems, id->place, "%s: %s is in the list twice", what, id->text);
          continue;
        }
      label = g_new0 (DkText, 1);
      label->zh = g_strdup (zh->text);
      label->en = g_strdup (en->text);
      g_ptr_array_add (choices->options, g_strdup (id->text));
      g_ptr_array_add (choices->labels, label);
    }
  if (choices->options->len == 0)
    dk_problems_add (self->problems, list->place, "%s: at least one option is wanted", what);
  if (choices->options->len > 64)
    dk_problems_add (self->problems, list->place, "%s: %u options; at most 64 are wanted", what, choices->options->len);
}

static void
read_choices (Reader       *self,
              const DkNode *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id, *options;
      g_autofree char *nameless = g_strdup_printf ("choice %u", i + 1);
      g_autofree char *what = NULL;
      DkText label = { NULL, NULL };
      DkChoices *choices;

      if (!is_of_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("choice %s", id->text);
      check_keys (self, node, what, choice_keys);
      read_text (self, node, what, "label", TRUE, &label);
      dk_text_clear (&label); /* checked for whoever reads the file; the options carry what is shown */
      if (find_choices (self, id->text) != NULL)
        {
          dk_problems_add (self->problems, id->place, "choice %s is defined twice", id->text);
          continue;
        }
      choices = g_new0 (DkChoices, 1);
      choices->id = g_strdup (id->text);
      choices->options = g_ptr_array_new ();
      choices->labels = g_ptr_array_new ();
      g_ptr_array_add (self->catalogue->scope->choices, choices);
      options = read_list (self, node, what, "options", TRUE);
      if (options != NULL)
        read_options (self, options, what, choices);
    }
}

/* Codes written in place: {C39: 计算机…, …}. */
static void
read_entries (Reader       *self,
              const DkNode *node,
              const char   *what,
              DkCodes      *codes)
{
  if (!is_of_kind (self, node, DK_NODE_MAPPING, what))
    return;
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *value = node->children[i + 1];
      DkText *label;

      if (!is_of_kind (self, value, DK_NODE_SCALAR, what))
        continue;
      label = g_new0 (DkText, 1);
      label->zh = g_strdup (value->text);
      g_ptr_array_add (codes->codes, g_strdup (node->children[i]->text));
      g_ptr_array_add (codes->labels, label);
    }
  dk_codes_sort (codes);
}

static void
read_codes (Reader       *self,
            const DkNode *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id, *file, *entries;
      g_autofree char *nameless = g_strdup_printf ("table of codes %u", i + 1);
      g_autofree char *what = NULL;
      DkText label = { NULL, NULL };
      DkCodes *codes;

      if (!is_of_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("table of codes %s", id->text);
      check_keys (self, node, what, code_keys);
      read_text (self, node, what, "label", TRUE, &label);
      dk_text_clear (&label);
      if (find_codes (self, id->text) != NULL)
        {
          dk_problems_add (self->problems, id->place, "table of codes %s is defined twice", id->text);
          continue;
        }
      codes = g_new0 (DkCodes, 1);
      codes->id = g_strdup (id->text);
      codes->codes = g_ptr_array_new ();
      codes->labels = g_ptr_array_new ();
      g_ptr_array_add (self->catalogue->scope->codes, codes);
      file = read_scalar (self, node, what, "file", FALSE);
      entries = dk_node_get (node, "entries");
      if ((file != NULL) == (entries != NULL))
        dk_problems_add (self->problems, node->place, "%s: either \"file\" or \"entries\" is wanted", what);
      else if (entries != NULL)
        read_entries (self, entries, what, codes);
      else if (self->directory == NULL)
        dk_problems_add (self->problems, file->place, "%s: a table in a file needs a data directory", what);
      else
        {
          g_autofree char *path = g_build_filename (self->directory, file->text, NULL);

          dk_codes_read_table (codes, path, self->problems);
        }
    }
}

static gboolean
read_number (Reader       *self,
             const DkNode *mapping,
             const char   *what,
             const char   *key,
             DkNumber     *number)
{
  const DkNode *node = read_scalar (self, mapping, what, key, FALSE);
  g_autoptr(GError) error = NULL;

  if (node == NULL)
    return FALSE;
  if (dk_number_parse (node->text, -1, number, self->catalogue->scope->arena, &error))
    return TRUE;
  dk_problems_add (self->problems, node->place, "%s: \"%s\": \"%s\" is no number such as 0 or 0.01", what, key, node->text);
  return FALSE;
}

static gboolean
read_day (Reader       *self,
          const DkNode *mapping,
          const char   *what,
          const char   *key,
          DkNumber     *number)
{
  const DkNode *node = read_scalar (self, mapping, what, key, FALSE);
  gint64 day;

  if (node == NULL)
    return FALSE;
  if (!dk_date_parse (node->text, -1, &day))
    {
      dk_problems_add (self->problems, node->place, "%s: \"%s\": \"%s\" is no date such as 2019-03-04", what, key, node->text);
      return FALSE;
    }
  *number = DK_NUMBER (day);
  return TRUE;
}

/* Keys that say nothing of the kind at hand would be overlooked in silence. */
static void
refuse_key (Reader       *self,
            const DkNode *mapping,
            const char   *what,
            const char   *key,
            const char   *of_what)
{
  const DkNode *node = dk_node_get (mapping, key);

  if (node != NULL)
    dk_problems_add (self->problems, node->place, "%s: \"%s\" is only for %s", what, key, of_what);
}

static void
read_domain (Reader       *self,
             const DkNode *mapping,
             const char   *what,
             DkSymbol     *symbol)
{
  DkNumber low = symbol->domain.low, high = symbol->domain.high;

  if (symbol->kind == DK_KIND_NUMBER)
    {
      read_number (self, mapping, what, "min", &low);
      read_number (self, mapping, what, "max", &high);
      if (read_number (self, mapping, what, "step", &symbol->step) && dk_number_sign (symbol->step) <= 0)
        dk_problems_add (self->problems, dk_node_get (mapping, "step")->place, "%s: \"step\" must be more than 0", what);
    }
  else if (symbol->kind == DK_KIND_DATE)
    {
      read_day (self, mapping, what, "min", &low);
      read_day (self, mapping, what, "max", &high);
      refuse_key (self, mapping, what, "step", "numbers");
    }
  else
    {
      refuse_key (self, mapping, what, "min", "numbers and dates");
      refuse_key (self, mapping, what, "max", "numbers and dates");
      refuse_key (self, mapping, what, "step", "numbers");
      refuse_key (self, mapping, what, "may_be_none", "numbers and dates");
      return;
    }
  if (dk_number_compare (low, high) >= 0)
    dk_problems_add (self->problems, mapping->place, "%s: \"min\" must be less than \"max\"", what);
  symbol->domain = DK_VALUE_RANGE (low, high);
  if (read_truth (self, mapping, what, "may_be_none"))
    symbol->domain.state |= DK_UNDEFINED;
}

static void
read_options_of (Reader       *self,
                 const DkNode *mapping,
                 const char   *what,
                 DkSymbol     *symbol)
{
  const DkNode *node;

  if (symbol->kind != DK_KIND_CHOICE)
    {
      refuse_key (self, mapping, what, "choices", "choices");
    }
  else if ((node = read_scalar (self, mapping, what, "choices", TRUE)) != NULL)
    {
      symbol->choices = find_choices (self, node->text);
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
      refuse_key (self, mapping, what, "codes", "codes");
    }
  else if ((node = read_scalar (self, mapping, what, "codes", TRUE)) != NULL)
    {
      symbol->codes = find_codes (self, node->text);
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
read_symbol (Reader       *self,
             const DkNode *mapping,
             const DkNode *id,
             const char   *what,
             DkPeriod      period)
{
  int kind = read_word (self, mapping, what, "kind", kinds, TRUE);
  DkUnit unit = DK_UNIT_PLAIN;
  DkSymbol *symbol;

  if (kind < 0)
    return NULL;
  if (kind == DK_KIND_NUMBER)
    {
      int word = read_word (self, mapping, what, "unit", units, TRUE);

      if (word >= 0)
        dk_unit_from_string (units[word], &unit);
    }
  else
    {
      refuse_key (self, mapping, what, "unit", "numbers");
    }
  symbol = dk_symbol_new (id->text, (DkKind) kind, unit, period);
  symbol->place = id->place;
  read_text (self, mapping, what, "label", TRUE, &symbol->label);
  symbol->is_judged = read_truth (self, mapping, what, "judged");
  read_domain (self, mapping, what, symbol);
  read_options_of (self, mapping, what, symbol);
  return symbol;
}

static void
read_columns (Reader       *self,
              const DkNode *list,
              DkRegister   *reg)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id;
      g_autofree char *nameless = g_strdup_printf ("register %s: column %u", reg->id, i + 1);
      g_autofree char *what = NULL;
      DkSymbol *column;

      if (!is_of_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("column %s.%s", reg->id, id->text);
      check_keys (self, node, what, column_keys);
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
read_registers (Reader       *self,
                const DkNode *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id, *columns;
      g_autofree char *nameless = g_strdup_printf ("register %u", i + 1);
      g_autofree char *what = NULL;
      DkRegister *reg;

      if (!is_of_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("register %s", id->text);
      check_keys (self, node, what, register_keys);
      if (dk_scope_find_register (self->catalogue->scope, id->text, NULL) != NULL)
        {
          dk_problems_add (self->problems, id->place, "%s is defined twice", what);
          continue;
        }
      reg = dk_register_new (id->text);
      g_ptr_array_add (self->catalogue->scope->registers, reg);
      read_text (self, node, what, "label", TRUE, &reg->label);
      columns = read_list (self, node, what, "columns", TRUE);
      if (columns != NULL)
        read_columns (self, columns, reg);
    }
}

static void
read_pages (Reader       *self,
            const DkNode *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id;
      g_autofree char *what = g_strdup_printf ("page %u", i + 1);
      DkPage *page;

      if (!is_of_kind (self, node, DK_NODE_MAPPING, what))
        continue;
      check_keys (self, node, what, page_keys);
      id = read_id (self, node, what);
      if (id == NULL)
        continue;
      if (dk_catalogue_get_page_title (self->catalogue, id->text) != NULL)
        {
          dk_problems_add (self->problems, id->place, "page %s is defined twice", id->text);
          continue;
        }
      page = g_new0 (DkPage, 1);
      page->id = g_strdup (id->text);
      read_text (self, node, what, "title", TRUE, &page->title);
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
read_derive (Reader       *self,
             const DkNode *mapping,
             const char   *what,
             DkSymbol     *symbol)
{
  const DkNode *node = read_scalar (self, mapping, what, "derive", FALSE);

  if (node == NULL)
    return;
  if (node->style == DK_SCALAR_PLAIN)
    dk_problems_add (self->problems, node->place, "%s: an expression stands in quotes or below a |: write derive: \"…\"", what);
  symbol->derive = g_strdup (node->text);
  symbol->derive_node = node;
}

static void
read_fact (Reader       *self,
           const DkNode *node,
           guint         number,
           GHashTable   *seen,
           GArray       *drafts)
{
  g_autofree char *nameless = g_strdup_printf ("fact %u", number + 1);
  g_autofree char *what = NULL;
  const DkNode *id, *page, *word, *same_as;
  Draft draft = { .node = node, .page = G_MAXUINT };
  DkSymbol *symbol;
  int period, change;

  if (!is_of_kind (self, node, DK_NODE_MAPPING, nameless))
    return;
  id = read_id (self, node, nameless);
  if (id == NULL)
    return;
  what = g_strdup_printf ("fact %s", id->text);
  check_keys (self, node, what, fact_keys);
  if (!g_hash_table_add (seen, id->text))
    {
      dk_problems_add (self->problems, id->place, "%s is defined twice", what);
      return;
    }
  period = read_word (self, node, what, "period", periods, FALSE);
  symbol = read_symbol (self, node, id, what, period < 0 ? DK_PERIOD_NONE : (DkPeriod) period);
  if (symbol == NULL)
    return;
  if (symbol->period != DK_PERIOD_NONE)
    refuse_key (self, node, what, "may_be_none", "facts without period and for columns");
  read_derive (self, node, what, symbol);

  draft.fact = g_new0 (DkFact, 1);
  draft.fact->symbol = symbol;
  draft.fact->order = number;
  read_text (self, node, what, "definition", FALSE, &draft.fact->definition);
  read_text (self, node, what, "example", FALSE, &draft.fact->example);
  read_text (self, node, what, "source", FALSE, &draft.fact->source);
  change = read_word (self, node, what, "change", changes, FALSE);
  draft.fact->change = change < 0 ? DK_CHANGE_NONE : (guint) change;
  word = read_scalar (self, node, what, "part_of", FALSE);
  symbol->part_of = word != NULL ? g_strdup (word->text) : NULL;
  word = read_scalar (self, node, what, "grows_with", FALSE);
  draft.fact->grows_with = word != NULL ? g_strdup (word->text) : NULL;
  if (symbol->kind != DK_KIND_TEXT)
    refuse_key (self, node, what, "format", "texts");
  else if (read_word (self, node, what, "format", formats, FALSE) == 0)
    draft.fact->format = g_strdup (formats[0]);
  page = read_scalar (self, node, what, "page", FALSE);
  if (page != NULL)
    {
      draft.fact->page = g_strdup (page->text);
      for (guint i = 0; i < self->catalogue->pages->len; i++)
        if (strcmp (((DkPage *) g_ptr_array_index (self->catalogue->pages, i))->id, page->text) == 0)
          draft.page = i;
      if (draft.page == G_MAXUINT)
        dk_problems_add (self->problems, page->place, "%s: there is no page %s", what, page->text);
    }
  same_as = dk_node_get (node, "same_as") != NULL ? read_list (self, node, what, "same_as", FALSE) : NULL;
  if (same_as != NULL)
    {
      draft.fact->same_as = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < same_as->n_children; i++)
        if (is_of_kind (self, same_as->children[i], DK_NODE_SCALAR, what))
          g_ptr_array_add (draft.fact->same_as, g_strdup (same_as->children[i]->text));
    }
  g_array_append_val (drafts, draft);
}

/* The fact that @id names, which has to be measured like @symbol. */
static const DkSymbol *
check_reference (Reader         *self,
                 const DkSymbol *symbol,
                 const DkNode   *node,
                 const char     *key,
                 const char     *id)
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
      dk_problems_add (self->problems, node->place, "fact %s: %s: %s is of another kind, unit or period", symbol->id, key, id);
      return NULL;
    }
  return other;
}

static void
check_part_of (Reader         *self,
               const DkSymbol *symbol,
               const DkNode   *node)
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
check_references (Reader      *self,
                  const Draft *draft)
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
    check_reference (self, symbol, dk_node_get (draft->node, "same_as"), "same_as", g_ptr_array_index (draft->fact->same_as, i));
}

static void
read_facts (Reader       *self,
            const DkNode *list)
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
read_founded (Reader       *self,
              const DkNode *root)
{
  const DkNode *node = read_scalar (self, root, "catalogue", "founded", FALSE);
  const DkSymbol *fact;

  if (node == NULL)
    return;
  fact = dk_scope_find_fact (self->catalogue->scope, node->text);
  if (fact == NULL || fact->kind != DK_KIND_DATE || fact->period != DK_PERIOD_NONE || fact->domain.state & DK_UNDEFINED)
    dk_problems_add (self->problems, node->place,
                     "founded: \"%s\" is no fact that is always a date; the day before which there are no figures is wanted", node->text);
  else
    self->catalogue->scope->founded = g_strdup (node->text);
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
  Reader self = { catalogue, directory, problems };
  gboolean is_one = roots->facts == roots->registers;
  const DkNode *list;

  if (!is_of_kind (&self, roots->facts, DK_NODE_MAPPING, "catalogue")
      || !is_of_kind (&self, roots->registers, DK_NODE_MAPPING, "catalogue")
      || !is_of_kind (&self, roots->choices, DK_NODE_MAPPING, "catalogue"))
    return;
  check_keys (&self, roots->facts, "catalogue", is_one ? document_keys : facts_keys);
  if (!is_one)
    {
      check_keys (&self, roots->registers, "catalogue", registers_keys);
      check_keys (&self, roots->choices, "catalogue", choices_keys);
    }
  if ((list = read_list (&self, roots->choices, "catalogue", "choices", !is_one)) != NULL)
    read_choices (&self, list);
  if ((list = read_list (&self, roots->choices, "catalogue", "codes", !is_one)) != NULL)
    read_codes (&self, list);
  if ((list = read_list (&self, roots->facts, "catalogue", "pages", !is_one)) != NULL)
    read_pages (&self, list);
  if ((list = read_list (&self, roots->facts, "catalogue", "facts", TRUE)) != NULL)
    read_facts (&self, list);
  if ((list = read_list (&self, roots->registers, "catalogue", "registers", !is_one)) != NULL)
    read_registers (&self, list);
  read_founded (&self, roots->facts);
}
