/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise.h"

#include "dk-catalogue-private.h"
#include "dk-enterprise-note.h"
#include "dk-enterprise-plan.h"
#include "dk-enterprise-private.h"
#include "dk-fact-value.h"

#include <string.h>

/* Keys of periods: a year has one for itself, four for its quarters and twelve for its months. */
#define KEYS_PER_YEAR 17

gint64
dk_period_to_key (DkPeriodKey period)
{
  return (gint64) period.year * KEYS_PER_YEAR + (period.month > 0 ? 4 + period.month : period.quarter);
}

DkPeriodKey
dk_period_from_key (gint64 key)
{
  int sub = (int) (key % KEYS_PER_YEAR);

  return (DkPeriodKey) { (int) (key / KEYS_PER_YEAR), sub <= 4 ? sub : 0, sub > 4 ? sub - 4 : 0 };
}

char *
dk_period_to_string (DkPeriodKey period)
{
  if (period.month > 0)
    return g_strdup_printf ("%04d-%02d", period.year, period.month);
  if (period.quarter > 0)
    return g_strdup_printf ("%04d-Q%d", period.year, period.quarter);
  return period.year != 0 ? g_strdup_printf ("%04d", period.year) : g_strdup ("");
}

/**
 * dk_enterprise_new:
 * @catalogue: what may be known of it; must outlive the enterprise
 *
 * Returns: (transfer full): an enterprise of which nothing is known
 */
DkEnterprise *
dk_enterprise_new (const DkCatalogue *catalogue)
{
  DkEnterprise *enterprise = g_new0 (DkEnterprise, 1);

  enterprise->catalogue = catalogue;
  enterprise->name = g_strdup ("");
  enterprise->arena = dk_arena_new ();
  enterprise->facts = g_new0 (DkAnswers, catalogue->facts->len + 1);
  enterprise->figures = g_new0 (DkAnswers, catalogue->facts->len + 1);
  enterprise->plans = g_new0 (DkAnswers, catalogue->facts->len + 1);
  enterprise->rows = g_new0 (DkRows, catalogue->scope->registers->len + 1);
  enterprise->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_note_free);
  return enterprise;
}

DkEnterprise *
dk_enterprise_dup (const DkEnterprise *enterprise)
{
  const DkScope *scope = enterprise->catalogue->scope;
  DkEnterprise *copy = dk_enterprise_new (enterprise->catalogue);

  dk_enterprise_set_name (copy, enterprise->name);
  for (guint i = 0; i < enterprise->catalogue->facts->len; i++)
    {
      dk_answers_copy (&enterprise->facts[i], &copy->facts[i], copy->arena);
      dk_answers_copy (&enterprise->figures[i], &copy->figures[i], copy->arena);
    }
  for (guint i = 0; i <= enterprise->catalogue->facts->len; i++)
    dk_answers_copy (&enterprise->plans[i], &copy->plans[i], copy->arena);
  for (guint i = 0; i < scope->registers->len; i++)
    {
      const DkRows *rows = &enterprise->rows[i];
      const DkRegister *reg = g_ptr_array_index (scope->registers, i);
      gsize n_cells = (gsize) rows->n_rows * reg->columns->len;
      DkValue *cells = g_new (DkValue, n_cells);

      for (gsize j = 0; j < n_cells; j++)
        cells[j] = dk_value_copy (&rows->cells[j], copy->arena);
      copy->rows[i] = (DkRows) { cells, rows->n_rows, rows->is_complete, rows->is_partial };
    }
  for (guint i = 0; i < enterprise->notes->len; i++)
    g_ptr_array_add (copy->notes, dk_note_dup (g_ptr_array_index (enterprise->notes, i)));
  return copy;
}

void
dk_enterprise_free (DkEnterprise *enterprise)
{
  if (enterprise == NULL)
    return;
  for (guint i = 0; i < enterprise->catalogue->facts->len; i++)
    {
      g_free (enterprise->facts[i].answers);
      g_free (enterprise->figures[i].answers);
    }
  dk_enterprise_clear_plan (enterprise);
  for (guint i = 0; i < enterprise->catalogue->scope->registers->len; i++)
    g_free ((gpointer) enterprise->rows[i].cells);
  g_free (enterprise->facts);
  g_free (enterprise->figures);
  g_free (enterprise->plans);
  g_free (enterprise->rows);
  g_ptr_array_unref (enterprise->notes);
  dk_arena_free (enterprise->arena);
  g_free (enterprise->name);
  g_free (enterprise);
}

