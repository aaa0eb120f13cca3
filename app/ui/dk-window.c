/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-window"

#include "dk-window-private.h"

#include "dk-checks-page.h"
#include "dk-explain-window.h"
#include "dk-form-page.h"
#include "dk-ladder-page.h"
#include "dk-listing-page.h"
#include "dk-panes.h"
#include "dk-plans-page.h"
#include "dk-portfolio-page.h"
#include "dk-programme-page.h"
#include "dk-register-page.h"
#include "dk-settings.h"
#include "dk-calendar-page.h"
#include "dk-snapshots-page.h"
#include "dk-start-page.h"
#include "dk-unsaved-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* Below these widths the sidebar gives way to the page, and the words of buttons to their icons. */
enum { FOLD_WIDTH = 900, NARROW_WIDTH = 560 };

G_DEFINE_FINAL_TYPE (DkWindow, dk_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_enabled (DkWindow   *self,
             const char *name,
             gboolean    is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), is_enabled);
}

static void
update_actions (DkWindow *self)
{
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;
  gboolean has_session = self->session != NULL;

  if (has_session)
    g_object_get (self->session, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  set_enabled (self, "undo", can_undo);
  set_enabled (self, "redo", can_redo);
  set_enabled (self, "export", has_session || (self->page != NULL && DK_IS_PORTFOLIO_PAGE (self->page)));
  set_enabled (self, "snapshot", has_session && !dk_session_is_read_only (self->session));
  set_enabled (self, "show-calendar", has_session);
  set_enabled (self, "show-listing", has_session);
  set_enabled (self, "show-plans", has_session);
  set_enabled (self, "show-snapshots", has_session);
  set_enabled (self, "next", has_session);
  set_enabled (self, "previous", has_session);
  set_enabled (self, "show-portfolio", self->workspace != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->workspace)) > 0);
}

void
dk_window_toast (DkWindow   *self,
                 const char *text)
{
  /* Titles of toasts are markup, and what is said may hold names. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_return_if_fail (DK_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* --- What is shown --- */

static void
on_page_text_cb (DkWindow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *window_title = NULL;

  if (self->page == NULL)
    return;
  g_object_get (self->page, "title", &title, NULL);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->page), "subtitle") != NULL)
    g_object_get (self->page, "subtitle", &subtitle, NULL);
  g_object_set (self->day_button, "title", title, "subtitle", subtitle, NULL);
  window_title = self->session != NULL ? g_strdup_printf (_("%s – %s"), title != NULL ? title : "", dk_session_get_name (self->session))
                                       : g_strdup (title);
  gtk_window_set_title (GTK_WINDOW (self), window_title != NULL && *window_title != '\0' ? window_title : _("Dengke"));
}

static void
on_day_changed_cb (DkWindow *self)
{
  g_object_set (self->day_button, "as-of", self->workspace != NULL && self->page != NULL ? dk_workspace_get_as_of (self->workspace) : G_MININT64, NULL);
}

static void
set_content (DkWindow  *self,
             GtkWidget *child,
             gboolean   is_page)
{
  if (self->page != NULL)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

      g_signal_handlers_disconnect_by_func (self->page, on_page_text_cb, self);
      /* What is being typed is committed when the focus leaves it, which a page that is taken away would not tell. */
      if (focus != NULL && gtk_widget_is_ancestor (focus, self->page))
        gtk_window_set_focus (GTK_WINDOW (self), NULL);
    }
  self->page = NULL;
  adw_bin_set_child (self->content, child);
  if (is_page)
    {
      self->page = child;
      g_signal_connect_object (child, "notify::title", G_CALLBACK (on_page_text_cb), self, G_CONNECT_SWAPPED);
      if (g_object_class_find_property (G_OBJECT_GET_CLASS (child), "subtitle") != NULL)
        g_signal_connect_object (child, "notify::subtitle", G_CALLBACK (on_page_text_cb), self, G_CONNECT_SWAPPED);
      on_page_text_cb (self);
    }
  else
    {
      g_object_set (self->day_button, "title", "", "subtitle", "", NULL);
      gtk_window_set_title (GTK_WINDOW (self), _("Dengke"));
    }
  on_day_changed_cb (self);
}

