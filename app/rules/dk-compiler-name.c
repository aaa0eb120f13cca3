/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-compiler"

#include "dk-compiler-private.h"

#include <string.h>

static guint
find_slot (DkCompiler     *self,
           const DkSymbol *fact,
           gboolean        is_absolute,
           gint64          year,
           int             sub)
{
  g_autofree char *key = g_strdup_printf ("%s %d %" G_GINT64_FORMAT " %d", fact->id, is_absolute, year, sub);
  gpointer found;
  DkSlot slot = { .kind = DK_SLOT_FACT, .fact = fact, .is_absolute = is_absolute, .year = year, .sub = sub };

  if (g_hash_table_lookup_extended (self->slots, key, NULL, &found))
    return GPOINTER_TO_UINT (found);
  slot.reg = slot.known_reg = dk_compiler_new_register (self, fact->kind, 0);
  g_array_append_val (self->program->slots, slot);
  g_hash_table_insert (self->slots, g_steal_pointer (&key), GUINT_TO_POINTER (self->program->slots->len - 1));
  return self->program->slots->len - 1;
}

static DkType
symbol_type (const DkSymbol *symbol)
{
  return (DkType) { symbol->kind, symbol->unit, symbol->choices, symbol->codes };
}

/* Whether a fact can be what its `derive` gives. */
static gboolean
fits_symbol (DkCompiler     *self,
             const DkExpr   *expr,
             const DkSymbol *symbol)
{
  if (expr->n_regs != 1 || expr->out_kind != symbol->kind)
    return FALSE;
  switch (symbol->kind)
    {
    case DK_KIND_NUMBER: return expr->out_unit == symbol->unit || dk_compiler_fits_unit (self, expr, symbol->unit);
    case DK_KIND_CHOICE: return expr->out_choices == symbol->choices;
    case DK_KIND_CODE: return expr->out_codes == symbol->codes;
    default: return TRUE;
    }
}

/* Whether @expr rests on a rule, which may not be in force. */
static gboolean
names_rule (const DkExpr *expr)
{
  if (expr == NULL)
    return FALSE;
  if (expr->item != NULL)
    return TRUE;
  for (guint i = 0; i < expr->n_args; i++)
    if (names_rule (expr->args[i]))
      return TRUE;
  for (guint i = 0; i < expr->n_rows; i++)
    if (names_rule (expr->rows[i].edge) || names_rule (expr->rows[i].result))
      return TRUE;
  return FALSE;
}

