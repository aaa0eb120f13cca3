/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One enterprise with many rows against all shipped programmes: results, ways out, questions, JSON. */
#define G_LOG_DOMAIN "dk-bench"

#include "bench-engine.h"

#include "dk-boards.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N_ROWS 300
#define LAST_YEAR 2025

/* Processor time of this thread, so that what else the machine does is not measured. */
static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* What an enterprise of some size might answer: figures by their orders of magnitude, little of what speaks against it. */
static DkValue
draw_value (GRand          *rand,
            const DkSymbol *symbol)
{
  switch (symbol->kind)
    {
    case DK_KIND_TRUTH:
      return DK_VALUE_TRUTH (g_rand_int_range (rand, 0, 4) == 0 ? DK_TRUE : DK_FALSE);

    case DK_KIND_CHOICE:
      return DK_VALUE_CHOICE ((guint64) 1 << g_rand_int_range (rand, 0, (gint32) symbol->choices->options->len));

    case DK_KIND_CODE:
      for (;;)
        {
          /* One that has no finer ones. */
          gint32 at = g_rand_int_range (rand, 0, (gint32) symbol->codes->codes->len);
          gint64 first, last;

          if (dk_codes_find_prefix (symbol->codes, g_ptr_array_index (symbol->codes->codes, at), &first, &last) && first == last)
            return DK_VALUE_POINT (DK_NUMBER (at));
        }

    case DK_KIND_DATE:
      return DK_VALUE_POINT (DK_NUMBER (dk_date_from_ymd (g_rand_int_range (rand, 2010, 2026), g_rand_int_range (rand, 1, 13), 5)));

    case DK_KIND_TEXT:
      {
        g_autofree char *text = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 50));

        return DK_VALUE_POINT (DK_NUMBER (dk_text_intern (text)));
      }

    case DK_KIND_NUMBER:
    default:
      {
        gint64 most = 10;
        DkNumber number;

        for (int i = g_rand_int_range (rand, 0, symbol->unit == DK_UNIT_YUAN ? 8 : 2); i > 0; i--)
          most *= 10;
        number = symbol->unit == DK_UNIT_RATIO ? (DkNumber) { g_rand_int_range (rand, 0, 101), 100 }
                                               : DK_NUMBER ((gint64) g_rand_int_range (rand, 1, 1001) * most / 1000);
        number = dk_number_max (number, symbol->domain.low);
        return DK_VALUE_POINT (dk_number_min (number, dk_value_high (&symbol->domain)));
      }
    }
}

static void
answer (DkEnterprise   *enterprise,
        GRand          *rand,
        const DkSymbol *fact,
        guint           percent)
{
  int n_years = fact->period == DK_PERIOD_NONE ? 1 : 4;
  int n_parts = fact->period == DK_PERIOD_QUARTER ? 4 : fact->period == DK_PERIOD_MONTH ? 12 : 1;

  for (int year = 0; year < n_years; year++)
    for (int part = 1; part <= n_parts; part++)
      {
        DkPeriodKey period = { 0, 0, 0 };
        DkValue value = draw_value (rand, fact);

        if (fact->period != DK_PERIOD_NONE)
          period.year = LAST_YEAR - year;
        if (fact->period == DK_PERIOD_QUARTER)
          period.quarter = part;
        if (fact->period == DK_PERIOD_MONTH)
          period.month = part;
        /* One that its part or whole rules out stays open. */
        if ((guint) g_rand_int_range (rand, 0, 100) < percent)
          dk_enterprise_set (enterprise, fact, period, &value, NULL);
      }
}

