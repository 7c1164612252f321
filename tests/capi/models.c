/* Every model by its own function and by one call for all, scenarios, and why an enterprise loses what it loses. */
#include <stdlib.h>

#include "small_chain.h"
#include "small_network.h"

static const double half_of_one[4] = {0, 0.5, 0, 0};

static chainqual_placed_scenario* lasting_half(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_placed_scenario* placed = NULL;
  CHECK_OK(chainqual_lasting(half_of_one, 4, &placed, &error));
  return placed;
}

/* The model's own function, on the shock or on a disruption that is the same. */
static chainqual_status run_alone(const chainqual_network* network, int32_t model, chainqual_propagation* result,
                                  chainqual_error* error) {
  chainqual_disruption disruption;
  memset(&disruption, 0, sizeof disruption);
  disruption.enterprise = 1;
  disruption.magnitude = 0.5;
  disruption.duration = CHAINQUAL_PERMANENT;
  switch (model) {
    case CHAINQUAL_MODEL_LINEAR:
      return chainqual_linear(network, half_of_one, 4, NULL, NULL, result, error);
    case CHAINQUAL_MODEL_CASCADE:
      return chainqual_cascade(network, half_of_one, 4, NULL, NULL, result, error);
    case CHAINQUAL_MODEL_CONTAGION:
      return chainqual_contagion(network, half_of_one, 4, NULL, NULL, result, error);
    case CHAINQUAL_MODEL_DISTRESS:
      return chainqual_distress(network, half_of_one, 4, NULL, NULL, result, error);
    case CHAINQUAL_MODEL_DYNAMICS:
      return chainqual_dynamics(network, &disruption, 1, NULL, NULL, result, error);
    default:
      return chainqual_inoperability(network, &disruption, 1, NULL, NULL, result, error);
  }
}

static void one_call_gives_what_each_model_gives(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  chainqual_placed_scenario* placed = lasting_half();
  int32_t model;
  for (model = CHAINQUAL_MODEL_LINEAR; model <= CHAINQUAL_MODEL_INOPERABILITY; ++model) {
    chainqual_model_options options = CHAINQUAL_MODEL_OPTIONS_INIT;
    chainqual_propagation alone = CHAINQUAL_PROPAGATION_INIT;
    chainqual_propagation same = CHAINQUAL_PROPAGATION_INIT;
    chainqual_model_run* run = NULL;
    double losses[2][4];
    alone.combined = losses[0];
    same.combined = losses[1];
    alone.capacity = same.capacity = 4;
    options.model = model;
    CHECK_OK(run_alone(network, model, &alone, &error));
    CHECK_OK(chainqual_propagate(network, placed, &options, NULL, &run, &error));
    CHECK_OK(chainqual_model_run_losses(run, &same, &error));
    CHECK(memcmp(losses[0], losses[1], sizeof losses[0]) == 0);
    CHECK(alone.index == same.index && alone.steps == same.steps && same.size == 4 && alone.index > 0);
    chainqual_model_run_free(run);
  }
  chainqual_placed_scenario_free(placed);
  chainqual_network_free(network);
}

