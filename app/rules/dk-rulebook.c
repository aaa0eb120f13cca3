/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-rulebook"

#include "dk-compiler-private.h"
#include "dk-item-private.h"
#include "dk-pack-private.h"
#include "dk-rulebook-private.h"

#include <string.h>

/* A named value in another year than the one it is written for. */
typedef struct
{
  DkExpr *expr;
  guint   reg;   /* DK_NO_REGISTER while it is being compiled */
} Shifted;

static void
free_shifted (Shifted *shifted)
{
  dk_expr_free (shifted->expr);
  g_free (shifted);
}

static void
free_extra (DkItem *item)
{
  g_free (item->id);
  dk_expr_free (item->value);
  g_ptr_array_unref (item->citations);
  g_ptr_array_unref (item->row_citations);
  g_ptr_array_unref (item->children);
  g_free (item);
}

DkRulebook *
dk_rulebook_new (const DkScope *scope)
{
  DkRulebook *self = g_new0 (DkRulebook, 1);

  self->scope = scope;
  self->arena = dk_arena_new ();
  self->program = dk_program_new (scope);
  self->packs = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_pack_free);
  self->shifted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) free_shifted);
  self->picked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->extra = g_ptr_array_new_with_free_func ((GDestroyNotify) free_extra);
  return self;
}

void
dk_rulebook_free (DkRulebook *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->shifted);
  g_hash_table_unref (self->picked);
  g_ptr_array_unref (self->extra);
  dk_compiler_free (self->compiler);
  g_ptr_array_unref (self->packs);
  dk_program_free (self->program);
  dk_arena_free (self->arena);
  g_free (self);
}

/* The pack to which a whole id belongs. */
static DkPack *
find_owner (DkRulebook *self,
            const char *id)
{
  const char *dot = strchr (id, '.');
  g_autofree char *name = dot != NULL ? g_strndup (id, (gsize) (dot - id)) : g_strdup (id);

  return dk_rulebook_find_pack (self, name);
}

DkRuleContext
dk_rulebook_enter (DkRulebook *self,
                   DkVersion  *version,
                   gint64      shift)
{
  DkCompiler *c = self->compiler;
  DkRuleContext before = { c->rows, c->own, c->shift, c->day_reg, c->is_loose, self->version };

  c->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_row_scope_free);
  c->own = NULL;
  c->shift = shift;
  c->is_loose = FALSE;
  self->version = version;
  if (version != NULL)
    {
      const DkPack *pack = ((DkItem *) g_ptr_array_index (version->items, 0))->pack;
      c->day_reg = pack->select_reg != DK_NO_REGISTER ? pack->select_reg : c->as_of_reg;
    }
  else
    c->day_reg = c->as_of_reg;
  return before;
}

void
dk_rulebook_leave (DkRulebook          *self,
                   const DkRuleContext *before)
{
  DkCompiler *c = self->compiler;

  g_ptr_array_unref (c->rows);
  c->rows = before->rows;
  c->own = before->own;
  c->shift = before->shift;
  c->day_reg = before->day;
  c->is_loose = before->is_loose;
  self->version = before->version;
}

/* Compiles an expression that stands beside the rules, on the as-of date: it belongs to no version, so it names rules in whole.
 * Returns where it stands; DK_NO_REGISTER when it is wrong. */
static guint
compile_loose (DkRulebook *self,
               DkExpr     *expr,
               DkKind      kind,
               const char *complaint)
{
  DkRuleContext before = dk_rulebook_enter (self, NULL, 0);
  guint reg = DK_NO_REGISTER;

  if (dk_compiler_compile (self->compiler, expr, NULL))
    {
      if (expr->out_kind != kind || expr->n_regs != 1)
        dk_problems_add (self->problems, dk_expr_get_place (expr), "%s", complaint);
      else
        reg = expr->reg;
    }
  dk_rulebook_leave (self, &before);
  return reg;
}

