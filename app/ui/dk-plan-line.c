/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-plan-line"

#include "dk-plan-line.h"

#include "dk-amount.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters that have room in a cell. */
#define MAX_LENGTH 11

enum { GROWTH, FIRST_YEAR, N_CELLS = FIRST_YEAR + DK_PLAN_YEARS };

struct _DkPlanLine
{
  GtkGrid       parent_instance;
  DkSession    *session;
  const DkFact *fact;
  int           last_year;
  GtkWidget    *names, *title, *note, *last;
  GtkWidget    *captions[N_CELLS]; /* in a narrow page each cell says what it is */
  GtkWidget    *cells[N_CELLS];    /* DkPlanCell; NULL: there is none */
  GtkWidget    *spaces[N_CELLS];   /* what stands in its place, so that columns keep their width */
};

G_DEFINE_FINAL_TYPE (DkPlanLine, dk_plan_line, GTK_TYPE_GRID)

static DkPeriodKey
get_period (DkPlanLine *self,
            guint       column)
{
  return column == GROWTH ? DK_PLAN_GROWTH : (DkPeriodKey) { self->last_year + (int) column - FIRST_YEAR + 1, 0, 0 };
}

/* --- What it says --- */

static void
update_last (DkPlanLine *self)
{
  DkPeriodKey period = { self->fact->symbol->period != DK_PERIOD_NONE ? self->last_year : 0, 0, 0 };
  g_autofree char *text = NULL;
  DkValue value;

  if (dk_session_get_answer (self->session, self->fact->symbol, period, &value) == DK_ANSWER_VALUE
      || dk_session_get_derived (self->session, self->fact->symbol, period, &value))
    text = dk_format_value (self->fact->symbol, &value);
  gtk_label_set_text (GTK_LABEL (self->last), text != NULL ? text : "–");
}

/* Digits that nobody typed are no more than can be read: amounts to 100 yuan, or to the yuan, and longer ones in words. */
static char *
show_implied (const DkSymbol *fact,
              const DkValue  *value,
              DkArena        *arena)
{
  DkValue shown = *value;
  char *text;

  if (fact->kind == DK_KIND_NUMBER && fact->unit == DK_UNIT_YUAN && value->state & (DK_POINT | DK_RANGE))
    {
      int digits = dk_settings_is_in_wan () ? -2 : 0;

      if (dk_number_is_finite (shown.low))
        shown.low = dk_number_round (shown.low, digits, arena);
      if (dk_number_is_finite (shown.high))
        shown.high = dk_number_round (shown.high, digits, arena);
    }
  text = dk_format_value (fact, &shown);
  if (fact->unit == DK_UNIT_YUAN && !dk_settings_is_in_wan () && dk_value_is_point (&shown) && g_str_has_suffix (text, ".00"))
    text[strlen (text) - strlen (".00")] = '\0';
  if (g_utf8_strlen (text, -1) > MAX_LENGTH && fact->unit == DK_UNIT_YUAN)
    {
      char *words = dk_amount_value_to_words (value, dk_settings_get_language ());

      g_free (text);
      return words != NULL ? words : g_strdup ("");
    }
  return text;
}

static void
update_year (DkPlanLine *self,
             guint       column)
{
  const DkEnterprise *enterprise = dk_session_get_enterprise (self->session);
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *text = NULL;
  DkValue value;
  DkPlannedBy by = dk_enterprise_get_projected (enterprise, self->fact->symbol, get_period (self, column), self->last_year, &value, arena);

  if (by != DK_PLANNED_NOTHING && by != DK_PLANNED_TYPED)
    text = show_implied (self->fact->symbol, &value, arena);
  dk_plan_cell_set_implied (DK_PLAN_CELL (self->cells[column]), text != NULL ? text : "");
  /* What is answered already needs no plan. */
  gtk_widget_set_sensitive (self->cells[column], by != DK_PLANNED_ANSWERED || self->fact->symbol->period == DK_PERIOD_NONE);
}

/* The rate of the other lines stands where a line has none of its own. */
static void
update_growth (DkPlanLine *self)
{
  g_autofree char *text = NULL;
  DkUnit unit = self->fact->symbol->unit;
  DkValue value;

  if (self->cells[GROWTH] == NULL)
    return;
  if (dk_enterprise_get_planned (dk_session_get_enterprise (self->session), NULL, DK_PLAN_GROWTH, &value))
    text = unit == DK_UNIT_YUAN || unit == DK_UNIT_COUNT ? dk_format_value (dk_planned_get_symbol (NULL, DK_PLAN_GROWTH), &value)
                                                         : dk_format_number (DK_ZERO, DK_UNIT_RATIO);
  dk_plan_cell_set_implied (DK_PLAN_CELL (self->cells[GROWTH]), text != NULL ? text : "");
}

void
dk_plan_line_update (DkPlanLine *self,
                     gboolean    is_open)
{
  const char *unit;
  g_autofree char *note = NULL;

  g_return_if_fail (DK_IS_PLAN_LINE (self));

  if (self->fact == NULL)
    return;
  unit = dk_format_unit (self->fact->symbol->unit);
  note = is_open ? g_strdup_printf (*unit != '\0' ? "%s · %s" : "%s%s", unit, _("boards wait for it")) : g_strdup (unit);
  gtk_label_set_text (GTK_LABEL (self->note), note);
  gtk_widget_set_visible (self->note, *note != '\0');
  gtk_widget_set_css_classes (self->note, (const char *[]) { "dk-mini", is_open ? "dk-open" : "dk-dim", NULL });
  update_last (self);
  update_growth (self);
  for (guint i = FIRST_YEAR; i < N_CELLS; i++)
    update_year (self, i);
}

