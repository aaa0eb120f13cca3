/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-answer-text"

#include "dk-answer-text.h"

#include "dk-expr.h"
#include "dk-fact-value.h"

#include <glib/gi18n.h>
#include <string.h>

#define CONTEXT "typed answer"

/* The longest text that is looked at: far above any figure, far below what would take time. */
#define MAX_BYTES 4096

/* TRANSLATORS: these lists are what people may type into an answer's field, separated by "|". Add the words of your language; the
 * English ones are always understood, too. */
#define WORDS_UNKNOWN  NC_("typed answer", "?|unknown|not known|not known yet")
#define WORDS_NONE     NC_("typed answer", "none|no|nil")
#define WORDS_ABOUT    NC_("typed answer", "about|around|ca.|~")
#define WORDS_TO       NC_("typed answer", "to")
#define WORDS_AT_LEAST NC_("typed answer", ">=|at least")
#define WORDS_AT_MOST  NC_("typed answer", "<=|at most")
#define WORDS_OR_MORE  NC_("typed answer", "or more")
#define WORDS_OR_LESS  NC_("typed answer", "or less")
#define WORDS_YES      NC_("typed answer", "yes|y|true")
#define WORDS_NO       NC_("typed answer", "no|n|false")
#define WORDS_COUNT    NC_("typed answer", "people|persons|items|pieces")

typedef struct
{
  const DkSymbol *fact;
  gboolean        in_wan; /* a bare figure counts 10,000 yuan */
  DkArena        *arena;
} Reader;

/* A figure of an expression; a bare one gets the shown unit at the end, so that 3*12 is 36 of them. */
typedef struct
{
  DkNumber number;
  gboolean has_unit;
} Figure;

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

/* --- Words --- */

typedef gboolean (*WordFunc) (const char *text, const char *word, gpointer data);

/* Offers the words of both languages to @func, until it takes one. */
static gboolean
try_words (const char *words,
           const char *text,
           WordFunc    func,
           gpointer    data)
{
  static const char *const languages[] = { "en", "zh" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_auto(GStrv) list = g_strsplit (dk_tr_context (languages[i], CONTEXT, words), "|", -1);

      for (guint k = 0; list[k] != NULL; k++)
        if (*list[k] != '\0' && func (text, list[k], data))
          return TRUE;
    }
  return FALSE;
}

static gboolean
is_word (const char *text,
         const char *word,
         gpointer    data)
{
  return g_ascii_strcasecmp (text, word) == 0;
}

static gboolean
begins_with (const char *text,
             const char *word,
             gpointer    data)
{
  if (g_ascii_strncasecmp (text, word, strlen (word)) != 0)
    return FALSE;
  *(const char **) data = text + strlen (word);
  return TRUE;
}

static gboolean
ends_with (const char *text,
           const char *word,
           gpointer    data)
{
  gsize length = strlen (text), n = strlen (word);

  if (n >= length || g_ascii_strcasecmp (text + length - n, word) != 0)
    return FALSE;
  *(gsize *) data = length - n;
  return TRUE;
}

typedef struct { const char *begin, *end; } Span;

static gboolean
contains (const char *text,
          const char *word,
          gpointer    data)
{
  Span *span = data;
  const char *at = strstr (text, word);

  /* At the very beginning there is no low end: it is no range. */
  if (at == NULL || at == text)
    return FALSE;
  *span = (Span) { at, at + strlen (word) };
  return TRUE;
}

/* Takes a word off the end of @text. */
static gboolean
strip_suffix (char       *text,
              const char *words)
{
  gsize length;

  if (!try_words (words, text, ends_with, &length))
    return FALSE;
  text[length] = '\0';
  g_strchomp (text);
  return TRUE;
}

/* --- Characters --- */

