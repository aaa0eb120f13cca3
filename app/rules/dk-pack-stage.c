/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pack says of the way to its programme: the rules that people look into one by one, and the steps with their usual length. */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"

#include <string.h>

/* Nothing takes longer. */
#define MAX_SPAN 999

void
dk_stage_free (DkStage *stage)
{
  g_free (stage->id);
  dk_text_clear (&stage->title);
  dk_text_clear (&stage->note);
  dk_text_clear (&stage->limit);
  g_ptr_array_unref (stage->citations);
  g_array_unref (stage->after);
  g_ptr_array_unref (stage->needs);
  dk_expr_free (stage->began);
  dk_expr_free (stage->done);
  dk_expr_free (stage->over);
  g_free (stage);
}

void
dk_pack_read_checklist (DkPackReader *self,
                        const DkNode *root)
{
  const DkNode *node = dk_node_get (root, "checklist");

  if (node == NULL || !dk_pack_expect_kind (self, node, DK_NODE_SEQUENCE, "checklist"))
    return;
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      g_autofree char *id = g_strdup_printf ("%s.%s", self->pack->id, one->kind == DK_NODE_SCALAR ? one->text : "");
      gboolean is_there = FALSE;

      /* A version may have none of them. */
      for (guint k = 0; k < self->pack->versions->len; k++)
        is_there = is_there || dk_version_find_item (g_ptr_array_index (self->pack->versions, k), id) != NULL;
      if (is_there)
        g_ptr_array_add (self->pack->checklist, g_steal_pointer (&id));
      else
        dk_problems_add (self->problems, one->place, "checklist names the rule \"%s\", which no version has", one->kind == DK_NODE_SCALAR ? one->text : "");
    }
}

/* --- Lengths --- */

