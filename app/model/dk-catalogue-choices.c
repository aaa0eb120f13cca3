/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-catalogue"

#include "dk-catalogue-private.h"

#include <string.h>

static const char *const choice_keys[] = { "id", "label", "options", NULL };
static const char *const option_keys[] = { "id", "zh", "en", NULL };
static const char *const code_keys[] = { "id", "label", "file", "entries", NULL };

const DkChoices *
dk_catalogue_find_choices (const DkCatalogueReader *self,
                           const char              *id)
{
  for (guint i = 0; i < self->catalogue->scope->choices->len; i++)
    {
      const DkChoices *choices = g_ptr_array_index (self->catalogue->scope->choices, i);

      if (strcmp (choices->id, id) == 0)
        return choices;
    }
  return NULL;
}

const DkCodes *
dk_catalogue_find_codes (const DkCatalogueReader *self,
                         const char              *id)
{
  for (guint i = 0; i < self->catalogue->scope->codes->len; i++)
    {
      const DkCodes *codes = g_ptr_array_index (self->catalogue->scope->codes, i);

      if (strcmp (codes->id, id) == 0)
        return codes;
    }
  return NULL;
}

typedef struct
{
  char   *code;
  DkText *label;
} CodeLine;

static int
compare_code_lines (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (((const CodeLine *) a)->code, ((const CodeLine *) b)->code);
}

/* By bytes: all codes with one prefix then stand together. */
static void
sort_codes (DkCodes *codes)
{
  g_autofree CodeLine *lines = g_new (CodeLine, codes->codes->len + 1);

  for (guint i = 0; i < codes->codes->len; i++)
    lines[i] = (CodeLine) { g_ptr_array_index (codes->codes, i), g_ptr_array_index (codes->labels, i) };
  qsort (lines, codes->codes->len, sizeof (CodeLine), compare_code_lines);
  for (guint i = 0; i < codes->codes->len; i++)
    {
      codes->codes->pdata[i] = lines[i].code;
      codes->labels->pdata[i] = lines[i].label;
    }
}

static gboolean
is_code (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p) && !g_ascii_isupper (*p) && *p != '.')
      return FALSE;
  return TRUE;
}

/* Reads lines "code,name" into the empty table @codes; the first line names the columns. */
static void
read_table (DkCodes    *codes,
            const char *path,
            DkProblems *problems)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto(GStrv) lines = NULL;
  gsize length;
  DkPlace place = { g_intern_string (path), 0, 0 };

  if (!g_file_get_contents (path, &content, &length, &error))
    {
      dk_problems_add (problems, place, "%s", error->message);
      return;
    }
  if (!g_utf8_validate_len (content, length, NULL))
    {
      dk_problems_add (problems, place, "the table is no valid UTF-8 text");
      return;
    }
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      char *line = g_strchomp (lines[i]);
      char *comma = strchr (line, ',');
      DkText *label;
      char *code;

      place.line = (int) i + 1;
      place.column = 1;
      if (*line == '\0')
        continue;
      if (comma == NULL || comma[1] == '\0' || strchr (line, '"') != NULL)
        {
          dk_problems_add (problems, place, "\"%s\": a code, a comma and a name without quotes are wanted", line);
          continue;
        }
      *comma = '\0';
      if (!is_code (line))
        {
          dk_problems_add (problems, place, "\"%s\" is no code: capital letters and digits are wanted", line);
          continue;
        }
      if (g_hash_table_contains (seen, line))
        {
          dk_problems_add (problems, place, "code %s stands in the table twice", line);
          continue;
        }
      g_hash_table_add (seen, line);
      code = g_strdup (line);
      label = g_new0 (DkText, 1);
      label->zh = g_strdup (comma + 1);
      g_ptr_array_add (codes->codes, code);
      g_ptr_array_add (codes->labels, label);
    }
  if (codes->codes->len == 0)
    {
      place.line = place.column = 0;
      dk_problems_add (problems, place, "the table holds no code");
    }
  sort_codes (codes);
}