/* What a pack says besides its rules: whether its title is held and until when, and when duties are due. */
static void
compile_holding (DkRulebook *self,
                 DkPack     *pack)
{
  if (pack->held != NULL)
    pack->held_reg = compile_loose (self, pack->held, DK_KIND_TRUTH, "`held` must be a condition: true while the title is held");
  if (pack->held_until != NULL)
    pack->held_until_reg = compile_loose (self, pack->held_until, DK_KIND_DATE, "`held_until` must be a date: the last day of the title");
  for (guint i = 0; i < pack->duties->len; i++)
    {
      DkNotice *duty = g_ptr_array_index (pack->duties, i);

      if (duty->due != NULL)
        duty->due_reg = compile_loose (self, duty->due, DK_KIND_DATE, "`due` must be a date: the day by which the duty is to be done");
    }
}

/* When the steps of a pack began, and whether they are over. */
static void
compile_stages (DkRulebook *self,
                DkPack     *pack)
{
  for (guint i = 0; i < pack->stages->len; i++)
    {
      DkStage *stage = g_ptr_array_index (pack->stages, i);

      if (stage->began != NULL)
        stage->began_reg = compile_loose (self, stage->began, DK_KIND_DATE, "`began` must be a date: the day on which the step began");
      if (stage->done != NULL)
        stage->done_reg = compile_loose (self, stage->done, DK_KIND_DATE, "`done` must be a date: the day on which the step ended");
      if (stage->over != NULL)
        stage->over_reg = compile_loose (self, stage->over, DK_KIND_TRUTH, "`over` must be a condition: true once the step has ended");
    }
}

static guint
get_day_register (DkRulebook *self,
                  DkPack     *pack)
{
  DkCompiler *c = self->compiler;

  if (pack->select == NULL)
    return c->as_of_reg;
  if (pack->select_reg == DK_NO_REGISTER)
    {
      guint reg;

      pack->select_reg = c->as_of_reg; /* should it ask for the pack's own rules */
      reg = compile_loose (self, pack->select, DK_KIND_DATE, "`select` must be a date: the day whose law holds");
      if (reg != DK_NO_REGISTER)
        pack->select_reg = reg;
    }
  return pack->select_reg;
}

static DkParameter *
find_parameter (DkPack     *pack,
                const char *id)
{
  for (guint i = 0; i < pack->parameters->len; i++)
    {
      DkParameter *parameter = g_ptr_array_index (pack->parameters, i);

      if (strcmp (parameter->id, id) == 0)
        return parameter;
    }
  return NULL;
}

static void
read_parameter (DkRulebook  *self,
                DkExpr      *node,
                DkParameter *parameter)
{
  DkDatedTable *table = g_new0 (DkDatedTable, 1);

  table->kind = DK_KIND_NUMBER;
  table->n = parameter->entries->len;
  table->entries = g_new0 (DkDated, MAX (1, table->n));
  for (guint i = 0; i < table->n; i++)
    {
      const DkParameterEntry *entry = g_ptr_array_index (parameter->entries, i);

      table->entries[i] = (DkDated) { entry->from, entry->to, entry->value };
    }
  g_ptr_array_add (self->program->dated, table);
  node->parameter = parameter;
  dk_compiler_set_result (node,
                          dk_compiler_emit (self->compiler, DK_OP_PARAMETER, DK_KIND_NUMBER, self->compiler->day_reg, self->program->dated->len - 1, 0),
                          (DkType) { DK_KIND_NUMBER, parameter->unit, NULL, NULL });
}

/* The most points that a rule gives, in whatever year. */
static guint
limit_points (DkRulebook   *self,
              const DkItem *item,
              guint         reg)
{
  guint both[2] = { reg, DK_NO_REGISTER };

  if (dk_number_sign (item->max) <= 0)
    return reg;
  both[1] = dk_compiler_constant (self->compiler, DK_KIND_NUMBER, DK_VALUE_POINT (item->max));
  return dk_compiler_emit_list (self->compiler, DK_OP_MIN, DK_KIND_NUMBER, both, 2, 0, 0);
}

