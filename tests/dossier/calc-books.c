/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes books whose calculation sheets test-calc.py recalculates:
 *
 *     calc-books FOLDER shipped|functions SEED ENTERPRISES CHANGES
 *
 * For each enterprise a book NAME.xlsx with plain input sheets, and for each of the changes to it a book NAME-K.xlsx as it is
 * after the change. All books of an enterprise are laid out alike, so that what differs between their input cells is the change.
 * The sheet "Expected" holds what the engine says. Prints what it wrote, and how often the sheet is wider than the engine. */
#define G_LOG_DOMAIN "dk-calc-books"

#include "dk-assessment-private.h"
#include "dk-calc.h"
#include "dk-fact-value.h"
#include "dk-library.h"
#include "dk-program-private.h"

#include "../support/samples.h"

#include <string.h>

#define LANGUAGE "zh"
#define LAST_YEAR 2025
#define FIRST_YEAR 2022
#define MAX_ROWS 5
#define CREATED G_GINT64_CONSTANT (1767225600)

#define PACKS_A_BOOK 4

typedef struct
{
  DkRulebook        *book;
  const DkCatalogue *catalogue;
  DkScope           *scope;
  GRand             *rand;
  DkArena           *arena;
  const char        *folder;
  gint64             n_verdicts, n_looser, n_figures, n_wider;
  const DkPack      *chosen[PACKS_A_BOOK + 1];
  const char        *ids[PACKS_A_BOOK + 1];
  guint              n_chosen;
} Maker;

static gboolean
chance (Maker *self,
        int    percent)
{
  return g_rand_int_range (self->rand, 0, 100) < percent;
}

/* Random answers, at and around the figures that rules compare with */

static gint64
random_day (Maker *self)
{
  static const int days[][3] = { { 2026, 7, 15 }, { 2026, 7, 16 }, { 2021, 7, 15 }, { 2021, 7, 14 }, { 2023, 7, 15 }, { 2023, 7, 14 },
                                 { 2025, 1, 1 }, { 2024, 12, 31 }, { 2025, 8, 15 }, { 2026, 4, 1 }, { 2024, 2, 29 }, { 2020, 1, 31 } };
  guint i = (guint) g_rand_int_range (self->rand, 0, G_N_ELEMENTS (days));

  if (chance (self, 30))
    return dk_date_from_ymd (2015, 1, 1) + g_rand_int_range (self->rand, 0, 5000);
  return dk_date_from_ymd (days[i][0], days[i][1], days[i][2]);
}

static DkNumber
clamp_to (const DkSymbol *fact,
          DkNumber        number)
{
  number = dk_number_max (number, fact->domain.low);
  return dk_number_min (number, dk_value_high (&fact->domain));
}

/* A share of another figure of the same kind and year, exactly or a step beside it. */
static gboolean
random_share (Maker              *self,
              const DkEnterprise *enterprise,
              const DkSymbol     *fact,
              DkPeriodKey         period,
              DkNumber           *number)
{
  static const int percents[] = { 2, 3, 4, 5, 6, 10, 15, 20, 25, 30, 60, 100, 120 };
  const DkSymbol *other = g_ptr_array_index (self->scope->facts, g_rand_int_range (self->rand, 0, (gint32) self->scope->facts->len));
  DkNumber percent = { percents[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (percents))], 100 };
  DkNumber step = dk_number_sign (fact->step) > 0 ? fact->step : DK_ONE;
  DkValue value;

  if (other == fact || other->kind != DK_KIND_NUMBER || other->unit != fact->unit || other->period != fact->period
      || !dk_enterprise_get (enterprise, other, period, &value) || value.state != DK_POINT)
    return FALSE;
  *number = dk_number_mul (dk_number_floor (dk_number_div (dk_number_mul (value.low, percent, self->arena), step, self->arena), self->arena), step, self->arena);
  if (chance (self, 30))
    *number = dk_number_sub (*number, step, self->arena);
  return TRUE;
}

