/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-boards"

#include "dk-boards.h"

#include "dk-amount.h"
#include "dk-assessment-private.h"

#include <glib/gi18n.h>

/* Groups within groups: no pack goes deeper. */
#define MAX_DEPTH 16
/* Digits after the point of what is wanting. */
#define DIGITS 2

static const DkAgainst nothing = { .distance = DK_ZERO };

/* --- What stands against a result --- */

static guint
find_assumed_slot (const DkAssessment *assessment,
                   const DkSymbol     *fact)
{
  return fact != NULL ? dk_assessment_find_slot (assessment, fact, (DkPeriodKey) { 0 }) : G_MAXUINT;
}

/* Whether the verdict of a result can depend on the fact that is assumed. */
static gboolean
rests_on (const DkAssessment *assessment,
          const DkResult     *result,
          const DkSymbol     *fact)
{
  guint canonical = find_assumed_slot (assessment, fact);

  if (canonical == G_MAXUINT || result->item->verdict_reg == DK_NO_REGISTER)
    return FALSE;
  for (guint slot = 0; slot < dk_program_n_slots (assessment->program); slot++)
    if (assessment->canonical[slot] == canonical && dk_program_depends (assessment->program, result->item->verdict_reg, slot))
      return TRUE;
  return FALSE;
}

/* How much is wanting: the least, and the most where the figure is a range. FALSE if no figure says it. */
static gboolean
get_shortfall (const DkResult *limb,
               DkArena        *arena,
               DkNumber       *least,
               DkNumber       *most)
{
  if (!limb->has_margin || limb->is_undefined || (limb->margin.state & (DK_POINT | DK_RANGE)) == 0)
    return FALSE;
  /* Of what nobody has answered yet nothing is wanting. */
  if (limb->verdict == DK_VERDICT_OPEN && limb->missing->len + limb->registers->len > 0)
    return FALSE;
  *least = dk_number_negate (dk_value_high (&limb->margin), arena);
  *most = dk_number_negate (limb->margin.low, arena);
  if (dk_number_sign (*least) < 0)
    *least = DK_ZERO;
  return dk_number_is_finite (*most) || (dk_number_is_finite (*least) && dk_number_sign (*least) > 0);
}

/* By which conditions of different units are compared with each other. */
static DkNumber
get_distance (const DkAssessment *assessment,
              const DkResult     *limb)
{
  DkNumber least, most, threshold;

  if (limb->verdict == DK_VERDICT_PASS)
    return DK_ZERO;
  if (!get_shortfall (limb, assessment->arena, &least, &most) || !limb->has_threshold || !dk_value_is_point (&limb->threshold))
    return DK_INFINITY;
  threshold = limb->threshold.low;
  if (dk_number_sign (threshold) < 0)
    threshold = dk_number_negate (threshold, assessment->arena);
  return dk_number_sign (threshold) > 0 ? dk_number_div (least, threshold, assessment->arena) : DK_INFINITY;
}

static void
add_limb (const DkAssessment *assessment,
          const DkSymbol     *assumes,
          const DkResult     *limb,
          DkAgainst          *against)
{
  gboolean is_assumed = rests_on (assessment, limb, assumes);
  DkNumber distance = get_distance (assessment, limb);
  gboolean is_failed = limb->verdict == DK_VERDICT_FAIL;
  gboolean was_failed = against->n_failed > 0;
  gboolean decides;

  /* What people know comes before what they assume, what fails before what is open, what is far before what is near. */
  if (against->limb == NULL || is_failed != was_failed)
    decides = against->limb == NULL || is_failed;
  else if (is_assumed != rests_on (assessment, against->limb, assumes))
    decides = !is_assumed;
  else
    decides = is_failed && dk_number_compare (distance, against->distance) > 0;
  against->only_assumed = is_assumed && (against->limb == NULL || against->only_assumed);
  against->n_failed += is_failed;
  against->n_open += !is_failed;
  if (decides)
    {
      against->limb = limb;
      against->distance = distance;
    }
}

