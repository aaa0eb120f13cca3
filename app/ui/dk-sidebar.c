/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-sidebar"

#include "dk-sidebar.h"

#include "dk-cross-check.h"
#include "dk-ladder.h"
#include "dk-settings.h"
#include "dk-sidebar-heading.h"
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
  DkSidebarHeading *headings[DK_N_SECTIONS]; /* borrowed, of @places; NULL while there is no session, or no board */
  DkSession  *session;
  char       *language;   /* of the titles */
  char       *marked;     /* action and id of what is shown: "win.show-topic money" */
  guint       update_id;
  guint       scroll_id;
};

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkSidebar, dk_sidebar, GTK_TYPE_WIDGET)

static const char *const place_actions[] = {
  [DK_PLACE_TOPIC] = "win.show-topic",
  [DK_PLACE_REGISTER] = "win.show-register",
  [DK_PLACE_CHECKS] = "win.show-checks",
  [DK_PLACE_LADDER] = "win.show-ladder",
  [DK_PLACE_CALENDAR] = "win.show-calendar",
  [DK_PLACE_PROGRAMME] = "win.show-programme",
  [DK_PLACE_LISTING] = "win.show-listing",
  [DK_PLACE_PLANS] = "win.show-plans",
  [DK_PLACE_BOARD] = "win.show-programme",
};

static const DkSection place_sections[] = {
  [DK_PLACE_TOPIC] = DK_SECTION_FACTS,
  [DK_PLACE_REGISTER] = DK_SECTION_LISTS,
  [DK_PLACE_CHECKS] = DK_SECTION_LISTS,
  [DK_PLACE_LADDER] = DK_SECTION_PROGRAMMES,
  [DK_PLACE_CALENDAR] = DK_SECTION_PROGRAMMES,
  [DK_PLACE_PROGRAMME] = DK_SECTION_PROGRAMMES,
  [DK_PLACE_LISTING] = DK_SECTION_LISTING,
  [DK_PLACE_PLANS] = DK_SECTION_LISTING,
  [DK_PLACE_BOARD] = DK_SECTION_LISTING,
};

/* The first place from a row of the list on, that row included, up or down; NULL: there is none. */
static DkSidebarRow *
find_row (DkSidebar *self,
          int        index,
          int        by)
{
  GtkListBoxRow *row = NULL;

  while (index >= 0 && (row = gtk_list_box_get_row_at_index (self->places, index)) != NULL && !DK_IS_SIDEBAR_ROW (row))
    index += by;
  return index >= 0 && row != NULL ? DK_SIDEBAR_ROW (row) : NULL;
}

static DkSidebarRow *
get_next_row (DkSidebar    *self,
              DkSidebarRow *row) /* NULL: the first */
{
  return find_row (self, row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + 1 : 0, 1);
}

/* The nth place, from 0: heads do not count, folded places do. */
static DkSidebarRow *
get_nth_row (DkSidebar *self,
             guint      nth)
{
  DkSidebarRow *row = get_next_row (self, NULL);

  for (guint i = 0; i < nth && row != NULL; i++)
    row = get_next_row (self, row);
  return row;
}

static DkSection
get_section (DkSidebarRow *row)
{
  return place_sections[dk_sidebar_row_get_kind (row)];
}

static void
go_to_row (DkSidebar    *self,
           DkSidebarRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), place_actions[dk_sidebar_row_get_kind (row)], "s", dk_sidebar_row_get_id (row));
}

static DkSidebarRow *
find_marked (DkSidebar *self)
{
  for (DkSidebarRow *row = get_next_row (self, NULL); self->marked != NULL && row != NULL; row = get_next_row (self, row))
    {
      g_autofree char *key = g_strconcat (place_actions[dk_sidebar_row_get_kind (row)], " ", dk_sidebar_row_get_id (row), NULL);

      if (strcmp (key, self->marked) == 0)
        return row;
    }
  return NULL;
}

static void
select_marked (DkSidebar *self)
{
  DkSidebarRow *row = find_marked (self);

  gtk_list_box_unselect_all (self->places);
  if (row != NULL)
    gtk_list_box_select_row (self->places, GTK_LIST_BOX_ROW (row));
  for (guint i = 0; i < DK_N_SECTIONS && self->headings[i] != NULL; i++)
    dk_sidebar_heading_set_current (self->headings[i], row != NULL && get_section (row) == i);
}

/* --- Folding --- */

static gboolean
is_folded (DkSidebar    *self,
           DkSidebarRow *row)
{
  return dk_sidebar_heading_get_folded (self->headings[get_section (row)]);
}

