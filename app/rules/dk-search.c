/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-search"

#include "dk-search.h"

#include <string.h>

#define VALUE_BITS (DK_POINT | DK_RANGE)

/* How often a part of the program may be run to tighten one register. */
#define MAX_RUNS 160
/* After so many a number must have become tighter; nor are there more where not all facts can be split that should be. */
#define FEW_RUNS 64
#define ALL_SIDES DK_MAX_SPLIT

/* A figure for what has no limit: beyond all thresholds, and yet one that may be. What reaches it reaches any figure. */
#define FAR DK_NUMBER (G_GINT64_CONSTANT (1000000000000000))
#define ANY_FIGURE DK_NUMBER (1000000000)

/* Where the code may turn along a side: an instruction that compares it, or what is derived where that is not answered. */
typedef enum { TURN_LEFT, TURN_RIGHT, TURN_BAND, TURN_CODE } TurnKind;
typedef struct { guint side; TurnKind kind; DkInstr instr; } Turn;

/* What a search for a register runs, which depends on nothing but the slots that it splits. */
typedef struct _DkAim
{
  guint    n;
  guint    slots[DK_MAX_SPLIT];
  GArray  *code;                 /* DkInstr: what the register needs, as far as it depends on those */
  GArray  *turns;                /* Turn */
  GArray  *breaks[DK_MAX_SPLIT]; /* DkNumber: where a side is compared with constants only, those figures; otherwise NULL */
  DkArena *arena;                /* for them */
} DkAim;

static DkAim *
new_aim (void)
{
  DkAim *aim = g_new0 (DkAim, 1);

  aim->code = g_array_new (FALSE, FALSE, sizeof (DkInstr));
  aim->turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  aim->arena = dk_arena_new ();
  return aim;
}

static void
clear_aim (DkAim *aim)
{
  g_array_set_size (aim->code, 0);
  g_array_set_size (aim->turns, 0);
  for (guint side = 0; side < DK_MAX_SPLIT; side++)
    g_clear_pointer (&aim->breaks[side], g_array_unref);
  dk_arena_clear (aim->arena);
}

static void
free_aim (gpointer data)
{
  DkAim *aim = data;

  clear_aim (aim);
  dk_arena_free (aim->arena);
  g_array_unref (aim->code);
  g_array_unref (aim->turns);
  g_free (aim);
}

void
dk_search_remember (DkRun *run)
{
  run->aims = g_hash_table_new_full (NULL, NULL, NULL, free_aim);
}

static guint
side_reg (const DkSearch *self,
          guint           side)
{
  return g_array_index (self->run->program->slots, DkSlot, self->slots[side]).reg;
}

static DkValue
evaluate (DkSearch      *self,
          const DkValue *sides)
{
  DkRun *run = self->run;

  for (guint i = 0; i < self->n; i++)
    run->regs[side_reg (self, i)] = sides[i];
  dk_machine_execute (run, (const DkInstr *) (gpointer) self->aim->code->data, self->aim->code->len);
  self->runs++;
  return run->regs[self->reg];
}

/* Whether there is nothing between one whole number and the next: heads, days, places in a table. */
static gboolean
is_whole (DkSearch *self,
          guint     side)
{
  const DkSymbol *fact = g_array_index (self->run->program->slots, DkSlot, self->slots[side]).fact;

  return fact == NULL || fact->kind != DK_KIND_NUMBER || dk_number_equal (fact->step, DK_ONE);
}

static gboolean
is_inside (const DkValue *v,
           DkNumber       at,
           gboolean       has_step)
{
  int order = dk_number_compare (at, v->high);

  return dk_number_compare (v->low, at) < 0 && (has_step ? order <= 0 : order < 0);
}

