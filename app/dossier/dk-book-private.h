/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside a book: its file, how its cells look, which texts they can hold. */
#pragma once

#include "dk-book.h"

#include <xlsxwriter.h>

G_BEGIN_DECLS

/* A look has a second number format, for values that are not whole. */
enum { DK_LOOK_FRACTION = 1 << 4, DK_LOOK_N_FLAGS = 1 << 5 };
G_STATIC_ASSERT ((DK_CELL_INPUT | DK_CELL_STRONG | DK_CELL_BORDER | DK_CELL_WRAP) < DK_LOOK_FRACTION);

lxw_format *dk_look_create         (lxw_workbook *workbook, const char *font, DkLook look, guint flags);
lxw_format *dk_look_create_verdict (lxw_workbook *workbook, guint n);
/* How many points a row needs for a text in a cell so many characters wide. */
double      dk_look_estimate_height (DkLook look, guint flags, const char *text, double width);

/* A text that a cell can hold: valid, without control characters, cut to length. (transfer full) */
char       *dk_book_make_safe      (const char *text);
/* Spreadsheets count texts in UTF-16 units. */
guint       dk_book_count_units    (const char *text);
void        dk_book_cut_units      (char *text, guint most);

/* The file that a book becomes: a temporary one beside the target until it is whole. */
typedef struct _DkBookFile DkBookFile;

DkBookFile *dk_book_file_new           (const char *path, GError **error);
void        dk_book_file_discard       (DkBookFile *file); /* removes the temporary file, if it is still there */
const char *dk_book_file_get_temporary (const DkBookFile *file);
const char *dk_book_file_get_name      (const DkBookFile *file); /* the target, as people read it */
/* Checks the temporary file, brings it to the disk and to its place. */
gboolean    dk_book_file_finish        (DkBookFile *file, GError **error);
/* Sets @error to why the file could not be written: @number as in errno, or else @reason. Returns FALSE. */
gboolean    dk_book_file_fail          (const DkBookFile *file, int number, const char *reason, GError **error);

G_END_DECLS
