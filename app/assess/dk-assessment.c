/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-assessment"

#include "dk-assessment-private.h"

#include "dk-refine.h"

#include <string.h>

static void
free_result (DkResult *result)
{
  g_array_unref (result->missing);
  g_array_unref (result->facts);
  g_array_unref (result->registers);
  g_ptr_array_unref (result->children);
  g_ptr_array_unref (result->uses);
  g_free (result);
}

/* The program, slot by slot */

/* The days on which the version of @pack may be chosen: the as-of date, or what `select` gives. */
static void
get_selecting_days (const DkAssessment *assessment,
                    const DkPack       *pack,
                    const DkRun        *run,
                    gint64             *first,
                    gint64             *last)
{
  const DkValue *value;
  DkNumber high;

  *first = *last = assessment->as_of;
  if (pack->select == NULL || pack->select_reg == DK_NO_REGISTER)
    return;
  value = &run->regs[pack->select_reg];
  if ((value->state & (DK_POINT | DK_RANGE)) == 0)
    return;

  high = dk_value_high (value);
  if (!dk_number_to_int64 (value->low, first))
    *first = G_MININT64;
  if (!dk_number_to_int64 (high, last))
    *last = G_MAXINT64;
  if (value->state & (DK_UNDEFINED | DK_NA))
    {
      *first = MIN (*first, assessment->as_of);
      *last = MAX (*last, assessment->as_of);
    }
}

guint32
dk_assessment_read_truth_of (const DkRun  *run,
                             const DkItem *item)
{
  guint32 state;

  if (item->verdict_reg == DK_NO_REGISTER)
    return 0;
  state = run->regs[item->verdict_reg].state & (DK_OPEN | DK_UNDEFINED | DK_NA);
  return run->exhausted ? DK_OPEN : state;
}

guint32
dk_assessment_read_truth (const DkAssessment *assessment,
                          const DkRun        *run,
                          const DkResult     *result)
{
  const DkPack *pack = result->item->pack;
  gint64 first, last, covered;
  guint32 bits = 0;
  gboolean has_gap = FALSE, is_open_ended = FALSE;

  if (!result->is_programme)
    return dk_assessment_read_truth_of (run, result->item);

  /* All versions that the day, as far as it is known, may select; on a day without version the programme does not apply. */
  get_selecting_days (assessment, pack, run, &first, &last);
  covered = first;
  for (guint i = 0; i < pack->versions->len; i++)
    {
      const DkVersion *version = g_ptr_array_index (pack->versions, i);

      if (version->to < first || version->from > last || version->root == NULL)
        continue;
      has_gap = has_gap || version->from > covered;
      is_open_ended = version->to == G_MAXINT64;
      covered = is_open_ended ? version->to : version->to + 1;
      bits |= dk_assessment_read_truth_of (run, version->root);
    }
  has_gap = has_gap || (!is_open_ended && covered <= last);
  return bits == 0 || has_gap ? bits | DK_NA : bits;
}

void
dk_assessment_add_registers (const DkAssessment *assessment,
                             const DkResult     *result,
                             GArray             *regs)
{
  const DkPack *pack = result->item->pack;

  if (!result->is_programme)
    {
      g_array_append_val (regs, result->item->verdict_reg);
      return;
    }
  g_array_append_val (regs, pack->select_reg);
  for (guint i = 0; i < pack->versions->len; i++)
    {
      const DkVersion *version = g_ptr_array_index (pack->versions, i);

      if (version->root != NULL)
        g_array_append_val (regs, version->root->verdict_reg);
    }
}

DkPeriodKey
dk_assessment_get_period (const DkAssessment *assessment,
                          guint               index)
{
  const DkSlot *slot = &dk_program_get_slots (assessment->program)[index];
  DkPeriodKey period = { 0, 0, 0 };

  if (slot->kind != DK_SLOT_FACT || slot->fact->period == DK_PERIOD_NONE)
    return period;
  period.year = slot->is_absolute ? slot->year : assessment->last_year + slot->year;
  if (slot->fact->period == DK_PERIOD_QUARTER)
    period.quarter = slot->sub;
  else if (slot->fact->period == DK_PERIOD_MONTH)
    period.month = slot->sub;
  return period;
}