/* Where to cut a range: at a figure that the rules compare it with, or else in the middle. */
static gboolean
choose_cut (DkSearch      *self,
            guint          side,
            const DkValue *v,
            DkNumber      *left_end,
            DkNumber      *right_begin)
{
  const GArray *breaks = self->breaks[side];
  gboolean has_step = is_whole (self, side);
  DkArena *arena = self->run->arena;
  guint n_inside = 0, turn;
  DkNumber cut = DK_ZERO;

  /* In the middle of those inside; a whole number is cut before them. */
  for (guint i = 0; i < breaks->len; i++)
    n_inside += is_inside (v, g_array_index (breaks, DkNumber, i), has_step);
  turn = n_inside / 2;
  for (guint i = 0; n_inside > 0 && i < breaks->len; i++)
    {
      cut = g_array_index (breaks, DkNumber, i);
      if (!is_inside (v, cut, has_step) || turn-- > 0)
        continue;
      *left_end = has_step ? dk_number_sub (cut, DK_ONE, arena) : cut;
      *right_begin = cut;
      return TRUE;
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
has_few_states (DkSearch      *self,
                guint          side,
                const DkValue *v)
{
  guint reg = side_reg (self, side);

  return dk_program_get_kind (self->run->program, reg) == DK_KIND_TRUTH || (v->state & (DK_UNDEFINED | DK_NA));
}

/* Whether the code may turn somewhere along a side. */
static gboolean
has_break (DkSearch      *self,
           guint          side,
           const DkValue *v)
{
  DkKind kind = dk_program_get_kind (self->run->program, side_reg (self, side));

  if (!(v->state & DK_RANGE) || kind == DK_KIND_TRUTH || kind == DK_KIND_CHOICE)
    return FALSE;
  for (guint i = 0; i < self->breaks[side]->len; i++)
    if (is_inside (v, g_array_index (self->breaks[side], DkNumber, i), is_whole (self, side)))
      return TRUE;
  return FALSE;
}

/* Cuts one side of a box in two. Undefined is a part of its own. FALSE, and both halves untouched, if it cannot be cut. */
static gboolean
cut_side (DkSearch      *self,
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

/* One thing that a side can be: its low (0), its high (1), or what is far out where it has no end. FALSE when there is none. */
static gboolean
end_of (const DkValue *v,
        DkKind         kind,
        gboolean       high,
        DkArena       *arena,
        DkValue       *end)
{
  DkNumber at, other, far;

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
  at = high ? dk_value_high (v) : v->low;
  other = high ? v->low : dk_value_high (v);
  if (!dk_number_is_finite (at))
    {
      far = dk_number_is_finite (other) ? dk_number_mul (other, DK_NUMBER (4), arena) : DK_ZERO;
      at = high ? dk_number_max (FAR, far) : dk_number_min (dk_number_negate (FAR, arena), far);
    }
  *end = DK_VALUE_POINT (at);
  return TRUE;
}

/* Whether all that @result says is possible is known to be. */
static gboolean
is_proved (const DkValue *inner,
           const DkValue *result,
           DkKind         kind)
{
  DkValue reached = *result;

  if (kind == DK_KIND_NUMBER && (result->state & DK_RANGE) && (inner->state & VALUE_BITS))
    {
      DkNumber high = dk_value_high (inner);

      if (!dk_number_is_finite (reached.high) && dk_number_compare (high, ANY_FIGURE) > 0)
        reached.high = high;
      if (!dk_number_is_finite (reached.low) && dk_number_compare (inner->low, dk_number_negate (ANY_FIGURE, NULL)) < 0)
        reached.low = inner->low;
      /* Both ends may have been moved to where they are the wrong way round; then it holds nothing that is not in between. */
      if (dk_number_compare (reached.low, reached.high) > 0)
        return (result->state & ~inner->state & (DK_UNDEFINED | DK_NA)) == 0;
    }
  return dk_value_contains (inner, &reached, kind);
}

/* Values that are certainly possible: at the corners of a box, the facts that are split are points, and the others bound exactly.
 * Only those at one end of the side @only, unless that is ALL_SIDES; and none any more once @enough is known to be possible. */
static void
probe_corners (DkSearch      *self,
               const DkBox   *box,
               guint          only,
               gboolean       high,
               const DkValue *enough,
               DkValue       *inner,
               gboolean      *any)
{
  for (guint corner = 0; corner < (1u << self->n) && self->runs < self->max_runs; corner++)
    {
      DkValue sides[DK_MAX_SPLIT];
      gboolean ok = only == ALL_SIDES || ((corner >> only) & 1) == (guint) high;
      DkValue result;

      for (guint i = 0; i < self->n && ok; i++)
        ok = end_of (&box->sides[i], dk_program_get_kind (self->run->program, side_reg (self, i)), (corner >> i) & 1, self->run->arena,
                     &sides[i]);
      if (!ok)
        continue;
      result = evaluate (self, sides);
      if (self->run->exhausted)
        return;
      *inner = *any ? dk_value_join (inner, &result, self->kind) : result;
      *any = TRUE;
      if (is_proved (inner, enough, self->kind))
        return;
    }
}

/* What a box says alone, every point of it says. */
static void
take_settled (const DkSearch *self,
              const DkValue  *result,
              DkValue        *inner,
              gboolean       *any)
{
  if (self->kind == DK_KIND_TRUTH ? !dk_truth_is_settled (result->state) : !dk_value_is_settled (result))
    return;
  *inner = *any ? dk_value_join (inner, result, self->kind) : *result;
  *any = TRUE;
}

/* Takes out the boxes that say no more than is known to be possible, and joins what they say to @done. */
static void
drop_done (DkSearch      *self,
           const DkValue *inner,
           DkValue       *done,
           gboolean      *has_done)
{
  guint n = 0;

  for (guint b = 0; b < self->boxes->len; b++)
    {
      const DkBox *box = &g_array_index (self->boxes, DkBox, b);

      if (is_proved (inner, &box->result, self->kind))
        {
          *done = *has_done ? dk_value_join (done, &box->result, self->kind) : box->result;
          *has_done = TRUE;
          continue;
        }
      if (n != b)
        g_array_index (self->boxes, DkBox, n) = *box;
      n++;
    }
  g_array_set_size (self->boxes, n);
}

/* The box to cut next, of some: of numbers the one that reaches furthest. */
static guint
choose_box (DkSearch        *self,
            const DkValue *inner, /* or NULL: nothing is known to be possible */
            guint          turn)
{
  const GArray *boxes = self->boxes;
  gboolean is_choice = self->kind == DK_KIND_TRUTH || self->kind == DK_KIND_CHOICE;
  guint lowest = G_MAXUINT, highest = G_MAXUINT;

  for (guint i = 0; i < boxes->len; i++)
    {
      guint b = (i + turn) % boxes->len;
      const DkValue *result = &g_array_index (boxes, DkBox, b).result;

      if (is_choice)
        return boxes->len - 1;
      if (inner == NULL || !(result->state & inner->state & VALUE_BITS) || (result->state & ~inner->state & (DK_UNDEFINED | DK_NA)))
        return b;
      if (dk_number_compare (result->low, inner->low) < 0
          && (lowest == G_MAXUINT || dk_number_compare (result->low, g_array_index (boxes, DkBox, lowest).result.low) < 0))
        lowest = b;
      if (dk_number_compare (dk_value_high (result), dk_value_high (inner)) > 0
          && (highest == G_MAXUINT || dk_number_compare (dk_value_high (result), dk_value_high (&g_array_index (boxes, DkBox, highest).result)) > 0))
        highest = b;
    }
  if (lowest == G_MAXUINT || (highest != G_MAXUINT && turn % 2 == 1))
    return highest;
  return lowest;
}

/* All that is still possible, with what the boxes say. */
static DkValue
join_boxes (const DkSearch *self,
            const DkValue  *done,
            gboolean        has_done)
{
  DkValue outer = *done;

  for (guint b = 0; b < self->boxes->len; b++)
    {
      const DkValue *result = &g_array_index (self->boxes, DkBox, b).result;

      outer = has_done || b > 0 ? dk_value_join (&outer, result, self->kind) : *result;
    }
  return outer;
}

/* Whether a number has become no tighter although it was searched for a while. */
static gboolean
is_in_vain (const DkSearch *self,
            const DkValue  *best,
            const DkValue  *done,
            gboolean        has_done)
{
  DkValue outer;

  if (self->kind == DK_KIND_TRUTH || self->kind == DK_KIND_CHOICE || self->runs < FEW_RUNS)
    return FALSE;
  outer = join_boxes (self, done, has_done);
  return dk_value_contains (&outer, best, self->kind);
}

/* Tightens @best, and says whether it is as tight as can be. */
static gboolean
search (DkSearch *self,
        DkValue  *best)
{
  GArray *boxes = self->boxes;
  DkBox whole = { .result = *best };
  DkValue inner = DK_VALUE_UNDEFINED, done = DK_VALUE_UNDEFINED;
  gboolean any = FALSE, has_done = FALSE;
  guint turn = 0;

  for (guint i = 0; i < self->n; i++)
    whole.sides[i] = self->run->regs[side_reg (self, i)];
  g_array_set_size (boxes, 0);
  g_array_append_val (boxes, whole);
  probe_corners (self, &whole, ALL_SIDES, FALSE, best, &inner, &any);
  while (self->runs < self->max_runs && !self->run->exhausted)
    {
      guint worst, side = 0;
      DkBox left, right;
      gboolean cut = FALSE;

      if (any)
        drop_done (self, &inner, &done, &has_done);
      if (boxes->len == 0 || is_in_vain (self, best, &done, has_done))
        break;
      worst = choose_box (self, any ? &inner : NULL, turn);
      left = right = g_array_index (boxes, DkBox, worst);
      /* First what has few states, and is then settled for good; then where the code may turn; then anywhere. */
      for (guint i = 0; i < 3 * self->n && !cut; i++)
        {
          const DkValue *sides = g_array_index (boxes, DkBox, worst).sides;

          side = (i + turn) % self->n;
          if ((i < self->n && !has_few_states (self, side, &sides[side]))
              || (i >= self->n && i < 2 * self->n && !has_break (self, side, &sides[side])))
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
      g_array_index (boxes, DkBox, worst) = left;
      g_array_append_val (boxes, right);
      take_settled (self, &left.result, &inner, &any);
      take_settled (self, &right.result, &inner, &any);
      if (self->n <= 3 && self->kind != DK_KIND_CHOICE)
        {
          /* The other corners are those of the box that was cut. */
          probe_corners (self, &left, side, TRUE, best, &inner, &any);
          probe_corners (self, &right, side, FALSE, best, &inner, &any);
        }
    }
  if (any)
    drop_done (self, &inner, &done, &has_done);
  *best = join_boxes (self, &done, has_done);
  for (guint i = 0; i < self->n; i++)
    self->run->regs[side_reg (self, i)] = whole.sides[i];
  return boxes->len == 0;
}

void
dk_search_open (DkSearch *self,
                DkRun    *run,
                guint64  *unsettled)
{
  *self = (DkSearch) {
    .run = run,
    .unsettled = unsettled,
    .mask = g_new0 (guint64, MAX (1, run->program->words)),
    .own_aim = run->aims == NULL ? new_aim () : NULL,
    .kept = g_array_new (FALSE, FALSE, sizeof (DkValue)),
    .boxes = g_array_new (FALSE, FALSE, sizeof (DkBox)),
  };
  for (guint i = 0; i < DK_MAX_SPLIT; i++)
    self->own_breaks[i] = g_array_new (FALSE, FALSE, sizeof (DkNumber));
}

void
dk_search_close (DkSearch *self)
{
  g_free (self->unsettled);
  g_free (self->mask);
  g_clear_pointer (&self->own_aim, free_aim);
  g_array_unref (self->kept);
  g_array_unref (self->boxes);
  for (guint i = 0; i < DK_MAX_SPLIT; i++)
    g_array_unref (self->own_breaks[i]);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  return dk_number_compare (*(const DkNumber *) a, *(const DkNumber *) b);
}

/* Adds where a comparison turns: of whole numbers the first of the upper part. */
static void
add_break (DkSearch    *self,
           guint        side,
           DkComparison op,
           DkNumber     at,
           GArray      *breaks,
           DkArena     *arena)
{
  if (!is_whole (self, side))
    {
      g_array_append_val (breaks, at);
      return;
    }
  if (!dk_number_is_finite (at))
    return;
  if (op == DK_GE || op == DK_LT || op == DK_EQ || op == DK_NE)
    {
      DkNumber first = dk_number_ceil (at, arena);

      g_array_append_val (breaks, first);
    }
  if (op != DK_GE && op != DK_LT)
    {
      DkNumber first = dk_number_add (dk_number_floor (at, arena), DK_ONE, arena);

      g_array_append_val (breaks, first);
    }
}

static DkComparison
turn_round (DkComparison op)
{
  switch (op)
    {
    case DK_LT:
      return DK_GT;
    case DK_LE:
      return DK_GE;
    case DK_GT:
      return DK_LT;
    case DK_GE:
      return DK_LE;
    case DK_EQ:
    case DK_NE:
    default:
      return op;
    }
}

/* Notes where the code may turn along the sides that are split. */
static void
find_turns (const DkSearch *self,
            DkAim          *aim)
{
  guint regs[DK_MAX_SPLIT], known[DK_MAX_SPLIT];

  for (guint side = 0; side < self->n; side++)
    regs[side] = known[side] = side_reg (self, side);
  for (guint i = 0; i < aim->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (aim->code, DkInstr, i);
      gboolean is_derived = instr->op >= DK_OP_DERIVE && instr->op <= DK_OP_DERIVE_TRUTH;
      gboolean is_comparison = instr->op >= DK_OP_LT && instr->op <= DK_OP_NE;

      if (!is_derived && !is_comparison && instr->op != DK_OP_BAND && instr->op != DK_OP_CODE_IN)
        continue;
      for (guint side = 0; side < self->n; side++)
        {
          gboolean is_left = instr->a == regs[side] || instr->a == known[side];
          Turn turn = { .side = side, .instr = *instr };

          if (is_derived)
            {
              if (instr->a == regs[side])
                known[side] = instr->dst;
              continue;
            }
          if (!is_left && !(is_comparison && (instr->b == regs[side] || instr->b == known[side])))
            continue;
          turn.kind = is_comparison ? (is_left ? TURN_LEFT : TURN_RIGHT) : instr->op == DK_OP_BAND ? TURN_BAND : TURN_CODE;
          g_array_append_val (aim->turns, turn);
        }
    }
}

static guint
get_other (const Turn *turn)
{
  return turn->kind == TURN_LEFT ? turn->instr.b : turn->instr.a;
}

static gboolean
is_constant (const DkSearch *self,
             const Turn     *turn)
{
  return turn->kind == TURN_BAND || turn->kind == TURN_CODE
         || g_array_index (self->run->program->constants, DkValue, get_other (turn)).state != 0;
}

static void
add_turn (DkSearch   *self,
          const Turn *turn,
          GArray     *breaks,
          DkArena    *arena)
{
  const DkProgram *program = self->run->program;
  const DkInstr *instr = &turn->instr;

  switch (turn->kind)
    {
    case TURN_LEFT:
    case TURN_RIGHT:
      {
        const DkValue *other = &self->run->regs[get_other (turn)];
        DkComparison op = DK_LT + (instr->op - DK_OP_LT);

        if (other->state == DK_POINT)
          add_break (self, turn->side, turn->kind == TURN_LEFT ? op : turn_round (op), other->low, breaks, arena);
        break;
      }

    case TURN_BAND:
      {
        const DkBandTable *table = g_ptr_array_index (program->bands, instr->b);

        for (guint k = 0; k < table->n; k++)
          add_break (self, turn->side, table->rows[k].op, table->rows[k].edge, breaks, arena);
        break;
      }

    case TURN_CODE:
    default:
      {
        const DkCodeSet *set = g_ptr_array_index (program->code_sets, instr->b);

        for (guint k = 0; k < set->n; k++)
          {
            add_break (self, turn->side, DK_GE, DK_NUMBER (set->spans[k].first), breaks, arena);
            add_break (self, turn->side, DK_GT, DK_NUMBER (set->spans[k].last), breaks, arena);
          }
        break;
      }
    }
}

/* The figures at which the code turns along a side, as things stand: in order, each once. */
static void
find_breaks (DkSearch *self,
             guint     side,
             GArray   *breaks,
             DkArena  *arena)
{
  guint n = 0;

  g_array_set_size (breaks, 0);
  for (guint i = 0; i < self->aim->turns->len; i++)
    {
      const Turn *turn = &g_array_index (self->aim->turns, Turn, i);

      if (turn->side == side)
        add_turn (self, turn, breaks, arena);
    }
  if (breaks->len < 2)
    return;
  g_array_sort (breaks, compare_numbers);
  for (guint i = 0; i < breaks->len; i++)
    if (n == 0 || !dk_number_equal (g_array_index (breaks, DkNumber, i), g_array_index (breaks, DkNumber, n - 1)))
      g_array_index (breaks, DkNumber, n++) = g_array_index (breaks, DkNumber, i);
  g_array_set_size (breaks, n);
}

/* Those along sides that are compared with constants stay as they are. */
static void
keep_breaks (DkSearch *self,
             DkAim    *aim)
{
  for (guint side = 0; side < self->n; side++)
    {
      gboolean is_fixed = TRUE;

      for (guint i = 0; i < aim->turns->len && is_fixed; i++)
        {
          const Turn *turn = &g_array_index (aim->turns, Turn, i);

          is_fixed = turn->side != side || is_constant (self, turn);
        }
      if (!is_fixed)
        continue;
      aim->breaks[side] = g_array_new (FALSE, FALSE, sizeof (DkNumber));
      find_breaks (self, side, aim->breaks[side], aim->arena);
    }
}

static void
choose_slots (DkSearch *self)
{
  const DkProgram *program = self->run->program;
  const guint64 *mixed = program->mixed + (gsize) self->reg * program->words;

  self->n = 0;
  self->has_more = FALSE;
  memset (self->mask, 0, program->words * sizeof (guint64));
  for (guint w = 0; w < program->words; w++)
    for (guint64 bits = mixed[w] & self->unsettled[w]; bits != 0; bits &= bits - 1)
      {
        guint bit = (guint) __builtin_ctzll (bits);

        if (self->n == DK_MAX_SPLIT)
          {
            self->has_more = TRUE;
            return;
          }
        self->slots[self->n++] = w * 64 + bit;
        self->mask[w] |= (guint64) 1 << bit;
      }
}

/* What is run for the slots that were chosen. */
static DkAim *
find_aim (DkSearch *self)
{
  DkRun *run = self->run;
  DkAim *aim = run->aims != NULL ? g_hash_table_lookup (run->aims, GUINT_TO_POINTER (self->reg)) : self->own_aim;

  if (aim == NULL)
    {
      aim = new_aim ();
      g_hash_table_insert (run->aims, GUINT_TO_POINTER (self->reg), aim);
    }
  else if (run->aims != NULL && aim->n == self->n && memcmp (aim->slots, self->slots, self->n * sizeof (guint)) == 0)
    {
      return aim;
    }
  clear_aim (aim);
  aim->n = self->n;
  memcpy (aim->slots, self->slots, self->n * sizeof (guint));
  dk_program_collect (run->program, &self->reg, 1, run->program->depends, self->mask, aim->code);
  find_turns (self, aim);
  if (run->aims != NULL)
    {
      self->aim = aim;
      keep_breaks (self, aim);
    }
  return aim;
}

gboolean
dk_search_aim (DkSearch *self,
               guint     reg)
{
  const DkProgram *program = self->run->program;

  self->reg = reg;
  self->kind = dk_program_get_kind (program, reg);
  self->runs = 0;
  choose_slots (self);
  if (self->n == 0)
    return FALSE;
  self->aim = find_aim (self);
  for (guint side = 0; side < self->n; side++)
    {
      self->breaks[side] = self->aim->breaks[side];
      if (self->breaks[side] != NULL)
        continue;
      find_breaks (self, side, self->own_breaks[side], self->run->arena);
      self->breaks[side] = self->own_breaks[side];
    }
  self->max_runs = self->has_more ? FEW_RUNS : MAX_RUNS;
  return TRUE;
}

gboolean
dk_search_run (DkSearch *self,
               DkValue  *best)
{
  DkValue *regs = self->run->regs;
  const GArray *code = self->aim->code;
  gboolean is_exact;

  g_array_set_size (self->kept, code->len);
  for (guint i = 0; i < code->len; i++)
    g_array_index (self->kept, DkValue, i) = regs[g_array_index (code, DkInstr, i).dst];
  is_exact = search (self, best);
  for (guint i = 0; i < code->len; i++)
    regs[g_array_index (code, DkInstr, i).dst] = g_array_index (self->kept, DkValue, i);
  return is_exact && !self->has_more && !self->run->exhausted;
}
