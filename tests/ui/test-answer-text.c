/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-answer-text.h"
#include "dk-fact-value.h"
#include "dk-library.h"

static DkCatalogue *catalogue;
static DkArena *arena;

static const DkSymbol *
find (const char *id)
{
  const DkFact *fact = dk_catalogue_find_fact (catalogue, id);

  g_assert_nonnull (fact);
  return fact->symbol;
}

/* The answer as a file has it; "" for none, "?" for unknown, "!" for an error. */
static char *
parse (const DkSymbol *fact,
       const char     *text,
       gboolean        in_wan)
{
  DkAnswerState state = 77;
  DkValue value = DK_VALUE_NA;
  g_autoptr(GError) error = NULL;

  if (!dk_answer_parse (fact, text, in_wan, arena, &state, &value, &error))
    {
      g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
      g_assert_cmpuint (strlen (error->message), >, 3);
      g_assert_cmpint (state, ==, 77);
      g_assert_cmpuint (value.state, ==, DK_NA);
      return g_strdup ("!");
    }
  g_assert_no_error (error);
  if (state != DK_ANSWER_VALUE)
    return g_strdup (state == DK_ANSWER_NONE ? "" : "?");
  /* Whatever is taken can be stored. */
  g_assert_true (dk_fact_check (fact, &value, TRUE, &error));
  g_assert_no_error (error);
  return dk_fact_value_to_string (fact, &value);
}

#define assert_reads(id, text, wan, wanted) \
  G_STMT_START { \
    g_autofree char *_found = parse (find (id), text, wan); \
    if (!g_str_equal (_found, wanted)) \
      g_test_message ("%s: \"%s\"", id, text); \
    g_assert_cmpstr (_found, ==, wanted); \
  } G_STMT_END

static void
test_states (void)
{
  assert_reads ("revenue", "", TRUE, "");
  assert_reads ("revenue", " 　 ", TRUE, "");
  assert_reads ("revenue", "?", TRUE, "?");
  assert_reads ("revenue", "？", TRUE, "?");
  assert_reads ("revenue", "unknown", TRUE, "?");
  assert_reads ("revenue", "暂不知道", TRUE, "?");
  assert_reads ("revenue", "none", TRUE, "0");
  assert_reads ("revenue", "None", TRUE, "0");
  assert_reads ("revenue", "无", TRUE, "0");
  assert_reads ("revenue", "没有", TRUE, "0");
  assert_reads ("staff", "none", TRUE, "!"); /* one at least */
  assert_reads ("founded_on", "none", TRUE, "!");
  assert_reads ("founded_on", "?", TRUE, "?");
}

static void
test_amounts (void)
{
  assert_reads ("revenue", "4180", TRUE, "41800000");
  assert_reads ("revenue", "4180", FALSE, "4180");
  assert_reads ("revenue", "4,180.00", TRUE, "41800000");
  assert_reads ("revenue", "４，１８０．５", TRUE, "41805000");
  assert_reads ("revenue", "0.000001", TRUE, "0.01");
  assert_reads ("revenue", "0.1", FALSE, "0.1");
  assert_reads ("revenue", ".5", TRUE, "5000");
  assert_reads ("revenue", "5.", TRUE, "50000");
  assert_reads ("revenue", "¥5", FALSE, "5");
  assert_reads ("revenue", "￥ 5", FALSE, "5");
  assert_reads ("revenue", "3.2亿", TRUE, "320000000");
  assert_reads ("revenue", "3.2亿", FALSE, "320000000");
  assert_reads ("revenue", "150万", FALSE, "1500000");
  assert_reads ("revenue", "150万元", TRUE, "1500000");
  assert_reads ("revenue", "1500000元", TRUE, "1500000");
  assert_reads ("revenue", "99999999999999999999", FALSE, "99999999999999999999");
  assert_reads ("revenue", "99999999999999999999", TRUE, "999999999999999999990000");
}

