/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "dk-enterprise-plan.h"

#define LAST ((DkPeriodKey) { 2025, 0, 0 })

/* How often each thing was told. */
typedef struct
{
  guint n_changed, n_assessed, n_asked;
  char *id; /* of the last change */
} Told;

static void
on_changed_cb (DkSession  *session,
               const char *id,
               Told       *told)
{
  told->n_changed++;
  g_free (told->id);
  told->id = g_strdup (id);
}

static void
on_assessed_cb (DkSession *session,
                Told      *told)
{
  told->n_assessed++;
}

static void
on_asked_cb (DkSession *session,
             Told      *told)
{
  told->n_asked++;
}

static void
listen (DkSession *session,
        Told      *told)
{
  g_signal_connect (session, "changed", G_CALLBACK (on_changed_cb), told);
  g_signal_connect (session, "assessed", G_CALLBACK (on_assessed_cb), told);
  g_signal_connect (session, "asked", G_CALLBACK (on_asked_cb), told);
}

static void
set_number (DkSession      *session,
            const DkSymbol *fact,
            gint64          number)
{
  g_autoptr(GError) error = NULL;

  dk_session_set_answer (session, fact, LAST, DK_ANSWER_VALUE, &DK_VALUE_POINT (DK_NUMBER (number)), &error);
  g_assert_no_error (error);
}

static void
test_four_answers (Fixture       *fixture,
                   gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  g_autoptr(GError) error = NULL;
  DkSession *session = fixture_open (fixture, fixture->half_filled);
  DkValue value;
  gint64 id;

  dk_session_set_answer (session, staff, LAST, DK_ANSWER_VALUE, &DK_VALUE_RANGE (DK_NUMBER (45), DK_NUMBER (55)), &error);
  g_assert_no_error (error);
  g_assert_cmpint (dk_session_get_answer (session, staff, LAST, &value), ==, DK_ANSWER_VALUE);
  g_assert_cmpint (dk_value_high (&value).num, ==, 55);
  dk_session_set_answer (session, staff, LAST, DK_ANSWER_UNKNOWN, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dk_session_get_answer (session, staff, LAST, &value), ==, DK_ANSWER_UNKNOWN);
  dk_session_settle (session);

  /* It is still so when the enterprise is opened again. */
  id = dk_session_get_id (session);
  g_assert_finalize_object (session);
  session = fixture_open (fixture, id);
  g_assert_cmpint (dk_session_get_answer (session, staff, LAST, &value), ==, DK_ANSWER_UNKNOWN);
  dk_session_set_answer (session, staff, LAST, DK_ANSWER_NONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dk_session_get_answer (session, staff, LAST, &value), ==, DK_ANSWER_NONE);
  dk_session_settle (session);
  g_assert_finalize_object (session);
}

static void
test_bad_value (Fixture       *fixture,
                gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GError) error = NULL;
  Told told = { 0 };
  DkValue value;

  listen (session, &told);
  g_assert_false (dk_session_set_answer (session, staff, LAST, DK_ANSWER_VALUE, &DK_VALUE_POINT (DK_NUMBER (-1)), &error));
  g_assert_error (error, DK_ENTERPRISE_ERROR, DK_ENTERPRISE_ERROR_VALUE);
  g_assert_cmpint (dk_session_get_answer (session, staff, LAST, &value), ==, DK_ANSWER_VALUE);
  g_assert_cmpuint (told.n_changed, ==, 0);
  g_assert_false (dk_store_can_undo (dk_workspace_get_store (fixture->workspace), fixture->passes));
}

static void
test_edit_and_undo (Fixture       *fixture,
                    gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GError) error = NULL;
  g_autofree char *said = NULL;
  Told told = { 0 };
  DkValue before, value;

  dk_session_get_answer (session, staff, LAST, &before);
  listen (session, &told);
  set_number (session, staff, 501);
  g_assert_cmpstr (told.id, ==, "staff");
  g_assert_cmpuint (told.n_assessed, ==, 0);
  dk_session_settle (session);
  g_assert_cmpuint (told.n_assessed, ==, 1);
  g_assert_cmpuint (told.n_asked, ==, 1);
  said = dk_session_undo (session, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (said, -1, "2025"));
  dk_session_get_answer (session, staff, LAST, &value);
  g_assert_true (dk_number_equal (value.low, before.low));
  g_clear_pointer (&said, g_free);
  said = dk_session_redo (session, &error);
  g_assert_nonnull (g_strstr_len (said, -1, "501"));
  dk_session_get_answer (session, staff, LAST, &value);
  g_assert_cmpint (value.low.num, ==, 501);
  g_assert_null (dk_session_redo (session, &error));
  g_assert_no_error (error);
  dk_session_settle (session);
  g_free (told.id);
}

