/* Assessment: the report as figures, columns, text and JSON. */
#include <stdlib.h>

#include "small_chain.h"

static chainqual_report* report_of(const chainqual_chain* chain, const chainqual_assess_options* options) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_report* report = NULL;
  CHECK_OK(chainqual_assess(chain, options, NULL, &report, &error));
  return report;
}

static char* json_of(const chainqual_report* report) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  uint64_t size = 0;
  char* text;
  CHECK_OK(chainqual_report_json(report, NULL, 0, &size, &error));
  text = (char*)malloc((size_t)size);
  CHECK_OK(chainqual_report_json(report, text, size, NULL, &error));
  return text;
}

static void columns_are_found_by_name_and_typed(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_report* report = report_of(chain, NULL);
  chainqual_table_info table = CHAINQUAL_TABLE_INFO_INIT;
  chainqual_column_info column = CHAINQUAL_COLUMN_INFO_INIT;
  uint64_t t = 0;
  uint64_t c = 0;
  uint64_t size = 0;
  double totals[2];
  double losses[5];
  char text[64];
  CHECK(chainqual_report_tables(report) == 7 && chainqual_report_tables(NULL) == 0);
  CHECK_OK(chainqual_report_find(report, "graded_problems", "total", &t, &c, &error));
  CHECK_OK(chainqual_report_table(report, t, &table, &error));
  CHECK(strcmp(table.name, "graded_problems") == 0 && table.rows == 2 && table.columns > 5);
  CHECK_OK(chainqual_report_column(report, t, c, &column, &error));
  CHECK(strcmp(column.name, "total") == 0 && column.name_zh[0] != '\0');
  CHECK_OK(chainqual_report_numbers(report, t, c, totals, 2, &size, &error));
  CHECK(size == 2 && totals[0] > 4 && totals[1] < 2.5);
  CHECK_OK(chainqual_report_find(report, "graded_problems", "number", &t, &c, &error));
  CHECK_OK(chainqual_report_column(report, t, c, &column, &error));
  CHECK(column.cells == CHAINQUAL_CELLS_TEXT);
  CHECK_OK(chainqual_report_text(report, t, c, 0, text, sizeof text, NULL, &error));
  CHECK(strcmp(text, "P1") == 0);
  CHECK_OK(chainqual_report_numbers(report, t, c, totals, 2, &size, &error));
  CHECK(isnan(totals[0]));
  CHECK_OK(chainqual_report_find(report, "impact_by_enterprise", "mean_loss", &t, &c, &error));
  CHECK_OK(chainqual_report_column(report, t, c, &column, &error));
  CHECK(column.cells == CHAINQUAL_CELLS_NUMBER);
  CHECK_OK(chainqual_report_numbers(report, t, c, losses, 5, &size, &error));
  CHECK(size == 5 && losses[0] >= losses[1] && losses[3] >= losses[4] && losses[0] > 0);
  CHECK_OK(chainqual_report_text(report, t, c, 0, text, sizeof text, NULL, &error));
  CHECK(strtod(text, NULL) == losses[0]);
  CHECK_OK(chainqual_report_find(report, "impact_by_scenario", NULL, &t, NULL, &error));
  CHECK_OK(chainqual_report_table(report, t, &table, &error));
  CHECK(table.rows == 0);
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_report_find(report, "impact", NULL, &t, NULL, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_report_find(report, "impact_by_aspect", "x", &t, &c, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_report_find(report, "impact_by_aspect", "loss", &t, NULL, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_report_table(report, 7, &table, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_report_column(report, 0, 99, &column, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_report_numbers(report, 99, 0, totals, 2, &size, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_report_text(report, 0, 0, 99, text, sizeof text, NULL, &error));
  chainqual_report_free(report);
  chainqual_chain_free(chain);
}

static void every_cell_of_every_table_can_be_read(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = NULL;
  chainqual_report* report;
  uint64_t t;
  uint64_t filled = 0;
  CHECK_OK(chainqual_read_chain(CHAINQUAL_DATASETS "/connected_vehicle", NULL, NULL, &chain, &error));
  report = report_of(chain, NULL);
  for (t = 0; t < chainqual_report_tables(report); ++t) {
    chainqual_table_info table = CHAINQUAL_TABLE_INFO_INIT;
    uint64_t c;
    CHECK_OK(chainqual_report_table(report, t, &table, &error));
    for (c = 0; c < table.columns; ++c) {
      chainqual_column_info column = CHAINQUAL_COLUMN_INFO_INIT;
      double numbers[512];
      uint64_t row;
      CHECK_OK(chainqual_report_column(report, t, c, &column, &error));
      CHECK_OK(chainqual_report_numbers(report, t, c, numbers, 512, NULL, &error));
      for (row = 0; row < table.rows; ++row) {
        char text[4096];
        CHECK_OK(chainqual_report_text(report, t, c, row, text, sizeof text, NULL, &error));
        if (text[0] != '\0') ++filled;
        if (column.cells >= CHAINQUAL_CELLS_NUMBER) CHECK(isnan(numbers[row]) == (text[0] == '\0'));
        if (column.cells == CHAINQUAL_CELLS_EMPTY) CHECK(text[0] == '\0');
      }
    }
  }
  CHECK(filled > 200);
  chainqual_report_free(report);
  chainqual_chain_free(chain);
}

static void a_report_keeps_what_was_assessed(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_report* report = report_of(chain, NULL);
  char* before = json_of(report);
  char* after;
  chainqual_problem problem = CHAINQUAL_PROBLEM_INIT;
  problem.number = "P3";
  CHECK_OK(chainqual_chain_add_problem(chain, &problem, &error));
  CHECK_OK(chainqual_chain_add_link(chain, 0, 4, NULL, &error));
  after = json_of(report);
  CHECK(strcmp(before, after) == 0 && strstr(before, "chainqual-report") != NULL);
  chainqual_chain_free(chain);
  free(after);
  after = json_of(report);
  CHECK(strcmp(before, after) == 0);
  free(before);
  free(after);
  chainqual_report_free(report);
}

static void figures_losses_and_assumptions_agree(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_report* report = report_of(chain, NULL);
  chainqual_report_figures figures = CHAINQUAL_REPORT_FIGURES_INIT;
  chainqual_propagation losses = CHAINQUAL_PROPAGATION_INIT;
  double downstream[5];
  double shock[5];
  uint64_t size = 0;
  const char* sentence = NULL;
  CHECK_OK(chainqual_report_get_figures(report, &figures, &error));
  CHECK(figures.enterprises == 5 && figures.links == 5 && figures.problems == 2 && figures.experts == 3);
  CHECK(figures.ungraded == 0 && figures.all_kept_share > 0);
  losses.downstream = downstream;
  losses.capacity = 5;
  CHECK_OK(chainqual_report_losses(report, &losses, &error));
  CHECK_OK(chainqual_report_shock(report, shock, 5, &size, &error));
  CHECK(size == 5 && downstream[0] == shock[0] && downstream[4] > 0);
  CHECK(fabs(losses.index_downstream - figures.downstream) < 1e-12);
  CHECK(chainqual_report_assumptions(report) > 0);
  CHECK_OK(chainqual_report_assumption(report, 0, CHAINQUAL_ZH, &sentence, &error));
  CHECK(sentence[0] != '\0');
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_report_assumption(report, 0, 5, &sentence, &error));
  chainqual_report_free(report);
  chainqual_report_free(NULL);
  chainqual_chain_free(chain);
}

static void options_change_what_they_say(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_assess_options options = CHAINQUAL_ASSESS_OPTIONS_INIT;
  chainqual_model_options model = CHAINQUAL_MODEL_OPTIONS_INIT;
  chainqual_panel_rule panel = CHAINQUAL_PANEL_RULE_INIT;
  chainqual_scenarios* scenarios = NULL;
  chainqual_report* report;
  chainqual_report* refused = NULL;
  chainqual_report_figures figures = CHAINQUAL_REPORT_FIGURES_INIT;
  static const char text[] = "{\"name\": \"s\", \"shocks\": [{\"enterprise\": \"steel\"}]}";
  char* json;
  CHECK_OK(chainqual_scenarios_from_json(text, sizeof text - 1, NULL, NULL, &scenarios, &error));
  model.model = CHAINQUAL_MODEL_CASCADE;
  panel.consensus = CHAINQUAL_CONSENSUS_MEDIAN;
  options.model = &model;
  options.panel = &panel;
  options.scenarios = scenarios;
  options.no_stability = 1;
  options.measure = CHAINQUAL_LOSS_COMBINED;
  report = report_of(chain, &options);
  CHECK_OK(chainqual_report_get_figures(report, &figures, &error));
  CHECK(isnan(figures.all_kept_share));
  json = json_of(report);
  CHECK(strstr(json, "\"model\": \"cascade\"") != NULL && strstr(json, "\"median\"") != NULL);
  CHECK(strstr(json, "\"measure\": \"combined\"") != NULL);
  free(json);
  chainqual_report_free(report);
  options.measure = 3;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_assess(chain, &options, NULL, &refused, &error));
  options.measure = 0;
  model.model = 6;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_assess(chain, &options, NULL, &refused, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_assess(NULL, NULL, NULL, &refused, &error));
  CHECK(refused == NULL);
  chainqual_scenarios_free(scenarios);
  chainqual_chain_free(chain);
}

/* The standing of each by systemic risk and by size, counted again from the figures themselves. */
static void standings_are_shares_that_lie_below(const chainqual_criticality_table* table) {
  static const int32_t pairs[2][2] = {
      {CHAINQUAL_CRITICALITY_SYSTEMIC_RISK, CHAINQUAL_CRITICALITY_STANDING_SYSTEMIC_RISK},
      {CHAINQUAL_CRITICALITY_SIZE, CHAINQUAL_CRITICALITY_STANDING_SIZE}};
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  double figure[5];
  double standing[5];
  int pair;
  int i;
  int j;
  for (pair = 0; pair < 2; ++pair) {
    CHECK_OK(chainqual_criticality_table_f64(table, pairs[pair][0], figure, 5, NULL, &error));
    CHECK_OK(chainqual_criticality_table_f64(table, pairs[pair][1], standing, 5, NULL, &error));
    for (i = 0; i < 5; ++i) {
      double below = 0;
      for (j = 0; j < 5; ++j) below += figure[j] < figure[i] ? 1.0 : i != j && figure[j] == figure[i] ? 0.5 : 0.0;
      CHECK(fabs(standing[i] - below / 5) < 1e-12);
      CHECK(standing[i] >= 0 && standing[i] < 1);
    }
  }
}

static void criticality_ranks_every_enterprise(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_network* network = NULL;
  chainqual_criticality_table* table = NULL;
  chainqual_criticality_figures figures = CHAINQUAL_CRITICALITY_FIGURES_INIT;
  chainqual_criticality_options options = CHAINQUAL_CRITICALITY_OPTIONS_INIT;
  chainqual_systemic_risk_options risk = CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT;
  const uint32_t one[1] = {0};
  double index[5];
  uint32_t ids[5];
  uint64_t size = 0;
  uint64_t row;
  const char* why = NULL;
  CHECK_OK(chainqual_network_of(chain, 0, NULL, &network, &error));
  CHECK_OK(chainqual_criticality(network, NULL, NULL, &table, &error));
  CHECK_OK(chainqual_criticality_table_figures(table, &figures, &error));
  CHECK(figures.rows == 5 && figures.betweenness_exact == 1);
  CHECK_OK(chainqual_criticality_table_f64(table, CHAINQUAL_CRITICALITY_SYSTEMIC_RISK, index, 5, &size, &error));
  CHECK(size == 5 && index[0] >= index[1] && index[1] >= index[2] && index[3] >= index[4]);
  CHECK_OK(chainqual_criticality_table_u32(table, CHAINQUAL_CRITICALITY_ENTERPRISE, ids, 5, &size, &error));
  CHECK(ids[0] < 5 && ids[0] != ids[4]);
  for (row = 0; row < 5; ++row) CHECK_OK(chainqual_criticality_table_why(table, row, CHAINQUAL_EN, &why, &error));
  standings_are_shares_that_lie_below(table);
  CHECK_OK(chainqual_criticality_table_note(table, CHAINQUAL_ZH, &why, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_criticality_table_note(table, 2, &why, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_criticality_table_f64(table, 13, index, 5, &size, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_criticality_table_u32(table, 106, ids, 5, &size, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_criticality_table_why(table, 5, CHAINQUAL_EN, &why, &error));
  chainqual_criticality_table_free(table);
  table = NULL;
  risk.enterprises.data = one;
  risk.enterprises.count = 1;
  options.risk = &risk;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_criticality(network, &options, NULL, &table, &error));
  CHECK(table == NULL);
  chainqual_criticality_table_free(NULL);
  chainqual_network_free(network);
  chainqual_chain_free(chain);
}

static int32_t stop(void* user, double share) {
  (void)share;
  ++*(int*)user;
  return 1;
}

static void an_assessment_can_be_cancelled(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = NULL;
  chainqual_report* report = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  int calls = 0;
  control.progress = stop;
  control.user = &calls;
  CHECK_OK(chainqual_read_chain(CHAINQUAL_DATASETS "/advanced_computing", NULL, NULL, &chain, &error));
  CHECK_FAILS(CHAINQUAL_CANCELLED, chainqual_assess(chain, NULL, &control, &report, &error));
  CHECK(report == NULL && calls >= 1);
  chainqual_chain_free(chain);
}

int main(void) {
  columns_are_found_by_name_and_typed();
  every_cell_of_every_table_can_be_read();
  a_report_keeps_what_was_assessed();
  figures_losses_and_assumptions_agree();
  options_change_what_they_say();
  criticality_ranks_every_enterprise();
  an_assessment_can_be_cancelled();
  return CHECK_END();
}
