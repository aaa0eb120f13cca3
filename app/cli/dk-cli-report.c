/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-report"

#include "dk-cli-report.h"

#include <glib/gi18n.h>
#include <string.h>

/* The most facts that one line names. */
#define DK_REPORT_MAX_NAMES 6

/* One text in the making. */
typedef struct
{
  DkLayout     *layout;
  DkAssessment *assessment;
  const char   *language;
  DkRulebook   *book;
  DkArena      *arena;
  int           column; /* where formulas begin */
} Report;

static const char *
get_sign (DkVerdict verdict)
{
  static const char *const signs[] = { "·", "●", "■", "◌", "–" };

  return signs[verdict];
}

static DkStyle
get_style (DkVerdict verdict)
{
  static const DkStyle styles[] = { DK_STYLE_PLAIN, DK_STYLE_GOOD, DK_STYLE_BAD, DK_STYLE_WAITING, DK_STYLE_FAINT };

  return styles[verdict];
}

static const char *
name_verdict (DkVerdict verdict)
{
  static const char *const names[] = { "", N_("Pass"), N_("Fail"), N_("Open"), N_("Not applicable") };

  return *names[verdict] != '\0' ? _(names[verdict]) : "";
}

/* The same of a criterion, in a sentence. */
static const char *
name_outcome (DkVerdict verdict)
{
  static const char *const names[] = { "", N_("met"), N_("not met"), N_("open"), N_("does not apply") };

  return *names[verdict] != '\0' ? _(names[verdict]) : "";
}

static const char *
get_title (const Report   *report,
           const DkResult *result)
{
  const DkItem *item = result->item;
  const char *title = dk_text_get (&item->title, report->language);

  return *title != '\0' ? title : item->id;
}

/* The title of a programme; another reading has its own name where the titles are alike. */
static char *
dup_programme_title (const Report   *report,
                     const DkResult *result)
{
  const DkPack *pack = result->item->pack;
  const DkPack *other = pack->reading_of != NULL ? dk_rulebook_find_pack (report->book, pack->reading_of) : NULL;
  const char *title = dk_text_get (&pack->title, report->language);

  if (other != NULL && strcmp (title, dk_text_get (&other->title, report->language)) == 0)
    return g_strdup_printf ("%s · %s", title, dk_text_get (&pack->reading, report->language));
  return g_strdup (title);
}

static gboolean
is_group (const DkResult *result)
{
  return result->item->kind == DK_ITEM_ALL || result->item->kind == DK_ITEM_ANY || result->item->kind == DK_ITEM_AT_LEAST;
}

static char *
name_fact (const Report    *report,
           const DkFactRef *ref)
{
  const char *label = dk_text_get (&ref->fact->label, report->language);

  if (*label == '\0')
    label = ref->fact->id;
  if (ref->period.month > 0)
    /* TRANSLATORS: a fact in a month: label, year, month. */
    return g_strdup_printf (_("%s (%d-%02d)"), label, ref->period.year, ref->period.month);
  if (ref->period.quarter > 0)
    /* TRANSLATORS: a fact in a quarter: label, year, number of the quarter. */
    return g_strdup_printf (_("%s (%d Q%d)"), label, ref->period.year, ref->period.quarter);
  if (ref->fact->period == DK_PERIOD_YEAR)
    /* TRANSLATORS: a fact in a year: label, year. */
    return g_strdup_printf (_("%s (%d)"), label, ref->period.year);
  return g_strdup (label);
}

static const char *
get_comma (const Report *report)
{
  return report->language[0] == 'z' ? "、" : ", ";
}

