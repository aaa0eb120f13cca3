/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-facts"

#include "dk-cli.h"
#include "dk-json-builder.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const period_ids[] = { "none", "year", "quarter", "month" };

/* The catalogue as JSON: data/schema/facts.schema.json says what is where. */

static void
add_domain (DkJsonBuilder  *builder,
            const DkSymbol *symbol)
{
  dk_json_builder_set_member_name (builder, "domain");
  if (symbol->kind != DK_KIND_NUMBER)
    {
      dk_json_builder_add_null_value (builder);
      return;
    }
  dk_json_builder_begin_object (builder);
  dk_json_add_number (builder, "low", symbol->domain.low);
  dk_json_add_number (builder, "high", dk_value_high (&symbol->domain));
  dk_json_builder_end_object (builder);
}

static void
add_symbol (DkJsonBuilder  *builder,
            const DkSymbol *symbol)
{
  dk_json_add_string (builder, "id", symbol->id);
  dk_json_add_string (builder, "type", dk_kind_to_string (symbol->kind));
  dk_json_add_string (builder, "unit", symbol->kind == DK_KIND_NUMBER ? dk_unit_to_string (symbol->unit) : NULL);
  dk_json_add_string (builder, "period", period_ids[symbol->period]);
  add_domain (builder, symbol);
  if (dk_number_sign (symbol->step) != 0)
    dk_json_add_number (builder, "step", symbol->step);
  else
    dk_json_add_string (builder, "step", NULL);
  dk_json_add_string (builder, "choices", symbol->choices != NULL ? symbol->choices->id : NULL);
  dk_json_add_string (builder, "codes", symbol->codes != NULL ? symbol->codes->id : NULL);
  dk_json_add_text (builder, "label", &symbol->label);
}

