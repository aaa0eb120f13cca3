/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-document"

#include "dk-document-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <libfyaml.h>
#include <string.h>

/* Nodes come in blocks, since a register of a large enterprise has hundreds of thousands of them. */
#define BLOCK_SIZE 512

static DkPlace
reader_place (const DkReader *reader)
{
  return (DkPlace) { reader->file, reader->cursor.line, reader->cursor.column };
}

gboolean
dk_reader_fail (DkReader   *reader,
                const char *format,
                ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  dk_problems_add (reader->problems, reader_place (reader), "%s", message);
  return FALSE;
}

gboolean
dk_reader_check_depth (DkReader *reader,
                       guint     depth)
{
  return depth < DK_DOCUMENT_MAX_DEPTH
         || dk_reader_fail (reader, "Too deep; at most %d levels inside each other are taken", DK_DOCUMENT_MAX_DEPTH);
}

char *
dk_quote_text (const char *text,
               gsize       length)
{
  const char *end = text;
  int n = 0;

  while (end < text + length && n++ < 40)
    end = g_utf8_next_char (end);
  return g_strdup_printf ("“%.*s%s”", (int) (end - text), text, end < text + length ? "…" : "");
}

/* Nothing but text comes through, so that all that follows may trust it. */
static gboolean
check_encoding (DkReader *reader)
{
  const char *text = reader->text;
  const char *end = text + reader->document->length;
  const char *bad;

  if (reader->document->length >= 2
      && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    return dk_reader_fail (reader, "This is UTF-16; save the file as UTF-8");

  if (!g_utf8_validate_len (text, reader->document->length, &bad))
    {
      dk_cursor_move (&reader->cursor, text, bad);
      if (*bad == '\0')
        return dk_reader_fail (reader, "A NUL byte stands here; a text file is wanted");
      return dk_reader_fail (reader, "The byte %02X is not UTF-8 here; save the file as UTF-8", (guint8) *bad);
    }

  /* A JSON text is checked character by character anyway. */
  for (const char *p = text; reader->format == DK_FORMAT_YAML && p < end; p++)
    if (((guint8) *p < 0x20 && !dk_is_break (*p) && *p != '\t') || *p == 0x7f)
      {
        dk_cursor_move (&reader->cursor, text, p);
        return dk_reader_fail (reader, "The control character U+%04X stands here; a text file is wanted", *p);
      }
  return TRUE;
}

/* A collection that is being read. */
typedef struct
{
  DkNode     *node;
  GPtrArray  *children; /* DkNode, keys and values alternate in a mapping */
  GHashTable *keys;     /* text -> DkNode, once the mapping has many keys */
} Frame;

typedef struct
{
  DkReader     *reader;
  Frame       frames[DK_DOCUMENT_MAX_DEPTH];
  guint       depth;
  const char *last_end; /* of what was read last, in the text */
  guint       n_breaks; /* of the reader's, before the last mark */
} Builder;

/* From so many keys on a table is quicker than looking through them. */
#define MANY_KEYS 16

static DkNode *
new_node (DkDocument *document,
          DkNodeKind  kind,
          DkPlace     place)
{
  guint index = document->n_nodes++ % BLOCK_SIZE;
  DkNode *node;

  if (index == 0)
    g_ptr_array_add (document->blocks, g_new0 (DkNode, BLOCK_SIZE));
  node = (DkNode *) g_ptr_array_index (document->blocks, document->blocks->len - 1) + index;
  node->kind = kind;
  node->place = place;
  return node;
}

static gboolean
is_key_wanted (const Frame *frame)
{
  return frame->node->kind == DK_NODE_MAPPING && frame->children->len % 2 == 0;
}

static DkNode *
find_key (Frame      *frame,
          const char *key)
{
  if (frame->keys != NULL)
    return g_hash_table_lookup (frame->keys, key);
  for (guint i = 0; i < frame->children->len; i += 2)
    {
      DkNode *other = g_ptr_array_index (frame->children, i);

      if (g_strcmp0 (other->text, key) == 0)
        return other;
    }
  return NULL;
}

static void
check_key (Builder *builder,
           Frame   *frame,
           DkNode  *key)
{
  const DkNode *first;

  if (key->kind != DK_NODE_SCALAR)
    {
      dk_problems_add (builder->reader->problems, key->place, "A key must be a plain text, not a list or a mapping");
      return;
    }
  first = find_key (frame, key->text);
  if (first != NULL)
    {
      g_autofree char *shown = dk_quote_text (key->text, strlen (key->text));

      dk_problems_add (builder->reader->problems, key->place,
                       "The key %s is given twice; first in line %d, column %d", shown,
                       first->place.line, first->place.column);
      return;
    }
  if (frame->keys == NULL && frame->children->len >= 2 * MANY_KEYS)
    {
      frame->keys = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < frame->children->len; i += 2)
        {
          DkNode *other = g_ptr_array_index (frame->children, i);

          if (other->text != NULL && !g_hash_table_contains (frame->keys, other->text))
            g_hash_table_insert (frame->keys, other->text, other);
        }
    }
  if (frame->keys != NULL)
    g_hash_table_insert (frame->keys, key->text, key);
}

