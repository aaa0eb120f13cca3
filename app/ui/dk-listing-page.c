/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-listing-page"

#include "dk-listing-page.h"

#include "dk-amount.h"
#include "dk-basis.h"
#include "dk-explain-window.h"
#include "dk-fact-cell.h"
#include "dk-listing-board.h"
#include "dk-listing-detail.h"
#include "dk-settings.h"
#include "dk-tag.h"
#include "dk-value-axis.h"
#include "dk-width-bin.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* As wide as the matrix is drawn well. */
#define PAGE_WIDTH 960
#define MAX_WIDTH  1180
/* Milliseconds until what was opened has its place, and pixels that are seen below it. */
#define SCROLL_DELAY  60
#define SCROLL_MARGIN 16

struct _DkListingPage
{
  AdwBin        parent_instance;
  DkSession    *session;
  char         *subtitle;
  char         *selected;   /* the id of a rule */
  char         *first_missing; /* the id of a fact: what is to be answered before anything can be said; NULL: none */
  gboolean      is_new;     /* it was opened just now */
  gboolean      is_open;    /* somebody has asked what the cell that is selected stands for */
  GPtrArray    *boards;     /* DkBoard *, of the session's assessment; NULL: none yet */
  GPtrArray    *rows;       /* DkListingRow *, one for each board */
  const DkSymbol *assumed;  /* what the card asks for; NULL: nothing */
  GtkWidget    *width_bin, *stack, *scroll, *margins;
  GtkWidget    *headline;
  GtkWidget    *card, *card_head, *names, *adjust_button, *assumed_title, *assumed_value, *tag, *assumed_box, *assumed_cell, *unit, *axis,
               *hint;
  GtkWidget    *matrix;
  GtkWidget    *detail;
  GtkWidget    *board;      /* what belongs to the whole board of it, at its end */
  GtkWidget    *nothing, *nothing_button;
  guint         next;       /* the board whose openings are found next; behind the last one the way out of what is selected */
  guint         step_id;
  guint         scroll_id;
};

enum { PROP_0, PROP_SESSION, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkListingPage, dk_listing_page, ADW_TYPE_BIN)

static DkBoard *
get_board (DkListingPage *self,
           guint          i)
{
  return g_ptr_array_index (self->boards, i);
}

static DkListingRow *
get_row (DkListingPage *self,
         guint          i)
{
  return g_ptr_array_index (self->rows, i);
}

/* --- What is selected --- */

/* The board and, unless it is the positioning, the standard of a rule. */
static const DkBoard *
find_selected (DkListingPage     *self,
               const char        *id,
               const DkStandard **standard)
{
  *standard = NULL;
  for (guint i = 0; self->boards != NULL && id != NULL && i < self->boards->len; i++)
    {
      const DkBoard *board = get_board (self, i);

      if (board->positioning != NULL && strcmp (board->positioning->item->id, id) == 0)
        return board;
      for (guint s = 0; s < board->standards->len; s++)
        {
          const DkStandard *one = g_ptr_array_index (board->standards, s);

          if (strcmp (one->result->item->id, id) == 0)
            {
              *standard = one;
              return board;
            }
        }
    }
  return NULL;
}

/* One stop for the Tab key: the cell that is selected. */
static void
mark_selected (DkListingPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    for (guint c = 0; c < dk_listing_row_n_cells (get_row (self, i)); c++)
      {
        DkListingCell *cell = dk_listing_row_get_cell (get_row (self, i), c);
        gboolean is_selected = g_strcmp0 (dk_listing_cell_get_id (cell), self->selected) == 0;

        dk_listing_cell_set_selected (cell, is_selected);
        gtk_widget_set_focusable (GTK_WIDGET (cell), is_selected);
      }
}

static void
grab_selected (DkListingPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    for (guint c = 0; c < dk_listing_row_n_cells (get_row (self, i)); c++)
      {
        GtkWidget *cell = GTK_WIDGET (dk_listing_row_get_cell (get_row (self, i), c));

        if (gtk_widget_get_focusable (cell))
          gtk_widget_grab_focus (cell);
      }
}

