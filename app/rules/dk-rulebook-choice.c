/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choices of packs, compiled: what is tried, and where the search stands in the program.
 *
 * A choice is a register like that of a fact, so that rules name it as they name facts. What rests on it is computed in the search
 * for each combination, and afterwards once more with what was chosen; so the search stands before all that rests on a choice, and
 * behind all that it reads besides. */
#define G_LOG_DOMAIN "dk-rulebook"

#include "dk-compiler-private.h"
#include "dk-pack-private.h"
#include "dk-rulebook-private.h"

#include <string.h>

void
dk_rulebook_find_objectives (DkRulebook *self)
{
  for (guint p = 0; p < self->packs->len; p++)
    {
      DkPack *pack = g_ptr_array_index (self->packs, p);

      for (guint v = 0; v < pack->versions->len; v++)
        {
          DkVersion *version = g_ptr_array_index (pack->versions, v);
          DkDecisions *decisions = version->decisions;

          if (decisions == NULL || decisions->objective_id == NULL)
            continue;
          decisions->objective = dk_version_find_item (version, decisions->objective_id);
          if (decisions->objective == NULL)
            dk_problems_add (self->problems, decisions->place, "there is no rule %s in version %s", decisions->objective_id, version->id);
          else if (decisions->objective->kind != DK_ITEM_VALUE || decisions->objective->applies != NULL || decisions->objective->n_years > 0)
            {
              dk_problems_add (self->problems, decisions->place, "choices are made for a rule with a `value` that always applies, and for one year; %s is none",
                               decisions->objective_id);
              decisions->objective = NULL;
            }
        }
    }
}

/* The register with what was chosen: written by an instruction that is made when everything else is there. */
static guint
get_combined (DkRulebook  *self,
              DkDecisions *decisions)
{
  if (decisions->combined_reg == DK_NO_REGISTER)
    decisions->combined_reg = dk_compiler_new_register (self->compiler, DK_KIND_NUMBER, 0);
  return decisions->combined_reg;
}

gboolean
dk_rulebook_compile_choice (DkRulebook *self,
                            DkItem     *item)
{
  DkDecisions *decisions = item->version->decisions;
  guint first = 0;

  for (guint i = 0; g_ptr_array_index (decisions->choices, i) != item; i++)
    first += ((const DkItem *) g_ptr_array_index (decisions->choices, i))->options->len;
  if (first + item->options->len > DK_MAX_OPTIONS)
    return FALSE; /* reported when the pack was read */
  item->value_reg = dk_compiler_emit (self->compiler, DK_OP_CHOSEN, DK_KIND_CHOICE, get_combined (self, decisions), first, item->options->len);
  return TRUE;
}

gboolean
dk_rulebook_compile_objective (DkRulebook *self,
                               DkItem     *item)
{
  DkDecisions *decisions = item->version->decisions;

  if (item->kind_of_value != DK_KIND_NUMBER)
    {
      dk_problems_add (self->problems, decisions->place, "choices are made for the least or the most of a number; %s is none", item->id);
      return FALSE;
    }
  decisions->objective_reg = item->value_reg;
  item->value_reg = dk_compiler_emit (self->compiler, DK_OP_OPTIMUM, DK_KIND_NUMBER, get_combined (self, decisions), item->value_reg, 0);
  return TRUE;
}

static gboolean
compile_condition (DkRulebook *self,
                   DkExpr     *expr,
                   const char *what,
                   guint      *reg)
{
  if (expr == NULL)
    return TRUE;
  if (!dk_compiler_compile (self->compiler, expr, NULL))
    return FALSE;
  if (expr->n_regs != 1 || expr->out_kind != DK_KIND_TRUTH)
    {
      dk_problems_add (self->problems, dk_expr_get_place (expr), "%s must be a condition", what);
      return FALSE;
    }
  *reg = expr->reg;
  return TRUE;
}

