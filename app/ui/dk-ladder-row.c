/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-ladder-row"

#include "dk-ladder-row.h"

#include "dk-bar.h"
#include "dk-basis.h"
#include "dk-digest.h"
#include "dk-sign.h"
#include "dk-style.h"
#include "dk-tag.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* Columns of a wide page; the step takes what is left. */
enum { TITLE_WIDTH = 212, SCORE_WIDTH = 196, STATE_WIDTH = 118, ANY_WIDTH = 10000 };

struct _DkLadderRow
{
  GtkListBoxRow  parent_instance;
  char          *pack;
  char          *title_text;
  DkNearness     nearness;
  gboolean       is_uncertain;
  GtkWidget     *columns;
  GtkWidget     *above, *below; /* the rail */
  GtkWidget     *sign;
  GtkWidget     *title_box, *title, *documents;
  GtkWidget     *score_box, *bar, *score;
  GtkWidget     *step, *more;
  GtkWidget     *state_box, *state, *tag, *until;
};

G_DEFINE_FINAL_TYPE (DkLadderRow, dk_ladder_row, GTK_TYPE_LIST_BOX_ROW)

const char *
dk_nearness_get_name (DkNearness nearness)
{
  static const char *const names[DK_N_NEARNESSES] = {
    NC_("ladder", "Held"), NC_("ladder", "Can apply"), NC_("ladder", "Near"), NC_("ladder", "Not yet"), NC_("ladder", "Not applicable"),
  };

  return g_dpgettext2 (NULL, "ladder", names[nearness]);
}