/* Many edits in one go end in the assessment of the last, and few are made on the way. */
static void
test_many_edits (Fixture       *fixture,
                 gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  Told told = { 0 };

  listen (session, &told);
  for (int i = 0; i < 20; i++)
    set_number (session, staff, 100 + i);
  dk_session_settle (session);
  g_assert_cmpuint (told.n_changed, ==, 20);
  g_assert_cmpuint (told.n_assessed, <=, 2);
  g_assert_cmpuint (told.n_asked, ==, 1);
  g_free (told.id);
}

static void
test_trial (Fixture       *fixture,
            gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  Told told = { 0 };
  DkValue value, before;

  dk_session_get_answer (session, staff, LAST, &before);
  listen (session, &told);
  g_assert_cmpint (dk_assessment_find (dk_session_get_assessment (session), "stsme")->verdict, ==, DK_VERDICT_PASS);
  dk_session_try_answer (session, staff, LAST, &DK_VALUE_POINT (DK_NUMBER (5000)));
  dk_session_settle (session);
  g_assert_cmpint (dk_assessment_find (dk_session_get_assessment (session), "stsme")->verdict, ==, DK_VERDICT_FAIL);
  dk_session_get_answer (session, staff, LAST, &value);
  g_assert_true (dk_number_equal (value.low, before.low));
  g_assert_cmpuint (told.n_changed, ==, 0);
  dk_session_end_trial (session);
  dk_session_settle (session);
  g_assert_cmpint (dk_assessment_find (dk_session_get_assessment (session), "stsme")->verdict, ==, DK_VERDICT_PASS);
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  const DkScope *scope = dk_catalogue_get_scope (fixture->library->catalogue);
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GArray) before = dk_session_list_rows (session, "ip"), after = NULL;
  g_autofree char *written = NULL;
  g_autoptr(GError) error = NULL;
  const DkRegister *reg;
  const DkSymbol *kind, *name;
  guint index, place;
  gint64 row;
  DkValue value;
  gboolean is_complete;

  reg = dk_scope_find_register (scope, "ip", &index);
  kind = dk_register_find_column (reg, "kind", &place);
  name = dk_register_find_column (reg, "name", &place);
  row = dk_session_add_row (session, "ip", before->len > 0 ? g_array_index (before, gint64, 0) : 0, &error);
  g_assert_no_error (error);
  after = dk_session_list_rows (session, "ip");
  g_assert_cmpuint (after->len, ==, before->len + 1);
  g_assert_cmpint (g_array_index (after, gint64, 0), ==, row);
  g_assert_cmpint (dk_session_get_cell (session, "ip", row, name, &value), ==, DK_ANSWER_NONE);
  g_assert_true (dk_session_set_cell (session, "ip", row, name, DK_ANSWER_VALUE, &DK_VALUE_POINT (DK_NUMBER (dk_text_intern ("A"))), &error));
  g_assert_true (dk_session_set_cell (session, "ip", row, kind, DK_ANSWER_UNKNOWN, NULL, &error));
  g_assert_cmpint (dk_session_get_cell (session, "ip", row, name, &value), ==, DK_ANSWER_VALUE);
  g_assert_cmpint (dk_session_get_cell (session, "ip", row, kind, &value), ==, DK_ANSWER_UNKNOWN);
  g_assert_true (dk_session_delete_row (session, "ip", row, &error));
  g_assert_false (dk_session_delete_row (session, "ip", row, &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Back again with its cells, by undo. */
  g_free (dk_session_undo (session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (dk_session_get_cell (session, "ip", row, name, &value), ==, DK_ANSWER_VALUE);
  g_assert_cmpstr (dk_text_lookup (value.low.num), ==, "A");
  g_assert_cmpint (dk_session_get_cell (session, "ip", row, kind, &value), ==, DK_ANSWER_UNKNOWN);

  /* A file that is written of it says so too. */
  written = dk_enterprise_to_json (dk_session_get_enterprise (session));
  g_assert_nonnull (strstr (written, "\"kind\": null"));
  g_clear_pointer (&written, g_free);

  g_assert_true (dk_session_set_complete (session, "ip", DK_ANSWER_VALUE, FALSE, &error));
  g_assert_cmpint (dk_session_get_complete (session, "ip", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_false (is_complete);
  g_assert_true (dk_session_set_cell (session, "ip", row, kind, DK_ANSWER_NONE, NULL, &error));
  g_assert_cmpint (dk_session_get_cell (session, "ip", row, kind, &value), ==, DK_ANSWER_NONE);
  g_assert_cmpint (dk_session_get_complete (session, "ip", &is_complete), ==, DK_ANSWER_VALUE);
  written = dk_enterprise_to_json (dk_session_get_enterprise (session));
  g_assert_null (strstr (written, "\"kind\": null"));
  g_assert_nonnull (strstr (written, "\"ip\": {\"complete\": false"));
  dk_session_reload (session);
  g_assert_cmpint (dk_session_get_complete (session, "ip", &is_complete), ==, DK_ANSWER_VALUE);
  g_assert_false (is_complete);

  g_assert_true (dk_session_set_complete (session, "ip", DK_ANSWER_NONE, FALSE, &error));
  g_assert_cmpint (dk_session_get_complete (session, "ip", &is_complete), ==, DK_ANSWER_NONE);
  g_assert_true (dk_session_set_complete (session, "ip", DK_ANSWER_VALUE, TRUE, &error));
  dk_session_get_complete (session, "ip", &is_complete);
  g_assert_true (is_complete);
  dk_session_settle (session);
}

static void
test_group (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GArray) before = dk_session_list_rows (session, "awards"), during = NULL, after = NULL;
  g_autoptr(GError) error = NULL;
  Told told = { 0 };

  listen (session, &told);
  g_assert_true (dk_session_begin (session, &error));
  dk_session_add_row (session, "awards", 0, &error);
  dk_session_add_row (session, "awards", 0, &error);
  g_assert_cmpuint (told.n_changed, ==, 0);
  g_assert_true (dk_session_end (session, &error));
  g_assert_cmpuint (told.n_changed, ==, 1);
  g_assert_null (told.id);
  during = dk_session_list_rows (session, "awards");
  g_assert_cmpuint (during->len, ==, before->len + 2);
  g_free (dk_session_undo (session, &error));
  after = dk_session_list_rows (session, "awards");
  g_assert_cmpuint (after->len, ==, before->len);

  g_assert_true (dk_session_begin (session, &error));
  dk_session_add_row (session, "awards", 0, &error);
  dk_session_abandon (session);
  g_array_unref (g_steal_pointer (&after));
  after = dk_session_list_rows (session, "awards");
  g_assert_cmpuint (after->len, ==, before->len);
  dk_session_settle (session);
}

static void
test_derived (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  const DkSymbol *derived = fixture_fact (fixture, "ip_class1");
  DkValue value;
  guint n_answered, n_asked;

  g_assert_true (dk_session_get_derived (session, derived, (DkPeriodKey) { 0 }, &value));
  g_assert_false (dk_session_get_derived (session, fixture_fact (fixture, "staff"), LAST, &value));
  dk_session_count_answers (session, "people", &n_answered, &n_asked);
  g_assert_cmpuint (n_asked, >, 0);
  g_assert_cmpuint (n_answered, <=, n_asked);
}

static void
test_workspace_standings (Fixture       *fixture,
                          gconstpointer  data)
{
  DkClient *client;

  dk_workspace_settle (fixture->workspace);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->workspace)), ==, 3);
  client = dk_workspace_find_client (fixture->workspace, fixture->passes);
  g_assert_cmpint (dk_client_find_standing (client, "stsme")->sign, ==, DK_SIGN_MET);
  client = dk_workspace_find_client (fixture->workspace, fixture->half_filled);
  g_assert_cmpint (dk_client_find_standing (client, "stsme")->sign, ==, DK_SIGN_OPEN);
  g_assert_cmpuint (dk_client_find_standing (client, "stsme")->n_missing, >, 0);
}

static void
test_workspace_day (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  gint64 day;

  g_assert_true (dk_date_parse ("2016-01-01", -1, &day));
  dk_workspace_set_as_of (fixture->workspace, day);
  g_assert_cmpint (dk_session_get_last_year (session), ==, 2015);
  dk_session_settle (session);
  dk_workspace_settle (fixture->workspace);
  g_assert_cmpint (dk_assessment_get_as_of (dk_session_get_assessment (session)), ==, day);
  g_assert_cmpint (dk_client_find_standing (dk_workspace_find_client (fixture->workspace, fixture->passes), "stsme")->sign, ==, DK_SIGN_NA);
}

static void
test_workspace_changes (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *bad = g_build_filename (fixture->folder, "bad.json", NULL);
  gint64 id = dk_workspace_add (fixture->workspace, "New", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dk_client_get_name (dk_workspace_find_client (fixture->workspace, id)), ==, "New");
  g_assert_true (dk_workspace_rename (fixture->workspace, id, "Newer", &error));
  g_assert_cmpstr (dk_client_get_name (dk_workspace_find_client (fixture->workspace, id)), ==, "Newer");
  g_assert_true (dk_workspace_remove (fixture->workspace, id, &error));
  g_assert_null (dk_workspace_find_client (fixture->workspace, id));
  g_assert_false (dk_workspace_remove (fixture->workspace, id, &error));
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (bad, "{\"name\": 1", -1, NULL));
  g_assert_cmpint (dk_workspace_import (fixture->workspace, bad, &error), ==, 0);
  g_assert_error (error, DK_STORE_ERROR, DK_STORE_ERROR_INVALID);
  g_assert_nonnull (g_strstr_len (error->message, -1, "bad.json:1:"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->workspace)), ==, 3);
}