static void
update_detail (DkListingPage *self)
{
  const DkStandard *standard;
  const DkBoard *board = find_selected (self, self->selected, &standard);
  DkWording wording;

  gtk_widget_set_visible (self->detail, board != NULL && self->is_open);
  if (board == NULL || !self->is_open || !dk_session_get_wording (self->session, &wording))
    return;
  /* Below the row of its board. */
  for (guint i = 0; i < self->rows->len; i++)
    if (get_board (self, i) == board)
      gtk_box_reorder_child_after (GTK_BOX (self->matrix), self->detail, GTK_WIDGET (get_row (self, i)));
  dk_listing_detail_show (DK_LISTING_DETAIL (self->detail), &wording, board, standard);
  dk_listing_board_show (DK_LISTING_BOARD (self->board), &wording, board);
}

/* --- The market value --- */

static int
compare_openings (gconstpointer a,
                  gconstpointer b)
{
  return dk_number_compare ((*(const DkStandard *const *) a)->opens_at, (*(const DkStandard *const *) b)->opens_at);
}

static const DkBoard *
find_board_of (DkListingPage    *self,
               const DkStandard *standard)
{
  const DkStandard *same;

  return find_selected (self, standard->result->item->id, &same);
}

/* Standards that open at the same amount share a mark: the boards below it, their standards in words. */
static guint
add_mark (DkListingPage *self,
          GPtrArray     *standards,
          guint          first)
{
  const char *language = dk_settings_get_language ();
  DkNumber at = ((const DkStandard *) g_ptr_array_index (standards, first))->opens_at;
  g_autofree char *amount = dk_amount_to_words (at, language);
  g_autoptr(GString) boards = g_string_new (NULL);
  g_autoptr(GString) words = g_string_new (NULL);
  const char *last = NULL;
  guint i;

  for (i = first; i < standards->len; i++)
    {
      const DkStandard *standard = g_ptr_array_index (standards, i);
      const char *board = dk_pack_get_short_title (find_board_of (self, standard)->programme->item->pack, language);

      if (!dk_number_equal (standard->opens_at, at))
        break;
      if (g_strcmp0 (board, last) != 0)
        g_string_append_printf (boards, "%s%s", last != NULL ? " · " : "", board);
      g_string_append_printf (words, "%s%s %s", words->len > 0 ? ", " : "", board, dk_item_get_short_title (standard->result->item, language));
      last = board;
    }
  if (dk_number_sign (at) > 0)
    dk_value_axis_add_mark (DK_VALUE_AXIS (self->axis), dk_number_to_double (at), amount, boards->str, words->str);
  return i;
}

static void
update_axis (DkListingPage *self)
{
  g_autoptr(GPtrArray) standards = g_ptr_array_new ();

  for (guint i = 0; i < self->boards->len; i++)
    {
      const DkBoard *board = get_board (self, i);

      for (guint s = 0; s < board->standards->len; s++)
        if (((const DkStandard *) g_ptr_array_index (board->standards, s))->opening == DK_OPENING_FROM && board->assumes == self->assumed)
          g_ptr_array_add (standards, g_ptr_array_index (board->standards, s));
    }
  g_ptr_array_sort (standards, compare_openings); /* stable: boards stay in order */
  dk_value_axis_clear (DK_VALUE_AXIS (self->axis));
  for (guint i = 0; i < standards->len;)
    i = add_mark (self, standards, i);
  gtk_widget_set_visible (self->axis, dk_value_axis_n_marks (DK_VALUE_AXIS (self->axis)) > 0);
}