const char *
dk_enterprise_get_name (const DkEnterprise *enterprise)
{
  return enterprise->name;
}

void
dk_enterprise_set_name (DkEnterprise *enterprise,
                        const char   *name)
{
  char *copy = g_utf8_make_valid (name != NULL ? name : "", -1);

  g_free (enterprise->name);
  enterprise->name = copy;
}

const DkCatalogue *
dk_enterprise_get_catalogue (const DkEnterprise *enterprise)
{
  return enterprise->catalogue;
}

/* A fact has few answers: counting beats halving. */
guint
dk_answers_search (const DkAnswers *answers,
                   gint64           key)
{
  guint i = 0;

  while (i < answers->n_answers && answers->answers[i].key < key)
    i++;
  return i;
}

void
dk_answers_store (DkAnswers     *answers,
                  gint64         key,
                  const DkValue *value,
                  DkArena       *arena)
{
  guint i = dk_answers_search (answers, key);
  DkAnswer answer = { key, dk_value_copy (value, arena) };

  if (i == answers->n_answers || answers->answers[i].key != key)
    {
      answers->answers = g_renew (DkAnswer, answers->answers, answers->n_answers + 1);
      memmove (answers->answers + i + 1, answers->answers + i, (answers->n_answers - i) * sizeof (DkAnswer));
      answers->n_answers++;
    }
  answers->answers[i] = answer;
}

void
dk_answers_forget (DkAnswers *answers,
                   gint64     key)
{
  guint i = dk_answers_search (answers, key);

  if (i == answers->n_answers || answers->answers[i].key != key)
    return;
  answers->n_answers--;
  memmove (answers->answers + i, answers->answers + i + 1, (answers->n_answers - i) * sizeof (DkAnswer));
}

void
dk_answers_copy (const DkAnswers *answers,
                 DkAnswers       *copy,
                 DkArena         *arena)
{
  copy->n_answers = answers->n_answers;
  copy->answers = answers->n_answers > 0 ? g_new (DkAnswer, answers->n_answers) : NULL;
  for (guint i = 0; i < answers->n_answers; i++)
    copy->answers[i] = (DkAnswer) { answers->answers[i].key, dk_value_copy (&answers->answers[i].value, arena) };
}

const DkAnswer *
dk_enterprise_find (const DkEnterprise *enterprise,
                    guint               index,
                    gint64              key)
{
  const DkAnswers *answers = &enterprise->facts[index];
  guint i = dk_answers_search (answers, key);

  return i < answers->n_answers && answers->answers[i].key == key && !dk_answer_is_unknown (&answers->answers[i]) ? &answers->answers[i] : NULL;
}

void
dk_enterprise_store (DkEnterprise  *enterprise,
                     guint          index,
                     gint64         key,
                     const DkValue *value)
{
  dk_answers_store (&enterprise->facts[index], key, value, enterprise->arena);
}

void
dk_enterprise_forget (DkEnterprise *enterprise,
                      guint         index,
                      gint64        key)
{
  dk_answers_forget (&enterprise->facts[index], key);
}

void
dk_enterprise_forget_all (DkEnterprise *enterprise,
                          guint         index)
{
  g_clear_pointer (&enterprise->facts[index].answers, g_free);
  enterprise->facts[index].n_answers = 0;
}

void
dk_enterprise_take_rows (DkEnterprise *enterprise,
                         guint         reg,
                         DkValue      *cells,
                         guint         n_rows,
                         gboolean      is_complete)
{
  g_free ((gpointer) enterprise->rows[reg].cells);
  enterprise->rows[reg] = (DkRows) { cells, n_rows, is_complete, FALSE };
}

void
dk_enterprise_set_partial (DkEnterprise *enterprise,
                           guint         reg)
{
  enterprise->rows[reg].is_complete = FALSE;
  enterprise->rows[reg].is_partial = TRUE;
}

