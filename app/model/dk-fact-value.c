/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-fact-value"

#include "dk-fact-value.h"

#include "dk-suggest.h"

#include <string.h>

G_DEFINE_QUARK (dk-enterprise-error-quark, dk_enterprise_error)

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError     **error,
      const char  *format,
      ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE, message);
  return FALSE;
}

/* What is wanted of a figure, for messages. */
static const char *
describe_figure (const DkSymbol *fact,
                 DkTextMode      mode)
{
  switch (fact->unit)
    {
    case DK_UNIT_YUAN:
      return "an amount in yuan such as 1500000 or 0.05";
    case DK_UNIT_RATIO:
      return mode == DK_TEXT_FREE ? "a ratio such as 5% or 0.05" : "a ratio such as 0.05, which is 5 %,";
    case DK_UNIT_COUNT:
      return "a number such as 30";
    default:
      return "a number such as 30 or 0.5";
    }
}

/* Takes the commas out of 1,234,567.89; FALSE where they do not stand between groups of three. */
static gboolean
remove_commas (char *text)
{
  gsize end = strcspn (text, ".eE/");
  gsize since = 0;
  gboolean grouped = FALSE;
  char *to = text;

  if (memchr (text, ',', end) == NULL)
    return TRUE;
  for (gsize i = *text == '-' || *text == '+' ? 1 : 0; i <= end; i++)
    {
      if (i < end && text[i] != ',')
        {
          since++;
          continue;
        }
      if (since == 0 || since > 3 || (grouped && since != 3))
        return FALSE;
      grouped = TRUE;
      since = 0;
    }
  for (const char *from = text; *from != '\0'; from++)
    if (*from != ',')
      *to++ = *from;
  *to = '\0';
  return TRUE;
}

/* A decimal, or a quotient of two: an exact third has no decimals. */
static gboolean
parse_exact (const char  *text,
             DkNumber    *number,
             DkArena     *arena,
             GError     **error)
{
  const char *slash = strchr (text, '/');
  DkNumber numerator, denominator;

  if (slash == NULL)
    return dk_number_parse (text, -1, number, arena, error);
  if (!dk_number_parse (text, slash - text, &numerator, arena, error)
      || !dk_number_parse (slash + 1, -1, &denominator, arena, error))
    return FALSE;
  if (dk_number_sign (denominator) == 0)
    return fail (error, "a number cannot be divided by 0");
  *number = dk_number_div (numerator, denominator, arena);
  return TRUE;
}

/* 1e999 is short, but its digits may be more than can be read again. */
static gboolean
check_length (DkNumber   number,
              GError   **error)
{
  g_autofree char *shown = number.den == 0 ? dk_number_to_string (number) : NULL;

  return shown == NULL || strlen (shown) < DK_NUMBER_MAX_DIGITS ? TRUE : fail (error, "the number has too many digits");
}

/* A figure with the words that expressions know for units and powers of ten; FALSE if it is none that fits the fact. */
static gboolean
parse_notation (const DkSymbol *fact,
                const char     *text,
                DkNumber       *number,
                DkArena        *arena)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkExpr) expr = dk_expr_parse (text, NULL, arena, problems);
  const DkExpr *literal = expr;

  if (expr != NULL && expr->kind == DK_EXPR_NEGATE)
    literal = expr->args[0];
  if (literal == NULL || literal->kind != DK_EXPR_NUMBER || (literal->has_unit && literal->unit != fact->unit))
    return FALSE;
  *number = literal == expr ? literal->value : dk_number_negate (literal->value, arena);
  return TRUE;
}

static gboolean
parse_figure (const DkSymbol  *fact,
              const char      *text,
              DkTextMode       mode,
              DkNumber        *number,
              DkArena         *arena,
              GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *plain = g_strdup (text);

  if (mode == DK_TEXT_FREE && !remove_commas (plain))
    return fail (error, "\"%s\": commas stand between groups of three digits, or are left out", text);
  if (parse_exact (plain, number, arena, &local_error))
    return check_length (*number, error);
  if (!g_error_matches (local_error, DK_NUMBER_ERROR, DK_NUMBER_ERROR_SYNTAX))
    return fail (error, "%s", local_error->message);
  if (mode == DK_TEXT_FREE && parse_notation (fact, plain, number, arena))
    return check_length (*number, error);
  return fail (error, "\"%s\" does not fit; %s is wanted", text, describe_figure (fact, mode));
}

gboolean
dk_fact_parse_end (const DkSymbol  *fact,
                   const char      *text,
                   DkTextMode       mode,
                   DkNumber        *number,
                   DkArena         *arena,
                   GError         **error)
{
  gint64 day;

  if (fact->kind == DK_KIND_NUMBER)
    return parse_figure (fact, text, mode, number, arena, error);
  if (!dk_date_parse (text, -1, &day))
    return fail (error, "\"%s\" is no date; a day of the calendar such as 2019-03-04 is wanted", text);
  *number = DK_NUMBER (day);
  return TRUE;
}

