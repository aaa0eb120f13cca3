/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing, and what the rest of the room speaks SQL with. */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The header of an SQLite file, as its documentation of the file format has it. */
#define HEADER_SIZE 100
#define HEADER_PAGE_SIZE 16   /* two bytes; 1 stands for 65536 */
#define HEADER_VERSION 60     /* user_version */
#define HEADER_APPLICATION 68 /* application_id */

static const char header_magic[16] = "SQLite format 3";

G_DEFINE_QUARK (dk-store-error-quark, dk_store_error)

/* --- Failing --- */

static DkStoreError
classify (DkStore *store)
{
  int number = errno; /* SQLite does not keep that of a failed commit */
  int extended = sqlite3_extended_errcode (store->db);
  int system = sqlite3_system_errno (store->db) != 0 ? sqlite3_system_errno (store->db) : number;

  /* A quota and a limit on the size of files are no room either; SQLite takes only ENOSPC for that. */
  if (extended == SQLITE_IOERR_WRITE && (system == ENOSPC || system == EDQUOT || system == EFBIG))
    return DK_STORE_ERROR_FULL;
  if (extended == SQLITE_IOERR_CORRUPTFS)
    return DK_STORE_ERROR_DAMAGED;
  switch (extended & 0xff)
    {
    case SQLITE_CANTOPEN:
      return DK_STORE_ERROR_OPEN;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DK_STORE_ERROR_DAMAGED;
    case SQLITE_READONLY:
      return DK_STORE_ERROR_READ_ONLY;
    case SQLITE_FULL:
      return DK_STORE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DK_STORE_ERROR_BUSY;
    case SQLITE_TOOBIG:
      return DK_STORE_ERROR_INVALID;
    default:
      return DK_STORE_ERROR_FAILED;
    }
}

static void
set_error (DkStore       *store,
           DkStoreError   code,
           GError       **error)
{
  const char *path = store->path;

  switch (code)
    {
    case DK_STORE_ERROR_OPEN:
      g_set_error (error, DK_STORE_ERROR, code, _("The workspace “%s” cannot be opened: %s."), path,
                   sqlite3_system_errno (store->db) != 0 ? g_strerror (sqlite3_system_errno (store->db))
                                                         : sqlite3_errmsg (store->db));
      break;
    case DK_STORE_ERROR_FOREIGN:
      g_set_error (error, DK_STORE_ERROR, code, _("“%s” is no workspace of this program."), path);
      break;
    case DK_STORE_ERROR_DAMAGED:
      /* TRANSLATORS: the second %s is what SQLite says, in English. */
      g_set_error (error, DK_STORE_ERROR, code, _("The workspace “%s” is damaged (%s). It was left as it is."), path,
                   sqlite3_errmsg (store->db));
      break;
    case DK_STORE_ERROR_TOO_NEW:
      g_set_error (error, DK_STORE_ERROR, code,
                   _("The workspace “%s” was written by a later version of this program, which is needed to open it."), path);
      break;
    case DK_STORE_ERROR_READ_ONLY:
      g_set_error (error, DK_STORE_ERROR, code, _("The workspace “%s” can only be read, not changed."), path);
      break;
    case DK_STORE_ERROR_FULL:
      g_set_error (error, DK_STORE_ERROR, code, _("There is no room left on the disk of “%s”; the change was not written."), path);
      break;
    case DK_STORE_ERROR_BUSY:
      g_set_error (error, DK_STORE_ERROR, code, _("Another program is writing to “%s”; try again in a moment."), path);
      break;
    default:
      /* TRANSLATORS: the second %s is what SQLite says, in English. */
      g_set_error (error, DK_STORE_ERROR, code, _("The workspace “%s” does not answer as it should: %s."), path,
                   sqlite3_errmsg (store->db));
    }
}

gboolean
dk_store_fail (DkStore  *store,
               GError  **error)
{
  store->failure = classify (store);
  set_error (store, store->failure, error);
  return FALSE;
}

gboolean
dk_store_fail_not_found (DkStore  *store,
                         GError  **error)
{
  store->failure = DK_STORE_ERROR_NOT_FOUND;
  g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND, _("It is not in the workspace “%s” any more."), store->path);
  return FALSE;
}

/* --- Statements --- */

