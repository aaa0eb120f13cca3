/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-hull"

#include "dk-hull.h"

#include "dk-program-private.h"
#include "dk-refine.h"

/* Above this a figure stands for "as much as you like". */
#define HUGE_FIGURE 1000000000000000

typedef struct
{
  const DkProgram *program;
  DkRun           *run;
  GRand           *rand;
  GArray          *outputs; /* guint: registers */
  GArray          *ratios;  /* DkNumber: constants of the program between 0 and 1 */
  DkArena         *arena;
} Hull;

static DkValue
random_answer (Hull         *self,
               const DkSlot *slot)
{
  const DkSymbol *fact = slot->fact;

  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      return DK_VALUE_TRUTH (g_rand_boolean (self->rand) ? DK_TRUE : DK_FALSE);
    case DK_KIND_CHOICE:
      return DK_VALUE_CHOICE ((guint64) 1 << g_rand_int_range (self->rand, 0, (gint32) fact->choices->options->len));
    case DK_KIND_CODE:
      return DK_VALUE_POINT (DK_NUMBER (g_rand_int_range (self->rand, 0, (gint32) fact->codes->codes->len)));
    case DK_KIND_DATE:
      return DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (g_rand_int_range (self->rand, 2005, 2027), g_rand_int_range (self->rand, 1, 13), 5)));
    case DK_KIND_TEXT:
      return DK_VALUE_POINT (DK_NUMBER (g_rand_int_range (self->rand, 0, 3)));
    case DK_KIND_NUMBER:
    default:
      {
        /* Money up to 10 billion, head counts up to 3,000: evenly by order of magnitude. */
        int digits = fact->unit == DK_UNIT_YUAN ? g_rand_int_range (self->rand, 0, 11) : fact->unit == DK_UNIT_COUNT ? g_rand_int_range (self->rand, 0, 4) : 1;
        double figure = g_rand_double_range (self->rand, 0, 1);
        DkNumber n;

        for (int i = 0; i < digits; i++)
          figure *= 10;
        n = fact->unit == DK_UNIT_RATIO ? ((DkNumber) { g_rand_int_range (self->rand, 0, 101), 100 }) : DK_NUMBER ((gint64) figure);

        if (dk_number_compare (n, fact->domain.low) < 0)
          n = fact->domain.low;
        if (dk_number_compare (n, dk_value_high (&fact->domain)) > 0)
          n = dk_value_high (&fact->domain);
        return DK_VALUE_POINT (n);
      }
    }
}

static void
add_candidate (Hull           *self,
               GArray         *candidates,
               const DkSymbol *fact,
               DkNumber        n)
{
  if (dk_number_equal (fact->step, DK_ONE))
    n = dk_number_floor (n, self->arena);
  if (dk_number_compare (n, fact->domain.low) >= 0 && dk_number_compare (n, dk_value_high (&fact->domain)) <= 0)
    {
      DkValue v = DK_VALUE_POINT (n);
      g_array_append_val (candidates, v);
    }
}

