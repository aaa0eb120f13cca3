/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few names that the packs of these tests may use. */
#pragma once

#include "dk-scope.h"

static inline DkSymbol *
names_add_fact (DkScope    *scope,
                const char *id,
                DkKind      kind,
                DkUnit      unit,
                DkPeriod    period)
{
  DkSymbol *fact = dk_symbol_new (id, kind, unit, period);

  dk_scope_take_fact (scope, fact);
  return fact;
}

static inline void
names_add_register (DkScope    *scope,
                    const char *id,
                    DkSymbol   *columns[],
                    guint       n)
{
  DkRegister *reg = dk_register_new (id);

  for (guint i = 0; i < n; i++)
    {
      columns[i]->index = i;
      g_ptr_array_add (reg->columns, columns[i]);
    }
  g_ptr_array_add (scope->registers, reg);
}

static inline DkScope *
names_new (void)
{
  static const char *const options[] = { "micro", "small", "medium", "large" };
  static const char *const codes[] = { "C13", "C16", "C39", "C391", "C392", "I65" };
  DkScope *scope = dk_scope_new ();
  DkChoices *choices = g_new0 (DkChoices, 1);
  DkCodes *table = g_new0 (DkCodes, 1);
  DkSymbol *ip[4], *products[2];
  DkSymbol *fact;

  choices->id = g_strdup ("size_class");
  choices->options = g_ptr_array_new ();
  choices->labels = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_ptr_array_add (choices->options, g_strdup (options[i]));
      g_ptr_array_add (choices->labels, g_new0 (DkText, 1));
    }
  g_ptr_array_add (scope->choices, choices);
  table->id = g_strdup ("gbt4754");
  table->codes = g_ptr_array_new ();
  table->labels = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_ptr_array_add (table->codes, g_strdup (codes[i]));
      g_ptr_array_add (table->labels, g_new0 (DkText, 1));
    }
  g_ptr_array_add (scope->codes, table);

  names_add_fact (scope, "staff", DK_KIND_NUMBER, DK_UNIT_COUNT, DK_PERIOD_YEAR);
  names_add_fact (scope, "staff_now", DK_KIND_NUMBER, DK_UNIT_COUNT, DK_PERIOD_NONE);
  names_add_fact (scope, "revenue", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_YEAR);
  names_add_fact (scope, "rd", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_YEAR);
  names_add_fact (scope, "turnover", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_QUARTER);
  names_add_fact (scope, "resident", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  names_add_fact (scope, "founded", DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  names_add_fact (scope, "town", DK_KIND_TEXT, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fact = names_add_fact (scope, "class", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fact->choices = choices;
  fact->domain = DK_VALUE_CHOICE (15);
  fact = names_add_fact (scope, "industry", DK_KIND_CODE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  fact->codes = table;
  fact->domain = DK_VALUE_RANGE (DK_ZERO, DK_NUMBER (G_N_ELEMENTS (codes) - 1));

  ip[0] = dk_symbol_new ("kind", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  ip[0]->choices = choices;
  ip[1] = dk_symbol_new ("cost", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_NONE);
  ip[2] = dk_symbol_new ("granted_on", DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  ip[3] = dk_symbol_new ("product", DK_KIND_TEXT, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  names_add_register (scope, "ip", ip, G_N_ELEMENTS (ip));
  products[0] = dk_symbol_new ("id", DK_KIND_TEXT, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  products[1] = dk_symbol_new ("sales", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_NONE);
  names_add_register (scope, "products", products, G_N_ELEMENTS (products));
  return scope;
}
