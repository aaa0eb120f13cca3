/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-criterion-pane"

#include "dk-criterion-pane.h"

#include "dk-basis.h"
#include "dk-criterion-parts.h"
#include "dk-digest.h"
#include "dk-explain-window.h"
#include "dk-link.h"
#include "dk-sign.h"
#include "dk-tag.h"

#include <glib/gi18n.h>

/* A reading column, where the pane has the page for itself. */
#define MAX_WIDTH 760

struct _DkCriterionPane
{
  AdwBin      parent_instance;
  DkSession  *session;
  char       *id;       /* of the result, which is looked up again after each assessment */
  GtkWidget  *back, *close, *copy;
  GtkWidget  *sign;
  GtkWidget  *title;
  GtkWidget  *scroll;
  GtkWidget  *content;
  GtkWidget  *remedy;   /* filled when what is slow is found out */
  char       *remedy_text;
  guint       idle;
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkCriterionPane, dk_criterion_pane, ADW_TYPE_BIN)

static void
dk_criterion_pane_dispose (GObject *object)
{
  DkCriterionPane *self = DK_CRITERION_PANE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_criterion_pane_parent_class)->dispose (object);
}

static void
dk_criterion_pane_finalize (GObject *object)
{
  DkCriterionPane *self = DK_CRITERION_PANE (object);

  g_free (self->id);
  g_free (self->remedy_text);
  G_OBJECT_CLASS (dk_criterion_pane_parent_class)->finalize (object);
}

static gboolean
on_explain_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  return dk_explain_open (widget, DK_CRITERION_PANE (widget)->id);
}

