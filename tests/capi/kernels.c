/* Kernels over plain arrays: the linear model and systemic risk. */
#include "small_network.h"

static void linear_hands_losses_on(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const double shock[4] = {0, 0.5, 0, 0};
  double downstream[4] = {9, 9, 9, 9};
  double upstream[4];
  double combined[4];
  chainqual_linear_options options = CHAINQUAL_LINEAR_OPTIONS_INIT;
  chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
  CHECK_OK(chainqual_linear(network, shock, 4, NULL, NULL, &result, &error)); /* asks for the size */
  CHECK(result.size == 4 && result.index == 0);
  result.downstream = downstream;
  result.upstream = upstream;
  result.combined = combined;
  result.capacity = 4;
  CHECK_OK(chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  CHECK(downstream[0] == 0 && downstream[1] == 0.5 && downstream[2] == 0);
  CHECK(fabs(downstream[3] - 0.5 / 3) < 1e-12); /* a third of its inputs comes from 1 */
  CHECK(fabs(upstream[0] - 0.5 / 3) < 1e-12);   /* and a third of 0's sales goes there */
  CHECK(combined[3] == downstream[3] && result.converged == 1 && result.index > 0);
  options.directions = CHAINQUAL_DOWNSTREAM;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, &options, NULL, &result, &error));
  result.upstream = NULL;
  CHECK_OK(chainqual_linear(network, shock, 4, &options, NULL, &result, &error));
  CHECK(combined[3] == downstream[3] && combined[0] == 0);
  chainqual_network_free(network);
}

static void wrong_shocks_and_buffers_are_refused_and_nothing_is_written(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  double shock[4] = {0, 0.5, 0, 0};
  double loss[4] = {9, 9, 9, 9};
  chainqual_linear_options options = CHAINQUAL_LINEAR_OPTIONS_INIT;
  chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
  result.combined = loss;
  result.capacity = 4;
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_linear(network, shock, 3, NULL, NULL, &result, &error));
  shock[2] = NAN;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  shock[2] = 1.5;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  shock[2] = 0;
  result.capacity = 3;
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  result.capacity = 4;
  result.downstream = loss + 1;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  result.downstream = shock;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  result.downstream = NULL;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, NULL, 4, NULL, NULL, &result, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(NULL, shock, 4, NULL, NULL, &result, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, NULL, NULL, NULL, &error));
  options.tolerance = -1;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, &options, NULL, &result, &error));
  options.tolerance = 0;
  options.directions = 8;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, &options, NULL, &result, &error));
  CHECK(loss[0] == 9 && loss[3] == 9 && result.size == 0 && result.index == 0);
  chainqual_network_free(network);
}

static void systemic_risk_closes_each_enterprise(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  double index[4];
  double again[2];
  uint32_t steps[4];
  const uint32_t asked[2] = {3, 0};
  const double scenario[4] = {1, 0, 0, 0};
  chainqual_cascade_options cascade = CHAINQUAL_CASCADE_OPTIONS_INIT;
  chainqual_systemic_risk_options options = CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT;
  chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  CHECK_OK(chainqual_systemic_risk(network, NULL, NULL, &result, &error));
  CHECK(result.size == 4);
  result.index = index;
  result.steps = steps;
  result.capacity = 4;
  CHECK_OK(chainqual_systemic_risk(network, NULL, NULL, &result, &error));
  CHECK(result.size == 4 && result.tolerance == 0.01 && steps[0] > 0);
  CHECK(index[0] == 1); /* all depend on it, and every input is essential */
  options.enterprises.data = asked;
  options.enterprises.count = 2;
  result.index = again;
  result.capacity = 2;
  CHECK_OK(chainqual_systemic_risk(network, &options, NULL, &result, &error));
  CHECK(result.size == 2 && again[0] == index[3] && again[1] == index[0]);
  options.enterprises.count = 0;
  options.scenarios = scenario;
  options.scenario_count = 1;
  CHECK_OK(chainqual_systemic_risk(network, &options, NULL, &result, &error));
  CHECK(result.size == 1 && again[0] == index[0]);
  options.scenario_count = UINT64_MAX;
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_systemic_risk(network, &options, NULL, &result, &error));
  options.scenario_count = 0;
  options.enterprises.count = 2;
  cascade.need = 7;
  options.cascade = &cascade;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_systemic_risk(network, &options, NULL, &result, &error));
  cascade.need = CHAINQUAL_NEED_ORDINARY;
  cascade.until_rest = 1;
  CHECK_OK(chainqual_systemic_risk(network, &options, NULL, &result, &error));
  CHECK(result.tolerance == 0);
  chainqual_network_free(network);
}

static void ids_beyond_the_network_are_refused(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const uint32_t asked[1] = {UINT32_MAX};
  double index[1];
  chainqual_systemic_risk_options options = CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT;
  chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  options.enterprises.data = asked;
  options.enterprises.count = 1;
  result.index = index;
  result.capacity = 1;
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_systemic_risk(network, &options, NULL, &result, &error));
  chainqual_network_free(network);
}

int main(void) {
  linear_hands_losses_on();
  wrong_shocks_and_buffers_are_refused_and_nothing_is_written();
  systemic_risk_closes_each_enterprise();
  ids_beyond_the_network_are_refused();
  return CHECK_END();
}
