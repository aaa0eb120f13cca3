/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-lexer"

#include "dk-lexer.h"

#include <string.h>

typedef struct
{
  const char *text;
  gsize       position;
  DkArena    *arena;
  GArray     *tokens;
} Lexer;

/* Words and signs with a meaning of their own. */
static const char *const token_names[] = {
  [DK_TOKEN_OR] = "or", [DK_TOKEN_AND] = "and", [DK_TOKEN_NOT] = "not", [DK_TOKEN_IN] = "in",
  [DK_TOKEN_EXCEPT] = "except", [DK_TOKEN_IF] = "if", [DK_TOKEN_THEN] = "then", [DK_TOKEN_ELSE] = "else",
  [DK_TOKEN_CASE] = "case", [DK_TOKEN_BAND] = "band", [DK_TOKEN_WHERE] = "where", [DK_TOKEN_BY] = "by",
  [DK_TOKEN_AS] = "as", [DK_TOKEN_AT] = "at",
  [DK_TOKEN_LT] = "<", [DK_TOKEN_LE] = "<=", [DK_TOKEN_GT] = ">", [DK_TOKEN_GE] = ">=", [DK_TOKEN_EQ] = "=",
  [DK_TOKEN_NE] = "!=", [DK_TOKEN_PLUS] = "+", [DK_TOKEN_MINUS] = "-", [DK_TOKEN_TIMES] = "*",
  [DK_TOKEN_DIVIDE] = "/", [DK_TOKEN_POWER] = "^", [DK_TOKEN_OPEN] = "(", [DK_TOKEN_CLOSE] = ")",
  [DK_TOKEN_OPEN_YEARS] = "[", [DK_TOKEN_CLOSE_YEARS] = "]", [DK_TOKEN_COMMA] = ",", [DK_TOKEN_COLON] = ":",
  [DK_TOKEN_DOTS] = "..",
};

/* What people write who know another language. Longer ones first. */
static const struct { const char *wrong, *right; } mistakes[] = {
  { "=>", ">=" }, { "=<", "<=" }, { "==", "=" }, { "<>", "!=" }, { "&&", "and" }, { "||", "or" }, { "**", "^" },
  { "&", "and" }, { "|", "or" }, { "!", "not" },
};

static const struct { gunichar character; DkTokenKind kind; } signs[] = {
  { 0x2264, DK_TOKEN_LE }, { 0x2265, DK_TOKEN_GE }, { 0x2266, DK_TOKEN_LE }, { 0x2267, DK_TOKEN_GE },
  { 0x2260, DK_TOKEN_NE },
};

static const struct { const char *text; gint64 factor; } magnitudes[] = {
  { "万亿", 1000000000000 }, { "千万", 10000000 }, { "百万", 1000000 }, { "万", 10000 }, { "亿", 100000000 },
};

static const struct { const char *text; DkUnit unit; } units[] = {
  { "元", DK_UNIT_YUAN }, { "天", DK_UNIT_DAYS }, { "日", DK_UNIT_DAYS }, { "个月", DK_UNIT_MONTHS },
  { "月", DK_UNIT_MONTHS }, { "年", DK_UNIT_YEARS }, { "分", DK_UNIT_POINTS },
  { "days", DK_UNIT_DAYS }, { "day", DK_UNIT_DAYS }, { "months", DK_UNIT_MONTHS }, { "month", DK_UNIT_MONTHS },
  { "years", DK_UNIT_YEARS }, { "year", DK_UNIT_YEARS }, { "points", DK_UNIT_POINTS }, { "point", DK_UNIT_POINTS },
};

const char *
dk_token_kind_to_string (DkTokenKind kind)
{
  const char *name = (gsize) kind < G_N_ELEMENTS (token_names) ? token_names[kind] : NULL;

  return name != NULL ? name : "";
}

/* Full-width letters, digits and signs, as Chinese input methods write them, are the ASCII ones. */
static gunichar
normalize (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xfee0;
  switch (c)
    {
    case 0x00a0: /* no-break space */
    case 0x3000: /* ideographic space */
      return ' ';
    case 0x2212: /* − */
      return '-';
    case 0x00d7: /* × */
      return '*';
    case 0x00f7: /* ÷ */
      return '/';
    case 0x3001: /* 、 */
      return ',';
    default:
      return c;
    }
}

