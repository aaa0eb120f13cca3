/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-eval"

#include "dk-cli.h"
#include "dk-cli-report.h"

#include "dk-enterprise.h"
#include "dk-provenance.h"

#include <glib/gi18n.h>
#include <string.h>

static char    *option_as_of;
static int      option_year;
static gboolean option_tree;

static const GOptionEntry entries[] = {
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &option_as_of, N_("Apply the rules of this day (today)"), N_("DATE") },
  { "year", 0, 0, G_OPTION_ARG_INT, &option_year, N_("Last full accounting year (the year before that day)"), N_("YEAR") },
  { "tree", 0, 0, G_OPTION_ARG_NONE, &option_tree, N_("Show step by step where the value comes from, down to the answers"), NULL },
  { NULL },
};

/* Of the rule that is named, with its verdict, or of the expression. */
static DkProvenance *
make_tree (const DkCli    *cli,
           DkAssessment   *assessment,
           const DkResult *result,
           const char     *expression)
{
  const DkResult *rule = dk_assessment_find (assessment, expression);
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { assessment, cli->book, arena, cli->language };

  return dk_provenance_new (&wording, rule != NULL ? rule : result);
}

static char *
write_text (const DkCli        *cli,
            DkAssessment       *assessment,
            const DkResult     *result,
            const DkProvenance *tree)
{
  GString *lines = g_string_new (NULL);
  DkLayout layout;

  dk_cli_layout_init (cli, &layout, lines);
  dk_report_expression (cli, &layout, assessment, result);
  if (tree != NULL)
    {
      g_autofree char *text = dk_provenance_to_text (tree);

      g_string_append_printf (lines, "\n%s", text);
    }
  return g_string_free (lines, FALSE);
}

static int
evaluate (DkCli      *cli,
          const char *expression,
          const char *path,
          gint64      as_of,
          int         last_year)
{
  static const char *const no_packs[] = { NULL };
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_load (cli->catalogue, path, problems);
  const DkItem *item = enterprise != NULL ? dk_rulebook_compile_expression (cli->book, expression, problems) : NULL;
  g_autoptr(DkAssessment) assessment = NULL;
  g_autoptr(DkProvenance) tree = NULL;
  g_autofree char *text = NULL;
  const DkResult *result;

  dk_cli_report (problems, TRUE);
  if (item == NULL)
    return DK_CLI_BAD_INPUT;
  /* A tree says of each rule how it ended. */
  assessment = dk_assessment_new (cli->book, enterprise, as_of, last_year, option_tree ? NULL : no_packs);
  result = dk_assessment_evaluate (assessment, item);
  if (option_tree)
    tree = make_tree (cli, assessment, result, expression);
  if (cli->is_json)
    {
      text = dk_result_to_json (assessment, result, tree, expression, cli->language);
      dk_cli_print_raw (text);
    }
  else
    {
      text = write_text (cli, assessment, result, tree);
      dk_cli_print (text);
    }
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
