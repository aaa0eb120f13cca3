/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>

/* A sheet for each register that rules look at: its rows as in the book, and behind them one that stands for those not yet
 * entered. Each column is computed for every row alike; the calculation sheet takes sums and counts over the columns. */

#define FIRST_ROW 2
#define EXISTS_COLUMN 1

/* Cells that an aggregate needs of each row besides those of its parts. */
enum
{
  COLUMN_POSSIBLE, /* the row may count */
  COLUMN_CERTAIN,  /* it counts */
  COLUMN_A, COLUMN_B, COLUMN_C, COLUMN_D, COLUMN_E, COLUMN_F,
  N_COLUMNS
};

typedef struct
{
  const DkAggregate *aggregate;
  DkRowSheet        *rows;
  guint              columns[N_COLUMNS];
} Columns;

static void
set_head (DkRowSheet *rows,
          guint       column,
          const char *text,
          const char *part)
{
  dk_sheet_set_text (rows->sheet, 0, column, text != NULL ? text : "", DK_LOOK_HEAD, 0);
  dk_sheet_set_text (rows->sheet, 1, column, part, DK_LOOK_HEAD, 0);
}

static const char *
name_part (DkCalc *calc,
           DkKind  kind,
           guint   part)
{
  switch (part)
    {
    case DK_PART_LOW:
      return kind == DK_KIND_TRUTH ? dk_tr (calc->language, N_("can be no")) : dk_tr (calc->language, N_("least"));

    case DK_PART_HIGH:
      return kind == DK_KIND_TRUTH ? dk_tr (calc->language, N_("can be yes")) : dk_tr (calc->language, N_("most"));

    case DK_PART_HAS:
      return dk_tr (calc->language, N_("can have a value"));

    case DK_PART_UNDEFINED:
      return dk_tr (calc->language, N_("can be without one"));

    case DK_PART_NA:
    default:
      return dk_tr (calc->language, N_("can be not applicable"));
    }
}

static void
place_in_rows (DkCalc     *calc,
               DkRowSheet *rows,
               DkStep     *step,
               const char *text,
               guint       n_extra)
{
  step->sheet = rows->sheet;
  step->in_rows = TRUE;
  for (guint i = 0; i < DK_PART_ANSWERED; i++)
    {
      const char *literal;

      if (dk_step_is_always (step, i, &literal))
        continue;
      step->columns[i] = rows->n_columns++;
      set_head (rows, step->columns[i], text, name_part (calc, step->kind, i));
    }
  step->first_extra = rows->n_columns;
  step->n_extra = step->n_options + n_extra;
  for (guint i = 0; i < step->n_extra; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      set_head (rows, rows->n_columns++, text, number);
    }
}