static void
update_assumed (DkListingPage   *self,
                const DkWording *wording)
{
  const DkFact *fact = dk_catalogue_find_fact (dk_session_get_library (self->session)->catalogue, self->assumed->id);
  const char *label = dk_text_get (&self->assumed->label, wording->language);
  g_autofree char *words = NULL, *text = NULL;
  DkValue value;

  gtk_label_set_text (GTK_LABEL (self->assumed_title), label);
  if (self->assumed_cell == NULL && fact != NULL)
    {
      self->assumed_cell = dk_fact_cell_new (self->session, fact, 0);
      gtk_widget_set_size_request (self->assumed_cell, 190, -1);
      gtk_widget_set_hexpand (self->assumed_cell, FALSE);
      gtk_widget_set_valign (self->assumed_cell, GTK_ALIGN_CENTER);
      gtk_box_prepend (GTK_BOX (self->assumed_box), self->assumed_cell);
    }
  gtk_label_set_text (GTK_LABEL (self->unit), dk_format_unit (self->assumed->unit));
  if (dk_assessment_get_assumed (wording->assessment, self->assumed, &value))
    words = dk_amount_value_to_words (&value, wording->language);
  gtk_label_set_text (GTK_LABEL (self->assumed_value), words != NULL ? words : _("not known yet"));
  gtk_widget_set_visible (self->tag, words != NULL);
  text = words != NULL ? g_strdup_printf ("%s: %s", label, words) : g_strdup (label);
  dk_value_axis_set_value (DK_VALUE_AXIS (self->axis), words != NULL ? MAX (0, dk_number_to_double (value.low)) : 0,
                           words != NULL ? dk_number_to_double (dk_value_high (&value)) : 0, text);
}

/* --- The rest --- */

static void
update_headline (DkListingPage   *self,
                 const DkWording *wording,
                 const DkBoard   *nearest)
{
  g_autofree char *sentence = nearest != NULL ? dk_board_dup_sentence (wording, nearest) : NULL;
  g_autofree char *text = NULL;

  if (nearest == NULL)
    text = g_strdup (_("No board has rules of its own on that day."));
  else
    /* TRANSLATORS: the board that is nearest to being open, and what stands against it; or that it is open. */
    text = g_strdup_printf (nearest->programme->verdict == DK_VERDICT_PASS ? C_("listing", "%s.") : _("Nearest: %s."), sentence);
  gtk_label_set_text (GTK_LABEL (self->headline), text);
}

/* What a cell stands for comes into sight whole, with its row if there is room for both; once, when it is opened. */
static gboolean
on_scroll_cb (gpointer data)
{
  DkListingPage *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  GtkWidget *row = gtk_widget_get_prev_sibling (self->detail);
  graphene_rect_t above, below;

  self->scroll_id = 0;
  if (gtk_widget_get_mapped (self->detail) && row != NULL && gtk_widget_compute_bounds (row, self->margins, &above)
      && gtk_widget_compute_bounds (self->detail, self->margins, &below))
    gtk_adjustment_clamp_page (adjustment, above.origin.y, below.origin.y + below.size.height + SCROLL_MARGIN);
  return G_SOURCE_REMOVE;
}

