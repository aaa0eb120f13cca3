/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-checks-page"

#include "dk-checks-page.h"

#include "dk-cross-check.h"
#include "dk-note-dialog.h"
#include "dk-settings.h"
#include "dk-sign.h"
#include "dk-width-bin.h"

#include <glib/gi18n.h>

#define PAGE_WIDTH 820
/* Between years. */
#define COLUMN_SPACING 18

struct _DkChecksPage
{
  AdwBin     parent_instance;
  DkSession *session;
  char      *subtitle;
  GtkWidget *width_bin;
  GtkWidget *summary;
  GtkWidget *list;     /* of what contradicts */
  GtkWidget *explained; /* and of what is explained */
  GtkWidget *explained_head;
  guint      n_open;   /* how many of @found are not explained: the first ones */
  GtkWidget *measures; /* a card each */
  GtkWidget *measures_head;
  GArray    *found;    /* DkDisagreement, of the session's assessment */
};

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkChecksPage, dk_checks_page, ADW_TYPE_BIN)

static GtkWidget *
new_label (const char *text,
           const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, style);
  return label;
}

/* --- What contradicts --- */

/* What stands below the title: both figures and who says them, or what the rule found, and where. */
static char *
describe (const DkWording      *wording,
          const DkDisagreement *one)
{
  g_autofree char *rows = dk_disagreement_dup_rows (wording, one);
  g_autoptr(GString) text = g_string_new (NULL);

  if (one->result != NULL)
    {
      const char *advice = dk_text_get (&one->result->item->advice, wording->language);
      g_autofree char *formula = one->rows == NULL ? dk_result_explain (wording->assessment, one->result, wording->language) : NULL;

      g_string_append (text, formula != NULL ? formula : rows);
      if (*advice != '\0')
        g_string_append_printf (text, "\n%s", advice);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *side = dk_disagreement_dup_side (wording, one, i), *value = dk_disagreement_dup_value (wording, one, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? " · " : "", side, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_register (DkChecksPage *self,
             const char   *target)
{
  return dk_scope_find_register (dk_catalogue_get_scope (dk_session_get_library (self->session)->catalogue), target, NULL) != NULL;
}

static void
add_choice (DkChecksPage         *self,
            GtkWidget            *row,
            guint                 number,
            const DkDisagreement *one,
            const char           *title)
{
  const DkChoices *sources = dk_catalogue_get_sources (dk_session_get_library (self->session)->catalogue);
  const char *source = dk_text_get (g_ptr_array_index (sources->labels, one->sides[0].source), dk_settings_get_language ());
  /* TRANSLATORS: a fact, and the document whose figure becomes its answer. */
  g_autofree char *name = g_strdup_printf (_("%s: answer with the figure of %s"), title, source);
  GtkWidget *button = gtk_button_new_with_label (C_("source", "Use it"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "checks.choose");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* Why the figures differ is said, or is said otherwise. */
static void
add_explain (DkChecksPage         *self,
             GtkWidget            *row,
             guint                 number,
             const DkDisagreement *one,
             const char           *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  /* TRANSLATORS: a fact whose figures differ. */
  g_autofree char *name = g_strdup_printf (_("Explain the difference of %s"), title);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "checks.explain");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* The reason that was given, and whether it still holds. */
static char *
describe_note (const DkDisagreement *one)
{
  GString *text = g_string_new (NULL);

  if (one->note == NULL)
    return g_string_free (text, FALSE);
  if (*one->note->finding != '\0' && !one->is_explained)
    /* TRANSLATORS: why figures differed, when they were others than they are now. */
    g_string_append_printf (text, _("Explained when the figures were others: %s"), one->note->finding);
  else
    g_string_append (text, one->note->finding);
  if (*one->note->evidence != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", one->note->evidence);
  return g_string_free (text, FALSE);
}

static GtkWidget *
new_row (DkChecksPage         *self,
         const DkWording      *wording,
         guint                 number,
         const DkDisagreement *one)
{
  g_autofree char *title = dk_disagreement_dup_title (wording, one), *figures = describe (wording, one), *note = describe_note (one);
  g_autofree char *text = *note != '\0' ? g_strdup_printf ("%s\n%s", note, figures) : g_strdup (figures);
  g_autofree char *amount = dk_disagreement_dup_amount (wording, one), *target = dk_disagreement_dup_target (one);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dk_sign_image_new (one->is_explained ? DK_SIGN_NA : DK_SIGN_NOT_MET, 15));
  if (amount != NULL)
    {
      GtkWidget *label = gtk_label_new (amount);

      gtk_widget_set_css_classes (label, (const char *[]) { "num", one->is_explained ? "dk-plain" : "dk-fail", NULL });
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  if (one->kind == DK_DISAGREEMENT_SOURCE && !one->is_explained && !dk_session_is_read_only (self->session))
    add_choice (self, row, number, one, title);
  if (!dk_session_is_read_only (self->session))
    add_explain (self, row, number, one, title);
  if (target != NULL)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), is_register (self, target) ? "win.show-register" : "win.show-fact");
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    }
  return row;
}

/* Which row has the keyboard; -1: none of them. */
static int
find_focus (DkChecksPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, self->list) ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

static void
clear (GtkWidget *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
}

static void
show_disagreements (DkChecksPage    *self,
                    const DkWording *wording)
{
  int focused = find_focus (self);
  GtkListBoxRow *row;

  clear (self->list);
  clear (self->explained);
  self->n_open = 0;
  for (guint i = 0; i < self->found->len; i++)
    {
      const DkDisagreement *one = &g_array_index (self->found, DkDisagreement, i);

      self->n_open += !one->is_explained;
      gtk_list_box_append (GTK_LIST_BOX (one->is_explained ? self->explained : self->list), new_row (self, wording, i, one));
    }
  gtk_widget_set_visible (self->list, self->n_open > 0);
  gtk_widget_set_visible (self->explained_head, self->n_open < self->found->len);
  gtk_widget_set_visible (self->explained, self->n_open < self->found->len);
  row = focused >= 0 && self->n_open > 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MIN (focused, (int) self->n_open - 1)) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- Measures side by side --- */

static void
attach_figure (GtkWidget  *grid,
               int         year,
               int         row,
               const char *text,
               const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 1.0, "hexpand", FALSE, NULL);

  gtk_widget_set_css_classes (label, (const char *[]) { "num", style, NULL });
  gtk_grid_attach (GTK_GRID (grid), label, year + 1, row, 1, 1);
}

/* @n_columns: 1, or all, where the figures stand below it. */
static void
attach_title (GtkWidget  *grid,
              int         row,
              guint       n_columns,
              const char *text,
              const char *style)
{
  GtkWidget *label = new_label (text, style);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, (int) n_columns, 1);
}

static GtkWidget *
new_card (const DkWording *wording,
          const DkResult  *list,
          gboolean         is_narrow)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *grid = gtk_grid_new ();
  guint n_years = dk_measures_count_years (list);
  int line = 0;

  gtk_widget_add_css_class (card, "dk-card");
  gtk_widget_set_margin_start (grid, 16);
  gtk_widget_set_margin_end (grid, 16);
  gtk_widget_set_margin_top (grid, 12);
  gtk_widget_set_margin_bottom (grid, 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), COLUMN_SPACING);
  gtk_box_append (GTK_BOX (card), grid);
  attach_title (grid, line, is_narrow ? n_years + 1 : 1, dk_wording_get_title (wording, list), "dk-strong");
  line += is_narrow;
  for (guint k = 0; n_years > 1 && k < n_years; k++)
    {
      g_autofree char *year = g_strdup_printf ("%d", dk_assessment_get_year (wording->assessment) - (int) k);

      attach_figure (grid, (int) k, line, year, "dk-dim");
    }
  for (guint i = 0; i < list->children->len; i++)
    {
      if (!dk_measures_is_line (list, i))
        continue;
      line++;
      attach_title (grid, line, is_narrow ? n_years + 1 : 1, dk_wording_get_title (wording, g_ptr_array_index (list->children, i)), "dk-plain");
      line += is_narrow;
      for (guint k = 0; k < n_years; k++)
        {
          const DkResult *result = dk_measures_find (list, i, -(int) k);
          gboolean is_known = result != NULL && result->has_value && dk_result_is_settled (result);
          g_autofree char *value = is_known ? dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes,
                                                                   wording->language) : g_strdup ("—");

          attach_figure (grid, (int) k, line, value, is_known ? "dk-plain" : "dk-dim");
        }
    }
  return card;
}

