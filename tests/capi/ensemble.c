/* Ensembles: a model run many times, by scenarios and by a host's own function. */
#include "small_network.h"

enum { samples = 40 };

/* Shocks of enterprise 1, one a sample. */
struct study {
  const chainqual_network* network;
  double shock[samples];
  uint64_t fails; /* this sample fails */
  chainqual_status status;
  double wrong; /* not 0: written as a loss */
  chainqual_cancel_token* token;
};

static struct study study_of(const chainqual_network* network) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  struct study study;
  chainqual_uncertain_parameter parameter = {"shock", CHAINQUAL_SPREADING_TRIANGULAR, 0, 0.1, 0.9, 0.4};
  uint64_t size = 0;
  memset(&study, 0, sizeof study);
  study.network = network;
  study.fails = UINT64_MAX;
  CHECK_OK(chainqual_latin_hypercube(&parameter, 1, samples, 3, study.shock, samples, &size, &error));
  CHECK(size == samples);
  return study;
}

static chainqual_status run_sample(void* user, uint64_t sample, const chainqual_control* control,
                                   chainqual_propagation* losses, chainqual_error* error) {
  const struct study* study = (const struct study*)user;
  double shock[4] = {0, 0, 0, 0};
  shock[1] = study->shock[sample];
  if (study->token != NULL) chainqual_cancel_token_cancel(study->token);
  if (sample == study->fails) {
    /* What a message of any length holds, even one that was not ended, is cut. */
    memset(error->message, 'x', sizeof error->message);
    return study->status;
  }
  {
    const chainqual_status status = chainqual_linear(study->network, shock, 4, NULL, control, losses, error);
    if (study->wrong != 0) losses->combined[2] = study->wrong;
    return status;
  }
}

static chainqual_ensemble_callbacks callbacks_of(struct study* study) {
  chainqual_ensemble_callbacks callbacks = CHAINQUAL_ENSEMBLE_CALLBACKS_INIT;
  callbacks.run = run_sample;
  callbacks.user = study;
  return callbacks;
}

static void samples_fall_once_into_each_stratum(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_uncertain_parameter parameters[2] = {{"a", CHAINQUAL_SPREADING_UNIFORM, 0, 0, 1, 0},
                                                 {NULL, CHAINQUAL_SPREADING_LOG_UNIFORM, 0, 1, 100, 0}};
  double values[2 * samples];
  double alone[samples];
  int hit[samples] = {0};
  uint64_t size = 0;
  int k;
  CHECK_OK(chainqual_latin_hypercube(parameters, 2, samples, 5, NULL, 0, &size, &error));
  CHECK(size == 2 * samples);
  CHECK_OK(chainqual_latin_hypercube(parameters, 2, samples, 5, values, size, NULL, &error));
  CHECK_OK(chainqual_latin_hypercube(parameters, 1, samples, 5, alone, samples, NULL, &error));
  for (k = 0; k < samples; ++k) {
    CHECK(values[2 * k] == alone[k] && values[2 * k + 1] >= 1 && values[2 * k + 1] <= 100);
    CHECK(alone[k] >= 0 && alone[k] <= 1);
    ++hit[alone[k] < 1 ? (int)(alone[k] * samples) : samples - 1];
  }
  for (k = 0; k < samples; ++k) CHECK(hit[k] == 1);
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH,
              chainqual_latin_hypercube(parameters, 2, samples, 5, values, size - 1, NULL, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_latin_hypercube(parameters, 2, 0, 5, values, size, NULL, &error));
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED,
              chainqual_latin_hypercube(parameters, 2, UINT64_MAX, 5, values, size, NULL, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_latin_hypercube(NULL, 2, 9, 5, values, size, NULL, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_latin_hypercube(parameters, 2, 1, 5, &parameters[1].mode, 2, NULL, &error));
  parameters[1].low = -1;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_latin_hypercube(parameters, 2, 9, 5, values, size, NULL, &error));
  parameters[0].high = NAN;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_latin_hypercube(parameters, 1, 9, 5, values, size, NULL, &error));
  CHECK(strstr(error.message, "'a'") != NULL);
  parameters[0].spreading = 3;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_latin_hypercube(parameters, 1, 9, 5, values, size, NULL, &error));
}

