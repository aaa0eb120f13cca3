/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-compiler"

#include "dk-compiler-private.h"

#include <string.h>

static gboolean
unit_of_product (DkUnit  a,
                 DkUnit  b,
                 DkUnit *unit)
{
  gboolean a_neutral = a == DK_UNIT_PLAIN || a == DK_UNIT_RATIO, b_neutral = b == DK_UNIT_PLAIN || b == DK_UNIT_RATIO;

  if (a_neutral && b_neutral)
    *unit = a == DK_UNIT_PLAIN && b == DK_UNIT_PLAIN ? DK_UNIT_PLAIN : DK_UNIT_RATIO;
  else if (a_neutral)
    *unit = b;
  else if (b_neutral)
    *unit = a;
  else if (a == DK_UNIT_COUNT)
    *unit = b;
  else if (b == DK_UNIT_COUNT)
    *unit = a;
  else
    return FALSE;
  return TRUE;
}

static gboolean
unit_of_quotient (DkUnit  a,
                  DkUnit  b,
                  DkUnit *unit)
{
  if (a == b)
    *unit = a == DK_UNIT_PLAIN ? DK_UNIT_PLAIN : DK_UNIT_RATIO;
  else if (b == DK_UNIT_PLAIN || b == DK_UNIT_RATIO || b == DK_UNIT_COUNT)
    *unit = a;
  else
    return FALSE;
  return TRUE;
}

/* A part divided by its whole, in the same period: never more than 1. */
static gboolean
is_share (const DkExpr *a,
          const DkExpr *b)
{
  return a->fact != NULL && b->fact != NULL && a->fact->part_of != NULL && strcmp (a->fact->part_of, b->fact->id) == 0
         && a->kind == b->kind && a->low == b->low && a->high == b->high && a->is_absolute == b->is_absolute
         && a->sub == b->sub && a->sub_low == b->sub_low && a->sub_high == b->sub_high;
}

static gboolean
compile_date_sum (DkCompiler *self,
                  DkExpr     *expr,
                  gboolean    minus)
{
  DkExpr *a = expr->args[0], *b = expr->args[1];
  guint span = b->reg;

  if (a->n_regs != 1 || b->n_regs != 1)
    return dk_compiler_fail (self, expr, "dates are not taken year by year");
  if (a->out_kind == DK_KIND_DATE && b->out_kind == DK_KIND_DATE)
    {
      if (!minus)
        return dk_compiler_fail (self, expr, "two dates cannot be added");
      dk_compiler_set_result (expr, dk_compiler_emit (self, DK_OP_SUB, DK_KIND_NUMBER, a->reg, b->reg, 0), NUMBER_TYPE (DK_UNIT_DAYS));
      return TRUE;
    }
  if (a->out_kind != DK_KIND_DATE || b->out_kind != DK_KIND_NUMBER
      || (b->out_unit != DK_UNIT_DAYS && b->out_unit != DK_UNIT_MONTHS && b->out_unit != DK_UNIT_YEARS))
    return dk_compiler_fail (self, expr, "to a date days, months or years can be added, such as 30 days");
  if (b->out_unit == DK_UNIT_DAYS)
    {
      dk_compiler_set_result (expr, dk_compiler_emit (self, minus ? DK_OP_SUB : DK_OP_ADD, DK_KIND_DATE, a->reg, span, 0), DATE_TYPE);
      return TRUE;
    }
  if (b->out_unit == DK_UNIT_YEARS)
    span = dk_compiler_emit (self, DK_OP_MUL, DK_KIND_NUMBER, span,
                             dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_NUMBER (12))), 0);
  if (minus)
    span = dk_compiler_emit (self, DK_OP_NEGATE, DK_KIND_NUMBER, span, 0, 0);
  dk_compiler_set_result (expr, dk_compiler_emit (self, DK_OP_ADD_MONTHS, DK_KIND_DATE, a->reg, span, 0), DATE_TYPE);
  return TRUE;
}

