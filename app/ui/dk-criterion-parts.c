/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-criterion-parts"

#include "dk-criterion-parts.h"

#include "dk-basis.h"
#include "dk-digest.h"
#include "dk-formula.h"
#include "dk-link.h"
#include "dk-provenance.h"
#include "dk-sign.h"
#include "dk-track.h"

#include <glib/gi18n.h>
#include <string.h>

GtkWidget *
dk_criterion_parts_new_section (const char *title,
                                GtkWidget  *child)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), dk_basis_new_label (title, "dk-t3"));
  gtk_box_append (GTK_BOX (box), child);
  return box;
}

/* --- The formula --- */

static gboolean
on_link_cb (GtkLabel   *label,
            const char *uri)
{
  if (g_str_has_prefix (uri, "fact:"))
    gtk_widget_activate_action (GTK_WIDGET (label), "win.show-fact", "s", uri + strlen ("fact:"));
  return TRUE;
}

static GtkWidget *
new_formula_label (const DkWording *wording,
                   const DkResult  *result,
                   const char      *formula)
{
  GtkWidget *label = dk_basis_new_label (NULL, "dk-formula");
  g_autofree char *markup = dk_digest_link_formula (wording, result, formula);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_widget_add_css_class (label, "num");
  g_signal_connect (label, "activate-link", G_CALLBACK (on_link_cb), NULL);
  return label;
}

/* "5.40 % ≥ 5 %" with its sign, and below it how far it is. */
static GtkWidget *
new_ending (const DkWording *wording,
            const DkResult  *result,
            gboolean         has_value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  DkSign sign = dk_sign_of_result (wording->assessment, result);
  g_autofree char *value = has_value ? dk_digest_dup_value (wording, result) : g_strdup ("");
  g_autofree char *distance = dk_digest_dup_distance (wording, result);
  g_autoptr(GString) text = g_string_new (NULL);

  if (sign != DK_SIGN_NONE)
    {
      GtkWidget *image = dk_sign_image_new (sign, 17);

      gtk_widget_set_valign (image, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), image);
    }
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), lines);
  if (*value != '\0')
    {
      GtkWidget *label = dk_basis_new_label (value, "dk-strong");

      gtk_widget_add_css_class (label, "num");
      gtk_box_append (GTK_BOX (lines), label);
    }
  if (sign != DK_SIGN_NONE)
    g_string_append (text, dk_sign_get_name (sign));
  if (*distance != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", distance);
  if (text->len > 0)
    gtk_box_append (GTK_BOX (lines), dk_basis_new_label (text->str, dk_sign_get_class (sign)));
  return box;
}

/* The formula without how it ended, which stands below it with its sign. */
static char *
write_formula (const DkWording *wording,
               const DkResult  *result)
{
  const DkItem *item = result->item;
  gboolean is_plain = item->kind == DK_ITEM_CRITERION || item->kind == DK_ITEM_VALUE || item->kind == DK_ITEM_WARNING;

  if (result->verdict != DK_VERDICT_NA && is_plain && item->require != NULL)
    return dk_digest_dup_part (wording, result, item->require);
  if (result->verdict != DK_VERDICT_NA && is_plain && item->value != NULL && item->value->out_kind == DK_KIND_TRUTH)
    return dk_digest_dup_part (wording, result, item->value);
  if ((item->kind == DK_ITEM_TOTAL || item->kind == DK_ITEM_SCORE) && result->verdict != DK_VERDICT_NONE && result->verdict != DK_VERDICT_NA)
    {
      char *text = dk_wording_describe_result (wording, result);
      char *colon = g_strrstr (text, wording->language[0] == 'z' ? "：" : ": ");

      if (colon != NULL)
        *colon = '\0';
      return text;
    }
  return dk_wording_describe_result (wording, result);
}

static gboolean
has_links (GtkWidget *card)
{
  for (GtkWidget *child = gtk_widget_get_first_child (card); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child) && strstr (gtk_label_get_label (GTK_LABEL (child)), "<a ") != NULL)
      return TRUE;
  return FALSE;
}

