/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes pictures of every page, or of those that are named, with the samples that Dengke comes with: screenshots FOLDER zh|en [PAGE...].
 * Light and dark, wide and narrow. */
#define FIXTURE_ALL_PACKS
#include "fixture.h"

#include "dk-listing-board.h"
#include "dk-samples.h"
#include "dk-window.h"

#include <string.h>

/* The samples, as they are numbered: in the order of their files. */
enum
{
  AGRITECH = 1,
  BIOTECH,
  EQUIPMENT,
  HALF_FILLED,
  SERVICES,
  SOFTWARE,
};

typedef struct
{
  const char *name;
  int         width, height;
} Size;

typedef struct
{
  const char *name;   /* of the picture */
  const char *action; /* with its target: "win.show-topic::people"; NULL: as the window comes up */
} Page;

/* What is enabled on the start page only while the program has it. */
static void
on_action_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
}

static const GActionEntry actions[] = {
  { "new-enterprise", on_action_cb },
  { "open", on_action_cb },
  { "open-samples", on_action_cb },
  { "open-uri", on_action_cb, "s" },
  { "preferences", on_action_cb },
};

typedef struct
{
  Fixture        *fixture;
  AdwApplication *application;
  const char     *folder;
  const char     *language;
  const char     *scheme;
  const Size     *size;
  char          **wanted; /* of pictures, the names; empty: all */
} Shoot;

static void
save (Shoot      *shoot,
      GtkWidget  *window,
      const char *name)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup_printf ("%s-%s-%s-%s.png", name, shoot->language, shoot->scheme, shoot->size->name);
  g_autofree char *path = g_build_filename (shoot->folder, file, NULL);

  /* There is nothing to be had between a change of sizes and the next frame. */
  for (guint i = 0; i < 20 && node == NULL; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      gtk_widget_queue_draw (window);
      fixture_wait (i * 50);
      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
      node = gtk_snapshot_free_to_node (snapshot);
    }
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  g_print ("%s\n", path);
}

/* The dialog that is open besides the window, or NULL. */
static GtkWidget *
find_dialog (GtkWidget *window)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (link->data != window && gtk_widget_get_mapped (link->data) && gtk_window_get_transient_for (link->data) == GTK_WINDOW (window))
      return link->data;
  return NULL;
}

static void
settle (DkWindow *window)
{
  DkSession *session = dk_window_get_session (window);

  if (session != NULL)
    dk_session_settle (session);
  fixture_wait (400);
  /* What a frame that took longer has put off. */
  fixture_iterate ();
  fixture_wait (50);
}

static void
do_action (DkWindow   *window,
           const char *detailed)
{
  g_autoptr(GVariant) target = NULL;
  g_autofree char *name = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &target, NULL));
  if (!gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target))
    g_error ("there is no action %s", name);
}

static gboolean
is_wanted (const Shoot *shoot,
           const char  *name)
{
  return *shoot->wanted == NULL || g_strv_contains ((const char *const *) shoot->wanted, name);
}