static void read_column(const chainqual_ensemble_result* result, int32_t column, double* values, uint64_t expected) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  uint64_t size = 0;
  CHECK_OK(chainqual_ensemble_result_f64(result, column, values, 64, &size, &error));
  CHECK(size == expected);
}

static void scenarios_and_functions_give_the_same_bits_on_any_threads(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  struct study study = study_of(network);
  const chainqual_ensemble_callbacks callbacks = callbacks_of(&study);
  chainqual_placed_scenario* placed[samples];
  const chainqual_placed_scenario* given[samples];
  chainqual_ensemble_result* results[3] = {NULL, NULL, NULL};
  chainqual_ensemble_figures figures[3] = {CHAINQUAL_ENSEMBLE_FIGURES_INIT, CHAINQUAL_ENSEMBLE_FIGURES_INIT,
                                           CHAINQUAL_ENSEMBLE_FIGURES_INIT};
  chainqual_executor* executor = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  double values[3][64];
  double mean = 0;
  int k;
  int32_t column;
  for (k = 0; k < samples; ++k) {
    double shock[4] = {0, 0, 0, 0};
    shock[1] = study.shock[k];
    mean += study.shock[k] / samples;
    CHECK_OK(chainqual_lasting(shock, 4, &placed[k], &error));
    given[k] = placed[k];
  }
  CHECK_OK(chainqual_thread_pool_create(5, 0, &executor, &error));
  CHECK_OK(chainqual_ensemble_of_scenarios(network, given, samples, NULL, NULL, NULL, &results[0], &error));
  control.executor = executor;
  CHECK_OK(chainqual_ensemble_of_scenarios(network, given, samples, NULL, NULL, &control, &results[1], &error));
  CHECK_OK(chainqual_ensemble(4, samples, &callbacks, NULL, &control, &results[2], &error));
  for (k = 0; k < 3; ++k) {
    static const uint64_t sizes[8] = {samples, 3, 3, 3, 3, 4, 4, 12};
    CHECK_OK(chainqual_ensemble_result_figures(results[k], &figures[k], &error));
    CHECK(memcmp(&figures[k], &figures[0], sizeof figures[0]) == 0);
    for (column = 0; column < 8; ++column) {
      read_column(results[0], column, values[0], sizes[column]);
      read_column(results[k], column, values[k == 0 ? 1 : k], sizes[column]);
      CHECK(memcmp(values[0], values[k == 0 ? 1 : k], (size_t)sizes[column] * sizeof(double)) == 0);
    }
  }
  CHECK(figures[0].samples == samples && figures[0].enterprises == 4 && figures[0].shares == 3);
  CHECK(figures[0].not_converged == 0 && figures[0].index.least < figures[0].index.most);
  read_column(results[0], CHAINQUAL_ENSEMBLE_MEAN, values[0], 4);
  CHECK(fabs(values[0][1] - mean) < 1e-12 && fabs(values[0][3] - mean / 3) < 1e-7); /* a third of its inputs */
  read_column(results[0], CHAINQUAL_ENSEMBLE_QUANTILES, values[0], 12);
  CHECK(values[0][1] < values[0][4 + 1] && values[0][4 + 1] < values[0][8 + 1]);
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_ensemble_result_f64(results[0], 8, values[0], 64, NULL, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_ensemble_result_f64(results[0], -1, values[0], 64, NULL, &error));
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_ensemble_result_f64(results[0], 0, values[0], 39, NULL, &error));
  for (k = 0; k < 3; ++k) chainqual_ensemble_result_free(results[k]);
  chainqual_ensemble_result_free(NULL);
  for (k = 0; k < samples; ++k) chainqual_placed_scenario_free(placed[k]);
  chainqual_executor_free(executor);
  chainqual_network_free(network);
}