static void
add_node (Builder *builder,
          DkNode  *node)
{
  Frame *frame;

  if (builder->depth == 0)
    {
      builder->reader->document->root = node;
      return;
    }
  frame = &builder->frames[builder->depth - 1];
  if (is_key_wanted (frame))
    {
      check_key (builder, frame, node);
      /* A mapping without braces begins with its first key, though it is noticed only at the colon. */
      if (frame->children->len == 0 && (node->place.line < frame->node->place.line
                                        || (node->place.line == frame->node->place.line
                                            && node->place.column < frame->node->place.column)))
        frame->node->place = node->place;
    }
  g_ptr_array_add (frame->children, node);
}

static void
push_frame (Builder *builder,
            DkNode  *node)
{
  builder->frames[builder->depth++] = (Frame) { node, g_ptr_array_new (), NULL };
}

static void
pop_frame (Builder *builder)
{
  Frame *frame = &builder->frames[--builder->depth];

  frame->node->n_children = frame->children->len;
  frame->node->children = g_memdup2 (frame->children->pdata, frame->children->len * sizeof (gpointer));
  g_ptr_array_unref (frame->children);
  g_clear_pointer (&frame->keys, g_hash_table_unref);
}

/* What libfyaml is given. As long as a line goes on, it keeps all its tokens, which may turn out to be a key: a JSON
 * file of one line would take a hundred times its size. So a JSON text gets more line breaks; mark_to_text () takes
 * them out again. It also stumbles over tabs and \r in places where JSON has them; they are never inside a text. */
static char *
feed_lines (const DkReader *reader,
            gsize          *length)
{
  GString *lines;
  gsize done = 0;

  lines = g_string_sized_new (reader->document->length + reader->breaks->len + 1);
  for (guint i = 0; i < reader->breaks->len; i++)
    {
      gsize offset = g_array_index (reader->breaks, gsize, i);

      g_string_append_len (lines, reader->text + done, offset - done);
      g_string_append_c (lines, '\n');
      done = offset;
    }
  g_string_append_len (lines, reader->text + done, reader->document->length - done);
  *length = lines->len;
  return reader->format == DK_FORMAT_JSON ? g_strdelimit (g_string_free (lines, FALSE), "\t\r", ' ')
                                          : g_string_free (lines, FALSE);
}

/* Where the file has this mark, or NULL. */
static const char *
mark_to_text (Builder              *builder,
              const struct fy_mark *mark)
{
  const DkReader *reader = builder->reader;
  gsize *breaks = (gsize *) (gpointer) reader->breaks->data;

  if (mark == NULL)
    return NULL;
  while (builder->n_breaks < reader->breaks->len && breaks[builder->n_breaks] + builder->n_breaks < mark->input_pos)
    builder->n_breaks++;
  while (builder->n_breaks > 0 && breaks[builder->n_breaks - 1] + builder->n_breaks - 1 >= mark->input_pos)
    builder->n_breaks--;
  return reader->text + MIN (mark->input_pos - builder->n_breaks, reader->document->length);
}

