/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-compiler"

#include "dk-compiler-private.h"

#include <string.h>

/* Loops within loops: each row of one register with each row of another, and so on. */
#define MAX_LOOPS 4

static gboolean
is_call (const DkExpr *expr,
         const char   *function)
{
  return expr->kind == DK_EXPR_CALL && strcmp (expr->text, function) == 0;
}

/* Whether years without a value are to be skipped: `available` stands somewhere in the argument. */
static gboolean
skips_undefined (const DkExpr *expr)
{
  if (expr == NULL)
    return FALSE;
  if (is_call (expr, "available"))
    return TRUE;
  if (expr->n_regs == 1)
    return FALSE;
  for (guint i = 0; i < expr->n_args; i++)
    if (skips_undefined (expr->args[i]))
      return TRUE;
  return FALSE;
}

static gboolean
compile_args (DkCompiler   *self,
              DkExpr       *expr,
              guint         min,
              guint         max,
              const DkType *wanted)
{
  if (expr->n_args < min || expr->n_args > max)
    {
      if (min == max)
        return dk_compiler_fail (self, expr, "%s takes %u value%s, not %u", expr->text, min, min == 1 ? "" : "s", expr->n_args);
      if (expr->n_args < min)
        return dk_compiler_fail (self, expr, "%s takes at least %u value%s", expr->text, min, min == 1 ? "" : "s");
      return dk_compiler_fail (self, expr, "%s takes at most %u values, not %u", expr->text, max, expr->n_args);
    }
  for (guint i = 0; i < expr->n_args; i++)
    if (!dk_compiler_compile (self, expr->args[i], wanted))
      return FALSE;
  return TRUE;
}

/* All arguments numbers (or dates) of one unit. */
static gboolean
unify_args (DkCompiler *self,
            DkExpr     *expr,
            DkType     *type)
{
  DkExpr *like = expr->args[0]; /* the first whose unit says something: 0 fits all */

  *type = dk_expr_get_type (like);
  for (guint i = 0; i < expr->n_args; i++)
    {

      if (expr->args[i]->out_kind != DK_KIND_NUMBER && expr->args[i]->out_kind != DK_KIND_DATE)
        {
          DkType is = dk_expr_get_type (expr->args[i]);
          g_autofree char *what = dk_type_describe (&is);

          return dk_compiler_fail (self, expr->args[i], "%s takes numbers, but this is %s", expr->text, what);
        }
      if (!dk_compiler_unify (self, like, expr->args[i], type))
        return FALSE;
      if (like->out_unit == DK_UNIT_PLAIN)
        like = expr->args[i];
    }
  return TRUE;
}

/* min, max, sum, mean, best: of everything that one series or several values hold; of several series year by year. */
static gboolean
compile_reduction (DkCompiler *self,
                   DkExpr     *expr,
                   DkOp        plain,
                   DkOp        available)
{
  DkType type;
  guint n, n_series = 0;
  gboolean skip = plain == available;
  g_autoptr(GArray) out = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!compile_args (self, expr, 1, 1000, NULL) || !unify_args (self, expr, &type)
      || !dk_compiler_same_length (self, expr, expr->args, expr->n_args, &n))
    return FALSE;
  for (guint i = 0; i < expr->n_args; i++)
    {
      n_series += expr->args[i]->n_regs > 1;
      skip = skip || skips_undefined (expr->args[i]);
    }
  if (n_series <= 1 && !(n_series == 1 && expr->n_args > 1))
    {
      g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint i = 0; i < expr->n_args; i++)
        g_array_append_vals (all, expr->args[i]->regs, expr->args[i]->n_regs);
      if (all->len == 1 && !skip)
        dk_compiler_set_result (expr, g_array_index (all, guint, 0), type);
      else
        dk_compiler_set_result (expr, dk_compiler_emit_list (self, skip ? available : plain, type.kind, (const guint *) (gpointer) all->data, all->len, 0, 0), type);
      return TRUE;
    }
  for (guint k = 0; k < n; k++)
    {
      g_autofree guint *regs = g_new (guint, expr->n_args);
      guint reg;

      for (guint i = 0; i < expr->n_args; i++)
        regs[i] = dk_compiler_reg_at (expr->args[i], k);
      reg = dk_compiler_emit_list (self, skip ? available : plain, type.kind, regs, expr->n_args, 0, 0);
      g_array_append_val (out, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) out->data, n, type);
  return TRUE;
}

