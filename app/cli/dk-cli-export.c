/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-export"

#include "dk-cli.h"

#include "dk-dossier.h"
#include "dk-json-builder.h"
#include "dk-store.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <string.h>

static char    *option_output;
static char    *option_as_of;
static int      option_year;
static char   **option_packs;
static gboolean option_wan;

static const GOptionEntry entries[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_("The file to write; for several enterprises, a folder"), N_("OUT.xlsx") },
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &option_as_of, N_("Apply the rules of this day (today)"), N_("DATE") },
  { "year", 0, 0, G_OPTION_ARG_INT, &option_year, N_("Last full accounting year (the year before that day)"), N_("YEAR") },
  { "pack", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_packs, N_("Put in only this programme; may be given several times"), N_("ID") },
  { "wan", 0, 0, G_OPTION_ARG_NONE, &option_wan, N_("Show amounts of results in 10,000 yuan; the cells hold yuan all the same"), NULL },
  { NULL },
};

/* What is asked of one call. */
typedef struct
{
  DkCli       *cli;
  gint64       as_of;
  int          last_year;
  gint64       created;
  DkJsonBuilder *builder; /* NULL unless JSON is asked for */
  GHashTable  *taken;   /* paths that were written, so that files with one name do not overwrite each other */
} Export;

/* The time that the file says it was made: now, or what SOURCE_DATE_EPOCH says, so that builds can be repeated. */
static gboolean
read_clock (gint64 *created)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  g_autoptr(GError) error = NULL;

  *created = g_get_real_time () / G_USEC_PER_SEC;
  if (epoch == NULL || *epoch == '\0')
    return TRUE;
  /* The end of the year 9999, the last that such a file can say. */
  if (g_ascii_string_to_signed (epoch, 10, 0, G_GINT64_CONSTANT (253402300799), created, &error))
    return TRUE;
  dk_cli_complain_usage (_("SOURCE_DATE_EPOCH is “%s”; seconds since 1970 are wanted"), epoch);
  return FALSE;
}

/* OUT/name.xlsx for the file some/where/name.json; in a workspace, name is that of the enterprise. */
static char *
make_path (Export            *export,
           const char        *folder,
           const DkCliSource *source)
{
  const char *name_of_it = source->is_of_workspace ? dk_enterprise_get_name (source->enterprise) : "";
  g_autofree char *base = *name_of_it != '\0' ? g_strdup (name_of_it) : g_path_get_basename (source->path);

  g_strdelimit (base, "/\\", '-');
  if (g_str_has_suffix (base, ".json"))
    base[strlen (base) - strlen (".json")] = '\0';
  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s.xlsx", base) : g_strdup_printf ("%s-%u.xlsx", base, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_hash_table_add (export->taken, g_strdup (path)))
        return g_steal_pointer (&path);
    }
}

static void
tell (const Export *export,
      const char   *file,
      const char   *path)
{
  g_autofree char *name = g_filename_display_name (path);

  if (export->builder == NULL)
    {
      g_autofree char *line = g_strdup_printf ("%s\n", name);

      dk_cli_print (line);
      return;
    }
  dk_json_builder_begin_object (export->builder);
  dk_json_add_string (export->builder, "file", file);
  dk_json_add_string (export->builder, "output", name);
  dk_json_builder_end_object (export->builder);
}

static gboolean
export_file (Export      *export,
             DkCliSource *source,
             const char  *path)
{
  DkCli *cli = export->cli;
  DkDossierOptions options = { cli->language, (const char *const *) option_packs, option_wan, export->created };
  g_autoptr(DkEnterprise) enterprise = dk_cli_source_take (source, cli);
  g_autoptr(DkAssessment) assessment = NULL;
  g_autoptr(GError) error = NULL;

  dk_cli_report (source->problems, TRUE);
  if (enterprise == NULL)
    return FALSE;
  assessment = dk_assessment_new (cli->book, enterprise, export->as_of, export->last_year, (const char *const *) option_packs);
  if (!dk_dossier_write (cli->library, enterprise, assessment, &options, path, &error))
    {
      dk_cli_complain ("%s", error->message);
      return FALSE;
    }
  tell (export, source->path, path);
  return TRUE;
}

