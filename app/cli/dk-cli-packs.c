/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-packs"

#include "dk-cli.h"

#include "dk-examples.h"
#include "dk-json-builder.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a pack holds, in figures. A rule that several versions share counts once. */
typedef struct
{
  guint rules;
  guint criteria;
  guint versions;
  guint sources;
  guint parameters;
  guint uncertain; /* citations marked "?" */
  guint examples;
} Tally;

static void
count_citations (GPtrArray  *citations,
                 GHashTable *seen)
{
  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      DkCitation *citation = g_ptr_array_index (citations, i);

      if (citation != NULL && citation->certainty == DK_CERTAINTY_UNCERTAIN)
        g_hash_table_add (seen, citation);
    }
}

static guint
count_examples (const DkNode *examples)
{
  guint n = 0;

  for (guint i = 0; examples != NULL && i < examples->n_children; i++)
    {
      const DkNode *cases = dk_node_get (examples->children[i], "cases");

      /* Facts that only cases expect something of are no example by themselves. */
      n += dk_node_get (examples->children[i], "expect") != NULL;
      n += cases != NULL ? cases->n_children : 0;
    }
  return n;
}

static Tally
count_pack (const DkPack *pack)
{
  g_autoptr(DkProblems) ignored = dk_problems_new (); /* a check reports them */
  Tally tally = {
    .versions = pack->versions->len,
    .sources = pack->sources->len,
    .parameters = pack->parameters->len,
    .examples = count_examples (dk_pack_get_examples (pack, ignored)),
  };
  g_autoptr(GHashTable) rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) uncertain = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < pack->versions->len; i++)
    {
      const DkVersion *version = g_ptr_array_index (pack->versions, i);

      count_citations (version->citations, uncertain);
      for (guint j = 0; j < version->items->len; j++)
        {
          const DkItem *item = g_ptr_array_index (version->items, j);
          char *key = g_strdup_printf ("%s:%d:%d", item->id, item->place.line, item->place.column);

          if (!g_hash_table_add (rules, key))
            continue;
          tally.rules++;
          tally.criteria += item->kind == DK_ITEM_CRITERION;
          count_citations (item->citations, uncertain);
          count_citations (item->row_citations, uncertain);
        }
    }
  for (guint i = 0; i < pack->parameters->len; i++)
    {
      const DkParameter *parameter = g_ptr_array_index (pack->parameters, i);

      for (guint j = 0; j < parameter->entries->len; j++)
        count_citations (((DkParameterEntry *) g_ptr_array_index (parameter->entries, j))->citations, uncertain);
    }
  tally.uncertain = g_hash_table_size (uncertain);
  return tally;
}

/* The list as JSON: data/schema/packs.schema.json says what is where. */

static void
add_citations (DkJsonBuilder *builder,
               GPtrArray     *citations)
{
  dk_json_begin_list (builder, "sources");
  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "source", citation->source->id);
      dk_json_add_string (builder, "article", citation->article);
      dk_json_add_string (builder, "certainty", dk_certainty_to_string (citation->certainty));
      dk_json_add_text (builder, "note", &citation->note);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
}

