/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look: style sheets and icons from the resources. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Loads the style sheets for @display, once; the colours follow the desktop's light or dark. */
void dk_style_load      (GdkDisplay *display);
/* A colour of the style (dk_met_fill …); opaque grey if there is none of that name. */
void dk_style_get_color (GtkWidget *widget, const char *name, GdkRGBA *color);
/* For what is shown anew with each key. The toolkit asks the display server where the pointer is whenever a tooltip is set, be it
   the same: that is waited for. NULL: none. */
void dk_style_set_tooltip (GtkWidget *widget, const char *text);
/* For what draws itself: a text with its upper left corner there; and where a text begins that is centred on @x, kept inside. */
void   dk_style_append_text (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y, const GdkRGBA *color);
double dk_style_centre_text (PangoLayout *layout, double x, double width);

G_END_DECLS
