/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-portfolio-page"

#include "dk-portfolio-page-private.h"

#include "dk-client-cell.h"
#include "dk-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* Below these widths columns leave: first the lesser ones, then all but the name and the first programme. */
enum { WIDE_WIDTH = 860, MIDDLE_WIDTH = 620 };
enum { STANDING_WIDTH = 136, NARROW_STANDING_WIDTH = 108, MODIFIED_WIDTH = 104 };
/* What the name, the next step and the menu of a row need at the least. */
enum { NAME_WIDTH = 210, STEP_WIDTH = 220, MENU_WIDTH = 48 };

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkPortfolioPage, dk_portfolio_page, GTK_TYPE_WIDGET)

/* --- Which enterprises are listed --- */

/* Of all titles that can be applied for; a yardstick met or not says nothing of the enterprise's chances, and a board is no title. */
static DkPortfolioFilter
classify (DkClient *client)
{
  GPtrArray *standings = dk_client_get_standings (client);
  gboolean has_open = FALSE;

  for (guint i = 0; standings != NULL && i < standings->len; i++)
    {
      const DkStanding *standing = g_ptr_array_index (standings, i);

      if (strcmp (standing->pack->kind, "profile") == 0 || dk_pack_is_listing (standing->pack))
        continue;
      if (standing->sign == DK_SIGN_MET || standing->sign == DK_SIGN_CERTAINLY_MET || standing->sign == DK_SIGN_HELD)
        return DK_FILTER_MET;
      has_open = has_open || standing->sign == DK_SIGN_OPEN || standing->sign == DK_SIGN_UNCONFIRMED;
    }
  return has_open || standings == NULL ? DK_FILTER_OPEN : DK_FILTER_NOT_MET;
}

static gboolean
contains_words (DkPortfolioPage *self,
                DkClient        *client)
{
  g_autofree char *name = g_utf8_casefold (dk_client_get_name (client), -1);
  g_autofree char *industry = g_utf8_casefold (dk_client_get_industry (client), -1);

  return strstr (name, self->words) != NULL || strstr (industry, self->words) != NULL;
}

static gboolean
is_listed (gpointer item,
           gpointer data)
{
  DkPortfolioPage *self = data;

  return (self->wanted == DK_FILTER_ALL || classify (item) == self->wanted)
         && (self->words == NULL || *self->words == '\0' || contains_words (self, item));
}

static void
update_subtitle (DkPortfolioPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->workspace));
  g_autofree char *file = g_path_get_basename (dk_workspace_get_path (self->workspace));
  g_autofree char *count = g_strdup_printf (ngettext ("%u enterprise", "%u enterprises", n), n);

  g_free (self->subtitle);
  self->subtitle = g_strconcat (file, " · ", count, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
update (DkPortfolioPage *self)
{
  static const char *const names[] = { N_("All"), N_("Met"), N_("Open"), N_("Not met") };
  guint counts[DK_N_FILTERS] = { 0 };
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->workspace));
  guint n_unassessed = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(DkClient) client = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      counts[DK_FILTER_ALL]++;
      counts[classify (client)]++;
    }
  for (guint i = 0; i < DK_N_FILTERS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s %u", _(names[i]), counts[i]);

      gtk_button_set_label (GTK_BUTTON (self->pills[i]), label);
    }
  g_object_get (self->workspace, "n-unassessed", &n_unassessed, NULL);
  gtk_widget_set_visible (self->progress, n_unassessed > 0);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), n == 0 ? 0 : 1 - (double) n_unassessed / n);
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) > 0 ? "list" : "nothing");
  dk_portfolio_page_prune_marks (self);
  update_subtitle (self);
}

static gboolean
on_update_cb (gpointer data)
{
  DkPortfolioPage *self = data;

  self->update_id = 0;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
  return G_SOURCE_REMOVE;
}

void
dk_portfolio_page_queue_update (DkPortfolioPage *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (on_update_cb, self);
}

void
dk_portfolio_page_set_filter (DkPortfolioPage   *self,
                              DkPortfolioFilter  filter)
{
  g_return_if_fail (DK_IS_PORTFOLIO_PAGE (self));

  self->wanted = filter;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pills[filter]), TRUE);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

