/* SPDX-License-Identifier: GPL-3.0-or-later */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-form-table.h"

/* The table of a board stands folded, with what is asked, what there is and how it ended; formulas are left to the workbook. */
static void
test_board (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *folder = dk_library_get_data_directory ();
  g_autofree char *path = g_build_filename (folder, "samples", "equipment.json", NULL);
  g_autoptr(GError) error = NULL;
  gint64 id = dk_workspace_import (fixture->workspace, path, &error);
  g_autoptr(DkSession) session = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *expander;
  GtkWindow *window;
  const DkResult *board, *title;
  DkWording wording;

  g_assert_no_error (error);
  session = fixture_open (fixture, id);
  g_assert_true (dk_session_get_wording (session, &wording));
  board = dk_assessment_find (wording.assessment, "sse_star");
  title = dk_assessment_find (wording.assessment, "stsme");
  dk_form_table_append (GTK_BOX (box), &wording, title);
  g_assert_null (gtk_widget_get_first_child (box));
  dk_form_table_append (GTK_BOX (box), &wording, board);
  expander = gtk_widget_get_first_child (box);
  g_assert_true (GTK_IS_EXPANDER (expander));
  g_assert_null (gtk_widget_get_next_sibling (expander));
  g_assert_cmpstr (gtk_expander_get_label (GTK_EXPANDER (expander)), ==, dk_text_get (&((const DkForm *) g_ptr_array_index (board->in_force->forms, 0))->title,
                                                                                      wording.language));
  window = fixture_show (box, 500, 700);
  g_assert_false (gtk_expander_get_expanded (GTK_EXPANDER (expander)));
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  fixture_iterate ();
  g_assert_nonnull (fixture_find (box, GTK_TYPE_LABEL, "≥ 10 %"));
  g_assert_nonnull (fixture_find (box, GTK_TYPE_LABEL, "≥ 7"));
  g_assert_null (fixture_find (box, GTK_TYPE_LABEL, "÷"));
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add ("/ui/form-table/board", Fixture, NULL, fixture_set_up, test_board, fixture_tear_down);
  return g_test_run ();
}
