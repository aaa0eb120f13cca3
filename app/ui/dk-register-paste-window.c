/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-paste-window"

#include "dk-register-paste-window.h"

#include "dk-settings.h"

#include <glib/gi18n.h>

/* Reasons that are written out below the table; the others stand at their cells. */
#define MOST_REASONS 6

struct _DkRegisterPasteWindow
{
  AdwWindow  parent_instance;
  DkPaste   *paste;
  GtkWidget *summary;
  GtkWidget *table;
  GtkWidget *problems;
  GtkWidget *agree;
  GtkWidget *insert;
};

enum { ACCEPTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkRegisterPasteWindow, dk_register_paste_window, ADW_TYPE_WINDOW)

static void
on_agree_changed_cb (DkRegisterPasteWindow *self)
{
  gboolean has_agreed = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->agree));

  gtk_widget_set_sensitive (self->insert, self->paste->n_rows > 0 && (self->paste->n_bad == 0 || has_agreed));
}

static void
on_insert_clicked_cb (DkRegisterPasteWindow *self)
{
  g_object_ref (self);
  g_signal_emit (self, signals[ACCEPTED], 0);
  gtk_window_close (GTK_WINDOW (self));
  g_object_unref (self);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (label), 1);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (label), .5f);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "dk-pasted-cell");
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            DkRegisterPasteWindow    *self)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  int column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "column"));
  guint row = gtk_list_item_get_position (item);
  const DkPastedCell *cell;
  g_autofree char *text = NULL;

  if (column < 0)
    {
      text = g_strdup_printf ("%u", row + 1);
      gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
      gtk_widget_add_css_class (label, "dk-dim");
      return;
    }
  cell = dk_paste_get_cell (self->paste, row, (guint) column);
  /* As it is understood, so that a misreading is seen before it is in the file. */
  text = cell->reason != NULL ? g_strdup (cell->text)
                              : dk_cell_to_text (g_ptr_array_index (self->paste->reg->columns, column), cell->state, &cell->value,
                                                 dk_settings_is_in_wan (), dk_settings_get_language ());
  gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
  gtk_widget_set_tooltip_text (label, cell->reason);
  if (cell->reason != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", text, cell->reason);

      gtk_widget_add_css_class (label, "bad");
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  else
    {
      gtk_widget_remove_css_class (label, "bad");
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
}

static void
add_column (DkRegisterPasteWindow *self,
            int                    column,
            const char            *title,
            int                    width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) view_column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind_cb), self, 0);
  view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_fixed_width (view_column, width);
  gtk_column_view_column_set_resizable (view_column, column >= 0);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->table), view_column);
}

static void
fill_table (DkRegisterPasteWindow *self)
{
  g_autofree const char **rows = g_new0 (const char *, self->paste->n_rows + 1);
  GtkSelectionModel *model;

  for (guint i = 0; i < self->paste->n_rows; i++)
    rows[i] = "";
  add_column (self, -1, "", 44);
  for (guint i = 0; i < self->paste->reg->columns->len; i++)
    {
      const DkSymbol *column = g_ptr_array_index (self->paste->reg->columns, i);

      add_column (self, (int) i, dk_text_get (&column->label, dk_settings_get_language ()), column->kind == DK_KIND_TEXT ? 170 : 120);
    }
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (gtk_string_list_new (rows))));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), model);
  g_object_unref (model);
}

static void
describe (DkRegisterPasteWindow *self)
{
  const DkPaste *paste = self->paste;
  const char *language = dk_settings_get_language ();
  g_autoptr(GString) reasons = g_string_new (NULL);
  g_autoptr(GString) summary = g_string_new (NULL);
  g_autofree char *insert = NULL;
  g_autofree char *agree = NULL;
  guint n = 0;

  g_string_append_printf (summary, ngettext ("%u row was found.", "%u rows were found.", paste->n_rows), paste->n_rows);
  g_string_append_c (summary, ' ');
  g_string_append (summary, paste->has_header ? _("Their columns go by the heads in the first line.")
                                              : _("Their columns are taken in order, since the first line has no heads."));
  if (paste->left_out->len > 0)
    {
      g_autoptr(GString) names = g_string_new (NULL);

      for (guint i = 0; i < paste->left_out->len; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? _(", ") : "", (const char *) g_ptr_array_index (paste->left_out, i));
      g_string_append_c (summary, ' ');
      g_string_append_printf (summary, _("There is no place here for: %s."), names->str);
    }
  gtk_label_set_text (GTK_LABEL (self->summary), summary->str);
  for (guint row = 0; row < paste->n_rows; row++)
    for (guint i = 0; i < paste->reg->columns->len; i++)
      {
        const DkPastedCell *cell = dk_paste_get_cell (paste, row, i);
        const DkSymbol *column = g_ptr_array_index (paste->reg->columns, i);

        if (cell->reason == NULL || n++ >= MOST_REASONS)
          continue;
        g_string_append_printf (reasons, _("Row %u, %s"), row + 1, dk_text_get (&column->label, language));
        g_string_append_printf (reasons, ": %s\n", cell->reason);
      }
  if (n > MOST_REASONS)
    g_string_append_printf (reasons, ngettext ("%u more is marked in the table.", "%u more are marked in the table.", n - MOST_REASONS),
                            n - MOST_REASONS);
  g_strchomp (reasons->str);
  gtk_label_set_text (GTK_LABEL (self->problems), reasons->str);
  gtk_widget_set_visible (self->problems, n > 0);
  gtk_widget_set_visible (self->agree, n > 0);
  agree = g_strdup_printf (ngettext ("Leave %u marked cell open; its text stays in the table to be corrected",
                                     "Leave %u marked cells open; their text stays in the table to be corrected", n), n);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (self->agree), agree);
  insert = g_strdup_printf (ngettext ("Insert %u row", "Insert %u rows", paste->n_rows), paste->n_rows);
  gtk_button_set_label (GTK_BUTTON (self->insert), insert);
  on_agree_changed_cb (self);
}

static void
dk_register_paste_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DK_TYPE_REGISTER_PASTE_WINDOW);
  G_OBJECT_CLASS (dk_register_paste_window_parent_class)->dispose (object);
}

static void
dk_register_paste_window_finalize (GObject *object)
{
  g_clear_pointer (&DK_REGISTER_PASTE_WINDOW (object)->paste, dk_paste_free);
  G_OBJECT_CLASS (dk_register_paste_window_parent_class)->finalize (object);
}

static void
dk_register_paste_window_class_init (DkRegisterPasteWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dk_register_paste_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = dk_register_paste_window_finalize;
  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-register-paste-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DkRegisterPasteWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, DkRegisterPasteWindow, table);
  gtk_widget_class_bind_template_child (widget_class, DkRegisterPasteWindow, problems);
  gtk_widget_class_bind_template_child (widget_class, DkRegisterPasteWindow, agree);
  gtk_widget_class_bind_template_child (widget_class, DkRegisterPasteWindow, insert);
  gtk_widget_class_bind_template_callback (widget_class, on_agree_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_insert_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dk_register_paste_window_init (DkRegisterPasteWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dk_register_paste_window_new (DkPaste *paste)
{
  DkRegisterPasteWindow *self = g_object_new (DK_TYPE_REGISTER_PASTE_WINDOW, NULL);

  self->paste = paste;
  fill_table (self);
  describe (self);
  return GTK_WIDGET (self);
}

const DkPaste *
dk_register_paste_window_get_paste (DkRegisterPasteWindow *self)
{
  return self->paste;
}
