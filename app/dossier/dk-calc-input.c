/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>
#include <string.h>

static const DkInputCell *
find_cell (DkCalc         *calc,
           const DkSymbol *fact,
           DkPeriodKey     period)
{
  for (guint i = 0; calc->inputs->cells != NULL && i < calc->inputs->cells->len; i++)
    {
      const DkInputCell *cell = &g_array_index (calc->inputs->cells, DkInputCell, i);

      if (cell->fact == fact && dk_period_equal (cell->period, period))
        return cell;
    }
  return NULL;
}

const DkInputTable *
dk_calc_find_table (DkCalc *calc,
                    guint   reg)
{
  const DkRegister *wanted = g_ptr_array_index (calc->scope->registers, reg);

  for (guint i = 0; calc->inputs->tables != NULL && i < calc->inputs->tables->len; i++)
    {
      const DkInputTable *table = &g_array_index (calc->inputs->tables, DkInputTable, i);

      if (table->reg == wanted)
        return table;
    }
  return NULL;
}

/* Whether one cell, or a pair of them, can say it. */
static gboolean
can_be_written (const DkSymbol *fact,
                const DkValue  *value,
                gboolean        is_pair)
{
  guint32 state = value->state & DK_STATE_BITS;

  if (state == DK_UNDEFINED)
    return TRUE;
  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      return state == DK_TRUE || state == DK_FALSE;

    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      return state == DK_POINT || (is_pair && state == DK_RANGE);

    case DK_KIND_CODE:
      return state == DK_POINT || state == DK_RANGE;

    case DK_KIND_CHOICE:
    case DK_KIND_TEXT:
    default:
      return state == DK_POINT;
    }
}

/* The enterprise as the cells of the book tell of it: what has no cell, or cannot be said in one, is not known. */
DkEnterprise *
dk_calc_dup_enterprise (DkCalc *calc)
{
  DkEnterprise *copy = dk_enterprise_dup (calc->assessment->enterprise);

  for (guint i = 0; i < dk_program_n_slots (calc->program); i++)
    {
      const DkSlot *slot = &dk_program_get_slots (calc->program)[i];
      DkPeriodKey period = dk_assessment_get_period (calc->assessment, i);
      DkValue value;

      if (slot->kind != DK_SLOT_FACT || !dk_enterprise_get (copy, slot->fact, period, &value))
        continue;
      if (find_cell (calc, slot->fact, period) == NULL || !can_be_written (slot->fact, &value, TRUE))
        dk_enterprise_set (copy, slot->fact, period, NULL, NULL);
    }
  for (guint r = 0; r < calc->scope->registers->len; r++)
    {
      const DkRegister *reg = g_ptr_array_index (calc->scope->registers, r);
      const DkRows *rows = dk_enterprise_get_rows (calc->assessment->enterprise, r);
      const DkInputTable *table = dk_calc_find_table (calc, r);
      g_autofree DkValue *cells = NULL;
      guint n_cells = rows->n_rows * reg->columns->len;

      if (table == NULL || table->n_rows < rows->n_rows)
        {
          dk_enterprise_set_rows (copy, r, NULL, 0, FALSE);
          continue;
        }
      cells = g_new (DkValue, n_cells + 1);
      for (guint i = 0; i < n_cells; i++)
        {
          const DkSymbol *column = g_ptr_array_index (reg->columns, i % reg->columns->len);

          cells[i] = can_be_written (column, &rows->cells[i], FALSE) ? rows->cells[i] : column->domain;
        }
      dk_enterprise_set_rows (copy, r, cells, rows->n_rows, rows->is_complete);
    }
  return copy;
}

/* The line with the least and the most that a fact can be. */
static void
get_domain (DkCalc         *calc,
            const DkSymbol *fact,
            const char    **low,
            const char    **high)
{
  gpointer known = g_hash_table_lookup (calc->lists, fact);
  DkNumber ends[2] = { fact->domain.low, dk_value_high (&fact->domain) };
  const char *texts[2];
  guint line;

  if (known == NULL)
    {
      g_autofree char *what = g_strdup_printf (dk_tr (calc->language, N_("Bounds of %s")), dk_text_get (&fact->label, calc->language));

      line = dk_calc_add_figure (calc, what);
      g_hash_table_insert (calc->lists, (gpointer) fact, GUINT_TO_POINTER (line + 1));
      for (guint i = 0; i < 2; i++)
        dk_calc_figure (calc, line, i + 1, ends[i], fact->kind);
    }
  else
    line = GPOINTER_TO_UINT (known) - 1;
  for (guint i = 0; i < 2; i++)
    texts[i] = dk_number_is_finite (ends[i]) ? dk_calc_cell (calc, calc->figures, line, i + 1)
                                             : ends[i].num < 0 ? "-" DK_SHEET_INFINITY : DK_SHEET_INFINITY;
  *low = texts[0];
  *high = texts[1];
}

