/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-enterprise-diff"

#include "dk-enterprise-diff.h"

#include <glib/gstdio.h>
#include <string.h>

/* A catalogue of the test's own, so that a change of the shipped one breaks no test of this. */
static const char catalogue_text[] =
  "sources: paper\n"
  "choices:\n"
  "  - id: paper\n"
  "    label: {zh: 来源, en: Paper}\n"
  "    options:\n"
  "      - {id: audit, zh: 审计, en: Audit}\n"
  "      - {id: tax, zh: 税, en: Tax return}\n"
  "  - id: colour\n"
  "    label: {zh: 颜色, en: Colour}\n"
  "    options:\n"
  "      - {id: red, zh: 红, en: Red}\n"
  "      - {id: green, zh: 绿, en: Green}\n"
  "facts:\n"
  "  - {id: town, kind: text, label: {zh: 城市, en: Town}}\n"
  "  - {id: paint, kind: choice, choices: colour, label: {zh: 颜色, en: Paint}}\n"
  "  - {id: staff, kind: number, unit: count, period: year, min: 1, step: 1, label: {zh: 职工, en: Staff}}\n"
  "registers:\n"
  "  - id: ip\n"
  "    label: {zh: 知识产权, en: IP}\n"
  "    columns:\n"
  "      - {id: name, kind: text, label: {zh: 名, en: Name}}\n"
  "      - {id: revoked_on, kind: date, may_be_none: true, label: {zh: 撤, en: Revoked}}\n"
  "      - {id: cost, kind: number, unit: yuan, min: 0, label: {zh: 价, en: Cost}}\n"
  "  - id: awards\n"
  "    label: {zh: 奖励, en: Awards}\n"
  "    columns:\n"
  "      - {id: rank, kind: number, unit: count, min: 1, step: 1, label: {zh: 名次, en: Rank}}\n";

static DkDocument *catalogue_document;
static DkCatalogue *catalogue;

static void
load_catalogue (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  catalogue_document = dk_document_parse ("c.yaml", catalogue_text, strlen (catalogue_text), DK_FORMAT_YAML, problems);
  g_assert_nonnull (catalogue_document);
  catalogue = dk_catalogue_load_document (dk_document_get_root (catalogue_document), NULL, problems);
  g_assert_nonnull (catalogue);
}

static DkEnterprise *
read (const char *json)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("e.json", json, strlen (json), DK_FORMAT_JSON, problems);
  DkEnterprise *enterprise = dk_enterprise_new (catalogue);

  g_assert_nonnull (document);
  g_assert_true (dk_enterprise_read (enterprise, dk_document_get_root (document), DK_READ_STRICT, 0, problems));
  g_assert_cmpuint (dk_problems_length (problems), ==, 0);
  return enterprise;
}

/* "facts | registers" in few words. */
static char *
describe (const char *before,
          const char *now)
{
  g_autoptr(DkEnterprise) left = read (before), right = read (now);
  g_autoptr(DkEnterpriseDiff) diff = dk_enterprise_diff (left, right);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < diff->facts->len; i++)
    {
      const DkFactDiff *fact = &g_array_index (diff->facts, DkFactDiff, i);
      const DkDiffSide *sides[] = { &fact->before, &fact->now };
      g_autofree char *period = dk_period_to_string (fact->period);

      g_string_append_printf (text, "%s%s", fact->fact->id, period);
      if (fact->source != DK_NO_SOURCE)
        g_string_append_printf (text, "@%u", fact->source);
      for (guint k = 0; k < 2; k++)
        {
          g_autofree char *value = sides[k]->has_value ? dk_fact_value_to_string (fact->fact, &sides[k]->value) : NULL;

          g_string_append_printf (text, " %s", value != NULL ? value : sides[k]->is_unknown ? "?" : "-");
        }
      g_string_append (text, "; ");
    }
  g_string_append (text, "| ");
  for (guint i = 0; i < diff->registers->len; i++)
    {
      const DkRegisterDiff *reg = &g_array_index (diff->registers, DkRegisterDiff, i);

      g_string_append_printf (text, "%s %u>%u -%u +%u; ", reg->reg->id, reg->n_before, reg->n_now, reg->n_gone, reg->n_come);
    }
  return g_string_free (text, FALSE);
}

