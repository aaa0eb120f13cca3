/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

const char *
dk_calc_text (DkCalc     *calc,
              const char *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (calc->pattern == DK_PATTERN_USE)
    return "";
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_string_chunk_insert (calc->chunk, text);
}

DkStep *
dk_calc_add_step (DkCalc  *calc,
                  DkKind   kind,
                  DkValue  hull)
{
  DkStep *step = g_new0 (DkStep, 1);

  step->kind = kind;
  step->hull = hull;
  step->hull.state &= DK_STATE_BITS;
  for (guint i = 0; i < DK_N_PARTS; i++)
    step->columns[i] = DK_NO_COLUMN;
  step->first_extra = DK_NO_COLUMN;
  if (kind == DK_KIND_CHOICE && (hull.state & DK_VALUE_BITS))
    step->n_options = g_bit_storage ((guint64) hull.low.num);
  g_ptr_array_add (calc->owned, step);
  return step;
}

/* What stands for a row's number until the formula is written. */
enum { MARK_HERE = 1, MARK_ABOVE, MARK_OF_TABLE };

static void
append_row (GString *text,
            guint    row)
{
  g_string_append_c (text, '$');
  switch (row)
    {
    case DK_ROW_HERE:
      g_string_append_c (text, MARK_HERE);
      return;

    case DK_ROW_ABOVE:
      g_string_append_c (text, MARK_ABOVE);
      return;

    case DK_ROW_OF_TABLE:
      g_string_append_c (text, MARK_OF_TABLE);
      return;

    default:
      g_string_append_printf (text, "%u", row + 1);
      return;
    }
}

/* With the numbers of the present row; good until the next one. */
static const char *
fill_in_rows (DkCalc     *calc,
              const char *formula)
{
  GString *text = calc->filled;
  char numbers[3][12];
  const char *start = formula;

  g_snprintf (numbers[MARK_HERE - 1], sizeof numbers[0], "%u", calc->here_row + 1);
  g_snprintf (numbers[MARK_ABOVE - 1], sizeof numbers[0], "%u", calc->here_row);
  g_snprintf (numbers[MARK_OF_TABLE - 1], sizeof numbers[0], "%u",
              calc->here_rows->table != NULL ? calc->here_rows->table->first_row + calc->here_row - DK_ROWS_FIRST + 1 : 0);
  g_string_truncate (text, 0);
  for (const char *p = formula; *p != '\0'; p++)
    if (*p >= MARK_HERE && *p <= MARK_OF_TABLE)
      {
        g_string_append_len (text, start, p - start);
        g_string_append (text, numbers[*p - MARK_HERE]);
        start = p + 1;
      }
  g_string_append (text, start);
  return text->str;
}

/**
 * dk_calc_set_formula:
 * @formula: may name rows without a number where it stands in rows; what it is does not matter for %DK_PATTERN_USE
 * @now: what it comes to now
 *
 * Writes a formula on a calculation sheet.
 */
void
dk_calc_set_formula (DkCalc     *calc,
                     DkSheet    *sheet,
                     guint       row,
                     guint       column,
                     const char *formula,
                     const char *now,
                     gboolean    is_text,
                     DkLook      look)
{
  DkRowSheet *rows = calc->here_rows;

  if (rows == NULL || sheet != rows->sheet)
    {
      dk_sheet_set_formula (sheet, row, column, formula, now, is_text, look, 0);
      return;
    }
  if (rows->patterns->len <= column)
    g_ptr_array_set_size (rows->patterns, (int) column + 1);
  if (calc->pattern == DK_PATTERN_USE)
    formula = g_ptr_array_index (rows->patterns, column);
  else if (calc->pattern == DK_PATTERN_MAKE)
    {
      g_free (g_ptr_array_index (rows->patterns, column));
      g_ptr_array_index (rows->patterns, column) = g_strdup (formula);
    }
  if (formula == NULL)
    return;
  dk_sheet_set_formula (sheet, row, column, fill_in_rows (calc, formula), now, is_text, look, 0);
}

static void
append_column (GString *text,
               guint    column)
{
  char letters[8];
  guint n = 0;

  for (guint c = column + 1; c > 0; c = (c - 1) / 26)
    letters[n++] = (char) ('A' + (c - 1) % 26);
  while (n > 0)
    g_string_append_c (text, letters[--n]);
}

