/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-plans-page"

#include "dk-plans-page.h"

#include "dk-basis.h"
#include "dk-settings.h"
#include "dk-style.h"
#include "dk-tag.h"
#include "dk-width-bin.h"

#include <glib/gi18n.h>
#include <string.h>

/* As wide as lanes and lines are drawn well. */
#define PAGE_WIDTH 900
#define MAX_WIDTH  1080
/* Pixels of the names before the lanes, and of the button behind them. */
enum { NAME_WIDTH = 112, FOLD_WIDTH = 30 };

/* A board in the timeline: its lane, and those of its standards. */
typedef struct
{
  char      *id;
  GtkWidget *box, *row, *name, *fold, *standards;
  GtkWidget *lane;
  GPtrArray *thin;  /* DkPlanLane *, by the order of the standards */
  GPtrArray *ids;   /* char *: the rules of those */
  GPtrArray *heads; /* GtkBox *: the rows of those */
} Board;

struct _DkPlansPage
{
  AdwBin        parent_instance;
  DkSession    *session;
  char         *subtitle;
  DkProjection *projection; /* NULL: none yet */
  GCancellable *cancellable;/* of the one that is being worked out; NULL: none is */
  gboolean      is_stale;   /* something changed since that began */
  GPtrArray    *boards;     /* Board * */
  GPtrArray    *lines;      /* DkPlanLine *, in the order of the pages */
  int           lines_year; /* the last full year when they were made */
  gboolean      shows_all;  /* the lines, too, that boards do not wait for and nobody plans */
  GtkWidget    *stack, *width_bin, *margins, *nothing;
  GtkWidget    *headline, *tag;
  GtkWidget    *timeline, *years, *legend;
  GtkWidget    *year_labels[DK_PROJECTION_YEARS];
  GtkWidget    *editor, *head, *same_box, *others, *figures, *later, *later_head, *more;
  GtkWidget    *head_labels[DK_PLAN_YEARS + 1]; /* the last year, and those to come */
};

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkPlansPage, dk_plans_page, ADW_TYPE_BIN)

static gboolean
is_narrow (DkPlansPage *self)
{
  return dk_width_bin_is_narrow (DK_WIDTH_BIN (self->width_bin));
}

static void
free_board (gpointer data)
{
  Board *board = data;

  g_ptr_array_unref (board->thin);
  g_ptr_array_unref (board->ids);
  g_ptr_array_unref (board->heads);
  g_free (board->id);
  g_free (board);
}

static Board *
get_board (DkPlansPage *self,
           guint        i)
{
  return g_ptr_array_index (self->boards, i);
}

/* --- The timeline --- */

static void
on_fold_cb (GtkToggleButton *button,
            GParamSpec      *pspec,
            gpointer         data)
{
  gboolean is_open = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (GTK_WIDGET (data), is_open);
  gtk_button_set_icon_name (GTK_BUTTON (button), is_open ? "pan-down-symbolic" : "pan-end-symbolic");
}

static GtkWidget *
new_row (GtkWidget *name,
         GtkWidget *lane,
         GtkWidget *end)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_size_request (name, NAME_WIDTH, -1);
  gtk_widget_set_hexpand (name, FALSE);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), lane);
  if (end != NULL)
    {
      gtk_widget_set_size_request (end, FOLD_WIDTH, -1);
      gtk_widget_set_hexpand (end, FALSE);
      gtk_box_append (GTK_BOX (row), end);
    }
  return row;
}

static Board *
add_board (DkPlansPage     *self,
           const DkOutlook *outlook)
{
  const char *title = dk_pack_get_short_title (outlook->pack, dk_settings_get_language ());
  g_autofree char *spoken = g_strdup_printf (_("Standards of %s"), title);
  Board *board = g_new0 (Board, 1);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  board->id = g_strdup (outlook->course.item->id);
  board->thin = g_ptr_array_new ();
  board->ids = g_ptr_array_new_with_free_func (g_free);
  board->heads = g_ptr_array_new ();
  board->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  board->name = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (board->name), label);
  gtk_widget_set_css_classes (board->name, (const char *[]) { "flat", "dk-plan-name", NULL });
  gtk_actionable_set_action_target (GTK_ACTIONABLE (board->name), "s", outlook->pack->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (board->name), "win.show-programme");
  board->lane = dk_plan_lane_new (FALSE);
  board->standards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_visible (board->standards, FALSE);
  board->fold = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (board->fold), "pan-end-symbolic");
  gtk_widget_set_css_classes (board->fold, (const char *[]) { "flat", "dk-info", NULL });
  gtk_widget_set_valign (board->fold, GTK_ALIGN_CENTER);
  dk_style_set_tooltip (board->fold, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (board->fold), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_object (board->fold, "notify::active", G_CALLBACK (on_fold_cb), board->standards, 0);
  board->row = new_row (board->name, board->lane, board->fold);
  gtk_box_append (GTK_BOX (board->box), board->row);
  gtk_box_append (GTK_BOX (board->box), board->standards);
  gtk_box_insert_child_after (GTK_BOX (self->timeline), board->box,
                              self->boards->len > 0 ? get_board (self, self->boards->len - 1)->box : self->years);
  g_ptr_array_add (self->boards, board);
  return board;
}