void
dk_enterprise_set_rows (DkEnterprise  *enterprise,
                        guint          reg,
                        const DkValue *cells,
                        guint          n_rows,
                        gboolean       is_complete)
{
  const DkScope *scope = enterprise->catalogue->scope;
  const DkRegister *table;
  guint n_cells;
  DkValue *copy;

  g_return_if_fail (reg < scope->registers->len);

  table = g_ptr_array_index (scope->registers, reg);
  n_cells = n_rows * table->columns->len;
  copy = g_new (DkValue, n_cells);
  for (guint i = 0; i < n_cells; i++)
    {
      copy[i] = cells[i];
      copy[i].low = dk_number_copy (cells[i].low, enterprise->arena);
      copy[i].high = dk_number_copy (cells[i].high, enterprise->arena);
    }
  dk_enterprise_take_rows (enterprise, reg, copy, n_rows, is_complete);
}

/* The cells are the enterprise's own: nobody else changes them. */
static DkValue *
get_cells (DkEnterprise *enterprise,
           guint         reg)
{
  return (DkValue *) enterprise->rows[reg].cells;
}

static const DkRegister *
get_register (DkEnterprise *enterprise,
              guint         reg)
{
  return g_ptr_array_index (enterprise->catalogue->scope->registers, reg);
}

void
dk_enterprise_set_cell (DkEnterprise  *enterprise,
                        guint          reg,
                        guint          row,
                        guint          column,
                        const DkValue *value)
{
  g_return_if_fail (reg < enterprise->catalogue->scope->registers->len && row < enterprise->rows[reg].n_rows);
  g_return_if_fail (column < get_register (enterprise, reg)->columns->len);

  get_cells (enterprise, reg)[row * get_register (enterprise, reg)->columns->len + column] = dk_value_copy (value, enterprise->arena);
}

void
dk_enterprise_insert_row (DkEnterprise *enterprise,
                          guint         reg,
                          guint         row)
{
  DkRows *rows;
  DkValue *cells;
  gsize n;

  g_return_if_fail (reg < enterprise->catalogue->scope->registers->len && row <= enterprise->rows[reg].n_rows);

  rows = &enterprise->rows[reg];
  n = get_register (enterprise, reg)->columns->len;
  cells = g_renew (DkValue, get_cells (enterprise, reg), (rows->n_rows + 1) * n);
  memmove (cells + (row + 1) * n, cells + row * n, (rows->n_rows - row) * n * sizeof (DkValue));
  for (gsize i = 0; i < n; i++)
    cells[row * n + i] = ((const DkSymbol *) g_ptr_array_index (get_register (enterprise, reg)->columns, i))->domain;
  rows->cells = cells;
  rows->n_rows++;
}

void
dk_enterprise_remove_row (DkEnterprise *enterprise,
                          guint         reg,
                          guint         row)
{
  DkRows *rows;
  DkValue *cells;
  gsize n;

  g_return_if_fail (reg < enterprise->catalogue->scope->registers->len && row < enterprise->rows[reg].n_rows);

  rows = &enterprise->rows[reg];
  cells = get_cells (enterprise, reg);
  n = get_register (enterprise, reg)->columns->len;
  memmove (cells + row * n, cells + (row + 1) * n, (rows->n_rows - row - 1) * n * sizeof (DkValue));
  rows->n_rows--;
}

gboolean
dk_enterprise_get (const DkEnterprise *enterprise,
                   const DkSymbol     *fact,
                   DkPeriodKey         period,
                   DkValue            *value)
{
  const DkAnswer *answer;

  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, FALSE);

  answer = dk_enterprise_find (enterprise, fact->index, dk_period_to_key (period));
  if (answer == NULL)
    return FALSE;
  *value = answer->value;
  return TRUE;
}

GArray *
dk_enterprise_list_periods (const DkEnterprise *enterprise,
                            const DkSymbol     *fact)
{
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (DkPeriodKey));
  const DkAnswers *answers;

  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, periods);

  answers = &enterprise->facts[fact->index];
  for (guint i = 0; i < answers->n_answers; i++)
    {
      DkPeriodKey period = dk_period_from_key (answers->answers[i].key);

      g_array_append_val (periods, period);
    }
  return periods;
}

