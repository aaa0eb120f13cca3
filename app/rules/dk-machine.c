/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-machine"

#include "dk-machine.h"

#define VALUE_BITS (DK_POINT | DK_RANGE)
#define FLAG_BITS (DK_UNDEFINED | DK_NA)
#define STATE_BITS (VALUE_BITS | FLAG_BITS)

/* The last day that a date can be: what the text form can say. */
#define MAX_DAY 3652059

static guint8 and_table[16][16];
static guint8 or_table[16][16];

/* Filled when the program starts, so that no run has to ask whether they are there. */
static void __attribute__ ((constructor))
fill_tables (void)
{
  for (guint a = 0; a < 16; a++)
    for (guint b = 0; b < 16; b++)
      {
        and_table[a][b] = (guint8) dk_truth_and (a, b);
        or_table[a][b] = (guint8) dk_truth_or (a, b);
      }
}

/* Anything at all: what a run that gave up says. */
DkValue
dk_machine_anything (DkKind kind)
{
  if (kind == DK_KIND_TRUTH)
    return DK_VALUE_TRUTH (STATE_BITS);
  if (kind == DK_KIND_CHOICE)
    return (DkValue) { { -1, 1 }, DK_ZERO, DK_RANGE | FLAG_BITS };
  return (DkValue) { DK_MINUS_INFINITY, DK_INFINITY, DK_RANGE | FLAG_BITS };
}

static DkValue
negate (const DkValue *a,
        DkArena       *arena)
{
  if (!(a->state & VALUE_BITS))
    return dk_value_make_empty (a->state & FLAG_BITS);
  return dk_value_make (dk_number_negate (dk_value_high (a), arena), dk_number_negate (a->low, arena), a->state & FLAG_BITS);
}

static DkValue
absolute (const DkValue *a,
          DkArena       *arena)
{
  if (!(a->state & VALUE_BITS) || dk_number_sign (a->low) >= 0)
    return (DkValue) { a->low, a->high, a->state & STATE_BITS };

  DkValue minus = negate (a, arena);

  if (dk_number_sign (minus.low) >= 0)
    return minus;
  return dk_value_make (DK_ZERO, dk_number_max (dk_value_high (a), dk_value_high (&minus)), a->state & FLAG_BITS);
}

typedef DkNumber (*NumberFunc) (DkNumber number, DkArena *arena);

static DkValue
map_rising (const DkValue *a,
            NumberFunc     func,
            DkArena       *arena)
{
  if (!(a->state & VALUE_BITS))
    return dk_value_make_empty (a->state & FLAG_BITS);

  DkNumber high = dk_value_high (a);

  return dk_value_make (dk_number_is_finite (a->low) ? func (a->low, arena) : a->low,
                dk_number_is_finite (high) ? func (high, arena) : high, a->state & FLAG_BITS);
}

static DkValue
round_value (const DkValue *a,
             const DkValue *digits,
             DkArena       *arena)
{
  gint64 n;

  if (!(a->state & VALUE_BITS) || digits->state != DK_POINT || !dk_number_to_int64 (digits->low, &n))
    return dk_value_make_empty ((a->state | digits->state) & FLAG_BITS ? (a->state | digits->state) & FLAG_BITS : DK_UNDEFINED);

  DkNumber high = dk_value_high (a);

  n = CLAMP (n, -100, 100);
  return dk_value_make (dk_number_is_finite (a->low) ? dk_number_round (a->low, (int) n, arena) : a->low,
                dk_number_is_finite (high) ? dk_number_round (high, (int) n, arena) : high, a->state & FLAG_BITS);
}

static DkNumber
power_of (DkNumber a,
          guint    exponent,
          DkArena *arena)
{
  if (dk_number_is_finite (a))
    return dk_number_power (a, exponent, arena);
  if (exponent == 0)
    return DK_ONE;
  return a.num < 0 && exponent % 2 == 0 ? DK_INFINITY : a;
}