void
dk_portfolio_page_set_search (DkPortfolioPage *self,
                              const char      *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  g_return_if_fail (DK_IS_PORTFOLIO_PAGE (self));

  g_free (self->words);
  self->words = g_utf8_casefold (trimmed, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

GListModel *
dk_portfolio_page_get_listed (DkPortfolioPage *self)
{
  g_return_val_if_fail (DK_IS_PORTFOLIO_PAGE (self), NULL);

  return G_LIST_MODEL (self->sorted);
}

static void
on_search_changed_cb (DkPortfolioPage *self)
{
  dk_portfolio_page_set_search (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_search_activated_cb (DkPortfolioPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) > 0)
    gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static void
on_pill_toggled_cb (GtkToggleButton *pill,
                    DkPortfolioPage *self)
{
  for (guint i = 0; i < DK_N_FILTERS; i++)
    if (self->pills[i] == GTK_WIDGET (pill) && gtk_toggle_button_get_active (pill) && self->wanted != i)
      dk_portfolio_page_set_filter (self, i);
}

/* --- Columns --- */

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  return g_utf8_collate (dk_client_get_name ((DkClient *) a), dk_client_get_name ((DkClient *) b));
}

static int
compare_modified (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  gint64 left = dk_client_get_modified ((DkClient *) a);
  gint64 right = dk_client_get_modified ((DkClient *) b);

  return (left > right) - (left < right);
}

static int
rank_sign (DkSign sign)
{
  static const int ranks[] = {
    [DK_SIGN_NONE] = 5, [DK_SIGN_MET] = 1, [DK_SIGN_NOT_MET] = 4, [DK_SIGN_OPEN] = 3, [DK_SIGN_CERTAINLY_MET] = 1,
    [DK_SIGN_CERTAINLY_NOT_MET] = 4, [DK_SIGN_HELD] = 0, [DK_SIGN_UNCONFIRMED] = 2, [DK_SIGN_NA] = 6,
  };

  return ranks[sign];
}

static int
compare_standings (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  const DkStanding *left = dk_client_find_standing ((DkClient *) a, data);
  const DkStanding *right = dk_client_find_standing ((DkClient *) b, data);

  if (left == NULL || right == NULL)
    return (left == NULL) - (right == NULL);
  if (rank_sign (left->sign) != rank_sign (right->sign))
    return rank_sign (left->sign) - rank_sign (right->sign);
  if (left->level > right->level || left->level < right->level)
    return left->level > right->level ? -1 : 1;
  return strcmp (left->figure, right->figure);
}

typedef struct
{
  DkPortfolioPage *page; /* borrowed: the page owns the column */
  DkCellKind       kind;
  char            *pack;
} Column;

static void
free_column (gpointer  data,
             GClosure *closure)
{
  Column *column = data;

  g_free (column->pack);
  g_free (column);
}

static void
pop_up_menu (DkPortfolioPage *self,
             GtkWidget       *widget,
             double           x,
             double           y)
{
  double page_x = 0;
  double page_y = 0;

  gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &page_x, &page_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) page_x, (int) page_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
on_cell_pressed_cb (GtkGestureClick *gesture,
                    int              n_press,
                    double           x,
                    double           y,
                    GtkListItem     *item)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *page = gtk_widget_get_ancestor (cell, DK_TYPE_PORTFOLIO_PAGE);

  if (page == NULL)
    return;
  gtk_single_selection_set_selected (DK_PORTFOLIO_PAGE (page)->selection, gtk_list_item_get_position (item));
  pop_up_menu (DK_PORTFOLIO_PAGE (page), cell, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_cell_setup_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  Column             *column)
{
  GtkWidget *cell = dk_client_cell_new (column->kind, column->pack);
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (on_cell_pressed_cb), item, 0);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (gesture));
  dk_portfolio_page_let_mark (cell, item);
  gtk_list_item_set_child (item, cell);
}