static gboolean
need_numbers (DkCompiler *self,
              DkExpr     *expr)
{
  for (guint i = 0; i < expr->n_args; i++)
    if (expr->args[i]->out_kind != DK_KIND_NUMBER)
      {
        g_autofree char *is = dk_expr_describe (expr->args[i]);

        return dk_compiler_fail (self, expr->args[i], "a number is wanted here, but this is %s", is);
      }
  return TRUE;
}

gboolean
dk_compiler_arithmetic (DkCompiler *self,
                        DkExpr     *expr)
{
  DkExpr *a = expr->args[0], *b = expr->args[1];
  DkType type = NUMBER_TYPE (DK_UNIT_PLAIN);
  DkOp op;
  guint n;
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!dk_compiler_compile (self, a, NULL) || !dk_compiler_compile (self, b, NULL))
    return FALSE;
  if ((expr->kind == DK_EXPR_ADD || expr->kind == DK_EXPR_SUB) && (a->out_kind == DK_KIND_DATE || b->out_kind == DK_KIND_DATE))
    return compile_date_sum (self, expr, expr->kind == DK_EXPR_SUB);
  if (!need_numbers (self, expr))
    return FALSE;
  switch (expr->kind)
    {
    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
      if (!dk_compiler_unify (self, a, b, &type))
        return FALSE;
      op = expr->kind == DK_EXPR_ADD ? DK_OP_ADD : DK_OP_SUB;
      break;
    case DK_EXPR_MUL:
      if (!unit_of_product (a->out_unit, b->out_unit, &type.unit))
        {
          g_autofree char *what_a = dk_expr_describe (a), *what_b = dk_expr_describe (b);
          return dk_compiler_fail (self, expr, "%s cannot be multiplied with %s", what_a, what_b);
        }
      op = DK_OP_MUL;
      break;
    default:
      if (!unit_of_quotient (a->out_unit, b->out_unit, &type.unit))
        {
          g_autofree char *what_a = dk_expr_describe (a), *what_b = dk_expr_describe (b);
          return dk_compiler_fail (self, expr, "%s cannot be divided by %s", what_a, what_b);
        }
      op = is_share (a, b) ? DK_OP_SHARE : DK_OP_DIV;
      break;
    }
  if (!dk_compiler_same_length (self, expr, expr->args, 2, &n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint reg = dk_compiler_emit (self, op, DK_KIND_NUMBER, dk_compiler_reg_at (a, i), dk_compiler_reg_at (b, i), 0);
      g_array_append_val (regs, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, n, type);
  return TRUE;
}

gboolean
dk_compiler_unary (DkCompiler *self,
                   DkExpr     *expr)
{
  DkExpr *a = expr->args[0];
  gboolean negate = expr->kind == DK_EXPR_NEGATE;
  DkType type;
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!dk_compiler_compile (self, a, NULL))
    return FALSE;
  type = dk_expr_get_type (a);
  if (a->out_kind != (negate ? DK_KIND_NUMBER : DK_KIND_TRUTH))
    {
      g_autofree char *is = dk_expr_describe (a);
      return dk_compiler_fail (self, a, "%s is wanted here, but this is %s", negate ? "a number" : "a condition", is);
    }
  for (guint i = 0; i < a->n_regs; i++)
    {
      guint reg = dk_compiler_emit (self, negate ? DK_OP_NEGATE : DK_OP_NOT, type.kind, a->regs[i], 0, 0);
      g_array_append_val (regs, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, a->n_regs, type);
  return TRUE;
}

gboolean
dk_compiler_power (DkCompiler *self,
                   DkExpr     *expr)
{
  DkExpr *a = expr->args[0];
  gint64 exponent;

  if (!dk_compiler_single (self, a, DK_KIND_NUMBER, "the base of a power"))
    return FALSE;
  if (a->out_unit != DK_UNIT_PLAIN && a->out_unit != DK_UNIT_RATIO)
    return dk_compiler_fail (self, expr, "only numbers and ratios have powers");
  if (!dk_number_to_int64 (expr->args[1]->value, &exponent) || exponent < 0 || exponent > 64)
    return dk_compiler_fail (self, expr->args[1], "the exponent is a whole number from 0 to 64");
  dk_compiler_set_result (expr, dk_compiler_emit (self, DK_OP_POWER, DK_KIND_NUMBER, a->reg, (guint) exponent, 0),
                          dk_expr_get_type (a));
  return TRUE;
}

static gboolean
is_compound_growth (const DkExpr *expr)
{
  return expr->kind == DK_EXPR_CALL && strcmp (expr->text, "compound_growth") == 0;
}

/* compound_growth (first, last, n) op rate: last / first against (1 + rate)^n, without a root. */
static gboolean
compare_growth (DkCompiler *self,
                DkExpr     *expr)
{
  DkExpr *growth = expr->args[0], *rate = expr->args[1];
  guint one, quotient, power, defined, limit;
  gint64 periods;
  guint truth;

  if (rate->out_kind != DK_KIND_NUMBER || (rate->out_unit != DK_UNIT_RATIO && !dk_compiler_fits_unit (self, rate, DK_UNIT_RATIO)) || rate->n_regs != 1)
    return dk_compiler_fail (self, rate, "a compound growth is compared with a ratio such as 5%%");
  if (!dk_number_to_int64 (growth->args[2]->value, &periods) || periods < 1)
    return FALSE;
  one = dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ONE));
  quotient = dk_compiler_emit (self, DK_OP_DIV, DK_KIND_NUMBER, growth->args[1]->reg, growth->args[0]->reg, 0);
  limit = dk_compiler_emit (self, DK_OP_ADD, DK_KIND_NUMBER, one, rate->reg, 0);
  power = dk_compiler_emit (self, DK_OP_POWER, DK_KIND_NUMBER, limit, (guint) periods, 0);
  truth = dk_compiler_emit (self, DK_OP_LT + expr->comparison, DK_KIND_TRUTH, quotient, power, 0);
  /* From a base of 0 or less, and down to less than nothing, there is nothing to compare. */
  {
    guint zero = dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ZERO));
    guint undefined = dk_compiler_constant (self, DK_KIND_TRUTH, DK_VALUE_UNDEFINED);
    guint base = dk_compiler_emit (self, DK_OP_GT, DK_KIND_TRUTH, growth->args[0]->reg, zero, 0);
    guint end = dk_compiler_emit (self, DK_OP_GE, DK_KIND_TRUTH, growth->args[1]->reg, zero, 0);
    guint both[2] = { base, end };

    /* Any growth is more than the loss of more than everything; an even power would hide its sign. */
    truth = dk_compiler_emit (self, DK_OP_SELECT_TRUTH, DK_KIND_TRUTH, dk_compiler_emit (self, DK_OP_GE, DK_KIND_TRUTH, limit, zero, 0), truth,
                              dk_compiler_emit (self, DK_OP_LT + expr->comparison, DK_KIND_TRUTH, zero, limit, 0));
    defined = dk_compiler_emit_list (self, DK_OP_AND, DK_KIND_TRUTH, both, 2, 0, 0);
    truth = dk_compiler_emit (self, DK_OP_SELECT_TRUTH, DK_KIND_TRUTH, defined, truth, undefined);
  }
  dk_compiler_set_result (expr, truth, TRUTH_TYPE);
  return TRUE;
}