/* What input methods write in place of ASCII; "" for what means nothing. */
static const char *
normalize_sign (gunichar c)
{
  static const struct { gunichar character; const char *ascii; } signs[] = {
    { 0x00a0, " " }, { 0x3000, " " }, { 0x2009, " " }, { 0x202f, " " }, { 0x200b, "" }, { 0xfeff, "" },
    { 0x2212, "-" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x2010, "-" }, { 0x2011, "-" }, { 0x301c, "~" }, { 0x223c, "~" }, { 0x2248, "~" },
    { 0x3002, "." }, { 0x2026, ".." }, { 0x00d7, "*" }, { 0x00f7, "/" }, { 0x2265, ">=" }, { 0x2264, "<=" }, { 0x2267, ">=" }, { 0x2266, "<=" },
    { 0x00a5, "" }, { 0xffe5, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].character == c)
      return signs[i].ascii;
  return NULL;
}

static char *
normalize (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *sign = normalize_sign (c);

      if (sign != NULL)
        g_string_append (out, sign);
      else if (c >= 0xff01 && c <= 0xff5e)
        g_string_append_c (out, (char) (c - 0xfee0));
      else
        g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

/* Takes the commas out of 1,234,567.89, and puts a 0 before .5; FALSE where commas do not stand between groups of three. */
static gboolean
tidy_figures (const char *text,
              char      **tidy)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (const char *at = text; *at != '\0';)
    {
      gsize run = strspn (at, "0123456789,");
      gsize first = strcspn (at, ",");

      if (run == 0)
        {
          if (*at == '.' && g_ascii_isdigit (at[1]) && (at == text || (at[-1] != '.' && !g_ascii_isdigit (at[-1]))))
            g_string_append_c (out, '0');
          g_string_append_c (out, *at++);
          continue;
        }
      if (first < run)
        {
          /* Behind the point nothing is grouped. */
          if (first == 0 || first > 3 || (at > text && at[-1] == '.'))
            return FALSE;
          for (gsize i = first; i < run; i += 4)
            if (at[i] != ',' || run - i < 4 || strcspn (at + i + 1, ",") < 3 || memchr (at + i + 1, ',', 3) != NULL)
              return FALSE;
          if ((run - first) % 4 != 0)
            return FALSE;
        }
      for (gsize i = 0; i < run; i++)
        if (at[i] != ',')
          g_string_append_c (out, at[i]);
      at += run;
    }
  /* "5." is on its way to 5.2; "5.." is an open range. */
  if (out->len > 1 && out->str[out->len - 1] == '.' && g_ascii_isdigit (out->str[out->len - 2]))
    g_string_truncate (out, out->len - 1);
  *tidy = g_strdup (out->str);
  return TRUE;
}

/* --- Figures --- */

/* The number as the field shows it, for messages. */
static char *
show (const Reader *self,
      DkNumber      number)
{
  g_autofree char *decimal = NULL;
  gint64 day;
  gsize length;

  if (self->fact->kind == DK_KIND_DATE && dk_number_to_int64 (number, &day))
    return dk_date_to_string (day);
  if (self->fact->unit == DK_UNIT_YUAN && self->in_wan)
    number = dk_number_div (number, DK_NUMBER (10000), self->arena);
  else if (self->fact->unit == DK_UNIT_RATIO)
    number = dk_number_mul (number, DK_NUMBER (100), self->arena);
  decimal = dk_number_to_decimal (number, 6);
  for (length = strlen (decimal); length > 1 && decimal[length - 1] == '0'; length--)
    continue;
  decimal[decimal[length - 1] == '.' ? length - 1 : length] = '\0';
  return g_strdup_printf ("%s%s", decimal, self->fact->unit == DK_UNIT_RATIO ? "%" : "");
}

static DkNumber
scale (const Reader *self,
       Figure        figure)
{
  if (figure.has_unit)
    return figure.number;
  if (self->fact->unit == DK_UNIT_YUAN && self->in_wan)
    return dk_number_mul (figure.number, DK_NUMBER (10000), self->arena);
  if (self->fact->unit == DK_UNIT_RATIO)
    return dk_number_div (figure.number, DK_NUMBER (100), self->arena);
  return figure.number;
}