gboolean
dk_fact_make_range (const DkSymbol  *fact,
                    DkNumber         low,
                    DkNumber         high,
                    DkValue         *value,
                    GError         **error)
{
  if (dk_number_compare (low, high) > 0)
    {
      g_autofree char *from = dk_fact_end_to_string (fact, low);
      g_autofree char *to = dk_fact_end_to_string (fact, high);

      return fail (error, "the range goes from %s down to %s; the smaller end comes first", from, to);
    }
  *value = dk_number_is_finite (low) && dk_number_equal (low, high) ? DK_VALUE_POINT (low) : DK_VALUE_RANGE (low, high);
  return TRUE;
}

gboolean
dk_fact_add_option (const DkSymbol  *fact,
                    const char      *text,
                    guint64         *bits,
                    GError         **error)
{
  int option = dk_choices_find (fact->choices, text);
  g_autoptr(GString) list = NULL;

  if (option < 0)
    for (guint i = 0; i < fact->choices->labels->len; i++)
      {
        const DkText *label = g_ptr_array_index (fact->choices->labels, i);

        if (strcmp (dk_text_get (label, "zh"), text) == 0)
          option = (int) i;
      }
  if (option >= 0)
    {
      *bits |= G_GUINT64_CONSTANT (1) << option;
      return TRUE;
    }
  list = g_string_new (NULL);
  for (guint i = 0; i < fact->choices->options->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (fact->choices->options, i));
  return fail (error, "\"%s\" is no option; one of %s is wanted", text, list->str);
}

/* The first and last code that a text means: those with it as prefix, or, where codes begin with the letter of a
 * section, those with it behind the letter. A single digit would be found in several sections, which are no range. */
static gboolean
find_codes (const DkCodes *codes,
            const char    *text,
            gint64        *first,
            gint64        *last)
{
  gboolean found = FALSE;

  if (*text == '\0')
    return FALSE;
  if (dk_codes_find_prefix (codes, text, first, last))
    return TRUE;
  if (strlen (text) < 2 || !g_ascii_isdigit (*text))
    return FALSE;
  for (guint i = 0; i < codes->codes->len; i++)
    {
      const char *code = g_ptr_array_index (codes->codes, i);

      if (!g_ascii_isalpha (*code) || !g_str_has_prefix (code + 1, text))
        continue;
      if (!found)
        *first = i;
      *last = i;
      found = TRUE;
    }
  return found;
}

static gboolean
parse_code (const DkSymbol  *fact,
            const char      *text,
            DkValue         *value,
            GError         **error)
{
  gint64 first, last;

  if (find_codes (fact->codes, text, &first, &last))
    {
      *value = first == last ? DK_VALUE_POINT (DK_NUMBER (first))
                             : DK_VALUE_RANGE (DK_NUMBER (first), DK_NUMBER (last));
      return TRUE;
    }
  for (gsize length = strlen (text); length > 2; length--)
    {
      g_autofree char *shorter = g_strndup (text, length - 1);

      if (g_utf8_validate (shorter, -1, NULL) && find_codes (fact->codes, shorter, &first, &last))
        return fail (error, "\"%s\" is no code of %s; the nearest is %s %s", text, fact->codes->id,
                     (const char *) g_ptr_array_index (fact->codes->codes, first),
                     dk_text_get (g_ptr_array_index (fact->codes->labels, first), "zh"));
    }
  return fail (error, "\"%s\" is no code of %s; a code or its first characters are wanted", text, fact->codes->id);
}

static gboolean
parse_truth (const char  *text,
             DkTextMode   mode,
             DkValue     *value,
             GError     **error)
{
  static const char *const yes[] = { "true", "yes", NULL };
  static const char *const no[] = { "false", "no", NULL };
  gboolean is_free = mode == DK_TEXT_FREE;

  if (is_free ? g_strv_contains (yes, text) : strcmp (text, "true") == 0)
    *value = DK_VALUE_TRUTH (DK_TRUE);
  else if (is_free ? g_strv_contains (no, text) : strcmp (text, "false") == 0)
    *value = DK_VALUE_TRUTH (DK_FALSE);
  else
    return fail (error, "\"%s\" is no truth; true or false is wanted", text);
  return TRUE;
}

