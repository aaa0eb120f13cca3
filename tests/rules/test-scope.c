/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-scope"

#include "dk-scope.h"

#include <string.h>

static DkCodes *
make_codes (const char *const *codes)
{
  DkCodes *table = g_new0 (DkCodes, 1);

  table->id = g_strdup ("gbt4754");
  table->codes = g_ptr_array_new ();
  table->labels = g_ptr_array_new ();
  for (guint i = 0; codes[i] != NULL; i++)
    {
      DkText *label = g_new0 (DkText, 1);

      label->zh = g_strdup_printf ("行业%u", i);
      g_ptr_array_add (table->codes, g_strdup (codes[i]));
      g_ptr_array_add (table->labels, label);
    }
  return table;
}

static void
test_text (void)
{
  DkText both = { g_strdup ("职工"), g_strdup ("Staff") };
  DkText chinese = { g_strdup ("职工"), NULL };
  DkText english = { NULL, g_strdup ("Staff") };
  DkText none = { NULL, NULL };

  g_assert_cmpstr (dk_text_get (&both, "zh"), ==, "职工");
  g_assert_cmpstr (dk_text_get (&both, "en"), ==, "Staff");
  g_assert_cmpstr (dk_text_get (&chinese, "en"), ==, "职工");
  g_assert_cmpstr (dk_text_get (&english, "zh"), ==, "Staff");
  g_assert_cmpstr (dk_text_get (&none, "zh"), ==, "");
  g_assert_cmpstr (dk_text_get (NULL, "en"), ==, "");
  dk_text_clear (&both);
  dk_text_clear (&chinese);
  dk_text_clear (&english);
  dk_text_clear (&none);
  g_assert_cmpstr (dk_text_get (&both, "zh"), ==, "");
}

static void
test_prefix (void)
{
  static const char *const sorted[] = { "A01", "C13", "C16", "C1610", "C1690", "C17", "C39", "C3911", "I65", NULL };
  static const struct { const char *prefix; gint64 first, last; } wanted[] = {
    { "A", 0, 0 }, { "C", 1, 7 }, { "C16", 2, 4 }, { "C1690", 4, 4 }, { "C39", 6, 7 }, { "I65", 8, 8 }, { "", 0, 8 },
    { "B", -1, -1 }, { "C161099", -1, -1 }, { "Z", -1, -1 }, { "0", -1, -1 }, { "C18", -1, -1 },
  };
  g_autoptr(DkScope) scope = dk_scope_new ();
  DkCodes *table = make_codes (sorted);

  g_ptr_array_add (scope->codes, table);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      gint64 first = -1, last = -1;

      g_assert_cmpint (dk_codes_find_prefix (table, wanted[i].prefix, &first, &last), ==, wanted[i].first >= 0);
      g_assert_cmpint (first, ==, wanted[i].first);
      g_assert_cmpint (last, ==, wanted[i].last);
    }
}

static void
test_prefix_of_nothing (void)
{
  static const char *const none[] = { NULL };
  g_autoptr(DkScope) scope = dk_scope_new ();
  gint64 first = 7, last = 8;

  g_ptr_array_add (scope->codes, make_codes (none));
  g_assert_false (dk_codes_find_prefix (g_ptr_array_index (scope->codes, 0), "", &first, &last));
  g_assert_cmpint (first, ==, 7);
  g_assert_cmpint (last, ==, 8);
}

static int
compare_codes (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Halving finds what looking at every code finds. */
static void
test_prefix_as_searched (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr(DkScope) scope = dk_scope_new ();
      g_autoptr(GPtrArray) sorted = g_ptr_array_new_with_free_func (g_free);
      DkCodes *table;
      char prefix[4] = { 0 };
      gint64 first = -1, last = -1, wanted_first = -1, wanted_last = -1;

      for (guint i = g_test_rand_int_range (0, 30); i > 0; i--)
        {
          char code[5] = { 0 };

          for (int j = g_test_rand_int_range (1, 5); j > 0; j--)
            code[j - 1] = "ABC"[g_test_rand_int_range (0, 3)];
          g_ptr_array_add (sorted, g_strdup (code));
        }
      g_ptr_array_sort (sorted, compare_codes);
      g_ptr_array_add (sorted, NULL);
      table = make_codes ((const char *const *) sorted->pdata);
      g_ptr_array_add (scope->codes, table);
      for (int j = g_test_rand_int_range (0, 4); j > 0; j--)
        prefix[j - 1] = "ABC"[g_test_rand_int_range (0, 3)];

      for (guint i = 0; i < table->codes->len; i++)
        if (g_str_has_prefix (g_ptr_array_index (table->codes, i), prefix))
          {
            wanted_first = wanted_first < 0 ? i : wanted_first;
            wanted_last = i;
          }
      g_assert_cmpint (dk_codes_find_prefix (table, prefix, &first, &last), ==, wanted_first >= 0);
      g_assert_cmpint (first, ==, wanted_first);
      g_assert_cmpint (last, ==, wanted_last);
    }
}

