/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>

/* Choices of the enterprise. That an option is for the best no formula says: the search is the engine's, and its result a text of the
 * day of export. But each choice has a cell with the option that was found, which may be changed, and what rests on it is live. */

/* Sets what an instruction gives in the sheets where that is not what the machine gives; @is_hull: all that it can ever be there. */
void
dk_calc_replace_choice (DkCalc        *calc,
                        DkRun         *run,
                        const DkInstr *instr,
                        gboolean       is_hull)
{
  switch ((DkOp) instr->op)
    {
    case DK_OP_CHOSEN:
      if (is_hull)
        {
          run->regs[instr->dst] = DK_VALUE_CHOICE (((guint64) 1 << instr->c) - 1);
          run->regs[instr->dst].state |= DK_UNDEFINED;
        }
      else
        {
          run->regs[instr->dst] = calc->assessment->run->regs[instr->dst];
          run->regs[instr->dst].state &= DK_STATE_BITS;
        }
      break;

    case DK_OP_OPTIMUM:
      /* What it comes to with the options in the cells. */
      run->regs[instr->dst] = run->regs[instr->b];
      break;

    default:
      break;
    }
}

static const DkItem *
find_choice (DkCalc *calc,
             guint   reg)
{
  GPtrArray *packs = dk_rulebook_get_packs (calc->assessment->book);

  for (guint p = 0; p < packs->len; p++)
    {
      const DkPack *pack = g_ptr_array_index (packs, p);

      for (guint v = 0; v < pack->versions->len; v++)
        {
          const DkDecisions *decisions = ((const DkVersion *) g_ptr_array_index (pack->versions, v))->decisions;

          for (guint i = 0; decisions != NULL && i < decisions->choices->len; i++)
            {
              const DkItem *choice = g_ptr_array_index (decisions->choices, i);

              if (choice->value_reg == reg)
                return choice;
            }
        }
    }
  g_assert_not_reached ();
}

static gboolean
can_be (const DkValue *value,
        guint          option)
{
  return (value->state & DK_VALUE_BITS) && (((guint64) value->low.num >> option) & 1);
}

/* A cell with the option, as a text that may be changed; empty: as it was found. */
static void
write_switch (DkCalc        *calc,
              const DkInstr *instr,
              DkStep        *step)
{
  const DkItem *choice = find_choice (calc, instr->dst);
  const DkValue *value = &calc->run->regs[instr->dst];
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  g_autofree const char **extra = NULL;
  DkFormulas out = { { NULL }, NULL };
  const char *cell, *found = NULL, *is_set;
  guint column;
  char *none[] = { NULL };

  dk_calc_place (calc, step, calc->names[instr->dst], calc->texts[instr->dst], 1);
  column = step->first_extra + step->n_options;
  for (guint i = 0; i < instr->c; i++)
    {
      const char *label = dk_text_get (g_ptr_array_index (choice->choices->labels, i), calc->language);

      g_ptr_array_add (labels, (gpointer) label);
      if (dk_value_is_settled (value) && can_be (value, i))
        found = label;
    }
  g_ptr_array_add (labels, NULL);
  if (found != NULL)
    dk_sheet_set_text (step->sheet, step->row, column, found, DK_LOOK_TEXT, DK_CELL_INPUT | DK_CELL_BORDER);
  else
    dk_sheet_set_blank (step->sheet, step->row, column, DK_LOOK_TEXT, DK_CELL_INPUT | DK_CELL_BORDER);
  dk_sheet_set_choices (step->sheet, step->row, column, (const char *const *) labels->pdata);
  dk_sheet_set_comment (step->sheet, step->row, column,
                        dk_tr (calc->language, N_("The option that was found to be for the best on the day of export. Another one may be put here: what rests on it is computed anew.")));

  cell = dk_calc_cell (calc, step->sheet, step->row, column);
  is_set = dk_calc_bit (calc, "%s<>\"\"", cell);
  extra = g_new0 (const char *, step->n_extra + 1);
  out.extra = extra;
  for (guint i = 0; i < step->n_options; i++)
    extra[i] = dk_calc_text (calc, "IF(%s=1,IF(%s=%s,1,0),%s)", is_set, cell, dk_calc_quote (calc, g_ptr_array_index (labels, i)),
                             can_be (value, i) ? "1" : "0");
  out.parts[DK_PART_HAS] = dk_calc_text (calc, "IF(%s=1,1,%s)", is_set, value->state & DK_VALUE_BITS ? "1" : "0");
  out.parts[DK_PART_UNDEFINED] = dk_calc_text (calc, "IF(%s=1,0,%s)", is_set, value->state & DK_UNDEFINED ? "1" : "0");
  out.parts[DK_PART_NA] = "0";
  dk_calc_write_step (calc, step, &out, value, none);
}

gboolean
dk_calc_add_choice (DkCalc        *calc,
                    const DkInstr *instr,
                    DkStep        *step)
{
  const DkStep *objective;
  g_autofree const char **extra = NULL;
  DkFormulas out = { { NULL }, NULL };

  switch ((DkOp) instr->op)
    {
    case DK_OP_CHOOSE:
      step->is_fixed = TRUE;
      return TRUE;

    case DK_OP_CHOSEN:
      write_switch (calc, instr, step);
      return TRUE;

    case DK_OP_OPTIMUM:
      objective = calc->steps[instr->b];
      if (objective == NULL || objective->is_fixed)
        {
          step->is_fixed = TRUE;
          return TRUE;
        }
      dk_calc_place (calc, step, calc->names[instr->dst], calc->texts[instr->dst], 0);
      extra = g_new0 (const char *, step->n_extra + 1);
      out.extra = extra;
      for (guint i = 0; i < DK_PART_ANSWERED; i++)
        out.parts[i] = dk_calc_part (calc, objective, i);
      dk_calc_write_step (calc, step, &out, &calc->run->regs[instr->dst], NULL);
      return TRUE;

    default:
      return FALSE;
    }
}
