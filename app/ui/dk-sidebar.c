/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-sidebar"

#include "dk-sidebar.h"

#include "dk-ladder.h"
#include "dk-settings.h"
#include "dk-sidebar-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DkSidebar
{
  GtkWidget   parent_instance;
  GtkWidget  *switcher;
  GtkLabel   *name_label;
  GtkLabel   *about_label;
  GtkPopover *popover;
  GtkListBox *clients;
  GtkListBox *places;
  DkSession  *session;
  char       *language;   /* of the titles */
  char       *marked;     /* action and id of what is shown: "win.show-topic money" */
  guint       update_id;
};

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkSidebar, dk_sidebar, GTK_TYPE_WIDGET)

static const char *const place_actions[] = {
  [DK_PLACE_TOPIC] = "win.show-topic",
  [DK_PLACE_REGISTER] = "win.show-register",
  [DK_PLACE_LADDER] = "win.show-ladder",
  [DK_PLACE_PROGRAMME] = "win.show-programme",
};

static DkSidebarRow *
get_row (DkSidebar *self,
         int        index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->places, index);

  return row != NULL ? DK_SIDEBAR_ROW (row) : NULL;
}

static void
go_to_row (DkSidebar    *self,
           DkSidebarRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), place_actions[dk_sidebar_row_get_kind (row)], "s", dk_sidebar_row_get_id (row));
}

static void
select_marked (DkSidebar *self)
{
  DkSidebarRow *row;

  gtk_list_box_unselect_all (self->places);
  for (int i = 0; self->marked != NULL && (row = get_row (self, i)) != NULL; i++)
    {
      g_autofree char *key = g_strconcat (place_actions[dk_sidebar_row_get_kind (row)], " ", dk_sidebar_row_get_id (row), NULL);

      if (strcmp (key, self->marked) == 0)
        gtk_list_box_select_row (self->places, GTK_LIST_BOX_ROW (row));
    }
}

/* --- What the rows say --- */

static void
update_register (DkSidebar    *self,
                 DkSidebarRow *row)
{
  g_autoptr(GArray) rows = dk_session_list_rows (self->session, dk_sidebar_row_get_id (row));
  gboolean is_complete = FALSE;
  DkAnswerState state = dk_session_get_complete (self->session, dk_sidebar_row_get_id (row), &is_complete);

  dk_sidebar_row_set_count (row, rows != NULL ? rows->len : 0, state == DK_ANSWER_VALUE ? is_complete : -1);
}

/* What is not in force that day is left out: the ladder has it. */
static void
update_programmes (DkSidebar *self)
{
  DkAssessment *assessment = dk_session_get_assessment (self->session);
  g_autoptr(GPtrArray) standings = NULL, ladder = NULL;
  DkSidebarRow *row;
  guint n_applicable = 0;

  if (assessment == NULL)
    return;
  standings = dk_standings_of (assessment, dk_session_get_library (self->session)->book, self->language);
  ladder = dk_ladder_new (assessment);
  for (guint i = 0; i < ladder->len; i++)
    {
      const DkRung *rung = g_ptr_array_index (ladder, i);

      n_applicable += rung->nearness == DK_NEARNESS_NOW && rung->result->item->pack->rung > 0;
    }
  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    {
      if (dk_sidebar_row_get_kind (row) == DK_PLACE_LADDER)
        dk_sidebar_row_set_applicable (row, n_applicable);
      for (guint j = 0; dk_sidebar_row_get_kind (row) == DK_PLACE_PROGRAMME && j < standings->len; j++)
        {
          DkStanding *standing = g_ptr_array_index (standings, j);

          if (strcmp (standing->pack->id, dk_sidebar_row_get_id (row)) != 0)
            continue;
          dk_sidebar_row_set_standing (row, standing->sign, standing->figure);
          gtk_widget_set_visible (GTK_WIDGET (row), standing->is_in_force);
        }
    }
}

