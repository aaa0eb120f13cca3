/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON: the few shapes that all output shares. */
#pragma once

#include "dk-scope.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of the object that is being built; nothing is left out, so that readers can rely on every key. */
void  dk_json_add_string (JsonBuilder *builder, const char *name, const char *text);    /* NULL: null */
void  dk_json_add_text   (JsonBuilder *builder, const char *name, const DkText *text);  /* {"zh", "en"}, or null when both are missing */
void  dk_json_add_flag   (JsonBuilder *builder, const char *name, gboolean flag);
void  dk_json_add_int    (JsonBuilder *builder, const char *name, gint64 number);       /* a count or a year */
void  dk_json_add_date   (JsonBuilder *builder, const char *name, gint64 day);          /* G_MININT64, G_MAXINT64: null */
void  dk_json_add_number (JsonBuilder *builder, const char *name, DkNumber number);     /* an exact string; infinite: null */
void  dk_json_begin_list (JsonBuilder *builder, const char *name);
char *dk_json_finish     (JsonBuilder *builder);                                        /* the text, ending in a newline */

G_END_DECLS