static void
add_standard (Board          *board,
              const DkCourse *course)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", dk_item_get_short_title (course->item, dk_settings_get_language ()), "xalign", 0.0,
                                   "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *lane = dk_plan_lane_new (TRUE), *row;

  gtk_widget_set_css_classes (label, (const char *[]) { "dk-small", "dk-dim", "dk-plan-standard", NULL });
  row = new_row (label, lane, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_box_append (GTK_BOX (board->standards), row);
  g_ptr_array_add (board->thin, lane);
  g_ptr_array_add (board->ids, g_strdup (course->item->id));
  g_ptr_array_add (board->heads, row);
}

static gboolean
has_same_standards (const Board     *board,
                    const DkOutlook *outlook)
{
  if (board->ids->len != outlook->standards->len)
    return FALSE;
  for (guint i = 0; i < board->ids->len; i++)
    if (!g_str_equal (g_ptr_array_index (board->ids, i), ((const DkCourse *) g_ptr_array_index (outlook->standards, i))->item->id))
      return FALSE;
  return TRUE;
}

static void
set_lane (DkPlansPage     *self,
          GtkWidget       *lane,
          const DkWording *wording,
          const DkCourse  *course)
{
  g_autofree char *words = dk_projection_dup_course (wording, self->projection, course);

  dk_plan_lane_set (DK_PLAN_LANE (lane), course, words);
}

static void
update_board (DkPlansPage     *self,
              Board           *board,
              const DkWording *wording,
              const DkOutlook *outlook)
{
  if (!has_same_standards (board, outlook))
    {
      for (GtkWidget *child; (child = gtk_widget_get_first_child (board->standards)) != NULL;)
        gtk_box_remove (GTK_BOX (board->standards), child);
      g_ptr_array_set_size (board->thin, 0);
      g_ptr_array_set_size (board->ids, 0);
      g_ptr_array_set_size (board->heads, 0);
      for (guint i = 0; i < outlook->standards->len; i++)
        add_standard (board, g_ptr_array_index (outlook->standards, i));
    }
  set_lane (self, board->lane, wording, &outlook->course);
  for (guint i = 0; i < outlook->standards->len; i++)
    set_lane (self, g_ptr_array_index (board->thin, i), wording, g_ptr_array_index (outlook->standards, i));
  gtk_widget_set_sensitive (board->fold, outlook->standards->len > 0);
}

static void
update_timeline (DkPlansPage     *self,
                 const DkWording *wording)
{
  guint n = 0;

  for (guint i = 0; i < self->projection->outlooks->len; i++)
    {
      const DkOutlook *outlook = g_ptr_array_index (self->projection->outlooks, i);
      Board *board;

      if (!dk_outlook_is_board (outlook))
        continue;
      board = n < self->boards->len ? get_board (self, n) : add_board (self, outlook);
      update_board (self, board, wording, outlook);
      n++;
    }
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      gint64 day = dk_projection_get_as_of (self->projection, year);
      g_autofree char *date = dk_date_to_string (day);
      g_autofree char *text = year == 0 ? g_strdup_printf (_("Now")) : g_strdup_printf ("%d", dk_projection_get_year (self->projection, year));
      /* TRANSLATORS: a day, and the year whose accounts are the last full ones on it. */
      g_autofree char *spoken = g_strdup_printf (_("As of %s, with the accounts of %d"), date, self->projection->last_year + (int) year);

      gtk_label_set_text (GTK_LABEL (self->year_labels[year]), text);
      dk_style_set_tooltip (self->year_labels[year], spoken);
    }
}

/* --- The lines --- */

static DkPlanLine *
get_line (DkPlansPage *self,
          guint        i)
{
  return g_ptr_array_index (self->lines, i);
}

