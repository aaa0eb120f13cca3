/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small catalogue made in C, with answers and results as texts, so that a test reads as a table. */
#pragma once

#include "dk-refine.h"
#include "dk-rulebook.h"

#include <string.h>

/* A value as a text: "5", "1/3", "-inf..7", "true", "open", "small|large", "2024-02-29", "C39" or "C39*", "unknown", and
 * joined with | also "undefined" and "na": "1..3|undefined". */

typedef struct
{
  DkScope    *scope;
  DkRulebook *book;
  DkRun      *run;
  DkArena    *arena;
  DkRows     *rows;  /* by the register's place in the scope */
  GPtrArray  *owned; /* DkValue arrays of rows */
} Fixture;

static inline Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->scope = dk_scope_new ();
  self->arena = dk_arena_new ();
  self->owned = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static inline void
fixture_free (Fixture *self)
{
  dk_run_free (self->run);
  dk_rulebook_free (self->book);
  dk_scope_free (self->scope);
  dk_arena_free (self->arena);
  g_ptr_array_unref (self->owned);
  g_free (self->rows);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* The catalogue. */

static inline DkChoices *
fixture_add_choices (Fixture    *self,
                     const char *id,
                     const char *options)
{
  DkChoices *choices = g_new0 (DkChoices, 1);
  g_auto(GStrv) names = g_strsplit (options, " ", 0);

  choices->id = g_strdup (id);
  choices->options = g_ptr_array_new ();
  choices->labels = g_ptr_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_ptr_array_add (choices->options, g_strdup (names[i]));
      g_ptr_array_add (choices->labels, g_new0 (DkText, 1));
    }
  g_ptr_array_add (self->scope->choices, choices);
  return choices;
}

/* @codes: in the order of bytes. */
static inline DkCodes *
fixture_add_codes (Fixture    *self,
                   const char *id,
                   const char *codes)
{
  DkCodes *table = g_new0 (DkCodes, 1);
  g_auto(GStrv) names = g_strsplit (codes, " ", 0);

  table->id = g_strdup (id);
  table->codes = g_ptr_array_new ();
  table->labels = g_ptr_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_ptr_array_add (table->codes, g_strdup (names[i]));
      g_ptr_array_add (table->labels, g_new0 (DkText, 1));
    }
  g_ptr_array_add (self->scope->codes, table);
  return table;
}

static inline DkSymbol *
fixture_add_fact (Fixture    *self,
                  const char *id,
                  DkKind      kind,
                  DkUnit      unit,
                  DkPeriod    period)
{
  DkSymbol *fact = dk_symbol_new (id, kind, unit, period);

  dk_scope_take_fact (self->scope, fact);
  return fact;
}

static inline DkSymbol *
fixture_add_number (Fixture    *self,
                    const char *id,
                    DkUnit      unit,
                    DkPeriod    period,
                    DkNumber    low,
                    DkNumber    high)
{
  DkSymbol *fact = fixture_add_fact (self, id, DK_KIND_NUMBER, unit, period);

  fact->domain = DK_VALUE_RANGE (low, high);
  if (unit == DK_UNIT_COUNT)
    fact->step = DK_ONE;
  return fact;
}

static inline DkSymbol *
fixture_as_choice (DkSymbol        *symbol,
                   const DkChoices *choices)
{
  symbol->choices = choices;
  symbol->domain = DK_VALUE_CHOICE (((guint64) 1 << choices->options->len) - 1);
  return symbol;
}

static inline DkSymbol *
fixture_as_code (DkSymbol      *symbol,
                 const DkCodes *codes)
{
  symbol->codes = codes;
  symbol->domain = DK_VALUE_RANGE (DK_ZERO, DK_NUMBER (codes->codes->len - 1));
  return symbol;
}

static inline DkRegister *
fixture_add_register (Fixture    *self,
                      const char *id)
{
  DkRegister *reg = dk_register_new (id);

  g_ptr_array_add (self->scope->registers, reg);
  return reg;
}

static inline DkSymbol *
fixture_add_column (DkRegister *reg,
                    const char *id,
                    DkKind      kind,
                    DkUnit      unit)
{
  DkSymbol *column = dk_symbol_new (id, kind, unit, DK_PERIOD_NONE);

  column->index = reg->columns->len;
  g_ptr_array_add (reg->columns, column);
  return column;
}

/* Values as texts. */

