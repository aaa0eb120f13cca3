/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cross-check"

#include "dk-cross-check.h"

#include "dk-assessment-private.h"

#include <glib/gi18n.h>

static void
clear_disagreement (gpointer data)
{
  DkDisagreement *self = data;

  g_clear_pointer (&self->rows, g_array_unref);
}

/* Whether a value says which one it is, or from where to where. */
static gboolean
has_figure (const DkValue *value,
            DkKind         kind)
{
  if (kind == DK_KIND_TRUTH)
    return (value->state & (DK_OPEN | DK_UNDEFINED | DK_NA)) != 0;
  return (value->state & (DK_POINT | DK_RANGE)) != 0;
}

/* Whether nothing that one can be is anything that the other can be: then they differ, whatever is still unknown. */
static gboolean
certainly_differ (const DkValue *a,
                  const DkValue *b,
                  DkKind         kind)
{
  if (!has_figure (a, kind) || !has_figure (b, kind))
    return FALSE;
  /* One that may have no value at all, or not apply, cannot be held to the other. */
  if ((a->state | b->state) & (DK_UNDEFINED | DK_NA))
    return FALSE;
  if (kind == DK_KIND_TRUTH)
    return (a->state & b->state & DK_OPEN) == 0;
  if (kind == DK_KIND_CHOICE)
    return ((guint64) a->low.num & (guint64) b->low.num) == 0;
  return dk_number_compare (dk_value_high (a), b->low) < 0 || dk_number_compare (dk_value_high (b), a->low) < 0;
}

static gboolean
is_finite (const DkValue *value)
{
  return dk_number_is_finite (value->low) && dk_number_is_finite (dk_value_high (value));
}

/* By how much the first side differs from the second. */
static void
measure (DkAssessment   *assessment,
         DkDisagreement *self,
         DkKind          kind,
         DkUnit          unit)
{
  const DkValue *first = &self->sides[0].value, *second = &self->sides[1].value;
  DkNumber whole;
  DkValue base;

  if ((kind != DK_KIND_NUMBER && kind != DK_KIND_DATE) || !has_figure (first, kind) || !has_figure (second, kind))
    return;
  self->amount = dk_value_sub (first, second, assessment->arena);
  self->amount_unit = kind == DK_KIND_DATE ? DK_UNIT_DAYS : unit;
  self->has_amount = is_finite (&self->amount);
  if (!self->has_amount || kind != DK_KIND_NUMBER || !dk_value_is_point (second) || dk_number_sign (second->low) == 0)
    return;
  whole = dk_number_sign (second->low) < 0 ? dk_number_negate (second->low, assessment->arena) : second->low;
  base = DK_VALUE_POINT (whole);
  self->share = dk_value_div (&self->amount, &base, assessment->arena);
  self->has_share = TRUE;
}

static void
add (DkAssessment   *assessment,
     GArray         *list,
     DkDisagreement *self,
     const DkSymbol *fact)
{
  self->has_sides = TRUE;
  measure (assessment, self, fact->kind, fact->unit);
  g_array_append_vals (list, self, 1);
}

/* --- Sources --- */

/* What stands for a fact in a period: its answer, or else what is derived and leaves nothing open. */
static gboolean
get_known (const DkAssessment *assessment,
           const DkSymbol     *fact,
           DkPeriodKey         period,
           DkValue            *value)
{
  guint slot;

  if (dk_enterprise_get (assessment->enterprise, fact, period, value))
    return TRUE;
  slot = dk_assessment_find_slot (assessment, fact, period);
  if (slot == G_MAXUINT || fact->is_presumed)
    return FALSE;
  *value = assessment->run->regs[assessment->known_reg[slot]];
  return dk_value_is_settled_as (value, fact->kind) && has_figure (value, fact->kind);
}