/* One board at a time, so that nobody has to wait for all of them. */
static gboolean
on_step_cb (gpointer data)
{
  DkListingPage *self = data;
  DkWording wording;

  if (self->boards == NULL || !dk_session_get_wording (self->session, &wording))
    {
      self->step_id = 0;
      return G_SOURCE_REMOVE;
    }
  if (self->next < self->boards->len)
    {
      DkBoard *board = get_board (self, self->next);

      dk_board_find_openings (board, wording.assessment);
      dk_listing_row_update (get_row (self, self->next), &wording, board);
      self->next++;
      if (self->next == self->boards->len)
        {
          if (self->assumed != NULL)
            update_axis (self);
          update_headline (self, &wording, dk_boards_find_nearest (self->boards));
          update_detail (self);
        }
      return G_SOURCE_CONTINUE;
    }
  if (gtk_widget_get_visible (self->detail))
    {
      dk_listing_detail_add_way (DK_LISTING_DETAIL (self->detail), &wording);
      if (self->is_new && self->scroll_id == 0)
        self->scroll_id = g_timeout_add (SCROLL_DELAY, on_scroll_cb, self);
      self->is_new = FALSE;
    }
  self->step_id = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_steps (DkListingPage *self)
{
  if (self->step_id == 0)
    self->step_id = g_idle_add_full (G_PRIORITY_LOW, on_step_cb, self, NULL);
}

static gboolean
has_same_packs (DkListingPage *self)
{
  if (self->rows->len != self->boards->len)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (!g_str_equal (dk_listing_row_get_pack (get_row (self, i)), get_board (self, i)->programme->item->pack->id))
      return FALSE;
  return TRUE;
}

static void
update_layout (DkListingPage *self)
{
  gboolean is_narrow = dk_width_bin_is_narrow (DK_WIDTH_BIN (self->width_bin));
  guint n_columns = 1;

  for (guint i = 0; self->boards != NULL && i < self->boards->len; i++)
    n_columns = MAX (n_columns, 1 + get_board (self, i)->standards->len);
  for (guint i = 0; i < self->rows->len; i++)
    dk_listing_row_set_layout (get_row (self, i), n_columns, is_narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->card_head), is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->names), is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->names), is_narrow ? 4 : 8);
  gtk_widget_set_halign (self->assumed_title, is_narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_halign (self->assumed_value, is_narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_halign (self->tag, is_narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_margin_start (self->margins, is_narrow ? 14 : 24);
  gtk_widget_set_margin_end (self->margins, is_narrow ? 14 : 24);
}

static void
on_cell_clicked_cb (DkListingPage *self,
                    DkListingCell *cell)
{
  gboolean was_open = self->is_open && g_strcmp0 (self->selected, dk_listing_cell_get_id (cell)) == 0;

  dk_listing_page_select (self, was_open ? NULL : dk_listing_cell_get_id (cell));
}

static void
build_rows (DkListingPage *self)
{
  g_ptr_array_set_size (self->rows, 0);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->matrix)) != self->detail;)
    gtk_box_remove (GTK_BOX (self->matrix), child);
  for (GtkWidget *child; (child = gtk_widget_get_next_sibling (self->detail)) != NULL;)
    gtk_box_remove (GTK_BOX (self->matrix), child);
  for (guint i = 0; i < self->boards->len; i++)
    {
      GtkWidget *row = dk_listing_row_new (get_board (self, i)->programme->item->pack->id);

      if (i > 0)
        gtk_widget_add_css_class (row, "ruled");
      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (self->matrix), row);
    }
}

/* Cells are new where a board has more or fewer of them than before. */
static void
connect_cells (DkListingPage *self)
{
  static const char *const key = "dk-connected";

  for (guint i = 0; i < self->rows->len; i++)
    for (guint c = 0; c < dk_listing_row_n_cells (get_row (self, i)); c++)
      {
        DkListingCell *cell = dk_listing_row_get_cell (get_row (self, i), c);

        if (g_object_get_data (G_OBJECT (cell), key) != NULL)
          continue;
        g_object_set_data (G_OBJECT (cell), key, GINT_TO_POINTER (TRUE));
        g_signal_connect_object (cell, "clicked", G_CALLBACK (on_cell_clicked_cb), self, G_CONNECT_SWAPPED);
      }
}

static void
update_subtitle (DkListingPage *self)
{
  guint n = self->boards != NULL ? self->boards->len : 0, n_ready = 0;

  for (guint i = 0; i < n; i++)
    n_ready += get_board (self, i)->programme->verdict == DK_VERDICT_PASS;
  g_free (self->subtitle);
  self->subtitle = g_strdup_printf (ngettext ("%u board", "%u boards", n), n);
  if (n_ready > 0)
    {
      g_autofree char *boards = g_steal_pointer (&self->subtitle);

      self->subtitle = g_strdup_printf (_("%s · %u ready"), boards, n_ready);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/* Without figures the matrix would say nothing: what to answer first. */
static void
update_nothing (DkListingPage *self,
                const DkBoard *nearest)
{
  const GArray *missing = nearest != NULL ? nearest->nearest->result->missing : NULL;
  const DkFactRef *first = NULL;

  for (guint i = 0; missing != NULL && i < missing->len && first == NULL; i++)
    if (g_array_index (missing, DkFactRef, i).fact->period != DK_PERIOD_NONE)
      first = &g_array_index (missing, DkFactRef, i);
  gtk_widget_set_visible (self->nothing_button, first != NULL);
  g_free (self->first_missing);
  self->first_missing = first != NULL ? g_strdup (first->fact->id) : NULL;
}

static void
update (DkListingPage *self)
{
  const DkBoard *nearest;
  const DkStandard *standard;
  DkWording wording;
  gboolean has_figures;

  g_clear_pointer (&self->boards, g_ptr_array_unref);
  if (!dk_session_get_wording (self->session, &wording))
    return;
  self->boards = dk_boards_new (wording.assessment);
  self->assumed = NULL;
  for (guint i = 0; i < self->boards->len && self->assumed == NULL; i++)
    self->assumed = get_board (self, i)->assumes;
  nearest = dk_boards_find_nearest (self->boards);
  has_figures = dk_boards_has_figures (self->boards, wording.assessment);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), has_figures ? self->width_bin : self->nothing);
  if (!has_same_packs (self))
    build_rows (self);
  for (guint i = 0; i < self->boards->len; i++)
    dk_listing_row_update (get_row (self, i), &wording, get_board (self, i));
  connect_cells (self);
  update_layout (self);
  update_headline (self, &wording, nearest);
  update_nothing (self, nearest);
  gtk_widget_set_visible (self->card, self->assumed != NULL);
  if (self->assumed != NULL)
    update_assumed (self, &wording);
  if (find_selected (self, self->selected, &standard) == NULL && nearest != NULL)
    {
      g_free (self->selected);
      self->selected = g_strdup (nearest->nearest->result->item->id);
    }
  mark_selected (self);
  update_detail (self);
  update_subtitle (self);
  self->next = 0;
  queue_steps (self);
}