static void
add_pack (DkJsonBuilder *builder,
          const DkPack  *pack)
{
  Tally tally = count_pack (pack);

  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "id", pack->id);
  dk_json_add_string (builder, "kind", pack->kind);
  dk_json_add_text (builder, "title", &pack->title);
  dk_json_add_text (builder, "summary", &pack->summary);
  dk_json_add_string (builder, "reading_of", pack->reading_of);
  dk_json_add_text (builder, "reading", &pack->reading);
  dk_json_add_flag (builder, "builtin", pack->is_builtin);
  dk_json_add_string (builder, "file", pack->place.file);
  dk_json_begin_list (builder, "versions");
  for (guint i = 0; i < pack->versions->len; i++)
    {
      const DkVersion *version = g_ptr_array_index (pack->versions, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "id", version->id);
      dk_json_add_date (builder, "from", version->from);
      dk_json_add_date (builder, "to", version->to);
      dk_json_add_int (builder, "rules", version->items->len);
      dk_json_add_text (builder, "note", &version->note);
      add_citations (builder, version->citations);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_begin_list (builder, "sources");
  for (guint i = 0; i < pack->sources->len; i++)
    {
      const DkSource *source = g_ptr_array_index (pack->sources, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "id", source->id);
      dk_json_add_text (builder, "title", &source->title);
      dk_json_add_string (builder, "number", source->number);
      dk_json_add_string (builder, "certainty", dk_certainty_to_string (source->certainty));
      dk_json_add_text (builder, "note", &source->note);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_add_int (builder, "rules", tally.rules);
  dk_json_add_int (builder, "criteria", tally.criteria);
  dk_json_add_int (builder, "parameters", tally.parameters);
  dk_json_add_int (builder, "uncertain", tally.uncertain);
  dk_json_add_int (builder, "examples", tally.examples);
  dk_json_builder_end_object (builder);
}

static char *
make_json (const DkRulebook *book)
{
  GPtrArray *packs = dk_rulebook_get_packs (book);
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();

  dk_json_builder_begin_object (builder);
  dk_json_begin_list (builder, "packs");
  for (guint i = 0; i < packs->len; i++)
    add_pack (builder, g_ptr_array_index (packs, i));
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
  return dk_json_finish (builder);
}

/* The list for people. */

static char *
describe_tally (const Tally *tally)
{
  GString *line = g_string_new (NULL);
  g_autofree char *rules = g_strdup_printf (ngettext ("%u rule", "%u rules", tally->rules), tally->rules);
  g_autofree char *criteria = g_strdup_printf (ngettext ("%u criterion", "%u criteria", tally->criteria), tally->criteria);
  g_autofree char *sources = g_strdup_printf (ngettext ("%u source", "%u sources", tally->sources), tally->sources);
  g_autofree char *uncertain = g_strdup_printf (ngettext ("%u mark “to be confirmed”", "%u marks “to be confirmed”",
                                                          tally->uncertain), tally->uncertain);
  g_autofree char *examples = g_strdup_printf (ngettext ("%u worked example", "%u worked examples",
                                                         tally->examples), tally->examples);

  dk_layout_join (line, tally->rules > 0 ? rules : NULL);
  dk_layout_join (line, tally->criteria > 0 ? criteria : NULL);
  dk_layout_join (line, tally->sources > 0 ? sources : NULL);
  dk_layout_join (line, tally->uncertain > 0 ? uncertain : NULL);
  dk_layout_join (line, tally->examples > 0 ? examples : NULL);
  return g_string_free (line, FALSE);
}

static const char *
name_pack_kind (const char *kind)
{
  static const struct { const char *id, *name; } names[] = {
    { "certification", N_("Certification") },
    { "listing", N_("Listing") },
    { "incentive", N_("Incentive") },
    { "profile", N_("Profile") },
    { "check", N_("Check") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].id, kind) == 0)
      return _(names[i].name);
  return kind;
}

static void
show_version (DkLayout        *layout,
              int              indent,
              const DkVersion *version,
              const char      *language)
{
  g_autofree char *from = dk_date_to_string (version->from);
  g_autofree char *to = version->to != G_MAXINT64 ? dk_date_to_string (version->to) : NULL;
  g_autofree char *span = NULL;
  const char *note = dk_text_get (&version->note, language);

  if (to != NULL)
    /* TRANSLATORS: two dates, the first and the last day of a version of a rule. */
    span = g_strdup_printf (_("from %s to %s"), from, to);
  else
    span = g_strdup_printf (_("from %s, in force"), from);
  dk_layout_start (layout, indent, indent);
  dk_layout_add (layout, DK_STYLE_PLAIN, _("version "));
  dk_layout_add (layout, DK_STYLE_PLAIN, version->id);
  dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
  dk_layout_add (layout, DK_STYLE_PLAIN, span);
  for (guint i = 0; version->citations != NULL && i < version->citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (version->citations, i);

      dk_layout_add (layout, DK_STYLE_FAINT, "  ");
      dk_layout_add (layout, DK_STYLE_FAINT, citation->source->number != NULL ? citation->source->number
                                             : dk_text_get (&citation->source->title, language));
    }
  dk_layout_end (layout);
  if (*note != '\0')
    {
      dk_layout_start (layout, indent + 2, indent + 2);
      dk_layout_add (layout, DK_STYLE_FAINT, note);
      dk_layout_end (layout);
    }
}

