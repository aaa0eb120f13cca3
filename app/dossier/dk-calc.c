/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calc"

#include "dk-calc-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The program is run once more as the sheets will compute it: bounds are not refined where a fact stands in several places.
 * What that run holds is written into the cells, so that a program that does not compute shows what one that does would. */

#define FIRST_ROW 1

static void
free_row_sheet (gpointer data)
{
  DkRowSheet *rows = data;

  g_free (rows->columns);
  g_hash_table_unref (rows->shared);
  g_ptr_array_unref (rows->patterns);
  g_free (rows);
}

static void
free_step (gpointer data)
{
  DkStep *step = data;

  g_free (step->constants[0]);
  g_free (step->constants[1]);
  g_free (step);
}

void
dk_calc_free (DkCalc *calc)
{
  guint n;

  if (calc == NULL)
    return;
  n = dk_program_n_registers (calc->program);
  for (guint i = 0; i < n; i++)
    {
      g_free (calc->names[i]);
      g_free (calc->texts[i]);
    }
  g_free (calc->names);
  g_free (calc->texts);
  g_free (calc->exprs);
  g_free (calc->steps);
  g_ptr_array_unref (calc->owned);
  g_ptr_array_unref (calc->facts);
  g_ptr_array_unref (calc->row_sheets);
  g_ptr_array_unref (calc->fixed);
  g_ptr_array_unref (calc->looser);
  g_hash_table_unref (calc->lists);
  g_hash_table_unref (calc->figure_lines);
  g_string_chunk_free (calc->chunk);
  g_string_free (calc->filled, TRUE);
  dk_run_free (calc->run);
  dk_run_free (calc->hull);
  dk_enterprise_free (calc->enterprise);
  dk_arena_free (calc->arena);
  g_free (calc->language);
  g_free (calc);
}

/* Words for the steps */

/* What is written in the pack between the first and the last character of the expression. */
static char *
get_source (const DkExpr *expr)
{
  const char *text = expr->scalar != NULL ? expr->scalar->text : NULL;
  g_autofree char *part = NULL;
  g_auto(GStrv) words = NULL;
  g_autoptr(GString) line = g_string_new (NULL);

  if (text == NULL || expr->end <= expr->offset || expr->end > strlen (text))
    return NULL;
  part = g_strndup (text + expr->offset, expr->end - expr->offset);
  words = g_strsplit_set (part, " \n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* @item: the rule in which it stands. What several rules ask for bears the name of the first.
 * @other_years: also what named values are in other years */
static void
name_expr (DkCalc       *calc,
           const DkExpr *expr,
           const DkItem *item,
           gboolean      other_years)
{
  if (expr == NULL)
    return;
  for (guint i = 0; i < expr->n_args; i++)
    name_expr (calc, expr->args[i], item, other_years);
  for (guint i = 0; i < expr->n_rows; i++)
    {
      name_expr (calc, expr->rows[i].edge, item, other_years);
      name_expr (calc, expr->rows[i].result, item, other_years);
    }
  for (guint i = 0; other_years && expr->instances != NULL && i < expr->n_regs; i++)
    if (expr->instances[i] != expr->item->value)
      name_expr (calc, expr->instances[i], expr->item, TRUE);
  for (guint i = 0; expr->regs != NULL && i < expr->n_regs; i++)
    {
      guint reg = expr->regs[i];

      if (reg >= dk_program_n_registers (calc->program) || calc->exprs[reg] != NULL)
        continue;
      calc->exprs[reg] = expr;
      calc->texts[reg] = get_source (expr);
      if (item != NULL)
        calc->names[reg] = g_strdup (item->id);
      if (expr->kind == DK_EXPR_BAND && calc->texts[reg] == NULL)
        {
          g_autofree char *of = get_source (expr->args[0]);

          calc->texts[reg] = g_strdup_printf ("%s → …", of != NULL ? of : "…");
        }
    }
}

/* The value or verdict of a rule: its title before what is written there. */
static void
name_register (DkCalc       *calc,
               gboolean     *is_named,
               guint         reg,
               const DkItem *item,
               const char   *format)
{
  g_autofree char *source = NULL, *title = NULL;

  if (reg == DK_NO_REGISTER || is_named[reg])
    return;
  is_named[reg] = TRUE;
  g_free (calc->names[reg]);
  calc->names[reg] = g_strdup (item->id);
  source = g_steal_pointer (&calc->texts[reg]);
  title = g_strdup_printf (format, dk_text_get (&item->title, calc->language));
  calc->texts[reg] = source != NULL ? g_strdup_printf ("%s: %s", title, source) : g_steal_pointer (&title);
}

static void
name_version (DkCalc          *calc,
              const DkVersion *version,
              gboolean        *is_named)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < version->items->len; i++)
      {
        const DkItem *item = g_ptr_array_index (version->items, i);

        name_expr (calc, item->applies, item, pass == 1);
        name_expr (calc, item->value, item, pass == 1);
        name_expr (calc, item->require, item, pass == 1);
      }
  for (guint i = 0; i < version->items->len; i++)
    {
      const DkItem *item = g_ptr_array_index (version->items, i);

      /* A value that only names another rule keeps that one's name. */
      if (item->value == NULL || item->value->item == NULL)
        name_register (calc, is_named, item->value_reg, item, "%s");
      if (item->verdict_reg != item->value_reg)
        name_register (calc, is_named, item->verdict_reg, item, dk_tr (calc->language, N_("%s, verdict")));
    }
}

