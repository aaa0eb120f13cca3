/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share, and what its tests reach for. */
#pragma once

#include "dk-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* "DkWs": what SQLite keeps in a file's header to say whose it is. */
#define DK_STORE_APPLICATION_ID 0x446b5773

/* How long to wait for another process that is writing, in milliseconds. */
#define DK_STORE_PATIENCE 5000

/* A value longer than this is none that anybody typed. */
#define DK_STORE_MAX_VALUE (1024 * 1024)

/* Step n of the ladder takes a workspace from version n to n + 1. */
typedef struct
{
  const char *const *steps;
  guint              n_steps;
} DkStoreLadder;

struct _DkStore
{
  sqlite3             *db;
  char                *path;
  gboolean             is_read_only;
  guint                patience;     /* for how long another process that is writing is waited for, in milliseconds */
  const DkStoreLadder *ladder;
  GHashTable          *statements;   /* SQL -> sqlite3_stmt *, for as long as the store is open */
  int                  data_version; /* what dk_store_was_changed_elsewhere () saw last */
  gint64               group;        /* the enterprise between dk_store_begin () and dk_store_end (), or 0 */
  gint64               step;         /* the step of the journal that takes the changes, or 0: not yet made */
  gint64               step_before;  /* the same when the edit began, in case it fails */
  DkStoreError         failure;      /* what SQLite said last */
  gboolean             has_failed;   /* SQLite gave the whole group up */
};

/* Opening and failing: dk-store.c */
DkStore    *dk_store_open_with    (const char *path, gboolean read_only, guint patience, const DkStoreLadder *ladder, GError **error);
/* Opens a new workspace in the empty file that is there: one that keeps no log beside it. */
DkStore    *dk_store_make_file    (const char *path, const DkStoreLadder *ladder, GError **error);
gboolean    dk_store_fail         (DkStore *store, GError **error); /* says what SQLite said; always FALSE */
gboolean    dk_store_fail_not_found (DkStore *store, GError **error);
gboolean    dk_store_exec         (DkStore *store, const char *sql, GError **error); /* fixed SQL */
gboolean    dk_store_get_pragma   (DkStore *store, const char *sql, int *value, GError **error);

/* A statement that is kept, and goes back when the variable does: what is bound is unbound. Not to be nested in itself. */
typedef sqlite3_stmt DkStatement;

DkStatement *dk_store_prepare     (DkStore *store, const char *sql, GError **error);
void         dk_statement_release (DkStatement *statement);
void         dk_statement_bind_text (DkStatement *statement, int number, const char *text); /* copied; NULL: null */
char        *dk_statement_dup_text (DkStatement *statement, int column);
gboolean     dk_store_run         (DkStore *store, DkStatement *statement, GError **error); /* one that returns no row */
/* The next row: TRUE. FALSE at the end, or having failed, which @error tells. */
gboolean     dk_store_next_row    (DkStore *store, DkStatement *statement, gboolean *is_good, GError **error);
/* TRUE and the first column of the first row; FALSE without an error: there is none. */
gboolean     dk_store_get_int     (DkStore *store, DkStatement *statement, gint64 *value, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkStatement, dk_statement_release)

/* Versions: dk-store-migrate.c */
extern const DkStoreLadder dk_store_ladder;

gboolean     dk_store_migrate     (DkStore *store, GError **error);

/* Writing: dk-store-edit.c. What is between the two is written whole, or not at all. */
gboolean     dk_store_enter       (DkStore *store, GError **error);
gboolean     dk_store_leave       (DkStore *store, gboolean is_good, GError **error);
gboolean     dk_store_check_enterprise (DkStore *store, gint64 enterprise, GError **error);
gboolean     dk_store_put_fact    (DkStore *store, gint64 enterprise, const DkStoreChange *change, const char *value, GError **error);
gboolean     dk_store_put_cell    (DkStore *store, gint64 row, const char *column, const char *value, GError **error);
gboolean     dk_store_put_complete (DkStore *store, gint64 enterprise, const char *reg, const char *value, GError **error);
gboolean     dk_store_put_note    (DkStore *store, gint64 enterprise, const char *subject, const char *value, GError **error);
gboolean     dk_store_put_value   (DkStore *store, gint64 enterprise, const DkStoreChange *change, const char *value, GError **error);
/* @row: its id, or 0: a new one. The rows from @position on move down. */
gint64       dk_store_put_row     (DkStore *store, gint64 enterprise, const char *reg, gint64 row, gint64 position, gboolean moves, GError **error);
/* With @moves the rows below move up. */
gboolean     dk_store_drop_row    (DkStore *store, gint64 row, gboolean moves, GError **error);
gboolean     dk_store_delete      (DkStore *store, const char *sql, gint64 id, GError **error); /* fails when there is none of that id */
char        *dk_store_check_name  (const char *name, GError **error); /* (transfer full) */

/* The journal: dk-store-journal.c. Names are kept as they are there, not as JSON. */
gboolean     dk_store_note        (DkStore *store, gint64 enterprise, const DkStoreChange *change, gint64 position, GError **error);
void         dk_store_change_free (DkStoreChange *change);
DkPeriodKey  dk_store_parse_period (const char *text);

/* Content as JSON: dk-store-content.c */
gboolean      dk_store_append_cells  (DkStore *store, GString *json, DkStatement *statement, GError **error);
char         *dk_store_write_content (DkStore *store, gint64 enterprise, int layer, GError **error);
DkEnterprise *dk_store_read_content  (const char *path, const char *content, DkLayer layer, const DkCatalogue *catalogue,
                                      DkProblems *problems, GError **error);

G_END_DECLS
