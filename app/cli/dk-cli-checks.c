/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures held against each other, as text for people. */
#define G_LOG_DOMAIN "dk-cli-checks"

#include "dk-cli-report.h"

#include "dk-cross-check.h"

#include <glib/gi18n.h>

/* Where figures begin, and how wide a year is. */
#define MAX_TITLE 48
#define YEAR_WIDTH 16

static void
add_head (DkLayout   *layout,
          const char *title,
          const char *remark)
{
  dk_layout_gap (layout);
  dk_layout_start (layout, 0, 2);
  dk_layout_add (layout, DK_STYLE_STRONG, title);
  if (remark != NULL)
    {
      dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add (layout, DK_STYLE_FAINT, remark);
    }
  dk_layout_end (layout);
}

static void
add_line (DkLayout   *layout,
          DkStyle     style,
          const char *label,
          const char *text)
{
  dk_layout_start (layout, 4, 6);
  dk_layout_add (layout, style, label);
  dk_layout_add (layout, *label != '\0' ? DK_STYLE_PLAIN : style, text);
  dk_layout_end (layout);
}

static void
add_note (DkLayout             *layout,
          const DkDisagreement *one)
{
  if (one->note == NULL)
    return;
  if (*one->note->finding != '\0')
    /* TRANSLATORS: why figures differ; the reason follows. */
    add_line (layout, DK_STYLE_FAINT, one->is_explained ? _("Explained: ") : _("Explained when the figures were others: "), one->note->finding);
  if (*one->note->evidence != '\0')
    /* TRANSLATORS: a file and page follow. */
    add_line (layout, DK_STYLE_FAINT, _("Evidence: "), one->note->evidence);
}

static void
add_disagreement (const DkWording      *wording,
                  DkLayout             *layout,
                  const DkDisagreement *one)
{
  g_autofree char *title = dk_disagreement_dup_title (wording, one);
  g_autofree char *amount = dk_disagreement_dup_amount (wording, one);
  g_autofree char *rows = dk_disagreement_dup_rows (wording, one);

  dk_layout_start (layout, 2, 4);
  dk_layout_add (layout, one->is_explained ? DK_STYLE_FAINT : DK_STYLE_BAD, one->is_explained ? "·" : dk_wording_get_sign (DK_VERDICT_FAIL));
  dk_layout_add (layout, DK_STYLE_PLAIN, " ");
  dk_layout_add (layout, DK_STYLE_PLAIN, title);
  if (amount != NULL)
    {
      dk_layout_add (layout, DK_STYLE_PLAIN, "  ");
      dk_layout_add_whole (layout, one->is_explained ? DK_STYLE_PLAIN : DK_STYLE_BAD, amount);
    }
  dk_layout_end (layout);
  if (one->is_explained)
    {
      add_note (layout, one);
      return;
    }
  if (one->result != NULL)
    {
      g_autofree char *text = dk_wording_describe_result (wording, one->result);
      const char *advice = dk_text_get (&one->result->item->advice, wording->language);

      /* Where rows are at fault, the formula only says that not all are right. */
      if (one->rows == NULL)
        add_line (layout, DK_STYLE_PLAIN, "", text);
      if (rows != NULL)
        /* TRANSLATORS: a register and numbers of its rows follow. */
        add_line (layout, DK_STYLE_FAINT, _("Where: "), rows);
      if (*advice != '\0')
        add_line (layout, DK_STYLE_STRONG, _("What to do: "), advice);
      add_note (layout, one);
      return;
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = dk_disagreement_dup_side (wording, one, i);
      g_autofree char *value = dk_disagreement_dup_value (wording, one, i);
      /* TRANSLATORS: who says a figure, and the figure: "Audit report: 3,000" */
      g_autofree char *text = g_strdup_printf (_("%s: %s"), name, value);

      add_line (layout, DK_STYLE_PLAIN, "", text);
    }
  add_note (layout, one);
}

