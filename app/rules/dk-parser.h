/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the parser: dk-expr.c reads operators, dk-parser-forms.c what stands in brackets, and dk-parser.c has what
 * both build on. Every function that returns a node returns %NULL once a problem is reported. */
#pragma once

#include "dk-expr.h"
#include "dk-lexer.h"

G_BEGIN_DECLS

typedef struct
{
  const char   *text;
  const DkNode *scalar;
  DkArena      *arena;
  DkProblems   *problems;
  GArray       *tokens;
  DkPlace       last_place;  /* in the text, of last_offset; line 0 before the first */
  gsize         last_offset;
  guint         at;      /* the token to read next */
  guint         depth;   /* of the recursion */
  guint         n_nodes;
  gboolean      failed;  /* one problem is reported; the rest would follow from it */
} DkParser;

DkPlace        dk_parser_get_place      (DkParser *self, gsize offset);
void           dk_parser_set_place      (DkParser *self, DkExpr *node, gsize offset);
gpointer       dk_parser_report         (DkParser *self, gsize offset, const char *format, ...) G_GNUC_PRINTF (3, 4);
gpointer       dk_parser_report_missing (DkParser *self, const char *wanted);
char          *dk_parser_dup_shown      (const DkParser *self, const DkToken *token);

const DkToken *dk_parser_peek           (const DkParser *self, guint ahead);
gboolean       dk_parser_next_is        (const DkParser *self, DkTokenKind kind);
const DkToken *dk_parser_take           (DkParser *self);
gboolean       dk_parser_accept         (DkParser *self, DkTokenKind kind);
gboolean       dk_parser_expect         (DkParser *self, DkTokenKind kind);
gboolean       dk_parser_get_comparison (DkTokenKind kind, DkComparison *comparison);

gboolean       dk_parser_enter          (DkParser *self);
void           dk_parser_leave          (DkParser *self);
DkExpr        *dk_parser_new_node       (DkParser *self, DkExprKind kind, gsize place_offset, gsize offset, gsize end);
DkExpr        *dk_parser_new_token_node (DkParser *self, DkExprKind kind, const DkToken *token);
gboolean       dk_parser_take_argument  (DkParser *self, DkExpr *node, DkExpr *child);
gboolean       dk_parser_take_row       (DkParser *self, DkExpr *node, DkComparison op, DkExpr *edge, DkExpr *result);

DkExpr        *dk_parser_read_expression (DkParser *self);
DkExpr        *dk_parser_read_sum       (DkParser *self);

DkExpr        *dk_parser_read_range     (DkParser *self);
DkExpr        *dk_parser_read_index     (DkParser *self, DkExpr *name);
DkExpr        *dk_parser_read_case      (DkParser *self);
DkExpr        *dk_parser_read_band      (DkParser *self);
DkExpr        *dk_parser_read_call      (DkParser *self);
gboolean       dk_parser_read_members   (DkParser *self, DkExpr *node);

G_END_DECLS
