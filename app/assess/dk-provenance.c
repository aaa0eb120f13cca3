/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-provenance"

#include "dk-provenance.h"

#include "dk-formula.h"

#include <glib/gi18n.h>

#define MAX_NODES 2000
#define MAX_DEPTH 60

/* A tree in the making. */
typedef struct
{
  const DkWording *wording;
  DkFormula        formula;
  GHashTable      *seen; /* const DkItem *: each rule is unfolded once */
  guint            n_nodes, depth;
} Maker;

static void add_item (Maker *maker, DkProvenance *parent, const char *joint, const DkItem *item);
static void add_operand (Maker *maker, DkProvenance *parent, const char *joint, const DkExpr *expr);
static void unfold (Maker *maker, DkProvenance *parent, const char *joint, const DkExpr *expr);

void
dk_provenance_free (DkProvenance *self)
{
  if (self == NULL)
    return;
  g_free (self->joint);
  g_free (self->name);
  g_free (self->note);
  g_free (self->value);
  g_free (self->target);
  g_ptr_array_unref (self->children);
  g_free (self);
}

static const char *
tr (const Maker *maker,
    const char  *message)
{
  return dk_tr (maker->wording->language, message);
}

/* Takes @name. */
static DkProvenance *
add_node (Maker            *maker,
          DkProvenance     *parent,
          DkProvenanceKind  kind,
          const char       *joint,
          char             *name)
{
  DkProvenance *node = g_new0 (DkProvenance, 1);

  node->kind = kind;
  node->joint = g_strdup (joint);
  node->name = name;
  node->note = g_strdup ("");
  node->value = g_strdup ("");
  node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_provenance_free);
  maker->n_nodes++;
  if (parent != NULL)
    g_ptr_array_add (parent->children, node);
  return node;
}

static void
take_text (char **place,
           char  *text)
{
  g_free (*place);
  *place = text;
}

static void
set_number (Maker           *maker,
            DkProvenance    *node,
            const DkValue   *value,
            DkKind           kind,
            DkUnit           unit,
            const DkChoices *choices,
            const DkCodes   *codes)
{
  node->has_value = TRUE;
  node->number = *value;
  take_text (&node->value, dk_value_to_display_digits (value, kind, unit, choices, codes, unit == DK_UNIT_RATIO ? 2 : -1, maker->wording->language));
}

static void
set_value_of (Maker        *maker,
              DkProvenance *node,
              const DkExpr *expr,
              guint         i)
{
  DkValue value;

  if (!dk_expr_get_value (expr, i, maker->formula.regs, &value))
    return;
  set_number (maker, node, &value, expr->out_kind, expr->out_unit, expr->out_choices, expr->out_codes);
  if (expr->fact != NULL)
    take_text (&node->value, dk_fact_value_to_display (expr->fact, &value, 2, maker->wording->language));
}

/* Too much for a page: what is left out is said. */
static gboolean
is_full (Maker        *maker,
         DkProvenance *parent)
{
  if (maker->n_nodes < MAX_NODES && maker->depth < MAX_DEPTH)
    return FALSE;
  take_text (&parent->note, g_strdup (tr (maker, N_("there is more below"))));
  return TRUE;
}

/* --- Facts --- */

static void
add_fact (Maker        *maker,
          DkProvenance *parent,
          const char   *joint,
          const DkExpr *expr,
          guint         i)
{
  const DkSymbol *fact = expr->fact;
  const char *language = maker->wording->language;
  DkPeriodKey period = { 0 };
  DkProvenance *node;
  const DkSlot *slot;
  DkValue value;

  if (expr->slots == NULL)
    {
      add_node (maker, parent, DK_PROVENANCE_STEP, joint, g_strdup (dk_text_get (&fact->label, language)));
      return;
    }
  period = dk_assessment_get_period (maker->wording->assessment, expr->slots[i]);
  node = add_node (maker, parent, DK_PROVENANCE_FACT, joint, dk_fact_to_display (fact, period, language));
  node->target = fact->period == DK_PERIOD_YEAR ? g_strdup_printf ("%s@%d", fact->id, period.year) : g_strdup (fact->id);
  set_value_of (maker, node, expr, i);
  slot = &dk_program_get_slots (maker->wording->assessment->program)[expr->slots[i]];
  if (slot->derivation != NULL && (maker->wording->assessment->inputs[expr->slots[i]].state & DK_UNANSWERED))
    {
      if (is_full (maker, node))
        return;
      take_text (&node->note, g_strdup (tr (maker, N_("worked out from other answers"))));
      maker->depth++;
      add_operand (maker, node, "", slot->derivation);
      maker->depth--;
    }
  else if (dk_expr_get_value (expr, i, maker->formula.regs, &value) && !dk_value_is_settled_as (&value, fact->kind))
    take_text (&node->note, g_strdup (tr (maker, N_("not answered exactly yet"))));
  else if (fact->is_judged)
    take_text (&node->note, g_strdup (tr (maker, N_("rated by the enterprise itself"))));
}

