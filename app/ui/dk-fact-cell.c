/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-fact-cell"

#include "dk-fact-cell-private.h"

#include "dk-answer-text.h"
#include "dk-settings.h"
#include "dk-style.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long after the last key an answer is written, in milliseconds. */
#define COMMIT_DELAY 500

/* The places of a drop-down list before its options. */
enum { PLACE_NONE, PLACE_UNKNOWN, N_PLACES };

enum { PROP_0, PROP_PROBLEM, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { NAVIGATE, HELP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkFactCell, dk_fact_cell, GTK_TYPE_BOX)

/* --- Answers --- */

static void
keep_answer (Answer        *answer,
             DkAnswerState  state,
             const DkValue *value)
{
  dk_arena_clear (answer->arena);
  answer->state = state;
  if (state == DK_ANSWER_VALUE)
    answer->value = dk_value_copy (value, answer->arena);
}

static gboolean
is_answer (const DkSymbol *symbol,
           const Answer   *answer,
           DkAnswerState   state,
           const DkValue  *value)
{
  if (answer->state != state || state != DK_ANSWER_VALUE)
    return answer->state == state;
  if (symbol->kind == DK_KIND_TRUTH)
    return answer->value.state == value->state;
  return dk_value_equal (&answer->value, value, symbol->kind);
}

static void
set_problem (DkFactCell *self,
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
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (problem != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
stop_timer (DkFactCell *self)
{
  if (self->timer != 0)
    g_source_remove (self->timer);
  self->timer = 0;
}

static void
end_trial (DkFactCell *self)
{
  if (self->is_trying)
    dk_session_end_trial (self->session);
  self->is_trying = FALSE;
}

static void
set_style (GtkWidget  *widget,
           const char *style,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

static void
fill_entry (DkFactCell *self)
{
  g_autofree char *text = dk_fact_cell_dup_text (self, self->known.state, &self->known.value);
  g_autofree char *reading = dk_fact_cell_dup_reading (self, text);
  glong length = g_utf8_strlen (text, -1);

  if (gtk_widget_in_destruction (self->entry))
    return;
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  dk_style_set_tooltip (self->entry, reading);
  if (reading != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reading, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  set_style (self->entry, "dk-mini", self->fact->symbol->kind == DK_KIND_NUMBER && length > DK_FACT_CELL_LONG);
  set_style (self->entry, "dk-least", self->fact->symbol->kind == DK_KIND_NUMBER && length > DK_FACT_CELL_LONGEST);
}

static void
fill_segments (DkFactCell *self)
{
  int place = self->known.state == DK_ANSWER_UNKNOWN ? SEGMENT_UNKNOWN
              : self->known.state == DK_ANSWER_NONE ? -1
              : (self->known.value.state & DK_OPEN) == DK_TRUE ? SEGMENT_YES : SEGMENT_NO;

  for (int i = 0; i < N_SEGMENTS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->segments[i]), i == place);
}

static void
fill_drop (DkFactCell *self)
{
  guint place = self->known.state == DK_ANSWER_UNKNOWN ? PLACE_UNKNOWN : PLACE_NONE;

  /* One of several options has no place in the list, and stays what it is until another one is chosen. */
  if (self->known.state == DK_ANSWER_VALUE)
    {
      place = GTK_INVALID_LIST_POSITION;
      for (guint i = 0; i < self->fact->symbol->choices->options->len; i++)
        if ((guint64) self->known.value.low.num == G_GUINT64_CONSTANT (1) << i)
          place = N_PLACES + i;
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop), place);
}

static void
show_state (DkFactCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_range = self->known.state == DK_ANSWER_VALUE && self->known.value.state & DK_RANGE;

  gtk_widget_remove_css_class (widget, "unknown");
  gtk_widget_remove_css_class (widget, "range");
  if (self->known.state == DK_ANSWER_UNKNOWN)
    gtk_widget_add_css_class (widget, "unknown");
  else if (is_range && self->fact->symbol->kind != DK_KIND_TRUTH)
    gtk_widget_add_css_class (widget, "range");
}

/* Whether what is computed is no more than what was known before: a figure anywhere in its domain is none. */
static gboolean
says_nothing (const DkSymbol *fact,
              const DkValue  *value)
{
  return fact->kind == DK_KIND_NUMBER && (value->state & DK_RANGE) != 0 && !dk_number_is_finite (dk_value_high (value))
         && dk_number_compare (value->low, fact->domain.low) <= 0;
}

static void
show_computed (DkFactCell *self)
{
  DkValue value;
  gboolean is_computed;
  const char *label = dk_text_get (&self->fact->symbol->label, dk_settings_get_language ());
  g_autofree char *name = NULL;

  if (self->computed == NULL)
    return;
  is_computed = self->known.state == DK_ANSWER_NONE && !self->is_by_hand && !self->is_dirty
                && dk_session_get_derived (self->session, self->fact->symbol, self->period, &value)
                && !says_nothing (self->fact->symbol, &value);
  if (is_computed)
    {
      g_autofree char *text = dk_format_value (self->fact->symbol, &value);
      g_autofree char *spoken = g_strdup_printf (_("%s: %s, computed"), label, text);

      gtk_label_set_label (GTK_LABEL (self->computed_label), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->computed_label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    }
  gtk_widget_set_visible (self->computed, is_computed);
  gtk_widget_set_visible (self->editor, !is_computed);
  name = g_strdup_printf (is_computed ? _("Answer by hand: %s") : _("Compute it again: %s"), label);
  gtk_button_set_icon_name (GTK_BUTTON (self->hand), is_computed ? "document-edit-symbolic" : "view-refresh-symbolic");
  dk_style_set_tooltip (self->hand, is_computed ? _("Answer by hand") : _("Compute it again"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->hand), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->hand, is_computed || self->is_by_hand || self->known.state != DK_ANSWER_NONE);
}

/* Shows the known answer, whatever was typed. */
static void
fill (DkFactCell *self)
{
  stop_timer (self);
  end_trial (self);
  self->is_dirty = FALSE;
  self->is_filling = TRUE;
  set_problem (self, NULL);
  if (self->entry != NULL)
    fill_entry (self);
  else if (self->drop != NULL)
    fill_drop (self);
  else
    fill_segments (self);
  self->is_filling = FALSE;
  show_state (self);
  show_computed (self);
}

static gboolean
has_focus (DkFactCell *self)
{
  return self->entry != NULL && gtk_widget_get_state_flags (self->entry) & GTK_STATE_FLAG_FOCUS_WITHIN;
}

static void
refresh (DkFactCell *self,
         gboolean    is_forced)
{
  DkValue value;
  DkAnswerState state;

  state = dk_session_get_answer (self->session, self->fact->symbol, self->period, &value);
  if (self->is_writing)
    {
      /* The row looks at it before we are back; the text is ours. */
      keep_answer (&self->known, state, &value);
      return;
    }
  if (is_answer (self->fact->symbol, &self->known, state, &value))
    {
      /* What somebody is typing, or typed wrongly, stays. */
      if (!self->is_dirty && is_forced && !has_focus (self))
        fill (self);
      else
        show_computed (self);
      return;
    }
  keep_answer (&self->known, state, &value);
  fill (self);
  if (has_focus (self))
    gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/* Commits. What was typed stays when it cannot be taken. */
static gboolean
write_answer (DkFactCell    *self,
              DkAnswerState  state,
              const DkValue *value)
{
  g_autoptr(GError) error = NULL;
  gboolean is_written = TRUE;

  stop_timer (self);
  if (is_answer (self->fact->symbol, &self->known, state, value))
    end_trial (self);
  else
    {
      self->is_writing = TRUE;
      is_written = dk_session_set_answer (self->session, self->fact->symbol, self->period, state, value, &error);
      self->is_writing = FALSE;
      if (is_written)
        self->is_trying = FALSE;
      else
        end_trial (self);
    }
  if (!is_written)
    {
      set_problem (self, error->message);
      return FALSE;
    }
  self->is_dirty = FALSE;
  set_problem (self, NULL);
  show_state (self);
  return TRUE;
}

/* What was typed as an answer. */
static gboolean
parse (DkFactCell     *self,
       DkAnswerState  *state,
       DkValue        *value,
       GError        **error)
{
  dk_arena_clear (self->scratch);
  return dk_answer_parse_fact (self->fact, gtk_editable_get_text (GTK_EDITABLE (self->entry)), dk_settings_is_in_wan (), self->scratch,
                               state, value, error);
}

static gboolean
commit (DkFactCell *self)
{
  DkAnswerState state;
  DkValue value;
  g_autoptr(GError) error = NULL;

  stop_timer (self);
  if (!self->is_dirty)
    return self->problem == NULL;
  if (!parse (self, &state, &value, &error))
    {
      end_trial (self);
      set_problem (self, error->message);
      return FALSE;
    }
  return write_answer (self, state, &value);
}

static gboolean
on_timeout_cb (gpointer data)
{
  DkFactCell *self = data;
  DkKind kind = self->fact->symbol->kind;
  DkAnswerState state;
  DkValue value;

  self->timer = 0;
  /* Half a figure is soon whole; half a code, or half a day, takes longer to type, and is told of when it is left. */
  if (kind == DK_KIND_NUMBER || parse (self, &state, &value, NULL))
    commit (self);
  return G_SOURCE_REMOVE;
}

static void
on_text_changed_cb (DkFactCell *self)
{
  DkAnswerState state;
  DkValue value;

  if (self->is_filling)
    return;
  self->is_dirty = TRUE;
  stop_timer (self);
  self->timer = g_timeout_add (COMMIT_DELAY, on_timeout_cb, self);
  if (!parse (self, &state, &value, NULL))
    {
      end_trial (self);
      return;
    }
  set_problem (self, NULL);
  if (state == DK_ANSWER_VALUE && !is_answer (self->fact->symbol, &self->known, state, &value))
    {
      self->is_trying = TRUE;
      dk_session_try_answer (self->session, self->fact->symbol, self->period, &value);
    }
  else
    end_trial (self);
}

static void
on_focus_enter_cb (DkFactCell *self)
{
  keep_answer (&self->before, self->known.state, &self->known.value);
}

static void
on_focus_leave_cb (DkFactCell *self)
{
  /* The focus also leaves what is being destroyed: an entry that is written into then never lets go of its actions. */
  if (self->session != NULL && commit (self) && !gtk_widget_in_destruction (self->entry))
    fill (self);
}

/* Back to what stood there when the focus came. FALSE if it still does. */
static gboolean
restore (DkFactCell *self)
{
  gboolean was_dirty = self->is_dirty;

  if (!was_dirty && is_answer (self->fact->symbol, &self->known, self->before.state, &self->before.value))
    return FALSE;
  self->is_dirty = FALSE;
  write_answer (self, self->before.state, &self->before.value);
  fill (self);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  return TRUE;
}

void
dk_fact_cell_finish (DkFactCell *self)
{
  if (self->is_dirty && commit (self))
    fill (self);
}

void
dk_fact_cell_offer (DkFactCell *self,
                    const char *text)
{
  gtk_widget_grab_focus (self->entry);
  if (text == NULL)
    {
      gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
      return;
    }
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->is_filling = FALSE;
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* --- Keys --- */

static gboolean
on_key_pressed_cb (DkFactCell      *self,
                   guint            keyval,
                   guint            keycode,
                   GdkModifierType  modifiers)
{
  gboolean has_alt = modifiers & GDK_ALT_MASK, has_control = modifiers & GDK_CONTROL_MASK;

  if (keyval == GDK_KEY_F1)
    {
      g_signal_emit (self, signals[HELP], 0);
      return TRUE;
    }
  if (has_alt && (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down))
    {
      dk_fact_cell_open_menu (self);
      return TRUE;
    }
  if (has_alt)
    return FALSE;
  if (self->entry != NULL && ((keyval == GDK_KEY_Escape) || (has_control && keyval == GDK_KEY_z && self->is_dirty)))
    return restore (self);
  if (has_control || self->drop != NULL)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      g_signal_emit (self, signals[NAVIGATE], 0, keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down ? 1 : -1);
      return TRUE;

    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      if (self->entry != NULL)
        return FALSE;
      dk_fact_cell_set_answer (self, DK_ANSWER_NONE, NULL);
      return TRUE;

    default:
      return FALSE;
    }
}

static void
on_activate_cb (DkFactCell *self)
{
  if (commit (self))
    g_signal_emit (self, signals[NAVIGATE], 0, 1);
}

/* --- Editors --- */

static void
on_segment_toggled_cb (DkFactCell      *self,
                       GtkToggleButton *button)
{
  DkValue value = DK_VALUE_TRUTH (DK_TRUE);

  if (self->is_filling || !gtk_toggle_button_get_active (button))
    return;
  if (GTK_WIDGET (button) == self->segments[SEGMENT_NO])
    value = DK_VALUE_TRUTH (DK_FALSE);
  dk_fact_cell_set_answer (self, GTK_WIDGET (button) == self->segments[SEGMENT_UNKNOWN] ? DK_ANSWER_UNKNOWN : DK_ANSWER_VALUE, &value);
}

static void
on_drop_selected_cb (DkFactCell *self)
{
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop));
  DkValue value;

  if (self->is_filling || place == GTK_INVALID_LIST_POSITION)
    return;
  if (place < N_PLACES)
    {
      dk_fact_cell_set_answer (self, place == PLACE_UNKNOWN ? DK_ANSWER_UNKNOWN : DK_ANSWER_NONE, NULL);
      return;
    }
  value = DK_VALUE_CHOICE (G_GUINT64_CONSTANT (1) << (place - N_PLACES));
  dk_fact_cell_set_answer (self, DK_ANSWER_VALUE, &value);
}

static void
on_icon_press_cb (DkFactCell *self)
{
  gtk_widget_grab_focus (self->entry);
  dk_fact_cell_open_menu (self);
}

static void
add_keys (DkFactCell *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (self->editor, keys);
}

static char *
dup_name (DkFactCell *self)
{
  const char *label = dk_text_get (&self->fact->symbol->label, dk_settings_get_language ());
  const char *unit = dk_format_unit (self->fact->symbol->unit);
  GString *name = g_string_new (label);

  if (self->period.year != 0)
    /* TRANSLATORS: a year in the name of a cell, behind the name of the fact. */
    g_string_append_printf (name, _(", %d"), self->period.year);
  if (self->fact->symbol->kind == DK_KIND_NUMBER && *unit != '\0')
    /* TRANSLATORS: the unit of a figure in the name of a cell, behind the name of the fact and the year. */
    g_string_append_printf (name, _(", %s"), unit);
  return g_string_free (name, FALSE);
}

static void
name_editor (DkFactCell *self)
{
  g_autofree char *name = dup_name (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->drop != NULL) /* what is pressed is the button inside */
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->drop)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (int i = 0; i < N_SEGMENTS && self->segments[i] != NULL; i++)
    {
      g_autofree char *full = g_strdup_printf ("%s: %s", name, gtk_button_get_label (GTK_BUTTON (self->segments[i])));

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->segments[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
    }
}

static void
make_entry (DkFactCell *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gboolean is_number = self->fact->symbol->kind == DK_KIND_NUMBER;

  self->entry = self->editor = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), is_number || self->fact->symbol->kind == DK_KIND_DATE ? 1 : 0);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), !dk_session_is_read_only (self->session));
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY, "pan-down-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY, _("Ways to answer (Alt+Down)"));
  gtk_widget_add_css_class (self->entry, "num");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_text_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate_cb), self);
  g_signal_connect_swapped (self->entry, "icon-press", G_CALLBACK (on_icon_press_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus_enter_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave_cb), self);
  gtk_widget_add_controller (self->entry, focus);
}

