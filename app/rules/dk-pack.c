/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"

#include <string.h>

/* Groups within groups within a rule, as written. */
#define MAX_NESTING 16

typedef struct
{
  DkPack        *pack;
  const DkScope *scope;
  DkArena       *arena;
  DkProblems    *problems;
  GHashTable    *ids; /* of the version being read */
} Reader;

static void
free_source (DkSource *source)
{
  g_free (source->id);
  g_free (source->number);
  dk_text_clear (&source->title);
  dk_text_clear (&source->note);
  g_free (source);
}

static void
free_citation (DkCitation *citation)
{
  g_free (citation->article);
  dk_text_clear (&citation->note);
  g_free (citation);
}

static void
unref_row (gpointer row)
{
  if (row != NULL)
    g_ptr_array_unref (row);
}

static void
free_item (DkItem *item)
{
  g_free (item->id);
  dk_text_clear (&item->title);
  dk_text_clear (&item->advice);
  dk_text_clear (&item->note);
  g_ptr_array_unref (item->citations);
  g_ptr_array_unref (item->row_citations);
  g_ptr_array_unref (item->children);
  g_ptr_array_unref (item->member_nodes);
  dk_expr_free (item->value);
  dk_expr_free (item->require);
  dk_expr_free (item->applies);
  g_free (item);
}

static void
free_notice (DkNotice *notice)
{
  g_free (notice->id);
  dk_text_clear (&notice->title);
  dk_text_clear (&notice->note);
  g_ptr_array_unref (notice->citations);
  g_free (notice);
}

static void
free_version (DkVersion *version)
{
  g_free (version->id);
  dk_text_clear (&version->note);
  g_ptr_array_unref (version->citations);
  g_ptr_array_unref (version->items);
  g_free (version);
}

static void
free_entry (DkParameterEntry *entry)
{
  g_ptr_array_unref (entry->citations);
  g_free (entry);
}

static void
free_parameter (DkParameter *parameter)
{
  g_free (parameter->id);
  dk_text_clear (&parameter->title);
  g_ptr_array_unref (parameter->entries);
  g_free (parameter);
}

void
dk_pack_free (DkPack *pack)
{
  if (pack == NULL)
    return;
  g_ptr_array_unref (pack->versions);
  g_ptr_array_unref (pack->parameters);
  g_ptr_array_unref (pack->duties);
  g_ptr_array_unref (pack->materials);
  g_ptr_array_unref (pack->sources);
  g_free (pack->id);
  g_free (pack->kind);
  g_free (pack->reading_of);
  dk_text_clear (&pack->title);
  dk_text_clear (&pack->summary);
  dk_text_clear (&pack->reading);
  dk_expr_free (pack->select);
  dk_document_free (pack->document);
  g_free (pack);
}

DkVersion *
dk_pack_find_version (const DkPack *pack,
                      gint64        day)
{
  for (guint i = 0; i < pack->versions->len; i++)
    {
      DkVersion *version = g_ptr_array_index (pack->versions, i);

      if (version->from <= day && day <= version->to)
        return version;
    }
  return NULL;
}

const char *
dk_certainty_to_string (DkCertainty certainty)
{
  static const char *const names[] = { "V", "V2", "K", "?" };

  return names[certainty];
}

