/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thin pill beside a title: Self-rated, To be confirmed. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  DK_TAG_PLAIN,  /* thin outline */
  DK_TAG_DOUBT,  /* dashed, amber: a person should look */
} DkTagKind;

GtkWidget *dk_tag_new (const char *text, DkTagKind kind);

G_END_DECLS