static DkRowSheet *
get_row_sheet (DkCalc *calc,
               guint   reg)
{
  const DkRegister *table = g_ptr_array_index (calc->scope->registers, reg);
  g_autofree char *name = NULL;
  DkRowSheet *rows;
  const char *is_incomplete = "1";

  for (guint i = 0; i < calc->row_sheets->len; i++)
    if (((DkRowSheet *) g_ptr_array_index (calc->row_sheets, i))->reg == reg)
      return g_ptr_array_index (calc->row_sheets, i);

  rows = g_new0 (DkRowSheet, 1);
  rows->reg = reg;
  rows->table = dk_calc_find_table (calc, reg);
  if (rows->table != NULL && rows->table->n_rows < dk_enterprise_get_rows (calc->assessment->enterprise, reg)->n_rows)
    rows->table = NULL;
  rows->n_rows = rows->table != NULL ? rows->table->n_rows : 0;
  rows->columns = g_new0 (DkStep *, table->columns->len + 1);
  rows->shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rows->n_columns = EXISTS_COLUMN + 1;
  g_ptr_array_add (calc->row_sheets, rows);
  /* TRANSLATORS: the name of a sheet with the computations about a register, such as "Rows, patents" */
  name = g_strdup_printf (dk_tr (calc->language, N_("Rows, %s")), dk_text_get (&table->label, calc->language));
  rows->sheet = dk_book_add_sheet (calc->book, name);
  dk_sheet_freeze (rows->sheet, FIRST_ROW, EXISTS_COLUMN + 1);
  set_head (rows, 0, dk_text_get (&table->label, calc->language), "");
  set_head (rows, EXISTS_COLUMN, dk_tr (calc->language, N_("row is there")), "");

  calc->here = rows->sheet;
  for (guint r = 0; r < rows->n_rows; r++)
    {
      const char *cells = dk_calc_range (calc, rows->table->sheet, rows->table->first_row + r, rows->table->first_column,
                                         rows->table->first_row + r, rows->table->first_column + table->columns->len - 1);
      g_autofree char *number = g_strdup_printf ("%u", r + 1);
      gboolean is_there = r < dk_enterprise_get_rows (calc->enterprise, reg)->n_rows;

      dk_sheet_set_text (rows->sheet, FIRST_ROW + r, 0, number, DK_LOOK_TEXT, 0);
      dk_sheet_set_formula (rows->sheet, FIRST_ROW + r, EXISTS_COLUMN, dk_calc_text (calc, "IF(SUMPRODUCT((%s<>\"\")*1)>0,1,0)", cells),
                            is_there ? "1" : "0", FALSE, DK_LOOK_COUNT, 0);
    }
  dk_sheet_set_text (rows->sheet, FIRST_ROW + rows->n_rows, 0, dk_tr (calc->language, N_("not yet entered")), DK_LOOK_TEXT, 0);
  if (rows->table != NULL)
    is_incomplete = dk_calc_text (calc, "IF(%s=%s,0,1)",
                                  dk_calc_cell (calc, rows->table->sheet, rows->table->complete_row, rows->table->complete_column),
                                  dk_calc_quote (calc, dk_calc_get_truth_word (TRUE, calc->language)));
  dk_sheet_set_formula (rows->sheet, FIRST_ROW + rows->n_rows, EXISTS_COLUMN, is_incomplete,
                        dk_enterprise_get_rows (calc->enterprise, reg)->is_complete ? "0" : "1", FALSE, DK_LOOK_COUNT, 0);
  return rows;
}

/* What a row computes is named by its operation and what it works on, so that rules that ask the same share a column. */
static char *
make_key (DkCalc        *calc,
          const DkInstr *instr)
{
  g_autoptr(GString) key = g_string_new (NULL);
  guint32 few[64];
  guint n = dk_instr_get_operands (calc->program, instr, few, G_N_ELEMENTS (few));

  g_string_append_printf (key, "%u", instr->op);
  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (few)); i++)
    g_string_append_printf (key, " %p", (gpointer) calc->steps[few[i]]);
  switch ((DkOp) instr->op)
    {
    case DK_OP_CHOICE_IN:
      g_string_append_printf (key, " %" G_GUINT64_FORMAT, g_array_index (calc->program->masks, guint64, instr->b));
      break;

    case DK_OP_POWER:
    case DK_OP_ROOT:
      g_string_append_printf (key, " %u", instr->b);
      break;

    case DK_OP_CODE_IN:
    case DK_OP_BAND:
    case DK_OP_PARAMETER:
    case DK_OP_AT_LEAST:
    case DK_OP_PICK:
    case DK_OP_PICK_CHOICE:
    case DK_OP_PICK_TRUTH:
      g_string_append_printf (key, " = %u", instr->dst);
      break;

    default:
      break;
    }
  return g_string_free (g_steal_pointer (&key), n > G_N_ELEMENTS (few));
}