/* The register of a fact: its slot, or, when it is not answered itself, what it is derived from. */
static gboolean
fact_register (DkCompiler     *self,
               DkExpr         *at,
               const DkSymbol *fact,
               gint64          year,
               gboolean        is_absolute,
               int             sub,
               guint          *slot,
               guint          *reg)
{
  g_autofree char *key = NULL;
  gpointer found;
  const DkSlot *input;

  *slot = find_slot (self, fact, is_absolute, year, sub);
  input = &g_array_index (self->program->slots, DkSlot, *slot);
  *reg = input->reg;
  if (fact->derive == NULL || is_absolute || sub != 0)
    return TRUE;

  key = g_strdup_printf ("%s %" G_GINT64_FORMAT, fact->id, year);
  if (g_hash_table_lookup_extended (self->derived, key, NULL, &found))
    {
      if (GPOINTER_TO_UINT (found) == DK_NO_REGISTER)
        return dk_compiler_fail (self, at, "%s is derived from itself", fact->id);
      *reg = GPOINTER_TO_UINT (found);
      return TRUE;
    }

  g_hash_table_insert (self->derived, g_strdup (key), GUINT_TO_POINTER (DK_NO_REGISTER));
  {
    DkExpr *expr = dk_expr_parse (fact->derive, fact->derive_node, self->program->arena, self->problems);
    gint64 shift = self->shift;
    guint day = self->day_reg;
    DkExpr *own = self->own;
    gboolean is_loose = self->is_loose;
    DkType type = symbol_type (fact);
    g_autoptr(GPtrArray) rows = g_steal_pointer (&self->rows);
    guint derived, domain;
    gboolean ok;

    if (expr == NULL)
      {
        self->rows = g_steal_pointer (&rows);
        g_hash_table_remove (self->derived, key);
        return FALSE;
      }
    g_ptr_array_add (self->owned, expr);
    /* A derived fact stands on its own: no row, no rule and no shift but its own year. */
    self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_row_scope_free);
    self->shift = fact->period == DK_PERIOD_NONE ? 0 : year;
    self->day_reg = self->as_of_reg;
    self->own = NULL;
    self->is_loose = TRUE;
    ok = dk_compiler_compile (self, expr, &type);
    g_ptr_array_unref (self->rows);
    self->rows = g_steal_pointer (&rows);
    self->shift = shift;
    self->day_reg = day;
    self->own = own;
    self->is_loose = is_loose;
    if (!ok || !fits_symbol (self, expr, fact))
      g_hash_table_remove (self->derived, key); /* asked for again, it says again what is wrong */
    if (!ok)
      return FALSE;
    if (!fits_symbol (self, expr, fact))
      {
        g_autofree char *wants = dk_type_describe (&type), *is = dk_expr_describe (expr);

        return dk_compiler_fail (self, expr, "%s is %s, but what it is derived from is %s", fact->id, wants, is);
      }
    domain = dk_compiler_constant (self, fact->kind, fact->domain);
    derived = expr->reg;
    /* A fact always applies: while the rule is not in force, it is just not answered. */
    if (names_rule (expr))
      derived = dk_compiler_emit (self, dk_op_for_kind (DK_OP_IF_NA, fact->kind), fact->kind, derived, domain, 0);
    *reg = dk_compiler_emit (self, dk_op_for_kind (DK_OP_DERIVE, fact->kind), fact->kind,
                             g_array_index (self->program->slots, DkSlot, *slot).reg, derived, domain);
    g_array_index (self->program->slots, DkSlot, *slot).derivation = expr;
    g_array_index (self->program->slots, DkSlot, *slot).known_reg = *reg;
    g_hash_table_insert (self->derived, g_steal_pointer (&key), GUINT_TO_POINTER (*reg));
  }
  return TRUE;
}

static gboolean
compile_fact (DkCompiler     *self,
              DkExpr         *expr,
              const DkSymbol *fact)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean indexed = expr->kind == DK_EXPR_INDEX;

  if (fact->period == DK_PERIOD_NONE && indexed)
    return dk_compiler_fail (self, expr, "%s has no years; write it without brackets", fact->id);
  if (fact->period != DK_PERIOD_NONE && !indexed)
    return dk_compiler_fail (self, expr, "%s is a yearly figure; say which year: %s[0] is the last full year", fact->id, fact->id);
  if (indexed && (expr->sub == 0) != (fact->period == DK_PERIOD_YEAR))
    return dk_compiler_fail (self, expr, fact->period == DK_PERIOD_YEAR
                                           ? "%s is a yearly figure and has no quarters or months"
                                           : "%s needs its quarters or months, such as [0 Q1..Q4] or [0 M12]",
                             fact->id);
  if (indexed && expr->sub != 0 && (expr->sub == 'Q') != (fact->period == DK_PERIOD_QUARTER))
    return dk_compiler_fail (self, expr, "%s is kept by the %s", fact->id, fact->period == DK_PERIOD_QUARTER ? "quarter" : "month");
  for (gint64 year = expr->low; year <= (indexed ? expr->high : expr->low); year++)
    for (int sub = expr->sub_low; sub <= expr->sub_high; sub++)
      {
        gint64 at = indexed ? year + (expr->is_absolute ? 0 : self->shift) : 0;
        guint slot, reg;

        if (!fact_register (self, expr, fact, at, expr->is_absolute, sub, &slot, &reg))
          return FALSE;
        g_array_append_val (regs, reg);
        g_array_append_val (slots, slot);
      }
  expr->fact = fact;
  g_free (expr->slots);
  expr->slots = g_memdup2 (slots->data, slots->len * sizeof (guint));
  dk_compiler_set_series (expr, (const guint *) (gpointer) regs->data, regs->len, symbol_type (fact));
  return TRUE;
}

