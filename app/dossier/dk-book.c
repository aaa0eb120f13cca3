/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-book"

#include "dk-book-private.h"

#include "dk-value.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* What a spreadsheet can hold. Texts are counted in UTF-16 units there. */
#define MAX_NAME 31
#define MAX_CHOICES 255

/* The hidden sheet with long lists. */
#define LISTS_NAME "Lists"

/* The day 1899-12-30 as GDate counts: day 0 of a spreadsheet. */
#define SERIAL_ZERO 693594

struct _DkSheet
{
  DkBook        *book;
  lxw_worksheet *worksheet;
  char          *name;
  char          *quoted; /* as formulas name it */
  guint          n;
  GArray        *widths;  /* double: of columns, in characters; 0: as they are by default */
  GArray        *heights; /* double: of rows, in points; < 0: as it was asked for; 0: as it is by default */
};

struct _DkBook
{
  lxw_workbook *workbook;
  DkBookFile   *file;
  char         *font; /* NULL: the spreadsheet program's own */
  GPtrArray    *sheets;
  GHashTable   *names; /* folded, since a spreadsheet takes "Tax" and "TAX" for the same */
  lxw_format   *formats[DK_N_LOOKS][DK_LOOK_N_FLAGS];
  lxw_format   *verdicts[3];
  GPtrArray    *lists; /* char **: of drop-downs that are too long for a cell, a column each on a sheet at the end */
  GError       *error; /* the first one */
};

G_DEFINE_QUARK (dk-book-error-quark, dk_book_error)

static void
free_sheet (DkSheet *sheet)
{
  g_free (sheet->name);
  g_free (sheet->quoted);
  g_array_unref (sheet->widths);
  g_array_unref (sheet->heights);
  g_free (sheet);
}

static void
free_book (DkBook *book)
{
  g_clear_pointer (&book->workbook, lxw_workbook_free);
  g_clear_pointer (&book->file, dk_book_file_discard);
  g_ptr_array_unref (book->sheets);
  g_hash_table_unref (book->names);
  g_ptr_array_unref (book->lists);
  g_free (book->font);
  g_clear_error (&book->error);
  g_free (book);
}

/* Keeps the first thing that went wrong; what follows from it would only confuse. */
static void
check (const DkSheet *sheet,
       guint          row,
       guint          column,
       lxw_error      result)
{
  DkBook *book = sheet->book;

  if (result == LXW_NO_ERROR || book->error != NULL)
    return;
  g_set_error (&book->error, DK_BOOK_ERROR, DK_BOOK_ERROR_WRITE, "“%s”: %s, row %u, column %u: %s",
               dk_book_file_get_name (book->file), sheet->name, row + 1, column + 1, lxw_strerror (result));
}

static lxw_format *
get_format (DkBook *book,
            DkLook  look,
            guint   flags)
{
  if (book->formats[look][flags] == NULL)
    book->formats[look][flags] = dk_look_create (book->workbook, book->font, look, flags);
  return book->formats[look][flags];
}

/* ———————————————————————————————————————— The book ———————————————————————————————————————— */

/* Whether @name is free; then it is taken. */
static gboolean
take_name (DkBook     *book,
           const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_hash_table_add (book->names, g_steal_pointer (&folded));
}

/**
 * dk_book_new:
 * @path: the file to be written by dk_book_save ()
 * @created: seconds since 1970, kept in the file, so that the same content gives the same bytes
 * @title: (nullable): kept in the file's properties
 * @author: (nullable): likewise
 *
 * Begins a spreadsheet. What can be known at once is found out at once: whether there is a folder to write to.
 *
 * Returns: the book; NULL with @error when nothing can be written there
 */
DkBook *
dk_book_new (const char  *path,
             gint64       created,
             const char  *title,
             const char  *author,
             GError     **error)
{
  g_autofree char *safe_title = title != NULL ? dk_book_make_safe (title) : NULL;
  g_autofree char *safe_author = author != NULL ? dk_book_make_safe (author) : NULL;
  lxw_doc_properties properties = { 0 };
  lxw_workbook_options options = { 0 };
  DkBookFile *file;
  DkBook *book;

  g_return_val_if_fail (path != NULL, NULL);
  file = dk_book_file_new (path, error);
  if (file == NULL)
    return NULL;
  book = g_new0 (DkBook, 1);
  book->file = file;
  book->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) free_sheet);
  book->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  book->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  take_name (book, LISTS_NAME);
  book->workbook = workbook_new_opt (dk_book_file_get_temporary (file), &options);
  g_assert (book->workbook != NULL);

  properties.title = safe_title;
  properties.author = safe_author;
  /* The library takes 0 for "now". */
  properties.created = created > 0 ? (time_t) created : 1;
  /* Properties hold 255 characters; longer ones are not worth refusing a file for. */
  if (safe_title != NULL)
    dk_book_cut_units (safe_title, 255);
  if (safe_author != NULL)
    dk_book_cut_units (safe_author, 255);
  if (workbook_set_properties (book->workbook, &properties) != LXW_NO_ERROR)
    g_warning ("the properties of a workbook were refused");
  return book;
}

