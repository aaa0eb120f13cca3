/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms of a pack: official tables, with a row for a rule or a fact. */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"

#include <string.h>

/* What a column may show, as packs write it, in the order of DkFormPart. */
static const char *const parts[] = { "number", "title", "period", "threshold", "value", "formula", "verdict", "evidence", "source", NULL };

/* So many years back a column or a row may go. */
#define MAX_YEARS_BACK 9

const char *
dk_form_part_to_string (DkFormPart part)
{
  return parts[part];
}

static void
free_column (DkFormColumn *column)
{
  dk_text_clear (&column->title);
  g_free (column);
}

static void
free_row (DkFormRow *row)
{
  dk_text_clear (&row->title);
  dk_text_clear (&row->period);
  g_free (row);
}

void
dk_form_free (DkForm *form)
{
  g_free (form->id);
  dk_text_clear (&form->title);
  dk_text_clear (&form->short_title);
  dk_text_clear (&form->note);
  g_ptr_array_unref (form->citations);
  g_ptr_array_unref (form->columns);
  g_ptr_array_unref (form->rows);
  g_free (form);
}

/* A year as expressions count it: 0 is the last full one. */
static int
read_year (DkPackReader *self,
           const DkNode *parent)
{
  const DkNode *node = dk_node_get (parent, "year");
  gint64 year = 0;

  if (node == NULL)
    return 0;
  if (node->kind != DK_NODE_SCALAR || !g_ascii_string_to_signed (node->text, 10, -MAX_YEARS_BACK, 0, &year, NULL))
    dk_problems_add (self->problems, node->place, "year is 0 for the last full year, -1 for the one before, down to -%d", MAX_YEARS_BACK);
  return (int) year;
}

static void
read_column (DkPackReader *self,
             const DkNode *node,
             DkForm       *form)
{
  static const char *const keys[] = { "shows", "title", "year", NULL };
  const DkNode *shows;
  DkFormColumn *column;

  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "a column"))
    return;
  dk_pack_check_keys (self, node, "a column", keys);
  column = g_new0 (DkFormColumn, 1);
  g_ptr_array_add (form->columns, column);
  dk_pack_read_text (self, node, "title", TRUE, "a column", &column->title);
  column->year = read_year (self, node);
  shows = dk_node_get (node, "shows");
  if (shows == NULL || shows->kind != DK_NODE_SCALAR || !g_strv_contains (parts, shows->text))
    {
      g_autofree char *all = g_strjoinv (", ", (char **) parts);

      dk_problems_add (self->problems, shows != NULL ? shows->place : node->place, "a column says what it shows: one of %s", all);
      return;
    }
  while (strcmp (parts[column->part], shows->text) != 0)
    column->part++;
}

/* The rule of this pack that a row shows. */
static const DkItem *
find_rule (DkPackReader *self,
           const DkNode *node,
           DkVersion    *version)
{
  g_autofree char *id = g_strdup_printf ("%s.%s", self->pack->id, node->text);
  const DkItem *item = dk_version_find_item (version, strcmp (node->text, self->pack->id) == 0 ? node->text : id);

  if (item == NULL)
    dk_problems_add (self->problems, node->place, "version %s has no rule \"%s\" to show; a rule of another pack is shown by a value of this one",
                     version->id, node->text);
  else if (item->kind == DK_ITEM_LIST || item->kind == DK_ITEM_WARNING)
    dk_problems_add (self->problems, node->place, "a row shows a value or what is judged, and \"%s\" is a %s", node->text,
                     item->kind == DK_ITEM_LIST ? "list" : "warning");
  return item;
}

static const DkSymbol *
find_fact (DkPackReader *self,
           const DkNode *node)
{
  const DkSymbol *fact = dk_scope_find_fact (self->scope, node->text);

  if (fact == NULL)
    dk_problems_add (self->problems, node->place, "there is no fact \"%s\"", node->text);
  else if (fact->period != DK_PERIOD_NONE && fact->period != DK_PERIOD_YEAR)
    dk_problems_add (self->problems, node->place, "\"%s\" is asked by quarters or months; a row shows a fact without period or of a year", node->text);
  return fact;
}