static DkPlace
place_at (Builder    *builder,
          const char *at)
{
  DkReader *reader = builder->reader;

  if (at != NULL)
    dk_cursor_move (&reader->cursor, reader->text, at);
  return reader_place (reader);
}

/* libfyaml marks where the lines of a block begin; the | or > is the first one after what was read before. (An anchor
 * may hide it, but is refused already.) */
static const char *
find_block_indicator (const char *from,
                      const char *contents)
{
  for (const char *p = from; p < contents; p++)
    {
      if (*p == '|' || *p == '>')
        return p;
      if (*p == '#')
        while (p + 1 < contents && !dk_is_break (p[1]))
          p++;
    }
  return contents;
}

/* Indentation of what is being read; -1 outside of all. (A block is in no flow collection.) */
static int
current_indent (const Builder *builder)
{
  return builder->depth > 0 ? builder->frames[builder->depth - 1].node->place.column - 1 : -1;
}

/* The event says where a scalar is and of which style; its text is read from there. */
static gboolean
read_scalar (Builder         *builder,
             struct fy_event *event)
{
  DkReader *reader = builder->reader;
  struct fy_token *token = event->scalar.value;
  g_autoptr(GString) text = g_string_new (NULL);
  DkNode *node = new_node (reader->document, DK_NODE_SCALAR, DK_PLACE_NONE);

  node->source = builder->last_end;
  if (token != NULL)
    {
      node->source = mark_to_text (builder, fy_event_start_mark (event));
      switch (fy_scalar_token_get_style (token))
        {
        case FYSS_SINGLE_QUOTED:
        case FYSS_DOUBLE_QUOTED:
          node->style = DK_SCALAR_QUOTED;
          if (node->source > reader->text)
            node->source--; /* the marks leave out the quotes */
          break;
        case FYSS_LITERAL:
        case FYSS_FOLDED:
          node->source = find_block_indicator (builder->last_end, node->source);
          if (*node->source != '|' && *node->source != '>')
            break;
          node->style = DK_SCALAR_BLOCK;
          node->indent = dk_scalar_find_indent (node->source, current_indent (builder));
          break;
        default:
          break;
        }
    }
  node->place = place_at (builder, node->source);
  if (token != NULL && !dk_scalar_read (node, mark_to_text (builder, fy_event_end_mark (event)), text))
    return dk_reader_fail (reader, "This text has an escape that is no character, or NUL");
  node->text = g_string_chunk_insert_len (reader->document->texts, text->str, text->len);
  add_node (builder, node);
  return TRUE;
}

/* libfyaml marks the name behind an & or *. */
static void
place_at_name (Builder              *builder,
               const struct fy_mark *mark)
{
  const char *at = mark_to_text (builder, mark);

  if (at != NULL && at > builder->reader->text && (at[-1] == '&' || at[-1] == '*'))
    at--;
  place_at (builder, at);
}

/* Anchors and tags: the file says more than a tree of texts can hold. */
static void
check_decoration (Builder         *builder,
                  struct fy_event *event)
{
  struct fy_token *anchor = fy_event_get_anchor_token (event);
  struct fy_token *tag = fy_event_get_tag_token (event);

  if (anchor != NULL)
    {
      place_at_name (builder, fy_token_start_mark (anchor));
      dk_reader_fail (builder->reader, "Anchors (&name) are not taken; write the value out where it is used. "
                      "A text that begins with & must be quoted");
    }
  if (tag != NULL)
    {
      place_at (builder, mark_to_text (builder, fy_token_start_mark (tag)));
      dk_reader_fail (builder->reader, "Tags (!name) are not taken. A text that begins with ! must be quoted");
    }
}