/* Steps between: what a rule computes on its way has the name of what it is for. */
static void
name_instr (DkCalc        *calc,
            const DkInstr *instr)
{
  guint32 operands[3] = { DK_NO_REGISTER, DK_NO_REGISTER, DK_NO_REGISTER };
  guint n;

  if (instr->op == DK_OP_DERIVE || instr->op == DK_OP_DERIVE_CHOICE || instr->op == DK_OP_DERIVE_TRUTH)
    {
      const DkExpr *expr = calc->exprs[instr->dst];

      if (expr == NULL || expr->fact == NULL)
        return;
      g_free (calc->names[instr->dst]);
      g_free (calc->texts[instr->dst]);
      calc->names[instr->dst] = g_strdup (expr->fact->id);
      calc->texts[instr->dst] = g_strdup_printf (dk_tr (calc->language, N_("%s, or else %s")), dk_text_get (&expr->fact->label, calc->language),
                                                 expr->fact->derive);
      if (calc->texts[instr->b] == NULL)
        {
          calc->names[instr->b] = g_strdup (expr->fact->id);
          calc->texts[instr->b] = g_strdup (expr->fact->derive);
        }
      return;
    }
  if (calc->texts[instr->dst] == NULL && (instr->op == DK_OP_SELECT || instr->op == DK_OP_SELECT_CHOICE || instr->op == DK_OP_SELECT_TRUTH))
    /* TRANSLATORS: the lines of a table behind those that were looked at */
    calc->texts[instr->dst] = g_strdup (dk_tr (calc->language, N_("the other cases")));
  n = MIN (dk_instr_get_operands (calc->program, instr, operands, 3), 3);
  for (guint i = 0; i < n && calc->names[instr->dst] != NULL; i++)
    if (calc->names[operands[i]] == NULL)
      calc->names[operands[i]] = g_strdup (calc->names[instr->dst]);
}

static void
name_steps (DkCalc *calc)
{
  GPtrArray *packs = dk_rulebook_get_packs (calc->assessment->book);
  g_autofree gboolean *is_named = g_new0 (gboolean, dk_program_n_registers (calc->program) + 1);

  for (guint p = 0; p < packs->len; p++)
    {
      const DkPack *pack = g_ptr_array_index (packs, p);

      name_expr (calc, pack->select, NULL, TRUE);
      for (guint v = 0; v < pack->versions->len; v++)
        name_version (calc, g_ptr_array_index (pack->versions, v), is_named);
    }
  for (guint i = calc->program->code->len; i-- > 0;)
    name_instr (calc, &g_array_index (calc->program->code, DkInstr, i));
}

/* What can ever be: the program over all that facts can be, and rows of which nothing is known. */

