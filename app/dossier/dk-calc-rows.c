/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>

/* A sheet for each register that rules look at: its rows as in the book, and behind them one that stands for those not yet
 * entered. Each column is computed for every row alike; the calculation sheet takes sums and counts over the columns. */

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

      if (dk_step_is_always (step, i, &literal) || (step->kind == DK_KIND_TEXT && i == DK_PART_HIGH))
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
  rows->patterns = g_ptr_array_new_with_free_func (g_free);
  rows->shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rows->n_columns = DK_ROWS_EXISTS + 1;
  g_ptr_array_add (calc->row_sheets, rows);
  /* TRANSLATORS: the name of a sheet with the computations about a register, such as "Rows, patents" */
  name = g_strdup_printf (dk_tr (calc->language, N_("Rows, %s")), dk_text_get (&table->label, calc->language));
  rows->sheet = dk_book_add_sheet (calc->book, name);
  dk_sheet_freeze (rows->sheet, DK_ROWS_FIRST, DK_ROWS_EXISTS + 1);
  set_head (rows, 0, dk_text_get (&table->label, calc->language), "");
  set_head (rows, DK_ROWS_EXISTS, dk_tr (calc->language, N_("row is there")), "");

  calc->here = rows->sheet;
  for (guint r = 0; r < rows->n_rows; r++)
    {
      const char *cells = dk_calc_range (calc, rows->table->sheet, rows->table->first_row + r, rows->table->first_column,
                                         rows->table->first_row + r, rows->table->first_column + table->columns->len - 1);
      g_autofree char *number = g_strdup_printf ("%u", r + 1);
      gboolean is_there = r < dk_enterprise_get_rows (calc->enterprise, reg)->n_rows;

      dk_sheet_set_text (rows->sheet, DK_ROWS_FIRST + r, 0, number, DK_LOOK_TEXT, 0);
      dk_sheet_set_formula (rows->sheet, DK_ROWS_FIRST + r, DK_ROWS_EXISTS, dk_calc_text (calc, "IF(SUMPRODUCT((%s<>\"\")*1)>0,1,0)", cells),
                            is_there ? "1" : "0", FALSE, DK_LOOK_COUNT, 0);
    }
  dk_sheet_set_text (rows->sheet, DK_ROWS_FIRST + rows->n_rows, 0, dk_tr (calc->language, N_("not yet entered")), DK_LOOK_TEXT, 0);
  if (rows->table != NULL)
    is_incomplete = dk_calc_text (calc, "IF(%s=%s,0,1)",
                                  dk_calc_cell (calc, rows->table->sheet, rows->table->complete_row, rows->table->complete_column),
                                  dk_calc_quote (calc, dk_calc_get_truth_word (TRUE, calc->language)));
  dk_sheet_set_formula (rows->sheet, DK_ROWS_FIRST + rows->n_rows, DK_ROWS_EXISTS, is_incomplete,
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
          if (!step->is_fixed || column->domain.state == DK_RANGE)
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
    cell = dk_calc_cell (calc, rows->table->sheet, DK_ROW_OF_TABLE, rows->table->first_column + index);
  if (step->kind == DK_KIND_TEXT)
    {
      gint64 number = 0;
      const char *text = dk_value_is_point (&value) && dk_number_to_int64 (value.low, &number) ? dk_text_lookup (number) : NULL;

      dk_calc_set_formula (calc, rows->sheet, calc->here_row, step->columns[DK_PART_LOW],
                           cell == NULL ? "\"\"" : dk_calc_text (calc, "IF(%s=\"\",\"\",%s&\"\")", cell, cell), text, TRUE, DK_LOOK_TEXT);
      return;
    }
  if (calc->pattern != DK_PATTERN_USE)
    dk_calc_read_cell (calc, column, step, cell, NULL, "0", "0", &out);
  dk_calc_write_step (calc, step, calc->pattern != DK_PATTERN_USE ? &out : NULL, &value, NULL);
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
  if (calc->pattern != DK_PATTERN_USE)
    step->is_fixed = dk_calc_rests_on_fixed (calc, instr) || !dk_calc_translate (calc, instr, step, &out) || !dk_calc_fits (step, &out);
  if (step->is_fixed)
    return;
  now = g_new0 (char *, step->n_extra - step->n_options + 1);
  for (guint i = step->n_options; i < step->n_extra; i++)
    now[i - step->n_options] = dk_calc_extra_value (calc, instr, i - step->n_options);
  dk_calc_write_step (calc, step, calc->pattern != DK_PATTERN_USE ? &out : NULL, &calc->run->regs[instr->dst], now);
}

