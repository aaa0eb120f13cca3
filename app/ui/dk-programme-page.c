/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-programme-page"

#include "dk-programme-page.h"

#include "dk-basis.h"
#include "dk-criterion-row.h"
#include "dk-digest.h"
#include "dk-explain-window.h"
#include "dk-plan.h"
#include "dk-programme-parts.h"
#include "dk-sign.h"
#include "dk-width-bin.h"

#include <glib/gi18n.h>

/* A page of 1000 px has room for both: the list asks for what the pane leaves. */
#define PANE_WIDTH 392
#define LIST_WIDTH (1000 - PANE_WIDTH)
#define MAX_LIST_WIDTH 860

struct _DkProgrammePage
{
  AdwBin         parent_instance;
  DkSession     *session;
  char          *programme;
  char          *title;
  char          *subtitle;
  GtkWidget     *leaflet;
  GtkWidget     *list_side;  /* the page in the leaflet that holds the lists */
  GtkWidget     *pane_side;
  GtkWidget     *width_bin;
  GtkWidget     *scroll;
  GtkWidget     *card;
  GtkWidget     *sections;   /* everything below the verdict */
  GtkWidget     *margins;
  GtkWidget     *pane;
  char          *plan;       /* which rows stand where: rows are made anew only when this changes */
  GPtrArray     *rows;       /* DkCriterionRow *, of all lists from top to bottom */
  GPtrArray     *lists;      /* GtkListBox *, from top to bottom */
  GtkWidget     *holding;    /* slots */
  GtkWidget     *duties;
  GtkWidget     *count;      /* "9: 8 met · 1 open" */
  GHashTable    *openness;   /* char * id -> gboolean + 1: groups that the reader opened or closed */
  char          *selected;
  GtkWidget     *selected_row; /* a result may have two rows, as a condition and as a score; NULL: the first of them */
  gboolean       is_open;    /* a criterion is shown */
  gboolean       is_updating;
  gboolean       is_stale;   /* not mapped when the last assessment came */
  guint          hide_idle;
};

enum { PROP_0, PROP_SESSION, PROP_PROGRAMME, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkProgrammePage, dk_programme_page, ADW_TYPE_BIN)

/* --- Rows --- */

static DkCriterionRow *
get_row (DkProgrammePage *self,
         guint            i)
{
  return g_ptr_array_index (self->rows, i);
}

static DkCriterionRow *
find_row (DkProgrammePage *self,
          const char      *id)
{
  if (self->selected_row != NULL && id != NULL && g_str_equal (dk_criterion_row_get_id (DK_CRITERION_ROW (self->selected_row)), id))
    return DK_CRITERION_ROW (self->selected_row);
  for (guint i = 0; id != NULL && i < self->rows->len; i++)
    if (g_str_equal (dk_criterion_row_get_id (get_row (self, i)), id))
      return get_row (self, i);
  return NULL;
}

/* Rows below a closed group are away. */
static void
show_members (DkProgrammePage *self)
{
  guint closed = G_MAXUINT; /* the depth of the closed group that is above */

  for (guint i = 0; i < self->rows->len; i++)
    {
      DkCriterionRow *row = get_row (self, i);
      guint depth = dk_criterion_row_get_depth (row);

      if (dk_criterion_row_get_kind (row) != DK_ROW_CONDITION)
        break;
      if (depth <= closed)
        closed = G_MAXUINT;
      gtk_widget_set_visible (GTK_WIDGET (row), closed == G_MAXUINT);
      if (closed == G_MAXUINT && dk_criterion_row_has_members (row) && !dk_criterion_row_is_open (row))
        closed = depth;
    }
}

static void
on_row_opened_cb (DkCriterionRow  *row,
                  GParamSpec      *pspec,
                  DkProgrammePage *self)
{
  g_hash_table_insert (self->openness, g_strdup (dk_criterion_row_get_id (row)), GINT_TO_POINTER (dk_criterion_row_is_open (row) + 1));
  show_members (self);
}

/* Opens the groups above a row, so that it can be seen. */
static void
reveal (DkProgrammePage *self,
        DkCriterionRow  *wanted)
{
  guint depth = dk_criterion_row_get_depth (wanted);
  guint i = 0;

  if (!g_ptr_array_find (self->rows, wanted, &i) || dk_criterion_row_get_kind (wanted) != DK_ROW_CONDITION)
    return;
  while (depth > 0 && i-- > 0)
    if (dk_criterion_row_get_depth (get_row (self, i)) < depth)
      {
        dk_criterion_row_set_open (get_row (self, i), TRUE);
        depth = dk_criterion_row_get_depth (get_row (self, i));
      }
}

