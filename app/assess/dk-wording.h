/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results, facts and changes are called in a text for people. */
#pragma once

#include "dk-assessment.h"

G_BEGIN_DECLS

#define DK_GETTEXT_DOMAIN "dengke"

/* Text in the language asked for, which need not be the program's. N_() and NC_() mark what xgettext takes. */
const char *dk_tr         (const char *language, const char *message) G_GNUC_FORMAT (2);
const char *dk_tr_context (const char *language, const char *context, const char *message) G_GNUC_FORMAT (3);

/* How amounts of money are written: each in the unit that suits it (3,000万元, CNY 30,000,000), all in 10,000 yuan (3,000.00 万元; English
 * has no such unit), or all in yuan (30,000,000 元, ¥30,000,000). */
typedef enum { DK_MONEY_AUTO, DK_MONEY_WAN, DK_MONEY_YUAN } DkMoneyStyle;

/* Of all texts of the program from now on, in every thread. */
void        dk_display_set_money (DkMoneyStyle style);

/* Of what is spoken, and in which language. */
typedef struct
{
  DkAssessment *assessment;
  DkRulebook   *book;
  DkArena      *arena;
  const char   *language; /* "zh" or "en" */
} DkWording;

const char *dk_wording_get_sign             (DkVerdict verdict);
const char *dk_wording_name_verdict         (DkVerdict verdict); /* of a programme */
const char *dk_wording_name_outcome         (DkVerdict verdict); /* of a criterion, in a sentence */
gboolean    dk_wording_is_group             (const DkResult *result);
const char *dk_wording_get_comma            (const DkWording *wording);
const char *dk_wording_get_separator        (const DkWording *wording);
const char *dk_wording_get_title            (const DkWording *wording, const DkResult *result);
char       *dk_wording_dup_programme_title  (const DkWording *wording, const DkResult *result);
char       *dk_wording_name_fact            (const DkWording *wording, const DkFactRef *ref);
char       *dk_wording_name_article         (const DkWording *wording, const char *article);
char       *dk_wording_dup_citation         (const DkWording *wording, const DkCitation *citation); /* "国科发政〔2017〕115号 art. 6(2)" */
char       *dk_wording_dup_citations        (const DkWording *wording, const GPtrArray *citations); /* "115号 art. 6, art. 8; 160号": a document is
                                                              * named once for its articles that follow each other. "" for none */
char       *dk_wording_dup_return_lines     (const DkWording *wording, const DkItem *item); /* "A107012 line 34"; NULL: it is no line of a return */
char       *dk_wording_list_missing         (const DkWording *wording, const GArray *facts, const GArray *registers); /* NULL: nothing */
char       *dk_wording_describe_lever       (const DkWording *wording, const DkLever *lever);
char       *dk_wording_describe_safety      (const DkWording *wording, const DkResult *result); /* NULL: nothing turns it */
char       *dk_wording_describe_group       (const DkWording *wording, const DkResult *result);
char       *dk_wording_describe_result      (const DkWording *wording, const DkResult *result);
char       *dk_wording_describe_span        (const DkVersion *version);
char       *dk_wording_describe_programme   (const DkWording *wording, const DkResult *result);

G_END_DECLS
