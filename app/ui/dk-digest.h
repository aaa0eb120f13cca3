/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pages say of a result in a few words: figures for a row, links inside formulas, sources, a text to take along. */
#pragma once

#include "dk-assessment-private.h"
#include "dk-wording.h"

G_BEGIN_DECLS

/* "5.40 % ≥ 5 %", or what there is of it; "" where the sign says it all. (transfer full) */
char       *dk_digest_dup_value       (const DkWording *wording, const DkResult *result);
/* How far it is from its threshold, or what is missing: "spare 12", "short by 5", "2 missing"; "" if there is nothing to say. (transfer full) */
char       *dk_digest_dup_distance    (const DkWording *wording, const DkResult *result);
/* "12 / 18" of a list: how many of its figures are known. (transfer full) */
char       *dk_digest_dup_count       (const DkWording *wording, const DkResult *list);
/* "25–27 / 30" of a score. (transfer full) */
char       *dk_digest_dup_score       (const DkWording *wording, const DkResult *result);
/* "60 points or more needed" of what has a threshold, "" otherwise. (transfer full) */
char       *dk_digest_dup_need        (const DkWording *wording, const DkResult *result);
/* The ends of a value for drawing; FALSE if it has no finite ones. */
gboolean    dk_digest_get_ends        (const DkValue *value, double *low, double *high);
/* The most points that a score or total can give; FALSE if nothing says it. */
gboolean    dk_digest_get_max         (const DkItem *item, DkNumber *max, DkArena *arena);
/* As the run had it: the answer, or what it is derived as. */
const DkValue *dk_digest_get_fact_value (const DkWording *wording, const DkFactRef *ref);
char       *dk_digest_dup_fact_value  (const DkWording *wording, const DkFactRef *ref); /* for people, with its unit */
char       *dk_digest_dup_target      (const DkFactRef *ref); /* "fact@2025", what win.show-fact takes */

/* The first total of a programme, on which its verdict rests: the hero of its page. NULL if it has none. */
const DkResult *dk_digest_find_total  (const DkResult *programme);
/* Whether a result is a row among the conditions of @parent: no warning, nothing that is only said for information. */
gboolean    dk_digest_is_condition    (const DkResult *parent, const DkResult *result);
/* In a group that is content with some members, the others are no fault once it passes. */
gboolean    dk_digest_is_spare        (const DkResult *parent, const DkResult *result);

/* The bands that give a result its points or its threshold, or NULL. */
const DkExpr *dk_digest_find_band     (const DkResult *result);
/* The quotient that a result measures, or NULL. */
const DkExpr *dk_digest_find_quotient (const DkResult *result);
/* A formula as Pango markup; figures that are facts are links to "fact:ID@YEAR". (transfer full) */
char       *dk_digest_link_formula    (const DkWording *wording, const DkResult *result, const char *formula);
/* A part of a formula, as text. (transfer full) */
char       *dk_digest_dup_part        (const DkWording *wording, const DkResult *result, const DkExpr *expr);

const char *dk_digest_name_certainty  (DkCertainty certainty); /* how well a source is known, in words */
/* The numbers of the documents that a programme rests on: "115号 · 144号", at most @most. (transfer full) */
char       *dk_digest_dup_documents   (const DkWording *wording, const DkResult *programme, guint most);
char       *dk_digest_dup_day         (gint64 day); /* for prose. (transfer full) */
/* The result as a text to paste elsewhere; @remedy: what makes it pass, or how safe it is, a line each. (transfer full) */
char       *dk_digest_dup_text        (const DkWording *wording, const DkResult *result, const char *remedy);

G_END_DECLS
