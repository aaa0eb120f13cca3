/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All packs together, checked and compiled to one flat program. */
#pragma once

#include "dk-expr.h"
#include "dk-program.h"
#include "dk-scope.h"

G_BEGIN_DECLS

typedef enum { DK_CERTAINTY_READ, DK_CERTAINTY_SECONDARY, DK_CERTAINTY_KNOWN, DK_CERTAINTY_UNCERTAIN } DkCertainty; /* V, V2, K, ? */

const char *dk_certainty_to_string (DkCertainty certainty); /* "V", "V2", "K", "?" */

/* A document that packs cite. */
typedef struct
{
  char       *id;
  DkText      title;
  char       *number;   /* such as 国科发政〔2017〕115号 */
  DkCertainty certainty;
  DkText      note;
} DkSource;

/* A place in a source on which something rests. */
typedef struct
{
  const DkSource *source;
  char           *article;   /* "6(2)" or NULL */
  DkCertainty     certainty; /* the source's unless the citation says otherwise */
  DkText          note;      /* what is uncertain, at need */
} DkCitation;

typedef enum
{
  DK_ITEM_VALUE,     /* a named intermediate */
  DK_ITEM_CRITERION, /* must be met */
  DK_ITEM_SCORE,     /* a value in points from bands; undefined gives 0 points */
  DK_ITEM_TOTAL,     /* the sum of the points of its children */
  DK_ITEM_ALL, DK_ITEM_ANY, DK_ITEM_AT_LEAST,
  DK_ITEM_LIST,      /* shows its children, in order, and judges nothing */
  DK_ITEM_CHOICE,    /* a decision of the enterprise: its value is the option that is for the best, or those that may be */
  DK_ITEM_WARNING,   /* pass: nothing to warn of; fail: warned. Refuses nothing */
} DkItemKind;

typedef struct _DkItem DkItem;
typedef struct _DkPack DkPack;
typedef struct _DkVersion DkVersion;

/* An option of a choice, as it is in one version. Its id and title stand in the list of the choice. */
typedef struct
{
  DkExpr    *when;        /* lawful only if true; NULL: always */
  DkExpr    *decided;     /* true: the enterprise has decided for it; NULL */
  GPtrArray *citations;   /* DkCitation * */
  guint      when_reg, decided_reg;
} DkOption;

/* What may not go together. */
typedef struct
{
  char      *id;          /* whole */
  DkPlace    place;
  DkText     title;
  DkText     note;
  GPtrArray *citations;   /* DkCitation * */
  DkExpr    *when;
  guint      reg;
} DkExclusion;

/* The choices of a pack in one version, which are made together for the best. */
typedef struct
{
  DkPlace    place;
  GPtrArray *choices;     /* DkItem *, borrowed from the version */
  GPtrArray *exclusions;  /* DkExclusion * */
  gboolean   is_most;     /* for the most of the objective, not the least */
  char      *objective_id;
  DkItem    *objective;   /* the value that they are made for */
  guint      combined_reg;/* private: what was chosen, and what that comes to */
  guint      objective_reg; /* private: the objective with the choices as they are */
  const struct _DkChoosing *choosing; /* how it is found: see dk-choose.h */
} DkDecisions;

/* An edition of a return: new editions number the lines anew. */
typedef struct
{
  char      *id;        /* such as "2021" */
  gint64     from, to;  /* days of which the year or period is filed on it; G_MAXINT64 while open */
  GPtrArray *citations; /* DkCitation * */
} DkEdition;

/* An official form that is filed, line by line, such as A107012. */
typedef struct
{
  char      *id;
  DkText     title;
  GPtrArray *editions;  /* DkEdition *, oldest first */
} DkReturn;

/* The line of a return that a rule is. */
typedef struct
{
  const DkReturn  *form;
  const DkEdition *edition;
  char            *line; /* as printed there: "34", "L1.1" */
} DkReturnLine;

/* A rule of a pack, as it is in one version. */
struct _DkItem
{
  char         *id;        /* whole: stsme.employees */
  DkItemKind    kind;
  DkPack       *pack;
  DkVersion    *version;
  DkPlace       place;
  DkText        title;
  DkText        short_title; /* for narrow places; the title where there is none */
  DkText        advice;    /* what to do, at need */
  DkText        note;
  GPtrArray    *citations; /* DkCitation * */
  GPtrArray    *lines;     /* DkReturnLine *, of all editions; NULL: it is no line of a return */
  DkExpr       *value;     /* what is measured, or the points; NULL in a group or total */
  DkExpr       *require;   /* must be true; a comparison without left side judges the value */
  DkExpr       *applies;   /* unless true the item is na */
  DkNumber      max;       /* of a score or total: the most points; -1 when not given */
  guint         at_least;  /* of DK_ITEM_AT_LEAST */
  guint         n_years;   /* of one that stands for each of several years: how many; 0: it speaks of one day */
  int           year;      /* and which: 0 is the last full year, -1 the one before; "[-1]" then ends its id */
  GPtrArray    *children;  /* DkItem *, borrowed from the version; of a group or total */
  GPtrArray    *options;   /* DkOption *, of DK_ITEM_CHOICE, in the order of its choices; otherwise NULL */
  GPtrArray    *row_citations; /* of bands: for each row a GPtrArray of DkCitation *, or NULL */
  const DkNode *value_node;    /* private: from which the value is read again for other years */
  GPtrArray    *member_nodes;  /* private: DkNode *, the members of a group */
  int           state;         /* private: of the compilation */
  DkKind        kind_of_value; /* of the value, once compiled */
  DkUnit        unit;
  const DkChoices *choices;
  const DkCodes   *codes;
  /* Registers of the compiled program; DK_NO_REGISTER where there is none. */
  guint         value_reg;     /* the value */
  guint         threshold_reg; /* the right-hand side of the comparison that judges it */
  guint         measured_reg;  /* the left-hand side */
  DkComparison  comparison;    /* between the two, if both are there */
  guint         truth_reg;     /* before it became a verdict: may be undefined or na */
  guint         verdict_reg;   /* truth: met, not met, open, na */
};