/* A rule's value in another year: compiled again, with every yearly fact moved. */
static gboolean
shift_item (DkRulebook *self,
            DkExpr     *node,
            DkItem     *item,
            gint64      shift,
            guint      *reg,
            DkExpr    **instance)
{
  g_autofree char *key = g_strdup_printf ("%p %" G_GINT64_FORMAT, (gpointer) item, shift);
  Shifted *shifted = g_hash_table_lookup (self->shifted, key);

  if (shift == 0)
    {
      *reg = dk_item_get_register (item);
      *instance = item->value;
      return TRUE;
    }
  if (item->value_node == NULL)
    {
      dk_problems_add (self->problems, dk_expr_get_place (node), "%s has no value of its own in other years", item->id);
      return FALSE;
    }
  if (item->applies != NULL)
    {
      dk_problems_add (self->problems, dk_expr_get_place (node), "%s has an `applies`, which speaks of one year; put the condition into its value to read it in others",
                       item->id);
      return FALSE;
    }
  if (shifted == NULL)
    {
      DkRuleContext before;
      gboolean ok;
      DkType wanted = dk_item_get_type (item);

      shifted = g_new0 (Shifted, 1);
      shifted->reg = DK_NO_REGISTER;
      g_hash_table_insert (self->shifted, g_steal_pointer (&key), shifted);
      shifted->expr = dk_pack_read_value (item->value_node, self->arena, self->problems);
      if (shifted->expr == NULL)
        return FALSE;
      before = dk_rulebook_enter (self, item->version, shift);
      ok = dk_compiler_compile (self->compiler, shifted->expr, wanted.kind == DK_KIND_CHOICE ? &wanted : NULL);
      dk_rulebook_leave (self, &before);
      if (!ok)
        return FALSE;
      shifted->reg = shifted->expr->reg;
      if (item->kind == DK_ITEM_SCORE)
        shifted->reg = limit_points (self, item, dk_compiler_emit (self->compiler, DK_OP_SCORE, DK_KIND_NUMBER, shifted->reg, 0, 0));
    }
  if (shifted->reg == DK_NO_REGISTER)
    {
      dk_problems_add (self->problems, dk_expr_get_place (node), "%s rests on itself", item->id);
      return FALSE;
    }
  *reg = shifted->reg;
  *instance = shifted->expr;
  return TRUE;
}

/* A rule of another pack, or one that a fact is derived from: that of the version in force; of several, when the day is not
 * known. What a yearly fact is derived from is read in the year of the fact. */