static void
update_back_button (DkWindow *self)
{
  gtk_widget_set_visible (self->back_button, adw_leaflet_get_folded (self->leaflet) && gtk_widget_get_visible (self->side_pane));
}

/* The sidebar and the buttons of an enterprise, or none of them. */
static void
set_chrome (DkWindow *self,
            gboolean  has_session,
            gboolean  is_list)
{
  gtk_widget_set_visible (self->side_pane, has_session);
  gtk_widget_set_visible (self->separator, has_session);
  gtk_widget_set_visible (self->undo_button, has_session);
  gtk_widget_set_visible (self->export_button, has_session);
  gtk_widget_set_visible (self->new_button, is_list);
  gtk_widget_set_visible (self->open_button, is_list);
  adw_leaflet_set_visible_child (self->leaflet, self->main_pane);
  update_back_button (self);
  update_actions (self);
}

static void
remember_place (DkWindow   *self,
                const char *action,
                const char *target)
{
  g_free (self->place);
  self->place = target != NULL ? g_strconcat (action, " ", target, NULL) : g_strdup (action);
  if (self->session != NULL)
    dk_sidebar_mark (self->sidebar, target != NULL ? action : NULL, target);
}

static void
close_session (DkWindow *self)
{
  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  /* The page first: it holds the session, and may write what is being typed. */
  set_content (self, NULL, FALSE);
  dk_sidebar_set_session (self->sidebar, NULL);
  g_clear_object (&self->session);
}

static void
on_session_name_cb (DkWindow *self)
{
  on_page_text_cb (self);
}

static gboolean
open_session (DkWindow *self,
              gint64    id)
{
  g_autoptr(DkSession) session = NULL;
  g_autoptr(GError) error = NULL;

  if (self->session != NULL && dk_session_get_id (self->session) == id)
    return TRUE;
  session = dk_workspace_open_session (self->workspace, id, &error);
  if (session == NULL)
    {
      dk_window_toast (self, error->message);
      return FALSE;
    }
  close_session (self);
  g_clear_pointer (&self->place, g_free); /* what is shown is no place of this enterprise */
  self->session = g_steal_pointer (&session);
  g_signal_connect_object (self->session, "notify::can-undo", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::can-redo", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::name", G_CALLBACK (on_session_name_cb), self, G_CONNECT_SWAPPED);
  dk_sidebar_set_session (self->sidebar, self->session);
  return TRUE;
}

static void
show_page (DkWindow   *self,
           GtkWidget  *page,
           const char *action,
           const char *target)
{
  set_content (self, page, TRUE);
  set_chrome (self, TRUE, FALSE);
  remember_place (self, action, target);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/* The page that is shown, if @action with @target shows it. */
static GtkWidget *
find_shown (DkWindow   *self,
            const char *action,
            const char *target)
{
  g_autofree char *key = g_strconcat (action, " ", target, NULL);

  return self->page != NULL && g_strcmp0 (self->place, key) == 0 ? self->page : NULL;
}

static void
show_start (DkWindow *self)
{
  GtkWidget *page;

  close_session (self);
  page = dk_start_page_new ();
  set_content (self, page, FALSE);
  set_chrome (self, FALSE, FALSE);
  remember_place (self, "start", NULL);
  gtk_widget_grab_focus (page);
}

static void
show_portfolio (DkWindow *self)
{
  if (self->workspace == NULL)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->workspace)) == 0)
    {
      show_start (self);
      return;
    }
  if (self->session == NULL && g_strcmp0 (self->place, "win.show-portfolio") == 0)
    return;
  close_session (self);
  set_content (self, dk_portfolio_page_new (self->workspace), TRUE);
  set_chrome (self, FALSE, TRUE);
  remember_place (self, "win.show-portfolio", NULL);
  gtk_widget_grab_focus (self->page);
}

