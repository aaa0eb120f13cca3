/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-trace"

#include "dk-assessment-private.h"

/* A walk over the expressions of a rule after a run, along what decides: nothing is recorded while
 * the machine runs, so that a run stays as fast as it is. */
typedef struct
{
  const DkAssessment *assessment;
  DkResult           *result;
  const DkItem       *current; /* the rule whose expression is being read */
  GHashTable         *seen;    /* const DkItem * -> bits of how it was walked */
  guint               in_rows; /* inside an aggregate: registers there belong to the last row only */
} Walk;

static void walk_item (Walk *walk, const DkItem *item, gboolean as_verdict, gboolean is_changing);
static void walk_expr (Walk *walk, const DkExpr *expr, gboolean is_changing);
static void weigh_citations (Walk *walk, const DkItem *item);

/* A number of literals that the compiler folded away. */
static gboolean
get_literal (const DkExpr *expr,
             DkValue      *value)
{
  switch (expr->kind)
    {
    case DK_EXPR_NUMBER:
    case DK_EXPR_DATE:
      *value = DK_VALUE_POINT (expr->value);
      return TRUE;

    case DK_EXPR_RANGE:
      *value = DK_VALUE_RANGE (expr->args[0]->value, expr->args[1]->value);
      return TRUE;

    case DK_EXPR_NEGATE:
      if (expr->args[0]->kind != DK_EXPR_NUMBER || expr->args[0]->value.den <= 0)
        return FALSE;
      *value = DK_VALUE_POINT (dk_number_negate (expr->args[0]->value, NULL));
      return TRUE;

    default:
      return FALSE;
    }
}

gboolean
dk_expr_get_value (const DkExpr  *expr,
                   guint          i,
                   const DkValue *regs,
                   DkValue       *value)
{
  guint reg = DK_NO_REGISTER;

  if (expr->n_regs > i && expr->regs != NULL)
    reg = expr->regs[i];
  if (reg == DK_NO_REGISTER && i == 0)
    reg = expr->reg;
  if (reg == DK_NO_REGISTER)
    return i == 0 && get_literal (expr, value);
  *value = regs[reg];
  return TRUE;
}

guint32
dk_expr_get_truth (const DkExpr  *expr,
                   const DkValue *regs)
{
  DkValue value;

  if (!dk_expr_get_value (expr, 0, regs, &value))
    return DK_OPEN;
  return value.state & (DK_OPEN | DK_UNDEFINED | DK_NA);
}

gboolean
dk_expr_is_settled (const DkExpr  *expr,
                    const DkValue *regs)
{
  for (guint i = 0; i < MAX (1, expr->n_regs); i++)
    {
      DkValue value;

      if (!dk_expr_get_value (expr, i, regs, &value))
        return FALSE;
      if (!dk_value_is_settled_as (&value, expr->out_kind))
        return FALSE;
    }
  return TRUE;
}

guint8 *
dk_expr_fit_rows (const DkExpr  *band,
                  const DkValue *regs)
{
  guint8 *fits = g_new0 (guint8, band->n_rows + 1);
  DkValue x;
  gboolean has_x = dk_expr_get_value (band->args[0], 0, regs, &x);

  if (has_x && (x.state & (DK_POINT | DK_RANGE)) == 0)
    return fits; /* undefined or na: no row is read */

  for (guint i = 0; i < band->n_rows; i++)
    {
      const DkBandRow *row = &band->rows[i];
      DkValue edge;
      guint32 truth = DK_OPEN;

      if (row->edge == NULL)
        truth = DK_TRUE;
      else if (has_x && dk_expr_get_value (row->edge, 0, regs, &edge))
        truth = dk_value_compare (row->op, &x, &edge);

      /* An x that may be undefined fits a row surely as far as it is defined. */
      if (truth & DK_TRUE)
        fits[i] = truth & DK_FALSE ? 1 : 2;
      if (fits[i] == 2)
        {
          /* Rows above that may fit make this one only possible. */
          for (guint k = 0; k < i; k++)
            if (fits[k] != 0)
              fits[i] = 1;
          break;
        }
    }
  return fits;
}

static void
add_ref (GArray         *refs,
         const DkSymbol *fact,
         DkPeriodKey     period,
         guint           slot)
{
  DkFactRef ref = { fact, period, slot };

  for (guint i = 0; i < refs->len; i++)
    {
      const DkFactRef *other = &g_array_index (refs, DkFactRef, i);

      if (other->fact == fact && dk_period_equal (other->period, period))
        return;
    }
  g_array_append_val (refs, ref);
}

