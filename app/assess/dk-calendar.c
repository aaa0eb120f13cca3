/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-calendar"

#include "dk-calendar.h"

#include "dk-assessment-private.h"

#include <glib/gi18n.h>

/* --- Days --- */

static int
compare_deadlines (gconstpointer a,
                   gconstpointer b)
{
  const DkDeadline *x = a, *y = b;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return dk_pack_compare_rungs (x->programme->item->pack, y->programme->item->pack);
}

GArray *
dk_calendar_list_deadlines (DkAssessment *assessment)
{
  GArray *deadlines = g_array_new (FALSE, FALSE, sizeof (DkDeadline));
  GPtrArray *results = dk_assessment_get_results (assessment);
  gint64 as_of = dk_assessment_get_as_of (assessment);

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *programme = g_ptr_array_index (results, i);
      const DkPack *pack = programme->item->pack;
      gboolean has_end, is_said = FALSE;
      gint64 end, day;

      has_end = dk_assessment_get_held_until (assessment, pack, &end);
      for (guint k = 0; k < pack->duties->len; k++)
        {
          const DkNotice *duty = g_ptr_array_index (pack->duties, k);

          if (!dk_assessment_get_due (assessment, duty, &day))
            continue;
          is_said = is_said || (has_end && day == end);
          g_array_append_val (deadlines, ((DkDeadline) { day, programme, duty, day < as_of }));
        }
      if (has_end && !is_said)
        g_array_append_val (deadlines, ((DkDeadline) { end, programme, NULL, end < as_of }));
    }
  g_array_sort (deadlines, compare_deadlines);
  return deadlines;
}

const char *
dk_deadline_get_title (const DkDeadline *deadline,
                       const char       *language)
{
  return deadline->duty != NULL ? dk_text_get (&deadline->duty->title, language) : dk_tr (language, N_("The title ends"));
}

/* --- Titles --- */

static void
free_holding (gpointer data)
{
  DkHolding *holding = data;

  if (holding->losses != NULL)
    g_array_unref (holding->losses);
  g_free (holding);
}

static int
compare_holdings (gconstpointer a,
                  gconstpointer b)
{
  return dk_pack_compare_rungs ((*(const DkHolding *const *) a)->programme->item->pack, (*(const DkHolding *const *) b)->programme->item->pack);
}

GPtrArray *
dk_calendar_list_holdings (DkAssessment *assessment)
{
  GPtrArray *holdings = g_ptr_array_new_with_free_func (free_holding);
  GPtrArray *results = dk_assessment_get_results (assessment);

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *programme = g_ptr_array_index (results, i);
      DkHolding *holding;

      if (dk_assessment_get_held (assessment, programme->item->pack) != DK_HELD_YES)
        continue;
      holding = g_new0 (DkHolding, 1);
      holding->programme = programme;
      holding->has_until = dk_assessment_get_held_until (assessment, programme->item->pack, &holding->until);
      g_ptr_array_add (holdings, holding);
    }
  g_ptr_array_sort (holdings, compare_holdings);
  return holdings;
}

/* --- What a title carries --- */

/* A row by which titles may be held. */
typedef struct
{
  guint reg, row;
} Row;

/* Takes back answers, by hand, to what lists could give of a title: only the lists say by which row it is held. */
static void
clear_answers (DkEnterprise       *copy,
               const DkAssessment *assessment,
               guint               held_reg)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);

  for (guint i = 0; i < dk_program_n_slots (assessment->program); i++)
    if (slots[i].kind == DK_SLOT_FACT && slots[i].derivation != NULL && dk_program_depends (assessment->program, held_reg, i))
      dk_enterprise_set (copy, slots[i].fact, dk_assessment_get_period (assessment, i), NULL, NULL);
}

/* The enterprise without these rows. */
static DkEnterprise *
copy_without (const DkEnterprise *enterprise,
              const GArray       *rows) /* Row; of a register in rising order */
{
  DkEnterprise *copy = dk_enterprise_dup (enterprise);

  for (guint i = rows->len; i > 0; i--)
    {
      const Row *row = &g_array_index (rows, Row, i - 1);

      dk_enterprise_remove_row (copy, row->reg, row->row);
    }
  return copy;
}

static DkAssessment *
assess_again (const DkAssessment *assessment,
              DkRulebook         *book,
              const DkEnterprise *enterprise)
{
  return dk_assessment_new (book, enterprise, dk_assessment_get_as_of (assessment), dk_assessment_get_year (assessment), NULL);
}

/* All rows of registers that any of @holdings is read from. */
static GArray *
list_rows (const GPtrArray    *holdings,
           const DkAssessment *assessment,
           const DkEnterprise *enterprise)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint reg = 0; reg < assessment->scope->registers->len; reg++)
    {
      gboolean is_read = FALSE;

      for (guint i = 0; i < holdings->len && !is_read; i++)
        {
          const DkHolding *holding = g_ptr_array_index (holdings, i);

          is_read = dk_program_reads_rows (assessment->program, holding->programme->item->pack->held_reg, reg);
        }
      for (guint i = 0; is_read && i < dk_enterprise_get_rows (enterprise, reg)->n_rows; i++)
        g_array_append_val (rows, ((Row) { reg, i }));
    }
  return rows;
}

