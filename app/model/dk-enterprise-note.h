/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody found out, and where that stands written: a finding and its evidence, beside an answer or a cross-check. No rule reads it. */
#pragma once

#include "dk-enterprise.h"

G_BEGIN_DECLS

typedef struct
{
  char *subject;  /* "fact", "fact@2025", or a cross-check: "source:fact@2025:tax_return", "derived:fact", "part:fact", "rule:pack.id@2025" */
  char *finding;  /* texts, "" where there is none */
  char *evidence; /* a file's name, a page */
  char *explains; /* of a cross-check: the figures as they were when it was explained; see dk_disagreement_dup_figures () */
} DkNote;

DkNote       *dk_note_new                (const char *subject, const char *finding, const char *evidence, const char *explains);
DkNote       *dk_note_dup                (const DkNote *note);
void          dk_note_free               (DkNote *note);
gboolean      dk_note_equal              (const DkNote *a, const DkNote *b); /* either may be NULL: none */
/* {"finding": …, "evidence": …}, on one line, as it stands in an enterprise file behind its subject. (transfer full) */
char         *dk_note_to_json            (const DkNote *note);
DkNote       *dk_note_parse_json         (const char *subject, const char *json); /* NULL: it is none */
/* The subject of an answer: "fact" or "fact@2025". (transfer full) */
char         *dk_note_dup_subject        (const DkSymbol *fact, DkPeriodKey period);
/* The fact of the catalogue that a subject names, and its period; NULL: it names none, @is_check if it is that of a rule. */
const DkSymbol *dk_note_find_fact        (const DkCatalogue *catalogue, const char *subject, DkPeriodKey *period, gboolean *is_check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkNote, dk_note_free)

/* NULL: nothing is noted there. Lent until the next change. */
const DkNote *dk_enterprise_get_note     (const DkEnterprise *enterprise, const char *subject);
/* One whose texts are all blank takes away what was noted. FALSE: its subject is nothing of the catalogue. */
gboolean      dk_enterprise_set_note     (DkEnterprise *enterprise, const DkNote *note, GError **error);
/* DkNote *, by subject. Lent. */
GPtrArray    *dk_enterprise_get_notes    (const DkEnterprise *enterprise);

G_END_DECLS