static gboolean
read_certainty (Reader       *self,
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
static void
check_keys (Reader            *self,
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

static gboolean
expect_kind (Reader       *self,
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

static void
read_text (Reader       *self,
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
  if (!expect_kind (self, node, DK_NODE_MAPPING, key))
    return;
  check_keys (self, node, key, keys);
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

static gboolean
is_valid_id (const char *id,
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

static char *
read_id (Reader       *self,
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
  if (!is_valid_id (id->text, dots))
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
read_citation (Reader       *self,
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
      check_keys (self, node, "a source", keys);
      ref = dk_node_get (node, "ref");
      certainty = dk_node_get (node, "certainty");
      if (ref == NULL)
        {
          dk_problems_add (self->problems, node->place, "a source needs a ref, such as \"r115#6(2)\"");
          return;
        }
    }
  if (!expect_kind (self, ref, DK_NODE_SCALAR, "a source"))
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
    read_certainty (self, certainty, &citation->certainty);
  if (node->kind == DK_NODE_MAPPING)
    read_text (self, node, "note", FALSE, "the source", &citation->note);
}

static GPtrArray *
new_citations (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) free_citation);
}

static void
read_citations (Reader       *self,
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

static gboolean
read_day (Reader       *self,
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

/* A literal such as 5% or 2017-05-03 may stand plain; anything that computes must be quoted, because ": ", " #" and a
 * leading ">" mean something in YAML. */
static gboolean
may_stand_plain (const DkExpr *expr)
{
  return expr->kind == DK_EXPR_NUMBER || expr->kind == DK_EXPR_DATE || expr->kind == DK_EXPR_NAME || expr->kind == DK_EXPR_RANGE
         || (expr->kind == DK_EXPR_NEGATE && expr->args[0]->kind == DK_EXPR_NUMBER);
}

static DkExpr *
read_expression (const DkNode *node,
                 const char   *what,
                 DkArena      *arena,
                 DkProblems   *problems)
{
  DkExpr *expr;

  if (node->kind != DK_NODE_SCALAR)
    {
      dk_problems_add (problems, node->place, "%s must be an expression in quotes", what);
      return NULL;
    }
  expr = dk_expr_parse (node->text, node, arena, problems);
  if (expr != NULL && node->style == DK_SCALAR_PLAIN && !may_stand_plain (expr))
    {
      dk_problems_add (problems, node->place, "put quotes around the expression: %s: \"%s\"", what, node->text);
      g_clear_pointer (&expr, dk_expr_free);
    }
  return expr;
}

/* The four edges as keys of a band's row. */
static const struct { const char *key; DkComparison op; } edges[] = {
  { "at_least", DK_GE }, { "above", DK_GT }, { "at_most", DK_LE }, { "below", DK_LT },
};

static DkExpr *
read_band (const DkNode *node,
           DkArena      *arena,
           DkProblems   *problems)
{
  const DkNode *of = dk_node_get (node, "of"), *rows = dk_node_get (node, "bands");
  g_autoptr(DkExpr) band = NULL;
  gboolean ok = TRUE;

  if (of == NULL || rows == NULL || rows->kind != DK_NODE_SEQUENCE || rows->n_children == 0)
    {
      dk_problems_add (problems, node->place, "points in bands need `of: \"what is measured\"` and a list `bands`");
      return NULL;
    }
  band = g_new0 (DkExpr, 1);
  band->kind = DK_EXPR_BAND;
  band->place = node->place;
  band->args = g_new0 (DkExpr *, 1);
  band->n_args = 1;
  band->args[0] = read_expression (of, "of", arena, problems);
  if (band->args[0] == NULL)
    {
      band->n_args = 0;
      return NULL;
    }
  band->rows = g_new0 (DkBandRow, rows->n_children);
  for (guint i = 0; i < rows->n_children; i++)
    {
      const DkNode *row = rows->children[i];
      const DkNode *edge = NULL, *result = NULL;
      DkBandRow *out = &band->rows[band->n_rows++];
      guint n_edges = 0;

      if (row->kind != DK_NODE_MAPPING)
        {
          dk_problems_add (problems, row->place, "a row of a band is written {at_least: 30%%, points: 20}");
          ok = FALSE;
          continue;
        }
      for (guint k = 0; k < row->n_children; k += 2)
        {
          const char *key = row->children[k]->text;
          gboolean known = strcmp (key, "points") == 0 || strcmp (key, "else") == 0 || strcmp (key, "source") == 0
                           || strcmp (key, "certainty") == 0 || strcmp (key, "note") == 0;

          for (guint e = 0; e < G_N_ELEMENTS (edges); e++)
            if (strcmp (key, edges[e].key) == 0)
              {
                edge = row->children[k + 1];
                out->op = edges[e].op;
                n_edges++;
                known = TRUE;
              }
          if (!known)
            {
              dk_problems_add (problems, row->children[k]->place,
                               "a row of a band has no \"%s\"; it may have at_least, above, at_most, below, points, else, source, certainty, note", key);
              ok = FALSE;
            }
        }
      result = dk_node_get (row, "else");
      if (result != NULL && (n_edges > 0 || i + 1 < rows->n_children))
        {
          dk_problems_add (problems, row->place, "else is the last row, and has no edge");
          ok = FALSE;
          continue;
        }
      if (result == NULL)
        {
          result = dk_node_get (row, "points");
          if (n_edges != 1 || result == NULL)
            {
              dk_problems_add (problems, row->place, "a row has one edge (at_least, above, at_most or below) and its points");
              ok = FALSE;
              continue;
            }
          out->edge = read_expression (edge, "the edge", arena, problems);
          ok = ok && out->edge != NULL;
        }
      out->result = read_expression (result, "points", arena, problems);
      ok = ok && out->result != NULL;
    }
  return ok ? g_steal_pointer (&band) : NULL;
}

DkExpr *
dk_pack_read_value (const DkNode *node,
                    DkArena      *arena,
                    DkProblems   *problems)
{
  if (node->kind == DK_NODE_MAPPING)
    return read_band (node, arena, problems);
  return read_expression (node, "value", arena, problems);
}

static void
read_rows (Reader       *self,
           const DkNode *points,
           DkItem       *item)
{
  static const char *const keys[] = { "of", "bands", NULL };
  const DkNode *rows = dk_node_get (points, "bands");

  check_keys (self, points, "points", keys);
  if (rows == NULL || rows->kind != DK_NODE_SEQUENCE)
    return;
  for (guint i = 0; i < rows->n_children; i++)
    {
      const DkNode *row = rows->children[i];
      GPtrArray *citations = NULL;
      const DkNode *certainty;

      if (row->kind == DK_NODE_MAPPING && (dk_node_get (row, "source") != NULL || dk_node_get (row, "certainty") != NULL))
        {
          citations = new_citations ();
          read_citations (self, row, citations);
          certainty = dk_node_get (row, "certainty");
          if (certainty != NULL)
            {
              DkCertainty of = DK_CERTAINTY_UNCERTAIN;

              read_certainty (self, certainty, &of);
              /* A row with only a certainty rests on what its rule rests on. */
              if (citations->len == 0)
                for (guint c = 0; c < item->citations->len; c++)
                  {
                    const DkCitation *from = g_ptr_array_index (item->citations, c);
                    DkCitation *copy = g_new0 (DkCitation, 1);

                    copy->source = from->source;
                    copy->article = g_strdup (from->article);
                    g_ptr_array_add (citations, copy);
                  }
              for (guint c = 0; c < citations->len; c++)
                ((DkCitation *) g_ptr_array_index (citations, c))->certainty = of;
              if (citations->len > 0)
                read_text (self, row, "note", FALSE, "the row", &((DkCitation *) g_ptr_array_index (citations, 0))->note);
            }
        }
      g_ptr_array_add (item->row_citations, citations);
    }
}

static gboolean
holds_figures (const DkExpr *expr)
{
  if (expr == NULL)
    return FALSE;
  if (expr->kind == DK_EXPR_NUMBER && dk_number_sign (expr->value) != 0 && !dk_number_equal (expr->value, DK_ONE))
    return TRUE;
  if (expr->kind == DK_EXPR_DATE)
    return TRUE;
  for (guint i = 0; i < expr->n_args; i++)
    if (holds_figures (expr->args[i]))
      return TRUE;
  for (guint i = 0; i < expr->n_rows; i++)
    if (holds_figures (expr->rows[i].edge) || holds_figures (expr->rows[i].result))
      return TRUE;
  return FALSE;
}

static DkItem *read_item (Reader *self, const DkNode *node, DkVersion *version, guint depth);

static void
read_members (Reader       *self,
              const DkNode *node,
              DkItem       *item,
              DkVersion    *version,
              guint         depth)
{
  if (!expect_kind (self, node, DK_NODE_SEQUENCE, "the members of a group"))
    return;
  if (node->n_children == 0)
    dk_problems_add (self->problems, node->place, "a group needs members");
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *member = node->children[i];

      if (member->kind == DK_NODE_MAPPING)
        {
          DkItem *child = read_item (self, member, version, depth + 1);

          if (child != NULL)
            g_ptr_array_add (item->children, child);
          else
            g_ptr_array_add (item->children, NULL);
          g_ptr_array_add (item->member_nodes, (gpointer) member);
        }
      else if (expect_kind (self, member, DK_NODE_SCALAR, "a member of a group"))
        {
          g_ptr_array_add (item->children, NULL); /* found once all rules are read */
          g_ptr_array_add (item->member_nodes, (gpointer) member);
        }
    }
}

static gboolean
concerns_version (Reader       *self,
                  const DkNode *node,
                  DkVersion    *version)
{
  const DkNode *only = dk_node_get (node, "versions");
  gboolean found = FALSE;

  if (only == NULL)
    return TRUE;
  if (!expect_kind (self, only, DK_NODE_SEQUENCE, "versions"))
    return TRUE;
  for (guint i = 0; i < only->n_children; i++)
    {
      const DkNode *id = only->children[i];
      gboolean known = FALSE;

      if (id->kind != DK_NODE_SCALAR)
        continue;
      for (guint v = 0; v < self->pack->versions->len; v++)
        known = known || strcmp (((DkVersion *) g_ptr_array_index (self->pack->versions, v))->id, id->text) == 0;
      if (!known && version == g_ptr_array_index (self->pack->versions, 0))
        dk_problems_add (self->problems, id->place, "the pack has no version \"%s\"", id->text);
      found = found || strcmp (id->text, version->id) == 0;
    }
  return found;
}

static DkItem *
read_item (Reader       *self,
           const DkNode *node,
           DkVersion    *version,
           guint         depth)
{
  static const char *const keys[] = { "id", "title", "source", "note", "advice", "applies", "versions", "value", "require", "points", "max",
                                      "total", "all", "any", "at_least", "of", "warn", "choices", NULL };
  static const struct { const char *key; DkItemKind kind; } kinds[] = {
    { "points", DK_ITEM_SCORE }, { "total", DK_ITEM_TOTAL }, { "all", DK_ITEM_ALL }, { "any", DK_ITEM_ANY },
    { "at_least", DK_ITEM_AT_LEAST }, { "warn", DK_ITEM_WARNING },
  };
  g_autofree char *id = NULL;
  DkItem *item;
  const DkNode *value, *require, *applies, *max, *choices, *members = NULL;
  const DkNode *earlier;
  guint n_kinds = 0;

  if (!expect_kind (self, node, DK_NODE_MAPPING, "a rule"))
    return NULL;
  if (depth > MAX_NESTING)
    {
      dk_problems_add (self->problems, node->place, "rules are nested too deeply");
      return NULL;
    }
  id = read_id (self, node, "a rule", TRUE);
  if (id == NULL || !concerns_version (self, node, version))
    return NULL;
  check_keys (self, node, "a rule", keys);

  item = g_new0 (DkItem, 1);
  item->id = strcmp (id, self->pack->id) == 0 ? g_strdup (id) : g_strdup_printf ("%s.%s", self->pack->id, id);
  item->pack = self->pack;
  item->version = version;
  item->place = dk_node_get (node, "id")->place;
  item->citations = new_citations ();
  item->row_citations = g_ptr_array_new_with_free_func (unref_row);
  item->children = g_ptr_array_new ();
  item->member_nodes = g_ptr_array_new ();
  item->value_reg = item->threshold_reg = item->measured_reg = item->truth_reg = item->verdict_reg = DK_NO_REGISTER;
  item->max = DK_NUMBER (-1);
  item->kind = DK_ITEM_VALUE;
  g_ptr_array_add (version->items, item);

  earlier = g_hash_table_lookup (self->ids, item->id);
  if (earlier != NULL)
    dk_problems_add (self->problems, item->place, "the rule %s is there already, in line %d", item->id, earlier->place.line);
  g_hash_table_insert (self->ids, item->id, (gpointer) node);

  read_text (self, node, "title", TRUE, item->id, &item->title);
  read_text (self, node, "note", FALSE, item->id, &item->note);
  read_text (self, node, "advice", FALSE, item->id, &item->advice);
  read_citations (self, node, item->citations);

  choices = dk_node_get (node, "choices");
  if (choices != NULL && expect_kind (self, choices, DK_NODE_SCALAR, "choices"))
    {
      for (guint i = 0; i < self->scope->choices->len; i++)
        if (strcmp (((DkChoices *) g_ptr_array_index (self->scope->choices, i))->id, choices->text) == 0)
          item->choices = g_ptr_array_index (self->scope->choices, i);
      if (item->choices == NULL)
        dk_problems_add (self->problems, choices->place, "there is no list of choices \"%s\"", choices->text);
    }
  value = dk_node_get (node, "value");
  require = dk_node_get (node, "require");
  applies = dk_node_get (node, "applies");
  max = dk_node_get (node, "max");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (dk_node_get (node, kinds[i].key) != NULL)
      {
        item->kind = kinds[i].kind;
        members = dk_node_get (node, kinds[i].key);
        n_kinds++;
      }
  if (value != NULL || (n_kinds == 0 && require != NULL))
    n_kinds++;
  if (n_kinds != 1)
    {
      dk_problems_add (self->problems, item->place,
                       "a rule is one of value, require, points, total, all, any, at_least, warn; %s is %s", item->id,
                       n_kinds == 0 ? "none of them" : "several of them");
      return item;
    }
  if (item->kind == DK_ITEM_VALUE && require != NULL)
    item->kind = DK_ITEM_CRITERION;
  if (require != NULL && (item->kind == DK_ITEM_ALL || item->kind == DK_ITEM_ANY || item->kind == DK_ITEM_AT_LEAST || item->kind == DK_ITEM_WARNING))
    dk_problems_add (self->problems, require->place, "a group or a warning has no `require`");
  if (max != NULL && item->kind != DK_ITEM_SCORE && item->kind != DK_ITEM_TOTAL)
    dk_problems_add (self->problems, max->place, "only points and totals have a `max`");
  if (dk_node_get (node, "of") != NULL && item->kind != DK_ITEM_AT_LEAST)
    dk_problems_add (self->problems, dk_node_get (node, "of")->place, "`of` goes with `at_least`");

  switch (item->kind)
    {
    case DK_ITEM_SCORE:
      item->value_node = members;
      item->value = dk_pack_read_value (members, self->arena, self->problems);
      if (members->kind == DK_NODE_MAPPING)
        read_rows (self, members, item);
      break;
    case DK_ITEM_WARNING:
      item->require = read_expression (members, "warn", self->arena, self->problems);
      break;
    case DK_ITEM_AT_LEAST:
      {
        gint64 k;
        DkNumber number;
        const DkNode *of = dk_node_get (node, "of");

        if (members->kind != DK_NODE_SCALAR || !dk_number_parse (members->text, -1, &number, self->arena, NULL)
            || !dk_number_to_int64 (number, &k) || k < 1 || k > 1000)
          dk_problems_add (self->problems, members->place, "at_least must be a whole number, with the members in `of`");
        else
          item->at_least = (guint) k;
        if (of == NULL)
          dk_problems_add (self->problems, item->place, "at_least needs its members in `of`");
        else
          read_members (self, of, item, version, depth);
        break;
      }
    case DK_ITEM_TOTAL:
    case DK_ITEM_ALL:
    case DK_ITEM_ANY:
      read_members (self, members, item, version, depth);
      break;
    default:
      if (value != NULL)
        {
          item->value_node = value;
          item->value = dk_pack_read_value (value, self->arena, self->problems);
        }
      break;
    }
  if (require != NULL && item->require == NULL)
    item->require = read_expression (require, "require", self->arena, self->problems);
  if (applies != NULL)
    item->applies = read_expression (applies, "applies", self->arena, self->problems);
  if (max != NULL)
    {
      if (max->kind != DK_NODE_SCALAR || !dk_number_parse (max->text, -1, &item->max, self->arena, NULL) || dk_number_sign (item->max) <= 0)
        dk_problems_add (self->problems, max->place, "max must be a number of points above 0");
    }
  if (item->citations->len == 0 && (holds_figures (item->value) || holds_figures (item->require) || holds_figures (item->applies) || max != NULL
                                    || item->kind == DK_ITEM_AT_LEAST))
    dk_problems_add (self->problems, item->place, "%s holds figures and must say on which source they rest", item->id);
  return item;
}

static DkItem *
find_item (DkVersion  *version,
           const char *id)
{
  for (guint i = 0; i < version->items->len; i++)
    {
      DkItem *item = g_ptr_array_index (version->items, i);

      if (strcmp (item->id, id) == 0)
        return item;
    }
  return NULL;
}

static void
link_members (Reader    *self,
              DkVersion *version)
{
  for (guint i = 0; i < version->items->len; i++)
    {
      DkItem *item = g_ptr_array_index (version->items, i);

      for (guint k = 0; k < item->children->len; k++)
        {
          const DkNode *node = g_ptr_array_index (item->member_nodes, k);
          DkItem *child = g_ptr_array_index (item->children, k);

          if (child == NULL && node->kind == DK_NODE_SCALAR)
            {
              g_autofree char *whole = g_strdup_printf ("%s.%s", self->pack->id, node->text);

              child = find_item (version, whole);
              if (child == NULL)
                child = find_item (version, node->text);
              if (child == NULL)
                dk_problems_add (self->problems, node->place, "the pack has no rule \"%s\" in version %s", node->text, version->id);
            }
          if (child != NULL && child->kind == DK_ITEM_WARNING)
            dk_problems_add (self->problems, node->place, "%s is a warning, which refuses nothing; it cannot be a member of a group", child->id);
          if (child != NULL && item->kind == DK_ITEM_TOTAL && child->kind != DK_ITEM_SCORE && child->kind != DK_ITEM_TOTAL)
            dk_problems_add (self->problems, node->place, "%s has no points; a total adds up points and totals", child->id);
          item->children->pdata[k] = child;
        }
      for (guint k = item->children->len; k-- > 0;)
        if (g_ptr_array_index (item->children, k) == NULL)
          {
            g_ptr_array_remove_index (item->children, k);
            g_ptr_array_remove_index (item->member_nodes, k);
          }
    }
}

static void
read_version_rules (Reader       *self,
                    const DkNode *common,
                    const DkNode *own,
                    DkVersion    *version)
{
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint pass = 0; pass < 2; pass++)
    {
      const DkNode *rules = pass == 0 ? common : own;

      if (rules == NULL || !expect_kind (self, rules, DK_NODE_SEQUENCE, "rules"))
        continue;
      for (guint i = 0; i < rules->n_children; i++)
        read_item (self, rules->children[i], version, 0);
    }
  g_clear_pointer (&self->ids, g_hash_table_unref);
  link_members (self, version);
  version->root = find_item (version, self->pack->id);
  if (version->root == NULL)
    dk_problems_add (self->problems, version->place, "version %s has no rule \"%s\": the rule with the pack's id is the programme's verdict",
                     version->id, self->pack->id);
  else if (version->root->kind == DK_ITEM_WARNING)
    dk_problems_add (self->problems, version->root->place, "a warning cannot be the programme's verdict");
}

static char *
day_text (gint64 day)
{
  return day == G_MAXINT64 ? g_strdup ("open") : dk_date_to_string (day);
}

static void
read_versions (Reader       *self,
               const DkNode *root)
{
  static const char *const keys[] = { "id", "from", "to", "source", "note", "gap_before", "rules", NULL };
  const DkNode *node = dk_node_get (root, "versions");
  DkVersion *last = NULL;

  if (node == NULL || node->kind != DK_NODE_SEQUENCE || node->n_children == 0)
    {
      dk_problems_add (self->problems, node != NULL ? node->place : root->place, "a pack needs a list of versions, each with id, from and source");
      return;
    }
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      const DkNode *id, *gap;
      DkVersion *version;

      if (!expect_kind (self, one, DK_NODE_MAPPING, "a version"))
        continue;
      check_keys (self, one, "a version", keys);
      version = g_new0 (DkVersion, 1);
      version->place = one->place;
      version->citations = new_citations ();
      version->items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
      version->to = G_MAXINT64;
      g_ptr_array_add (self->pack->versions, version);
      id = dk_node_get (one, "id");
      if (id == NULL || id->kind != DK_NODE_SCALAR || *id->text == '\0')
        dk_problems_add (self->problems, one->place, "a version needs an id, such as \"2017\"");
      version->id = g_strdup (id != NULL && id->kind == DK_NODE_SCALAR ? id->text : "?");
      for (guint k = 0; k + 1 < self->pack->versions->len; k++)
        if (strcmp (((DkVersion *) g_ptr_array_index (self->pack->versions, k))->id, version->id) == 0)
          dk_problems_add (self->problems, one->place, "the version \"%s\" is there already", version->id);
      read_citations (self, one, version->citations);
      if (version->citations->len == 0)
        dk_problems_add (self->problems, one->place, "version %s must say on which source it rests", version->id);
      read_text (self, one, "note", FALSE, "the version", &version->note);
      if (!read_day (self, one, "from", &version->from) && dk_node_get (one, "from") == NULL)
        dk_problems_add (self->problems, one->place, "version %s needs `from`, its first day", version->id);
      read_day (self, one, "to", &version->to);
      gap = dk_node_get (one, "gap_before");
      version->gap_before = gap != NULL && gap->kind == DK_NODE_SCALAR && strcmp (gap->text, "true") == 0;
      if (version->to < version->from)
        dk_problems_add (self->problems, one->place, "version %s ends before it begins", version->id);
      if (last != NULL)
        {
          g_autofree char *end = day_text (last->to);

          if (version->from <= last->to)
            dk_problems_add (self->problems, one->place, "version %s overlaps version %s, which runs to %s; the oldest comes first", version->id, last->id, end);
          else if (version->from > last->to + 1 && !version->gap_before)
            dk_problems_add (self->problems, one->place, "between version %s (to %s) and version %s no rule is in force; say `gap_before: true` if that is so",
                             last->id, end, version->id);
          else if (version->from == last->to + 1 && version->gap_before)
            dk_problems_add (self->problems, gap->place, "there is no gap before version %s", version->id);
        }
      last = version;
    }
  for (guint i = 0; i < self->pack->versions->len; i++)
    {
      DkVersion *version = g_ptr_array_index (self->pack->versions, i);

      for (guint k = 0; k < node->n_children; k++)
        if (node->children[k]->place.line == version->place.line && node->children[k]->place.column == version->place.column)
          read_version_rules (self, dk_node_get (root, "rules"), dk_node_get (node->children[k], "rules"), version);
    }
}

static void
read_sources (Reader       *self,
              const DkNode *root)
{
  static const char *const keys[] = { "title", "number", "certainty", "note", NULL };
  const DkNode *node = dk_node_get (root, "sources");

  if (node == NULL || !expect_kind (self, node, DK_NODE_MAPPING, "sources"))
    {
      if (node == NULL)
        dk_problems_add (self->problems, root->place, "a pack needs sources: the documents on which it rests");
      return;
    }
  for (guint i = 0; i < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i], *value = node->children[i + 1];
      const DkNode *certainty;
      DkSource *source;

      if (!expect_kind (self, value, DK_NODE_MAPPING, "a source"))
        continue;
      check_keys (self, value, "a source", keys);
      source = g_new0 (DkSource, 1);
      source->id = g_strdup (key->text);
      source->number = g_strdup (dk_node_get_string (value, "number"));
      source->certainty = DK_CERTAINTY_UNCERTAIN;
      read_text (self, value, "title", TRUE, "a source", &source->title);
      read_text (self, value, "note", FALSE, "a source", &source->note);
      certainty = dk_node_get (value, "certainty");
      if (certainty == NULL)
        dk_problems_add (self->problems, key->place, "source %s needs a certainty: V, V2, K or \"?\"", key->text);
      else
        read_certainty (self, certainty, &source->certainty);
      g_ptr_array_add (self->pack->sources, source);
    }
}

static void
read_notices (Reader       *self,
              const DkNode *root,
              const char   *key,
              GPtrArray    *notices)
{
  static const char *const keys[] = { "id", "title", "note", "source", NULL };
  const DkNode *node = dk_node_get (root, key);

  if (node == NULL || !expect_kind (self, node, DK_NODE_SEQUENCE, key))
    return;
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      DkNotice *notice;

      if (!expect_kind (self, one, DK_NODE_MAPPING, key))
        continue;
      check_keys (self, one, key, keys);
      notice = g_new0 (DkNotice, 1);
      notice->citations = new_citations ();
      notice->id = read_id (self, one, key, TRUE);
      read_text (self, one, "title", TRUE, key, &notice->title);
      read_text (self, one, "note", FALSE, key, &notice->note);
      read_citations (self, one, notice->citations);
      if (notice->citations->len == 0)
        dk_problems_add (self->problems, one->place, "%s must say on which source it rests", notice->id != NULL ? notice->id : key);
      g_ptr_array_add (notices, notice);
    }
}

