/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a key in a field to the results painted anew: "keystroke_p50_ms", "keystroke_p99_ms", "keystroke_max_ms". */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-form-page.h"

#define N_KEYS 400

typedef struct
{
  gboolean is_assessed;
  gboolean is_painted;
} Wait;

static void
on_assessed_cb (DkSession *session,
                Wait      *wait)
{
  wait->is_assessed = TRUE;
}

static void
on_painted_cb (GdkFrameClock *clock,
               Wait          *wait)
{
  wait->is_painted = wait->is_painted || wait->is_assessed;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

int
main (int    argc,
      char **argv)
{
  static const char *const texts[] = { "4", "45", "450", "4500", "450", "45" };
  g_autoptr(DkSession) session = NULL;
  GtkWindow *window;
  GtkWidget *page, *focus;
  Fixture fixture = { 0 };
  Wait wait = { 0 };
  gint64 took[N_KEYS];

  fixture_init (&argc, &argv);
  fixture_set_up (&fixture, NULL);
  /* A cursor that blinks paints all the time: keys would wait for the next turn of a display that there is not. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  session = fixture_open (&fixture, fixture.half_filled);
  page = GTK_WIDGET (dk_form_page_new (session, "people"));
  window = fixture_show (page, 1280, 800);
  fixture_wait (300);
  dk_form_page_focus_fact (DK_FORM_PAGE (page), "staff", 2025);
  fixture_wait (300);
  focus = gtk_window_get_focus (window);
  g_assert_true (GTK_IS_EDITABLE (focus));
  g_signal_connect (session, "assessed", G_CALLBACK (on_assessed_cb), &wait);
  g_signal_connect (gtk_widget_get_frame_clock (page), "after-paint", G_CALLBACK (on_painted_cb), &wait);
  for (guint i = 0; i < N_KEYS; i++)
    {
      gint64 start;

      fixture_wait (60); /* sixteen keys a second: nobody types faster */
      dk_session_settle (session);
      wait = (Wait) { FALSE, FALSE };
      start = g_get_monotonic_time ();
      gtk_editable_set_text (GTK_EDITABLE (focus), texts[i % G_N_ELEMENTS (texts)]);
      gtk_widget_queue_draw (page);
      while (!wait.is_painted)
        g_main_context_iteration (NULL, TRUE);
      took[i] = g_get_monotonic_time () - start;
    }
  qsort (took, N_KEYS, sizeof took[0], compare);
  g_print ("keystroke_p50_ms %.1f ms\n", (double) took[N_KEYS / 2] / 1000);
  g_print ("keystroke_p99_ms %.1f ms\n", (double) took[N_KEYS * 99 / 100] / 1000);
  g_print ("keystroke_max_ms %.1f ms\n", (double) took[N_KEYS - 1] / 1000);
  fixture_wait (700);
  gtk_window_destroy (window);
  dk_session_settle (session);
  fixture_iterate ();
  g_clear_object (&session);
  fixture_tear_down (&fixture, NULL);
  return 0;
}
