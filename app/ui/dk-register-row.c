/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-row"

#include "dk-register-row.h"

#include "dk-settings.h"

#include <string.h>

#define DRAFTS_KEY "dk-register-drafts"

/* What was typed and cannot be read. It belongs to the session, so that it is still there when the page is shown again. */
typedef struct { char *text, *reason; } Draft;

struct _DkRegisterRow
{
  GObject           parent_instance;
  DkSession        *session;
  const DkRegister *reg;
  gint64            id;
  gpointer         *cells; /* widgets, by column */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DkRegisterRow, dk_register_row, G_TYPE_OBJECT)

static void
free_draft (Draft *draft)
{
  g_free (draft->text);
  g_free (draft->reason);
  g_free (draft);
}

static GHashTable *
get_drafts (DkSession *session)
{
  GHashTable *drafts = g_object_get_data (G_OBJECT (session), DRAFTS_KEY);

  if (drafts == NULL)
    {
      drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) free_draft);
      g_object_set_data_full (G_OBJECT (session), DRAFTS_KEY, drafts, (GDestroyNotify) g_hash_table_unref);
    }
  return drafts;
}

static char *
make_key (DkRegisterRow *self,
          guint          column)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%u", self->reg->id, self->id, column);
}

static Draft *
find_draft (DkRegisterRow *self,
            guint          column)
{
  GHashTable *drafts = get_drafts (self->session);
  g_autofree char *key = NULL;

  if (g_hash_table_size (drafts) == 0)
    return NULL;
  key = make_key (self, column);
  return g_hash_table_lookup (drafts, key);
}

static void
dk_register_row_finalize (GObject *object)
{
  DkRegisterRow *self = DK_REGISTER_ROW (object);

  g_clear_object (&self->session);
  g_free (self->cells);
  G_OBJECT_CLASS (dk_register_row_parent_class)->finalize (object);
}

static void
dk_register_row_class_init (DkRegisterRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_register_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dk_register_row_init (DkRegisterRow *self)
{
}

static DkRegisterRow *
make_row (DkSession        *session,
          const DkRegister *reg,
          gint64            id)
{
  DkRegisterRow *self = g_object_new (DK_TYPE_REGISTER_ROW, NULL);

  self->session = g_object_ref (session);
  self->reg = reg;
  self->id = id;
  self->cells = g_new0 (gpointer, reg->columns->len);
  return self;
}

gint64
dk_register_row_get_id (DkRegisterRow *self)
{
  return self->id;
}

const DkRegister *
dk_register_row_get_register (DkRegisterRow *self)
{
  return self->reg;
}

DkSession *
dk_register_row_get_session (DkRegisterRow *self)
{
  return self->session;
}

DkAnswerState
dk_register_row_get_answer (DkRegisterRow *self,
                            guint          column,
                            DkValue       *value)
{
  if (self->id == 0)
    return DK_ANSWER_NONE;
  return dk_session_get_cell (self->session, self->reg->id, self->id, g_ptr_array_index (self->reg->columns, column), value);
}

char *
dk_register_row_dup_text (DkRegisterRow *self,
                          guint          column)
{
  Draft *draft = find_draft (self, column);
  DkAnswerState state;
  DkValue value;

  if (draft != NULL)
    return g_strdup (draft->text);
  state = dk_register_row_get_answer (self, column, &value);
  return dk_cell_to_text (g_ptr_array_index (self->reg->columns, column), state, &value, dk_settings_is_in_wan (),
                          dk_settings_get_language ());
}

const char *
dk_register_row_get_reason (DkRegisterRow *self,
                            guint          column)
{
  Draft *draft = find_draft (self, column);

  return draft != NULL ? draft->reason : NULL;
}

void
dk_register_row_set_draft (DkRegisterRow *self,
                           guint          column,
                           const char    *text,
                           const char    *reason)
{
  GHashTable *drafts = get_drafts (self->session);
  g_autofree char *key = make_key (self, column);
  Draft *draft;

  if (text == NULL)
    {
      g_hash_table_remove (drafts, key);
      return;
    }
  draft = g_new0 (Draft, 1);
  draft->text = g_strdup (text);
  draft->reason = g_strdup (reason);
  g_hash_table_replace (drafts, g_steal_pointer (&key), draft);
}

void
dk_register_row_changed (DkRegisterRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

gpointer
dk_register_row_get_cell (DkRegisterRow *self,
                          guint          column)
{
  return self->cells[column];
}

void
dk_register_row_set_cell (DkRegisterRow *self,
                          guint          column,
                          gpointer       cell)
{
  self->cells[column] = cell;
}

/* --- All rows --- */

struct _DkRegisterRows
{
  GObject           parent_instance;
  DkSession        *session;
  const DkRegister *reg;
  GPtrArray        *rows; /* DkRegisterRow *, as shown; the last one is the empty one */
  guint             n_all; /* rows, those that are not shown too; not the empty one */
  char            **wanted; /* words that a row must have to be shown, of one case; NULL: all rows are */
  int               sort_column;
  gboolean          is_descending;
};

static void dk_register_rows_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DkRegisterRows, dk_register_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, dk_register_rows_list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DK_TYPE_REGISTER_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return DK_REGISTER_ROWS (model)->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       n)
{
  DkRegisterRows *self = DK_REGISTER_ROWS (model);

  return n < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, n)) : NULL;
}