static DkNumber
random_number (Maker              *self,
               const DkEnterprise *enterprise,
               const DkSymbol     *fact,
               DkPeriodKey         period)
{
  const DkProgram *program = dk_rulebook_get_program (self->book);
  DkNumber step = dk_number_sign (fact->step) > 0 ? fact->step : DK_ONE, number;

  if (chance (self, 50))
    for (guint tries = 0; tries < 8; tries++)
      if (random_share (self, enterprise, fact, period, &number))
        return clamp_to (fact, number);
  if (chance (self, 50))
    {
      guint n = dk_program_n_slots (program), slot = (guint) g_rand_int_range (self->rand, 0, (gint32) n);

      for (guint i = 0; i < n; i++, slot = (slot + 1) % n)
        {
          const GArray *breaks = g_ptr_array_index (program->breaks, slot);

          if (dk_program_get_slots (program)[slot].fact != fact || breaks->len == 0)
            continue;
          number = g_array_index (breaks, DkNumber, g_rand_int_range (self->rand, 0, (gint32) breaks->len));
          if (!dk_number_is_finite (number))
            break;
          if (chance (self, 50))
            number = chance (self, 50) ? dk_number_sub (number, step, self->arena) : dk_number_add (number, step, self->arena);
          return clamp_to (fact, number);
        }
    }
  {
    gint64 most = 10;

    for (int digits = g_rand_int_range (self->rand, 0, fact->unit == DK_UNIT_YUAN ? 9 : 3); digits > 0; digits--)
      most *= 10;
    number = DK_NUMBER ((gint64) g_rand_double_range (self->rand, fact->domain.low.num < 0 ? -1e3 : 0, (double) most));
    if (fact->unit == DK_UNIT_RATIO)
      number = (DkNumber) { number.num % 101, 100 };
    else if (fact->unit == DK_UNIT_YUAN && chance (self, 30))
      number = (DkNumber) { number.num, 100 };
  }
  return clamp_to (fact, number);
}

static DkValue
random_value (Maker              *self,
              const DkEnterprise *enterprise,
              const DkSymbol     *fact,
              DkPeriodKey         period,
              gboolean            is_cell)
{
  if ((fact->domain.state & DK_UNDEFINED) && chance (self, 20))
    return DK_VALUE_UNDEFINED;
  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      return DK_VALUE_TRUTH (chance (self, 50) ? DK_TRUE : DK_FALSE);

    case DK_KIND_CHOICE:
      {
        guint64 option = (guint64) 1 << g_rand_int_range (self->rand, 0, (gint32) fact->choices->options->len);

        return DK_VALUE_CHOICE (option);
      }

    case DK_KIND_DATE:
      {
        DkValue day = DK_VALUE_POINT (clamp_to (fact, DK_NUMBER (random_day (self))));

        if (!is_cell && chance (self, 20))
          day = dk_value_make (day.low, clamp_to (fact, DK_NUMBER (day.low.num + g_rand_int_range (self->rand, 1, 900))), 0);
        return day;
      }

    case DK_KIND_CODE:
      {
        g_autofree char *code = g_strdup (g_ptr_array_index (fact->codes->codes, g_rand_int_range (self->rand, 0, (gint32) fact->codes->codes->len)));
        gint64 first = 0, last = 0;

        if (chance (self, 40))
          code[1 + g_rand_int_range (self->rand, 0, (gint32) strlen (code))] = '\0';
        dk_codes_find_prefix (fact->codes, code, &first, &last);
        return first == last ? DK_VALUE_POINT (DK_NUMBER (first)) : DK_VALUE_RANGE (DK_NUMBER (first), DK_NUMBER (last));
      }

    case DK_KIND_TEXT:
      {
        static const char *const texts[] = { "甲", "乙", "丙" };

        return DK_VALUE_POINT (DK_NUMBER (dk_text_intern (texts[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (texts))])));
      }

    case DK_KIND_NUMBER:
    default:
      {
        DkNumber low = random_number (self, enterprise, fact, period), high;

        if (is_cell)
          return DK_VALUE_POINT (clamp_to (fact, DK_NUMBER (g_rand_int_range (self->rand, 1, 8))));
        if (!chance (self, 20))
          return DK_VALUE_POINT (low);
        high = random_number (self, enterprise, fact, period);
        return dk_number_compare (low, high) <= 0 ? dk_value_make (low, high, 0) : dk_value_make (high, low, 0);
      }
    }
}

