/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-enterprise"

#include "dk-enterprise-note.h"

#include <glib/gstdio.h>
#include <string.h>

/* A catalogue of the test's own, so that a change of the shipped one breaks no test of the reader. */
static const char catalogue_text[] =
  "founded: founded_on\n"
  "sources: paper\n"
  "choices:\n"
  "  - id: paper\n"
  "    label: {zh: 来源, en: Paper}\n"
  "    options:\n"
  "      - {id: audit, zh: 审计, en: Audit}\n"
  "      - {id: tax, zh: 税, en: Tax return}\n"
  "      - {id: roster, zh: 名册, en: Roster}\n"
  "  - id: colour\n"
  "    label: {zh: 颜色, en: Colour}\n"
  "    options:\n"
  "      - {id: red, zh: 红, en: Red}\n"
  "      - {id: green, zh: 绿, en: Green}\n"
  "      - {id: blue, zh: 蓝, en: Blue}\n"
  "codes:\n"
  "  - id: trade\n"
  "    label: {zh: 行业, en: Trade}\n"
  "    entries: {B: 采矿, B06: 煤炭, C: 制造, C39: 电子, C391: 计算机, C3911: 整机, C3912: 零部件, C392: 通信}\n"
  "facts:\n"
  "  - {id: code, kind: text, format: uscc, label: {zh: 代码, en: Code}}\n"
  "  - {id: founded_on, kind: date, min: 1900-01-01, label: {zh: 成立, en: Founded}}\n"
  "  - {id: listed_on, kind: date, may_be_none: true, label: {zh: 上市, en: Listed}}\n"
  "  - {id: industry, kind: code, codes: trade, label: {zh: 行业, en: Industry}}\n"
  "  - {id: paint, kind: choice, choices: colour, label: {zh: 颜色, en: Paint}}\n"
  "  - {id: resident, kind: truth, label: {zh: 居民, en: Resident}}\n"
  "  - {id: town, kind: text, label: {zh: 城市, en: Town}}\n"
  "  - {id: share, kind: number, unit: ratio, min: 0, max: 1, label: {zh: 占比, en: Share}}\n"
  "  - {id: staff, kind: number, unit: count, period: year, min: 1, step: 1, label: {zh: 职工, en: Staff}}\n"
  "  - {id: tech, kind: number, unit: count, period: year, min: 0, step: 1, part_of: staff, label: {zh: 科技, en: Tech}}\n"
  "  - {id: lead, kind: number, unit: count, period: year, min: 0, step: 1, part_of: tech, label: {zh: 带头, en: Lead}}\n"
  "  - {id: heads, kind: number, unit: count, period: year, min: 0, step: 1, same_as: [staff], label: {zh: 人数, en: Heads}}\n"
  "  - {id: revenue, kind: number, unit: yuan, period: year, min: 0, step: 0.01, label: {zh: 收入, en: Revenue}}\n"
  "  - {id: sales_q, kind: number, unit: yuan, period: quarter, min: 0, label: {zh: 季, en: Quarterly sales}}\n"
  "  - {id: sales_m, kind: number, unit: yuan, period: month, min: 0, label: {zh: 月, en: Monthly sales}}\n"
  "registers:\n"
  "  - id: ip\n"
  "    label: {zh: 知识产权, en: IP}\n"
  "    columns:\n"
  "      - {id: name, kind: text, label: {zh: 名, en: Name}}\n"
  "      - {id: kind, kind: choice, choices: colour, label: {zh: 类, en: Kind}}\n"
  "      - {id: granted_on, kind: date, label: {zh: 日, en: Granted}}\n"
  "      - {id: revoked_on, kind: date, may_be_none: true, label: {zh: 撤, en: Revoked}}\n"
  "      - {id: cost, kind: number, unit: yuan, min: 0, label: {zh: 价, en: Cost}}\n"
  "      - {id: valid, kind: truth, label: {zh: 有效, en: Valid}}\n"
  "  - id: awards\n"
  "    label: {zh: 奖励, en: Awards}\n"
  "    columns:\n"
  "      - {id: rank, kind: number, unit: count, min: 1, step: 1, label: {zh: 名次, en: Rank}}\n";

static DkDocument *catalogue_document;
static DkCatalogue *catalogue;

static const DkSymbol *
fact (const char *id)
{
  const DkSymbol *symbol = dk_scope_find_fact (dk_catalogue_get_scope (catalogue), id);

  g_assert_nonnull (symbol);
  return symbol;
}

static DkPeriodKey
in_year (int year)
{
  return (DkPeriodKey) { year, 0, 0 };
}

static void
load_catalogue (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = NULL;

  catalogue_document = dk_document_parse ("c.yaml", catalogue_text, strlen (catalogue_text), DK_FORMAT_YAML, problems);
  g_assert_nonnull (catalogue_document);
  catalogue = dk_catalogue_load_document (dk_document_get_root (catalogue_document), NULL, problems);
  text = dk_problems_to_string (problems);
  g_assert_cmpstr (text, ==, "");
  g_assert_nonnull (catalogue);
}

