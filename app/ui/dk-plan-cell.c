/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-plan-cell"

#include "dk-plan-cell.h"

#include "dk-answer-text.h"
#include "dk-projection.h"
#include "dk-settings.h"
#include "dk-style.h"

#include <string.h>

/* How long after the last key a plan is written, in milliseconds. */
#define COMMIT_DELAY 700

struct _DkPlanCell
{
  GtkBox          parent_instance;
  DkSession      *session;
  const DkSymbol *fact;
  DkPeriodKey     period;
  GtkWidget      *entry;
  DkArena        *scratch;
  char           *problem;
  guint           timer;
  gboolean        is_dirty;   /* something was typed that is not committed */
  gboolean        is_filling; /* the text changes, but nobody types */
  gboolean        is_writing;
};

G_DEFINE_FINAL_TYPE (DkPlanCell, dk_plan_cell, GTK_TYPE_BOX)

static const DkSymbol *
get_symbol (DkPlanCell *self)
{
  return dk_planned_get_symbol (self->fact, self->period);
}

static void
set_problem (DkPlanCell *self,
             const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  dk_style_set_tooltip (self->entry, problem);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* What is planned, as it is written. */
static char *
dup_text (DkPlanCell *self)
{
  DkValue value;

  return dk_enterprise_get_planned (dk_session_get_enterprise (self->session), self->fact, self->period, &value)
           ? dk_format_value (get_symbol (self), &value) : g_strdup ("");
}

static void
fill (DkPlanCell *self)
{
  g_autofree char *text = dup_text (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_dirty = FALSE;
  self->is_filling = TRUE;
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->is_filling = FALSE;
  set_problem (self, NULL);
}

gboolean
dk_plan_cell_commit (DkPlanCell *self)
{
  DkAnswerState state;
  DkValue value;
  g_autoptr(GError) error = NULL;
  const char *text;

  g_return_val_if_fail (DK_IS_PLAN_CELL (self), FALSE);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_dirty)
    return self->problem == NULL;
  text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  dk_arena_clear (self->scratch);
  self->is_writing = TRUE;
  if (!dk_answer_parse (get_symbol (self), text, dk_settings_is_in_wan (), self->scratch, &state, &value, &error)
      || !dk_session_set_planned (self->session, self->fact, self->period, state == DK_ANSWER_VALUE ? &value : NULL, &error))
    set_problem (self, error->message);
  else
    {
      self->is_dirty = FALSE;
      set_problem (self, NULL);
    }
  self->is_writing = FALSE;
  return self->problem == NULL;
}

static gboolean
on_timeout_cb (gpointer data)
{
  DkPlanCell *self = data;

  self->timer = 0;
  dk_plan_cell_commit (self);
  return G_SOURCE_REMOVE;
}

static void
on_text_changed_cb (DkPlanCell *self)
{
  if (self->is_filling)
    return;
  self->is_dirty = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (COMMIT_DELAY, on_timeout_cb, self);
}

static void
on_activate_cb (DkPlanCell *self)
{
  if (dk_plan_cell_commit (self))
    fill (self);
}

static void
on_focus_leave_cb (DkPlanCell *self)
{
  /* The focus also leaves what is being destroyed. */
  if (self->session != NULL && dk_plan_cell_commit (self) && !gtk_widget_in_destruction (self->entry))
    fill (self);
}

static gboolean
on_key_pressed_cb (DkPlanCell      *self,
                   guint            keyval,
                   guint            keycode,
                   GdkModifierType  state)
{
  if (keyval != GDK_KEY_Escape || !self->is_dirty)
    return FALSE;
  fill (self);
  return TRUE;
}

static void
on_changed_cb (DkPlanCell *self)
{
  /* What somebody is typing stays. */
  if (!self->is_writing && !self->is_dirty)
    fill (self);
}

void
dk_plan_cell_set_implied (DkPlanCell *self,
                          const char *text)
{
  g_return_if_fail (DK_IS_PLAN_CELL (self));

  if (g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (self->entry)), text) != 0)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), text);
}

const char *
dk_plan_cell_get_problem (DkPlanCell *self)
{
  g_return_val_if_fail (DK_IS_PLAN_CELL (self), NULL);

  return self->problem;
}

static gboolean
dk_plan_cell_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DK_PLAN_CELL (widget)->entry);
}

static void
dk_plan_cell_dispose (GObject *object)
{
  DkPlanCell *self = DK_PLAN_CELL (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_plan_cell_parent_class)->dispose (object);
}

static void
dk_plan_cell_finalize (GObject *object)
{
  DkPlanCell *self = DK_PLAN_CELL (object);

  dk_arena_free (self->scratch);
  g_free (self->problem);
  G_OBJECT_CLASS (dk_plan_cell_parent_class)->finalize (object);
}

static void
dk_plan_cell_class_init (DkPlanCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_plan_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = dk_plan_cell_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = dk_plan_cell_grab_focus;
}

static void
dk_plan_cell_init (DkPlanCell *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new (), *keys = gtk_event_controller_key_new ();

  self->scratch = dk_arena_new ();
  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_widget_add_css_class (self->entry, "num");
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-cell");
  gtk_box_append (GTK_BOX (self), self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
}

GtkWidget *
dk_plan_cell_new (DkSession      *session,
                  const DkSymbol *fact,
                  DkPeriodKey     period)
{
  DkPlanCell *self = g_object_new (DK_TYPE_PLAN_CELL, NULL);
  g_autofree char *name = dk_planned_dup_name (fact, period, dk_settings_get_language ());
  gboolean is_figure;

  self->session = g_object_ref (session);
  self->fact = fact;
  self->period = period;
  is_figure = get_symbol (self)->kind == DK_KIND_NUMBER || get_symbol (self)->kind == DK_KIND_DATE;
  gtk_entry_set_alignment (GTK_ENTRY (self->entry), is_figure ? 1 : 0);
  gtk_widget_set_sensitive (self->entry, !dk_session_is_read_only (session));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
