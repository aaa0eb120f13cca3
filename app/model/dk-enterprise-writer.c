/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Written by hand rather than by a JSON library: those keep numbers as doubles, and a figure of the law is exact. */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise.h"

#include "dk-catalogue-private.h"
#include "dk-enterprise-note.h"
#include "dk-enterprise-plan.h"
#include "dk-enterprise-private.h"
#include "dk-fact-value.h"

#include <string.h>

void
dk_json_append_string (GString    *json,
                       const char *text)
{
  const char *run = text; /* what is written as it is, in one go */

  g_string_append_c (json, '"');
  for (const char *p = text;; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (json, run, p - run);
      run = p + 1;
      if (c == '\0')
        break;
      if (c == '"' || c == '\\')
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, *p);
        }
      else if (c == '\n')
        g_string_append (json, "\\n");
      else if (c == '\t')
        g_string_append (json, "\\t");
      else
        g_string_append_printf (json, "\\u%04x", (guint) c);
    }
  g_string_append_c (json, '"');
}

static void
write_end (GString        *json,
           const DkSymbol *fact,
           DkNumber        number)
{
  g_autofree char *text = dk_fact_end_to_string (fact, number);

  /* A third has no decimals: it stands in quotes as 1/3. */
  if (fact->kind == DK_KIND_DATE || strchr (text, '/') != NULL)
    dk_json_append_string (json, text);
  else
    g_string_append (json, text);
}

/* A number or date that is not just one: {"from": 45, "to": 55, "or_none": true}. */
static void
write_range (GString        *json,
             const DkSymbol *fact,
             const DkValue  *value)
{
  const char *separator = "";

  g_string_append_c (json, '{');
  if (dk_number_is_finite (value->low))
    {
      g_string_append (json, "\"from\": ");
      write_end (json, fact, value->low);
      separator = ", ";
    }
  if (dk_number_is_finite (dk_value_high (value)))
    {
      g_string_append_printf (json, "%s\"to\": ", separator);
      write_end (json, fact, dk_value_high (value));
      separator = ", ";
    }
  if (value->state & DK_UNDEFINED)
    g_string_append_printf (json, "%s\"or_none\": true", separator);
  g_string_append_c (json, '}');
}

static void
write_choice (GString        *json,
              const DkSymbol *fact,
              const DkValue  *value)
{
  guint64 bits = (guint64) value->low.num;
  gboolean is_one = (bits & (bits - 1)) == 0;
  const char *separator = "";

  g_string_append (json, is_one ? "" : "{\"one_of\": [");
  for (guint i = 0; i < fact->choices->options->len; i++)
    if (bits >> i & 1)
      {
        g_string_append (json, separator);
        dk_json_append_string (json, g_ptr_array_index (fact->choices->options, i));
        separator = ", ";
      }
  g_string_append (json, is_one ? "" : "]}");
}

static void
write_value (GString        *json,
             const DkSymbol *fact,
             const DkValue  *value)
{
  g_autofree char *text = NULL;

  if (fact->kind == DK_KIND_CHOICE)
    {
      write_choice (json, fact, value);
    }
  else if ((fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE) && value->state & (DK_POINT | DK_RANGE))
    {
      if (value->state == DK_POINT)
        write_end (json, fact, value->low);
      else
        write_range (json, fact, value);
    }
  else
    {
      text = dk_fact_value_to_string (fact, value);
      if (fact->kind == DK_KIND_TRUTH)
        g_string_append (json, text);
      else
        dk_json_append_string (json, text);
    }
}

/**
 * dk_fact_value_to_json:
 * @fact: a fact, or a column of a register
 * @value: a value of it
 *
 * Writes one value as it stands in an enterprise file: exact, on one line.
 *
 * Returns: (transfer full): the JSON text
 */
char *
dk_fact_value_to_json (const DkSymbol *fact,
                       const DkValue  *value)
{
  GString *json = g_string_new (NULL);

  write_value (json, fact, value);
  return g_string_free (json, FALSE);
}

char *
dk_cell_to_json (const DkSymbol *column,
                 const DkValue  *cell)
{
  if (cell->state & DK_UNANSWERED)
    return g_strdup ("null");
  /* A cell that holds all that its column may hold says nothing. */
  if (dk_value_equal (cell, &column->domain, column->kind) && !dk_value_is_point (cell))
    return NULL;
  return dk_fact_value_to_json (column, cell);
}

