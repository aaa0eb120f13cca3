/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-scope"

#include "dk-scope.h"

#include <string.h>

/* Years outside these hold no fact of an enterprise: an unanswered date lies between. */
#define FIRST_YEAR 1900
#define LAST_YEAR  2199

static const char *const kind_names[] = { "number", "truth", "choice", "date", "code", "text" };
static const char *const unit_names[] = { "plain", "yuan", "ratio", "count", "days", "months", "years", "points" };

/**
 * dk_text_get:
 * @text: a text in both languages, or %NULL
 * @language: "zh" or "en"
 *
 * Returns: (transfer none): the text in @language, or in the other one where that is missing: a title in the
 *   wrong language still says more than none. Never %NULL
 */
const char *
dk_text_get (const DkText *text,
             const char   *language)
{
  const char *wanted, *other;

  if (text == NULL)
    return "";
  wanted = g_strcmp0 (language, "zh") == 0 ? text->zh : text->en;
  other = g_strcmp0 (language, "zh") == 0 ? text->en : text->zh;
  if (wanted != NULL)
    return wanted;
  return other != NULL ? other : "";
}

void
dk_text_clear (DkText *text)
{
  g_clear_pointer (&text->zh, g_free);
  g_clear_pointer (&text->en, g_free);
}

static void
free_text (gpointer data)
{
  DkText *text = data;

  if (text == NULL)
    return;
  dk_text_clear (text);
  g_free (text);
}

/* Whoever made the array may have left its elements without an owner: the scope owns them. */
static void
free_array (GPtrArray      *array,
            GDestroyNotify  free_element)
{
  if (array == NULL)
    return;
  g_ptr_array_set_free_func (array, free_element);
  g_ptr_array_unref (array);
}

static void
free_choices (gpointer data)
{
  DkChoices *choices = data;

  g_free (choices->id);
  free_array (choices->options, g_free);
  free_array (choices->labels, free_text);
  g_free (choices);
}

static void
free_codes (gpointer data)
{
  DkCodes *codes = data;

  g_free (codes->id);
  free_array (codes->codes, g_free);
  free_array (codes->labels, free_text);
  g_free (codes);
}

static void
free_register (gpointer data)
{
  DkRegister *reg = data;

  g_free (reg->id);
  dk_text_clear (&reg->label);
  free_array (reg->columns, (GDestroyNotify) dk_symbol_free);
  g_free (reg);
}

/**
 * dk_choices_find:
 *
 * Returns: the place of @option in the list, -1 if it is none of its options
 */
int
dk_choices_find (const DkChoices *choices,
                 const char      *option)
{
  for (guint i = 0; i < choices->options->len; i++)
    if (strcmp (g_ptr_array_index (choices->options, i), option) == 0)
      return (int) i;
  return -1;
}

/* The first code that is not before @prefix; or, with @after, the first that is behind all codes with it. */
static guint
search_prefix (const DkCodes *codes,
               const char    *prefix,
               gboolean       after)
{
  gsize length = strlen (prefix);
  guint low = 0, high = codes->codes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strncmp (g_ptr_array_index (codes->codes, middle), prefix, length);

      if (order < 0 || (after && order == 0))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dk_codes_find_prefix:
 * @codes: a sorted table of codes
 * @prefix: what they begin with; a whole code is the prefix of itself, nothing is that of all
 * @first: (out): the place of the first code with it
 * @last: (out): the place of the last
 *
 * Returns: %FALSE, and the places untouched, if no code begins so
 */
gboolean
dk_codes_find_prefix (const DkCodes *codes,
                      const char    *prefix,
                      gint64        *first,
                      gint64        *last)
{
  guint begin = search_prefix (codes, prefix, FALSE);
  guint end = search_prefix (codes, prefix, TRUE);

  if (begin == end)
    return FALSE;
  *first = begin;
  *last = (gint64) end - 1;
  return TRUE;
}

DkScope *
dk_scope_new (void)
{
  DkScope *scope = g_new0 (DkScope, 1);

  scope->arena = dk_arena_new ();
  scope->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_symbol_free);
  scope->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  scope->registers = g_ptr_array_new_with_free_func (free_register);
  scope->choices = g_ptr_array_new_with_free_func (free_choices);
  scope->codes = g_ptr_array_new_with_free_func (free_codes);
  return scope;
}

void
dk_scope_free (DkScope *scope)
{
  if (scope == NULL)
    return;
  g_hash_table_unref (scope->by_id);
  g_ptr_array_unref (scope->facts);
  g_ptr_array_unref (scope->registers);
  g_ptr_array_unref (scope->choices);
  g_ptr_array_unref (scope->codes);
  g_free (scope->founded);
  dk_arena_free (scope->arena);
  g_free (scope);
}

/**
 * dk_scope_take_fact:
 * @scope: a scope that has no fact of this id
 * @fact: (transfer full): the fact
 */
void
dk_scope_take_fact (DkScope  *scope,
                    DkSymbol *fact)
{
  g_return_if_fail (dk_scope_find_fact (scope, fact->id) == NULL);

  fact->index = scope->facts->len;
  g_ptr_array_add (scope->facts, fact);
  g_hash_table_insert (scope->by_id, fact->id, fact);
}

/* All values of a kind. The options of a choice are known to the catalogue only: until it says
 * which, every bit is possible. */
