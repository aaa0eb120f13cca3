/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-workspace"

#include "dk-cli.h"

#include "dk-assessment.h"
#include "dk-json-builder.h"
#include "dk-projection.h"
#include "dk-store.h"

#include <glib/gi18n.h>
#include <string.h>

static char *option_output;
static char *option_as_of;

static const GOptionEntry entries[] = {
  /* TRANSLATORS: FILE is the name of a file. */
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_("extract: the file to write, *.json or a workspace"), N_("FILE") },
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &option_as_of, N_("snapshot: the day it is for (today)"), N_("DATE") },
  { NULL },
};

/* --- What the commands share --- */

static DkStore *
open_workspace (const char *path,
                gboolean    read_only)
{
  g_autoptr(GError) error = NULL;
  DkStore *store = dk_store_open (path, read_only, &error);

  if (store == NULL)
    dk_cli_complain ("%s", error->message);
  return store;
}

static gboolean
load_catalogue (DkCli *cli)
{
  g_autofree char *directory = dk_library_get_data_directory ();
  g_autoptr(DkProblems) problems = dk_problems_new ();

  cli->catalogue = dk_catalogue_load (directory, problems);
  if (cli->catalogue != NULL && dk_problems_count (problems) == 0)
    return TRUE;
  dk_cli_report (problems, FALSE);
  dk_cli_complain (_("the fact catalogue in “%s” cannot be used"), directory);
  return FALSE;
}

static int
complain (GError *error)
{
  dk_cli_complain ("%s", error->message);
  return DK_CLI_BAD_INPUT;
}

/* The enterprise of that number or of that name. */
static int
find_enterprise (DkStore     *store,
                 const char  *word,
                 gint64      *id,
                 char       **name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = dk_store_list (store, &error);
  guint n_found = 0;
  guint64 number = 0;
  gboolean is_number = g_ascii_string_to_unsigned (word, 10, 1, G_MAXINT64, &number, NULL);

  if (list == NULL)
    return complain (error);
  for (guint pass = 0; pass < 2 && n_found == 0; pass++)
    for (guint i = 0; i < list->len; i++)
      {
        const DkStoreEntry *entry = g_ptr_array_index (list, i);

        if (pass == 0 ? is_number && entry->id == (gint64) number : strcmp (entry->name, word) == 0)
          {
            *id = entry->id;
            g_free (*name);
            *name = g_strdup (entry->name);
            n_found++;
          }
      }
  if (n_found == 1)
    return DK_CLI_OK;
  if (n_found == 0)
    dk_cli_complain_usage (_("there is no enterprise “%s” in the workspace"), word);
  else
    dk_cli_complain_usage (_("there are %u enterprises “%s” in the workspace; the number is wanted"), n_found, word);
  return DK_CLI_USAGE;
}

/* "2026-11-25 23:10" where the user is, or with @is_exact "2026-11-25T15:10:00Z". */
static char *
describe_time (gint64   microseconds,
               gboolean is_exact)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  if (time == NULL || local == NULL)
    return g_strdup ("");
  return is_exact ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static void
add_time (DkJsonBuilder *builder,
          const char    *name,
          gint64         microseconds)
{
  g_autofree char *text = describe_time (microseconds, TRUE);

  dk_json_add_string (builder, name, text);
}

static void
print_json (DkJsonBuilder *builder)
{
  g_autofree char *text = dk_json_finish (builder);

  dk_cli_print_raw (text);
}

/* --- list, and what add answers with --- */

static void
add_entry (DkJsonBuilder      *builder,
           const DkStoreEntry *entry)
{
  dk_json_builder_begin_object (builder);
  dk_json_add_int (builder, "id", entry->id);
  dk_json_add_string (builder, "name", entry->name);
  add_time (builder, "created", entry->created);
  add_time (builder, "modified", entry->modified);
  dk_json_builder_end_object (builder);
}