static void
dk_criterion_pane_class_init (DkCriterionPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dk_criterion_pane_dispose;
  object_class->finalize = dk_criterion_pane_finalize;
  dk_explain_add_binding (GTK_WIDGET_CLASS (klass), on_explain_cb);
  signals[CLOSED] = g_signal_new ("closed", DK_TYPE_CRITERION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_close_cb (DkCriterionPane *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_copy_cb (DkCriterionPane *self)
{
  g_autofree char *text = dk_criterion_pane_dup_text (self);

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied as text"));
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *icon,
            const char *name,
            GCallback   callback,
            gpointer    self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
dk_criterion_pane_init (DkCriterionPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *clamp;

  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-pane");
  gtk_widget_add_css_class (head, "dk-pane-head");
  self->back = add_button (head, "go-previous-symbolic", _("Back to the programme"), G_CALLBACK (on_close_cb), self);
  gtk_widget_set_visible (self->back, FALSE);
  self->sign = dk_sign_image_new (DK_SIGN_NONE, 20);
  gtk_widget_set_valign (self->sign, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->sign, 7);
  gtk_box_append (GTK_BOX (head), self->sign);
  self->title = dk_basis_new_label (NULL, "dk-t2");
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_set_valign (self->title, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), self->title);
  self->copy = add_button (head, "edit-copy-symbolic", _("Copy as text"), G_CALLBACK (on_copy_cb), self);
  self->close = add_button (head, "window-close-symbolic", _("Close the criterion"), G_CALLBACK (on_close_cb), self);
  gtk_box_append (GTK_BOX (box), head);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (self->content, "dk-pane-content");
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_box_append (GTK_BOX (box), self->scroll);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
add (DkCriterionPane *self,
     GtkWidget       *widget)
{
  if (widget != NULL)
    gtk_box_append (GTK_BOX (self->content), widget);
}

static const DkResult *
find_result (DkCriterionPane *self,
             DkWording       *wording)
{
  if (self->id == NULL || !dk_session_get_wording (self->session, wording))
    return NULL;
  return dk_assessment_find (wording->assessment, self->id);
}

static void
set_remedy (DkCriterionPane *self,
            const char      *title,
            GtkWidget       *child)
{
  gtk_box_append (GTK_BOX (self->remedy), dk_criterion_parts_new_section (title, child));
  gtk_widget_set_visible (self->remedy, TRUE);
}

/* A warning refuses nothing, and a plain value is neither met nor not: what would turn them is of no use. */
static gboolean
has_remedy (const DkResult *result)
{
  if (result->item->kind == DK_ITEM_WARNING || (result->is_programme && result->in_force == NULL && result->n_versions == 0))
    return FALSE;
  return result->verdict == DK_VERDICT_PASS || result->verdict == DK_VERDICT_FAIL;
}

/* Searches go over many trial runs: never while somebody waits for the page. */
static gboolean
on_idle_cb (gpointer data)
{
  DkCriterionPane *self = data;
  DkWording wording;
  const DkResult *result = find_result (self, &wording);
  g_autoptr(GString) text = g_string_new (NULL);

  self->idle = 0;
  if (result == NULL || !has_remedy (result))
    return G_SOURCE_REMOVE;
  if (result->verdict == DK_VERDICT_PASS)
    {
      GtkWidget *safety = dk_criterion_parts_new_safety (&wording, result, text);

      set_remedy (self, _("How safe it is"), safety);
    }
  else
    {
      GtkWidget *levers = dk_criterion_parts_new_levers (&wording, result, text);

      set_remedy (self, _("What would make it pass"), levers);
    }
  g_free (self->remedy_text);
  self->remedy_text = g_string_free (g_steal_pointer (&text), FALSE);
  return G_SOURCE_REMOVE;
}

static void
add_tags (DkCriterionPane *self,
          const DkResult  *result)
{
  GtkWidget *box;

  if (!result->is_self_rated && result->certainty != DK_CERTAINTY_UNCERTAIN)
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (result->is_self_rated)
    gtk_box_append (GTK_BOX (box), dk_tag_new (_("Self-rated"), DK_TAG_PLAIN));
  if (result->certainty == DK_CERTAINTY_UNCERTAIN)
    gtk_box_append (GTK_BOX (box), dk_tag_new (_("To be confirmed"), DK_TAG_DOUBT));
  add (self, box);
}

static void
add_basis (DkCriterionPane *self,
           const DkWording *wording,
           const DkResult  *result)
{
  const DkVersion *version = result->item->version;
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *citations = dk_basis_new_citations (wording, result->item->citations, FALSE);
  g_autofree char *lines = dk_wording_dup_return_lines (wording, result->item);

  if (citations == NULL)
    citations = dk_basis_new_citations (wording, version != NULL ? version->citations : NULL, FALSE);
  if (lines != NULL)
    gtk_box_append (GTK_BOX (card), dk_basis_new_label (lines, NULL));
  if (citations != NULL)
    gtk_box_append (GTK_BOX (card), citations);
  if (version != NULL)
    {
      g_autofree char *span = dk_wording_describe_span (version);
      g_autofree char *text = g_strdup_printf (_("version %s, %s"), version->id, span);
      GtkWidget *label = dk_basis_new_label (text, "dk-dim");

      gtk_widget_add_css_class (label, "dk-small");
      gtk_box_append (GTK_BOX (card), label);
    }
  gtk_widget_add_css_class (card, "dk-soft");
  gtk_widget_add_css_class (card, "dk-formula-card");
  add (self, dk_criterion_parts_new_section (_("On what it rests"), card));
}

static void
fill (DkCriterionPane *self,
      const DkWording *wording,
      const DkResult  *result)
{
  const char *note = dk_text_get (&result->item->note, wording->language);
  const char *advice = dk_text_get (&result->item->advice, wording->language);
  g_autofree char *band_title = NULL;
  GtkWidget *bands, *members, *answers;

  add_tags (self, result);
  if (*note != '\0')
    add (self, dk_basis_new_label (note, NULL));
  add (self, dk_criterion_parts_new_formula (wording, result));
  add (self, dk_link_new (_("How this number comes about"), "\u203a", "win.explain", self->id, _("How this number comes about")));
  if (result->verdict == DK_VERDICT_NA && result->is_programme)
    {
      add_basis (self, wording, result);
      return;
    }
  bands = dk_criterion_parts_new_bands (wording, result, &band_title);
  if (bands != NULL)
    add (self, dk_criterion_parts_new_section (band_title, bands));
  self->remedy = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->remedy, FALSE);
  add (self, self->remedy);
  if (result->verdict == DK_VERDICT_OPEN || (result->verdict == DK_VERDICT_NONE && !result->is_final))
    set_remedy (self, _("What is missing"), dk_criterion_parts_new_missing (wording, result));
  if (*advice != '\0' && result->verdict != DK_VERDICT_PASS)
    add (self, dk_criterion_parts_new_section (_("What to do"), dk_basis_new_label (advice, NULL)));
  members = dk_criterion_parts_new_members (wording, result);
  if (members != NULL)
    add (self, dk_criterion_parts_new_section (_("Its members"), members));
  answers = members == NULL ? dk_criterion_parts_new_answers (wording, result) : NULL;
  if (answers != NULL)
    add (self, dk_criterion_parts_new_section (_("What was entered"), answers));
  add_basis (self, wording, result);
  if (has_remedy (result))
    self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, self, NULL);
}

/* The link that leads where @other led: what was in focus before everything was written again. */
static GtkWidget *
find_link (GtkWidget  *widget,
           const char *action,
           const char *target)
{
  if (g_strcmp0 (dk_link_get_action (widget), action) == 0 && g_strcmp0 (dk_link_get_target (widget), target) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_link (child, action, target);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
empty (DkCriterionPane *self)
{
  GtkWidget *child;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->remedy_text, g_free);
  self->remedy = NULL;
  while ((child = gtk_widget_get_first_child (self->content)) != NULL)
    gtk_box_remove (GTK_BOX (self->content), child);
}

/* Where the focus stood inside; it is lost with what is taken away. */
static void
remember_focus (DkCriterionPane *self,
                char           **action,
                char           **target,
                gboolean        *had_focus)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  *had_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->content);
  *action = *had_focus ? g_strdup (dk_link_get_action (focus)) : NULL;
  *target = *had_focus ? g_strdup (dk_link_get_target (focus)) : NULL;
}

static void
restore_focus (DkCriterionPane *self,
               const char      *action,
               const char      *target)
{
  GtkWidget *link = action != NULL ? find_link (self->content, action, target) : NULL;

  gtk_widget_grab_focus (link != NULL ? link : gtk_widget_get_visible (self->close) ? self->close : self->back);
}

void
dk_criterion_pane_show (DkCriterionPane *self,
                        const char      *id)
{
  gboolean is_same = g_strcmp0 (self->id, id) == 0;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  double scroll = gtk_adjustment_get_value (adjustment);
  g_autofree char *action = NULL, *target = NULL;
  gboolean had_focus;
  DkWording wording;
  const DkResult *result;

  g_return_if_fail (DK_IS_CRITERION_PANE (self));

  if (!is_same)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  remember_focus (self, &action, &target, &had_focus);
  empty (self);
  result = find_result (self, &wording);
  gtk_widget_set_sensitive (self->copy, result != NULL);
  if (result != NULL)
    {
      DkSign sign = dk_sign_of_result (wording.assessment, result);
      g_autofree char *title = result->is_programme ? dk_wording_dup_programme_title (&wording, result)
                                                    : g_strdup (dk_wording_get_title (&wording, result));

      gtk_label_set_text (GTK_LABEL (self->title), title);
      dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), sign);
      gtk_widget_set_visible (self->sign, sign != DK_SIGN_NONE);
      fill (self, &wording, result);
    }
  else if (self->id != NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->title), "");
      gtk_widget_set_visible (self->sign, FALSE);
      add (self, dk_basis_new_label (_("This criterion is not part of the programme any more."), "dk-dim"));
    }
  gtk_adjustment_set_value (adjustment, is_same ? scroll : 0);
  if (had_focus)
    restore_focus (self, action, target);
}

const char *
dk_criterion_pane_get_id (DkCriterionPane *self)
{
  return self->id;
}

void
dk_criterion_pane_set_folded (DkCriterionPane *self,
                              gboolean         is_folded)
{
  g_return_if_fail (DK_IS_CRITERION_PANE (self));

  gtk_widget_set_visible (self->back, is_folded);
  gtk_widget_set_visible (self->close, !is_folded);
}

gboolean
dk_criterion_pane_is_pending (DkCriterionPane *self)
{
  return self->idle != 0;
}

char *
dk_criterion_pane_dup_text (DkCriterionPane *self)
{
  DkWording wording;
  const DkResult *result = find_result (self, &wording);

  return result != NULL ? dk_digest_dup_text (&wording, result, self->remedy_text) : NULL;
}

GtkWidget *
dk_criterion_pane_new (DkSession *session)
{
  DkCriterionPane *self = g_object_new (DK_TYPE_CRITERION_PANE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