static void
make_segments (DkFactCell *self)
{
  const char *const labels[N_SEGMENTS] = { _("Yes"), _("No"), _("Not known yet") };

  self->editor = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->editor, "dk-seg");
  gtk_widget_set_valign (self->editor, GTK_ALIGN_CENTER);
  for (int i = 0; i < N_SEGMENTS; i++)
    {
      self->segments[i] = gtk_toggle_button_new_with_label (labels[i]);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->segments[i]), GTK_TOGGLE_BUTTON (self->segments[0]));
      gtk_widget_set_sensitive (self->segments[i], !dk_session_is_read_only (self->session));
      g_signal_connect_swapped (self->segments[i], "toggled", G_CALLBACK (on_segment_toggled_cb), self);
      gtk_box_append (GTK_BOX (self->editor), self->segments[i]);
    }
}

static void
make_drop (DkFactCell *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  const DkChoices *choices = self->fact->symbol->choices;

  gtk_string_list_append (list, "");
  gtk_string_list_append (list, _("Not known yet"));
  for (guint i = 0; i < choices->options->len; i++)
    gtk_string_list_append (list, dk_text_get (g_ptr_array_index (choices->labels, i), dk_settings_get_language ()));
  self->drop = self->editor = gtk_drop_down_new (G_LIST_MODEL (list), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->drop), TRUE);
  gtk_widget_set_sensitive (self->drop, !dk_session_is_read_only (self->session));
  g_signal_connect_swapped (self->drop, "notify::selected", G_CALLBACK (on_drop_selected_cb), self);
}

