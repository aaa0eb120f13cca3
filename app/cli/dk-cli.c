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
  { "eval", dk_cli_eval, N_("Evaluate one expression, with its explanation") },
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

/* The nearest directory above the program in which @file stands, so that a program that was built but not installed finds
 * what lies in its tree; NULL if there is none. */
static char *
find_above_program (const char *file)
{
  g_autofree char *directory = g_file_read_link ("/proc/self/exe", NULL);

  while (directory != NULL && strcmp (directory, "/") != 0)
    {
      char *above = g_path_get_dirname (directory);
      g_autofree char *candidate = g_build_filename (above, file, NULL);

      g_free (directory);
      directory = above;
      if (g_file_test (candidate, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&directory);
    }
  return NULL;
}

/**
 * set_up_language:
 * @language: "zh" or "en"
 *
 * gettext translates nothing in the plain C locale, whatever LANGUAGE says; so a locale with another name is
 * taken when the user's is missing or plain. Figures and dates are never written by the locale.
 */
static void
set_up_language (const char *language)
{
  static const char *const names[] = { "C.UTF-8", "C.utf8", "zh_CN.UTF-8", "en_US.UTF-8" };
  const char *directory = g_getenv ("DK_LOCALE_DIR");
  g_autofree char *tree = directory != NULL ? NULL : find_above_program ("po/zh_CN/LC_MESSAGES/" GETTEXT_PACKAGE ".mo");
  g_autofree char *in_tree = tree != NULL ? g_build_filename (tree, "po", NULL) : NULL;
  const char *messages;

  g_setenv ("LANGUAGE", language[0] == 'z' ? "zh_CN" : "en", TRUE);
  setlocale (LC_ALL, "");
  messages = setlocale (LC_MESSAGES, NULL);
  if (messages == NULL || strcmp (messages, "C") == 0 || strcmp (messages, "POSIX") == 0
      || strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (setlocale (LC_CTYPE, names[i]) != NULL && setlocale (LC_MESSAGES, names[i]) != NULL)
          break;
    }
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : in_tree != NULL ? in_tree : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
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

/* The data/ directory, which holds catalogue, tables and packs. */
char *
dk_cli_get_data_directory (void)
{
  const char *directory = g_getenv ("DK_DATA_DIR");
  g_autofree char *tree = NULL;

  if (directory != NULL && *directory != '\0')
    return g_strdup (directory);
  tree = find_above_program ("data/catalogue/facts.yaml");
  return tree != NULL ? g_build_filename (tree, "data", NULL) : g_strdup (DK_DATADIR);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_suffix (const char        *name,
            const char *const *suffixes)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return TRUE;
  return FALSE;
}

/**
 * dk_cli_list_files:
 * @directory: a folder
 * @suffixes: how the names end that are wanted
 * @is_deep: whether to look into folders inside as well
 * @paths: takes the paths, sorted by name
 *
 * Hidden files and folders are left out.
 *
 * Returns: FALSE when a folder cannot be read
 */
gboolean
dk_cli_list_files (const char         *directory,
                   const char *const  *suffixes,
                   gboolean            is_deep,
                   GPtrArray          *paths,
                   GError            **error)
{
  g_autoptr(GDir) dir = g_dir_open (directory, 0, error);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (found, g_build_filename (directory, name, NULL));
  g_ptr_array_sort (found, compare_paths);
  for (guint i = 0; i < found->len; i++)
    {
      const char *path = g_ptr_array_index (found, i);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          /* A link to a folder could lead round in a circle. */
          if (is_deep && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)
              && !dk_cli_list_files (path, suffixes, is_deep, paths, error))
            return FALSE;
        }
      else if (has_suffix (path, suffixes))
        {
          g_ptr_array_add (paths, g_strdup (path));
        }
    }
  return TRUE;
}

GPtrArray *
dk_cli_list_packs (const char *directory)
{
  static const char *const suffixes[] = { ".yaml", ".yml", NULL };
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  /* A missing folder has no packs; that of the user seldom exists. */
  dk_cli_list_files (directory, suffixes, TRUE, paths, NULL);
  return paths;
}

static gboolean
load_packs (DkRulebook *book,
            GPtrArray  *paths,
            gboolean    is_builtin,
            DkProblems *problems)
{
  gboolean is_good = TRUE;

  for (guint i = 0; i < paths->len; i++)
    is_good = dk_rulebook_load (book, g_ptr_array_index (paths, i), is_builtin, problems) && is_good;
  return is_good;
}

/* Takes the paths of @paths that @problems finds fault with out of it, or all when the fault lies elsewhere. */
static void
drop_faulty (GPtrArray        *paths,
             const DkProblems *problems)
{
  guint n_before = paths->len;

  for (guint i = 0; i < dk_problems_length (problems); i++)
    {
      const DkProblem *problem = dk_problems_get (problems, i);

      for (guint j = 0; !problem->is_warning && j < paths->len; j++)
        if (g_strcmp0 (problem->place.file, g_ptr_array_index (paths, j)) == 0)
          {
            g_ptr_array_remove_index (paths, j);
            break;
          }
    }
  if (paths->len == n_before)
    g_ptr_array_set_size (paths, 0);
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
  g_autofree char *directory = dk_cli_get_data_directory ();
  g_autofree char *packs = g_build_filename (directory, "packs", NULL);
  g_autofree char *user_packs = g_build_filename (g_get_user_data_dir (), "dengke", "packs", NULL);
  g_autoptr(GPtrArray) shipped = dk_cli_list_packs (packs);
  g_autoptr(GPtrArray) own = dk_cli_list_packs (user_packs);
  g_autoptr(DkProblems) problems = dk_problems_new ();

  cli->catalogue = dk_catalogue_load (directory, problems);
  if (cli->catalogue == NULL || dk_problems_count (problems) > 0)
    {
      dk_cli_report (problems, FALSE);
      dk_cli_complain (_("the fact catalogue in “%s” cannot be used"), directory);
      return FALSE;
    }
  for (;;)
    {
      g_autoptr(DkProblems) faults = dk_problems_new ();
      g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (cli->catalogue));
      gboolean is_good = load_packs (book, shipped, TRUE, faults);

      is_good = load_packs (book, own, FALSE, faults) && is_good;
      if (is_good && dk_rulebook_compile (book, faults) && dk_problems_count (faults) == 0)
        {
          cli->book = g_steal_pointer (&book);
          return TRUE;
        }
      dk_cli_report (faults, FALSE);
      if (own->len == 0)
        {
          dk_cli_complain (_("the packs in “%s” cannot be used"), packs);
          return FALSE;
        }
      drop_faulty (own, faults);
      cli->has_bad_input = TRUE;
    }
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

  set_up_language (cli.language);
  g_set_prgname ("dengke-cli");
  place = read_leading_options (argv, &status);
  if (place == 0)
    dk_cli_complain_usage (_("a command is wanted: facts, packs, assess or eval"));
  if (place > 0)
    {
      const Command *command = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        if (strcmp (commands[i].name, argv[place]) == 0)
          command = &commands[i];
      if (command != NULL)
        status = run_command (&cli, command, argv, place);
      else
        dk_cli_complain_usage (_("“%s” is no command; facts, packs, assess or eval is wanted"), argv[place]);
    }
  g_clear_pointer (&cli.book, dk_rulebook_free);
  g_clear_pointer (&cli.catalogue, dk_catalogue_free);
  g_clear_pointer (&option_format, g_free);
  g_clear_pointer (&option_language, g_free);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      dk_cli_complain (_("cannot write the output: %s"), g_strerror (errno));
      status = DK_CLI_BAD_INPUT;
    }
  return status;
}
