/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dk-boards.h"

#include "fixture.h"

#include "dk-amount.h"
#include "dk-assessment-private.h"

/* The value of an enterprise, which nobody knows before it is sold; and how it may be guessed. */
static const char more_facts[] =
  "facts:\n"
  "  - {id: multiple, page: money, kind: number, unit: plain, min: 0, step: 0.01, label: {zh: 倍数, en: Multiple}}\n"
  "  - {id: worth, page: money, kind: number, unit: yuan, min: 0, step: 0.01, change: both, derive: 'multiple * revenue[0]',\n"
  "     label: {zh: 市值, en: Worth}}\n";

/* Two boards that are made up. */
static const char north[] =
  "pack: north\n"
  "kind: listing\n"
  "title: {zh: 北市上市条件, en: Listing on the North board}\n"
  "short: {zh: 北市, en: North}\n"
  "rung: 2\n"
  "standards: standard\n"
  "positioning: fit\n"
  "assumes: worth\n"
  "sources:\n"
  "  rule: {title: {zh: 规则, en: Rules}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2020-01-01, source: 'rule'}\n"
  "rules:\n"
  "  - {id: north, title: {zh: 北市, en: North}, source: 'rule#2.1', all: [standard, people, fit]}\n"
  "  - id: standard\n"
  "    title: {zh: 标准, en: Standards}\n"
  "    source: 'rule#2.1.3'\n"
  "    any:\n"
  "      - id: n1\n"
  "        title: {zh: 标准一（收入）, en: 'Standard 1: revenue'}\n"
  "        short: {zh: 标准一, en: Standard 1}\n"
  "        source: 'rule#2.1.3(1)'\n"
  "        all:\n"
  "          - {id: n1.worth, title: {zh: 市值, en: Worth}, source: 'rule#2.1.3(1)', value: 'worth', require: '>= 2亿'}\n"
  "          - {id: n1.revenue, title: {zh: 收入, en: Revenue}, source: 'rule#2.1.3(1)', value: 'revenue[0]', require: '>= 1000万'}\n"
  "          - {id: n1.growth, title: {zh: 增长, en: Growth}, source: 'rule#2.1.3(1)', value: 'revenue[0] / revenue[-1] - 1', require: '>= 10%'}\n"
  "      - id: n2\n"
  "        title: {zh: 标准二, en: Standard 2}\n"
  "        source: 'rule#2.1.3(2)'\n"
  "        all:\n"
  "          - {id: n2.worth, title: {zh: 市值, en: Worth}, source: 'rule#2.1.3(2)', value: 'worth', require: '>= 4亿'}\n"
  "          - {id: n2.ratio, title: {zh: 研发占比, en: R&D ratio}, source: 'rule#2.1.3(2)', value: 'rd[0] / revenue[0]', require: '>= 8%'}\n"
  "      - {id: n3, title: {zh: 标准三, en: Standard 3}, source: 'rule#2.1.3(3)', applies: 'not resident', value: 'worth', require: '>= 9亿'}\n"
  "  - id: people\n"
  "    title: {zh: 人, en: People}\n"
  "    source: 'rule#2.1.4'\n"
  "    all:\n"
  "      - {id: staff, title: {zh: 职工, en: Staff}, source: 'rule#2.1.4', value: 'staff[0]', require: '>= 50'}\n"
  "      - {id: age, title: {zh: 存续, en: Age}, source: 'rule#2.1.4', value: 'months_between(founded_on, as_of)', require: '>= 36 months'}\n"
  "  - {id: fit, title: {zh: 定位, en: Fit}, source: 'rule#2.1.5', require: 'not listed_abnormal'}\n";

