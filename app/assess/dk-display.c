/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-display"

#include "dk-assessment-private.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * dk_tr:
 * @language: "en", or "zh" for the translation
 * @message: an English text, marked with N_()
 *
 * Which language a text is made in is asked for with each text, since a dossier may be in another language than
 * the program. dgettext () rather than g_dgettext (): GLib decides once for all whether it translates.
 */
const char *
dk_tr (const char *language,
       const char *message)
{
  return g_strcmp0 (language, "zh") == 0 ? dgettext (DK_GETTEXT_DOMAIN, message) : message;
}

const char *
dk_tr_context (const char *language,
               const char *context,
               const char *message)
{
  g_autofree char *key = NULL;
  const char *found;

  if (g_strcmp0 (language, "zh") != 0)
    return message;
  key = g_strconcat (context, "\004", message, NULL);
  found = dgettext (DK_GETTEXT_DOMAIN, key);
  return found == key ? message : found;
}

/* "1234567.50" -> "1,234,567.50" */
static char *
group_thousands (const char *decimal)
{
  GString *text = g_string_new (NULL);
  const char *digits = *decimal == '-' ? decimal + 1 : decimal;
  gsize whole = strcspn (digits, ".");

  if (*decimal == '-')
    g_string_append (text, "−");
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, digits + whole);
  return g_string_free (text, FALSE);
}

/* Rounded to @most digits after the point, without zeros at the end. */
static char *
to_shortest (DkNumber number,
             int      most)
{
  g_autofree char *decimal = dk_number_to_decimal (number, most);

  if (strchr (decimal, '.') != NULL)
    {
      gsize length = strlen (decimal);

      while (decimal[length - 1] == '0')
        length--;
      if (decimal[length - 1] == '.')
        length--;
      decimal[length] = '\0';
    }
  if (g_str_equal (decimal, "-0"))
    return g_strdup ("0");
  return group_thousands (decimal);
}

static gboolean
is_multiple (DkNumber number,
             gint64   step,
             DkArena *arena)
{
  return dk_number_is_integer (dk_number_div (number, DK_NUMBER (step), arena));
}

#define TEN_THOUSAND G_GINT64_CONSTANT (10000)
#define HUNDRED_MILLION G_GINT64_CONSTANT (100000000)

/* Digits after the point so that an amount in 10,000 yuan is exact to the fen. */
#define WAN_DIGITS 6

static int money_style = DK_MONEY_AUTO; /* DkMoneyStyle, read and set atomically */

void
dk_display_set_money (DkMoneyStyle style)
{
  g_atomic_int_set (&money_style, style);
}

/* With at least @least digits after the point, and up to @most where it takes them to be exact: "18.40", "18.403251". */
static char *
to_exact (DkNumber number,
          int      least,
          int      most)
{
  g_autofree char *few = dk_number_to_decimal (number, least);
  g_autofree char *many = dk_number_to_decimal (number, most);
  gsize length = strlen (many);

  /* Cut as far as nothing but zeros goes. */
  while (length > strlen (few) && many[length - 1] == '0')
    length--;
  many[length] = '\0';
  return group_thousands (many);
}

/* An amount by the preference, without its unit. */
static char *
write_amount (DkNumber      number,
              DkMoneyStyle  style,
              int           digits,
              const char   *language)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  int fen = MAX (digits, 2);

  if (style == DK_MONEY_WAN && g_strcmp0 (language, "zh") == 0)
    return to_exact (dk_number_div (number, DK_NUMBER (TEN_THOUSAND), arena), 2, MAX (digits, WAN_DIGITS));
  return dk_number_is_integer (number) ? to_shortest (number, 0) : to_exact (number, 2, fen);
}

static char *
add_money_unit (const char   *text,
                DkMoneyStyle  style,
                const char   *language)
{
  gboolean is_negative = g_str_has_prefix (text, "−");

  if (g_strcmp0 (language, "zh") != 0)
    return g_strdup_printf ("%s¥%s", is_negative ? "−" : "", is_negative ? text + strlen ("−") : text);
  if (style == DK_MONEY_WAN)
    /* TRANSLATORS: an amount of money in a text where all amounts are in units of 10,000 yuan, such as "1,500.00 万元" */
    return g_strdup_printf (dk_tr_context (language, "money", NC_ ("money", "%s ten thousand yuan")), text);
  /* TRANSLATORS: an amount of money in a text where all amounts are in yuan, such as "9,999.50 元" */
  return g_strdup_printf (dk_tr_context (language, "money", NC_ ("money", "%s yuan")), text);
}

