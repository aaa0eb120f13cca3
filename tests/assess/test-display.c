/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "dk-library.h"
#include "dk-wording.h"

static void
assert_shown (DkValue     value,
              DkKind      kind,
              DkUnit      unit,
              const char *language,
              const char *expected)
{
  g_autofree char *text = dk_value_to_display (&value, kind, unit, NULL, NULL, language);

  g_assert_cmpstr (text, ==, expected);
}

static DkValue
point (gint64 num,
       gint64 den)
{
  return DK_VALUE_POINT (((DkNumber) { num, den }));
}

static void
test_numbers (void)
{
  assert_shown (point (501, 1), DK_KIND_NUMBER, DK_UNIT_COUNT, "en", "501");
  assert_shown (point (1234567, 1), DK_KIND_NUMBER, DK_UNIT_COUNT, "en", "1,234,567");
  assert_shown (point (-1500, 1), DK_KIND_NUMBER, DK_UNIT_PLAIN, "en", "−1,500");
  assert_shown (point (1, 20), DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "5.00 %");
  assert_shown (point (1, 3), DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "33.33 %");
  assert_shown (point (5, 2), DK_KIND_NUMBER, DK_UNIT_POINTS, "en", "2.5 points");
  assert_shown (point (1, 1), DK_KIND_NUMBER, DK_UNIT_YEARS, "en", "1 year");
  assert_shown (point (3, 1), DK_KIND_NUMBER, DK_UNIT_MONTHS, "en", "3 months");
}

static void
test_money (void)
{
  assert_shown (point (30000000, 1), DK_KIND_NUMBER, DK_UNIT_YUAN, "en", "CNY 30,000,000");
  assert_shown (point (2900000001, 100), DK_KIND_NUMBER, DK_UNIT_YUAN, "en", "CNY 29,000,000.01");
  /* Without translations the words are English; which unit is chosen is what is tested. */
  assert_shown (point (30000000, 1), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "3,000 ten thousand yuan");
  assert_shown (point (123456789, 1), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "12,345.6789 ten thousand yuan");
  assert_shown (point (200000000, 1), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "2 hundred million yuan");
  assert_shown (point (2900000001, 100), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "29,000,000.01 yuan");
  assert_shown (point (9999, 1), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "9,999 yuan");
}

/* All in one unit: two digits, or as many as it takes to be exact to the fen. */
static void
test_money_in_one_unit (void)
{
  static const struct { gint64 fen; const char *wan, *yuan, *english; } amounts[] = {
    { 0, "0.00 ten thousand yuan", "0 yuan", "¥0" },
    { 1, "0.000001 ten thousand yuan", "0.01 yuan", "¥0.01" },
    { 999999, "0.999999 ten thousand yuan", "9,999.99 yuan", "¥9,999.99" },
    { 1000000, "1.00 ten thousand yuan", "10,000 yuan", "¥10,000" },
    { 18400000, "18.40 ten thousand yuan", "184,000 yuan", "¥184,000" },
    { 18403251, "18.403251 ten thousand yuan", "184,032.51 yuan", "¥184,032.51" },
    { 18403250, "18.40325 ten thousand yuan", "184,032.50 yuan", "¥184,032.50" },
    { 10000000000, "10,000.00 ten thousand yuan", "100,000,000 yuan", "¥100,000,000" },
    { -150000000, "−150.00 ten thousand yuan", "−1,500,000 yuan", "−¥1,500,000" },
  };
  DkValue range = DK_VALUE_RANGE (DK_NUMBER (120000), DK_NUMBER (1600000)), below = DK_VALUE_RANGE (DK_NUMBER (-120000), DK_NUMBER (80000));

  dk_display_set_money (DK_MONEY_WAN);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    assert_shown (point (amounts[i].fen, 100), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", amounts[i].wan);
  assert_shown (range, DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "12.00–160.00 ten thousand yuan");
  assert_shown (below, DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "−12.00 to 8.00 ten thousand yuan");
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (560000), DK_INFINITY), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "at least 56.00 ten thousand yuan");
  assert_shown (range, DK_KIND_NUMBER, DK_UNIT_YUAN, "en", "¥120,000–1,600,000");
  dk_display_set_money (DK_MONEY_YUAN);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      assert_shown (point (amounts[i].fen, 100), DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", amounts[i].yuan);
      assert_shown (point (amounts[i].fen, 100), DK_KIND_NUMBER, DK_UNIT_YUAN, "en", amounts[i].english);
    }
  assert_shown (range, DK_KIND_NUMBER, DK_UNIT_YUAN, "zh", "120,000–1,600,000 yuan");
  dk_display_set_money (DK_MONEY_AUTO);
}

