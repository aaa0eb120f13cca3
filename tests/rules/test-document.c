/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-document"

#include "dk-document.h"

#include <glib/gstdio.h>
#include <string.h>

/* NULL if it is refused; @message takes what was said. */
static DkDocument *
parse_bytes (const char *text,
             gsize       length,
             DkFormat    format,
             char      **message)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkDocument *document = dk_document_parse ("t", text, length, format, problems);

  g_assert_cmpint (document == NULL, ==, dk_problems_count (problems) > 0);
  *message = dk_problems_to_string (problems);
  return document;
}

static DkDocument *
parse (const char *text,
       DkFormat    format)
{
  g_autofree char *message = NULL;
  DkDocument *document = parse_bytes (text, strlen (text), format, &message);

  g_assert_cmpstr (message, ==, "");
  return document;
}

/* The first line of what is said begins with @place and contains @words. */
static void
assert_refused_bytes (const char *text,
                      gsize       length,
                      DkFormat    format,
                      const char *place,
                      const char *words)
{
  g_autofree char *message = NULL;
  DkDocument *document = parse_bytes (text, length, format, &message);

  if (document != NULL)
    g_error ("taken: %s", text);
  if (!g_str_has_prefix (message, place) || strstr (message, words) == NULL)
    g_error ("%s: wanted “%s … %s”, got: %s", text, place, words, message);
}

static void
assert_refused (const char *text,
                DkFormat    format,
                const char *place,
                const char *words)
{
  assert_refused_bytes (text, strlen (text), format, place, words);
}

/* Writes a tree on one line, with the place of every node. */
static void
append_node (GString      *text,
             const DkNode *node)
{
  g_string_append_printf (text, "%d:%d", node->place.line, node->place.column);
  if (node->kind == DK_NODE_SCALAR)
    {
      static const char *const marks[] = { "", "\"", "|" };
      g_autofree char *escaped = g_strescape (node->text, NULL);

      g_string_append_printf (text, "%s<%s>", marks[node->style],
                              node->style == DK_SCALAR_BLOCK ? escaped : node->text);
      return;
    }
  g_string_append_c (text, node->kind == DK_NODE_MAPPING ? '{' : '[');
  for (guint i = 0; i < node->n_children; i++)
    {
      g_string_append_c (text, ' ');
      append_node (text, node->children[i]);
    }
  g_string_append (text, node->kind == DK_NODE_MAPPING ? " }" : " ]");
}

static void
assert_tree (const char *text,
             DkFormat    format,
             const char *expected)
{
  g_autoptr(DkDocument) document = parse (text, format);
  g_autoptr(GString) tree = g_string_new (NULL);

  append_node (tree, dk_document_get_root (document));
  g_assert_cmpstr (tree->str, ==, expected);
}

static void
test_yaml_tree (void)
{
  assert_tree ("pack: stsme\n"
               "title: {zh: 评价, en: \"Evaluation\"}\n"
               "rules:\n"
               "  - id: staff # who works\n"
               "    require: 'staff[0] <= 500'\n"
               "  - - 1\n"
               "    - ~\n"
               "empty:\n"
               "last: a\n"
               "  b\n",
               DK_FORMAT_YAML,
               "1:1{ 1:1<pack> 1:7<stsme>"
               " 2:1<title> 2:8{ 2:9<zh> 2:13<评价> 2:17<en> 2:21\"<Evaluation> }"
               " 3:1<rules> 4:3[ 4:5{ 4:5<id> 4:9<staff> 5:5<require> 5:14\"<staff[0] <= 500> }"
               " 6:5[ 6:7<1> 7:7<~> ] ]"
               " 8:1<empty> 8:6<> 9:1<last> 9:7<a b> }");
  assert_tree ("[a, b: c, ? d]", DK_FORMAT_YAML, "1:1[ 1:2<a> 1:5{ 1:5<b> 1:8<c> } 1:11{ 1:13<d> 1:14<> } ]");
  assert_tree ("--- 1\n...\n", DK_FORMAT_YAML, "1:5<1>");
}

