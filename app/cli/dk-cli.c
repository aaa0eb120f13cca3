/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli"

#include "dk-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  const char *name;
  int       (*run) (DkCli *cli, char ***args);
  const char *summary;
} Command;

static const Command commands[] = {
  { "facts", dk_cli_facts, N_("List the facts and registers that are asked of an enterprise") },
  { "packs", dk_cli_packs, N_("List the packs of law that are loaded, or check packs") },
  { "assess", dk_cli_assess, N_("Assess enterprises") },
  { "project", dk_cli_project, N_("Say what becomes of an enterprise in the coming years by its plan") },
  { "eval", dk_cli_eval, N_("Evaluate one expression, with its explanation") },
  { "export", dk_cli_export, N_("Write a dossier of an enterprise: a workbook with live formulas") },
  { "workspace", dk_cli_workspace, N_("List, add and extract the enterprises of a workspace") },
};

/* The options that every command has; read here and put into the DkCli by dk_cli_parse (). */
static char *option_format;
static char *option_language;

static const GOptionEntry common_entries[] = {
  /* TRANSLATORS: "text" and "json" are typed as they are. */
  { "format", 0, 0, G_OPTION_ARG_STRING, &option_format, N_("Write text (for people) or json (for programs)"), "text|json" },
  /* TRANSLATORS: "zh" and "en" are typed as they are. */
  { "lang", 0, 0, G_OPTION_ARG_STRING, &option_language, N_("Language of the output: zh or en"), "zh|en" },
  { NULL },
};

/* What the user asked for before any option is parsed, so that help and complaints speak that language too. */
static const char *
find_language (int    argc,
               char **argv)
{
  const char *name = g_get_language_names_with_category ("LC_MESSAGES")[0];
  const char *found = NULL;

  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    {
      if (g_str_has_prefix (argv[i], "--lang="))
        found = argv[i] + strlen ("--lang=");
      else if (strcmp (argv[i], "--lang") == 0 && i + 1 < argc)
        found = argv[++i];
    }
  if (g_strcmp0 (found, "zh") == 0 || g_strcmp0 (found, "en") == 0)
    return found[0] == 'z' ? "zh" : "en";
  return g_str_has_prefix (name, "zh") ? "zh" : "en";
}

void
dk_cli_print (const char *text)
{
  g_print ("%s", text);
}

void
dk_cli_print_raw (const char *text)
{
  fputs (text, stdout);
}

/* Names and texts of files may hold escape sequences; a message must not carry them to the terminal. */
static char *
make_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *result = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (result, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (result, FALSE);
}

static void complain (const char *format, va_list arguments) G_GNUC_PRINTF (1, 0);

static void
complain (const char *format,
          va_list     arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  g_autofree char *printable = make_printable (message);

  fflush (stdout);
  g_printerr ("%s: %s\n", g_get_prgname (), printable);
}

/* Says on stderr what is wrong with something that has no place in a file. */
void
dk_cli_complain (const char *format,
                 ...)
{
  va_list arguments;

  va_start (arguments, format);
  complain (format, arguments);
  va_end (arguments);
}

/* The same for a wrong call, with a hint where to read on. */
void
dk_cli_complain_usage (const char *format,
                       ...)
{
  va_list arguments;

  va_start (arguments, format);
  complain (format, arguments);
  va_end (arguments);
  /* TRANSLATORS: %s is a command line such as "dengke-cli assess". */
  g_printerr (_("Try “%s --help” for more."), g_get_prgname ());
  g_printerr ("\n");
}

/**
 * dk_cli_report:
 * @problems: what is wrong with files
 * @with_warnings: whether to say warnings as well
 *
 * Writes a line each on stderr, as file:line:column: message.
 */
void
dk_cli_report (const DkProblems *problems,
               gboolean          with_warnings)
{
  fflush (stdout);
  for (guint i = 0; i < dk_problems_length (problems); i++)
    {
      const DkProblem *problem = dk_problems_get (problems, i);
      g_autoptr(GString) line = g_string_new (NULL);
      g_autofree char *printable = NULL;

      if (problem->is_warning && !with_warnings)
        continue;
      /* What has lines and no file was given on the command line. */
      g_string_append (line, problem->place.file != NULL ? problem->place.file
                             : problem->place.line > 0 ? "expression" : g_get_prgname ());
      if (problem->place.line > 0)
        g_string_append_printf (line, ":%d", problem->place.line);
      if (problem->place.line > 0 && problem->place.column > 0)
        g_string_append_printf (line, ":%d", problem->place.column);
      g_string_append (line, ": ");
      if (problem->is_warning)
        {
          /* TRANSLATORS: stands before a remark on a file that is taken all the same. */
          g_string_append (line, _("warning:"));
          g_string_append_c (line, ' ');
        }
      g_string_append (line, problem->message);
      printable = make_printable (line->str);
      g_printerr ("%s\n", printable);
    }
}

