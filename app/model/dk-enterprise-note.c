/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-enterprise"

#include "dk-enterprise-note.h"

#include "dk-catalogue-private.h"
#include "dk-enterprise-private.h"
#include "dk-suggest.h"

#include <string.h>

#define RULE "rule:"

/* What stands before the fact in the subject of a cross-check. */
static const char *const checks[] = { "source:", "derived:", "part:", NULL };
static const char *const keys[] = { "finding", "evidence", "explains", NULL };

static char *
take_text (const char *text)
{
  return g_strstrip (g_utf8_make_valid (text != NULL ? text : "", -1));
}

DkNote *
dk_note_new (const char *subject,
             const char *finding,
             const char *evidence,
             const char *explains)
{
  DkNote *note = g_new0 (DkNote, 1);

  note->subject = g_strdup (subject);
  note->finding = take_text (finding);
  note->evidence = take_text (evidence);
  note->explains = take_text (explains);
  return note;
}

DkNote *
dk_note_dup (const DkNote *note)
{
  return dk_note_new (note->subject, note->finding, note->evidence, note->explains);
}

void
dk_note_free (DkNote *note)
{
  g_free (note->subject);
  g_free (note->finding);
  g_free (note->evidence);
  g_free (note->explains);
  g_free (note);
}

gboolean
dk_note_equal (const DkNote *a,
               const DkNote *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return strcmp (a->subject, b->subject) == 0 && strcmp (a->finding, b->finding) == 0 && strcmp (a->evidence, b->evidence) == 0
         && strcmp (a->explains, b->explains) == 0;
}

static gboolean
is_blank (const DkNote *note)
{
  return *note->finding == '\0' && *note->evidence == '\0' && *note->explains == '\0';
}

char *
dk_note_to_json (const DkNote *note)
{
  const char *const texts[] = { note->finding, note->evidence, note->explains };
  GString *json = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (*texts[i] == '\0')
        continue;
      g_string_append (json, json->len == 0 ? "{" : ", ");
      dk_json_append_string (json, keys[i]);
      g_string_append (json, ": ");
      dk_json_append_string (json, texts[i]);
    }
  g_string_append (json, json->len == 0 ? "{}" : "}");
  return g_string_free (json, FALSE);
}

static DkNote *
read_note (const char   *subject,
           const DkNode *node,
           DkProblems   *problems)
{
  const char *texts[G_N_ELEMENTS (keys) - 1] = { NULL };
  gboolean is_good = TRUE;

  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (problems, node->place, "%s: {\"finding\": \"…\", \"evidence\": \"…\"} is wanted", subject);
      return NULL;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i], *value = node->children[i + 1];
      guint k = 0;

      while (keys[k] != NULL && strcmp (keys[k], key->text) != 0)
        k++;
      if (keys[k] == NULL)
        {
          DkSuggestion suggestion;
          g_autofree char *hint = NULL;

          dk_suggestion_begin (&suggestion, key->text);
          for (guint j = 0; keys[j] != NULL; j++)
            dk_suggestion_offer (&suggestion, keys[j]);
          hint = dk_suggestion_end (&suggestion);
          dk_problems_add (problems, key->place, "%s: unknown key \"%s\"%s", subject, key->text, hint);
          is_good = FALSE;
        }
      else if (value->kind != DK_NODE_SCALAR || value->style == DK_SCALAR_PLAIN)
        {
          dk_problems_add (problems, value->place, "%s, %s: a text in quotes is wanted", subject, key->text);
          is_good = FALSE;
        }
      else
        {
          texts[k] = value->text;
        }
    }
  return is_good ? dk_note_new (subject, texts[0], texts[1], texts[2]) : NULL;
}

DkNote *
dk_note_parse_json (const char *subject,
                    const char *json)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse (NULL, json, strlen (json), DK_FORMAT_JSON, problems);

  return document != NULL ? read_note (subject, dk_document_get_root (document), problems) : NULL;
}

/* --- Subjects --- */

char *
dk_note_dup_subject (const DkSymbol *fact,
                     DkPeriodKey     period)
{
  g_autofree char *when = dk_period_to_string (period);

  return *when != '\0' ? g_strdup_printf ("%s@%s", fact->id, when) : g_strdup (fact->id);
}

/* What dk_period_to_string () writes, and nothing else. */
static gboolean
parse_period (const char  *text,
              DkPeriodKey *period)
{
  g_autofree char *back = NULL;
  gsize length = strlen (text);

  *period = (DkPeriodKey) { 0 };
  if (length < 4)
    return FALSE;
  period->year = (int) g_ascii_strtoll (text, NULL, 10);
  if (length == 7 && text[5] == 'Q')
    period->quarter = text[6] - '0';
  else if (length == 7)
    period->month = (int) g_ascii_strtoll (text + 5, NULL, 10);
  back = dk_period_to_string (*period);
  return strcmp (text, back) == 0;
}