static void
read_row (DkPackReader *self,
          const DkNode *node,
          DkVersion    *version,
          DkForm       *form)
{
  static const char *const keys[] = { "rule", "fact", "heading", "title", "period", "year", NULL };
  const DkNode *rule, *fact, *heading;
  DkFormRow *row;

  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "a row"))
    return;
  dk_pack_check_keys (self, node, "a row", keys);
  rule = dk_node_get (node, "rule");
  fact = dk_node_get (node, "fact");
  heading = dk_node_get (node, "heading");
  if ((rule != NULL) + (fact != NULL) + (heading != NULL) != 1)
    {
      dk_problems_add (self->problems, node->place, "a row shows a `rule` or a `fact`, or is a `heading`");
      return;
    }
  row = g_new0 (DkFormRow, 1);
  row->place = node->place;
  g_ptr_array_add (form->rows, row);
  dk_pack_read_text (self, node, heading != NULL ? "heading" : "title", heading != NULL, "a row", &row->title);
  dk_pack_read_text (self, node, "period", FALSE, "a row", &row->period);
  row->year = read_year (self, node);
  if (rule != NULL && dk_pack_expect_kind (self, rule, DK_NODE_SCALAR, "rule"))
    row->item = find_rule (self, rule, version);
  if (fact != NULL && dk_pack_expect_kind (self, fact, DK_NODE_SCALAR, "fact"))
    row->fact = find_fact (self, fact);
}

static void
read_form (DkPackReader *self,
           const DkNode *node,
           const DkNode *columns,
           DkVersion    *version)
{
  static const char *const keys[] = { "id", "title", "short", "note", "source", "versions", "columns", "rows", NULL };
  const DkNode *rows;
  g_autofree char *id = NULL;
  DkForm *form;

  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "a form") || (id = dk_pack_read_id (self, node, "a form", FALSE)) == NULL
      || !dk_pack_concerns_version (self, node, version))
    return;
  dk_pack_check_keys (self, node, "a form", keys);
  form = g_new0 (DkForm, 1);
  form->id = g_strdup_printf ("%s.%s", self->pack->id, id);
  form->place = node->place;
  form->citations = dk_pack_new_citations ();
  form->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) free_column);
  form->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
  for (guint i = 0; i < version->forms->len; i++)
    if (strcmp (((const DkForm *) g_ptr_array_index (version->forms, i))->id, form->id) == 0)
      dk_problems_add (self->problems, node->place, "version %s has the form \"%s\" already", version->id, id);
  g_ptr_array_add (version->forms, form);
  dk_pack_read_text (self, node, "title", TRUE, form->id, &form->title);
  dk_pack_read_text (self, node, "short", FALSE, form->id, &form->short_title);
  dk_pack_read_text (self, node, "note", FALSE, form->id, &form->note);
  dk_pack_read_citations (self, node, form->citations);
  if (form->citations->len == 0)
    dk_problems_add (self->problems, node->place, "%s must say on which source it rests", form->id);

  if (columns == NULL || columns->kind != DK_NODE_SEQUENCE || columns->n_children == 0)
    dk_problems_add (self->problems, columns != NULL ? columns->place : node->place, "the form %s needs `columns`, a list", id);
  else
    for (guint i = 0; i < columns->n_children; i++)
      read_column (self, columns->children[i], form);
  rows = dk_node_get (node, "rows");
  if (rows == NULL || rows->kind != DK_NODE_SEQUENCE || rows->n_children == 0)
    dk_problems_add (self->problems, rows != NULL ? rows->place : node->place, "the form %s needs `rows`, a list", id);
  else
    for (guint i = 0; i < rows->n_children; i++)
      read_row (self, rows->children[i], version, form);
}

/* Reads the forms that @version has; its rules are there already. One without columns has those of the form above it in the file. */
void
dk_pack_read_forms (DkPackReader *self,
                    const DkNode *node,
                    DkVersion    *version)
{
  const DkNode *columns = NULL;

  if (!dk_pack_expect_kind (self, node, DK_NODE_SEQUENCE, "forms"))
    return;
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *own = node->children[i]->kind == DK_NODE_MAPPING ? dk_node_get (node->children[i], "columns") : NULL;

      columns = own != NULL ? own : columns;
      read_form (self, node->children[i], columns, version);
    }
}