static void
on_hand_clicked_cb (DkFactCell *self)
{
  self->is_by_hand = gtk_widget_get_visible (self->computed);
  if (!self->is_by_hand && self->known.state != DK_ANSWER_NONE)
    dk_fact_cell_set_answer (self, DK_ANSWER_NONE, NULL);
  else
    fill (self);
  if (self->is_by_hand)
    dk_fact_cell_grab (self);
}

static void
make_computed (DkFactCell *self)
{
  GtkWidget *caption = gtk_label_new (_("computed"));

  self->computed = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (self->computed, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->computed, TRUE);
  self->computed_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->computed_label), 1);
  gtk_label_set_xalign (GTK_LABEL (caption), 1);
  gtk_widget_add_css_class (self->computed_label, "dk-strong");
  gtk_widget_add_css_class (self->computed_label, "num");
  gtk_widget_add_css_class (caption, "dk-mini");
  gtk_widget_add_css_class (caption, "dk-dim");
  gtk_box_append (GTK_BOX (self->computed), self->computed_label);
  gtk_box_append (GTK_BOX (self->computed), caption);

  self->hand = gtk_button_new_from_icon_name ("document-edit-symbolic");
  gtk_widget_add_css_class (self->hand, "flat");
  gtk_widget_add_css_class (self->hand, "circular");
  gtk_widget_set_valign (self->hand, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->hand, !dk_session_is_read_only (self->session));
  g_signal_connect_swapped (self->hand, "clicked", G_CALLBACK (on_hand_clicked_cb), self);
}

