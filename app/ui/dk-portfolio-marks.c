/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enterprises that are marked, to do something with all of them at once. A mark stays while others are searched for. */
#define G_LOG_DOMAIN "dk-portfolio-page"

#include "dk-portfolio-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define CLIENT_KEY "dk-client-id"

/* --- What is marked --- */

static gboolean
is_marked (DkPortfolioPage *self,
           gint64           id)
{
  return g_hash_table_contains (self->marked, &id);
}

static guint
count_listed_marks (DkPortfolioPage *self)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sorted)); i++)
    {
      g_autoptr(DkClient) client = g_list_model_get_item (G_LIST_MODEL (self->sorted), i);

      n += is_marked (self, dk_client_get_id (client));
    }
  return n;
}

static void
show_mark (DkPortfolioPage *self,
           GtkWidget       *check)
{
  const gint64 *id = g_object_get_data (G_OBJECT (check), CLIENT_KEY);

  if (id != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_marked (self, *id));
}

void
dk_portfolio_page_update_marks (DkPortfolioPage *self)
{
  guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
  guint n = g_hash_table_size (self->marked);
  guint n_hidden = n - count_listed_marks (self);
  g_autofree char *count = g_strdup_printf (ngettext ("%u enterprise marked", "%u enterprises marked", n), n);
  g_autofree char *hidden = n_hidden > 0 ? g_strdup_printf (ngettext ("%s, %u of them not shown here", "%s, %u of them not shown here", n_hidden),
                                                            count, n_hidden) : NULL;
  g_autofree char *all = g_strdup_printf (_("Mark all %u"), n_listed);
  GHashTableIter iter;
  gpointer check;

  gtk_label_set_text (GTK_LABEL (self->marks_label), hidden != NULL ? hidden : count);
  gtk_button_set_label (GTK_BUTTON (self->mark_all_button), all);
  gtk_widget_set_visible (self->mark_all_button, n - n_hidden < n_listed);
  gtk_stack_set_visible_child_name (self->foot, n > 0 ? "marks" : "legend");
  if (n > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "marking");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "marking");
  g_hash_table_iter_init (&iter, self->mark_checks);
  while (g_hash_table_iter_next (&iter, &check, NULL))
    show_mark (self, check);
}

void
dk_portfolio_page_set_marked (DkPortfolioPage *self,
                              gint64           id,
                              gboolean         is_to_be)
{
  g_return_if_fail (DK_IS_PORTFOLIO_PAGE (self));

  if (is_marked (self, id) == is_to_be)
    return;
  if (is_to_be)
    g_hash_table_add (self->marked, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->marked, &id);
  dk_portfolio_page_update_marks (self);
}

/* Those that are no more are not marked either. */
void
dk_portfolio_page_prune_marks (DkPortfolioPage *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->marked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (dk_workspace_find_client (self->workspace, *(gint64 *) id) == NULL)
      g_hash_table_iter_remove (&iter);
  dk_portfolio_page_update_marks (self);
}

GArray *
dk_portfolio_page_list_marked (DkPortfolioPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (DK_IS_PORTFOLIO_PAGE (self), ids);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->workspace)); i++)
    {
      g_autoptr(DkClient) client = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);
      gint64 id = dk_client_get_id (client);

      if (is_marked (self, id))
        g_array_append_val (ids, id);
    }
  return ids;
}

static gint64
get_id_at (DkPortfolioPage *self,
           guint            position)
{
  g_autoptr(DkClient) client = g_list_model_get_item (G_LIST_MODEL (self->sorted), position);

  return client != NULL ? dk_client_get_id (client) : 0;
}

static void
toggle_at (DkPortfolioPage *self,
           guint            position)
{
  gint64 id = get_id_at (self, position);

  if (id != 0)
    dk_portfolio_page_set_marked (self, id, !is_marked (self, id));
}

/* All rows from the one that is selected to another. */
static void
mark_to (DkPortfolioPage *self,
         guint            position)
{
  guint from = gtk_single_selection_get_selected (self->selection);

  if (from == GTK_INVALID_LIST_POSITION)
    from = position;
  for (guint i = MIN (from, position); i <= MAX (from, position); i++)
    {
      gint64 id = get_id_at (self, i);

      if (id != 0 && !is_marked (self, id))
        g_hash_table_add (self->marked, g_memdup2 (&id, sizeof id));
    }
  dk_portfolio_page_update_marks (self);
}

/* --- By pointer --- */

/* With Control a click marks a row, with Shift all up to it, as in any list of files. */
static void
on_pressed_cb (GtkGestureClick *gesture,
               int              n_press,
               double           x,
               double           y,
               GtkListItem     *item)
{
  GtkWidget *page = gtk_widget_get_ancestor (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), DK_TYPE_PORTFOLIO_PAGE);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position = gtk_list_item_get_position (item);

  if (page == NULL || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if ((state & GDK_SHIFT_MASK) != 0)
    mark_to (DK_PORTFOLIO_PAGE (page), position);
  else
    toggle_at (DK_PORTFOLIO_PAGE (page), position);
  gtk_single_selection_set_selected (DK_PORTFOLIO_PAGE (page)->selection, position);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

void
dk_portfolio_page_let_mark (GtkWidget   *cell,
                            GtkListItem *item)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (on_pressed_cb), item, 0);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (gesture));
}

