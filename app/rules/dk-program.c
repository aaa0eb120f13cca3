/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-program"

#include "dk-program-private.h"

#include <string.h>

struct _DkSlice
{
  GArray *code; /* DkInstr */
};

static void
free_band (DkBandTable *band)
{
  g_free (band->rows);
  g_free (band);
}

static void
free_code_set (DkCodeSet *set)
{
  g_free (set->spans);
  g_free (set);
}

static void
free_dated (DkDatedTable *table)
{
  g_free (table->entries);
  g_free (table);
}

static void
free_aggregate (DkAggregate *aggregate)
{
  g_array_unref (aggregate->code);
  g_free (aggregate->columns);
  g_free (aggregate->column_regs);
  g_free (aggregate);
}

static void
free_choosing (DkChoosing *choosing)
{
  for (guint i = 0; i < choosing->n_levels; i++)
    {
      g_array_unref (choosing->levels[i].code);
      g_array_unref (choosing->levels[i].checks);
    }
  g_free (choosing->levels);
  g_free (choosing->decided);
  g_array_unref (choosing->outside);
  g_array_unref (choosing->written);
  g_free (choosing->places);
  g_free (choosing);
}

DkProgram *
dk_program_new (const DkScope *scope)
{
  DkProgram *program = g_new0 (DkProgram, 1);

  program->scope = scope;
  program->n_registers_of_scope = scope->registers->len;
  program->arena = dk_arena_new ();
  /* Never without memory: the machine counts from where they begin, even if it is not far. */
  program->code = g_array_sized_new (FALSE, FALSE, sizeof (DkInstr), 64);
  program->lists = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 64);
  program->slots = g_array_new (FALSE, FALSE, sizeof (DkSlot));
  program->kinds = g_array_new (FALSE, FALSE, sizeof (guint8));
  program->constants = g_array_new (FALSE, FALSE, sizeof (DkValue));
  program->masks = g_array_new (FALSE, FALSE, sizeof (guint64));
  program->code_sets = g_ptr_array_new_with_free_func ((GDestroyNotify) free_code_set);
  program->bands = g_ptr_array_new_with_free_func ((GDestroyNotify) free_band);
  program->dated = g_ptr_array_new_with_free_func ((GDestroyNotify) free_dated);
  program->aggregates = g_ptr_array_new_with_free_func ((GDestroyNotify) free_aggregate);
  program->choosings = g_ptr_array_new_with_free_func ((GDestroyNotify) free_choosing);
  return program;
}

void
dk_program_free (DkProgram *program)
{
  if (program == NULL)
    return;
  g_array_unref (program->code);
  g_array_unref (program->lists);
  g_array_unref (program->slots);
  g_array_unref (program->kinds);
  g_array_unref (program->constants);
  g_array_unref (program->masks);
  g_ptr_array_unref (program->code_sets);
  g_ptr_array_unref (program->bands);
  g_ptr_array_unref (program->dated);
  g_ptr_array_unref (program->aggregates);
  g_ptr_array_unref (program->choosings);
  g_free (program->depends);
  g_free (program->producers);
  g_free (program->operand_starts);
  g_clear_pointer (&program->operands, g_array_unref);
  g_free (program->follows);
  g_free (program->mixed);
  g_free (program->origins);
  g_clear_pointer (&program->breaks, g_ptr_array_unref);
  dk_arena_free (program->arena);
  g_free (program);
}

guint
dk_program_add_register (DkProgram *program,
                         DkKind     kind)
{
  guint8 k = kind;
  DkValue none = { DK_ZERO, DK_ZERO, 0 };

  g_array_append_val (program->kinds, k);
  g_array_append_val (program->constants, none);
  return program->kinds->len - 1;
}

guint
dk_program_n_slots (const DkProgram *program)
{
  return program->slots->len;
}

const DkSlot *
dk_program_get_slots (const DkProgram *program)
{
  return (const DkSlot *) (gpointer) program->slots->data;
}

guint
dk_program_n_registers (const DkProgram *program)
{
  return program->kinds->len;
}

guint
dk_program_n_instructions (const DkProgram *program)
{
  return program->code->len;
}

DkKind
dk_program_get_kind (const DkProgram *program,
                     guint            reg)
{
  return g_array_index (program->kinds, guint8, reg);
}

