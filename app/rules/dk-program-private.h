/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The instructions of a program: for the compiler, the machine, and whoever compiles it once more, to spreadsheet formulas. */
#pragma once

#include "dk-program.h"

G_BEGIN_DECLS

/* N: list of `n` registers from lists[a]. Otherwise a, b, c are registers unless the comment says so. */
typedef enum
{
  DK_OP_ADD, DK_OP_SUB, DK_OP_MUL, DK_OP_DIV,
  DK_OP_SHARE,           /* a / b where a is a part of b: at most 1 */
  DK_OP_NEGATE, DK_OP_ABS, DK_OP_FLOOR, DK_OP_CEIL,
  DK_OP_ROUND,           /* b: digits, as a number */
  DK_OP_POWER,           /* b: the exponent itself */
  DK_OP_ROOT,            /* b: the degree itself; undefined below 0 */
  DK_OP_SUM, DK_OP_MIN, DK_OP_MAX, DK_OP_MEAN,                                         /* N; undefined runs through */
  DK_OP_SUM_AVAILABLE, DK_OP_MIN_AVAILABLE, DK_OP_MAX_AVAILABLE, DK_OP_MEAN_AVAILABLE, /* N; undefined is skipped */
  DK_OP_LT, DK_OP_LE, DK_OP_GT, DK_OP_GE, DK_OP_EQ, DK_OP_NE,
  DK_OP_CHOICE_EQ,
  DK_OP_CHOICE_IN,       /* b: index of masks */
  DK_OP_CODE_IN,         /* b: index of code_sets */
  DK_OP_AND, DK_OP_OR,   /* N */
  DK_OP_AND_AVAILABLE, DK_OP_OR_AVAILABLE, /* N; undefined is skipped */
  DK_OP_ALL, DK_OP_ANY,  /* N; verdicts: na is skipped */
  DK_OP_NOT,
  DK_OP_AT_LEAST,        /* N; b: k itself; c: 1 in a group, which skips what is na */
  DK_OP_COUNT_TRUE, DK_OP_COUNT_TRUE_AVAILABLE, /* N */
  DK_OP_SELECT, DK_OP_SELECT_CHOICE, DK_OP_SELECT_TRUTH, /* a: condition, b: then, c: else */
  DK_OP_BAND,            /* a: x, b: index of bands */
  DK_OP_DERIVE, DK_OP_DERIVE_CHOICE, DK_OP_DERIVE_TRUTH, /* a: slot, b: what it is derived from, c: domain register */
  DK_OP_IF_UNDEFINED, DK_OP_IF_UNDEFINED_CHOICE, DK_OP_IF_UNDEFINED_TRUTH, /* a, else b */
  DK_OP_IF_NA, DK_OP_IF_NA_CHOICE, DK_OP_IF_NA_TRUTH,
  DK_OP_IS_DEFINED,
  DK_OP_SCORE,           /* undefined: 0 */
  DK_OP_VERDICT,         /* undefined: not met; na: open */
  DK_OP_APPLIES, DK_OP_APPLIES_CHOICE, DK_OP_APPLIES_TRUTH, /* a: condition, b: what is na unless it holds */
  DK_OP_PARAMETER,       /* a: date, b: index of parameters */
  DK_OP_PICK, DK_OP_PICK_CHOICE, DK_OP_PICK_TRUTH, /* N: a version each; b: date, c: index of periods */
  DK_OP_ADD_MONTHS,      /* a: date, b: months */
  DK_OP_MONTHS_BETWEEN, DK_OP_YEARS_BETWEEN,
  DK_OP_YEAR_OF,
  DK_OP_MAKE_DATE,       /* a: year, b: month, c: day */
  DK_OP_AGGREGATE,       /* b: index of aggregates */
  DK_OP_CHOOSE,          /* b: index of choosings; the best value, and above DK_CHOSEN_SHIFT of its state which options may give it */
  DK_OP_CHOSEN,          /* a: what was chosen; b: where the options of one choice begin, c: how many it has */
  DK_OP_OPTIMUM,         /* a: what was chosen; b: the value as it is with it */
} DkOp;

