/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"

#include <string.h>

static void
free_citation (DkCitation *citation)
{
  g_free (citation->article);
  dk_text_clear (&citation->note);
  g_free (citation);
}

const char *
dk_certainty_to_string (DkCertainty certainty)
{
  static const char *const names[] = { "V", "V2", "K", "?" };

  return names[certainty];
}

gboolean
dk_pack_read_certainty (DkPackReader *self,
                        const DkNode *node,
                        DkCertainty  *certainty)
{
  for (guint i = 0; i < 4; i++)
    if (node->kind == DK_NODE_SCALAR && strcmp (node->text, dk_certainty_to_string ((DkCertainty) i)) == 0)
      {
        *certainty = (DkCertainty) i;
        return TRUE;
      }
  dk_problems_add (self->problems, node->place, "certainty is V (read), V2 (read in a secondary text), K (known) or \"?\" (uncertain)%s%s%s",
                   node->kind == DK_NODE_SCALAR ? ", not \"" : "", node->kind == DK_NODE_SCALAR ? node->text : "",
                   node->kind == DK_NODE_SCALAR ? "\"" : "");
  return FALSE;
}

/* Reports keys that mean nothing here, so that a misspelt one is not silently without effect. */
void
dk_pack_check_keys (DkPackReader            *self,
                    const DkNode      *node,
                    const char        *what,
                    const char *const *known)
{
  for (guint i = 0; i < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];

      if (!g_strv_contains (known, key->text))
        {
          g_autofree char *list = g_strjoinv (", ", (char **) known);
          dk_problems_add (self->problems, key->place, "%s has no \"%s\"; it may have %s", what, key->text, list);
        }
    }
}

gboolean
dk_pack_expect_kind (DkPackReader *self,
                     const DkNode *node,
                     DkNodeKind    kind,
                     const char   *what)
{
  static const char *const names[] = { "a text", "a list", "a mapping (key: value)" };

  if (node->kind == kind)
    return TRUE;
  dk_problems_add (self->problems, node->place, "%s must be %s, not %s", what, names[kind], names[node->kind]);
  return FALSE;
}

void
dk_pack_read_text (DkPackReader *self,
                   const DkNode *parent,
                   const char   *key,
                   gboolean      required,
                   const char   *what,
                   DkText       *text)
{
  static const char *const keys[] = { "zh", "en", NULL };
  const DkNode *node = dk_node_get (parent, key);

  if (node == NULL)
    {
      if (required)
        dk_problems_add (self->problems, parent->place, "%s needs a %s in zh and en", what, key);
      return;
    }
  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, key))
    return;
  dk_pack_check_keys (self, node, key, keys);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      const char *value = dk_node_get_string (node, keys[i]);

      if (value == NULL || *value == '\0')
        dk_problems_add (self->problems, node->place, "the %s of %s has no text in %s", key, what, keys[i]);
      else if (i == 0)
        text->zh = g_strdup (value);
      else
        text->en = g_strdup (value);
    }
}

gboolean
dk_pack_is_valid_id (const char *id,
                     gboolean    dots)
{
  gboolean start = TRUE;

  for (const char *p = id; *p != '\0'; p++)
    {
      if (*p == '.' && dots && !start && p[1] != '\0')
        {
          start = TRUE;
          continue;
        }
      if (!(g_ascii_islower (*p) || (!start && (g_ascii_isdigit (*p) || *p == '_'))))
        {
          /* Set names of the exchanges, such as STAR-1A, are ids too. */
          if (!(dots && (g_ascii_isupper (*p) || (!start && *p == '-'))))
            return FALSE;
        }
      start = FALSE;
    }
  return !start;
}

char *
dk_pack_read_id (DkPackReader *self,
                 const DkNode *node,
                 const char   *what,
                 gboolean      dots)
{
  const DkNode *id = dk_node_get (node, "id");

  if (id == NULL || id->kind != DK_NODE_SCALAR)
    {
      dk_problems_add (self->problems, node->place, "%s needs an id", what);
      return NULL;
    }
  if (!dk_pack_is_valid_id (id->text, dots))
    {
      dk_problems_add (self->problems, id->place, "\"%s\" is no id: it has small letters, digits and _, and begins with a letter", id->text);
      return NULL;
    }
  return g_strdup (id->text);
}

static const DkSource *
find_source (const DkPack *pack,
             const char   *id,
             gsize         length)
{
  for (guint i = 0; i < pack->sources->len; i++)
    {
      const DkSource *source = g_ptr_array_index (pack->sources, i);

      if (strlen (source->id) == length && strncmp (source->id, id, length) == 0)
        return source;
    }
  return NULL;
}

static void
read_citation (DkPackReader *self,
               const DkNode *node,
               GPtrArray    *citations)
{
  static const char *const keys[] = { "ref", "certainty", "note", NULL };
  const DkNode *ref = node;
  const DkNode *certainty = NULL;
  const DkSource *source;
  const char *hash;
  DkCitation *citation;

  if (node->kind == DK_NODE_MAPPING)
    {
      dk_pack_check_keys (self, node, "a source", keys);
      ref = dk_node_get (node, "ref");
      certainty = dk_node_get (node, "certainty");
      if (ref == NULL)
        {
          dk_problems_add (self->problems, node->place, "a source needs a ref, such as \"r115#6(2)\"");
          return;
        }
    }
  if (!dk_pack_expect_kind (self, ref, DK_NODE_SCALAR, "a source"))
    return;
  hash = strchr (ref->text, '#');
  source = find_source (self->pack, ref->text, hash != NULL ? (gsize) (hash - ref->text) : strlen (ref->text));
  if (source == NULL)
    {
      dk_problems_add (self->problems, ref->place, "the pack has no source \"%.*s\"",
                       hash != NULL ? (int) (hash - ref->text) : (int) strlen (ref->text), ref->text);
      return;
    }
  citation = g_new0 (DkCitation, 1);
  citation->source = source;
  citation->article = hash != NULL && hash[1] != '\0' ? g_strdup (hash + 1) : NULL;
  citation->certainty = source->certainty;
  g_ptr_array_add (citations, citation);
  if (certainty != NULL)
    dk_pack_read_certainty (self, certainty, &citation->certainty);
  if (node->kind == DK_NODE_MAPPING)
    dk_pack_read_text (self, node, "note", FALSE, "the source", &citation->note);
}

GPtrArray *
dk_pack_new_citations (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) free_citation);
}

void
dk_pack_read_citations (DkPackReader *self,
                        const DkNode *parent,
                        GPtrArray    *citations)
{
  const DkNode *node = dk_node_get (parent, "source");

  if (node == NULL)
    return;
  if (node->kind == DK_NODE_SEQUENCE)
    for (guint i = 0; i < node->n_children; i++)
      read_citation (self, node->children[i], citations);
  else
    read_citation (self, node, citations);
}

gboolean
dk_pack_read_day (DkPackReader *self,
                  const DkNode *parent,
                  const char   *key,
                  gint64       *day)
{
  const DkNode *node = dk_node_get (parent, key);

  if (node == NULL)
    return FALSE;
  if (node->kind == DK_NODE_SCALAR && dk_date_parse (node->text, -1, day))
    return TRUE;
  dk_problems_add (self->problems, node->place, "%s must be a real date such as 2026-07-15%s%s%s", key,
                   node->kind == DK_NODE_SCALAR ? ", not \"" : "", node->kind == DK_NODE_SCALAR ? node->text : "",
                   node->kind == DK_NODE_SCALAR ? "\"" : "");
  return FALSE;
}