static inline DkNumber
fixture_parse_end (Fixture        *self,
                   const DkSymbol *symbol,
                   const char     *text)
{
  g_auto(GStrv) parts = NULL;
  DkNumber number, denominator = DK_ONE;
  gint64 day;

  if (symbol->kind == DK_KIND_DATE)
    {
      if (!dk_date_parse (text, -1, &day))
        g_error ("%s is no date", text);
      return DK_NUMBER (day);
    }
  if (strcmp (text, "inf") == 0)
    return DK_INFINITY;
  if (strcmp (text, "-inf") == 0)
    return DK_MINUS_INFINITY;
  parts = g_strsplit (text, "/", 2);
  if (!dk_number_parse (parts[0], -1, &number, self->arena, NULL)
      || (parts[1] != NULL && !dk_number_parse (parts[1], -1, &denominator, self->arena, NULL)))
    g_error ("%s is no number", text);
  return dk_number_div (number, denominator, self->arena);
}

static inline DkValue
fixture_parse_part (Fixture        *self,
                    const DkSymbol *symbol,
                    const char     *text)
{
  g_auto(GStrv) ends = NULL;
  gint64 first = 0, last = 0;

  if (strcmp (text, "unknown") == 0)
    {
      DkValue value = symbol->domain;
      value.state |= DK_UNANSWERED;
      return value;
    }
  if (strcmp (text, "undefined") == 0)
    return DK_VALUE_UNDEFINED;
  if (strcmp (text, "na") == 0)
    return DK_VALUE_NA;
  switch (symbol->kind)
    {
    case DK_KIND_TRUTH:
      return DK_VALUE_TRUTH (strcmp (text, "true") == 0 ? DK_TRUE : strcmp (text, "false") == 0 ? DK_FALSE : DK_OPEN);
    case DK_KIND_CHOICE:
      if (dk_choices_find (symbol->choices, text) < 0)
        g_error ("%s is no option of %s", text, symbol->choices->id);
      return DK_VALUE_CHOICE ((guint64) 1 << dk_choices_find (symbol->choices, text));
    case DK_KIND_CODE:
      {
        g_autofree char *prefix = g_strndup (text, strlen (text) - g_str_has_suffix (text, "*"));

        if (!dk_codes_find_prefix (symbol->codes, prefix, &first, &last))
          g_error ("%s is no code", text);
        if (!g_str_has_suffix (text, "*"))
          last = first;
        return dk_value_make (DK_NUMBER (first), DK_NUMBER (last), 0);
      }
    case DK_KIND_TEXT:
      return DK_VALUE_POINT (DK_NUMBER (dk_text_intern (text)));
    default:
      ends = g_strsplit (text, "..", 2);
      return dk_value_make (fixture_parse_end (self, symbol, ends[0]), fixture_parse_end (self, symbol, ends[ends[1] != NULL ? 1 : 0]), 0);
    }
}

static inline DkValue
fixture_parse (Fixture        *self,
               const DkSymbol *symbol,
               const char     *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "|", 0);
  DkValue value = fixture_parse_part (self, symbol, parts[0]);

  for (guint i = 1; parts[i] != NULL; i++)
    {
      DkValue part = fixture_parse_part (self, symbol, parts[i]);
      value = dk_value_join (&value, &part, symbol->kind);
    }
  return value;
}

static inline char *
fixture_end_to_text (DkNumber       number,
                     DkKind         kind,
                     const DkCodes *codes)
{
  gint64 place;

  if (kind == DK_KIND_NUMBER || !dk_number_to_int64 (number, &place))
    return dk_number_to_string (number);
  if (kind == DK_KIND_DATE)
    return dk_date_to_string (place);
  if (kind == DK_KIND_CODE)
    return g_strdup (g_ptr_array_index (codes->codes, (guint) place));
  return g_strdup (dk_text_lookup (place));
}

static inline char *
fixture_to_text (const DkValue   *value,
                 DkKind           kind,
                 const DkChoices *choices,
                 const DkCodes   *codes)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint32 bits = value->state & (DK_POINT | DK_RANGE);

  if (kind == DK_KIND_TRUTH && bits != 0)
    g_string_append (text, bits == DK_OPEN ? "open" : bits == DK_TRUE ? "true" : "false");
  else if (kind == DK_KIND_CHOICE && bits != 0)
    for (guint i = 0; i < choices->options->len; i++)
      {
        if ((guint64) value->low.num & (guint64) 1 << i)
          g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", (char *) g_ptr_array_index (choices->options, i));
      }
  else if (bits != 0)
    {
      g_autofree char *low = fixture_end_to_text (value->low, kind, codes);
      g_autofree char *high = fixture_end_to_text (dk_value_high (value), kind, codes);

      g_assert_true (bits == DK_POINT || bits == DK_RANGE);
      g_string_append (text, low);
      if (bits == DK_RANGE)
        g_string_append_printf (text, "..%s", high);
    }
  if (value->state & DK_UNDEFINED)
    g_string_append (text, text->len > 0 ? "|undefined" : "undefined");
  if (value->state & DK_NA)
    g_string_append (text, text->len > 0 ? "|na" : "na");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Packs, runs and answers. */