/* Gives each step of a row its columns. @fresh: instructions that no other rule has computed. */
static void
place_steps (DkCalc            *calc,
             DkRowSheet        *rows,
             const DkAggregate *aggregate,
             GPtrArray         *fresh,
             GArray            *fresh_columns)
{
  const DkRegister *table = g_ptr_array_index (calc->scope->registers, rows->reg);

  for (guint c = 0; c < aggregate->n_used; c++)
    {
      guint index = aggregate->columns[c];
      const DkSymbol *column = g_ptr_array_index (table->columns, index);

      if (rows->columns[index] == NULL)
        {
          DkStep *step = dk_calc_add_step (calc, column->kind, column->domain);

          rows->columns[index] = step;
          step->is_fixed = column->kind == DK_KIND_TEXT;
          if (!step->is_fixed)
            {
              place_in_rows (calc, rows, step, dk_text_get (&column->label, calc->language), 0);
              g_array_append_val (fresh_columns, index);
            }
        }
      calc->steps[aggregate->column_regs[c]] = rows->columns[index];
    }
  for (guint i = 0; i < aggregate->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (aggregate->code, DkInstr, i);
      g_autofree char *key = make_key (calc, instr);
      DkStep *step = key != NULL ? g_hash_table_lookup (rows->shared, key) : NULL;

      if (step == NULL)
        {
          step = dk_calc_add_step (calc, dk_program_get_kind (calc->program, instr->dst), calc->hull->regs[instr->dst]);
          /* A loop within a loop would need a sheet for each pair of rows. */
          step->is_fixed = instr->op == DK_OP_AGGREGATE || dk_calc_rests_on_fixed (calc, instr);
          if (!step->is_fixed)
            {
              place_in_rows (calc, rows, step, calc->texts[instr->dst], dk_calc_count_extra (calc, instr));
              g_ptr_array_add (fresh, (gpointer) instr);
            }
          if (key != NULL)
            g_hash_table_insert (rows->shared, g_steal_pointer (&key), step);
        }
      calc->steps[instr->dst] = step;
    }
}

static void
load_row (DkCalc            *calc,
          const DkAggregate *aggregate,
          const DkRows      *rows,
          guint              row)
{
  const DkRegister *table = g_ptr_array_index (calc->scope->registers, aggregate->reg);

  for (guint c = 0; c < aggregate->n_used; c++)
    {
      DkValue *reg = &calc->run->regs[aggregate->column_regs[c]];

      if (row < rows->n_rows)
        *reg = rows->cells[(gsize) row * aggregate->n_columns + aggregate->columns[c]];
      else
        *reg = ((const DkSymbol *) g_ptr_array_index (table->columns, aggregate->columns[c]))->domain;
      reg->state &= DK_STATE_BITS;
    }
  dk_machine_execute (calc->run, (const DkInstr *) (gpointer) aggregate->code->data, aggregate->code->len);
}

static void
write_column (DkCalc     *calc,
              DkRowSheet *rows,
              guint       index,
              guint       row)
{
  const DkRegister *table = g_ptr_array_index (calc->scope->registers, rows->reg);
  const DkRows *now = dk_enterprise_get_rows (calc->enterprise, rows->reg);
  const DkSymbol *column = g_ptr_array_index (table->columns, index);
  DkStep *step = rows->columns[index];
  g_autofree const char **extra = g_new0 (const char *, step->n_extra + 1);
  DkFormulas out = { .extra = extra };
  DkValue value = row < now->n_rows ? now->cells[(gsize) row * table->columns->len + index] : column->domain;
  const char *cell = NULL;

  if (row < rows->n_rows)
    cell = dk_calc_cell (calc, rows->table->sheet, rows->table->first_row + row, rows->table->first_column + index);
  dk_calc_read_cell (calc, column, step, cell, NULL, "0", "0", &out);
  dk_calc_write_step (calc, step, &out, &value, NULL);
}

