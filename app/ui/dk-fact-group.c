/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-fact-group"

#include "dk-fact-group.h"

#include "dk-settings.h"

#include <glib/gi18n.h>

struct _DkFactGroup
{
  GtkBox     parent_instance;
  GPtrArray *rows;
  gboolean   is_yearly;
  GtkWidget *head;    /* of the table: the years */
  GtkWidget *years[DK_FACT_YEARS];
  GtkWidget *in_wan;  /* NULL where no money is asked */
  GtkWidget *in_yuan;
};

G_DEFINE_FINAL_TYPE (DkFactGroup, dk_fact_group, GTK_TYPE_BOX)

static void
on_setting_changed_cb (DkFactGroup *self)
{
  gboolean in_wan = g_settings_get_boolean (dk_settings_get (), DK_SETTING_IN_WAN);

  for (guint i = 0; i < DK_FACT_YEARS && self->years[i] != NULL; i++)
    gtk_widget_set_size_request (self->years[i], DK_FACT_CELL_WIDTH, -1);
  if (self->in_wan == NULL)
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->in_wan), in_wan);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->in_yuan), !in_wan);
}

static void
on_unit_toggled_cb (DkFactGroup *self)
{
  gboolean in_wan = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->in_wan));

  /* While the one goes out and the other on, neither is. */
  if (in_wan != gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->in_yuan))
      && in_wan != g_settings_get_boolean (dk_settings_get (), DK_SETTING_IN_WAN))
    g_settings_set_boolean (dk_settings_get (), DK_SETTING_IN_WAN, in_wan);
}

static GtkWidget *
make_unit_switch (DkFactGroup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "dk-seg");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->in_wan = gtk_toggle_button_new_with_label (_("10,000 yuan"));
  self->in_yuan = gtk_toggle_button_new_with_label (_("yuan"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->in_yuan), GTK_TOGGLE_BUTTON (self->in_wan));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->in_wan), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show amounts in units of 10,000 yuan"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->in_yuan), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show amounts in yuan"), -1);
  gtk_box_append (GTK_BOX (box), self->in_wan);
  gtk_box_append (GTK_BOX (box), self->in_yuan);
  on_setting_changed_cb (self);
  g_signal_connect_swapped (self->in_wan, "toggled", G_CALLBACK (on_unit_toggled_cb), self);
  g_signal_connect_swapped (self->in_yuan, "toggled", G_CALLBACK (on_unit_toggled_cb), self);
  return box;
}

static void
make_table_head (DkFactGroup *self,
                 int          last_year)
{
  GtkWidget *label, *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->head, "dk-fact-head");
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (self->head), space);
  for (int i = 0; i < DK_FACT_YEARS; i++)
    {
      /* TRANSLATORS: a year as the head of a column. */
      g_autofree char *text = g_strdup_printf (C_("year", "%d"), last_year - DK_FACT_YEARS + 1 + i);

      self->years[i] = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (self->years[i]), 1);
      gtk_widget_set_size_request (self->years[i], DK_FACT_CELL_WIDTH, -1);
      gtk_widget_add_css_class (self->years[i], "num");
      gtk_widget_add_css_class (self->years[i], i == DK_FACT_YEARS - 1 ? "dk-strong" : "dk-dim");
      gtk_widget_add_css_class (self->years[i], "dk-year");
      gtk_box_append (GTK_BOX (self->head), self->years[i]);
    }
  label = gtk_label_new (_("Change"));
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_size_request (label, DK_FACT_CHANGE_WIDTH, -1);
  gtk_widget_set_tooltip_text (label, _("Against the year before"));
  gtk_widget_add_css_class (label, "dk-dim");
  gtk_widget_add_css_class (label, "dk-small");
  gtk_box_append (GTK_BOX (self->head), label);
}

static void
dk_fact_group_finalize (GObject *object)
{
  g_ptr_array_unref (DK_FACT_GROUP (object)->rows);
  G_OBJECT_CLASS (dk_fact_group_parent_class)->finalize (object);
}

static void
dk_fact_group_class_init (DkFactGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_fact_group_finalize;
}

static void
dk_fact_group_init (DkFactGroup *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->rows = g_ptr_array_new ();
}

/**
 * dk_fact_group_new:
 * @session: the open enterprise
 * @facts: what is asked, #DkFact
 * @last_year: the last full year
 * @title: what the group is called
 */
GtkWidget *
dk_fact_group_new (DkSession       *session,
                   const GPtrArray *facts,
                   int              last_year,
                   const char      *title)
{
  DkFactGroup *self = g_object_new (DK_TYPE_FACT_GROUP, NULL);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (title);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean has_money = FALSE;

  for (guint i = 0; i < facts->len; i++)
    {
      const DkFact *fact = g_ptr_array_index (facts, i);

      self->is_yearly |= fact->symbol->period == DK_PERIOD_YEAR;
      has_money |= fact->symbol->kind == DK_KIND_NUMBER && fact->symbol->unit == DK_UNIT_YUAN;
    }
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dk-t3");
  gtk_widget_set_margin_start (top, 4);
  gtk_widget_set_margin_end (top, 4);
  gtk_box_append (GTK_BOX (top), label);
  if (has_money && dk_settings_get_language ()[0] == 'z')
    gtk_box_append (GTK_BOX (top), make_unit_switch (self));
  else if (has_money)
    {
      label = gtk_label_new (dk_format_unit (DK_UNIT_YUAN));
      gtk_widget_add_css_class (label, "dk-dim");
      gtk_widget_add_css_class (label, "dk-small");
      gtk_box_append (GTK_BOX (top), label);
    }
  gtk_box_append (GTK_BOX (self), top);

  gtk_widget_add_css_class (card, "dk-card");
  gtk_widget_add_css_class (card, "dk-fact-card");
  if (self->is_yearly)
    {
      make_table_head (self, last_year);
      gtk_box_append (GTK_BOX (card), self->head);
    }
  for (guint i = 0; i < facts->len; i++)
    {
      GtkWidget *row = dk_fact_row_new (session, g_ptr_array_index (facts, i), last_year);

      if (i > 0 || self->is_yearly)
        gtk_widget_add_css_class (row, "ruled");
      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (card), row);
    }
  gtk_box_append (GTK_BOX (self), card);
  g_signal_connect_object (dk_settings_get (), "changed::" DK_SETTING_IN_WAN, G_CALLBACK (on_setting_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

GPtrArray *
dk_fact_group_get_rows (DkFactGroup *self)
{
  return self->rows;
}

gboolean
dk_fact_group_is_yearly (DkFactGroup *self)
{
  return self->is_yearly;
}

void
dk_fact_group_set_narrow (DkFactGroup *self,
                          int          year)
{
  if (self->head != NULL)
    gtk_widget_set_visible (self->head, year == 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      dk_fact_row_set_narrow (DK_FACT_ROW (row), year);
      if (i == 0 && self->is_yearly && year != 0)
        gtk_widget_remove_css_class (row, "ruled");
      else if (i == 0 && self->is_yearly)
        gtk_widget_add_css_class (row, "ruled");
    }
}
