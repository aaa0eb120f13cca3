/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-compiler"

#include "dk-compiler-private.h"

#include <stdarg.h>
#include <string.h>

/* A chain of rules that rest on rules deeper than this is refused rather than followed. */
#define MAX_DEPTH 2000

static void
free_row_scope (DkRowScope *row)
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
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row_scope);
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_expr_free);

  as_of.reg = self->as_of_reg = dk_program_add_register (program, DK_KIND_DATE);
  g_array_append_val (program->slots, as_of);
  year.reg = self->year_reg = dk_program_add_register (program, DK_KIND_NUMBER);
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
  dk_problems_add (self->problems, at->place, "%s", message);
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

static char *
describe (const DkExpr *expr)
{
  DkType type = dk_expr_get_type (expr);

  return dk_type_describe (&type);
}

static guint
new_register (DkCompiler *self,
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
  guint reg = new_register (self, kind, 0);

  g_array_index (self->program->constants, DkValue, reg) = dk_value_copy (&value, self->program->arena);
  return reg;
}

static gboolean
is_constant (DkCompiler *self,
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
      constant = constant && is_constant (self, operands[i]);
      na |= g_array_index (self->may_be_na, guint8, operands[i]);
    }
  if (makes_na ((DkOp) instr.op))
    na = TRUE;
  else if (instr.op == DK_OP_VERDICT)
    na = FALSE;
  instr.dst = new_register (self, kind, level);
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
      g_autofree char *is = describe (expr), *wants = dk_type_describe (&wanted);

      return dk_compiler_fail (self, expr, "%s must be %s, but this is %s", what, wants, is);
    }
  return TRUE;
}

/* Whether a plain number as written may stand where another unit is wanted: 0 anywhere, 1 as a ratio, any as a count or points. */
static gboolean
fits_unit (DkCompiler   *self,
           const DkExpr *expr,
           DkUnit        unit)
{
  const DkValue *value;

  if (expr->out_unit != DK_UNIT_PLAIN)
    return FALSE;
  if (unit == DK_UNIT_COUNT || unit == DK_UNIT_POINTS)
    return TRUE;
  if (expr->n_regs != 1 || !is_constant (self, expr->regs[0]))
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
          if (fits_unit (self, b, a->out_unit))
            return TRUE;
          if (fits_unit (self, a, b->out_unit))
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
  what_a = describe (a);
  what_b = describe (b);
  if (a->out_kind == DK_KIND_NUMBER && b->out_kind == DK_KIND_NUMBER && b->out_unit == DK_UNIT_PLAIN)
    return dk_compiler_fail (self, b, "this is a number; %s is wanted", what_a);
  if (a->out_kind == DK_KIND_NUMBER && b->out_kind == DK_KIND_NUMBER && a->out_unit == DK_UNIT_PLAIN)
    return dk_compiler_fail (self, a, "this is a number; %s is wanted", what_b);
  return dk_compiler_fail (self, b, "this is %s, but the other side is %s", what_b, what_a);
}

static guint
find_slot (DkCompiler     *self,
           const DkSymbol *fact,
           gboolean        is_absolute,
           gint64          year,
           int             sub)
{
  g_autofree char *key = g_strdup_printf ("%s %d %" G_GINT64_FORMAT " %d", fact->id, is_absolute, year, sub);
  gpointer found;
  DkSlot slot = { .kind = DK_SLOT_FACT, .fact = fact, .is_absolute = is_absolute, .year = year, .sub = sub };

  if (g_hash_table_lookup_extended (self->slots, key, NULL, &found))
    return GPOINTER_TO_UINT (found);
  slot.reg = new_register (self, fact->kind, 0);
  g_array_append_val (self->program->slots, slot);
  g_hash_table_insert (self->slots, g_steal_pointer (&key), GUINT_TO_POINTER (self->program->slots->len - 1));
  return self->program->slots->len - 1;
}

