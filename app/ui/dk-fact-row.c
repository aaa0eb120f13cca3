/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-fact-row"

#include "dk-fact-row.h"

#include "dk-grade-list.h"
#include "dk-style.h"
#include "dk-tag.h"

#include <glib/gi18n.h>

/* From so many times the figure of the year before on, somebody may have taken yuan for 10,000 yuan. */
#define SLIP_FROM 1000
#define SLIP_UNIT 10000

struct _DkFactRow
{
  GtkBox        parent_instance;
  DkSession    *session;
  const DkFact *fact;
  int           last_year;
  int           only_year; /* narrow: the year that is shown; 0: wide */
  DkFactCell   *cells[DK_FACT_YEARS]; /* the last year is the last one; of a fact without a period only the first */
  guint         n_cells;
  GtkWidget    *top;
  GtkWidget    *source;
  GtkWidget    *change;      /* in a column that stays when there is none */
  GtkWidget    *info;
  GtkWidget    *help;
  GtkWidget    *message_box;
  GtkWidget    *message_icon;
  GtkWidget    *message;
  GtkWidget    *fix;
  DkFactCell   *fix_cell;
  gboolean      fix_divides;
};

enum { NAVIGATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkFactRow, dk_fact_row, GTK_TYPE_BOX)

static const char *
get_label (const DkSymbol *symbol)
{
  const char *label = dk_text_get (&symbol->label, dk_settings_get_language ());

  return *label != '\0' ? label : symbol->id;
}

/* --- Definition --- */

static void
append_text (GtkBox     *box,
             const char *heading,
             const char *text,
             const char *style)
{
  GtkWidget *label;

  if (*text == '\0')
    return;
  if (heading != NULL)
    {
      label = gtk_label_new (heading);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dk-mini");
      gtk_widget_add_css_class (label, "dk-dim");
      gtk_widget_set_margin_top (label, 4);
      gtk_box_append (box, label);
    }
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
}

static void
on_help_closed_cb (DkFactRow *self)
{
  DkFactCell *cell = self->only_year != 0 ? dk_fact_row_find_cell (self, self->only_year) : self->cells[self->n_cells - 1];

  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (cell)))
    dk_fact_cell_grab (cell);
}

/* The programmes whose results rest on the fact today, by their short titles. */
static char *
list_uses (DkFactRow *self)
{
  const DkAssessment *assessment = dk_session_get_assessment (self->session);
  GPtrArray *results = assessment != NULL ? dk_assessment_get_results (assessment) : NULL;
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      const char *title = dk_pack_get_short_title (result->item->pack, dk_settings_get_language ());

      if (g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL))
        continue;
      for (guint k = 0; k < result->facts->len; k++)
        if (g_array_index (result->facts, DkFactRef, k).fact == self->fact->symbol)
          {
            g_ptr_array_add (titles, (gpointer) title);
            break;
          }
    }
  if (titles->len == 0)
    return g_strdup ("");
  g_ptr_array_add (titles, NULL);
  return g_strjoinv (" · ", (char **) titles->pdata);
}

/**
 * dk_fact_row_show_help:
 *
 * Shows what the fact means: its name, definition, example, source, and what it counts for. Escape closes it and gives the focus back.
 */
void
dk_fact_row_show_help (DkFactRow *self)
{
  const char *language = dk_settings_get_language ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *uses = list_uses (self);

  append_text (GTK_BOX (box), NULL, get_label (self->fact->symbol), "dk-t3");
  append_text (GTK_BOX (box), NULL, dk_text_get (&self->fact->definition, language), NULL);
  append_text (GTK_BOX (box), _("Example"), dk_text_get (&self->fact->example, language), NULL);
  append_text (GTK_BOX (box), _("Source"), dk_text_get (&self->fact->source, language), "dk-held");
  append_text (GTK_BOX (box), _("Counts for"), uses, NULL);
  if (self->help == NULL)
    {
      self->help = gtk_popover_new ();
      gtk_widget_add_css_class (self->help, "dk-definition");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->help), GTK_ACCESSIBLE_PROPERTY_LABEL, get_label (self->fact->symbol),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, dk_text_get (&self->fact->definition, language), -1);
      gtk_widget_set_parent (self->help, self->info);
      g_signal_connect_object (self->help, "closed", G_CALLBACK (on_help_closed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_popover_set_child (GTK_POPOVER (self->help), box);
  gtk_popover_popup (GTK_POPOVER (self->help));
}

/* While the definition is open the focus is still in the cell, which has an Escape of its own. */
static gboolean
on_key_pressed_cb (DkFactRow *self,
                   guint      keyval)
{
  if (keyval != GDK_KEY_Escape || self->help == NULL || !gtk_widget_get_visible (self->help))
    return FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->help));
  return TRUE;
}