static void
set_random_fact (Maker          *self,
                 DkEnterprise   *enterprise,
                 const DkSymbol *fact,
                 int             percent)
{
  DkPeriodKey period = { 0, 0, 0 };
  DkValue value;

  if (fact->kind == DK_KIND_TEXT)
    return;
  if (fact->period == DK_PERIOD_YEAR)
    period.year = chance (self, 60) ? LAST_YEAR : g_rand_int_range (self->rand, FIRST_YEAR, LAST_YEAR);
  value = random_value (self, enterprise, fact, period, FALSE);
  if (!chance (self, percent))
    dk_enterprise_set (enterprise, fact, period, NULL, NULL);
  else
    dk_enterprise_set (enterprise, fact, period, &value, NULL);
}

static void
set_random_rows (Maker        *self,
                 DkEnterprise *enterprise,
                 guint         reg)
{
  const DkRegister *table = g_ptr_array_index (self->scope->registers, reg);
  guint n_rows = (guint) g_rand_int_range (self->rand, 0, MAX_ROWS + 1), n = n_rows * table->columns->len;
  g_autofree DkValue *cells = g_new (DkValue, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const DkSymbol *column = g_ptr_array_index (table->columns, i % table->columns->len);

      cells[i] = chance (self, 85) ? random_value (self, enterprise, column, (DkPeriodKey) { 0, 0, 0 }, TRUE) : column->domain;
    }
  dk_enterprise_set_rows (enterprise, reg, cells, n_rows, chance (self, 70));
}

/* One cell of a register, or whether all its rows are there. */
static void
change_register (Maker        *self,
                 DkEnterprise *enterprise,
                 guint         reg)
{
  const DkRegister *table = g_ptr_array_index (self->scope->registers, reg);
  const DkRows *rows = dk_enterprise_get_rows (enterprise, reg);
  guint n = rows->n_rows * table->columns->len, at;
  g_autofree DkValue *cells = g_memdup2 (rows->cells, n * sizeof (DkValue));

  if (n == 0 || chance (self, 25))
    {
      dk_enterprise_set_rows (enterprise, reg, cells, rows->n_rows, !rows->is_complete);
      return;
    }
  at = (guint) g_rand_int_range (self->rand, 0, (gint32) n);
  cells[at] = random_value (self, enterprise, g_ptr_array_index (table->columns, at % table->columns->len), (DkPeriodKey) { 0, 0, 0 }, TRUE);
  if (chance (self, 20))
    cells[at] = ((const DkSymbol *) g_ptr_array_index (table->columns, at % table->columns->len))->domain;
  dk_enterprise_set_rows (enterprise, reg, cells, rows->n_rows, rows->is_complete);
}

static DkEnterprise *
make_random (Maker *self)
{
  DkEnterprise *enterprise = dk_enterprise_new (self->catalogue);
  int percent = g_rand_int_range (self->rand, 30, 100);

  for (guint i = 0; i < self->scope->facts->len; i++)
    for (guint k = 0; k < 4; k++)
      set_random_fact (self, enterprise, g_ptr_array_index (self->scope->facts, i), percent);
  for (guint r = 0; r < self->scope->registers->len; r++)
    if (chance (self, 80))
      set_random_rows (self, enterprise, r);
  return enterprise;
}

/* The packs of the next book: the recalculation of all of them in each would take minutes. From stsme on, in turn. */
static void
choose_packs (Maker *self)
{
  GPtrArray *packs = dk_rulebook_get_packs (self->book);
  guint n = MIN (PACKS_A_BOOK, packs->len);

  for (guint i = 0; i < packs->len && self->n_chosen == 0; i++)
    if (strcmp (((const DkPack *) g_ptr_array_index (packs, i))->id, "stsme") == 0)
      self->n_chosen = i;
  for (guint i = 0; i < n; i++)
    {
      self->chosen[i] = g_ptr_array_index (packs, self->n_chosen++ % packs->len);
      self->ids[i] = self->chosen[i]->id;
    }
  self->chosen[n] = NULL;
  self->ids[n] = NULL;
}