/* Whether a, b and c of an instruction are registers, and whether it has a list. */
static void
describe_operands (guint16   op,
                   gboolean *list,
                   guint    *n_plain,
                   gboolean *b_is_register)
{
  *list = FALSE;
  *b_is_register = FALSE;
  switch ((DkOp) op)
    {
    case DK_OP_SUM: case DK_OP_MIN: case DK_OP_MAX: case DK_OP_MEAN:
    case DK_OP_SUM_AVAILABLE: case DK_OP_MIN_AVAILABLE: case DK_OP_MAX_AVAILABLE: case DK_OP_MEAN_AVAILABLE:
    case DK_OP_AND: case DK_OP_OR: case DK_OP_AND_AVAILABLE: case DK_OP_OR_AVAILABLE:
    case DK_OP_ALL: case DK_OP_ANY: case DK_OP_AT_LEAST: case DK_OP_COUNT_TRUE: case DK_OP_COUNT_TRUE_AVAILABLE:
      *list = TRUE;
      *n_plain = 0;
      return;
    case DK_OP_PICK: case DK_OP_PICK_CHOICE: case DK_OP_PICK_TRUTH:
      *list = TRUE;
      *n_plain = 0;
      *b_is_register = TRUE;
      return;
    case DK_OP_NEGATE: case DK_OP_ABS: case DK_OP_FLOOR: case DK_OP_CEIL: case DK_OP_POWER: case DK_OP_ROOT:
    case DK_OP_CHOICE_IN: case DK_OP_CODE_IN: case DK_OP_NOT: case DK_OP_BAND: case DK_OP_IS_DEFINED: case DK_OP_SCORE:
    case DK_OP_VERDICT: case DK_OP_PARAMETER: case DK_OP_YEAR_OF: case DK_OP_CHOSEN:
      *n_plain = 1;
      return;
    case DK_OP_SELECT: case DK_OP_SELECT_CHOICE: case DK_OP_SELECT_TRUTH: case DK_OP_MAKE_DATE:
    case DK_OP_DERIVE: case DK_OP_DERIVE_CHOICE: case DK_OP_DERIVE_TRUTH:
      *n_plain = 3;
      return;
    case DK_OP_AGGREGATE:
    case DK_OP_CHOOSE:
      *n_plain = 0;
      return;
    default:
      *n_plain = 2;
      return;
    }
}

static void
add_operand (GArray  *operands,
             guint32  reg)
{
  if (reg != DK_NO_REGISTER)
    g_array_append_val (operands, reg);
}

static void
collect_operands (const DkProgram *program,
                  const DkInstr   *instr,
                  GArray          *operands)
{
  gboolean list, b_is_register;
  guint n_plain;

  describe_operands (instr->op, &list, &n_plain, &b_is_register);
  if (list)
    for (guint i = 0; i < instr->n; i++)
      add_operand (operands, g_array_index (program->lists, guint32, instr->a + i));
  if (b_is_register)
    add_operand (operands, instr->b);
  if (n_plain > 0)
    add_operand (operands, instr->a);
  if (n_plain > 1)
    add_operand (operands, instr->b);
  if (n_plain > 2)
    add_operand (operands, instr->c);
  if (instr->op == DK_OP_CHOOSE)
    {
      const DkChoosing *choosing = g_ptr_array_index (program->choosings, instr->b);

      g_array_append_vals (operands, choosing->outside->data, choosing->outside->len);
    }
  if (instr->op == DK_OP_AGGREGATE)
    {
      const DkAggregate *aggregate = g_ptr_array_index (program->aggregates, instr->b);

      add_operand (operands, aggregate->where);
      add_operand (operands, aggregate->body);
      add_operand (operands, aggregate->order);
      add_operand (operands, aggregate->amount);
      add_operand (operands, aggregate->of);
      for (guint i = 0; i < aggregate->code->len; i++)
        collect_operands (program, &g_array_index (aggregate->code, DkInstr, i), operands);
    }
}

guint
dk_instr_get_operands (const DkProgram *program,
                       const DkInstr   *instr,
                       guint32         *operands,
                       guint            max)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n;

  collect_operands (program, instr, all);
  n = MIN (all->len, max);
  if (n > 0)
    memcpy (operands, all->data, n * sizeof (guint32));
  return all->len;
}

static guint64 *
depends_of (const DkProgram *program,
            guint            reg)
{
  return program->depends + (gsize) reg * program->words;
}

static void
set_bit (guint64 *bits,
         guint    bit)
{
  bits[bit / 64] |= (guint64) 1 << (bit % 64);
}

