/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An enterprise as one JSON text, and that text as an enterprise. The text says more than an enterprise file: all layers and
 * sources of a fact, {"facts": {"actual": {"": {"staff": {"2025": 12}}}}, "registers": {...}, "notes": {...}}, where "" stands for the
 * main source, and for the period of a fact without. Snapshots of the first version have no "notes". */
#define G_LOG_DOMAIN "dk-store"

#include "dk-store-private.h"

#include "dk-document.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const layer_names[] = { "actual", "plan", "scenario" };

/* --- Writing --- */

static void
append_member (GString    *json,
               const char *name,
               const char *value)
{
  dk_json_append_string (json, name);
  g_string_append (json, ": ");
  g_string_append (json, value);
}

/* The rows of @statement, names and values, as an object. */
gboolean
dk_store_append_cells (DkStore      *store,
                       GString      *json,
                       DkStatement  *statement,
                       GError      **error)
{
  const char *separator = "{";
  gboolean is_good;

  while (dk_store_next_row (store, statement, &is_good, error))
    {
      g_string_append (json, separator);
      append_member (json, (const char *) sqlite3_column_text (statement, 0),
                     (const char *) sqlite3_column_text (statement, 1));
      separator = ", ";
    }
  g_string_append (json, *separator == '{' ? "{}" : "}");
  return is_good;
}

/* A mapping of mappings that is written from sorted rows: closes what the last row had open and this one has not. */
typedef struct
{
  GString *json;
  char    *open[3]; /* layer, source, fact; NULL: nothing is open */
} Nest;

static void
nest_go_to (Nest       *nest,
            const char **names)
{
  guint n_same = 0;

  while (n_same < 3 && nest->open[n_same] != NULL && g_strcmp0 (nest->open[n_same], names[n_same]) == 0)
    n_same++;
  for (guint i = 3; i > n_same; i--)
    if (nest->open[i - 1] != NULL)
      {
        g_string_append_c (nest->json, '}');
        g_clear_pointer (&nest->open[i - 1], g_free);
      }
  /* A mapping that was just opened has nothing to be set off from. */
  if (nest->json->str[nest->json->len - 1] != '{')
    g_string_append (nest->json, n_same == 3 ? ", " : ",\n");
  for (guint i = n_same; i < 3 && names[i] != NULL; i++)
    {
      dk_json_append_string (nest->json, names[i]);
      g_string_append (nest->json, ": {");
      nest->open[i] = g_strdup (names[i]);
    }
}

static void
nest_end (Nest *nest)
{
  for (guint i = 3; i > 0; i--)
    if (nest->open[i - 1] != NULL)
      {
        g_string_append_c (nest->json, '}');
        g_clear_pointer (&nest->open[i - 1], g_free);
      }
}

