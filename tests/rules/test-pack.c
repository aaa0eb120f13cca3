/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-pack"

#include "names.h"

#include "dk-rulebook.h"

#include <string.h>

/* Wrong packs: each file of packs/ makes one kind of mistake and says in its first lines what must be found:
 *
 *   # with OTHER.yaml                         a pack of packs/with/ that comes with Dengke, if it takes two
 *   # expect LINE:COLUMN words … more words   one for each problem, in any order
 *
 * Nothing else may be reported: a mistake that is told twice, or in words that lead astray, costs an author more than the mistake. */
static const char *packs_directory;

typedef struct
{
  int   line, column;
  char *words;
  gboolean met;
} Expected;

static void
free_expected (gpointer data)
{
  Expected *expected = data;

  g_free (expected->words);
  g_free (expected);
}

static GPtrArray *
read_expected (const char  *text,
               char       **with)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_expected);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && g_str_has_prefix (lines[i], "# "); i++)
    if (g_str_has_prefix (lines[i], "# with "))
      *with = g_strdup (lines[i] + strlen ("# with "));
    else if (g_str_has_prefix (lines[i], "# expect "))
      {
        Expected *one = g_new0 (Expected, 1);
        char *at = lines[i] + strlen ("# expect ");

        one->line = (int) g_ascii_strtoll (at, &at, 10);
        g_assert_cmpint (*at, ==, ':');
        one->column = (int) g_ascii_strtoll (at + 1, &at, 10);
        one->words = g_strdup (g_strchug (at));
        g_ptr_array_add (list, one);
      }
  return list;
}