/* --- What is odd --- */

static gboolean
get_value (DkFactRow *self,
           guint      i,
           DkValue   *value)
{
  return i < self->n_cells && dk_fact_cell_get_value (self->cells[i], value);
}

/* "12 times", without digits that nobody reads. */
static char *
show_times (DkNumber times)
{
  g_autoptr(DkArena) arena = dk_arena_new ();

  return dk_format_number (dk_number_round (times, 0, arena), DK_UNIT_PLAIN);
}

/* A jump by about 10,000 is seldom growth: the figure may be in the other unit. */
static char *
check_slip (DkFactRow *self,
            guint      i)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *text = NULL;
  DkValue value, before;
  DkNumber times;

  if (self->fact->symbol->unit != DK_UNIT_YUAN || i == 0 || !get_value (self, i, &value) || !get_value (self, i - 1, &before)
      || !dk_value_is_point (&value) || !dk_value_is_point (&before) || dk_number_sign (value.low) <= 0 || dk_number_sign (before.low) <= 0)
    return NULL;
  times = dk_number_div (value.low, before.low, arena);
  if (dk_number_compare (times, DK_NUMBER (SLIP_FROM)) >= 0)
    {
      self->fix_divides = TRUE;
      text = show_times (times);
      return g_strdup_printf (_("%s times the year before. Is this figure in yuan?"), text);
    }
  times = dk_number_div (DK_ONE, times, arena);
  if (dk_number_compare (times, DK_NUMBER (SLIP_FROM)) < 0)
    return NULL;
  self->fix_divides = FALSE;
  text = show_times (times);
  return g_strdup_printf (_("The year before was %s times this. Is this figure in units of 10,000 yuan?"), text);
}

static char *
check_parts (DkFactRow *self,
             guint      i)
{
  const GArray *relations = dk_catalogue_get_relations (dk_session_get_library (self->session)->catalogue);
  DkPeriodKey period = { dk_fact_cell_get_year (self->cells[i]), 0, 0 };
  DkValue value, whole;

  if (!get_value (self, i, &value) || !(value.state & (DK_POINT | DK_RANGE)))
    return NULL;
  for (guint k = 0; k < relations->len; k++)
    {
      const DkRelation *relation = &g_array_index (relations, DkRelation, k);

      if (relation->part != self->fact->symbol
          || dk_session_get_answer (self->session, relation->whole, period, &whole) != DK_ANSWER_VALUE || !(whole.state & (DK_POINT | DK_RANGE)))
        continue;
      if (dk_number_compare (value.low, dk_value_high (&whole)) > 0)
        {
          g_autofree char *part_text = dk_format_value (self->fact->symbol, &value), *whole_text = dk_format_value (relation->whole, &whole);

          /* TRANSLATORS: a part and its figure, the whole and its figure. */
          return g_strdup_printf (_("%s is %s, more than %s, %s, of which it is a part. Which of the two is right?"), get_label (self->fact->symbol),
                                  part_text, get_label (relation->whole), whole_text);
        }
    }
  return NULL;
}

/* A message that comes while somebody types must not stand below the edge. */
static gboolean
on_message_tick_cb (GtkWidget     *widget,
                    GdkFrameClock *clock,
                    gpointer       data)
{
  DkFactRow *self = DK_FACT_ROW (widget);
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double below;

  if (scrolled == NULL || !gtk_widget_get_visible (self->message_box) || gtk_widget_get_height (self->message_box) == 0
      || !gtk_widget_compute_bounds (widget, scrolled, &bounds))
    return G_SOURCE_REMOVE;
  below = bounds.origin.y + bounds.size.height - gtk_widget_get_height (scrolled);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  if (below > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + below + 8);
  return G_SOURCE_REMOVE;
}