static void
update_sight (DkSidebar *self)
{
  for (DkSidebarRow *row = get_next_row (self, NULL); row != NULL; row = get_next_row (self, row))
    gtk_widget_set_visible (GTK_WIDGET (row), dk_sidebar_row_get_in_force (row) && !is_folded (self, row));
}

static void
set_folded (DkSidebar *self,
            DkSection  section,
            gboolean   is_folded)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, DK_TYPE_SIDEBAR_ROW) : NULL;

  if (dk_sidebar_heading_get_folded (self->headings[section]) == is_folded)
    return;
  if (is_folded && row != NULL && get_section (DK_SIDEBAR_ROW (row)) == section)
    gtk_widget_grab_focus (GTK_WIDGET (self->headings[section]));
  dk_sidebar_heading_set_folded (self->headings[section], is_folded);
  update_sight (self);
}

/* What a person has folded stays so the next time; what was unfolded to show a place does not count. */
static void
remember_folded (DkSection section,
                 gboolean  is_folded)
{
  g_auto(GStrv) before = g_settings_get_strv (dk_settings_get (), DK_SETTING_FOLDED);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) folded = NULL;

  for (guint i = 0; before[i] != NULL; i++)
    if (strcmp (before[i], dk_section_get_id (section)) != 0)
      g_strv_builder_add (builder, before[i]);
  if (is_folded)
    g_strv_builder_add (builder, dk_section_get_id (section));
  folded = g_strv_builder_end (builder);
  g_settings_set_strv (dk_settings_get (), DK_SETTING_FOLDED, (const char *const *) folded);
}

static void
toggle (DkSidebar        *self,
        DkSidebarHeading *heading)
{
  set_folded (self, dk_sidebar_heading_get_section (heading), !dk_sidebar_heading_get_folded (heading));
  remember_folded (dk_sidebar_heading_get_section (heading), dk_sidebar_heading_get_folded (heading));
}

/* As in trees: right unfolds, left folds, and goes from a place to its head first. */
static gboolean
on_key_pressed_cb (DkSidebar       *self,
                   guint            keyval,
                   guint            keycode,
                   GdkModifierType  state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_left = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left;

  if (row == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0
      || !(is_left || keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right))
    return FALSE;
  if (DK_IS_SIDEBAR_ROW (row))
    return is_left != is_rtl && gtk_widget_grab_focus (GTK_WIDGET (self->headings[get_section (DK_SIDEBAR_ROW (row))]));
  if (dk_sidebar_heading_get_folded (DK_SIDEBAR_HEADING (row)) == (is_left != is_rtl))
    return FALSE;
  toggle (self, DK_SIDEBAR_HEADING (row));
  return TRUE;
}

/* --- Keeping the mark in sight --- */

static gboolean
on_scroll_cb (gpointer data)
{
  DkSidebar *self = data;
  DkSidebarRow *row = find_marked (self);
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->places);
  graphene_rect_t bounds;

  self->scroll_id = 0;
  if (row != NULL && adjustment != NULL && gtk_widget_get_visible (GTK_WIDGET (row))
      && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->places), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
  return G_SOURCE_REMOVE;
}

/* When the rows have got their places. */
static void
queue_scroll (DkSidebar *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add_full (G_PRIORITY_LOW, on_scroll_cb, self, NULL);
}

/* --- What the rows say --- */

static void
update_topics (DkSidebar *self)
{
  g_autofree char *percent = NULL, *words = NULL;
  guint all_answered = 0, all_asked = 0;

  for (DkSidebarRow *row = get_next_row (self, NULL); row != NULL; row = get_next_row (self, row))
    {
      guint n_answered = 0, n_asked = 0;

      if (dk_sidebar_row_get_kind (row) != DK_PLACE_TOPIC)
        continue;
      dk_session_count_answers (self->session, dk_sidebar_row_get_id (row), &n_answered, &n_asked);
      dk_sidebar_row_set_progress (row, n_answered, n_asked);
      all_answered += n_answered;
      all_asked += n_asked;
    }
  /* Rounded down, as in the rows. */
  percent = all_asked > 0 ? g_strdup_printf ("%u%%", all_answered * 100 / all_asked) : g_strdup ("");
  words = g_strdup_printf (_("%u of %u answered"), all_answered, all_asked);
  dk_sidebar_heading_set_figure (self->headings[DK_SECTION_FACTS], percent, words, "dk-dim");
}