static int
compare_against (const DkAgainst *a,
                 const DkAgainst *b)
{
  int order;

  if (a->n_failed != b->n_failed)
    return a->n_failed < b->n_failed ? -1 : 1;
  order = dk_number_compare (a->distance, b->distance);
  if (order != 0)
    return order;
  return a->n_open < b->n_open ? -1 : a->n_open > b->n_open;
}

static void
merge_against (const DkAgainst *part,
               DkAgainst       *against)
{
  gboolean decides = part->limb != NULL
                     && (against->limb == NULL || (part->n_failed > 0 && (against->n_failed == 0 || dk_number_compare (part->distance, against->distance) > 0)));

  if (part->limb == NULL)
    return;
  against->only_assumed = part->only_assumed && (against->limb == NULL || against->only_assumed);
  against->n_failed += part->n_failed;
  against->n_open += part->n_open;
  if (decides)
    {
      against->limb = part->limb;
      against->distance = part->distance;
    }
}

static void
find_against (const DkAssessment *assessment,
              const DkSymbol     *assumes,
              const DkResult     *result,
              guint               depth,
              DkAgainst          *against)
{
  const DkItem *item = result->item;
  DkAgainst nearest = nothing;

  if ((result->verdict != DK_VERDICT_FAIL && result->verdict != DK_VERDICT_OPEN) || item->kind == DK_ITEM_WARNING || depth == 0)
    return;
  if (item->kind != DK_ITEM_ALL && item->kind != DK_ITEM_ANY && item->kind != DK_ITEM_AT_LEAST)
    {
      add_limb (assessment, assumes, result, against);
      return;
    }
  for (guint i = 0; i < item->children->len; i++)
    {
      const DkResult *child = dk_assessment_find (assessment, ((const DkItem *) g_ptr_array_index (item->children, i))->id);
      DkAgainst part = nothing;

      if (child == NULL)
        continue;
      if (item->kind != DK_ITEM_ANY)
        {
          find_against (assessment, assumes, child, depth - 1, against);
          continue;
        }
      /* While one of the alternatives is open the others that fail are beside the point. */
      if (child->verdict != result->verdict)
        continue;
      find_against (assessment, assumes, child, depth - 1, &part);
      if (part.limb != NULL && (nearest.limb == NULL || compare_against (&part, &nearest) < 0))
        nearest = part;
    }
  merge_against (&nearest, against);
}

/* --- Boards --- */

static void
free_board (gpointer data)
{
  DkBoard *self = data;

  g_ptr_array_unref (self->standards);
  g_free (self);
}

static int
rank_verdict (DkVerdict verdict)
{
  return verdict == DK_VERDICT_PASS ? 0 : verdict == DK_VERDICT_OPEN ? 1 : 2;
}

static gboolean
is_nearer (const DkStandard *a,
           const DkStandard *b)
{
  int first = rank_verdict (a->result->verdict), second = rank_verdict (b->result->verdict);

  return first != second ? first < second : compare_against (&a->against, &b->against) < 0;
}

/* Whether nothing but what chooses the version decides a result: no answer of another kind can change it. */
static gboolean
is_of_the_day (const DkAssessment *assessment,
               const DkResult     *result)
{
  const DkSlot *slots = dk_program_get_slots (assessment->program);
  guint reg = result->item->verdict_reg, select = result->item->pack->select_reg;

  if (reg == DK_NO_REGISTER)
    return FALSE;
  for (guint i = 0; i < assessment->scope->registers->len; i++)
    if (dk_program_reads_rows (assessment->program, reg, i))
      return FALSE;
  for (guint slot = 0; slot < dk_program_n_slots (assessment->program); slot++)
    if (slots[slot].kind == DK_SLOT_FACT && dk_program_depends (assessment->program, reg, slot)
        && (select == DK_NO_REGISTER || !dk_program_depends (assessment->program, select, slot)))
      return FALSE;
  return TRUE;
}

