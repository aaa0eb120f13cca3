/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as YAML or JSON. The first byte chooses: even is YAML, odd is JSON. */
#define G_LOG_DOMAIN "fuzz-document"

#include "dk-document.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* The line of a text, counted from 1; NULL beyond its end. */
static const char *
find_line (const char *text,
           int         line)
{
  while (--line > 0)
    {
      text += strcspn (text, "\r\n");
      if (*text == '\0')
        return NULL;
      text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
    }
  return text;
}

/* A place is in the file, and what stands there is the character, an escape of it, or folded space. */
static void
check_place (const char *text,
             const char *character,
             DkPlace     place)
{
  const char *p = find_line (text, place.line);

  g_assert (p != NULL);
  g_assert (place.column >= 1);
  for (int column = 1; column < place.column; column++)
    {
      g_assert (*p != '\0' && *p != '\r' && *p != '\n');
      p = g_utf8_next_char (p);
    }
  if (*character != '\0' && *character != ' ' && *character != '\n' && *p != '\\')
    g_assert (g_utf8_get_char (p) == g_utf8_get_char (character));
}

static void
check_node (const DkNode *node,
            const char   *text,
            guint         depth)
{
  g_assert (depth < DK_DOCUMENT_MAX_DEPTH + 1);
  g_assert (node->place.line >= 1 && node->place.column >= 1);
  for (guint i = 0; i < node->n_children; i++)
    {
      if (node->kind == DK_NODE_MAPPING && i % 2 == 0)
        {
          g_assert (node->children[i]->kind == DK_NODE_SCALAR);
          g_assert (dk_node_get (node, node->children[i]->text) == node->children[i + 1]);
        }
      check_node (node->children[i], text, depth + 1);
    }
  if (node->kind == DK_NODE_SCALAR)
    {
      gsize length = strlen (node->text);

      g_assert (g_utf8_validate (node->text, -1, NULL));
      for (gsize i = 0; i <= MIN (length, 300); i++)
        {
          gsize start = (i < length ? g_utf8_find_prev_char (node->text, node->text + i + 1) : node->text + i) - node->text;

          check_place (text, node->text + start, dk_node_place_at (node, i));
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = NULL;
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  document = dk_document_parse ("fuzz", (const char *) data + 1, size - 1,
                                data[0] % 2 == 0 ? DK_FORMAT_YAML : DK_FORMAT_JSON, problems);
  g_assert ((document == NULL) == (dk_problems_count (problems) > 0));
  for (guint i = 0; i < dk_problems_length (problems); i++)
    {
      const DkProblem *problem = dk_problems_get (problems, i);

      g_assert (g_utf8_validate (problem->message, -1, NULL));
      g_assert (!g_str_has_prefix (problem->message, "libfyaml")); /* it takes all JSON that is JSON */
    }
  if (document != NULL)
    {
      text = g_strndup ((const char *) data + 1, size - 1);
      check_node (dk_document_get_root (document),
                  g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, 0);
    }
  return 0;
}