/* --- The class --- */

static void
on_changed_cb (DkFactCell *self,
               const char *id)
{
  if (id == NULL || self->computed != NULL || g_str_equal (id, self->fact->symbol->id))
    refresh (self, FALSE);
}

static void
on_assessed_cb (DkFactCell *self)
{
  show_computed (self);
}

static void
on_unit_changed_cb (DkFactCell *self)
{
  if (self->fact->symbol->unit == DK_UNIT_YUAN)
    {
      /* What was typed counts in the unit in which it was typed. */
      refresh (self, TRUE);
      name_editor (self);
    }
}

static void
dk_fact_cell_unmap (GtkWidget *widget)
{
  DkFactCell *self = DK_FACT_CELL (widget);

  if (self->is_dirty && self->session != NULL)
    commit (self);
  GTK_WIDGET_CLASS (dk_fact_cell_parent_class)->unmap (widget);
}

static void
dk_fact_cell_dispose (GObject *object)
{
  DkFactCell *self = DK_FACT_CELL (object);

  stop_timer (self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_fact_cell_parent_class)->dispose (object);
}

static void
dk_fact_cell_finalize (GObject *object)
{
  DkFactCell *self = DK_FACT_CELL (object);

  g_free (self->problem);
  dk_arena_free (self->scratch);
  dk_arena_free (self->known.arena);
  dk_arena_free (self->before.arena);
  G_OBJECT_CLASS (dk_fact_cell_parent_class)->finalize (object);
}

