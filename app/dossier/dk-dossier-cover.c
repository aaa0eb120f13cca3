/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-dossier-cover"

#include "dk-dossier-private.h"

#include <glib/gi18n.h>

#define ROW_FLAGS (DK_CELL_BORDER | DK_CELL_WRAP)

/* ———————————————————————————————————————— Cover ———————————————————————————————————————— */

enum { COVER_WHAT, COVER_VERDICT, COVER_SENTENCE, COVER_VERSION, N_COVER };

static const DkColumn cover_columns[N_COVER] = {
  { N_("Programme"), 30 }, { N_("Verdict"), 11 }, { N_("In a sentence (at the export)"), 46 }, { N_("Rules"), 26 },
};

static void
add_pair (const DkDossier *dossier,
          guint            row,
          const char      *label,
          const char      *text)
{
  dk_sheet_set_text (dossier->cover, row, COVER_WHAT, label, DK_LOOK_TEXT, 0);
  dk_sheet_merge_text (dossier->cover, row, COVER_VERDICT, N_COVER - 1, text, DK_LOOK_TEXT, DK_CELL_STRONG);
  dk_sheet_set_height (dossier->cover, row, 18);
}

/* The number by which registries know the enterprise, where it was answered. */
static const char *
find_registered_number (const DkDossier  *dossier,
                        const DkFact    **which)
{
  const DkCatalogue *catalogue = dossier->library->catalogue;

  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkFact *fact = dk_catalogue_get_fact (catalogue, i);
      DkValue value;
      gint64 text;

      if (g_strcmp0 (fact->format, "uscc") == 0
          && dk_enterprise_get (dossier->enterprise, fact->symbol, (DkPeriodKey) { 0, 0, 0 }, &value)
          && dk_value_is_point (&value) && dk_number_to_int64 (value.low, &text))
        {
          *which = fact;
          return dk_text_lookup (text);
        }
    }
  return NULL;
}

static guint
add_particulars (const DkDossier *dossier,
                 guint            row)
{
  const DkFact *which;
  const char *number = find_registered_number (dossier, &which);
  g_autofree char *day = dk_date_to_string (dk_assessment_get_as_of (dossier->assessment));
  g_autofree char *year = g_strdup_printf ("%d", dk_assessment_get_year (dossier->assessment));

  if (number != NULL)
    add_pair (dossier, row++, dk_text_get (&which->symbol->label, dossier->language), number);
  add_pair (dossier, row++, dk_dossier_tr (dossier, N_("Rules of this day apply")), day);
  add_pair (dossier, row++, dk_dossier_tr (dossier, N_("Last full accounting year")), year);
  add_pair (dossier, row++, dk_dossier_tr (dossier, N_("Made with")), "Dengke " PACKAGE_VERSION);
  return row;
}

static guint
add_verdicts (const DkDossier *dossier,
              guint            row)
{
  DkSheet *sheet = dossier->cover;

  dk_dossier_add_section (sheet, row++, N_COVER, dk_dossier_tr (dossier, N_("Verdicts")));
  dk_dossier_add_head (dossier, sheet, row++, cover_columns, N_COVER);
  for (guint i = 0; i < dossier->programmes->len; i++, row++)
    {
      const DkProgramme *programme = &g_array_index (dossier->programmes, DkProgramme, i);
      const DkResult *result = programme->result;
      g_autofree char *sentence = dk_wording_describe_programme (&dossier->wording, result);
      g_autofree char *span = result->in_force != NULL ? dk_dossier_describe_span (dossier, result->in_force) : NULL;

      dk_sheet_set_link_to_cell (sheet, row, COVER_WHAT, programme->sheet, 0, 0, programme->title, ROW_FLAGS);
      if (result->verdict == DK_VERDICT_NONE && result->has_value)
        dk_dossier_add_value (dossier, sheet, row, COVER_VERDICT, result, DK_LOOK_VERDICT, DK_CELL_BORDER);
      else
        dk_dossier_add_verdict (dossier, sheet, row, COVER_VERDICT, result, DK_CELL_BORDER);
      dk_sheet_set_text (sheet, row, COVER_SENTENCE, sentence, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, row, COVER_VERSION, span, DK_LOOK_NOTE, ROW_FLAGS);
    }
  return row;
}

/* The one answer that settles most. */
static guint
add_next_question (const DkDossier *dossier,
                   guint            row)
{
  DkQuestion question;
  const DkInputCell *cell;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (!dk_assessment_get_next_question (dossier->assessment, &question))
    return row;
  cell = dk_dossier_find_cell (dossier, &question.ref);
  if (cell == NULL)
    return row;
  name = dk_wording_name_fact (&dossier->wording, &question.ref);
  text = g_strdup_printf (dk_dossier_tr (dossier, N_("Answer this next: %s; it can settle up to %u verdicts")), name, question.n_open);
  dk_sheet_set_link_to_cell (dossier->cover, row, COVER_WHAT, cell->sheet, cell->row, cell->from_column, text, 0);
  return row + 1;
}