/* The register of a fact: its slot, or, when it is not answered itself, what it is derived from. */
static gboolean
fact_register (DkCompiler     *self,
               DkExpr         *at,
               const DkSymbol *fact,
               gint64          year,
               gboolean        is_absolute,
               int             sub,
               guint          *slot,
               guint          *reg)
{
  g_autofree char *key = NULL;
  gpointer found;
  const DkSlot *input;

  *slot = find_slot (self, fact, is_absolute, year, sub);
  input = &g_array_index (self->program->slots, DkSlot, *slot);
  *reg = input->reg;
  if (fact->derive == NULL || is_absolute || sub != 0)
    return TRUE;

  key = g_strdup_printf ("%s %" G_GINT64_FORMAT, fact->id, year);
  if (g_hash_table_lookup_extended (self->derived, key, NULL, &found))
    {
      if (GPOINTER_TO_UINT (found) == DK_NO_REGISTER)
        return dk_compiler_fail (self, at, "%s is derived from itself", fact->id);
      *reg = GPOINTER_TO_UINT (found);
      return TRUE;
    }

  g_hash_table_insert (self->derived, g_strdup (key), GUINT_TO_POINTER (DK_NO_REGISTER));
  {
    DkExpr *expr = dk_expr_parse (fact->derive, fact->derive_node, self->program->arena, self->problems);
    gint64 shift = self->shift;
    guint day = self->day_reg;
    DkExpr *own = self->own;
    g_autoptr(GPtrArray) rows = g_steal_pointer (&self->rows);
    gboolean ok;

    if (expr == NULL)
      {
        self->rows = g_steal_pointer (&rows);
        return FALSE;
      }
    g_ptr_array_add (self->owned, expr);
    /* A derived fact stands on its own: no row, no rule and no shift but its own year. */
    self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row_scope);
    self->shift = fact->period == DK_PERIOD_NONE ? 0 : year;
    self->day_reg = self->as_of_reg;
    self->own = NULL;
    ok = dk_compiler_compile (self, expr, NULL);
    g_ptr_array_unref (self->rows);
    self->rows = g_steal_pointer (&rows);
    self->shift = shift;
    self->day_reg = day;
    self->own = own;
    if (!ok)
      return FALSE;
    if (expr->n_regs != 1 || expr->out_kind != fact->kind)
      {
        DkType type = { fact->kind, fact->unit, fact->choices, fact->codes };
        g_autofree char *wants = dk_type_describe (&type), *is = describe (expr);

        return dk_compiler_fail (self, expr, "%s is %s, but what it is derived from is %s", fact->id, wants, is);
      }
    *reg = dk_compiler_emit (self, dk_op_for_kind (DK_OP_DERIVE, fact->kind), fact->kind,
                             g_array_index (self->program->slots, DkSlot, *slot).reg, expr->reg,
                             dk_compiler_constant (self, fact->kind, fact->domain));
    g_hash_table_insert (self->derived, g_steal_pointer (&key), GUINT_TO_POINTER (*reg));
  }
  return TRUE;
}

static DkType
symbol_type (const DkSymbol *symbol)
{
  return (DkType) { symbol->kind, symbol->unit, symbol->choices, symbol->codes };
}

static gboolean
compile_fact (DkCompiler     *self,
              DkExpr         *expr,
              const DkSymbol *fact)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean indexed = expr->kind == DK_EXPR_INDEX;

  if (fact->period == DK_PERIOD_NONE && indexed)
    return dk_compiler_fail (self, expr, "%s has no years; write it without brackets", fact->id);
  if (fact->period != DK_PERIOD_NONE && !indexed)
    return dk_compiler_fail (self, expr, "%s is a yearly figure; say which year: %s[0] is the last full year", fact->id, fact->id);
  if (indexed && (expr->sub == 0) != (fact->period == DK_PERIOD_YEAR))
    return dk_compiler_fail (self, expr, fact->period == DK_PERIOD_YEAR
                                           ? "%s is a yearly figure and has no quarters or months"
                                           : "%s needs its quarters or months, such as [0 Q1..Q4] or [0 M12]",
                             fact->id);
  if (indexed && expr->sub != 0 && (expr->sub == 'Q') != (fact->period == DK_PERIOD_QUARTER))
    return dk_compiler_fail (self, expr, "%s is kept by the %s", fact->id, fact->period == DK_PERIOD_QUARTER ? "quarter" : "month");
  for (gint64 year = expr->low; year <= (indexed ? expr->high : expr->low); year++)
    for (int sub = expr->sub_low; sub <= expr->sub_high; sub++)
      {
        gint64 at = indexed ? year + (expr->is_absolute ? 0 : self->shift) : 0;
        guint slot, reg;

        if (!fact_register (self, expr, fact, at, expr->is_absolute, sub, &slot, &reg))
          return FALSE;
        g_array_append_val (regs, reg);
        g_array_append_val (slots, slot);
      }
  expr->fact = fact;
  g_free (expr->slots);
  expr->slots = g_memdup2 (slots->data, slots->len * sizeof (guint));
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, regs->len, symbol_type (fact));
  return TRUE;
}