static guint
hash_answer (gconstpointer key)
{
  const DkFactRef *ref = key;

  return g_direct_hash (ref->fact) ^ ((guint) ref->period.year * 521 + (guint) ref->period.quarter * 31 + (guint) ref->period.month);
}

static gboolean
is_same_answer (gconstpointer a,
                gconstpointer b)
{
  const DkFactRef *x = a, *y = b;

  return x->fact == y->fact && dk_period_equal (x->period, y->period);
}

/* x[0] and x[2025] are two slots of one answer. */
static void
find_canonical_slots (DkAssessment *assessment)
{
  guint n = dk_program_n_slots (assessment->program);
  const DkSlot *slots = dk_program_get_slots (assessment->program);

  assessment->answers = g_new0 (DkFactRef, n + 1);
  assessment->slot_of = g_hash_table_new (hash_answer, is_same_answer);
  assessment->canonical = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const DkFactRef *known;

      assessment->canonical[i] = i;
      if (slots[i].kind != DK_SLOT_FACT)
        continue;
      assessment->answers[i] = (DkFactRef) { slots[i].fact, dk_assessment_get_period (assessment, i), i };
      known = g_hash_table_lookup (assessment->slot_of, &assessment->answers[i]);
      if (known != NULL)
        assessment->canonical[i] = known->slot;
      else
        g_hash_table_add (assessment->slot_of, &assessment->answers[i]);
    }
}

guint
dk_assessment_find_slot (const DkAssessment *assessment,
                         const DkSymbol     *fact,
                         DkPeriodKey         period)
{
  DkFactRef answer = { fact, period, 0 };
  const DkFactRef *known = g_hash_table_lookup (assessment->slot_of, &answer);

  return known != NULL ? known->slot : G_MAXUINT;
}

/* A fact with a derivation stands in another register than its answer, whichever of its slots has it. */
static void
find_known_registers (DkAssessment *assessment)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  guint n = dk_program_n_slots (assessment->program);

  assessment->known_reg = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      assessment->known_reg[i] = slots[i].known_reg;
      if (slots[i].known_reg != slots[i].reg)
        assessment->known_reg[assessment->canonical[i]] = slots[i].known_reg;
    }
}

/* Results */

const DkItem *
dk_assessment_resolve (const DkAssessment *assessment,
                       const DkItem       *item,
                       const DkItem       *from)
{
  gint64 first, last;
  const DkVersion *version;
  const DkItem *same;

  if (item->pack == NULL || item->version == NULL || (from != NULL && item->pack == from->pack && item->version == from->version))
    return item;
  get_selecting_days (assessment, item->pack, assessment->run, &first, &last);
  version = first == last ? dk_pack_find_version (item->pack, first) : NULL;
  if (version == NULL || version == item->version)
    return item;
  same = dk_version_find_item (version, item->id);
  return same != NULL ? same : item;
}

static DkResult *
new_result (DkAssessment *assessment,
            const DkItem *item)
{
  DkResult *result = g_new0 (DkResult, 1);

  result->item = item;
  result->missing = g_array_new (FALSE, FALSE, sizeof (DkFactRef));
  result->facts = g_array_new (FALSE, FALSE, sizeof (DkFactRef));
  result->registers = g_array_new (FALSE, FALSE, sizeof (guint));
  result->children = g_ptr_array_new_with_free_func ((GDestroyNotify) free_result);
  result->uses = g_ptr_array_new ();
  g_hash_table_insert (assessment->by_id, item->id, result);
  return result;
}

