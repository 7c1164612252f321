/* Mitigation: measures as a list, chosen under a budget. */
#include <stdlib.h>

#include "small_chain.h"

static const char* const first_problem[1] = {"P1"};

static chainqual_measure alternate_of(const double* cost) {
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  measure.kind = CHAINQUAL_MEASURE_ALTERNATE;
  measure.customer = "robots";
  measure.supplier = "gears";
  measure.alternate = "motors";
  measure.share = 0.5;
  measure.cost = cost;
  return measure;
}

static chainqual_measure stock_of(const double* cost) {
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  measure.kind = CHAINQUAL_MEASURE_STOCK;
  measure.enterprise = "steel";
  measure.days = 10;
  measure.cost = cost;
  return measure;
}

static chainqual_measure project_of(const double* effect, const double* cost) {
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  measure.kind = CHAINQUAL_MEASURE_PROJECT;
  measure.problems.items = first_problem;
  measure.problems.count = 1;
  measure.effect = effect;
  measure.cost = cost;
  return measure;
}

static const double half = 0.5;
static const double one = 1;
static const double four = 4;
static const double hundred = 100;

static chainqual_measures* list_of_four(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_measures* measures = NULL;
  const chainqual_measure alternate = alternate_of(NULL);
  const chainqual_measure stock = stock_of(&one);
  const chainqual_measure project = project_of(&half, &four);
  const chainqual_measure dear = project_of(NULL, &hundred);
  CHECK_OK(chainqual_measures_create(&measures, &error));
  CHECK_OK(chainqual_measures_add(measures, &alternate, &error));
  CHECK_OK(chainqual_measures_add(measures, &stock, &error));
  CHECK_OK(chainqual_measures_add(measures, &project, &error));
  CHECK_OK(chainqual_measures_add(measures, &dear, &error));
  CHECK(chainqual_measures_size(measures) == 4 && chainqual_measures_size(NULL) == 0);
  return measures;
}

static void a_list_reads_back_from_json(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_measures* measures = list_of_four();
  chainqual_measures* again = NULL;
  chainqual_measures* broken = NULL;
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  const char* number = NULL;
  uint64_t size = 0;
  uint64_t second = 0;
  char* json;
  char* same;
  FILE* file;
  CHECK_OK(chainqual_measures_get(measures, 2, &measure, &error));
  CHECK(measure.kind == CHAINQUAL_MEASURE_PROJECT && *measure.effect == 0.5 && *measure.cost == 4);
  CHECK(measure.problems.count == 1 && measure.name[0] == '\0');
  CHECK_OK(chainqual_measures_problem(measures, 2, 0, &number, &error));
  CHECK(strcmp(number, "P1") == 0);
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_measures_problem(measures, 2, 1, &number, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_measures_problem(measures, 0, 0, &number, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_measures_get(measures, 4, &measure, &error));
  CHECK_OK(chainqual_measures_get(measures, 0, &measure, &error));
  CHECK(strcmp(measure.alternate, "motors") == 0 && measure.cost == NULL && measure.escape == NULL);
  CHECK_OK(chainqual_measures_to_json(measures, NULL, 0, &size, &error));
  json = (char*)malloc((size_t)size);
  CHECK_OK(chainqual_measures_to_json(measures, json, size, NULL, &error));
  CHECK_OK(chainqual_measures_from_json(json, size - 1, NULL, NULL, &again, &error));
  CHECK_OK(chainqual_measures_to_json(again, NULL, 0, &second, &error));
  CHECK(second == size);
  same = (char*)malloc((size_t)second);
  CHECK_OK(chainqual_measures_to_json(again, same, second, NULL, &error));
  CHECK(strcmp(json, same) == 0);
  chainqual_measures_free(again);
  again = NULL;
  file = fopen("test_capi_measures.json", "wb");
  CHECK(file != NULL && fwrite(json, 1, (size_t)size - 1, file) == size - 1 && fclose(file) == 0);
  CHECK_OK(chainqual_read_measures("test_capi_measures.json", NULL, &again, &error));
  CHECK(chainqual_measures_size(again) == 4);
  remove("test_capi_measures.json");
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_read_measures("test_capi_measures.json", NULL, &broken, &error));
  CHECK_FAILS(CHAINQUAL_BAD_SYNTAX, chainqual_measures_from_json(json, size / 2, "cut.json", NULL, &broken, &error));
  CHECK(strstr(error.message, "cut.json") != NULL);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_measures_from_json(NULL, 5, NULL, NULL, &broken, &error));
  measure = alternate_of(NULL);
  measure.kind = 3;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_measures_add(measures, &measure, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_measures_add(measures, NULL, &error));
  CHECK(broken == NULL && chainqual_measures_size(measures) == 4);
  free(json);
  free(same);
  chainqual_measures_free(again);
  chainqual_measures_free(measures);
  chainqual_measures_free(NULL);
}

