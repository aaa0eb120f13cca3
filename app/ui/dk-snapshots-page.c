/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-snapshots-page"

#include "dk-snapshots-page.h"

#include "dk-snapshot-diff.h"
#include "dk-day-button.h"
#include "dk-settings.h"
#include "dk-wording.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many answers of a comparison are listed; the number of the rest is told. */
#define MAX_FACTS 100
/* What is longer is broken into lines. */
#define MAX_CHARS 14

struct _DkSnapshotsPage
{
  AdwBin        parent_instance;
  DkSession    *session;
  char         *subtitle;
  GtkWidget    *stack;
  GtkListBox   *list;
  GCancellable *cancellable;
  guint         n_pending;
};

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkSnapshotsPage, dk_snapshots_page, ADW_TYPE_BIN)

#define ID_KEY "dk-snapshot"
#define LINES_KEY "dk-snapshot-lines"

/* --- What has changed since --- */

static char *
describe_side (const DkFactDiff *diff,
               const DkDiffSide *side)
{
  g_autofree char *figure = NULL;
  const char *unit = dk_format_unit (diff->fact->unit);

  if (!side->has_value)
    return g_strdup (side->is_unknown ? _("not known yet") : _("no answer"));
  figure = dk_format_value (diff->fact, &side->value);
  return *unit != '\0' && dk_value_is_point (&side->value) && dk_number_sign (side->value.low) != 0 ? g_strdup_printf ("%s %s", figure, unit)
                                                                                                    : g_steal_pointer (&figure);
}

static GtkWidget *
new_words (const char *text,
           const char *style)
{
  gboolean is_long = g_utf8_strlen (text, -1) > MAX_CHARS;
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 1.0, "wrap", is_long, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "width-chars", is_long ? MAX_CHARS : -1, "max-width-chars", is_long ? MAX_CHARS : -1, NULL);

  gtk_widget_set_css_classes (label, (const char *[]) { "num", style, NULL });
  return label;
}

static void
add_sides (GtkWidget *row,
           GtkWidget *before,
           GtkWidget *now)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), new_words ("→", "dk-dim"));
  gtk_box_append (GTK_BOX (box), now);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
}

/* A line that leads to where it can be seen. */
static GtkWidget *
new_line (const char *title,
          const char *subtitle,
          const char *action,
          const char *target)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (action == NULL)
    return row;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static GtkWidget *
new_standing (const DkStanding *standing,
              gboolean          is_now)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *word = dk_sign_get_name (standing->sign);
  const char *style = is_now && standing->is_in_force && standing->sign != DK_SIGN_NONE ? dk_sign_get_class (standing->sign) : NULL;

  if (standing->is_in_force && standing->sign != DK_SIGN_NONE)
    gtk_box_append (GTK_BOX (box), dk_sign_image_new (standing->sign, 15));
  gtk_box_append (GTK_BOX (box), new_words (!standing->is_in_force ? _("not in force") : *standing->figure != '\0' ? standing->figure : word,
                                            style != NULL ? style : is_now ? "dk-plain" : "dk-dim"));
  return box;
}

static GtkWidget *
new_standing_line (const DkStandingDiff *diff)
{
  const DkPack *pack = diff->now->pack;
  GtkWidget *row = new_line (dk_text_get (&pack->title, dk_settings_get_language ()),
                             diff->is_of_day ? _("By the rules and figures of another day: the answers then would give the same today") : NULL,
                             "win.show-programme", pack->id);

  add_sides (row, new_standing (diff->before, FALSE), new_standing (diff->now, TRUE));
  return row;
}

static GtkWidget *
new_fact_line (const DkChoices  *sources,
               const DkFactDiff *diff)
{
  g_autofree char *title = dk_figure_to_display (sources, diff->fact, diff->period, diff->source, dk_settings_get_language ());
  g_autofree char *before = describe_side (diff, &diff->before);
  g_autofree char *now = describe_side (diff, &diff->now);
  g_autofree char *target = diff->period.year != 0 ? g_strdup_printf ("%s@%d", diff->fact->id, diff->period.year) : g_strdup (diff->fact->id);
  GtkWidget *row = new_line (title, NULL, "win.show-fact", target);

  add_sides (row, new_words (before, "dk-dim"), new_words (now, diff->now.has_value ? "dk-plain" : "dk-dim"));
  return row;
}

