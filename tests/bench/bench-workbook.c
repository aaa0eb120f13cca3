/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a dossier takes, and how long libxlsxwriter alone takes to write the same cells. The program stands between the dossier
 * and the library while one dossier is written and notes each call that makes a cell (with its look, its width, its list of choices);
 * "bare" is the same calls again, from memory. Page setup and colours by condition, which are few, are left out. */
#define G_LOG_DOMAIN "dk-bench-workbook"
#define _GNU_SOURCE /* RTLD_NEXT */

#include "dk-dossier.h"

#include "../support/samples.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#define SAMPLE "passes.json"
#define DAY "2026-07-15"
#define TIMES 15

typedef enum
{
  CALL_SHEET, CALL_TEXT, CALL_NUMBER, CALL_BLANK, CALL_FORMULA_NUMBER, CALL_FORMULA_TEXT, CALL_URL, CALL_MERGE, CALL_COMMENT, CALL_ROW,
  CALL_COLUMN, CALL_COLUMN_OPTIONS, CALL_VALIDATION,
} CallKind;

/* A call, with copies of what it was given. Sheets and formats are numbered in the order in which they were made. */
typedef struct
{
  CallKind            kind;
  guint               sheet;
  int                 format; /* -1: none */
  guint32             row, last_row;
  lxw_col_t           column, last_column;
  double              number;
  char               *text, *second;
  lxw_row_col_options options;
  lxw_data_validation validation;
} Call;

static gboolean is_recording;
static int depth; /* what the library calls itself is its own business */
static GArray *calls;
static GPtrArray *sheets, *formats;
static GArray *looks; /* lxw_format, as they were when the file was written */

#define REAL(name) \
  static __typeof__ (name) *real; \
  if (real == NULL) \
    real = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name)

static int
find_format (lxw_format *format)
{
  guint n;

  return format != NULL && g_ptr_array_find (formats, format, &n) ? (int) n : -1;
}

static void
note (Call           call,
      lxw_worksheet *sheet,
      lxw_format    *format,
      const char    *text,
      const char    *second)
{
  if (!is_recording || depth > 0)
    return;
  g_ptr_array_find (sheets, sheet, &call.sheet);
  call.format = find_format (format);
  call.text = g_strdup (text);
  call.second = g_strdup (second);
  g_array_append_val (calls, call);
}

#define PASS_ON(type, ...) \
  do { type result; depth++; result = real (__VA_ARGS__); depth--; return result; } while (0)

lxw_worksheet *
workbook_add_worksheet (lxw_workbook *workbook,
                        const char   *name)
{
  lxw_worksheet *sheet;
  REAL (workbook_add_worksheet);

  depth++;
  sheet = real (workbook, name);
  depth--;
  if (is_recording && depth == 0)
    {
      g_ptr_array_add (sheets, sheet);
      note ((Call) { .kind = CALL_SHEET }, sheet, NULL, name, NULL);
    }
  return sheet;
}

lxw_format *
workbook_add_format (lxw_workbook *workbook)
{
  lxw_format *format;
  REAL (workbook_add_format);

  depth++;
  format = real (workbook);
  depth--;
  if (is_recording && depth == 0)
    g_ptr_array_add (formats, format);
  return format;
}

lxw_error
workbook_close (lxw_workbook *workbook)
{
  REAL (workbook_close);

  if (is_recording)
    for (guint i = 0; i < formats->len; i++)
      g_array_append_vals (looks, g_ptr_array_index (formats, i), 1);
  PASS_ON (lxw_error, workbook);
}

lxw_error
worksheet_write_string (lxw_worksheet *sheet,
                        lxw_row_t      row,
                        lxw_col_t      column,
                        const char    *text,
                        lxw_format    *format)
{
  REAL (worksheet_write_string);

  note ((Call) { .kind = CALL_TEXT, .row = row, .column = column }, sheet, format, text, NULL);
  PASS_ON (lxw_error, sheet, row, column, text, format);
}

