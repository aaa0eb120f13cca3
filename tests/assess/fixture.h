/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small catalogue and small packs that the tests of this room share. */
#pragma once

#include "dk-examples.h"

#include <string.h>

typedef struct
{
  DkDocument  *document; /* of the catalogue, which borrows from it */
  DkCatalogue *catalogue;
  DkRulebook  *book;
} Fixture;

static const char fixture_catalogue[] =
  "founded: founded_on\n"
  "pages:\n"
  "  - {id: base, title: {zh: 基本, en: Basics}}\n"
  "  - {id: money, title: {zh: 财务, en: Money}}\n"
  "facts:\n"
  "  - {id: founded_on, page: base, kind: date, min: 1990-01-01, label: {zh: 成立日期, en: Founded on}}\n"
  "  - {id: resident, page: base, kind: truth, label: {zh: 居民企业, en: Resident}}\n"
  "  - {id: listed_abnormal, page: base, kind: truth, label: {zh: 经营异常, en: Listed as abnormal}}\n"
  "  - {id: grade, page: base, kind: choice, choices: grade, label: {zh: 等级, en: Grade}}\n"
  "  - {id: passed_on, page: base, kind: date, min: 2000-01-01, max: 2030-12-31, label: {zh: 过会日期, en: Passed on}}\n"
  "  - {id: quality, page: base, kind: number, unit: points, min: 0, max: 10, step: 1, judged: true, label: {zh: 质量, en: Quality}}\n"
  "  - {id: staff, page: base, kind: number, unit: count, period: year, min: 1, step: 1, change: both, label: {zh: 职工总数, en: Staff}}\n"
  "  - {id: st_staff, page: base, kind: number, unit: count, period: year, min: 0, step: 1, change: up, part_of: staff, grows_with: staff,\n"
  "     label: {zh: 科技人员数, en: S&T staff}}\n"
  "  - {id: patents, page: base, kind: number, unit: count, min: 0, step: 1, change: up, derive: 'count(ip where row.kind = invention)',\n"
  "     label: {zh: 发明专利数, en: Inventions}}\n"
  "  - {id: revenue, page: money, kind: number, unit: yuan, period: year, min: 0, step: 10000, change: both, label: {zh: 销售收入, en: Revenue}}\n"
  "  - {id: rd, page: money, kind: number, unit: yuan, period: year, min: 0, step: 10000, change: up, label: {zh: 研发费用, en: R&D expense}}\n"
  "  - {id: assets, page: money, kind: number, unit: yuan, period: year, min: 0, step: 10000, label: {zh: 资产总额, en: Assets}}\n"
  "  - {id: idle, page: money, kind: number, unit: yuan, period: year, min: 0, label: {zh: 无关, en: Idle}}\n"
  "registers:\n"
  "  - id: ip\n"
  "    label: {zh: 知识产权, en: IP}\n"
  "    columns:\n"
  "      - {id: kind, kind: choice, choices: ip_kind, label: {zh: 类型, en: Kind}}\n"
  "      - {id: granted_on, kind: date, label: {zh: 授权日, en: Granted on}}\n"
  "choices:\n"
  "  - {id: grade, label: {zh: 等级, en: Grade}, options: [{id: good, zh: 良, en: Good}, {id: fair, zh: 中, en: Fair}, {id: poor, zh: 差, en: Poor}]}\n"
  "  - {id: ip_kind, label: {zh: 类型, en: Kind}, options: [{id: invention, zh: 发明, en: Invention}, {id: design, zh: 外观, en: Design}]}\n";

/* A scorecard behind entry conditions: figures are made up. */
static const char fixture_demo[] =
  "pack: demo\n"
  "kind: certification\n"
  "title: {zh: 示例, en: Demo}\n"
  "sources:\n"
  "  law: {title: {zh: 办法, en: Measures}, number: 示例1号, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2017-05-03, source: 'law'}\n"
  "rules:\n"
  "  - {id: demo, title: {zh: 示例, en: Demo}, source: 'law#1', all: [entry, score]}\n"
  "  - {id: entry, title: {zh: 条件, en: Entry}, source: 'law#2', all: [resident_ok, record, employees, money]}\n"
  "  - {id: resident_ok, title: {zh: 居民, en: Resident}, source: 'law#2', require: 'resident'}\n"
  "  - {id: record, title: {zh: 信用, en: Record}, source: 'law#2', require: 'not listed_abnormal'}\n"
  "  - {id: employees, title: {zh: 职工, en: Employees}, source: 'law#2', require: 'staff[0] <= 500', advice: {zh: 不变, en: Stay small}}\n"
  "  - {id: money, title: {zh: 收入, en: Money}, source: 'law#2', value: 'revenue[0]', require: '<= 2亿'}\n"
  "  - {id: score, title: {zh: 总分, en: Score}, source: 'law#3', total: [staff_points, rd_points, ip_points], require: '>= 60', max: 100}\n"
  "  - {id: share, title: {zh: 占比, en: Share of S&T staff}, source: 'law#3', value: 'st_staff[0] / staff[0]'}\n"
  "  - id: staff_points\n"
  "    title: {zh: 科技人员, en: Staff points}\n"
  "    source: 'law#3'\n"
  "    points:\n"
  "      of: 'share'\n"
  "      bands:\n"
  "        - {at_least: 30%, points: 20}\n"
  "        - {at_least: 20%, points: 12, source: 'law#4', certainty: '?'}\n"
  "        - {else: 0}\n"
  "  - id: rd_points\n"
  "    title: {zh: 研发投入, en: R&D points}\n"
  "    source: 'law#3'\n"
  "    points: {of: 'rd[0] / revenue[0]', bands: [{at_least: 6%, points: 50}, {at_least: 5%, points: 40}, {at_least: 3%, points: 20}, {else: 0}]}\n"
  "  - {id: ip_points, title: {zh: 成果, en: IP points}, source: 'law#3', points: {of: 'patents', bands: [{at_least: 1, points: 30}, {else: 0}]}}\n"
  "  - {id: small, title: {zh: 人少, en: Few people}, source: 'law#5', warn: 'staff[0] <= 5'}\n"
  "  - {id: growth, title: {zh: 增长, en: Growth}, source: 'law#5', require: '(revenue[0] - revenue[-1]) / revenue[-1] >= 20%'}\n";

