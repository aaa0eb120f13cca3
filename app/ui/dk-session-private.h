/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a session, shared by its files. */
#pragma once

#include "dk-session.h"

G_BEGIN_DECLS

struct _DkSession
{
  GObject       parent_instance;
  DkWorkspace  *workspace;
  gint64        id;
  char         *name;
  DkEnterprise *enterprise;
  GHashTable   *rows;          /* register -> GArray of gint64: the ids of its rows, in order */
  gboolean      in_group;
  /* The trial: one answer as it is being typed. */
  DkEnterprise *trial;
  /* What follows, from a thread: never more than one at a time, and always of the latest answers at the end. */
  DkAssessment *assessment;
  DkQuestion    question;
  gboolean      has_question;
  gboolean      is_running;    /* the thread works */
  gboolean      is_stale;      /* something changed since it began */
  gboolean      needs_question;
  guint         start_source;
  DkArena      *arena;         /* of the wording */
  GHashTable   *derived;       /* const DkItem * -> const DkResult *, of this assessment */
};

/* An edit of that fact or register is written: tells, and works out what follows. */
void  dk_session_edit_done        (DkSession *self, const char *id);
/* NULL for DK_ANSWER_NONE. (transfer full) */
char *dk_session_write_answer     (const DkSymbol *fact, DkAnswerState state, const DkValue *value);
/* The ids of a register's rows: dk-session-rows.c. */
gboolean dk_session_read_rows     (DkSession *self, guint index, GError **error);

G_END_DECLS
