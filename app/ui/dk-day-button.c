/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-day-button"

#include "dk-day-button.h"

#include "dk-settings.h"
#include "dk-style.h"
#include "dk-value.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

struct _DkDayButton
{
  GtkWidget    parent_instance;
  GtkWidget   *button;
  GtkWidget   *window_title;
  GtkWidget   *popover;    /* NULL until it is first asked for: a calendar takes a start longer than all the rest of the header */
  GtkCalendar *calendar;
  GtkWidget   *year_label;
  char        *title;
  char        *subtitle;
  gint64       as_of;
  gboolean     is_showing; /* the calendar follows us, not the user */
};

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, PROP_AS_OF, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { DAY_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkDayButton, dk_day_button, GTK_TYPE_WIDGET)

static GDateTime *
day_to_date_time (gint64 day)
{
  g_autofree char *text = dk_date_to_string (day);
  int year = 1, month = 1, date = 1;

  sscanf (text, "%d-%d-%d", &year, &month, &date);
  return g_date_time_new_local (year, month, date, 12, 0, 0);
}

char *
dk_day_to_prose (gint64 day)
{
  g_autoptr(GDateTime) date = day_to_date_time (day);
  static const char *const months[] = { N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
                                        N_("August"), N_("September"), N_("October"), N_("November"), N_("December") };

  if (date == NULL)
    return dk_date_to_string (day);
  /* TRANSLATORS: a date in a sentence: day, name of the month, year; the numbers say which is which. */
  return g_strdup_printf (_("%1$d %2$s %3$d"), g_date_time_get_day_of_month (date), _(months[g_date_time_get_month (date) - 1]),
                          g_date_time_get_year (date));
}

static void
update (DkDayButton *self)
{
  gboolean has_day = self->as_of != G_MININT64;
  const char *subtitle = self->subtitle != NULL ? self->subtitle : "";
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (has_day)
    {
      g_autofree char *day = dk_day_to_prose (self->as_of);
      /* TRANSLATORS: below the title of a page: the day whose law counts. */
      g_autofree char *as_of = g_strdup_printf (_("as of %s"), day);

      g_autofree char *digits = dk_date_to_string (self->as_of);

      /* A page that names the day itself need not hear it again. */
      if (strstr (subtitle, day) != NULL || strstr (subtitle, digits) != NULL)
        text = g_strdup (subtitle);
      else
        text = *subtitle != '\0' ? g_strconcat (subtitle, " · ", as_of, NULL) : g_strdup (as_of);
    }
  else
    text = g_strdup (subtitle);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->window_title), self->title != NULL ? self->title : "");
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->window_title), text);
  gtk_widget_set_can_target (self->button, has_day);
  gtk_widget_set_focusable (self->button, has_day);
  name = g_strdup_printf (_("Change the day whose rules apply: %s"), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  dk_style_set_tooltip (self->button, has_day ? _("Change the day whose rules apply") : NULL);
}

static void
show_day (DkDayButton *self,
          gint64       day)
{
  g_autoptr(GDateTime) date = day_to_date_time (day);
  g_autofree char *year = NULL;

  if (date == NULL)
    return;
  self->is_showing = TRUE;
  gtk_calendar_select_day (self->calendar, date);
  self->is_showing = FALSE;
  year = g_strdup_printf (_("The last full year is %d."), g_date_time_get_year (date) - 1);
  gtk_label_set_text (GTK_LABEL (self->year_label), year);
}

static void
choose (DkDayButton *self,
        gint64       day)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (day != self->as_of)
    g_signal_emit (self, signals[DAY_CHOSEN], 0, day);
}

static gint64
date_time_to_day (GDateTime *date)
{
  return dk_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date));
}

static void
on_apply_cb (DkDayButton *self)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (self->calendar);

  choose (self, date_time_to_day (date));
}

static void
on_today_cb (DkDayButton *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  choose (self, date_time_to_day (now));
}

static void
on_day_selected_cb (DkDayButton *self)
{
  if (!self->is_showing)
    {
      g_autoptr(GDateTime) date = gtk_calendar_get_date (self->calendar);

      show_day (self, date_time_to_day (date));
    }
}

static GtkWidget *
new_action (DkDayButton *self,
            const char  *label,
            GCallback    callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
build_popover (DkDayButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *actions = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (_("Rules as they stand on")), *calendar = gtk_calendar_new (), *apply;

  gtk_widget_set_margin_start (box, 8);
  gtk_widget_set_margin_end (box, 8);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "dk-t3");
  self->calendar = GTK_CALENDAR (calendar);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (on_day_selected_cb), self, G_CONNECT_SWAPPED);
  self->year_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->year_label), 0);
  gtk_widget_set_css_classes (self->year_label, (const char *[]) { "dk-small", "dk-dim", NULL });
  gtk_box_set_homogeneous (GTK_BOX (actions), TRUE);
  gtk_box_append (GTK_BOX (actions), new_action (self, _("Today"), G_CALLBACK (on_today_cb)));
  apply = new_action (self, _("Apply this day"), G_CALLBACK (on_apply_cb));
  gtk_widget_add_css_class (apply, "suggested-action");
  gtk_box_append (GTK_BOX (actions), apply);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), calendar);
  gtk_box_append (GTK_BOX (box), self->year_label);
  gtk_box_append (GTK_BOX (box), actions);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
}

/* Before each showing. */
static void
prepare_popover (GtkMenuButton *button,
                 gpointer       data)
{
  DkDayButton *self = data;

  if (self->popover == NULL)
    build_popover (self);
  if (self->as_of != G_MININT64)
    show_day (self, self->as_of);
}

static void
dk_day_button_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DkDayButton *self = DK_DAY_BUTTON (object);

  switch (property)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, self->as_of);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
dk_day_button_set_property (GObject      *object,
                            guint         property,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DkDayButton *self = DK_DAY_BUTTON (object);

  switch (property)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      break;
    case PROP_SUBTITLE:
      g_free (self->subtitle);
      self->subtitle = g_value_dup_string (value);
      break;
    case PROP_AS_OF:
      self->as_of = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
      return;
    }
  update (self);
}

static void
dk_day_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DK_TYPE_DAY_BUTTON);
  G_OBJECT_CLASS (dk_day_button_parent_class)->dispose (object);
}

static void
dk_day_button_finalize (GObject *object)
{
  DkDayButton *self = DK_DAY_BUTTON (object);

  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_day_button_parent_class)->finalize (object);
}

static void
dk_day_button_class_init (DkDayButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dk_day_button_get_property;
  object_class->set_property = dk_day_button_set_property;
  object_class->dispose = dk_day_button_dispose;
  object_class->finalize = dk_day_button_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_AS_OF] = g_param_spec_int64 ("as-of", NULL, NULL, G_MININT64, G_MAXINT64, G_MININT64, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[DAY_CHOSEN] = g_signal_new ("day-chosen", DK_TYPE_DAY_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-day-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DkDayButton, button);
  gtk_widget_class_bind_template_child (widget_class, DkDayButton, window_title);
}

static void
dk_day_button_init (DkDayButton *self)
{
  self->as_of = G_MININT64;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), prepare_popover, self, NULL);
  update (self);
}

GtkWidget *
dk_day_button_new (void)
{
  return g_object_new (DK_TYPE_DAY_BUTTON, NULL);
}
