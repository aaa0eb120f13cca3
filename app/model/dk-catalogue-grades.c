/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-catalogue"

#include "dk-catalogue-private.h"

static const char *const grade_keys[] = { "from", "to", "zh", "en", NULL };

/* For lists of grades. */
void
dk_grade_free (gpointer data)
{
  DkGrade *grade = data;

  dk_text_clear (&grade->label);
  g_free (grade);
}

static gboolean
is_within (DkNumber low,
           DkNumber high,
           DkNumber outer_low,
           DkNumber outer_high)
{
  return dk_number_compare (outer_low, low) <= 0 && dk_number_compare (high, outer_high) <= 0;
}

static void
read_grade (DkCatalogueReader *self,
            const DkNode      *node,
            const char        *inside,
            const char        *what,
            DkFact            *fact)
{
  const DkValue *domain = &fact->symbol->domain;
  guint n_before = dk_problems_count (self->problems);
  const DkNode *zh, *en;
  DkNumber low = DK_ZERO, high;
  DkGrade *grade;

  dk_entry_check_keys (self, node, inside, grade_keys);
  zh = dk_entry_read_scalar (self, node, inside, "zh", TRUE);
  en = dk_entry_read_scalar (self, node, inside, "en", TRUE);
  if (dk_entry_read_scalar (self, node, inside, "from", TRUE) != NULL)
    dk_entry_read_number (self, node, inside, "from", &low);
  high = low;
  dk_entry_read_number (self, node, inside, "to", &high);
  if (zh == NULL || en == NULL || dk_problems_count (self->problems) > n_before)
    return;
  if (dk_number_compare (low, high) > 0)
    {
      dk_problems_add (self->problems, node->place, "%s: \"from\" must not be more than \"to\"", inside);
      return;
    }
  if (!is_within (low, high, domain->low, dk_value_high (domain)))
    {
      dk_problems_add (self->problems, node->place, "%s: a grade lies between \"min\" and \"max\" of its fact", inside);
      return;
    }
  for (guint i = 0; i < fact->grades->len; i++)
    {
      const DkGrade *other = g_ptr_array_index (fact->grades, i);

      if (!dk_number_equal (other->low, low) || !dk_number_equal (other->high, high))
        continue;
      dk_problems_add (self->problems, node->place, "%s: grade %u has the same figures", inside, i + 1);
      return;
    }
  grade = g_new0 (DkGrade, 1);
  *grade = (DkGrade) { low, high, { g_strdup (zh->text), g_strdup (en->text) } };
  g_ptr_array_add (fact->grades, grade);
}

/* The official scale at "grades", which only judged numbers have. */
void
dk_catalogue_read_grades (DkCatalogueReader *self,
                          const DkNode      *entry,
                          const char        *what,
                          DkFact            *fact)
{
  const DkNode *list;

  if (dk_node_get (entry, "grades") == NULL)
    return;
  if (fact->symbol->kind != DK_KIND_NUMBER || !fact->symbol->is_judged)
    {
      dk_entry_refuse_key (self, entry, what, "grades", "numbers that are judged");
      return;
    }
  list = dk_entry_read_list (self, entry, what, "grades", FALSE);
  if (list == NULL)
    return;
  fact->grades = g_ptr_array_new_with_free_func (dk_grade_free);
  for (guint i = 0; i < list->n_children; i++)
    {
      g_autofree char *inside = g_strdup_printf ("%s: grade %u", what, i + 1);

      if (dk_entry_is_kind (self, list->children[i], DK_NODE_MAPPING, inside))
        read_grade (self, list->children[i], inside, what, fact);
    }
  if (list->n_children == 0)
    dk_problems_add (self->problems, list->place, "%s: grades: at least one is wanted", what);
}

/**
 * dk_fact_find_grade:
 * @fact: a fact
 * @value: an answer to it
 *
 * Grades may overlap, as where all figures of one are among those of another. The one whose figures are just those of
 * @value comes first, then the first in the list that holds all of it.
 *
 * Returns: (nullable): the grade that @value stands for, or %NULL if there is none
 */
const DkGrade *
dk_fact_find_grade (const DkFact  *fact,
                    const DkValue *value)
{
  const DkGrade *found = NULL;
  DkNumber high;

  if (fact->grades == NULL || value->state & ~(DK_POINT | DK_RANGE))
    return NULL;
  high = dk_value_high (value);
  for (guint i = 0; i < fact->grades->len; i++)
    {
      const DkGrade *grade = g_ptr_array_index (fact->grades, i);

      if (dk_number_equal (grade->low, value->low) && dk_number_equal (grade->high, high))
        return grade;
      if (found == NULL && is_within (value->low, high, grade->low, grade->high))
        found = grade;
    }
  return found;
}
