/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-views"

#include "dk-register-page-private.h"

#include "dk-settings.h"

#include <glib/gi18n.h>

static const char *
get_label (const DkText *text)
{
  return dk_text_get (text, dk_settings_get_language ());
}

/* --- Cells of both views --- */

static GtkWidget *
make_cell (DkRegisterPage *self,
           guint           column)
{
  GtkWidget *cell = dk_register_cell_new (column);

  /* Plainly: there are thousands, and they go before the page does. */
  g_signal_connect_swapped (cell, "commit", G_CALLBACK (dk_register_page_on_commit_cb), self);
  g_signal_connect_swapped (cell, "answer", G_CALLBACK (dk_register_page_on_answer_cb), self);
  g_signal_connect_swapped (cell, "entered", G_CALLBACK (dk_register_page_on_entered_cb), self);
  return cell;
}

static guint
get_factory_column (GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
on_cell_setup_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  DkRegisterPage     *self)
{
  gtk_list_item_set_child (item, make_cell (self, get_factory_column (factory)));
}

static void
on_cell_bind_cb (GtkListItemFactory *factory,
                 GtkListItem        *item)
{
  dk_register_cell_set_row (DK_REGISTER_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item), gtk_list_item_get_position (item));
}

static void
on_cell_unbind_cb (GtkListItemFactory *factory,
                   GtkListItem        *item)
{
  dk_register_cell_set_row (DK_REGISTER_CELL (gtk_list_item_get_child (item)), NULL, 0);
}

/* The number of a row; the empty one has a plus. */
static void
update_number (GtkListItem *item)
{
  DkRegisterRow *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (row == NULL || label == NULL)
    return;
  text = dk_register_row_get_id (row) == 0 ? g_strdup ("+") : g_strdup_printf ("%u", gtk_list_item_get_position (item) + 1);
  name = dk_register_row_get_id (row) == 0 ? g_strdup (_("New row")) : g_strdup_printf (_("Row %u"), gtk_list_item_get_position (item) + 1);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_number_setup_cb (GtkListItemFactory *factory,
                    GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "dk-row-number");
  gtk_widget_add_css_class (label, "num");
  gtk_list_item_set_child (item, label);
  g_signal_connect (item, "notify::position", G_CALLBACK (update_number), NULL);
}

static void
on_number_bind_cb (GtkListItemFactory *factory,
                   GtkListItem        *item)
{
  DkRegisterRow *row = gtk_list_item_get_item (item);

  update_number (item);
  g_signal_connect_object (row, "changed", G_CALLBACK (update_number), item, G_CONNECT_SWAPPED);
}

static void
on_number_unbind_cb (GtkListItemFactory *factory,
                     GtkListItem        *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), update_number, item);
}

static void
on_card_setup_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  DkRegisterPage     *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (card, "dk-card");
  gtk_widget_add_css_class (card, "dk-register-card");
  for (guint i = 0; i < self->reg->columns->len; i++)
    {
      GtkWidget *label = gtk_label_new (get_label (&dk_register_page_get_column (self, i)->label));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "dk-dim");
      gtk_widget_add_css_class (label, "dk-small");
      gtk_box_append (GTK_BOX (card), label);
      gtk_box_append (GTK_BOX (card), make_cell (self, i));
    }
  gtk_list_item_set_child (item, card);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
bind_card (GtkListItem   *item,
           DkRegisterRow *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_list_item_get_child (item)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (DK_IS_REGISTER_CELL (child))
      dk_register_cell_set_row (DK_REGISTER_CELL (child), row, gtk_list_item_get_position (item));
}

static void
on_card_bind_cb (GtkListItemFactory *factory,
                 GtkListItem        *item)
{
  bind_card (item, gtk_list_item_get_item (item));
}

static void
on_card_unbind_cb (GtkListItemFactory *factory,
                   GtkListItem        *item)
{
  bind_card (item, NULL);
}

/* What a head's sorter is asked is not for rows, which order themselves, but to find out which head was pressed and whether it is
 * the other way round: the view's sorter does not tell. */
typedef struct { DkRegisterPage *self; int column; } Probe;

static int
answer_probe (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  Probe *probe = data;

  probe->self->probed_column = probe->column;
  return -1;
}

