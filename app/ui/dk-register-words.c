/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-register-words"

#include "dk-register-words.h"

#include "dk-library.h"
#include "dk-wording.h"

#include <glib/gi18n.h>
#include <string.h>

#define CONTEXT "typed answer"

/* Offsets in a compiled catalogue of messages. */
enum { MO_MAGIC = 0, MO_COUNT = 8, MO_ORIGINALS = 12, MO_TRANSLATIONS = 16, MO_HEAD = 28 };

static const char *const lists[DK_N_WORDS] = {
  /* TRANSLATORS: these hold all words, separated by |, that are read as an answer when somebody types or pastes them: that there is none */
  [DK_WORDS_NONE] = NC_ ("typed answer", "none|nothing|n/a|nil|no value|-|\342\200\224|/"),
  /* TRANSLATORS: words, separated by |, for an answer that is not known yet */
  [DK_WORDS_UNKNOWN] = NC_ ("typed answer", "?|not known yet|not known|unknown"),
  /* TRANSLATORS: words, separated by |, for yes */
  [DK_WORDS_YES] = NC_ ("typed answer", "yes|y|true|\342\210\232|\342\234\223|1"),
  /* TRANSLATORS: words, separated by |, for no */
  [DK_WORDS_NO] = NC_ ("typed answer", "no|n|false|\303\227|0|none"),
  /* TRANSLATORS: words, separated by |, that stand between the ends of a range */
  [DK_WORDS_RANGE] = NC_ ("typed answer", "to|through"),
  /* TRANSLATORS: words, separated by |, that stand behind year, month and day in a date */
  [DK_WORDS_DATE] = NC_ ("typed answer", "year|month|day"),
};

static guint32
read_word (const char *bytes,
           gsize       at)
{
  guint32 word;

  memcpy (&word, bytes + at, sizeof word);
  return word;
}

/* The text of entry @n in a table of a compiled catalogue; NULL if it is not one. */
static const char *
get_text (const char *bytes,
          gsize       length,
          guint32     table,
          guint       n)
{
  gsize entry = (gsize) table + (gsize) n * 8, size, at;

  if (entry + 8 > length)
    return NULL;
  size = read_word (bytes, entry);
  at = read_word (bytes, entry + 4);
  return at + size < length && bytes[at + size] == '\0' ? bytes + at : NULL;
}

/* gettext speaks one language at a time, and changing it is not for threads: so the other one is read from its file. */
static char *
dup_chinese (const char *bytes,
             gsize       length,
             const char *message)
{
  g_autofree char *key = g_strconcat (CONTEXT, "\004", message, NULL);

  if (length < MO_HEAD || read_word (bytes, MO_MAGIC) != 0x950412de)
    return g_strdup (dk_tr_context ("zh", CONTEXT, message));
  for (guint i = 0; i < read_word (bytes, MO_COUNT); i++)
    {
      const char *original = get_text (bytes, length, read_word (bytes, MO_ORIGINALS), i);

      if (original != NULL && strcmp (original, key) == 0)
        return g_strdup (get_text (bytes, length, read_word (bytes, MO_TRANSLATIONS), i));
    }
  return g_strdup (message);
}

const char *const *
dk_words_get (DkWords words)
{
  static char **all[DK_N_WORDS];
  static gsize is_loaded;

  if (g_once_init_enter (&is_loaded))
    {
      g_autofree char *directory = dk_library_get_locale_directory ();
      g_autofree char *path = g_build_filename (directory, "zh_CN", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      g_file_get_contents (path, &bytes, &length, NULL);
      for (guint i = 0; i < DK_N_WORDS; i++)
        {
          g_autofree char *chinese = dup_chinese (bytes, length, lists[i]);
          g_autofree char *both = g_strconcat (lists[i], "|", chinese, NULL);

          all[i] = g_strsplit (both, "|", -1);
        }
      g_once_init_leave (&is_loaded, 1);
    }
  return (const char *const *) all[words];
}