static void
add_figures (DkAssessment *assessment,
             GArray       *list)
{
  g_autoptr(GArray) figures = dk_enterprise_list_figures (assessment->enterprise, NULL);
  DkSide against = { .fact = NULL };
  DkValue answer;

  for (guint i = 0; i < figures->len; i++)
    {
      const DkFigure *figure = &g_array_index (figures, DkFigure, i);
      gboolean is_first = i == 0 || figure[-1].fact != figure->fact || !dk_period_equal (figure[-1].period, figure->period);
      DkDisagreement found = { .kind = DK_DISAGREEMENT_SOURCE, .period = figure->period };

      if (is_first)
        {
          against.fact = figure->fact;
          against.source = DK_NO_SOURCE;
          /* Nothing was chosen: then the sources are held to the first of them. */
          if (!get_known (assessment, figure->fact, figure->period, &against.value))
            {
              against.source = figure->source;
              against.value = figure->value;
              continue;
            }
        }
      if (!certainly_differ (&figure->value, &against.value, figure->fact->kind))
        continue;
      found.sides[0] = (DkSide) { figure->fact, figure->source, figure->value };
      found.sides[1] = against;
      found.is_computed = against.source == DK_NO_SOURCE && !dk_enterprise_get (assessment->enterprise, figure->fact, figure->period, &answer);
      add (assessment, list, &found, figure->fact);
    }
}

/* --- What is derived --- */

static const DkRegister *
find_register (const DkAssessment *assessment,
               guint               reg)
{
  for (guint i = 0; i < assessment->scope->registers->len; i++)
    if (dk_program_reads_rows (assessment->program, reg, i))
      return g_ptr_array_index (assessment->scope->registers, i);
  return NULL;
}

static int
compare_derived (gconstpointer a,
                 gconstpointer b)
{
  const DkDisagreement *left = a, *right = b;

  if (left->sides[0].fact != right->sides[0].fact)
    return (int) left->sides[0].fact->index - (int) right->sides[0].fact->index;
  return left->period.year - right->period.year;
}

/* What reads nothing only says what is taken for granted while nobody answers: no answer contradicts that. */
static gboolean
is_assumed (const DkAssessment *assessment,
            guint               reg)
{
  for (guint i = 0; i < dk_program_n_slots (assessment->program); i++)
    if (dk_program_depends (assessment->program, reg, i))
      return FALSE;
  return find_register (assessment, reg) == NULL;
}

static void
add_derived (DkAssessment *assessment,
             GArray       *list)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (DkDisagreement));

  for (guint i = 0; i < dk_program_n_slots (assessment->program); i++)
    {
      const DkSlot *slot = &slots[i];
      const DkFactRef *ref = &assessment->answers[i];
      DkDisagreement one = { .kind = DK_DISAGREEMENT_DERIVED, .is_computed = TRUE };

      if (slot->kind != DK_SLOT_FACT || slot->derivation == NULL || slot->fact->is_presumed || (assessment->inputs[i].state & DK_UNANSWERED))
        continue;
      one.period = ref->period;
      one.sides[0].fact = one.sides[1].fact = slot->fact;
      one.sides[0].source = one.sides[1].source = DK_NO_SOURCE;
      if (!dk_enterprise_get (assessment->enterprise, slot->fact, ref->period, &one.sides[0].value)
          || !dk_expr_get_value (slot->derivation, 0, assessment->run->regs, &one.sides[1].value)
          || !certainly_differ (&one.sides[0].value, &one.sides[1].value, slot->fact->kind)
          || is_assumed (assessment, slot->derivation->reg))
        continue;
      one.reg = find_register (assessment, slot->derivation->reg);
      add (assessment, found, &one, slot->fact);
    }
  g_array_sort (found, compare_derived);
  g_array_append_vals (list, found->data, found->len);
}

/* --- Parts --- */