lxw_error
worksheet_write_number (lxw_worksheet *sheet,
                        lxw_row_t      row,
                        lxw_col_t      column,
                        double         number,
                        lxw_format    *format)
{
  REAL (worksheet_write_number);

  note ((Call) { .kind = CALL_NUMBER, .row = row, .column = column, .number = number }, sheet, format, NULL, NULL);
  PASS_ON (lxw_error, sheet, row, column, number, format);
}

lxw_error
worksheet_write_blank (lxw_worksheet *sheet,
                       lxw_row_t      row,
                       lxw_col_t      column,
                       lxw_format    *format)
{
  REAL (worksheet_write_blank);

  note ((Call) { .kind = CALL_BLANK, .row = row, .column = column }, sheet, format, NULL, NULL);
  PASS_ON (lxw_error, sheet, row, column, format);
}

lxw_error
worksheet_write_formula_num (lxw_worksheet *sheet,
                             lxw_row_t      row,
                             lxw_col_t      column,
                             const char    *formula,
                             lxw_format    *format,
                             double         number)
{
  REAL (worksheet_write_formula_num);

  note ((Call) { .kind = CALL_FORMULA_NUMBER, .row = row, .column = column, .number = number }, sheet, format, formula, NULL);
  PASS_ON (lxw_error, sheet, row, column, formula, format, number);
}

lxw_error
worksheet_write_formula_str (lxw_worksheet *sheet,
                             lxw_row_t      row,
                             lxw_col_t      column,
                             const char    *formula,
                             lxw_format    *format,
                             const char    *text)
{
  REAL (worksheet_write_formula_str);

  note ((Call) { .kind = CALL_FORMULA_TEXT, .row = row, .column = column }, sheet, format, formula, text);
  PASS_ON (lxw_error, sheet, row, column, formula, format, text);
}

lxw_error
worksheet_write_url_opt (lxw_worksheet *sheet,
                         lxw_row_t      row,
                         lxw_col_t      column,
                         const char    *url,
                         lxw_format    *format,
                         const char    *text,
                         const char    *tip)
{
  REAL (worksheet_write_url_opt);

  note ((Call) { .kind = CALL_URL, .row = row, .column = column }, sheet, format, url, text);
  PASS_ON (lxw_error, sheet, row, column, url, format, text, tip);
}

lxw_error
worksheet_merge_range (lxw_worksheet *sheet,
                       lxw_row_t      row,
                       lxw_col_t      column,
                       lxw_row_t      last_row,
                       lxw_col_t      last_column,
                       const char    *text,
                       lxw_format    *format)
{
  REAL (worksheet_merge_range);

  note ((Call) { .kind = CALL_MERGE, .row = row, .column = column, .last_row = last_row, .last_column = last_column }, sheet, format, text, NULL);
  PASS_ON (lxw_error, sheet, row, column, last_row, last_column, text, format);
}

lxw_error
worksheet_write_comment (lxw_worksheet *sheet,
                         lxw_row_t      row,
                         lxw_col_t      column,
                         const char    *text)
{
  REAL (worksheet_write_comment);

  note ((Call) { .kind = CALL_COMMENT, .row = row, .column = column }, sheet, NULL, text, NULL);
  PASS_ON (lxw_error, sheet, row, column, text);
}

lxw_error
worksheet_set_row (lxw_worksheet *sheet,
                   lxw_row_t      row,
                   double         height,
                   lxw_format    *format)
{
  REAL (worksheet_set_row);

  note ((Call) { .kind = CALL_ROW, .row = row, .number = height }, sheet, format, NULL, NULL);
  PASS_ON (lxw_error, sheet, row, height, format);
}

lxw_error
worksheet_set_column (lxw_worksheet *sheet,
                      lxw_col_t      column,
                      lxw_col_t      last_column,
                      double         width,
                      lxw_format    *format)
{
  REAL (worksheet_set_column);

  note ((Call) { .kind = CALL_COLUMN, .column = column, .last_column = last_column, .number = width }, sheet, format, NULL, NULL);
  PASS_ON (lxw_error, sheet, column, last_column, width, format);
}