static void
test_choices (void)
{
  g_autoptr(DkScope) scope = dk_scope_new ();
  DkChoices *choices = g_new0 (DkChoices, 1);
  static const char *const options[] = { "micro", "small", "medium" };

  choices->id = g_strdup ("size");
  choices->options = g_ptr_array_new_with_free_func (g_free);
  choices->labels = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_ptr_array_add (choices->options, g_strdup (options[i]));
      g_ptr_array_add (choices->labels, g_new0 (DkText, 1));
    }
  g_ptr_array_add (scope->choices, choices);

  g_assert_cmpint (dk_choices_find (choices, "micro"), ==, 0);
  g_assert_cmpint (dk_choices_find (choices, "medium"), ==, 2);
  g_assert_cmpint (dk_choices_find (choices, "large"), ==, -1);
  g_assert_cmpint (dk_choices_find (choices, ""), ==, -1);
}

static void
test_facts_and_registers (void)
{
  g_autoptr(DkScope) scope = dk_scope_new ();
  DkSymbol *staff = dk_symbol_new ("staff", DK_KIND_NUMBER, DK_UNIT_COUNT, DK_PERIOD_YEAR);
  DkSymbol *kind = dk_symbol_new ("kind", DK_KIND_CHOICE, DK_UNIT_PLAIN, DK_PERIOD_NONE);
  DkSymbol *cost = dk_symbol_new ("cost", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_NONE);
  DkRegister *ip = dk_register_new ("ip");
  DkRegister *awards = dk_register_new ("awards");
  guint index = 99;

  dk_scope_take_fact (scope, staff);
  dk_scope_take_fact (scope, dk_symbol_new ("revenue", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_YEAR));
  g_ptr_array_add (ip->columns, kind);
  g_ptr_array_add (ip->columns, cost);
  g_ptr_array_add (scope->registers, awards);
  g_ptr_array_add (scope->registers, ip);

  g_assert_true (dk_scope_find_fact (scope, "staff") == staff);
  g_assert_cmpint (staff->unit, ==, DK_UNIT_COUNT);
  g_assert_cmpint (staff->period, ==, DK_PERIOD_YEAR);
  g_assert_cmpuint (scope->facts->len, ==, 2);
  g_assert_true (g_ptr_array_index (scope->facts, 0) == staff);
  g_assert_null (dk_scope_find_fact (scope, "kind"));

  g_assert_true (dk_scope_find_register (scope, "ip", &index) == ip);
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (dk_scope_find_register (scope, "awards", NULL) == awards);
  g_assert_null (dk_scope_find_register (scope, "staff", &index));
  g_assert_cmpuint (index, ==, 1);

  g_assert_true (dk_register_find_column (ip, "cost", &index) == cost);
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (dk_register_find_column (ip, "kind", NULL) == kind);
  g_assert_null (dk_register_find_column (awards, "kind", &index));
}