static GtkWidget *
show_topic (DkWindow   *self,
            const char *topic)
{
  GtkWidget *page = find_shown (self, "win.show-topic", topic);

  if (page != NULL)
    {
      adw_leaflet_set_visible_child (self->leaflet, self->main_pane);
      return page;
    }
  page = dk_form_page_new (self->session, topic);
  show_page (self, page, "win.show-topic", topic);
  return page;
}

static GtkWidget *
show_register (DkWindow   *self,
               const char *reg)
{
  GtkWidget *page = find_shown (self, "win.show-register", reg);

  if (page != NULL)
    {
      adw_leaflet_set_visible_child (self->leaflet, self->main_pane);
      return page;
    }
  page = dk_register_page_new (self->session, reg);
  show_page (self, page, "win.show-register", reg);
  return page;
}

static GtkWidget *
show_programme (DkWindow   *self,
                const char *pack)
{
  GtkWidget *page = find_shown (self, "win.show-programme", pack);

  if (page != NULL)
    {
      adw_leaflet_set_visible_child (self->leaflet, self->main_pane);
      return page;
    }
  page = dk_programme_page_new (self->session, pack);
  show_page (self, page, "win.show-programme", pack);
  return page;
}

/* --- Actions --- */

static void
on_show_topic_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  DkWindow *self = data;
  const char *topic = g_variant_get_string (parameter, NULL);

  if (self->session != NULL && dk_catalogue_get_page_title (dk_session_get_library (self->session)->catalogue, topic) != NULL)
    show_topic (self, topic);
}

static void
on_show_fact_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  DkWindow *self = data;
  g_auto(GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "@", 2);
  const DkFact *fact;

  if (self->session == NULL || parts[0] == NULL)
    return;
  fact = dk_catalogue_find_fact (dk_session_get_library (self->session)->catalogue, parts[0]);
  if (fact == NULL)
    return;
  show_topic (self, fact->page);
  dk_form_page_focus_fact (DK_FORM_PAGE (self->page), parts[0], parts[1] != NULL ? (int) g_ascii_strtoll (parts[1], NULL, 10) : 0);
}

static void
on_show_register_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       data)
{
  DkWindow *self = data;
  const char *reg = g_variant_get_string (parameter, NULL);

  if (self->session != NULL
      && dk_scope_find_register (dk_catalogue_get_scope (dk_session_get_library (self->session)->catalogue), reg, NULL) != NULL)
    show_register (self, reg);
}

static void
on_show_programme_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  DkWindow *self = data;
  const char *pack = g_variant_get_string (parameter, NULL);

  if (self->session != NULL && dk_rulebook_find_pack (dk_session_get_library (self->session)->book, pack) != NULL)
    show_programme (self, pack);
}

/* The target is which titles are listed: the names of filters. */
static void
on_show_ladder_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  static const char *const filters[DK_N_LADDER_FILTERS + 1] = { "all", "now", "near", "far", "held", "uncertain", "none", NULL };
  DkWindow *self = data;
  const char *filter = g_variant_get_string (parameter, NULL);

  if (self->session == NULL || !g_strv_contains (filters, filter))
    return;
  if (find_shown (self, "win.show-ladder", "all") == NULL)
    show_page (self, dk_ladder_page_new (self->session), "win.show-ladder", "all");
  adw_leaflet_set_visible_child (self->leaflet, self->main_pane);
  for (guint i = 0; i < DK_N_LADDER_FILTERS; i++)
    if (g_str_equal (filters[i], filter))
      dk_ladder_page_set_filter (DK_LADDER_PAGE (self->page), i);
}

/* A page of the whole enterprise. The target is "all", as there is no other choice yet; a place has one. */
static void
show_whole (DkWindow   *self,
            GVariant   *target,
            const char *place,
            GtkWidget *(*new_page) (DkSession *session))
{
  if (self->session == NULL || !g_str_equal (g_variant_get_string (target, NULL), "all"))
    return;
  if (find_shown (self, place, "all") == NULL)
    show_page (self, new_page (self->session), place, "all");
  adw_leaflet_set_visible_child (self->leaflet, self->main_pane);
}

static void
on_show_snapshots_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  show_whole (data, parameter, "win.show-snapshots", dk_snapshots_page_new);
}