/**
 * dk_book_set_font:
 * @book: a book without cells
 * @font: the name of a font as spreadsheet programs know it
 *
 * Chooses the font of all cells; without it they have the spreadsheet program's own, which may lack Chinese.
 */
void
dk_book_set_font (DkBook     *book,
                  const char *font)
{
  g_return_if_fail (font != NULL);
  g_free (book->font);
  book->font = g_strdup (font);
}

/* A name that spreadsheet programs accept, and that no other sheet has. */
static char *
make_name (DkBook     *book,
           const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr(GString) fit = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < ' ' || c == 0x7f || (c < 0x80 && strchr ("[]:*?/\\", (int) c) != NULL) || c == 0xfffe || c == 0xffff)
        g_string_append_c (fit, '-');
      else if (c == '\'')
        g_string_append (fit, "’"); /* one at an end is refused, one within has to be doubled everywhere */
      else
        g_string_append_unichar (fit, c);
    }
  g_strstrip (fit->str);
  dk_book_cut_units (fit->str, MAX_NAME);
  /* "History" is a sheet that one program keeps for itself. */
  if (*fit->str == '\0' || g_ascii_strcasecmp (fit->str, "history") == 0)
    g_string_assign (fit, "Sheet");
  if (take_name (book, fit->str))
    return g_strdup (fit->str);
  for (guint i = 2;; i++)
    {
      g_autofree char *suffix = g_strdup_printf (" %u", i);
      g_autofree char *start = g_strdup (fit->str);
      g_autofree char *other = NULL;

      dk_book_cut_units (start, MAX_NAME - (guint) strlen (suffix));
      other = g_strconcat (start, suffix, NULL);
      if (take_name (book, other))
        return g_steal_pointer (&other);
    }
}

