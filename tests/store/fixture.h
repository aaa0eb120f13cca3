/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of its own for each test, a small catalogue, and the content of a workspace as text. */
#pragma once

#include "dk-store-private.h"

#include "dk-document.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char        *folder;
  char        *path;     /* of a workspace that is not there yet */
  DkDocument  *document; /* of the catalogue, which borrows from it */
  DkCatalogue *catalogue;
} Fixture;

#define NO_PERIOD ((DkPeriodKey) { 0, 0, 0 })
#define IN_YEAR(year_) ((DkPeriodKey) { year_, 0, 0 })

static const char fixture_catalogue[] =
  "founded: founded_on\n"
  "sources: paper\n"
  "facts:\n"
  "  - {id: founded_on, kind: date, min: 1900-01-01, label: {zh: 成立, en: Founded}}\n"
  "  - {id: resident, kind: truth, label: {zh: 居民, en: Resident}}\n"
  "  - {id: paint, kind: choice, choices: colour, label: {zh: 颜色, en: Paint}}\n"
  "  - {id: town, kind: text, label: {zh: 城市, en: Town}}\n"
  "  - {id: staff, kind: number, unit: count, period: year, min: 1, step: 1, label: {zh: 职工, en: Staff}}\n"
  "  - {id: revenue, kind: number, unit: yuan, period: year, min: 0, label: {zh: 收入, en: Revenue}}\n"
  "  - {id: sales_q, kind: number, unit: yuan, period: quarter, min: 0, label: {zh: 季, en: Quarterly sales}}\n"
  "  - {id: sales_m, kind: number, unit: yuan, period: month, min: 0, label: {zh: 月, en: Monthly sales}}\n"
  "registers:\n"
  "  - id: ip\n"
  "    label: {zh: 知识产权, en: IP}\n"
  "    columns:\n"
  "      - {id: name, kind: text, label: {zh: 名, en: Name}}\n"
  "      - {id: kind, kind: choice, choices: colour, label: {zh: 类, en: Kind}}\n"
  "      - {id: cost, kind: number, unit: yuan, min: 0, label: {zh: 价, en: Cost}}\n"
  "  - id: awards\n"
  "    label: {zh: 奖励, en: Awards}\n"
  "    columns:\n"
  "      - {id: rank, kind: number, unit: count, min: 1, step: 1, label: {zh: 名次, en: Rank}}\n"
  "choices:\n"
  "  - {id: colour, label: {zh: 颜色, en: Colour}, options: [{id: red, zh: 红, en: Red}, {id: blue, zh: 蓝, en: Blue}]}\n"
  "  - {id: paper, label: {zh: 来源, en: Paper}, options: [{id: audit, zh: 审计, en: Audit}, {id: tax, zh: 税, en: Tax return}]}\n";