static void
dk_register_rows_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
dk_register_rows_finalize (GObject *object)
{
  DkRegisterRows *self = DK_REGISTER_ROWS (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->rows);
  g_strfreev (self->wanted);
  G_OBJECT_CLASS (dk_register_rows_parent_class)->finalize (object);
}

static void
dk_register_rows_class_init (DkRegisterRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dk_register_rows_finalize;
}

static void
dk_register_rows_init (DkRegisterRows *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->sort_column = -1;
}

DkRegisterRows *
dk_register_rows_new (DkSession        *session,
                      const DkRegister *reg)
{
  DkRegisterRows *self = g_object_new (DK_TYPE_REGISTER_ROWS, NULL);

  self->session = g_object_ref (session);
  self->reg = reg;
  dk_register_rows_reload (self);
  return self;
}

guint
dk_register_rows_get_n (DkRegisterRows *self)
{
  return self->rows->len - 1;
}

guint
dk_register_rows_get_n_all (DkRegisterRows *self)
{
  return self->n_all;
}

DkRegisterRow *
dk_register_rows_peek (DkRegisterRows *self,
                       guint           n)
{
  return n < self->rows->len ? g_ptr_array_index (self->rows, n) : NULL;
}

gboolean
dk_register_rows_find (DkRegisterRows *self,
                       DkRegisterRow  *row,
                       guint          *n)
{
  return g_ptr_array_find (self->rows, row, n);
}

typedef struct { DkRegisterRow *row; DkCellOrder order; guint place; gboolean is_descending; } Sorted;

static int
compare_sorted (gconstpointer a,
                gconstpointer b)
{
  const Sorted *x = a, *y = b;
  int order = dk_cell_order_compare (&x->order, &y->order);

  /* What is not known stays at the end whichever way the rest goes. */
  if (order != 0)
    return x->is_descending && x->order.rank < 2 && y->order.rank < 2 ? -order : order;
  return x->place < y->place ? -1 : 1;
}

/* Orders rows, which come as they are kept, the empty one left out. */
static void
sort_rows (DkRegisterRows *self,
           GPtrArray      *rows)
{
  g_autofree Sorted *sorted = NULL;

  if (self->sort_column < 0)
    return;
  sorted = g_new0 (Sorted, MAX (rows->len, 1));
  for (guint i = 0; i < rows->len; i++)
    {
      DkValue value;
      DkAnswerState state;

      sorted[i].row = g_ptr_array_index (rows, i);
      sorted[i].place = i;
      sorted[i].is_descending = self->is_descending;
      state = dk_register_row_get_answer (sorted[i].row, (guint) self->sort_column, &value);
      dk_cell_get_order (g_ptr_array_index (self->reg->columns, self->sort_column), state, &value, &sorted[i].order);
    }
  qsort (sorted, rows->len, sizeof (Sorted), compare_sorted);
  for (guint i = 0; i < rows->len; i++)
    {
      rows->pdata[i] = sorted[i].row;
      dk_cell_order_clear (&sorted[i].order);
    }
}

/* Puts other rows in place of those shown, and tells only of where they differ. */
static void
replace_rows (DkRegisterRows *self,
              GPtrArray      *rows)
{
  g_autoptr(GPtrArray) old = self->rows;
  guint before = 0, behind = 0;

  while (before < old->len && before < rows->len && old->pdata[before] == rows->pdata[before])
    before++;
  while (behind < old->len - before && behind < rows->len - before
         && old->pdata[old->len - 1 - behind] == rows->pdata[rows->len - 1 - behind])
    behind++;
  self->rows = rows;
  if (before + behind < old->len || before + behind < rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), before, old->len - before - behind, rows->len - before - behind);
}