static gboolean
is_quoted (struct fy_event *event)
{
  enum fy_scalar_style style = FYSS_ANY;

  if (event->type == FYET_SCALAR && event->scalar.value != NULL)
    style = fy_scalar_token_get_style (event->scalar.value);
  return style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
}

/* FALSE if reading must stop. What is only refused is reported, and reading goes on to list all of it. */
static gboolean
read_event (Builder         *builder,
            struct fy_event *event)
{
  DkReader *reader = builder->reader;
  const char *end = mark_to_text (builder, fy_event_end_mark (event));
  gboolean is_good = TRUE;
  DkNode *node;

  switch (event->type)
    {
    case FYET_DOCUMENT_START:
      if (reader->document->root != NULL)
        {
          place_at (builder, mark_to_text (builder, fy_event_start_mark (event)));
          return dk_reader_fail (reader, "A second document begins here; a file has one");
        }
      break;
    case FYET_SCALAR:
      check_decoration (builder, event);
      is_good = read_scalar (builder, event);
      break;
    case FYET_ALIAS:
      place_at_name (builder, fy_event_start_mark (event));
      dk_reader_fail (reader, "Aliases (*name) are not taken; write the value out. "
                      "A text that begins with * must be quoted");
      node = new_node (reader->document, DK_NODE_SCALAR, reader_place (reader));
      node->text = g_string_chunk_insert_len (reader->document->texts, reader->cursor.at,
                                              end > reader->cursor.at ? end - reader->cursor.at : 0);
      node->source = reader->cursor.at;
      add_node (builder, node);
      break;
    case FYET_MAPPING_START:
    case FYET_SEQUENCE_START:
      check_decoration (builder, event);
      place_at (builder, mark_to_text (builder, fy_event_start_mark (event)));
      if (!dk_reader_check_depth (reader, builder->depth))
        return FALSE;
      node = new_node (reader->document, event->type == FYET_MAPPING_START ? DK_NODE_MAPPING : DK_NODE_SEQUENCE,
                       reader_place (reader));
      add_node (builder, node);
      push_frame (builder, node);
      break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
      pop_frame (builder);
      break;
    default:
      break;
    }
  if (end != NULL)
    builder->last_end = MAX (builder->last_end, end + is_quoted (event));
  return is_good;
}

/* What libfyaml finds wrong, in words for people who do not know how a YAML reader works. */
static const struct
{
  const char *theirs;
  const char *ours;
} words[] = {
  { "block scalar no linebreak found", "“>” and “|” begin a block of lines, and nothing may follow in their line" },
  { "invalid nested block mapping on the same line", "A second “: ” stands in this line" },
  { "flow sequence without a closing bracket", "A “[” is not closed" },
  { "flow mapping without a closing brace", "A “{” is not closed" },
  { "scalar without closing quote", "A quote is not closed" },
  { "depth limit exceeded", "Too deep; too many levels inside each other" },
  { "max recursion depth exceeded", "Too deep; too many levels inside each other" },
  { "could not find expected ':'", "“:” is missing after a key" },
  { "plain scalar cannot start with", "A text may not begin with this character" },
  { "invalid escape", "A text in double quotes has no such escape; a backslash itself is written \\\\" },
  { "invalid UTF8 escape", "A text in double quotes has an escape that is no character" },
  { "invalid hex escape", "Hexadecimal digits are missing after \\x, \\u or \\U" },
  { "tab", "A tab stands where spaces are wanted" },
  { "mismatched flow", "This bracket closes nothing" },
  { "invalid trailing content after", "Nothing may follow the closing quote" },
  { "missing comma in flow", "A comma is missing" },
  { "indent", "The line is indented in a way that fits nothing above it" },
  { "multiline plain key", "A key cannot go on in another line; “:” is missing, or a line is indented wrongly" },
  { "invalid mapping in plain multiline", "“: ” stands in a text that goes on in another line" },
  { "did not find expected key", "A key is wanted here" },
  { "did not find expected '-' indicator", "“- ” is wanted here, as in the items above" },
};

