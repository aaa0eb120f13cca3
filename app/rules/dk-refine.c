/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-refine"

#include "dk-refine.h"
#include "dk-search.h"

#include <string.h>

#define VALUE_BITS (DK_POINT | DK_RANGE)

/* How well what a register says is known: as tight as can be; perhaps too wide; too wide, perhaps, and searched without finding an end. */
enum { EXACT, LOOSE, TRIED };

static gboolean
is_settled (const DkRun *run,
            guint        reg)
{
  if (dk_program_get_kind (run->program, reg) == DK_KIND_TRUTH)
    return dk_truth_is_settled (run->regs[reg].state);
  return dk_value_is_settled (&run->regs[reg]);
}

static const guint64 *
mixed_of (const DkProgram *program,
          guint            reg)
{
  return program->mixed + (gsize) reg * program->words;
}

/* The slots of which something is left to be found out, as a bit set. */
static guint64 *
find_unsettled (const DkRun *run)
{
  const DkProgram *program = run->program;
  guint64 *unsettled = g_new0 (guint64, MAX (1, program->words));

  for (guint s = 0; s < program->slots->len; s++)
    if (!is_settled (run, g_array_index (program->slots, DkSlot, s).reg))
      unsettled[s / 64] |= (guint64) 1 << (s % 64);
  return unsettled;
}

gboolean
dk_run_is_loose (const DkRun *run,
                 guint        reg)
{
  const DkProgram *program = run->program;
  const guint64 *mixed = mixed_of (program, reg);

  if (is_settled (run, reg))
    return FALSE;
  for (guint w = 0; w < program->words; w++)
    for (guint64 bits = mixed[w]; bits != 0; bits &= bits - 1)
      if (!is_settled (run, g_array_index (program->slots, DkSlot, w * 64 + (guint) __builtin_ctzll (bits)).reg))
        return TRUE;
  return FALSE;
}

/* What two bounds of the same thing have in common; the first where they have nothing, as with answers that contradict one another. */
static DkValue
intersect (const DkValue *a,
           const DkValue *b,
           DkKind         kind)
{
  DkValue both = *a;
  guint32 flags = a->state & b->state & (DK_UNDEFINED | DK_NA);

  if (kind == DK_KIND_TRUTH)
    {
      both.state = a->state & b->state & 15;
      return both.state != 0 ? both : *a;
    }
  if (!(a->state & VALUE_BITS) || !(b->state & VALUE_BITS))
    both = dk_value_make_empty (flags);
  else if (kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) a->low.num & (guint64) b->low.num;

      both = set != 0 ? DK_VALUE_CHOICE (set) : dk_value_make_empty (0);
      both.state |= flags;
    }
  else
    {
      DkNumber low = dk_number_max (a->low, b->low), high = dk_number_min (dk_value_high (a), dk_value_high (b));

      both = dk_number_compare (low, high) <= 0 ? dk_value_make (low, high, flags) : dk_value_make_empty (flags);
    }
  return both.state != 0 ? both : *a;
}

/* Tightens one register by splitting what it is loose by; all others stay as they are. @budget: instructions that may be spent, lessened
 * by those that are. Returns whether it says less than before. */
static gboolean
refine (DkSearch *self,
        guint     reg,
        guint64  *budget)
{
  DkRun *run = self->run;
  const DkValue whole = run->regs[reg];
  DkValue result = whole;
  guint64 work = run->work;
  gboolean is_exact;

  if (*budget == 0)
    return FALSE;
  if (!dk_search_aim (self, reg))
    return FALSE;
  run->work = *budget;
  is_exact = dk_search_run (self, &result);
  /* A search that gave up has found what it found: the run itself did not. */
  *budget = run->exhausted ? 0 : run->work;
  run->exhausted = FALSE;
  run->work = work;

  /* A box may hold a part that is greater than its whole, where a share is more than the bound that it has otherwise. */
  result = intersect (&whole, &result, self->kind);
  run->exactness[reg] = is_exact ? EXACT : TRIED;
  if (dk_value_contains (&result, &whole, self->kind))
    return FALSE;
  run->regs[reg] = dk_value_copy (&result, run->arena);
  return TRUE;
}

/* Growth, (x - y) / y, is x / y - 1 as well, in which y occurs but once. Tightens it, and says whether it says less than before. */
static gboolean
refine_growth (const DkSearch *self,
               const DkInstr  *quotient)
{
  DkRun *run = self->run;
  const DkProgram *program = run->program;
  const DkInstr *difference;
  const guint64 *now, *then;
  DkValue *value = &run->regs[quotient->dst];
  const DkValue whole = *value, one = DK_VALUE_POINT (DK_ONE);
  DkValue growth;
  gboolean is_exact;

  if (quotient->op != DK_OP_DIV || program->producers[quotient->a] == DK_NO_REGISTER)
    return FALSE;
  difference = &g_array_index (program->code, DkInstr, program->producers[quotient->a]);
  if (difference->op != DK_OP_SUB || difference->b != quotient->b)
    return FALSE;
  growth = dk_value_div (&run->regs[difference->a], &run->regs[quotient->b], run->arena);
  growth = dk_value_sub (&growth, &one, run->arena);
  *value = intersect (&whole, &growth, DK_KIND_NUMBER);
  is_exact = run->exactness[difference->a] == EXACT && run->exactness[quotient->b] == EXACT;
  now = program->depends + (gsize) difference->a * program->words;
  then = program->depends + (gsize) quotient->b * program->words;
  for (guint w = 0; w < program->words && is_exact; w++)
    is_exact = (now[w] & then[w] & self->unsettled[w]) == 0;
  if (is_exact)
    run->exactness[quotient->dst] = EXACT;
  return !dk_value_contains (value, &whole, DK_KIND_NUMBER);
}