static void
execute_over_everything (DkCalc *calc)
{
  DkRun *run = calc->hull;
  const DkProgram *program = run->program;

  for (guint i = 0; i < program->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (program->code, DkInstr, i);

      run->work = DK_RUN_MAX_WORK;
      dk_machine_execute (run, instr, 1);
      dk_calc_replace_choice (calc, run, instr, TRUE);
      if (instr->op == DK_OP_DERIVE || instr->op == DK_OP_DERIVE_CHOICE || instr->op == DK_OP_DERIVE_TRUTH)
        {
          /* It may also be answered; and what it is derived as stands, even outside what such a fact can be. */
          guint8 kind = g_array_index (program->kinds, guint8, instr->dst);

          run->regs[instr->dst] = dk_value_join (&run->regs[instr->dst], &run->regs[instr->a], kind);
          run->regs[instr->dst] = dk_value_join (&run->regs[instr->dst], &run->regs[instr->b], kind);
        }
      if (instr->op == DK_OP_AGGREGATE)
        {
          const DkAggregate *aggregate = g_ptr_array_index (program->aggregates, instr->b);
          const DkRegister *table = g_ptr_array_index (program->scope->registers, aggregate->reg);

          for (guint c = 0; c < aggregate->n_used; c++)
            {
              run->regs[aggregate->column_regs[c]] = ((const DkSymbol *) g_ptr_array_index (table->columns, aggregate->columns[c]))->domain;
              run->regs[aggregate->column_regs[c]].state &= DK_STATE_BITS;
            }
          dk_machine_execute (run, (const DkInstr *) (gpointer) aggregate->code->data, aggregate->code->len);
        }
    }
}

static void
find_hull (DkCalc *calc)
{
  const DkSlot *slots = dk_program_get_slots (calc->program);

  calc->hull = dk_run_new (calc->program);
  for (guint i = 0; i < dk_program_n_slots (calc->program); i++)
    {
      DkValue value = DK_VALUE_POINT (DK_NUMBER (calc->assessment->last_year));

      if (slots[i].kind == DK_SLOT_AS_OF)
        value = DK_VALUE_RANGE (DK_NUMBER (dk_date_from_ymd (1901, 1, 1)), DK_NUMBER (dk_date_from_ymd (2199, 12, 31)));
      else if (slots[i].kind == DK_SLOT_FACT)
        {
          value = slots[i].fact->domain;
          if (slots[i].fact->period != DK_PERIOD_NONE && calc->scope->founded != NULL)
            value.state |= DK_UNDEFINED;
          value.state |= DK_UNANSWERED;
        }
      calc->hull->regs[slots[i].reg] = value;
    }
  execute_over_everything (calc);
}

/* A root as the sheet has it: to nine digits, down and up. */
static void
widen_root (DkCalc  *calc,
            DkValue *value)
{
  DkNumber billion = DK_NUMBER (1000000000);
  DkNumber high = dk_value_high (value);

  if (!(value->state & DK_VALUE_BITS))
    return;
  value->low = dk_number_div (dk_number_floor (dk_number_mul (value->low, billion, calc->arena), calc->arena), billion, calc->arena);
  if (dk_number_is_finite (high))
    high = dk_number_div (dk_number_ceil (dk_number_mul (high, billion, calc->arena), calc->arena), billion, calc->arena);
  *value = dk_value_make (value->low, high, value->state & (DK_UNDEFINED | DK_NA));
}

static void
run_now (DkCalc *calc)
{
  const GArray *code = calc->program->code;

  calc->run = dk_run_new (calc->program);
  calc->run->rows = dk_enterprise_get_all_rows (calc->enterprise);
  dk_enterprise_bind (calc->enterprise, dk_program_get_slots (calc->program), dk_program_n_slots (calc->program),
                      calc->assessment->as_of, calc->assessment->last_year, calc->run->regs);
  calc->run->work = DK_RUN_MAX_WORK;
  for (guint i = 0; i < code->len; i++)
    {
      const DkInstr *instr = &g_array_index (code, DkInstr, i);

      dk_machine_execute (calc->run, instr, 1);
      if (instr->op == DK_OP_ROOT)
        widen_root (calc, &calc->run->regs[instr->dst]);
      dk_calc_replace_choice (calc, calc->run, instr, FALSE);
    }
}

/* What is needed */

static void
need (GArray *regs,
      guint   reg)
{
  if (reg != DK_NO_REGISTER)
    g_array_append_val (regs, reg);
}

static void
collect_needs (DkCalc         *calc,
               const DkResult *result,
               GArray         *regs)
{
  const DkItem *item = result->item;

  if (!result->is_programme || result->in_force != NULL)
    {
      dk_assessment_add_registers (calc->assessment, result, regs);
      need (regs, item->value_reg);
      need (regs, item->threshold_reg);
      need (regs, item->measured_reg);
      if (item->kind == DK_ITEM_AT_LEAST)
        for (guint i = 0; i < item->children->len; i++)
          need (regs, dk_assessment_resolve (calc->assessment, g_ptr_array_index (item->children, i), item)->verdict_reg);
    }
  for (guint i = 0; i < dk_result_n_children (result); i++)
    collect_needs (calc, dk_result_get_child (result, i), regs);
}