static const char south[] =
  "pack: south\n"
  "kind: listing\n"
  "title: {zh: 南市上市条件, en: Listing on the South board}\n"
  "short: {zh: 南市, en: South}\n"
  "rung: 1\n"
  "standards: standard\n"
  "assumes: worth\n"
  "sources:\n"
  "  rule: {title: {zh: 规则, en: Rules}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2020-01-01, to: 2026-12-31, source: 'rule'}\n"
  "rules:\n"
  "  - {id: south, title: {zh: 南市, en: South}, source: 'rule#1', all: [standard]}\n"
  "  - id: standard\n"
  "    title: {zh: 标准, en: Standards}\n"
  "    source: 'rule#1'\n"
  "    any:\n"
  "      - id: s1\n"
  "        title: {zh: 甲, en: A}\n"
  "        source: 'rule#1'\n"
  "        all:\n"
  "          - {id: s1.worth, title: {zh: 市值, en: Worth}, source: 'rule#1', value: 'worth', require: '>= 5亿'}\n"
  "          - id: s1.either\n"
  "            title: {zh: 二者之一, en: Either}\n"
  "            source: 'rule#1'\n"
  "            any:\n"
  "              - {id: s1.revenue, title: {zh: 收入, en: Revenue}, source: 'rule#1', value: 'revenue[0]', require: '>= 1亿'}\n"
  "              - {id: s1.more, title: {zh: 更高, en: More}, source: 'rule#1', value: 'worth', require: '>= 20亿'}\n"
  "      - {id: s2, title: {zh: 乙, en: B}, source: 'rule#1', require: 'worth >= 7亿 or listed_abnormal'}\n"
  "      - {id: s3, title: {zh: 丙, en: C}, source: 'rule#1', value: 'patents', require: '>= 3'}\n"
  "      - {id: s4, title: {zh: 丁, en: D}, source: 'rule#1', value: 'worth', require: '< 0'}\n";

/* A standard that came in 2025, for those whose day of reckoning is later; the other is older. */
static const char west[] =
  "pack: west\n"
  "kind: listing\n"
  "title: {zh: 西市, en: West}\n"
  "rung: 9\n"
  "select: 'west.law_date'\n"
  "standards: standard\n"
  "sources:\n"
  "  rule: {title: {zh: 规则, en: Rules}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2020-01-01, source: 'rule'}\n"
  "rules:\n"
  "  - {id: west, title: {zh: 西市, en: West}, source: 'rule#1', all: [standard]}\n"
  "  - {id: law_date, title: {zh: 日, en: Day}, source: 'rule#1', value: 'if passed_on < 2024-04-30 then passed_on else as_of'}\n"
  "  - id: standard\n"
  "    title: {zh: 标准, en: Standards}\n"
  "    source: 'rule#1'\n"
  "    any:\n"
  "      - id: w1\n"
  "        title: {zh: 新, en: New}\n"
  "        source: 'rule#1'\n"
  "        all:\n"
  "          - {id: w1.in_force, title: {zh: 施行, en: In force}, source: 'rule#1', require: 'law_date >= 2025-01-01'}\n"
  "          - {id: w1.staff, title: {zh: 职工, en: Staff}, source: 'rule#1', value: 'staff[0]', require: '>= 500'}\n"
  "      - {id: w2, title: {zh: 旧, en: Old}, source: 'rule#1', value: 'staff[0]', require: '>= 900'}\n"
  "      - {id: w3, title: {zh: 更旧, en: Older}, source: 'rule#1', require: 'as_of < 2021-01-01'}\n";

/* No key says what of it is a standard. */
static const char bare[] =
  "pack: bare\n"
  "kind: listing\n"
  "title: {zh: 空市, en: Bare}\n"
  "sources:\n"
  "  rule: {title: {zh: 规则, en: Rules}, certainty: V}\n"
  "versions:\n"
  "  - {id: a, from: 2020-01-01, source: 'rule'}\n"
  "rules:\n"
  "  - {id: bare, title: {zh: 空市, en: Bare}, source: 'rule#1', applies: 'not listed_abnormal', require: 'resident'}\n";

#define ALL_BUT_WORTH \
  "founded_on: 2020-01-01, resident: true, listed_abnormal: false, staff: 100, revenue: {'0': 3000万, '-1': 2000万}, rd: 240万, patents: 0"

