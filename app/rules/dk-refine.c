/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-refine"

#include "dk-refine.h"
#include "dk-program-private.h"

#include <string.h>

#define VALUE_BITS (DK_POINT | DK_RANGE)

/* How often a part of the program may be run to tighten one register, and how many facts may be split at once. */
#define MAX_RUNS 160
#define MAX_SPLIT 6
#define ALL_SIDES MAX_SPLIT

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

/* What each of the facts that are split can be, and what follows. */
typedef struct { DkValue sides[MAX_SPLIT]; DkValue result; } Box;

typedef struct
{
  DkRun         *run;
  guint64       *unsettled;     /* slots; words */
  guint64       *mask;          /* the slots to split; words */
  GArray        *code;          /* DkInstr: what the register needs, as far as it depends on those */
  GArray        *kept;          /* DkValue: what that code had written before */
  GArray        *boxes;         /* Box: those that say more than is known to be possible */
  guint          reg;
  DkKind         kind;
  guint          n;             /* slots to split */
  guint          slots[MAX_SPLIT];
  gboolean       has_more;      /* there are more slots that it is loose by */
  guint          runs;
} Search;

static guint
side_reg (const Search *self,
          guint         side)
{
  return g_array_index (self->run->program->slots, DkSlot, self->slots[side]).reg;
}

static DkValue
evaluate (Search        *self,
          const DkValue *sides)
{
  DkRun *run = self->run;

  for (guint i = 0; i < self->n; i++)
    run->regs[side_reg (self, i)] = sides[i];
  dk_machine_execute (run, (const DkInstr *) (gpointer) self->code->data, self->code->len);
  self->runs++;
  return run->regs[self->reg];
}

/* Whether there is nothing between one whole number and the next: heads, days, places in a table. */
static gboolean
is_whole (Search *self,
          guint   side)
{
  const DkSymbol *fact = g_array_index (self->run->program->slots, DkSlot, self->slots[side]).fact;

  return fact == NULL || fact->kind != DK_KIND_NUMBER || dk_number_equal (fact->step, DK_ONE);
}

/* Where to cut a range: at a figure that the rules compare it with, or else in the middle. */
static gboolean
choose_cut (Search        *self,
            guint          side,
            const DkValue *v,
            DkNumber      *left_end,
            DkNumber      *right_begin)
{
  const GArray *breaks = g_ptr_array_index (self->run->program->breaks, self->slots[side]);
  gboolean has_step = is_whole (self, side);
  DkArena *arena = self->run->arena;
  guint n_inside = 0, turn;
  DkNumber cut = DK_ZERO;

  for (guint i = 0; i < breaks->len; i++)
    {
      DkNumber at = g_array_index (breaks, DkNumber, i);

      if (dk_number_compare (v->low, at) < 0 && dk_number_compare (at, v->high) < 0)
        n_inside++;
      else if (has_step && dk_number_equal (v->low, at))
        {
          /* Between the figure itself and what is above it. */
          *left_end = at;
          *right_begin = dk_number_add (at, DK_ONE, arena);
          return dk_number_compare (*right_begin, v->high) <= 0;
        }
      else if (has_step && dk_number_equal (v->high, at))
        {
          *left_end = dk_number_sub (at, DK_ONE, arena);
          *right_begin = at;
          return dk_number_compare (v->low, *left_end) <= 0;
        }
    }
  if (n_inside > 0)
    {
      turn = n_inside / 2;
      for (guint i = 0; i < breaks->len; i++)
        {
          cut = g_array_index (breaks, DkNumber, i);
          if (dk_number_compare (v->low, cut) < 0 && dk_number_compare (cut, v->high) < 0 && turn-- == 0)
            break;
        }
      *left_end = has_step ? dk_number_sub (cut, DK_ONE, arena) : cut;
      *right_begin = cut;
      return dk_number_compare (v->low, *left_end) <= 0;
    }
  if (!dk_number_is_finite (v->low) && !dk_number_is_finite (v->high))
    cut = DK_ZERO;
  else if (!dk_number_is_finite (v->high))
    cut = dk_number_add (dk_number_mul (dk_number_max (v->low, DK_ONE), DK_NUMBER (4), arena), DK_ONE, arena);
  else if (!dk_number_is_finite (v->low))
    cut = dk_number_sub (dk_number_mul (dk_number_min (v->high, DK_NUMBER (-1)), DK_NUMBER (4), arena), DK_ONE, arena);
  else
    cut = dk_number_div (dk_number_add (v->low, v->high, arena), DK_NUMBER (2), arena);
  if (has_step)
    {
      cut = dk_number_floor (cut, arena);
      *left_end = cut;
      *right_begin = dk_number_add (cut, DK_ONE, arena);
      return dk_number_compare (v->low, *left_end) <= 0 && dk_number_compare (*right_begin, v->high) <= 0;
    }
  *left_end = *right_begin = cut;
  return dk_number_compare (v->low, cut) < 0 && dk_number_compare (cut, v->high) < 0;
}