/* compare_growth () of @growth, which is compared in place of what stands in @expr. */
static gboolean
compare_growth_of (DkCompiler   *self,
                   const DkExpr *expr,
                   DkExpr       *growth,
                   DkExpr       *rate,
                   guint        *truth)
{
  DkExpr *args[2] = { growth, rate };
  DkExpr pair = *expr;
  gboolean ok;

  pair.args = args;
  pair.regs = NULL;
  ok = compare_growth (self, &pair);
  if (ok)
    *truth = pair.reg;
  g_free (pair.regs);
  return ok;
}

/* if_undefined (compound_growth (…), y): a growth that says what stands for it where it cannot be computed. */
static gboolean
is_guarded_growth (const DkExpr *expr)
{
  return expr->kind == DK_EXPR_CALL && strcmp (expr->text, "if_undefined") == 0 && expr->n_args == 2 && is_compound_growth (expr->args[0])
         && expr->args[0]->n_regs == 1 && expr->args[1]->n_regs == 1;
}

gboolean
dk_compiler_compare (DkCompiler *self,
                     DkExpr     *expr)
{
  DkExpr *a = expr->args[0], *b = expr->args[1];
  DkType type, hint;
  guint n;
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));

  if (a == NULL)
    {
      if (self->own == NULL)
        return dk_compiler_fail (self, expr, "what is compared is missing: only the `require` of a rule with a value may begin like this");
      a = self->own;
    }
  else if (!dk_compiler_compile (self, a, NULL))
    return FALSE;
  hint = dk_expr_get_type (a);
  if (!dk_compiler_compile (self, b, &hint))
    return FALSE;
  if ((is_compound_growth (a) && a->n_regs == 1) || is_guarded_growth (a))
    {
      DkExpr *growth = is_compound_growth (a) ? a : a->args[0];
      guint truth;

      if (!compare_growth_of (self, expr, growth, b, &truth))
        return FALSE;
      if (growth != a)
        truth = dk_compiler_emit (self, dk_op_for_kind (DK_OP_IF_UNDEFINED, DK_KIND_TRUTH), DK_KIND_TRUTH, truth,
                                  dk_compiler_emit (self, DK_OP_LT + expr->comparison, DK_KIND_TRUTH, a->args[1]->reg, b->reg, 0), 0);
      dk_compiler_set_result (expr, truth, TRUTH_TYPE);
      return TRUE;
    }
  if (!dk_compiler_unify (self, a, b, &type))
    return FALSE;
  if (expr->comparison != DK_EQ && expr->comparison != DK_NE && type.kind != DK_KIND_NUMBER && type.kind != DK_KIND_DATE)
    {
      g_autofree char *is = dk_type_describe (&type);
      return dk_compiler_fail (self, expr, "%s is neither more nor less than another; only = and != mean something", is);
    }
  {
    DkExpr *args[2] = { a, b };

    if (!dk_compiler_same_length (self, expr, args, 2, &n))
      return FALSE;
  }
  for (guint i = 0; i < n; i++)
    {
      guint x = dk_compiler_reg_at (a, i), y = dk_compiler_reg_at (b, i), reg;

      if (type.kind == DK_KIND_CHOICE)
        {
          reg = dk_compiler_emit (self, DK_OP_CHOICE_EQ, DK_KIND_TRUTH, x, y, 0);
          if (expr->comparison == DK_NE)
            reg = dk_compiler_emit (self, DK_OP_NOT, DK_KIND_TRUTH, reg, 0, 0);
        }
      else if (type.kind == DK_KIND_TRUTH)
        {
          guint yes[2] = { x, y };
          guint no[2] = { dk_compiler_emit (self, DK_OP_NOT, DK_KIND_TRUTH, x, 0, 0), dk_compiler_emit (self, DK_OP_NOT, DK_KIND_TRUTH, y, 0, 0) };
          guint either[2];

          either[0] = dk_compiler_emit_list (self, DK_OP_AND, DK_KIND_TRUTH, yes, 2, 0, 0);
          either[1] = dk_compiler_emit_list (self, DK_OP_AND, DK_KIND_TRUTH, no, 2, 0, 0);
          reg = dk_compiler_emit_list (self, DK_OP_OR, DK_KIND_TRUTH, either, 2, 0, 0);
          if (expr->comparison == DK_NE)
            reg = dk_compiler_emit (self, DK_OP_NOT, DK_KIND_TRUTH, reg, 0, 0);
        }
      else
        reg = dk_compiler_emit (self, DK_OP_LT + expr->comparison, DK_KIND_TRUTH, x, y, 0);
      g_array_append_val (regs, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, n, TRUTH_TYPE);
  return TRUE;
}

