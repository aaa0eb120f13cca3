/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-verdict-card"

#include "dk-verdict-card.h"

#include "dk-bar.h"
#include "dk-basis.h"
#include "dk-digest.h"
#include "dk-explain-window.h"
#include "dk-link.h"
#include "dk-settings.h"
#include "dk-sign.h"

#include <glib/gi18n.h>

struct _DkVerdictCard
{
  AdwBin      parent_instance;
  DkSession  *session;
  char       *programme;
  GtkWidget  *box;
  GtkWidget  *door;    /* the figure as a button */
  GtkWidget  *figure;  /* hero and what stands below it */
  GtkWidget  *big_sign;  /* before a word; a number has a line of its own for it */
  GtkWidget  *hero, *unit;
  GtkWidget  *below, *sign, *word;
  GtkWidget  *bar;
  GtkWidget  *sentence;
  GtkWidget  *advice;
  GtkWidget  *answer_slot; /* a link to the question that settles most */
  GtkWidget  *open;
  guint       idle;
};

enum { OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkVerdictCard, dk_verdict_card, ADW_TYPE_BIN)

static void
dk_verdict_card_dispose (GObject *object)
{
  DkVerdictCard *self = DK_VERDICT_CARD (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_verdict_card_parent_class)->dispose (object);
}

static void
dk_verdict_card_finalize (GObject *object)
{
  g_free (DK_VERDICT_CARD (object)->programme);
  G_OBJECT_CLASS (dk_verdict_card_parent_class)->finalize (object);
}

static void
dk_verdict_card_class_init (DkVerdictCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dk_verdict_card_dispose;
  object_class->finalize = dk_verdict_card_finalize;
  signals[OPENED] = g_signal_new ("opened", DK_TYPE_VERDICT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_open_cb (DkVerdictCard *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

static void
on_explain_cb (DkVerdictCard *self)
{
  dk_explain_open (GTK_WIDGET (self), self->programme);
}

static void
build_figure (DkVerdictCard *self)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->figure = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_valign (self->figure, GTK_ALIGN_CENTER);
  self->big_sign = dk_sign_image_new (DK_SIGN_NONE, 28);
  gtk_widget_set_valign (self->big_sign, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (top), self->big_sign);
  self->hero = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->hero, "dk-hero");
  gtk_widget_add_css_class (self->hero, "num");
  gtk_label_set_wrap (GTK_LABEL (self->hero), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->hero), 0);
  self->unit = gtk_label_new (NULL);
  gtk_widget_set_valign (self->unit, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (self->hero, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (top), self->hero);
  gtk_box_append (GTK_BOX (top), self->unit);
  gtk_box_append (GTK_BOX (self->figure), top);

  self->sign = dk_sign_image_new (DK_SIGN_NONE, 17);
  gtk_widget_set_valign (self->sign, GTK_ALIGN_CENTER);
  self->word = dk_basis_new_label (NULL, NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->word), 17);
  gtk_label_set_max_width_chars (GTK_LABEL (self->word), 17);
  gtk_box_append (GTK_BOX (self->below), self->sign);
  gtk_box_append (GTK_BOX (self->below), self->word);
  gtk_box_append (GTK_BOX (self->figure), self->below);

  self->door = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->door), self->figure);
  gtk_widget_set_css_classes (self->door, (const char *[]) { "flat", "dk-figure", NULL });
  gtk_widget_set_tooltip_text (self->door, _("How this number comes about"));
  g_signal_connect_object (self->door, "clicked", G_CALLBACK (on_explain_cb), self, G_CONNECT_SWAPPED);
}