static GtkWidget *
new_register_line (const DkRegisterDiff *diff)
{
  GString *words = g_string_new (NULL);
  g_autofree char *text = NULL, *before = NULL, *now = NULL;
  GtkWidget *row;

  if (diff->n_gone > 0)
    g_string_append_printf (words, ngettext ("%u row is gone", "%u rows are gone", diff->n_gone), diff->n_gone);
  if (diff->n_gone > 0 && diff->n_come > 0)
    g_string_append (words, " · ");
  if (diff->n_come > 0)
    g_string_append_printf (words, ngettext ("%u row is new", "%u rows are new", diff->n_come), diff->n_come);
  text = g_string_free (words, FALSE);
  row = new_line (dk_text_get (&diff->reg->label, dk_settings_get_language ()), *text != '\0' ? text : _("Otherwise listed, or of other completeness"),
                  "win.show-register", diff->reg->id);
  before = g_strdup_printf ("%u", diff->n_before);
  now = g_strdup_printf ("%u", diff->n_now);
  add_sides (row, new_words (before, "dk-dim"), new_words (now, "dk-plain"));
  return row;
}

static GtkWidget *
new_note_line (DkEnterprise     *now,
               const DkNoteDiff *diff)
{
  DkPeriodKey period;
  gboolean is_check;
  const DkSymbol *fact = dk_note_find_fact (dk_enterprise_get_catalogue (now), diff->subject, &period, &is_check);
  g_autofree char *title = fact != NULL ? dk_fact_to_display (fact, period, dk_settings_get_language ()) : g_strdup (diff->subject);
  g_autofree char *target = fact != NULL && period.year != 0 ? g_strdup_printf ("%s@%d", fact->id, period.year) : g_strdup (fact != NULL ? fact->id : NULL);
  GtkWidget *row = new_line (title, is_check ? _("Explanation of a difference") : _("Finding and evidence"), target != NULL ? "win.show-fact" : NULL, target);

  add_sides (row, new_words (diff->before != NULL ? diff->before->finding : "—", "dk-dim"),
             new_words (diff->now != NULL ? diff->now->finding : "—", diff->now != NULL ? "dk-plain" : "dk-dim"));
  return row;
}

static GtkWidget *
new_note (const char *text)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "margin-start", 12, "margin-end", 12,
                                   "margin-top", 10, "margin-bottom", 10, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (label, "dk-dim");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
add_line (GtkWidget *row,
          GtkWidget *line)
{
  GPtrArray *lines = g_object_get_data (G_OBJECT (row), LINES_KEY);

  if (lines == NULL)
    {
      lines = g_ptr_array_new ();
      g_object_set_data_full (G_OBJECT (row), LINES_KEY, lines, (GDestroyNotify) g_ptr_array_unref);
    }
  g_ptr_array_add (lines, line);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

static void
clear_lines (GtkWidget *row)
{
  GPtrArray *lines = g_object_get_data (G_OBJECT (row), LINES_KEY);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (row), g_ptr_array_index (lines, i));
  g_object_set_data (G_OBJECT (row), LINES_KEY, NULL);
}

static void
show_comparison (GtkWidget            *row,
                 const DkSnapshotDiff *comparison)
{
  const DkEnterpriseDiff *diff = comparison->diff;
  const DkChoices *sources = dk_catalogue_get_sources (dk_enterprise_get_catalogue (comparison->now));

  clear_lines (row);
  for (guint i = 0; i < comparison->standings->len; i++)
    add_line (row, new_standing_line (&g_array_index (comparison->standings, DkStandingDiff, i)));
  if (diff->facts->len + diff->registers->len + diff->notes->len == 0)
    add_line (row, new_note (_("All answers and lists are as they were then.")));
  for (guint i = 0; i < diff->registers->len; i++)
    add_line (row, new_register_line (&g_array_index (diff->registers, DkRegisterDiff, i)));
  for (guint i = 0; i < MIN (diff->notes->len, MAX_FACTS); i++)
    add_line (row, new_note_line (comparison->now, &g_array_index (diff->notes, DkNoteDiff, i)));
  for (guint i = 0; i < MIN (diff->facts->len, MAX_FACTS); i++)
    add_line (row, new_fact_line (sources, &g_array_index (diff->facts, DkFactDiff, i)));
  if (diff->facts->len > MAX_FACTS)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u more answer differs", "%u more answers differ", diff->facts->len - MAX_FACTS),
                                               diff->facts->len - MAX_FACTS);

      add_line (row, new_note (text));
    }
}