/* "'Calculation'!" unless the formula stands there itself. */
static void
append_sheet (DkCalc        *calc,
              const DkSheet *sheet,
              GString       *text)
{
  g_autofree char *whole = NULL;
  const char *end;

  if (sheet == calc->here)
    return;
  whole = dk_sheet_get_ref (sheet, 0, 0);
  end = strrchr (whole, '!');
  g_string_append_len (text, whole, end - whole + 1);
}

/**
 * dk_calc_range:
 *
 * Returns: the cells of a sheet from one to another, as a formula on the present sheet names them
 */
const char *
dk_calc_range (DkCalc        *calc,
               const DkSheet *sheet,
               guint          first_row,
               guint          first_column,
               guint          last_row,
               guint          last_column)
{
  g_autoptr(GString) text = NULL;

  if (calc->pattern == DK_PATTERN_USE)
    return "";
  text = g_string_new (NULL);
  append_sheet (calc, sheet, text);
  g_string_append_c (text, '$');
  append_column (text, first_column);
  append_row (text, first_row);
  if (first_row != last_row || first_column != last_column)
    {
      g_string_append (text, ":$");
      append_column (text, last_column);
      append_row (text, last_row);
    }
  return g_string_chunk_insert (calc->chunk, text->str);
}

const char *
dk_calc_cell (DkCalc        *calc,
              const DkSheet *sheet,
              guint          row,
              guint          column)
{
  return dk_calc_range (calc, sheet, row, column, row, column);
}

gboolean
dk_step_is_always (const DkStep  *step,
                   DkPart         part,
                   const char   **literal)
{
  guint32 state = step->hull.state, bit;

  switch (part)
    {
    case DK_PART_LOW:
    case DK_PART_HIGH:
      if (step->kind != DK_KIND_TRUTH)
        {
          *literal = "0";
          return !(state & DK_VALUE_BITS) || step->kind == DK_KIND_CHOICE;
        }
      bit = part == DK_PART_NOT_MET ? DK_FALSE : DK_TRUE;
      break;

    case DK_PART_HAS:
      if (step->kind == DK_KIND_TRUTH || !(state & (DK_UNDEFINED | DK_NA)))
        {
          *literal = "1";
          return TRUE;
        }
      *literal = "0";
      return !(state & DK_VALUE_BITS);

    case DK_PART_UNDEFINED:
      bit = DK_UNDEFINED;
      break;

    case DK_PART_NA:
      bit = DK_NA;
      break;

    case DK_PART_ANSWERED:
    case DK_N_PARTS:
    default:
      *literal = "1";
      return step->columns[DK_PART_ANSWERED] == DK_NO_COLUMN;
    }
  *literal = state & bit ? "1" : "0";
  return !(state & bit) || state == bit;
}

const char *
dk_calc_part (DkCalc       *calc,
              const DkStep *step,
              DkPart        part)
{
  const char *literal;

  if (dk_step_is_always (step, part, &literal))
    return literal;
  if (step->sheet == NULL)
    {
      /* A constant. The truth that nobody knows may be both. */
      if (step->kind == DK_KIND_TRUTH && (part == DK_PART_LOW || part == DK_PART_HIGH))
        return step->hull.state & (part == DK_PART_LOW ? DK_FALSE : DK_TRUE) ? "1" : "0";
      if (step->constants[0] == NULL)
        return "0";
      return part == DK_PART_LOW || step->constants[1] == NULL ? step->constants[0] : step->constants[1];
    }
  return dk_calc_cell (calc, step->sheet, step->in_rows ? DK_ROW_HERE : step->row, step->columns[part]);
}

const char *
dk_calc_extra (DkCalc       *calc,
               const DkStep *step,
               guint         i)
{
  return dk_calc_cell (calc, step->sheet, step->in_rows ? DK_ROW_HERE : step->row, step->first_extra + i);
}

const char *
dk_calc_option (DkCalc       *calc,
                const DkStep *step,
                guint         option)
{
  guint64 set = step->hull.state & DK_VALUE_BITS ? (guint64) step->hull.low.num : 0;

  if (option >= 64 || !(set & ((guint64) 1 << option)))
    return "0";
  if ((set & (set - 1)) == 0)
    return dk_calc_part (calc, step, DK_PART_HAS);
  return dk_calc_extra (calc, step, option);
}

