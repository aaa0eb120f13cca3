/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single sources say of a fact, beside its answer. */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise.h"

#include "dk-catalogue-private.h"
#include "dk-enterprise-private.h"

static gboolean
is_source (const DkEnterprise *enterprise,
           guint               source)
{
  const DkChoices *sources = enterprise->catalogue->sources;

  return sources != NULL && source < sources->options->len;
}

/**
 * dk_enterprise_get_figure:
 * @enterprise: an enterprise
 * @fact: a fact of its catalogue
 * @period: a period of the fact
 * @source: the number of a source
 * @value: (out): what that source says; untouched if it says nothing
 *
 * Returns: whether it says anything
 */
gboolean
dk_enterprise_get_figure (const DkEnterprise *enterprise,
                          const DkSymbol     *fact,
                          DkPeriodKey         period,
                          guint               source,
                          DkValue            *value)
{
  const DkAnswers *figures;
  gint64 key = dk_figure_key (dk_period_to_key (period), source);
  guint i;

  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, FALSE);
  g_return_val_if_fail (is_source (enterprise, source), FALSE);

  figures = &enterprise->figures[fact->index];
  i = dk_answers_search (figures, key);
  if (i == figures->n_answers || figures->answers[i].key != key)
    return FALSE;
  *value = figures->answers[i].value;
  return TRUE;
}

/**
 * dk_enterprise_set_figure:
 * @enterprise: an enterprise
 * @fact: a fact of its catalogue
 * @period: a period of the fact
 * @source: the number of a source
 * @value: (nullable): what that source says, which may be a range; %NULL, or a value that says nothing, takes it away
 * @error: what does not fit
 *
 * The answer of the fact stays as it is.
 *
 * Returns: %FALSE, and nothing changed, if the period or value is none of the fact's
 */
gboolean
dk_enterprise_set_figure (DkEnterprise    *enterprise,
                          const DkSymbol  *fact,
                          DkPeriodKey      period,
                          guint            source,
                          const DkValue   *value,
                          GError         **error)
{
  gint64 key = dk_figure_key (dk_period_to_key (period), source);
  DkValue taken;

  g_return_val_if_fail (fact->index < enterprise->catalogue->facts->len, FALSE);
  g_return_val_if_fail (is_source (enterprise, source), FALSE);

  if (!dk_period_is_of (fact, period, error))
    return FALSE;
  if (value == NULL || dk_fact_says_nothing (fact, value))
    {
      dk_answers_forget (&enterprise->figures[fact->index], key);
      return TRUE;
    }
  taken = *value;
  if (!dk_fact_take_value (dk_catalogue_get_fact_of (enterprise->catalogue, fact), &taken, error))
    {
      g_prefix_error (error, "%s: ", fact->id);
      return FALSE;
    }
  dk_answers_store (&enterprise->figures[fact->index], key, &taken, enterprise->arena);
  return TRUE;
}

GArray *
dk_enterprise_list_figures (const DkEnterprise *enterprise,
                            const DkSymbol     *fact)
{
  const GPtrArray *facts = enterprise->catalogue->scope->facts;
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DkFigure));

  for (guint i = fact != NULL ? fact->index : 0; i < (fact != NULL ? fact->index + 1 : enterprise->catalogue->facts->len); i++)
    {
      const DkAnswers *figures = &enterprise->figures[i];

      for (guint j = 0; j < figures->n_answers; j++)
        {
          DkFigure figure = {
            g_ptr_array_index (facts, i),
            dk_period_from_key (figures->answers[j].key / DK_MAX_SOURCES),
            (guint) (figures->answers[j].key % DK_MAX_SOURCES),
            figures->answers[j].value,
          };

          g_array_append_val (list, figure);
        }
    }
  return list;
}
