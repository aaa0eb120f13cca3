/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-explain-line"

#include "dk-explain-line.h"

#include "dk-basis.h"
#include "dk-sign.h"

#define WHOLE_VALUE 22 /* characters of a value that are kept on one line */

struct _DkExplainStep
{
  GObject             parent_instance;
  const DkProvenance *node;
};

G_DEFINE_FINAL_TYPE (DkExplainStep, dk_explain_step, G_TYPE_OBJECT)

static void
dk_explain_step_class_init (DkExplainStepClass *klass)
{
}

static void
dk_explain_step_init (DkExplainStep *self)
{
}

DkExplainStep *
dk_explain_step_new (const DkProvenance *node)
{
  DkExplainStep *self = g_object_new (DK_TYPE_EXPLAIN_STEP, NULL);

  self->node = node;
  return self;
}

const DkProvenance *
dk_explain_step_get_node (DkExplainStep *self)
{
  g_return_val_if_fail (DK_IS_EXPLAIN_STEP (self), NULL);

  return self->node;
}

struct _DkExplainLine
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *image; /* of what was entered */
  GtkWidget *joint;
  GtkWidget *name;
  GtkWidget *note;
  GtkWidget *value;
  GtkWidget *sign;
};

G_DEFINE_FINAL_TYPE (DkExplainLine, dk_explain_line, GTK_TYPE_WIDGET)

static void
dk_explain_line_dispose (GObject *object)
{
  g_clear_pointer (&DK_EXPLAIN_LINE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (dk_explain_line_parent_class)->dispose (object);
}

static void
dk_explain_line_class_init (DkExplainLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_explain_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = dk_basis_new_label (NULL, style);

  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
dk_explain_line_init (DkExplainLine *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "dk-table-symbolic", NULL);
  gtk_widget_add_css_class (self->image, "dk-held");
  gtk_box_append (GTK_BOX (self->box), self->image);
  self->joint = add_label (self->box, "dk-dim");
  gtk_label_set_wrap (GTK_LABEL (self->joint), FALSE);
  self->name = add_label (middle, NULL);
  self->note = add_label (middle, "dk-dim");
  gtk_widget_add_css_class (self->note, "dk-small");
  gtk_widget_set_hexpand (middle, TRUE);
  gtk_widget_set_valign (middle, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), middle);
  self->value = add_label (self->box, "num");
  gtk_label_set_xalign (GTK_LABEL (self->value), 1);
  gtk_label_set_justify (GTK_LABEL (self->value), GTK_JUSTIFY_RIGHT);
  self->sign = dk_sign_image_new (DK_SIGN_NONE, 15);
  gtk_widget_set_valign (self->sign, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->sign);
}

static DkSign
sign_of_verdict (DkVerdict verdict)
{
  static const DkSign signs[] = {
    [DK_VERDICT_NONE] = DK_SIGN_NONE, [DK_VERDICT_PASS] = DK_SIGN_MET, [DK_VERDICT_FAIL] = DK_SIGN_NOT_MET,
    [DK_VERDICT_OPEN] = DK_SIGN_OPEN, [DK_VERDICT_NA] = DK_SIGN_NA,
  };

  return signs[verdict];
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

void
dk_explain_line_set_node (DkExplainLine      *self,
                          const DkProvenance *node)
{
  static const DkProvenance nothing = { .joint = (char *) "", .name = (char *) "", .note = (char *) "", .value = (char *) "" };
  gboolean is_rule = node != NULL && node->kind == DK_PROVENANCE_RULE;
  gboolean is_entered = node != NULL && (node->kind == DK_PROVENANCE_FACT || node->kind == DK_PROVENANCE_REGISTER);
  DkSign sign;

  g_return_if_fail (DK_IS_EXPLAIN_LINE (self));

  if (node == NULL)
    node = &nothing;
  sign = is_rule ? sign_of_verdict (node->verdict) : DK_SIGN_NONE;
  set_text (self->joint, node->joint);
  set_text (self->name, node->name);
  set_text (self->note, node->note);
  set_text (self->value, node->value);
  gtk_label_set_wrap (GTK_LABEL (self->value), g_utf8_strlen (node->value, -1) > WHOLE_VALUE);
  gtk_widget_set_visible (self->image, is_entered);
  gtk_widget_set_css_classes (self->name, (const char *[]) { is_rule ? "dk-strong" : is_entered ? "dk-held" : "dk-plain", NULL });
  gtk_widget_set_css_classes (self->value, (const char *[]) { "num", is_rule ? "dk-strong" : "dk-plain", NULL });
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), sign);
  gtk_widget_set_visible (self->sign, sign != DK_SIGN_NONE);
}

GtkWidget *
dk_explain_line_new (void)
{
  return g_object_new (DK_TYPE_EXPLAIN_LINE, NULL);
}