static void
update_registers (DkSidebar *self)
{
  g_autofree char *share = NULL, *words = NULL;
  guint n_begun = 0, n = 0;

  for (DkSidebarRow *row = get_next_row (self, NULL); row != NULL; row = get_next_row (self, row))
    {
      g_autoptr(GArray) rows = NULL;
      gboolean is_complete = FALSE;
      DkAnswerState state;
      guint n_rows;

      if (dk_sidebar_row_get_kind (row) != DK_PLACE_REGISTER)
        continue;
      rows = dk_session_list_rows (self->session, dk_sidebar_row_get_id (row));
      n_rows = rows != NULL ? rows->len : 0;
      state = dk_session_get_complete (self->session, dk_sidebar_row_get_id (row), &is_complete);
      dk_sidebar_row_set_count (row, n_rows, state == DK_ANSWER_VALUE ? is_complete : -1);
      n_begun += n_rows > 0 || state == DK_ANSWER_VALUE;
      n++;
    }
  share = g_strdup_printf ("%u/%u", n_begun, n);
  words = g_strdup_printf (_("%u of %u begun"), n_begun, n);
  dk_sidebar_heading_set_figure (self->headings[DK_SECTION_LISTS], share, words, "dk-dim");
}

/* What is not in force that day is left out: the ladder has it. */
static void
update_programmes (DkSidebar *self)
{
  DkAssessment *assessment = dk_session_get_assessment (self->session);
  g_autoptr(GPtrArray) standings = NULL, ladder = NULL;
  g_autofree char *figure = NULL, *words = NULL;
  g_autofree char *boards = NULL, *boards_words = NULL;
  guint n_applicable = 0, n_programmes = 0, n_boards = 0, n_boards_met = 0;

  if (assessment == NULL)
    return;
  standings = dk_standings_of (assessment, dk_session_get_library (self->session)->book, self->language);
  ladder = dk_ladder_new (assessment);
  for (guint i = 0; i < ladder->len; i++)
    {
      const DkRung *rung = g_ptr_array_index (ladder, i);

      n_applicable += rung->nearness == DK_NEARNESS_NOW && rung->result->item->pack->rung > 0;
    }
  for (DkSidebarRow *row = get_next_row (self, NULL); row != NULL; row = get_next_row (self, row))
    {
      gboolean is_board = dk_sidebar_row_get_kind (row) == DK_PLACE_BOARD;

      if (dk_sidebar_row_get_kind (row) == DK_PLACE_CHECKS)
        dk_sidebar_row_set_contradictions (row, dk_assessment_count_disagreements (assessment));
      if (dk_sidebar_row_get_kind (row) == DK_PLACE_LADDER)
        dk_sidebar_row_set_applicable (row, n_applicable);
      for (guint j = 0; (is_board || dk_sidebar_row_get_kind (row) == DK_PLACE_PROGRAMME) && j < standings->len; j++)
        {
          DkStanding *standing = g_ptr_array_index (standings, j);

          if (strcmp (standing->pack->id, dk_sidebar_row_get_id (row)) != 0)
            continue;
          dk_sidebar_row_set_standing (row, standing->sign, standing->figure);
          dk_sidebar_row_set_in_force (row, standing->is_in_force);
          if (is_board)
            {
              n_boards += standing->is_in_force;
              n_boards_met += standing->is_in_force && (standing->sign == DK_SIGN_MET || standing->sign == DK_SIGN_CERTAINLY_MET);
            }
          else
            {
              n_programmes += standing->is_in_force;
            }
        }
    }
  if (n_applicable > 0)
    {
      figure = g_strdup_printf (C_("sidebar", "%u to apply for"), n_applicable);
      words = g_strdup_printf (ngettext ("%u can be applied for now", "%u can be applied for now", n_applicable), n_applicable);
    }
  else
    {
      figure = g_strdup_printf ("%u", n_programmes);
      words = g_strdup_printf (ngettext ("%u programme", "%u programmes", n_programmes), n_programmes);
    }
  dk_sidebar_heading_set_figure (self->headings[DK_SECTION_PROGRAMMES], figure, words, n_applicable > 0 ? "dk-pill" : "dk-dim");
  if (self->headings[DK_SECTION_LISTING] == NULL)
    return;
  boards = g_strdup_printf ("%u/%u", n_boards_met, n_boards);
  boards_words = g_strdup_printf (_("%u of %u boards open"), n_boards_met, n_boards);
  dk_sidebar_heading_set_figure (self->headings[DK_SECTION_LISTING], boards, boards_words, "dk-dim");
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
  if (self->session == NULL)
    return;
  update_name (self);
  update_topics (self);
  update_registers (self);
  update_programmes (self);
  update_sight (self);
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
add_heading (DkSidebar *self,
             DkSection  section)
{
  g_auto(GStrv) folded = g_settings_get_strv (dk_settings_get (), DK_SETTING_FOLDED);
  GtkWidget *heading = dk_sidebar_heading_new (section);

  self->headings[section] = DK_SIDEBAR_HEADING (heading);
  dk_sidebar_heading_set_folded (self->headings[section], g_strv_contains ((const char *const *) folded, dk_section_get_id (section)));
  gtk_list_box_append (self->places, heading);
}

static void
rebuild (DkSidebar *self)
{
  const DkLibrary *library;
  GPtrArray *registers;
  g_autoptr(GPtrArray) packs = NULL;

  memset (self->headings, 0, sizeof self->headings);
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->places, 0)) != NULL;)
    gtk_list_box_remove (self->places, GTK_WIDGET (row));
  if (self->session == NULL)
    return;
  library = dk_session_get_library (self->session);
  add_heading (self, DK_SECTION_FACTS);
  add_topics (self, library);
  add_heading (self, DK_SECTION_LISTS);
  registers = dk_catalogue_get_scope (library->catalogue)->registers;
  for (guint i = 0; i < registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (registers, i);

      gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_REGISTER, reg->id, dk_text_get (&reg->label, self->language)));
    }
  gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_CHECKS, "checks", _("Cross-checks")));
  add_heading (self, DK_SECTION_PROGRAMMES);
  gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_LADDER, "all", _("All titles")));
  gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_CALENDAR, "all", _("Certificates and dates")));
  packs = dk_client_list_packs (library->book);
  for (guint i = 0; i < packs->len; i++)
    {
      const DkPack *pack = g_ptr_array_index (packs, i);
      gboolean is_board = dk_pack_is_listing (pack);

      /* Boards come last, all of them together first. */
      if (is_board && self->headings[DK_SECTION_LISTING] == NULL)
        {
          add_heading (self, DK_SECTION_LISTING);
          gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_LISTING, "all", _("All boards")));
          gtk_list_box_append (self->places, dk_sidebar_row_new (DK_PLACE_PLANS, "all", C_("sidebar", "Plans")));
        }
      gtk_list_box_append (self->places, dk_sidebar_row_new (is_board ? DK_PLACE_BOARD : DK_PLACE_PROGRAMME, pack->id,
                                                             dk_text_get (is_board ? &pack->short_title : &pack->title, self->language)));
    }
  update (self);
  select_marked (self);
}

