/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the page of a register share. */
#pragma once

#include "dk-register-cell.h"
#include "dk-register-page.h"

G_BEGIN_DECLS

/* Keeps an empty row at the end, moves a cell cursor over the table (the list view itself knows of rows only), and writes what
 * the cells tell it. Only the row that an edit is of reads its answers again. */
struct _DkRegisterPage
{
  AdwBin            parent_instance;
  DkSession        *session;
  char             *reg_id;
  const DkRegister *reg;
  DkRegisterRows   *rows;
  GtkSelectionModel *selection;

  GtkWidget *toasts, *content, *toolbar, *add, *paste, *copy, *delete, *search, *sort, *stack, *empty, *empty_add, *empty_none;
  GtkWidget *scroller, *table, *cards, *strip, *reason, *go, *footer, *count, *switch_box, *all, *not_all, *none;

  char           *title, *subtitle;
  gboolean        is_narrow;
  gboolean        is_started;   /* the table is shown although it has no rows */
  gboolean        is_writing;   /* "changed" tells of what we know */
  guint           layout_id;
  DkRegisterRow  *target;       /* the cell to have the keyboard once it is there */
  guint           target_column;
  guint           target_tries;
  guint           target_id;
  int             probed_column;
  DkRegisterRow  *current;      /* the row that had the keyboard last */
  guint           current_column;
};

/* The page (dk-register-page.c). */
void            dk_register_page_tell           (DkRegisterPage *self, const char *message, gboolean can_undo);
void            dk_register_page_tell_error     (DkRegisterPage *self, const GError *error);
const DkSymbol *dk_register_page_get_column     (DkRegisterPage *self, guint column);
void            dk_register_page_update_state   (DkRegisterPage *self);

/* What is typed, chosen, pasted (dk-register-edit.c). */
void            dk_register_page_on_commit_cb   (DkRegisterPage *self, const char *text, DkRegisterCell *cell);
void            dk_register_page_on_answer_cb   (DkRegisterPage *self, int state, gpointer value, DkRegisterCell *cell);
void            dk_register_page_install_actions (GtkWidgetClass *widget_class);

/* The cell cursor (dk-register-keys.c). */
DkRegisterCell *dk_register_page_get_focus_cell (DkRegisterPage *self);
void            dk_register_page_update_strip   (DkRegisterPage *self);
void            dk_register_page_on_entered_cb  (DkRegisterPage *self, DkRegisterCell *cell);
void            dk_register_page_sort_by        (DkRegisterPage *self, int column, gboolean is_descending); /* column < 0: as kept */
gboolean        dk_register_page_on_key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
                                                    DkRegisterPage *self);
void            dk_register_page_on_pressed_cb  (GtkGestureClick *gesture, int n, double x, double y, DkRegisterPage *self);

/* Columns and cards (dk-register-views.c). */
void            dk_register_page_set_up_views   (DkRegisterPage *self);

G_END_DECLS
