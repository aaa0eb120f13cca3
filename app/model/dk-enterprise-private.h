/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the enterprise share: where answers are kept. */
#pragma once

#include "dk-enterprise.h"

G_BEGIN_DECLS

/* An answer. The key of its period sorts by year, then quarter or month. */
typedef struct
{
  gint64  key;
  DkValue value;
} DkAnswer;

/* The value of the answer "not known yet", which is no value at all. */
#define DK_ANSWER_IS_UNKNOWN ((DkValue) { .low = { 0, 1 }, .high = { 0, 1 }, .state = 0 })

static inline gboolean
dk_answer_is_unknown (const DkAnswer *answer)
{
  return answer->value.state == 0;
}

/* The answers to one fact, sorted by key. */
typedef struct
{
  DkAnswer *answers;
  guint     n_answers;
} DkAnswers;

struct _DkEnterprise
{
  const DkCatalogue *catalogue;
  char              *name;
  DkArena           *arena;  /* big numbers of answers and cells */
  DkAnswers         *facts;  /* by the index of the symbol */
  DkRows            *rows;   /* by the index of the register */
};

/* The first year with a four-digit name, and the last: what a period key may hold. */
#define DK_FIRST_YEAR 1000
#define DK_LAST_YEAR  9999

gint64          dk_period_to_key           (DkPeriodKey period);
DkPeriodKey     dk_period_from_key         (gint64 key);
/* One that has a value, or NULL. */
const DkAnswer *dk_enterprise_find         (const DkEnterprise *enterprise, guint index, gint64 key);
void            dk_enterprise_store        (DkEnterprise *enterprise, guint index, gint64 key, const DkValue *value);
void            dk_enterprise_forget       (DkEnterprise *enterprise, guint index, gint64 key);
void            dk_enterprise_forget_all   (DkEnterprise *enterprise, guint index);
/* @cells: (transfer full): n_rows × columns */
void            dk_enterprise_take_rows    (DkEnterprise *enterprise, guint reg, DkValue *cells, guint n_rows,
                                            gboolean is_complete);

/* How values are read from nodes, and where what they hold goes. */
typedef struct
{
  DkReadMode  mode;
  DkArena    *arena;
  DkProblems *problems;
} DkValueReader;

typedef enum { DK_OUTCOME_FAILED, DK_OUTCOME_UNKNOWN, DK_OUTCOME_VALUE } DkOutcome;

gboolean  dk_node_is_value     (const DkNode *node);
/* The value of a fact in one period, or of a cell. Messages begin with @what: "staff 2025". @format as in #DkFact. */
DkOutcome dk_value_reader_read (DkValueReader *self, const DkSymbol *fact, const char *format, const DkNode *node,
                                const char *what, DkValue *value);

G_END_DECLS