/* Reads @json as a file, since that is where an enterprise comes from. */
static DkEnterprise *
load (const char  *json,
      char       **said)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("dk-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "e.json", NULL);
  g_autofree char *prefix = g_strconcat (path, ":", NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkEnterprise *enterprise;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_file_set_contents (path, json, -1, &error);
  g_assert_no_error (error);
  enterprise = dk_enterprise_load (catalogue, path, problems);
  g_unlink (path);
  g_rmdir (directory);
  text = dk_problems_to_string (problems);
  if (said != NULL)
    {
      g_auto(GStrv) pieces = g_strsplit (text, prefix, -1);

      *said = g_strjoinv ("", pieces);
    }
  else
    {
      g_assert_cmpstr (text, ==, "");
    }
  return enterprise;
}

static void
assert_value (const DkEnterprise *enterprise,
              const char         *id,
              DkPeriodKey         period,
              const char         *wanted)
{
  DkValue value;
  g_autofree char *text = NULL;

  if (wanted == NULL)
    {
      g_assert_false (dk_enterprise_get (enterprise, fact (id), period, &value));
      return;
    }
  g_assert_true (dk_enterprise_get (enterprise, fact (id), period, &value));
  text = dk_fact_value_to_string (fact (id), &value);
  g_assert_cmpstr (text, ==, wanted);
}

static const char good[] =
  "{\"$schema\": \"x\", \"note\": \"any\", \"name\": \"甲\\\"乙\\\\公司\\u0001\",\n"
  " \"facts\": {\"code\": \"91110000600037341L\", \"founded_on\": \"2019-03-04\", \"listed_on\": \"none\", \"industry\": \"C3911\",\n"
  "  \"paint\": {\"one_of\": [\"red\", \"blue\"]}, \"resident\": true, \"town\": \"广州\\n\\\"\\t\", \"share\": \"0.05\",\n"
  "  \"staff\": {\"2023\": 90, \"2024\": {\"from\": 45, \"to\": 55}, \"2025\": {\"from\": 100}, \"2022\": null},\n"
  "  \"tech\": {\"2023\": 1e1, \"2025\": {\"to\": 9}}, \"heads\": {\"same_as\": \"staff\"},\n"
  "  \"revenue\": {\"2025\": 123456789012345678901234567890.12, \"2024\": \"1/3\", \"2023\": 0},\n"
  "  \"sales_q\": {\"2025-Q4\": 4, \"2025-Q1\": 1}, \"sales_m\": {\"2025-12\": 12.5}},\n"
  " \"registers\": {\"ip\": {\"complete\": true, \"rows\": [\n"
  "   {\"name\": \"甲\", \"kind\": \"red\", \"granted_on\": \"2020-02-29\", \"revoked_on\": \"none\", \"cost\": 0.1, \"valid\": true},\n"
  "   {\"kind\": {\"one_of\": [\"green\", \"blue\"]}, \"granted_on\": {\"from\": \"2020-01-01\", \"to\": \"2020-12-31\"}, \"cost\": {\"from\": 5}},\n"
  "   {\"revoked_on\": {\"from\": \"2024-01-01\", \"or_none\": true}}]},\n"
  "  \"awards\": {\"complete\": false, \"rows\": [{\"rank\": 3}, {}]}}}";

static void
check_good (const DkEnterprise *enterprise)
{
  const DkRows *rows;

  g_assert_cmpstr (dk_enterprise_get_name (enterprise), ==, "甲\"乙\\公司\001");
  g_assert_true (dk_enterprise_get_catalogue (enterprise) == catalogue);
  assert_value (enterprise, "code", in_year (0), "91110000600037341L");
  assert_value (enterprise, "founded_on", in_year (0), "2019-03-04");
  assert_value (enterprise, "listed_on", in_year (0), "none");
  assert_value (enterprise, "industry", in_year (0), "C3911");
  assert_value (enterprise, "paint", in_year (0), "red|blue");
  assert_value (enterprise, "resident", in_year (0), "true");
  assert_value (enterprise, "town", in_year (0), "广州\n\"\t");
  assert_value (enterprise, "share", in_year (0), "0.05");
  assert_value (enterprise, "staff", in_year (2022), NULL);
  assert_value (enterprise, "staff", in_year (2023), "90");
  assert_value (enterprise, "staff", in_year (2024), "45..55");
  assert_value (enterprise, "staff", in_year (2025), "100..");
  assert_value (enterprise, "tech", in_year (2023), "10");
  assert_value (enterprise, "tech", in_year (2025), "0..9");
  assert_value (enterprise, "heads", in_year (2023), "90");
  assert_value (enterprise, "heads", in_year (2024), "45..55");
  assert_value (enterprise, "revenue", in_year (2025), "123456789012345678901234567890.12");
  assert_value (enterprise, "revenue", in_year (2024), "1/3");
  assert_value (enterprise, "revenue", in_year (2023), "0");
  assert_value (enterprise, "sales_q", (DkPeriodKey) { 2025, 1, 0 }, "1");
  assert_value (enterprise, "sales_q", (DkPeriodKey) { 2025, 4, 0 }, "4");
  assert_value (enterprise, "sales_q", (DkPeriodKey) { 2025, 2, 0 }, NULL);
  assert_value (enterprise, "sales_m", (DkPeriodKey) { 2025, 0, 12 }, "12.5");

  rows = dk_enterprise_get_rows (enterprise, 0);
  g_assert_true (rows == &dk_enterprise_get_all_rows (enterprise)[0]);
  g_assert_cmpuint (rows->n_rows, ==, 3);
  g_assert_true (rows->is_complete);
  g_assert_cmpint (rows->cells[0].low.num, ==, dk_text_intern ("甲"));
  g_assert_cmpint (rows->cells[1].low.num, ==, 1);
  g_assert_cmpuint (rows->cells[3].state, ==, DK_UNDEFINED);
  g_assert_true (dk_number_equal (rows->cells[4].low, (DkNumber) { 1, 10 }));
  g_assert_cmpuint (rows->cells[5].state, ==, DK_TRUE);
  /* What a row does not say is all that the column can be, no more and no less. */
  g_assert_cmpuint (rows->cells[6 + 0].state, ==, DK_RANGE);
  g_assert_cmpint (rows->cells[6 + 1].low.num, ==, 6);
  g_assert_cmpuint (rows->cells[6 + 3].state, ==, DK_RANGE | DK_UNDEFINED);
  g_assert_true (dk_number_equal (rows->cells[6 + 4].low, DK_NUMBER (5)));
  g_assert_false (dk_number_is_finite (rows->cells[6 + 4].high));
  g_assert_cmpuint (rows->cells[6 + 5].state, ==, DK_OPEN);
  g_assert_cmpint (rows->cells[12 + 1].low.num, ==, 7);
  g_assert_cmpint (rows->cells[12 + 3].low.num, ==, dk_date_from_ymd (2024, 1, 1));
  g_assert_cmpuint (rows->cells[12 + 3].state, ==, DK_RANGE | DK_UNDEFINED);
  rows = dk_enterprise_get_rows (enterprise, 1);
  g_assert_cmpuint (rows->n_rows, ==, 2);
  g_assert_false (rows->is_complete);
}

static void
test_good (void)
{
  g_autoptr(DkEnterprise) enterprise = load (good, NULL);
  g_autoptr(DkEnterprise) copy = NULL;

  g_assert_nonnull (enterprise);
  check_good (enterprise);
  copy = dk_enterprise_dup (enterprise);
  g_clear_pointer (&enterprise, dk_enterprise_free);
  check_good (copy);
}

static void
test_round_trip (void)
{
  g_autoptr(DkEnterprise) enterprise = load (good, NULL);
  g_autofree char *first = dk_enterprise_to_json (enterprise);
  g_autoptr(DkEnterprise) again = load (first, NULL);
  g_autofree char *second = NULL;

  g_assert_nonnull (again);
  check_good (again);
  second = dk_enterprise_to_json (again);
  g_assert_cmpstr (first, ==, second);
}

static void
test_empty (void)
{
  g_autoptr(DkEnterprise) enterprise = load ("{}", NULL);
  g_autoptr(DkEnterprise) again = NULL;
  g_autofree char *json = NULL;
  const DkRows *rows = dk_enterprise_get_all_rows (enterprise);

  g_assert_cmpstr (dk_enterprise_get_name (enterprise), ==, "");
  g_assert_null (rows[0].cells);
  g_assert_cmpuint (rows[1].n_rows, ==, 0);
  g_assert_false (rows[1].is_complete);
  json = dk_enterprise_to_json (enterprise);
  again = load (json, NULL);
  g_assert_nonnull (again);
}

/* "None" and "not filled in yet" differ. */
static void
test_complete_and_empty (void)
{
  g_autoptr(DkEnterprise) enterprise = load ("{\"registers\": {\"ip\": {\"complete\": true}, \"awards\": {\"rows\": []}}}", NULL);
  g_autofree char *json = dk_enterprise_to_json (enterprise);
  g_autoptr(DkEnterprise) again = load (json, NULL);

  g_assert_true (dk_enterprise_get_rows (again, 0)->is_complete);
  g_assert_cmpuint (dk_enterprise_get_rows (again, 0)->n_rows, ==, 0);
  g_assert_false (dk_enterprise_get_rows (again, 1)->is_complete);
}

/* A code that is not a leaf means any of those below it; the letter of the section may be left out. */
static void
test_codes (void)
{
  static const struct { const char *written, *wanted; gint64 low, high; } cases[] = {
    { "C3911", "C3911", 5, 5 }, { "3911", "C3911", 5, 5 }, { "C39", "C39", 3, 7 }, { "39", "C39", 3, 7 },
      { "391", "C391", 4, 6 },
    { "C", "C", 2, 7 }, { "06", "B06", 1, 1 }, { "C392", "C392", 7, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"facts\": {\"industry\": \"%s\"}}", cases[i].written);
      g_autoptr(DkEnterprise) enterprise = load (json, NULL);
      DkValue value;

      assert_value (enterprise, "industry", in_year (0), cases[i].wanted);
      g_assert_true (dk_enterprise_get (enterprise, fact ("industry"), in_year (0), &value));
      g_assert_cmpint (value.low.num, ==, cases[i].low);
      g_assert_cmpint (dk_value_high (&value).num, ==, cases[i].high);
      g_assert_cmpuint (value.state, ==, cases[i].low == cases[i].high ? DK_POINT : DK_RANGE);
    }
}

typedef struct
{
  const char *name;
  const char *json;
  const char *wanted; /* all that is said begins so, place included; NULL-terminated lines are not needed */
} Mistake;

static const Mistake mistakes[] = {
  { "source", "{\"sources\": {\n \"adit\": {\"staff\": {\"2025\": 1}}}}",
    "2:2: there is no source of figures \"adit\"; did you mean audit?" },
  { "source-fact", "{\"sources\": {\n \"audit\": {\"staf\": {\"2025\": 1}}}}", "2:12: there is no fact \"staf\"; did you mean staff?" },
  { "source-value", "{\"sources\": {\n \"tax\": {\"staff\": {\"2025\": 0}}}}", "2:28: staff 2025: 0 is below 1" },
  { "source-same", "{\"sources\": {\"tax\": {\n\"heads\": {\"same_as\": \"staff\"}}}}",
    "2:10: heads: \"same_as\" is for answers; the figure that the source has is wanted" },
  { "note-subject", "{\"notes\": {\n \"residnt\": {\"finding\": \"a\"}}}",
    "2:2: notes: \"residnt\" is neither a fact, with its year if it has one, nor a cross-check; did you mean resident?" },
  { "note-year", "{\"notes\": {\n \"staff\": {\"finding\": \"a\"}}}", "2:2: notes: \"staff\" is neither a fact, with its year" },
  { "note-no-year", "{\"notes\": {\n \"town@2025\": {}}}", "2:2: notes: \"town@2025\" is neither a fact, with its year" },
  { "note-bad-year", "{\"notes\": {\n \"staff@02025\": {}}}", "2:2: notes: \"staff@02025\" is neither a fact, with its year" },
  { "note-source", "{\"notes\": {\n \"source:staff@2025:adit\": {}}}", "2:2: notes: \"source:staff@2025:adit\" is neither" },
  { "note-rule", "{\"notes\": {\n \"rule:\": {}}}", "2:2: notes: \"rule:\" is neither" },
  { "note-key", "{\"notes\": {\"town\": {\n \"findng\": \"a\"}}}", "2:2: town: unknown key \"findng\"; did you mean finding?" },
  { "note-number", "{\"notes\": {\"town\": {\"evidence\":\n 3}}}", "2:2: town, evidence: a text in quotes is wanted" },
  { "note-text", "{\"notes\": {\"town\":\n \"a\"}}", "2:2: town: {\"finding\": \"…\", \"evidence\": \"…\"} is wanted" },
  { "notes-list", "{\"notes\":\n [1]}", "2:2: notes: a mapping of facts and what was found out about them is wanted" },
  { "sources-list", "{\"sources\": [1]}", "1:13: sources: a mapping of sources, each with its facts, is wanted" },
  { "unknown-fact", "{\"facts\": {\"staf\": 3}}", "1:12: there is no fact \"staf\"; did you mean staff?" },
  { "unlike-any-fact", "{\"facts\": {\"zzzzzzzz\": 3}}", "1:12: there is no fact \"zzzzzzzz\"\n" },
  { "bare-figure", "{\"facts\": {\"staff\": 30}}", "1:21: staff: a figure needs its year; write {\"2024\": 30}" },
  { "bare-range", "{\"facts\": {\"staff\": {\"from\": 3}}}",
    "1:21: staff: a figure needs its year; write {\"2024\": …}" },
  { "bare-month", "{\"facts\": {\"sales_m\": 30}}",
    "1:23: sales_m: a figure needs its month; write {\"2024-03\": 30}" },
  { "below", "{\"facts\": {\"staff\": {\"2025\": -3}}}", "1:30: staff 2025: -3 is below 1" },
  { "above", "{\"facts\": {\"share\": 1.5}}", "1:21: share: 1.5 is above 1" },
  { "end-below", "{\"facts\": {\"staff\": {\"2025\": {\"from\": 0, \"to\": 5}}}}", "1:30: staff 2025: 0 is below 1" },
  { "end-above", "{\"facts\": {\"share\": {\"from\": 0, \"to\": 1.01}}}", "1:21: share: 1.01 is above 1" },
  { "half-a-head", "{\"facts\": {\"staff\": {\"2025\": 3.5}}}", "1:30: staff 2025: 3.5 is not a whole number" },
  { "from-over-to", "{\"facts\": {\"staff\": {\"2025\": {\"from\": 55, \"to\": 45}}}}",
    "1:30: staff 2025: the range goes from 55 down to 45" },
  { "days-backwards", "{\"facts\": {\"founded_on\": {\"from\": \"2020-01-02\", \"to\": \"2020-01-01\"}}}",
    "1:26: founded_on: the range goes from 2020-01-02 down to 2020-01-01" },
  { "no-end", "{\"facts\": {\"share\": {\"from\": null, \"or_none\": true}}}",
    "1:21: share: \"none\" cannot be said of share" },
  { "empty-range", "{\"facts\": {\"share\": {}}}", "1:21: share: a range needs \"from\" or \"to\"" },
  { "range-key", "{\"facts\": {\"share\": {\"from\": 0, \"till\": 1}}}", "1:33: share: \"till\" has no place here" },
  { "or-none-false", "{\"facts\": {\"listed_on\": {\"from\": \"2020-01-01\", \"or_none\": false}}}",
    "1:59: listed_on: \"or_none\" can only be true" },
  { "no-day", "{\"facts\": {\"founded_on\": \"2023-02-29\"}}",
    "1:26: founded_on: \"2023-02-29\" is no date; a day of the calendar" },
  { "day-before-domain", "{\"facts\": {\"founded_on\": \"1899-12-31\"}}",
    "1:26: founded_on: 1899-12-31 is below 1900-01-01" },
  { "none", "{\"facts\": {\"founded_on\": \"none\"}}", "1:26: founded_on: \"none\" cannot be said of founded_on" },
  { "no-option", "{\"facts\": {\"paint\": \"pink\"}}",
    "1:21: paint: \"pink\" is no option; one of red, green, blue is wanted" },
  { "no-option-of-two", "{\"facts\": {\"paint\": {\"one_of\": [\"red\", \"pink\"]}}}",
    "1:40: paint: \"pink\" is no option" },
  { "no-options", "{\"facts\": {\"paint\": {\"one_of\": []}}}", "1:32: paint: \"one_of\" wants a list of options" },
  { "choice-range", "{\"facts\": {\"paint\": {\"from\": \"red\"}}}", "1:22: paint: \"from\" has no place here" },
  { "no-code", "{\"facts\": {\"industry\": \"C3919\"}}",
    "1:24: industry: \"C3919\" is no code of trade; the nearest is C391" },
  { "no-section", "{\"facts\": {\"industry\": \"Z\"}}",
    "1:24: industry: \"Z\" is no code of trade; a code or its first characters" },
  { "one-digit", "{\"facts\": {\"industry\": \"3\"}}", "1:24: industry: \"3\" is no code of trade" },
  { "uscc", "{\"facts\": {\"code\": \"91110000600037341K\"}}",
    "1:20: code: \"91110000600037341K\": the last character, a check character" },
  { "uscc-short", "{\"facts\": {\"code\": \"9111\"}}", "1:20: code: \"9111\": 18 characters are wanted" },
  { "number-for-code", "{\"facts\": {\"industry\": 3911}}",
    "1:24: industry: 3911 is of the wrong type; a code in quotes" },
  { "number-for-text", "{\"facts\": {\"town\": 1}}", "1:20: town: 1 is of the wrong type; a text in quotes" },
  { "number-for-date", "{\"facts\": {\"founded_on\": 2019}}",
    "1:26: founded_on: 2019 is of the wrong type; a date in quotes" },
  { "truth-in-quotes", "{\"facts\": {\"resident\": \"true\"}}",
    "1:24: resident: \"true\" is of the wrong type; true or false without quotes" },
  { "number-for-truth", "{\"facts\": {\"resident\": 1}}", "1:24: resident: 1 is of the wrong type; true or false" },
  { "range-for-truth", "{\"facts\": {\"resident\": {\"from\": true}}}",
    "1:24: resident: a mapping is of the wrong type" },
  { "truth-for-number", "{\"facts\": {\"share\": true}}", "1:21: share: true is of the wrong type; a number" },
  { "list-for-number", "{\"facts\": {\"share\": [1]}}", "1:21: share: a list is of the wrong type" },
  { "list-in-range", "{\"facts\": {\"share\": {\"from\": [1]}}}", "1:30: share: a list is of the wrong type" },
  { "unit-in-file", "{\"facts\": {\"revenue\": {\"2025\": \"150万\"}}}",
    "1:32: revenue 2025: \"150万\" does not fit; an amount in yuan such as 1500000" },
  { "percent-in-file", "{\"facts\": {\"share\": \"5%\"}}", "1:21: share: \"5%\" does not fit; a ratio such as 0.05" },
  { "by-zero", "{\"facts\": {\"share\": \"1/0\"}}", "1:21: share: a number cannot be divided by 0" },
  { "too-long", "{\"facts\": {\"revenue\": {\"2025\": 1e1000}}}",
    "1:32: revenue 2025: the number has too many digits" },
  { "unknown-word", "{\"facts\": {\"share\": \"unknown\"}}", "1:21: share: what is unknown is left out, or null" },
  { "year-key", "{\"facts\": {\"staff\": {\"24\": 3}}}",
    "1:22: staff: \"24\" is no year; a key such as \"2024\" is wanted" },
  { "relative-year", "{\"facts\": {\"staff\": {\"-1\": 3}}}", "1:22: staff: \"-1\" is no year" },
  { "quarter-of-year", "{\"facts\": {\"staff\": {\"2024-Q1\": 3}}}", "1:22: staff: \"2024-Q1\" is no year" },
  { "year-of-quarter", "{\"facts\": {\"sales_q\": {\"2024\": 3}}}",
    "1:24: sales_q: \"2024\" is no quarter; a key such as \"2024-Q1\"" },
  { "fifth-quarter", "{\"facts\": {\"sales_q\": {\"2024-Q5\": 3}}}", "1:24: sales_q: \"2024-Q5\" is no quarter" },
  { "thirteenth-month", "{\"facts\": {\"sales_m\": {\"2024-13\": 3}}}",
    "1:24: sales_m: \"2024-13\" is no month; a key such as \"2024-03\"" },
  { "short-month", "{\"facts\": {\"sales_m\": {\"2024-3\": 3}}}", "1:24: sales_m: \"2024-3\" is no month" },
  { "year-of-timeless", "{\"facts\": {\"share\": {\"2024\": 3}}}", "1:21: share: this fact has no years" },
  { "same-as-nothing", "{\"facts\": {\"heads\": {\"same_as\": \"stff\"}}}",
    "1:33: heads: same_as: there is no fact \"stff\"; did you mean staff?" },
  { "same-as-unlike", "{\"facts\": {\"heads\": {\"same_as\": \"revenue\"}}}",
    "1:33: heads: same_as: the catalogue does not let it stand for revenue" },
  { "same-as-circle", "{\"facts\": {\"heads\": {\"same_as\": \"staff\"}, \"staff\": {\"same_as\": \"heads\"}}}",
    "1:33: heads: same_as goes in a circle" },
  { "same-as-and-more", "{\"facts\": {\"heads\": {\"same_as\": \"staff\", \"2024\": 1}}}",
    "1:33: heads: \"same_as\" stands alone" },
  { "same-as-outside", "{\"facts\": {\"staff\": {\"same_as\": \"heads\"}, \"heads\": {\"2024\": 0}}}",
    "1:33: staff: the answer of heads 2024 cannot be taken: 0 is below 1" },
  { "unknown-register", "{\"registers\": {\"award\": {}}}",
    "1:16: there is no register \"award\"; did you mean awards?" },
  { "unknown-column", "{\"registers\": {\"ip\": {\"rows\": [{\"colour\": 1}]}}}",
    "1:33: ip row 1: there is no column \"colour\"" },
  { "bad-cell", "{\"registers\": {\"awards\": {\"rows\": [{}, {\"rank\": 0}]}}}",
    "1:49: awards row 2, rank: 0 is below 1" },
  { "none-in-cell", "{\"registers\": {\"ip\": {\"rows\": [{\"granted_on\": \"none\"}]}}}",
    "1:47: ip row 1, granted_on: \"none\" cannot be said of granted_on" },
  { "no-row", "{\"registers\": {\"ip\": {\"rows\": [3]}}}", "1:32: ip row 1: a mapping of columns and cells" },
  { "no-rows", "{\"registers\": {\"ip\": {\"rows\": {}}}}", "1:31: ip: \"rows\" is a list of rows" },
  { "register-list", "{\"registers\": {\"ip\": []}}", "1:22: ip: {\"complete\": true, \"rows\": [{…}]} is wanted" },
  { "register-key", "{\"registers\": {\"ip\": {\"row\": []}}}", "1:23: ip: unknown key \"row\"; did you mean rows?" },
  { "complete", "{\"registers\": {\"ip\": {\"complete\": \"true\"}}}", "1:35: ip: \"complete\" is true or false" },
  { "as-of", "{\"as_of\": \"2026-07-15\"}", "1:2: \"as_of\" is nothing of the enterprise" },
  { "top-key", "{\"fact\": {}}", "1:2: unknown key \"fact\"; did you mean facts?" },
  { "name", "{\"name\": 5}", "1:10: name: a text in quotes is wanted" },
  { "facts-list", "{\"facts\": []}", "1:11: facts: a mapping of facts" },
  { "registers-list", "{\"registers\": []}", "1:15: registers: a mapping of registers" },
  { "top-list", "[]", "1:1: a mapping with \"facts\" and \"registers\" is wanted" },
};

static void
test_mistake (gconstpointer data)
{
  const Mistake *mistake = data;
  g_autofree char *said = NULL;
  g_autoptr(DkEnterprise) enterprise = load (mistake->json, &said);

  g_assert_null (enterprise);
  if (!g_str_has_prefix (said, mistake->wanted))
    g_error ("wanted: %s\nsaid: %s", mistake->wanted, said);
}

static void
test_all_mistakes_are_listed (void)
{
  g_autofree char *said = NULL;
  g_autoptr(DkEnterprise) enterprise =
    load ("{\"name\": 5, \"facts\": {\"staf\": 3,\n \"staff\": {\"2025\": 0, \"25\": 1},\n \"share\": 2},\n"
          " \"registers\": {\"ip\": {\"rows\": [{\"valid\": 1},\n  {\"cost\": -1}]}}}", &said);
  g_auto(GStrv) lines = g_strsplit (said, "\n", -1);

  g_assert_null (enterprise);
  g_assert_cmpuint (g_strv_length (lines), ==, 8); /* the last is empty */
  g_assert_true (g_str_has_prefix (lines[6], "5:12: ip row 2, cost: -1 is below 0"));
}

static void
test_contradiction_is_a_warning (void)
{
  g_autofree char *said = NULL;
  g_autofree char *deep = NULL;
  g_autoptr(DkEnterprise) enterprise = load ("{\"facts\": {\"staff\": {\"2025\": 100}, \"tech\": {\"2025\": 120}}}",
                                             &said);
  g_autoptr(DkEnterprise) other = load ("{\"facts\": {\"lead\": {\"2025\": 7}, \"staff\": {\"2025\": {\"from\": 2, \"to\": 6}}}}", &deep);

  g_assert_nonnull (enterprise);
  g_assert_cmpstr (said, ==, "1:53: warning: tech 2025: 120 is more than staff, which is 100; a part cannot be more than the whole\n");
  g_assert_nonnull (other);
  g_assert_nonnull (strstr (deep, "lead 2025: 7 is more than staff, which is 6"));
}

static void
test_part_may_equal_whole (void)
{
  g_autoptr(DkEnterprise) enterprise =
    load ("{\"facts\": {\"staff\": {\"2025\": 100, \"2024\": 5}, \"tech\": {\"2025\": 100, \"2023\": 9, \"2024\": {\"to\": 7}}}}", NULL);

  g_assert_nonnull (enterprise);
}

/* Reads YAML as the examples of packs are written, over @enterprise. */
static gboolean
read_lenient (DkEnterprise *enterprise,
              const char   *yaml,
              char        **said)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("p.yaml", yaml, strlen (yaml), DK_FORMAT_YAML, problems);
  gboolean success;
  g_autofree char *text = NULL;

  g_assert_nonnull (document);
  success = dk_enterprise_read (enterprise, dk_document_get_root (document), DK_READ_LENIENT, 2025, problems);
  text = dk_problems_to_string (problems);
  if (said != NULL)
    *said = g_steal_pointer (&text);
  else
    g_assert_cmpstr (text, ==, "");
  return success;
}