gboolean
dk_store_exec (DkStore     *store,
               const char  *sql,
               GError     **error)
{
  return sqlite3_exec (store->db, sql, NULL, NULL, NULL) == SQLITE_OK || dk_store_fail (store, error);
}

DkStatement *
dk_store_prepare (DkStore     *store,
                  const char  *sql,
                  GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (store->statements, sql);

  if (statement != NULL)
    {
      g_assert (!sqlite3_stmt_busy (statement));
      return statement;
    }
  if (sqlite3_prepare_v3 (store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      dk_store_fail (store, error);
      return NULL;
    }
  g_hash_table_insert (store->statements, g_strdup (sql), statement);
  return statement;
}

void
dk_statement_release (DkStatement *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

void
dk_statement_bind_text (DkStatement *statement,
                        int          number,
                        const char  *text)
{
  sqlite3_bind_text (statement, number, text, -1, SQLITE_TRANSIENT);
}

char *
dk_statement_dup_text (DkStatement *statement,
                       int          column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

gboolean
dk_store_run (DkStore      *store,
              DkStatement  *statement,
              GError      **error)
{
  int status = sqlite3_step (statement);

  if (status != SQLITE_DONE)
    dk_store_fail (store, error);
  sqlite3_reset (statement);
  return status == SQLITE_DONE;
}

gboolean
dk_store_next_row (DkStore      *store,
                   DkStatement  *statement,
                   gboolean     *is_good,
                   GError      **error)
{
  int status = sqlite3_step (statement);

  *is_good = status == SQLITE_ROW || status == SQLITE_DONE || dk_store_fail (store, error);
  return status == SQLITE_ROW;
}

gboolean
dk_store_get_int (DkStore      *store,
                  DkStatement  *statement,
                  gint64       *value,
                  GError      **error)
{
  gboolean is_good;

  if (!dk_store_next_row (store, statement, &is_good, error))
    return FALSE;
  *value = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

gboolean
dk_store_get_pragma (DkStore     *store,
                     const char  *sql,
                     int         *value,
                     GError     **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_good = sqlite3_prepare_v2 (store->db, sql, -1, &statement, NULL) == SQLITE_OK
                     && sqlite3_step (statement) == SQLITE_ROW;

  if (is_good)
    *value = sqlite3_column_int (statement, 0);
  else
    dk_store_fail (store, error);
  sqlite3_finalize (statement);
  return is_good;
}

/* --- Opening --- */

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

static DkStore *
new_store (const char          *path,
           const DkStoreLadder *ladder)
{
  DkStore *store = g_new0 (DkStore, 1);

  store->path = g_strdup (path);
  store->patience = DK_STORE_PATIENCE;
  store->ladder = ladder;
  store->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  return store;
}

/**
 * dk_store_close:
 * @store: (transfer full) (nullable): a workspace
 *
 * Closes it. A step of several edits that was not ended is given up.
 */
void
dk_store_close (DkStore *store)
{
  if (store == NULL)
    return;
  if (store->db != NULL && !sqlite3_get_autocommit (store->db))
    sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
  g_hash_table_unref (store->statements);
  sqlite3_close_v2 (store->db);
  g_free (store->path);
  g_free (store);
}

static gboolean
connect (DkStore   *store,
         int        flags,
         gboolean   is_immutable,
         GError   **error)
{
  static const char settings[] = "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;";
  g_autofree char *absolute = g_canonicalize_filename (store->path, NULL);
  g_autofree char *plain = g_filename_to_uri (absolute, NULL, NULL);
  g_autofree char *uri = g_strconcat (plain, is_immutable ? "?immutable=1" : "", NULL);

  if (sqlite3_open_v2 (uri, &store->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
    return dk_store_fail (store, error);
  sqlite3_busy_timeout (store->db, (int) store->patience);
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  /* Until it is known to be a good one, closing must not write what is in the log into the file. */
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return dk_store_exec (store, settings, error);
}

static guint32
get_number (const guint8 *header)
{
  return (guint32) header[0] << 24 | (guint32) header[1] << 16 | (guint32) header[2] << 8 | header[3];
}

/* Through SQLite's own handle: a descriptor that this process opened and closed beside it would take the locks of a
 * connection that is open to the same file along. */
static gboolean
read_header (DkStore *store,
             guint8  *header,
             gint64  *size)
{
  sqlite3_file *file = NULL;
  GStatBuf info;
  int status;

  memset (header, 0, HEADER_SIZE);
  sqlite3_file_control (store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  /* SQLite calls a file of a single byte an empty one. */
  if (file == NULL || file->pMethods == NULL || g_stat (store->path, &info) != 0)
    return FALSE;
  *size = info.st_size;
  status = file->pMethods->xRead (file, header, HEADER_SIZE, 0);
  return status == SQLITE_OK || status == SQLITE_IOERR_SHORT_READ;
}

static gboolean
has_companion (const char *path,
               const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  GStatBuf status;

  return g_stat (name, &status) == 0 && status.st_size > 0;
}

/* SQLite notices when whole pages are missing, but takes the missing end of the last one for zeros. */
static gboolean
is_cut_short (const char   *path,
              const guint8 *header,
              gint64        size)
{
  guint page_size = (guint) header[HEADER_PAGE_SIZE] << 8 | header[HEADER_PAGE_SIZE + 1];

  if (page_size == 1)
    page_size = 65536;
  return page_size > 0 && size % page_size != 0 && !has_companion (path, "-wal") && !has_companion (path, "-journal");
}

/* Looks at the header before SQLite does anything with the file, so that a file which is none of ours stays as it is. */
static gboolean
check_header (DkStore   *store,
              gboolean  *is_empty,
              GError   **error)
{
  guint8 header[HEADER_SIZE];
  gint64 size = 0;
  gboolean is_blank = TRUE;

  if (!read_header (store, header, &size))
    {
      set_error (store, DK_STORE_ERROR_FOREIGN, error);
      return FALSE;
    }
  *is_empty = size == 0;
  for (guint i = 0; i < HEADER_SIZE; i++)
    is_blank = is_blank && header[i] == 0;
  /* What the making of a workspace left behind when it was cut short; the companion puts it right. */
  if (*is_empty || (is_blank && has_companion (store->path, "-journal")))
    return TRUE;
  if (memcmp (header, header_magic, sizeof header_magic) != 0
      || (size >= HEADER_SIZE && get_number (header + HEADER_APPLICATION) != DK_STORE_APPLICATION_ID))
    {
      set_error (store, DK_STORE_ERROR_FOREIGN, error);
      return FALSE;
    }
  if (size < HEADER_SIZE || is_cut_short (store->path, header, size))
    {
      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_DAMAGED,
                   _("The workspace “%s” is damaged: a part of it is missing. It was left as it is."), store->path);
      return FALSE;
    }
  if (get_number (header + HEADER_VERSION) > store->ladder->n_steps)
    {
      set_error (store, DK_STORE_ERROR_TOO_NEW, error);
      return FALSE;
    }
  return TRUE;
}

/* Whose it is by what SQLite says, which knows the log besides the header. As of one moment: another process may be making it. */
static gboolean
check_stamp (DkStore   *store,
             int       *version,
             gboolean  *is_new,
             GError   **error)
{
  int application = 0, n_tables = 0;

  if (!dk_store_exec (store, "BEGIN", error)
      || !dk_store_get_pragma (store, "PRAGMA application_id", &application, error)
      || !dk_store_get_pragma (store, "PRAGMA user_version", version, error)
      || !dk_store_get_pragma (store, "SELECT count(*) FROM sqlite_schema", &n_tables, error)
      || !dk_store_exec (store, "COMMIT", error))
    return FALSE;
  *is_new = *version == 0 && application == 0 && n_tables == 0;
  if (*is_new)
    return TRUE;
  if (application == DK_STORE_APPLICATION_ID && *version > 0 && *version <= (int) store->ladder->n_steps)
    return TRUE;
  set_error (store, application == DK_STORE_APPLICATION_ID && *version > 0 ? DK_STORE_ERROR_TOO_NEW : DK_STORE_ERROR_FOREIGN,
             error);
  return FALSE;
}

/* Reading all of it finds what a look at the header does not; it takes about a millisecond a megabyte. */
static gboolean
check_pages (DkStore  *store,
             GError  **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_good = sqlite3_prepare_v2 (store->db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK
                     && sqlite3_step (statement) == SQLITE_ROW;

  if (!is_good)
    {
      dk_store_fail (store, error);
    }
  else if (g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") != 0)
    {
      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_DAMAGED, _("The workspace “%s” is damaged (%s). It was left as it is."),
                   store->path, (const char *) sqlite3_column_text (statement, 0));
      is_good = FALSE;
    }
  sqlite3_finalize (statement);
  return is_good;
}

/* A workspace of an older version that cannot be written is brought up to date in memory. */
static gboolean
migrate_a_copy (DkStore  *store,
                GError  **error)
{
  sqlite3 *file = store->db;
  sqlite3_backup *backup;
  int status = SQLITE_ERROR;

  store->db = NULL;
  if (sqlite3_open_v2 (":memory:", &store->db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      backup = sqlite3_backup_init (store->db, "main", file, "main");
      if (backup != NULL)
        {
          sqlite3_backup_step (backup, -1);
          status = sqlite3_backup_finish (backup);
        }
    }
  sqlite3_close_v2 (file);
  return status == SQLITE_OK ? dk_store_migrate (store, error) : dk_store_fail (store, error);
}

static gboolean
set_up (DkStore   *store,
        gboolean   wants_log,
        GError   **error)
{
  gboolean is_empty = FALSE, is_new = FALSE;
  int version = 0;

  if (!check_header (store, &is_empty, error))
    return FALSE;
  if (is_empty && store->is_read_only)
    {
      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_OPEN, _("The workspace “%s” is empty."), store->path);
      return FALSE;
    }
  if (!check_stamp (store, &version, &is_new, error) || (!is_new && !check_pages (store, error)))
    return FALSE;
  if (version < (int) store->ladder->n_steps
      && !(store->is_read_only ? migrate_a_copy (store, error) : dk_store_migrate (store, error)))
    return FALSE;

  /* Another process in the middle of opening may keep the log from being turned on; edits are as safe without. */
  if (!store->is_read_only && wants_log)
    sqlite3_exec (store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  if (!dk_store_exec (store, "PRAGMA synchronous = FULL", error)
      || (store->is_read_only && !dk_store_exec (store, "PRAGMA query_only = ON", error)))
    return FALSE;
  return dk_store_get_pragma (store, "PRAGMA data_version", &store->data_version, error);
}

/* Opening @path in the way that suits what may be done with it. */
static gboolean
open_file (DkStore   *store,
           gboolean   wants_read_only,
           GError   **error)
{
  g_autofree char *folder = g_path_get_dirname (store->path);
  gboolean exists = g_file_test (store->path, G_FILE_TEST_EXISTS);
  gboolean may_write = !exists || g_access (store->path, W_OK) == 0;
  gboolean may_make_companions = g_access (folder, W_OK | X_OK) == 0;

  if (exists && !g_file_test (store->path, G_FILE_TEST_IS_REGULAR))
    {
      set_error (store, DK_STORE_ERROR_FOREIGN, error);
      return FALSE;
    }
  if (!exists && wants_read_only)
    {
      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_OPEN, _("There is no workspace “%s”."), store->path);
      return FALSE;
    }
  store->is_read_only = wants_read_only || !may_write || (exists && !may_make_companions);

  /* Reading takes a log beside the file, which only a connection that may write clears away again. Where none can be made and
   * none is there, nobody can be writing either. */
  if (may_write && may_make_companions)
    return connect (store, SQLITE_OPEN_READWRITE | (exists ? 0 : SQLITE_OPEN_CREATE), FALSE, error);
  if (!exists)
    return connect (store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, FALSE, error);
  return connect (store, SQLITE_OPEN_READONLY, !may_make_companions && !has_companion (store->path, "-wal"), error);
}

DkStore *
dk_store_open_with (const char           *path,
                    gboolean              read_only,
                    guint                 patience,
                    const DkStoreLadder  *ladder,
                    GError              **error)
{
  g_autoptr(DkStore) store = new_store (path, ladder);

  store->patience = patience;
  if (!open_file (store, read_only, error))
    return NULL;
  store->is_read_only = store->is_read_only || sqlite3_db_readonly (store->db, "main") == 1;
  return set_up (store, TRUE, error) ? g_steal_pointer (&store) : NULL;
}

DkStore *
dk_store_make_file (const char           *path,
                    const DkStoreLadder  *ladder,
                    GError              **error)
{
  g_autoptr(DkStore) store = new_store (path, ladder);

  return connect (store, SQLITE_OPEN_READWRITE, FALSE, error) && set_up (store, FALSE, error) ? g_steal_pointer (&store) : NULL;
}

/**
 * dk_store_open:
 * @path: the file; one that is not there, or is empty, is made, unless @read_only
 * @read_only: whether only to read
 *
 * Opens a workspace, bringing an older one up to date. A file that is no workspace, is damaged or too new is left as it is.
 *
 * Returns: (transfer full): the workspace, or %NULL
 */
DkStore *
dk_store_open (const char  *path,
               gboolean     read_only,
               GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return dk_store_open_with (path, read_only, DK_STORE_PATIENCE, &dk_store_ladder, error);
}

/**
 * dk_store_open_within:
 * @path: the file, as for dk_store_open ()
 * @read_only: whether only to read
 * @patience: how long to wait for another process that is writing, in milliseconds
 *
 * Opens a workspace for one who must not be kept waiting, such as a window.
 *
 * Returns: (transfer full): the workspace, or %NULL
 */
DkStore *
dk_store_open_within (const char  *path,
                      gboolean     read_only,
                      guint        patience,
                      GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return dk_store_open_with (path, read_only, patience, &dk_store_ladder, error);
}

/**
 * dk_store_set_patience:
 * @store: a workspace
 * @patience: how long to wait for another process that is writing, in milliseconds; 0: not at all
 *
 * What takes longer fails with %DK_STORE_ERROR_BUSY.
 */
void
dk_store_set_patience (DkStore *store,
                       guint    patience)
{
  g_return_if_fail (store != NULL);

  store->patience = patience;
  sqlite3_busy_timeout (store->db, (int) patience);
}

const char *
dk_store_get_path (const DkStore *store)
{
  g_return_val_if_fail (store != NULL, NULL);

  return store->path;
}

gboolean
dk_store_is_read_only (const DkStore *store)
{
  g_return_val_if_fail (store != NULL, TRUE);

  return store->is_read_only;
}

/**
 * dk_store_was_changed_elsewhere:
 * @store: a workspace
 *
 * Cheap enough to ask whenever the window gets the focus.
 *
 * Returns: whether somebody else wrote to the file since this was asked last, or since it was opened
 */
gboolean
dk_store_was_changed_elsewhere (DkStore *store)
{
  int version = 0;

  g_return_val_if_fail (store != NULL, FALSE);

  if (!dk_store_get_pragma (store, "PRAGMA data_version", &version, NULL) || version == store->data_version)
    return FALSE;
  store->data_version = version;
  return TRUE;
}

/**
 * dk_store_is_workspace:
 * @path: a file
 *
 * Returns: whether it looks like a workspace, of whatever version and in whatever state
 */
gboolean
dk_store_is_workspace (const char *path)
{
  g_autoptr(DkStore) store = NULL;
  guint8 header[HEADER_SIZE];
  gint64 size = 0;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  store = new_store (path, &dk_store_ladder);
  return sqlite3_open_v2 (path, &store->db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
         && read_header (store, header, &size)
         && memcmp (header, header_magic, sizeof header_magic) == 0
         && get_number (header + HEADER_APPLICATION) == DK_STORE_APPLICATION_ID;
}

/**
 * dk_store_check:
 * @store: a workspace
 *
 * Reads every page, and checks that what belongs together is there.
 *
 * Returns: (transfer full): what is wrong, in SQLite's words, a line each; empty when nothing is. %NULL on error
 */
char **
dk_store_check (DkStore  *store,
                GError  **error)
{
  g_autoptr(DkStatement) integrity = NULL;
  g_autoptr(DkStatement) references = NULL;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gboolean is_good;

  g_return_val_if_fail (store != NULL, NULL);

  integrity = dk_store_prepare (store, "PRAGMA integrity_check", error);
  references = dk_store_prepare (store, "PRAGMA foreign_key_check", error);
  if (integrity == NULL || references == NULL)
    return NULL;
  while (dk_store_next_row (store, integrity, &is_good, error))
    if (g_strcmp0 ((const char *) sqlite3_column_text (integrity, 0), "ok") != 0)
      g_ptr_array_add (lines, dk_statement_dup_text (integrity, 0));
  if (!is_good)
    return NULL;
  while (dk_store_next_row (store, references, &is_good, error))
    g_ptr_array_add (lines, g_strdup_printf ("%s: belongs to no %s", (const char *) sqlite3_column_text (references, 0),
                                             (const char *) sqlite3_column_text (references, 2)));
  if (!is_good)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_steal (lines, NULL);
}