static char *
describe_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static void
show_entries (const DkCli *cli,
              GPtrArray   *list)
{
  g_autoptr(GString) text = g_string_new (NULL);
  int id_width = 0, name_width = 0;
  DkLayout layout;

  dk_cli_layout_init (cli, &layout, text);
  for (guint i = 0; i < list->len; i++)
    {
      const DkStoreEntry *entry = g_ptr_array_index (list, i);
      g_autofree char *id = describe_id (entry->id);

      id_width = MAX (id_width, dk_layout_measure (id));
      name_width = MAX (name_width, dk_layout_measure (entry->name));
    }
  name_width = CLAMP (name_width, 10, 60);
  for (guint i = 0; i < list->len; i++)
    {
      const DkStoreEntry *entry = g_ptr_array_index (list, i);
      g_autofree char *id = describe_id (entry->id);
      g_autofree char *when = describe_time (entry->modified, FALSE);

      dk_layout_start (&layout, id_width - dk_layout_measure (id), id_width + 2);
      dk_layout_add (&layout, DK_STYLE_PLAIN, id);
      dk_layout_tab (&layout, id_width + 2);
      dk_layout_add (&layout, DK_STYLE_PLAIN, *entry->name != '\0' ? entry->name : _("(no name)"));
      dk_layout_tab (&layout, id_width + 2 + name_width + 2);
      dk_layout_add_whole (&layout, DK_STYLE_FAINT, when);
      dk_layout_end (&layout);
    }
  dk_cli_print (text->str);
}

/* @ids: (nullable): only these */
static int
print_entries (const DkCli *cli,
               DkStore     *store,
               GArray      *ids)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = dk_store_list (store, &error);
  g_autoptr(DkJsonBuilder) builder = NULL;

  if (list == NULL)
    return complain (error);
  for (guint i = list->len; ids != NULL && i-- > 0;)
    {
      gboolean is_wanted = FALSE;

      for (guint j = 0; j < ids->len; j++)
        is_wanted = is_wanted || ((DkStoreEntry *) g_ptr_array_index (list, i))->id == g_array_index (ids, gint64, j);
      if (!is_wanted)
        g_ptr_array_remove_index (list, i);
    }
  if (!cli->is_json)
    {
      show_entries (cli, list);
      return DK_CLI_OK;
    }
  builder = dk_json_builder_new ();
  dk_json_builder_begin_object (builder);
  dk_json_begin_list (builder, "enterprises");
  for (guint i = 0; i < list->len; i++)
    add_entry (builder, g_ptr_array_index (list, i));
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
  print_json (builder);
  return DK_CLI_OK;
}

static int
run_list (DkCli  *cli,
          char  **args)
{
  g_autoptr(DkStore) store = open_workspace (args[0], TRUE);

  return store != NULL ? print_entries (cli, store, NULL) : DK_CLI_BAD_INPUT;
}

/* --- add --- */

/* A file to add: an enterprise that was read, or a workspace that can be. */
typedef struct
{
  const char   *path;
  DkEnterprise *enterprise;
} Source;

static void
clear_source (gpointer data)
{
  g_clear_pointer (&((Source *) data)->enterprise, dk_enterprise_free);
}

/* Reads what can be read before the workspace is opened, or made: a call with nothing to add makes none. */
static gboolean
collect_sources (DkCli   *cli,
                 char   **paths,
                 GArray  *sources)
{
  gboolean is_good = TRUE;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autoptr(DkStore) other = NULL;
      Source source = { paths[i], NULL };

      if (dk_store_is_workspace (paths[i]) || g_str_has_suffix (paths[i], ".dengke"))
        other = open_workspace (paths[i], TRUE);
      else
        source.enterprise = dk_enterprise_load (cli->catalogue, paths[i], problems);
      dk_cli_report (problems, TRUE);
      if (other != NULL || source.enterprise != NULL)
        g_array_append_val (sources, source);
      else
        is_good = FALSE;
    }
  return is_good;
}