static void
write_answer (GString        *json,
              const DkSymbol *fact,
              const DkAnswer *answer)
{
  if (dk_answer_is_unknown (answer))
    g_string_append (json, "null");
  else
    write_value (json, fact, &answer->value);
}

static void
write_fact (GString         *json,
            const DkSymbol  *fact,
            const DkAnswers *answers)
{
  if (fact->period == DK_PERIOD_NONE)
    {
      write_answer (json, fact, &answers->answers[0]);
      return;
    }
  g_string_append_c (json, '{');
  for (guint i = 0; i < answers->n_answers; i++)
    {
      g_autofree char *when = dk_period_to_string (dk_period_from_key (answers->answers[i].key));

      g_string_append_printf (json, "%s\"%s\": ", i > 0 ? ", " : "", when);
      write_answer (json, fact, &answers->answers[i]);
    }
  g_string_append_c (json, '}');
}

/* What each source says, a mapping like that of the answers. */
static void
write_sources (GString            *json,
               const DkEnterprise *enterprise)
{
  const DkChoices *sources = enterprise->catalogue->sources;
  const GPtrArray *facts = enterprise->catalogue->scope->facts;
  const char *before = ",\n  \"sources\": {\n";
  gboolean has_any = FALSE;

  for (guint source = 0; sources != NULL && source < sources->options->len; source++)
    {
      const char *separator = "";

      for (guint i = 0; i < facts->len; i++)
        {
          const DkSymbol *fact = g_ptr_array_index (facts, i);
          const DkAnswers *figures = &enterprise->figures[i];
          g_autofree DkAnswer *own = g_new (DkAnswer, figures->n_answers + 1);
          DkAnswers said = { own, 0 };

          for (guint j = 0; j < figures->n_answers; j++)
            if (figures->answers[j].key % DK_MAX_SOURCES == source)
              own[said.n_answers++] = (DkAnswer) { figures->answers[j].key / DK_MAX_SOURCES, figures->answers[j].value };
          if (said.n_answers == 0)
            continue;
          if (*separator == '\0')
            {
              g_string_append (json, before);
              g_string_append (json, "    ");
              dk_json_append_string (json, g_ptr_array_index (sources->options, source));
              g_string_append (json, ": {");
              before = ",\n";
              has_any = TRUE;
            }
          g_string_append_printf (json, "%s\n      \"%s\": ", separator, fact->id);
          write_fact (json, fact, &said);
          separator = ",";
        }
      if (*separator != '\0')
        g_string_append (json, "\n    }");
    }
  if (has_any)
    g_string_append (json, "\n  }");
}

/* @growth: the rates of growth, one a fact; else what is planned by period. */
static void
write_plan_lines (GString            *json,
                  const DkEnterprise *enterprise,
                  const char         *key,
                  gboolean            growth,
                  const char        **separator)
{
  const GPtrArray *facts = enterprise->catalogue->scope->facts;
  const char *before = "";

  for (guint i = 0; i < enterprise->catalogue->facts->len; i++)
    {
      const DkSymbol *fact = g_ptr_array_index (facts, i);
      const DkAnswers *plans = &enterprise->plans[i];
      gboolean has_growth = plans->n_answers > 0 && plans->answers[0].key == 0;

      if (growth ? !has_growth : plans->n_answers == has_growth)
        continue;
      if (*before == '\0')
        g_string_append_printf (json, "%s\n    \"%s\": {", *separator, key);
      g_string_append_printf (json, "%s\n      \"%s\": ", before, fact->id);
      before = ",";
      if (growth)
        {
          write_value (json, dk_planned_get_symbol (fact, DK_PLAN_GROWTH), &plans->answers[0].value);
          continue;
        }
      for (guint j = has_growth; j < plans->n_answers; j++)
        {
          g_autofree char *when = dk_period_to_string (dk_period_from_key (plans->answers[j].key));

          g_string_append_printf (json, "%s\"%s\": ", j > has_growth ? ", " : "{", when);
          write_value (json, fact, &plans->answers[j].value);
        }
      g_string_append_c (json, '}');
    }
  if (*before == '\0')
    return;
  g_string_append (json, "\n    }");
  *separator = ",";
}

