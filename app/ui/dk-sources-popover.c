/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-sources-popover"

#include "dk-sources-popover.h"

#include "dk-answer-text.h"
#include "dk-settings.h"

#include <glib/gi18n.h>

#define MAX_HEIGHT 420
#define ENTRY_CHARS 14

struct _DkSourcesPopover
{
  GtkPopover    parent_instance;
  DkSession    *session;
  const DkFact *fact;
  DkPeriodKey   period;
  DkArena      *scratch;
  GPtrArray    *entries; /* GtkEntry *, borrowed: one a source */
  GPtrArray    *buttons; /* GtkButton *, borrowed, likewise */
  GtkWidget    *problem;
};

G_DEFINE_FINAL_TYPE (DkSourcesPopover, dk_sources_popover, GTK_TYPE_POPOVER)

static const DkChoices *
get_sources (DkSession *session)
{
  return dk_catalogue_get_sources (dk_session_get_library (session)->catalogue);
}

gboolean
dk_sources_popover_takes (DkSession      *session,
                          const DkSymbol *fact)
{
  return get_sources (session) != NULL && (fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE);
}

char *
dk_sources_dup_names (DkSession      *session,
                      const DkSymbol *fact,
                      DkPeriodKey     period)
{
  const DkChoices *sources = get_sources (session);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; sources != NULL && i < sources->options->len; i++)
    {
      DkValue value;

      if (dk_enterprise_get_figure (dk_session_get_enterprise (session), fact, period, i, &value))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                dk_text_get (g_ptr_array_index (sources->labels, i), dk_settings_get_language ()));
    }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

/* --- What stands in the fields --- */

static gboolean
get_figure (DkSourcesPopover *self,
            guint             source,
            DkValue          *value)
{
  return dk_enterprise_get_figure (dk_session_get_enterprise (self->session), self->fact->symbol, self->period, source, value);
}

/* What was mistyped stays, to be put right; all else says what is kept. @typing: the field that is left alone, or NULL. */
static void
show (DkSourcesPopover *self,
      GtkWidget        *typing)
{
  DkValue answer;
  gboolean is_answered = dk_session_get_answer (self->session, self->fact->symbol, self->period, &answer) == DK_ANSWER_VALUE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *entry = g_ptr_array_index (self->entries, i);
      DkValue value;
      gboolean has = get_figure (self, i, &value);
      g_autofree char *text = has ? dk_format_value (self->fact->symbol, &value) : g_strdup ("");

      if (entry != typing && !gtk_widget_has_css_class (entry, "error"))
        gtk_editable_set_text (GTK_EDITABLE (entry), text);
      gtk_widget_set_visible (g_ptr_array_index (self->buttons, i), has);
      gtk_widget_set_sensitive (g_ptr_array_index (self->buttons, i),
                                has && !(is_answered && dk_value_equal (&value, &answer, self->fact->symbol->kind)));
    }
}

static guint
find_source (DkSourcesPopover *self,
             GtkWidget        *widget)
{
  guint i = 0;

  if (!g_ptr_array_find (GTK_IS_BUTTON (widget) ? self->buttons : self->entries, widget, &i))
    g_assert_not_reached ();
  return i;
}

static void
set_problem (DkSourcesPopover *self,
             GtkWidget        *entry,
             const char       *text)
{
  if (text != NULL)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_label_set_text (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}

static void
commit (DkSourcesPopover *self,
        GtkWidget        *entry)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry));
  guint source = find_source (self, entry);
  g_autofree char *text = g_strstrip (g_strdup (typed)), *shown = NULL;
  g_autoptr(GError) error = NULL;
  DkAnswerState state = DK_ANSWER_NONE;
  DkValue value, kept;
  gboolean has = get_figure (self, source, &kept);

  shown = has ? dk_format_value (self->fact->symbol, &kept) : g_strdup ("");
  if (g_str_equal (text, shown))
    {
      set_problem (self, entry, NULL);
      return;
    }
  dk_arena_clear (self->scratch);
  if (*text != '\0' && !dk_answer_parse_fact (self->fact, text, dk_settings_is_in_wan (), self->scratch, &state, &value, &error))
    {
      set_problem (self, entry, error->message);
      return;
    }
  /* "Not known yet" of a source is no figure. */
  if (!dk_session_set_figure (self->session, self->fact->symbol, self->period, source, state == DK_ANSWER_VALUE ? &value : NULL, &error))
    {
      set_problem (self, entry, error->message);
      return;
    }
  set_problem (self, entry, NULL);
  show (self, NULL);
}

