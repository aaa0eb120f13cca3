/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>

/* Bands, dated figures, versions, and codes by their first characters: what is read off a table. */

#define L(step) dk_calc_part (calc, step, DK_PART_LOW)
#define H(step) dk_calc_part (calc, step, DK_PART_HIGH)
#define V(step) dk_calc_part (calc, step, DK_PART_HAS)

/* What a line of a table gives: a constant, or a step. */
typedef struct
{
  const char *fits; /* bit: the line may be the one */
  const char *when; /* the same as a condition */
  const char *low, *high, *has, *undefined, *na;
  guint64     options;
  const DkStep *step;
} Line;

static void
set_constant (Line          *line,
              const DkValue *value,
              DkKind         kind)
{
  line->has = value->state & DK_VALUE_BITS ? "1" : "0";
  line->undefined = value->state & DK_UNDEFINED ? "1" : "0";
  line->na = value->state & DK_NA ? "1" : "0";
  line->options = kind == DK_KIND_CHOICE && (value->state & DK_VALUE_BITS) ? (guint64) value->low.num : 0;
  if (kind == DK_KIND_TRUTH)
    {
      line->low = value->state & DK_FALSE ? "1" : "0";
      line->high = value->state & DK_TRUE ? "1" : "0";
    }
}

static void
set_step (DkCalc       *calc,
          Line         *line,
          const DkStep *step)
{
  line->low = L (step);
  line->high = H (step);
  line->has = V (step);
  line->undefined = dk_calc_part (calc, step, DK_PART_UNDEFINED);
  line->na = dk_calc_part (calc, step, DK_PART_NA);
  line->step = step;
}

/* Joins the lines that may be the one. */
static void
join_lines (DkCalc       *calc,
            const Line   *lines,
            guint         n,
            const DkStep *dst,
            const char   *undefined,
            const char   *na,
            DkFormulas   *out)
{
  g_autoptr(GPtrArray) has = g_ptr_array_new (), may_be_undefined = g_ptr_array_new (), may_be_na = g_ptr_array_new ();
  g_autoptr(GPtrArray) lows = g_ptr_array_new (), highs = g_ptr_array_new ();

  g_ptr_array_add (may_be_undefined, (gpointer) undefined);
  g_ptr_array_add (may_be_na, (gpointer) na);
  for (guint i = 0; i < n; i++)
    {
      const char *fits = dk_calc_and (calc, lines[i].fits, lines[i].has, NULL), *when;

      g_ptr_array_add (may_be_undefined, (gpointer) dk_calc_and (calc, lines[i].fits, lines[i].undefined, NULL));
      g_ptr_array_add (may_be_na, (gpointer) dk_calc_and (calc, lines[i].fits, lines[i].na, NULL));
      if (dst->kind == DK_KIND_TRUTH)
        {
          g_ptr_array_add (lows, (gpointer) dk_calc_and (calc, lines[i].fits, lines[i].low, NULL));
          g_ptr_array_add (highs, (gpointer) dk_calc_and (calc, lines[i].fits, lines[i].high, NULL));
          continue;
        }
      g_ptr_array_add (has, (gpointer) fits);
      if (dst->kind == DK_KIND_CHOICE || g_str_equal (fits, "0"))
        continue;
      when = g_str_equal (lines[i].has, "1") ? lines[i].when : dk_calc_text (calc, "%s=1", fits);
      g_ptr_array_add (lows, (gpointer) dk_calc_text (calc, "IF(%s,%s," DK_SHEET_BEYOND ")", when, lines[i].low));
      g_ptr_array_add (highs, (gpointer) dk_calc_text (calc, "IF(%s,%s,-" DK_SHEET_BEYOND ")", when, lines[i].high));
    }
  out->parts[DK_PART_UNDEFINED] = dk_calc_or_all (calc, may_be_undefined);
  out->parts[DK_PART_NA] = dk_calc_or_all (calc, may_be_na);
  out->parts[DK_PART_HAS] = dk_calc_or_all (calc, has);
  if (dst->kind == DK_KIND_TRUTH)
    {
      out->parts[DK_PART_NOT_MET] = dk_calc_or_all (calc, lows);
      out->parts[DK_PART_MET] = dk_calc_or_all (calc, highs);
    }
  else if (dst->kind == DK_KIND_CHOICE)
    for (guint o = 0; o < dst->n_options; o++)
      {
        g_autoptr(GPtrArray) bits = g_ptr_array_new ();

        for (guint i = 0; i < n; i++)
          if (lines[i].step != NULL)
            g_ptr_array_add (bits, (gpointer) dk_calc_and (calc, lines[i].fits, dk_calc_option (calc, lines[i].step, o), NULL));
          else if (lines[i].options & ((guint64) 1 << o))
            g_ptr_array_add (bits, (gpointer) lines[i].fits);
        out->extra[o] = dk_calc_or_all (calc, bits);
      }
  else if (lows->len == 0)
    dk_calc_set_bounds (calc, dst, out, "0", "0");
  else
    dk_calc_set_bounds (calc, dst, out, dk_calc_join (calc, "MIN", lows), dk_calc_join (calc, "MAX", highs));
}

