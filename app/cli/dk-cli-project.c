/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-project"

#include "dk-cli.h"
#include "dk-cli-report.h"

#include "dk-projection.h"
#include "dk-store.h"

#include <glib/gi18n.h>
#include <string.h>

/* Columns of a year: a sign, and whether it is by the plan. */
#define YEAR_WIDTH 6
#define MAX_TITLE 40

static char  *option_as_of;
static int    option_year;
static char **option_packs;

static const GOptionEntry entries[] = {
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &option_as_of, N_("Count the years from this day (today)"), N_("DATE") },
  { "year", 0, 0, G_OPTION_ARG_INT, &option_year, N_("Last full accounting year (the year before that day)"), N_("YEAR") },
  { "pack", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_packs, N_("Show only this programme; may be given several times"), N_("ID") },
  { NULL },
};

/* A text in the making. */
typedef struct
{
  DkWording           wording;
  DkLayout           *layout;
  const DkProjection *projection;
  int                 column; /* of the first year */
} Report;

static DkStyle
get_style (DkVerdict verdict)
{
  return verdict == DK_VERDICT_PASS ? DK_STYLE_GOOD : verdict == DK_VERDICT_FAIL ? DK_STYLE_BAD
         : verdict == DK_VERDICT_OPEN ? DK_STYLE_WAITING : DK_STYLE_FAINT;
}

static void
add_course (const Report   *self,
            const DkCourse *course,
            const char     *title,
            gboolean        is_standard)
{
  g_autofree char *words = dk_projection_dup_course (&self->wording, self->projection, course);
  int indent = is_standard ? 2 : 0;

  dk_layout_start (self->layout, indent, indent + 2);
  dk_layout_add (self->layout, DK_STYLE_PLAIN, title);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      DkVerdict verdict = course->results[year] != NULL ? course->results[year]->verdict : DK_VERDICT_NA;

      dk_layout_tab (self->layout, self->column + (int) year * YEAR_WIDTH);
      dk_layout_add (self->layout, get_style (verdict), dk_wording_get_sign (verdict));
      dk_layout_add (self->layout, DK_STYLE_FAINT, course->by_plan[year] ? "*" : "");
    }
  dk_layout_tab (self->layout, self->column + DK_PROJECTION_YEARS * YEAR_WIDTH);
  dk_layout_add (self->layout, DK_STYLE_FAINT, words);
  dk_layout_end (self->layout);
}

static void
add_line (const Report *self,
          DkStyle       style,
          const char   *text)
{
  dk_layout_start (self->layout, 0, 2);
  dk_layout_add (self->layout, style, text);
  dk_layout_end (self->layout);
}

/* The days, and the accounts that count on them. */
static void
add_years (const Report *self)
{
  dk_layout_gap (self->layout);
  dk_layout_start (self->layout, 0, 0);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      g_autofree char *number = g_strdup_printf ("%d", dk_projection_get_year (self->projection, year));

      dk_layout_tab (self->layout, self->column + (int) year * YEAR_WIDTH);
      dk_layout_add (self->layout, DK_STYLE_STRONG, number);
    }
  dk_layout_end (self->layout);
}