/**
 * dk_note_find_fact:
 * @catalogue: what there is
 * @subject: the subject of a note
 * @period: (out): the period of the fact that it names
 * @is_check: (out): whether it is a cross-check
 *
 * Returns: (transfer none) (nullable): the fact; %NULL if @subject names a rule, or nothing of the catalogue (then it is no check either)
 */
const DkSymbol *
dk_note_find_fact (const DkCatalogue *catalogue,
                   const char        *subject,
                   DkPeriodKey       *period,
                   gboolean          *is_check)
{
  g_autofree char *text = NULL;
  char *at, *colon;
  const DkSymbol *fact;
  guint kind = 0;

  *period = (DkPeriodKey) { 0 };
  *is_check = g_str_has_prefix (subject, RULE) && subject[strlen (RULE)] != '\0';
  if (*is_check)
    return NULL;
  while (checks[kind] != NULL && !g_str_has_prefix (subject, checks[kind]))
    kind++;
  text = g_strdup (checks[kind] != NULL ? subject + strlen (checks[kind]) : subject);
  if (kind == 0)
    {
      colon = strrchr (text, ':');
      if (colon == NULL || catalogue->sources == NULL || dk_choices_find (catalogue->sources, colon + 1) < 0)
        return NULL;
      *colon = '\0';
    }
  at = strchr (text, '@');
  if (at != NULL)
    *at = '\0';
  fact = dk_scope_find_fact (catalogue->scope, text);
  if (fact == NULL || (at != NULL && !parse_period (at + 1, period)) || !dk_period_is_of (fact, *period, NULL))
    return NULL;
  *is_check = checks[kind] != NULL;
  return fact;
}

/* --- Those of an enterprise --- */

static guint
find_place (const DkEnterprise *enterprise,
            const char         *subject,
            gboolean           *is_there)
{
  guint i = 0;
  int order = 1;

  while (i < enterprise->notes->len
         && (order = strcmp (((const DkNote *) g_ptr_array_index (enterprise->notes, i))->subject, subject)) < 0)
    i++;
  *is_there = i < enterprise->notes->len && order == 0;
  return i;
}

const DkNote *
dk_enterprise_get_note (const DkEnterprise *enterprise,
                        const char         *subject)
{
  gboolean is_there;
  guint i = find_place (enterprise, subject, &is_there);

  return is_there ? g_ptr_array_index (enterprise->notes, i) : NULL;
}

GPtrArray *
dk_enterprise_get_notes (const DkEnterprise *enterprise)
{
  return enterprise->notes;
}

gboolean
dk_enterprise_set_note (DkEnterprise  *enterprise,
                        const DkNote  *note,
                        GError       **error)
{
  DkPeriodKey period;
  gboolean is_check, is_there;
  guint i;

  if (dk_note_find_fact (enterprise->catalogue, note->subject, &period, &is_check) == NULL && !is_check)
    {
      g_set_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE, "\"%s\" is neither a fact nor a cross-check", note->subject);
      return FALSE;
    }
  i = find_place (enterprise, note->subject, &is_there);
  if (is_there)
    g_ptr_array_remove_index (enterprise->notes, i);
  if (!is_blank (note))
    g_ptr_array_insert (enterprise->notes, (int) i, dk_note_dup (note));
  return TRUE;
}

/**
 * dk_enterprise_read_notes:
 * @enterprise: takes them over those it has
 * @node: a mapping of subjects and notes
 * @problems: takes all that is wrong
 */
void
dk_enterprise_read_notes (DkEnterprise *enterprise,
                          const DkNode *node,
                          DkProblems   *problems)
{
  if (node->kind != DK_NODE_MAPPING)
    {
      dk_problems_add (problems, node->place, "notes: a mapping of facts and what was found out about them is wanted");
      return;
    }
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *key = node->children[i];
      g_autoptr(DkNote) note = NULL;
      DkPeriodKey period;
      gboolean is_check;

      if (dk_note_find_fact (enterprise->catalogue, key->text, &period, &is_check) == NULL && !is_check)
        {
          g_autofree char *hint = NULL;
          DkSuggestion suggestion;

          dk_suggestion_begin (&suggestion, key->text);
          for (guint j = 0; j < enterprise->catalogue->scope->facts->len; j++)
            dk_suggestion_offer (&suggestion, ((DkSymbol *) g_ptr_array_index (enterprise->catalogue->scope->facts, j))->id);
          hint = dk_suggestion_end (&suggestion);
          dk_problems_add (problems, key->place, "notes: \"%s\" is neither a fact, with its year if it has one, nor a cross-check%s", key->text, hint);
          continue;
        }
      note = read_note (key->text, node->children[i + 1], problems);
      if (note != NULL)
        dk_enterprise_set_note (enterprise, note, NULL);
    }
}
