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
  DkPortfolioFilter   wanted;
  char               *words;         /* what is searched for, folded */
  char               *language;
  char               *subtitle;
  guint               update_id;
  guint               columns_id;
  int                 last_width;
};

void      dk_portfolio_page_queue_update (DkPortfolioPage *self);
DkClient *dk_portfolio_page_get_selected (DkPortfolioPage *self);
/* Actions of the page. */
void      dk_portfolio_page_on_rename_cb  (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_delete_cb  (GtkWidget *widget, const char *action, GVariant *parameter);
void      dk_portfolio_page_on_extract_cb (GtkWidget *widget, const char *action, GVariant *parameter);

G_END_DECLS
