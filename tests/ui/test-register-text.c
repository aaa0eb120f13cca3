/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a register as text, without a window. */
#include "dk-register-text.h"

#include "dk-document.h"
#include "dk-settings.h"

#include <string.h>

#define DAY(year_, month_, day_) (dk_date_from_ymd (year_, month_, day_))

static const char catalogue_text[] =
  "facts:\n"
  "  - {id: x, kind: truth, label: {zh: \"\\u67D0\", en: X}}\n"
  "registers:\n"
  "  - id: ip\n"
  "    label: {zh: \"\\u77E5\\u8BC6\", en: Rights}\n"
  "    columns:\n"
  "      - {id: name, kind: text, label: {zh: \"\\u540D\\u79F0\", en: Name}}\n"
  "      - {id: kind, kind: choice, choices: kinds, label: {zh: \"\\u7C7B\\u522B\", en: Kind}}\n"
  "      - {id: granted_on, kind: date, min: 1985-01-01, label: {zh: \"\\u6388\\u6743\\u65E5\\u671F\", en: Granted on}}\n"
  "      - {id: valid_to, kind: date, may_be_none: true, label: {zh: \"\\u81F3\", en: Protected until}}\n"
  "      - {id: rank, kind: number, unit: count, min: 1, max: 99, step: 1, label: {zh: \"\\u6392\\u540D\", en: Rank}}\n"
  "      - {id: cost, kind: number, unit: yuan, min: 0, label: {zh: \"\\u4EF7\", en: Cost}}\n"
  "      - {id: share, kind: number, unit: ratio, min: 0, max: 1, label: {zh: \"\\u6BD4\", en: Share}}\n"
  "      - {id: major, kind: truth, label: {zh: \"\\u91CD\\u5927\", en: Major}}\n"
  "      - {id: in_year, kind: number, unit: plain, min: 1980, max: 2199, step: 1, label: {zh: \"\\u5E74\", en: Year}}\n"
  "choices:\n"
  "  - id: kinds\n"
  "    label: {zh: \"\\u7C7B\\u522B\", en: Kind}\n"
  "    options:\n"
  "      - {id: invention, zh: \"\\u53D1\\u660E\\u4E13\\u5229\", en: Invention patent}\n"
  "      - {id: utility, zh: \"\\u5B9E\\u7528\\u65B0\\u578B\", en: Utility model}\n"
  "      - {id: utility_b, zh: \"\\u5B9E\\u7528\\u4E59\", en: Utility other}\n";

static DkDocument *document;
static DkCatalogue *catalogue;

static const DkRegister *
get_register (void)
{
  return dk_scope_find_register (dk_catalogue_get_scope (catalogue), "ip", NULL);
}

static const DkSymbol *
get_column (const char *id)
{
  const DkSymbol *column = dk_register_find_column (get_register (), id, NULL);

  g_assert_nonnull (column);
  return column;
}

/* What a text means, as text again; "!" and the reason if it cannot be read. (transfer full) */
static char *
read_in (const char *id,
         const char *text,
         gboolean    in_wan)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(GError) error = NULL;
  DkAnswerState state;
  DkValue value = { 0 };

  if (!dk_cell_parse (get_column (id), text, in_wan, &state, &value, arena, &error))
    {
      g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
      return g_strconcat ("! ", error->message, NULL);
    }
  return dk_cell_to_text (get_column (id), state, &value, in_wan, "en");
}

