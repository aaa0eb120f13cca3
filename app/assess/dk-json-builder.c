/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-json-builder"

#include "dk-json-builder.h"

#include "dk-value.h"

void
dk_json_add_string (JsonBuilder *builder,
                    const char  *name,
                    const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
dk_json_add_text (JsonBuilder  *builder,
                  const char   *name,
                  const DkText *text)
{
  json_builder_set_member_name (builder, name);
  if (text->zh == NULL && text->en == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  dk_json_add_string (builder, "zh", text->zh);
  dk_json_add_string (builder, "en", text->en);
  json_builder_end_object (builder);
}

void
dk_json_add_flag (JsonBuilder *builder,
                  const char  *name,
                  gboolean     flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

void
dk_json_add_int (JsonBuilder *builder,
                 const char  *name,
                 gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

void
dk_json_add_date (JsonBuilder *builder,
                  const char  *name,
                  gint64       day)
{
  g_autofree char *text = day == G_MAXINT64 || day == G_MININT64 ? NULL : dk_date_to_string (day);

  dk_json_add_string (builder, name, text);
}

/* A JSON number would be read as a binary one. */
void
dk_json_add_number (JsonBuilder *builder,
                    const char  *name,
                    DkNumber     number)
{
  g_autoptr(DkArena) arena = dk_arena_new ();
  g_autofree char *text = dk_number_is_finite (number) ? dk_number_to_string (dk_number_reduce (number, arena)) : NULL;

  dk_json_add_string (builder, name, text);
}

void
dk_json_begin_list (JsonBuilder *builder,
                    const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

char *
dk_json_finish (JsonBuilder *builder)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}