static void
add_register (GArray *registers,
              guint   reg)
{
  for (guint i = 0; i < registers->len; i++)
    if (g_array_index (registers, guint, i) == reg)
      return;
  g_array_append_val (registers, reg);
}

/* Whether all rows of a register are there, and every cell of them. */
static gboolean
is_fully_entered (const DkAssessment *assessment,
                  guint               reg)
{
  const DkRows *rows = dk_enterprise_get_rows (assessment->enterprise, reg);
  const DkRegister *table = g_ptr_array_index (assessment->scope->registers, reg);
  guint n_columns = table->columns->len;

  if (!rows->is_complete)
    return FALSE;
  for (guint i = 0; i < rows->n_rows * n_columns; i++)
    {
      const DkSymbol *column = g_ptr_array_index (table->columns, i % n_columns);

      if (!dk_value_is_settled_as (&rows->cells[i], column->kind))
        return FALSE;
    }
  return TRUE;
}

static void
walk_fact (Walk         *walk,
           const DkExpr *expr,
           gboolean      is_changing)
{
  const DkAssessment *assessment = walk->assessment;

  if (expr->fact->is_judged)
    walk->result->is_self_rated = TRUE;
  if (expr->slots == NULL)
    return; /* a column of a row */

  for (guint i = 0; i < MAX (1, expr->n_regs); i++)
    {
      guint slot = assessment->canonical[expr->slots[i]];
      DkPeriodKey period = dk_assessment_get_period (assessment, slot);
      DkValue value;

      add_ref (walk->result->facts, expr->fact, period, slot);
      if (!is_changing || !dk_expr_get_value (expr, i, assessment->run->regs, &value))
        continue;
      if (dk_value_is_settled_as (&value, expr->fact->kind))
        continue;
      add_ref (walk->result->missing, expr->fact, period, slot);

      /* What is not answered itself may come from rows that are still to be entered. */
      if (expr->fact->derive != NULL)
        for (guint reg = 0; reg < assessment->scope->registers->len; reg++)
          if (!dk_enterprise_get_rows (assessment->enterprise, reg)->is_complete
              && dk_program_reads_rows (assessment->program, assessment->known_reg[slot], reg))
            add_register (walk->result->registers, reg);
    }
}

static gboolean
is_truth_item (const DkItem *item)
{
  switch (item->kind)
    {
    case DK_ITEM_CRITERION:
    case DK_ITEM_ALL:
    case DK_ITEM_ANY:
    case DK_ITEM_AT_LEAST:
    case DK_ITEM_WARNING:
      return TRUE;

    case DK_ITEM_VALUE:
    case DK_ITEM_SCORE:
    case DK_ITEM_TOTAL:
    case DK_ITEM_LIST:
    case DK_ITEM_CHOICE:
    default:
      return FALSE;
    }
}

/* A rule read in other years: its expression stands in the program once more for each of them. */
static void
walk_years (Walk         *walk,
            const DkExpr *expr,
            gboolean      is_changing)
{
  const DkItem *outer = walk->current;

  weigh_citations (walk, expr->item);
  for (guint i = 0; i < expr->n_regs; i++)
    {
      if (expr->instances[i] == expr->item->value)
        walk_item (walk, expr->item, FALSE, is_changing);
      else
        {
          walk->current = expr->item;
          walk_expr (walk, expr->instances[i], is_changing);
          walk->current = outer;
        }
    }
}

/* Of a greatest or least value that is known, the operands that are it. */
static gboolean
is_decided_by_one (const DkExpr  *expr,
                   const DkValue *regs)
{
  if (expr->n_args < 2 || expr->out_kind != DK_KIND_NUMBER
      || !(g_str_equal (expr->text, "max") || g_str_equal (expr->text, "min") || g_str_equal (expr->text, "best")))
    return FALSE;
  for (guint i = 0; i < expr->n_args; i++)
    if (expr->args[i]->n_regs > 1)
      return FALSE;
  return dk_expr_is_settled (expr, regs);
}

static void
walk_extremes (Walk         *walk,
               const DkExpr *expr,
               gboolean      is_changing)
{
  const DkValue *regs = walk->assessment->run->regs;
  DkValue result;

  if (!dk_expr_get_value (expr, 0, regs, &result))
    return;
  for (guint i = 0; i < expr->n_args; i++)
    {
      DkValue operand;

      if (dk_expr_get_value (expr->args[i], 0, regs, &operand) && dk_value_equal (&operand, &result, DK_KIND_NUMBER))
        walk_expr (walk, expr->args[i], is_changing);
    }
}

