/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A spreadsheet file being written: sheets, cells and looks. A thin layer over libxlsxwriter that makes text safe, checks every
 * call, remembers what was written where, and leaves no half-written file behind. Knows nothing of enterprises. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DK_BOOK_ERROR (dk_book_error_quark ())
GQuark dk_book_error_quark (void);
typedef enum { DK_BOOK_ERROR_WRITE, DK_BOOK_ERROR_FULL } DkBookError;

/* How a cell looks. */
typedef enum
{
  DK_LOOK_TEXT, DK_LOOK_TITLE, DK_LOOK_HEADING, DK_LOOK_HEAD /* of a column */, DK_LOOK_NOTE, DK_LOOK_LINK,
  DK_LOOK_NUMBER, DK_LOOK_COUNT, DK_LOOK_YUAN, DK_LOOK_WAN, DK_LOOK_RATIO, DK_LOOK_POINTS, DK_LOOK_DATE,
  DK_LOOK_VERDICT, /* coloured by its text, see dk_sheet_colour_verdicts () */
  DK_N_LOOKS
} DkLook;

/* What stands in a cell besides its look. */
enum { DK_CELL_INPUT = 1 << 0 /* may be changed: unlocked, tinted */, DK_CELL_STRONG = 1 << 1, DK_CELL_BORDER = 1 << 2, DK_CELL_WRAP = 1 << 3 };

typedef struct _DkBook DkBook;
typedef struct _DkSheet DkSheet;

/* @created: seconds since 1970, kept in the file, so that the same content gives the same bytes. */
DkBook  *dk_book_new        (const char *path, gint64 created, const char *title, const char *author, GError **error);
void     dk_book_set_font   (DkBook *book, const char *font); /* before the first cell */
/* Adds a sheet; a name is made fit (at most 31 characters, none of []:*?/\, unique). */
DkSheet *dk_book_add_sheet  (DkBook *book, const char *name);
guint    dk_book_n_sheets   (const DkBook *book);
DkSheet *dk_book_get_sheet  (const DkBook *book, guint n);
/* Writes the file beside @path and renames it. Frees the book in any case. */
gboolean dk_book_save       (DkBook *book, GError **error);
void     dk_book_discard    (DkBook *book); /* leaves no file */

const char *dk_sheet_get_name     (const DkSheet *sheet);
guint       dk_sheet_get_n        (const DkSheet *sheet); /* its place in the book, from 0 */
/* 'Name'!$C$5, for formulas. (transfer full) */
char       *dk_sheet_get_ref      (const DkSheet *sheet, guint row, guint column);

/* Cells. Rows and columns count from 0. The first error is kept and reported by dk_book_save (). */
void dk_sheet_set_text     (DkSheet *sheet, guint row, guint column, const char *text, DkLook look, guint flags); /* stays text, whatever it begins with */
void dk_sheet_set_number   (DkSheet *sheet, guint row, guint column, const char *exact, DkLook look, guint flags); /* a decimal text, or a fraction */
void dk_sheet_set_day     (DkSheet *sheet, guint row, guint column, gint64 day, guint flags); /* a day as g_date_get_julian () counts */
void dk_sheet_set_blank    (DkSheet *sheet, guint row, guint column, DkLook look, guint flags);
/* @formula without the leading "="; the value that it has now: a number (decimal text), or a text when @is_text. */
void dk_sheet_set_formula  (DkSheet *sheet, guint row, guint column, const char *formula, const char *value, gboolean is_text, DkLook look, guint flags);
void dk_sheet_set_link     (DkSheet *sheet, guint row, guint column, const DkSheet *target, guint target_row, const char *text);
void dk_sheet_set_link_to_cell (DkSheet *sheet, guint row, guint column, const DkSheet *target, guint target_row, guint target_column,
                                const char *text, guint flags);
void dk_sheet_merge_text   (DkSheet *sheet, guint row, guint first_column, guint last_column, const char *text, DkLook look, guint flags);
void dk_sheet_set_choices  (DkSheet *sheet, guint row, guint column, const char *const *options); /* a drop-down */
void dk_sheet_set_choices_range (DkSheet *sheet, guint first_row, guint last_row, guint column, const char *const *options);
void dk_sheet_set_comment  (DkSheet *sheet, guint row, guint column, const char *text);

/* The number by which spreadsheets know a day, given as g_date_get_julian () counts: what a cell of DK_LOOK_DATE holds. */
gint64 dk_book_get_serial (gint64 day);

/* The sheet as a whole. */
void dk_sheet_set_width    (DkSheet *sheet, guint first_column, guint last_column, double characters);
void dk_sheet_set_height   (DkSheet *sheet, guint row, double points);
void dk_sheet_hide_columns (DkSheet *sheet, guint first_column, guint last_column);
void dk_sheet_freeze       (DkSheet *sheet, guint rows, guint columns);
void dk_sheet_set_print    (DkSheet *sheet, gboolean is_landscape, guint repeat_rows); /* A4, fit to width, page numbers */
void dk_sheet_colour_verdicts (DkSheet *sheet, guint first_row, guint last_row, guint column, const char *pass, const char *fail, const char *open);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkBook, dk_book_discard)

G_END_DECLS