static void
update_name (DkSidebar *self)
{
  DkClient *client = dk_workspace_find_client (dk_session_get_workspace (self->session), dk_session_get_id (self->session));
  const char *industry = client != NULL ? dk_client_get_industry (client) : "";
  const char *name = dk_session_get_name (self->session);
  g_autofree char *label = g_strdup_printf (_("Change the enterprise: %s"), name);

  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->about_label, industry);
  gtk_widget_set_visible (GTK_WIDGET (self->about_label), *industry != '\0');
  gtk_widget_set_tooltip_text (self->switcher, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switcher), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (DkSidebar *self)
{
  DkSidebarRow *row;

  if (self->session == NULL)
    return;
  update_name (self);
  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    {
      guint n_answered = 0;
      guint n_asked = 0;

      if (dk_sidebar_row_get_kind (row) == DK_PLACE_TOPIC)
        {
          dk_session_count_answers (self->session, dk_sidebar_row_get_id (row), &n_answered, &n_asked);
          dk_sidebar_row_set_progress (row, n_answered, n_asked);
        }
      else if (dk_sidebar_row_get_kind (row) == DK_PLACE_REGISTER)
        update_register (self, row);
    }
  update_programmes (self);
}

static gboolean
on_update_cb (gpointer data)
{
  DkSidebar *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Many edits may come at once: the rows are written once for all of them. */
static void
queue_update (DkSidebar *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (on_update_cb, self);
}

/* --- The rows --- */

static void
add_topics (DkSidebar       *self,
            const DkLibrary *library)
{
  const char *page = NULL;

  /* Facts come page by page. */
  for (guint i = 0; i < dk_catalogue_n_facts (library->catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (library->catalogue, i);

      if (page != NULL && strcmp (page, fact->page) == 0)
        continue;
      page = fact->page;
      gtk_list_box_append (self->places,
                           dk_sidebar_row_new (DK_PLACE_TOPIC, page,
                                               dk_text_get (dk_catalogue_get_page_title (library->catalogue, page), self->language)));
    }
}

static void
rebuild (DkSidebar *self)
{
  const DkLibrary *library;
  GPtrArray *registers;
  g_autoptr(GPtrArray) packs = NULL;

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->places, 0)) != NULL;)
    gtk_list_box_remove (self->places, GTK_WIDGET (row));
  if (self->session == NULL)
    return;
  library = dk_session_get_library (self->session);
  add_topics (self, library);
  registers = dk_catalogue_get_scope (library->catalogue)->registers;
  for (guint i = 0; i < registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (registers, i);

      gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_REGISTER, reg->id, dk_text_get (&reg->label, self->language)));
    }
  gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_LADDER, "all", _("All titles")));
  packs = dk_client_list_packs (library->book);
  for (guint i = 0; i < packs->len; i++)
    {
      const DkPack *pack = g_ptr_array_index (packs, i);

      gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_PROGRAMME, pack->id, dk_text_get (&pack->title, self->language)));
    }
  update (self);
  select_marked (self);
}

static void
set_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       data)
{
  static const char *const titles[] = {
    [DK_PLACE_TOPIC] = NC_("sidebar", "Facts"), [DK_PLACE_REGISTER] = NC_("sidebar", "Lists"),
    [DK_PLACE_LADDER] = NC_("sidebar", "Programmes"), [DK_PLACE_PROGRAMME] = NC_("sidebar", "Programmes"),
  };
  const char *title = titles[dk_sidebar_row_get_kind (DK_SIDEBAR_ROW (row))];
  GtkWidget *header = NULL;

  if (before == NULL || !g_str_equal (titles[dk_sidebar_row_get_kind (DK_SIDEBAR_ROW (before))], title))
    {
      header = gtk_label_new (g_dpgettext2 (NULL, "sidebar", title));
      gtk_label_set_xalign (GTK_LABEL (header), 0);
      gtk_widget_set_css_classes (header, (const char *[]) { "dk-side-header", "dk-small", "dk-dim", NULL });
    }
  gtk_list_box_row_set_header (row, header);
}

static void
on_place_activated_cb (DkSidebar    *self,
                       DkSidebarRow *row)
{
  go_to_row (self, row);
}

/* Arrow keys only move the mark; it goes back to what is shown when the focus leaves. */
static void
on_focus_left_cb (DkSidebar *self)
{
  select_marked (self);
}

/* --- The switcher of enterprises --- */

static GtkWidget *
make_client_row (gpointer item,
                 gpointer data)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "max-width-chars", 32, NULL);

  g_object_bind_property (item, "name", label, "label", G_BINDING_SYNC_CREATE);
  return label;
}