/* The cells with all codes of a table, in order. */
static const char *
get_codes (DkCalc        *calc,
           const DkCodes *codes)
{
  gpointer known = g_hash_table_lookup (calc->lists, codes);
  guint column;

  if (known == NULL)
    {
      if (calc->codes == NULL)
        calc->codes = dk_book_add_sheet (calc->book, dk_tr (calc->language, N_("Codes")));
      column = calc->n_codes;
      calc->n_codes += 3;
      dk_sheet_set_text (calc->codes, 0, column, codes->id, DK_LOOK_HEAD, 0);
      for (guint i = 0; i < codes->codes->len; i++)
        {
          dk_sheet_set_text (calc->codes, i + 1, column, g_ptr_array_index (codes->codes, i), DK_LOOK_TEXT, 0);
          if (i < codes->labels->len)
            dk_sheet_set_text (calc->codes, i + 1, column + 1, dk_text_get (g_ptr_array_index (codes->labels, i), calc->language), DK_LOOK_TEXT, 0);
        }
      dk_sheet_set_width (calc->codes, column, column, 10);
      dk_sheet_set_width (calc->codes, column + 1, column + 1, 40);
      g_hash_table_insert (calc->lists, (gpointer) codes, GUINT_TO_POINTER (column + 1));
    }
  else
    column = GPOINTER_TO_UINT (known) - 1;
  return dk_calc_range (calc, calc->codes, 1, column, codes->codes->len, column);
}

/* A figure in a cell that the fact allows. */
static const char *
is_allowed (DkCalc         *calc,
            const DkSymbol *fact,
            const char     *cell,
            const char     *low,
            const char     *high)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "AND(ISNUMBER(%s)", cell);
  if (dk_number_is_finite (fact->domain.low))
    g_string_append_printf (text, ",%s>=%s", cell, low);
  if (dk_number_is_finite (dk_value_high (&fact->domain)))
    g_string_append_printf (text, ",%s<=%s", cell, high);
  return dk_calc_text (calc, "%s)", text->str);
}

/**
 * dk_calc_read_cell:
 * @fact: the fact, or column of a register
 * @step: where what is read will stand
 * @from: (nullable): the cell; %NULL if there is none, so that nothing is known
 * @to: (nullable): the cell with the other end
 * @before: bit: the period is certainly before the founding, unless answered
 * @maybe_before: bit: it may be
 *
 * Blanks are asked for first: in a sheet, a blank is less than 5.
 */