/* A text of a pack with a source that is no rule: a duty, a material to hand in. */
typedef struct
{
  char      *id;
  DkText     title;
  DkText     note;
  GPtrArray *citations;
  gboolean   is_lock;   /* of a duty: it keeps shares from being sold once the enterprise is listed */
  DkExpr    *due;       /* of a duty: the day by which it is to be done; NULL when the pack does not say */
  guint      due_reg;   /* DK_NO_REGISTER without it */
} DkNotice;

/* What a column of a form shows of each row. */
typedef enum
{
  DK_FORM_NUMBER, /* which row it is; headings are not counted */
  DK_FORM_TITLE,
  DK_FORM_PERIOD, /* the years of the figures */
  DK_FORM_THRESHOLD,
  DK_FORM_VALUE,
  DK_FORM_FORMULA,
  DK_FORM_VERDICT,
  DK_FORM_EVIDENCE, /* the documents that the figures are taken from */
  DK_FORM_SOURCE, /* the articles of the rule */
} DkFormPart;

const char *dk_form_part_to_string (DkFormPart part); /* as packs write it: "number", "title" … */

typedef struct
{
  DkFormPart part;
  DkText     title;
  int        year;        /* of what has years: 0 is the last full one */
} DkFormColumn;

/* A row shows a rule of the pack or a fact; with neither it is a heading. */
typedef struct
{
  DkPlace         place;
  DkText          title;  /* empty: that of the rule or fact */
  DkText          period; /* empty: told by the figures */
  const DkItem   *item;
  const DkSymbol *fact;
  int             year;   /* is added to the column's */
} DkFormRow;

/* An official table that is filled in from results and facts, as it is in one version. */
typedef struct
{
  char      *id;          /* whole */
  DkPlace    place;
  DkText     title;
  DkText     short_title; /* for narrow places */
  DkText     note;
  GPtrArray *citations;   /* DkCitation * */
  GPtrArray *columns;     /* DkFormColumn * */
  GPtrArray *rows;        /* DkFormRow * */
} DkForm;

/* A span of time as people say it: months are counted in the calendar. */
typedef struct { guint months, days; } DkSpan;

/* A step on the way to a programme: what it usually takes, what the law says of it, and on which steps it waits. */
typedef struct
{
  char      *id;
  DkPlace    place;
  DkText     title;
  DkText     note;
  DkText     limit;     /* what a rule says of its length or its form, at need */
  GPtrArray *citations; /* DkCitation * */
  GArray    *after;     /* guint: the places of the steps that come before it */
  DkSpan     least, most;
  DkSpan     overlap;   /* by how much it may begin before those have ended */
  gboolean   is_optional; /* no step has to wait for it */
  GPtrArray *needs;     /* DkNotice *, borrowed: materials that are to be ready when it begins */
  DkExpr    *began, *done; /* the days on which it began and ended; NULL: the pack does not say */
  DkExpr    *over;         /* whether it has ended, on whatever day; NULL */
  guint      began_reg, done_reg, over_reg; /* DK_NO_REGISTER without them */
} DkStage;

/* A version of a programme: in force from its first to its last day, both included. */
struct _DkVersion
{
  char      *id;
  DkPlace    place;
  gint64     from, to;   /* days; G_MAXINT64 while open */
  GPtrArray *citations;
  DkText     note;
  GPtrArray *items;      /* DkItem *, owned, in the pack's order; common rules included */
  DkItem    *root;       /* the item with the pack's id */
  DkDecisions *decisions; /* NULL: there is nothing to choose */
  GPtrArray *forms;      /* DkForm *, in the pack's order */
  gboolean   gap_before; /* declared */
};

/* A dated parameter. */
typedef struct _DkParameter
{
  char      *id;        /* whole: pack.name */
  DkPlace    place;
  DkText     title;
  DkUnit     unit;
  GPtrArray *entries;   /* DkParameterEntry * */
} DkParameter;

typedef struct
{
  gint64     from, to;
  DkValue    value;
  GPtrArray *citations;
} DkParameterEntry;