static void
add_part (DkAssessment   *assessment,
          GArray         *list,
          const DkSymbol *part,
          DkPeriodKey     period)
{
  const DkSymbol *whole = part;
  DkDisagreement found = { .kind = DK_DISAGREEMENT_PART, .period = period };

  if (!get_known (assessment, part, period, &found.sides[0].value))
    return;
  /* Where the whole is not known, its own whole is a bound all the same. */
  do
    whole = dk_scope_find_fact (assessment->scope, whole->part_of);
  while (whole->part_of != NULL && !get_known (assessment, whole, period, &found.sides[1].value));
  if (!get_known (assessment, whole, period, &found.sides[1].value)
      || (found.sides[0].value.state | found.sides[1].value.state) & (DK_UNDEFINED | DK_NA)
      || dk_number_compare (found.sides[0].value.low, dk_value_high (&found.sides[1].value)) <= 0)
    return;
  found.sides[0].fact = part;
  found.sides[1].fact = whole;
  found.sides[0].source = found.sides[1].source = DK_NO_SOURCE;
  add (assessment, list, &found, part);
}

static int
compare_periods (gconstpointer a,
                 gconstpointer b)
{
  const DkPeriodKey *left = a, *right = b;

  if (left->year != right->year)
    return left->year - right->year;
  return left->quarter != right->quarter ? left->quarter - right->quarter : left->month - right->month;
}

/* Every period in which something is said of the part, or of anything that it is a part of. */
static void
add_parts (DkAssessment *assessment,
           GArray       *list)
{
  const GArray *relations = dk_catalogue_get_relations (assessment->catalogue);

  for (guint i = 0; i < relations->len; i++)
    {
      const DkSymbol *part = g_array_index (relations, DkRelation, i).part;
      g_autoptr(GArray) periods = g_array_new (FALSE, FALSE, sizeof (DkPeriodKey));

      for (const DkSymbol *fact = part; fact != NULL;
           fact = fact->part_of != NULL ? dk_scope_find_fact (assessment->scope, fact->part_of) : NULL)
        {
          g_autoptr(GArray) more = dk_enterprise_list_periods (assessment->enterprise, fact);

          if (more->len > 0)
            g_array_append_vals (periods, more->data, more->len);
        }
      g_array_sort (periods, compare_periods);
      for (guint k = 0; k < periods->len; k++)
        {
          const DkPeriodKey *period = &g_array_index (periods, DkPeriodKey, k);

          if (k == 0 || !dk_period_equal (*period, period[-1]))
            add_part (assessment, list, part, *period);
        }
    }
}

/* --- Rules --- */

/* Registers with the rows of one of them left out, or all but one. */
typedef struct
{
  DkAssessment *assessment;
  DkRun        *run;
  DkRows       *rows;
  DkSlice      *slice;
  guint         index; /* of the register */
} Sample;

/* Runs the rule over @n rows from @first on. */
static void
run_with (Sample *sample,
          guint   first,
          guint   n)
{
  const DkRows *all = dk_enterprise_get_rows (sample->assessment->enterprise, sample->index);
  guint n_columns = ((const DkRegister *) g_ptr_array_index (sample->assessment->scope->registers, sample->index))->columns->len;

  sample->rows[sample->index] = (DkRows) { all->cells + (gsize) first * n_columns, n, TRUE, FALSE };
  dk_run_slice (sample->run, sample->slice);
}

/* Which rows alone would violate the rule. One that is violated by no rows at all, such as a sum that falls short, is not the fault of
 * single rows. */
static GArray *
find_rows (DkAssessment   *assessment,
           const DkResult *result,
           guint           index)
{
  const DkRows *all = dk_enterprise_get_all_rows (assessment->enterprise);
  const guint reg = result->item->verdict_reg;
  guint n_registers = assessment->scope->registers->len, n_slots = dk_program_n_slots (assessment->program);
  g_autoptr(DkRun) run = dk_run_new (assessment->program);
  g_autoptr(DkSlice) slice = dk_slice_new (assessment->program, &reg, 1);
  g_autofree DkRows *rows = g_memdup2 (all, n_registers * sizeof (DkRows));
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  Sample sample = { assessment, run, rows, slice, index };

  run->rows = rows;
  for (guint i = 0; i < n_slots; i++)
    run->regs[dk_program_get_slots (assessment->program)[i].reg] = assessment->inputs[i];
  run_with (&sample, 0, 0);
  if (run->regs[reg].state != DK_TRUE)
    return NULL;
  for (guint i = 0; i < all[index].n_rows; i++)
    {
      run_with (&sample, i, 1);
      if (run->regs[reg].state == DK_FALSE)
        g_array_append_val (found, i);
    }
  return found->len > 0 ? g_steal_pointer (&found) : NULL;
}