void
dk_cli_layout_init (const DkCli *cli,
                    DkLayout    *layout,
                    GString     *text)
{
  const char *no_colour = g_getenv ("NO_COLOR");
  gboolean is_plain = (no_colour != NULL && *no_colour != '\0') || g_strcmp0 (g_getenv ("TERM"), "dumb") == 0;

  *layout = (DkLayout) {
    .text = text,
    .width = DK_LAYOUT_WIDTH,
    .has_colours = !is_plain && isatty (STDOUT_FILENO),
  };
}

/* GOption writes a paragraph as it is. */
static char *
wrap (const char *text)
{
  DkLayout layout = { .text = g_string_new (NULL), .width = 80 };

  dk_layout_start (&layout, 0, 0);
  dk_layout_add (&layout, DK_STYLE_PLAIN, text);
  return g_string_free (layout.text, FALSE);
}

/**
 * dk_cli_parse:
 * @cli: takes the common options
 * @args: (inout): the command's arguments; what remains are its parameters
 * @parameters: what follows the options, for the help; untranslated
 * @summary: one sentence, untranslated
 * @description: (nullable): what is said below the options, untranslated
 * @entries: (nullable): options of this command
 *
 * Parses the options of a command; with --help the program ends here.
 *
 * Returns: FALSE, having said why, when the call is wrong
 */
gboolean
dk_cli_parse (DkCli               *cli,
              char              ***args,
              const char          *parameters,
              const char          *summary,
              const char          *description,
              const GOptionEntry  *entries)
{
  g_autoptr(GOptionContext) context = g_option_context_new (parameters);
  g_autofree char *wrapped_summary = wrap (_(summary));
  g_autofree char *wrapped_description = description != NULL ? wrap (_(description)) : NULL;
  g_autoptr(GError) error = NULL;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, wrapped_summary);
  if (description != NULL)
    g_option_context_set_description (context, wrapped_description);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common_entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, args, &error))
    {
      dk_cli_complain_usage ("%s", error->message);
      return FALSE;
    }
  if (option_language != NULL && strcmp (option_language, "zh") != 0 && strcmp (option_language, "en") != 0)
    {
      dk_cli_complain_usage (_("“%s” is no language; zh or en is wanted"), option_language);
      return FALSE;
    }
  if (option_format != NULL && strcmp (option_format, "text") != 0 && strcmp (option_format, "json") != 0)
    {
      dk_cli_complain_usage (_("“%s” is no format; text or json is wanted"), option_format);
      return FALSE;
    }
  cli->is_json = g_strcmp0 (option_format, "json") == 0;
  return TRUE;
}

gboolean
dk_cli_parse_date (const char *text,
                   gint64     *day)
{
  if (dk_date_parse (text, -1, day))
    return TRUE;
  dk_cli_complain_usage (_("“%s” is no date; one such as 2026-07-15 is wanted"), text);
  return FALSE;
}

/**
 * dk_cli_parse_day_and_year:
 * @date: (nullable): the value of --as-of
 * @given_year: the value of --year, or 0
 * @as_of: (out): the day of the assessment, today by default
 * @last_year: (out): the last full accounting year, by default the one before
 *
 * Returns: FALSE, having said why, when one of them is wrong
 */
gboolean
dk_cli_parse_day_and_year (const char *date,
                           int         given_year,
                           gint64     *as_of,
                           int        *last_year)
{
  if (date == NULL)
    {
      g_autoptr(GDateTime) now = g_date_time_new_now_local ();
      int year, month, day;

      g_date_time_get_ymd (now, &year, &month, &day);
      *as_of = dk_date_from_ymd (year, month, day);
    }
  else if (!dk_cli_parse_date (date, as_of))
    {
      return FALSE;
    }
  *last_year = given_year != 0 ? given_year : (int) dk_date_year (*as_of) - 1;
  if (*last_year < 1900 || *last_year > 2200)
    {
      dk_cli_complain_usage (_("%d is no year of accounts; one from 1900 to 2200 is wanted"), *last_year);
      return FALSE;
    }
  return TRUE;
}

/**
 * dk_cli_load:
 * @cli: gets the catalogue and the rulebook
 *
 * Loads the catalogue, the shipped packs and those of the user. A faulty pack of the user is reported and left
 * out, and the program then ends with %DK_CLI_BAD_INPUT; the shipped ones are wanted all.
 *
 * Returns: FALSE, having said why, when there is nothing to work with
 */
gboolean
dk_cli_load (DkCli *cli)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  cli->library = dk_library_load (problems);
  dk_cli_report (problems, FALSE);
  if (cli->library == NULL)
    {
      g_autofree char *directory = dk_library_get_data_directory ();

      dk_cli_complain (_("the catalogue and the packs in “%s” cannot be used"), directory);
      return FALSE;
    }
  cli->catalogue = cli->library->catalogue;
  cli->book = cli->library->book;
  cli->has_bad_input = cli->has_bad_input || cli->library->has_faulty_packs;
  return TRUE;
}

