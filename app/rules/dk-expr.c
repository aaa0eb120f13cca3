/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-expr"

#include "dk-expr.h"

#include "dk-parser.h"

#include <string.h>

#define MAX_EXPONENT 64

static DkExpr *parse_unary (DkParser *self);

static DkExpr *
new_binary (DkParser      *self,
            DkExprKind     kind,
            const DkToken *op,
            DkExpr        *left,
            DkExpr        *right)
{
  g_autoptr(DkExpr) owned_left = left;
  g_autoptr(DkExpr) owned_right = right;
  g_autoptr(DkExpr) node = dk_parser_new_node (self, kind, op->offset, left != NULL ? left->offset : op->offset, op->end);

  if (node == NULL
      || !dk_parser_take_argument (self, node, g_steal_pointer (&owned_left))
      || !dk_parser_take_argument (self, node, g_steal_pointer (&owned_right)))
    return NULL;
  return g_steal_pointer (&node);
}

/* if c then a else b: the else reaches as far as it can. */
static DkExpr *
parse_if (DkParser *self)
{
  const DkToken *word = dk_parser_take (self);
  g_autoptr(DkExpr) node = dk_parser_new_node (self, DK_EXPR_IF, word->offset, word->offset, word->end);
  DkExpr *part;

  if (node == NULL)
    return NULL;
  part = dk_parser_read_expression (self);
  if (part == NULL || !dk_parser_take_argument (self, node, part) || !dk_parser_expect (self, DK_TOKEN_THEN))
    return NULL;
  part = dk_parser_read_expression (self);
  if (part == NULL || !dk_parser_take_argument (self, node, part) || !dk_parser_expect (self, DK_TOKEN_ELSE))
    return NULL;
  part = dk_parser_read_expression (self);
  if (part == NULL || !dk_parser_take_argument (self, node, part))
    return NULL;
  return g_steal_pointer (&node);
}

static DkExpr *
parse_parentheses (DkParser *self)
{
  const DkToken *open = dk_parser_take (self);
  g_autoptr(DkExpr) inner = dk_parser_read_expression (self);

  if (inner == NULL)
    return NULL;
  if (dk_parser_next_is (self, DK_TOKEN_COMMA))
    return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                             "a list can stand only behind in, except or a function");
  inner->offset = open->offset;
  inner->end = dk_parser_peek (self, 0)->end;
  return dk_parser_expect (self, DK_TOKEN_CLOSE) ? g_steal_pointer (&inner) : NULL;
}

static gpointer
report_no_value (DkParser *self)
{
  const DkToken *token = dk_parser_peek (self, 0);
  g_autofree char *shown = dk_parser_dup_shown (self, token);
  DkComparison comparison;

  if (token->kind == DK_TOKEN_ERROR)
    return dk_parser_report (self, token->offset, "%s", token->text);
  if (token->kind == DK_TOKEN_END)
    return dk_parser_report (self, token->offset, "%s",
                             self->at == 0 ? "the expression is empty" : "expected a value, found nothing");
  if (token->kind == DK_TOKEN_NOT)
    return dk_parser_report (self, token->offset, "expected a value, found \"not\"; put the negation in parentheses");
  if (dk_parser_get_comparison (token->kind, &comparison))
    return dk_parser_report (self, token->offset,
                             "expected a value, found \"%s\"; only a whole rule can begin with a comparison", shown);
  return dk_parser_report (self, token->offset, "expected a value, found \"%s\"", shown);
}

static DkExpr *
parse_primary (DkParser *self)
{
  const DkToken *token = dk_parser_peek (self, 0);

  switch (token->kind)
    {
    case DK_TOKEN_NUMBER:
      if (dk_parser_peek (self, 1)->kind == DK_TOKEN_DOTS)
        return dk_parser_read_range (self);
      return dk_parser_new_token_node (self, DK_EXPR_NUMBER, dk_parser_take (self));
    case DK_TOKEN_DATE:
      return dk_parser_new_token_node (self, DK_EXPR_DATE, dk_parser_take (self));
    case DK_TOKEN_STRING:
      return dk_parser_new_token_node (self, DK_EXPR_STRING, dk_parser_take (self));
    case DK_TOKEN_NAME:
      if (dk_parser_peek (self, 1)->kind == DK_TOKEN_OPEN)
        return dk_parser_read_call (self);
      else
        {
          DkExpr *name = dk_parser_new_token_node (self, DK_EXPR_NAME, dk_parser_take (self));

          if (name == NULL || !dk_parser_next_is (self, DK_TOKEN_OPEN_YEARS))
            return name;
          return dk_parser_read_index (self, name);
        }
    case DK_TOKEN_OPEN:
      return parse_parentheses (self);
    case DK_TOKEN_IF:
      return parse_if (self);
    case DK_TOKEN_CASE:
      return dk_parser_read_case (self);
    case DK_TOKEN_BAND:
      return dk_parser_read_band (self);
    default:
      return report_no_value (self);
    }
}