static void
add_fact (DkJsonBuilder *builder,
          const DkFact  *fact)
{
  dk_json_builder_begin_object (builder);
  add_symbol (builder, fact->symbol);
  dk_json_add_text (builder, "definition", &fact->definition);
  dk_json_add_text (builder, "example", &fact->example);
  dk_json_add_text (builder, "source", &fact->source);
  dk_json_add_string (builder, "page", fact->page);
  dk_json_begin_list (builder, "change");
  if (fact->change & DK_CHANGE_UP)
    dk_json_builder_add_string_value (builder, "up");
  if (fact->change & DK_CHANGE_DOWN)
    dk_json_builder_add_string_value (builder, "down");
  dk_json_builder_end_array (builder);
  dk_json_add_string (builder, "grows_with", fact->grows_with);
  dk_json_add_string (builder, "part_of", fact->symbol->part_of);
  dk_json_begin_list (builder, "same_as");
  for (guint i = 0; fact->same_as != NULL && i < fact->same_as->len; i++)
    dk_json_builder_add_string_value (builder, g_ptr_array_index (fact->same_as, i));
  dk_json_builder_end_array (builder);
  dk_json_add_string (builder, "derive", fact->symbol->derive);
  dk_json_add_string (builder, "format", fact->format);
  dk_json_add_flag (builder, "presumed", fact->symbol->is_presumed);
  dk_json_add_flag (builder, "judged", fact->symbol->is_judged);
  dk_json_begin_list (builder, "grades");
  for (guint i = 0; fact->grades != NULL && i < fact->grades->len; i++)
    {
      const DkGrade *grade = g_ptr_array_index (fact->grades, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_number (builder, "low", grade->low);
      dk_json_add_number (builder, "high", grade->high);
      dk_json_add_text (builder, "label", &grade->label);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
}

static void
add_register (DkJsonBuilder    *builder,
              const DkRegister *reg)
{
  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "id", reg->id);
  dk_json_add_text (builder, "label", &reg->label);
  dk_json_begin_list (builder, "columns");
  for (guint i = 0; i < reg->columns->len; i++)
    {
      dk_json_builder_begin_object (builder);
      add_symbol (builder, g_ptr_array_index (reg->columns, i));
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
}

static void
add_choices (DkJsonBuilder   *builder,
             const DkChoices *choices)
{
  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "id", choices->id);
  dk_json_begin_list (builder, "options");
  for (guint i = 0; i < choices->options->len; i++)
    {
      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "id", g_ptr_array_index (choices->options, i));
      dk_json_add_text (builder, "label", g_ptr_array_index (choices->labels, i));
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
}

static gboolean
is_wanted (char       **ids,
           const char  *id)
{
  return ids == NULL || g_strv_contains ((const char *const *) ids, id);
}

static char *
make_json (const DkCatalogue  *catalogue,
           char              **ids)
{
  const DkScope *scope = dk_catalogue_get_scope (catalogue);
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();

  dk_json_builder_begin_object (builder);
  dk_json_begin_list (builder, "facts");
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    if (is_wanted (ids, dk_catalogue_get_fact (catalogue, i)->symbol->id))
      add_fact (builder, dk_catalogue_get_fact (catalogue, i));
  dk_json_builder_end_array (builder);
  dk_json_begin_list (builder, "registers");
  for (guint i = 0; i < scope->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (scope->registers, i);

      if (is_wanted (ids, reg->id))
        add_register (builder, reg);
    }
  dk_json_builder_end_array (builder);
  dk_json_begin_list (builder, "choices");
  for (guint i = 0; i < scope->choices->len; i++)
    add_choices (builder, g_ptr_array_index (scope->choices, i));
  dk_json_builder_end_array (builder);
  dk_json_begin_list (builder, "codes");
  for (guint i = 0; i < scope->codes->len; i++)
    {
      const DkCodes *codes = g_ptr_array_index (scope->codes, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "id", codes->id);
      dk_json_add_int (builder, "count", codes->codes->len);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
  return dk_json_finish (builder);
}

/* The catalogue for people. */

static const char *
name_kind (DkKind kind)
{
  static const char *const names[] = {
    N_("number"), N_("yes or no"), N_("choice"), N_("date"), N_("code"), N_("text"),
  };

  return _(names[kind]);
}

static const char *
name_unit (DkUnit unit)
{
  static const char *const names[] = {
    N_("number"), N_("yuan"), N_("ratio"), N_("count"), N_("days"), N_("months"), N_("years"), N_("points"),
  };

  return _(names[unit]);
}

static const char *
name_period (DkPeriod period)
{
  static const char *const names[] = { "", N_("each year"), N_("each quarter"), N_("each month") };

  return *names[period] != '\0' ? _(names[period]) : "";
}

static char *
describe_domain (const DkSymbol *symbol)
{
  DkNumber low = symbol->domain.low;
  DkNumber high = dk_value_high (&symbol->domain);
  g_autofree char *low_text = dk_number_to_string (low);
  g_autofree char *high_text = dk_number_to_string (high);

  if (dk_number_is_finite (low) && dk_number_is_finite (high))
    return g_strdup_printf ("%s–%s", low_text, high_text);
  if (dk_number_is_finite (low))
    return g_strdup_printf ("≥ %s", low_text);
  return dk_number_is_finite (high) ? g_strdup_printf ("≤ %s", high_text) : NULL;
}

/* Type, unit, domain and step in one line. */
static char *
describe_symbol (const DkSymbol *symbol)
{
  GString *line = g_string_new (NULL);

  if (symbol->kind == DK_KIND_NUMBER)
    {
      g_autofree char *domain = describe_domain (symbol);

      dk_layout_join (line, name_unit (symbol->unit));
      dk_layout_join (line, domain);
      if (dk_number_sign (symbol->step) > 0)
        {
          g_autofree char *step = dk_number_to_string (symbol->step);
          g_autofree char *text = g_strdup_printf (_("step %s"), step);

          dk_layout_join (line, text);
        }
    }
  else
    {
      dk_layout_join (line, name_kind (symbol->kind));
    }
  dk_layout_join (line, name_period (symbol->period));
  if (symbol->is_judged)
    dk_layout_join (line, _("a person's judgement"));
  return g_string_free (line, FALSE);
}

static void
add_line (DkLayout   *layout,
          int         indent,
          const char *label,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  dk_layout_start (layout, indent, indent + 2);
  if (label != NULL)
    dk_layout_add (layout, DK_STYLE_FAINT, label);
  dk_layout_add (layout, DK_STYLE_PLAIN, text);
  dk_layout_end (layout);
}

static void
add_options (DkLayout        *layout,
             int              indent,
             const DkChoices *choices,
             const char      *language)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < choices->options->len; i++)
    {
      const char *option = g_ptr_array_index (choices->options, i);
      const char *label = dk_text_get (g_ptr_array_index (choices->labels, i), language);

      if (i > 0)
        g_string_append (text, language[0] == 'z' ? "、" : ", ");
      g_string_append (text, option);
      if (*label != '\0' && strcmp (label, option) != 0)
        g_string_append_printf (text, language[0] == 'z' ? "（%s）" : " (%s)", label);
    }
  add_line (layout, indent, _("Options: "), text->str);
}