typedef struct
{
  guint16 op;
  guint16 n;
  guint32 dst;
  guint32 a;
  guint32 b;
  guint32 c;
} DkInstr;

typedef struct { DkComparison op; DkNumber edge; DkValue result; } DkBandEntry;
typedef struct { guint n; gboolean has_else; DkKind kind; DkValue otherwise; DkBandEntry *rows; } DkBandTable;
typedef struct { gint64 first, last; gboolean exclude; } DkCodeSpan;
typedef struct { guint n; DkCodeSpan *spans; } DkCodeSet;
typedef struct { gint64 from, to; DkValue value; } DkDated;
typedef struct { guint n; DkKind kind; DkDated *entries; } DkDatedTable;

typedef enum
{
  DK_AGG_COUNT, DK_AGG_SUM, DK_AGG_MIN, DK_AGG_MAX, DK_AGG_MEAN, DK_AGG_ANY, DK_AGG_ALL, DK_AGG_DISTINCT, DK_AGG_FIRST,
  DK_AGG_ALLOCATE, DK_AGG_ROWS_LEFT, DK_AGG_AMOUNT_LEFT, /* dk-allocate.c */
} DkAggregateKind;

typedef struct
{
  DkAggregateKind kind;
  guint           reg;         /* of the scope */
  guint           n_columns;   /* of the register */
  guint           n_used;
  guint          *columns;     /* used columns, and the registers that take their cells */
  guint          *column_regs;
  GArray         *code;        /* DkInstr: run for every row */
  guint           where;       /* truth register or DK_NO_REGISTER */
  guint           body;        /* of sum, min, ... ; of all: the condition */
  guint           order;       /* of first and of allocations */
  guint           amount;      /* of an allocation, computed before the rows */
  guint           of;          /* of an allocation: truth register, which rows are asked for; or DK_NO_REGISTER */
  DkKind          body_kind;
} DkAggregate;

static inline gboolean
dk_aggregate_is_allocation (const DkAggregate *aggregate)
{
  return aggregate->kind >= DK_AGG_ALLOCATE;
}

/* What is known of a row that may take part in an allocation. */
typedef struct
{
  gboolean is_certain;                   /* it counts, and is no row not yet entered */
  gboolean may_be_asked, must_be_asked;  /* whether it is one of those asked for */
  DkNumber least, most;                  /* capacity, from 0 */
  DkNumber first, last;                  /* where it stands in the order */
} DkClaim;

/* And how it fares, as it is taken for one end of the result. */
typedef struct
{
  gboolean is_asked;
  DkNumber capacity;
  DkNumber order;
  DkNumber taken;
} DkShare;

/* The claim of a row whose condition, capacity, order and truth of being asked for are these; FALSE if it has none. @of NULL: asked for. */
gboolean dk_claim_make    (DkClaim *claim, gboolean is_phantom, gboolean is_certain, const DkValue *body, const DkValue *order, const DkValue *of);
/* The least (or, @high, the most) that an allocation comes to. @shares: as many as @claims, in their order; filled in. */
DkNumber dk_claims_share  (DkAggregateKind kind, gboolean high, const DkClaim *claims, guint n, const DkValue *amount, DkShare *shares,
                           DkArena *arena);

/* Options of all choices of one search together, as bits of a state. */
#define DK_CHOSEN_SHIFT 8
#define DK_MAX_OPTIONS 56

/* A condition that a combination must meet: that of one option, or, of an exclusion, that it does not hold. */
typedef struct
{
  gboolean is_exclusion;
  guint    which; /* the option, counted through all choices; or the exclusion */
  guint    reg;
} DkLawCheck;

/* What has to be computed, and what can be told, once a choice and all before it are made. */
typedef struct
{
  guint    reg;       /* the choice */
  guint    n_options;
  guint    first;     /* its first option, counted through all choices */
  GArray  *code;      /* DkInstr */
  GArray  *checks;    /* DkLawCheck */
} DkChoiceLevel;