static gboolean
compile_conditions (DkRulebook  *self,
                    DkVersion   *version,
                    DkDecisions *decisions)
{
  DkRuleContext before = dk_rulebook_enter (self, version, 0);
  gboolean ok = TRUE;

  for (guint i = 0; i < decisions->choices->len; i++)
    {
      const DkItem *item = g_ptr_array_index (decisions->choices, i);

      for (guint k = 0; k < item->options->len; k++)
        {
          DkOption *option = g_ptr_array_index (item->options, k);

          ok = compile_condition (self, option->when, "`when` of an option", &option->when_reg) && ok;
          ok = compile_condition (self, option->decided, "`decided`", &option->decided_reg) && ok;
        }
    }
  for (guint i = 0; i < decisions->exclusions->len; i++)
    {
      DkExclusion *exclusion = g_ptr_array_index (decisions->exclusions, i);

      ok = compile_condition (self, exclusion->when, "`when` of an exclusion", &exclusion->reg) && ok;
    }
  dk_rulebook_leave (self, &before);
  return ok;
}

/* All that the search of a version looks at in the end. */
static void
collect_sinks (const DkDecisions *decisions,
               gboolean           with_decided,
               GArray            *sinks)
{
  g_array_append_val (sinks, decisions->objective_reg);
  for (guint i = 0; i < decisions->choices->len; i++)
    {
      const DkItem *item = g_ptr_array_index (decisions->choices, i);

      for (guint k = 0; k < item->options->len; k++)
        {
          const DkOption *option = g_ptr_array_index (item->options, k);

          if (option->when_reg != DK_NO_REGISTER)
            g_array_append_val (sinks, option->when_reg);
          if (with_decided && option->decided_reg != DK_NO_REGISTER)
            g_array_append_val (sinks, option->decided_reg);
        }
    }
  for (guint i = 0; i < decisions->exclusions->len; i++)
    {
      const DkExclusion *exclusion = g_ptr_array_index (decisions->exclusions, i);

      if (exclusion->reg != DK_NO_REGISTER)
        g_array_append_val (sinks, exclusion->reg);
    }
}

/* The program while its searches are put into it. */
typedef struct
{
  DkRulebook *self;
  DkProgram  *program;
  guint       n_regs;
  guint32    *producers;  /* by register: instruction, or DK_NO_REGISTER */
  GArray     *operands;   /* guint32: of all instructions */
  guint32    *starts;     /* by instruction, and one more */
  GPtrArray  *versions;   /* DkVersion * with choices */
  guint64    *rests_on;   /* by register: choices of the version at hand that it rests on */
} Layout;

static void
read_operands (Layout *layout)
{
  DkProgram *program = layout->program;
  guint32 few[64];

  g_clear_pointer (&layout->operands, g_array_unref);
  g_free (layout->starts);
  g_free (layout->producers);
  layout->n_regs = program->kinds->len;
  layout->operands = g_array_new (FALSE, FALSE, sizeof (guint32));
  layout->starts = g_new (guint32, program->code->len + 1);
  layout->producers = g_new (guint32, layout->n_regs);
  for (guint i = 0; i < layout->n_regs; i++)
    layout->producers[i] = DK_NO_REGISTER;
  for (guint i = 0; i < program->code->len; i++)
    {
      const DkInstr *instr = &g_array_index (program->code, DkInstr, i);
      guint n = dk_instr_get_operands (program, instr, few, G_N_ELEMENTS (few));

      layout->starts[i] = layout->operands->len;
      layout->producers[instr->dst] = i;
      if (n <= G_N_ELEMENTS (few))
        g_array_append_vals (layout->operands, few, n);
      else
        {
          g_array_set_size (layout->operands, layout->operands->len + n);
          dk_instr_get_operands (program, instr, &g_array_index (layout->operands, guint32, layout->starts[i]), n);
        }
    }
  layout->starts[program->code->len] = layout->operands->len;
}