static void
test_ranges (void)
{
  DkValue maybe = DK_VALUE_RANGE (DK_NUMBER (50), DK_NUMBER (100));

  assert_shown (maybe, DK_KIND_NUMBER, DK_UNIT_POINTS, "en", "50–100 points");
  maybe.state |= DK_UNDEFINED;
  assert_shown (maybe, DK_KIND_NUMBER, DK_UNIT_POINTS, "en", "50–100 points, or not computable");
  assert_shown (DK_VALUE_RANGE (DK_ZERO, DK_INFINITY), DK_KIND_NUMBER, DK_UNIT_YUAN, "en", "not known yet");
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (2), DK_INFINITY), DK_KIND_NUMBER, DK_UNIT_COUNT, "en", "at least 2");
  assert_shown (DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_NUMBER (2)), DK_KIND_NUMBER, DK_UNIT_COUNT, "en", "at most 2");
  /* From a day of which nothing is known there are centuries; from one that is known roughly there are months. */
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (-1201), DK_ZERO), DK_KIND_NUMBER, DK_UNIT_MONTHS, "en", "not known yet");
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (-1200), DK_ZERO), DK_KIND_NUMBER, DK_UNIT_MONTHS, "en", "−1,200–0 months");
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (3), DK_NUMBER (104)), DK_KIND_NUMBER, DK_UNIT_YEARS, "en", "not known yet");
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (-40000), DK_NUMBER (0)), DK_KIND_NUMBER, DK_UNIT_DAYS, "en", "not known yet");
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (0), DK_NUMBER (100)), DK_KIND_NUMBER, DK_UNIT_YEARS, "en", "0–100 years");
  assert_shown (DK_VALUE_RANGE (DK_NUMBER (-1), DK_INFINITY), DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "not known yet");
  assert_shown (DK_VALUE_RANGE (((DkNumber) { -1, 2 }), DK_INFINITY), DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "at least −50.00 %");
  maybe = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  maybe.state |= DK_UNDEFINED;
  assert_shown (maybe, DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "not known yet");
  /* Ends of a root that are alike to the eye. */
  assert_shown (DK_VALUE_RANGE (((DkNumber) { 2499999999, 10000000000 }), ((DkNumber) { 1, 4 })), DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "25.00 %");
  assert_shown (DK_VALUE_UNDEFINED, DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "not computable");
  assert_shown (DK_VALUE_NA, DK_KIND_NUMBER, DK_UNIT_RATIO, "en", "does not apply");
}

static void
test_others (void)
{
  DkChoices choices = { (char *) "grade", g_ptr_array_new (), g_ptr_array_new () };
  DkText good = { (char *) "良", (char *) "Good" }, fair = { (char *) "中", (char *) "Fair" };
  DkValue either = DK_VALUE_CHOICE (3);
  g_autofree char *text = NULL, *chinese = NULL;

  g_ptr_array_add (choices.options, (gpointer) "good");
  g_ptr_array_add (choices.options, (gpointer) "fair");
  g_ptr_array_add (choices.labels, &good);
  g_ptr_array_add (choices.labels, &fair);
  text = dk_value_to_display (&either, DK_KIND_CHOICE, DK_UNIT_PLAIN, &choices, NULL, "en");
  g_assert_cmpstr (text, ==, "Good or Fair");
  either = DK_VALUE_CHOICE (2);
  chinese = dk_value_to_display (&either, DK_KIND_CHOICE, DK_UNIT_PLAIN, &choices, NULL, "zh");
  g_assert_cmpstr (chinese, ==, "中");
  g_ptr_array_unref (choices.options);
  g_ptr_array_unref (choices.labels);

  assert_shown (DK_VALUE_TRUTH (DK_TRUE), DK_KIND_TRUTH, DK_UNIT_PLAIN, "en", "yes");
  assert_shown (DK_VALUE_TRUTH (DK_OPEN), DK_KIND_TRUTH, DK_UNIT_PLAIN, "en", "not known yet");
  assert_shown (point (dk_date_from_ymd (2026, 7, 15), 1), DK_KIND_DATE, DK_UNIT_PLAIN, "en", "2026-07-15");
  assert_shown (point (dk_text_intern ("Huangpu"), 1), DK_KIND_TEXT, DK_UNIT_PLAIN, "en", "Huangpu");
}

/* Articles of laws, rules that are counted in parts, and whatever else a source is divided into. */
static void
test_articles (void)
{
  static const struct { const char *article, *text; } articles[] = {
    { "6", "art. 6" }, { "6(2)", "art. 6(2)" }, { "2.1.3", "2.1.3" }, { "2.1.3(1)", "2.1.3(1)" }, { "2.", "art. 2." }, { "2.x", "art. 2.x" },
    { "annex 1", "annex 1" }, { ".5", ".5" },
  };
  DkWording wording = { NULL, NULL, NULL, "en" };

  for (guint i = 0; i < G_N_ELEMENTS (articles); i++)
    {
      g_autofree char *text = dk_wording_name_article (&wording, articles[i].article);

      g_assert_cmpstr (text, ==, articles[i].text);
    }

  wording.language = "zh";
  dk_library_set_language ("zh");
  {
    g_autofree char *plain = dk_wording_name_article (&wording, "6(2)"), *parts = dk_wording_name_article (&wording, "2.1.2(1)");
    g_autofree char *annex = dk_wording_name_article (&wording, "附件2");

    g_assert_cmpstr (plain, ==, "第6条(2)");
    g_assert_cmpstr (parts, ==, "第2.1.2条(1)");
    g_assert_cmpstr (annex, ==, "附件2");
  }
  dk_library_set_language ("en");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/assess/display/numbers", test_numbers);
  g_test_add_func ("/assess/display/money", test_money);
  g_test_add_func ("/assess/display/money-in-one-unit", test_money_in_one_unit);
  g_test_add_func ("/assess/display/ranges", test_ranges);
  g_test_add_func ("/assess/display/others", test_others);
  g_test_add_func ("/assess/display/articles", test_articles);
  return g_test_run ();
}