static gboolean
has_few_states (Search        *self,
                guint          side,
                const DkValue *v)
{
  guint reg = side_reg (self, side);

  return dk_program_get_kind (self->run->program, reg) == DK_KIND_TRUTH || (v->state & (DK_UNDEFINED | DK_NA));
}

/* Cuts one side of a box in two. Undefined is a part of its own. FALSE, and both halves untouched, if it cannot be cut. */
static gboolean
cut_side (Search        *self,
          guint          side,
          const DkValue *v,
          DkValue       *left,
          DkValue       *right)
{
  DkKind kind = dk_program_get_kind (self->run->program, side_reg (self, side));
  guint32 flags = v->state & (DK_UNDEFINED | DK_NA), unanswered = v->state & DK_UNANSWERED;

  if (kind == DK_KIND_TRUTH)
    {
      guint32 bits = v->state & 15, lowest = bits & (~bits + 1);

      if (bits == lowest)
        return FALSE;
      *left = DK_VALUE_TRUTH (lowest | unanswered);
      *right = DK_VALUE_TRUTH ((bits & ~lowest) | unanswered);
      return TRUE;
    }
  if (flags && (v->state & VALUE_BITS))
    {
      *left = *v;
      left->state &= ~(guint32) (DK_UNDEFINED | DK_NA);
      *right = (DkValue) { DK_ZERO, DK_ZERO, flags };
      return TRUE;
    }
  if (!(v->state & DK_RANGE))
    return FALSE;
  if (kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) v->low.num, lowest = set & (~set + 1);

      if (set == lowest)
        return FALSE;
      *left = DK_VALUE_CHOICE (lowest);
      *right = DK_VALUE_CHOICE (set & ~lowest);
      left->state |= unanswered;
      right->state |= unanswered;
      return TRUE;
    }
  {
    DkNumber left_end, right_begin;

    if (!choose_cut (self, side, v, &left_end, &right_begin))
      return FALSE;
    *left = dk_value_make (v->low, left_end, unanswered);
    *right = dk_value_make (right_begin, v->high, unanswered);
    return TRUE;
  }
}

/* One thing that a side can be: its low (0), its high (1); FALSE when it has no such end. */
static gboolean
end_of (const DkValue *v,
        DkKind         kind,
        gboolean       high,
        DkValue       *end)
{
  if (kind == DK_KIND_TRUTH)
    {
      guint32 bits = v->state & 15;

      *end = DK_VALUE_TRUTH (high && (bits & DK_TRUE) ? (guint32) DK_TRUE : bits & (~bits + 1));
      return bits != 0;
    }
  if (!(v->state & VALUE_BITS))
    {
      *end = *v;
      return TRUE;
    }
  if (kind == DK_KIND_CHOICE)
    {
      guint64 set = (guint64) v->low.num;

      *end = DK_VALUE_CHOICE (high ? (guint64) 1 << (63 - __builtin_clzll (set)) : set & (~set + 1));
      return TRUE;
    }
  *end = DK_VALUE_POINT (high ? dk_value_high (v) : v->low);
  return dk_number_is_finite (end->low);
}

/* Values that are certainly possible: at the corners of a box, the facts that are split are points, and the others bound exactly.
 * Only those at one end of the side @only, unless that is ALL_SIDES; and none any more once @enough is known to be possible. */
static void
probe_corners (Search        *self,
               const Box     *box,
               guint          only,
               gboolean       high,
               const DkValue *enough,
               DkValue       *inner,
               gboolean      *any)
{
  for (guint corner = 0; corner < (1u << self->n) && self->runs < MAX_RUNS; corner++)
    {
      DkValue sides[MAX_SPLIT];
      gboolean ok = only == ALL_SIDES || ((corner >> only) & 1) == (guint) high;
      DkValue result;

      for (guint i = 0; i < self->n && ok; i++)
        ok = end_of (&box->sides[i], dk_program_get_kind (self->run->program, side_reg (self, i)), (corner >> i) & 1, &sides[i]);
      if (!ok)
        continue;
      result = evaluate (self, sides);
      if (self->run->exhausted)
        return;
      *inner = *any ? dk_value_join (inner, &result, self->kind) : result;
      *any = TRUE;
      if (dk_value_contains (inner, enough, self->kind))
        return;
    }
}

