/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-parser-forms"

#include "dk-parser.h"

#include <string.h>

/* Years that an index may mean: counted from the last full year up to this distance, or of the calendar. */
#define MAX_RELATIVE_YEAR   100
#define FIRST_CALENDAR_YEAR 1900
#define LAST_CALENDAR_YEAR  2199
#define MAX_YEARS_OF_SERIES 100

/* One end of a range: a number, with a sign if it is below 0. */
static DkExpr *
parse_signed_number (DkParser   *self,
                     const char *wanted)
{
  const DkToken *first = dk_parser_peek (self, 0);
  gboolean is_negative = dk_parser_accept (self, DK_TOKEN_MINUS);
  const DkToken *number = dk_parser_peek (self, 0);
  DkExpr *node;

  if (number->kind != DK_TOKEN_NUMBER)
    return dk_parser_report_missing (self, wanted);
  dk_parser_take (self);
  node = dk_parser_new_token_node (self, DK_EXPR_NUMBER, number);
  if (node == NULL || !is_negative)
    return node;
  node->value = dk_number_negate (node->value, self->arena);
  node->offset = first->offset;
  dk_parser_set_place (self, node, first->offset);
  return node;
}

/* 25..30, -5%..5%, 25..30 points: the unit may be said once, where it does not change the figure. */
DkExpr *
dk_parser_read_range (DkParser *self)
{
  const DkToken *first = dk_parser_peek (self, 0);
  const DkToken *second;
  g_autoptr(DkExpr) low = parse_signed_number (self, "a number");
  g_autoptr(DkExpr) high = NULL;
  g_autoptr(DkExpr) range = NULL;

  if (low == NULL || !dk_parser_expect (self, DK_TOKEN_DOTS))
    return NULL;
  second = dk_parser_peek (self, dk_parser_next_is (self, DK_TOKEN_MINUS) ? 1 : 0);
  high = parse_signed_number (self, "the upper number of the range");
  if (high == NULL)
    return NULL;

  if (!low->has_unit && high->has_unit && (!second->is_scaled || dk_number_sign (low->value) == 0))
    {
      low->unit = high->unit;
      low->has_unit = TRUE;
    }
  if (low->has_unit != high->has_unit || low->unit != high->unit)
    return dk_parser_report (self, first->offset,
                             "the two ends of a range have different units; write 5%%..10%% or 25..30 points");
  if (dk_number_compare (low->value, high->value) > 0)
    return dk_parser_report (self, first->offset, "the range is empty: the lower number stands first");

  range = dk_parser_new_node (self, DK_EXPR_RANGE, low->offset, low->offset, high->end);
  if (range == NULL)
    return NULL;
  range->unit = high->unit;
  range->has_unit = high->has_unit;
  if (!dk_parser_take_argument (self, range, g_steal_pointer (&low))
      || !dk_parser_take_argument (self, range, g_steal_pointer (&high)))
    return NULL;
  return g_steal_pointer (&range);
}

/* A year in brackets. Calendar years are told from relative ones by their size. */
static gboolean
parse_year (DkParser *self,
            gint64   *year,
            gboolean *is_absolute)
{
  const DkToken *first = dk_parser_peek (self, 0);
  gboolean is_negative = dk_parser_accept (self, DK_TOKEN_MINUS);
  const DkToken *number = dk_parser_peek (self, 0);

  if (number->kind == DK_TOKEN_ERROR)
    {
      dk_parser_report_missing (self, "a year");
      return FALSE;
    }
  if (number->kind != DK_TOKEN_NUMBER || number->has_unit || !dk_number_to_int64 (number->value, year))
    {
      dk_parser_report (self, first->offset, "a year is a whole number: x[0], x[-1], x[-2..0] or x[2024]");
      return FALSE;
    }
  dk_parser_take (self);
  if (is_negative)
    *year = -*year;
  *is_absolute = *year >= FIRST_CALENDAR_YEAR;
  if (*year < -MAX_RELATIVE_YEAR || *year > LAST_CALENDAR_YEAR || (*year > MAX_RELATIVE_YEAR && !*is_absolute))
    {
      dk_parser_report (self, first->offset,
                        "%" G_GINT64_FORMAT " is no year: 0 is the last full year, -1 the one before, "
                        "2024 a year of the calendar", *year);
      return FALSE;
    }
  return TRUE;
}