/* "a, b, c and 3 more"; NULL when nothing is missing. */
static char *
list_missing (const Report *report,
              const GArray *facts,
              const GArray *registers)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = facts != NULL ? facts->len : 0;
  guint n_registers = registers != NULL ? registers->len : 0;
  guint n_named = 0;

  for (guint i = 0; i < n && n_named < DK_REPORT_MAX_NAMES; i++, n_named++)
    {
      g_autofree char *name = name_fact (report, &g_array_index (facts, DkFactRef, i));

      if (text->len > 0)
        g_string_append (text, get_comma (report));
      g_string_append (text, name);
    }
  for (guint i = 0; i < n_registers && n_named < DK_REPORT_MAX_NAMES; i++, n_named++)
    {
      const DkRegister *reg = g_ptr_array_index (dk_rulebook_get_scope (report->book)->registers, g_array_index (registers, guint, i));
      const char *label = dk_text_get (&reg->label, report->language);

      if (text->len > 0)
        g_string_append (text, get_comma (report));
      /* TRANSLATORS: %s is a register such as "Intellectual property" that is not marked as complete. */
      g_string_append_printf (text, _("the list “%s” to the end"), *label != '\0' ? label : reg->id);
    }
  if (text->len == 0)
    return NULL;
  if (n + n_registers > n_named)
    g_string_append_printf (text, ngettext (" and %u more", " and %u more", n + n_registers - n_named),
                            n + n_registers - n_named);
  return g_strdup (text->str);
}

static char *
show_fact_number (const Report   *report,
                  const DkSymbol *fact,
                  DkNumber        number)
{
  DkValue value = DK_VALUE_POINT (number);

  if (fact->kind == DK_KIND_TRUTH)
    value = DK_VALUE_TRUTH (dk_number_sign (number) != 0 ? DK_TRUE : DK_FALSE);
  return dk_value_to_display (&value, fact->kind, fact->unit, fact->choices, fact->codes, report->language);
}

/* "+12.5 %", or NULL from 0. */
static char *
show_relative (const Report  *report,
               const DkLever *lever)
{
  g_autofree char *percent = NULL;

  if (lever->ref.fact->kind != DK_KIND_NUMBER || !dk_number_is_finite (lever->relative))
    return NULL;
  percent = dk_number_to_decimal (dk_number_mul (lever->relative, DK_NUMBER (100), report->arena), 1);
  return g_strdup_printf ("%s%s %%", dk_number_compare (lever->to, lever->from) < 0 ? "−" : "+", percent);
}

static char *
describe_lever (const Report  *report,
                const DkLever *lever)
{
  g_autofree char *name = name_fact (report, &lever->ref);
  g_autofree char *from = show_fact_number (report, lever->ref.fact, lever->from);
  g_autofree char *to = show_fact_number (report, lever->ref.fact, lever->to);
  g_autofree char *relative = show_relative (report, lever);
  GString *text = g_string_new (NULL);

  if (relative != NULL)
    g_string_append_printf (text, _("%s: %s → %s (%s)"), name, from, to, relative);
  else
    g_string_append_printf (text, _("%s: %s → %s"), name, from, to);
  if (lever->grows_with.fact != NULL)
    {
      g_autofree char *other = name_fact (report, &lever->grows_with);

      /* TRANSLATORS: %s is a fact that changes by the same amount: hiring raises the head count as well. */
      g_string_append_printf (text, _(", and %s by as much"), other);
    }
  if (lever->is_closed)
    g_string_append (text, _(" (at the next application: that year is closed)"));
  return g_string_free (text, FALSE);
}

static void
add_line (const Report *report,
          int           indent,
          DkStyle       style,
          const char   *label,
          const char   *text)
{
  dk_layout_start (report->layout, indent, indent + 2);
  if (label != NULL)
    dk_layout_add (report->layout, style, label);
  dk_layout_add (report->layout, label != NULL ? DK_STYLE_PLAIN : style, text);
  dk_layout_end (report->layout);
}

/* Article 6(2): 第6条(2); what is no number stands as it is. */
static char *
name_article (const Report *report,
              const char   *article)
{
  gsize digits = strspn (article, "0123456789");

  if (digits == 0)
    return g_strdup (article);
  if (report->language[0] == 'z')
    return g_strdup_printf ("第%.*s条%s", (int) digits, article, article + digits);
  return g_strdup_printf ("art. %s", article);
}