static DkValue
power (const DkValue *a,
       guint          exponent,
       DkArena       *arena)
{
  DkValue base = exponent % 2 == 0 ? absolute (a, arena) : (DkValue) { a->low, a->high, a->state & STATE_BITS };

  if (!(base.state & VALUE_BITS))
    return base;
  return dk_value_make (power_of (base.low, exponent, arena), power_of (dk_value_high (&base), exponent, arena),
                base.state & FLAG_BITS);
}

static DkValue
root (const DkValue *a,
      guint          degree,
      DkArena       *arena)
{
  guint32 flags = a->state & FLAG_BITS;
  DkNumber low = DK_ZERO, high = DK_INFINITY, ignored;

  if (!(a->state & VALUE_BITS))
    return dk_value_make_empty (flags);
  if (dk_number_sign (dk_value_high (a)) < 0)
    return dk_value_make_empty (flags | DK_UNDEFINED);
  if (dk_number_sign (a->low) < 0)
    flags |= DK_UNDEFINED;
  else
    dk_number_root (a->low, degree, &low, &ignored, arena);
  if (dk_number_is_finite (dk_value_high (a)))
    dk_number_root (dk_value_high (a), degree, &ignored, &high, arena);
  return dk_value_make (low, high, flags);
}

/* What a condition takes: one of the two, or both as far as it is open. */
static inline void
select_value (DkValue       *d,
              guint32        condition,
              const DkValue *then,
              const DkValue *otherwise,
              DkKind         kind)
{
  guint32 flags = condition & FLAG_BITS;

  if (kind == DK_KIND_TRUTH)
    {
      guint32 bits = (condition & DK_TRUE ? then->state : 0) | (condition & DK_FALSE ? otherwise->state : 0);

      d->state = (bits & STATE_BITS) | flags;
    }
  else if ((condition & DK_OPEN) == DK_OPEN)
    {
      *d = dk_value_join (then, otherwise, kind);
      d->state = (d->state & STATE_BITS) | flags;
    }
  else if (condition & DK_OPEN)
    {
      const DkValue *taken = condition & DK_TRUE ? then : otherwise;

      d->low = taken->low;
      d->high = taken->high;
      d->state = (taken->state & STATE_BITS) | flags;
    }
  else
    {
      *d = dk_value_make_empty (flags);
    }
}

static DkValue
band (const DkValue     *x,
      const DkBandTable *table)
{
  DkValue result = dk_value_make_empty (0);
  gboolean any = FALSE;

  if (!(x->state & VALUE_BITS))
    return dk_value_make_empty (x->state & FLAG_BITS);
  for (guint r = 0; r < table->n; r++)
    {
      DkValue edge = DK_VALUE_POINT (table->rows[r].edge);
      DkValue pure = { x->low, x->high, x->state & VALUE_BITS };
      guint32 bits = dk_value_compare (table->rows[r].op, &pure, &edge);

      if (bits & DK_TRUE)
        {
          result = any ? dk_value_join (&result, &table->rows[r].result, table->kind) : table->rows[r].result;
          any = TRUE;
        }
      if (bits == DK_TRUE)
        {
          result.state |= x->state & FLAG_BITS;
          return result;
        }
    }
  if (table->has_else)
    result = any ? dk_value_join (&result, &table->otherwise, table->kind) : table->otherwise;
  else
    result.state |= DK_UNDEFINED;
  result.state |= x->state & FLAG_BITS;
  return result;
}

static inline void
band_point (DkValue           *out,
            DkNumber           x,
            const DkBandTable *table)
{
  for (guint r = 0; r < table->n; r++)
    {
      int order = dk_number_compare (x, table->rows[r].edge);
      gboolean fits;

      switch (table->rows[r].op)
        {
        case DK_GE: fits = order >= 0; break;
        case DK_GT: fits = order > 0; break;
        case DK_LE: fits = order <= 0; break;
        case DK_LT: fits = order < 0; break;
        case DK_EQ: fits = order == 0; break;
        default: fits = order != 0; break;
        }
      if (fits)
        {
          *out = table->rows[r].result;
          return;
        }
    }
  *out = table->has_else ? table->otherwise : DK_VALUE_UNDEFINED;
}

