/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-examples"

#include "dk-examples.h"

#include <string.h>

/* Examples of one pack being run. */
typedef struct
{
  DkRulebook        *book;
  const DkCatalogue *catalogue;
  const DkPack      *pack;
  DkProblems        *problems;
  guint              n_run;
} Runner;

static const char *const example_keys[] = { "title", "note", "as_of", "year", "facts", "registers", "expect", "cases", NULL };

static gboolean
check_keys (Runner       *runner,
            const DkNode *node)
{
  gboolean is_good = TRUE;

  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (runner->problems, node->place, "an example is a mapping with as_of, facts and expect");
      return FALSE;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    if (!g_strv_contains (example_keys, node->children[i]->text))
      {
        dk_problems_add (runner->problems, node->children[i]->place, "\"%s\" is no key of an example; wanted are %s", node->children[i]->text,
                         "title, as_of, year, facts, registers, expect and cases");
        is_good = FALSE;
      }
  return is_good;
}

static gboolean
is_known_rule (const Runner *runner,
               const char   *id)
{
  GPtrArray *packs = dk_rulebook_get_packs (runner->book);

  for (guint p = 0; p < packs->len; p++)
    {
      const DkPack *pack = g_ptr_array_index (packs, p);

      for (guint v = 0; v < pack->versions->len; v++)
        {
          const DkVersion *version = g_ptr_array_index (pack->versions, v);

          for (guint i = 0; i < version->items->len; i++)
            if (g_str_equal (((const DkItem *) g_ptr_array_index (version->items, i))->id, id))
              return TRUE;
        }
    }
  return FALSE;
}

static char *
number_to_text (DkNumber number,
                DkUnit   unit)
{
  g_autofree char *text = dk_number_to_string (number);

  return unit == DK_UNIT_PLAIN ? g_steal_pointer (&text) : g_strdup_printf ("%s %s", text, dk_unit_to_string (unit));
}

/* The exact value, as an author of packs writes it. */
static char *
value_to_text (const DkResult *result)
{
  const DkValue *value = &result->value;
  GString *text = g_string_new (NULL);

  if (!result->has_value)
    return g_string_free (g_string_assign (text, "no value"), FALSE);
  if (result->kind == DK_KIND_NUMBER && value->state & (DK_POINT | DK_RANGE))
    {
      DkNumber high = dk_value_high (value);

      if (value->state & DK_RANGE)
        {
          g_autofree char *low_text = dk_number_to_string (value->low);
          g_autofree char *high_text = number_to_text (high, result->unit);

          g_string_append_printf (text, "%s..%s", low_text, high_text);
        }
      else
        {
          g_autofree char *exact = number_to_text (value->low, result->unit);

          g_string_append (text, exact);
        }
      if (value->state & DK_UNDEFINED)
        g_string_append (text, " or undefined");
      if (value->state & DK_NA)
        g_string_append (text, " or na");
    }
  else
    {
      g_autofree char *shown = dk_value_to_display (value, result->kind, result->unit, result->choices, result->codes, "en");

      g_string_append (text, shown);
    }
  return g_string_free (text, FALSE);
}

/* A figure of an example: 76, 5%, 3000万, -1.5, 1/3, 50..100, 2026-07-15. */
static gboolean
read_figure (const DkExpr *expr,
             DkArena      *arena,
             DkValue      *value)
{
  DkValue left, right;

  switch (expr->kind)
    {
    case DK_EXPR_NUMBER:
    case DK_EXPR_DATE:
      *value = DK_VALUE_POINT (expr->value);
      return TRUE;

    case DK_EXPR_NEGATE:
      if (!read_figure (expr->args[0], arena, &left) || !dk_value_is_point (&left))
        return FALSE;
      *value = DK_VALUE_POINT (dk_number_negate (left.low, arena));
      return TRUE;

    case DK_EXPR_DIV:
      if (!read_figure (expr->args[0], arena, &left) || !read_figure (expr->args[1], arena, &right))
        return FALSE;
      *value = dk_value_div (&left, &right, arena);
      return TRUE;

    case DK_EXPR_RANGE:
      if (!read_figure (expr->args[0], arena, &left) || !read_figure (expr->args[1], arena, &right))
        return FALSE;
      *value = DK_VALUE_RANGE (left.low, right.low);
      return TRUE;

    default:
      return FALSE;
    }
}