/* Q1 or M12: a quarter or a month. */
static gboolean
parse_part_of_year (DkParser *self,
                    char     *letter,
                    int      *number)
{
  const DkToken *token = dk_parser_peek (self, 0);
  const char *text = token->kind == DK_TOKEN_NAME ? token->text : "";
  g_autofree char *shown = NULL;
  int limit = *text == 'Q' ? 4 : 12;

  if ((*text == 'Q' || *text == 'M') && strlen (text) <= 3 && text[1] != '\0'
      && strspn (text + 1, "0123456789") == strlen (text + 1))
    {
      *letter = *text;
      *number = (int) g_ascii_strtoll (text + 1, NULL, 10);
      dk_parser_take (self);
      if (*number >= 1 && *number <= limit && text[1] != '0')
        return TRUE;
      dk_parser_report (self, token->offset, "\"%s\" is no part of a year; there are Q1 to Q4 and M1 to M12", text);
      return FALSE;
    }
  if (token->kind == DK_TOKEN_ERROR || token->kind == DK_TOKEN_END)
    {
      dk_parser_report_missing (self, "\"]\"");
      return FALSE;
    }
  shown = dk_parser_dup_shown (self, token);
  dk_parser_report (self, token->offset, "expected Q1 to Q4, M1 to M12 or \"]\", found \"%s\"", shown);
  return FALSE;
}

/* x[-2..0], x[2024], x[0 Q1..Q4]. Takes @name. */
DkExpr *
dk_parser_read_index (DkParser *self,
                      DkExpr   *name)
{
  g_autoptr(DkExpr) owned_name = name;
  g_autoptr(DkExpr) node = dk_parser_new_node (self, DK_EXPR_INDEX, name->offset, name->offset, name->end);
  const DkToken *first;
  gboolean high_is_absolute;
  char high_sub;

  if (node == NULL
      || !dk_parser_take_argument (self, node, g_steal_pointer (&owned_name))
      || !dk_parser_expect (self, DK_TOKEN_OPEN_YEARS))
    return NULL;
  first = dk_parser_peek (self, 0);
  if (!parse_year (self, &node->low, &node->is_absolute))
    return NULL;
  node->high = node->low;

  if (dk_parser_accept (self, DK_TOKEN_DOTS))
    {
      if (!parse_year (self, &node->high, &high_is_absolute))
        return NULL;
      if (high_is_absolute != node->is_absolute)
        return dk_parser_report (self, first->offset, "a series has relative years or calendar years, not both");
      if (node->low > node->high)
        return dk_parser_report (self, first->offset, "the earlier year stands first: x[-2..0]");
      if (node->high - node->low >= MAX_YEARS_OF_SERIES)
        return dk_parser_report (self, first->offset, "a series has at most %d years", MAX_YEARS_OF_SERIES);
    }

  if (!dk_parser_next_is (self, DK_TOKEN_CLOSE_YEARS))
    {
      const DkToken *part = dk_parser_peek (self, 0);

      if (!parse_part_of_year (self, &node->sub, &node->sub_low))
        return NULL;
      if (node->low != node->high)
        return dk_parser_report (self, part->offset, "quarters and months are those of one year: x[0 Q1..Q4]");
      node->sub_high = node->sub_low;
      if (dk_parser_accept (self, DK_TOKEN_DOTS))
        {
          if (!parse_part_of_year (self, &high_sub, &node->sub_high))
            return NULL;
          if (high_sub != node->sub)
            return dk_parser_report (self, part->offset, "a series has quarters or months, not both");
          if (node->sub_low > node->sub_high)
            return dk_parser_report (self, part->offset, "the earlier part of the year stands first: x[0 Q1..Q4]");
        }
    }
  node->end = dk_parser_peek (self, 0)->end;
  if (!dk_parser_expect (self, DK_TOKEN_CLOSE_YEARS))
    return NULL;
  return g_steal_pointer (&node);
}