static void
read_options (DkCatalogueReader *self,
              const DkNode      *list,
              const char        *what,
              DkChoices         *choices)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i];
      g_autofree char *inside = g_strdup_printf ("%s: option %u", what, i + 1);
      const DkNode *id, *zh, *en;
      DkText *label;

      if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, inside))
        continue;
      dk_entry_check_keys (self, node, inside, option_keys);
      id = dk_entry_read_id (self, node, inside);
      zh = dk_entry_read_scalar (self, node, inside, "zh", TRUE);
      en = dk_entry_read_scalar (self, node, inside, "en", TRUE);
      if (id == NULL || zh == NULL || en == NULL)
        continue;
      if (dk_choices_find (choices, id->text) >= 0)
        {
          dk_problems_add (self->problems, id->place, "%s: %s is in the list twice", what, id->text);
          continue;
        }
      label = g_new0 (DkText, 1);
      label->zh = g_strdup (zh->text);
      label->en = g_strdup (en->text);
      g_ptr_array_add (choices->options, g_strdup (id->text));
      g_ptr_array_add (choices->labels, label);
    }
  if (choices->options->len == 0)
    dk_problems_add (self->problems, list->place, "%s: at least one option is wanted", what);
  if (choices->options->len > 64)
    dk_problems_add (self->problems, list->place, "%s: %u options; at most 64 are wanted", what, choices->options->len);
}

void
dk_catalogue_read_choices (DkCatalogueReader *self,
                           const DkNode      *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id, *options;
      g_autofree char *nameless = g_strdup_printf ("choice %u", i + 1);
      g_autofree char *what = NULL;
      DkText label = { NULL, NULL };
      DkChoices *choices;

      if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = dk_entry_read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("choice %s", id->text);
      dk_entry_check_keys (self, node, what, choice_keys);
      dk_entry_read_text (self, node, what, "label", TRUE, &label);
      dk_text_clear (&label); /* checked for whoever reads the file; the options carry what is shown */
      if (dk_catalogue_find_choices (self, id->text) != NULL)
        {
          dk_problems_add (self->problems, id->place, "choice %s is defined twice", id->text);
          continue;
        }
      choices = g_new0 (DkChoices, 1);
      choices->id = g_strdup (id->text);
      choices->options = g_ptr_array_new ();
      choices->labels = g_ptr_array_new ();
      g_ptr_array_add (self->catalogue->scope->choices, choices);
      options = dk_entry_read_list (self, node, what, "options", TRUE);
      if (options != NULL)
        read_options (self, options, what, choices);
    }
}

/* Codes written in place: {C39: 计算机…, …}. */
static void
read_entries (DkCatalogueReader *self,
              const DkNode      *node,
              const char        *what,
              DkCodes           *codes)
{
  if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, what))
    return;
  for (guint i = 0; i + 1 < node->n_children; i += 2)
    {
      const DkNode *value = node->children[i + 1];
      DkText *label;

      if (!dk_entry_is_kind (self, value, DK_NODE_SCALAR, what))
        continue;
      label = g_new0 (DkText, 1);
      label->zh = g_strdup (value->text);
      g_ptr_array_add (codes->codes, g_strdup (node->children[i]->text));
      g_ptr_array_add (codes->labels, label);
    }
  sort_codes (codes);
}

void
dk_catalogue_read_codes (DkCatalogueReader *self,
                         const DkNode      *list)
{
  for (guint i = 0; i < list->n_children; i++)
    {
      const DkNode *node = list->children[i], *id, *file, *entries;
      g_autofree char *nameless = g_strdup_printf ("table of codes %u", i + 1);
      g_autofree char *what = NULL;
      DkText label = { NULL, NULL };
      DkCodes *codes;

      if (!dk_entry_is_kind (self, node, DK_NODE_MAPPING, nameless))
        continue;
      id = dk_entry_read_id (self, node, nameless);
      if (id == NULL)
        continue;
      what = g_strdup_printf ("table of codes %s", id->text);
      dk_entry_check_keys (self, node, what, code_keys);
      dk_entry_read_text (self, node, what, "label", TRUE, &label);
      dk_text_clear (&label);
      if (dk_catalogue_find_codes (self, id->text) != NULL)
        {
          dk_problems_add (self->problems, id->place, "table of codes %s is defined twice", id->text);
          continue;
        }
      codes = g_new0 (DkCodes, 1);
      codes->id = g_strdup (id->text);
      codes->codes = g_ptr_array_new ();
      codes->labels = g_ptr_array_new ();
      g_ptr_array_add (self->catalogue->scope->codes, codes);
      file = dk_entry_read_scalar (self, node, what, "file", FALSE);
      entries = dk_node_get (node, "entries");
      if ((file != NULL) == (entries != NULL))
        dk_problems_add (self->problems, node->place, "%s: either \"file\" or \"entries\" is wanted", what);
      else if (entries != NULL)
        read_entries (self, entries, what, codes);
      else if (self->directory == NULL)
        dk_problems_add (self->problems, file->place, "%s: a table in a file needs a data directory", what);
      else
        {
          g_autofree char *path = g_build_filename (self->directory, file->text, NULL);

          read_table (codes, path, self->problems);
        }
    }
}
