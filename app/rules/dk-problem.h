/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a file, and where: collected, so that a reader lists all of it at once. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where something stands in a file. Lines and columns count from 1, columns in characters; 0 is unknown. */
typedef struct
{
  const char *file; /* borrowed: interned by g_intern_string () */
  int         line;
  int         column;
} DkPlace;

typedef struct
{
  DkPlace  place;
  gboolean is_warning; /* said, but the file is taken */
  char    *message;
} DkProblem;

/* A growing list of problems, at most DK_PROBLEMS_MAX of them; what is wrong in one place is said once. */
typedef struct _DkProblems DkProblems;

#define DK_PROBLEMS_MAX 200

DkProblems      *dk_problems_new       (void);
void             dk_problems_free      (DkProblems *problems);
void             dk_problems_add       (DkProblems *problems, DkPlace place, const char *format, ...) G_GNUC_PRINTF (3, 4);
void             dk_problems_add_warning (DkProblems *problems, DkPlace place, const char *format, ...) G_GNUC_PRINTF (3, 4);
guint            dk_problems_count     (const DkProblems *problems); /* errors only */
guint            dk_problems_length    (const DkProblems *problems); /* errors and warnings */
const DkProblem *dk_problems_get       (const DkProblems *problems, guint index);
char            *dk_problems_to_string (const DkProblems *problems); /* file:line:column: message, a line each */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkProblems, dk_problems_free)

#define DK_PLACE_NONE ((DkPlace) { NULL, 0, 0 })

G_END_DECLS
