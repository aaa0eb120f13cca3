/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-paste"

#include "dk-register-text.h"

#include <string.h>

#define NOWHERE G_MAXUINT

gboolean
dk_text_is_table (const char *text)
{
  gsize length = strcspn (text, "\r\n");

  /* A break at the very end is what a spreadsheet puts behind a single cell. */
  return memchr (text, '\t', length) != NULL || strspn (text + length, "\r\n") != strlen (text + length);
}

GPtrArray *
dk_table_split (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *line = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) cell = g_string_new (NULL);
  gboolean is_quoted = FALSE, is_fresh = TRUE;

  if (g_str_has_prefix (text, "\357\273\277")) /* a byte order mark */
    text += 3;
  for (const char *from = text;; from++)
    {
      if (is_quoted && *from == '"' && from[1] == '"')
        {
          g_string_append_c (cell, '"');
          from++;
        }
      else if (is_quoted && *from == '"')
        is_quoted = FALSE;
      else if (is_quoted && *from != '\0')
        g_string_append_c (cell, *from);
      /* Only a quote that is closed before a tab or the end of a line is one that a spreadsheet put there. */
      else if (is_fresh && *from == '"' && strchr (from + 1, '"') != NULL)
        {
          is_quoted = TRUE;
          is_fresh = FALSE;
        }
      else if (*from == '\t' || *from == '\n' || *from == '\r' || *from == '\0')
        {
          gboolean is_last = *from == '\0';

          if (*from == '\r' && from[1] == '\n')
            from++;
          if (!is_last || cell->len > 0 || line->len > 0)
            g_ptr_array_add (line, g_strdup (cell->str));
          g_string_truncate (cell, 0);
          is_fresh = TRUE;
          if (*from == '\t')
            continue;
          if (line->len > 0)
            {
              g_ptr_array_add (lines, line);
              line = g_ptr_array_new_with_free_func (g_free);
            }
          if (is_last)
            break;
        }
      else
        {
          g_string_append_c (cell, *from);
          is_fresh = FALSE;
        }
    }
  g_ptr_array_unref (line);
  return lines;
}

void
dk_table_append (GString    *table,
                 const char *cell)
{
  if (table->len > 0 && table->str[table->len - 1] != '\n')
    g_string_append_c (table, '\t');
  if (strpbrk (cell, "\t\r\n") == NULL && *cell != '"')
    {
      g_string_append (table, cell);
      return;
    }
  g_string_append_c (table, '"');
  for (; *cell != '\0'; cell++)
    {
      if (*cell == '"')
        g_string_append_c (table, '"');
      g_string_append_c (table, *cell);
    }
  g_string_append_c (table, '"');
}

/* A head for comparison: without spaces, case, and what stands in brackets behind it. */
static char *
make_head (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal, -1);
  GString *head = g_string_new (NULL);

  for (const char *from = folded; *from != '\0'; from = g_utf8_next_char (from))
    {
      gunichar c = g_utf8_get_char (from);

      if (!g_unichar_isspace (c) && c != '*' && c != ':')
        g_string_append_unichar (head, c);
    }
  return g_string_free (head, FALSE);
}

/* The column that a head names, or NOWHERE. */
static guint
find_column (const DkRegister *reg,
             const char       *text)
{
  g_autofree char *head = make_head (text);
  g_autofree char *short_head = g_strndup (head, strcspn (head, "("));

  if (*head == '\0')
    return NOWHERE;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < reg->columns->len; i++)
      {
        const DkSymbol *column = g_ptr_array_index (reg->columns, i);
        g_autofree char *zh = make_head (dk_text_get (&column->label, "zh"));
        g_autofree char *en = make_head (dk_text_get (&column->label, "en"));
        const char *wanted = pass == 0 ? head : short_head;

        if (strcmp (wanted, zh) == 0 || strcmp (wanted, en) == 0 || strcmp (wanted, column->id) == 0)
          return i;
      }
  return NOWHERE;
}

/* Where each column of the table belongs; TRUE if the first line says it. A line is one of heads if at least half of what is
 * written in it, and two of it (or all), are heads. */