static gboolean
evaluate (const Reader *self,
          const DkExpr *expr,
          Figure       *figure,
          GError      **error)
{
  Figure a, b;

  switch (expr->kind)
    {
    case DK_EXPR_NUMBER:
      if (expr->has_unit && expr->unit != self->fact->unit)
        return fail (error, _("The unit does not fit what is asked"));
      *figure = (Figure) { expr->value, expr->has_unit };
      return TRUE;

    case DK_EXPR_NEGATE:
      if (!evaluate (self, expr->args[0], &a, error))
        return FALSE;
      *figure = (Figure) { dk_number_negate (a.number, self->arena), a.has_unit };
      return TRUE;

    case DK_EXPR_ADD:
    case DK_EXPR_SUB:
    case DK_EXPR_MUL:
    case DK_EXPR_DIV:
      if (!evaluate (self, expr->args[0], &a, error) || !evaluate (self, expr->args[1], &b, error))
        return FALSE;
      if (expr->kind == DK_EXPR_ADD || expr->kind == DK_EXPR_SUB)
        {
          if (a.has_unit != b.has_unit)
            {
              a = (Figure) { scale (self, a), TRUE };
              b = (Figure) { scale (self, b), TRUE };
            }
          figure->number = expr->kind == DK_EXPR_ADD ? dk_number_add (a.number, b.number, self->arena)
                                                     : dk_number_sub (a.number, b.number, self->arena);
          figure->has_unit = a.has_unit;
          return TRUE;
        }
      if (expr->kind == DK_EXPR_MUL)
        {
          /* A ratio of an amount is an amount; money by money is nothing that is asked. */
          if (a.has_unit && b.has_unit)
            return fail (error, _("The units do not fit together"));
          *figure = (Figure) { dk_number_mul (a.number, b.number, self->arena), a.has_unit || b.has_unit };
          return TRUE;
        }
      if (dk_number_sign (b.number) == 0)
        return fail (error, _("A number cannot be divided by 0"));
      if (b.has_unit)
        return fail (error, _("The units do not fit together"));
      *figure = (Figure) { dk_number_div (a.number, b.number, self->arena), a.has_unit };
      return TRUE;

    default:
      return fail (error, _("A figure such as 1200, 15-20 or 1200+350 is wanted"));
    }
}

/* The rest of a figure behind its digits: the unit. */
static const char *
find_unit (const char *text)
{
  text += strspn (text, "-+");
  text += strspn (text, "0123456789.");
  return text + strspn (text, " ");
}

/* @unit_from: a text whose unit counts for @text when that has none ("1-2亿"), or NULL */
static gboolean
read_number (const Reader *self,
             const char   *text,
             const char   *unit_from,
             DkNumber     *number,
             GError      **error)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkExpr) expr = NULL;
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autofree char *tidy = NULL;
  Figure figure;

  if (self->fact->unit == DK_UNIT_COUNT)
    strip_suffix (plain, WORDS_COUNT);
  if (!tidy_figures (plain, &tidy))
    return fail (error, _("Commas stand between groups of three digits, or are left out"));
  if (unit_from != NULL && *find_unit (tidy) == '\0' && strpbrk (find_unit (unit_from), "0123456789+-*/()") == NULL)
    {
      char *whole = g_strconcat (tidy, find_unit (unit_from), NULL);

      g_free (tidy);
      tidy = whole;
    }
  expr = *tidy != '\0' ? dk_expr_parse (tidy, NULL, self->arena, problems) : NULL;
  if (expr == NULL)
    return fail (error, self->fact->unit == DK_UNIT_YUAN ? _("An amount such as 1200, 15-20 or 1200+350 is wanted; ? means not known yet")
                        : self->fact->unit == DK_UNIT_RATIO ? _("A percentage such as 60 or 55-65 is wanted; ? means not known yet")
                        : _("A number such as 30, 25-35 or 20+10 is wanted; ? means not known yet"));
  if (!evaluate (self, expr, &figure, error))
    return FALSE;
  *number = dk_number_reduce (scale (self, figure), self->arena);
  {
    g_autofree char *digits = number->den == 0 ? dk_number_to_string (*number) : NULL;

    return digits == NULL || strlen (digits) < DK_NUMBER_MAX_DIGITS ? TRUE : fail (error, _("The number has too many digits"));
  }
}