static void
write_instr (DkCalc        *calc,
             const DkInstr *instr)
{
  DkStep *step = calc->steps[instr->dst];
  g_autofree const char **extra = g_new0 (const char *, step->n_extra + 1);
  g_auto(GStrv) now = NULL;
  DkFormulas out = { .extra = extra };

  if (step->is_fixed)
    return;
  step->is_fixed = dk_calc_rests_on_fixed (calc, instr) || !dk_calc_translate (calc, instr, step, &out) || !dk_calc_fits (step, &out);
  if (step->is_fixed)
    return;
  now = g_new0 (char *, step->n_extra - step->n_options + 1);
  for (guint i = step->n_options; i < step->n_extra; i++)
    now[i - step->n_options] = dk_calc_extra_value (calc, instr, i - step->n_options);
  dk_calc_write_step (calc, step, &out, &calc->run->regs[instr->dst], now);
}

static gboolean
is_fixed (DkCalc *calc,
          guint   reg)
{
  return reg != DK_NO_REGISTER && calc->steps[reg]->is_fixed;
}

/* A helper of an aggregate: its column over all rows, and over the rows above. */
static const char *
all_rows (DkCalc        *calc,
          const Columns *columns,
          guint          column)
{
  return dk_calc_range (calc, columns->rows->sheet, FIRST_ROW, columns->columns[column], FIRST_ROW + columns->rows->n_rows, columns->columns[column]);
}

static const char *
known_rows (DkCalc        *calc,
            const Columns *columns,
            guint          column)
{
  guint last = columns->rows->n_rows > 0 ? FIRST_ROW + columns->rows->n_rows - 1 : FIRST_ROW;

  return dk_calc_range (calc, columns->rows->sheet, FIRST_ROW, columns->columns[column], last, columns->columns[column]);
}

static const char *
row_not_entered (DkCalc        *calc,
                 const Columns *columns,
                 guint          column)
{
  return dk_calc_cell (calc, columns->rows->sheet, FIRST_ROW + columns->rows->n_rows, columns->columns[column]);
}

/* What a helper's cell holds now, by the same rule as its formula. */
typedef struct
{
  gboolean exists, is_phantom, possible, certain;
  const DkValue *body, *order;
} RowState;

static RowState
get_row_state (DkCalc            *calc,
               const DkAggregate *aggregate,
               guint              row)
{
  const DkRows *rows = dk_enterprise_get_rows (calc->enterprise, aggregate->reg);
  DkRowSheet *sheet = get_row_sheet (calc, aggregate->reg);
  guint32 where = aggregate->where == DK_NO_REGISTER ? DK_TRUE : calc->run->regs[aggregate->where].state & DK_STATE_BITS;
  RowState state = { .is_phantom = row == sheet->n_rows };

  state.exists = state.is_phantom ? !rows->is_complete : row < rows->n_rows;
  state.possible = state.exists && (where & DK_TRUE);
  state.certain = state.exists && !state.is_phantom && where == DK_TRUE;
  state.body = aggregate->body == DK_NO_REGISTER ? NULL : &calc->run->regs[aggregate->body];
  state.order = aggregate->order == DK_NO_REGISTER ? NULL : &calc->run->regs[aggregate->order];
  return state;
}

static void
set_helper (DkCalc        *calc,
            const Columns *columns,
            guint          column,
            const char    *formula,
            const char    *now)
{
  dk_sheet_set_formula (columns->rows->sheet, calc->here_row, columns->columns[column], formula, now, FALSE, DK_LOOK_NUMBER, 0);
}

static const char *
to_bit (gboolean bit)
{
  return bit ? "1" : "0";
}

static const char *
own (DkCalc        *calc,
     const Columns *columns,
     guint          column)
{
  return dk_calc_cell (calc, columns->rows->sheet, calc->here_row, columns->columns[column]);
}

