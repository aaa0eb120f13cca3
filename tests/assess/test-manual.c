/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-manual"

#include "dk-examples.h"

#include <string.h>

/* The manual for authors of packs says what the engine does: its example works, and every function and operator of its
 * tables is one. */

static DkCatalogue *catalogue;
static char *manual;

static char *
find_section (const char *heading)
{
  const char *begin = strstr (manual, heading), *end;

  g_assert_nonnull (begin);
  end = strstr (begin + 1, "\n## ");
  return end != NULL ? g_strndup (begin, (gsize) (end - begin)) : g_strdup (begin);
}

/* The pack with this id that stands in the section loads, and its examples come out. */
static void
check_example (const char *heading,
               const char *id,
               guint       least)
{
  g_autofree char *section = find_section (heading);
  g_autofree char *first = g_strdup_printf ("```yaml\npack: %s\n", id);
  const char *begin = strstr (section, first), *end;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  DkDocument *document;
  guint n = 0;
  gboolean ok;

  g_assert_nonnull (begin);
  begin += strlen ("```yaml\n");
  end = strstr (begin, "\n```");
  g_assert_nonnull (end);
  document = dk_document_parse ("README.md", begin, (gsize) (end - begin), DK_FORMAT_YAML, problems);
  ok = document != NULL && dk_rulebook_take_document (book, document, FALSE, problems) && dk_rulebook_compile (book, problems)
       && dk_examples_run (book, catalogue, dk_rulebook_find_pack (book, id), problems, &n);
  if (!ok || dk_problems_length (problems) > 0)
    {
      g_autofree char *list = dk_problems_to_string (problems);

      g_test_fail_printf ("%s", list);
    }
  else
    g_assert_cmpuint (n, >=, least);
}

static void
test_example (void)
{
  check_example ("## 8 A complete example", "little_star", 9);
}

static void
test_allocation (void)
{
  check_example ("### 5.1 An amount that is allocated in order", "credits", 9);
}

static void
test_forms (void)
{
  check_example ("## 7 Forms", "table", 1);
}

static void
test_choices (void)
{
  check_example ("## 6 Choices", "levy", 8);
}

/* Each function of the manual, put to use. A name may have several. */
static const struct { const char *name, *expression; } uses[] = {
  { "case", "case(is_resident: 1, listed_dishonest: 2, else: 3)" },
  { "band", "band(rd_tax[0] / revenue[0], >= 6%: 50, >= 5%: 40, else: 0)" },
  { "min", "min(revenue[-2..0])" },
  { "min", "sum(min(revenue[-2..0], assets[-2..0]))" },
  { "min", "min(awards: row.rank)" },
  { "max", "max(staff[0], 5)" },
  { "max", "max(awards: row.awarded_on where row.rank <= 3)" },
  { "sum", "sum(rd_tax[-2..0])" },
  { "sum", "sum(awards: row.rank * 2 where row.level = national)" },
  { "mean", "mean(available(revenue[-2..0]))" },
  { "mean", "mean(awards: row.rank)" },
  { "available", "sum(available(revenue[-2..0]))" },
  { "all", "all(revenue[-2..0] > 0)" },
  { "all", "all(ip: row.granted_on <= as_of where row.kind = invention)" },
  { "any", "any(available(revenue[-2..0]) > 5000万)" },
  { "any", "any(ip where row.disputed)" },
  { "count", "count(revenue[-2..0] > 0)" },
  { "count", "count(ip)" },
  { "count", "count(ip where row.kind = invention)" },
  { "count", "count(ip as i where any(standards where row.name = i.product))" },
  { "rising", "rising(revenue[-2..0])" },
  { "best", "best(rd_tax[0] / revenue[0], rd_tax[0] / cost_total[0])" },
  { "compound_growth", "compound_growth(revenue[-3], revenue[0], 3)" },
  { "compound_growth", "compound_growth(revenue[-3], revenue[0], 3) >= 20%" },
  { "round", "round(revenue[0] / 3, 2)" },
  { "floor", "floor(staff[0] / 3)" },
  { "ceil", "ceil(staff[0] / 3)" },
  { "abs", "abs(revenue[0] - revenue[-1])" },
  { "if_undefined", "if_undefined(rd_tax[0] / revenue[0], 0)" },
  { "if_na", "if_na(staff[0], 0)" },
  { "is_defined", "is_defined(rd_tax[0] / revenue[0])" },
  { "at_least", "at_least(2, is_resident, listed_dishonest, listed_abnormal)" },
  { "year_of", "year_of(founded_on)" },
  { "date", "date(year_of(founded_on) + 1, 3, 31)" },
  { "months_between", "months_between(founded_on, as_of)" },
  { "years_between", "years_between(founded_on, as_of)" },
  { "days_between", "days_between(founded_on, as_of)" },
  { "distinct", "distinct(ip: row.product where row.kind = invention)" },
  { "allocate", "allocate(equity_rounds: min(row.amount, 500万) by row.paid_on where row.paid_on + 3 years > as_of, against: total_profit[0], of: row.qualified)" },
  { "rows_left", "rows_left(equity_rounds: row.amount by -row.amount, against: 100万)" },
  { "amount_left", "amount_left(equity_rounds: row.amount by row.paid_on, against: total_profit[0])" },
  { "first", "first(certificates: row.valid_to by row.valid_from where row.kind = stsme)" },
};