/* The figures at which something may change: ends, what the fact is compared with, and shares of the other facts; each with its neighbours. */
static GArray *
candidates_of (Hull  *self,
               guint  s)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (DkValue));
  const DkSlot *slot = &dk_program_get_slots (self->program)[s];
  const DkSymbol *fact = slot->fact;
  const GArray *breaks = g_ptr_array_index (self->program->breaks, s);
  DkNumber step = dk_number_sign (fact->step) > 0 ? fact->step : DK_ONE;

  if (fact->kind == DK_KIND_TRUTH)
    {
      DkValue no = DK_VALUE_TRUTH (DK_FALSE), yes = DK_VALUE_TRUTH (DK_TRUE);
      g_array_append_val (candidates, no);
      g_array_append_val (candidates, yes);
      return candidates;
    }
  if (fact->kind == DK_KIND_CHOICE)
    {
      for (guint i = 0; i < fact->choices->options->len; i++)
        {
          DkValue v = DK_VALUE_CHOICE ((guint64) 1 << i);
          g_array_append_val (candidates, v);
        }
      return candidates;
    }
  if (fact->kind == DK_KIND_CODE)
    {
      for (guint i = 0; i < fact->codes->codes->len; i++)
        {
          DkValue v = DK_VALUE_POINT (DK_NUMBER (i));
          g_array_append_val (candidates, v);
        }
      return candidates;
    }
  add_candidate (self, candidates, fact, dk_number_is_finite (fact->domain.low) ? fact->domain.low : DK_NUMBER (-HUGE_FIGURE));
  add_candidate (self, candidates, fact, dk_number_is_finite (dk_value_high (&fact->domain)) ? dk_value_high (&fact->domain) : DK_NUMBER (HUGE_FIGURE));
  for (guint i = 0; i < breaks->len; i++)
    for (int k = -1; k <= 1; k++)
      add_candidate (self, candidates, fact,
                     dk_number_add (g_array_index (breaks, DkNumber, i), dk_number_mul (DK_NUMBER (k), step, self->arena), self->arena));
  for (guint o = 0; o < dk_program_n_slots (self->program); o++)
    {
      const DkSlot *other = &dk_program_get_slots (self->program)[o];
      const DkValue *v = &self->run->regs[other->reg];

      if (o == s || other->kind != DK_SLOT_FACT || other->fact->kind != DK_KIND_NUMBER || other->fact->unit != fact->unit || v->state != DK_POINT)
        continue;
      for (guint r = 0; r < self->ratios->len; r++)
        {
          DkNumber ratio = g_array_index (self->ratios, DkNumber, r);
          DkNumber at[2] = { dk_number_mul (v->low, ratio, self->arena), dk_number_div (v->low, ratio, self->arena) };

          for (guint i = 0; i < 2; i++)
            for (int k = -1; k <= 1; k++)
              add_candidate (self, candidates, fact, dk_number_add (at[i], dk_number_mul (DK_NUMBER (k), step, self->arena), self->arena));
        }
    }
  return candidates;
}

/* Whether no part is greater than its whole in the same period: what the catalogue promises of every enterprise. */
static gboolean
is_lawful (Hull     *self,
           gboolean  mend)
{
  const DkSlot *slots = dk_program_get_slots (self->program);

  for (guint p = 0; p < dk_program_n_slots (self->program); p++)
    for (guint w = 0; w < dk_program_n_slots (self->program); w++)
      {
        DkValue *part = &self->run->regs[slots[p].reg];
        const DkValue *whole = &self->run->regs[slots[w].reg];

        if (slots[p].kind != DK_SLOT_FACT || slots[w].kind != DK_SLOT_FACT || slots[p].fact->part_of == NULL
            || !g_str_equal (slots[p].fact->part_of, slots[w].fact->id) || slots[p].year != slots[w].year || slots[p].sub != slots[w].sub
            || part->state != DK_POINT || whole->state != DK_POINT || dk_number_compare (part->low, whole->low) <= 0)
          continue;
        if (!mend)
          return FALSE;
        *part = *whole;
      }
  return TRUE;
}

static void
join_outputs (Hull    *self,
              DkValue *inner,
              gboolean first)
{
  dk_run_all (self->run);
  for (guint i = 0; i < self->outputs->len; i++)
    {
      guint reg = g_array_index (self->outputs, guint, i);
      DkValue v = dk_value_copy (&self->run->regs[reg], self->arena);

      inner[i] = first ? v : dk_value_join (&inner[i], &v, dk_program_get_kind (self->program, reg));
    }
}