struct _DkPack
{
  char        *id;
  char        *kind;      /* certification, listing, incentive, profile, check */
  DkPlace      place;
  DkText       title;
  DkText       short_title; /* for narrow places; the title where the pack has none */
  DkText       summary;
  guint        rung;      /* the place on the ladder, or of a board among the boards, from 1; 0: it has none */
  char        *standards; /* the whole id of the group whose members are alternatives that are shown side by side, or NULL */
  GPtrArray   *checklist; /* char *: the whole ids of rules that people look into, one by one */
  GPtrArray   *stages;    /* DkStage *, the first first */
  char        *positioning; /* and of the rule that says whom the programme is for, or NULL */
  const DkSymbol *assumes;/* the fact that people assume rather than know; NULL: there is none */
  char        *reading_of;/* the pack of which this is another reading, or NULL */
  DkText       reading;   /* the name of this reading */
  gboolean     is_builtin;
  GPtrArray   *sources;   /* DkSource * */
  GPtrArray   *parameters;/* DkParameter * */
  GPtrArray   *returns;   /* DkReturn * */
  GPtrArray   *versions;  /* DkVersion *, oldest first */
  GPtrArray   *duties, *materials; /* DkNotice * */
  GPtrArray   *choice_lists; /* DkChoices *: the options of its choices */
  DkExpr      *select;    /* the date that selects the version; NULL: the as-of date */
  guint        select_reg;
  DkExpr      *held;      /* true while the enterprise has the title; NULL: it is no title that one has */
  DkExpr      *held_until;/* its last day; NULL when the pack does not say */
  guint        held_reg, held_until_reg; /* DK_NO_REGISTER without them */
  const DkNode *examples; /* private: see dk_pack_get_examples () */
  DkDocument  *document;
};

typedef struct _DkRulebook DkRulebook;

/* @scope is borrowed and must outlive the rulebook. */
DkRulebook      *dk_rulebook_new      (const DkScope *scope);
void             dk_rulebook_free     (DkRulebook *book);
/* Reads one pack. A built-in pack cannot be replaced by one that is not. FALSE when it has errors. */
gboolean         dk_rulebook_load     (DkRulebook *book, const char *path, gboolean is_builtin, DkProblems *problems);
gboolean         dk_rulebook_take_document (DkRulebook *book, DkDocument *document, gboolean is_builtin, DkProblems *problems);
/* Resolves names, checks types and units, and compiles. Call once, after all packs. */
gboolean         dk_rulebook_compile  (DkRulebook *book, DkProblems *problems);
const DkScope   *dk_rulebook_get_scope   (const DkRulebook *book);
const DkProgram *dk_rulebook_get_program (const DkRulebook *book);
GPtrArray       *dk_rulebook_get_packs   (const DkRulebook *book); /* DkPack *, (transfer none) */
DkPack          *dk_rulebook_find_pack   (const DkRulebook *book, const char *id);
/* Compiles one more expression against the facts and packs, for `eval`: an item of kind value, owned by the rulebook. Not while
 * another thread runs the program; make runs afterwards. */
const DkItem    *dk_rulebook_compile_expression (DkRulebook *book, const char *text, DkProblems *problems);
/* Many of them, which takes little longer than one. @items has a place for each text: NULL for one that has a fault. */
void             dk_rulebook_compile_expressions (DkRulebook *book, const char *const *texts, const DkItem **items, DkProblems *problems);
/* The rule with a whole id, such as stsme.employees, as it is in @version, or NULL. */
DkItem          *dk_version_find_item (const DkVersion *version, const char *id);
/* The nth line, from 0, that @item is in the editions in force on @day, the last of the year or period; NULL after the last. */
const DkReturnLine *dk_item_find_return_line (const DkItem *item, guint nth, gint64 day);
/* The worked examples, which the assess room runs; read from the file now. NULL if there are none, or on error. */
const DkNode    *dk_pack_get_examples (const DkPack *pack, DkProblems *problems);
/* Whether packs may be of that kind: certification, listing … */
gboolean         dk_pack_is_kind          (const char *kind);
/* Whether the pack is a board to be listed on, and no title. */
gboolean         dk_pack_is_listing       (const DkPack *pack);
/* Below 0 if the first stands on the lower rung; what has no rung comes last. Equals keep their order where a sort is stable. */
int              dk_pack_compare_rungs    (const DkPack *a, const DkPack *b);
/* What the pack is called where there is little room: its short title, or else its title. @language: "zh" or "en". */
const char      *dk_pack_get_short_title (const DkPack *pack, const char *language);
/* The same of a rule; what has neither has its id. */
const char      *dk_item_get_short_title (const DkItem *item, const char *language);
/* Whether it holds figures against each other, and is no programme. */
gboolean         dk_pack_is_check (const DkPack *pack);
/* The version of @pack in force on @day, or NULL. */
DkVersion       *dk_pack_find_version (const DkPack *pack, gint64 day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkRulebook, dk_rulebook_free)

G_END_DECLS