/* Whether the row counts; as in the machine, a condition that cannot be computed is not met. */
static void
write_condition (DkCalc         *calc,
                 const Columns  *columns,
                 const RowState *state)
{
  const char *exists = dk_calc_cell (calc, columns->rows->sheet, calc->here_row, EXISTS_COLUMN);
  const char *t = "1", *f = "0", *u = "0", *n = "0";

  if (columns->aggregate->where != DK_NO_REGISTER)
    {
      const DkStep *where = calc->steps[columns->aggregate->where];

      t = dk_calc_part (calc, where, DK_PART_MET);
      f = dk_calc_part (calc, where, DK_PART_NOT_MET);
      u = dk_calc_part (calc, where, DK_PART_UNDEFINED);
      n = dk_calc_part (calc, where, DK_PART_NA);
    }
  set_helper (calc, columns, COLUMN_POSSIBLE, dk_calc_and (calc, exists, t, NULL), to_bit (state->possible));
  if (!state->is_phantom)
    set_helper (calc, columns, COLUMN_CERTAIN, dk_calc_and (calc, exists, t, dk_calc_not (calc, f), dk_calc_not (calc, u), dk_calc_not (calc, n), NULL),
                to_bit (state->certain));
}

static void
write_all (DkCalc         *calc,
           const Columns  *columns,
           const RowState *state)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *p = own (calc, columns, COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, COLUMN_CERTAIN);
  const char *f = dk_calc_part (calc, body, DK_PART_NOT_MET), *t = dk_calc_part (calc, body, DK_PART_MET);
  const char *u = dk_calc_part (calc, body, DK_PART_UNDEFINED), *n = dk_calc_part (calc, body, DK_PART_NA);
  guint32 bits = state->possible ? state->body->state & DK_STATE_BITS : 0;
  gboolean met = !state->certain || (bits & DK_TRUE);

  set_helper (calc, columns, COLUMN_A, dk_calc_and (calc, p, f, NULL), to_bit (bits & DK_FALSE));
  set_helper (calc, columns, COLUMN_B, dk_calc_or (calc, dk_calc_not (calc, k), t, NULL), to_bit (met));
  set_helper (calc, columns, COLUMN_C, dk_calc_and (calc, p, u, NULL), to_bit (bits & DK_UNDEFINED));
  set_helper (calc, columns, COLUMN_D, dk_calc_and (calc, p, n, NULL), to_bit (bits & DK_NA));
  set_helper (calc, columns, COLUMN_E, dk_calc_or (calc, own (calc, columns, COLUMN_B), own (calc, columns, COLUMN_C), own (calc, columns, COLUMN_D), NULL),
              to_bit (met || (bits & (DK_UNDEFINED | DK_NA))));
  set_helper (calc, columns, COLUMN_F, dk_calc_or (calc, own (calc, columns, COLUMN_B), own (calc, columns, COLUMN_D), NULL),
              to_bit (met || (bits & DK_NA)));
}

