/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-derivation"

#include "dk-derivation.h"

#include "dk-digest.h"
#include "dk-link.h"
#include "dk-sign.h"

#include <glib/gi18n.h>

#define INDENT 16
#define MAX_DEPTH 6
#define MAX_LINES 60

/* A tree being written. */
typedef struct
{
  const DkWording *wording;
  GtkWidget       *box;
  GHashTable      *seen;  /* const DkItem *: each is unfolded once */
  GHashTable      *below; /* char *: what stands below the same result already */
  guint            n_lines;
} Writer;

static void write_item (Writer *writer, const DkItem *item, guint depth);

static void
add_line (Writer     *writer,
          guint       depth,
          const char *text,
          const char *value,
          const char *action,
          const char *target)
{
  g_autofree char *name = g_strdup_printf (value != NULL && *value != '\0' ? "%s, %s" : "%s", text, value);
  GtkWidget *link = dk_link_new (text, value, action, target, name);

  gtk_widget_set_margin_start (link, (int) depth * INDENT);
  if (g_str_equal (action, "win.show-criterion"))
    gtk_widget_add_css_class (link, "dk-step");
  gtk_box_append (GTK_BOX (writer->box), link);
  writer->n_lines++;
}

static gboolean
is_new_below (Writer     *writer,
              const char *kind,
              const char *id)
{
  return g_hash_table_add (writer->below, g_strconcat (kind, id, NULL));
}

static void
write_facts (Writer       *writer,
             const DkExpr *expr,
             guint         depth)
{
  DkAssessment *assessment = writer->wording->assessment;

  if (expr->slots == NULL)
    return; /* a column of a row: the register stands for it */
  for (guint i = 0; i < MAX (1, expr->n_regs); i++)
    {
      guint slot = assessment->canonical[expr->slots[i]];
      DkFactRef ref = { expr->fact, dk_assessment_get_period (assessment, slot), slot };
      g_autofree char *target = dk_digest_dup_target (&ref);
      g_autofree char *name = dk_wording_name_fact (writer->wording, &ref);
      g_autofree char *value = dk_digest_dup_fact_value (writer->wording, &ref);

      if (is_new_below (writer, "fact:", name))
        add_line (writer, depth, name, value, "win.show-fact", target);
    }
}

static void
write_register (Writer     *writer,
                const char *id,
                guint       depth)
{
  const DkScope *scope = dk_rulebook_get_scope (writer->wording->book);
  guint index;
  const DkRegister *reg = dk_scope_find_register (scope, id, &index);
  const DkRows *rows;
  const char *label;
  g_autofree char *count = NULL, *value = NULL;

  if (reg == NULL || !is_new_below (writer, "register:", id))
    return;
  rows = dk_enterprise_get_rows (writer->wording->assessment->enterprise, index);
  label = dk_text_get (&reg->label, writer->wording->language);
  count = g_strdup_printf (ngettext ("%u row", "%u rows", rows->n_rows), rows->n_rows);
  value = rows->is_complete ? g_steal_pointer (&count) : g_strdup_printf (_("%s, not complete"), count);
  add_line (writer, depth, *label != '\0' ? label : id, value, "win.show-register", id);
}

static void
write_expr (Writer       *writer,
            const DkExpr *expr,
            guint         depth)
{
  if (expr == NULL || writer->n_lines >= MAX_LINES)
    return;
  if (expr->fact != NULL)
    write_facts (writer, expr, depth);
  else if (expr->item != NULL)
    write_item (writer, expr->item, depth);
  else if (expr->kind == DK_EXPR_AGGREGATE && expr->name != NULL)
    write_register (writer, expr->name, depth);
  for (guint i = 0; i < expr->n_args; i++)
    write_expr (writer, expr->args[i], depth);
  for (guint i = 0; i < expr->n_rows; i++)
    {
      write_expr (writer, expr->rows[i].edge, depth);
      write_expr (writer, expr->rows[i].result, depth);
    }
}

static void
write_below (Writer       *writer,
             const DkItem *item,
             guint         depth)
{
  g_autoptr(GHashTable) below = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *outer = writer->below;

  if (depth > MAX_DEPTH)
    return;
  writer->below = below;
  for (guint i = 0; item->children != NULL && i < item->children->len; i++)
    write_item (writer, g_ptr_array_index (item->children, i), depth);
  write_expr (writer, item->applies, depth);
  write_expr (writer, item->value, depth);
  write_expr (writer, item->require, depth);
  writer->below = outer;
}

static gboolean
is_beside (const DkResult *result)
{
  return result->verdict == DK_VERDICT_NA
         || (result->has_value && result->kind != DK_KIND_TRUTH && (result->value.state & (DK_POINT | DK_RANGE | DK_UNDEFINED | DK_NA)) == DK_NA);
}

static void
write_item (Writer       *writer,
            const DkItem *named,
            guint         depth)
{
  const DkItem *item = dk_assessment_resolve (writer->wording->assessment, named, NULL);
  const DkResult *result = dk_assessment_find (writer->wording->assessment, item->id);
  g_autofree char *value = NULL;

  /* What does not apply rests on nothing worth reading. */
  if (result == NULL || is_beside (result) || writer->n_lines >= MAX_LINES || !is_new_below (writer, "item:", item->id))
    return;
  value = dk_digest_dup_value (writer->wording, result);
  if (*value == '\0' && result->verdict != DK_VERDICT_NONE)
    {
      g_free (value);
      value = g_strdup (dk_sign_get_name (dk_sign_of_result (writer->wording->assessment, result)));
    }
  add_line (writer, depth, dk_wording_get_title (writer->wording, result), value, "win.show-criterion", item->id);
  /* What was unfolded above is not unfolded again. */
  if (g_hash_table_add (writer->seen, (gpointer) item))
    write_below (writer, item, depth + 1);
}

GtkWidget *
dk_derivation_new (const DkWording *wording,
                   const DkResult  *result)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Writer writer = { .wording = wording, .box = box, .seen = seen };

  gtk_widget_add_css_class (box, "dk-derivation");
  g_hash_table_add (seen, (gpointer) result->item);
  write_below (&writer, result->item, 0);
  /* The one answer that is missing stands among what is missing. */
  if (writer.n_lines == 0 || (writer.n_lines == 1 && result->verdict == DK_VERDICT_OPEN))
    {
      g_object_ref_sink (box);
      g_object_unref (box);
      return NULL;
    }
  return box;
}