/* Ends a list in parentheses that began with @node. */
static gboolean
close_list (DkParser *self,
            DkExpr   *node)
{
  const DkToken *token = dk_parser_peek (self, 0);

  if (!dk_parser_accept (self, DK_TOKEN_CLOSE))
    {
      dk_parser_report_missing (self, token->kind == DK_TOKEN_END ? "\")\"" : "\",\" or \")\"");
      return FALSE;
    }
  node->end = token->end;
  return TRUE;
}

/* The else of a list: it is the last row. */
static DkExpr *
parse_else (DkParser *self)
{
  g_autoptr(DkExpr) value = NULL;

  if (!dk_parser_expect (self, DK_TOKEN_ELSE) || !dk_parser_expect (self, DK_TOKEN_COLON))
    return NULL;
  value = dk_parser_read_expression (self);
  if (value == NULL)
    return NULL;
  if (dk_parser_next_is (self, DK_TOKEN_COMMA))
    return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                             "nothing can stand behind else: it is the last row");
  return g_steal_pointer (&value);
}

/* case(c1: a, c2: b, else: d) */
DkExpr *
dk_parser_read_case (DkParser *self)
{
  const DkToken *word = dk_parser_take (self);
  g_autoptr(DkExpr) node = dk_parser_new_node (self, DK_EXPR_CASE, word->offset, word->offset, word->end);

  if (node == NULL || !dk_parser_expect (self, DK_TOKEN_OPEN))
    return NULL;
  while (!dk_parser_next_is (self, DK_TOKEN_ELSE))
    {
      DkExpr *part = dk_parser_read_expression (self);

      if (part == NULL || !dk_parser_take_argument (self, node, part) || !dk_parser_expect (self, DK_TOKEN_COLON))
        return NULL;
      part = dk_parser_read_expression (self);
      if (part == NULL || !dk_parser_take_argument (self, node, part))
        return NULL;
      if (dk_parser_next_is (self, DK_TOKEN_CLOSE))
        return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                                 "case has no else: say what holds otherwise, or \"else: undefined\"");
      if (!dk_parser_accept (self, DK_TOKEN_COMMA))
        return dk_parser_report_missing (self, "\",\"");
    }
  if (node->n_args == 0)
    return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                             "case needs a condition before else: case(c: a, else: b)");
  {
    DkExpr *otherwise = parse_else (self);

    if (otherwise == NULL || !dk_parser_take_argument (self, node, otherwise))
      return NULL;
  }
  return close_list (self, node) ? g_steal_pointer (&node) : NULL;
}

/* One row of a band, an edge and its result. */
static gboolean
parse_band_row (DkParser *self,
                DkExpr   *node)
{
  const DkToken *op = dk_parser_peek (self, 0);
  g_autoptr(DkExpr) edge = NULL;
  g_autoptr(DkExpr) result = NULL;
  DkComparison comparison;
  g_autofree char *shown = NULL;

  if (op->kind == DK_TOKEN_ERROR || op->kind == DK_TOKEN_END)
    {
      dk_parser_report_missing (self, "a row of the band");
      return FALSE;
    }
  if (!dk_parser_get_comparison (op->kind, &comparison) || comparison == DK_EQ || comparison == DK_NE)
    {
      shown = dk_parser_dup_shown (self, op);
      dk_parser_report (self, op->offset, "a row of a band begins with <, <=, >, >= or else, not with \"%s\"", shown);
      return FALSE;
    }
  dk_parser_take (self);
  edge = dk_parser_read_sum (self);
  if (edge == NULL || !dk_parser_expect (self, DK_TOKEN_COLON))
    return FALSE;
  result = dk_parser_read_expression (self);
  if (result == NULL)
    return FALSE;
  return dk_parser_take_row (self, node, comparison, g_steal_pointer (&edge), g_steal_pointer (&result));
}

