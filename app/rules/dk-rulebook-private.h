/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the rulebook. */
#pragma once

#include "dk-compiler.h"
#include "dk-rulebook.h"

G_BEGIN_DECLS

struct _DkRulebook
{
  const DkScope *scope;
  DkArena       *arena;
  DkProgram     *program;
  DkCompiler    *compiler;
  GPtrArray     *packs;
  GHashTable    *shifted;   /* text: item address and shift -> Shifted */
  GHashTable    *picked;    /* text: item id and year -> register */
  GPtrArray     *extra;     /* DkItem: of compile_expression */
  DkProblems    *problems;  /* of the compilation that is going on */
  DkVersion     *version;   /* whose rule is being compiled */
};

/* What a rule is compiled in: nothing of the rule that asks for it. */
typedef struct
{
  GPtrArray *rows;
  DkExpr    *own;
  gint64     shift;
  guint      day;
  gboolean   is_loose;
  DkVersion *version;
} DkRuleContext;

DkRuleContext dk_rulebook_enter (DkRulebook *self, DkVersion *version, gint64 shift);
void          dk_rulebook_leave (DkRulebook *self, const DkRuleContext *before);
/* FALSE when it has errors, or is being compiled already: see item->state. */
gboolean      dk_rulebook_compile_item (DkRulebook *self, DkItem *item);

/* dk-rulebook-choice.c: finds the values that choices are made for; compiles a choice, and such a value, which is then the best that
 * can be; and once all rules are compiled, what is tried, and in which order the program is to be run. */
void          dk_rulebook_find_objectives   (DkRulebook *self);
gboolean      dk_rulebook_compile_choice    (DkRulebook *self, DkItem *item);
gboolean      dk_rulebook_compile_objective (DkRulebook *self, DkItem *item);
gboolean      dk_rulebook_finish_choices    (DkRulebook *self);

G_END_DECLS
