/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an expression: a tree within the limits, or exactly one problem. */
#define G_LOG_DOMAIN "fuzz-expr"

#include "dk-expr.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Counts the nodes, and checks what every reader of a tree may rely on. */
static guint
check (const DkExpr *expr,
       gsize         length,
       guint         depth)
{
  guint count = 1;

  if (expr == NULL)
    return 0;
  g_assert_cmpuint (depth, <=, DK_EXPR_MAX_DEPTH);
  g_assert_cmpuint (expr->offset, <, expr->end);
  g_assert_cmpuint (expr->end, <=, length);
  g_assert_cmpint (expr->place.line, >=, 1);
  g_assert_cmpint (expr->place.column, >=, 1);
  for (guint i = 0; i < expr->n_args; i++)
    count += check (expr->args[i], length, depth + 1);
  for (guint i = 0; i < expr->n_rows; i++)
    count += check (expr->rows[i].edge, length, depth + 1) + check (expr->rows[i].result, length, depth + 1);
  return count;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkExpr) expr = dk_expr_parse (text, NULL, arena, problems);

  g_assert_cmpuint (dk_problems_length (problems), ==, expr == NULL ? 1 : 0);
  g_assert_cmpuint (check (expr, strlen (text), 1), <=, DK_EXPR_MAX_NODES);
  return 0;
}