static gboolean
is_figure (const DkFact *fact)
{
  return fact->symbol->period != DK_PERIOD_NONE;
}

/* The line of a fact; made in its place when there is none yet. */
static DkPlanLine *
take_line (DkPlansPage  *self,
           const DkFact *fact)
{
  GtkWidget *box = is_figure (fact) ? self->figures : self->later, *before = NULL, *line;
  guint i;

  for (i = 0; i < self->lines->len; i++)
    {
      const DkFact *one = dk_plan_line_get_fact (get_line (self, i));

      if (one == fact)
        return get_line (self, i);
      if (one->order > fact->order)
        break;
      if (is_figure (one) == is_figure (fact))
        before = GTK_WIDGET (get_line (self, i));
    }
  line = dk_plan_line_new (self->session, fact, self->projection->last_year);
  dk_plan_line_set_narrow (DK_PLAN_LINE (line), is_narrow (self));
  gtk_widget_set_visible (line, FALSE);
  gtk_box_insert_child_after (GTK_BOX (box), line, before);
  g_ptr_array_insert (self->lines, (int) i, line);
  return DK_PLAN_LINE (line);
}

static gboolean
has_plan (const DkEnterprise *enterprise,
          const DkSymbol     *fact)
{
  g_autoptr(GArray) planned = dk_enterprise_list_planned (enterprise);

  for (guint i = 0; i < planned->len; i++)
    if (g_array_index (planned, DkPlanned, i).fact == fact)
      return TRUE;
  return FALSE;
}

static void
clear_lines (DkPlansPage *self)
{
  g_ptr_array_set_size (self->lines, 0);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->figures)) != NULL;)
    gtk_box_remove (GTK_BOX (self->figures), child);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->later)) != NULL;)
    gtk_box_remove (GTK_BOX (self->later), child);
  self->lines_year = self->projection->last_year;
}

/* What was in sight stays in sight, so that nothing moves away from under the hands. */
static void
update_lines (DkPlansPage *self)
{
  g_autoptr(GArray) lines = dk_projection_list_lines (self->projection);
  gboolean has_later = FALSE;
  guint n_hidden = 0;
  g_autofree char *more = NULL;

  if (self->lines_year != self->projection->last_year)
    clear_lines (self);
  for (guint i = 0; i < lines->len; i++)
    {
      const DkPlannable *one = &g_array_index (lines, DkPlannable, i);
      DkPlanLine *line = take_line (self, one->fact);

      dk_plan_line_update (line, one->is_open);
      if (self->shows_all || one->is_open || has_plan (self->projection->enterprise, one->fact->symbol))
        gtk_widget_set_visible (GTK_WIDGET (line), TRUE);
    }
  for (guint i = 0; i < self->lines->len; i++)
    {
      n_hidden += !gtk_widget_get_visible (GTK_WIDGET (get_line (self, i)));
      has_later = has_later || (!is_figure (dk_plan_line_get_fact (get_line (self, i))) && gtk_widget_get_visible (GTK_WIDGET (get_line (self, i))));
    }
  gtk_widget_set_visible (self->later_head, has_later);
  gtk_widget_set_visible (self->more, n_hidden > 0);
  more = g_strdup_printf (ngettext ("Show %u more line that boards read", "Show %u more lines that boards read", n_hidden), n_hidden);
  gtk_button_set_label (GTK_BUTTON (self->more), more);
  for (guint i = 0; i <= DK_PLAN_YEARS; i++)
    {
      /* TRANSLATORS: the figures of a year that is over. */
      g_autofree char *year = g_strdup_printf (i == 0 ? _("%d actual") : "%d", self->projection->last_year + (int) i);

      gtk_label_set_text (GTK_LABEL (self->head_labels[i]), year);
    }
}

static void
on_more_cb (DkPlansPage *self)
{
  self->shows_all = TRUE;
  if (self->projection != NULL)
    update_lines (self);
}

static void
on_same_cb (DkPlansPage *self)
{
  const DkValue none = DK_VALUE_POINT (DK_ZERO);
  g_autoptr(GError) error = NULL;

  if (!dk_session_set_planned (self->session, NULL, DK_PLAN_GROWTH, &none, &error))
    g_debug ("not planned: %s", error->message);
}

/* --- The whole --- */