static gboolean
is_judged (const DkResult *result)
{
  return result->item->kind != DK_ITEM_LIST && result->item->verdict_reg != DK_NO_REGISTER;
}

/* Which register a rule rests on: that of which single rows are at fault, or else the first it reads. */
static void
find_fault (DkAssessment   *assessment,
            DkDisagreement *found)
{
  for (guint i = 0; i < assessment->scope->registers->len && found->rows == NULL; i++)
    if (dk_program_reads_rows (assessment->program, found->result->item->verdict_reg, i))
      {
        GArray *rows = find_rows (assessment, found->result, i);

        if (found->reg == NULL || rows != NULL)
          found->reg = g_ptr_array_index (assessment->scope->registers, i);
        found->rows = rows;
      }
}

static void
add_rule (DkAssessment   *assessment,
          GArray         *list,
          const DkResult *result,
          gboolean        wants_rows)
{
  DkDisagreement found = { .kind = DK_DISAGREEMENT_RULE, .result = result };

  if (result->has_value && result->has_threshold)
    {
      found.sides[0] = (DkSide) { NULL, DK_NO_SOURCE, result->value };
      found.sides[1] = (DkSide) { NULL, DK_NO_SOURCE, result->threshold };
      found.has_sides = TRUE;
      measure (assessment, &found, result->kind, result->unit);
    }
  if (result->facts->len > 0)
    found.period = g_array_index (result->facts, DkFactRef, 0).period;
  if (wants_rows)
    find_fault (assessment, &found);
  g_array_append_val (list, found);
}

/* @wants_rows: whether to find out which rows are at fault. */
static void
visit (DkAssessment   *assessment,
       const DkResult *result,
       GArray         *list,
       gboolean        wants_rows,
       DkCheckTally   *tally)
{
  if (is_judged (result))
    {
      tally->n_met += result->verdict == DK_VERDICT_PASS;
      tally->n_violated += result->verdict == DK_VERDICT_FAIL;
      tally->n_open += result->verdict == DK_VERDICT_OPEN;
      tally->n_na += result->verdict == DK_VERDICT_NA;
      if (result->verdict == DK_VERDICT_FAIL && list != NULL)
        add_rule (assessment, list, result, wants_rows);
      return; /* what it rests on is a part of it */
    }
  for (guint i = 0; i < dk_result_n_children (result); i++)
    visit (assessment, dk_result_get_child (result, i), list, wants_rows, tally);
}

/* What needs no rule of a pack. */
static GArray *
list_without_rules (DkAssessment *assessment)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DkDisagreement));

  g_array_set_clear_func (list, clear_disagreement);
  add_figures (assessment, list);
  add_derived (assessment, list);
  add_parts (assessment, list);
  return list;
}

static GArray *
list_all (DkAssessment *assessment,
          gboolean      wants_rows)
{
  GArray *list = list_without_rules (assessment);
  DkCheckTally tally = { 0 };

  for (guint i = 0; i < assessment->checks->len; i++)
    visit (assessment, g_ptr_array_index (assessment->checks, i), list, wants_rows, &tally);
  for (guint i = 0; i < list->len; i++)
    dk_disagreement_find_note (assessment, &g_array_index (list, DkDisagreement, i));
  return list;
}

static int
compare_explained (gconstpointer a,
                   gconstpointer b)
{
  return ((const DkDisagreement *) a)->is_explained - ((const DkDisagreement *) b)->is_explained;
}

