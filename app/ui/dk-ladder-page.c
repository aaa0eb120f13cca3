/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-ladder-page"

#include "dk-ladder-page.h"

#include "dk-basis.h"
#include "dk-width-bin.h"

#include <glib/gi18n.h>

/* As wide as the rows are drawn well: below, their parts stand one below the other. */
#define PAGE_WIDTH 780
#define MAX_WIDTH 1040

struct _DkLadderPage
{
  AdwBin          parent_instance;
  DkSession      *session;
  char           *subtitle;
  GtkWidget      *width_bin;
  GtkWidget      *margins;
  GtkWidget      *pills[DK_N_LADDER_FILTERS];
  GtkWidget      *ladder;      /* a list each, and what stands above the second */
  GtkWidget      *others;
  GtkWidget      *others_head;
  GtkWidget      *empty;
  GPtrArray      *rows;        /* DkLadderRow *, the lowest first, as the rungs */
  GPtrArray      *rungs;       /* DkRung *, of the session's assessment; NULL: none yet */
  DkLadderFilter  filter;
  guint           next;        /* the rung whose step is found out next */
  guint           step_id;
};

enum { PROP_0, PROP_SESSION, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkLadderPage, dk_ladder_page, ADW_TYPE_BIN)

/* --- What is listed --- */

static gboolean
fits (const DkRung   *rung,
      DkLadderFilter  filter)
{
  switch (filter)
    {
    case DK_LADDER_ALL:
      return rung->nearness != DK_NEARNESS_NONE || rung->result->in_force != NULL;
    case DK_LADDER_NOW:
      return rung->nearness == DK_NEARNESS_NOW;
    case DK_LADDER_NEAR:
      return rung->nearness == DK_NEARNESS_NEAR;
    case DK_LADDER_FAR:
      return rung->nearness == DK_NEARNESS_FAR;
    case DK_LADDER_HELD:
      return rung->nearness == DK_NEARNESS_HELD;
    case DK_LADDER_UNCERTAIN:
      return rung->is_uncertain;
    case DK_LADDER_NONE:
    case DK_N_LADDER_FILTERS:
    default:
      return rung->nearness == DK_NEARNESS_NONE && rung->result->verdict == DK_VERDICT_NA;
    }
}

static DkLadderRow *
get_row (DkLadderPage *self,
         guint         i)
{
  return g_ptr_array_index (self->rows, i);
}

/* The rail joins the rows that are seen. */
static void
update_rail (DkLadderPage *self)
{
  DkLadderRow *last = NULL;
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      DkLadderRow *row = get_row (self, i);
      gboolean is_rung = gtk_widget_get_parent (GTK_WIDGET (row)) == self->ladder;

      if (!is_rung || !gtk_widget_get_visible (GTK_WIDGET (row)))
        {
          dk_ladder_row_set_rail (row, FALSE, FALSE);
          continue;
        }
      dk_ladder_row_set_rail (row, TRUE, n > 0);
      last = row;
      n++;
    }
  if (last != NULL)
    dk_ladder_row_set_rail (last, FALSE, n > 1);
}

static void
update_listed (DkLadderPage *self)
{
  guint n_rungs = 0;
  guint n_others = 0;

  for (guint i = 0; self->rungs != NULL && i < self->rungs->len; i++)
    {
      const DkRung *rung = g_ptr_array_index (self->rungs, i);
      gboolean is_listed = fits (rung, self->filter);

      gtk_widget_set_visible (GTK_WIDGET (get_row (self, i)), is_listed);
      if (rung->result->item->pack->rung > 0)
        n_rungs += is_listed;
      else
        n_others += is_listed;
    }
  gtk_widget_set_visible (self->ladder, n_rungs > 0);
  gtk_widget_set_visible (self->others, n_others > 0);
  gtk_widget_set_visible (self->others_head, n_others > 0);
  gtk_widget_set_visible (self->empty, n_rungs + n_others == 0);
  gtk_label_set_text (GTK_LABEL (self->empty), self->rungs == NULL ? _("Being worked out") : _("There is none of these."));
  update_rail (self);
}

static void
update_pills (DkLadderPage *self)
{
  static const char *const names[DK_N_LADDER_FILTERS] = {
    NC_("ladder", "All"), NC_("ladder", "Can apply"), NC_("ladder", "Near"), NC_("ladder", "Not yet"), NC_("ladder", "Held"),
    NC_("ladder", "To be confirmed"), NC_("ladder", "Not applicable"),
  };

  for (guint f = 0; f < DK_N_LADDER_FILTERS; f++)
    {
      g_autofree char *label = NULL;
      guint n = 0;

      for (guint i = 0; self->rungs != NULL && i < self->rungs->len; i++)
        n += fits (g_ptr_array_index (self->rungs, i), (DkLadderFilter) f);
      label = g_strdup_printf ("%s %u", g_dpgettext2 (NULL, "ladder", names[f]), n);
      gtk_button_set_label (GTK_BUTTON (self->pills[f]), label);
      /* What has nothing behind it takes room away; but not under the reader's hand. */
      gtk_widget_set_visible (self->pills[f], f == DK_LADDER_ALL || n > 0 || self->filter == f);
    }
}

