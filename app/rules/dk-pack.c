/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-pack"

#include "dk-pack-private.h"

#include <string.h>

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
free_notice (DkNotice *notice)
{
  g_free (notice->id);
  dk_text_clear (&notice->title);
  dk_text_clear (&notice->note);
  g_ptr_array_unref (notice->citations);
  dk_expr_free (notice->due);
  g_free (notice);
}

static void
free_version (DkVersion *version)
{
  g_free (version->id);
  dk_text_clear (&version->note);
  g_ptr_array_unref (version->citations);
  g_ptr_array_unref (version->items);
  dk_decisions_free (version->decisions);
  g_ptr_array_unref (version->forms);
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
  g_ptr_array_unref (pack->returns);
  g_ptr_array_unref (pack->choice_lists);
  g_ptr_array_unref (pack->parameters);
  g_ptr_array_unref (pack->duties);
  g_ptr_array_unref (pack->materials);
  g_ptr_array_unref (pack->sources);
  g_free (pack->id);
  g_free (pack->kind);
  g_free (pack->reading_of);
  g_free (pack->standards);
  g_free (pack->positioning);
  g_ptr_array_unref (pack->checklist);
  g_ptr_array_unref (pack->stages);
  dk_text_clear (&pack->title);
  dk_text_clear (&pack->short_title);
  dk_text_clear (&pack->summary);
  dk_text_clear (&pack->reading);
  dk_expr_free (pack->select);
  dk_expr_free (pack->held);
  dk_expr_free (pack->held_until);
  dk_document_free (pack->document);
  g_free (pack);
}

DkItem *
dk_version_find_item (const DkVersion *version,
                      const char      *id)
{
  for (guint i = 0; i < version->items->len; i++)
    {
      DkItem *item = g_ptr_array_index (version->items, i);

      if (strcmp (item->id, id) == 0)
        return item;
    }
  return NULL;
}

gboolean
dk_pack_is_check (const DkPack *pack)
{
  return strcmp (pack->kind, "check") == 0;
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

static char *
day_text (gint64 day)
{
  return day == G_MAXINT64 ? g_strdup ("open") : dk_date_to_string (day);
}

static void
read_versions (DkPackReader *self,
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
      gboolean has_gap_error = FALSE;
      DkVersion *version;

      if (!dk_pack_expect_kind (self, one, DK_NODE_MAPPING, "a version"))
        continue;
      dk_pack_check_keys (self, one, "a version", keys);
      version = g_new0 (DkVersion, 1);
      version->place = one->place;
      version->citations = dk_pack_new_citations ();
      version->items = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_item_free);
      version->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_form_free);
      version->to = G_MAXINT64;
      g_ptr_array_add (self->pack->versions, version);
      id = dk_node_get (one, "id");
      if (id == NULL || id->kind != DK_NODE_SCALAR || *id->text == '\0')
        dk_problems_add (self->problems, one->place, "a version needs an id, such as \"2017\"");
      version->id = g_strdup (id != NULL && id->kind == DK_NODE_SCALAR ? id->text : "?");
      for (guint k = 0; k + 1 < self->pack->versions->len; k++)
        if (strcmp (((DkVersion *) g_ptr_array_index (self->pack->versions, k))->id, version->id) == 0)
          dk_problems_add (self->problems, one->place, "the version \"%s\" is there already", version->id);
      dk_pack_read_citations (self, one, version->citations);
      if (version->citations->len == 0)
        dk_problems_add (self->problems, one->place, "version %s must say on which source it rests", version->id);
      dk_pack_read_text (self, one, "note", FALSE, "the version", &version->note);
      if (!dk_pack_read_day (self, one, "from", &version->from) && dk_node_get (one, "from") == NULL)
        dk_problems_add (self->problems, one->place, "version %s needs `from`, its first day", version->id);
      dk_pack_read_day (self, one, "to", &version->to);
      gap = dk_node_get (one, "gap_before");
      if (gap != NULL && (gap->kind != DK_NODE_SCALAR || (strcmp (gap->text, "true") != 0 && strcmp (gap->text, "false") != 0)))
        {
          dk_problems_add (self->problems, gap->place, "gap_before is true or false%s%s%s", gap->kind == DK_NODE_SCALAR ? ", not \"" : "",
                           gap->kind == DK_NODE_SCALAR ? gap->text : "", gap->kind == DK_NODE_SCALAR ? "\"" : "");
          gap = NULL;
          has_gap_error = TRUE;
        }
      version->gap_before = gap != NULL && gap->text[0] == 't';
      if (version->gap_before && last == NULL)
        dk_problems_add (self->problems, gap->place, "nothing comes before version %s, so that there is no gap", version->id);
      if (version->to < version->from)
        dk_problems_add (self->problems, one->place, "version %s ends before it begins", version->id);
      if (last != NULL)
        {
          g_autofree char *end = day_text (last->to);

          if (version->from <= last->to)
            dk_problems_add (self->problems, one->place, "version %s overlaps version %s, which runs to %s; the oldest comes first", version->id, last->id, end);
          else if (version->from > last->to + 1 && !version->gap_before && !has_gap_error)
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
          dk_pack_read_rules (self, dk_node_get (root, "rules"), dk_node_get (node->children[k], "rules"), version);
    }
}