/* Option @text of @choices, as a constant. */
static gboolean
compile_option (DkCompiler      *self,
                DkExpr          *expr,
                const DkChoices *choices,
                int              option)
{
  DkType type = { DK_KIND_CHOICE, DK_UNIT_PLAIN, choices, NULL };
  guint64 bit = (guint64) 1 << option;

  dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_CHOICE, DK_VALUE_CHOICE (bit)), type);
  return TRUE;
}

gboolean
dk_compiler_column (DkCompiler *self,
                    DkExpr     *expr,
                    DkRowScope *row,
                    const char *name)
{
  guint index;
  const DkSymbol *column = dk_register_find_column (row->reg, name, &index);
  guint reg = DK_NO_REGISTER;

  if (column == NULL)
    {
      g_autoptr(GPtrArray) known = g_ptr_array_new ();
      g_autofree char *list = NULL;

      for (guint i = 0; i < row->reg->columns->len; i++)
        g_ptr_array_add (known, ((DkSymbol *) g_ptr_array_index (row->reg->columns, i))->id);
      g_ptr_array_add (known, NULL);
      list = g_strjoinv (", ", (char **) known->pdata);
      return dk_compiler_fail (self, expr, "the register %s has no column %s; it has %s", row->reg->id, name, list);
    }
  for (guint i = 0; i < row->columns->len; i++)
    if (g_array_index (row->columns, guint, i) == index)
      reg = g_array_index (row->regs, guint, i);
  if (reg == DK_NO_REGISTER)
    {
      reg = dk_compiler_new_register (self, column->kind, (guint8) row->level);
      g_array_append_val (row->columns, index);
      g_array_append_val (row->regs, reg);
    }
  expr->fact = column;
  dk_compiler_set_result (expr, reg, symbol_type (column));
  return TRUE;
}

gboolean
dk_compiler_name (DkCompiler   *self,
                  DkExpr       *expr,
                  const DkType *wanted)
{
  const char *name = expr->kind == DK_EXPR_INDEX ? expr->args[0]->text : expr->text;
  const char *dot = strchr (name, '.');
  const DkSymbol *fact;
  int option;

  if (expr->kind == DK_EXPR_NAME)
    {
      if (strcmp (name, "true") == 0 || strcmp (name, "false") == 0)
        {
          dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_TRUTH, DK_VALUE_TRUTH (name[0] == 't' ? DK_TRUE : DK_FALSE)),
                                  TRUTH_TYPE);
          return TRUE;
        }
      if (strcmp (name, "unknown") == 0 || strcmp (name, "undefined") == 0)
        {
          DkType type = wanted != NULL ? *wanted : TRUTH_TYPE;
          DkValue value = DK_VALUE_UNDEFINED;

          if (name[3] == 'n')
            value = type.kind == DK_KIND_TRUTH    ? DK_VALUE_TRUTH (DK_OPEN)
                    : type.kind == DK_KIND_CHOICE ? (DkValue) { { (gint64) (((guint64) 1 << type.choices->options->len) - 1), 1 }, DK_ZERO, DK_RANGE }
                                                  : DK_VALUE_RANGE (DK_MINUS_INFINITY, DK_INFINITY);
          dk_compiler_set_result (expr, dk_compiler_constant (self, type.kind, value), type);
          return TRUE;
        }
      if (strcmp (name, "as_of") == 0)
        {
          dk_compiler_set_result (expr, self->as_of_reg, DATE_TYPE);
          return TRUE;
        }
      if (strcmp (name, "year") == 0)
        {
          guint reg = self->year_reg;

          if (self->shift != 0)
            reg = dk_compiler_emit (self, DK_OP_ADD, DK_KIND_NUMBER, reg,
                                    dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (DK_NUMBER (self->shift))), 0);
          dk_compiler_set_result (expr, reg, NUMBER_TYPE (DK_UNIT_PLAIN));
          return TRUE;
        }
      if (dot != NULL)
        for (guint i = self->rows->len; i-- > 0;)
          {
            DkRowScope *row = g_ptr_array_index (self->rows, i);

            if (strlen (row->alias) == (gsize) (dot - name) && strncmp (row->alias, name, (gsize) (dot - name)) == 0)
              return dk_compiler_column (self, expr, row, dot + 1);
          }
      if (wanted != NULL && wanted->kind == DK_KIND_CHOICE && dot == NULL
          && (option = dk_choices_find (wanted->choices, name)) >= 0)
        return compile_option (self, expr, wanted->choices, option);
    }

  fact = dk_scope_find_fact (self->scope, name);
  if (fact != NULL)
    return compile_fact (self, expr, fact);

  {
    guint before = dk_problems_count (self->problems);

    if (self->resolve != NULL && self->resolve (self->data, expr, name, self->shift))
      return dk_problems_count (self->problems) == before && expr->n_regs > 0;
  }
  if (wanted != NULL && wanted->kind == DK_KIND_CHOICE && dot == NULL && expr->kind == DK_EXPR_NAME)
    {
      g_autofree char *options = NULL;
      g_autoptr(GPtrArray) copy = g_ptr_array_new ();

      for (guint i = 0; i < wanted->choices->options->len; i++)
        g_ptr_array_add (copy, g_ptr_array_index (wanted->choices->options, i));
      g_ptr_array_add (copy, NULL);
      options = g_strjoinv (", ", (char **) copy->pdata);
      return dk_compiler_fail (self, expr, "%s is no option of %s, which has %s", name, wanted->choices->id, options);
    }
  if (dot != NULL && self->rows->len == 0 && strncmp (name, "row.", 4) == 0)
    return dk_compiler_fail (self, expr, "%s: there is no row here; a row stands inside count (register where ...)", name);
  return dk_compiler_fail (self, expr, "%s is no fact, rule or parameter", name);
}