static void
write_plan (GString            *json,
            const DkEnterprise *enterprise)
{
  const DkAnswers *others = &enterprise->plans[enterprise->catalogue->facts->len];
  gsize before = json->len;
  const char *separator = ",\n  \"plan\": {";

  write_plan_lines (json, enterprise, "facts", FALSE, &separator);
  write_plan_lines (json, enterprise, "growth", TRUE, &separator);
  if (others->n_answers > 0)
    {
      g_string_append_printf (json, "%s\n    \"growth_of_others\": ", separator);
      write_value (json, dk_planned_get_symbol (NULL, DK_PLAN_GROWTH), &others->answers[0].value);
    }
  if (json->len > before)
    g_string_append (json, "\n  }");
}

static void
write_rows (GString          *json,
            const DkRegister *reg,
            const DkRows     *rows)
{
  g_string_append_c (json, '{');
  if (rows->is_complete || rows->is_partial)
    g_string_append_printf (json, "\"complete\": %s, ", rows->is_complete ? "true" : "false");
  g_string_append (json, "\"rows\": [");
  for (guint i = 0; i < rows->n_rows; i++)
    {
      const char *separator = "";

      g_string_append (json, i > 0 ? ",\n      {" : "\n      {");
      for (guint j = 0; j < reg->columns->len; j++)
        {
          const DkSymbol *column = g_ptr_array_index (reg->columns, j);
          g_autofree char *cell = dk_cell_to_json (column, &rows->cells[i * reg->columns->len + j]);

          if (cell == NULL)
            continue;
          g_string_append (json, separator);
          dk_json_append_string (json, column->id);
          g_string_append_printf (json, ": %s", cell);
          separator = ", ";
        }
      g_string_append_c (json, '}');
    }
  g_string_append (json, rows->n_rows > 0 ? "\n    ]}" : "]}");
}

static void
write_notes (GString            *json,
             const DkEnterprise *enterprise)
{
  for (guint i = 0; i < enterprise->notes->len; i++)
    {
      const DkNote *note = g_ptr_array_index (enterprise->notes, i);
      g_autofree char *text = dk_note_to_json (note);

      g_string_append (json, i == 0 ? ",\n  \"notes\": {\n    " : ",\n    ");
      dk_json_append_string (json, note->subject);
      g_string_append_printf (json, ": %s", text);
    }
  if (enterprise->notes->len > 0)
    g_string_append (json, "\n  }");
}

/**
 * dk_enterprise_to_json:
 *
 * Writes all answers, plans and rows exactly; what was not answered is left out, "not known yet" is null.
 *
 * Returns: (transfer full): an enterprise file
 */
char *
dk_enterprise_to_json (const DkEnterprise *enterprise)
{
  const DkScope *scope = enterprise->catalogue->scope;
  g_autoptr(GString) json = g_string_new ("{\n  \"name\": ");
  const char *separator = "\n";

  dk_json_append_string (json, enterprise->name);
  g_string_append (json, ",\n  \"facts\": {");
  for (guint i = 0; i < scope->facts->len; i++)
    {
      const DkSymbol *fact = g_ptr_array_index (scope->facts, i);

      if (enterprise->facts[i].n_answers == 0)
        continue;
      g_string_append_printf (json, "%s    \"%s\": ", separator, fact->id);
      write_fact (json, fact, &enterprise->facts[i]);
      separator = ",\n";
    }
  g_string_append (json, "\n  }");
  write_sources (json, enterprise);
  write_plan (json, enterprise);
  g_string_append (json, ",\n  \"registers\": {");
  separator = "\n";
  for (guint i = 0; i < scope->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (scope->registers, i);
      const DkRows *rows = &enterprise->rows[i];

      if (rows->n_rows == 0 && !rows->is_complete && !rows->is_partial)
        continue;
      g_string_append_printf (json, "%s    \"%s\": ", separator, reg->id);
      write_rows (json, reg, rows);
      separator = ",\n";
    }
  g_string_append (json, "\n  }");
  write_notes (json, enterprise);
  g_string_append (json, "\n}\n");
  return g_string_free (g_steal_pointer (&json), FALSE);
}