/* The character at @position, and the position behind it. 0 at the end of the text. */
static gunichar
peek (const Lexer *self,
      gsize        position,
      gsize       *next)
{
  const char *at = self->text + position;

  if (*at == '\0')
    {
      *next = position;
      return 0;
    }
  *next = g_utf8_next_char (at) - self->text;
  return normalize (g_utf8_get_char (at));
}

static gboolean
is_space (gunichar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

static gboolean
is_name_start (gunichar c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static gboolean
is_name_part (gunichar c)
{
  return is_name_start (c) || is_digit (c);
}

static gsize
skip_spaces (const Lexer *self,
             gsize        position)
{
  gsize next;

  while (is_space (peek (self, position, &next)))
    position = next;
  return position;
}

/* Whether the text goes on with @word (after full-width signs have been made ASCII). */
static gboolean
looking_at (const Lexer *self,
            gsize        position,
            const char  *word,
            gsize       *end)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (peek (self, position, &position) != g_utf8_get_char (word))
      return FALSE;
  *end = position;
  return TRUE;
}

static DkToken *
add_token (Lexer       *self,
           DkTokenKind  kind,
           gsize        end)
{
  DkToken token = { .kind = kind, .offset = self->position, .end = end, .value = DK_ZERO };

  g_array_append_val (self->tokens, token);
  self->position = end;
  return &g_array_index (self->tokens, DkToken, self->tokens->len - 1);
}

static gboolean fail (Lexer *self, gsize end, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Nothing is read behind the first thing that makes no sense. Always returns FALSE. */
static gboolean
fail (Lexer      *self,
      gsize       end,
      const char *format,
      ...)
{
  DkToken *token = add_token (self, DK_TOKEN_ERROR, end);
  va_list arguments;

  va_start (arguments, format);
  token->text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

static char *
dup_slice (const Lexer *self,
           gsize        end)
{
  return g_strndup (self->text + self->position, end - self->position);
}

static gsize
read_digits (const Lexer *self,
             gsize        position,
             GString     *digits,
             guint       *count)
{
  gsize next;
  gunichar c;

  *count = 0;
  while (is_digit (c = peek (self, position, &next)))
    {
      g_string_append_c (digits, (char) c);
      position = next;
      (*count)++;
    }
  return position;
}

/* 2026-07-15 without spaces is a date and nothing else. What only looks like one is refused, since
 * a subtraction is hardly ever meant. Sets @is_date when the text was of that shape. */
static gboolean
read_date (Lexer    *self,
           gboolean *is_date)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  guint counts[3];
  gsize position = self->position;
  gint64 day;

  *is_date = FALSE;
  for (guint i = 0; i < 3; i++)
    {
      position = read_digits (self, position, digits, &counts[i]);
      if (counts[i] == 0 || (i == 0 && counts[i] != 4) || (i == 1 && counts[i] > 2))
        return TRUE;
      if (i == 2)
        break;
      if (peek (self, position, &position) != '-')
        return TRUE;
      g_string_append_c (digits, '-');
    }

  *is_date = TRUE;
  if (counts[1] != 2 || counts[2] != 2 || !dk_date_parse (digits->str, digits->len, &day))
    {
      g_autofree char *slice = dup_slice (self, position);

      return fail (self, position, "\"%s\" is no date; a date is written 2026-07-15", slice);
    }
  add_token (self, DK_TOKEN_DATE, position)->value = DK_NUMBER (day);
  return TRUE;
}

/* A unit's word: not when it only begins a longer name. */
static gboolean
looking_at_unit (const Lexer *self,
                 gsize        position,
                 const char  *word,
                 gsize       *end)
{
  gsize next;

  return looking_at (self, position, word, end)
         && !(is_name_start ((guchar) *word) && is_name_part (peek (self, *end, &next)));
}

/* What may follow a number: it says the unit, and may scale the figure. */
static gboolean
read_unit (Lexer   *self,
           DkToken *token)
{
  gsize begin = skip_spaces (self, token->end), end, next;
  gunichar c = peek (self, begin, &next);

  if (c == '%' || c == 0x2030)
    {
      token->value = dk_number_div (token->value, DK_NUMBER (c == '%' ? 100 : 1000), self->arena);
      token->value = dk_number_reduce (token->value, self->arena);
      token->unit = DK_UNIT_RATIO;
      token->has_unit = token->is_scaled = TRUE;
      token->end = next;
    }
  for (guint i = 0; i < G_N_ELEMENTS (magnitudes) && !token->has_unit; i++)
    if (looking_at (self, begin, magnitudes[i].text, &end))
      {
        token->value = dk_number_mul (token->value, DK_NUMBER (magnitudes[i].factor), self->arena);
        token->value = dk_number_reduce (token->value, self->arena);
        token->unit = DK_UNIT_YUAN;
        token->has_unit = token->is_scaled = TRUE;
        token->end = looking_at (self, end, "元", &next) ? next : end;
      }
  for (guint i = 0; i < G_N_ELEMENTS (units) && !token->has_unit; i++)
    if (looking_at_unit (self, begin, units[i].text, &end))
      {
        token->unit = units[i].unit;
        token->has_unit = TRUE;
        token->end = end;
      }
  self->position = token->end;
  if (token->has_unit || !g_unichar_isalpha (c) || is_name_start (c))
    return TRUE;

  self->position = begin;
  for (end = begin; g_unichar_isalpha (peek (self, end, &next)) && !is_name_part (peek (self, end, &next)); end = next)
    continue;
  {
    g_autofree char *slice = dup_slice (self, end);

    return fail (self, end, "\"%s\" is no unit; units are %%, ‰, 万, 亿, 元, 天 or days, 个月 or months, "
                 "年 or years, 分 or points", slice);
  }
}

static gboolean
read_number (Lexer *self)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  gboolean is_date;
  gsize position, next;
  guint count;
  DkNumber value;
  DkToken *token;

  if (!read_date (self, &is_date))
    return FALSE;
  if (is_date)
    return TRUE;

  position = read_digits (self, self->position, digits, &count);
  if (peek (self, position, &next) == '.')
    {
      gsize after;

      if (is_digit (peek (self, next, &after)))
        {
          g_string_append_c (digits, '.');
          position = read_digits (self, next, digits, &count);
        }
    }
  if (!dk_number_parse (digits->str, digits->len, &value, self->arena, &error))
    return fail (self, position, "%s", error->message);

  token = add_token (self, DK_TOKEN_NUMBER, position);
  token->value = value;
  token->unit = DK_UNIT_PLAIN;
  return read_unit (self, token);
}

/* stsme.score is one name: parts joined by dots, without spaces. */
static gboolean
read_name (Lexer *self)
{
  g_autoptr(GString) name = g_string_new (NULL);
  gsize position = self->position, next, after;
  gunichar c;

  for (;;)
    {
      c = peek (self, position, &next);
      if (!is_name_part (c) && !(c == '.' && is_name_start (peek (self, next, &after))))
        break;
      g_string_append_c (name, (char) c);
      position = next;
    }

  for (guint kind = DK_TOKEN_OR; kind <= DK_TOKEN_AT; kind++)
    if (strcmp (token_names[kind], name->str) == 0)
      {
        add_token (self, kind, position);
        return TRUE;
      }
  add_token (self, DK_TOKEN_NAME, position)->text = g_strdup (name->str);
  return TRUE;
}

/* Between quotes nothing is normalized: a text is what it says. */
static gboolean
read_string (Lexer    *self,
             gunichar  close)
{
  g_autoptr(GString) string = g_string_new (NULL);
  const char *at = g_utf8_next_char (self->text + self->position);

  for (;;)
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0)
        return fail (self, at - self->text, "the closing quote of this text is missing");
      at = g_utf8_next_char (at);
      if (c == close)
        {
          if (close != '\'' || *at != '\'')
            break;
          at++; /* '' is a quote */
        }
      g_string_append_unichar (string, c);
    }
  add_token (self, DK_TOKEN_STRING, at - self->text)->text = g_strdup (string->str);
  return TRUE;
}