/* "〔115号 第6条、第8条〕": a document is named once for all its articles that follow each other. */
static void
add_sources (const Report   *report,
             const DkResult *result)
{
  GPtrArray *citations = result->item->citations;
  const DkSource *last = NULL;

  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);
      const char *number = citation->source->number != NULL ? citation->source->number
                                                            : dk_text_get (&citation->source->title, report->language);
      g_autofree char *article = citation->article != NULL ? name_article (report, citation->article) : NULL;
      g_autoptr(GString) text = g_string_new (i == 0 ? "〔" : "");

      if (citation->source != last)
        g_string_append (text, number);
      if (article != NULL)
        g_string_append_printf (text, "%s%s", citation->source != last ? " " : "", article);
      g_string_append (text, i + 1 == citations->len ? "〕" : get_comma (report));
      last = citation->source;
      if (i == 0)
        dk_layout_add (report->layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add_whole (report->layout, DK_STYLE_FAINT, text->str);
    }
  if (result->certainty == DK_CERTAINTY_UNCERTAIN)
    {
      dk_layout_add (report->layout, DK_STYLE_PLAIN, " ");
      /* TRANSLATORS: marks a rule whose wording is uncertain. */
      dk_layout_add_whole (report->layout, DK_STYLE_WAITING, _("[to be confirmed]"));
    }
  if (result->is_self_rated)
    {
      dk_layout_add (report->layout, DK_STYLE_PLAIN, " ");
      /* TRANSLATORS: marks a result that rests on the enterprise's own judgement. */
      dk_layout_add_whole (report->layout, DK_STYLE_WAITING, _("[self-rated]"));
    }
}

/* What is uncertain about the sources of an item, in words. */
static void
add_doubts (const Report   *report,
            int             indent,
            const DkResult *result)
{
  GPtrArray *citations = result->item->citations;

  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);
      const char *note = dk_text_get (&citation->note, report->language);

      if (citation->certainty == DK_CERTAINTY_UNCERTAIN && *note != '\0')
        add_line (report, indent, DK_STYLE_FAINT, _("To be confirmed: "), note);
    }
}

/* The cheapest change of another fact than the first: not everybody can do the cheapest. */
static void
add_other_lever (const Report *report,
                 int           indent,
                 const GArray *levers)
{
  for (guint i = 1; i < levers->len; i++)
    if (g_array_index (levers, DkLever, i).ref.fact != g_array_index (levers, DkLever, 0).ref.fact)
      {
        g_autofree char *change = describe_lever (report, &g_array_index (levers, DkLever, i));

        add_line (report, indent, DK_STYLE_PLAIN, _("or: "), change);
        return;
      }
}

/* Below a criterion that is not met (the formula says by how much): the cheapest change, and advice. */
static void
add_remedy (const Report   *report,
            int             indent,
            const DkResult *result)
{
  g_autoptr(GArray) levers = dk_assessment_get_levers (report->assessment, result);
  const char *advice = dk_text_get (&result->item->advice, report->language);

  if (result->has_margin && dk_value_is_point (&result->margin) && dk_number_sign (result->margin.low) == 0)
    add_line (report, indent, DK_STYLE_BAD, NULL, _("exactly at the limit, which is not enough"));
  if (levers != NULL && levers->len > 0)
    {
      g_autofree char *change = describe_lever (report, &g_array_index (levers, DkLever, 0));

      add_line (report, indent, DK_STYLE_STRONG, _("Least change: "), change);
      add_other_lever (report, indent, levers);
    }
  if (*advice != '\0')
    add_line (report, indent, DK_STYLE_STRONG, _("What to do: "), advice);
}

static void
add_missing (const Report   *report,
             int             indent,
             const DkResult *result)
{
  g_autofree char *missing = list_missing (report, result->missing, result->registers);

  if (missing != NULL)
    add_line (report, indent, DK_STYLE_WAITING, _("Missing: "), missing);
  else
    add_line (report, indent, DK_STYLE_WAITING, NULL, _("Nothing is missing: a panel decides"));
}