static char *
make_text (const DkCli *cli)
{
  GPtrArray *packs = dk_rulebook_get_packs (cli->book);
  GString *text = g_string_new (NULL);
  int id_width = 0;
  DkLayout layout;

  dk_cli_layout_init (cli, &layout, text);
  for (guint i = 0; i < packs->len; i++)
    id_width = MAX (id_width, dk_layout_measure (((DkPack *) g_ptr_array_index (packs, i))->id));
  for (guint i = 0; i < packs->len; i++)
    {
      const DkPack *pack = g_ptr_array_index (packs, i);
      const char *reading = dk_text_get (&pack->reading, cli->language);
      Tally tally = count_pack (pack);
      g_autofree char *counts = describe_tally (&tally);

      if (i > 0)
        dk_layout_gap (&layout);
      dk_layout_start (&layout, 0, id_width + 2);
      dk_layout_add (&layout, DK_STYLE_STRONG, pack->id);
      dk_layout_tab (&layout, id_width + 2);
      dk_layout_add (&layout, DK_STYLE_STRONG, dk_text_get (&pack->title, cli->language));
      if (*reading != '\0')
        {
          dk_layout_add (&layout, DK_STYLE_PLAIN, " · ");
          dk_layout_add (&layout, DK_STYLE_PLAIN, reading);
        }
      dk_layout_add (&layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (&layout, DK_STYLE_FAINT, name_pack_kind (pack->kind));
      if (!pack->is_builtin)
        {
          dk_layout_add (&layout, DK_STYLE_FAINT, "  ");
          /* TRANSLATORS: marks a pack that the user added. */
          dk_layout_add (&layout, DK_STYLE_FAINT, _("(your own)"));
        }
      dk_layout_end (&layout);
      for (guint j = 0; j < pack->versions->len; j++)
        show_version (&layout, id_width + 2, g_ptr_array_index (pack->versions, j), cli->language);
      dk_layout_start (&layout, id_width + 2, id_width + 2);
      dk_layout_add (&layout, DK_STYLE_FAINT, counts);
      dk_layout_end (&layout);
    }
  return g_string_free (text, FALSE);
}

/* packs check */

/* Adds the pack files that @path means: itself, or those in the folder. */
static gboolean
collect_path (const char *path,
              GPtrArray  *paths)
{
  static const char *const suffixes[] = { ".yaml", ".yml", NULL };
  g_autoptr(GError) error = NULL;
  guint n_before = paths->len;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_ptr_array_add (paths, g_strdup (path));
      return TRUE;
    }
  if (!dk_library_list_files (path, suffixes, TRUE, paths, &error))
    {
      dk_cli_complain ("%s", error->message);
      return FALSE;
    }
  if (paths->len == n_before)
    {
      dk_cli_complain (_("there is no pack (*.yaml) in the folder “%s”"), path);
      return FALSE;
    }
  return TRUE;
}