/* A standard that was repealed, or has not come yet, fails for that alone. */
static gboolean
is_out_of_force (const DkAssessment *assessment,
                 const DkResult     *standard)
{
  if (standard->verdict != DK_VERDICT_FAIL)
    return FALSE;
  if (standard->item->kind != DK_ITEM_ALL)
    return is_of_the_day (assessment, standard);
  for (guint i = 0; i < standard->item->children->len; i++)
    {
      const DkResult *child = dk_assessment_find (assessment, ((const DkItem *) g_ptr_array_index (standard->item->children, i))->id);

      if (child != NULL && child->verdict == DK_VERDICT_FAIL && is_of_the_day (assessment, child))
        return TRUE;
    }
  return FALSE;
}

static void
add_standards (DkBoard            *self,
               const DkAssessment *assessment)
{
  const DkPack *pack = self->programme->item->pack;
  const DkResult *group = pack->standards != NULL ? dk_assessment_find (assessment, pack->standards) : NULL;

  for (guint i = 0; group != NULL && i < group->item->children->len; i++)
    {
      const DkResult *result = dk_assessment_find (assessment, ((const DkItem *) g_ptr_array_index (group->item->children, i))->id);
      DkStandard *standard;

      if (result == NULL || result->verdict == DK_VERDICT_NA || result->verdict == DK_VERDICT_NONE || is_out_of_force (assessment, result))
        continue;
      standard = g_new0 (DkStandard, 1);
      standard->result = result;
      standard->opening = DK_OPENING_NEVER;
      standard->against = nothing;
      find_against (assessment, self->assumes, result, MAX_DEPTH, &standard->against);
      g_ptr_array_add (self->standards, standard);
      if (self->nearest == NULL || is_nearer (standard, self->nearest))
        self->nearest = standard;
    }
}

/* What else the verdict joins: the first member that fails, or else the first that is open. */
static void
add_others (DkBoard            *self,
            const DkAssessment *assessment)
{
  const DkItem *root = self->programme->item;

  if (root->kind != DK_ITEM_ALL)
    return;
  for (guint i = 0; i < root->children->len; i++)
    {
      const DkResult *member = dk_assessment_find (assessment, ((const DkItem *) g_ptr_array_index (root->children, i))->id);
      const DkResult *limb = self->against.limb;
      DkAgainst part = nothing;

      if (member == NULL || g_strcmp0 (member->item->id, root->pack->standards) == 0)
        continue;
      find_against (assessment, self->assumes, member, MAX_DEPTH, &part);
      merge_against (&part, &self->against);
      if (self->against.limb != limb)
        self->group = member;
    }
}

static DkBoard *
new_board (const DkAssessment *assessment,
           const DkResult     *programme)
{
  DkBoard *self = g_new0 (DkBoard, 1);
  const DkPack *pack = programme->item->pack;

  self->programme = programme;
  self->assumes = pack->assumes;
  self->held = dk_assessment_get_held (assessment, pack);
  self->standards = g_ptr_array_new_with_free_func (g_free);
  self->against = self->against_positioning = nothing;
  if (programme->in_force == NULL)
    return self;
  self->positioning = pack->positioning != NULL ? dk_assessment_find (assessment, pack->positioning) : NULL;
  if (self->positioning != NULL)
    find_against (assessment, self->assumes, self->positioning, MAX_DEPTH, &self->against_positioning);
  add_standards (self, assessment);
  add_others (self, assessment);
  return self;
}

static int
compare_boards (gconstpointer a,
                gconstpointer b)
{
  return dk_pack_compare_rungs ((*(const DkBoard *const *) a)->programme->item->pack, (*(const DkBoard *const *) b)->programme->item->pack);
}