/* A parameter on another day: its day binds closer than any operator. */
static DkExpr *
parse_at (DkParser *self)
{
  g_autoptr(DkExpr) value = parse_primary (self);

  while (value != NULL && dk_parser_next_is (self, DK_TOKEN_AT))
    {
      const DkToken *word = dk_parser_take (self);
      DkExpr *day;

      if (value->kind != DK_EXPR_NAME)
        return dk_parser_report (self, word->offset, "only a parameter can be read on another day: name at date");
      day = parse_primary (self);
      if (day == NULL)
        return NULL;
      value = new_binary (self, DK_EXPR_AT, word, g_steal_pointer (&value), day);
    }
  return g_steal_pointer (&value);
}

static DkExpr *
parse_minus (DkParser *self)
{
  const DkToken *sign = dk_parser_peek (self, 0);
  g_autoptr(DkExpr) node = NULL;
  DkExpr *operand;

  if (dk_parser_peek (self, 1)->kind == DK_TOKEN_NUMBER && dk_parser_peek (self, 2)->kind == DK_TOKEN_DOTS)
    return dk_parser_read_range (self);
  dk_parser_take (self);
  node = dk_parser_new_node (self, DK_EXPR_NEGATE, sign->offset, sign->offset, sign->end);
  if (node == NULL || !dk_parser_enter (self))
    return NULL;
  operand = parse_unary (self);
  dk_parser_leave (self);
  if (operand == NULL || !dk_parser_take_argument (self, node, operand))
    return NULL;
  return g_steal_pointer (&node);
}

static DkExpr *
parse_unary (DkParser *self)
{
  return dk_parser_next_is (self, DK_TOKEN_MINUS) ? parse_minus (self) : parse_at (self);
}

/* x ^ 3. People and spreadsheets disagree on -x^2, so it must say what it means. */
static DkExpr *
parse_power (DkParser *self)
{
  const DkToken *first = dk_parser_peek (self, 0);
  g_autoptr(DkExpr) base = parse_unary (self);
  const DkToken *op = dk_parser_peek (self, 0);
  const DkToken *number;
  gint64 exponent;
  DkExpr *right;

  if (base == NULL || !dk_parser_accept (self, DK_TOKEN_POWER))
    return g_steal_pointer (&base);
  if (first->kind == DK_TOKEN_MINUS)
    return dk_parser_report (self, first->offset,
                             "write (-x)^2 or -(x^2): a sign before a power can be read both ways");

  number = dk_parser_peek (self, 0);
  if (number->kind == DK_TOKEN_ERROR)
    return dk_parser_report_missing (self, "a power");
  if (number->kind != DK_TOKEN_NUMBER || number->has_unit || !dk_number_to_int64 (number->value, &exponent)
      || exponent > MAX_EXPONENT || dk_parser_peek (self, 1)->kind == DK_TOKEN_DOTS)
    return dk_parser_report (self, number->offset,
                             "a power is a whole number from 0 to %d, written out", MAX_EXPONENT);
  dk_parser_take (self);
  if (dk_parser_next_is (self, DK_TOKEN_POWER))
    return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                             "write (x^2)^3 or x^6: a power of a power can be read both ways");
  right = dk_parser_new_token_node (self, DK_EXPR_NUMBER, number);
  if (right == NULL)
    return NULL;
  return new_binary (self, DK_EXPR_POWER, op, g_steal_pointer (&base), right);
}

static DkExpr *
parse_product (DkParser *self)
{
  g_autoptr(DkExpr) left = parse_power (self);

  while (left != NULL && (dk_parser_next_is (self, DK_TOKEN_TIMES) || dk_parser_next_is (self, DK_TOKEN_DIVIDE)))
    {
      const DkToken *op = dk_parser_take (self);
      DkExpr *right = parse_power (self);

      if (right == NULL)
        return NULL;
      left = new_binary (self, op->kind == DK_TOKEN_TIMES ? DK_EXPR_MUL : DK_EXPR_DIV, op,
                         g_steal_pointer (&left), right);
    }
  return g_steal_pointer (&left);
}