static char *
yuan_to_display (DkNumber    number,
                 int         digits,
                 const char *language)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkNumber magnitude = dk_number_sign (number) < 0 ? dk_number_negate (number, arena) : number;
  DkMoneyStyle style = (DkMoneyStyle) g_atomic_int_get (&money_style);
  g_autofree char *text = NULL;
  int most = digits > 2 ? digits : 2;

  if (style != DK_MONEY_AUTO)
    {
      text = write_amount (number, style, digits, language);
      return add_money_unit (text, style, language);
    }
  if (g_strcmp0 (language, "zh") != 0)
    {
      text = to_shortest (number, most);
      return g_strdup_printf ("CNY %s", text);
    }

  /* The largest unit in which the amount is exact to four digits after the point. */
  if (dk_number_compare (magnitude, DK_NUMBER (HUNDRED_MILLION)) >= 0 && is_multiple (number, TEN_THOUSAND, arena))
    {
      text = to_shortest (dk_number_div (number, DK_NUMBER (HUNDRED_MILLION), arena), 4);
      /* TRANSLATORS: an amount of money counted in units of 100,000,000 yuan, such as "3亿" */
      return g_strdup_printf (dk_tr_context (language, "amount", NC_ ("amount", "%s hundred million yuan")), text);
    }
  if (dk_number_compare (magnitude, DK_NUMBER (TEN_THOUSAND)) >= 0 && is_multiple (number, 1, arena))
    {
      text = to_shortest (dk_number_div (number, DK_NUMBER (TEN_THOUSAND), arena), 4);
      /* TRANSLATORS: an amount of money counted in units of 10,000 yuan, such as "150万" */
      return g_strdup_printf (dk_tr_context (language, "amount", NC_ ("amount", "%s ten thousand yuan")), text);
    }
  text = to_shortest (number, most);
  /* TRANSLATORS: an amount of money in yuan, such as "9,999.50元" */
  return g_strdup_printf (dk_tr_context (language, "amount", NC_ ("amount", "%s yuan")), text);
}

static char *
with_word (const char *text,
           gboolean    is_one,
           DkUnit      unit,
           const char *language)
{
  static const struct { DkUnit unit; const char *one, *many; } words[] = {
    /* TRANSLATORS: quantities; %s is the number */
    { DK_UNIT_DAYS, NC_ ("quantity", "%s day"), NC_ ("quantity", "%s days") },
    { DK_UNIT_MONTHS, NC_ ("quantity", "%s month"), NC_ ("quantity", "%s months") },
    { DK_UNIT_YEARS, NC_ ("quantity", "%s year"), NC_ ("quantity", "%s years") },
    { DK_UNIT_POINTS, NC_ ("quantity", "%s point"), NC_ ("quantity", "%s points") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].unit == unit)
      return g_strdup_printf (dk_tr_context (language, "quantity", is_one ? words[i].one : words[i].many), text);
  return g_strdup (text);
}

char *
dk_number_to_display (DkNumber    number,
                      DkUnit      unit,
                      int         digits,
                      const char *language)
{
  g_autofree char *text = NULL;

  if (!dk_number_is_finite (number))
    return g_strdup (dk_number_sign (number) < 0 ? "−∞" : "∞");

  switch (unit)
    {
    case DK_UNIT_YUAN:
      return yuan_to_display (number, digits, language);

    case DK_UNIT_RATIO:
      {
        g_autoptr(DkArena) arena = dk_arena_new ();
        DkNumber percent = dk_number_mul (number, DK_NUMBER (100), arena);

        if (digits < 0)
          text = to_shortest (percent, 4);
        else
          {
            g_autofree char *decimal = dk_number_to_decimal (percent, digits);

            text = group_thousands (decimal);
          }
        return g_strdup_printf ("%s %%", text);
      }

    case DK_UNIT_PLAIN:
    case DK_UNIT_COUNT:
    case DK_UNIT_DAYS:
    case DK_UNIT_MONTHS:
    case DK_UNIT_YEARS:
    case DK_UNIT_POINTS:
    default:
      text = to_shortest (number, digits > 4 ? digits : 4);
      return with_word (text, dk_number_equal (number, DK_ONE), unit, language);
    }
}

