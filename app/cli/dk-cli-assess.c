/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-assess"

#include "dk-cli.h"
#include "dk-cli-report.h"

#include "dk-enterprise.h"
#include "dk-store.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* One file, or one enterprise of a workspace, on its way to an assessment. */
typedef struct
{
  DkCliSource *source;
  char        *name;  /* of the enterprise */
  char        *signs; /* its line in the overview of several enterprises */
  char        *head;  /* what stands above that line */
  char        *text;  /* what to print, until it is printed; NULL when the file cannot be taken */
  gboolean     is_done;
} Job;

/* So many files a worker may be ahead of what is printed: results that wait for one before them take memory. */
#define AHEAD 4
/* Bytes, about. */
#define PRINTED_AT_ONCE 65536

/* What all workers share. They read cli, packs and options, and change only their own job, and the rest under the lock. */
typedef struct
{
  const DkCli *cli;
  char       **packs;
  gint64       as_of;
  int          last_year;
  gboolean     is_brief;
  gboolean     has_forms;
  gboolean     has_overview;
  FILE        *waiting; /* what is printed after the overview, so that a thousand results need not stay in memory; or NULL */
  GMutex       lock;
  GCond        done;
} Work;

static char    *option_as_of;
static int      option_year;
static char   **option_packs;
static int      option_jobs;
static gboolean option_progress;
static gboolean option_brief;
static gboolean option_forms;

static const GOptionEntry entries[] = {
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &option_as_of, N_("Apply the rules of this day (today)"), N_("DATE") },
  { "year", 0, 0, G_OPTION_ARG_INT, &option_year, N_("Last full accounting year (the year before that day)"), N_("YEAR") },
  { "pack", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_packs, N_("Assess only this programme; may be given several times"), N_("ID") },
  { "brief", 0, 0, G_OPTION_ARG_NONE, &option_brief, N_("Show only the verdicts"), NULL },
  { "forms", 0, 0, G_OPTION_ARG_NONE, &option_forms, N_("Show the official tables filled in too"), NULL },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &option_jobs, N_("Files assessed at the same time (one a processor)"), N_("N") },
  { "progress", 0, 0, G_OPTION_ARG_NONE, &option_progress, N_("Say on stderr how many files are done, also if it is no terminal"), NULL },
  { NULL },
};

static void
free_job (Job *job)
{
  g_clear_pointer (&job->source, dk_cli_source_free);
  g_free (job->name);
  g_free (job->signs);
  g_free (job->head);
  g_free (job->text);
  g_free (job);
}

static void
assess_file (Job        *job,
             const Work *work)
{
  g_autoptr(DkEnterprise) enterprise = dk_cli_source_take (job->source, work->cli);
  g_autoptr(DkAssessment) assessment = NULL;

  if (enterprise == NULL)
    return;
  assessment = dk_assessment_new (work->cli->book, enterprise, work->as_of, work->last_year, (const char *const *) work->packs);
  job->name = g_strdup (dk_enterprise_get_name (enterprise));
  if (work->cli->is_json)
    {
      job->text = dk_assessment_to_json (assessment, work->cli->language);
    }
  else
    {
      GString *text = g_string_new (NULL);
      DkLayout layout;

      dk_cli_layout_init (work->cli, &layout, text);
      if (!work->has_overview || !work->is_brief)
        dk_report_assessment (work->cli, &layout, assessment, job->name, work->is_brief);
      if (work->has_forms)
        {
          const DkWording wording = { assessment, work->cli->book, dk_arena_new (), work->cli->language };

          dk_report_forms (&wording, &layout);
          dk_arena_free (wording.arena);
        }
      job->text = g_string_free (text, FALSE);
      if (work->has_overview)
        job->signs = dk_report_overview (work->cli, assessment, &job->head);
    }
}

static void
on_job (gpointer data,
        gpointer user_data)
{
  Job *job = data;
  Work *work = user_data;

  assess_file (job, work);
  g_mutex_lock (&work->lock);
  job->is_done = TRUE;
  g_cond_broadcast (&work->done);
  g_mutex_unlock (&work->lock);
}

/* Adds the enterprises that @path means. */
static gboolean
collect_jobs (const DkCli *cli,
              const char  *path,
              GPtrArray   *jobs)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new ();
  gboolean is_good = dk_cli_collect_sources (cli, path, sources);

  for (guint i = 0; i < sources->len; i++)
    {
      Job *job = g_new0 (Job, 1);

      job->source = g_ptr_array_index (sources, i);
      g_ptr_array_add (jobs, job);
    }
  return is_good;
}