typedef struct
{
  Fixture       base;
  DkEnterprise *enterprise;
  DkAssessment *assessment;
  DkArena      *arena;
  GPtrArray    *boards;
  DkWording     wording;
} Boards;

static void
set_up (Boards       *self,
        gconstpointer data)
{
  g_autoptr(GString) catalogue = g_string_new (fixture_catalogue);

  g_string_replace (catalogue, "facts:\n", more_facts, 1);
  fixture_set_up_with (&self->base, catalogue->str);
  fixture_add_pack (&self->base, bare);
  fixture_add_pack (&self->base, north);
  fixture_add_pack (&self->base, south);
  fixture_add_pack (&self->base, west);
  fixture_add_pack (&self->base, fixture_demo);
  fixture_compile (&self->base);
  self->arena = dk_arena_new ();
}

static void
clear (Boards *self)
{
  g_clear_pointer (&self->boards, g_ptr_array_unref);
  g_clear_pointer (&self->assessment, dk_assessment_free);
  g_clear_pointer (&self->enterprise, dk_enterprise_free);
}

static void
tear_down (Boards       *self,
           gconstpointer data)
{
  clear (self);
  dk_arena_free (self->arena);
  fixture_tear_down (&self->base);
}

static void
look_at (Boards     *self,
         const char *facts)
{
  g_autofree char *text = g_strdup_printf ("facts: {%s}\nregisters: {ip: {complete: true, rows: []}}\n", facts);

  clear (self);
  self->enterprise = fixture_read (&self->base, text);
  self->assessment = fixture_assess_enterprise (&self->base, self->enterprise);
  self->boards = dk_boards_new (self->assessment);
  self->wording = (DkWording) { self->assessment, self->base.book, self->arena, "en" };
}

static DkBoard *
get_board (Boards     *self,
           const char *pack)
{
  for (guint i = 0; i < self->boards->len; i++)
    {
      DkBoard *board = g_ptr_array_index (self->boards, i);

      if (g_str_equal (board->programme->item->pack->id, pack))
        return board;
    }
  g_error ("no board %s", pack);
}

static DkStandard *
get_standard (Boards     *self,
              const char *id)
{
  for (guint i = 0; i < self->boards->len; i++)
    {
      DkBoard *board = g_ptr_array_index (self->boards, i);

      for (guint s = 0; s < board->standards->len; s++)
        if (g_str_equal (((DkStandard *) g_ptr_array_index (board->standards, s))->result->item->id, id))
          return g_ptr_array_index (board->standards, s);
    }
  g_error ("no standard %s", id);
}

static void
assert_against (Boards     *self,
                const char *standard,
                const char *limb,
                const char *words)
{
  const DkAgainst *against = &get_standard (self, standard)->against;
  g_autofree char *text = dk_against_dup_words (&self->wording, against);

  g_assert_cmpstr (against->limb != NULL ? against->limb->item->id : NULL, ==, limb);
  g_assert_cmpstr (text, ==, words);
}

static void
test_shape (Boards       *self,
            gconstpointer data)
{
  DkBoard *board;

  look_at (self, ALL_BUT_WORTH ", worth: 3亿");
  /* By rung; no certification among them. */
  g_assert_cmpuint (self->boards->len, ==, 4);
  g_assert_true (g_ptr_array_index (self->boards, 0) == get_board (self, "south"));
  g_assert_true (g_ptr_array_index (self->boards, 1) == get_board (self, "north"));
  g_assert_true (g_ptr_array_index (self->boards, 3) == get_board (self, "bare"));
  board = get_board (self, "north");
  g_assert_cmpuint (board->standards->len, ==, 2); /* the third is for others */
  g_assert_cmpstr (board->positioning->item->id, ==, "north.fit");
  g_assert_cmpstr (board->assumes->id, ==, "worth");
  g_assert_true (board->nearest == get_standard (self, "north.n1"));
  g_assert_cmpint (board->held, !=, DK_HELD_YES);
  g_assert_null (board->against.limb);
  g_assert_null (get_board (self, "south")->positioning);
  board = get_board (self, "bare");
  g_assert_cmpuint (board->standards->len, ==, 0);
  g_assert_null (board->nearest);
  g_assert_null (board->assumes);
  /* What has no standards and does not apply is the way of others; what has some stays. */
  look_at (self, "founded_on: 2020-01-01, resident: true, listed_abnormal: true");
  g_assert_cmpuint (self->boards->len, ==, 3);
  look_at (self, "founded_on: 2020-01-01, resident: true");
  g_assert_cmpuint (self->boards->len, ==, 4);
}

