/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-compiler"

#include "dk-compiler-private.h"

#include <stdarg.h>
#include <string.h>

/* A chain of rules that rest on rules deeper than this is refused rather than followed. */
#define MAX_DEPTH 2000

void
dk_row_scope_free (DkRowScope *row)
{
  g_array_unref (row->columns);
  g_array_unref (row->regs);
  g_free (row);
}

static guint
hash_instr (gconstpointer key)
{
  const DkInstr *i = key;

  return i->op * 31u + i->a * 2654435761u + i->b * 40503u + i->c * 97u;
}

static gboolean
equal_instr (gconstpointer x,
             gconstpointer y)
{
  const DkInstr *a = x, *b = y;

  return a->op == b->op && a->a == b->a && a->b == b->b && a->c == b->c;
}

DkCompiler *
dk_compiler_new (DkProgram     *program,
                 const DkScope *scope,
                 DkProblems    *problems,
                 DkResolver     resolve,
                 gpointer       data)
{
  DkCompiler *self = g_new0 (DkCompiler, 1);
  DkSlot as_of = { .kind = DK_SLOT_AS_OF }, year = { .kind = DK_SLOT_YEAR };
  guint8 level = 0;

  self->program = program;
  self->scope = scope;
  self->problems = problems;
  self->resolve = resolve;
  self->data = data;
  self->buffers = g_ptr_array_new ();
  g_ptr_array_add (self->buffers, program->code);
  self->levels = g_array_new (FALSE, TRUE, sizeof (guint8));
  self->may_be_na = g_array_new (FALSE, TRUE, sizeof (guint8));
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->derived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (hash_instr, equal_instr, g_free, NULL);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_row_scope_free);
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_expr_free);

  as_of.reg = as_of.known_reg = self->as_of_reg = dk_program_add_register (program, DK_KIND_DATE);
  g_array_append_val (program->slots, as_of);
  year.reg = year.known_reg = self->year_reg = dk_program_add_register (program, DK_KIND_NUMBER);
  g_array_append_val (program->slots, year);
  g_array_append_val (self->levels, level);
  g_array_append_val (self->levels, level);
  g_array_set_size (self->may_be_na, 2);
  self->day_reg = self->as_of_reg;
  return self;
}

void
dk_compiler_free (DkCompiler *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->buffers);
  g_array_unref (self->levels);
  g_array_unref (self->may_be_na);
  g_hash_table_unref (self->slots);
  g_hash_table_unref (self->derived);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->owned);
  g_free (self);
}

gboolean
dk_compiler_fail (DkCompiler   *self,
                  const DkExpr *at,
                  const char   *format,
                  ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  dk_problems_add (self->problems, dk_expr_get_place (at), "%s", message);
  return FALSE;
}

DkType
dk_expr_get_type (const DkExpr *expr)
{
  return (DkType) { expr->out_kind, expr->out_unit, expr->out_choices, expr->out_codes };
}

void
dk_compiler_set_series (DkExpr      *expr,
                        const guint *regs,
                        guint        n,
                        DkType       type)
{
  g_free (expr->regs);
  expr->regs = g_memdup2 (regs, n * sizeof (guint));
  expr->n_regs = n;
  expr->reg = n == 1 ? regs[0] : DK_NO_REGISTER;
  expr->out_kind = type.kind;
  expr->out_unit = type.unit;
  expr->out_choices = type.choices;
  expr->out_codes = type.codes;
}

void
dk_compiler_set_result (DkExpr *expr,
                        guint   reg,
                        DkType  type)
{
  dk_compiler_set_series (expr, &reg, 1, type);
}

guint
dk_compiler_reg_at (const DkExpr *expr,
                    guint         i)
{
  return expr->n_regs == 1 ? expr->regs[0] : expr->regs[i];
}