/* Which registers rest on the choices of @decisions; other searches pass on what they look at. */
static void
find_dependents (Layout            *layout,
                 const DkDecisions *decisions)
{
  const DkProgram *program = layout->program;
  gboolean has_changes = TRUE;

  memset (layout->rests_on, 0, layout->n_regs * sizeof (guint64));
  for (guint k = 0; k < decisions->choices->len; k++)
    layout->rests_on[((const DkItem *) g_ptr_array_index (decisions->choices, k))->value_reg] = (guint64) 1 << k;
  while (has_changes)
    {
      has_changes = FALSE;
      for (guint i = 0; i < program->code->len; i++)
        {
          const DkInstr *instr = &g_array_index (program->code, DkInstr, i);
          guint64 bits = layout->rests_on[instr->dst];

          if (instr->op == DK_OP_CHOSEN && instr->a == decisions->combined_reg)
            continue;
          for (guint k = layout->starts[i]; k < layout->starts[i + 1]; k++)
            bits |= layout->rests_on[g_array_index (layout->operands, guint32, k)];
          has_changes |= bits != layout->rests_on[instr->dst];
          layout->rests_on[instr->dst] = bits;
        }
      for (guint v = 0; v < layout->versions->len; v++)
        {
          const DkDecisions *other = ((const DkVersion *) g_ptr_array_index (layout->versions, v))->decisions;
          g_autoptr(GArray) sinks = g_array_new (FALSE, FALSE, sizeof (guint));
          guint64 bits = layout->rests_on[other->combined_reg];

          if (other == decisions)
            continue;
          collect_sinks (other, TRUE, sinks);
          for (guint k = 0; k < sinks->len; k++)
            bits |= layout->rests_on[g_array_index (sinks, guint, k)];
          has_changes |= bits != layout->rests_on[other->combined_reg];
          layout->rests_on[other->combined_reg] = bits;
        }
    }
}

static guint
level_of (const Layout *layout,
          guint         reg)
{
  return layout->rests_on[reg] != 0 ? 63 - (guint) __builtin_clzll (layout->rests_on[reg]) : 0;
}

static void
add_check (DkChoosing *choosing,
           guint       level,
           gboolean    is_exclusion,
           guint       which,
           guint       reg)
{
  DkLawCheck check = { is_exclusion, which, reg };

  g_array_append_val (choosing->levels[level].checks, check);
}

static void
add_outside (DkChoosing *choosing,
             guint32     reg)
{
  for (guint i = 0; i < choosing->outside->len; i++)
    if (g_array_index (choosing->outside, guint32, i) == reg)
      return;
  g_array_append_val (choosing->outside, reg);
}

static DkChoosing *
new_choosing (DkRulebook        *self,
              const DkVersion   *version,
              const DkDecisions *decisions)
{
  DkChoosing *choosing = g_new0 (DkChoosing, 1);
  const DkPack *pack = ((const DkItem *) g_ptr_array_index (version->items, 0))->pack;

  choosing->dst = decisions->combined_reg;
  choosing->objective = decisions->objective_reg;
  choosing->is_most = decisions->is_most;
  choosing->day = pack->select_reg != DK_NO_REGISTER ? pack->select_reg : self->compiler->as_of_reg;
  choosing->from = version->from;
  choosing->to = version->to;
  choosing->outside = g_array_new (FALSE, FALSE, sizeof (guint32));
  choosing->written = g_array_new (FALSE, FALSE, sizeof (guint32));
  choosing->n_levels = decisions->choices->len;
  choosing->levels = g_new0 (DkChoiceLevel, choosing->n_levels);
  choosing->decided = g_new (guint, DK_MAX_OPTIONS);
  for (guint k = 0; k < choosing->n_levels; k++)
    {
      const DkItem *item = g_ptr_array_index (decisions->choices, k);
      DkChoiceLevel *level = &choosing->levels[k];

      level->reg = item->value_reg;
      level->n_options = item->options->len;
      level->first = choosing->n_options;
      level->code = g_array_sized_new (FALSE, FALSE, sizeof (DkInstr), 16);
      level->checks = g_array_new (FALSE, FALSE, sizeof (DkLawCheck));
      g_array_append_val (choosing->written, level->reg);
      for (guint i = 0; i < item->options->len; i++)
        choosing->decided[choosing->n_options++] = ((const DkOption *) g_ptr_array_index (item->options, i))->decided_reg;
    }
  return choosing;
}

