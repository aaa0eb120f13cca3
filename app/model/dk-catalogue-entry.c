/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-catalogue"

#include "dk-catalogue-private.h"

#include "dk-suggest.h"

#include <string.h>

static const char *const text_keys[] = { "zh", "en", NULL };

/* Words that mean something else in an expression. */
static const char *const reserved[] = { "and", "or", "not", "in", "except", "if", "then", "else", "where", "as", "by",
                                        "at", "true", "false",
                                        "unknown", "undefined", "as_of", "year", "row", "days", "months", "years",
                                          "points", NULL };

gboolean
dk_entry_is_kind (DkCatalogueReader *self,
                  const DkNode      *node,
                  DkNodeKind         kind,
                  const char        *what)
{
  static const char *const wanted[] = { "a text", "a list", "a mapping of keys and values" };

  if (node->kind == kind)
    return TRUE;
  dk_problems_add (self->problems, node->place, "%s: %s is wanted", what, wanted[kind]);
  return FALSE;
}

void
dk_entry_check_keys (DkCatalogueReader        *self,
                     const DkNode             *mapping,
                     const char               *what,
                     const char        *const *keys)
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
const DkNode *
dk_entry_read_scalar (DkCatalogueReader *self,
                      const DkNode      *mapping,
                      const char        *what,
                      const char        *key,
                      gboolean           required)
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

int
dk_entry_read_word (DkCatalogueReader        *self,
                    const DkNode             *mapping,
                    const char               *what,
                    const char               *key,
                    const char        *const *words,
                    gboolean                  required)
{
  const DkNode *node = dk_entry_read_scalar (self, mapping, what, key, required);
  g_autofree char *list = NULL;

  if (node == NULL)
    return -1;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], node->text) == 0)
      return i;
  list = g_strjoinv (", ", (char **) words);
  dk_problems_add (self->problems, node->place, "%s: \"%s\" is no %s; one of %s is wanted", what, node->text, key,
                   list);
  return -1;
}

/* Whether there is a number at @key; what is none is a problem. */
gboolean
dk_entry_read_number (DkCatalogueReader *self,
                      const DkNode      *mapping,
                      const char        *what,
                      const char        *key,
                      DkNumber          *number)
{
  const DkNode *node = dk_entry_read_scalar (self, mapping, what, key, FALSE);
  g_autoptr(GError) error = NULL;

  if (node == NULL)
    return FALSE;
  if (dk_number_parse (node->text, -1, number, self->catalogue->scope->arena, &error))
    return TRUE;
  dk_problems_add (self->problems, node->place, "%s: \"%s\": \"%s\" is no number such as 0 or 0.01", what, key,
                   node->text);
  return FALSE;
}

gboolean
dk_entry_read_truth (DkCatalogueReader *self,
                     const DkNode      *mapping,
                     const char        *what,
                     const char        *key)
{
  static const char *const words[] = { "false", "true", NULL };

  return dk_entry_read_word (self, mapping, what, key, words, FALSE) == 1;
}

void
dk_entry_read_text (DkCatalogueReader *self,
                    const DkNode      *mapping,
                    const char        *what,
                    const char        *key,
                    gboolean           required,
                    DkText            *text)
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
  if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, inside))
    return;
  dk_entry_check_keys (self, node, inside, text_keys);
  zh = dk_entry_read_scalar (self, node, inside, "zh", TRUE);
  en = dk_entry_read_scalar (self, node, inside, "en", TRUE);
  text->zh = zh != NULL ? g_strdup (zh->text) : NULL;
  text->en = en != NULL ? g_strdup (en->text) : NULL;
}

/* An id, or %NULL after an error. Options of choices are no reserved words either: both stand in expressions. */
const DkNode *
dk_entry_read_id (DkCatalogueReader *self,
                  const DkNode      *mapping,
                  const char        *what)
{
  const DkNode *node = dk_entry_read_scalar (self, mapping, what, "id", TRUE);

  if (node == NULL)
    return NULL;
  for (const char *p = node->text; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && (p == node->text || (!g_ascii_isdigit (*p) && *p != '_')))
      {
        dk_problems_add (self->problems, node->place,
                         "%s: \"%s\" is no id: small letters, then also digits and _ are wanted", what, node->text);
        return NULL;
      }
  if (g_strv_contains (reserved, node->text))
    {
      dk_problems_add (self->problems, node->place,
                       "%s: \"%s\" is a word of the expression language and cannot be an id", what, node->text);
      return NULL;
    }
  return node;
}

/* The list at @key of a document, %NULL if there is none. */
const DkNode *
dk_entry_read_list (DkCatalogueReader *self,
                    const DkNode      *mapping,
                    const char        *what,
                    const char        *key,
                    gboolean           required)
{
  const DkNode *node = dk_node_get (mapping, key);
  g_autofree char *inside = g_strdup_printf ("%s: %s", what, key);

  if (node == NULL)
    {
      if (required)
        dk_problems_add (self->problems, mapping->place, "%s: the list \"%s\" is missing", what, key);
      return NULL;
    }
  return dk_entry_is_kind (self, node, DK_NODE_SEQUENCE, inside) ? node : NULL;
}

/* Keys that say nothing of the kind at hand would be overlooked in silence. */
void
dk_entry_refuse_key (DkCatalogueReader *self,
                     const DkNode      *mapping,
                     const char        *what,
                     const char        *key,
                     const char        *of_what)
{
  const DkNode *node = dk_node_get (mapping, key);

  if (node != NULL)
    dk_problems_add (self->problems, node->place, "%s: \"%s\" is only for %s", what, key, of_what);
}
