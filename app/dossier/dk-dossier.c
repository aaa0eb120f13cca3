/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-dossier"

#include "dk-dossier-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void
clear_programme (gpointer data)
{
  g_free (((DkProgramme *) data)->title);
}

static gboolean
is_wanted (const DkDossierOptions *options,
           const DkResult         *result)
{
  return options->packs == NULL || g_strv_contains (options->packs, result->item->pack->id);
}

static void
collect_programmes (DkDossier              *dossier,
                    const DkDossierOptions *options)
{
  GPtrArray *results = dk_assessment_get_results (dossier->assessment);

  for (guint i = 0; i < results->len; i++)
    {
      const DkResult *result = g_ptr_array_index (results, i);
      DkProgramme programme = { .result = result };

      if (!is_wanted (options, result))
        continue;
      programme.title = dk_wording_dup_programme_title (&dossier->wording, result);
      g_array_append_val (dossier->programmes, programme);
    }
}

static void
collect_forms (DkDossier              *dossier,
               const DkDossierOptions *options)
{
  g_autoptr(GArray) forms = dk_assessment_list_forms (dossier->assessment);

  for (guint i = 0; i < forms->len; i++)
    {
      DkFormSheet one = { g_array_index (forms, DkFilledForm, i), NULL };

      if (is_wanted (options, one.filled.programme))
        g_array_append_val (dossier->forms, one);
    }
}

static gboolean
has_checks (const DkDossier        *dossier,
            const DkDossierOptions *options)
{
  GPtrArray *checks = dk_assessment_get_checks (dossier->assessment);

  for (guint i = 0; i < checks->len; i++)
    if (is_wanted (options, g_ptr_array_index (checks, i)))
      return TRUE;
  return FALSE;
}

/* All sheets are there before any is filled, so that each can lead to every other; their order is that of reading. */
static void
add_sheets (DkDossier              *dossier,
            const DkDossierOptions *options)
{
  const DkScope *scope = dk_rulebook_get_scope (dossier->library->book);

  dossier->cover = dk_book_add_sheet (dossier->book, dk_dossier_tr (dossier, N_("Cover")));
  dossier->contents = dk_book_add_sheet (dossier->book, dk_dossier_tr (dossier, N_("Contents")));
  for (guint i = 0; i < dossier->programmes->len; i++)
    {
      DkProgramme *programme = &g_array_index (dossier->programmes, DkProgramme, i);

      programme->sheet = dk_book_add_sheet (dossier->book, programme->title);
      if (dk_dossier_has_checklist (dossier, programme->result->item->pack))
        {
          /* TRANSLATORS: name of a sheet: the checklist of a board. */
          g_autofree char *name = g_strdup_printf (dk_dossier_tr (dossier, N_("Checklist %s")),
                                                   dk_pack_get_short_title (programme->result->item->pack, dossier->language));

          programme->checklist = dk_book_add_sheet (dossier->book, name);
        }
    }
  for (guint i = 0; i < dossier->forms->len; i++)
    {
      DkFormSheet *one = &g_array_index (dossier->forms, DkFormSheet, i);

      one->sheet = dk_book_add_sheet (dossier->book, dk_form_get_short_title (one->filled.form, dossier->language));
    }
  dossier->missing = dk_book_add_sheet (dossier->book, dk_dossier_tr (dossier, N_("What is missing")));
  dossier->levers = dk_book_add_sheet (dossier->book, dk_dossier_tr (dossier, N_("What would make it pass")));
  if (has_checks (dossier, options))
    dossier->checks = dk_book_add_sheet (dossier->book, dk_dossier_tr (dossier, N_("Cross-checks")));
  dossier->facts = dk_book_add_sheet (dossier->book, dk_dossier_tr (dossier, N_("Facts")));
  for (guint i = 0; i < scope->registers->len; i++)
    {
      const DkRegister *reg = g_ptr_array_index (scope->registers, i);
      const char *label = dk_text_get (&reg->label, dossier->language);

      g_ptr_array_add (dossier->registers, dk_book_add_sheet (dossier->book, *label != '\0' ? label : reg->id));
    }
  dossier->sources = dk_book_add_sheet (dossier->book, dk_dossier_tr (dossier, N_("Sources")));
}

/* Between two sheets: whether to go on. */
static gboolean
go_on (const DkDossierOptions  *options,
       guint                    n_done,
       guint                    n_all,
       GError                 **error)
{
  if (options->progress != NULL)
    options->progress ((double) n_done / n_all, options->progress_data);
  return !g_cancellable_set_error_if_cancelled (options->cancellable, error);
}

