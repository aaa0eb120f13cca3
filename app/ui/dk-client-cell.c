/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-client-cell"

#include "dk-client-cell.h"

#include "dk-settings.h"
#include "dk-style.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DkClientCell
{
  GtkWidget   parent_instance;
  DkCellKind  kind;
  char       *pack;
  GtkWidget  *box;
  GtkWidget  *sign;
  GtkWidget  *label;
  GtkWidget  *small;
  DkClient   *client;
};

G_DEFINE_FINAL_TYPE (DkClientCell, dk_client_cell, GTK_TYPE_WIDGET)

/* The title that comes next: of those that are not held yet, the lowest on the ladder, or else the first beside it. A yardstick is none, and a board is none. */
static const DkStanding *
find_next (GPtrArray *standings)
{
  const DkStanding *next = NULL;

  for (guint i = 0; i < standings->len; i++)
    {
      const DkStanding *standing = g_ptr_array_index (standings, i);
      guint rung = standing->pack->rung;

      if (!standing->is_in_force || standing->sign == DK_SIGN_HELD || standing->sign == DK_SIGN_NA || standing->sign == DK_SIGN_NONE
          || strcmp (standing->pack->kind, "profile") == 0 || dk_pack_is_listing (standing->pack))
        continue;
      if (next == NULL || (rung > 0 && (next->pack->rung == 0 || rung < next->pack->rung)))
        next = standing;
    }
  return next;
}

char *
dk_client_describe_step (DkClient   *client,
                         const char *language)
{
  GPtrArray *standings = dk_client_get_standings (client);
  const DkStanding *next;
  const char *title;

  if (standings == NULL)
    return g_strdup ("");
  next = find_next (standings);
  if (next == NULL)
    return g_strdup (_("Nothing is missing"));
  title = dk_pack_get_short_title (next->pack, language);
  switch (next->sign)
    {
    case DK_SIGN_MET:
    case DK_SIGN_CERTAINLY_MET:
      /* TRANSLATORS: the programme whose conditions are met. */
      return g_strdup_printf (_("Conditions met: %s"), title);
    case DK_SIGN_NOT_MET:
    case DK_SIGN_CERTAINLY_NOT_MET:
      /* TRANSLATORS: a programme, and why it is not met. */
      return g_strdup_printf (_("%s: %s"), title, next->sentence);
    case DK_SIGN_NONE:
    case DK_SIGN_OPEN:
    case DK_SIGN_HELD:
    case DK_SIGN_UNCONFIRMED:
    case DK_SIGN_NA:
    default:
      if (next->n_missing == 0)
        return g_strdup_printf (_("%s: %s"), title, next->sentence);
      /* TRANSLATORS: a count of questions, and the programme that they decide. */
      return g_strdup_printf (ngettext ("Answer %u question: %s", "Answer %u questions: %s", next->n_missing), next->n_missing, title);
    }
}

char *
dk_client_describe_modified (DkClient *client)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (dk_client_get_modified (client) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (local == NULL || dk_client_get_modified (client) == 0)
    return g_strdup ("");
  if (g_date_time_get_year (local) == g_date_time_get_year (now) && g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, "%H:%M");
  return g_date_time_format (local, "%Y-%m-%d");
}

static void
set_name (DkClientCell *self,
          const char   *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update_standing (DkClientCell *self)
{
  const DkStanding *standing = dk_client_find_standing (self->client, self->pack);
  const char *style = standing != NULL && standing->sign != DK_SIGN_NONE ? dk_sign_get_class (standing->sign) : NULL;
  const char *word = standing == NULL ? _("not assessed yet") : standing->sign != DK_SIGN_NONE ? dk_sign_get_name (standing->sign) : "";
  const char *figure = standing != NULL ? standing->figure : "…";
  g_autofree char *name = NULL;

  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), standing != NULL ? standing->sign : DK_SIGN_NONE);
  gtk_widget_set_visible (self->sign, standing != NULL && standing->sign != DK_SIGN_NONE);
  /* Where the sign has no figure, its word stands beside it. */
  gtk_label_set_text (GTK_LABEL (self->label), *figure != '\0' ? figure : word);
  gtk_widget_set_css_classes (self->label, (const char *[]) { "num", style != NULL ? style : standing != NULL ? "dk-plain" : "dk-dim", NULL });
  dk_style_set_tooltip (GTK_WIDGET (self), standing != NULL ? standing->sentence : NULL);
  name = standing != NULL ? g_strdup_printf (_("%s, %s: %s %s"), dk_client_get_name (self->client),
                                             dk_text_get (&standing->pack->title, dk_settings_get_language ()), word, figure)
                          : g_strdup (word);
  set_name (self, name);
}