static gboolean
add_source (DkStore      *store,
            const Source *source,
            GArray       *ids,
            GError      **error)
{
  g_autoptr(GArray) imported = NULL;
  gint64 id;

  if (source->enterprise == NULL)
    {
      imported = dk_store_import (store, source->path, error);
      if (imported != NULL && imported->len > 0)
        g_array_append_vals (ids, imported->data, imported->len);
      return imported != NULL;
    }
  id = dk_store_add (store, source->enterprise, error);
  if (id != 0)
    g_array_append_val (ids, id);
  return id != 0;
}

static int
run_add (DkCli  *cli,
         char  **args)
{
  g_autoptr(GArray) sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(DkStore) store = NULL;
  gboolean is_good;
  int status;

  if (!load_catalogue (cli))
    return DK_CLI_BAD_INPUT;
  g_array_set_clear_func (sources, clear_source);
  is_good = collect_sources (cli, args + 1, sources);
  if (sources->len > 0)
    store = open_workspace (args[0], FALSE);
  if (store == NULL)
    return DK_CLI_BAD_INPUT;
  for (guint i = 0; i < sources->len; i++)
    {
      const Source *source = &g_array_index (sources, Source, i);
      g_autoptr(GError) error = NULL;

      if (!add_source (store, source, ids, &error))
        {
          dk_cli_complain ("%s: %s", source->path, error->message);
          is_good = FALSE;
        }
    }
  status = print_entries (cli, store, ids);
  return is_good ? status : DK_CLI_BAD_INPUT;
}

/* --- extract --- */

static int
write_enterprise (DkCli   *cli,
                  DkStore *store,
                  gint64   id)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkEnterprise) enterprise = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;

  if (!load_catalogue (cli))
    return DK_CLI_BAD_INPUT;
  enterprise = dk_store_read (store, id, DK_LAYER_ACTUAL, cli->catalogue, problems, &error);
  dk_cli_report (problems, TRUE);
  if (enterprise == NULL)
    return complain (error);
  json = dk_enterprise_to_json (enterprise);
  return g_file_set_contents (option_output, json, -1, &error) ? DK_CLI_OK : complain (error);
}

static int
run_extract (DkCli  *cli,
             char  **args)
{
  g_autoptr(DkStore) store = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  gint64 id = 0;
  int status;

  if (option_output == NULL)
    {
      dk_cli_complain_usage (_("the file to write is wanted: -o FILE"));
      return DK_CLI_USAGE;
    }
  store = open_workspace (args[0], TRUE);
  if (store == NULL)
    return DK_CLI_BAD_INPUT;
  status = find_enterprise (store, args[1], &id, &name);
  if (status != DK_CLI_OK)
    return status;
  if (g_str_has_suffix (option_output, ".json"))
    return write_enterprise (cli, store, id);
  return dk_store_extract (store, id, option_output, &error) ? DK_CLI_OK : complain (error);
}

/* --- history --- */

static const char *const kind_ids[] = { "fact", "cell", "row-added", "row-deleted", "complete", "name", "added", "note" };
static const char *const state_ids[] = { "done", "undone", "dropped" };
static const char *const layer_ids[] = { "actual", "plan", "scenario" };