/* @rows but for the one at @index. */
static GArray *
list_others (const GArray *rows,
             guint         index)
{
  GArray *others = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint i = 0; i < rows->len; i++)
    if (i != index)
      g_array_append_val (others, g_array_index (rows, Row, i));
  return others;
}

static gboolean
is_worse (DkVerdict before,
          DkVerdict after)
{
  return (before == DK_VERDICT_PASS && after != DK_VERDICT_PASS) || (before == DK_VERDICT_OPEN && after == DK_VERDICT_FAIL);
}

static int
compare_losses (gconstpointer a,
                gconstpointer b)
{
  return dk_pack_compare_rungs (((const DkLoss *) a)->programme->item->pack, ((const DkLoss *) b)->programme->item->pack);
}

static GArray *
list_losses (const DkHolding *holding,
             DkAssessment    *with,
             DkAssessment    *without)
{
  GArray *losses = g_array_new (FALSE, FALSE, sizeof (DkLoss));
  GPtrArray *before = dk_assessment_get_results (with), *after = dk_assessment_get_results (without);

  for (guint i = 0; i < before->len; i++)
    {
      const DkResult *programme = g_ptr_array_index (before, i), *other = g_ptr_array_index (after, i);
      const DkPack *pack = programme->item->pack;
      DkLoss loss = { programme, other->verdict, FALSE };

      if (programme == holding->programme)
        continue;
      loss.ends = dk_assessment_get_held (with, pack) == DK_HELD_YES && dk_assessment_get_held (without, pack) != DK_HELD_YES;
      if (loss.ends || is_worse (programme->verdict, other->verdict))
        g_array_append_val (losses, loss);
    }
  g_array_sort (losses, compare_losses);
  return losses;
}

static guint
get_held_register (const DkHolding *holding)
{
  return holding->programme->item->pack->held_reg;
}

void
dk_calendar_find_losses (GPtrArray          *holdings,
                         DkAssessment       *assessment,
                         DkRulebook         *book,
                         const DkEnterprise *enterprise)
{
  g_autoptr(GArray) rows = list_rows (holdings, assessment, enterprise);
  g_autoptr(GPtrArray) alone = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_assessment_free);

  /* A row holds a title if it does so without the other ones. */
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(GArray) others = list_others (rows, i);
      g_autoptr(DkEnterprise) copy = copy_without (enterprise, others);

      for (guint k = 0; k < holdings->len; k++)
        clear_answers (copy, assessment, get_held_register (g_ptr_array_index (holdings, k)));
      g_ptr_array_add (alone, assess_again (assessment, book, copy));
    }
  for (guint i = 0; i < holdings->len; i++)
    {
      DkHolding *holding = g_ptr_array_index (holdings, i);
      const DkPack *pack = holding->programme->item->pack;
      g_autoptr(GArray) held_by = g_array_new (FALSE, FALSE, sizeof (Row));
      g_autoptr(DkEnterprise) copy = NULL;
      g_autoptr(DkAssessment) without = NULL;

      for (guint k = 0; k < rows->len; k++)
        if (dk_assessment_get_held (g_ptr_array_index (alone, k), pack) == DK_HELD_YES)
          g_array_append_val (held_by, g_array_index (rows, Row, k));
      copy = copy_without (enterprise, held_by);
      clear_answers (copy, assessment, get_held_register (holding));
      without = assess_again (assessment, book, copy);
      g_clear_pointer (&holding->losses, g_array_unref);
      holding->is_by_answer = dk_assessment_get_held (without, pack) == DK_HELD_YES;
      if (!holding->is_by_answer)
        holding->losses = list_losses (holding, assessment, without);
    }
}

static void
append_titles (GString         *text,
               const DkHolding *holding,
               gboolean         ends,
               const char      *format,
               const char      *language)
{
  g_autoptr(GString) titles = g_string_new (NULL);

  for (guint i = 0; i < holding->losses->len; i++)
    {
      const DkLoss *loss = &g_array_index (holding->losses, DkLoss, i);

      if (loss->ends != ends)
        continue;
      if (titles->len > 0)
        g_string_append (titles, dk_tr_context (language, "list", NC_ ("list", ", ")));
      g_string_append (titles, dk_pack_get_short_title (loss->programme->item->pack, language));
    }
  if (titles->len == 0)
    return;
  if (text->len > 0)
    g_string_append (text, dk_tr_context (language, "list", NC_ ("list", "; ")));
  g_string_append_printf (text, format, titles->str);
}

char *
dk_holding_describe_losses (const DkHolding *holding,
                            const char      *language)
{
  GString *text;

  if (holding->is_by_answer)
    return g_strdup (dk_tr (language, N_("Known from an answer alone: what rests on it is not worked out")));
  if (holding->losses == NULL)
    return NULL;
  text = g_string_new (NULL);
  /* TRANSLATORS: what becomes of programmes when a certificate is gone; a list of their names follows. */
  append_titles (text, holding, TRUE, dk_tr (language, N_("Without it these end too: %s")), language);
  append_titles (text, holding, FALSE, dk_tr (language, N_("Without it these are not met: %s")), language);
  if (text->len == 0)
    g_string_append (text, dk_tr (language, N_("No other result rests on it")));
  return g_string_free (text, FALSE);
}