/* band(x, >= 6%: 50, >= 5%: 40, else: 0) */
DkExpr *
dk_parser_read_band (DkParser *self)
{
  const DkToken *word = dk_parser_take (self);
  g_autoptr(DkExpr) node = dk_parser_new_node (self, DK_EXPR_BAND, word->offset, word->offset, word->end);
  DkExpr *value;

  if (node == NULL || !dk_parser_expect (self, DK_TOKEN_OPEN))
    return NULL;
  value = dk_parser_read_expression (self);
  if (value == NULL || !dk_parser_take_argument (self, node, value))
    return NULL;
  if (dk_parser_next_is (self, DK_TOKEN_CLOSE))
    return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                             "the band has no rows: band(x, >= 6%%: 50, else: 0)");
  if (!dk_parser_accept (self, DK_TOKEN_COMMA))
    return dk_parser_report_missing (self, "\",\"");
  do
    {
      if (!dk_parser_next_is (self, DK_TOKEN_ELSE))
        {
          if (!parse_band_row (self, node))
            return NULL;
          continue;
        }
      if (node->n_rows == 0)
        return dk_parser_report (self, dk_parser_peek (self, 0)->offset,
                                 "the band needs a row before else: band(x, >= 6%%: 50, else: 0)");
      value = parse_else (self);
      if (value == NULL || !dk_parser_take_row (self, node, DK_GE, NULL, value))
        return NULL;
    }
  while (dk_parser_accept (self, DK_TOKEN_COMMA));
  return close_list (self, node) ? g_steal_pointer (&node) : NULL;
}

/* What an aggregate over the rows of a register takes. */
static const struct
{
  const char *name;
  gboolean    has_body, needs_body, is_ordered, may_stand_alone, has_amount, has_rows;
} aggregates[] = {
  { "count", FALSE, FALSE, FALSE, TRUE, FALSE, FALSE },
  { "any", TRUE, FALSE, FALSE, TRUE, FALSE, FALSE },
  { "all", TRUE, TRUE, FALSE, FALSE, FALSE, FALSE },
  { "sum", TRUE, TRUE, FALSE, FALSE, FALSE, FALSE },
  { "min", TRUE, TRUE, FALSE, FALSE, FALSE, FALSE },
  { "max", TRUE, TRUE, FALSE, FALSE, FALSE, FALSE },
  { "mean", TRUE, TRUE, FALSE, FALSE, FALSE, FALSE },
  { "distinct", TRUE, TRUE, FALSE, FALSE, FALSE, FALSE },
  { "first", TRUE, TRUE, TRUE, FALSE, FALSE, FALSE },
  { "allocate", TRUE, TRUE, TRUE, FALSE, TRUE, TRUE },
  { "rows_left", TRUE, TRUE, TRUE, FALSE, TRUE, TRUE },
  { "amount_left", TRUE, TRUE, TRUE, FALSE, TRUE, FALSE },
};

/* The aggregate that the tokens function ( register ... begin, -1 if they begin a call of a function.
 * Whether count(ip) is about a register can be told only by who knows the names; it is taken for one here. */
static int
find_aggregate (const DkParser *self)
{
  const DkToken *name = dk_parser_peek (self, 0);
  DkTokenKind after = dk_parser_peek (self, 3)->kind;

  if (dk_parser_peek (self, 2)->kind != DK_TOKEN_NAME)
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (aggregates); i++)
    {
      if (strcmp (aggregates[i].name, name->text) != 0)
        continue;
      if (after == DK_TOKEN_COLON || after == DK_TOKEN_WHERE || after == DK_TOKEN_AS || after == DK_TOKEN_BY)
        return (int) i;
      if (after == DK_TOKEN_CLOSE && aggregates[i].may_stand_alone && strchr (dk_parser_peek (self, 2)->text, '.') == NULL)
        return (int) i;
    }
  return -1;
}

