/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "dk-json-builder.h"

#include <json-glib/json-glib.h>

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
  fixture_add_pack (fixture, fixture_demo);
  fixture_compile (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

static JsonParser *
parse (const DkAssessment *assessment,
       const char         *language)
{
  g_autofree char *text = dk_assessment_to_json (assessment, language);
  JsonParser *parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  if (!json_parser_load_from_data (parser, text, -1, &error))
    g_error ("%s", error->message);
  return parser;
}

static JsonObject *
find_in (JsonObject *result,
         const char *id)
{
  JsonArray *children = json_object_get_array_member (result, "children");

  if (g_str_equal (json_object_get_string_member (result, "id"), id))
    return result;
  for (guint i = 0; i < json_array_get_length (children); i++)
    {
      JsonObject *found = find_in (json_array_get_object_element (children, i), id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static JsonObject *
find (JsonParser *parser,
      const char *id)
{
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonObject *found = find_in (json_array_get_object_element (json_object_get_array_member (root, "results"), 0), id);

  if (found == NULL)
    g_error ("no result %s", id);
  return found;
}

static void
test_head (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);
  g_autoptr(JsonParser) parser = parse (assessment, "en");
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonObject *pack = json_array_get_object_element (json_object_get_array_member (root, "packs"), 0);

  g_assert_cmpstr (json_object_get_string_member (root, "as_of"), ==, "2026-07-15");
  g_assert_cmpint (json_object_get_int_member (root, "year"), ==, 2025);
  g_assert_true (json_object_get_null_member (root, "next_question"));
  g_assert_cmpstr (json_object_get_string_member (pack, "id"), ==, "demo");
  g_assert_cmpstr (json_object_get_string_member (pack, "version"), ==, "a");
  g_assert_cmpstr (json_object_get_string_member (pack, "from"), ==, "2017-05-03");
  g_assert_true (json_object_get_null_member (pack, "to"));
}

/* Every number is its exact text. */
static void
test_numbers_are_text (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr(DkAssessment) assessment =
    fixture_assess (fixture, "facts: {founded_on: 2015-01-01, staff: 3, st_staff: 1, rd: 12345678901234567890123}\n");
  g_autoptr(JsonParser) parser = parse (assessment, "en");
  JsonObject *value = json_object_get_object_member (find (parser, "demo.share"), "value");
  JsonObject *points = json_object_get_object_member (find (parser, "demo.score"), "value");
  JsonObject *fact = json_array_get_object_element (json_object_get_array_member (find (parser, "demo.rd_points"), "facts"), 0);

  g_assert_cmpstr (json_object_get_string_member (value, "low"), ==, "1/3");
  g_assert_cmpstr (json_object_get_string_member (value, "high"), ==, "1/3");
  g_assert_cmpstr (json_object_get_string_member (value, "unit"), ==, "ratio");
  g_assert_cmpstr (json_object_get_string_member (points, "low"), ==, "20");
  g_assert_cmpstr (json_object_get_string_member (points, "high"), ==, "100");
  g_assert_cmpstr (json_object_get_string_member (fact, "fact"), ==, "rd");
  g_assert_cmpstr (json_object_get_string_member (fact, "period"), ==, "2025");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (fact, "value"), "low"), ==, "12345678901234567890123");
}

static void
test_a_result (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(DkAssessment) assessment =
    fixture_assess (fixture, "facts: {founded_on: 2015-01-01, resident: true, staff: 501, st_staff: 125, revenue: 3000万, rd: 150万, patents: 0}\n");
  g_autoptr(JsonParser) parser = parse (assessment, "zh");
  JsonObject *employees = find (parser, "demo.employees"), *record = find (parser, "demo.record"), *root = find (parser, "demo");
  JsonObject *threshold = json_object_get_object_member (employees, "threshold");
  JsonObject *lever = json_array_get_object_element (json_object_get_array_member (employees, "levers"), 0);
  JsonObject *missing = json_array_get_object_element (json_object_get_array_member (record, "missing"), 0);
  JsonObject *points = find (parser, "demo.staff_points");
  JsonArray *sources = json_object_get_array_member (points, "sources");

  g_assert_cmpstr (json_object_get_string_member (employees, "title"), ==, "职工");
  g_assert_cmpstr (json_object_get_string_member (employees, "kind"), ==, "criterion");
  g_assert_cmpstr (json_object_get_string_member (employees, "verdict"), ==, "fail");
  g_assert_cmpstr (json_object_get_string_member (employees, "advice"), ==, "不变");
  g_assert_cmpstr (json_object_get_string_member (threshold, "op"), ==, "<=");
  g_assert_cmpstr (json_object_get_string_member (threshold, "low"), ==, "500");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (employees, "margin"), "low"), ==, "-1");
  g_assert_cmpstr (json_object_get_string_member (lever, "to"), ==, "500");
  g_assert_cmpstr (json_object_get_string_member (lever, "relative"), ==, "1/501");
  g_assert_true (json_object_get_boolean_member (lever, "closed"));

  g_assert_cmpstr (json_object_get_string_member (record, "verdict"), ==, "open");
  g_assert_cmpstr (json_object_get_string_member (missing, "fact"), ==, "listed_abnormal");
  g_assert_true (json_object_get_null_member (missing, "period"));

  /* The row that fits brings its own source. */
  g_assert_cmpuint (json_array_get_length (sources), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (sources, 1), "ref"), ==, "law#4");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (sources, 1), "certainty"), ==, "?");
  g_assert_cmpstr (json_object_get_string_member (points, "certainty"), ==, "?");

  g_assert_cmpstr (json_object_get_string_member (root, "kind"), ==, "programme");
  g_assert_cmpstr (json_object_get_string_member (root, "verdict"), ==, "fail");
  g_assert_true (json_object_get_boolean_member (root, "final"));
  g_assert_true (json_object_get_null_member (points, "verdict"));
}