static void
on_show_calendar_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       data)
{
  show_whole (data, parameter, "win.show-calendar", dk_calendar_page_new);
}

static void
on_show_plans_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  show_whole (data, parameter, "win.show-plans", dk_plans_page_new);
}

/* The target may also be the rule of a cell, which is then opened. */
static void
on_show_listing_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  DkWindow *self = data;
  g_autoptr(GVariant) all = g_variant_ref_sink (g_variant_new_string ("all"));

  show_whole (self, all, "win.show-listing", dk_listing_page_new);
  if (self->page != NULL && DK_IS_LISTING_PAGE (self->page) && !g_variant_equal (parameter, all))
    dk_listing_page_select (DK_LISTING_PAGE (self->page), g_variant_get_string (parameter, NULL));
}

/* The target is "checks" likewise. */
static void
on_show_checks_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  DkWindow *self = data;

  if (self->session == NULL || !g_str_equal (g_variant_get_string (parameter, NULL), "checks"))
    return;
  if (find_shown (self, "win.show-checks", "checks") == NULL)
    show_page (self, dk_checks_page_new (self->session), "win.show-checks", "checks");
  adw_leaflet_set_visible_child (self->leaflet, self->main_pane);
}

/* A rule's id begins with its pack's: stsme.employees. */
static void
on_show_criterion_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  DkWindow *self = data;
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *pack = g_strndup (id, strcspn (id, "."));

  if (self->session == NULL || dk_rulebook_find_pack (dk_session_get_library (self->session)->book, pack) == NULL)
    return;
  show_programme (self, pack);
  dk_programme_page_select (DK_PROGRAMME_PAGE (self->page), id);
}

static void
on_show_portfolio_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  show_portfolio (data);
}

static void
on_show_enterprise_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  dk_window_open_client (data, g_variant_get_int64 (parameter));
}

static void
on_show_nth_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  DkWindow *self = data;
  int nth = g_variant_get_int32 (parameter);

  if (self->session != NULL && nth > 0)
    dk_sidebar_go_to (self->sidebar, (guint) nth - 1);
}

static void
on_step_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  dk_sidebar_go_by (DK_WINDOW (data)->sidebar, g_str_equal (g_action_get_name (G_ACTION (action)), "next") ? 1 : -1);
}

static void
on_toast_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  dk_window_toast (data, g_variant_get_string (parameter, NULL));
}

static void
on_menu_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (DK_WINDOW (data)->menu_button));
}

/* In the order of reading, from the sidebar on. */
static void
on_next_pane_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  DkWindow *self = data;
  g_autoptr(GPtrArray) panes = g_ptr_array_new ();

  dk_panes_add (panes, GTK_WIDGET (self->sidebar));
  if (self->page != NULL)
    dk_panes_add (panes, self->page);
  dk_panes_add (panes, self->header);
  dk_panes_focus_next (panes, gtk_window_get_focus (GTK_WINDOW (self)));
}

static void
on_back_cb (DkWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->side_pane);
}

static void
on_explain_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  DkWindow *self = data;
  GtkWidget *window = self->session != NULL ? dk_explain_window_new (data, self->session, g_variant_get_string (parameter, NULL)) : NULL;

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

static void
on_day_chosen_cb (DkWindow *self,
                  gint64    day)
{
  if (self->workspace != NULL)
    dk_workspace_set_as_of (self->workspace, day);
}