static void
assert_diff (const char *before,
             const char *now,
             const char *wanted)
{
  g_autofree char *found = describe (before, now);

  g_assert_cmpstr (found, ==, wanted);
}

static void
test_same (void)
{
  const char *all = "{\"name\": \"A\", \"facts\": {\"town\": \"X\", \"staff\": {\"2024\": 5, \"2025\": null}},"
                    " \"registers\": {\"ip\": {\"complete\": true, \"rows\": [{\"name\": \"a\", \"revoked_on\": \"none\"}]}}}";

  assert_diff ("{}", "{}", "| ");
  assert_diff (all, all, "| ");
  assert_diff ("{\"name\": \"A\"}", "{\"name\": \"B\"}", "| ");
}

static void
test_facts (void)
{
  assert_diff ("{\"facts\": {\"town\": \"X\", \"paint\": \"red\"}}", "{\"facts\": {\"town\": \"Y\", \"paint\": \"red\"}}", "town X Y; | ");
  /* Nothing, "not known yet" and a value are three different things; a range is not a number in it. */
  assert_diff ("{\"facts\": {\"staff\": {\"2023\": 1, \"2024\": null, \"2026\": {\"from\": 4, \"to\": 6}}}}",
               "{\"facts\": {\"staff\": {\"2024\": 7, \"2025\": null, \"2026\": 5}}}",
               "staff2023 1 -; staff2024 ? 7; staff2025 - ?; staff2026 4..6 5; | ");
  assert_diff ("{\"facts\": {\"paint\": \"red\"}}", "{\"facts\": {\"paint\": \"green\"}}", "paint red green; | ");
}

static void
test_figures (void)
{
  assert_diff ("{\"facts\": {\"staff\": {\"2024\": 7}}, \"sources\": {\"audit\": {\"staff\": {\"2024\": 7}}, \"tax\": {\"town\": \"X\"}}}",
               "{\"facts\": {\"staff\": {\"2024\": 8}}, \"sources\": {\"audit\": {\"staff\": {\"2024\": 9, \"2023\": 1}}, \"tax\": {\"town\": \"X\"}}}",
               "staff2023@0 - 1; staff2024 7 8; staff2024@0 7 9; | ");
  assert_diff ("{\"sources\": {\"audit\": {\"town\": \"X\"}}}", "{\"sources\": {\"tax\": {\"town\": \"X\"}}}",
               "town@0 X -; town@1 - X; | ");
}

static void
test_notes (void)
{
  g_autoptr(DkEnterprise) before = read ("{\"notes\": {\"town\": {\"finding\": \"a\"}, \"paint\": {\"evidence\": \"p\"}, \"staff@2024\": {\"finding\": \"s\"}}}");
  g_autoptr(DkEnterprise) now = read ("{\"notes\": {\"town\": {\"finding\": \"b\"}, \"paint\": {\"evidence\": \"p\"}, \"staff@2025\": {\"finding\": \"s\"}}}");
  g_autoptr(DkEnterpriseDiff) diff = dk_enterprise_diff (before, now), same = dk_enterprise_diff (now, now);
  const DkNoteDiff *notes = (const DkNoteDiff *) (gpointer) diff->notes->data;

  g_assert_cmpuint (same->notes->len, ==, 0);
  g_assert_cmpuint (diff->facts->len + diff->registers->len, ==, 0);
  g_assert_cmpuint (diff->notes->len, ==, 3);
  g_assert_cmpstr (notes[0].subject, ==, "staff@2024");
  g_assert_null (notes[0].now);
  g_assert_cmpstr (notes[1].subject, ==, "staff@2025");
  g_assert_null (notes[1].before);
  g_assert_cmpstr (notes[2].before->finding, ==, "a");
  g_assert_cmpstr (notes[2].now->finding, ==, "b");
}