/* Loads the packs to check, and the shipped ones besides that have none of their ids. */
static DkRulebook *
load_for_check (DkCli      *cli,
                GPtrArray  *paths,
                gboolean    are_shipped,
                GHashTable *checked,
                DkProblems *problems)
{
  g_autofree char *directory = dk_library_get_data_directory ();
  g_autofree char *packs = g_build_filename (directory, "packs", NULL);
  g_autoptr(GPtrArray) shipped = dk_library_list_packs (packs);
  g_autoptr(GPtrArray) documents = g_ptr_array_new ();
  g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (cli->catalogue));

  for (guint i = 0; i < paths->len; i++)
    {
      DkDocument *document = dk_document_load (g_ptr_array_index (paths, i), DK_FORMAT_YAML, problems);
      const char *id = document != NULL ? dk_node_get_string (dk_document_get_root (document), "pack") : NULL;

      if (id != NULL)
        g_hash_table_add (checked, g_strdup (id));
      if (document != NULL)
        g_ptr_array_add (documents, document);
    }
  for (guint i = 0; !are_shipped && i < shipped->len; i++)
    {
      g_autoptr(DkProblems) unread = dk_problems_new ();
      g_autoptr(DkDocument) document = dk_document_load (g_ptr_array_index (shipped, i), DK_FORMAT_YAML, unread);
      const char *id = document != NULL ? dk_node_get_string (dk_document_get_root (document), "pack") : NULL;

      if (id != NULL && g_hash_table_contains (checked, id))
        continue;
      if (document != NULL)
        dk_rulebook_take_document (book, g_steal_pointer (&document), TRUE, problems);
      else
        dk_rulebook_load (book, g_ptr_array_index (shipped, i), TRUE, problems);
    }
  for (guint i = 0; i < documents->len; i++)
    dk_rulebook_take_document (book, g_ptr_array_index (documents, i), TRUE, problems);
  if (dk_problems_count (problems) == 0)
    dk_rulebook_compile (book, problems);
  return dk_problems_count (problems) == 0 ? g_steal_pointer (&book) : NULL;
}

static void
add_tally (Tally       *sum,
           const Tally *tally)
{
  sum->rules += tally->rules;
  sum->criteria += tally->criteria;
  sum->versions += tally->versions;
  sum->sources += tally->sources;
  sum->uncertain += tally->uncertain;
  sum->examples += tally->examples;
}

/* Runs the examples of the packs in @checked; returns how many packs there are. */
static guint
run_examples (DkCli      *cli,
              GHashTable *checked,
              Tally      *sum,
              DkProblems *problems)
{
  GPtrArray *packs = dk_rulebook_get_packs (cli->book);
  guint n = 0;

  for (guint i = 0; i < packs->len; i++)
    {
      const DkPack *pack = g_ptr_array_index (packs, i);
      Tally tally;

      if (!g_hash_table_contains (checked, pack->id))
        continue;
      tally = count_pack (pack);
      dk_examples_run (cli->book, cli->catalogue, pack, problems, &tally.examples);
      add_tally (sum, &tally);
      n++;
      if (!cli->is_json)
        {
          g_autofree char *counts = describe_tally (&tally);
          g_autofree char *versions = g_strdup_printf (ngettext ("%u version", "%u versions", tally.versions), tally.versions);
          g_autofree char *line = g_strdup_printf ("%s: %s · %s\n", pack->id, versions, counts);

          dk_cli_print (line);
        }
    }
  return n;
}

static char *
make_check_json (const DkProblems *problems,
                 gboolean          is_good,
                 guint             n_packs,
                 const Tally      *sum)
{
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();

  dk_json_builder_begin_object (builder);
  dk_json_add_flag (builder, "ok", is_good);
  dk_json_add_int (builder, "packs", n_packs);
  dk_json_add_int (builder, "versions", sum->versions);
  dk_json_add_int (builder, "rules", sum->rules);
  dk_json_add_int (builder, "criteria", sum->criteria);
  dk_json_add_int (builder, "sources", sum->sources);
  dk_json_add_int (builder, "uncertain", sum->uncertain);
  dk_json_add_int (builder, "examples", sum->examples);
  dk_json_begin_list (builder, "problems");
  for (guint i = 0; i < dk_problems_length (problems); i++)
    {
      const DkProblem *problem = dk_problems_get (problems, i);

      dk_json_builder_begin_object (builder);
      dk_json_add_string (builder, "file", problem->place.file);
      dk_json_add_int (builder, "line", problem->place.line);
      dk_json_add_int (builder, "column", problem->place.column);
      dk_json_add_flag (builder, "warning", problem->is_warning);
      dk_json_add_string (builder, "message", problem->message);
      dk_json_builder_end_object (builder);
    }
  dk_json_builder_end_array (builder);
  dk_json_builder_end_object (builder);
  return dk_json_finish (builder);
}