static DkSheet *
add_sheet (DkBook     *book,
           const char *name) /* as it is to be */
{
  DkSheet *sheet = g_new0 (DkSheet, 1);

  sheet->book = book;
  sheet->name = g_strdup (name);
  sheet->quoted = g_strconcat ("'", name, "'", NULL);
  sheet->n = book->sheets->len;
  sheet->widths = g_array_new (FALSE, TRUE, sizeof (double));
  sheet->heights = g_array_new (FALSE, TRUE, sizeof (double));
  sheet->worksheet = workbook_add_worksheet (book->workbook, name);
  if (sheet->worksheet == NULL)
    g_error ("the sheet name “%s” was refused", name);
  worksheet_gridlines (sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
  g_ptr_array_add (book->sheets, sheet);
  return sheet;
}

/**
 * dk_book_add_sheet:
 * @book: a book
 * @name: what the sheet is to be called; it is made fit
 *
 * Returns: (transfer none): the sheet
 */
DkSheet *
dk_book_add_sheet (DkBook     *book,
                   const char *name)
{
  g_autofree char *fit = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  fit = make_name (book, name);
  return add_sheet (book, fit);
}

guint
dk_book_n_sheets (const DkBook *book)
{
  return book->sheets->len;
}

DkSheet *
dk_book_get_sheet (const DkBook *book,
                   guint         n)
{
  g_return_val_if_fail (n < book->sheets->len, NULL);
  return g_ptr_array_index (book->sheets, n);
}

const char *
dk_sheet_get_name (const DkSheet *sheet)
{
  return sheet->name;
}

guint
dk_sheet_get_n (const DkSheet *sheet)
{
  return sheet->n;
}

/* "$C$5" */
static void
append_cell (GString *text,
             guint    row,
             guint    column)
{
  char name[8];
  guint i = G_N_ELEMENTS (name) - 1;

  name[i] = '\0';
  for (guint rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    name[--i] = (char) ('A' + (rest - 1) % 26);
  g_string_append_printf (text, "$%s$%u", name + i, row + 1);
}

char *
dk_sheet_get_ref (const DkSheet *sheet,
                  guint          row,
                  guint          column)
{
  GString *text = g_string_new (sheet->quoted);

  g_string_append_c (text, '!');
  append_cell (text, row, column);
  return g_string_free (text, FALSE);
}

/* ———————————————————————————————————————— Cells ———————————————————————————————————————— */

static double *
get_place (GArray *array,
           guint   i)
{
  if (i >= array->len)
    g_array_set_size (array, i + 1);
  return &g_array_index (array, double, i);
}

/* Makes a row as high as a text needs in columns of these widths, which have to be set before. Not every spreadsheet program does so
 * when it opens a file, and none for merged cells. */
static void
grow_row (DkSheet    *sheet,
          guint       row,
          guint       first_column,
          guint       last_column,
          const char *text,
          DkLook      look,
          guint       flags)
{
  double *height = get_place (sheet->heights, row);
  double width = 0;

  if (*height < 0)
    return;
  for (guint column = first_column; column <= last_column; column++)
    {
      double set = *get_place (sheet->widths, column);

      width += set > 0 ? set : LXW_DEF_COL_WIDTH;
    }
  *height = MAX (*height, dk_look_estimate_height (look, flags, text, width));
}

static void
write_heights (DkSheet *sheet)
{
  for (guint row = 0; row < sheet->heights->len; row++)
    {
      double height = g_array_index (sheet->heights, double, row);

      if (height > 0)
        check (sheet, row, 0, worksheet_set_row (sheet->worksheet, row, MIN (height, 409), NULL));
    }
}

/**
 * dk_sheet_set_text:
 *
 * Writes a text. It stays one, whatever it begins with: "=1+1" is never computed. What is longer than a cell can hold is cut.
 */
void
dk_sheet_set_text (DkSheet    *sheet,
                   guint       row,
                   guint       column,
                   const char *text,
                   DkLook      look,
                   guint       flags)
{
  lxw_format *format = get_format (sheet->book, look, flags);
  g_autofree char *safe = text != NULL ? dk_book_make_safe (text) : NULL;

  if (safe == NULL || *safe == '\0')
    check (sheet, row, column, worksheet_write_blank (sheet->worksheet, row, (lxw_col_t) column, format));
  else
    check (sheet, row, column, worksheet_write_string (sheet->worksheet, row, (lxw_col_t) column, safe, format));
  if (safe != NULL && (look == DK_LOOK_HEAD || (flags & DK_CELL_WRAP)))
    grow_row (sheet, row, column, column, safe, look, flags);
}

/* A decimal text or a fraction. FALSE if it is none that a spreadsheet can hold. */
static gboolean
parse_number (const char *exact,
              double     *number,
              gboolean   *is_whole)
{
  char *end;

  *number = g_ascii_strtod (exact, &end);
  if (end == exact)
    return FALSE;
  if (*end == '/')
    {
      const char *rest = end + 1;
      double denominator = g_ascii_strtod (rest, &end);

      if (end == rest || denominator == 0)
        return FALSE;
      *number /= denominator;
    }
  *is_whole = floor (*number) == *number;
  return *end == '\0' && isfinite (*number);
}

/* The look's format for a value that is whole or not. */
static guint
add_fraction (DkLook   look,
              guint    flags,
              gboolean is_whole)
{
  return look == DK_LOOK_COUNT && !is_whole ? flags | DK_LOOK_FRACTION : flags;
}

/**
 * dk_sheet_set_number:
 * @exact: a decimal text, or a fraction; of %DK_LOOK_DATE as dk_book_get_serial () counts days
 *
 * Writes a number. One too large for a spreadsheet is written as the text that it is.
 */
void
dk_sheet_set_number (DkSheet    *sheet,
                     guint       row,
                     guint       column,
                     const char *exact,
                     DkLook      look,
                     guint       flags)
{
  double number;
  gboolean is_whole;

  g_return_if_fail (exact != NULL);
  if (!parse_number (exact, &number, &is_whole))
    {
      dk_sheet_set_text (sheet, row, column, exact, look, flags);
      return;
    }
  check (sheet, row, column,
         worksheet_write_number (sheet->worksheet, row, (lxw_col_t) column, number,
                                 get_format (sheet->book, look, add_fraction (look, flags, is_whole))));
}

/**
 * dk_sheet_set_day:
 * @day: a day as g_date_get_julian () counts
 *
 * Writes a date. One before 1900-03-01 is written as text: spreadsheets count days from 1900, and miscount two months.
 */
void
dk_sheet_set_day (DkSheet *sheet,
                  guint    row,
                  guint    column,
                  gint64   day,
                  guint    flags)
{
  gint64 serial = dk_book_get_serial (day);

  if (serial < 61 || serial > 2958465)
    {
      g_autofree char *text = dk_date_to_string (day);

      dk_sheet_set_text (sheet, row, column, text, DK_LOOK_DATE, flags);
      return;
    }
  check (sheet, row, column,
         worksheet_write_number (sheet->worksheet, row, (lxw_col_t) column, (double) serial, get_format (sheet->book, DK_LOOK_DATE, flags)));
}

/**
 * dk_book_get_serial:
 * @day: a day as g_date_get_julian () counts
 *
 * Returns: the number by which spreadsheets know the day
 */
gint64
dk_book_get_serial (gint64 day)
{
  return day - SERIAL_ZERO;
}

void
dk_sheet_set_blank (DkSheet *sheet,
                    guint    row,
                    guint    column,
                    DkLook   look,
                    guint    flags)
{
  check (sheet, row, column, worksheet_write_blank (sheet->worksheet, row, (lxw_col_t) column, get_format (sheet->book, look, flags)));
}

/**
 * dk_sheet_set_formula:
 * @formula: without the leading "="
 * @value: (nullable): what it comes to now, for programs that do not compute
 * @is_text: whether @value is a text rather than a number
 */
void
dk_sheet_set_formula (DkSheet    *sheet,
                      guint       row,
                      guint       column,
                      const char *formula,
                      const char *value,
                      gboolean    is_text,
                      DkLook      look,
                      guint       flags)
{
  double number = 0;
  gboolean is_whole = TRUE;
  g_autofree char *safe = NULL;

  g_return_if_fail (formula != NULL);
  if (!is_text && value != NULL && parse_number (value, &number, &is_whole))
    {
      check (sheet, row, column,
             worksheet_write_formula_num (sheet->worksheet, row, (lxw_col_t) column, formula,
                                          get_format (sheet->book, look, add_fraction (look, flags, is_whole)), number));
      return;
    }
  safe = dk_book_make_safe (value != NULL ? value : "");
  check (sheet, row, column,
         worksheet_write_formula_str (sheet->worksheet, row, (lxw_col_t) column, formula, get_format (sheet->book, look, flags), safe));
}

/**
 * dk_sheet_set_link:
 * @target: where it leads: to the first cell of @target_row
 */
void
dk_sheet_set_link (DkSheet       *sheet,
                   guint          row,
                   guint          column,
                   const DkSheet *target,
                   guint          target_row,
                   const char    *text)
{
  dk_sheet_set_link_to_cell (sheet, row, column, target, target_row, 0, text, 0);
}

void
dk_sheet_set_link_to_cell (DkSheet       *sheet,
                           guint          row,
                           guint          column,
                           const DkSheet *target,
                           guint          target_row,
                           guint          target_column,
                           const char    *text,
                           guint          flags)
{
  g_autofree char *safe = dk_book_make_safe (text != NULL ? text : "");
  g_autoptr(GString) place = g_string_new ("internal:");
  lxw_format *format = get_format (sheet->book, DK_LOOK_LINK, flags);
  lxw_error result;

  g_string_append (place, target->quoted);
  g_string_append_c (place, '!');
  append_cell (place, target_row, target_column);
  result = *safe != '\0' ? worksheet_write_url_opt (sheet->worksheet, row, (lxw_col_t) column, place->str, format, safe, NULL)
                         : worksheet_write_blank (sheet->worksheet, row, (lxw_col_t) column, format);
  /* A sheet holds so many links, and the rest are as good as text. */
  if (result == LXW_ERROR_WORKSHEET_MAX_NUMBER_URLS_EXCEEDED)
    result = worksheet_write_string (sheet->worksheet, row, (lxw_col_t) column, safe, get_format (sheet->book, DK_LOOK_TEXT, flags));
  check (sheet, row, column, result);
  if (flags & DK_CELL_WRAP)
    grow_row (sheet, row, column, column, safe, DK_LOOK_LINK, flags);
}

void
dk_sheet_merge_text (DkSheet    *sheet,
                     guint       row,
                     guint       first_column,
                     guint       last_column,
                     const char *text,
                     DkLook      look,
                     guint       flags)
{
  g_autofree char *safe = NULL;

  if (first_column >= last_column)
    {
      dk_sheet_set_text (sheet, row, first_column, text, look, flags);
      return;
    }
  safe = dk_book_make_safe (text != NULL ? text : "");
  check (sheet, row, first_column,
         worksheet_merge_range (sheet->worksheet, row, (lxw_col_t) first_column, row, (lxw_col_t) last_column, safe,
                                get_format (sheet->book, look, flags)));
  if (flags & DK_CELL_WRAP)
    grow_row (sheet, row, first_column, last_column, safe, look, flags);
}

/* A list within a cell is one text: so long at most (the library counts bytes), and its commas part the options. */
static gboolean
fits_in_cell (const char *const *options)
{
  gsize length = 0;

  for (guint i = 0; options[i] != NULL; i++)
    {
      length += (i > 0) + strlen (options[i]);
      if (strpbrk (options[i], ",\"") != NULL || *options[i] == '\0')
        return FALSE;
    }
  return length <= MAX_CHOICES;
}

/* Where a list stands that has no room in a cell. Lists that are alike stand there once. */
static char *
get_list_range (DkBook            *book,
                const char *const *options)
{
  guint n = g_strv_length ((char **) options);
  guint column;
  g_autoptr(GString) text = g_string_new ("='" LISTS_NAME "'!");

  for (column = 0; column < book->lists->len; column++)
    if (g_strv_equal (g_ptr_array_index (book->lists, column), options))
      break;
  if (column == book->lists->len)
    g_ptr_array_add (book->lists, g_strdupv ((char **) options));
  append_cell (text, 0, column);
  g_string_append_c (text, ':');
  append_cell (text, n - 1, column);
  return g_strdup (text->str);
}

static void
write_lists (DkBook *book)
{
  DkSheet *sheet;

  if (book->lists->len == 0)
    return;
  sheet = add_sheet (book, LISTS_NAME);
  worksheet_hide (sheet->worksheet);
  for (guint column = 0; column < book->lists->len; column++)
    {
      char **options = g_ptr_array_index (book->lists, column);

      for (guint row = 0; options[row] != NULL; row++)
        dk_sheet_set_text (sheet, row, column, options[row], DK_LOOK_TEXT, 0);
    }
}

/**
 * dk_sheet_set_choices_range:
 * @options: what may stand in the cells, NULL-terminated
 *
 * Gives cells of a column a drop-down list. One that is too long for a cell stands on a hidden sheet.
 */
void
dk_sheet_set_choices_range (DkSheet           *sheet,
                            guint              first_row,
                            guint              last_row,
                            guint              column,
                            const char *const *options)
{
  lxw_data_validation validation = {
    .validate = LXW_VALIDATION_TYPE_LIST,
    .ignore_blank = LXW_VALIDATION_ON,
    .show_input = LXW_VALIDATION_ON,
    .show_error = LXW_VALIDATION_ON,
    .dropdown = LXW_VALIDATION_ON,
    .value_list = (char **) options,
  };
  g_autofree char *range = NULL;

  g_return_if_fail (options[0] != NULL);
  if (!fits_in_cell (options))
    {
      range = get_list_range (sheet->book, options);
      validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      validation.value_list = NULL;
      validation.value_formula = range;
    }
  check (sheet, first_row, column,
         worksheet_data_validation_range (sheet->worksheet, first_row, (lxw_col_t) column, last_row, (lxw_col_t) column, &validation));
}

void
dk_sheet_set_choices (DkSheet           *sheet,
                      guint              row,
                      guint              column,
                      const char *const *options)
{
  dk_sheet_set_choices_range (sheet, row, row, column, options);
}

void
dk_sheet_set_comment (DkSheet    *sheet,
                      guint       row,
                      guint       column,
                      const char *text)
{
  g_autofree char *safe = dk_book_make_safe (text);

  if (*safe != '\0')
    check (sheet, row, column, worksheet_write_comment (sheet->worksheet, row, (lxw_col_t) column, safe));
}

/* ———————————————————————————————————————— Sheets ———————————————————————————————————————— */

void
dk_sheet_set_width (DkSheet *sheet,
                    guint    first_column,
                    guint    last_column,
                    double   characters)
{
  for (guint column = first_column; column <= last_column; column++)
    *get_place (sheet->widths, column) = characters;
  check (sheet, 0, first_column,
         worksheet_set_column (sheet->worksheet, (lxw_col_t) first_column, (lxw_col_t) last_column, CLAMP (characters, 1, 255), NULL));
}

void
dk_sheet_set_height (DkSheet *sheet,
                     guint    row,
                     double   points)
{
  *get_place (sheet->heights, row) = -1;
  check (sheet, row, 0, worksheet_set_row (sheet->worksheet, row, CLAMP (points, 1, 409), NULL));
}

void
dk_sheet_hide_columns (DkSheet *sheet,
                       guint    first_column,
                       guint    last_column)
{
  lxw_row_col_options options = { .hidden = LXW_TRUE };

  check (sheet, 0, first_column,
         worksheet_set_column_opt (sheet->worksheet, (lxw_col_t) first_column, (lxw_col_t) last_column, LXW_DEF_COL_WIDTH, NULL, &options));
}

void
dk_sheet_freeze (DkSheet *sheet,
                 guint    rows,
                 guint    columns)
{
  worksheet_freeze_panes (sheet->worksheet, rows, (lxw_col_t) columns);
}

/**
 * dk_sheet_set_print:
 * @is_landscape: whether the paper lies
 * @repeat_rows: how many rows at the top stand on every page
 *
 * A4, as wide as the sheet, with the sheet's name and the number of the page below.
 */
void
dk_sheet_set_print (DkSheet  *sheet,
                    gboolean  is_landscape,
                    guint     repeat_rows)
{
  lxw_worksheet *worksheet = sheet->worksheet;

  worksheet_set_paper (worksheet, 9);
  if (is_landscape)
    worksheet_set_landscape (worksheet);
  else
    worksheet_set_portrait (worksheet);
  worksheet_set_margins (worksheet, 0.5, 0.5, 0.6, 0.7);
  worksheet_fit_to_pages (worksheet, 1, 0);
  if (repeat_rows > 0)
    check (sheet, 0, 0, worksheet_repeat_rows (worksheet, 0, repeat_rows - 1));
  check (sheet, 0, 0, worksheet_set_footer (worksheet, "&L&8&A&R&8&P / &N"));
}

/**
 * dk_sheet_colour_verdicts:
 * @pass: the word of a verdict that passes
 * @fail: of one that does not
 * @open: of one that is not known yet
 *
 * Colours the verdicts of a column by what stands in them, so that one that changes when a figure is changed changes its colour too.
 */
void
dk_sheet_colour_verdicts (DkSheet    *sheet,
                          guint       first_row,
                          guint       last_row,
                          guint       column,
                          const char *pass,
                          const char *fail,
                          const char *open)
{
  const char *const words[] = { pass, fail, open };
  DkBook *book = sheet->book;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", words[i]);
      lxw_conditional_format condition = {
        .type = LXW_CONDITIONAL_TYPE_CELL,
        .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
        .value_string = quoted,
      };

      if (book->verdicts[i] == NULL)
        book->verdicts[i] = dk_look_create_verdict (book->workbook, i);
      condition.format = book->verdicts[i];
      check (sheet, first_row, column,
             worksheet_conditional_format_range (sheet->worksheet, first_row, (lxw_col_t) column, last_row, (lxw_col_t) column,
                                                 &condition));
    }
}

static gboolean
save (DkBook  *book,
      GError **error)
{
  lxw_error result;
  int saved;

  write_lists (book);
  for (guint i = 0; i < book->sheets->len; i++)
    write_heights (g_ptr_array_index (book->sheets, i));
  if (book->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&book->error));
      return FALSE;
    }
  errno = 0;
  result = workbook_close (g_steal_pointer (&book->workbook));
  saved = errno;
  if (result != LXW_NO_ERROR)
    return dk_book_file_fail (book->file, saved, lxw_strerror (result), error);
  return dk_book_file_finish (book->file, error);
}

/**
 * dk_book_save:
 * @book: (transfer full): a book; it is gone afterwards
 *
 * Writes the file beside its target, and puts it there once it is whole: whatever happens, the target is the old file or the new
 * one.
 *
 * Returns: FALSE with @error when the file could not be written, or a cell could not
 */
gboolean
dk_book_save (DkBook  *book,
              GError **error)
{
  gboolean is_good = save (book, error);

  dk_book_discard (book);
  return is_good;
}

void
dk_book_discard (DkBook *book)
{
  if (book != NULL)
    free_book (book);
}