/* A rule stands below the first group that names it, or else below the first rule that does. */
static void
claim_members (const DkItem *group,
               GHashTable   *owners)
{
  if (group->children == NULL)
    return;
  for (guint i = 0; i < group->children->len; i++)
    {
      const DkItem *child = g_ptr_array_index (group->children, i);

      if (child->version != group->version || child == group->version->root || g_hash_table_contains (owners, child))
        continue;
      g_hash_table_insert (owners, (gpointer) child, (gpointer) group);
      claim_members (child, owners);
    }
}

static void
collect_named (const DkExpr *expr,
               GPtrArray    *items)
{
  if (expr == NULL)
    return;
  if (expr->item != NULL && !g_ptr_array_find (items, expr->item, NULL))
    g_ptr_array_add (items, (gpointer) expr->item);
  for (guint i = 0; i < expr->n_args; i++)
    collect_named (expr->args[i], items);
  for (guint i = 0; i < expr->n_rows; i++)
    {
      collect_named (expr->rows[i].edge, items);
      collect_named (expr->rows[i].result, items);
    }
}

static DkResult *build (DkAssessment *assessment, const DkItem *item, GHashTable *owners);

static void
add_child (DkAssessment *assessment,
           DkResult     *parent,
           const DkItem *item,
           GHashTable   *owners)
{
  const DkItem *owner = g_hash_table_lookup (owners, item);

  if (item == parent->item)
    return; /* the year before of the rule itself */
  if (item->version != parent->item->version || item == item->version->root
      || (owner != NULL && owner != parent->item) || g_hash_table_contains (assessment->by_id, item->id))
    {
      if (!g_ptr_array_find_with_equal_func (parent->uses, item->id, g_str_equal, NULL))
        g_ptr_array_add (parent->uses, item->id);
      return;
    }
  g_hash_table_insert (owners, (gpointer) item, (gpointer) parent->item);
  g_ptr_array_add (parent->children, build (assessment, item, owners));
}

static void
add_children (DkAssessment *assessment,
              DkResult     *result,
              GHashTable   *owners)
{
  const DkItem *item = result->item;
  g_autoptr(GPtrArray) named = g_ptr_array_new ();
  guint n_members;

  if (item->children != NULL)
    for (guint i = 0; i < item->children->len; i++)
      add_child (assessment, result, g_ptr_array_index (item->children, i), owners);
  n_members = result->children->len;
  collect_named (item->applies, named);
  collect_named (item->value, named);
  collect_named (item->require, named);
  for (guint i = 0; item->options != NULL && i < item->options->len; i++)
    {
      collect_named (((const DkOption *) g_ptr_array_index (item->options, i))->when, named);
      collect_named (((const DkOption *) g_ptr_array_index (item->options, i))->decided, named);
    }
  for (guint i = 0; i < named->len; i++)
    add_child (assessment, result, g_ptr_array_index (named, i), owners);
  /* Whether a group applies is another question than whether its members are met. */
  for (guint i = n_members; item->children != NULL && item->children->len > 0 && i < result->children->len; i++)
    ((DkResult *) g_ptr_array_index (result->children, i))->is_aside = TRUE;
}

static DkResult *
build (DkAssessment *assessment,
       const DkItem *item,
       GHashTable   *owners)
{
  DkResult *result = new_result (assessment, item);

  result->n_versions = 1;
  dk_assessment_read_result (assessment, result);
  add_children (assessment, result, owners);
  return result;
}

/* The version nearest to the day, for a programme that is not in force on it. */
static const DkVersion *
find_nearest (const DkPack *pack,
              gint64        day)
{
  const DkVersion *nearest = NULL;
  guint64 least = G_MAXUINT64;

  for (guint i = 0; i < pack->versions->len; i++)
    {
      const DkVersion *version = g_ptr_array_index (pack->versions, i);
      guint64 distance = version->from > day ? (guint64) (version->from - day)
                         : version->to < day ? (guint64) (day - version->to) : 0;

      if (version->root != NULL && distance < least)
        {
          nearest = version;
          least = distance;
        }
    }
  return nearest;
}

