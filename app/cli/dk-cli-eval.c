/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-eval"

#include "dk-cli.h"
#include "dk-cli-json.h"
#include "dk-cli-report.h"

#include "dk-enterprise.h"

#include <glib/gi18n.h>
#include <string.h>

static char *option_as_of;
static int   option_year;

static const GOptionEntry entries[] = {
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &option_as_of, N_("Apply the rules of this day (today)"), N_("DATE") },
  { "year", 0, 0, G_OPTION_ARG_INT, &option_year, N_("Last full accounting year (the year before that day)"), N_("YEAR") },
  { NULL },
};

/* Nothing that is missing can change it. */
static gboolean
is_settled (const DkResult *result)
{
  return result->kind == DK_KIND_TRUTH ? dk_truth_is_settled (result->value.state) : dk_value_is_settled (&result->value);
}

/* What the expression rests on, and what of it is not answered and may still change it. */
static void
collect_facts (DkResult           *result,
               const DkProgram    *program,
               const DkEnterprise *enterprise,
               const DkRun        *run,
               guint               reg,
               int                 last_year)
{
  const DkSlot *slots = dk_program_get_slots (program);
  const DkScope *scope = dk_catalogue_get_scope (dk_enterprise_get_catalogue (enterprise));

  for (guint i = 0; i < dk_program_n_slots (program); i++)
    {
      DkFactRef ref = { .fact = slots[i].fact, .slot = i };

      if (slots[i].kind != DK_SLOT_FACT || !dk_program_depends (program, reg, i))
        continue;
      if (ref.fact->period != DK_PERIOD_NONE)
        ref.period.year = (int) (slots[i].is_absolute ? slots[i].year : last_year + slots[i].year);
      ref.period.quarter = ref.fact->period == DK_PERIOD_QUARTER ? slots[i].sub : 0;
      ref.period.month = ref.fact->period == DK_PERIOD_MONTH ? slots[i].sub : 0;
      g_array_append_val (result->facts, ref);
      if (!is_settled (result) && run->regs[slots[i].reg].state & DK_UNANSWERED)
        g_array_append_val (result->missing, ref);
    }
  for (guint i = 0; !is_settled (result) && i < scope->registers->len; i++)
    if (dk_program_reads_rows (program, reg, i) && !run->rows[i].is_complete)
      g_array_append_val (result->registers, i);
}

static char *
dup_code (const DkResult *result,
          DkNumber        place)
{
  gint64 index;

  if (result->codes == NULL || !dk_number_to_int64 (place, &index) || index < 0 || index >= result->codes->codes->len)
    return NULL;
  return g_strdup (g_ptr_array_index (result->codes->codes, index));
}

static char *
dup_date (DkNumber number)
{
  gint64 day;

  return dk_number_is_finite (number) && dk_number_to_int64 (number, &day) ? dk_date_to_string (day) : NULL;
}

/* A day, a code or a text is one of one; a range has ends. */
static void
add_named (JsonBuilder    *builder,
           const DkResult *result)
{
  const DkValue *value = &result->value;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (result->kind == DK_KIND_TEXT)
    {
      gint64 number;

      if (value->state & DK_POINT && dk_number_to_int64 (value->low, &number))
        low = g_strdup (dk_text_lookup (number));
    }
  else if (result->kind == DK_KIND_CODE)
    {
      low = dup_code (result, value->low);
      high = dup_code (result, dk_value_high (value));
    }
  else
    {
      low = dup_date (value->low);
      high = dup_date (dk_value_high (value));
    }
  if (value->state & DK_POINT && low != NULL)
    {
      dk_json_begin_list (builder, "one_of");
      json_builder_add_string_value (builder, low);
      json_builder_end_array (builder);
    }
  else
    {
      dk_json_add_string (builder, "low", low);
      dk_json_add_string (builder, "high", high);
    }
}