/* Whether some verdict of the chosen packs rests on a slot of the program, or a register of the scope. */
static gboolean
is_read (const Maker *self,
         guint        index,
         gboolean   (*reads) (const DkProgram *program, guint reg, guint index))
{
  for (guint p = 0; self->chosen[p] != NULL; p++)
    for (guint v = 0; v < self->chosen[p]->versions->len; v++)
      {
        const DkItem *root = ((const DkVersion *) g_ptr_array_index (self->chosen[p]->versions, v))->root;
        guint reg = root == NULL ? DK_NO_REGISTER : root->verdict_reg != DK_NO_REGISTER ? root->verdict_reg : root->value_reg;

        if (reg != DK_NO_REGISTER && reads (dk_rulebook_get_program (self->book), reg, index))
          return TRUE;
      }
  return FALSE;
}

static GArray *
list_read_registers (Maker *self)
{
  GArray *registers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint r = 0; r < self->scope->registers->len; r++)
    if (is_read (self, r, dk_program_reads_rows))
      g_array_append_val (registers, r);
  return registers;
}

static const DkSymbol *
pick_read_fact (Maker *self)
{
  const DkProgram *program = dk_rulebook_get_program (self->book);
  const DkSlot *slots = dk_program_get_slots (program);
  guint i;

  do /* the day has a slot, too */
    i = (guint) g_rand_int_range (self->rand, 0, (gint32) dk_program_n_slots (program));
  while (slots[i].fact == NULL || !is_read (self, i, dk_program_depends));
  return slots[i].fact;
}

/* A book is laid out for the versions that are in force: on another day it goes on computing while they are. */
static gboolean
has_same_versions (const Maker *self,
                   gint64       day,
                   gint64       other)
{
  for (guint i = 0; self->chosen[i] != NULL; i++)
    if (dk_pack_find_version (self->chosen[i], day) != dk_pack_find_version (self->chosen[i], other))
      return FALSE;
  return TRUE;
}

/* Changes some of what the rules read: what they do not read can change nothing. */
static gint64
change (Maker        *self,
        DkEnterprise *enterprise,
        gint64        as_of)
{
  g_autoptr(GArray) registers = list_read_registers (self);
  static const int days[][2] = { { 3, 31 }, { 4, 1 }, { 5, 31 }, { 6, 1 }, { 7, 15 }, { 8, 31 }, { 9, 1 }, { 12, 31 } };

  for (int n = g_rand_int_range (self->rand, 1, 4); n > 0; n--)
    {
      if (chance (self, 10))
        {
          guint i = (guint) g_rand_int_range (self->rand, 0, G_N_ELEMENTS (days));
          gint64 day = dk_date_from_ymd (LAST_YEAR + 1, days[i][0], days[i][1]);

          if (has_same_versions (self, day, as_of))
            as_of = day;
        }
      else if (chance (self, 30) && registers->len > 0)
        change_register (self, enterprise, g_array_index (registers, guint, g_rand_int_range (self->rand, 0, (gint32) registers->len)));
      else
        set_random_fact (self, enterprise, pick_read_fact (self), 80);
    }
  return as_of;
}

/* Books */

static void
write_input (DkSheet        *sheet,
             guint           row,
             guint           column,
             const DkSymbol *fact,
             const DkValue  *value)
{
  if (value == NULL)
    return;
  if ((value->state & (DK_POINT | DK_RANGE | DK_UNDEFINED)) == DK_UNDEFINED)
    {
      dk_sheet_set_text (sheet, row, column, dk_calc_get_none_word (LANGUAGE), DK_LOOK_TEXT, 0);
      return;
    }
  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      dk_sheet_set_text (sheet, row, column, dk_calc_get_truth_word (value->state == DK_TRUE, LANGUAGE), DK_LOOK_TEXT, 0);
      return;

    case DK_KIND_CHOICE:
      for (guint i = 0; i < fact->choices->options->len; i++)
        if ((guint64) value->low.num == (guint64) 1 << i)
          dk_sheet_set_text (sheet, row, column, dk_text_get (g_ptr_array_index (fact->choices->labels, i), LANGUAGE), DK_LOOK_TEXT, 0);
      return;

    case DK_KIND_DATE:
      dk_sheet_set_day (sheet, row, column, value->low.num, 0);
      if (value->state & DK_RANGE)
        dk_sheet_set_day (sheet, row, column + 1, value->high.num, 0);
      return;

    case DK_KIND_CODE:
      {
        g_autofree char *code = dk_fact_code_to_string (fact, value);

        dk_sheet_set_text (sheet, row, column, code, DK_LOOK_TEXT, 0);
        return;
      }

    case DK_KIND_TEXT:
      dk_sheet_set_text (sheet, row, column, dk_text_lookup (value->low.num), DK_LOOK_TEXT, 0);
      return;

    case DK_KIND_NUMBER:
    default:
      {
        g_autofree char *low = dk_number_to_string (value->low), *high = dk_number_to_string (dk_value_high (value));

        dk_sheet_set_number (sheet, row, column, low, DK_LOOK_NUMBER, 0);
        if (value->state & DK_RANGE)
          dk_sheet_set_number (sheet, row, column + 1, high, DK_LOOK_NUMBER, 0);
        return;
      }
    }
}