static void
read_parameter_values (Reader       *self,
                       const DkNode *node,
                       DkParameter  *parameter)
{
  static const char *const keys[] = { "from", "to", "value", "source", NULL };
  gint64 last = G_MININT64;

  if (node == NULL || node->kind != DK_NODE_SEQUENCE || node->n_children == 0)
    {
      dk_problems_add (self->problems, parameter->place, "parameter %s needs a list of values, each with from and value", parameter->id);
      return;
    }
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      const DkNode *value;
      DkParameterEntry *entry;
      g_autoptr(DkExpr) expr = NULL;

      if (!expect_kind (self, one, DK_NODE_MAPPING, "a value of a parameter"))
        continue;
      check_keys (self, one, "a value of a parameter", keys);
      entry = g_new0 (DkParameterEntry, 1);
      entry->citations = new_citations ();
      entry->to = G_MAXINT64;
      g_ptr_array_add (parameter->entries, entry);
      read_citations (self, one, entry->citations);
      if (entry->citations->len == 0)
        dk_problems_add (self->problems, one->place, "a value of %s must say on which source it rests", parameter->id);
      if (!read_day (self, one, "from", &entry->from) && dk_node_get (one, "from") == NULL)
        dk_problems_add (self->problems, one->place, "a value of %s needs `from`, its first day", parameter->id);
      read_day (self, one, "to", &entry->to);
      if (entry->from <= last)
        dk_problems_add (self->problems, one->place, "the values of %s overlap; the oldest comes first", parameter->id);
      last = entry->to;
      value = dk_node_get (one, "value");
      if (value == NULL)
        {
          dk_problems_add (self->problems, one->place, "a value of %s needs `value`", parameter->id);
          continue;
        }
      expr = read_expression (value, "value", self->arena, self->problems);
      if (expr == NULL)
        continue;
      if (expr->kind == DK_EXPR_NUMBER || expr->kind == DK_EXPR_RANGE)
        {
          DkUnit unit = expr->kind == DK_EXPR_NUMBER ? expr->unit : expr->args[1]->unit;
          gboolean has_unit = expr->kind == DK_EXPR_NUMBER ? expr->has_unit : expr->args[1]->has_unit;

          entry->value = expr->kind == DK_EXPR_NUMBER ? DK_VALUE_POINT (expr->value) : DK_VALUE_RANGE (expr->args[0]->value, expr->args[1]->value);
          if (has_unit ? unit != parameter->unit
                       : parameter->unit != DK_UNIT_PLAIN && parameter->unit != DK_UNIT_COUNT && parameter->unit != DK_UNIT_POINTS)
            dk_problems_add (self->problems, value->place, "%s is measured in %s; write the value with that unit", parameter->id, dk_unit_to_string (parameter->unit));
        }
      else if (expr->kind == DK_EXPR_NAME && strcmp (expr->text, "unknown") == 0)
        entry->value = DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_INFINITY);
      else
        dk_problems_add (self->problems, value->place, "the value of a parameter is a number, a range or unknown");
    }
}

