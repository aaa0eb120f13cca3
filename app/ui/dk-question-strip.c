/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-question-strip"

#include "dk-question-strip.h"

#include "dk-settings.h"

#include <glib/gi18n.h>

struct _DkQuestionStrip
{
  GtkBox     parent_instance;
  DkSession *session;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *button;
  char      *target; /* of win.show-fact */
};

G_DEFINE_FINAL_TYPE (DkQuestionStrip, dk_question_strip, GTK_TYPE_BOX)

static void
show (DkQuestionStrip *self,
      const char      *title,
      const char      *subtitle)
{
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->subtitle), subtitle);
  gtk_widget_set_visible (self->subtitle, *subtitle != '\0');
  gtk_widget_set_visible (self->button, self->target != NULL);
}

static void
update (DkQuestionStrip *self)
{
  DkQuestion question;
  g_autofree char *name = NULL, *title = NULL, *subtitle = NULL, *spoken = NULL;

  g_clear_pointer (&self->target, g_free);
  if (!dk_session_get_question (self->session, &question))
    {
      show (self, _("Everything that can be decided is decided."), _("More answers can be given, but change no result."));
      return;
    }
  self->target = question.ref.period.year != 0 ? g_strdup_printf ("%s@%d", question.ref.fact->id, question.ref.period.year)
                                               : g_strdup (question.ref.fact->id);
  name = dk_fact_to_display (question.ref.fact, question.ref.period, dk_settings_get_language ());
  /* TRANSLATORS: %s is a fact such as "Revenue (2025)". */
  title = g_strdup_printf (_("Most worth answering next: %s"), name);
  subtitle = g_strdup_printf (ngettext ("It can decide %u result.", "It can decide %u results.", question.n_open), question.n_open);
  spoken = g_strdup_printf (_("Answer: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  show (self, title, subtitle);
}

static void
on_clicked_cb (DkQuestionStrip *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-fact", "s", self->target);
}

static void
dk_question_strip_dispose (GObject *object)
{
  DkQuestionStrip *self = DK_QUESTION_STRIP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->target, g_free);
  G_OBJECT_CLASS (dk_question_strip_parent_class)->dispose (object);
}

static void
dk_question_strip_class_init (DkQuestionStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_question_strip_dispose;
}

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
dk_question_strip_init (DkQuestionStrip *self)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "dk-form-bulb-symbolic", NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-strip");
  gtk_widget_add_css_class (icon, "dk-held");
  self->title = make_label ("dk-strong");
  self->subtitle = make_label ("dk-small");
  gtk_widget_add_css_class (self->subtitle, "dk-dim");
  self->button = gtk_button_new_with_label (_("Answer it"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked_cb), self);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->subtitle);
  gtk_box_append (GTK_BOX (self), icon);
  gtk_box_append (GTK_BOX (self), box);
  gtk_box_append (GTK_BOX (self), self->button);
}

/**
 * dk_question_strip_new:
 * @session: the open enterprise
 *
 * While the question is being looked for, the last one stays.
 */
GtkWidget *
dk_question_strip_new (DkSession *session)
{
  DkQuestionStrip *self = g_object_new (DK_TYPE_QUESTION_STRIP, NULL);
  DkQuestion question;
  gboolean is_pending;

  self->session = g_object_ref (session);
  g_object_get (session, "is-pending", &is_pending, NULL);
  g_signal_connect_object (session, "asked", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (dk_session_get_question (session, &question) || (!is_pending && dk_session_get_assessment (session) != NULL))
    update (self);
  else
    show (self, _("Looking for the question that decides most"), "");
  return GTK_WIDGET (self);
}
