/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-digest"

#include "dk-digest.h"

#include "dk-formula.h"
#include "dk-sign.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where two figures would look alike though one of them passes, more digits tell them apart. */
#define MAX_DIGITS 10

static char *
show (const DkWording *wording,
      const DkResult  *result,
      const DkValue   *value,
      int              digits)
{
  return dk_value_to_display_digits (value, result->kind, result->unit, result->choices, result->codes, digits, wording->language);
}

/* Of a rule that judges one answer, that answer: "no accident: no". */
static char *
show_single_fact (const DkWording *wording,
                  const DkResult  *result)
{
  const DkFactRef *ref;

  if (result->facts->len != 1 || dk_wording_is_group (result))
    return g_strdup ("");
  ref = &g_array_index (result->facts, DkFactRef, 0);
  if (ref->fact->kind == DK_KIND_TEXT)
    return g_strdup ("");
  return dk_digest_dup_fact_value (wording, ref);
}

char *
dk_digest_dup_value (const DkWording *wording,
                     const DkResult  *result)
{
  g_autofree char *value = NULL, *threshold = NULL;

  if (dk_wording_is_group (result))
    return dk_wording_describe_group (wording, result);
  if (!result->has_value)
    return show_single_fact (wording, result);
  if (!result->has_threshold)
    return show (wording, result, &result->value, 2);

  threshold = show (wording, result, &result->threshold, -1);
  for (int digits = 2; digits <= MAX_DIGITS; digits++)
    {
      g_autofree char *limit = show (wording, result, &result->threshold, digits);

      g_free (value);
      value = show (wording, result, &result->value, digits);
      if (strcmp (value, limit) != 0 || dk_value_equal (&result->value, &result->threshold, result->kind))
        break;
    }
  return g_strdup_printf ("%s %s %s", value, dk_comparison_to_symbol (result->comparison), threshold);
}

static char *
show_gap (const DkWording *wording,
          DkNumber         gap,
          DkUnit           unit)
{
  int digits = 2;
  g_autofree char *points = NULL;

  if (unit != DK_UNIT_RATIO)
    return dk_number_to_display (gap, unit, digits, wording->language);
  for (; digits < MAX_DIGITS; digits++)
    {
      g_autofree char *shown = dk_number_to_decimal (gap, digits + 2);

      if (strpbrk (shown, "123456789") != NULL)
        break;
    }
  points = dk_number_to_decimal (dk_number_mul (gap, DK_NUMBER (100), wording->arena), digits);
  return g_strdup_printf (dk_tr_context (wording->language, "quantity", "%s percentage points"), points);
}

static char *
show_missing (const DkResult *result)
{
  guint n = result->missing->len + result->registers->len;

  if (n == 0)
    return g_strdup (_("a panel decides"));
  return g_strdup_printf (ngettext ("%u missing", "%u missing", n), n);
}

/* How far a settled figure is from its threshold; of a range, at the least. */
static char *
show_margin (const DkWording *wording,
             const DkResult  *result)
{
  gboolean is_range = !dk_value_is_point (&result->margin);
  gboolean is_upper = result->comparison == DK_LE || result->comparison == DK_LT;
  DkNumber least = result->verdict == DK_VERDICT_PASS ? result->margin.low
                                                      : dk_number_negate (dk_value_high (&result->margin), wording->arena);
  g_autofree char *gap = NULL;
  const char *format;

  if (!dk_number_is_finite (least) || dk_number_sign (least) < 0)
    return g_strdup ("");
  if (dk_number_sign (least) == 0)
    return g_strdup (is_range ? "" : _("at the limit"));
  gap = show_gap (wording, least, result->margin_unit);
  if (result->verdict == DK_VERDICT_PASS)
    /* TRANSLATORS: how far a figure is on the good side of its threshold. */
    format = is_range ? _("at least %s to spare") : _("%s to spare");
  else if (is_upper)
    format = is_range ? _("at least %s too much") : _("%s too much");
  else
    format = is_range ? _("at least %s short") : _("%s short");
  return g_strdup_printf (format, gap);
}