/* Option @text of @choices, as a constant. */
static gboolean
compile_option (DkCompiler      *self,
                DkExpr          *expr,
                const DkChoices *choices,
                int              option)
{
  DkType type = { DK_KIND_CHOICE, DK_UNIT_PLAIN, choices, NULL };
  guint64 bit = (guint64) 1 << option;

  expr->is_constant = TRUE;
  dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_CHOICE, DK_VALUE_CHOICE (bit)), type);
  return TRUE;
}

gboolean
dk_compiler_column (DkCompiler *self,
                    DkExpr     *expr,
                    DkRowScope *row,
                    const char *name)
{
  guint index;
  const DkSymbol *column = dk_register_find_column (row->reg, name, &index);
  guint reg = DK_NO_REGISTER;

  if (column == NULL)
    return dk_compiler_fail (self, expr, "the register %s has no column %s", row->reg->id, name);
  for (guint i = 0; i < row->columns->len; i++)
    if (g_array_index (row->columns, guint, i) == index)
      reg = g_array_index (row->regs, guint, i);
  if (reg == DK_NO_REGISTER)
    {
      reg = new_register (self, column->kind, (guint8) row->level);
      g_array_append_val (row->columns, index);
      g_array_append_val (row->regs, reg);
    }
  expr->fact = column;
  dk_compiler_set_result (expr, reg, symbol_type (column));
  return TRUE;
}

static gboolean
compile_name (DkCompiler   *self,
              DkExpr       *expr,
              const DkType *wanted)
{
  const char *name = expr->kind == DK_EXPR_INDEX ? expr->args[0]->text : expr->text;
  const char *dot = strchr (name, '.');
  const DkSymbol *fact;
  int option;

  if (expr->kind == DK_EXPR_NAME)
    {
      if (strcmp (name, "true") == 0 || strcmp (name, "false") == 0)
        {
          expr->is_constant = TRUE;
          dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_TRUTH, DK_VALUE_TRUTH (name[0] == 't' ? DK_TRUE : DK_FALSE)),
                                  TRUTH_TYPE);
          return TRUE;
        }
      if (strcmp (name, "unknown") == 0 || strcmp (name, "undefined") == 0)
        {
          DkType type = wanted != NULL ? *wanted : TRUTH_TYPE;
          DkValue value = DK_VALUE_UNDEFINED;

          if (name[3] == 'n')
            value = type.kind == DK_KIND_TRUTH    ? DK_VALUE_TRUTH (DK_OPEN)
                    : type.kind == DK_KIND_CHOICE ? (DkValue) { { (gint64) (((guint64) 1 << type.choices->options->len) - 1), 1 }, DK_ZERO, DK_RANGE }
                                                  : DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_INFINITY);
          dk_compiler_set_result (expr, dk_compiler_constant (self, type.kind, value), type);
          return TRUE;
        }
      if (strcmp (name, "as_of") == 0)
        {
          dk_compiler_set_result (expr, self->as_of_reg, DATE_TYPE);
          return TRUE;
        }
      if (strcmp (name, "year") == 0)
        {
          guint reg = self->year_reg;

          if (self->shift != 0)
            reg = dk_compiler_emit (self, DK_OP_ADD, DK_KIND_NUMBER, reg,
                                    dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_NUMBER (self->shift))), 0);
          dk_compiler_set_result (expr, reg, NUMBER_TYPE (DK_UNIT_PLAIN));
          return TRUE;
        }
      if (dot != NULL)
        for (guint i = self->rows->len; i-- > 0;)
          {
            DkRowScope *row = g_ptr_array_index (self->rows, i);

            if (strlen (row->alias) == (gsize) (dot - name) && strncmp (row->alias, name, (gsize) (dot - name)) == 0)
              return dk_compiler_column (self, expr, row, dot + 1);
          }
      if (wanted != NULL && wanted->kind == DK_KIND_CHOICE && dot == NULL
          && (option = dk_choices_find (wanted->choices, name)) >= 0)
        return compile_option (self, expr, wanted->choices, option);
    }

  fact = dk_scope_find_fact (self->scope, name);
  if (fact != NULL)
    return compile_fact (self, expr, fact);

  {
    guint before = dk_problems_count (self->problems);

    if (self->resolve != NULL && self->resolve (self->data, expr, name, self->shift))
      return dk_problems_count (self->problems) == before && expr->n_regs > 0;
  }
  if (wanted != NULL && wanted->kind == DK_KIND_CHOICE && dot == NULL && expr->kind == DK_EXPR_NAME)
    {
      g_autofree char *options = NULL;
      g_autoptr(GPtrArray) copy = g_ptr_array_new ();

      for (guint i = 0; i < wanted->choices->options->len; i++)
        g_ptr_array_add (copy, g_ptr_array_index (wanted->choices->options, i));
      g_ptr_array_add (copy, NULL);
      options = g_strjoinv (", ", (char **) copy->pdata);
      return dk_compiler_fail (self, expr, "%s is no option of %s, which has %s", name, wanted->choices->id, options);
    }
  if (dot != NULL && self->rows->len == 0 && strncmp (name, "row.", 4) == 0)
    return dk_compiler_fail (self, expr, "%s: there is no row here; a row stands inside count (register where ...)", name);
  return dk_compiler_fail (self, expr, "%s is no fact, rule or parameter", name);
}

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
        g_autofree char *is = describe (expr->args[i]);

        return dk_compiler_fail (self, expr->args[i], "a number is wanted here, but this is %s", is);
      }
  return TRUE;
}

