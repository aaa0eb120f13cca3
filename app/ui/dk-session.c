/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-session"

#include "dk-session-private.h"

#include "dk-fact-value.h"
#include "dk-projection.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

enum { PROP_0, PROP_NAME, PROP_CAN_UNDO, PROP_CAN_REDO, PROP_IS_PENDING, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, ASSESSED, ASKED, SAVED, SNAPSHOTS, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkSession, dk_session, G_TYPE_OBJECT)

static void request_start (DkSession *self);
static void request_assessment (DkSession *self);

static DkStore *
get_store (DkSession *self)
{
  return dk_workspace_get_store (self->workspace);
}

/* --- Reading --- */

/* Reads all of it again; on an error all stays as it was. */
static gboolean
load (DkSession  *self,
      GError    **error)
{
  DkLibrary *library = dk_session_get_library (self);
  const DkScope *scope = dk_catalogue_get_scope (library->catalogue);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkEnterprise) enterprise = dk_store_read (get_store (self), self->id, DK_LAYER_ACTUAL, library->catalogue, problems, error);

  if (enterprise == NULL)
    return FALSE;
  g_clear_pointer (&self->enterprise, dk_enterprise_free);
  g_clear_pointer (&self->trial, dk_enterprise_free);
  self->enterprise = g_steal_pointer (&enterprise);
  g_free (self->name);
  self->name = g_strdup (dk_enterprise_get_name (self->enterprise));
  g_hash_table_remove_all (self->rows);
  g_hash_table_remove_all (self->row_ids);
  for (guint i = 0; i < scope->registers->len; i++)
    if (!dk_session_read_rows (self, i, error))
      return FALSE;
  return TRUE;
}

static void
notify_history (DkSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

void
dk_session_edit_done (DkSession  *self,
                      const char *id)
{
  DkClient *client = dk_workspace_find_client (self->workspace, self->id);

  g_clear_pointer (&self->trial, dk_enterprise_free);
  if (self->group != NULL)
    return;
  if (client != NULL)
    dk_client_set_modified (client, g_get_real_time ());
  g_signal_emit (self, signals[CHANGED], 0, id);
  notify_history (self);
  request_assessment (self);
}

void
dk_session_tell_saved (DkSession *self)
{
  notify_history (self);
  g_signal_emit (self, signals[SAVED], 0);
}

void
dk_session_tell_snapshots (DkSession *self)
{
  g_signal_emit (self, signals[SNAPSHOTS], 0);
}

/**
 * dk_session_reload:
 *
 * Reads the enterprise again after somebody else changed the file. One that is gone stays as it was; what waits to be written is
 * written first.
 */
void
dk_session_reload (DkSession *self)
{
  g_autoptr(GError) error = NULL;

  self->must_reload = !g_queue_is_empty (&self->unsaved);
  if (self->must_reload)
    return;
  if (!load (self, &error))
    {
      g_debug ("not read again: %s", error->message);
      return;
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  dk_session_edit_done (self, NULL);
}

/* --- The thread --- */

typedef struct
{
  DkRulebook   *book;
  DkEnterprise *enterprise;
  gint64        as_of;
  int           last_year;
  gboolean      is_trial;
  DkAssessment *assessment; /* given: only the question is wanted */
  DkQuestion    question;
  gboolean      has_question;
  gint64        took;       /* microseconds */
  gboolean      is_taken;   /* the session has it already */
  GMutex        mutex;
  GCond         cond;
  gboolean      is_done;    /* guarded by the mutex */
} Work;

/* An assessment that comes within so many microseconds of the key is shown in the same frame as the key: waiting for it is less than
 * the frame that showing it later would cost, and leaves time to paint. Where they take longer they are not waited for, so nobody's
 * typing is held up. */
#define PATIENCE 9000

static void
free_work (Work *work)
{
  dk_enterprise_free (work->enterprise);
  g_clear_pointer (&work->assessment, dk_assessment_free);
  g_mutex_clear (&work->mutex);
  g_cond_clear (&work->cond);
  g_free (work);
}

static void
do_work (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Work *work = data;
  gint64 start = g_get_monotonic_time ();

  work->assessment = dk_assessment_new (work->book, work->enterprise, work->as_of, work->last_year, NULL);
  g_mutex_lock (&work->mutex);
  work->took = g_get_monotonic_time () - start;
  work->is_done = TRUE;
  g_cond_signal (&work->cond);
  g_mutex_unlock (&work->mutex);
  g_task_return_boolean (task, TRUE);
}

/* An assessment of its own, so that nobody looks into the one that the pages read. */
static void
do_question (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Work *work = data;

  work->assessment = dk_assessment_new (work->book, work->enterprise, work->as_of, work->last_year, NULL);
  work->has_question = dk_assessment_get_next_question (work->assessment, &work->question);
  g_task_return_boolean (task, TRUE);
}

static void
set_running (DkSession *self,
             gboolean   is_running)
{
  self->is_running = is_running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PENDING]);
}