static void
update_layout (DkPlansPage *self)
{
  gboolean narrow = is_narrow (self);

  gtk_widget_set_margin_start (self->margins, narrow ? 14 : 24);
  gtk_widget_set_margin_end (self->margins, narrow ? 14 : 24);
  gtk_widget_set_visible (self->head, !narrow);
  for (guint i = 0; i < self->lines->len; i++)
    dk_plan_line_set_narrow (get_line (self, i), narrow);
  dk_plan_line_set_narrow (DK_PLAN_LINE (self->others), narrow);
  gtk_widget_set_margin_start (gtk_widget_get_first_child (self->years), 0);
  for (guint i = 0; i < self->boards->len; i++)
    {
      Board *board = get_board (self, i);

      gtk_widget_set_size_request (board->name, narrow ? 84 : NAME_WIDTH, -1);
      for (guint s = 0; s < board->heads->len; s++)
        gtk_widget_set_size_request (gtk_widget_get_first_child (g_ptr_array_index (board->heads, s)), narrow ? 84 : NAME_WIDTH, -1);
    }
  gtk_widget_set_size_request (gtk_widget_get_first_child (self->years), narrow ? 84 : NAME_WIDTH, -1);
}

static void
update_subtitle (DkPlansPage *self)
{
  g_autofree char *text = g_strdup_printf (_("%d to %d"), self->projection->last_year + 1, self->projection->last_year + DK_PLAN_YEARS);

  if (g_strcmp0 (text, self->subtitle) == 0)
    return;
  g_free (self->subtitle);
  self->subtitle = g_steal_pointer (&text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
show (DkPlansPage *self)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { self->projection->assessments[0], dk_session_get_library (self->session)->book, arena, dk_settings_get_language () };
  g_autofree char *sentence = dk_projection_dup_sentence (&wording, self->projection);
  g_autofree char *text = g_strdup_printf (C_("listing", "%s."), sentence);
  gboolean has_figures = self->projection->has_plan || dk_boards_has_figures (self->projection->boards[0], self->projection->assessments[0]);
  DkValue others;

  gtk_stack_set_visible_child (GTK_STACK (self->stack), has_figures ? self->width_bin : self->nothing);
  gtk_label_set_text (GTK_LABEL (self->headline), text);
  gtk_widget_set_visible (self->tag, self->projection->has_plan);
  gtk_widget_set_visible (self->same_box, !dk_session_is_read_only (self->session)
                                          && !dk_enterprise_get_planned (self->projection->enterprise, NULL, DK_PLAN_GROWTH, &others));
  update_timeline (self, &wording);
  update_lines (self);
  update_layout (self);
  update_subtitle (self);
}

/* --- Working it out --- */

typedef struct
{
  DkRulebook   *book;
  DkEnterprise *enterprise;
  gint64        as_of;
  int           year;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  dk_enterprise_free (work->enterprise);
  g_free (work);
}

static void
project_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  Work *work = data;

  g_task_return_pointer (task, dk_projection_new (work->book, work->enterprise, work->as_of, work->year, NULL), (GDestroyNotify) dk_projection_free);
}

static void start (DkPlansPage *self);

static void
on_projected_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  DkPlansPage *self = DK_PLANS_PAGE (source);
  DkProjection *projection = g_task_propagate_pointer (G_TASK (result), NULL);

  /* The page is gone. */
  if (projection == NULL)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->projection, dk_projection_free);
  self->projection = projection;
  show (self);
  if (self->is_stale)
    start (self);
}

/* Never more than one at a time, and always of the latest plan at the end. */
static void
start (DkPlansPage *self)
{
  g_autoptr(GTask) task = NULL;
  Work *work;

  self->is_stale = self->cancellable != NULL;
  if (self->is_stale)
    return;
  self->cancellable = g_cancellable_new ();
  work = g_new0 (Work, 1);
  *work = (Work) {
    .book = dk_session_get_library (self->session)->book,
    .enterprise = dk_enterprise_dup (dk_session_get_enterprise (self->session)),
    .as_of = dk_session_get_as_of (self->session),
    .year = dk_session_get_last_year (self->session),
  };
  task = g_task_new (self, self->cancellable, on_projected_cb, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, work, free_work);
  g_task_run_in_thread (task, project_in_thread);
}

gboolean
dk_plans_page_is_pending (DkPlansPage *self)
{
  g_return_val_if_fail (DK_IS_PLANS_PAGE (self), FALSE);

  return self->cancellable != NULL;
}

const char *
dk_plans_page_get_headline (DkPlansPage *self)
{
  g_return_val_if_fail (DK_IS_PLANS_PAGE (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->headline));
}

