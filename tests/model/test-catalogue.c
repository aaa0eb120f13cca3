/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-catalogue"

#include "dk-catalogue.h"
#include "dk-expr.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *
get_data_dir (void)
{
  const char *directory = g_getenv ("DK_DATA_DIR");

  return directory != NULL ? directory : "data";
}

static DkCatalogue *
load_shipped (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkCatalogue *catalogue = dk_catalogue_load (get_data_dir (), problems);
  g_autofree char *text = dk_problems_to_string (problems);

  g_assert_cmpstr (text, ==, "");
  g_assert_nonnull (catalogue);
  return catalogue;
}

static gboolean
is_complete (const DkText *text)
{
  return text->zh != NULL && *text->zh != '\0' && text->en != NULL && *text->en != '\0';
}

static void
test_shipped (void)
{
  g_autoptr(DkCatalogue) catalogue = load_shipped ();
  const DkScope *scope = dk_catalogue_get_scope (catalogue);

  g_assert_cmpuint (dk_catalogue_n_facts (catalogue), ==, scope->facts->len);
  g_assert_cmpuint (scope->facts->len, >=, 200);
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (catalogue, i);

      g_test_message ("%s", fact->symbol->id);
      g_assert_cmpuint (fact->symbol->index, ==, i);
      g_assert_cmpuint (fact->order, ==, i);
      g_assert_true (g_ptr_array_index (scope->facts, i) == fact->symbol);
      g_assert_true (dk_catalogue_find_fact (catalogue, fact->symbol->id) == fact);
      g_assert_true (is_complete (&fact->symbol->label));
      g_assert_true (is_complete (&fact->definition));
      g_assert_true (is_complete (&fact->example));
      g_assert_true (is_complete (&fact->source));
      g_assert_nonnull (fact->page);
      g_assert_nonnull (dk_catalogue_get_page_title (catalogue, fact->page));
      /* No label of one language stands at the other's key. */
      g_assert_true (g_str_is_ascii (fact->symbol->label.en) || strstr (fact->symbol->label.en, "“") != NULL);
    }
  for (guint i = 0; i < scope->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (scope->registers, i);

      g_assert_true (is_complete (&reg->label));
      for (guint j = 0; j < reg->columns->len; j++)
        {
          const DkSymbol *column = g_ptr_array_index (reg->columns, j);

          g_assert_cmpuint (column->index, ==, j);
          g_assert_true (is_complete (&column->label));
        }
    }
}