static const char *
get_pill_style (DkNearness nearness)
{
  static const char *const styles[DK_N_NEARNESSES] = { "held", "met", "open", "open", "open" };

  return styles[nearness];
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
update_name (DkLadderRow *self)
{
  g_autoptr(GString) name = g_string_new (self->title_text);
  GtkWidget *const parts[] = { self->state, self->until, self->score, self->step, self->more };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *text = gtk_label_get_text (GTK_LABEL (parts[i]));

      if (*text != '\0' && (parts[i] == self->state || gtk_widget_get_visible (parts[i])))
        g_string_append_printf (name, i == 0 ? _(": %s") : _("; %s"), text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
update_bar (DkLadderRow     *self,
            const DkWording *wording,
            const DkRung    *rung,
            const DkResult  *total)
{
  g_autofree char *score = dk_digest_dup_score (wording, total);
  g_autofree char *need = dk_digest_dup_need (wording, total);
  g_autofree char *text = *need != '\0' ? g_strdup_printf (_("%s, %s"), score, need) : g_strdup (score);
  DkBarColor color = total->verdict == DK_VERDICT_PASS ? DK_BAR_MET : total->verdict == DK_VERDICT_FAIL ? DK_BAR_FAIL : DK_BAR_OPEN;
  double low, high, mark_low, mark_high;
  double mark = -1;
  DkNumber max;

  set_text (self->score, text);
  gtk_widget_set_visible (self->bar, dk_digest_get_max (total->item, &max, wording->arena) && dk_digest_get_ends (&total->value, &low, &high));
  if (!gtk_widget_get_visible (self->bar))
    return;
  if (total->has_threshold && dk_digest_get_ends (&total->threshold, &mark_low, &mark_high))
    mark = mark_low;
  /* A score that a direct route makes needless is no fault. */
  if (rung->result->verdict == DK_VERDICT_PASS && total->verdict != DK_VERDICT_PASS)
    color = DK_BAR_OPEN;
  if (rung->nearness == DK_NEARNESS_HELD)
    color = DK_BAR_ACCENT;
  dk_bar_set (DK_BAR (self->bar), low, high, dk_number_to_double (max), mark, color);
  dk_bar_set_text (DK_BAR (self->bar), text);
}

static void
update_score (DkLadderRow     *self,
              const DkWording *wording,
              const DkRung    *rung)
{
  const DkResult *result = rung->result;
  const DkResult *total = rung->nearness != DK_NEARNESS_NONE || result->verdict == DK_VERDICT_NONE ? dk_digest_find_total (result) : NULL;
  g_autofree char *text = NULL;

  if (total != NULL && total->has_value && total->verdict != DK_VERDICT_NA && (total->value.state & (DK_POINT | DK_RANGE)) != 0)
    {
      update_bar (self, wording, rung, total);
      return;
    }
  gtk_widget_set_visible (self->bar, FALSE);
  if (result->item->kind == DK_ITEM_LIST && result->verdict == DK_VERDICT_NONE)
    text = dk_wording_describe_programme (wording, result);
  else if (result->verdict == DK_VERDICT_NONE && result->has_value && dk_result_is_settled (result))
    text = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, wording->language);
  else if (rung->n_conditions > 0 && rung->n_open > 0)
    text = g_strdup_printf (_("%u of %u met · %u open"), rung->n_met, rung->n_conditions, rung->n_open);
  else if (rung->n_conditions > 0)
    text = g_strdup_printf (_("%u of %u met"), rung->n_met, rung->n_conditions);
  set_text (self->score, text);
}

static void
update_state (DkLadderRow  *self,
              const DkRung *rung)
{
  gboolean is_title = strcmp (rung->result->item->pack->kind, "profile") != 0;
  const char *word = dk_nearness_get_name (rung->nearness);
  g_autofree char *until = NULL;

  if (!is_title && rung->nearness == DK_NEARNESS_NOW)
    word = dk_sign_get_name (DK_SIGN_MET);
  else if (!is_title && rung->result->verdict == DK_VERDICT_NONE)
    word = ""; /* a figure or a class, which is neither met nor not */
  gtk_widget_set_css_classes (self->state, (const char *[]) { "dk-pill", get_pill_style (rung->nearness), NULL });
  set_text (self->state, word);
  gtk_widget_set_visible (self->tag, rung->is_uncertain);
  if (rung->has_until)
    {
      g_autofree char *day = dk_date_to_string (rung->until);

      until = g_strdup_printf (_("until %s"), day);
    }
  set_text (self->until, until);
}

void
dk_ladder_row_update (DkLadderRow     *self,
                      const DkWording *wording,
                      const DkRung    *rung)
{
  const DkPack *pack = rung->result->item->pack;
  g_autofree char *documents = dk_digest_dup_documents (wording, rung->result, 1);

  g_return_if_fail (DK_IS_LADDER_ROW (self));

  self->nearness = rung->nearness;
  self->is_uncertain = rung->is_uncertain;
  g_free (self->title_text);
  self->title_text = dk_wording_dup_programme_title (wording, rung->result);
  dk_sign_image_set_sign (DK_SIGN_IMAGE (self->sign), dk_sign_of_programme (wording->assessment, rung->result));
  gtk_label_set_text (GTK_LABEL (self->title), self->title_text);
  set_text (self->documents, documents);
  dk_style_set_tooltip (GTK_WIDGET (self), dk_text_get (&pack->summary, wording->language));
  update_score (self, wording, rung);
  update_state (self, rung);
  update_name (self);
}

void
dk_ladder_row_set_step (DkLadderRow *self,
                        const char  *step,
                        const char  *more)
{
  g_return_if_fail (DK_IS_LADDER_ROW (self));

  set_text (self->step, step);
  set_text (self->more, more);
  update_name (self);
}

const char *
dk_ladder_row_get_step (DkLadderRow *self)
{
  return gtk_label_get_text (GTK_LABEL (self->step));
}

const char *
dk_ladder_row_get_pack (DkLadderRow *self)
{
  return self->pack;
}

DkNearness
dk_ladder_row_get_nearness (DkLadderRow *self)
{
  return self->nearness;
}

gboolean
dk_ladder_row_is_uncertain (DkLadderRow *self)
{
  return self->is_uncertain;
}

void
dk_ladder_row_set_rail (DkLadderRow *self,
                        gboolean     above,
                        gboolean     below)
{
  gtk_widget_set_opacity (self->above, above ? 1 : 0);
  gtk_widget_set_opacity (self->below, below ? 1 : 0);
}

/* WIDTH, no more and no less, so that the columns of all rows stand in line; or any, for -1. */
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
dk_ladder_row_set_narrow (DkLadderRow *self,
                          gboolean     is_narrow)
{
  g_return_if_fail (DK_IS_LADDER_ROW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->columns), is_narrow ? 6 : 16);
  set_width (self->title_box, is_narrow ? -1 : TITLE_WIDTH);
  set_width (self->score_box, is_narrow ? -1 : SCORE_WIDTH);
  set_width (self->state_box, is_narrow ? -1 : STATE_WIDTH);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->state_box), is_narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
}

