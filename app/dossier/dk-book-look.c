/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-book-look"

#include "dk-book-private.h"

/* The colours of the pages, in their light form. */
#define COLOUR_TEXT 0x2b2f36
#define COLOUR_DIM 0x5f6672
#define COLOUR_ACCENT 0x1661ab
#define COLOUR_LINE 0xdfe2e6
#define COLOUR_HEAD 0xf2f3f5
#define COLOUR_INPUT 0xfdf8e7
#define COLOUR_MET 0x16704f
#define COLOUR_MET_SOFT 0xe3f3ec
#define COLOUR_FAIL 0xb3261e
#define COLOUR_FAIL_SOFT 0xfbe9e7
#define COLOUR_OPEN 0x4f5d75
#define COLOUR_OPEN_SOFT 0xeceff4

static const char *
get_number_format (DkLook   look,
                   gboolean is_fraction)
{
  switch (look)
    {
    case DK_LOOK_COUNT:
      return is_fraction ? "#,##0.00" : "#,##0";
    case DK_LOOK_YUAN:
      return "#,##0.00";
    case DK_LOOK_WAN:
      /* The point is put in before the last four digits of the yuan: a spreadsheet can scale by thousands, not by ten thousands. */
      return "0\\.0000";
    case DK_LOOK_RATIO:
      return "0.00%";
    case DK_LOOK_POINTS:
      return "0.0#";
    case DK_LOOK_DATE:
      return "yyyy\\-mm\\-dd";
    case DK_LOOK_NUMBER:
    case DK_LOOK_TEXT:
    case DK_LOOK_TITLE:
    case DK_LOOK_HEADING:
    case DK_LOOK_HEAD:
    case DK_LOOK_NOTE:
    case DK_LOOK_LINK:
    case DK_LOOK_VERDICT:
    case DK_N_LOOKS:
    default:
      return NULL;
    }
}

static gboolean
is_number_look (DkLook look)
{
  return look >= DK_LOOK_NUMBER && look <= DK_LOOK_DATE;
}

/* Text that keeps its place at the top of a high row, and figures beside it. */
static void
set_alignment (lxw_format *format,
               DkLook      look,
               guint       flags)
{
  format_set_align (format, look == DK_LOOK_HEAD || look == DK_LOOK_TITLE || look == DK_LOOK_HEADING
                            ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
  if (look == DK_LOOK_VERDICT)
    format_set_align (format, LXW_ALIGN_CENTER);
  else if (is_number_look (look))
    format_set_align (format, LXW_ALIGN_RIGHT);
  else
    format_set_align (format, LXW_ALIGN_LEFT);
  if (look == DK_LOOK_HEAD || (flags & DK_CELL_WRAP))
    format_set_text_wrap (format);
}

static double
get_font_size (DkLook look)
{
  static const double sizes[DK_N_LOOKS] = { [DK_LOOK_TITLE] = 18, [DK_LOOK_HEADING] = 12, [DK_LOOK_NOTE] = 9 };

  return sizes[look] > 0 ? sizes[look] : 10;
}

static gboolean
is_bold (DkLook look,
         guint  flags)
{
  return look == DK_LOOK_TITLE || look == DK_LOOK_HEADING || look == DK_LOOK_HEAD || look == DK_LOOK_VERDICT || (flags & DK_CELL_STRONG);
}

static void
set_font (lxw_format *format,
          const char *font,
          DkLook      look,
          guint       flags)
{
  if (font != NULL)
    format_set_font_name (format, font);
  format_set_font_size (format, get_font_size (look));
  format_set_font_color (format, look == DK_LOOK_NOTE ? COLOUR_DIM
                                 : look == DK_LOOK_LINK || look == DK_LOOK_HEADING ? COLOUR_ACCENT : COLOUR_TEXT);
  if (look == DK_LOOK_LINK)
    format_set_underline (format, LXW_UNDERLINE_SINGLE);
  if (is_bold (look, flags))
    format_set_bold (format);
}

/**
 * dk_look_create:
 * @font: (nullable): the name of a font
 * @look: how a cell looks
 * @flags: what stands in it besides, and %DK_LOOK_FRACTION
 *
 * Returns: (transfer none): the format, owned by @workbook
 */
lxw_format *
dk_look_create (lxw_workbook *workbook,
                const char   *font,
                DkLook        look,
                guint         flags)
{
  lxw_format *format = workbook_add_format (workbook);
  const char *number = get_number_format (look, (flags & DK_LOOK_FRACTION) != 0);

  g_assert (format != NULL);
  set_font (format, font, look, flags);
  set_alignment (format, look, flags);
  if (number != NULL)
    format_set_num_format (format, number);
  else if ((flags & DK_CELL_INPUT) && look == DK_LOOK_TEXT)
    format_set_num_format (format, "@"); /* what is typed there stays as it is typed: a code keeps its zeros */
  if (flags & DK_CELL_INPUT)
    {
      format_set_unlocked (format);
      format_set_pattern (format, LXW_PATTERN_SOLID);
      format_set_bg_color (format, COLOUR_INPUT);
    }
  else if (look == DK_LOOK_HEAD)
    {
      format_set_pattern (format, LXW_PATTERN_SOLID);
      format_set_bg_color (format, COLOUR_HEAD);
    }
  if (flags & DK_CELL_BORDER)
    {
      format_set_border (format, LXW_BORDER_THIN);
      format_set_border_color (format, COLOUR_LINE);
    }
  return format;
}

/* A column's width counts digits of the default font, with 7 pixels each at 96 pixels an inch, and some room at its edges. */
#define PIXELS_A_CHARACTER 7.0
#define PIXELS_A_POINT (96.0 / 72.0)

/**
 * dk_look_estimate_height:
 * @text: what stands in the cell, as many lines as it takes
 * @width: of the cell, in characters
 *
 * An estimate: which font there is in the end is known only where the file is opened. Chinese characters are as wide as they are
 * high, others half of that and a little more; a line that is broken between words wastes some room.
 *
 * Returns: the height of the row in points
 */
double
dk_look_estimate_height (DkLook      look,
                         guint       flags,
                         const char *text,
                         double      width)
{
  double size = get_font_size (look) * PIXELS_A_POINT;
  double room = MAX (width * PIXELS_A_CHARACTER - 4, size);
  double line = 0;
  guint n_lines = 1;

  if (is_bold (look, flags))
    size *= 1.05;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      double advance = g_unichar_iswide (c) ? size : size * 0.56;

      if (c == '\n' || line + advance > room)
        {
          /* A word that has begun goes to the next line as a whole. */
          double carried = 0;

          for (const char *q = p; c != '\n' && q > text && g_ascii_isalnum (q[-1]) && carried < room / 2; q--)
            carried += size * 0.56;
          n_lines++;
          line = carried;
        }
      if (c != '\n')
        line += advance;
    }
  return 4 + n_lines * get_font_size (look) * 1.4;
}

/**
 * dk_look_create_verdict:
 * @n: 0 pass, 1 fail, 2 open
 *
 * Returns: (transfer none): what such a verdict adds to the look of its cell
 */
lxw_format *
dk_look_create_verdict (lxw_workbook *workbook,
                        guint         n)
{
  static const lxw_color_t colours[][2] = {
    { COLOUR_MET, COLOUR_MET_SOFT }, { COLOUR_FAIL, COLOUR_FAIL_SOFT }, { COLOUR_OPEN, COLOUR_OPEN_SOFT },
  };
  lxw_format *format = workbook_add_format (workbook);

  g_assert (format != NULL);
  format_set_font_color (format, colours[n][0]);
  format_set_bg_color (format, colours[n][1]);
  return format;
}
