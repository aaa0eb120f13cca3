/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All enterprises of the workspace, and how each stands. */
#pragma once

#include "dk-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "title", "subtitle" (strings). */
#define DK_TYPE_PORTFOLIO_PAGE (dk_portfolio_page_get_type ())
G_DECLARE_FINAL_TYPE (DkPortfolioPage, dk_portfolio_page, DK, PORTFOLIO_PAGE, GtkWidget)

typedef enum { DK_FILTER_ALL, DK_FILTER_MET, DK_FILTER_OPEN, DK_FILTER_NOT_MET, DK_N_FILTERS } DkPortfolioFilter;

GtkWidget  *dk_portfolio_page_new         (DkWorkspace *workspace);
void        dk_portfolio_page_set_search  (DkPortfolioPage *self, const char *text);
void        dk_portfolio_page_set_filter  (DkPortfolioPage *self, DkPortfolioFilter filter);
/* Marks an enterprise, or takes the mark away: portfolio.export exports all that are marked. */
void        dk_portfolio_page_set_marked  (DkPortfolioPage *self, gint64 id, gboolean is_marked);
/* The ids (gint64) of those that are marked, also if they are not listed now. (transfer full) */
GArray     *dk_portfolio_page_list_marked (DkPortfolioPage *self);
/* What is listed now, in order: DkClient. (transfer none) */
GListModel *dk_portfolio_page_get_listed  (DkPortfolioPage *self);

G_END_DECLS
