/* Systemic risk by direction: shocks that differ, circles of orders and of inputs. */
#include "small_network.h"

static void orders_may_be_hit_otherwise_than_supplies(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const double supplies[4] = {1, 0, 0, 0};
  const double orders[4] = {0, 0, 0, 0};
  double both[1];
  double index[1];
  double down[1];
  double up[1];
  chainqual_systemic_risk_options options = CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT;
  chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  options.scenarios = supplies;
  options.scenario_count = 1;
  result.index = both;
  result.capacity = 1;
  CHECK_OK(chainqual_systemic_risk(network, &options, NULL, &result, &error));
  options.scenarios_upstream = orders;
  result.index = index;
  result.index_downstream = down;
  result.index_upstream = up;
  CHECK_OK(chainqual_systemic_risk(network, &options, NULL, &result, &error));
  CHECK(down[0] == both[0] && index[0] == down[0] && up[0] == 0); /* lost as a supplier alone */
  chainqual_network_free(network);
}

/* 0 and 1 supply each other, 1 supplies 2, 2 supplies 0: all is sold, and all is bought, inside the circle. */
static void circles_of_both_directions_are_counted(void) {
  static const uint32_t supplier[4] = {0, 1, 1, 2};
  static const uint32_t customer[4] = {1, 0, 2, 0};
  static const double value[4] = {1, 2, 1, 1};
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = NULL;
  chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
  chainqual_cascade_options cascade = CHAINQUAL_CASCADE_OPTIONS_INIT;
  chainqual_systemic_risk_options options = CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT;
  chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  double index[3];
  columns.enterprises = 3;
  columns.supplier.data = supplier;
  columns.supplier.count = 4;
  columns.customer.data = customer;
  columns.customer.count = 4;
  columns.value.f64 = value;
  columns.value.count = 4;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  cascade.need = CHAINQUAL_NEED_ORDINARY;
  options.cascade = &cascade;
  result.index = index;
  result.capacity = 3;
  CHECK_OK(chainqual_systemic_risk(network, &options, NULL, &result, &error));
  CHECK(result.closed_circle == 3 && result.truncated == 1);
  CHECK(result.closed_inputs == 3 && result.truncated_downstream == 1);
  chainqual_network_free(network);
}

int main(void) {
  orders_may_be_hit_otherwise_than_supplies();
  circles_of_both_directions_are_counted();
  return CHECK_END();
}