static void
on_cell_bind_cb (GtkListItemFactory *factory,
                 GtkListItem        *item,
                 Column             *column)
{
  dk_client_cell_set_client (DK_CLIENT_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_cell_unbind_cb (GtkListItemFactory *factory,
                   GtkListItem        *item,
                   Column             *column)
{
  dk_client_cell_set_client (DK_CLIENT_CELL (gtk_list_item_get_child (item)), NULL);
}

static GtkColumnViewColumn *
add_column (DkPortfolioPage *self,
            const char      *title,
            DkCellKind       kind,
            const char      *pack,
            GtkSorter       *sorter)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;
  Column *data = g_new0 (Column, 1);

  *data = (Column) { self, kind, g_strdup (pack) };
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_cell_setup_cb), data, free_column, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bind_cb), data);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_cell_unbind_cb), data);
  column = gtk_column_view_column_new (title, factory);
  if (sorter != NULL)
    gtk_column_view_column_set_sorter (column, sorter);
  g_clear_object (&sorter);
  gtk_column_view_append_column (self->view, column);
  g_object_unref (column); /* the view holds it */
  return column;
}

/* The menu of a row for those who do not think of the second button. It takes no focus: a row with a child that does takes none itself,
 * and Enter would not open it; the keyboard has the menu key. */
static void
on_row_menu_cb (GtkButton   *button,
                GtkListItem *item)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), DK_TYPE_PORTFOLIO_PAGE);

  if (page == NULL)
    return;
  gtk_single_selection_set_selected (DK_PORTFOLIO_PAGE (page)->selection, gtk_list_item_get_position (item));
  pop_up_menu (DK_PORTFOLIO_PAGE (page), GTK_WIDGET (button), gtk_widget_get_width (GTK_WIDGET (button)) / 2.0,
               gtk_widget_get_height (GTK_WIDGET (button)));
}

static void
on_menu_setup_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  gpointer            data)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-more-symbolic");

  gtk_widget_set_css_classes (button, (const char *[]) { "flat", "circular", NULL });
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_can_focus (button, FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_row_menu_cb), item, 0);
  gtk_list_item_set_child (item, button);
}

static void
on_menu_bind_cb (GtkListItemFactory *factory,
                 GtkListItem        *item,
                 gpointer            data)
{
  g_autofree char *name = g_strdup_printf (_("Actions for %s"), dk_client_get_name (gtk_list_item_get_item (item)));

  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_list_item_get_child (item)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_menu_column (DkPortfolioPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_menu_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_menu_bind_cb), NULL);
  column = gtk_column_view_column_new ("", factory);
  gtk_column_view_append_column (self->view, column);
}