static void
show_check (const DkProblems *problems,
            gboolean          is_good,
            guint             n_packs,
            const Tally      *sum)
{
  guint n = dk_problems_count (problems);

  if (is_good)
    {
      g_autofree char *counts = describe_tally (sum);
      g_autofree char *packs = g_strdup_printf (ngettext ("%u pack", "%u packs", n_packs), n_packs);
      /* TRANSLATORS: the end of a check without errors: "Good: 3 packs · 80 rules · ..." */
      g_autofree char *line = g_strdup_printf (_("Good: %s · %s"), packs, counts);

      dk_cli_print (line);
      dk_cli_print ("\n");
    }
  else if (n > 0)
    {
      g_autofree char *line = g_strdup_printf (ngettext ("%u error", "%u errors", n), n);

      dk_cli_complain ("%s", line);
    }
}

static int
check_packs (DkCli  *cli,
             char  **paths)
{
  g_autofree char *directory = dk_library_get_data_directory ();
  g_autofree char *shipped = g_build_filename (directory, "packs", NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) checked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  gboolean is_good = TRUE;
  Tally sum = { 0 };
  guint n_packs = 0;

  if (paths[0] == NULL)
    is_good = collect_path (shipped, files);
  for (guint i = 0; paths[i] != NULL; i++)
    is_good = collect_path (paths[i], files) && is_good;
  if (files->len == 0)
    return DK_CLI_BAD_INPUT;

  cli->catalogue = dk_catalogue_load (directory, problems);
  if (cli->catalogue != NULL && dk_problems_count (problems) == 0)
    cli->book = load_for_check (cli, files, paths[0] == NULL, checked, problems);
  if (cli->book != NULL)
    n_packs = run_examples (cli, checked, &sum, problems);

  dk_cli_report (problems, TRUE);
  is_good = is_good && dk_problems_count (problems) == 0;
  if (cli->is_json)
    {
      g_autofree char *text = make_check_json (problems, is_good, n_packs, &sum);

      dk_cli_print_raw (text);
    }
  else
    {
      show_check (problems, is_good, n_packs, &sum);
    }
  return is_good ? DK_CLI_OK : DK_CLI_BAD_INPUT;
}

/**
 * dk_cli_packs:
 * @cli: the call
 * @args: (inout): its arguments
 *
 * Lists the packs that are loaded; with "check", checks packs and runs their worked examples.
 *
 * Returns: the exit status
 */
int
dk_cli_packs (DkCli   *cli,
              char  ***args)
{
  g_autofree char *text = NULL;

  if (!dk_cli_parse (cli, args, N_("[check [PATH…]]"),
                     N_("Lists the packs of law that are loaded: versions, dates, sources, and how much of them is uncertain."),
                     N_("“check” checks packs (files, or all *.yaml in a folder) together with the shipped ones, and runs "
                        "their worked examples. Without PATH it checks the shipped ones."),
                     NULL))
    return DK_CLI_USAGE;
  if (g_strcmp0 ((*args)[1], "check") == 0)
    return check_packs (cli, *args + 2);
  if ((*args)[1] != NULL)
    {
      dk_cli_complain_usage (_("“%s” is not understood; “check” is wanted, or nothing"), (*args)[1]);
      return DK_CLI_USAGE;
    }
  if (!dk_cli_load (cli))
    return DK_CLI_BAD_INPUT;
  if (cli->is_json)
    {
      text = make_json (cli->book);
      dk_cli_print_raw (text);
    }
  else
    {
      text = make_text (cli);
      dk_cli_print (text);
    }
  return DK_CLI_OK;
}
