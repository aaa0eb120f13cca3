/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-listing-board"

#include "dk-listing-board.h"

#include "dk-basis.h"
#include "dk-board-checks.h"
#include "dk-fact-cell.h"
#include "dk-link.h"
#include "dk-note-dialog.h"
#include "dk-sign.h"
#include "dk-stages.h"
#include "dk-style.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of a lane, and of the light part that says how long it may last. */
#define LANE_HEIGHT 10
#define LINK_PADDING 8
#define LIGHT .35

typedef struct
{
  char      *id;   /* of the rule */
  GtkWidget *sign, *state, *note;
} Line;

struct _DkListingBoard
{
  GtkBox        parent_instance;
  DkSession    *session;
  const DkPack *pack;     /* that is shown */
  GtkWidget    *checks, *checks_label, *checks_box;
  GtkWidget    *steps, *steps_label, *steps_box;
  GPtrArray    *lines;    /* Line *, of the checklist as it stands in the box */
};

G_DEFINE_FINAL_TYPE (DkListingBoard, dk_listing_board, GTK_TYPE_BOX)

static void
free_line (gpointer data)
{
  Line *line = data;

  g_free (line->id);
  g_free (line);
}

static void
clear (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

/* --- The checklist --- */

typedef struct
{
  DkSession *session;
  char      *subject;
} Noted;

static void
free_noted (gpointer data)
{
  Noted *noted = data;

  g_object_unref (noted->session);
  g_free (noted->subject);
  g_free (noted);
}

static void
on_noted_cb (const char *finding,
             const char *evidence,
             gpointer    data)
{
  Noted *noted = data;
  g_autoptr(DkNote) note = dk_note_new (noted->subject, finding, evidence, NULL);

  dk_session_set_note (noted->session, note, NULL);
}

static void
on_note_cb (DkListingBoard *self,
            GtkWidget      *button)
{
  const char *subject = g_object_get_data (G_OBJECT (button), "dk-subject"), *title = g_object_get_data (G_OBJECT (button), "dk-title");
  const DkNote *note = dk_session_get_note (self->session, subject);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Noted *noted = g_new (Noted, 1);

  *noted = (Noted) { g_object_ref (self->session), g_strdup (subject) };
  dk_note_dialog_ask (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, NULL, _("Finding"), note != NULL ? note->finding : "",
                      note != NULL ? note->evidence : "", on_noted_cb, noted, free_noted);
}

/* Yes, no, or not known yet; or whatever else the fact is answered with. */
static GtkWidget *
new_answer (DkListingBoard    *self,
            const DkCheckItem *item)
{
  const DkFact *fact = dk_catalogue_find_fact (dk_session_get_library (self->session)->catalogue, item->fact->id);
  GtkWidget *cell = dk_fact_cell_new (self->session, fact, item->period.year);

  gtk_widget_set_halign (cell, GTK_ALIGN_END);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (cell, FALSE);
  if (fact->symbol->kind != DK_KIND_TRUTH)
    gtk_widget_set_size_request (cell, 170, -1);
  return cell;
}

static GtkWidget *
new_edit (DkListingBoard    *self,
          const DkWording   *wording,
          const DkCheckItem *item)
{
  const char *title = dk_wording_get_title (wording, item->result);
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  /* TRANSLATORS: an item of a checklist. */
  g_autofree char *name = g_strdup_printf (_("Note what was found: %s"), title);

  g_object_set_data_full (G_OBJECT (button), "dk-subject", dk_note_dup_subject (item->fact, item->period), g_free);
  g_object_set_data_full (G_OBJECT (button), "dk-title", g_strdup (title), g_free);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_note_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_check (DkListingBoard    *self,
           const DkWording   *wording,
           const DkCheckItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *answer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  const char *title = dk_wording_get_title (wording, item->result);
  g_autofree char *clause = dk_check_item_dup_clause (wording, item);
  GtkWidget *link = dk_link_new (title, NULL, "win.show-criterion", item->result->item->id, title);
  Line *line = g_new0 (Line, 1);

  line->id = g_strdup (item->result->item->id);
  line->sign = dk_sign_image_new (DK_SIGN_NONE, 15);
  line->state = dk_basis_new_label (NULL, "dk-mini");
  line->note = dk_basis_new_label (NULL, "dk-small");
  /* Below the words of the link, which has room around them. */
  gtk_widget_set_margin_start (line->state, LINK_PADDING);
  gtk_widget_set_margin_start (line->note, LINK_PADDING);
  gtk_widget_set_valign (line->sign, GTK_ALIGN_START);
  gtk_widget_set_margin_top (line->sign, 6);
  gtk_box_append (GTK_BOX (row), line->sign);
  gtk_box_append (GTK_BOX (head), link);
  gtk_box_append (GTK_BOX (texts), head);
  gtk_widget_add_css_class (line->state, "dk-dim");
  gtk_label_set_text (GTK_LABEL (line->state), clause);
  gtk_box_append (GTK_BOX (texts), line->state);
  gtk_box_append (GTK_BOX (texts), line->note);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_set_halign (answer, GTK_ALIGN_END);
  gtk_widget_set_valign (answer, GTK_ALIGN_CENTER);
  if (item->fact != NULL && item->is_asked)
    gtk_box_append (GTK_BOX (answer), new_answer (self, item));
  if (item->fact != NULL && !dk_session_is_read_only (self->session))
    gtk_box_append (GTK_BOX (answer), new_edit (self, wording, item));
  gtk_box_append (GTK_BOX (row), answer);
  gtk_widget_add_css_class (row, "dk-listing-check");
  gtk_box_append (GTK_BOX (self->checks_box), row);
  g_ptr_array_add (self->lines, line);
}

static gboolean
has_same_lines (DkListingBoard *self,
                const GArray   *list)
{
  if (self->lines->len != list->len)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!g_str_equal (((Line *) g_ptr_array_index (self->lines, i))->id, g_array_index ((GArray *) list, DkCheckItem, i).result->item->id))
      return FALSE;
  return TRUE;
}

static void
update_check (DkListingBoard    *self,
              const DkWording   *wording,
              const DkCheckItem *item,
              const Line        *line)
{
  g_autofree char *clause = dk_check_item_dup_clause (wording, item);
  /* TRANSLATORS: whether an item of a checklist was looked into. */
  const char *word = item->is_looked_into ? C_("check", "looked into") : C_("check", "to be looked into");
  g_autofree char *state = *clause != '\0' ? g_strdup_printf ("%s · %s", word, clause) : g_strdup (word);
  g_autofree char *note = NULL;

  dk_sign_image_set_sign (DK_SIGN_IMAGE (line->sign), dk_sign_of_result (wording->assessment, item->result));
  gtk_label_set_text (GTK_LABEL (line->state), state);
  if (item->note != NULL)
    note = g_strjoin (*item->note->finding != '\0' && *item->note->evidence != '\0' ? " · " : "", item->note->finding, item->note->evidence, NULL);
  gtk_label_set_text (GTK_LABEL (line->note), note != NULL ? note : "");
  gtk_widget_set_visible (line->note, note != NULL);
}

static void
update_checks (DkListingBoard  *self,
               const DkWording *wording)
{
  g_autoptr(GArray) list = dk_assessment_list_checklist (wording->assessment, self->pack);
  g_autofree char *summary = dk_checklist_dup_summary (wording, list), *text = g_strdup_printf ("%s · %s", _("Checklist"), summary);

  gtk_label_set_text (GTK_LABEL (self->checks_label), text);
  gtk_widget_set_visible (self->checks, list->len > 0);
  if (!gtk_expander_get_expanded (GTK_EXPANDER (self->checks)))
    return;
  /* Rows stay as they are, so that nobody loses their place. */
  if (!has_same_lines (self, list))
    {
      clear (self->checks_box);
      g_ptr_array_set_size (self->lines, 0);
      for (guint i = 0; i < list->len; i++)
        add_check (self, wording, &g_array_index (list, DkCheckItem, i));
    }
  for (guint i = 0; i < list->len; i++)
    update_check (self, wording, &g_array_index (list, DkCheckItem, i), g_ptr_array_index (self->lines, i));
}

/* --- The steps --- */

/* Where a lane lies, as parts of the whole span: it begins, ends at the earliest, at the latest. */
typedef struct { double from, least, most; gboolean is_running; } Lane;

static void
draw_lane (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        data)
{
  const Lane *lane = data;
  GdkRGBA fill, track;
  double y = (height - LANE_HEIGHT) / 2.;

  dk_style_get_color (GTK_WIDGET (area), lane->is_running ? "dk_met_fill" : "dk_held_fill", &fill);
  dk_style_get_color (GTK_WIDGET (area), "dk_track", &track);
  gdk_cairo_set_source_rgba (cr, &track);
  cairo_rectangle (cr, 0, height / 2. - .5, width, 1);
  cairo_fill (cr);
  if (gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_rectangle (cr, lane->from * width, y, MAX (2, (lane->least - lane->from) * width), LANE_HEIGHT);
  cairo_fill (cr);
  fill.alpha *= LIGHT;
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_rectangle (cr, lane->least * width, y, MAX (0, (lane->most - lane->least) * width), LANE_HEIGHT);
  cairo_fill (cr);
}

static GtkWidget *
new_lane (const DkStagePlan *plan,
          gint64             first,
          gint64             last)
{
  GtkWidget *area = gtk_drawing_area_new ();
  double span = (double) MAX (1, last - first);
  Lane *lane = g_new (Lane, 1);

  *lane = (Lane) {
    .from = MAX (0, (double) (plan->begin[0] - first) / span),
    .least = (double) (plan->end[0] - first) / span,
    .most = (double) (plan->end[1] - first) / span,
    .is_running = plan->state == DK_STAGE_RUNNING,
  };
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 60);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), LANE_HEIGHT + 8);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_lane, lane, g_free);
  gtk_widget_set_size_request (area, 60, -1);
  gtk_widget_set_hexpand (area, TRUE);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