static void every_measure_has_its_fate(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_measures* measures = list_of_four();
  chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
  chainqual_mitigation* mitigation = NULL;
  chainqual_mitigation_figures figures = CHAINQUAL_MITIGATION_FIGURES_INIT;
  chainqual_measure_outcome outcomes[4];
  chainqual_chosen_measure chosen[4];
  chainqual_frontier_point frontier[16];
  uint64_t size = 0;
  uint64_t k;
  const char* text = NULL;
  options.budget = 10;
  options.counted = CHAINQUAL_DOWNSTREAM;
  CHECK_OK(chainqual_mitigate(chain, measures, NULL, &options, NULL, &mitigation, &error));
  CHECK_OK(chainqual_mitigation_get_figures(mitigation, &figures, &error));
  CHECK(figures.counted == CHAINQUAL_LOSS_DOWNSTREAM && figures.model == CHAINQUAL_MODEL_LINEAR);
  CHECK(figures.scenarios == 2 && figures.budget == 10 && figures.spent == 4 && figures.chosen == 1);
  CHECK(figures.loss_before > figures.loss_after && figures.loss_after > 0);
  CHECK(figures.avoided == figures.loss_before - figures.loss_after && figures.optimal == 1);
  CHECK(figures.guarantee == 1 && figures.runs > 0 && figures.sets > 0);
  CHECK_OK(chainqual_mitigation_outcomes(mitigation, outcomes, 4, &size, &error));
  CHECK(size == 4);
  CHECK(outcomes[0].fate == CHAINQUAL_FATE_UNPRICED && isnan(outcomes[0].cost) && isnan(outcomes[0].per_cost));
  CHECK(outcomes[1].fate == CHAINQUAL_FATE_USELESS && outcomes[1].avoided_alone == 0);
  CHECK(outcomes[2].fate == CHAINQUAL_FATE_CHOSEN && outcomes[3].fate == CHAINQUAL_FATE_TOO_DEAR);
  CHECK(fabs(outcomes[3].avoided_alone - 2 * outcomes[2].avoided_alone) < 1e-9); /* all of the shock, and half */
  CHECK_OK(chainqual_mitigation_chosen(mitigation, chosen, 4, &size, &error));
  CHECK(size == 1 && chosen[0].measure == 2 && chosen[0].cost == 4 && chosen[0].spent == 4);
  CHECK(fabs(chosen[0].avoided - figures.avoided) < 1e-12 && fabs(chosen[0].loss - figures.loss_after) < 1e-12);
  CHECK(fabs(chosen[0].per_cost - chosen[0].avoided / 4) < 1e-12);
  CHECK_OK(chainqual_mitigation_frontier(mitigation, frontier, 16, &size, &error));
  CHECK(size >= 1 && frontier[size - 1].spent == 4 && fabs(frontier[size - 1].avoided - figures.avoided) < 1e-12);
  for (k = 1; k < size; ++k) CHECK(frontier[k].spent > frontier[k - 1].spent);
  CHECK_OK(chainqual_mitigation_why(mitigation, 1, CHAINQUAL_EN, &text, &error));
  CHECK(strstr(text, "stocks") != NULL);
  CHECK_OK(chainqual_mitigation_why(mitigation, 2, CHAINQUAL_ZH, &text, &error));
  CHECK(text[0] == '\0');
  CHECK_OK(chainqual_mitigation_note(mitigation, CHAINQUAL_ZH, &text, &error));
  CHECK(text[0] != '\0');
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_mitigation_why(mitigation, 4, CHAINQUAL_EN, &text, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_mitigation_note(mitigation, 2, &text, &error));
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_mitigation_outcomes(mitigation, outcomes, 3, &size, &error));
  chainqual_mitigation_free(mitigation);
  chainqual_mitigation_free(NULL);
  /* A default price buys the alternate too. */
  mitigation = NULL;
  options.cost_alternate = &one;
  options.counted = 0;
  CHECK_OK(chainqual_mitigate(chain, measures, NULL, &options, NULL, &mitigation, &error));
  CHECK_OK(chainqual_mitigation_outcomes(mitigation, outcomes, 4, &size, &error));
  CHECK(outcomes[0].cost == 1 && outcomes[0].fate != CHAINQUAL_FATE_UNPRICED);
  CHECK_OK(chainqual_mitigation_get_figures(mitigation, &figures, &error));
  CHECK(figures.counted == CHAINQUAL_LOSS_COMBINED);
  chainqual_mitigation_free(mitigation);
  chainqual_measures_free(measures);
  chainqual_chain_free(chain);
}

