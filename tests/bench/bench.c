/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures the engine: `name value unit` a line, or, with `rules`, the two JSON lines by which engines are compared. */
#define G_LOG_DOMAIN "dk-bench"

#include "bench-engine.h"
#include "dk-rulebook.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define N_ENTERPRISES 10000
#define N_FACTS 10

static double
now (void)
{
  return (double) g_get_monotonic_time ();
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values,
        guint   n)
{
  qsort (values, n, sizeof (double), compare_doubles);
  return values[n / 2];
}

static void
check (DkProblems *problems)
{
  if (dk_problems_count (problems) == 0)
    return;
  {
    g_autofree char *text = dk_problems_to_string (problems);
    g_printerr ("%s", text);
  }
  exit (1);
}

/* The generator of the comparison: the same stream for every engine. */
static guint32 stream = 20240101;

static guint32
draw (void)
{
  stream ^= stream << 13;
  stream ^= stream >> 17;
  stream ^= stream << 5;
  return stream;
}

/* In the order in which unknowns are drawn. */
enum { STAFF, ST, IP1, IP2, REVENUE, RD, ASSETS, PROFIT, HNTE, RESTRICTED };

static const struct { const char *id; gboolean is_truth; DkUnit unit; gint64 low; gboolean has_low; } bench_facts[N_FACTS] = {
  { "staff", FALSE, DK_UNIT_COUNT, 1, TRUE },    { "st", FALSE, DK_UNIT_COUNT, 0, TRUE },     { "ip1", FALSE, DK_UNIT_COUNT, 0, TRUE },
  { "ip2", FALSE, DK_UNIT_COUNT, 0, TRUE },      { "revenue", FALSE, DK_UNIT_YUAN, 0, TRUE }, { "rd", FALSE, DK_UNIT_YUAN, 0, TRUE },
  { "assets", FALSE, DK_UNIT_YUAN, 0, TRUE },    { "profit", FALSE, DK_UNIT_YUAN, 0, FALSE }, { "hnte", TRUE, DK_UNIT_PLAIN, 0, FALSE },
  { "restricted", TRUE, DK_UNIT_PLAIN, 0, FALSE },
};

static DkValue
domain_of (guint fact)
{
  if (bench_facts[fact].is_truth)
    return DK_VALUE_TRUTH (DK_OPEN);
  return DK_VALUE_RANGE (bench_facts[fact].has_low ? DK_NUMBER (bench_facts[fact].low) : DK_MINUS_INFINITY, DK_INFINITY);
}

/* An enterprise as its program would keep it: figures, and which of them are not known. */
typedef struct { gint64 facts[N_FACTS]; guint unknown; } Input;

static void
generate (Input *inputs)
{
  for (guint i = 0; i < N_ENTERPRISES; i++)
    {
      gint64 *e = inputs[i].facts;
      guint64 revenue;

      e[STAFF] = 5 + draw () % 695;
      e[ST] = e[STAFF] * (int) (draw () % 50) / 100;
      revenue = 500000 + draw () % 250000000;
      e[REVENUE] = (gint64) revenue;
      e[RD] = (gint64) (revenue * (draw () % 100) / 1000);
      e[ASSETS] = 1000000 + draw () % 250000000;
      e[IP1] = draw () % 5 == 0;
      e[IP2] = draw () % 6;
      e[PROFIT] = (gint64) revenue * ((gint64) (draw () % 300) - 50) / 1000;
      e[HNTE] = draw () & 1;
      e[RESTRICTED] = draw () % 20 == 0;
    }
}

typedef struct
{
  DkScope    *scope;
  DkRulebook *book;
  DkRun      *run;
  DkSlice    *slice;
  guint       slots[N_FACTS];
  DkValue     domains[N_FACTS];
  guint       entry, s_staff, s_rd, s_ip, total, pass, taxable, rate, tax;
  double      parse_ms;
} Rules;