static void
report_syntax (DkReader       *reader,
               struct fy_diag *diag)
{
  void *iterator = NULL;
  struct fy_diag_error *found = NULL;
  const char *message = NULL;
  DkPlace place = reader_place (reader);

  for (;;)
    {
      found = fy_diag_errors_iterate (diag, &iterator);
      if (found == NULL || found->type == FYET_ERROR)
        break;
    }
  if (found != NULL && found->line > 0 && reader->format == DK_FORMAT_YAML)
    {
      place.line = found->line;
      place.column = MAX (found->column, 1);
    }
  if (found != NULL && found->msg != NULL)
    {
      message = found->msg;
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (strstr (found->msg, words[i].theirs) != NULL)
          {
            message = words[i].ours;
            break;
          }
    }
  if (message == NULL)
    message = "This cannot be read";

  if (reader->format == DK_FORMAT_YAML)
    dk_problems_add (reader->problems, place, "%s. (Expressions and other texts with “: ”, “#” or a leading "
                     ">, [, {, &, *, ! or %% must be quoted.)", message);
  else
    dk_problems_add (reader->problems, place, "libfyaml does not take this JSON: %s", message);
}

static void
discard_output (struct fy_diag *diag,
                void           *user,
                const char     *text,
                size_t          length)
{
}

/* No document, or one that says nothing. */
static gboolean
is_empty (const DkNode *root)
{
  return root == NULL || (root->kind == DK_NODE_SCALAR && root->style == DK_SCALAR_PLAIN && *root->text == '\0');
}

static void
build (DkReader *reader)
{
  DkDocument *document = reader->document;
  Builder builder = { .reader = reader, .last_end = document->text };
  struct fy_diag_cfg diag_config;
  struct fy_diag *diag;
  struct fy_parser *parser;
  struct fy_event *event;
  gboolean is_good = TRUE, is_complete = FALSE;
  gsize length;
  g_autofree char *lines = feed_lines (reader, &length);

  /* libfyaml would print to stderr. */
  fy_diag_cfg_default (&diag_config);
  diag_config.fp = NULL;
  diag_config.output_fn = discard_output;
  diag_config.colorize = FALSE;
  diag = fy_diag_create (&diag_config);
  g_assert (diag != NULL);
  fy_diag_set_collect_errors (diag, TRUE);
  parser = fy_parser_create (&(struct fy_parse_cfg) {
    .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG
             | (reader->format == DK_FORMAT_JSON ? FYPCF_JSON_FORCE : FYPCF_JSON_NONE),
    .diag = diag,
  });
  g_assert (parser != NULL);

  if (fy_parser_set_string (parser, lines, length) == 0)
    while (is_good && !is_complete && (event = fy_parser_parse (parser)) != NULL)
      {
        is_complete = event->type == FYET_STREAM_END;
        is_good = read_event (&builder, event);
        fy_parser_event_free (parser, event);
      }
  while (builder.depth > 0)
    pop_frame (&builder);

  if (is_good && !is_complete)
    report_syntax (reader, diag);
  else if (is_good && is_empty (document->root))
    dk_problems_add (reader->problems, (DkPlace) { reader->file, 1, 1 }, "The file is empty");

  fy_parser_destroy (parser);
  fy_diag_destroy (diag);
}

