/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-dossier-outlook"

#include "dk-dossier-private.h"

#include <glib/gi18n.h>

#define ROW_FLAGS (DK_CELL_BORDER | DK_CELL_WRAP)

enum { ROW_NOTE = 1, ROW_HEAD, N_HEAD_ROWS };

/* ———————————————————————————————————————— What is missing ———————————————————————————————————————— */

enum { MISSING_NUMBER, MISSING_FACT, MISSING_YEAR, MISSING_LINK, MISSING_COUNT, MISSING_PROGRAMMES, MISSING_CRITERIA, N_MISSING };

static const DkColumn missing_columns[N_MISSING] = {
  { N_("No."), 5 }, { N_("What is missing"), 34 }, { N_("Year"), 9 }, { N_("Fill in"), 12 }, { N_("Verdicts it can change"), 12 },
  { N_("Programmes"), 34 }, { N_("Criteria"), 70 },
};

/* An answer that nobody gave, and what it can change. */
typedef struct
{
  DkFactRef  ref;      /* fact NULL: a register */
  guint      reg;
  GPtrArray *programmes; /* const char *: titles */
  GPtrArray *criteria;   /* const char *: titles */
} Gap;

static void
clear_gap (gpointer data)
{
  Gap *gap = data;

  g_ptr_array_unref (gap->programmes);
  g_ptr_array_unref (gap->criteria);
}

static Gap *
get_gap (GArray          *gaps,
         const DkFactRef *ref,
         guint            reg)
{
  Gap fresh = { .reg = reg };

  if (ref != NULL)
    fresh.ref = *ref;
  for (guint i = 0; i < gaps->len; i++)
    {
      Gap *gap = &g_array_index (gaps, Gap, i);

      if (gap->ref.fact != fresh.ref.fact)
        continue;
      if (ref == NULL ? gap->reg == reg : gap->ref.period.year == ref->period.year && gap->ref.period.quarter == ref->period.quarter
                                          && gap->ref.period.month == ref->period.month)
        return gap;
    }
  fresh.programmes = g_ptr_array_new ();
  fresh.criteria = g_ptr_array_new ();
  g_array_append_val (gaps, fresh);
  return &g_array_index (gaps, Gap, gaps->len - 1);
}

static void
note_gap (Gap               *gap,
          const DkDossier   *dossier,
          const DkProgramme *programme,
          const DkResult    *result)
{
  if (result->is_programme)
    g_ptr_array_add (gap->programmes, programme->title);
  else if (!dk_wording_is_group (result) && result->verdict == DK_VERDICT_OPEN)
    g_ptr_array_add (gap->criteria, (char *) dk_wording_get_title (&dossier->wording, result));
}

static void
collect_gaps (const DkDossier   *dossier,
              const DkProgramme *programme,
              const DkResult    *result,
              GArray            *gaps)
{
  /* What is computed for information, or does not apply, needs no answer. */
  if (result->is_aside || result->verdict == DK_VERDICT_NA)
    return;
  for (guint i = 0; i < result->missing->len; i++)
    note_gap (get_gap (gaps, &g_array_index (result->missing, DkFactRef, i), 0), dossier, programme, result);
  for (guint i = 0; i < result->registers->len; i++)
    note_gap (get_gap (gaps, NULL, g_array_index (result->registers, guint, i)), dossier, programme, result);
  for (guint i = 0; i < dk_result_n_children (result); i++)
    collect_gaps (dossier, programme, dk_result_get_child (result, i), gaps);
}

static guint
count_verdicts (const Gap *gap)
{
  return gap->programmes->len + gap->criteria->len;
}

/* What changes most comes first; the order is otherwise that of the packs. */
static int
compare_gaps (gconstpointer a,
              gconstpointer b)
{
  guint n = count_verdicts (a), m = count_verdicts (b);

  return (n < m) - (n > m);
}

static char *
join (const DkDossier *dossier,
      GPtrArray       *titles)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < titles->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? dk_wording_get_separator (&dossier->wording) : "",
                            (const char *) g_ptr_array_index (titles, i));
  return g_string_free (text, FALSE);
}

