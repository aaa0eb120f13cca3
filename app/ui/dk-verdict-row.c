/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-verdict-row"

#include "dk-verdict-row.h"

#include "dk-bar.h"
#include "dk-digest.h"
#include "dk-explain-window.h"
#include "dk-settings.h"
#include "dk-style.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long a change is pointed out, in seconds. */
#define PILL_SECONDS 4

struct _DkVerdictRow
{
  GtkListBoxRow  parent_instance;
  char          *pack;
  char          *figure;
  char          *spoken;
  DkSign         sign;
  DkVerdict      verdict;
  DkNumber       low, high; /* of the score */
  DkArena       *arena;
  gboolean       has_score;
  gboolean       is_better;
  gboolean       is_shown;  /* there was a result before */
  guint          timer;
  GtkWidget     *image;
  GtkWidget     *title;
  GtkWidget     *pill;
  GtkWidget     *figure_label;
  GtkWidget     *bar;
  GtkWidget     *note;
};

G_DEFINE_FINAL_TYPE (DkVerdictRow, dk_verdict_row, GTK_TYPE_LIST_BOX_ROW)

/* The total of points in a programme, if it has one. */
static const DkResult *
find_total (const DkResult *result)
{
  if (result->item->kind == DK_ITEM_TOTAL)
    return result;
  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);
      const DkResult *found = child->is_aside ? NULL : find_total (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
on_pill_timeout_cb (gpointer data)
{
  DkVerdictRow *self = data;

  self->timer = 0;
  gtk_label_set_label (GTK_LABEL (self->pill), "");
  gtk_widget_set_visible (self->pill, FALSE);
  return G_SOURCE_REMOVE;
}

static void
show_pill (DkVerdictRow *self,
           const char   *text,
           gboolean      is_better)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (PILL_SECONDS, on_pill_timeout_cb, self);
  self->is_better = is_better;
  gtk_label_set_label (GTK_LABEL (self->pill), text);
  if (is_better)
    gtk_widget_remove_css_class (self->pill, "fail");
  else
    gtk_widget_add_css_class (self->pill, "fail");
  gtk_widget_set_visible (self->pill, TRUE);
}

static int
rank (DkVerdict verdict)
{
  return verdict == DK_VERDICT_PASS ? 2 : verdict == DK_VERDICT_FAIL ? 0 : 1;
}

/* What is to be seen of the change from the last result. */
static void
point_out (DkVerdictRow   *self,
           const DkResult *result,
           const DkResult *total)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber by = DK_ZERO;

  if (total != NULL && self->has_score)
    {
      by = dk_number_sub (total->value.low, self->low, arena);
      if (dk_number_sign (by) == 0)
        by = dk_number_sub (dk_value_high (&total->value), self->high, arena);
    }
  if (dk_number_sign (by) != 0)
    {
      gboolean is_more = dk_number_sign (by) > 0;
      g_autofree char *digits = dk_format_number (is_more ? by : dk_number_negate (by, arena), DK_UNIT_PLAIN);
      g_autofree char *text = g_strconcat (is_more ? "+" : "\u2212", digits, NULL);

      show_pill (self, text, is_more);
    }
  else if (result->verdict != self->verdict)
    {
      gboolean is_better = rank (result->verdict) > rank (self->verdict);

      /* Short: the sign beside it, and the figure, say what it is now. */
      show_pill (self, is_better ? "\u2191" : "\u2193", is_better);
    }
}

static void
update_bar (DkVerdictRow    *self,
            const DkWording *wording,
            const DkResult  *total)
{
  DkBarColor color = DK_BAR_OPEN;
  DkNumber most;
  double max;
  g_autofree char *text = NULL;
  /* Without the most that there can be, a bar would have no scale. */
  gboolean is_shown = total != NULL && dk_digest_get_max (total->item, &most, wording->arena);

  gtk_widget_set_visible (self->bar, is_shown);
  if (!is_shown)
    return;
  if (self->sign == DK_SIGN_MET || self->sign == DK_SIGN_CERTAINLY_MET)
    color = DK_BAR_MET;
  else if (self->sign == DK_SIGN_NOT_MET || self->sign == DK_SIGN_CERTAINLY_NOT_MET)
    color = DK_BAR_FAIL;
  else if (self->sign == DK_SIGN_HELD)
    color = DK_BAR_ACCENT;
  max = dk_number_to_double (most);
  dk_bar_set (DK_BAR (self->bar), dk_number_to_double (total->value.low), dk_number_to_double (dk_value_high (&total->value)), max,
              total->has_threshold ? dk_number_to_double (total->threshold.low) : -1, color);
  if (total->has_threshold)
    {
      g_autofree char *mark = dk_format_number (total->threshold.low, DK_UNIT_PLAIN);

      /* TRANSLATORS: a score as "66–81 points", the most points, the points that pass. */
      text = g_strdup_printf (total->comparison == DK_GT ? _("%s of %g, more than %s needed") : _("%s of %g, at least %s needed"), self->figure, max, mark);
    }
  else
    text = g_strdup_printf (_("%s of %g"), self->figure, max);
  dk_bar_set_text (DK_BAR (self->bar), text);
}