/* --- Dates --- */

static gboolean
is_date_separator (gunichar c)
{
  return c == '-' || c == '/' || c == '.' || c == ' ' || (c >= 0x80 && g_unichar_isalpha (c));
}

/* 2026-11-22, 2026/3/4, 20261122, and with the words for year, month and day between: the digits say what it is. A month or a year
 * alone means all its days. */
static gboolean
read_date (const char *text,
           gint64     *first,
           gint64     *last,
           GError    **error)
{
  int parts[3] = { 0, 0, 0 };
  guint digits[3] = { 0, 0, 0 };
  guint n = 0;
  const char *at = text;

  while (*at != '\0' && n < 3)
    {
      guint limit = n == 0 ? 4 : 2;
      guint gap = 0;

      while (g_ascii_isdigit (*at) && digits[n] < limit)
        {
          parts[n] = parts[n] * 10 + (*at++ - '0');
          digits[n]++;
        }
      if (digits[n] == 0 || (n == 0 && digits[0] != 4))
        break;
      n++;
      /* Eight digits in a row need nothing between them. */
      while (*at != '\0' && !g_ascii_isdigit (*at) && is_date_separator (g_utf8_get_char (at)) && gap++ < 3)
        at = g_utf8_next_char (at);
    }
  if (n == 0 || *at != '\0' || parts[0] < 1 || (n > 1 && (parts[1] < 1 || parts[1] > 12)))
    return fail (error, _("A day such as 2026-11-22 is wanted; ? means not known yet"));
  if (n == 3 && !g_date_valid_dmy (parts[2], parts[1], parts[0]))
    return fail (error, _("The calendar has no such day"));
  *first = dk_date_from_ymd (parts[0], n > 1 ? parts[1] : 1, n > 2 ? parts[2] : 1);
  *last = n == 3 ? *first : n == 2 ? dk_date_add_months (*first, 1) - 1 : dk_date_from_ymd (parts[0], 12, 31);
  return TRUE;
}

/* --- Ranges --- */

/* One end of a range, or a whole answer: a month has two ends by itself. */
static gboolean
read_ends (const Reader *self,
           const char   *text,
           const char   *unit_from,
           DkNumber     *low,
           DkNumber     *high,
           GError      **error)
{
  gint64 first = 0, last = 0;

  if (self->fact->kind != DK_KIND_DATE)
    {
      if (!read_number (self, text, unit_from, low, error))
        return FALSE;
      *high = *low;
      return TRUE;
    }
  if (!read_date (text, &first, &last, error))
    return FALSE;
  *low = DK_NUMBER (first);
  *high = DK_NUMBER (last);
  return TRUE;
}

/* Where a range is parted. A "-" parts figures only where nothing else is reckoned: 15-20, but not 3*12-5 nor -5. */
static gboolean
find_range (const Reader *self,
            const char   *text,
            Span         *span)
{
  const char *at = strstr (text, "..");

  if (at != NULL)
    {
      *span = (Span) { at, at + 2 + strspn (at + 2, ".") };
      return TRUE;
    }
  at = strchr (text + 1, '~');
  if (at != NULL)
    {
      *span = (Span) { at, at + 1 };
      return TRUE;
    }
  if (try_words (WORDS_TO, text, contains, span))
    return TRUE;
  if (self->fact->kind == DK_KIND_DATE)
    {
      at = strstr (text, " - ");
      *span = (Span) { at, at != NULL ? at + 3 : NULL };
      return at != NULL;
    }
  if (strpbrk (text, "+*/(") != NULL)
    return FALSE;
  at = strchr (text + 1, '-');
  *span = (Span) { at, at != NULL ? at + 1 : NULL };
  return at != NULL;
}