void
dk_calc_read_cell (DkCalc         *calc,
                   const DkSymbol *fact,
                   const DkStep   *step,
                   const char     *from,
                   const char     *to,
                   const char     *before,
                   const char     *maybe_before,
                   DkFormulas     *out)
{
  const char *yes = dk_calc_quote (calc, dk_calc_get_truth_word (TRUE, calc->language));
  const char *no = dk_calc_quote (calc, dk_calc_get_truth_word (FALSE, calc->language));
  const char *may_be_none = fact->domain.state & DK_UNDEFINED ? "1" : "0";
  const char *none = "0", *answered = "0", *has, *low = NULL, *high = NULL, *from_allowed = NULL, *to_allowed = NULL, *labels = NULL, *codes = NULL;

  if (from != NULL && fact->domain.state & DK_UNDEFINED)
    none = dk_calc_bit (calc, "%s=%s", from, dk_calc_quote (calc, dk_calc_get_none_word (calc->language)));
  switch (fact->kind)
    {
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      get_domain (calc, fact, &low, &high);
      if (from == NULL)
        break;
      from_allowed = is_allowed (calc, fact, from, low, high);
      to_allowed = to != NULL ? is_allowed (calc, fact, to, low, high) : NULL;
      answered = to != NULL ? dk_calc_bit (calc, "OR(%s,%s)", from_allowed, to_allowed) : dk_calc_bit (calc, "%s", from_allowed);
      break;

    case DK_KIND_TRUTH:
      if (from != NULL)
        answered = dk_calc_bit (calc, "OR(%s=%s,%s=%s)", from, yes, from, no);
      break;

    case DK_KIND_CHOICE:
      labels = dk_calc_labels (calc, fact->choices);
      if (from != NULL)
        answered = dk_calc_bit (calc, "ISNUMBER(MATCH(%s,%s,0))", from, labels);
      break;

    case DK_KIND_CODE:
      get_domain (calc, fact, &low, &high);
      codes = get_codes (calc, fact->codes);
      if (from != NULL)
        answered = dk_calc_text (calc, "IF(%s=\"\",0,IF(COUNTIFS(%s,%s&\"*\")>0,1,0))", from, codes, from);
      break;

    case DK_KIND_TEXT:
    default:
      g_return_if_reached ();
    }

  if (step->n_extra > step->n_options)
    {
      /* It is asked for in several places. */
      out->extra[step->n_options] = answered;
      answered = dk_calc_extra (calc, step, step->n_options);
    }
  has = dk_calc_and (calc, dk_calc_not (calc, none), dk_calc_or (calc, answered, dk_calc_not (calc, before), NULL), NULL);
  out->parts[DK_PART_HAS] = has;
  out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, none, dk_calc_and (calc, dk_calc_not (calc, answered),
                                                                       dk_calc_or (calc, may_be_none, maybe_before, NULL), NULL), NULL);
  out->parts[DK_PART_ANSWERED] = dk_calc_or (calc, answered, dk_calc_not (calc, has), NULL);
  if (fact->kind == DK_KIND_TRUTH)
    {
      out->parts[DK_PART_NOT_MET] = from == NULL ? has : dk_calc_and (calc, has, dk_calc_text (calc, "IF(%s=%s,0,1)", from, yes), NULL);
      out->parts[DK_PART_MET] = from == NULL ? has : dk_calc_and (calc, has, dk_calc_text (calc, "IF(%s=%s,0,1)", from, no), NULL);
      return;
    }
  has = dk_calc_part (calc, step, DK_PART_HAS);
  if (fact->kind == DK_KIND_CHOICE)
    {
      for (guint i = 0; i < step->n_options; i++)
        if ((guint64) fact->domain.low.num & ((guint64) 1 << i))
          out->extra[i] = from == NULL ? has : dk_calc_and (calc, has, dk_calc_text (calc, "IF(IFERROR(MATCH(%s,%s,0),%u)=%u,1,0)",
                                                                                     from, labels, i + 1, i + 1), NULL);
      return;
    }
  if (from != NULL && fact->kind == DK_KIND_CODE)
    {
      high = dk_calc_text (calc, "IF(%s=\"\",%s,IFERROR(MATCH(%s&\"*\",%s,0)+COUNTIFS(%s,%s&\"*\")-2,%s))", from, high, from, codes, codes, from, high);
      low = dk_calc_text (calc, "IF(%s=\"\",%s,IFERROR(MATCH(%s&\"*\",%s,0)-1,%s))", from, low, from, codes, low);
    }
  else if (from != NULL)
    {
      high = dk_calc_text (calc, "IF(%s,%s,%s)", from_allowed, from, high);
      if (to != NULL)
        high = dk_calc_text (calc, "IF(%s,MAX(%s,%s),%s)", to_allowed, from, to, high);
      low = dk_calc_text (calc, "IF(%s,%s,%s)", from_allowed, from, low);
    }
  dk_calc_set_bounds (calc, step, out, low, high);
}

/* Facts by period */

static DkFactStep *get_fact_step (DkCalc *calc, const DkSymbol *fact, DkPeriodKey period);

/* The last day of a period. */
static gint64
get_last_day (DkPeriodKey period)
{
  int month = period.month > 0 ? period.month : period.quarter > 0 ? period.quarter * 3 : 12;

  return dk_date_add_months (dk_date_from_ymd (period.year, month, 1), 1) - 1;
}

