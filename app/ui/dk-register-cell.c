/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-cell"

#include "dk-register-cell.h"

#include "dk-settings.h"
#include "dk-style.h"

#include <glib/gi18n.h>
#include <string.h>

/* Shows an answer. A label draws five hundred rows faster than an entry would, so the entry is only made for the one cell that has
 * the focus; it is there at once, since an input method can only begin in an entry. */
struct _DkRegisterCell
{
  GtkWidget       parent_instance;
  guint           column;
  guint           place; /* of the row, from 0, for the name */
  DkRegisterRow  *row;
  gulong          changed_id;
  GtkWidget      *label;
  GtkWidget      *text;  /* while it has the focus */
  GtkWidget      *arrow;
  GtkEventController *focus; /* while there is an entry */
  GtkWidget      *menu;  /* while it is open */
  char           *shown; /* what the entry began with */
  char           *seen;  /* all that the look of the cell follows from */
  guint           leave_id;
  gboolean        is_typing;
  gboolean        is_composing;
};

enum { COMMIT, ANSWER, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkRegisterCell, dk_register_cell, GTK_TYPE_WIDGET)

static const DkSymbol *
get_symbol (DkRegisterCell *self)
{
  return g_ptr_array_index (dk_register_row_get_register (self->row)->columns, self->column);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* "Row 3, Granted on" and what it says. */
static void
update_name (DkRegisterCell *self,
             const char     *content,
             const char     *reason)
{
  const char *title = dk_text_get (&get_symbol (self)->label, dk_settings_get_language ());
  g_autofree char *where = dk_register_row_get_id (self->row) == 0 ? g_strdup_printf (_("New row, %s"), title)
                                                                   : g_strdup_printf (_("Row %u, %s"), self->place + 1, title);
  g_autofree char *name = g_strdup_printf ("%s: %s%s%s", where, *content != '\0' ? content : _("empty"), reason != NULL ? ". " : "",
                                           reason != NULL ? reason : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (DkRegisterCell *self)
{
  g_autofree char *content = NULL;
  const char *reason;
  DkAnswerState state;
  DkValue value;
  gboolean is_none;

  if (self->row == NULL)
    return;
  content = dk_register_row_dup_text (self->row, self->column);
  reason = dk_register_row_get_reason (self->row, self->column);
  state = dk_register_row_get_answer (self->row, self->column, &value);
  is_none = reason == NULL && dk_cell_is_none (get_symbol (self), state, &value);
  {
    /* Of hundreds of cells that are told to look again, few read otherwise. */
    g_autofree char *seen = g_strdup_printf ("%u %d %d %d %s\n%s", self->place, dk_register_row_get_id (self->row) == 0, state, is_none,
                                             reason != NULL ? reason : "", content);

    if (g_strcmp0 (seen, self->seen) == 0 && self->text == NULL)
      return;
    g_free (self->seen);
    self->seen = g_steal_pointer (&seen);
  }
  gtk_inscription_set_text (GTK_INSCRIPTION (self->label), content);
  set_class (GTK_WIDGET (self), "unknown", reason == NULL && state == DK_ANSWER_UNKNOWN);
  set_class (GTK_WIDGET (self), "none", is_none);
  set_class (GTK_WIDGET (self), "bad", reason != NULL);
  dk_style_set_tooltip (GTK_WIDGET (self), reason);
  if (self->text != NULL && !self->is_typing)
    {
      g_free (self->shown);
      self->shown = g_strdup (content);
      gtk_editable_set_text (GTK_EDITABLE (self->text), content);
      gtk_editable_select_region (GTK_EDITABLE (self->text), 0, -1);
      self->is_typing = FALSE;
    }
  update_name (self, content, reason);
}

static void
on_text_changed_cb (DkRegisterCell *self)
{
  self->is_typing = strcmp (gtk_editable_get_text (GTK_EDITABLE (self->text)), self->shown) != 0 || self->is_typing;
}

static void
on_preedit_changed_cb (DkRegisterCell *self,
                       const char     *preedit)
{
  self->is_composing = preedit != NULL && *preedit != '\0';
}

static void
on_arrow_clicked_cb (DkRegisterCell *self)
{
  dk_register_cell_open_menu (self);
}

static void on_leave_cb (DkRegisterCell *self);

static void
make_entry (DkRegisterCell *self)
{
  gboolean is_number = get_symbol (self)->kind == DK_KIND_NUMBER;
  gboolean is_read_only = dk_session_is_read_only (dk_register_row_get_session (self->row));
  g_autofree char *menu_name = NULL;
  GtkEventController *focus;

  self->shown = dk_register_row_dup_text (self->row, self->column);
  self->text = gtk_text_new ();
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->text), 1);
  gtk_editable_set_alignment (GTK_EDITABLE (self->text), is_number ? 1.f : 0.f);
  gtk_editable_set_text (GTK_EDITABLE (self->text), self->shown);
  gtk_editable_set_editable (GTK_EDITABLE (self->text), !is_read_only);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->text), FALSE); /* Ctrl+Z takes back edits of the enterprise */
  gtk_widget_insert_after (self->text, GTK_WIDGET (self), self->label);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  self->focus = focus;
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (on_text_changed_cb), self);
  g_signal_connect_swapped (self->text, "preedit-changed", G_CALLBACK (on_preedit_changed_cb), self);
  gtk_widget_hide (self->label);
  if (!is_read_only)
    {
      self->arrow = gtk_button_new_from_icon_name ("pan-down-symbolic");
      gtk_widget_add_css_class (self->arrow, "flat");
      gtk_widget_set_focusable (self->arrow, FALSE);
      gtk_widget_set_valign (self->arrow, GTK_ALIGN_CENTER);
      menu_name = g_strdup_printf (_("Choose an answer for %s"), dk_text_get (&get_symbol (self)->label, dk_settings_get_language ()));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->arrow), GTK_ACCESSIBLE_PROPERTY_LABEL, menu_name, -1);
      gtk_widget_insert_after (self->arrow, GTK_WIDGET (self), self->text);
      g_signal_connect_swapped (self->arrow, "clicked", G_CALLBACK (on_arrow_clicked_cb), self);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self), "current");
  update (self);
}