GtkWidget *
dk_criterion_parts_new_formula (const DkWording *wording,
                                const DkResult  *result)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const DkExpr *quotient = result->verdict == DK_VERDICT_NA ? NULL : dk_digest_find_quotient (result);

  gtk_widget_add_css_class (card, "dk-soft");
  gtk_widget_add_css_class (card, "dk-formula-card");
  if (quotient != NULL)
    {
      g_autofree char *above = dk_digest_dup_part (wording, result, quotient->args[0]);
      g_autofree char *below = dk_digest_dup_part (wording, result, quotient->args[1]);
      GtkWidget *line = g_object_new (GTK_TYPE_SEPARATOR, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_box_append (GTK_BOX (card), new_formula_label (wording, result, above));
      gtk_box_append (GTK_BOX (card), line);
      gtk_box_append (GTK_BOX (card), new_formula_label (wording, result, below));
      if (result->item->value != NULL && result->item->value->kind == DK_EXPR_BAND)
        {
          DkValue ratio;

          /* Points come from the quotient: it is said before them. */
          if (dk_expr_get_value (result->item->value->args[0], 0, wording->assessment->run->regs, &ratio))
            {
              g_autofree char *shown = dk_value_to_display (&ratio, DK_KIND_NUMBER, quotient->out_unit, NULL, NULL, wording->language);
              g_autofree char *text = g_strdup_printf ("= %s", shown);

              gtk_box_append (GTK_BOX (card), dk_basis_new_label (text, "num"));
            }
        }
      gtk_box_append (GTK_BOX (card), new_ending (wording, result, TRUE));
    }
  else
    {
      g_autofree char *formula = write_formula (wording, result);

      gtk_box_append (GTK_BOX (card), new_formula_label (wording, result, formula));
      if (result->verdict != DK_VERDICT_NONE)
        gtk_box_append (GTK_BOX (card), new_ending (wording, result, FALSE));
    }

  if (has_links (card))
    {
      GtkWidget *hint = dk_basis_new_label (_("Underlined figures lead to the answer."), "dk-dim");

      gtk_widget_add_css_class (hint, "dk-mini");
      gtk_box_append (GTK_BOX (card), hint);
    }
  return card;
}

/* --- Bands --- */

#define MAX_SEGMENTS 6
#define MAX_SEGMENT_TEXT 9 /* characters */

static char *
show_edge (const DkWording *wording,
           const DkExpr    *band,
           guint            i)
{
  const DkBandRow *row = &band->rows[i];
  DkValue value;
  g_autofree char *shown = NULL;

  if (row->edge == NULL)
    /* TRANSLATORS: the last row of a table: all that the rows before do not cover. */
    return g_strdup (C_("band", "else"));
  if (!dk_expr_get_value (row->edge, 0, wording->assessment->run->regs, &value))
    return g_strdup ("");
  shown = dk_value_to_display_digits (&value, row->edge->out_kind, band->args[0]->out_unit, NULL, NULL, -1, wording->language);
  return g_strdup_printf ("%s %s", dk_comparison_to_symbol (row->op), shown);
}

static char *
show_band_result (const DkWording *wording,
                  const DkExpr    *band,
                  guint            i)
{
  const DkExpr *expr = band->rows[i].result;
  DkValue value;

  if (!dk_expr_get_value (expr, 0, wording->assessment->run->regs, &value))
    return g_strdup ("");
  return dk_value_to_display_digits (&value, band->out_kind, band->out_unit, band->out_choices, band->out_codes, -1, wording->language);
}

