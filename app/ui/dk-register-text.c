/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-text"

#include "dk-register-text.h"

#include "dk-fact-value.h"
#include "dk-register-words.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUS_SIGN "\342\210\222" /* U+2212 */
#define EN_DASH "\342\200\223"    /* U+2013 */
#define AT_LEAST "\342\211\245"   /* U+2265 */
#define AT_MOST "\342\211\244"    /* U+2264 */
#define TEN_THOUSAND 10000

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

static char *
replace (char       *text,
         const char *from,
         const char *to)
{
  g_autofree char *old = text;
  g_auto(GStrv) parts = g_strsplit (old, from, -1);

  return g_strjoinv (to, parts);
}

/* Full-width figures and signs become plain ones, spaces around go, letters are small. */
static char *
make_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  char *plain = g_utf8_strdown (normal != NULL ? normal : valid, -1);

  plain = replace (plain, MINUS_SIGN, "-");
  return g_strstrip (plain);
}

static char *
remove_spaces (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  *to = '\0';
  return text;
}

static gboolean
is_word (const char *plain,
         DkWords     words)
{
  const char *const *list = dk_words_get (words);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *word = make_plain (list[i]);

      if (strcmp (word, plain) == 0)
        return TRUE;
    }
  return FALSE;
}

const char *
dk_cell_get_unknown (const char *language)
{
  return dk_tr_context (language, "cell", NC_ ("cell", "Not known yet"));
}

const char *
dk_cell_get_none (const char *language)
{
  return dk_tr_context (language, "cell", NC_ ("cell", "None"));
}

const char *
dk_cell_get_truth (gboolean    truth,
                   const char *language)
{
  return truth ? dk_tr_context (language, "cell", NC_ ("cell", "Yes")) : dk_tr_context (language, "cell", NC_ ("cell", "No"));
}

gboolean
dk_cell_can_be_none (const DkSymbol *column,
                     DkValue        *none)
{
  gboolean is_number = column->kind == DK_KIND_NUMBER;

  if (!is_number && column->kind != DK_KIND_DATE)
    return FALSE;
  if (column->domain.state & DK_UNDEFINED)
    {
      *none = DK_VALUE_UNDEFINED;
      return TRUE;
    }
  if (!is_number || dk_number_compare (column->domain.low, DK_ZERO) > 0
      || dk_number_compare (dk_value_high (&column->domain), DK_ZERO) < 0)
    return FALSE;
  *none = DK_VALUE_POINT (DK_ZERO);
  return TRUE;
}

gboolean
dk_cell_is_none (const DkSymbol *column,
                 DkAnswerState   state,
                 const DkValue  *value)
{
  DkValue none;

  return state == DK_ANSWER_VALUE && column->kind != DK_KIND_TRUTH && dk_cell_can_be_none (column, &none)
         && dk_value_equal (value, &none, column->kind);
}

/* --- Reading --- */