static gboolean
read_range (const Reader *self,
            const char   *text,
            Span          span,
            DkNumber     *low,
            DkNumber     *high,
            GError      **error)
{
  g_autofree char *from = g_strstrip (g_strndup (text, span.begin - text));
  g_autofree char *to = g_strstrip (g_strdup (span.end));
  DkNumber unused;

  *low = self->fact->domain.low;
  *high = dk_value_high (&self->fact->domain);
  if (*from == '\0' && *to == '\0')
    return fail (error, _("A range needs at least one end"));
  if ((*from != '\0' && !read_ends (self, from, *to != '\0' ? to : NULL, low, &unused, error))
      || (*to != '\0' && !read_ends (self, to, NULL, &unused, high, error)))
    return FALSE;
  if (dk_number_compare (*low, *high) > 0)
    return fail (error, _("In a range the smaller figure comes first; a subtraction begins with ="));
  return TRUE;
}

static gboolean
is_counted (const DkSymbol *fact)
{
  return dk_number_sign (fact->step) > 0 && dk_number_is_integer (fact->step);
}

/* Ten percent to both sides, outward to whole ones where only those make sense, and never out of the domain. */
static void
widen (const Reader *self,
       DkNumber     *low,
       DkNumber     *high)
{
  DkNumber magnitude = dk_number_sign (*low) < 0 ? dk_number_negate (*low, self->arena) : *low;
  DkNumber tenth = dk_number_div (magnitude, DK_NUMBER (10), self->arena);

  *high = dk_number_reduce (dk_number_add (*low, tenth, self->arena), self->arena);
  *low = dk_number_reduce (dk_number_sub (*low, tenth, self->arena), self->arena);
  if (is_counted (self->fact))
    {
      *low = dk_number_floor (*low, self->arena);
      *high = dk_number_ceil (*high, self->arena);
    }
  *low = dk_number_max (*low, self->fact->domain.low);
  *high = dk_number_min (*high, dk_value_high (&self->fact->domain));
}

static gboolean
check (const Reader *self,
       DkNumber      low,
       DkNumber      high,
       GError      **error)
{
  DkNumber least = self->fact->domain.low, most = dk_value_high (&self->fact->domain);
  g_autofree char *limit = NULL;

  if (dk_number_compare (low, least) < 0)
    {
      limit = show (self, least);
      return self->fact->kind == DK_KIND_DATE ? fail (error, _("It cannot be before %s"), limit) : fail (error, _("It cannot be less than %s"), limit);
    }
  if (dk_number_compare (high, most) > 0)
    {
      limit = show (self, most);
      return self->fact->kind == DK_KIND_DATE ? fail (error, _("It cannot be after %s"), limit) : fail (error, _("It cannot be more than %s"), limit);
    }
  if (self->fact->kind == DK_KIND_NUMBER && is_counted (self->fact)
      && ((dk_number_is_finite (low) && !dk_number_is_integer (low)) || (dk_number_is_finite (high) && !dk_number_is_integer (high))))
    return fail (error, _("A whole number is wanted"));
  return TRUE;
}