static gboolean
is_period_of (const DkSymbol *fact,
              DkPeriodKey     period)
{
  gboolean has_year = period.year >= DK_FIRST_YEAR && period.year <= DK_LAST_YEAR;

  switch (fact->period)
    {
    case DK_PERIOD_NONE:
      return period.year == 0 && period.quarter == 0 && period.month == 0;
    case DK_PERIOD_YEAR:
      return has_year && period.quarter == 0 && period.month == 0;
    case DK_PERIOD_QUARTER:
      return has_year && period.quarter >= 1 && period.quarter <= 4 && period.month == 0;
    case DK_PERIOD_MONTH:
    default:
      return has_year && period.quarter == 0 && period.month >= 1 && period.month <= 12;
    }
}

gboolean
dk_period_is_of (const DkSymbol  *fact,
                 DkPeriodKey      period,
                 GError         **error)
{
  g_autofree char *when = NULL;

  if (is_period_of (fact, period))
    return TRUE;
  when = dk_period_to_string (period);
  g_set_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_PERIOD, "%s: \"%s\" is no period of this fact", fact->id, when);
  return FALSE;
}

gboolean
dk_enterprise_is_unknown (const DkEnterprise *enterprise,
                          const DkSymbol     *fact,
                          DkPeriodKey         period)
{
  const DkAnswers *answers;
  gint64 key = dk_period_to_key (period);
  guint i;

  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, FALSE);

  answers = &enterprise->facts[fact->index];
  i = dk_answers_search (answers, key);
  return i < answers->n_answers && answers->answers[i].key == key && dk_answer_is_unknown (&answers->answers[i]);
}

gboolean
dk_enterprise_set_unknown (DkEnterprise    *enterprise,
                           const DkSymbol  *fact,
                           DkPeriodKey      period,
                           GError         **error)
{
  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, FALSE);

  if (!dk_period_is_of (fact, period, error))
    return FALSE;
  dk_enterprise_store (enterprise, fact->index, dk_period_to_key (period), &DK_ANSWER_IS_UNKNOWN);
  return TRUE;
}

gboolean
dk_fact_says_nothing (const DkSymbol *fact,
                      const DkValue  *value)
{
  if (value->state & DK_UNANSWERED)
    return TRUE;
  if (fact->kind == DK_KIND_TRUTH)
    return (value->state & DK_OPEN) == DK_OPEN;
  return value->state & DK_RANGE && (fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE)
         && !dk_number_is_finite (value->low) && !dk_number_is_finite (value->high);
}

/* A range may reach beyond the domain, since whoever computed it need not know the domain; what remains is stored. */
static gboolean
intersect (const DkSymbol *fact,
           DkValue        *value)
{
  DkNumber low, high;

  if (!(value->state & DK_RANGE))
    return TRUE;
  low = dk_number_max (value->low, fact->domain.low);
  high = dk_number_min (value->high, dk_value_high (&fact->domain));
  if (dk_number_compare (low, high) > 0)
    return FALSE;
  value->low = low;
  value->high = high;
  if (dk_number_equal (low, high) && dk_number_is_finite (low))
    value->state = (value->state & ~(guint32) DK_RANGE) | DK_POINT;
  return TRUE;
}

/* Codes are stored as all codes with one prefix: a code that has others below it stands for them, too. */
static gboolean
widen_code (const DkSymbol *fact,
            DkValue        *value)
{
  gint64 first, last;
  g_autofree char *prefix = NULL;

  if (value->state & DK_POINT && dk_number_to_int64 (value->low, &first) && first >= 0
      && first < (gint64) fact->codes->codes->len)
    {
      if (!dk_codes_find_prefix (fact->codes, g_ptr_array_index (fact->codes->codes, first), &first, &last))
        return FALSE;
      *value = first == last ? DK_VALUE_POINT (DK_NUMBER (first))
                             : DK_VALUE_RANGE (DK_NUMBER (first), DK_NUMBER (last));
      return TRUE;
    }
  prefix = dk_fact_code_to_string (fact, value);
  return prefix != NULL;
}