static void
show_help (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("Usage: %s COMMAND [OPTION…] …"), g_get_prgname ());
  g_string_append (text, "\n\n");
  g_string_append (text, _("Checks a technology-based SME against certification, incentive and listing rules."));
  g_string_append (text, "\n\n");
  g_string_append (text, _("Commands:"));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, _(commands[i].summary));
  g_string_append_c (text, '\n');
  g_string_append (text, _("Options:"));
  g_string_append_c (text, '\n');
  g_string_append_printf (text, "  %-18s %s\n", "--help", _("Show this help; COMMAND --help shows that of a command"));
  g_string_append_printf (text, "  %-18s %s\n", "--version", _("Show the version"));
  g_string_append_printf (text, "  %-18s %s\n", "--lang zh|en", _("Language of the output: zh or en"));
  g_string_append_printf (text, "  %-18s %s\n", "--format text|json", _("Write text (for people) or json (for programs)"));
  g_string_append_c (text, '\n');
  g_string_append (text, _("Exit status: 0 done, 1 the call is wrong, 2 a file is wrong or cannot be read."));
  g_string_append_c (text, '\n');
  dk_cli_print (text->str);
}

/* Handles what stands before the command. Returns the place of the command in @args, 0 if there is none, or
 * -1 when the program is to end with @status. */
static int
read_leading_options (char **args,
                      int   *status)
{
  int i;

  for (i = 1; args[i] != NULL && args[i][0] == '-'; i++)
    {
      if (strcmp (args[i], "--help") == 0 || strcmp (args[i], "-h") == 0)
        {
          show_help ();
          *status = DK_CLI_OK;
          return -1;
        }
      if (strcmp (args[i], "--version") == 0)
        {
          dk_cli_print ("dengke-cli " PACKAGE_VERSION "\n");
          *status = DK_CLI_OK;
          return -1;
        }
      if ((strcmp (args[i], "--lang") == 0 || strcmp (args[i], "--format") == 0) && args[i + 1] != NULL)
        {
          i++;
        }
      else if (!g_str_has_prefix (args[i], "--lang=") && !g_str_has_prefix (args[i], "--format="))
        {
          dk_cli_complain_usage (_("unknown option %s"), args[i]);
          *status = DK_CLI_USAGE;
          return -1;
        }
    }
  return args[i] != NULL ? i : 0;
}

static int
run_command (DkCli          *cli,
             const Command  *command,
             char          **argv,
             int             place)
{
  g_autofree char *name = g_strdup_printf ("dengke-cli %s", command->name);
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  g_auto(GStrv) args = NULL;
  int status;

  /* The options before the command mean the same behind it. */
  g_ptr_array_add (list, g_strdup (name));
  for (int i = 1; argv[i] != NULL; i++)
    if (i != place)
      g_ptr_array_add (list, g_strdup (argv[i]));
  g_ptr_array_add (list, NULL);
  args = (char **) g_ptr_array_steal (list, NULL);
  g_set_prgname (name);
  status = command->run (cli, &args);
  if (status == DK_CLI_OK && cli->has_bad_input)
    status = DK_CLI_BAD_INPUT;
  return status;
}

/**
 * dk_cli_main:
 * @argc: as given to main ()
 * @argv: as given to main ()
 *
 * Finds the command and runs it.
 *
 * Returns: the exit status
 */
int
dk_cli_main (int    argc,
             char **argv)
{
  DkCli cli = { .language = find_language (argc, argv) };
  int status = DK_CLI_USAGE;
  int place;

  dk_library_set_language (cli.language);
  g_set_prgname ("dengke-cli");
  place = read_leading_options (argv, &status);
  if (place == 0)
    dk_cli_complain_usage (_("a command is wanted: facts, packs, assess, eval, export or workspace"));
  if (place > 0)
    {
      const Command *command = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        if (strcmp (commands[i].name, argv[place]) == 0)
          command = &commands[i];
      if (command != NULL)
        status = run_command (&cli, command, argv, place);
      else
        dk_cli_complain_usage (_("“%s” is no command; facts, packs, assess, eval, export or workspace is wanted"), argv[place]);
    }
  if (cli.library == NULL)
    {
      g_clear_pointer (&cli.book, dk_rulebook_free);
      g_clear_pointer (&cli.catalogue, dk_catalogue_free);
    }
  g_clear_pointer (&cli.library, dk_library_free);
  g_clear_pointer (&option_format, g_free);
  g_clear_pointer (&option_language, g_free);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      dk_cli_complain (_("cannot write the output: %s"), g_strerror (errno));
      status = DK_CLI_BAD_INPUT;
    }
  return status;
}