static gboolean
pick_item (DkRulebook *self,
           DkExpr     *node,
           DkPack     *pack,
           const char *id,
           gint64      shift)
{
  gpointer known;
  DkItem *first = NULL;
  DkExpr *instance = NULL;
  g_autofree char *key = g_strdup_printf ("%s %" G_GINT64_FORMAT, id, shift);
  g_autoptr(GArray) regs = NULL;
  DkDatedTable *table;
  DkType type;
  guint reg;

  for (guint i = 0; i < pack->versions->len; i++)
    {
      DkItem *item = dk_version_find_item (g_ptr_array_index (pack->versions, i), id);

      if (item == NULL)
        continue;
      if (!dk_item_may_be_named (item, node, self->problems))
        return TRUE;
      if (!dk_rulebook_compile_item (self, item))
        {
          if (item->state == DK_ITEM_COMPILING)
            dk_problems_add (self->problems, dk_expr_get_place (node), "%s rests on itself", id);
          else
            node->n_regs = 0; /* reported where it stands; here only that this one cannot be settled either */
          return TRUE;
        }
      if (first == NULL)
        first = item;
    }
  if (first == NULL)
    return FALSE;
  type = dk_item_get_type (first);
  node->item = first;
  if (first->value_node == NULL)
    shift = 0;
  for (guint i = 0; shift != 0 && i < pack->versions->len; i++)
    {
      DkItem *item = dk_version_find_item (g_ptr_array_index (pack->versions, i), id);
      guint moved;

      if (item != NULL && !shift_item (self, node, item, shift, &moved, &instance))
        return TRUE;
      if (item != NULL)
        node->item = item; /* the newest: what it looks like in that year is shown by it */
    }
  g_free (node->instances);
  node->instances = instance != NULL ? g_memdup2 (&instance, sizeof instance) : NULL;
  node->low = shift;
  if (g_hash_table_lookup_extended (self->picked, key, NULL, &known))
    {
      dk_compiler_set_result (node, GPOINTER_TO_UINT (known), type);
      return TRUE;
    }
  regs = g_array_new (FALSE, FALSE, sizeof (guint));
  table = g_new0 (DkDatedTable, 1);
  table->kind = type.kind;
  table->entries = g_new0 (DkDated, pack->versions->len);
  g_ptr_array_add (self->program->dated, table);
  for (guint i = 0; i < pack->versions->len; i++)
    {
      DkVersion *version = g_ptr_array_index (pack->versions, i);
      DkItem *item = dk_version_find_item (version, id);
      DkType other;
      guint one;

      if (item == NULL)
        continue;
      other = dk_item_get_type (item);
      if (other.kind != type.kind || other.unit != type.unit || other.choices != type.choices)
        {
          dk_problems_add (self->problems, item->place, "%s is of another type in version %s than in the first", id, version->id);
          return TRUE;
        }
      if (!shift_item (self, node, item, shift, &one, &instance))
        return TRUE;
      table->entries[table->n].from = version->from;
      table->entries[table->n++].to = version->to;
      g_array_append_val (regs, one);
    }
  reg = dk_compiler_emit_list (self->compiler, dk_op_for_kind (DK_OP_PICK, type.kind), type.kind, (const guint *) (gpointer) regs->data, regs->len,
                               get_day_register (self, pack), self->program->dated->len - 1);
  g_hash_table_insert (self->picked, g_steal_pointer (&key), GUINT_TO_POINTER (reg));
  dk_compiler_set_result (node, reg, type);
  return TRUE;
}

static gboolean
resolve_local (DkRulebook *self,
               DkExpr     *node,
               DkItem     *item,
               gint64      shift)
{
  gint64 low = shift, high = shift;
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GPtrArray) instances = g_ptr_array_new ();

  if (!dk_item_may_be_named (item, node, self->problems))
    return TRUE;
  if (!dk_rulebook_compile_item (self, item))
    {
      if (item->state == DK_ITEM_COMPILING)
        dk_problems_add (self->problems, dk_expr_get_place (node), "%s rests on itself", item->id);
      else if (item->state == DK_ITEM_FAILED)
        /* Reported where it stands; here only that this one cannot be settled either. */
        node->n_regs = 0;
      return TRUE;
    }
  node->item = item;
  if (item->kind == DK_ITEM_CHOICE && shift != 0)
    {
      dk_problems_add (self->problems, dk_expr_get_place (node), "%s is a choice of this year, which says nothing about another", item->id);
      return TRUE;
    }
  if (node->kind == DK_EXPR_INDEX)
    {
      if (node->sub != 0 || node->is_absolute)
        {
          dk_problems_add (self->problems, dk_expr_get_place (node), "a rule is read in years counted from the last full one, such as %s[-1]", node->args[0]->text);
          return TRUE;
        }
      low = node->low + shift;
      high = node->high + shift;
    }
  else
    node->low = low = high = item->value_node != NULL ? shift : 0;
  for (gint64 year = low; year <= high; year++)
    {
      guint reg;
      DkExpr *instance;

      if (!shift_item (self, node, item, year, &reg, &instance))
        return TRUE;
      g_array_append_val (regs, reg);
      g_ptr_array_add (instances, instance);
    }
  dk_compiler_set_series (node, (const guint *) (gpointer) regs->data, regs->len, dk_item_get_type (item));
  g_free (node->instances);
  node->instances = g_memdup2 (instances->pdata, instances->len * sizeof (gpointer));
  return TRUE;
}