char *
dk_digest_dup_distance (const DkWording *wording,
                        const DkResult  *result)
{
  guint n_open;

  if (result->verdict == DK_VERDICT_OPEN)
    return show_missing (result);
  if (result->verdict != DK_VERDICT_PASS && result->verdict != DK_VERDICT_FAIL)
    return g_strdup ("");
  if (result->is_undefined)
    return g_strdup (_("not computable"));

  n_open = dk_wording_is_group (result) ? 0 : dk_assessment_count_unanswered (wording->assessment, result);
  if (n_open > 0)
    /* TRANSLATORS: answers that are missing, but cannot change a verdict. */
    return g_strdup_printf (ngettext ("%u open, no matter", "%u open, no matter", n_open), n_open);
  if (!result->has_margin || (result->margin.state & (DK_POINT | DK_RANGE)) == 0 || dk_wording_is_group (result))
    return g_strdup ("");
  return show_margin (wording, result);
}

char *
dk_digest_dup_count (const DkWording *wording,
                     const DkResult  *list)
{
  guint n, n_known;

  dk_assessment_count_figures (wording->assessment, list->item, &n, &n_known);
  return g_strdup_printf ("%u / %u", n_known, n);
}

char *
dk_digest_dup_score (const DkWording *wording,
                     const DkResult  *result)
{
  DkNumber max;
  DkValue most;
  g_autofree char *value = NULL, *limit = NULL;

  if (!result->has_value)
    return g_strdup ("");
  value = show (wording, result, &result->value, 2);
  if (!dk_digest_get_max (result->item, &max, wording->arena))
    return g_steal_pointer (&value);
  most = DK_VALUE_POINT (max);
  g_free (value);
  value = dk_value_to_display (&result->value, result->kind, DK_UNIT_PLAIN, NULL, NULL, wording->language);
  limit = dk_value_to_display (&most, DK_KIND_NUMBER, DK_UNIT_PLAIN, NULL, NULL, wording->language);
  return g_strdup_printf ("%s / %s", value, limit);
}

char *
dk_digest_dup_need (const DkWording *wording,
                    const DkResult  *result)
{
  g_autofree char *limit = NULL;

  if (!result->has_threshold)
    return g_strdup ("");
  limit = show (wording, result, &result->threshold, -1);
  switch (result->comparison)
    {
    case DK_GE:
      /* TRANSLATORS: what a rule asks for; %s is a figure with its unit. */
      return g_strdup_printf (_("%s or more needed"), limit);
    case DK_GT:
      return g_strdup_printf (_("more than %s needed"), limit);
    case DK_LE:
      return g_strdup_printf (_("%s at most"), limit);
    case DK_LT:
      return g_strdup_printf (_("less than %s needed"), limit);
    case DK_EQ:
    case DK_NE:
    default:
      return g_strdup_printf ("%s %s", dk_comparison_to_symbol (result->comparison), limit);
    }
}

gboolean
dk_digest_get_ends (const DkValue *value,
                    double        *low,
                    double        *high)
{
  DkNumber top = dk_value_high (value);

  if ((value->state & (DK_POINT | DK_RANGE)) == 0 || !dk_number_is_finite (value->low) || !dk_number_is_finite (top))
    return FALSE;
  *low = dk_number_to_double (value->low);
  *high = dk_number_to_double (top);
  return TRUE;
}

/* The most that an expression of points can give, where it is plain to see. */
static gboolean
get_most (const DkExpr *expr,
          DkNumber     *max,
          DkArena      *arena,
          guint         depth)
{
  gboolean has = FALSE;

  if (expr == NULL || depth == 0)
    return FALSE;
  switch ((int) expr->kind)
    {
    case DK_EXPR_NUMBER:
      *max = expr->value;
      return TRUE;

    case DK_EXPR_RANGE:
      return get_most (expr->args[1], max, arena, depth - 1);

    case DK_EXPR_NAME:
      return expr->item != NULL && expr->item->value != NULL && get_most (expr->item->value, max, arena, depth - 1);

    case DK_EXPR_BAND:
      for (guint i = 0; i < expr->n_rows; i++)
        {
          DkNumber points;

          if (!get_most (expr->rows[i].result, &points, arena, depth - 1))
            return FALSE;
          *max = has ? dk_number_max (*max, points) : points;
          has = TRUE;
        }
      return has;

    case DK_EXPR_CALL:
      if (!g_str_equal (expr->text, "max") && !g_str_equal (expr->text, "best"))
        return FALSE;
      for (guint i = 0; i < expr->n_args; i++)
        {
          DkNumber points;

          if (!get_most (expr->args[i], &points, arena, depth - 1))
            return FALSE;
          *max = has ? dk_number_max (*max, points) : points;
          has = TRUE;
        }
      return has;

    default:
      return FALSE;
    }
}

