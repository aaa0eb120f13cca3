/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result as a row of a programme: sign, title, figures. Shows, never computes; it is told again after each assessment. */
#pragma once

#include "dk-wording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  DK_ROW_CONDITION, /* sign, value and threshold, distance */
  DK_ROW_SCORE,     /* a bar and points */
  DK_ROW_WARNING,   /* amber, with what to do */
  DK_ROW_ASIDE,     /* for information: a value */
} DkRowKind;

#define DK_TYPE_CRITERION_ROW (dk_criterion_row_get_type ())
G_DECLARE_FINAL_TYPE (DkCriterionRow, dk_criterion_row, DK, CRITERION_ROW, GtkListBoxRow)

/* @depth: in the tree. @has_members: rows of its own below it, which a button shows and hides ("notify::is-open"). */
GtkWidget      *dk_criterion_row_new         (DkRowKind kind, const char *id, guint depth, gboolean has_members);
const char     *dk_criterion_row_get_id      (DkCriterionRow *self);
DkRowKind       dk_criterion_row_get_kind    (DkCriterionRow *self);
guint           dk_criterion_row_get_depth   (DkCriterionRow *self);
gboolean        dk_criterion_row_has_members (DkCriterionRow *self);
gboolean        dk_criterion_row_is_open     (DkCriterionRow *self);
void            dk_criterion_row_set_open    (DkCriterionRow *self, gboolean is_open);
/* @is_faint: what is no fault of the programme: a spare route, a score that is not asked for. */
void            dk_criterion_row_update      (DkCriterionRow *self, const DkWording *wording, const DkResult *result, gboolean is_faint);
/* Under a narrow page the figures stand below the title. */
void            dk_criterion_row_set_narrow  (DkCriterionRow *self, gboolean is_narrow);

G_END_DECLS
