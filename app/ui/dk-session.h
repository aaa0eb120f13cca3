/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One enterprise that is open: its answers, their edits, and what follows from them.
 *
 * Edits are written at once and told by "changed"; the assessment follows from a thread of its own and is told by "assessed", so that
 * evaluation never keeps anybody from typing. */
#pragma once

#include "dk-assessment.h"
#include "dk-wording.h"
#include "dk-workspace.h"

G_BEGIN_DECLS

/* Properties: "name" (string), "can-undo", "can-redo", "is-pending" (boolean: an assessment is on its way).
 * Signals: "changed" (const char *id: a fact or register that an edit changed; NULL: anything may have),
 *          "assessed" (), "asked" (): the next question is known, "saved" (): what waited is written,
 *          "snapshots" (): one was taken or deleted. */
#define DK_TYPE_SESSION (dk_session_get_type ())
G_DECLARE_FINAL_TYPE (DkSession, dk_session, DK, SESSION, GObject)

DkSession    *dk_session_new             (DkWorkspace *workspace, gint64 id, GError **error); /* better: dk_workspace_open_session () */
DkWorkspace  *dk_session_get_workspace   (DkSession *self);
DkLibrary    *dk_session_get_library     (DkSession *self);
gint64        dk_session_get_id          (DkSession *self);
const char   *dk_session_get_name        (DkSession *self);
gboolean      dk_session_set_name        (DkSession *self, const char *name, GError **error);
gboolean      dk_session_is_read_only    (DkSession *self);
int           dk_session_get_last_year   (DkSession *self);
gint64        dk_session_get_as_of       (DkSession *self);

/* --- Answers --- */

/* Four answers differ: untouched, "not known yet", none (a value 0, or "none" where a fact may have no value), a value (maybe a range). */
typedef enum { DK_ANSWER_NONE, DK_ANSWER_UNKNOWN, DK_ANSWER_VALUE } DkAnswerState;

const DkEnterprise *dk_session_get_enterprise (DkSession *self); /* as committed; until the next edit */
/* @value is set if the answer is one; what it points to is lent until the next edit. */
DkAnswerState dk_session_get_answer      (DkSession *self, const DkSymbol *fact, DkPeriodKey period, DkValue *value);
/* Commits: one step of the journal. @value is read for DK_ANSWER_VALUE only; DK_ANSWER_NONE takes the answer away. FALSE: the value
 * is not one of the fact's, or the file is only to be read; nothing has changed then. What cannot be written just now holds all the
 * same, and waits (see "Not saved yet"). */
gboolean      dk_session_set_answer      (DkSession *self, const DkSymbol *fact, DkPeriodKey period, DkAnswerState state, const DkValue *value, GError **error);
/* What a single source says, beside the answer: dk_enterprise_get_figure (). @value: NULL takes it away. */
gboolean      dk_session_set_figure      (DkSession *self, const DkSymbol *fact, DkPeriodKey period, guint source, const DkValue *value, GError **error);
/* What was found out about an answer or a cross-check. NULL: nothing; lent until the next edit. */
const DkNote *dk_session_get_note        (DkSession *self, const char *subject);
gboolean      dk_session_set_note        (DkSession *self, const DkNote *note, GError **error); /* one whose texts are all blank takes it away */
/* What is planned, beside the answers: dk_enterprise_set_planned (). @fact: NULL: all other lines. @value: NULL takes it away. */
gboolean      dk_session_set_planned     (DkSession *self, const DkSymbol *fact, DkPeriodKey period, const DkValue *value, GError **error);
/* While somebody types: assesses as if this were the answer, and writes nothing. Ends with set_answer or end_trial. */
void          dk_session_try_answer      (DkSession *self, const DkSymbol *fact, DkPeriodKey period, const DkValue *value);
void          dk_session_end_trial       (DkSession *self);
/* What a fact is computed as while it is not answered itself (`derive`); FALSE if it is not derived, or not assessed yet. */
gboolean      dk_session_get_derived     (DkSession *self, const DkSymbol *fact, DkPeriodKey period, DkValue *value);
/* How many facts a page asks (a yearly fact counts once, for the last full year), and how many of them are answered, or derived. */
void          dk_session_count_answers   (DkSession *self, const char *page, guint *n_answered, guint *n_asked);

