/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-listing-row"

#include "dk-listing-row.h"

#include "dk-basis.h"
#include "dk-cells.h"
#include "dk-sign.h"
#include "dk-stages.h"
#include "dk-style.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Columns of a wide page; the cells take what is left. */
enum { BOARD_WIDTH = 112, STATE_WIDTH = 124, CELL_WIDTH = 92, ANY_WIDTH = 10000 };

struct _DkListingRow
{
  GtkBox     parent_instance;
  char      *pack;
  GPtrArray *cells;  /* DkListingCell *, borrowed */
  GtkWidget *board, *title, *span;
  GtkWidget *grid;
  GtkWidget *state_box, *sign, *state, *why, *when;
};

G_DEFINE_FINAL_TYPE (DkListingRow, dk_listing_row, GTK_TYPE_BOX)

static void
update_cells (DkListingRow    *self,
              const DkWording *wording,
              const DkBoard   *board)
{
  guint first = board->positioning != NULL ? 1 : 0;
  guint n = first + board->standards->len;

  if (self->cells->len != n)
    {
      dk_cells_clear (DK_CELLS (self->grid));
      g_ptr_array_set_size (self->cells, 0);
      for (guint i = 0; i < n; i++)
        {
          GtkWidget *cell = dk_listing_cell_new ();

          dk_cells_append (DK_CELLS (self->grid), cell);
          g_ptr_array_add (self->cells, cell);
        }
    }
  /* Standards stand below standards, be there a positioning or not. */
  dk_cells_set_lead (DK_CELLS (self->grid), 1 - first);
  for (guint i = 0; i < n; i++)
    dk_listing_cell_update (g_ptr_array_index (self->cells, i), wording, board,
                            i < first ? NULL : g_ptr_array_index (board->standards, i - first));
}

/* What follows, in a word; and what stands against it. */
static const char *
describe_state (const DkWording *wording,
                const DkBoard   *board,
                char           **why)
{
  const DkResult *programme = board->programme;

  *why = NULL;
  if (board->held == DK_HELD_YES)
    return dk_sign_get_name (DK_SIGN_HELD);
  if (board->nearest == NULL)
    return _("No rules that day");
  if (programme->verdict == DK_VERDICT_PASS)
    return C_("listing", "Ready");
  /* What fails comes before what is open, and what else fails before the standards, which have cells of their own. */
  *why = board->against.n_failed > 0 || board->nearest->against.limb == NULL ? dk_board_dup_obstacle (wording, board)
                                                                             : dk_against_dup_words (wording, &board->nearest->against);
  if (board->nearest->result->verdict == DK_VERDICT_PASS)
    return C_("listing", "Standard met");
  return programme->verdict == DK_VERDICT_FAIL ? C_("listing", "Not yet") : dk_sign_get_name (DK_SIGN_OPEN);
}

/* When the enterprise can be there, by what the steps usually take. */
static void
update_when (DkListingRow    *self,
             const DkWording *wording,
             const DkBoard   *board)
{
  g_autoptr(GArray) stages = board->held != DK_HELD_YES && board->programme->in_force != NULL
                               ? dk_assessment_plan_stages (wording->assessment, board->programme->item->pack) : NULL;
  g_autofree char *day = NULL, *text = NULL;
  gint64 days[2];

  gtk_widget_set_visible (self->when, stages != NULL && dk_stages_get_end (stages, &days[0], &days[1]));
  if (!gtk_widget_get_visible (self->when))
    return;
  day = dk_date_to_string (days[0]);
  /* TRANSLATORS: the month in which an enterprise can be listed at the earliest; where there is little room. */
  text = g_strdup_printf (C_("listing", "earliest %.7s"), day);
  gtk_label_set_text (GTK_LABEL (self->when), text);
  dk_style_set_tooltip (self->when, _("By the usual length of the steps, should all conditions be met by then"));
}

void
dk_listing_row_update (DkListingRow    *self,
                       const DkWording *wording,
                       const DkBoard   *board)
{
  const DkPack *pack = board->programme->item->pack;
  const char *title = dk_pack_get_short_title (pack, wording->language);
  g_autofree char *span = board->programme->in_force != NULL ? dk_wording_describe_span (board->programme->in_force) : NULL;
  g_autofree char *why = NULL, *name = NULL;
  const char *state = describe_state (wording, board, &why);

  g_return_if_fail (DK_IS_LISTING_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->span), span != NULL ? span : "");
  gtk_widget_set_visible (self->span, span != NULL);
  dk_style_set_tooltip (self->board, dk_text_get (&pack->title, wording->language));
  name = g_strdup_printf (_("Open %s: %s"), dk_text_get (&pack->title, wording->language), state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->board), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  update_cells (self, wording, board);
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), dk_sign_of_programme (wording->assessment, board->programme));
  gtk_label_set_text (GTK_LABEL (self->state), state);
  gtk_label_set_text (GTK_LABEL (self->why), why != NULL ? why : "");
  gtk_widget_set_visible (self->why, why != NULL && *why != '\0');
  update_when (self, wording, board);
  dk_style_set_tooltip (self->state_box, why);
}