/* What the fact is by its answer, its domain and the founding: as the enterprise has it before parts and wholes bound one another. */
static DkValue
get_raw_value (DkCalc         *calc,
               const DkSymbol *fact,
               DkPeriodKey     period,
               const DkValue  *founded)
{
  DkNumber last = DK_NUMBER (fact->period != DK_PERIOD_NONE ? get_last_day (period) : 0);
  DkValue value;

  if (dk_enterprise_get (calc->enterprise, fact, period, &value))
    return value;
  if (founded != NULL && dk_number_compare (founded->low, last) > 0)
    return DK_VALUE_UNDEFINED;
  value = fact->domain;
  value.state |= DK_UNANSWERED;
  if (founded != NULL && dk_number_compare (dk_value_high (founded), last) > 0)
    value.state |= DK_UNDEFINED;
  return value;
}

/* All that the fact is a part of, or that is a part of it, over any number of steps. */
static void
collect_related (DkCalc         *calc,
                 const DkSymbol *fact,
                 gboolean        wholes,
                 GPtrArray      *related)
{
  GArray *relations = dk_catalogue_get_relations (calc->assessment->catalogue);

  for (guint i = 0; i < relations->len; i++)
    {
      const DkRelation *relation = &g_array_index (relations, DkRelation, i);
      const DkSymbol *other = wholes ? relation->whole : relation->part;

      if ((wholes ? relation->part : relation->whole) != fact || g_ptr_array_find (related, other, NULL))
        continue;
      g_ptr_array_add (related, (gpointer) other);
      collect_related (calc, other, wholes, related);
    }
}

/* The bound that one other fact sets, where it has a value for certain. */
static const char *
get_bound (DkCalc           *calc,
           const DkFactStep *other,
           DkPart            part,
           const char       *without)
{
  const char *is_bound = dk_calc_part (calc, other->raw, DK_PART_HAS);

  if (other->fact->period == DK_PERIOD_NONE)
    is_bound = dk_calc_and (calc, is_bound, dk_calc_not (calc, dk_calc_part (calc, other->raw, DK_PART_UNDEFINED)), NULL);
  if (g_str_equal (is_bound, "1"))
    return dk_calc_part (calc, other->raw, part);
  return dk_calc_text (calc, "IF(%s=1,%s,%s)", is_bound, dk_calc_part (calc, other->raw, part), without);
}

static gboolean
is_bound_now (const DkFactStep *other)
{
  return (other->raw_value.state & DK_VALUE_BITS)
         && (other->fact->period != DK_PERIOD_NONE || !(other->raw_value.state & DK_UNDEFINED));
}

