/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all commands of dengke-cli share: options, language, the shipped data, messages. */
#pragma once

#include "dk-cli-layout.h"
#include "dk-enterprise.h"
#include "dk-library.h"

G_BEGIN_DECLS

/* Exit codes. */
typedef enum { DK_CLI_OK = 0, DK_CLI_USAGE = 1, DK_CLI_BAD_INPUT = 2 } DkCliStatus;

/* One call of the program. */
typedef struct
{
  const char  *language;      /* "zh" or "en" */
  gboolean     is_json;
  DkLibrary   *library;       /* after dk_cli_load () */
  DkCatalogue *catalogue;     /* the library's; the call's own while there is no library */
  DkRulebook  *book;          /* likewise */
  gboolean     has_bad_input; /* a pack of the user could not be taken */
} DkCli;

int       dk_cli_main   (int argc, char **argv);

/* The commands: @args is a NULL-terminated list whose first entry is the command's name; it may be changed. */
int       dk_cli_facts  (DkCli *cli, char ***args);
int       dk_cli_packs  (DkCli *cli, char ***args);
int       dk_cli_assess (DkCli *cli, char ***args);
int       dk_cli_project (DkCli *cli, char ***args);
int       dk_cli_eval   (DkCli *cli, char ***args);
int       dk_cli_export (DkCli *cli, char ***args);
int       dk_cli_workspace (DkCli *cli, char ***args);

gboolean  dk_cli_parse      (DkCli *cli, char ***args, const char *parameters, const char *summary, const char *description, const GOptionEntry *entries);
gboolean  dk_cli_load       (DkCli *cli);
gboolean  dk_cli_collect_files (const char *path, GPtrArray *paths);

/* An enterprise that a command is to work on: of a file, or one of a workspace. */
typedef struct
{
  char         *path;
  gboolean      is_of_workspace;
  DkEnterprise *enterprise; /* of a workspace: read already; of a file: NULL until dk_cli_source_take () */
  DkProblems   *problems;
} DkCliSource;

void      dk_cli_source_free (DkCliSource *source);
/* Adds the enterprises that @path means (DkCliSource *): that of the file, those of the files in the folder, or those of the workspace. */
gboolean  dk_cli_collect_sources (const DkCli *cli, const char *path, GPtrArray *sources);
/* The enterprise; NULL: it cannot be read, and source->problems says why. By any thread. (transfer full) */
DkEnterprise *dk_cli_source_take (DkCliSource *source, const DkCli *cli);
gboolean  dk_cli_check_packs (const DkCli *cli, char **ids);
gboolean  dk_cli_parse_date (const char *text, gint64 *day);
gboolean  dk_cli_parse_day_and_year (const char *date, int given_year, gint64 *as_of, int *last_year);

void       dk_cli_layout_init   (const DkCli *cli, DkLayout *layout, GString *text);
void       dk_cli_print         (const char *text);      /* for people: in the encoding of the locale */
void       dk_cli_print_raw     (const char *text);      /* JSON: always UTF-8 */
void       dk_cli_complain      (const char *format, ...) G_GNUC_PRINTF (1, 2);
void       dk_cli_complain_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
void       dk_cli_report        (const DkProblems *problems, gboolean with_warnings);

G_END_DECLS
