/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to a board in the JSON of an assessment; nothing where its pack says nothing of it. */
#pragma once

#include "dk-json-builder.h"
#include "dk-wording.h"

G_BEGIN_DECLS

void dk_json_add_checklist (DkJsonBuilder *builder, const DkWording *wording, const DkPack *pack); /* "checklist" */
void dk_json_add_stages    (DkJsonBuilder *builder, const DkWording *wording, const DkPack *pack); /* "steps", "steps_end" */

G_END_DECLS