gboolean
dk_digest_get_max (const DkItem *item,
                   DkNumber     *max,
                   DkArena      *arena)
{
  DkNumber sum = DK_ZERO;

  if (dk_number_sign (item->max) > 0)
    {
      *max = item->max;
      return TRUE;
    }
  if (item->kind != DK_ITEM_TOTAL)
    return item->kind == DK_ITEM_SCORE && get_most (item->value, max, arena, 8);
  for (guint i = 0; i < item->children->len; i++)
    {
      DkNumber part;

      if (!dk_digest_get_max (g_ptr_array_index (item->children, i), &part, arena))
        return FALSE;
      sum = dk_number_add (sum, part, arena);
    }
  *max = sum;
  return dk_number_sign (sum) > 0;
}

const DkValue *
dk_digest_get_fact_value (const DkWording *wording,
                          const DkFactRef *ref)
{
  const DkAssessment *assessment = wording->assessment;

  return &assessment->run->regs[assessment->known_reg[assessment->canonical[ref->slot]]];
}

char *
dk_digest_dup_fact_value (const DkWording *wording,
                          const DkFactRef *ref)
{
  return dk_fact_value_to_display (ref->fact, dk_digest_get_fact_value (wording, ref), 2, wording->language);
}

char *
dk_digest_dup_target (const DkFactRef *ref)
{
  return ref->period.year != 0 ? g_strdup_printf ("%s@%d", ref->fact->id, ref->period.year) : g_strdup (ref->fact->id);
}