DkExpr *
dk_parser_read_sum (DkParser *self)
{
  g_autoptr(DkExpr) left = parse_product (self);

  while (left != NULL && (dk_parser_next_is (self, DK_TOKEN_PLUS) || dk_parser_next_is (self, DK_TOKEN_MINUS)))
    {
      const DkToken *op = dk_parser_take (self);
      DkExpr *right = parse_product (self);

      if (right == NULL)
        return NULL;
      left = new_binary (self, op->kind == DK_TOKEN_PLUS ? DK_EXPR_ADD : DK_EXPR_SUB, op,
                         g_steal_pointer (&left), right);
    }
  return g_steal_pointer (&left);
}

/* x [not] in (…) [except (…)] */
static DkExpr *
parse_in (DkParser *self,
          DkExpr   *left)
{
  g_autoptr(DkExpr) owned_left = left;
  const DkToken *first = dk_parser_peek (self, 0);
  g_autoptr(DkExpr) node = dk_parser_new_node (self, DK_EXPR_IN, first->offset, left->offset, first->end);

  if (node == NULL)
    return NULL;
  node->negated = dk_parser_accept (self, DK_TOKEN_NOT);
  dk_parser_take (self); /* in */
  if (!dk_parser_take_argument (self, node, g_steal_pointer (&owned_left)) || !dk_parser_read_members (self, node))
    return NULL;
  node->n_positive = node->n_args - 1;
  if (dk_parser_accept (self, DK_TOKEN_EXCEPT) && !dk_parser_read_members (self, node))
    return NULL;
  return g_steal_pointer (&node);
}

static gboolean
next_is_in (const DkParser *self)
{
  return dk_parser_next_is (self, DK_TOKEN_IN)
         || (dk_parser_next_is (self, DK_TOKEN_NOT) && dk_parser_peek (self, 1)->kind == DK_TOKEN_IN);
}

static DkExpr *
parse_comparison (DkParser *self)
{
  g_autoptr(DkExpr) left = NULL;
  const DkToken *op;
  DkComparison comparison;

  /* ">= 60" judges the rule's own value: only the first token can do that. */
  if (self->at != 0 || !dk_parser_get_comparison (dk_parser_peek (self, 0)->kind, &comparison))
    {
      left = dk_parser_read_sum (self);
      if (left == NULL)
        return NULL;
    }

  op = dk_parser_peek (self, 0);
  if (dk_parser_get_comparison (op->kind, &comparison))
    {
      DkExpr *right;

      dk_parser_take (self);
      right = dk_parser_read_sum (self);
      if (right == NULL)
        return NULL;
      left = new_binary (self, DK_EXPR_COMPARE, op, g_steal_pointer (&left), right);
      if (left == NULL)
        return NULL;
      left->comparison = comparison;
    }
  else if (next_is_in (self))
    {
      left = parse_in (self, g_steal_pointer (&left));
      if (left == NULL)
        return NULL;
    }
  else
    return g_steal_pointer (&left);

  if (dk_parser_get_comparison (dk_parser_peek (self, 0)->kind, &comparison) || next_is_in (self))
    return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                             "comparisons do not chain; write a < b and b < c");
  return g_steal_pointer (&left);
}

static DkExpr *
parse_not (DkParser *self)
{
  const DkToken *word = dk_parser_peek (self, 0);
  g_autoptr(DkExpr) node = NULL;
  DkExpr *operand;

  if (!dk_parser_accept (self, DK_TOKEN_NOT))
    return parse_comparison (self);
  node = dk_parser_new_node (self, DK_EXPR_NOT, word->offset, word->offset, word->end);
  if (node == NULL || !dk_parser_enter (self))
    return NULL;
  operand = parse_not (self);
  dk_parser_leave (self);
  if (operand == NULL || !dk_parser_take_argument (self, node, operand))
    return NULL;
  return g_steal_pointer (&node);
}