/* Official tables that show rules: of each version, once those are there. */
static void
read_forms (DkPackReader *self,
            const DkNode *root)
{
  const DkNode *node = dk_node_get (root, "forms");

  for (guint i = 0; node != NULL && i < self->pack->versions->len; i++)
    dk_pack_read_forms (self, node, g_ptr_array_index (self->pack->versions, i));
}

static void
read_sources (DkPackReader *self,
              const DkNode *root)
{
  static const char *const keys[] = { "title", "number", "certainty", "note", NULL };
  const DkNode *node = dk_node_get (root, "sources");

  if (node == NULL || !dk_pack_expect_kind (self, node, DK_NODE_MAPPING, "sources"))
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

      if (!dk_pack_expect_kind (self, value, DK_NODE_MAPPING, "a source"))
        continue;
      dk_pack_check_keys (self, value, "a source", keys);
      source = g_new0 (DkSource, 1);
      source->id = g_strdup (key->text);
      source->number = g_strdup (dk_node_get_string (value, "number"));
      source->certainty = DK_CERTAINTY_UNCERTAIN;
      dk_pack_read_text (self, value, "title", TRUE, "a source", &source->title);
      dk_pack_read_text (self, value, "note", FALSE, "a source", &source->note);
      certainty = dk_node_get (value, "certainty");
      if (certainty == NULL)
        dk_problems_add (self->problems, key->place, "source %s needs a certainty: V, V2, K or \"?\"", key->text);
      else
        dk_pack_read_certainty (self, certainty, &source->certainty);
      g_ptr_array_add (self->pack->sources, source);
    }
}

/* Reads an expression that may be there; NULL if it is not, or is wrong. */
static DkExpr *
read_expression (DkPackReader *self,
                 const DkNode *parent,
                 const char   *key)
{
  const DkNode *node = dk_node_get (parent, key);

  return node != NULL ? dk_pack_read_expression (node, key, self->arena, self->problems) : NULL;
}

static gboolean
read_flag (DkPackReader *self,
           const DkNode *parent,
           const char   *key)
{
  const DkNode *node = dk_node_get (parent, key);

  if (node != NULL && (node->kind != DK_NODE_SCALAR || strcmp (node->text, "true") != 0))
    dk_problems_add (self->problems, node->place, "%s is true, or is left out", key);
  return node != NULL;
}

static void
read_duties_or_materials (DkPackReader *self,
                          const DkNode *root,
                          const char   *key,
                          gboolean      is_duty,
                          GPtrArray    *notices)
{
  static const char *const duty_keys[] = { "id", "title", "note", "source", "due", "lock", NULL };
  static const char *const material_keys[] = { "id", "title", "note", "source", NULL };
  const DkNode *node = dk_node_get (root, key);

  if (node == NULL || !dk_pack_expect_kind (self, node, DK_NODE_SEQUENCE, key))
    return;
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      DkNotice *notice;

      if (!dk_pack_expect_kind (self, one, DK_NODE_MAPPING, key))
        continue;
      dk_pack_check_keys (self, one, key, is_duty ? duty_keys : material_keys);
      notice = g_new0 (DkNotice, 1);
      notice->citations = dk_pack_new_citations ();
      notice->due = is_duty ? read_expression (self, one, "due") : NULL;
      notice->due_reg = DK_NO_REGISTER;
      notice->is_lock = is_duty && read_flag (self, one, "lock");
      notice->id = dk_pack_read_id (self, one, key, TRUE);
      dk_pack_read_text (self, one, "title", TRUE, key, &notice->title);
      dk_pack_read_text (self, one, "note", FALSE, key, &notice->note);
      dk_pack_read_citations (self, one, notice->citations);
      if (notice->citations->len == 0)
        dk_problems_add (self->problems, one->place, "%s must say on which source it rests", notice->id != NULL ? notice->id : key);
      g_ptr_array_add (notices, notice);
    }
}