static void runs_have_their_models_columns_and_no_others(void) {
  static const struct {
    int32_t model;
    int32_t column;
    uint64_t size;
  } has[] = {{CHAINQUAL_MODEL_LINEAR, CHAINQUAL_COLUMN_SPECTRAL_RADIUS, 2},
             {CHAINQUAL_MODEL_CASCADE, CHAINQUAL_COLUMN_LACK, 4},
             {CHAINQUAL_MODEL_CONTAGION, CHAINQUAL_COLUMN_COMBINED_LOW, 4},
             {CHAINQUAL_MODEL_CONTAGION, CHAINQUAL_COLUMN_UPSTREAM_HIGH, 4},
             {CHAINQUAL_MODEL_CONTAGION, CHAINQUAL_COLUMN_RUN_SHARE, 1024},
             {CHAINQUAL_MODEL_CONTAGION, CHAINQUAL_COLUMN_SHARE_QUANTILES, 5},
             {CHAINQUAL_MODEL_DISTRESS, CHAINQUAL_COLUMN_DEBTRANK, 1},
             {CHAINQUAL_MODEL_DISTRESS, CHAINQUAL_COLUMN_SPECTRAL_RADIUS, 2},
             {CHAINQUAL_MODEL_DYNAMICS, CHAINQUAL_COLUMN_DAILY, 365},
             {CHAINQUAL_MODEL_DYNAMICS, CHAINQUAL_COLUMN_BY_INPUTS, 4},
             {CHAINQUAL_MODEL_DYNAMICS, CHAINQUAL_COLUMN_DAY_STOCKS, 365},
             {CHAINQUAL_MODEL_DYNAMICS, CHAINQUAL_COLUMN_DAY_UNMET_ORDERS, 365},
             {CHAINQUAL_MODEL_DYNAMICS, CHAINQUAL_COLUMN_LOST_OUTPUT, 1},
             {CHAINQUAL_MODEL_INOPERABILITY, CHAINQUAL_COLUMN_DAILY, 365},
             {CHAINQUAL_MODEL_INOPERABILITY, CHAINQUAL_COLUMN_PEAK, 4},
             {CHAINQUAL_MODEL_INOPERABILITY, CHAINQUAL_COLUMN_DAY_COMBINED, 365},
             {CHAINQUAL_MODEL_INOPERABILITY, CHAINQUAL_COLUMN_ECONOMIC_LOSS, 1}};
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  chainqual_placed_scenario* placed = lasting_half();
  int32_t model;
  for (model = CHAINQUAL_MODEL_LINEAR; model <= CHAINQUAL_MODEL_INOPERABILITY; ++model) {
    chainqual_model_options options = CHAINQUAL_MODEL_OPTIONS_INIT;
    chainqual_model_run* run = NULL;
    size_t k;
    uint64_t size = 0;
    uint32_t words[4];
    uint64_t hits[4];
    options.model = model;
    CHECK_OK(chainqual_propagate(network, placed, &options, NULL, &run, &error));
    for (k = 0; k < sizeof has / sizeof *has; ++k) {
      const chainqual_status status = chainqual_model_run_f64(run, has[k].column, NULL, 0, &size, &error);
      if (has[k].model == model) CHECK(status == CHAINQUAL_OK && size == has[k].size);
    }
    CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_model_run_f64(run, 99, NULL, 0, &size, &error));
    CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_model_run_f64(run, -1, NULL, 0, &size, &error));
    CHECK((chainqual_model_run_u32(run, CHAINQUAL_COLUMN_BOUND, words, 4, &size, &error) == CHAINQUAL_OK) ==
          (model == CHAINQUAL_MODEL_CASCADE));
    CHECK((chainqual_model_run_u32(run, CHAINQUAL_COLUMN_SURVIVE_DAYS, words, 4, &size, &error) == CHAINQUAL_OK) ==
          (model == CHAINQUAL_MODEL_DYNAMICS));
    CHECK((chainqual_model_run_u64(run, CHAINQUAL_COLUMN_DOWNSTREAM_HITS, hits, 4, &size, &error) == CHAINQUAL_OK) ==
          (model == CHAINQUAL_MODEL_CONTAGION));
    chainqual_model_run_free(run);
  }
  CHECK(chainqual_model_run_notes(NULL) == 0);
  chainqual_model_run_free(NULL);
  chainqual_placed_scenario_free(placed);
  chainqual_network_free(network);
}

static void notes_say_what_a_reader_must_know(void) {
  /* Two that sell each other all they sell: the spectral radius is 1, and distress does not fade. */
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const uint32_t supplier[2] = {0, 1};
  const uint32_t customer[2] = {1, 0};
  const double shock[2] = {0.5, 0};
  chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
  chainqual_model_options options = CHAINQUAL_MODEL_OPTIONS_INIT;
  chainqual_network* network = NULL;
  chainqual_placed_scenario* placed = NULL;
  chainqual_model_run* run = NULL;
  const char* note = NULL;
  columns.enterprises = 2;
  columns.supplier.data = supplier;
  columns.customer.data = customer;
  columns.supplier.count = columns.customer.count = 2;
  options.model = CHAINQUAL_MODEL_DISTRESS;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  CHECK_OK(chainqual_lasting(shock, 2, &placed, &error));
  CHECK_OK(chainqual_propagate(network, placed, &options, NULL, &run, &error));
  CHECK(chainqual_model_run_notes(run) >= 1);
  CHECK_OK(chainqual_model_run_note(run, 0, CHAINQUAL_EN, &note, &error));
  CHECK(note != NULL && strlen(note) > 20);
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_model_run_note(run, 99, CHAINQUAL_EN, &note, &error));
  chainqual_model_run_free(run);
  chainqual_placed_scenario_free(placed);
  chainqual_network_free(network);
}