static gboolean
compile_in_codes (DkCompiler *self,
                  DkExpr     *expr,
                  guint      *reg)
{
  DkExpr *a = expr->args[0];
  DkCodeSet *set = g_new0 (DkCodeSet, 1);

  set->n = expr->n_args - 1;
  set->spans = g_new0 (DkCodeSpan, set->n);
  g_ptr_array_add (self->program->code_sets, set);
  for (guint i = 1; i < expr->n_args; i++)
    {
      DkExpr *member = expr->args[i];

      if (member->kind != DK_EXPR_STRING)
        return dk_compiler_fail (self, member, "a code stands in single quotes, such as 'C39'");
      if (!dk_codes_find_prefix (a->out_codes, member->text, &set->spans[i - 1].first, &set->spans[i - 1].last))
        return dk_compiler_fail (self, member, "no code of %s begins with %s", a->out_codes->id, member->text);
      set->spans[i - 1].exclude = i > expr->n_positive;
    }
  *reg = dk_compiler_emit (self, DK_OP_CODE_IN, DK_KIND_TRUTH, a->reg, self->program->code_sets->len - 1, 0);
  return TRUE;
}

gboolean
dk_compiler_in (DkCompiler *self,
                DkExpr     *expr)
{
  DkExpr *a = expr->args[0];
  DkType hint;
  guint reg = DK_NO_REGISTER;

  if (!dk_compiler_compile (self, a, NULL))
    return FALSE;
  if (a->n_regs != 1)
    return dk_compiler_fail (self, a, "`in` asks of a single value, not of a series");
  hint = dk_expr_get_type (a);
  if (a->out_kind == DK_KIND_CODE)
    {
      if (!compile_in_codes (self, expr, &reg))
        return FALSE;
    }
  else if (a->out_kind == DK_KIND_CHOICE)
    {
      guint64 mask = 0;

      for (guint i = 1; i < expr->n_args; i++)
        {
          DkExpr *member = expr->args[i];
          const DkValue *value;
          DkType type;

          if (!dk_compiler_compile (self, member, &hint) || !dk_compiler_unify (self, a, member, &type))
            return FALSE;
          value = &g_array_index (self->program->constants, DkValue, member->reg);
          if (value->state == 0)
            return dk_compiler_fail (self, member, "only options may stand in the list");
          if (i <= expr->n_positive)
            mask |= (guint64) value->low.num;
          else
            mask &= ~(guint64) value->low.num;
        }
      g_array_append_val (self->program->masks, mask);
      reg = dk_compiler_emit (self, DK_OP_CHOICE_IN, DK_KIND_TRUTH, a->reg, self->program->masks->len - 1, 0);
    }
  else if (a->out_kind == DK_KIND_TRUTH)
    return dk_compiler_fail (self, a, "a condition is in no list");
  else
    {
      g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));

      if (expr->n_positive + 1 < expr->n_args)
        return dk_compiler_fail (self, expr, "`except` is for codes and choices");
      for (guint i = 1; i < expr->n_args; i++)
        {
          DkType type;
          guint hit;

          if (!dk_compiler_compile (self, expr->args[i], &hint) || !dk_compiler_unify (self, a, expr->args[i], &type))
            return FALSE;
          if (expr->args[i]->n_regs != 1)
            return dk_compiler_fail (self, expr->args[i], "a list holds single values");
          hit = dk_compiler_emit (self, DK_OP_EQ, DK_KIND_TRUTH, a->reg, expr->args[i]->reg, 0);
          g_array_append_val (hits, hit);
        }
      reg = dk_compiler_emit_list (self, DK_OP_OR, DK_KIND_TRUTH, (const guint *) (gpointer) hits->data, hits->len, 0, 0);
    }
  if (expr->negated)
    reg = dk_compiler_emit (self, DK_OP_NOT, DK_KIND_TRUTH, reg, 0, 0);
  dk_compiler_set_result (expr, reg, TRUTH_TYPE);
  return TRUE;
}

