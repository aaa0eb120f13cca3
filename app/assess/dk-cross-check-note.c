/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What explains a disagreement: a note of the enterprise, as long as the figures are those that it explained. */
#define G_LOG_DOMAIN "dk-cross-check"

#include "dk-cross-check.h"

#include "dk-assessment-private.h"

#include <string.h>

char *
dk_disagreement_dup_subject (const DkAssessment   *assessment,
                             const DkDisagreement *self)
{
  const DkChoices *sources = dk_catalogue_get_sources (assessment->catalogue);
  g_autofree char *subject = NULL;

  if (self->result != NULL)
    {
      const DkItem *item = self->result->item;
      const char *bracket = strchr (item->id, '[');
      g_autofree char *id = bracket != NULL ? g_strndup (item->id, (gsize) (bracket - item->id)) : g_strdup (item->id);

      /* By the year itself: next year it is another one before the last. */
      return item->n_years > 0 ? g_strdup_printf ("rule:%s@%d", id, assessment->last_year + item->year) : g_strdup_printf ("rule:%s", id);
    }
  subject = dk_note_dup_subject (self->sides[0].fact, self->period);
  if (self->kind == DK_DISAGREEMENT_SOURCE)
    return g_strdup_printf ("source:%s:%s", subject, (const char *) g_ptr_array_index (sources->options, self->sides[0].source));
  return g_strdup_printf ("%s:%s", dk_disagreement_get_kind (self), subject);
}

/* All rows of a register, in few characters. */
static char *
digest_rows (const DkAssessment *assessment,
             guint               index)
{
  const DkRegister *reg = g_ptr_array_index (assessment->scope->registers, index);
  const DkRows *rows = dk_enterprise_get_rows (assessment->enterprise, index);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < rows->n_rows * reg->columns->len; i++)
    {
      g_autofree char *cell = dk_cell_to_json (g_ptr_array_index (reg->columns, i % reg->columns->len), &rows->cells[i]);

      g_checksum_update (checksum, (const guchar *) (cell != NULL ? cell : ""), -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  return g_strdup_printf ("%s: %u, %.16s", reg->id, rows->n_rows, g_checksum_get_string (checksum));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A rule is explained for the answers and rows that it reads: that its outcome is the same by chance explains nothing. */
static char *
list_inputs (const DkAssessment *assessment,
             const DkResult     *result)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  guint reg = result->item->verdict_reg;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < dk_program_n_slots (assessment->program); i++)
    {
      const DkFactRef *ref = &assessment->answers[i];
      g_autofree char *name = NULL, *value = NULL;

      if (slots[i].kind != DK_SLOT_FACT || assessment->canonical[i] != i || (assessment->inputs[i].state & DK_UNANSWERED)
          || !dk_program_depends (assessment->program, reg, i))
        continue;
      name = dk_note_dup_subject (ref->fact, ref->period);
      value = dk_fact_value_to_json (ref->fact, &assessment->inputs[i]);
      g_ptr_array_add (texts, g_strdup_printf ("%s: %s", name, value));
    }
  for (guint i = 0; i < assessment->scope->registers->len; i++)
    if (dk_program_reads_rows (assessment->program, reg, i))
      g_ptr_array_add (texts, digest_rows (assessment, i));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv ("; ", (char **) texts->pdata);
}

char *
dk_disagreement_dup_figures (const DkAssessment   *assessment,
                             const DkDisagreement *self)
{
  g_autofree char *first = NULL, *second = NULL;

  if (self->result != NULL)
    return list_inputs (assessment, self->result);
  first = dk_fact_value_to_json (self->sides[0].fact, &self->sides[0].value);
  second = dk_fact_value_to_json (self->sides[1].fact, &self->sides[1].value);
  return g_strdup_printf ("%s | %s", first, second);
}

void
dk_disagreement_find_note (const DkAssessment *assessment,
                           DkDisagreement     *self)
{
  g_autofree char *subject = NULL, *figures = NULL;

  if (dk_enterprise_get_notes (assessment->enterprise)->len == 0)
    return;
  subject = dk_disagreement_dup_subject (assessment, self);
  self->note = dk_enterprise_get_note (assessment->enterprise, subject);
  if (self->note == NULL || *self->note->finding == '\0')
    return;
  figures = dk_disagreement_dup_figures (assessment, self);
  self->is_explained = strcmp (self->note->explains, figures) == 0;
}

DkNote *
dk_disagreement_explain (const DkAssessment   *assessment,
                         const DkDisagreement *self,
                         const char           *finding,
                         const char           *evidence)
{
  g_autofree char *subject = dk_disagreement_dup_subject (assessment, self), *figures = dk_disagreement_dup_figures (assessment, self);
  g_autofree char *text = g_strstrip (g_strdup (finding));

  /* Without a reason nothing is explained. */
  return dk_note_new (subject, text, evidence, *text != '\0' ? figures : "");
}
