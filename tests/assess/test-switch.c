/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-switch"

#include "dk-assessment-private.h"

#include <string.h>

/* Every day on which a pack switches, the day before and on it: the days of its versions and of its parameters as its file has them, and
 * the days with which its rules compare the day of assessment. Where another day may select the version, none of these enterprises has
 * that day, so that the day of assessment does. What has to be in force is worked out from the text of the file, in which days of ISO 8601
 * come in the order of their letters; what is in force is read off assessments. A walk says what it found wrong instead of failing, so
 * that a test can show that it finds what is wrong. */

static DkCatalogue *catalogue;
static GPtrArray *sources;     /* Source *: of the packs that come with Dengke */
static DkRulebook *shipped;
static GPtrArray *enterprises; /* DkEnterprise *: the samples, and one of which nothing is known */

/* A pack as its file has it. */
typedef struct
{
  char       *id;
  char       *name;
  char       *text;
  DkDocument *document;
} Source;

static void
free_source (gpointer data)
{
  Source *source = data;

  g_free (source->id);
  g_free (source->name);
  g_free (source->text);
  dk_document_free (source->document);
  g_free (source);
}

static void
fail_on (const DkProblems *problems)
{
  g_autofree char *list = dk_problems_to_string (problems);

  if (dk_problems_count (problems) > 0)
    g_error ("%s", list);
}

static Source *
read_source (const char *name,
             const char *text)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  Source *source = g_new0 (Source, 1);

  source->name = g_strdup (name);
  source->text = g_strdup (text);
  source->document = dk_document_parse (name, text, strlen (text), DK_FORMAT_YAML, problems);
  fail_on (problems);
  source->id = g_strdup (dk_node_get_string (dk_document_get_root (source->document), "pack"));
  return source;
}

/* Packs with their rules; @instead (nullable) takes the place of the one with its id. */
static DkRulebook *
compile (GPtrArray    *list,
         const Source *instead)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkRulebook *book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));

  for (guint i = 0; i < list->len; i++)
    {
      const Source *one = g_ptr_array_index (list, i);

      if (instead != NULL && g_str_equal (one->id, instead->id))
        one = instead;
      dk_rulebook_take_document (book, dk_document_parse (one->name, one->text, strlen (one->text), DK_FORMAT_YAML, problems), TRUE, problems);
    }
  fail_on (problems);
  dk_rulebook_compile (book, problems);
  fail_on (problems);
  return book;
}

/* ---- A walk ---- */

typedef struct
{
  DkRulebook   *book;    /* what is looked at */
  const Source *source;  /* what it has to be */
  const DkPack *pack;
  GString      *wrong;   /* a line for each thing that is wrong */
  guint         n_days;
  guint         n_values;
  guint         n_edges;
} Walk;

static void G_GNUC_PRINTF (2, 3)
complain (Walk       *walk,
          const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_printf (walk->wrong, "%s: ", walk->source->id);
  g_string_append_vprintf (walk->wrong, format, args);
  g_string_append_c (walk->wrong, '\n');
  va_end (args);
}

static gint64
parse_day (const char *text)
{
  gint64 day;

  g_assert_true (dk_date_parse (text, -1, &day));
  return day;
}

/* The entry of a list with from and to that holds on @day; NULL if none does. */
static const DkNode *
find_in_force (const DkNode *list,
               const char   *day)
{
  const DkNode *found = NULL;

  for (guint i = 0; i < list->n_children; i++)
    {
      const char *from = dk_node_get_string (list->children[i], "from"), *to = dk_node_get_string (list->children[i], "to");

      if (strcmp (from, day) <= 0 && (to == NULL || strcmp (day, to) <= 0))
        {
          g_assert_null (found);
          found = list->children[i];
        }
    }
  return found;
}

/* Days from @day to the nearest of an entry's. */
static gint64
measure_distance (const DkNode *entry,
                  gint64        day)
{
  const char *to = dk_node_get_string (entry, "to");
  gint64 from = parse_day (dk_node_get_string (entry, "from"));

  if (day < from)
    return from - day;
  return to != NULL && day > parse_day (to) ? day - parse_day (to) : 0;
}