static gboolean
check_options (gint64 *as_of,
               int    *last_year)
{
  if (!dk_cli_parse_day_and_year (option_as_of, option_year, as_of, last_year))
    return FALSE;
  if (option_jobs < 0 || option_jobs > 1024)
    {
      dk_cli_complain_usage (_("%d is no number of jobs; one from 1 to 1024 is wanted"), option_jobs);
      return FALSE;
    }
  return TRUE;
}

/* On a terminal one line that changes, in a file a line each time. */
static void
show_progress (guint n_done,
               guint n)
{
  if (isatty (STDERR_FILENO))
    {
      if (n >= 2 || option_progress)
        g_printerr (n_done < n ? "\r%u / %u" : "\r\033[K", n_done, n);
    }
  else if (option_progress)
    {
      g_printerr ("%u / %u\n", n_done, n);
    }
}

/* Makes room for a message where the progress stands. */
static void
clear_progress (guint n)
{
  if (isatty (STDERR_FILENO) && (n >= 2 || option_progress))
    g_printerr ("\r\033[K");
}

static void
print_overview (const DkCli *cli,
                GPtrArray   *jobs)
{
  int name_width = 0;
  gboolean has_head = FALSE;

  for (guint i = 0; i < jobs->len; i++)
    {
      const Job *job = g_ptr_array_index (jobs, i);

      if (job->name != NULL)
        name_width = MAX (name_width, dk_layout_measure (job->name));
    }
  name_width = CLAMP (name_width, 10, 40);
  for (guint i = 0; i < jobs->len; i++)
    {
      const Job *job = g_ptr_array_index (jobs, i);
      g_autoptr(GString) text = g_string_new (NULL);
      DkLayout layout;

      if (job->signs == NULL)
        continue;
      dk_cli_layout_init (cli, &layout, text);
      if (!has_head)
        {
          dk_layout_start (&layout, name_width + 2, 0);
          g_string_append (text, job->head);
          dk_layout_end (&layout);
          has_head = TRUE;
        }
      dk_layout_start (&layout, 0, 0);
      dk_layout_add (&layout, DK_STYLE_PLAIN, job->name != NULL && *job->name != '\0' ? job->name : _("(no name)"));
      dk_layout_tab (&layout, name_width + 2);
      g_string_append (text, job->signs);
      dk_layout_end (&layout);
      dk_cli_print (text->str);
    }
}

/* Puts a result where it waits for the overview. */
static gboolean
put_aside (Work       *work,
           const char *text)
{
  if (work->waiting == NULL)
    work->waiting = tmpfile ();
  if (work->waiting != NULL && fputs ("\n\n", work->waiting) != EOF && fputs (text, work->waiting) != EOF)
    return TRUE;
  dk_cli_complain ("%s", g_strerror (errno));
  return FALSE;
}

/* Prints what was put aside. Characters are not torn apart: only whole lines are printed at once. */
static gboolean
print_waiting (Work *work)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *line = NULL;
  gsize size = 0;
  gboolean is_good;

  if (work->waiting == NULL)
    return TRUE;
  rewind (work->waiting);
  while (getline (&line, &size, work->waiting) >= 0)
    {
      g_string_append (text, line);
      if (text->len < PRINTED_AT_ONCE)
        continue;
      dk_cli_print (text->str);
      g_string_truncate (text, 0);
    }
  dk_cli_print (text->str);
  is_good = !ferror (work->waiting);
  if (!is_good)
    dk_cli_complain ("%s", g_strerror (errno));
  fclose (work->waiting);
  work->waiting = NULL;
  return is_good;
}

/* Waits for a job, and prints what it found, or keeps that for after the overview. What is not wanted any more is freed. */
static gboolean
finish_job (Work     *work,
            Job      *job,
            guint     n_jobs,
            gboolean  is_list,
            guint    *n_printed)
{
  g_autofree char *text = NULL;
  gboolean is_good = TRUE;

  g_mutex_lock (&work->lock);
  while (!job->is_done)
    g_cond_wait (&work->done, &work->lock);
  g_mutex_unlock (&work->lock);
  if (dk_problems_length (job->source->problems) > 0)
    clear_progress (n_jobs);
  dk_cli_report (job->source->problems, TRUE);
  g_clear_pointer (&job->source, dk_cli_source_free);
  text = g_steal_pointer (&job->text);
  if (text == NULL)
    return FALSE;
  if (work->has_overview)
    {
      if (!work->is_brief)
        is_good = put_aside (work, text);
    }
  else if (work->cli->is_json)
    {
      if (*n_printed > 0)
        dk_cli_print_raw (",\n");
      dk_cli_print_raw (g_strchomp (text));
      if (!is_list)
        dk_cli_print_raw ("\n");
    }
  else
    {
      dk_cli_print (text);
    }
  (*n_printed)++;
  return is_good;
}