static void
read_parameters (Reader       *self,
                 const DkNode *root)
{
  static const char *const keys[] = { "id", "title", "unit", "values", NULL };
  const DkNode *node = dk_node_get (root, "parameters");

  if (node == NULL || !expect_kind (self, node, DK_NODE_SEQUENCE, "parameters"))
    return;
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      const char *unit;
      g_autofree char *id = NULL;
      DkParameter *parameter;

      if (!expect_kind (self, one, DK_NODE_MAPPING, "a parameter"))
        continue;
      check_keys (self, one, "a parameter", keys);
      id = read_id (self, one, "a parameter", FALSE);
      if (id == NULL)
        continue;
      parameter = g_new0 (DkParameter, 1);
      parameter->id = g_strdup_printf ("%s.%s", self->pack->id, id);
      parameter->place = one->place;
      parameter->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) free_entry);
      g_ptr_array_add (self->pack->parameters, parameter);
      read_text (self, one, "title", TRUE, parameter->id, &parameter->title);
      unit = dk_node_get_string (one, "unit");
      if (unit == NULL || !dk_unit_from_string (unit, &parameter->unit))
        dk_problems_add (self->problems, one->place, "parameter %s needs a unit: plain, yuan, ratio, count, days, months, years or points", parameter->id);
      read_parameter_values (self, dk_node_get (one, "values"), parameter);
    }
}