DkPlanLane *
dk_plans_page_find_lane (DkPlansPage *self,
                         const char  *id)
{
  g_return_val_if_fail (DK_IS_PLANS_PAGE (self), NULL);

  for (guint i = 0; i < self->boards->len; i++)
    {
      Board *board = get_board (self, i);

      if (g_str_equal (board->id, id))
        return DK_PLAN_LANE (board->lane);
      for (guint s = 0; s < board->ids->len; s++)
        if (g_str_equal (g_ptr_array_index (board->ids, s), id))
          return DK_PLAN_LANE (g_ptr_array_index (board->thin, s));
    }
  return NULL;
}

DkPlanLine *
dk_plans_page_find_line (DkPlansPage *self,
                         const char  *fact)
{
  g_return_val_if_fail (DK_IS_PLANS_PAGE (self), NULL);

  if (fact == NULL)
    return DK_PLAN_LINE (self->others);
  for (guint i = 0; i < self->lines->len; i++)
    if (g_str_equal (dk_plan_line_get_fact (get_line (self, i))->symbol->id, fact))
      return get_line (self, i);
  return NULL;
}

/* --- The object --- */

static GtkWidget *
new_card (const char *title,
          const char *remark)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_set_css_classes (card, (const char *[]) { "dk-card", "dk-plan-card", NULL });
  gtk_box_append (GTK_BOX (card), dk_basis_new_label (title, "dk-t3"));
  if (remark != NULL)
    {
      GtkWidget *label = dk_basis_new_label (remark, "dk-small");

      gtk_widget_add_css_class (label, "dk-dim");
      gtk_box_append (GTK_BOX (card), label);
    }
  return card;
}

static void
build_timeline (DkPlansPage *self)
{
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->timeline = new_card (_("When boards open"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->timeline), GTK_ACCESSIBLE_PROPERTY_LABEL, _("When boards open"), -1);
  gtk_box_set_homogeneous (GTK_BOX (labels), TRUE);
  gtk_widget_set_hexpand (labels, TRUE);
  for (guint year = 0; year < DK_PROJECTION_YEARS; year++)
    {
      self->year_labels[year] = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
      gtk_widget_set_css_classes (self->year_labels[year], (const char *[]) { "num", "dk-small", year == 0 ? "dk-held" : "dk-dim", NULL });
      gtk_box_append (GTK_BOX (labels), self->year_labels[year]);
    }
  self->years = new_row (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), labels, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_add_css_class (self->years, "dk-plan-years");
  gtk_box_append (GTK_BOX (self->timeline), self->years);
  self->legend = dk_basis_new_label (_("Each year as of the same day, with the accounts of the year before and the rules that are known for it. Solid outline: by what is "
                                       "answered. Dashed: by the plan. Grey and dashed: it may be, if what is open turns out well. What was checked stays as it was "
                                       "answered."), "dk-mini");
  gtk_widget_add_css_class (self->legend, "dk-dim");
  gtk_widget_set_margin_top (self->legend, 8);
  gtk_box_append (GTK_BOX (self->timeline), self->legend);
}

static GtkWidget *
new_head_label (const char *text,
                int         width)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 1.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gtk_widget_set_css_classes (label, (const char *[]) { "num", "dk-small", "dk-dim", NULL });
  gtk_widget_set_size_request (label, width, -1);
  return label;
}

static void
build_head (DkPlansPage *self)
{
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, DK_PLAN_GAP);
  gtk_widget_add_css_class (self->head, "dk-plan-head");
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (self->head), space);
  self->head_labels[0] = new_head_label ("", DK_PLAN_LAST_WIDTH);
  gtk_box_append (GTK_BOX (self->head), self->head_labels[0]);
  gtk_box_append (GTK_BOX (self->head), new_head_label (_("Growth a year"), DK_PLAN_GROWTH_WIDTH));
  for (guint i = 1; i <= DK_PLAN_YEARS; i++)
    {
      self->head_labels[i] = new_head_label ("", DK_PLAN_YEAR_WIDTH);
      gtk_box_append (GTK_BOX (self->head), self->head_labels[i]);
    }
}