GPtrArray *
dk_boards_new (DkAssessment *assessment)
{
  GPtrArray *results = dk_assessment_get_results (assessment);
  GPtrArray *boards = g_ptr_array_new_with_free_func (free_board);

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *programme = g_ptr_array_index (results, i);

      /* The way from one board to another, which has no standards of its own, concerns nobody else. */
      if (dk_pack_is_listing (programme->item->pack) && (programme->item->pack->standards != NULL || programme->verdict != DK_VERDICT_NA))
        g_ptr_array_add (boards, new_board (assessment, programme));
    }
  g_ptr_array_sort (boards, compare_boards);
  return boards;
}

static DkAgainst
sum_up (const DkBoard *self)
{
  DkAgainst whole = self->against;

  if (self->nearest != NULL)
    merge_against (&self->nearest->against, &whole);
  return whole;
}

const DkBoard *
dk_boards_find_nearest (const GPtrArray *boards)
{
  const DkBoard *nearest = NULL;

  for (guint i = 0; i < boards->len; i++)
    {
      const DkBoard *board = g_ptr_array_index (boards, i);
      DkAgainst mine, others;
      int order;

      if (board->nearest == NULL || board->held == DK_HELD_YES)
        continue;
      if (nearest == NULL)
        {
          nearest = board;
          continue;
        }
      mine = sum_up (board);
      others = sum_up (nearest);
      order = rank_verdict (board->programme->verdict) - rank_verdict (nearest->programme->verdict);
      if (order == 0)
        order = rank_verdict (board->nearest->result->verdict) - rank_verdict (nearest->nearest->result->verdict);
      if (order < 0 || (order == 0 && compare_against (&mine, &others) < 0))
        nearest = board;
    }
  return nearest;
}

static gboolean
has_figures (const DkAssessment *assessment,
             const DkSymbol     *assumes,
             const DkResult     *result,
             guint               depth)
{
  GPtrArray *children = result->item->children;

  if (result->item->kind != DK_ITEM_ALL && result->item->kind != DK_ITEM_ANY && result->item->kind != DK_ITEM_AT_LEAST)
    return result->verdict != DK_VERDICT_OPEN && result->verdict != DK_VERDICT_NA && !rests_on (assessment, result, assumes)
           && !is_of_the_day (assessment, result) && dk_assessment_count_unanswered (assessment, result) == 0;
  for (guint i = 0; depth > 0 && i < children->len; i++)
    {
      const DkResult *child = dk_assessment_find (assessment, ((const DkItem *) g_ptr_array_index (children, i))->id);

      if (child != NULL && has_figures (assessment, assumes, child, depth - 1))
        return TRUE;
    }
  return FALSE;
}

gboolean
dk_boards_has_figures (const GPtrArray *boards,
                       DkAssessment    *assessment)
{
  for (guint i = 0; i < boards->len; i++)
    {
      const DkBoard *board = g_ptr_array_index (boards, i);

      for (guint s = 0; s < board->standards->len; s++)
        if (has_figures (assessment, board->assumes, ((const DkStandard *) g_ptr_array_index (board->standards, s))->result, MAX_DEPTH))
          return TRUE;
    }
  return FALSE;
}

/* --- From which value on --- */

gboolean
dk_assessment_get_assumed (const DkAssessment *assessment,
                           const DkSymbol     *fact,
                           DkValue            *value)
{
  guint slot = find_assumed_slot (assessment, fact);

  if (slot == G_MAXUINT)
    return FALSE;
  *value = assessment->run->regs[assessment->known_reg[slot]];
  return dk_value_is_point (value)
         || ((value->state & DK_RANGE) != 0
             && (dk_number_compare (value->low, fact->domain.low) > 0
                 || dk_number_compare (dk_value_high (value), dk_value_high (&fact->domain)) < 0));
}