/* Of what holds figures against each other, that which goes through no rows: row against row would be more formulas than all
 * programmes have. */
static void
collect_checks (DkCalc         *calc,
                const DkResult *result,
                GArray         *regs)
{
  const DkItem *item = result->item;
  gboolean reads_rows = FALSE;

  if (item->kind == DK_ITEM_LIST)
    {
      for (guint i = 0; i < dk_result_n_children (result); i++)
        collect_checks (calc, dk_result_get_child (result, i), regs);
      return;
    }
  for (guint i = 0; i < calc->scope->registers->len && item->verdict_reg != DK_NO_REGISTER; i++)
    reads_rows = reads_rows || dk_program_reads_rows (calc->program, item->verdict_reg, i);
  if (!reads_rows)
    collect_needs (calc, result, regs);
}

gboolean
dk_calc_rests_on_fixed (DkCalc        *calc,
                        const DkInstr *instr)
{
  guint32 few[16];
  g_autofree guint32 *many = NULL;
  guint32 *operands = few;
  guint n = dk_instr_get_operands (calc->program, instr, few, G_N_ELEMENTS (few));

  if (n > G_N_ELEMENTS (few))
    {
      operands = many = g_new (guint32, n);
      dk_instr_get_operands (calc->program, instr, many, n);
    }
  for (guint i = 0; i < n; i++)
    if (calc->steps[operands[i]] == NULL || calc->steps[operands[i]]->is_fixed)
      return TRUE;
  return FALSE;
}

/**
 * dk_calc_translate:
 * @dst: where the result will stand
 *
 * Makes the formulas of an instruction. In the rows of a register it is asked for each of them; its figures are written once.
 *
 * Returns: %FALSE if no formula can say it
 */
gboolean
dk_calc_translate (DkCalc        *calc,
                   const DkInstr *instr,
                   const DkStep  *dst,
                   DkFormulas    *out)
{
  gpointer known = g_hash_table_lookup (calc->figure_lines, GUINT_TO_POINTER (instr->dst));
  guint n_figures = calc->n_figures;
  gboolean ok;

  if (dst->kind == DK_KIND_TEXT)
    return FALSE;
  if (known != NULL)
    {
      calc->has_figures = TRUE;
      calc->n_figures = GPOINTER_TO_UINT (known) - 1;
    }
  else
    g_hash_table_insert (calc->figure_lines, GUINT_TO_POINTER (instr->dst), GUINT_TO_POINTER (n_figures + 1));
  ok = dk_calc_translate_table (calc, instr, dst, out) || dk_calc_translate_date (calc, instr, dst, out)
       || dk_calc_translate_number (calc, instr, dst, out) || dk_calc_translate_truth (calc, instr, dst, out);
  if (known != NULL)
    {
      calc->has_figures = FALSE;
      calc->n_figures = n_figures;
    }
  return ok;
}

static void
add_constant (DkCalc *calc,
              guint   reg)
{
  const DkValue *value = &g_array_index (calc->program->constants, DkValue, reg);
  DkKind kind = dk_program_get_kind (calc->program, reg);
  DkStep *step = dk_calc_add_step (calc, kind, *value);

  calc->steps[reg] = step;
  step->is_fixed = kind == DK_KIND_TEXT;
  if (kind == DK_KIND_TRUTH || kind == DK_KIND_CHOICE || kind == DK_KIND_TEXT || !(value->state & DK_VALUE_BITS))
    return;
  {
    DkNumber ends[2] = { value->low, dk_value_high (value) };
    g_autofree char *number = dk_calc_number (calc, value->low, kind);
    guint line = calc->n_figures;
    guint n = value->state & DK_RANGE ? 2 : 1;

    calc->here = calc->main;
    if (dk_number_is_finite (ends[0]) || dk_number_is_finite (ends[1]))
      {
        g_autofree char *what = g_strdup_printf ("%s: %s", calc->names[reg] != NULL ? calc->names[reg] : "",
                                                 calc->texts[reg] != NULL ? calc->texts[reg] : number);

        dk_calc_add_figure (calc, calc->names[reg] != NULL ? what : calc->texts[reg] != NULL ? calc->texts[reg] : number);
      }
    for (guint i = 0; i < n; i++)
      step->constants[i] = g_strdup (dk_calc_figure (calc, line, i + 1, ends[i], kind));
  }
}