static void
test_lenient (void)
{
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (catalogue);

  g_assert_true (read_lenient (enterprise,
                               "title: other keys are not ours\n"
                               "expect: {x: 1}\n"
                               "facts:\n"
                               "  staff: 45..55\n"
                               "  tech: {\"-1\": 3, 0: 4, 2023: unknown, \"-3\": null}\n"
                               "  revenue: {\"-1\": 3000万, 0: 1.5亿, 2022: \"1,234,567.89\", \"-4\": 300万元}\n"
                               "  share: 5%\n"
                               "  resident: yes\n"
                               "  founded_on: 2019-03-04\n"
                               "  listed_on: none\n"
                               "  industry: 3911\n"
                               "  town: 5\n"
                               "  paint: red\n"
                               "  heads: {same_as: staff}\n"
                               "  sales_q: {0 Q2: 7, 2024-Q1: 8}\n"
                               "  sales_m: {\"-1-03\": 1, 0 M12: 2}\n"
                               "registers:\n"
                               "  ip: {complete: true, rows: [{granted_on: 2020-01-01, cost: 3万, kind: blue, revoked_on: none}]}\n", NULL));
  assert_value (enterprise, "staff", in_year (2025), "45..55");
  assert_value (enterprise, "heads", in_year (2025), "45..55");
  assert_value (enterprise, "tech", in_year (2024), "3");
  assert_value (enterprise, "tech", in_year (2025), "4");
  assert_value (enterprise, "tech", in_year (2023), NULL);
  assert_value (enterprise, "revenue", in_year (2024), "30000000");
  assert_value (enterprise, "revenue", in_year (2025), "150000000");
  assert_value (enterprise, "revenue", in_year (2022), "1234567.89");
  assert_value (enterprise, "revenue", in_year (2021), "3000000");
  assert_value (enterprise, "share", in_year (0), "0.05");
  assert_value (enterprise, "resident", in_year (0), "true");
  assert_value (enterprise, "founded_on", in_year (0), "2019-03-04");
  assert_value (enterprise, "listed_on", in_year (0), "none");
  assert_value (enterprise, "industry", in_year (0), "C3911");
  assert_value (enterprise, "town", in_year (0), "5");
  assert_value (enterprise, "paint", in_year (0), "red");
  assert_value (enterprise, "sales_q", (DkPeriodKey) { 2025, 2, 0 }, "7");
  assert_value (enterprise, "sales_q", (DkPeriodKey) { 2024, 1, 0 }, "8");
  assert_value (enterprise, "sales_m", (DkPeriodKey) { 2024, 0, 3 }, "1");
  assert_value (enterprise, "sales_m", (DkPeriodKey) { 2025, 0, 12 }, "2");
  g_assert_cmpuint (dk_enterprise_get_rows (enterprise, 0)->n_rows, ==, 1);

  /* A second reading changes what it names, and nothing else. */
  g_assert_true (read_lenient (enterprise, "{facts: {staff: 60, tech: {\"-1\": unknown}, share: null, revenue: null}, registers: {ip: null}}", NULL));
  assert_value (enterprise, "staff", in_year (2025), "60");
  assert_value (enterprise, "tech", in_year (2024), NULL);
  assert_value (enterprise, "tech", in_year (2025), "4");
  assert_value (enterprise, "share", in_year (0), NULL);
  assert_value (enterprise, "revenue", in_year (2025), NULL);
  assert_value (enterprise, "revenue", in_year (2024), NULL);
  assert_value (enterprise, "heads", in_year (2025), "45..55");
  g_assert_cmpuint (dk_enterprise_get_rows (enterprise, 0)->n_rows, ==, 0);
  g_assert_false (dk_enterprise_get_rows (enterprise, 0)->is_complete);
}

