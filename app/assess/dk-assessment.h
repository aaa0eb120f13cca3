/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An enterprise checked against packs on a day: a tree of results that explain themselves. */
#pragma once

#include "dk-enterprise.h"
#include "dk-rulebook.h"

G_BEGIN_DECLS

typedef enum { DK_VERDICT_NONE, DK_VERDICT_PASS, DK_VERDICT_FAIL, DK_VERDICT_OPEN, DK_VERDICT_NA } DkVerdict; /* NONE: a plain value */

/* A fact in a period, as results name it. */
typedef struct { const DkSymbol *fact; DkPeriodKey period; guint slot; } DkFactRef;

typedef struct _DkResult DkResult;
struct _DkResult
{
  const DkItem *item;          /* of a programme that is not in force: the nearest version's */
  gboolean      is_programme;  /* the root of a pack's tree */
  gboolean      is_aside;      /* shown in the tree, but its parent's verdict does not rest on it: warnings, other readings, and what says whether a group applies */
  const DkVersion *in_force;   /* of a programme: the version it is judged by; NULL: none is in force that day */
  guint         n_versions;    /* of a programme: how many may be in force while the date that selects is unknown */
  DkVerdict     verdict;
  gboolean      is_undefined;  /* failed, or 0 points, because not computable */
  gboolean      is_final;      /* the missing facts cannot change the verdict */
  gboolean      has_value, has_threshold, has_margin;
  DkValue       value, threshold, margin; /* margin >= 0 passes (for > and <: > 0) */
  DkComparison  comparison;
  DkKind        kind;          /* of value and threshold */
  DkUnit        unit;
  DkUnit        margin_unit;   /* days between dates, otherwise the value's */
  const DkChoices *choices;
  const DkCodes *codes;
  GArray       *missing;       /* DkFactRef: unanswered facts that can still change it */
  GArray       *facts;         /* DkFactRef: what it rests on */
  GArray       *registers;     /* guint: incomplete registers that can still change it */
  DkCertainty   certainty;     /* the weakest of what decides */
  gboolean      is_self_rated;
  /* Private: read them with the functions below. */
  struct _DkAssessment *assessment; /* of a programme that nobody has looked into yet; otherwise NULL */
  GPtrArray    *children;      /* DkResult *, owned; each id stands once in a tree */
  GPtrArray    *uses;          /* const char *: ids it rests on that stand elsewhere */
};

const char   *dk_verdict_to_string      (DkVerdict verdict); /* "pass", "fail", "open", "na"; NULL for NONE */
gboolean      dk_result_is_settled      (const DkResult *result); /* of one with a value: nothing that is missing can change it */
/* The results below it, in order. A programme's tree is built when somebody first looks into it: not by two threads at once. */
guint         dk_result_n_children      (const DkResult *result);
const DkResult *dk_result_get_child     (const DkResult *result, guint index);
const GPtrArray *dk_result_get_uses     (const DkResult *result); /* const char *: ids it rests on that stand elsewhere */

typedef struct _DkAssessment DkAssessment;

/* Assesses @enterprise on the day @as_of; @last_year is the last full accounting year, normally the year before @as_of.
 * @packs: ids to assess, NULL-terminated, or NULL for all. */
DkAssessment *dk_assessment_new         (DkRulebook *book, const DkEnterprise *enterprise, gint64 as_of, int last_year, const char *const *packs);
void          dk_assessment_free        (DkAssessment *assessment);
GPtrArray    *dk_assessment_get_results (const DkAssessment *assessment); /* DkResult *: a programme each, (transfer none) */
GPtrArray    *dk_assessment_get_checks  (const DkAssessment *assessment); /* DkResult *: packs of kind check, which are no programmes; (transfer none) */
const DkResult *dk_assessment_find      (const DkAssessment *assessment, const char *id);
/* How many facts and registers that @result reads are neither answered nor derived from what is. */
guint         dk_assessment_count_unanswered (const DkAssessment *assessment, const DkResult *result);
const DkResult *dk_assessment_evaluate  (DkAssessment *assessment, const DkItem *item); /* of dk_rulebook_compile_expression () */
gint64        dk_assessment_get_as_of   (const DkAssessment *assessment);
/* The nth line, from 0, that @item is in the returns filed for its year; NULL after the last. */
const DkReturnLine *dk_assessment_find_return_line (const DkAssessment *assessment, const DkItem *item, guint nth);
int           dk_assessment_get_year    (const DkAssessment *assessment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkAssessment, dk_assessment_free)

/* The formula with figures put in: "研发费用 150万 ÷ 销售收入 3,000万 = 5.00 % → 40分". @language: "zh" or "en". */
char         *dk_result_explain         (const DkAssessment *assessment, const DkResult *result, const char *language);
/* A value for people: 3,000万, 5.00 %, 50–100分, 待定. */
char         *dk_value_to_display       (const DkValue *value, DkKind kind, DkUnit unit, const DkChoices *choices, const DkCodes *codes, const char *language);
/* "Revenue (2024)": a fact and its period for people. */
char         *dk_fact_to_display        (const DkSymbol *fact, DkPeriodKey period, const char *language);
/* "Revenue (2025), tax return": the same, and the source that says it, unless that is DK_NO_SOURCE. */
char         *dk_figure_to_display      (const DkChoices *sources, const DkSymbol *fact, DkPeriodKey period, guint source, const char *language);
/* The programme's assessment as JSON, the stable format of data/schema. (transfer full) */
char         *dk_assessment_to_json     (const DkAssessment *assessment, const char *language);
typedef struct _DkProvenance DkProvenance; /* where a result comes from: dk-provenance.h */
/* One result of dk_assessment_evaluate (), in the same shape, with @tree or NULL. (transfer full) */
char         *dk_result_to_json         (const DkAssessment *assessment, const DkResult *result, const DkProvenance *tree,
                                         const char *expression, const char *language);

/* A change of one fact (and of the fact that grows with it) that turns a verdict. */
typedef struct
{
  DkFactRef ref;        /* the fact to change */
  DkFactRef grows_with; /* fact NULL if none: changed by the same amount */
  const DkSymbol *keeps;/* NULL if none: what grows along in another way out, and stays as it is in this one */
  DkNumber  from, to;   /* exact: at @to it passes, one step less it does not */
  DkNumber  relative;   /* |to - from| / |from|; infinite from 0 */
  gboolean  is_closed;  /* a closed year's figure: the value needed at the next application */
} DkLever;

GArray *dk_assessment_get_levers  (DkAssessment *assessment, const DkResult *result); /* DkLever: what would make it pass, cheapest first */
GArray *dk_assessment_get_safety  (DkAssessment *assessment, const DkResult *result); /* DkLever: how far each figure may go before it no longer passes, weakest first */

/* The unanswered fact that can still change most verdicts; FALSE when nothing that is missing can change a verdict. */
typedef struct { DkFactRef ref; guint n_open; /* verdicts it can change */ } DkQuestion;
gboolean dk_assessment_get_next_question (DkAssessment *assessment, DkQuestion *question);

G_END_DECLS
