/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-grade-list"

#include "dk-grade-list.h"

#include "dk-settings.h"

#include <glib/gi18n.h>

struct _DkGradeList
{
  GtkBox        parent_instance;
  DkSession    *session;
  const DkFact *fact;
  GPtrArray    *rows;        /* GtkCheckButton *, borrowed: a grade each, then "not known yet" */
  gboolean      is_updating;
};

G_DEFINE_FINAL_TYPE (DkGradeList, dk_grade_list, GTK_TYPE_BOX)

static const DkPeriodKey no_period = { 0, 0, 0 };

static DkValue
get_grade_value (const DkGrade *grade)
{
  return dk_number_equal (grade->low, grade->high) ? DK_VALUE_POINT (grade->low) : DK_VALUE_RANGE (grade->low, grade->high);
}

/* The row that shows what is answered: a figure inside a grade is that grade's. */
static void
update (DkGradeList *self)
{
  DkValue value;
  DkAnswerState state = dk_session_get_answer (self->session, self->fact->symbol, no_period, &value);
  const DkGrade *grade = state == DK_ANSWER_VALUE ? dk_fact_find_grade (self->fact, &value) : NULL;

  self->is_updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      gboolean is_unknown = i == self->fact->grades->len;
      gboolean is_chosen = is_unknown ? state == DK_ANSWER_UNKNOWN : grade != NULL && grade == g_ptr_array_index (self->fact->grades, i);

      gtk_check_button_set_active (g_ptr_array_index (self->rows, i), is_chosen);
    }
  self->is_updating = FALSE;
}

static void
on_changed_cb (DkGradeList *self,
               const char  *id)
{
  if (id == NULL || g_str_equal (id, self->fact->symbol->id))
    update (self);
}

static void
on_toggled_cb (DkGradeList    *self,
               GtkCheckButton *row)
{
  g_autoptr(GError) error = NULL;
  DkValue value = DK_VALUE_UNDEFINED;
  guint i;

  if (self->is_updating || !gtk_check_button_get_active (row) || !g_ptr_array_find (self->rows, row, &i))
    return;
  if (i < self->fact->grades->len)
    value = get_grade_value (g_ptr_array_index (self->fact->grades, i));
  if (!dk_session_set_answer (self->session, self->fact->symbol, no_period, i < self->fact->grades->len ? DK_ANSWER_VALUE : DK_ANSWER_UNKNOWN, &value,
                              &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  update (self);
}

/* "7–8 points" */
static char *
describe_points (const DkFact  *fact,
                 const DkGrade *grade)
{
  DkValue value = get_grade_value (grade);

  return dk_value_to_display (&value, DK_KIND_NUMBER, fact->symbol->unit, NULL, NULL, dk_settings_get_language ());
}

static void
add_row (DkGradeList *self,
         const char  *text,
         const char  *points)
{
  GtkWidget *row = gtk_check_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *name = points != NULL ? g_strdup_printf (_("%s, %s"), text, points) : g_strdup (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (points != NULL)
    {
      GtkWidget *figure = gtk_label_new (points);

      gtk_widget_set_css_classes (figure, (const char *[]) { "num", "dk-small", "dk-dim", NULL });
      gtk_widget_set_hexpand (figure, FALSE);
      gtk_box_append (GTK_BOX (line), figure);
    }
  gtk_check_button_set_child (GTK_CHECK_BUTTON (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->rows->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (row), g_ptr_array_index (self->rows, 0));
  gtk_widget_set_sensitive (row, !dk_session_is_read_only (self->session));
  g_signal_connect_object (row, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  gtk_box_append (GTK_BOX (self), row);
}

static void
dk_grade_list_dispose (GObject *object)
{
  DkGradeList *self = DK_GRADE_LIST (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_grade_list_parent_class)->dispose (object);
}

static void
dk_grade_list_class_init (DkGradeListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_grade_list_dispose;
}

static void
dk_grade_list_init (DkGradeList *self)
{
  self->rows = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-grades");
}

/**
 * dk_grade_list_new:
 * @session: the open enterprise
 * @fact: a fact with grades, without a period
 *
 * Returns: (transfer floating): the scale, which follows the answer
 */
GtkWidget *
dk_grade_list_new (DkSession    *session,
                   const DkFact *fact)
{
  DkGradeList *self;

  g_return_val_if_fail (DK_IS_SESSION (session), NULL);
  g_return_val_if_fail (fact->grades != NULL && fact->symbol->period == DK_PERIOD_NONE, NULL);

  self = g_object_new (DK_TYPE_GRADE_LIST, NULL);
  self->session = g_object_ref (session);
  self->fact = fact;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dk_text_get (&fact->symbol->label, dk_settings_get_language ()), -1);
  for (guint i = 0; i < fact->grades->len; i++)
    {
      const DkGrade *grade = g_ptr_array_index (fact->grades, i);
      g_autofree char *points = describe_points (fact, grade);

      add_row (self, dk_text_get (&grade->label, dk_settings_get_language ()), points);
    }
  add_row (self, _("Not known yet"), NULL);
  update (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

GtkWidget *
dk_grade_list_get_row (DkGradeList *self,
                       guint        i)
{
  g_return_val_if_fail (DK_IS_GRADE_LIST (self), NULL);

  return i < self->rows->len ? g_ptr_array_index (self->rows, i) : NULL;
}