static void
walk_expr (Walk         *walk,
           const DkExpr *expr,
           gboolean      is_changing)
{
  const DkValue *regs = walk->assessment->run->regs;
  gboolean is_plain = FALSE; /* every operand counts */
  gboolean trusts = walk->in_rows == 0;

  if (expr == NULL)
    return;
  if (trusts && is_changing && dk_expr_is_settled (expr, regs))
    is_changing = FALSE;

  switch (expr->kind)
    {
    case DK_EXPR_NAME:
    case DK_EXPR_INDEX:
      if (expr->fact != NULL)
        walk_fact (walk, expr, is_changing);
      else if (expr->item != NULL && expr->instances != NULL && (expr->kind == DK_EXPR_INDEX || expr->low != 0))
        walk_years (walk, expr, is_changing);
      else if (expr->item != NULL)
        {
          const DkItem *item = dk_assessment_resolve (walk->assessment, expr->item, walk->current);

          walk_item (walk, item, expr->out_kind == DK_KIND_TRUTH && is_truth_item (item), is_changing);
        }
      else
        is_plain = TRUE;
      break;

    case DK_EXPR_AND:
    case DK_EXPR_OR:
      {
        guint32 state = trusts ? dk_expr_get_truth (expr, regs) : DK_OPEN;
        guint32 neutral = expr->kind == DK_EXPR_AND ? DK_TRUE : DK_FALSE;
        guint32 decides = expr->kind == DK_EXPR_AND ? DK_FALSE : DK_TRUE;

        for (guint i = 0; i < expr->n_args; i++)
          {
            guint32 arg = trusts ? dk_expr_get_truth (expr->args[i], regs) : DK_OPEN;

            /* Decided by one part: only such parts count. Otherwise those that pass on their own decide nothing. */
            if (state == decides ? arg != decides : state != neutral && arg == neutral)
              continue;
            walk_expr (walk, expr->args[i], is_changing);
          }
      }
      break;

    case DK_EXPR_IF:
    case DK_EXPR_CASE:
      for (guint i = 0; i < expr->n_args; i += 2)
        {
          guint32 condition;

          if (expr->kind == DK_EXPR_CASE && i + 1 == expr->n_args)
            {
              walk_expr (walk, expr->args[i], is_changing);
              break;
            }
          condition = trusts ? dk_expr_get_truth (expr->args[i], regs) : DK_OPEN;
          walk_expr (walk, expr->args[i], is_changing);
          if (condition & DK_TRUE)
            walk_expr (walk, expr->args[i + 1], is_changing);
          if (expr->kind == DK_EXPR_IF)
            {
              if (condition & DK_FALSE)
                walk_expr (walk, expr->args[2], is_changing);
              break;
            }
          if ((condition & (DK_OPEN | DK_UNDEFINED | DK_NA)) == DK_TRUE)
            break;
        }
      break;

    case DK_EXPR_BAND:
      {
        g_autofree guint8 *fits = trusts ? dk_expr_fit_rows (expr, regs) : NULL;

        walk_expr (walk, expr->args[0], is_changing);
        for (guint i = 0; i < expr->n_rows; i++)
          {
            walk_expr (walk, expr->rows[i].edge, is_changing);
            if (fits == NULL || fits[i] != 0)
              walk_expr (walk, expr->rows[i].result, is_changing);
          }
      }
      break;

    case DK_EXPR_CALL:
      {
        DkValue first;

        /* A fallback counts only where it is taken. */
        if (trusts && expr->n_args == 2 && (g_str_equal (expr->text, "if_undefined") || g_str_equal (expr->text, "if_na"))
            && dk_expr_get_value (expr->args[0], 0, regs, &first))
          {
            guint32 bit = g_str_equal (expr->text, "if_na") ? DK_NA : DK_UNDEFINED;

            walk_expr (walk, expr->args[0], is_changing);
            if (first.state & bit)
              walk_expr (walk, expr->args[1], is_changing);
          }
        else if (trusts && is_decided_by_one (expr, regs))
          walk_extremes (walk, expr, is_changing);
        else
          is_plain = TRUE;
      }
      break;

    case DK_EXPR_AGGREGATE:
      {
        guint reg;

        if (is_changing && dk_scope_find_register (walk->assessment->scope, expr->name, &reg) != NULL
            && !is_fully_entered (walk->assessment, reg))
          add_register (walk->result->registers, reg);
        for (guint i = 0; i < expr->n_args; i++)
          {
            /* The amount that is allocated is computed before the rows. */
            gboolean is_of_row = i != DK_EXPR_AMOUNT;

            walk->in_rows += is_of_row;
            walk_expr (walk, expr->args[i], is_changing);
            walk->in_rows -= is_of_row;
          }
      }
      break;

    case DK_EXPR_COMPARE:
      if (expr->args[0] == NULL && walk->current != NULL)
        walk_item (walk, walk->current, FALSE, is_changing);
      is_plain = TRUE;
      break;

    case DK_EXPR_NUMBER:
    case DK_EXPR_RANGE:
    case DK_EXPR_DATE:
    case DK_EXPR_STRING:
      break;

    case DK_EXPR_NEGATE:
    case DK_EXPR_NOT:
    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
    case DK_EXPR_MUL:
    case DK_EXPR_DIV:
    case DK_EXPR_POWER:
    case DK_EXPR_IN:
    case DK_EXPR_AT:
    default:
      is_plain = TRUE;
      break;
    }

  if (is_plain)
    for (guint i = 0; i < expr->n_args; i++)
      walk_expr (walk, expr->args[i], is_changing);
}

