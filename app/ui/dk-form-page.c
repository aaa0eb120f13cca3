/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-form-page"

#include "dk-form-page.h"

#include "dk-fact-group.h"
#include "dk-question-strip.h"
#include "dk-settings.h"
#include "dk-verdict-bar.h"
#include "dk-verdict-panel.h"

#include <glib/gi18n.h>

/* Widths of the page from which the results stand beside the form, and below which one year is shown at a time. */
#define WIDTH_WITH_PANEL 860
#define WIDTH_ONE_YEAR   560
#define PANEL_WIDTH      296
#define FORM_WIDTH       760
/* The least width that the page asks for; what stands in it may be wider until it has followed. */
#define LEAST_WIDTH      340

struct _DkFormPage
{
  AdwBin      parent_instance;
  DkSession  *session;
  char       *topic;
  char       *title;
  char       *subtitle;
  const char *kind;       /* of the packs whose results stand beside it; NULL: all but the boards; the catalogue's */
  GPtrArray  *pages;      /* const char *: the catalogue's, in order */
  GPtrArray  *groups;     /* DkFactGroup * */
  GPtrArray  *rows;       /* DkFactRow *, of all groups */
  GtkWidget  *content;
  GtkWidget  *panel;      /* at the right, with its divider */
  GtkWidget  *bar;
  GtkWidget  *years;      /* segments of the narrow page */
  GtkWidget  *year_buttons[DK_FACT_YEARS];
  GtkWidget  *enough;
  int         year;       /* that is shown while narrow */
  int         width;
  gboolean    is_narrow;
  gboolean    is_laid_out;
  guint       layout_source;
  DkFactCell *pending;    /* to be focused once it can be seen; borrowed */
  GtkWidget  *left;       /* weak: what had the focus before it went to the results */
};

enum { PROP_0, PROP_SESSION, PROP_TOPIC, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkFormPage, dk_form_page, ADW_TYPE_BIN)

/* --- What it says --- */

static guint
find_page (DkFormPage *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (g_str_equal (g_ptr_array_index (self->pages, i), self->topic))
      return i;
  return 0;
}

static const char *
get_page_title (DkFormPage *self,
                const char *page)
{
  const DkText *title = dk_catalogue_get_page_title (dk_session_get_library (self->session)->catalogue, page);

  return title != NULL ? dk_text_get (title, dk_settings_get_language ()) : page;
}

/* Whether a result beside the page lacks the fact. */
static gboolean
is_missing (DkFormPage         *self,
            const DkAssessment *assessment,
            const DkSymbol     *fact)
{
  GPtrArray *results = dk_assessment_get_results (assessment);

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);

      for (guint k = 0; k < result->missing->len && dk_verdict_panel_takes (result->item->pack, self->kind); k++)
        if (g_array_index (result->missing, DkFactRef, k).fact == fact)
          return TRUE;
    }
  return FALSE;
}

/* "This page is enough": nothing that is left open on it can change a result. */
static void
update_enough (DkFormPage *self,
               guint       n_left)
{
  const DkAssessment *assessment = dk_session_get_assessment (self->session);
  gboolean is_enough = assessment != NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len && is_enough; i++)
    is_enough = !is_missing (self, assessment, dk_fact_row_get_fact (g_ptr_array_index (self->rows, i)));
  gtk_widget_set_visible (self->enough, is_enough);
  if (!is_enough)
    return;
  text = n_left > 0 ? g_strdup_printf (ngettext ("This page is enough: the other answer changes no result.",
                                                 "This page is enough: the other %u answers change no result.", n_left), n_left)
                    : g_strdup (_("This page is complete."));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (self->enough)), text);
}

static void
update (DkFormPage *self)
{
  g_autofree char *subtitle = NULL;
  guint n_answered, n_asked;

  dk_session_count_answers (self->session, self->topic, &n_answered, &n_asked);
  subtitle = g_strdup_printf (_("Page %u of %u · %u of %u answered"), find_page (self) + 1, self->pages->len, n_answered, n_asked);
  if (g_strcmp0 (subtitle, self->subtitle) != 0)
    {
      g_free (self->subtitle);
      self->subtitle = g_steal_pointer (&subtitle);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
    }
  update_enough (self, n_asked - n_answered);
}