static void
on_place_activated_cb (DkSidebar     *self,
                       GtkListBoxRow *row)
{
  if (DK_IS_SIDEBAR_HEADING (row))
    toggle (self, DK_SIDEBAR_HEADING (row));
  else
    go_to_row (self, DK_SIDEBAR_ROW (row));
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
  DkSidebarRow *row;

  g_return_if_fail (DK_IS_SIDEBAR (self));

  g_free (self->marked);
  self->marked = action != NULL ? g_strconcat (action, " ", id, NULL) : NULL;
  row = find_marked (self);
  if (row != NULL)
    set_folded (self, get_section (row), FALSE);
  select_marked (self);
  queue_scroll (self);
}

gboolean
dk_sidebar_go_to (DkSidebar *self,
                  guint      nth)
{
  DkSidebarRow *row;

  g_return_val_if_fail (DK_IS_SIDEBAR (self), FALSE);

  row = get_nth_row (self, nth);
  if (row == NULL)
    return FALSE;
  go_to_row (self, row);
  return TRUE;
}

gboolean
dk_sidebar_go_by (DkSidebar *self,
                  int        by)
{
  DkSidebarRow *row;

  g_return_val_if_fail (DK_IS_SIDEBAR (self), FALSE);

  row = find_marked (self);
  if (row == NULL)
    return dk_sidebar_go_first (self);
  do
    row = find_row (self, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + by, by);
  while (by != 0 && row != NULL && !dk_sidebar_row_get_in_force (row));
  if (row == NULL)
    return FALSE;
  go_to_row (self, row);
  return TRUE;
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
  DkSidebarRow *row = find_marked (self);

  if (row == NULL)
    row = get_next_row (self, NULL);
  if (row == NULL)
    return FALSE;
  return gtk_widget_grab_focus (is_folded (self, row) ? GTK_WIDGET (self->headings[get_section (row)]) : GTK_WIDGET (row));
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
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  memset (self->headings, 0, sizeof self->headings);
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
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_popdown_cb);
}

static void
dk_sidebar_init (DkSidebar *self)
{
  self->language = g_strdup (dk_settings_get_language ());
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dk_sidebar_new (void)
{
  return g_object_new (DK_TYPE_SIDEBAR, NULL);
}