/* What a group asks for and has: "met: 5 of 7". A member may stand elsewhere in the tree. */
static char *
describe_group (const Report   *report,
                const DkResult *result)
{
  GPtrArray *members = result->item->children;
  guint n = 0;
  guint n_met = 0;

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const DkResult *member = dk_assessment_find (report->assessment, ((const DkItem *) g_ptr_array_index (members, i))->id);

      n += member != NULL && member->verdict != DK_VERDICT_NA;
      n_met += member != NULL && member->verdict == DK_VERDICT_PASS;
    }
  switch (result->item->kind)
    {
    case DK_ITEM_ANY:
      return g_strdup_printf (_("any one of %u; met: %u"), n, n_met);

    case DK_ITEM_AT_LEAST:
      return g_strdup_printf (_("at least %u of %u; met: %u"), result->item->at_least, n, n_met);

    default:
      return g_strdup_printf (_("met: %u of %u"), n_met, n);
    }
}

static char *
describe_result (const Report   *report,
                 const DkResult *result)
{
  g_autofree char *formula = NULL;

  if (is_group (result))
    return describe_group (report, result);
  formula = dk_result_explain (report->assessment, result, report->language);
  if (formula != NULL && *formula != '\0')
    return g_steal_pointer (&formula);
  if (result->has_value)
    return dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, report->language);
  return g_strdup (name_verdict (result->verdict));
}

/* Left out: warnings without cause, and what does not apply where the rule picks one of several. What is said
 * for information comes at the end. */
static gboolean
is_shown (const DkResult *parent,
          const DkResult *result)
{
  if (result->item->kind == DK_ITEM_WARNING)
    return result->verdict == DK_VERDICT_FAIL;
  if (result->is_aside)
    return FALSE;
  return result->verdict != DK_VERDICT_NA || is_group (parent);
}

/* In a group that is content with some members, the others are no fault once it passes. */
static gboolean
is_spare (const DkResult *parent,
          const DkResult *result)
{
  return (parent->item->kind == DK_ITEM_ANY || parent->item->kind == DK_ITEM_AT_LEAST)
         && parent->verdict == DK_VERDICT_PASS && result->verdict != DK_VERDICT_PASS;
}

static int
get_indent (int depth)
{
  return 2 + 2 * depth;
}

/* The column behind the longest title that is not too long. */
static int
find_column (const Report   *report,
             const DkResult *result,
             int             depth)
{
  int column = 0;

  for (guint i = 0; result->children != NULL && i < result->children->len; i++)
    {
      const DkResult *child = g_ptr_array_index (result->children, i);
      int end = get_indent (depth) + 2 + dk_layout_measure (get_title (report, child)) + 2;

      if (!is_shown (result, child))
        continue;
      if (end <= 38)
        column = MAX (column, end);
      if (!is_spare (result, child))
        column = MAX (column, find_column (report, child, depth + 1));
    }
  return column;
}

static void
add_title (const Report   *report,
           const DkResult *result,
           int             indent,
           gboolean        is_faint)
{
  dk_layout_start (report->layout, indent, indent + 2);
  if (result->item->kind == DK_ITEM_WARNING)
    dk_layout_add (report->layout, DK_STYLE_WAITING, "!");
  else
    dk_layout_add (report->layout, is_faint ? DK_STYLE_FAINT : get_style (result->verdict), is_faint ? "·" : get_sign (result->verdict));
  dk_layout_tab (report->layout, indent + 2);
  dk_layout_add (report->layout, is_faint ? DK_STYLE_FAINT : DK_STYLE_PLAIN, get_title (report, result));
  dk_layout_tab (report->layout, MAX (report->column, indent + 2));
}

/* One line: the title and how it ended. */
static void
add_short (const Report   *report,
           const DkResult *result,
           int             indent,
           const char     *outcome)
{
  g_autofree char *value = NULL;

  if (result->verdict == DK_VERDICT_NONE && result->has_value)
    value = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, report->language);
  add_title (report, result, indent, TRUE);
  dk_layout_add (report->layout, DK_STYLE_FAINT, value != NULL ? value : outcome);
  dk_layout_end (report->layout);
}