/* --- Width --- */

static void
apply_layout (DkFormPage *self)
{
  gboolean has_panel = self->width >= WIDTH_WITH_PANEL;
  gboolean is_narrow = self->width < WIDTH_ONE_YEAR;
  gboolean has_years = FALSE;

  if (self->is_laid_out && is_narrow == self->is_narrow && has_panel == gtk_widget_get_visible (self->panel))
    return;
  self->is_narrow = is_narrow;
  self->is_laid_out = TRUE;
  gtk_widget_set_visible (self->panel, has_panel);
  gtk_widget_set_visible (self->bar, !has_panel);
  for (guint i = 0; i < self->groups->len; i++)
    {
      DkFactGroup *group = g_ptr_array_index (self->groups, i);

      has_years |= dk_fact_group_is_yearly (group);
      dk_fact_group_set_narrow (group, is_narrow ? self->year : 0);
    }
  gtk_widget_set_visible (self->years, is_narrow && has_years);
  if (is_narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static gboolean
on_layout_cb (gpointer data)
{
  DkFormPage *self = data;

  self->layout_source = 0;
  apply_layout (self);
  return G_SOURCE_REMOVE;
}

static void
dk_form_page_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int least = 0;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (child == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (child, orientation, -1, &least, natural, NULL, NULL);
      /* Whatever is shown in a wide page folds when there is less room. */
      *minimum = LEAST_WIDTH;
      *natural = MAX (*natural, LEAST_WIDTH);
      return;
    }
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (child, orientation, for_size < 0 ? -1 : MAX (for_size, least), minimum, natural, NULL, NULL);
}

static void
dk_form_page_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  DkFormPage *self = DK_FORM_PAGE (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int least = 0;

  if (child == NULL)
    return;
  if (width != self->width)
    {
      self->width = width;
      /* Not while sizes are being given out. */
      if (self->layout_source == 0)
        self->layout_source = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, on_layout_cb, self, NULL);
    }
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, least), height, baseline, NULL);
}

static void
on_year_toggled_cb (DkFormPage      *self,
                    GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->year = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "year"));
  for (guint i = 0; self->is_narrow && i < self->groups->len; i++)
    dk_fact_group_set_narrow (g_ptr_array_index (self->groups, i), self->year);
}

/* --- Focus --- */

static gboolean
focus_cell (DkFormPage *self,
            DkFactRow  *row,
            int         year)
{
  DkFactCell *cell = dk_fact_row_find_cell (row, year);

  return cell != NULL && gtk_widget_get_visible (GTK_WIDGET (cell)) && dk_fact_cell_grab (cell);
}

static void
on_navigate_cb (DkFactRow  *row,
                DkFactCell *cell,
                int         rows,
                DkFormPage *self)
{
  int year = dk_fact_cell_get_year (cell) != 0 ? dk_fact_cell_get_year (cell) : self->year;
  guint position;

  if (!g_ptr_array_find (self->rows, row, &position))
    return;
  for (gint64 i = (gint64) position + rows; i >= 0 && i < self->rows->len; i += rows)
    if (focus_cell (self, g_ptr_array_index (self->rows, i), year))
      return;
}

/* The next row that has something odd or wrong, from the focus on and around. */
static void
focus_next_message (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  DkFormPage *self = DK_FORM_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *current = focus != NULL ? gtk_widget_get_ancestor (focus, DK_TYPE_FACT_ROW) : NULL;
  guint position = self->rows->len - 1;

  if (current != NULL)
    g_ptr_array_find (self->rows, current, &position);
  for (guint i = 1; i <= self->rows->len; i++)
    {
      DkFactRow *row = g_ptr_array_index (self->rows, (position + i) % self->rows->len);

      if (dk_fact_row_get_message (row) != NULL && focus_cell (self, row, self->year))
        return;
    }
  gtk_widget_error_bell (widget);
}

