/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-client"

#include "dk-client.h"

#include "dk-digest.h"
#include "dk-wording.h"

struct _DkClient
{
  GObject    parent_instance;
  gint64     id;
  gint64     modified;
  char      *name;
  char      *industry;
  GPtrArray *standings; /* DkStanding *, or NULL */
};

enum { PROP_0, PROP_NAME, PROP_IS_ASSESSED, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DkClient, dk_client, G_TYPE_OBJECT)

static int
compare_packs (gconstpointer a,
               gconstpointer b)
{
  const DkPack *packs[2] = { *(const DkPack *const *) a, *(const DkPack *const *) b };
  int order;

  if (dk_pack_is_listing (packs[0]) != dk_pack_is_listing (packs[1]))
    return dk_pack_is_listing (packs[0]) ? 1 : -1;
  order = dk_pack_compare_rungs (packs[0], packs[1]);
  if (order != 0 || packs[0]->rung > 0)
    return order;
  return (int) g_str_equal (packs[0]->kind, "profile") - (int) g_str_equal (packs[1]->kind, "profile"); /* the sort is stable */
}

GPtrArray *
dk_client_list_packs (DkRulebook *book)
{
  GPtrArray *all = dk_rulebook_get_packs (book);
  GPtrArray *packs = g_ptr_array_sized_new (all->len); /* a copy would free what it does not own */

  for (guint i = 0; i < all->len; i++)
    if (!dk_pack_is_check (g_ptr_array_index (all, i)))
      g_ptr_array_add (packs, g_ptr_array_index (all, i));
  g_ptr_array_sort (packs, compare_packs);
  return packs;
}

void
dk_standing_free (DkStanding *standing)
{
  g_free (standing->figure);
  g_free (standing->sentence);
  g_free (standing);
}

static char *
dup_figure (const DkResult *root,
            const char     *language)
{
  if (!root->has_value || root->verdict == DK_VERDICT_NA)
    return g_strdup ("");
  /* All the classes that it may still be are no figure for a cell. */
  if (root->kind == DK_KIND_CHOICE && !dk_value_is_settled (&root->value))
    return g_strdup ("");
  return dk_value_to_display (&root->value, root->kind, root->unit, root->choices, root->codes, language);
}

static double
get_level (const DkResult *root)
{
  if (!root->has_value || root->kind != DK_KIND_NUMBER || !(root->value.state & (DK_POINT | DK_RANGE)) || !dk_number_is_finite (root->value.low))
    return 0;
  return dk_number_to_double (root->value.low);
}

GPtrArray *
dk_standings_of (DkAssessment *assessment,
                 DkRulebook   *book,
                 const char   *language)
{
  GPtrArray *standings = g_ptr_array_new_with_free_func ((GDestroyNotify) dk_standing_free);
  GPtrArray *results = dk_assessment_get_results (assessment);
  g_autoptr(DkArena) arena = dk_arena_new ();
  DkWording wording = { assessment, book, arena, language };

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *root = g_ptr_array_index (results, i);
      const DkResult *total = dk_digest_find_total (root);
      /* The points of a programme that is a group of conditions say more than its sign. */
      const DkResult *shown = !root->has_value && total != NULL ? total : root;
      DkStanding *standing = g_new0 (DkStanding, 1);

      standing->pack = root->item->pack;
      standing->sign = dk_sign_of_programme (assessment, root);
      standing->is_in_force = root->in_force != NULL || root->n_versions > 0;
      if (standing->sign == DK_SIGN_NONE && root->has_value && !dk_result_is_settled (root))
        standing->sign = DK_SIGN_OPEN; /* a class that is not known yet looks like a verdict that is not */
      standing->figure = root->item->kind == DK_ITEM_LIST && root->verdict == DK_VERDICT_NONE ? dk_digest_dup_count (&wording, root)
                                                                                              : dup_figure (shown, language);
      standing->sentence = dk_wording_describe_programme (&wording, root);
      standing->n_missing = root->missing->len + root->registers->len;
      standing->level = get_level (shown);
      g_ptr_array_add (standings, standing);
    }
  return standings;
}

static void
dk_client_finalize (GObject *object)
{
  DkClient *self = DK_CLIENT (object);

  g_free (self->name);
  g_free (self->industry);
  g_clear_pointer (&self->standings, g_ptr_array_unref);
  G_OBJECT_CLASS (dk_client_parent_class)->finalize (object);
}

static void
dk_client_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DkClient *self = DK_CLIENT (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_IS_ASSESSED:
      g_value_set_boolean (value, self->standings != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dk_client_class_init (DkClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = dk_client_finalize;
  object_class->get_property = dk_client_get_property;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_ASSESSED] = g_param_spec_boolean ("is-assessed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dk_client_init (DkClient *self)
{
  self->industry = g_strdup ("");
}

DkClient *
dk_client_new (gint64      id,
               const char *name,
               gint64      modified)
{
  DkClient *self = g_object_new (DK_TYPE_CLIENT, NULL);

  self->id = id;
  self->name = g_strdup (name);
  self->modified = modified;
  return self;
}

gint64
dk_client_get_id (DkClient *self)
{
  return self->id;
}

const char *
dk_client_get_name (DkClient *self)
{
  return self->name;
}

void
dk_client_set_name (DkClient   *self,
                    const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

gint64
dk_client_get_modified (DkClient *self)
{
  return self->modified;
}

void
dk_client_set_modified (DkClient *self,
                        gint64    modified)
{
  self->modified = modified;
}

const char *
dk_client_get_industry (DkClient *self)
{
  return self->industry;
}

gboolean
dk_client_is_assessed (DkClient *self)
{
  return self->standings != NULL;
}

const DkStanding *
dk_client_find_standing (DkClient   *self,
                         const char *pack)
{
  for (guint i = 0; self->standings != NULL && i < self->standings->len; i++)
    {
      const DkStanding *standing = g_ptr_array_index (self->standings, i);

      if (g_str_equal (standing->pack->id, pack))
        return standing;
    }
  return NULL;
}

GPtrArray *
dk_client_get_standings (DkClient *self)
{
  return self->standings;
}

/**
 * dk_client_take_standings:
 * @standings: (transfer full) (nullable): of dk_standings_of (); %NULL while they are worked out again
 * @industry: (transfer full) (nullable): what its industry is called
 */
void
dk_client_take_standings (DkClient  *self,
                          GPtrArray *standings,
                          char      *industry)
{
  g_clear_pointer (&self->standings, g_ptr_array_unref);
  self->standings = standings;
  g_free (self->industry);
  self->industry = industry != NULL ? industry : g_strdup ("");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ASSESSED]);
}
