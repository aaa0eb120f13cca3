/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choices of a pack, as they are written. */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"
#include "dk-program-private.h"

#include <string.h>

void
dk_option_free (DkOption *option)
{
  dk_expr_free (option->when);
  dk_expr_free (option->decided);
  g_ptr_array_unref (option->citations);
  g_free (option);
}

static void
free_exclusion (DkExclusion *exclusion)
{
  g_free (exclusion->id);
  dk_text_clear (&exclusion->title);
  dk_text_clear (&exclusion->note);
  g_ptr_array_unref (exclusion->citations);
  dk_expr_free (exclusion->when);
  g_free (exclusion);
}

void
dk_decisions_free (DkDecisions *decisions)
{
  if (decisions == NULL)
    return;
  g_ptr_array_unref (decisions->choices);
  g_ptr_array_unref (decisions->exclusions);
  g_free (decisions->objective_id);
  g_free (decisions);
}

static void
free_label (DkText *label)
{
  dk_text_clear (label);
  g_free (label);
}

void
dk_pack_free_choice_list (DkChoices *list)
{
  g_free (list->id);
  g_ptr_array_unref (list->options);
  g_ptr_array_unref (list->labels);
  g_free (list);
}

/* The options of a choice are the same in all versions: one list. */
static DkChoices *
get_list (DkPackReader *self,
          const char   *id,
          gboolean     *is_new)
{
  DkChoices *list;

  for (guint i = 0; i < self->pack->choice_lists->len; i++)
    {
      list = g_ptr_array_index (self->pack->choice_lists, i);
      if (strcmp (list->id, id) == 0)
        {
          *is_new = FALSE;
          return list;
        }
    }
  list = g_new0 (DkChoices, 1);
  list->id = g_strdup (id);
  list->options = g_ptr_array_new_with_free_func (g_free);
  list->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) free_label);
  g_ptr_array_add (self->pack->choice_lists, list);
  *is_new = TRUE;
  return list;
}

/* An expression that may be there. FALSE if it is wrong. */
static gboolean
read_condition (DkPackReader *self,
                const DkNode *parent,
                const char   *key,
                DkExpr      **expr)
{
  const DkNode *node = dk_node_get (parent, key);

  *expr = node != NULL ? dk_pack_read_expression (node, key, self->arena, self->problems) : NULL;
  return node == NULL || *expr != NULL;
}

static void
read_options (DkPackReader *self,
              const DkNode *node,
              DkItem       *item)
{
  static const char *const keys[] = { "id", "title", "when", "decided", "source", NULL };
  const DkNode *options = dk_node_get (node, "options");
  gboolean is_new;
  DkChoices *list = get_list (self, item->id, &is_new);

  item->choices = list;
  if (options == NULL || options->kind != DK_NODE_SEQUENCE || options->n_children < 2)
    {
      dk_problems_add (self->problems, item->place, "the choice %s needs `options`, two or more of them", item->id);
      item->state = DK_ITEM_FAILED;
      return;
    }
  for (guint i = 0; i < options->n_children; i++)
    {
      const DkNode *one = options->children[i];
      g_autofree char *id = NULL;
      DkOption *option;

      if (!dk_pack_expect_kind (self, one, DK_NODE_MAPPING, "an option") || (id = dk_pack_read_id (self, one, "an option", FALSE)) == NULL)
        {
          item->state = DK_ITEM_FAILED;
          continue;
        }
      dk_pack_check_keys (self, one, "an option", keys);
      option = g_new0 (DkOption, 1);
      option->when_reg = option->decided_reg = DK_NO_REGISTER;
      option->citations = dk_pack_new_citations ();
      dk_pack_read_citations (self, one, option->citations);
      if (!read_condition (self, one, "when", &option->when) || !read_condition (self, one, "decided", &option->decided))
        item->state = DK_ITEM_FAILED;
      g_ptr_array_add (item->options, option);
      if (is_new)
        {
          DkText *label = g_new0 (DkText, 1);

          if (dk_choices_find (list, id) >= 0)
            dk_problems_add (self->problems, one->place, "the option %s is there already", id);
          dk_pack_read_text (self, one, "title", TRUE, id, label);
          g_ptr_array_add (list->options, g_strdup (id));
          g_ptr_array_add (list->labels, label);
        }
    }
}