/* A part is at most its whole. Answers that contradict this are left as they are. */
static void
add_bounded_step (DkCalc     *calc,
                  DkFactStep *self,
                  GPtrArray  *wholes,
                  GPtrArray  *parts)
{
  g_autoptr(GPtrArray) lows = g_ptr_array_new (), highs = g_ptr_array_new ();
  g_autofree char *name = dk_fact_to_display (self->fact, self->period, calc->language);
  g_autofree char *text = g_strdup_printf (dk_tr (calc->language, N_("%s, no less than its parts and no more than its whole")), name);
  DkNumber low = self->raw_value.low, high = dk_value_high (&self->raw_value);
  g_auto(GStrv) now = g_new0 (char *, 3);
  const char *extra[2], *has, *bounds[2];
  DkFormulas out = { .extra = extra };
  DkValue value = self->raw_value;
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  /* All rows stand before this one. */
  for (guint i = 0; i < wholes->len; i++)
    g_ptr_array_add (others, get_fact_step (calc, g_ptr_array_index (wholes, i), self->period));
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (others, get_fact_step (calc, g_ptr_array_index (parts, i), self->period));

  self->step = dk_calc_add_step (calc, self->fact->kind, self->raw->hull);
  dk_calc_place (calc, self->step, self->fact->id, text, 2);
  self->step->columns[DK_PART_ANSWERED] = 2 + DK_PART_ANSWERED;
  calc->here = calc->main;
  g_ptr_array_add (lows, (gpointer) dk_calc_part (calc, self->raw, DK_PART_LOW));
  g_ptr_array_add (highs, (gpointer) dk_calc_part (calc, self->raw, DK_PART_HIGH));
  for (guint i = 0; i < others->len; i++)
    {
      const DkFactStep *other = g_ptr_array_index (others, i);

      if (i < wholes->len)
        g_ptr_array_add (highs, (gpointer) get_bound (calc, other, DK_PART_HIGH, DK_SHEET_BEYOND));
      else
        g_ptr_array_add (lows, (gpointer) get_bound (calc, other, DK_PART_LOW, "-" DK_SHEET_BEYOND));
      if (!is_bound_now (other))
        continue;
      if (i < wholes->len)
        high = dk_number_min (high, dk_value_high (&other->raw_value));
      else
        low = dk_number_max (low, other->raw_value.low);
    }
  extra[0] = dk_calc_join (calc, "MAX", lows);
  extra[1] = dk_calc_join (calc, "MIN", highs);
  for (DkPart part = DK_PART_HAS; part < DK_N_PARTS; part++)
    out.parts[part] = dk_calc_part (calc, self->raw, part);
  has = dk_calc_part (calc, self->raw, DK_PART_HAS);
  for (guint i = 0; i < 2; i++)
    {
      const char *mine = dk_calc_part (calc, self->raw, i);

      bounds[i] = dk_calc_text (calc, "IF(OR(%s=%s,%s>%s),%s,%s)", dk_calc_part (calc, self->raw, DK_PART_LOW),
                                dk_calc_part (calc, self->raw, DK_PART_HIGH), dk_calc_extra (calc, self->step, 0),
                                dk_calc_extra (calc, self->step, 1), mine, dk_calc_extra (calc, self->step, i));
      out.parts[i] = g_str_equal (has, "1") ? bounds[i] : dk_calc_text (calc, "IF(%s=0,0,%s)", has, bounds[i]);
    }
  if ((value.state & DK_RANGE) && dk_number_compare (low, high) <= 0)
    {
      guint32 flags = value.state & ~(guint32) DK_VALUE_BITS;

      value = dk_value_make (low, high, flags);
    }
  if (!(self->raw_value.state & DK_VALUE_BITS))
    {
      /* The cells of one without value hold 0. */
      low = DK_ZERO;
      high = DK_ZERO;
      for (guint i = 0; i < others->len; i++)
        {
          const DkFactStep *other = g_ptr_array_index (others, i);

          if (!is_bound_now (other))
            continue;
          if (i < wholes->len)
            high = dk_number_min (high, dk_value_high (&other->raw_value));
          else
            low = dk_number_max (low, other->raw_value.low);
        }
    }
  now[0] = dk_calc_number (calc, low, self->fact->kind);
  now[1] = dk_calc_number (calc, high, self->fact->kind);
  dk_calc_write_step (calc, self->step, &out, &value, now);
}

static DkFactStep *
find_fact_step (DkCalc         *calc,
                const DkSymbol *fact,
                DkPeriodKey     period)
{
  for (guint i = 0; i < calc->facts->len; i++)
    {
      DkFactStep *step = g_ptr_array_index (calc->facts, i);

      if (step->fact == fact && dk_period_equal (step->period, period))
        return step;
    }
  return NULL;
}