/* @layer: the one that is wanted, or -1: all. The plan comes with what is actual. */
static gboolean
append_facts (DkStore  *store,
              GString  *json,
              gint64    enterprise,
              int       layer,
              GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  Nest nest = { json };
  gboolean is_good;

  statement = dk_store_prepare (store, "SELECT layer, source, id, period, value FROM fact"
                                " WHERE enterprise = ?1 AND (?2 < 0 OR layer = ?2 OR (?2 = 0 AND layer = 1))"
                                " ORDER BY layer, source, id, period", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  sqlite3_bind_int (statement, 2, layer);
  g_string_append (json, "\"facts\": {");
  while (dk_store_next_row (store, statement, &is_good, error))
    {
      const char *names[] = {
        layer_names[CLAMP (sqlite3_column_int (statement, 0), 0, 2)],
        (const char *) sqlite3_column_text (statement, 1),
        (const char *) sqlite3_column_text (statement, 2),
      };

      nest_go_to (&nest, names);
      append_member (json, (const char *) sqlite3_column_text (statement, 3),
                     (const char *) sqlite3_column_text (statement, 4));
    }
  nest_end (&nest);
  g_string_append_c (json, '}');
  return is_good;
}

/* The rows of a register, with a comma before each but the first. */
static gboolean
append_rows (DkStore     *store,
             GString     *json,
             gint64       enterprise,
             const char  *reg,
             GError     **error)
{
  g_autoptr(DkStatement) statement = NULL;
  const char *end = "";
  gint64 open = 0;
  gboolean is_good;

  statement = dk_store_prepare (store, "SELECT line.id, name, value FROM line LEFT JOIN cell ON cell.line = line.id"
                                " WHERE enterprise = ?1 AND register = ?2 ORDER BY position, line.id, name", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  dk_statement_bind_text (statement, 2, reg);
  while (dk_store_next_row (store, statement, &is_good, error))
    {
      gint64 row = sqlite3_column_int64 (statement, 0);
      const char *name = (const char *) sqlite3_column_text (statement, 1);

      if (row != open)
        g_string_append_printf (json, "%s\n{", end);
      else
        g_string_append (json, ", ");
      if (name != NULL)
        append_member (json, name, (const char *) sqlite3_column_text (statement, 2));
      open = row;
      end = "},";
    }
  g_string_append (json, open != 0 ? "}" : "");
  return is_good;
}

static gboolean
append_registers (DkStore  *store,
                  GString  *json,
                  gint64    enterprise,
                  GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;
  const char *separator = "";
  gboolean is_good;

  statement = dk_store_prepare (store, "SELECT names.id, complete FROM (SELECT register AS id FROM line WHERE enterprise = ?1"
                                " UNION SELECT id FROM register WHERE enterprise = ?1) AS names"
                                " LEFT JOIN register ON register.enterprise = ?1 AND register.id = names.id"
                                " ORDER BY names.id", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  g_string_append (json, "\"registers\": {");
  while (dk_store_next_row (store, statement, &is_good, error))
    {
      const char *reg = (const char *) sqlite3_column_text (statement, 0);
      const char *complete = (const char *) sqlite3_column_text (statement, 1);

      g_string_append (json, separator);
      dk_json_append_string (json, reg);
      g_string_append (json, ": {");
      if (complete != NULL)
        g_string_append_printf (json, "\"complete\": %s, ", complete);
      g_string_append (json, "\"rows\": [");
      if (!append_rows (store, json, enterprise, reg, error))
        return FALSE;
      g_string_append (json, "]}");
      separator = ",\n";
    }
  g_string_append_c (json, '}');
  return is_good;
}

static gboolean
append_notes (DkStore  *store,
              GString  *json,
              gint64    enterprise,
              GError  **error)
{
  g_autoptr(DkStatement) statement = NULL;

  statement = dk_store_prepare (store, "SELECT subject, value FROM note WHERE enterprise = ?1 ORDER BY subject", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, enterprise);
  g_string_append (json, "\"notes\": ");
  return dk_store_append_cells (store, json, statement, error);
}

/**
 * dk_store_write_content:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @layer: the layer that is wanted, or -1: all of them
 *
 * Returns: (transfer full): the enterprise as JSON, or %NULL
 */
char *
dk_store_write_content (DkStore  *store,
                        gint64    enterprise,
                        int       layer,
                        GError  **error)
{
  g_autoptr(DkStatement) statement = dk_store_prepare (store, "SELECT name FROM enterprise WHERE id = ?1", error);
  g_autoptr(GString) json = g_string_new ("{\"name\": ");
  gboolean is_good;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, enterprise);
  if (!dk_store_next_row (store, statement, &is_good, error))
    {
      if (is_good)
        dk_store_fail_not_found (store, error);
      return NULL;
    }
  dk_json_append_string (json, (const char *) sqlite3_column_text (statement, 0));
  g_string_append (json, ",\n");
  if (!append_facts (store, json, enterprise, layer, error))
    return NULL;
  g_string_append (json, ",\n");
  if (!append_registers (store, json, enterprise, error))
    return NULL;
  g_string_append (json, ",\n");
  if (!append_notes (store, json, enterprise, error))
    return NULL;
  g_string_append (json, "}\n");
  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* --- Reading --- */

typedef struct
{
  const DkCatalogue *catalogue;
  const char        *path;
  const char        *name; /* of the enterprise */
  DkProblems        *problems;
} Reader;

static void warn (const Reader *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Where it stands in the text is nothing that anybody could look up. */
static void
warn (const Reader *self,
      const char   *format,
      ...)
{
  DkPlace place = { g_intern_string (self->path), 0, 0 };
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dk_problems_add_warning (self->problems, place, "%s: %s", self->name, message);
}

/* The document is made here and thrown away here: what the catalogue does not know is cut out of it. */
static void
keep_members (DkNode        *mapping,
              const gboolean *is_kept)
{
  guint n = 0;

  for (guint i = 0; i + 1 < mapping->n_children; i += 2)
    {
      if (!is_kept[i / 2])
        continue;
      mapping->children[n++] = mapping->children[i];
      mapping->children[n++] = mapping->children[i + 1];
    }
  mapping->n_children = n;
}

/* A fact's mapping of periods as an enterprise file has it: the value itself for a fact without. */
static gboolean
trim_fact (const Reader  *self,
           const DkSymbol *fact,
           DkNode        **answers)
{
  g_autofree gboolean *is_kept = g_new0 (gboolean, (*answers)->n_children / 2 + 1);
  DkNode *timeless = NULL;

  for (guint i = 0; i + 1 < (*answers)->n_children; i += 2)
    {
      const char *period = (*answers)->children[i]->text;

      is_kept[i / 2] = *period != '\0';
      if (*period == '\0')
        timeless = (*answers)->children[i + 1];
      if ((*period == '\0') != (fact->period == DK_PERIOD_NONE))
        warn (self, _("%s: the answer of the period “%s” is left out; the fact has other periods"), fact->id, period);
    }
  if (fact->period == DK_PERIOD_NONE)
    *answers = timeless;
  else
    keep_members (*answers, is_kept);
  return fact->period == DK_PERIOD_NONE ? timeless != NULL : (*answers)->n_children > 0;
}

static void
trim_facts (const Reader *self,
            DkNode       *facts)
{
  const DkScope *scope = dk_catalogue_get_scope (self->catalogue);
  g_autofree gboolean *is_kept = g_new0 (gboolean, facts->n_children / 2 + 1);

  for (guint i = 0; i + 1 < facts->n_children; i += 2)
    {
      const char *id = facts->children[i]->text;
      const DkSymbol *fact = dk_scope_find_fact (scope, id);

      if (fact == NULL)
        warn (self, _("the fact “%s” is not known (any more); its answers are kept and left out"), id);
      else
        is_kept[i / 2] = trim_fact (self, fact, &facts->children[i + 1]);
    }
  keep_members (facts, is_kept);
}

static void
trim_rows (const Reader     *self,
           const DkRegister *reg,
           DkNode           *rows)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->n_children; i++)
    {
      DkNode *row = rows->children[i];
      g_autofree gboolean *is_kept = g_new0 (gboolean, row->n_children / 2 + 1);

      for (guint j = 0; j + 1 < row->n_children; j += 2)
        {
          char *id = row->children[j]->text;

          is_kept[j / 2] = dk_register_find_column (reg, id, NULL) != NULL;
          if (!is_kept[j / 2] && g_hash_table_add (seen, id))
            warn (self, _("%s: the column “%s” is not known (any more); its cells are kept and left out"), reg->id, id);
        }
      keep_members (row, is_kept);
    }
}

static void
trim_registers (const Reader *self,
                DkNode       *registers)
{
  const DkScope *scope = dk_catalogue_get_scope (self->catalogue);
  g_autofree gboolean *is_kept = g_new0 (gboolean, registers->n_children / 2 + 1);

  for (guint i = 0; i + 1 < registers->n_children; i += 2)
    {
      const char *id = registers->children[i]->text;
      const DkRegister *reg = dk_scope_find_register (scope, id, NULL);

      is_kept[i / 2] = reg != NULL;
      if (reg == NULL)
        warn (self, _("the register “%s” is not known (any more); its rows are kept and left out"), id);
      else
        trim_rows (self, reg, (DkNode *) dk_node_get (registers->children[i + 1], "rows"));
    }
  keep_members (registers, is_kept);
}

static void
trim_notes (const Reader *self,
            DkNode       *notes)
{
  g_autofree gboolean *is_kept = g_new0 (gboolean, notes->n_children / 2 + 1);

  for (guint i = 0; i + 1 < notes->n_children; i += 2)
    {
      const char *subject = notes->children[i]->text;
      DkPeriodKey period;
      gboolean is_check;

      is_kept[i / 2] = dk_note_find_fact (self->catalogue, subject, &period, &is_check) != NULL || is_check;
      if (!is_kept[i / 2])
        warn (self, _("what was noted of “%s”, which is not known (any more), is kept and left out"), subject);
    }
  keep_members (notes, is_kept);
}

/* A layer as an enterprise file has it: the facts by their main source are answers, those of the others stay in @sources. */
static DkNode *
split_sources (const Reader *self,
               DkNode       *sources)
{
  const DkChoices *known = dk_catalogue_get_sources (self->catalogue);
  g_autofree gboolean *is_kept = g_new0 (gboolean, sources->n_children / 2 + 1);
  DkNode *answers = NULL;

  for (guint i = 0; i + 1 < sources->n_children; i += 2)
    {
      const char *id = sources->children[i]->text;

      is_kept[i / 2] = known != NULL && dk_choices_find (known, id) >= 0;
      if (*id == '\0')
        answers = sources->children[i + 1];
      else if (!is_kept[i / 2])
        warn (self, _("the source “%s” is not known (any more); its figures are kept and left out"), id);
      if (*id == '\0' || is_kept[i / 2])
        trim_facts (self, sources->children[i + 1]);
    }
  keep_members (sources, is_kept);
  return answers;
}

/* --- Plans --- */

/* What an enterprise file has as "plan", put together from the nodes of the layer, which it borrows. */
typedef struct
{
  DkNode     plan, facts, growth;
  DkNode     facts_key, growth_key, others_key;
  GPtrArray *plan_members, *fact_members, *growth_members; /* DkNode * */
} Plan;

static void
plan_init (Plan *plan)
{
  *plan = (Plan) {
    .facts_key = { .kind = DK_NODE_SCALAR, .text = (char *) "facts" },
    .growth_key = { .kind = DK_NODE_SCALAR, .text = (char *) "growth" },
    .others_key = { .kind = DK_NODE_SCALAR, .text = (char *) "growth_of_others" },
    .plan_members = g_ptr_array_new (),
    .fact_members = g_ptr_array_new (),
    .growth_members = g_ptr_array_new (),
  };
}

static void
plan_clear (Plan *plan)
{
  g_ptr_array_unref (plan->plan_members);
  g_ptr_array_unref (plan->fact_members);
  g_ptr_array_unref (plan->growth_members);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* A rate of growth stands where a period would be empty; it is cut out of the others. */
static void
add_line (Plan   *plan,
          DkNode *key,
          DkNode *periods)
{
  g_autofree gboolean *is_kept = g_new0 (gboolean, periods->n_children / 2 + 1);
  gboolean is_others = strcmp (key->text, DK_PLAN_OTHERS) == 0;

  for (guint i = 0; i + 1 < periods->n_children; i += 2)
    {
      is_kept[i / 2] = *periods->children[i]->text != '\0';
      if (is_kept[i / 2])
        continue;
      g_ptr_array_add (is_others ? plan->plan_members : plan->growth_members, is_others ? &plan->others_key : key);
      g_ptr_array_add (is_others ? plan->plan_members : plan->growth_members, periods->children[i + 1]);
    }
  keep_members (periods, is_kept);
  if (periods->n_children == 0 || is_others)
    return;
  g_ptr_array_add (plan->fact_members, key);
  g_ptr_array_add (plan->fact_members, periods);
}

static void
add_mapping (Plan      *plan,
             DkNode    *key,
             GPtrArray *members,
             DkNode    *mapping)
{
  *mapping = (DkNode) { .kind = DK_NODE_MAPPING, .children = (DkNode **) members->pdata, .n_children = members->len };
  if (members->len == 0)
    return;
  g_ptr_array_add (plan->plan_members, key);
  g_ptr_array_add (plan->plan_members, mapping);
}

/* What the main source plans; plans of others are kept and not looked at. */
static DkNode *
make_plan (const Reader *self,
           DkNode       *sources,
           Plan         *plan)
{
  DkNode *lines = (DkNode *) dk_node_get (sources, "");

  for (guint i = 0; lines != NULL && i + 1 < lines->n_children; i += 2)
    {
      DkNode *key = lines->children[i];

      if (strcmp (key->text, DK_PLAN_OTHERS) != 0 && dk_scope_find_fact (dk_catalogue_get_scope (self->catalogue), key->text) == NULL)
        warn (self, _("the fact “%s” is not known (any more); what is planned of it is kept and left out"), key->text);
      else
        add_line (plan, key, lines->children[i + 1]);
    }
  add_mapping (plan, &plan->facts_key, plan->fact_members, &plan->facts);
  add_mapping (plan, &plan->growth_key, plan->growth_members, &plan->growth);
  plan->plan = (DkNode) { .kind = DK_NODE_MAPPING, .children = (DkNode **) plan->plan_members->pdata, .n_children = plan->plan_members->len };
  return &plan->plan;
}

/**
 * dk_store_read_content:
 * @path: of the workspace, for messages
 * @content: what dk_store_write_content () wrote
 * @layer: the layer that is wanted; registers have none and come with each, and the plan comes with what is actual
 * @catalogue: what may be known
 * @problems: takes a warning for each thing that cannot be read (any more)
 *
 * Returns: (transfer full): the enterprise, or %NULL: @content is no such text
 */
DkEnterprise *
dk_store_read_content (const char         *path,
                       const char         *content,
                       DkLayer             layer,
                       const DkCatalogue  *catalogue,
                       DkProblems         *problems,
                       GError            **error)
{
  g_autoptr(DkProblems) faults = dk_problems_new ();
  g_autoptr(DkDocument) document = dk_document_parse (NULL, content, strlen (content), DK_FORMAT_JSON, faults);
  const DkNode *root = document != NULL ? dk_document_get_root (document) : NULL;
  const DkNode *all_facts = root != NULL ? dk_node_get (root, "facts") : NULL;
  const DkNode *registers = root != NULL ? dk_node_get (root, "registers") : NULL;
  const DkNode *notes = root != NULL ? dk_node_get (root, "notes") : NULL;
  g_autoptr(DkEnterprise) enterprise = NULL;
  Reader self = { catalogue, path, "", problems };
  DkNode nothing = { .kind = DK_NODE_MAPPING };
  DkNode facts_key = { .kind = DK_NODE_SCALAR, .text = (char *) "facts" };
  DkNode sources_key = { .kind = DK_NODE_SCALAR, .text = (char *) "sources" };
  DkNode registers_key = { .kind = DK_NODE_SCALAR, .text = (char *) "registers" };
  DkNode plan_key = { .kind = DK_NODE_SCALAR, .text = (char *) "plan" };
  DkNode notes_key = { .kind = DK_NODE_SCALAR, .text = (char *) "notes" };
  DkNode *members[] = { &facts_key, &nothing, &sources_key, &nothing, &plan_key, &nothing, &registers_key, (DkNode *) registers,
                        &notes_key, notes != NULL ? (DkNode *) notes : &nothing };
  g_auto(Plan) plan = { 0 };
  DkNode file = { .kind = DK_NODE_MAPPING, .children = members, .n_children = G_N_ELEMENTS (members) };
  DkNode *sources;

  plan_init (&plan);
  if (all_facts == NULL || registers == NULL || dk_node_get_string (root, "name") == NULL)
    {
      g_autofree char *why = dk_problems_to_string (faults);

      g_set_error (error, DK_STORE_ERROR, DK_STORE_ERROR_DAMAGED, _("An enterprise in “%s” cannot be read: %s"), path,
                   g_strchomp (why));
      return NULL;
    }
  enterprise = dk_enterprise_new (catalogue);
  dk_enterprise_set_name (enterprise, dk_node_get_string (root, "name"));
  self.name = dk_enterprise_get_name (enterprise);
  trim_registers (&self, (DkNode *) registers);
  if (notes != NULL)
    trim_notes (&self, (DkNode *) notes);
  sources = (DkNode *) dk_node_get (all_facts, layer_names[layer]);
  if (sources != NULL)
    {
      DkNode *answers = split_sources (&self, sources);

      members[1] = answers != NULL ? answers : &nothing;
      members[3] = sources;
    }
  sources = layer == DK_LAYER_ACTUAL ? (DkNode *) dk_node_get (all_facts, layer_names[DK_LAYER_PLAN]) : NULL;
  if (sources != NULL)
    members[5] = make_plan (&self, sources, &plan);
  dk_enterprise_read (enterprise, &file, DK_READ_STRICT, 0, faults);
  for (guint i = 0; i < dk_problems_length (faults); i++)
    warn (&self, "%s", dk_problems_get (faults, i)->message);
  return g_steal_pointer (&enterprise);
}

/**
 * dk_store_read:
 * @store: a workspace
 * @enterprise: an enterprise in it
 * @layer: actual, plan or scenario
 * @catalogue: what may be known of it; must outlive the enterprise
 * @problems: takes a warning for each thing that cannot be read (any more)
 *
 * Reads what the main source says as answers, and beside them what the others say; of the layer of plans, with %DK_LAYER_ACTUAL, what the
 * main source says as the plan, which no verdict of the present reads. Registers have no layers: their rows come with each.
 *
 * Returns: (transfer full): the enterprise, or %NULL
 */
DkEnterprise *
dk_store_read (DkStore            *store,
               gint64              enterprise,
               DkLayer             layer,
               const DkCatalogue  *catalogue,
               DkProblems         *problems,
               GError            **error)
{
  g_autofree char *content = NULL;

  g_return_val_if_fail (store != NULL && catalogue != NULL && problems != NULL, NULL);
  g_return_val_if_fail (layer <= DK_LAYER_SCENARIO, NULL);

  content = dk_store_write_content (store, enterprise, layer, error);
  return content != NULL ? dk_store_read_content (store->path, content, layer, catalogue, problems, error) : NULL;
}