static void
update_client (DkSession *self)
{
  DkClient *client = dk_workspace_find_client (self->workspace, self->id);

  if (client != NULL)
    dk_workspace_show_assessment (self->workspace, client, self->assessment, self->enterprise);
}

static void
take_assessment (DkSession *self,
                 Work      *work)
{
  work->is_taken = TRUE;
  self->took = (self->took + work->took) / 2;
  /* A newer answer waits: its assessment comes at once, and nobody saw this one. While somebody types it still shows that things move. */
  g_clear_pointer (&self->derived, g_hash_table_unref);
  g_clear_pointer (&self->assessment, dk_assessment_free);
  self->assessment = g_steal_pointer (&work->assessment);
  dk_arena_clear (self->arena);
  if (!work->is_trial && !self->is_stale)
    {
      self->needs_question = TRUE;
      update_client (self);
    }
  g_signal_emit (self, signals[ASSESSED], 0);
}

static void
on_work_done_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr(DkSession) self = data;
  Work *work = g_task_get_task_data (G_TASK (result));

  set_running (self, FALSE);
  if (!work->is_taken)
    take_assessment (self, work);
  if (self->is_stale || self->needs_question)
    request_start (self);
}

static void
on_question_done_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr(DkSession) self = data;
  Work *work = g_task_get_task_data (G_TASK (result));

  set_running (self, FALSE);
  if (!self->is_stale)
    {
      self->has_question = work->has_question;
      self->question = work->question;
      g_signal_emit (self, signals[ASKED], 0);
    }
  if (self->is_stale || self->needs_question)
    request_start (self);
}

/* Whether it was done soon. */
static gboolean
wait_for (Work *work)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  gboolean is_done;

  g_mutex_lock (&work->mutex);
  while (!work->is_done && g_cond_wait_until (&work->cond, &work->mutex, end))
    ;
  is_done = work->is_done;
  g_mutex_unlock (&work->mutex);
  return is_done;
}

static void
start_work (DkSession *self)
{
  g_autoptr(GTask) task = NULL;
  Work *work = g_new0 (Work, 1);
  gboolean wants_question = !self->is_stale && self->needs_question;

  g_mutex_init (&work->mutex);
  g_cond_init (&work->cond);
  work->book = dk_session_get_library (self)->book;
  work->is_trial = self->trial != NULL;
  work->enterprise = dk_enterprise_dup (self->trial != NULL ? self->trial : self->enterprise);
  work->as_of = dk_session_get_as_of (self);
  work->last_year = dk_session_get_last_year (self);
  self->is_stale = self->needs_question = FALSE;
  /* No source object: the thread might be the last to let go of it, and it is for this one to close things. */
  task = g_task_new (NULL, NULL, wants_question ? on_question_done_cb : on_work_done_cb, g_object_ref (self));
  g_task_set_task_data (task, work, (GDestroyNotify) free_work);
  set_running (self, TRUE);
  g_task_run_in_thread (task, wants_question ? do_question : do_work);
  if (!wants_question && self->took < PATIENCE && wait_for (work))
    take_assessment (self, work);
}

static gboolean
on_start_cb (gpointer data)
{
  DkSession *self = data;

  self->start_source = 0;
  if (!self->is_running && (self->is_stale || self->needs_question))
    start_work (self);
  return G_SOURCE_REMOVE;
}

static void
request_start (DkSession *self)
{
  /* Several edits in one go are one assessment. */
  if (!self->is_running && self->start_source == 0)
    self->start_source = g_idle_add_full (G_PRIORITY_HIGH, on_start_cb, self, NULL);
}

static void
request_assessment (DkSession *self)
{
  self->is_stale = TRUE;
  request_start (self);
}

/* --- The object --- */

