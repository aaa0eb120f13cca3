/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of an assessment as live spreadsheet formulas: the program of the packs compiled once more, to a calculation
 * sheet, one step a row, over the cells that hold the enterprise's answers.
 *
 * A row holds all that its step can be, as the machine does: the least and the most (of a condition: whether it can be not
 * met, can be met), whether there is a value at all, may be none, may not apply. An empty cell there is a matter of course:
 * a value that is always there, a step that always applies. Figures of the law stand in cells of their own. */
#pragma once

#include "dk-assessment.h"
#include "dk-book.h"

G_BEGIN_DECLS

/* Where the answers stand in the book; filled in by whoever writes the input and register sheets.
 *
 * The cells of a fact in a period. A number or date has two cells: "from" and "to" (blank "to": the same as "from"; both blank:
 * not known; the text of dk_calc_get_none_word () in "from": certainly none). All others have one cell, "from": a truth and a choice
 * hold the label as people read it, a code its code (or the first characters of one), a text itself. What cannot be read, or lies
 * outside the fact's domain, counts as not known. */
typedef struct
{
  const DkSymbol *fact;
  DkPeriodKey     period;
  const DkSheet  *sheet;
  guint           row, from_column, to_column;
} DkInputCell;

/* The rows of a register: the cells of column i stand in @first_column + i, rows @first_row .. @first_row + @n_rows - 1 (some of
 * them blank, so that rows can be added); what is certainly none holds the none word. A row without any text or number is not
 * there; one of which nothing is known says so in a cell with any word, such as "?". @complete_row, @complete_column: the cell
 * that holds yes or no as a label. */
typedef struct
{
  const DkRegister *reg;
  const DkSheet    *sheet;
  guint             first_row, n_rows, first_column;
  guint             complete_row, complete_column;
} DkInputTable;

typedef struct
{
  GArray        *cells;  /* DkInputCell */
  GArray        *tables; /* DkInputTable */
  const DkSheet *as_of_sheet; /* the cell with the as-of date, a date */
  guint          as_of_row, as_of_column;
} DkInputs;

typedef struct _DkCalc DkCalc;

/* Adds the calculation sheets at the end of @book and compiles into them what the programmes of @assessment need. The book and
 * the assessment must outlive it. */
DkCalc     *dk_calc_new          (DkBook *book, DkAssessment *assessment, const DkInputs *inputs, const char *language);
void        dk_calc_free         (DkCalc *calc);
/* The words in input cells. */
const char *dk_calc_get_none_word (const char *language);
const char *dk_calc_get_truth_word (gboolean truth, const char *language);
/* The words in result cells; that of DK_VERDICT_OPEN stands for figures too. */
const char *dk_calc_get_verdict_word (DkVerdict verdict, const char *language);
const char *dk_calc_get_open_word (const char *language);
const char *dk_calc_get_undefined_word (const char *language); /* of a figure that cannot be computed */

/* Writes a live cell of a result: its verdict as a word (pass, fail, open, na in @language), the least and the most of its value
 * (of what is no number: its word, and no most), or the value if it is only one, what is asked, and how far it is from it. FALSE, and nothing written, if the
 * result has no such thing, as a programme of which no version is in force has no verdict to compute. */
typedef enum { DK_CALC_VERDICT, DK_CALC_LOW, DK_CALC_HIGH, DK_CALC_POINT, DK_CALC_THRESHOLD, DK_CALC_MARGIN } DkCalcPart;
gboolean    dk_calc_write        (DkCalc *calc, const DkResult *result, DkCalcPart part, DkSheet *sheet, guint row, guint column, DkLook look, guint flags);
/* The same of a fact, as it was answered or follows from other answers. FALSE, and nothing written, if no rule asks for it, or if it is a
 * code or a text, which stands on its own sheet. */
gboolean    dk_calc_write_fact   (DkCalc *calc, const DkFactRef *ref, DkSheet *sheet, guint row, guint column, DkLook look, guint flags);
/* The steps on the calculation sheet that a result rests on end in this row; FALSE if it has none. For links. */
gboolean    dk_calc_get_place    (DkCalc *calc, const DkResult *result, const DkSheet **sheet, guint *row);
/* Rules that no formula could carry: they are in the book as fixed text. Ids (char *), (transfer none). */
GPtrArray  *dk_calc_get_fixed    (DkCalc *calc);
/* Results whose verdict the engine settles and the sheet leaves open, since the sheet does not see that one fact stands in
 * several places. Ids (char *), (transfer none). */
GPtrArray  *dk_calc_get_looser   (DkCalc *calc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkCalc, dk_calc_free)

G_END_DECLS
