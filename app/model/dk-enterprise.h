/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One enterprise: its facts by period, and its registers. */
#pragma once

#include "dk-catalogue.h"
#include "dk-program.h"

G_BEGIN_DECLS

typedef struct _DkEnterprise DkEnterprise;

#define DK_ENTERPRISE_ERROR (dk_enterprise_error_quark ())
GQuark dk_enterprise_error_quark (void);

typedef enum
{
  DK_ENTERPRISE_ERROR_VALUE,  /* not a value of the fact, or outside its domain */
  DK_ENTERPRISE_ERROR_PERIOD, /* not a period of the fact */
} DkEnterpriseError;

/* A period of a fact: none (all 0), a year, a quarter or a month of it. */
typedef struct { int year; int quarter; int month; } DkPeriodKey;

static inline gboolean
dk_period_equal (DkPeriodKey a,
                 DkPeriodKey b)
{
  return a.year == b.year && a.quarter == b.quarter && a.month == b.month;
}

char         *dk_period_to_string        (DkPeriodKey period); /* "2025", "2025-Q1", "2025-03", "" */

/* How figures and years may be written. An enterprise file is strict; a pack's examples are lenient:
 * relative years ("0", "-1", counted from @base_year), a bare figure for the last full year, 3000万, 5%. */
typedef enum { DK_READ_STRICT, DK_READ_LENIENT } DkReadMode;

DkEnterprise *dk_enterprise_new          (const DkCatalogue *catalogue);
DkEnterprise *dk_enterprise_dup          (const DkEnterprise *enterprise);
void          dk_enterprise_free         (DkEnterprise *enterprise);
/* Reads {"name", "facts", "sources", "plan", "registers", "notes"} as design.md has it. All problems are listed; NULL if there is an error. */
DkEnterprise *dk_enterprise_load         (const DkCatalogue *catalogue, const char *path, DkProblems *problems);
/* Reads "facts", "sources", "plan", "registers" and "notes" of @node over what is there already. */
gboolean      dk_enterprise_read         (DkEnterprise *enterprise, const DkNode *node, DkReadMode mode, int base_year, DkProblems *problems);
char         *dk_enterprise_to_json      (const DkEnterprise *enterprise); /* exact; reads back the same */
const char   *dk_enterprise_get_name     (const DkEnterprise *enterprise);
void          dk_enterprise_set_name     (DkEnterprise *enterprise, const char *name);
const DkCatalogue *dk_enterprise_get_catalogue (const DkEnterprise *enterprise);

/* The answer to a fact: FALSE, and @value untouched, if there is none. An answer may be a range. */
gboolean      dk_enterprise_get          (const DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, DkValue *value);
/* Whether the answer is "not known yet": somebody looked at the question, and could not say. Rules take it as no answer. */
gboolean      dk_enterprise_is_unknown   (const DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period);
gboolean      dk_enterprise_set_unknown  (DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, GError **error);
/* The periods of its answers, in order, "not known yet" among them: DkPeriodKey, (transfer full) */
GArray       *dk_enterprise_list_periods (const DkEnterprise *enterprise, const DkSymbol *fact);
/* Takes a value of the fact's kind (checked against its domain); clears the answer when @value is NULL. */
gboolean      dk_enterprise_set          (DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, const DkValue *value, GError **error);

/* What single sources say (the audit report, the tax return), beside the answer: that one counts, and everything is computed from it.
 * A source is the number of an option of dk_catalogue_get_sources (). To choose one is to answer the fact with its figure. */
typedef struct { const DkSymbol *fact; DkPeriodKey period; guint source; DkValue value; } DkFigure;
/* In the place of a source: the answer itself. */
#define DK_NO_SOURCE G_MAXUINT

gboolean      dk_enterprise_get_figure   (const DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, guint source, DkValue *value);
gboolean      dk_enterprise_set_figure   (DkEnterprise *enterprise, const DkSymbol *fact, DkPeriodKey period, guint source, const DkValue *value, GError **error);
/* DkFigure, by fact, period and source, of one fact or (NULL) of all; (transfer full) */
GArray       *dk_enterprise_list_figures (const DkEnterprise *enterprise, const DkSymbol *fact);

/* Reads one value as text: "150万", "5%", "45..55", "true", a choice, a date, a code. */
gboolean      dk_fact_parse_value        (const DkSymbol *fact, const char *text, DkValue *value, DkArena *arena, GError **error);
char         *dk_fact_value_to_string    (const DkSymbol *fact, const DkValue *value); /* exact, as in JSON */
char         *dk_fact_value_to_json      (const DkSymbol *fact, const DkValue *value); /* as it stands in an enterprise file */
/* What a cell says, as it stands in an enterprise file: NULL: nothing; "null": that it is not known yet. (transfer full) */
char         *dk_cell_to_json            (const DkSymbol *column, const DkValue *cell);
void          dk_json_append_string      (GString *json, const char *text); /* quoted */

/* Rows of a register, by its index in the scope. */
const DkRows *dk_enterprise_get_rows     (const DkEnterprise *enterprise, guint reg);
/* Replaces all rows of a register. @cells: n_rows × columns, copied; a cell that is not known holds the domain of its column, with
 * DK_UNANSWERED if somebody said so. */
void          dk_enterprise_set_rows     (DkEnterprise *enterprise, guint reg, const DkValue *cells, guint n_rows, gboolean is_complete);
/* The same for one cell, and for one row more (its cells not known) or less; @row < n_rows, of a new row <= n_rows. */
void          dk_enterprise_set_cell     (DkEnterprise *enterprise, guint reg, guint row, guint column, const DkValue *value);
void          dk_enterprise_insert_row   (DkEnterprise *enterprise, guint reg, guint row);
void          dk_enterprise_remove_row   (DkEnterprise *enterprise, guint reg, guint row);
/* Says that rows are missing, which is another answer than saying nothing. */
void          dk_enterprise_set_partial  (DkEnterprise *enterprise, guint reg);
const DkRows *dk_enterprise_get_all_rows (const DkEnterprise *enterprise); /* array over all registers, for DkRun.rows */

/* Fills the value of an input slot of a program: the answer, or else the fact's domain with DK_UNANSWERED, undefined for a year before
 * founding (both, when the founding year is unknown). Ranges are clipped by the catalogue's relations (part <= whole).
 * @last_year is the last full accounting year (x[0]). */
void          dk_enterprise_bind         (const DkEnterprise *enterprise, const DkSlot *slots, guint n_slots, gint64 as_of, int last_year, DkValue *regs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkEnterprise, dk_enterprise_free)

G_END_DECLS