static void
add_grades (DkLayout     *layout,
            int           indent,
            const DkFact *fact,
            const char   *language)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; fact->grades != NULL && i < fact->grades->len; i++)
    {
      const DkGrade *grade = g_ptr_array_index (fact->grades, i);
      g_autofree char *low = dk_number_to_string (grade->low);
      g_autofree char *high = dk_number_to_string (grade->high);

      if (i > 0)
        g_string_append (text, language[0] == 'z' ? "、" : ", ");
      g_string_append_printf (text, "%s %s", dk_text_get (&grade->label, language), low);
      if (!dk_number_equal (grade->low, grade->high))
        g_string_append_printf (text, "–%s", high);
    }
  add_line (layout, indent, _("Grades: "), text->str);
}

static void
show_symbol (DkLayout       *layout,
             int             indent,
             int             id_width,
             const DkSymbol *symbol,
             const char     *language)
{
  g_autofree char *line = describe_symbol (symbol);

  dk_layout_start (layout, indent, indent);
  dk_layout_add (layout, DK_STYLE_STRONG, symbol->id);
  dk_layout_tab (layout, indent + id_width + 2);
  dk_layout_add (layout, DK_STYLE_PLAIN, dk_text_get (&symbol->label, language));
  dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
  dk_layout_add (layout, DK_STYLE_FAINT, line);
  dk_layout_end (layout);
}

static void
show_fact (DkLayout     *layout,
           int           id_width,
           const DkFact *fact,
           const char   *language)
{
  int indent = id_width + 4;
  g_autoptr(GString) change = g_string_new (NULL);

  show_symbol (layout, 2, id_width, fact->symbol, language);
  add_line (layout, indent, NULL, dk_text_get (&fact->definition, language));
  if (fact->symbol->choices != NULL)
    add_options (layout, indent, fact->symbol->choices, language);
  add_grades (layout, indent, fact, language);
  if (fact->change & DK_CHANGE_UP)
    dk_layout_join (change, _("up"));
  if (fact->change & DK_CHANGE_DOWN)
    dk_layout_join (change, _("down"));
  add_line (layout, indent, _("Can be changed: "), change->str);
  add_line (layout, indent, _("Part of: "), fact->symbol->part_of);
  add_line (layout, indent, _("Otherwise computed from: "), fact->symbol->derive);
  add_line (layout, indent, _("Example: "), dk_text_get (&fact->example, language));
  add_line (layout, indent, _("Source: "), dk_text_get (&fact->source, language));
}

static void
show_register (DkLayout         *layout,
               const DkRegister *reg,
               const char       *language)
{
  int id_width = 0;

  dk_layout_gap (layout);
  dk_layout_start (layout, 2, 2);
  dk_layout_add (layout, DK_STYLE_STRONG, reg->id);
  dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
  dk_layout_add (layout, DK_STYLE_PLAIN, dk_text_get (&reg->label, language));
  dk_layout_end (layout);
  for (guint i = 0; i < reg->columns->len; i++)
    {
      const DkSymbol *column = g_ptr_array_index (reg->columns, i);

      id_width = MAX (id_width, dk_layout_measure (column->id));
    }
  for (guint i = 0; i < reg->columns->len; i++)
    {
      const DkSymbol *column = g_ptr_array_index (reg->columns, i);

      show_symbol (layout, 4, id_width, column, language);
      if (column->choices != NULL)
        add_options (layout, id_width + 6, column->choices, language);
    }
}

