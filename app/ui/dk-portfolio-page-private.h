/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the list of enterprises, shared by its modules. */
#pragma once

#include "dk-portfolio-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _DkPortfolioPage
{
  GtkWidget           parent_instance;
  GtkColumnView      *view;
  GtkWidget          *search;
  GtkWidget          *pills[DK_N_FILTERS];
  GtkWidget          *pill_box;
  GtkWidget          *legend;
  GtkWidget          *hint;
  GtkWidget          *progress;
  GtkStack           *stack;
  GtkStack           *foot;          /* the legend, or what can be done with those that are marked */
  GtkWidget          *marks_label;
  GtkWidget          *mark_all_button;
  GtkWidget          *popover;
  GMenuModel         *row_menu;
  GtkColumnViewColumn *step_column;
  GtkColumnViewColumn *modified_column;
  GPtrArray          *pack_columns;  /* GtkColumnViewColumn *, borrowed */
  GPtrArray          *packs;         /* DkPack *, borrowed: of which they are */
  DkWorkspace        *workspace;
  GtkCustomFilter    *filter;
  GtkFilterListModel *filtered;
  GtkSortListModel   *sorted;
  GtkSingleSelection *selection;
  GHashTable         *marked;        /* ids (gint64 *) of enterprises */
  GHashTable         *mark_checks;   /* GtkCheckButton *, borrowed: of the rows that are there */
  DkPortfolioFilter   wanted;
  char               *words;         /* what is searched for, folded */
  char               *language;
  char               *subtitle;
  guint               update_id;
  guint               columns_id;
  int                 last_width;
};

/* Width of the column of check marks. */
#define DK_MARK_WIDTH 40

void      dk_portfolio_page_queue_update (DkPortfolioPage *self);
DkClient *dk_portfolio_page_get_selected (DkPortfolioPage *self);
/* Actions of the page. */
void      dk_portfolio_page_on_rename_cb  (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_delete_cb  (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_extract_cb (GtkWidget *widget, const char *action, GVariant *parameter);

/* Marks, in dk-portfolio-marks.c. */
void      dk_portfolio_page_add_mark_column (DkPortfolioPage *self);
void      dk_portfolio_page_let_mark     (GtkWidget *cell, GtkListItem *item); /* by a click with Control or Shift */
void      dk_portfolio_page_update_marks (DkPortfolioPage *self);
void      dk_portfolio_page_prune_marks  (DkPortfolioPage *self);
gboolean  dk_portfolio_page_on_key_cb    (DkPortfolioPage *self, guint keyval, guint keycode, GdkModifierType state);
void      dk_portfolio_page_on_mark_cb       (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_mark_all_cb   (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_unmark_all_cb (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_export_cb     (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_export_row_cb (GtkWidget *widget, const char *action, GVariant *parameter);

G_END_DECLS