guint
dk_assessment_count_disagreements (DkAssessment *assessment)
{
  g_autoptr(GArray) list = list_all (assessment, FALSE);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += !g_array_index (list, DkDisagreement, i).is_explained;
  return n;
}

GArray *
dk_assessment_list_disagreements (DkAssessment *assessment)
{
  GArray *list = list_all (assessment, TRUE);

  g_array_sort (list, compare_explained); /* stable */
  return list;
}

void
dk_assessment_count_checks (const DkAssessment *assessment,
                            DkCheckTally       *tally)
{
  *tally = (DkCheckTally) { 0 };
  for (guint i = 0; i < assessment->checks->len; i++)
    visit ((DkAssessment *) assessment, g_ptr_array_index (assessment->checks, i), NULL, FALSE, tally);
}

static void
collect_measures (const DkResult *result,
                  GPtrArray      *lists)
{
  gboolean has_figures = FALSE, is_known = FALSE;

  for (guint i = 0; result->item->kind == DK_ITEM_LIST && i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);

      if (child->item->kind == DK_ITEM_LIST)
        collect_measures (child, lists);
      else if (!is_judged (child) && child->has_value)
        {
          has_figures = TRUE;
          is_known = is_known || dk_result_is_settled (child);
        }
    }
  if (has_figures && is_known)
    g_ptr_array_add (lists, (gpointer) result);
}

GPtrArray *
dk_assessment_list_measures (const DkAssessment *assessment)
{
  GPtrArray *lists = g_ptr_array_new ();

  for (guint i = 0; i < assessment->checks->len; i++)
    collect_measures (g_ptr_array_index (assessment->checks, i), lists);
  return lists;
}

guint
dk_measures_count_years (const DkResult *list)
{
  guint n = 1;

  for (guint i = 0; i < list->children->len; i++)
    n = MAX (n, ((const DkResult *) g_ptr_array_index (list->children, i))->item->n_years);
  return n;
}

gboolean
dk_measures_is_line (const DkResult *list,
                     guint           i)
{
  const DkResult *first = g_ptr_array_index (list->children, i);
  gboolean is_known = FALSE;

  if (first->item->kind == DK_ITEM_LIST || first->item->year != 0)
    return FALSE;
  for (guint k = 0; k < MAX (first->item->n_years, 1); k++)
    {
      const DkResult *result = dk_measures_find (list, i, -(int) k);

      is_known = is_known || (result != NULL && result->has_value && dk_result_is_settled (result));
    }
  return is_known;
}

const DkResult *
dk_measures_find (const DkResult *list,
                  guint           i,
                  int             year)
{
  guint at = i + (guint) -year;
  const DkResult *result = at < list->children->len ? g_ptr_array_index (list->children, at) : NULL;

  return result != NULL && result->item->year == year ? result : NULL;
}

const char *
dk_disagreement_get_kind (const DkDisagreement *self)
{
  static const char *const kinds[] = { "source", "derived", "part", "rule" };

  return kinds[self->kind];
}

/* --- For people --- */

char *
dk_wording_dup_title_of_year (const DkWording *wording,
                              const DkResult  *result)
{
  const char *title = dk_wording_get_title (wording, result);

  if (result->item->n_years == 0)
    return g_strdup (title);
  /* TRANSLATORS: a fact in a year: label, year. */
  return g_strdup_printf (dk_tr (wording->language, N_("%s (%d)")), title, dk_assessment_get_year (wording->assessment) + result->item->year);
}

char *
dk_disagreement_dup_title (const DkWording      *wording,
                           const DkDisagreement *self)
{
  if (self->result != NULL)
    return dk_wording_dup_title_of_year (wording, self->result);
  return dk_fact_to_display (self->sides[0].fact, self->period, wording->language);
}