static void options_choose_quantiles_and_leave_enterprises_out(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  struct study study = study_of(network);
  const chainqual_ensemble_callbacks callbacks = callbacks_of(&study);
  chainqual_ensemble_options options = CHAINQUAL_ENSEMBLE_OPTIONS_INIT;
  chainqual_ensemble_result* result = NULL;
  chainqual_ensemble_figures figures = CHAINQUAL_ENSEMBLE_FIGURES_INIT;
  double shares[2] = {0, 1};
  double values[64];
  options.no_enterprises = 1;
  options.quantiles.f64 = shares;
  options.quantiles.count = 2;
  CHECK_OK(chainqual_ensemble(4, samples, &callbacks, &options, NULL, &result, &error));
  CHECK_OK(chainqual_ensemble_result_figures(result, &figures, &error));
  CHECK(figures.enterprises == 0 && figures.shares == 2);
  read_column(result, CHAINQUAL_ENSEMBLE_MEAN, values, 0);
  read_column(result, CHAINQUAL_ENSEMBLE_INDEX_QUANTILES, values, 2);
  CHECK(values[0] == figures.index.least && values[1] == figures.index.most);
  chainqual_ensemble_result_free(result);
  result = NULL;
  shares[1] = NAN;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_ensemble(4, samples, &callbacks, &options, NULL, &result, &error));
  options.quantiles.f64 = NULL;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_ensemble(4, samples, &callbacks, &options, NULL, &result, &error));
  CHECK(result == NULL);
  chainqual_network_free(network);
}

static void a_run_that_fails_ends_the_ensemble(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  struct study study = study_of(network);
  chainqual_ensemble_callbacks callbacks = callbacks_of(&study);
  chainqual_ensemble_result* result = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  const chainqual_placed_scenario* none[1] = {NULL};
  study.fails = 7;
  study.status = CHAINQUAL_NO_SOLUTION;
  CHECK_FAILS(CHAINQUAL_NO_SOLUTION, chainqual_ensemble(4, samples, &callbacks, NULL, NULL, &result, &error));
  CHECK(strstr(error.message, "Sample 7: xxx") != NULL);
  study.status = 4711; /* of no version that there is */
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_ensemble(4, samples, &callbacks, NULL, NULL, &result, &error));
  study.status = -1;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_ensemble(4, samples, &callbacks, NULL, NULL, &result, &error));
  study.fails = UINT64_MAX;
  study.wrong = NAN;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_ensemble(4, samples, &callbacks, NULL, NULL, &result, &error));
  study.wrong = 1.5;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_ensemble(4, samples, &callbacks, NULL, NULL, &result, &error));
  study.wrong = 0;
  CHECK_OK(chainqual_cancel_token_create(&study.token, &error));
  control.cancel = study.token;
  CHECK_FAILS(CHAINQUAL_CANCELLED, chainqual_ensemble(4, samples, &callbacks, NULL, &control, &result, &error));
  chainqual_cancel_token_free(study.token);
  study.token = NULL;
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_ensemble(3, samples, &callbacks, NULL, NULL, &result, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_ensemble(4, 0, &callbacks, NULL, NULL, &result, &error));
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_ensemble(4, UINT64_MAX, &callbacks, NULL, NULL, &result, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_ensemble(4, samples, &callbacks, NULL, NULL, NULL, &error));
  callbacks.run = NULL;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_ensemble(4, samples, &callbacks, NULL, NULL, &result, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_ensemble_of_scenarios(network, none, 1, NULL, NULL, NULL, &result, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_ensemble_of_scenarios(network, none, 0, NULL, NULL, NULL, &result, &error));
  CHECK(result == NULL);
  chainqual_network_free(network);
}

static void differences_are_paired(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const double first[3] = {0.1, 0.2, 0.3};
  const double second[3] = {0.2, 0.1, 0.6};
  chainqual_difference difference = {9, 9, 9};
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_paired_difference(first, second, 0, &difference, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_paired_difference(first, NULL, 3, &difference, &error));
  CHECK(difference.mean == 9);
  CHECK_OK(chainqual_paired_difference(first, second, 3, &difference, &error));
  CHECK(fabs(difference.mean - 0.1) < 1e-12 && fabs(difference.share_below - 1.0 / 3) < 1e-12);
  CHECK(difference.standard_error > 0);
}

int main(void) {
  samples_fall_once_into_each_stratum();
  scenarios_and_functions_give_the_same_bits_on_any_threads();
  options_choose_quantiles_and_leave_enterprises_out();
  a_run_that_fails_ends_the_ensemble();
  differences_are_paired();
  return CHECK_END();
}
