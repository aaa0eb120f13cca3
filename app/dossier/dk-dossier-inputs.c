/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-dossier-inputs"

#include "dk-dossier-private.h"

#include "dk-fact-value.h"

#include <glib/gi18n.h>

/* The head stands in this row, the day of the assessment in the one above it. */
enum { ROW_NOTE = 1, ROW_DAY, ROW_HEAD, N_HEAD_ROWS };
enum { COLUMN_FACT, COLUMN_YEAR, COLUMN_FROM, COLUMN_TO, COLUMN_UNIT, COLUMN_DEFINITION, COLUMN_SOURCE, COLUMN_ID, N_COLUMNS };

static const DkColumn columns[N_COLUMNS] = {
  { N_("Fact"), 30 }, { N_("Year"), 9 }, { N_("Value, or from"), 18 }, { N_("to"), 18 }, { N_("Unit"), 8 },
  { N_("What it means"), 56 }, { N_("After which document"), 28 }, { N_("Id"), 22 },
};

#define ROW_FLAGS (DK_CELL_BORDER | DK_CELL_WRAP)
#define INPUT_FLAGS (DK_CELL_BORDER | DK_CELL_INPUT)

/* So many years before the last one are looked into for answers that no rule asks for. */
#define N_YEARS_BACK 6

static gboolean
has_ends (const DkSymbol *fact)
{
  return fact->kind == DK_KIND_NUMBER || fact->kind == DK_KIND_DATE;
}

/* Later periods first. */
static int
compare_periods (gconstpointer a,
                 gconstpointer b)
{
  const DkPeriodKey *p = a, *q = b;

  if (p->year != q->year)
    return q->year - p->year;
  if (p->quarter != q->quarter)
    return q->quarter - p->quarter;
  return q->month - p->month;
}

static void
add_period (GArray      *periods,
            DkPeriodKey  period)
{
  for (guint i = 0; i < periods->len; i++)
    if (compare_periods (&g_array_index (periods, DkPeriodKey, i), &period) == 0)
      return;
  g_array_append_val (periods, period);
}

/* The periods of a fact that packs read, and those that were answered besides. */
static GArray *
list_periods (const DkDossier *dossier,
              const DkSymbol  *fact)
{
  const DkProgram *program = dk_rulebook_get_program (dossier->library->book);
  const DkSlot *slots = dk_program_get_slots (program);
  int last_year = dk_assessment_get_year (dossier->assessment);
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (DkPeriodKey));

  for (guint i = 0; i < dk_program_n_slots (program); i++)
    {
      const DkSlot *slot = &slots[i];
      DkPeriodKey period = { 0, 0, 0 };

      if (slot->kind != DK_SLOT_FACT || slot->fact != fact)
        continue;
      if (fact->period != DK_PERIOD_NONE)
        period.year = (int) (slot->is_absolute ? slot->year : last_year + slot->year);
      if (fact->period == DK_PERIOD_QUARTER)
        period.quarter = slot->sub;
      else if (fact->period == DK_PERIOD_MONTH)
        period.month = slot->sub;
      add_period (periods, period);
    }
  for (int year = last_year + 1; fact->period == DK_PERIOD_YEAR && year >= last_year - N_YEARS_BACK; year--)
    {
      DkPeriodKey period = { year, 0, 0 };
      DkValue value;

      if (dk_enterprise_get (dossier->enterprise, fact, period, &value))
        add_period (periods, period);
    }
  if (periods->len == 0 && fact->period == DK_PERIOD_NONE)
    add_period (periods, (DkPeriodKey) { 0, 0, 0 });
  else if (periods->len == 0 && fact->period == DK_PERIOD_YEAR)
    add_period (periods, (DkPeriodKey) { last_year, 0, 0 });
  g_array_sort (periods, compare_periods);
  return periods;
}

const char **
dk_dossier_get_options (const DkDossier *dossier,
                        const DkSymbol  *fact)
{
  GPtrArray *options;

  if (fact->kind != DK_KIND_TRUTH && (fact->kind != DK_KIND_CHOICE || fact->choices == NULL))
    return NULL;
  options = g_ptr_array_new ();
  if (fact->kind == DK_KIND_TRUTH)
    {
      g_ptr_array_add (options, (char *) dk_calc_get_truth_word (TRUE, dossier->language));
      g_ptr_array_add (options, (char *) dk_calc_get_truth_word (FALSE, dossier->language));
    }
  for (guint i = 0; fact->kind == DK_KIND_CHOICE && i < fact->choices->labels->len; i++)
    g_ptr_array_add (options, (char *) dk_text_get (g_ptr_array_index (fact->choices->labels, i), dossier->language));
  g_ptr_array_add (options, NULL);
  return (const char **) g_ptr_array_free (options, FALSE);
}