static void
add_result (const Report   *report,
            const DkResult *parent,
            const DkResult *result,
            int             depth)
{
  g_autofree char *text = NULL;
  gboolean is_leaf = result->children == NULL || result->children->len == 0;
  const char *advice = dk_text_get (&result->item->advice, report->language);

  if (!is_shown (parent, result))
    return;
  if (is_spare (parent, result))
    {
      add_short (report, result, get_indent (depth), name_outcome (result->verdict));
      return;
    }
  text = describe_result (report, result);
  add_title (report, result, get_indent (depth), result->verdict == DK_VERDICT_NA);
  dk_layout_add (report->layout, result->verdict == DK_VERDICT_NA ? DK_STYLE_FAINT : DK_STYLE_PLAIN, text);
  add_sources (report, result);
  dk_layout_end (report->layout);

  if (result->item->kind == DK_ITEM_WARNING)
    {
      if (*advice != '\0')
        add_line (report, report->column, DK_STYLE_STRONG, _("What to do: "), advice);
    }
  else if (result->verdict == DK_VERDICT_FAIL && !is_group (result))
    {
      add_remedy (report, report->column, result);
    }
  else if (result->verdict == DK_VERDICT_OPEN && is_leaf)
    {
      add_missing (report, report->column, result);
    }
  add_doubts (report, report->column, result);
  for (guint i = 0; !is_leaf && i < result->children->len; i++)
    add_result (report, result, g_ptr_array_index (result->children, i), depth + 1);
}

/* What is computed besides, and on which the verdict does not rest: a line each. */
static void
add_asides (Report         *report,
            const DkResult *result)
{
  /* Many of these only count rows; "registered accidents: no" is clearer than "not met". */
  static const char *const answers[] = { "", NC_("value", "yes"), NC_("value", "no"), NC_("value", "not known yet"), "" };
  gboolean has_head = FALSE;

  report->column = 0;
  for (guint i = 0; i < result->children->len; i++)
    {
      const DkResult *child = g_ptr_array_index (result->children, i);

      if (child->is_aside && child->item->kind != DK_ITEM_WARNING)
        report->column = MAX (report->column, MIN (44, 4 + 2 + dk_layout_measure (get_title (report, child)) + 2));
    }
  for (guint i = 0; i < result->children->len; i++)
    {
      const DkResult *child = g_ptr_array_index (result->children, i);

      if (!child->is_aside || child->item->kind == DK_ITEM_WARNING || child->verdict == DK_VERDICT_NA)
        continue;
      if (!has_head)
        /* TRANSLATORS: above results on which the verdict does not rest. */
        add_line (report, 2, DK_STYLE_FAINT, NULL, _("For information:"));
      has_head = TRUE;
      add_short (report, child, 4, *answers[child->verdict] != '\0' ? g_dpgettext2 (NULL, "value", answers[child->verdict]) : "");
    }
}

/* Names what makes a failing group fail: goes down through "all of", where each failing member decides. */
static void
list_failing (const Report   *report,
              const DkResult *result,
              GPtrArray      *titles)
{
  for (guint i = 0; result->children != NULL && i < result->children->len; i++)
    {
      const DkResult *child = g_ptr_array_index (result->children, i);

      if (child->is_aside || child->verdict != DK_VERDICT_FAIL)
        continue;
      if (child->item->kind == DK_ITEM_ALL)
        list_failing (report, child, titles);
      else
        g_ptr_array_add (titles, (char *) get_title (report, child));
    }
}

static char *
describe_span (const DkVersion *version)
{
  g_autofree char *from = dk_date_to_string (version->from);
  g_autofree char *to = version->to != G_MAXINT64 ? dk_date_to_string (version->to) : NULL;

  return to != NULL ? g_strdup_printf (_("from %s to %s"), from, to) : g_strdup_printf (_("from %s on"), from);
}

