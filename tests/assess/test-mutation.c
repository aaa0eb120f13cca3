/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mutation"

#include "dk-examples.h"

#include <string.h>

/* Every figure of every pack that comes with Dengke is made one unit of its last place more, and less, one at a time; every
 * date a day later, and earlier. Then one of the pack's own examples must fail, or the pack must no longer load: a figure
 * that can be changed unnoticed is a figure that nobody has checked. */

/* Whether the program is run under a sanitizer, where everything takes many times as long. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED TRUE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED TRUE
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED FALSE
#endif

/* Changes that change nothing, and why. */
static const struct { const char *rule, *from, *to, *reason; } equivalents[] = {
  { "stsme.score", ">= 60 points", ">= 59 points", "all points are even, so that 59 cannot be reached" },
  { "stsme.staff_points", "> 0", "> 1", "the least points above 0 are 4" },
  { "hnte.score", "100", "101", "the most that the parts give together is 100" },
  { "innov2022.score", ">= 60 points", ">= 59 points", "all points are multiples of 5" },
  { "innov2022.score_innovation", ">= 20 points", ">= 19 points", "all points are multiples of 5" },
  { "innov2022.score_growth", ">= 15 points", ">= 14 points", "all points are multiples of 5" },
  { "innov2022.score_special", ">= 15 points", ">= 14 points", "all points are multiples of 5" },
  /* What has no pack in front is so in any of them. */
  { "select", "date(year, 12, 31)", "date(year, 12, 30)", "no law of a tax year begins on its last day" },
};

static DkCatalogue *catalogue;
static GPtrArray *packs; /* Source * */

/* A pack as text. */
typedef struct
{
  char       *id;
  char       *name;
  char       *text;
  gsize       body;      /* bytes before the examples */
  GPtrArray  *needs;     /* Source *, itself first: what it takes to load it */
  DkDocument *document;  /* the whole, unchanged */
  GPtrArray  *examples;  /* Example *: those that noticed a change last first */
} Source;

/* An example of a pack, or one of its cases with what it shares with the others: as little as can be run. */
typedef struct
{
  DkNode        node;        /* keys and values borrowed, but for those that follow */
  DkNode        key, cases;  /* of a case: a list of it alone */
  DkNode       *only;
  const DkNode *expect;
} Example;

static void
free_example (gpointer data)
{
  Example *example = data;

  g_free (example->node.children);
  g_free (example);
}