/* --- Rules --- */

static char *
describe_citations (Maker           *maker,
                    const GPtrArray *citations)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);
      g_autofree char *place = dk_wording_dup_citation (maker->wording, citation);

      g_string_append_printf (text, "%s%s", i > 0 ? dk_wording_get_separator (maker->wording) : "", place);
      if (citation->certainty == DK_CERTAINTY_UNCERTAIN)
        g_string_append_printf (text, " (%s)", tr (maker, N_("to be confirmed")));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_members (Maker        *maker,
             DkProvenance *node,
             const DkItem *item)
{
  const char *joint = item->kind == DK_ITEM_TOTAL ? "+" : item->kind == DK_ITEM_LIST ? "" : item->kind == DK_ITEM_ALL ? tr (maker, N_("and")) : tr (maker, N_("or"));

  for (guint i = 0; i < item->children->len; i++)
    add_item (maker, node, i > 0 ? joint : "", dk_assessment_resolve (maker->wording->assessment, g_ptr_array_index (item->children, i), item));
}

/* The most points that a rule gives, where its points may have come up against it. */
static void
add_limit (Maker        *maker,
           DkProvenance *node,
           const DkItem *item)
{
  DkValue limit = DK_VALUE_POINT (item->max);
  DkProvenance *part;

  if (dk_number_sign (item->max) <= 0 || !node->has_value || !dk_number_equal (dk_value_high (&node->number), item->max))
    return;
  part = add_node (maker, node, DK_PROVENANCE_STEP, tr (maker, N_("or, if less,")), g_strdup (tr (maker, N_("the most points"))));
  set_number (maker, part, &limit, DK_KIND_NUMBER, DK_UNIT_POINTS, NULL, NULL);
}

static void
unfold_item (Maker        *maker,
             DkProvenance *node,
             const DkItem *item)
{
  const DkItem *outer = maker->formula.item;

  maker->formula.item = item;
  if (item->applies != NULL)
    add_operand (maker, node, tr (maker, N_("if")), item->applies);
  if (item->children != NULL)
    add_members (maker, node, item);
  if (item->value != NULL)
    unfold (maker, node, "", item->value);
  add_limit (maker, node, item);
  if (item->require != NULL)
    unfold (maker, node, "", item->require);
  maker->formula.item = outer;
}

static char *
write_expr (Maker        *maker,
            const DkExpr *expr)
{
  GString *text = g_string_new (NULL);

  dk_formula_write (&maker->formula, expr, DK_LEVEL_OR, text);
  return g_string_free (text, FALSE);
}

/* An expression that somebody typed has no title. */
static char *
name_item (Maker        *maker,
           const DkItem *item)
{
  const char *title = dk_text_get (&item->title, maker->wording->language);

  return *title == '\0' && item->value != NULL ? write_expr (maker, item->value) : g_strdup (*title != '\0' ? title : item->id);
}

static void
add_item (Maker        *maker,
          DkProvenance *parent,
          const char   *joint,
          const DkItem *item)
{
  const DkWording *wording = maker->wording;
  const DkResult *result = dk_assessment_find (wording->assessment, item->id);
  DkProvenance *node;

  node = add_node (maker, parent, DK_PROVENANCE_RULE, joint, name_item (maker, item));
  node->target = g_strdup (item->id);
  take_text (&node->note, describe_citations (maker, item->citations));
  if (result != NULL && result->item == item)
    node->verdict = result->verdict;
  if (item->value_reg != DK_NO_REGISTER)
    set_number (maker, node, &maker->formula.regs[item->value_reg], item->kind_of_value, item->unit, item->choices, item->codes);
  if (!g_hash_table_add (maker->seen, (gpointer) item))
    {
      take_text (&node->note, g_strdup (tr (maker, N_("unfolded above"))));
      return;
    }
  if (is_full (maker, node))
    return;
  maker->depth++;
  unfold_item (maker, node, item);
  maker->depth--;
}

/* --- Parts of formulas --- */