/* What stands behind an allocation: `, against: AMOUNT` and `, of: CONDITION`. */
static gboolean
parse_allocation (DkParser *self,
                  guint     which,
                  DkExpr  **amount,
                  DkExpr  **rows)
{
  const char *name = aggregates[which].name;

  while (dk_parser_accept (self, DK_TOKEN_COMMA))
    {
      const DkToken *word = dk_parser_peek (self, 0);
      DkExpr **part = NULL;

      if (word->kind == DK_TOKEN_NAME && strcmp (word->text, "against") == 0)
        part = amount;
      else if (word->kind == DK_TOKEN_NAME && strcmp (word->text, "of") == 0)
        part = rows;
      if (part == NULL)
        {
          dk_parser_report_missing (self, aggregates[which].has_rows ? "\"against:\" or \"of:\"" : "\"against:\"");
          return FALSE;
        }
      if (part == rows && !aggregates[which].has_rows)
        {
          dk_parser_report (self, word->offset, "%s is what is left of the amount and not of some rows; it takes no \"of\"", name);
          return FALSE;
        }
      if (*part != NULL)
        {
          dk_parser_report (self, word->offset, "\"%s\" stands there already", word->text);
          return FALSE;
        }
      dk_parser_take (self);
      if (!dk_parser_expect (self, DK_TOKEN_COLON))
        return FALSE;
      *part = dk_parser_read_expression (self);
      if (*part == NULL)
        return FALSE;
    }
  if (*amount == NULL)
    {
      dk_parser_report_missing (self, "\", against:\" and the amount");
      return FALSE;
    }
  return TRUE;
}

/* fn(REGISTER [as ALIAS] [: BODY] [by ORDER] [where CONDITION] [, against: AMOUNT] [, of: CONDITION]) */
static DkExpr *
parse_aggregate (DkParser *self,
                 guint     which)
{
  const DkToken *function = dk_parser_take (self);
  const char *name = aggregates[which].name;
  g_autoptr(DkExpr) node = dk_parser_new_token_node (self, DK_EXPR_AGGREGATE, function);
  g_autoptr(DkExpr) body = NULL;
  g_autoptr(DkExpr) order = NULL;
  g_autoptr(DkExpr) condition = NULL;
  g_autoptr(DkExpr) amount = NULL;
  g_autoptr(DkExpr) rows = NULL;
  const DkToken *reg, *here;

  if (node == NULL)
    return NULL;
  dk_parser_take (self); /* the parenthesis */
  reg = dk_parser_take (self);
  node->name = g_strdup (reg->text);
  node->alias = g_strdup ("row");

  if (dk_parser_accept (self, DK_TOKEN_AS))
    {
      here = dk_parser_peek (self, 0);
      if (here->kind != DK_TOKEN_NAME)
        return dk_parser_report_missing (self, "a name for the row");
      if (strchr (here->text, '.') != NULL)
        return dk_parser_report (self, here->offset, "\"%s\" cannot name a row: the name has no dots", here->text);
      dk_parser_take (self);
      g_free (node->alias);
      node->alias = g_strdup (here->text);
    }

  here = dk_parser_peek (self, 0);
  if (dk_parser_accept (self, DK_TOKEN_COLON))
    {
      if (!aggregates[which].has_body)
        return dk_parser_report (self, here->offset,
                                 "%s takes no expression of the row; a condition stands behind where: %s(%s where …)",
                                 name, name, reg->text);
      body = dk_parser_read_expression (self);
      if (body == NULL)
        return NULL;
    }
  else if (aggregates[which].needs_body)
    return dk_parser_report (self, here->offset,
                             "%s needs an expression of the row: %s(%s: row.…)", name, name, reg->text);

  here = dk_parser_peek (self, 0);
  if (dk_parser_accept (self, DK_TOKEN_BY))
    {
      if (!aggregates[which].is_ordered)
        return dk_parser_report (self, here->offset, "%s takes no \"by\": only first and allocations ask for an order", name);
      order = dk_parser_read_expression (self);
      if (order == NULL)
        return NULL;
    }
  else if (aggregates[which].is_ordered)
    return dk_parser_report_missing (self, "\"by\" and what the rows are ordered by");

  if (dk_parser_accept (self, DK_TOKEN_WHERE))
    {
      condition = dk_parser_read_expression (self);
      if (condition == NULL)
        return NULL;
      if (dk_parser_next_is (self, DK_TOKEN_BY))
        return dk_parser_report (self, dk_parser_peek (self, 0)->offset, "\"by\" stands before \"where\"");
    }

  if (aggregates[which].has_amount && !parse_allocation (self, which, &amount, &rows))
    return NULL;

  if (!dk_parser_take_argument (self, node, g_steal_pointer (&body))
      || !dk_parser_take_argument (self, node, g_steal_pointer (&condition))
      || !dk_parser_take_argument (self, node, g_steal_pointer (&order)))
    return NULL;
  if (aggregates[which].has_amount
      && (!dk_parser_take_argument (self, node, g_steal_pointer (&amount)) || !dk_parser_take_argument (self, node, g_steal_pointer (&rows))))
    return NULL;
  node->end = dk_parser_peek (self, 0)->end;
  return dk_parser_expect (self, DK_TOKEN_CLOSE) ? g_steal_pointer (&node) : NULL;
}