static void
on_sorter_changed_cb (DkRegisterPage *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->table));
  GtkOrdering ordering;
  DkRegisterCell *cell = dk_register_page_get_focus_cell (self);
  guint place;

  if (self->rows == NULL)
    return;
  self->probed_column = -1;
  ordering = gtk_sorter_compare (sorter, self, self->rows);
  if (cell != NULL)
    dk_register_cell_commit (cell);
  dk_register_rows_sort (self->rows, self->probed_column, ordering == GTK_ORDERING_LARGER);
  if (cell != NULL && self->current != NULL && dk_register_rows_find (self->rows, self->current, &place))
    dk_register_page_focus_cell (self, place, self->current_column);
}

/* Pixels for a head in one line, with its arrow; a head that long is cut. */
static int
get_head_width (const char *title)
{
  int width = 44;

  for (; *title != '\0'; title = g_utf8_next_char (title))
    width += g_unichar_iswide (g_utf8_get_char (title)) ? 14 : 7;
  return MIN (width, 240);
}

static int
get_width (const DkSymbol *column,
           guint           n)
{
  switch (column->kind)
    {
    case DK_KIND_TEXT:
      return n == 0 ? 220 : 170;
    case DK_KIND_CHOICE:
    case DK_KIND_CODE:
      return 160;
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    case DK_KIND_TRUTH:
    default:
      return 132;
    }
}

static void
add_column (DkRegisterPage *self,
            int             n)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const DkSymbol *column = n >= 0 ? dk_register_page_get_column (self, (guint) n) : NULL;
  const char *unit = column != NULL && column->kind == DK_KIND_NUMBER ? dk_format_unit (column->unit) : "";
  g_autofree char *title = NULL;
  g_autoptr(GtkColumnViewColumn) view_column = NULL;
  g_autoptr(GtkSorter) sorter = NULL;

  if (column != NULL)
    title = *unit != '\0' ? g_strdup_printf ("%s · %s", get_label (&column->label), unit) : g_strdup (get_label (&column->label));
  view_column = gtk_column_view_column_new (title != NULL ? title : "#", factory);
  if (column == NULL)
    {
      g_signal_connect (factory, "setup", G_CALLBACK (on_number_setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_number_bind_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_number_unbind_cb), NULL);
      gtk_column_view_column_set_fixed_width (view_column, 48);
    }
  else
    {
      Probe *probe = g_new0 (Probe, 1);

      probe->self = self;
      probe->column = n;
      sorter = GTK_SORTER (gtk_custom_sorter_new (answer_probe, probe, g_free));
      g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (n));
      g_signal_connect_object (factory, "setup", G_CALLBACK (on_cell_setup_cb), self, 0);
      g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bind_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_cell_unbind_cb), NULL);
      gtk_column_view_column_set_sorter (view_column, sorter);
      gtk_column_view_column_set_fixed_width (view_column, MAX (get_width (column, (guint) n), get_head_width (title)));
      gtk_column_view_column_set_resizable (view_column, TRUE);
    }
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->table), view_column);
}

static void
fill_sort_menu (DkRegisterPage *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) ascending = g_menu_new ();
  g_autoptr(GMenu) descending = g_menu_new ();
  g_autoptr(GMenu) kept = g_menu_new ();

  for (guint i = 0; i < self->reg->columns->len; i++)
    {
      const DkSymbol *column = dk_register_page_get_column (self, i);
      g_autofree char *down = g_strconcat ("-", column->id, NULL);
      g_autoptr(GMenuItem) first = g_menu_item_new (get_label (&column->label), NULL);
      g_autoptr(GMenuItem) second = g_menu_item_new (get_label (&column->label), NULL);

      g_menu_item_set_action_and_target (first, "register.sort", "s", column->id);
      g_menu_append_item (ascending, first);
      g_menu_item_set_action_and_target (second, "register.sort", "s", down);
      g_menu_append_item (descending, second);
    }
  g_menu_append (kept, _("As entered"), "register.sort::");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (kept));
  g_menu_append_submenu (menu, _("Smallest or earliest first"), G_MENU_MODEL (ascending));
  g_menu_append_submenu (menu, _("Largest or latest first"), G_MENU_MODEL (descending));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->sort), G_MENU_MODEL (menu));
}

void
dk_register_page_set_up_views (DkRegisterPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  for (int i = -1; i < (int) self->reg->columns->len; i++)
    add_column (self, i);
  fill_sort_menu (self);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_card_setup_cb), self, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_card_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_card_unbind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->cards), factory);
  g_object_unref (factory);
  g_signal_connect_object (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->table)), "changed", G_CALLBACK (on_sorter_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