static void
mark_selected (DkProgrammePage *self)
{
  DkCriterionRow *row = find_row (self, self->selected);

  self->is_updating = TRUE;
  for (guint i = 0; i < self->lists->len; i++)
    {
      GtkListBox *list = g_ptr_array_index (self->lists, i);

      if (row != NULL && gtk_widget_get_parent (GTK_WIDGET (row)) == GTK_WIDGET (list))
        gtk_list_box_select_row (list, GTK_LIST_BOX_ROW (row));
      else
        gtk_list_box_unselect_all (list);
    }
  self->is_updating = FALSE;
}

static gboolean
has_room (DkProgrammePage *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) >= LIST_WIDTH + PANE_WIDTH;
}

static void
on_row_selected_cb (GtkListBox      *list,
                    GtkListBoxRow   *row,
                    DkProgrammePage *self)
{
  if (self->is_updating || row == NULL)
    return;
  self->selected_row = GTK_WIDGET (row);
  g_free (self->selected);
  self->selected = g_strdup (dk_criterion_row_get_id (DK_CRITERION_ROW (row)));
  mark_selected (self);
  /* On a narrow page walking through the rows must not leave the list. */
  if (has_room (self))
    dk_programme_page_select (self, dk_criterion_row_get_id (DK_CRITERION_ROW (row)));
}

static void
on_row_activated_cb (GtkListBox      *list,
                     GtkListBoxRow   *row,
                     DkProgrammePage *self)
{
  self->selected_row = GTK_WIDGET (row);
  dk_programme_page_select (self, dk_criterion_row_get_id (DK_CRITERION_ROW (row)));
}

/* Up and down go on in the next list. */
static gboolean
on_keynav_failed_cb (GtkWidget        *list,
                     GtkDirectionType  direction,
                     DkProgrammePage  *self)
{
  int step = direction == GTK_DIR_DOWN ? 1 : direction == GTK_DIR_UP ? -1 : 0;
  guint place;

  if (step == 0 || !g_ptr_array_find (self->lists, list, &place))
    return FALSE;
  if ((step < 0 && place == 0) || (step > 0 && place + 1 >= self->lists->len))
    return FALSE;
  {
    GtkWidget *next = g_ptr_array_index (self->lists, (guint) ((int) place + step));
    GtkWidget *row = step > 0 ? gtk_widget_get_first_child (next) : gtk_widget_get_last_child (next);

    while (row != NULL && !gtk_widget_get_visible (row))
      row = step > 0 ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);
    if (row == NULL)
      return FALSE;
    gtk_widget_grab_focus (row);
    gtk_list_box_select_row (GTK_LIST_BOX (next), GTK_LIST_BOX_ROW (row));
  }
  return TRUE;
}

static GtkWidget *
new_heading (const char  *title,
             GtkWidget  **note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = dk_basis_new_label (title, "dk-t3");

  gtk_widget_add_css_class (box, "dk-heading");
  gtk_box_append (GTK_BOX (box), label);
  if (note != NULL)
    {
      *note = dk_basis_new_label (NULL, "dk-dim");
      gtk_widget_add_css_class (*note, "dk-small");
      gtk_widget_set_valign (*note, GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (*note, TRUE);
      gtk_box_append (GTK_BOX (box), *note);
    }
  return box;
}

static GtkWidget *
add_list (DkProgrammePage *self,
          const DkPlanEntry *first)
{
  GtkWidget *note;
  GtkWidget *list = gtk_list_box_new ();

  gtk_box_append (GTK_BOX (self->sections), new_heading (first->heading, &note));
  if (first->kind == DK_ROW_CONDITION)
    self->count = note;
  else if (first->kind == DK_ROW_SCORE)
    gtk_label_set_text (GTK_LABEL (note), _("solid: certain; hatched: possible"));
  gtk_widget_add_css_class (list, "dk-card");
  gtk_widget_add_css_class (list, "dk-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_SINGLE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, first->heading, -1);
  g_signal_connect_object (list, "row-selected", G_CALLBACK (on_row_selected_cb), self, 0);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated_cb), self, 0);
  g_signal_connect_object (list, "keynav-failed", G_CALLBACK (on_keynav_failed_cb), self, 0);
  gtk_box_append (GTK_BOX (self->sections), list);
  g_ptr_array_add (self->lists, list);
  return list;
}