static DkValue
get_whole_domain (DkKind kind)
{
  switch (kind)
    {
    case DK_KIND_NUMBER:
      return DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_INFINITY);
    case DK_KIND_TRUTH:
      return DK_VALUE_TRUTH (DK_OPEN);
    case DK_KIND_CHOICE:
      return DK_VALUE_CHOICE (-1);
    case DK_KIND_DATE:
      return DK_VALUE_RANGE (DK_NUMBER (dk_date_from_ymd (FIRST_YEAR, 1, 1)),
                             DK_NUMBER (dk_date_from_ymd (LAST_YEAR, 12, 31)));
    case DK_KIND_CODE:
    case DK_KIND_TEXT:
    default:
      return DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
    }
}

/**
 * dk_symbol_new:
 *
 * Makes a fact or column whose domain is everything of its kind.
 *
 * Returns: (transfer full): the symbol
 */
DkSymbol *
dk_symbol_new (const char *id,
               DkKind      kind,
               DkUnit      unit,
               DkPeriod    period)
{
  DkSymbol *symbol = g_new0 (DkSymbol, 1);

  symbol->id = g_strdup (id);
  symbol->place = DK_PLACE_NONE;
  symbol->kind = kind;
  symbol->unit = unit;
  symbol->period = period;
  symbol->domain = get_whole_domain (kind);
  symbol->step = DK_ZERO;
  return symbol;
}

void
dk_symbol_free (DkSymbol *symbol)
{
  if (symbol == NULL)
    return;
  g_free (symbol->id);
  dk_text_clear (&symbol->label);
  g_free (symbol->derive);
  g_free (symbol->part_of);
  g_free (symbol);
}

/**
 * dk_register_new:
 *
 * Returns: (transfer full): a register without columns, to be added to the registers of a scope
 */
DkRegister *
dk_register_new (const char *id)
{
  DkRegister *reg = g_new0 (DkRegister, 1);

  reg->id = g_strdup (id);
  reg->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_symbol_free);
  return reg;
}

const DkSymbol *
dk_scope_find_fact (const DkScope *scope,
                    const char    *id)
{
  return g_hash_table_lookup (scope->by_id, id);
}

/**
 * dk_scope_find_register:
 * @index: (out) (optional): its place among the registers; untouched if there is none
 *
 * Returns: (transfer none) (nullable): the register
 */
const DkRegister *
dk_scope_find_register (const DkScope *scope,
                        const char    *id,
                        guint         *index)
{
  for (guint i = 0; i < scope->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (scope->registers, i);

      if (strcmp (reg->id, id) != 0)
        continue;
      if (index != NULL)
        *index = i;
      return reg;
    }
  return NULL;
}

/**
 * dk_register_find_column:
 * @index: (out) (optional): its place among the columns; untouched if there is none
 *
 * Returns: (transfer none) (nullable): the column
 */
const DkSymbol *
dk_register_find_column (const DkRegister *reg,
                         const char       *id,
                         guint            *index)
{
  for (guint i = 0; i < reg->columns->len; i++)
    {
      const DkSymbol *column = g_ptr_array_index (reg->columns, i);

      if (strcmp (column->id, id) != 0)
        continue;
      if (index != NULL)
        *index = i;
      return column;
    }
  return NULL;
}

const char *
dk_kind_to_string (DkKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), "");
  return kind_names[kind];
}

const char *
dk_unit_to_string (DkUnit unit)
{
  g_return_val_if_fail ((guint) unit < G_N_ELEMENTS (unit_names), "");
  return unit_names[unit];
}

/**
 * dk_unit_from_string:
 *
 * Returns: %FALSE, and @unit untouched, if @text names no unit
 */
gboolean
dk_unit_from_string (const char *text,
                     DkUnit     *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (unit_names); i++)
    if (strcmp (unit_names[i], text) == 0)
      {
        *unit = (DkUnit) i;
        return TRUE;
      }
  return FALSE;
}

/* Values of every enterprise and thread are compared by these numbers, so there is one table for
 * the process. Its texts are never freed: a number may be held anywhere. */
static GMutex interned_lock;
static GHashTable *interned_numbers; /* char * -> number + 1 */
static GPtrArray *interned_texts;

/**
 * dk_text_intern:
 *
 * May be called by any thread.
 *
 * Returns: the number of @text, from 0
 */
gint64
dk_text_intern (const char *text)
{
  gint64 number;

  g_return_val_if_fail (text != NULL, 0);

  g_mutex_lock (&interned_lock);
  if (interned_texts == NULL)
    {
      interned_numbers = g_hash_table_new (g_str_hash, g_str_equal);
      interned_texts = g_ptr_array_new ();
    }
  number = (gint64) GPOINTER_TO_UINT (g_hash_table_lookup (interned_numbers, text)) - 1;
  if (number < 0)
    {
      char *copy = g_strdup (text);

      number = interned_texts->len;
      g_ptr_array_add (interned_texts, copy);
      g_hash_table_insert (interned_numbers, copy, GUINT_TO_POINTER ((guint) number + 1));
    }
  g_mutex_unlock (&interned_lock);
  return number;
}

/**
 * dk_text_lookup:
 *
 * Returns: (transfer none) (nullable): the text of @number, %NULL if it is that of none
 */
const char *
dk_text_lookup (gint64 number)
{
  const char *text = NULL;

  g_mutex_lock (&interned_lock);
  if (interned_texts != NULL && number >= 0 && number < interned_texts->len)
    text = g_ptr_array_index (interned_texts, (guint) number);
  g_mutex_unlock (&interned_lock);
  return text;
}
