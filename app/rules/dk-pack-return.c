/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returns that a pack fills in, in their editions, and which line of them a rule is. */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"

#include <string.h>

static void
free_edition (DkEdition *edition)
{
  g_free (edition->id);
  g_ptr_array_unref (edition->citations);
  g_free (edition);
}

void
dk_return_free (DkReturn *form)
{
  g_free (form->id);
  dk_text_clear (&form->title);
  g_ptr_array_unref (form->editions);
  g_free (form);
}

void
dk_return_line_free (DkReturnLine *line)
{
  g_free (line->line);
  g_free (line);
}

const DkReturnLine *
dk_item_find_return_line (const DkItem *item,
                          guint         nth,
                          gint64        day)
{
  for (guint i = 0; item->lines != NULL && i < item->lines->len; i++)
    {
      const DkReturnLine *line = g_ptr_array_index (item->lines, i);

      if (line->edition->from <= day && day <= line->edition->to && nth-- == 0)
        return line;
    }
  return NULL;
}

static const DkReturn *
find_return (const DkPack *pack,
             const char   *id)
{
  for (guint i = 0; i < pack->returns->len; i++)
    if (strcmp (((const DkReturn *) g_ptr_array_index (pack->returns, i))->id, id) == 0)
      return g_ptr_array_index (pack->returns, i);
  return NULL;
}

static const DkEdition *
find_edition (const DkReturn *form,
              const char     *id)
{
  for (guint i = 0; i < form->editions->len; i++)
    if (strcmp (((const DkEdition *) g_ptr_array_index (form->editions, i))->id, id) == 0)
      return g_ptr_array_index (form->editions, i);
  return NULL;
}

/* What an official form or its edition is called: free text, such as A107012. NULL with a problem if there is none. */
static char *
read_name (DkPackReader *self,
           const DkNode *node,
           const char   *what)
{
  const char *id = dk_node_get_string (node, "id");

  if (id != NULL && *id != '\0')
    return g_strdup (id);
  dk_problems_add (self->problems, node->place, "%s needs an id, which results print with the line", what);
  return NULL;
}

static void
read_editions (DkPackReader *self,
               const DkNode *node,
               DkReturn     *form)
{
  static const char *const keys[] = { "id", "from", "to", "source", NULL };
  gint64 last = G_MININT64;

  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      g_autofree char *id = NULL;
      DkEdition *edition;

      if (!dk_pack_expect_kind (self, one, DK_NODE_MAPPING, "an edition") || (id = read_name (self, one, "an edition")) == NULL)
        continue;
      dk_pack_check_keys (self, one, "an edition", keys);
      if (find_edition (form, id) != NULL)
        dk_problems_add (self->problems, one->place, "the return %s has the edition \"%s\" already", form->id, id);
      edition = g_new0 (DkEdition, 1);
      edition->id = g_steal_pointer (&id);
      edition->citations = dk_pack_new_citations ();
      edition->to = G_MAXINT64;
      g_ptr_array_add (form->editions, edition);
      dk_pack_read_citations (self, one, edition->citations);
      if (edition->citations->len == 0)
        dk_problems_add (self->problems, one->place, "the edition \"%s\" must say on which source it rests", edition->id);
      dk_pack_read_day (self, one, "to", &edition->to);
      if (!dk_pack_read_day (self, one, "from", &edition->from))
        {
          if (dk_node_get (one, "from") == NULL)
            dk_problems_add (self->problems, one->place, "the edition \"%s\" needs `from`, its first day", edition->id);
          continue;
        }
      if (edition->to < edition->from)
        dk_problems_add (self->problems, one->place, "the edition \"%s\" ends before it begins", edition->id);
      else if (edition->from <= last)
        dk_problems_add (self->problems, one->place, "the editions of %s overlap; the oldest comes first", form->id);
      last = edition->to;
    }
}

/* The returns, which have to be there before the rules are read. */
void
dk_pack_read_returns (DkPackReader *self,
                      const DkNode *root)
{
  static const char *const keys[] = { "id", "title", "editions", NULL };
  const DkNode *node = dk_node_get (root, "returns");

  if (node == NULL || !dk_pack_expect_kind (self, node, DK_NODE_SEQUENCE, "returns"))
    return;
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i], *editions;
      g_autofree char *id = NULL;
      DkReturn *form;

      if (!dk_pack_expect_kind (self, one, DK_NODE_MAPPING, "a return") || (id = read_name (self, one, "a return")) == NULL)
        continue;
      dk_pack_check_keys (self, one, "a return", keys);
      if (find_return (self->pack, id) != NULL)
        dk_problems_add (self->problems, one->place, "the return %s is there already", id);
      form = g_new0 (DkReturn, 1);
      form->id = g_steal_pointer (&id);
      form->editions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_edition);
      g_ptr_array_add (self->pack->returns, form);
      dk_pack_read_text (self, one, "title", TRUE, form->id, &form->title);
      editions = dk_node_get (one, "editions");
      if (editions == NULL || editions->kind != DK_NODE_SEQUENCE || editions->n_children == 0)
        dk_problems_add (self->problems, editions != NULL ? editions->place : one->place,
                         "the return %s needs `editions`, a list, each with id, from and source", form->id);
      else
        read_editions (self, editions, form);
    }
}

static void
add_line (DkItem          *item,
          const DkReturn  *form,
          const DkEdition *edition,
          const char      *text)
{
  DkReturnLine *line = g_new0 (DkReturnLine, 1);

  line->form = form;
  line->edition = edition;
  line->line = g_strdup (text);
  g_ptr_array_add (item->lines, line);
}

/* The lines in each edition of one return: a text where all editions have the same. */
static void
read_lines_of (DkPackReader   *self,
               const DkNode   *node,
               const DkReturn *form,
               DkItem         *item)
{
  if (node->kind == DK_NODE_SCALAR)
    {
      for (guint i = 0; i < form->editions->len; i++)
        add_line (item, form, g_ptr_array_index (form->editions, i), node->text);
      return;
    }
  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "the line in each edition"))
    return;
  for (guint i = 0; i < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i], *value = node->children[i + 1];
      const DkEdition *edition = find_edition (form, key->text);

      if (edition == NULL)
        dk_problems_add (self->problems, key->place, "the return %s has no edition \"%s\"", form->id, key->text);
      else if (dk_pack_expect_kind (self, value, DK_NODE_SCALAR, "a line"))
        add_line (item, form, edition, value->text);
    }
}

/* Which lines of returns a rule is: {A107012: {"2021": "34"}}. */
void
dk_pack_read_lines (DkPackReader *self,
                    const DkNode *node,
                    DkItem       *item)
{
  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "lines"))
    return;
  item->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_return_line_free);
  for (guint i = 0; i < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];
      const DkReturn *form = find_return (self->pack, key->text);

      if (form == NULL)
        dk_problems_add (self->problems, key->place, "the pack has no return \"%s\"; `returns` lists those whose lines it computes", key->text);
      else
        read_lines_of (self, node->children[i + 1], form, item);
    }
}