static void
load_rules (Rules *rules)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const DkProgram *program;
  DkPack *pack;
  DkVersion *version;
  double start = now ();

  rules->scope = dk_scope_new ();
  for (guint i = 0; i < N_FACTS; i++)
    {
      DkSymbol *fact = dk_symbol_new (bench_facts[i].id, bench_facts[i].is_truth ? DK_KIND_TRUTH : DK_KIND_NUMBER, bench_facts[i].unit, DK_PERIOD_NONE);

      fact->domain = rules->domains[i] = domain_of (i);
      dk_scope_take_fact (rules->scope, fact);
    }
  rules->book = dk_rulebook_new (rules->scope);
  dk_rulebook_load (rules->book, DK_BENCH_DIR "/rules.yaml", TRUE, problems);
  dk_rulebook_compile (rules->book, problems);
  check (problems);
  rules->parse_ms = (now () - start) / 1000;

  program = dk_rulebook_get_program (rules->book);
  for (guint s = 0; s < dk_program_n_slots (program); s++)
    for (guint i = 0; i < N_FACTS; i++)
      {
        const DkSlot *slot = &dk_program_get_slots (program)[s];

        if (slot->kind == DK_SLOT_FACT && strcmp (slot->fact->id, bench_facts[i].id) == 0)
          rules->slots[i] = slot->reg;
      }
  pack = dk_rulebook_find_pack (rules->book, "bench");
  version = g_ptr_array_index (pack->versions, 0);
  for (guint i = 0; i < version->items->len; i++)
    {
      const DkItem *item = g_ptr_array_index (version->items, i);
      const char *id = item->id;

      if (strcmp (id, "bench") == 0)
        rules->pass = item->verdict_reg;
      else if (strcmp (id, "bench.entry") == 0)
        rules->entry = item->value_reg;
      else if (strcmp (id, "bench.s_staff") == 0)
        rules->s_staff = item->value_reg;
      else if (strcmp (id, "bench.s_rd") == 0)
        rules->s_rd = item->value_reg;
      else if (strcmp (id, "bench.s_ip") == 0)
        rules->s_ip = item->value_reg;
      else if (strcmp (id, "bench.total") == 0)
        rules->total = item->value_reg;
      else if (strcmp (id, "bench.taxable") == 0)
        rules->taxable = item->value_reg;
      else if (strcmp (id, "bench.rate") == 0)
        rules->rate = item->value_reg;
      else if (strcmp (id, "bench.tax") == 0)
        rules->tax = item->value_reg;
    }
  {
    guint outputs[] = { rules->entry, rules->s_staff, rules->s_rd, rules->s_ip, rules->total, rules->pass, rules->taxable, rules->rate, rules->tax };

    rules->slice = dk_slice_new (program, outputs, G_N_ELEMENTS (outputs));
  }
  rules->run = dk_run_new (program);
}

static void
clear_rules (Rules *rules)
{
  dk_slice_free (rules->slice);
  dk_run_free (rules->run);
  dk_rulebook_free (rules->book);
  dk_scope_free (rules->scope);
}

/* What is read of each enterprise: of a range the total's ends, of the others the least. */
typedef struct { DkNumber s_staff, s_rd, s_ip, total, total_high, taxable, rate, tax; guint32 entry, pass; } Out;

static inline void
evaluate (Rules       *rules,
          const Input *input,
          Out         *out)
{
  DkValue *regs = rules->run->regs;

  for (guint i = 0; i < N_FACTS; i++)
    {
      DkValue *reg = &regs[rules->slots[i]];

      if (G_UNLIKELY (input->unknown & (1u << i)))
        *reg = rules->domains[i];
      else if (bench_facts[i].is_truth)
        reg->state = input->facts[i] ? DK_TRUE : DK_FALSE;
      else
        {
          reg->low = DK_NUMBER (input->facts[i]);
          reg->state = DK_POINT;
        }
    }
  dk_run_slice (rules->run, rules->slice);
  out->entry = regs[rules->entry].state;
  out->s_staff = regs[rules->s_staff].low;
  out->s_rd = regs[rules->s_rd].low;
  out->s_ip = regs[rules->s_ip].low;
  out->total = regs[rules->total].low;
  out->total_high = dk_value_high (&regs[rules->total]);
  out->pass = regs[rules->pass].state;
  out->taxable = regs[rules->taxable].low;
  out->rate = regs[rules->rate].low;
  out->tax = regs[rules->tax].low;
}