/* As in an assessment: data/schema/assessment.schema.json. */
static void
add_value (JsonBuilder    *builder,
           const DkResult *result)
{
  const DkValue *value = &result->value;
  gboolean has_any = (value->state & (DK_POINT | DK_RANGE)) != 0;

  json_builder_set_member_name (builder, "value");
  json_builder_begin_object (builder);
  if (result->kind == DK_KIND_NUMBER)
    {
      if (has_any)
        {
          dk_json_add_number (builder, "low", value->low);
          dk_json_add_number (builder, "high", dk_value_high (value));
        }
      dk_json_add_string (builder, "unit", dk_unit_to_string (result->unit));
    }
  else if (result->kind == DK_KIND_TRUTH && has_any)
    {
      dk_json_begin_list (builder, "one_of");
      if (value->state & DK_FALSE)
        json_builder_add_boolean_value (builder, FALSE);
      if (value->state & DK_TRUE)
        json_builder_add_boolean_value (builder, TRUE);
      json_builder_end_array (builder);
    }
  else if (result->kind == DK_KIND_CHOICE && has_any)
    {
      dk_json_begin_list (builder, "one_of");
      for (guint i = 0; result->choices != NULL && i < result->choices->options->len && i < 64; i++)
        if ((guint64) value->low.num & (G_GUINT64_CONSTANT (1) << i))
          json_builder_add_string_value (builder, g_ptr_array_index (result->choices->options, i));
      json_builder_end_array (builder);
    }
  else if (has_any)
    {
      add_named (builder, result);
    }
  if (value->state & DK_UNDEFINED)
    dk_json_add_flag (builder, "undefined", TRUE);
  if (value->state & DK_NA)
    dk_json_add_flag (builder, "na", TRUE);
  json_builder_end_object (builder);
}

/* "2025", "2025-Q1", "2025-03"; NULL for a fact without period. */
static char *
dup_period (const DkFactRef *ref)
{
  switch (ref->fact->period)
    {
    case DK_PERIOD_YEAR:
      return g_strdup_printf ("%04d", ref->period.year);

    case DK_PERIOD_QUARTER:
      return g_strdup_printf ("%04d-Q%d", ref->period.year, ref->period.quarter);

    case DK_PERIOD_MONTH:
      return g_strdup_printf ("%04d-%02d", ref->period.year, ref->period.month);

    case DK_PERIOD_NONE:
    default:
      return NULL;
    }
}

static void
add_refs (JsonBuilder  *builder,
          const char   *name,
          const GArray *refs,
          const char   *language)
{
  dk_json_begin_list (builder, name);
  for (guint i = 0; i < refs->len; i++)
    {
      const DkFactRef *ref = &g_array_index (refs, DkFactRef, i);
      g_autofree char *period = dup_period (ref);

      json_builder_begin_object (builder);
      dk_json_add_string (builder, "fact", ref->fact->id);
      dk_json_add_string (builder, "period", period);
      dk_json_add_string (builder, "label", dk_text_get (&ref->fact->label, language));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
make_json (const DkCli        *cli,
           const DkEnterprise *enterprise,
           const DkAssessment *assessment,
           const DkResult     *result,
           const char         *expression)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *display = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, cli->language);
  g_autofree char *formula = dk_result_explain (assessment, result, cli->language);

  json_builder_begin_object (builder);
  dk_json_add_string (builder, "expression", expression);
  json_builder_set_member_name (builder, "enterprise");
  json_builder_begin_object (builder);
  dk_json_add_string (builder, "name", dk_enterprise_get_name (enterprise));
  json_builder_end_object (builder);
  dk_json_add_date (builder, "as_of", dk_assessment_get_as_of (assessment));
  dk_json_add_count (builder, "year", dk_assessment_get_year (assessment));
  dk_json_add_string (builder, "language", cli->language);
  dk_json_add_string (builder, "type", dk_kind_to_string (result->kind));
  add_value (builder, result);
  dk_json_add_string (builder, "display", display);
  dk_json_add_string (builder, "formula", formula);
  add_refs (builder, "facts", result->facts, cli->language);
  add_refs (builder, "missing", result->missing, cli->language);
  json_builder_end_object (builder);
  return dk_json_finish (builder);
}