/* One band: what comes out, and from where on. */
static GtkWidget *
new_segment (const char *result,
             const char *edge,
             guint8      fit,
             gboolean    is_line)
{
  GtkWidget *box = gtk_box_new (is_line ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, is_line ? 8 : 3);
  GtkWidget *chip = gtk_label_new (result);
  GtkWidget *label = dk_basis_new_label (edge, "dk-small");
  g_autofree char *name = g_strdup_printf ("%s: %s%s%s", edge, result, fit == 0 ? "" : ", ",
                                           fit == 2 ? _("this one counts") : fit == 1 ? _("this one may count") : "");

  gtk_widget_add_css_class (chip, "dk-band");
  gtk_widget_add_css_class (chip, "num");
  if (fit == 2)
    gtk_widget_add_css_class (chip, "active");
  else if (fit == 1)
    gtk_widget_add_css_class (chip, "possible");
  gtk_label_set_ellipsize (GTK_LABEL (chip), is_line ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, fit == 0 ? "dk-dim" : "dk-strong");
  gtk_widget_add_css_class (label, "num");
  if (is_line)
    {
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (GTK_BOX (box), chip);
    }
  else
    {
      gtk_label_set_xalign (GTK_LABEL (label), .5f);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      gtk_box_append (GTK_BOX (box), chip);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return box;
}

static const DkExpr *
find_own_band (const DkResult *result)
{
  return result->item->value != NULL && result->item->value->kind == DK_EXPR_BAND ? result->item->value : NULL;
}

GtkWidget *
dk_criterion_parts_new_bands (const DkWording *wording,
                              const DkResult  *result,
                              char           **title)
{
  const DkExpr *band = dk_digest_find_band (result);
  g_autofree guint8 *fits = NULL;
  g_autoptr(GPtrArray) edges = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) outcomes = g_ptr_array_new_with_free_func (g_free);
  gboolean is_line = FALSE;
  gboolean is_points = result->item->kind == DK_ITEM_SCORE && result->has_value && band == find_own_band (result);
  g_autofree char *points = NULL;
  GtkWidget *box;

  if (band == NULL || band->n_rows == 0)
    return NULL;
  fits = dk_expr_fit_rows (band, wording->assessment->run->regs);
  for (guint i = 0; i < band->n_rows; i++)
    {
      char *edge = show_edge (wording, band, i);
      char *outcome = show_band_result (wording, band, i);

      is_line = is_line || g_utf8_strlen (edge, -1) > MAX_SEGMENT_TEXT || g_utf8_strlen (outcome, -1) > MAX_SEGMENT_TEXT;
      g_ptr_array_add (edges, edge);
      g_ptr_array_add (outcomes, outcome);
    }
  is_line = is_line || band->n_rows > MAX_SEGMENTS;
  box = gtk_box_new (is_line ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, is_line ? 4 : 3);
  gtk_box_set_homogeneous (GTK_BOX (box), !is_line);
  for (guint i = 0; i < band->n_rows; i++)
    gtk_box_append (GTK_BOX (box), new_segment (g_ptr_array_index (outcomes, i), g_ptr_array_index (edges, i), fits[i], is_line));

  if (is_points)
    points = dk_value_to_display (&result->value, result->kind, result->unit, NULL, NULL, wording->language);
  *title = NULL;
  for (guint i = 0; i < band->n_rows; i++)
    if (fits[i] == 2)
      /* TRANSLATORS: above the bands of a rule: "Why 20 points". */
      *title = g_strdup_printf (_("Why %s"), is_points ? points : (const char *) g_ptr_array_index (outcomes, i));
  if (*title == NULL)
    *title = g_strdup (_("What it can be"));
  return box;
}

/* --- Members, what is missing --- */

GtkWidget *
dk_criterion_parts_new_members (const DkWording *wording,
                                const DkResult  *result)
{
  GtkWidget *box;

  if (!dk_wording_is_group (result))
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < result->item->children->len; i++)
    {
      const DkItem *item = dk_assessment_resolve (wording->assessment, g_ptr_array_index (result->item->children, i), result->item);
      const DkResult *member = dk_assessment_find (wording->assessment, item->id);
      GtkWidget *line;
      DkSign sign;

      if (member == NULL)
        continue;
      sign = dk_sign_of_result (wording->assessment, member);
      line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
      {
        const char *title = dk_wording_get_title (wording, member);
        g_autofree char *name = g_strdup_printf ("%s, %s", title, dk_sign_get_name (sign));
        GtkWidget *link = dk_link_new (title, NULL, "win.show-criterion", item->id, name);

        gtk_box_append (GTK_BOX (line), dk_sign_image_new (sign, 16));
        gtk_widget_set_hexpand (link, TRUE);
        gtk_box_append (GTK_BOX (line), link);
      }
      gtk_box_append (GTK_BOX (box), line);
    }
  return box;
}

/* How many a list leaves out. */
static GtkWidget *
new_rest (guint n)
{
  g_autofree char *text = g_strdup_printf (_("; and %u more"), n);

  return dk_basis_new_label (text, "dk-dim");
}

#define MAX_MISSING 30

GtkWidget *
dk_criterion_parts_new_missing (const DkWording *wording,
                                const DkResult  *result)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const DkScope *scope = dk_rulebook_get_scope (wording->book);
  guint n = result->missing->len;

  if (n == 0 && result->registers->len == 0)
    {
      gtk_box_append (GTK_BOX (box), dk_basis_new_label (_("Nothing is missing: a panel decides"), "dk-dim"));
      return box;
    }
  for (guint i = 0; i < MIN (n, MAX_MISSING); i++)
    {
      const DkFactRef *ref = &g_array_index (result->missing, DkFactRef, i);
      g_autofree char *name = dk_wording_name_fact (wording, ref);
      g_autofree char *value = dk_digest_dup_fact_value (wording, ref);
      g_autofree char *target = dk_digest_dup_target (ref);
      g_autofree char *label = g_strdup_printf (_("Answer “%s”"), name);

      gtk_box_append (GTK_BOX (box), dk_link_new (name, value, "win.show-fact", target, label));
    }
  if (n > MAX_MISSING)
    gtk_box_append (GTK_BOX (box), new_rest (n - MAX_MISSING));
  for (guint i = 0; i < result->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (scope->registers, g_array_index (result->registers, guint, i));
      const char *label = dk_text_get (&reg->label, wording->language);
      g_autofree char *text = g_strdup_printf (_("the rest of the list “%s”"), *label != '\0' ? label : reg->id);
      g_autofree char *name = g_strdup_printf (_("Complete the list “%s”"), *label != '\0' ? label : reg->id);

      gtk_box_append (GTK_BOX (box), dk_link_new (text, NULL, "win.show-register", reg->id, name));
    }
  return box;
}

