/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise-private.h"

#include "dk-fact-value.h"

#include <string.h>

static const char *const value_keys[] = { "from", "to", "or_none", "one_of", NULL };

/* Whether a mapping is a value rather than periods. */
gboolean
dk_node_is_value (const DkNode *node)
{
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    if (g_strv_contains (value_keys, node->children[i]->text))
      return TRUE;
  return FALSE;
}

/* What is wanted of a value that is no scalar of the right type. */
static const char *
describe_wanted (const DkSymbol *fact)
{
  switch (fact->kind)
    {
    case DK_KIND_NUMBER:
      return "a number, or a range {\"from\": …, \"to\": …}";
    case DK_KIND_TRUTH:
      return "true or false without quotes";
    case DK_KIND_CHOICE:
      return "an option in quotes, or {\"one_of\": [\"…\", \"…\"]}";
    case DK_KIND_DATE:
      return "a date in quotes such as \"2019-03-04\", or a range of dates {\"from\": …, \"to\": …}";
    case DK_KIND_CODE:
      return "a code in quotes such as \"C3911\", or its first characters";
    case DK_KIND_TEXT:
    default:
      return "a text in quotes";
    }
}

static DkOutcome
refuse_node (DkValueReader  *self,
             const DkSymbol *fact,
             const DkNode   *node,
             const char     *what)
{
  if (node->kind == DK_NODE_SCALAR)
    dk_problems_add (self->problems, node->place, "%s: %s%s%s is of the wrong type; %s is wanted", what,
                     node->style == DK_SCALAR_PLAIN ? "" : "\"", node->text, node->style == DK_SCALAR_PLAIN ? "" : "\"",
                     describe_wanted (fact));
  else
    dk_problems_add (self->problems, node->place, "%s: %s is of the wrong type; %s is wanted", what,
                     node->kind == DK_NODE_SEQUENCE ? "a list" : "a mapping", describe_wanted (fact));
  return DK_OUTCOME_FAILED;
}

static DkOutcome
report (DkValueReader *self,
        const DkNode  *node,
        const char    *what,
        GError        *error)
{
  dk_problems_add (self->problems, node->place, "%s: %s", what, error->message);
  return DK_OUTCOME_FAILED;
}

/* Whether the way a scalar is written fits the kind, where the file has to be exact. */
static gboolean
is_of_type (const DkSymbol *fact,
            const DkNode   *node)
{
  gboolean is_plain = node->style == DK_SCALAR_PLAIN;
  gboolean is_word = is_plain && (strcmp (node->text, "true") == 0 || strcmp (node->text, "false") == 0);

  switch (fact->kind)
    {
    case DK_KIND_NUMBER:
      return !is_word;
    case DK_KIND_TRUTH:
      return is_word;
    default:
      return !is_plain;
    }
}

static DkOutcome
read_scalar_value (DkValueReader  *self,
                   const DkSymbol *fact,
                   const DkNode   *node,
                   const char     *what,
                   DkValue        *value)
{
  DkTextMode mode = self->mode == DK_READ_STRICT ? DK_TEXT_EXACT : DK_TEXT_FREE;
  g_autoptr(GError) error = NULL;

  if (dk_node_is_null (node))
    return DK_OUTCOME_UNKNOWN;
  if (mode == DK_TEXT_FREE && node->style == DK_SCALAR_PLAIN && strcmp (node->text, "unknown") == 0)
    return DK_OUTCOME_UNKNOWN;
  if (mode == DK_TEXT_EXACT && !is_of_type (fact, node))
    return refuse_node (self, fact, node, what);
  if (mode == DK_TEXT_EXACT && fact->kind != DK_KIND_TEXT && strcmp (node->text, "unknown") == 0)
    {
      dk_problems_add (self->problems, node->place, "%s: what is unknown is left out, or null", what);
      return DK_OUTCOME_FAILED;
    }
  return dk_fact_parse_scalar (fact, node->text, mode, value, self->arena, &error)
           ? DK_OUTCOME_VALUE : report (self, node, what, error);
}

/* One end of a range; an end that is left out is open. */
static gboolean
read_end (DkValueReader  *self,
          const DkSymbol *fact,
          const DkNode   *node,
          const char     *what,
          DkNumber       *number)
{
  DkTextMode mode = self->mode == DK_READ_STRICT ? DK_TEXT_EXACT : DK_TEXT_FREE;
  g_autoptr(GError) error = NULL;

  if (node == NULL || dk_node_is_null (node))
    return TRUE;
  if (node->kind != DK_NODE_SCALAR || (mode == DK_TEXT_EXACT && !is_of_type (fact, node)))
    return refuse_node (self, fact, node, what) == DK_OUTCOME_VALUE;
  return dk_fact_parse_end (fact, node->text, mode, number, self->arena, &error)
         || report (self, node, what, error) == DK_OUTCOME_VALUE;
}

