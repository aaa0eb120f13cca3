/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A spreadsheet file: names, places, errors, and that it is whole or not there. What stands in its cells is read back by
 * test-workbook.py. */
#include "dk-book.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("dengke-book-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "book.xlsx", NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static DkBook *
begin (const Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  DkBook *book = dk_book_new (fixture->path, 1700000000, "Title", "Author", &error);

  g_assert_no_error (error);
  g_assert_nonnull (book);
  return book;
}

static void
save (DkBook *book)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_book_save (book, &error));
  g_assert_no_error (error);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  return g_bytes_new_take (text, length);
}

/* A bit of everything; a lot of it when @n_rows is large. */
static void
fill (DkBook *book,
      guint   n_rows)
{
  static const char *const few[] = { "yes", "no", NULL };
  static const char *const commas[] = { "a, b", "c", NULL };
  char *long_list[40];
  DkSheet *first = dk_book_add_sheet (book, "First");
  DkSheet *second = dk_book_add_sheet (book, "Second");

  dk_sheet_set_width (first, 0, 3, 12);
  dk_sheet_set_text (first, 0, 0, "=1+1", DK_LOOK_TITLE, 0);
  dk_sheet_set_number (first, 1, 0, "1/3", DK_LOOK_RATIO, DK_CELL_BORDER);
  dk_sheet_set_number (first, 1, 1, "123456789012345678901234567890", DK_LOOK_YUAN, 0);
  dk_sheet_set_number (first, 1, 2, "99.5", DK_LOOK_COUNT, 0);
  dk_sheet_set_day (first, 1, 3, 739000, 0);
  dk_sheet_set_formula (first, 2, 0, "A2*3", "1", FALSE, DK_LOOK_NUMBER, 0);
  dk_sheet_set_formula (first, 2, 1, "IF(A2>0,\"x\",\"y\")", "x", TRUE, DK_LOOK_VERDICT, 0);
  dk_sheet_set_link (first, 3, 0, second, 4, "there");
  dk_sheet_merge_text (first, 4, 0, 3, "over four columns, and long enough to be broken into several lines", DK_LOOK_NOTE, DK_CELL_WRAP);
  dk_sheet_set_choices (first, 5, 0, few);
  dk_sheet_set_choices (first, 5, 1, commas);
  for (guint i = 0; i < G_N_ELEMENTS (long_list) - 1; i++)
    long_list[i] = g_strdup_printf ("option number %u", i);
  long_list[G_N_ELEMENTS (long_list) - 1] = NULL;
  dk_sheet_set_choices (first, 5, 2, (const char *const *) long_list);
  dk_sheet_set_choices_range (first, 6, 9, 2, (const char *const *) long_list);
  for (guint i = 0; long_list[i] != NULL; i++)
    g_free (long_list[i]);
  dk_sheet_set_comment (first, 5, 0, "a remark");
  dk_sheet_set_blank (first, 5, 0, DK_LOOK_TEXT, DK_CELL_INPUT);
  dk_sheet_colour_verdicts (first, 0, 9, 1, "x", "y", "z");
  dk_sheet_hide_columns (second, 2, 3);
  dk_sheet_freeze (first, 1, 1);
  dk_sheet_set_print (first, TRUE, 1);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *text = g_strdup_printf ("row %u", i);

      dk_sheet_set_text (second, i, 0, text, DK_LOOK_TEXT, DK_CELL_WRAP);
    }
}