static void
remove_entry (DkRegisterCell *self)
{
  GtkWidget *text = g_steal_pointer (&self->text), *arrow = g_steal_pointer (&self->arrow);

  g_clear_handle_id (&self->leave_id, g_source_remove);
  if (text == NULL)
    return;
  g_signal_handlers_disconnect_by_data (text, self);
  self->is_typing = FALSE;
  self->is_composing = FALSE;
  g_clear_pointer (&self->shown, g_free);
  gtk_widget_show (self->label);
  gtk_widget_remove_controller (GTK_WIDGET (self), g_steal_pointer (&self->focus));
  gtk_widget_unparent (text);
  g_clear_pointer (&arrow, gtk_widget_unparent);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "current");
}

static gboolean
dk_register_cell_grab_focus (GtkWidget *widget)
{
  DkRegisterCell *self = DK_REGISTER_CELL (widget);
  gboolean is_new = self->text == NULL;

  if (self->row == NULL)
    return FALSE;
  if (is_new)
    make_entry (self);
  if (!gtk_widget_grab_focus (self->text))
    return FALSE;
  if (is_new)
    g_signal_emit (self, signals[ENTERED], 0);
  return TRUE;
}

/* Tab in and out is the page's business; from outside the whole cell is one stop. */
static gboolean
dk_register_cell_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static gboolean
has_focus_within (DkRegisterCell *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static gboolean
on_left_cb (gpointer data)
{
  DkRegisterCell *self = data;

  self->leave_id = 0;
  /* Another window may have the keyboard for a while only. */
  if (!has_focus_within (self))
    remove_entry (self);
  return G_SOURCE_REMOVE;
}

/* GTK still walks over the entry while it tells of the focus: it goes afterwards. */
static void
on_leave_cb (DkRegisterCell *self)
{
  g_object_ref (self);
  dk_register_cell_commit (self);
  if (self->leave_id == 0 && self->text != NULL)
    self->leave_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_left_cb, self, NULL);
  g_object_unref (self);
}

