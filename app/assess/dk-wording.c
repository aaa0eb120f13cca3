/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-wording"

#include "dk-wording.h"

#include <glib/gi18n.h>
#include <string.h>

/* The most facts that one line names. */
#define DK_WORDING_MAX_NAMES 6

const char *
dk_wording_get_sign (DkVerdict verdict)
{
  static const char *const signs[] = { "·", "●", "■", "◌", "–" };

  return signs[verdict];
}

const char *
dk_wording_name_verdict (DkVerdict verdict)
{
  static const char *const names[] = { "", N_("Pass"), N_("Fail"), N_("Open"), N_("Not applicable") };

  return *names[verdict] != '\0' ? _(names[verdict]) : "";
}

/* The same of a criterion, in a sentence. */
const char *
dk_wording_name_outcome (DkVerdict verdict)
{
  static const char *const names[] = { "", N_("met"), N_("not met"), N_("open"), N_("does not apply") };

  return *names[verdict] != '\0' ? _(names[verdict]) : "";
}

const char *
dk_wording_get_title (const DkWording *wording,
                      const DkResult  *result)
{
  const DkItem *item = result->item;
  const char *title = dk_text_get (&item->title, wording->language);

  return *title != '\0' ? title : item->id;
}

/* The title of a programme; another reading has its own name where the titles are alike. */
char *
dk_wording_dup_programme_title (const DkWording *wording,
                                const DkResult  *result)
{
  const DkPack *pack = result->item->pack;
  const DkPack *other = pack->reading_of != NULL ? dk_rulebook_find_pack (wording->book, pack->reading_of) : NULL;
  const char *title = dk_text_get (&pack->title, wording->language);

  if (other != NULL && strcmp (title, dk_text_get (&other->title, wording->language)) == 0)
    return g_strdup_printf ("%s · %s", title, dk_text_get (&pack->reading, wording->language));
  return g_strdup (title);
}

gboolean
dk_wording_is_group (const DkResult *result)
{
  return result->item->kind == DK_ITEM_ALL || result->item->kind == DK_ITEM_ANY || result->item->kind == DK_ITEM_AT_LEAST
         || result->item->kind == DK_ITEM_LIST;
}

char *
dk_wording_name_fact (const DkWording *wording,
                      const DkFactRef *ref)
{
  return dk_fact_to_display (ref->fact, ref->period, wording->language);
}

const char *
dk_wording_get_comma (const DkWording *wording)
{
  return wording->language[0] == 'z' ? "、" : ", ";
}

/* Between titles and names of facts, which may have commas of their own. */
const char *
dk_wording_get_separator (const DkWording *wording)
{
  return wording->language[0] == 'z' ? "；" : "; ";
}

/* "a; b; c; and 3 more"; NULL when nothing is missing. */
char *
dk_wording_list_missing (const DkWording *wording,
                         const GArray    *facts,
                         const GArray    *registers)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = facts != NULL ? facts->len : 0;
  guint n_registers = registers != NULL ? registers->len : 0;
  guint n_named = 0;

  for (guint i = 0; i < n && n_named < DK_WORDING_MAX_NAMES; i++, n_named++)
    {
      g_autofree char *name = dk_wording_name_fact (wording, &g_array_index (facts, DkFactRef, i));

      if (text->len > 0)
        g_string_append (text, dk_wording_get_separator (wording));
      g_string_append (text, name);
    }
  for (guint i = 0; i < n_registers && n_named < DK_WORDING_MAX_NAMES; i++, n_named++)
    {
      const DkRegister *reg = g_ptr_array_index (dk_rulebook_get_scope (wording->book)->registers, g_array_index (registers, guint, i));
      const char *label = dk_text_get (&reg->label, wording->language);

      if (text->len > 0)
        g_string_append (text, dk_wording_get_separator (wording));
      /* TRANSLATORS: %s is a register such as "Intellectual property" that is not marked as complete. */
      g_string_append_printf (text, dk_tr (wording->language, N_("the rest of the list “%s”")), *label != '\0' ? label : reg->id);
    }
  if (text->len == 0)
    return NULL;
  if (n + n_registers > n_named)
    g_string_append_printf (text, dk_tr (wording->language, N_("; and %u more")),
                            n + n_registers - n_named);
  return g_strdup (text->str);
}