static void
assert_reads (const char *id,
              const char *text,
              const char *wanted)
{
  g_autofree char *got = read_in (id, text, FALSE);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_dates (void)
{
  static const char *const same[] = {
    "2026-11-22", "2026/11/22", "2026.11.22", "20261122", "2026\u5E7411\u670822\u65E5", "2026 \u5E74 11 \u6708 22 \u65E5",
    "\uFF12\uFF10\uFF12\uFF16\uFF0D\uFF11\uFF11\uFF0D\uFF12\uFF12", " 2026-11-22 00:00:00 ", "2026-11-22T00:00:00Z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    assert_reads ("granted_on", same[i], "2026-11-22");
  assert_reads ("granted_on", "2026/1/5", "2026-01-05");
  assert_reads ("granted_on", "2024-2-29", "2024-02-29");
  assert_reads ("granted_on", "1985-01-01", "1985-01-01");
  assert_reads ("granted_on", "1984-12-31", "! It cannot be earlier than 1985-01-01.");
  assert_reads ("granted_on", "2026-02-29", "! “2026-02-29” is no date. Write it like 2026-11-22.");
  assert_reads ("granted_on", "2026-13-01", "! “2026-13-01” is no date. Write it like 2026-11-22.");
  assert_reads ("granted_on", "26-1-1", "! “26-1-1” is no date. Write it like 2026-11-22.");
  assert_reads ("granted_on", "tomorrow", "! “tomorrow” is no date. Write it like 2026-11-22.");
}

static void
test_years (void) /* are no amounts */
{
  assert_reads ("in_year", "2025", "2025");
  assert_reads ("in_year", "2024-2025", "2024\u20132025");
  assert_reads ("in_year", "\u2265 2024", "\u2265 2024");
  assert_reads ("cost", "2025", "2,025");
}

static void
test_spans_of_days (void) /* what is not known to the day is a range, and reads as it was written */
{
  assert_reads ("granted_on", "2024-02", "2024-02");
  assert_reads ("granted_on", "2024\u5E742\u6708", "2024-02");
  assert_reads ("granted_on", "2024", "2024");
  assert_reads ("granted_on", "2024-01-05 to 2024-03-01", "2024-01-05\u20132024-03-01");
  assert_reads ("granted_on", "2024-01-05\u81F32024-03", "2024-01-05\u20132024-03-31");
  assert_reads ("granted_on", "\u2265 2024-01-05", "\u2265 2024-01-05");
  assert_reads ("granted_on", "2024-03-01..2024-01-05", "! The first date of “2024-03-01..2024-01-05” is later than the second.");
}

static void
test_four_answers (void)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkAnswerState state;
  DkValue value;

  assert_reads ("valid_to", "", "");
  assert_reads ("valid_to", "  ", "");
  assert_reads ("valid_to", "?", "Not known yet");
  assert_reads ("valid_to", "\u6682\u4E0D\u77E5\u9053", "Not known yet");
  assert_reads ("valid_to", "none", "None");
  assert_reads ("valid_to", "\u65E0", "None");
  assert_reads ("valid_to", "/", "None");
  /* Where there is always one, none is refused, and 0 is none where it can be. */
  assert_reads ("granted_on", "none", "! “None” is no answer here. Leave it empty if it is not known.");
  assert_reads ("rank", "none", "! “None” is no answer here. Leave it empty if it is not known.");
  assert_reads ("cost", "\u6CA1\u6709", "None");
  assert_reads ("cost", "0", "None");
  g_assert_true (dk_cell_parse (get_column ("valid_to"), "none", FALSE, &state, &value, arena, NULL));
  g_assert_true (dk_cell_is_none (get_column ("valid_to"), state, &value));
  g_assert_true (value.state == DK_UNDEFINED);
  /* In a text "none" is a word like another. */
  assert_reads ("name", "none", "none");
  assert_reads ("name", "?", "Not known yet");
}

static void
test_numbers (void)
{
  assert_reads ("rank", "1", "1");
  assert_reads ("rank", "99", "99");
  assert_reads ("rank", "\uFF13", "3");
  assert_reads ("rank", "0", "! It must be at least 1.");
  assert_reads ("rank", "100", "! It must be at most 99.");
  assert_reads ("rank", "1.5", "! It must be a whole number.");
  assert_reads ("rank", "first", "! “first” is no number.");
  assert_reads ("rank", "2-5", "2\u20135");
  assert_reads ("rank", "\u2265 5", "\u2265 5");
  assert_reads ("rank", "<=5", "\u2264 5");
  assert_reads ("cost", "1,234,567.5", "1,234,567.5");
  assert_reads ("cost", "12\u4E07", "120,000");
  assert_reads ("cost", "1/3", "1/3");
  assert_reads ("cost", "\u22121", "! It must be at least 0.");
  assert_reads ("share", "5%", "5%");
  assert_reads ("share", "0.054", "5.4%");
  assert_reads ("share", "101%", "! It must be at most 100%.");
  assert_reads ("share", "many", "! “many” is no share. Write it like 5%.");
}

static void
test_amounts_in_wan (void) /* a bare amount is in 10,000 yuan then, one with its unit is not */
{
  g_autofree char *bare = read_in ("cost", "12.5", TRUE);
  g_autofree char *named = read_in ("cost", "12\u4E07", TRUE);
  g_autofree char *range = read_in ("cost", "10-20", TRUE);
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkAnswerState state;
  DkValue value;

  g_assert_cmpstr (bare, ==, "12.5");
  g_assert_cmpstr (named, ==, "12");
  g_assert_cmpstr (range, ==, "10\u201320");
  g_assert_true (dk_cell_parse (get_column ("cost"), "12.5", TRUE, &state, &value, arena, NULL));
  g_assert_true (dk_number_equal (value.low, DK_NUMBER (125000)));
}

static void
test_truths (void)
{
  static const char *const yes[] = { "yes", "Y", "TRUE", "\u662F", "\u221A", "1" };
  static const char *const no[] = { "no", "N", "false", "\u5426", "\u00D7", "0", "\u65E0" };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    assert_reads ("major", yes[i], "Yes");
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    assert_reads ("major", no[i], "No");
  assert_reads ("major", "perhaps", "! “perhaps” is neither yes nor no.");
}

static void
test_choices (void)
{
  assert_reads ("kind", "Invention patent", "Invention patent");
  assert_reads ("kind", "invention", "Invention patent");
  assert_reads ("kind", "\u53D1\u660E\u4E13\u5229", "Invention patent");
  assert_reads ("kind", "\u53D1\u660E", "Invention patent"); /* begins one of them only */
  assert_reads ("kind", "utility", "Utility model");           /* its id */
  assert_reads ("kind", "utility m", "Utility model");
  assert_reads ("kind", "Invention patent | Utility model", "Invention patent | Utility model");
  assert_reads ("kind", "util", "! “util” begins several of the choices: Invention patent, Utility model, Utility other.");
  assert_reads ("kind", "patent", "! “patent” is none of the choices: Invention patent, Utility model, Utility other.");
  assert_reads ("kind", "invention | ", "! “” is none of the choices: Invention patent, Utility model, Utility other.");
}

static void
test_reads_what_it_writes (void)
{
  static const struct { const char *column, *text; } cells[] = {
    { "name", "A \"b\"" }, { "kind", "invention" }, { "granted_on", "2024-02" }, { "granted_on", "2024-01-05..2024-03-02" },
    { "valid_to", "none" }, { "rank", "3" }, { "cost", "1/3" }, { "cost", "12345678.9" }, { "share", "1/3" }, { "major", "no" }, { "cost", "3..5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      const DkSymbol *column = get_column (cells[i].column);
      g_autoptr(DkArena) arena = dk_arena_new ();
      g_autofree char *text = NULL;
      DkAnswerState state, again;
      DkValue value, second;

      g_assert_true (dk_cell_parse (column, cells[i].text, FALSE, &state, &value, arena, NULL));
      text = dk_cell_to_text (column, state, &value, FALSE, "en");
      g_assert_true (dk_cell_parse (column, text, FALSE, &again, &second, arena, NULL));
      g_assert_cmpint (again, ==, state);
      g_assert_true (dk_value_equal (&second, &value, column->kind));
    }
}

static void
test_order (void) /* what is not known comes last, untouched behind that */
{
  static const char *const texts[] = { "2020-01-01", "2021-05", "none", "?", "" };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(DkArena) arena = dk_arena_new ();
      DkCellOrder a, b;
      DkAnswerState state;
      DkValue value = { 0 };

      g_assert_true (dk_cell_parse (get_column ("valid_to"), texts[i], FALSE, &state, &value, arena, NULL));
      dk_cell_get_order (get_column ("valid_to"), state, &value, &a);
      g_assert_true (dk_cell_parse (get_column ("valid_to"), texts[i + 1], FALSE, &state, &value, arena, NULL));
      dk_cell_get_order (get_column ("valid_to"), state, &value, &b);
      g_assert_cmpint (dk_cell_order_compare (&a, &b), <, 0);
      g_assert_cmpint (dk_cell_order_compare (&b, &a), >, 0);
      dk_cell_order_clear (&a);
      dk_cell_order_clear (&b);
    }
}

static void
test_table_is_told_from_cell (void)
{
  g_assert_false (dk_text_is_table (""));
  g_assert_false (dk_text_is_table ("one"));
  g_assert_false (dk_text_is_table ("one\r\n"));
  g_assert_true (dk_text_is_table ("one\ttwo"));
  g_assert_true (dk_text_is_table ("one\ntwo"));
}

static void
test_split_and_append (void)
{
  static const char *const cells[] = { "", "a", "with\ttab", "two\nlines", "\"quoted\"", "it's 5\" wide" };
  g_autoptr(GString) table = g_string_new (NULL);
  g_autoptr(GPtrArray) lines = NULL;
  GPtrArray *line;

  g_string_append (table, "first\n");
  g_string_append_c (table, '\t'); /* an empty first cell */
  for (guint i = 1; i < G_N_ELEMENTS (cells); i++)
    {
      if (i > 1)
        dk_table_append (table, cells[i]);
      else
        g_string_append (table, cells[i]);
    }
  g_string_append (table, "\r\n");
  lines = dk_table_split (table->str);
  g_assert_cmpuint (lines->len, ==, 2);
  line = g_ptr_array_index (lines, 1);
  g_assert_cmpuint (line->len, ==, G_N_ELEMENTS (cells));
  for (guint i = 0; i < line->len; i++)
    g_assert_cmpstr (g_ptr_array_index (line, i), ==, cells[i]);
}

static void
test_paste_by_heads (void) /* in either language, in any order; what has no place is said */
{
  g_autoptr(DkPaste) paste = dk_paste_new (get_register (),
                                           "\u6388\u6743\u65E5\u671F\tName\tRemark\tMajor\r\n2024/3/4\tA\tx\t\u662F\r\n\r\nsoon\tB\t\tno\r\n", 0, FALSE);

  g_assert_true (paste->has_header);
  g_assert_cmpuint (paste->n_rows, ==, 2);
  g_assert_cmpuint (paste->n_bad, ==, 1);
  g_assert_cmpuint (paste->left_out->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (paste->left_out, 0), ==, "Remark");
  g_assert_cmpstr (dk_paste_get_cell (paste, 0, 0)->text, ==, "A");
  g_assert_cmpint (dk_paste_get_cell (paste, 0, 2)->state, ==, DK_ANSWER_VALUE);
  g_assert_true (dk_number_equal (dk_paste_get_cell (paste, 0, 2)->value.low, DK_NUMBER (DAY (2024, 3, 4))));
  g_assert_cmpint (dk_paste_get_cell (paste, 0, 1)->state, ==, DK_ANSWER_NONE);
  g_assert_null (dk_paste_get_cell (paste, 0, 1)->reason);
  g_assert_cmpstr (dk_paste_get_cell (paste, 1, 2)->text, ==, "soon");
  g_assert_cmpint (dk_paste_get_cell (paste, 1, 2)->state, ==, DK_ANSWER_NONE);
  g_assert_cmpstr (dk_paste_get_cell (paste, 1, 2)->reason, ==, "“soon” is no date. Write it like 2026-11-22.");
}

static void
test_paste_in_order (void)
{
  g_autoptr(DkPaste) first = dk_paste_new (get_register (), "A\tinvention\t2024-01-01\nB", 0, FALSE);
  g_autoptr(DkPaste) shifted = dk_paste_new (get_register (), "invention\t2024-01-01\n", 1, FALSE);
  g_autoptr(DkPaste) wide = dk_paste_new (get_register (), "5%\tyes\t2025\tlost\n", 6, FALSE);
  g_autoptr(DkPaste) nothing = dk_paste_new (get_register (), "\r\n \t \n", 0, FALSE);

  g_assert_false (first->has_header);
  g_assert_cmpuint (first->n_rows, ==, 2);
  g_assert_cmpuint (first->n_bad, ==, 0);
  g_assert_cmpstr (dk_paste_get_cell (first, 1, 0)->text, ==, "B");
  g_assert_cmpint (dk_paste_get_cell (shifted, 0, 1)->state, ==, DK_ANSWER_VALUE);
  g_assert_cmpint (dk_paste_get_cell (shifted, 0, 0)->state, ==, DK_ANSWER_NONE);
  g_assert_cmpuint (wide->left_out->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (wide->left_out, 0), ==, "lost");
  g_assert_cmpuint (nothing->n_rows, ==, 0);
}

static void
test_bytes_that_are_no_text (void)
{
  g_autoptr(DkPaste) paste = dk_paste_new (get_register (), "\xff\xfe\tinvention\n\"open\tB\n", 0, FALSE);

  g_assert_cmpuint (paste->n_rows, ==, 2);
  g_assert_true (g_utf8_validate (dk_paste_get_cell (paste, 0, 0)->text, -1, NULL));
  g_assert_cmpstr (dk_paste_get_cell (paste, 1, 0)->text, ==, "\"open"); /* a quote that nobody closes is one */
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  int status;

  g_test_init (&argc, &argv, NULL);
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "en");
  dk_settings_apply_language ();
  document = dk_document_parse ("c.yaml", catalogue_text, strlen (catalogue_text), DK_FORMAT_YAML, problems);
  g_assert_nonnull (document);
  catalogue = dk_catalogue_load_document (dk_document_get_root (document), NULL, problems);
  g_assert_nonnull (catalogue);

  g_test_add_func ("/ui/register-text/dates", test_dates);
  g_test_add_func ("/ui/register-text/years", test_years);
  g_test_add_func ("/ui/register-text/spans-of-days", test_spans_of_days);
  g_test_add_func ("/ui/register-text/four-answers", test_four_answers);
  g_test_add_func ("/ui/register-text/numbers", test_numbers);
  g_test_add_func ("/ui/register-text/amounts-in-wan", test_amounts_in_wan);
  g_test_add_func ("/ui/register-text/truths", test_truths);
  g_test_add_func ("/ui/register-text/choices", test_choices);
  g_test_add_func ("/ui/register-text/reads-what-it-writes", test_reads_what_it_writes);
  g_test_add_func ("/ui/register-text/order", test_order);
  g_test_add_func ("/ui/register-text/table-is-told-from-cell", test_table_is_told_from_cell);
  g_test_add_func ("/ui/register-text/split-and-append", test_split_and_append);
  g_test_add_func ("/ui/register-text/paste-by-heads", test_paste_by_heads);
  g_test_add_func ("/ui/register-text/paste-in-order", test_paste_in_order);
  g_test_add_func ("/ui/register-text/bytes-that-are-no-text", test_bytes_that_are_no_text);
  status = g_test_run ();
  dk_catalogue_free (catalogue);
  dk_document_free (document);
  return status;
}
