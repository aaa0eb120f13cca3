/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-page"

#include "dk-register-page-private.h"

#include "dk-settings.h"
#include "dk-style.h"

#include <glib/gi18n.h>
#include <string.h>

#define NARROW 560 /* pixels: below it rows are cards */
#define LEAST_WIDTH 360 /* pixels: of a window */

enum { PROP_0, PROP_SESSION, PROP_REGISTER, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkRegisterPage, dk_register_page, ADW_TYPE_BIN)

void
dk_register_page_tell (DkRegisterPage *self,
                       const char     *message,
                       gboolean        can_undo)
{
  AdwToast *toast = adw_toast_new (message);

  if (can_undo)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      adw_toast_set_action_name (toast, "register.undo");
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

void
dk_register_page_tell_error (DkRegisterPage *self,
                             const GError   *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1); /* toasts read markup */

  dk_register_page_tell (self, escaped, FALSE);
}

const DkSymbol *
dk_register_page_get_column (DkRegisterPage *self,
                             guint           column)
{
  return g_ptr_array_index (self->reg->columns, column);
}

static const char *
get_label (const DkText *text)
{
  return dk_text_get (text, dk_settings_get_language ());
}

/* All listed, not all listed yet, none: pressing what is pressed already takes the answer away. */
static void
on_switch_clicked_cb (GtkToggleButton *button,
                      DkRegisterPage  *self)
{
  g_autoptr(GError) error = NULL;
  gboolean is_on = gtk_toggle_button_get_active (button);

  if (!dk_session_set_complete (self->session, self->reg_id, is_on ? DK_ANSWER_VALUE : DK_ANSWER_NONE,
                                GTK_WIDGET (button) != self->not_all, &error))
    dk_register_page_tell_error (self, error);
  if (GTK_WIDGET (button) != self->none || !is_on)
    self->is_started = self->is_started || is_on;
  else
    self->is_started = FALSE;
  dk_register_page_update_state (self);
}

/* --- What is shown --- */

static void
set_text (DkRegisterPage *self,
          char          **field,
          const char     *text,
          int             property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Programmes whose result the register can still change: what it is for. */
static void
describe_purpose (DkRegisterPage *self,
                  gboolean        is_none)
{
  DkAssessment *assessment = dk_session_get_assessment (self->session);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  DkWording wording;
  guint index;

  if (assessment != NULL && dk_session_get_wording (self->session, &wording)
      && dk_scope_find_register (dk_catalogue_get_scope (dk_session_get_library (self->session)->catalogue), self->reg_id, &index) != NULL)
    {
      GPtrArray *results = dk_assessment_get_results (assessment);

      for (guint i = 0; i < results->len; i++)
        {
          const DkResult *result = g_ptr_array_index (results, i);

          for (guint k = 0; result->registers != NULL && k < result->registers->len; k++)
            if (g_array_index (result->registers, guint, k) == index)
              {
                g_autofree char *name = dk_wording_dup_programme_title (&wording, result);

                g_string_append_printf (names, "%s%s", names->len > 0 ? dk_wording_get_comma (&wording) : "", name);
              }
        }
    }
  text = is_none ? g_strdup (_("You said that there are none. Add a row if there is one after all."))
         : names->len > 0 ? g_strdup_printf (_("One row for each. It can still change the result of %s."), names->str)
                          : g_strdup (_("One row for each. Leave a cell empty while it is not known."));
  {
    g_autofree char *escaped = g_markup_escape_text (text, -1);

    adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), get_label (&self->reg->label));
    adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), escaped);
  }
}