static DkCertainty
find_weakest (const GPtrArray *citations)
{
  DkCertainty weakest = DK_CERTAINTY_READ;

  for (guint i = 0; i < citations->len; i++)
    weakest = MAX (weakest, ((const DkCitation *) g_ptr_array_index (citations, i))->certainty);
  return weakest;
}

/* The weakest citation of the rule; a band's row that fits speaks for itself where it has a citation of its own. */
static void
weigh_citations (Walk         *walk,
                 const DkItem *item)
{
  DkCertainty weakest = DK_CERTAINTY_READ;
  gboolean has_own = FALSE;

  if (item->row_citations != NULL && item->value != NULL && item->value->kind == DK_EXPR_BAND)
    {
      g_autofree guint8 *fits = dk_expr_fit_rows (item->value, walk->assessment->run->regs);

      for (guint i = 0; i < item->value->n_rows && i < item->row_citations->len; i++)
        {
          const GPtrArray *citations = g_ptr_array_index (item->row_citations, i);

          if (fits[i] == 0 || citations == NULL || citations->len == 0)
            continue;
          has_own = fits[i] == 2 || has_own;
          weakest = MAX (weakest, find_weakest (citations));
        }
    }
  if (!has_own && item->citations != NULL)
    weakest = MAX (weakest, find_weakest (item->citations));
  walk->result->certainty = MAX (walk->result->certainty, weakest);
}

static guint32
get_verdict (const DkAssessment *assessment,
             const DkItem       *item)
{
  guint reg = item->verdict_reg != DK_NO_REGISTER ? item->verdict_reg : item->truth_reg;

  return reg == DK_NO_REGISTER ? DK_OPEN : assessment->run->regs[reg].state & (DK_OPEN | DK_UNDEFINED | DK_NA);
}

static void
walk_group (Walk         *walk,
            const DkItem *item,
            guint32       verdict,
            gboolean      is_changing)
{
  /* A group that is decided rests on the children that decided it; one that is open on the open ones. */
  for (guint i = 0; i < item->children->len; i++)
    {
      const DkItem *child = dk_assessment_resolve (walk->assessment, g_ptr_array_index (item->children, i), item);
      guint32 state = get_verdict (walk->assessment, child);

      if (state == DK_NA)
        {
          /* Skipped, and it was its condition that made the group skip it. */
          if (child->applies != NULL)
            walk_item (walk, child, TRUE, is_changing);
          continue;
        }
      if (verdict == DK_TRUE || verdict == DK_FALSE)
        {
          gboolean all_count = item->kind == DK_ITEM_ALL ? verdict == DK_TRUE
                               : item->kind == DK_ITEM_ANY ? verdict == DK_FALSE : FALSE;

          if (!all_count && state != verdict)
            continue;
        }
      else if (dk_truth_is_settled (state))
        continue;
      walk_item (walk, child, TRUE, is_changing);
    }
}

