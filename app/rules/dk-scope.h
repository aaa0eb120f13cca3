/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that expressions may use: facts, registers and their columns, lists of choices and codes. The model fills it
 * from the fact catalogue; rules/ itself knows no fact. */
#pragma once

#include "dk-document.h"
#include "dk-value.h"

G_BEGIN_DECLS

typedef enum { DK_PERIOD_NONE, DK_PERIOD_YEAR, DK_PERIOD_QUARTER, DK_PERIOD_MONTH } DkPeriod;

/* A text in both languages; either may be NULL. */
typedef struct
{
  char *zh;
  char *en;
} DkText;

const char *dk_text_get   (const DkText *text, const char *language); /* "zh" or "en"; the other if missing; never NULL */
void        dk_text_clear (DkText *text);

/* Options of a choice, in order; at most 64. */
typedef struct _DkChoices
{
  char      *id;
  GPtrArray *options; /* char *: ids */
  GPtrArray *labels;  /* DkText * */
} DkChoices;

int dk_choices_find (const DkChoices *choices, const char *option); /* -1 if it is none */

/* Codes such as those of GB/T 4754, sorted by bytes, so that all codes with one prefix stand together. */
typedef struct _DkCodes
{
  char      *id;
  GPtrArray *codes;  /* char * */
  GPtrArray *labels; /* DkText *, one a code */
} DkCodes;

/* The first and last place of the codes that begin with @prefix; FALSE if there is none. */
gboolean dk_codes_find_prefix (const DkCodes *codes, const char *prefix, gint64 *first, gint64 *last);

/* A fact, or a column of a register. */
typedef struct _DkSymbol
{
  char            *id;
  DkPlace          place;
  DkKind           kind;
  DkUnit           unit;
  DkPeriod         period;
  DkValue          domain;   /* all that an unanswered fact may be */
  DkNumber         step;     /* smallest step; 0: none */
  const DkChoices *choices;  /* of a choice */
  const DkCodes   *codes;    /* of a code */
  DkText           label;
  char            *derive;   /* expression that gives the fact when it is not answered itself, or NULL */
  const DkNode    *derive_node;
  char            *part_of;  /* the fact that this one can never exceed, or NULL */
  gboolean         is_presumed; /* what it is derived from is only presumed: no answer contradicts it */
  gboolean         is_judged;/* a person's judgement: results that rest on it are self-rated */
  guint            index;    /* place in the facts of the scope, set by dk_scope_take_fact (); of a column: its place in the register */
} DkSymbol;

/* A register: a table of rows. */
typedef struct _DkRegister
{
  char      *id;
  DkText     label;
  GPtrArray *columns; /* DkSymbol * */
} DkRegister;

typedef struct
{
  DkArena    *arena;     /* owns big numbers of domains and steps */
  GPtrArray  *facts;     /* DkSymbol *, in catalogue order */
  GHashTable *by_id;     /* char * -> DkSymbol * */
  GPtrArray  *registers; /* DkRegister * */
  GPtrArray  *choices;   /* DkChoices * */
  GPtrArray  *codes;     /* DkCodes * */
  char       *founded;   /* id of the date fact before whose year no yearly figure exists, or NULL */
} DkScope;

DkScope        *dk_scope_new           (void);
void            dk_scope_free          (DkScope *scope);
void            dk_scope_take_fact     (DkScope *scope, DkSymbol *fact);
DkSymbol       *dk_symbol_new          (const char *id, DkKind kind, DkUnit unit, DkPeriod period); /* domain: everything of the kind; number domain from -inf */
void            dk_symbol_free         (DkSymbol *symbol);
DkRegister     *dk_register_new        (const char *id);
const DkSymbol *dk_scope_find_fact     (const DkScope *scope, const char *id);
const DkRegister *dk_scope_find_register (const DkScope *scope, const char *id, guint *index);
const DkSymbol *dk_register_find_column (const DkRegister *reg, const char *id, guint *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkScope, dk_scope_free)

const char *dk_kind_to_string   (DkKind kind);   /* "number", "truth", "choice", "date", "code", "text" */
const char *dk_unit_to_string   (DkUnit unit);   /* "plain", "yuan", ... as in JSON and packs */
gboolean    dk_unit_from_string (const char *text, DkUnit *unit);

/* Interned texts: equal texts have equal numbers, for the life of the process. */
gint64      dk_text_intern      (const char *text);
const char *dk_text_lookup      (gint64 number);

G_END_DECLS