static gboolean
resolve (gpointer    data,
         DkExpr     *node,
         const char *name,
         gint64      shift)
{
  DkRulebook *self = data;
  DkPack *pack;
  DkParameter *parameter;

  if (self->version != NULL && !self->compiler->is_loose)
    {
      DkItem *any = g_ptr_array_index (self->version->items, 0);
      g_autofree char *whole = g_strdup_printf ("%s.%s", any->pack->id, name);
      DkItem *item = dk_version_find_item (self->version, whole);

      if (item == NULL)
        item = dk_version_find_item (self->version, name);
      if (item != NULL)
        return resolve_local (self, node, item, shift);
      parameter = find_parameter (any->pack, whole);
      if (parameter != NULL)
        {
          read_parameter (self, node, parameter);
          return TRUE;
        }
    }
  pack = find_owner (self, name);
  if (pack == NULL || pack->versions->len == 0)
    return FALSE;
  parameter = find_parameter (pack, name);
  if (parameter != NULL)
    {
      read_parameter (self, node, parameter);
      return TRUE;
    }
  if (node->kind == DK_EXPR_INDEX)
    {
      dk_problems_add (self->problems, dk_expr_get_place (node), "a rule of another pack is read as it is, without years: %s", name);
      return TRUE;
    }
  return pick_item (self, node, pack, name, self->compiler->is_loose ? shift : 0);
}

static gboolean
need_truth (DkRulebook   *self,
            const DkExpr *expr,
            const char   *what)
{
  DkType type = dk_expr_get_type (expr);
  g_autofree char *is = NULL;

  if (expr->n_regs == 1 && expr->out_kind == DK_KIND_TRUTH)
    return TRUE;
  is = dk_type_describe (&type);
  dk_problems_add (self->problems, dk_expr_get_place (expr), "%s must be a condition, such as staff[0] <= 500; this is %s%s", what, is,
                   expr->n_regs > 1 ? " of several years: say all(...) or any(...)" : "");
  return FALSE;
}

static gboolean
compile_value (DkRulebook *self,
               DkItem     *item)
{
  DkCompiler *c = self->compiler;
  DkType wanted = { DK_KIND_CHOICE, DK_UNIT_PLAIN, item->choices, NULL };

  if (item->value == NULL || !dk_compiler_compile (c, item->value, item->choices != NULL ? &wanted : NULL))
    return FALSE;
  if (item->value->n_regs != 1)
    {
      dk_problems_add (self->problems, dk_expr_get_place (item->value), "a rule has a single value, not a series of years: take its sum, mean or least");
      return FALSE;
    }
  item->kind_of_value = item->value->out_kind;
  item->unit = item->value->out_unit;
  item->choices = item->value->out_choices;
  item->codes = item->value->out_codes;
  item->value_reg = item->value->reg;
  if (item->kind == DK_ITEM_SCORE)
    {
      if (item->kind_of_value != DK_KIND_NUMBER || (item->unit != DK_UNIT_PLAIN && item->unit != DK_UNIT_POINTS))
        {
          DkType type = dk_expr_get_type (item->value);
          g_autofree char *is = dk_type_describe (&type);

          dk_problems_add (self->problems, dk_expr_get_place (item->value), "points are a plain number; this is %s", is);
          return FALSE;
        }
      item->unit = DK_UNIT_POINTS;
      item->value_reg = dk_compiler_emit (c, DK_OP_SCORE, DK_KIND_NUMBER, item->value_reg, 0, 0);
    }
  return TRUE;
}

static DkPlace
place_of_member (const DkItem *group,
                 guint         member)
{
  return ((const DkNode *) g_ptr_array_index (group->member_nodes, member))->place;
}