static void
show_measures (DkChecksPage    *self,
               const DkWording *wording)
{
  g_autoptr(GPtrArray) lists = dk_assessment_list_measures (wording->assessment);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->measures)) != NULL)
    gtk_box_remove (GTK_BOX (self->measures), child);
  for (guint i = 0; i < lists->len; i++)
    gtk_box_append (GTK_BOX (self->measures), new_card (wording, g_ptr_array_index (lists, i), dk_width_bin_is_narrow (DK_WIDTH_BIN (self->width_bin))));
  gtk_widget_set_visible (self->measures_head, lists->len > 0);
}

/* --- The whole --- */

static void
show_summary (DkChecksPage    *self,
              const DkWording *wording)
{
  g_autoptr(GString) text = g_string_new (NULL);
  DkCheckTally tally;

  dk_assessment_count_checks (wording->assessment, &tally);
  if (self->n_open == 0)
    g_string_append (text, _("No figures contradict each other."));
  else
    g_string_append (text, _("Each line leads to where it can be put right. No verdict rests on it."));
  if (tally.n_open > 0)
    {
      g_autofree char *open = g_strdup_printf (ngettext ("%u check waits for figures", "%u checks wait for figures", tally.n_open), tally.n_open);

      g_string_append_printf (text, "\n%s", open);
    }
  gtk_label_set_text (GTK_LABEL (self->summary), text->str);
  g_free (self->subtitle);
  self->subtitle = self->n_open > 0 ? g_strdup_printf (ngettext ("%u contradiction", "%u contradictions", self->n_open), self->n_open)
                                    : g_strdup (_("no contradiction"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
update (DkChecksPage *self)
{
  DkWording wording;

  if (!dk_session_get_wording (self->session, &wording))
    return;
  g_clear_pointer (&self->found, g_array_unref);
  self->found = dk_assessment_list_disagreements (wording.assessment);
  show_disagreements (self, &wording);
  show_measures (self, &wording);
  show_summary (self, &wording);
}

static void
on_narrow_cb (DkChecksPage *self)
{
  DkWording wording;

  if (self->session != NULL && dk_session_get_wording (self->session, &wording))
    show_measures (self, &wording);
}

static void
on_choose_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  DkChecksPage *self = DK_CHECKS_PAGE (widget);
  guint number = g_variant_get_uint32 (parameter);
  g_autoptr(GError) error = NULL;
  const DkDisagreement *one;
  DkValue value;

  if (self->found == NULL || number >= self->found->len)
    return;
  one = &g_array_index (self->found, DkDisagreement, number);
  if (one->kind != DK_DISAGREEMENT_SOURCE
      || !dk_enterprise_get_figure (dk_session_get_enterprise (self->session), one->sides[0].fact, one->period, one->sides[0].source, &value))
    return;
  if (!dk_session_set_answer (self->session, one->sides[0].fact, one->period, DK_ANSWER_VALUE, &value, &error))
    gtk_widget_activate_action (widget, "win.toast", "s", error->message);
}

/* What is being explained, as it was when the dialog opened: the list may be another one by the time it is answered. */
typedef struct
{
  DkSession *session;
  DkNote    *note;
} Explained;

static void
free_explained (gpointer data)
{
  Explained *explained = data;

  g_object_unref (explained->session);
  dk_note_free (explained->note);
  g_free (explained);
}

static void
on_explained_cb (const char *finding,
                 const char *evidence,
                 gpointer    data)
{
  Explained *explained = data;
  g_autofree char *text = g_strstrip (g_strdup (finding));
  g_autoptr(DkNote) note = dk_note_new (explained->note->subject, text, evidence, *text != '\0' ? explained->note->explains : "");

  dk_session_set_note (explained->session, note, NULL);
}

static void
on_explain_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  DkChecksPage *self = DK_CHECKS_PAGE (widget);
  guint number = g_variant_get_uint32 (parameter);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *title = NULL, *figures = NULL;
  const DkDisagreement *one;
  Explained *explained;
  DkWording wording;

  if (self->found == NULL || number >= self->found->len || !dk_session_get_wording (self->session, &wording))
    return;
  one = &g_array_index (self->found, DkDisagreement, number);
  title = dk_disagreement_dup_title (&wording, one);
  figures = describe (&wording, one);
  explained = g_new (Explained, 1);
  /* The reason is one for the figures that are seen now. */
  *explained = (Explained) { g_object_ref (self->session), dk_disagreement_explain (wording.assessment, one, ".", NULL) };
  dk_note_dialog_ask (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, figures, _("Why they differ"), one->note != NULL ? one->note->finding : "",
                      one->note != NULL ? one->note->evidence : "", on_explained_cb, explained, free_explained);
}

static void
dk_checks_page_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (property == PROP_TITLE)
    g_value_set_string (value, _("Cross-checks"));
  else if (property == PROP_SUBTITLE)
    g_value_set_string (value, DK_CHECKS_PAGE (object)->subtitle);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dk_checks_page_dispose (GObject *object)
{
  DkChecksPage *self = DK_CHECKS_PAGE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_pointer (&self->found, g_array_unref);
  G_OBJECT_CLASS (dk_checks_page_parent_class)->dispose (object);
}

static void
dk_checks_page_finalize (GObject *object)
{
  DkChecksPage *self = DK_CHECKS_PAGE (object);

  g_clear_object (&self->session);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_checks_page_parent_class)->finalize (object);
}