static void
add_plan (const Report *self)
{
  g_autoptr(GArray) planned = dk_enterprise_list_planned (self->projection->enterprise);

  dk_layout_gap (self->layout);
  add_line (self, DK_STYLE_STRONG, planned->len > 0 ? _("What is planned") : _("Nothing is planned."));
  for (guint i = 0; i < planned->len; i++)
    {
      const DkPlanned *one = &g_array_index (planned, DkPlanned, i);
      const DkSymbol *symbol = dk_planned_get_symbol (one->fact, one->period);
      g_autofree char *name = dk_planned_dup_name (one->fact, one->period, self->wording.language);
      g_autofree char *value = dk_value_to_display (&one->value, symbol->kind, symbol->unit, symbol->choices, symbol->codes,
                                                    self->wording.language);

      dk_layout_start (self->layout, 2, 4);
      dk_layout_add (self->layout, DK_STYLE_PLAIN, name);
      dk_layout_add (self->layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add_whole (self->layout, DK_STYLE_STRONG, value);
      dk_layout_end (self->layout);
    }
}

static const char *
get_title (const Report    *self,
           const DkOutlook *outlook)
{
  return dk_pack_get_short_title (outlook->pack, self->wording.language);
}

static int
measure_titles (const Report *self)
{
  int width = 0;

  for (guint i = 0; i < self->projection->outlooks->len; i++)
    {
      const DkOutlook *outlook = g_ptr_array_index (self->projection->outlooks, i);

      width = MAX (width, dk_layout_measure (get_title (self, outlook)));
      for (guint s = 0; s < outlook->standards->len; s++)
        {
          const DkCourse *standard = g_ptr_array_index (outlook->standards, s);

          width = MAX (width, 2 + dk_layout_measure (dk_item_get_short_title (standard->item, self->wording.language)));
        }
    }
  return MIN (width, MAX_TITLE);
}

static char *
write_text (const DkCli        *cli,
            const DkProjection *projection)
{
  GString *text = g_string_new (NULL);
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkLayout layout;
  Report self = { { projection->assessments[0], cli->book, arena, cli->language }, &layout, projection, 0 };
  const char *name = dk_enterprise_get_name (projection->enterprise);
  g_autofree char *sentence = dk_projection_dup_sentence (&self.wording, projection);
  g_autofree char *day = dk_date_to_string (projection->as_of);

  dk_cli_layout_init (cli, &layout, text);
  self.column = measure_titles (&self) + 2;
  dk_layout_start (&layout, 0, 2);
  dk_layout_add (&layout, DK_STYLE_STRONG, *name != '\0' ? name : _("(no name)"));
  dk_layout_add (&layout, DK_STYLE_PLAIN, "  ");
  dk_layout_add (&layout, DK_STYLE_FAINT, day);
  dk_layout_end (&layout);
  add_line (&self, DK_STYLE_PLAIN, sentence);
  add_years (&self);
  for (guint i = 0; i < projection->outlooks->len; i++)
    {
      const DkOutlook *outlook = g_ptr_array_index (projection->outlooks, i);

      /* A profile says what something is, and is neither met nor not. */
      if (outlook->course.item->kind == DK_ITEM_VALUE || outlook->course.item->kind == DK_ITEM_LIST)
        continue;
      add_course (&self, &outlook->course, get_title (&self, outlook), FALSE);
      for (guint s = 0; s < outlook->standards->len; s++)
        {
          const DkCourse *standard = g_ptr_array_index (outlook->standards, s);

          add_course (&self, standard, dk_item_get_short_title (standard->item, cli->language), TRUE);
        }
    }
  dk_layout_gap (&layout);
  add_line (&self, DK_STYLE_FAINT, _("Each year as of the same day, by the rules that are known for it and the accounts of the year before. "
                                     "* : would be otherwise if nothing was planned. What was checked stays as it was answered."));
  add_plan (&self);
  return g_string_free (text, FALSE);
}

static gboolean
project (const DkCli *cli,
         DkCliSource *source,
         gint64       as_of,
         int          last_year,
         gboolean     is_first)
{
  g_autoptr(DkEnterprise) enterprise = dk_cli_source_take (source, cli);
  g_autoptr(DkProjection) projection = NULL;
  g_autofree char *text = NULL;

  dk_cli_report (source->problems, TRUE);
  if (enterprise == NULL)
    return FALSE;
  projection = dk_projection_new (cli->book, enterprise, as_of, last_year, (const char *const *) option_packs);
  if (!is_first)
    dk_cli_print_raw (cli->is_json ? ",\n" : "\n\n");
  if (cli->is_json)
    {
      text = dk_projection_to_json (projection, cli->language);
      dk_cli_print_raw (g_strchomp (text));
    }
  else
    {
      text = write_text (cli, projection);
      dk_cli_print (text);
    }
  return TRUE;
}

static int
run_command (DkCli  *cli,
             char  **files)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_cli_source_free);
  gboolean is_list = files[0] != NULL && files[1] != NULL, is_good = TRUE;
  guint n_printed = 0;
  gint64 as_of;
  int last_year;

  if (!dk_cli_parse_day_and_year (option_as_of, option_year, &as_of, &last_year))
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
      is_good = dk_cli_collect_sources (cli, files[i], sources) && is_good;
    }
  if (cli->is_json && is_list)
    dk_cli_print_raw ("[\n");
  for (guint i = 0; i < sources->len; i++)
    {
      gboolean is_done = project (cli, g_ptr_array_index (sources, i), as_of, last_year, n_printed == 0);

      n_printed += is_done;
      is_good = is_done && is_good;
    }
  if (cli->is_json && (is_list || n_printed > 0))
    dk_cli_print_raw (is_list ? n_printed > 0 ? "\n]\n" : "]\n" : "\n");
  return is_good ? DK_CLI_OK : DK_CLI_BAD_INPUT;
}

/**
 * dk_cli_project:
 * @cli: the call
 * @args: (inout): its arguments
 *
 * Shows what becomes of enterprises in the coming years, as they plan.
 *
 * Returns: the exit status
 */
int
dk_cli_project (DkCli   *cli,
                char  ***args)
{
  int status = DK_CLI_USAGE;

  if (dk_cli_parse (cli, args, N_("FILE…"),
                    N_("Shows for each programme, and each standard of a board, in which of the coming years it is first met, by what the "
                       "enterprise in FILE plans. FILE is an enterprise in JSON, a folder of such files, a workspace (*.dengke), or - for the "
                       "standard input."),
                    N_("A year is that day of the year, with the accounts of the year before and the rules that are known for it. Present "
                       "results never depend on a plan: “assess” does not read it."),
                    entries))
    status = run_command (cli, *args + 1);
  g_clear_pointer (&option_as_of, g_free);
  g_clear_pointer (&option_packs, g_strfreev);
  return status;
}