static DkValue
derive (const DkValue *slot,
        const DkValue *derived,
        const DkValue *domain,
        DkKind         kind)
{
  DkValue result = *derived;

  if (!(slot->state & DK_UNANSWERED) || !(slot->state & VALUE_BITS))
    {
      result = *slot;
      result.state &= STATE_BITS;
      return result;
    }
  /* A year that there may not be; but that there may be none at all is for the derivation to say. */
  result.state |= slot->state & DK_UNDEFINED & ~domain->state;
  if (kind == DK_KIND_NUMBER && (result.state & DK_RANGE))
    {
      DkNumber low = dk_number_max (result.low, domain->low);
      DkNumber high = dk_number_min (result.high, dk_value_high (domain));

      if (dk_number_compare (low, high) <= 0)
        result = dk_value_make (low, high, result.state & FLAG_BITS);
    }
  result.state &= STATE_BITS;
  return result;
}

static DkValue
if_flag (const DkValue *a,
         const DkValue *b,
         guint32        flag,
         DkKind         kind)
{
  DkValue pure = *a;

  pure.state &= STATE_BITS & ~flag;
  if (!(a->state & flag))
    return pure;
  if (pure.state == 0)
    {
      pure = *b;
      pure.state &= STATE_BITS;
      return pure;
    }
  return dk_value_join (&pure, b, kind);
}

static gint64
to_day (DkNumber number)
{
  gint64 day;

  if (!dk_number_is_finite (number))
    return number.num < 0 ? 1 : MAX_DAY;
  if (dk_number_to_int64 (number, &day))
    return CLAMP (day, 1, MAX_DAY);
  return dk_number_sign (number) <= 0 ? 1 : CLAMP ((gint64) dk_number_to_double (number), 1, MAX_DAY);
}

static gint64
to_count (DkNumber number,
          gint64   limit)
{
  gint64 n;

  if (!dk_number_is_finite (number))
    return number.num < 0 ? -limit : limit;
  if (!dk_number_to_int64 (number, &n))
    n = (gint64) CLAMP (dk_number_to_double (number), -1e15, 1e15);
  return CLAMP (n, -limit, limit);
}

static DkValue
add_months (const DkValue *date,
            const DkValue *months)
{
  guint32 flags = (date->state | months->state) & FLAG_BITS;

  if (!(date->state & VALUE_BITS) || !(months->state & VALUE_BITS))
    return dk_value_make_empty (flags);
  return dk_value_make (DK_NUMBER (dk_date_add_months (to_day (date->low), to_count (months->low, 120000))),
                DK_NUMBER (dk_date_add_months (to_day (dk_value_high (date)), to_count (dk_value_high (months), 120000))),
                flags);
}

static DkValue
between (const DkValue *from,
         const DkValue *to,
         gint64         unit)
{
  guint32 flags = (from->state | to->state) & FLAG_BITS;
  gint64 low, high;

  if (!(from->state & VALUE_BITS) || !(to->state & VALUE_BITS))
    return dk_value_make_empty (flags);
  low = dk_date_months_between (to_day (dk_value_high (from)), to_day (to->low));
  high = dk_date_months_between (to_day (from->low), to_day (dk_value_high (to)));
  low = low >= 0 ? low / unit : -((unit - 1 - low) / unit);
  high = high >= 0 ? high / unit : -((unit - 1 - high) / unit);
  return dk_value_make (DK_NUMBER (low), DK_NUMBER (high), flags);
}

static DkValue
year_of (const DkValue *date)
{
  if (!(date->state & VALUE_BITS))
    return dk_value_make_empty (date->state & FLAG_BITS);
  return dk_value_make (DK_NUMBER (dk_date_year (to_day (date->low))), DK_NUMBER (dk_date_year (to_day (dk_value_high (date)))),
                date->state & FLAG_BITS);
}