DkExpr *
dk_parser_read_call (DkParser *self)
{
  int aggregate = find_aggregate (self);
  g_autoptr(DkExpr) node = NULL;

  if (aggregate >= 0)
    return parse_aggregate (self, (guint) aggregate);

  node = dk_parser_new_token_node (self, DK_EXPR_CALL, dk_parser_take (self));
  if (node == NULL)
    return NULL;
  dk_parser_take (self); /* the parenthesis */
  if (!dk_parser_next_is (self, DK_TOKEN_CLOSE))
    {
      do
        {
          DkExpr *argument = dk_parser_read_expression (self);

          if (argument == NULL || !dk_parser_take_argument (self, node, argument))
            return NULL;
        }
      while (dk_parser_accept (self, DK_TOKEN_COMMA));
    }
  return close_list (self, node) ? g_steal_pointer (&node) : NULL;
}

/* One member of an in list: a name, a text, a number or a date. */
static DkExpr *
parse_member (DkParser *self)
{
  const DkToken *token = dk_parser_peek (self, 0);
  g_autofree char *shown = NULL;

  switch (token->kind)
    {
    case DK_TOKEN_NAME:
      return dk_parser_new_token_node (self, DK_EXPR_NAME, dk_parser_take (self));
    case DK_TOKEN_STRING:
      return dk_parser_new_token_node (self, DK_EXPR_STRING, dk_parser_take (self));
    case DK_TOKEN_DATE:
      return dk_parser_new_token_node (self, DK_EXPR_DATE, dk_parser_take (self));
    case DK_TOKEN_NUMBER:
    case DK_TOKEN_MINUS:
      return parse_signed_number (self, "a number");
    case DK_TOKEN_END:
    case DK_TOKEN_ERROR:
      return dk_parser_report_missing (self, "a member of the list");
    default:
      shown = dk_parser_dup_shown (self, token);
      return dk_parser_report (self, token->offset, "a list holds names, texts and numbers, not \"%s\"", shown);
    }
}

gboolean
dk_parser_read_members (DkParser *self,
                        DkExpr   *node)
{
  if (!dk_parser_expect (self, DK_TOKEN_OPEN))
    return FALSE;
  do
    {
      DkExpr *member = parse_member (self);

      if (member == NULL || !dk_parser_take_argument (self, node, member))
        return FALSE;
    }
  while (dk_parser_accept (self, DK_TOKEN_COMMA));
  return close_list (self, node);
}