/* No part is more than its whole. */
static void
fit_parts (DkEnterprise *enterprise,
           GRand        *rand)
{
  const GArray *relations = dk_catalogue_get_relations (dk_enterprise_get_catalogue (enterprise));
  g_autoptr(DkArena) arena = dk_arena_new ();

  for (guint i = 0; i < 3 * relations->len; i++)
    {
      const DkRelation *relation = &g_array_index (relations, DkRelation, i % relations->len);
      g_autoptr(GArray) periods = dk_enterprise_list_periods (enterprise, relation->part);

      for (guint k = 0; k < periods->len; k++)
        {
          DkPeriodKey period = g_array_index (periods, DkPeriodKey, k);
          DkValue part, whole;

          if (!dk_enterprise_get (enterprise, relation->part, period, &part) || !dk_enterprise_get (enterprise, relation->whole, period, &whole)
              || dk_number_compare (part.low, whole.low) <= 0)
            continue;
          part.low = dk_number_mul (whole.low, (DkNumber) { g_rand_int_range (rand, 1, 100), 100 }, arena);
          part.low = dk_number_floor (part.low, arena);
          dk_enterprise_set (enterprise, relation->part, period, &part, NULL);
        }
    }
}

/* An enterprise with @n_rows rows in its registers and so many percent of all facts answered; another for each @seed. */
static DkEnterprise *
make_enterprise (const DkCatalogue *catalogue,
                 guint32            seed,
                 guint              n_rows,
                 guint              percent)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  DkEnterprise *enterprise = dk_enterprise_new (catalogue);
  const DkScope *scope = dk_catalogue_get_scope (catalogue);

  for (guint i = 0; i < dk_catalogue_n_facts (catalogue); i++)
    {
      const DkSymbol *fact = dk_catalogue_get_fact (catalogue, i)->symbol;

      if (fact->derive == NULL)
        answer (enterprise, rand, fact, percent);
    }
  fit_parts (enterprise, rand);
  for (guint r = 0; r < scope->registers->len; r++)
    {
      const GPtrArray *columns = ((const DkRegister *) g_ptr_array_index (scope->registers, r))->columns;
      guint n = n_rows * (r + 1) / scope->registers->len - n_rows * r / scope->registers->len;
      g_autofree DkValue *cells = g_new (DkValue, n * columns->len + 1);

      for (guint i = 0; i < n * columns->len; i++)
        cells[i] = draw_value (rand, g_ptr_array_index (columns, i % columns->len));
      dk_enterprise_set_rows (enterprise, r, cells, n, percent == 100);
    }
  return enterprise;
}

typedef struct
{
  DkRulebook   *book;
  DkEnterprise *enterprise;
  DkAssessment *assessment;
} Bench;

static DkAssessment *
assess (const Bench *self)
{
  return dk_assessment_new (self->book, self->enterprise, dk_date_from_ymd (2026, 7, 15), LAST_YEAR, NULL);
}

static void
look_into (DkAssessment *assessment)
{
  GPtrArray *results = dk_assessment_get_results (assessment);

  for (guint i = 0; i < results->len; i++)
    dk_result_n_children (g_ptr_array_index (results, i));
}

/* The programmes themselves: what follows a key. */
static void
work_verdicts (Bench *self)
{
  dk_assessment_free (assess (self));
}

/* The same, and everything below them. */
static void
work_assess (Bench *self)
{
  g_autoptr(DkAssessment) assessment = assess (self);

  look_into (assessment);
}

/* All boards to be listed on, and no titles. */
static void
work_boards (Bench *self)
{
  GPtrArray *packs = dk_rulebook_get_packs (self->book);
  const char *only[16] = { NULL };
  g_autoptr(DkAssessment) assessment = NULL;
  guint n = 0;

  for (guint i = 0; i < packs->len && n + 1 < G_N_ELEMENTS (only); i++)
    if (dk_pack_is_listing (g_ptr_array_index (packs, i)))
      only[n++] = ((const DkPack *) g_ptr_array_index (packs, i))->id;
  assessment = dk_assessment_new (self->book, self->enterprise, dk_date_from_ymd (2026, 7, 15), LAST_YEAR, only);
  g_assert_cmpuint (dk_assessment_get_results (assessment)->len, ==, n);
  look_into (assessment);
}

/* What the page of the boards says at once, and what it finds out afterwards: from which value on each standard opens. */
static void
work_matrix (Bench *self)
{
  g_ptr_array_unref (dk_boards_new (self->assessment));
}