static char *
show_fact_number (const DkWording *wording,
                  const DkSymbol  *fact,
                  DkNumber         number)
{
  DkValue value = DK_VALUE_POINT (number);

  if (fact->kind == DK_KIND_TRUTH)
    value = DK_VALUE_TRUTH (dk_number_sign (number) != 0 ? DK_TRUE : DK_FALSE);
  return dk_value_to_display (&value, fact->kind, fact->unit, fact->choices, fact->codes, wording->language);
}

/* "+12.5 %", or NULL from 0. */
static char *
show_relative (const DkWording *wording,
               const DkLever   *lever)
{
  g_autofree char *percent = NULL;

  if (lever->ref.fact->kind != DK_KIND_NUMBER || !dk_number_is_finite (lever->relative))
    return NULL;
  percent = dk_number_to_decimal (dk_number_mul (lever->relative, DK_NUMBER (100), wording->arena), 1);
  return g_strdup_printf ("%s%s %%", dk_number_compare (lever->to, lever->from) < 0 ? "−" : "+", percent);
}

/* The ways to raise a part: out of a whole that stays, or along with it. Counts of parts are people. */
static void
add_way (const DkWording *wording,
         const DkLever   *lever,
         GString         *text)
{
  gboolean is_count = lever->ref.fact->unit == DK_UNIT_COUNT;
  const DkSymbol *whole = lever->grows_with.fact != NULL ? lever->grows_with.fact : lever->keeps;
  const char *format;

  if (whole == NULL)
    return;
  if (lever->grows_with.fact == NULL)
    /* TRANSLATORS: how some figure is to rise; %s is the staff, or the revenue, that stays the same. */
    format = is_count ? N_(", by moving people who are there (%s stays the same)") : N_(", out of the same total (%s stays the same)");
  else
    /* TRANSLATORS: how some figure is to rise; %s is the staff, or the revenue, that grows by the same number. */
    format = is_count ? N_(", by hiring (%s grows by as many)") : N_(", as an addition (%s grows by as much)");
  g_string_append_printf (text, dk_tr (wording->language, format), dk_text_get (&whole->label, wording->language));
}

char *
dk_wording_describe_lever (const DkWording *wording,
                           const DkLever   *lever)
{
  g_autofree char *name = dk_wording_name_fact (wording, &lever->ref);
  g_autofree char *from = show_fact_number (wording, lever->ref.fact, lever->from);
  g_autofree char *to = show_fact_number (wording, lever->ref.fact, lever->to);
  g_autofree char *relative = show_relative (wording, lever);
  GString *text = g_string_new (NULL);

  if (relative != NULL)
    g_string_append_printf (text, dk_tr (wording->language, N_("%s: %s → %s (%s)")), name, from, to, relative);
  else
    g_string_append_printf (text, dk_tr (wording->language, N_("%s: %s → %s")), name, from, to);
  add_way (wording, lever, text);
  if (lever->is_closed)
    g_string_append (text, dk_tr (wording->language, N_("; for the next application, as that year is closed")));
  return g_string_free (text, FALSE);
}

/* How long the number of an article is that @article begins with: "6", or "2.1.3" where the rules of an exchange count that way. */
static gsize
measure_number (const char *article)
{
  gsize length = strspn (article, "0123456789");

  while (length > 0 && article[length] == '.' && g_ascii_isdigit (article[length + 1]))
    length += 1 + strspn (article + length + 1, "0123456789");
  return length;
}

/* Article 6(2): 第6条(2), and rule 2.1.3(1): 第2.1.3条(1); what is no number stands as it is. */
char *
dk_wording_name_article (const DkWording *wording,
                         const char      *article)
{
  gsize length = measure_number (article);
  g_autofree char *number = NULL;

  if (length == 0)
    return g_strdup (article);
  number = g_strndup (article, length);
  if (strchr (number, '.') != NULL)
    /* TRANSLATORS: the number of a rule that is counted in parts, and its paragraphs: "2.1.3(1)". */
    return g_strdup_printf (dk_tr_context (wording->language, "rule", NC_("rule", "%s%s")), number, article + length);
  /* TRANSLATORS: the number of an article of a law, and its paragraphs: "art. 6(2)". */
  return g_strdup_printf (dk_tr (wording->language, N_("art. %s%s")), number, article + length);
}

