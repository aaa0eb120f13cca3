/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-workspace"

#include "dk-workspace.h"

#include "dk-session.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the catalogue calls the fact that says what an enterprise does. */
#define INDUSTRY_FACT "industry"

/* For how long the window may stand still while another process is writing, in milliseconds. */
#define PATIENCE 150
/* When what could not be written is tried again, in seconds. */
#define RETRY_AFTER 1

struct _DkWorkspace
{
  GObject       parent_instance;
  DkLibrary    *library;
  DkStore      *store;
  gint64        as_of;
  GPtrArray    *clients;      /* DkClient *, by name */
  GHashTable   *sessions;     /* gint64 * -> DkSession *, not owned */
  GCancellable *surveying;    /* the thread that assesses all clients, or NULL */
  guint         n_unassessed;
  GPtrArray    *unsaved;      /* DkSession *: those with edits that wait */
  guint         retry_id;
};

static void dk_workspace_list_model_init (GListModelInterface *interface);

enum { PROP_0, PROP_AS_OF, PROP_N_UNASSESSED, PROP_UNSAVED, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { LOST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (DkWorkspace, dk_workspace, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, dk_workspace_list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DK_TYPE_CLIENT;
}

static guint
get_n_items (GListModel *model)
{
  return DK_WORKSPACE (model)->clients->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *clients = DK_WORKSPACE (model)->clients;

  return position < clients->len ? g_object_ref (g_ptr_array_index (clients, position)) : NULL;
}

static void
dk_workspace_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* --- Assessing all clients --- */

typedef struct
{
  GWeakRef   workspace; /* it may go meanwhile, which this must not keep it from */
  DkLibrary *library;   /* borrowed: outlives every workspace */
  char      *path;
  char      *language;
  GArray    *ids;     /* gint64 */
  gint64     as_of;
  int        last_year;
} Survey;

/* One client's result on its way to the main loop. */
typedef struct
{
  DkWorkspace  *workspace;
  GCancellable *cancellable;
  gint64        id;
  GPtrArray    *standings; /* NULL: it could not be read */
  char         *industry;
} Finding;

static void
free_survey (Survey *survey)
{
  g_weak_ref_clear (&survey->workspace);
  g_array_unref (survey->ids);
  g_free (survey->path);
  g_free (survey->language);
  g_free (survey);
}

static void
free_finding (Finding *finding)
{
  g_clear_object (&finding->workspace);
  g_object_unref (finding->cancellable);
  g_clear_pointer (&finding->standings, g_ptr_array_unref);
  g_free (finding->industry);
  g_free (finding);
}

/* What its code stands for; "" when it is not known. (transfer full) */
static char *
dup_industry (const DkCatalogue  *catalogue,
              const DkEnterprise *enterprise,
              const char         *language)
{
  const DkSymbol *fact = dk_scope_find_fact (dk_catalogue_get_scope (catalogue), INDUSTRY_FACT);
  DkValue value;

  if (fact == NULL || fact->kind != DK_KIND_CODE || !dk_enterprise_get (enterprise, fact, (DkPeriodKey) { 0 }, &value)
      || !(value.state & (DK_POINT | DK_RANGE)) || !dk_number_is_finite (value.low) || value.low.num >= fact->codes->labels->len)
    return g_strdup ("");
  /* A division stands before its classes. */
  return g_strdup (dk_text_get (g_ptr_array_index (fact->codes->labels, (guint) value.low.num), language));
}

static void
set_n_unassessed (DkWorkspace *self,
                  guint        n)
{
  if (self->n_unassessed == n)
    return;
  self->n_unassessed = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNASSESSED]);
}

