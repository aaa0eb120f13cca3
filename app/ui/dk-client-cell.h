/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of the list of enterprises. */
#pragma once

#include "dk-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  DK_CELL_NAME,     /* name and industry */
  DK_CELL_STANDING, /* how it stands in one programme */
  DK_CELL_STEP,     /* what comes next */
  DK_CELL_MODIFIED,
} DkCellKind;

#define DK_TYPE_CLIENT_CELL (dk_client_cell_get_type ())
G_DECLARE_FINAL_TYPE (DkClientCell, dk_client_cell, DK, CLIENT_CELL, GtkWidget)

GtkWidget  *dk_client_cell_new        (DkCellKind kind, const char *pack);
void        dk_client_cell_set_client (DkClientCell *self, DkClient *client); /* NULL: none */
DkClient   *dk_client_cell_get_client (DkClientCell *self);
/* What comes next for an enterprise, in a sentence; "" while it is not assessed. (transfer full) */
char       *dk_client_describe_step   (DkClient *client, const char *language);
/* When it was changed last, for a table: the time today, the day otherwise. (transfer full) */
char       *dk_client_describe_modified (DkClient *client);

G_END_DECLS