char *
dk_wording_dup_citation (const DkWording  *wording,
                         const DkCitation *citation)
{
  const DkSource *source = citation->source;
  const char *number = source->number != NULL ? source->number : dk_text_get (&source->title, wording->language);
  g_autofree char *article = citation->article != NULL ? dk_wording_name_article (wording, citation->article) : NULL;

  return article != NULL ? g_strdup_printf ("%s %s", number, article) : g_strdup (number);
}

char *
dk_wording_dup_citations (const DkWording *wording,
                          const GPtrArray *citations)
{
  GString *text = g_string_new (NULL);
  const DkSource *last = NULL;

  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);
      g_autofree char *article = citation->article != NULL ? dk_wording_name_article (wording, citation->article) : NULL;

      if (citation->source != last)
        {
          if (i > 0)
            g_string_append (text, dk_wording_get_separator (wording));
          g_string_append (text, citation->source->number != NULL ? citation->source->number
                                                                  : dk_text_get (&citation->source->title, wording->language));
          if (article != NULL)
            g_string_append_c (text, ' ');
        }
      else if (article != NULL)
        {
          g_string_append (text, dk_wording_get_comma (wording));
        }
      if (article != NULL)
        g_string_append (text, article);
      last = citation->source;
    }
  return g_string_free (text, FALSE);
}

char *
dk_wording_dup_return_lines (const DkWording *wording,
                             const DkItem    *item)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const DkReturnLine *line;

  for (guint i = 0; (line = dk_assessment_find_return_line (wording->assessment, item, i)) != NULL; i++)
    {
      if (i > 0)
        g_string_append (text, dk_wording_get_comma (wording));
      /* TRANSLATORS: a line of an official form: "A107012 line 34". */
      g_string_append_printf (text, dk_tr (wording->language, N_("%s line %s")), line->form->id, line->line);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* What a group asks for and has: "met: 5 of 7". A member may stand elsewhere in the tree. */
char *
dk_wording_describe_group (const DkWording *wording,
                           const DkResult  *result)
{
  GPtrArray *members = result->item->children;
  guint n = 0;
  guint n_met = 0;

  if (result->item->kind == DK_ITEM_LIST)
    return dk_result_explain (wording->assessment, result, wording->language);
  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const DkResult *member = dk_assessment_find (wording->assessment, ((const DkItem *) g_ptr_array_index (members, i))->id);

      n += member != NULL && member->verdict != DK_VERDICT_NA;
      n_met += member != NULL && member->verdict == DK_VERDICT_PASS;
    }
  switch (result->item->kind)
    {
    case DK_ITEM_ANY:
      return g_strdup_printf (dk_tr (wording->language, N_("any one of %u; met: %u")), n, n_met);

    case DK_ITEM_AT_LEAST:
      return g_strdup_printf (dk_tr (wording->language, N_("at least %u of %u; met: %u")), result->item->at_least, n, n_met);

    default:
      return g_strdup_printf (dk_tr (wording->language, N_("met: %u of %u")), n_met, n);
    }
}

char *
dk_wording_describe_result (const DkWording *wording,
                            const DkResult  *result)
{
  g_autofree char *formula = NULL;

  /* Why it does not apply says more of it than how its members stand. */
  if (dk_wording_is_group (result) && (result->verdict != DK_VERDICT_NA || result->item->applies == NULL))
    return dk_wording_describe_group (wording, result);
  formula = dk_result_explain (wording->assessment, result, wording->language);
  if (formula != NULL && *formula != '\0')
    return g_steal_pointer (&formula);
  if (result->has_value)
    return dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, wording->language);
  return g_strdup (dk_wording_name_verdict (result->verdict));
}