/* all, any, count, at_least: of truths over a series, or of several. */
static gboolean
compile_truths (DkCompiler *self,
                DkExpr     *expr,
                DkOp        op,
                DkOp        available,
                DkKind      kind,
                guint       first,
                guint       k)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean skip = FALSE;

  for (guint i = first; i < expr->n_args; i++)
    {
      if (!dk_compiler_compile (self, expr->args[i], NULL))
        return FALSE;
      if (expr->args[i]->out_kind != DK_KIND_TRUTH)
        return dk_compiler_fail (self, expr->args[i], "%s takes conditions, such as x[-2..0] > 0", expr->text);
      g_array_append_vals (all, expr->args[i]->regs, expr->args[i]->n_regs);
      skip = skip || skips_undefined (expr->args[i]);
    }
  dk_compiler_set_result (expr, dk_compiler_emit_list (self, skip ? available : op, kind, (const guint *) (gpointer) all->data, all->len, k, 0),
                          kind == DK_KIND_TRUTH ? TRUTH_TYPE : NUMBER_TYPE (DK_UNIT_COUNT));
  return TRUE;
}

static gboolean
compile_rising (DkCompiler *self,
                DkExpr     *expr)
{
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (guint));
  DkExpr *s;

  if (!compile_args (self, expr, 1, 1, NULL))
    return FALSE;
  s = expr->args[0];
  if (skips_undefined (s))
    return dk_compiler_fail (self, s, "rising compares each year with the one before; available is for sum, mean, min, max, all, any and count");
  if (s->out_kind != DK_KIND_NUMBER || s->n_regs < 2)
    return dk_compiler_fail (self, s, "rising asks of a series of at least two years, such as revenue[-2..0]");
  for (guint i = 1; i < s->n_regs; i++)
    {
      guint reg = dk_compiler_emit (self, DK_OP_GT, DK_KIND_TRUTH, s->regs[i], s->regs[i - 1], 0);
      g_array_append_val (steps, reg);
    }
  dk_compiler_set_result (expr, dk_compiler_emit_list (self, DK_OP_AND, DK_KIND_TRUTH, (const guint *) (gpointer) steps->data, steps->len, 0, 0), TRUTH_TYPE);
  return TRUE;
}

/* (last / first)^(1/periods) - 1, as an enclosure; comparisons are made without it. */
static gboolean
compile_growth (DkCompiler *self,
                DkExpr     *expr)
{
  gint64 periods;
  DkType type;
  guint one, zero, quotient, root, growth, positive;

  if (!compile_args (self, expr, 3, 3, NULL))
    return FALSE;
  if (expr->args[2]->kind != DK_EXPR_NUMBER || !dk_number_to_int64 (expr->args[2]->value, &periods) || periods < 1 || periods > 64)
    return dk_compiler_fail (self, expr->args[2], "the number of periods is a whole number from 1 to 64");
  if (!dk_compiler_unify (self, expr->args[0], expr->args[1], &type))
    return FALSE;
  if (expr->args[0]->n_regs != 1 || expr->args[1]->n_regs != 1 || type.kind != DK_KIND_NUMBER)
    return dk_compiler_fail (self, expr, "compound_growth takes the first and the last figure and the number of periods");
  one = dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ONE));
  zero = dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ZERO));
  quotient = dk_compiler_emit (self, DK_OP_DIV, DK_KIND_NUMBER, expr->args[1]->reg, expr->args[0]->reg, 0);
  root = dk_compiler_emit (self, DK_OP_ROOT, DK_KIND_NUMBER, quotient, (guint) periods, 0);
  growth = dk_compiler_emit (self, DK_OP_SUB, DK_KIND_NUMBER, root, one, 0);
  positive = dk_compiler_emit (self, DK_OP_GT, DK_KIND_TRUTH, expr->args[0]->reg, zero, 0);
  dk_compiler_set_result (expr, dk_compiler_emit (self, DK_OP_SELECT, DK_KIND_NUMBER, positive, growth,
                                                  dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_UNDEFINED)),
                          NUMBER_TYPE (DK_UNIT_RATIO));
  return TRUE;
}