/* --- The object --- */

static void
place (DkPlanLine *self,
       GtkWidget  *child,
       int         column,
       int         row,
       int         width)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkGridLayoutChild *at = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, child));

  g_object_set (at, "column", column, "row", row, "column-span", width, NULL);
}

void
dk_plan_line_set_narrow (DkPlanLine *self,
                         gboolean    is_narrow)
{
  g_return_if_fail (DK_IS_PLAN_LINE (self));

  place (self, self->names, 0, 0, is_narrow ? 3 : 1);
  place (self, self->last, is_narrow ? 3 : 1, 0, 1);
  gtk_widget_set_size_request (self->last, is_narrow ? -1 : DK_PLAN_LAST_WIDTH, -1);
  for (guint i = 0; i < N_CELLS; i++)
    {
      if (self->cells[i] == NULL)
        {
          gtk_widget_set_visible (self->spaces[i], !is_narrow);
          continue;
        }
      place (self, self->captions[i], (int) i, 1, 1);
      place (self, self->cells[i], is_narrow ? (int) i : 2 + (int) i, is_narrow ? 2 : 0, 1);
      gtk_widget_set_visible (self->captions[i], is_narrow);
      gtk_widget_set_size_request (self->cells[i], is_narrow ? -1 : i == GROWTH ? DK_PLAN_GROWTH_WIDTH : DK_PLAN_YEAR_WIDTH, -1);
      gtk_widget_set_hexpand (self->cells[i], is_narrow);
    }
  gtk_grid_set_column_homogeneous (GTK_GRID (self), is_narrow);
  if (is_narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

const DkFact *
dk_plan_line_get_fact (DkPlanLine *self)
{
  g_return_val_if_fail (DK_IS_PLAN_LINE (self), NULL);

  return self->fact;
}

DkPlanCell *
dk_plan_line_get_cell (DkPlanLine *self,
                       guint       column)
{
  g_return_val_if_fail (DK_IS_PLAN_LINE (self) && column < N_CELLS, NULL);

  return self->cells[column] != NULL ? DK_PLAN_CELL (self->cells[column]) : NULL;
}

static void
dk_plan_line_dispose (GObject *object)
{
  g_clear_object (&DK_PLAN_LINE (object)->session);
  G_OBJECT_CLASS (dk_plan_line_parent_class)->dispose (object);
}

static void
dk_plan_line_class_init (DkPlanLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_plan_line_dispose;
}

static void
dk_plan_line_init (DkPlanLine *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-plan-line");
  gtk_grid_set_column_spacing (GTK_GRID (self), DK_PLAN_GAP);
  self->names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->names, TRUE);
  gtk_widget_set_valign (self->names, GTK_ALIGN_CENTER);
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  self->note = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_box_append (GTK_BOX (self->names), self->title);
  gtk_box_append (GTK_BOX (self->names), self->note);
  self->last = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_set_css_classes (self->last, (const char *[]) { "num", "dk-dim", NULL });
  gtk_widget_set_hexpand (self->last, FALSE);
  gtk_grid_attach (GTK_GRID (self), self->names, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (self), self->last, 1, 0, 1, 1);
}

static void
add_space (DkPlanLine *self,
           guint       column)
{
  self->spaces[column] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_size_request (self->spaces[column], column == GROWTH ? DK_PLAN_GROWTH_WIDTH : DK_PLAN_YEAR_WIDTH, -1);
  gtk_grid_attach (GTK_GRID (self), self->spaces[column], 2 + (int) column, 0, 1, 1);
}

static void
add_cell (DkPlanLine *self,
          guint       column)
{
  g_autofree char *year = g_strdup_printf ("%d", get_period (self, column).year);

  self->captions[column] = g_object_new (GTK_TYPE_LABEL, "label", column == GROWTH ? _("Growth a year") : year, "xalign", 0.0,
                                         "ellipsize", PANGO_ELLIPSIZE_END, "visible", FALSE, NULL);
  gtk_widget_set_css_classes (self->captions[column], (const char *[]) { "dk-mini", "dk-dim", "num", NULL });
  self->cells[column] = dk_plan_cell_new (self->session, self->fact != NULL ? self->fact->symbol : NULL, get_period (self, column));
  gtk_widget_set_valign (self->cells[column], GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (self), self->captions[column], (int) column, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (self), self->cells[column], 2 + (int) column, 0, 1, 1);
}

GtkWidget *
dk_plan_line_new (DkSession    *session,
                  const DkFact *fact,
                  int           last_year)
{
  DkPlanLine *self = g_object_new (DK_TYPE_PLAN_LINE, NULL);

  self->session = g_object_ref (session);
  self->fact = fact;
  self->last_year = last_year;
  gtk_label_set_text (GTK_LABEL (self->title), fact != NULL ? dk_text_get (&fact->symbol->label, dk_settings_get_language ()) : _("All other lines"));
  if (fact == NULL)
    gtk_label_set_text (GTK_LABEL (self->note), _("Amounts and head counts; all else stays as last year"));
  gtk_widget_add_css_class (self->note, "dk-mini");
  gtk_widget_add_css_class (self->note, "dk-dim");
  for (guint i = 0; i < N_CELLS; i++)
    if (i == GROWTH ? fact == NULL || dk_fact_may_grow (fact->symbol) : fact != NULL)
      add_cell (self, i);
    else
      add_space (self, i);
  dk_plan_line_set_narrow (self, FALSE);
  dk_plan_line_update (self, FALSE);
  return GTK_WIDGET (self);
}