static void
add_reading (const DkDossier *dossier,
             guint            row)
{
  static const char *const texts[] = {
    N_("The tinted cells on the sheets “Facts” and of the lists may be changed, in Excel, WPS or LibreOffice: verdicts, figures and margins "
       "follow, here too. Every step stands on the calculation sheets at the end."),
    N_("“Open” means that both are still possible. What is not answered is not taken for 0: a verdict that is certain stays so, whatever the "
       "missing answers turn out to be."),
    N_("What is marked “at the export” is text: it does not follow changes in this workbook. Versions of rules, the list of what is missing "
       "and the least changes are such."),
    N_("“Self-rated” rests on a judgement of the enterprise itself. “To be confirmed” marks rules whose wording was not certain when they "
       "were written down; the sheet “Sources” says how well each document is known."),
    N_("It is a check of one's own. Whether conditions are met is decided by the authority in charge."),
  };

  dk_dossier_add_section (dossier->cover, row++, N_COVER, dk_dossier_tr (dossier, N_("How to read it")));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    dk_sheet_merge_text (dossier->cover, row++, 0, N_COVER - 1, dk_dossier_tr (dossier, texts[i]), DK_LOOK_TEXT, DK_CELL_WRAP);
}

void
dk_dossier_write_cover (const DkDossier *dossier)
{
  DkSheet *sheet = dossier->cover;
  const char *name = dk_enterprise_get_name (dossier->enterprise);
  guint row = 2;

  dk_dossier_set_columns (dossier, sheet, cover_columns, N_COVER);
  dk_sheet_merge_text (sheet, 0, 0, N_COVER - 1, name != NULL && *name != '\0' ? name : dk_dossier_tr (dossier, N_("(no name)")),
                       DK_LOOK_TITLE, DK_CELL_WRAP);
  dk_sheet_set_height (sheet, 0, 44);
  dk_sheet_merge_text (sheet, 1, 0, N_COVER - 1, dk_dossier_tr (dossier, N_("Dossier of what it qualifies for, and why")), DK_LOOK_HEADING, 0);
  dk_sheet_set_height (sheet, 1, 28);
  row = add_particulars (dossier, row) + 1;
  row = add_verdicts (dossier, row);
  dk_dossier_colour (dossier, sheet, row, COVER_VERDICT);
  row = add_next_question (dossier, row) + 1;
  add_reading (dossier, row);
  dk_sheet_set_print (sheet, FALSE, 0);
}

/* ———————————————————————————————————————— Contents ———————————————————————————————————————— */

enum { CONTENTS_NUMBER, CONTENTS_SHEET, CONTENTS_WHAT, N_CONTENTS };

static const DkColumn contents_columns[N_CONTENTS] = { { N_("No."), 6 }, { N_("Sheet"), 40 }, { N_("What stands there"), 64 } };

static const char *
describe_sheet (const DkDossier *dossier,
                const DkSheet   *sheet)
{
  for (guint i = 0; i < dossier->programmes->len; i++)
    if (g_array_index (dossier->programmes, DkProgramme, i).sheet == sheet)
      return N_("A programme: what it asks, how the enterprise stands, how that was computed");
  for (guint i = 0; i < dossier->programmes->len; i++)
    if (g_array_index (dossier->programmes, DkProgramme, i).checklist == sheet)
      return N_("What people looked into for a board, with findings and evidence; its steps");
  for (guint i = 0; i < dossier->forms->len; i++)
    if (g_array_index (dossier->forms, DkFormSheet, i).sheet == sheet)
      return N_("An official table, filled in from what is computed and answered");
  for (guint i = 0; i < dossier->registers->len; i++)
    if (g_ptr_array_index (dossier->registers, i) == sheet)
      return N_("A list, with a row each: may be changed");
  if (sheet == dossier->cover)
    return N_("The enterprise, the verdicts, how to read it");
  if (sheet == dossier->missing)
    return N_("Answers that can still change a verdict");
  if (sheet == dossier->levers)
    return N_("The least change that turns what is not met");
  if (sheet == dossier->checks)
    return N_("Figures that contradict each other, and measures side by side");
  if (sheet == dossier->facts)
    return N_("All that was asked, by year: may be changed");
  if (sheet == dossier->sources)
    return N_("The documents on which the rules rest");
  return N_("The calculation, one step a row");
}