/* What it usually takes, what a rule says of it, what has to be ready, on what that rests. */
static char *
describe_stage (const DkWording *wording,
                const DkStage   *stage)
{
  g_autofree char *length = dk_stage_dup_length (wording, stage);
  const char *limit = dk_text_get (&stage->limit, wording->language), *note = dk_text_get (&stage->note, wording->language);
  /* TRANSLATORS: how long a step usually takes. */
  g_autofree char *usual = g_strdup_printf (_("usually %s"), length);
  GString *text = g_string_new (usual);

  if (*limit != '\0')
    g_string_append_printf (text, " · %s", limit);
  if (*note != '\0')
    g_string_append_printf (text, " · %s", note);
  for (guint i = 0; i < stage->needs->len; i++)
    {
      if (i == 0)
        /* TRANSLATORS: papers that have to be ready for a step follow. */
        g_string_append_printf (text, "\n%s", _("To be ready: "));
      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", dk_text_get (&((const DkNotice *) g_ptr_array_index (stage->needs, i))->title, wording->language));
    }
  return g_string_free (text, FALSE);
}

static void
add_stage (DkListingBoard    *self,
           const DkWording   *wording,
           const DkStagePlan *plan,
           gint64             first,
           gint64             last)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *title, *when, *more, *citations;
  g_autofree char *days = dk_stage_plan_dup_when (wording, plan), *words = describe_stage (wording, plan->stage);
  DkSign sign = plan->state == DK_STAGE_OVER ? DK_SIGN_MET : plan->state == DK_STAGE_RUNNING ? DK_SIGN_OPEN : DK_SIGN_NA;
  GtkWidget *image = dk_sign_image_new (sign, 15);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 3);
  gtk_box_append (GTK_BOX (row), image);
  title = dk_basis_new_label (dk_text_get (&plan->stage->title, wording->language), "dk-strong");
  when = dk_basis_new_label (days, "num");
  gtk_widget_add_css_class (when, plan->state == DK_STAGE_OVER ? "dk-met" : "dk-dim");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), when);
  if (plan->state != DK_STAGE_OVER)
    {
      gtk_box_append (GTK_BOX (texts), new_lane (plan, first, last));
      more = dk_basis_new_label (words, "dk-mini");
      gtk_widget_add_css_class (more, "dk-dim");
      gtk_box_append (GTK_BOX (texts), more);
      citations = dk_basis_new_citations (wording, plan->stage->citations, TRUE);
      if (citations != NULL)
        {
          gtk_widget_set_css_classes (citations, (const char *[]) { "dk-mini", "dk-dim", NULL });
          gtk_box_append (GTK_BOX (texts), citations);
        }
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_add_css_class (row, "dk-listing-check");
  gtk_box_append (GTK_BOX (self->steps_box), row);
}