static gboolean
parse_choice (const DkSymbol  *fact,
              const char      *text,
              DkTextMode       mode,
              DkValue         *value,
              GError         **error)
{
  guint64 bits = 0;

  if (mode == DK_TEXT_EXACT)
    {
      if (!dk_fact_add_option (fact, text, &bits, error))
        return FALSE;
    }
  else
    {
      g_auto(GStrv) options = g_strsplit (text, "|", -1);

      for (guint i = 0; options[i] != NULL; i++)
        if (!dk_fact_add_option (fact, g_strstrip (options[i]), &bits, error))
          return FALSE;
      if (bits == 0)
        return fail (error, "an option is wanted");
    }
  *value = DK_VALUE_CHOICE (bits);
  return TRUE;
}

static gboolean
parse_range (const DkSymbol  *fact,
             const char      *text,
             const char      *dots,
             DkValue         *value,
             DkArena         *arena,
             GError         **error)
{
  g_autofree char *from = g_strstrip (g_strndup (text, dots - text));
  g_autofree char *to = g_strstrip (g_strdup (dots + 2));
  DkNumber low = fact->domain.low, high = dk_value_high (&fact->domain);

  if (*from == '\0' && *to == '\0')
    return fail (error, "a range needs at least one end");
  if ((*from != '\0' && !dk_fact_parse_end (fact, from, DK_TEXT_FREE, &low, arena, error))
      || (*to != '\0' && !dk_fact_parse_end (fact, to, DK_TEXT_FREE, &high, arena, error)))
    return FALSE;
  return dk_fact_make_range (fact, low, high, value, error);
}

gboolean
dk_fact_parse_scalar (const DkSymbol  *fact,
                      const char      *text,
                      DkTextMode       mode,
                      DkValue         *value,
                      DkArena         *arena,
                      GError         **error)
{
  const char *dots;
  DkNumber number;

  switch (fact->kind)
    {
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      if (strcmp (text, "none") == 0)
        {
          *value = DK_VALUE_UNDEFINED;
          return TRUE;
        }
      dots = mode == DK_TEXT_FREE ? strstr (text, "..") : NULL;
      if (dots != NULL)
        return parse_range (fact, text, dots, value, arena, error);
      if (!dk_fact_parse_end (fact, text, mode, &number, arena, error))
        return FALSE;
      *value = DK_VALUE_POINT (number);
      return TRUE;
    case DK_KIND_TRUTH:
      return parse_truth (text, mode, value, error);
    case DK_KIND_CHOICE:
      return parse_choice (fact, text, mode, value, error);
    case DK_KIND_CODE:
      return parse_code (fact, text, value, error);
    case DK_KIND_TEXT:
    default:
      *value = DK_VALUE_POINT (DK_NUMBER (dk_text_intern (text)));
      return TRUE;
    }
}

static gboolean
check_end (const DkSymbol  *fact,
           DkNumber         number,
           GError         **error)
{
  DkNumber low = fact->domain.low, high = dk_value_high (&fact->domain);
  gboolean is_below = dk_number_compare (number, low) < 0;

  if (is_below || dk_number_compare (number, high) > 0)
    {
      g_autofree char *shown = dk_fact_end_to_string (fact, number);
      g_autofree char *limit = dk_fact_end_to_string (fact, is_below ? low : high);

      return fail (error, "%s is %s %s", shown, is_below ? "below" : "above", limit);
    }
  return TRUE;
}

/* Counts are whole, and only counts: an average of heads or a rate falls between the steps. */
static gboolean
check_whole (const DkSymbol  *fact,
             DkNumber         number,
             GError         **error)
{
  g_autofree char *shown = NULL;

  if (dk_number_sign (fact->step) == 0 || !dk_number_is_integer (fact->step)
      || !dk_number_is_finite (number) || dk_number_is_integer (number))
    return TRUE;
  shown = dk_number_to_string (number);
  return fail (error, "%s is not a whole number", shown);
}

