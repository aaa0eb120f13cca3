/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the calculation sheets: where each step stands, and how formulas are put together. */
#pragma once

#include "dk-calc.h"

#include "dk-assessment-private.h"
#include "dk-program-private.h"

G_BEGIN_DECLS

/* What a sheet writes for an open end; beyond DK_HUGE a figure counts as one. No amount of money comes near. */
#define DK_SHEET_INFINITY "1E+100"
#define DK_SHEET_HUGE "1E+50"
/* Behind every open end: what does not take part in a least or greatest. */
#define DK_SHEET_BEYOND "1E+300"
/* The day from which spreadsheets count. */
#define DK_DAY_ZERO 693594
#define DK_MAX_FORMULA 8000

#define DK_NO_COLUMN G_MAXUINT
#define DK_VALUE_BITS (DK_POINT | DK_RANGE)
#define DK_STATE_BITS (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA)

/* The cells that each step has in common. Of a truth, the first two are whether it can be not met, and met. All but the
 * least and the most are bits, 0 or 1. */
typedef enum
{
  DK_PART_LOW, DK_PART_HIGH,
  DK_PART_NOT_MET = DK_PART_LOW, DK_PART_MET = DK_PART_HIGH,
  DK_PART_HAS,       /* may have a value; not of a truth */
  DK_PART_UNDEFINED, /* may have none */
  DK_PART_NA,        /* may not apply */
  DK_PART_ANSWERED,  /* of an input: it is not to be derived */
  DK_N_PARTS
} DkPart;

/* A register of the program, or an input, in the sheets. */
typedef struct
{
  DkKind   kind;
  DkValue  hull;     /* all that it can be, whatever is answered: cells for the rest are left out */
  gboolean is_fixed; /* no formula carries it */
  DkSheet *sheet;    /* NULL: a constant */
  gboolean in_rows;  /* stands in each row of a register's sheet */
  guint    row;
  guint    columns[DK_N_PARTS];
  char    *constants[2]; /* of a constant: cells with its least and most */
  guint    first_extra, n_extra; /* further cells: options of a choice first, then what the operation needs */
  guint    n_options;
} DkStep;

/* The formulas of a step's cells; NULL where there is no cell. */
typedef struct
{
  const char  *parts[DK_N_PARTS];
  const char **extra;
} DkFormulas;

/* The sheet that calculates the rows of a register. */
typedef struct
{
  guint               reg;   /* of the scope */
  const DkInputTable *table; /* NULL: not in the book */
  DkSheet            *sheet;
  guint               n_rows;    /* of the table; behind them stands the row not yet entered */
  guint               n_columns; /* used so far */
  DkStep            **columns;   /* by column of the register: as read, or NULL */
  GHashTable         *shared;    /* char * -> DkStep *: what rows compute already */
  GPtrArray          *patterns;  /* by column, NULL where there is none: the formula of all rows but the first and the one behind them */
} DkRowSheet;

/* On such a sheet: the first row of the register, and the column that says whether a row is there. */
#define DK_ROWS_FIRST 2
#define DK_ROWS_EXISTS 1

/* Rows that formulas of such a sheet name without a number, so that all rows share them: the row where the formula stands, the one
 * above it, and the one of the register that it reads. */
#define DK_ROW_HERE (G_MAXUINT - 1)
#define DK_ROW_ABOVE (G_MAXUINT - 2)
#define DK_ROW_OF_TABLE (G_MAXUINT - 3)

/* The columns of an aggregate: whether a row can count, whether it does, and what else it needs. */
enum { DK_COLUMN_POSSIBLE, DK_COLUMN_CERTAIN };

typedef struct
{
  const DkAggregate *aggregate;
  DkRowSheet        *rows;
  guint              first;  /* column */
  GArray            *states; /* DkRowState: of each row now */
} DkRowColumns;

typedef struct
{
  gboolean is_phantom, possible, certain;
  DkValue  body, order;
  DkValue  of; /* of an allocation: whether it is one of the rows asked for */
} DkRowState;

/* A fact in a period. */
typedef struct
{
  const DkSymbol *fact;
  DkPeriodKey     period;
  DkValue         raw_value;
  DkStep         *raw;  /* by its own cells */
  DkStep         *step; /* bounded by its parts and wholes too */
} DkFactStep;

