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
  DkAnswers         *figures; /* what single sources say, likewise; keys as dk_figure_key () makes them */
  DkAnswers         *plans;   /* what is planned, likewise, and one more: see DkPlanned */
  DkRows            *rows;   /* by the index of the register */
  GPtrArray         *notes;  /* DkNote *, by subject */
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
/* The place of @key, or where it would have to stand. */
guint           dk_answers_search          (const DkAnswers *answers, gint64 key);
void            dk_answers_store           (DkAnswers *answers, gint64 key, const DkValue *value, DkArena *arena);
void            dk_answers_forget          (DkAnswers *answers, gint64 key);
void            dk_answers_copy            (const DkAnswers *answers, DkAnswers *copy, DkArena *arena);

/* Options of a list have numbers below this. */
#define DK_MAX_SOURCES 64

/* The key of what one source says of a period: sorts by period, then source. */
static inline gint64
dk_figure_key (gint64 period,
               guint  source)
{
  return period * DK_MAX_SOURCES + source;
}

gboolean        dk_period_is_of            (const DkSymbol *fact, DkPeriodKey period, GError **error);
/* "2024", "2024-Q1", "2024-03"; lenient also "-1", "-1 Q2", "0 M3", counted from @base_year. */
gboolean        dk_period_parse            (const char *text, DkPeriod kind, DkReadMode mode, int base_year, DkPeriodKey *period);
/* How one is written, for messages: "year", "2024". */
const char     *dk_period_describe         (DkPeriod kind, const char **example);
/* Whether a value says nothing: anything it could be was possible before. */
gboolean        dk_fact_says_nothing       (const DkSymbol *fact, const DkValue *value);
/* What of @value can be stored; an error if nothing can. */
gboolean        dk_fact_take_value         (const DkFact *fact, DkValue *value, GError **error);
/* @cells: (transfer full): n_rows × columns */
void            dk_enterprise_take_rows    (DkEnterprise *enterprise, guint reg, DkValue *cells, guint n_rows,
                                            gboolean is_complete);

void            dk_enterprise_read_notes   (DkEnterprise *enterprise, const DkNode *node, DkProblems *problems);

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

/* Reads "plan" of an enterprise file. */
void      dk_plan_read         (DkEnterprise *enterprise, DkValueReader *values, int base_year, const DkNode *node);
/* As dk_suggest_word (), of symbols. */
char     *dk_suggest_symbol    (const char *word, const GPtrArray *symbols);

G_END_DECLS