static gboolean
compile_total (DkRulebook *self,
               DkItem     *item)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  guint zero = dk_compiler_constant (self->compiler, DK_KIND_NUMBER, DK_VALUE_POINT (DK_ZERO));

  for (guint i = 0; i < item->children->len; i++)
    {
      DkItem *child = g_ptr_array_index (item->children, i);
      guint reg;

      if (!dk_rulebook_compile_item (self, child))
        {
          if (child->state == DK_ITEM_COMPILING)
            dk_problems_add (self->problems, place_of_member (item, i), "%s rests on itself", item->id);
          return FALSE;
        }
      reg = child->value_reg;
      if (dk_compiler_may_be_na (self->compiler, reg))
        reg = dk_compiler_emit (self->compiler, DK_OP_IF_NA, DK_KIND_NUMBER, reg, zero, 0);
      g_array_append_val (regs, reg);
    }
  item->kind_of_value = DK_KIND_NUMBER;
  item->unit = DK_UNIT_POINTS;
  item->value_reg = dk_compiler_emit_list (self->compiler, DK_OP_SUM, DK_KIND_NUMBER, (const guint *) (gpointer) regs->data, regs->len, 0, 0);
  return TRUE;
}

static gboolean
compile_group (DkRulebook *self,
               DkItem     *item)
{
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));
  DkOp op = item->kind == DK_ITEM_ALL ? DK_OP_ALL : item->kind == DK_ITEM_ANY ? DK_OP_ANY : DK_OP_AT_LEAST;

  for (guint i = 0; i < item->children->len; i++)
    {
      DkItem *child = g_ptr_array_index (item->children, i);

      if (!dk_rulebook_compile_item (self, child))
        {
          if (child->state == DK_ITEM_COMPILING)
            dk_problems_add (self->problems, place_of_member (item, i), "%s rests on itself", item->id);
          return FALSE;
        }
      if (child->verdict_reg == DK_NO_REGISTER)
        {
          dk_problems_add (self->problems, place_of_member (item, i), "%s has no verdict; a group joins criteria", child->id);
          return FALSE;
        }
      g_array_append_val (regs, child->verdict_reg);
    }
  item->truth_reg = dk_compiler_emit_list (self->compiler, op, DK_KIND_TRUTH, (const guint *) (gpointer) regs->data, regs->len, item->at_least,
                                           op == DK_OP_AT_LEAST ? 1 : 0);
  item->verdict_reg = item->truth_reg;
  return TRUE;
}

static gboolean
compile_requirement (DkRulebook *self,
                     DkItem     *item)
{
  DkCompiler *c = self->compiler;
  DkExpr own = { .kind = DK_EXPR_NAME, .place = item->place, .reg = item->value_reg, .n_regs = 1, .regs = &item->value_reg,
                 .out_kind = item->kind_of_value, .out_unit = item->unit, .out_choices = item->choices, .out_codes = item->codes };
  DkExpr *require = item->require;
  gboolean ok;

  if (item->value != NULL && item->kind == DK_ITEM_CRITERION && item->value->kind == DK_EXPR_CALL)
    own = *item->value; /* so that a compound growth is compared without a root */
  c->own = item->value_reg != DK_NO_REGISTER ? &own : NULL;
  ok = dk_compiler_compile (c, require, NULL);
  c->own = NULL;
  if (!ok || !need_truth (self, require, item->kind == DK_ITEM_WARNING ? "`warn`" : "`require`"))
    return FALSE;
  item->truth_reg = require->reg;
  if (require->kind == DK_EXPR_COMPARE)
    {
      item->measured_reg = require->args[0] != NULL ? require->args[0]->reg : item->value_reg;
      item->threshold_reg = require->args[1]->reg;
      item->comparison = require->comparison;
      if (item->value_reg == DK_NO_REGISTER && require->args[0]->n_regs == 1)
        {
          item->value_reg = require->args[0]->reg;
          item->kind_of_value = require->args[0]->out_kind;
          item->unit = require->args[0]->out_unit;
          item->choices = require->args[0]->out_choices;
          item->codes = require->args[0]->out_codes;
        }
    }
  item->verdict_reg = dk_compiler_emit (c, DK_OP_VERDICT, DK_KIND_TRUTH, item->truth_reg, 0, 0);
  if (item->kind == DK_ITEM_WARNING)
    item->verdict_reg = dk_compiler_emit (c, DK_OP_NOT, DK_KIND_TRUTH, item->verdict_reg, 0, 0);
  return TRUE;
}