static void
add_series (Maker        *maker,
            DkProvenance *parent,
            const char   *first_joint,
            const char   *joint,
            const DkExpr *expr)
{
  for (guint i = 0; i < expr->n_regs; i++)
    {
      const char *own = i > 0 ? joint : first_joint;

      if (expr->fact != NULL)
        add_fact (maker, parent, own, expr, i);
      else if (expr->item != NULL && expr->instances != NULL && expr->instances[i] != expr->item->value)
        {
          gint64 year = (expr->is_absolute ? 0 : dk_assessment_get_year (maker->wording->assessment)) + expr->low + i;
          DkProvenance *node = add_node (maker, parent, DK_PROVENANCE_STEP, own,
                                         g_strdup_printf (tr (maker, N_("%s (%d)")), dk_text_get (&expr->item->title, maker->wording->language), (int) year));

          set_value_of (maker, node, expr, i);
          if (is_full (maker, node))
            continue;
          maker->depth++;
          unfold (maker, node, "", expr->instances[i]);
          maker->depth--;
        }
      else if (expr->item != NULL)
        add_item (maker, parent, own, dk_assessment_resolve (maker->wording->assessment, expr->item, maker->formula.item));
    }
}

/* An expression as a node of its own. */
static void
add_operand (Maker        *maker,
             DkProvenance *parent,
             const char   *joint,
             const DkExpr *expr)
{
  DkProvenance *node;

  switch (expr->kind)
    {
    case DK_EXPR_NAME:
    case DK_EXPR_INDEX:
      if (expr->fact != NULL || expr->item != NULL)
        {
          add_series (maker, parent, joint, "", expr);
          return;
        }
      break;

    case DK_EXPR_AGGREGATE:
      node = add_node (maker, parent, DK_PROVENANCE_REGISTER, joint, write_expr (maker, expr));
      node->target = g_strdup (expr->name);
      set_value_of (maker, node, expr, 0);
      /* "rows that count: 3" says it already. */
      if (g_str_has_suffix (node->name, node->value))
        take_text (&node->value, g_strdup (""));
      if (expr->n_args > DK_EXPR_AMOUNT)
        /* TRANSLATORS: before the amount that is allocated to the rows of a register */
        add_operand (maker, node, tr (maker, N_("the amount")), expr->args[DK_EXPR_AMOUNT]);
      return;

    case DK_EXPR_NUMBER:
    case DK_EXPR_RANGE:
    case DK_EXPR_DATE:
    case DK_EXPR_STRING:
    case DK_EXPR_NEGATE:
    case DK_EXPR_NOT:
    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
    case DK_EXPR_MUL:
    case DK_EXPR_DIV:
    case DK_EXPR_POWER:
    case DK_EXPR_COMPARE:
    case DK_EXPR_IN:
    case DK_EXPR_AND:
    case DK_EXPR_OR:
    case DK_EXPR_IF:
    case DK_EXPR_CASE:
    case DK_EXPR_BAND:
    case DK_EXPR_CALL:
    case DK_EXPR_AT:
    default:
      break;
    }
  node = add_node (maker, parent, DK_PROVENANCE_STEP, joint, write_expr (maker, expr));
  if (expr->kind != DK_EXPR_NUMBER && expr->kind != DK_EXPR_DATE && expr->kind != DK_EXPR_STRING && expr->kind != DK_EXPR_RANGE)
    set_value_of (maker, node, expr, 0);
  if (expr->n_args == 0 || is_full (maker, node))
    return;
  maker->depth++;
  unfold (maker, node, "", expr);
  maker->depth--;
}

static void
unfold_branches (Maker        *maker,
                 DkProvenance *parent,
                 const DkExpr *expr)
{
  guint step = 2;

  for (guint i = 0; i + 1 < expr->n_args; i += step)
    {
      guint32 condition = dk_expr_get_truth (expr->args[i], maker->formula.regs);

      add_operand (maker, parent, tr (maker, N_("if")), expr->args[i]);
      if (condition & DK_TRUE)
        add_operand (maker, parent, "→", expr->args[i + 1]);
      if (condition == DK_TRUE)
        return;
      if (expr->kind == DK_EXPR_IF)
        break;
    }
  add_operand (maker, parent, tr (maker, N_("otherwise")), expr->args[expr->n_args - 1]);
}

static void
unfold_band (Maker        *maker,
             DkProvenance *parent,
             const DkExpr *expr)
{
  g_autofree guint8 *fits = dk_expr_fit_rows (expr, maker->formula.regs);

  add_operand (maker, parent, "", expr->args[0]);
  for (guint i = 0; i < expr->n_rows; i++)
    {
      const DkBandRow *row = &expr->rows[i];
      g_autofree char *edge = NULL;
      DkProvenance *node;

      if (fits[i] == 0)
        continue;
      edge = row->edge != NULL ? write_expr (maker, row->edge) : NULL;
      node = add_node (maker, parent, DK_PROVENANCE_STEP, "→",
                       edge != NULL ? g_strdup_printf ("%s %s", dk_comparison_to_symbol (row->op), edge) : g_strdup (tr (maker, N_("otherwise"))));
      take_text (&node->value, write_expr (maker, row->result));
      if (fits[i] == 1)
        take_text (&node->note, g_strdup (tr (maker, N_("may be the row that fits"))));
    }
}