static gboolean
make_folder (const char *folder)
{
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;
  dk_cli_complain (_("the folder “%s” cannot be made: %s"), folder, g_strerror (errno));
  return FALSE;
}

static gboolean
export_files (Export    *export,
              GPtrArray *sources,
              gboolean   is_list)
{
  gboolean is_folder = is_list || g_file_test (option_output, G_FILE_TEST_IS_DIR);
  gboolean is_good = TRUE;

  if (is_folder && !make_folder (option_output))
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      DkCliSource *source = g_ptr_array_index (sources, i);
      g_autofree char *path = is_folder ? make_path (export, option_output, source) : g_strdup (option_output);

      is_good = export_file (export, source, path) && is_good;
    }
  return is_good;
}

/* Each part of a workbook is packed with buffers of its own, and giving them back to the system each time takes a quarter of the whole
 * time of an export. */
static void
keep_memory (void)
{
#ifdef M_TRIM_THRESHOLD
  mallopt (M_TRIM_THRESHOLD, 32 << 20);
  mallopt (M_MMAP_THRESHOLD, 4 << 20);
#endif
}

static int
run (DkCli  *cli,
     char  **files)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_cli_source_free);
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Export export = { .cli = cli, .taken = taken };
  gboolean is_list = files[0] != NULL && files[1] != NULL;
  gboolean is_good = TRUE;

  if (!dk_cli_parse_day_and_year (option_as_of, option_year, &export.as_of, &export.last_year) || !read_clock (&export.created))
    return DK_CLI_USAGE;
  if (files[0] == NULL)
    {
      dk_cli_complain_usage (_("the file of an enterprise is wanted"));
      return DK_CLI_USAGE;
    }
  if (option_output == NULL || *option_output == '\0')
    {
      dk_cli_complain_usage (_("the file to write is wanted: -o OUT.xlsx"));
      return DK_CLI_USAGE;
    }
  keep_memory ();
  if (!dk_cli_load (cli))
    return DK_CLI_BAD_INPUT;
  if (!dk_cli_check_packs (cli, option_packs))
    return DK_CLI_USAGE;
  dk_library_compile_derived (cli->library);
  for (guint i = 0; files[i] != NULL; i++)
    {
      is_list = is_list || g_file_test (files[i], G_FILE_TEST_IS_DIR) || dk_store_is_workspace (files[i]);
      is_good = dk_cli_collect_sources (cli, files[i], sources) && is_good;
    }
  if (cli->is_json)
    {
      export.builder = dk_json_builder_new ();
      dk_json_builder_begin_array (export.builder);
    }
  is_good = export_files (&export, sources, is_list) && is_good;
  if (export.builder != NULL)
    {
      g_autofree char *text = NULL;

      dk_json_builder_end_array (export.builder);
      text = dk_json_finish (export.builder);
      dk_cli_print_raw (text);
      dk_json_builder_free (export.builder);
    }
  return is_good ? DK_CLI_OK : DK_CLI_BAD_INPUT;
}

static void
clear_options (void)
{
  g_clear_pointer (&option_output, g_free);
  g_clear_pointer (&option_as_of, g_free);
  g_clear_pointer (&option_packs, g_strfreev);
}

/**
 * dk_cli_export:
 * @cli: the call
 * @args: (inout): its arguments
 *
 * Writes dossiers.
 *
 * Returns: the exit status
 */
int
dk_cli_export (DkCli   *cli,
               char  ***args)
{
  int status = DK_CLI_USAGE;

  if (dk_cli_parse (cli, args, N_("FILE…"),
                    N_("Writes a dossier for each enterprise: a workbook with what was asked, found and computed, and formulas that go on "
                       "computing. FILE is an enterprise in JSON, a folder of such files, a workspace (*.dengke), or - for the standard "
                       "input."),
                    N_("For several files, a folder or a workspace, OUT is a folder. A file that is there is replaced once the new one is "
                       "whole. What was written is printed, a line each; JSON is a list. SOURCE_DATE_EPOCH sets the time that the file says it was made."),
                    entries))
    status = run (cli, *args + 1);
  clear_options ();
  return status;
}