static void
test_commas (void)
{
  assert_reads ("revenue", "1,200", FALSE, "1200");
  assert_reads ("revenue", "1，234，567.89", FALSE, "1234567.89");
  assert_reads ("revenue", "12,00", FALSE, "!");
  assert_reads ("revenue", "1200,000", FALSE, "!");
  assert_reads ("revenue", "1,2000", FALSE, "!");
  assert_reads ("revenue", "1,200,", FALSE, "!");
  assert_reads ("revenue", ",200", FALSE, "!");
  assert_reads ("revenue", "1,,200", FALSE, "!");
  assert_reads ("revenue", "1.200,000", FALSE, "!");
  assert_reads ("revenue", "1,200-1,300", FALSE, "1200..1300");
}

static void
test_sums (void)
{
  assert_reads ("revenue", "1200+350", TRUE, "15500000");
  assert_reads ("revenue", "1200＋350", TRUE, "15500000");
  assert_reads ("revenue", "1200+350-50", TRUE, "15000000");
  assert_reads ("revenue", "=1200-350", TRUE, "8500000");
  assert_reads ("revenue", "3*12", TRUE, "360000");
  assert_reads ("revenue", "3×12", TRUE, "360000");
  assert_reads ("revenue", "10/3", FALSE, "10/3");
  assert_reads ("revenue", "2亿*3", TRUE, "600000000");
  assert_reads ("revenue", "2亿+500", TRUE, "205000000");
  assert_reads ("revenue", "(1+2)*3", FALSE, "9");
  assert_reads ("revenue", "（1+2）*3", FALSE, "9");
  assert_reads ("revenue", "2亿*3亿", TRUE, "!");
  assert_reads ("revenue", "6/2亿", TRUE, "!");
  assert_reads ("revenue", "1/0", FALSE, "!");
  assert_reads ("revenue", "2^3", FALSE, "!");
  assert_reads ("revenue", "1200+", TRUE, "!");
  assert_reads ("revenue", "staff", TRUE, "!");
  assert_reads ("revenue", "1 200", TRUE, "!");
}

static void
test_ranges (void)
{
  assert_reads ("revenue", "15-20", TRUE, "150000..200000");
  assert_reads ("revenue", "15 – 20", TRUE, "150000..200000");
  assert_reads ("revenue", "15－20", TRUE, "150000..200000");
  assert_reads ("revenue", "15~20", TRUE, "150000..200000");
  assert_reads ("revenue", "15～20", TRUE, "150000..200000");
  assert_reads ("revenue", "15..20", TRUE, "150000..200000");
  assert_reads ("revenue", "15…20", TRUE, "150000..200000");
  assert_reads ("revenue", "15至20", TRUE, "150000..200000");
  assert_reads ("revenue", "15 to 20", TRUE, "150000..200000");
  assert_reads ("revenue", "1-2亿", TRUE, "100000000..200000000");
  assert_reads ("revenue", "5000万-2亿", FALSE, "50000000..200000000");
  assert_reads ("revenue", "15-15", TRUE, "150000");
  assert_reads ("revenue", "20-15", TRUE, "!");
  assert_reads ("revenue", "15-", TRUE, "150000..");
  assert_reads ("revenue", "..20", TRUE, "0..200000");
  assert_reads ("revenue", "..", TRUE, "!");
  assert_reads ("revenue", ">=5", FALSE, "5..");
  assert_reads ("revenue", "≥5", FALSE, "5..");
  assert_reads ("revenue", "at least 5", FALSE, "5..");
  assert_reads ("revenue", "至少5", FALSE, "5..");
  assert_reads ("revenue", "5 or more", FALSE, "5..");
  assert_reads ("revenue", "5以上", FALSE, "5..");
  assert_reads ("revenue", "≤5", FALSE, "0..5");
  assert_reads ("revenue", "不超过5", FALSE, "0..5");
  assert_reads ("staff", "≤0", FALSE, "!");
}