/* A constant of a table on the sheet of figures. */
static void
write_constant (DkCalc        *calc,
                guint          row,
                guint          column,
                const DkValue *value,
                DkKind         kind,
                Line          *line)
{
  set_constant (line, value, kind);
  if (kind == DK_KIND_TRUTH || kind == DK_KIND_CHOICE || !(value->state & DK_VALUE_BITS))
    return;
  line->low = line->high = dk_calc_figure (calc, row, column, value->low, kind);
  if (value->state & DK_RANGE)
    line->high = dk_calc_figure (calc, row, column + 1, value->high, kind);
}

static const char *
name_step (DkCalc        *calc,
           const DkInstr *instr)
{
  const char *name = calc->names[instr->dst], *text = calc->texts[instr->dst];

  return name != NULL ? name : text != NULL ? text : "";
}

/* For each row a cell: 0 cannot be the one, 1 may be, 2 is. */
static gboolean
band (DkCalc        *calc,
      const DkInstr *instr,
      const DkStep  *dst,
      DkFormulas    *out)
{
  static const char *const signs[] = { "<", "≤", ">", "≥", "=", "≠" };
  const DkBandTable *table = g_ptr_array_index (calc->program->bands, instr->b);
  const DkStep *x = dk_calc_step (calc, instr->a);
  g_autofree Line *lines = g_new0 (Line, table->n + 1);
  const char *first = dk_calc_extra (calc, dst, dst->n_options);
  const char *has = V (x), *undefined = dk_calc_part (calc, x, DK_PART_UNDEFINED), *na = dk_calc_part (calc, x, DK_PART_NA);

  for (guint r = 0; r <= table->n; r++)
    {
      const char *cell = dk_calc_extra (calc, dst, dst->n_options + r), *fit = "1";

      if (r < table->n)
        {
          g_autofree char *what = g_strdup_printf ("%s: %s", name_step (calc, instr), signs[table->rows[r].op]);
          guint row = dk_calc_add_figure (calc, what);
          const char *edge = dk_calc_figure (calc, row, 1, table->rows[r].edge, x->kind), *can, *cannot;

          write_constant (calc, row, 2, &table->rows[r].result, table->kind, &lines[r]);
          dk_calc_compare (calc, table->rows[r].op, x->kind != DK_KIND_NUMBER, L (x), H (x), edge, edge, &can, &cannot);
          fit = dk_calc_text (calc, "IF(%s,IF(%s,1,2),0)", can, cannot);
        }
      else if (table->has_else)
        {
          g_autofree char *what = g_strdup_printf (dk_tr (calc->language, N_("%s: otherwise")), name_step (calc, instr));

          write_constant (calc, dk_calc_add_figure (calc, what), 2, &table->otherwise, table->kind, &lines[r]);
        }
      if (r > 0)
        fit = dk_calc_text (calc, "IF(MAX(%s:%s)=2,0,%s)", first, dk_calc_extra (calc, dst, dst->n_options + r - 1), fit);
      if (!g_str_equal (has, "1"))
        fit = dk_calc_text (calc, "IF(%s=0,0,%s)", has, fit);
      out->extra[dst->n_options + r] = fit;
      lines[r].when = dk_calc_text (calc, "%s>0", cell);
      lines[r].fits = dk_calc_bit (calc, "%s", lines[r].when);
    }
  if (!table->has_else)
    undefined = dk_calc_or (calc, undefined, lines[table->n].fits, NULL);
  join_lines (calc, lines, table->n + table->has_else, dst, undefined, na, out);
  return TRUE;
}