/* The figure that may change least, and how far: "revenue 120万 may fall to 100万 (−16.7 %)". */
static char *
describe_safety (const Report   *report,
                 const DkResult *result)
{
  g_autoptr(GArray) safety = dk_assessment_get_safety (report->assessment, result);
  g_autofree char *name = NULL, *from = NULL, *to = NULL, *relative = NULL;
  const DkLever *weakest;
  int direction;

  if (safety == NULL || safety->len == 0)
    return NULL;
  weakest = &g_array_index (safety, DkLever, 0);
  name = name_fact (report, &weakest->ref);
  from = show_fact_number (report, weakest->ref.fact, weakest->from);
  to = show_fact_number (report, weakest->ref.fact, weakest->to);
  relative = show_relative (report, weakest);
  direction = dk_number_compare (weakest->to, weakest->from);
  if (direction == 0)
    /* TRANSLATORS: a fact and its figure. */
    return g_strdup_printf (_("%s %s, at the limit: any change for the worse turns it"), name, from);
  if (direction < 0)
    /* TRANSLATORS: a fact, its figure, another figure, the change in percent. */
    return g_strdup_printf (_("%s %s may fall to %s (%s)"), name, from, to, relative != NULL ? relative : "—");
  return g_strdup_printf (_("%s %s may rise to %s (%s)"), name, from, to, relative != NULL ? relative : "—");
}

/* What the table says behind the verdict of a programme. */
static char *
describe_programme (const Report   *report,
                    const DkResult *result)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();
  guint n;

  switch (result->verdict)
    {
    case DK_VERDICT_NONE:
      return result->has_value ? dk_value_to_display (&result->value, result->kind, result->unit, result->choices,
                                                      result->codes, report->language)
                               : g_strdup ("");

    case DK_VERDICT_FAIL:
      {
        g_autoptr(GString) text = g_string_new (NULL);

        list_failing (report, result, titles);
        for (guint i = 0; i < titles->len; i++)
          {
            if (i > 0)
              g_string_append (text, get_comma (report));
            g_string_append (text, g_ptr_array_index (titles, i));
          }
        return titles->len > 0 ? g_strdup_printf (_("not met: %s"), text->str) : g_strdup ("");
      }

    case DK_VERDICT_OPEN:
      n = result->missing->len + result->registers->len;
      if (n == 0)
        return g_strdup (_("a panel decides"));
      return g_strdup_printf (ngettext ("%u answer is missing", "%u answers are missing", n), n);

    case DK_VERDICT_NA:
      return dk_result_explain (report->assessment, result, report->language);

    case DK_VERDICT_PASS:
    default:
      return is_group (result) ? describe_group (report, result) : g_strdup ("");
    }
}

static void
add_table (const Report *report)
{
  GPtrArray *results = dk_assessment_get_results (report->assessment);
  int title_width = 0;
  int verdict_width = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      g_autofree char *title = dup_programme_title (report, result);

      title_width = MAX (title_width, dk_layout_measure (title));
      verdict_width = MAX (verdict_width, dk_layout_measure (name_verdict (result->verdict)));
    }
  title_width = MIN (title_width, 44);
  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      g_autofree char *title = dup_programme_title (report, result);
      g_autofree char *remark = describe_programme (report, result);

      dk_layout_start (report->layout, 0, 2);
      dk_layout_add (report->layout, get_style (result->verdict), get_sign (result->verdict));
      dk_layout_tab (report->layout, 2);
      dk_layout_add (report->layout, DK_STYLE_PLAIN, title);
      dk_layout_tab (report->layout, 2 + title_width + 2);
      dk_layout_add (report->layout, get_style (result->verdict), name_verdict (result->verdict));
      dk_layout_tab (report->layout, 2 + title_width + 2 + verdict_width + (verdict_width > 0 ? 2 : 0));
      dk_layout_add (report->layout, DK_STYLE_PLAIN, remark);
      dk_layout_end (report->layout);
    }
}