static void
test_same_twice (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(DkAssessment) first = fixture_assess (fixture, "facts: {staff: {from: 90, to: 110}, rd: 150万}\n");
  g_autoptr(DkAssessment) second = fixture_assess (fixture, "facts: {rd: 150万, staff: {from: 90, to: 110}}\n");
  g_autofree char *once = dk_assessment_to_json (first, "en");
  g_autofree char *again = dk_assessment_to_json (first, "en");
  g_autofree char *other = dk_assessment_to_json (second, "en");

  /* Trying out levers and questions leaves no trace. */
  g_assert_cmpstr (once, ==, again);
  g_assert_cmpstr (once, ==, other);
}

static void
test_safety (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, FIXTURE_PASSES);
  g_autoptr(JsonParser) parser = parse (assessment, "en");
  JsonObject *root = find (parser, "demo");

  g_assert_true (json_object_has_member (root, "safety"));
  g_assert_false (json_object_has_member (root, "levers"));
  g_assert_false (json_object_has_member (find (parser, "demo.employees"), "safety"));
  g_assert_true (json_object_get_boolean_member (find (parser, "demo.small"), "aside"));
}

/* One result alone has the shape that it has in a tree, and bounds as tight. */
static void
test_one_result (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const DkItem *item = dk_rulebook_compile_expression (fixture->book, "(staff[0] - st_staff[0]) / staff[0]", problems);
  g_autoptr(DkAssessment) assessment = fixture_assess (fixture, "facts: {staff: {from: 40, to: 50}, st_staff: 10}\n");
  const DkResult *result = dk_assessment_evaluate (assessment, item);
  g_autofree char *text = dk_result_to_json (assessment, result, NULL, "the rest", "en");
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *root, *object, *value;

  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "expression"), ==, "the rest");
  g_assert_cmpstr (json_object_get_string_member (root, "as_of"), ==, "2026-07-15");
  g_assert_cmpint (json_object_get_int_member (root, "year"), ==, 2025);
  object = json_object_get_object_member (root, "result");
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "value");
  g_assert_false (json_object_get_boolean_member (object, "final"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "facts")), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "missing")), ==, 1);
  value = json_object_get_object_member (object, "value");
  g_assert_cmpstr (json_object_get_string_member (value, "low"), ==, "0.75");
  g_assert_cmpstr (json_object_get_string_member (value, "high"), ==, "0.8");
  g_assert_null (dk_assessment_find (assessment, item->id));
}

/* The text as it stands, and what another program reads in it. */
static void
test_builder (void)
{
  static const char nasty[] = "\"quoted\" \\ \t\n\r\b\x01\x1f\x7f 专精特新";
  static const char expected[] =
    "{\n"
    "  \"nothing\" : null,\n"
    "  \"yes\" : true,\n"
    "  \"n\" : -9223372036854775808,\n"
    "  \"none\" : [],\n"
    "  \"bare\" : {},\n"
    "  \"list\" : [\n"
    "    [],\n"
    "    [\n"
    "      1\n"
    "    ],\n"
    "    {\n"
    "      \"a\" : \"b\"\n"
    "    },\n"
    "    \"last\"\n"
    "  ],\n"
    "  \"nasty\" : \"\\\"quoted\\\" \\\\ \\t\\n\\u000d\\u0008\\u0001\\u001f\\u007f 专精特新\"\n"
    "}\n";
  g_autoptr(DkJsonBuilder) builder = dk_json_builder_new ();
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "nothing", NULL);
  dk_json_add_flag (builder, "yes", TRUE);
  dk_json_add_int (builder, "n", G_MININT64);
  dk_json_begin_list (builder, "none");
  dk_json_builder_end_array (builder);
  dk_json_builder_set_member_name (builder, "bare");
  dk_json_builder_begin_object (builder);
  dk_json_builder_end_object (builder);
  dk_json_begin_list (builder, "list");
  dk_json_builder_begin_array (builder);
  dk_json_builder_end_array (builder);
  dk_json_builder_begin_array (builder);
  dk_json_builder_add_int_value (builder, 1);
  dk_json_builder_end_array (builder);
  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "a", "b");
  dk_json_builder_end_object (builder);
  dk_json_builder_add_string_value (builder, "last");
  dk_json_builder_end_array (builder);
  dk_json_add_string (builder, "nasty", nasty);
  dk_json_builder_end_object (builder);
  text = dk_json_finish (builder);
  g_assert_cmpstr (text, ==, expected);
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)), "nasty"), ==, nasty);
}