gboolean
dk_fact_take_value (const DkFact  *fact,
                    DkValue       *value,
                    GError       **error)
{
  const DkSymbol *symbol = fact->symbol;
  const char *message = NULL;
  gint64 number;

  switch (symbol->kind)
    {
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      if (!intersect (symbol, value))
        break;
      return dk_fact_check (symbol, value, FALSE, error);
    case DK_KIND_TRUTH:
      return dk_fact_check (symbol, value, FALSE, error);
    case DK_KIND_CHOICE:
      if (value->state & (DK_UNDEFINED | DK_NA) || value->low.num == 0 || value->low.num & ~symbol->domain.low.num)
        break;
      *value = DK_VALUE_CHOICE ((guint64) value->low.num);
      return TRUE;
    case DK_KIND_CODE:
      if (value->state & (DK_UNDEFINED | DK_NA) || !widen_code (symbol, value))
        break;
      return TRUE;
    case DK_KIND_TEXT:
    default:
      if (value->state != DK_POINT || !dk_number_to_int64 (value->low, &number) || dk_text_lookup (number) == NULL)
        break;
      if (fact->format == NULL || dk_uscc_check (dk_text_lookup (number), &message))
        return TRUE;
      break;
    }
  g_set_error_literal (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE,
                       message != NULL ? message : "the value lies outside all that the fact can be");
  return FALSE;
}

/**
 * dk_enterprise_set:
 * @enterprise: an enterprise
 * @fact: a fact of its catalogue
 * @period: a period of the fact
 * @value: (nullable): the answer, which may be a range; %NULL, or a value that says nothing, takes the answer away
 * @error: what does not fit
 *
 * Returns: %FALSE, and nothing changed, if the period or value is none of the fact's
 */
gboolean
dk_enterprise_set (DkEnterprise    *enterprise,
                   const DkSymbol  *fact,
                   DkPeriodKey      period,
                   const DkValue   *value,
                   GError         **error)
{
  g_autofree char *when = dk_period_to_string (period);
  gint64 key = dk_period_to_key (period);
  DkValue taken;

  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, FALSE);

  if (!dk_period_is_of (fact, period, error))
    return FALSE;
  if (value == NULL || dk_fact_says_nothing (fact, value))
    {
      dk_enterprise_forget (enterprise, fact->index, key);
      return TRUE;
    }
  taken = *value;
  if (!dk_fact_take_value (dk_catalogue_get_fact_of (enterprise->catalogue, fact), &taken, error))
    {
      g_prefix_error (error, "%s%s%s: ", fact->id, *when != '\0' ? " " : "", when);
      return FALSE;
    }
  dk_enterprise_store (enterprise, fact->index, key, &taken);
  return TRUE;
}

const DkRows *
dk_enterprise_get_rows (const DkEnterprise *enterprise,
                        guint               reg)
{
  g_return_val_if_fail (reg < enterprise->catalogue->scope->registers->len, NULL);
  return &enterprise->rows[reg];
}

const DkRows *
dk_enterprise_get_all_rows (const DkEnterprise *enterprise)
{
  return enterprise->rows;
}

/* When the enterprise was founded, in months since year 0: certainly not before @low, certainly by @high. */
typedef struct
{
  gint64 low;
  gint64 high;
} Founding;

static gint64
month_of (DkNumber day,
          gint64   unless_finite)
{
  GDate date;
  gint64 number;

  if (!dk_number_to_int64 (day, &number) || number < 1 || number > G_MAXINT32)
    return unless_finite;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) number);
  return (gint64) g_date_get_year (&date) * 12 + g_date_get_month (&date) - 1;
}

static Founding
get_founding (const DkEnterprise *enterprise)
{
  const DkScope *scope = enterprise->catalogue->scope;
  const DkSymbol *fact;
  const DkAnswer *answer;
  const DkValue *value;

  if (scope->founded == NULL)
    return (Founding) { G_MININT64, G_MININT64 };
  fact = dk_scope_find_fact (scope, scope->founded);
  answer = dk_enterprise_find (enterprise, fact->index, 0);
  value = answer != NULL ? &answer->value : &fact->domain;
  return (Founding) { month_of (value->low, G_MININT64), month_of (dk_value_high (value), G_MAXINT64) };
}

/* A fact in a period: its key, and the last month of it, which decides whether it exists. */
typedef struct
{
  gint64 key;
  gint64 last_month;
} When;