static gboolean
on_first_tick_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       data)
{
  /* Its place is known one frame later. */
  gtk_widget_add_tick_callback (widget, on_message_tick_cb, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
show_message (DkFactRow  *self,
              const char *text,
              gboolean    is_error)
{
  if (text != NULL && !gtk_widget_get_visible (self->message_box) && gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_first_tick_cb, NULL, NULL);
  gtk_widget_set_visible (self->message_box, text != NULL);
  if (text == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->message), "");
      return;
    }
  gtk_label_set_label (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (self->message_icon, TRUE);
  gtk_widget_remove_css_class (self->message_box, is_error ? "dk-caution" : "dk-problem");
  gtk_widget_add_css_class (self->message_box, is_error ? "dk-problem" : "dk-caution");
}

/* What was typed and is no answer comes first, then what is odd; the last year before those before it. */
static void
update_messages (DkFactRow *self)
{
  const char *problem = NULL;
  g_autofree char *warning = NULL, *unsaved = NULL;

  gtk_widget_set_visible (self->fix, FALSE);
  self->fix_cell = NULL;
  for (guint i = self->n_cells; i-- > 0;)
    {
      g_autofree char *found = check_slip (self, i);
      gboolean is_unsaved = dk_session_is_unsaved (self->session, self->fact->symbol, (DkPeriodKey) { dk_fact_cell_get_year (self->cells[i]), 0, 0 });

      if (found != NULL && warning == NULL)
        self->fix_cell = self->cells[i];
      if (found == NULL)
        found = check_parts (self, i);
      dk_fact_cell_set_warned (self->cells[i], found != NULL || is_unsaved);
      if (is_unsaved && unsaved == NULL)
        unsaved = dk_workspace_dup_unsaved (dk_session_get_workspace (self->session));
      if (problem == NULL)
        problem = dk_fact_cell_get_problem (self->cells[i]);
      if (warning == NULL)
        warning = g_steal_pointer (&found);
    }
  show_message (self, problem != NULL ? problem : unsaved != NULL ? unsaved : warning, problem != NULL);
  if (problem == NULL && unsaved == NULL && self->fix_cell != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->fix), self->fix_divides ? _("Divide by 10,000") : _("Multiply by 10,000"));
      gtk_widget_set_visible (self->fix, !dk_session_is_read_only (self->session));
    }
}

static void
on_fix_clicked_cb (DkFactRow *self)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkFactCell *cell = self->fix_cell;
  DkValue value;

  if (cell == NULL || !dk_fact_cell_get_value (cell, &value))
    return;
  /* It says yuan where 10,000 of them were meant, or the other way round. */
  value.low = self->fix_divides ? dk_number_div (value.low, DK_NUMBER (SLIP_UNIT), arena) : dk_number_mul (value.low, DK_NUMBER (SLIP_UNIT), arena);
  value = DK_VALUE_POINT (dk_number_reduce (value.low, arena));
  dk_fact_cell_set_answer (cell, DK_ANSWER_VALUE, &value);
  dk_fact_cell_grab (cell);
}

/* --- Change, and the year before --- */

static void
update_change (DkFactRow *self)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *decimal = NULL, *text = NULL;
  DkValue value, before;
  DkNumber change;

  if (self->change == NULL)
    return;
  gtk_widget_set_visible (self->change, FALSE);
  if (!get_value (self, DK_FACT_YEARS - 1, &value))
    return;
  if (value.state & DK_RANGE)
    {
      gtk_label_set_label (GTK_LABEL (self->change), C_("answer", "Range"));
      gtk_widget_set_visible (self->change, TRUE);
      return;
    }
  if (!get_value (self, DK_FACT_YEARS - 2, &before) || !dk_value_is_point (&value) || !dk_value_is_point (&before)
      || dk_number_sign (before.low) <= 0)
    return;
  change = dk_number_mul (dk_number_div (dk_number_sub (value.low, before.low, arena), before.low, arena), DK_NUMBER (100), arena);
  if (dk_number_compare (change, DK_NUMBER (99999)) > 0)
    return;
  decimal = dk_number_to_decimal (change, 1);
  text = g_strdup_printf ("%s%s%%", *decimal == '-' ? "\u2212" : "+", *decimal == '-' ? decimal + 1 : decimal);
  gtk_label_set_label (GTK_LABEL (self->change), text);
  gtk_widget_set_visible (self->change, TRUE);
}

/* Under the label stands where the figure is found; while one year is shown, the figure of the year before. */
static void
update_source (DkFactRow *self)
{
  const char *source = dk_text_get (&self->fact->source, dk_settings_get_language ());
  DkFactCell *before = self->only_year != 0 && self->n_cells == DK_FACT_YEARS ? dk_fact_row_find_cell (self, self->only_year - 1) : NULL;
  DkValue value;

  if (self->only_year != 0 && self->n_cells == DK_FACT_YEARS)
    {
      g_autofree char *figure = before != NULL && dk_fact_cell_get_value (before, &value) ? dk_format_value (self->fact->symbol, &value) : NULL;
      g_autofree char *text = figure != NULL ? g_strdup_printf (_("Year before: %s"), figure) : g_strdup ("");

      gtk_label_set_label (GTK_LABEL (self->source), text);
      dk_style_set_tooltip (self->source, NULL);
      gtk_widget_set_visible (self->source, figure != NULL);
      return;
    }
  gtk_label_set_label (GTK_LABEL (self->source), source);
  dk_style_set_tooltip (self->source, *source != '\0' ? source : NULL); /* it may be cut */
  gtk_widget_set_visible (self->source, *source != '\0');
}