/* Whether the value of @result is what @node says. Sets @is_readable to FALSE, with a problem, if @node says nothing. */
static gboolean
meets_value (Runner         *runner,
             const DkResult *result,
             const DkNode   *node,
             gboolean       *is_readable)
{
  const char *text = node->text;
  guint32 state = result->value.state & (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA);
  g_autoptr(DkArena) arena = NULL;
  g_autoptr(DkExpr) expr = NULL;
  DkValue wanted;

  *is_readable = TRUE;
  if (g_str_equal (text, "undefined"))
    return result->is_undefined || (result->has_value && state == DK_UNDEFINED);
  if (g_str_equal (text, "na"))
    return result->verdict == DK_VERDICT_NA || (result->has_value && state == DK_NA);
  if (g_str_equal (text, "unknown"))
    return result->has_value && !dk_result_is_settled (result);

  switch (result->kind)
    {
    case DK_KIND_TRUTH:
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        break;
      return result->has_value && state == (g_str_equal (text, "true") ? DK_TRUE : DK_FALSE);

    case DK_KIND_CHOICE:
      {
        int option = result->choices != NULL ? dk_choices_find (result->choices, text) : -1;

        if (option < 0)
          break;
        return result->has_value && state == DK_POINT && result->value.low.num == (gint64) ((guint64) 1 << option);
      }

    case DK_KIND_CODE:
      {
        gint64 first, last;
        DkValue span;

        if (result->codes == NULL || !dk_codes_find_prefix (result->codes, text, &first, &last))
          break;
        span = first == last ? DK_VALUE_POINT (DK_NUMBER (first)) : DK_VALUE_RANGE (DK_NUMBER (first), DK_NUMBER (last));
        return result->has_value && dk_value_equal (&result->value, &span, DK_KIND_CODE);
      }

    case DK_KIND_TEXT:
      wanted = DK_VALUE_POINT (DK_NUMBER (dk_text_intern (text)));
      return result->has_value && dk_value_equal (&result->value, &wanted, DK_KIND_TEXT);

    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    default:
      arena = dk_arena_new ();
      expr = dk_expr_parse (text, node, arena, runner->problems);
      if (expr == NULL)
        {
          *is_readable = FALSE;
          return FALSE;
        }
      if (!read_figure (expr, arena, &wanted))
        break;
      return result->has_value && dk_value_equal (&result->value, &wanted, result->kind);
    }

  dk_problems_add (runner->problems, node->place,
                   "\"%s\" is nothing that %s can be; wanted is a value of the kind %s, a verdict, unknown, undefined or na",
                   text, result->item->id, dk_kind_to_string (result->kind));
  *is_readable = FALSE;
  return FALSE;
}

static gboolean
read_verdict (const char *text,
              DkVerdict  *verdict)
{
  static const DkVerdict verdicts[] = { DK_VERDICT_PASS, DK_VERDICT_FAIL, DK_VERDICT_OPEN, DK_VERDICT_NA };

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_str_equal (text, dk_verdict_to_string (verdicts[i])))
      {
        *verdict = verdicts[i];
        return TRUE;
      }
  return FALSE;
}

static void
check_verdict (Runner         *runner,
               const char     *title,
               const DkResult *result,
               const DkNode   *node,
               DkVerdict       wanted)
{
  const char *verdict = dk_verdict_to_string (result->verdict);
  g_autofree char *got = NULL;

  if (result->verdict == wanted)
    return;
  got = value_to_text (result);
  dk_problems_add (runner->problems, node->place, "%s: %s is expected to be %s; the rules give %s%s%s%s", title, result->item->id,
                   dk_verdict_to_string (wanted), verdict != NULL ? verdict : "no verdict", result->has_value ? " (" : "",
                   result->has_value ? got : "", result->has_value ? ")" : "");
}

static void
check_value (Runner         *runner,
             const char     *title,
             const DkResult *result,
             const DkNode   *node)
{
  gboolean is_readable;
  g_autofree char *got = NULL;

  if (meets_value (runner, result, node, &is_readable) || !is_readable)
    return;
  got = value_to_text (result);
  dk_problems_add (runner->problems, node->place, "%s: %s is expected to be %s; the rules give %s", title, result->item->id, node->text, got);
}

static void
check_scalar (Runner         *runner,
              const char     *title,
              const DkResult *result,
              const DkNode   *node)
{
  DkVerdict verdict;

  /* A value that does not apply has no verdict, and an option of a choice may be called "pass". */
  if (result->verdict != DK_VERDICT_NONE && read_verdict (node->text, &verdict))
    check_verdict (runner, title, result, node, verdict);
  else
    check_value (runner, title, result, node);
}