/* Sets @valid to FALSE where there is no such day; the nearest one is then returned, as a bound. */
static gint64
make_day (DkNumber  year,
          DkNumber  month,
          DkNumber  day,
          gboolean *valid)
{
  gint64 y = to_count (year, 10000), m = to_count (month, 100), d = to_count (day, 100);
  gint64 first = dk_date_from_ymd (CLAMP (y, 1, 9999), (int) CLAMP (m, 1, 12), 1);
  gint64 last = dk_date_add_months (first, 1) - 1;

  if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || first + d - 1 > last)
    *valid = FALSE;
  return MIN (first + MAX (d, 1) - 1, last);
}

static DkValue
make_date (const DkValue *year,
           const DkValue *month,
           const DkValue *day)
{
  guint32 flags = (year->state | month->state | day->state) & FLAG_BITS;
  gboolean valid = TRUE;
  gint64 low, high;

  if (!(year->state & VALUE_BITS) || !(month->state & VALUE_BITS) || !(day->state & VALUE_BITS))
    return dk_value_make_empty (flags);
  low = make_day (year->low, month->low, day->low, &valid);
  high = make_day (dk_value_high (year), dk_value_high (month), dk_value_high (day), &valid);
  if (!valid && (year->state & month->state & day->state & DK_POINT))
    return dk_value_make_empty (flags | DK_UNDEFINED);
  /* Between two real days there may be days that are none, such as the 31st of a month of 30, or 29 February. */
  if (!valid || (!(year->state & month->state & day->state & DK_POINT) && to_count (dk_value_high (day), 100) > 28))
    flags |= DK_UNDEFINED;
  return dk_value_make (DK_NUMBER (low), DK_NUMBER (high), flags);
}

static guint32
code_in (const DkValue   *code,
         const DkCodeSet *set)
{
  guint32 bits = code->state & FLAG_BITS;
  gint64 low, high;

  if (!(code->state & VALUE_BITS))
    return bits;
  low = to_count (code->low, G_MAXINT32);
  high = to_count (dk_value_high (code), G_MAXINT32);
  for (gint64 at = low; at <= high;)
    {
      gint64 next = high + 1;
      gboolean inside = FALSE, outside = FALSE;

      /* Up to the next place where a span begins or ends, all codes fare alike. */
      for (guint i = 0; i < set->n; i++)
        {
          const DkCodeSpan *span = &set->spans[i];

          if (at >= span->first && at <= span->last)
            {
              next = MIN (next, span->last + 1);
              if (span->exclude)
                outside = TRUE;
              else
                inside = TRUE;
            }
          else if (span->first > at)
            next = MIN (next, span->first);
        }
      bits |= inside && !outside ? DK_TRUE : DK_FALSE;
      if ((bits & DK_OPEN) == DK_OPEN)
        break;
      at = next;
    }
  return bits;
}

/* Joins the entries that are in force on any day that @date can be; @missing is what the other days give. */
static DkValue
look_up (const DkValue      *date,
         const DkDatedTable *table,
         const DkValue      *regs,
         const guint32      *list,
         guint32             missing)
{
  DkValue result = dk_value_make_empty (0);
  gboolean any = FALSE;
  gint64 low, high, covered;

  if (!(date->state & VALUE_BITS))
    return dk_value_make_empty (missing);
  low = covered = to_day (date->low);
  high = to_day (dk_value_high (date));
  for (guint i = 0; i < table->n; i++)
    {
      const DkDated *entry = &table->entries[i];
      const DkValue *value = list != NULL ? &regs[list[i]] : &entry->value;

      if (entry->to < low || entry->from > high)
        continue;
      result = any ? dk_value_join (&result, value, table->kind) : *value;
      any = TRUE;
      if (entry->from <= covered)
        covered = entry->to == G_MAXINT64 ? G_MAXINT64 : MAX (covered, entry->to + 1);
    }
  result.state &= STATE_BITS;
  if (!any || covered <= high || (date->state & FLAG_BITS))
    result.state |= missing;
  return result;
}