static DkFactStep *
get_fact_step (DkCalc         *calc,
               const DkSymbol *fact,
               DkPeriodKey     period)
{
  DkFactStep *self = find_fact_step (calc, fact, period);
  const DkInputCell *cell = find_cell (calc, fact, period);
  const DkFactStep *founded = NULL;
  g_autofree char *name = NULL;
  g_autofree const char **extra = NULL;
  const char *from = NULL, *to = NULL, *before = "0", *maybe_before = "0";
  DkFormulas out = { { NULL }, NULL };
  DkValue hull = fact->domain, answer;
  gboolean is_answered;

  if (self != NULL)
    return self;
  if (fact->period != DK_PERIOD_NONE && calc->scope->founded != NULL)
    founded = get_fact_step (calc, dk_scope_find_fact (calc->scope, calc->scope->founded), (DkPeriodKey) { 0, 0, 0 });

  self = g_new0 (DkFactStep, 1);
  self->fact = fact;
  self->period = period;
  g_ptr_array_add (calc->facts, self);
  self->raw_value = get_raw_value (calc, fact, period, founded != NULL ? &founded->raw_value : NULL);
  if (founded != NULL)
    hull.state |= DK_UNDEFINED;
  self->raw = self->step = dk_calc_add_step (calc, fact->kind, hull);
  if (fact->kind == DK_KIND_TEXT)
    {
      self->raw->is_fixed = TRUE;
      return self;
    }

  name = dk_fact_to_display (fact, period, calc->language);
  dk_calc_place (calc, self->raw, fact->id, name, 1);
  self->raw->columns[DK_PART_ANSWERED] = 2 + DK_PART_ANSWERED;
  calc->here = calc->main;
  if (cell != NULL)
    {
      from = dk_calc_cell (calc, cell->sheet, cell->row, cell->from_column);
      if (fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE)
        to = dk_calc_cell (calc, cell->sheet, cell->row, cell->to_column);
    }
  if (founded != NULL)
    {
      g_autofree char *when = dk_period_to_string (period);
      g_autofree char *what = g_strdup_printf (dk_tr (calc->language, N_("Last day of %s")), when);
      g_autofree char *key = g_strconcat ("last day ", when, NULL);
      gpointer known = g_hash_table_lookup (calc->lists, g_intern_string (key));
      guint line = known != NULL ? GPOINTER_TO_UINT (known) - 1 : dk_calc_add_figure (calc, what);
      const char *last = known != NULL ? dk_calc_cell (calc, calc->figures, line, 1)
                                       : dk_calc_figure (calc, line, 1, DK_NUMBER (get_last_day (period)), DK_KIND_DATE);

      g_hash_table_insert (calc->lists, (gpointer) g_intern_string (key), GUINT_TO_POINTER (line + 1));
      before = dk_calc_bit (calc, "%s>%s", dk_calc_part (calc, founded->raw, DK_PART_LOW), last);
      maybe_before = dk_calc_bit (calc, "%s>%s", dk_calc_part (calc, founded->raw, DK_PART_HIGH), last);
    }
  extra = g_new0 (const char *, self->raw->n_extra + 1);
  out.extra = extra;
  dk_calc_read_cell (calc, fact, self->raw, from, to, before, maybe_before, &out);
  is_answered = dk_enterprise_get (calc->enterprise, fact, period, &answer) && (answer.state & DK_STATE_BITS) != DK_UNDEFINED;
  dk_calc_write_step (calc, self->raw, &out, &self->raw_value, (char *[]) { (char *) (is_answered ? "1" : "0") });

  {
    g_autoptr(GPtrArray) wholes = g_ptr_array_new (), parts = g_ptr_array_new ();

    collect_related (calc, fact, TRUE, wholes);
    collect_related (calc, fact, FALSE, parts);
    if (wholes->len + parts->len > 0)
      add_bounded_step (calc, self, wholes, parts);
  }
  return self;
}

DkStep *
dk_calc_get_fact (DkCalc         *calc,
                  const DkSymbol *fact,
                  DkPeriodKey     period)
{
  return get_fact_step (calc, fact, period)->step;
}

/* The day of the assessment: a cell that people may change. */
DkStep *
dk_calc_add_as_of (DkCalc *calc)
{
  DkValue hull = DK_VALUE_RANGE (DK_NUMBER (dk_date_from_ymd (1901, 1, 1)), DK_NUMBER (dk_date_from_ymd (2199, 12, 31)));
  DkValue value = DK_VALUE_POINT (DK_NUMBER (calc->assessment->as_of));
  DkStep *step = dk_calc_add_step (calc, DK_KIND_DATE, hull);
  DkFormulas out = { { NULL }, NULL };

  dk_calc_place (calc, step, "as_of", dk_tr (calc->language, N_("day of assessment")), 0);
  calc->here = calc->main;
  out.parts[DK_PART_LOW] = out.parts[DK_PART_HIGH] = dk_calc_cell (calc, calc->inputs->as_of_sheet, calc->inputs->as_of_row, calc->inputs->as_of_column);
  dk_calc_write_step (calc, step, &out, &value, NULL);
  return step;
}

/* The last full year: with it facts and versions were chosen, so that it is a figure of the book and no input. */
DkStep *
dk_calc_add_year (DkCalc *calc)
{
  DkStep *step = dk_calc_add_step (calc, DK_KIND_NUMBER, DK_VALUE_POINT (DK_NUMBER (calc->assessment->last_year)));
  guint line = dk_calc_add_figure (calc, dk_tr (calc->language, N_("year")));

  calc->here = calc->main;
  step->constants[0] = g_strdup (dk_calc_figure (calc, line, 1, DK_NUMBER (calc->assessment->last_year), DK_KIND_NUMBER));
  return step;
}