gboolean
dk_register_cell_press (DkRegisterCell *self,
                        int             n)
{
  if (self->menu != NULL || (self->text != NULL && n == 1))
    {
      self->is_typing = self->menu == NULL;
      return FALSE; /* the entry places its caret */
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n == 2)
    dk_register_cell_start_typing (self);
  return TRUE;
}

/* --- The menu of answers --- */

typedef struct { DkAnswerState state; DkValue value; } Choice;

static void
on_menu_closed_cb (DkRegisterCell *self)
{
  GtkWidget *menu = g_steal_pointer (&self->menu);

  if (menu != NULL)
    {
      g_signal_handlers_disconnect_by_data (menu, self);
      gtk_widget_unparent (menu);
    }
}

static void
on_menu_activated_cb (DkRegisterCell *self,
                      GtkListBoxRow  *chosen)
{
  Choice choice = *(Choice *) g_object_get_data (G_OBJECT (chosen), "choice");

  g_object_ref (self);
  self->is_typing = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->menu));
  if (self->text != NULL)
    gtk_widget_grab_focus (self->text);
  g_signal_emit (self, signals[ANSWER], 0, (int) choice.state, &choice.value);
  g_object_unref (self);
}

static void
add_choice (DkRegisterCell *self,
            GtkWidget      *list,
            const char     *title,
            const char     *class,
            DkAnswerState   state,
            const DkValue  *value)
{
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (title);
  Choice *choice = g_new0 (Choice, 1);
  DkValue now;
  DkAnswerState now_state = dk_register_row_get_answer (self->row, self->column, &now);

  choice->state = state;
  if (value != NULL)
    choice->value = *value;
  g_object_set_data_full (G_OBJECT (row), "choice", choice, g_free);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  if (now_state == state && (state != DK_ANSWER_VALUE || dk_value_equal (&now, value, get_symbol (self)->kind)))
    gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (row));
}

void
dk_register_cell_open_menu (DkRegisterCell *self)
{
  const DkSymbol *column;
  const char *language = dk_settings_get_language ();
  GtkWidget *list, *scroller;
  GtkListBoxRow *first;
  DkValue none;

  if (self->row == NULL || self->menu != NULL || dk_session_is_read_only (dk_register_row_get_session (self->row)))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  column = get_symbol (self);
  list = gtk_list_box_new ();
  gtk_widget_add_css_class (list, "dk-register-menu");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_BROWSE);
  if (column->kind == DK_KIND_CHOICE)
    for (guint i = 0; i < column->choices->options->len; i++)
      {
        DkValue value = DK_VALUE_CHOICE (G_GUINT64_CONSTANT (1) << i);

        add_choice (self, list, dk_text_get (g_ptr_array_index (column->choices->labels, i), language), NULL, DK_ANSWER_VALUE, &value);
      }
  if (column->kind == DK_KIND_TRUTH)
    {
      add_choice (self, list, dk_cell_get_truth (TRUE, language), NULL, DK_ANSWER_VALUE, &DK_VALUE_TRUTH (DK_TRUE));
      add_choice (self, list, dk_cell_get_truth (FALSE, language), NULL, DK_ANSWER_VALUE, &DK_VALUE_TRUTH (DK_FALSE));
    }
  if (dk_cell_can_be_none (column, &none))
    add_choice (self, list, dk_cell_get_none (language), NULL, DK_ANSWER_VALUE, &none);
  add_choice (self, list, dk_cell_get_unknown (language), "dk-open", DK_ANSWER_UNKNOWN, NULL);
  add_choice (self, list, _("Clear the cell"), "dk-dim", DK_ANSWER_NONE, NULL);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_menu_activated_cb), self);

  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  self->menu = gtk_popover_new ();
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (self->menu), scroller);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (on_menu_closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (self->menu));
  first = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));
  gtk_widget_grab_focus (GTK_WIDGET (first != NULL ? first : gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
}

/* --- What the page asks of it --- */

void
dk_register_cell_set_row (DkRegisterCell *self,
                          DkRegisterRow  *row,
                          guint           place)
{
  if (self->row != NULL && self->row != row)
    {
      on_menu_closed_cb (self);
      dk_register_cell_commit (self);
      remove_entry (self);
      g_clear_signal_handler (&self->changed_id, self->row);
      if (dk_register_row_get_cell (self->row, self->column) == self)
        dk_register_row_set_cell (self->row, self->column, NULL);
      g_clear_object (&self->row);
    }
  self->place = place;
  if (row == NULL)
    return;
  if (self->row == NULL)
    {
      self->row = g_object_ref (row);
      self->changed_id = g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
    }
  dk_register_row_set_cell (row, self->column, self);
  set_class (self->label, "num", get_symbol (self)->kind == DK_KIND_NUMBER || get_symbol (self)->kind == DK_KIND_DATE);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (self->label), get_symbol (self)->kind == DK_KIND_NUMBER ? 1.f : 0.f);
  update (self);
}