gboolean
dk_compiler_logic (DkCompiler *self,
                   DkExpr     *expr)
{
  guint n;
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean ok = TRUE;

  for (guint i = 0; i < expr->n_args; i++)
    {
      if (!dk_compiler_compile (self, expr->args[i], NULL))
        ok = FALSE;
      else if (expr->args[i]->out_kind != DK_KIND_TRUTH)
        {
          g_autofree char *is = dk_expr_describe (expr->args[i]);
          ok = dk_compiler_fail (self, expr->args[i], "`%s` joins conditions, but this is %s", expr->kind == DK_EXPR_AND ? "and" : "or", is);
        }
    }
  if (!ok || !dk_compiler_same_length (self, expr, expr->args, expr->n_args, &n))
    return FALSE;
  for (guint k = 0; k < n; k++)
    {
      g_autofree guint *operands = g_new (guint, expr->n_args);
      guint reg;

      for (guint i = 0; i < expr->n_args; i++)
        operands[i] = dk_compiler_reg_at (expr->args[i], k);
      reg = dk_compiler_emit_list (self, expr->kind == DK_EXPR_AND ? DK_OP_AND : DK_OP_OR, DK_KIND_TRUTH, operands, expr->n_args, 0, 0);
      g_array_append_val (regs, reg);
    }
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, n, TRUTH_TYPE);
  return TRUE;
}