static void
write_facts (Maker              *self,
             const DkEnterprise *enterprise,
             DkSheet            *sheet,
             GArray             *cells)
{
  guint row = 2;

  for (guint i = 0; i < self->scope->facts->len; i++)
    {
      const DkSymbol *fact = g_ptr_array_index (self->scope->facts, i);
      int first = fact->period == DK_PERIOD_YEAR ? FIRST_YEAR : 0, last = fact->period == DK_PERIOD_YEAR ? LAST_YEAR : 0;

      for (int year = first; year <= last; year++)
        {
          DkInputCell cell = { fact, { year, 0, 0 }, sheet, row++, 1, 2 };
          DkValue value;
          g_autofree char *name = g_strdup_printf ("%s %d", fact->id, year);

          dk_sheet_set_text (sheet, cell.row, 0, name, DK_LOOK_TEXT, 0);
          write_input (sheet, cell.row, 1, fact, dk_enterprise_get (enterprise, fact, cell.period, &value) ? &value : NULL);
          g_array_append_val (cells, cell);
        }
    }
}

static void
write_rows (const DkEnterprise *enterprise,
            DkBook             *book,
            const DkRegister   *reg,
            guint               index,
            GArray             *tables)
{
  g_autofree char *name = g_strdup_printf ("Input %s", reg->id);
  DkSheet *sheet = dk_book_add_sheet (book, name);
  const DkRows *rows = dk_enterprise_get_rows (enterprise, index);
  DkInputTable table = { reg, sheet, 2, MAX_ROWS + 1, 0, 0, 0 };

  dk_sheet_set_text (sheet, 0, 0, dk_calc_get_truth_word (rows->is_complete, LANGUAGE), DK_LOOK_TEXT, 0);
  for (guint r = 0; r < rows->n_rows; r++)
    {
      gboolean is_blank = TRUE;

      for (guint c = 0; c < reg->columns->len; c++)
        {
          const DkSymbol *column = g_ptr_array_index (reg->columns, c);
          const DkValue *cell = &rows->cells[(gsize) r * reg->columns->len + c];

          if (dk_value_equal (cell, &column->domain, column->kind))
            continue;
          is_blank = FALSE;
          write_input (sheet, table.first_row + r, c, column, cell);
        }
      if (is_blank)
        dk_sheet_set_text (sheet, table.first_row + r, 0, "?", DK_LOOK_TEXT, 0);
    }
  g_array_append_val (tables, table);
}

static char *
show_end (DkNumber number,
          DkKind   kind)
{
  if (!dk_number_is_finite (number))
    return g_strdup (dk_calc_get_open_word (LANGUAGE));
  if (kind == DK_KIND_DATE)
    return g_strdup_printf ("%" G_GINT64_FORMAT, dk_book_get_serial (number.num));
  return dk_number_to_decimal (number, 18);
}