static gboolean
on_finding_cb (gpointer data)
{
  Finding *finding = data;
  DkWorkspace *self = finding->workspace;
  DkClient *client;

  if (finding->cancellable != self->surveying)
    return G_SOURCE_REMOVE; /* of an older day */
  client = dk_workspace_find_client (self, finding->id);
  if (client != NULL && finding->standings != NULL)
    dk_client_take_standings (client, g_steal_pointer (&finding->standings), g_steal_pointer (&finding->industry));
  set_n_unassessed (self, self->n_unassessed > 0 ? self->n_unassessed - 1 : 0);
  return G_SOURCE_REMOVE;
}

static void
survey_clients (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Survey *survey = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) store = dk_store_open (survey->path, TRUE, &error);

  for (guint i = 0; i < survey->ids->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Finding *finding = g_new0 (Finding, 1);
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autoptr(DkEnterprise) enterprise = NULL;

      finding->cancellable = g_object_ref (cancellable);
      finding->id = g_array_index (survey->ids, gint64, i);
      if (store != NULL)
        enterprise = dk_store_read (store, finding->id, DK_LAYER_ACTUAL, survey->library->catalogue, problems, NULL);
      if (enterprise != NULL)
        {
          g_autoptr(DkAssessment) assessment = dk_assessment_new (survey->library->book, enterprise, survey->as_of, survey->last_year, NULL);

          finding->standings = dk_standings_of (assessment, survey->library->book, survey->language);
          finding->industry = dup_industry (survey->library->catalogue, enterprise, survey->language);
        }
      finding->workspace = g_weak_ref_get (&survey->workspace);
      if (finding->workspace == NULL)
        {
          free_finding (finding);
          break;
        }
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_finding_cb, finding, (GDestroyNotify) free_finding);
    }
  g_task_return_boolean (task, TRUE);
}

static void
stop_survey (DkWorkspace *self)
{
  if (self->surveying != NULL)
    g_cancellable_cancel (self->surveying);
  g_clear_object (&self->surveying);
}

/* Assesses those whose standings are not known, in a thread that reads the file on its own. */
static void
start_survey (DkWorkspace *self)
{
  g_autoptr(GTask) task = NULL;
  Survey *survey = g_new0 (Survey, 1);

  stop_survey (self);
  self->surveying = g_cancellable_new ();
  g_weak_ref_init (&survey->workspace, self);
  survey->library = self->library;
  survey->path = g_strdup (dk_store_get_path (self->store));
  survey->language = g_strdup (dk_settings_get_language ());
  survey->as_of = self->as_of;
  survey->last_year = dk_workspace_get_last_year (self);
  survey->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->clients->len; i++)
    {
      DkClient *client = g_ptr_array_index (self->clients, i);
      gint64 id = dk_client_get_id (client);

      if (!dk_client_is_assessed (client))
        g_array_append_val (survey->ids, id);
    }
  set_n_unassessed (self, survey->ids->len);
  if (survey->ids->len == 0)
    {
      free_survey (survey);
      return;
    }
  task = g_task_new (NULL, self->surveying, NULL, NULL);
  g_task_set_task_data (task, survey, (GDestroyNotify) free_survey);
  g_task_run_in_thread (task, survey_clients);
}

void
dk_workspace_show_assessment (DkWorkspace        *self,
                              DkClient           *client,
                              DkAssessment       *assessment,
                              const DkEnterprise *enterprise)
{
  const char *language = dk_settings_get_language ();

  dk_client_take_standings (client, dk_standings_of (assessment, self->library->book, language),
                            dup_industry (self->library->catalogue, enterprise, language));
}

/* --- The list --- */

static int
compare_clients (gconstpointer a,
                 gconstpointer b)
{
  DkClient *left = *(DkClient *const *) a, *right = *(DkClient *const *) b;
  int order = g_utf8_collate (dk_client_get_name (left), dk_client_get_name (right));

  if (order != 0)
    return order;
  return dk_client_get_id (left) < dk_client_get_id (right) ? -1 : dk_client_get_id (left) > dk_client_get_id (right);
}

static gboolean
has_unsaved (DkWorkspace *self,
             gint64       id)
{
  for (guint i = 0; i < self->unsaved->len; i++)
    if (dk_session_get_id (g_ptr_array_index (self->unsaved, i)) == id)
      return TRUE;
  return FALSE;
}

