/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace: one SQLite file with many enterprises, a journal of every edit, and snapshots. The only code that speaks SQL. */
#pragma once

#include "dk-enterprise-note.h"

G_BEGIN_DECLS

#define DK_STORE_ERROR (dk_store_error_quark ())
GQuark dk_store_error_quark (void);

typedef enum
{
  DK_STORE_ERROR_OPEN,      /* cannot be opened or created at all */
  DK_STORE_ERROR_FOREIGN,   /* another program's file */
  DK_STORE_ERROR_DAMAGED,   /* not readable as a database any more */
  DK_STORE_ERROR_TOO_NEW,   /* written by a later version of the program */
  DK_STORE_ERROR_READ_ONLY, /* may be read, not written */
  DK_STORE_ERROR_FULL,      /* no room on the disk: the edit was not written */
  DK_STORE_ERROR_BUSY,      /* another process kept it locked */
  DK_STORE_ERROR_NOT_FOUND, /* no such enterprise, row or snapshot */
  DK_STORE_ERROR_INVALID,   /* a value, name or file that cannot be taken */
  DK_STORE_ERROR_FAILED,    /* anything else SQLite says */
} DkStoreError;

/* What is so, what is planned, what is only thought through. Verdicts read DK_LAYER_ACTUAL and nothing else. */
typedef enum { DK_LAYER_ACTUAL, DK_LAYER_PLAN, DK_LAYER_SCENARIO } DkLayer;

/* In the layer of plans: the fact that stands for all lines without a rate of growth of their own. A rate of growth has no period; see
 * DkPlanned. */
#define DK_PLAN_OTHERS "*"

/* The source of a figure that nobody named: the answer, which assessments read. Others: dk_catalogue_get_sources (). */
#define DK_SOURCE_MAIN ""

typedef struct _DkStore DkStore;

/* Opens the workspace at @path; a file that is not there is made, unless @read_only. The schema of an older version is brought
 * up to date first, all or nothing. A file that can only be read is opened for reading (dk_store_is_read_only ()). */
DkStore    *dk_store_open         (const char *path, gboolean read_only, GError **error);
/* The same for one who cannot wait: another process that is writing is waited for no longer than @patience milliseconds, now and later. */
DkStore    *dk_store_open_within  (const char *path, gboolean read_only, guint patience, GError **error);
void        dk_store_set_patience (DkStore *store, guint patience);
void        dk_store_close        (DkStore *store); /* and frees it */
const char *dk_store_get_path     (const DkStore *store);
gboolean    dk_store_is_read_only (const DkStore *store);
/* Whether another process has changed the file since this was asked last (or since it was opened). */
gboolean    dk_store_was_changed_elsewhere (DkStore *store);
/* Reads all of the file: what is wrong with it, a line each; none: nothing is. NULL: an error. */
char      **dk_store_check        (DkStore *store, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkStore, dk_store_close)

/* An enterprise as a list shows it. */
typedef struct
{
  gint64 id;
  char  *name;
  gint64 created, modified; /* microseconds since 1970, UTC */
} DkStoreEntry;

void       dk_store_entry_free        (DkStoreEntry *entry);
GPtrArray *dk_store_list              (DkStore *store, GError **error); /* DkStoreEntry *, owned; by name */
gint64     dk_store_add               (DkStore *store, const DkEnterprise *enterprise, GError **error); /* its new id, or 0; one step of the journal */
gint64     dk_store_add_empty         (DkStore *store, const char *name, GError **error);
gboolean   dk_store_remove            (DkStore *store, gint64 enterprise, GError **error); /* with all that belongs to it; cannot be undone */
gboolean   dk_store_rename            (DkStore *store, gint64 enterprise, const char *name, GError **error); /* journaled */
/* The enterprise of a layer, with what other sources say; with what is actual comes what is planned, as a plan. Registers have no layers and come with each. What the catalogue does not know (any more) stays in the file and is left out
 * here, with a warning in @problems. */
DkEnterprise *dk_store_read           (DkStore *store, gint64 enterprise, DkLayer layer, const DkCatalogue *catalogue, DkProblems *problems, GError **error);

/* Edits. A value is its JSON text as dk_fact_value_to_json () writes it; "null" is the answer "not known yet"; NULL takes the
 * answer away. Each edit is one step of the journal; between dk_store_begin () and dk_store_end () all are one step, written
 * together or not at all; all are of that enterprise, and nobody else can write to the file meanwhile. An edit that changes
 * nothing leaves no step. */
gboolean   dk_store_begin             (DkStore *store, gint64 enterprise, GError **error);
gboolean   dk_store_end               (DkStore *store, GError **error);
void       dk_store_abandon           (DkStore *store); /* undoes what was written since dk_store_begin () */
gboolean   dk_store_set_fact          (DkStore *store, gint64 enterprise, const char *fact, DkPeriodKey period, DkLayer layer,
                                       const char *source, const char *value, GError **error);
char      *dk_store_dup_fact          (DkStore *store, gint64 enterprise, const char *fact, DkPeriodKey period, DkLayer layer,
                                       const char *source, GError **error); /* NULL without error: no answer */