/* Whether what an instruction says may be worth a search, although nobody asks for it: it has few values, so that a search ends soon. */
static gboolean
is_joint (const DkInstr *instr,
          DkKind         kind)
{
  return kind == DK_KIND_TRUTH || instr->op == DK_OP_BAND || instr->op == DK_OP_SCORE;
}

/* Whether an operand that could not be made tight may yet give something tight. */
static gboolean
is_coarser (const DkInstr *instr)
{
  return (instr->op >= DK_OP_LT && instr->op <= DK_OP_CODE_IN) || instr->op == DK_OP_BAND;
}

/* How well an instruction's result is known, by its operands and by what it adds to them. */
static guint8
judge (const DkSearch *self,
       const DkInstr  *instr)
{
  const DkProgram *program = self->run->program;
  guint32 at = program->producers[instr->dst];
  const guint32 *operands = (const guint32 *) (gpointer) program->operands->data;
  guint8 worst = EXACT;

  if (is_settled (self->run, instr->dst))
    return EXACT;
  if (dk_program_has_any (program, program->origins, instr->dst, self->unsettled))
    return LOOSE;
  for (guint32 k = program->operand_starts[at]; k < program->operand_starts[at + 1]; k++)
    {
      guint8 exactness = self->run->exactness[operands[k]];

      if (exactness == LOOSE || (exactness == TRIED && is_coarser (instr)))
        return LOOSE;
      worst = MAX (worst, exactness);
    }
  return worst;
}

/* Tightens, in the order of @code, what is loose and either asked for or worth it, and computes again what rests on that. */
static void
refine_code (DkRun         *run,
             const DkInstr *code,
             guint          n,
             const guint   *regs,
             guint          n_regs,
             guint64        budget)
{
  const DkProgram *program = run->program;
  const guint32 *operands = (const guint32 *) (gpointer) program->operands->data;
  g_autofree guint8 *is_wanted = g_new0 (guint8, program->kinds->len);
  g_autofree guint8 *is_changed = g_new0 (guint8, program->kinds->len);
  gboolean has_changes = FALSE;
  DkSearch self;

  dk_search_open (&self, run, find_unsettled (run));
  for (guint i = 0; i < n_regs; i++)
    if (regs[i] != DK_NO_REGISTER)
      is_wanted[regs[i]] = TRUE;
  for (guint i = 0; i < n; i++)
    {
      const DkInstr *instr = &code[i];
      guint32 at = program->producers[instr->dst];

      for (guint32 k = program->operand_starts[at]; has_changes && k < program->operand_starts[at + 1]; k++)
        if (is_changed[operands[k]])
          {
            run->work = DK_RUN_MAX_WORK;
            dk_machine_execute (run, instr, 1);
            is_changed[instr->dst] = TRUE;
            break;
          }
      run->exactness[instr->dst] = judge (&self, instr);
      if (run->exactness[instr->dst] == LOOSE && refine_growth (&self, instr))
        has_changes = is_changed[instr->dst] = TRUE;
      if (run->exactness[instr->dst] != LOOSE
          || !(is_wanted[instr->dst] || is_joint (instr, dk_program_get_kind (program, instr->dst))))
        continue;
      if (refine (&self, instr->dst, &budget))
        has_changes = is_changed[instr->dst] = TRUE;
    }
  dk_search_close (&self);
}

DkValue
dk_run_refine (DkRun *run,
               guint  reg)
{
  dk_run_refine_all (run, &reg, 1);
  return run->regs[reg];
}

static GArray *
find_loose (const DkRun *run,
            const guint *regs,
            guint        n_regs)
{
  GArray *loose = NULL;

  for (guint i = 0; i < n_regs && !run->exhausted; i++)
    if (regs[i] != DK_NO_REGISTER && dk_run_is_loose (run, regs[i]))
      {
        if (loose == NULL)
          loose = g_array_new (FALSE, FALSE, sizeof (guint));
        g_array_append_val (loose, regs[i]);
      }
  return loose;
}

void
dk_run_refine_code (DkRun         *run,
                    const DkInstr *code,
                    guint          n,
                    const guint   *regs,
                    guint          n_regs)
{
  g_autoptr(GArray) loose = find_loose (run, regs, n_regs);

  /* Of all together: a hundred searches may not take a hundred times as long. */
  if (loose != NULL)
    refine_code (run, code, n, (const guint *) (gpointer) loose->data, loose->len, DK_RUN_MAX_WORK);
}

void
dk_run_refine_all (DkRun       *run,
                   const guint *regs,
                   guint        n_regs)
{
  const DkProgram *program = run->program;
  g_autoptr(GArray) loose = find_loose (run, regs, n_regs);
  g_autoptr(GArray) code = NULL;
  g_autofree guint64 *unsettled = NULL;

  memset (run->exactness, EXACT, program->kinds->len);
  if (loose == NULL)
    return;
  code = g_array_new (FALSE, FALSE, sizeof (DkInstr));
  unsettled = find_unsettled (run);
  dk_program_collect (program, (const guint *) (gpointer) loose->data, loose->len, program->mixed, unsettled, code);
  refine_code (run, (const DkInstr *) (gpointer) code->data, code->len, (const guint *) (gpointer) loose->data, loose->len, DK_RUN_MAX_WORK);
}
