/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the compiler. */
#pragma once

#include "dk-compiler.h"

G_BEGIN_DECLS

#define NUMBER_TYPE(u) ((DkType) { DK_KIND_NUMBER, (u), NULL, NULL })
#define TRUTH_TYPE     ((DkType) { DK_KIND_TRUTH, DK_UNIT_PLAIN, NULL, NULL })
#define DATE_TYPE      ((DkType) { DK_KIND_DATE, DK_UNIT_PLAIN, NULL, NULL })

/* A loop over rows that is being compiled. */
typedef struct
{
  const char       *alias;
  const DkRegister *reg;
  GArray           *columns; /* guint: used columns */
  GArray           *regs;    /* guint: the registers that take their cells */
  guint             level;
} DkRowScope;

void     dk_row_scope_free        (DkRowScope *row);
char    *dk_expr_describe         (const DkExpr *expr); /* what it is, for messages */
guint    dk_compiler_new_register (DkCompiler *self, DkKind kind, guint8 level);
gboolean dk_compiler_is_constant  (DkCompiler *self, guint reg);
/* Whether a plain number as written may stand where another unit is wanted: 0 anywhere, 1 as a ratio, any as a count or points. */
gboolean dk_compiler_fits_unit    (DkCompiler *self, const DkExpr *expr, DkUnit unit);
gboolean dk_compiler_fail         (DkCompiler *self, const DkExpr *at, const char *format, ...) G_GNUC_PRINTF (3, 4);
void     dk_compiler_set_series   (DkExpr *expr, const guint *regs, guint n, DkType type);
guint    dk_compiler_reg_at       (const DkExpr *expr, guint i); /* of a series its i-th, of a single value that one */
/* Compiles and checks that it is a single value of the kind. */
gboolean dk_compiler_single       (DkCompiler *self, DkExpr *expr, DkKind kind, const char *what);
gboolean dk_compiler_unify        (DkCompiler *self, DkExpr *a, DkExpr *b, DkType *type);
/* One a kind of node. */
gboolean dk_compiler_name         (DkCompiler *self, DkExpr *expr, const DkType *wanted);
gboolean dk_compiler_literal      (DkCompiler *self, DkExpr *expr, const DkType *wanted);
gboolean dk_compiler_arithmetic   (DkCompiler *self, DkExpr *expr);
gboolean dk_compiler_unary        (DkCompiler *self, DkExpr *expr);
gboolean dk_compiler_power        (DkCompiler *self, DkExpr *expr);
gboolean dk_compiler_compare      (DkCompiler *self, DkExpr *expr);
gboolean dk_compiler_in           (DkCompiler *self, DkExpr *expr);
gboolean dk_compiler_logic        (DkCompiler *self, DkExpr *expr);
gboolean dk_compiler_case         (DkCompiler *self, DkExpr *expr, const DkType *wanted);
gboolean dk_compiler_band         (DkCompiler *self, DkExpr *expr, const DkType *wanted);
gboolean dk_compiler_call         (DkCompiler *self, DkExpr *expr, const DkType *wanted);
gboolean dk_compiler_aggregate    (DkCompiler *self, DkExpr *expr, const DkType *wanted);
gboolean dk_compiler_column       (DkCompiler *self, DkExpr *expr, DkRowScope *row, const char *column);
gboolean dk_compiler_same_length  (DkCompiler *self, DkExpr *at, DkExpr **args, guint n_args, guint *n);
DkOp     dk_op_for_kind           (DkOp number_op, DkKind kind); /* number, choice, truth variants stand in this order */

G_END_DECLS