static void
update (DkFactRow *self)
{
  update_messages (self);
  update_change (self);
  update_source (self);
}

static void
on_changed_cb (DkFactRow  *self,
               const char *id)
{
  if (id == NULL || g_str_equal (id, self->fact->symbol->id) || g_strcmp0 (id, self->fact->symbol->part_of) == 0)
    update (self);
}

static void
on_navigate_cb (DkFactCell *cell,
                int         rows,
                DkFactRow  *self)
{
  g_signal_emit (self, signals[NAVIGATE], 0, cell, rows);
}

/* --- The class --- */

static void
dk_fact_row_dispose (GObject *object)
{
  DkFactRow *self = DK_FACT_ROW (object);

  g_clear_pointer (&self->help, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_fact_row_parent_class)->dispose (object);
}

static void
dk_fact_row_class_init (DkFactRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_fact_row_dispose;
  signals[NAVIGATE] = g_signal_new ("navigate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, DK_TYPE_FACT_CELL, G_TYPE_INT);
}

static void
dk_fact_row_init (DkFactRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-fact-row");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
make_message (DkFactRow *self)
{
  self->message_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->message_icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "dialog-warning-symbolic", NULL);
  gtk_widget_set_valign (self->message_icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->message_icon, 2);
  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->message), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_widget_set_hexpand (self->message, TRUE);
  self->fix = gtk_button_new ();
  gtk_widget_add_css_class (self->fix, "flat");
  gtk_widget_add_css_class (self->fix, "dk-fix");
  gtk_widget_set_valign (self->fix, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->fix, "clicked", G_CALLBACK (on_fix_clicked_cb), self);
  gtk_box_append (GTK_BOX (self->message_box), self->message_icon);
  gtk_box_append (GTK_BOX (self->message_box), self->message);
  gtk_box_append (GTK_BOX (self->message_box), self->fix);
  gtk_widget_set_visible (self->message_box, FALSE);
  gtk_box_append (GTK_BOX (self), self->message_box);
}

static void
make_label (DkFactRow *self)
{
  /* A grid: a box lines up baselines, and then reckons another height than it reports. */
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), *line = gtk_grid_new ();
  GtkWidget *label = gtk_label_new (get_label (self->fact->symbol));
  g_autofree char *name = g_strdup_printf (_("Explain: %s"), get_label (self->fact->symbol));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  self->info = gtk_button_new_from_icon_name ("help-about-symbolic");
  gtk_widget_add_css_class (self->info, "flat");
  gtk_widget_add_css_class (self->info, "circular");
  gtk_widget_add_css_class (self->info, "dk-info");
  gtk_widget_set_valign (self->info, GTK_ALIGN_CENTER);
  dk_style_set_tooltip (self->info, _("Explain (F1)"));
  /* From the cell F1 does the same; Tab goes from cell to cell. */
  gtk_widget_set_focusable (self->info, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->info), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (self->info, "clicked", G_CALLBACK (dk_fact_row_show_help), self);
  gtk_grid_set_column_spacing (GTK_GRID (line), 2);
  gtk_grid_attach (GTK_GRID (line), label, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (line), self->info, 1, 0, 1, 1);
  if (self->fact->symbol->is_judged)
    gtk_grid_attach (GTK_GRID (line), dk_tag_new (_("Self-rated"), DK_TAG_PLAIN), 2, 0, 1, 1);

  self->source = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->source), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->source), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->source, "dk-mini");
  gtk_widget_add_css_class (self->source, "dk-dim");
  gtk_widget_add_css_class (self->source, "num");
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->source);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->top), box);
}