static void
add_instr (DkCalc        *calc,
           const DkInstr *instr)
{
  DkStep *step = dk_calc_add_step (calc, dk_program_get_kind (calc->program, instr->dst), calc->hull->regs[instr->dst]);
  g_autofree const char **extra = NULL;
  g_auto(GStrv) now = NULL;
  DkFormulas out = { { NULL }, NULL };
  guint n_extra = dk_calc_count_extra (calc, instr);
  gboolean ok;

  calc->steps[instr->dst] = step;
  g_string_chunk_clear (calc->chunk);
  calc->here = calc->main;
  if (dk_calc_add_choice (calc, instr, step))
    return;
  if (calc->run->exhausted || (instr->op != DK_OP_AGGREGATE && dk_calc_rests_on_fixed (calc, instr)))
    {
      step->is_fixed = TRUE;
      return;
    }
  dk_calc_place (calc, step, calc->names[instr->dst], calc->texts[instr->dst], n_extra);
  extra = g_new0 (const char *, step->n_extra + 1);
  out.extra = extra;
  if (instr->op == DK_OP_AGGREGATE)
    ok = dk_calc_aggregate (calc, instr, step, &out);
  else
    ok = dk_calc_translate (calc, instr, step, &out);
  if (!ok || !dk_calc_fits (step, &out))
    {
      step->is_fixed = TRUE;
      return;
    }
  now = g_new0 (char *, n_extra + 1);
  for (guint i = 0; i < n_extra; i++)
    now[i] = dk_calc_extra_value (calc, instr, i);
  dk_calc_write_step (calc, step, &out, &calc->run->regs[instr->dst], now);
}

static void
set_heads (DkCalc *calc)
{
  const char *heads[] = { N_("Rule or fact"), N_("Step"), N_("Least; can be no"), N_("Most; can be yes"), N_("Can have a value"),
                          N_("Can be without one"), N_("Can be not applicable"), N_("Answered"), N_("Options, lines of a table") };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    dk_sheet_set_text (calc->main, 0, i, dk_tr (calc->language, heads[i]), DK_LOOK_HEAD, 0);
  dk_sheet_set_width (calc->main, 0, 0, 28);
  dk_sheet_set_width (calc->main, 1, 1, 60);
  dk_sheet_set_width (calc->main, 2, 2 + DK_N_PARTS, 14);
  dk_sheet_freeze (calc->main, FIRST_ROW, 2);
  dk_sheet_set_text (calc->figures, 0, 0, dk_tr (calc->language, N_("What it is")), DK_LOOK_HEAD, 0);
  dk_sheet_set_text (calc->figures, 0, 1, dk_tr (calc->language, N_("Figures")), DK_LOOK_HEAD, 0);
  dk_sheet_set_width (calc->figures, 0, 0, 60);
  dk_sheet_set_width (calc->figures, 1, 4, 16);
  dk_sheet_freeze (calc->figures, FIRST_ROW, 1);
}

static gboolean
is_result_fixed (DkCalc         *calc,
                 const DkResult *result)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));

  dk_assessment_add_registers (calc->assessment, result, regs);
  need (regs, result->item->value_reg);
  for (guint i = 0; i < regs->len; i++)
    {
      guint reg = g_array_index (regs, guint, i);

      if (reg != DK_NO_REGISTER && calc->steps[reg] != NULL && calc->steps[reg]->is_fixed)
        return TRUE;
    }
  return FALSE;
}

static void
list_exceptions (DkCalc         *calc,
                 const DkResult *result)
{
  if (!result->is_programme || result->in_force != NULL)
    {
      guint32 bits;

      if (is_result_fixed (calc, result) || result->n_versions > 1)
        g_ptr_array_add (calc->fixed, result->item->id);
      else if (result->item->verdict_reg != DK_NO_REGISTER && result->verdict != DK_VERDICT_OPEN)
        {
          bits = dk_assessment_read_truth (calc->assessment, calc->run, result);
          if (!dk_truth_is_settled (bits))
            g_ptr_array_add (calc->looser, result->item->id);
        }
    }
  for (guint i = 0; i < dk_result_n_children (result); i++)
    list_exceptions (calc, dk_result_get_child (result, i));
}

/**
 * dk_calc_new:
 * @inputs: where the answers stand; not needed afterwards
 * @language: "zh" or "en"
 *
 * Returns: (transfer full): what dk_calc_write () needs
 */