gboolean
dk_fact_check (const DkSymbol  *fact,
               const DkValue   *value,
               gboolean         whole_steps,
               GError         **error)
{
  if (fact->kind == DK_KIND_TRUTH)
    return dk_truth_is_settled (value->state) && value->state & DK_OPEN ? TRUE
      : fail (error, "true or false is wanted");
  if (value->state & DK_NA || !(value->state & (DK_POINT | DK_RANGE | DK_UNDEFINED)))
    return fail (error, "a value is wanted");
  if (value->state & DK_UNDEFINED && !(fact->domain.state & DK_UNDEFINED))
    return fail (error, "\"none\" cannot be said of %s: it always has a value, though it may be unknown", fact->id);
  if (fact->kind != DK_KIND_NUMBER && fact->kind != DK_KIND_DATE)
    return TRUE;
  if (value->state & (DK_POINT | DK_RANGE))
    {
      DkNumber low = value->low, high = dk_value_high (value);

      if (!check_end (fact, low, error) || (value->state & DK_RANGE && !check_end (fact, high, error)))
        return FALSE;
      if (whole_steps && (!check_whole (fact, low, error) || !check_whole (fact, high, error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * dk_fact_parse_value:
 * @fact: a fact or a column
 * @text: what a person wrote: 150万元, 1,500,000, 5%, 45..55, true, an option, several with | between, a date, a code
 *   or its first characters, none, or unknown
 * @value: (out): all that it can be; for "unknown" the domain with %DK_UNANSWERED
 * @arena: takes numbers that do not fit a machine word
 * @error: what is wrong and what was wanted
 *
 * Returns: %FALSE, and @value untouched, if the text is no value of the fact
 */
gboolean
dk_fact_parse_value (const DkSymbol  *fact,
                     const char      *text,
                     DkValue         *value,
                     DkArena         *arena,
                     GError         **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  DkValue parsed;

  if (strcmp (trimmed, "unknown") == 0)
    {
      *value = fact->domain;
      value->state |= DK_UNANSWERED;
      return TRUE;
    }
  if (*trimmed == '\0')
    return fail (error, "nothing is written; \"unknown\" says that it is not known");
  if (!dk_fact_parse_scalar (fact, trimmed, DK_TEXT_FREE, &parsed, arena, error)
      || !dk_fact_check (fact, &parsed, TRUE, error))
    return FALSE;
  *value = parsed;
  return TRUE;
}

char *
dk_fact_end_to_string (const DkSymbol *fact,
                       DkNumber        number)
{
  gint64 day;

  if (fact->kind == DK_KIND_DATE && dk_number_to_int64 (number, &day))
    return dk_date_to_string (day);
  return dk_number_to_string (number);
}

char *
dk_fact_code_to_string (const DkSymbol *fact,
                        const DkValue  *value)
{
  const char *from, *to;
  gint64 low, high, first, last;
  gsize length = 0;
  g_autofree char *prefix = NULL;

  if (!dk_number_to_int64 (value->low, &low) || !dk_number_to_int64 (dk_value_high (value), &high)
      || low < 0 || high < low || high >= (gint64) fact->codes->codes->len)
    return NULL;
  from = g_ptr_array_index (fact->codes->codes, low);
  to = g_ptr_array_index (fact->codes->codes, high);
  while (from[length] != '\0' && from[length] == to[length])
    length++;
  prefix = g_strndup (from, length);
  if (length == 0 || !dk_codes_find_prefix (fact->codes, prefix, &first, &last) || first != low || last != high)
    return NULL;
  return g_steal_pointer (&prefix);
}

/**
 * dk_fact_value_to_string:
 * @fact: a fact or a column
 * @value: a value of it
 *
 * Writes a value exactly, in the form that dk_fact_parse_value () reads.
 *
 * Returns: (transfer full): the text
 */
char *
dk_fact_value_to_string (const DkSymbol *fact,
                         const DkValue  *value)
{
  if (fact->kind == DK_KIND_TRUTH)
    {
      guint32 bits = value->state & (DK_OPEN | DK_UNDEFINED | DK_NA);

      return g_strdup (bits == DK_TRUE ? "true" : bits == DK_FALSE ? "false" : "unknown");
    }
  if (!(value->state & (DK_POINT | DK_RANGE)))
    return g_strdup ("none");
  switch (fact->kind)
    {
    case DK_KIND_CHOICE:
      {
        g_autoptr(GString) text = g_string_new (NULL);

        for (guint i = 0; fact->choices != NULL && i < fact->choices->options->len; i++)
          if ((guint64) value->low.num >> i & 1)
            g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "",
                                    (const char *) g_ptr_array_index (fact->choices->options, i));
        return g_string_free (g_steal_pointer (&text), FALSE);
      }
    case DK_KIND_CODE:
      {
        char *code = fact->codes != NULL ? dk_fact_code_to_string (fact, value) : NULL;

        return code != NULL ? code : g_strdup ("unknown");
      }
    case DK_KIND_TEXT:
      {
        gint64 number;

        if (!(value->state & DK_POINT) || !dk_number_to_int64 (value->low, &number))
          return g_strdup ("unknown");
        return g_strdup (dk_text_lookup (number));
      }
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    case DK_KIND_TRUTH:
    default:
      {
        g_autofree char *low = dk_fact_end_to_string (fact, value->low);
        g_autofree char *high = NULL;

        if (!(value->state & DK_RANGE))
          return g_steal_pointer (&low);
        high = dk_fact_end_to_string (fact, value->high);
        return g_strdup_printf ("%s..%s", dk_number_is_finite (value->low) ? low : "",
                                dk_number_is_finite (value->high) ? high : "");
      }
    }
}