/* What decides is what people know, before what they assume; then what is furthest. */
static void
test_limb (Boards       *self,
           gconstpointer data)
{
  look_at (self, ALL_BUT_WORTH ", worth: 3亿");
  assert_against (self, "north.n1", NULL, "");
  assert_against (self, "north.n2", "north.n2.worth", "Worth short of ¥100 million");
  g_assert_true (get_standard (self, "north.n2")->against.only_assumed);

  look_at (self, "founded_on: 2020-01-01, resident: true, staff: 100, revenue: {'0': 900万, '-1': 1000万}, rd: 71.99万, worth: 1.5亿");
  /* 10 % of revenue are wanting, and the whole of the growth and more. */
  assert_against (self, "north.n1", "north.n1.growth", "Growth short of 20 percentage points, 2 more not met");
  g_assert_false (get_standard (self, "north.n1")->against.only_assumed);
  /* 7.99889 %: what is said to be wanting is enough. */
  assert_against (self, "north.n2", "north.n2.ratio", "R&D ratio short of 0.01 percentage points, 1 more not met");
  assert_against (self, "south.s1", "south.s1.revenue", "Revenue short of ¥91 million, 1 more not met");
  g_assert_true (get_board (self, "north")->nearest == get_standard (self, "north.n2"));

  /* What fails counts before what is open. */
  look_at (self, "revenue: {'0': 900万}");
  assert_against (self, "north.n1", "north.n1.revenue", "Revenue short of ¥1 million");
  g_assert_cmpuint (get_standard (self, "north.n1")->against.n_failed, ==, 1);
  g_assert_cmpuint (get_standard (self, "north.n1")->against.n_open, ==, 2);
  assert_against (self, "north.n2", "north.n2.ratio", "open: R&D ratio, 1 more open");
}

static void
assert_opens (Boards     *self,
              const char *id,
              DkOpening   opening,
              gint64      yuan)
{
  const DkStandard *standard = get_standard (self, id);

  g_assert_cmpint (standard->opening, ==, opening);
  if (opening == DK_OPENING_FROM)
    g_assert_true (dk_number_equal (standard->opens_at, DK_NUMBER (yuan)));
}

static void
find_openings (Boards *self)
{
  for (guint i = 0; i < self->boards->len; i++)
    dk_board_find_openings (g_ptr_array_index (self->boards, i), self->assessment);
}

/* However much is known of the value: not at all, a range, a multiple, a figure. */
static void
test_openings (Boards       *self,
               gconstpointer data)
{
  static const char *const values[] = { "", ", worth: {from: 3亿, to: 6亿}", ", multiple: 5", ", worth: 30亿", ", worth: 0" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *facts = g_strconcat (ALL_BUT_WORTH, values[i], NULL);

      look_at (self, facts);
      find_openings (self);
      assert_opens (self, "north.n1", DK_OPENING_FROM, 200000000);
      assert_opens (self, "north.n2", DK_OPENING_FROM, 400000000);
      assert_opens (self, "south.s1", DK_OPENING_FROM, 2000000000); /* for want of revenue */
      assert_opens (self, "south.s2", DK_OPENING_FROM, 700000000);
      assert_opens (self, "south.s3", DK_OPENING_ALWAYS, 0);
      assert_opens (self, "south.s4", DK_OPENING_NEVER, 0);
    }

  /* What else stands against a standard changes nothing of what its value is to be; an alternative that is met does. */
  look_at (self, "founded_on: 2020-01-01, revenue: {'0': 2亿, '-1': 3亿}, rd: 0, listed_abnormal: true");
  find_openings (self);
  assert_opens (self, "north.n1", DK_OPENING_FROM, 200000000);
  assert_opens (self, "north.n2", DK_OPENING_FROM, 400000000);
  assert_opens (self, "south.s1", DK_OPENING_FROM, 500000000);
  assert_opens (self, "south.s2", DK_OPENING_FROM, 0);
}