/* --- Keys --- */

static gboolean
go_to (DkListingPage *self,
       int            row,
       int            cell,
       int            by) /* rows: past those without cells */
{
  DkListingCell *to;

  while (by != 0 && row >= 0 && row < (int) self->rows->len && dk_listing_row_n_cells (get_row (self, (guint) row)) == 0)
    row += by;
  if (row < 0 || row >= (int) self->rows->len)
    return FALSE;
  if (by != 0)
    cell = MIN (cell, (int) dk_listing_row_n_cells (get_row (self, (guint) row)) - 1);
  if (cell < 0 || cell >= (int) dk_listing_row_n_cells (get_row (self, (guint) row)))
    return FALSE;
  to = dk_listing_row_get_cell (get_row (self, (guint) row), (guint) cell);
  dk_listing_page_select (self, dk_listing_cell_get_id (to));
  return TRUE;
}

static gboolean
find_place (DkListingPage *self,
            GtkWidget     *cell,
            int           *row,
            int           *column)
{
  for (guint i = 0; i < self->rows->len; i++)
    for (guint c = 0; c < dk_listing_row_n_cells (get_row (self, i)); c++)
      if (GTK_WIDGET (dk_listing_row_get_cell (get_row (self, i), c)) == cell)
        {
          *row = (int) i;
          *column = (int) c;
          return TRUE;
        }
  return FALSE;
}

static gboolean
on_key_pressed_cb (DkListingPage   *self,
                   guint            keyval,
                   guint            keycode,
                   GdkModifierType  state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  int row, cell;

  if (focus == NULL || !DK_IS_LISTING_CELL (focus) || !find_place (self, focus, &row, &cell))
    return FALSE;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    {
      if (modifiers == GDK_ALT_MASK)
        return dk_explain_open (focus, self->selected);
      return modifiers == 0 && gtk_widget_activate_action (focus, "win.show-criterion", "s", dk_listing_cell_get_id (DK_LISTING_CELL (focus)));
    }
  if (modifiers != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Escape:
      if (!self->is_open)
        return FALSE;
      dk_listing_page_select (self, NULL);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return go_to (self, row, is_rtl ? cell + 1 : cell - 1, 0);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return go_to (self, row, is_rtl ? cell - 1 : cell + 1, 0);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return go_to (self, row - 1, cell, -1);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return go_to (self, row + 1, cell, 1);
    case GDK_KEY_Home:
      return go_to (self, row, 0, 0);
    case GDK_KEY_End:
      return go_to (self, row, (int) dk_listing_row_n_cells (get_row (self, (guint) row)) - 1, 0);
    default:
      return FALSE;
    }
}