static void
work_openings (Bench *self)
{
  g_autoptr(GPtrArray) boards = dk_boards_new (self->assessment);

  for (guint i = 0; i < boards->len; i++)
    dk_board_find_openings (g_ptr_array_index (boards, i), self->assessment);
}

static void
try_ways_out (DkAssessment   *assessment,
              const DkResult *result)
{
  g_array_unref (dk_assessment_get_levers (assessment, result));
  g_array_unref (dk_assessment_get_safety (assessment, result));
  for (guint i = 0; i < dk_result_n_children (result); i++)
    try_ways_out (assessment, dk_result_get_child (result, i));
}

/* Of every result, what would make it pass, or how safe it is. */
static void
work_levers (Bench *self)
{
  GPtrArray *results = dk_assessment_get_results (self->assessment);

  for (guint i = 0; i < results->len; i++)
    try_ways_out (self->assessment, g_ptr_array_index (results, i));
}

static void
work_question (Bench *self)
{
  DkQuestion question;

  dk_assessment_get_next_question (self->assessment, &question);
}

static void
work_json (Bench *self)
{
  g_autoptr(DkAssessment) assessment = assess (self);
  g_autofree char *json = dk_assessment_to_json (assessment, "zh");

  g_assert_nonnull (json);
}

/* Median of @n timings, in milliseconds. */
static double
time_work (void   (*work) (Bench *self),
           Bench   *self,
           guint    n)
{
  g_autofree double *taken = g_new (double, n);

  work (self);
  for (guint i = 0; i < n; i++)
    {
      double start = now_ms ();

      work (self);
      taken[i] = now_ms () - start;
    }
  qsort (taken, n, sizeof (double), compare_doubles);
  return taken[n / 2];
}

void
bench_programmes (const DkCatalogue *catalogue,
                  DkRulebook        *book,
                  const char        *only)
{
  static const struct { const char *name; guint percent; } cases[] = { { "full", 100 }, { "most", 95 }, { "half", 50 }, { "empty", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Bench self = { .book = book };

      if (only != NULL && !g_str_equal (only, cases[i].name))
        continue;
      self.enterprise = make_enterprise (catalogue, 7, N_ROWS, cases[i].percent);
      self.assessment = assess (&self);
      printf ("all_verdicts_%s %.2f ms\n", cases[i].name, time_work (work_verdicts, &self, 21));
      printf ("all_programmes_%s %.2f ms\n", cases[i].name, time_work (work_assess, &self, 21));
      printf ("all_boards_%s %.2f ms\n", cases[i].name, time_work (work_boards, &self, 21));
      printf ("boards_matrix_%s %.2f ms\n", cases[i].name, time_work (work_matrix, &self, 21));
      printf ("boards_openings_%s %.2f ms\n", cases[i].name, time_work (work_openings, &self, 21));
      printf ("all_levers_%s %.1f ms\n", cases[i].name, time_work (work_levers, &self, 3));
      printf ("next_question_%s %.1f ms\n", cases[i].name, time_work (work_question, &self, 3));
      printf ("all_json_%s %.1f ms\n", cases[i].name, time_work (work_json, &self, 3));
      fflush (stdout);
      dk_assessment_free (self.assessment);
      dk_enterprise_free (self.enterprise);
    }
}

/* Writes @n enterprises of that kind into a folder, a file each: by turns with all facts answered, with most and with half of them. */
void
bench_write_enterprises (const DkCatalogue *catalogue,
                         const char        *folder,
                         guint              n)
{
  static const guint percents[] = { 100, 95, 50 };

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(DkEnterprise) enterprise = make_enterprise (catalogue, 100 + i, N_ROWS, percents[i % G_N_ELEMENTS (percents)]);
      g_autofree char *name = g_strdup_printf ("Enterprise %04u", i + 1);
      g_autofree char *path = g_strdup_printf ("%s/%04u.json", folder, i + 1);
      g_autofree char *json = NULL;
      g_autoptr(GError) error = NULL;

      dk_enterprise_set_name (enterprise, name);
      json = dk_enterprise_to_json (enterprise);
      if (!g_file_set_contents (path, json, -1, &error))
        g_error ("%s", error->message);
    }
}
