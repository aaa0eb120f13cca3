/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of packs, for the rulebook. */
#pragma once

#include "dk-rulebook.h"

G_BEGIN_DECLS

/* Reads a pack; NULL with problems when it cannot be used at all. Takes the document. */
DkPack *dk_pack_read       (DkDocument *document, const DkScope *scope, DkArena *arena, DkProblems *problems);
void    dk_pack_free       (DkPack *pack);
/* The points or value of a rule once more, as a tree of its own: rules are compiled anew for other years. */
DkExpr *dk_pack_read_value (const DkNode *node, DkArena *arena, DkProblems *problems);

/* How far the compilation of a rule is. One that could not be read has failed from the start. */
enum { DK_ITEM_FRESH, DK_ITEM_COMPILING, DK_ITEM_COMPILED, DK_ITEM_FAILED };

/* A pack that is being read. */
typedef struct
{
  DkPack        *pack;
  const DkScope *scope;
  DkArena       *arena;
  DkProblems    *problems;
  GHashTable    *ids; /* of the version being read */
  const DkNode  *choices; /* of the pack; NULL */
} DkPackReader;

/* Pieces that stand in many places. All report what is wrong themselves. */
void       dk_pack_check_keys      (DkPackReader *self, const DkNode *node, const char *what, const char *const *known);
gboolean   dk_pack_expect_kind     (DkPackReader *self, const DkNode *node, DkNodeKind kind, const char *what);
void       dk_pack_read_text       (DkPackReader *self, const DkNode *parent, const char *key, gboolean required, const char *what, DkText *text);
gboolean   dk_pack_is_valid_id     (const char *id, gboolean dots);
char      *dk_pack_read_id         (DkPackReader *self, const DkNode *node, const char *what, gboolean dots);
gboolean   dk_pack_read_certainty  (DkPackReader *self, const DkNode *node, DkCertainty *certainty);
GPtrArray *dk_pack_new_citations   (void);
void       dk_pack_read_citations  (DkPackReader *self, const DkNode *parent, GPtrArray *citations);
gboolean   dk_pack_read_day        (DkPackReader *self, const DkNode *parent, const char *key, gint64 *day);
DkExpr    *dk_pack_read_expression (const DkNode *node, const char *what, DkArena *arena, DkProblems *problems);
void       dk_pack_read_rules      (DkPackReader *self, const DkNode *common, const DkNode *own, DkVersion *version);
void       dk_item_free            (DkItem *item);
/* A rule with nothing but its id, its texts and its citations. */
DkItem    *dk_pack_add_item        (DkPackReader *self, const DkNode *node, DkVersion *version, const char *id, int year);
void       dk_pack_read_checklist  (DkPackReader *self, const DkNode *root);
void       dk_pack_read_stages     (DkPackReader *self, const DkNode *root);
void       dk_stage_free           (DkStage *stage);
gboolean   dk_pack_concerns_version (DkPackReader *self, const DkNode *node, DkVersion *version);
void       dk_pack_read_choices    (DkPackReader *self, const DkNode *node, DkVersion *version);
void       dk_pack_read_forms      (DkPackReader *self, const DkNode *node, DkVersion *version);
void       dk_pack_read_returns    (DkPackReader *self, const DkNode *root);
void       dk_pack_read_lines      (DkPackReader *self, const DkNode *node, DkItem *item);
void       dk_return_free          (DkReturn *form);
void       dk_return_line_free     (DkReturnLine *line);
void       dk_form_free            (DkForm *form);
void       dk_option_free          (DkOption *option);
void       dk_decisions_free       (DkDecisions *decisions);
void       dk_pack_free_choice_list (DkChoices *list);

G_END_DECLS