/* The days about an entry's ends: those before and on the first, and on and after the last or long after. */
static void
list_days (const DkNode *list,
           GArray       *days)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const char *to = dk_node_get_string (list->children[i], "to");
      gint64 from = parse_day (dk_node_get_string (list->children[i], "from"));
      gint64 last = to != NULL ? parse_day (to) : from + 40000;
      const gint64 about[] = { from - 1, from, last, last + 1 };

      g_array_append_vals (days, about, G_N_ELEMENTS (about));
    }
}

static gboolean
list_names (const DkNode *list,
            const char   *name)
{
  for (guint i = 0; list != NULL && i < list->n_children; i++)
    if (strcmp (list->children[i]->text, name) == 0)
      return TRUE;
  return FALSE;
}

static const char *
get_title (const DkNode *rule)
{
  const DkNode *title = dk_node_get (rule, "title");

  return title->kind == DK_NODE_SCALAR ? title->text : dk_node_get_string (title, "zh");
}

/* The rules of @version by their whole ids, those written in place too. */
static void
gather_rules (const Source *source,
              const DkNode *rules,
              const char   *version,
              GHashTable   *by_id)
{
  static const char *const groups[] = { "all", "any", "of", "total", "list" };

  for (guint i = 0; rules != NULL && rules->kind == DK_NODE_SEQUENCE && i < rules->n_children; i++)
    {
      const DkNode *rule = rules->children[i];
      const char *id;

      if (rule->kind != DK_NODE_MAPPING)
        continue;
      if (dk_node_get (rule, "versions") != NULL && !list_names (dk_node_get (rule, "versions"), version))
        continue;
      id = dk_node_get_string (rule, "id");
      g_hash_table_insert (by_id, strcmp (id, source->id) == 0 ? g_strdup (id) : g_strdup_printf ("%s.%s", source->id, id), (gpointer) rule);
      for (guint k = 0; k < G_N_ELEMENTS (groups); k++)
        gather_rules (source, dk_node_get (rule, groups[k]), version, by_id);
    }
}

static GHashTable *
gather_version (const Source *source,
                const DkNode *version)
{
  const DkNode *root = dk_document_get_root (source->document), *choices = dk_node_get (root, "choices");
  const char *id = dk_node_get_string (version, "id");
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  gather_rules (source, dk_node_get (root, "rules"), id, by_id);
  gather_rules (source, dk_node_get (version, "rules"), id, by_id);
  if (choices != NULL)
    gather_rules (source, dk_node_get (choices, "of"), id, by_id);
  return by_id;
}

static guint
count_results (const DkResult *result)
{
  guint n = 1;

  for (guint i = 0; i < dk_result_n_children (result); i++)
    n += count_results (dk_result_get_child (result, i));
  return n;
}

/* A rule for each of the last years stands there once for each of them. */
static guint
count_years (const DkNode *rule)
{
  const char *years = dk_node_get_string (rule, "years");

  return years != NULL ? (guint) g_ascii_strtoull (years, NULL, 10) : 1;
}

/* That the programme is judged by the rules of this version, and by no others. */
static void
check_rules (Walk               *walk,
             const DkAssessment *assessment,
             const DkResult     *root,
             const DkNode       *version,
             const char         *day)
{
  g_autoptr(GHashTable) rules = gather_version (walk->source, version);
  GHashTableIter iter;
  gpointer id, rule;
  guint n_wanted = 0;

  g_hash_table_iter_init (&iter, rules);
  while (g_hash_table_iter_next (&iter, &id, &rule))
    n_wanted += count_years (rule);
  if (count_results (root) != n_wanted)
    complain (walk, "%s: %u results of %u rules", day, count_results (root), n_wanted);
  g_hash_table_iter_init (&iter, rules);
  while (g_hash_table_iter_next (&iter, &id, &rule))
    {
      const DkResult *result = dk_assessment_find (assessment, id);

      if (result == NULL)
        complain (walk, "%s: %s is not there", day, (const char *) id);
      else if (g_strcmp0 (result->item->version->id, dk_node_get_string (version, "id")) != 0)
        complain (walk, "%s: %s is as in version %s", day, (const char *) id, result->item->version->id);
      else if (g_strcmp0 (dk_text_get (&result->item->title, "zh"), get_title (rule)) != 0)
        complain (walk, "%s: %s is \"%s\"", day, (const char *) id, dk_text_get (&result->item->title, "zh"));
    }
}