static void
read_parameter_values (DkPackReader *self,
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

      if (!dk_pack_expect_kind (self, one, DK_NODE_MAPPING, "a value of a parameter"))
        continue;
      dk_pack_check_keys (self, one, "a value of a parameter", keys);
      entry = g_new0 (DkParameterEntry, 1);
      entry->citations = dk_pack_new_citations ();
      entry->to = G_MAXINT64;
      g_ptr_array_add (parameter->entries, entry);
      dk_pack_read_citations (self, one, entry->citations);
      if (entry->citations->len == 0)
        dk_problems_add (self->problems, one->place, "a value of %s must say on which source it rests", parameter->id);
      if (!dk_pack_read_day (self, one, "from", &entry->from) && dk_node_get (one, "from") == NULL)
        dk_problems_add (self->problems, one->place, "a value of %s needs `from`, its first day", parameter->id);
      dk_pack_read_day (self, one, "to", &entry->to);
      if (entry->to < entry->from)
        dk_problems_add (self->problems, one->place, "a value of %s ends before it begins", parameter->id);
      if (entry->from <= last)
        dk_problems_add (self->problems, one->place, "the values of %s overlap; the oldest comes first", parameter->id);
      last = entry->to;
      value = dk_node_get (one, "value");
      if (value == NULL)
        {
          dk_problems_add (self->problems, one->place, "a value of %s needs `value`", parameter->id);
          continue;
        }
      expr = dk_pack_read_expression (value, "value", self->arena, self->problems);
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
read_parameters (DkPackReader *self,
                 const DkNode *root)
{
  static const char *const keys[] = { "id", "title", "unit", "values", NULL };
  const DkNode *node = dk_node_get (root, "parameters");

  if (node == NULL || !dk_pack_expect_kind (self, node, DK_NODE_SEQUENCE, "parameters"))
    return;
  for (guint i = 0; i < node->n_children; i++)
    {
      const DkNode *one = node->children[i];
      const char *unit;
      g_autofree char *id = NULL;
      DkParameter *parameter;

      if (!dk_pack_expect_kind (self, one, DK_NODE_MAPPING, "a parameter"))
        continue;
      dk_pack_check_keys (self, one, "a parameter", keys);
      id = dk_pack_read_id (self, one, "a parameter", FALSE);
      if (id == NULL)
        continue;
      parameter = g_new0 (DkParameter, 1);
      parameter->id = g_strdup_printf ("%s.%s", self->pack->id, id);
      for (guint k = 0; k < self->pack->parameters->len; k++)
        if (strcmp (((DkParameter *) g_ptr_array_index (self->pack->parameters, k))->id, parameter->id) == 0)
          dk_problems_add (self->problems, one->place, "the parameter %s is there already", id);
      parameter->place = one->place;
      parameter->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) free_entry);
      g_ptr_array_add (self->pack->parameters, parameter);
      dk_pack_read_text (self, one, "title", TRUE, parameter->id, &parameter->title);
      unit = dk_node_get_string (one, "unit");
      if (unit == NULL || !dk_unit_from_string (unit, &parameter->unit))
        dk_problems_add (self->problems, unit != NULL ? dk_node_get (one, "unit")->place : one->place, "parameter %s needs a unit: plain, yuan, ratio, count, days, months, years or points", parameter->id);
      else
        read_parameter_values (self, dk_node_get (one, "values"), parameter);
    }
}

