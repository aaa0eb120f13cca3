/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli-layout"

#include "dk-cli-layout.h"

#include <string.h>

/* What nearly all of a text is made of; what is said of these characters is known without asking. */
static inline gboolean
is_plain_narrow (gunichar c)
{
  return g_ascii_isalnum ((char) c) && c < 0x80;
}

static inline gboolean
is_ideograph (gunichar c)
{
  return c >= 0x4e00 && c <= 0x9fff;
}

static int
measure_char (gunichar c)
{
  if (is_plain_narrow (c) || c == ' ')
    return 1;
  if (is_ideograph (c))
    return 2;
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

static const char *
get_style_code (DkStyle style)
{
  static const char *const codes[] = { "", "\033[1m", "\033[2m", "\033[32m", "\033[31m", "\033[33m" };

  return codes[style];
}

void
dk_layout_join (GString    *line,
                const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

/**
 * dk_layout_measure:
 * @text: valid UTF-8
 *
 * Counts columns rather than characters: a Chinese character takes two.
 *
 * Returns: the columns that @text takes on a terminal
 */
int
dk_layout_measure (const char *text)
{
  int columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += measure_char (g_utf8_get_char (p));
  return columns;
}

static void
fill (DkLayout *layout,
      int       column)
{
  while (layout->column < column)
    {
      g_string_append_c (layout->text, ' ');
      layout->column++;
    }
}

static void
break_line (DkLayout *layout)
{
  while (layout->text->len > 0 && layout->text->str[layout->text->len - 1] == ' ')
    g_string_truncate (layout->text, layout->text->len - 1);
  g_string_append_c (layout->text, '\n');
  layout->column = 0;
}

void
dk_layout_start (DkLayout *layout,
                 int       indent,
                 int       hanging)
{
  layout->column = 0;
  layout->indent = hanging;
  fill (layout, indent);
}

void
dk_layout_tab (DkLayout *layout,
               int       column)
{
  if (layout->column > 0 && layout->column >= column)
    break_line (layout);
  fill (layout, column);
  layout->indent = column;
}

void
dk_layout_end (DkLayout *layout)
{
  break_line (layout);
}

void
dk_layout_rule (DkLayout *layout)
{
  dk_layout_start (layout, 0, 0);
  if (layout->has_colours)
    g_string_append (layout->text, get_style_code (DK_STYLE_FAINT));
  for (int i = 0; i < layout->width; i++)
    g_string_append (layout->text, "─");
  if (layout->has_colours)
    g_string_append (layout->text, "\033[0m");
  dk_layout_end (layout);
}

void
dk_layout_gap (DkLayout *layout)
{
  if (layout->text->len > 0 && !g_str_has_suffix (layout->text->str, "\n\n"))
    g_string_append_c (layout->text, '\n');
  layout->column = 0;
}

static gboolean
is_opening (gunichar c)
{
  return c < 0x10000 && c != 0 && !is_plain_narrow (c) && !is_ideograph (c) && g_utf8_strchr ("(（〔【《「『“[", -1, c) != NULL;
}

static gboolean
is_closing (gunichar c)
{
  return c < 0x10000 && c != 0 && !is_plain_narrow (c) && !is_ideograph (c) && g_utf8_strchr (")）〕】》」』”]，。、；：？！％%,.;:", -1, c) != NULL;
}

/* Whether a line may end between @a and @b. A figure stays with the character after it: 150万 is one word. */
static gboolean
may_break (gunichar a,
           gunichar b)
{
  if (a == ' ')
    return b != ' ' && b != '%';
  if (is_plain_narrow (a))
    return FALSE;
  if (is_opening (a) || is_closing (b))
    return FALSE;
  if (g_unichar_iswide (a))
    return g_unichar_iswide (b) || g_unichar_isalnum (b) || is_opening (b);
  return is_closing (a) && g_unichar_iswide (b);
}

/* The first byte behind the word that begins at @text. */
static const char *
find_word_end (const char *text)
{
  const char *p = text;

  while (*p != '\0')
    {
      const char *next = g_utf8_next_char (p);

      if (*next != '\0' && may_break (g_utf8_get_char (p), g_utf8_get_char (next)))
        return next;
      p = next;
    }
  return p;
}

static void
append_char (DkLayout *layout,
             gunichar  c)
{
  if (is_plain_narrow (c))
    {
      g_string_append_c (layout->text, (char) c);
      layout->column++;
      return;
    }
  /* Names come from files: an escape sequence in one must not reach the terminal. */
  if (g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
    c = ' ';
  g_string_append_unichar (layout->text, c);
  layout->column += measure_char (c);
}

static void
paint (DkLayout   *layout,
       const char *code)
{
  g_string_append (layout->text, code);
}

/* One word, in a new line if it does not fit; one that is longer than a whole line is cut. */
static void
add_word (DkLayout   *layout,
          const char *code,
          const char *word,
          const char *end)
{
  g_autofree char *copy = g_strndup (word, end - word);
  int width = dk_layout_measure (g_strchomp (copy));

  if (layout->column + width > layout->width && layout->column > layout->indent)
    {
      break_line (layout);
      fill (layout, layout->indent);
    }
  if (*code != '\0')
    paint (layout, code);
  for (const char *p = word; p < end; p = g_utf8_next_char (p))
    {
      if (layout->column >= layout->width && *p != ' ')
        {
          break_line (layout);
          fill (layout, layout->indent);
        }
      append_char (layout, g_utf8_get_char (p));
    }
  if (*code != '\0')
    paint (layout, "\033[0m");
}

/**
 * dk_layout_add:
 * @layout: a line that was started
 * @style: how to show @text, where there are colours
 * @text: valid UTF-8
 *
 * Adds @text behind what the line holds already, and goes on in the next line when the line is full.
 */
void
dk_layout_add (DkLayout   *layout,
               DkStyle     style,
               const char *text)
{
  const char *code = layout->has_colours ? get_style_code (style) : "";

  for (const char *word = text; *word != '\0';)
    {
      const char *end = find_word_end (word);

      add_word (layout, code, word, end);
      word = end;
    }
}

/* The same for what is not to be torn apart, unless it is longer than a line. */
void
dk_layout_add_whole (DkLayout   *layout,
                     DkStyle     style,
                     const char *text)
{
  if (layout->indent + dk_layout_measure (text) > layout->width)
    dk_layout_add (layout, style, text);
  else if (*text != '\0')
    add_word (layout, layout->has_colours ? get_style_code (style) : "", text, text + strlen (text));
}