static void
write_end (const DkDossier *dossier,
           DkSheet         *sheet,
           guint            row,
           guint            column,
           const DkSymbol  *fact,
           DkNumber         number,
           DkLook           look)
{
  gint64 day;

  if (fact->kind == DK_KIND_DATE && dk_number_to_int64 (number, &day))
    {
      dk_sheet_set_day (sheet, row, column, day, INPUT_FLAGS);
    }
  else
    {
      g_autofree char *exact = dk_number_to_string (number);

      dk_sheet_set_number (sheet, row, column, exact, look, INPUT_FLAGS);
    }
}

/* Whether a cell, or a pair of them, can say all that @value says. Where not the cell stays blank, which says less and is never
 * wrong, and a remark says what is known. */
static gboolean
is_expressible (const DkSymbol *fact,
                const DkValue  *value,
                gboolean        has_to)
{
  guint32 state = value->state & (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA);
  g_autofree char *code = NULL;

  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      return state == DK_TRUE || state == DK_FALSE;

    case DK_KIND_CODE:
      code = state & (DK_POINT | DK_RANGE) ? dk_fact_code_to_string (fact, value) : NULL;
      return code != NULL && (state & (DK_UNDEFINED | DK_NA)) == 0;

    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
      return state == DK_POINT || state == DK_UNDEFINED
             || (has_to && state == DK_RANGE && dk_number_is_finite (value->low) && dk_number_is_finite (dk_value_high (value)));

    case DK_KIND_CHOICE:
    case DK_KIND_TEXT:
    default:
      return state == DK_POINT;
    }
}

static void
write_known (const DkDossier *dossier,
             DkSheet         *sheet,
             guint            row,
             guint            from_column,
             guint            to_column,
             const DkSymbol  *fact,
             const DkValue   *value,
             DkLook           look)
{
  gint64 place;

  switch (fact->kind)
    {
    case DK_KIND_TRUTH:
      dk_sheet_set_text (sheet, row, from_column, dk_calc_get_truth_word ((value->state & DK_TRUE) != 0, dossier->language),
                         DK_LOOK_TEXT, INPUT_FLAGS);
      break;

    case DK_KIND_CHOICE:
      place = g_bit_nth_lsf ((gulong) value->low.num, -1);
      dk_sheet_set_text (sheet, row, from_column, dk_text_get (g_ptr_array_index (fact->choices->labels, place), dossier->language),
                         DK_LOOK_TEXT, INPUT_FLAGS);
      break;

    case DK_KIND_CODE:
      {
        g_autofree char *code = dk_fact_code_to_string (fact, value);

        dk_sheet_set_text (sheet, row, from_column, code, DK_LOOK_TEXT, INPUT_FLAGS);
      }
      break;

    case DK_KIND_TEXT:
      if (dk_number_to_int64 (value->low, &place))
        dk_sheet_set_text (sheet, row, from_column, dk_text_lookup (place), DK_LOOK_TEXT, INPUT_FLAGS);
      break;

    case DK_KIND_NUMBER:
    case DK_KIND_DATE:
    default:
      if ((value->state & DK_UNDEFINED) != 0)
        dk_sheet_set_text (sheet, row, from_column, dk_calc_get_none_word (dossier->language), look, INPUT_FLAGS);
      else
        write_end (dossier, sheet, row, from_column, fact, value->low, look);
      if ((value->state & DK_RANGE) != 0)
        write_end (dossier, sheet, row, to_column, fact, dk_value_high (value), look);
      break;
    }
}

void
dk_dossier_write_value (const DkDossier *dossier,
                        DkSheet         *sheet,
                        guint            row,
                        guint            from_column,
                        guint            to_column,
                        const DkSymbol  *fact,
                        const DkValue   *value)
{
  gboolean has_to = from_column != to_column;
  /* Whoever types an amount types yuan; a cell that showed another unit would invite mistakes. */
  DkLook look = fact->unit == DK_UNIT_YUAN && fact->kind == DK_KIND_NUMBER ? DK_LOOK_YUAN
                                                                           : dk_dossier_get_look (dossier, fact->kind, fact->unit);

  dk_sheet_set_blank (sheet, row, from_column, look, INPUT_FLAGS);
  if (has_to)
    dk_sheet_set_blank (sheet, row, to_column, look, has_ends (fact) ? INPUT_FLAGS : DK_CELL_BORDER);
  if (value == NULL)
    return;
  if (is_expressible (fact, value, has_to))
    {
      write_known (dossier, sheet, row, from_column, to_column, fact, value, look);
    }
  else
    {
      g_autofree char *known = dk_value_to_display (value, fact->kind, fact->unit, fact->choices, fact->codes, dossier->language);
      g_autofree char *remark = g_strdup_printf (dk_dossier_tr (dossier, N_("A cell cannot say it: %s. Left blank, it counts as not known.")),
                                                 known);

      dk_sheet_set_comment (sheet, row, from_column, remark);
    }
}