static void
write_results (Maker           *self,
               DkCalc          *calc,
               const DkResult  *result,
               DkSheet         *results,
               DkSheet         *expected,
               guint           *row)
{
  gboolean is_looser = g_ptr_array_find (dk_calc_get_looser (calc), result->item->id, NULL);
  gboolean is_fixed = g_ptr_array_find (dk_calc_get_fixed (calc), result->item->id, NULL);

  dk_sheet_set_text (results, *row, 0, result->item->id, DK_LOOK_TEXT, 0);
  dk_sheet_set_text (expected, *row, 0, result->item->id, DK_LOOK_TEXT, 0);
  for (DkCalcPart part = DK_CALC_VERDICT; part <= DK_CALC_MARGIN; part++)
    dk_calc_write (calc, result, part, results, *row, 1 + part, DK_LOOK_NUMBER, 0);
  if (result->item->verdict_reg != DK_NO_REGISTER && (!result->is_programme || result->in_force != NULL))
    {
      dk_sheet_set_text (expected, *row, 1, dk_calc_get_verdict_word (result->verdict, LANGUAGE), DK_LOOK_TEXT, 0);
      self->n_verdicts++;
      self->n_looser += is_looser;
    }
  if (is_looser || is_fixed)
    dk_sheet_set_text (expected, *row, 4, is_fixed ? "fixed" : "looser", DK_LOOK_TEXT, 0);
  if (result->has_value && (result->kind == DK_KIND_NUMBER || result->kind == DK_KIND_DATE) && (result->value.state & (DK_POINT | DK_RANGE)))
    {
      g_autofree char *low = show_end (result->value.low, result->kind), *high = show_end (dk_value_high (&result->value), result->kind);

      dk_sheet_set_text (expected, *row, 2, low, DK_LOOK_TEXT, 0);
      dk_sheet_set_text (expected, *row, 3, high, DK_LOOK_TEXT, 0);
    }
  else if (result->has_value && result->kind == DK_KIND_CHOICE && dk_value_is_point (&result->value))
    dk_sheet_set_text (expected, *row, 2, dk_text_get (g_ptr_array_index (result->choices->labels, g_bit_nth_lsf ((gulong) result->value.low.num, -1)), LANGUAGE),
                       DK_LOOK_TEXT, 0);
  ++*row;
  for (guint i = 0; i < dk_result_n_children (result); i++)
    write_results (self, calc, dk_result_get_child (result, i), results, expected, row);
}

static void
write_book (Maker              *self,
            const DkEnterprise *enterprise,
            gint64              as_of,
            const char         *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.xlsx", self->folder, name);
  g_autoptr(GError) error = NULL;
  g_autoptr(DkAssessment) assessment = dk_assessment_new (self->book, enterprise, as_of, LAST_YEAR, self->ids);
  DkBook *book = dk_book_new (path, CREATED, "test", "test", &error);
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (DkInputCell));
  g_autoptr(GArray) tables = g_array_new (FALSE, FALSE, sizeof (DkInputTable));
  DkInputs inputs = { cells, tables, NULL, 0, 1 };
  g_autoptr(DkCalc) calc = NULL;
  DkSheet *facts, *results, *expected;
  GPtrArray *roots = dk_assessment_get_results (assessment);
  guint row = 0;

  g_assert_no_error (error);
  facts = dk_book_add_sheet (book, "Input");
  dk_sheet_set_day (facts, 0, 1, as_of, 0);
  inputs.as_of_sheet = facts;
  write_facts (self, enterprise, facts, cells);
  for (guint r = 0; r < self->scope->registers->len; r++)
    write_rows (enterprise, book, g_ptr_array_index (self->scope->registers, r), r, tables);
  results = dk_book_add_sheet (book, "Results");
  expected = dk_book_add_sheet (book, "Expected");
  calc = dk_calc_new (book, assessment, &inputs, LANGUAGE);
  for (guint i = 0; i < roots->len; i++)
    write_results (self, calc, g_ptr_array_index (roots, i), results, expected, &row);
  if (dk_calc_get_fixed (calc)->len > 0)
    {
      g_autoptr(GString) list = g_string_new (NULL);

      for (guint i = 0; i < dk_calc_get_fixed (calc)->len; i++)
        g_string_append_printf (list, " %s", (const char *) g_ptr_array_index (dk_calc_get_fixed (calc), i));
      g_print ("# fixed in %s:%s\n", name, list->str);
    }
  for (guint i = 0; i < dk_calc_get_looser (calc)->len; i++)
    g_print ("# looser in %s: %s\n", name, (const char *) g_ptr_array_index (dk_calc_get_looser (calc), i));
  g_clear_pointer (&calc, dk_calc_free);
  dk_book_save (book, &error);
  g_assert_no_error (error);
  g_print ("%s\n", name);
}