/* "50–100 points": the unit is said once. */
/* Whether so many days, months or years say no more than that a day is not known. */
static gboolean
is_centuries (gint64 span,
              DkUnit unit)
{
  switch (unit)
    {
    case DK_UNIT_DAYS:
      return span > 36525;

    case DK_UNIT_MONTHS:
      return span > 1200;

    case DK_UNIT_YEARS:
      return span > 100;

    case DK_UNIT_PLAIN:
    case DK_UNIT_YUAN:
    case DK_UNIT_RATIO:
    case DK_UNIT_COUNT:
    case DK_UNIT_POINTS:
    default:
      return FALSE;
    }
}

static char *
range_to_display (const DkValue *value,
                  DkUnit         unit,
                  int            digits,
                  const char    *unknown,
                  const char    *language)
{
  DkNumber high = dk_value_high (value);
  g_autofree char *low_text = dk_number_to_display (value->low, unit, digits, language);
  g_autofree char *high_text = dk_number_to_display (high, unit, digits, language);
  gboolean has_low = dk_number_is_finite (value->low), has_high = dk_number_is_finite (high);
  DkMoneyStyle style = (DkMoneyStyle) g_atomic_int_get (&money_style);
  g_autofree char *plain_low = NULL, *plain_high = NULL, *both = NULL;
  gint64 first, last;

  /* Whatever is 0 or more says nothing, nor does growth from -100 % on: it is not known yet. */
  if (!has_high && (!has_low || dk_number_sign (value->low) == 0 || (unit == DK_UNIT_RATIO && dk_number_compare (value->low, DK_NUMBER (-1)) <= 0)))
    return g_strdup (unknown);
  if (!has_high)
    /* TRANSLATORS: a value of which only the least is known */
    return g_strdup_printf (dk_tr_context (language, "value", NC_ ("value", "at least %s")), low_text);
  if (!has_low)
    return g_strdup_printf (dk_tr_context (language, "value", NC_ ("value", "at most %s")), high_text);
  /* From a day of which nothing is known to another there are centuries either way. */
  if (dk_number_to_int64 (value->low, &first) && dk_number_to_int64 (high, &last) && is_centuries (last - first, unit))
    return g_strdup (unknown);
  /* Ends as near as those of a root are one figure to read. */
  if (g_str_equal (low_text, high_text))
    return g_steal_pointer (&low_text);

  switch (unit)
    {
    case DK_UNIT_PLAIN:
    case DK_UNIT_COUNT:
    case DK_UNIT_DAYS:
    case DK_UNIT_MONTHS:
    case DK_UNIT_YEARS:
    case DK_UNIT_POINTS:
      plain_low = to_shortest (value->low, 4);
      plain_high = to_shortest (high, 4);
      both = g_strdup_printf ("%s–%s", plain_low, plain_high);
      return with_word (both, FALSE, unit, language);

    case DK_UNIT_YUAN:
      if (style == DK_MONEY_AUTO)
        return g_strdup_printf ("%s – %s", low_text, high_text);
      plain_low = write_amount (value->low, style, digits, language);
      plain_high = write_amount (high, style, digits, language);
      both = dk_number_sign (value->low) < 0 ? g_strdup_printf (dk_tr_context (language, "range", NC_ ("range", "%s to %s")), plain_low, plain_high)
                                             : g_strdup_printf ("%s–%s", plain_low, plain_high);
      return add_money_unit (both, style, language);

    case DK_UNIT_RATIO:
    default:
      return g_strdup_printf ("%s – %s", low_text, high_text);
    }
}

/* More than so many possibilities say no more than that it is not known. */
#define MAX_LISTED 4

static char *
choice_to_display (guint64          set,
                   const DkChoices *choices,
                   const char      *unknown,
                   const char      *language)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; choices != NULL && i < choices->options->len && i < 64; i++)
    {
      if ((set >> i & 1) == 0)
        continue;
      if (n++ > 0)
        /* TRANSLATORS: between possibilities: "small or micro" */
        g_string_append (text, dk_tr_context (language, "value", NC_ ("value", " or ")));
      if (i < choices->labels->len)
        g_string_append (text, dk_text_get (g_ptr_array_index (choices->labels, i), language));
      else
        g_string_append (text, g_ptr_array_index (choices->options, i));
    }
  if (n == 0 || n > MAX_LISTED)
    g_string_assign (text, unknown);
  return g_string_free (text, FALSE);
}