/* The formulas of the present row: made for it alone, made and kept for others, or taken as kept. While they are taken, what puts
 * formulas together has nothing to do and gives "". */
typedef enum { DK_PATTERN_NONE, DK_PATTERN_MAKE, DK_PATTERN_USE } DkPattern;

struct _DkCalc
{
  DkBook          *book;
  DkAssessment    *assessment;
  const DkProgram *program;
  const DkScope   *scope;
  const DkInputs  *inputs;     /* while the sheets are made */
  DkEnterprise    *enterprise; /* as the cells can say it */
  char            *language;
  DkArena         *arena;
  DkRun           *run;   /* what the sheets come to now */
  DkRun           *hull;  /* what they can ever come to */
  DkStep         **steps; /* by register; NULL: not needed */
  GPtrArray       *owned; /* DkStep * */
  GPtrArray       *facts; /* DkFactStep * */
  GPtrArray       *row_sheets;
  char           **names; /* by register: the rule or fact it is */
  char           **texts; /* by register: in words */
  const DkExpr   **exprs; /* by register: an expression that gives it */
  GHashTable      *lists; /* DkChoices *, DkCodes *, DkSymbol * -> line or column + 1 where they stand in the book */
  GPtrArray       *fixed, *looser;
  DkSheet         *main, *figures, *codes;
  guint            n_main, n_figures, n_codes;
  GHashTable      *figure_lines; /* register -> line + 1 on the sheet of figures: those of its table */
  gboolean         has_figures;  /* a table's figures stand there already */
  GStringChunk    *chunk; /* formulas in the making */
  const DkSheet   *here;  /* where the formula will stand */
  guint            here_row;
  GString         *filled;     /* a row's formula with its numbers */
  DkRowSheet      *here_rows;  /* where formulas of rows are made; NULL elsewhere */
  DkPattern        pattern;
};

/* dk-calc-cell.c: references, bits and figures. Texts live until the row is written. */
const char *dk_calc_text      (DkCalc *calc, const char *format, ...) G_GNUC_PRINTF (2, 3);
DkStep     *dk_calc_add_step  (DkCalc *calc, DkKind kind, DkValue hull);
const char *dk_calc_cell      (DkCalc *calc, const DkSheet *sheet, guint row, guint column);
const char *dk_calc_range     (DkCalc *calc, const DkSheet *sheet, guint first_row, guint first_column, guint last_row, guint last_column);
const char *dk_calc_part      (DkCalc *calc, const DkStep *step, DkPart part);
const char *dk_calc_option    (DkCalc *calc, const DkStep *step, guint option);
const char *dk_calc_extra     (DkCalc *calc, const DkStep *step, guint i);
gboolean    dk_step_is_always (const DkStep *step, DkPart part, const char **literal); /* the part has no cell: "0" or "1" */
const char *dk_calc_not       (DkCalc *calc, const char *bit);
const char *dk_calc_and       (DkCalc *calc, ...) G_GNUC_NULL_TERMINATED;
const char *dk_calc_or        (DkCalc *calc, ...) G_GNUC_NULL_TERMINATED;
const char *dk_calc_and_all   (DkCalc *calc, GPtrArray *bits);
const char *dk_calc_or_all    (DkCalc *calc, GPtrArray *bits);
const char *dk_calc_join      (DkCalc *calc, const char *function, GPtrArray *arguments);
const char *dk_calc_bit       (DkCalc *calc, const char *format, ...) G_GNUC_PRINTF (2, 3);
const char *dk_calc_quote     (DkCalc *calc, const char *text); /* a text in a formula */
char       *dk_calc_number    (DkCalc *calc, DkNumber number, DkKind kind); /* as a sheet holds it; (transfer full) */
char       *dk_calc_value     (DkCalc *calc, const DkValue *value, DkKind kind, DkPart part); /* of a part now; (transfer full) */
guint       dk_calc_add_figure (DkCalc *calc, const char *what); /* a new line on the sheet of figures */
const char *dk_calc_figure    (DkCalc *calc, guint line, guint column, DkNumber number, DkKind kind);
const char *dk_calc_labels    (DkCalc *calc, const DkChoices *choices); /* the range with the labels */
void        dk_calc_set_formula (DkCalc *calc, DkSheet *sheet, guint row, guint column, const char *formula, const char *now, gboolean is_text, DkLook look);
void        dk_calc_write_step (DkCalc *calc, DkStep *step, const DkFormulas *formulas, const DkValue *value, char **extra_values);
void        dk_calc_place     (DkCalc *calc, DkStep *step, const char *name, const char *text, guint n_extra); /* the next row of the main sheet */
gboolean    dk_calc_fits      (const DkStep *step, const DkFormulas *formulas); /* no formula is too long */

