/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest GTK program: what a start takes that nobody can avoid. */
#include <gtk/gtk.h>

static void
on_activate_cb (GtkApplication *application)
{
  gtk_window_present (GTK_WINDOW (gtk_application_window_new (application)));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) application = gtk_application_new ("io.github.dengke.StartGtk", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