/* Bits: cells or terms that are 0 or 1, put together by arithmetic, so that nothing is nested deeply. */

const char *
dk_calc_not (DkCalc     *calc,
             const char *bit)
{
  if (g_str_equal (bit, "0"))
    return "1";
  if (g_str_equal (bit, "1"))
    return "0";
  return dk_calc_text (calc, "(1-%s)", bit);
}

static GPtrArray *
collect (va_list args)
{
  GPtrArray *bits = g_ptr_array_new ();
  const char *bit;

  while ((bit = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (bits, (gpointer) bit);
  return bits;
}

static GPtrArray *
drop_neutral (GPtrArray  *bits,
              const char *neutral,
              const char *decisive,
              gboolean   *is_decided)
{
  GPtrArray *kept = g_ptr_array_new ();

  *is_decided = FALSE;
  for (guint i = 0; i < bits->len; i++)
    {
      const char *bit = g_ptr_array_index (bits, i);

      *is_decided = *is_decided || g_str_equal (bit, decisive);
      if (!g_str_equal (bit, neutral) && !g_ptr_array_find_with_equal_func (kept, bit, g_str_equal, NULL))
        g_ptr_array_add (kept, (gpointer) bit);
    }
  return kept;
}

const char *
dk_calc_and_all (DkCalc    *calc,
                 GPtrArray *bits)
{
  gboolean is_false;
  g_autoptr(GPtrArray) kept = NULL;
  g_autoptr(GString) text = NULL;

  if (calc->pattern == DK_PATTERN_USE)
    return "";
  kept = drop_neutral (bits, "1", "0", &is_false);
  text = g_string_new (NULL);
  if (is_false)
    return "0";
  if (kept->len == 0)
    return "1";
  for (guint i = 0; i < kept->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '*');
      g_string_append (text, g_ptr_array_index (kept, i));
    }
  return g_string_chunk_insert (calc->chunk, text->str);
}

/* "MAX(a,b,c)"; of a single argument that one. */
const char *
dk_calc_join (DkCalc     *calc,
              const char *function,
              GPtrArray  *arguments)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();
  gboolean is_sum = g_str_equal (function, "SUM") || g_str_equal (function, "COUNT");

  for (guint i = 0; i < arguments->len; i++)
    {
      gpointer argument = g_ptr_array_index (arguments, i);

      if (is_sum || !g_ptr_array_find_with_equal_func (kept, argument, g_str_equal, NULL))
        g_ptr_array_add (kept, argument);
    }
  if (kept->len == 1)
    return g_ptr_array_index (kept, 0);
  g_string_append_printf (text, "%s(", function);
  for (guint i = 0; i < kept->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append (text, g_ptr_array_index (kept, i));
    }
  g_string_append_c (text, ')');
  return g_string_chunk_insert (calc->chunk, text->str);
}

const char *
dk_calc_or_all (DkCalc    *calc,
                GPtrArray *bits)
{
  gboolean is_true;
  g_autoptr(GPtrArray) kept = NULL;

  if (calc->pattern == DK_PATTERN_USE)
    return "";
  kept = drop_neutral (bits, "0", "1", &is_true);
  if (is_true)
    return "1";
  return kept->len == 0 ? "0" : dk_calc_join (calc, "MAX", kept);
}

const char *
dk_calc_and (DkCalc *calc,
             ...)
{
  g_autoptr(GPtrArray) bits = NULL;
  va_list args;

  va_start (args, calc);
  bits = collect (args);
  va_end (args);
  return dk_calc_and_all (calc, bits);
}

const char *
dk_calc_or (DkCalc *calc,
            ...)
{
  g_autoptr(GPtrArray) bits = NULL;
  va_list args;

  va_start (args, calc);
  bits = collect (args);
  va_end (args);
  return dk_calc_or_all (calc, bits);
}

