/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of the window share: a screen, the library, a workspace with the samples in a folder of its own, and ways to wait. */
#pragma once

#include "dk-session.h"
#include "dk-settings.h"
#include "dk-style.h"

#include "../support/samples.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The day on which the samples are looked at. */
#define FIXTURE_DAY "2026-07-15"

typedef struct
{
  DkLibrary   *library;
  char        *folder;
  DkWorkspace *workspace;
  gint64       passes, just_misses, half_filled; /* ids of the tests' own samples and of the half-filled one */
} Fixture;

/* Instead of g_test_init (); speaks English. */
static inline void
fixture_init (int    *argc,
              char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "en");
  dk_settings_apply_language ();
  dk_style_load (gdk_display_get_default ());
  /* What moves is at its place at once. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* Links what is in one folder into another that is made for it; of the packs only those that are told. */
static inline void
fixture_link (const char *from,
              const char *to,
              const char *const *only)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *base = g_canonicalize_filename (from, NULL);
  g_autoptr(GDir) folder = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *there = g_canonicalize_filename (name, base);
      g_autofree char *here = g_build_filename (to, name, NULL);

      if (only == NULL ? strcmp (name, "packs") != 0 : g_strv_contains (only, name))
        g_assert_cmpint (symlink (there, here), ==, 0);
    }
}

static char *fixture_data;

static inline void
fixture_remove_data (void)
{
  const char *const folders[] = { "data/packs", "data", "" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (fixture_data, folders[i], NULL);
      g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;

      while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *link = g_build_filename (path, name, NULL);

          g_unlink (link);
        }
      g_rmdir (path);
    }
}

/* The windows are tested with the programmes that the samples answer in full, whatever others Dengke comes with;
 * FIXTURE_ALL_PACKS before this file takes all of them. */
