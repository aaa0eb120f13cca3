/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-report"

#include "dk-cli-report.h"

#include "dk-calendar.h"

#include <glib/gi18n.h>
#include <string.h>

/* One text in the making. */
typedef struct
{
  DkWording  wording;
  DkLayout  *layout;
  int        column; /* where formulas begin */
} Report;

static DkStyle
get_style (DkVerdict verdict)
{
  static const DkStyle styles[] = { DK_STYLE_PLAIN, DK_STYLE_GOOD, DK_STYLE_BAD, DK_STYLE_WAITING, DK_STYLE_FAINT };

  return styles[verdict];
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

/* "[A107012 line 34]" */
static void
add_return_lines (const Report   *report,
                  const DkResult *result)
{
  g_autofree char *lines = dk_wording_dup_return_lines (&report->wording, result->item);
  g_autofree char *text = lines != NULL ? g_strdup_printf ("[%s]", lines) : NULL;

  if (text == NULL)
    return;
  dk_layout_add (report->layout, DK_STYLE_PLAIN, "  ");
  dk_layout_add_whole (report->layout, DK_STYLE_FAINT, text);
}

/* "〔115号 第6条、第8条〕": a document is named once for all its articles that follow each other. */
static void
add_sources (const Report   *report,
             const DkResult *result)
{
  GPtrArray *citations = result->item->citations;
  const DkSource *last = NULL;

  add_return_lines (report, result);
  for (guint i = 0; citations != NULL && i < citations->len; i++)
    {
      const DkCitation *citation = g_ptr_array_index (citations, i);
      const char *number = citation->source->number != NULL ? citation->source->number
                                                            : dk_text_get (&citation->source->title, report->wording.language);
      g_autofree char *article = citation->article != NULL ? dk_wording_name_article (&report->wording, citation->article) : NULL;
      g_autoptr(GString) text = g_string_new (i == 0 ? "〔" : "");

      if (citation->source != last)
        g_string_append (text, number);
      if (article != NULL)
        g_string_append_printf (text, "%s%s", citation->source != last ? " " : "", article);
      g_string_append (text, i + 1 == citations->len ? "〕" : dk_wording_get_comma (&report->wording));
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
      const char *note = dk_text_get (&citation->note, report->wording.language);

      if (citation->certainty == DK_CERTAINTY_UNCERTAIN && *note != '\0')
        add_line (report, indent, DK_STYLE_FAINT, _("To be confirmed: "), note);
    }
}

/* Whether two changes are the same way out: as many more of the staff in research may be moved there, or hired. */
static gboolean
is_same_way (const DkLever *a,
             const DkLever *b)
{
  return a->ref.fact == b->ref.fact && a->grows_with.fact == b->grows_with.fact;
}

/* The most ways out that are told of one result: not everybody can go the cheapest. */
#define MAX_WAYS 3

static void
add_levers (const Report *report,
            int           indent,
            const char   *label,
            const GArray *levers)
{
  guint n = 0;

  for (guint i = 0; i < levers->len && n < MAX_WAYS; i++)
    {
      const DkLever *lever = &g_array_index (levers, DkLever, i);
      gboolean is_new = TRUE;

      for (guint j = 0; j < i && is_new; j++)
        is_new = !is_same_way (lever, &g_array_index (levers, DkLever, j));
      if (is_new)
        {
          g_autofree char *change = dk_wording_describe_lever (&report->wording, lever);

          add_line (report, indent, n == 0 ? DK_STYLE_STRONG : DK_STYLE_PLAIN, n == 0 ? label : _("or: "), change);
          n++;
        }
    }
}

/* Below a criterion that is not met (the formula says by how much): the cheapest change, and advice. */
static void
add_remedy (const Report   *report,
            int             indent,
            const DkResult *result)
{
  g_autoptr(GArray) levers = dk_assessment_get_levers (report->wording.assessment, result);
  const char *advice = dk_text_get (&result->item->advice, report->wording.language);

  if (result->has_margin && dk_value_is_point (&result->margin) && dk_number_sign (result->margin.low) == 0)
    add_line (report, indent, DK_STYLE_BAD, NULL, _("exactly at the limit, which is not enough"));
  add_levers (report, indent, _("Least change: "), levers);
  if (*advice != '\0')
    add_line (report, indent, DK_STYLE_STRONG, _("What to do: "), advice);
}

static void
add_missing (const Report   *report,
             int             indent,
             const DkResult *result)
{
  g_autofree char *missing = dk_wording_list_missing (&report->wording, result->missing, result->registers);

  if (missing != NULL)
    add_line (report, indent, DK_STYLE_WAITING, _("Missing: "), missing);
  else if (result->item->kind == DK_ITEM_CRITERION)
    add_line (report, indent, DK_STYLE_WAITING, NULL, _("Nothing is missing: no figure decides it"));
  else
    add_line (report, indent, DK_STYLE_WAITING, NULL, _("Nothing is missing: a panel decides"));
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
  return result->verdict != DK_VERDICT_NA || dk_wording_is_group (parent);
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

  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);
      int end = get_indent (depth) + 2 + dk_layout_measure (dk_wording_get_title (&report->wording, child)) + 2;

      if (!is_shown (result, child))
        continue;
      if (end <= 38)
        column = MAX (column, end);
      if (!is_spare (result, child) && child->verdict != DK_VERDICT_NA)
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
    dk_layout_add (report->layout, is_faint ? DK_STYLE_FAINT : get_style (result->verdict), is_faint ? "·" : dk_wording_get_sign (result->verdict));
  dk_layout_tab (report->layout, indent + 2);
  dk_layout_add (report->layout, is_faint ? DK_STYLE_FAINT : DK_STYLE_PLAIN, dk_wording_get_title (&report->wording, result));
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
    value = dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes, report->wording.language);
  add_title (report, result, indent, TRUE);
  dk_layout_add (report->layout, DK_STYLE_FAINT, value != NULL ? value : outcome);
  add_return_lines (report, result);
  dk_layout_end (report->layout);
}