static void
test_lenient_mistakes (void)
{
  static const Mistake lenient[] = {
    { "twice", "facts: {staff: {0: 1, 2025: 2}}", "p.yaml:1:23: staff: \"2025\" is a period that was given before" },
    { "unit", "facts: {staff: 5万元}", "p.yaml:1:16: staff 2025: \"5万元\" does not fit; a number such as 30 is wanted" },
    { "percent", "facts: {revenue: 5%}", "p.yaml:1:18: revenue 2025: \"5%\" does not fit" },
    { "below", "facts: {staff: 0}", "p.yaml:1:16: staff 2025: 0 is below 1" },
    { "commas", "facts: {revenue: \"12,34\"}", "p.yaml:1:18: revenue 2025: \"12,34\": commas stand between groups" },
    { "no-end", "facts: {share: \"..\"}", "p.yaml:1:16: share: a range needs at least one end" },
    { "bare-quarter", "facts: {sales_q: 5}", "p.yaml:1:18: sales_q: a figure needs its quarter; write {\"2024-Q1\": 5}" },
    { "expression", "facts: {share: 1 + 1}", "p.yaml:1:16: share: \"1 + 1\" does not fit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lenient); i++)
    {
      g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (catalogue);
      g_autofree char *said = NULL;

      g_assert_false (read_lenient (enterprise, lenient[i].json, &said));
      if (!g_str_has_prefix (said, lenient[i].wanted))
        g_error ("wanted: %s\nsaid: %s", lenient[i].wanted, said);
    }
}

static void
test_parse_value (void)
{
  static const struct { const char *fact, *text, *wanted; } cases[] = {
    { "revenue", "150万", "1500000" }, { "revenue", " 1.5亿 ", "150000000" }, { "revenue", "1,500,000.5", "1500000.5" },
    { "revenue", "300万元", "3000000" }, { "revenue", "１２３", "123" }, { "revenue", "1e3", "1000" },
      { "revenue", "2/3", "2/3" },
    { "revenue", "100万..200万", "1000000..2000000" }, { "revenue", "5..", "5.." }, { "revenue", "..5", "0..5" },
    { "share", "5%", "0.05" }, { "share", "1/3", "1/3" }, { "share", "0..100%", "0..1" }, { "share", "5%..5%", "0.05" },
    { "resident", "true", "true" }, { "resident", "no", "false" }, { "paint", "blue", "blue" },
      { "paint", "blue | red", "red|blue" },
    { "paint", "绿", "green" }, { "founded_on", "2019-03-04..2020-01-01", "2019-03-04..2020-01-01" },
      { "listed_on", "none", "none" },
    { "industry", "39", "C39" }, { "town", "任何", "任何" },
  };
  static const struct { const char *fact, *text; } wrong[] = {
    { "revenue", "" }, { "revenue", "abc" }, { "revenue", "-1" }, { "revenue", "5%" }, { "revenue", "1,00" },
      { "revenue", "9..5" },
    { "share", "2" }, { "share", "5元" }, { "share", "5% + 1" }, { "staff", "3.5" }, { "staff", "none" },
      { "founded_on", "2019-3-4" },
    { "resident", "perhaps" }, { "paint", "pink" }, { "paint", "" }, { "industry", "D" }, { "industry", "" },
  };
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkValue value;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;
      DkValue again;

      dk_fact_parse_value (fact (cases[i].fact), cases[i].text, &value, arena, &error);
      g_assert_no_error (error);
      text = dk_fact_value_to_string (fact (cases[i].fact), &value);
      g_assert_cmpstr (text, ==, cases[i].wanted);
      g_assert_true (dk_fact_parse_value (fact (cases[i].fact), text, &again, arena, NULL));
      g_assert_true (dk_value_equal (&value, &again, fact (cases[i].fact)->kind));
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      if (dk_fact_parse_value (fact (wrong[i].fact), wrong[i].text, &value, arena, &error))
        g_error ("%s takes %s", wrong[i].fact, wrong[i].text);
      g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
    }
  g_assert_true (dk_fact_parse_value (fact ("staff"), "unknown", &value, arena, NULL));
  g_assert_cmpuint (value.state, ==, DK_RANGE | DK_UNANSWERED);
}

static void
test_set (void)
{
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (catalogue);
  g_autoptr(GError) error = NULL;
  DkValue value = DK_VALUE_POINT (DK_NUMBER (30));

  g_assert_true (dk_enterprise_set (enterprise, fact ("staff"), in_year (2025), &value, &error));
  g_assert_no_error (error);
  assert_value (enterprise, "staff", in_year (2025), "30");
  assert_value (enterprise, "staff", in_year (2024), NULL);

  value = DK_VALUE_POINT (DK_NUMBER (-3));
  g_assert_false (dk_enterprise_set (enterprise, fact ("staff"), in_year (2025), &value, &error));
  g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "staff 2025: -3 is below 1");
  g_clear_error (&error);
  assert_value (enterprise, "staff", in_year (2025), "30");

  /* A range is cut to the domain, and refused where nothing remains. */
  value = DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_NUMBER (9));
  g_assert_true (dk_enterprise_set (enterprise, fact ("staff"), in_year (2025), &value, NULL));
  assert_value (enterprise, "staff", in_year (2025), "1..9");
  value = DK_VALUE_RANGE (DK_NUMBER (-9), DK_NUMBER (-1));
  g_assert_false (dk_enterprise_set (enterprise, fact ("staff"), in_year (2025), &value, NULL));
  value = DK_VALUE_UNDEFINED;
  g_assert_false (dk_enterprise_set (enterprise, fact ("staff"), in_year (2025), &value, NULL));
  g_assert_true (dk_enterprise_set (enterprise, fact ("listed_on"), in_year (0), &value, NULL));
  assert_value (enterprise, "listed_on", in_year (0), "none");

  value = DK_VALUE_POINT (DK_NUMBER (30));
  g_assert_false (dk_enterprise_set (enterprise, fact ("staff"), in_year (0), &value, &error));
  g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_PERIOD);
  g_assert_false (dk_enterprise_set (enterprise, fact ("staff"), (DkPeriodKey) { 2025, 1, 0 }, &value, NULL));
  g_assert_false (dk_enterprise_set (enterprise, fact ("sales_q"), in_year (2025), &value, NULL));
  g_assert_false (dk_enterprise_set (enterprise, fact ("share"), in_year (2025), &value, NULL));
  g_assert_true (dk_enterprise_set (enterprise, fact ("sales_m"), (DkPeriodKey) { 2025, 0, 12 }, &value, NULL));

  value = DK_VALUE_POINT (DK_NUMBER (3)); /* C39, which has codes below it */
  g_assert_true (dk_enterprise_set (enterprise, fact ("industry"), in_year (0), &value, NULL));
  assert_value (enterprise, "industry", in_year (0), "C39");
  value = DK_VALUE_RANGE (DK_NUMBER (4), DK_NUMBER (5)); /* no set of all codes with one prefix */
  g_assert_false (dk_enterprise_set (enterprise, fact ("industry"), in_year (0), &value, NULL));
  value = DK_VALUE_POINT (DK_NUMBER (8));
  g_assert_false (dk_enterprise_set (enterprise, fact ("industry"), in_year (0), &value, NULL));
  value = DK_VALUE_CHOICE (9);
  g_assert_false (dk_enterprise_set (enterprise, fact ("paint"), in_year (0), &value, NULL));
  value = DK_VALUE_CHOICE (5);
  g_assert_true (dk_enterprise_set (enterprise, fact ("paint"), in_year (0), &value, NULL));
  assert_value (enterprise, "paint", in_year (0), "red|blue");
  value = DK_VALUE_POINT (DK_NUMBER (dk_text_intern ("91110000600037341K")));
  g_assert_false (dk_enterprise_set (enterprise, fact ("code"), in_year (0), &value, NULL));

  /* What says nothing takes the answer away, and so does NULL. */
  value = DK_VALUE_TRUTH (DK_TRUE);
  g_assert_true (dk_enterprise_set (enterprise, fact ("resident"), in_year (0), &value, NULL));
  assert_value (enterprise, "resident", in_year (0), "true");
  value = DK_VALUE_TRUTH (DK_OPEN);
  g_assert_true (dk_enterprise_set (enterprise, fact ("resident"), in_year (0), &value, NULL));
  assert_value (enterprise, "resident", in_year (0), NULL);
  g_assert_true (dk_enterprise_set (enterprise, fact ("staff"), in_year (2025), NULL, NULL));
  assert_value (enterprise, "staff", in_year (2025), NULL);
}

