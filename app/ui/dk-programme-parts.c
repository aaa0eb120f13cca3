/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-programme-parts"

#include "dk-programme-parts.h"

#include "dk-basis.h"
#include "dk-digest.h"
#include "dk-held.h"
#include "dk-link.h"
#include "dk-sign.h"

#include <glib/gi18n.h>

GtkWidget *
dk_programme_new_caution (const char *text)
{
  GtkWidget *label = dk_basis_new_label (text, "dk-caution");

  gtk_widget_set_margin_top (label, 12);
  return label;
}

GtkWidget *
dk_programme_new_holding (const DkWording *wording,
                          const DkResult  *programme)
{
  g_autofree char *text = dk_held_describe (wording, programme);
  GtkWidget *strip, *label;

  if (text == NULL)
    return NULL;
  strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (strip, "dk-strip");
  gtk_widget_set_margin_top (strip, 12);
  gtk_box_append (GTK_BOX (strip), dk_sign_image_new (DK_SIGN_HELD, 20));
  label = dk_basis_new_label (text, programme->verdict == DK_VERDICT_FAIL ? "dk-warn" : "dk-held");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (strip), label);
  return strip;
}

void
dk_programme_add_doubts (GtkBox          *box,
                         const DkWording *wording,
                         const DkResult  *programme)
{
  for (guint i = 0; programme->item->citations != NULL && i < programme->item->citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (programme->item->citations, i);
      const char *note = dk_text_get (&citation->note, wording->language);

      if (citation->certainty == DK_CERTAINTY_UNCERTAIN && *note != '\0')
        {
          g_autofree char *text = g_strconcat (_("To be confirmed: "), note, NULL);

          gtk_box_append (box, dk_programme_new_caution (text));
        }
    }
}

GtkWidget *
dk_programme_new_version (const DkWording *wording,
                          const DkResult  *programme)
{
  const DkVersion *version = programme->in_force != NULL ? programme->in_force : programme->item->version;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *span = dk_wording_describe_span (version);
  g_autofree char *text = g_strdup_printf (_("version %s, %s"), version->id, span);
  const char *note = dk_text_get (&version->note, wording->language);
  GtkWidget *citations = dk_basis_new_citations (wording, version->citations, TRUE);

  gtk_box_append (GTK_BOX (box), dk_basis_new_label (text, "dk-strong"));
  if (programme->item->pack->select != NULL)
    {
      g_autofree char *chosen = dk_digest_dup_part (wording, programme, programme->item->pack->select);
      g_autofree char *choice = g_strdup_printf (_("Which version counts depends on: %s"), chosen);

      gtk_box_append (GTK_BOX (box), dk_basis_new_label (choice, "dk-dim"));
    }
  if (*note != '\0')
    gtk_box_append (GTK_BOX (box), dk_basis_new_label (note, "dk-dim"));
  if (citations != NULL)
    gtk_box_append (GTK_BOX (box), citations);
  return box;
}

GtkWidget *
dk_programme_new_readings (const DkWording *wording,
                           const DkPack    *pack)
{
  GPtrArray *results = dk_assessment_get_results (wording->assessment);
  GtkWidget *box = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      const DkPack *other = result->item->pack;
      g_autofree char *title = NULL, *name = NULL;

      if (other == pack || (g_strcmp0 (other->reading_of, pack->id) != 0 && g_strcmp0 (pack->reading_of, other->id) != 0))
        continue;
      if (box == NULL)
        box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      title = dk_wording_dup_programme_title (wording, result);
      name = g_strdup_printf (_("Open %s"), title);
      gtk_box_append (GTK_BOX (box), dk_link_new (title, dk_sign_get_name (dk_sign_of_result (wording->assessment, result)),
                                                  "win.show-programme", other->id, name));
    }
  return box;
}