static void
unfold_call (Maker        *maker,
             DkProvenance *parent,
             const DkExpr *expr)
{
  const DkExpr *only = expr->args[0];
  const char *joint = g_str_equal (expr->text, "sum")   ? "+"
                      : g_str_equal (expr->text, "max") ? tr (maker, N_("or, if more,"))
                      : g_str_equal (expr->text, "min") ? tr (maker, N_("or, if less,"))
                                                        : ",";

  if (expr->n_args == 1 && only->kind == DK_EXPR_CALL && g_str_equal (only->text, "available") && only->n_args == 1)
    only = only->args[0];
  if (expr->n_args == 1 && only->n_regs > 1 && (only->fact != NULL || only->item != NULL))
    {
      add_series (maker, parent, "", joint, only);
      return;
    }
  for (guint i = 0; i < expr->n_args; i++)
    add_operand (maker, parent, i > 0 ? joint : "", expr->args[i]);
}

/* The parts of an expression, below a node that stands for all of it. @joint: before the first of them. */
static void
unfold (Maker        *maker,
        DkProvenance *parent,
        const char   *joint,
        const DkExpr *expr)
{
  switch (expr->kind)
    {
    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
      /* a + b − c is one sum. */
      if (expr->args[0]->kind == DK_EXPR_ADD || expr->args[0]->kind == DK_EXPR_SUB)
        unfold (maker, parent, joint, expr->args[0]);
      else
        add_operand (maker, parent, joint, expr->args[0]);
      add_operand (maker, parent, expr->kind == DK_EXPR_ADD ? "+" : "−", expr->args[1]);
      break;

    case DK_EXPR_MUL:
    case DK_EXPR_DIV:
    case DK_EXPR_POWER:
      add_operand (maker, parent, joint, expr->args[0]);
      add_operand (maker, parent, expr->kind == DK_EXPR_MUL ? "×" : expr->kind == DK_EXPR_DIV ? "÷" : "^", expr->args[1]);
      break;

    case DK_EXPR_COMPARE:
      /* Without a left side it judges what stands above it. */
      if (expr->args[0] != NULL)
        add_operand (maker, parent, joint, expr->args[0]);
      add_operand (maker, parent, dk_comparison_to_symbol (expr->comparison), expr->args[1]);
      break;

    case DK_EXPR_AND:
    case DK_EXPR_OR:
      for (guint i = 0; i < expr->n_args; i++)
        add_operand (maker, parent, i == 0 ? joint : expr->kind == DK_EXPR_AND ? tr (maker, N_("and")) : tr (maker, N_("or")), expr->args[i]);
      break;

    case DK_EXPR_IF:
    case DK_EXPR_CASE:
      unfold_branches (maker, parent, expr);
      break;

    case DK_EXPR_BAND:
      unfold_band (maker, parent, expr);
      break;

    case DK_EXPR_CALL:
      if (expr->n_args > 0)
        unfold_call (maker, parent, expr);
      break;

    case DK_EXPR_IN:
      add_operand (maker, parent, joint, expr->args[0]);
      break;

    case DK_EXPR_NOT:
    case DK_EXPR_NEGATE:
    case DK_EXPR_AT:
      add_operand (maker, parent, joint, expr->args[0]);
      break;

    case DK_EXPR_NUMBER:
    case DK_EXPR_RANGE:
    case DK_EXPR_DATE:
    case DK_EXPR_STRING:
    case DK_EXPR_NAME:
    case DK_EXPR_INDEX:
    case DK_EXPR_AGGREGATE:
    default:
      add_operand (maker, parent, joint, expr);
      break;
    }
}

DkProvenance *
dk_provenance_new (const DkWording *wording,
                   const DkResult  *result)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  Maker maker = { wording, { wording->assessment, result->item, wording->language, wording->assessment->run->regs, 2 }, seen, 0, 0 };
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_provenance_free);
  DkProvenance top = { .children = roots };

  add_item (&maker, &top, "", result->item);
  return g_ptr_array_steal_index (roots, 0);
}

static void
write_node (const DkProvenance *node,
            guint               depth,
            GString            *text)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "  ");
  if (*node->joint != '\0')
    g_string_append_printf (text, "%s ", node->joint);
  g_string_append (text, node->name);
  if (*node->value != '\0')
    g_string_append_printf (text, ": %s", node->value);
  if (*node->note != '\0')
    g_string_append_printf (text, " [%s]", node->note);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < node->children->len; i++)
    write_node (g_ptr_array_index (node->children, i), depth + 1, text);
}

char *
dk_provenance_to_text (const DkProvenance *self)
{
  GString *text = g_string_new (NULL);

  write_node (self, 0, text);
  return g_string_free (text, FALSE);
}
