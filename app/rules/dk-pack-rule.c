/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"

#include <string.h>

/* Groups within groups within a rule, as written. */
#define MAX_NESTING 16

/* Members of one group. */
#define MAX_MEMBERS 1000

/* Years for which one rule may stand. */
#define MAX_YEARS 10

static void
unref_row (gpointer row)
{
  if (row != NULL)
    g_ptr_array_unref (row);
}

void
dk_item_free (DkItem *item)
{
  g_free (item->id);
  dk_text_clear (&item->title);
  dk_text_clear (&item->short_title);
  dk_text_clear (&item->advice);
  dk_text_clear (&item->note);
  g_ptr_array_unref (item->citations);
  g_clear_pointer (&item->lines, g_ptr_array_unref);
  g_ptr_array_unref (item->row_citations);
  g_ptr_array_unref (item->children);
  g_ptr_array_unref (item->member_nodes);
  dk_expr_free (item->value);
  dk_expr_free (item->require);
  dk_expr_free (item->applies);
  g_clear_pointer (&item->options, g_ptr_array_unref);
  g_free (item);
}

/* A literal such as 5% or 2017-05-03 may stand plain; anything that computes must be quoted, because ": ", " #" and a
 * leading ">" mean something in YAML. */
static gboolean
may_stand_plain (const DkExpr *expr)
{
  return expr->kind == DK_EXPR_NUMBER || expr->kind == DK_EXPR_DATE || expr->kind == DK_EXPR_NAME || expr->kind == DK_EXPR_RANGE
         || (expr->kind == DK_EXPR_NEGATE && expr->args[0]->kind == DK_EXPR_NUMBER);
}

DkExpr *
dk_pack_read_expression (const DkNode *node,
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
  band->args[0] = dk_pack_read_expression (of, "of", arena, problems);
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
      gboolean is_readable = TRUE;

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
              ok = is_readable = FALSE;
            }
        }
      if (!is_readable)
        continue;
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
          out->edge = dk_pack_read_expression (edge, "the edge", arena, problems);
          ok = ok && out->edge != NULL;
        }
      out->result = dk_pack_read_expression (result, "points", arena, problems);
      ok = ok && out->result != NULL;
    }
  /* What no row takes would have no points, and nobody would have said so. */
  if (ok && band->rows[band->n_rows - 1].edge != NULL)
    {
      dk_problems_add (problems, rows->place, "the last row says what holds otherwise: {else: 0}");
      ok = FALSE;
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
  return dk_pack_read_expression (node, "value", arena, problems);
}