static void
dk_session_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DkSession *self = DK_SESSION (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, !dk_session_is_read_only (self) && dk_store_can_undo (get_store (self), self->id));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, !dk_session_is_read_only (self) && dk_store_can_redo (get_store (self), self->id));
      break;
    case PROP_IS_PENDING:
      g_value_set_boolean (value, self->is_running || self->is_stale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_session_finalize (GObject *object)
{
  DkSession *self = DK_SESSION (object);

  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_pointer (&self->derived, g_hash_table_unref);
  g_clear_pointer (&self->assessment, dk_assessment_free);
  g_clear_pointer (&self->enterprise, dk_enterprise_free);
  g_clear_pointer (&self->trial, dk_enterprise_free);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->row_ids, g_hash_table_unref);
  g_queue_clear_full (&self->unsaved, (GDestroyNotify) g_ptr_array_unref);
  g_free (self->reason);
  g_clear_pointer (&self->arena, dk_arena_free);
  g_free (self->name);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (dk_session_parent_class)->finalize (object);
}

static void
dk_session_class_init (DkSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = dk_session_finalize;
  object_class->get_property = dk_session_get_property;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_IS_PENDING] = g_param_spec_boolean ("is-pending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", DK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASSESSED] = g_signal_new ("assessed", DK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVED] = g_signal_new ("saved", DK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SNAPSHOTS] = g_signal_new ("snapshots", DK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ASKED] = g_signal_new ("asked", DK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dk_session_init (DkSession *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  self->row_ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_queue_init (&self->unsaved);
  self->arena = dk_arena_new ();
}

DkSession *
dk_session_new (DkWorkspace  *workspace,
                gint64        id,
                GError      **error)
{
  g_autoptr(DkSession) self = g_object_new (DK_TYPE_SESSION, NULL);

  self->workspace = g_object_ref (workspace);
  self->id = id;
  if (!load (self, error))
    return NULL;
  request_assessment (self);
  return g_steal_pointer (&self);
}

DkWorkspace *
dk_session_get_workspace (DkSession *self)
{
  return self->workspace;
}

DkLibrary *
dk_session_get_library (DkSession *self)
{
  return dk_workspace_get_library (self->workspace);
}

gint64
dk_session_get_id (DkSession *self)
{
  return self->id;
}

const char *
dk_session_get_name (DkSession *self)
{
  return self->name;
}

gboolean
dk_session_is_read_only (DkSession *self)
{
  return dk_workspace_is_read_only (self->workspace);
}

int
dk_session_get_last_year (DkSession *self)
{
  return dk_workspace_get_last_year (self->workspace);
}

gint64
dk_session_get_as_of (DkSession *self)
{
  return dk_workspace_get_as_of (self->workspace);
}

const DkEnterprise *
dk_session_get_enterprise (DkSession *self)
{
  return self->enterprise;
}

gboolean
dk_session_set_name (DkSession   *self,
                     const char  *name,
                     GError     **error)
{
  DkClient *client = dk_workspace_find_client (self->workspace, self->id);
  DkEdit *edit = dk_edit_new (DK_EDIT_NAME, "");

  edit->value = g_strdup (name);
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  dk_enterprise_set_name (self->enterprise, name);
  g_free (self->name);
  self->name = g_strdup (name);
  if (client != NULL)
    dk_client_set_name (client, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  notify_history (self);
  return TRUE;
}

/* --- Answers --- */

DkAnswerState
dk_session_get_answer (DkSession      *self,
                       const DkSymbol *fact,
                       DkPeriodKey     period,
                       DkValue        *value)
{
  if (dk_enterprise_get (self->enterprise, fact, period, value))
    return DK_ANSWER_VALUE;
  return dk_enterprise_is_unknown (self->enterprise, fact, period) ? DK_ANSWER_UNKNOWN : DK_ANSWER_NONE;
}

char *
dk_session_write_answer (const DkSymbol *fact,
                         DkAnswerState   state,
                         const DkValue  *value)
{
  if (state == DK_ANSWER_NONE)
    return NULL;
  return state == DK_ANSWER_UNKNOWN ? g_strdup ("null") : dk_fact_value_to_json (fact, value);
}

gboolean
dk_session_set_answer (DkSession       *self,
                       const DkSymbol  *fact,
                       DkPeriodKey      period,
                       DkAnswerState    state,
                       const DkValue   *value,
                       GError         **error)
{
  g_autoptr(DkEnterprise) changed = dk_enterprise_dup (self->enterprise);
  DkEdit *edit;

  if (state == DK_ANSWER_UNKNOWN ? !dk_enterprise_set_unknown (changed, fact, period, error)
                                 : !dk_enterprise_set (changed, fact, period, state == DK_ANSWER_VALUE ? value : NULL, error))
    return FALSE;
  edit = dk_edit_new (DK_EDIT_FACT, fact->id);
  edit->period = period;
  edit->value = dk_session_write_answer (fact, state, value);
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  dk_enterprise_free (self->enterprise);
  self->enterprise = g_steal_pointer (&changed);
  dk_session_edit_done (self, fact->id);
  return TRUE;
}

gboolean
dk_session_set_figure (DkSession       *self,
                       const DkSymbol  *fact,
                       DkPeriodKey      period,
                       guint            source,
                       const DkValue   *value,
                       GError         **error)
{
  const DkChoices *sources = dk_catalogue_get_sources (dk_session_get_library (self)->catalogue);
  g_autoptr(DkEnterprise) changed = dk_enterprise_dup (self->enterprise);
  DkEdit *edit;

  if (!dk_enterprise_set_figure (changed, fact, period, source, value, error))
    return FALSE;
  edit = dk_edit_new (DK_EDIT_FACT, fact->id);
  edit->period = period;
  edit->source = g_strdup (g_ptr_array_index (sources->options, source));
  edit->value = value != NULL ? dk_fact_value_to_json (fact, value) : NULL;
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  dk_enterprise_free (self->enterprise);
  self->enterprise = g_steal_pointer (&changed);
  dk_session_edit_done (self, fact->id);
  return TRUE;
}

const DkNote *
dk_session_get_note (DkSession  *self,
                     const char *subject)
{
  return dk_enterprise_get_note (self->enterprise, subject);
}

gboolean
dk_session_set_note (DkSession     *self,
                     const DkNote  *note,
                     GError       **error)
{
  g_autoptr(DkEnterprise) changed = dk_enterprise_dup (self->enterprise);
  const DkNote *taken;
  DkEdit *edit;

  if (!dk_enterprise_set_note (changed, note, error))
    return FALSE;
  taken = dk_enterprise_get_note (changed, note->subject);
  if (dk_note_equal (taken, dk_session_get_note (self, note->subject)))
    return TRUE;
  edit = dk_edit_new (DK_EDIT_NOTE, note->subject);
  edit->value = taken != NULL ? dk_note_to_json (taken) : NULL;
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  dk_enterprise_free (self->enterprise);
  self->enterprise = g_steal_pointer (&changed);
  dk_session_edit_done (self, note->subject);
  return TRUE;
}

gboolean
dk_session_set_planned (DkSession       *self,
                        const DkSymbol  *fact,
                        DkPeriodKey      period,
                        const DkValue   *value,
                        GError         **error)
{
  g_autoptr(DkEnterprise) changed = dk_enterprise_dup (self->enterprise);
  DkEdit *edit;

  if (!dk_enterprise_set_planned (changed, fact, period, value, error))
    return FALSE;
  edit = dk_edit_new (DK_EDIT_FACT, fact != NULL ? fact->id : DK_PLAN_OTHERS);
  edit->period = period;
  edit->layer = DK_LAYER_PLAN;
  edit->value = value != NULL ? dk_fact_value_to_json (dk_planned_get_symbol (fact, period), value) : NULL;
  if (!dk_session_write (self, edit, NULL, error))
    return FALSE;
  dk_enterprise_free (self->enterprise);
  self->enterprise = g_steal_pointer (&changed);
  dk_session_edit_done (self, fact != NULL ? fact->id : NULL);
  return TRUE;
}

void
dk_session_try_answer (DkSession      *self,
                       const DkSymbol *fact,
                       DkPeriodKey     period,
                       const DkValue  *value)
{
  g_autoptr(DkEnterprise) trial = dk_enterprise_dup (self->enterprise);
  g_autoptr(GError) error = NULL;

  if (!dk_enterprise_set (trial, fact, period, value, &error))
    return; /* what cannot be an answer changes nothing; the field says so when it is left */
  g_clear_pointer (&self->trial, dk_enterprise_free);
  self->trial = g_steal_pointer (&trial);
  request_assessment (self);
}

void
dk_session_end_trial (DkSession *self)
{
  if (self->trial == NULL)
    return;
  g_clear_pointer (&self->trial, dk_enterprise_free);
  request_assessment (self);
}

gboolean
dk_session_get_derived (DkSession      *self,
                        const DkSymbol *fact,
                        DkPeriodKey     period,
                        DkValue        *value)
{
  int year = period.year == 0 ? 0 : period.year - dk_session_get_last_year (self);
  const DkItem *item = dk_library_find_derived (dk_session_get_library (self), fact, year);
  const DkResult *result;

  if (item == NULL || self->assessment == NULL)
    return FALSE;
  if (self->derived == NULL)
    self->derived = g_hash_table_new (NULL, NULL);
  result = g_hash_table_lookup (self->derived, item);
  if (result == NULL)
    {
      result = dk_assessment_evaluate (self->assessment, item);
      g_hash_table_insert (self->derived, (gpointer) item, (gpointer) result);
    }
  if (fact->kind == DK_KIND_TRUTH)
    {
      if (result->verdict == DK_VERDICT_NONE && !result->has_value)
        return FALSE;
      *value = result->verdict == DK_VERDICT_PASS ? DK_VALUE_TRUTH (DK_TRUE)
               : result->verdict == DK_VERDICT_FAIL ? DK_VALUE_TRUTH (DK_FALSE) : result->has_value ? result->value : DK_VALUE_TRUTH (DK_OPEN);
      return TRUE;
    }
  *value = result->value;
  return result->has_value;
}

static gboolean
is_answered (DkSession      *self,
             const DkSymbol *fact)
{
  DkPeriodKey period = { fact->period == DK_PERIOD_NONE ? 0 : dk_session_get_last_year (self), fact->period == DK_PERIOD_QUARTER ? 1 : 0,
                         fact->period == DK_PERIOD_MONTH ? 1 : 0 };
  DkValue value;

  if (dk_session_get_answer (self, fact, period, &value) == DK_ANSWER_VALUE)
    return TRUE;
  if (!dk_session_get_derived (self, fact, period, &value))
    return FALSE;
  return fact->kind == DK_KIND_TRUTH ? dk_truth_is_settled (value.state) : dk_value_is_settled (&value);
}

void
dk_session_count_answers (DkSession  *self,
                          const char *page,
                          guint      *n_answered,
                          guint      *n_asked)
{
  const DkCatalogue *catalogue = dk_session_get_library (self)->catalogue;

  *n_answered = *n_asked = 0;
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (catalogue, i);

      if (g_strcmp0 (fact->page, page) != 0)
        continue;
      *n_asked += 1;
      *n_answered += is_answered (self, fact->symbol);
    }
}

/* --- Going back --- */

/* "No nominee holding: finding" */
static char *
describe_note (DkSession           *self,
               const DkStoreChange *change)
{
  DkPeriodKey period;
  gboolean is_check;
  const DkSymbol *fact = dk_note_find_fact (dk_session_get_library (self)->catalogue, change->subject, &period, &is_check);
  g_autofree char *name = fact != NULL ? dk_fact_to_display (fact, period, dk_settings_get_language ()) : g_strdup (change->subject);

  return g_strdup_printf (_("%s: %s"), name, is_check ? _("explanation") : _("finding"));
}

/* What is planned of a fact now, or of all other lines. */
static char *
describe_plan (DkSession           *self,
               const DkSymbol      *fact,
               const DkStoreChange *change)
{
  const DkSymbol *symbol = dk_planned_get_symbol (fact, change->period);
  g_autofree char *name = dk_planned_dup_name (fact, change->period, dk_settings_get_language ());
  g_autofree char *figure = NULL;
  DkValue value;

  if (dk_enterprise_get_planned (self->enterprise, fact, change->period, &value))
    figure = dk_value_to_display (&value, symbol->kind, symbol->unit, symbol->choices, symbol->codes, dk_settings_get_language ());
  return g_strdup_printf (_("%s: %s"), name, figure != NULL ? figure : _("not planned"));
}

/* What one change was, in a few words: the fact and its answer now. */
static char *
describe_changes (DkSession       *self,
                  const GPtrArray *changes)
{
  const DkScope *scope = dk_catalogue_get_scope (dk_session_get_library (self)->catalogue);
  const char *language = dk_settings_get_language ();
  const DkStoreChange *change = g_ptr_array_index (changes, 0);
  const DkSymbol *fact;
  const DkRegister *reg;
  guint index;

  if (changes->len > 1)
    return g_strdup_printf (ngettext ("%u change", "%u changes", changes->len), changes->len);
  switch (change->kind)
    {
    case DK_EDIT_FACT:
      fact = dk_scope_find_fact (scope, change->subject);
      if (change->layer == DK_LAYER_PLAN && (fact != NULL || g_str_equal (change->subject, DK_PLAN_OTHERS)))
        return describe_plan (self, fact, change);
      if (fact != NULL)
        {
          const DkChoices *sources = dk_catalogue_get_sources (dk_session_get_library (self)->catalogue);
          int source = sources != NULL ? dk_choices_find (sources, change->source) : -1;
          g_autofree char *name = dk_figure_to_display (sources, fact, change->period, source < 0 ? DK_NO_SOURCE : (guint) source, language);
          g_autofree char *answer = NULL;
          DkValue value;

          if (source >= 0 ? dk_enterprise_get_figure (self->enterprise, fact, change->period, (guint) source, &value)
                          : dk_session_get_answer (self, fact, change->period, &value) == DK_ANSWER_VALUE)
            {
              const char *unit = dk_format_unit (fact->unit);
              g_autofree char *figure = dk_format_value (fact, &value);

              answer = *unit != '\0' && dk_value_is_point (&value) && dk_number_sign (value.low) != 0 ? g_strdup_printf ("%s %s", figure, unit)
                                                                                                       : g_steal_pointer (&figure);
            }
          else
            {
              answer = g_strdup (source < 0 && dk_enterprise_is_unknown (self->enterprise, fact, change->period) ? _("not known yet") : _("no answer"));
            }
          /* TRANSLATORS: a fact and its answer, "Revenue (2025): 231.00" */
          return g_strdup_printf (_("%s: %s"), name, answer);
        }
      return g_strdup (change->subject);
    case DK_EDIT_CELL:
    case DK_EDIT_ROW_ADDED:
    case DK_EDIT_ROW_DELETED:
    case DK_EDIT_COMPLETE:
      reg = dk_scope_find_register (scope, change->subject, &index);
      return g_strdup (reg != NULL ? dk_text_get (&reg->label, language) : change->subject);
    case DK_EDIT_NAME:
      return g_strdup_printf (_("%s: %s"), _("Name"), self->name);
    case DK_EDIT_NOTE:
      return describe_note (self, change);
    case DK_EDIT_ADDED:
    default:
      return g_strdup (self->name);
    }
}

static char *
step (DkSession  *self,
      GPtrArray *(*take) (DkStore *, gint64, GError **),
      GError    **error)
{
  g_autoptr(GPtrArray) changes = NULL;
  g_autofree char *text = NULL;
  const DkStoreChange *change;
  DkClient *client;

  /* What waits is the last step; it cannot be taken back before it is one. */
  if (!dk_workspace_save (self->workspace) && self->reason != NULL)
    {
      g_set_error_literal (error, DK_STORE_ERROR, DK_STORE_ERROR_BUSY, self->reason);
      return NULL;
    }
  changes = take (get_store (self), self->id, error);
  if (changes == NULL || changes->len == 0)
    return NULL;
  if (!load (self, error))
    return NULL;
  text = describe_changes (self, changes);
  change = g_ptr_array_index (changes, 0);
  client = dk_workspace_find_client (self->workspace, self->id);
  if (client != NULL)
    dk_client_set_name (client, self->name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  dk_session_edit_done (self, changes->len == 1 && change->kind != DK_EDIT_NAME ? change->subject : NULL);
  return g_steal_pointer (&text);
}

char *
dk_session_undo (DkSession  *self,
                 GError    **error)
{
  return step (self, dk_store_undo, error);
}

char *
dk_session_redo (DkSession  *self,
                 GError    **error)
{
  return step (self, dk_store_redo, error);
}

/* --- What follows --- */

DkAssessment *
dk_session_get_assessment (DkSession *self)
{
  return self->assessment;
}

gboolean
dk_session_get_wording (DkSession *self,
                        DkWording *wording)
{
  if (self->assessment == NULL)
    return FALSE;
  *wording = (DkWording) { self->assessment, dk_session_get_library (self)->book, self->arena, dk_settings_get_language () };
  return TRUE;
}

gboolean
dk_session_get_question (DkSession  *self,
                         DkQuestion *question)
{
  *question = self->question;
  return self->has_question;
}

/**
 * dk_session_reassess:
 *
 * The day, or the language, is another one.
 */
void
dk_session_reassess (DkSession *self)
{
  self->has_question = FALSE;
  self->is_stale = TRUE;
  g_signal_emit (self, signals[CHANGED], 0, NULL);
  request_assessment (self);
}

void
dk_session_settle (DkSession *self)
{
  while (self->is_running || self->is_stale || self->needs_question || self->start_source != 0)
    g_main_context_iteration (NULL, TRUE);
}