DkPack *
dk_pack_read (DkDocument    *document,
              const DkScope *scope,
              DkArena       *arena,
              DkProblems    *problems)
{
  static const char *const keys[] = { "pack", "kind", "title", "summary", "reading", "select", "sources", "parameters", "versions", "rules",
                                      "duties", "materials", "examples", NULL };
  static const char *const kinds[] = { "certification", "listing", "incentive", "profile", "check", NULL };
  static const char *const reading_keys[] = { "of", "zh", "en", NULL };
  const DkNode *root = dk_document_get_root (document);
  Reader self = { .scope = scope, .arena = arena, .problems = problems };
  DkPack *pack;
  const DkNode *node;

  if (root->kind != DK_NODE_MAPPING || (node = dk_node_get (root, "pack")) == NULL || node->kind != DK_NODE_SCALAR)
    {
      dk_problems_add (problems, root->place, "a pack begins with `pack:` and its id");
      dk_document_free (document);
      return NULL;
    }
  self.pack = pack = g_new0 (DkPack, 1);
  pack->document = document;
  pack->place = node->place;
  pack->id = g_strdup (node->text);
  pack->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) free_source);
  pack->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) free_parameter);
  pack->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_version);
  pack->duties = g_ptr_array_new_with_free_func ((GDestroyNotify) free_notice);
  pack->materials = g_ptr_array_new_with_free_func ((GDestroyNotify) free_notice);
  pack->select_reg = DK_NO_REGISTER;
  if (!is_valid_id (pack->id, FALSE))
    dk_problems_add (problems, node->place, "\"%s\" is no id: it has small letters, digits and _, and begins with a letter", pack->id);
  check_keys (&self, root, "a pack", keys);
  node = dk_node_get (root, "kind");
  if (node == NULL || node->kind != DK_NODE_SCALAR || !g_strv_contains (kinds, node->text))
    dk_problems_add (problems, node != NULL ? node->place : pack->place, "kind is certification, listing, incentive, profile or check");
  pack->kind = g_strdup (node != NULL && node->kind == DK_NODE_SCALAR ? node->text : "certification");
  read_text (&self, root, "title", TRUE, pack->id, &pack->title);
  read_text (&self, root, "summary", FALSE, pack->id, &pack->summary);
  node = dk_node_get (root, "reading");
  if (node != NULL && expect_kind (&self, node, DK_NODE_MAPPING, "reading"))
    {
      check_keys (&self, node, "reading", reading_keys);
      pack->reading_of = g_strdup (dk_node_get_string (node, "of"));
      pack->reading.zh = g_strdup (dk_node_get_string (node, "zh"));
      pack->reading.en = g_strdup (dk_node_get_string (node, "en"));
      if (pack->reading_of == NULL || pack->reading.zh == NULL || pack->reading.en == NULL)
        dk_problems_add (problems, node->place, "a reading is written {of: pack, zh: its name, en: its name}");
    }
  node = dk_node_get (root, "select");
  if (node != NULL)
    pack->select = read_expression (node, "select", arena, problems);
  read_sources (&self, root);
  read_parameters (&self, root);
  read_versions (&self, root);
  read_notices (&self, root, "duties", pack->duties);
  read_notices (&self, root, "materials", pack->materials);
  pack->examples = dk_node_get (root, "examples");
  if (pack->examples == NULL)
    dk_problems_add_warning (problems, pack->place, "the pack %s has no worked examples: nothing shows that its figures are right", pack->id);
  return pack;
}