static void
dk_verdict_card_init (DkVerdictCard *self)
{
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-verdict-card");
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  build_figure (self);
  gtk_box_append (GTK_BOX (self->box), self->door);

  gtk_widget_set_hexpand (side, TRUE);
  gtk_widget_set_valign (side, GTK_ALIGN_CENTER);
  self->bar = dk_bar_new ();
  gtk_box_append (GTK_BOX (side), self->bar);
  self->sentence = dk_basis_new_label (NULL, NULL);
  gtk_box_append (GTK_BOX (side), self->sentence);
  self->advice = dk_basis_new_label (NULL, NULL);
  gtk_box_append (GTK_BOX (side), self->advice);
  self->answer_slot = adw_bin_new ();
  gtk_widget_set_halign (self->answer_slot, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (side), self->answer_slot);
  gtk_box_append (GTK_BOX (self->box), side);

  self->open = gtk_button_new_from_icon_name ("go-next-symbolic");
  gtk_widget_add_css_class (self->open, "flat");
  gtk_widget_set_valign (self->open, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->open, _("Show how the whole is decided"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show how the whole is decided"), -1);
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (self->box, TRUE);
  gtk_box_append (GTK_BOX (whole), self->box);
  gtk_box_append (GTK_BOX (whole), self->open);
  adw_bin_set_child (ADW_BIN (self), whole);
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static const DkResult *
find_result (DkVerdictCard *self,
             DkWording     *wording)
{
  return dk_session_get_wording (self->session, wording) ? dk_assessment_find (wording->assessment, self->programme) : NULL;
}

/* The figure that may change least, or the least change: found out after the page is shown. */
static gboolean
on_idle_cb (gpointer data)
{
  DkVerdictCard *self = data;
  DkWording wording;
  const DkResult *result = find_result (self, &wording);
  g_autofree char *text = NULL;

  self->idle = 0;
  if (result == NULL)
    return G_SOURCE_REMOVE;
  if (result->verdict == DK_VERDICT_PASS)
    {
      g_autofree char *safety = dk_wording_describe_safety (&wording, result);

      if (safety != NULL)
        text = g_strconcat (_("Weakest figure: "), safety, NULL);
    }
  else if (result->verdict == DK_VERDICT_FAIL)
    {
      g_autoptr(GArray) levers = dk_assessment_get_levers (wording.assessment, result);

      if (levers->len > 0)
        {
          g_autofree char *change = dk_wording_describe_lever (&wording, &g_array_index (levers, DkLever, 0));

          text = g_strconcat (_("This alone makes it pass: "), change, NULL);
        }
      else
        {
          text = g_strdup (_("No single change of a figure makes it pass; see below what each criterion needs."));
        }
    }
  set_text (self->advice, text != NULL ? text : "");
  return G_SOURCE_REMOVE;
}

static gboolean
is_missing (const DkResult  *result,
            const DkFactRef *ref)
{
  for (guint i = 0; i < result->missing->len; i++)
    {
      const DkFactRef *other = &g_array_index (result->missing, DkFactRef, i);

      if (other->fact == ref->fact && dk_period_equal (other->period, ref->period))
        return TRUE;
    }
  return FALSE;
}

/* The question that settles most, if it is one of this programme, or else its first. */
static void
update_answer (DkVerdictCard   *self,
               const DkWording *wording,
               const DkResult  *result)
{
  DkQuestion question;
  const DkFactRef *ref = NULL;
  g_autofree char *fact = NULL, *text = NULL, *target = NULL;
  GtkWidget *link;

  adw_bin_set_child (ADW_BIN (self->answer_slot), NULL);
  if (result->verdict == DK_VERDICT_OPEN || (result->verdict == DK_VERDICT_NONE && !result->is_final))
    {
      if (dk_session_get_question (self->session, &question) && is_missing (result, &question.ref))
        ref = &question.ref;
      else if (result->missing->len > 0)
        ref = &g_array_index (result->missing, DkFactRef, 0);
    }
  gtk_widget_set_visible (self->answer_slot, ref != NULL);
  if (ref == NULL)
    return;
  fact = dk_wording_name_fact (wording, ref);
  text = g_strconcat (_("Answer this next: "), fact, NULL);
  target = dk_digest_dup_target (ref);
  link = dk_link_new (text, NULL, "win.show-fact", target, text);
  gtk_widget_add_css_class (link, "dk-answer");
  adw_bin_set_child (ADW_BIN (self->answer_slot), link);
}

/* A score is the hero, unless a direct route made it needless. */
static void
update_score (DkVerdictCard   *self,
              const DkWording *wording,
              const DkResult  *result,
              const DkResult  *total)
{
  DkNumber max;
  double low, high, mark_low, mark_high;
  double mark = -1;
  gboolean is_needless = result->verdict == DK_VERDICT_PASS && total->verdict != DK_VERDICT_PASS;
  DkBarColor color = total->verdict == DK_VERDICT_PASS ? DK_BAR_MET : total->verdict == DK_VERDICT_FAIL ? DK_BAR_FAIL : DK_BAR_OPEN;
  g_autofree char *score = dk_digest_dup_score (wording, total);
  g_autofree char *need = dk_digest_dup_need (wording, total);
  g_autofree char *text = g_strdup_printf ("%s: %s%s%s", dk_wording_get_title (wording, total), score, *need != '\0' ? ", " : "", need);

  if (!dk_digest_get_max (total->item, &max, wording->arena) || !dk_digest_get_ends (&total->value, &low, &high))
    {
      gtk_widget_set_visible (self->bar, FALSE);
      return;
    }
  if (total->has_threshold && dk_digest_get_ends (&total->threshold, &mark_low, &mark_high))
    mark = mark_low;
  dk_bar_set (DK_BAR (self->bar), low, high, dk_number_to_double (max), mark, is_needless ? DK_BAR_OPEN : color);
  dk_bar_set_text (DK_BAR (self->bar), text);
  gtk_widget_set_visible (self->bar, TRUE);
}

static void
update_hero (DkVerdictCard   *self,
             const DkWording *wording,
             const DkResult  *result,
             const DkResult  *total)
{
  DkSign sign = dk_sign_of_result (wording->assessment, result);
  gboolean is_needless = total != NULL && result->verdict == DK_VERDICT_PASS && total->verdict != DK_VERDICT_PASS;
  gboolean is_word = total == NULL || is_needless || !total->has_value;
  gboolean is_out_of_force = result->verdict == DK_VERDICT_NA && result->in_force == NULL;
  g_autofree char *hero = NULL, *need = NULL, *name = NULL;
  g_autoptr(GString) word = g_string_new (NULL);

  if (!is_word)
    {
      hero = dk_value_to_display (&total->value, total->kind, DK_UNIT_PLAIN, NULL, NULL, wording->language);
      set_text (self->unit, dk_format_unit (DK_UNIT_POINTS));
      need = dk_digest_dup_need (wording, total);
    }
  else
    {
      hero = result->item->kind == DK_ITEM_LIST && !is_out_of_force ? dk_digest_dup_count (wording, result)
             : result->verdict == DK_VERDICT_NONE && result->has_value
               ? dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, wording->language)
               : g_strdup (is_out_of_force ? _("Not in force") : dk_wording_name_verdict (result->verdict));
      set_text (self->unit, "");
      need = is_needless ? g_strdup (_("the score is not needed"))
             : result->item->kind == DK_ITEM_LIST && !is_out_of_force ? g_strdup (_("figures known")) : g_strdup ("");
    }
  gtk_label_set_text (GTK_LABEL (self->hero), hero);
  name = g_strdup_printf (_("%s: %s"), hero, _("How this number comes about"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->door), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* A word of the verdict needs no second one. */
  if (sign != DK_SIGN_NONE && (!is_word || sign == DK_SIGN_CERTAINLY_MET || sign == DK_SIGN_CERTAINLY_NOT_MET))
    g_string_append (word, dk_sign_get_name (sign));
  if (*need != '\0')
    g_string_append_printf (word, "%s%s", word->len > 0 ? " · " : "", need);
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), sign);
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->big_sign), sign);
  gtk_widget_set_visible (self->big_sign, is_word && sign != DK_SIGN_NONE);
  gtk_widget_set_visible (self->sign, !is_word && sign != DK_SIGN_NONE);
  gtk_widget_set_visible (self->below, word->len > 0);
  set_text (self->word, word->str);
  for (guint s = DK_SIGN_NONE; s <= DK_SIGN_NA; s++)
    gtk_widget_remove_css_class (self->word, dk_sign_get_class ((DkSign) s));
  gtk_widget_add_css_class (self->word, dk_sign_get_class (sign));
}