static void
test_shipped_meaning (void)
{
  g_autoptr(DkCatalogue) catalogue = load_shipped ();
  const DkScope *scope = dk_catalogue_get_scope (catalogue);
  const DkFact *staff = dk_catalogue_find_fact (catalogue, "staff");
  const DkFact *st_staff = dk_catalogue_find_fact (catalogue, "st_staff");
  const DkFact *hnte_valid = dk_catalogue_find_fact (catalogue, "hnte_valid");
  const DkRegister *ip = dk_scope_find_register (scope, "ip", NULL);
  const DkCodes *codes = dk_catalogue_find_fact (catalogue, "industry")->symbol->codes;
  gint64 first, last;

  g_assert_cmpstr (scope->founded, ==, "founded_on");
  g_assert_cmpstr (dk_catalogue_get_sources (catalogue)->id, ==, "figure_source");
  g_assert_true (staff->symbol->period == DK_PERIOD_YEAR);
  g_assert_true (staff->symbol->unit == DK_UNIT_COUNT);
  g_assert_true (dk_number_equal (staff->symbol->domain.low, DK_ONE));
  g_assert_false (dk_number_is_finite (staff->symbol->domain.high));
  g_assert_true (dk_number_equal (staff->symbol->step, DK_ONE));
  g_assert_cmpuint (staff->change, ==, DK_CHANGE_UP | DK_CHANGE_DOWN);
  g_assert_cmpuint (st_staff->change, ==, DK_CHANGE_UP);
  g_assert_cmpstr (st_staff->grows_with, ==, "staff");
  g_assert_cmpstr (st_staff->symbol->part_of, ==, "staff");
  g_assert_cmpstr (dk_catalogue_find_fact (catalogue, "employees")->same_as->pdata[0], ==, "staff");
  g_assert_cmpstr (dk_catalogue_find_fact (catalogue, "degree_staff")->heading.en, ==, "Degrees and R&D staff");
  g_assert_null (staff->heading.en);
  g_assert_nonnull (hnte_valid->symbol->derive);
  g_assert_cmpstr (hnte_valid->symbol->derive_node->text, ==, hnte_valid->symbol->derive);
  g_assert_true (dk_catalogue_find_fact (catalogue, "has_core_product")->symbol->is_judged);
  g_assert_cmpstr (dk_catalogue_find_fact (catalogue, "uscc")->format, ==, "uscc");
  g_assert_true (dk_uscc_check (dk_catalogue_find_fact (catalogue, "uscc")->example.en, NULL));
  g_assert_true (dk_register_find_column (ip, "valid_to", NULL)->domain.state & DK_UNDEFINED);
  g_assert_false (dk_register_find_column (ip, "granted_on", NULL)->domain.state & DK_UNDEFINED);
  g_assert_cmpint (dk_choices_find (dk_register_find_column (ip, "kind", NULL)->choices, "software_copyright"), ==, 8);
  g_assert_cmpint (dk_register_find_column (ip, "kind", NULL)->domain.low.num, ==, (1 << 10) - 1);

  g_assert_cmpuint (codes->codes->len, ==, 1971);
  for (guint i = 1; i < codes->codes->len; i++)
    g_assert_cmpstr (codes->codes->pdata[i - 1], <, codes->codes->pdata[i]);
  g_assert_true (dk_codes_find_prefix (codes, "C3911", &first, &last));
  g_assert_cmpint (first, ==, last);
  g_assert_cmpstr (dk_text_get (codes->labels->pdata[first], "zh"), ==, "计算机整机制造");
}

/* Whether the names in them mean something is for the packs to say; that they read as expressions is for the catalogue. */
static void
test_shipped_derive (void)
{
  g_autoptr(DkCatalogue) catalogue = load_shipped ();
  g_autoptr(DkArena) arena = dk_arena_new ();
  guint n_derived = 0;

  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkSymbol *symbol = dk_catalogue_get_fact (catalogue, i)->symbol;
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autoptr(DkExpr) expr = NULL;

      if (symbol->derive == NULL)
        continue;
      n_derived++;
      expr = dk_expr_parse (symbol->derive, symbol->derive_node, arena, problems);
      g_assert_nonnull (expr);
      g_assert_cmpuint (dk_problems_length (problems), ==, 0);
    }
  g_assert_cmpuint (n_derived, >=, 80);
}

static void
test_relations (void)
{
  g_autoptr(DkCatalogue) catalogue = load_shipped ();
  GArray *relations = dk_catalogue_get_relations (catalogue);
  gboolean found = FALSE;

  for (guint i = 0; i < relations->len; i++)
    {
      const DkRelation *relation = &g_array_index (relations, DkRelation, i);

      g_assert_cmpstr (relation->part->part_of, ==, relation->whole->id);
      found |= strcmp (relation->part->id, "main_revenue") == 0 && strcmp (relation->whole->id, "revenue") == 0;
    }
  g_assert_true (found);
}