static char *
code_to_display (const DkValue *value,
                 const DkCodes *codes,
                 const char    *unknown,
                 const char    *language)
{
  gint64 place;

  if ((value->state & DK_RANGE) == 0 && codes != NULL && dk_number_to_int64 (value->low, &place)
      && place >= 0 && place < codes->codes->len)
    {
      const char *label = place < codes->labels->len ? dk_text_get (g_ptr_array_index (codes->labels, place), language) : "";

      return g_strdup_printf ("%s %s", (const char *) g_ptr_array_index (codes->codes, place), label);
    }
  return g_strdup (unknown);
}

static char *
date_to_display (const DkValue *value,
                 const char    *unknown)
{
  gint64 low, high;
  gboolean has_low = dk_number_to_int64 (value->low, &low);
  gboolean has_high = dk_number_to_int64 (dk_value_high (value), &high);
  g_autofree char *from = has_low ? dk_date_to_string (low) : NULL;
  g_autofree char *to = has_high ? dk_date_to_string (high) : NULL;

  if ((value->state & DK_RANGE) == 0 && from != NULL)
    return g_steal_pointer (&from);
  /* A domain of centuries says no more than that the day is not known. */
  if (from == NULL || to == NULL || high - low > 36525)
    return g_strdup (unknown);
  return g_strdup_printf ("%s – %s", from, to);
}

/* @unknown: what stands for a value of which nothing is known */
static char *
show_value (const DkValue   *value,
            DkKind           kind,
            DkUnit           unit,
            const DkChoices *choices,
            const DkCodes   *codes,
            int              digits,
            const char      *unknown,
            const char      *language)
{
  g_autofree char *text = NULL;
  guint32 state = value->state;

  if (kind == DK_KIND_TRUTH)
    {
      if ((state & DK_OPEN) == DK_OPEN)
        return g_strdup (unknown);
      if (state & DK_OPEN)
        text = g_strdup (state & DK_TRUE ? dk_tr_context (language, "value", NC_ ("value", "yes"))
                                         : dk_tr_context (language, "value", NC_ ("value", "no")));
    }
  else if (state & (DK_POINT | DK_RANGE))
    {
      switch (kind)
        {
        case DK_KIND_NUMBER:
          text = state & DK_RANGE ? range_to_display (value, unit, digits, unknown, language)
                                  : dk_number_to_display (value->low, unit, digits, language);
          break;

        case DK_KIND_CHOICE:
          text = choice_to_display ((guint64) value->low.num, choices, unknown, language);
          break;

        case DK_KIND_DATE:
          text = date_to_display (value, unknown);
          break;

        case DK_KIND_CODE:
          text = code_to_display (value, codes, unknown, language);
          break;

        case DK_KIND_TEXT:
          {
            gint64 number;

            if ((state & DK_RANGE) == 0 && dk_number_to_int64 (value->low, &number) && dk_text_lookup (number) != NULL)
              text = g_strdup (dk_text_lookup (number));
            else
              text = g_strdup (unknown);
          }
          break;

        case DK_KIND_TRUTH:
        default:
          break;
        }
    }

  if (state & DK_NA && text == NULL && (state & DK_UNDEFINED) == 0)
    return g_strdup (dk_tr_context (language, "value", NC_ ("value", "does not apply")));
  if (text == NULL)
    /* TRANSLATORS: a value that does not exist, such as a quotient by 0 */
    return g_strdup (dk_tr_context (language, "value", NC_ ("value", "not computable")));
  /* Of what nothing is known it is no news that there may be nothing. */
  if (state & DK_UNDEFINED && (state & DK_UNANSWERED) == 0 && !g_str_equal (text, unknown))
    /* TRANSLATORS: a value that may turn out not to exist, once facts are answered */
    return g_strdup_printf (dk_tr_context (language, "value", NC_ ("value", "%s, or not computable")), text);
  return g_steal_pointer (&text);
}