/* dk-calc-input.c */
DkStep     *dk_calc_get_fact  (DkCalc *calc, const DkSymbol *fact, DkPeriodKey period);
DkStep     *dk_calc_add_as_of (DkCalc *calc);
DkStep     *dk_calc_add_year  (DkCalc *calc);
void        dk_calc_read_cell (DkCalc *calc, const DkSymbol *fact, const DkStep *step, const char *from, const char *to,
                               const char *before, const char *maybe_before, DkFormulas *formulas);
DkEnterprise *dk_calc_dup_enterprise (DkCalc *calc);
const DkInputTable *dk_calc_find_table (DkCalc *calc, guint reg);

/* dk-calc.c */
gboolean    dk_calc_rests_on_fixed (DkCalc *calc, const DkInstr *instr);

/* dk-calc-number.c, -truth.c, -table.c, -date.c: one operation. FALSE if no formula can say it. */
gboolean    dk_calc_translate        (DkCalc *calc, const DkInstr *instr, const DkStep *dst, DkFormulas *out);
gboolean    dk_calc_translate_number (DkCalc *calc, const DkInstr *instr, const DkStep *dst, DkFormulas *out);
gboolean    dk_calc_translate_truth  (DkCalc *calc, const DkInstr *instr, const DkStep *dst, DkFormulas *out);
gboolean    dk_calc_translate_table  (DkCalc *calc, const DkInstr *instr, const DkStep *dst, DkFormulas *out);
gboolean    dk_calc_translate_date   (DkCalc *calc, const DkInstr *instr, const DkStep *dst, DkFormulas *out);
/* Conditions for "a op b can hold" and "can fail". */
void        dk_calc_compare          (DkCalc *calc, DkComparison op, gboolean is_exact, const char *al, const char *ah,
                                      const char *bl, const char *bh, const char **can, const char **cannot);
const char *dk_calc_is_less          (DkCalc *calc, const char *a, const char *b, gboolean or_equal, gboolean is_exact);
void        dk_calc_carry            (DkCalc *calc, const DkStep *const *steps, guint n, DkFormulas *out);
const char *dk_calc_limit            (DkCalc *calc, const DkStep *dst, const char *term); /* an open end stays one */
void        dk_calc_set_bounds       (DkCalc *calc, const DkStep *dst, DkFormulas *out, const char *low, const char *high);
/* Cells of an operation besides its parts, and what they hold now. */
guint       dk_calc_count_extra      (DkCalc *calc, const DkInstr *instr);
char       *dk_calc_extra_value      (DkCalc *calc, const DkInstr *instr, guint i);

/* dk-calc-choice.c: what choices are in the sheets. FALSE if the instruction has nothing to do with them. */
void        dk_calc_replace_choice   (DkCalc *calc, DkRun *run, const DkInstr *instr, gboolean is_hull);
gboolean    dk_calc_add_choice       (DkCalc *calc, const DkInstr *instr, DkStep *step);
/* dk-calc-aggregate.c */
guint       dk_calc_count_helpers    (DkCalc *calc, const DkAggregate *aggregate); /* 0: no formula can say it */
void        dk_calc_write_helpers    (DkCalc *calc, const DkRowColumns *columns, guint row);
gboolean    dk_calc_finish_aggregate (DkCalc *calc, const DkRowColumns *columns, const DkStep *dst, DkFormulas *out);
/* dk-calc-rows.c */
gboolean    dk_calc_aggregate        (DkCalc *calc, const DkInstr *instr, const DkStep *dst, DkFormulas *out);

static inline DkStep *
dk_calc_step (DkCalc *calc,
              guint   reg)
{
  return calc->steps[reg];
}

G_END_DECLS