static void
update (DkClientCell *self)
{
  g_autofree char *text = NULL;

  if (self->client == NULL)
    return;
  switch (self->kind)
    {
    case DK_CELL_NAME:
      gtk_label_set_text (GTK_LABEL (self->label), dk_client_get_name (self->client));
      gtk_label_set_text (GTK_LABEL (self->small), dk_client_get_industry (self->client));
      gtk_widget_set_visible (self->small, *dk_client_get_industry (self->client) != '\0');
      dk_style_set_tooltip (GTK_WIDGET (self), dk_client_get_name (self->client));
      break;
    case DK_CELL_STANDING:
      update_standing (self);
      break;
    case DK_CELL_STEP:
      text = dk_client_describe_step (self->client, dk_settings_get_language ());
      gtk_label_set_text (GTK_LABEL (self->label), text);
      dk_style_set_tooltip (GTK_WIDGET (self), *text != '\0' ? text : NULL);
      break;
    case DK_CELL_MODIFIED:
    default:
      text = dk_client_describe_modified (self->client);
      gtk_label_set_text (GTK_LABEL (self->label), text);
      break;
    }
}

void
dk_client_cell_set_client (DkClientCell *self,
                           DkClient     *client)
{
  g_return_if_fail (DK_IS_CLIENT_CELL (self));

  if (self->client == client)
    return;
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_set_object (&self->client, client);
  if (client == NULL)
    return;
  g_signal_connect_object (client, "notify::is-assessed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::name", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

DkClient *
dk_client_cell_get_client (DkClientCell *self)
{
  g_return_val_if_fail (DK_IS_CLIENT_CELL (self), NULL);

  return self->client;
}

static void
dk_client_cell_dispose (GObject *object)
{
  DkClientCell *self = DK_CLIENT_CELL (object);

  dk_client_cell_set_client (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (dk_client_cell_parent_class)->dispose (object);
}

static void
dk_client_cell_finalize (GObject *object)
{
  g_free (DK_CLIENT_CELL (object)->pack);
  G_OBJECT_CLASS (dk_client_cell_parent_class)->finalize (object);
}

static void
dk_client_cell_class_init (DkClientCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_client_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = dk_client_cell_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "client-cell");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dk_client_cell_init (DkClientCell *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
dk_client_cell_new (DkCellKind  kind,
                    const char *pack)
{
  DkClientCell *self = g_object_new (DK_TYPE_CLIENT_CELL, NULL);

  self->kind = kind;
  self->pack = g_strdup (pack);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  if (kind == DK_CELL_NAME)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), GTK_ORIENTATION_VERTICAL);
      gtk_box_set_spacing (GTK_BOX (self->box), 0);
      gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->label, "dk-strong");
    }
  if (kind == DK_CELL_STANDING)
    {
      self->sign = dk_sign_image_new (DK_SIGN_NONE, 15);
      gtk_box_append (GTK_BOX (self->box), self->sign);
    }
  if (kind == DK_CELL_MODIFIED)
    gtk_widget_set_css_classes (self->label, (const char *[]) { "num", "dk-dim", NULL });
  gtk_box_append (GTK_BOX (self->box), self->label);
  if (kind == DK_CELL_NAME)
    {
      self->small = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
      gtk_widget_set_css_classes (self->small, (const char *[]) { "dk-small", "dk-dim", NULL });
      gtk_box_append (GTK_BOX (self->box), self->small);
    }
  return GTK_WIDGET (self);
}