static void
build_columns (DkPortfolioPage *self)
{
  g_autoptr(GPtrArray) packs = dk_client_list_packs (dk_workspace_get_library (self->workspace)->book);
  GtkColumnViewColumn *name;

  dk_portfolio_page_add_mark_column (self);
  name = add_column (self, _("Enterprise"), DK_CELL_NAME, NULL, GTK_SORTER (gtk_custom_sorter_new (compare_names, NULL, NULL)));
  gtk_column_view_column_set_expand (name, TRUE);
  /* The ladder comes first, and stays longest when the window grows narrow. */
  for (guint i = 0; i < packs->len; i++)
    {
      const DkPack *pack = g_ptr_array_index (packs, i);
      GtkSorter *sorter;
      GtkColumnViewColumn *column;

      if (dk_pack_is_listing (pack))
        continue;
      sorter = GTK_SORTER (gtk_custom_sorter_new (compare_standings, g_strdup (pack->id), g_free));
      column = add_column (self, dk_pack_get_short_title (pack, self->language), DK_CELL_STANDING, pack->id, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      g_ptr_array_add (self->pack_columns, column);
      g_ptr_array_add (self->packs, (gpointer) pack);
    }
  self->step_column = add_column (self, _("Next step"), DK_CELL_STEP, NULL, NULL);
  gtk_column_view_column_set_expand (self->step_column, TRUE);
  self->modified_column = add_column (self, _("Changed"), DK_CELL_MODIFIED, NULL,
                                      GTK_SORTER (gtk_custom_sorter_new (compare_modified, NULL, NULL)));
  gtk_column_view_column_set_fixed_width (self->modified_column, MODIFIED_WIDTH);
  add_menu_column (self);
  gtk_column_view_sort_by_column (self->view, name, GTK_SORT_ASCENDING);
}

/* A hidden column would still take its fixed width in GTK 4.8. */
static void
show_column (GtkColumnViewColumn *column,
             gboolean             is_shown,
             int                  fixed_width)
{
  gtk_column_view_column_set_visible (column, is_shown);
  gtk_column_view_column_set_fixed_width (column, is_shown ? fixed_width : -1);
}

/* Titles of columns do not shorten themselves in GTK 4.8: they are cut, and nothing tells the rest. */
static void
shorten_titles (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (widget, gtk_label_get_text (GTK_LABEL (widget)));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    shorten_titles (child);
}

/* How many programmes have room beside the other columns. */
static guint
count_fitting (int width)
{
  gboolean is_wide = width >= WIDE_WIDTH;
  int room = width - DK_MARK_WIDTH - NAME_WIDTH - MENU_WIDTH - (is_wide ? STEP_WIDTH + MODIFIED_WIDTH : 0);

  return width < MIDDLE_WIDTH ? 1 : (guint) MAX (1, room / (is_wide ? STANDING_WIDTH : NARROW_STANDING_WIDTH));
}

static gboolean
on_columns_cb (gpointer data)
{
  DkPortfolioPage *self = data;
  guint n_left = count_fitting (self->last_width);

  self->columns_id = 0;
  show_column (self->step_column, self->last_width >= WIDE_WIDTH, -1);
  show_column (self->modified_column, self->last_width >= WIDE_WIDTH, MODIFIED_WIDTH);
  for (guint i = 0; i < self->pack_columns->len; i++)
    {
      gboolean is_shown = n_left > 0 && dk_pack_find_version (g_ptr_array_index (self->packs, i), dk_workspace_get_as_of (self->workspace)) != NULL;

      show_column (g_ptr_array_index (self->pack_columns, i), is_shown, self->last_width >= WIDE_WIDTH ? STANDING_WIDTH : NARROW_STANDING_WIDTH);
      n_left -= is_shown;
    }
  shorten_titles (gtk_widget_get_first_child (GTK_WIDGET (self->view)));
  gtk_widget_set_visible (self->hint, self->last_width >= WIDE_WIDTH);
  return G_SOURCE_REMOVE;
}

static void
queue_columns (DkPortfolioPage *self)
{
  if (self->columns_id == 0)
    self->columns_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_columns_cb, self, NULL);
}

/* The same for widths that show the same columns. */
static guint
rank_width (int width)
{
  return 3 * count_fitting (width) + (width >= WIDE_WIDTH) + (width >= MIDDLE_WIDTH);
}

static void
dk_portfolio_page_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  /* Not now: the columns are being placed. */
  if (self->last_width == 0 || rank_width (width) != rank_width (self->last_width))
    queue_columns (self);
  self->last_width = width;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
    else
      gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
dk_portfolio_page_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

/* --- What can be done with an enterprise --- */

static void
on_row_activated_cb (GtkColumnView   *view,
                     guint            position,
                     DkPortfolioPage *self)
{
  g_autoptr(DkClient) client = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (client != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-enterprise", "x", dk_client_get_id (client));
}

static void
on_open_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  DkClient *client = dk_portfolio_page_get_selected (DK_PORTFOLIO_PAGE (widget));

  if (client != NULL)
    gtk_widget_activate_action (widget, "win.show-enterprise", "x", dk_client_get_id (client));
}

static void
on_search_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gtk_widget_grab_focus (DK_PORTFOLIO_PAGE (widget)->search);
}

static void
on_menu_key_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (dk_portfolio_page_get_selected (self) != NULL && focus != NULL)
    pop_up_menu (self, focus, gtk_widget_get_width (focus) / 4.0, gtk_widget_get_height (focus) / 2.0);
}

/* --- The life of the page --- */

static void
build_legend (DkPortfolioPage *self)
{
  static const DkSign signs[] = { DK_SIGN_MET, DK_SIGN_CERTAINLY_MET, DK_SIGN_OPEN, DK_SIGN_NOT_MET, DK_SIGN_CERTAINLY_NOT_MET };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      GtkWidget *item = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_box_append (GTK_BOX (item), dk_sign_image_new (signs[i], 13));
      gtk_box_append (GTK_BOX (item), gtk_label_new (dk_sign_get_name (signs[i])));
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), item);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_insert (GTK_FLOW_BOX (self->legend), child, -1);
    }
}

static gboolean
dk_portfolio_page_grab_focus (GtkWidget *widget)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (widget);

  return gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD) || gtk_widget_grab_focus (self->search);
}