static char *
dup_figure (DkVerdictRow    *self,
            const DkWording *wording,
            const DkResult  *result,
            const DkResult  *total)
{
  if (total != NULL)
    return dk_value_to_display (&total->value, total->kind, total->unit, total->choices, total->codes, wording->language);
  if (result->item->kind == DK_ITEM_LIST && result->verdict == DK_VERDICT_NONE)
    return dk_digest_dup_count (wording, result);
  if (result->verdict == DK_VERDICT_NONE && result->has_value)
    {
      if (!dk_result_is_settled (result))
        return g_strdup (dk_sign_get_name (DK_SIGN_OPEN));
      return dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, wording->language);
    }
  return g_strdup (dk_sign_get_name (self->sign));
}

/* What is missing; NULL if nothing is. */
static char *
dup_note (DkVerdictRow    *self,
          const DkWording *wording,
          const DkResult  *result)
{
  guint n = result->missing->len + result->registers->len, n_unanswered;

  if (self->sign == DK_SIGN_CERTAINLY_MET || self->sign == DK_SIGN_CERTAINLY_NOT_MET)
    {
      n_unanswered = dk_assessment_count_unanswered (wording->assessment, result);
      return n_unanswered == 0 ? NULL
             : g_strdup_printf (ngettext ("%u fact is missing, and does not matter", "%u facts are missing, none of them matters", n_unanswered), n_unanswered);
    }
  if (n > 0 && (result->verdict == DK_VERDICT_OPEN || (result->verdict == DK_VERDICT_NONE && result->has_value && !dk_result_is_settled (result))))
    return g_strdup_printf (ngettext ("%u answer missing", "%u answers missing", n), n);
  return NULL;
}

/* Short, since it stands beside a figure; what reads the same as another programme says which reading it is. */
static char *
dup_title (const DkWording *wording,
           const DkPack    *pack)
{
  const DkPack *other = pack->reading_of != NULL ? dk_rulebook_find_pack (wording->book, pack->reading_of) : NULL;
  const char *title = dk_pack_get_short_title (pack, wording->language);

  if (other != NULL && strcmp (title, dk_pack_get_short_title (other, wording->language)) == 0)
    return g_strdup_printf ("%s · %s", title, dk_text_get (&pack->reading, wording->language));
  return g_strdup (title);
}

/**
 * dk_verdict_row_update:
 * @self: the row
 * @wording: how it is spoken of
 * @result: the programme, of the assessment in @wording
 *
 * Shows a new result in place.
 *
 * Returns: whether something that can be seen is another than before
 */