/* --- The steps --- */

/* One title at a time, so that nobody has to wait for all of them. */
static gboolean
on_step_cb (gpointer data)
{
  DkLadderPage *self = data;
  DkWording wording;
  g_autofree char *step = NULL, *more = NULL;

  if (self->rungs == NULL || self->next >= self->rungs->len || !dk_session_get_wording (self->session, &wording))
    {
      self->step_id = 0;
      return G_SOURCE_REMOVE;
    }
  step = dk_ladder_dup_next_step (&wording, g_ptr_array_index (self->rungs, self->next), &more);
  dk_ladder_row_set_step (get_row (self, self->next), step, more);
  self->next++;
  return G_SOURCE_CONTINUE;
}

static void
update_subtitle (DkLadderPage *self)
{
  guint n = 0;

  for (guint i = 0; self->rungs != NULL && i < self->rungs->len; i++)
    n += fits (g_ptr_array_index (self->rungs, i), DK_LADDER_ALL);
  g_free (self->subtitle);
  self->subtitle = self->rungs != NULL ? g_strdup_printf (ngettext ("%u title", "%u titles", n), n) : g_strdup ("");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
build_rows (DkLadderPage *self)
{
  g_ptr_array_set_size (self->rows, 0);
  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->ladder)) != NULL;)
    gtk_list_box_remove (GTK_LIST_BOX (self->ladder), row);
  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->others)) != NULL;)
    gtk_list_box_remove (GTK_LIST_BOX (self->others), row);
  for (guint i = 0; i < self->rungs->len; i++)
    {
      const DkPack *pack = ((const DkRung *) g_ptr_array_index (self->rungs, i))->result->item->pack;
      GtkWidget *row = dk_ladder_row_new (pack->id);

      dk_ladder_row_set_narrow (DK_LADDER_ROW (row), dk_width_bin_is_narrow (DK_WIDTH_BIN (self->width_bin)));
      g_ptr_array_add (self->rows, row);
      if (pack->rung > 0)
        gtk_list_box_prepend (GTK_LIST_BOX (self->ladder), row);
      else
        gtk_list_box_append (GTK_LIST_BOX (self->others), row);
    }
}

/* Rows stay as long as the packs do: only what they say changes. */
static gboolean
has_same_packs (DkLadderPage *self)
{
  if (self->rows->len != self->rungs->len)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DkRung *rung = g_ptr_array_index (self->rungs, i);

      if (!g_str_equal (dk_ladder_row_get_pack (get_row (self, i)), rung->result->item->pack->id))
        return FALSE;
    }
  return TRUE;
}

static void
update (DkLadderPage *self)
{
  DkWording wording;

  g_clear_pointer (&self->rungs, g_ptr_array_unref);
  if (dk_session_get_wording (self->session, &wording))
    {
      self->rungs = dk_ladder_new (wording.assessment);
      if (!has_same_packs (self))
        build_rows (self);
      for (guint i = 0; i < self->rungs->len; i++)
        dk_ladder_row_update (get_row (self, i), &wording, g_ptr_array_index (self->rungs, i));
      self->next = 0;
      if (self->step_id == 0)
        self->step_id = g_idle_add_full (G_PRIORITY_LOW, on_step_cb, self, NULL);
    }
  update_pills (self);
  update_listed (self);
  update_subtitle (self);
}

/* --- What is done with it --- */

static void
on_row_activated_cb (DkLadderPage *self,
                     DkLadderRow  *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-programme", "s", dk_ladder_row_get_pack (row));
}

static void
on_pill_toggled_cb (DkLadderPage    *self,
                    GtkToggleButton *pill)
{
  for (guint i = 0; i < DK_N_LADDER_FILTERS; i++)
    if (self->pills[i] == GTK_WIDGET (pill) && gtk_toggle_button_get_active (pill))
      {
        self->filter = i;
        update_pills (self);
        update_listed (self);
      }
}

static void
on_narrow_cb (DkLadderPage *self)
{
  gboolean is_narrow = dk_width_bin_is_narrow (DK_WIDTH_BIN (self->width_bin));

  for (guint i = 0; i < self->rows->len; i++)
    dk_ladder_row_set_narrow (get_row (self, i), is_narrow);
  gtk_widget_set_margin_start (self->margins, is_narrow ? 14 : 24);
  gtk_widget_set_margin_end (self->margins, is_narrow ? 14 : 24);
}

