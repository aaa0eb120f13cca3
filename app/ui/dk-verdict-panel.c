/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-verdict-panel"

#include "dk-verdict-panel.h"

#include "dk-client.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DkVerdictPanel
{
  GtkBox        parent_instance;
  DkSession    *session;
  GtkWidget    *list;
  GtkWidget    *wait;
  char         *kind;  /* of the packs; NULL: all but the boards */
  GPtrArray    *packs; /* const DkPack *, as the ladder has them */
  GPtrArray    *rows;  /* DkVerdictRow *, of those packs in their order */
  DkVerdictRow *latest;
  gboolean      has_changed; /* some row, since they are shown */
};

enum { UPDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkVerdictPanel, dk_verdict_panel, GTK_TYPE_BOX)

gboolean
dk_verdict_panel_takes (const DkPack *pack,
                        const char   *kind)
{
  return kind != NULL ? strcmp (pack->kind, kind) == 0 : !dk_pack_is_listing (pack);
}

static void
update (DkVerdictPanel *self)
{
  DkWording wording;

  if (!dk_session_get_wording (self->session, &wording))
    return;
  if (self->packs == NULL)
    {
      g_autoptr(GPtrArray) all = dk_client_list_packs (wording.book);

      self->packs = g_ptr_array_new ();
      for (guint i = 0; i < all->len; i++)
        {
          GtkWidget *row;

          if (!dk_verdict_panel_takes (g_ptr_array_index (all, i), self->kind))
            continue;
          g_ptr_array_add (self->packs, g_ptr_array_index (all, i));
          row = dk_verdict_row_new ();
          g_ptr_array_add (self->rows, row);
          gtk_list_box_append (GTK_LIST_BOX (self->list), row);
        }
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      DkVerdictRow *row = g_ptr_array_index (self->rows, i);
      const DkPack *pack = g_ptr_array_index (self->packs, i);
      const DkResult *result = dk_assessment_find (wording.assessment, pack->id);

      gtk_widget_set_visible (GTK_WIDGET (row), result != NULL);
      if (result == NULL)
        continue;
      if (dk_verdict_row_update (row, &wording, result))
        {
          self->latest = row;
          self->has_changed = TRUE;
        }
      else if (self->latest == NULL)
        self->latest = row;
    }
  /* Until something changes, the first programme that has a score says most. */
  for (guint i = 0; !self->has_changed && i < self->rows->len; i++)
    if (dk_verdict_row_has_score (g_ptr_array_index (self->rows, i)))
      {
        self->latest = g_ptr_array_index (self->rows, i);
        break;
      }
  gtk_widget_set_visible (self->wait, FALSE);
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
on_row_activated_cb (DkVerdictPanel *self,
                     DkVerdictRow   *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-programme", "s", dk_verdict_row_get_pack (row));
}

static void
dk_verdict_panel_dispose (GObject *object)
{
  DkVerdictPanel *self = DK_VERDICT_PANEL (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->packs, g_ptr_array_unref);
  g_clear_pointer (&self->kind, g_free);
  G_OBJECT_CLASS (dk_verdict_panel_parent_class)->dispose (object);
}

static void
dk_verdict_panel_class_init (DkVerdictPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_verdict_panel_dispose;
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
dk_verdict_panel_init (DkVerdictPanel *self)
{
  GtkWidget *label;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-verdict-panel");
  self->rows = g_ptr_array_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "dk-verdicts");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Results"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self);
  gtk_box_append (GTK_BOX (self), make_label (_("Results"), "dk-t2"));
  label = make_label (_("They follow as you answer"), "dk-small");
  gtk_widget_add_css_class (label, "dk-dim");
  gtk_box_append (GTK_BOX (self), label);
  self->wait = make_label (_("Working them out"), "dk-dim");
  gtk_widget_set_margin_top (self->wait, 12);
  gtk_box_append (GTK_BOX (self), self->wait);
  gtk_box_append (GTK_BOX (self), self->list);
}

/**
 * dk_verdict_panel_new:
 * @session: the open enterprise
 * @kind: (nullable): the kind of packs that are shown, %NULL for all but the boards
 */
GtkWidget *
dk_verdict_panel_new (DkSession  *session,
                      const char *kind)
{
  DkVerdictPanel *self = g_object_new (DK_TYPE_VERDICT_PANEL, NULL);

  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  g_signal_connect_object (session, "assessed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

DkVerdictRow *
dk_verdict_panel_get_latest (DkVerdictPanel *self)
{
  return self->latest;
}

DkVerdictRow *
dk_verdict_panel_find_row (DkVerdictPanel *self,
                           const char     *pack)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (dk_verdict_row_get_pack (g_ptr_array_index (self->rows, i)), pack) == 0)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}