static gboolean
compile_map (DkCompiler *self,
             DkExpr     *expr,
             DkOp        op)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  guint digits = 0;
  DkExpr *x;

  if (!compile_args (self, expr, 1, op == DK_OP_ROUND ? 2 : 1, NULL))
    return FALSE;
  x = expr->args[0];
  if (x->out_kind != DK_KIND_NUMBER)
    return dk_compiler_fail (self, x, "%s takes a number", expr->text);
  if (op == DK_OP_ROUND && expr->n_args == 2)
    {
      const DkExpr *written = expr->args[1];
      gint64 n;

      /* Written out, since nothing useful can be said of a figure rounded to digits that are not known. */
      if (written->out_kind != DK_KIND_NUMBER || written->n_regs != 1 || !dk_compiler_is_constant (self, written->regs[0])
          || g_array_index (self->program->constants, DkValue, written->regs[0]).state != DK_POINT
          || !dk_number_to_int64 (g_array_index (self->program->constants, DkValue, written->regs[0]).low, &n) || n < -100 || n > 100)
        return dk_compiler_fail (self, written, "the digits of round are a whole number, written out, such as 2, 0 or -4");
      digits = written->reg;
    }
  else if (op == DK_OP_ROUND)
    digits = dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ZERO));
  for (guint i = 0; i < x->n_regs; i++)
    {
      guint reg = dk_compiler_emit (self, op, DK_KIND_NUMBER, x->regs[i], digits, 0);
      g_array_append_val (regs, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, x->n_regs, dk_expr_get_type (x));
  return TRUE;
}

static gboolean
compile_if_flag (DkCompiler   *self,
                 DkExpr       *expr,
                 DkOp          op,
                 const DkType *wanted)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  DkType type, hint;
  guint n;

  if (expr->n_args != 2)
    return dk_compiler_fail (self, expr, "%s takes two values", expr->text);
  if (!dk_compiler_compile (self, expr->args[0], wanted))
    return FALSE;
  hint = dk_expr_get_type (expr->args[0]);
  if (!dk_compiler_compile (self, expr->args[1], &hint) || !dk_compiler_unify (self, expr->args[0], expr->args[1], &type)
      || !dk_compiler_same_length (self, expr, expr->args, 2, &n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint reg = dk_compiler_emit (self, dk_op_for_kind (op, type.kind), type.kind, dk_compiler_reg_at (expr->args[0], i),
                                    dk_compiler_reg_at (expr->args[1], i), 0);
      g_array_append_val (regs, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, n, type);
  return TRUE;
}

static gboolean
compile_is_defined (DkCompiler *self,
                    DkExpr     *expr)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!compile_args (self, expr, 1, 1, NULL))
    return FALSE;
  if (expr->args[0]->out_kind == DK_KIND_TRUTH)
    return dk_compiler_fail (self, expr->args[0], "is_defined asks of a figure, not of a condition");
  for (guint i = 0; i < expr->args[0]->n_regs; i++)
    {
      guint reg = dk_compiler_emit (self, DK_OP_IS_DEFINED, DK_KIND_TRUTH, expr->args[0]->regs[i], 0, 0);
      g_array_append_val (regs, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, expr->args[0]->n_regs, TRUTH_TYPE);
  return TRUE;
}

static gboolean
compile_dates (DkCompiler *self,
               DkExpr     *expr,
               DkOp        op,
               DkUnit      unit)
{
  if (expr->n_args != 2)
    return dk_compiler_fail (self, expr, "%s takes two dates", expr->text);
  if (!dk_compiler_single (self, expr->args[0], DK_KIND_DATE, "the first value")
      || !dk_compiler_single (self, expr->args[1], DK_KIND_DATE, "the second value"))
    return FALSE;
  if (op == DK_OP_SUB) /* from the first to the second */
    dk_compiler_set_result (expr, dk_compiler_emit (self, op, DK_KIND_NUMBER, expr->args[1]->reg, expr->args[0]->reg, 0), NUMBER_TYPE (unit));
  else
    dk_compiler_set_result (expr, dk_compiler_emit (self, op, DK_KIND_NUMBER, expr->args[0]->reg, expr->args[1]->reg, 0), NUMBER_TYPE (unit));
  return TRUE;
}

