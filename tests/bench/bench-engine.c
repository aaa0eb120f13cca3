/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-bench"

#include "bench-engine.h"

#include "dk-assessment.h"
#include "dk-hull.h"
#include "dk-refine.h"

#include "../support/samples.h"

#include <stdio.h>
#include <stdlib.h>

#define SAMPLE "passes.json"

static double
now_ns (void)
{
  return (double) g_get_monotonic_time () * 1000;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Median of @n timings of @times repetitions each, in nanoseconds a repetition. */
typedef void (*Work) (gpointer data, guint times);

static double
time_work (Work     work,
           gpointer data,
           guint    times,
           guint    n)
{
  g_autofree double *taken = g_new (double, n);

  work (data, times);
  for (guint i = 0; i < n; i++)
    {
      double start = now_ns ();

      work (data, times);
      taken[i] = (now_ns () - start) / times;
    }
  qsort (taken, n, sizeof (double), compare_doubles);
  return taken[n / 2];
}

typedef struct
{
  DkNumber *a, *b;
  guint     n;
  DkArena  *arena;
  gint64    sink;
} Numbers;

#define ARITHMETIC(name, expression)                          \
  static void                                                 \
  name (gpointer data,                                        \
        guint    times)                                       \
  {                                                           \
    Numbers *s = data;                                        \
    for (guint k = 0; k < times / s->n; k++)                  \
      for (guint i = 0; i < s->n; i++)                        \
        {                                                     \
          DkNumber a = s->a[i], b = s->b[i];                  \
          s->sink += (expression);                            \
        }                                                     \
  }

ARITHMETIC (work_add, dk_number_add (a, b, s->arena).num)
ARITHMETIC (work_mul, dk_number_mul (a, b, s->arena).num)
ARITHMETIC (work_div, dk_number_div (a, b, s->arena).num)
ARITHMETIC (work_compare, dk_number_compare (a, b))

static void
bench_numbers (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  DkNumber a[1024], b[1024];
  Numbers numbers = { a, b, 1024, dk_arena_new (), 0 };

  for (guint i = 0; i < 1024; i++)
    {
      a[i] = (DkNumber) { g_rand_int_range (rand, -100000000, 100000000), i % 2 == 0 ? 1 : 100 };
      b[i] = (DkNumber) { g_rand_int_range (rand, 1, 100000000), i % 2 == 0 ? 1 : 100 };
    }
  printf ("exact_add %.2f ns\n", time_work (work_add, &numbers, 1024 * 500, 9));
  printf ("exact_mul %.2f ns\n", time_work (work_mul, &numbers, 1024 * 500, 9));
  printf ("exact_div %.2f ns\n", time_work (work_div, &numbers, 1024 * 500, 9));
  printf ("exact_compare %.2f ns\n", time_work (work_compare, &numbers, 1024 * 500, 9));
  dk_arena_free (numbers.arena);
}

static void
fail_on (DkProblems *problems)
{
  if (dk_problems_count (problems) > 0)
    {
      g_autofree char *text = dk_problems_to_string (problems);

      g_printerr ("%s", text);
      exit (1);
    }
}

static const char *
data_dir (void)
{
  return g_getenv ("DK_DATA_DIR") != NULL ? g_getenv ("DK_DATA_DIR") : "data";
}

/* Loads every shipped pack, or only @pack; returns the number of lines read. */
static guint
load_packs (DkRulebook *book,
            const char *pack,
            DkProblems *problems)
{
  g_autofree char *path = g_build_filename (data_dir (), "packs", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint lines = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;

      if (!g_str_has_suffix (name, ".yaml") || (pack != NULL && g_strcmp0 (name, pack) != 0))
        continue;
      g_file_get_contents (file, &text, NULL, NULL);
      for (const char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
      dk_rulebook_load (book, file, TRUE, problems);
    }
  dk_rulebook_compile (book, problems);
  fail_on (problems);
  return lines;
}

typedef struct
{
  DkCatalogue  *catalogue;
  DkRulebook   *book;
  DkEnterprise *enterprise;
  DkRun        *run;
  DkSlice      *verdict;
  GArray       *outputs;
  guint         slot;
  gint64        as_of;
} Engine;

static void
bind (Engine *self)
{
  const DkProgram *program = dk_rulebook_get_program (self->book);

  dk_enterprise_bind (self->enterprise, dk_program_get_slots (program), dk_program_n_slots (program), self->as_of, 2025, self->run->regs);
}

static void
work_verdict (gpointer data,
              guint    times)
{
  Engine *self = data;

  for (guint i = 0; i < times; i++)
    dk_run_slice (self->run, self->verdict);
}

static void
work_bounds (gpointer data,
             guint    times)
{
  Engine *self = data;

  for (guint i = 0; i < times; i++)
    {
      bind (self);
      dk_run_all (self->run);
      dk_run_refine_all (self->run, (const guint *) (gpointer) self->outputs->data, self->outputs->len);
    }
}

static void
work_changed (gpointer data,
              guint    times)
{
  Engine *self = data;

  for (guint i = 0; i < times; i++)
    {
      dk_run_changed (self->run, self->slot);
      dk_run_refine_all (self->run, (const guint *) (gpointer) self->outputs->data, self->outputs->len);
    }
}

static void
work_results (gpointer data,
              guint    times)
{
  Engine *self = data;

  for (guint i = 0; i < times; i++)
    {
      g_autoptr(DkAssessment) assessment = dk_assessment_new (self->book, self->enterprise, self->as_of, 2025, NULL);

      g_assert_nonnull (dk_assessment_get_results (assessment));
    }
}

static void
work_load (gpointer data,
           guint    times)
{
  Engine *self = data;

  for (guint i = 0; i < times; i++)
    {
      g_autoptr(DkProblems) problems = dk_problems_new ();
      g_autoptr(DkRulebook) book = dk_rulebook_new (dk_catalogue_get_scope (self->catalogue));

      load_packs (book, NULL, problems);
    }
}

static void
bench_stsme (DkCatalogue *catalogue)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *sample = test_dup_sample (SAMPLE);
  Engine self = { .catalogue = catalogue };
  const DkProgram *program;
  DkPack *pack;
  DkVersion *version;

  self.book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  load_packs (self.book, "stsme.yaml", problems);
  self.enterprise = dk_enterprise_load (catalogue, sample, problems);
  fail_on (problems);
  program = dk_rulebook_get_program (self.book);
  self.run = dk_run_new (program);
  self.run->rows = dk_enterprise_get_all_rows (self.enterprise);
  self.as_of = dk_date_from_ymd (2026, 7, 15);
  pack = dk_rulebook_find_pack (self.book, "stsme");
  version = g_ptr_array_index (pack->versions, 0);
  self.outputs = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < version->items->len; i++)
    {
      const DkItem *item = g_ptr_array_index (version->items, i);

      if (item->verdict_reg != DK_NO_REGISTER)
        g_array_append_val (self.outputs, item->verdict_reg);
      if (item->value_reg != DK_NO_REGISTER)
        g_array_append_val (self.outputs, item->value_reg);
    }
  self.verdict = dk_slice_new (program, &version->root->verdict_reg, 1);
  for (guint s = 0; s < dk_program_n_slots (program); s++)
    if (dk_program_get_slots (program)[s].kind == DK_SLOT_FACT && g_strcmp0 (dk_program_get_slots (program)[s].fact->id, "revenue") == 0)
      self.slot = s;
  bind (&self);
  dk_run_all (self.run);
  printf ("stsme_verdict %.0f assessments/s\n", 1e9 / time_work (work_verdict, &self, 20000, 9));
  printf ("stsme_bounds_and_trace %.3f us\n", time_work (work_bounds, &self, 5000, 9) / 1000);
  printf ("stsme_result_tree %.1f us\n", time_work (work_results, &self, 500, 9) / 1000);
  printf ("one_fact_changed %.3f us\n", time_work (work_changed, &self, 5000, 9) / 1000);
  g_array_unref (self.outputs);
  dk_slice_free (self.verdict);
  dk_run_free (self.run);
  dk_enterprise_free (self.enterprise);
  dk_rulebook_free (self.book);
}