static gint64
to_int (DkNumber number)
{
  gint64 value = 0;
  g_autoptr(DkArena) arena = dk_arena_new ();

  g_assert_true (dk_number_to_int64 (dk_number_round (number, 0, arena), &value));
  return value;
}

static double
measure (Rules *rules,
         Input *inputs,
         Out   *outs,
         guint  passes)
{
  g_autofree double *times = g_new (double, passes);

  for (guint i = 0; i < N_ENTERPRISES; i++)
    evaluate (rules, &inputs[i], &outs[i]);
  for (guint k = 0; k < passes; k++)
    {
      double start = now ();

      for (guint i = 0; i < N_ENTERPRISES; i++)
        evaluate (rules, &inputs[i], &outs[i]);
      times[k] = now () - start;
    }
  return median (times, passes);
}

static void
print_line (const char *engine,
            double      us,
            double      parse_ms,
            double      first_ms,
            const char *check_sum)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"engine\":\"%s\",\"n\":%d,\"eval_per_s\":%.0f,\"us_per_eval\":%.4f,\"require_ms\":0,\"parse_ms\":%.3f,"
          "\"first_eval_ms\":%.4f,\"peak_rss_mb\":%.1f,\"check\":\"%s\"}\n",
          engine, N_ENTERPRISES, N_ENTERPRISES / (us / 1e6), us / N_ENTERPRISES, parse_ms, first_ms, (double) usage.ru_maxrss / 1024.0, check_sum);
}

/* Returns FALSE, and says so, when a check sum is not what every engine must arrive at. */
static gboolean
expect (const char *got,
        const char *wanted)
{
  if (strcmp (got, wanted) == 0)
    return TRUE;
  g_printerr ("check sum %s\n   wanted %s\n", got, wanted);
  return FALSE;
}

static gboolean
bench_rules (gboolean  as_json,
             double   *known_per_s,
             double   *unknown_per_s)
{
  Rules rules = { 0 };
  g_autofree Input *inputs = g_new0 (Input, N_ENTERPRISES);
  g_autofree Out *outs = g_new (Out, N_ENTERPRISES);
  gint64 total = 0, pass = 0, entry = 0, taxable = 0, tax = 0, low = 0, high = 0, open = 0, fail = 0;
  g_autofree char *first_sum = NULL, *second_sum = NULL;
  double us, first_ms, start;
  gboolean ok;

  stream = 20240101;
  load_rules (&rules);
  generate (inputs);
  start = now ();
  evaluate (&rules, inputs, &outs[0]);
  first_ms = (now () - start) / 1000;
  us = measure (&rules, inputs, outs, 200);
  for (guint i = 0; i < N_ENTERPRISES; i++)
    {
      total += to_int (outs[i].total);
      pass += outs[i].pass == DK_TRUE;
      entry += outs[i].entry == DK_TRUE;
      taxable += to_int (outs[i].taxable);
    }
  {
    /* The tax is summed exactly and rounded once. */
    g_autoptr(DkArena) arena = dk_arena_new ();
    DkNumber sum = DK_ZERO;

    for (guint i = 0; i < N_ENTERPRISES; i++)
      sum = dk_number_add (sum, outs[i].tax, arena);
    tax = to_int (sum);
  }
  first_sum = g_strdup_printf ("total=%" G_GINT64_FORMAT " pass=%" G_GINT64_FORMAT " entry=%" G_GINT64_FORMAT " taxable=%" G_GINT64_FORMAT
                               " cit=%" G_GINT64_FORMAT, total, pass, entry, taxable, tax);
  if (as_json)
    print_line ("dengke", us, rules.parse_ms, first_ms, first_sum);
  *known_per_s = N_ENTERPRISES / (us / 1e6);
  ok = expect (first_sum, "total=582798 pass=2037 entry=4558 taxable=82993770341 cit=16587256699");

  for (guint i = 0; i < N_ENTERPRISES; i++)
    for (guint f = 0; f < N_FACTS; f++)
      if (draw () % 5 == 0)
        inputs[i].unknown |= 1u << f;
  us = measure (&rules, inputs, outs, 100);
  pass = 0;
  for (guint i = 0; i < N_ENTERPRISES; i++)
    {
      low += to_int (outs[i].total);
      high += to_int (outs[i].total_high);
      pass += outs[i].pass == DK_TRUE;
      fail += outs[i].pass == DK_FALSE;
      open += outs[i].pass == DK_OPEN;
    }
  second_sum = g_strdup_printf ("total_low=%" G_GINT64_FORMAT " total_high=%" G_GINT64_FORMAT " pass=%" G_GINT64_FORMAT " open=%" G_GINT64_FORMAT
                                " fail=%" G_GINT64_FORMAT, low, high, pass, open, fail);
  if (as_json)
    print_line ("dengke, 20% unknown", us, rules.parse_ms, first_ms, second_sum);
  *unknown_per_s = N_ENTERPRISES / (us / 1e6);
  ok = expect (second_sum, "total_low=405960 total_high=723332 pass=627 open=2981 fail=6392") && ok;
  clear_rules (&rules);
  return ok;
}