/* What a source says is written, undone and put back by a snapshot like an answer, and no verdict sees it. */
static void
test_figures (Fixture       *fixture,
              gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(DkEnterprise) before = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *undone = NULL, *redone = NULL;
  DkValue value, answer, wrong = DK_VALUE_POINT (DK_NUMBER (-1));
  Told told = { 0 };

  listen (session, &told);
  g_assert_cmpint (dk_session_get_answer (session, staff, LAST, &answer), ==, DK_ANSWER_VALUE);
  g_assert_true (dk_session_set_figure (session, staff, LAST, 1, &DK_VALUE_POINT (DK_NUMBER (77)), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (told.n_changed, ==, 1);
  g_assert_cmpstr (told.id, ==, "staff");
  g_assert_false (dk_session_set_figure (session, staff, LAST, 1, &wrong, &error));
  g_clear_error (&error);
  before = dk_enterprise_dup (dk_session_get_enterprise (session));
  undone = dk_session_undo (session, &error);
  g_assert_cmpstr (undone, ==, "Staff (2025), Yearly income tax return: no answer");
  g_assert_false (dk_enterprise_get_figure (dk_session_get_enterprise (session), staff, LAST, 1, &value));
  redone = dk_session_redo (session, &error);
  g_assert_cmpstr (redone, ==, "Staff (2025), Yearly income tax return: 77");
  g_assert_true (dk_session_set_figure (session, staff, LAST, 1, NULL, &error));
  g_assert_true (dk_session_restore (session, before, &error));
  g_assert_no_error (error);
  g_assert_true (dk_enterprise_get_figure (dk_session_get_enterprise (session), staff, LAST, 1, &value));
  g_assert_cmpint (value.low.num, ==, 77);
  g_assert_cmpint (dk_session_get_answer (session, staff, LAST, &value), ==, DK_ANSWER_VALUE);
  g_assert_true (dk_value_equal (&value, &answer, staff->kind));
  dk_session_settle (session);
  g_signal_handlers_disconnect_by_data (session, &told);
  g_free (told.id);
}

/* A plan stands beside the answers, and is taken back, and restored, as they are. */
static void
test_planned (Fixture       *fixture,
              gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  const DkPeriodKey next = { 2026, 0, 0 };
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(DkEnterprise) before = NULL, planned = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *undone = NULL, *others = NULL, *wanted = NULL, *found = NULL;
  DkValue value, wrong = DK_VALUE_POINT (DK_NUMBER (-2));
  Told told = { 0 };

  before = dk_enterprise_dup (dk_session_get_enterprise (session));
  listen (session, &told);
  g_assert_true (dk_session_set_planned (session, staff, next, &DK_VALUE_POINT (DK_NUMBER (77)), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (told.n_changed, ==, 1);
  g_assert_cmpstr (told.id, ==, "staff");
  g_assert_false (dk_session_is_unsaved (session, staff, next));
  g_assert_cmpint (dk_session_get_answer (session, staff, next, &value), ==, DK_ANSWER_NONE);
  g_assert_false (dk_session_set_planned (session, staff, DK_PLAN_GROWTH, &wrong, &error));
  g_clear_error (&error);
  g_assert_true (dk_session_set_planned (session, staff, DK_PLAN_GROWTH, &DK_VALUE_POINT (((DkNumber) { 1, 10 })), &error));
  g_assert_true (dk_session_set_planned (session, NULL, DK_PLAN_GROWTH, &DK_VALUE_POINT (DK_ZERO), &error));
  planned = dk_enterprise_dup (dk_session_get_enterprise (session));
  wanted = dk_enterprise_to_json (planned);
  others = dk_session_undo (session, &error);
  g_assert_cmpstr (others, ==, "all other lines, growth a year: not planned");
  undone = dk_session_undo (session, &error);
  g_assert_cmpstr (undone, ==, "Staff, growth a year: not planned");
  g_clear_pointer (&undone, g_free);
  undone = dk_session_undo (session, &error);
  g_assert_cmpstr (undone, ==, "Staff (2026): not planned");
  g_clear_pointer (&undone, g_free);
  undone = dk_session_redo (session, &error);
  g_assert_cmpstr (undone, ==, "Staff (2026): 77");

  g_assert_true (dk_session_restore (session, planned, &error));
  g_assert_no_error (error);
  found = dk_enterprise_to_json (dk_session_get_enterprise (session));
  g_assert_cmpstr (found, ==, wanted);
  g_assert_true (dk_session_restore (session, before, &error));
  g_clear_pointer (&planned, dk_enterprise_free);
  planned = dk_enterprise_dup (dk_session_get_enterprise (session));
  g_assert_false (dk_enterprise_get_planned (planned, staff, next, &value));
  told.n_changed = 0;
  g_assert_true (dk_session_restore (session, before, &error));
  g_assert_cmpuint (told.n_changed, ==, 0);
  dk_session_settle (session);
  g_signal_handlers_disconnect_by_data (session, &told);
  g_free (told.id);
}

/* Another process edits the same file. */
static void
test_workspace_elsewhere (Fixture       *fixture,
                          gconstpointer  data)
{
  const DkSymbol *staff = fixture_fact (fixture, "staff");
  g_autoptr(DkSession) session = fixture_open (fixture, fixture->passes);
  g_autoptr(GError) error = NULL;
  g_autoptr(DkStore) other = dk_store_open (dk_workspace_get_path (fixture->workspace), FALSE, &error);
  Told told = { 0 };
  DkValue value;

  g_assert_no_error (error);
  listen (session, &told);
  dk_workspace_refresh (fixture->workspace);
  g_assert_cmpuint (told.n_changed, ==, 0);
  g_assert_true (dk_store_set_fact (other, fixture->passes, "staff", LAST, DK_LAYER_ACTUAL, DK_SOURCE_MAIN, "77", &error));
  dk_workspace_refresh (fixture->workspace);
  g_assert_cmpuint (told.n_changed, ==, 1);
  dk_session_get_answer (session, staff, LAST, &value);
  g_assert_cmpint (value.low.num, ==, 77);
  dk_session_settle (session);
}

static void
test_format (void)
{
  static const struct { gint64 num, den; DkUnit unit; const char *in_wan, *in_yuan; } cases[] = {
    { 41800000, 1, DK_UNIT_YUAN, "4,180.00", "41,800,000.00" },
    { 184050, 1, DK_UNIT_YUAN, "18.405", "184,050.00" },
    { -5, 1, DK_UNIT_YUAN, "\u22120.0005", "\u22125.00" },
    { 1, 3, DK_UNIT_RATIO, "33.33333333%", "33.33333333%" },
    { 5, 100, DK_UNIT_RATIO, "5.00%", "5.00%" },
    { 1234, 1, DK_UNIT_COUNT, "1,234", "1,234" },
    { 123, 1, DK_UNIT_COUNT, "123", "123" },
    { 5, 2, DK_UNIT_POINTS, "2.5", "2.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *english = NULL, *wan = NULL, *yuan = NULL;
      DkNumber number = { cases[i].num, cases[i].den };

      g_settings_set_boolean (dk_settings_get (), DK_SETTING_IN_WAN, TRUE);
      english = dk_format_number (number, cases[i].unit);
      g_assert_cmpstr (english, ==, cases[i].in_yuan); /* English has no such unit */
      g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "zh");
      wan = dk_format_number (number, cases[i].unit);
      g_assert_cmpstr (wan, ==, cases[i].in_wan);
      g_settings_set_boolean (dk_settings_get (), DK_SETTING_IN_WAN, FALSE);
      yuan = dk_format_number (number, cases[i].unit);
      g_assert_cmpstr (yuan, ==, cases[i].in_yuan);
      g_settings_reset (dk_settings_get (), DK_SETTING_IN_WAN);
      g_settings_set_string (dk_settings_get (), DK_SETTING_LANGUAGE, "en");
    }
}

/* What results say of amounts, and what the list of enterprises says, follows the preference. */
static void
test_money (Fixture       *fixture,
            gconstpointer  data)
{
  DkSession *session = fixture_open (fixture, fixture->just_misses);
  const DkResult *result = dk_assessment_find (dk_session_get_assessment (session), "stsme.assets");
  g_autofree char *in_wan = dk_result_explain (dk_session_get_assessment (session), result, "zh");
  g_autofree char *in_yuan = NULL, *back = NULL;
  Told told = { 0 };

  listen (session, &told);
  g_settings_set_boolean (dk_settings_get (), DK_SETTING_IN_WAN, FALSE);
  dk_session_settle (session);
  g_assert_cmpuint (told.n_assessed, >=, 1);
  result = dk_assessment_find (dk_session_get_assessment (session), "stsme.assets");
  in_yuan = dk_result_explain (dk_session_get_assessment (session), result, "zh");
  g_assert_nonnull (strstr (in_wan, "20,000.00"));
  g_assert_null (strstr (in_yuan, "20,000.00"));
  g_assert_nonnull (strstr (in_yuan, "200,000,000"));

  g_settings_reset (dk_settings_get (), DK_SETTING_IN_WAN);
  dk_session_settle (session);
  result = dk_assessment_find (dk_session_get_assessment (session), "stsme.assets");
  back = dk_result_explain (dk_session_get_assessment (session), result, "zh");
  g_assert_cmpstr (back, ==, in_wan);
  g_signal_handlers_disconnect_by_data (session, &told);
  g_free (told.id);
  g_object_unref (session);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, fixture_set_up, function_, fixture_tear_down)
  ADD ("/ui/session/four-answers", test_four_answers);
  ADD ("/ui/session/bad-value", test_bad_value);
  ADD ("/ui/session/edit-and-undo", test_edit_and_undo);
  ADD ("/ui/session/many-edits", test_many_edits);
  ADD ("/ui/session/trial", test_trial);
  ADD ("/ui/session/figures", test_figures);
  ADD ("/ui/session/planned", test_planned);
  ADD ("/ui/session/rows", test_rows);
  ADD ("/ui/session/group", test_group);
  ADD ("/ui/session/derived", test_derived);
  ADD ("/ui/session/money", test_money);
  ADD ("/ui/workspace/standings", test_workspace_standings);
  ADD ("/ui/workspace/day", test_workspace_day);
  ADD ("/ui/workspace/changes", test_workspace_changes);
  ADD ("/ui/workspace/elsewhere", test_workspace_elsewhere);
  g_test_add_func ("/ui/settings/format", test_format);
  return g_test_run ();
}