static gboolean
compile_arithmetic (DkCompiler *self,
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
          g_autofree char *what_a = describe (a), *what_b = describe (b);
          return dk_compiler_fail (self, expr, "%s cannot be multiplied with %s", what_a, what_b);
        }
      op = DK_OP_MUL;
      break;
    default:
      if (!unit_of_quotient (a->out_unit, b->out_unit, &type.unit))
        {
          g_autofree char *what_a = describe (a), *what_b = describe (b);
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

static gboolean
compile_unary (DkCompiler *self,
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
      g_autofree char *is = describe (a);
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

static gboolean
compile_power (DkCompiler *self,
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

  if (rate->out_kind != DK_KIND_NUMBER || (rate->out_unit != DK_UNIT_RATIO && !fits_unit (self, rate, DK_UNIT_RATIO)) || rate->n_regs != 1)
    return dk_compiler_fail (self, rate, "a compound growth is compared with a ratio such as 5%%");
  if (!dk_number_to_int64 (growth->args[2]->value, &periods) || periods < 1)
    return FALSE;
  one = dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ONE));
  quotient = dk_compiler_emit (self, DK_OP_DIV, DK_KIND_NUMBER, growth->args[1]->reg, growth->args[0]->reg, 0);
  limit = dk_compiler_emit (self, DK_OP_ADD, DK_KIND_NUMBER, one, rate->reg, 0);
  power = dk_compiler_emit (self, DK_OP_POWER, DK_KIND_NUMBER, limit, (guint) periods, 0);
  truth = dk_compiler_emit (self, DK_OP_LT + expr->comparison, DK_KIND_TRUTH, quotient, power, 0);
  /* From a base of 0 or less, and against a loss of more than everything, there is nothing to compare. */
  {
    guint zero = dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ZERO));
    guint undefined = dk_compiler_constant (self, DK_KIND_TRUTH, DK_VALUE_UNDEFINED);
    guint base = dk_compiler_emit (self, DK_OP_GT, DK_KIND_TRUTH, growth->args[0]->reg, zero, 0);
    guint end = dk_compiler_emit (self, DK_OP_GE, DK_KIND_TRUTH, growth->args[1]->reg, zero, 0);
    guint both[2] = { base, end };

    defined = dk_compiler_emit_list (self, DK_OP_AND, DK_KIND_TRUTH, both, 2, 0, 0);
    truth = dk_compiler_emit (self, DK_OP_SELECT_TRUTH, DK_KIND_TRUTH, defined, truth, undefined);
  }
  dk_compiler_set_result (expr, truth, TRUTH_TYPE);
  return TRUE;
}