static void
on_adjust_cb (DkListingPage *self)
{
  if (self->assumed != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-fact", "s", self->assumed->id);
}

static void
on_fill_in_cb (DkListingPage *self)
{
  if (self->first_missing != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-fact", "s", self->first_missing);
}

/* --- The object --- */

static void
dk_listing_page_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DkListingPage *self = DK_LISTING_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TITLE:
      g_value_set_string (value, C_("sidebar", "Listing"));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_listing_page_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (id == PROP_SESSION)
    DK_LISTING_PAGE (object)->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
build_card (DkListingPage *self)
{
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_css_classes (self->card, (const char *[]) { "dk-card", "dk-listing-card", NULL });
  self->card_head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->names = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->assumed_title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->assumed_title, "dk-t3");
  self->assumed_value = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_set_css_classes (self->assumed_value, (const char *[]) { "dk-t3", "dk-held", "num", NULL });
  self->tag = dk_tag_new (_("Your assumption"), DK_TAG_PLAIN);
  gtk_widget_set_valign (self->tag, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->names), self->assumed_title);
  gtk_box_append (GTK_BOX (self->names), self->assumed_value);
  gtk_box_append (GTK_BOX (self->names), self->tag);
  gtk_widget_set_hexpand (self->names, TRUE);
  gtk_box_append (GTK_BOX (self->card_head), self->names);
  self->adjust_button = gtk_button_new_with_mnemonic (_("How it is _estimated"));
  gtk_widget_set_css_classes (self->adjust_button, (const char *[]) { "flat", "dk-listing-door", NULL });
  gtk_widget_set_halign (self->adjust_button, GTK_ALIGN_START);
  g_signal_connect_object (self->adjust_button, "clicked", G_CALLBACK (on_adjust_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->card_head), self->adjust_button);
  self->assumed_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_hexpand (self->assumed_box, FALSE);
  self->unit = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->unit, "dk-dim");
  gtk_box_append (GTK_BOX (self->assumed_box), self->unit);
  gtk_box_append (GTK_BOX (self->card_head), self->assumed_box);
  gtk_box_append (GTK_BOX (self->card), self->card_head);
  self->axis = dk_value_axis_new ();
  gtk_widget_set_visible (self->axis, FALSE);
  gtk_box_append (GTK_BOX (self->card), self->axis);
  self->hint = dk_basis_new_label (_("From each mark on the value is high enough for a standard of the boards below it, whatever else they ask for."), "dk-mini");
  gtk_widget_add_css_class (self->hint, "dk-dim");
  gtk_box_append (GTK_BOX (self->card), self->hint);
}

static void
build_matrix (DkListingPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->matrix = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_css_classes (self->matrix, (const char *[]) { "dk-card", "dk-listing-matrix", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->matrix), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Boards and their standards"), -1);
  /* Before the buttons, which would take the Enter key for themselves. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->matrix, keys);
  self->detail = dk_listing_detail_new ();
  self->board = dk_listing_board_new (self->session);
  gtk_box_append (GTK_BOX (self->detail), self->board);
  gtk_box_append (GTK_BOX (self->matrix), self->detail);
}

static void
build_nothing (DkListingPage *self)
{
  self->nothing = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nothing), "dk-listing-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), _("Three years of accounts come first"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->nothing),
                                   _("With profit, revenue, cash flow and research of three years this page says which boards are open, which are near, and what is wanting."));
  self->nothing_button = gtk_button_new_with_mnemonic (_("_Fill in the accounts"));
  gtk_widget_set_css_classes (self->nothing_button, (const char *[]) { "pill", "suggested-action", NULL });
  gtk_widget_set_halign (self->nothing_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->nothing_button, "clicked", G_CALLBACK (on_fill_in_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->nothing), self->nothing_button);
}

static void
dk_listing_page_constructed (GObject *object)
{
  DkListingPage *self = DK_LISTING_PAGE (object);
  GtkWidget *clamp = adw_clamp_new (), *plans;

  G_OBJECT_CLASS (dk_listing_page_parent_class)->constructed (object);

  self->margins = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_top (self->margins, 8);
  gtk_widget_set_margin_bottom (self->margins, 24);
  self->headline = dk_basis_new_label (NULL, "dk-t2");
  gtk_box_append (GTK_BOX (self->margins), self->headline);
  build_card (self);
  gtk_box_append (GTK_BOX (self->margins), self->card);
  build_matrix (self);
  gtk_box_append (GTK_BOX (self->margins), self->matrix);
  plans = gtk_button_new_with_mnemonic (_("When boards open by your _plans"));
  gtk_widget_set_css_classes (plans, (const char *[]) { "flat", "dk-listing-door", NULL });
  gtk_widget_set_halign (plans, GTK_ALIGN_START);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (plans), "win.show-plans::all");
  gtk_box_append (GTK_BOX (self->margins), plans);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->margins);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  self->width_bin = dk_width_bin_new (PAGE_WIDTH, self->scroll);
  g_signal_connect_object (self->width_bin, "notify::is-narrow", G_CALLBACK (update_layout), self, G_CONNECT_SWAPPED);
  build_nothing (self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), self->width_bin);
  gtk_stack_add_child (GTK_STACK (self->stack), self->nothing);
  adw_bin_set_child (ADW_BIN (self), self->stack);

  g_signal_connect_object (self->session, "assessed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/* From outside the focus comes to the top, whatever has its place already: the answer is read first. */
static gboolean
dk_listing_page_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  DkListingPage *self = DK_LISTING_PAGE (widget);

  if (direction == GTK_DIR_TAB_FORWARD && gtk_widget_get_focus_child (widget) == NULL && gtk_widget_get_child_visible (self->width_bin)
      && gtk_widget_grab_focus (self->adjust_button))
    return TRUE;
  return GTK_WIDGET_CLASS (dk_listing_page_parent_class)->focus (widget, direction);
}

static void
dk_listing_page_dispose (GObject *object)
{
  DkListingPage *self = DK_LISTING_PAGE (object);

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dk_listing_page_parent_class)->dispose (object);
}

