/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An enterprise as a list shows it: name, industry, and how it stands in each programme. */
#pragma once

#include "dk-assessment.h"
#include "dk-sign.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How an enterprise stands in one programme. */
typedef struct
{
  const DkPack *pack;
  DkSign        sign;
  char         *figure;    /* for a table cell: "82分", "66–81分", a class; "" if the sign says it all */
  char         *sentence;  /* the programme's result in a sentence */
  guint         n_missing; /* questions that can still change it */
  double        level;     /* of the score, for sorting; 0 if it has none */
  gboolean      is_in_force; /* some version of its rules is, that day */
} DkStanding;

/* Properties: "name" (string), "is-assessed" (boolean; notified whenever the standings are new). */
#define DK_TYPE_CLIENT (dk_client_get_type ())
G_DECLARE_FINAL_TYPE (DkClient, dk_client, DK, CLIENT, GObject)

DkClient         *dk_client_new           (gint64 id, const char *name, gint64 modified);
gint64            dk_client_get_id        (DkClient *self);
const char       *dk_client_get_name      (DkClient *self);
void              dk_client_set_name      (DkClient *self, const char *name);
gint64            dk_client_get_modified  (DkClient *self); /* microseconds since 1970, UTC */
void              dk_client_set_modified  (DkClient *self, gint64 modified);
const char       *dk_client_get_industry  (DkClient *self); /* "" while not known */
gboolean          dk_client_is_assessed   (DkClient *self);
const DkStanding *dk_client_find_standing (DkClient *self, const char *pack); /* NULL: not assessed (yet) */
GPtrArray        *dk_client_get_standings (DkClient *self); /* DkStanding *; NULL until assessed. (transfer none) */
void              dk_client_take_standings (DkClient *self, GPtrArray *standings, char *industry);

/* The packs in the order in which lists show them: the ladder from the lowest rung up, other titles, yardsticks, boards. (transfer container) */
GPtrArray        *dk_client_list_packs    (DkRulebook *book);
void              dk_standing_free        (DkStanding *standing);
/* The standings of an assessment, and what the industry is called. May be called by any thread. (transfer full) */
GPtrArray        *dk_standings_of         (DkAssessment *assessment, DkRulebook *book, const char *language);

G_END_DECLS