static gboolean
parse_quantity (const Reader *self,
                char         *text,
                DkValue      *value,
                GError      **error)
{
  DkNumber low, high;
  const char *rest = text;
  Span span;

  if (try_words (WORDS_NONE, text, is_word, NULL))
    {
      if (self->fact->domain.state & DK_UNDEFINED)
        {
          *value = DK_VALUE_UNDEFINED;
          return TRUE;
        }
      if (self->fact->kind == DK_KIND_DATE)
        return fail (error, _("A day such as 2026-11-22 is wanted; ? means not known yet"));
      if (!check (self, DK_ZERO, DK_ZERO, error))
        return FALSE;
      *value = DK_VALUE_POINT (DK_ZERO);
      return TRUE;
    }
  if (try_words (WORDS_AT_LEAST, text, begins_with, &rest) || strip_suffix (text, WORDS_OR_MORE))
    {
      if (!read_ends (self, rest, NULL, &low, &high, error))
        return FALSE;
      high = dk_value_high (&self->fact->domain);
    }
  else if (try_words (WORDS_AT_MOST, text, begins_with, &rest) || strip_suffix (text, WORDS_OR_LESS))
    {
      if (!read_ends (self, rest, NULL, &low, &high, error))
        return FALSE;
      low = self->fact->domain.low;
    }
  else if (*text == '=')
    {
      if (!read_ends (self, text + 1, NULL, &low, &high, error))
        return FALSE;
    }
  else
    {
      gboolean is_about = self->fact->kind == DK_KIND_NUMBER && try_words (WORDS_ABOUT, text, begins_with, &rest);

      rest = is_about ? rest + strspn (rest, " ") : text;
      if (*rest != '\0' && find_range (self, rest, &span))
        {
          if (!read_range (self, rest, span, &low, &high, error))
            return FALSE;
        }
      else
        {
          if (!read_ends (self, rest, NULL, &low, &high, error))
            return FALSE;
          if (is_about && check (self, low, high, error))
            widen (self, &low, &high);
          else if (is_about)
            return FALSE;
        }
    }
  if (dk_number_compare (low, high) > 0)
    {
      /* At most less than the least, at least more than the most. */
      g_autofree char *limit = show (self, dk_number_is_finite (low) && dk_number_equal (low, self->fact->domain.low) ? low : high);

      return dk_number_equal (low, self->fact->domain.low) ? fail (error, _("It cannot be less than %s"), limit)
                                                           : fail (error, _("It cannot be more than %s"), limit);
    }
  if (!check (self, low, high, error))
    return FALSE;
  *value = dk_value_make (low, high, 0);
  return TRUE;
}

/* --- Words of a list --- */

static gboolean
parse_choice (const DkSymbol *fact,
              const char     *text,
              DkValue        *value,
              GError        **error)
{
  int found = dk_choices_find (fact->choices, text);

  for (guint i = 0; found < 0 && i < fact->choices->labels->len; i++)
    {
      const DkText *label = g_ptr_array_index (fact->choices->labels, i);

      if (g_strcmp0 (label->zh, text) == 0 || (label->en != NULL && g_ascii_strcasecmp (label->en, text) == 0))
        found = (int) i;
    }
  if (found < 0)
    return fail (error, _("One of the options of the list is wanted"));
  *value = DK_VALUE_CHOICE (G_GUINT64_CONSTANT (1) << found);
  return TRUE;
}

/* A code, its first characters, a code with its label behind it, or a label. */
static gboolean
parse_code (const Reader *self,
            const char   *text,
            DkValue      *value,
            GError      **error)
{
  g_autofree char *code = g_ascii_strup (text, strcspn (text, " "));
  const GPtrArray *labels = self->fact->codes->labels;

  if (dk_fact_parse_value (self->fact, code, value, self->arena, NULL))
    return TRUE;
  for (guint i = 0; i < labels->len; i++)
    {
      const DkText *label = g_ptr_array_index (labels, i);

      if (g_strcmp0 (label->zh, text) == 0 || (label->en != NULL && g_ascii_strcasecmp (label->en, text) == 0))
        {
          *value = DK_VALUE_POINT (DK_NUMBER (i));
          return TRUE;
        }
    }
  return fail (error, _("The table has no such code; a code, its first characters, or a name is wanted"));
}

static gboolean
parse_text (const DkSymbol *fact,
            const char     *text,
            DkValue        *value)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  *value = DK_VALUE_POINT (DK_NUMBER (dk_text_intern (trimmed)));
  return TRUE;
}