/* A group that is met needs no reading, unless the reader wants to. */
static gboolean
is_first_open (DkProgrammePage *self,
               const DkPlanEntry *entry)
{
  int openness = GPOINTER_TO_INT (g_hash_table_lookup (self->openness, entry->result->item->id));

  if (openness != 0)
    return openness - 1;
  return !(entry->result->verdict == DK_VERDICT_PASS && entry->result->item->kind == DK_ITEM_ALL) && !entry->is_faint;
}

static void
add_row (DkProgrammePage *self,
         GtkWidget       *list,
         const DkPlanEntry *entry)
{
  GtkWidget *row = dk_criterion_row_new (entry->kind, entry->result->item->id, entry->depth, entry->has_members);

  dk_criterion_row_set_narrow (DK_CRITERION_ROW (row), dk_width_bin_is_narrow (DK_WIDTH_BIN (self->width_bin)));
  if (entry->has_members)
    {
      dk_criterion_row_set_open (DK_CRITERION_ROW (row), is_first_open (self, entry));
      g_signal_connect_object (row, "notify::is-open", G_CALLBACK (on_row_opened_cb), self, 0);
    }
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_ptr_array_add (self->rows, row);
}

/* --- What stands below the rows --- */

static void
add_card (DkProgrammePage *self,
          const char      *title,
          GtkWidget       *child)
{
  gtk_box_append (GTK_BOX (self->sections), new_heading (title, NULL));
  gtk_widget_add_css_class (child, "dk-card");
  gtk_widget_add_css_class (child, "dk-text-card");
  gtk_box_append (GTK_BOX (self->sections), child);
}

static void
build_sections (DkProgrammePage *self,
                const DkWording *wording,
                const DkResult  *programme,
                const GArray    *entries)
{
  const DkPack *pack = programme->item->pack;
  GtkWidget *list = NULL;
  GtkWidget *child, *readings;
  guint last = G_MAXUINT;

  self->is_updating = TRUE;
  while ((child = gtk_widget_get_first_child (self->sections)) != NULL)
    gtk_box_remove (GTK_BOX (self->sections), child);
  self->is_updating = FALSE;
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->lists, 0);
  self->count = NULL;
  self->selected_row = NULL;

  self->holding = adw_bin_new ();
  gtk_box_append (GTK_BOX (self->sections), self->holding);
  if (programme->n_versions > 1)
    gtk_box_append (GTK_BOX (self->sections),
                    dk_programme_new_caution (_("Which version is in force depends on a date that is missing: all of them are considered.")));
  dk_programme_add_doubts (GTK_BOX (self->sections), wording, programme);
  for (guint i = 0; i < entries->len; i++)
    {
      const DkPlanEntry *entry = &g_array_index (entries, DkPlanEntry, i);

      if (entry->list != last)
        list = add_list (self, entry);
      last = entry->list;
      add_row (self, list, entry);
    }
  show_members (self);

  self->duties = NULL;
  if (pack->duties != NULL && pack->duties->len > 0)
    {
      self->duties = adw_bin_new ();
      add_card (self, _("Duties and dates"), self->duties);
    }
  if (pack->materials != NULL && pack->materials->len > 0)
    add_card (self, _("Materials to hand in"), dk_basis_new_notices (wording, pack->materials, TRUE));
  readings = dk_programme_new_readings (wording, pack);
  if (readings != NULL)
    add_card (self, _("Other readings of the same law"), readings);
  add_card (self, programme->in_force != NULL ? _("Version in force") : _("Nearest version"), dk_programme_new_version (wording, programme));
  if (pack->sources->len > 0)
    add_card (self, _("Documents"), dk_basis_new_sources (wording, pack->sources));
}