static DkSlot
make_slot (const char *id,
           gint64      year,
           int         sub)
{
  return (DkSlot) { DK_SLOT_FACT, fact (id), FALSE, year, sub, 0 };
}

/* The value that a slot is bound to, as text, with U for undefined and ? for unanswered. 2026-07-15, so x[0] is 2025. */
static char *
bind_one (const DkEnterprise *enterprise,
          DkSlot              slot)
{
  DkValue regs[1];
  g_autofree char *text = NULL;

  dk_enterprise_bind (enterprise, &slot, 1, dk_date_from_ymd (2026, 7, 15), 2025, regs);
  text = dk_fact_value_to_string (slot.fact, &regs[0]);
  return g_strdup_printf ("%s%s%s", text, regs[0].state & DK_UNDEFINED ? "U" : "", regs[0].state & DK_UNANSWERED ? "?"
                          : "");
}

static void
assert_bound (const char *json,
              const char *id,
              gint64      year,
              int         sub,
              const char *wanted)
{
  g_autoptr(DkEnterprise) enterprise = load (json, NULL);
  g_autofree char *text = bind_one (enterprise, make_slot (id, year, sub));

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_bind (void)
{
  g_autoptr(DkEnterprise) enterprise =
    load ("{\"facts\": {\"founded_on\": \"2010-01-01\", \"staff\": {\"2025\": 100, \"2024\": 90}, \"resident\": false,"
          " \"sales_q\": {\"2025-Q3\": 3}, \"sales_m\": {\"2024-12\": 12}}}", NULL);
  DkSlot slots[] = {
    { DK_SLOT_AS_OF, NULL, FALSE, 0, 0, 8 },
    { DK_SLOT_YEAR, NULL, FALSE, 0, 0, 7 },
    { DK_SLOT_FACT, fact ("staff"), FALSE, 0, 0, 6 },
    { DK_SLOT_FACT, fact ("staff"), FALSE, -1, 0, 5 },
    { DK_SLOT_FACT, fact ("staff"), TRUE, 2024, 0, 4 },
    { DK_SLOT_FACT, fact ("staff"), FALSE, -2, 0, 3 },
    { DK_SLOT_FACT, fact ("resident"), FALSE, 0, 0, 2 },
    { DK_SLOT_FACT, fact ("sales_q"), FALSE, 0, 3, 1 },
    { DK_SLOT_FACT, fact ("sales_m"), FALSE, -1, 12, 0 },
  };
  DkValue regs[G_N_ELEMENTS (slots)];

  dk_enterprise_bind (enterprise, slots, G_N_ELEMENTS (slots), dk_date_from_ymd (2026, 7, 15), 2025, regs);
  g_assert_cmpint (regs[8].low.num, ==, dk_date_from_ymd (2026, 7, 15));
  g_assert_cmpuint (regs[8].state, ==, DK_POINT);
  g_assert_cmpint (regs[7].low.num, ==, 2025);
  g_assert_cmpuint (regs[7].state, ==, DK_POINT);
  g_assert_cmpint (regs[6].low.num, ==, 100);
  g_assert_cmpint (regs[5].low.num, ==, 90);
  g_assert_cmpint (regs[4].low.num, ==, 90);
  g_assert_cmpuint (regs[3].state, ==, DK_RANGE | DK_UNANSWERED);
  g_assert_cmpint (regs[3].low.num, ==, 1);
  g_assert_cmpuint (regs[2].state, ==, DK_FALSE);
  g_assert_cmpint (regs[1].low.num, ==, 3);
  g_assert_cmpint (regs[0].low.num, ==, 12);
}

static void
test_bind_unanswered (void)
{
  assert_bound ("{}", "resident", 0, 0, "unknown?");
  assert_bound ("{}", "paint", 0, 0, "red|green|blue?");
  assert_bound ("{}", "share", 0, 0, "0..1?");
  assert_bound ("{}", "listed_on", 0, 0, "1900-01-01..2199-12-31U?");
  assert_bound ("{\"facts\": {\"share\": {\"to\": 0.5}}}", "share", 0, 0, "0..0.5");
}

/* A year before founding does not exist; with an unknown founding it may or may not. */
static void
test_founding (void)
{
  assert_bound ("{}", "staff", 0, 0, "1..U?");
  assert_bound ("{\"facts\": {\"founded_on\": \"2024-06-30\"}}", "staff", 0, 0, "1..?");
  assert_bound ("{\"facts\": {\"founded_on\": \"2024-12-31\"}}", "staff", -1, 0, "1..?");
  assert_bound ("{\"facts\": {\"founded_on\": \"2025-01-01\"}}", "staff", -1, 0, "noneU");
  assert_bound ("{\"facts\": {\"founded_on\": \"2024-06-30\"}}", "staff", -2, 0, "noneU");
  assert_bound ("{\"facts\": {\"founded_on\": \"2024-06-30\", \"staff\": {\"2023\": 5}}}", "staff", -2, 0, "5");
  assert_bound ("{\"facts\": {\"founded_on\": {\"from\": \"2023-05-01\", \"to\": \"2024-02-01\"}}}", "staff", -1, 0,
                "1..?");
  assert_bound ("{\"facts\": {\"founded_on\": {\"from\": \"2023-05-01\", \"to\": \"2024-02-01\"}}}", "staff", -2, 0,
                "1..U?");
  assert_bound ("{\"facts\": {\"founded_on\": {\"from\": \"2023-05-01\", \"to\": \"2024-02-01\"}}}", "staff", -3, 0,
                "noneU");
  assert_bound ("{\"facts\": {\"founded_on\": {\"from\": \"2024-02-01\"}}}", "staff", 0, 0, "1..U?");
  assert_bound ("{\"facts\": {\"founded_on\": \"2025-05-20\"}}", "sales_q", 0, 1, "noneU");
  assert_bound ("{\"facts\": {\"founded_on\": \"2025-05-20\"}}", "sales_q", 0, 2, "0..?");
  assert_bound ("{\"facts\": {\"founded_on\": \"2025-05-20\"}}", "sales_m", 0, 4, "noneU");
  assert_bound ("{\"facts\": {\"founded_on\": \"2025-05-20\"}}", "sales_m", 0, 5, "0..?");
  assert_bound ("{\"facts\": {\"founded_on\": \"2025-05-20\"}}", "share", 0, 0, "0..1?");
}

#define OLD "\"founded_on\": \"2000-01-01\", "

static void
test_clipping (void)
{
  /* A part is at most its whole, through all levels. */
  assert_bound ("{\"facts\": {" OLD "\"staff\": {\"2025\": 100}}}", "tech", 0, 0, "0..100?");
  assert_bound ("{\"facts\": {" OLD "\"staff\": {\"2025\": 100}}}", "lead", 0, 0, "0..100?");
  assert_bound ("{\"facts\": {" OLD "\"staff\": {\"2025\": 100}}}", "tech", -1, 0, "0..?");
  assert_bound ("{\"facts\": {" OLD "\"staff\": {\"2025\": {\"from\": 5, \"to\": 9}}, \"tech\": {\"2025\": {\"from\": 2, \"to\": 20}}}}", "tech", 0, 0, "2..9");
  /* A whole is at least its parts. */
  assert_bound ("{\"facts\": {" OLD "\"tech\": {\"2025\": 30}}}", "staff", 0, 0, "30..?");
  assert_bound ("{\"facts\": {" OLD "\"lead\": {\"2025\": {\"from\": 3, \"to\": 7}}}}", "staff", 0, 0, "3..?");
  assert_bound ("{\"facts\": {" OLD "\"tech\": {\"2025\": 30}, \"lead\": {\"2025\": 3}}}", "staff", 0, 0, "30..?");
  /* What can only be one thing is one. */
  assert_bound ("{\"facts\": {" OLD "\"staff\": {\"2025\": 5}, \"lead\": {\"2025\": 5}}}", "tech", 0, 0, "5?");
  /* An answered point stays, and so does a contradiction. */
  assert_bound ("{\"facts\": {" OLD "\"staff\": {\"2025\": {\"from\": 5, \"to\": 9}}, \"tech\": {\"2025\": 7}}}",
                "tech", 0, 0, "7");
  {
    g_autofree char *said = NULL;
    g_autoptr(DkEnterprise) enterprise =
      load ("{\"facts\": {\"staff\": {\"2025\": {\"from\": 5, \"to\": 9}}, \"tech\": {\"2025\": {\"from\": 20, \"to\": 30}}}}", &said);
    g_autofree char *staff = bind_one (enterprise, make_slot ("staff", 0, 0));
    g_autofree char *tech = bind_one (enterprise, make_slot ("tech", 0, 0));

    g_assert_cmpstr (staff, ==, "5..9");
    g_assert_cmpstr (tech, ==, "20..30");
  }
}

/* Whatever the missing answers turn out to be, they lie inside what is bound: clipping cuts off nothing that is possible. */
static void
test_clipping_is_sound (void)
{
  static const char *const ids[] = { "staff", "tech", "lead" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (catalogue);
      gint64 truth[3];
      DkValue founded = DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2000, 1, 1)));

      truth[0] = g_test_rand_int_range (1, 50);
      truth[1] = g_test_rand_int_range (0, (gint32) truth[0] + 1);
      truth[2] = g_test_rand_int_range (0, (gint32) truth[1] + 1);
      g_assert_true (dk_enterprise_set (enterprise, fact ("founded_on"), in_year (0), &founded, NULL));
      for (guint i = 0; i < 3; i++)
        {
          gint64 below = g_test_rand_int_range (0, 5), above = g_test_rand_int_range (0, 5);
          DkValue value = below + above == 0 ? DK_VALUE_POINT (DK_NUMBER (truth[i]))
                                             : DK_VALUE_RANGE (DK_NUMBER (truth[i] - below),
                                                               DK_NUMBER (truth[i] + above));

          if (g_test_rand_bit ())
            g_assert_true (dk_enterprise_set (enterprise, fact (ids[i]), in_year (2025), &value, NULL));
        }
      for (guint i = 0; i < 3; i++)
        {
          DkSlot slot = make_slot (ids[i], 0, 0);
          DkValue point = DK_VALUE_POINT (DK_NUMBER (truth[i]));
          DkValue bound;

          dk_enterprise_bind (enterprise, &slot, 1, dk_date_from_ymd (2026, 7, 15), 2025, &bound);
          g_assert_true (dk_value_contains (&bound, &point, DK_KIND_NUMBER));
        }
    }
}

