/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-problem"

#include "dk-problem.h"

#include <string.h>

static void
test_empty (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = dk_problems_to_string (problems);

  g_assert_cmpuint (dk_problems_count (problems), ==, 0);
  g_assert_cmpuint (dk_problems_length (problems), ==, 0);
  g_assert_cmpstr (text, ==, "");
}

static void
test_lines (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = NULL;
  const char *file = g_intern_static_string ("科.yaml");

  dk_problems_add (problems, (DkPlace) { file, 41, 18 }, "“%s” is a number; %d%% is wanted", "5", 5);
  dk_problems_add (problems, (DkPlace) { file, 3, 0 }, "in a line");
  dk_problems_add (problems, (DkPlace) { file, 0, 0 }, "in a file");
  dk_problems_add (problems, (DkPlace) { NULL, 2, 7 }, "in a text");
  dk_problems_add (problems, DK_PLACE_NONE, "anywhere");
  dk_problems_add_warning (problems, (DkPlace) { file, 1, 2 }, "odd");

  text = dk_problems_to_string (problems);
  g_assert_cmpstr (text, ==,
                   "科.yaml:41:18: “5” is a number; 5% is wanted\n"
                   "科.yaml:3: in a line\n"
                   "科.yaml: in a file\n"
                   "2:7: in a text\n"
                   "anywhere\n"
                   "科.yaml:1:2: warning: odd\n");
  g_assert_cmpuint (dk_problems_count (problems), ==, 5);
  g_assert_cmpuint (dk_problems_length (problems), ==, 6);
  g_assert_true (dk_problems_get (problems, 5)->is_warning);
  g_assert_false (dk_problems_get (problems, 0)->is_warning);
  g_assert_cmpint (dk_problems_get (problems, 0)->place.column, ==, 18);
}

static void
test_hostile_message (void) /* what a file says is quoted, and must not write lines of its own */
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = NULL;

  dk_problems_add (problems, DK_PLACE_NONE, "“%s”", "a\nb.yaml:1:1: fine\x1b[2J\xff");
  text = dk_problems_to_string (problems);
  g_assert_cmpstr (text, ==, "“a b.yaml:1:1: fine [2J\xef\xbf\xbd”\n");
}

static void
test_full (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *text = NULL;

  for (int i = 0; i < DK_PROBLEMS_MAX + 5; i++)
    dk_problems_add (problems, DK_PLACE_NONE, "number %d", i);
  g_assert_cmpuint (dk_problems_count (problems), ==, DK_PROBLEMS_MAX + 5);
  g_assert_cmpuint (dk_problems_length (problems), ==, DK_PROBLEMS_MAX);
  text = dk_problems_to_string (problems);
  g_assert_true (g_str_has_suffix (text, "number 199\n5 more problems are not listed\n"));
}

static void
test_error_after_warnings (void) /* a file that is refused says why */
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const DkProblem *last;

  for (int i = 0; i < DK_PROBLEMS_MAX + 5; i++)
    dk_problems_add_warning (problems, DK_PLACE_NONE, "odd");
  g_assert_cmpuint (dk_problems_count (problems), ==, 0);
  dk_problems_add (problems, DK_PLACE_NONE, "wrong");
  g_assert_cmpuint (dk_problems_count (problems), ==, 1);
  g_assert_cmpuint (dk_problems_length (problems), ==, DK_PROBLEMS_MAX);
  last = dk_problems_get (problems, DK_PROBLEMS_MAX - 1);
  g_assert_cmpstr (last->message, ==, "wrong");
  g_assert_false (last->is_warning);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/rules/problem/empty", test_empty);
  g_test_add_func ("/rules/problem/lines", test_lines);
  g_test_add_func ("/rules/problem/hostile-message", test_hostile_message);
  g_test_add_func ("/rules/problem/full", test_full);
  g_test_add_func ("/rules/problem/error-after-warnings", test_error_after_warnings);
  return g_test_run ();
}