static GtkWidget *
new_label (GtkWidget  *box,
           const char *style,
           int         width_chars)
{
  GtkWidget *label = dk_basis_new_label (NULL, style);

  /* It asks for little, and takes what there is. */
  gtk_label_set_width_chars (GTK_LABEL (label), width_chars);
  gtk_label_set_max_width_chars (GTK_LABEL (label), width_chars);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
new_column (DkLadderRow *self,
            gboolean     is_wide)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *clamp = is_wide ? box : adw_clamp_new ();

  if (!is_wide)
    adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_valign (clamp, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (clamp, is_wide);
  gtk_box_append (GTK_BOX (self->columns), clamp);
  return box;
}

static GtkWidget *
new_rail (GtkWidget *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (line, "dk-rail");
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (line, TRUE);
  gtk_box_append (GTK_BOX (box), line);
  return line;
}

static void
dk_ladder_row_finalize (GObject *object)
{
  DkLadderRow *self = DK_LADDER_ROW (object);

  g_free (self->pack);
  g_free (self->title_text);
  G_OBJECT_CLASS (dk_ladder_row_parent_class)->finalize (object);
}

static void
dk_ladder_row_class_init (DkLadderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_ladder_row_finalize;
}

static void
dk_ladder_row_init (DkLadderRow *self)
{
  GtkWidget *root = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *rail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *step_box, *arrow;

  self->title_text = g_strdup ("");
  gtk_widget_add_css_class (GTK_WIDGET (self), "dk-ladder-row");
  self->above = new_rail (rail);
  self->sign = dk_sign_image_new (DK_SIGN_NONE, 22);
  gtk_box_append (GTK_BOX (rail), self->sign);
  self->below = new_rail (rail);
  gtk_box_append (GTK_BOX (root), rail);

  self->columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  gtk_widget_add_css_class (self->columns, "dk-ladder-columns");
  gtk_widget_set_hexpand (self->columns, TRUE);
  self->title_box = new_column (self, FALSE);
  self->title = new_label (self->title_box, "dk-strong", 12);
  self->documents = new_label (self->title_box, "dk-small", 12);
  gtk_widget_add_css_class (self->documents, "dk-dim");
  self->score_box = new_column (self, FALSE);
  self->bar = dk_bar_new ();
  gtk_box_append (GTK_BOX (self->score_box), self->bar);
  self->score = new_label (self->score_box, "num", 12);
  step_box = new_column (self, TRUE);
  self->step = new_label (step_box, NULL, 14);
  self->more = new_label (step_box, "dk-small", 14);
  gtk_widget_add_css_class (self->more, "dk-dim");
  self->state_box = new_column (self, FALSE);
  gtk_box_set_spacing (GTK_BOX (self->state_box), 6);
  self->state = gtk_label_new (NULL);
  gtk_widget_set_halign (self->state, GTK_ALIGN_START);
  gtk_widget_set_valign (self->state, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->state_box), self->state);
  self->tag = dk_tag_new (_("To be confirmed"), DK_TAG_DOUBT);
  gtk_widget_set_halign (self->tag, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->state_box), self->tag);
  self->until = gtk_label_new (NULL);
  gtk_widget_set_css_classes (self->until, (const char *[]) { "num", "dk-small", "dk-dim", NULL });
  gtk_widget_set_halign (self->until, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->state_box), self->until);
  gtk_box_append (GTK_BOX (root), self->columns);

  arrow = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", "go-next-symbolic", NULL);
  gtk_widget_add_css_class (arrow, "dk-dim");
  gtk_box_append (GTK_BOX (root), arrow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), root);
  dk_ladder_row_set_narrow (self, FALSE);
}

/**
 * dk_ladder_row_new:
 * @pack: the id of the programme
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
dk_ladder_row_new (const char *pack)
{
  DkLadderRow *self = g_object_new (DK_TYPE_LADDER_ROW, NULL);

  self->pack = g_strdup (pack);
  return GTK_WIDGET (self);
}