static void
add_result (const Report   *report,
            const DkResult *parent,
            const DkResult *result,
            int             depth)
{
  g_autofree char *text = NULL;
  gboolean is_leaf = dk_result_n_children (result) == 0;
  const char *advice = dk_text_get (&result->item->advice, report->wording.language);

  if (!is_shown (parent, result))
    return;
  if (is_spare (parent, result))
    {
      add_short (report, result, get_indent (depth), dk_wording_name_outcome (result->verdict));
      return;
    }
  text = dk_wording_describe_result (&report->wording, result);
  add_title (report, result, get_indent (depth), result->verdict == DK_VERDICT_NA);
  dk_layout_add (report->layout, result->verdict == DK_VERDICT_NA ? DK_STYLE_FAINT : DK_STYLE_PLAIN, text);
  add_sources (report, result);
  dk_layout_end (report->layout);

  if (result->item->kind == DK_ITEM_WARNING)
    {
      if (*advice != '\0')
        add_line (report, report->column, DK_STYLE_STRONG, _("What to do: "), advice);
    }
  else if (result->verdict == DK_VERDICT_FAIL && !dk_wording_is_group (result))
    {
      add_remedy (report, report->column, result);
    }
  else if (result->verdict == DK_VERDICT_OPEN && is_leaf)
    {
      add_missing (report, report->column, result);
    }
  add_doubts (report, report->column, result);
  /* What a group that does not apply is made of would look like faults. */
  for (guint i = 0; !is_leaf && result->verdict != DK_VERDICT_NA && i < dk_result_n_children (result); i++)
    add_result (report, result, dk_result_get_child (result, i), depth + 1);
}