gboolean
dk_compiler_literal (DkCompiler   *self,
                     DkExpr       *expr,
                     const DkType *wanted)
{
  switch (expr->kind)
    {
    case DK_EXPR_DATE:
      dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_DATE, DK_VALUE_POINT (expr->value)), DATE_TYPE);
      break;
    case DK_EXPR_STRING:
      if (wanted != NULL && wanted->kind == DK_KIND_CODE)
        {
          gint64 first, last;

          if (!dk_codes_find_prefix (wanted->codes, expr->text, &first, &last)
              || strcmp (g_ptr_array_index (wanted->codes->codes, (guint) first), expr->text) != 0)
            return dk_compiler_fail (self, expr, "%s is no code of %s", expr->text, wanted->codes->id);
          if (first != last)
            return dk_compiler_fail (self, expr, "%s has finer codes below it; ask with in ('%s')", expr->text, expr->text);
          dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_CODE, DK_VALUE_POINT (DK_NUMBER (first))), *wanted);
        }
      else
        dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_TEXT, DK_VALUE_POINT (DK_NUMBER (dk_text_intern (expr->text)))),
                                (DkType) { DK_KIND_TEXT, DK_UNIT_PLAIN, NULL, NULL });
      break;
    case DK_EXPR_RANGE:
      {
        DkExpr *low = expr->args[0], *high = expr->args[1];

        if (dk_number_compare (low->value, high->value) > 0)
          return dk_compiler_fail (self, expr, "a range goes from the lesser to the greater");
        dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_NUMBER,
                                                            dk_number_equal (low->value, high->value)
                                                              ? DK_VALUE_POINT (low->value)
                                                              : DK_VALUE_RANGE (low->value, high->value)),
                                NUMBER_TYPE (high->has_unit ? high->unit : low->unit));
        break;
      }
    default:
      dk_compiler_set_result (expr, dk_compiler_constant (self, DK_KIND_NUMBER, DK_VALUE_POINT (expr->value)), NUMBER_TYPE (expr->unit));
      break;
    }
  return TRUE;
}
