/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From expressions to instructions: names, types and units are settled here. Within rules/ only. */
#pragma once

#include "dk-program-private.h"
#include "dk-rulebook.h"

G_BEGIN_DECLS

/* What an expression is. */
typedef struct
{
  DkKind           kind;
  DkUnit           unit;
  const DkChoices *choices;
  const DkCodes   *codes;
} DkType;

typedef struct _DkCompiler DkCompiler;

/* Finds a rule or a parameter by name and fills in the node, compiling what it needs first.
 * Returns FALSE, with nothing reported, when there is no such name; TRUE otherwise (problems may have been added). */
typedef gboolean (*DkResolver) (gpointer data, DkExpr *node, const char *name, gint64 shift);

struct _DkCompiler
{
  DkProgram     *program;
  const DkScope *scope;
  DkProblems    *problems;
  DkResolver     resolve;
  gpointer       data;
  guint          as_of_reg, year_reg;
  guint          day_reg;       /* the date that selects versions and parameters, for the rule being compiled */
  DkExpr        *own;           /* the rule's own value, for ">= 60" */
  gint64         shift;         /* years by which yearly facts are moved */
  gboolean       is_loose;      /* in what a fact is derived from, which is of no version of a pack */
  GPtrArray     *buffers;       /* GArray of DkInstr by level: 0 the program, n inside n loops */
  GArray        *levels;        /* guint8 by register */
  GArray        *may_be_na;     /* guint8 by register: whether it can be that it does not apply */
  GHashTable    *slots;         /* text -> slot */
  GHashTable    *derived;       /* text -> register, or DK_NO_REGISTER while it is being compiled */
  GHashTable    *seen;          /* instruction -> register */
  GPtrArray     *rows;          /* RowScope: the loops around, outermost first */
  GPtrArray     *owned;         /* expressions of derived facts */
  guint          depth;
};

DkCompiler *dk_compiler_new     (DkProgram *program, const DkScope *scope, DkProblems *problems, DkResolver resolve, gpointer data);
void        dk_compiler_free    (DkCompiler *self);
/* Settles names and types and emits instructions; the node's registers are then set. @wanted: for options of a choice, or NULL. */
gboolean    dk_compiler_compile (DkCompiler *self, DkExpr *expr, const DkType *wanted);
guint       dk_compiler_emit    (DkCompiler *self, DkOp op, DkKind kind, guint a, guint b, guint c);
guint       dk_compiler_emit_list (DkCompiler *self, DkOp op, DkKind kind, const guint *regs, guint n, guint b, guint c);
guint       dk_compiler_constant (DkCompiler *self, DkKind kind, DkValue value);
gboolean    dk_compiler_may_be_na (DkCompiler *self, guint reg);
void        dk_compiler_set_result (DkExpr *expr, guint reg, DkType type);
DkType      dk_expr_get_type    (const DkExpr *expr);
char       *dk_type_describe    (const DkType *type); /* "a ratio such as 5%" */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkCompiler, dk_compiler_free)

G_END_DECLS
