/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON: value by value, straight into the text; and the few shapes that all output shares. */
#pragma once

#include "dk-enterprise-note.h"

G_BEGIN_DECLS

/* A text in the making. Whoever builds closes what he opens, and names the members of objects and nothing else. */
typedef struct _DkJsonBuilder DkJsonBuilder;

DkJsonBuilder *dk_json_builder_new               (void);
void           dk_json_builder_free              (DkJsonBuilder *builder);
void           dk_json_builder_begin_object      (DkJsonBuilder *builder);
void           dk_json_builder_end_object        (DkJsonBuilder *builder);
void           dk_json_builder_begin_array       (DkJsonBuilder *builder);
void           dk_json_builder_end_array         (DkJsonBuilder *builder);
void           dk_json_builder_set_member_name   (DkJsonBuilder *builder, const char *name); /* of the value that comes next */
void           dk_json_builder_add_string_value  (DkJsonBuilder *builder, const char *text);
void           dk_json_builder_add_int_value     (DkJsonBuilder *builder, gint64 number);
void           dk_json_builder_add_boolean_value (DkJsonBuilder *builder, gboolean flag);
void           dk_json_builder_add_null_value    (DkJsonBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkJsonBuilder, dk_json_builder_free)

/* Members of the object that is being built; nothing is left out, so that readers can rely on every key. */
void  dk_json_add_string (DkJsonBuilder *builder, const char *name, const char *text);    /* NULL: null */
void  dk_json_add_text   (DkJsonBuilder *builder, const char *name, const DkText *text);  /* {"zh", "en"}, or null when both are missing */
void  dk_json_add_flag   (DkJsonBuilder *builder, const char *name, gboolean flag);
void  dk_json_add_int    (DkJsonBuilder *builder, const char *name, gint64 number);       /* a count or a year */
void  dk_json_add_date   (DkJsonBuilder *builder, const char *name, gint64 day);          /* G_MININT64, G_MAXINT64: null */
void  dk_json_add_number (DkJsonBuilder *builder, const char *name, DkNumber number);     /* an exact string; infinite: null */
void  dk_json_add_note   (DkJsonBuilder *builder, const DkNote *note);                    /* member "note"; NULL: null */
void  dk_json_begin_list (DkJsonBuilder *builder, const char *name);
char *dk_json_finish     (DkJsonBuilder *builder);                                        /* the text, ending in a newline; once all is closed */

G_END_DECLS