/* Three enterprises that lack an answer, and what is certain of them all the same, as TAP. Returns FALSE when one is wrong. */
static gboolean
bench_missing (void)
{
  static const struct
  {
    const char *what;
    gint64      facts[N_FACTS];
    guint       n_unknown;
    guint       unknown[2];
    gint64      low, high;
    guint32     verdict;
  } cases[] = {
    { "over the limit of assets, R&D unknown", { 100, 30, 1, 0, 30000000, 0, 200000001, 1000000, 0, 0 }, 1, { RD }, 50, 100, DK_FALSE },
    { "50 points, R&D unknown", { 100, 30, 1, 0, 30000000, 0, 10000000, 1000000, 0, 0 }, 1, { RD }, 50, 100, DK_OPEN },
    { "70 points, rights unknown", { 100, 30, 0, 0, 30000000, 1800000, 10000000, 1000000, 0, 0 }, 2, { IP1, IP2 }, 70, 100, DK_TRUE },
  };
  Rules rules = { 0 };
  gboolean ok = TRUE;

  load_rules (&rules);
  printf ("1..%u\n", (guint) G_N_ELEMENTS (cases));
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      Input input = { .unknown = 0 };
      Out out;
      gint64 low, high;
      gboolean right;

      memcpy (input.facts, cases[c].facts, sizeof input.facts);
      for (guint u = 0; u < cases[c].n_unknown; u++)
        input.unknown |= 1u << cases[c].unknown[u];
      evaluate (&rules, &input, &out);
      low = to_int (out.total);
      high = to_int (out.total_high);
      right = low == cases[c].low && high == cases[c].high && out.pass == cases[c].verdict;
      printf ("%s %u - %s: %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT " points, %s\n", right ? "ok" : "not ok", c + 1, cases[c].what, low, high,
              out.pass == DK_TRUE ? "certainly passes" : out.pass == DK_FALSE ? "certainly fails" : "cannot tell yet");
      ok = ok && right;
    }
  clear_rules (&rules);
  return ok;
}

int
main (int    argc,
      char **argv)
{
  double known, unknown;

  if (argc > 1 && strcmp (argv[1], "rules") == 0)
    return bench_rules (TRUE, &known, &unknown) ? 0 : 1;
  if (argc > 1 && strcmp (argv[1], "missing") == 0)
    return bench_missing () ? 0 : 1;
  if (argc > 1 && strcmp (argv[1], "programmes") == 0)
    {
      bench_programmes_alone (argv[2]);
      return 0;
    }
  if (argc == 4 && strcmp (argv[1], "write") == 0)
    {
      bench_write_enterprises_alone (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
      return 0;
    }
  if (argc > 1)
    {
      g_printerr ("usage: %s [rules | missing | programmes [full | most | half | empty] | write FOLDER N]\n", argv[0]);
      return 1;
    }
  bench_engine ();
  if (!bench_rules (FALSE, &known, &unknown))
    return 1;
  printf ("rules_known %.0f evaluations/s\n", known);
  printf ("rules_unknown %.0f evaluations/s\n", unknown);
  return 0;
}
