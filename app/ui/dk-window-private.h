/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the window, shared by its modules. */
#pragma once

#include "dk-window.h"

#include "dk-day-button.h"
#include "dk-sidebar.h"
#include "dk-workspace-line.h"

G_BEGIN_DECLS

struct _DkWindow
{
  AdwApplicationWindow  parent_instance;
  AdwToastOverlay      *toasts;
  AdwLeaflet           *leaflet;
  GtkWidget            *side_pane;
  GtkWidget            *separator;
  GtkWidget            *main_pane;
  GtkWidget            *header;
  DkSidebar            *sidebar;
  DkDayButton          *day_button;
  GtkWidget            *back_button;
  GtkWidget            *new_button;
  GtkWidget            *new_label;
  GtkWidget            *open_button;
  GtkWidget            *undo_button;
  GtkWidget            *export_button;
  GtkWidget            *export_label;
  GtkWidget            *menu_button;
  DkWorkspaceLine      *line;
  AdwBin               *content;
  AdwStatusPage        *problem_page;
  GtkLabel             *problem_details;
  GtkWidget            *problem_buttons;
  GtkWidget            *loading_page;
  DkWorkspace          *workspace;
  DkSession            *session;
  GtkWidget            *page;        /* borrowed: what is in @content, if it is a page */
  char                 *place;       /* the action that shows it, with its target */
  int                   last_width;
};

/* @action: a detailed name, "win.show-topic::money". */
void dk_window_toast_with_button (DkWindow *self, const char *text, const char *button, const char *action);
/* Actions: @data is the window. */
void dk_window_on_undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data);
void dk_window_on_redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data);
void dk_window_on_toast_undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data); /* s: what can be undone */
void dk_window_on_snapshot_cb (GSimpleAction *action, GVariant *parameter, gpointer data);
/* The enterprise that is open; in the list of all, those that are marked. */
void dk_window_on_export_cb (GSimpleAction *action, GVariant *parameter, gpointer data);
/* The parameter: ids (ax). */
void dk_window_on_export_enterprises_cb (GSimpleAction *action, GVariant *parameter, gpointer data);

G_END_DECLS