static void
test_json_tree (void)
{
  assert_tree ("{\"科\": [1, -0.50, 1E+5, \"\", \"x\\n\\u4e2d\\ud83d\\ude00\\/\", true, false, null, {}, []],\n"
               "\t\"b\"\r\n:\t2}",
               DK_FORMAT_JSON,
               "1:1{ 1:2\"<科> 1:7[ 1:8<1> 1:11<-0.50> 1:18<1E+5> 1:24\"<> 1:28\"<x\n中😀/> 1:55<true> 1:61<false>"
               " 1:68<null> 1:74{ } 1:78[ ] ] 2:2\"<b> 3:3<2> }");
  assert_tree ("{\"#: &a *b !c | >\": \"'{[,\"}", DK_FORMAT_JSON, "1:1{ 1:2\"<#: &a *b !c | >> 1:21\"<'{[,> }");
  assert_tree (" \t\"x\"\t\r\n", DK_FORMAT_JSON, "1:3\"<x>");
  assert_tree ("-1.5e-3", DK_FORMAT_JSON, "1:1<-1.5e-3>");
}

static void
test_digits_are_kept (void) /* a reader that makes numbers of them loses some */
{
  assert_tree ("[10000000000000000000000000000000000000000,123456789012345678901234567890.10,0.1,-0]", DK_FORMAT_JSON,
               "1:1[ 1:2<10000000000000000000000000000000000000000> 1:44<123456789012345678901234567890.10>"
               " 1:78<0.1> 1:82<-0> ]");
  assert_tree ("a: 10000000000000000000000000000000000000000.50", DK_FORMAT_YAML,
               "1:1{ 1:1<a> 1:4<10000000000000000000000000000000000000000.50> }");
}

static void
test_byte_order_mark (void)
{
  assert_tree ("\xef\xbb\xbf" "a: 1", DK_FORMAT_YAML, "1:1{ 1:1<a> 1:4<1> }");
  assert_tree ("\xef\xbb\xbf" "[1]", DK_FORMAT_JSON, "1:1[ 1:2<1> ]");
}

static void
test_windows_lines (void)
{
  assert_tree ("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: \"p\r\n  q\"\r\nd: 2\r\n", DK_FORMAT_YAML,
               "1:1{ 1:1<a> 1:4<1> 2:1<b> 2:4|<x\\ny\\n> 5:1<c> 5:4\"<p q> 7:1<d> 7:4<2> }");
  assert_refused ("a: 1\r\nb: 1\r\n科技: x: 2\r\n", DK_FORMAT_YAML, "t:3:6: ", "second “: ”");
  assert_refused ("[1,\r\n\"中\" 2]\r\n", DK_FORMAT_JSON, "t:2:5: ", "“,” or “]” is wanted");
}