/* Years far out of any calendar, as an expression may name them, are merely unanswered. */
static void
test_far_years (void)
{
  assert_bound ("{\"facts\": {" OLD "\"share\": 0}}", "staff", G_MAXINT64, 0, "1..?");
  assert_bound ("{\"facts\": {" OLD "\"share\": 0}}", "staff", G_MININT64, 0, "noneU");
}

/* "Not known yet" is an answer: it is kept, written and copied, and rules take it as none. */
static void
test_not_known_yet (void)
{
  g_autofree char *said = NULL, *written = NULL, *again_written = NULL;
  g_autoptr(DkEnterprise) enterprise = load ("{\"facts\": {\"resident\": null, \"staff\": {\"2024\": null, \"2025\": 5}, \"heads\": {\"same_as\": \"staff\"}}}", &said);
  g_autoptr(DkEnterprise) copy = NULL, again = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) periods = NULL;
  DkValue value;

  g_assert_cmpstr (said, ==, "");
  copy = dk_enterprise_dup (enterprise);
  g_assert_true (dk_enterprise_is_unknown (copy, fact ("resident"), in_year (0)));
  g_assert_true (dk_enterprise_is_unknown (copy, fact ("staff"), in_year (2024)));
  g_assert_true (dk_enterprise_is_unknown (copy, fact ("heads"), in_year (2024)));
  g_assert_false (dk_enterprise_is_unknown (copy, fact ("staff"), in_year (2025)));
  g_assert_false (dk_enterprise_is_unknown (copy, fact ("staff"), in_year (2023)));
  g_assert_false (dk_enterprise_get (copy, fact ("staff"), in_year (2024), &value));
  periods = dk_enterprise_list_periods (copy, fact ("staff"));
  g_assert_cmpuint (periods->len, ==, 2);
  written = dk_enterprise_to_json (copy);
  g_assert_nonnull (strstr (written, "\"resident\": null"));
  g_assert_nonnull (strstr (written, "\"staff\": {\"2024\": null, \"2025\": 5}"));
  again = load (written, NULL);
  again_written = dk_enterprise_to_json (again);
  g_assert_cmpstr (again_written, ==, written);

  /* An answer takes its place, and it the place of an answer. */
  g_assert_true (dk_enterprise_set (copy, fact ("staff"), in_year (2024), &DK_VALUE_POINT (DK_NUMBER (3)), &error));
  g_assert_false (dk_enterprise_is_unknown (copy, fact ("staff"), in_year (2024)));
  g_assert_true (dk_enterprise_set_unknown (copy, fact ("staff"), in_year (2025), &error));
  g_assert_false (dk_enterprise_get (copy, fact ("staff"), in_year (2025), &value));
  g_assert_true (dk_enterprise_set (copy, fact ("staff"), in_year (2025), NULL, &error));
  g_assert_false (dk_enterprise_is_unknown (copy, fact ("staff"), in_year (2025)));
  g_assert_false (dk_enterprise_set_unknown (copy, fact ("staff"), in_year (0), &error));
  g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_PERIOD);
}

