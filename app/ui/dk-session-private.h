/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a session, shared by its files. */
#pragma once

#include "dk-session.h"

G_BEGIN_DECLS

/* One edit on its way into the file. */
typedef struct
{
  DkEditKind   kind;    /* all but DK_EDIT_ADDED */
  char        *subject; /* the fact, the register, or what a note is about */
  DkPeriodKey  period;
  char        *source;  /* that says it, or NULL: the answer */
  DkLayer      layer;   /* of a fact: what is so, or what is planned */
  gint64       row;     /* as the session calls it, even if the workspace does not know it yet */
  gint64       before;  /* of a row that is added */
  char        *column;
  char        *value;   /* as it is kept; the name, of a name */
} DkEdit;

struct _DkSession
{
  GObject       parent_instance;
  DkWorkspace  *workspace;
  gint64        id;
  char         *name;
  DkEnterprise *enterprise;
  GHashTable   *rows;          /* register -> GArray of gint64: the ids of its rows, in order */
  /* The group of edits that is open, and how things were when it began. */
  GPtrArray    *group;         /* DkEdit *, or NULL */
  gboolean      group_waits;   /* it cannot be written now */
  DkEnterprise *enterprise_before;
  GHashTable   *rows_before;
  /* What could not be written yet. */
  GQueue        unsaved;       /* GPtrArray * of DkEdit *: a step each, in order */
  char         *reason;        /* why not */
  GHashTable   *row_ids;       /* gint64 * -> gint64 *: rows that had a number before the workspace gave them theirs */
  gint64        last_row;      /* of those numbers, from -1 down */
  gboolean      must_reload;   /* the file was changed meanwhile */
  /* The trial: one answer as it is being typed. */
  DkEnterprise *trial;
  /* What follows, from a thread: never more than one at a time, and always of the latest answers at the end. */
  DkAssessment *assessment;
  DkQuestion    question;
  gboolean      has_question;
  gboolean      is_running;    /* the thread works */
  gboolean      is_stale;      /* something changed since it began */
  gboolean      needs_question;
  gint64        took;          /* microseconds of the last assessments, smoothed */
  guint         start_source;
  DkArena      *arena;         /* of the wording */
  GHashTable   *derived;       /* const DkItem * -> const DkResult *, of this assessment */
};

/* An edit of that fact or register is written: tells, and works out what follows. */
void  dk_session_edit_done        (DkSession *self, const char *id);
/* NULL for DK_ANSWER_NONE. (transfer full) */
char *dk_session_write_answer     (const DkSymbol *fact, DkAnswerState state, const DkValue *value);
/* Writing: dk-session-write.c. */
DkEdit  *dk_edit_new              (DkEditKind kind, const char *subject);
void     dk_edit_free             (gpointer data);
gboolean dk_session_write         (DkSession *self, DkEdit *edit, gint64 *row, GError **error); /* (transfer full) @edit */
void     dk_session_tell_saved    (DkSession *self); /* nothing waits any more: dk-session.c */
void     dk_session_tell_snapshots (DkSession *self); /* dk-session.c */
/* The ids of a register's rows: dk-session-rows.c. */
gboolean dk_session_read_rows     (DkSession *self, guint index, GError **error);

G_END_DECLS
