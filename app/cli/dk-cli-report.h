/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An assessment as text for people. */
#pragma once

#include "dk-cli.h"

#include "dk-wording.h"

G_BEGIN_DECLS

/* The line of one enterprise in the overview of many: a sign a programme. (transfer full) */
char *dk_report_overview     (const DkCli *cli, DkAssessment *assessment, char **head);

/* The table of programmes and, unless @is_brief, the criteria of each. */
void  dk_report_assessment   (const DkCli *cli, DkLayout *layout, DkAssessment *assessment, const char *name, gboolean is_brief);
/* One result that is no programme: the answer of eval. */
void  dk_report_expression   (const DkCli *cli, DkLayout *layout, DkAssessment *assessment, const DkResult *result);
/* Official tables filled in. */
void  dk_report_forms        (const DkWording *wording, DkLayout *layout);
/* The checklist and the steps of a programme; nothing where its pack says nothing of them. */
void  dk_report_board        (const DkWording *wording, DkLayout *layout, const DkPack *pack);
/* Figures held against each other. */
void  dk_report_checks       (const DkWording *wording, DkLayout *layout);

G_END_DECLS