static void
dk_fact_cell_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, DK_FACT_CELL (object)->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_fact_cell_class_init (DkFactCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dk_fact_cell_dispose;
  object_class->finalize = dk_fact_cell_finalize;
  object_class->get_property = dk_fact_cell_get_property;
  GTK_WIDGET_CLASS (klass)->unmap = dk_fact_cell_unmap;
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[NAVIGATE] = g_signal_new ("navigate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[HELP] = g_signal_new ("help", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dk_fact_cell_init (DkFactCell *self)
{
  self->scratch = dk_arena_new ();
  self->known.arena = dk_arena_new ();
  self->before.arena = dk_arena_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-cell");
}

/**
 * dk_fact_cell_new:
 * @session: the open enterprise
 * @fact: what is asked
 * @year: its year; 0 for a fact without a period
 */
GtkWidget *
dk_fact_cell_new (DkSession    *session,
                  const DkFact *fact,
                  int           year)
{
  DkFactCell *self = g_object_new (DK_TYPE_FACT_CELL, NULL);
  DkValue value;

  self->session = g_object_ref (session);
  self->fact = fact;
  self->period.year = year;
  if (fact->symbol->kind == DK_KIND_TRUTH)
    make_segments (self);
  else if (fact->symbol->kind == DK_KIND_CHOICE)
    make_drop (self);
  else
    make_entry (self);
  gtk_widget_set_hexpand (self->editor, self->entry != NULL);
  if (fact->symbol->derive != NULL)
    {
      make_computed (self);
      gtk_box_append (GTK_BOX (self), self->computed);
    }
  gtk_box_append (GTK_BOX (self), self->editor);
  if (self->hand != NULL)
    gtk_box_append (GTK_BOX (self), self->hand);
  add_keys (self);
  name_editor (self);
  keep_answer (&self->known, dk_session_get_answer (session, fact->symbol, self->period, &value), &value);
  fill (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "assessed", G_CALLBACK (on_assessed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dk_settings_get (), "changed::" DK_SETTING_IN_WAN, G_CALLBACK (on_unit_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

int
dk_fact_cell_get_year (DkFactCell *self)
{
  return self->period.year;
}

const char *
dk_fact_cell_get_problem (DkFactCell *self)
{
  return self->problem;
}

void
dk_fact_cell_set_warned (DkFactCell *self,
                         gboolean    is_warned)
{
  if (is_warned)
    gtk_widget_add_css_class (GTK_WIDGET (self), "warned");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "warned");
}

void
dk_fact_cell_set_past (DkFactCell *self,
                       gboolean    is_past)
{
  if (is_past)
    gtk_widget_add_css_class (GTK_WIDGET (self), "past");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "past");
}

gboolean
dk_fact_cell_is_computed (DkFactCell *self)
{
  return self->computed != NULL && gtk_widget_get_visible (self->computed);
}

/**
 * dk_fact_cell_grab:
 *
 * Focuses the field, all of its text selected, so that typing replaces it; of a computed one, the button that opens the field.
 */
gboolean
dk_fact_cell_grab (DkFactCell *self)
{
  if (dk_fact_cell_is_computed (self))
    return gtk_widget_grab_focus (self->hand);
  if (self->entry != NULL)
    return gtk_widget_grab_focus (self->entry);
  if (self->drop != NULL)
    return gtk_widget_grab_focus (self->drop);
  for (int i = 0; i < N_SEGMENTS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->segments[i])))
      return gtk_widget_grab_focus (self->segments[i]);
  return gtk_widget_grab_focus (self->segments[SEGMENT_YES]);
}

gboolean
dk_fact_cell_commit (DkFactCell *self)
{
  return commit (self);
}

gboolean
dk_fact_cell_get_value (DkFactCell *self,
                        DkValue    *value)
{
  if (self->known.state == DK_ANSWER_VALUE)
    {
      *value = self->known.value;
      return TRUE;
    }
  return dk_fact_cell_is_computed (self) && dk_session_get_derived (self->session, self->fact->symbol, self->period, value);
}

/**
 * dk_fact_cell_set_answer:
 * @self: the cell
 * @state: the answer
 * @value: (nullable): its value, if it has one
 *
 * Commits an answer that was not typed, in place of whatever was.
 *
 * Returns: %FALSE if it could not be written; the reason is the cell's problem then
 */
gboolean
dk_fact_cell_set_answer (DkFactCell    *self,
                         DkAnswerState  state,
                         const DkValue *value)
{
  gboolean is_written;

  self->is_dirty = FALSE;
  is_written = write_answer (self, state, value);
  if (is_written)
    fill (self);
  else if (self->entry == NULL)
    {
      g_autofree char *problem = g_strdup (self->problem);

      /* What a switch shows is the answer; nothing typed would be lost. */
      fill (self);
      set_problem (self, problem);
    }
  return is_written;
}