static gboolean
compile_at_least (DkCompiler *self,
                  DkExpr     *expr)
{
  gint64 k;

  if (expr->n_args < 2 || expr->args[0]->kind != DK_EXPR_NUMBER || !dk_number_to_int64 (expr->args[0]->value, &k) || k < 0 || k > 1000)
    return dk_compiler_fail (self, expr, "at_least takes a whole number and conditions: at_least(2, a, b, c)");
  return compile_truths (self, expr, DK_OP_AT_LEAST, DK_OP_AT_LEAST, DK_KIND_TRUTH, 1, (guint) k);
}

static gboolean
compile_available (DkCompiler *self,
                   DkExpr     *expr)
{
  if (!compile_args (self, expr, 1, 1, NULL))
    return FALSE;
  dk_compiler_set_series (expr, expr->args[0]->regs, expr->args[0]->n_regs, dk_expr_get_type (expr->args[0]));
  return TRUE;
}

gboolean
dk_compiler_call (DkCompiler   *self,
                  DkExpr       *expr,
                  const DkType *wanted)
{
  const char *name = expr->text;

  if (strcmp (name, "sum") == 0)
    return compile_reduction (self, expr, DK_OP_SUM, DK_OP_SUM_AVAILABLE);
  if (strcmp (name, "min") == 0)
    return compile_reduction (self, expr, DK_OP_MIN, DK_OP_MIN_AVAILABLE);
  if (strcmp (name, "max") == 0)
    return compile_reduction (self, expr, DK_OP_MAX, DK_OP_MAX_AVAILABLE);
  if (strcmp (name, "mean") == 0)
    return compile_reduction (self, expr, DK_OP_MEAN, DK_OP_MEAN_AVAILABLE);
  if (strcmp (name, "best") == 0)
    return compile_reduction (self, expr, DK_OP_MAX_AVAILABLE, DK_OP_MAX_AVAILABLE);
  if (strcmp (name, "all") == 0)
    return compile_truths (self, expr, DK_OP_AND, DK_OP_AND_AVAILABLE, DK_KIND_TRUTH, 0, 0);
  if (strcmp (name, "any") == 0)
    return compile_truths (self, expr, DK_OP_OR, DK_OP_OR_AVAILABLE, DK_KIND_TRUTH, 0, 0);
  if (strcmp (name, "count") == 0)
    return compile_truths (self, expr, DK_OP_COUNT_TRUE, DK_OP_COUNT_TRUE_AVAILABLE, DK_KIND_NUMBER, 0, 0);
  if (strcmp (name, "at_least") == 0)
    return compile_at_least (self, expr);
  if (strcmp (name, "available") == 0)
    return compile_available (self, expr);
  if (strcmp (name, "rising") == 0)
    return compile_rising (self, expr);
  if (strcmp (name, "compound_growth") == 0)
    return compile_growth (self, expr);
  if (strcmp (name, "round") == 0)
    return compile_map (self, expr, DK_OP_ROUND);
  if (strcmp (name, "floor") == 0)
    return compile_map (self, expr, DK_OP_FLOOR);
  if (strcmp (name, "ceil") == 0)
    return compile_map (self, expr, DK_OP_CEIL);
  if (strcmp (name, "abs") == 0)
    return compile_map (self, expr, DK_OP_ABS);
  if (strcmp (name, "if_undefined") == 0)
    return compile_if_flag (self, expr, DK_OP_IF_UNDEFINED, wanted);
  if (strcmp (name, "if_na") == 0)
    return compile_if_flag (self, expr, DK_OP_IF_NA, wanted);
  if (strcmp (name, "is_defined") == 0)
    return compile_is_defined (self, expr);
  if (strcmp (name, "months_between") == 0)
    return compile_dates (self, expr, DK_OP_MONTHS_BETWEEN, DK_UNIT_MONTHS);
  if (strcmp (name, "years_between") == 0)
    return compile_dates (self, expr, DK_OP_YEARS_BETWEEN, DK_UNIT_YEARS);
  if (strcmp (name, "days_between") == 0)
    return compile_dates (self, expr, DK_OP_SUB, DK_UNIT_DAYS);
  if (strcmp (name, "year_of") == 0)
    {
      if (expr->n_args != 1)
        return dk_compiler_fail (self, expr, "year_of takes one date");
      if (!dk_compiler_single (self, expr->args[0], DK_KIND_DATE, "what year_of asks of"))
        return FALSE;
      dk_compiler_set_result (expr, dk_compiler_emit (self, DK_OP_YEAR_OF, DK_KIND_NUMBER, expr->args[0]->reg, 0, 0), NUMBER_TYPE (DK_UNIT_PLAIN));
      return TRUE;
    }
  if (strcmp (name, "date") == 0)
    {
      if (expr->n_args != 3)
        return dk_compiler_fail (self, expr, "date takes a year, a month and a day");
      for (guint i = 0; i < 3; i++)
        if (!dk_compiler_single (self, expr->args[i], DK_KIND_NUMBER, "a part of a date"))
          return FALSE;
      dk_compiler_set_result (expr, dk_compiler_emit (self, DK_OP_MAKE_DATE, DK_KIND_DATE, expr->args[0]->reg, expr->args[1]->reg, expr->args[2]->reg), DATE_TYPE);
      return TRUE;
    }
  return dk_compiler_fail (self, expr, "there is no function %s", name);
}