static void stocks_help_where_days_are_counted(void) {
  static const char text[] = "{\"name\": \"s\", \"shocks\": [{\"enterprise\": \"ore\", \"duration\": 9}]}";
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_measures* measures = NULL;
  chainqual_scenarios* scenarios = NULL;
  chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
  chainqual_model_options model = CHAINQUAL_MODEL_OPTIONS_INIT;
  chainqual_dynamics_options dynamics = CHAINQUAL_DYNAMICS_OPTIONS_INIT;
  chainqual_mitigation* mitigation = NULL;
  chainqual_measure_outcome outcome;
  const chainqual_measure stock = stock_of(&one);
  dynamics.days = 60;
  dynamics.stock_days = 2;
  model.model = CHAINQUAL_MODEL_DYNAMICS;
  model.dynamics = &dynamics;
  options.model = &model;
  options.budget = 1;
  CHECK_OK(chainqual_scenarios_from_json(text, sizeof text - 1, NULL, NULL, &scenarios, &error));
  CHECK_OK(chainqual_measures_create(&measures, &error));
  CHECK_OK(chainqual_measures_add(measures, &stock, &error));
  CHECK_OK(chainqual_mitigate(chain, measures, scenarios, &options, NULL, &mitigation, &error));
  CHECK_OK(chainqual_mitigation_outcomes(mitigation, &outcome, 1, NULL, &error));
  CHECK(outcome.fate == CHAINQUAL_FATE_CHOSEN && outcome.avoided_alone > 0);
  chainqual_mitigation_free(mitigation);
  chainqual_scenarios_free(scenarios);
  chainqual_measures_free(measures);
  chainqual_chain_free(chain);
}