static int
evaluate (DkCli      *cli,
          const char *expression,
          const char *path,
          gint64      as_of,
          int         last_year)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_load (cli->catalogue, path, problems);
  const DkItem *item = enterprise != NULL ? dk_rulebook_compile_expression (cli->book, expression, problems) : NULL;
  static const char *const no_packs[] = { NULL };
  g_autoptr(DkAssessment) assessment = NULL;
  g_autoptr(DkRun) run = NULL;
  g_autofree char *text = NULL;
  const DkProgram *program;
  DkResult result = { 0 };

  dk_cli_report (problems, TRUE);
  if (item == NULL)
    return DK_CLI_BAD_INPUT;
  /* The explanation is read off an assessment; the value off a run of our own, as an assessment shows its own results only. */
  program = dk_rulebook_get_program (cli->book);
  assessment = dk_assessment_new (cli->book, enterprise, as_of, last_year, no_packs);
  run = dk_run_new (program);
  run->rows = dk_enterprise_get_all_rows (enterprise);
  dk_enterprise_bind (enterprise, dk_program_get_slots (program), dk_program_n_slots (program), as_of, last_year, run->regs);
  dk_run_all (run);
  result = (DkResult) {
    .item = item,
    .has_value = TRUE,
    .value = run->regs[item->value_reg],
    .kind = item->kind_of_value,
    .unit = item->unit,
    .choices = item->choices,
    .codes = item->codes,
    .missing = g_array_new (FALSE, FALSE, sizeof (DkFactRef)),
    .facts = g_array_new (FALSE, FALSE, sizeof (DkFactRef)),
    .registers = g_array_new (FALSE, FALSE, sizeof (guint)),
  };
  collect_facts (&result, program, enterprise, run, item->value_reg, last_year);
  if (cli->is_json)
    {
      text = make_json (cli, enterprise, assessment, &result, expression);
      dk_cli_print_raw (text);
    }
  else
    {
      GString *lines = g_string_new (NULL);
      DkLayout layout;

      dk_cli_layout_init (cli, &layout, lines);
      dk_report_expression (cli, &layout, assessment, &result);
      text = g_string_free (lines, FALSE);
      dk_cli_print (text);
    }
  g_array_unref (result.missing);
  g_array_unref (result.facts);
  g_array_unref (result.registers);
  return DK_CLI_OK;
}

static int
run_command (DkCli  *cli,
             char  **args)
{
  gint64 as_of;
  int last_year;

  if (!dk_cli_parse_day_and_year (option_as_of, option_year, &as_of, &last_year))
    return DK_CLI_USAGE;
  if (args[0] == NULL || args[1] == NULL || args[2] != NULL)
    {
      dk_cli_complain_usage (_("an expression and the file of an enterprise are wanted"));
      return DK_CLI_USAGE;
    }
  if (!g_utf8_validate (args[0], -1, NULL))
    {
      dk_cli_complain_usage (_("the expression is no valid UTF-8"));
      return DK_CLI_USAGE;
    }
  if (!dk_cli_load (cli))
    return DK_CLI_BAD_INPUT;
  return evaluate (cli, args[0], strcmp (args[1], "-") == 0 ? "/dev/stdin" : args[1], as_of, last_year);
}

/**
 * dk_cli_eval:
 * @cli: the call
 * @args: (inout): its arguments
 *
 * Evaluates one expression of the pack language for one enterprise.
 *
 * Returns: the exit status
 */
int
dk_cli_eval (DkCli   *cli,
             char  ***args)
{
  int status = DK_CLI_USAGE;

  if (dk_cli_parse (cli, args, N_("EXPRESSION FILE"),
                    N_("Evaluates an expression of the pack language, such as 'st_staff[0] / staff[0]' or stsme.score, for the "
                       "enterprise in FILE."),
                    NULL, entries))
    status = run_command (cli, *args + 1);
  g_clear_pointer (&option_as_of, g_free);
  return status;
}
