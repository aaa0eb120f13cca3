/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-library"

#include "dk-library.h"

#include <langinfo.h>
#include <locale.h>
#include <libintl.h>
#include <string.h>

/* The nearest directory above the program in which @file stands, so that a program that was built but not installed finds
 * what lies in its tree; NULL if there is none. */
static char *
find_above_program (const char *file)
{
  g_autofree char *directory = g_file_read_link ("/proc/self/exe", NULL);

  while (directory != NULL && strcmp (directory, "/") != 0)
    {
      char *above = g_path_get_dirname (directory);
      g_autofree char *candidate = g_build_filename (above, file, NULL);

      g_free (directory);
      directory = above;
      if (g_file_test (candidate, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&directory);
    }
  return NULL;
}

char *
dk_library_get_locale_directory (void)
{
  const char *directory = g_getenv ("DK_LOCALE_DIR");
  g_autofree char *tree = NULL;

  if (directory != NULL && *directory != '\0')
    return g_strdup (directory);
  tree = find_above_program ("po/zh_CN/LC_MESSAGES/" GETTEXT_PACKAGE ".mo");
  return tree != NULL ? g_build_filename (tree, "po", NULL) : g_strdup (LOCALEDIR);
}

/**
 * dk_library_set_language:
 * @language: "zh" or "en"
 *
 * gettext translates nothing in the plain C locale, whatever LANGUAGE says; so a locale with another name is
 * taken when the user's is missing or plain. Figures and dates are never written by the locale.
 */
void
dk_library_set_language (const char *language)
{
  static const char *const names[] = { "C.UTF-8", "C.utf8", "zh_CN.UTF-8", "en_US.UTF-8" };
  g_autofree char *directory = dk_library_get_locale_directory ();
  const char *messages;

  g_setenv ("LANGUAGE", language[0] == 'z' ? "zh_CN" : "en", TRUE);
  setlocale (LC_ALL, "");
  messages = setlocale (LC_MESSAGES, NULL);
  if (messages == NULL || strcmp (messages, "C") == 0 || strcmp (messages, "POSIX") == 0
      || strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (setlocale (LC_CTYPE, names[i]) != NULL && setlocale (LC_MESSAGES, names[i]) != NULL)
          break;
    }
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, directory);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* The data/ directory, which holds catalogue, tables and packs. */
char *
dk_library_get_data_directory (void)
{
  const char *directory = g_getenv ("DK_DATA_DIR");
  g_autofree char *tree = NULL;

  if (directory != NULL && *directory != '\0')
    return g_strdup (directory);
  tree = find_above_program ("data/catalogue/facts.yaml");
  return tree != NULL ? g_build_filename (tree, "data", NULL) : g_strdup (DK_DATADIR);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_suffix (const char        *name,
            const char *const *suffixes)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return TRUE;
  return FALSE;
}

/**
 * dk_library_list_files:
 * @directory: a folder
 * @suffixes: how the names end that are wanted
 * @is_deep: whether to look into folders inside as well
 * @paths: takes the paths, sorted by name
 *
 * Hidden files and folders are left out.
 *
 * Returns: FALSE when a folder cannot be read
 */
gboolean
dk_library_list_files (const char         *directory,
                   const char *const  *suffixes,
                   gboolean            is_deep,
                   GPtrArray          *paths,
                   GError            **error)
{
  g_autoptr(GDir) dir = g_dir_open (directory, 0, error);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (found, g_build_filename (directory, name, NULL));
  g_ptr_array_sort (found, compare_paths);
  for (guint i = 0; i < found->len; i++)
    {
      const char *path = g_ptr_array_index (found, i);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          /* A link to a folder could lead round in a circle. */
          if (is_deep && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)
              && !dk_library_list_files (path, suffixes, is_deep, paths, error))
            return FALSE;
        }
      else if (has_suffix (path, suffixes))
        {
          g_ptr_array_add (paths, g_strdup (path));
        }
    }
  return TRUE;
}

GPtrArray *
dk_library_list_packs (const char *directory)
{
  static const char *const suffixes[] = { ".yaml", ".yml", NULL };
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  /* A missing folder has no packs; that of the user seldom exists. */
  dk_library_list_files (directory, suffixes, TRUE, paths, NULL);
  return paths;
}

static gboolean
load_packs (DkRulebook *book,
            GPtrArray  *paths,
            gboolean    is_builtin,
            DkProblems *problems)
{
  gboolean is_good = TRUE;

  for (guint i = 0; i < paths->len; i++)
    is_good = dk_rulebook_load (book, g_ptr_array_index (paths, i), is_builtin, problems) && is_good;
  return is_good;
}