static void
free_source (gpointer data)
{
  Source *source = data;

  g_free (source->id);
  g_free (source->name);
  g_free (source->text);
  g_clear_pointer (&source->needs, g_ptr_array_unref);
  g_clear_pointer (&source->examples, g_ptr_array_unref);
  dk_document_free (source->document);
  g_free (source);
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

/* Whether @word stands in @text as a name, or as the first part of one. */
static gboolean
names (const char *text,
       const char *word)
{
  gsize length = strlen (word);

  for (const char *p = strstr (text, word); p != NULL; p = strstr (p + 1, word))
    if ((p == text || !is_word (p[-1])) && (!is_word (p[length]) || p[length] == '.'))
      return TRUE;
  return FALSE;
}

static void
add_needs (Source    *source,
           GPtrArray *needs)
{
  g_autofree char *body = g_strndup (source->text, source->body);
  const DkScope *scope = dk_catalogue_get_scope (catalogue);

  if (g_ptr_array_find (needs, source, NULL))
    return;
  g_ptr_array_add (needs, source);
  for (guint i = 0; i < packs->len; i++)
    {
      Source *other = g_ptr_array_index (packs, i);
      gboolean needed = names (body, other->id);

      /* A fact may be derived from the rules of a pack. */
      for (guint f = 0; f < scope->facts->len && !needed; f++)
        {
          const DkSymbol *fact = g_ptr_array_index (scope->facts, f);

          needed = fact->derive != NULL && names (fact->derive, other->id) && names (body, fact->id);
        }
      if (needed)
        add_needs (other, needs);
    }
}

/* @one: NULL for the example itself, without its cases. */
static void
add_example (Source       *source,
             const DkNode *whole,
             DkNode       *one)
{
  Example *example = g_new0 (Example, 1);
  guint n = 0;

  example->node = *whole;
  example->node.children = g_new (DkNode *, whole->n_children);
  for (guint i = 0; i + 1 < whole->n_children; i += 2)
    if (strcmp (whole->children[i]->text, "expect") == 0 ? one == NULL : strcmp (whole->children[i]->text, "cases") != 0)
      {
        example->node.children[n++] = whole->children[i];
        example->node.children[n++] = whole->children[i + 1];
      }
  if (one != NULL)
    {
      example->only = one;
      example->key = (DkNode) { .kind = DK_NODE_SCALAR, .place = one->place, .text = (char *) "cases" };
      example->cases = (DkNode) { .kind = DK_NODE_SEQUENCE, .place = one->place, .children = &example->only, .n_children = 1 };
      /* Its cases at least are no longer there. */
      example->node.children[n++] = &example->key;
      example->node.children[n++] = &example->cases;
    }
  example->node.n_children = n;
  example->expect = dk_node_get (one != NULL ? one : whole, "expect");
  g_ptr_array_add (source->examples, example);
}

static void
list_examples (Source *source)
{
  const DkNode *examples = dk_node_get (dk_document_get_root (source->document), "examples");

  source->examples = g_ptr_array_new_with_free_func (free_example);
  for (guint i = 0; i < examples->n_children; i++)
    {
      const DkNode *one = examples->children[i], *cases = dk_node_get (one, "cases");

      if (dk_node_get (one, "expect") != NULL)
        add_example (source, one, NULL);
      for (guint c = 0; cases != NULL && c < cases->n_children; c++)
        add_example (source, one, cases->children[c]);
    }
}

static void
load_sources (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "packs", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  packs = g_ptr_array_new_with_free_func (free_source);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autoptr(DkProblems) problems = dk_problems_new ();
      Source *source;
      const char *examples;

      if (!g_str_has_suffix (name, ".yaml"))
        continue;
      source = g_new0 (Source, 1);
      source->name = g_strdup (name);
      g_assert_true (g_file_get_contents (file, &source->text, NULL, NULL));
      examples = strstr (source->text, "\nexamples:");
      g_assert_nonnull (examples);
      source->body = (gsize) (examples + 1 - source->text);
      source->document = dk_document_parse (name, source->text, strlen (source->text), DK_FORMAT_YAML, problems);
      g_assert_nonnull (source->document);
      source->id = g_strdup (dk_node_get_string (dk_document_get_root (source->document), "pack"));
      list_examples (source);
      g_ptr_array_add (packs, source);
    }
  g_assert_cmpuint (packs->len, >, 0);
  for (guint i = 0; i < packs->len; i++)
    {
      Source *source = g_ptr_array_index (packs, i);

      source->needs = g_ptr_array_new ();
      add_needs (source, source->needs);
    }
}

/* Whether an example expects something of the rule; without @rule, of any. */
static gboolean
expects (const Source  *source,
         const Example *example,
         const char    *rule)
{
  for (guint i = 0; rule != NULL && i + 1 < example->expect->n_children; i += 2)
    {
      const char *key = example->expect->children[i]->text;

      if (strcmp (key, rule) == 0)
        return TRUE;
      if (g_str_has_prefix (rule, source->id) && rule[strlen (source->id)] == '.' && strcmp (key, rule + strlen (source->id) + 1) == 0)
        return TRUE;
    }
  return rule == NULL;
}

/* Whether the example that stands there comes out as it says; one that does not is the first to be asked next time. */
static gboolean
example_holds (const Source *source,
               DkRulebook   *book,
               DkPack       *pack,
               guint         index,
               DkProblems   *problems)
{
  Example *example = g_ptr_array_index (source->examples, index);
  DkNode *one = &example->node;
  DkNode list = { .kind = DK_NODE_SEQUENCE, .place = one->place, .children = &one, .n_children = 1 };
  guint n = 0;
  gboolean ok;

  pack->examples = &list;
  ok = dk_examples_run (book, catalogue, pack, problems, &n) && dk_problems_count (problems) == 0;
  pack->examples = NULL;
  if (ok)
    g_assert_cmpuint (n, ==, 1);
  else
    {
      g_ptr_array_steal_index (source->examples, index);
      g_ptr_array_insert (source->examples, 0, example);
    }
  return ok;
}

/* Whether the pack with this text loads, and all its examples come out as they say. Stops at the first that does not, which is
 * likely to be one that expects something of @rule (nullable). */
static gboolean
examples_hold (const Source *source,
               const char   *text,
               gsize         length,
               const char   *rule,
               char        **why)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  gboolean ok = TRUE;
  DkPack *pack;

  for (guint i = 0; i < source->needs->len && ok; i++)
    {
      const Source *one = g_ptr_array_index (source->needs, i);
      DkDocument *document = one == source ? dk_document_parse (one->name, text, length, DK_FORMAT_YAML, problems)
                                           : dk_document_parse (one->name, one->text, one->body, DK_FORMAT_YAML, problems);

      ok = document != NULL && dk_rulebook_take_document (book, document, TRUE, problems);
    }
  ok = ok && dk_rulebook_compile (book, problems);
  pack = ok ? dk_rulebook_find_pack (book, source->id) : NULL;
  for (int round = rule != NULL ? 0 : 1; round < 2; round++)
    for (guint i = 0; ok && i < source->examples->len; i++)
      if (expects (source, g_ptr_array_index (source->examples, i), rule) == (round == 0 || rule == NULL))
        ok = example_holds (source, book, pack, i, problems);
  if (why != NULL)
    *why = dk_problems_to_string (problems);
  return ok;
}