/* Takes over @text, which has a NUL after @length bytes. */
DkDocument *
dk_document_read_text (const char *file,
                       char       *text,
                       gsize       length,
                       DkFormat    format,
                       DkProblems *problems)
{
  g_autoptr(DkDocument) document = g_new0 (DkDocument, 1);
  g_autoptr(GArray) breaks = g_array_new (FALSE, FALSE, sizeof (gsize));
  DkReader reader = {
    .file = file, .format = format, .document = document, .problems = problems, .breaks = breaks,
  };
  gsize max_length = format == DK_FORMAT_YAML ? DK_DOCUMENT_MAX_YAML_BYTES : DK_DOCUMENT_MAX_BYTES;
  guint n_before = dk_problems_count (problems);

  document->file = file;
  document->text = text;
  document->length = length;
  document->blocks = g_ptr_array_new_with_free_func (g_free);
  document->texts = g_string_chunk_new (4096);

  if (length > max_length)
    {
      dk_problems_add (problems, (DkPlace) { file, 0, 0 }, "The file is too large; at most %d MiB are taken",
                       (int) (max_length / (1024 * 1024)));
      return NULL;
    }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      document->length -= 3;
      memmove (text, text + 3, document->length + 1);
    }

  reader.text = document->text;
  reader.cursor = (DkCursor) { document->text, 1, 1 };
  if (!check_encoding (&reader))
    return NULL;
  reader.cursor = (DkCursor) { document->text, 1, 1 };
  if (format == DK_FORMAT_JSON && !dk_json_check (&reader))
    return NULL;
  reader.cursor = (DkCursor) { document->text, 1, 1 };
  build (&reader);
  return dk_problems_count (problems) == n_before ? g_steal_pointer (&document) : NULL;
}

/**
 * dk_document_parse:
 * @name: (nullable): what to call the text in places
 * @text: the text; need not end in NUL
 * @length: bytes of @text
 * @format: YAML or JSON
 * @problems: takes what is wrong
 *
 * Reads a text as a tree. What is refused (a key given twice, an anchor) is listed in full; after an error of
 * syntax nothing more can be read.
 *
 * Returns: (transfer full) (nullable): the tree; %NULL if there is any error
 */
DkDocument *
dk_document_parse (const char *name,
                   const char *text,
                   gsize       length,
                   DkFormat    format,
                   DkProblems *problems)
{
  char *copy;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  copy = g_malloc (length + 1);
  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  return dk_document_read_text (g_intern_string (name), copy, length, format, problems);
}

void
dk_document_free (DkDocument *document)
{
  if (document == NULL)
    return;
  dk_document_free (document->last);
  g_free (document->last_key);
  g_free (document->last_text);
  for (guint i = 0; i < document->n_nodes; i++)
    {
      DkNode *block = g_ptr_array_index (document->blocks, i / BLOCK_SIZE);

      g_free (block[i % BLOCK_SIZE].children);
    }
  g_ptr_array_unref (document->blocks);
  g_string_chunk_free (document->texts);
  g_free (document->text);
  g_free (document);
}

/**
 * dk_document_get_root:
 * @document: a document
 *
 * Returns: (transfer none): its outermost node
 */
const DkNode *
dk_document_get_root (const DkDocument *document)
{
  g_return_val_if_fail (document != NULL, NULL);

  return document->root;
}

/**
 * dk_node_get:
 * @mapping: (nullable): a node
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the value; %NULL if there is none, or @mapping is no mapping
 */
const DkNode *
dk_node_get (const DkNode *mapping,
             const char   *key)
{
  if (mapping == NULL || mapping->kind != DK_NODE_MAPPING)
    return NULL;
  for (guint i = 0; i + 1 < mapping->n_children; i += 2)
    if (g_str_equal (mapping->children[i]->text, key))
      return mapping->children[i + 1];
  return NULL;
}

/**
 * dk_node_get_string:
 * @mapping: (nullable): a node
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the text of the value; %NULL if there is none or it is no scalar
 */
const char *
dk_node_get_string (const DkNode *mapping,
                    const char   *key)
{
  const DkNode *value = dk_node_get (mapping, key);

  return value != NULL && value->kind == DK_NODE_SCALAR ? value->text : NULL;
}

/**
 * dk_node_is_null:
 * @node: (nullable): a node
 *
 * Returns: %TRUE if there is no node, or it says nothing: null, ~ or an empty place, but not the text ""
 */
gboolean
dk_node_is_null (const DkNode *node)
{
  static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };

  return node == NULL
         || (node->kind == DK_NODE_SCALAR && node->style == DK_SCALAR_PLAIN && g_strv_contains (nulls, node->text));
}