static void
test_about (void)
{
  assert_reads ("revenue", "约50", TRUE, "450000..550000");
  assert_reads ("revenue", "大约50", TRUE, "450000..550000");
  assert_reads ("revenue", "about 50", TRUE, "450000..550000");
  assert_reads ("revenue", "≈50", TRUE, "450000..550000");
  assert_reads ("revenue", "~50", TRUE, "450000..550000");
  assert_reads ("revenue", "约15-20", TRUE, "150000..200000");
  assert_reads ("staff", "约25", FALSE, "22..28"); /* outward to whole people */
  assert_reads ("staff", "about 1", FALSE, "1..2");
  assert_reads ("core_product_share", "about 100", FALSE, "0.9..1");
  assert_reads ("revenue", "about 0", FALSE, "0");
  assert_reads ("revenue", "about", FALSE, "!");
  assert_reads ("revenue", "about -5", FALSE, "!");
}

static void
test_domain (void)
{
  assert_reads ("revenue", "-5", FALSE, "!");
  assert_reads ("revenue", "−5", FALSE, "!");
  assert_reads ("revenue", "0", TRUE, "0");
  assert_reads ("staff", "0", TRUE, "!");
  assert_reads ("staff", "1", TRUE, "1"); /* people are never counted in tens of thousands */
  assert_reads ("staff", "30.5", TRUE, "!");
  assert_reads ("staff", "30人", TRUE, "30");
  assert_reads ("staff", "30 people", TRUE, "30");
  assert_reads ("staff", "30元", TRUE, "!");
  assert_reads ("staff", "30%", TRUE, "!");
  assert_reads ("staff_hnte", "30.25", TRUE, "30.25");
  assert_reads ("core_product_share", "60", TRUE, "0.6");
  assert_reads ("core_product_share", "60%", TRUE, "0.6");
  assert_reads ("core_product_share", "0.6", TRUE, "0.006");
  assert_reads ("core_product_share", "55-65%", TRUE, "0.55..0.65");
  assert_reads ("core_product_share", "100.01", TRUE, "!");
  assert_reads ("core_product_share", "100", TRUE, "1");
}

static void
test_dates (void)
{
  assert_reads ("founded_on", "2019-03-04", TRUE, "2019-03-04");
  assert_reads ("founded_on", "2019-3-4", TRUE, "2019-03-04");
  assert_reads ("founded_on", "2019/3/4", TRUE, "2019-03-04");
  assert_reads ("founded_on", "2019.3.4", TRUE, "2019-03-04");
  assert_reads ("founded_on", "20190304", TRUE, "2019-03-04");
  assert_reads ("founded_on", "2019年3月4日", TRUE, "2019-03-04");
  assert_reads ("founded_on", "2019 年 3 月 4 日", TRUE, "2019-03-04");
  assert_reads ("founded_on", "２０１９年３月４日", TRUE, "2019-03-04");
  assert_reads ("founded_on", "2019-02", TRUE, "2019-02-01..2019-02-28");
  assert_reads ("founded_on", "2020年2月", TRUE, "2020-02-01..2020-02-29");
  assert_reads ("founded_on", "2019", TRUE, "2019-01-01..2019-12-31");
  assert_reads ("founded_on", "2019-03..2019-05", TRUE, "2019-03-01..2019-05-31");
  assert_reads ("founded_on", "2019-03-01 - 2019-03-05", TRUE, "2019-03-01..2019-03-05");
  assert_reads ("founded_on", "2019-02-29", TRUE, "!");
  assert_reads ("founded_on", "2019-13-01", TRUE, "!");
  assert_reads ("founded_on", "19-3-4", TRUE, "!");
  assert_reads ("founded_on", "2019-3-4x", TRUE, "!");
  assert_reads ("founded_on", "1899-12-31", TRUE, "!");
  assert_reads ("founded_on", "1900-01-01", TRUE, "1900-01-01");
  assert_reads ("founded_on", "0000-01-01", TRUE, "!");
  assert_reads ("founded_on", "tomorrow", TRUE, "!");
}