/* A condition as a bit. */
const char *
dk_calc_bit (DkCalc     *calc,
             const char *format,
             ...)
{
  g_autofree char *condition = NULL;
  va_list args;

  va_start (args, format);
  condition = g_strdup_vprintf (format, args);
  va_end (args);
  return dk_calc_text (calc, "IF(%s,1,0)", condition);
}

const char *
dk_calc_quote (DkCalc     *calc,
               const char *text)
{
  g_autoptr(GString) quoted = g_string_new (text);

  g_string_replace (quoted, "\"", "\"\"", 0);
  return dk_calc_text (calc, "\"%s\"", quoted->str);
}

/**
 * dk_calc_number:
 * @kind: of what it is: days are counted from another day in a sheet
 *
 * Returns: (transfer full): the number as a decimal text
 */
char *
dk_calc_number (DkCalc   *calc,
                DkNumber  number,
                DkKind    kind)
{
  if (!dk_number_is_finite (number))
    return g_strdup (number.num < 0 ? "-" DK_SHEET_INFINITY : DK_SHEET_INFINITY);
  if (kind == DK_KIND_DATE)
    number = dk_number_sub (number, DK_NUMBER (DK_DAY_ZERO), calc->arena);
  if (dk_number_is_integer (number))
    return dk_number_to_string (number);
  return dk_number_to_decimal (number, 25);
}

char *
dk_calc_value (DkCalc        *calc,
               const DkValue *value,
               DkKind         kind,
               DkPart         part)
{
  guint32 bit = 0;

  switch (part)
    {
    case DK_PART_LOW:
    case DK_PART_HIGH:
      if (kind == DK_KIND_TRUTH)
        {
          bit = part == DK_PART_NOT_MET ? DK_FALSE : DK_TRUE;
          break;
        }
      if (!(value->state & DK_VALUE_BITS) || kind == DK_KIND_CHOICE)
        return g_strdup ("0");
      return dk_calc_number (calc, part == DK_PART_LOW ? value->low : dk_value_high (value), kind);

    case DK_PART_HAS:
      bit = DK_VALUE_BITS;
      break;

    case DK_PART_UNDEFINED:
      bit = DK_UNDEFINED;
      break;

    case DK_PART_NA:
      bit = DK_NA;
      break;

    case DK_PART_ANSWERED:
    case DK_N_PARTS:
    default:
      return g_strdup (value->state & DK_UNANSWERED ? "0" : "1");
    }
  return g_strdup (value->state & bit ? "1" : "0");
}

/* Figures of the law, on a sheet of their own */

guint
dk_calc_add_figure (DkCalc     *calc,
                    const char *what)
{
  if (!calc->has_figures)
    dk_sheet_set_text (calc->figures, calc->n_figures, 0, what, DK_LOOK_TEXT, 0);
  return calc->n_figures++;
}

/**
 * dk_calc_figure:
 * @line: what dk_calc_add_figure () gave
 * @column: from 1
 *
 * Puts a figure into a cell of its own.
 *
 * Returns: the cell, or the figure itself where it is an open end
 */
const char *
dk_calc_figure (DkCalc   *calc,
                guint     line,
                guint     column,
                DkNumber  number,
                DkKind    kind)
{
  g_autofree char *exact = dk_calc_number (calc, number, kind);

  if (!dk_number_is_finite (number))
    return g_string_chunk_insert (calc->chunk, exact);
  if (kind != DK_KIND_DATE)
    {
      g_free (exact);
      exact = dk_number_to_string (number);
    }
  if (!calc->has_figures)
    dk_sheet_set_number (calc->figures, line, column, exact, kind == DK_KIND_DATE ? DK_LOOK_DATE : DK_LOOK_NUMBER, 0);
  return dk_calc_cell (calc, calc->figures, line, column);
}

/**
 * dk_calc_labels:
 *
 * Returns: the cells with the labels of the options, one below the other
 */