/* The place on the ladder: a whole number from 1, and each only once a pack, which the ladder itself does not mind. */
static void
read_rung (DkPackReader *self,
           const DkNode *root)
{
  const DkNode *node = dk_node_get (root, "rung");
  guint64 rung = 0;

  if (node == NULL)
    return;
  if (node->kind != DK_NODE_SCALAR || !g_ascii_string_to_unsigned (node->text, 10, 1, 99, &rung, NULL))
    dk_problems_add (self->problems, node->place, "rung is a whole number from 1 to 99: the place on the ladder or among the boards, the lowest first");
  self->pack->rung = (guint) rung;
}

/* Whether the enterprise has the title, and for how long. */
static void
read_holding (DkPackReader *self,
              const DkNode *root)
{
  DkPack *pack = self->pack;

  pack->held_reg = pack->held_until_reg = DK_NO_REGISTER;
  pack->held = read_expression (self, root, "held");
  pack->held_until = read_expression (self, root, "held_until");
  if (dk_node_get (root, "held_until") != NULL && dk_node_get (root, "held") == NULL)
    dk_problems_add (self->problems, dk_node_get (root, "held_until")->place, "held_until goes with `held`, which says whether the title is held at all");
}

/* A rule of the pack that a key of the pack names: it has to be there in every version. */
static char *
read_rule_name (DkPackReader *self,
                const DkNode *node,
                const char   *key,
                gboolean      is_choice)
{
  g_autofree char *id = NULL;

  if (node == NULL || !dk_pack_expect_kind (self, node, DK_NODE_SCALAR, key))
    return NULL;
  id = g_strdup_printf ("%s.%s", self->pack->id, node->text);
  for (guint i = 0; i < self->pack->versions->len; i++)
    {
      const DkVersion *version = g_ptr_array_index (self->pack->versions, i);
      const DkItem *item = dk_version_find_item (version, id);

      if (item == NULL)
        dk_problems_add (self->problems, node->place, "%s names the rule \"%s\", which version %s has not", key, node->text, version->id);
      else if (is_choice && item->kind != DK_ITEM_ANY)
        dk_problems_add (self->problems, node->place, "%s is a group with `any`, which \"%s\" is not in version %s", key, node->text, version->id);
      if (item == NULL || (is_choice && item->kind != DK_ITEM_ANY))
        return NULL;
    }
  return g_steal_pointer (&id);
}

/* Standards of which one is enough, whom the programme is for, and what people can only assume. */
static void
read_standards (DkPackReader *self,
                const DkNode *root)
{
  const DkNode *assumes = dk_node_get (root, "assumes");
  const DkSymbol *fact;

  self->pack->standards = read_rule_name (self, dk_node_get (root, "standards"), "standards", TRUE);
  self->pack->positioning = read_rule_name (self, dk_node_get (root, "positioning"), "positioning", FALSE);
  if (assumes == NULL || !dk_pack_expect_kind (self, assumes, DK_NODE_SCALAR, "assumes"))
    return;
  fact = dk_scope_find_fact (self->scope, assumes->text);
  if (fact == NULL || fact->kind != DK_KIND_NUMBER || fact->period != DK_PERIOD_NONE)
    dk_problems_add (self->problems, assumes->place, "assumes is a fact that is a number without years, which \"%s\" is not", assumes->text);
  else
    self->pack->assumes = fact;
}

static const char *const kinds[] = { "certification", "listing", "incentive", "profile", "check", NULL };

gboolean
dk_pack_is_kind (const char *kind)
{
  return g_strv_contains (kinds, kind);
}

gboolean
dk_pack_is_listing (const DkPack *pack)
{
  return strcmp (pack->kind, "listing") == 0;
}