static inline void
fixture_add_pack (Fixture    *fixture,
                  const char *text)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkDocument *document = dk_document_parse ("pack.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  g_autofree char *list = NULL;

  if (document == NULL || !dk_rulebook_take_document (fixture->book, document, TRUE, problems))
    {
      list = dk_problems_to_string (problems);
      g_error ("%s", list);
    }
}

/* With a catalogue of the test's own. */
static inline void
fixture_set_up_with (Fixture    *fixture,
                     const char *catalogue)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  fixture->document = dk_document_parse ("facts.yaml", catalogue, strlen (catalogue), DK_FORMAT_YAML, problems);
  if (fixture->document != NULL)
    fixture->catalogue = dk_catalogue_load_document (dk_document_get_root (fixture->document), NULL, problems);
  if (fixture->catalogue == NULL)
    {
      g_autofree char *list = dk_problems_to_string (problems);

      g_error ("%s", list);
    }
  fixture->book = dk_rulebook_new (dk_catalogue_get_scope (fixture->catalogue));
}

static inline void
fixture_set_up (Fixture *fixture)
{
  fixture_set_up_with (fixture, fixture_catalogue);
}

static inline void
fixture_compile (Fixture *fixture)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  if (!dk_rulebook_compile (fixture->book, problems))
    {
      g_autofree char *list = dk_problems_to_string (problems);

      g_error ("%s", list);
    }
}

static inline void
fixture_tear_down (Fixture *fixture)
{
  g_clear_pointer (&fixture->book, dk_rulebook_free);
  g_clear_pointer (&fixture->catalogue, dk_catalogue_free);
  g_clear_pointer (&fixture->document, dk_document_free);
}

/* An enterprise from YAML in the lenient way of examples, figures of 2025: "facts: {staff: 10}". */
static inline DkEnterprise *
fixture_read (Fixture    *fixture,
              const char *text)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse ("enterprise.yaml", text, strlen (text), DK_FORMAT_YAML, problems);
  DkEnterprise *enterprise = dk_enterprise_new (fixture->catalogue);

  if (document == NULL || !dk_enterprise_read (enterprise, dk_document_get_root (document), DK_READ_LENIENT, 2025, problems))
    {
      g_autofree char *list = dk_problems_to_string (problems);

      g_error ("%s", list);
    }
  return enterprise;
}

static inline DkAssessment *
fixture_assess_enterprise (Fixture            *fixture,
                           const DkEnterprise *enterprise)
{
  return dk_assessment_new (fixture->book, enterprise, dk_date_from_ymd (2026, 7, 15), 2025, NULL);
}

static inline DkAssessment *
fixture_assess (Fixture    *fixture,
                const char *text)
{
  g_autoptr(DkEnterprise) enterprise = fixture_read (fixture, text);

  return fixture_assess_enterprise (fixture, enterprise);
}

static inline const DkResult *
fixture_find (const DkAssessment *assessment,
              const char         *id)
{
  const DkResult *result = dk_assessment_find (assessment, id);

  if (result == NULL)
    g_error ("no result %s", id);
  return result;
}

/* "st_staff staff": ids of facts, in order. */
static inline char *
fixture_list_refs (const GArray *refs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < refs->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", g_array_index (refs, DkFactRef, i).fact->id);
  return g_string_free (text, FALSE);
}

#define assert_missing(assessment, id, expected) \
  G_STMT_START { \
    g_autofree char *list_ = fixture_list_refs (fixture_find (assessment, id)->missing); \
    g_assert_cmpstr (list_, ==, expected); \
  } G_STMT_END

#define assert_verdict(assessment, id, expected) \
  g_assert_cmpint (fixture_find (assessment, id)->verdict, ==, expected)

/* Everything known: 86 of 100 points. */
#define FIXTURE_PASSES \
  "facts: {founded_on: 2015-01-01, resident: true, listed_abnormal: false, staff: 100, st_staff: 30, revenue: {'0': 3000万, '-1': 2000万}, rd: 150万, patents: 0}\n"