/* From the form to the results, and back. */
static void
focus_other_side (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  DkFormPage *self = DK_FORM_PAGE (widget);
  GtkWidget *results = gtk_widget_get_visible (self->panel) ? self->panel : self->bar;

  if (!(gtk_widget_get_state_flags (results) & GTK_STATE_FLAG_FOCUS_WITHIN))
    {
      GtkRoot *root = gtk_widget_get_root (widget);

      g_set_weak_pointer (&self->left, root != NULL ? gtk_root_get_focus (root) : NULL);
      gtk_widget_child_focus (results, GTK_DIR_TAB_FORWARD);
    }
  else if (self->left == NULL || !gtk_widget_is_ancestor (self->left, widget) || !gtk_widget_grab_focus (self->left))
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
}

static void
turn_page (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DkFormPage *self = DK_FORM_PAGE (widget);
  gint64 place = (gint64) find_page (self) + (g_str_equal (action, "form.next-page") ? 1 : -1);

  if (place >= 0 && place < self->pages->len)
    gtk_widget_activate_action (widget, "win.show-topic", "s", g_ptr_array_index (self->pages, place));
}

static void
dk_form_page_map (GtkWidget *widget)
{
  DkFormPage *self = DK_FORM_PAGE (widget);
  DkFactCell *cell = self->pending;

  GTK_WIDGET_CLASS (dk_form_page_parent_class)->map (widget);
  self->pending = NULL;
  if (cell != NULL)
    dk_fact_cell_grab (cell);
}

/* --- Building --- */

static gboolean
is_alike (const DkFact *a,
          const DkFact *b)
{
  return a->symbol->period == b->symbol->period
         && (a->symbol->period != DK_PERIOD_YEAR || (a->symbol->unit == DK_UNIT_YUAN) == (b->symbol->unit == DK_UNIT_YUAN));
}

/* @fact: the first of the group. */
static const char *
get_group_title (const DkFact *fact)
{
  const char *heading = dk_text_get (&fact->heading, dk_settings_get_language ());

  if (*heading != '\0')
    return heading;
  if (fact->symbol->period != DK_PERIOD_YEAR)
    return _("In general");
  return fact->symbol->unit == DK_UNIT_YUAN ? _("Amounts by year") : _("Numbers by year");
}

static void
add_group (DkFormPage *self,
           GPtrArray  *facts)
{
  GtkWidget *group;
  GPtrArray *rows;

  if (facts->len == 0)
    return;
  group = dk_fact_group_new (self->session, facts, dk_session_get_last_year (self->session), get_group_title (g_ptr_array_index (facts, 0)));
  g_ptr_array_add (self->groups, group);
  rows = dk_fact_group_get_rows (DK_FACT_GROUP (group));
  for (guint i = 0; i < rows->len; i++)
    {
      g_signal_connect_object (g_ptr_array_index (rows, i), "navigate", G_CALLBACK (on_navigate_cb), self, 0);
      g_ptr_array_add (self->rows, g_ptr_array_index (rows, i));
    }
  gtk_box_append (GTK_BOX (self->content), group);
  g_ptr_array_set_size (facts, 0);
}

static void
add_groups (DkFormPage *self)
{
  const DkCatalogue *catalogue = dk_session_get_library (self->session)->catalogue;
  g_autoptr(GPtrArray) facts = g_ptr_array_new ();

  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (catalogue, i);

      if (!g_ptr_array_find_with_equal_func (self->pages, fact->page, g_str_equal, NULL))
        g_ptr_array_add (self->pages, fact->page);
      /* Quarters and months have no table here; nothing in the catalogue asks for them. */
      if (!g_str_equal (fact->page, self->topic) || fact->symbol->period == DK_PERIOD_QUARTER || fact->symbol->period == DK_PERIOD_MONTH)
        continue;
      if (facts->len > 0 && (fact->heading.en != NULL || !is_alike (g_ptr_array_index (facts, 0), fact)))
        add_group (self, facts);
      g_ptr_array_add (facts, (gpointer) fact);
    }
  add_group (self, facts);
}