static void importance_is_the_loss_of_a_standstill(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const chainqual_real_column given = {NULL, NULL, 0};
  const double ones[3] = {1, 1, 1};
  chainqual_real_column short_weight = {NULL, NULL, 3};
  double importance[4];
  uint64_t size = 0;
  short_weight.f64 = ones;
  CHECK_OK(chainqual_linear_importance(network, given, CHAINQUAL_ALONG_DOWNSTREAM, NULL, NULL, importance, 4, &size,
                                       &error));
  CHECK(size == 4 && fabs(importance[0] - 60) < 1e-9 && importance[3] == 0);
  {
    chainqual_real_column same = {NULL, NULL, 4};
    same.f64 = importance;
    CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
                chainqual_linear_importance(network, same, 0, NULL, NULL, importance, 4, &size, &error));
  }
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH,
              chainqual_linear_importance(network, short_weight, 0, NULL, NULL, importance, 4, &size, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_linear_importance(network, given, 2, NULL, NULL, importance, 4, &size, &error));
  chainqual_network_free(network);
}

static void disruptions_are_checked_where_they_are_placed(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_disruption disruption;
  chainqual_placed_scenario* placed = NULL;
  double shock[4];
  uint64_t size = 0;
  memset(&disruption, 0, sizeof disruption);
  disruption.magnitude = 0.5;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_placed_scenario_create(4, &disruption, 1, &placed, &error));
  disruption.duration = 3;
  disruption.enterprise = 4;
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_placed_scenario_create(4, &disruption, 1, &placed, &error));
  disruption.enterprise = 2;
  disruption.recovery = 77;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_placed_scenario_create(4, &disruption, 1, &placed, &error));
  disruption.recovery = CHAINQUAL_RECOVERY_LINEAR;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_placed_scenario_create(4, &disruption, 1, &placed, &error));
  disruption.recovery_days = 10;
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_placed_scenario_create(UINT64_MAX, &disruption, 1, &placed, &error));
  CHECK(placed == NULL);
  CHECK_OK(chainqual_placed_scenario_create(4, &disruption, 1, &placed, &error));
  CHECK_OK(chainqual_placed_scenario_shock(placed, shock, 4, &size, &error));
  CHECK(size == 4 && shock[2] == 0.5 && shock[0] == 0);
  chainqual_placed_scenario_free(placed);
  chainqual_placed_scenario_free(NULL);
}