/* A: least, B: most that the row adds; C: it may be without a value; D: it certainly is. */
static void
write_sum (DkCalc         *calc,
           const Columns  *columns,
           const RowState *state)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *p = own (calc, columns, COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, COLUMN_CERTAIN);
  const char *l = dk_calc_part (calc, body, DK_PART_LOW), *h = dk_calc_part (calc, body, DK_PART_HIGH), *v = dk_calc_part (calc, body, DK_PART_HAS);
  const char *flags = dk_calc_or (calc, dk_calc_part (calc, body, DK_PART_UNDEFINED), dk_calc_part (calc, body, DK_PART_NA), NULL);
  gboolean has = state->possible && (state->body->state & DK_VALUE_BITS);
  DkNumber low = has ? state->body->low : DK_ZERO, high = has ? dk_value_high (state->body) : DK_ZERO;
  g_autofree char *low_now = NULL, *high_now = NULL;

  if (state->is_phantom)
    {
      /* Any number of such rows: nothing is known but the sign. */
      l = dk_calc_text (calc, "IF(%s>=0,0,-" DK_SHEET_INFINITY ")", l);
      h = dk_calc_text (calc, "IF(%s<=0,0," DK_SHEET_INFINITY ")", h);
      low = dk_number_sign (low) >= 0 ? DK_ZERO : DK_MINUS_INFINITY;
      high = dk_number_sign (high) <= 0 ? DK_ZERO : DK_INFINITY;
    }
  else
    {
      l = dk_calc_text (calc, "IF(%s=1,%s,MIN(0,%s))", k, l, l);
      h = dk_calc_text (calc, "IF(%s=1,%s,MAX(0,%s))", k, h, h);
      if (!state->certain)
        {
          low = dk_number_min (low, DK_ZERO);
          high = dk_number_max (high, DK_ZERO);
        }
    }
  low_now = dk_calc_number (calc, low, DK_KIND_NUMBER);
  high_now = dk_calc_number (calc, high, DK_KIND_NUMBER);
  set_helper (calc, columns, COLUMN_A, dk_calc_text (calc, "IF(%s=0,0,%s)", dk_calc_and (calc, p, v, NULL), l), low_now);
  set_helper (calc, columns, COLUMN_B, dk_calc_text (calc, "IF(%s=0,0,%s)", dk_calc_and (calc, p, v, NULL), h), high_now);
  set_helper (calc, columns, COLUMN_C, dk_calc_and (calc, p, flags, NULL), to_bit (state->possible && (state->body->state & (DK_UNDEFINED | DK_NA))));
  set_helper (calc, columns, COLUMN_D, dk_calc_and (calc, k, dk_calc_not (calc, v), NULL), to_bit (state->certain && !has));
}

/* A: least of what may count, B: most of it; C: least of what counts, D: most of it; E and F as C and D of a sum. */
static void
write_extreme (DkCalc         *calc,
               const Columns  *columns,
               const RowState *state)
{
  const DkStep *body = calc->steps[columns->aggregate->body];
  const char *p = own (calc, columns, COLUMN_POSSIBLE), *k = state->is_phantom ? "0" : own (calc, columns, COLUMN_CERTAIN);
  const char *l = dk_calc_part (calc, body, DK_PART_LOW), *h = dk_calc_part (calc, body, DK_PART_HIGH), *v = dk_calc_part (calc, body, DK_PART_HAS);
  const char *flags = dk_calc_or (calc, dk_calc_part (calc, body, DK_PART_UNDEFINED), dk_calc_part (calc, body, DK_PART_NA), NULL);
  gboolean has = (state->body->state & DK_VALUE_BITS) != 0;
  const char *counts[2] = { dk_calc_and (calc, p, v, NULL), dk_calc_and (calc, k, v, NULL) };
  gboolean counts_now[2] = { state->possible && has, state->certain && has };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *low = counts_now[i] ? dk_calc_value (calc, state->body, body->kind, DK_PART_LOW) : g_strdup (DK_SHEET_BEYOND);
      g_autofree char *high = counts_now[i] ? dk_calc_value (calc, state->body, body->kind, DK_PART_HIGH) : g_strdup ("-" DK_SHEET_BEYOND);

      set_helper (calc, columns, COLUMN_A + 2 * i, dk_calc_text (calc, "IF(%s=1,%s," DK_SHEET_BEYOND ")", counts[i], l), low);
      set_helper (calc, columns, COLUMN_B + 2 * i, dk_calc_text (calc, "IF(%s=1,%s,-" DK_SHEET_BEYOND ")", counts[i], h), high);
    }
  set_helper (calc, columns, COLUMN_E, dk_calc_and (calc, p, flags, NULL), to_bit (state->possible && (state->body->state & (DK_UNDEFINED | DK_NA))));
  set_helper (calc, columns, COLUMN_F, dk_calc_and (calc, k, dk_calc_not (calc, v), NULL), to_bit (state->certain && !has));
}