static void
write_gap (const DkDossier *dossier,
           const Gap       *gap,
           guint            n,
           guint            row)
{
  DkSheet *sheet = dossier->missing;
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *count = g_strdup_printf ("%u", count_verdicts (gap));
  g_autofree char *programmes = join (dossier, gap->programmes);
  g_autofree char *criteria = join (dossier, gap->criteria);
  const char *fill = dk_dossier_tr (dossier, N_("Go to the cell"));

  dk_sheet_set_text (sheet, row, MISSING_NUMBER, number, DK_LOOK_NOTE, ROW_FLAGS);
  if (gap->ref.fact != NULL)
    {
      const DkInputCell *cell = dk_dossier_find_cell (dossier, &gap->ref);
      g_autofree char *period = dk_period_to_string (gap->ref.period);
      const char *label = dk_text_get (&gap->ref.fact->label, dossier->language);

      dk_sheet_set_text (sheet, row, MISSING_FACT, *label != '\0' ? label : gap->ref.fact->id, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, MISSING_YEAR, period, DK_LOOK_TEXT, ROW_FLAGS);
      if (cell != NULL)
        dk_sheet_set_link_to_cell (sheet, row, MISSING_LINK, cell->sheet, cell->row, cell->from_column, fill, ROW_FLAGS);
      else
        dk_sheet_set_blank (sheet, row, MISSING_LINK, DK_LOOK_TEXT, ROW_FLAGS);
    }
  else
    {
      const DkSheet *target = g_ptr_array_index (dossier->registers, gap->reg);
      g_autofree char *label = g_strdup_printf (dk_dossier_tr (dossier, N_("the rest of the list “%s”")), dk_sheet_get_name (target));

      dk_sheet_set_text (sheet, row, MISSING_FACT, label, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_blank (sheet, row, MISSING_YEAR, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_link_to_cell (sheet, row, MISSING_LINK, target, 1, 2, fill, ROW_FLAGS);
    }
  dk_sheet_set_text (sheet, row, MISSING_COUNT, count, DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, MISSING_PROGRAMMES, programmes, DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, MISSING_CRITERIA, criteria, DK_LOOK_NOTE, ROW_FLAGS);
}

void
dk_dossier_write_missing (const DkDossier *dossier)
{
  g_autoptr(GArray) gaps = g_array_new (FALSE, FALSE, sizeof (Gap));
  DkSheet *sheet = dossier->missing;

  g_array_set_clear_func (gaps, clear_gap);
  for (guint i = 0; i < dossier->programmes->len; i++)
    {
      const DkProgramme *programme = &g_array_index (dossier->programmes, DkProgramme, i);

      collect_gaps (dossier, programme, programme->result, gaps);
    }
  g_array_sort (gaps, compare_gaps);

  dk_dossier_set_columns (dossier, sheet, missing_columns, N_MISSING);
  dk_dossier_add_title (dossier, sheet, N_MISSING, dk_sheet_get_name (sheet));
  dk_sheet_merge_text (sheet, ROW_NOTE, 0, N_MISSING - 1,
                       gaps->len > 0 ? dk_dossier_tr (dossier, N_("Answers that can still change a verdict, those that change most first. The list is "
                                                                  "that of the export."))
                                     : dk_dossier_tr (dossier, N_("Nothing is missing that could change a verdict.")),
                       DK_LOOK_NOTE, DK_CELL_WRAP);
  dk_dossier_add_head (dossier, sheet, ROW_HEAD, missing_columns, N_MISSING);
  for (guint i = 0; i < gaps->len; i++)
    write_gap (dossier, &g_array_index (gaps, Gap, i), i + 1, N_HEAD_ROWS + i);
  dk_sheet_freeze (sheet, N_HEAD_ROWS, 2);
  dk_sheet_set_print (sheet, TRUE, N_HEAD_ROWS);
}

/* ———————————————————————————————————————— What would make it pass ———————————————————————————————————————— */

enum { LEVER_WHAT, LEVER_CHANGE, LEVER_ADVICE, LEVER_SOURCE, N_LEVER };

static const DkColumn lever_columns[N_LEVER] = {
  { N_("What is judged"), 38 }, { N_("Least change, any one of them"), 76 }, { N_("What to do"), 40 }, { N_("After"), 28 },
};

/* So many ways are told of one result: not everybody can go the cheapest. */
#define MAX_WAYS 3

/* "a\nb\nc": the cheapest changes, one of a kind; NULL if there is none. */
static char *
describe_ways (const DkDossier *dossier,
               const DkResult  *result)
{
  g_autoptr(GArray) levers = dk_assessment_get_levers (dossier->assessment, result);
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; levers != NULL && i < levers->len && n < MAX_WAYS; i++)
    {
      const DkLever *lever = &g_array_index (levers, DkLever, i);
      g_autofree char *change = NULL;
      gboolean is_new = TRUE;

      for (guint j = 0; j < i && is_new; j++)
        {
          const DkLever *other = &g_array_index (levers, DkLever, j);

          is_new = other->ref.fact != lever->ref.fact || other->grows_with.fact != lever->grows_with.fact;
        }
      if (!is_new)
        continue;
      change = dk_wording_describe_lever (&dossier->wording, lever);
      g_string_append_printf (text, "%s%s", n++ > 0 ? "\n" : "", change);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
write_way (const DkDossier *dossier,
           const DkResult  *result,
           const char      *what,
           const char      *change,
           guint            row,
           guint            flags)
{
  DkSheet *sheet = dossier->levers;
  g_autofree char *source = dk_wording_dup_citations (&dossier->wording, result->item->citations);

  dk_sheet_set_text (sheet, row, LEVER_WHAT, what, DK_LOOK_TEXT, ROW_FLAGS | flags);
  dk_sheet_set_text (sheet, row, LEVER_CHANGE, change, DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, LEVER_ADVICE, dk_text_get (&result->item->advice, dossier->language), DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, LEVER_SOURCE, source, DK_LOOK_NOTE, ROW_FLAGS);
}

/* Every criterion that is not met, down to those that decide. */
static guint
write_failing (const DkDossier *dossier,
               const DkResult  *parent,
               guint            row)
{
  for (guint i = 0; i < dk_result_n_children (parent); i++)
    {
      const DkResult *child = dk_result_get_child (parent, i);
      const char *advice = dk_text_get (&child->item->advice, dossier->language);

      if (child->is_aside || child->verdict != DK_VERDICT_FAIL || child->item->kind == DK_ITEM_WARNING)
        continue;
      if (!dk_wording_is_group (child))
        {
          g_autofree char *ways = describe_ways (dossier, child);

          if (ways == NULL && *advice == '\0')
            ways = g_strdup (dk_dossier_tr (dossier, N_("There is no figure whose change is enough.")));
          write_way (dossier, child, dk_wording_get_title (&dossier->wording, child), ways, row++, 0);
        }
      row = write_failing (dossier, child, row);
    }
  return row;
}

static guint
write_programme (const DkDossier   *dossier,
                 const DkProgramme *programme,
                 guint              row)
{
  const DkResult *result = programme->result;

  dk_dossier_add_section (dossier->levers, row++, N_LEVER, programme->title);
  if (result->verdict == DK_VERDICT_FAIL)
    {
      g_autofree char *ways = describe_ways (dossier, result);

      write_way (dossier, result, dk_dossier_tr (dossier, N_("The whole: this alone makes it pass")),
                 ways != NULL ? ways : dk_dossier_tr (dossier, N_("No change of a single figure makes it pass; see what each criterion needs.")),
                 row++, DK_CELL_STRONG);
      row = write_failing (dossier, result, row);
    }
  else if (result->verdict == DK_VERDICT_PASS)
    {
      g_autofree char *safety = dk_wording_describe_safety (&dossier->wording, result);

      write_way (dossier, result, dk_dossier_tr (dossier, N_("It passes; the weakest figure")),
                 safety != NULL ? safety : dk_dossier_tr (dossier, N_("No change of a single figure turns it.")), row++, DK_CELL_STRONG);
    }
  else
    {
      write_way (dossier, result, dk_dossier_tr (dossier, N_("Not decided yet")), NULL, row, DK_CELL_STRONG);
      dk_sheet_set_link_to_cell (dossier->levers, row++, LEVER_CHANGE, dossier->missing, 0, 0,
                                 dk_dossier_tr (dossier, N_("First answer what is missing")), ROW_FLAGS);
      row = write_failing (dossier, result, row);
    }
  return row + 1;
}

void
dk_dossier_write_levers (const DkDossier *dossier)
{
  DkSheet *sheet = dossier->levers;
  guint row = N_HEAD_ROWS;

  dk_dossier_set_columns (dossier, sheet, lever_columns, N_LEVER);
  dk_dossier_add_title (dossier, sheet, N_LEVER, dk_sheet_get_name (sheet));
  dk_sheet_merge_text (sheet, ROW_NOTE, 0, N_LEVER - 1,
                       dk_dossier_tr (dossier, N_("Computed at the export, to the figure at which the verdict turns; it does not follow changes in "
                                                  "this workbook. It is arithmetic, not advice to alter books: a figure has to be true.")),
                       DK_LOOK_NOTE, DK_CELL_WRAP);
  dk_dossier_add_head (dossier, sheet, ROW_HEAD, lever_columns, N_LEVER);
  for (guint i = 0; i < dossier->programmes->len; i++)
    {
      const DkProgramme *programme = &g_array_index (dossier->programmes, DkProgramme, i);

      /* A classification, such as by size, has nothing to pass. */
      if (programme->result->verdict != DK_VERDICT_NONE)
        row = write_programme (dossier, programme, row);
    }
  dk_sheet_freeze (sheet, N_HEAD_ROWS, 1);
  dk_sheet_set_print (sheet, TRUE, N_HEAD_ROWS);
}