/* The choices of a pack in one version, tried together. */
typedef struct _DkChoosing
{
  guint          dst;
  guint          n_levels;
  DkChoiceLevel *levels;
  guint          n_options; /* of all */
  guint         *decided;   /* truth register by option: the enterprise has decided for it; or DK_NO_REGISTER */
  guint          objective; /* what is to be the least, or the most */
  gboolean       is_most;
  guint          day;       /* outside of the version's days nothing is tried */
  gint64         from, to;
  GArray        *outside;   /* guint32: registers that are read and rest on no choice */
  GArray        *written;   /* guint32: registers that trying overwrites */
  guint32       *places;    /* by register: its place in written, and one more; 0: it rests on no choice */
  guint          n_places;
} DkChoosing;

struct _DkProgram
{
  DkArena    *arena;
  GArray     *code;       /* DkInstr */
  GArray     *lists;      /* guint32 */
  GArray     *slots;      /* DkSlot */
  GArray     *kinds;      /* guint8: DkKind of each register */
  GArray     *constants;  /* DkValue of each register; state 0 where it is no constant */
  GArray     *masks;      /* guint64 */
  GPtrArray  *code_sets;  /* DkCodeSet * */
  GPtrArray  *bands;      /* DkBandTable * */
  GPtrArray  *dated;      /* DkDatedTable * */
  GPtrArray  *aggregates; /* DkAggregate * */
  GPtrArray  *choosings;  /* DkChoosing * */
  const DkScope *scope;
  guint       n_registers_of_scope;

  /* Made by dk_program_finish (): which slots and rows each register rests on, as bit sets. */
  guint       words;
  guint64    *depends;    /* words per register; bit = slot, then register of the scope */
  guint       n_analysed;
  guint32    *producers;  /* by register: the instruction that writes it, or DK_NO_REGISTER: an input, a constant, or inside a loop */
  guint32    *operand_starts; /* by instruction, and one more: where its operands begin */
  GArray     *operands;   /* guint32: of all instructions, those inside their loops included */
  /* Made by dk_program_analyse (): how each register follows each slot, and the figures that slots are compared with. */
  guint8     *follows;
  guint64    *mixed;      /* words per register; bit = slot: it goes either way with it, by more than one way */
  guint64    *origins;    /* of those, where the ways meet here, and not further up */
  GPtrArray  *breaks;     /* GArray of DkNumber, one a slot */
};

DkProgram *dk_program_new     (const DkScope *scope);
void       dk_program_free    (DkProgram *program);
guint      dk_program_add_register (DkProgram *program, DkKind kind);
void       dk_program_finish  (DkProgram *program);
void       dk_program_analyse (DkProgram *program);
const DkInstr *dk_slice_get_code (const DkSlice *slice);
/* A run of the same program that has come as far; numbers stay those of @base. */
DkRun     *dk_run_copy        (const DkRun *base);
/* Runs instructions over registers: also what the compiler folds constants with. */
void       dk_machine_execute (DkRun *run, const DkInstr *code, guint n);
/* Whether the row of a register in a matrix, words per register, has a bit of @mask. */
gboolean   dk_program_has_any (const DkProgram *program, const guint64 *matrix, guint reg, const guint64 *mask);
/* Adds to @code (DkInstr) what the registers need, in order: only instructions whose row of @matrix, words per register, has a bit of
 * @mask. A row without one must have none further up either. @matrix NULL: all that they need. */
void       dk_program_collect (const DkProgram *program, const guint *regs, guint n_regs, const guint64 *matrix, const guint64 *mask,
                               GArray *code);
/* Tightens those of @regs that are loose, from what they rest on upwards; @code is what was run last, in order. */
void       dk_run_refine_code (DkRun *run, const DkInstr *code, guint n, const guint *regs, guint n_regs);
/* Writes at most @max operands of an instruction to @operands; returns how many there are. */
guint      dk_instr_get_operands (const DkProgram *program, const DkInstr *instr, guint32 *operands, guint max);

G_END_DECLS