/* An answer as it is kept. */
typedef struct
{
  char       *fact;
  DkPeriodKey period;
  DkLayer     layer;
  char       *source;
  char       *value; /* JSON */
} DkStoreFact;

GPtrArray *dk_store_list_facts        (DkStore *store, gint64 enterprise, GError **error); /* DkStoreFact *, owned; all layers and sources */

/* What was found out about an answer or a cross-check: its JSON as dk_note_to_json () writes it; NULL takes it away. Journaled. Notes have
 * no layers. */
gboolean   dk_store_set_note          (DkStore *store, gint64 enterprise, const char *subject, const char *value, GError **error);
char      *dk_store_dup_note          (DkStore *store, gint64 enterprise, const char *subject, GError **error); /* NULL without error: none */

/* Registers. Row ids are never used again, not even after a row is deleted. */
GArray    *dk_store_list_rows         (DkStore *store, gint64 enterprise, const char *reg, GError **error); /* gint64 ids, in order */
gint64     dk_store_add_row           (DkStore *store, gint64 enterprise, const char *reg, gint64 before, GError **error); /* before row, or 0: at the end */
gboolean   dk_store_delete_row        (DkStore *store, gint64 row, GError **error);
gboolean   dk_store_set_cell          (DkStore *store, gint64 row, const char *column, const char *value, GError **error);
char      *dk_store_dup_cell          (DkStore *store, gint64 row, const char *column, GError **error);
/* Whether all rows are there: "true", "false"; NULL: not said. */
gboolean   dk_store_set_complete      (DkStore *store, gint64 enterprise, const char *reg, const char *value, GError **error);
char      *dk_store_dup_complete      (DkStore *store, gint64 enterprise, const char *reg, GError **error);

/* The journal: every change, oldest first. Steps that were undone and then written over stay in it, marked. */
typedef enum { DK_EDIT_FACT, DK_EDIT_CELL, DK_EDIT_ROW_ADDED, DK_EDIT_ROW_DELETED, DK_EDIT_COMPLETE, DK_EDIT_NAME,
               DK_EDIT_ADDED /* the enterprise itself */, DK_EDIT_NOTE } DkEditKind;
typedef enum { DK_STEP_DONE, DK_STEP_UNDONE, DK_STEP_DROPPED } DkStepState;

typedef struct
{
  gint64       step;      /* changes of one step have one number, in order */
  DkStepState  state;
  gint64       at;        /* microseconds since 1970, UTC */
  DkEditKind kind;
  char        *subject;   /* the fact, the register, or what a note is about */
  DkPeriodKey  period;
  DkLayer      layer;
  char        *source;
  gint64       row;
  char        *column;
  char        *old_value, *new_value; /* JSON, or NULL; of a row: all of its cells as an object */
} DkStoreChange;

GPtrArray *dk_store_list_changes      (DkStore *store, gint64 enterprise, gint64 after_step, GError **error); /* DkStoreChange *, owned */
gboolean   dk_store_can_undo          (DkStore *store, gint64 enterprise);
gboolean   dk_store_can_redo          (DkStore *store, gint64 enterprise);
/* Takes back the last step, or does it again, in whatever session it was done; the step that added the enterprise stays. The changes of the step (DkStoreChange *, owned), or NULL: nothing to do (no error), or an error. */
GPtrArray *dk_store_undo              (DkStore *store, gint64 enterprise, GError **error);
GPtrArray *dk_store_redo              (DkStore *store, gint64 enterprise, GError **error);

/* Named snapshots: the enterprise as it was, for a day. */
typedef struct
{
  gint64 id;
  char  *name;
  gint64 as_of;   /* a day, as in dk_date_parse () */
  gint64 taken;   /* microseconds since 1970, UTC */
  gint64 step;    /* the last step of the journal by then: dk_store_list_changes () after it says what came since */
} DkStoreSnapshot;

gint64        dk_store_take_snapshot   (DkStore *store, gint64 enterprise, const char *name, gint64 as_of, GError **error); /* id, or 0 */
GPtrArray    *dk_store_list_snapshots  (DkStore *store, gint64 enterprise, GError **error); /* DkStoreSnapshot *, owned; oldest first */
DkEnterprise *dk_store_read_snapshot   (DkStore *store, gint64 snapshot, const DkCatalogue *catalogue, DkProblems *problems, GError **error);
gboolean      dk_store_delete_snapshot (DkStore *store, gint64 snapshot, GError **error);

/* One enterprise as a file of its own: a workspace with that enterprise alone, journal, layers and snapshots included. Written
 * beside @path and renamed. */
gboolean   dk_store_extract           (DkStore *store, gint64 enterprise, const char *path, GError **error);
/* Takes all enterprises of the workspace at @path in, without loss; their new ids (gint64), or NULL. */
GArray    *dk_store_import            (DkStore *store, const char *path, GError **error);
/* Whether the file looks like a workspace (rather than an enterprise in JSON, or anything else). */
gboolean   dk_store_is_workspace      (const char *path);

G_END_DECLS