static void
on_client_activated_cb (DkSidebar     *self,
                        GtkListBoxRow *row)
{
  GListModel *clients = G_LIST_MODEL (dk_session_get_workspace (self->session));
  g_autoptr(DkClient) client = g_list_model_get_item (clients, (guint) gtk_list_box_row_get_index (row));

  gtk_popover_popdown (self->popover);
  if (client != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-enterprise", "x", dk_client_get_id (client));
}

static void
on_popdown_cb (DkSidebar *self)
{
  gtk_popover_popdown (self->popover);
}

/* --- Public --- */

void
dk_sidebar_set_session (DkSidebar *self,
                        DkSession *session)
{
  g_return_if_fail (DK_IS_SIDEBAR (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  gtk_list_box_bind_model (self->clients, session != NULL ? G_LIST_MODEL (dk_session_get_workspace (session)) : NULL, make_client_row, NULL, NULL);
  g_clear_pointer (&self->marked, g_free);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "assessed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::name", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
    }
  rebuild (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
dk_sidebar_mark (DkSidebar  *self,
                 const char *action,
                 const char *id)
{
  g_return_if_fail (DK_IS_SIDEBAR (self));

  g_free (self->marked);
  self->marked = action != NULL ? g_strconcat (action, " ", id, NULL) : NULL;
  select_marked (self);
}

gboolean
dk_sidebar_go_to (DkSidebar *self,
                  guint      nth)
{
  DkSidebarRow *row;

  g_return_val_if_fail (DK_IS_SIDEBAR (self), FALSE);

  row = get_row (self, (int) nth);
  if (row == NULL)
    return FALSE;
  go_to_row (self, row);
  return TRUE;
}

gboolean
dk_sidebar_go_by (DkSidebar *self,
                  int        by)
{
  GtkListBoxRow *selected;
  int index;

  g_return_val_if_fail (DK_IS_SIDEBAR (self), FALSE);

  select_marked (self);
  selected = gtk_list_box_get_selected_row (self->places);
  index = selected != NULL ? gtk_list_box_row_get_index (selected) + by : 0;
  for (DkSidebarRow *row; by != 0 && index >= 0 && (row = get_row (self, index)) != NULL && !gtk_widget_get_visible (GTK_WIDGET (row));)
    index += by;
  return index >= 0 && dk_sidebar_go_to (self, (guint) index);
}

gboolean
dk_sidebar_go_first (DkSidebar *self)
{
  return dk_sidebar_go_to (self, 0);
}

static gboolean
dk_sidebar_grab_focus (GtkWidget *widget)
{
  DkSidebar *self = DK_SIDEBAR (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->places);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->places, 0);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
dk_sidebar_get_property (GObject    *object,
                         guint       property,
                         GValue     *value,
                         GParamSpec *pspec)
{
  if (property == PROP_SESSION)
    g_value_set_object (value, DK_SIDEBAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dk_sidebar_set_property (GObject      *object,
                         guint         property,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  if (property == PROP_SESSION)
    dk_sidebar_set_session (DK_SIDEBAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dk_sidebar_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object)); /* the template's own */
  DkSidebar *self = DK_SIDEBAR (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_SIDEBAR);
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_sidebar_parent_class)->dispose (object);
}

static void
dk_sidebar_finalize (GObject *object)
{
  DkSidebar *self = DK_SIDEBAR (object);

  g_free (self->language);
  g_free (self->marked);
  G_OBJECT_CLASS (dk_sidebar_parent_class)->finalize (object);
}

static void
dk_sidebar_class_init (DkSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dk_sidebar_get_property;
  object_class->set_property = dk_sidebar_set_property;
  object_class->dispose = dk_sidebar_dispose;
  object_class->finalize = dk_sidebar_finalize;
  widget_class->grab_focus = dk_sidebar_grab_focus;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DK_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, DkSidebar, switcher);
  gtk_widget_class_bind_template_child (widget_class, DkSidebar, name_label);
  gtk_widget_class_bind_template_child (widget_class, DkSidebar, about_label);
  gtk_widget_class_bind_template_child (widget_class, DkSidebar, popover);
  gtk_widget_class_bind_template_child (widget_class, DkSidebar, clients);
  gtk_widget_class_bind_template_child (widget_class, DkSidebar, places);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_client_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_popdown_cb);
}

static void
dk_sidebar_init (DkSidebar *self)
{
  self->language = g_strdup (dk_settings_get_language ());
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->places, set_header, NULL, NULL);
}

GtkWidget *
dk_sidebar_new (void)
{
  return g_object_new (DK_TYPE_SIDEBAR, NULL);
}