/* That nothing is judged, and that the nearest version's days are told. */
static void
check_gap (Walk               *walk,
           const DkAssessment *assessment,
           const DkResult     *root,
           const DkNode       *versions,
           gint64              day,
           const char         *text)
{
  g_autofree char *explanation = dk_result_explain (assessment, root, "en");
  const DkNode *nearest = versions->children[0];
  const char *to;

  for (guint i = 1; i < versions->n_children; i++)
    if (measure_distance (versions->children[i], day) < measure_distance (nearest, day))
      nearest = versions->children[i];
  to = dk_node_get_string (nearest, "to");
  if (root->verdict != DK_VERDICT_NA || !root->is_final || root->has_value || dk_result_n_children (root) > 0 || root->missing->len > 0)
    complain (walk, "%s: no version is in force, and yet something is judged", text);
  if (strstr (explanation, dk_node_get_string (nearest, "from")) == NULL || (to != NULL && strstr (explanation, to) == NULL))
    complain (walk, "%s: \"%s\" does not name the days of version %s", text, explanation, dk_node_get_string (nearest, "id"));
}

/* Where the law is that of the last day of the tax year, that day is asked for, and the year after it assessed. */
static gboolean
is_by_year (const Source *source)
{
  return g_strcmp0 (dk_node_get_string (dk_document_get_root (source->document), "select"), "date(year, 12, 31)") == 0;
}

static void
check_day (Walk               *walk,
           const DkEnterprise *enterprise,
           gint64              given_day)
{
  const DkNode *versions = dk_node_get (dk_document_get_root (walk->source->document), "versions");
  gboolean by_year = is_by_year (walk->source);
  gint64 day = by_year ? dk_date_from_ymd (dk_date_year (given_day), 12, 31) : given_day;
  gint64 as_of = by_year ? day + 1 : day;
  const char *only[] = { walk->source->id, NULL };
  g_autofree char *text = dk_date_to_string (day);
  const DkNode *version = find_in_force (versions, text);
  g_autoptr(DkAssessment) assessment = dk_assessment_new (walk->book, enterprise, as_of, (int) dk_date_year (as_of) - 1, only);
  const DkResult *root = dk_assessment_find (assessment, walk->source->id);

  if (root == NULL)
    complain (walk, "%s: there is no result", text);
  else if (version == NULL && root->in_force != NULL)
    complain (walk, "%s: version %s is in force, and there is none", text, root->in_force->id);
  else if (version != NULL && root->in_force == NULL)
    complain (walk, "%s: no version is in force, and there is %s", text, dk_node_get_string (version, "id"));
  else if (version == NULL)
    check_gap (walk, assessment, root, versions, day, text);
  else
    {
      const char *id = dk_node_get_string (version, "id"), *to = dk_node_get_string (version, "to");

      if (!g_str_equal (root->in_force->id, id))
        complain (walk, "%s: version %s is in force instead of %s", text, root->in_force->id, id);
      if (dk_pack_find_version (walk->pack, day) != root->in_force)
        complain (walk, "%s: another version than %s is found by that day", text, root->in_force->id);
      if (root->in_force->from > day || root->in_force->to < day)
        complain (walk, "%s: version %s does not hold that day", text, root->in_force->id);
      if (root->in_force->from != parse_day (dk_node_get_string (version, "from"))
          || root->in_force->to != (to != NULL ? parse_day (to) : G_MAXINT64))
        complain (walk, "%s: version %s has other days than the file", text, id);
      check_rules (walk, assessment, root, version, text);
    }
  walk->n_days++;
}