/* ---- Where the figures are ---- */

typedef struct
{
  const Source *source;
  char         *rule;     /* whole id, or what the figure belongs to */
  const char   *key;      /* of the scalar */
  guint         n_tried;
  guint         n_equivalent;
  guint         n_missed;
  gboolean      used[G_N_ELEMENTS (equivalents)];
} Mutation;

static gsize
find_byte (const char *text,
           DkPlace     place)
{
  const char *at = text;

  for (int line = 1; line < place.line; line++)
    {
      at = strchr (at, '\n');
      g_assert_nonnull (at);
      at++;
    }
  return (gsize) (g_utf8_offset_to_pointer (at, place.column - 1) - text);
}

static gboolean
is_equivalent (Mutation   *self,
               const char *from,
               const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (equivalents); i++)
    if ((strcmp (equivalents[i].rule, self->rule) == 0
         || (strchr (equivalents[i].rule, '.') == NULL && g_str_has_suffix (self->rule, equivalents[i].rule)))
        && strcmp (equivalents[i].from, from) == 0 && strcmp (equivalents[i].to, to) == 0)
      {
        self->used[i] = TRUE;
        return TRUE;
      }
  return FALSE;
}

/* Whether the first or last day of a value or version is moved in a pack whose law is that of the last day of the tax year, over a day that is
 * the last of no year, or one without law: nobody reads the value then. Where it is read on other days ("at"), it may not be moved at all. */
static gboolean
is_read_on_no_day (Mutation   *self,
                   const char *from,
                   const char *to)
{
  const DkNode *root = dk_document_get_root (self->source->document), *versions = dk_node_get (root, "versions");
  const char *what = strrchr (self->rule, '.');
  gboolean is_from = strcmp (self->key, "from") == 0, is_version = g_str_equal (what + 1, "versions");
  g_autofree char *elsewhere = g_strconcat (what + 1, " at ", NULL);
  gint64 old, moved, day;

  if (g_strcmp0 (dk_node_get_string (root, "select"), "date(year, 12, 31)") != 0 || (!is_from && strcmp (self->key, "to") != 0)
      || !dk_date_parse (from, -1, &old) || !dk_date_parse (to, -1, &moved) || strstr (self->source->text, elsewhere) != NULL)
    return FALSE;
  day = is_from ? MIN (old, moved) : MAX (old, moved);
  if (dk_date_year (day) == dk_date_year (day + 1))
    return TRUE;
  for (guint i = 0; !is_version && i < versions->n_children; i++)
    {
      const char *first = dk_node_get_string (versions->children[i], "from"), *last = dk_node_get_string (versions->children[i], "to");

      if (dk_date_parse (first, -1, &old) && old <= day && (last == NULL || (dk_date_parse (last, -1, &old) && day <= old)))
        return FALSE;
    }
  return !is_version;
}

/* The figure from @start to @end of the scalar becomes @replacement. */
static void
try_change (Mutation     *self,
            const DkNode *node,
            gsize         start,
            gsize         end,
            const char   *replacement)
{
  g_autofree char *changed = g_strdup_printf ("%.*s%s%s", (int) start, node->text, replacement, node->text + end);
  gsize at = find_byte (self->source->text, dk_node_place_at (node, start));
  g_autoptr(GString) text = g_string_new_len (self->source->text, (gssize) self->source->body);

  g_assert_cmpmem (text->str + at, end - start, node->text + start, end - start);
  g_string_erase (text, (gssize) at, (gssize) (end - start));
  g_string_insert (text, (gssize) at, replacement);
  /* All of them where that takes a second or two, otherwise a few. */
  if (IS_SANITIZED && !g_test_slow () && g_test_rand_int_range (0, 12) > 0)
    return;
  self->n_tried++;
  if (!examples_hold (self->source, text->str, text->len, self->rule, NULL))
    return;
  if (is_equivalent (self, node->text, changed) || is_read_on_no_day (self, node->text, changed))
    {
      self->n_equivalent++;
      return;
    }
  self->n_missed++;
  g_test_message ("%s:%d: %s: \"%s\" may become \"%s\" and no example fails", self->source->name, node->place.line, self->rule, node->text, changed);
}

