/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file that a book becomes: a temporary one beside the target until it is whole. */
#pragma once

#include "dk-book.h"

G_BEGIN_DECLS

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