/* The way nearly every sum goes: all operands are known. */
static inline gboolean
reduce_points (DkRun         *run,
               const DkInstr *i,
               DkValue       *out)
{
  const guint32 *list = &g_array_index (run->program->lists, guint32, i->a);
  const DkValue *regs = run->regs;
  DkNumber result;

  if (i->n == 0 || regs[list[0]].state != DK_POINT)
    return FALSE;
  result = regs[list[0]].low;
  for (guint k = 1; k < i->n; k++)
    {
      const DkValue *v = &regs[list[k]];

      if (v->state != DK_POINT)
        return FALSE;
      result = i->op == DK_OP_SUM   ? dk_number_add (result, v->low, run->arena)
               : i->op == DK_OP_MIN ? dk_number_min (result, v->low)
                                    : dk_number_max (result, v->low);
    }
  out->low = result;
  out->state = DK_POINT;
  return TRUE;
}

#define BOTH_POINTS(x, y) G_LIKELY ((x)->state == DK_POINT && (y)->state == DK_POINT)

#define COMPARE(operator, code)                                             \
  if (BOTH_POINTS (a, b))                                                   \
    d->state = dk_number_compare (a->low, b->low) operator 0 ? DK_TRUE : DK_FALSE; \
  else                                                                      \
    d->state = dk_value_compare (code, a, b);                               \
  break