static DkOpening
find_opening (DkAssessment   *assessment,
              const DkSymbol *assumes,
              const DkResult *result,
              guint           depth,
              DkNumber       *from)
{
  const DkItem *item = result->item;
  DkOpening opening;

  *from = DK_ZERO;
  if (result->verdict == DK_VERDICT_NA || !rests_on (assessment, result, assumes))
    return DK_OPENING_ALWAYS;
  if (depth == 0 || (item->kind != DK_ITEM_ALL && item->kind != DK_ITEM_ANY))
    return dk_assessment_find_least (assessment, result, find_assumed_slot (assessment, assumes), from) ? DK_OPENING_FROM : DK_OPENING_NEVER;

  opening = item->kind == DK_ITEM_ALL ? DK_OPENING_ALWAYS : DK_OPENING_NEVER;
  for (guint i = 0; i < item->children->len; i++)
    {
      const DkResult *child = dk_assessment_find (assessment, ((const DkItem *) g_ptr_array_index (item->children, i))->id);
      DkNumber value;
      DkOpening one;

      if (child == NULL || child->verdict == DK_VERDICT_NA)
        continue;
      one = find_opening (assessment, assumes, child, depth - 1, &value);
      if (item->kind == DK_ITEM_ALL)
        {
          if (one == DK_OPENING_NEVER)
            return DK_OPENING_NEVER;
          if (one == DK_OPENING_FROM)
            *from = opening == DK_OPENING_FROM ? dk_number_max (*from, value) : value;
          opening = MAX (opening, one);
          continue;
        }
      /* An alternative that does not rest on the value opens nothing by it, unless it is met. */
      if (one == DK_OPENING_ALWAYS && child->verdict == DK_VERDICT_PASS)
        return DK_OPENING_ALWAYS;
      if (one != DK_OPENING_FROM)
        continue;
      *from = opening == DK_OPENING_FROM ? dk_number_min (*from, value) : value;
      opening = DK_OPENING_FROM;
    }
  return opening;
}

void
dk_board_find_openings (DkBoard      *self,
                        DkAssessment *assessment)
{
  for (guint i = 0; i < self->standards->len; i++)
    {
      DkStandard *standard = g_ptr_array_index (self->standards, i);

      standard->opening = find_opening (assessment, self->assumes, standard->result, MAX_DEPTH, &standard->opens_at);
    }
  self->has_day = self->nearest != NULL && self->nearest->result->verdict == DK_VERDICT_PASS && self->against.n_failed == 1
                  && dk_assessment_find_first_day (assessment, self->against.limb, &self->day);
}

/* --- Words --- */

/* In percentage points, rounded up: what is said to be wanting is enough. */
static char *
show_points (const DkWording *wording,
             DkNumber         gap,
             gboolean         is_brief)
{
  gint64 scale = is_brief && dk_number_compare (gap, (DkNumber) { 1, 10 }) >= 0 ? 10 : 100;
  DkNumber scaled = dk_number_mul (gap, DK_NUMBER (100 * scale), wording->arena);
  DkNumber up = dk_number_negate (dk_number_floor (dk_number_negate (scaled, wording->arena), wording->arena), wording->arena);
  g_autofree char *text = dk_number_to_decimal (dk_number_div (up, DK_NUMBER (scale), wording->arena), 2);
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    length--;
  text[text[length - 1] == '.' ? length - 1 : length] = '\0';
  /* TRANSLATORS: percentage points, where there is little room. */
  return g_strdup_printf (is_brief ? dk_tr_context (wording->language, "quantity", NC_("quantity", "%s pp"))
                                   : dk_tr_context (wording->language, "quantity", NC_("quantity", "%s percentage points")), text);
}

static char *
show_other (const DkWording *wording,
            DkNumber         gap,
            DkUnit           unit,
            gboolean         is_brief)
{
  return unit == DK_UNIT_RATIO ? show_points (wording, gap, is_brief) : dk_number_to_display (gap, unit, DIGITS, wording->language);
}