/* Reads the list anew; clients that stay keep what is known of them unless they were changed. */
static gboolean
read_list (DkWorkspace  *self,
           GError      **error)
{
  g_autoptr(GPtrArray) entries = dk_store_list (self->store, error);
  g_autoptr(GPtrArray) clients = NULL;
  guint n_before = self->clients->len;

  if (entries == NULL)
    return FALSE;
  clients = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      const DkStoreEntry *entry = g_ptr_array_index (entries, i);
      DkClient *client = dk_workspace_find_client (self, entry->id);

      if (client == NULL)
        {
          client = dk_client_new (entry->id, entry->name, entry->modified);
        }
      else
        {
          g_object_ref (client);
          /* A new name may wait to be written. */
          if (!has_unsaved (self, entry->id))
            dk_client_set_name (client, entry->name);
          if (dk_client_get_modified (client) != entry->modified)
            dk_client_take_standings (client, NULL, NULL);
          dk_client_set_modified (client, entry->modified);
        }
      g_ptr_array_add (clients, client);
    }
  g_ptr_array_sort (clients, compare_clients);
  g_ptr_array_unref (self->clients);
  self->clients = g_steal_pointer (&clients);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->clients->len);
  start_survey (self);
  return TRUE;
}

/* --- What waits to be written --- */

char *
dk_workspace_dup_unsaved (DkWorkspace *self)
{
  g_autofree char *count = NULL;
  guint n = 0;

  g_return_val_if_fail (DK_IS_WORKSPACE (self), NULL);

  for (guint i = 0; i < self->unsaved->len; i++)
    n += dk_session_count_unsaved (g_ptr_array_index (self->unsaved, i));
  if (n == 0)
    return NULL;
  count = n == 1 ? g_strdup (_("Your last change is not saved yet; it is kept here."))
                 : g_strdup_printf (ngettext ("Your last %u change is not saved yet; it is kept here.",
                                              "Your last %u changes are not saved yet; they are kept here.", n), n);
  /* TRANSLATORS: two sentences: why something could not be written, and that it is kept. */
  return g_strdup_printf (C_("two sentences", "%s %s"), dk_session_get_reason (g_ptr_array_index (self->unsaved, 0)), count);
}

static gboolean
save (DkWorkspace *self)
{
  if (self->unsaved->len == 0)
    return TRUE;
  for (guint i = 0; i < self->unsaved->len;)
    {
      g_autoptr(DkSession) session = g_object_ref (g_ptr_array_index (self->unsaved, i));

      if (dk_session_save (session))
        g_ptr_array_remove_index (self->unsaved, i);
      else
        i++;
    }
  if (self->unsaved->len == 0)
    g_clear_handle_id (&self->retry_id, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSAVED]);
  return self->unsaved->len == 0;
}

static gboolean
on_retry_cb (gpointer data)
{
  g_autoptr(DkWorkspace) self = g_object_ref (data);

  /* Somebody may be typing: a look whether it can be done now has to do. */
  dk_store_set_patience (self->store, 0);
  save (self);
  dk_store_set_patience (self->store, PATIENCE);
  return self->retry_id != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

gboolean
dk_workspace_save (DkWorkspace *self)
{
  gboolean is_saved;

  g_object_ref (self); /* a session that is let go of may be the last that holds us */
  is_saved = save (self);
  g_object_unref (self);
  return is_saved;
}

void
dk_workspace_drop_unsaved (DkWorkspace *self)
{
  GPtrArray *sessions = g_steal_pointer (&self->unsaved);

  g_object_ref (self); /* see dk_workspace_save () */
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->unsaved = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < sessions->len; i++)
    dk_session_drop_unsaved (g_ptr_array_index (sessions, i));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSAVED]);
  g_ptr_array_unref (sessions);
  g_object_unref (self);
}

