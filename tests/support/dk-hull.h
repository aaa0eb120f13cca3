/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How tight the bounds are: partial assessments of the shipped packs against brute force. */
#pragma once

#include "dk-rulebook.h"

typedef struct
{
  guint compared; /* bounds of results that were open */
  guint equal;    /* of which as tight as brute force over corners and break points */
  guint unsound;  /* of which brute force found something outside: must be 0 */
} DkHullCount;

/* Draws @n_rounds partial assessments with GRand of @seed: every fact answered, but for one or two. */
DkHullCount dk_hull_measure (DkRulebook *book, guint n_rounds, guint32 seed, gboolean verbose);