/* So it is in rows; and saying that rows are missing is more than saying nothing. */
static void
test_not_known_in_rows (void)
{
  static const char *const texts[] = {
    "{\"registers\": {\"ip\": {\"complete\": false, \"rows\": [{\"kind\": null}, {}]}}}",
    "{\"registers\": {\"ip\": {\"complete\": true, \"rows\": [{\"kind\": null}, {}]}}}",
    "{\"registers\": {\"ip\": {\"rows\": [{\"kind\": null}, {}]}}}",
    "{\"registers\": {\"ip\": {\"complete\": false, \"rows\": []}}}",
  };
  static const char *const wanted[] = {
    "\"ip\": {\"complete\": false, \"rows\": [\n      {\"kind\": null},\n      {}\n    ]}",
    "\"ip\": {\"complete\": true, \"rows\": [\n      {\"kind\": null},\n      {}\n    ]}",
    "\"ip\": {\"rows\": [\n      {\"kind\": null},\n      {}\n    ]}",
    "\"ip\": {\"complete\": false, \"rows\": []}",
  };
  guint index;

  dk_scope_find_register (dk_catalogue_get_scope (catalogue), "ip", &index);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *said = NULL, *written = NULL, *again_written = NULL;
      g_autoptr(DkEnterprise) enterprise = load (texts[i], &said), copy = dk_enterprise_dup (enterprise), again = NULL;
      const DkRows *rows = dk_enterprise_get_rows (copy, index);

      g_assert_cmpstr (said, ==, "");
      g_assert_cmpint (rows->is_complete, ==, i == 1);
      g_assert_cmpint (rows->is_partial, ==, i == 0 || i == 3);
      written = dk_enterprise_to_json (copy);
      g_assert_nonnull (strstr (written, wanted[i]));
      again = load (written, NULL);
      again_written = dk_enterprise_to_json (again);
      g_assert_cmpstr (again_written, ==, written);
    }
}

#define SOURCES \
  "  \"sources\": {\n" \
  "    \"audit\": {\n" \
  "      \"founded_on\": \"2019-03-05\",\n" \
  "      \"revenue\": {\"2024\": 100, \"2025\": 200.01}\n" \
  "    },\n" \
  "    \"roster\": {\n" \
  "      \"staff\": {\"2025\": {\"from\": 45, \"to\": 55}}\n" \
  "    }\n" \
  "  },\n"

