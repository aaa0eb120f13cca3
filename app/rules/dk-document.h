/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML and JSON as a plain tree that knows where each thing stands. Read by libfyaml. */
#pragma once

#include "dk-problem.h"

G_BEGIN_DECLS

typedef enum { DK_NODE_SCALAR, DK_NODE_SEQUENCE, DK_NODE_MAPPING } DkNodeKind;
typedef enum { DK_SCALAR_PLAIN, DK_SCALAR_QUOTED, DK_SCALAR_BLOCK } DkScalarStyle;

typedef struct _DkNode DkNode;

/* One node. A mapping's children alternate key (a scalar), value. Everything is owned by the document. */
struct _DkNode
{
  DkNodeKind     kind;
  DkScalarStyle  style;  /* of a scalar */
  DkPlace        place;  /* of its first character; of a quoted scalar the quote, of a block the | */
  char          *text;   /* of a scalar: its value, valid UTF-8 without NUL */
  DkNode       **children;
  guint          n_children;
  int            indent; /* private: of a block scalar's lines */
  const char    *source; /* private: where a scalar is written in the document's copy of the file */
};

typedef enum { DK_FORMAT_YAML, DK_FORMAT_JSON } DkFormat;

/* Limits: what exceeds one is an error, never a crash. */
#define DK_DOCUMENT_MAX_BYTES (64 * 1024 * 1024)
#define DK_DOCUMENT_MAX_YAML_BYTES (2 * 1024 * 1024) /* libfyaml may look ahead to the end, at hundreds of times the size */
#define DK_DOCUMENT_MAX_NODES 4000000
#define DK_DOCUMENT_MAX_DEPTH 64

/* A parsed file: owns its nodes. Refused: anchors, aliases, tags, duplicate keys, keys that are no scalars,
 * several documents, invalid UTF-8, what goes over a limit. */
typedef struct _DkDocument DkDocument;

DkDocument   *dk_document_load      (const char *path, DkFormat format, DkProblems *problems); /* NULL on error */
DkDocument   *dk_document_parse     (const char *name, const char *text, gsize length, DkFormat format, DkProblems *problems);
/* Reads a YAML file up to the outermost key @last_key, if that comes last; what follows is read when it is asked for. */
DkDocument   *dk_document_load_before (const char *path, const char *last_key, DkProblems *problems);
/* The value of that key: read now. NULL if the file has none, or on error. */
const DkNode *dk_document_get_last  (DkDocument *document, DkProblems *problems);
gboolean      dk_document_has_last  (const DkDocument *document);
void          dk_document_free      (DkDocument *document);
const DkNode *dk_document_get_root  (const DkDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkDocument, dk_document_free)

const DkNode *dk_node_get        (const DkNode *mapping, const char *key); /* the value, or NULL */
const char   *dk_node_get_string (const DkNode *mapping, const char *key); /* NULL unless there is a scalar */
gboolean      dk_node_is_null    (const DkNode *node); /* a plain null, ~ or nothing */
/* The file place of byte @offset in a scalar's text: through quotes, escapes and block indentation. */
DkPlace       dk_node_place_at   (const DkNode *scalar, gsize offset);

G_END_DECLS