void
bench_engine (void)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkCatalogue) catalogue = dk_catalogue_load (data_dir (), problems);
  g_autoptr(DkRulebook) book = NULL;
  Engine load = { .catalogue = catalogue };
  DkHullCount count;
  guint lines;

  fail_on (problems);
  bench_numbers ();
  bench_stsme (catalogue);
  book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  lines = load_packs (book, NULL, problems);
  bench_programmes (catalogue, book, NULL);
  printf ("pack_load %.3f us/line\n", time_work (work_load, &load, 1, 9) / 1000 / lines);
  count = dk_hull_measure (book, 200, 1, g_getenv ("DK_BENCH_VERBOSE") != NULL);
  printf ("tight_share %.1f %%\n", 100.0 * count.equal / MAX (1, count.compared));
  if (count.unsound > 0)
    {
      g_printerr ("%u bounds were unsound\n", count.unsound);
      exit (1);
    }
}

void
bench_programmes_alone (const char *only)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkCatalogue) catalogue = dk_catalogue_load (data_dir (), problems);
  g_autoptr(DkRulebook) book = NULL;

  fail_on (problems);
  book = dk_rulebook_new (dk_catalogue_get_scope (catalogue));
  load_packs (book, NULL, problems);
  bench_programmes (catalogue, book, only);
}

void
bench_write_enterprises_alone (const char *folder,
                               guint       n)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autoptr(DkCatalogue) catalogue = dk_catalogue_load (data_dir (), problems);

  fail_on (problems);
  bench_write_enterprises (catalogue, folder, n);
}