/* --- What was entered --- */

#define MAX_ANSWERS 12

static void
add_answers (GtkWidget          *box,
             GHashTable         *seen,
             const DkProvenance *node)
{
  gboolean is_fact = node->kind == DK_PROVENANCE_FACT;
  g_autofree char *name = NULL;

  for (guint i = 0; i < node->children->len; i++)
    add_answers (box, seen, g_ptr_array_index (node->children, i));
  if ((!is_fact && node->kind != DK_PROVENANCE_REGISTER) || !g_hash_table_add (seen, g_strdup (node->target)) || g_hash_table_size (seen) > MAX_ANSWERS)
    return;
  name = g_strdup_printf (*node->value != '\0' ? "%s, %s" : "%s", node->name, node->value);
  gtk_box_append (GTK_BOX (box), dk_link_new (node->name, node->value, is_fact ? "win.show-fact" : "win.show-register", node->target, name));
}

GtkWidget *
dk_criterion_parts_new_answers (const DkWording *wording,
                                const DkResult  *result)
{
  g_autoptr(DkProvenance) tree = dk_provenance_new (wording, result);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_answers (box, seen, tree);
  if (g_hash_table_size (seen) > MAX_ANSWERS)
    gtk_box_append (GTK_BOX (box), new_rest (g_hash_table_size (seen) - MAX_ANSWERS));
  if (g_hash_table_size (seen) > 0)
    return box;
  g_object_ref_sink (box);
  g_object_unref (box);
  return NULL;
}

/* --- What would make it pass, how safe it is --- */

/* The most ways out that are shown: not everybody can go the cheapest. */
#define MAX_WAYS 4

/* As many more of the staff in research may be moved there, or hired: the same way out. */
static gboolean
is_same_way (const DkLever *a,
             const DkLever *b)
{
  return a->ref.fact == b->ref.fact && a->grows_with.fact == b->grows_with.fact;
}

static gboolean
is_new_way (const GArray *levers,
            guint         i)
{
  for (guint j = 0; j < i; j++)
    if (is_same_way (&g_array_index (levers, DkLever, i), &g_array_index (levers, DkLever, j)))
      return FALSE;
  return TRUE;
}

GtkWidget *
dk_criterion_parts_new_levers (const DkWording *wording,
                               const DkResult  *result,
                               GString         *text)
{
  g_autoptr(GArray) levers = dk_assessment_get_levers (wording->assessment, result);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  guint n = 0;

  for (guint i = 0; i < levers->len && n < MAX_WAYS; i++)
    {
      const DkLever *lever = &g_array_index (levers, DkLever, i);
      g_autofree char *change = NULL, *target = NULL, *name = NULL;
      GtkWidget *link;

      if (!is_new_way (levers, i))
        continue;
      change = dk_wording_describe_lever (wording, lever);
      target = dk_digest_dup_target (&lever->ref);
      name = g_strdup_printf (n == 0 ? _("Least change: %s") : _("Or: %s"), change);
      link = dk_link_new (change, NULL, "win.show-fact", target, name);
      gtk_widget_add_css_class (link, "dk-lever");
      if (n == 0)
        gtk_widget_add_css_class (link, "first");
      gtk_box_append (GTK_BOX (box), link);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", name);
      n++;
    }
  if (n == 0)
    gtk_box_append (GTK_BOX (box), dk_basis_new_label (
      dk_wording_is_group (result) ? _("No single change of a figure makes it pass; see below what each criterion needs.")
                                   : _("No change of one answer makes it pass."), "dk-dim"));
  else
    {
      GtkWidget *hint = dk_basis_new_label (_("The figures are exact: one step less is not enough."), "dk-dim");

      gtk_widget_add_css_class (hint, "dk-small");
      gtk_box_append (GTK_BOX (box), hint);
    }
  return box;
}