static void
dk_listing_page_finalize (GObject *object)
{
  DkListingPage *self = DK_LISTING_PAGE (object);

  g_free (self->subtitle);
  g_free (self->selected);
  g_free (self->first_missing);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->boards, g_ptr_array_unref);
  G_OBJECT_CLASS (dk_listing_page_parent_class)->finalize (object);
}

static void
dk_listing_page_class_init (DkListingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->focus = dk_listing_page_focus;
  object_class->constructed = dk_listing_page_constructed;
  object_class->dispose = dk_listing_page_dispose;
  object_class->finalize = dk_listing_page_finalize;
  object_class->get_property = dk_listing_page_get_property;
  object_class->set_property = dk_listing_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DK_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dk_listing_page_init (DkListingPage *self)
{
  self->rows = g_ptr_array_new ();
  self->subtitle = g_strdup ("");
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-page");
}

/* --- Public --- */

/**
 * dk_listing_page_new:
 * @session: the enterprise
 *
 * Returns: (transfer floating): the page, which follows the session's assessments
 */
GtkWidget *
dk_listing_page_new (DkSession *session)
{
  g_return_val_if_fail (DK_IS_SESSION (session), NULL);

  return g_object_new (DK_TYPE_LISTING_PAGE, "session", session, NULL);
}

DkListingRow *
dk_listing_page_find_row (DkListingPage *self,
                          const char    *pack)
{
  g_return_val_if_fail (DK_IS_LISTING_PAGE (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (dk_listing_row_get_pack (get_row (self, i)), pack))
      return get_row (self, i);
  return NULL;
}

const char *
dk_listing_page_get_selected (DkListingPage *self)
{
  g_return_val_if_fail (DK_IS_LISTING_PAGE (self), NULL);

  return self->selected;
}

void
dk_listing_page_select (DkListingPage *self,
                        const char    *id)
{
  const DkStandard *standard;

  g_return_if_fail (DK_IS_LISTING_PAGE (self));

  self->is_open = id != NULL && find_selected (self, id, &standard) != NULL;
  if (self->is_open && g_strcmp0 (id, self->selected) != 0)
    {
      char *selected = g_strdup (id);

      g_free (self->selected);
      self->selected = selected;
      mark_selected (self);
    }
  update_detail (self);
  self->is_new = self->is_open;
  if (self->is_open)
    grab_selected (self);
  queue_steps (self);
}

gboolean
dk_listing_page_is_pending (DkListingPage *self)
{
  g_return_val_if_fail (DK_IS_LISTING_PAGE (self), FALSE);

  return self->step_id != 0;
}