/* @width, no more and no less, so that the columns of all rows stand in line; or any, for -1. */
static void
set_width (GtkWidget *box,
           int        width)
{
  GtkWidget *clamp = gtk_widget_get_parent (box);

  gtk_widget_set_size_request (clamp, width, -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width > 0 ? width : ANY_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width > 0 ? width : ANY_WIDTH);
}

void
dk_listing_row_set_layout (DkListingRow *self,
                           guint         n_columns,
                           gboolean      is_narrow)
{
  g_return_if_fail (DK_IS_LISTING_ROW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self), is_narrow ? 6 : 10);
  set_width (self->board, is_narrow ? -1 : BOARD_WIDTH);
  set_width (self->state_box, is_narrow ? -1 : STATE_WIDTH);
  if (is_narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  dk_cells_set_n_columns (DK_CELLS (self->grid), n_columns);
}

guint
dk_listing_row_n_cells (DkListingRow *self)
{
  return self->cells->len;
}

DkListingCell *
dk_listing_row_get_cell (DkListingRow *self,
                         guint         i)
{
  return i < self->cells->len ? g_ptr_array_index (self->cells, i) : NULL;
}

const char *
dk_listing_row_get_pack (DkListingRow *self)
{
  return self->pack;
}

const char *
dk_listing_row_get_state (DkListingRow *self)
{
  return gtk_label_get_text (GTK_LABEL (self->state));
}

/* No actionable button: that would be insensitive wherever a row stands in a window without the action. */
static void
on_board_cb (DkListingRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-programme", "s", self->pack);
}

static void
dk_listing_row_finalize (GObject *object)
{
  DkListingRow *self = DK_LISTING_ROW (object);

  g_free (self->pack);
  g_ptr_array_unref (self->cells);
  G_OBJECT_CLASS (dk_listing_row_parent_class)->finalize (object);
}

static void
dk_listing_row_class_init (DkListingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_listing_row_finalize;
}

static GtkWidget *
new_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = dk_basis_new_label (NULL, style);

  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 8);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
new_column (DkListingRow *self,
            GtkWidget    *child)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_widget_set_valign (clamp, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (clamp, FALSE);
  gtk_box_append (GTK_BOX (self), clamp);
  return child;
}

static void
dk_listing_row_init (DkListingRow *self)
{
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->cells = g_ptr_array_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-listing-row");
  self->title = new_label (names, "dk-strong");
  self->span = new_label (names, "dk-mini");
  gtk_widget_add_css_class (self->span, "dk-dim");
  self->board = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->board), names);
  gtk_widget_set_css_classes (self->board, (const char *[]) { "flat", "dk-listing-board", NULL });
  g_signal_connect_object (self->board, "clicked", G_CALLBACK (on_board_cb), self, G_CONNECT_SWAPPED);
  new_column (self, self->board);

  self->grid = dk_cells_new (CELL_WIDTH);
  gtk_widget_set_hexpand (self->grid, TRUE);
  gtk_widget_set_valign (self->grid, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), self->grid);

  self->state_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->sign = dk_sign_image_new (DK_SIGN_NONE, 15);
  gtk_widget_set_valign (self->sign, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), self->sign);
  self->state = new_label (line, "dk-strong");
  gtk_widget_set_hexpand (self->state, TRUE);
  gtk_box_append (GTK_BOX (self->state_box), line);
  self->why = new_label (self->state_box, "dk-mini");
  gtk_widget_add_css_class (self->why, "dk-dim");
  gtk_label_set_lines (GTK_LABEL (self->why), 3);
  gtk_label_set_ellipsize (GTK_LABEL (self->why), PANGO_ELLIPSIZE_END);
  self->when = new_label (self->state_box, "dk-mini");
  gtk_widget_add_css_class (self->when, "num");
  new_column (self, self->state_box);
  dk_listing_row_set_layout (self, 1, FALSE);
}

GtkWidget *
dk_listing_row_new (const char *pack)
{
  DkListingRow *self = g_object_new (DK_TYPE_LISTING_ROW, NULL);

  self->pack = g_strdup (pack);
  return GTK_WIDGET (self);
}