/* The helpers that each kind of aggregate needs of a row. */
static void
write_helpers (DkCalc        *calc,
               const Columns *columns,
               guint          row)
{
  RowState state = get_row_state (calc, columns->aggregate, row);

  write_condition (calc, columns, &state);
  switch (columns->aggregate->kind)
    {
    case DK_AGG_ALL:
      write_all (calc, columns, &state);
      return;

    case DK_AGG_SUM:
      write_sum (calc, columns, &state);
      return;

    case DK_AGG_MIN:
    case DK_AGG_MAX:
      write_extreme (calc, columns, &state);
      return;

    case DK_AGG_COUNT:
    case DK_AGG_ANY:
    case DK_AGG_MEAN:
    case DK_AGG_DISTINCT:
    case DK_AGG_FIRST:
    default:
      return;
    }
}

/* The formulas on the calculation sheet. */
static gboolean
finish (DkCalc        *calc,
        const Columns *columns,
        const DkStep  *dst,
        DkFormulas    *out)
{
  const char *must_lack, *low, *high, *certain;

  switch (columns->aggregate->kind)
    {
    case DK_AGG_COUNT:
      dk_calc_set_bounds (calc, dst, out, dk_calc_text (calc, "SUM(%s)", known_rows (calc, columns, COLUMN_CERTAIN)),
                          dk_calc_text (calc, "IF(%s>0," DK_SHEET_INFINITY ",SUM(%s))", row_not_entered (calc, columns, COLUMN_POSSIBLE),
                                        known_rows (calc, columns, COLUMN_POSSIBLE)));
      return TRUE;

    case DK_AGG_ANY:
      out->parts[DK_PART_MET] = dk_calc_bit (calc, "SUM(%s)>0", all_rows (calc, columns, COLUMN_POSSIBLE));
      out->parts[DK_PART_NOT_MET] = dk_calc_bit (calc, "SUM(%s)=0", known_rows (calc, columns, COLUMN_CERTAIN));
      return TRUE;

    case DK_AGG_ALL:
      out->parts[DK_PART_NOT_MET] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_A));
      out->parts[DK_PART_MET] = dk_calc_text (calc, "MIN(%s)", all_rows (calc, columns, COLUMN_B));
      out->parts[DK_PART_UNDEFINED] = dk_calc_text (calc, "MAX(%s)*MIN(%s)", all_rows (calc, columns, COLUMN_C), all_rows (calc, columns, COLUMN_E));
      out->parts[DK_PART_NA] = dk_calc_text (calc, "MAX(%s)*MIN(%s)", all_rows (calc, columns, COLUMN_D), all_rows (calc, columns, COLUMN_F));
      return TRUE;

    case DK_AGG_SUM:
      must_lack = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_D));
      out->parts[DK_PART_HAS] = dk_calc_not (calc, must_lack);
      out->parts[DK_PART_UNDEFINED] = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_C));
      low = dk_calc_text (calc, "MAX(-" DK_SHEET_INFINITY ",SUM(%s))", all_rows (calc, columns, COLUMN_A));
      high = dk_calc_text (calc, "MIN(" DK_SHEET_INFINITY ",SUM(%s))", all_rows (calc, columns, COLUMN_B));
      dk_calc_set_bounds (calc, dst, out, low, high);
      return TRUE;

    case DK_AGG_MIN:
    case DK_AGG_MAX:
      must_lack = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_F));
      certain = dk_calc_text (calc, "SUM(%s)", known_rows (calc, columns, COLUMN_CERTAIN));
      out->parts[DK_PART_HAS] = dk_calc_and (calc, dk_calc_not (calc, must_lack),
                                             dk_calc_bit (calc, "MIN(%s)<" DK_SHEET_BEYOND, all_rows (calc, columns, COLUMN_A)), NULL);
      out->parts[DK_PART_UNDEFINED] = dk_calc_or (calc, dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_E)),
                                                  dk_calc_bit (calc, "%s=0", certain), must_lack,
                                                  dk_calc_bit (calc, "MIN(%s)=" DK_SHEET_BEYOND, all_rows (calc, columns, COLUMN_A)), NULL);
      low = dk_calc_text (calc, "MIN(%s)", all_rows (calc, columns, COLUMN_A));
      high = dk_calc_text (calc, "MAX(%s)", all_rows (calc, columns, COLUMN_B));
      if (columns->aggregate->kind == DK_AGG_MIN)
        high = dk_calc_text (calc, "IF(%s>0,MIN(%s),%s)", certain, all_rows (calc, columns, COLUMN_D), high);
      else
        low = dk_calc_text (calc, "IF(%s>0,MAX(%s),%s)", certain, all_rows (calc, columns, COLUMN_C), low);
      dk_calc_set_bounds (calc, dst, out, low, high);
      return TRUE;

    case DK_AGG_MEAN:
    case DK_AGG_DISTINCT:
    case DK_AGG_FIRST:
    default:
      return FALSE;
    }
}