lxw_error
worksheet_set_column_opt (lxw_worksheet       *sheet,
                          lxw_col_t            column,
                          lxw_col_t            last_column,
                          double               width,
                          lxw_format          *format,
                          lxw_row_col_options *options)
{
  Call call = { .kind = CALL_COLUMN_OPTIONS, .column = column, .last_column = last_column, .number = width };
  REAL (worksheet_set_column_opt);

  if (options != NULL)
    call.options = *options;
  note (call, sheet, format, NULL, NULL);
  PASS_ON (lxw_error, sheet, column, last_column, width, format, options);
}

lxw_error
worksheet_data_validation_range (lxw_worksheet       *sheet,
                                 lxw_row_t            row,
                                 lxw_col_t            column,
                                 lxw_row_t            last_row,
                                 lxw_col_t            last_column,
                                 lxw_data_validation *validation)
{
  Call call = { .kind = CALL_VALIDATION, .row = row, .column = column, .last_row = last_row, .last_column = last_column };
  REAL (worksheet_data_validation_range);

  if (is_recording && depth == 0)
    {
      call.validation = *validation;
      call.validation.value_list = g_strdupv (validation->value_list);
      call.validation.value_formula = g_strdup (validation->value_formula);
    }
  note (call, sheet, NULL, NULL, NULL);
  PASS_ON (lxw_error, sheet, row, column, last_row, last_column, validation);
}

/* A format that looks as one did; what belongs to the workbook stays the new one's. */
static lxw_format *
make_format (lxw_workbook     *workbook,
             const lxw_format *look)
{
  lxw_format *format = workbook_add_format (workbook);
  lxw_format own = *format;

  *format = *look;
  format->file = own.file;
  format->xf_format_indices = own.xf_format_indices;
  format->dxf_format_indices = own.dxf_format_indices;
  format->num_xf_formats = own.num_xf_formats;
  format->num_dxf_formats = own.num_dxf_formats;
  format->xf_index = own.xf_index;
  format->dxf_index = own.dxf_index;
  format->font_index = own.font_index;
  format->has_font = own.has_font;
  format->has_dxf_font = own.has_dxf_font;
  format->fill_index = own.fill_index;
  format->has_fill = own.has_fill;
  format->has_dxf_fill = own.has_dxf_fill;
  format->border_index = own.border_index;
  format->has_border = own.has_border;
  format->has_dxf_border = own.has_dxf_border;
  format->num_format_index = own.num_format_index;
  format->list_pointers = own.list_pointers;
  return format;
}

static void
replay_call (const Call     *call,
             lxw_worksheet  *sheet,
             lxw_format    **made)
{
  lxw_format *format = call->format >= 0 ? made[call->format] : NULL;

  switch (call->kind)
    {
    case CALL_TEXT:
      worksheet_write_string (sheet, call->row, call->column, call->text, format);
      break;
    case CALL_NUMBER:
      worksheet_write_number (sheet, call->row, call->column, call->number, format);
      break;
    case CALL_BLANK:
      worksheet_write_blank (sheet, call->row, call->column, format);
      break;
    case CALL_FORMULA_NUMBER:
      worksheet_write_formula_num (sheet, call->row, call->column, call->text, format, call->number);
      break;
    case CALL_FORMULA_TEXT:
      worksheet_write_formula_str (sheet, call->row, call->column, call->text, format, call->second);
      break;
    case CALL_URL:
      worksheet_write_url_opt (sheet, call->row, call->column, call->text, format, call->second, NULL);
      break;
    case CALL_MERGE:
      worksheet_merge_range (sheet, call->row, call->column, call->last_row, call->last_column, call->text, format);
      break;
    case CALL_COMMENT:
      worksheet_write_comment (sheet, call->row, call->column, call->text);
      break;
    case CALL_ROW:
      worksheet_set_row (sheet, call->row, call->number, format);
      break;
    case CALL_COLUMN:
      worksheet_set_column (sheet, call->column, call->last_column, call->number, format);
      break;
    case CALL_COLUMN_OPTIONS:
      worksheet_set_column_opt (sheet, call->column, call->last_column, call->number, format, (lxw_row_col_options *) &call->options);
      break;
    case CALL_VALIDATION:
      worksheet_data_validation_range (sheet, call->row, call->column, call->last_row, call->last_column, (lxw_data_validation *) &call->validation);
      break;
    case CALL_SHEET:
    default:
      break;
    }
}