/* Whether a row has all the words, in whichever cells; and a cell that cannot be read is never put out of sight. */
static gboolean
is_wanted (DkRegisterRows *self,
           DkRegisterRow  *row)
{
  gboolean has_draft = FALSE;
  g_autoptr(GString) texts = NULL;
  g_autofree char *folded = NULL;

  if (self->wanted == NULL)
    return TRUE;
  texts = g_string_new (NULL);
  for (guint i = 0; i < self->reg->columns->len && !has_draft; i++)
    {
      g_autofree char *text = dk_register_row_dup_text (row, i);

      has_draft = dk_register_row_get_reason (row, i) != NULL;
      g_string_append_printf (texts, "%s\n", text);
    }
  folded = g_utf8_casefold (texts->str, -1);
  for (guint i = 0; self->wanted[i] != NULL && !has_draft; i++)
    if (strstr (folded, self->wanted[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* @is_anew: the words are others now; else what is shown stays shown, whatever it has become. */
static void
reload (DkRegisterRows *self,
        gboolean        is_anew)
{
  g_autoptr(GArray) ids = dk_session_list_rows (self->session, self->reg->id);
  g_autoptr(GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  DkRegisterRow *empty = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      DkRegisterRow *row = g_ptr_array_index (self->rows, i);

      if (row->id == 0)
        empty = row;
      else
        g_hash_table_insert (known, &row->id, row);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      DkRegisterRow *shown = g_hash_table_lookup (known, &id);
      g_autoptr(DkRegisterRow) row = shown != NULL ? g_object_ref (shown) : make_row (self->session, self->reg, id);

      if ((shown != NULL && !is_anew) || is_wanted (self, row))
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  self->n_all = ids->len;
  sort_rows (self, rows);
  g_ptr_array_add (rows, empty != NULL ? g_object_ref (empty) : make_row (self->session, self->reg, 0));
  replace_rows (self, rows);
  for (guint i = 0; i < self->rows->len; i++)
    dk_register_row_changed (g_ptr_array_index (self->rows, i));
}

void
dk_register_rows_reload (DkRegisterRows *self)
{
  reload (self, FALSE);
}

void
dk_register_rows_filter (DkRegisterRows *self,
                         const char     *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto(GStrv) words = g_strsplit_set (folded, " \t", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gboolean has_words = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        g_strv_builder_add (builder, words[i]);
        has_words = TRUE;
      }
  g_strfreev (self->wanted);
  self->wanted = has_words ? g_strv_builder_end (builder) : NULL;
  reload (self, TRUE);
}

gboolean
dk_register_rows_is_filtered (DkRegisterRows *self)
{
  return self->wanted != NULL;
}

void
dk_register_rows_settle (DkRegisterRows *self,
                         gint64          id)
{
  guint last = self->rows->len - 1;
  DkRegisterRow *row = g_ptr_array_index (self->rows, last);

  row->id = id;
  self->n_all++;
  g_ptr_array_add (self->rows, make_row (self->session, self->reg, 0));
  /* Told as a change of the row too, by which its number appears; views keep the widgets of an object that comes again. */
  g_list_model_items_changed (G_LIST_MODEL (self), last, 1, 2);
  dk_register_row_changed (row);
}

void
dk_register_rows_sort (DkRegisterRows *self,
                       int             column,
                       gboolean        is_descending)
{
  self->sort_column = column;
  self->is_descending = is_descending;
  dk_register_rows_reload (self);
}

int
dk_register_rows_get_sort (DkRegisterRows *self,
                           gboolean       *is_descending)
{
  *is_descending = self->is_descending;
  return self->sort_column;
}

guint
dk_register_rows_count_bad (DkRegisterRows  *self,
                            DkRegisterRow  **row,
                            guint           *column)
{
  guint n = 0;

  if (g_hash_table_size (get_drafts (self->session)) == 0)
    return 0;
  for (guint i = 0; i < self->rows->len; i++)
    for (guint k = 0; k < self->reg->columns->len; k++)
      if (find_draft (g_ptr_array_index (self->rows, i), k) != NULL && n++ == 0)
        {
          *row = g_ptr_array_index (self->rows, i);
          *column = k;
        }
  return n;
}
