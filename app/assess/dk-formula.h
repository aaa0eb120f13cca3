/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions written out for people, with the figures put in. */
#pragma once

#include "dk-assessment-private.h"

G_BEGIN_DECLS

/* A formula being written out: what decides, with the figures that stood in the registers after the run. */
typedef struct
{
  const DkAssessment *assessment;
  const DkItem       *item;     /* the rule whose formula it is */
  const char         *language;
  const DkValue      *regs;
  int                 digits;   /* after the point of percentages: more where two figures would look alike */
} DkFormula;

/* How tightly an operator binds; what binds less than its surroundings is put in brackets. */
enum { DK_LEVEL_OR, DK_LEVEL_AND, DK_LEVEL_NOT, DK_LEVEL_COMPARE, DK_LEVEL_SUM, DK_LEVEL_PRODUCT, DK_LEVEL_POWER, DK_LEVEL_ATOM };

void        dk_formula_write            (DkFormula *formula, const DkExpr *expr, int level, GString *out);
void        dk_formula_write_with_value (DkFormula *formula, const DkExpr *expr, int level, GString *out); /* and " = value", unless it is simple */
void        dk_formula_write_branches   (DkFormula *formula, const DkExpr *expr, int level, GString *out); /* of if and case: the one that is taken */
const DkExpr *dk_formula_find_reason    (const DkFormula *formula, const DkExpr *expr); /* of if_undefined: what has no value, or NULL */
gboolean    dk_formula_is_simple        (const DkExpr *expr);        /* needs no value behind it */
const char *dk_formula_get_separator    (const DkFormula *formula);  /* between titles and between parts */
const char *dk_comparison_to_symbol     (DkComparison comparison);

G_END_DECLS
