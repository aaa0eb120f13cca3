/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions as text and as trees: reading only; meaning comes with dk-compiler.h. */
#pragma once

#include "dk-document.h"
#include "dk-value.h"

G_BEGIN_DECLS

typedef enum
{
  DK_EXPR_NUMBER,   /* value, unit: 5%, 5000万, 365 days, 60 分 */
  DK_EXPR_RANGE,    /* args: low, high (both numbers): 25..30 */
  DK_EXPR_DATE,     /* value is the day: 2026-07-15 */
  DK_EXPR_STRING,   /* text: 'C39' */
  DK_EXPR_NAME,     /* text: staff, stsme.score, row.kind, true, false, unknown, undefined */
  DK_EXPR_INDEX,    /* args[0] a name; low, high the years: x[0], x[-2..0], x[2024]; sub: a quarter or month */
  DK_EXPR_NEGATE,   /* args[0] */
  DK_EXPR_NOT,
  DK_EXPR_ADD, DK_EXPR_SUB, DK_EXPR_MUL, DK_EXPR_DIV,
  DK_EXPR_POWER,    /* args[0] ^ exponent, a number literal in args[1] */
  DK_EXPR_COMPARE,  /* comparison; args[0], args[1]. A missing left side (NULL) is the rule's own value: ">= 60" */
  DK_EXPR_IN,       /* args[0] in (args[1] ... args[n_positive]) except (the rest); negated: not in */
  DK_EXPR_AND, DK_EXPR_OR, /* two or more args: a and b and c is one node */
  DK_EXPR_IF,       /* if args[0] then args[1] else args[2] */
  DK_EXPR_CASE,     /* case(cond: value, ..., else: value): args alternate; the last, single one is the else */
  DK_EXPR_BAND,     /* band(x, >= 6%: 50, ..., else: 0): args[0] is x; rows */
  DK_EXPR_CALL,     /* text is the function; args */
  DK_EXPR_AGGREGATE,/* text is the function, name the register, alias; args[0] the body or NULL, args[1] the condition or NULL, args[2] the order or NULL;
                     * of an allocation also args[3] the amount, which is of no row, and args[4] which rows are asked for, or NULL */
  DK_EXPR_AT,       /* args[0] (a parameter's name) at args[1] (a date) */
} DkExprKind;

typedef struct _DkExpr DkExpr;

/* A row of a band: the values on the passing side of an edge get the result. */
typedef struct
{
  DkComparison  op;
  DkExpr       *edge;   /* NULL in the else row */
  DkExpr       *result;
} DkBandRow;

struct _DkExpr
{
  DkExprKind    kind;
  const DkNode *scalar;     /* where it stands: see dk_expr_get_place () */
  gsize         at;
  DkPlace       place;      /* without a scalar */
  gsize         offset;     /* the bytes of the expression's text that the node covers, parentheses around it too */
  gsize         end;
  char         *text;
  char         *name;       /* of an aggregate: the register */
  char         *alias;      /* of an aggregate: the row's name, "row" unless given */
  DkNumber      value;
  DkUnit        unit;
  gboolean      has_unit;   /* the literal said its unit: 5%, 3万 (yuan), 2 years */
  gint64        low, high;  /* of an index; equal for one year */
  gboolean      is_absolute;/* years such as 2024 rather than 0, -1 */
  char          sub;        /* 0, 'Q' or 'M': x[0 Q1..Q4] */
  int           sub_low, sub_high;
  DkComparison  comparison;
  gboolean      negated;
  guint         n_positive;
  DkExpr      **args;       /* entries may be NULL where the kind says so */
  guint         n_args;
  DkBandRow    *rows;
  guint         n_rows;

  /* Filled in by the compiler: where the value stands after a run, and what it is. A series (x[-2..0]) has several registers. */
  guint              reg;          /* of a single value; DK_NO_REGISTER in a series */
  guint              n_regs;       /* 1 for a single value */
  guint             *regs;
  DkKind             out_kind;
  DkUnit             out_unit;
  const struct _DkChoices *out_choices;
  const struct _DkCodes   *out_codes;
  const struct _DkSymbol  *fact;   /* a NAME or INDEX that is a fact; or a column of a row */
  guint             *slots;        /* of a fact: the program's slots, as many as regs; NULL if there are none */
  const struct _DkItem    *item;   /* a NAME or INDEX that is a rule */
  DkExpr           **instances;    /* of an indexed rule: its value's expression in each year; owned by the rulebook */
  const struct _DkParameter *parameter; /* a NAME that is a parameter */
};

/* Of an allocation's arguments the one that is of no row: the amount. */
#define DK_EXPR_AMOUNT 3

#define DK_EXPR_MAX_BYTES 65536
#define DK_EXPR_MAX_DEPTH 100
#define DK_EXPR_MAX_NODES 20000

/* Reads @text; places are those of @scalar (or of DK_PLACE_NONE with columns of the text itself when it is NULL).
 * Numbers that do not fit a word live in @arena. NULL, with at least one problem, on error. */
DkExpr *dk_expr_parse (const char *text, const DkNode *scalar, DkArena *arena, DkProblems *problems);
void    dk_expr_free  (DkExpr *expr);
DkPlace dk_expr_get_place (const DkExpr *expr); /* of the operator where there is a left side, otherwise of the first character */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkExpr, dk_expr_free)

G_END_DECLS
