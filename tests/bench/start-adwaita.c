/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An empty libadwaita window: what a start takes with the style that the program has. */
#include <adwaita.h>

static void
on_activate_cb (GtkApplication *application)
{
  gtk_window_present (GTK_WINDOW (adw_application_window_new (application)));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(AdwApplication) application = adw_application_new ("io.github.dengke.StartAdwaita", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