/* --- Registers --- */

GArray       *dk_session_list_rows       (DkSession *self, const char *reg); /* gint64 row ids, in order. (transfer full) */
DkAnswerState dk_session_get_cell        (DkSession *self, const char *reg, gint64 row, const DkSymbol *column, DkValue *value);
gboolean      dk_session_set_cell        (DkSession *self, const char *reg, gint64 row, const DkSymbol *column, DkAnswerState state, const DkValue *value, GError **error);
gint64        dk_session_add_row         (DkSession *self, const char *reg, gint64 before, GError **error); /* before a row, or 0: at the end */
gboolean      dk_session_delete_row      (DkSession *self, const char *reg, gint64 row, GError **error);
/* Whether all rows are there: DK_ANSWER_NONE: not said; else DK_ANSWER_VALUE with @is_complete. */
DkAnswerState dk_session_get_complete    (DkSession *self, const char *reg, gboolean *is_complete);
gboolean      dk_session_set_complete    (DkSession *self, const char *reg, DkAnswerState state, gboolean is_complete, GError **error);
/* What lies between is one step of the journal, written together or not at all; "changed" (NULL) comes once, at the end. */
gboolean      dk_session_begin           (DkSession *self, GError **error);
gboolean      dk_session_end             (DkSession *self, GError **error);
void          dk_session_abandon         (DkSession *self);

/* --- Not saved yet --- */

/* Edits that could not be written, because another process was writing or the disk is full, wait here; the workspace tries again. */
guint         dk_session_count_unsaved   (DkSession *self); /* steps */
const char   *dk_session_get_reason      (DkSession *self); /* why, in a sentence; NULL: nothing waits */
gboolean      dk_session_is_unsaved      (DkSession *self, const DkSymbol *fact, DkPeriodKey period);
/* The workspace calls these. */
gboolean      dk_session_save            (DkSession *self); /* TRUE: nothing waits any more */
void          dk_session_drop_unsaved    (DkSession *self);

/* --- Going back --- */

/* Takes back the last step, or does it again: what was changed, in a few words for a toast; NULL: nothing to do (no error), or an error. */
char         *dk_session_undo            (DkSession *self, GError **error);
char         *dk_session_redo            (DkSession *self, GError **error);

/* --- Snapshots --- */

/* Keeps all answers and lists as they are, under a name, for the day that is looked at; its id, or 0. What waits is written first. */
gint64        dk_session_take_snapshot   (DkSession *self, const char *name, GError **error);
GPtrArray    *dk_session_list_snapshots  (DkSession *self, GError **error); /* DkStoreSnapshot *, owned; oldest first */
DkEnterprise *dk_session_read_snapshot   (DkSession *self, gint64 id, GError **error);
gboolean      dk_session_delete_snapshot (DkSession *self, gint64 id, GError **error); /* cannot be undone */
/* Makes answers and lists what they were, in one step that can be undone. */
gboolean      dk_session_restore         (DkSession *self, const DkEnterprise *before, GError **error);

/* --- What follows --- */

DkAssessment *dk_session_get_assessment  (DkSession *self); /* the last one that is done; NULL at first. Lent until the next "assessed" */
/* How dk_wording and the like speak of it; @wording borrows from the session. FALSE while there is no assessment. */
gboolean      dk_session_get_wording     (DkSession *self, DkWording *wording);
/* The one best next question; FALSE: not known (yet), or nothing is left to ask. */
gboolean      dk_session_get_question    (DkSession *self, DkQuestion *question);
/* The workspace calls these: when another process changed the file; when the day is another one. */
void          dk_session_reload          (DkSession *self);
void          dk_session_reassess        (DkSession *self);
/* For tests and pictures: runs the main loop until assessment and question are up to date. */
void          dk_session_settle          (DkSession *self);

G_END_DECLS