static void
add_change (DkJsonBuilder       *builder,
            const DkStoreChange *change)
{
  gboolean has_row = change->kind == DK_EDIT_CELL || change->kind == DK_EDIT_ROW_ADDED || change->kind == DK_EDIT_ROW_DELETED;
  gboolean is_fact = change->kind == DK_EDIT_FACT;
  g_autofree char *when = dk_period_to_string (change->period);

  dk_json_builder_begin_object (builder);
  dk_json_add_int (builder, "step", change->step);
  dk_json_add_string (builder, "state", state_ids[change->state]);
  add_time (builder, "at", change->at);
  dk_json_add_string (builder, "kind", kind_ids[change->kind]);
  dk_json_add_string (builder, "fact", is_fact ? change->subject : NULL);
  dk_json_add_string (builder, "subject", change->kind == DK_EDIT_NOTE ? change->subject : NULL);
  dk_json_add_string (builder, "period", is_fact && *when != '\0' ? when : NULL);
  dk_json_add_string (builder, "layer", is_fact ? layer_ids[change->layer] : NULL);
  dk_json_add_string (builder, "source", is_fact && *change->source != '\0' ? change->source : NULL);
  dk_json_add_string (builder, "register", has_row || change->kind == DK_EDIT_COMPLETE ? change->subject : NULL);
  dk_json_builder_set_member_name (builder, "row");
  if (has_row)
    dk_json_builder_add_int_value (builder, change->row);
  else
    dk_json_builder_add_null_value (builder);
  dk_json_add_string (builder, "column", change->kind == DK_EDIT_CELL ? change->column : NULL);
  dk_json_add_string (builder, "old", change->old_value);
  dk_json_add_string (builder, "new", change->new_value);
  dk_json_builder_end_object (builder);
}