/* A line; a list has one more for each member. */
static void
add_aside (const Report   *report,
           const DkResult *result,
           int             indent)
{
  /* Many of these only count rows; "registered accidents: no" is clearer than "not met". */
  static const char *const answers[] = { "", NC_("value", "yes"), NC_("value", "no"), NC_("value", "not known yet"), "" };
  g_autofree char *count = NULL;

  if (result->verdict == DK_VERDICT_NA)
    return;
  if (result->item->kind != DK_ITEM_LIST)
    {
      add_short (report, result, indent, *answers[result->verdict] != '\0' ? g_dpgettext2 (NULL, "value", answers[result->verdict]) : "");
      return;
    }
  count = dk_wording_describe_group (&report->wording, result);
  add_short (report, result, indent, count);
  for (guint i = 0; i < dk_result_n_children (result); i++)
    add_aside (report, dk_result_get_child (result, i), indent + 2);
}

/* What is computed besides, and on which the verdict does not rest. */
static void
add_asides (Report         *report,
            const DkResult *result)
{
  gboolean has_head = FALSE;

  report->column = 0;
  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);

      if (child->is_aside && child->item->kind != DK_ITEM_WARNING)
        report->column = MAX (report->column, MIN (44, 4 + 2 + dk_layout_measure (dk_wording_get_title (&report->wording, child)) + 2));
    }
  for (guint i = 0; i < dk_result_n_children (result); i++)
    {
      const DkResult *child = dk_result_get_child (result, i);

      if (!child->is_aside || child->item->kind == DK_ITEM_WARNING || child->verdict == DK_VERDICT_NA)
        continue;
      if (!has_head)
        /* TRANSLATORS: above results on which the verdict does not rest. */
        add_line (report, 2, DK_STYLE_FAINT, NULL, _("For information:"));
      has_head = TRUE;
      add_aside (report, child, 4);
    }
}

static void
add_table (const Report *report)
{
  GPtrArray *results = dk_assessment_get_results (report->wording.assessment);
  int title_width = 0;
  int verdict_width = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      g_autofree char *title = dk_wording_dup_programme_title (&report->wording, result);

      title_width = MAX (title_width, dk_layout_measure (title));
      verdict_width = MAX (verdict_width, dk_layout_measure (dk_wording_name_verdict (result->verdict)));
    }
  title_width = MIN (title_width, 44);
  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      g_autofree char *title = dk_wording_dup_programme_title (&report->wording, result);
      g_autofree char *remark = dk_wording_describe_programme (&report->wording, result);

      dk_layout_start (report->layout, 0, 2);
      dk_layout_add (report->layout, get_style (result->verdict), dk_wording_get_sign (result->verdict));
      dk_layout_tab (report->layout, 2);
      dk_layout_add (report->layout, DK_STYLE_PLAIN, title);
      dk_layout_tab (report->layout, 2 + title_width + 2);
      dk_layout_add (report->layout, get_style (result->verdict), dk_wording_name_verdict (result->verdict));
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
      g_autofree char *safety = dk_wording_describe_safety (&report->wording, result);

      if (safety != NULL)
        /* TRANSLATORS: the figure that may change least before a passing programme fails; it follows. */
        add_line (report, 2, DK_STYLE_STRONG, _("Weakest figure: "), safety);
    }
  else if (result->verdict == DK_VERDICT_FAIL)
    {
      g_autoptr(GArray) levers = dk_assessment_get_levers (report->wording.assessment, result);

      add_levers (report, 2, _("This alone makes it pass: "), levers);
      if (levers->len == 0)
        add_line (report, 2, DK_STYLE_FAINT, NULL, _("No single change of a figure makes it pass; see below what each criterion needs."));
    }
  else if (result->verdict == DK_VERDICT_OPEN || (result->item->kind == DK_ITEM_LIST && !result->is_final))
    {
      add_missing (report, 2, result);
    }
}

