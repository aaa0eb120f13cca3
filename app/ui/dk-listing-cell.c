/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-listing-cell"

#include "dk-listing-cell.h"

#include "dk-amount.h"
#include "dk-sign.h"
#include "dk-style.h"

#include <glib/gi18n.h>

struct _DkListingCell
{
  GtkButton  parent_instance;
  char      *id;
  char      *name;
  GtkWidget *caption, *sign, *head, *more;
};

G_DEFINE_FINAL_TYPE (DkListingCell, dk_listing_cell, GTK_TYPE_BUTTON)

/* How far it is, or the word of its verdict. */
static char *
describe_head (const DkWording *wording,
               const DkResult  *result,
               const DkAgainst *against,
               DkSign           sign)
{
  g_autofree char *distance = NULL;

  if (result->verdict == DK_VERDICT_FAIL && against->limb != NULL)
    distance = dk_limb_dup_distance (wording, against->limb, TRUE);
  if (distance != NULL)
    /* TRANSLATORS: how much is wanting of a condition; where there is little room. */
    return g_strdup_printf (C_("listing", "−%s"), distance);
  /* That it is certain is said by the shape. */
  return g_strdup (dk_sign_get_name (sign == DK_SIGN_CERTAINLY_MET ? DK_SIGN_MET : sign == DK_SIGN_CERTAINLY_NOT_MET ? DK_SIGN_NOT_MET : sign));
}

/* Which condition says so; of what is met, from which value on it is. */
static char *
describe_more (const DkWording  *wording,
               const DkStandard *standard,
               const DkResult   *result,
               const DkAgainst  *against)
{
  g_autofree char *amount = NULL;
  const char *limb = against->limb != NULL ? dk_item_get_short_title (against->limb->item, wording->language) : "";
  guint n;

  if (standard != NULL && standard->opening == DK_OPENING_FROM && (result->verdict == DK_VERDICT_PASS || result->verdict == DK_VERDICT_OPEN)
      && (against->limb == NULL || against->only_assumed))
    {
      amount = dk_amount_span_to_words (standard->opens_at, standard->opens_at, TRUE, wording->language);
      /* TRANSLATORS: the market value from which on a standard is open. */
      return g_strdup_printf (C_("listing", "from %s on"), amount);
    }
  if (against->only_assumed && against->n_failed + against->n_open == 1)
    /* TRANSLATORS: a condition that alone is not met. */
    return g_strdup_printf (C_("listing", "%s; the rest is met"), limb);
  if (against->limb == NULL || against->limb == result)
    return g_strdup ("");
  n = result->verdict == DK_VERDICT_FAIL ? against->n_failed : against->n_open;
  /* TRANSLATORS: the first of several conditions that are not met, or open, and how many they are. */
  return n > 1 ? g_strdup_printf (C_("listing", "%s, %u in all"), limb, n) : g_strdup (limb);
}

void
dk_listing_cell_update (DkListingCell    *self,
                        const DkWording  *wording,
                        const DkBoard    *board,
                        const DkStandard *standard)
{
  const DkResult *result = standard != NULL ? standard->result : board->positioning;
  const DkAgainst *against = standard != NULL ? &standard->against : &board->against_positioning;
  DkSign sign = dk_sign_of_result (wording->assessment, result);
  const char *caption = standard != NULL ? dk_item_get_short_title (result->item, wording->language) : _("Positioning");
  const char *style = result->verdict == DK_VERDICT_PASS ? "met" : result->verdict == DK_VERDICT_OPEN ? "open" : result->verdict == DK_VERDICT_NA ? "na" : "plain";
  g_autofree char *head = describe_head (wording, result, against, sign);
  g_autofree char *more = describe_more (wording, standard, result, against);
  g_autofree char *words = NULL;
  g_autoptr(GString) name = g_string_new (NULL);
  gboolean is_selected = gtk_widget_has_css_class (GTK_WIDGET (self), "selected");

  g_return_if_fail (DK_IS_LISTING_CELL (self));

  g_free (self->id);
  self->id = g_strdup (result->item->id);
  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), sign);
  gtk_label_set_text (GTK_LABEL (self->head), head);
  gtk_label_set_text (GTK_LABEL (self->more), more);
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char *[]) { "dk-listing-cell", style, is_selected ? "selected" : NULL, NULL });
  g_string_append_printf (name, "%s, %s", dk_pack_get_short_title (board->programme->item->pack, wording->language), caption);
  g_string_append_printf (name, ": %s", dk_sign_get_name (sign));
  words = against->limb != NULL && !(result->verdict == DK_VERDICT_OPEN && against->only_assumed) ? dk_against_dup_words (wording, against)
                                                                                                  : g_strdup (more);
  if (*words != '\0')
    g_string_append_printf (name, "; %s", words);
  g_free (self->name);
  self->name = g_strdup (name->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
  dk_style_set_tooltip (GTK_WIDGET (self), self->name);
}

const char *
dk_listing_cell_get_id (DkListingCell *self)
{
  return self->id;
}

const char *
dk_listing_cell_get_name (DkListingCell *self)
{
  return self->name;
}

void
dk_listing_cell_set_selected (DkListingCell *self,
                              gboolean       is_selected)
{
  if (is_selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED, is_selected, -1);
}

static void
dk_listing_cell_finalize (GObject *object)
{
  DkListingCell *self = DK_LISTING_CELL (object);

  g_free (self->id);
  g_free (self->name);
  G_OBJECT_CLASS (dk_listing_cell_parent_class)->finalize (object);
}

static void
dk_listing_cell_class_init (DkListingCellClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_listing_cell_finalize;
}

static GtkWidget *
new_label (GtkWidget  *box,
           const char *style)
{
  /* It asks for little, and takes what there is. */
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 4, "max-width-chars", 4,
                                   "hexpand", TRUE, NULL);

  gtk_widget_set_css_classes (label, (const char *[]) { style, "num", NULL });
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
dk_listing_cell_init (DkListingCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  self->sign = dk_sign_image_new (DK_SIGN_NONE, 13);
  gtk_box_append (GTK_BOX (line), self->sign);
  self->caption = new_label (line, "dk-listing-caption");
  gtk_box_append (GTK_BOX (box), line);
  self->head = new_label (box, "dk-listing-head");
  self->more = new_label (box, "dk-listing-more");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-listing-cell");
}

GtkWidget *
dk_listing_cell_new (void)
{
  return g_object_new (DK_TYPE_LISTING_CELL, NULL);
}