/* Takes out the boxes that say no more than is known to be possible, and joins what they say to @done. */
static void
drop_done (Search        *self,
           const DkValue *inner,
           DkValue       *done,
           gboolean      *has_done)
{
  guint n = 0;

  for (guint b = 0; b < self->boxes->len; b++)
    {
      const Box *box = &g_array_index (self->boxes, Box, b);

      if (dk_value_contains (inner, &box->result, self->kind))
        {
          *done = *has_done ? dk_value_join (done, &box->result, self->kind) : box->result;
          *has_done = TRUE;
          continue;
        }
      if (n != b)
        g_array_index (self->boxes, Box, n) = *box;
      n++;
    }
  g_array_set_size (self->boxes, n);
}

/* The box to cut next, of some: of numbers the one that reaches furthest. */
static guint
choose_box (Search        *self,
            const DkValue *inner, /* or NULL: nothing is known to be possible */
            guint          turn)
{
  const GArray *boxes = self->boxes;
  gboolean is_choice = self->kind == DK_KIND_TRUTH || self->kind == DK_KIND_CHOICE;
  guint lowest = G_MAXUINT, highest = G_MAXUINT;

  for (guint i = 0; i < boxes->len; i++)
    {
      guint b = (i + turn) % boxes->len;
      const DkValue *result = &g_array_index (boxes, Box, b).result;

      if (is_choice || inner == NULL || !(result->state & inner->state & VALUE_BITS) || (result->state & ~inner->state & (DK_UNDEFINED | DK_NA)))
        return b;
      if (dk_number_compare (result->low, inner->low) < 0
          && (lowest == G_MAXUINT || dk_number_compare (result->low, g_array_index (boxes, Box, lowest).result.low) < 0))
        lowest = b;
      if (dk_number_compare (dk_value_high (result), dk_value_high (inner)) > 0
          && (highest == G_MAXUINT || dk_number_compare (dk_value_high (result), dk_value_high (&g_array_index (boxes, Box, highest).result)) > 0))
        highest = b;
    }
  if (lowest == G_MAXUINT || (highest != G_MAXUINT && turn % 2 == 1))
    return highest;
  return lowest;
}