static void
print_history_json (gint64      id,
                    const char *name,
                    GPtrArray  *changes,
                    GPtrArray  *snapshots)
{
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();

  dk_json_builder_begin_object (builder);
  dk_json_add_int (builder, "id", id);
  dk_json_add_string (builder, "name", name);
  dk_json_begin_list (builder, "changes");
  for (guint i = 0; i < changes->len; i++)
    add_change (builder, g_ptr_array_index (changes, i));
  dk_json_builder_end_array (builder);
  dk_json_begin_list (builder, "snapshots");
  for (guint i = 0; i < snapshots->len; i++)
    {
      const DkStoreSnapshot *snapshot = g_ptr_array_index (snapshots, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_int (builder, "id", snapshot->id);
      dk_json_add_string (builder, "name", snapshot->name);
      dk_json_add_date (builder, "as_of", snapshot->as_of);
      add_time (builder, "taken", snapshot->taken);
      dk_json_add_int (builder, "step", snapshot->step);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
  print_json (builder);
}

static const char *
name_layer (DkLayer layer)
{
  static const char *const names[] = { NULL, N_("plan"), N_("scenario") };

  return layer > DK_LAYER_ACTUAL && layer < G_N_ELEMENTS (names) ? _(names[layer]) : NULL;
}

/* What was changed, as people call it: "Staff 2025 (plan)". */
static char *
describe_subject (const DkCli         *cli,
                  const DkStoreChange *change)
{
  const DkScope *scope = dk_catalogue_get_scope (cli->catalogue);
  GString *text = g_string_new (NULL);

  if (change->kind == DK_EDIT_FACT)
    {
      const DkSymbol *fact = dk_scope_find_fact (scope, change->subject);
      g_autofree char *when = dk_period_to_string (change->period);

      if (change->layer == DK_LAYER_PLAN && *change->source == '\0' && (fact != NULL || g_str_equal (change->subject, DK_PLAN_OTHERS)))
        {
          g_autofree char *name = dk_planned_dup_name (fact, change->period, cli->language);

          g_string_append_printf (text, "%s (%s)", name, name_layer (change->layer));
          return g_string_free (text, FALSE);
        }
      g_string_append (text, fact != NULL ? dk_text_get (&fact->label, cli->language) : change->subject);
      if (*when != '\0')
        g_string_append_printf (text, " %s", when);
      if (name_layer (change->layer) != NULL)
        g_string_append_printf (text, " (%s)", name_layer (change->layer));
      if (*change->source != '\0')
        g_string_append_printf (text, " [%s]", change->source);
    }
  else if (change->kind == DK_EDIT_NOTE)
    {
      DkPeriodKey period;
      gboolean is_check;
      const DkSymbol *fact = dk_note_find_fact (cli->catalogue, change->subject, &period, &is_check);
      g_autofree char *name = fact != NULL ? dk_fact_to_display (fact, period, cli->language) : g_strdup (change->subject);

      /* TRANSLATORS: a fact, or a cross-check: what was found out about it. */
      g_string_append_printf (text, _("note on %s"), name);
    }
  else
    {
      const DkRegister *reg = dk_scope_find_register (scope, change->subject, NULL);
      const DkSymbol *column = reg != NULL ? dk_register_find_column (reg, change->column, NULL) : NULL;

      g_string_append (text, reg != NULL ? dk_text_get (&reg->label, cli->language) : change->subject);
      if (change->kind != DK_EDIT_COMPLETE)
        {
          g_autofree char *row = describe_id (change->row);

          g_string_append_c (text, ' ');
          /* TRANSLATORS: a row of a table, by its number. */
          g_string_append_printf (text, _("row %s"), row);
        }
      if (change->kind == DK_EDIT_CELL)
        g_string_append_printf (text, " · %s", column != NULL ? dk_text_get (&column->label, cli->language) : change->column);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_change (const DkCli         *cli,
                 const DkStoreChange *change)
{
  /* TRANSLATORS: stands for an answer that was not there before, or is no more. */
  const char *old_value = change->old_value != NULL ? change->old_value : _("nothing");
  const char *new_value = change->new_value != NULL ? change->new_value : _("nothing");
  g_autofree char *subject = NULL;

  switch (change->kind)
    {
    case DK_EDIT_ADDED:
      return g_strdup_printf (_("added as %s"), new_value);
    case DK_EDIT_NAME:
      return g_strdup_printf (_("name: %s → %s"), old_value, new_value);
    case DK_EDIT_ROW_ADDED:
      subject = describe_subject (cli, change);
      return g_strdup_printf (_("%s: added"), subject);
    case DK_EDIT_ROW_DELETED:
      subject = describe_subject (cli, change);
      return g_strdup_printf (_("%s: deleted, was %s"), subject, old_value);
    case DK_EDIT_COMPLETE:
      subject = describe_subject (cli, change);
      return g_strdup_printf (_("%s, all there: %s → %s"), subject, old_value, new_value);
    case DK_EDIT_FACT:
    case DK_EDIT_CELL:
    default:
      subject = describe_subject (cli, change);
      /* TRANSLATORS: what was changed, its old value, its new one. */
      return g_strdup_printf (_("%s: %s → %s"), subject, old_value, new_value);
    }
}

static void
show_step (const DkCli         *cli,
           DkLayout            *layout,
           const DkStoreChange *change,
           gboolean             is_first)
{
  static const char *const states[] = { NULL, N_("undone"), N_("undone, then written over") };
  g_autofree char *id = describe_id (change->step);
  g_autofree char *when = describe_time (change->at, FALSE);
  g_autofree char *what = describe_change (cli, change);
  const int margin = 7, column = margin + 18;

  dk_layout_start (layout, is_first ? MAX (margin - 2 - dk_layout_measure (id), 0) : 0, column);
  if (is_first)
    {
      dk_layout_add (layout, DK_STYLE_FAINT, id);
      dk_layout_tab (layout, margin);
      dk_layout_add_whole (layout, DK_STYLE_FAINT, when);
    }
  dk_layout_tab (layout, column);
  dk_layout_add (layout, change->state == DK_STEP_DONE ? DK_STYLE_PLAIN : DK_STYLE_FAINT, what);
  if (change->state != DK_STEP_DONE)
    {
      dk_layout_add (layout, DK_STYLE_FAINT, " (");
      dk_layout_add (layout, DK_STYLE_FAINT, _(states[change->state]));
      dk_layout_add (layout, DK_STYLE_FAINT, ")");
    }
  dk_layout_end (layout);
}

/* Steps and snapshots in the order of time. */
static void
show_history (const DkCli *cli,
              GPtrArray   *changes,
              GPtrArray   *snapshots)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gint64 step = 0;
  guint n_shown = 0;
  DkLayout layout;

  dk_cli_layout_init (cli, &layout, text);
  for (guint i = 0; i <= changes->len; i++)
    {
      const DkStoreChange *change = i < changes->len ? g_ptr_array_index (changes, i) : NULL;

      for (; n_shown < snapshots->len; n_shown++)
        {
          const DkStoreSnapshot *snapshot = g_ptr_array_index (snapshots, n_shown);
          g_autofree char *day = dk_date_to_string (snapshot->as_of);
          g_autofree char *when = describe_time (snapshot->taken, FALSE);
          g_autofree char *what = NULL;

          if (change != NULL && change->step <= snapshot->step)
            break;
          /* TRANSLATORS: the name of a snapshot, and the day it is for. */
          what = g_strdup_printf (_("snapshot “%s”, for %s"), snapshot->name, day);
          dk_layout_start (&layout, 7, 25);
          dk_layout_add_whole (&layout, DK_STYLE_FAINT, when);
          dk_layout_tab (&layout, 25);
          dk_layout_add (&layout, DK_STYLE_STRONG, what);
          dk_layout_end (&layout);
        }
      if (change == NULL)
        break;
      show_step (cli, &layout, change, change->step != step);
      step = change->step;
    }
  dk_cli_print (text->str);
}

static int
run_history (DkCli  *cli,
             char  **args)
{
  g_autoptr(DkStore) store = open_workspace (args[0], TRUE);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) changes = NULL, snapshots = NULL;
  g_autofree char *name = NULL;
  gint64 id = 0;
  int status;

  if (store == NULL || !load_catalogue (cli))
    return DK_CLI_BAD_INPUT;
  status = find_enterprise (store, args[1], &id, &name);
  if (status != DK_CLI_OK)
    return status;
  changes = dk_store_list_changes (store, id, 0, &error);
  if (changes != NULL)
    snapshots = dk_store_list_snapshots (store, id, &error);
  if (snapshots == NULL)
    return complain (error);
  if (cli->is_json)
    print_history_json (id, name, changes, snapshots);
  else
    show_history (cli, changes, snapshots);
  return DK_CLI_OK;
}

/* --- snapshot --- */

static int
run_snapshot (DkCli  *cli,
              char  **args)
{
  g_autoptr(DkStore) store = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  gint64 id = 0, as_of, snapshot;
  int last_year, status;

  if (!dk_cli_parse_day_and_year (option_as_of, 0, &as_of, &last_year))
    return DK_CLI_USAGE;
  if (!g_file_test (args[0], G_FILE_TEST_EXISTS))
    {
      dk_cli_complain (_("There is no workspace “%s”."), args[0]);
      return DK_CLI_BAD_INPUT;
    }
  store = open_workspace (args[0], FALSE);
  if (store == NULL)
    return DK_CLI_BAD_INPUT;
  status = find_enterprise (store, args[1], &id, &name);
  if (status != DK_CLI_OK)
    return status;
  snapshot = dk_store_take_snapshot (store, id, args[2], as_of, &error);
  if (snapshot == 0)
    return complain (error);
  if (cli->is_json)
    {
      g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();

      dk_json_builder_begin_object (builder);
      dk_json_add_int (builder, "id", id);
      dk_json_add_string (builder, "name", name);
      dk_json_add_int (builder, "snapshot", snapshot);
      dk_json_add_date (builder, "as_of", as_of);
      dk_json_builder_end_object (builder);
      print_json (builder);
    }
  return DK_CLI_OK;
}

/* --- check --- */

static int
run_check (DkCli  *cli,
           char  **args)
{
  g_autoptr(DkStore) store = open_workspace (args[0], TRUE);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = NULL;
  g_auto(GStrv) problems = NULL;

  if (store == NULL)
    return DK_CLI_BAD_INPUT;
  problems = dk_store_check (store, &error);
  if (problems != NULL)
    list = dk_store_list (store, &error);
  if (list == NULL)
    return complain (error);
  for (guint i = 0; problems[i] != NULL; i++)
    dk_cli_complain ("%s: %s", args[0], problems[i]);
  if (cli->is_json)
    {
      g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();

      dk_json_builder_begin_object (builder);
      dk_json_add_flag (builder, "ok", problems[0] == NULL);
      dk_json_add_int (builder, "enterprises", list->len);
      dk_json_begin_list (builder, "problems");
      for (guint i = 0; problems[i] != NULL; i++)
        dk_json_builder_add_string_value (builder, problems[i]);
      dk_json_builder_end_array (builder);
      dk_json_builder_end_object (builder);
      print_json (builder);
    }
  else if (problems[0] == NULL)
    {
      g_autofree char *line = g_strdup_printf (ngettext ("Good: %u enterprise", "Good: %u enterprises", list->len), list->len);

      dk_cli_print (line);
      dk_cli_print ("\n");
    }
  return problems[0] == NULL ? DK_CLI_OK : DK_CLI_BAD_INPUT;
}

/* --- The command --- */

typedef struct
{
  const char *name;
  int       (*run) (DkCli *cli, char **args); /* what follows the name */
  guint       n_least, n_most;                /* how many arguments it takes */
  const char *parameters;
} Command;

static const Command commands[] = {
  { "list", run_list, 1, 1, N_("list WORKSPACE") },
  { "add", run_add, 2, G_MAXUINT, N_("add WORKSPACE FILE…") },
  { "extract", run_extract, 2, 2, N_("extract WORKSPACE ID|NAME -o FILE") },
  { "history", run_history, 2, 2, N_("history WORKSPACE ID|NAME") },
  { "snapshot", run_snapshot, 3, 3, N_("snapshot WORKSPACE ID|NAME TITLE [--as-of DATE]") },
  { "check", run_check, 1, 1, N_("check WORKSPACE") },
};

static int
run (DkCli  *cli,
     char  **args)
{
  if (args[0] == NULL)
    {
      dk_cli_complain_usage (_("what to do is wanted: list, add, extract, history, snapshot or check"));
      return DK_CLI_USAGE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint n = g_strv_length (args + 1);

      if (strcmp (commands[i].name, args[0]) != 0)
        continue;
      if (n >= commands[i].n_least && n <= commands[i].n_most)
        return commands[i].run (cli, args + 1);
      dk_cli_complain_usage (_("this is wanted: %s"), _(commands[i].parameters));
      return DK_CLI_USAGE;
    }
  dk_cli_complain_usage (_("“%s” is not understood; list, add, extract, history, snapshot or check is wanted"), args[0]);
  return DK_CLI_USAGE;
}

/**
 * dk_cli_workspace:
 * @cli: the call
 * @args: (inout): its arguments
 *
 * Lists, adds to and takes from a workspace; shows how an enterprise in it came to be what it is.
 *
 * Returns: the exit status
 */
int
dk_cli_workspace (DkCli   *cli,
                  char  ***args)
{
  int status = DK_CLI_USAGE;

  if (dk_cli_parse (cli, args, N_("list|add|extract|history|snapshot|check WORKSPACE …"),
                    N_("Works on a workspace: the file (*.dengke) with all enterprises, their history and snapshots."),
                    N_("“list” lists the enterprises. “add” adds enterprises from files in JSON, or all of another workspace; a "
                       "workspace that is not there is made. “extract” writes one enterprise: as JSON, or as a workspace of its "
                       "own with history and snapshots. “history” shows every change, “snapshot” keeps an enterprise as it is "
                       "now under a title, “check” reads the whole file."),
                    entries))
    status = run (cli, *args + 1);
  g_clear_pointer (&option_output, g_free);
  g_clear_pointer (&option_as_of, g_free);
  return status;
}