typedef struct
{
  DkSnapshotsPage *page;
  GtkWidget       *row;
} Wanted;

static void
on_compared_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  Wanted *wanted = data;
  g_autoptr(DkSnapshotDiff) comparison = dk_snapshot_diff_finish (result, NULL);

  wanted->page->n_pending--;
  if (comparison != NULL && gtk_widget_get_root (wanted->row) != NULL)
    show_comparison (wanted->row, comparison);
  g_object_unref (wanted->page);
  g_object_unref (wanted->row);
  g_free (wanted);
}

static void
compare (DkSnapshotsPage *self,
         GtkWidget       *row)
{
  const DkStoreSnapshot *snapshot = g_object_get_data (G_OBJECT (row), ID_KEY);
  g_autoptr(GError) error = NULL;
  DkEnterprise *before = dk_session_read_snapshot (self->session, snapshot->id, &error);
  Wanted *wanted;

  if (before == NULL)
    {
      clear_lines (row);
      add_line (row, new_note (error->message));
      return;
    }
  wanted = g_new0 (Wanted, 1);
  *wanted = (Wanted) { g_object_ref (self), g_object_ref (row) };
  self->n_pending++;
  dk_snapshot_diff_start (self->session, before, snapshot->as_of, self->cancellable, on_compared_cb, wanted);
}

static void
on_expanded_cb (GtkWidget       *row,
                GParamSpec      *pspec,
                DkSnapshotsPage *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    compare (self, row);
}

/* --- The list --- */

static GMenuModel *
build_menu (DkSnapshotsPage *self,
            gint64           id)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenuItem) restore = g_menu_item_new (_("_Go back to it"), NULL), delete = g_menu_item_new (_("_Delete…"), NULL);

  g_menu_item_set_action_and_target (restore, "snapshots.restore", "x", id);
  g_menu_item_set_action_and_target (delete, "snapshots.delete", "x", id);
  g_menu_append_item (menu, restore);
  g_menu_append_item (menu, delete);
  return G_MENU_MODEL (menu);
}

static void
free_snapshot (gpointer data)
{
  DkStoreSnapshot *snapshot = data;

  g_free (snapshot->name);
  g_free (snapshot);
}

static char *
describe_taken (const DkStoreSnapshot *snapshot)
{
  g_autofree char *day = dk_day_to_prose (snapshot->as_of);
  g_autoptr(GDateTime) taken = g_date_time_new_from_unix_local (snapshot->taken / G_USEC_PER_SEC);
  g_autofree char *when = g_date_time_format (taken, "%Y-%m-%d %H:%M");

  /* TRANSLATORS: of a snapshot: the day whose rules counted, and when it was taken. */
  return g_strdup_printf (_("as of %s, taken %s"), day, when);
}

static GtkWidget *
new_row (DkSnapshotsPage       *self,
         const DkStoreSnapshot *snapshot)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenuModel) menu = build_menu (self, snapshot->id);
  g_autofree char *when = describe_taken (snapshot);
  g_autofree char *name = g_strdup_printf (_("Actions for %s"), snapshot->name);
  DkStoreSnapshot *copy = g_memdup2 (snapshot, sizeof *snapshot);

  copy->name = g_strdup (snapshot->name);
  g_object_set_data_full (G_OBJECT (row), ID_KEY, copy, free_snapshot);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), snapshot->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), when);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_expanded_cb), self, 0);
  return row;
}

static void
update_subtitle (DkSnapshotsPage *self,
                 guint            n)
{
  g_free (self->subtitle);
  self->subtitle = g_strdup_printf (ngettext ("%u snapshot", "%u snapshots", n), n);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/* The newest on top. */
static void
rebuild (DkSnapshotsPage *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) snapshots = dk_session_list_snapshots (self->session, &error);

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL;)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  for (guint i = snapshots != NULL ? snapshots->len : 0; i > 0; i--)
    gtk_list_box_append (self->list, new_row (self, g_ptr_array_index (snapshots, i - 1)));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), snapshots != NULL && snapshots->len > 0 ? "list" : "nothing");
  update_subtitle (self, snapshots != NULL ? snapshots->len : 0);
}

static GtkWidget *
find_row (DkSnapshotsPage *self,
          gint64           id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const DkStoreSnapshot *snapshot = g_object_get_data (G_OBJECT (row), ID_KEY);

      if (snapshot->id == id)
        return GTK_WIDGET (row);
    }
  return NULL;
}