static void
read_rows (DkPackReader *self,
           const DkNode *points,
           DkItem       *item)
{
  static const char *const keys[] = { "of", "bands", NULL };
  const DkNode *rows = dk_node_get (points, "bands");

  dk_pack_check_keys (self, points, "points", keys);
  if (rows == NULL || rows->kind != DK_NODE_SEQUENCE)
    return;
  for (guint i = 0; i < rows->n_children; i++)
    {
      const DkNode *row = rows->children[i];
      GPtrArray *citations = NULL;
      const DkNode *certainty;

      if (row->kind == DK_NODE_MAPPING && (dk_node_get (row, "source") != NULL || dk_node_get (row, "certainty") != NULL))
        {
          citations = dk_pack_new_citations ();
          dk_pack_read_citations (self, row, citations);
          certainty = dk_node_get (row, "certainty");
          if (certainty != NULL)
            {
              DkCertainty of = DK_CERTAINTY_UNCERTAIN;

              dk_pack_read_certainty (self, certainty, &of);
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
                dk_pack_read_text (self, row, "note", FALSE, "the row", &((DkCitation *) g_ptr_array_index (citations, 0))->note);
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

static DkItem *read_item (DkPackReader *self, const DkNode *node, DkVersion *version, guint depth);
static void read_other_years (DkPackReader *self, const DkNode *node, DkVersion *version, const DkItem *first);

static void
read_members (DkPackReader *self,
              const DkNode *node,
              DkItem       *item,
              DkVersion    *version,
              guint         depth)
{
  if (!dk_pack_expect_kind (self, node, DK_NODE_SEQUENCE, "the members of a group"))
    return;
  if (node->n_children == 0)
    dk_problems_add (self->problems, node->place, "a group needs members");
  if (node->n_children > MAX_MEMBERS)
    {
      dk_problems_add (self->problems, node->place, "a group has at most %d members, not %u", MAX_MEMBERS, node->n_children);
      return;
    }
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *member = node->children[i];

      if (member->kind == DK_NODE_MAPPING)
        {
          DkItem *child = read_item (self, member, version, depth + 1);

          g_ptr_array_add (item->children, child);
          g_ptr_array_add (item->member_nodes, (gpointer) member);
          if (child != NULL)
            read_other_years (self, member, version, child);
        }
      else if (dk_pack_expect_kind (self, member, DK_NODE_SCALAR, "a member of a group"))
        {
          g_ptr_array_add (item->children, NULL); /* found once all rules are read */
          g_ptr_array_add (item->member_nodes, (gpointer) member);
        }
    }
}

gboolean
dk_pack_concerns_version (DkPackReader *self,
                          const DkNode *node,
                          DkVersion    *version)
{
  const DkNode *only = dk_node_get (node, "versions");
  gboolean found = FALSE;

  if (only == NULL)
    return TRUE;
  if (!dk_pack_expect_kind (self, only, DK_NODE_SEQUENCE, "versions"))
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

DkItem *
dk_pack_add_item (DkPackReader *self,
                  const DkNode *node,
                  DkVersion    *version,
                  const char   *id,
                  int           year)
{
  DkItem *item = g_new0 (DkItem, 1);
  const DkNode *earlier;

  item->id = strcmp (id, self->pack->id) == 0 ? g_strdup (id)
             : year == 0 ? g_strdup_printf ("%s.%s", self->pack->id, id)
                         : g_strdup_printf ("%s.%s[%d]", self->pack->id, id, year);
  item->year = year;
  item->pack = self->pack;
  item->version = version;
  item->place = dk_node_get (node, "id")->place;
  item->citations = dk_pack_new_citations ();
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

  dk_pack_read_text (self, node, "title", TRUE, item->id, &item->title);
  dk_pack_read_text (self, node, "note", FALSE, item->id, &item->note);
  dk_pack_read_text (self, node, "short", FALSE, item->id, &item->short_title);
  dk_pack_read_text (self, node, "advice", FALSE, item->id, &item->advice);
  dk_pack_read_citations (self, node, item->citations);
  return item;
}

/* @year: 0, or another one for which the rule stands */
static DkItem *
read_item_of_year (DkPackReader *self,
                   const DkNode *node,
                   DkVersion    *version,
                   guint         depth,
                   int           year)
{
  static const char *const keys[] = { "id", "title", "short", "source", "note", "advice", "applies", "versions", "value", "require", "points", "max",
                                      "total", "all", "any", "at_least", "of", "list", "warn", "choices", "years", "lines", NULL };
  static const struct { const char *key; DkItemKind kind; } kinds[] = {
    { "points", DK_ITEM_SCORE }, { "total", DK_ITEM_TOTAL }, { "all", DK_ITEM_ALL }, { "any", DK_ITEM_ANY },
    { "at_least", DK_ITEM_AT_LEAST }, { "list", DK_ITEM_LIST }, { "warn", DK_ITEM_WARNING },
  };
  g_autofree char *id = NULL;
  DkItem *item;
  const DkNode *value, *require, *applies, *max, *choices, *years, *members = NULL;
  guint n_kinds = 0;

  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "a rule"))
    return NULL;
  if (depth > MAX_NESTING)
    {
      dk_problems_add (self->problems, node->place, "rules are nested too deeply");
      return NULL;
    }
  id = dk_pack_read_id (self, node, "a rule", TRUE);
  if (id == NULL || !dk_pack_concerns_version (self, node, version))
    return NULL;
  dk_pack_check_keys (self, node, "a rule", keys);

  item = dk_pack_add_item (self, node, version, id, year);
  choices = dk_node_get (node, "choices");
  if (choices != NULL && dk_pack_expect_kind (self, choices, DK_NODE_SCALAR, "choices"))
    {
      for (guint i = 0; i < self->scope->choices->len; i++)
        if (strcmp (((DkChoices *) g_ptr_array_index (self->scope->choices, i))->id, choices->text) == 0)
          item->choices = g_ptr_array_index (self->scope->choices, i);
      if (item->choices == NULL)
        dk_problems_add (self->problems, choices->place, "there is no list of choices \"%s\"", choices->text);
    }
  if (dk_node_get (node, "lines") != NULL)
    dk_pack_read_lines (self, dk_node_get (node, "lines"), item);
  years = dk_node_get (node, "years");
  if (years != NULL && dk_pack_expect_kind (self, years, DK_NODE_SCALAR, "years"))
    {
      guint64 number = 0;

      if (!g_ascii_string_to_unsigned (years->text, 10, 2, MAX_YEARS, &number, NULL))
        dk_problems_add (self->problems, years->place, "years is how many of the last full years the rule stands for, from 2 to %d", MAX_YEARS);
      item->n_years = (guint) number;
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
                       "a rule is one of value, require, points, total, all, any, at_least, list, warn; %s is %s", item->id,
                       n_kinds == 0 ? "none of them" : "several of them");
      item->state = DK_ITEM_FAILED;
      return item;
    }
  if (item->kind == DK_ITEM_VALUE && require != NULL)
    item->kind = DK_ITEM_CRITERION;
  if (require != NULL && (item->kind == DK_ITEM_ALL || item->kind == DK_ITEM_ANY || item->kind == DK_ITEM_AT_LEAST || item->kind == DK_ITEM_LIST
                          || item->kind == DK_ITEM_WARNING))
    dk_problems_add (self->problems, require->place, "a group, a list or a warning has no `require`");
  if (years != NULL && item->kind != DK_ITEM_VALUE && item->kind != DK_ITEM_CRITERION)
    {
      dk_problems_add (self->problems, years->place, "only a rule with `value` or `require` may stand for several `years`");
      item->n_years = 0;
    }
  if (applies != NULL && item->kind == DK_ITEM_LIST)
    dk_problems_add (self->problems, applies->place, "a list has no `applies`; its members may have one each");
  if (max != NULL && item->kind != DK_ITEM_SCORE && item->kind != DK_ITEM_TOTAL)
    {
      dk_problems_add (self->problems, max->place, "only points and totals have a `max`");
      max = NULL;
    }
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
      item->require = dk_pack_read_expression (members, "warn", self->arena, self->problems);
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
        if (item->at_least > item->children->len && item->children->len > 0)
          dk_problems_add (self->problems, members->place, "at_least asks for %u of %u members", item->at_least, item->children->len);
        break;
      }
    case DK_ITEM_TOTAL:
    case DK_ITEM_ALL:
    case DK_ITEM_ANY:
    case DK_ITEM_LIST:
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
  if (require != NULL && (item->kind == DK_ITEM_CRITERION || item->kind == DK_ITEM_SCORE || item->kind == DK_ITEM_TOTAL))
    item->require = dk_pack_read_expression (require, "require", self->arena, self->problems);
  if (applies != NULL)
    item->applies = dk_pack_read_expression (applies, "applies", self->arena, self->problems);
  if ((item->value_node != NULL && item->value == NULL) || (item->kind == DK_ITEM_CRITERION && item->require == NULL)
      || (require != NULL && item->require == NULL) || (applies != NULL && item->applies == NULL)
      || (item->kind == DK_ITEM_WARNING && item->require == NULL) || (item->kind == DK_ITEM_AT_LEAST && item->at_least == 0))
    item->state = DK_ITEM_FAILED;
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
read_item (DkPackReader *self,
           const DkNode *node,
           DkVersion    *version,
           guint         depth)
{
  return read_item_of_year (self, node, version, depth, 0);
}

/* A rule that stands for several years is so many rules; what was said of the first is not said again. */
static void
read_other_years (DkPackReader *self,
                  const DkNode *node,
                  DkVersion    *version,
                  const DkItem *first)
{
  DkProblems *problems = self->problems;
  g_autoptr(DkProblems) again = dk_problems_new ();

  self->problems = again;
  for (guint i = 1; i < first->n_years; i++)
    read_item_of_year (self, node, version, 0, -(int) i);
  self->problems = problems;
}

/* Where a rule that stands for several years is a member, all its years are. */
static void
add_other_years (DkItem *group)
{
  for (guint k = 0; k < group->children->len; k++)
    {
      const DkItem *child = g_ptr_array_index (group->children, k);

      for (guint i = 1; child->year == 0 && i < child->n_years; i++)
        {
          g_autofree char *id = g_strdup_printf ("%s[-%u]", child->id, i);
          DkItem *other = dk_version_find_item (child->version, id);

          if (other == NULL)
            continue;
          g_ptr_array_insert (group->children, (int) (k + i), other);
          g_ptr_array_insert (group->member_nodes, (int) (k + i), g_ptr_array_index (group->member_nodes, k));
        }
    }
}

static void
link_members (DkPackReader *self,
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

              child = dk_version_find_item (version, whole);
              if (child == NULL)
                child = dk_version_find_item (version, node->text);
              if (child == NULL)
                dk_problems_add (self->problems, node->place, "the pack has no rule \"%s\" in version %s", node->text, version->id);
            }
          if (child != NULL && child->kind == DK_ITEM_WARNING)
            dk_problems_add (self->problems, node->place, "%s is a warning, which refuses nothing; it cannot be a member of a group", child->id);
          if (child != NULL && item->kind == DK_ITEM_TOTAL && child->kind != DK_ITEM_SCORE && child->kind != DK_ITEM_TOTAL)
            {
              dk_problems_add (self->problems, node->place, "%s has no points; a total adds up points and totals", child->id);
              item->state = DK_ITEM_FAILED;
            }
          item->children->pdata[k] = child;
        }
      for (guint k = item->children->len; k-- > 0;)
        if (g_ptr_array_index (item->children, k) == NULL)
          {
            g_ptr_array_remove_index (item->children, k);
            g_ptr_array_remove_index (item->member_nodes, k);
          }
      add_other_years (item);
    }
}