static inline void
fixture_choose_packs (void)
{
  static const char *const packs[] = { "sike.yaml", "sike_b.yaml", "size.yaml", "stsme.yaml", NULL };
  g_autofree char *data = dk_library_get_data_directory ();
  g_autofree char *from = g_build_filename (data, "packs", NULL);
  g_autofree char *to = NULL;
  g_autofree char *to_packs = NULL;
  g_autoptr(GError) error = NULL;

  fixture_data = g_dir_make_tmp ("dk-ui-data-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (fixture_remove_data);
  to = g_build_filename (fixture_data, "data", NULL);
  to_packs = g_build_filename (to, "packs", NULL);
  fixture_link (data, to, NULL);
  fixture_link (from, to_packs, packs);
  g_setenv ("DK_DATA_DIR", to, TRUE);
}

/* A sample without what it holds: an enterprise that applies for the first time. */
static inline gint64
fixture_import_newcomer (Fixture    *fixture,
                         const char *sample)
{
  g_autofree char *path = test_dup_sample (sample);
  g_autofree char *copy = g_build_filename (fixture->folder, sample, NULL);
  g_autofree char *text = NULL;
  g_autofree char *fewer = NULL;
  g_autoptr(GRegex) held = g_regex_new ("\\{\"kind\": \"stsme\"[^}]*\\}", 0, 0, NULL);
  g_autoptr(GError) error = NULL;
  gint64 id;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  fewer = g_regex_replace_literal (held, text, -1, 0, "", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fewer, !=, text);
  g_assert_true (g_file_set_contents (copy, fewer, -1, &error));
  id = dk_workspace_import (fixture->workspace, copy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  g_unlink (copy);
  return id;
}

static inline gint64
fixture_import (Fixture    *fixture,
                const char *sample)
{
  g_autofree char *path = test_dup_sample (sample);
  g_autoptr(GError) error = NULL;
  gint64 id = dk_workspace_import (fixture->workspace, path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  static DkLibrary *library; /* one for all tests: it takes its time, and does not change */
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 day;

  if (library == NULL)
    {
      g_autoptr(DkProblems) problems = dk_problems_new ();

#ifndef FIXTURE_ALL_PACKS
      fixture_choose_packs ();
#endif
      library = dk_library_load (problems);
      g_assert_nonnull (library);
      dk_library_compile_derived (library);
    }
  fixture->library = library;
  fixture->folder = g_dir_make_tmp ("dk-ui-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "test.dengke", NULL);
  g_assert_true (dk_date_parse (FIXTURE_DAY, -1, &day));
  fixture->workspace = dk_workspace_new (library, path, day, &error);
  g_assert_no_error (error);
  fixture->passes = fixture_import_newcomer (fixture, "passes.json");
  fixture->just_misses = fixture_import (fixture, "just-misses.json");
  fixture->half_filled = fixture_import (fixture, "half-filled.json");
}

/* A session that is assessed and has its question. (transfer full) */
static inline DkSession *
fixture_open (Fixture *fixture,
              gint64   id)
{
  g_autoptr(GError) error = NULL;
  DkSession *session = dk_workspace_open_session (fixture->workspace, id, &error);

  g_assert_no_error (error);
  dk_session_settle (session);
  return session;
}

static inline const DkSymbol *
fixture_fact (Fixture    *fixture,
              const char *id)
{
  const DkSymbol *fact = dk_scope_find_fact (dk_catalogue_get_scope (fixture->library->catalogue), id);

  g_assert_nonnull (fact);
  return fact;
}

/* Runs the main loop until nothing is waiting. */
static inline void
fixture_iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline gboolean
fixture_on_time_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop for so long. */
static inline void
fixture_wait (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, fixture_on_time_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static inline gboolean
fixture_remove_folder (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_remove (file);
    }
  return g_rmdir (path) == 0;
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  dk_workspace_settle (fixture->workspace);
  /* A thread that was told to stop may hold it for a moment longer. */
  for (guint i = 0; i < 500 && G_OBJECT (fixture->workspace)->ref_count > 1; i++)
    fixture_wait (10);
  fixture_iterate ();
  g_assert_finalize_object (fixture->workspace);
  /* Its connection takes the files of its log along when it closes: what is gone meanwhile is no mistake, what stays is one. */
  for (guint i = 0; i < 500 && !fixture_remove_folder (fixture->folder); i++)
    fixture_wait (10);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  g_free (fixture->folder);
}

/* Shows a widget in a window of that size, drawn once. (transfer none): gtk_window_destroy () it. */
static inline GtkWindow *
fixture_show (GtkWidget *child,
              int        width,
              int        height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  fixture_iterate ();
  return GTK_WINDOW (window);
}

/* The first descendant (or the widget itself) of a type, whose accessible label or text has @text in it (NULL: any). */
static inline GtkWidget *
fixture_find (GtkWidget  *root,
              GType       type,
              const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      const char *own = GTK_IS_LABEL (root) ? gtk_label_get_text (GTK_LABEL (root)) : GTK_IS_BUTTON (root) ? gtk_button_get_label (GTK_BUTTON (root))
                        : GTK_IS_EDITABLE (root) ? gtk_editable_get_text (GTK_EDITABLE (root)) : NULL;

      if (text == NULL || (own != NULL && g_strstr_len (own, -1, text) != NULL))
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = fixture_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What a page asked its window for last: an action of the window, and its target. */
typedef struct { char *action, *target; } FixtureAsked;

static inline void
fixture_on_asked_cb (GSimpleAction *action,
                     GVariant      *target,
                     FixtureAsked  *asked)
{
  g_free (asked->action);
  g_free (asked->target);
  asked->action = g_strdup (g_action_get_name (G_ACTION (action)));
  asked->target = g_variant_dup_string (target, NULL);
}

/* Gives a window actions (NULL-terminated names, of a string each) that only say in @asked that they were asked for. */
static inline void
fixture_record_actions (GtkWindow         *window,
                        const char *const *names,
                        FixtureAsked      *asked)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  for (; *names != NULL; names++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (*names, G_VARIANT_TYPE_STRING);

      g_signal_connect (action, "activate", G_CALLBACK (fixture_on_asked_cb), asked);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (group));
}

static inline void
fixture_forget_asked (FixtureAsked *asked)
{
  g_clear_pointer (&asked->action, g_free);
  g_clear_pointer (&asked->target, g_free);
}