static void
add_checks (const Layout      *layout,
            const DkDecisions *decisions,
            DkChoosing        *choosing)
{
  for (guint k = 0; k < choosing->n_levels; k++)
    {
      const DkItem *item = g_ptr_array_index (decisions->choices, k);

      for (guint i = 0; i < item->options->len; i++)
        {
          const DkOption *option = g_ptr_array_index (item->options, i);

          if (option->when_reg != DK_NO_REGISTER)
            add_check (choosing, MAX (k, level_of (layout, option->when_reg)), FALSE, choosing->levels[k].first + i, option->when_reg);
        }
    }
  for (guint i = 0; i < decisions->exclusions->len; i++)
    {
      const DkExclusion *exclusion = g_ptr_array_index (decisions->exclusions, i);

      add_check (choosing, level_of (layout, exclusion->reg), TRUE, i, exclusion->reg);
    }
}

/* What has to be computed for each combination, and what that reads besides. FALSE if it reads what the search itself finds. */
static gboolean
collect_code (Layout            *layout,
              const DkVersion   *version,
              const DkDecisions *decisions,
              DkChoosing        *choosing)
{
  const DkProgram *program = layout->program;
  g_autoptr(GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *is_taken = g_new0 (gboolean, program->code->len + 1);

  collect_sinks (decisions, FALSE, waiting);
  while (waiting->len > 0)
    {
      guint reg = g_array_index (waiting, guint, waiting->len - 1);
      guint32 producer = layout->producers[reg];
      const DkInstr *instr;

      g_array_set_size (waiting, waiting->len - 1);
      for (guint v = 0; v < layout->versions->len; v++)
        {
          const DkVersion *other = g_ptr_array_index (layout->versions, v);

          if (other->decisions->combined_reg != reg || (other != version && layout->rests_on[reg] == 0))
            continue;
          dk_problems_add (layout->self->problems, decisions->place,
                           other == version ? "the choices rest on what is chosen: %s may not be named by what leads to it"
                                            : "choices that rest on one another must stand in one pack; %s rests on choices of another",
                           decisions->objective_id);
          return FALSE;
        }
      if (layout->rests_on[reg] == 0)
        {
          if (!dk_compiler_is_constant (layout->self->compiler, reg))
            add_outside (choosing, reg);
          continue;
        }
      if (producer == DK_NO_REGISTER || is_taken[producer])
        continue;
      instr = &g_array_index (program->code, DkInstr, producer);
      if (instr->op == DK_OP_CHOSEN && instr->a == decisions->combined_reg)
        continue;
      is_taken[producer] = TRUE;
      for (guint k = layout->starts[producer]; k < layout->starts[producer + 1]; k++)
        {
          guint operand = g_array_index (layout->operands, guint32, k);

          g_array_append_val (waiting, operand);
        }
    }
  for (guint i = 0; i < program->code->len; i++)
    if (is_taken[i])
      {
        const DkInstr *instr = &g_array_index (program->code, DkInstr, i);

        g_array_append_vals (choosing->levels[level_of (layout, instr->dst)].code, instr, 1);
        g_array_append_val (choosing->written, instr->dst);
      }
  return TRUE;
}

/* Makes the search of a version; its instruction stands last until the program is put in order. */
static gboolean
add_search (Layout    *layout,
            DkVersion *version)
{
  DkDecisions *decisions = version->decisions;
  DkChoosing *choosing = new_choosing (layout->self, version, decisions);
  DkInstr instr = { .op = DK_OP_CHOOSE, .dst = decisions->combined_reg, .b = layout->program->choosings->len };

  g_ptr_array_add (layout->program->choosings, choosing);
  decisions->choosing = choosing;
  find_dependents (layout, decisions);
  for (guint i = 0; i < choosing->n_options; i++)
    if (choosing->decided[i] != DK_NO_REGISTER)
      {
        if (layout->rests_on[choosing->decided[i]] != 0)
          {
            dk_problems_add (layout->self->problems, decisions->place, "what is `decided` cannot rest on a choice");
            return FALSE;
          }
        add_outside (choosing, choosing->decided[i]);
      }
  add_outside (choosing, choosing->day);
  add_checks (layout, decisions, choosing);
  if (!collect_code (layout, version, decisions, choosing))
    return FALSE;
  g_array_append_val (layout->program->code, instr);
  return TRUE;
}

/* Takes an instruction, and before it those that it rests on and that are not taken yet. */
static void
take_in_order (Layout  *layout,
               guint    at,
               guint8  *is_taken,
               GArray  *code)
{
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (stack, at);
  while (stack->len > 0)
    {
      guint top = g_array_index (stack, guint, stack->len - 1);
      gboolean waits = FALSE;

      if (is_taken[top] == 2)
        {
          g_array_set_size (stack, stack->len - 1);
          continue;
        }
      if (is_taken[top] == 0)
        {
          is_taken[top] = 1;
          for (guint k = layout->starts[top + 1]; k-- > layout->starts[top];)
            {
              guint32 producer = layout->producers[g_array_index (layout->operands, guint32, k)];

              if (producer == DK_NO_REGISTER || is_taken[producer] != 0)
                continue;
              g_array_append_val (stack, producer);
              waits = TRUE;
            }
        }
      if (waits)
        continue;
      is_taken[top] = 2;
      g_array_append_vals (code, &g_array_index (layout->program->code, DkInstr, top), 1);
      g_array_set_size (stack, stack->len - 1);
    }
}

static void
put_in_order (Layout *layout)
{
  DkProgram *program = layout->program;
  g_autofree guint8 *is_taken = g_new0 (guint8, program->code->len + 1);
  g_autoptr(GArray) code = g_array_sized_new (FALSE, FALSE, sizeof (DkInstr), program->code->len);

  read_operands (layout);
  for (guint i = 0; i < program->code->len; i++)
    if (is_taken[i] == 0)
      take_in_order (layout, i, is_taken, code);
  g_assert (code->len == program->code->len);
  if (code->len > 0)
    memcpy (program->code->data, code->data, code->len * sizeof (DkInstr));
}

gboolean
dk_rulebook_finish_choices (DkRulebook *self)
{
  g_autoptr(GPtrArray) versions = g_ptr_array_new ();
  Layout layout = { .self = self, .program = self->program, .versions = versions };
  gboolean ok = TRUE;

  for (guint p = 0; p < self->packs->len; p++)
    {
      DkPack *pack = g_ptr_array_index (self->packs, p);

      for (guint v = 0; v < pack->versions->len; v++)
        {
          DkVersion *version = g_ptr_array_index (pack->versions, v);
          DkDecisions *decisions = version->decisions;

          if (decisions == NULL || decisions->choices->len == 0)
            continue;
          if (!compile_conditions (self, version, decisions) || decisions->objective_reg == DK_NO_REGISTER)
            ok = FALSE;
          for (guint i = 0; i < decisions->choices->len; i++)
            ok = ok && ((const DkItem *) g_ptr_array_index (decisions->choices, i))->value_reg != DK_NO_REGISTER;
          for (guint i = 0; i < decisions->exclusions->len; i++)
            ok = ok && ((const DkExclusion *) g_ptr_array_index (decisions->exclusions, i))->reg != DK_NO_REGISTER;
          g_ptr_array_add (versions, version);
        }
    }
  if (ok && versions->len > 0)
    {
      read_operands (&layout);
      layout.rests_on = g_new0 (guint64, layout.n_regs);
      for (guint i = 0; i < versions->len; i++)
        {
          ok = add_search (&layout, g_ptr_array_index (versions, i)) && ok;
          read_operands (&layout);
        }
      if (ok)
        put_in_order (&layout);
    }
  g_clear_pointer (&layout.operands, g_array_unref);
  g_free (layout.starts);
  g_free (layout.producers);
  g_free (layout.rests_on);
  return ok;
}