/* 5 -> 6, 4; 0.05 -> 0.06, 0.04. */
static char *
step_number (const char *text,
             gsize       length,
             int         step)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  const char *point = memchr (text, '.', length);
  int digits = point != NULL ? (int) (text + length - point - 1) : 0;
  DkNumber number, unit = DK_NUMBER (step);

  g_assert_true (dk_number_parse (text, (gssize) length, &number, arena, NULL));
  for (int i = 0; i < digits; i++)
    unit = dk_number_div (unit, DK_NUMBER (10), arena);
  return dk_number_to_decimal (dk_number_add (number, unit, arena), digits);
}

static void
mutate_scalar (Mutation     *self,
               const DkNode *node)
{
  const char *text = node->text;
  gboolean in_quotes = FALSE;
  guint brackets = 0;

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      gsize end = i;
      gint64 day;

      if (text[i] == '\'')
        in_quotes = !in_quotes;
      else if (text[i] == '[')
        brackets++;
      else if (text[i] == ']')
        brackets--;
      if (in_quotes || brackets > 0 || !g_ascii_isdigit (text[i]))
        continue;
      if (i > 0 && (is_word (text[i - 1]) && !(text[i - 1] == '.' && i > 1 && text[i - 2] == '.')))
        {
          while (is_word (text[i + 1]))
            i++;
          continue;
        }
      for (int step = -1; step <= 1; step += 2)
        {
          g_autofree char *replacement = NULL;

          if (strlen (text + i) >= 10 && dk_date_parse (text + i, 10, &day))
            {
              end = i + 10;
              replacement = dk_date_to_string (day + step);
            }
          else
            {
              for (end = i + 1; g_ascii_isdigit (text[end]) || (text[end] == '.' && g_ascii_isdigit (text[end + 1])); end++)
                ;
              replacement = step_number (text + i, end - i, step);
            }
          try_change (self, node, i, end, replacement);
        }
      i = end - 1;
    }
}

static void
mutate_key (Mutation     *self,
            const DkNode *parent,
            const char   *key)
{
  const DkNode *node = dk_node_get (parent, key);

  self->key = key;
  if (node != NULL && node->kind == DK_NODE_SCALAR)
    mutate_scalar (self, node);
}