static void
check_expected (Runner             *runner,
                const char         *title,
                const DkAssessment *assessment,
                const DkNode       *expect)
{
  for (guint i = 0; i + 1 < expect->n_children; i += 2)
    {
      const DkNode *key = expect->children[i], *node = expect->children[i + 1];
      const DkResult *result = dk_assessment_find (assessment, key->text);
      g_autofree char *whole = g_strdup_printf ("%s.%s", runner->pack->id, key->text);

      if (result == NULL && !is_known_rule (runner, key->text))
        result = dk_assessment_find (assessment, whole);
      if (result == NULL && !is_known_rule (runner, key->text) && !is_known_rule (runner, whole))
        {
          dk_problems_add (runner->problems, key->place, "%s: there is no rule \"%s\"", title, key->text);
          continue;
        }
      if (result == NULL)
        {
          if (node->kind != DK_NODE_SCALAR || !g_str_equal (node->text, "na"))
            dk_problems_add (runner->problems, key->place, "%s: \"%s\" is no rule of the version in force on that day", title, key->text);
          continue;
        }

      if (result->item->kind == DK_ITEM_LIST && result->verdict == DK_VERDICT_NONE)
        dk_problems_add (runner->problems, key->place, "%s: %s is a list, which has neither a value nor a verdict; expect something of its members",
                         title, key->text);
      else if (node->kind == DK_NODE_SCALAR)
        check_scalar (runner, title, result, node);
      else if (node->kind == DK_NODE_MAPPING)
        for (guint k = 0; k + 1 < node->n_children; k += 2)
          {
            const DkNode *part = node->children[k], *wanted = node->children[k + 1];
            DkVerdict verdict;

            if (wanted->kind != DK_NODE_SCALAR)
              dk_problems_add (runner->problems, wanted->place, "%s: a verdict or a value is wanted", title);
            else if (g_str_equal (part->text, "value"))
              check_value (runner, title, result, wanted);
            else if (!g_str_equal (part->text, "verdict"))
              dk_problems_add (runner->problems, part->place, "%s: \"%s\" is nothing that is expected; wanted are verdict and value",
                               title, part->text);
            else if (!read_verdict (wanted->text, &verdict))
              dk_problems_add (runner->problems, wanted->place, "%s: \"%s\" is no verdict; wanted is pass, fail, open or na", title,
                               wanted->text);
            else
              check_verdict (runner, title, result, wanted, verdict);
          }
      else
        dk_problems_add (runner->problems, node->place, "%s: a verdict or a value is wanted", title);
    }
}

static char *
get_title (const DkNode *example,
           const char   *otherwise)
{
  const DkNode *title = dk_node_get (example, "title");
  const char *text = NULL;

  if (title != NULL && title->kind == DK_NODE_SCALAR)
    text = title->text;
  else if (title != NULL && title->kind == DK_NODE_MAPPING)
    text = dk_node_get_string (title, "en") != NULL ? dk_node_get_string (title, "en") : dk_node_get_string (title, "zh");
  return g_strdup (text != NULL ? text : otherwise);
}

/* Reads what @node says of the day and the year; what it does not say stays. */
static gboolean
read_day (Runner       *runner,
          const DkNode *node,
          gint64       *as_of,
          int          *year)
{
  const DkNode *day = dk_node_get (node, "as_of"), *own_year = dk_node_get (node, "year");

  if (day != NULL)
    {
      if (day->kind != DK_NODE_SCALAR || !dk_date_parse (day->text, -1, as_of))
        {
          dk_problems_add (runner->problems, day->place, "as_of: a date such as 2026-07-15 is wanted");
          return FALSE;
        }
      *year = (int) dk_date_year (*as_of) - 1;
    }
  if (own_year != NULL)
    {
      gint64 number;

      if (own_year->kind != DK_NODE_SCALAR || !g_ascii_string_to_signed (own_year->text, 10, 1, 9999, &number, NULL))
        {
          dk_problems_add (runner->problems, own_year->place, "year: a year such as 2025 is wanted");
          return FALSE;
        }
      *year = (int) number;
    }
  return TRUE;
}

/* The packs of the rules that are expected to be something: char *, borrowed, with a NULL at the end. */
static GPtrArray *
find_expected_packs (const Runner *runner,
                     const DkNode *expect)
{
  GPtrArray *all = dk_rulebook_get_packs (runner->book);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint p = 0; p < all->len; p++)
    {
      const DkPack *pack = g_ptr_array_index (all, p);
      gsize length = strlen (pack->id);
      gboolean is_expected = pack == runner->pack;

      for (guint i = 0; i + 1 < expect->n_children && !is_expected; i += 2)
        {
          const char *key = expect->children[i]->text;

          is_expected = strncmp (key, pack->id, length) == 0 && (key[length] == '\0' || key[length] == '.');
        }
      if (is_expected)
        g_ptr_array_add (ids, pack->id);
    }
  g_ptr_array_add (ids, NULL);
  return ids;
}