/* All that a fact can be by its own answer, its domain and the founding. */
static DkValue
get_value (const DkEnterprise *enterprise,
           const Founding     *founding,
           const DkSymbol     *fact,
           const When         *when)
{
  const DkAnswer *answer = dk_enterprise_find (enterprise, fact->index, when->key);
  DkValue value;

  if (answer != NULL)
    return answer->value;
  if (fact->period != DK_PERIOD_NONE && when->last_month < founding->low)
    return DK_VALUE_UNDEFINED;
  value = fact->domain;
  value.state |= DK_UNANSWERED;
  if (fact->period != DK_PERIOD_NONE && when->last_month < founding->high)
    value.state |= DK_UNDEFINED;
  return value;
}

/* Whether a value bounds its parts and wholes: it has one whenever they have. A fact that may be "none" need not. */
static gboolean
is_bound (const DkSymbol *fact,
          const DkValue  *value)
{
  return value->state & (DK_POINT | DK_RANGE) && (fact->period != DK_PERIOD_NONE || !(value->state & DK_UNDEFINED));
}

/* A part is at most its whole. Answers that contradict this are left as they are: the reader has warned. */
static void
clip (const DkEnterprise *enterprise,
      const Founding     *founding,
      const DkSymbol     *fact,
      const When         *when,
      DkValue            *value)
{
  const DkCatalogue *catalogue = enterprise->catalogue;
  const GArray *wholes = catalogue->wholes[fact->index];
  const GArray *parts = catalogue->parts[fact->index];
  DkNumber low = value->low, high = value->high;

  for (guint i = 0; wholes != NULL && i < wholes->len; i++)
    {
      const DkSymbol *whole = g_ptr_array_index (catalogue->scope->facts, g_array_index (wholes, guint, i));
      DkValue bound = get_value (enterprise, founding, whole, when);

      if (is_bound (whole, &bound))
        high = dk_number_min (high, dk_value_high (&bound));
    }
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const DkSymbol *part = g_ptr_array_index (catalogue->scope->facts, g_array_index (parts, guint, i));
      DkValue bound = get_value (enterprise, founding, part, when);

      if (is_bound (part, &bound))
        low = dk_number_max (low, bound.low);
    }
  if (dk_number_compare (low, high) > 0)
    return;
  value->low = low;
  value->high = high;
  if (dk_number_is_finite (low) && dk_number_equal (low, high))
    value->state = (value->state & ~(guint32) DK_RANGE) | DK_POINT;
}

void
dk_enterprise_bind (const DkEnterprise *enterprise,
                    const DkSlot       *slots,
                    guint               n_slots,
                    gint64              as_of,
                    int                 last_year,
                    DkValue            *regs)
{
  const DkCatalogue *catalogue = enterprise->catalogue;
  Founding founding = get_founding (enterprise);

  for (guint i = 0; i < n_slots; i++)
    {
      const DkSlot *slot = &slots[i];
      const DkSymbol *fact = slot->fact;
      When when = { 0, 0 };
      DkValue value;

      if (slot->kind == DK_SLOT_AS_OF)
        {
          regs[slot->reg] = DK_VALUE_POINT (DK_NUMBER (as_of));
          continue;
        }
      if (slot->kind == DK_SLOT_YEAR)
        {
          regs[slot->reg] = DK_VALUE_POINT (DK_NUMBER (last_year));
          continue;
        }
      if (fact->period != DK_PERIOD_NONE)
        {
          /* No answer lies beyond these years, and the products below do not overflow. */
          gint64 year = CLAMP (slot->year, -2 * DK_LAST_YEAR, 2 * DK_LAST_YEAR) + (slot->is_absolute ? 0 : last_year);
          int sub = fact->period == DK_PERIOD_MONTH ? 4 + slot->sub : fact->period == DK_PERIOD_QUARTER ? slot->sub : 0;

          when.key = year * KEYS_PER_YEAR + sub;
          when.last_month = year * 12 + (fact->period == DK_PERIOD_MONTH ? slot->sub - 1
                                         : fact->period == DK_PERIOD_QUARTER ? slot->sub * 3 - 1 : 11);
        }
      value = get_value (enterprise, &founding, fact, &when);
      if (value.state & DK_RANGE && (catalogue->wholes[fact->index] != NULL || catalogue->parts[fact->index] != NULL))
        clip (enterprise, &founding, fact, &when, &value);
      regs[slot->reg] = value;
    }
}