static void a_chain_suggests_measures(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_suggest_options options = CHAINQUAL_SUGGEST_OPTIONS_INIT;
  chainqual_project project = CHAINQUAL_PROJECT_INIT;
  chainqual_measures* measures = NULL;
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  uint64_t stocks;
  project.number = "J1";
  project.problems.items = first_problem;
  project.problems.count = 1;
  CHECK_OK(chainqual_chain_add_project(chain, &project, &error));
  CHECK_OK(chainqual_suggest_measures(chain, NULL, NULL, &measures, &error));
  CHECK(chainqual_measures_size(measures) >= 1);
  CHECK_OK(chainqual_measures_get(measures, 0, &measure, &error));
  CHECK(measure.kind == CHAINQUAL_MEASURE_PROJECT && strcmp(measure.project, "J1") == 0 && *measure.effect == 1);
  chainqual_measures_free(measures);
  options.no_projects = options.no_alternates = 1;
  options.stock_days = 5;
  CHECK_OK(chainqual_suggest_measures(chain, &options, NULL, &measures, &error));
  stocks = chainqual_measures_size(measures);
  CHECK(stocks >= 1);
  while (stocks-- > 0) {
    CHECK_OK(chainqual_measures_get(measures, stocks, &measure, &error));
    CHECK(measure.kind == CHAINQUAL_MEASURE_STOCK && measure.days == 5);
  }
  chainqual_measures_free(measures);
  measures = NULL;
  options.share = 2;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_suggest_measures(chain, &options, NULL, &measures, &error));
  options.share = 0;
  options.stock_days = NAN;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_suggest_measures(chain, &options, NULL, &measures, &error));
  CHECK(measures == NULL);
  chainqual_chain_free(chain);
}

static void refused(chainqual_status status, const chainqual_measure* measure,
                    const chainqual_mitigation_options* options) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_measures* measures = NULL;
  chainqual_mitigation* mitigation = NULL;
  CHECK_OK(chainqual_measures_create(&measures, &error));
  if (measure != NULL) CHECK_OK(chainqual_measures_add(measures, measure, &error));
  CHECK_FAILS(status, chainqual_mitigate(chain, measures, NULL, options, NULL, &mitigation, &error));
  CHECK(mitigation == NULL);
  chainqual_measures_free(measures);
  chainqual_chain_free(chain);
}

static void what_is_wrong_is_told(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_measures* measures = list_of_four();
  chainqual_mitigation* mitigation = NULL;
  const chainqual_measure project = project_of(&half, &one);
  chainqual_measure wrong = alternate_of(&one);
  chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
  const double weights[3] = {1, 2, 3};
  refused(CHAINQUAL_MISSING_VALUE, NULL, NULL);
  wrong.alternate = "rockets";
  refused(CHAINQUAL_UNKNOWN_REFERENCE, &wrong, NULL);
  wrong = alternate_of(&one);
  wrong.share = NAN;
  refused(CHAINQUAL_INVALID_VALUE, &wrong, NULL);
  wrong = stock_of(&one);
  wrong.days = -1;
  refused(CHAINQUAL_INVALID_VALUE, &wrong, NULL);
  options.budget = NAN;
  refused(CHAINQUAL_INVALID_VALUE, &project, &options);
  options.budget = 1;
  options.counted = 4;
  refused(CHAINQUAL_INVALID_ARGUMENT, &project, &options);
  options.counted = 0;
  options.method = 3;
  refused(CHAINQUAL_INVALID_ARGUMENT, &project, &options);
  options.method = 0;
  options.scenario_weight.f64 = weights;
  options.scenario_weight.count = 3;
  refused(CHAINQUAL_SHAPE_MISMATCH, &project, &options);
  /* The same change at another price is the same measure. */
  CHECK_OK(chainqual_measures_add(measures, &project, &error));
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_mitigate(chain, measures, NULL, NULL, NULL, &mitigation, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_mitigate(chain, NULL, NULL, NULL, NULL, &mitigation, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_mitigate(NULL, measures, NULL, NULL, NULL, &mitigation, &error));
  CHECK(mitigation == NULL);
  chainqual_measures_free(measures);
  chainqual_chain_free(chain);
}

int main(void) {
  a_list_reads_back_from_json();
  every_measure_has_its_fate();
  stocks_help_where_days_are_counted();
  a_chain_suggests_measures();
  what_is_wrong_is_told();
  return CHECK_END();
}