static char *
make_text (const DkCli  *cli,
           char        **ids)
{
  const DkScope *scope = dk_catalogue_get_scope (cli->catalogue);
  GString *text = g_string_new (NULL);
  const char *page = NULL;
  gboolean has_title = FALSE;
  int id_width = 0;
  DkLayout layout;

  dk_cli_layout_init (cli, &layout, text);
  for (guint i = 0; i < dk_catalogue_n_facts (cli->catalogue); i++)
    id_width = MAX (id_width, dk_layout_measure (dk_catalogue_get_fact (cli->catalogue, i)->symbol->id));
  id_width = MIN (id_width, 24);
  for (guint i = 0; i < dk_catalogue_n_facts (cli->catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (cli->catalogue, i);

      if (!is_wanted (ids, fact->symbol->id))
        continue;
      if (g_strcmp0 (page, fact->page) != 0)
        {
          const DkText *title = dk_catalogue_get_page_title (cli->catalogue, fact->page);

          page = fact->page;
          dk_layout_gap (&layout);
          dk_layout_start (&layout, 0, 0);
          dk_layout_add (&layout, DK_STYLE_STRONG, title != NULL ? dk_text_get (title, cli->language) : page);
          dk_layout_end (&layout);
        }
      show_fact (&layout, id_width, fact, cli->language);
    }
  for (guint i = 0; i < scope->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (scope->registers, i);

      if (!is_wanted (ids, reg->id))
        continue;
      if (!has_title)
        {
          dk_layout_gap (&layout);
          dk_layout_start (&layout, 0, 0);
          dk_layout_add (&layout, DK_STYLE_STRONG, _("Registers (tables of rows)"));
          dk_layout_end (&layout);
          has_title = TRUE;
        }
      show_register (&layout, reg, cli->language);
    }
  return g_string_free (text, FALSE);
}

static gboolean
check_ids (const DkCatalogue  *catalogue,
           char              **ids)
{
  const DkScope *scope = dk_catalogue_get_scope (catalogue);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (dk_scope_find_fact (scope, ids[i]) == NULL && dk_scope_find_register (scope, ids[i], NULL) == NULL)
      {
        dk_cli_complain_usage (_("there is no fact or register “%s”"), ids[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * dk_cli_facts:
 * @cli: the call
 * @args: (inout): its arguments
 *
 * Lists the fact catalogue, or some entries of it.
 *
 * Returns: the exit status
 */
int
dk_cli_facts (DkCli   *cli,
              char  ***args)
{
  g_autofree char *directory = NULL;
  g_autofree char *text = NULL;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  char **ids;

  if (!dk_cli_parse (cli, args, N_("[ID…]"),
                     N_("Lists what is asked of an enterprise: facts by page, then registers. With ids, only these."),
                     NULL, NULL))
    return DK_CLI_USAGE;
  directory = dk_library_get_data_directory ();
  cli->catalogue = dk_catalogue_load (directory, problems);
  if (cli->catalogue == NULL || dk_problems_count (problems) > 0)
    {
      dk_cli_report (problems, FALSE);
      dk_cli_complain (_("the fact catalogue in “%s” cannot be used"), directory);
      return DK_CLI_BAD_INPUT;
    }
  ids = (*args)[1] != NULL ? *args + 1 : NULL;
  if (!check_ids (cli->catalogue, ids))
    return DK_CLI_USAGE;
  if (cli->is_json)
    {
      text = make_json (cli->catalogue, ids);
      dk_cli_print_raw (text);
    }
  else
    {
      text = make_text (cli, ids);
      dk_cli_print (text);
    }
  return DK_CLI_OK;
}