static void
test_yaml_refused (void)
{
  static const struct { const char *text; const char *place; const char *words; } cases[] = {
    { "", "t:1:1: ", "empty" },
    { "# only a comment\n", "t:1:1: ", "empty" },
    { "---\n", "t:1:1: ", "empty" },
    { "a: &x 1\n", "t:1:4: ", "Anchors" },
    { "a: 1\nb: *x\n", "t:2:4: ", "Aliases" },
    { "中: !!str 3\n", "t:1:4: ", "Tags" },
    { "a: 1\nb: 2\n\"a\": 3\n", "t:3:1: The key “a” is given twice; first in line 1, column 1", "" },
    { "x: {b: 1, 科: 1, 科: 2}\n", "t:1:17: The key “科” is given twice; first in line 1, column 11", "" },
    { "? [a]\n: 1\n", "t:1:3: ", "key must be a plain text" },
    { "{a: 1}: 2\n", "t:1:1: ", "key must be a plain text" },
    { "a: 1\n---\nb: 2\n", "t:2:1: ", "second document" },
    { "a: 1\n...\n---\nb: 2\n", "t:3:1: ", "second document" },
    { "a: \"\\0\"\n", "t:1:4: ", "NUL" },
    { "a: \"\\ud800\"\n", "t:1:5: ", "no character" },
    { "a: \"\\x4\"\n", "t:1:", "Hexadecimal" },
    { "a: \"x\\q\"\n", "t:1:", "no such escape" },
    { "a: > 5%\n", "t:1:6: ", "nothing may follow" },
    { "a: > 5%\n", "t:1:6: ", "must be quoted" },
    { "科技科技: x: 5 > 3\n", "t:1:8: ", "second “: ”" },
    { "科技科技: x: 5 > 3\n", "t:1:8: ", "must be quoted" },
    { "a: [1, 2\n", "t:2:1: ", "“[” is not closed" },
    { "a: 'x\n", "t:1:5: ", "quote is not closed" },
    { "中文: [a, b}\n", "t:1:10: ", "closes nothing" },
    { "a: @x\n", "t:1:4: ", "may not begin" },
    { "a: %x\n", "t:1:4: ", "may not begin" },
    { "a: 1\n\tb: 2\n", "t:", "" },
    { "a: \x01\n", "t:1:4: ", "U+0001" },
    { "a: \x7f\n", "t:1:4: ", "U+007F" },
    { "中: 1\nab\xff: 1\n", "t:2:3: ", "FF is not UTF-8" },
    { "a: \xe4\xb8", "t:1:4: ", "not UTF-8" },
    { "a: \xed\xa0\x80", "t:1:4: ", "not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, DK_FORMAT_YAML, cases[i].place, cases[i].words);
  assert_refused_bytes ("a: b\0c", 6, DK_FORMAT_YAML, "t:1:5: ", "NUL");
  assert_refused_bytes ("\xff\xfe" "a\0", 4, DK_FORMAT_YAML, "t:1:1: ", "UTF-16");
}

static void
test_json_refused (void)
{
  static const struct { const char *text; const char *place; const char *words; } cases[] = {
    { "", "t:1:1: ", "ends where a value is wanted" },
    { "  \n", "t:2:1: ", "ends where a value is wanted" },
    { "{\"a\": 1, \"a\": 2}", "t:1:10: The key “a” is given twice; first in line 1, column 2", "" },
    { "{\"a\": 1, \"\\u0061\": 2}", "t:1:10: The key “a” is given twice", "" },
    { "{\"a\": NaN}", "t:1:7: ", "“NaN” is no JSON value" },
    { "[Infinity]", "t:1:2: ", "no JSON value" },
    { "[True]", "t:1:2: ", "no JSON value" },
    { "[nul]", "t:1:2: ", "no JSON value" },
    { "[~]", "t:1:2: ", "no JSON value" },
    { "[1,]", "t:1:3: ", "no comma before “]”" },
    { "{\"a\":1,}", "t:1:7: ", "no comma before “}”" },
    { "[,1]", "t:1:2: ", "no JSON value" },
    { "{,}", "t:1:2: ", "key in double quotes" },
    { "['a']", "t:1:2: ", "double quotes" },
    { "{'a': 1}", "t:1:2: ", "key in double quotes" },
    { "{a: 1}", "t:1:2: ", "key in double quotes" },
    { "{1: 2}", "t:1:2: ", "key in double quotes" },
    { "{[1]: 2}", "t:1:2: ", "key in double quotes" },
    { "{\"a\"}", "t:1:5: ", "“:” is wanted" },
    { "{\"a\" 1}", "t:1:6: ", "“:” is wanted" },
    { "{\"a\":}", "t:1:6: ", "no JSON value" },
    { "{\"a\":1 \"b\":2}", "t:1:8: ", "“,” or “}” is wanted" },
    { "[\"中\" 2]", "t:1:6: ", "“,” or “]” is wanted" },
    { "[1}", "t:1:3: ", "“,” or “]” is wanted" },
    { "{\"a\":1]", "t:1:7: ", "“,” or “}” is wanted" },
    { "[1", "t:1:3: ", "ends before a “]”" },
    { "{\"a\":", "t:1:6: ", "ends where a value is wanted" },
    { "{", "t:1:2: ", "ends where a key is wanted" },
    { "]", "t:1:1: ", "no JSON value" },
    { "[1]]", "t:1:4: ", "nothing more is wanted" },
    { "1 2", "t:1:3: ", "nothing more is wanted" },
    { "[1] // x", "t:1:5: ", "nothing more is wanted" },
    { "[1]\n---\n[2]", "t:2:1: ", "nothing more is wanted" },
    { "[// x\n1]", "t:1:2: ", "no comments" },
    { "[# x\n1]", "t:1:2: ", "no comments" },
    { "[01]", "t:1:2: ", "“01” is no JSON number" },
    { "[+1]", "t:1:2: ", "no JSON number" },
    { "[.5]", "t:1:2: ", "no JSON number" },
    { "[1.]", "t:1:2: ", "no JSON number" },
    { "[1.e5]", "t:1:2: ", "no JSON number" },
    { "[1e]", "t:1:2: ", "no JSON number" },
    { "[-]", "t:1:2: ", "no JSON number" },
    { "[0x10]", "t:1:2: ", "no JSON number" },
    { "[1_000]", "t:1:2: ", "no JSON number" },
    { "[5%]", "t:1:2: ", "no JSON number" },
    { "[&a 1]", "t:1:2: ", "no JSON value" },
    { "[*a]", "t:1:2: ", "no JSON value" },
    { "[!!str 1]", "t:1:2: ", "no JSON value" },
    { "[１]", "t:1:2: ", "no JSON value" },
    { "[\"a\nb\"]", "t:1:2: ", "no closing quote" },
    { "[\"a", "t:1:2: ", "no closing quote" },
    { "[\"a\tb\"]", "t:1:4: ", "U+0009" },
    { "[\"\\x41\"]", "t:1:3: ", "no such escape" },
    { "[\"\\'\"]", "t:1:3: ", "no such escape" },
    { "[\"中\\u12g4\"]", "t:1:4: ", "hexadecimal" },
    { "[\"\\u0000\"]", "t:1:3: ", "NUL" },
    { "[\"\\ud83d\"]", "t:1:3: ", "half a character" },
    { "[\"\\ude00\"]", "t:1:3: ", "half a character" },
    { "[\"\\ud83d\\u0041\"]", "t:1:3: ", "half a character" },
    { "\xef\xbb\xbf\xef\xbb\xbf[1]", "t:1:1: ", "no JSON value" },
    { "[\"\xff\"]", "t:1:3: ", "not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, DK_FORMAT_JSON, cases[i].place, cases[i].words);
  assert_refused_bytes ("[\"\0\"]", 5, DK_FORMAT_JSON, "t:1:3: ", "NUL");
}

static void
test_all_that_is_refused_is_listed (void)
{
  g_autofree char *message = NULL;
  const char *text = "a: &x 1\nb: *x\na: !t 2\n? [1]\n: 3\nb: 4\n";

  g_assert_null (parse_bytes (text, strlen (text), DK_FORMAT_YAML, &message));
  g_assert_nonnull (strstr (message, "t:1:4: Anchors"));
  g_assert_nonnull (strstr (message, "t:2:4: Aliases"));
  g_assert_nonnull (strstr (message, "t:3:1: The key “a” is given twice; first in line 1, column 1"));
  g_assert_nonnull (strstr (message, "t:3:4: Tags"));
  g_assert_nonnull (strstr (message, "t:4:3: A key must be"));
  g_assert_nonnull (strstr (message, "t:6:1: The key “b” is given twice; first in line 2, column 1"));
}

static void
test_many_keys (void)
{
  g_autoptr(GString) text = g_string_new ("{");
  g_autoptr(DkDocument) document = NULL;
  g_autofree char *twice = NULL;

  for (int i = 0; i < 20000; i++)
    g_string_append_printf (text, "\"k%d\":%d,", i, i);
  twice = g_strconcat (text->str, "\n\"k7\":0}", NULL);
  assert_refused (twice, DK_FORMAT_JSON, "t:2:1: The key “k7” is given twice; first in line 1, column 51", "");

  g_string_append (text, "\n\"last\":\"x\"}");
  document = parse (text->str, DK_FORMAT_JSON);
  g_assert_cmpstr (dk_node_get_string (dk_document_get_root (document), "k19999"), ==, "19999");
  g_assert_cmpstr (dk_node_get_string (dk_document_get_root (document), "last"), ==, "x");
  g_assert_cmpint (dk_node_get (dk_document_get_root (document), "last")->place.line, ==, 2);
  g_assert_cmpint (dk_node_get (dk_document_get_root (document), "last")->place.column, ==, 8);
  g_assert_cmpint (dk_node_get (dk_document_get_root (document), "k10000")->place.column, ==,
                   2 + 10 * 7 + 90 * 9 + 900 * 11 + 9000 * 13 + 9); /* behind all the shorter ones */
}

static void
test_depth (void)
{
  for (int depth = DK_DOCUMENT_MAX_DEPTH; depth <= DK_DOCUMENT_MAX_DEPTH + 1; depth++)
    {
      g_autoptr(GString) brackets = g_string_new (NULL);
      g_autoptr(GString) dashes = g_string_new (NULL);

      for (int i = 0; i < depth; i++)
        {
          g_string_prepend_c (brackets, '[');
          g_string_append_c (brackets, ']');
          g_string_append (dashes, "- ");
        }
      g_string_append (dashes, "x");
      if (depth <= DK_DOCUMENT_MAX_DEPTH)
        {
          dk_document_free (parse (brackets->str, DK_FORMAT_JSON));
          dk_document_free (parse (brackets->str, DK_FORMAT_YAML));
          dk_document_free (parse (dashes->str, DK_FORMAT_YAML));
        }
      else
        {
          assert_refused (brackets->str, DK_FORMAT_JSON, "t:1:65: ", "Too deep");
          assert_refused (brackets->str, DK_FORMAT_YAML, "t:1:65: ", "Too deep");
          assert_refused (dashes->str, DK_FORMAT_YAML, "t:1:129: ", "Too deep");
        }
    }
}

static void
test_nested_without_end (void)
{
  static const char *const pieces[] = { "[", "{\"a\":", "[{\"a\":", "- ", "? ", "[\n", "[a, " };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (int n = 0; n < (i == 0 ? 100000 : 10000); n++)
        g_string_append (text, pieces[i]);
      assert_refused (text->str, DK_FORMAT_JSON, "t:", i < 3 || i == 5 ? "Too deep" : "no JSON");
      assert_refused (text->str, DK_FORMAT_YAML, "t:", i == 4 ? "key must be" : "Too deep");
    }
}

static void
test_size (void)
{
  gsize length = DK_DOCUMENT_MAX_BYTES + 1;
  g_autofree char *text = g_malloc (length);

  memset (text, ' ', length);
  assert_refused_bytes (text, length, DK_FORMAT_JSON, "t: ", "too large; at most 64 MiB");
  assert_refused_bytes (text, DK_DOCUMENT_MAX_YAML_BYTES + 1, DK_FORMAT_YAML, "t: ", "too large; at most 2 MiB");
  assert_refused_bytes (text, length - 1, DK_FORMAT_JSON, "t:1:67108865: ", "value is wanted");
}

static void
test_node_count (void)
{
  gsize length = 2 * DK_DOCUMENT_MAX_NODES + 1;
  g_autofree char *text = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    text[i] = i % 2 == 0 ? ',' : '0';
  text[0] = '[';
  text[length - 1] = ']';
  assert_refused_bytes (text, length, DK_FORMAT_JSON, "t:1:8000000: ", "Too many values; at most 4000000");
}

/* The line of a text, counted from 1. */
static const char *
find_line (const char *text,
           int         line)
{
  while (--line > 0)
    {
      text += strcspn (text, "\r\n");
      g_assert_cmpint (*text, !=, '\0');
      text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
    }
  return text;
}

/* Every byte of the value of "a" is placed where @expected says: one word for each character, line:column. */
static void
assert_places (const char *text,
               DkFormat    format,
               const char *value,
               const char *expected)
{
  g_autoptr(DkDocument) document = parse (text, format);
  const DkNode *node = dk_node_get (dk_document_get_root (document), "a");
  g_autoptr(GString) places = g_string_new (NULL);
  gsize length = strlen (value);

  g_assert_cmpstr (node->text, ==, value);
  for (gsize i = 0; i <= length; i++)
    {
      const char *character = i < length ? g_utf8_find_prev_char (value, value + i + 1) : value + i;
      DkPlace place = dk_node_place_at (node, i);

      if (character == value + i)
        g_string_append_printf (places, "%s%d:%d", i > 0 ? " " : "", place.line, place.column);
      else /* within a character */
        g_assert_cmpint (dk_node_place_at (node, character - value).column, ==, place.column);
      if (g_ascii_isalnum (*character))
        {
          const char *p = g_utf8_offset_to_pointer (find_line (text, place.line), place.column - 1);

          g_assert_true (*p == *character || *p == '\\');
        }
      g_assert_cmpstr (place.file, ==, "t");
    }
  g_assert_cmpstr (places->str, ==, expected);
}

static void
test_places (void)
{
  assert_places ("a: 中x y", DK_FORMAT_YAML, "中x y", "1:4 1:5 1:6 1:7 1:8");
  assert_places ("a: x\n  y z\n\n  w # c\n", DK_FORMAT_YAML, "x y z\nw", "1:4 1:5 2:3 2:4 2:5 3:1 4:3 4:4");
  assert_places ("a: 'it''s\n   中'\n", DK_FORMAT_YAML, "it's 中", "1:5 1:6 1:7 1:9 1:10 2:4 2:5");
  assert_places ("a: \"x\\\"\\n\\u4e2d\\ud83d\\ude00\\x41z\"", DK_FORMAT_YAML, "x\"\n中😀Az",
                 "1:5 1:6 1:8 1:10 1:16 1:28 1:32 1:33");
  assert_places ("a: \"x\n\n  y  \n  z\\\n   w\"\n", DK_FORMAT_YAML, "x\ny zw", "1:5 2:1 3:3 3:6 4:3 5:4 5:5");
  assert_places ("a: \"\"\n", DK_FORMAT_YAML, "", "1:5");
  assert_places ("{\"b\": [\"中\"], \"a\": \"1\\/\\t\\u0041 中 > 5\"}", DK_FORMAT_JSON, "1/\tA 中 > 5",
                 "1:20 1:21 1:23 1:25 1:31 1:32 1:33 1:34 1:35 1:36 1:37");
}

static void
test_places_in_blocks (void)
{
  assert_places ("a: |\n  x 中\n   y\n\n  z\nb: 1\n", DK_FORMAT_YAML, "x 中\n y\n\nz\n",
                 "2:3 2:4 2:5 2:6 3:3 3:4 3:5 4:1 5:3 5:4 6:1");
  assert_places ("a: |2- # a | b\n     x\n    y\n", DK_FORMAT_YAML, "   x\n  y", "2:3 2:4 2:5 2:6 2:7 3:3 3:4 3:5 3:6");
  assert_places ("a: >\n  x\n  y\n\n  z\n    w\n  v\n", DK_FORMAT_YAML, "x y\nz\n  w\nv\n",
                 "2:3 2:4 3:3 4:1 5:3 5:4 6:3 6:4 6:5 6:6 7:3 7:4 8:1");
  assert_places ("a: |+\n x\n\n", DK_FORMAT_YAML, "x\n\n", "2:2 2:3 3:1 4:1");
  assert_places ("a: |\r\n  x\r\n  y\r\n", DK_FORMAT_YAML, "x\ny\n", "2:3 2:4 3:3 3:4 4:1");
  assert_places ("\"|\": [\"|\"] # |\na:\n  |\n   x", DK_FORMAT_YAML, "x\n", "4:4 4:5 4:5");
  assert_places ("a: |", DK_FORMAT_YAML, "", "1:5");
}

static void
test_folding (void) /* what the lines of a block become, as the YAML specification has it */
{
  static const struct { const char *text; const char *value; } cases[] = {
    { "a: >\n\n folded\n line\n\n next\n line\n   * bullet\n\n   * list\n   * lines\n\n last\n line\n\n# Comment\n",
      "\nfolded line\nnext line\n  * bullet\n\n  * list\n  * lines\n\nlast line\n" },
    { "a: >-\n  x\n\n   }]\n", "x\n\n }]" },
    { "a: |-\n x\n\n\n", "x" },
    { "a: |+\n x\n\n\nb: 1", "x\n\n\n" },
    { "a: |\n\n\n x\n", "\n\nx\n" },
    { "a: |\n   \n  x\n", NULL },
    { "a: |\n\nb: 1\n", "" },
    { "a: |\n # text\n# comment\n", "# text\n" },
    { "a: \"x\\n\\  \n  =z\"\n", "x\n  =z" },
    { "a: 'x\r\n  '\r\n", "x " },
    { "a: \"\\\\\\\"\\/\\a\\e\\N\\_\\L\\P\\U0001F600\"\n", "\\\"/\a\x1b\xc2\x85\xc2\xa0\xe2\x80\xa8\xe2\x80\xa9😀" },
    { "a: ''''''''''''''''''''''''\n", "'''''''''''" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DkDocument) document = NULL;

      if (cases[i].value == NULL)
        {
          assert_refused (cases[i].text, DK_FORMAT_YAML, "t:", "indented");
          continue;
        }
      document = parse (cases[i].text, DK_FORMAT_YAML);
      g_assert_cmpstr (dk_node_get_string (dk_document_get_root (document), "a"), ==, cases[i].value);
    }
}

static void
test_empty_lines_take_no_time (void)
{
  g_autoptr(GString) text = g_string_new ("a: >\n x");
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < 1000000; i++)
    g_string_append_c (text, '\n');
  g_string_append (text, " y\n");
  dk_document_free (parse (text->str, DK_FORMAT_YAML));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_USEC_PER_SEC);
}

static void
test_truncated (void) /* cut at any byte it is refused or taken, and never read too far */
{
  static const char *const yaml =
    "pack: 科技 # c\ntitle: {zh: '评''价', en: \"E\\u4e2d \\\n  x\"}\nrules:\n  - require: |\n      a >= 5%\n\n      b\n"
    "    note: >-\n      x\n       y\n  - [1, {k: v}]\nend: plain\n  text\n";
  static const char *const json =
    "{\"名\": \"x\\u4e2d\\ud83d\\ude00\\n\", \"facts\": {\"2024\": [1.5e-3, -0, true, null, {}]}, \"z\": []}";
  int n_taken = 0;

  for (gsize length = 0; length <= strlen (yaml); length++)
    {
      /* A copy of just this size, so that a sanitizer sees a byte too far. */
      g_autofree char *text = g_memdup2 (yaml, MAX (length, 1));
      g_autofree char *message = NULL;
      DkDocument *document = parse_bytes (text, length, DK_FORMAT_YAML, &message);

      n_taken += document != NULL;
      dk_document_free (document);
    }
  g_assert_cmpint (n_taken, >, 50); /* much of a YAML file is one itself */
  for (gsize length = 0; length < strlen (json); length++)
    {
      g_autofree char *text = g_memdup2 (json, MAX (length, 1));
      g_autofree char *message = NULL;

      g_assert_null (parse_bytes (text, length, DK_FORMAT_JSON, &message));
    }
  dk_document_free (parse (json, DK_FORMAT_JSON));
}

static void
test_get (void)
{
  g_autoptr(DkDocument) document = parse ("a: 1\nb: [x]\nc: ~\nd:\ne: \"\"\nf: 'null'\ng: null\n", DK_FORMAT_YAML);
  const DkNode *root = dk_document_get_root (document);

  g_assert_cmpstr (dk_node_get_string (root, "a"), ==, "1");
  g_assert_null (dk_node_get_string (root, "b"));
  g_assert_null (dk_node_get (root, "x"));
  g_assert_null (dk_node_get (NULL, "a"));
  g_assert_null (dk_node_get (dk_node_get (root, "a"), "a"));
  g_assert_null (dk_node_get (dk_node_get (root, "b"), "x"));
  g_assert_true (dk_node_is_null (dk_node_get (root, "c")));
  g_assert_true (dk_node_is_null (dk_node_get (root, "d")));
  g_assert_false (dk_node_is_null (dk_node_get (root, "e")));
  g_assert_false (dk_node_is_null (dk_node_get (root, "f")));
  g_assert_true (dk_node_is_null (dk_node_get (root, "g")));
  g_assert_false (dk_node_is_null (dk_node_get (root, "b")));
  g_assert_true (dk_node_is_null (NULL));
  g_assert_cmpint (dk_node_place_at (dk_node_get (root, "b"), 5).column, ==, 4);
}

static void
test_load (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("dengke-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "科.json", NULL);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = NULL;

  g_assert_no_error (error);
  g_assert_null (dk_document_load (path, DK_FORMAT_JSON, problems));
  g_assert_cmpuint (dk_problems_count (problems), ==, 1);
  g_assert_cmpint (dk_problems_get (problems, 0)->place.line, ==, 0);
  g_assert_nonnull (strstr (dk_problems_get (problems, 0)->message, "cannot be read"));
  g_assert_null (dk_document_load (directory, DK_FORMAT_JSON, problems));
  g_assert_cmpuint (dk_problems_count (problems), ==, 2);

  g_assert_true (g_file_set_contents (path, "{\"a\": \"x\"}\n", -1, &error));
  document = dk_document_load (path, DK_FORMAT_JSON, problems); /* earlier problems do not count */
  g_assert_nonnull (document);
  g_assert_cmpstr (dk_node_get_string (dk_document_get_root (document), "a"), ==, "x");
  g_assert_cmpstr (dk_document_get_root (document)->place.file, ==, path);
  g_unlink (path);
  g_rmdir (directory);
}

static void
test_silent (void) /* libfyaml prints its errors unless it is stopped */
{
  if (g_test_subprocess ())
    {
      g_autofree char *message = NULL;
      const char *text = "a: [1\nb: > 5\n\t- x: y: z\n";

      g_assert_null (parse_bytes (text, strlen (text), DK_FORMAT_YAML, &message));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("");
}

/* Reads a file that holds @text up to the key `last`. */
static DkDocument *
load_before (const char *text,
             DkProblems *problems)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "dk-last.yaml", NULL);
  DkDocument *document;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  document = dk_document_load_before (path, "last", problems);
  g_remove (path);
  return document;
}

static void
test_last_key_is_read_later (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = load_before ("a: 1\n\nb: 2\nlast:\n- {c: 3}\n- d: 4\n# end\n", problems);
  const DkNode *last;

  g_assert_nonnull (document);
  g_assert_cmpuint (dk_document_get_root (document)->n_children, ==, 4);
  g_assert_true (dk_document_has_last (document));
  last = dk_document_get_last (document, problems);
  g_assert_nonnull (last);
  g_assert_true (last == dk_document_get_last (document, problems));
  g_assert_cmpuint (last->n_children, ==, 2);
  /* It stands where the file says. */
  g_assert_cmpint (last->children[1]->place.line, ==, 6);
  g_assert_cmpint (dk_node_get (last->children[1], "d")->place.column, ==, 6);
  g_assert_cmpuint (dk_problems_count (problems), ==, 0);
}

static void
test_last_key_is_wrong (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = load_before ("a: 1\nlast:\n  - x: 1\n    x: 2\n", problems);

  /* What is wrong there is found when it is read, and once. */
  g_assert_nonnull (document);
  g_assert_cmpuint (dk_problems_count (problems), ==, 0);
  g_assert_null (dk_document_get_last (document, problems));
  g_assert_null (dk_document_get_last (document, problems));
  g_assert_cmpuint (dk_problems_count (problems), ==, 1);
  g_assert_cmpint (dk_problems_get (problems, 0)->place.line, ==, 4);
}

static void
test_last_key_that_is_not_last (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = load_before ("a: 1\nlast: [1]\nb: 2\n", problems);

  g_assert_nonnull (document);
  g_assert_false (dk_document_has_last (document));
  g_assert_null (dk_document_get_last (document, problems));
  g_assert_nonnull (dk_node_get (dk_document_get_root (document), "last"));
  g_assert_nonnull (dk_node_get (dk_document_get_root (document), "b"));
}

int
main (int    argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/rules/document/yaml-tree", test_yaml_tree);
  g_test_add_func ("/rules/document/json-tree", test_json_tree);
  g_test_add_func ("/rules/document/digits-are-kept", test_digits_are_kept);
  g_test_add_func ("/rules/document/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/rules/document/windows-lines", test_windows_lines);
  g_test_add_func ("/rules/document/yaml-refused", test_yaml_refused);
  g_test_add_func ("/rules/document/json-refused", test_json_refused);
  g_test_add_func ("/rules/document/all-that-is-refused-is-listed", test_all_that_is_refused_is_listed);
  g_test_add_func ("/rules/document/many-keys", test_many_keys);
  g_test_add_func ("/rules/document/depth", test_depth);
  g_test_add_func ("/rules/document/nested-without-end", test_nested_without_end);
  g_test_add_func ("/rules/document/size", test_size);
  g_test_add_func ("/rules/document/node-count", test_node_count);
  g_test_add_func ("/rules/document/places", test_places);
  g_test_add_func ("/rules/document/places-in-blocks", test_places_in_blocks);
  g_test_add_func ("/rules/document/folding", test_folding);
  g_test_add_func ("/rules/document/empty-lines-take-no-time", test_empty_lines_take_no_time);
  g_test_add_func ("/rules/document/truncated", test_truncated);
  g_test_add_func ("/rules/document/get", test_get);
  g_test_add_func ("/rules/document/load", test_load);
  g_test_add_func ("/rules/document/silent", test_silent);
  g_test_add_func ("/rules/document/last-key-is-read-later", test_last_key_is_read_later);
  g_test_add_func ("/rules/document/last-key-is-wrong", test_last_key_is_wrong);
  g_test_add_func ("/rules/document/last-key-that-is-not-last", test_last_key_that_is_not_last);
  return g_test_run ();
}
