/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "plan" of an enterprise file. */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise-plan.h"

#include "dk-catalogue-private.h"
#include "dk-enterprise-private.h"
#include "dk-suggest.h"

#include <string.h>

static const char *const plan_keys[] = { "facts", "growth", "growth_of_others", NULL };

typedef struct
{
  DkEnterprise  *enterprise;
  DkValueReader *values;
  int            base_year;
} Reader;

static void
read_planned (Reader         *self,
              const DkSymbol *fact,
              DkPeriodKey     period,
              const DkNode   *node)
{
  gboolean is_growth = dk_period_equal (period, DK_PLAN_GROWTH);
  const char *format = is_growth ? NULL : dk_catalogue_get_fact_of (self->enterprise->catalogue, fact)->format;
  g_autofree char *when = dk_period_to_string (period);
  g_autofree char *what = is_growth ? g_strdup_printf ("plan: growth of %s", fact != NULL ? fact->id : "others")
                                    : g_strdup_printf ("plan: %s %s", fact->id, when);
  g_autoptr(GError) error = NULL;
  DkValue value;
  DkOutcome outcome = dk_value_reader_read (self->values, dk_planned_get_symbol (fact, period), format, node, what, &value);

  /* What nobody knows yet is not planned. */
  if (outcome == DK_OUTCOME_UNKNOWN)
    dk_enterprise_set_planned (self->enterprise, fact, period, NULL, NULL);
  else if (outcome == DK_OUTCOME_VALUE && !dk_enterprise_set_planned (self->enterprise, fact, period, &value, &error))
    dk_problems_add (self->values->problems, node->place, "plan: %s", error->message);
}

static void
read_years (Reader         *self,
            const DkSymbol *fact,
            const DkNode   *node)
{
  DkPeriod kind = fact->period != DK_PERIOD_NONE ? fact->period : DK_PERIOD_YEAR;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const char *example, *name = dk_period_describe (kind, &example);

  if (node->kind != DK_NODE_MAPPING || dk_node_is_value (node))
    {
      dk_problems_add (self->values->problems, node->place, "plan: %s: what is planned needs its %s; write {\"%s\": %s}", fact->id, name,
                       example, node->kind == DK_NODE_SCALAR ? node->text : "…");
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];
      DkPeriodKey period;
      gint64 number;

      if (!dk_period_parse (key->text, kind, self->values->mode, self->base_year, &period))
        {
          dk_problems_add (self->values->problems, key->place, "plan: %s: \"%s\" is no %s; a key such as \"%s\" is wanted", fact->id,
                           key->text, name, example);
          continue;
        }
      number = dk_period_to_key (period);
      if (!g_hash_table_add (seen, g_memdup2 (&number, sizeof number)))
        dk_problems_add (self->values->problems, key->place, "plan: %s: \"%s\" is a period that was given before", fact->id, key->text);
      else
        read_planned (self, fact, period, node->children[i + 1]);
    }
}

/* A mapping of facts: @is_growth: each with its rate, else each with its periods. */
static void
read_lines (Reader       *self,
            const DkNode *node,
            gboolean      is_growth)
{
  const DkScope *scope = self->enterprise->catalogue->scope;

  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (self->values->problems, node->place, "plan: a mapping of facts is wanted");
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i], *value = node->children[i + 1];
      const DkSymbol *fact = dk_scope_find_fact (scope, key->text);

      if (fact == NULL)
        {
          g_autofree char *hint = dk_suggest_symbol (key->text, scope->facts);

          dk_problems_add (self->values->problems, key->place, "plan: there is no fact \"%s\"%s", key->text, hint);
        }
      else if (is_growth)
        {
          read_planned (self, fact, DK_PLAN_GROWTH, value);
        }
      else if (!dk_node_is_null (value))
        {
          read_years (self, fact, value);
        }
    }
}

void
dk_plan_read (DkEnterprise  *enterprise,
              DkValueReader *values,
              int            base_year,
              const DkNode  *node)
{
  Reader self = { enterprise, values, base_year };

  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (values->problems, node->place, "plan: a mapping with \"facts\", \"growth\" and \"growth_of_others\" is wanted");
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i], *value = node->children[i + 1];
      g_autofree char *hint = NULL;

      if (strcmp (key->text, "growth_of_others") == 0)
        {
          read_planned (&self, NULL, DK_PLAN_GROWTH, value);
          continue;
        }
      if (g_strv_contains (plan_keys, key->text))
        {
          if (!dk_node_is_null (value))
            read_lines (&self, value, strcmp (key->text, "growth") == 0);
          continue;
        }
      hint = dk_suggest_word (key->text, plan_keys);
      dk_problems_add (values->problems, key->place, "plan: unknown key \"%s\"%s", key->text, hint);
    }
}