/* Only the programme itself; what is below it comes when somebody asks. */
static void
assess_pack (DkAssessment *assessment,
             const DkPack *pack)
{
  const DkVersion *version = NULL, *nearest;
  DkResult *root;
  gint64 first, last;
  guint n_versions = 0;

  get_selecting_days (assessment, pack, assessment->run, &first, &last);
  for (guint i = 0; i < pack->versions->len; i++)
    {
      const DkVersion *candidate = g_ptr_array_index (pack->versions, i);

      if (candidate->to < first || candidate->from > last || candidate->root == NULL)
        continue;
      n_versions++;
      /* Of several, the tree shows the one of the as-of date, or else the nearest. */
      if (version == NULL || assessment->as_of >= candidate->from || version->to < assessment->as_of)
        version = candidate;
    }

  nearest = version != NULL ? version : find_nearest (pack, first == G_MININT64 ? assessment->as_of : first);
  if (nearest == NULL)
    return; /* a pack without rules has nothing to say */
  root = new_result (assessment, nearest->root);
  root->is_programme = TRUE;
  g_ptr_array_add (dk_pack_is_check (pack) ? assessment->checks : assessment->results, root);
  if (version == NULL)
    {
      root->is_final = TRUE;
      root->verdict = DK_VERDICT_NA;
      return;
    }
  root->in_force = version;
  root->n_versions = n_versions;
  root->assessment = assessment;
  dk_assessment_read_result (assessment, root);
}

/* Builds the tree of a programme, unless that was done. */
static void
unfold (DkResult *root)
{
  DkAssessment *assessment = g_steal_pointer (&root->assessment);
  const DkVersion *version = root->in_force;
  g_autoptr(GHashTable) owners = NULL;

  if (assessment == NULL)
    return;
  owners = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (owners, version->root, NULL);
  claim_members (version->root, owners);
  add_children (assessment, root, owners);
  for (guint i = 0; i < version->items->len; i++)
    claim_members (g_ptr_array_index (version->items, i), owners);
  for (guint i = 0; i < version->items->len; i++)
    {
      const DkItem *item = g_ptr_array_index (version->items, i);
      DkResult *child;

      if (g_hash_table_contains (assessment->by_id, item->id) || g_hash_table_lookup (owners, item) != NULL)
        continue;
      child = build (assessment, item, owners);
      child->is_aside = TRUE;
      g_ptr_array_add (root->children, child);
    }
}

guint
dk_result_n_children (const DkResult *result)
{
  unfold ((DkResult *) result);
  return result->children->len;
}

const DkResult *
dk_result_get_child (const DkResult *result,
                     guint           index)
{
  unfold ((DkResult *) result);
  return g_ptr_array_index (result->children, index);
}

const GPtrArray *
dk_result_get_uses (const DkResult *result)
{
  unfold ((DkResult *) result);
  return result->uses;
}

static gboolean
is_wanted (const DkPack      *pack,
           const char *const *packs)
{
  return packs == NULL || g_strv_contains (packs, pack->id);
}

/* Bounds that the run gave wider than they are, where a fact occurs more than once: of what people read as a result. */
static void
tighten (DkAssessment      *assessment,
         const char *const *packs)
{
  GPtrArray *all = dk_rulebook_get_packs (assessment->book);
  g_autoptr(GArray) regs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint p = 0; p < all->len; p++)
    {
      const DkPack *pack = g_ptr_array_index (all, p);
      gint64 first, last;

      if (!is_wanted (pack, packs))
        continue;
      get_selecting_days (assessment, pack, assessment->run, &first, &last);
      for (guint v = 0; v < pack->versions->len; v++)
        {
          const DkVersion *version = g_ptr_array_index (pack->versions, v);

          for (guint i = 0; version->to >= first && version->from <= last && i < version->items->len; i++)
            {
              const DkItem *item = g_ptr_array_index (version->items, i);

              g_array_append_val (regs, item->value_reg);
              g_array_append_val (regs, item->verdict_reg);
            }
        }
    }
  dk_run_refine_all (assessment->run, (const guint *) (gpointer) regs->data, regs->len);
}

