/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a number comes from: a tree from a result down to the answers that it rests on. */
#pragma once

#include "dk-wording.h"

G_BEGIN_DECLS

typedef enum
{
  DK_PROVENANCE_RULE,     /* a rule of a pack */
  DK_PROVENANCE_STEP,     /* a part of a formula, or a figure of the law */
  DK_PROVENANCE_FACT,     /* an answer */
  DK_PROVENANCE_REGISTER, /* what is counted over rows */
} DkProvenanceKind;

struct _DkProvenance
{
  DkProvenanceKind kind;
  char            *joint;    /* what joins it to what stands before it: "÷", "≥", "and"; "" for the first */
  char            *name;
  char            *note;     /* on what it rests; "" */
  char            *value;    /* "" where the name says it, or where it has none */
  DkVerdict        verdict;  /* of a rule that judges; otherwise DK_VERDICT_NONE */
  gboolean         has_value; /* @number is its value now */
  DkValue          number;   /* borrowed from the assessment */
  char            *target;   /* a result's id, a fact's ("revenue", "revenue@2025"), or a register's; NULL */
  GPtrArray       *children; /* DkProvenance *, owned */
};

/* Complete, but for a rule that stands above already and for what lies too deep: those say so. (transfer full) */
DkProvenance *dk_provenance_new     (const DkWording *wording, const DkResult *result);
void          dk_provenance_free    (DkProvenance *self);
/* Indented lines, one for each node. (transfer full) */
char         *dk_provenance_to_text (const DkProvenance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkProvenance, dk_provenance_free)

G_END_DECLS