static void
test_domains (void)
{
  static const DkKind kinds[] = { DK_KIND_NUMBER, DK_KIND_TRUTH, DK_KIND_CHOICE, DK_KIND_DATE, DK_KIND_CODE, DK_KIND_TEXT };
  static const char *const wanted[] = { "-inf", "0", NULL, "1900-01-01", "0", "0" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      DkSymbol *symbol = dk_symbol_new ("x", kinds[i], DK_UNIT_PLAIN, DK_PERIOD_NONE);
      g_autofree char *low = dk_number_to_string (symbol->domain.low);

      if (kinds[i] == DK_KIND_TRUTH)
        g_assert_cmpuint (symbol->domain.state, ==, DK_OPEN);
      else
        g_assert_cmpuint (symbol->domain.state, ==, DK_RANGE);
      if (kinds[i] == DK_KIND_DATE)
        {
          g_autofree char *first = dk_date_to_string (symbol->domain.low.num);
          g_autofree char *last = dk_date_to_string (symbol->domain.high.num);

          g_assert_cmpstr (first, ==, wanted[i]);
          g_assert_cmpstr (last, ==, "2199-12-31");
        }
      else if (wanted[i] != NULL)
        g_assert_cmpstr (low, ==, wanted[i]);
      if (kinds[i] == DK_KIND_NUMBER || kinds[i] == DK_KIND_TEXT || kinds[i] == DK_KIND_CODE)
        {
          g_autofree char *high = dk_number_to_string (symbol->domain.high);

          g_assert_cmpstr (high, ==, "inf");
        }
      if (kinds[i] == DK_KIND_CHOICE) /* every option of the longest list */
        g_assert_cmpint (symbol->domain.low.num, ==, -1);
      g_assert_cmpint (dk_number_sign (symbol->step), ==, 0);
      dk_symbol_free (symbol);
    }
}

static void
test_units (void)
{
  DkUnit unit = DK_UNIT_PLAIN;

  for (int i = DK_UNIT_PLAIN; i <= DK_UNIT_POINTS; i++)
    {
      g_assert_true (dk_unit_from_string (dk_unit_to_string (i), &unit));
      g_assert_cmpint (unit, ==, i);
    }
  g_assert_cmpstr (dk_unit_to_string (DK_UNIT_RATIO), ==, "ratio");
  unit = DK_UNIT_DAYS;
  g_assert_false (dk_unit_from_string ("Yuan", &unit));
  g_assert_false (dk_unit_from_string ("", &unit));
  g_assert_cmpint (unit, ==, DK_UNIT_DAYS);
  g_assert_cmpstr (dk_kind_to_string (DK_KIND_NUMBER), ==, "number");
  g_assert_cmpstr (dk_kind_to_string (DK_KIND_TEXT), ==, "text");
}

static gpointer
intern_many (gpointer data)
{
  gint64 *numbers = data;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("thread-%u", i);

      numbers[i] = dk_text_intern (text);
    }
  return NULL;
}

static void
test_intern (void)
{
  gint64 a = dk_text_intern ("北京");
  gint64 b = dk_text_intern ("上海");
  g_autofree char *again = g_strdup ("北京");
  static gint64 numbers[4][500];
  GThread *threads[4];

  g_assert_cmpint (a, >=, 0);
  g_assert_cmpint (a, !=, b);
  g_assert_cmpint (dk_text_intern (again), ==, a);
  g_assert_cmpstr (dk_text_lookup (a), ==, "北京");
  g_assert_cmpstr (dk_text_lookup (b), ==, "上海");
  g_assert_cmpstr (dk_text_lookup (dk_text_intern ("")), ==, "");
  g_assert_null (dk_text_lookup (-1));
  g_assert_null (dk_text_lookup (G_MAXINT64));

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("intern", intern_many, numbers[i]);
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("thread-%u", i);

      g_assert_cmpstr (dk_text_lookup (numbers[0][i]), ==, text);
      for (guint j = 1; j < 4; j++)
        g_assert_cmpint (numbers[j][i], ==, numbers[0][i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/scope/text-in-either-language", test_text);
  g_test_add_func ("/rules/scope/codes-by-prefix", test_prefix);
  g_test_add_func ("/rules/scope/no-codes", test_prefix_of_nothing);
  g_test_add_func ("/rules/scope/prefix-as-searched", test_prefix_as_searched);
  g_test_add_func ("/rules/scope/choices", test_choices);
  g_test_add_func ("/rules/scope/facts-and-registers", test_facts_and_registers);
  g_test_add_func ("/rules/scope/domains", test_domains);
  g_test_add_func ("/rules/scope/units", test_units);
  g_test_add_func ("/rules/scope/intern", test_intern);
  return g_test_run ();
}