/* One window, all pages of one enterprise (0: no enterprise). */
static void
take (Shoot      *shoot,
      gint64      client,
      const Page *pages,
      guint       n_pages)
{
  DkWindow *window;
  guint n_wanted = 0;

  for (guint i = 0; i < n_pages; i++)
    n_wanted += is_wanted (shoot, pages[i].name);
  if (n_wanted == 0)
    return;
  g_settings_set_int (dk_settings_get (), DK_SETTING_WIDTH, shoot->size->width);
  g_settings_set_int (dk_settings_get (), DK_SETTING_HEIGHT, shoot->size->height);
  window = dk_window_new (shoot->application);
  dk_window_set_workspace (window, shoot->fixture->workspace);
  gtk_window_set_default_size (GTK_WINDOW (window), shoot->size->width, shoot->size->height);
  gtk_window_present (GTK_WINDOW (window));
  if (client != 0)
    g_assert_true (dk_window_open_client (window, client));
  settle (window);
  for (guint i = 0; i < n_pages; i++)
    {
      GtkWidget *dialog;

      if (!is_wanted (shoot, pages[i].name))
        continue;
      if (pages[i].action != NULL)
        do_action (window, pages[i].action);
      if (strcmp (pages[i].name, "listing-board") == 0)
        dk_listing_board_expand (DK_LISTING_BOARD (fixture_find (GTK_WIDGET (window), DK_TYPE_LISTING_BOARD, NULL)));
      settle (window);
      dialog = find_dialog (GTK_WIDGET (window));
      save (shoot, dialog != NULL ? dialog : GTK_WIDGET (window), pages[i].name);
      if (dialog != NULL)
        {
          gtk_window_destroy (GTK_WINDOW (dialog));
          settle (window);
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_iterate ();
}

static void
take_all (Shoot *shoot)
{
  static const Page list[] = { { "portfolio", NULL } };
  static const Page half[] = {
    { "form-identity", "win.show-topic::identity" }, { "form-people", "win.show-topic::people" }, { "form-money", "win.show-topic::money" },
    { "form-technology", "win.show-topic::technology" }, { "form-panel", "win.show-topic::panel" }, { "form-record", "win.show-topic::record" },
    { "register-empty", "win.show-register::awards" }, { "programme-open", "win.show-programme::stsme" },
    { "programme-class", "win.show-programme::size" }, { "listing-empty", "win.show-listing::all" }, { "export", "win.export" },
  };
  static const Page software[] = {
    { "ladder", "win.show-ladder::all" }, { "register", "win.show-register::ip" }, { "register-people", "win.show-register::people" },
    { "programme-met", "win.show-programme::stsme" }, { "criterion-met", "win.show-criterion::stsme.score" }, { "explain", "win.explain::stsme.score" },
    { "programme-hnte", "win.show-programme::hnte" }, { "calendar", "win.show-calendar::all" }, { "snapshots", "win.show-snapshots::all" },
    { "criterion-near", "win.show-criterion::srdi2026.main_ratio" },
  };
  static const Page equipment[] = {
    { "ladder-high", "win.show-ladder::all" }, { "listing", "win.show-listing::all" }, { "plans", "win.show-plans::all" },
    { "listing-standard", "win.show-listing::bse.BSE-3" }, { "listing-board", "win.show-listing::szse_chinext.CX-1" }, { "register-costs", "win.show-register::rd_costs" }, { "programme-giant", "win.show-programme::giant2026" },
    { "programme-champion", "win.show-programme::champion" },
  };
  static const Page biotech[] = { { "ladder-young", "win.show-ladder::all" }, { "criterion-not-computable", "win.show-criterion::hnte.rd_ratio" } };
  static const Page agritech[] = { { "criterion-edge", "win.show-criterion::stsme.score" } };
  static const Page services[] = {
    { "ladder-near", "win.show-ladder::all" }, { "checks", "win.show-checks::checks" }, { "programme-not-met", "win.show-programme::stsme" }, { "criterion-not-met", "win.show-criterion::stsme.score" },
  };

  take (shoot, 0, list, G_N_ELEMENTS (list));
  take (shoot, HALF_FILLED, half, G_N_ELEMENTS (half));
  take (shoot, SOFTWARE, software, G_N_ELEMENTS (software));
  take (shoot, EQUIPMENT, equipment, G_N_ELEMENTS (equipment));
  take (shoot, BIOTECH, biotech, G_N_ELEMENTS (biotech));
  take (shoot, AGRITECH, agritech, G_N_ELEMENTS (agritech));
  take (shoot, SERVICES, services, G_N_ELEMENTS (services));
}

/* The samples of Dengke, instead of those of the tests. */
static void
use_shipped_samples (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "samples.dengke", NULL);
  gint64 day = dk_workspace_get_as_of (fixture->workspace);
  g_autoptr(GError) error = NULL;

  g_assert_true (dk_samples_ensure (fixture->library, path, &error));
  g_assert_no_error (error);
  g_object_unref (fixture->workspace);
  fixture->workspace = dk_workspace_new (fixture->library, path, day, &error);
  g_assert_no_error (error);
}

/* The page of a workspace with nothing in it. */
static void
take_start (Shoot *shoot)
{
  static const Page start[] = { { "start", NULL } };
  static const Page recent[] = { { "start-recent", NULL } };
  const char *files[] = { dk_workspace_get_path (shoot->fixture->workspace), "/home/founder/clients.dengke", NULL };
  DkWorkspace *full = shoot->fixture->workspace;
  g_autofree char *path = g_build_filename (shoot->fixture->folder, "empty.dengke", NULL);
  g_autoptr(GError) error = NULL;

  shoot->fixture->workspace = dk_workspace_new (shoot->fixture->library, path, dk_workspace_get_as_of (full), &error);
  g_assert_no_error (error);
  take (shoot, 0, start, G_N_ELEMENTS (start));
  g_settings_set_strv (dk_settings_get (), DK_SETTING_RECENT, files);
  take (shoot, 0, recent, G_N_ELEMENTS (recent));
  g_settings_reset (dk_settings_get (), DK_SETTING_RECENT);
  g_object_unref (shoot->fixture->workspace);
  shoot->fixture->workspace = full;
}

int
main (int    argc,
      char **argv)
{
  static const Size sizes[] = { { "1280", 1280, 800 }, { "400", 400, 800 } };
  static const char *const schemes[] = { "light", "dark" };
  g_autoptr(AdwApplication) application = NULL;
  Fixture fixture = { 0 };
  Shoot shoot = { &fixture };

  if (argc < 3 || (strcmp (argv[2], "zh") != 0 && strcmp (argv[2], "en") != 0))
    {
      g_printerr ("screenshots FOLDER zh|en [PAGE...]\n");
      return 1;
    }
  fixture_init (&argc, &argv);
  g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, argv[2]);
  dk_settings_apply_language ();
  g_mkdir_with_parents (argv[1], 0777);
  application = adw_application_new (DK_APPLICATION_ID ".Screenshots", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), NULL);
  fixture_set_up (&fixture, NULL);
  dk_workspace_settle (fixture.workspace);
  use_shipped_samples (&fixture);
  dk_workspace_settle (fixture.workspace);
  shoot.application = application;
  shoot.folder = argv[1];
  shoot.language = argv[2];
  shoot.wanted = argv + 3;
  for (guint s = 0; s < G_N_ELEMENTS (schemes); s++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        adw_style_manager_set_color_scheme (adw_style_manager_get_default (), s == 0 ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_FORCE_DARK);
        shoot.scheme = schemes[s];
        shoot.size = &sizes[i];
        take_start (&shoot);
        take_all (&shoot);
      }
  fixture_tear_down (&fixture, NULL);
  return 0;
}
