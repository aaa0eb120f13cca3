/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-listing-detail"

#include "dk-listing-detail.h"

#include "dk-amount.h"
#include "dk-basis.h"
#include "dk-digest.h"
#include "dk-form-table.h"
#include "dk-link.h"
#include "dk-sign.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DkListingDetail
{
  GtkBox          parent_instance;
  char           *id;
  const DkResult *result;   /* until the next assessment */
  const DkAgainst *against;
  GtkWidget      *sign, *title, *words;
  GtkWidget      *conditions;
  GtkWidget      *way;
  GtkWidget      *basis;
};

G_DEFINE_FINAL_TYPE (DkListingDetail, dk_listing_detail, GTK_TYPE_BOX)

static void
clear (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

/* A condition: its sign, its title, which leads to it, and its figure beside what is asked for. */
static void
add_condition (DkListingDetail *self,
               const DkWording *wording,
               const DkResult  *result)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  DkSign sign = dk_sign_of_result (wording->assessment, result);
  const char *title = dk_wording_get_title (wording, result);
  g_autofree char *value = dk_digest_dup_value (wording, result);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, dk_sign_get_name (sign));
  GtkWidget *link = dk_link_new (title, *value != '\0' ? value : NULL, "win.show-criterion", result->item->id, name);

  gtk_box_append (GTK_BOX (line), dk_sign_image_new (sign, 15));
  gtk_widget_set_hexpand (link, TRUE);
  gtk_box_append (GTK_BOX (line), link);
  gtk_box_append (GTK_BOX (self->conditions), line);
}

static void
add_conditions (DkListingDetail *self,
                const DkWording *wording,
                const DkResult  *result)
{
  if (!dk_wording_is_group (result))
    {
      add_condition (self, wording, result);
      return;
    }
  for (guint i = 0; i < result->item->children->len; i++)
    {
      const DkItem *item = dk_assessment_resolve (wording->assessment, g_ptr_array_index (result->item->children, i), result->item);
      const DkResult *member = dk_assessment_find (wording->assessment, item->id);

      if (member != NULL && member->verdict != DK_VERDICT_NA)
        add_condition (self, wording, member);
    }
}

static char *
describe (const DkWording  *wording,
          const DkBoard    *board,
          const DkStandard *standard,
          const DkResult   *result,
          const DkAgainst  *against)
{
  g_autofree char *words = dk_against_dup_words (wording, against);
  g_autofree char *amount = NULL;
  GString *text = g_string_new (*words != '\0' ? words : dk_sign_get_name (dk_sign_of_result (wording->assessment, result)));

  if (standard != NULL && standard->opening == DK_OPENING_FROM)
    {
      amount = dk_amount_to_words (standard->opens_at, wording->language);
      g_string_append (text, dk_wording_get_separator (wording));
      /* TRANSLATORS: what is assumed of an enterprise, such as its market value, and the amount that a standard asks for. */
      g_string_append_printf (text, _("%s has to be %s or more"), dk_text_get (&board->assumes->label, wording->language), amount);
    }
  return g_string_free (text, FALSE);
}

void
dk_listing_detail_show (DkListingDetail  *self,
                        const DkWording  *wording,
                        const DkBoard    *board,
                        const DkStandard *standard)
{
  const char *board_title = dk_pack_get_short_title (board->programme->item->pack, wording->language);
  g_autofree char *title = NULL, *words = NULL;
  GtkWidget *citations;

  g_return_if_fail (DK_IS_LISTING_DETAIL (self));

  self->result = standard != NULL ? standard->result : board->positioning;
  self->against = standard != NULL ? &standard->against : &board->against_positioning;
  g_free (self->id);
  self->id = g_strdup (self->result->item->id);
  title = g_strdup_printf ("%s · %s", board_title, dk_wording_get_title (wording, self->result));
  words = describe (wording, board, standard, self->result, self->against);
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), dk_sign_of_result (wording->assessment, self->result));
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  clear (self->conditions);
  add_conditions (self, wording, self->result);
  if (standard == NULL)
    dk_form_table_append (GTK_BOX (self->conditions), wording, board->programme);
  gtk_widget_set_visible (self->way, FALSE);
  clear (self->basis);
  citations = dk_basis_new_citations (wording, self->result->item->citations, TRUE);
  if (citations != NULL)
    gtk_box_append (GTK_BOX (self->basis), citations);
}

void
dk_listing_detail_add_way (DkListingDetail *self,
                           const DkWording *wording)
{
  g_autoptr(GArray) levers = NULL;
  g_autofree char *step = NULL, *text = NULL;

  if (self->result == NULL || self->result->verdict != DK_VERDICT_FAIL)
    return;
  /* Of the whole, or else of the condition that decides. */
  levers = dk_assessment_get_levers (wording->assessment, self->result);
  if (levers->len == 0 && self->against->limb != NULL)
    {
      g_clear_pointer (&levers, g_array_unref);
      levers = dk_assessment_get_levers (wording->assessment, self->against->limb);
    }
  if (levers->len == 0)
    return;
  step = dk_wording_describe_lever (wording, &g_array_index (levers, DkLever, 0));
  /* TRANSLATORS: the cheapest change that makes a condition pass. */
  text = g_strdup_printf (_("Cheapest step: %s"), step);
  gtk_label_set_text (GTK_LABEL (self->way), text);
  gtk_widget_set_visible (self->way, TRUE);
}

static void
on_open_cb (DkListingDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-criterion", "s", self->id);
}

static void
on_explain_cb (DkListingDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.explain", "s", self->id);
}

static void
dk_listing_detail_finalize (GObject *object)
{
  g_free (DK_LISTING_DETAIL (object)->id);
  G_OBJECT_CLASS (dk_listing_detail_parent_class)->finalize (object);
}

static void
dk_listing_detail_class_init (DkListingDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_listing_detail_finalize;
}

static GtkWidget *
new_button (DkListingDetail *self,
            const char      *label,
            GCallback        callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_css_classes (button, (const char *[]) { "flat", "dk-listing-door", NULL });
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
dk_listing_detail_init (DkListingDetail *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *doors = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char *[]) { "dk-soft", "dk-listing-detail", NULL });
  self->sign = dk_sign_image_new (DK_SIGN_NONE, 20);
  gtk_widget_set_valign (self->sign, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), self->sign);
  self->title = dk_basis_new_label (NULL, "dk-strong");
  self->words = dk_basis_new_label (NULL, "num");
  gtk_box_append (GTK_BOX (lines), self->title);
  gtk_box_append (GTK_BOX (lines), self->words);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_box_append (GTK_BOX (self), head);
  self->conditions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self), self->conditions);
  self->way = dk_basis_new_label (NULL, "num");
  gtk_box_append (GTK_BOX (self), self->way);
  self->basis = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_css_classes (self->basis, (const char *[]) { "dk-small", "dk-dim", NULL });
  gtk_box_append (GTK_BOX (self), self->basis);
  gtk_box_append (GTK_BOX (doors), new_button (self, _("How it comes about"), G_CALLBACK (on_explain_cb)));
  gtk_box_append (GTK_BOX (doors), new_button (self, _("Open the board"), G_CALLBACK (on_open_cb)));
  gtk_box_append (GTK_BOX (self), doors);
}

GtkWidget *
dk_listing_detail_new (void)
{
  return g_object_new (DK_TYPE_LISTING_DETAIL, NULL);
}