const DkResult *
dk_digest_find_total (const DkResult *programme)
{
  if (programme->item->kind == DK_ITEM_TOTAL)
    return programme;
  for (guint i = 0; i < dk_result_n_children (programme); i++)
    {
      const DkResult *child = dk_result_get_child (programme, i);
      const DkResult *found = child->is_aside ? NULL : dk_digest_find_total (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
dk_digest_is_condition (const DkResult *parent,
                        const DkResult *result)
{
  if (result->item->kind == DK_ITEM_WARNING || result->is_aside)
    return FALSE;
  return result->verdict != DK_VERDICT_NA || dk_wording_is_group (parent);
}

gboolean
dk_digest_is_spare (const DkResult *parent,
                    const DkResult *result)
{
  return (parent->item->kind == DK_ITEM_ANY || parent->item->kind == DK_ITEM_AT_LEAST)
         && parent->verdict == DK_VERDICT_PASS && result->verdict != DK_VERDICT_PASS;
}

static const DkExpr *
find_band_in (const DkExpr *expr,
              guint         depth)
{
  if (expr == NULL || depth == 0)
    return NULL;
  if (expr->kind == DK_EXPR_BAND)
    return expr;
  for (guint i = 0; i < expr->n_args; i++)
    {
      const DkExpr *found = find_band_in (expr->args[i], depth - 1);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Points of a score come from its value; a threshold that depends on the size of the enterprise stands in what is required, perhaps
 * by the name of another rule. */
const DkExpr *
dk_digest_find_band (const DkResult *result)
{
  const DkItem *item = result->item;
  const DkExpr *found = find_band_in (item->value, 8);

  if (found == NULL)
    found = find_band_in (item->require, 8);
  if (found == NULL && item->require != NULL && item->require->kind == DK_EXPR_COMPARE && item->require->args[1] != NULL
      && item->require->args[1]->item != NULL)
    found = find_band_in (item->require->args[1]->item->value, 8);
  return found;
}

const DkExpr *
dk_digest_find_quotient (const DkResult *result)
{
  const DkItem *item = result->item;
  const DkExpr *expr = item->value;

  if (expr == NULL && item->require != NULL && item->require->kind == DK_EXPR_COMPARE)
    expr = item->require->args[0];
  for (guint depth = 0; expr != NULL && depth < 8; depth++)
    {
      if (expr->kind == DK_EXPR_DIV)
        return expr;
      if (expr->kind == DK_EXPR_BAND)
        expr = expr->args[0];
      else if (expr->kind == DK_EXPR_NAME && expr->item != NULL)
        expr = expr->item->value;
      else
        return NULL;
    }
  return NULL;
}

/* A stretch of a formula that is a link. */
typedef struct { gsize start, end; const DkFactRef *ref; } Link;

static int
compare_links (gconstpointer a,
               gconstpointer b)
{
  const Link *x = a, *y = b;

  return (x->start > y->start) - (x->start < y->start);
}

static gboolean
is_free (const GArray *links,
         gsize         start,
         gsize         end)
{
  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);

      if (start < link->end && end > link->start)
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_link (GArray          *links,
          gsize            start,
          gsize            end,
          const DkFactRef *ref)
{
  Link link = { start, end, ref };

  if (start == end || !is_free (links, start, end))
    return FALSE;
  g_array_append_val (links, link);
  return TRUE;
}

/* "revenue 3,000万" or "on the list (no)": the figure behind the name. */
static gboolean
link_single (GArray          *links,
             const char      *language,
             const char      *formula,
             const char      *name,
             const char      *shown,
             const DkFactRef *ref)
{
  g_autofree char *behind = g_strdup_printf ("%s %s", name, shown);
  g_autofree char *in_brackets = g_strdup_printf (dk_tr_context (language, "formula", "%s (%s)"), name, shown);
  const char *const patterns[] = { behind, in_brackets };
  gboolean has = FALSE;

  for (guint p = 0; p < G_N_ELEMENTS (patterns); p++)
    for (const char *at = strstr (formula, patterns[p]); at != NULL; at = strstr (at + 1, patterns[p]))
      {
        const char *figure = strstr (at + strlen (name), shown);
        gsize start = (gsize) (figure - formula);

        has = add_link (links, start, start + strlen (shown), ref) || has;
      }
  return has;
}

/* "revenue 2023–2025 (1 + 2 + 3)": one of the figures in the brackets. */
static void
link_in_series (GArray          *links,
                const char      *formula,
                const char      *label,
                const char      *shown,
                const DkFactRef *ref)
{
  for (const char *at = strstr (formula, label); at != NULL; at = strstr (at + 1, label))
    {
      const char *open = strpbrk (at + strlen (label), "(");
      const char *wide = strstr (at + strlen (label), "（");
      const char *close;

      if (wide != NULL && (open == NULL || wide < open))
        open = wide;
      if (open == NULL || open - at > (gssize) strlen (label) + 24)
        continue;
      close = strpbrk (open, ")");
      for (const char *figure = strstr (open, shown); figure != NULL && (close == NULL || figure < close); figure = strstr (figure + 1, shown))
        {
          gsize start = (gsize) (figure - formula);
          gsize end = start + strlen (shown);

          if (start > 0 && (g_ascii_isdigit (formula[start - 1]) || formula[start - 1] == ',' || formula[start - 1] == '.'))
            continue;
          if (g_ascii_isdigit (formula[end]) || formula[end] == ',')
            continue;
          if (add_link (links, start, end, ref))
            return;
        }
    }
}

static void
find_links (const DkWording *wording,
            const DkResult  *result,
            const char      *formula,
            GArray          *links)
{
  for (guint i = 0; i < result->facts->len; i++)
    {
      const DkFactRef *ref = &g_array_index (result->facts, DkFactRef, i);
      const DkValue *value = dk_digest_get_fact_value (wording, ref);
      const char *label = dk_text_get (&ref->fact->label, wording->language);
      g_autofree char *name = dk_wording_name_fact (wording, ref);
      gboolean has = FALSE;

      for (int digits = 2; digits <= 4 && !has; digits++)
        {
          g_autofree char *shown = dk_fact_value_to_display (ref->fact, value, digits, wording->language);

          has = link_single (links, wording->language, formula, name, shown, ref);
          if (!has && (ref->period.year == 0 || ref->period.year == dk_assessment_get_year (wording->assessment)))
            has = link_single (links, wording->language, formula, label, shown, ref);
          if (!has && ref->period.year != 0)
            link_in_series (links, formula, label, shown, ref);
        }
    }
}

char *
dk_digest_link_formula (const DkWording *wording,
                        const DkResult  *result,
                        const char      *formula)
{
  g_autoptr(GArray) links = g_array_new (FALSE, FALSE, sizeof (Link));
  GString *markup = g_string_new (NULL);
  gsize done = 0;

  find_links (wording, result, formula, links);
  g_array_sort (links, compare_links);
  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);
      g_autofree char *before = g_markup_escape_text (formula + done, (gssize) (link->start - done));
      g_autofree char *figure = g_markup_escape_text (formula + link->start, (gssize) (link->end - link->start));
      g_autofree char *target = dk_digest_dup_target (link->ref);
      g_autofree char *name = dk_wording_name_fact (wording, link->ref);
      g_autofree char *title = g_markup_escape_text (name, -1);

      g_string_append_printf (markup, "%s<a href=\"fact:%s\" title=\"%s\">%s</a>", before, target, title, figure);
      done = link->end;
    }
  {
    g_autofree char *rest = g_markup_escape_text (formula + done, -1);

    g_string_append (markup, rest);
  }
  return g_string_free (markup, FALSE);
}

char *
dk_digest_dup_part (const DkWording *wording,
                    const DkResult  *result,
                    const DkExpr    *expr)
{
  DkFormula formula = { wording->assessment, result->item, wording->language, wording->assessment->run->regs, 2 };
  GString *text = g_string_new (NULL);

  dk_formula_write (&formula, expr, DK_LEVEL_OR, text);
  return g_string_free (text, FALSE);
}

const char *
dk_digest_name_certainty (DkCertainty certainty)
{
  static const char *const names[] = {
    N_("The document itself was read"), N_("Read in secondary sources"), N_("Known, not read again"), N_("To be confirmed"),
  };

  return _(names[certainty]);
}

static void
add_numbers (const GPtrArray *citations,
             GPtrArray       *numbers)
{
  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);

      if (citation->source->number != NULL && !g_ptr_array_find (numbers, citation->source->number, NULL))
        g_ptr_array_add (numbers, citation->source->number);
    }
}

char *
dk_digest_dup_documents (const DkWording *wording,
                         const DkResult  *programme,
                         guint            most)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new ();
  const DkVersion *version = programme->in_force != NULL ? programme->in_force : programme->item->version;
  GString *text = g_string_new (NULL);

  if (version != NULL)
    add_numbers (version->citations, numbers);
  add_numbers (programme->item->citations, numbers);
  for (guint i = 0; i < MIN (numbers->len, most); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? dk_wording_get_comma (wording) : "", (const char *) g_ptr_array_index (numbers, i));
  return g_string_free (text, FALSE);
}