char *
dk_type_describe (const DkType *type)
{
  switch (type->kind)
    {
    case DK_KIND_TRUTH: return g_strdup ("a condition");
    case DK_KIND_DATE: return g_strdup ("a date");
    case DK_KIND_CODE: return g_strdup_printf ("a code of %s", type->codes != NULL ? type->codes->id : "a table");
    case DK_KIND_TEXT: return g_strdup ("a text");
    case DK_KIND_CHOICE: return g_strdup_printf ("an option of %s", type->choices != NULL ? type->choices->id : "a list");
    case DK_KIND_NUMBER:
    default:
      break;
    }
  switch (type->unit)
    {
    case DK_UNIT_YUAN: return g_strdup ("an amount of money such as 100万");
    case DK_UNIT_RATIO: return g_strdup ("a ratio such as 5%");
    case DK_UNIT_COUNT: return g_strdup ("a count");
    case DK_UNIT_DAYS: return g_strdup ("a number of days such as 30 days");
    case DK_UNIT_MONTHS: return g_strdup ("a number of months such as 6 months");
    case DK_UNIT_YEARS: return g_strdup ("a number of years such as 3 years");
    case DK_UNIT_POINTS: return g_strdup ("points such as 60 points");
    case DK_UNIT_PLAIN:
    default: return g_strdup ("a number");
    }
}

char *
dk_expr_describe (const DkExpr *expr)
{
  DkType type = dk_expr_get_type (expr);

  return dk_type_describe (&type);
}

guint
dk_compiler_new_register (DkCompiler *self,
                          DkKind      kind,
                          guint8      level)
{
  guint reg = dk_program_add_register (self->program, kind);

  g_assert (self->levels->len == reg);
  g_array_append_val (self->levels, level);
  g_array_set_size (self->may_be_na, reg + 1);
  return reg;
}

guint
dk_compiler_constant (DkCompiler *self,
                      DkKind      kind,
                      DkValue     value)
{
  guint reg = dk_compiler_new_register (self, kind, 0);

  g_array_index (self->program->constants, DkValue, reg) = dk_value_copy (&value, self->program->arena);
  return reg;
}

gboolean
dk_compiler_is_constant (DkCompiler *self,
                         guint       reg)
{
  return g_array_index (self->program->constants, DkValue, reg).state != 0;
}

/* Instructions whose operands are known at load are carried out at load. */
static void
fold (DkCompiler    *self,
      const DkInstr *instr)
{
  DkRun run = { .program = self->program, .arena = self->program->arena, .work = 1000 };

  run.regs = (DkValue *) (gpointer) self->program->constants->data;
  dk_machine_execute (&run, instr, 1);
}

