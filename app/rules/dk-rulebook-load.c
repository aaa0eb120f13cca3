/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packs of a rulebook: how they come into it, and how they are found. */
#define G_LOG_DOMAIN "dk-rulebook"

#include "dk-rulebook-private.h"

#include "dk-pack-private.h"

#include <string.h>

const DkScope *
dk_rulebook_get_scope (const DkRulebook *self)
{
  return self->scope;
}

const DkProgram *
dk_rulebook_get_program (const DkRulebook *self)
{
  return self->program;
}

GPtrArray *
dk_rulebook_get_packs (const DkRulebook *self)
{
  return self->packs;
}

DkPack *
dk_rulebook_find_pack (const DkRulebook *self,
                       const char       *id)
{
  for (guint i = 0; i < self->packs->len; i++)
    {
      DkPack *pack = g_ptr_array_index (self->packs, i);

      if (strcmp (pack->id, id) == 0)
        return pack;
    }
  return NULL;
}

gboolean
dk_rulebook_take_document (DkRulebook *self,
                           DkDocument *document,
                           gboolean    is_builtin,
                           DkProblems *problems)
{
  guint before = dk_problems_count (problems);
  DkPack *pack = dk_pack_read (document, self->scope, self->arena, problems);
  const DkPack *other;

  if (pack == NULL)
    return FALSE;
  pack->is_builtin = is_builtin;
  other = dk_rulebook_find_pack (self, pack->id);
  if (other != NULL)
    {
      dk_problems_add (problems, pack->place, other->is_builtin && !is_builtin
                                                ? "the pack %s comes with Dengke (%s) and cannot be replaced; give yours another id"
                                                : "the pack %s is there already (%s)",
                       pack->id, other->place.file);
      dk_pack_free (pack);
      return FALSE;
    }
  g_ptr_array_add (self->packs, pack);
  return dk_problems_count (problems) == before;
}

gboolean
dk_rulebook_load (DkRulebook *self,
                  const char *path,
                  gboolean    is_builtin,
                  DkProblems *problems)
{
  DkDocument *document = dk_document_load_before (path, "examples", problems);

  return document != NULL && dk_rulebook_take_document (self, document, is_builtin, problems);
}