static void
update_steps (DkListingBoard  *self,
              const DkWording *wording)
{
  g_autoptr(GArray) stages = dk_assessment_plan_stages (wording->assessment, self->pack);
  g_autofree char *end = dk_stages_dup_end (wording, stages);
  /* TRANSLATORS: when a listing is possible by the usual length of all steps: a span of months. */
  g_autofree char *when = end != NULL ? g_strdup_printf (_("listing %s by usual lengths"), end) : g_strdup (C_("step", "done"));
  g_autofree char *text = g_strdup_printf ("%s · %s", _("Steps"), when);
  gint64 days[2], today = dk_assessment_get_as_of (wording->assessment);

  gtk_label_set_text (GTK_LABEL (self->steps_label), text);
  gtk_widget_set_visible (self->steps, stages->len > 0);
  if (!gtk_expander_get_expanded (GTK_EXPANDER (self->steps)))
    return;
  clear (self->steps_box);
  if (!dk_stages_get_end (stages, &days[0], &days[1]))
    days[1] = today;
  for (guint i = 0; i < stages->len; i++)
    add_stage (self, wording, &g_array_index (stages, DkStagePlan, i), today, days[1]);
}

/* --- The whole --- */

static void
update (DkListingBoard *self)
{
  DkWording wording;

  if (self->pack == NULL || !dk_session_get_wording (self->session, &wording))
    return;
  update_checks (self, &wording);
  update_steps (self, &wording);
}