static void
walk_versions (Walk *walk)
{
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));

  list_days (dk_node_get (dk_document_get_root (walk->source->document), "versions"), days);
  for (guint i = 0; i < days->len; i++)
    for (guint e = 0; e < enterprises->len; e++)
      check_day (walk, g_ptr_array_index (enterprises, e), g_array_index (days, gint64, i));
}

/* ---- Parameters ---- */

/* @text, as it is in the book on @day, is what @entry says, or undefined. */
static void
check_value (Walk         *walk,
             DkRulebook   *book,
             const char   *text,
             const DkNode *entry,
             gint64        day)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *wanted = entry == NULL ? g_strdup ("undefined") : g_strdup (dk_node_get_string (entry, "value"));
  const DkItem *items[2];
  const char *const texts[] = { text, wanted, NULL };
  g_autofree char *on = dk_date_to_string (day);
  g_autoptr(DkAssessment) assessment = NULL;
  const DkResult *is, *has_to_be;

  dk_rulebook_compile_expressions (book, texts, items, problems);
  fail_on (problems);
  assessment = dk_assessment_new (book, g_ptr_array_index (enterprises, 0), day, (int) dk_date_year (day) - 1, NULL);
  is = dk_assessment_evaluate (assessment, items[0]);
  has_to_be = dk_assessment_evaluate (assessment, items[1]);
  if (is->is_undefined != has_to_be->is_undefined || (entry != NULL && !dk_value_equal (&is->value, &has_to_be->value, DK_KIND_NUMBER)))
    {
      g_autofree char *shown = dk_value_to_display (&is->value, is->kind, is->unit, NULL, NULL, "en");

      complain (walk, "%s: %s is %s and not %s", on, text, shown, wanted);
    }
  walk->n_values++;
}

static void
walk_parameters (Walk *walk)
{
  const DkNode *parameters = dk_node_get (dk_document_get_root (walk->source->document), "parameters");

  for (guint p = 0; parameters != NULL && p < parameters->n_children; p++)
    {
      const DkNode *values = dk_node_get (parameters->children[p], "values");
      g_autofree char *id = g_strconcat (walk->source->id, ".", dk_node_get_string (parameters->children[p], "id"), NULL);
      g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));

      list_days (values, days);
      for (guint i = 0; i < days->len; i++)
        {
          gint64 day = g_array_index (days, gint64, i);
          g_autofree char *text = dk_date_to_string (day);
          g_autofree char *elsewhere = g_strdup_printf ("%s at %s", id, text);

          /* On the day of assessment, and read on that day by an assessment of another. */
          check_value (walk, walk->book, id, find_in_force (values, text), day);
          check_value (walk, walk->book, elsewhere, find_in_force (values, text), day - 1000);
        }
    }
}

/* ---- Days in rules ---- */

/* Where the day of assessment stands on one side of a comparison, and on the other a day, or a month and a day of each year. */
typedef struct
{
  const DkItem *item;
  gboolean      is_yearly;
  gint64        day;     /* the last day of the one side, whose next day is on the other */
  int           month, day_of_month;
  gboolean      is_after; /* yearly: the next day is the other side's first */
  gboolean      is_seen;
} Edge;

static gboolean
is_as_of (const DkExpr *expr)
{
  return expr != NULL && expr->kind == DK_EXPR_NAME && strcmp (expr->text, "as_of") == 0;
}

static void
find_edges (const DkItem *item,
            const DkExpr *expr,
            GArray       *edges)
{
  if (expr == NULL)
    return;
  for (guint i = 0; i < expr->n_args; i++)
    find_edges (item, expr->args[i], edges);
  for (guint i = 0; i < expr->n_rows; i++)
    {
      find_edges (item, expr->rows[i].edge, edges);
      find_edges (item, expr->rows[i].result, edges);
    }
  if (expr->kind == DK_EXPR_COMPARE && is_as_of (expr->args[0]))
    {
      const DkExpr *other = expr->args[1];
      gboolean is_after = expr->comparison == DK_LE || expr->comparison == DK_GT;
      Edge edge = { .item = item, .is_after = is_after };
      gint64 month, day;

      if (other->kind == DK_EXPR_DATE)
        {
          g_assert_true (dk_number_to_int64 (other->value, &edge.day));
          edge.day -= !is_after;
          g_array_append_val (edges, edge);
        }
      else if (other->kind == DK_EXPR_CALL && strcmp (other->text, "date") == 0
               && other->args[1]->kind == DK_EXPR_NUMBER && other->args[2]->kind == DK_EXPR_NUMBER)
        {
          g_assert_true (dk_number_to_int64 (other->args[1]->value, &month));
          g_assert_true (dk_number_to_int64 (other->args[2]->value, &day));
          edge.is_yearly = TRUE;
          edge.month = (int) month;
          edge.day_of_month = (int) day;
          g_array_append_val (edges, edge);
        }
    }
}