/* Takes both ends out of "15-20", "15..20", "15 to 20" and the like. A minus sign is one where no figure goes before it. */
static char *
mark_range (char     *plain,
            gboolean  is_date)
{
  const char *const *words = dk_words_get (DK_WORDS_RANGE);
  g_autoptr(GString) text = NULL;
  g_autofree char *whole = NULL;

  plain = replace (plain, EN_DASH, "..");
  plain = replace (plain, "~", "..");
  for (guint i = 0; words[i] != NULL; i++)
    plain = replace (plain, words[i], "..");
  whole = remove_spaces (plain);
  if (g_str_has_prefix (whole, AT_LEAST) || g_str_has_prefix (whole, ">="))
    return g_strconcat (whole + (*whole == '>' ? 2 : strlen (AT_LEAST)), "..", NULL);
  if (g_str_has_prefix (whole, AT_MOST) || g_str_has_prefix (whole, "<="))
    return g_strconcat ("..", whole + (*whole == '<' ? 2 : strlen (AT_MOST)), NULL);
  if (is_date || strstr (whole, "..") != NULL)
    return g_steal_pointer (&whole);
  text = g_string_new (NULL);
  for (const char *from = whole; *from != '\0'; from++)
    {
      if (*from == '-' && from > whole && (g_ascii_isdigit (from[-1]) || from[-1] == '%'))
        g_string_append (text, "..");
      else
        g_string_append_c (text, *from);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A day, or all days of a month or year: "2026-11-22", "2026/1/5", "20261122", "2026-11", "2026". */
static gboolean
parse_days (const char *text,
            gint64     *first,
            gint64     *last)
{
  const char *const *words = dk_words_get (DK_WORDS_DATE);
  g_autofree char *plain = g_strdup (text);
  g_auto(GStrv) parts = NULL;
  gint64 numbers[3] = { 0, 1, 1 };
  guint n;

  for (guint i = 0; words[i] != NULL; i++)
    plain = replace (plain, words[i], "-");
  g_strdelimit (plain, "/.", '-');
  if (g_str_has_suffix (plain, "-"))
    plain[strlen (plain) - 1] = '\0';
  if (strlen (plain) == 8 && strspn (plain, "0123456789") == 8)
    {
      g_autofree char *digits = g_steal_pointer (&plain);

      plain = g_strdup_printf ("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
    }
  parts = g_strsplit (plain, "-", -1);
  n = g_strv_length (parts);
  if (n < 1 || n > 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (parts[i]);

      if (length < 1 || length > (i == 0 ? 4 : 2) || (i == 0 && length != 4) || strspn (parts[i], "0123456789") != length)
        return FALSE;
      numbers[i] = g_ascii_strtoll (parts[i], NULL, 10);
    }
  if (numbers[1] > 12 || !g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]))
    return FALSE;
  *first = dk_date_from_ymd (numbers[0], (int) numbers[1], (int) numbers[2]);
  *last = n == 3 ? *first : dk_date_add_months (*first, n == 2 ? 1 : 12) - 1;
  return TRUE;
}

static gboolean
parse_date (const DkSymbol  *column,
            const char      *text,
            const char      *typed,
            DkValue         *value,
            GError         **error)
{
  const char *dots = strstr (text, "..");
  DkNumber low = column->domain.low, high = dk_value_high (&column->domain);
  gint64 first, last;

  if (dots == NULL)
    {
      if (!parse_days (text, &first, &last))
        return fail (error, _("“%s” is no date. Write it like 2026-11-22."), typed);
      *value = dk_value_make (DK_NUMBER (first), DK_NUMBER (last), 0);
      return TRUE;
    }
  {
    g_autofree char *from = g_strndup (text, dots - text);
    const char *to = dots + 2;

    if ((*from == '\0' && *to == '\0') || (*from != '\0' && !parse_days (from, &first, &last)))
      return fail (error, _("“%s” is no date. Write it like 2026-11-22."), typed);
    if (*from != '\0')
      low = DK_NUMBER (first);
    if (*to != '\0' && !parse_days (to, &first, &last))
      return fail (error, _("“%s” is no date. Write it like 2026-11-22."), typed);
    if (*to != '\0')
      high = DK_NUMBER (last);
  }
  if (dk_number_compare (low, high) > 0)
    return fail (error, _("The first date of “%s” is later than the second."), typed);
  *value = dk_value_make (low, high, 0);
  return TRUE;
}

static gboolean
parse_number (const DkSymbol  *column,
              const char      *text,
              const char      *typed,
              gboolean         in_wan,
              DkValue         *value,
              DkArena         *arena,
              GError         **error)
{
  gboolean is_scaled = in_wan && column->unit == DK_UNIT_YUAN && strspn (text, "0123456789.,-+/") == strlen (text);

  if (!dk_fact_parse_scalar (column, text, DK_TEXT_FREE, value, arena, NULL) || !(value->state & (DK_POINT | DK_RANGE)))
    {
      if (column->unit == DK_UNIT_RATIO)
        return fail (error, _("“%s” is no share. Write it like 5%%."), typed);
      return fail (error, _("“%s” is no number."), typed);
    }
  if (!is_scaled)
    return TRUE;
  if (dk_number_is_finite (value->low))
    value->low = dk_number_mul (value->low, DK_NUMBER (TEN_THOUSAND), arena);
  if (value->state & DK_RANGE && dk_number_is_finite (value->high))
    value->high = dk_number_mul (value->high, DK_NUMBER (TEN_THOUSAND), arena);
  return TRUE;
}

static gboolean
parse_option (const DkSymbol  *column,
              const char      *part,
              guint64         *bits,
              GError         **error)
{
  g_autofree char *plain = make_plain (part);
  g_autoptr(GString) list = g_string_new (NULL);
  int found = -1;
  guint n_beginning = 0;
  int beginning = -1;

  for (guint i = 0; i < column->choices->options->len && found < 0; i++)
    {
      const DkText *label = g_ptr_array_index (column->choices->labels, i);
      g_autofree char *zh = make_plain (dk_text_get (label, "zh"));
      g_autofree char *en = make_plain (dk_text_get (label, "en"));

      if (strcmp (plain, zh) == 0 || strcmp (plain, en) == 0 || strcmp (plain, g_ptr_array_index (column->choices->options, i)) == 0)
        found = (int) i;
      if (*plain != '\0' && (g_str_has_prefix (zh, plain) || g_str_has_prefix (en, plain)))
        {
          n_beginning++;
          beginning = (int) i;
        }
      g_string_append_printf (list, "%s%s", list->len > 0 ? _(", ") : "", dk_text_get (label, dk_settings_get_language ()));
    }
  if (found < 0 && n_beginning == 1)
    found = beginning;
  if (found < 0)
    return n_beginning > 1 ? fail (error, _("“%s” begins several of the choices: %s."), part, list->str)
                           : fail (error, _("“%s” is none of the choices: %s."), part, list->str);
  *bits |= G_GUINT64_CONSTANT (1) << found;
  return TRUE;
}

static gboolean
parse_choice (const DkSymbol  *column,
              const char      *typed,
              DkValue         *value,
              GError         **error)
{
  g_auto(GStrv) parts = g_strsplit (typed, "|", -1);
  guint64 bits = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    if (!parse_option (column, g_strstrip (parts[i]), &bits, error))
      return FALSE;
  *value = DK_VALUE_CHOICE (bits);
  return TRUE;
}

static char *write_end (const DkSymbol *column, DkNumber number, gboolean in_wan);

/* Says what is wrong with a number or date that can be read. */
static gboolean
check (const DkSymbol  *column,
       const DkValue   *value,
       gboolean         in_wan,
       GError         **error)
{
  DkNumber low = column->domain.low, high = dk_value_high (&column->domain), last = dk_value_high (value);
  g_autofree char *limit = NULL;

  if (dk_number_compare (value->low, low) < 0)
    {
      limit = write_end (column, low, in_wan);
      return column->kind == DK_KIND_DATE ? fail (error, _("It cannot be earlier than %s."), limit)
                                          : fail (error, _("It must be at least %s."), limit);
    }
  if (dk_number_compare (last, high) > 0)
    {
      limit = write_end (column, high, in_wan);
      return column->kind == DK_KIND_DATE ? fail (error, _("It cannot be later than %s."), limit)
                                          : fail (error, _("It must be at most %s."), limit);
    }
  if (column->kind == DK_KIND_NUMBER && dk_number_sign (column->step) != 0 && dk_number_is_integer (column->step)
      && ((dk_number_is_finite (value->low) && !dk_number_is_integer (value->low))
          || (dk_number_is_finite (last) && !dk_number_is_integer (last))))
    return fail (error, _("It must be a whole number."));
  return dk_fact_check (column, value, TRUE, error);
}

gboolean
dk_cell_parse (const DkSymbol  *column,
               const char      *text,
               gboolean         in_wan,
               DkAnswerState   *state,
               DkValue         *value,
               DkArena         *arena,
               GError         **error)
{
  g_autofree char *typed = g_strstrip (g_utf8_make_valid (text, -1));
  g_autofree char *plain = make_plain (typed);
  DkValue parsed;

  if (*typed == '\0')
    {
      *state = DK_ANSWER_NONE;
      return TRUE;
    }
  if (is_word (plain, DK_WORDS_UNKNOWN))
    {
      *state = DK_ANSWER_UNKNOWN;
      return TRUE;
    }
  switch (column->kind)
    {
    case DK_KIND_TRUTH:
      if (is_word (plain, DK_WORDS_YES))
        parsed = DK_VALUE_TRUTH (DK_TRUE);
      else if (is_word (plain, DK_WORDS_NO))
        parsed = DK_VALUE_TRUTH (DK_FALSE);
      else
        return fail (error, _("“%s” is neither yes nor no."), typed);
      break;
    case DK_KIND_CHOICE:
      if (!parse_choice (column, typed, &parsed, error))
        return FALSE;
      break;
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      if (is_word (plain, DK_WORDS_NONE))
        {
          if (!dk_cell_can_be_none (column, &parsed))
            return fail (error, _("“None” is no answer here. Leave it empty if it is not known."));
          break;
        }
      {
        gboolean is_date = column->kind == DK_KIND_DATE;
        char *time = is_date ? strchr (plain, ':') : NULL; /* spreadsheets write midnight behind a day */

        if (time != NULL)
          while (time > plain && *time != ' ' && *time != 't')
            time--;
        if (time != NULL && time > plain)
          *time = '\0';
        plain = mark_range (g_steal_pointer (&plain), is_date);
        if (is_date ? !parse_date (column, plain, typed, &parsed, error)
                    : !parse_number (column, plain, typed, in_wan, &parsed, arena, error))
          return FALSE;
      }
      if (!check (column, &parsed, in_wan, error))
        return FALSE;
      break;
    case DK_KIND_CODE:
      {
        g_autofree char *code = g_strndup (typed, strcspn (typed, " \t"));

        if (!dk_fact_parse_value (column, code, &parsed, arena, NULL))
          return fail (error, _("“%s” is no code of the list."), typed);
      }
      break;
    case DK_KIND_TEXT:
    default:
      if (!dk_fact_parse_value (column, typed, &parsed, arena, error))
        return FALSE;
      break;
    }
  *state = DK_ANSWER_VALUE;
  *value = parsed;
  return TRUE;
}

/* --- Writing --- */

/* "-1234567.5" -> U+2212 "1,234,567.5" */
static char *
group_thousands (const char *decimal)
{
  g_autoptr(GString) text = g_string_new (*decimal == '-' ? MINUS_SIGN : "");
  const char *digits = *decimal == '-' ? decimal + 1 : decimal;
  gsize whole = strspn (digits, "0123456789");

  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, digits + whole);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_end (const DkSymbol *column,
           DkNumber        number,
           gboolean        in_wan)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *exact = NULL;
  g_autofree char *grouped = NULL;
  gboolean is_share = column->kind == DK_KIND_NUMBER && column->unit == DK_UNIT_RATIO;

  if (column->kind == DK_KIND_DATE)
    return dk_fact_end_to_string (column, number);
  if (is_share)
    number = dk_number_mul (number, DK_NUMBER (100), arena);
  else if (in_wan && column->unit == DK_UNIT_YUAN)
    number = dk_number_div (number, DK_NUMBER (TEN_THOUSAND), arena);
  exact = dk_number_to_string (number);
  /* A fraction that has no decimals stays one, and without commas it is read as one. */
  if (strchr (exact, '/') != NULL)
    return is_share ? dk_number_to_string (dk_number_div (number, DK_NUMBER (100), arena)) : g_steal_pointer (&exact);
  /* What measures and counts nothing is a year or a month. */
  if (column->unit == DK_UNIT_PLAIN)
    return g_steal_pointer (&exact);
  grouped = group_thousands (exact);
  return is_share ? g_strconcat (grouped, "%", NULL) : g_steal_pointer (&grouped);
}