static DkOutcome
read_range (DkValueReader  *self,
            const DkSymbol *fact,
            const DkNode   *node,
            const char     *what,
            DkValue        *value)
{
  const DkNode *from = dk_node_get (node, "from"), *to = dk_node_get (node, "to"),
    *or_none = dk_node_get (node, "or_none");
  DkNumber low = fact->domain.low, high = dk_value_high (&fact->domain);
  g_autoptr(GError) error = NULL;

  if (from == NULL && to == NULL)
    {
      dk_problems_add (self->problems, node->place, "%s: a range needs \"from\" or \"to\"", what);
      return DK_OUTCOME_FAILED;
    }
  if (!read_end (self, fact, from, what, &low) || !read_end (self, fact, to, what, &high))
    return DK_OUTCOME_FAILED;
  if (!dk_fact_make_range (fact, low, high, value, &error))
    return report (self, node, what, error);
  if (or_none != NULL && (or_none->kind != DK_NODE_SCALAR || strcmp (or_none->text, "true") != 0))
    {
      dk_problems_add (self->problems, or_none->place, "%s: \"or_none\" can only be true", what);
      return DK_OUTCOME_FAILED;
    }
  if (or_none != NULL)
    value->state |= DK_UNDEFINED;
  return DK_OUTCOME_VALUE;
}

static DkOutcome
read_one_of (DkValueReader  *self,
             const DkSymbol *fact,
             const DkNode   *mapping,
             const char     *what,
             DkValue        *value)
{
  const DkNode *list = dk_node_get (mapping, "one_of");
  guint64 bits = 0;

  if (list == NULL || list->kind != DK_NODE_SEQUENCE || list->n_children == 0)
    {
      dk_problems_add (self->problems, list != NULL ? list->place : mapping->place,
                       "%s: \"one_of\" wants a list of options", what);
      return DK_OUTCOME_FAILED;
    }
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i];
      g_autoptr(GError) error = NULL;

      if (node->kind != DK_NODE_SCALAR)
        return refuse_node (self, fact, node, what);
      if (!dk_fact_add_option (fact, node->text, &bits, &error))
        return report (self, node, what, error);
    }
  *value = DK_VALUE_CHOICE (bits);
  return DK_OUTCOME_VALUE;
}

static DkOutcome
read_mapping_value (DkValueReader  *self,
                    const DkSymbol *fact,
                    const DkNode   *node,
                    const char     *what,
                    DkValue        *value)
{
  gboolean is_choice = fact->kind == DK_KIND_CHOICE;

  if (!is_choice && fact->kind != DK_KIND_NUMBER && fact->kind != DK_KIND_DATE)
    return refuse_node (self, fact, node, what);
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];

      if (g_strv_contains (value_keys, key->text) && (strcmp (key->text, "one_of") == 0) == is_choice)
        continue;
      dk_problems_add (self->problems, key->place, "%s: \"%s\" has no place here; %s is wanted", what, key->text,
                       describe_wanted (fact));
      return DK_OUTCOME_FAILED;
    }
  return is_choice ? read_one_of (self, fact, node, what, value) : read_range (self, fact, node, what, value);
}

/* The value of a fact in one period, or of a cell. */
DkOutcome
dk_value_reader_read (DkValueReader  *self,
            const DkSymbol *fact,
            const char     *format,
            const DkNode   *node,
            const char     *what,
            DkValue        *value)
{
  DkOutcome outcome = DK_OUTCOME_FAILED;
  g_autoptr(GError) error = NULL;
  const char *message = NULL;

  switch (node->kind)
    {
    case DK_NODE_SCALAR:
      outcome = read_scalar_value (self, fact, node, what, value);
      break;
    case DK_NODE_MAPPING:
      outcome = read_mapping_value (self, fact, node, what, value);
      break;
    case DK_NODE_SEQUENCE:
    default:
      return refuse_node (self, fact, node, what);
    }
  if (outcome != DK_OUTCOME_VALUE)
    return outcome;
  if (!dk_fact_check (fact, value, TRUE, &error))
    return report (self, node, what, error);
  if (format != NULL && !dk_uscc_check (node->text, &message))
    {
      dk_problems_add (self->problems, node->place, "%s: \"%s\": %s", what, node->text, message);
      return DK_OUTCOME_FAILED;
    }
  return DK_OUTCOME_VALUE;
}