/* "9: 8 met · 1 open", of the conditions at the top. */
static void
update_count (DkProgrammePage *self,
              const DkResult  *programme)
{
  guint n[DK_VERDICT_NA + 1] = { 0 };
  guint n_all = 0;
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->count == NULL)
    return;
  for (guint i = 0; i < dk_result_n_children (programme); i++)
    {
      const DkResult *child = dk_result_get_child (programme, i);

      if (!dk_digest_is_condition (programme, child) || child->verdict == DK_VERDICT_NONE)
        continue;
      n[child->verdict]++;
      n_all++;
    }
  if (n_all > 0 && programme->verdict != DK_VERDICT_NONE)
    {
      g_string_append_printf (text, ngettext ("%u condition", "%u conditions", n_all), n_all);
      if (n[DK_VERDICT_PASS] > 0)
        g_string_append_printf (text, _(" · %u met"), n[DK_VERDICT_PASS]);
      if (n[DK_VERDICT_FAIL] > 0)
        g_string_append_printf (text, _(" · %u not met"), n[DK_VERDICT_FAIL]);
      if (n[DK_VERDICT_OPEN] > 0)
        g_string_append_printf (text, _(" · %u open"), n[DK_VERDICT_OPEN]);
    }
  gtk_label_set_text (GTK_LABEL (self->count), text->str);
}

/* What follows from dates and certificates: whether the title is held, and what is due. */
static void
update_holding (DkProgrammePage *self,
                const DkWording *wording,
                const DkResult  *programme)
{
  adw_bin_set_child (ADW_BIN (self->holding), dk_programme_new_holding (wording, programme));
  if (self->duties != NULL)
    adw_bin_set_child (ADW_BIN (self->duties), dk_basis_new_notices (wording, programme->item->pack->duties, FALSE));
}

/* --- Keeping up to date --- */

static void
set_string (DkProgrammePage *self,
            char           **field,
            const char      *text,
            guint            prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
update_titles (DkProgrammePage *self,
               const DkWording *wording,
               const DkResult  *programme)
{
  g_autofree char *title = dk_wording_dup_programme_title (wording, programme);
  g_autofree char *documents = dk_digest_dup_documents (wording, programme, 2);

  set_string (self, &self->title, title, PROP_TITLE);
  set_string (self, &self->subtitle, documents, PROP_SUBTITLE);
}

/* The row that has the focus, or holds it. */
static DkCriterionRow *
find_focused_row (DkProgrammePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, DK_TYPE_CRITERION_ROW) : NULL;

  return row != NULL && gtk_widget_is_ancestor (row, self->sections) ? DK_CRITERION_ROW (row) : NULL;
}

static void
update (DkProgrammePage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  double scroll = gtk_adjustment_get_value (adjustment);
  DkWording wording;
  const DkResult *programme;
  g_autoptr(GArray) entries = NULL;
  g_autofree char *plan = NULL;

  self->is_stale = FALSE;
  dk_verdict_card_update (DK_VERDICT_CARD (self->card));
  if (!dk_session_get_wording (self->session, &wording))
    return;
  programme = dk_assessment_find (wording.assessment, self->programme);
  if (programme == NULL)
    return;
  entries = dk_plan_new (&wording, programme);
  plan = dk_plan_to_string (entries, programme);
  if (g_strcmp0 (plan, self->plan) != 0)
    {
      DkCriterionRow *focused = find_focused_row (self);
      g_autofree char *focused_id = focused != NULL ? g_strdup (dk_criterion_row_get_id (focused)) : NULL;

      build_sections (self, &wording, programme, entries);
      g_free (self->plan);
      self->plan = g_steal_pointer (&plan);
      mark_selected (self);
      focused = find_row (self, focused_id);
      if (focused != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (focused));
      gtk_adjustment_set_value (adjustment, scroll);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const DkPlanEntry *entry = &g_array_index (entries, DkPlanEntry, i);

      dk_criterion_row_update (get_row (self, i), &wording, entry->result, entry->is_faint);
    }
  update_count (self, programme);
  update_holding (self, &wording, programme);
  update_titles (self, &wording, programme);
  if (self->is_open)
    dk_criterion_pane_show (DK_CRITERION_PANE (self->pane), dk_criterion_pane_get_id (DK_CRITERION_PANE (self->pane)));
}