static gboolean
read_heads (const DkRegister *reg,
            GPtrArray        *line,
            guint            *places)
{
  guint n_found = 0, n_written = 0;
  g_autofree gboolean *is_taken = g_new0 (gboolean, reg->columns->len);

  for (guint i = 0; i < line->len; i++)
    {
      const char *text = g_ptr_array_index (line, i);

      places[i] = find_column (reg, text);
      n_written += *text != '\0';
      if (places[i] == NOWHERE)
        continue;
      if (is_taken[places[i]])
        places[i] = NOWHERE;
      else
        {
          is_taken[places[i]] = TRUE;
          n_found++;
        }
    }
  return n_found > 0 && (n_found == n_written || (n_found >= 2 && n_found * 2 >= n_written));
}

static gboolean
is_blank (GPtrArray *line)
{
  for (guint i = 0; i < line->len; i++)
    {
      const char *text = g_ptr_array_index (line, i);

      if (text[strspn (text, " \t\r\n")] != '\0')
        return FALSE;
    }
  return TRUE;
}

DkPaste *
dk_paste_new (const DkRegister *reg,
              const char       *text,
              guint             first_column,
              gboolean          in_wan)
{
  DkPaste *paste = g_new0 (DkPaste, 1);
  g_autoptr(GPtrArray) lines = dk_table_split (text);
  guint n_columns = reg->columns->len, width = 0;
  g_autofree guint *places = NULL;
  g_autofree gboolean *is_lost = NULL;

  for (guint i = lines->len; i > 0; i--)
    if (is_blank (g_ptr_array_index (lines, i - 1)))
      g_ptr_array_remove_index (lines, i - 1);
  for (guint i = 0; i < lines->len; i++)
    width = MAX (width, ((GPtrArray *) g_ptr_array_index (lines, i))->len);
  places = g_new (guint, MAX (width, 1));
  for (guint i = 0; i < width; i++)
    places[i] = NOWHERE;
  paste->reg = reg;
  paste->arena = dk_arena_new ();
  paste->left_out = g_ptr_array_new_with_free_func (g_free);
  paste->has_header = lines->len > 0 && read_heads (reg, g_ptr_array_index (lines, 0), places);
  if (!paste->has_header)
    for (guint i = 0; i < width; i++)
      places[i] = first_column + i < n_columns ? first_column + i : NOWHERE;
  paste->n_rows = lines->len - (paste->has_header ? 1 : 0);
  paste->cells = g_new0 (DkPastedCell, MAX (1, paste->n_rows * n_columns));
  is_lost = g_new0 (gboolean, MAX (width, 1));
  for (guint i = 0; i < paste->n_rows * n_columns; i++)
    paste->cells[i].text = g_strdup ("");
  for (guint row = 0; row < paste->n_rows; row++)
    {
      GPtrArray *line = g_ptr_array_index (lines, row + (paste->has_header ? 1 : 0));

      for (guint i = 0; i < line->len; i++)
        {
          const char *typed = g_ptr_array_index (line, i);
          DkPastedCell *cell;
          g_autoptr(GError) error = NULL;

          if (places[i] == NOWHERE)
            {
              /* A head names what is lost; else the first content does. */
              const char *name = paste->has_header && i < ((GPtrArray *) g_ptr_array_index (lines, 0))->len
                                   ? g_ptr_array_index ((GPtrArray *) g_ptr_array_index (lines, 0), i) : typed;

              if (*typed != '\0' && !is_lost[i])
                {
                  is_lost[i] = TRUE;
                  g_ptr_array_add (paste->left_out, g_strdup (*name != '\0' ? name : typed));
                }
              continue;
            }
          cell = dk_paste_get_cell (paste, row, places[i]);
          g_free (cell->text);
          cell->text = g_strstrip (g_utf8_make_valid (typed, -1));
          if (!dk_cell_parse (g_ptr_array_index (reg->columns, places[i]), cell->text, in_wan, &cell->state, &cell->value, paste->arena, &error))
            {
              cell->state = DK_ANSWER_NONE;
              cell->reason = g_strdup (error->message);
              paste->n_bad++;
            }
        }
    }
  return paste;
}

void
dk_paste_free (DkPaste *paste)
{
  for (guint i = 0; i < paste->n_rows * paste->reg->columns->len; i++)
    {
      g_free (paste->cells[i].text);
      g_free (paste->cells[i].reason);
    }
  g_free (paste->cells);
  g_ptr_array_unref (paste->left_out);
  dk_arena_free (paste->arena);
  g_free (paste);
}

DkPastedCell *
dk_paste_get_cell (const DkPaste *paste,
                   guint          row,
                   guint          column)
{
  return &paste->cells[row * paste->reg->columns->len + column];
}