static gboolean
says (const char *message,
      const char *words)
{
  g_auto(GStrv) parts = g_strsplit (words, " … ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (message, parts[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Loads and compiles whatever can be read, as `packs check` does. */
static void
check_text (DkRulebook *book,
            const char *name,
            const char *text,
            DkProblems *problems)
{
  DkDocument *document = dk_document_parse (name, text, strlen (text), DK_FORMAT_YAML, problems);

  if (document != NULL)
    dk_rulebook_take_document (book, document, FALSE, problems);
}

static void
test_wrong (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_build_filename (packs_directory, name, NULL);
  g_autofree char *text = NULL, *with = NULL, *listed = NULL;
  g_autoptr(DkScope) scope = names_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GPtrArray) expected = NULL;
  g_autoptr(GError) error = NULL;
  DkRulebook *book = dk_rulebook_new (scope);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  expected = read_expected (text, &with);
  g_assert_cmpuint (expected->len, >, 0);
  if (with != NULL)
    {
      g_autofree char *other = g_build_filename (packs_directory, "with", with, NULL);

      if (!dk_rulebook_load (book, other, TRUE, problems))
        g_error ("%s", dk_problems_to_string (problems));
    }
  check_text (book, name, text, problems);
  dk_rulebook_compile (book, problems);
  listed = dk_problems_to_string (problems);

  for (guint i = 0; i < dk_problems_length (problems); i++)
    {
      const DkProblem *problem = dk_problems_get (problems, i);
      gboolean found = FALSE;

      if (problem->is_warning)
        continue;
      for (guint k = 0; k < expected->len && !found; k++)
        {
          Expected *one = g_ptr_array_index (expected, k);

          if (one->met || one->line != problem->place.line || one->column != problem->place.column || !says (problem->message, one->words))
            continue;
          one->met = found = TRUE;
        }
      if (!found)
        {
          g_test_fail_printf ("%s: not expected: %d:%d: %s", name, problem->place.line, problem->place.column, problem->message);
        }
    }
  for (guint k = 0; k < expected->len; k++)
    {
      const Expected *one = g_ptr_array_index (expected, k);

      if (!one->met)
        g_test_fail_printf ("%s: expected %d:%d: %s; got\n%s", name, one->line, one->column, one->words, listed);
    }
  dk_rulebook_free (book);
}

/* A pack whose rules are given; the rest is right. */
static char *
make_pack (const char *rules)
{
  return g_strconcat ("pack: wrong\nkind: check\ntitle: {zh: 错, en: Wrong}\nsources: {law: {title: {zh: 法, en: Law}, certainty: V}}\n"
                      "versions: [{id: a, from: 2020-01-01, source: law}]\nrules:\n", rules, "examples: []\n", NULL);
}

static char *
check_rules (const char *rules)
{
  g_autofree char *text = make_pack (rules);
  g_autoptr(DkScope) scope = names_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkRulebook *book = dk_rulebook_new (scope);
  char *listed;

  check_text (book, "wrong.yaml", text, problems);
  if (!dk_rulebook_compile (book, problems))
    g_assert_cmpuint (dk_problems_count (problems), >, 0);
  listed = dk_problems_count (problems) == 0 ? g_strdup ("") : dk_problems_to_string (problems);
  dk_rulebook_free (book);
  return listed;
}

static void
test_right (void)
{
  g_autofree char *listed = check_rules ("  - {id: wrong, title: {zh: 错, en: Right}, source: law, require: 'staff[0] <= 500'}\n");

  g_assert_cmpstr (listed, ==, "");
}

static char *
repeat (const char *text,
        guint       n)
{
  GString *all = g_string_sized_new (n * strlen (text));

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static char *
check_require (const char *expression)
{
  g_autofree char *rules = g_strdup_printf ("  - {id: wrong, title: {zh: 错, en: Wrong}, source: law, require: \"%s\"}\n", expression);

  return check_rules (rules);
}

static void
test_parentheses (void)
{
  g_autofree char *open = repeat ("(", 100000), *close = repeat (")", 100000), *less = repeat ("(", 3000), *closing = repeat (")", 3000);
  g_autofree char *all = g_strconcat (open, "resident", close, NULL), *some = g_strconcat (less, "resident", closing, NULL);
  g_autofree char *too_long = check_require (all), *too_deep = check_require (some), *unclosed = check_require (less);

  g_assert_nonnull (strstr (too_long, "the expression is too long"));
  g_assert_nonnull (strstr (too_deep, "deep"));
  g_assert_nonnull (strstr (unclosed, "deep"));
}

/* Every operator that nests, as deep as it is let and deeper. */
static void
test_nesting (void)
{
  static const char *const before[] = { "not ", "-", "abs(", "if resident then 1 else ", "max(1, ", "staff[0] ^ 1 + ", "all(ip: ", "if_undefined(true, " };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autofree char *many = repeat (before[i], 2500), *few = repeat (before[i], 60);
      g_autofree char *deep = check_require (many), *shallow = check_require (few);

      g_assert_cmpstr (deep, !=, "");
      g_assert_cmpstr (shallow, !=, ""); /* nothing follows the last of them */
    }
}

/* Each rule rests on the next: refused rather than followed until the stack ends; and a long but flat pack is taken. */
static void
test_chain (void)
{
  GString *rules = g_string_new ("  - {id: wrong, title: {zh: 错, en: Wrong}, source: law, require: 'r0 > 1'}\n");
  GString *flat = g_string_new ("  - {id: wrong, title: {zh: 错, en: Wrong}, source: law, require: 'r0 > 1'}\n");
  g_autofree char *listed = NULL, *none = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      g_string_append_printf (rules, "  - {id: r%u, title: {zh: 错, en: Wrong}, source: law, value: '%s%u + 1'}\n", i, i < 2999 ? "r" : "", i + 1);
      g_string_append_printf (flat, "  - {id: r%u, title: {zh: 错, en: Wrong}, source: law, value: '%s%u + 1'}\n", i, i > 0 ? "r" : "", i > 0 ? i - 1 : 0);
    }
  listed = check_rules (rules->str);
  g_assert_nonnull (strstr (listed, "too long"));
  none = check_rules (flat->str);
  g_assert_nonnull (none);
  g_string_free (rules, TRUE);
  g_string_free (flat, TRUE);
}

/* Groups with more members than can be joined in one instruction. */
static void
test_crowd (void)
{
  g_autofree char *members = repeat ("x, ", 70000);
  g_autofree char *rules = g_strdup_printf ("  - {id: wrong, title: {zh: 错, en: Wrong}, source: law, all: [%sx]}\n"
                                            "  - {id: x, title: {zh: 错, en: Wrong}, source: law, require: 'resident'}\n", members);
  g_autofree char *listed = check_rules (rules);

  g_assert_nonnull (strstr (listed, "at most 1000 members"));
}