/* Only these say of something that it does not apply; everything else passes it on. */
static gboolean
makes_na (DkOp op)
{
  switch (op)
    {
    case DK_OP_APPLIES: case DK_OP_APPLIES_CHOICE: case DK_OP_APPLIES_TRUTH:
    case DK_OP_PICK: case DK_OP_PICK_CHOICE: case DK_OP_PICK_TRUTH:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
dk_compiler_may_be_na (DkCompiler *self,
                       guint       reg)
{
  return g_array_index (self->may_be_na, guint8, reg);
}

static guint
emit_instr (DkCompiler *self,
            DkInstr     instr,
            DkKind      kind,
            gboolean    may_share)
{
  guint32 few[16];
  g_autofree guint32 *many = NULL;
  guint32 *operands = few;
  guint n = dk_instr_get_operands (self->program, &instr, few, G_N_ELEMENTS (few));
  guint8 level = 0, na = FALSE;
  gboolean constant = instr.op != DK_OP_AGGREGATE;
  gpointer known;

  if (may_share && g_hash_table_lookup_extended (self->seen, &instr, NULL, &known))
    return GPOINTER_TO_UINT (known);
  if (n > G_N_ELEMENTS (few))
    {
      operands = many = g_new (guint32, n);
      dk_instr_get_operands (self->program, &instr, many, n);
    }
  for (guint i = 0; i < n; i++)
    {
      guint8 of = g_array_index (self->levels, guint8, operands[i]);

      /* What only a loop within uses is no concern of the outside. */
      if (of < self->buffers->len)
        level = MAX (level, of);
      constant = constant && dk_compiler_is_constant (self, operands[i]);
      na |= g_array_index (self->may_be_na, guint8, operands[i]);
    }
  if (makes_na ((DkOp) instr.op))
    na = TRUE;
  else if (instr.op == DK_OP_VERDICT)
    na = FALSE;
  instr.dst = dk_compiler_new_register (self, kind, level);
  g_array_index (self->may_be_na, guint8, instr.dst) = na;
  if (constant)
    fold (self, &instr);
  else
    g_array_append_val ((GArray *) g_ptr_array_index (self->buffers, level), instr);
  /* A loop's registers are only good inside it. */
  if (may_share && level == 0)
    g_hash_table_insert (self->seen, g_memdup2 (&instr, sizeof instr), GUINT_TO_POINTER (instr.dst));
  return instr.dst;
}

guint
dk_compiler_emit (DkCompiler *self,
                  DkOp        op,
                  DkKind      kind,
                  guint       a,
                  guint       b,
                  guint       c)
{
  return emit_instr (self, (DkInstr) { .op = (guint16) op, .a = a, .b = b, .c = c }, kind, op != DK_OP_AGGREGATE);
}

guint
dk_compiler_emit_list (DkCompiler  *self,
                       DkOp         op,
                       DkKind       kind,
                       const guint *regs,
                       guint        n,
                       guint        b,
                       guint        c)
{
  guint start = self->program->lists->len;

  g_array_append_vals (self->program->lists, regs, n);
  return emit_instr (self, (DkInstr) { .op = (guint16) op, .n = (guint16) n, .a = start, .b = b, .c = c }, kind, FALSE);
}

DkOp
dk_op_for_kind (DkOp   number_op,
                DkKind kind)
{
  if (kind == DK_KIND_CHOICE)
    return number_op + 1;
  return kind == DK_KIND_TRUTH ? number_op + 2 : number_op;
}

gboolean
dk_compiler_same_length (DkCompiler  *self,
                         DkExpr      *at,
                         DkExpr     **args,
                         guint        n_args,
                         guint       *n)
{
  *n = 1;
  for (guint i = 0; i < n_args; i++)
    {
      if (args[i] == NULL || args[i]->n_regs == 1)
        continue;
      if (*n != 1 && *n != args[i]->n_regs)
        return dk_compiler_fail (self, at, "series of %u and of %u years cannot be taken together", *n, args[i]->n_regs);
      *n = args[i]->n_regs;
    }
  return TRUE;
}

gboolean
dk_compiler_single (DkCompiler *self,
                    DkExpr     *expr,
                    DkKind      kind,
                    const char *what)
{
  if (!dk_compiler_compile (self, expr, NULL))
    return FALSE;
  if (expr->n_regs != 1)
    return dk_compiler_fail (self, expr, "%s is a single value, not a series of years", what);
  if (expr->out_kind != kind)
    {
      DkType wanted = { kind, DK_UNIT_PLAIN, NULL, NULL };
      g_autofree char *is = dk_expr_describe (expr), *wants = dk_type_describe (&wanted);

      return dk_compiler_fail (self, expr, "%s must be %s, but this is %s", what, wants, is);
    }
  return TRUE;
}

/* Whether a plain number as written may stand where another unit is wanted: 0 anywhere, 1 as a ratio, any as a count or points. */
gboolean
dk_compiler_fits_unit (DkCompiler   *self,
                       const DkExpr *expr,
                       DkUnit        unit)
{
  const DkValue *value;

  if (expr->out_unit != DK_UNIT_PLAIN)
    return FALSE;
  if (unit == DK_UNIT_COUNT || unit == DK_UNIT_POINTS)
    return TRUE;
  if (expr->n_regs != 1 || !dk_compiler_is_constant (self, expr->regs[0]))
    return FALSE;
  value = &g_array_index (self->program->constants, DkValue, expr->regs[0]);
  if (value->state != DK_POINT)
    return value->state == DK_RANGE && !dk_number_is_finite (value->low) && !dk_number_is_finite (value->high);
  return dk_number_sign (value->low) == 0 || (unit == DK_UNIT_RATIO && dk_number_equal (value->low, DK_ONE));
}

/* Checks that two values can be compared, added or chosen between; @type is what they have in common. */
gboolean
dk_compiler_unify (DkCompiler *self,
                   DkExpr     *a,
                   DkExpr     *b,
                   DkType     *type)
{
  g_autofree char *what_a = NULL, *what_b = NULL;

  *type = dk_expr_get_type (a);
  if (a->out_kind == b->out_kind)
    {
      switch (a->out_kind)
        {
        case DK_KIND_NUMBER:
          if (a->out_unit == b->out_unit)
            return TRUE;
          if (dk_compiler_fits_unit (self, b, a->out_unit))
            return TRUE;
          if (dk_compiler_fits_unit (self, a, b->out_unit))
            {
              type->unit = b->out_unit;
              return TRUE;
            }
          break;
        case DK_KIND_CHOICE:
          if (a->out_choices == b->out_choices)
            return TRUE;
          break;
        case DK_KIND_CODE:
          if (a->out_codes == b->out_codes)
            return TRUE;
          break;
        default:
          return TRUE;
        }
    }
  what_a = dk_expr_describe (a);
  what_b = dk_expr_describe (b);
  if (a->out_kind == DK_KIND_NUMBER && b->out_kind == DK_KIND_NUMBER && b->out_unit == DK_UNIT_PLAIN)
    return dk_compiler_fail (self, b, "this is a number; %s is wanted", what_a);
  if (a->out_kind == DK_KIND_NUMBER && b->out_kind == DK_KIND_NUMBER && a->out_unit == DK_UNIT_PLAIN)
    return dk_compiler_fail (self, a, "this is a number; %s is wanted", what_b);
  return dk_compiler_fail (self, b, "this is %s, but the other side is %s", what_b, what_a);
}

static gboolean
compile_at (DkCompiler *self,
            DkExpr     *expr)
{
  DkExpr *name = expr->args[0];
  guint day = self->day_reg;
  gboolean ok;

  if (!dk_compiler_single (self, expr->args[1], DK_KIND_DATE, "the day after `at`"))
    return FALSE;
  self->day_reg = expr->args[1]->reg;
  ok = dk_compiler_compile (self, name, NULL);
  self->day_reg = day;
  if (!ok)
    return FALSE;
  if (name->parameter == NULL)
    return dk_compiler_fail (self, name, "%s is no parameter; `at` reads a parameter on another day", name->text);
  dk_compiler_set_result (expr, name->reg, dk_expr_get_type (name));
  return TRUE;
}

gboolean
dk_compiler_compile (DkCompiler   *self,
                     DkExpr       *expr,
                     const DkType *wanted)
{
  gboolean ok;

  if (self->depth > MAX_DEPTH)
    return dk_compiler_fail (self, expr, "the rules rest on one another too deeply");
  self->depth++;
  switch (expr->kind)
    {
    case DK_EXPR_NUMBER: case DK_EXPR_RANGE: case DK_EXPR_DATE: case DK_EXPR_STRING:
      ok = dk_compiler_literal (self, expr, wanted);
      break;
    case DK_EXPR_NAME: case DK_EXPR_INDEX:
      ok = dk_compiler_name (self, expr, wanted);
      break;
    case DK_EXPR_NEGATE: case DK_EXPR_NOT:
      ok = dk_compiler_unary (self, expr);
      break;
    case DK_EXPR_ADD: case DK_EXPR_SUB: case DK_EXPR_MUL: case DK_EXPR_DIV:
      ok = dk_compiler_arithmetic (self, expr);
      break;
    case DK_EXPR_POWER:
      ok = dk_compiler_power (self, expr);
      break;
    case DK_EXPR_COMPARE:
      ok = dk_compiler_compare (self, expr);
      break;
    case DK_EXPR_IN:
      ok = dk_compiler_in (self, expr);
      break;
    case DK_EXPR_AND: case DK_EXPR_OR:
      ok = dk_compiler_logic (self, expr);
      break;
    case DK_EXPR_IF: case DK_EXPR_CASE:
      ok = dk_compiler_case (self, expr, wanted);
      break;
    case DK_EXPR_BAND:
      ok = dk_compiler_band (self, expr, wanted);
      break;
    case DK_EXPR_CALL:
      ok = dk_compiler_call (self, expr, wanted);
      break;
    case DK_EXPR_AGGREGATE:
      ok = dk_compiler_aggregate (self, expr, wanted);
      break;
    case DK_EXPR_AT:
      ok = compile_at (self, expr);
      break;
    default:
      g_assert_not_reached ();
    }
  self->depth--;
  return ok;
}