static const GActionEntry actions[] = {
  { "show-topic", on_show_topic_cb, "s" },
  { "show-fact", on_show_fact_cb, "s" },
  { "show-register", on_show_register_cb, "s" },
  { "show-programme", on_show_programme_cb, "s" },
  { "show-ladder", on_show_ladder_cb, "s" },
  { "show-criterion", on_show_criterion_cb, "s" },
  { "explain", on_explain_cb, "s" },
  { "show-portfolio", on_show_portfolio_cb },
  { "show-enterprise", on_show_enterprise_cb, "x" },
  { "show-nth", on_show_nth_cb, "i" },
  { "previous", on_step_cb },
  { "next", on_step_cb },
  { "next-pane", on_next_pane_cb },
  { "undo", dk_window_on_undo_cb },
  { "redo", dk_window_on_redo_cb },
  { "toast", on_toast_cb, "s" },
  { "toast-undo", dk_window_on_toast_undo_cb, "s" },
  { "snapshot", dk_window_on_snapshot_cb },
  { "show-calendar", on_show_calendar_cb, "s" },
  { "show-plans", on_show_plans_cb, "s" },
  { "show-listing", on_show_listing_cb, "s" },
  { "show-snapshots", on_show_snapshots_cb, "s" },
  { "show-checks", on_show_checks_cb, "s" },
  { "export", dk_window_on_export_cb },
  { "export-enterprises", dk_window_on_export_enterprises_cb, "ax" },
  { "menu", on_menu_cb },
};

/* --- Public --- */

void
dk_window_show_problem (DkWindow      *self,
                        const char    *title,
                        const char    *details,
                        DkProblemKind  kind)
{
  g_return_if_fail (DK_IS_WINDOW (self));

  close_session (self);
  g_clear_object (&self->workspace);
  adw_status_page_set_title (self->problem_page, title);
  gtk_label_set_text (self->problem_details, details);
  gtk_widget_set_visible (self->problem_buttons, kind == DK_PROBLEM_OF_FILE);
  dk_workspace_line_set_workspace (self->line, NULL);
  set_content (self, GTK_WIDGET (self->problem_page), FALSE);
  set_chrome (self, FALSE, FALSE);
  remember_place (self, "problem", NULL);
  if (kind == DK_PROBLEM_OF_FILE)
    gtk_widget_child_focus (self->problem_buttons, GTK_DIR_TAB_FORWARD);
}

/* An enterprise may be deleted under our feet, by another process or from the list. */
static void
on_clients_changed_cb (DkWindow *self)
{
  update_actions (self);
  if (self->session != NULL && dk_workspace_find_client (self->workspace, dk_session_get_id (self->session)) == NULL)
    show_portfolio (self);
  else if (self->session == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->workspace)) == 0 && g_strcmp0 (self->place, "start") != 0)
    show_start (self);
}