/* Figures and rules that hold from a day to a day: all those of the days that the day can be. */
static gboolean
look_up (DkCalc        *calc,
         const DkInstr *instr,
         const DkStep  *day,
         guint          n,
         const DkDated *entries,
         const guint32 *regs,
         DkPart         missing,
         const DkStep  *dst,
         DkFormulas    *out)
{
  g_autofree Line *lines = g_new0 (Line, n + 1);
  g_autoptr(GPtrArray) covered = g_ptr_array_new ();
  const char *low = L (day), *high = H (day), *has = V (day), *is_missing;
  const char *flags = dk_calc_or (calc, dk_calc_not (calc, has), dk_calc_part (calc, day, DK_PART_UNDEFINED), dk_calc_part (calc, day, DK_PART_NA), NULL);

  for (guint i = 0; i < n; i++)
    {
      guint row = dk_calc_add_figure (calc, name_step (calc, instr));
      gboolean is_open = entries[i].to == G_MAXINT64;
      const char *from = dk_calc_figure (calc, row, 1, DK_NUMBER (entries[i].from), DK_KIND_DATE);
      const char *to = is_open ? DK_SHEET_INFINITY : dk_calc_figure (calc, row, 2, DK_NUMBER (entries[i].to), DK_KIND_DATE);

      out->extra[dst->n_options + i] = dk_calc_and (calc, has, is_open ? dk_calc_bit (calc, "%s>=%s", high, from)
                                                                       : dk_calc_bit (calc, "AND(%s>=%s,%s<=%s)", high, from, low, to), NULL);
      lines[i].fits = dk_calc_extra (calc, dst, dst->n_options + i);
      lines[i].when = dk_calc_text (calc, "%s=1", lines[i].fits);
      if (regs != NULL)
        set_step (calc, &lines[i], dk_calc_step (calc, regs[i]));
      else
        write_constant (calc, row, 3, &entries[i].value, DK_KIND_NUMBER, &lines[i]);
      g_ptr_array_add (covered, (gpointer) dk_calc_text (calc, "%s*(MIN(%s,%s)-MAX(%s,%s)+1)", lines[i].fits, high, to, low, from));
    }
  if (n == 0)
    return FALSE;
  is_missing = dk_calc_or (calc, flags, dk_calc_bit (calc, "%s<%s-%s+1", dk_calc_join (calc, "SUM", covered), high, low), NULL);
  join_lines (calc, lines, n, dst, missing == DK_PART_UNDEFINED ? is_missing : "0", missing == DK_PART_NA ? is_missing : "0", out);
  return TRUE;
}

static const DkCodes *
find_codes (DkCalc *calc,
            guint   reg)
{
  const DkExpr *expr = calc->exprs[reg];

  return expr != NULL && expr->kind == DK_EXPR_IN && expr->args[0]->out_kind == DK_KIND_CODE ? expr->args[0]->out_codes : NULL;
}