/* Those that are unfolded say what holds now. */
static void
on_changed_cb (DkSnapshotsPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
      compare (self, GTK_WIDGET (row));
}

gboolean
dk_snapshots_page_unfold (DkSnapshotsPage *self,
                          gint64           id,
                          gboolean         is_unfolded)
{
  GtkWidget *row;

  g_return_val_if_fail (DK_IS_SNAPSHOTS_PAGE (self), FALSE);

  row = find_row (self, id);
  if (row == NULL)
    return FALSE;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), is_unfolded);
  return TRUE;
}

gboolean
dk_snapshots_page_is_pending (DkSnapshotsPage *self)
{
  g_return_val_if_fail (DK_IS_SNAPSHOTS_PAGE (self), FALSE);

  return self->n_pending > 0;
}

/* --- Actions --- */

static void
on_restore_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  DkSnapshotsPage *self = DK_SNAPSHOTS_PAGE (widget);
  gint64 id = g_variant_get_int64 (parameter);
  GtkWidget *row = find_row (self, id);
  g_autoptr(GError) error = NULL;
  g_autoptr(DkEnterprise) before = row != NULL ? dk_session_read_snapshot (self->session, id, &error) : NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  if (before == NULL || !dk_session_restore (self->session, before, &error))
    {
      gtk_widget_activate_action (widget, "win.toast", "s", error->message);
      return;
    }
  text = g_strdup_printf (_("Answers and lists are as in “%s” again"), ((const DkStoreSnapshot *) g_object_get_data (G_OBJECT (row), ID_KEY))->name);
  gtk_widget_activate_action (widget, "win.toast-undo", "s", text);
}

static void
on_delete_response_cb (GtkWidget  *dialog,
                       const char *response,
                       gpointer    data)
{
  DkSnapshotsPage *self = DK_SNAPSHOTS_PAGE (data);
  const gint64 *id = g_object_get_data (G_OBJECT (dialog), ID_KEY);
  g_autoptr(GError) error = NULL;

  if (strcmp (response, "delete") == 0 && !dk_session_delete_snapshot (self->session, *id, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
}

static void
on_delete_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  DkSnapshotsPage *self = DK_SNAPSHOTS_PAGE (widget);
  gint64 id = g_variant_get_int64 (parameter);
  GtkWidget *row = find_row (self, id);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  if (row == NULL)
    return;
  heading = g_strdup_printf (_("Delete “%s”?"), ((const DkStoreSnapshot *) g_object_get_data (G_OBJECT (row), ID_KEY))->name);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                                   _("Answers and lists stay as they are now. The snapshot itself cannot be brought back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), ID_KEY, g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The life of the page --- */

static void
dk_snapshots_page_get_property (GObject    *object,
                                guint       property,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (property == PROP_TITLE)
    g_value_set_string (value, _("Snapshots"));
  else if (property == PROP_SUBTITLE)
    g_value_set_string (value, DK_SNAPSHOTS_PAGE (object)->subtitle);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dk_snapshots_page_dispose (GObject *object)
{
  DkSnapshotsPage *self = DK_SNAPSHOTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  G_OBJECT_CLASS (dk_snapshots_page_parent_class)->dispose (object);
}

static void
dk_snapshots_page_finalize (GObject *object)
{
  DkSnapshotsPage *self = DK_SNAPSHOTS_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_free (self->subtitle);
  G_OBJECT_CLASS (dk_snapshots_page_parent_class)->finalize (object);
}

static void
dk_snapshots_page_class_init (DkSnapshotsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dk_snapshots_page_get_property;
  object_class->dispose = dk_snapshots_page_dispose;
  object_class->finalize = dk_snapshots_page_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_action (widget_class, "snapshots.restore", "x", on_restore_cb);
  gtk_widget_class_install_action (widget_class, "snapshots.delete", "x", on_delete_cb);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-snapshots-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DkSnapshotsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DkSnapshotsPage, list);
}

static void
dk_snapshots_page_init (DkSnapshotsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dk_snapshots_page_new (DkSession *session)
{
  DkSnapshotsPage *self = g_object_new (DK_TYPE_SNAPSHOTS_PAGE, NULL);
  gboolean can_write = !dk_session_is_read_only (session);

  self->session = g_object_ref (session);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "snapshots.restore", can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "snapshots.delete", can_write);
  g_signal_connect_object (session, "snapshots", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