static void
dk_checks_page_class_init (DkChecksPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dk_checks_page_get_property;
  object_class->dispose = dk_checks_page_dispose;
  object_class->finalize = dk_checks_page_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "checks.choose", "u", on_choose_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "checks.explain", "u", on_explain_cb);
}

static void
dk_checks_page_init (DkChecksPage *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  self->summary = new_label ("", "dk-dim");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Contradictions"), -1);
  self->explained = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->explained), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->explained, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->explained), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Explained differences"), -1);
  self->explained_head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_margin_top (self->explained_head, 12);
  gtk_box_append (GTK_BOX (self->explained_head), new_label (_("Explained differences"), "dk-t3"));
  gtk_box_append (GTK_BOX (self->explained_head), new_label (_("They count again when their figures change."), "dk-dim"));
  self->measures_head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_margin_top (self->measures_head, 12);
  gtk_box_append (GTK_BOX (self->measures_head), new_label (_("Measures side by side"), "dk-t3"));
  gtk_box_append (GTK_BOX (self->measures_head), new_label (_("They may differ; be able to explain by how much."), "dk-dim"));
  gtk_widget_set_visible (self->measures_head, FALSE);
  self->measures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (box), self->summary);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->explained_head);
  gtk_box_append (GTK_BOX (box), self->explained);
  gtk_box_append (GTK_BOX (box), self->measures_head);
  gtk_box_append (GTK_BOX (box), self->measures);
  gtk_widget_set_margin_start (clamp, 14);
  gtk_widget_set_margin_end (clamp, 14);
  gtk_widget_set_margin_top (clamp, 8);
  gtk_widget_set_margin_bottom (clamp, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  self->width_bin = dk_width_bin_new (PAGE_WIDTH, scroll);
  g_signal_connect_object (self->width_bin, "notify::is-narrow", G_CALLBACK (on_narrow_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->width_bin);
}

GtkWidget *
dk_checks_page_new (DkSession *session)
{
  DkChecksPage *self = g_object_new (DK_TYPE_CHECKS_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "assessed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