/* Hands out the jobs, and prints what they found, in the order of the files, as soon as it is there. */
static gboolean
print_jobs (Work        *work,
            GPtrArray   *jobs,
            GThreadPool *pool,
            gboolean     is_list)
{
  guint ahead = (guint) g_thread_pool_get_max_threads (pool) * AHEAD;
  gboolean is_good = TRUE;
  guint n_printed = 0, n_pushed = 0;

  if (work->cli->is_json && is_list)
    dk_cli_print_raw ("[\n");
  for (guint i = 0; i < jobs->len; i++)
    {
      for (; n_pushed < jobs->len && n_pushed < i + ahead; n_pushed++)
        g_thread_pool_push (pool, g_ptr_array_index (jobs, n_pushed), NULL);
      is_good = finish_job (work, g_ptr_array_index (jobs, i), jobs->len, is_list, &n_printed) && is_good;
      show_progress (i + 1, jobs->len);
    }
  if (work->cli->is_json && is_list)
    dk_cli_print_raw (n_printed > 0 ? "\n]\n" : "]\n");
  if (work->has_overview)
    {
      print_overview (work->cli, jobs);
      is_good = print_waiting (work) && is_good;
    }
  return is_good;
}

static int
run_jobs (DkCli     *cli,
          GPtrArray *jobs,
          gboolean   is_list,
          gint64     as_of,
          int        last_year)
{
  guint n_threads = MIN (option_jobs > 0 ? (guint) option_jobs : g_get_num_processors (), MAX (jobs->len, 1));
  Work work = {
    .cli = cli,
    .packs = option_packs,
    .as_of = as_of,
    .last_year = last_year,
    .is_brief = option_brief,
    .has_forms = option_forms,
    .has_overview = is_list && !cli->is_json,
  };
  GThreadPool *pool;
  gboolean is_good;

#ifdef __GLIBC__
  /* What one result leaves free the next one needs: giving it back to the system between them would cost more than the assessment. */
  mallopt (M_TRIM_THRESHOLD, 64 * 1024 * 1024);
#endif
  g_mutex_init (&work.lock);
  g_cond_init (&work.done);
  pool = g_thread_pool_new (on_job, &work, n_threads, FALSE, NULL);
  is_good = print_jobs (&work, jobs, pool, is_list);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_mutex_clear (&work.lock);
  g_cond_clear (&work.done);
  return is_good ? DK_CLI_OK : DK_CLI_BAD_INPUT;
}

static void
clear_options (void)
{
  g_clear_pointer (&option_as_of, g_free);
  g_clear_pointer (&option_packs, g_strfreev);
}

static int
run (DkCli  *cli,
     char  **files)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) free_job);
  gboolean is_list = files[0] != NULL && files[1] != NULL;
  gboolean is_good = TRUE;
  gint64 as_of;
  int last_year;
  int status;

  if (!check_options (&as_of, &last_year))
    return DK_CLI_USAGE;
  if (files[0] == NULL)
    {
      dk_cli_complain_usage (_("the file of an enterprise is wanted"));
      return DK_CLI_USAGE;
    }
  if (!dk_cli_load (cli))
    return DK_CLI_BAD_INPUT;
  if (!dk_cli_check_packs (cli, option_packs))
    return DK_CLI_USAGE;
  for (guint i = 0; files[i] != NULL; i++)
    {
      is_list = is_list || g_file_test (files[i], G_FILE_TEST_IS_DIR) || dk_store_is_workspace (files[i]);
      is_good = collect_jobs (cli, files[i], jobs) && is_good;
    }
  if (cli->is_json || !option_brief)
    dk_library_compile_derived (cli->library);
  status = run_jobs (cli, jobs, is_list, as_of, last_year);
  return is_good ? status : DK_CLI_BAD_INPUT;
}

/**
 * dk_cli_assess:
 * @cli: the call
 * @args: (inout): its arguments
 *
 * Assesses enterprises, several at the same time: a worker has a run of its own, and all read the same rulebook.
 *
 * Returns: the exit status
 */
int
dk_cli_assess (DkCli   *cli,
               char  ***args)
{
  int status = DK_CLI_USAGE;

  if (dk_cli_parse (cli, args, N_("FILE…"),
                    N_("Assesses enterprises. FILE is an enterprise in JSON, a folder of such files, a workspace (*.dengke), or - for "
                       "the standard input."),
                    N_("JSON is one object for one file; for several files, a folder or a workspace it is a list in their order. A file "
                       "that cannot be taken is reported and left out, and the exit status is 2. How many files are done stands on "
                       "stderr while it is a terminal."),
                    entries))
    status = run (cli, *args + 1);
  clear_options ();
  return status;
}