/* With the value that is found the standard passes, with one step less it does not. */
static void
test_openings_hold (Boards       *self,
                    gconstpointer data)
{
  static const char *const ids[] = { "north.n1", "north.n2", "south.s1", "south.s2" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint less = 0; less < 2; less++)
      {
        g_autofree char *facts = NULL, *value = NULL;
        DkNumber at;

        look_at (self, ALL_BUT_WORTH);
        find_openings (self);
        at = get_standard (self, ids[i])->opens_at;
        if (less)
          at = dk_number_sub (at, (DkNumber) { 1, 100 }, self->arena);
        value = dk_number_to_decimal (at, 2);
        facts = g_strdup_printf (ALL_BUT_WORTH ", worth: %s", value);
        look_at (self, facts);
        g_assert_cmpint (get_standard (self, ids[i])->result->verdict, ==, less ? DK_VERDICT_FAIL : DK_VERDICT_PASS);
      }
}

static void
test_assumed (Boards       *self,
              gconstpointer data)
{
  const DkSymbol *worth;
  DkValue value;

  look_at (self, ALL_BUT_WORTH);
  worth = get_board (self, "north")->assumes;
  g_assert_false (dk_assessment_get_assumed (self->assessment, worth, &value));
  look_at (self, ALL_BUT_WORTH ", multiple: 5");
  g_assert_true (dk_assessment_get_assumed (self->assessment, worth, &value));
  g_assert_true (dk_number_equal (value.low, DK_NUMBER (150000000)));
  look_at (self, ALL_BUT_WORTH ", worth: {from: 3亿, to: 6亿}");
  g_assert_true (dk_assessment_get_assumed (self->assessment, worth, &value));
  g_assert_true (dk_number_equal (dk_value_high (&value), DK_NUMBER (600000000)));
}

static void
test_distance (Boards       *self,
               gconstpointer data)
{
  const DkBoard *board;
  g_autofree char *text = NULL, *months = NULL, *points = NULL;

  /* A range wants from nothing to something, or from something to more. */
  look_at (self, "founded_on: 2024-07-16, staff: 20, revenue: {'0': 3000万}, worth: {from: 1.5亿, to: 1.8亿}");
  board = get_board (self, "north");
  text = dk_limb_dup_distance (&self->wording, fixture_find (self->assessment, "north.n1.worth"), FALSE);
  g_assert_cmpstr (text, ==, "¥20–50 million");
  /* The age is 23 months, a third too little; of the staff more than half is wanting. */
  g_assert_cmpstr (board->against.limb->item->id, ==, "north.staff");
  g_assert_cmpstr (board->group->item->id, ==, "north.people");
  g_assert_cmpuint (board->against.n_failed, ==, 2);
  months = dk_limb_dup_distance (&self->wording, fixture_find (self->assessment, "north.age"), FALSE);
  g_assert_cmpstr (months, ==, "13 months");
  g_assert_null (dk_limb_dup_distance (&self->wording, fixture_find (self->assessment, "north.fit"), FALSE));
  g_assert_null (dk_limb_dup_distance (&self->wording, fixture_find (self->assessment, "north.n2.ratio"), FALSE));
  look_at (self, "revenue: {'0': 1000万}, rd: 71.99万");
  points = dk_limb_dup_distance (&self->wording, fixture_find (self->assessment, "north.n2.ratio"), TRUE);
  g_assert_cmpstr (points, ==, "0.81 pp");
}