DkPack *
dk_pack_read (DkDocument    *document,
              const DkScope *scope,
              DkArena       *arena,
              DkProblems    *problems)
{
  static const char *const keys[] = { "pack", "kind", "title", "short", "summary", "rung", "standards", "positioning", "checklist", "assumes", "reading", "select",
                                      "held", "held_until", "sources", "parameters", "choices", "returns", "versions", "rules", "forms", "duties", "materials",
                                      "steps", "examples", NULL };
  static const char *const reading_keys[] = { "of", "zh", "en", NULL };
  const DkNode *root = dk_document_get_root (document);
  DkPackReader self = { .scope = scope, .arena = arena, .problems = problems };
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
  pack->returns = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_return_free);
  pack->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_version);
  pack->duties = g_ptr_array_new_with_free_func ((GDestroyNotify) free_notice);
  pack->materials = g_ptr_array_new_with_free_func ((GDestroyNotify) free_notice);
  pack->checklist = g_ptr_array_new_with_free_func (g_free);
  pack->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_stage_free);
  pack->choice_lists = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_pack_free_choice_list);
  pack->select_reg = DK_NO_REGISTER;
  if (!dk_pack_is_valid_id (pack->id, FALSE))
    dk_problems_add (problems, node->place, "\"%s\" is no id: it has small letters, digits and _, and begins with a letter", pack->id);
  dk_pack_check_keys (&self, root, "a pack", keys);
  node = dk_node_get (root, "kind");
  if (node == NULL || node->kind != DK_NODE_SCALAR || !dk_pack_is_kind (node->text))
    dk_problems_add (problems, node != NULL ? node->place : pack->place, "kind is certification, listing, incentive, profile or check");
  pack->kind = g_strdup (node != NULL && node->kind == DK_NODE_SCALAR ? node->text : "certification");
  dk_pack_read_text (&self, root, "title", TRUE, pack->id, &pack->title);
  dk_pack_read_text (&self, root, "short", FALSE, pack->id, &pack->short_title);
  dk_pack_read_text (&self, root, "summary", FALSE, pack->id, &pack->summary);
  read_rung (&self, root);
  node = dk_node_get (root, "reading");
  if (node != NULL && dk_pack_expect_kind (&self, node, DK_NODE_MAPPING, "reading"))
    {
      dk_pack_check_keys (&self, node, "reading", reading_keys);
      pack->reading_of = g_strdup (dk_node_get_string (node, "of"));
      pack->reading.zh = g_strdup (dk_node_get_string (node, "zh"));
      pack->reading.en = g_strdup (dk_node_get_string (node, "en"));
      if (g_strcmp0 (pack->reading_of, pack->id) == 0)
        dk_problems_add (problems, pack->place, "%s is a reading of itself", pack->id);
      if (pack->reading_of == NULL || pack->reading.zh == NULL || pack->reading.en == NULL)
        dk_problems_add (problems, node->place, "a reading is written {of: pack, zh: its name, en: its name}");
    }
  pack->select = read_expression (&self, root, "select");
  read_holding (&self, root);
  read_sources (&self, root);
  read_parameters (&self, root);
  self.choices = dk_node_get (root, "choices");
  dk_pack_read_returns (&self, root);
  read_versions (&self, root);
  read_standards (&self, root);
  read_forms (&self, root);
  read_duties_or_materials (&self, root, "duties", TRUE, pack->duties);
  read_duties_or_materials (&self, root, "materials", FALSE, pack->materials);
  dk_pack_read_checklist (&self, root);
  dk_pack_read_stages (&self, root);
  pack->examples = dk_node_get (root, "examples");
  if (pack->examples == NULL && !dk_document_has_last (document))
    dk_problems_add_warning (problems, pack->place, "the pack %s has no worked examples: nothing shows that its figures are right", pack->id);
  return pack;
}

int
dk_pack_compare_rungs (const DkPack *a,
                       const DkPack *b)
{
  guint low = a->rung > 0 ? a->rung : G_MAXUINT, high = b->rung > 0 ? b->rung : G_MAXUINT;

  return low < high ? -1 : low > high;
}

const char *
dk_pack_get_short_title (const DkPack *pack,
                         const char   *language)
{
  const char *title = dk_text_get (&pack->short_title, language);

  return *title != '\0' ? title : dk_text_get (&pack->title, language);
}

const char *
dk_item_get_short_title (const DkItem *item,
                         const char   *language)
{
  const char *title = dk_text_get (&item->short_title, language);

  if (*title == '\0')
    title = dk_text_get (&item->title, language);
  return *title != '\0' ? title : item->id;
}

const DkNode *
dk_pack_get_examples (const DkPack *pack,
                      DkProblems   *problems)
{
  return pack->examples != NULL ? pack->examples : dk_document_get_last (pack->document, problems);
}