static gboolean
is_same (const DkResult *a,
         const DkResult *b)
{
  return a->verdict == b->verdict && a->has_value == b->has_value
         && (!a->has_value || a->value.state == b->value.state) && (!a->has_value || dk_value_equal (&a->value, &b->value, a->kind));
}

/* Whether the rule says something else of the enterprise on the day after @day. */
static gboolean
turns (Walk               *walk,
       const DkItem       *item,
       const DkEnterprise *enterprise,
       gint64              day,
       int                 year)
{
  const char *only[] = { walk->source->id, NULL };
  g_autoptr(DkAssessment) before = dk_assessment_new (walk->book, enterprise, day, year, only);
  g_autoptr(DkAssessment) after = dk_assessment_new (walk->book, enterprise, day + 1, year, only);
  const DkResult *a = dk_assessment_find (before, item->id), *b = dk_assessment_find (after, item->id);

  if (a == NULL || b == NULL || a->item != item || b->item != item)
    return FALSE;
  return !is_same (a, b);
}

/* Looks at the edges that nobody has seen yet, with one enterprise more. */
static void
try_edges (Walk               *walk,
           GArray             *edges,
           const DkEnterprise *enterprise,
           int                 year)
{
  for (guint i = 0; i < edges->len; i++)
    {
      Edge *edge = &g_array_index (edges, Edge, i);

      if (edge->is_seen)
        continue;
      if (!edge->is_yearly)
        edge->is_seen = turns (walk, edge->item, enterprise, edge->day, year);
      /* In the years of the enterprise, and in the first ones of the version. */
      for (int k = 0; edge->is_yearly && !edge->is_seen && k < 6; k++)
        {
          int y = k < 3 ? year + k : (int) dk_date_year (edge->item->version->from) + k - 3;
          g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", y, edge->month, edge->day_of_month);

          edge->is_seen = turns (walk, edge->item, enterprise, parse_day (text) - !edge->is_after, year);
        }
    }
}

/* Each worked example of the pack is an enterprise, and so is each of its cases. */
static void
try_examples (Walk   *walk,
              GArray *edges)
{
  const DkNode *examples = dk_node_get (dk_document_get_root (walk->source->document), "examples");
  g_autoptr(DkProblems) problems = dk_problems_new ();

  for (guint i = 0; examples != NULL && i < examples->n_children; i++)
    {
      const DkNode *one = examples->children[i], *cases = dk_node_get (one, "cases");
      g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (catalogue);
      int year = (int) dk_date_year (parse_day (dk_node_get_string (one, "as_of"))) - 1;

      dk_enterprise_read (enterprise, one, DK_READ_LENIENT, year, problems);
      fail_on (problems);
      try_edges (walk, edges, enterprise, year);
      for (guint c = 0; cases != NULL && c < cases->n_children; c++)
        {
          g_autoptr(DkEnterprise) changed = dk_enterprise_dup (enterprise);

          dk_enterprise_read (changed, cases->children[c], DK_READ_LENIENT, year, problems);
          fail_on (problems);
          try_edges (walk, edges, changed, year);
        }
    }
}

/* Each day in a rule turns the rule, of some enterprise: from one side to the other, and not a day sooner or later, or it would not be
 * that day. */