static gboolean
find_aggregate (const char      *name,
                DkAggregateKind *kind)
{
  static const char *const names[] = { "count", "sum", "min", "max", "mean", "any", "all", "distinct", "first",
                                       "allocate", "rows_left", "amount_left" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      {
        *kind = (DkAggregateKind) i;
        return TRUE;
      }
  return FALSE;
}

/* The amount, before the rows: it is of none of them. */
static gboolean
compile_amount (DkCompiler  *self,
                DkExpr      *expr,
                DkAggregate *aggregate)
{
  DkExpr *amount = expr->args[DK_EXPR_AMOUNT];

  if (!dk_compiler_single (self, amount, DK_KIND_NUMBER, "the amount after `against`"))
    return FALSE;
  aggregate->amount = amount->reg;
  return TRUE;
}

/* What is left of an allocation once its condition, order and capacity are compiled. */
static gboolean
compile_allocation (DkCompiler  *self,
                    DkExpr      *expr,
                    DkAggregate *aggregate,
                    DkType      *type)
{
  DkExpr *body = expr->args[0], *amount = expr->args[DK_EXPR_AMOUNT], *of = expr->args[DK_EXPR_AMOUNT + 1];

  if (body->out_kind != DK_KIND_NUMBER)
    return dk_compiler_fail (self, body, "%s takes a number of each row: how much it can take", expr->text);
  if (of != NULL)
    {
      if (!dk_compiler_single (self, of, DK_KIND_TRUTH, "the condition after `of`"))
        return FALSE;
      aggregate->of = of->reg;
    }
  return dk_compiler_unify (self, body, amount, type);
}

static gboolean
compile_parts (DkCompiler     *self,
               DkExpr         *expr,
               DkAggregate    *aggregate,
               const DkType   *wanted,
               DkType         *type)
{
  DkExpr *body = expr->args[0], *where = expr->args[1], *order = expr->args[2];

  *type = aggregate->kind == DK_AGG_ANY || aggregate->kind == DK_AGG_ALL ? TRUTH_TYPE : NUMBER_TYPE (DK_UNIT_COUNT);
  if (where != NULL)
    {
      if (!dk_compiler_single (self, where, DK_KIND_TRUTH, "the condition after `where`"))
        return FALSE;
      aggregate->where = where->reg;
    }
  if ((body == NULL) != (aggregate->kind == DK_AGG_COUNT || aggregate->kind == DK_AGG_ANY))
    return dk_compiler_fail (self, expr, body == NULL ? "%s needs what it takes from the row: %s(%s: row.column where ...)"
                                                      : "%s counts rows and takes nothing from them; write %s(%s where ...)",
                             expr->text, expr->text, expr->name);
  if ((order != NULL) != (aggregate->kind == DK_AGG_FIRST || dk_aggregate_is_allocation (aggregate)))
    return dk_compiler_fail (self, expr, order == NULL ? "%s needs an order: %s(%s: row.column by row.date where ...)"
                                                       : "only first and allocations have an order, so that `by` is not for %s(%s ...)",
                             expr->text, order == NULL ? expr->text : expr->name, expr->name);
  if (order != NULL)
    {
      if (!dk_compiler_compile (self, order, NULL))
        return FALSE;
      if (order->n_regs != 1 || (order->out_kind != DK_KIND_NUMBER && order->out_kind != DK_KIND_DATE))
        return dk_compiler_fail (self, order, "rows are ordered by a number or a date");
      aggregate->order = order->reg;
    }
  if (body == NULL)
    return TRUE;
  if (!dk_compiler_compile (self, body, aggregate->kind == DK_AGG_FIRST ? wanted : NULL))
    return FALSE;
  if (body->n_regs != 1)
    return dk_compiler_fail (self, body, "a row gives a single value, not a series");
  aggregate->body = body->reg;
  aggregate->body_kind = body->out_kind;
  switch (aggregate->kind)
    {
    case DK_AGG_ALL:
      if (body->out_kind != DK_KIND_TRUTH)
        return dk_compiler_fail (self, body, "all takes a condition: all(%s: row.column > 0)", expr->name);
      break;
    case DK_AGG_DISTINCT:
      if (body->out_kind == DK_KIND_TRUTH)
        return dk_compiler_fail (self, body, "distinct counts different values, not conditions");
      break;
    case DK_AGG_FIRST:
      *type = dk_expr_get_type (body);
      break;
    case DK_AGG_ALLOCATE:
    case DK_AGG_ROWS_LEFT:
    case DK_AGG_AMOUNT_LEFT:
      return compile_allocation (self, expr, aggregate, type);
    default:
      if (body->out_kind != DK_KIND_NUMBER && !(body->out_kind == DK_KIND_DATE && aggregate->kind != DK_AGG_SUM && aggregate->kind != DK_AGG_MEAN))
        return dk_compiler_fail (self, body, "%s takes a number of each row", expr->text);
      *type = dk_expr_get_type (body);
      break;
    }
  return TRUE;
}

gboolean
dk_compiler_aggregate (DkCompiler   *self,
                       DkExpr       *expr,
                       const DkType *wanted)
{
  guint index;
  const DkRegister *reg = dk_scope_find_register (self->scope, expr->name, &index);
  DkAggregate *aggregate;
  DkRowScope *row;
  DkType type;
  gboolean ok;
  GArray *code;

  if (reg == NULL)
    {
      /* any(x) and count(x) of a single condition look the same until names are known. */
      if (expr->args[0] == NULL && expr->args[1] == NULL && expr->args[2] == NULL && dk_scope_find_fact (self->scope, expr->name) != NULL)
        return dk_compiler_fail (self, expr, "%s(%s) takes conditions or the rows of a register; %s is a fact", expr->text, expr->name, expr->name);
      return dk_compiler_fail (self, expr, "there is no register %s", expr->name);
    }
  if (self->rows->len >= MAX_LOOPS)
    return dk_compiler_fail (self, expr, "at most %d registers may stand inside one another", MAX_LOOPS);
  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (((DkRowScope *) g_ptr_array_index (self->rows, i))->alias, expr->alias) == 0)
      return dk_compiler_fail (self, expr, "the row outside is called %s too; name it: %s(... as x where ...)", expr->alias, expr->text);

  aggregate = g_new0 (DkAggregate, 1);
  aggregate->code = code = g_array_new (FALSE, FALSE, sizeof (DkInstr));
  aggregate->where = aggregate->body = aggregate->order = aggregate->amount = aggregate->of = DK_NO_REGISTER;
  aggregate->reg = index;
  aggregate->n_columns = reg->columns->len;
  g_ptr_array_add (self->program->aggregates, aggregate);
  if (!find_aggregate (expr->text, &aggregate->kind))
    return dk_compiler_fail (self, expr, "%s does not go over rows", expr->text);
  index = self->program->aggregates->len - 1;
  if (dk_aggregate_is_allocation (aggregate) && !compile_amount (self, expr, aggregate))
    return FALSE;

  row = g_new0 (DkRowScope, 1);
  row->alias = expr->alias;
  row->reg = reg;
  row->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  row->regs = g_array_new (FALSE, FALSE, sizeof (guint));
  row->level = self->buffers->len;
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->buffers, code);
  ok = compile_parts (self, expr, aggregate, wanted, &type);
  g_ptr_array_set_size (self->buffers, (int) self->buffers->len - 1);
  if (ok)
    {
      aggregate->n_used = row->columns->len;
      aggregate->columns = g_memdup2 (row->columns->data, row->columns->len * sizeof (guint));
      aggregate->column_regs = g_memdup2 (row->regs->data, row->regs->len * sizeof (guint));
    }
  g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
  if (!ok)
    return FALSE;
  dk_compiler_set_result (expr, dk_compiler_emit (self, DK_OP_AGGREGATE, type.kind, 0, index, 0), type);
  return TRUE;
}