static void
write_changes (Maker              *self,
               const DkEnterprise *enterprise,
               const char         *name,
               guint               n_changes)
{
  gint64 as_of = dk_date_from_ymd (LAST_YEAR + 1, 7, 15);

  choose_packs (self);
  write_book (self, enterprise, as_of, name);
  for (guint i = 0; i < n_changes; i++)
    {
      g_autoptr(DkEnterprise) changed = dk_enterprise_dup (enterprise);
      g_autofree char *changed_name = g_strdup_printf ("%s-%u", name, i + 1);

      write_book (self, changed, change (self, changed, as_of), changed_name);
    }
}

static void
fail_with (DkProblems *problems)
{
  g_autofree char *list = dk_problems_to_string (problems);

  g_error ("%s", list);
}

static void
make_shipped (Maker *self,
              guint  n_enterprises,
              guint  n_changes)
{
  /* Those with few rows: there is room for MAX_ROWS + 1 rows in a table. The dossiers of all are recalculated besides. */
  static const char *const samples[] = { "passes", "just-misses", "half-filled" };
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkLibrary) library = dk_library_load (problems);

  if (library == NULL)
    fail_with (problems);
  self->book = library->book;
  self->catalogue = library->catalogue;
  self->scope = dk_catalogue_get_scope (library->catalogue);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *file = g_strconcat (samples[i], ".json", NULL);
      g_autofree char *path = test_dup_sample (file);
      g_autoptr(DkEnterprise) enterprise = dk_enterprise_load (self->catalogue, path, problems);

      if (enterprise == NULL)
        fail_with (problems);
      write_changes (self, enterprise, samples[i], n_changes);
    }
  for (guint i = 0; i < n_enterprises; i++)
    {
      g_autoptr(DkEnterprise) enterprise = make_random (self);
      g_autofree char *name = g_strdup_printf ("random%u", i + 1);

      write_changes (self, enterprise, name, i < 2 ? n_changes : 0);
    }
}

/* Facts and a pack with every operation that expressions know. */
static void
make_functions (Maker *self,
                guint  n_enterprises,
                guint  n_changes)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *facts = g_test_build_filename (G_TEST_DIST, "functions-facts.yaml", NULL);
  g_autofree char *rules = g_test_build_filename (G_TEST_DIST, "functions.yaml", NULL);
  g_autofree char *data = dk_library_get_data_directory ();
  g_autoptr(DkDocument) document = dk_document_load (facts, DK_FORMAT_YAML, problems);
  g_autoptr(DkCatalogue) catalogue = NULL;
  g_autoptr(DkRulebook) book = NULL;

  if (document != NULL)
    catalogue = dk_catalogue_load_document (dk_document_get_root (document), data, problems);
  if (catalogue == NULL)
    fail_with (problems);
  book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  if (!dk_rulebook_load (book, rules, TRUE, problems) || !dk_rulebook_compile (book, problems))
    fail_with (problems);
  self->book = book;
  self->catalogue = catalogue;
  self->scope = dk_catalogue_get_scope (catalogue);
  for (guint i = 0; i < n_enterprises; i++)
    {
      g_autoptr(DkEnterprise) enterprise = make_random (self);
      g_autofree char *name = g_strdup_printf ("functions%u", i + 1);

      write_changes (self, enterprise, name, n_changes);
    }
}

int
main (int   argc,
      char *argv[])
{
  Maker self = { 0 };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 6);
  self.folder = argv[1];
  self.rand = g_rand_new_with_seed ((guint32) g_ascii_strtoull (argv[3], NULL, 10));
  self.arena = dk_arena_new ();
  dk_library_set_language (LANGUAGE);
  if (strcmp (argv[2], "shipped") == 0)
    make_shipped (&self, (guint) g_ascii_strtoull (argv[4], NULL, 10), (guint) g_ascii_strtoull (argv[5], NULL, 10));
  else
    make_functions (&self, (guint) g_ascii_strtoull (argv[4], NULL, 10), (guint) g_ascii_strtoull (argv[5], NULL, 10));
  g_print ("# %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " verdicts are open in the sheet and settled in the engine\n", self.n_looser, self.n_verdicts);
  dk_arena_free (self.arena);
  g_rand_free (self.rand);
  return 0;
}
