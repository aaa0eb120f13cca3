/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flat program over numbered registers, each written once, and the machine that runs it.
 *
 * After a run every register still holds its value, so an explanation is read off the registers
 * when somebody asks for it; a run itself records nothing and allocates nothing. */
#pragma once

#include "dk-expr.h"
#include "dk-scope.h"

G_BEGIN_DECLS

#define DK_NO_REGISTER G_MAXUINT32

/* An input of the program: a fact in a period, or something the run gives (as_of, year). */
typedef enum { DK_SLOT_FACT, DK_SLOT_AS_OF, DK_SLOT_YEAR } DkSlotKind;

typedef struct
{
  DkSlotKind      kind;
  const DkSymbol *fact;
  gboolean        is_absolute; /* year is 2024 rather than 0, -1 ... before the last full year */
  gint64          year;        /* of a yearly, quarterly or monthly fact */
  int             sub;         /* quarter 1..4 or month 1..12, else 0 */
  guint           reg;         /* the register to set */
  guint           known_reg;   /* where the fact stands once derived; reg itself without a derivation */
  const DkExpr   *derivation;  /* what the fact is while it is not answered itself; NULL */
} DkSlot;

typedef struct _DkProgram DkProgram;

/* Rows of a register, as a run reads them. cells[row * n_columns + column]. */
typedef struct
{
  const DkValue *cells;
  guint          n_rows;
  gboolean       is_complete;
  gboolean       is_partial; /* said not to be complete; a run takes it as if nothing were said */
} DkRows;

/* The state of one run: registers and scratch memory. One a thread; made once, run often. */
typedef struct
{
  const DkProgram *program;
  DkValue         *regs;
  const DkRows    *rows;     /* by the register's index in the scope; borrowed; NULL: all incomplete and empty */
  DkArena         *arena;    /* big numbers of this run */
  guint8          *exactness;/* private to dk-refine.c: by register, how well it was tightened */
  GHashTable      *aims;     /* private to dk-search.c: by register, what a search for it runs; NULL: worked out each time */
  guint64          work;     /* instructions left before the run gives up */
  gboolean         exhausted;/* it gave up: every result is open */
} DkRun;

/* Instructions of one run at most: a hostile pack or register ends in open results, not in a hang. */
#define DK_RUN_MAX_WORK 100000000

/* Part of a program: what some registers need, in order. */
typedef struct _DkSlice DkSlice;

DkRun   *dk_run_new     (const DkProgram *program); /* constants are set, slots are undefined */
void     dk_run_free    (DkRun *run);
void     dk_run_all     (DkRun *run);                /* computes every register; slots must have been set */
void     dk_run_slice   (DkRun *run, const DkSlice *slice);
void     dk_run_changed (DkRun *run, guint slot);    /* computes again what depends on that slot */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkRun, dk_run_free)

DkSlice *dk_slice_new   (const DkProgram *program, const guint *regs, guint n_regs);
void     dk_slice_free  (DkSlice *slice);
guint    dk_slice_get_length (const DkSlice *slice); /* instructions */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkSlice, dk_slice_free)

guint         dk_program_n_slots     (const DkProgram *program);
const DkSlot *dk_program_get_slots   (const DkProgram *program);
guint         dk_program_n_registers (const DkProgram *program);
guint         dk_program_n_instructions (const DkProgram *program);
DkKind        dk_program_get_kind    (const DkProgram *program, guint reg);
/* Whether @reg can change when the slot does, or when rows of the register of the scope do. */
gboolean      dk_program_depends     (const DkProgram *program, guint reg, guint slot);
gboolean      dk_program_reads_rows  (const DkProgram *program, guint reg, guint scope_register);
/* What @reg rests on where some registers are known: what stands behind these is not looked at. @is_known: by register. Sets @reached by
 * slot, and behind the slots by register of the scope, to 1; the rest stays. */
void          dk_program_reach       (const DkProgram *program, guint reg, const guint8 *is_known, guint8 *reached);

G_END_DECLS
