/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of an assessment, shared by the modules of this room and by those that write it out. */
#pragma once

#include "dk-trial.h"
#include "dk-wording.h"

G_BEGIN_DECLS

struct _DkAssessment
{
  DkRulebook        *book;       /* borrowed */
  const DkProgram   *program;
  const DkScope     *scope;
  const DkCatalogue *catalogue;  /* borrowed */
  DkEnterprise      *enterprise; /* a copy: what was assessed stays as it was */
  gint64             as_of;
  int                last_year;
  DkArena           *arena;      /* numbers of results, levers and trial inputs */
  DkRun             *run;        /* what the results were read from: never run again */
  DkTrial           *trial;      /* for questions of the kind "what if"; see dk_assessment_get_trial () */
  DkValue           *inputs;     /* by slot, as they are */
  guint             *canonical;  /* by slot: the first slot of the same fact and period */
  guint             *known_reg;  /* by slot: where the fact stands once derived from other answers */
  DkFactRef         *answers;    /* by slot: the fact and the period */
  GHashTable        *slot_of;    /* DkFactRef -> itself: the first slot of an answer */
  GPtrArray         *moves;      /* GArray of DkMove, by canonical slot; NULL until asked for */
  GPtrArray         *results;    /* DkResult *, owned */
  GPtrArray         *checks;     /* DkResult *, owned: of packs that check figures against each other */
  GPtrArray         *evaluated;  /* DkResult *: expressions that somebody asked for */
  GHashTable        *by_id;      /* const char * -> DkResult * */
};

/* What the machine says now of the item of a result: its truth bits (DK_TRUE alone is a pass). */
guint32     dk_assessment_read_truth (const DkAssessment *assessment, const DkRun *run, const DkResult *result);
/* The same of a rule. */
guint32     dk_assessment_read_truth_of (const DkRun *run, const DkItem *item);
/* Reads what a result says itself, and what that rests on. */
void        dk_assessment_read_result (DkAssessment *assessment, DkResult *result);
/* Adds to @regs (guint) the registers that dk_assessment_read_truth () reads. */
void        dk_assessment_add_registers (const DkAssessment *assessment, const DkResult *result, GArray *regs);
/* What a fact that is tried changes: its own slots, and what it is a part or a whole of, as far as that is not answered. */
typedef enum { DK_MOVE_SAME, DK_MOVE_WHOLE, DK_MOVE_PART } DkMoveKind;
typedef struct { guint slot; DkMoveKind kind; } DkMove;

/* The trial run, made when it is first asked for. Everybody leaves it as the assessment is. */
DkTrial    *dk_assessment_get_trial  (DkAssessment *assessment);
const GArray *dk_assessment_get_moves (DkAssessment *assessment, guint slot); /* DkMove */
/* Sets a fact in a trial run: all slots of its period; unanswered parts and wholes are clipped by it again. */
void        dk_assessment_try        (DkAssessment *assessment, guint slot, const DkValue *value);
/* The canonical slot of a fact in a period; G_MAXUINT if no rule asks for it. */
guint       dk_assessment_find_slot  (const DkAssessment *assessment, const DkSymbol *fact, DkPeriodKey period);
/* The least value of the fact with which @result surely passes, whatever it is now; FALSE: there is none. In dk-levers.c. */
gboolean    dk_assessment_find_least (DkAssessment *assessment, const DkResult *result, guint slot, DkNumber *least);
/* The first day after the assessment's on which @result surely passes, all answers as they are; FALSE: there is none. In dk-levers.c. */
gboolean    dk_assessment_find_first_day (DkAssessment *assessment, const DkResult *result, gint64 *day);
DkPeriodKey dk_assessment_get_period (const DkAssessment *assessment, guint slot);
/* The version of an item's rule that the day asks for: another pack is named by one of its versions. */
const DkItem *dk_assessment_resolve  (const DkAssessment *assessment, const DkItem *item, const DkItem *from);
/* How many figures a list and the lists in it show, and how many of them are known; what does not apply is none of them. */
void        dk_assessment_count_figures (const DkAssessment *assessment, const DkItem *list, guint *n, guint *n_known);

/* Whether nothing is left to be found out of a value of that kind. */
static inline gboolean
dk_value_is_settled_as (const DkValue *value,
                        DkKind         kind)
{
  return kind == DK_KIND_TRUTH ? dk_truth_is_settled (value->state) : dk_value_is_settled (value);
}

/* Where a node's value stands: register @i of it, or a literal. FALSE if it stands nowhere. */
gboolean    dk_expr_get_value        (const DkExpr *expr, guint i, const DkValue *regs, DkValue *value);
guint32     dk_expr_get_truth        (const DkExpr *expr, const DkValue *regs); /* truth bits; open if it stands nowhere */
gboolean    dk_expr_is_settled       (const DkExpr *expr, const DkValue *regs);
/* How each row of a band stands: 0 cannot fit, 1 may fit, 2 fits. */
guint8     *dk_expr_fit_rows         (const DkExpr *band, const DkValue *regs);

/* Fills what a result rests on: missing, facts, registers, certainty, self-rating. */
void        dk_assessment_trace      (const DkAssessment *assessment, DkResult *result);

/* @digits after the point of a ratio, -1: as many as it needs, up to 4. */
char       *dk_number_to_display     (DkNumber number, DkUnit unit, int digits, const char *language);
/* The value of a fact; of one that nobody answered, the word for that, if nothing at all is known of it. */
char       *dk_fact_value_to_display (const DkSymbol *fact, const DkValue *value, int digits, const char *language);
const char *dk_get_unanswered_word   (const char *language);
char       *dk_value_to_display_digits (const DkValue *value, DkKind kind, DkUnit unit, const DkChoices *choices, const DkCodes *codes,
                                        int digits, const char *language);

G_END_DECLS