/**
 * dk_assessment_new:
 * @book: compiled; must outlive the assessment
 * @enterprise: is copied
 * @as_of: the day, as dk_date_parse () counts
 * @last_year: the last full accounting year
 * @packs: (nullable): ids of what is to be in the tree; rules of other packs are computed all the same
 *
 * Runs all rules once and reads the programmes off the registers; the results below a programme are read when somebody asks for
 * them, which most do for a few programmes only.
 *
 * Returns: (transfer full): the assessment
 */
DkAssessment *
dk_assessment_new (DkRulebook         *book,
                   const DkEnterprise *enterprise,
                   gint64              as_of,
                   int                 last_year,
                   const char *const  *packs)
{
  DkAssessment *assessment = g_new0 (DkAssessment, 1);
  GPtrArray *all = dk_rulebook_get_packs (book);
  guint n_slots;

  assessment->book = book;
  assessment->program = dk_rulebook_get_program (book);
  assessment->scope = dk_rulebook_get_scope (book);
  assessment->enterprise = dk_enterprise_dup (enterprise);
  assessment->catalogue = dk_enterprise_get_catalogue (enterprise);
  assessment->as_of = as_of;
  assessment->last_year = last_year;
  assessment->arena = dk_arena_new ();
  assessment->run = dk_run_new (assessment->program);
  assessment->run->rows = dk_enterprise_get_all_rows (assessment->enterprise);
  assessment->results = g_ptr_array_new_with_free_func ((GDestroyNotify) free_result);
  assessment->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) free_result);
  assessment->evaluated = g_ptr_array_new_with_free_func ((GDestroyNotify) free_result);
  assessment->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  n_slots = dk_program_n_slots (assessment->program);
  dk_enterprise_bind (assessment->enterprise, dk_program_get_slots (assessment->program), n_slots, as_of, last_year,
                      assessment->run->regs);
  assessment->inputs = g_new (DkValue, n_slots + 1);
  for (guint i = 0; i < n_slots; i++)
    assessment->inputs[i] = assessment->run->regs[dk_program_get_slots (assessment->program)[i].reg];
  find_canonical_slots (assessment);
  find_known_registers (assessment);

  dk_run_all (assessment->run);
  tighten (assessment, packs);

  for (guint i = 0; i < all->len; i++)
    if (is_wanted (g_ptr_array_index (all, i), packs))
      assess_pack (assessment, g_ptr_array_index (all, i));
  return assessment;
}

void
dk_assessment_free (DkAssessment *assessment)
{
  if (assessment == NULL)
    return;
  g_hash_table_unref (assessment->by_id);
  g_ptr_array_unref (assessment->evaluated);
  g_ptr_array_unref (assessment->results);
  g_ptr_array_unref (assessment->checks);
  g_free (assessment->known_reg);
  g_free (assessment->canonical);
  g_free (assessment->inputs);
  dk_trial_free (assessment->trial);
  g_clear_pointer (&assessment->moves, g_ptr_array_unref);
  g_hash_table_unref (assessment->slot_of);
  g_free (assessment->answers);
  dk_run_free (assessment->run);
  dk_arena_free (assessment->arena);
  dk_enterprise_free (assessment->enterprise);
  g_free (assessment);
}

GPtrArray *
dk_assessment_get_results (const DkAssessment *assessment)
{
  return assessment->results;
}

GPtrArray *
dk_assessment_get_checks (const DkAssessment *assessment)
{
  return assessment->checks;
}

/**
 * dk_assessment_evaluate:
 * @item: what dk_rulebook_compile_expression () gave, before the assessment was made
 *
 * Returns: (transfer none): its result, which stands in no tree
 */
const DkResult *
dk_assessment_evaluate (DkAssessment *assessment,
                        const DkItem *item)
{
  g_autoptr(GHashTable) owners = g_hash_table_new (NULL, NULL);
  const guint regs[] = { item->value_reg, item->verdict_reg };
  DkResult *result;

  dk_run_refine_all (assessment->run, regs, G_N_ELEMENTS (regs));
  result = build (assessment, item, owners);
  g_hash_table_remove (assessment->by_id, item->id);
  g_ptr_array_add (assessment->evaluated, result);
  return result;
}

