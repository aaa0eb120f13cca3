/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an enterprise file: an error, or an enterprise that is written, read again and bound without loss. */
#define G_LOG_DOMAIN "fuzz-enterprise"

#include "dk-enterprise.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char catalogue_text[] =
  "founded: founded_on\n"
  "choices:\n"
  "  - {id: colour, label: {zh: 颜色, en: Colour}, options: [{id: red, zh: 红, en: Red}, {id: blue, zh: 蓝, en: Blue}]}\n"
  "codes:\n"
  "  - {id: trade, label: {zh: 行业, en: Trade}, entries: {B: 采矿, C: 制造, C39: 电子, C391: 计算机, C3911: 整机}}\n"
  "facts:\n"
  "  - {id: code, kind: text, format: uscc, label: {zh: 代码, en: Code}}\n"
  "  - {id: founded_on, kind: date, label: {zh: 成立, en: Founded}}\n"
  "  - {id: listed_on, kind: date, may_be_none: true, label: {zh: 上市, en: Listed}}\n"
  "  - {id: industry, kind: code, codes: trade, label: {zh: 行业, en: Industry}}\n"
  "  - {id: paint, kind: choice, choices: colour, label: {zh: 颜色, en: Paint}}\n"
  "  - {id: resident, kind: truth, label: {zh: 居民, en: Resident}}\n"
  "  - {id: town, kind: text, label: {zh: 城市, en: Town}}\n"
  "  - {id: rate, kind: number, unit: ratio, label: {zh: 率, en: Rate}}\n"
  "  - {id: staff, kind: number, unit: count, period: year, min: 1, step: 1, label: {zh: 职工, en: Staff}}\n"
  "  - {id: tech, kind: number, unit: count, period: year, min: 0, step: 1, part_of: staff, same_as: [staff],\n"
  "     label: {zh: 科技, en: Tech}}\n"
  "  - {id: sales_q, kind: number, unit: yuan, period: quarter, min: 0, label: {zh: 季, en: Quarterly sales}}\n"
  "  - {id: sales_m, kind: number, unit: yuan, period: month, min: 0, label: {zh: 月, en: Monthly sales}}\n"
  "registers:\n"
  "  - id: ip\n"
  "    label: {zh: 知识产权, en: IP}\n"
  "    columns:\n"
  "      - {id: name, kind: text, label: {zh: 名, en: Name}}\n"
  "      - {id: kind, kind: choice, choices: colour, label: {zh: 类, en: Kind}}\n"
  "      - {id: revoked_on, kind: date, may_be_none: true, label: {zh: 撤, en: Revoked}}\n"
  "      - {id: cost, kind: number, unit: yuan, min: 0, label: {zh: 价, en: Cost}}\n"
  "      - {id: valid, kind: truth, label: {zh: 有效, en: Valid}}\n";

static const DkCatalogue *
get_catalogue (void)
{
  static DkDocument *document;
  static DkCatalogue *catalogue;

  if (catalogue == NULL)
    {
      g_autoptr(DkProblems) problems = dk_problems_new ();

      document = dk_document_parse ("c.yaml", catalogue_text, strlen (catalogue_text), DK_FORMAT_YAML, problems);
      g_assert_nonnull (document);
      catalogue = dk_catalogue_load_document (dk_document_get_root (document), NULL, problems);
      g_assert_nonnull (catalogue);
    }
  return catalogue;
}

/* A bound value has something that it can be, and its ends are in order. */
static void
check_bound (const DkEnterprise *enterprise)
{
  const DkScope *scope = dk_catalogue_get_scope (dk_enterprise_get_catalogue (enterprise));

  for (guint i = 0; i < scope->facts->len; i++)
    for (int back = 0; back < 3; back++)
      {
        const DkSymbol *fact = g_ptr_array_index (scope->facts, i);
        DkSlot slot = { DK_SLOT_FACT, fact, FALSE, -back, fact->period >= DK_PERIOD_QUARTER ? 1 + back : 0, 0 };
        DkValue value;

        dk_enterprise_bind (enterprise, &slot, 1, dk_date_from_ymd (2026, 7, 15), 2025, &value);
        g_assert_true ((value.state & (DK_POINT | DK_RANGE | DK_UNDEFINED)) != 0);
        if (value.state & DK_RANGE && (fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE))
          g_assert_cmpint (dk_number_compare (value.low, value.high), <=, 0);
      }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document =
    dk_document_parse ("f.json", (const char *) data, size, DK_FORMAT_JSON, problems);
  g_autoptr(DkEnterprise) enterprise = NULL;
  g_autoptr(DkEnterprise) again = NULL;
  g_autoptr(DkEnterprise) lenient = NULL;
  g_autoptr(DkDocument) written = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (document == NULL)
    {
      g_assert_cmpuint (dk_problems_count (problems), >, 0);
      return 0;
    }
  enterprise = dk_enterprise_new (get_catalogue ());
  if (!dk_enterprise_read (enterprise, dk_document_get_root (document), DK_READ_STRICT, 2025, problems))
    g_assert_cmpuint (dk_problems_count (problems), >, 0);
  check_bound (enterprise);

  first = dk_enterprise_to_json (enterprise);
  g_clear_pointer (&problems, dk_problems_free);
  problems = dk_problems_new ();
  written = dk_document_parse ("w.json", first, strlen (first), DK_FORMAT_JSON, problems);
  g_assert_nonnull (written);
  again = dk_enterprise_new (get_catalogue ());
  g_assert_true (dk_enterprise_read (again, dk_document_get_root (written), DK_READ_STRICT, 2025, problems));
  second = dk_enterprise_to_json (again);
  g_assert_cmpstr (first, ==, second);

  lenient = dk_enterprise_new (get_catalogue ());
  dk_enterprise_read (lenient, dk_document_get_root (document), DK_READ_LENIENT, 2025, problems);
  check_bound (lenient);
  return 0;
}