static guint
count_helpers (DkAggregateKind kind)
{
  switch (kind)
    {
    case DK_AGG_COUNT:
    case DK_AGG_ANY:
      return COLUMN_A;

    case DK_AGG_SUM:
      return COLUMN_E;

    case DK_AGG_ALL:
    case DK_AGG_MIN:
    case DK_AGG_MAX:
      return N_COLUMNS;

    case DK_AGG_MEAN:
    case DK_AGG_DISTINCT:
    case DK_AGG_FIRST:
    default:
      return 0;
    }
}

/**
 * dk_calc_aggregate:
 *
 * Writes the columns of an aggregate to the sheet of its register.
 *
 * Returns: %FALSE if no formula can say it
 */
gboolean
dk_calc_aggregate (DkCalc        *calc,
                   const DkInstr *instr,
                   const DkStep  *dst,
                   DkFormulas    *out)
{
  const DkAggregate *aggregate = g_ptr_array_index (calc->program->aggregates, instr->b);
  const DkSheet *here = calc->here;
  g_autoptr(GPtrArray) fresh = g_ptr_array_new ();
  g_autoptr(GArray) fresh_columns = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_helpers = count_helpers (aggregate->kind);
  Columns columns = { .aggregate = aggregate };
  gboolean ok;

  if (n_helpers == 0)
    return FALSE;
  columns.rows = get_row_sheet (calc, aggregate->reg);
  calc->here = columns.rows->sheet;
  place_steps (calc, columns.rows, aggregate, fresh, fresh_columns);
  ok = !is_fixed (calc, aggregate->where) && !is_fixed (calc, aggregate->body) && !is_fixed (calc, aggregate->order);
  for (guint i = 0; ok && i < n_helpers; i++)
    {
      columns.columns[i] = columns.rows->n_columns++;
      set_head (columns.rows, columns.columns[i], calc->texts[instr->dst],
                i == COLUMN_POSSIBLE ? dk_tr (calc->language, N_("can count"))
                : i == COLUMN_CERTAIN ? dk_tr (calc->language, N_("counts")) : "");
    }
  for (guint row = 0; row <= columns.rows->n_rows; row++)
    {
      calc->here_row = FIRST_ROW + row;
      load_row (calc, aggregate, dk_enterprise_get_rows (calc->enterprise, aggregate->reg), row);
      for (guint i = 0; i < fresh_columns->len; i++)
        write_column (calc, columns.rows, g_array_index (fresh_columns, guint, i), row);
      for (guint i = 0; i < fresh->len; i++)
        write_instr (calc, g_ptr_array_index (fresh, i));
      ok = ok && !is_fixed (calc, aggregate->where) && !is_fixed (calc, aggregate->body) && !is_fixed (calc, aggregate->order);
      if (ok)
        write_helpers (calc, &columns, row);
    }
  calc->here = here;
  return ok && finish (calc, &columns, dst, out);
}