void
dk_register_page_update_state (DkRegisterPage *self)
{
  guint n = dk_register_rows_get_n_all (self->rows), n_shown = dk_register_rows_get_n (self->rows);
  gboolean is_complete = FALSE;
  gboolean is_said = dk_session_get_complete (self->session, self->reg_id, &is_complete) == DK_ANSWER_VALUE;
  gboolean is_none = is_said && is_complete && n == 0;
  gboolean can_edit = !dk_session_is_read_only (self->session);
  g_autofree char *count = g_strdup_printf (ngettext ("%u row", "%u rows", n), n);
  g_autofree char *shown = dk_register_rows_is_filtered (self->rows)
                             ? g_strdup_printf (ngettext ("%u of %u row shown", "%u of %u rows shown", n), n_shown, n) : NULL;
  g_autofree char *subtitle = NULL;
  const char *child;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all), is_said && is_complete && n > 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->not_all), is_said && !is_complete);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->none), is_none);
  gtk_widget_set_sensitive (self->all, n > 0);
  gtk_widget_set_sensitive (self->none, n == 0);
  dk_style_set_tooltip (self->none, n > 0 ? _("There are rows. Delete them first.") : NULL);
  gtk_widget_set_sensitive (self->switch_box, can_edit);
  gtk_label_set_text (GTK_LABEL (self->count), shown != NULL ? shown : count);
  subtitle = g_strdup_printf ("%s · %s", count, is_none ? _("there are none") : is_said && is_complete ? _("complete")
                                                : is_said ? _("not complete yet") : _("not said whether complete"));
  set_text (self, &self->title, get_label (&self->reg->label), PROP_TITLE);
  set_text (self, &self->subtitle, subtitle, PROP_SUBTITLE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.add", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.paste", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.delete", can_edit && n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.none", can_edit && n == 0 && !is_none);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.copy", n > 0);

  child = n == 0 && !self->is_started ? "empty" : self->is_narrow ? "cards" : "table";
  if (g_str_equal (child, "empty"))
    describe_purpose (self, is_none);
  gtk_widget_set_visible (self->toolbar, !g_str_equal (child, "empty"));
  gtk_widget_set_visible (self->empty_none, !is_none);
  /* The view that is not shown has no rows: a row has one widget for each cell. */
  if (!self->is_narrow)
    {
      gtk_list_view_set_model (GTK_LIST_VIEW (self->cards), NULL);
      gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), self->selection);
    }
  else
    {
      gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), NULL);
      gtk_list_view_set_model (GTK_LIST_VIEW (self->cards), self->selection);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), child);
  dk_register_page_update_strip (self);
}

static void
on_search_changed_cb (DkRegisterPage *self)
{
  if (self->rows == NULL)
    return;
  gtk_selection_model_unselect_all (self->selection); /* nothing is marked that cannot be seen */
  dk_register_rows_filter (self->rows, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  dk_register_page_update_state (self);
}

static void
on_stop_search_cb (DkRegisterPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  dk_register_page_focus_cell (self, 0, self->current_column);
}

static void
on_session_changed_cb (DkRegisterPage *self,
                       const char     *id)
{
  if (self->is_writing || (id != NULL && strcmp (id, self->reg_id) != 0))
    return;
  dk_register_rows_reload (self->rows);
  dk_register_page_update_state (self);
}

static gboolean
on_layout_cb (gpointer data)
{
  DkRegisterPage *self = data;

  self->layout_id = 0;
  if (self->is_narrow)
    gtk_widget_add_css_class (self->content, "narrow");
  else
    gtk_widget_remove_css_class (self->content, "narrow");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->footer), self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->toolbar), self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (self->search, self->is_narrow ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  if (self->rows != NULL)
    dk_register_page_update_state (self);
  return G_SOURCE_REMOVE;
}

static void
dk_register_page_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  /* What is wide now is laid out anew when it gets less. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL && !DK_REGISTER_PAGE (widget)->is_narrow)
    *minimum = MIN (*minimum, LEAST_WIDTH);
}

static void
dk_register_page_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if (self->is_narrow == (width < NARROW))
    return;
  self->is_narrow = width < NARROW;
  if (self->layout_id == 0)
    self->layout_id = g_idle_add (on_layout_cb, self); /* not while sizes are being handed out */
}

static void
set_up (DkRegisterPage *self)
{
  self->reg = dk_scope_find_register (dk_catalogue_get_scope (dk_session_get_library (self->session)->catalogue), self->reg_id, NULL);
  g_return_if_fail (self->reg != NULL);
  self->rows = dk_register_rows_new (self->session, self->reg);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->rows))));
  dk_register_page_set_up_views (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL, get_label (&self->reg->label), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards), GTK_ACCESSIBLE_PROPERTY_LABEL, get_label (&self->reg->label), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switch_box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Whether all are listed"), -1);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "assessed", G_CALLBACK (dk_register_page_update_state), self, G_CONNECT_SWAPPED);
  dk_register_page_update_state (self);
}