/* A rule names its lines of returns: those of the edition in force on the last day of its year. */
static const char returns[] =
  "pack: filed\n"
  "kind: profile\n"
  "title: {zh: 申报, en: Filed}\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, number: 示例2号, certainty: V}\n"
  "returns:\n"
  "  - id: T100\n"
  "    title: {zh: 主表, en: Return}\n"
  "    editions:\n"
  "      - {id: old, from: 2020-01-01, to: 2024-12-31, source: {ref: 'law', certainty: '?'}}\n"
  "      - {id: new, from: 2025-01-01, source: 'law'}\n"
  "  - {id: T200, title: {zh: 附表, en: Schedule}, editions: [{id: only, from: 2020-01-01, to: 2025-12-31, source: 'law'}]}\n"
  "versions: [{id: a, from: 2017-05-03, source: 'law'}]\n"
  "rules:\n"
  "  - {id: filed, title: {zh: 申报, en: Filed}, source: 'law', list: [spent, none]}\n"
  "  - {id: spent, title: {zh: 研发, en: R&D}, value: 'rd[0]', years: 2, lines: {T100: {old: '17', new: '22.1'}, T200: '3'}}\n"
  "  - {id: none, title: {zh: 无, en: None}, value: 'rd[0]'}\n"
  "examples: []\n";

static char *
list_lines (JsonObject *result)
{
  GString *text = g_string_new (NULL);
  JsonArray *lines = json_object_has_member (result, "lines") ? json_object_get_array_member (result, "lines") : NULL;

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);

      g_string_append_printf (text, "%s/%s:%s%s ", json_object_get_string_member (line, "form"), json_object_get_string_member (line, "version"),
                              json_object_get_string_member (line, "line"), json_object_get_string_member (line, "certainty"));
    }
  return g_string_free (text, FALSE);
}

static void
test_lines (void)
{
  static const struct { const char *as_of, *this_year, *last_year; } cases[] = {
    { "2026-07-15", "T100/new:22.1V T200/only:3V ", "T100/old:17? T200/only:3V " },
    { "2025-12-31", "T100/old:17? T200/only:3V ", "T100/old:17? T200/only:3V " },
    { "2027-01-01", "T100/new:22.1V ", "T100/new:22.1V T200/only:3V " },
    { "2020-12-31", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture = { 0 };
      g_autoptr(DkEnterprise) enterprise = NULL;
      g_autoptr(DkAssessment) assessment = NULL;
      g_autoptr(JsonParser) parser = NULL;
      g_autofree char *now = NULL, *before = NULL;
      gint64 as_of;

      fixture_set_up (&fixture);
      fixture_add_pack (&fixture, returns);
      fixture_compile (&fixture);
      enterprise = fixture_read (&fixture, "facts: {rd: 100}\n");
      g_assert_true (dk_date_parse (cases[i].as_of, -1, &as_of));
      assessment = dk_assessment_new (fixture.book, enterprise, as_of, (int) dk_date_year (as_of) - 1, NULL);
      parser = parse (assessment, "en");
      now = list_lines (find (parser, "filed.spent"));
      before = list_lines (find (parser, "filed.spent[-1]"));
      g_assert_cmpstr (now, ==, cases[i].this_year);
      g_assert_cmpstr (before, ==, cases[i].last_year);
      g_assert_false (json_object_has_member (find (parser, "filed.none"), "lines"));
      g_clear_pointer (&assessment, dk_assessment_free);
      g_clear_pointer (&enterprise, dk_enterprise_free);
      fixture_tear_down (&fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/assess/json/builder", test_builder);
  g_test_add_func ("/assess/json/lines-of-returns", test_lines);
  g_test_add ("/assess/json/head", Fixture, NULL, set_up, test_head, tear_down);
  g_test_add ("/assess/json/numbers-are-text", Fixture, NULL, set_up, test_numbers_are_text, tear_down);
  g_test_add ("/assess/json/a-result", Fixture, NULL, set_up, test_a_result, tear_down);
  g_test_add ("/assess/json/same-twice", Fixture, NULL, set_up, test_same_twice, tear_down);
  g_test_add ("/assess/json/safety-of-what-passes", Fixture, NULL, set_up, test_safety, tear_down);
  g_test_add ("/assess/json/one-result", Fixture, NULL, set_up, test_one_result, tear_down);
  return g_test_run ();
}