static void
analyse (DkProgram     *program,
         const DkInstr *instr)
{
  g_autoptr(GArray) operands = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint64 *target = depends_of (program, instr->dst);

  /* The rows' columns depend on nothing but the rows: their registers carry no bits themselves. */
  if (instr->op == DK_OP_AGGREGATE)
    {
      const DkAggregate *aggregate = g_ptr_array_index (program->aggregates, instr->b);

      set_bit (target, program->slots->len + aggregate->reg);
      for (guint i = 0; i < aggregate->code->len; i++)
        analyse (program, &g_array_index (aggregate->code, DkInstr, i));
    }
  collect_operands (program, instr, operands);
  for (guint i = 0; i < operands->len; i++)
    {
      const guint64 *source = depends_of (program, g_array_index (operands, guint32, i));

      for (guint w = 0; w < program->words; w++)
        target[w] |= source[w];
    }
}

/* Which instruction writes a register, and what each reads. */
static void
link_instructions (DkProgram *program)
{
  guint n_regs = program->kinds->len;

  g_free (program->producers);
  g_free (program->operand_starts);
  g_clear_pointer (&program->operands, g_array_unref);
  program->producers = g_new (guint32, MAX (1, n_regs));
  program->operand_starts = g_new (guint32, program->code->len + 1);
  program->operands = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < n_regs; i++)
    program->producers[i] = DK_NO_REGISTER;
  for (guint i = 0; i < program->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (program->code, DkInstr, i);

      program->producers[instr->dst] = i;
      program->operand_starts[i] = program->operands->len;
      collect_operands (program, instr, program->operands);
    }
  program->operand_starts[program->code->len] = program->operands->len;
}

void
dk_program_finish (DkProgram *program)
{
  program->words = (program->slots->len + program->n_registers_of_scope + 63) / 64;
  g_free (program->depends);
  program->depends = g_new0 (guint64, (gsize) MAX (1, program->kinds->len) * MAX (1, program->words));
  program->n_analysed = program->kinds->len;
  for (guint i = 0; i < program->slots->len; i++)
    set_bit (depends_of (program, g_array_index (program->slots, DkSlot, i).reg), i);
  for (guint i = 0; i < program->code->len; i++)
    analyse (program, &g_array_index (program->code, DkInstr, i));
  link_instructions (program);
  dk_program_analyse (program);
}

gboolean
dk_program_has_any (const DkProgram *program,
                    const guint64   *matrix,
                    guint            reg,
                    const guint64   *mask)
{
  const guint64 *row = matrix + (gsize) reg * program->words;

  for (guint w = 0; w < program->words; w++)
    if (row[w] & mask[w])
      return TRUE;
  return FALSE;
}

void
dk_program_collect (const DkProgram *program,
                    const guint     *regs,
                    guint            n_regs,
                    const guint64   *matrix,
                    const guint64   *mask,
                    GArray          *code)
{
  guint n_words = program->code->len / 64 + 1;
  g_autofree guint64 *taken = g_new0 (guint64, n_words);
  g_autoptr(GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint32)); /* registers */

  for (guint i = 0; i < n_regs; i++)
    if (regs[i] != DK_NO_REGISTER)
      g_array_append_val (waiting, regs[i]);
  while (waiting->len > 0)
    {
      guint32 reg = g_array_index (waiting, guint32, waiting->len - 1);
      guint32 producer = program->producers[reg];

      g_array_set_size (waiting, waiting->len - 1);
      if (producer == DK_NO_REGISTER || ((taken[producer / 64] >> (producer % 64)) & 1) != 0
          || (matrix != NULL && !dk_program_has_any (program, matrix, reg, mask)))
        continue;
      set_bit (taken, producer);
      g_array_append_vals (waiting, &g_array_index (program->operands, guint32, program->operand_starts[producer]),
                           program->operand_starts[producer + 1] - program->operand_starts[producer]);
    }
  for (guint w = 0; w < n_words; w++)
    for (guint64 bits = taken[w]; bits != 0; bits &= bits - 1)
      g_array_append_val (code, g_array_index (program->code, DkInstr, w * 64 + (guint) __builtin_ctzll (bits)));
}

/* The rows that an instruction reads, those inside its loops included. */
static void
mark_rows (const DkProgram *program,
           const DkInstr   *instr,
           guint8          *reached)
{
  const DkAggregate *aggregate;

  if (instr->op != DK_OP_AGGREGATE)
    return;
  aggregate = g_ptr_array_index (program->aggregates, instr->b);
  reached[program->slots->len + aggregate->reg] = 1;
  for (guint i = 0; i < aggregate->code->len; i++)
    mark_rows (program, &g_array_index (aggregate->code, DkInstr, i), reached);
}