static void
add_programme (Report         *report,
               const DkResult *result)
{
  g_autofree char *title = dk_wording_dup_programme_title (&report->wording, result);
  g_autofree char *held = NULL;

  dk_layout_gap (report->layout);
  dk_layout_start (report->layout, 0, 2);
  dk_layout_add (report->layout, get_style (result->verdict), dk_wording_get_sign (result->verdict));
  dk_layout_tab (report->layout, 2);
  dk_layout_add (report->layout, DK_STYLE_STRONG, title);
  if (result->verdict != DK_VERDICT_NONE)
    {
      dk_layout_add (report->layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (report->layout, get_style (result->verdict), dk_wording_name_verdict (result->verdict));
    }
  if (result->in_force != NULL)
    {
      g_autofree char *span = dk_wording_describe_span (result->in_force);
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
      g_autofree char *absence = dk_result_explain (report->wording.assessment, result, report->wording.language);

      add_line (report, 2, DK_STYLE_FAINT, NULL, absence);
      return;
    }
  held = dk_held_describe (&report->wording, result);
  if (held != NULL)
    add_line (report, 2, DK_STYLE_STRONG, NULL, held);
  add_outlook (report, result);
  add_doubts (report, 2, result);
  report->column = find_column (report, result, 0);
  if (!dk_wording_is_group (result) || result->item->kind == DK_ITEM_LIST)
    {
      g_autofree char *text = dk_wording_describe_result (&report->wording, result);

      add_line (report, 2, DK_STYLE_PLAIN, NULL, text);
    }
  for (guint i = 0; i < dk_result_n_children (result); i++)
    add_result (report, result, dk_result_get_child (result, i), 0);
  add_asides (report, result);
  if (result->is_programme)
    dk_report_board (&report->wording, report->layout, result->item->pack);
}

/* The days that come up: what is to be done by when, and which title ends. */
static void
add_deadlines (const Report *report)
{
  g_autoptr(GArray) deadlines = dk_calendar_list_deadlines (report->wording.assessment);

  if (deadlines->len == 0)
    return;
  dk_layout_gap (report->layout);
  dk_layout_start (report->layout, 0, 2);
  dk_layout_add (report->layout, DK_STYLE_STRONG, _("What is due, and by when"));
  dk_layout_end (report->layout);
  for (guint i = 0; i < deadlines->len; i++)
    {
      const DkDeadline *deadline = &g_array_index (deadlines, DkDeadline, i);
      g_autofree char *day = dk_date_to_string (deadline->day);

      dk_layout_start (report->layout, 2, 14);
      dk_layout_add (report->layout, deadline->is_past ? DK_STYLE_FAINT : DK_STYLE_STRONG, day);
      dk_layout_add (report->layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (report->layout, DK_STYLE_PLAIN, dk_pack_get_short_title (deadline->programme->item->pack, report->wording.language));
      dk_layout_add (report->layout, DK_STYLE_FAINT, " · ");
      dk_layout_add (report->layout, DK_STYLE_PLAIN, dk_deadline_get_title (deadline, report->wording.language));
      dk_layout_end (report->layout);
    }
}

static void
add_next_question (const Report *report)
{
  DkQuestion question;
  g_autofree char *name = NULL;
  g_autofree char *count = NULL;

  if (!dk_assessment_get_next_question (report->wording.assessment, &question))
    return;
  name = dk_wording_name_fact (&report->wording, &question.ref);
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
    .wording = { .assessment = assessment, .book = cli->book, .arena = dk_arena_new (), .language = cli->language },
    .layout = layout,
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
  if (!is_brief)
    dk_report_checks (&report.wording, layout);
  add_deadlines (&report);
  add_next_question (&report);
  dk_arena_free (report.wording.arena);
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
      dk_layout_add (&layout, get_style (result->verdict), value != NULL ? value : dk_wording_get_sign (result->verdict));
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
  missing = dk_wording_list_missing (&report.wording, result->missing, result->registers);
  dk_layout_start (layout, 0, 2);
  dk_layout_add (layout, DK_STYLE_STRONG, value);
  dk_layout_end (layout);
  if (formula != NULL && *formula != '\0')
    add_line (&report, 2, DK_STYLE_PLAIN, NULL, formula);
  if (missing != NULL)
    add_line (&report, 2, DK_STYLE_WAITING, _("Missing: "), missing);
  dk_arena_free (report.wording.arena);
}