/* Names what makes a failing group fail: goes down through "all of", where each failing member decides. */
static void
list_failing (const DkWording *wording,
              const DkResult  *result,
              GPtrArray       *titles)
{
  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);

      if (child->is_aside || child->verdict != DK_VERDICT_FAIL)
        continue;
      if (child->item->kind == DK_ITEM_ALL)
        list_failing (wording, child, titles);
      else
        g_ptr_array_add (titles, (char *) dk_wording_get_title (wording, child));
    }
}

char *
dk_wording_describe_span (const DkVersion *version)
{
  g_autofree char *from = dk_date_to_string (version->from);
  g_autofree char *to = version->to != G_MAXINT64 ? dk_date_to_string (version->to) : NULL;

  return to != NULL ? g_strdup_printf (_("from %s to %s"), from, to) : g_strdup_printf (_("from %s on"), from);
}

/* The figure that may change least, and how far: "revenue 120万 may fall to 100万 (−16.7 %)". */
char *
dk_wording_describe_safety (const DkWording *wording,
                            const DkResult  *result)
{
  g_autoptr(GArray) safety = dk_assessment_get_safety (wording->assessment, result);
  g_autofree char *name = NULL, *from = NULL, *to = NULL, *relative = NULL;
  const DkLever *weakest;
  int direction;

  if (safety == NULL || safety->len == 0)
    return NULL;
  weakest = &g_array_index (safety, DkLever, 0);
  name = dk_wording_name_fact (wording, &weakest->ref);
  from = show_fact_number (wording, weakest->ref.fact, weakest->from);
  to = show_fact_number (wording, weakest->ref.fact, weakest->to);
  relative = show_relative (wording, weakest);
  direction = dk_number_compare (weakest->to, weakest->from);
  if (direction == 0)
    /* TRANSLATORS: a fact and its figure. */
    return g_strdup_printf (dk_tr (wording->language, N_("%s %s, at the limit: any change for the worse turns it")), name, from);
  if (direction < 0)
    /* TRANSLATORS: a fact, its figure, another figure, the change in percent. */
    return g_strdup_printf (dk_tr (wording->language, N_("%s %s may fall to %s (%s)")), name, from, to, relative != NULL ? relative : "—");
  return g_strdup_printf (dk_tr (wording->language, N_("%s %s may rise to %s (%s)")), name, from, to, relative != NULL ? relative : "—");
}

/* What the table says behind the verdict of a programme. */
char *
dk_wording_describe_programme (const DkWording *wording,
                               const DkResult  *result)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();
  /* English is in the source, whatever language the program itself speaks. */
  gboolean is_english = g_strcmp0 (wording->language, "zh") != 0;
  guint n;

  switch (result->verdict)
    {
    case DK_VERDICT_NONE:
      return result->has_value ? dk_value_to_display (&result->value, result->kind, result->unit, result->choices,
                                                      result->codes, wording->language)
             : dk_wording_is_group (result) ? dk_wording_describe_group (wording, result) : g_strdup ("");

    case DK_VERDICT_FAIL:
      {
        g_autoptr(GString) text = g_string_new (NULL);

        list_failing (wording, result, titles);
        for (guint i = 0; i < titles->len; i++)
          {
            if (i > 0)
              g_string_append (text, dk_wording_get_separator (wording));
            g_string_append (text, g_ptr_array_index (titles, i));
          }
        return titles->len > 0 ? g_strdup_printf (dk_tr (wording->language, N_("not met: %s")), text->str) : g_strdup ("");
      }

    case DK_VERDICT_OPEN:
      n = result->missing->len + result->registers->len;
      if (n == 0)
        return g_strdup (dk_tr (wording->language, N_("a panel decides")));
      return g_strdup_printf (is_english && n == 1 ? "%u answer is missing" : is_english ? "%u answers are missing"
                                  : ngettext ("%u answer is missing", "%u answers are missing", n), n);

    case DK_VERDICT_NA:
      return dk_result_explain (wording->assessment, result, wording->language);

    case DK_VERDICT_PASS:
    default:
      return dk_wording_is_group (result) ? dk_wording_describe_group (wording, result) : g_strdup ("");
    }
}