/* All days of a month or a year as people write it: "2026-11", "2026"; NULL if they are not that. */
static char *
write_span (const DkValue *value)
{
  gint64 first, last;
  char *text;

  if (!dk_number_to_int64 (value->low, &first) || !dk_number_to_int64 (value->high, &last))
    return NULL;
  text = dk_date_to_string (first);
  if (g_str_has_suffix (text, "-01-01") && last == dk_date_add_months (first, 12) - 1)
    text[strlen ("2026")] = '\0';
  else if (g_str_has_suffix (text, "-01") && last == dk_date_add_months (first, 1) - 1)
    text[strlen ("2026-11")] = '\0';
  else
    g_clear_pointer (&text, g_free);
  return text;
}

static char *
write_range (const DkSymbol *column,
             const DkValue  *value,
             gboolean        in_wan)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  DkNumber last = dk_value_high (&column->domain);
  gboolean has_low = dk_number_is_finite (value->low) && dk_number_compare (value->low, column->domain.low) > 0;
  gboolean has_high = dk_number_is_finite (value->high) && dk_number_compare (value->high, last) < 0;

  if (column->kind == DK_KIND_DATE && (low = write_span (value)) != NULL)
    return g_steal_pointer (&low);
  if (dk_number_is_finite (value->low))
    low = write_end (column, value->low, in_wan);
  if (dk_number_is_finite (value->high))
    high = write_end (column, value->high, in_wan);
  /* An end that is the domain's is open. */
  if (has_low && has_high)
    return g_strconcat (low, EN_DASH, high, NULL);
  if (has_low)
    return g_strconcat (AT_LEAST " ", low, NULL);
  if (has_high)
    return g_strconcat (AT_MOST " ", high, NULL);
  return NULL;
}