/* A page that nobody sees waits until somebody does. */
static void
on_assessed_cb (DkProgrammePage *self)
{
  if (self->plan != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->is_stale = TRUE;
  else
    update (self);
}

static void
dk_programme_page_map (GtkWidget *widget)
{
  DkProgrammePage *self = DK_PROGRAMME_PAGE (widget);

  if (self->is_stale)
    update (self);
  GTK_WIDGET_CLASS (dk_programme_page_parent_class)->map (widget);
}

static void
on_asked_cb (DkProgrammePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    dk_verdict_card_update (DK_VERDICT_CARD (self->card));
}

/* --- The pane --- */

static gboolean
on_hide_cb (gpointer data)
{
  DkProgrammePage *self = data;

  self->hide_idle = 0;
  if (!self->is_open)
    gtk_widget_set_visible (self->pane_side, FALSE);
  return G_SOURCE_REMOVE;
}

/* Not at once: while the leaflet slides, or lays itself out, its children stay. */
static void
hide_pane_soon (DkProgrammePage *self)
{
  if (!self->is_open && self->hide_idle == 0 && !adw_leaflet_get_child_transition_running (ADW_LEAFLET (self->leaflet)))
    self->hide_idle = g_idle_add (on_hide_cb, self);
}

static void
on_leaflet_cb (DkProgrammePage *self)
{
  AdwLeaflet *leaflet = ADW_LEAFLET (self->leaflet);

  dk_criterion_pane_set_folded (DK_CRITERION_PANE (self->pane), adw_leaflet_get_folded (leaflet));
  /* Slid away by hand. */
  if (self->is_open && adw_leaflet_get_folded (leaflet) && adw_leaflet_get_visible_child (leaflet) == self->list_side
      && !adw_leaflet_get_child_transition_running (leaflet) && gtk_widget_get_mapped (self->leaflet))
    self->is_open = FALSE;
  hide_pane_soon (self);
}

void
dk_programme_page_select (DkProgrammePage *self,
                          const char      *id)
{
  DkCriterionRow *row;

  g_return_if_fail (DK_IS_PROGRAMME_PAGE (self));

  if (id == NULL)
    {
      if (!self->is_open)
        return;
      self->is_open = FALSE;
      adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->list_side);
      row = find_row (self, self->selected);
      if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)))
        gtk_widget_grab_focus (GTK_WIDGET (row));
      hide_pane_soon (self);
      return;
    }

  row = find_row (self, id);
  if (g_strcmp0 (self->selected, id) != 0)
    {
      char *selected = row != NULL ? g_strdup (id) : NULL;

      g_free (self->selected);
      self->selected = selected;
    }
  if (row != NULL)
    reveal (self, row);
  mark_selected (self);
  self->is_open = TRUE;
  if (g_strcmp0 (dk_criterion_pane_get_id (DK_CRITERION_PANE (self->pane)), id) != 0 || !gtk_widget_get_visible (self->pane_side))
    dk_criterion_pane_show (DK_CRITERION_PANE (self->pane), id);
  gtk_widget_set_visible (self->pane_side, TRUE);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->pane_side);
}

static void
on_closed_cb (DkProgrammePage *self)
{
  dk_programme_page_select (self, NULL);
}

static void
on_card_opened_cb (DkProgrammePage *self)
{
  dk_programme_page_select (self, self->programme);
}

static gboolean
on_escape_cb (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  DkProgrammePage *self = DK_PROGRAMME_PAGE (widget);

  if (!self->is_open)
    return FALSE;
  dk_programme_page_select (self, NULL);
  return TRUE;
}

static void
on_narrow_cb (DkProgrammePage *self)
{
  gboolean is_narrow = dk_width_bin_is_narrow (DK_WIDTH_BIN (self->width_bin));

  for (guint i = 0; i < self->rows->len; i++)
    dk_criterion_row_set_narrow (get_row (self, i), is_narrow);
  dk_verdict_card_set_narrow (DK_VERDICT_CARD (self->card), is_narrow);
  gtk_widget_set_margin_start (self->margins, is_narrow ? 14 : 24);
  gtk_widget_set_margin_end (self->margins, is_narrow ? 14 : 24);
}

/* --- The object --- */

static void
dk_programme_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DkProgrammePage *self = DK_PROGRAMME_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_PROGRAMME:
      g_value_set_string (value, self->programme);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dk_programme_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  DkProgrammePage *self = DK_PROGRAMME_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_PROGRAMME:
      self->programme = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static GtkWidget *
build_list_side (DkProgrammePage *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->margins = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_start (self->margins, 24);
  gtk_widget_set_margin_end (self->margins, 24);
  gtk_widget_set_margin_top (self->margins, 8);
  gtk_widget_set_margin_bottom (self->margins, 24);
  self->card = dk_verdict_card_new (self->session, self->programme);
  g_signal_connect_object (self->card, "opened", G_CALLBACK (on_card_opened_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->margins), self->card);
  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->margins), self->sections);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_LIST_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_LIST_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->margins);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  self->width_bin = dk_width_bin_new (LIST_WIDTH, self->scroll);
  gtk_widget_set_hexpand (self->width_bin, TRUE);
  g_signal_connect_object (self->width_bin, "notify::is-narrow", G_CALLBACK (on_narrow_cb), self, G_CONNECT_SWAPPED);
  return self->width_bin;
}