static void
on_turn_clicked_cb (DkFormPage *self,
                    GtkButton  *button)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-topic", "s", g_object_get_data (G_OBJECT (button), "page"));
}

static GtkWidget *
make_turn (DkFormPage *self,
           int         by)
{
  gint64 place = (gint64) find_page (self) + by;
  GtkWidget *button, *content, *icon, *label;
  const char *page;
  g_autofree char *name = NULL;

  if (place < 0 || place >= self->pages->len)
    return NULL;
  page = g_ptr_array_index (self->pages, place);
  name = g_strdup_printf (by < 0 ? _("Go back to %s") : _("Go on to %s"), get_page_title (self, page));
  button = gtk_button_new ();
  content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  label = gtk_label_new (get_page_title (self, page));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "icon-name", by < 0 ? "go-previous-symbolic" : "go-next-symbolic", NULL);
  gtk_box_append (GTK_BOX (content), by < 0 ? icon : label);
  gtk_box_append (GTK_BOX (content), by < 0 ? label : icon);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (button, by < 0 ? _("Previous page") : _("Next page"));
  g_object_set_data_full (G_OBJECT (button), "page", g_strdup (page), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_turn_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_end (DkFormPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *before = make_turn (self, -1), *after = make_turn (self, 1), *label;

  self->enough = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self->enough), dk_sign_image_new (DK_SIGN_MET, 17));
  label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (self->enough, "dk-met");
  gtk_widget_set_margin_start (self->enough, 4);
  gtk_box_append (GTK_BOX (self->enough), label);
  gtk_widget_set_visible (self->enough, FALSE);
  gtk_box_append (GTK_BOX (self->content), self->enough);

  gtk_widget_set_hexpand (space, TRUE);
  if (before != NULL)
    gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), space);
  if (after != NULL)
    {
      gtk_widget_add_css_class (after, "suggested-action");
      gtk_box_append (GTK_BOX (box), after);
    }
  gtk_box_append (GTK_BOX (self->content), box);
}

static void
make_years (DkFormPage *self)
{
  int last_year = dk_session_get_last_year (self->session);

  self->years = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->years), TRUE);
  gtk_widget_add_css_class (self->years, "dk-seg");
  gtk_widget_add_css_class (self->years, "dk-form-years");
  for (int i = 0; i < DK_FACT_YEARS; i++)
    {
      int year = last_year - DK_FACT_YEARS + 1 + i;
      g_autofree char *text = g_strdup_printf (C_("year", "%d"), year);
      g_autofree char *name = g_strdup_printf (_("Show the year %d"), year);

      self->year_buttons[i] = gtk_toggle_button_new_with_label (text);
      g_object_set_data (G_OBJECT (self->year_buttons[i]), "year", GINT_TO_POINTER (year));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->year_buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->year_buttons[i]), GTK_TOGGLE_BUTTON (self->year_buttons[0]));
      gtk_box_append (GTK_BOX (self->years), self->year_buttons[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->year_buttons[DK_FACT_YEARS - 1]), TRUE);
  for (int i = 0; i < DK_FACT_YEARS; i++)
    g_signal_connect_object (self->year_buttons[i], "toggled", G_CALLBACK (on_year_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->years, FALSE);
}