char *
dk_cell_to_text (const DkSymbol *column,
                 DkAnswerState   state,
                 const DkValue  *value,
                 gboolean        in_wan,
                 const char     *language)
{
  if (state == DK_ANSWER_NONE)
    return g_strdup ("");
  if (state == DK_ANSWER_UNKNOWN)
    return g_strdup (dk_cell_get_unknown (language));
  if (dk_cell_is_none (column, state, value))
    return g_strdup (dk_cell_get_none (language));
  switch (column->kind)
    {
    case DK_KIND_TRUTH:
      if ((value->state & DK_OPEN) == DK_OPEN || !(value->state & DK_OPEN))
        return g_strdup (dk_cell_get_unknown (language));
      return g_strdup (dk_cell_get_truth ((value->state & DK_TRUE) != 0, language));
    case DK_KIND_CHOICE:
      {
        g_autoptr(GString) text = g_string_new (NULL);

        for (guint i = 0; i < column->choices->options->len; i++)
          if ((guint64) value->low.num >> i & 1)
            g_string_append_printf (text, "%s%s", text->len > 0 ? " | " : "",
                                    dk_text_get (g_ptr_array_index (column->choices->labels, i), language));
        return g_string_free (g_steal_pointer (&text), FALSE);
      }
    case DK_KIND_CODE:
      {
        g_autofree char *code = dk_fact_code_to_string (column, value);
        gint64 place;

        if (code == NULL)
          return g_strdup (dk_cell_get_unknown (language));
        if (!dk_number_to_int64 (value->low, &place))
          return g_steal_pointer (&code);
        return g_strdup_printf ("%s %s", code, dk_text_get (g_ptr_array_index (column->codes->labels, place), language));
      }
    case DK_KIND_TEXT:
      return dk_fact_value_to_string (column, value);
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    default:
      if (value->state & DK_RANGE)
        {
          char *text = write_range (column, value, in_wan);

          return text != NULL ? text : g_strdup (dk_cell_get_unknown (language));
        }
      return write_end (column, value->low, in_wan);
    }
}