gboolean
dk_verdict_row_update (DkVerdictRow    *self,
                       const DkWording *wording,
                       const DkResult  *result)
{
  const DkResult *total = result->verdict != DK_VERDICT_NA ? find_total (result) : NULL;
  g_autofree char *whole_title = dk_wording_dup_programme_title (wording, result), *title = dup_title (wording, result->item->pack);
  g_autofree char *figure = NULL, *spoken = NULL, *note = NULL;
  const char *word;
  gboolean is_changed;

  if (total != NULL && (total->verdict == DK_VERDICT_NA || !total->has_value || !(total->value.state & (DK_POINT | DK_RANGE))
                        || !dk_number_is_finite (total->value.low) || !dk_number_is_finite (dk_value_high (&total->value))))
    total = NULL;
  g_free (self->pack);
  self->pack = g_strdup (result->item->pack->id);
  self->sign = dk_sign_of_result (wording->assessment, result);
  figure = dup_figure (self, wording, result, total);
  is_changed = self->is_shown && (g_strcmp0 (figure, self->figure) != 0 || result->verdict != self->verdict);
  if (self->is_shown)
    point_out (self, result, total);
  g_free (self->figure);
  self->figure = g_steal_pointer (&figure);

  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->image), self->sign);
  gtk_widget_set_opacity (self->image, self->sign == DK_SIGN_NONE ? 0 : 1);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  dk_style_set_tooltip (self->title, whole_title);
  gtk_label_set_label (GTK_LABEL (self->figure_label), self->figure);
  /* Another set of classes is another style, which costs: mostly it stays. */
  if (!gtk_widget_has_css_class (self->figure_label, dk_sign_get_class (self->sign)))
    gtk_widget_set_css_classes (self->figure_label, (const char *[]) { "dk-strong", "num", dk_sign_get_class (self->sign), NULL });
  update_bar (self, wording, total);

  note = dup_note (self, wording, result);
  gtk_label_set_label (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);

  self->has_score = total != NULL;
  dk_arena_clear (self->arena);
  if (total != NULL)
    {
      self->low = dk_number_copy (total->value.low, self->arena);
      self->high = dk_number_copy (dk_value_high (&total->value), self->arena);
    }
  self->verdict = result->verdict;
  self->is_shown = TRUE;
  word = dk_sign_get_name (self->sign);
  spoken = *word != '\0' && strcmp (word, self->figure) != 0 ? g_strdup_printf (_("Open %s: %s, %s"), whole_title, word, self->figure)
                                                             : g_strdup_printf (_("Open %s: %s"), whole_title, self->figure);
  if (g_strcmp0 (spoken, self->spoken) != 0)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      g_free (self->spoken);
      self->spoken = g_steal_pointer (&spoken);
    }
  return is_changed;
}

static void
dk_verdict_row_finalize (GObject *object)
{
  DkVerdictRow *self = DK_VERDICT_ROW (object);

  g_free (self->pack);
  g_free (self->figure);
  g_free (self->spoken);
  dk_arena_free (self->arena);
  G_OBJECT_CLASS (dk_verdict_row_parent_class)->finalize (object);
}

static void
dk_verdict_row_dispose (GObject *object)
{
  DkVerdictRow *self = DK_VERDICT_ROW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (dk_verdict_row_parent_class)->dispose (object);
}

static gboolean
on_explain_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  return dk_explain_open (widget, DK_VERDICT_ROW (widget)->pack);
}

static void
dk_verdict_row_class_init (DkVerdictRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dk_verdict_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = dk_verdict_row_finalize;
  dk_explain_add_binding (GTK_WIDGET_CLASS (klass), on_explain_cb);
}

static void
dk_verdict_row_init (DkVerdictRow *self)
{
  GtkWidget *grid = gtk_grid_new ();

  self->arena = dk_arena_new ();
  self->image = dk_sign_image_new (DK_SIGN_NONE, 17);
  gtk_widget_set_valign (self->image, GTK_ALIGN_CENTER);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  self->pill = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->pill, "dk-pill");
  gtk_widget_add_css_class (self->pill, "num");
  gtk_widget_set_valign (self->pill, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->pill, FALSE);
  self->figure_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->figure_label, "dk-strong");
  gtk_widget_add_css_class (self->figure_label, "num");
  self->bar = dk_bar_new ();
  gtk_widget_set_margin_top (self->bar, 4);
  gtk_widget_set_visible (self->bar, FALSE);
  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_add_css_class (self->note, "dk-small");
  gtk_widget_add_css_class (self->note, "dk-dim");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_grid_attach (GTK_GRID (grid), self->image, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->title, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->pill, 2, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->figure_label, 3, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->bar, 1, 1, 3, 1);
  gtk_grid_attach (GTK_GRID (grid), self->note, 1, 2, 3, 1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), grid);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-verdict-row");
}

GtkWidget *
dk_verdict_row_new (void)
{
  return g_object_new (DK_TYPE_VERDICT_ROW, NULL);
}

const char *
dk_verdict_row_get_pack (DkVerdictRow *self)
{
  return self->pack;
}

const char *
dk_verdict_row_get_title (DkVerdictRow *self)
{
  return gtk_label_get_label (GTK_LABEL (self->title));
}

const char *
dk_verdict_row_get_figure (DkVerdictRow *self)
{
  return self->figure;
}

const char *
dk_verdict_row_get_pill (DkVerdictRow *self)
{
  return gtk_label_get_label (GTK_LABEL (self->pill));
}

gboolean
dk_verdict_row_is_better (DkVerdictRow *self)
{
  return self->is_better;
}

DkSign
dk_verdict_row_get_sign (DkVerdictRow *self)
{
  return self->sign;
}

gboolean
dk_verdict_row_has_score (DkVerdictRow *self)
{
  return self->has_score;
}