static void
test_words (void)
{
  assert_reads ("is_resident", "yes", TRUE, "true");
  assert_reads ("is_resident", "是", TRUE, "true");
  assert_reads ("is_resident", "否", TRUE, "false");
  assert_reads ("is_resident", "?", TRUE, "?");
  assert_reads ("is_resident", "maybe", TRUE, "!");
  assert_reads ("industry", "C3911", TRUE, "C3911");
  assert_reads ("industry", "c3911", TRUE, "C3911");
  assert_reads ("industry", "3911", TRUE, "C3911");
  assert_reads ("industry", "C39", TRUE, "C39");
  assert_reads ("industry", "C3911 计算机整机制造", TRUE, "C3911");
  assert_reads ("industry", "计算机整机制造", TRUE, "C3911");
  assert_reads ("industry", "C9999", TRUE, "!");
  assert_reads ("district", " 黄埔区 ", TRUE, "黄埔区");
  assert_reads ("district", "?", TRUE, "?");
}

static char *
parse_code (const char *text)
{
  const DkFact *fact = dk_catalogue_find_fact (catalogue, "uscc");
  DkAnswerState state;
  DkValue value;
  g_autoptr(GError) error = NULL;

  if (!dk_answer_parse_fact (fact, text, TRUE, arena, &state, &value, &error))
    {
      g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
      return g_strdup ("!");
    }
  return state == DK_ANSWER_VALUE ? dk_fact_value_to_string (fact->symbol, &value) : g_strdup (state == DK_ANSWER_NONE ? "" : "?");
}

static void
test_credit_codes (void)
{
  static const struct { const char *text, *wanted; } codes[] = {
    { "91350211M00013FG19", "91350211M00013FG19" },
    { " 91350211m00013fg19 ", "91350211M00013FG19" },
    { "９１３５０２１１Ｍ０００１３ＦＧ１９", "91350211M00013FG19" },
    { "91350211M00013FG18", "!" },
    { "91350211M00013FG1", "!" },
    { "91350211M00013FG199", "!" },
    { "9135O211M00013FG19", "!" },
    { "?", "?" },
    { "", "" },
    { "\xff", "!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *found = parse_code (codes[i].text);

      g_assert_cmpstr (found, ==, codes[i].wanted);
    }
}

/* Any bytes end in an answer or in a reason, never in anything else. */
static void
test_noise (void)
{
  static const char *const pieces[] = { "1", "20", "-", "..", "~", ",", ".", "(", ")", "+", "*", "/", "万", "亿", "%", "约", "至", " ", "?", "无", "以上", "=", ">=", "a" };
  static const char *const facts[] = { "revenue", "staff", "core_product_share", "founded_on", "industry" };
  g_autofree char *huge = g_strnfill (100000, '9');
  g_autofree char *deep = g_strnfill (3000, '(');

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *found = NULL;

      for (int n = g_test_rand_int_range (1, 8); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      found = parse (find (facts[i % G_N_ELEMENTS (facts)]), text->str, i & 1);
      if (i % 1000 == 0)
        dk_arena_clear (arena);
    }
  assert_reads ("revenue", huge, TRUE, "!");
  assert_reads ("revenue", deep, TRUE, "!");
  assert_reads ("revenue", "\xff", TRUE, "!");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = NULL;
  g_autoptr(DkProblems) problems = dk_problems_new ();
  int result;

  g_test_init (&argc, &argv, NULL);
  dk_library_set_language ("zh"); /* the English words are understood all the same */
  directory = dk_library_get_data_directory ();
  catalogue = dk_catalogue_load (directory, problems);
  g_assert_nonnull (catalogue);
  arena = dk_arena_new ();

  g_test_add_func ("/ui/answer-text/states", test_states);
  g_test_add_func ("/ui/answer-text/amounts", test_amounts);
  g_test_add_func ("/ui/answer-text/commas", test_commas);
  g_test_add_func ("/ui/answer-text/sums", test_sums);
  g_test_add_func ("/ui/answer-text/ranges", test_ranges);
  g_test_add_func ("/ui/answer-text/about", test_about);
  g_test_add_func ("/ui/answer-text/domain", test_domain);
  g_test_add_func ("/ui/answer-text/dates", test_dates);
  g_test_add_func ("/ui/answer-text/words", test_words);
  g_test_add_func ("/ui/answer-text/credit-codes", test_credit_codes);
  g_test_add_func ("/ui/answer-text/noise", test_noise);
  result = g_test_run ();

  dk_arena_free (arena);
  dk_catalogue_free (catalogue);
  return result;
}
