/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-style"

#include "dk-style.h"

#include "dk-settings.h"

#include <adwaita.h>

static void
on_dark_changed_cb (AdwStyleManager *manager,
                    GParamSpec      *pspec,
                    GtkCssProvider  *colors)
{
  gtk_css_provider_load_from_resource (colors, adw_style_manager_get_dark (manager) ? DK_RESOURCES "/css/colors-dark.css"
                                                                                     : DK_RESOURCES "/css/colors-light.css");
}

void
dk_style_load (GdkDisplay *display)
{
  static const char *const key = "dk-style";
  g_autoptr(GtkCssProvider) colors = NULL;
  g_auto(GStrv) sheets = NULL;
  AdwStyleManager *manager = adw_style_manager_get_for_display (display);

  if (g_object_get_data (G_OBJECT (display), key) != NULL)
    return;
  g_object_set_data (G_OBJECT (display), key, GINT_TO_POINTER (TRUE));
  colors = gtk_css_provider_new ();
  on_dark_changed_cb (manager, NULL, colors);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (on_dark_changed_cb), colors, 0);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (colors), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

  sheets = g_resources_enumerate_children (DK_RESOURCES "/css", 0, NULL);
  for (guint i = 0; sheets != NULL && sheets[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (DK_RESOURCES "/css/", sheets[i], NULL);
      g_autoptr(GtkCssProvider) sheet = NULL;

      if (g_str_has_prefix (sheets[i], "colors-"))
        continue;
      sheet = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (sheet, path);
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (sheet), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    }
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), DK_RESOURCES "/icons");
}

void
dk_style_get_color (GtkWidget  *widget,
                    const char *name,
                    GdkRGBA    *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    *color = (GdkRGBA) { .5f, .5f, .5f, 1.f };
}

void
dk_style_set_tooltip (GtkWidget  *widget,
                      const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

void
dk_style_append_text (GtkSnapshot   *snapshot,
                      PangoLayout   *layout,
                      double         x,
                      double         y,
                      const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

double
dk_style_centre_text (PangoLayout *layout,
                      double       x,
                      double       width)
{
  int own;

  pango_layout_get_pixel_size (layout, &own, NULL);
  return CLAMP (x - own / 2., 0, MAX (0, width - own));
}