void
dk_dossier_write_contents (const DkDossier *dossier)
{
  DkSheet *sheet = dossier->contents;
  guint n = dk_book_n_sheets (dossier->book);
  guint row = 2;

  dk_dossier_set_columns (dossier, sheet, contents_columns, N_CONTENTS);
  dk_sheet_merge_text (sheet, 0, 0, N_CONTENTS - 1, dk_sheet_get_name (sheet), DK_LOOK_TITLE, 0);
  dk_sheet_set_height (sheet, 0, 34);
  dk_dossier_add_head (dossier, sheet, 1, contents_columns, N_CONTENTS);
  for (guint i = 0; i < n; i++)
    {
      const DkSheet *target = dk_book_get_sheet (dossier->book, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      if (target == sheet)
        continue;
      dk_sheet_set_text (sheet, row, CONTENTS_NUMBER, number, DK_LOOK_NOTE, ROW_FLAGS);
      dk_sheet_set_link_to_cell (sheet, row, CONTENTS_SHEET, target, 0, 0, dk_sheet_get_name (target), ROW_FLAGS);
      dk_sheet_set_text (sheet, row++, CONTENTS_WHAT, dk_dossier_tr (dossier, describe_sheet (dossier, target)), DK_LOOK_TEXT, ROW_FLAGS);
    }
  dk_sheet_freeze (sheet, 2, 0);
  dk_sheet_set_print (sheet, FALSE, 2);
}

/* ———————————————————————————————————————— Sources ———————————————————————————————————————— */

enum { SOURCE_TITLE, SOURCE_NUMBER, SOURCE_CERTAINTY, SOURCE_PROGRAMMES, SOURCE_NOTE, N_SOURCE };

static const DkColumn source_columns[N_SOURCE] = {
  { N_("Document"), 50 }, { N_("Number"), 28 }, { N_("How well it is known"), 20 }, { N_("Programmes"), 34 }, { N_("Remarks"), 46 },
};

/* A document, in however many packs it is named. */
typedef struct
{
  const DkSource *source;
  GString        *programmes;
} Document;

static void
clear_document (gpointer data)
{
  g_string_free (((Document *) data)->programmes, TRUE);
}

static gboolean
is_same_document (const DkSource *a,
                  const DkSource *b)
{
  return g_strcmp0 (a->number, b->number) == 0 && g_strcmp0 (a->title.zh, b->title.zh) == 0 && g_strcmp0 (a->title.en, b->title.en) == 0
         && a->certainty == b->certainty && g_strcmp0 (a->note.zh, b->note.zh) == 0;
}

static void
add_document (const DkDossier *dossier,
              GArray          *documents,
              const DkSource  *source,
              const char      *programme)
{
  Document fresh = { source, NULL };

  for (guint i = 0; i < documents->len; i++)
    {
      Document *document = &g_array_index (documents, Document, i);

      if (!is_same_document (document->source, source))
        continue;
      g_string_append_printf (document->programmes, "%s%s", dk_wording_get_separator (&dossier->wording), programme);
      return;
    }
  fresh.programmes = g_string_new (programme);
  g_array_append_val (documents, fresh);
}

void
dk_dossier_write_sources (const DkDossier *dossier)
{
  g_autoptr(GArray) documents = g_array_new (FALSE, FALSE, sizeof (Document));
  DkSheet *sheet = dossier->sources;

  g_array_set_clear_func (documents, clear_document);
  for (guint i = 0; i < dossier->programmes->len; i++)
    {
      const DkProgramme *programme = &g_array_index (dossier->programmes, DkProgramme, i);
      GPtrArray *sources = programme->result->item->pack->sources;

      for (guint k = 0; k < sources->len; k++)
        add_document (dossier, documents, g_ptr_array_index (sources, k), programme->title);
    }
  dk_dossier_set_columns (dossier, sheet, source_columns, N_SOURCE);
  dk_dossier_add_title (dossier, sheet, N_SOURCE, dk_sheet_get_name (sheet));
  dk_dossier_add_head (dossier, sheet, 1, source_columns, N_SOURCE);
  for (guint i = 0; i < documents->len; i++)
    {
      const Document *document = &g_array_index (documents, Document, i);
      const DkSource *source = document->source;

      dk_sheet_set_text (sheet, 2 + i, SOURCE_TITLE, dk_text_get (&source->title, dossier->language), DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, 2 + i, SOURCE_NUMBER, source->number, DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, 2 + i, SOURCE_CERTAINTY, dk_dossier_name_certainty (dossier, source->certainty), DK_LOOK_TEXT, ROW_FLAGS);
      dk_sheet_set_text (sheet, 2 + i, SOURCE_PROGRAMMES, document->programmes->str, DK_LOOK_NOTE, ROW_FLAGS);
      dk_sheet_set_text (sheet, 2 + i, SOURCE_NOTE, dk_text_get (&source->note, dossier->language), DK_LOOK_NOTE, ROW_FLAGS);
    }
  dk_sheet_freeze (sheet, 2, 1);
  dk_sheet_set_print (sheet, TRUE, 2);
}