static void
mutate_bands (Mutation     *self,
              const DkNode *points)
{
  static const char *const keys[] = { "at_least", "above", "at_most", "below", "points", "else" };
  const DkNode *rows = dk_node_get (points, "bands");

  mutate_key (self, points, "of");
  for (guint i = 0; rows != NULL && i < rows->n_children; i++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      mutate_key (self, rows->children[i], keys[k]);
}

static void
mutate_rules (Mutation     *self,
              const DkNode *rules)
{
  static const char *const keys[] = { "value", "require", "applies", "points", "warn", "at_least", "max" };
  static const char *const groups[] = { "all", "any", "of", "total" };

  for (guint i = 0; rules != NULL && rules->kind == DK_NODE_SEQUENCE && i < rules->n_children; i++)
    {
      const DkNode *rule = rules->children[i], *points;
      const char *id;

      if (rule->kind != DK_NODE_MAPPING)
        continue;
      id = dk_node_get_string (rule, "id");
      g_free (self->rule);
      self->rule = g_strcmp0 (id, self->source->id) == 0 ? g_strdup (id) : g_strdup_printf ("%s.%s", self->source->id, id);
      for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
        mutate_key (self, rule, keys[k]);
      points = dk_node_get (rule, "points");
      if (points != NULL && points->kind == DK_NODE_MAPPING)
        mutate_bands (self, points);
      for (guint k = 0; k < G_N_ELEMENTS (groups); k++)
        mutate_rules (self, dk_node_get (rule, groups[k]));
    }
}

static void
mutate_dates (Mutation     *self,
              const DkNode *list,
              const char   *what)
{
  for (guint i = 0; list != NULL && i < list->n_children; i++)
    {
      const DkNode *one = list->children[i], *values = dk_node_get (one, "values");

      g_free (self->rule);
      self->rule = g_strdup_printf ("%s.%s", self->source->id, what);
      mutate_key (self, one, "from");
      mutate_key (self, one, "to");
      mutate_key (self, one, "value");
      if (values != NULL)
        mutate_dates (self, values, dk_node_get_string (one, "id"));
    }
}

static void
test_pack (gconstpointer data)
{
  const Source *source = data;
  const DkNode *root = dk_document_get_root (source->document), *versions = dk_node_get (root, "versions");
  Mutation self = { .source = source };
  g_autofree char *why = NULL;

  if (!examples_hold (source, source->text, source->body, NULL, &why))
    {
      g_test_fail_printf ("unchanged, the examples do not hold: %s", why);
      return;
    }
  self.rule = g_strdup_printf ("%s.select", source->id);
  mutate_key (&self, root, "select");
  mutate_dates (&self, dk_node_get (root, "parameters"), "parameters");
  mutate_dates (&self, versions, "versions");
  mutate_rules (&self, dk_node_get (root, "rules"));
  for (guint i = 0; i < versions->n_children; i++)
    mutate_rules (&self, dk_node_get (versions->children[i], "rules"));
  g_free (self.rule);

  g_test_message ("%s: %u changes, %u of them without effect for a known reason", source->id, self.n_tried, self.n_equivalent);
  if (self.n_missed > 0)
    g_test_fail_printf ("%u changes of %s go unnoticed", self.n_missed, source->name);
  if (IS_SANITIZED && !g_test_slow ())
    return;
  g_assert_cmpuint (self.n_tried, >, 0);
  /* What is excused must still be there. */
  for (guint i = 0; i < G_N_ELEMENTS (equivalents); i++)
    if (g_str_has_prefix (equivalents[i].rule, source->id) && equivalents[i].rule[strlen (source->id)] == '.' && !self.used[i])
      g_test_fail_printf ("%s: \"%s\" is no longer there, or is noticed now", equivalents[i].rule, equivalents[i].from);
}

/* What every fact of the catalogue is derived from can be worked out with the packs that come with Dengke, in other years, too. */
static void
test_derived (void)
{
  g_autoptr(DkProblems) loading = dk_problems_new (); /* that the packs stand without their examples */
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  g_autofree char *list = NULL;
  guint n = 0;

  for (guint i = 0; i < packs->len; i++)
    {
      const Source *one = g_ptr_array_index (packs, i);

      g_assert_true (dk_rulebook_take_document (book, dk_document_parse (one->name, one->text, one->body, DK_FORMAT_YAML, loading), TRUE, loading));
    }
  g_assert_true (dk_rulebook_compile (book, loading));
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkSymbol *fact = dk_catalogue_get_fact (catalogue, i)->symbol;
      int n_years = fact->period == DK_PERIOD_YEAR ? 3 : 1;

      for (int year = 0; year < n_years && fact->derive != NULL; year++)
        {
          g_autofree char *text = fact->period == DK_PERIOD_YEAR ? g_strdup_printf ("%s[%d]", fact->id, -year) : g_strdup (fact->id);

          n += dk_rulebook_compile_expression (book, text, problems) != NULL;
        }
    }
  list = dk_problems_to_string (problems);
  g_assert_cmpstr (list, ==, "");
  g_assert_cmpuint (n, >, 100);
}

/* The longest text first. */
static int
compare_sources (gconstpointer a,
                 gconstpointer b)
{
  const Source *x = *(Source *const *) a, *y = *(Source *const *) b;
  gsize i = strlen (x->text), j = strlen (y->text);

  return i != j ? (i < j) - (i > j) : strcmp (x->id, y->id);
}

/* With two arguments, K and N: the K-th of N parts of all that there is, so that several processors share it. */
int
main (int    argc,
      char **argv)
{
  const char *directory = g_getenv ("DK_DATA_DIR") != NULL ? g_getenv ("DK_DATA_DIR") : "data";
  g_autoptr(DkProblems) problems = dk_problems_new ();
  guint part = 0, n_parts = 1;
  int result;

  g_test_init (&argc, &argv, NULL);
  if (argc == 3)
    {
      part = (guint) g_ascii_strtoull (argv[1], NULL, 10) - 1;
      n_parts = (guint) g_ascii_strtoull (argv[2], NULL, 10);
    }
  g_assert_cmpuint (part, <, n_parts);

  catalogue = dk_catalogue_load (directory, problems);
  if (catalogue == NULL)
    g_error ("%s", dk_problems_to_string (problems));
  load_sources (directory);
  g_ptr_array_sort (packs, compare_sources);
  for (guint i = part; i < packs->len; i += n_parts)
    {
      const Source *source = g_ptr_array_index (packs, i);
      g_autofree char *figures = g_strconcat ("/assess/mutation/", source->id, NULL);

      g_test_add_data_func (figures, source, test_pack);
    }
  if (part == 0)
    g_test_add_func ("/assess/derived-facts", test_derived);
  result = g_test_run ();
  g_ptr_array_unref (packs);
  dk_catalogue_free (catalogue);
  return result;
}
