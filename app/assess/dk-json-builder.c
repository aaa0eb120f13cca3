/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-json-builder"

#include "dk-json-builder.h"

#include "dk-enterprise.h"

#include <string.h>

/* Of an assessment with its hundreds of results a tree of nodes would take longer to make, and to take apart again, than its text. */
struct _DkJsonBuilder
{
  GString  *text;
  guint     depth;
  gboolean  is_empty; /* nothing stands yet in what was opened last */
  gboolean  is_named; /* the name of the value that comes next stands */
};

#define INDENT 2

DkJsonBuilder *
dk_json_builder_new (void)
{
  DkJsonBuilder *builder = g_new0 (DkJsonBuilder, 1);

  builder->text = g_string_new (NULL);
  return builder;
}

void
dk_json_builder_free (DkJsonBuilder *builder)
{
  if (builder == NULL)
    return;
  if (builder->text != NULL)
    g_string_free (builder->text, TRUE);
  g_free (builder);
}

static void
start_line (DkJsonBuilder *builder)
{
  gsize length = builder->text->len + 1;

  g_string_append_c (builder->text, '\n');
  g_string_set_size (builder->text, length + INDENT * (gsize) builder->depth);
  memset (builder->text->str + length, ' ', INDENT * (gsize) builder->depth);
}

/* Goes to where the next member or element stands. */
static void
start_next (DkJsonBuilder *builder)
{
  if (!builder->is_empty)
    g_string_append_c (builder->text, ',');
  start_line (builder);
  builder->is_empty = FALSE;
}

static void
start_value (DkJsonBuilder *builder)
{
  if (!builder->is_named && builder->depth > 0)
    start_next (builder);
  builder->is_named = FALSE;
}

static void
open_bracket (DkJsonBuilder *builder,
              char           bracket)
{
  start_value (builder);
  g_string_append_c (builder->text, bracket);
  builder->depth++;
  builder->is_empty = TRUE;
}

static void
close_bracket (DkJsonBuilder *builder,
               char           bracket)
{
  g_return_if_fail (builder->depth > 0 && !builder->is_named);
  builder->depth--;
  if (!builder->is_empty)
    start_line (builder);
  g_string_append_c (builder->text, bracket);
  builder->is_empty = FALSE;
}

void
dk_json_builder_begin_object (DkJsonBuilder *builder)
{
  open_bracket (builder, '{');
}

void
dk_json_builder_end_object (DkJsonBuilder *builder)
{
  close_bracket (builder, '}');
}

void
dk_json_builder_begin_array (DkJsonBuilder *builder)
{
  open_bracket (builder, '[');
}

void
dk_json_builder_end_array (DkJsonBuilder *builder)
{
  close_bracket (builder, ']');
}

void
dk_json_builder_set_member_name (DkJsonBuilder *builder,
                                 const char    *name)
{
  g_return_if_fail (builder->depth > 0 && !builder->is_named);
  start_next (builder);
  dk_json_append_string (builder->text, name);
  g_string_append (builder->text, " : ");
  builder->is_named = TRUE;
}

void
dk_json_builder_add_string_value (DkJsonBuilder *builder,
                                  const char    *text)
{
  start_value (builder);
  dk_json_append_string (builder->text, text);
}

void
dk_json_builder_add_int_value (DkJsonBuilder *builder,
                               gint64         number)
{
  start_value (builder);
  g_string_append_printf (builder->text, "%" G_GINT64_FORMAT, number);
}

void
dk_json_builder_add_boolean_value (DkJsonBuilder *builder,
                                   gboolean       flag)
{
  start_value (builder);
  g_string_append (builder->text, flag ? "true" : "false");
}

void
dk_json_builder_add_null_value (DkJsonBuilder *builder)
{
  start_value (builder);
  g_string_append (builder->text, "null");
}

void
dk_json_add_string (DkJsonBuilder *builder,
                    const char    *name,
                    const char    *text)
{
  dk_json_builder_set_member_name (builder, name);
  if (text != NULL)
    dk_json_builder_add_string_value (builder, text);
  else
    dk_json_builder_add_null_value (builder);
}

void
dk_json_add_text (DkJsonBuilder *builder,
                  const char    *name,
                  const DkText  *text)
{
  dk_json_builder_set_member_name (builder, name);
  if (text->zh == NULL && text->en == NULL)
    {
      dk_json_builder_add_null_value (builder);
      return;
    }
  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "zh", text->zh);
  dk_json_add_string (builder, "en", text->en);
  dk_json_builder_end_object (builder);
}

void
dk_json_add_flag (DkJsonBuilder *builder,
                  const char    *name,
                  gboolean       flag)
{
  dk_json_builder_set_member_name (builder, name);
  dk_json_builder_add_boolean_value (builder, flag);
}

void
dk_json_add_note (DkJsonBuilder *builder,
                  const DkNote  *note)
{
  dk_json_builder_set_member_name (builder, "note");
  if (note == NULL)
    {
      dk_json_builder_add_null_value (builder);
      return;
    }
  dk_json_builder_begin_object (builder);
  dk_json_add_string (builder, "finding", note->finding);
  dk_json_add_string (builder, "evidence", note->evidence);
  if (*note->explains != '\0')
    dk_json_add_string (builder, "explains", note->explains);
  dk_json_builder_end_object (builder);
}

void
dk_json_add_int (DkJsonBuilder *builder,
                 const char    *name,
                 gint64         number)
{
  dk_json_builder_set_member_name (builder, name);
  dk_json_builder_add_int_value (builder, number);
}

void
dk_json_add_date (DkJsonBuilder *builder,
                  const char    *name,
                  gint64         day)
{
  g_autofree char *text = day == G_MAXINT64 || day == G_MININT64 ? NULL : dk_date_to_string (day);

  dk_json_add_string (builder, name, text);
}

/* A JSON number would be read as a binary one. */
void
dk_json_add_number (DkJsonBuilder *builder,
                    const char    *name,
                    DkNumber       number)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *text = dk_number_is_finite (number) ? dk_number_to_string (dk_number_reduce (number, arena)) : NULL;

  dk_json_add_string (builder, name, text);
}

void
dk_json_begin_list (DkJsonBuilder *builder,
                    const char    *name)
{
  dk_json_builder_set_member_name (builder, name);
  dk_json_builder_begin_array (builder);
}

char *
dk_json_finish (DkJsonBuilder *builder)
{
  g_return_val_if_fail (builder->depth == 0 && !builder->is_named, NULL);
  g_string_append_c (builder->text, '\n');
  return g_string_free (g_steal_pointer (&builder->text), FALSE);
}