static void
dk_register_page_constructed (GObject *object)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  G_OBJECT_CLASS (dk_register_page_parent_class)->constructed (object);
  if (self->session != NULL && self->reg_id != NULL)
    set_up (self);
}

static void
dk_register_page_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_REGISTER:
      g_value_set_string (value, self->reg_id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_register_page_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_REGISTER:
      self->reg_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_register_page_dispose (GObject *object)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);
  DkRegisterCell *cell = self->rows != NULL ? dk_register_page_get_focus_cell (self) : NULL;

  if (cell != NULL)
    dk_register_cell_commit (cell);
  g_clear_handle_id (&self->layout_id, g_source_remove);
  if (self->target_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->target_id);
      self->target_id = 0;
    }
  g_clear_object (&self->target);
  g_clear_object (&self->current);
  if (self->table != NULL)
    {
      gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), NULL);
      gtk_list_view_set_model (GTK_LIST_VIEW (self->cards), NULL);
    }
  adw_bin_set_child (ADW_BIN (self), NULL); /* before the template goes, which would not tell the bin */
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_REGISTER_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_register_page_parent_class)->dispose (object);
}

static void
dk_register_page_finalize (GObject *object)
{
  DkRegisterPage *self = DK_REGISTER_PAGE (object);

  g_free (self->reg_id);
  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_register_page_parent_class)->finalize (object);
}

static void
dk_register_page_class_init (DkRegisterPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = dk_register_page_constructed;
  object_class->get_property = dk_register_page_get_property;
  object_class->set_property = dk_register_page_set_property;
  object_class->dispose = dk_register_page_dispose;
  object_class->finalize = dk_register_page_finalize;
  widget_class->measure = dk_register_page_measure;
  widget_class->size_allocate = dk_register_page_size_allocate;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DK_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REGISTER] = g_param_spec_string ("register", NULL, NULL, NULL,
                                                   G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-register-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, DkRegisterPage, name)
  BIND (toasts);
  BIND (content);
  BIND (toolbar);
  BIND (add);
  BIND (paste);
  BIND (copy);
  BIND (delete);
  BIND (search);
  BIND (sort);
  BIND (stack);
  BIND (empty);
  BIND (empty_add);
  BIND (empty_none);
  BIND (scroller);
  BIND (table);
  BIND (cards);
  BIND (strip);
  BIND (reason);
  BIND (go);
  BIND (footer);
  BIND (count);
  BIND (switch_box);
  BIND (all);
  BIND (not_all);
  BIND (none);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_switch_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  dk_register_page_install_actions (widget_class);
}

static void
dk_register_page_init (DkRegisterPage *self)
{
  GtkEventController *keys;
  GtkGesture *press;
  const struct { GtkWidget **widget; const char *name; } names[] = {
    { &self->paste, N_("Paste rows from a spreadsheet") },
    { &self->copy, N_("Copy the marked rows") },
    { &self->delete, N_("Delete the marked rows") },
    { &self->search, N_("Search these rows") },
    { &self->sort, N_("Sort the rows") },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* the page looks how wide it is itself */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (*names[i].widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _(names[i].name), -1);
  /* Before the list view and the entry, which have other uses for arrows, Tab and Enter. */
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (dk_register_page_on_key_pressed_cb), self);
  gtk_widget_add_controller (self->stack, keys);
  press = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (dk_register_page_on_pressed_cb), self);
  gtk_widget_add_controller (self->stack, GTK_EVENT_CONTROLLER (press));
}

GtkWidget *
dk_register_page_new (DkSession  *session,
                      const char *reg)
{
  return g_object_new (DK_TYPE_REGISTER_PAGE, "session", session, "register", reg, NULL);
}

DkRegisterRows *
dk_register_page_get_rows (DkRegisterPage *self)
{
  return self->rows;
}