static void
write_fact (DkDossier    *dossier,
            const DkFact *fact,
            DkPeriodKey   period,
            gboolean      is_first, /* of its periods */
            guint         row)
{
  const DkSymbol *symbol = fact->symbol;
  DkSheet *sheet = dossier->facts;
  DkInputCell cell = { symbol, period, sheet, row, COLUMN_FROM, has_ends (symbol) ? COLUMN_TO : COLUMN_FROM };
  g_autofree char *name = dk_period_to_string (period);
  g_autofree char *definition = NULL;
  g_autofree const char **options = dk_dossier_get_options (dossier, symbol);
  const char *label = dk_text_get (&symbol->label, dossier->language);
  const char *meaning = dk_text_get (&fact->definition, dossier->language);
  DkValue value;
  gboolean is_answered = dk_enterprise_get (dossier->enterprise, symbol, period, &value);

  /* What it means is said once, not for each year. */
  if (!is_first)
    meaning = "";
  else if (has_ends (symbol) && (symbol->domain.state & DK_UNDEFINED))
    definition = g_strdup_printf (dk_dossier_tr (dossier, N_("%s (“%s” if there is none)")), meaning, dk_calc_get_none_word (dossier->language));
  dk_sheet_set_text (sheet, row, COLUMN_FACT, *label != '\0' ? label : symbol->id, DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, COLUMN_YEAR, name, DK_LOOK_TEXT, ROW_FLAGS);
  dk_dossier_write_value (dossier, sheet, row, COLUMN_FROM, COLUMN_TO, symbol, is_answered ? &value : NULL);
  if (options != NULL)
    dk_sheet_set_choices (sheet, row, COLUMN_FROM, options);
  dk_sheet_set_text (sheet, row, COLUMN_UNIT, dk_dossier_name_unit (dossier, symbol->kind, symbol->unit, FALSE), DK_LOOK_TEXT, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, COLUMN_DEFINITION, definition != NULL ? definition : meaning, DK_LOOK_NOTE, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, COLUMN_SOURCE, is_first ? dk_text_get (&fact->source, dossier->language) : "", DK_LOOK_NOTE, ROW_FLAGS);
  dk_sheet_set_text (sheet, row, COLUMN_ID, symbol->id, DK_LOOK_NOTE, ROW_FLAGS);
  g_array_append_val (dossier->inputs.cells, cell);
}

static void
write_top (DkDossier *dossier)
{
  DkSheet *sheet = dossier->facts;
  g_autofree char *year = NULL;
  int last_year = dk_assessment_get_year (dossier->assessment);

  dk_dossier_set_columns (dossier, sheet, columns, N_COLUMNS);
  dk_dossier_add_title (dossier, sheet, N_COLUMNS, dk_dossier_tr (dossier, N_("Facts")));
  dk_sheet_merge_text (sheet, ROW_NOTE, 0, N_COLUMNS - 1,
                       dk_dossier_tr (dossier, N_("The tinted cells may be changed; all verdicts follow. A blank cell means that it is not known, which is "
                                                  "not 0. Of a figure known only roughly, fill in both ends, “from” and “to”. Amounts are in yuan.")),
                       DK_LOOK_NOTE, DK_CELL_WRAP);
  dk_sheet_set_text (sheet, ROW_DAY, COLUMN_FACT, dk_dossier_tr (dossier, N_("Rules of this day apply")), DK_LOOK_TEXT, DK_CELL_STRONG);
  dk_sheet_set_day (sheet, ROW_DAY, COLUMN_FROM, dk_assessment_get_as_of (dossier->assessment), INPUT_FLAGS);
  dossier->inputs.as_of_sheet = sheet;
  dossier->inputs.as_of_row = ROW_DAY;
  dossier->inputs.as_of_column = COLUMN_FROM;
  year = g_strdup_printf (dk_dossier_tr (dossier, N_("Last full accounting year: %d. The versions of the rules are those of the export; "
                                                     "another day here changes only what is counted from it.")), last_year);
  dk_sheet_merge_text (sheet, ROW_DAY, COLUMN_TO, N_COLUMNS - 1, year, DK_LOOK_NOTE, 0);
  dk_sheet_set_height (sheet, ROW_DAY, 20);
  dk_dossier_add_head (dossier, sheet, ROW_HEAD, columns, N_COLUMNS);
  dk_sheet_freeze (sheet, N_HEAD_ROWS, COLUMN_FROM);
  dk_sheet_set_print (sheet, TRUE, N_HEAD_ROWS);
}

/* Every fact of the catalogue, page by page. */
void
dk_dossier_write_facts (DkDossier *dossier)
{
  const DkCatalogue *catalogue = dossier->library->catalogue;
  const char *page = NULL;
  guint row = N_HEAD_ROWS;

  write_top (dossier);
  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (catalogue, i);
      g_autoptr(GArray) periods = list_periods (dossier, fact->symbol);

      if (fact->page != NULL && g_strcmp0 (page, fact->page) != 0)
        {
          const DkText *title = dk_catalogue_get_page_title (catalogue, fact->page);

          page = fact->page;
          dk_dossier_add_section (dossier->facts, row++, N_COLUMNS, title != NULL ? dk_text_get (title, dossier->language) : page);
        }
      for (guint k = 0; k < periods->len; k++)
        write_fact (dossier, fact, g_array_index (periods, DkPeriodKey, k), k == 0, row++);
    }
}
