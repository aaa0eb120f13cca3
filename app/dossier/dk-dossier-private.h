/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dossier in the making, shared by the modules that write its sheets. */
#pragma once

#include "dk-calc.h"
#include "dk-dossier.h"
#include "dk-form.h"
#include "dk-wording.h"

G_BEGIN_DECLS

/* A programme that gets a sheet. */
typedef struct
{
  const DkResult *result;
  char           *title;
  DkSheet        *sheet;
  DkSheet        *checklist; /* what people looked into; NULL: nothing */
} DkProgramme;

/* A form that gets a sheet. */
typedef struct
{
  DkFilledForm filled;
  DkSheet     *sheet;
} DkFormSheet;

typedef struct
{
  DkLibrary          *library;
  const DkEnterprise *enterprise;
  DkAssessment       *assessment;
  const char         *language; /* "zh" or "en" */
  gboolean            in_wan;
  DkWording           wording;
  DkBook             *book;
  DkInputs            inputs;
  DkCalc             *calc;
  GArray             *programmes; /* DkProgramme */
  GArray             *forms;      /* DkFormSheet */
  DkSheet            *cover, *contents, *facts, *missing, *levers, *sources;
  DkSheet            *checks;     /* or NULL: not wanted */
  GPtrArray          *registers;  /* DkSheet *: of each register of the scope */
} DkDossier;

/* A column of a table: its head, and how many characters are seen of it. */
typedef struct
{
  const char *title; /* untranslated */
  double      width;
} DkColumn;

/* Text in the dossier's language. */
static inline const char *G_GNUC_FORMAT (2)
dk_dossier_tr (const DkDossier *dossier,
               const char      *message)
{
  return dk_tr (dossier->language, message);
}

/* dk-dossier-parts.c: what many sheets have. */
void        dk_dossier_set_columns   (const DkDossier *dossier, DkSheet *sheet, const DkColumn *columns, guint n);
void        dk_dossier_add_head      (const DkDossier *dossier, DkSheet *sheet, guint row, const DkColumn *columns, guint n);
void        dk_dossier_add_title     (const DkDossier *dossier, DkSheet *sheet, guint n, const char *title);
void        dk_dossier_add_section   (DkSheet *sheet, guint row, guint n, const char *title);
DkLook      dk_dossier_get_look      (const DkDossier *dossier, DkKind kind, DkUnit unit);
const char *dk_dossier_name_unit     (const DkDossier *dossier, DkKind kind, DkUnit unit, gboolean in_wan);
char       *dk_dossier_describe_doubts (const DkDossier *dossier, const GPtrArray *citations);
char       *dk_dossier_describe_span (const DkDossier *dossier, const DkVersion *version);
const char *dk_dossier_name_certainty (const DkDossier *dossier, DkCertainty certainty);
const char *dk_dossier_get_sign      (const DkResult *result); /* between a value and what is asked: "≥" */
/* A live cell, or where there is none the text of what it is now. */
void        dk_dossier_add_verdict   (const DkDossier *dossier, DkSheet *sheet, guint row, guint column, const DkResult *result, guint flags);
void        dk_dossier_add_value     (const DkDossier *dossier, DkSheet *sheet, guint row, guint column, const DkResult *result, DkLook look, guint flags);
void        dk_dossier_colour        (const DkDossier *dossier, DkSheet *sheet, guint last_row, guint column);
const DkInputCell *dk_dossier_find_cell (const DkDossier *dossier, const DkFactRef *ref);

/* dk-dossier-inputs.c, dk-dossier-registers.c: what was answered; they fill dossier->inputs. */
void dk_dossier_write_facts     (DkDossier *dossier);
void dk_dossier_write_registers (DkDossier *dossier);
/* The cells of an answer; @value NULL: not known. @to_column is @from_column where there is no second cell. */
void dk_dossier_write_value     (const DkDossier *dossier, DkSheet *sheet, guint row, guint from_column, guint to_column,
                                 const DkSymbol *fact, const DkValue *value);
/* The words that may stand in the cells of a fact or column: NULL-terminated, or NULL when anything may. */
const char **dk_dossier_get_options (const DkDossier *dossier, const DkSymbol *fact);

/* dk-dossier-programme.c */
void dk_dossier_write_programme (const DkDossier *dossier, const DkProgramme *programme);

/* dk-dossier-forms.c */
void dk_dossier_write_forms     (const DkDossier *dossier);
/* dk-dossier-outlook.c: what can be done. */
void dk_dossier_write_missing   (const DkDossier *dossier);
void dk_dossier_write_levers    (const DkDossier *dossier);

/* dk-dossier-board.c */
/* Whether any item of it is answered, or was noted. */
gboolean dk_dossier_has_checklist  (const DkDossier *dossier, const DkPack *pack);
void dk_dossier_write_checklist (const DkDossier *dossier, const DkProgramme *programme);

/* dk-dossier-checks.c */
void dk_dossier_write_checks    (const DkDossier *dossier);

/* dk-dossier-cover.c */
void dk_dossier_write_cover     (const DkDossier *dossier);
void dk_dossier_write_contents  (const DkDossier *dossier);
void dk_dossier_write_sources   (const DkDossier *dossier);

G_END_DECLS