/* The quote that ends what the raw character begins, 0 if it begins no text. */
static gunichar
get_closing_quote (gunichar open)
{
  switch (open)
    {
    case '\'':
      return '\'';
    case 0xff07: /* ＇ */
      return 0xff07;
    case 0x2018: /* ‘ */
      return 0x2019;
    case 0x201c: /* “ */
      return 0x201d;
    default:
      return 0;
    }
}

static gboolean
read_sign (Lexer    *self,
           gunichar  c)
{
  gsize end, next;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].character == c)
      {
        peek (self, self->position, &end);
        add_token (self, signs[i].kind, end);
        return TRUE;
      }

  /* "!=" is right although "!" is not: what is right and two long goes first, then mistakes. */
  for (guint kind = DK_TOKEN_LT; kind <= DK_TOKEN_DOTS; kind++)
    if (token_names[kind][1] != '\0' && looking_at (self, self->position, token_names[kind], &end))
      {
        add_token (self, kind, end);
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    if (looking_at (self, self->position, mistakes[i].wrong, &end))
      return fail (self, end, "\"%s\" is no operator; did you mean %s?", mistakes[i].wrong, mistakes[i].right);
  for (guint kind = DK_TOKEN_LT; kind <= DK_TOKEN_DOTS; kind++)
    if (token_names[kind][1] == '\0' && looking_at (self, self->position, token_names[kind], &end))
      {
        add_token (self, kind, end);
        return TRUE;
      }

  peek (self, self->position, &end);
  if (c == '"')
    return fail (self, end, "texts stand in single quotes: 'C39'");
  if (c == '.' && is_digit (peek (self, end, &next)))
    return fail (self, end, "a number begins with a digit: 0.5");
  if (c == '%' || c == 0x2030)
    {
      g_autofree char *slice = dup_slice (self, end);

      return fail (self, end, "\"%s\" stands only behind a number: 5%s", slice, slice);
    }
  if (g_unichar_isalpha (c))
    {
      g_autofree char *slice = NULL;

      while (g_unichar_isalpha (c = peek (self, end, &next)) && !is_name_part (c))
        end = next;
      slice = dup_slice (self, end);
      return fail (self, end, "\"%s\" is no name: names are written in the letters a to z, digits and _", slice);
    }
  {
    g_autofree char *slice = g_unichar_isprint (c) ? dup_slice (self, end) : g_strdup_printf ("U+%04X", c);

    return fail (self, end, "\"%s\" has no meaning here", slice);
  }
}

