/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-fact-cell"

#include "dk-fact-cell-private.h"

#include "dk-answer-menu.h"
#include "dk-code-popover.h"
#include "dk-settings.h"
#include "dk-sources-popover.h"

#include <glib/gi18n.h>
#include <string.h>

static void
take_popover (DkFactCell *self,
              GtkWidget  *popover)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = popover;
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_day_selected_cb (GtkCalendar *calendar,
                    DkFactCell  *self)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (calendar);
  gint64 day = dk_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date));
  DkValue value = DK_VALUE_POINT (DK_NUMBER (day));

  dk_fact_cell_set_answer (self, DK_ANSWER_VALUE, &value);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->entry);
}

static void
open_calendar (DkFactCell *self)
{
  GtkWidget *popover = gtk_popover_new (), *calendar = gtk_calendar_new ();
  gint64 day;

  if (self->known.state == DK_ANSWER_VALUE && dk_value_is_point (&self->known.value) && dk_number_to_int64 (self->known.value.low, &day)
      && day > 0)
    {
      GDate date;
      g_autoptr(GDateTime) time = NULL;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) day);
      time = g_date_time_new_local (g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), 12, 0, 0);
      gtk_calendar_select_day (GTK_CALENDAR (calendar), time);
    }
  g_signal_connect (calendar, "day-selected", G_CALLBACK (on_day_selected_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  take_popover (self, popover);
}

static void
on_picked_cb (DkFactCell *self,
              const char *code)
{
  DkValue value;

  dk_arena_clear (self->scratch);
  if (dk_fact_parse_value (self->fact->symbol, code, &value, self->scratch, NULL))
    dk_fact_cell_set_answer (self, DK_ANSWER_VALUE, &value);
  gtk_widget_grab_focus (self->entry);
}

static void
open_table (DkFactCell *self)
{
  g_autofree char *title = g_strdup_printf (_("Search: %s"), dk_text_get (&self->fact->symbol->label, dk_settings_get_language ()));
  GtkWidget *popover = dk_code_popover_new (self->fact->symbol->codes, title);

  g_signal_connect_swapped (popover, "picked", G_CALLBACK (on_picked_cb), self);
  take_popover (self, popover);
}

static void
on_chosen_cb (DkFactCell *self,
              const char *key)
{
  const DkSymbol *symbol = self->fact->symbol;

  if (g_str_equal (key, "number"))
    dk_fact_cell_offer (self, NULL);
  else if (g_str_equal (key, "range"))
    {
      g_autofree char *low = self->known.state == DK_ANSWER_VALUE && dk_value_is_point (&self->known.value)
                             ? dk_format_value (symbol, &self->known.value) : g_strdup ("");
      g_autofree char *text = g_strdup_printf (symbol->kind == DK_KIND_DATE ? "%s .. " : "%s–", low);

      dk_fact_cell_offer (self, *low != '\0' ? text : NULL);
    }
  else if (g_str_equal (key, "calendar"))
    open_calendar (self);
  else if (g_str_equal (key, "table"))
    open_table (self);
  else if (g_str_equal (key, "sources"))
    {
      GtkWidget *popover = dk_sources_popover_new (self->session, self->fact, self->period);

      gtk_widget_set_halign (popover, GTK_ALIGN_END);
      take_popover (self, popover);
    }
  else if (g_str_equal (key, "none"))
    {
      DkValue none = symbol->domain.state & DK_UNDEFINED ? DK_VALUE_UNDEFINED : DK_VALUE_POINT (DK_ZERO);

      dk_fact_cell_set_answer (self, DK_ANSWER_VALUE, &none);
    }
  else if (g_str_equal (key, "unknown"))
    dk_fact_cell_set_answer (self, DK_ANSWER_UNKNOWN, NULL);
  else if (g_str_equal (key, "clear"))
    {
      self->is_by_hand = FALSE;
      dk_fact_cell_set_answer (self, DK_ANSWER_NONE, NULL);
    }
  else if (g_str_has_prefix (key, "same:"))
    {
      const DkFact *other = dk_catalogue_find_fact (dk_session_get_library (self->session)->catalogue, key + strlen ("same:"));
      DkValue value;

      if (other != NULL && dk_session_get_answer (self->session, other->symbol, self->period, &value) == DK_ANSWER_VALUE)
        {
          DkValue copy;

          dk_arena_clear (self->scratch);
          copy = dk_value_copy (&value, self->scratch);
          dk_fact_cell_set_answer (self, DK_ANSWER_VALUE, &copy);
        }
    }
  if (!g_str_equal (key, "calendar") && !g_str_equal (key, "table") && !g_str_equal (key, "sources") && self->entry != NULL && !g_str_equal (key, "number")
      && !g_str_equal (key, "range"))
    gtk_widget_grab_focus (self->entry);
}

static void
add_same (DkFactCell   *self,
          DkAnswerMenu *menu)
{
  for (guint i = 0; self->fact->same_as != NULL && i < self->fact->same_as->len; i++)
    {
      const DkFact *other = dk_catalogue_find_fact (dk_session_get_library (self->session)->catalogue, g_ptr_array_index (self->fact->same_as, i));
      DkValue value;

      if (other != NULL && dk_session_get_answer (self->session, other->symbol, self->period, &value) == DK_ANSWER_VALUE)
        {
          g_autofree char *key = g_strconcat ("same:", other->symbol->id, NULL);
          g_autofree char *text = dk_format_value (other->symbol, &value);
          g_autofree char *title = g_strdup_printf (_("As measured otherwise: %s"), text);

          dk_answer_menu_add (menu, key, title, dk_text_get (&other->symbol->label, dk_settings_get_language ()));
        }
    }
}

/**
 * dk_fact_cell_open_menu:
 *
 * Shows the ways to answer the fact.
 */
void
dk_fact_cell_open_menu (DkFactCell *self)
{
  DkAnswerMenu *menu;
  const DkSymbol *symbol = self->fact->symbol;
  gboolean may_be_none = symbol->domain.state & DK_UNDEFINED
                         || (symbol->kind == DK_KIND_NUMBER && dk_number_sign (symbol->domain.low) <= 0
                             && dk_number_sign (dk_value_high (&symbol->domain)) >= 0);

  if (dk_session_is_read_only (self->session))
    return;
  dk_fact_cell_finish (self);
  menu = DK_ANSWER_MENU (dk_answer_menu_new ());
  switch (symbol->kind)
    {
    case DK_KIND_NUMBER:
      dk_answer_menu_add (menu, "number", _("A number"), _("Sums such as 1200+350 will do"));
      dk_answer_menu_add (menu, "range", _("A range"), _("Such as 15-20, or about 18"));
      break;
    case DK_KIND_DATE:
      dk_answer_menu_add (menu, "calendar", _("Pick in the calendar"), NULL);
      dk_answer_menu_add (menu, "range", _("A range"), _("Such as 2026-03, or 2026-03 .. 2026-05"));
      break;
    case DK_KIND_CODE:
      dk_answer_menu_add (menu, "table", _("Search the table"), _("The first characters will do, too"));
      break;
    case DK_KIND_TRUTH:
    case DK_KIND_CHOICE:
    case DK_KIND_TEXT:
    default:
      break;
    }
  if (symbol->kind == DK_KIND_NUMBER || symbol->kind == DK_KIND_DATE || symbol->kind == DK_KIND_CODE)
    dk_answer_menu_add_separator (menu);
  if (may_be_none)
    dk_answer_menu_add (menu, "none", C_("answer", "None"), symbol->kind == DK_KIND_NUMBER ? _("Certainly none, counted as 0") : NULL);
  dk_answer_menu_add (menu, "unknown", _("Not known yet"), _("Not taken as none; results stay a range"));
  add_same (self, menu);
  if (self->known.state != DK_ANSWER_NONE)
    {
      dk_answer_menu_add_separator (menu);
      dk_answer_menu_add (menu, "clear", symbol->derive != NULL ? _("Compute it again") : _("Take the answer away"), NULL);
    }
  if (dk_sources_popover_takes (self->session, symbol))
    {
      g_autofree char *names = dk_sources_dup_names (self->session, symbol, self->period);

      dk_answer_menu_add_separator (menu);
      dk_answer_menu_add (menu, "sources", _("Figures of other sources"), names != NULL ? names : _("Audit report, tax return and others, to compare"));
    }
  g_signal_connect_swapped (menu, "chosen", G_CALLBACK (on_chosen_cb), self);
  gtk_widget_set_halign (GTK_WIDGET (menu), GTK_ALIGN_END);
  take_popover (self, GTK_WIDGET (menu));
}
