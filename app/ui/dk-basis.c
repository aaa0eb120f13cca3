/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-basis"

#include "dk-basis.h"

#include "dk-digest.h"
#include "dk-held.h"
#include "dk-tag.h"

#include <glib/gi18n.h>

GtkWidget *
dk_basis_new_label (const char *text,
                    const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* The name of a document, and its tag where a person should look. */
static GtkWidget *
new_head (const char  *text,
          DkCertainty  certainty)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = dk_basis_new_label (text, "dk-source");

  gtk_box_append (GTK_BOX (box), label);
  if (certainty == DK_CERTAINTY_UNCERTAIN)
    gtk_box_append (GTK_BOX (box), dk_tag_new (_("To be confirmed"), DK_TAG_DOUBT));
  return box;
}

static void
add_note (GtkWidget  *box,
          const char *text,
          const char *style)
{
  GtkWidget *label;

  if (*text == '\0')
    return;
  label = dk_basis_new_label (text, style);
  gtk_widget_add_css_class (label, "dk-small");
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
new_citation (const DkWording  *wording,
              const DkCitation *citation,
              gboolean          is_short)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *place = dk_wording_dup_citation (wording, citation);
  const char *note = dk_text_get (&citation->note, wording->language);

  gtk_box_append (GTK_BOX (box), new_head (place, citation->certainty));
  if (!is_short && citation->source->number != NULL)
    add_note (box, dk_text_get (&citation->source->title, wording->language), "dk-dim");
  if (!is_short && citation->certainty != DK_CERTAINTY_UNCERTAIN)
    add_note (box, dk_digest_name_certainty (citation->certainty), "dk-dim");
  add_note (box, note, citation->certainty == DK_CERTAINTY_UNCERTAIN ? "dk-warn" : "dk-dim");
  return box;
}

static gboolean
is_plain (const DkWording  *wording,
          const DkCitation *citation)
{
  return citation->certainty != DK_CERTAINTY_UNCERTAIN && *dk_text_get (&citation->note, wording->language) == '\0';
}

/* "115号 art. 6, art. 8 · 160号": what needs no remark, in one line. NULL if there is nothing of the kind. */
static GtkWidget *
new_line (const DkWording *wording,
          const GPtrArray *citations)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const DkSource *last = NULL;
  GtkWidget *label;

  for (guint i = 0; i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);
      g_autofree char *article = NULL;

      if (!is_plain (wording, citation))
        continue;
      if (citation->source == last && citation->article != NULL)
        {
          article = dk_wording_name_article (wording, citation->article);
          g_string_append_printf (text, "%s%s", dk_wording_get_comma (wording), article);
        }
      else
        {
          article = dk_wording_dup_citation (wording, citation);
          g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", article);
        }
      last = citation->source;
    }
  if (text->len == 0)
    return NULL;
  label = dk_basis_new_label (text->str, "dk-dim");
  gtk_widget_add_css_class (label, "dk-small");
  return label;
}

GtkWidget *
dk_basis_new_citations (const DkWording *wording,
                        const GPtrArray *citations,
                        gboolean         is_short)
{
  GtkWidget *box, *line;

  if (citations == NULL || citations->len == 0)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, is_short ? 2 : 8);
  line = is_short ? new_line (wording, citations) : NULL;
  if (line != NULL)
    gtk_box_append (GTK_BOX (box), line);
  for (guint i = 0; i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);

      if (!is_short || !is_plain (wording, citation))
        gtk_box_append (GTK_BOX (box), new_citation (wording, citation, is_short));
    }
  return box;
}

GtkWidget *
dk_basis_new_sources (const DkWording *wording,
                      const GPtrArray *sources)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  for (guint i = 0; i < sources->len; i++)
    {
      const DkSource *source = g_ptr_array_index (sources, i);
      GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      const char *title = dk_text_get (&source->title, wording->language);
      g_autofree char *known = g_strdup_printf ("%s%s%s", source->number != NULL ? source->number : "", source->number != NULL ? " · " : "",
                                                dk_digest_name_certainty (source->certainty));

      gtk_box_append (GTK_BOX (entry), new_head (title, source->certainty));
      add_note (entry, known, "dk-dim");
      add_note (entry, dk_text_get (&source->note, wording->language), "dk-dim");
      gtk_box_append (GTK_BOX (box), entry);
    }
  return box;
}

/* Whether a duty comes up within the time in which a date is amber. */
static gboolean
is_soon (const DkWording *wording,
         const DkNotice  *duty)
{
  gint64 day;

  return dk_assessment_get_due (wording->assessment, duty, &day) && day - dk_assessment_get_as_of (wording->assessment) <= DK_SOON_DAYS;
}

GtkWidget *
dk_basis_new_notices (const DkWording *wording,
                      const GPtrArray *notices,
                      gboolean         is_numbered)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "dk-notices");
  for (guint i = 0; i < notices->len; i++)
    {
      const DkNotice *notice = g_ptr_array_index (notices, i);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
      GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget *citations = dk_basis_new_citations (wording, notice->citations, TRUE);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *due = dk_held_describe_due (wording, notice);
      GtkWidget *mark = gtk_label_new (is_numbered ? number : "•");

      gtk_widget_add_css_class (line, "dk-notice");
      gtk_widget_add_css_class (mark, "dk-mark");
      gtk_widget_set_valign (mark, GTK_ALIGN_START);
      gtk_widget_set_hexpand (entry, TRUE);
      gtk_box_append (GTK_BOX (entry), dk_basis_new_label (dk_text_get (&notice->title, wording->language), NULL));
      if (due != NULL)
        gtk_box_append (GTK_BOX (entry), dk_basis_new_label (due, is_soon (wording, notice) ? "dk-warn" : "dk-strong"));
      add_note (entry, dk_text_get (&notice->note, wording->language), "dk-dim");
      if (citations != NULL)
        gtk_box_append (GTK_BOX (entry), citations);
      gtk_box_append (GTK_BOX (line), mark);
      gtk_box_append (GTK_BOX (line), entry);
      gtk_box_append (GTK_BOX (box), line);
    }
  return box;
}