static void
walk_rules (Walk *walk)
{
  g_autoptr(GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint v = 0; v < walk->pack->versions->len; v++)
    {
      const DkVersion *version = g_ptr_array_index (walk->pack->versions, v);

      for (guint i = 0; i < version->items->len; i++)
        {
          const DkItem *item = g_ptr_array_index (version->items, i);
          guint n = edges->len;

          find_edges (item, item->applies, edges);
          find_edges (item, item->value, edges);
          find_edges (item, item->require, edges);
          /* Of a rule of several versions, those days count on which the version is there, and the day after. */
          while (n < edges->len)
            {
              const Edge *edge = &g_array_index (edges, Edge, n);

              if (!edge->is_yearly && (edge->day < version->from || edge->day >= version->to))
                g_array_remove_index (edges, n);
              else
                n++;
            }
        }
    }
  try_examples (walk, edges);
  for (guint i = 0; i < enterprises->len; i++)
    try_edges (walk, edges, g_ptr_array_index (enterprises, i), 2025);
  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = &g_array_index (edges, Edge, i);
      g_autofree char *day = edge->is_yearly ? g_strdup_printf ("%d-%d", edge->month, edge->day_of_month) : dk_date_to_string (edge->day + 1);

      if (!edge->is_seen)
        complain (walk, "%s of version %s: nothing turns it on %s", edge->item->id, edge->item->version->id, day);
    }
  walk->n_edges = edges->len;
}

static Walk
walk_pack (DkRulebook   *book,
           const Source *source)
{
  Walk walk = { .book = book, .source = source, .pack = dk_rulebook_find_pack (book, source->id), .wrong = g_string_new (NULL) };

  g_assert_nonnull (walk.pack);
  walk_versions (&walk);
  walk_parameters (&walk);
  walk_rules (&walk);
  return walk;
}

static void
test_pack (gconstpointer data)
{
  const Source *source = data;
  Walk walk = walk_pack (shipped, source);

  g_test_message ("%s: %u assessments of versions, %u values of parameters, %u days in rules", source->id, walk.n_days, walk.n_values, walk.n_edges);
  g_assert_cmpuint (walk.n_days, >=, 4 * enterprises->len);
  g_assert_cmpstr (walk.wrong->str, ==, "");
  g_string_free (walk.wrong, TRUE);
}

/* ---- A pack with all that switches ---- */

static const char invented[] =
  "pack: switching\n"
  "kind: certification\n"
  "title: {zh: 换, en: Switching}\n"
  "sources: {law: {title: {zh: 办法, en: Measures}, certainty: V}}\n"
  "parameters:\n"
  "  - id: reward\n"
  "    unit: yuan\n"
  "    title: {zh: 奖励, en: Reward}\n"
  "    values:\n"
  "      - {from: 2020-01-01, to: 2020-12-31, value: 5000元, source: law}\n"
  "      - {from: 2021-01-01, to: 2021-12-31, value: 8000元, source: law}\n"
  "      - {from: 2023-03-01, value: 9000元, source: law}\n"
  "versions:\n"
  "  - {id: a, from: 2020-03-01, to: 2020-12-31, source: law}\n"
  "  - {id: b, from: 2021-01-01, to: 2021-12-31, source: law}\n"
  "  - {id: c, from: 2023-03-01, gap_before: true, source: law}\n"
  "rules:\n"
  "  - {id: switching, title: {zh: 换, en: Switching}, source: law, all: [few]}\n"
  "  - {id: few, title: {zh: 少, en: Few}, source: law, versions: [a], require: 'staff[0] <= 500'}\n"
  "  - {id: few, title: {zh: 更少, en: Fewer}, source: law, versions: [b, c], require: 'staff[0] <= 300'}\n"
  "  - {id: old, title: {zh: 旧, en: Old}, source: law, versions: [a, b], value: 'reward'}\n"
  "  - {id: open, title: {zh: 开放, en: Open}, source: law, value: 'as_of >= 2023-06-01 and as_of <= 2023-08-31'}\n"
  "  - {id: next, title: {zh: 下次, en: Next}, source: law, value: 'if as_of <= date(year_of(as_of), 5, 31) then year_of(as_of) else year_of(as_of) + 1'}\n"
  "examples:\n"
  "  - {title: Two rounds, as_of: 2023-07-01, facts: {staff: 100}, expect: {switching: pass, open: true}}\n";