static gboolean
fill_sheets (DkDossier               *dossier,
             const DkDossierOptions  *options,
             GError                 **error)
{
  static void (*const others[]) (const DkDossier *) = {
    dk_dossier_write_forms, dk_dossier_write_missing, dk_dossier_write_levers, dk_dossier_write_checks, dk_dossier_write_sources,
    dk_dossier_write_contents, dk_dossier_write_cover,
  };
  /* Facts and registers are one step each, and writing the file is the last. */
  guint n_all = 2 + dossier->programmes->len + G_N_ELEMENTS (others) + 1, n = 0;

  if (!go_on (options, n++, n_all, error))
    return FALSE;
  dk_dossier_write_facts (dossier);
  if (!go_on (options, n++, n_all, error))
    return FALSE;
  dk_dossier_write_registers (dossier);
  dossier->calc = dk_calc_new (dossier->book, dossier->assessment, &dossier->inputs, dossier->language);
  for (guint i = 0; i < dossier->programmes->len; i++)
    {
      if (!go_on (options, n++, n_all, error))
        return FALSE;
      dk_dossier_write_programme (dossier, &g_array_index (dossier->programmes, DkProgramme, i));
      dk_dossier_write_checklist (dossier, &g_array_index (dossier->programmes, DkProgramme, i));
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (!go_on (options, n++, n_all, error))
        return FALSE;
      others[i] (dossier);
    }
  return go_on (options, n++, n_all, error);
}

static void
clear_dossier (DkDossier *dossier)
{
  g_clear_pointer (&dossier->calc, dk_calc_free);
  g_clear_pointer (&dossier->book, dk_book_discard);
  g_array_unref (dossier->programmes);
  g_array_unref (dossier->forms);
  g_array_unref (dossier->inputs.cells);
  g_array_unref (dossier->inputs.tables);
  g_ptr_array_unref (dossier->registers);
  dk_arena_free (dossier->wording.arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DkDossier, clear_dossier)

/**
 * dk_dossier_write:
 * @library: the catalogue and packs of the assessment
 * @enterprise: what was assessed
 * @assessment: its assessment
 * @options: language, programmes, how amounts are shown
 * @path: the file
 * @error: what went wrong
 *
 * Writes the dossier: what was asked, found and computed, with live formulas, and what to do about it. The same content gives the
 * same bytes.
 *
 * Returns: FALSE when it could not be written, or was cancelled; then @path is as it was
 */
gboolean
dk_dossier_write (DkLibrary               *library,
                  const DkEnterprise      *enterprise,
                  DkAssessment            *assessment,
                  const DkDossierOptions  *options,
                  const char              *path,
                  GError                 **error)
{
  g_auto(DkDossier) dossier = {
    .library = library,
    .enterprise = enterprise,
    .assessment = assessment,
    .language = options->language != NULL ? options->language : "zh",
    .in_wan = options->in_wan,
    .programmes = g_array_new (FALSE, FALSE, sizeof (DkProgramme)),
    .forms = g_array_new (FALSE, FALSE, sizeof (DkFormSheet)),
    .registers = g_ptr_array_new (),
  };
  const char *name = dk_enterprise_get_name (enterprise);
  g_autofree char *title = NULL;

  g_array_set_clear_func (dossier.programmes, clear_programme);
  dossier.inputs.cells = g_array_new (FALSE, FALSE, sizeof (DkInputCell));
  dossier.inputs.tables = g_array_new (FALSE, FALSE, sizeof (DkInputTable));
  dossier.wording = (DkWording) { assessment, library->book, dk_arena_new (), dossier.language };

  title = g_strdup_printf ("%s · %s", name != NULL ? name : "", dk_dossier_tr (&dossier, N_("Dossier")));
  dossier.book = dk_book_new (path, options->created, title, "Dengke " PACKAGE_VERSION, error);
  if (dossier.book == NULL)
    return FALSE;
  /* TRANSLATORS: a font that spreadsheet programs have where this language is read. */
  dk_book_set_font (dossier.book, dk_tr_context (dossier.language, "font", NC_ ("font", "Calibri")));
  collect_programmes (&dossier, options);
  collect_forms (&dossier, options);
  add_sheets (&dossier, options);
  if (!fill_sheets (&dossier, options, error))
    return FALSE;
  return dk_book_save (g_steal_pointer (&dossier.book), error);
}
