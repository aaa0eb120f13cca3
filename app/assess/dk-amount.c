/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-amount"

#include "dk-amount.h"

#include "dk-assessment-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Digits after the point, in whatever unit. */
#define DIGITS 2

/* A unit in which amounts are counted, and how. English counts otherwise than Chinese, so that neither translates the other's. */
typedef struct
{
  gint64      yuan;
  const char *format; /* a msgid where it is translated */
  const char *brief;  /* where there is little room */
} Unit;

static const Unit chinese_units[] = {
  { G_GINT64_CONSTANT (100000000), NC_ ("amount", "%s hundred million yuan"), NC_ ("amount", "%s hundred million") },
  { 10000, NC_ ("amount", "%s ten thousand yuan"), NC_ ("amount", "%s ten thousand") },
  { 1, NC_ ("amount", "%s yuan"), NC_ ("amount", "%s yuan") },
};
static const Unit english_units[] = {
  { G_GINT64_CONSTANT (1000000000), "¥%s billion", "¥%sbn" }, { 1000000, "¥%s million", "¥%sm" }, { 1, "¥%s", "¥%s" },
};

static char *
fill_in (const char *format,
         const char *text)
{
  GString *out = g_string_new (format);

  g_string_replace (out, "%s", text, 1);
  return g_string_free (out, FALSE);
}

/* "1234.50" → "1,234.5" */
static char *
write_number (DkNumber number)
{
  g_autofree char *decimal = dk_number_to_decimal (number, DIGITS);
  GString *text = g_string_new (NULL);
  gsize whole = strcspn (decimal, "."), length = strlen (decimal);

  while (length > whole && (decimal[length - 1] == '0' || decimal[length - 1] == '.'))
    length--;
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && i < whole && (whole - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, decimal[i]);
    }
  return g_string_free (text, FALSE);
}

char *
dk_amount_to_words (DkNumber    yuan,
                    const char *language)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  gboolean is_chinese = g_strcmp0 (language, "zh") == 0;
  const Unit *units = is_chinese ? chinese_units : english_units;
  g_autofree char *number = NULL, *amount = NULL, *full = NULL;
  DkNumber magnitude, count, rounded;
  guint i = 0;

  if (!dk_number_is_finite (yuan))
    return NULL;
  magnitude = dk_number_sign (yuan) < 0 ? dk_number_negate (yuan, arena) : yuan;
  while (units[i].yuan > 1 && dk_number_compare (magnitude, DK_NUMBER (units[i].yuan)) < 0)
    i++;
  count = dk_number_div (magnitude, DK_NUMBER (units[i].yuan), arena);
  rounded = dk_number_round (count, DIGITS, arena);
  /* 9,999.999万 is 1亿 once it is rounded. */
  if (i > 0 && dk_number_compare (dk_number_mul (rounded, DK_NUMBER (units[i].yuan), arena), DK_NUMBER (units[i - 1].yuan)) >= 0)
    {
      i--;
      rounded = dk_number_div (magnitude, DK_NUMBER (units[i].yuan), arena);
      count = rounded;
      rounded = dk_number_round (rounded, DIGITS, arena);
    }
  number = write_number (rounded);
  amount = fill_in (is_chinese ? dk_tr_context (language, "amount", units[i].format) : units[i].format, number);
  full = g_strconcat (dk_number_sign (yuan) < 0 && dk_number_sign (rounded) != 0 ? "−" : "", amount, NULL);
  if (dk_number_equal (count, rounded))
    return g_steal_pointer (&full);
  /* TRANSLATORS: an amount of money that is rounded, such as "约1,234.57万元" */
  return fill_in (dk_tr_context (language, "amount", NC_ ("amount", "about %s")), full);
}

char *
dk_amount_value_to_words (const DkValue *value,
                          const char    *language)
{
  g_autofree char *low = NULL, *high = NULL;

  if (dk_value_is_point (value))
    return dk_amount_to_words (value->low, language);
  if (!(value->state & DK_RANGE))
    return NULL;
  low = dk_amount_to_words (value->low, language);
  high = dk_amount_to_words (dk_value_high (value), language);
  if (low != NULL && high != NULL)
    {
      /* TRANSLATORS: two amounts of money between which one lies, such as "1,400万元至1,600万元" */
      const char *format = dk_tr_context (language, "amount", NC_ ("amount", "%s to %s"));
      g_autofree char *first = fill_in (format, low);

      return fill_in (first, high);
    }
  if (low != NULL)
    /* TRANSLATORS: an amount of money, such as "至少1,400万元" */
    return fill_in (dk_tr_context (language, "amount", NC_ ("amount", "at least %s")), low);
  if (high != NULL)
    /* TRANSLATORS: an amount of money, such as "至多1,600万元" */
    return fill_in (dk_tr_context (language, "amount", NC_ ("amount", "at most %s")), high);
  return NULL;
}

/* @count up or down to so many digits (a power of 10: 100 for three), all those before the point included. */
static DkNumber
round_out (DkNumber  count,
           gboolean  is_up,
           gint64    digits,
           DkArena  *arena)
{
  gint64 scale = 1;
  DkNumber scaled, whole;

  for (gint64 least = digits; least > 1 && dk_number_compare (count, DK_NUMBER (least)) < 0; least /= 10)
    scale *= 10;
  scaled = dk_number_mul (count, DK_NUMBER (scale), arena);
  whole = is_up ? dk_number_negate (dk_number_floor (dk_number_negate (scaled, arena), arena), arena) : dk_number_floor (scaled, arena);
  return dk_number_div (whole, DK_NUMBER (scale), arena);
}

char *
dk_amount_span_to_words (DkNumber    least,
                         DkNumber    most,
                         gboolean    is_brief,
                         const char *language)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  gboolean is_chinese = g_strcmp0 (language, "zh") == 0;
  const Unit *units = is_chinese ? chinese_units : english_units;
  gboolean has_end = dk_number_is_finite (most);
  gboolean is_point = has_end && dk_number_equal (least, most);
  gboolean is_short = is_brief && has_end && !is_point;
  gint64 digits = is_short ? 10 : 100;
  DkNumber yuan, low, high;
  const char *format;
  g_autofree char *first = NULL, *last = NULL, *numbers = NULL, *amount = NULL;
  guint i = 0;

  /* Two numbers of four digits are too long where there is little room: 0.8–0.9亿. */
  while (units[i].yuan > 1 && dk_number_compare (has_end ? most : least, DK_NUMBER (is_short && is_chinese ? units[i].yuan / 10 : units[i].yuan)) < 0)
    i++;
  yuan = DK_NUMBER (units[i].yuan);
  low = round_out (dk_number_div (least, yuan, arena), is_point || !has_end, digits, arena);
  first = write_number (low);
  if (has_end && !is_point)
    {
      high = round_out (dk_number_div (most, yuan, arena), TRUE, digits, arena);
      last = write_number (high);
      numbers = g_strdup_printf ("%s–%s", first, last);
    }
  format = is_brief ? units[i].brief : units[i].format;
  amount = fill_in (is_chinese ? dk_tr_context (language, "amount", format) : format, last != NULL ? numbers : first);
  return has_end ? g_steal_pointer (&amount) : fill_in (dk_tr_context (language, "amount", NC_("amount", "at least %s")), amount);
}