/* The codes of a table that are in the set, or out of it, by the places where they stand. */
static gboolean
code_in (DkCalc        *calc,
         const DkInstr *instr,
         DkFormulas    *out)
{
  const DkCodeSet *set = g_ptr_array_index (calc->program->code_sets, instr->b);
  const DkStep *code = dk_calc_step (calc, instr->a);
  const DkCodes *codes = find_codes (calc, instr->dst);
  g_autoptr(GArray) edges = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint first_row[2], last_row[2];
  const char *parts[2];
  gint64 end = codes != NULL ? codes->codes->len : G_MAXINT32;

  if (!(code->hull.state & DK_VALUE_BITS) || set->n == 0)
    return FALSE;
  for (gint64 at = 0; at < end;)
    {
      gint64 next = end;

      g_array_append_val (edges, at);
      for (guint i = 0; i < set->n; i++)
        {
          if (set->spans[i].first > at)
            next = MIN (next, set->spans[i].first);
          if (set->spans[i].last + 1 > at)
            next = MIN (next, set->spans[i].last + 1);
        }
      at = next;
    }
  /* First the spans inside, then those outside; neighbours of one kind are one span. */
  for (guint kind = 0; kind < 2; kind++)
    {
      const char *title = kind == 0 ? dk_tr (calc->language, N_("%s: codes inside, from and to")) : dk_tr (calc->language, N_("%s: codes outside, from and to"));

      first_row[kind] = calc->n_figures;
      for (guint e = 0; e < edges->len; e++)
        {
          gint64 from = g_array_index (edges, gint64, e), to;
          g_autofree char *what = NULL;
          guint row;
          gboolean is_inside[2] = { FALSE, FALSE };
          guint last = e;

          for (; last < edges->len; last++)
            {
              gboolean inside = FALSE, outside = FALSE;
              gint64 at = g_array_index (edges, gint64, last);

              for (guint i = 0; i < set->n; i++)
                if (at >= set->spans[i].first && at <= set->spans[i].last)
                  {
                    inside = inside || !set->spans[i].exclude;
                    outside = outside || set->spans[i].exclude;
                  }
              is_inside[last > e] = inside && !outside;
              if (last > e && is_inside[1] != is_inside[0])
                break;
            }
          to = (last < edges->len ? g_array_index (edges, gint64, last) : end) - 1;
          e = last - 1;
          if (is_inside[0] != (kind == 0))
            continue;
          what = g_strdup_printf (title, name_step (calc, instr));
          row = dk_calc_add_figure (calc, what);
          dk_calc_figure (calc, row, 1, DK_NUMBER (from), DK_KIND_NUMBER);
          dk_calc_figure (calc, row, 2, DK_NUMBER (to), DK_KIND_NUMBER);
          if (codes != NULL && !calc->has_figures)
            {
              dk_sheet_set_text (calc->figures, row, 3, g_ptr_array_index (codes->codes, (guint) from), DK_LOOK_TEXT, 0);
              dk_sheet_set_text (calc->figures, row, 4, g_ptr_array_index (codes->codes, (guint) to), DK_LOOK_TEXT, 0);
            }
        }
      last_row[kind] = calc->n_figures - 1;
    }
  for (guint kind = 0; kind < 2; kind++)
    {
      if (last_row[kind] + 1 == first_row[kind])
        {
          parts[kind] = "0";
          continue;
        }
      parts[kind] = dk_calc_and (calc, V (code), dk_calc_bit (calc, "SUMPRODUCT((%s<=%s)*(%s>=%s))>0",
                                                              dk_calc_range (calc, calc->figures, first_row[kind], 1, last_row[kind], 1), H (code),
                                                              dk_calc_range (calc, calc->figures, first_row[kind], 2, last_row[kind], 2), L (code)), NULL);
    }
  out->parts[DK_PART_MET] = parts[0];
  out->parts[DK_PART_NOT_MET] = parts[1];
  out->parts[DK_PART_UNDEFINED] = dk_calc_part (calc, code, DK_PART_UNDEFINED);
  out->parts[DK_PART_NA] = dk_calc_part (calc, code, DK_PART_NA);
  return TRUE;
}

gboolean
dk_calc_translate_table (DkCalc        *calc,
                         const DkInstr *instr,
                         const DkStep  *dst,
                         DkFormulas    *out)
{
  const DkDatedTable *table;

  switch ((DkOp) instr->op)
    {
    case DK_OP_BAND:
      return band (calc, instr, dst, out);

    case DK_OP_PARAMETER:
      table = g_ptr_array_index (calc->program->dated, instr->b);
      return look_up (calc, instr, dk_calc_step (calc, instr->a), table->n, table->entries, NULL, DK_PART_UNDEFINED, dst, out);

    case DK_OP_PICK:
    case DK_OP_PICK_CHOICE:
    case DK_OP_PICK_TRUTH:
      table = g_ptr_array_index (calc->program->dated, instr->c);
      return look_up (calc, instr, dk_calc_step (calc, instr->b), table->n, table->entries,
                      &g_array_index (calc->program->lists, guint32, instr->a), DK_PART_NA, dst, out);

    case DK_OP_CODE_IN:
      return code_in (calc, instr, out);

    default:
      return FALSE;
    }
}