static gboolean
compile_compare (DkCompiler *self,
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
  if (is_compound_growth (a) && a->n_regs == 1)
    {
      DkExpr *args[2] = { a, b };
      DkExpr pair = *expr;
      gboolean ok;

      pair.args = args;
      pair.regs = NULL;
      ok = compare_growth (self, &pair);
      if (ok)
        dk_compiler_set_result (expr, pair.reg, TRUTH_TYPE);
      g_free (pair.regs);
      return ok;
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

static gboolean
compile_in (DkCompiler *self,
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

static gboolean
compile_logic (DkCompiler *self,
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
          g_autofree char *is = describe (expr->args[i]);
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

/* Alternatives that stand for one another: all of one type; a choice among them lends its list to the others. */
static gboolean
compile_alternatives (DkCompiler   *self,
                      DkExpr      **values,
                      guint         n,
                      const DkType *wanted,
                      DkType       *type)
{
  DkType hint;
  gboolean have = wanted != NULL;

  if (have)
    hint = *wanted;
  for (guint i = 0; i < n; i++)
    {
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
  *type = dk_expr_get_type (values[0]);
  for (guint i = 1; i < n; i++)
    {
      DkType pair;

      if (!dk_compiler_unify (self, values[0], values[i], &pair))
        return FALSE;
      if (pair.unit != DK_UNIT_PLAIN)
        type->unit = pair.unit;
    }
  return TRUE;
}

static gboolean
compile_case (DkCompiler   *self,
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

static gboolean
compile_band (DkCompiler   *self,
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
    constant = constant && is_constant (self, results[i]->reg);
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

static gboolean
compile_literal (DkCompiler   *self,
                 DkExpr       *expr,
                 const DkType *wanted)
{
  switch (expr->kind)
    {
    case DK_EXPR_DATE:
      dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_DATE, DK_VALUE_POINT (expr->value)), DATE_TYPE);
      break;
    case DK_EXPR_STRING:
      if (wanted != NULL && wanted->kind == DK_KIND_CODE)
        {
          gint64 first, last;

          if (!dk_codes_find_prefix (wanted->codes, expr->text, &first, &last)
              || strcmp (g_ptr_array_index (wanted->codes->codes, (guint) first), expr->text) != 0)
            return dk_compiler_fail (self, expr, "%s is no code of %s", expr->text, wanted->codes->id);
          if (first != last)
            return dk_compiler_fail (self, expr, "%s has finer codes below it; ask with in ('%s')", expr->text, expr->text);
          dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_CODE, DK_VALUE_POINT (DK_NUMBER (first))), *wanted);
        }
      else
        dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_TEXT, DK_VALUE_POINT (DK_NUMBER (dk_text_intern (expr->text)))),
                                (DkType) { DK_KIND_TEXT, DK_UNIT_PLAIN, NULL, NULL });
      break;
    case DK_EXPR_RANGE:
      {
        DkExpr *low = expr->args[0], *high = expr->args[1];

        if (dk_number_compare (low->value, high->value) > 0)
          return dk_compiler_fail (self, expr, "a range goes from the lesser to the greater");
        dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_NUMBER,
                                                            dk_number_equal (low->value, high->value)
                                                              ? DK_VALUE_POINT (low->value)
                                                              : DK_VALUE_RANGE (low->value, high->value)),
                                NUMBER_TYPE (high->has_unit ? high->unit : low->unit));
        break;
      }
    default:
      dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (expr->value)), NUMBER_TYPE (expr->unit));
      break;
    }
  expr->is_constant = TRUE;
  return TRUE;
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
      ok = compile_literal (self, expr, wanted);
      break;
    case DK_EXPR_NAME: case DK_EXPR_INDEX:
      ok = compile_name (self, expr, wanted);
      break;
    case DK_EXPR_NEGATE: case DK_EXPR_NOT:
      ok = compile_unary (self, expr);
      break;
    case DK_EXPR_ADD: case DK_EXPR_SUB: case DK_EXPR_MUL: case DK_EXPR_DIV:
      ok = compile_arithmetic (self, expr);
      break;
    case DK_EXPR_POWER:
      ok = compile_power (self, expr);
      break;
    case DK_EXPR_COMPARE:
      ok = compile_compare (self, expr);
      break;
    case DK_EXPR_IN:
      ok = compile_in (self, expr);
      break;
    case DK_EXPR_AND: case DK_EXPR_OR:
      ok = compile_logic (self, expr);
      break;
    case DK_EXPR_IF: case DK_EXPR_CASE:
      ok = compile_case (self, expr, wanted);
      break;
    case DK_EXPR_BAND:
      ok = compile_band (self, expr, wanted);
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