/* What sources say stands beside the answers, is read back as it is written, and no rule sees it. */
static void
test_sources (void)
{
  g_autofree char *said = NULL, *written = NULL, *again_written = NULL;
  g_autoptr(DkEnterprise) enterprise = load ("{\"facts\": {\"revenue\": {\"2025\": 201}}," SOURCES "\"registers\": {}}", &said), again = NULL, copy = NULL;
  g_autoptr(GArray) all = dk_enterprise_list_figures (enterprise, NULL), some = dk_enterprise_list_figures (enterprise, fact ("revenue"));
  DkValue value;

  g_assert_cmpstr (said, ==, "");
  assert_value (enterprise, "revenue", in_year (2025), "201");
  assert_value (enterprise, "revenue", in_year (2024), NULL);
  assert_value (enterprise, "staff", in_year (2025), NULL);
  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpint (g_array_index (some, DkFigure, 1).period.year, ==, 2025);
  g_assert_cmpuint (g_array_index (some, DkFigure, 1).source, ==, 0);
  g_assert_true (dk_enterprise_get_figure (enterprise, fact ("staff"), in_year (2025), 2, &value));
  g_assert_cmpint (value.state, ==, DK_RANGE);
  g_assert_false (dk_enterprise_get_figure (enterprise, fact ("staff"), in_year (2025), 1, &value));

  copy = dk_enterprise_dup (enterprise);
  written = dk_enterprise_to_json (copy);
  g_assert_nonnull (strstr (written, SOURCES));
  again = load (written, NULL);
  again_written = dk_enterprise_to_json (again);
  g_assert_cmpstr (again_written, ==, written);
  g_clear_pointer (&said, g_free);
  g_clear_pointer (&written, g_free);

  /* "Not known yet" of a source says nothing; a source without facts neither. */
  dk_enterprise_free (again);
  again = load ("{\"sources\": {\"tax\": {\"revenue\": {\"2025\": null}, \"staff\": null}, \"audit\": null}}", &said);
  g_assert_cmpstr (said, ==, "");
  written = dk_enterprise_to_json (again);
  g_assert_null (strstr (written, "sources"));
}

static void
test_figures (void)
{
  g_autoptr(DkEnterprise) enterprise = dk_enterprise_new (catalogue);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) none = NULL;
  DkValue value = DK_VALUE_POINT (DK_NUMBER (7)), too_low = DK_VALUE_POINT (DK_NUMBER (-7));

  g_assert_true (dk_enterprise_set_figure (enterprise, fact ("staff"), in_year (2025), 1, &value, NULL));
  g_assert_true (dk_enterprise_set_figure (enterprise, fact ("staff"), in_year (2025), 0, &value, NULL));
  g_assert_false (dk_enterprise_set_figure (enterprise, fact ("staff"), in_year (2025), 1, &too_low, &error));
  g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (dk_enterprise_set_figure (enterprise, fact ("staff"), in_year (0), 1, &value, &error));
  g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_PERIOD);
  g_assert_true (dk_enterprise_get_figure (enterprise, fact ("staff"), in_year (2025), 1, &value));
  g_assert_true (dk_number_equal (value.low, DK_NUMBER (7)));
  assert_value (enterprise, "staff", in_year (2025), NULL);
  g_assert_true (dk_enterprise_set_figure (enterprise, fact ("staff"), in_year (2025), 1, NULL, NULL));
  g_assert_false (dk_enterprise_get_figure (enterprise, fact ("staff"), in_year (2025), 1, &value));
  g_assert_true (dk_enterprise_set_figure (enterprise, fact ("staff"), in_year (2025), 0, NULL, NULL));
  none = dk_enterprise_list_figures (enterprise, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

#define NOTES \
  "  \"notes\": {\n" \
  "    \"derived:staff@2025\": {\"finding\": \"a\", \"explains\": \"1 | 2\"},\n" \
  "    \"rule:checks.ledger@2025\": {\"explains\": \"x\"},\n" \
  "    \"sales_q@2025-Q4\": {\"evidence\": \"台账 \\\"一\\\" 第3页\"},\n" \
  "    \"source:revenue@2025:tax\": {\"finding\": \"b\"},\n" \
  "    \"town\": {\"finding\": \"二\\n三\", \"evidence\": \"c.pdf\"}\n" \
  "  }\n"

/* What was found out stands beside the answers, is read back as it is written, and changes none of them. */
static void
test_notes (void)
{
  g_autofree char *said = NULL, *written = NULL, *again_written = NULL, *subject = dk_note_dup_subject (fact ("staff"), in_year (2025));
  g_autoptr(DkEnterprise) enterprise = load ("{\"facts\": {\"town\": \"a\"}, \"registers\": {}," NOTES "}", &said), again = NULL, copy = NULL;
  g_autoptr(DkNote) note = dk_note_new ("town", " d ", NULL, ""), blank = dk_note_new ("town", " ", "", NULL), stranger = dk_note_new ("x", "a", "", "");
  g_autoptr(DkNote) parsed = dk_note_parse_json ("town", "{\"finding\": \"d\"}"), bad = dk_note_parse_json ("town", "{\"finding\": 1}");
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (said, ==, "");
  g_assert_cmpstr (subject, ==, "staff@2025");
  g_assert_cmpuint (dk_enterprise_get_notes (enterprise)->len, ==, 5);
  g_assert_cmpstr (dk_enterprise_get_note (enterprise, "town")->finding, ==, "二\n三");
  g_assert_cmpstr (dk_enterprise_get_note (enterprise, "town")->evidence, ==, "c.pdf");
  g_assert_cmpstr (dk_enterprise_get_note (enterprise, "town")->explains, ==, "");
  g_assert_null (dk_enterprise_get_note (enterprise, "paint"));
  copy = dk_enterprise_dup (enterprise);
  written = dk_enterprise_to_json (copy);
  g_assert_nonnull (strstr (written, NOTES));
  again = load (written, NULL);
  again_written = dk_enterprise_to_json (again);
  g_assert_cmpstr (again_written, ==, written);

  g_assert_true (dk_enterprise_set_note (copy, note, NULL));
  g_assert_cmpstr (dk_enterprise_get_note (copy, "town")->finding, ==, "d");
  g_assert_true (dk_note_equal (dk_enterprise_get_note (copy, "town"), parsed));
  g_assert_null (bad);
  g_assert_true (dk_enterprise_set_note (copy, blank, NULL));
  g_assert_null (dk_enterprise_get_note (copy, "town"));
  g_assert_cmpuint (dk_enterprise_get_notes (copy)->len, ==, 4);
  g_assert_cmpuint (dk_enterprise_get_notes (enterprise)->len, ==, 5);
  g_assert_false (dk_enterprise_set_note (copy, stranger, &error));
  g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  load_catalogue ();
  g_test_add_func ("/model/enterprise/good", test_good);
  g_test_add_func ("/model/enterprise/round-trip", test_round_trip);
  g_test_add_func ("/model/enterprise/empty", test_empty);
  g_test_add_func ("/model/enterprise/complete-and-empty", test_complete_and_empty);
  g_test_add_func ("/model/enterprise/codes", test_codes);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/enterprise/mistake/%s", mistakes[i].name);

      g_test_add_data_func (path, &mistakes[i], test_mistake);
    }
  g_test_add_func ("/model/enterprise/all-mistakes-are-listed", test_all_mistakes_are_listed);
  g_test_add_func ("/model/enterprise/contradiction-is-a-warning", test_contradiction_is_a_warning);
  g_test_add_func ("/model/enterprise/part-may-equal-whole", test_part_may_equal_whole);
  g_test_add_func ("/model/enterprise/lenient", test_lenient);
  g_test_add_func ("/model/enterprise/lenient-mistakes", test_lenient_mistakes);
  g_test_add_func ("/model/enterprise/parse-value", test_parse_value);
  g_test_add_func ("/model/enterprise/set", test_set);
  g_test_add_func ("/model/enterprise/not-known-yet", test_not_known_yet);
  g_test_add_func ("/model/enterprise/not-known-in-rows", test_not_known_in_rows);
  g_test_add_func ("/model/enterprise/bind", test_bind);
  g_test_add_func ("/model/enterprise/bind-unanswered", test_bind_unanswered);
  g_test_add_func ("/model/enterprise/founding", test_founding);
  g_test_add_func ("/model/enterprise/clipping", test_clipping);
  g_test_add_func ("/model/enterprise/clipping-is-sound", test_clipping_is_sound);
  g_test_add_func ("/model/enterprise/far-years", test_far_years);
  g_test_add_func ("/model/enterprise/sources", test_sources);
  g_test_add_func ("/model/enterprise/figures", test_figures);
  g_test_add_func ("/model/enterprise/notes", test_notes);
  status = g_test_run ();
  dk_catalogue_free (catalogue);
  dk_document_free (catalogue_document);
  return status;
}