/* Which member of "any of" made the programme pass without the score. */
static const DkResult *
find_route (const DkResult *result)
{
  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);
      const DkResult *found;

      if (child->is_aside || child->verdict != DK_VERDICT_PASS)
        continue;
      if (result->item->kind == DK_ITEM_ANY && (dk_result_n_children (child) == 0 || child->item->kind != DK_ITEM_ANY))
        return child;
      found = find_route (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The first sentence, with a capital letter and a full stop where the language has them. */
static char *
write_sentence (const DkWording *wording,
                const DkResult  *result,
                const DkResult  *total)
{
  const DkResult *route = total != NULL && result->verdict == DK_VERDICT_PASS && total->verdict != DK_VERDICT_PASS ? find_route (result) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;

  if (route != NULL)
    return g_strdup_printf (_("By the direct route: %s"), dk_wording_get_title (wording, route));
  if (result->verdict == DK_VERDICT_NONE)
    return g_strdup (dk_text_get (&result->item->pack->summary, wording->language));
  text = dk_wording_describe_programme (wording, result);
  if (*text == '\0')
    return g_steal_pointer (&text);
  first = g_utf8_strup (text, g_utf8_next_char (text) - text);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

void
dk_verdict_card_update (DkVerdictCard *self)
{
  DkWording wording;
  const DkResult *result, *total;
  g_autofree char *sentence = NULL;

  g_return_if_fail (DK_IS_VERDICT_CARD (self));

  g_clear_handle_id (&self->idle, g_source_remove);
  result = find_result (self, &wording);
  if (result == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->hero), "…");
      set_text (self->sentence, _("Being worked out"));
      gtk_widget_set_visible (self->bar, FALSE);
      gtk_widget_set_visible (self->answer_slot, FALSE);
      gtk_widget_set_visible (self->big_sign, FALSE);
      gtk_widget_set_visible (self->below, FALSE);
      gtk_widget_set_sensitive (self->open, FALSE);
      set_text (self->advice, "");
      set_text (self->word, "");
      set_text (self->unit, "");
      return;
    }
  gtk_widget_set_sensitive (self->open, TRUE);
  total = result->verdict != DK_VERDICT_NA ? dk_digest_find_total (result) : NULL;
  update_hero (self, &wording, result, total);
  if (total != NULL)
    update_score (self, &wording, result, total);
  else
    gtk_widget_set_visible (self->bar, FALSE);
  sentence = write_sentence (&wording, result, total);
  set_text (self->sentence, sentence);
  update_answer (self, &wording, result);
  if (result->verdict != DK_VERDICT_PASS && result->verdict != DK_VERDICT_FAIL)
    set_text (self->advice, "");
  else
    self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, self, NULL);
}

void
dk_verdict_card_set_narrow (DkVerdictCard *self,
                            gboolean       is_narrow)
{
  g_return_if_fail (DK_IS_VERDICT_CARD (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->box), is_narrow ? 12 : 24);
  gtk_widget_set_valign (self->open, is_narrow ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
}

gboolean
dk_verdict_card_is_pending (DkVerdictCard *self)
{
  return self->idle != 0;
}

const char *
dk_verdict_card_get_hero (DkVerdictCard *self)
{
  return gtk_label_get_text (GTK_LABEL (self->hero));
}

const char *
dk_verdict_card_get_advice (DkVerdictCard *self)
{
  return gtk_label_get_text (GTK_LABEL (self->advice));
}

GtkWidget *
dk_verdict_card_new (DkSession  *session,
                     const char *programme)
{
  DkVerdictCard *self = g_object_new (DK_TYPE_VERDICT_CARD, NULL);

  self->session = g_object_ref (session);
  self->programme = g_strdup (programme);
  return GTK_WIDGET (self);
}
