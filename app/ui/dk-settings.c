/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-settings"

#include "dk-settings.h"

#include "dk-fact-value.h"
#include "dk-library.h"
#include "dk-wording.h"

#include <glib/gi18n.h>
#include <string.h>

/* Finer than this nobody types; what is finer still is shown rounded. */
#define MOST_DIGITS 8

GSettings *
dk_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = g_settings_new (DK_APPLICATION_ID);
  return settings;
}

/* What the desktop speaks, as it was before we told gettext otherwise. */
static const char *
get_system_language (void)
{
  static const char *language;

  if (language == NULL)
    language = g_str_has_prefix (g_get_language_names_with_category ("LC_MESSAGES")[0], "zh") ? "zh" : "en";
  return language;
}

const char *
dk_settings_get_language (void)
{
  g_autofree char *wanted = NULL;
  const char *system = get_system_language ();

  wanted = g_settings_get_string (dk_settings_get (), DK_SETTING_LANGUAGE);
  if (strcmp (wanted, "zh") == 0)
    return "zh";
  if (strcmp (wanted, "en") == 0)
    return "en";
  return system;
}

void
dk_settings_apply_language (void)
{
  dk_library_set_language (dk_settings_get_language ());
  dk_settings_apply_money ();
}

void
dk_settings_apply_money (void)
{
  dk_display_set_money (g_settings_get_boolean (dk_settings_get (), DK_SETTING_IN_WAN) ? DK_MONEY_WAN : DK_MONEY_YUAN);
}

gboolean
dk_settings_is_in_wan (void)
{
  return g_settings_get_boolean (dk_settings_get (), DK_SETTING_IN_WAN) && dk_settings_get_language ()[0] == 'z';
}

/* "1234567.80" → "1,234,567.80", with a real minus. */
static char *
group_digits (const char *decimal)
{
  GString *text = g_string_new (NULL);
  const char *point, *digits = decimal;
  gsize n;

  if (*digits == '-')
    {
      g_string_append (text, "\u2212");
      digits++;
    }
  point = strchr (digits, '.');
  n = point != NULL ? (gsize) (point - digits) : strlen (digits);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, digits + n);
  return g_string_free (text, FALSE);
}

char *
dk_format_number (DkNumber number,
                  DkUnit   unit)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *decimal = NULL, *grouped = NULL;
  DkNumber scaled = number, fine;
  int digits;

  if (!dk_number_is_finite (number))
    return g_strdup (number.num < 0 ? "\u2212∞" : "∞");
  if (unit == DK_UNIT_YUAN && dk_settings_is_in_wan ())
    scaled = dk_number_div (number, DK_NUMBER (10000), arena);
  if (unit == DK_UNIT_RATIO)
    scaled = dk_number_mul (number, DK_NUMBER (100), arena);
  digits = unit == DK_UNIT_YUAN || unit == DK_UNIT_RATIO ? 2 : 0;
  fine = dk_number_mul (scaled, dk_number_power (DK_NUMBER (10), (guint) digits, arena), arena);
  while (digits < MOST_DIGITS && !dk_number_is_integer (fine))
    {
      fine = dk_number_mul (fine, DK_NUMBER (10), arena);
      digits++;
    }
  decimal = dk_number_to_decimal (scaled, digits);
  grouped = group_digits (decimal);
  return unit == DK_UNIT_RATIO ? g_strconcat (grouped, "%", NULL) : g_steal_pointer (&grouped);
}

static char *
format_end (const DkSymbol *fact,
            DkNumber        number)
{
  return fact->kind == DK_KIND_DATE ? dk_fact_end_to_string (fact, number) : dk_format_number (number, fact->unit);
}

static char *
format_span (const DkSymbol *fact,
             const DkValue  *value)
{
  g_autofree char *low = NULL, *high = NULL;

  if (dk_value_is_point (value))
    {
      gboolean is_amount = fact->kind == DK_KIND_NUMBER && (fact->unit == DK_UNIT_YUAN || fact->unit == DK_UNIT_COUNT);

      return is_amount && dk_number_sign (value->low) == 0 ? g_strdup (C_("answer", "None")) : format_end (fact, value->low);
    }
  if (value->state & DK_RANGE)
    {
      DkNumber top = dk_value_high (value);

      low = dk_number_is_finite (value->low) ? format_end (fact, value->low) : NULL;
      high = dk_number_is_finite (top) ? format_end (fact, top) : NULL;
      if (low != NULL && high != NULL)
        return g_strdup_printf (dk_number_sign (value->low) < 0 && fact->kind == DK_KIND_NUMBER ? C_("range", "%s to %s") : "%s–%s", low, high);
      if (low != NULL)
        return g_strdup_printf ("≥ %s", low);
      if (high != NULL)
        return g_strdup_printf ("≤ %s", high);
    }
  return g_strdup (_("Open"));
}

static char *
format_options (const DkSymbol *fact,
                const DkValue  *value,
                const char     *language)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fact->choices->options->len; i++)
    if ((guint64) value->low.num >> i & 1)
      {
        if (text->len > 0)
          g_string_append (text, _(" or "));
        g_string_append (text, dk_text_get (g_ptr_array_index (fact->choices->labels, i), language));
      }
  return g_string_free (text, FALSE);
}

static char *
format_code (const DkSymbol *fact,
             const DkValue  *value,
             const char     *language)
{
  g_autofree char *code = dk_fact_code_to_string (fact, value);
  gint64 first, last;

  if (code == NULL)
    return g_strdup (_("Open"));
  if (dk_codes_find_prefix (fact->codes, code, &first, &last) && strcmp (g_ptr_array_index (fact->codes->codes, first), code) == 0)
    return g_strdup_printf ("%s %s", code, dk_text_get (g_ptr_array_index (fact->codes->labels, first), language));
  return g_steal_pointer (&code);
}

char *
dk_format_value (const DkSymbol *fact,
                 const DkValue  *value)
{
  const char *language = dk_settings_get_language ();

  if (fact->kind == DK_KIND_TRUTH)
    return g_strdup ((value->state & DK_OPEN) == DK_TRUE ? _("Yes") : (value->state & DK_OPEN) == DK_FALSE ? _("No") : _("Open"));
  if (!(value->state & (DK_POINT | DK_RANGE)))
    return g_strdup (value->state & DK_UNDEFINED ? C_("answer", "None") : _("Not applicable"));
  switch (fact->kind)
    {
    case DK_KIND_CHOICE:
      return format_options (fact, value, language);
    case DK_KIND_CODE:
      return format_code (fact, value, language);
    case DK_KIND_TEXT:
      return g_strdup (dk_value_is_point (value) ? dk_text_lookup (value->low.num) : _("Open"));
    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    case DK_KIND_TRUTH:
    default:
      return format_span (fact, value);
    }
}

const char *
dk_format_unit (DkUnit unit)
{
  switch (unit)
    {
    case DK_UNIT_YUAN:
      return dk_settings_is_in_wan () ? _("10,000 yuan") : _("yuan");
    case DK_UNIT_DAYS:
      return C_("unit", "days");
    case DK_UNIT_MONTHS:
      return C_("unit", "months");
    case DK_UNIT_YEARS:
      return C_("unit", "years");
    case DK_UNIT_POINTS:
      return C_("unit", "points");
    case DK_UNIT_PLAIN:
    case DK_UNIT_RATIO:
    case DK_UNIT_COUNT:
    default:
      return "";
    }
}