static GtkWidget *
make_panel (DkFormPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *divider = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *panel = dk_verdict_panel_new (self->session, self->kind);

  gtk_widget_add_css_class (divider, "dk-divider");
  gtk_widget_set_size_request (scrolled, PANEL_WIDTH, -1);
  gtk_widget_set_hexpand (scrolled, FALSE);
  /* Never as wide as its texts would like: the form beside it must not move with what they say. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), panel);
  gtk_box_append (GTK_BOX (box), divider);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_widget_set_hexpand (box, FALSE);
  return box;
}

static void
dk_form_page_constructed (GObject *object)
{
  DkFormPage *self = DK_FORM_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  G_OBJECT_CLASS (dk_form_page_parent_class)->constructed (object);

  self->year = dk_session_get_last_year (self->session);
  self->title = g_strdup (get_page_title (self, self->topic));
  self->kind = dk_catalogue_get_page_results (dk_session_get_library (self->session)->catalogue, self->topic);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_widget_add_css_class (self->content, "dk-form");
  gtk_box_append (GTK_BOX (self->content), dk_question_strip_new (self->session));
  add_groups (self);
  add_end (self);
  make_years (self);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), FORM_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), FORM_WIDTH - 60);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (form), self->years);
  gtk_box_append (GTK_BOX (form), scrolled);
  gtk_box_append (GTK_BOX (middle), form);
  self->panel = make_panel (self);
  gtk_box_append (GTK_BOX (middle), self->panel);
  gtk_box_append (GTK_BOX (box), middle);
  self->bar = dk_verdict_bar_new (self->session, self->kind);
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_box_append (GTK_BOX (box), self->bar);
  adw_bin_set_child (ADW_BIN (self), box);

  update (self);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "assessed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
dk_form_page_dispose (GObject *object)
{
  DkFormPage *self = DK_FORM_PAGE (object);

  g_clear_handle_id (&self->layout_source, g_source_remove);
  self->pending = NULL;
  g_clear_weak_pointer (&self->left);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_form_page_parent_class)->dispose (object);
}

static void
dk_form_page_finalize (GObject *object)
{
  DkFormPage *self = DK_FORM_PAGE (object);

  g_free (self->topic);
  g_free (self->title);
  g_free (self->subtitle);
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (dk_form_page_parent_class)->finalize (object);
}

static void
dk_form_page_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DkFormPage *self = DK_FORM_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TOPIC:
      g_value_set_string (value, self->topic);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_form_page_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DkFormPage *self = DK_FORM_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_TOPIC:
      self->topic = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_form_page_class_init (DkFormPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = dk_form_page_constructed;
  object_class->dispose = dk_form_page_dispose;
  object_class->finalize = dk_form_page_finalize;
  object_class->get_property = dk_form_page_get_property;
  object_class->set_property = dk_form_page_set_property;
  widget_class->measure = dk_form_page_measure;
  widget_class->size_allocate = dk_form_page_size_allocate;
  widget_class->map = dk_form_page_map;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DK_TYPE_SESSION, once);
  properties[PROP_TOPIC] = g_param_spec_string ("topic", NULL, NULL, NULL, once);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "form.next-page", NULL, turn_page);
  gtk_widget_class_install_action (widget_class, "form.previous-page", NULL, turn_page);
  gtk_widget_class_install_action (widget_class, "form.next-message", NULL, focus_next_message);
  gtk_widget_class_install_action (widget_class, "form.other-side", NULL, focus_other_side);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "form.next-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "form.previous-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0, "form.next-message", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, 0, "form.other-side", NULL);
}

static void
dk_form_page_init (DkFormPage *self)
{
  /* The page gives its child the room itself, since it looks at how much there is. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-page");
  self->pages = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
}

/**
 * dk_form_page_new:
 * @session: the open enterprise
 * @topic: a page of the catalogue
 */
GtkWidget *
dk_form_page_new (DkSession  *session,
                  const char *topic)
{
  return g_object_new (DK_TYPE_FORM_PAGE, "session", session, "topic", topic, NULL);
}

gboolean
dk_form_page_focus_fact (DkFormPage *self,
                         const char *fact,
                         int         year)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      DkFactRow *row = g_ptr_array_index (self->rows, i);
      DkFactCell *cell;

      if (!g_str_equal (dk_fact_row_get_fact (row)->id, fact))
        continue;
      cell = dk_fact_row_find_cell (row, year != 0 ? year : dk_session_get_last_year (self->session));
      /* A year that has no column: the last one is as near as it gets. */
      if (cell == NULL)
        cell = dk_fact_row_find_cell (row, dk_session_get_last_year (self->session));
      for (int k = 0; k < DK_FACT_YEARS; k++)
        if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self->year_buttons[k]), "year")) == dk_fact_cell_get_year (cell))
          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->year_buttons[k]), TRUE);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        dk_fact_cell_grab (cell);
      else
        self->pending = cell;
      return TRUE;
    }
  return FALSE;
}