/* The head of a pack, up to what follows its sources; a version that has been in force all the time; a rule in one line. */
#define PACK(id) \
  "pack: " id "\nkind: profile\ntitle: {zh: 示例, en: Sample}\nsources:\n  law: {title: {zh: 办法, en: Measures}, certainty: V}\n"
#define ALWAYS   "versions:\n  - {id: a, from: 2000-01-01, source: law}\n"
#define RULE(id, keys) "  - {id: " id ", title: {zh: 规则, en: Rule}, source: law, " keys "}\n"

static inline void
fixture_take (Fixture    *self,
              const char *yaml)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  DkDocument *document = dk_document_parse ("pack.yaml", yaml, strlen (yaml), DK_FORMAT_YAML, problems);

  if (self->book == NULL)
    self->book = dk_rulebook_new (self->scope);
  if (document == NULL || !dk_rulebook_take_document (self->book, document, TRUE, problems))
    {
      g_autofree char *said = dk_problems_to_string (problems);
      g_error ("%s", said);
    }
}

static inline void
fixture_compile (Fixture *self)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();

  if (self->book == NULL)
    self->book = dk_rulebook_new (self->scope);
  if (!dk_rulebook_compile (self->book, problems))
    {
      g_autofree char *said = dk_problems_to_string (problems);
      g_error ("%s", said);
    }
}

static inline const DkItem *
fixture_expression (Fixture    *self,
                    const char *text)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const DkItem *item;

  if (self->book == NULL)
    fixture_compile (self);
  item = dk_rulebook_compile_expression (self->book, text, problems);
  if (item == NULL)
    {
      g_autofree char *said = dk_problems_to_string (problems);
      g_error ("%s: %s", text, said);
    }
  g_assert_cmpuint (dk_problems_length (problems), ==, 0);
  return item;
}

/* The rule in the version of its pack that is given by its place. */
static inline const DkItem *
fixture_rule (Fixture    *self,
              const char *id,
              guint       version)
{
  g_auto(GStrv) names = g_strsplit (id, ".", 2);
  DkPack *pack = dk_rulebook_find_pack (self->book, names[0]);
  GPtrArray *items;

  g_assert_nonnull (pack);
  items = ((DkVersion *) g_ptr_array_index (pack->versions, version))->items;
  for (guint i = 0; i < items->len; i++)
    if (strcmp (((DkItem *) g_ptr_array_index (items, i))->id, id) == 0)
      return g_ptr_array_index (items, i);
  g_error ("there is no rule %s", id);
}

/* What a slot is called in answers: x, revenue[-1], revenue[2024], sales[0Q2], sales[0M12], as_of, year. */
static inline char *
fixture_slot_name (const DkSlot *slot)
{
  g_autofree char *sub = NULL;

  if (slot->kind != DK_SLOT_FACT)
    return g_strdup (slot->kind == DK_SLOT_AS_OF ? "as_of" : "year");
  if (slot->fact->period == DK_PERIOD_NONE)
    return g_strdup (slot->fact->id);
  sub = slot->sub == 0 ? g_strdup ("") : g_strdup_printf ("%c%d", slot->fact->period == DK_PERIOD_QUARTER ? 'Q' : 'M', slot->sub);
  return g_strdup_printf ("%s[%" G_GINT64_FORMAT "%s]", slot->fact->id, slot->year, sub);
}

static inline guint
fixture_slot (Fixture    *self,
              const char *name)
{
  const DkProgram *program = dk_rulebook_get_program (self->book);

  for (guint i = 0; i < dk_program_n_slots (program); i++)
    {
      g_autofree char *one = fixture_slot_name (&dk_program_get_slots (program)[i]);

      if (strcmp (one, name) == 0)
        return i;
    }
  g_error ("no rule asks for %s", name);
}

static inline void
fixture_answer (Fixture    *self,
                const char *name,
                const char *text)
{
  const DkSlot *slot = &dk_program_get_slots (dk_rulebook_get_program (self->book))[fixture_slot (self, name)];
  DkSymbol own = { .kind = slot->kind == DK_SLOT_AS_OF ? DK_KIND_DATE : DK_KIND_NUMBER };

  own.domain = DK_VALUE_RANGE (DK_ONE, DK_NUMBER (own.kind == DK_KIND_DATE ? 3652059 : 9999));
  self->run->regs[slot->reg] = fixture_parse (self, slot->fact != NULL ? slot->fact : &own, text);
}