/* Loops within loops within a short text: refused by their number, or ended by the limit of a run. */
static void
test_long_years (void)
{
  g_autofree char *wide = check_require ("sum(staff[-1000..0]) > 1"), *far = check_require ("staff[-99999999999999999999] > 1");

  g_assert_cmpstr (wide, !=, "");
  g_assert_cmpstr (far, !=, "");
}

/* All is listed, not only the first. */
static void
test_all_at_once (void)
{
  g_autofree char *listed = check_rules ("  - {id: wrong, title: {zh: 错, en: Wrong}, source: law, all: [a, b, none]}\n"
                                         "  - {id: a, title: {zh: 错, en: Wrong}, source: nobody, require: 'stuff > 1'}\n"
                                         "  - {id: b, title: {zh: 错}, source: law, require: 'staff[0] > 5%'}\n");

  g_assert_nonnull (strstr (listed, "no rule \"none\""));
  g_assert_nonnull (strstr (listed, "no source \"nobody\""));
  g_assert_nonnull (strstr (listed, "stuff is no fact"));
  g_assert_nonnull (strstr (listed, "has no text in en"));
  g_assert_nonnull (strstr (listed, "ratio such as 5%"));
}

/* Text cut off or damaged anywhere is refused or taken, but never brings down who reads it. */
static void
test_damaged (void)
{
  g_autofree char *text = make_pack ("  - {id: wrong, title: {zh: 错, en: Wrong}, source: law, all: [x, y, s]}\n"
                                     "  - {id: x, title: {zh: 错, en: Wrong}, source: law, require: 'count(ip where row.cost > 5万) > 1'}\n"
                                     "  - {id: y, title: {zh: 错, en: Wrong}, source: law, require: 'sum(staff[-2..0]) > 5 or class in (micro)'}\n"
                                     "  - {id: p, title: {zh: 错, en: Wrong}, source: law, points: {of: 'x', bands: [{at_least: 5%, points: 2}, {else: 0}]}}\n"
                                     "  - {id: s, title: {zh: 错, en: Wrong}, source: law, total: [p], require: '>= 1'}\n");
  gsize length = strlen (text);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *copy = g_strdup (text);
      g_autoptr(DkScope) scope = names_new ();
      g_autoptr(DkProblems) problems = dk_problems_new ();
      DkRulebook *book = dk_rulebook_new (scope);
      gsize at = (gsize) g_test_rand_int_range (0, (int) length), n_dropped = (gsize) g_test_rand_int_range (1, 21);

      if (i % 3 == 0)
        copy[at] = '\0';
      else if (i % 3 == 1)
        copy[at] = "(){}[]:,'\"#-x0 \n"[g_test_rand_int_range (0, 16)];
      else
        {
          gsize from = MIN (length, at + n_dropped);

          memmove (copy + at, copy + from, length - from + 1);
        }
      check_text (book, "damaged.yaml", copy, problems);
      dk_rulebook_compile (book, problems);
      dk_rulebook_free (book);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GDir) directory = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);

  path = g_test_build_filename (G_TEST_DIST, "packs", NULL);
  packs_directory = path;
  directory = g_dir_open (packs_directory, 0, NULL);
  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".yaml"))
      g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, >, 100);
  for (guint i = 0; i < names->len; i++)
    {
      const char *file = g_ptr_array_index (names, i);
      g_autofree char *kind = g_strndup (file, strlen (file) - strlen (".yaml"));
      g_autofree char *test = g_strconcat ("/rules/pack/wrong/", kind, NULL);

      g_test_add_data_func (test, file, test_wrong);
    }
  g_test_add_func ("/rules/pack/right", test_right);
  g_test_add_func ("/rules/pack/all-at-once", test_all_at_once);
  g_test_add_func ("/rules/pack/hostile/parentheses", test_parentheses);
  g_test_add_func ("/rules/pack/hostile/nesting", test_nesting);
  g_test_add_func ("/rules/pack/hostile/chain", test_chain);
  g_test_add_func ("/rules/pack/hostile/crowd", test_crowd);
  g_test_add_func ("/rules/pack/hostile/years", test_long_years);
  g_test_add_func ("/rules/pack/hostile/damaged", test_damaged);

  return g_test_run ();
}
