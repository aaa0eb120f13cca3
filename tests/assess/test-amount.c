/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-amount"

#include "dk-amount.h"
#include "dk-library.h"

static void
assert_words (const char *yuan,
              const char *zh,
              const char *en)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *chinese = NULL, *english = NULL;
  DkNumber number;

  g_assert_true (dk_number_parse (yuan, -1, &number, arena, NULL));
  dk_library_set_language ("zh");
  chinese = dk_amount_to_words (number, "zh");
  g_assert_cmpstr (chinese, ==, zh);
  english = dk_amount_to_words (number, "en");
  g_assert_cmpstr (english, ==, en);
}

static void
test_units (void)
{
  assert_words ("0", "0元", "¥0");
  assert_words ("1", "1元", "¥1");
  assert_words ("9999", "9,999元", "¥9,999");
  assert_words ("9999.5", "9,999.5元", "¥9,999.5");
  assert_words ("10000", "1万元", "¥10,000");
  assert_words ("15000", "1.5万元", "¥15,000");
  assert_words ("999999", "约100万元", "¥999,999");
  assert_words ("1000000", "100万元", "¥1 million");
  assert_words ("41800000", "4,180万元", "¥41.8 million");
  assert_words ("418000000000", "4,180亿元", "¥418 billion"); /* where 41,800,000 was typed in units of 10,000 */
  assert_words ("12345678.9", "约1,234.57万元", "about ¥12.35 million");
  assert_words ("1000000000000000000000", "10,000,000,000,000亿元", "¥1,000,000,000,000 billion");
}

static void
test_edges (void) /* on the border of a unit, and on both sides; what is rounded up reaches the next one */
{
  assert_words ("9999.99", "9,999.99元", "¥9,999.99");
  assert_words ("9999.994", "约9,999.99元", "about ¥9,999.99");
  assert_words ("9999.999", "约1万元", "about ¥10,000");
  assert_words ("10000.01", "约1万元", "¥10,000.01");
  assert_words ("99999900", "9,999.99万元", "about ¥100 million");
  assert_words ("99999949", "约9,999.99万元", "about ¥100 million");
  assert_words ("99999950", "约1亿元", "about ¥100 million");
  assert_words ("100000000", "1亿元", "¥100 million");
  assert_words ("99600000", "9,960万元", "¥99.6 million"); /* not about 1亿 */
  assert_words ("100499999", "约1亿元", "about ¥100.5 million");
  assert_words ("999999999", "约10亿元", "about ¥1 billion");
}

static void
test_signs (void)
{
  assert_words ("-12345678.9", "约−1,234.57万元", "about −¥12.35 million");
  assert_words ("-20000", "−2万元", "−¥20,000");
  assert_words ("-0.001", "约0元", "about ¥0");
}

static void
assert_value (const DkValue *value,
              const char    *zh,
              const char    *en)
{
  g_autofree char *chinese = NULL, *english = NULL;

  dk_library_set_language ("zh");
  chinese = dk_amount_value_to_words (value, "zh");
  g_assert_cmpstr (chinese, ==, zh);
  english = dk_amount_value_to_words (value, "en");
  g_assert_cmpstr (english, ==, en);
}

static void
test_values (void)
{
  assert_value (&DK_VALUE_POINT (DK_NUMBER (41800000)), "4,180万元", "¥41.8 million");
  assert_value (&DK_VALUE_RANGE (DK_NUMBER (14000000), DK_NUMBER (16000000)), "1,400万元至1,600万元", "¥14 million to ¥16 million");
  assert_value (&DK_VALUE_RANGE (DK_NUMBER (14000000), DK_INFINITY), "至少1,400万元", "at least ¥14 million");
  assert_value (&DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_NUMBER (20000)), "至多2万元", "at most ¥20,000");
  assert_value (&DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_INFINITY), NULL, NULL);
  assert_value (&(DkValue) { .state = DK_UNDEFINED }, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assess/amount/units", test_units);
  g_test_add_func ("/assess/amount/edges", test_edges);
  g_test_add_func ("/assess/amount/signs", test_signs);
  g_test_add_func ("/assess/amount/values", test_values);
  return g_test_run ();
}