#define IP(complete, rows) "{\"registers\": {\"ip\": {\"complete\": " complete ", \"rows\": [" rows "]}}}"

static void
test_rows (void)
{
  assert_diff (IP ("true", "{\"name\": \"a\"}"), IP ("true", "{\"name\": \"a\"}, {\"name\": \"b\"}"), "| ip 1>2 -0 +1; ");
  assert_diff (IP ("true", "{\"name\": \"a\"}, {\"name\": \"b\"}"), IP ("true", "{\"name\": \"b\"}"), "| ip 2>1 -1 +0; ");
  assert_diff (IP ("true", "{\"name\": \"a\", \"cost\": 1}"), IP ("true", "{\"name\": \"a\", \"cost\": 2}"), "| ip 1>1 -1 +1; ");
  /* The same row twice is two rows. */
  assert_diff (IP ("true", "{\"name\": \"a\"}, {\"name\": \"a\"}"), IP ("true", "{\"name\": \"a\"}"), "| ip 2>1 -1 +0; ");
  assert_diff (IP ("true", "{\"name\": \"a\"}, {\"name\": \"b\"}"), IP ("true", "{\"name\": \"b\"}, {\"name\": \"a\"}"), "| ip 2>2 -0 +0; ");
  assert_diff (IP ("true", ""), IP ("false", ""), "| ip 0>0 -0 +0; ");
  assert_diff (IP ("true", ""), "{}", "| ip 0>0 -0 +0; ");
  assert_diff (IP ("false", "{\"name\": \"a\"}"), IP ("false", "{\"name\": \"a\", \"cost\": null}"), "| ip 1>1 -1 +1; ");
  assert_diff (IP ("false", "{\"name\": \"a\"}"), IP ("false", "{\"name\": \"a\", \"revoked_on\": \"none\"}"), "| ip 1>1 -1 +1; ");
}

/* Cells, rows put in and taken out in place come to the same as writing all of them again. */
static void
test_in_place (void)
{
  g_autoptr(DkEnterprise) one = read (IP ("false", "{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"}"));
  g_autoptr(DkEnterprise) other = read (IP ("false", "{\"name\": \"x\", \"cost\": 7}, {\"name\": \"a\"}, {\"name\": \"c\"}, {}"));
  g_autoptr(DkEnterprise) copy = NULL;
  g_autoptr(DkEnterpriseDiff) diff = NULL, none = NULL;
  const DkRows *rows = dk_enterprise_get_rows (other, 0);

  dk_enterprise_remove_row (one, 0, 1);
  dk_enterprise_insert_row (one, 0, 0);
  dk_enterprise_insert_row (one, 0, 3);
  dk_enterprise_set_cell (one, 0, 0, 0, &rows->cells[0]);
  diff = dk_enterprise_diff (one, other);
  g_assert_cmpuint (diff->registers->len, ==, 1); /* the price is still missing */
  dk_enterprise_set_cell (one, 0, 0, 2, &rows->cells[2]);
  none = dk_enterprise_diff (one, other);
  g_assert_cmpuint (none->registers->len, ==, 0);
  g_assert_true (dk_enterprise_get_rows (one, 0)->is_partial);
  copy = dk_enterprise_dup (one);
  while (dk_enterprise_get_rows (one, 0)->n_rows > 0)
    dk_enterprise_remove_row (one, 0, 0);
  g_assert_cmpuint (dk_enterprise_get_rows (copy, 0)->n_rows, ==, 4); /* a copy has cells of its own */
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  load_catalogue ();
  g_test_add_func ("/model/diff/same", test_same);
  g_test_add_func ("/model/diff/facts", test_facts);
  g_test_add_func ("/model/diff/figures", test_figures);
  g_test_add_func ("/model/diff/notes", test_notes);
  g_test_add_func ("/model/diff/rows", test_rows);
  g_test_add_func ("/model/diff/in-place", test_in_place);
  status = g_test_run ();
  dk_catalogue_free (catalogue);
  dk_document_free (catalogue_document);
  return status;
}
