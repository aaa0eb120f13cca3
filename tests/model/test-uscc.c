/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-uscc"

#include "dk-catalogue.h"

#include <string.h>

/* The weights as the standard prints them, so that the test does not repeat how the code makes them. */
static const int printed_weights[17] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
static const char values[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static char
compute_check (const char *first_17)
{
  int sum = 0;

  for (int i = 0; i < 17; i++)
    sum += (int) (strchr (values, first_17[i]) - values) * printed_weights[i];
  sum = 31 - sum % 31;
  return values[sum == 31 ? 0 : sum];
}

static void
test_right (void)
{
  static const char *const starts[] = {
    "91350211M00013FG1", "91110000600037341", "91440101MA5CK0RT7", "92310115MA1K3XYQ0", "12100000400000624",
      "53100000500017216",
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *code = g_strdup_printf ("%s%c", starts[i], compute_check (starts[i]));
      const char *message = NULL;

      g_assert_true (dk_uscc_check (code, &message));
      g_assert_null (message);
      g_assert_true (dk_uscc_check (code, NULL));
    }
}

/* Seen on a business licence, so that weights and alphabet cannot both be wrong alike. */
static void
test_known (void)
{
  g_assert_true (dk_uscc_check ("91110000600037341L", NULL));
}

/* The weights are coprime to the prime 31: every single slip and every swap of unlike neighbours is found. */
static void
test_every_slip_is_found (void)
{
  const char *right = "91110000600037341L";

  for (int i = 0; i < 18; i++)
    {
      for (const char *other = values; *other != '\0'; other++)
        {
          g_autofree char *code = g_strdup (right);

          code[i] = *other;
          g_assert_cmpint (dk_uscc_check (code, NULL), ==, *other == right[i]);
        }
      if (i < 17)
        {
          g_autofree char *code = g_strdup (right);

          code[i] = right[i + 1];
          code[i + 1] = right[i];
          g_assert_cmpint (dk_uscc_check (code, NULL), ==, right[i] == right[i + 1]);
        }
    }
}

static void
assert_wrong (const char *code,
              const char *words)
{
  const char *message = NULL;

  g_assert_false (dk_uscc_check (code, &message));
  g_assert_nonnull (strstr (message, words));
}

static void
test_says_what_is_wrong (void)
{
  assert_wrong ("", "18 characters");
  assert_wrong ("9111000060003734", "18 characters");
  assert_wrong ("91110000600037341L0", "18 characters");
  assert_wrong ("91110000600037341I", "without I, O, S, V and Z");
  assert_wrong ("91110000600037341l", "capital letters");
  assert_wrong ("9111000060003734一", "18 characters");
  assert_wrong ("91110000600037341K", "check character");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/uscc/right", test_right);
  g_test_add_func ("/model/uscc/known", test_known);
  g_test_add_func ("/model/uscc/every-slip-is-found", test_every_slip_is_found);
  g_test_add_func ("/model/uscc/says-what-is-wrong", test_says_what_is_wrong);
  return g_test_run ();
}