/* The pack with one change is walked as if it were unchanged. */
static char *
walk_changed (const char *from,
              const char *to)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (free_source);
  Source *source = read_source ("switching.yaml", invented);
  const char *at = strstr (invented, from);
  g_autofree char *text = NULL;
  g_autoptr(DkRulebook) book = NULL;
  Source *changed;
  Walk walk;

  g_assert_nonnull (at);
  text = g_strdup_printf ("%.*s%s%s", (int) (at - invented), invented, to, at + strlen (from));
  changed = read_source ("changed.yaml", text);
  g_ptr_array_add (list, source);
  book = compile (list, changed);
  free_source (changed);
  walk = walk_pack (book, source);
  g_assert_cmpuint (walk.n_days, ==, 12 * enterprises->len);
  g_assert_cmpuint (walk.n_values, ==, 24);
  return g_string_free (walk.wrong, FALSE);
}

static void
test_notices (void)
{
  static const struct { const char *from, *to, *wrong; } changes[] = {
    { "few", "few", "" },
    /* A version a day later or sooner, longer or shorter. */
    { "from: 2020-03-01", "from: 2020-03-02", "2020-03-01: no version is in force, and there is a" },
    { "from: 2020-03-01", "from: 2020-02-29", "2020-02-29: version a is in force, and there is none" },
    { "to: 2021-12-31, source: law}\n  - {id: c", "to: 2021-12-30, source: law}\n  - {id: c", "2021-12-31: no version is in force, and there is b" },
    { "to: 2021-12-31, source: law}\n  - {id: c", "to: 2022-01-01, source: law}\n  - {id: c", "2022-01-01: version b is in force, and there is none" },
    { "from: 2023-03-01, gap_before: true, source", "from: 2023-03-02, gap_before: true, source", "2023-03-01: no version is in force, and there is c" },
    /* One version takes the place of another. */
    { "to: 2020-12-31, source: law}\n  - {id: b, from: 2021-01-01", "to: 2021-01-01, source: law}\n  - {id: b, from: 2021-01-02",
      "2021-01-01: version a is in force instead of b" },
    { "to: 2020-12-31, source: law}\n  - {id: b, from: 2021-01-01", "to: 2020-12-30, source: law}\n  - {id: b, from: 2020-12-31",
      "2020-12-31: version b is in force instead of a" },
    /* A rule of other versions. */
    { "versions: [a, b], value", "versions: [a, b, c], value", "2023-03-01: 5 results of 4 rules" },
    { "versions: [a, b], value", "versions: [a], value", "2021-01-01: switching.old is not there" },
    { "versions: [a], require: 'staff[0] <= 500'}\n  - {id: few, title: {zh: 更少, en: Fewer}, source: law, versions: [b, c]",
      "versions: [a, b], require: 'staff[0] <= 500'}\n  - {id: few, title: {zh: 更少, en: Fewer}, source: law, versions: [c]",
      "2021-01-01: switching.few is \"少\"" },
    /* A value of a parameter from another day, to another day, and another value. */
    { "to: 2020-12-31, value: 5000元, source: law}\n      - {from: 2021-01-01", "to: 2021-01-01, value: 5000元, source: law}\n      - {from: 2021-01-02",
      "2021-01-01: switching.reward is CNY 5,000 and not 8000元" },
    { "from: 2020-01-01, to: 2020-12-31, value", "from: 2020-01-02, to: 2020-12-31, value", "switching.reward at 2020-01-01 is" },
    { "to: 2021-12-31, value", "to: 2022-01-01, value", "2022-01-01: switching.reward is" },
    { "9000元", "9001元", "and not 9000元" },
    /* A day that no longer matters. */
    { "as_of >= 2023-06-01 and", "(as_of >= 2023-06-01 or true) and", "switching.open of version c: nothing turns it on 2023-06-01" },
    { "and as_of <= 2023-08-31", "and (as_of <= 2023-08-31 or true)", "switching.open of version c: nothing turns it on 2023-09-01" },
    { "else year_of(as_of) + 1", "else year_of(as_of)", "switching.next of version c: nothing turns it on 5-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *wrong = walk_changed (changes[i].from, changes[i].to);

      if (*changes[i].wrong == '\0')
        g_assert_cmpstr (wrong, ==, "");
      else if (strstr (wrong, changes[i].wrong) == NULL)
        g_error ("%s -> %s:\n%s\nis not in\n%s", changes[i].from, changes[i].to, changes[i].wrong, wrong);
    }
}

/* A version of a pack that comes with Dengke begins a day later, or a year where the last day of the year is asked for: it is noticed. */
static void
test_shipped_notices (void)
{
  for (guint i = 0; i < sources->len; i++)
    {
      const Source *source = g_ptr_array_index (sources, i);
      const DkNode *versions = dk_node_get (dk_document_get_root (source->document), "versions");
      const char *first = dk_node_get_string (versions->children[0], "from");
      const char *at = strstr (strstr (source->text, "\nversions:"), first);
      gint64 from = parse_day (first), end = dk_date_from_ymd (dk_date_year (from), 12, 31);
      g_autofree char *text = g_strdup (source->text), *later = dk_date_to_string ((is_by_year (source) ? end : from) + 1);
      g_autofree char *asked = dk_date_to_string (is_by_year (source) ? end : from);
      g_autofree char *expected = g_strdup_printf ("%s: %s: no version is in force", source->id, asked);
      g_autoptr(DkRulebook) book = NULL;
      Source *changed;
      Walk walk;

      memcpy (text + (at - source->text), later, strlen (later));
      changed = read_source (source->name, text);
      book = compile (sources, changed);
      free_source (changed);
      walk = (Walk) { .book = book, .source = source, .pack = dk_rulebook_find_pack (book, source->id), .wrong = g_string_new (NULL) };
      walk_versions (&walk);
      if (strstr (walk.wrong->str, expected) == NULL)
        g_error ("%s: %s instead of %s is not noticed: %s", source->id, later, first, walk.wrong->str);
      g_string_free (walk.wrong, TRUE);
    }
}

/* ---- What is looked at ---- */

static void
load_samples (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "samples", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const char *name;

  g_assert_nonnull (dir);
  enterprises = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_enterprise_free);
  g_ptr_array_add (enterprises, dk_enterprise_new (catalogue));
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_str_has_suffix (name, ".json"))
        g_ptr_array_add (enterprises, dk_enterprise_load (catalogue, file, problems));
    }
  fail_on (problems);
  g_assert_cmpuint (enterprises->len, >, 3);
}

