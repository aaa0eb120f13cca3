/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-criterion-row"

#include "dk-criterion-row.h"

#include "dk-bar.h"
#include "dk-digest.h"
#include "dk-explain-window.h"
#include "dk-sign.h"
#include "dk-style.h"
#include "dk-tag.h"

#include <glib/gi18n.h>

#define INDENT 22
#define VALUE_WIDTH 24    /* characters before a value is wrapped */
#define DISTANCE_WIDTH 132
#define BAR_WIDTH 220
#define END_WIDTH 28

struct _DkCriterionRow
{
  GtkListBoxRow parent_instance;
  char         *id;
  DkRowKind     kind;
  guint         depth;
  gboolean      has_members;
  gboolean      is_open;
  gboolean      is_narrow;
  GtkWidget    *sign;     /* of a condition */
  GtkWidget    *middle;   /* title and figures, beside or below each other */
  GtkWidget    *title;
  GtkWidget    *tags;
  GtkWidget    *note;     /* below the title; of a warning */
  GtkWidget    *figures;
  GtkWidget    *value;
  GtkWidget    *distance;
  GtkWidget    *bar;
  GtkWidget    *toggle;   /* of a group */
};

enum { PROP_0, PROP_IS_OPEN, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkCriterionRow, dk_criterion_row, GTK_TYPE_LIST_BOX_ROW)

static void
dk_criterion_row_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DkCriterionRow *self = DK_CRITERION_ROW (object);

  switch (prop_id)
    {
    case PROP_IS_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dk_criterion_row_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DkCriterionRow *self = DK_CRITERION_ROW (object);

  switch (prop_id)
    {
    case PROP_IS_OPEN:
      dk_criterion_row_set_open (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dk_criterion_row_finalize (GObject *object)
{
  g_free (DK_CRITERION_ROW (object)->id);
  G_OBJECT_CLASS (dk_criterion_row_parent_class)->finalize (object);
}

/* Left and right close and open a group, as in a tree. */
static gboolean
on_arrow_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  DkCriterionRow *self = DK_CRITERION_ROW (widget);
  gboolean is_open = g_variant_get_boolean (args);

  if (!self->has_members || self->is_open == is_open)
    return FALSE;
  dk_criterion_row_set_open (self, is_open);
  return TRUE;
}

static gboolean
on_explain_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  return dk_explain_open (widget, DK_CRITERION_ROW (widget)->id);
}

static void
dk_criterion_row_class_init (DkCriterionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dk_criterion_row_get_property;
  object_class->set_property = dk_criterion_row_set_property;
  object_class->finalize = dk_criterion_row_finalize;
  properties[PROP_IS_OPEN] =
    g_param_spec_boolean ("is-open", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, on_arrow_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, on_arrow_cb, "b", FALSE);
  dk_explain_add_binding (widget_class, on_explain_cb);
}

static void
dk_criterion_row_init (DkCriterionRow *self)
{
  self->is_open = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-criterion");
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
on_toggle_cb (DkCriterionRow *self)
{
  dk_criterion_row_set_open (self, !self->is_open);
}

static void
add_end (DkCriterionRow *self,
         GtkWidget      *box)
{
  if (self->has_members)
    {
      self->toggle = gtk_button_new_from_icon_name ("pan-down-symbolic");
      gtk_widget_add_css_class (self->toggle, "flat");
      gtk_widget_add_css_class (self->toggle, "dk-toggle");
      gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
      gtk_widget_set_focus_on_click (self->toggle, FALSE);
      g_signal_connect_object (self->toggle, "clicked", G_CALLBACK (on_toggle_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), self->toggle);
      return;
    }
  {
    GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                     "pixel-size", 12, NULL);

    gtk_widget_add_css_class (arrow, "dk-dim");
    gtk_widget_set_size_request (arrow, END_WIDTH, -1);
    gtk_box_append (GTK_BOX (box), arrow);
  }
}

static void
add_figures (DkCriterionRow *self)
{
  self->figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_valign (self->figures, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->figures, FALSE);
  gtk_box_append (GTK_BOX (self->middle), self->figures);

  if (self->kind == DK_ROW_SCORE)
    {
      self->bar = dk_bar_new ();
      gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (self->bar, FALSE);
      gtk_box_append (GTK_BOX (self->figures), self->bar);
    }
  self->value = add_label (self->figures, "num");
  gtk_label_set_max_width_chars (GTK_LABEL (self->value), VALUE_WIDTH);
  gtk_label_set_wrap_mode (GTK_LABEL (self->value), PANGO_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (self->value), 1);
  gtk_label_set_justify (GTK_LABEL (self->value), GTK_JUSTIFY_RIGHT);
  if (self->kind == DK_ROW_CONDITION)
    {
      self->distance = add_label (self->figures, "num");
      gtk_widget_add_css_class (self->distance, "dk-dim");
      gtk_widget_add_css_class (self->distance, "dk-small");
      gtk_label_set_xalign (GTK_LABEL (self->distance), 1);
      gtk_label_set_justify (GTK_LABEL (self->distance), GTK_JUSTIFY_RIGHT);
      gtk_label_set_max_width_chars (GTK_LABEL (self->distance), 16);
      gtk_label_set_wrap_mode (GTK_LABEL (self->distance), PANGO_WRAP_WORD);
    }
}

static void
apply_width (DkCriterionRow *self)
{
  gboolean narrow = self->is_narrow;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->middle), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->middle), narrow ? 4 : 12);
  gtk_widget_set_halign (self->figures, narrow ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  gtk_label_set_xalign (GTK_LABEL (self->value), narrow && self->bar == NULL ? 0 : 1);
  gtk_label_set_justify (GTK_LABEL (self->value), narrow ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  if (self->distance != NULL)
    {
      gtk_widget_set_size_request (self->distance, narrow ? -1 : DISTANCE_WIDTH, -1);
      gtk_widget_set_hexpand (self->distance, narrow);
    }
  if (self->bar != NULL)
    {
      gtk_widget_set_size_request (self->bar, narrow ? 80 : BAR_WIDTH, -1);
      gtk_widget_set_hexpand (self->bar, narrow);
      gtk_widget_set_size_request (self->value, 88, -1);
    }
}

static void
build (DkCriterionRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *titles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_margin_start (box, 14 + (int) self->depth * INDENT);
  gtk_widget_set_margin_end (box, 4);
  gtk_widget_set_margin_top (box, self->depth == 0 ? 8 : 5);
  gtk_widget_set_margin_bottom (box, self->depth == 0 ? 8 : 5);
  if (self->kind == DK_ROW_CONDITION || self->kind == DK_ROW_WARNING)
    {
      self->sign = dk_sign_image_new (self->kind == DK_ROW_WARNING ? DK_SIGN_UNCONFIRMED : DK_SIGN_NONE, self->depth == 0 ? 18 : 16);
      gtk_widget_set_valign (self->sign, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), self->sign);
    }

  self->middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_hexpand (self->middle, TRUE);
  gtk_box_append (GTK_BOX (box), self->middle);
  gtk_widget_set_hexpand (titles, TRUE);
  gtk_widget_set_valign (titles, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->middle), titles);
  gtk_box_append (GTK_BOX (titles), head);
  self->title = add_label (head, NULL);
  if (self->has_members)
    gtk_widget_add_css_class (self->title, "dk-strong");
  self->tags = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_append (GTK_BOX (head), self->tags);
  self->note = add_label (titles, "dk-dim");
  gtk_widget_add_css_class (self->note, "dk-small");
  gtk_widget_set_visible (self->note, FALSE);
  add_figures (self);
  add_end (self, box);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  apply_width (self);
}

