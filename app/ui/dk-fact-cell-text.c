/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field of an answer: what stands in it, and how it reads. */
#define G_LOG_DOMAIN "dk-fact-cell"

#include "dk-fact-cell-private.h"

#include "dk-amount.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

/* A range has to get by with the room of a figure: 1,400.00–1,600.00 says no more than 1,400–1,600. */
static char *
shorten (const char *text)
{
  GString *out = g_string_new (text);

  for (char *at; (at = strstr (out->str, ".00")) != NULL && !g_ascii_isdigit (at[3]);)
    g_string_erase (out, at - out->str, 3);
  return g_string_free (out, FALSE);
}

char *
dk_fact_cell_dup_text (DkFactCell    *self,
                       DkAnswerState  state,
                       const DkValue *value)
{
  switch (state)
    {
    case DK_ANSWER_UNKNOWN:
      return g_strdup (_("Not known yet"));
    case DK_ANSWER_VALUE:
      {
        g_autofree char *text = dk_format_value (self->fact->symbol, value);

        return self->fact->symbol->kind == DK_KIND_NUMBER && value->state & DK_RANGE ? shorten (text) : g_steal_pointer (&text);
      }
    case DK_ANSWER_NONE:
    default:
      return g_strdup ("");
    }
}

char *
dk_fact_cell_dup_reading (DkFactCell *self,
                          const char *text)
{
  const DkSymbol *fact = self->fact->symbol;

  if (fact->kind == DK_KIND_NUMBER && fact->unit == DK_UNIT_YUAN && self->known.state == DK_ANSWER_VALUE)
    return dk_amount_value_to_words (&self->known.value, dk_settings_get_language ());
  return g_utf8_strlen (text, -1) > DK_FACT_CELL_LONG ? g_strdup (text) : NULL;
}
