/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-book-text"

#include "dk-book-private.h"

#include <string.h>

/* What a cell can hold. */
#define MAX_TEXT 32767

guint
dk_book_count_units (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += g_utf8_get_char (p) > 0xffff ? 2 : 1;
  return n;
}

/* Cuts @text so that at most @most UTF-16 units stay. */
void
dk_book_cut_units (char  *text,
                   guint  most)
{
  guint n = 0;

  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      n += g_utf8_get_char (p) > 0xffff ? 2 : 1;
      if (n > most)
        {
          *p = '\0';
          return;
        }
    }
}

/* A readable file knows "_x0041_" as the code of a character: an underscore that begins such a thing has to be written as its own
 * code to stay what it is. */
static gboolean
is_escape (const char *p)
{
  return p[0] == '_' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]) && g_ascii_isxdigit (p[4])
         && g_ascii_isxdigit (p[5]) && p[6] == '_';
}

/* What XML cannot hold becomes a replacement character; what a cell cannot hold is cut off. */
char *
dk_book_make_safe (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *safe = g_string_sized_new (strlen (valid) + 1);

  if (strlen (valid) > MAX_TEXT && dk_book_count_units (valid) > MAX_TEXT)
    {
      g_autofree char *shortened = NULL;

      dk_book_cut_units (valid, MAX_TEXT - 1);
      shortened = g_strconcat (valid, "…", NULL);
      g_free (valid);
      valid = g_steal_pointer (&shortened);
    }
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r')
        g_string_append (safe, p[1] == '\n' ? "" : "\n");
      else if ((c < ' ' && c != '\n' && c != '\t') || c == 0xfffe || c == 0xffff)
        g_string_append (safe, "\357\277\275");
      else if (is_escape (p) && safe->len + strlen (p) + 6 < MAX_TEXT)
        g_string_append (safe, "_x005F_");
      else
        g_string_append_len (safe, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (safe, FALSE);
}