/* What stands beside the functions: literals, names and operators. */
static const char *const others[] = {
  "500", "5%", "5000万", "2亿", "300万元", "30 days", "6 months", "3 years", "30天", "6个月", "3年", "60 points", "60分", "25..30", "2026-07-15",
  "revenue[0] ≥ ５０００万 and staff[0] ≤ 500", "staff[0] × 2 ÷ 3 ≠ 4", "as_of", "year", "true", "revenue[2024]", "sum(revenue[-2..0])",
  "is_resident or listed_dishonest and not listed_abnormal", "staff[0] in (1, 2)", "staff[0] not in (1, 2)", "industry in ('C', 'I65') except ('C16')",
  "founded_on + 30 days - 2 months + 1 years", "as_of - founded_on > 30 days", "(1 + 5%) ^ 3", "-staff[0]", "if is_resident then 1 else 2",
  "is_resident = unknown", "if_undefined(staff[0] = undefined, true)",
};

static gboolean
compiles (DkRulebook *book,
          const char *expression)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  if (dk_rulebook_compile_expression (book, expression, problems) != NULL)
    return TRUE;
  {
    g_autofree char *list = dk_problems_to_string (problems);

    g_test_fail_printf ("%s: %s", expression, list);
  }
  return FALSE;
}

static void
test_functions (void)
{
  g_autofree char *section = find_section ("## 5 Expressions");
  const char *table = strstr (section, "| function | meaning |");
  g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) lines = NULL;

  g_assert_nonnull (table);
  g_assert_true (dk_rulebook_compile (book, problems));
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    compiles (book, uses[i].expression);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    compiles (book, others[i]);

  /* Every name before a bracket in the first column, and the functions named alone: `min`. */
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 2; lines[i] != NULL && lines[i][0] == '|'; i++)
    {
      g_auto(GStrv) cells = g_strsplit (lines[i], "|", -1);
      const char *p = cells[1];

      while (*p != '\0')
        {
          const char *begin = p;

          while (g_ascii_islower (*p) || *p == '_')
            p++;
          if (p > begin && (begin[-1] == '`' || begin[-1] == ' ' || begin[-1] == '(' || begin[-1] == ',') && (*p == '(' || (begin[-1] == '`' && *p == '`')))
            g_hash_table_add (named, g_strndup (begin, (gsize) (p - begin)));
          if (p == begin)
            p++;
        }
    }
  g_assert_cmpuint (g_hash_table_size (named), >=, 25);
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    if (!g_hash_table_contains (named, uses[i].name))
      g_test_fail_printf ("the manual does not name %s", uses[i].name);
  {
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init (&iter, named);
    while (g_hash_table_iter_next (&iter, &name, NULL))
      {
        gboolean used = FALSE;

        for (guint i = 0; i < G_N_ELEMENTS (uses) && !used; i++)
          used = strcmp (uses[i].name, name) == 0;
        if (!used)
          g_test_fail_printf ("the manual names %s, which no test uses", (const char *) name);
      }
  }
}

/* The keys of a rule in the manual are those that the reader takes. */
static void
test_keys (void)
{
  g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const char *wrong = "pack: x\nkind: check\ntitle: {zh: 甲, en: A}\nsources: {}\nversions: [{id: a, from: 2020-01-01, source: b, x: 1}]\nx: 1\n"
                      "rules: [{id: x, title: {zh: 甲, en: A}, require: 'true', x: 1}]\n";
  g_autofree char *said = NULL;
  g_auto(GStrv) words = NULL;

  dk_rulebook_take_document (book, dk_document_parse ("x.yaml", wrong, strlen (wrong), DK_FORMAT_YAML, problems), FALSE, problems);
  for (guint i = 0; i < dk_problems_length (problems); i++)
    {
      const char *list = strstr (dk_problems_get (problems, i)->message, "it may have ");

      if (list == NULL)
        continue;
      words = g_strsplit (list + strlen ("it may have "), ", ", -1);
      for (guint w = 0; words[w] != NULL; w++)
        {
          g_autofree char *quoted = g_strdup_printf ("`%s", words[w]), *key = g_strdup_printf ("%s:", words[w]);

          if (strstr (manual, quoted) == NULL && strstr (manual, key) == NULL)
            g_test_fail_printf ("the manual does not name the key %s", words[w]);
        }
      g_clear_pointer (&words, g_strfreev);
    }
  said = dk_problems_to_string (problems);
  g_assert_nonnull (strstr (said, "a rule has no \"x\""));
  g_assert_nonnull (strstr (said, "a pack has no \"x\""));
  g_assert_nonnull (strstr (said, "a version has no \"x\""));
}

int
main (int    argc,
      char **argv)
{
  const char *directory = g_getenv ("DK_DATA_DIR") != NULL ? g_getenv ("DK_DATA_DIR") : "data";
  g_autofree char *path = g_build_filename (directory, "packs", "README.md", NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  int result;

  g_test_init (&argc, &argv, NULL);

  if (!g_file_get_contents (path, &manual, NULL, NULL))
    g_error ("%s cannot be read", path);
  catalogue = dk_catalogue_load (directory, problems);
  if (catalogue == NULL)
    g_error ("%s", dk_problems_to_string (problems));
  g_test_add_func ("/assess/manual/example", test_example);
  g_test_add_func ("/assess/manual/allocation", test_allocation);
  g_test_add_func ("/assess/manual/choices", test_choices);
  g_test_add_func ("/assess/manual/forms", test_forms);
  g_test_add_func ("/assess/manual/functions", test_functions);
  g_test_add_func ("/assess/manual/keys", test_keys);
  result = g_test_run ();
  dk_catalogue_free (catalogue);
  g_free (manual);
  return result;
}