static void
dk_programme_page_constructed (GObject *object)
{
  DkProgrammePage *self = DK_PROGRAMME_PAGE (object);
  GtkWidget *pane_box;

  G_OBJECT_CLASS (dk_programme_page_parent_class)->constructed (object);

  self->list_side = build_list_side (self);
  self->pane = dk_criterion_pane_new (self->session);
  gtk_widget_set_hexpand (self->pane, FALSE);
  g_signal_connect_object (self->pane, "closed", G_CALLBACK (on_closed_cb), self, G_CONNECT_SWAPPED);
  pane_box = dk_width_bin_new (PANE_WIDTH, self->pane);
  gtk_widget_set_hexpand (pane_box, FALSE);
  gtk_widget_set_visible (pane_box, FALSE);
  self->pane_side = pane_box;

  self->leaflet = adw_leaflet_new ();
  adw_leaflet_set_fold_threshold_policy (ADW_LEAFLET (self->leaflet), ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->leaflet), TRUE);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->list_side);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->pane_side);
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (on_leaflet_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::visible-child", G_CALLBACK (on_leaflet_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::child-transition-running", G_CALLBACK (on_leaflet_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->leaflet);

  g_signal_connect_object (self->session, "assessed", G_CALLBACK (on_assessed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "asked", G_CALLBACK (on_asked_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
dk_programme_page_dispose (GObject *object)
{
  DkProgrammePage *self = DK_PROGRAMME_PAGE (object);

  g_clear_handle_id (&self->hide_idle, g_source_remove);
  self->is_updating = TRUE;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_programme_page_parent_class)->dispose (object);
}

static void
dk_programme_page_finalize (GObject *object)
{
  DkProgrammePage *self = DK_PROGRAMME_PAGE (object);

  g_free (self->programme);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->plan);
  g_free (self->selected);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->lists);
  g_hash_table_unref (self->openness);
  G_OBJECT_CLASS (dk_programme_page_parent_class)->finalize (object);
}

/* Of the whole, where the focus is on nothing more particular. */
static gboolean
on_explain_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  return dk_explain_open (widget, DK_PROGRAMME_PAGE (widget)->programme);
}

static void
dk_programme_page_class_init (DkProgrammePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = dk_programme_page_constructed;
  object_class->dispose = dk_programme_page_dispose;
  object_class->finalize = dk_programme_page_finalize;
  widget_class->map = dk_programme_page_map;
  object_class->get_property = dk_programme_page_get_property;
  object_class->set_property = dk_programme_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DK_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROGRAMME] = g_param_spec_string ("programme", NULL, NULL, NULL,
                                                    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_cb, NULL);
  dk_explain_add_binding (widget_class, on_explain_cb);
}

static void
dk_programme_page_init (DkProgrammePage *self)
{
  self->rows = g_ptr_array_new ();
  self->lists = g_ptr_array_new ();
  self->openness = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->title = g_strdup ("");
  self->subtitle = g_strdup ("");
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-page");
}

/**
 * dk_programme_page_new:
 * @session: the enterprise
 * @pack: the id of the programme
 *
 * Returns: (transfer floating): the page, which follows the session's assessments
 */
GtkWidget *
dk_programme_page_new (DkSession  *session,
                       const char *pack)
{
  g_return_val_if_fail (DK_IS_SESSION (session), NULL);
  g_return_val_if_fail (pack != NULL, NULL);

  return g_object_new (DK_TYPE_PROGRAMME_PAGE, "session", session, "programme", pack, NULL);
}

const char *
dk_programme_page_get_selected (DkProgrammePage *self)
{
  return self->selected;
}

gboolean
dk_programme_page_is_open (DkProgrammePage *self)
{
  return self->is_open;
}

DkCriterionPane *
dk_programme_page_get_pane (DkProgrammePage *self)
{
  return DK_CRITERION_PANE (self->pane);
}

DkVerdictCard *
dk_programme_page_get_card (DkProgrammePage *self)
{
  return DK_VERDICT_CARD (self->card);
}
