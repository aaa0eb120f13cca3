/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calendar-page"

#include "dk-calendar-page.h"

#include "dk-basis.h"
#include "dk-calendar.h"
#include "dk-day-button.h"
#include "dk-settings.h"
#include "dk-sign.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DkCalendarPage
{
  AdwBin        parent_instance;
  DkSession    *session;
  char         *subtitle;
  GtkWidget    *stack;
  GtkLabel     *headline;
  GtkWidget    *holdings_box;
  GtkListBox   *holdings, *deadlines;
  GtkWidget    *deadlines_box;
  GCancellable *cancellable; /* of what is being worked out; NULL: nothing is */
};

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkCalendarPage, dk_calendar_page, ADW_TYPE_BIN)

#define PACK_KEY "dk-pack"

/* --- Rows --- */

static GtkWidget *
new_row (const char *title,
         const char *subtitle,
         const char *pack)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", pack);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-programme");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), PACK_KEY, g_strdup (pack), g_free);
  return row;
}

/* How far off a day is, while it is near; else nothing. */
static char *
describe_distance (gint64 day,
                   gint64 as_of)
{
  guint n = (guint) ABS (day - as_of);

  if (day < as_of)
    return g_strdup_printf (ngettext ("%u day ago", "%u days ago", n), n);
  if (day == as_of)
    return g_strdup (_("today"));
  if (n <= DK_SOON_DAYS)
    return g_strdup_printf (ngettext ("in %u day", "in %u days", n), n);
  return g_strdup ("");
}

/* The day, and below it how far off it is: amber while it is near. */
static GtkWidget *
new_day (gint64      day,
         gint64      as_of,
         const char *format)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *date = dk_date_to_string (day);
  g_autofree char *text = g_strdup_printf (format, date);
  g_autofree char *distance = describe_distance (day, as_of);
  const char *style = *distance != '\0' ? "dk-warn" : "dk-plain";
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_css_classes (label, (const char *[]) { "num", style, NULL });
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_box_append (GTK_BOX (box), label);
  if (*distance != '\0')
    {
      GtkWidget *near = gtk_label_new (distance);

      gtk_widget_set_css_classes (near, (const char *[]) { "num", "dk-small", style, NULL });
      gtk_label_set_xalign (GTK_LABEL (near), 1);
      gtk_box_append (GTK_BOX (box), near);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
new_holding (const DkHolding *holding,
             gint64           as_of)
{
  const DkPack *pack = holding->programme->item->pack;
  GtkWidget *row = new_row (dk_text_get (&pack->title, dk_settings_get_language ()), _("What rests on it is being worked out"), pack->id);
  GtkWidget *until;

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dk_sign_image_new (DK_SIGN_HELD, 22));
  if (holding->has_until)
    until = new_day (holding->until, as_of, _("until %s"));
  else
    until = dk_basis_new_label (_("without end"), "dk-dim");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), until);
  return row;
}

static GtkWidget *
new_deadline (const DkDeadline *deadline,
              gint64            as_of)
{
  const char *language = dk_settings_get_language ();
  const DkPack *pack = deadline->programme->item->pack;
  const char *note = deadline->duty != NULL ? dk_text_get (&deadline->duty->note, language) : "";
  g_autofree char *subtitle = g_strdup_printf (*note != '\0' ? "%s · %s" : "%s%s", dk_pack_get_short_title (pack, language), note);
  GtkWidget *row = new_row (dk_deadline_get_title (deadline, language), subtitle, pack->id);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_day (deadline->day, as_of, "%s"));
  return row;
}

static void
clear (GtkListBox *list)
{
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, 0)) != NULL;)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* --- What each title carries --- */

typedef struct
{
  DkRulebook   *book;
  DkEnterprise *enterprise;
  gint64        as_of;
  int           year;
  const char   *language;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  dk_enterprise_free (work->enterprise);
  g_free (work);
}

/* The words for each title held, by the id of its pack. */
static void
find_losses_in_thread (GTask        *task,
                       gpointer      source,
                       gpointer      data,
                       GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr(DkAssessment) assessment = dk_assessment_new (work->book, work->enterprise, work->as_of, work->year, NULL);
  g_autoptr(GPtrArray) holdings = dk_calendar_list_holdings (assessment);
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  dk_calendar_find_losses (holdings, assessment, work->book, work->enterprise);
  for (guint i = 0; i < holdings->len; i++)
    {
      const DkHolding *holding = g_ptr_array_index (holdings, i);

      g_hash_table_insert (words, g_strdup (holding->programme->item->pack->id), dk_holding_describe_losses (holding, work->language));
    }
  g_task_return_pointer (task, words, (GDestroyNotify) g_hash_table_unref);
}

