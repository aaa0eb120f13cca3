/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-panes"

#include "dk-panes.h"

#include "dk-sidebar.h"
#include "dk-verdict-panel.h"

static void
add_inner (GPtrArray *panes,
           GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (DK_IS_VERDICT_PANEL (child) || gtk_widget_has_css_class (child, "dk-pane"))
      dk_panes_add (panes, child);
    else
      add_inner (panes, child);
}

void
dk_panes_add (GPtrArray *panes,
              GtkWidget *pane)
{
  g_return_if_fail (GTK_IS_WIDGET (pane));

  if (!gtk_widget_get_mapped (pane))
    return;
  g_ptr_array_add (panes, pane);
  add_inner (panes, pane);
}

gboolean
dk_panes_focus_next (GPtrArray *panes,
                     GtkWidget *focus)
{
  guint current = panes->len - 1; /* of nested panes the inner one, which comes later */

  for (guint i = 0; focus != NULL && i < panes->len; i++)
    if (gtk_widget_is_ancestor (focus, g_ptr_array_index (panes, i)))
      current = i;
  for (guint i = 1; i <= panes->len; i++)
    {
      GtkWidget *pane = g_ptr_array_index (panes, (current + i) % panes->len);

      /* The sidebar gives the focus to the place that is shown, the others to what comes first. */
      if (DK_IS_SIDEBAR (pane) ? gtk_widget_grab_focus (pane) : gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD))
        return TRUE;
    }
  return FALSE;
}