char *
dk_disagreement_dup_side (const DkWording      *wording,
                          const DkDisagreement *self,
                          guint                 side)
{
  const DkChoices *sources = dk_catalogue_get_sources (wording->assessment->catalogue);
  const DkSide *one = &self->sides[side];

  if (self->kind == DK_DISAGREEMENT_RULE)
    return g_strdup (side == 0 ? dk_wording_get_title (wording, self->result) : "");
  if (self->kind == DK_DISAGREEMENT_PART)
    return g_strdup (dk_text_get (&one->fact->label, wording->language));
  if (one->source != DK_NO_SOURCE)
    return g_strdup (dk_text_get (g_ptr_array_index (sources->labels, one->source), wording->language));
  if (side == 1 && self->reg != NULL)
    return g_strdup (dk_text_get (&self->reg->label, wording->language));
  /* TRANSLATORS: who says a figure: it follows from other figures; it is the answer that was given. */
  return g_strdup (dk_tr_context (wording->language, "figure", side == 1 && self->is_computed ? NC_("figure", "Computed") : NC_("figure", "Answer")));
}

char *
dk_disagreement_dup_value (const DkWording      *wording,
                           const DkDisagreement *self,
                           guint                 side)
{
  const DkSide *one = &self->sides[side];
  const DkResult *result = self->result;

  if (!self->has_sides)
    return g_strdup ("");
  if (result != NULL)
    return dk_value_to_display (&one->value, result->kind, result->unit, result->choices, result->codes, wording->language);
  return dk_value_to_display (&one->value, one->fact->kind, one->fact->unit, one->fact->choices, one->fact->codes, wording->language);
}

char *
dk_disagreement_dup_amount (const DkWording      *wording,
                            const DkDisagreement *self)
{
  g_autofree char *amount = NULL, *share = NULL;
  const char *sign;

  if (!self->has_amount)
    return NULL;
  sign = dk_number_sign (self->amount.low) > 0 ? "+" : "";
  amount = dk_value_to_display (&self->amount, DK_KIND_NUMBER, self->amount_unit, NULL, NULL, wording->language);
  if (!self->has_share || self->amount_unit == DK_UNIT_RATIO)
    return g_strconcat (sign, amount, NULL);
  share = dk_value_to_display (&self->share, DK_KIND_NUMBER, DK_UNIT_RATIO, NULL, NULL, wording->language);
  /* TRANSLATORS: a difference, with its sign before it, and what part that is: "+1,000 (2.50 %)" */
  return g_strdup_printf (dk_tr (wording->language, N_("%s%s (%s)")), sign, amount, share);
}

char *
dk_disagreement_dup_rows (const DkWording      *wording,
                          const DkDisagreement *self)
{
  g_autoptr(GString) numbers = NULL;
  const char *label;

  if (self->reg == NULL)
    return NULL;
  label = dk_text_get (&self->reg->label, wording->language);
  if (self->rows == NULL)
    return g_strdup (label);
  numbers = g_string_new (NULL);
  for (guint i = 0; i < self->rows->len; i++)
    g_string_append_printf (numbers, "%s%u", i > 0 ? dk_wording_get_comma (wording) : "", g_array_index (self->rows, guint, i) + 1);
  /* TRANSLATORS: a register, and the numbers of some of its rows: "R&D projects, row 2, 5" */
  return g_strdup_printf (dk_tr (wording->language, N_("%s, row %s")), label, numbers->str);
}

char *
dk_disagreement_dup_target (const DkDisagreement *self)
{
  const DkSymbol *fact = self->sides[0].fact;
  DkPeriodKey period = self->period;

  if (self->result != NULL && self->reg != NULL && self->rows != NULL)
    return g_strdup (self->reg->id);
  if (self->result != NULL && self->result->facts->len > 0)
    {
      fact = g_array_index (self->result->facts, DkFactRef, 0).fact;
      period = g_array_index (self->result->facts, DkFactRef, 0).period;
    }
  if (fact == NULL)
    return self->reg != NULL ? g_strdup (self->reg->id) : NULL;
  return period.year != 0 ? g_strdup_printf ("%s@%d", fact->id, period.year) : g_strdup (fact->id);
}