/* Something else may have been edited, or undone. */
static void
on_changed_cb (DkSourcesPopover *self)
{
  GtkWidget *typing = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    if (gtk_widget_get_state_flags (g_ptr_array_index (self->entries, i)) & GTK_STATE_FLAG_FOCUS_WITHIN)
      typing = g_ptr_array_index (self->entries, i);
  show (self, typing);
}

static void
on_activate_cb (GtkWidget        *entry,
                DkSourcesPopover *self)
{
  commit (self, entry);
}

static void
on_leave_cb (GtkEventController *controller,
             DkSourcesPopover   *self)
{
  commit (self, gtk_event_controller_get_widget (controller));
}

static void
on_choose_cb (GtkWidget        *button,
              DkSourcesPopover *self)
{
  g_autoptr(GError) error = NULL;
  guint source = find_source (self, button);
  DkValue value;

  if (!get_figure (self, source, &value))
    return;
  if (!dk_session_set_answer (self->session, self->fact->symbol, self->period, DK_ANSWER_VALUE, &value, &error))
    set_problem (self, g_ptr_array_index (self->entries, source), error->message);
  show (self, NULL);
}

/* --- The widget --- */

static void
add_source (DkSourcesPopover *self,
            GtkWidget        *grid,
            const DkChoices  *sources,
            guint             source)
{
  const char *name = dk_text_get (g_ptr_array_index (sources->labels, source), dk_settings_get_language ());
  g_autofree char *words = g_strdup_printf (_("Answer with the figure of %s"), name);
  GtkWidget *label = gtk_label_new (name), *entry = gtk_entry_new (), *button = gtk_button_new_with_label (C_("source", "Use it"));
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), ENTRY_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), ENTRY_CHARS);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_widget_add_css_class (entry, "num");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate_cb), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave_cb), self, 0);
  gtk_widget_add_controller (entry, focus);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_choose_cb), self, 0);
  gtk_grid_attach (GTK_GRID (grid), label, 0, (int) source, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), entry, 1, (int) source, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), button, 2, (int) source, 1, 1);
  g_ptr_array_add (self->entries, entry);
  g_ptr_array_add (self->buttons, button);
}

static void
dk_sources_popover_finalize (GObject *object)
{
  DkSourcesPopover *self = DK_SOURCES_POPOVER (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->buttons);
  dk_arena_free (self->scratch);
  G_OBJECT_CLASS (dk_sources_popover_parent_class)->finalize (object);
}

static void
dk_sources_popover_class_init (DkSourcesPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_sources_popover_finalize;
}

static void
dk_sources_popover_init (DkSourcesPopover *self)
{
  self->scratch = dk_arena_new ();
  self->entries = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
}

GtkWidget *
dk_sources_popover_new (DkSession    *session,
                        const DkFact *fact,
                        DkPeriodKey   period)
{
  DkSourcesPopover *self = g_object_new (DK_TYPE_SOURCES_POPOVER, NULL);
  const DkChoices *sources = get_sources (session);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *scroll = gtk_scrolled_window_new (), *grid = gtk_grid_new ();
  g_autofree char *name = dk_fact_to_display (fact->symbol, period, dk_settings_get_language ());
  const char *unit = dk_format_unit (fact->symbol->unit);
  g_autofree char *text = fact->symbol->kind == DK_KIND_NUMBER && *unit != '\0' ? g_strdup_printf ("%s · %s", name, unit) : g_strdup (name);
  GtkWidget *title = gtk_label_new (text), *note = gtk_label_new (_("What other documents say. Everything is computed from the answer."));

  self->session = g_object_ref (session);
  self->fact = fact;
  self->period = period;
  gtk_widget_add_css_class (title, "dk-strong");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (note, "dk-dim");
  gtk_widget_add_css_class (note, "dk-small");
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "max-width-chars", 40, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->problem, "dk-fail");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  for (guint i = 0; i < sources->options->len; i++)
    add_source (self, grid, sources, i);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), grid);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  show (self, NULL);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