static void
test_spans (void)
{
  static const struct { gint64 low, high; const char *language, *text; gboolean is_brief; } spans[] = {
    { 200000000, 800000000, "zh", "2–8 hundred million yuan" },
    { 1040000, 1040000, "zh", "104 ten thousand yuan" },
    { 0, 100000001, "zh", "0–1.01 hundred million yuan" }, /* outward */
    { 123456789, 123456789, "zh", "1.24 hundred million yuan" },
    { 123456789, 200000000, "en", "¥123–200 million" }, { 12345678, 12345678, "en", "¥12.4 million" }, { 5270000, 52700001, "zh", "527–5,271 ten thousand yuan" },
    { 1, 1, "en", "¥1" },
    { 1500000000, -1, "en", "at least ¥1.5 billion" },
    { 1040000, 1040000, "zh", "104 ten thousand", TRUE },
    { 200000000, 800000000, "zh", "2–8 hundred million", TRUE },
    { 1230000, 1234567, "en", "¥1.2–1.3m", TRUE },
    { 87400000, 88600000, "zh", "0.8–0.9 hundred million", TRUE },
    { 87400000, 87400000, "zh", "8,740 ten thousand", TRUE },
    { 999, 1000, "en", "¥999–1,000", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *text = dk_amount_span_to_words (DK_NUMBER (spans[i].low), spans[i].high < 0 ? DK_INFINITY : DK_NUMBER (spans[i].high),
                                                       spans[i].is_brief, spans[i].language);

      g_assert_cmpstr (text, ==, spans[i].text);
    }
}

static void
assert_nearest (Boards     *self,
                const char *facts,
                const char *pack,
                const char *sentence)
{
  const DkBoard *board;
  g_autofree char *text = NULL;

  look_at (self, facts);
  board = dk_boards_find_nearest (self->boards);
  g_assert_nonnull (board);
  g_assert_cmpstr (board->programme->item->pack->id, ==, pack);
  text = dk_board_dup_sentence (&self->wording, board);
  g_assert_cmpstr (text, ==, sentence);
}

static void
test_nearest (Boards       *self,
              gconstpointer data)
{
  assert_nearest (self, ALL_BUT_WORTH ", worth: 3亿", "north", "North: ready under Standard 1");
  assert_nearest (self, "founded_on: 2020-01-01, resident: true, passed_on: 2021-01-01, listed_abnormal: false, staff: 49, revenue: {'0': 3000万, '-1': 2000万}, rd: 0, worth: 3亿", "north",
                  "North: Standard 1 is met; Staff short of 1");
  assert_nearest (self, "founded_on: 2020-01-01, resident: true, passed_on: 2026-01-01, listed_abnormal: false, staff: 100, revenue: {'0': 900万, '-1': 500万}, rd: 0, worth: 3亿", "north",
                  "North, by Standard 1: Revenue short of ¥1 million");
  assert_nearest (self, "revenue: {'0': 2亿}, patents: 0, worth: 5亿", "south", "South: ready under A");
}

/* What time alone mends has a day; what else fails has none. */
static void
test_first_day (Boards       *self,
                gconstpointer data)
{
  static const char *const young = "founded_on: 2024-07-16, resident: true, listed_abnormal: false, revenue: {'0': 3000万, '-1': 2000万}, rd: 0, worth: 3亿";
  g_autofree char *enough = g_strconcat (young, ", staff: 50", NULL), *few = g_strconcat (young, ", staff: 49", NULL);
  g_autofree char *sentence = NULL;
  DkBoard *board;

  look_at (self, enough);
  find_openings (self);
  board = get_board (self, "north");
  g_assert_true (board->has_day);
  g_assert_cmpint (board->day, ==, dk_date_from_ymd (2027, 7, 16));
  sentence = dk_board_dup_sentence (&self->wording, board);
  g_assert_cmpstr (sentence, ==, "North: Standard 1 is met; Age short of 13 months, met from 2027-07-16 on");
  for (int before = 1; before >= 0; before--)
    {
      g_autoptr(DkAssessment) then = dk_assessment_new (self->base.book, self->enterprise, board->day - before, 2025, NULL);

      g_assert_cmpint (fixture_find (then, "north.age")->verdict, ==, before ? DK_VERDICT_FAIL : DK_VERDICT_PASS);
    }
  look_at (self, few);
  find_openings (self);
  g_assert_false (get_board (self, "north")->has_day);
  /* Farther off than answers hold. */
  look_at (self, "founded_on: 2027-07-15, resident: true, listed_abnormal: false, revenue: {'0': 3000万, '-1': 2000万}, rd: 0, worth: 3亿, staff: 50");
  find_openings (self);
  g_assert_false (get_board (self, "north")->has_day);
}

static void
test_nothing_known (Boards       *self,
                    gconstpointer data)
{
  look_at (self, "staff: 3, worth: 100亿");
  /* The patents are counted from a register that is complete. */
  g_assert_true (dk_boards_has_figures (self->boards, self->assessment));
  clear (self);
  self->enterprise = fixture_read (&self->base, "facts: {worth: 1亿}\n");
  self->assessment = fixture_assess_enterprise (&self->base, self->enterprise);
  self->boards = dk_boards_new (self->assessment);
  g_assert_false (dk_boards_has_figures (self->boards, self->assessment));
}

/* What fails for its day alone is no standard of that day. */
static void
test_out_of_force (Boards       *self,
                   gconstpointer data)
{
  look_at (self, ALL_BUT_WORTH ", passed_on: 2024-01-01");
  g_assert_cmpuint (get_board (self, "west")->standards->len, ==, 1);
  g_assert_true (get_board (self, "west")->nearest == get_standard (self, "west.w2"));
  look_at (self, ALL_BUT_WORTH ", passed_on: 2026-01-01");
  g_assert_cmpuint (get_board (self, "west")->standards->len, ==, 2);
  assert_against (self, "west.w1", "west.w1.staff", "Staff short of 400");
}

/* On a day without rules of its own a board has no standards. */
static void
test_not_in_force (Boards       *self,
                   gconstpointer data)
{
  g_autoptr(DkAssessment) later = NULL;
  g_autoptr(GPtrArray) boards = NULL;
  const DkBoard *board;
  DkWording wording;
  g_autofree char *text = NULL;

  look_at (self, ALL_BUT_WORTH);
  later = dk_assessment_new (self->base.book, self->enterprise, dk_date_from_ymd (2027, 1, 1), 2026, NULL);
  boards = dk_boards_new (later);
  board = g_ptr_array_index (boards, 0);
  wording = (DkWording) { later, self->base.book, self->arena, "en" };
  g_assert_cmpstr (board->programme->item->pack->id, ==, "south");
  g_assert_cmpuint (board->standards->len, ==, 0);
  g_assert_null (board->nearest);
  text = dk_board_dup_sentence (&wording, board);
  g_assert_cmpstr (text, ==, "South: no standard is in force on that day");
  g_assert_true (dk_boards_find_nearest (boards) != board);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add (name, Boards, NULL, set_up, func, tear_down)
  ADD ("/assess/boards/shape", test_shape);
  ADD ("/assess/boards/limb", test_limb);
  ADD ("/assess/boards/openings", test_openings);
  ADD ("/assess/boards/openings-hold", test_openings_hold);
  ADD ("/assess/boards/assumed", test_assumed);
  ADD ("/assess/boards/distance", test_distance);
  ADD ("/assess/boards/nearest", test_nearest);
  ADD ("/assess/boards/first-day", test_first_day);
  ADD ("/assess/boards/nothing-known", test_nothing_known);
  ADD ("/assess/boards/not-in-force", test_not_in_force);
  ADD ("/assess/boards/out-of-force", test_out_of_force);
  g_test_add_func ("/assess/boards/spans", test_spans);
  return g_test_run ();
}