static void
read_choice (DkPackReader *self,
             const DkNode *node,
             DkVersion    *version)
{
  static const char *const keys[] = { "id", "title", "source", "note", "advice", "versions", "options", NULL };
  g_autofree char *id = NULL;
  DkItem *item;

  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "a choice") || (id = dk_pack_read_id (self, node, "a choice", TRUE)) == NULL
      || !dk_pack_concerns_version (self, node, version))
    return;
  dk_pack_check_keys (self, node, "a choice", keys);
  item = dk_pack_add_item (self, node, version, id, 0);
  item->kind = DK_ITEM_CHOICE;
  item->kind_of_value = DK_KIND_CHOICE;
  item->options = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_option_free);
  read_options (self, node, item);
  g_ptr_array_add (version->decisions->choices, item);
}

static void
read_exclusion (DkPackReader *self,
                const DkNode *node,
                DkVersion    *version)
{
  static const char *const keys[] = { "id", "title", "source", "note", "versions", "when", NULL };
  g_autofree char *id = NULL;
  DkExclusion *exclusion;

  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "an exclusion")
      || (id = dk_pack_read_id (self, node, "an exclusion", TRUE)) == NULL || !dk_pack_concerns_version (self, node, version))
    return;
  dk_pack_check_keys (self, node, "an exclusion", keys);
  exclusion = g_new0 (DkExclusion, 1);
  exclusion->id = g_strdup_printf ("%s.%s", self->pack->id, id);
  exclusion->place = node->place;
  exclusion->reg = DK_NO_REGISTER;
  exclusion->citations = dk_pack_new_citations ();
  g_ptr_array_add (version->decisions->exclusions, exclusion);
  dk_pack_read_text (self, node, "title", TRUE, exclusion->id, &exclusion->title);
  dk_pack_read_text (self, node, "note", FALSE, exclusion->id, &exclusion->note);
  dk_pack_read_citations (self, node, exclusion->citations);
  if (exclusion->citations->len == 0)
    dk_problems_add (self->problems, node->place, "%s must say on which source it rests", exclusion->id);
  if (read_condition (self, node, "when", &exclusion->when) && exclusion->when == NULL)
    dk_problems_add (self->problems, node->place, "%s needs `when`: what may not go together", exclusion->id);
}

/* What the choices are made for. */
static void
read_objective (DkPackReader *self,
                const DkNode *node,
                DkDecisions  *decisions)
{
  const DkNode *least = dk_node_get (node, "least"), *most = dk_node_get (node, "most"), *objective = least != NULL ? least : most;

  decisions->place = objective != NULL ? objective->place : node->place;
  decisions->is_most = most != NULL;
  if ((least != NULL) == (most != NULL))
    dk_problems_add (self->problems, decisions->place, "choices are made for the `least` or the `most` of a value of the pack: least: tax");
  else if (dk_pack_expect_kind (self, objective, DK_NODE_SCALAR, "what is to be the least or the most"))
    decisions->objective_id = strcmp (objective->text, self->pack->id) == 0 ? g_strdup (objective->text)
                                                                           : g_strdup_printf ("%s.%s", self->pack->id, objective->text);
}

void
dk_pack_read_choices (DkPackReader *self,
                      const DkNode *node,
                      DkVersion    *version)
{
  static const char *const keys[] = { "least", "most", "of", "exclusions", NULL };
  const DkNode *of, *exclusions;
  guint n_options = 0;

  if (!dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "choices"))
    return;
  dk_pack_check_keys (self, node, "choices", keys);
  version->decisions = g_new0 (DkDecisions, 1);
  version->decisions->choices = g_ptr_array_new ();
  version->decisions->exclusions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_exclusion);
  version->decisions->combined_reg = version->decisions->objective_reg = DK_NO_REGISTER;
  read_objective (self, node, version->decisions);
  of = dk_node_get (node, "of");
  if (of == NULL)
    dk_problems_add (self->problems, node->place, "choices need `of`: a list of choices, each with its options");
  else if (dk_pack_expect_kind (self, of, DK_NODE_SEQUENCE, "the choices"))
    for (guint i = 0; i < of->n_children; i++)
      read_choice (self, of->children[i], version);
  exclusions = dk_node_get (node, "exclusions");
  if (exclusions != NULL && dk_pack_expect_kind (self, exclusions, DK_NODE_SEQUENCE, "exclusions"))
    for (guint i = 0; i < exclusions->n_children; i++)
      read_exclusion (self, exclusions->children[i], version);
  for (guint i = 0; i < version->decisions->choices->len; i++)
    n_options += ((const DkItem *) g_ptr_array_index (version->decisions->choices, i))->options->len;
  if (n_options > DK_MAX_OPTIONS)
    dk_problems_add (self->problems, node->place, "the choices of a pack have at most %d options together, not %u", DK_MAX_OPTIONS, n_options);
}