/* a and b and c is one node, as people read it. */
static DkExpr *
parse_chain (DkParser    *self,
             DkExprKind   kind,
             DkTokenKind  word,
             DkExpr      *(*parse_operand) (DkParser *self))
{
  g_autoptr(DkExpr) first = parse_operand (self);
  g_autoptr(DkExpr) node = NULL;

  if (first == NULL || !dk_parser_next_is (self, word))
    return g_steal_pointer (&first);
  node = dk_parser_new_node (self, kind, dk_parser_peek (self, 0)->offset, first->offset, first->end);
  if (node == NULL || !dk_parser_take_argument (self, node, g_steal_pointer (&first)))
    return NULL;
  while (dk_parser_accept (self, word))
    {
      DkExpr *operand = parse_operand (self);

      if (operand == NULL || !dk_parser_take_argument (self, node, operand))
        return NULL;
    }
  return g_steal_pointer (&node);
}

static DkExpr *
parse_and (DkParser *self)
{
  return parse_chain (self, DK_EXPR_AND, DK_TOKEN_AND, parse_not);
}

DkExpr *
dk_parser_read_expression (DkParser *self)
{
  DkExpr *expr;

  if (!dk_parser_enter (self))
    return NULL;
  expr = parse_chain (self, DK_EXPR_OR, DK_TOKEN_OR, parse_and);
  dk_parser_leave (self);
  return expr;
}

/* Says why the text goes on where an expression was complete. */
static void
report_rest (DkParser *self)
{
  const DkToken *token = dk_parser_peek (self, 0);
  g_autofree char *shown = dk_parser_dup_shown (self, token);
  g_autofree char *small = g_ascii_strdown (shown, -1);

  switch (token->kind)
    {
    case DK_TOKEN_ERROR:
      dk_parser_report (self, token->offset, "%s", token->text);
      break;
    case DK_TOKEN_CLOSE:
      dk_parser_report (self, token->offset, "\")\" closes no \"(\"");
      break;
    case DK_TOKEN_CLOSE_YEARS:
      dk_parser_report (self, token->offset, "\"]\" closes no \"[\"");
      break;
    case DK_TOKEN_OPEN_YEARS:
      dk_parser_report (self, token->offset, "only a name can have a year in brackets");
      break;
    case DK_TOKEN_DOTS:
      dk_parser_report (self, token->offset, "a range has two written numbers: 25..30");
      break;
    case DK_TOKEN_NAME:
      if (strcmp (small, "and") == 0 || strcmp (small, "or") == 0 || strcmp (small, "in") == 0
          || strcmp (small, "not") == 0 || strcmp (small, "at") == 0)
        dk_parser_report (self, token->offset, "expected an operator, found \"%s\"; did you mean %s?", shown, small);
      else
        dk_parser_report (self, token->offset, "expected an operator, found \"%s\"", shown);
      break;
    default:
      dk_parser_report (self, token->offset, "expected an operator, found \"%s\"", shown);
    }
}

/**
 * dk_expr_parse:
 * @text: the expression
 * @scalar: (nullable): the node of a file that @text is the text of
 * @arena: owns the numbers that do not fit a word; must outlive the expression
 * @problems: gets the first problem, at its place in the file
 *
 * Reads an expression of the language of packs. Knows no names: whether one exists and what units fit is the
 * compiler's matter. A tree is never deeper than %DK_EXPR_MAX_DEPTH.
 *
 * Returns: (transfer full) (nullable): the tree, %NULL on error
 */
DkExpr *
dk_expr_parse (const char   *text,
               const DkNode *scalar,
               DkArena      *arena,
               DkProblems   *problems)
{
  DkParser self = { .text = text, .scalar = scalar, .arena = arena, .problems = problems };
  gsize length = strlen (text);
  g_autoptr(GArray) tokens = NULL;
  g_autoptr(DkExpr) expr = NULL;
  const char *invalid;

  if (length > DK_EXPR_MAX_BYTES)
    return dk_parser_report (&self, 0, "the expression is too long: at most %d bytes are read", DK_EXPR_MAX_BYTES);
  if (!g_utf8_validate_len (text, length, &invalid))
    return dk_parser_report (&self, 0,
                             "the expression is no valid UTF-8 from byte %u on", (guint) (invalid - text) + 1);

  self.tokens = tokens = dk_lexer_read (text, arena);
  expr = dk_parser_read_expression (&self);
  if (expr != NULL && !dk_parser_next_is (&self, DK_TOKEN_END))
    report_rest (&self);
  return self.failed ? NULL : g_steal_pointer (&expr);
}