static void
enumerate (Hull        *self,
           const guint *unknown,
           guint        n_unknown,
           guint        at,
           DkValue     *inner,
           gboolean    *first,
           guint       *budget)
{
  guint reg;
  DkValue kept;
  g_autoptr(GArray) candidates = NULL;
  guint stride;

  if (at == n_unknown)
    {
      if (*budget == 0 || !is_lawful (self, FALSE))
        return;
      (*budget)--;
      join_outputs (self, inner, *first);
      *first = FALSE;
      return;
    }
  reg = dk_program_get_slots (self->program)[unknown[at]].reg;
  kept = self->run->regs[reg];
  candidates = candidates_of (self, unknown[at]);
  /* With two facts open not every share of every other can be tried with every other. */
  stride = n_unknown > 1 ? MAX (1, candidates->len / 120) : 1;
  for (guint i = g_rand_int_range (self->rand, 0, (gint32) stride); i < candidates->len; i += i < 40 ? 1 : stride)
    {
      self->run->regs[reg] = g_array_index (candidates, DkValue, i);
      enumerate (self, unknown, n_unknown, at + 1, inner, first, budget);
    }
  self->run->regs[reg] = kept;
}

/* Equal but for the ends that no figure reaches: infinity, and the other side of an open end. */
static gboolean
is_tight (const DkValue *outer,
          const DkValue *inner,
          DkKind         kind)
{
  DkValue trimmed = *outer;
  DkNumber inner_high = dk_value_high (inner);

  if (dk_value_contains (inner, outer, kind))
    return TRUE;
  if (kind != DK_KIND_NUMBER || !(outer->state & DK_RANGE) || !(inner->state & (DK_POINT | DK_RANGE)))
    return FALSE;
  if (!dk_number_is_finite (trimmed.high) && dk_number_compare (inner_high, DK_NUMBER (1000000)) > 0)
    trimmed.high = inner_high;
  if (!dk_number_is_finite (trimmed.low) && dk_number_compare (inner->low, DK_NUMBER (-1000000)) < 0)
    trimmed.low = inner->low;
  /* A quotient by ever more comes as near to 0 as you like. */
  if (dk_number_sign (trimmed.low) == 0 && dk_number_compare (inner->low, (DkNumber) { 1, 1000 }) < 0)
    trimmed.low = inner->low;
  if (dk_number_compare (trimmed.low, trimmed.high) > 0)
    return FALSE;
  return dk_value_contains (inner, &trimmed, kind);
}

static void
gather (Hull       *self,
        DkRulebook *book)
{
  GPtrArray *packs = dk_rulebook_get_packs (book);

  for (guint p = 0; p < packs->len; p++)
    {
      const DkPack *pack = g_ptr_array_index (packs, p);

      for (guint v = 0; v < pack->versions->len; v++)
        {
          const DkVersion *version = g_ptr_array_index (pack->versions, v);

          for (guint i = 0; i < version->items->len; i++)
            {
              const DkItem *item = g_ptr_array_index (version->items, i);
              guint regs[2] = { item->verdict_reg, item->value_reg };

              for (guint k = 0; k < 2; k++)
                if (regs[k] != DK_NO_REGISTER)
                  g_array_append_val (self->outputs, regs[k]);
            }
        }
    }
  for (guint r = 0; r < self->program->constants->len; r++)
    {
      const DkValue *c = &g_array_index (self->program->constants, DkValue, r);
      gboolean known = FALSE;

      if (c->state != DK_POINT || dk_program_get_kind (self->program, r) != DK_KIND_NUMBER || dk_number_sign (c->low) <= 0
          || dk_number_compare (c->low, DK_ONE) >= 0)
        continue;
      for (guint i = 0; i < self->ratios->len && !known; i++)
        known = dk_number_equal (g_array_index (self->ratios, DkNumber, i), c->low);
      if (!known)
        g_array_append_val (self->ratios, c->low);
    }
  for (guint b = 0; b < self->program->bands->len; b++)
    {
      const DkBandTable *band = g_ptr_array_index (self->program->bands, b);

      for (guint i = 0; i < band->n; i++)
        {
          DkNumber edge = band->rows[i].edge;
          gboolean known = dk_number_sign (edge) <= 0 || dk_number_compare (edge, DK_ONE) >= 0;

          for (guint k = 0; k < self->ratios->len && !known; k++)
            known = dk_number_equal (g_array_index (self->ratios, DkNumber, k), edge);
          if (!known)
            g_array_append_val (self->ratios, edge);
        }
    }
}