static void
clear_token (gpointer data)
{
  g_free (((DkToken *) data)->text);
}

/**
 * dk_lexer_read:
 * @text: an expression, valid UTF-8
 * @arena: owns the numbers that do not fit a word
 *
 * Returns: (transfer full) (element-type DkToken): the words of @text; the last one is a %DK_TOKEN_END, or the
 *   %DK_TOKEN_ERROR behind which nothing was read
 */
GArray *
dk_lexer_read (const char *text,
               DkArena    *arena)
{
  Lexer self = { .text = text, .arena = arena, .tokens = g_array_new (FALSE, FALSE, sizeof (DkToken)) };
  gboolean success = TRUE;

  g_array_set_clear_func (self.tokens, clear_token);
  while (success)
    {
      gsize next;
      gunichar c, close;

      self.position = skip_spaces (&self, self.position);
      c = peek (&self, self.position, &next);
      close = get_closing_quote (g_utf8_get_char (text + self.position));
      if (c == 0)
        break;
      else if (close != 0)
        success = read_string (&self, close);
      else if (is_digit (c))
        success = read_number (&self);
      else if (is_name_start (c))
        success = read_name (&self);
      else
        success = read_sign (&self, c);
    }
  if (success)
    add_token (&self, DK_TOKEN_END, self.position);
  return self.tokens;
}