DkCalc *
dk_calc_new (DkBook         *book,
             DkAssessment   *assessment,
             const DkInputs *inputs,
             const char     *language)
{
  DkCalc *calc = g_new0 (DkCalc, 1);
  guint n = dk_program_n_registers (assessment->program);
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *needed = g_new0 (gboolean, n + 1);
  GPtrArray *results = dk_assessment_get_results (assessment), *checks = dk_assessment_get_checks (assessment);
  DkSlice *slice;

  calc->book = book;
  calc->assessment = assessment;
  calc->program = assessment->program;
  calc->scope = assessment->scope;
  calc->inputs = inputs;
  calc->language = g_strdup (language);
  calc->arena = dk_arena_new ();
  calc->steps = g_new0 (DkStep *, n + 1);
  calc->owned = g_ptr_array_new_with_free_func (free_step);
  calc->facts = g_ptr_array_new_with_free_func (g_free);
  calc->row_sheets = g_ptr_array_new_with_free_func (free_row_sheet);
  calc->names = g_new0 (char *, n + 1);
  calc->texts = g_new0 (char *, n + 1);
  calc->exprs = g_new0 (const DkExpr *, n + 1);
  calc->lists = g_hash_table_new (NULL, NULL);
  calc->figure_lines = g_hash_table_new (NULL, NULL);
  calc->fixed = g_ptr_array_new ();
  calc->looser = g_ptr_array_new ();
  calc->chunk = g_string_chunk_new (4096);
  calc->filled = g_string_new (NULL);
  calc->enterprise = dk_calc_dup_enterprise (calc);
  run_now (calc);
  find_hull (calc);
  name_steps (calc);

  calc->main = dk_book_add_sheet (book, dk_tr (language, N_("Calculation")));
  calc->figures = dk_book_add_sheet (book, dk_tr (language, N_("Figures of the rules")));
  calc->n_main = calc->n_figures = FIRST_ROW;
  set_heads (calc);

  for (guint i = 0; i < results->len; i++)
    collect_needs (calc, g_ptr_array_index (results, i), regs);
  for (guint i = 0; i < checks->len; i++)
    collect_checks (calc, g_ptr_array_index (checks, i), regs);
  slice = dk_slice_new (calc->program, (const guint *) (gpointer) regs->data, regs->len);
  for (guint i = 0; i < regs->len; i++)
    if (g_array_index (regs, guint, i) != DK_NO_REGISTER)
      needed[g_array_index (regs, guint, i)] = TRUE;
  for (guint i = 0; i < dk_slice_get_length (slice); i++)
    {
      const DkInstr *instr = &dk_slice_get_code (slice)[i];
      guint n_operands = dk_instr_get_operands (calc->program, instr, NULL, 0);
      g_autofree guint32 *operands = g_new (guint32, n_operands + 1);

      dk_instr_get_operands (calc->program, instr, operands, n_operands);
      for (guint k = 0; k < n_operands; k++)
        needed[operands[k]] = TRUE;
    }
  for (guint i = 0; i < n; i++)
    if (needed[i] && g_array_index (calc->program->constants, DkValue, i).state != 0)
      add_constant (calc, i);
  for (guint i = 0; i < dk_program_n_slots (calc->program); i++)
    {
      const DkSlot *slot = &dk_program_get_slots (calc->program)[i];

      g_string_chunk_clear (calc->chunk);
      if (!needed[slot->reg])
        continue;
      if (slot->kind == DK_SLOT_AS_OF)
        calc->steps[slot->reg] = dk_calc_add_as_of (calc);
      else if (slot->kind == DK_SLOT_YEAR)
        calc->steps[slot->reg] = dk_calc_add_year (calc);
      else
        calc->steps[slot->reg] = dk_calc_get_fact (calc, slot->fact, dk_assessment_get_period (assessment, i));
    }
  for (guint i = 0; i < dk_slice_get_length (slice); i++)
    add_instr (calc, &dk_slice_get_code (slice)[i]);
  dk_slice_free (slice);
  for (guint i = 0; i < results->len; i++)
    list_exceptions (calc, g_ptr_array_index (results, i));
  calc->inputs = NULL;
  return calc;
}

GPtrArray *
dk_calc_get_fixed (DkCalc *calc)
{
  return calc->fixed;
}

GPtrArray *
dk_calc_get_looser (DkCalc *calc)
{
  return calc->looser;
}
