/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Official tables filled in from an assessment: what a pack declares by `forms`. A form computes nothing: each row points to a result
 * or an answer. */
#pragma once

#include "dk-json-builder.h"
#include "dk-wording.h"

G_BEGIN_DECLS

/* A form, and the programme to which it belongs. */
typedef struct { const DkForm *form; const DkResult *programme; } DkFilledForm;

/* The forms of the programmes that are in force, in their order; of a programme whose version is not settled, those of the version that
 * its tree shows. DkFilledForm; (transfer full) */
GArray         *dk_assessment_list_forms (const DkAssessment *assessment);
/* The result that a row shows in a column: of another year where the column says so; NULL: there is none. */
const DkResult *dk_form_find_result      (const DkAssessment *assessment, const DkFormRow *row, const DkFormColumn *column);
/* The verdict that a row shows; a question that is answered with yes or no is not judged. @result may be NULL. */
DkVerdict       dk_form_get_verdict      (const DkResult *result);
/* The answer likewise: the fact is that of the row. */
DkPeriodKey     dk_form_get_period       (const DkAssessment *assessment, const DkFormRow *row, const DkFormColumn *column);
gboolean        dk_form_is_heading       (const DkFormRow *row);
/* Which row it is, from 1; 0: a heading. */
guint           dk_form_get_number       (const DkForm *form, guint row);
const char     *dk_form_get_short_title  (const DkForm *form, const char *language);

/* For people. (transfer full) */
/* What a row is called; never empty. */
char           *dk_form_dup_title        (const DkWording *wording, const DkFormRow *row);
/* The documents and articles on which it rests. */
char           *dk_form_dup_sources      (const DkWording *wording, const DkForm *form);
/* What stands in a cell; "" where the form stays blank. A figure that is not settled is said as far as it is known, or as open. */
char           *dk_form_dup_cell         (const DkWording *wording, const DkForm *form, guint row, const DkFormColumn *column);

/* Writes the member "forms" of the object that is being built, as data/schema/assessment.schema.json describes it. */
void            dk_forms_add_to_json     (const DkWording *wording, DkJsonBuilder *builder);

G_END_DECLS