/* Whether a fact stands nowhere: it was not answered, and what is answered does not give it. */
static gboolean
is_unknown (const DkAssessment *assessment,
            guint               slot)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);

  if (slots[slot].kind != DK_SLOT_FACT || (assessment->inputs[slot].state & DK_UNANSWERED) == 0)
    return FALSE;
  return !dk_value_is_settled_as (&assessment->run->regs[assessment->known_reg[slot]], slots[slot].fact->kind);
}

/* By register: where facts stand that were answered by hand though they could be derived. What they would follow from is of no
 * account. */
static guint8 *
find_answered (const DkAssessment *assessment)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  guint8 *is_known = g_new0 (guint8, dk_program_n_registers (assessment->program) + 1);

  for (guint i = 0; i < dk_program_n_slots (assessment->program); i++)
    if (slots[i].kind == DK_SLOT_FACT && slots[i].known_reg != slots[i].reg && (assessment->inputs[i].state & DK_UNANSWERED) == 0)
      is_known[slots[i].known_reg] = 1;
  return is_known;
}

guint
dk_assessment_count_unanswered (const DkAssessment *assessment,
                                const DkResult     *result)
{
  const DkRows *rows = dk_enterprise_get_all_rows (assessment->enterprise);
  guint reg = result->item->verdict_reg != DK_NO_REGISTER ? result->item->verdict_reg : result->item->value_reg;
  guint n_slots = dk_program_n_slots (assessment->program), n_registers = assessment->scope->registers->len, n = 0;
  g_autofree guint8 *is_known = NULL, *reached = NULL;

  if (reg == DK_NO_REGISTER)
    return 0;
  /* Most that is answered is so to the last figure, which is seen without looking at each step. */
  for (guint i = 0; i < n_slots && n == 0; i++)
    n += is_unknown (assessment, i) && dk_program_depends (assessment->program, reg, i);
  for (guint i = 0; i < n_registers && n == 0; i++)
    n += !rows[i].is_complete && dk_program_reads_rows (assessment->program, reg, i);
  if (n == 0)
    return 0;

  is_known = find_answered (assessment);
  reached = g_new0 (guint8, n_slots + n_registers + 1);
  dk_program_reach (assessment->program, reg, is_known, reached);
  /* Two slots of one answer count once. */
  for (guint i = 0; i < n_slots; i++)
    if (reached[i])
      reached[assessment->canonical[i]] |= 2;
  n = 0;
  for (guint i = 0; i < n_slots; i++)
    n += (reached[i] & 2) != 0 && is_unknown (assessment, i);
  for (guint i = 0; i < n_registers; i++)
    n += !rows[i].is_complete && reached[n_slots + i];
  return n;
}

const DkResult *
dk_assessment_find (const DkAssessment *assessment,
                    const char         *id)
{
  const char *dot = strchr (id, '.');
  const DkResult *found = g_hash_table_lookup (assessment->by_id, id);

  if (found == NULL && dot != NULL)
    {
      g_autofree char *pack = g_strndup (id, (gsize) (dot - id));
      DkResult *root = g_hash_table_lookup (assessment->by_id, pack);

      if (root != NULL && root->assessment != NULL)
        {
          unfold (root);
          found = g_hash_table_lookup (assessment->by_id, id);
        }
    }
  return found;
}

gint64
dk_assessment_get_as_of (const DkAssessment *assessment)
{
  return assessment->as_of;
}

const DkReturnLine *
dk_assessment_find_return_line (const DkAssessment *assessment,
                                const DkItem       *item,
                                guint               nth)
{
  return dk_item_find_return_line (item, nth, dk_date_from_ymd (dk_assessment_get_year (assessment) + item->year, 12, 31));
}

int
dk_assessment_get_year (const DkAssessment *assessment)
{
  return assessment->last_year;
}