/* A choice rests on what all choices are made for, and on what the law says of each. */
static void
walk_choice (Walk         *walk,
             const DkItem *item,
             gboolean      is_changing)
{
  const DkDecisions *decisions = item->version->decisions;

  if (decisions->objective == NULL)
    return;
  walk_item (walk, decisions->objective, FALSE, is_changing);
  for (guint i = 0; i < decisions->choices->len; i++)
    {
      const DkItem *choice = g_ptr_array_index (decisions->choices, i);

      for (guint k = 0; k < choice->options->len; k++)
        {
          const DkOption *option = g_ptr_array_index (choice->options, k);

          if (option->when != NULL)
            walk_expr (walk, option->when, is_changing);
          if (option->decided != NULL)
            walk_expr (walk, option->decided, FALSE); /* not decided is an answer */
        }
    }
  for (guint i = 0; i < decisions->exclusions->len; i++)
    walk_expr (walk, ((const DkExclusion *) g_ptr_array_index (decisions->exclusions, i))->when, is_changing);
}

static void
walk_item (Walk         *walk,
           const DkItem *item,
           gboolean      as_verdict,
           gboolean      is_changing)
{
  const DkAssessment *assessment = walk->assessment;
  const DkItem *outer = walk->current;
  guint bit = 1u << ((as_verdict ? 2 : 0) + (is_changing ? 1 : 0));
  guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (walk->seen, item));
  guint32 verdict = get_verdict (assessment, item);

  if (seen & bit)
    return;
  g_hash_table_insert (walk->seen, (gpointer) item, GUINT_TO_POINTER (seen | bit));
  weigh_citations (walk, item);
  walk->current = item;

  if (as_verdict && dk_truth_is_settled (verdict))
    is_changing = FALSE;
  if (item->applies != NULL)
    {
      guint32 applies = dk_expr_get_truth (item->applies, assessment->run->regs);

      if (applies != DK_TRUE)
        walk_expr (walk, item->applies, is_changing);
      if ((applies & DK_TRUE) == 0)
        {
          walk->current = outer;
          return;
        }
    }

  switch (item->kind)
    {
    case DK_ITEM_ALL:
    case DK_ITEM_ANY:
    case DK_ITEM_AT_LEAST:
      walk_group (walk, item, verdict, is_changing);
      break;

    case DK_ITEM_TOTAL:
      for (guint i = 0; i < item->children->len; i++)
        walk_item (walk, dk_assessment_resolve (assessment, g_ptr_array_index (item->children, i), item), FALSE, is_changing);
      if (as_verdict)
        walk_expr (walk, item->require, is_changing);
      break;

    case DK_ITEM_LIST:
      for (guint i = 0; i < item->children->len; i++)
        {
          const DkItem *child = dk_assessment_resolve (assessment, g_ptr_array_index (item->children, i), item);

          walk_item (walk, child, child->verdict_reg != DK_NO_REGISTER, is_changing);
        }
      break;

    case DK_ITEM_CHOICE:
      walk_choice (walk, item, is_changing && !dk_value_is_settled_as (&assessment->run->regs[item->value_reg], DK_KIND_CHOICE));
      break;

    case DK_ITEM_VALUE:
    case DK_ITEM_CRITERION:
    case DK_ITEM_SCORE:
    case DK_ITEM_WARNING:
    default:
      if (as_verdict && item->require != NULL)
        walk_expr (walk, item->require, is_changing);
      else
        walk_expr (walk, item->value != NULL ? item->value : item->require, is_changing);
      break;
    }
  walk->current = outer;
}

void
dk_assessment_trace (const DkAssessment *assessment,
                     DkResult           *result)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  Walk walk = { assessment, result, NULL, seen, 0 };
  const DkPack *pack = result->item->pack;
  gboolean has_verdict = result->item->verdict_reg != DK_NO_REGISTER;

  if (result->is_programme && result->in_force == NULL && result->n_versions == 0)
    return;

  /* While the date that selects is unknown, the verdict rests on it, and on every version that it may select. */
  if (result->is_programme && pack->select != NULL)
    walk_expr (&walk, pack->select, !result->is_final);
  if (result->is_programme && result->n_versions > 1)
    {
      for (guint i = 0; i < pack->versions->len; i++)
        {
          const DkVersion *version = g_ptr_array_index (pack->versions, i);

          if (version->root != NULL && version->root != result->item)
            walk_item (&walk, version->root, has_verdict, !result->is_final);
        }
    }
  walk_item (&walk, result->item, has_verdict, !result->is_final);
}