char *
dk_digest_dup_day (gint64 day)
{
  GDate date;

  if (day <= 0 || day > G_MAXUINT32 || !g_date_valid_julian ((guint32) day))
    return dk_date_to_string (day);
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);
  /* TRANSLATORS: a day in prose: year, month, day of the month. */
  return g_strdup_printf (C_("day", "%d-%02d-%02d"), g_date_get_year (&date), (int) g_date_get_month (&date), g_date_get_day (&date));
}

char *
dk_digest_dup_text (const DkWording *wording,
                    const DkResult  *result,
                    const char      *remedy)
{
  const DkItem *item = result->item;
  const char *note = dk_text_get (&item->note, wording->language);
  const char *advice = dk_text_get (&item->advice, wording->language);
  g_autofree char *formula = dk_wording_describe_result (wording, result);
  g_autofree char *missing = result->verdict == DK_VERDICT_OPEN ? dk_wording_list_missing (wording, result->missing, result->registers) : NULL;
  g_autofree char *day = dk_digest_dup_day (dk_assessment_get_as_of (wording->assessment));
  GString *text = g_string_new (NULL);

  g_string_append (text, dk_wording_get_title (wording, result));
  if (result->verdict != DK_VERDICT_NONE)
    g_string_append_printf (text, " · %s", dk_sign_get_name (dk_sign_of_result (wording->assessment, result)));
  g_string_append_printf (text, "\n%s\n", formula);
  if (*note != '\0')
    g_string_append_printf (text, "%s\n", note);
  if (missing != NULL)
    g_string_append_printf (text, "%s%s\n", _("Missing: "), missing);
  if (remedy != NULL && *remedy != '\0')
    g_string_append_printf (text, "%s\n", remedy);
  if (*advice != '\0')
    g_string_append_printf (text, "%s%s\n", _("What to do: "), advice);
  for (guint i = 0; item->citations != NULL && i < item->citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (item->citations, i);
      g_autofree char *place = dk_wording_dup_citation (wording, citation);

      g_string_append_printf (text, "%s%s", i > 0 ? dk_wording_get_separator (wording) : "", place);
      if (citation->certainty == DK_CERTAINTY_UNCERTAIN)
        g_string_append_printf (text, " [%s]", dk_digest_name_certainty (citation->certainty));
    }
  if (item->citations != NULL && item->citations->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, _("as of %s"), day);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}