const char *
dk_calc_labels (DkCalc          *calc,
                const DkChoices *choices)
{
  gpointer known = g_hash_table_lookup (calc->lists, choices);
  guint first;

  if (known == NULL)
    {
      first = calc->n_figures;
      for (guint i = 0; i < choices->options->len; i++)
        {
          g_autofree char *what = g_strdup_printf ("%s.%s", choices->id, (const char *) g_ptr_array_index (choices->options, i));
          guint line = dk_calc_add_figure (calc, what);

          dk_sheet_set_text (calc->figures, line, 1, dk_text_get (g_ptr_array_index (choices->labels, i), calc->language), DK_LOOK_TEXT, 0);
        }
      g_hash_table_insert (calc->lists, (gpointer) choices, GUINT_TO_POINTER (first + 1));
    }
  else
    first = GPOINTER_TO_UINT (known) - 1;
  return dk_calc_range (calc, calc->figures, first, 1, first + choices->options->len - 1, 1);
}

/* Steps */

/* Of a formula: rows without a number may get one of seven digits. */
static gboolean
is_too_long (const char *formula)
{
  gsize length = 0;

  for (const char *p = formula; *p != '\0'; p++)
    length += *p >= MARK_HERE && *p <= MARK_OF_TABLE ? 7 : 1;
  return length > DK_MAX_FORMULA;
}

gboolean
dk_calc_fits (const DkStep     *step,
              const DkFormulas *formulas)
{
  for (guint i = 0; i < DK_N_PARTS; i++)
    if (formulas->parts[i] != NULL && is_too_long (formulas->parts[i]))
      return FALSE;
  for (guint i = 0; i < step->n_extra; i++)
    if (formulas->extra[i] != NULL && is_too_long (formulas->extra[i]))
      return FALSE;
  return TRUE;
}

static DkLook
get_look (const DkStep *step,
          guint         part)
{
  if (part > DK_PART_HIGH || step->kind == DK_KIND_TRUTH)
    return DK_LOOK_COUNT;
  return step->kind == DK_KIND_DATE ? DK_LOOK_DATE : DK_LOOK_NUMBER;
}

/**
 * dk_calc_write_step:
 * @step: where it stands
 * @formulas: (nullable): %NULL: as kept, for %DK_PATTERN_USE
 * @value: what it is now
 * @extra_values: what the cells behind the options hold now
 */
void
dk_calc_write_step (DkCalc           *calc,
                    DkStep           *step,
                    const DkFormulas *formulas,
                    const DkValue    *value,
                    char            **extra_values)
{
  guint row = step->in_rows ? calc->here_row : step->row;

  for (guint i = 0; i < DK_N_PARTS; i++)
    {
      g_autofree char *now = NULL;

      if (step->columns[i] == DK_NO_COLUMN || (formulas != NULL && formulas->parts[i] == NULL))
        continue;
      now = dk_calc_value (calc, value, step->kind, i);
      dk_calc_set_formula (calc, step->sheet, row, step->columns[i], formulas != NULL ? formulas->parts[i] : NULL, now, FALSE, get_look (step, i));
    }
  for (guint i = 0; i < step->n_extra; i++)
    {
      const char *now = i < step->n_options ? NULL : extra_values[i - step->n_options];

      if ((formulas != NULL && formulas->extra[i] == NULL) || (i < step->n_options && !((guint64) step->hull.low.num & ((guint64) 1 << i))))
        continue;
      if (i < step->n_options)
        now = (value->state & DK_VALUE_BITS) && ((guint64) value->low.num & ((guint64) 1 << i)) ? "1" : "0";
      dk_calc_set_formula (calc, step->sheet, row, step->first_extra + i, formulas != NULL ? formulas->extra[i] : NULL, now, FALSE, DK_LOOK_NUMBER);
    }
}

/* Gives a step the next row of the calculation sheet: each part that is no matter of course gets its cell. */
void
dk_calc_place (DkCalc     *calc,
               DkStep     *step,
               const char *name,
               const char *text,
               guint       n_extra)
{
  step->sheet = calc->main;
  step->row = calc->n_main++;
  for (guint i = 0; i < DK_PART_ANSWERED; i++)
    {
      const char *literal;

      if (!dk_step_is_always (step, i, &literal))
        step->columns[i] = 2 + i;
    }
  step->n_extra = step->n_options + n_extra;
  step->first_extra = 2 + DK_N_PARTS;
  if (name != NULL)
    dk_sheet_set_text (calc->main, step->row, 0, name, DK_LOOK_TEXT, 0);
  if (text != NULL)
    dk_sheet_set_text (calc->main, step->row, 1, text, DK_LOOK_TEXT, 0);
}