/* Whether a row counts, and what it holds. */
static DkRowState
get_row_state (DkCalc             *calc,
               const DkRowColumns *columns,
               guint               row)
{
  const DkAggregate *aggregate = columns->aggregate;
  const DkRows *rows = dk_enterprise_get_rows (calc->enterprise, aggregate->reg);
  const DkValue *regs = calc->run->regs;
  guint32 where = aggregate->where == DK_NO_REGISTER ? DK_TRUE : regs[aggregate->where].state & DK_STATE_BITS;
  DkRowState state = { .is_phantom = row == columns->rows->n_rows };
  gboolean exists = state.is_phantom ? !rows->is_complete : row < rows->n_rows;

  state.possible = exists && (where & DK_TRUE);
  state.certain = exists && !state.is_phantom && where == DK_TRUE;
  if (aggregate->body != DK_NO_REGISTER)
    state.body = regs[aggregate->body];
  if (aggregate->order != DK_NO_REGISTER)
    state.order = regs[aggregate->order];
  state.of = aggregate->of != DK_NO_REGISTER ? regs[aggregate->of] : DK_VALUE_TRUTH (DK_TRUE);
  return state;
}

static gboolean
is_fixed (DkCalc *calc,
          guint   reg)
{
  return reg != DK_NO_REGISTER && calc->steps[reg]->is_fixed;
}

/* Texts are only good for being told apart. */
static gboolean
can_be_said (DkCalc            *calc,
             const DkAggregate *aggregate)
{
  return !is_fixed (calc, aggregate->where) && !is_fixed (calc, aggregate->order) && !is_fixed (calc, aggregate->amount)
         && !is_fixed (calc, aggregate->of)
         && (!is_fixed (calc, aggregate->body)
             || (aggregate->kind == DK_AGG_DISTINCT && calc->steps[aggregate->body]->columns[DK_PART_LOW] != DK_NO_COLUMN));
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
  g_autoptr(GArray) states = g_array_new (FALSE, FALSE, sizeof (DkRowState));
  DkRowColumns columns = { .aggregate = aggregate };
  guint n_helpers = 0;
  gboolean ok;

  columns.rows = get_row_sheet (calc, aggregate->reg);
  calc->here = columns.rows->sheet;
  place_steps (calc, columns.rows, aggregate, fresh, fresh_columns);
  ok = can_be_said (calc, aggregate);
  n_helpers = ok ? dk_calc_count_helpers (calc, aggregate) : 0;
  columns.first = columns.rows->n_columns;
  columns.rows->n_columns += n_helpers;
  for (guint i = 0; i < n_helpers; i++)
    set_head (columns.rows, columns.first + i, calc->texts[instr->dst],
              i == DK_COLUMN_POSSIBLE ? dk_tr (calc->language, N_("can count"))
              : i == DK_COLUMN_CERTAIN ? dk_tr (calc->language, N_("counts")) : "");
  columns.states = states;
  for (guint row = 0; row <= columns.rows->n_rows; row++)
    {
      DkRowState state;

      load_row (calc, aggregate, dk_enterprise_get_rows (calc->enterprise, aggregate->reg), row);
      state = get_row_state (calc, &columns, row);
      g_array_append_val (states, state);
    }
  calc->here_rows = columns.rows;
  for (guint row = 0; row <= columns.rows->n_rows; row++)
    {
      calc->here_row = DK_ROWS_FIRST + row;
      /* The first row has none above it, and the one behind all others no cells of its own; the rest is alike. */
      calc->pattern = row == 0 || row == columns.rows->n_rows ? DK_PATTERN_NONE : row == 1 ? DK_PATTERN_MAKE : DK_PATTERN_USE;
      load_row (calc, aggregate, dk_enterprise_get_rows (calc->enterprise, aggregate->reg), row);
      for (guint i = 0; i < fresh_columns->len; i++)
        write_column (calc, columns.rows, g_array_index (fresh_columns, guint, i), row);
      for (guint i = 0; i < fresh->len; i++)
        write_instr (calc, g_ptr_array_index (fresh, i));
      ok = ok && can_be_said (calc, aggregate);
      if (ok && n_helpers > 0)
        dk_calc_write_helpers (calc, &columns, row);
    }
  calc->pattern = DK_PATTERN_NONE;
  calc->here_rows = NULL;
  calc->here = here;
  return ok && n_helpers > 0 && dk_calc_finish_aggregate (calc, &columns, dst, out);
}