/**
 * dk_criterion_row_new:
 * @kind: what it shows
 * @id: of the result
 * @depth: in the tree
 * @has_members: whether rows of its own stand below it
 *
 * Returns: (transfer floating): an empty row: see dk_criterion_row_update ()
 */
GtkWidget *
dk_criterion_row_new (DkRowKind   kind,
                      const char *id,
                      guint       depth,
                      gboolean    has_members)
{
  DkCriterionRow *self = g_object_new (DK_TYPE_CRITERION_ROW, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->depth = depth;
  self->has_members = has_members;
  build (self);
  return GTK_WIDGET (self);
}

const char *
dk_criterion_row_get_id (DkCriterionRow *self)
{
  return self->id;
}

DkRowKind
dk_criterion_row_get_kind (DkCriterionRow *self)
{
  return self->kind;
}

guint
dk_criterion_row_get_depth (DkCriterionRow *self)
{
  return self->depth;
}

gboolean
dk_criterion_row_has_members (DkCriterionRow *self)
{
  return self->has_members;
}

gboolean
dk_criterion_row_is_open (DkCriterionRow *self)
{
  return self->is_open;
}

static void
name_toggle (DkCriterionRow *self)
{
  const char *title = gtk_label_get_text (GTK_LABEL (self->title));
  g_autofree char *name = g_strdup_printf (self->is_open ? _("Hide the members of “%s”") : _("Show the members of “%s”"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  dk_style_set_tooltip (self->toggle, name);
}

void
dk_criterion_row_set_open (DkCriterionRow *self,
                           gboolean        is_open)
{
  g_return_if_fail (DK_IS_CRITERION_ROW (self));

  if (!self->has_members || self->is_open == is_open)
    return;
  self->is_open = is_open;
  gtk_button_set_icon_name (GTK_BUTTON (self->toggle), is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  name_toggle (self);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OPEN]);
}

static void
update_tags (DkCriterionRow *self,
             const DkResult *result)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->tags)) != NULL)
    gtk_box_remove (GTK_BOX (self->tags), child);
  /* A group would repeat the tags of its members. */
  if (self->has_members)
    return;
  if (result->is_self_rated)
    gtk_box_append (GTK_BOX (self->tags), dk_tag_new (_("Self-rated"), DK_TAG_PLAIN));
  if (result->certainty == DK_CERTAINTY_UNCERTAIN)
    gtk_box_append (GTK_BOX (self->tags), dk_tag_new (_("To be confirmed"), DK_TAG_DOUBT));
}