/* unknown and undefined, as written, are of whatever kind is wanted. */
static gboolean
takes_any_type (const DkExpr *expr)
{
  return expr->kind == DK_EXPR_NAME && (strcmp (expr->text, "unknown") == 0 || strcmp (expr->text, "undefined") == 0);
}

/* Alternatives that stand for one another: all of one type; a choice among them lends its list to the others. */
static gboolean
compile_alternatives (DkCompiler   *self,
                      DkExpr      **values,
                      guint         n,
                      const DkType *wanted,
                      DkType       *type)
{
  DkType hint;
  DkExpr *like = values[0];
  gboolean have = wanted != NULL;

  if (have)
    hint = *wanted;
  /* First those that say of themselves what they are. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        if (takes_any_type (values[i]) != (pass == 1))
          continue;
        if (!dk_compiler_compile (self, values[i], have ? &hint : NULL))
          return FALSE;
        if (values[i]->n_regs != 1)
          return dk_compiler_fail (self, values[i], "a single value is wanted here, not a series of years");
        if (!have)
          {
            hint = dk_expr_get_type (values[i]);
            have = TRUE;
          }
      }
  *type = dk_expr_get_type (like);
  for (guint i = 1; i < n; i++)
    {
      if (!dk_compiler_unify (self, like, values[i], type))
        return FALSE;
      if (like->out_kind == DK_KIND_NUMBER && like->out_unit == DK_UNIT_PLAIN)
        like = values[i]; /* 0 fits all: the others must fit one another */
    }
  return TRUE;
}

gboolean
dk_compiler_case (DkCompiler   *self,
                  DkExpr       *expr,
                  const DkType *wanted)
{
  /* An `if` is a case of one condition. */
  guint n = expr->n_args / 2;
  gboolean has_else = expr->n_args % 2 == 1;
  g_autofree DkExpr **values = g_new0 (DkExpr *, n + 1);
  DkType type;
  guint reg;

  for (guint i = 0; i < n; i++)
    {
      if (!dk_compiler_single (self, expr->args[2 * i], DK_KIND_TRUTH, "the condition"))
        return FALSE;
      values[i] = expr->args[2 * i + 1];
    }
  if (has_else)
    values[n] = expr->args[expr->n_args - 1];
  if (!compile_alternatives (self, values, n + has_else, wanted, &type))
    return FALSE;
  reg = has_else ? values[n]->reg : dk_compiler_constant (self, type.kind, DK_VALUE_UNDEFINED);
  for (guint i = n; i-- > 0;)
    reg = dk_compiler_emit (self, dk_op_for_kind (DK_OP_SELECT, type.kind), type.kind, expr->args[2 * i]->reg, values[i]->reg, reg);
  dk_compiler_set_result (expr, reg, type);
  return TRUE;
}

static gboolean
is_lower_edge (DkComparison op)
{
  return op == DK_GE || op == DK_GT;
}