static void
dk_portfolio_page_get_property (GObject    *object,
                                guint       property,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (object);

  if (property == PROP_TITLE)
    g_value_set_string (value, _("All enterprises"));
  else if (property == PROP_SUBTITLE)
    g_value_set_string (value, self->subtitle);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dk_portfolio_page_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object)); /* the template's own */
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->columns_id, g_source_remove);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_PORTFOLIO_PAGE);
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (dk_portfolio_page_parent_class)->dispose (object);
}

static void
dk_portfolio_page_finalize (GObject *object)
{
  DkPortfolioPage *self = DK_PORTFOLIO_PAGE (object);

  g_clear_pointer (&self->pack_columns, g_ptr_array_unref);
  g_clear_pointer (&self->packs, g_ptr_array_unref);
  g_clear_pointer (&self->marked, g_hash_table_unref);
  g_clear_pointer (&self->mark_checks, g_hash_table_unref);
  g_free (self->words);
  g_free (self->language);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_portfolio_page_parent_class)->finalize (object);
}

static void
dk_portfolio_page_class_init (DkPortfolioPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dk_portfolio_page_get_property;
  object_class->dispose = dk_portfolio_page_dispose;
  object_class->finalize = dk_portfolio_page_finalize;
  widget_class->grab_focus = dk_portfolio_page_grab_focus;
  widget_class->size_allocate = dk_portfolio_page_size_allocate;
  widget_class->measure = dk_portfolio_page_measure;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "portfolio.open", NULL, on_open_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.rename", NULL, dk_portfolio_page_on_rename_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.delete", NULL, dk_portfolio_page_on_delete_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.extract", NULL, dk_portfolio_page_on_extract_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.search", NULL, on_search_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.menu", NULL, on_menu_key_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.mark", NULL, dk_portfolio_page_on_mark_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.mark-all", NULL, dk_portfolio_page_on_mark_all_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.unmark-all", NULL, dk_portfolio_page_on_unmark_all_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.export", NULL, dk_portfolio_page_on_export_cb);
  gtk_widget_class_install_action (widget_class, "portfolio.export-row", NULL, dk_portfolio_page_on_export_row_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "portfolio.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "portfolio.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "portfolio.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "portfolio.menu", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-portfolio-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, view);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, search);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, pill_box);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, legend);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, hint);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, progress);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, foot);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, marks_label);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, mark_all_button);
  gtk_widget_class_bind_template_child (widget_class, DkPortfolioPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_key_cb", G_CALLBACK (dk_portfolio_page_on_key_cb));
}

static void
dk_portfolio_page_init (DkPortfolioPage *self)
{
  self->language = g_strdup (dk_settings_get_language ());
  self->pack_columns = g_ptr_array_new ();
  self->packs = g_ptr_array_new ();
  self->marked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->mark_checks = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < DK_N_FILTERS; i++)
    {
      self->pills[i] = gtk_toggle_button_new ();
      gtk_widget_add_css_class (self->pills[i], "dk-filter");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->pills[i]), GTK_TOGGLE_BUTTON (self->pills[0]));
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pills[0]), TRUE);
      g_signal_connect_object (self->pills[i], "toggled", G_CALLBACK (on_pill_toggled_cb), self, 0);
      gtk_box_append (GTK_BOX (self->pill_box), self->pills[i]);
    }
  self->popover = gtk_popover_menu_new_from_model (self->row_menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  build_legend (self);
}

GtkWidget *
dk_portfolio_page_new (DkWorkspace *workspace)
{
  DkPortfolioPage *self = g_object_new (DK_TYPE_PORTFOLIO_PAGE, NULL);
  gboolean can_write = !dk_workspace_is_read_only (workspace);

  self->workspace = g_object_ref (workspace);
  build_columns (self);
  self->filter = gtk_custom_filter_new (is_listed, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (workspace)), g_object_ref (GTK_FILTER (self->filter)));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                          g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->sorted)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "portfolio.rename", can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "portfolio.delete", can_write);
  g_signal_connect_object (workspace, "items-changed", G_CALLBACK (dk_portfolio_page_queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::as-of", G_CALLBACK (queue_columns), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::n-unassessed", G_CALLBACK (dk_portfolio_page_queue_update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