static void
on_check_toggled_cb (GtkCheckButton  *check,
                     DkPortfolioPage *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (check), CLIENT_KEY);

  if (id != NULL)
    dk_portfolio_page_set_marked (self, *id, gtk_check_button_get_active (check));
}

/* It takes no focus, as the menu of the row takes none: with the keyboard the space bar marks. */
static void
on_check_setup_cb (GtkListItemFactory *factory,
                   GtkListItem        *item,
                   DkPortfolioPage    *self)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_add_css_class (check, "dk-mark-check");
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_can_focus (check, FALSE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_check_toggled_cb), self, 0);
  gtk_list_item_set_child (item, check);
}

static void
on_check_bind_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  DkPortfolioPage    *self)
{
  GtkWidget *check = gtk_list_item_get_child (item);
  DkClient *client = gtk_list_item_get_item (item);
  gint64 id = dk_client_get_id (client);
  g_autofree char *name = g_strdup_printf (_("Mark %s"), dk_client_get_name (client));

  g_object_set_data_full (G_OBJECT (check), CLIENT_KEY, g_memdup2 (&id, sizeof id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (check, name);
  show_mark (self, check);
  g_hash_table_add (self->mark_checks, check);
}

static void
on_check_unbind_cb (GtkListItemFactory *factory,
                    GtkListItem        *item,
                    DkPortfolioPage    *self)
{
  GtkWidget *check = gtk_list_item_get_child (item);

  g_hash_table_remove (self->mark_checks, check);
  g_object_set_data (G_OBJECT (check), CLIENT_KEY, NULL);
}

void
dk_portfolio_page_add_mark_column (DkPortfolioPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_check_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_check_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_check_unbind_cb), self, 0);
  column = gtk_column_view_column_new ("", factory);
  gtk_column_view_column_set_fixed_width (column, DK_MARK_WIDTH);
  gtk_column_view_append_column (self->view, column);
}

/* --- By keys --- */

/* Ahead of the rows, which would take these keys for their selection. */
gboolean
dk_portfolio_page_on_key_cb (DkPortfolioPage *self,
                             guint            keyval,
                             guint            keycode,
                             GdkModifierType  state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  guint position = gtk_single_selection_get_selected (self->selection);
  gboolean is_down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  gboolean is_up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up;

  state &= gtk_accelerator_get_default_mod_mask ();
  if (focus == NULL || strcmp (gtk_widget_get_css_name (focus), "row") != 0 || position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  if ((keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space) && (state & ~GDK_CONTROL_MASK) == 0)
    toggle_at (self, position);
  else if (keyval == GDK_KEY_a && state == GDK_CONTROL_MASK)
    gtk_widget_activate_action (GTK_WIDGET (self), "portfolio.mark-all", NULL);
  else if (keyval == GDK_KEY_Escape && state == 0 && g_hash_table_size (self->marked) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "portfolio.unmark-all", NULL);
  else if ((is_down || is_up) && state == GDK_SHIFT_MASK)
    {
      guint to = is_down ? MIN (position + 1, g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) - 1) : position - MIN (position, 1);

      mark_to (self, to);
      /* The row that gets the focus is selected with it. */
      gtk_widget_child_focus (GTK_WIDGET (self->view), is_down ? GTK_DIR_DOWN : GTK_DIR_UP);
      gtk_single_selection_set_selected (self->selection, to);
    }
  else
    return FALSE;
  return TRUE;
}

/* --- Actions --- */

void
dk_portfolio_page_on_mark_cb (GtkWidget  *widget,
                              const char *action,
                              GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);

  toggle_at (self, gtk_single_selection_get_selected (self->selection));
}

void
dk_portfolio_page_on_mark_all_cb (GtkWidget  *widget,
                                  const char *action,
                                  GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sorted)); i++)
    {
      gint64 id = get_id_at (self, i);

      g_hash_table_add (self->marked, g_memdup2 (&id, sizeof id));
    }
  dk_portfolio_page_update_marks (self);
}

void
dk_portfolio_page_on_unmark_all_cb (GtkWidget  *widget,
                                    const char *action,
                                    GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);

  g_hash_table_remove_all (self->marked);
  dk_portfolio_page_update_marks (self);
}

static void
export_ids (DkPortfolioPage *self,
            const GArray    *ids)
{
  if (ids->len > 0)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.export-enterprises",
                                        g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len, sizeof (gint64)));
}

/* The one of the row, whatever is marked. */
void
dk_portfolio_page_on_export_row_cb (GtkWidget  *widget,
                                    const char *action,
                                    GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = get_id_at (self, gtk_single_selection_get_selected (self->selection));

  if (id != 0)
    g_array_append_val (ids, id);
  export_ids (self, ids);
}

/* Those that are marked; if none is, the one of the row. */
void
dk_portfolio_page_on_export_cb (GtkWidget  *widget,
                                const char *action,
                                GVariant   *parameter)
{
  g_autoptr(GArray) ids = dk_portfolio_page_list_marked (DK_PORTFOLIO_PAGE (widget));

  if (ids->len > 0)
    export_ids (DK_PORTFOLIO_PAGE (widget), ids);
  else
    dk_portfolio_page_on_export_row_cb (widget, action, parameter);
}