static void why_splits_a_loss_among_its_sources(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_network* network = NULL;
  chainqual_placed_scenario* placed = NULL;
  const double shock[5] = {0, 0.5, 0, 0.2, 0};
  int32_t model;
  CHECK_OK(chainqual_network_of(chain, 0, NULL, &network, &error));
  CHECK_OK(chainqual_lasting(shock, 5, &placed, &error));
  for (model = CHAINQUAL_MODEL_LINEAR; model <= CHAINQUAL_MODEL_INOPERABILITY; ++model) {
    chainqual_model_options options = CHAINQUAL_MODEL_OPTIONS_INIT;
    chainqual_explanation* why = NULL;
    chainqual_why_figures figures = CHAINQUAL_WHY_FIGURES_INIT;
    chainqual_source_share sources[5];
    uint64_t size = 0;
    uint64_t k;
    double sum = 0;
    const char* sentence = NULL;
    char* json;
    options.model = model;
    CHECK_OK(chainqual_why(network, placed, 4, &options, NULL, chain, NULL, &why, &error));
    CHECK_OK(chainqual_explanation_figures(why, &figures, &error));
    CHECK(figures.enterprise == 4 && figures.model == model && figures.loss > 0 && figures.own == 0);
    CHECK((figures.runs > 0) == (model == CHAINQUAL_MODEL_CONTAGION));
    CHECK((figures.days > 0) == (model >= CHAINQUAL_MODEL_DYNAMICS));
    CHECK_OK(chainqual_explanation_sources(why, sources, 5, &size, &error));
    CHECK(size == 2);
    for (k = 0; k < size; ++k) sum += sources[k].loss;
    CHECK(fabs(sum - figures.loss) < 1e-9);
    CHECK(chainqual_explanation_paths(why) >= 1);
    for (k = 0; k < chainqual_explanation_paths(why); ++k) {
      uint32_t path[5];
      double loss = -1;
      CHECK_OK(chainqual_explanation_path(why, k, path, 5, &size, NULL, &loss, &error));
      CHECK(size >= 2 && path[size - 1] == 4 && loss >= 0);
    }
    CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_explanation_path(why, 99, NULL, 0, &size, NULL, NULL, &error));
    CHECK_OK(chainqual_explanation_sentence(why, CHAINQUAL_EN, &sentence, &error));
    CHECK(strstr(sentence, "robots") != NULL);
    CHECK_OK(chainqual_why_json(why, NULL, 0, &size, &error));
    json = (char*)malloc((size_t)size);
    CHECK_OK(chainqual_why_json(why, json, size, NULL, &error));
    CHECK(strstr(json, "\"chainqual-why\"") != NULL && strstr(json, "\"key\": \"robots\"") != NULL);
    free(json);
    chainqual_explanation_free(why);
  }
  {
    chainqual_explanation* why = NULL;
    chainqual_network* other = small_network();
    chainqual_placed_scenario* half = lasting_half();
    const char* sentence = NULL;
    CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_why(network, placed, 5, NULL, NULL, chain, NULL, &why, &error));
    CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_why(other, half, 3, NULL, NULL, chain, NULL, &why, &error));
    CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_why(network, half, 3, NULL, NULL, chain, NULL, &why, &error));
    CHECK(why == NULL);
    CHECK_OK(chainqual_why(other, half, 3, NULL, NULL, NULL, NULL, &why, &error));
    CHECK_OK(chainqual_explanation_sentence(why, CHAINQUAL_EN, &sentence, &error));
    CHECK(strstr(sentence, "4") != NULL); /* numbered from 1 where nobody is named */
    chainqual_explanation_free(why);
    chainqual_explanation_free(NULL);
    chainqual_placed_scenario_free(half);
    chainqual_network_free(other);
  }
  chainqual_placed_scenario_free(placed);
  chainqual_network_free(network);
  chainqual_chain_free(chain);
}

static void scenarios_fall_on_a_chain(void) {
  static const char text[] =
      "{\"name\": \"\xE6\xB4\xAA\xE6\xB0\xB4\", \"name_en\": \"flood\", \"shocks\": [{\"enterprise\": \"steel\", "
      "\"magnitude\": 0.4}, {\"problem\": \"P1\"}]}";
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_scenarios* scenarios = NULL;
  chainqual_scenarios* broken = NULL;
  chainqual_placed_scenario* placed = NULL;
  const char* name = NULL;
  double shock[5];
  CHECK_OK(chainqual_scenarios_from_json(text, sizeof text - 1, NULL, NULL, &scenarios, &error));
  CHECK(chainqual_scenarios_size(scenarios) == 1 && chainqual_scenarios_size(NULL) == 0);
  CHECK_OK(chainqual_scenarios_name(scenarios, 0, CHAINQUAL_EN, &name, &error));
  CHECK(strcmp(name, "flood") == 0);
  CHECK_OK(chainqual_place(chain, scenarios, 0, NULL, NULL, &placed, &error));
  CHECK_OK(chainqual_placed_scenario_shock(placed, shock, 5, NULL, &error));
  CHECK(shock[1] == 0.4 && shock[0] > 0.8 && shock[4] == 0);
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_place(chain, scenarios, 1, NULL, NULL, &placed, &error));
  CHECK_FAILS(CHAINQUAL_BAD_SYNTAX, chainqual_scenarios_from_json(text, 40, "s.json", NULL, &broken, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_read_scenarios("no such file.json", NULL, &broken, &error));
  CHECK(broken == NULL);
  chainqual_placed_scenario_free(placed);
  chainqual_scenarios_free(scenarios);
  chainqual_scenarios_free(NULL);
  chainqual_chain_free(chain);
}

int main(void) {
  one_call_gives_what_each_model_gives();
  runs_have_their_models_columns_and_no_others();
  notes_say_what_a_reader_must_know();
  importance_is_the_loss_of_a_standstill();
  disruptions_are_checked_where_they_are_placed();
  why_splits_a_loss_among_its_sources();
  scenarios_fall_on_a_chain();
  return CHECK_END();
}