static void
add_measures (const DkWording *wording,
              DkLayout        *layout,
              const DkResult  *list)
{
  guint n_years = dk_measures_count_years (list);
  int column = 0;

  for (guint i = 0; i < list->children->len; i++)
    column = MAX (column, dk_layout_measure (dk_wording_get_title (wording, g_ptr_array_index (list->children, i))));
  column = 4 + MIN (column, MAX_TITLE) + 2;
  dk_layout_start (layout, 2, 4);
  dk_layout_add (layout, DK_STYLE_STRONG, dk_wording_get_title (wording, list));
  for (guint k = 0; n_years > 1 && k < n_years; k++)
    {
      g_autofree char *year = g_strdup_printf ("%d", dk_assessment_get_year (wording->assessment) - (int) k);

      dk_layout_tab (layout, column + (int) k * YEAR_WIDTH);
      dk_layout_add (layout, DK_STYLE_FAINT, year);
    }
  dk_layout_end (layout);
  for (guint i = 0; i < list->children->len; i++)
    {
      const DkResult *first = g_ptr_array_index (list->children, i);

      if (!dk_measures_is_line (list, i))
        continue;
      dk_layout_start (layout, 4, 6);
      dk_layout_add (layout, DK_STYLE_PLAIN, dk_wording_get_title (wording, first));
      for (guint k = 0; k < n_years; k++)
        {
          const DkResult *result = dk_measures_find (list, i, -(int) k);
          gboolean is_known = result != NULL && result->has_value && dk_result_is_settled (result);
          g_autofree char *value = is_known ? dk_value_to_display (&result->value, result->kind, result->unit, result->choices, result->codes,
                                                                   wording->language)
                                            : g_strdup ("—");

          dk_layout_tab (layout, column + (int) k * YEAR_WIDTH);
          dk_layout_add_whole (layout, is_known ? DK_STYLE_PLAIN : DK_STYLE_FAINT, value);
        }
      dk_layout_end (layout);
    }
}

/**
 * dk_report_checks:
 * @wording: of the assessment
 * @layout: takes the text
 *
 * Shows where figures contradict each other, and measures side by side. Nothing where no check pack was asked for.
 */
void
dk_report_checks (const DkWording *wording,
                  DkLayout        *layout)
{
  GPtrArray *checks = dk_assessment_get_checks (wording->assessment);
  g_autoptr(GArray) found = NULL;
  g_autoptr(GPtrArray) measures = NULL;
  g_autoptr(GString) remark = g_string_new (NULL);
  g_autofree char *n_found = NULL, *n_explained = NULL, *n_met = NULL, *n_open = NULL;
  DkCheckTally tally;
  guint n = 0;

  if (checks->len == 0)
    return;
  found = dk_assessment_list_disagreements (wording->assessment);
  measures = dk_assessment_list_measures (wording->assessment);
  dk_assessment_count_checks (wording->assessment, &tally);
  while (n < found->len && !g_array_index (found, DkDisagreement, n).is_explained)
    n++;
  n_found = n > 0 ? g_strdup_printf (ngettext ("%u contradiction", "%u contradictions", n), n) : g_strdup (_("no contradiction"));
  n_explained = found->len > n ? g_strdup_printf (_("%u explained"), found->len - n) : NULL;
  n_met = tally.n_met > 0 ? g_strdup_printf (ngettext ("%u check met", "%u checks met", tally.n_met), tally.n_met) : NULL;
  n_open = tally.n_open > 0 ? g_strdup_printf (ngettext ("%u check waits for figures", "%u checks wait for figures", tally.n_open), tally.n_open) : NULL;
  dk_layout_join (remark, n_found);
  dk_layout_join (remark, n_explained);
  dk_layout_join (remark, n_met);
  dk_layout_join (remark, n_open);
  add_head (layout, _("Cross-checks"), remark->str);
  for (guint i = 0; i < found->len; i++)
    {
      if (i == n)
        /* TRANSLATORS: above figures that differ for a reason that was given. */
        add_head (layout, _("Explained differences"), NULL);
      add_disagreement (wording, layout, &g_array_index (found, DkDisagreement, i));
    }
  if (measures->len > 0)
    /* TRANSLATORS: above tables of like figures by different measures. */
    add_head (layout, _("Measures side by side"), _("They may differ; be able to explain by how much."));
  for (guint i = 0; i < measures->len; i++)
    add_measures (wording, layout, g_ptr_array_index (measures, i));
}