/* --- Order --- */

void
dk_cell_get_order (const DkSymbol *column,
                   DkAnswerState   state,
                   const DkValue  *value,
                   DkCellOrder    *order)
{
  *order = (DkCellOrder) { 0 };
  if (state != DK_ANSWER_VALUE)
    {
      order->rank = state == DK_ANSWER_UNKNOWN ? 2 : 3;
      return;
    }
  if (dk_cell_is_none (column, state, value))
    order->rank = column->domain.state & DK_UNDEFINED ? 1 : 0;
  switch (column->kind)
    {
    case DK_KIND_TRUTH:
      order->number = value->state & DK_TRUE ? 0 : 1; /* yes comes first */
      break;
    case DK_KIND_CHOICE:
      while (order->number < 64 && !((guint64) value->low.num >> (guint) order->number & 1))
        order->number++;
      break;
    case DK_KIND_TEXT:
      {
        g_autofree char *text = dk_fact_value_to_string (column, value);

        order->key = g_utf8_collate_key (text, -1);
      }
      break;
    case DK_KIND_CODE:
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    default:
      order->number = dk_number_is_finite (value->low) ? dk_number_to_double (value->low) : -G_MAXDOUBLE;
      break;
    }
}

void
dk_cell_order_clear (DkCellOrder *order)
{
  g_clear_pointer (&order->key, g_free);
}

int
dk_cell_order_compare (const DkCellOrder *a,
                       const DkCellOrder *b)
{
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->key != NULL && b->key != NULL)
    return strcmp (a->key, b->key);
  return (a->number > b->number) - (a->number < b->number);
}