/* Tightens @best, and says whether it is as tight as can be. */
static gboolean
search (Search  *self,
        DkValue *best)
{
  GArray *boxes = self->boxes;
  Box whole = { .result = *best };
  DkValue inner = DK_VALUE_UNDEFINED, done = DK_VALUE_UNDEFINED;
  gboolean any = FALSE, has_done = FALSE;
  guint turn = 0;

  for (guint i = 0; i < self->n; i++)
    whole.sides[i] = self->run->regs[side_reg (self, i)];
  g_array_set_size (boxes, 0);
  g_array_append_val (boxes, whole);
  probe_corners (self, &whole, ALL_SIDES, FALSE, best, &inner, &any);
  while (self->runs < MAX_RUNS && !self->run->exhausted)
    {
      guint worst, side = 0;
      Box left, right;
      gboolean cut = FALSE;

      if (any)
        drop_done (self, &inner, &done, &has_done);
      if (boxes->len == 0)
        break;
      worst = choose_box (self, any ? &inner : NULL, turn);
      left = right = g_array_index (boxes, Box, worst);
      /* First what has few states, and is then settled for good. */
      for (guint i = 0; i < 2 * self->n && !cut; i++)
        {
          const DkValue *sides = g_array_index (boxes, Box, worst).sides;

          side = (i + turn) % self->n;
          if (i < self->n && !has_few_states (self, side, &sides[side]))
            continue;
          cut = cut_side (self, side, &sides[side], &left.sides[side], &right.sides[side]);
        }
      turn++;
      if (!cut)
        {
          /* As fine as it goes: what it says is so. */
          inner = any ? dk_value_join (&inner, &left.result, self->kind) : left.result;
          any = TRUE;
          continue;
        }
      left.result = evaluate (self, left.sides);
      right.result = evaluate (self, right.sides);
      if (self->run->exhausted)
        break; /* they say nothing */
      g_array_index (boxes, Box, worst) = left;
      g_array_append_val (boxes, right);
      if (self->n <= 3)
        {
          /* The other corners are those of the box that was cut. */
          probe_corners (self, &left, side, TRUE, best, &inner, &any);
          probe_corners (self, &right, side, FALSE, best, &inner, &any);
        }
    }
  if (any)
    drop_done (self, &inner, &done, &has_done);
  for (guint b = 0; b < boxes->len; b++)
    {
      const DkValue *result = &g_array_index (boxes, Box, b).result;

      done = has_done ? dk_value_join (&done, result, self->kind) : *result;
      has_done = TRUE;
    }
  *best = done;
  for (guint i = 0; i < self->n; i++)
    self->run->regs[side_reg (self, i)] = whole.sides[i];
  return boxes->len == 0;
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

static void
open_search (Search *self,
             DkRun  *run)
{
  *self = (Search) {
    .run = run,
    .unsettled = find_unsettled (run),
    .mask = g_new0 (guint64, MAX (1, run->program->words)),
    .code = g_array_new (FALSE, FALSE, sizeof (DkInstr)),
    .kept = g_array_new (FALSE, FALSE, sizeof (DkValue)),
    .boxes = g_array_new (FALSE, FALSE, sizeof (Box)),
  };
}

static void
close_search (Search *self)
{
  g_free (self->unsettled);
  g_free (self->mask);
  g_array_unref (self->code);
  g_array_unref (self->kept);
  g_array_unref (self->boxes);
}

static void
choose_slots (Search *self)
{
  const DkProgram *program = self->run->program;
  const guint64 *mixed = mixed_of (program, self->reg);

  self->n = 0;
  self->has_more = FALSE;
  memset (self->mask, 0, program->words * sizeof (guint64));
  for (guint w = 0; w < program->words; w++)
    for (guint64 bits = mixed[w] & self->unsettled[w]; bits != 0; bits &= bits - 1)
      {
        guint bit = (guint) __builtin_ctzll (bits);

        if (self->n == MAX_SPLIT)
          {
            self->has_more = TRUE;
            return;
          }
        self->slots[self->n++] = w * 64 + bit;
        self->mask[w] |= (guint64) 1 << bit;
      }
}

/* Tightens one register by splitting what it is loose by; all others stay as they are. @budget: instructions that may be spent, lessened
 * by those that are. Returns whether it says less than before. */
static gboolean
refine (Search  *self,
        guint    reg,
        guint64 *budget)
{
  DkRun *run = self->run;
  const DkValue whole = run->regs[reg];
  DkValue result = whole;
  guint64 work = run->work;
  gboolean is_exact;

  if (*budget == 0)
    return FALSE;
  self->reg = reg;
  self->kind = dk_program_get_kind (run->program, reg);
  self->runs = 0;
  choose_slots (self);
  if (self->n == 0)
    return FALSE;
  g_array_set_size (self->code, 0);
  dk_program_collect (run->program, &reg, 1, run->program->depends, self->mask, self->code);
  g_array_set_size (self->kept, self->code->len);
  for (guint i = 0; i < self->code->len; i++)
    g_array_index (self->kept, DkValue, i) = run->regs[g_array_index (self->code, DkInstr, i).dst];

  run->work = *budget;
  is_exact = search (self, &result);
  /* A search that gave up has found what it found: the run itself did not. */
  is_exact = is_exact && !run->exhausted && !self->has_more;
  *budget = run->exhausted ? 0 : run->work;
  run->exhausted = FALSE;
  run->work = work;

  for (guint i = 0; i < self->code->len; i++)
    run->regs[g_array_index (self->code, DkInstr, i).dst] = g_array_index (self->kept, DkValue, i);
  /* A box may hold a part that is greater than its whole, where a share is more than the bound that it has otherwise. */
  result = intersect (&whole, &result, self->kind);
  run->exactness[reg] = is_exact ? EXACT : TRIED;
  if (dk_value_contains (&result, &whole, self->kind))
    return FALSE;
  run->regs[reg] = dk_value_copy (&result, run->arena);
  return TRUE;
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
judge (const Search  *self,
       const DkInstr *instr)
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
  Search self;

  open_search (&self, run);
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
      if (run->exactness[instr->dst] != LOOSE
          || !(is_wanted[instr->dst] || is_joint (instr, dk_program_get_kind (program, instr->dst))))
        continue;
      if (refine (&self, instr->dst, &budget))
        has_changes = is_changed[instr->dst] = TRUE;
    }
  close_search (&self);
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