/* Each fact stands at its place among the pages, whatever the order of the file. */
static void
test_page_order (void)
{
  static const char text[] =
    "pages:\n"
    "  - {id: one, title: {zh: 一, en: One}}\n"
    "  - {id: two, results: listing, title: {zh: 二, en: Two}}\n"
    "facts:\n"
    "  - {id: d, kind: truth, label: {zh: 丁, en: D}}\n"
    "  - {id: b, page: two, kind: truth, label: {zh: 乙, en: B}}\n"
    "  - {id: a, page: one, kind: truth, label: {zh: 甲, en: A}}\n"
    "  - {id: c, page: two, kind: truth, label: {zh: 丙, en: C}}\n";
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("t.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  g_autoptr(DkCatalogue) catalogue = dk_catalogue_load_document (dk_document_get_root (document), NULL, problems);
  g_autoptr(GString) order = g_string_new (NULL);

  g_assert_nonnull (catalogue);
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    g_string_append (order, dk_catalogue_get_fact (catalogue, i)->symbol->id);
  g_assert_cmpstr (order->str, ==, "abcd");
  g_assert_cmpstr (dk_catalogue_get_page_title (catalogue, "two")->en, ==, "Two");
  g_assert_null (dk_catalogue_get_page_title (catalogue, "three"));
  g_assert_cmpstr (dk_catalogue_get_page_results (catalogue, "two"), ==, "listing");
  g_assert_null (dk_catalogue_get_page_results (catalogue, "one"));
  g_assert_null (dk_catalogue_get_page_results (catalogue, "three"));
}

static const char *
name_grade (const DkFact *fact,
            DkValue       value)
{
  const DkGrade *grade = dk_fact_find_grade (fact, &value);

  return grade != NULL ? grade->label.en : "none";
}

/* An answer is named after the grade whose figures it is, or else after the first that holds all of it. */
static void
test_grades (void)
{
  static const char text[] =
    "facts:\n"
    "  - id: a\n"
    "    kind: number\n"
    "    unit: points\n"
    "    judged: true\n"
    "    max: 6\n"
    "    label: {zh: 甲, en: A}\n"
    "    grades: [{from: 1, to: 6, zh: 多, en: Some}, {from: 1, to: 3, zh: 少, en: Few}, {from: 0, zh: 无, en: Nothing}]\n"
    "  - {id: b, kind: number, unit: points, judged: true, label: {zh: 乙, en: B}}\n";
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("t.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  g_autoptr(DkCatalogue) catalogue = dk_catalogue_load_document (dk_document_get_root (document), NULL, problems);
  const DkFact *a, *b;
  const DkGrade *nothing;

  g_assert_nonnull (catalogue);
  a = dk_catalogue_find_fact (catalogue, "a");
  b = dk_catalogue_find_fact (catalogue, "b");
  g_assert_cmpuint (a->grades->len, ==, 3);
  g_assert_null (b->grades);
  nothing = g_ptr_array_index (a->grades, 2);
  g_assert_cmpstr (nothing->label.zh, ==, "无");
  g_assert_true (dk_number_equal (nothing->high, DK_ZERO));
  g_assert_cmpstr (name_grade (a, DK_VALUE_RANGE (DK_NUMBER (1), DK_NUMBER (6))), ==, "Some");
  g_assert_cmpstr (name_grade (a, DK_VALUE_RANGE (DK_NUMBER (1), DK_NUMBER (3))), ==, "Few");
  g_assert_cmpstr (name_grade (a, DK_VALUE_POINT (DK_NUMBER (2))), ==, "Some");
  g_assert_cmpstr (name_grade (a, DK_VALUE_POINT (DK_NUMBER (6))), ==, "Some");
  g_assert_cmpstr (name_grade (a, DK_VALUE_POINT (DK_ZERO)), ==, "Nothing");
  g_assert_cmpstr (name_grade (a, DK_VALUE_RANGE (DK_ZERO, DK_NUMBER (1))), ==, "none");
  g_assert_cmpstr (name_grade (a, DK_VALUE_UNDEFINED), ==, "none");
  g_assert_cmpstr (name_grade (b, DK_VALUE_POINT (DK_ONE)), ==, "none");
}

/* The scales of the panel as the guide prints them: no figure of a scale lies in a gap, and each begins at 0. */
static void
test_shipped_grades (void)
{
  g_autoptr(DkCatalogue) catalogue = load_shipped ();
  const DkFact *support = dk_catalogue_find_fact (catalogue, "panel_core_support");
  guint n_scales = 0;

  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (catalogue, i);
      DkNumber low = DK_INFINITY, high = DK_MINUS_INFINITY;

      if (fact->grades == NULL)
        continue;
      n_scales++;
      for (guint j = 0; j < fact->grades->len; j++)
        {
          const DkGrade *grade = g_ptr_array_index (fact->grades, j);

          g_assert_true (is_complete (&grade->label));
          low = dk_number_min (low, grade->low);
          high = dk_number_max (high, grade->high);
        }
      g_test_message ("%s", fact->symbol->id);
      g_assert_true (dk_number_equal (low, DK_ZERO));
      g_assert_true (dk_number_equal (high, fact->symbol->domain.high));
    }
  g_assert_cmpuint (n_scales, ==, 13);
  g_assert_cmpstr (name_grade (support, DK_VALUE_RANGE (DK_NUMBER (7), DK_NUMBER (8))), ==, "Strong");
}

typedef struct
{
  const char *name;
  const char *text;
  const char *wanted; /* the first problem, place included */
} Mistake;

static const Mistake mistakes[] = {
  { "unknown-key", "facts:\n  - {id: a, kind: truth, lable: {zh: 甲, en: A}, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:26: fact a: unknown key \"lable\"; did you mean label?" },
  { "duplicate-id", "facts:\n  - {id: a, kind: truth, label: {zh: 甲, en: A}}\n  - {id: a, kind: truth, label: {zh: 甲, en: A}}\n",
    "t.yaml:3:10: fact a is defined twice" },
  { "no-id", "facts:\n  - {kind: truth, label: {zh: 甲, en: A}}\n", "t.yaml:2:5: fact 1: \"id\" is missing" },
  { "bad-id", "facts:\n  - {id: A-1, kind: truth, label: {zh: 甲, en: A}}\n", "t.yaml:2:10: fact 1: \"A-1\" is no id" },
  { "reserved-id", "facts:\n  - {id: as_of, kind: truth, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:10: fact 1: \"as_of\" is a word of the expression language" },
  { "bad-kind", "facts:\n  - {id: a, kind: numbre, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:19: fact a: \"numbre\" is no kind; one of number, truth" },
  { "no-unit", "facts:\n  - {id: a, kind: number, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:5: fact a: \"unit\" is missing" },
  { "bad-unit", "facts:\n  - {id: a, kind: number, unit: dollar, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:33: fact a: \"dollar\" is no unit; one of plain, yuan" },
  { "unit-of-truth", "facts:\n  - {id: a, kind: truth, unit: yuan, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:32: fact a: \"unit\" is only for numbers" },
  { "half-heading", "facts:\n  - {id: a, kind: truth, heading: {zh: 头}, label: {zh: 甲, en: A}}\n", "t.yaml:2:35: fact a: heading: \"en\" is missing" },
  { "bad-period", "facts:\n  - {id: a, kind: truth, period: week, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:34: fact a: \"week\" is no period" },
  { "no-label", "facts:\n  - {id: a, kind: truth}\n", "t.yaml:2:5: fact a: \"label\" is missing" },
  { "no-zh", "facts:\n  - {id: a, kind: truth, label: {en: A}}\n", "t.yaml:2:33: fact a: label: \"zh\" is missing" },
  { "no-en", "facts:\n  - {id: a, kind: truth, label: {zh: 甲}}\n", "t.yaml:2:33: fact a: label: \"en\" is missing" },
  { "empty-en", "facts:\n  - {id: a, kind: truth, label: {zh: 甲, en: \"\"}}\n",
    "t.yaml:2:45: fact a: label: \"en\" must say something" },
  { "bad-min", "facts:\n  - {id: a, kind: number, unit: yuan, min: some, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:44: fact a: \"min\": \"some\" is no number" },
  { "min-over-max", "facts:\n  - {id: a, kind: number, unit: yuan, min: 2, max: 1, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:5: fact a: \"min\" must be less than \"max\"" },
  { "bad-day", "facts:\n  - {id: a, kind: date, min: 2023-02-29, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:30: fact a: \"min\": \"2023-02-29\" is no date" },
  { "no-step", "facts:\n  - {id: a, kind: number, unit: yuan, step: 0, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:45: fact a: \"step\" must be more than 0" },
  { "min-of-truth", "facts:\n  - {id: a, kind: truth, min: 0, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:31: fact a: \"min\" is only for numbers and dates" },
  { "yearly-none", "facts:\n  - {id: a, kind: number, unit: yuan, period: year, may_be_none: true, label: {zh: 甲, en: A}}\n", "t.yaml:2:66: fact a: \"may_be_none\" is only for facts without period" },
  { "bad-part", "facts:\n  - {id: staff, kind: number, unit: count, label: {zh: 甲, en: A}}\n  - {id: b, kind: number, unit: count, part_of: stff, label: {zh: 乙, en: B}}\n",
    "t.yaml:3:49: fact b: part_of: there is no fact stff; did you mean staff?" },
  { "part-unlike", "facts:\n  - {id: a, kind: number, unit: yuan, label: {zh: 甲, en: A}}\n  - {id: b, kind: number, unit: count, part_of: a, label: {zh: 乙, en: B}}\n",
    "t.yaml:3:49: fact b: part_of: a is of another kind, unit or period" },
  { "part-circle", "facts:\n  - {id: a, kind: number, unit: yuan, part_of: b, label: {zh: 甲, en: A}}\n  - {id: b, kind: number, unit: yuan, part_of: a, label: {zh: 乙, en: B}}\n",
    "t.yaml:2:48: fact a: part_of goes in a circle" },
  { "part-itself", "facts:\n  - {id: a, kind: number, unit: yuan, part_of: a, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:48: fact a: part_of: a fact cannot name itself" },
  { "bad-grows", "facts:\n  - {id: a, kind: number, unit: yuan, grows_with: zz, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:51: fact a: grows_with: there is no fact zz" },
  { "bad-same", "facts:\n  - {id: a, kind: number, unit: yuan, same_as: [zz], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:48: fact a: same_as: there is no fact zz" },
  { "bad-choice", "facts:\n  - {id: a, kind: choice, choices: zz, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:36: fact a: there is no choice zz" },
  { "bad-codes", "facts:\n  - {id: a, kind: code, codes: zz, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:32: fact a: there is no table of codes zz" },
  { "no-choices", "facts:\n  - {id: a, kind: choice, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:5: fact a: \"choices\" is missing" },
  { "page-results", "pages:\n  - {id: p, results: zz, title: {zh: 页, en: P}}\nfacts: []\n",
    "t.yaml:2:22: page 1: there are no packs of kind zz" },
  { "bad-page", "facts:\n  - {id: a, page: zz, kind: truth, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:19: fact a: there is no page zz" },
  { "plain-derive", "facts:\n  - {id: a, kind: truth, derive: true, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:34: fact a: an expression stands in quotes" },
  { "presumed-from-nothing", "facts:\n  - {id: a, kind: truth, presumed: true, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:36: fact a: what is presumed stands in `derive`" },
  { "bad-change", "facts:\n  - {id: a, kind: truth, change: sideways, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:34: fact a: \"sideways\" is no change; one of none, up, down, both" },
  { "bad-format", "facts:\n  - {id: a, kind: text, format: isbn, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:33: fact a: \"isbn\" is no format" },
  { "bad-judged", "facts:\n  - {id: a, kind: truth, judged: perhaps, label: {zh: 甲, en: A}}\n",
    "t.yaml:2:34: fact a: \"perhaps\" is no judged; one of false, true" },
  { "grades-of-what-is-counted", "facts:\n  - {id: a, kind: number, unit: points, grades: [{from: 1, zh: 好, en: Good}], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:49: fact a: \"grades\" is only for numbers that are judged" },
  { "grades-of-truth", "facts:\n  - {id: a, kind: truth, judged: true, grades: [{from: 1, zh: 好, en: Good}], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:48: fact a: \"grades\" is only for numbers that are judged" },
  { "no-grades", "facts:\n  - {id: a, kind: number, unit: points, judged: true, grades: [], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:63: fact a: grades: at least one is wanted" },
  { "grade-key", "facts:\n  - {id: a, kind: number, unit: points, judged: true, grades: [{from: 1, till: 2, zh: 好, en: Good}], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:74: fact a: grade 1: unknown key \"till\"" },
  { "grade-without-from", "facts:\n  - {id: a, kind: number, unit: points, judged: true, grades: [{to: 1, zh: 好, en: Good}], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:64: fact a: grade 1: \"from\" is missing" },
  { "grade-turned", "facts:\n  - {id: a, kind: number, unit: points, judged: true, grades: [{from: 2, to: 1, zh: 好, en: Good}], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:64: fact a: grade 1: \"from\" must not be more than \"to\"" },
  { "grade-outside", "facts:\n  - {id: a, kind: number, unit: points, max: 5, judged: true, grades: [{from: 2, to: 5, zh: 好, en: Good}, {from: 6, zh: 优, en: Best}], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:107: fact a: grade 2: a grade lies between \"min\" and \"max\" of its fact" },
  { "grade-twice", "facts:\n  - {id: a, kind: number, unit: points, judged: true, grades: [{from: 1, zh: 好, en: Good}, {from: 1, to: 1, zh: 优, en: Best}], label: {zh: 甲, en: A}}\n",
    "t.yaml:2:92: fact a: grade 2: grade 1 has the same figures" },
  { "bad-founded", "founded: a\nfacts:\n  - {id: a, kind: truth, label: {zh: 甲, en: A}}\n",
    "t.yaml:1:10: founded: \"a\" is no fact that is always a date" },
  { "bad-sources", "sources: paper\nfacts:\n  - {id: a, kind: truth, label: {zh: 甲, en: A}}\n",
    "t.yaml:1:10: sources: there is no choice paper; the list of documents that figures are taken from is wanted" },
  { "no-facts", "registers: []\n", "t.yaml:1:1: catalogue: the list \"facts\" is missing" },
  { "no-mapping", "- 1\n", "t.yaml:1:1: catalogue: a mapping" },
  { "top-key", "facts: []\nfact: []\n", "t.yaml:2:1: catalogue: unknown key \"fact\"; did you mean facts?" },
  { "column-twice", "facts: []\nregisters:\n  - {id: r, label: {zh: 表, en: R}, columns: [{id: c, kind: truth, label: {zh: 列, en: C}}, {id: c, kind: truth, label: {zh: 列, en: C}}]}\n",
    "t.yaml:3:96: column r.c is defined twice" },
  { "register-twice", "facts: []\nregisters:\n  - {id: r, label: {zh: 表, en: R}, columns: [{id: c, kind: truth, label: {zh: 列, en: C}}]}\n  - {id: r, label: {zh: 表, en: R}, columns: []}\n",
    "t.yaml:4:10: register r is defined twice" },
  { "column-key", "facts: []\nregisters:\n  - {id: r, label: {zh: 表, en: R}, columns: [{id: c, kind: truth, page: x, label: {zh: 列, en: C}}]}\n",
    "t.yaml:3:67: column r.c: unknown key \"page\"" },
  { "option-twice", "facts: []\nchoices:\n  - {id: x, label: {zh: 选, en: X}, options: [{id: o, zh: 甲, en: O}, {id: o, zh: 甲, en: O}]}\n",
    "t.yaml:3:74: choice x: o is in the list twice" },
  { "option-without-en", "facts: []\nchoices:\n  - {id: x, label: {zh: 选, en: X}, options: [{id: o, zh: 甲}]}\n",
    "t.yaml:3:46: choice x: option 1: \"en\" is missing" },
  { "table-without-directory", "facts: []\ncodes:\n  - {id: x, label: {zh: 码, en: X}, file: x.csv}\n",
    "t.yaml:3:42: table of codes x: a table in a file needs a data directory" },
  { "table-without-codes", "facts: []\ncodes:\n  - {id: x, label: {zh: 码, en: X}}\n",
    "t.yaml:3:5: table of codes x: either \"file\" or \"entries\" is wanted" },
};

static void
test_mistake (gconstpointer data)
{
  const Mistake *mistake = data;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("t.yaml", mistake->text, strlen (mistake->text), DK_FORMAT_YAML,
                                                      problems);
  g_autoptr(DkCatalogue) catalogue = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (document);
  catalogue = dk_catalogue_load_document (dk_document_get_root (document), NULL, problems);
  text = dk_problems_to_string (problems);
  g_test_message ("%s", text);
  g_assert_null (catalogue);
  if (!g_str_has_prefix (text, mistake->wanted))
    g_error ("wanted: %s\nsaid: %s", mistake->wanted, text);
}

static void
test_all_mistakes_are_listed (void)
{
  static const char text[] =
    "facts:\n"
    "  - {id: a, kind: number, label: {zh: 甲}}\n"
    "  - {id: b, kind: truth, part: a, label: {zh: 乙, en: B}}\n";
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("t.yaml", text, strlen (text), DK_FORMAT_YAML, problems);

  g_assert_null (dk_catalogue_load_document (dk_document_get_root (document), NULL, problems));
  g_assert_cmpuint (dk_problems_count (problems), ==, 3);
}

/* A table with a wrong line names the line; the right ones would not. */
static void
test_bad_table (void)
{
  static const char text[] = "facts: []\ncodes:\n  - {id: x, label: {zh: 码, en: X}, file: x.csv}\n";
  g_autoptr(GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("dk-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "x.csv", NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("t.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  g_autofree char *said = NULL;
  const char *const *line;
  static const char *const wanted[] = { "x.csv:3:1: \"B\": a code, a comma and a name",
                                        "x.csv:4:1: code A stands in the table twice",
                                        "x.csv:5:1: \"b c\" is no code", NULL };

  g_assert_no_error (error);
  g_file_set_contents (path, "code,name\r\nA,甲\r\nB\r\nA,甲\r\nb c,丙\r\n", -1, &error);
  g_assert_no_error (error);
  g_assert_null (dk_catalogue_load_document (dk_document_get_root (document), directory, problems));
  g_unlink (path);
  g_rmdir (directory);
  said = dk_problems_to_string (problems);
  g_assert_cmpuint (dk_problems_count (problems), ==, 3);
  for (line = wanted; *line != NULL; line++)
    g_assert_nonnull (strstr (said, *line));
}

static void
test_missing_files (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  g_assert_null (dk_catalogue_load ("/nonexistent", problems));
  g_assert_cmpuint (dk_problems_count (problems), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/catalogue/shipped", test_shipped);
  g_test_add_func ("/model/catalogue/shipped-meaning", test_shipped_meaning);
  g_test_add_func ("/model/catalogue/shipped-derive", test_shipped_derive);
  g_test_add_func ("/model/catalogue/shipped-grades", test_shipped_grades);
  g_test_add_func ("/model/catalogue/grades", test_grades);
  g_test_add_func ("/model/catalogue/relations", test_relations);
  g_test_add_func ("/model/catalogue/page-order", test_page_order);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/catalogue/mistake/%s", mistakes[i].name);

      g_test_add_data_func (path, &mistakes[i], test_mistake);
    }
  g_test_add_func ("/model/catalogue/all-mistakes-are-listed", test_all_mistakes_are_listed);
  g_test_add_func ("/model/catalogue/bad-table", test_bad_table);
  g_test_add_func ("/model/catalogue/missing-files", test_missing_files);
  return g_test_run ();
}