static void
build_editor (DkPlansPage *self)
{
  GtkWidget *same;

  self->editor = new_card (_("Plan"), _("A rate of growth fills the years that are not typed. Nothing that is planned changes a present result."));
  build_head (self);
  gtk_box_append (GTK_BOX (self->editor), self->head);
  self->others = dk_plan_line_new (self->session, NULL, dk_session_get_last_year (self->session));
  gtk_box_append (GTK_BOX (self->editor), self->others);
  self->same_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  same = gtk_button_new_with_mnemonic (_("_Everything else as last year"));
  gtk_widget_set_halign (same, GTK_ALIGN_START);
  g_signal_connect_object (same, "clicked", G_CALLBACK (on_same_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->same_box), same);
  gtk_box_append (GTK_BOX (self->editor), self->same_box);
  self->figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->editor), self->figures);
  self->later_head = dk_basis_new_label (_("From the end of that year on"), "dk-small");
  gtk_widget_add_css_class (self->later_head, "dk-dim");
  gtk_widget_set_margin_top (self->later_head, 12);
  gtk_box_append (GTK_BOX (self->editor), self->later_head);
  self->later = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->editor), self->later);
  self->more = gtk_button_new ();
  gtk_widget_set_css_classes (self->more, (const char *[]) { "flat", "dk-listing-door", NULL });
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (on_more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->editor), self->more);
}

static void
build_nothing (DkPlansPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Fill in the accounts"));

  self->nothing = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nothing), "dk-listing-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), _("Accounts come before plans"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->nothing),
                                   _("With the accounts of the last years and a rate of growth this page says in which year each board opens."));
  gtk_widget_set_css_classes (button, (const char *[]) { "pill", "suggested-action", NULL });
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.show-listing::all");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->nothing), button);
}

static void
dk_plans_page_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (property == PROP_TITLE)
    g_value_set_string (value, C_("sidebar", "Plans"));
  else if (property == PROP_SUBTITLE)
    g_value_set_string (value, DK_PLANS_PAGE (object)->subtitle);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dk_plans_page_dispose (GObject *object)
{
  DkPlansPage *self = DK_PLANS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  G_OBJECT_CLASS (dk_plans_page_parent_class)->dispose (object);
}

static void
dk_plans_page_finalize (GObject *object)
{
  DkPlansPage *self = DK_PLANS_PAGE (object);

  g_clear_pointer (&self->projection, dk_projection_free);
  g_ptr_array_unref (self->boards);
  g_ptr_array_unref (self->lines);
  g_clear_object (&self->session);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_plans_page_parent_class)->finalize (object);
}

static void
dk_plans_page_class_init (DkPlansPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dk_plans_page_get_property;
  object_class->dispose = dk_plans_page_dispose;
  object_class->finalize = dk_plans_page_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dk_plans_page_init (DkPlansPage *self)
{
  self->subtitle = g_strdup ("");
  self->boards = g_ptr_array_new_with_free_func (free_board);
  self->lines = g_ptr_array_new ();
}

static void
build (DkPlansPage *self)
{
  GtkWidget *clamp = adw_clamp_new (), *scroll = gtk_scrolled_window_new (), *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->margins = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_set_margin_top (self->margins, 8);
  gtk_widget_set_margin_bottom (self->margins, 24);
  self->headline = dk_basis_new_label (NULL, "dk-t2");
  self->tag = dk_tag_new (_("Your assumption"), DK_TAG_PLAIN);
  gtk_widget_set_halign (self->tag, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (top), self->headline);
  gtk_box_append (GTK_BOX (top), self->tag);
  gtk_box_append (GTK_BOX (self->margins), top);
  build_timeline (self);
  gtk_box_append (GTK_BOX (self->margins), self->timeline);
  build_editor (self);
  gtk_box_append (GTK_BOX (self->margins), self->editor);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->margins);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  self->width_bin = dk_width_bin_new (PAGE_WIDTH, scroll);
  g_signal_connect_object (self->width_bin, "notify::is-narrow", G_CALLBACK (update_layout), self, G_CONNECT_SWAPPED);
  build_nothing (self);
  self->stack = gtk_stack_new ();
  /* What is worked out comes soon: until then there is nothing to be seen. */
  gtk_stack_add_child (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_stack_add_child (GTK_STACK (self->stack), self->width_bin);
  gtk_stack_add_child (GTK_STACK (self->stack), self->nothing);
  adw_bin_set_child (ADW_BIN (self), self->stack);
}

GtkWidget *
dk_plans_page_new (DkSession *session)
{
  DkPlansPage *self = g_object_new (DK_TYPE_PLANS_PAGE, NULL);

  self->session = g_object_ref (session);
  build (self);
  g_signal_connect_object (session, "assessed", G_CALLBACK (start), self, G_CONNECT_SWAPPED);
  start (self);
  return GTK_WIDGET (self);
}