void
dk_listing_board_show (DkListingBoard  *self,
                       const DkWording *wording,
                       const DkBoard   *board)
{
  g_return_if_fail (DK_IS_LISTING_BOARD (self));

  self->pack = board->programme->item->pack;
  gtk_widget_set_visible (GTK_WIDGET (self), board->programme->in_force != NULL);
  update_checks (self, wording);
  update_steps (self, wording);
}

void
dk_listing_board_expand (DkListingBoard *self)
{
  g_return_if_fail (DK_IS_LISTING_BOARD (self));

  gtk_expander_set_expanded (GTK_EXPANDER (self->checks), TRUE);
  gtk_expander_set_expanded (GTK_EXPANDER (self->steps), TRUE);
}

static void
dk_listing_board_finalize (GObject *object)
{
  DkListingBoard *self = DK_LISTING_BOARD (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->lines);
  G_OBJECT_CLASS (dk_listing_board_parent_class)->finalize (object);
}

static void
dk_listing_board_class_init (DkListingBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_listing_board_finalize;
}

static GtkWidget *
add_door (DkListingBoard  *self,
          GtkWidget      **label,
          GtkWidget      **box)
{
  GtkWidget *expander = gtk_expander_new (NULL);

  *label = gtk_label_new (NULL);
  gtk_widget_set_css_classes (*label, (const char *[]) { "dk-strong", "num", NULL });
  gtk_label_set_wrap (GTK_LABEL (*label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (*label), 0);
  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), *label);
  gtk_expander_set_child (GTK_EXPANDER (expander), *box);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), expander);
  return expander;
}

static void
dk_listing_board_init (DkListingBoard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char *[]) { "dk-listing-doors", NULL });
  self->lines = g_ptr_array_new_with_free_func (free_line);
  self->checks = add_door (self, &self->checks_label, &self->checks_box);
  self->steps = add_door (self, &self->steps_label, &self->steps_box);
}

GtkWidget *
dk_listing_board_new (DkSession *session)
{
  DkListingBoard *self = g_object_new (DK_TYPE_LISTING_BOARD, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