/* Lists are trees: what is a member of two would be shown where nobody looks for it, and a list within itself has no end. */
static void
check_lists (DkPackReader *self,
             DkVersion    *version)
{
  g_autoptr(GHashTable) owners = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < version->items->len; i++)
    {
      DkItem *list = g_ptr_array_index (version->items, i);

      for (guint k = 0; list->kind == DK_ITEM_LIST && k < list->children->len; k++)
        {
          DkItem *child = g_ptr_array_index (list->children, k);

          if (!g_hash_table_insert (owners, child, list))
            dk_problems_add (self->problems, ((const DkNode *) g_ptr_array_index (list->member_nodes, k))->place, "%s stands in a list already",
                             child->id);
        }
    }
  for (guint i = 0; i < version->items->len; i++)
    {
      DkItem *list = g_ptr_array_index (version->items, i);
      guint depth = 0;

      for (gpointer one = list; list->kind == DK_ITEM_LIST && one != NULL && depth <= MAX_NESTING; one = g_hash_table_lookup (owners, one))
        depth++;
      if (depth > MAX_NESTING)
        dk_problems_add (self->problems, list->place, "%s is a member of itself, or stands too deep in other lists", list->id);
    }
}

void
dk_pack_read_rules (DkPackReader *self,
                    const DkNode *common,
                    const DkNode *own,
                    DkVersion    *version)
{
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint pass = 0; pass < 2; pass++)
    {
      const DkNode *rules = pass == 0 ? common : own;

      if (rules == NULL || !dk_pack_expect_kind (self, rules, DK_NODE_SEQUENCE, "rules"))
        continue;
      for (guint i = 0; i < rules->n_children; i++)
        {
          const DkItem *item = read_item (self, rules->children[i], version, 0);

          if (item != NULL)
            read_other_years (self, rules->children[i], version, item);
        }
    }
  if (self->choices != NULL)
    dk_pack_read_choices (self, self->choices, version);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  link_members (self, version);
  check_lists (self, version);
  version->root = dk_version_find_item (version, self->pack->id);
  if (version->root == NULL)
    dk_problems_add (self->problems, version->place, "version %s has no rule \"%s\": the rule with the pack's id is the programme's verdict",
                     version->id, self->pack->id);
  else if (version->root->kind == DK_ITEM_WARNING)
    dk_problems_add (self->problems, version->root->place, "a warning cannot be the programme's verdict");
}
