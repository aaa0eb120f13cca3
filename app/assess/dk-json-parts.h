/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to some programmes only, in the JSON of an assessment; nothing where the pack says nothing of it. */
#pragma once

#include "dk-json-builder.h"
#include "dk-wording.h"

G_BEGIN_DECLS

/* "lines": those of the returns that a rule is, so that a figure can be looked up by form and line. */
void dk_json_add_return_lines (DkJsonBuilder *builder, const DkAssessment *assessment, const DkItem *item);
void dk_json_add_checklist (DkJsonBuilder *builder, const DkWording *wording, const DkPack *pack); /* "checklist" */
void dk_json_add_stages    (DkJsonBuilder *builder, const DkWording *wording, const DkPack *pack); /* "steps", "steps_end" */

G_END_DECLS