void
dk_machine_execute (DkRun         *run,
                    const DkInstr *code,
                    guint          n)
{
  DkValue *regs = run->regs;
  const DkProgram *program = run->program;
  DkArena *arena = run->arena;

  if (n == 0)
    return;
  if (G_UNLIKELY (run->work < n + 1))
    {
      run->exhausted = TRUE;
      for (guint k = 0; k < n; k++)
        regs[code[k].dst] = dk_machine_anything (g_array_index (program->kinds, guint8, code[k].dst));
      return;
    }
  run->work -= n + 1;

  for (const DkInstr *i = code, *end = code + n; i < end; i++)
    {
      const DkValue *a = &regs[i->a], *b = &regs[i->b];
      DkValue *d = &regs[i->dst];

      switch ((DkOp) i->op)
        {
        case DK_OP_ADD:
          if (BOTH_POINTS (a, b))
            {
              d->low = dk_number_add (a->low, b->low, arena);
              d->state = DK_POINT;
            }
          else
            *d = dk_value_add (a, b, arena);
          break;
        case DK_OP_SUB:
          if (BOTH_POINTS (a, b))
            {
              d->low = dk_number_sub (a->low, b->low, arena);
              d->state = DK_POINT;
            }
          else
            *d = dk_value_sub (a, b, arena);
          break;
        case DK_OP_MUL:
          if (BOTH_POINTS (a, b))
            {
              d->low = dk_number_mul (a->low, b->low, arena);
              d->state = DK_POINT;
            }
          else
            *d = dk_value_mul (a, b, arena);
          break;
        case DK_OP_DIV:
        case DK_OP_SHARE:
          if (BOTH_POINTS (a, b) && dk_number_sign (b->low) != 0)
            {
              d->low = dk_number_div (a->low, b->low, arena);
              d->state = DK_POINT;
            }
          else
            {
              *d = dk_value_div (a, b, arena);
              if (i->op == DK_OP_SHARE && (d->state & DK_RANGE) && dk_number_compare (d->low, DK_ONE) <= 0
                  && dk_number_compare (d->high, DK_ONE) > 0)
                *d = dk_value_make (d->low, DK_ONE, d->state & FLAG_BITS);
            }
          break;
        case DK_OP_NEGATE: *d = negate (a, arena); break;
        case DK_OP_ABS: *d = absolute (a, arena); break;
        case DK_OP_FLOOR: *d = map_rising (a, dk_number_floor, arena); break;
        case DK_OP_CEIL: *d = map_rising (a, dk_number_ceil, arena); break;
        case DK_OP_ROUND: *d = round_value (a, b, arena); break;
        case DK_OP_POWER: *d = power (a, i->b, arena); break;
        case DK_OP_ROOT: *d = root (a, i->b, arena); break;
        case DK_OP_SUM: case DK_OP_MIN: case DK_OP_MAX:
          if (G_UNLIKELY (!reduce_points (run, i, d)))
            *d = dk_machine_reduce (run, i);
          break;
        case DK_OP_MEAN:
        case DK_OP_SUM_AVAILABLE: case DK_OP_MIN_AVAILABLE: case DK_OP_MAX_AVAILABLE: case DK_OP_MEAN_AVAILABLE:
          *d = dk_machine_reduce (run, i);
          break;
        case DK_OP_LT: COMPARE (<, DK_LT);
        case DK_OP_LE: COMPARE (<=, DK_LE);
        case DK_OP_GT: COMPARE (>, DK_GT);
        case DK_OP_GE: COMPARE (>=, DK_GE);
        case DK_OP_EQ: COMPARE (==, DK_EQ);
        case DK_OP_NE: COMPARE (!=, DK_NE);
        case DK_OP_CHOICE_EQ:
          {
            guint64 x = (guint64) a->low.num, y = (guint64) b->low.num;
            guint32 bits = (a->state | b->state) & FLAG_BITS;

            if ((a->state & VALUE_BITS) && (b->state & VALUE_BITS))
              {
                if (x & y)
                  bits |= DK_TRUE;
                if (!((a->state & b->state & DK_POINT) && x == y))
                  bits |= DK_FALSE;
              }
            d->state = bits;
            break;
          }
        case DK_OP_CHOICE_IN:
          {
            guint64 mask = g_array_index (program->masks, guint64, i->b);
            guint32 bits = a->state & FLAG_BITS;

            if (a->state & VALUE_BITS)
              bits |= ((guint64) a->low.num & mask ? DK_TRUE : 0) | ((guint64) a->low.num & ~mask ? DK_FALSE : 0);
            d->state = bits;
            break;
          }
        case DK_OP_CODE_IN: d->state = code_in (a, g_ptr_array_index (program->code_sets, i->b)); break;
        case DK_OP_AND:
          {
            const guint32 *list = &g_array_index (program->lists, guint32, i->a);
            guint32 bits = DK_TRUE;

            for (guint k = 0; k < i->n; k++)
              bits = and_table[bits][regs[list[k]].state & STATE_BITS];
            d->state = bits;
            break;
          }
        case DK_OP_OR:
        case DK_OP_AND_AVAILABLE: case DK_OP_OR_AVAILABLE: case DK_OP_ALL: case DK_OP_ANY: case DK_OP_AT_LEAST:
          d->state = dk_machine_reduce_truths (run, i);
          break;
        case DK_OP_NOT:
          d->state = dk_truth_not (a->state & STATE_BITS);
          break;
        case DK_OP_COUNT_TRUE: case DK_OP_COUNT_TRUE_AVAILABLE: *d = dk_machine_count_true (run, i); break;
        case DK_OP_SELECT:
          select_value (d, a->state & STATE_BITS, b, &regs[i->c], DK_KIND_NUMBER);
          break;
        case DK_OP_SELECT_CHOICE: select_value (d, a->state & STATE_BITS, b, &regs[i->c], DK_KIND_CHOICE); break;
        case DK_OP_SELECT_TRUTH: select_value (d, a->state & STATE_BITS, b, &regs[i->c], DK_KIND_TRUTH); break;
        case DK_OP_BAND:
          {
            const DkBandTable *table = g_ptr_array_index (program->bands, i->b);

            if (G_LIKELY (a->state == DK_POINT))
              band_point (d, a->low, table);
            else
              *d = band (a, table);
            break;
          }
        case DK_OP_DERIVE: *d = derive (a, b, &regs[i->c], DK_KIND_NUMBER); break;
        case DK_OP_DERIVE_CHOICE: *d = derive (a, b, &regs[i->c], DK_KIND_CHOICE); break;
        case DK_OP_DERIVE_TRUTH: *d = derive (a, b, &regs[i->c], DK_KIND_TRUTH); break;
        case DK_OP_IF_UNDEFINED: *d = if_flag (a, b, DK_UNDEFINED, DK_KIND_NUMBER); break;
        case DK_OP_IF_UNDEFINED_CHOICE: *d = if_flag (a, b, DK_UNDEFINED, DK_KIND_CHOICE); break;
        case DK_OP_IF_UNDEFINED_TRUTH: *d = if_flag (a, b, DK_UNDEFINED, DK_KIND_TRUTH); break;
        case DK_OP_IF_NA: *d = if_flag (a, b, DK_NA, DK_KIND_NUMBER); break;
        case DK_OP_IF_NA_CHOICE: *d = if_flag (a, b, DK_NA, DK_KIND_CHOICE); break;
        case DK_OP_IF_NA_TRUTH: *d = if_flag (a, b, DK_NA, DK_KIND_TRUTH); break;
        case DK_OP_IS_DEFINED:
          d->state = (a->state & VALUE_BITS ? DK_TRUE : 0) | (a->state & DK_UNDEFINED ? DK_FALSE : 0) | (a->state & DK_NA);
          break;
        case DK_OP_SCORE:
          {
            DkValue zero = DK_VALUE_POINT (DK_ZERO);

            if (G_LIKELY (!(a->state & DK_UNDEFINED)))
              {
                d->low = a->low;
                d->high = a->high;
                d->state = a->state & STATE_BITS;
              }
            else
              *d = if_flag (a, &zero, DK_UNDEFINED, DK_KIND_NUMBER);
            break;
          }
        case DK_OP_VERDICT:
          {
            guint32 bits = a->state & STATE_BITS;

            if (bits & DK_UNDEFINED)
              bits |= DK_FALSE;
            if (bits & DK_NA)
              bits |= DK_OPEN;
            d->state = bits & DK_OPEN;
            break;
          }
        case DK_OP_APPLIES:
        case DK_OP_APPLIES_CHOICE:
        case DK_OP_APPLIES_TRUTH:
          {
            DkValue na = DK_VALUE_NA;
            guint32 condition = a->state & STATE_BITS;

            if (condition & FLAG_BITS)
              condition = (condition & DK_OPEN) | DK_FALSE;
            select_value (d, condition, b, &na,
                          i->op == DK_OP_APPLIES          ? DK_KIND_NUMBER
                          : i->op == DK_OP_APPLIES_CHOICE ? DK_KIND_CHOICE
                                                          : DK_KIND_TRUTH);
            break;
          }
        case DK_OP_PARAMETER: *d = look_up (a, g_ptr_array_index (program->dated, i->b), regs, NULL, DK_UNDEFINED); break;
        case DK_OP_PICK: case DK_OP_PICK_CHOICE: case DK_OP_PICK_TRUTH:
          *d = look_up (b, g_ptr_array_index (program->dated, i->c), regs,
                        &g_array_index (program->lists, guint32, i->a), DK_NA);
          break;
        case DK_OP_ADD_MONTHS: *d = add_months (a, b); break;
        case DK_OP_MONTHS_BETWEEN: *d = between (a, b, 1); break;
        case DK_OP_YEARS_BETWEEN: *d = between (a, b, 12); break;
        case DK_OP_YEAR_OF: *d = year_of (a); break;
        case DK_OP_MAKE_DATE: *d = make_date (a, b, &regs[i->c]); break;
        case DK_OP_AGGREGATE:
          *d = dk_machine_aggregate (run, g_ptr_array_index (program->aggregates, i->b));
          break;
        case DK_OP_CHOOSE:
          *d = dk_machine_choose (run, g_ptr_array_index (program->choosings, i->b));
          break;
        case DK_OP_CHOSEN:
          {
            guint64 set = (a->state >> (DK_CHOSEN_SHIFT + i->b)) & (((guint64) 1 << i->c) - 1);

            *d = set != 0 ? DK_VALUE_CHOICE (set) : dk_value_make_empty (0);
            d->state |= a->state & FLAG_BITS;
            break;
          }
        case DK_OP_OPTIMUM:
          d->low = a->low;
          d->high = a->high;
          d->state = a->state & STATE_BITS;
          break;
        default:
          g_assert_not_reached ();
        }
    }
}