static void
on_losses_found_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  DkCalendarPage *self = DK_CALENDAR_PAGE (source);
  g_autoptr(GHashTable) words = g_task_propagate_pointer (G_TASK (result), NULL);
  GtkListBoxRow *row;

  /* Another one is on its way, or the page is gone. */
  if (words == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->holdings, i)) != NULL; i++)
    {
      const char *text = g_hash_table_lookup (words, g_object_get_data (G_OBJECT (row), PACK_KEY));

      if (text != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
}

static void
stop_finding (DkCalendarPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
find_losses (DkCalendarPage *self)
{
  g_autoptr(GTask) task = NULL;
  Work *work = g_new0 (Work, 1);

  self->cancellable = g_cancellable_new ();
  *work = (Work) {
    .book = dk_session_get_library (self->session)->book,
    .enterprise = dk_enterprise_dup (dk_session_get_enterprise (self->session)),
    .as_of = dk_session_get_as_of (self->session),
    .year = dk_session_get_last_year (self->session),
    .language = dk_settings_get_language (),
  };
  task = g_task_new (self, self->cancellable, on_losses_found_cb, NULL);
  g_task_set_source_tag (task, find_losses);
  g_task_set_task_data (task, work, free_work);
  g_task_run_in_thread (task, find_losses_in_thread);
}

gboolean
dk_calendar_page_is_pending (DkCalendarPage *self)
{
  g_return_val_if_fail (DK_IS_CALENDAR_PAGE (self), FALSE);

  return self->cancellable != NULL;
}

/* --- The whole --- */

/* What is next, in a sentence. */
static void
update_headline (DkCalendarPage *self,
                 const GArray   *deadlines,
                 gint64          as_of)
{
  const DkDeadline *next = NULL;
  g_autofree char *day = NULL, *text = NULL;

  for (guint i = 0; i < deadlines->len && next == NULL; i++)
    if (!g_array_index (deadlines, DkDeadline, i).is_past)
      next = &g_array_index (deadlines, DkDeadline, i);
  if (next == NULL)
    {
      gtk_label_set_label (self->headline, _("Nothing has to be done by a day that is known."));
      return;
    }
  day = dk_day_to_prose (next->day);
  /* TRANSLATORS: the next day on which something is due, which programme, and what. */
  text = g_strdup_printf (_("Next, by %s: %s, %s"), day, dk_pack_get_short_title (next->programme->item->pack, dk_settings_get_language ()),
                          dk_deadline_get_title (next, dk_settings_get_language ()));
  gtk_label_set_label (self->headline, text);
}

static void
update_subtitle (DkCalendarPage *self,
                 guint           n_held,
                 guint           n_days)
{
  g_autofree char *held = g_strdup_printf (ngettext ("%u title held", "%u titles held", n_held), n_held);
  g_autofree char *days = g_strdup_printf (ngettext ("%u day", "%u days", n_days), n_days);

  g_free (self->subtitle);
  self->subtitle = g_strdup_printf ("%s · %s", held, days);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
rebuild (DkCalendarPage *self)
{
  DkAssessment *assessment = dk_session_get_assessment (self->session);
  g_autoptr(GPtrArray) holdings = NULL;
  g_autoptr(GArray) deadlines = NULL;
  gint64 as_of;

  if (assessment == NULL)
    return;
  stop_finding (self);
  as_of = dk_assessment_get_as_of (assessment);
  holdings = dk_calendar_list_holdings (assessment);
  deadlines = dk_calendar_list_deadlines (assessment);
  clear (self->holdings);
  clear (self->deadlines);
  for (guint i = 0; i < holdings->len; i++)
    gtk_list_box_append (self->holdings, new_holding (g_ptr_array_index (holdings, i), as_of));
  for (guint i = 0; i < deadlines->len; i++)
    gtk_list_box_append (self->deadlines, new_deadline (&g_array_index (deadlines, DkDeadline, i), as_of));
  gtk_widget_set_visible (self->holdings_box, holdings->len > 0);
  gtk_widget_set_visible (self->deadlines_box, deadlines->len > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), holdings->len + deadlines->len > 0 ? "list" : "nothing");
  update_headline (self, deadlines, as_of);
  update_subtitle (self, holdings->len, deadlines->len);
  if (holdings->len > 0)
    find_losses (self);
}

static void
dk_calendar_page_get_property (GObject    *object,
                               guint       property,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (property == PROP_TITLE)
    g_value_set_string (value, _("Certificates and dates"));
  else if (property == PROP_SUBTITLE)
    g_value_set_string (value, DK_CALENDAR_PAGE (object)->subtitle);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dk_calendar_page_dispose (GObject *object)
{
  DkCalendarPage *self = DK_CALENDAR_PAGE (object);

  stop_finding (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  G_OBJECT_CLASS (dk_calendar_page_parent_class)->dispose (object);
}

static void
dk_calendar_page_finalize (GObject *object)
{
  DkCalendarPage *self = DK_CALENDAR_PAGE (object);

  g_clear_object (&self->session);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_calendar_page_parent_class)->finalize (object);
}

static void
dk_calendar_page_class_init (DkCalendarPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dk_calendar_page_get_property;
  object_class->dispose = dk_calendar_page_dispose;
  object_class->finalize = dk_calendar_page_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DkCalendarPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DkCalendarPage, headline);
  gtk_widget_class_bind_template_child (widget_class, DkCalendarPage, holdings_box);
  gtk_widget_class_bind_template_child (widget_class, DkCalendarPage, holdings);
  gtk_widget_class_bind_template_child (widget_class, DkCalendarPage, deadlines_box);
  gtk_widget_class_bind_template_child (widget_class, DkCalendarPage, deadlines);
}

static void
dk_calendar_page_init (DkCalendarPage *self)
{
  self->subtitle = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dk_calendar_page_new (DkSession *session)
{
  DkCalendarPage *self = g_object_new (DK_TYPE_CALENDAR_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "assessed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