/* A new run in which nothing is answered but @answers: "x=5 revenue[-1]=1..3". */
static inline void
fixture_begin (Fixture    *self,
               const char *answers)
{
  const DkProgram *program = dk_rulebook_get_program (self->book);
  g_auto(GStrv) pairs = g_strsplit (answers, " ", 0);

  g_clear_pointer (&self->run, dk_run_free);
  self->run = dk_run_new (program);
  self->run->rows = self->rows;
  fixture_answer (self, "as_of", "2026-07-15");
  fixture_answer (self, "year", "2025");
  for (guint i = 0; i < dk_program_n_slots (program); i++)
    {
      const DkSlot *slot = &dk_program_get_slots (program)[i];

      if (slot->kind == DK_SLOT_FACT)
        self->run->regs[slot->reg] = fixture_parse (self, slot->fact, "unknown");
    }
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      fixture_answer (self, pairs[i], equals + 1);
    }
}

/* Sets the rows of a register: "kind=design cost=5; kind=invention". What a row does not say is unknown. */
static inline void
fixture_rows (Fixture    *self,
              const char *id,
              gboolean    is_complete,
              const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, ";", 0);
  guint index = 0;
  const DkRegister *reg = dk_scope_find_register (self->scope, id, &index);
  guint n = g_strv_length (lines);
  DkValue *cells = g_new0 (DkValue, n * reg->columns->len + 1);

  for (guint r = 0; r < n; r++)
    {
      g_auto(GStrv) pairs = g_strsplit (g_strstrip (lines[r]), " ", 0);

      for (guint c = 0; c < reg->columns->len; c++)
        cells[r * reg->columns->len + c] = fixture_parse (self, g_ptr_array_index (reg->columns, c), "unknown");
      for (guint i = 0; pairs[i] != NULL; i++)
        {
          char *equals = strchr (pairs[i], '=');
          const DkSymbol *column;
          guint c = 0;

          if (equals == NULL)
            continue;
          *equals = '\0';
          column = dk_register_find_column (reg, pairs[i], &c);
          g_assert_nonnull (column);
          cells[r * reg->columns->len + c] = fixture_parse (self, column, equals + 1);
        }
    }
  if (self->rows == NULL)
    self->rows = g_new0 (DkRows, self->scope->registers->len);
  g_ptr_array_add (self->owned, cells);
  self->rows[index] = (DkRows) { cells, n, is_complete };
}

static inline char *
fixture_value (Fixture      *self,
               const DkItem *item)
{
  return fixture_to_text (&self->run->regs[item->value_reg], item->kind_of_value, item->choices, item->codes);
}

static inline char *
fixture_verdict (Fixture      *self,
                 const DkItem *item)
{
  return fixture_to_text (&self->run->regs[item->verdict_reg], DK_KIND_TRUTH, NULL, NULL);
}

/* What an expression is; or why it does not load. */
static inline char *
fixture_eval (Fixture    *self,
              const char *text,
              const char *answers)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  const DkItem *item;

  if (self->book == NULL)
    fixture_compile (self);
  item = dk_rulebook_compile_expression (self->book, text, problems);
  if (item == NULL)
    return dk_problems_to_string (problems);
  fixture_begin (self, answers);
  dk_run_all (self->run);
  return fixture_value (self, item);
}

typedef struct
{
  const char *text;
  const char *answers;
  const char *wanted;
} FixtureCase;

static inline void
fixture_check (Fixture           *self,
               const FixtureCase *cases,
               guint              n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *is = fixture_eval (self, cases[i].text, cases[i].answers);

      if (strcmp (is, cases[i].wanted) != 0)
        {
          g_test_message ("%s with %s is %s instead of %s", cases[i].text, cases[i].answers, is, cases[i].wanted);
          g_test_fail ();
        }
    }
}

/* The expression does not load, for this reason alone. */
static inline void
fixture_refuse (Fixture    *self,
                const char *text,
                int         column,
                const char *wanted)
{
  g_autoptr(DkProblems) problems = dk_problems_new ();
  g_autofree char *said = NULL;

  if (self->book == NULL)
    fixture_compile (self);
  if (dk_rulebook_compile_expression (self->book, text, problems) != NULL)
    {
      g_test_message ("%s is taken, but should be refused: %s", text, wanted);
      g_test_fail ();
      return;
    }
  said = dk_problems_to_string (problems);
  if (dk_problems_count (problems) != 1 || strstr (said, wanted) == NULL || dk_problems_get (problems, 0)->place.column != column)
    {
      g_test_message ("%s is refused: %s; wanted in column %d: %s", text, said, column, wanted);
      g_test_fail ();
    }
}