void
dk_window_set_workspace (DkWindow    *self,
                         DkWorkspace *workspace)
{
  guint n;

  g_return_if_fail (DK_IS_WINDOW (self));
  g_return_if_fail (DK_IS_WORKSPACE (workspace));

  close_session (self);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  g_clear_pointer (&self->place, g_free);
  g_signal_connect_object (workspace, "items-changed", G_CALLBACK (on_clients_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::as-of", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
  dk_workspace_line_set_workspace (self->line, workspace);
  update_actions (self);

  n = g_list_model_get_n_items (G_LIST_MODEL (workspace));
  if (n == 1)
    {
      g_autoptr(DkClient) client = g_list_model_get_item (G_LIST_MODEL (workspace), 0);

      if (dk_window_open_client (self, dk_client_get_id (client)))
        return;
    }
  show_portfolio (self);
}

DkSession *
dk_window_get_session (DkWindow *self)
{
  g_return_val_if_fail (DK_IS_WINDOW (self), NULL);

  return self->session;
}

GtkWidget *
dk_window_get_page (DkWindow *self)
{
  g_return_val_if_fail (DK_IS_WINDOW (self), NULL);

  return self->page;
}

gboolean
dk_window_open_client (DkWindow *self,
                       gint64    id)
{
  g_return_val_if_fail (DK_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (self->workspace != NULL, FALSE);

  return open_session (self, id) && dk_sidebar_go_first (self->sidebar);
}

char *
dk_window_dup_place (DkWindow *self,
                     gint64   *client)
{
  g_return_val_if_fail (DK_IS_WINDOW (self), NULL);

  *client = self->session != NULL ? dk_session_get_id (self->session) : 0;
  return g_strdup (self->place);
}

void
dk_window_restore_place (DkWindow   *self,
                         gint64      client,
                         const char *place)
{
  const char *space = place != NULL ? strchr (place, ' ') : NULL;

  g_return_if_fail (DK_IS_WINDOW (self));

  if (client == 0)
    {
      if (g_strcmp0 (place, "win.show-portfolio") == 0)
        show_portfolio (self);
      return;
    }
  if (!open_session (self, client))
    return;
  if (space != NULL)
    {
      g_autofree char *action = g_strndup (place, (gsize) (space - place));

      gtk_widget_activate_action (GTK_WIDGET (self), action, "s", space + 1);
    }
  if (self->place == NULL)
    dk_sidebar_go_first (self->sidebar);
}

/* --- The life of the window --- */

static void
dk_window_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  DkWindow *self = DK_WINDOW (widget);

  if (width != self->last_width)
    {
      self->last_width = width;
      adw_leaflet_set_can_unfold (self->leaflet, width >= FOLD_WIDTH);
      gtk_widget_set_visible (self->export_label, width >= NARROW_WIDTH);
      gtk_widget_set_visible (self->new_label, width >= NARROW_WIDTH);
    }
  GTK_WIDGET_CLASS (dk_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
close_again (gpointer data)
{
  gtk_window_close (data);
}

static gboolean
dk_window_close_request (GtkWindow *window)
{
  DkWindow *self = DK_WINDOW (window);
  GSettings *settings = dk_settings_get ();
  int width, height;

  g_settings_set_boolean (settings, DK_SETTING_MAXIMIZED, gtk_window_is_maximized (window));
  if (!gtk_window_is_maximized (window))
    {
      gtk_window_get_default_size (window, &width, &height);
      g_settings_set_int (settings, DK_SETTING_WIDTH, width);
      g_settings_set_int (settings, DK_SETTING_HEIGHT, height);
    }
  /* Whatever is being typed is committed when the focus leaves it. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (!dk_unsaved_dialog_check (window, self->workspace, close_again, g_object_ref (self), g_object_unref))
    return TRUE;
  return GTK_WINDOW_CLASS (dk_window_parent_class)->close_request (window);
}

static void
on_active_changed_cb (DkWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->workspace != NULL)
    dk_workspace_refresh (self->workspace);
}

static gboolean
on_drop_cb (DkWindow     *self,
            const GValue *value)
{
  g_autofree char *uri = g_file_get_uri (g_value_get_object (value));

  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-uri", "s", uri);
  return TRUE;
}

static void
dk_window_dispose (GObject *object)
{
  DkWindow *self = DK_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  self->page = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_WINDOW);
  g_clear_object (&self->problem_page);
  g_clear_object (&self->session);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (dk_window_parent_class)->dispose (object);
}

static void
dk_window_finalize (GObject *object)
{
  g_free (DK_WINDOW (object)->place);
  G_OBJECT_CLASS (dk_window_parent_class)->finalize (object);
}

static void
dk_window_class_init (DkWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dk_window_dispose;
  object_class->finalize = dk_window_finalize;
  widget_class->size_allocate = dk_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = dk_window_close_request;

  g_type_ensure (DK_TYPE_SIDEBAR);
  g_type_ensure (DK_TYPE_DAY_BUTTON);
  g_type_ensure (DK_TYPE_WORKSPACE_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DkWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, side_pane);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, separator);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, main_pane);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, header);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, day_button);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, new_label);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, export_label);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, line);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, content);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, problem_page);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, problem_details);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, problem_buttons);
  gtk_widget_class_bind_template_child (widget_class, DkWindow, loading_page);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_day_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed_cb);
}

static void
dk_window_init (DkWindow *self)
{
  GSettings *settings = dk_settings_get ();
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_ref (self->problem_page);
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (update_back_button), self, G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, DK_SETTING_WIDTH), g_settings_get_int (settings, DK_SETTING_HEIGHT));
  if (g_settings_get_boolean (settings, DK_SETTING_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  set_content (self, self->loading_page, FALSE);
  set_chrome (self, FALSE, FALSE);
}

DkWindow *
dk_window_new (AdwApplication *application)
{
  return g_object_new (DK_TYPE_WINDOW, "application", application, NULL);
}
