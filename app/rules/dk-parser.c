/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-parser"

#include "dk-parser.h"

#include <string.h>

/* How much of the text a message shows. */
#define MAX_SHOWN_CHARACTERS 40

/* A node, and how deep the tree below it is: what walks a tree later may recurse without a guard of its own. */
typedef struct
{
  DkExpr expr;
  guint  depth;
} Node;

/* Where byte @offset is: in its file, or in the text itself when there is no scalar. Within the text the way goes on from
 * where it was asked for last, since nodes come mostly in order. */
DkPlace
dk_parser_get_place (DkParser *self,
                     gsize     offset)
{
  if (self->scalar != NULL)
    return dk_node_place_at (self->scalar, offset);
  if (self->last_place.line == 0 || offset < self->last_offset)
    {
      self->last_place = (DkPlace) { NULL, 1, 1 };
      self->last_offset = 0;
    }
  while (self->last_offset < offset)
    {
      const char *at = self->text + self->last_offset;

      self->last_place.column++;
      if (*at == '\n')
        self->last_place = (DkPlace) { NULL, self->last_place.line + 1, 1 };
      self->last_offset += (gsize) (g_utf8_next_char (at) - at);
    }
  return self->last_place;
}

/* Sets where a node stands: of a scalar it is worked out when somebody asks, which is hardly ever. */
void
dk_parser_set_place (DkParser *self,
                     DkExpr   *node,
                     gsize     offset)
{
  node->scalar = self->scalar;
  node->at = offset;
  if (self->scalar == NULL)
    node->place = dk_parser_get_place (self, offset);
}

/**
 * dk_expr_get_place:
 * @expr: a node
 *
 * Returns: where the node stands in its file: its operator, or its first character
 */
DkPlace
dk_expr_get_place (const DkExpr *expr)
{
  return expr->scalar != NULL ? dk_node_place_at (expr->scalar, expr->at) : expr->place;
}

/* Reports the first problem and no other one. Returns NULL, so that a caller can give up in one line. */
gpointer
dk_parser_report (DkParser   *self,
                  gsize       offset,
                  const char *format,
                  ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (self->failed)
    return NULL;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dk_problems_add (self->problems, dk_parser_get_place (self, offset), "%s", message);
  self->failed = TRUE;
  return NULL;
}

/* The token @ahead of the next one; the last token stands for all behind it. */
const DkToken *
dk_parser_peek (const DkParser *self,
                guint           ahead)
{
  return &g_array_index (self->tokens, DkToken, MIN (self->at + ahead, self->tokens->len - 1));
}

gboolean
dk_parser_next_is (const DkParser *self,
                   DkTokenKind     kind)
{
  return dk_parser_peek (self, 0)->kind == kind;
}

const DkToken *
dk_parser_take (DkParser *self)
{
  const DkToken *token = dk_parser_peek (self, 0);

  if (self->at < self->tokens->len - 1)
    self->at++;
  return token;
}

gboolean
dk_parser_accept (DkParser   *self,
                  DkTokenKind kind)
{
  if (!dk_parser_next_is (self, kind))
    return FALSE;
  dk_parser_take (self);
  return TRUE;
}

/* A token as a message shows it: as it was written. */
char *
dk_parser_dup_shown (const DkParser *self,
                     const DkToken  *token)
{
  g_autofree char *slice = g_strndup (self->text + token->offset, token->end - token->offset);
  g_autofree char *start = NULL;

  if (g_utf8_strlen (slice, -1) <= MAX_SHOWN_CHARACTERS)
    return g_steal_pointer (&slice);
  start = g_utf8_substring (slice, 0, MAX_SHOWN_CHARACTERS);
  return g_strconcat (start, "…", NULL);
}

/* Reports that @wanted (already quoted, if it is a word) should stand where the next token is. */
gpointer
dk_parser_report_missing (DkParser   *self,
                          const char *wanted)
{
  const DkToken *token = dk_parser_peek (self, 0);
  g_autofree char *shown = NULL;

  if (token->kind == DK_TOKEN_ERROR)
    return dk_parser_report (self, token->offset, "%s", token->text);
  if (token->kind == DK_TOKEN_END)
    return dk_parser_report (self, token->offset, "%s is missing", wanted);
  shown = dk_parser_dup_shown (self, token);
  return dk_parser_report (self, token->offset, "%s is missing before \"%s\"", wanted, shown);
}

gboolean
dk_parser_expect (DkParser   *self,
                  DkTokenKind kind)
{
  g_autofree char *wanted = NULL;

  if (dk_parser_accept (self, kind))
    return TRUE;
  wanted = g_strdup_printf ("\"%s\"", dk_token_kind_to_string (kind));
  dk_parser_report_missing (self, wanted);
  return FALSE;
}