static char *
show_number (const DkWording *wording,
             const DkLever   *lever,
             DkNumber         number)
{
  DkValue value = DK_VALUE_POINT (number);

  if (lever->ref.fact->kind == DK_KIND_TRUTH)
    value = DK_VALUE_TRUTH (dk_number_sign (number) != 0 ? DK_TRUE : DK_FALSE);
  return dk_fact_value_to_display (lever->ref.fact, &value, 2, wording->language);
}

static char *
describe_limit (const DkWording *wording,
                const DkLever   *lever)
{
  g_autofree char *name = dk_wording_name_fact (wording, &lever->ref);
  g_autofree char *from = show_number (wording, lever, lever->from);
  g_autofree char *to = show_number (wording, lever, lever->to);
  g_autofree char *percent = NULL, *relative = NULL;
  int direction = dk_number_compare (lever->to, lever->from);

  if (direction == 0)
    return g_strdup_printf (_("%s %s, at the limit: any change for the worse turns it"), name, from);
  if (lever->ref.fact->kind == DK_KIND_NUMBER && dk_number_is_finite (lever->relative))
    percent = dk_number_to_decimal (dk_number_mul (lever->relative, DK_NUMBER (100), wording->arena), 1);
  relative = percent != NULL ? g_strdup_printf ("%s%s %%", direction < 0 ? "−" : "+", percent) : g_strdup ("—");
  return g_strdup_printf (direction < 0 ? _("%s %s may fall to %s (%s)") : _("%s %s may rise to %s (%s)"), name, from, to, relative);
}

static GtkWidget *
new_track (const DkWording *wording,
           const DkLever   *lever)
{
  double from, to;
  g_autofree char *now = NULL, *limit = NULL, *gap = NULL, *value_text = NULL, *limit_text = NULL, *gap_text = NULL;
  DkNumber difference;
  GtkWidget *track;

  if (lever->ref.fact->kind != DK_KIND_NUMBER || !dk_number_is_finite (lever->from) || !dk_number_is_finite (lever->to)
      || dk_number_sign (lever->from) < 0 || dk_number_sign (lever->to) < 0)
    return NULL;
  from = dk_number_to_double (lever->from);
  to = dk_number_to_double (lever->to);
  if (from <= 0 && to <= 0)
    return NULL;
  difference = dk_number_sub (lever->from, lever->to, wording->arena);
  if (dk_number_sign (difference) < 0)
    difference = dk_number_negate (difference, wording->arena);
  now = show_number (wording, lever, lever->from);
  limit = show_number (wording, lever, lever->to);
  gap = show_number (wording, lever, difference);
  /* TRANSLATORS: on a line from 0: where a figure stands, and how far it may go. */
  value_text = g_strdup_printf (_("now %s"), now);
  limit_text = g_strdup_printf (_("limit %s"), limit);
  gap_text = dk_number_sign (difference) != 0 ? g_strdup_printf (_("%s to spare"), gap) : g_strdup ("");
  track = dk_track_new ();
  dk_track_set (DK_TRACK (track), from, to, value_text, limit_text, gap_text, TRUE);
  return track;
}

#define MAX_LIMITS 3

GtkWidget *
dk_criterion_parts_new_safety (const DkWording *wording,
                               const DkResult  *result,
                               GString         *text)
{
  g_autoptr(GArray) safety = dk_assessment_get_safety (wording->assessment, result);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  if (safety == NULL || safety->len == 0)
    {
      gtk_box_append (GTK_BOX (box), dk_basis_new_label (_("No change of a single figure turns it."), "dk-dim"));
      return box;
    }
  for (guint i = 0; i < MIN (safety->len, MAX_LIMITS); i++)
    {
      const DkLever *lever = &g_array_index (safety, DkLever, i);
      g_autofree char *limit = describe_limit (wording, lever);
      g_autofree char *target = dk_digest_dup_target (&lever->ref);
      GtkWidget *track = i == 0 ? new_track (wording, lever) : NULL;
      GtkWidget *link = dk_link_new (limit, NULL, "win.show-fact", target, limit);

      if (track != NULL)
        gtk_box_append (GTK_BOX (box), track);
      gtk_widget_add_css_class (link, "dk-lever");
      gtk_box_append (GTK_BOX (box), link);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", limit);
    }
  {
    GtkWidget *hint = dk_basis_new_label (_("One step further, and it is no longer met."), "dk-dim");

    gtk_widget_add_css_class (hint, "dk-small");
    gtk_box_append (GTK_BOX (box), hint);
  }
  return box;
}