DkHullCount
dk_hull_measure (DkRulebook *book,
                 guint       n_rounds,
                 guint32     seed,
                 gboolean    verbose)
{
  DkHullCount count = { 0, 0, 0 };
  Hull self = { .program = dk_rulebook_get_program (book) };
  g_autofree DkValue *outer = NULL;
  g_autofree DkValue *inner = NULL;
  g_autofree guint *unknown = g_new (guint, 4);
  guint n_slots = dk_program_n_slots (self.program);
  const DkSlot *slots = dk_program_get_slots (self.program);

  self.run = dk_run_new (self.program);
  self.rand = g_rand_new_with_seed (seed);
  self.arena = dk_arena_new ();
  self.outputs = g_array_new (FALSE, FALSE, sizeof (guint));
  self.ratios = g_array_new (FALSE, FALSE, sizeof (DkNumber));
  gather (&self, book);
  outer = g_new0 (DkValue, self.outputs->len);
  inner = g_new0 (DkValue, self.outputs->len);
  for (guint round = 0; round < n_rounds; round++)
    {
      guint n_unknown = (guint) g_rand_int_range (self.rand, 1, 3), budget = 20000;
      gboolean first = TRUE;

      dk_arena_clear (self.arena);
      for (guint s = 0; s < n_slots; s++)
        self.run->regs[slots[s].reg] = slots[s].kind == DK_SLOT_AS_OF  ? DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2026, 7, 15)))
                                       : slots[s].kind == DK_SLOT_YEAR ? DK_VALUE_POINT (DK_NUMBER (2025))
                                                                       : random_answer (&self, &slots[s]);
      is_lawful (&self, TRUE);
      for (guint i = 0; i < n_unknown; i++)
        {
          do
            unknown[i] = (guint) g_rand_int_range (self.rand, 0, (gint32) n_slots);
          while (slots[unknown[i]].kind != DK_SLOT_FACT || (i > 0 && unknown[i] == unknown[0]));
          self.run->regs[slots[unknown[i]].reg] = slots[unknown[i]].fact->domain;
        }
      dk_run_all (self.run);
      dk_run_refine_all (self.run, (const guint *) (gpointer) self.outputs->data, self.outputs->len);
      for (guint i = 0; i < self.outputs->len; i++)
        outer[i] = dk_value_copy (&self.run->regs[g_array_index (self.outputs, guint, i)], self.arena);
      enumerate (&self, unknown, n_unknown, 0, inner, &first, &budget);
      if (first)
        continue;
      for (guint i = 0; i < self.outputs->len; i++)
        {
          guint reg = g_array_index (self.outputs, guint, i);
          DkKind kind = dk_program_get_kind (self.program, reg);
          gboolean settled = kind == DK_KIND_TRUTH ? dk_truth_is_settled (outer[i].state) : dk_value_is_settled (&outer[i]);

          if (!dk_value_contains (&outer[i], &inner[i], kind))
            count.unsound++;
          if (settled)
            continue;
          count.compared++;
          if (is_tight (&outer[i], &inner[i], kind))
            count.equal++;
          else if (verbose)
            {
              g_autofree char *ol = dk_number_to_string (outer[i].low), *oh = dk_number_to_string (dk_value_high (&outer[i]));
              g_autofree char *il = dk_number_to_string (inner[i].low), *ih = dk_number_to_string (dk_value_high (&inner[i]));

              g_printerr ("round %u reg %u kind %d: state %u %s..%s, brute force %u %s..%s; open: %s%s%s\n", round, reg, kind, (guint) outer[i].state, ol, oh,
                          (guint) inner[i].state, il, ih, slots[unknown[0]].fact->id, n_unknown > 1 ? ", " : "", n_unknown > 1 ? slots[unknown[1]].fact->id : "");
            }
        }
    }
  g_array_unref (self.outputs);
  g_array_unref (self.ratios);
  dk_arena_free (self.arena);
  g_rand_free (self.rand);
  dk_run_free (self.run);
  return count;
}