void
dk_program_reach (const DkProgram *program,
                  guint            reg,
                  const guint8    *is_known,
                  guint8          *reached)
{
  g_autofree guint8 *is_met = g_new0 (guint8, program->kinds->len + 1);
  g_autoptr(GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint32)); /* registers */

  g_return_if_fail (reg < program->n_analysed);
  g_array_append_val (waiting, reg);
  while (waiting->len > 0)
    {
      guint32 next = g_array_index (waiting, guint32, waiting->len - 1);
      guint32 producer = program->producers[next];

      g_array_set_size (waiting, waiting->len - 1);
      if (is_met[next] || is_known[next])
        continue;
      is_met[next] = 1;
      if (producer == DK_NO_REGISTER)
        continue;
      mark_rows (program, &g_array_index (program->code, DkInstr, producer), reached);
      g_array_append_vals (waiting, &g_array_index (program->operands, guint32, program->operand_starts[producer]),
                           program->operand_starts[producer + 1] - program->operand_starts[producer]);
    }
  for (guint i = 0; i < program->slots->len; i++)
    if (is_met[g_array_index (program->slots, DkSlot, i).reg])
      reached[i] = 1;
}

gboolean
dk_program_depends (const DkProgram *program,
                    guint            reg,
                    guint            slot)
{
  g_return_val_if_fail (reg < program->n_analysed, TRUE);
  return (depends_of (program, reg)[slot / 64] >> (slot % 64)) & 1;
}

gboolean
dk_program_reads_rows (const DkProgram *program,
                       guint            reg,
                       guint            scope_register)
{
  return dk_program_depends (program, reg, program->slots->len + scope_register);
}

DkRun *
dk_run_new (const DkProgram *program)
{
  DkRun *run = g_new0 (DkRun, 1);

  run->program = program;
  run->arena = dk_arena_new ();
  run->regs = g_new (DkValue, program->kinds->len + 1);
  for (guint i = 0; i < program->kinds->len; i++)
    {
      run->regs[i] = g_array_index (program->constants, DkValue, i);
      if (run->regs[i].state == 0)
        run->regs[i] = DK_VALUE_UNDEFINED;
    }
  run->exactness = g_new0 (guint8, program->kinds->len + 1);
  return run;
}

DkRun *
dk_run_copy (const DkRun *base)
{
  DkRun *run = g_new0 (DkRun, 1);

  run->program = base->program;
  run->arena = dk_arena_new ();
  run->rows = base->rows;
  run->regs = g_memdup2 (base->regs, (base->program->kinds->len + 1) * sizeof (DkValue));
  run->exactness = g_memdup2 (base->exactness, base->program->kinds->len + 1);
  return run;
}

void
dk_run_free (DkRun *run)
{
  if (run == NULL)
    return;
  dk_arena_free (run->arena);
  g_clear_pointer (&run->aims, g_hash_table_unref);
  g_free (run->exactness);
  g_free (run->regs);
  g_free (run);
}

static void
begin (DkRun *run)
{
  run->work = DK_RUN_MAX_WORK;
  run->exhausted = FALSE;
}

void
dk_run_all (DkRun *run)
{
  const GArray *code = run->program->code;

  dk_arena_clear (run->arena);
  begin (run);
  dk_machine_execute (run, (const DkInstr *) (gpointer) code->data, code->len);
}

void
dk_run_slice (DkRun         *run,
              const DkSlice *slice)
{
  dk_arena_clear (run->arena);
  begin (run);
  dk_machine_execute (run, (const DkInstr *) (gpointer) slice->code->data, slice->code->len);
}

void
dk_run_changed (DkRun *run,
                guint  slot)
{
  const DkProgram *program = run->program;
  guint word = slot / 64;
  guint64 bit = (guint64) 1 << (slot % 64);

  /* The arena is kept: registers that are not computed again may own numbers in it. */
  begin (run);
  for (guint i = 0; i < program->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (program->code, DkInstr, i);

      if (depends_of (program, instr->dst)[word] & bit)
        dk_machine_execute (run, instr, 1);
    }
}

DkSlice *
dk_slice_new (const DkProgram *program,
              const guint     *regs,
              guint            n_regs)
{
  DkSlice *slice = g_new0 (DkSlice, 1);

  slice->code = g_array_new (FALSE, FALSE, sizeof (DkInstr));
  dk_program_collect (program, regs, n_regs, NULL, NULL, slice->code);
  return slice;
}

void
dk_slice_free (DkSlice *slice)
{
  if (slice == NULL)
    return;
  g_array_unref (slice->code);
  g_free (slice);
}

guint
dk_slice_get_length (const DkSlice *slice)
{
  return slice->code->len;
}

const DkInstr *
dk_slice_get_code (const DkSlice *slice)
{
  return (const DkInstr *) (gpointer) slice->code->data;
}