/* A row that can never be reached is a slip of whoever wrote it. */
static gboolean
check_band_order (DkCompiler        *self,
                  DkExpr            *expr,
                  const DkBandTable *table)
{
  for (guint i = 1; i < table->n; i++)
    {
      const DkBandEntry *last = &table->rows[i - 1], *row = &table->rows[i];
      int order = dk_number_compare (row->edge, last->edge);

      if (is_lower_edge (last->op) && is_lower_edge (row->op) && (order > 0 || (order == 0 && !(last->op == DK_GT && row->op == DK_GE))))
        return dk_compiler_fail (self, expr->rows[i].edge, "this row can never be reached: the row before takes all that it would");
      if (!is_lower_edge (last->op) && !is_lower_edge (row->op) && last->op != DK_EQ && row->op != DK_EQ
          && (order < 0 || (order == 0 && !(last->op == DK_LT && row->op == DK_LE))))
        return dk_compiler_fail (self, expr->rows[i].edge, "this row can never be reached: the row before takes all that it would");
    }
  return TRUE;
}

gboolean
dk_compiler_band (DkCompiler   *self,
                  DkExpr       *expr,
                  const DkType *wanted)
{
  DkExpr *x = expr->args[0];
  g_autofree DkExpr **results = g_new0 (DkExpr *, expr->n_rows + 1);
  gboolean has_else = expr->n_rows > 0 && expr->rows[expr->n_rows - 1].edge == NULL;
  guint n = expr->n_rows - has_else;
  gboolean constant = TRUE;
  DkType type;
  guint reg;

  if (!dk_compiler_compile (self, x, NULL))
    return FALSE;
  if (x->n_regs != 1)
    return dk_compiler_fail (self, x, "a band is read with a single value, not with a series");
  if (x->out_kind != DK_KIND_NUMBER && x->out_kind != DK_KIND_DATE)
    return dk_compiler_fail (self, x, "a band is read with a number or a date");
  for (guint i = 0; i < expr->n_rows; i++)
    {
      results[i] = expr->rows[i].result;
      if (i < n)
        {
          DkType ignored;

          if (!dk_compiler_compile (self, expr->rows[i].edge, NULL) || !dk_compiler_unify (self, x, expr->rows[i].edge, &ignored))
            return FALSE;
          if (expr->rows[i].edge->n_regs != 1)
            return dk_compiler_fail (self, expr->rows[i].edge, "an edge is a single value");
          constant = constant && g_array_index (self->program->constants, DkValue, expr->rows[i].edge->reg).state == DK_POINT;
        }
    }
  if (expr->n_rows == 0)
    return dk_compiler_fail (self, expr, "a band needs rows");
  if (!compile_alternatives (self, results, expr->n_rows, wanted, &type))
    return FALSE;
  for (guint i = 0; i < expr->n_rows; i++)
    constant = constant && dk_compiler_is_constant (self, results[i]->reg);
  if (constant)
    {
      DkBandTable *table = g_new0 (DkBandTable, 1);

      table->n = n;
      table->kind = type.kind;
      table->has_else = has_else;
      table->rows = g_new0 (DkBandEntry, MAX (n, 1));
      g_ptr_array_add (self->program->bands, table);
      for (guint i = 0; i < n; i++)
        {
          table->rows[i].op = expr->rows[i].op;
          table->rows[i].edge = g_array_index (self->program->constants, DkValue, expr->rows[i].edge->reg).low;
          table->rows[i].result = g_array_index (self->program->constants, DkValue, results[i]->reg);
        }
      if (has_else)
        table->otherwise = g_array_index (self->program->constants, DkValue, results[n]->reg);
      if (!check_band_order (self, expr, table))
        return FALSE;
      reg = dk_compiler_emit (self, DK_OP_BAND, type.kind, x->reg, self->program->bands->len - 1, 0);
    }
  else
    {
      reg = has_else ? results[n]->reg : dk_compiler_constant (self, type.kind, DK_VALUE_UNDEFINED);
      for (guint i = n; i-- > 0;)
        {
          guint fits = dk_compiler_emit (self, DK_OP_LT + expr->rows[i].op, DK_KIND_TRUTH, x->reg, expr->rows[i].edge->reg, 0);
          reg = dk_compiler_emit (self, dk_op_for_kind (DK_OP_SELECT, type.kind), type.kind, fits, results[i]->reg, reg);
        }
    }
  dk_compiler_set_result (expr, reg, type);
  return TRUE;
}