static gboolean
read_unit (const char *text,
           guint       number,
           DkSpan     *span)
{
  static const struct { const char *name; guint months, days; } units[] = {
    { "day", 0, 1 }, { "days", 0, 1 }, { "week", 0, 7 }, { "weeks", 0, 7 }, { "month", 1, 0 }, { "months", 1, 0 }, { "year", 12, 0 }, { "years", 12, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (text, units[i].name) == 0)
      {
        *span = (DkSpan) { number * units[i].months, number * units[i].days };
        return TRUE;
      }
  return FALSE;
}

/* A number of at most three digits; moves @text behind it. */
static gboolean
read_number (const char **text,
             guint       *number)
{
  gsize n = strspn (*text, "0123456789");

  if (n == 0 || n > 3)
    return FALSE;
  *number = (guint) g_ascii_strtoull (*text, NULL, 10);
  *text += n;
  return *number <= MAX_SPAN;
}

/* "6 months", "2..10 weeks" */
static gboolean
parse_span (const char *text,
            DkSpan     *least,
            DkSpan     *most)
{
  guint low, high;

  if (!read_number (&text, &low))
    return FALSE;
  high = low;
  if (g_str_has_prefix (text, ".."))
    {
      text += 2;
      if (!read_number (&text, &high) || high < low)
        return FALSE;
    }
  if (*text != ' ')
    return FALSE;
  return read_unit (text + 1, low, least) && read_unit (text + 1, high, most);
}

static void
read_spans (DkPackReader *self,
            const DkNode *node,
            DkStage      *stage)
{
  const DkNode *takes = dk_node_get (node, "takes"), *overlaps = dk_node_get (node, "overlaps");
  DkSpan most;

  if (takes == NULL || takes->kind != DK_NODE_SCALAR || !parse_span (takes->text, &stage->least, &stage->most))
    dk_problems_add (self->problems, takes != NULL ? takes->place : node->place, "takes is the usual length of the step: \"2..6 months\"");
  if (overlaps != NULL && (overlaps->kind != DK_NODE_SCALAR || strstr (overlaps->text, "..") != NULL || !parse_span (overlaps->text, &stage->overlap, &most)))
    dk_problems_add (self->problems, overlaps->place, "overlaps is by how much the step may begin before those that it waits for have ended: \"6 months\"");
}

/* --- What a step names --- */

/* Steps that come before it stand above it: none can wait for itself. */
static void
read_after (DkPackReader *self,
            const DkNode *node,
            DkStage      *stage)
{
  const DkNode *after = dk_node_get (node, "after");

  if (after == NULL || !dk_pack_expect_kind (self, after, DK_NODE_SEQUENCE, "after"))
    return;
  for (guint i = 0; i < after->n_children; i++)
    {
      const DkNode *one = after->children[i];
      guint k = 0;

      while (k < self->pack->stages->len && (one->kind != DK_NODE_SCALAR
                                             || g_strcmp0 (((DkStage *) g_ptr_array_index (self->pack->stages, k))->id, one->text) != 0))
        k++;
      if (k == self->pack->stages->len)
        dk_problems_add (self->problems, one->place, "after names a step that stands above this one, which \"%s\" does not",
                         one->kind == DK_NODE_SCALAR ? one->text : "");
      else
        g_array_append_val (stage->after, k);
    }
}

static void
read_needs (DkPackReader *self,
            const DkNode *node,
            DkStage      *stage)
{
  const DkNode *needs = dk_node_get (node, "needs");

  if (needs == NULL || !dk_pack_expect_kind (self, needs, DK_NODE_SEQUENCE, "needs"))
    return;
  for (guint i = 0; i < needs->n_children; i++)
    {
      const DkNode *one = needs->children[i];
      guint k = 0;

      while (k < self->pack->materials->len && (one->kind != DK_NODE_SCALAR
                                                || g_strcmp0 (((DkNotice *) g_ptr_array_index (self->pack->materials, k))->id, one->text) != 0))
        k++;
      if (k == self->pack->materials->len)
        dk_problems_add (self->problems, one->place, "needs names materials of the pack, of which there is no \"%s\"",
                         one->kind == DK_NODE_SCALAR ? one->text : "");
      else
        g_ptr_array_add (stage->needs, g_ptr_array_index (self->pack->materials, k));
    }
}

static DkExpr *
read_day (DkPackReader *self,
          const DkNode *node,
          const char   *key)
{
  const DkNode *text = dk_node_get (node, key);

  return text != NULL ? dk_pack_read_expression (text, key, self->arena, self->problems) : NULL;
}

static void
read_stage (DkPackReader *self,
            const DkNode *node)
{
  static const char *const keys[] = { "id", "title", "note", "limit", "source", "after", "takes", "overlaps", "optional", "needs", "began", "done", "over", NULL };
  const DkNode *optional = dk_node_get (node, "optional");
  DkStage *stage = g_new0 (DkStage, 1);

  dk_pack_check_keys (self, node, "a step", keys);
  stage->place = node->place;
  stage->citations = dk_pack_new_citations ();
  stage->after = g_array_new (FALSE, FALSE, sizeof (guint));
  stage->needs = g_ptr_array_new ();
  stage->began_reg = stage->done_reg = stage->over_reg = DK_NO_REGISTER;
  stage->id = dk_pack_read_id (self, node, "a step", FALSE);
  for (guint i = 0; stage->id != NULL && i < self->pack->stages->len; i++)
    if (g_strcmp0 (((DkStage *) g_ptr_array_index (self->pack->stages, i))->id, stage->id) == 0)
      dk_problems_add (self->problems, node->place, "the step %s is there already", stage->id);
  dk_pack_read_text (self, node, "title", TRUE, "a step", &stage->title);
  dk_pack_read_text (self, node, "note", FALSE, "a step", &stage->note);
  dk_pack_read_text (self, node, "limit", FALSE, "a step", &stage->limit);
  dk_pack_read_citations (self, node, stage->citations);
  if (stage->citations->len == 0)
    dk_problems_add (self->problems, node->place, "%s must say on which source it rests", stage->id != NULL ? stage->id : "a step");
  if (optional != NULL && (optional->kind != DK_NODE_SCALAR || strcmp (optional->text, "true") != 0))
    dk_problems_add (self->problems, optional->place, "optional is true, or is left out");
  stage->is_optional = optional != NULL;
  read_spans (self, node, stage);
  read_after (self, node, stage);
  read_needs (self, node, stage);
  stage->began = read_day (self, node, "began");
  stage->done = read_day (self, node, "done");
  stage->over = read_day (self, node, "over");
  g_ptr_array_add (self->pack->stages, stage);
}

void
dk_pack_read_stages (DkPackReader *self,
                     const DkNode *root)
{
  const DkNode *node = dk_node_get (root, "steps");

  if (node == NULL || !dk_pack_expect_kind (self, node, DK_NODE_SEQUENCE, "steps"))
    return;
  for (guint i = 0; i < node->n_children; i++)
    if (dk_pack_expect_kind (self, node->children[i], DK_NODE_MAPPING, "a step"))
      read_stage (self, node->children[i]);
}