char *
dk_value_to_display_digits (const DkValue   *value,
                            DkKind           kind,
                            DkUnit           unit,
                            const DkChoices *choices,
                            const DkCodes   *codes,
                            int              digits,
                            const char      *language)
{
  return show_value (value, kind, unit, choices, codes, digits, dk_tr_context (language, "value", NC_ ("value", "not known yet")), language);
}

const char *
dk_get_unanswered_word (const char *language)
{
  return dk_tr_context (language, "value", NC_ ("value", "not answered"));
}

char *
dk_fact_value_to_display (const DkSymbol *fact,
                          const DkValue  *value,
                          int             digits,
                          const char     *language)
{
  const char *unknown = dk_get_unanswered_word (language);
  guint32 both = DK_POINT | DK_RANGE;
  DkValue there = *value;

  /* An answer may be that there is none, and that this is possible is no news. */
  if (fact->domain.state & DK_UNDEFINED && fact->kind != DK_KIND_TRUTH)
    {
      if ((value->state & (both | DK_UNDEFINED | DK_NA)) == DK_UNDEFINED)
        /* TRANSLATORS: an answer: there is no such thing, as a penalty or a certificate */
        return g_strdup (dk_tr_context (language, "value", NC_ ("value", "none")));
      there.state &= ~(guint32) DK_UNDEFINED;
    }
  /* All that the question admits is no answer. */
  if (fact->kind == DK_KIND_NUMBER && value->state & DK_RANGE && fact->domain.state & DK_RANGE && (value->state & both) == (fact->domain.state & both)
      && dk_number_equal (value->low, fact->domain.low) && dk_number_equal (dk_value_high (value), dk_value_high (&fact->domain))
      && (value->state & DK_UNDEFINED) == 0)
    return g_strdup (unknown);
  return show_value (&there, fact->kind, fact->unit, fact->choices, fact->codes, digits, unknown, language);
}

/**
 * dk_value_to_display:
 *
 * A value as people write it. Rounded for reading: a verdict must not be read off it.
 */
char *
dk_value_to_display (const DkValue   *value,
                     DkKind           kind,
                     DkUnit           unit,
                     const DkChoices *choices,
                     const DkCodes   *codes,
                     const char      *language)
{
  return dk_value_to_display_digits (value, kind, unit, choices, codes, 2, language);
}

/**
 * dk_fact_to_display:
 *
 * A fact as people speak of it, with its period.
 *
 * Returns: (transfer full): its label, or its id where it has none
 */
char *
dk_fact_to_display (const DkSymbol *fact,
                    DkPeriodKey     period,
                    const char     *language)
{
  const char *label = dk_text_get (&fact->label, language);

  if (*label == '\0')
    label = fact->id;
  switch (fact->period)
    {
    case DK_PERIOD_YEAR:
      /* TRANSLATORS: a fact in a year: label, year. */
      return g_strdup_printf (dk_tr (language, N_("%s (%d)")), label, period.year);

    case DK_PERIOD_QUARTER:
      /* TRANSLATORS: a fact in a quarter: label, year, number of the quarter. */
      return g_strdup_printf (dk_tr (language, N_("%s (%d Q%d)")), label, period.year, period.quarter);

    case DK_PERIOD_MONTH:
      /* TRANSLATORS: a fact in a month: label, year, month. */
      return g_strdup_printf (dk_tr (language, N_("%s (%d-%02d)")), label, period.year, period.month);

    case DK_PERIOD_NONE:
    default:
      return g_strdup (label);
    }
}

/**
 * dk_figure_to_display:
 * @sources: (nullable): of the catalogue
 * @fact: a fact
 * @period: a period of it
 * @source: who says it, or %DK_NO_SOURCE
 * @language: "zh" or "en"
 *
 * Returns: (transfer full): as dk_fact_to_display (), with the source
 */
char *
dk_figure_to_display (const DkChoices *sources,
                      const DkSymbol  *fact,
                      DkPeriodKey      period,
                      guint            source,
                      const char      *language)
{
  g_autofree char *name = dk_fact_to_display (fact, period, language);

  if (source == DK_NO_SOURCE || sources == NULL || source >= sources->options->len)
    return g_steal_pointer (&name);
  /* TRANSLATORS: a fact and the document that its figure is taken from: "Revenue (2025), audit report". */
  return g_strdup_printf (dk_tr (language, N_("%s, %s")), name, dk_text_get (g_ptr_array_index (sources->labels, source), language));
}