/* What a founder wants to know of the programme as a whole, before its criteria. */
static void
add_outlook (const Report   *report,
             const DkResult *result)
{
  if (result->verdict == DK_VERDICT_PASS)
    {
      g_autofree char *safety = describe_safety (report, result);

      if (safety != NULL)
        /* TRANSLATORS: the figure that may change least before a passing programme fails; it follows. */
        add_line (report, 2, DK_STYLE_STRONG, _("Weakest figure: "), safety);
    }
  else if (result->verdict == DK_VERDICT_FAIL)
    {
      g_autoptr(GArray) levers = dk_assessment_get_levers (report->assessment, result);

      if (levers != NULL && levers->len > 0)
        {
          g_autofree char *change = describe_lever (report, &g_array_index (levers, DkLever, 0));

          add_line (report, 2, DK_STYLE_STRONG, _("This alone makes it pass: "), change);
          add_other_lever (report, 2, levers);
        }
      else
        add_line (report, 2, DK_STYLE_FAINT, NULL, _("No single change of a figure makes it pass; see below what each criterion needs."));
    }
  else if (result->verdict == DK_VERDICT_OPEN)
    {
      add_missing (report, 2, result);
    }
}

static void
add_programme (Report         *report,
               const DkResult *result)
{
  g_autofree char *title = dup_programme_title (report, result);

  dk_layout_gap (report->layout);
  dk_layout_start (report->layout, 0, 2);
  dk_layout_add (report->layout, get_style (result->verdict), get_sign (result->verdict));
  dk_layout_tab (report->layout, 2);
  dk_layout_add (report->layout, DK_STYLE_STRONG, title);
  if (result->verdict != DK_VERDICT_NONE)
    {
      dk_layout_add (report->layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (report->layout, get_style (result->verdict), name_verdict (result->verdict));
    }
  if (result->in_force != NULL)
    {
      g_autofree char *span = describe_span (result->in_force);
      /* TRANSLATORS: a version of a rule and its dates: "version 2017, from 2017-05-03 on". */
      g_autofree char *version = g_strdup_printf (_("version %s, %s"), result->in_force->id, span);

      dk_layout_add (report->layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (report->layout, DK_STYLE_FAINT, version);
    }
  add_sources (report, result);
  dk_layout_end (report->layout);
  if (result->n_versions > 1)
    add_line (report, 2, DK_STYLE_WAITING, NULL, _("Which version is in force depends on a date that is missing: all of them are considered."));
  if (result->verdict == DK_VERDICT_NA)
    {
      g_autofree char *absence = dk_result_explain (report->assessment, result, report->language);

      add_line (report, 2, DK_STYLE_FAINT, NULL, absence);
      return;
    }
  add_outlook (report, result);
  add_doubts (report, 2, result);
  report->column = find_column (report, result, 0);
  if (!is_group (result))
    {
      g_autofree char *text = describe_result (report, result);

      add_line (report, 2, DK_STYLE_PLAIN, NULL, text);
    }
  for (guint i = 0; result->children != NULL && i < result->children->len; i++)
    add_result (report, result, g_ptr_array_index (result->children, i), 0);
  if (result->children != NULL)
    add_asides (report, result);
}

static void
add_next_question (const Report *report)
{
  DkQuestion question;
  g_autofree char *name = NULL;
  g_autofree char *count = NULL;

  if (!dk_assessment_get_next_question (report->assessment, &question))
    return;
  name = name_fact (report, &question.ref);
  count = g_strdup_printf (ngettext ("it can settle %u verdict", "it can settle up to %u verdicts", question.n_open), question.n_open);
  dk_layout_gap (report->layout);
  dk_layout_start (report->layout, 0, 2);
  /* TRANSLATORS: the missing fact that is best answered next; its name follows. */
  dk_layout_add (report->layout, DK_STYLE_STRONG, _("Answer this next: "));
  dk_layout_add (report->layout, DK_STYLE_PLAIN, name);
  dk_layout_add (report->layout, DK_STYLE_FAINT, " — ");
  dk_layout_add (report->layout, DK_STYLE_FAINT, count);
  dk_layout_end (report->layout);
}

static void
open_report (Report       *report,
             const DkCli  *cli,
             DkLayout     *layout,
             DkAssessment *assessment)
{
  *report = (Report) {
    .layout = layout,
    .assessment = assessment,
    .language = cli->language,
    .book = cli->book,
    .arena = dk_arena_new (),
  };
}

/**
 * dk_report_assessment:
 * @cli: the call
 * @layout: takes the text
 * @assessment: what to show
 * @name: of the enterprise
 * @is_brief: only the table of programmes
 *
 * Shows the verdicts first, so that they are seen at a glance, and then what each rests on.
 */
void
dk_report_assessment (const DkCli  *cli,
                      DkLayout     *layout,
                      DkAssessment *assessment,
                      const char   *name,
                      gboolean      is_brief)
{
  GPtrArray *results = dk_assessment_get_results (assessment);
  g_autofree char *day = dk_date_to_string (dk_assessment_get_as_of (assessment));
  /* TRANSLATORS: the day for which the rules are applied, and the year whose figures are used. */
  g_autofree char *head = g_strdup_printf (_("as of %s · figures of %d"), day, dk_assessment_get_year (assessment));
  Report report;

  open_report (&report, cli, layout, assessment);
  dk_layout_start (layout, 0, 0);
  dk_layout_add (layout, DK_STYLE_STRONG, name != NULL && *name != '\0' ? name : _("(no name)"));
  dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
  dk_layout_add (layout, DK_STYLE_FAINT, head);
  dk_layout_end (layout);
  dk_layout_rule (layout);
  add_table (&report);
  for (guint i = 0; !is_brief && i < results->len; i++)
    add_programme (&report, g_ptr_array_index (results, i));
  add_next_question (&report);
  dk_arena_free (report.arena);
}

/**
 * dk_report_overview:
 * @cli: the call
 * @assessment: of one enterprise among several
 * @head: (out): the ids of the programmes
 *
 * Makes a line of signs, each below the id of its programme in @head.
 *
 * Returns: (transfer full): the line
 */
char *
dk_report_overview (const DkCli   *cli,
                    DkAssessment  *assessment,
                    char         **head)
{
  GPtrArray *results = dk_assessment_get_results (assessment);
  GString *line = g_string_new (NULL);
  GString *heads = g_string_new (NULL);
  DkLayout layout;
  DkLayout head_layout;

  dk_cli_layout_init (cli, &layout, line);
  dk_cli_layout_init (cli, &head_layout, heads);
  layout.width = head_layout.width = G_MAXINT;
  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      g_autofree char *value = NULL;
      int next;

      if (result->verdict == DK_VERDICT_NONE && result->has_value)
        value = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, cli->language);
      dk_layout_add (&layout, get_style (result->verdict), value != NULL ? value : get_sign (result->verdict));
      dk_layout_add (&head_layout, DK_STYLE_STRONG, result->item->pack->id);
      next = MAX (layout.column, head_layout.column) + 2;
      if (i + 1 < results->len)
        {
          dk_layout_tab (&layout, next);
          dk_layout_tab (&head_layout, next);
        }
    }
  *head = g_string_free (heads, FALSE);
  return g_string_free (line, FALSE);
}

/* Shows one result that is no programme. */
void
dk_report_expression (const DkCli    *cli,
                      DkLayout       *layout,
                      DkAssessment   *assessment,
                      const DkResult *result)
{
  g_autofree char *value = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, cli->language);
  g_autofree char *formula = NULL;
  g_autofree char *missing = NULL;
  Report report;

  open_report (&report, cli, layout, assessment);
  formula = dk_result_explain (assessment, result, cli->language);
  missing = list_missing (&report, result->missing, result->registers);
  dk_layout_start (layout, 0, 2);
  dk_layout_add (layout, DK_STYLE_STRONG, value);
  dk_layout_end (layout);
  if (formula != NULL && *formula != '\0')
    add_line (&report, 2, DK_STYLE_PLAIN, NULL, formula);
  if (missing != NULL)
    add_line (&report, 2, DK_STYLE_WAITING, _("Missing: "), missing);
  dk_arena_free (report.arena);
}
