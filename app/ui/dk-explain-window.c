/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-explain-window"

#include "dk-explain-window.h"

#include "dk-day-button.h"
#include "dk-explain-line.h"
#include "dk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

#define WIDTH 720
#define HEIGHT 620
#define SURE_DEPTH 2  /* levels that are unfolded from the start */
#define PAGE_LINES 10 /* more are unfolded while there are no more lines */

struct _DkExplainWindow
{
  AdwWindow         parent_instance;
  GtkLabel         *subtitle;
  GtkLabel         *hint;
  GtkLabel         *basis;
  GtkListView      *view;
  GtkTreeListModel *lines;
  DkProvenance     *tree;
};

G_DEFINE_FINAL_TYPE (DkExplainWindow, dk_explain_window, ADW_TYPE_WINDOW)

/* --- The tree as a model --- */

static GListModel *
new_steps (const DkProvenance *const *nodes,
           guint                      n_nodes)
{
  GListStore *store = g_list_store_new (DK_TYPE_EXPLAIN_STEP);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr(DkExplainStep) step = dk_explain_step_new (nodes[i]);

      g_list_store_append (store, step);
    }
  return G_LIST_MODEL (store);
}

static GListModel *
create_children_cb (gpointer item,
                    gpointer data)
{
  const DkProvenance *node = dk_explain_step_get_node (item);

  return node->children->len == 0 ? NULL : new_steps ((const DkProvenance *const *) node->children->pdata, node->children->len);
}

/* Level by level, as long as it stays a page: two levels in any case, since the first only names the parts. */
static void
unfold (GtkTreeListModel *lines)
{
  for (guint depth = 0, n = 0; n != g_list_model_get_n_items (G_LIST_MODEL (lines)); depth++)
    {
      n = g_list_model_get_n_items (G_LIST_MODEL (lines));
      if (depth >= SURE_DEPTH && n > PAGE_LINES)
        break;
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (lines)); i++)
        {
          g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (lines), i);

          if (gtk_tree_list_row_get_depth (row) == depth)
            gtk_tree_list_row_set_expanded (row, TRUE);
        }
    }
}

/* --- Lines --- */

static void
on_setup_cb (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), dk_explain_line_new ());
  gtk_list_item_set_child (item, expander);
}

static void
on_bind_cb (GtkListItemFactory *factory,
            GtkListItem        *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  g_autoptr(DkExplainStep) step = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  dk_explain_line_set_node (DK_EXPLAIN_LINE (gtk_tree_expander_get_child (expander)), dk_explain_step_get_node (step));
}

static void
on_unbind_cb (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));

  gtk_tree_expander_set_list_row (expander, NULL);
  dk_explain_line_set_node (DK_EXPLAIN_LINE (gtk_tree_expander_get_child (expander)), NULL);
}

/* An answer or a list leads to where it was entered; anything else unfolds. */
void
dk_explain_window_activate (DkExplainWindow *self,
                            guint            position)
{
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
  g_autoptr(DkExplainStep) step = NULL;
  const DkProvenance *node;
  const char *action;

  g_return_if_fail (row != NULL);

  step = gtk_tree_list_row_get_item (row);
  node = dk_explain_step_get_node (step);
  if (node->kind == DK_PROVENANCE_FACT || node->kind == DK_PROVENANCE_REGISTER)
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

      action = node->kind == DK_PROVENANCE_FACT ? "win.show-fact" : "win.show-register";
      if (parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), action, "s", node->target);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
on_activate_cb (GtkListView     *view,
                guint            position,
                DkExplainWindow *self)
{
  dk_explain_window_activate (self, position);
}

static void
on_copy_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  DkExplainWindow *self = DK_EXPLAIN_WINDOW (widget);
  g_autofree char *text = dk_explain_window_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_label_set_text (self->hint, _("Copied as text")); /* a toast would be behind the window */
}

/* --- The life of the window --- */

static void
dk_explain_window_dispose (GObject *object)
{
  DkExplainWindow *self = DK_EXPLAIN_WINDOW (object);

  /* The lines point into the tree. */
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->lines);
  gtk_widget_dispose_template (GTK_WIDGET (self), DK_TYPE_EXPLAIN_WINDOW);
  G_OBJECT_CLASS (dk_explain_window_parent_class)->dispose (object);
}

static void
dk_explain_window_finalize (GObject *object)
{
  dk_provenance_free (DK_EXPLAIN_WINDOW (object)->tree);
  G_OBJECT_CLASS (dk_explain_window_parent_class)->finalize (object);
}

static void
dk_explain_window_class_init (DkExplainWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dk_explain_window_dispose;
  object_class->finalize = dk_explain_window_finalize;
  gtk_widget_class_install_action (widget_class, "explain.copy", NULL, on_copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "explain.copy", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, DK_RESOURCES "/ui/dk-explain-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DkExplainWindow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DkExplainWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, DkExplainWindow, basis);
  gtk_widget_class_bind_template_child (widget_class, DkExplainWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
dk_explain_window_init (DkExplainWindow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
}

static void
set_texts (DkExplainWindow *self,
           const DkWording *wording,
           const DkResult  *result)
{
  const DkVersion *version = result->item->version;
  g_autofree char *day = dk_day_to_prose (dk_assessment_get_as_of (wording->assessment));
  g_autofree char *subtitle = g_strdup_printf (_("%s · as of %s"), dk_wording_get_title (wording, result), day);
  g_autofree char *basis = version != NULL ? g_strdup_printf (_("%s, version %s"), dk_text_get (&result->item->pack->title, wording->language), version->id)
                                           : g_strdup (dk_text_get (&result->item->pack->title, wording->language));

  gtk_label_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->basis, basis);
}

GtkWidget *
dk_explain_window_new (GtkWindow  *parent,
                       DkSession  *session,
                       const char *id)
{
  DkExplainWindow *self;
  DkWording wording;
  const DkResult *result;
  g_autoptr(GtkSingleSelection) selection = NULL;

  g_return_val_if_fail (DK_IS_SESSION (session), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!dk_session_get_wording (session, &wording))
    return NULL;
  result = dk_assessment_find (wording.assessment, id);
  if (result == NULL)
    return NULL;
  self = g_object_new (DK_TYPE_EXPLAIN_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  /* Where the parent is narrow, a dialog wider than it would hang over its edges. */
  if (parent != NULL && gtk_widget_get_width (GTK_WIDGET (parent)) > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                                 MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  self->tree = dk_provenance_new (&wording, result);
  set_texts (self, &wording, result);
  self->lines = gtk_tree_list_model_new (new_steps ((const DkProvenance *const *) &self->tree, 1), FALSE, FALSE, create_children_cb, NULL, NULL);
  unfold (self->lines);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  return GTK_WIDGET (self);
}

GListModel *
dk_explain_window_get_lines (DkExplainWindow *self)
{
  return G_LIST_MODEL (self->lines);
}

char *
dk_explain_window_dup_text (DkExplainWindow *self)
{
  g_autofree char *text = dk_provenance_to_text (self->tree);

  return g_strdup_printf ("%s\n%s\n\n%s", gtk_label_get_text (self->subtitle), gtk_label_get_text (self->basis), text);
}

/* --- Alt+Enter --- */

gboolean
dk_explain_open (GtkWidget  *widget,
                 const char *id)
{
  return id != NULL && gtk_widget_activate_action (widget, "win.explain", "s", id);
}

void
dk_explain_add_binding (GtkWidgetClass  *klass,
                        GtkShortcutFunc  open)
{
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, GDK_ALT_MASK, open, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, GDK_ALT_MASK, open, NULL);
}