/* All of it that a file can say. */
static const char fixture_enterprise[] =
  "{\"name\": \"甲“乙”科技\", \"facts\": {\"founded_on\": \"2019-03-04\", \"resident\": true, \"paint\": {\"one_of\": [\"red\", \"blue\"]},\n"
  " \"town\": \"厦门 \\\"岛\\\" \\\\ \\u0001\", \"staff\": {\"2024\": {\"from\": 45, \"to\": 55}, \"2025\": 60}, \"revenue\": {\"2025\": \"1/3\", \"2024\":\n"
  " 123456789012345678901234567890.12}, \"sales_q\": {\"2025-Q1\": 10, \"2025-Q4\": 40}, \"sales_m\": {\"2025-01\": 1, \"2025-12\": 12}},\n"
  " \"sources\": {\"audit\": {\"founded_on\": \"2019-03-05\", \"revenue\": {\"2025\": \"2/3\", \"2023\": 7}}, \"tax\": {\"sales_q\": {\"2025-Q2\": {\"from\": 1}}}},\n"
  " \"registers\": {\"ip\": {\"complete\": true, \"rows\": [{\"name\": \"a\", \"kind\": \"red\"}, {}, {\"name\": \"c\", \"cost\": {\"from\": 1}}]},\n"
  " \"awards\": {\"complete\": true, \"rows\": []}},\n"
  " \"notes\": {\"town\": {\"finding\": \"已核\", \"evidence\": \"执照 \\\"副本\\\"\"}, \"derived:staff@2025\": {\"explains\": \"1 | 2\"}}}";

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("dk-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "工作区.dengke", NULL);
  fixture->document = dk_document_parse ("c.yaml", fixture_catalogue, strlen (fixture_catalogue), DK_FORMAT_YAML, problems);
  g_assert_nonnull (fixture->document);
  fixture->catalogue = dk_catalogue_load_document (dk_document_get_root (fixture->document), NULL, problems);
  g_assert_nonnull (fixture->catalogue);
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GDir) folder = g_dir_open (fixture->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  dk_catalogue_free (fixture->catalogue);
  dk_document_free (fixture->document);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* (transfer full) */
static inline char *
fixture_build_path (Fixture    *fixture,
                    const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static inline DkStore *
fixture_open (const char *path)
{
  g_autoptr(GError) error = NULL;
  DkStore *store = dk_store_open (path, FALSE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  g_assert_false (dk_store_is_read_only (store));
  return store;
}

static inline DkEnterprise *
fixture_parse (Fixture    *fixture,
               const char *json)
{
  g_autofree char *path = fixture_build_path (fixture, "enterprise.json");
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = NULL;
  DkEnterprise *enterprise;

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  enterprise = dk_enterprise_load (fixture->catalogue, path, problems);
  text = dk_problems_to_string (problems);
  g_assert_cmpstr (text, ==, "");
  g_remove (path);
  return enterprise;
}

static inline gint64
fixture_add (Fixture    *fixture,
             DkStore    *store,
             const char *json)
{
  g_autoptr(DkEnterprise) enterprise = fixture_parse (fixture, json);
  g_autoptr(GError) error = NULL;
  gint64 id = dk_store_add (store, enterprise, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* The rows that @sql finds, cells and rows each on their own. */
static inline char *
fixture_query (sqlite3    *db,
               const char *sql,
               gint64      argument)
{
  GString *text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  int status;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, argument);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                                sqlite3_column_type (statement, i) == SQLITE_NULL ? "(null)"
                                : (const char *) sqlite3_column_text (statement, i));
      g_string_append_c (text, '\n');
    }
  g_assert_cmpint (status, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  return g_string_free (text, FALSE);
}

/* All that an enterprise is, ids and places included; not its journal. */
static inline char *
fixture_dump (DkStore *store,
              gint64   enterprise)
{
  static const char *const queries[] = {
    "SELECT name FROM enterprise WHERE id = ?1",
    "SELECT id, period, layer, source, value FROM fact WHERE enterprise = ?1 ORDER BY id, period, layer, source",
    "SELECT id, complete FROM register WHERE enterprise = ?1 ORDER BY id",
    "SELECT id, register, position FROM line WHERE enterprise = ?1 ORDER BY register, position, id",
    "SELECT line, cell.name, value FROM cell JOIN line ON line.id = line WHERE enterprise = ?1 ORDER BY line, cell.name",
    "SELECT subject, value FROM note WHERE enterprise = ?1 ORDER BY subject",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *part = fixture_query (store->db, queries[i], enterprise);

      g_string_append_printf (text, "%s--\n", part);
    }
  return g_string_free (text, FALSE);
}

static inline void
fixture_set (DkStore    *store,
             gint64      enterprise,
             const char *fact,
             int         year,
             const char *value)
{
  g_autoptr(GError) error = NULL;

  dk_store_set_fact (store, enterprise, fact, IN_YEAR (year), DK_LAYER_ACTUAL, DK_SOURCE_MAIN, value, &error);
  g_assert_no_error (error);
}

static inline char *
fixture_get (DkStore    *store,
             gint64      enterprise,
             const char *fact,
             int         year)
{
  g_autoptr(GError) error = NULL;
  char *value = dk_store_dup_fact (store, enterprise, fact, IN_YEAR (year), DK_LAYER_ACTUAL, DK_SOURCE_MAIN, &error);

  g_assert_no_error (error);
  return value;
}

static inline void
assert_fact (DkStore    *store,
             gint64      enterprise,
             const char *fact,
             int         year,
             const char *wanted)
{
  g_autofree char *value = fixture_get (store, enterprise, fact, year);

  g_assert_cmpstr (value, ==, wanted);
}

/* The enterprise as a file, and what is said of it. */
static inline char *
fixture_read (Fixture *fixture,
              DkStore *store,
              gint64   id,
              DkLayer  layer,
              char   **said)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DkEnterprise) enterprise = dk_store_read (store, id, layer, fixture->catalogue, problems, &error);
  g_autofree char *text = dk_problems_to_string (problems);

  g_assert_no_error (error);
  g_assert_nonnull (enterprise);
  g_assert_cmpuint (dk_problems_count (problems), ==, 0);
  if (said != NULL)
    *said = g_steal_pointer (&text);
  else
    g_assert_cmpstr (text, ==, "");
  return dk_enterprise_to_json (enterprise);
}

static inline void
assert_healthy (DkStore *store)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = dk_store_check (store, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_strjoinv ("\n", lines);
  g_assert_cmpstr (text, ==, "");
}

static inline char *
fixture_load_bytes (const char *path,
                    gsize      *length)
{
  g_autoptr(GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}