/* --- The object --- */

static void
dk_ladder_page_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DkLadderPage *self = DK_LADDER_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TITLE:
      g_value_set_string (value, _("Titles"));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_ladder_page_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (id == PROP_SESSION)
    DK_LADDER_PAGE (object)->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static GtkWidget *
new_list (DkLadderPage *self,
          const char   *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "dk-card");
  gtk_widget_add_css_class (list, "dk-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->margins), list);
  return list;
}

static GtkWidget *
build_pills (DkLadderPage *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (guint i = 0; i < DK_N_LADDER_FILTERS; i++)
    {
      self->pills[i] = gtk_toggle_button_new ();
      gtk_widget_add_css_class (self->pills[i], "dk-filter");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->pills[i]), GTK_TOGGLE_BUTTON (self->pills[0]));
      gtk_box_append (GTK_BOX (box), self->pills[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pills[0]), TRUE);
  for (guint i = 0; i < DK_N_LADDER_FILTERS; i++)
    g_signal_connect_object (self->pills[i], "toggled", G_CALLBACK (on_pill_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_widget_set_margin_bottom (scroll, 12);
  return scroll;
}

static void
dk_ladder_page_constructed (GObject *object)
{
  DkLadderPage *self = DK_LADDER_PAGE (object);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroll = gtk_scrolled_window_new ();

  G_OBJECT_CLASS (dk_ladder_page_parent_class)->constructed (object);

  self->margins = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_start (self->margins, 24);
  gtk_widget_set_margin_end (self->margins, 24);
  gtk_widget_set_margin_top (self->margins, 8);
  gtk_widget_set_margin_bottom (self->margins, 24);
  gtk_box_append (GTK_BOX (self->margins), build_pills (self));
  self->empty = dk_basis_new_label (NULL, "dk-dim");
  gtk_box_append (GTK_BOX (self->margins), self->empty);
  self->ladder = new_list (self, _("The ladder, the hardest title on top"));
  self->others_head = dk_basis_new_label (_("Beside the ladder"), "dk-dim");
  gtk_widget_add_css_class (self->others_head, "dk-heading");
  gtk_box_append (GTK_BOX (self->margins), self->others_head);
  self->others = new_list (self, _("Beside the ladder"));

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->margins);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  self->width_bin = dk_width_bin_new (PAGE_WIDTH, scroll);
  g_signal_connect_object (self->width_bin, "notify::is-narrow", G_CALLBACK (on_narrow_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->width_bin);

  g_signal_connect_object (self->session, "assessed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
dk_ladder_page_dispose (GObject *object)
{
  DkLadderPage *self = DK_LADDER_PAGE (object);

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_ladder_page_parent_class)->dispose (object);
}

static void
dk_ladder_page_finalize (GObject *object)
{
  DkLadderPage *self = DK_LADDER_PAGE (object);

  g_free (self->subtitle);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->rungs, g_ptr_array_unref);
  G_OBJECT_CLASS (dk_ladder_page_parent_class)->finalize (object);
}

static void
dk_ladder_page_class_init (DkLadderPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = dk_ladder_page_constructed;
  object_class->dispose = dk_ladder_page_dispose;
  object_class->finalize = dk_ladder_page_finalize;
  object_class->get_property = dk_ladder_page_get_property;
  object_class->set_property = dk_ladder_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DK_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dk_ladder_page_init (DkLadderPage *self)
{
  self->rows = g_ptr_array_new ();
  self->subtitle = g_strdup ("");
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-page");
}

/**
 * dk_ladder_page_new:
 * @session: the enterprise
 *
 * Returns: (transfer floating): the page, which follows the session's assessments
 */
GtkWidget *
dk_ladder_page_new (DkSession *session)
{
  g_return_val_if_fail (DK_IS_SESSION (session), NULL);

  return g_object_new (DK_TYPE_LADDER_PAGE, "session", session, NULL);
}

void
dk_ladder_page_set_filter (DkLadderPage  *self,
                           DkLadderFilter filter)
{
  g_return_if_fail (DK_IS_LADDER_PAGE (self));
  g_return_if_fail (filter < DK_N_LADDER_FILTERS);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pills[filter]), TRUE);
}

DkLadderRow *
dk_ladder_page_find_row (DkLadderPage *self,
                         const char   *pack)
{
  g_return_val_if_fail (DK_IS_LADDER_PAGE (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (dk_ladder_row_get_pack (get_row (self, i)), pack))
      return get_row (self, i);
  return NULL;
}

gboolean
dk_ladder_page_is_pending (DkLadderPage *self)
{
  g_return_val_if_fail (DK_IS_LADDER_PAGE (self), FALSE);

  return self->step_id != 0;
}