static void
add_cell (DkFactRow *self,
          int        year)
{
  GtkWidget *cell = dk_fact_cell_new (self->session, self->fact, year);
  int width = -1;

  if (year != 0)
    width = DK_FACT_CELL_WIDTH;
  else if (self->fact->symbol->kind == DK_KIND_NUMBER || self->fact->symbol->kind == DK_KIND_DATE)
    width = 150;
  else if (self->fact->symbol->kind != DK_KIND_TRUTH)
    width = 264;
  gtk_widget_set_size_request (cell, width, -1);
  gtk_widget_set_hexpand (cell, FALSE);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  dk_fact_cell_set_past (DK_FACT_CELL (cell), year != 0 && year != self->last_year);
  g_signal_connect_object (cell, "navigate", G_CALLBACK (on_navigate_cb), self, 0);
  g_signal_connect_object (cell, "help", G_CALLBACK (dk_fact_row_show_help), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "notify::problem", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->cells[self->n_cells++] = DK_FACT_CELL (cell);
  gtk_box_append (GTK_BOX (self->top), cell);
}

static void
on_unit_changed_cb (DkFactRow *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    if (self->fact->symbol->period == DK_PERIOD_YEAR)
      gtk_widget_set_size_request (GTK_WIDGET (self->cells[i]), DK_FACT_CELL_WIDTH, -1);
  update (self);
}

/**
 * dk_fact_row_new:
 * @session: the open enterprise
 * @fact: what is asked
 * @last_year: the last full year
 */
GtkWidget *
dk_fact_row_new (DkSession    *session,
                 const DkFact *fact,
                 int           last_year)
{
  DkFactRow *self = g_object_new (DK_TYPE_FACT_ROW, NULL);

  self->session = g_object_ref (session);
  self->fact = fact;
  self->last_year = last_year;
  self->top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self), self->top);
  make_label (self);
  if (fact->symbol->period == DK_PERIOD_YEAR)
    {
      GtkWidget *column = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      for (int i = DK_FACT_YEARS - 1; i >= 0; i--)
        add_cell (self, last_year - i);
      self->change = gtk_label_new (NULL);
      gtk_widget_set_hexpand (self->change, TRUE);
      gtk_widget_set_halign (self->change, GTK_ALIGN_END);
      gtk_widget_set_hexpand (column, FALSE);
      gtk_widget_set_size_request (column, DK_FACT_CHANGE_WIDTH, -1);
      gtk_widget_add_css_class (self->change, "dk-small");
      gtk_widget_add_css_class (self->change, "dk-dim");
      gtk_widget_add_css_class (self->change, "num");
      gtk_box_append (GTK_BOX (column), self->change);
      gtk_box_append (GTK_BOX (self->top), column);
    }
  else
    add_cell (self, 0);
  if (fact->grades != NULL && fact->symbol->period == DK_PERIOD_NONE)
    gtk_box_append (GTK_BOX (self), dk_grade_list_new (session, fact));
  make_message (self);
  update (self);
  /* After the cells, which read the new answers themselves. */
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "saved", G_CALLBACK (update_messages), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "assessed", G_CALLBACK (update_change), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (dk_settings_get (), "changed::" DK_SETTING_IN_WAN, G_CALLBACK (on_unit_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return GTK_WIDGET (self);
}

const DkSymbol *
dk_fact_row_get_fact (DkFactRow *self)
{
  return self->fact->symbol;
}

DkFactCell *
dk_fact_row_find_cell (DkFactRow *self,
                       int        year)
{
  if (self->fact->symbol->period != DK_PERIOD_YEAR)
    return self->cells[0];
  for (guint i = 0; i < self->n_cells; i++)
    if (dk_fact_cell_get_year (self->cells[i]) == year)
      return self->cells[i];
  return NULL;
}

void
dk_fact_row_set_narrow (DkFactRow *self,
                        int        year)
{
  gboolean is_wide = year == 0;

  self->only_year = year;
  for (guint i = 0; i < self->n_cells; i++)
    {
      int cell_year = dk_fact_cell_get_year (self->cells[i]);

      gtk_widget_set_visible (GTK_WIDGET (self->cells[i]), is_wide || cell_year == 0 || cell_year == year);
      dk_fact_cell_set_past (self->cells[i], is_wide && cell_year != 0 && cell_year != self->last_year);
    }
  if (self->change != NULL)
    gtk_widget_set_visible (gtk_widget_get_parent (self->change), is_wide);
  /* Long fields go under their question. */
  if (self->fact->symbol->period != DK_PERIOD_YEAR && self->fact->symbol->kind != DK_KIND_NUMBER && self->fact->symbol->kind != DK_KIND_DATE)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->top), is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
      gtk_widget_set_halign (GTK_WIDGET (self->cells[0]), is_wide || self->fact->symbol->kind != DK_KIND_TRUTH ? GTK_ALIGN_FILL : GTK_ALIGN_START);
    }
  update_source (self);
}

const char *
dk_fact_row_get_message (DkFactRow *self)
{
  return gtk_widget_get_visible (self->message_box) ? gtk_label_get_label (GTK_LABEL (self->message)) : NULL;
}