/* Takes the paths of @paths that @problems finds fault with out of it, or all when the fault lies elsewhere. */
static void
drop_faulty (GPtrArray        *paths,
             const DkProblems *problems)
{
  guint n_before = paths->len;

  for (guint i = 0; i < dk_problems_length (problems); i++)
    {
      const DkProblem *problem = dk_problems_get (problems, i);

      for (guint j = 0; !problem->is_warning && j < paths->len; j++)
        if (g_strcmp0 (problem->place.file, g_ptr_array_index (paths, j)) == 0)
          {
            g_ptr_array_remove_index (paths, j);
            break;
          }
    }
  if (paths->len == n_before)
    g_ptr_array_set_size (paths, 0);
}

/* Adds what one reading found to what the caller is told. */
static void
pass_on (const DkProblems *found,
         DkProblems       *problems)
{
  for (guint i = 0; i < dk_problems_length (found); i++)
    {
      const DkProblem *problem = dk_problems_get (found, i);

      if (problem->is_warning)
        dk_problems_add_warning (problems, problem->place, "%s", problem->message);
      else
        dk_problems_add (problems, problem->place, "%s", problem->message);
    }
}

/**
 * dk_library_load:
 * @problems: takes what is wrong
 *
 * Loads the catalogue, the shipped packs and those in the user's folder (dengke/packs). A faulty pack of the user is
 * told of and left out, and has_faulty_packs is set; the shipped ones are wanted all.
 *
 * Returns: (transfer full) (nullable): the library, or NULL when there is nothing to work with
 */
DkLibrary *
dk_library_load (DkProblems *problems)
{
  g_autofree char *directory = dk_library_get_data_directory ();
  g_autofree char *packs = g_build_filename (directory, "packs", NULL);
  g_autofree char *user_packs = g_build_filename (g_get_user_data_dir (), "dengke", "packs", NULL);
  g_autoptr(GPtrArray) shipped = dk_library_list_packs (packs);
  g_autoptr(GPtrArray) own = dk_library_list_packs (user_packs);
  g_autoptr(DkLibrary) library = g_new0 (DkLibrary, 1);
  g_autoptr(DkProblems) found = dk_problems_new ();

  library->catalogue = dk_catalogue_load (directory, found);
  pass_on (found, problems);
  if (library->catalogue == NULL || dk_problems_count (found) > 0)
    return NULL;
  for (;;)
    {
      g_autoptr(DkProblems) faults = dk_problems_new ();
      g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (library->catalogue));
      gboolean is_good = load_packs (book, shipped, TRUE, faults);

      is_good = load_packs (book, own, FALSE, faults) && is_good;
      is_good = is_good && dk_rulebook_compile (book, faults) && dk_problems_count (faults) == 0;
      pass_on (faults, problems);
      if (is_good)
        {
          library->book = g_steal_pointer (&book);
          return g_steal_pointer (&library);
        }
      if (own->len == 0)
        return NULL;
      drop_faulty (own, faults);
      library->has_faulty_packs = TRUE;
    }
}

/* Years before the last full one for which derived facts are worked out. */
#define N_DERIVED_YEARS 3

static char *
name_derived (const DkSymbol *fact,
              int             year)
{
  return year == 0 ? g_strdup (fact->id) : g_strdup_printf ("%s[%d]", fact->id, year);
}

void
dk_library_compile_derived (DkLibrary *library)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree const DkItem **items = NULL;

  g_return_if_fail (library->derived == NULL);

  library->derived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < dk_catalogue_n_facts (library->catalogue); i++)
    {
      const DkSymbol *fact = dk_catalogue_get_fact (library->catalogue, i)->symbol;
      int n_years = fact->period == DK_PERIOD_YEAR ? N_DERIVED_YEARS : 1;

      if (fact->derive == NULL || (fact->period != DK_PERIOD_NONE && fact->period != DK_PERIOD_YEAR))
        continue;
      for (int year = 0; year > -n_years; year--)
        g_ptr_array_add (names, name_derived (fact, year));
    }
  items = g_new0 (const DkItem *, names->len + 1);
  g_ptr_array_add (names, NULL);
  dk_rulebook_compile_expressions (library->book, (const char *const *) names->pdata, items, problems);
  for (guint i = 0; i + 1 < names->len; i++)
    if (items[i] != NULL)
      g_hash_table_insert (library->derived, g_strdup (g_ptr_array_index (names, i)), (gpointer) items[i]);
}

const DkItem *
dk_library_find_derived (const DkLibrary *library,
                         const DkSymbol  *fact,
                         int              year)
{
  g_autofree char *name = name_derived (fact, year);

  return library->derived != NULL ? g_hash_table_lookup (library->derived, name) : NULL;
}

void
dk_library_free (DkLibrary *library)
{
  if (library == NULL)
    return;
  g_clear_pointer (&library->derived, g_hash_table_unref);
  g_clear_pointer (&library->book, dk_rulebook_free);
  g_clear_pointer (&library->catalogue, dk_catalogue_free);
  g_free (library);
}
