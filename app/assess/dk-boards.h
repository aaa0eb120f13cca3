/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boards side by side: of each the standards, of which one is enough, how far each is, and from which assumed value on it opens.
 * Which rules are standards, and what is assumed, the packs say (`standards`, `positioning`, `assumes`). */
#pragma once

#include "dk-held.h"
#include "dk-wording.h"

G_BEGIN_DECLS

/* What stands against a result: its conditions that are not met or open. Of alternatives that all fail, those of the nearest. */
typedef struct
{
  const DkResult *limb;         /* the one that decides: not met, and furthest from being met; else the first that is open; NULL: none */
  guint           n_failed;     /* conditions that are not met */
  guint           n_open;
  gboolean        only_assumed; /* all of them rest on what is assumed */
  DkNumber        distance;     /* of @limb, as a share of its threshold; infinite where no figure mends it */
} DkAgainst;

typedef enum
{
  DK_OPENING_ALWAYS, /* whatever the value is */
  DK_OPENING_FROM,   /* from some value on */
  DK_OPENING_NEVER,  /* at no value, as far as is known */
} DkOpening;

typedef struct
{
  const DkResult *result;
  DkAgainst       against;
  DkOpening       opening;      /* see dk_board_find_openings () */
  DkNumber        opens_at;     /* of DK_OPENING_FROM: the least assumed value that the standard's own conditions take; exact */
} DkStandard;

typedef struct
{
  const DkResult *programme;
  const DkSymbol *assumes;      /* NULL: nothing is */
  DkHeld          held;
  const DkResult *positioning;  /* NULL: there is none */
  DkAgainst       against_positioning;
  GPtrArray      *standards;    /* DkStandard *, owned: those that apply and are in force, in the order of the pack */
  DkStandard     *nearest;      /* of those; NULL: there is none */
  DkAgainst       against;      /* what stands against the programme beside the standards */
  gboolean        has_day;      /* time alone mends the only condition that fails, its standards being met: see dk_board_find_openings () */
  gint64          day;          /* and that is the first day on which it is met */
  const DkResult *group;        /* of the programme, the member to which @against.limb belongs */
} DkBoard;

/* The packs of kind listing, but for those without standards that do not apply, in the order of their rungs; what has none comes last. DkBoard *, which point into @assessment.
 * (transfer full) */
GPtrArray     *dk_boards_new           (DkAssessment *assessment);
/* The board that is nearest to being open and that the enterprise is not on already, or NULL. */
const DkBoard *dk_boards_find_nearest  (const GPtrArray *boards);
/* Whether anything but the assumption is known that a standard asks for: without it a matrix has nothing to say. */
gboolean       dk_boards_has_figures   (const GPtrArray *boards, DkAssessment *assessment);
/* From which value on each standard opens, and whether time alone opens the board: tries values, and takes longer than the rest. */
void           dk_board_find_openings  (DkBoard *self, DkAssessment *assessment);
/* What is assumed, as it is answered or follows from other answers; FALSE: nothing is known of it. */
gboolean       dk_assessment_get_assumed (const DkAssessment *assessment, const DkSymbol *fact, DkValue *value);

/* For people. (transfer full) */
/* How far a condition is from being met, in its own unit, without sign: "2–8亿元", "0.42 percentage points", "5 months"; NULL: no figure.
 * @is_brief: where there is little room. */
char          *dk_limb_dup_distance    (const DkWording *wording, const DkResult *limb, gboolean is_brief);
/* What stands against, in a few words: "R&D ratio: short of 0.42 percentage points; 1 more"; "" if nothing does. */
char          *dk_against_dup_words    (const DkWording *wording, const DkAgainst *against);
/* The same of what stands against a board beside its standards, and the day on which time has mended it, if that is known. */
char          *dk_board_dup_obstacle   (const DkWording *wording, const DkBoard *self);
/* How near a board is, in a sentence without full stop. */
char          *dk_board_dup_sentence   (const DkWording *wording, const DkBoard *self);

G_END_DECLS