char *
dk_limb_dup_distance (const DkWording *wording,
                      const DkResult  *limb,
                      gboolean         is_brief)
{
  DkNumber least, most;
  g_autofree char *low = NULL, *high = NULL;

  if (!get_shortfall (limb, wording->arena, &least, &most) || dk_number_sign (most) == 0)
    return NULL;
  if (limb->margin_unit == DK_UNIT_YUAN)
    return dk_amount_span_to_words (least, most, is_brief, wording->language);
  if (dk_number_equal (least, most))
    return show_other (wording, least, limb->margin_unit, is_brief);
  low = show_other (wording, least, limb->margin_unit, is_brief);
  if (!dk_number_is_finite (most))
    return g_strdup_printf (dk_tr (wording->language, N_("at least %s")), low);
  high = show_other (wording, most, limb->margin_unit, is_brief);
  if (dk_number_sign (least) == 0)
    return g_strdup_printf (dk_tr (wording->language, N_("up to %s")), high);
  /* TRANSLATORS: the least and the most of what is wanting. */
  return g_strdup_printf (dk_tr (wording->language, N_("%s to %s")), low, high);
}

char *
dk_against_dup_words (const DkWording *wording,
                      const DkAgainst *against)
{
  g_autofree char *distance = NULL;
  const char *title;
  GString *text;
  guint n_others;

  if (against->limb == NULL)
    return g_strdup ("");
  title = dk_item_get_short_title (against->limb->item, wording->language);
  text = g_string_new (NULL);
  if (against->limb->verdict == DK_VERDICT_OPEN)
    {
      /* TRANSLATORS: a condition of which it is not known yet whether it is met. */
      g_string_append_printf (text, dk_tr (wording->language, N_("open: %s")), title);
      n_others = against->n_open - 1;
      if (n_others > 0)
        g_string_append_printf (text, dk_tr (wording->language, N_(", %u more open")), n_others);
      return g_string_free (text, FALSE);
    }
  distance = dk_limb_dup_distance (wording, against->limb, FALSE);
  if (distance != NULL)
    /* TRANSLATORS: a condition, and how much is wanting of it. */
    g_string_append_printf (text, dk_tr (wording->language, N_("%s short of %s")), title, distance);
  else
    /* TRANSLATORS: the title of a condition. */
    g_string_append_printf (text, dk_tr (wording->language, N_("not met: %s")), title);
  n_others = against->n_failed - 1;
  if (n_others > 0)
    g_string_append_printf (text, dk_tr (wording->language, N_(", %u more not met")), n_others);
  return g_string_free (text, FALSE);
}

char *
dk_board_dup_obstacle (const DkWording *wording,
                       const DkBoard   *self)
{
  g_autofree char *words = dk_against_dup_words (wording, &self->against);
  g_autofree char *day = NULL;

  if (!self->has_day)
    return g_steal_pointer (&words);
  day = dk_date_to_string (self->day);
  /* TRANSLATORS: how much is wanting of a condition, and the day on which time alone has mended it. */
  return g_strdup_printf (dk_tr (wording->language, N_("%s, met from %s on")), words, day);
}

char *
dk_board_dup_sentence (const DkWording *wording,
                       const DkBoard   *self)
{
  const char *board = dk_pack_get_short_title (self->programme->item->pack, wording->language);
  const char *standard;
  g_autofree char *why = NULL;

  if (self->nearest == NULL)
    return g_strdup_printf (dk_tr (wording->language, N_("%s: no standard is in force on that day")), board);
  standard = dk_item_get_short_title (self->nearest->result->item, wording->language);
  if (self->programme->verdict == DK_VERDICT_PASS)
    /* TRANSLATORS: a board, and the standard under which it is open. */
    return g_strdup_printf (dk_tr (wording->language, N_("%s: ready under %s")), board, standard);
  if (self->nearest->result->verdict == DK_VERDICT_PASS)
    {
      why = dk_board_dup_obstacle (wording, self);
      /* TRANSLATORS: a board, one of its standards, and what else stands against it. */
      return g_strdup_printf (dk_tr (wording->language, N_("%s: %s is met; %s")), board, standard, why);
    }
  why = dk_against_dup_words (wording, &self->nearest->against);
  /* TRANSLATORS: a board, the standard of it that is nearest, and what stands against that. */
  return g_strdup_printf (dk_tr (wording->language, N_("%s, by %s: %s")), board, standard, why);
}