/**
 * dk_answer_parse:
 * @fact: a fact or a column
 * @text: what a person typed: 1,200.50, 150万, 15-20, about 50, 1200+350, at least 5, none, ?, 2019/3/4; full-width signs too
 * @in_wan: a figure of money without a unit counts 10,000 yuan; of a ratio it always counts percent
 * @arena: takes numbers that do not fit a machine word
 * @state: (out): %DK_ANSWER_NONE for an empty text, %DK_ANSWER_UNKNOWN for "?", else %DK_ANSWER_VALUE
 * @value: (out): the value, if there is one
 * @error: what is wanted, in the program's language
 *
 * "About" means ten percent to both sides. Everything is exact.
 *
 * Returns: %FALSE if the text is no answer; @state and @value are untouched then
 */
gboolean
dk_answer_parse (const DkSymbol  *fact,
                 const char      *text,
                 gboolean         in_wan,
                 DkArena         *arena,
                 DkAnswerState   *state,
                 DkValue         *value,
                 GError         **error)
{
  const Reader reader = { fact, in_wan, arena };
  g_autofree char *plain = NULL;
  DkValue parsed = DK_VALUE_UNDEFINED;
  gboolean ok;

  g_return_val_if_fail (fact != NULL && text != NULL && arena != NULL, FALSE);

  if (strlen (text) > MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return fail (error, _("The text is too long"));
  plain = normalize (text);
  if (*plain == '\0' || try_words (WORDS_UNKNOWN, plain, is_word, NULL))
    {
      *state = *plain == '\0' ? DK_ANSWER_NONE : DK_ANSWER_UNKNOWN;
      return TRUE;
    }
  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      ok = TRUE;
      if (try_words (WORDS_YES, plain, is_word, NULL))
        parsed = DK_VALUE_TRUTH (DK_TRUE);
      else if (try_words (WORDS_NO, plain, is_word, NULL))
        parsed = DK_VALUE_TRUTH (DK_FALSE);
      else
        ok = fail (error, _("Yes or no is wanted; ? means not known yet"));
      break;

    case DK_KIND_CHOICE:
      ok = parse_choice (fact, plain, &parsed, error);
      break;

    case DK_KIND_CODE:
      ok = parse_code (&reader, plain, &parsed, error);
      break;

    case DK_KIND_TEXT:
      ok = parse_text (fact, text, &parsed);
      break;

    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    default:
      ok = parse_quantity (&reader, plain, &parsed, error);
      break;
    }
  if (!ok)
    return FALSE;
  *state = DK_ANSWER_VALUE;
  *value = parsed;
  return TRUE;
}

gboolean
dk_answer_parse_fact (const DkFact   *fact,
                      const char     *text,
                      gboolean        in_wan,
                      DkArena        *arena,
                      DkAnswerState  *state,
                      DkValue        *value,
                      GError        **error)
{
  g_autofree char *code = NULL;
  DkAnswerState found;
  DkValue parsed = DK_VALUE_UNDEFINED;

  g_return_val_if_fail (fact != NULL && text != NULL && arena != NULL, FALSE);

  if (g_strcmp0 (fact->format, "uscc") != 0)
    return dk_answer_parse (fact->symbol, text, in_wan, arena, state, value, error);
  if (strlen (text) > MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return fail (error, _("The text is too long"));
  {
    g_autofree char *plain = normalize (text);

    code = g_ascii_strup (plain, -1);
  }
  if (!dk_answer_parse (fact->symbol, code, in_wan, arena, &found, &parsed, error))
    return FALSE;
  if (found == DK_ANSWER_VALUE && !dk_uscc_check (code, NULL))
    return fail (error, "%s", strlen (code) != 18 ? _("A unified social credit code has 18 characters. Is one missing, or one too many?")
                                                  : _("The check character does not fit. Is one of the characters mistyped?"));
  *state = found;
  if (found == DK_ANSWER_VALUE)
    *value = parsed;
  return TRUE;
}