/* Every way that the parser calls itself again goes through here: deep text is an error, never a crash. */
gboolean
dk_parser_enter (DkParser *self)
{
  if (self->depth >= DK_EXPR_MAX_DEPTH)
    {
      dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                        "the expression is nested too deep: at most %d levels are read; give its parts names",
                        DK_EXPR_MAX_DEPTH);
      return FALSE;
    }
  self->depth++;
  return TRUE;
}

void
dk_parser_leave (DkParser *self)
{
  self->depth--;
}

/* A node whose place is byte @place_offset; it covers the text from @offset on. */
DkExpr *
dk_parser_new_node (DkParser  *self,
                    DkExprKind kind,
                    gsize      place_offset,
                    gsize      offset,
                    gsize      end)
{
  Node *node;

  if (self->n_nodes >= DK_EXPR_MAX_NODES)
    return dk_parser_report (self, place_offset,
                             "the expression is too long: at most %d parts are read", DK_EXPR_MAX_NODES);
  self->n_nodes++;

  node = g_new0 (Node, 1);
  node->depth = 1;
  node->expr.kind = kind;
  dk_parser_set_place (self, &node->expr, place_offset);
  node->expr.offset = offset;
  node->expr.end = end;
  node->expr.value = DK_ZERO;
  return &node->expr;
}

DkExpr *
dk_parser_new_token_node (DkParser      *self,
                          DkExprKind     kind,
                          const DkToken *token)
{
  DkExpr *node = dk_parser_new_node (self, kind, token->offset, token->offset, token->end);

  if (node == NULL)
    return NULL;
  node->text = g_strdup (token->text);
  node->value = token->value;
  node->unit = token->unit;
  node->has_unit = token->has_unit;
  return node;
}

/* Counts a child that @node owns by now. */
static gboolean
grow_above (DkParser     *self,
            DkExpr       *node,
            const DkExpr *child)
{
  Node *above = (Node *) node;

  if (child == NULL)
    return TRUE;
  above->depth = MAX (above->depth, ((const Node *) child)->depth + 1);
  node->end = MAX (node->end, child->end);
  if (above->depth <= DK_EXPR_MAX_DEPTH)
    return TRUE;
  dk_parser_report (self, node->offset,
                    "the expression is nested too deep: at most %d levels are read; give its parts names",
                    DK_EXPR_MAX_DEPTH);
  return FALSE;
}

/* Takes @child, %NULL too, as the next argument. */
gboolean
dk_parser_take_argument (DkParser *self,
                         DkExpr   *node,
                         DkExpr   *child)
{
  node->args = g_renew (DkExpr *, node->args, node->n_args + 1);
  node->args[node->n_args++] = child;
  return grow_above (self, node, child);
}

gboolean
dk_parser_take_row (DkParser    *self,
                    DkExpr      *node,
                    DkComparison op,
                    DkExpr      *edge,
                    DkExpr      *result)
{
  node->rows = g_renew (DkBandRow, node->rows, node->n_rows + 1);
  node->rows[node->n_rows++] = (DkBandRow) { op, edge, result };
  return grow_above (self, node, edge) && grow_above (self, node, result);
}

gboolean
dk_parser_get_comparison (DkTokenKind   kind,
                          DkComparison *comparison)
{
  switch (kind)
    {
    case DK_TOKEN_LT:
      *comparison = DK_LT;
      return TRUE;
    case DK_TOKEN_LE:
      *comparison = DK_LE;
      return TRUE;
    case DK_TOKEN_GT:
      *comparison = DK_GT;
      return TRUE;
    case DK_TOKEN_GE:
      *comparison = DK_GE;
      return TRUE;
    case DK_TOKEN_EQ:
      *comparison = DK_EQ;
      return TRUE;
    case DK_TOKEN_NE:
      *comparison = DK_NE;
      return TRUE;
    default:
      return FALSE;
    }
}

void
dk_expr_free (DkExpr *expr)
{
  if (expr == NULL)
    return;
  for (guint i = 0; i < expr->n_args; i++)
    dk_expr_free (expr->args[i]);
  for (guint i = 0; i < expr->n_rows; i++)
    {
      dk_expr_free (expr->rows[i].edge);
      dk_expr_free (expr->rows[i].result);
    }
  g_free (expr->args);
  g_free (expr->rows);
  g_free (expr->text);
  g_free (expr->name);
  g_free (expr->alias);
  g_free (expr->regs);
  g_free (expr->slots);
  g_free (expr->instances);
  g_free (expr);
}