static gboolean
compile_applies (DkRulebook *self,
                 DkItem     *item)
{
  DkCompiler *c = self->compiler;

  if (!dk_compiler_compile (c, item->applies, NULL) || !need_truth (self, item->applies, "`applies`"))
    return FALSE;
  if (item->verdict_reg != DK_NO_REGISTER)
    item->verdict_reg = dk_compiler_emit (c, DK_OP_APPLIES_TRUTH, DK_KIND_TRUTH, item->applies->reg, item->verdict_reg, 0);
  if (item->value_reg != DK_NO_REGISTER)
    item->value_reg = dk_compiler_emit (c, dk_op_for_kind (DK_OP_APPLIES, item->kind_of_value), item->kind_of_value, item->applies->reg, item->value_reg, 0);
  return TRUE;
}

static gboolean
compile_parts (DkRulebook *self,
               DkItem     *item)
{
  switch (item->kind)
    {
    case DK_ITEM_TOTAL:
      if (!compile_total (self, item))
        return FALSE;
      break;
    case DK_ITEM_ALL:
    case DK_ITEM_ANY:
    case DK_ITEM_AT_LEAST:
      if (!compile_group (self, item))
        return FALSE;
      break;
    case DK_ITEM_CHOICE:
      if (!dk_rulebook_compile_choice (self, item))
        return FALSE;
      break;
    case DK_ITEM_LIST: /* computes nothing; its members are compiled by themselves */
    case DK_ITEM_WARNING:
      break;
    default:
      if ((item->value_node != NULL || item->value != NULL) && !compile_value (self, item))
        return FALSE;
      break;
    }
  item->value_reg = limit_points (self, item, item->value_reg);
  if (item->version != NULL && item->version->decisions != NULL && item->version->decisions->objective == item
      && !dk_rulebook_compile_objective (self, item))
    return FALSE;
  if (item->require != NULL && !compile_requirement (self, item))
    return FALSE;
  /* A named condition can be a member of a group. */
  if (item->kind == DK_ITEM_VALUE && item->kind_of_value == DK_KIND_TRUTH)
    {
      item->truth_reg = item->value_reg;
      item->verdict_reg = dk_compiler_emit (self->compiler, DK_OP_VERDICT, DK_KIND_TRUTH, item->value_reg, 0, 0);
    }
  return item->applies == NULL || compile_applies (self, item);
}

gboolean
dk_rulebook_compile_item (DkRulebook *self,
                          DkItem     *item)
{
  DkRuleContext before;
  gboolean ok;

  if (item->state != DK_ITEM_FRESH)
    return item->state == DK_ITEM_COMPILED;
  if (self->compiler->depth > 1500)
    {
      dk_problems_add (self->problems, item->place, "%s rests on a chain of rules that is too long", item->id);
      item->state = DK_ITEM_FAILED;
      return FALSE;
    }
  item->state = DK_ITEM_COMPILING;
  self->compiler->depth += 10;
  before = dk_rulebook_enter (self, item->version, item->year);
  ok = compile_parts (self, item);
  dk_rulebook_leave (self, &before);
  self->compiler->depth -= 10;
  item->state = ok ? DK_ITEM_COMPILED : DK_ITEM_FAILED;
  return ok;
}