DkRegisterRow *
dk_register_cell_get_row (DkRegisterCell *self)
{
  return self->row;
}

guint
dk_register_cell_get_column (DkRegisterCell *self)
{
  return self->column;
}

gboolean
dk_register_cell_is_typing (DkRegisterCell *self)
{
  return self->text != NULL && self->is_typing;
}

gboolean
dk_register_cell_is_composing (DkRegisterCell *self)
{
  return self->is_composing;
}

gboolean
dk_register_cell_has_menu_open (DkRegisterCell *self)
{
  return self->menu != NULL;
}

void
dk_register_cell_start_typing (DkRegisterCell *self)
{
  if (self->text == NULL && !gtk_widget_grab_focus (GTK_WIDGET (self)))
    return;
  self->is_typing = TRUE;
  gtk_editable_set_position (GTK_EDITABLE (self->text), -1);
}

void
dk_register_cell_insert (DkRegisterCell *self,
                         const char     *text)
{
  int position;

  if (self->text == NULL || !gtk_editable_get_editable (GTK_EDITABLE (self->text)))
    return;
  gtk_editable_delete_selection (GTK_EDITABLE (self->text));
  position = gtk_editable_get_position (GTK_EDITABLE (self->text));
  gtk_editable_insert_text (GTK_EDITABLE (self->text), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->text), position);
}

void
dk_register_cell_commit (DkRegisterCell *self)
{
  g_autofree char *typed = NULL;

  if (self->text == NULL || !self->is_typing)
    return;
  typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  self->is_typing = FALSE;
  if (strcmp (typed, self->shown) != 0)
    g_signal_emit (self, signals[COMMIT], 0, typed);
}

gboolean
dk_register_cell_revert (DkRegisterCell *self)
{
  if (self->row == NULL || self->text == NULL || (!self->is_typing && dk_register_row_get_reason (self->row, self->column) == NULL))
    return FALSE;
  self->is_typing = FALSE;
  dk_register_row_set_draft (self->row, self->column, NULL, NULL);
  dk_register_row_changed (self->row);
  return TRUE;
}

static void
dk_register_cell_dispose (GObject *object)
{
  DkRegisterCell *self = DK_REGISTER_CELL (object);

  on_menu_closed_cb (self);
  remove_entry (self);
  if (self->row != NULL)
    {
      g_clear_signal_handler (&self->changed_id, self->row);
      if (dk_register_row_get_cell (self->row, self->column) == self)
        dk_register_row_set_cell (self->row, self->column, NULL);
    }
  g_clear_object (&self->row);
  g_clear_pointer (&self->seen, g_free);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (dk_register_cell_parent_class)->dispose (object);
}

static void
dk_register_cell_class_init (DkRegisterCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_register_cell_dispose;
  widget_class->grab_focus = dk_register_cell_grab_focus;
  widget_class->focus = dk_register_cell_focus;
  signals[COMMIT] = g_signal_new ("commit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ANSWER] = g_signal_new ("answer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT,
                                  G_TYPE_POINTER);
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "registercell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
dk_register_cell_init (DkRegisterCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->label = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->label), 1);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->label), 4);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_valign (self->label, GTK_ALIGN_CENTER); /* one line: what is higher is wrapped */
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
}

GtkWidget *
dk_register_cell_new (guint column)
{
  DkRegisterCell *self = g_object_new (DK_TYPE_REGISTER_CELL, NULL);

  self->column = column;
  return GTK_WIDGET (self);
}