static void
load_packs (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "packs", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  sources = g_ptr_array_new_with_free_func (free_source);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL), *text = NULL;

      if (!g_str_has_suffix (name, ".yaml"))
        continue;
      g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
      g_ptr_array_add (sources, read_source (name, text));
    }
  g_assert_cmpuint (sources->len, >, 0);
  shipped = compile (sources, NULL);
}

int
main (int    argc,
      char **argv)
{
  const char *directory = g_getenv ("DK_DATA_DIR") != NULL ? g_getenv ("DK_DATA_DIR") : "data";
  g_autoptr(DkProblems) problems = dk_problems_new ();
  int result;

  g_test_init (&argc, &argv, NULL);

  catalogue = dk_catalogue_load (directory, problems);
  fail_on (problems);
  load_samples (directory);
  load_packs (directory);
  for (guint i = 0; i < sources->len; i++)
    {
      const Source *source = g_ptr_array_index (sources, i);
      g_autofree char *path = g_strconcat ("/assess/switch/", source->id, NULL);

      g_test_add_data_func (path, source, test_pack);
    }
  g_test_add_func ("/assess/switch-notices", test_notices);
  g_test_add_func ("/assess/switch-notices-shipped", test_shipped_notices);
  result = g_test_run ();
  dk_rulebook_free (shipped);
  g_ptr_array_unref (sources);
  g_ptr_array_unref (enterprises);
  dk_catalogue_free (catalogue);
  return result;
}