guint
dk_calc_count_extra (DkCalc        *calc,
                     const DkInstr *instr)
{
  switch ((DkOp) instr->op)
    {
    case DK_OP_BAND:
      return ((const DkBandTable *) g_ptr_array_index (calc->program->bands, instr->b))->n + 1;

    case DK_OP_PARAMETER:
      return ((const DkDatedTable *) g_ptr_array_index (calc->program->dated, instr->b))->n;

    case DK_OP_PICK:
    case DK_OP_PICK_CHOICE:
    case DK_OP_PICK_TRUTH:
      return ((const DkDatedTable *) g_ptr_array_index (calc->program->dated, instr->c))->n;

    case DK_OP_SUM_AVAILABLE:
    case DK_OP_MIN_AVAILABLE:
    case DK_OP_MAX_AVAILABLE:
      return instr->n > 2 ? 4 * (instr->n - 2) : 0;

    default:
      return 0;
    }
}

static char *
band_fit_now (DkCalc            *calc,
              const DkValue     *x,
              const DkBandTable *table,
              guint              row)
{
  for (guint r = 0; r <= row; r++)
    {
      DkValue pure = { x->low, x->high, x->state & DK_VALUE_BITS };
      DkValue edge;
      guint32 bits;

      if (!(x->state & DK_VALUE_BITS))
        return g_strdup ("0");
      if (r == table->n)
        return g_strdup ("1");
      edge = DK_VALUE_POINT (table->rows[r].edge);
      bits = dk_value_compare (table->rows[r].op, &pure, &edge);
      if (r == row)
        return g_strdup (bits == DK_TRUE ? "2" : bits & DK_TRUE ? "1" : "0");
      if (bits == DK_TRUE)
        break;
    }
  return g_strdup ("0");
}

static char *
day_fit_now (DkCalc        *calc,
             const DkValue *day,
             const DkDated *entry)
{
  gboolean fits = (day->state & DK_VALUE_BITS) != 0 && dk_number_compare (dk_value_high (day), DK_NUMBER (entry->from)) >= 0
                  && (entry->to == G_MAXINT64 || dk_number_compare (day->low, DK_NUMBER (entry->to)) <= 0);

  return g_strdup (fits ? "1" : "0");
}

/**
 * dk_calc_extra_value:
 * @i: which of the cells that dk_calc_count_extra () counts
 *
 * Returns: (transfer full): what the cell holds now
 */
char *
dk_calc_extra_value (DkCalc        *calc,
                     const DkInstr *instr,
                     guint          i)
{
  const DkValue *regs = calc->run->regs;

  switch ((DkOp) instr->op)
    {
    case DK_OP_BAND:
      return band_fit_now (calc, &regs[instr->a], g_ptr_array_index (calc->program->bands, instr->b), i);

    case DK_OP_PARAMETER:
      return day_fit_now (calc, &regs[instr->a], &((const DkDatedTable *) g_ptr_array_index (calc->program->dated, instr->b))->entries[i]);

    case DK_OP_PICK:
    case DK_OP_PICK_CHOICE:
    case DK_OP_PICK_TRUTH:
      return day_fit_now (calc, &regs[instr->b], &((const DkDatedTable *) g_ptr_array_index (calc->program->dated, instr->c))->entries[i]);

    default:
      {
        /* The same with fewer operands; a run has a register to spare. */
        DkInstr some = *instr;
        DkPart parts[] = { DK_PART_LOW, DK_PART_HIGH, DK_PART_HAS, DK_PART_UNDEFINED };

        some.n = (guint16) (i / 4 + 2);
        some.dst = dk_program_n_registers (calc->program);
        dk_machine_execute (calc->run, &some, 1);
        return dk_calc_value (calc, &regs[some.dst], dk_program_get_kind (calc->program, instr->dst), parts[i % 4]);
      }
    }
}
