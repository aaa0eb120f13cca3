/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a pack, or as an expression: an error, or a program that runs, whose bounds hold what its answers give. */
#define G_LOG_DOMAIN "fuzz-pack"

#include "dk-refine.h"
#include "dk-rulebook.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static DkSymbol *
make (const char *id,
      DkKind      kind,
      DkUnit      unit,
      DkPeriod    period)
{
  DkSymbol *symbol = dk_symbol_new (id, kind, unit, period);

  if (kind == DK_KIND_NUMBER)
    symbol->domain = DK_VALUE_RANGE (DK_ZERO, DK_INFINITY);
  return symbol;
}

static const DkScope *
get_scope (void)
{
  static DkScope *scope;
  DkRegister *ip;

  if (scope != NULL)
    return scope;
  scope = dk_scope_new ();
  dk_scope_take_fact (scope, make ("staff", DK_KIND_NUMBER, DK_UNIT_COUNT, DK_PERIOD_YEAR));
  dk_scope_take_fact (scope, make ("revenue", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_YEAR));
  dk_scope_take_fact (scope, make ("rd", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_YEAR));
  dk_scope_take_fact (scope, make ("x", DK_KIND_NUMBER, DK_UNIT_PLAIN, DK_PERIOD_NONE));
  dk_scope_take_fact (scope, make ("resident", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE));
  dk_scope_take_fact (scope, make ("founded_on", DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE));
  ip = dk_register_new ("ip");
  g_ptr_array_add (ip->columns, make ("cost", DK_KIND_NUMBER, DK_UNIT_YUAN, DK_PERIOD_NONE));
  g_ptr_array_add (ip->columns, make ("granted_on", DK_KIND_DATE, DK_UNIT_PLAIN, DK_PERIOD_NONE));
  g_ptr_array_add (ip->columns, make ("valid", DK_KIND_TRUTH, DK_UNIT_PLAIN, DK_PERIOD_NONE));
  g_ptr_array_add (scope->registers, ip);
  return scope;
}

static void
set_slots (DkRun    *run,
           gboolean  answered,
           guint32   seed)
{
  const DkSlot *slots = dk_program_get_slots (run->program);

  for (guint s = 0; s < dk_program_n_slots (run->program); s++)
    {
      DkValue *reg = &run->regs[slots[s].reg];

      seed = seed * 1664525u + 1013904223u;
      if (slots[s].kind == DK_SLOT_AS_OF)
        *reg = DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2026, 7, 15)));
      else if (slots[s].kind == DK_SLOT_YEAR)
        *reg = DK_VALUE_POINT (DK_NUMBER (2025));
      else if (!answered)
        *reg = slots[s].fact->domain;
      else if (slots[s].fact->kind == DK_KIND_TRUTH)
        *reg = DK_VALUE_TRUTH (seed >> 31 ? DK_TRUE : DK_FALSE);
      else if (slots[s].fact->kind == DK_KIND_DATE)
        *reg = DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (2000 + (seed >> 16) % 30, 1 + (seed >> 8) % 12, 1)));
      else
        *reg = DK_VALUE_POINT (DK_NUMBER ((seed >> 8) % 4 == 0 ? 0 : (gint64) (seed >> 4)));
    }
}

/* What comes out of answers lies within what was said before them. */
static void
run_both_ways (const DkProgram *program,
               guint32          seed)
{
  g_autoptr(DkRun) before = dk_run_new (program);
  g_autoptr(DkRun) after = dk_run_new (program);
  DkRows none = { NULL, 0, TRUE };

  before->rows = after->rows = &none;
  set_slots (before, FALSE, seed);
  set_slots (after, TRUE, seed);
  dk_run_all (before);
  dk_run_all (after);
  for (guint reg = 0; reg < dk_program_n_registers (program); reg++)
    if (!before->exhausted && !after->exhausted)
      g_assert_true (dk_value_contains (&before->regs[reg], &after->regs[reg], dk_program_get_kind (program, reg)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkRulebook) book = dk_rulebook_new (get_scope ());
  guint32 seed = (guint32) size;

  for (gsize i = 0; i < size; i++)
    seed = seed * 31 + data[i];
  if (size > 0 && data[0] == '=')
    {
      g_autofree char *text = g_strndup ((const char *) data + 1, size - 1);
      const DkItem *item;

      g_assert_true (dk_rulebook_compile (book, problems));
      item = dk_rulebook_compile_expression (book, text, problems);
      g_assert_true ((item == NULL) == (dk_problems_count (problems) > 0));
      if (item != NULL)
        run_both_ways (dk_rulebook_get_program (book), seed);
      return 0;
    }
  {
    DkDocument *document = dk_document_parse ("f.yaml", (const char *) data, size, DK_FORMAT_YAML, problems);

    if (document == NULL)
      return 0;
    if (!dk_rulebook_take_document (book, document, TRUE, problems))
      g_assert_cmpuint (dk_problems_count (problems), >, 0);
    if (dk_rulebook_compile (book, problems) && dk_problems_count (problems) == 0)
      run_both_ways (dk_rulebook_get_program (book), seed);
  }
  return 0;
}