static void
test_same_bytes (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GBytes) first = NULL;
  g_autoptr(GBytes) second = NULL;
  DkBook *book = begin (fixture);

  fill (book, 10);
  save (book);
  first = read_file (fixture->path);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), 4, "PK\003\004", 4);
  book = begin (fixture); /* over the old one */
  fill (book, 10);
  save (book);
  second = read_file (fixture->path);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_discard_leaves_nothing (Fixture       *fixture,
                             gconstpointer  data)
{
  DkBook *book = begin (fixture);

  fill (book, 10);
  dk_book_discard (book);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
assert_name (DkBook     *book,
             const char *wanted,
             const char *name)
{
  DkSheet *sheet = dk_book_add_sheet (book, wanted);

  g_assert_cmpstr (dk_sheet_get_name (sheet), ==, name);
}

static void
test_names_are_fit (Fixture       *fixture,
                    gconstpointer  data)
{
  DkBook *book = begin (fixture);

  assert_name (book, "a[b]c:d*e?f/g\\h", "a-b-c-d-e-f-g-h");
  assert_name (book, "'quoted'", "’quoted’");
  assert_name (book, "  spaces  ", "spaces");
  assert_name (book, "", "Sheet");
  assert_name (book, "History", "Sheet 2");
  assert_name (book, "Tax", "Tax");
  assert_name (book, "TAX", "TAX 2");
  assert_name (book, "1234567890123456789012345678901", "1234567890123456789012345678901"); /* 31 */
  assert_name (book, "12345678901234567890123456789012", "12345678901234567890123456789 2");
  assert_name (book, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一");
  /* Each of these takes two of 31 units. */
  assert_name (book, "𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀", "𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀");
  assert_name (book, "lists", "lists 2"); /* there is a hidden one */
  assert_name (book, "bad \xff byte", "bad \357\277\275 byte");
  for (guint i = 0; i < dk_book_n_sheets (book); i++)
    {
      DkSheet *sheet = dk_book_get_sheet (book, i);

      g_assert_cmpuint (dk_sheet_get_n (sheet), ==, i);
      dk_sheet_set_print (sheet, FALSE, 3); /* repeated rows are kept under the sheet's name */
      dk_sheet_set_link (sheet, 0, 0, dk_book_get_sheet (book, 0), 0, "first");
    }
  save (book);
}

static void
test_places (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { guint row, column; const char *place; } cases[] = {
    { 0, 0, "'S'!$A$1" }, { 4, 25, "'S'!$Z$5" }, { 4, 26, "'S'!$AA$5" }, { 0, 701, "'S'!$ZZ$1" }, { 1048575, 16383, "'S'!$XFD$1048576" },
  };
  g_autoptr(DkBook) book = begin (fixture);
  DkSheet *sheet = dk_book_add_sheet (book, "S");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *place = dk_sheet_get_ref (sheet, cases[i].row, cases[i].column);

      g_assert_cmpstr (place, ==, cases[i].place);
    }
}

static void
test_days (void)
{
  GDate date;

  g_date_set_dmy (&date, 1, G_DATE_MARCH, 1900);
  g_assert_cmpint (dk_book_get_serial (g_date_get_julian (&date)), ==, 61);
  g_date_set_dmy (&date, 22, G_DATE_NOVEMBER, 2026);
  g_assert_cmpint (dk_book_get_serial (g_date_get_julian (&date)), ==, 46348);
}

/* What does not fit a sheet is reported with its place, and nothing is written. */
static void
test_cell_out_of_range (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  DkBook *book = begin (fixture);
  DkSheet *sheet = dk_book_add_sheet (book, "S");

  dk_sheet_set_text (sheet, 1048576, 2, "one row too far", DK_LOOK_TEXT, 0);
  dk_sheet_set_text (sheet, 0, 0, "a later cell", DK_LOOK_TEXT, 0);
  g_assert_false (dk_book_save (book, &error));
  g_assert_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, "row 1048577, column 3"));
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_places_that_cannot_be_written (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", "book.xlsx", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (dk_book_new (missing, 0, NULL, NULL, &error));
  g_assert_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, missing));
  g_clear_error (&error);

  g_assert_null (dk_book_new (fixture->folder, 0, NULL, NULL, &error));
  g_assert_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, fixture->folder));
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* Whoever links to the file has the new one; the link stays a link. */
static void
test_through_a_link (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link.xlsx", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GStatBuf buffer;
  DkBook *book;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (symlink ("book.xlsx", link), ==, 0);
  book = dk_book_new (link, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  fill (book, 1);
  save (book);
  g_assert_cmpint (g_lstat (link, &buffer), ==, 0);
  g_assert_true (S_ISLNK (buffer.st_mode));
  bytes = read_file (fixture->path);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 2, "PK", 2);
  g_assert_cmpint (g_unlink (link), ==, 0);
}

/* @limit: the most bytes of a file. With the smallest the archive itself cannot be written; with the larger one it can, but a part of
 * it could not on its way there, which the library does not notice. */
static void
test_no_room (Fixture       *fixture,
              gconstpointer  data)
{
  rlim_t limit = GPOINTER_TO_UINT (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  struct rlimit old, tight;
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);
  DkBook *book;
  gboolean is_saved;

  g_assert_true (g_file_set_contents (fixture->path, "the old file", -1, NULL));
  book = begin (fixture);
  fill (book, 4000);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tight = old;
  tight.rlim_cur = limit;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  is_saved = dk_book_save (book, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  signal (SIGXFSZ, handler);

  g_assert_false (is_saved);
  g_assert_error (error, DK_BOOK_ERROR, DK_BOOK_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, fixture->path));
  bytes = read_file (fixture->path);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "the old file", 12);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

/* Enough room is enough: the check above does not refuse a file that is whole. */
static void
test_room_enough (Fixture       *fixture,
                  gconstpointer  data)
{
  DkBook *book = begin (fixture);

  fill (book, 4000);
  save (book);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/dossier/book/same-bytes", NULL, test_same_bytes);
  ADD ("/dossier/book/discard-leaves-nothing", NULL, test_discard_leaves_nothing);
  ADD ("/dossier/book/names-are-fit", NULL, test_names_are_fit);
  ADD ("/dossier/book/places", NULL, test_places);
  g_test_add_func ("/dossier/book/days", test_days);
  ADD ("/dossier/book/cell-out-of-range", NULL, test_cell_out_of_range);
  ADD ("/dossier/book/places-that-cannot-be-written", NULL, test_places_that_cannot_be_written);
  ADD ("/dossier/book/through-a-link", NULL, test_through_a_link);
  ADD ("/dossier/book/no-room/archive", GUINT_TO_POINTER (4096), test_no_room);
  ADD ("/dossier/book/no-room/part", GUINT_TO_POINTER (100000), test_no_room);
  ADD ("/dossier/book/room-enough", NULL, test_room_enough);
  return g_test_run ();
}