static void
run_one (Runner       *runner,
         const char   *title,
         DkEnterprise *enterprise,
         const DkNode *node,
         gint64        as_of,
         int           year)
{
  const DkNode *expect = dk_node_get (node, "expect");
  g_autoptr(GPtrArray) packs = NULL;
  g_autoptr(DkAssessment) assessment = NULL;

  if (expect == NULL)
    return;
  if (expect->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (runner->problems, expect->place, "expect: a mapping of rules to what is expected of them is wanted");
      return;
    }
  /* Rules of all packs are computed; results are made only of those that are looked at. */
  packs = find_expected_packs (runner, expect);
  assessment = dk_assessment_new (runner->book, enterprise, as_of, year, (const char *const *) packs->pdata);
  check_expected (runner, title, assessment, expect);
  runner->n_run++;
}

static void
run_example (Runner       *runner,
             const DkNode *node,
             guint         number)
{
  g_autofree char *fallback = g_strdup_printf ("example %u", number);
  g_autofree char *title = NULL;
  g_autoptr(DkEnterprise) enterprise = NULL;
  const DkNode *cases;
  gint64 as_of = 0;
  int year = 0;

  if (!check_keys (runner, node))
    return;
  title = get_title (node, fallback);
  if (dk_node_get (node, "as_of") == NULL)
    {
      dk_problems_add (runner->problems, node->place, "%s: as_of is missing, the day on which it is assessed", title);
      return;
    }
  cases = dk_node_get (node, "cases");
  if (dk_node_get (node, "expect") == NULL && cases == NULL)
    {
      dk_problems_add (runner->problems, node->place, "%s: an example that expects nothing shows nothing", title);
      return;
    }
  enterprise = dk_enterprise_new (runner->catalogue);
  if (!read_day (runner, node, &as_of, &year)
      || !dk_enterprise_read (enterprise, node, DK_READ_LENIENT, year, runner->problems))
    return;
  run_one (runner, title, enterprise, node, as_of, year);

  if (cases == NULL)
    return;
  if (cases->kind != DK_NODE_SEQUENCE)
    {
      dk_problems_add (runner->problems, cases->place, "cases: a list is wanted");
      return;
    }
  for (guint i = 0; i < cases->n_children; i++)
    {
      const DkNode *one = cases->children[i];
      g_autofree char *otherwise = g_strdup_printf ("%s, case %u", title, i + 1);
      g_autofree char *own = NULL;
      g_autoptr(DkEnterprise) changed = NULL;
      gint64 day = as_of;
      int its_year = year;

      if (!check_keys (runner, one))
        continue;
      own = get_title (one, otherwise);
      if (dk_node_get (one, "expect") == NULL)
        {
          dk_problems_add (runner->problems, one->place, "%s: an example that expects nothing shows nothing", own);
          continue;
        }
      changed = dk_enterprise_dup (enterprise);
      if (read_day (runner, one, &day, &its_year) && dk_enterprise_read (changed, one, DK_READ_LENIENT, its_year, runner->problems))
        run_one (runner, own, changed, one, day, its_year);
    }
}

/**
 * dk_examples_run:
 * @book: compiled
 * @n_run: (out) (optional): how many examples and cases were run
 *
 * Runs the worked examples of @pack. What comes out otherwise than expected is a problem at the place of the expectation.
 *
 * Returns: whether all came out as expected
 */
gboolean
dk_examples_run (DkRulebook        *book,
                 const DkCatalogue *catalogue,
                 const DkPack      *pack,
                 DkProblems        *problems,
                 guint             *n_run)
{
  Runner runner = { book, catalogue, pack, problems, 0 };
  guint n_before = dk_problems_count (problems);
  const DkNode *examples = dk_pack_get_examples (pack, problems);

  if (examples != NULL && examples->kind != DK_NODE_SEQUENCE)
    dk_problems_add (problems, examples->place, "examples: a list is wanted");
  else if (examples != NULL)
    for (guint i = 0; i < examples->n_children; i++)
      run_example (&runner, examples->children[i], i + 1);
  if (n_run != NULL)
    *n_run = runner.n_run;
  return dk_problems_count (problems) == n_before;
}