static void
check_reading (DkRulebook   *self,
               const DkPack *pack)
{
  if (pack->reading_of != NULL && dk_rulebook_find_pack (self, pack->reading_of) == NULL)
    dk_problems_add (self->problems, pack->place, "%s is a reading of %s, and there is no such pack", pack->id, pack->reading_of);
}

gboolean
dk_rulebook_compile (DkRulebook *self,
                     DkProblems *problems)
{
  guint before = dk_problems_count (problems);
  gboolean ok = TRUE;

  g_return_val_if_fail (self->compiler == NULL, FALSE);
  self->problems = problems;
  self->compiler = dk_compiler_new (self->program, self->scope, problems, resolve, self);
  for (guint p = 0; p < self->packs->len; p++)
    get_day_register (self, g_ptr_array_index (self->packs, p));
  dk_rulebook_find_objectives (self);
  for (guint p = 0; p < self->packs->len; p++)
    {
      DkPack *pack = g_ptr_array_index (self->packs, p);

      check_reading (self, pack);
      for (guint v = 0; v < pack->versions->len; v++)
        {
          DkVersion *version = g_ptr_array_index (pack->versions, v);

          for (guint i = 0; i < version->items->len; i++)
            ok = dk_rulebook_compile_item (self, g_ptr_array_index (version->items, i)) && ok;
          if (version->root != NULL && version->root->state == DK_ITEM_COMPILED && version->root->verdict_reg == DK_NO_REGISTER
              && strcmp (pack->kind, "profile") != 0 && !dk_pack_is_check (pack))
            dk_problems_add (problems, version->root->place, "%s has no verdict; the rule with the pack's id must be a criterion, a group or points with `require`",
                             version->root->id);
        }
    }
  for (guint p = 0; p < self->packs->len; p++)
    {
      compile_holding (self, g_ptr_array_index (self->packs, p));
      compile_stages (self, g_ptr_array_index (self->packs, p));
    }
  ok = dk_rulebook_finish_choices (self) && ok;
  dk_program_finish (self->program);
  self->problems = NULL;
  return ok && dk_problems_count (problems) == before;
}

/* The program is still to be finished. */
static const DkItem *
compile_expression (DkRulebook *self,
                    const char *text,
                    DkProblems *problems)
{
  DkItem *item;
  DkRuleContext before;
  gboolean ok;

  g_return_val_if_fail (self->compiler != NULL, NULL);
  item = g_new0 (DkItem, 1);
  item->id = g_strdup ("expression");
  item->kind = DK_ITEM_VALUE;
  item->citations = g_ptr_array_new ();
  item->row_citations = g_ptr_array_new ();
  item->children = g_ptr_array_new ();
  item->value_reg = item->threshold_reg = item->measured_reg = item->truth_reg = item->verdict_reg = DK_NO_REGISTER;
  item->max = DK_NUMBER (-1);
  g_ptr_array_add (self->extra, item);
  item->value = dk_expr_parse (text, NULL, self->arena, problems);
  if (item->value == NULL)
    return NULL;
  self->problems = self->compiler->problems = problems;
  before = dk_rulebook_enter (self, NULL, 0);
  ok = compile_parts (self, item);
  dk_rulebook_leave (self, &before);
  self->problems = self->compiler->problems = NULL;
  return ok ? item : NULL;
}

const DkItem *
dk_rulebook_compile_expression (DkRulebook *self,
                                const char *text,
                                DkProblems *problems)
{
  const DkItem *item = compile_expression (self, text, problems);

  if (item != NULL)
    dk_program_finish (self->program);
  return item;
}

void
dk_rulebook_compile_expressions (DkRulebook        *self,
                                 const char *const *texts,
                                 const DkItem     **items,
                                 DkProblems        *problems)
{
  for (guint i = 0; texts[i] != NULL; i++)
    items[i] = compile_expression (self, texts[i], problems);
  dk_program_finish (self->program);
}