static void
update_bar (DkCriterionRow *self,
            const DkWording *wording,
            const DkResult *result,
            const char     *text,
            gboolean        is_faint)
{
  double low = 0, high = 0;
  DkNumber max = DK_ONE;
  gboolean has_ends = dk_digest_get_ends (&result->value, &low, &high);
  gboolean has_max = dk_digest_get_max (result->item, &max, wording->arena);

  gtk_widget_set_visible (self->bar, has_ends && has_max);
  if (!has_ends || !has_max)
    return;
  dk_bar_set (DK_BAR (self->bar), low, high, dk_number_to_double (max), -1, is_faint ? DK_BAR_OPEN : DK_BAR_ACCENT);
  dk_bar_set_text (DK_BAR (self->bar), text);
}

/* What is counted besides is answered by yes or no rather than by met or not met. */
static char *
show_aside (const DkWording *wording,
            const DkResult  *result)
{
  static const char *const answers[] = { "", NC_("value", "yes"), NC_("value", "no"), NC_("value", "not known yet"), NC_("value", "does not apply") };

  if (result->item->kind == DK_ITEM_LIST)
    return dk_wording_describe_group (wording, result);
  if (result->has_value && result->verdict == DK_VERDICT_NONE)
    return dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, wording->language);
  return g_strdup (*answers[result->verdict] != '\0' ? dk_tr_context (wording->language, "value", answers[result->verdict]) : "");
}

static void
set_style (GtkWidget  *widget,
           const char *style,
           gboolean    is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

void
dk_criterion_row_update (DkCriterionRow  *self,
                         const DkWording *wording,
                         const DkResult  *result,
                         gboolean         is_faint)
{
  const char *title = dk_wording_get_title (wording, result);
  const char *advice = dk_text_get (&result->item->advice, wording->language);
  DkSign sign = dk_sign_of_result (wording->assessment, result);
  g_autofree char *value = self->kind == DK_ROW_SCORE ? dk_digest_dup_score (wording, result)
                           : self->kind == DK_ROW_ASIDE ? show_aside (wording, result)
                           : self->kind == DK_ROW_WARNING ? g_strdup ("") : dk_digest_dup_value (wording, result);
  g_autofree char *distance = self->kind == DK_ROW_CONDITION ? dk_digest_dup_distance (wording, result) : g_strdup ("");
  g_autoptr(GString) name = g_string_new (title);

  g_return_if_fail (DK_IS_CRITERION_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->value), value);
  /* "5.40 % ≥ 5 %" is read as one: the title gives way first. */
  gtk_label_set_wrap (GTK_LABEL (self->value), g_utf8_strlen (value, -1) > VALUE_WIDTH);
  gtk_widget_set_visible (self->value, *value != '\0' || !self->is_narrow);
  update_tags (self, result);
  set_style (GTK_WIDGET (self), "dk-faint", is_faint);
  if (self->kind == DK_ROW_CONDITION)
    {
      dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), sign);
      gtk_widget_set_opacity (self->sign, is_faint ? .5 : 1);
      gtk_label_set_text (GTK_LABEL (self->distance), distance);
      set_style (self->distance, "dk-fail", result->verdict == DK_VERDICT_FAIL && !is_faint);
      set_style (self->distance, "dk-dim", result->verdict != DK_VERDICT_FAIL || is_faint);
      if (sign != DK_SIGN_NONE)
        g_string_append_printf (name, ", %s", dk_sign_get_name (sign));
    }
  if (self->kind == DK_ROW_WARNING)
    {
      gtk_label_set_text (GTK_LABEL (self->note), advice);
      gtk_widget_set_visible (self->note, *advice != '\0');
      g_string_append_printf (name, ", %s%s%s", _("Warning"), *advice != '\0' ? ", " : "", advice);
    }
  if (*value != '\0')
    g_string_append_printf (name, ", %s", value);
  if (*distance != '\0')
    g_string_append_printf (name, ", %s", distance);
  if (result->is_self_rated && !self->has_members)
    g_string_append_printf (name, ", %s", _("Self-rated"));
  if (result->certainty == DK_CERTAINTY_UNCERTAIN && !self->has_members)
    g_string_append_printf (name, ", %s", _("To be confirmed"));
  if (self->bar != NULL)
    update_bar (self, wording, result, name->str, is_faint);
  if (self->toggle != NULL)
    name_toggle (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

void
dk_criterion_row_set_narrow (DkCriterionRow *self,
                             gboolean        is_narrow)
{
  g_return_if_fail (DK_IS_CRITERION_ROW (self));

  if (self->is_narrow == is_narrow)
    return;
  self->is_narrow = is_narrow;
  gtk_widget_set_visible (self->value, !is_narrow || *gtk_label_get_text (GTK_LABEL (self->value)) != '\0');
  apply_width (self);
}