static void
replay (const char *path)
{
  lxw_workbook_options options = { 0 };
  lxw_workbook *workbook = workbook_new_opt (path, &options);
  g_autofree lxw_worksheet **made_sheets = g_new0 (lxw_worksheet *, sheets->len + 1);
  g_autofree lxw_format **made = g_new0 (lxw_format *, looks->len + 1);

  for (guint i = 0; i < looks->len; i++)
    made[i] = make_format (workbook, &g_array_index (looks, lxw_format, i));
  for (guint i = 0; i < calls->len; i++)
    {
      const Call *call = &g_array_index (calls, Call, i);

      if (call->kind == CALL_SHEET)
        made_sheets[call->sheet] = workbook_add_worksheet (workbook, call->text);
      else
        replay_call (call, made_sheets[call->sheet], made);
    }
  if (workbook_close (workbook) != LXW_NO_ERROR)
    g_error ("the bare workbook could not be written");
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
get_median_ms (gint64 *times)
{
  qsort (times, TIMES, sizeof *times, compare_times);
  return (double) times[TIMES / 2] / 1000;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkLibrary) library = NULL;
  g_autoptr(DkEnterprise) enterprise = NULL;
  g_autoptr(DkAssessment) assessment = NULL;
  g_autofree char *sample = NULL, *folder = NULL, *path = NULL, *bare = NULL;
  g_autoptr(GError) error = NULL;
  DkDossierOptions options = { "zh", NULL, FALSE, 1767225600 };
  gint64 export_times[TIMES], bare_times[TIMES];
  double export_ms, bare_ms;
  guint n_cells = 0;
  gint64 day;

#ifdef M_TRIM_THRESHOLD
  /* As the program sets it for an export; for both alike. */
  mallopt (M_TRIM_THRESHOLD, 32 << 20);
  mallopt (M_MMAP_THRESHOLD, 4 << 20);
#endif
  dk_library_set_language ("zh");
  library = dk_library_load (problems);
  if (library == NULL)
    g_error ("the catalogue and the packs could not be loaded");
  sample = test_dup_sample (SAMPLE);
  enterprise = dk_enterprise_load (library->catalogue, sample, problems);
  if (enterprise == NULL || !dk_date_parse (DAY, -1, &day))
    g_error ("the sample could not be loaded");
  assessment = dk_assessment_new (library->book, enterprise, day, (int) dk_date_year (day) - 1, NULL);
  folder = g_dir_make_tmp ("dk-bench-XXXXXX", &error);
  if (folder == NULL)
    g_error ("%s", error->message);
  path = g_build_filename (folder, "dossier.xlsx", NULL);
  bare = g_build_filename (folder, "bare.xlsx", NULL);

  calls = g_array_new (FALSE, FALSE, sizeof (Call));
  sheets = g_ptr_array_new ();
  formats = g_ptr_array_new ();
  looks = g_array_new (FALSE, FALSE, sizeof (lxw_format));
  is_recording = TRUE;
  if (!dk_dossier_write (library, enterprise, assessment, &options, path, &error))
    g_error ("%s", error->message);
  is_recording = FALSE;
  for (guint i = 0; i < calls->len; i++)
    {
      CallKind kind = g_array_index (calls, Call, i).kind;

      n_cells += kind >= CALL_TEXT && kind <= CALL_MERGE;
    }
  replay (bare); /* once, so that both are warm */

  /* In turns: whatever else the machine does hits both. */
  for (guint i = 0; i < TIMES; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!dk_dossier_write (library, enterprise, assessment, &options, path, &error))
        g_error ("%s", error->message);
      export_times[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      replay (bare);
      bare_times[i] = g_get_monotonic_time () - start;
    }
  export_ms = get_median_ms (export_times);
  bare_ms = get_median_ms (bare_times);
  printf ("workbook_cells %u cells\n", n_cells);
  printf ("workbook_export_ms %.2f ms\n", export_ms);
  printf ("workbook_bare_ms %.2f ms\n", bare_ms);
  printf ("workbook_ratio %.3f times\n", export_ms / bare_ms);
  g_unlink (path);
  g_unlink (bare);
  g_rmdir (folder);
  return 0;
}