/* Holds the session until it has nothing left to write, even if nobody looks at it any more. */
void
dk_workspace_keep_unsaved (DkWorkspace *self,
                           DkSession   *session)
{
  if (!g_ptr_array_find (self->unsaved, session, NULL))
    g_ptr_array_add (self->unsaved, g_object_ref (session));
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (RETRY_AFTER, on_retry_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSAVED]);
}

void
dk_workspace_tell_lost (DkWorkspace *self,
                        const char  *text)
{
  g_signal_emit (self, signals[LOST], 0, text);
}

/* --- The object --- */

static void
dk_workspace_dispose (GObject *object)
{
  DkWorkspace *self = DK_WORKSPACE (object);

  stop_survey (self);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_pointer (&self->store, dk_store_close);
  G_OBJECT_CLASS (dk_workspace_parent_class)->dispose (object);
}

static void
dk_workspace_finalize (GObject *object)
{
  DkWorkspace *self = DK_WORKSPACE (object);

  g_clear_pointer (&self->clients, g_ptr_array_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->unsaved, g_ptr_array_unref);
  G_OBJECT_CLASS (dk_workspace_parent_class)->finalize (object);
}

static void
dk_workspace_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DkWorkspace *self = DK_WORKSPACE (object);

  switch (id)
    {
    case PROP_AS_OF:
      g_value_set_int64 (value, self->as_of);
      break;
    case PROP_N_UNASSESSED:
      g_value_set_uint (value, self->n_unassessed);
      break;
    case PROP_UNSAVED:
      g_value_take_string (value, dk_workspace_dup_unsaved (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_workspace_class_init (DkWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dk_workspace_dispose;
  object_class->finalize = dk_workspace_finalize;
  object_class->get_property = dk_workspace_get_property;
  properties[PROP_AS_OF] = g_param_spec_int64 ("as-of", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_N_UNASSESSED] = g_param_spec_uint ("n-unassessed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_UNSAVED] = g_param_spec_string ("unsaved", NULL, NULL, NULL, flags);
  signals[LOST] = g_signal_new ("lost", DK_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dk_workspace_init (DkWorkspace *self)
{
  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
  self->unsaved = g_ptr_array_new_with_free_func (g_object_unref);
  self->sessions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
for_each_session (DkWorkspace *self,
                  void       (*call) (DkSession *))
{
  g_autoptr(GPtrArray) sessions = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    g_ptr_array_add (sessions, g_object_ref (session));
  for (guint i = 0; i < sessions->len; i++)
    call (g_ptr_array_index (sessions, i));
}

/* All results once more: the day is another, or the way in which they are written. */
static void
start_again (DkWorkspace *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    dk_client_take_standings (g_ptr_array_index (self->clients, i), NULL, NULL);
  for_each_session (self, dk_session_reassess);
  start_survey (self);
}

static void
on_money_changed_cb (DkWorkspace *self)
{
  dk_settings_apply_money ();
  start_again (self);
}

DkWorkspace *
dk_workspace_new (DkLibrary   *library,
                  const char  *path,
                  gint64       as_of,
                  GError     **error)
{
  g_autoptr(DkWorkspace) self = g_object_new (DK_TYPE_WORKSPACE, NULL);

  self->library = library;
  self->as_of = as_of;
  self->store = dk_store_open_within (path, FALSE, PATIENCE, error);
  if (self->store == NULL || !read_list (self, error))
    return NULL;
  g_signal_connect_object (dk_settings_get (), "changed::" DK_SETTING_IN_WAN, G_CALLBACK (on_money_changed_cb), self, G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

DkLibrary *
dk_workspace_get_library (DkWorkspace *self)
{
  return self->library;
}

DkStore *
dk_workspace_get_store (DkWorkspace *self)
{
  return self->store;
}

const char *
dk_workspace_get_path (DkWorkspace *self)
{
  return dk_store_get_path (self->store);
}

gboolean
dk_workspace_is_read_only (DkWorkspace *self)
{
  return dk_store_is_read_only (self->store);
}

gint64
dk_workspace_get_as_of (DkWorkspace *self)
{
  return self->as_of;
}

int
dk_workspace_get_last_year (DkWorkspace *self)
{
  return (int) dk_date_year (self->as_of) - 1;
}

void
dk_workspace_set_as_of (DkWorkspace *self,
                        gint64       as_of)
{
  if (self->as_of == as_of)
    return;
  self->as_of = as_of;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AS_OF]);
  start_again (self);
}

DkClient *
dk_workspace_find_client (DkWorkspace *self,
                          gint64       id)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (dk_client_get_id (g_ptr_array_index (self->clients, i)) == id)
      return g_ptr_array_index (self->clients, i);
  return NULL;
}

static void
on_session_gone_cb (gpointer  data,
                    GObject  *where_it_was)
{
  DkWorkspace *self = data;
  GHashTableIter iter;
  gpointer session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    if (session == where_it_was)
      g_hash_table_iter_remove (&iter);
}

DkSession *
dk_workspace_open_session (DkWorkspace  *self,
                           gint64        id,
                           GError      **error)
{
  DkSession *session = g_hash_table_lookup (self->sessions, &id);
  gint64 *key;

  if (session != NULL)
    return g_object_ref (session);
  session = dk_session_new (self, id, error);
  if (session == NULL)
    return NULL;
  key = g_new (gint64, 1);
  *key = id;
  g_hash_table_insert (self->sessions, key, session);
  /* The session holds the workspace, which is therefore there when the session goes. */
  g_object_weak_ref (G_OBJECT (session), on_session_gone_cb, self);
  return session;
}

gint64
dk_workspace_add (DkWorkspace  *self,
                  const char   *name,
                  GError      **error)
{
  gint64 id = dk_store_add_empty (self->store, name, error);

  return id != 0 && read_list (self, error) ? id : 0;
}

static gint64
import_file (DkWorkspace  *self,
             const char   *path,
             GError      **error)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkEnterprise) enterprise = NULL;
  g_autoptr(GArray) ids = NULL;

  if (dk_store_is_workspace (path))
    {
      ids = dk_store_import (self->store, path, error);
      if (ids != NULL && ids->len == 0)
        g_set_error_literal (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID, _("There is no enterprise in this file."));
      return ids != NULL && ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
    }
  enterprise = dk_enterprise_load (self->library->catalogue, path, problems);
  if (enterprise == NULL)
    {
      g_autofree char *text = dk_problems_to_string (problems);

      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID, "%s", g_strstrip (text));
      return 0;
    }
  return dk_store_add (self->store, enterprise, error);
}

gint64
dk_workspace_import (DkWorkspace  *self,
                     const char   *path,
                     GError      **error)
{
  gint64 id = import_file (self, path, error);

  return id != 0 && read_list (self, error) ? id : 0;
}

gboolean
dk_workspace_remove (DkWorkspace  *self,
                     gint64        id,
                     GError      **error)
{
  return dk_store_remove (self->store, id, error) && read_list (self, error);
}

gboolean
dk_workspace_rename (DkWorkspace  *self,
                     gint64        id,
                     const char   *name,
                     GError      **error)
{
  g_autoptr(DkSession) session = dk_workspace_open_session (self, id, error);

  return session != NULL && dk_session_set_name (session, name, error) && read_list (self, error);
}

void
dk_workspace_refresh (DkWorkspace *self)
{
  g_autoptr(GError) error = NULL;

  dk_workspace_save (self);
  if (!dk_store_was_changed_elsewhere (self->store))
    return;
  if (!read_list (self, &error))
    {
      g_debug ("not read again: %s", error->message);
      return;
    }
  for_each_session (self, dk_session_reload);
}

void
dk_workspace_settle (DkWorkspace *self)
{
  while (self->n_unassessed > 0)
    g_main_context_iteration (NULL, TRUE);
}
